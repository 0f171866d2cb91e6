"""Two structures of a target side by side: contacts, bonds and areas gained, lost and kept, position by position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from axlstruct.interface.classes import NO_CONTACT, InterfaceClass
from axlstruct.interface.contacts import ChainPair
from axlstruct.interface.interactions import InteractionRow
from axlstruct.interface.kinds import KINDS
from axlstruct.interface.rows import ContactRow, InterfaceRow
from axlstruct.interface.sides import Side
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.precision import CoordinateError, coordinate_error, error_of_difference
from axlstruct.structure.structure import Structure

if TYPE_CHECKING:
    import numpy as np

KEPT, GAINED, LOST = "kept", "gained", "lost"
AT_THE_EDGE = "at-the-edge"
NOT_SEEN = "not-observed"
NO_INTERFACE = "no-such-interface"

_ALIKE = (
    ("ASP", "OD1", "OD2"), ("GLU", "OE1", "OE2"), ("ARG", "NH1", "NH2"), ("PHE", "CD1", "CD2"), ("PHE", "CE1", "CE2"),
    ("TYR", "CD1", "CD2"), ("TYR", "CE1", "CE2"),
)  # fmt: skip
"""Atoms whose names say nothing: which is the first is a matter of a turned bond."""


@dataclass(frozen=True, slots=True)
class CompareRow:
    """A contact, an interaction or an area in two structures.

    Attributes
    ----------
    kind
        ``contact``, a type of interaction, or ``area``.
    interface
        Interface class: copies are matched by it.
    position_1, position_2
        UniProt positions on the receptor's and the ligand's side; empty for areas.
    change
        ``kept``, ``gained`` (in the second structure only), ``lost``, or ``at-the-edge`` where one structure has it and the other
        has not, and their distances differ by less than the coordinate error; ``not-observed`` where the other structure shows no
        atom of one of the residues, ``no-such-interface`` where it has no interface of that class: neither is a loss.
    value_1, value_2
        Shortest distance in Angstrom over the copies, whether it is within the limits or not: of contacts between heavy atoms of
        the residues, of interactions between the atoms that interact in the other structure (of rings, their centres). Empty
        where there are no such atoms. For areas the mean two-sided buried area in square Angstrom.
    copies_1, copies_2
        In how many copies of the interface it is; for areas the number of copies.
    engineered
        Differences from UniProt at these positions in either structure, such as ``4RA0 D94G``.
    note
        Distances in each copy of a structure whose copies disagree, such as ``2C5D C-A 3.81, D-B 4.12``.
    """

    kind: str
    interface: str
    protein_1: str
    position_1: int | None
    residue_1: str
    protein_2: str
    position_2: int | None
    residue_2: str
    change: str
    structure_1: str
    value_1: float | None
    copies_1: str
    structure_2: str
    value_2: float | None
    copies_2: str
    engineered: str
    note: str


@dataclass(frozen=True)
class ComparedSide:
    """One of the two structures: its maps, its interface classes and its rows."""

    found: Structure
    maps: Sequence[ChainMap]
    interface_classes: Sequence[InterfaceClass]
    contacts: Sequence[ContactRow]
    interactions: Sequence[InteractionRow]
    interfaces: Sequence[InterfaceRow]

    @property
    def structure(self) -> str:
        """Its id."""
        return self.found.id

    @cached_property
    def error(self) -> CoordinateError:
        """Its coordinate error."""
        return coordinate_error(self.found)

    def copies(self, interface: str) -> tuple[ChainPair, ...]:
        """The chain pairs of an interface class of receptor and ligand."""
        return tuple(
            pair
            for cls in self.interface_classes
            if cls.name == interface
            for pair in cls.pairs
            if pair.joins_receptor_and_ligand
        )

    def distances(self, interface: str, ends: tuple[_Atoms, _Atoms], *, centres: bool = False) -> dict[str, float | None]:
        """Shortest distance of the atoms of two positions in each copy, whatever it is; None where atoms are not there.

        Parameters
        ----------
        interface : str
        ends : pair of (position, atom names)
            All heavy atoms where no names are given.
        centres : bool
            Between the means of the atoms instead.
        """
        import numpy as np

        told: dict[str, float | None] = {}
        for pair in self.copies(interface):
            xyz = [self._places(side, *end) for side, end in zip((pair.side_1, pair.side_2), ends, strict=True)]
            value = None
            if all(len(part) for part in xyz):
                one, two = (part.mean(axis=0)[None] for part in xyz) if centres else xyz
                value = round(float(np.linalg.norm(one[:, None] - two[None], axis=2).min()), 4)
            told["-".join(pair.chains)] = value
        return told

    def _places(self, side: Side, position: int, names: frozenset[str]) -> np.ndarray:
        """Coordinates of heavy atoms of a residue, shape (n, 3)."""
        slot = side.map.by_position.get(position) if side.map else None
        residue = slot.residue if slot else None
        if residue is None:
            empty: np.ndarray = self.found.xyz[:0]
            return empty
        rows = range(residue.first_atom, residue.first_atom + residue.n_atoms)
        wanted = names | {twin for kind, *pair in _ALIKE if kind == residue.name and names & set(pair) for twin in pair}
        atoms = self.found.atom_names
        use = [row for row in rows if self.found.heavy[row] and (not names or atoms[row].decode() in wanted)]
        xyz: np.ndarray = self.found.xyz[use]
        return xyz

    def engineered(self) -> dict[tuple[str, int], str]:
        """Differences from UniProt by protein and position."""
        found = {}
        for chain in self.maps:
            for position in chain.differences:
                slot = chain.by_position[position]
                letter = slot.residue.letter if slot.residue else slot.letter
                found[chain.protein.name, position] = f"{self.structure} {chain.protein.letter(position)}{position}{letter}"
        return found

    def observed(self) -> set[tuple[str, int]]:
        """Positions of which some chain has atoms."""
        return {(chain.protein.name, position) for chain in self.maps for position in chain.position_of.values()}

    def classes(self) -> set[str]:
        """Receptor-ligand interface classes that it has."""
        return {row.interface for row in self.interfaces if row.interface != NO_CONTACT and row.protein_1 != row.protein_2}


_Key = tuple[str, str, int, int]
_Atoms = tuple[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Found:
    """A contact or interaction of a structure: shortest distance over the copies, copies, atoms at both ends."""

    distance: float
    copies: str
    atoms_1: frozenset[str] = frozenset()
    atoms_2: frozenset[str] = frozenset()


def compare_rows(
    first: ComparedSide, second: ComparedSide, proteins: tuple[str, str], letters: Mapping[tuple[str, int], str]
) -> list[CompareRow]:
    """Lay two structures side by side.

    Parameters
    ----------
    first, second : ComparedSide
    proteins : (str, str)
        Names of receptor and ligand.
    letters : mapping of (protein, position) to str
        One-letter codes of the sequences.

    Returns
    -------
    list of CompareRow
        Areas first, then contacts and interactions by interface and position.
    """
    sides = (first, second)
    tables = (_best(first), _best(second))
    observed, classes = (first.observed(), second.observed()), (first.classes(), second.classes())
    engineered = first.engineered(), second.engineered()
    edge = error_of_difference(first.error, second.error)
    rows = _areas(first, second, proteins, classes)
    for key in sorted(tables[0].keys() | tables[1].keys(), key=lambda k: (k[1], k[2], k[3], k[0] != "contact", k[0])):
        kind, interface, one, two = key
        ends = ((proteins[0], one), (proteins[1], two))
        there = [table.get(key) for table in tables]
        shown = there[0] or there[1]
        assert shown
        atoms = (one, shown.atoms_1), (two, shown.atoms_2)
        told = [side.distances(interface, atoms, centres=kind in KINDS and KINDS[kind].centres) for side in sides]
        values: list[tuple[float | None, str]] = []
        for found, copies in zip(there, told, strict=True):
            near = [value for value in copies.values() if value is not None]
            values.append((found.distance, found.copies) if found else (min(near, default=None), f"0/{len(copies)}"))
        if there[0] and there[1]:
            change = KEPT
        else:
            absent = 1 if there[0] else 0
            if interface not in classes[absent]:
                change = NO_INTERFACE
            elif any(end not in observed[absent] for end in ends):
                change = NOT_SEEN
            else:
                a, b = values[0][0], values[1][0]
                change = AT_THE_EDGE if a is not None and b is not None and abs(a - b) < edge else LOST if absent else GAINED
            if change in (NO_INTERFACE, NOT_SEEN):
                values[absent] = (None, "")
        marks = dict.fromkeys(table[end] for end in ends for table in engineered if end in table)
        notes = [
            _disagreement(side.structure, copies)
            for side, found, copies in zip(sides, there, told, strict=True)
            if found and found.copies and len(set(found.copies.split("/"))) > 1
        ]
        rows.append(
            CompareRow(
                kind, interface, proteins[0], one, letters[ends[0]], proteins[1], two, letters[ends[1]], change,
                first.structure, *values[0], second.structure, *values[1], ";".join(marks), "; ".join(notes),
            )
        )  # fmt: skip
    return rows


def _disagreement(structure: str, copies: Mapping[str, float | None]) -> str:
    """The distance in each copy, in words."""
    words = (f"{chains} {'not observed' if value is None else f'{value:.2f}'}" for chains, value in copies.items())
    return f"{structure} {', '.join(words)}"


def compare_words(first: ComparedSide, second: ComparedSide, rows: Sequence[CompareRow]) -> list[str]:
    """What the comparison comes to, by kind, and what counts as the coordinate error."""
    words = []
    for kind in ("contact", *sorted({row.kind for row in rows} - {"contact", "area"})):
        counts = Counter(row.change for row in rows if row.kind == kind)
        if counts:
            order = (KEPT, GAINED, LOST, AT_THE_EDGE, NOT_SEEN, NO_INTERFACE)
            words.append(f"{kind}: {', '.join(f'{counts[change]} {change}' for change in order if counts[change])}")
    if not words:
        return []
    errors = "; ".join(f"{side.structure} {side.error.value:.2f} A ({side.error.source})" for side in (first, second))
    edge = error_of_difference(first.error, second.error)
    return [
        "; ".join(words),
        f"at-the-edge: in one structure only, by a distance that differs by less than {edge:.2f} A, the error of a difference "
        f"of distances; coordinate errors: {errors}",
    ]


def _best(side: ComparedSide) -> dict[_Key, _Found]:
    """Shortest distance and copies of each contact and interaction between receptor and ligand positions."""
    found: dict[_Key, _Found] = {}
    classes = side.classes()
    labelled = [("contact", row) for row in side.contacts] + [(row.type, row) for row in side.interactions]
    for kind, row in labelled:
        if row.position_1 is None or row.position_2 is None or row.interface not in classes:
            continue
        key = (kind, row.interface, row.position_1, row.position_2)
        if key not in found or row.distance < found[key].distance:
            ends = [frozenset[str](), frozenset[str]()]
            if isinstance(row, InteractionRow):
                ends = [frozenset(row.atoms_1.split(";")), frozenset(row.atoms_2.split(";"))]
            found[key] = _Found(row.distance, row.copies, *ends)
    return found


def _areas(
    first: ComparedSide, second: ComparedSide, proteins: tuple[str, str], classes: tuple[set[str], set[str]]
) -> list[CompareRow]:
    rows = []
    for name in sorted(classes[0] | classes[1]):
        means = []
        for side in (first, second):
            areas = [row.bsa for row in side.interfaces if row.interface == name and row.bsa is not None]
            means.append((round(sum(areas) / len(areas), 1), f"{len(areas)}") if areas else (None, ""))
        change = KEPT if means[0][0] is not None and means[1][0] is not None else NO_INTERFACE
        rows.append(
            CompareRow(
                "area", name, proteins[0], None, "", proteins[1], None, "", change,
                first.structure, means[0][0], means[0][1], second.structure, means[1][0], means[1][1], "", "",
            )
        )  # fmt: skip
    return rows
