"""What to show of a structure, as data."""
