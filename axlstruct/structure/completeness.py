"""What a structure lacks that bonds, areas and classes need, as sentences for the notes beside them."""

from __future__ import annotations

from collections.abc import Iterable

from axlstruct.sequence.residues import BACKBONE
from axlstruct.structure.chemistry import known
from axlstruct.structure.structure import ObservedResidue, Structure

SHOWN = 5
"""Residues named in a note before the rest is counted."""


def gaps(structure: Structure) -> tuple[str, ...]:
    """Chains of backbone atoms only, residues of unknown chemistry, atoms of occupancy 0."""
    notes = []
    if bare := backbone_only(structure):
        notes.append(
            f"chain {', '.join(bare)}: no atom of a side chain; contacts, bonds, areas and classes are those of the backbone"
        )
    names = {name for name in {residue.name for residue in structure.residues} if not known(name)}
    if strange := [residue for residue in structure.residues if residue.name in names and not known(residue.standard)]:
        notes.append(
            f"no bond was looked for at {_named(strange, component=True)}: the chemistry of these components is not known; "
            "contacts and areas count them"
        )
    if empty := _unoccupied(structure):
        notes.append(f"atoms of occupancy 0 in {_named(empty)}: they are used, and no bond of theirs is graded a")
    return tuple(notes)


def backbone_only(structure: Structure) -> tuple[str, ...]:
    """Chains of more than one atom a residue of which no residue has a side chain."""
    bare = []
    for chain in structure.chains:
        whole = [residue for residue in chain.residues if residue.n_atoms > 2 and residue.standard != "GLY"]
        if whole and not any(set(residue.atoms) - {*BACKBONE, "OXT"} for residue in whole):
            bare.append(chain.chain)
    return tuple(bare)


def _unoccupied(structure: Structure) -> list[ObservedResidue]:
    import gemmi

    if not structure.model.count_atom_sites(gemmi.Selection(";q<0.0001")):
        return []
    return [residue for residue in structure.residues if any(atom.occ == 0 for atom in residue.gemmi)]


def _named(residues: Iterable[ObservedResidue], *, component: bool = False) -> str:
    names = [f"{r.id.chain}/{r.id.label}{' ' + r.name if component else ''}" for r in residues]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
