"""The family figure."""
