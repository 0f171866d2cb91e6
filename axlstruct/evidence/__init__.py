"""What is known in print, as rows tied to residues and regions."""
