"""A protein on paper: residues, notations, features, exons, forms, alignment, and the words for what is seen of it."""
