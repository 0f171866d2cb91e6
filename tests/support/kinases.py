"""Kinase structures for tests, cut at run time out of the AlphaFold models of the mirror."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import gemmi
from shared_files import mirror

import axlstruct
from axlstruct.sequence.residues import ONE_LETTER
from axlstruct.study.facade import Study


def model(accession: str) -> gemmi.Structure:
    """The AlphaFold model of an accession."""
    return gemmi.read_structure(str(mirror(f"AF-{accession}-F1.pdb")))


def sequence_of(accession: str) -> str:
    """Letters of the model's residues."""
    return "".join(ONE_LETTER[residue.name] for residue in model(accession)[0][0])


def cut(
    path: Path,
    chains: Mapping[str, Iterable[int]],
    *,
    declared: range = range(514, 819),
    change: Callable[[str, gemmi.Residue], None] = lambda chain, residue: None,
    b: float = 40.0,
) -> Path:
    """Write an mmCIF file of an experiment that never was: chains of AXL with only these residues, all of `declared` in SEQRES.

    ``change`` may edit a residue of a chain; B-factors are one number, so that nothing passes for a pLDDT.
    """
    source = {residue.seqid.num: residue for residue in model("P30530")[0][0]}
    made = gemmi.Structure()
    made.name = path.stem.upper()
    made.add_model(gemmi.Model(1))
    names = list(chains)
    for shift, (name, positions) in enumerate(chains.items()):
        chain = gemmi.Chain(name)
        for position in positions:
            residue = source[position].clone()
            residue.subchain, residue.entity_id, residue.label_seq = name, "1", position - declared.start + 1
            for atom in residue:
                atom.pos, atom.b_iso = atom.pos + gemmi.Position(200.0 * shift, 0, 0), b
            change(name, residue)
            chain.add_residue(residue)
        made[0].add_chain(chain)
    entity = gemmi.Entity("1")
    entity.entity_type, entity.polymer_type = gemmi.EntityType.Polymer, gemmi.PolymerType.PeptideL
    entity.full_sequence, entity.subchains = [source[position].name for position in declared], names
    made.entities.append(entity)
    document = made.make_mmcif_document()
    document[0].set_pair("_exptl.method", "'X-RAY DIFFRACTION'")
    document[0].set_pair("_exptl.entry_id", made.name)
    document.write_file(str(path))
    return path


def phosphorylate(residue: gemmi.Residue) -> None:
    """Make a phosphotyrosine of a tyrosine: the phosphorus on the line from CZ through OH, three oxygens around it."""
    residue.name = "PTR"
    cz, oh = (next(atom.pos for atom in residue if atom.name == name) for name in ("CZ", "OH"))
    along = (oh - cz).normalized()
    aside = along.cross(gemmi.Vec3(0.3, 0.5, 0.8)).normalized()
    third = along.cross(aside)
    phosphorus = oh + gemmi.Position(along * 1.6)
    places = {"P": phosphorus}
    for name, x, y in (("O1P", 1.0, 0.0), ("O2P", -0.5, 0.866), ("O3P", -0.5, -0.866)):
        places[name] = phosphorus + gemmi.Position(along * 0.5 + aside * (1.41 * x) + third * (1.41 * y))
    for name, place in places.items():
        atom = gemmi.Atom()
        atom.name, atom.element, atom.pos, atom.occ, atom.b_iso = (
            name,
            gemmi.Element(name[0]),
            place,
            1.0,
            40.0,
        )
        residue.add_atom(atom)


def relative(folder: Path, name: str, accession: str, first: int, last: int) -> Study:
    """A study of another receptor kinase of the mirror, from its sequence and the limits of its kinase domain alone."""
    (folder / "target.toml").write_text(
        f'schema = 1\nname = "{name.lower()}"\n[receptor]\nname = "{name}"\naccession = "{accession}"\n'
        f'sequence = "{sequence_of(accession)}"\n'
        f'features = [{{ kind = "domain", name = "Protein kinase", first = {first}, last = {last} }}]\n'
        f'[[structures]]\nid = "AF-{accession}"\n'
    )
    return axlstruct.load(folder, mirror=[mirror("2c5d.cif").parent], offline=True, cache=folder / "cache")
