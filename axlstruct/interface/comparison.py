"""Two structures of a target side by side: contacts, bonds and areas gained, lost and kept, position by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from axlstruct.interface.classes import NO_CONTACT
from axlstruct.interface.interactions import InteractionRow
from axlstruct.interface.rows import ContactRow, InterfaceRow
from axlstruct.structure.mapping import ChainMap

KEPT, GAINED, LOST = "kept", "gained", "lost"
NOT_SEEN = "not-observed"
NO_INTERFACE = "no-such-interface"


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
        ``kept``, ``gained`` (in the second structure only), ``lost``; ``not-observed`` where the other structure shows no atom of
        one of the residues, ``no-such-interface`` where it has no interface of that class: neither is a loss.
    value_1, value_2
        Shortest distance in Angstrom over the copies, for areas the mean two-sided buried area in square Angstrom.
    engineered
        Differences from UniProt at these positions in either structure, such as ``4RA0 D94G``.
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


@dataclass(frozen=True)
class Side:
    """One of the two structures: its maps and its rows."""

    structure: str
    maps: Sequence[ChainMap]
    contacts: Sequence[ContactRow]
    interactions: Sequence[InteractionRow]
    interfaces: Sequence[InterfaceRow]

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


def compare_rows(
    first: Side, second: Side, proteins: tuple[str, str], letters: Mapping[tuple[str, int], str]
) -> list[CompareRow]:
    """Lay two structures side by side.

    Parameters
    ----------
    first, second : Side
    proteins : (str, str)
        Names of receptor and ligand.
    letters : mapping of (protein, position) to str
        One-letter codes of the sequences.

    Returns
    -------
    list of CompareRow
        Areas first, then contacts and interactions by interface and position.
    """
    tables = (_best(first), _best(second))
    observed, classes = (first.observed(), second.observed()), (first.classes(), second.classes())
    engineered = first.engineered(), second.engineered()
    rows = _areas(first, second, proteins, classes)
    for key in sorted(tables[0].keys() | tables[1].keys(), key=lambda k: (k[1], k[2], k[3], k[0] != "contact", k[0])):
        kind, interface, one, two = key
        ends = ((proteins[0], one), (proteins[1], two))
        there = [table.get(key) for table in tables]
        if there[0] and there[1]:
            change = KEPT
        else:
            absent = 1 if there[0] else 0
            if interface not in classes[absent]:
                change = NO_INTERFACE
            elif any(end not in observed[absent] for end in ends):
                change = NOT_SEEN
            else:
                change = LOST if absent else GAINED
        values = [(found[0], found[1]) if found else (None, "") for found in there]
        marks = dict.fromkeys(table[end] for end in ends for table in engineered if end in table)
        rows.append(
            CompareRow(
                kind, interface, proteins[0], one, letters[ends[0]], proteins[1], two, letters[ends[1]], change,
                first.structure, values[0][0], values[0][1], second.structure, values[1][0], values[1][1], ";".join(marks),
            )
        )  # fmt: skip
    return rows


def _best(side: Side) -> dict[_Key, tuple[float, str]]:
    """Shortest distance and copies of each contact and interaction between receptor and ligand positions."""
    found: dict[_Key, tuple[float, str]] = {}
    labelled = [("contact", row) for row in side.contacts] + [(row.type, row) for row in side.interactions]
    for kind, row in labelled:
        if row.position_1 is None or row.position_2 is None or row.interface not in side.classes():
            continue
        key = (kind, row.interface, row.position_1, row.position_2)
        if key not in found or row.distance < found[key][0]:
            found[key] = (row.distance, row.copies)
    return found


def _areas(first: Side, second: Side, proteins: tuple[str, str], classes: tuple[set[str], set[str]]) -> list[CompareRow]:
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
                first.structure, means[0][0], means[0][1], second.structure, means[1][0], means[1][1], "",
            )
        )  # fmt: skip
    return rows
