"""The kinase domain: its landmarks by sequence, its conformation by published rules, its tyrosines."""
