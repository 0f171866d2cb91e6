"""AXL and GAS6 residue by residue: numbering, exons, domains, sites, coverage and interface contacts of their structures."""
