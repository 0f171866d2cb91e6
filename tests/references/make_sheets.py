"""Write sheets.json: backbone hydrogen-bond energies (Kabsch & Sander 1983) as mdtraj computes them.

Run in an environment of its own (not the project's):
    pip install gemmi mdtraj
    python make_sheets.py sheets.json /path/to/2c5d.cif /path/to/4ra0.cif
Kept are energies in kcal/mol by donor and acceptor residue (chain and author number), no coordinates. Residues that lack a
backbone atom are left out before.
"""

import json
import sys
import tempfile
from pathlib import Path

import gemmi
import mdtraj

target, *sources = sys.argv[1:]
out = {"versions": {"mdtraj": mdtraj.__version__}, "energies": {}}
for source in map(Path, sources):
    structure = gemmi.read_structure(str(source))
    structure.setup_entities()
    structure.remove_alternative_conformations()
    structure.remove_ligands_and_waters()
    structure.remove_hydrogens()
    for chain in structure[0]:
        for k in range(len(chain) - 1, -1, -1):
            if not {"N", "CA", "C", "O"} <= {atom.name for atom in chain[k]}:
                del chain[k]
    path = Path(tempfile.mkdtemp()) / "heavy.pdb"
    structure.write_pdb(str(path))
    trajectory = mdtraj.load(path)
    chains = [chain.chain_id for chain in trajectory.topology.chains]
    name = [f"{chains[r.chain.index]}{r.resSeq}" for r in trajectory.topology.residues]
    matrix = mdtraj.kabsch_sander(trajectory)[0].tocoo()  # row: acceptor, column: donor
    rows = zip(matrix.row.tolist(), matrix.col.tolist(), matrix.data.tolist(), strict=True)
    out["energies"][source.stem] = {f"{name[donor]}-{name[acceptor]}": round(energy, 3) for acceptor, donor, energy in rows}
Path(target).write_text(json.dumps(out, indent=0) + "\n")
