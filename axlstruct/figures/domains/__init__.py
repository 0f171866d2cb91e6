"""The domain figure."""
