"""A structure that looks like 5U6B: four chains of the kinase domain, cut from the AlphaFold model where the entry has gaps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import gemmi
from shared_files import mirror

CONSTRUCT = (514, 818)
SEEN: Mapping[str, tuple[tuple[int, int], ...]] = {
    "A": ((592, 606), (614, 695), (712, 813)),
    "B": ((514, 557), (560, 605), (610, 704), (708, 811)),
    "C": ((521, 606), (614, 695), (712, 813)),
    "D": ((514, 557), (560, 605), (610, 704), (708, 811)),
}
"""Residues with coordinates, UniProt numbers, as the residue scheme of the entry shows them; chain A before 592 was not read."""
TAG = (("GLY", 512), ("SER", 513))


def write_kinase(folder: Path, id: str = "5U6B") -> Path:
    """Write ``5u6b.cif``: author = UniProt numbers, a tag numbered 512-513 in front of each chain, seen in chains B and D."""
    model = gemmi.read_structure(str(mirror("AF-P30530-F1.pdb")))
    by_number = {residue.seqid.num: residue for residue in model[0][0]}
    names = [name for name, _ in TAG] + [by_number[n].name for n in range(CONSTRUCT[0], CONSTRUCT[1] + 1)]
    made = gemmi.Structure()
    made.name, made.spacegroup_hm = id, "P 1"
    made.info["_entry.id"] = id
    made.add_model(gemmi.Model(1))
    for index, (name, ranges) in enumerate(SEEN.items()):
        chain = gemmi.Chain(name)
        numbers = [number for first, last in ranges for number in range(first, last + 1)]
        if name in "BD":
            for component, number in TAG:
                chain.add_residue(_tag(by_number[number], component, number))
        for number in numbers:
            chain.add_residue(by_number[number])
        for residue in chain:
            residue.label_seq, residue.subchain, residue.entity_type = residue.seqid.num - 511, name, gemmi.EntityType.Polymer
            for atom in residue:
                atom.pos += gemmi.Position(70.0 * index, 0, 0)
                atom.b_iso = 40.0
        made[0].add_chain(chain)
    entity = gemmi.Entity("1")
    entity.entity_type, entity.polymer_type = gemmi.EntityType.Polymer, gemmi.PolymerType.PeptideL
    entity.full_sequence, entity.subchains = names, list(SEEN)
    made.entities.append(entity)
    made.assign_serial_numbers()
    path = folder / f"{id.lower()}.cif"
    made.make_mmcif_document().write_file(str(path))
    return path


def _tag(like: gemmi.Residue, component: str, number: int) -> gemmi.Residue:
    """A residue of the tag, its backbone that of the model there."""
    residue = gemmi.Residue()
    residue.name, residue.seqid = component, gemmi.SeqId(number, " ")
    for atom in like:
        if atom.name in ("N", "CA", "C", "O"):
            residue.add_atom(atom)
    return residue
