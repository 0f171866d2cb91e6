"""RMSD of the AlphaFold model on the receptor chains of 2C5D and 4RA0 by gemmi, for superpositions.json.

Run as ``python make_superpositions.py MIRROR > superpositions.json``. Residues are matched here by author number plus 7, as both
entries number the receptor; letters that differ are counted.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import gemmi
import numpy as np

SHIFT = 7
SETS = {"IG1": [(27, 128)], "IG2": [(139, 222)], "IG1+IG2": [(27, 128), (139, 222)]}


def alphas(path: Path, chain: str, shift: int) -> dict[int, tuple[str, gemmi.Position]]:
    """Component and C-alpha by UniProt position."""
    residues = gemmi.read_structure(str(path))[0][chain].get_polymer()
    found = ((r.seqid.num + shift, r.name, r.find_atom("CA", "*")) for r in residues)
    return {position: (name, atom.pos) for position, name, atom in found if atom}


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
            fit = gemmi.superpose_positions([seen[p][1] for p in shared], [model[p][1] for p in shared])
            turns[name] = np.array(fit.transform.mat.tolist())
            differing = sum(seen[p][0] != model[p][0] for p in shared)
            out[f"{entry.upper()} {chain} {name}"] = {"atoms": len(shared), "rmsd": round(fit.rmsd, 4), "differences": differing}
        trace = np.trace(turns["IG1"] @ turns["IG2"].T)
        out[f"{entry.upper()} {chain} IG1+IG2"]["angle"] = round(float(np.degrees(np.arccos((trace - 1) / 2))), 3)
    json.dump(out, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
