"""RMSD of the AlphaFold model on the receptor chains of 2C5D and 4RA0 by Bio.PDB and Bio.SVDSuperimposer, for superpositions.json.

Run as ``python make_superpositions.py MIRROR > superpositions.json``. Residues are matched here by author number plus 7, as both
entries number the receptor; each of the letters is compared.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from Bio.PDB import PDBParser
from Bio.SVDSuperimposer import SVDSuperimposer

SHIFT = 7
SETS = {"IG1": [(27, 128)], "IG2": [(139, 222)], "IG1+IG2": [(27, 128), (139, 222)]}


def alphas(path: Path, chain: str, shift: int) -> dict[int, tuple[str, np.ndarray]]:
    """Component and C-alpha by UniProt position."""
    residues = PDBParser(QUIET=True).get_structure("x", str(path))[0][chain]
    return {
        r.id[1] + shift: (r.get_resname(), r["CA"].get_coord().astype(float)) for r in residues if r.id[0] == " " and "CA" in r
    }


def main() -> None:
    """Print the numbers."""
    mirror = Path(sys.argv[1])
    model = alphas(mirror / "AF-P30530-F1.pdb", "A", 0)
    out: dict[str, dict[str, float]] = {}
    for entry, chain in (("2c5d", "C"), ("2c5d", "D"), ("4ra0", "C")):
        seen = alphas(mirror / f"{entry}.pdb", chain, SHIFT)
        turns = {}
        for name, spans in SETS.items():
            shared = [p for first, last in spans for p in range(first, last + 1) if p in seen and p in model]
            fit = SVDSuperimposer()
            fit.set(np.array([seen[p][1] for p in shared]), np.array([model[p][1] for p in shared]))
            fit.run()
            turns[name] = fit.get_rotran()[0]
            differing = sum(seen[p][0] != model[p][0] for p in shared)
            out[f"{entry.upper()} {chain} {name}"] = {
                "atoms": len(shared), "rmsd": round(float(fit.get_rms()), 4), "differences": differing,
            }  # fmt: skip
        apart = turns["IG1"].T @ turns["IG2"]
        angle = np.degrees(np.arccos((np.trace(apart) - 1) / 2))
        out[f"{entry.upper()} {chain} IG1+IG2"]["angle"] = round(float(angle), 3)
    json.dump(out, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
