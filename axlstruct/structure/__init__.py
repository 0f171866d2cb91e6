"""What a coordinate file shows: residues and atoms, laid on sequences, with surface, sheets and sugars."""
