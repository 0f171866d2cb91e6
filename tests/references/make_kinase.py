"""Write kinase.json: kinase geometry and exposure of tyrosines in AlphaFold models, as Biopython and freesasa compute them.

Run in an environment of its own (not the project's):
    pip install biopython freesasa
    python make_kinase.py /path/to/mirror kinase.json
The residues are written down here, as columns of the Kincore alignment of tyrosine kinases have them; each letter is checked.
freesasa uses Lee and Richards with 200 slices and the radii of its own ProtOr classifier; all atoms of the model take part. Kept
are numbers, no coordinates.
"""

import json
import math
import sys
from itertools import product
from pathlib import Path

import freesasa
from Bio.PDB import PDBParser
from Bio.PDB.vectors import calc_dihedral

folder, target = map(Path, sys.argv[1:])
RESIDUES = {
    "P30530": {"lys": 567, "glu": 585, "rs4": 600, "hrd": 670, "dfg": 690, "ape": 717},
    "Q06418": {"lys": 550, "glu": 568, "rs4": 583, "hrd": 653, "dfg": 673, "ape": 700},
    "Q12866": {"lys": 619, "glu": 637, "rs4": 652, "hrd": 721, "dfg": 741, "ape": 768},
}
LETTERS = {"lys": "LYS", "glu": "GLU", "rs4": "LEU", "hrd": "HIS", "dfg": "ASP", "ape": "ALA"}
BASIC = {"ARG": ("NE", "NH1", "NH2"), "LYS": ("NZ",), "HIS": ("ND1", "NE2")}
parameters = freesasa.Parameters({"algorithm": freesasa.LeeRichards, "n-slices": 200, "probe-radius": 1.4})
protor = freesasa.Classifier.getStandardClassifier("protor")


def side(residue):
    return [atom for atom in residue if atom.id not in ("N", "CA", "C", "O", "OXT")]


def angle(*atoms):
    return round(math.degrees(calc_dihedral(*(atom.get_vector() for atom in atoms))), 3)


out = {}
for accession, where in RESIDUES.items():
    chain = PDBParser(QUIET=True).get_structure(accession, folder / f"AF-{accession}-F1.pdb")[0]["A"]
    assert all(chain[where[name]].resname == letters for name, letters in LETTERS.items())
    lys, glu, behind, rs4 = (chain[n] for n in (where["lys"], where["glu"], where["glu"] + 4, where["rs4"]))
    his, arg, before = (chain[where["hrd"] + shift] for shift in (0, 1, -1))
    w, x, d, f, g, sixth = (chain[where["dfg"] + shift] for shift in (-2, -1, 0, 1, 2, 5))
    steps = [min(a - b for a, b in product(side(one), side(two))) for one, two in ((his, f), (f, behind), (behind, rs4))]
    numbers = {
        "lys_glu": min(lys["NZ"] - glu["OE1"], lys["NZ"] - glu["OE2"]), "cb_cb": lys["CB"] - glu["CB"],
        "d1": behind["CA"] - f["CZ"], "d2": lys["CA"] - f["CZ"],
        "x_phi": angle(w["C"], x["N"], x["CA"], x["C"]), "x_psi": angle(x["N"], x["CA"], x["C"], d["N"]),
        "asp_phi": angle(x["C"], d["N"], d["CA"], d["C"]), "asp_psi": angle(d["N"], d["CA"], d["C"], f["N"]),
        "phe_phi": angle(d["C"], f["N"], f["CA"], f["C"]), "phe_psi": angle(f["N"], f["CA"], f["C"], g["N"]),
        "phe_chi1": angle(f["N"], f["CA"], f["CB"], f["CG"]),
        "rs1_rs2": steps[0], "rs2_rs3": steps[1], "rs3_rs4": steps[2],
        "loop_start": min(sixth["N"] - before["O"], sixth["O"] - before["N"]),
        "loop_end": chain[where["ape"] - 6]["CA"] - arg["O"],
    }  # fmt: skip
    atoms = [atom for residue in chain for atom in residue]
    radii = [protor.radius(atom.parent.resname, atom.id) for atom in atoms]
    result = freesasa.calcCoord([x for atom in atoms for x in map(float, atom.coord)], radii, parameters)
    area, hydroxyl = {}, {}
    for index, atom in enumerate(atoms):
        number = atom.parent.id[1]
        area[number] = area.get(number, 0.0) + result.atomArea(index)
        if atom.id == "OH":
            hydroxyl[number] = result.atomArea(index)
    tyrosines = {}
    for residue in chain:
        number = residue.id[1]
        if residue.resname == "TYR" and number > where["lys"] - 150:
            near = {
                other.id[1]: min(float(residue["OH"] - other[name]) for name in BASIC[other.resname])
                for other in chain
                if other.resname in BASIC
            }
            tyrosines[number] = {
                "area": round(area[number], 2), "hydroxyl_area": round(hydroxyl[number], 2),
                "plddt": round(sum(atom.bfactor for atom in residue) / len(residue), 2),
                "near": {n: round(v, 3) for n, v in sorted(near.items(), key=lambda item: item[1]) if v <= 10},
            }  # fmt: skip
    out[accession] = {"geometry": {k: round(float(v), 3) for k, v in numbers.items()}, "tyrosines": tyrosines}
target.write_text(json.dumps(out, indent=1) + "\n")
