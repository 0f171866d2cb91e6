"""The footprint: area that the partner buries of each residue."""
