"""What is known of a component's atoms: hand-written templates first, then a table made from the Chemical Component Dictionary.

`modified.tsv` beside this file holds one line for each peptide-linking component of the dictionary, written by
``tests/references/make_modified.py``: component, parent, heavy atoms with roles and antecedents, aromatic rings, charged groups.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from axlstruct.sequence.residues import BACKBONE, SIDE_CHAIN, heavy_atoms
from axlstruct.structure import roles
from axlstruct.structure.roles import PolarAtom

_LETTERS = {
    "d": roles.DONOR, "a": roles.ACCEPTOR | roles.LIGAND, "+": roles.POSITIVE, "-": roles.NEGATIVE, "n": roles.NONPOLAR,
    "t": roles.THIOL, "h": roles.IMIDAZOLE, "l": roles.LIGAND,
}  # fmt: skip


@dataclass(frozen=True)
class Modified:
    """A modified amino acid of the dictionary; names are those of its atoms."""

    component: str
    parent: str
    atoms: tuple[str, ...]
    rings: tuple[tuple[str, ...], ...]
    cations: tuple[tuple[str, ...], ...]
    roles: Mapping[str, int] = field(default_factory=dict)
    polar: Mapping[str, PolarAtom] = field(default_factory=dict)


@cache
def _lines() -> dict[str, str]:
    from importlib.resources import files

    text = files("axlstruct.structure").joinpath("modified.tsv").read_text("utf-8")
    return {line.partition("\t")[0]: line for line in text.splitlines()[1:]}


@cache
def modified(component: str) -> Modified | None:
    """What the dictionary says of a modified amino acid, None for any other component and for those with a template.

    Examples
    --------
    >>> modified("CGU").parent, modified("M3L").cations, modified("NAG")
    ('GLU', (('NZ',),), None)
    """
    line = _lines().get(component)
    if line is None:
        return None
    name, parent, cells, rings, cations = line.split("\t")
    atoms, bits, polar = [], {}, {}
    for cell in cells.split():
        atom, flags, before, beyond = (*cell.split(":"), "", "", "")[:4]
        atoms.append(atom)
        bits[atom] = sum(_LETTERS[letter] for letter in set(flags) & {*_LETTERS})
        if bits[atom] & (roles.DONOR | roles.ACCEPTOR):
            kind = bits[atom] & (roles.DONOR | roles.ACCEPTOR)
            polar[atom] = PolarAtom(kind, tuple(before.split(",")), "p" in flags, tuple(filter(None, beyond.split(","))))
    if "O" in polar:
        polar["OXT"], bits["OXT"] = polar["O"], bits["O"] | roles.NEGATIVE
    groups = [tuple(tuple(group.split(",")) for group in text.split(";") if group) for text in (rings, cations)]
    return Modified(name, parent, tuple(atoms), groups[0], groups[1], bits, polar)


def known(component: str) -> bool:
    """Whether a component is an amino acid whose chemistry is known."""
    return component in SIDE_CHAIN or modified(component) is not None


def roles_of(component: str, atom: str) -> int:
    """Roles of an atom as bits; 0 where none is known."""
    if component in SIDE_CHAIN:
        return roles.ROLES.get((component, atom), 0)
    other = modified(component)
    return other.roles.get(atom, 0) if other else 0


def polar_atom(component: str, atom: str) -> PolarAtom:
    """The part of a donor or acceptor in hydrogen bonds; raises KeyError for an atom that is neither."""
    other = None if component in SIDE_CHAIN else modified(component)
    return other.polar[atom] if other else roles.POLAR[component, atom]


def rings_of(component: str) -> tuple[tuple[str, ...], ...]:
    """Aromatic rings of a component."""
    other = None if component in SIDE_CHAIN else modified(component)
    return other.rings if other else roles.RINGS.get(component, ())


def cations_of(component: str) -> tuple[tuple[str, ...], ...]:
    """Groups of atoms whose centre is a charge."""
    other = None if component in SIDE_CHAIN else modified(component)
    if other:
        return other.cations
    return (roles.CATIONS[component],) if component in roles.CATIONS else ()


def parent_of(component: str) -> str:
    """The standard amino acid that a component is made of; the component itself where it is one or none is known."""
    other = modified(component)
    return (other.parent if other else "") or component


def expected_atoms(component: str) -> tuple[str, ...]:
    """Heavy atoms of a residue inside a chain (no OXT); only the backbone where the component is not known.

    Examples
    --------
    >>> expected_atoms("HYP")
    ('N', 'CA', 'C', 'O', 'CB', 'CG', 'CD', 'OD1')
    """
    other = None if component in SIDE_CHAIN else modified(component)
    return (*BACKBONE, *(atom for atom in other.atoms if atom not in BACKBONE)) if other else heavy_atoms(component)
