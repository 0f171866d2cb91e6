"""Changes of a residue or a base: read, placed, and what they do."""
