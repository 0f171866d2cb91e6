"""Hydrogen bonds and salt bridges across interfaces as dashes, from the donor atom to the acceptor atom of each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from axlstruct.interface.classes import NO_CONTACT
from axlstruct.interface.interactions import InteractionRow
from axlstruct.interface.kinds import KINDS, dashed
from axlstruct.scene.scene import AtomPlace, Dash, LegendEntry

COLORS = {"hbond": "#2B2B2B", "salt-bridge": "#E0007A"}
"""Colours of the kinds that are drawn; others have `OTHER`."""
OTHER = "#7A5C00"


def bond_dashes(rows: Iterable[InteractionRow]) -> tuple[Dash, ...]:
    """One dash for each hydrogen bond and salt bridge between chains, in the order of the rows."""
    return tuple(
        Dash(row.type, _place(row, row.donor), _place(row, row.acceptor), COLORS.get(row.type, OTHER), row.distance, row.grade)
        for row in rows
        if KINDS[row.type].dashed and row.interface != NO_CONTACT and row.donor and row.acceptor
    )


def _place(row: InteractionRow, words: str) -> AtomPlace:
    """The place that ``CHAIN/NUMBER:ATOM`` names, which is at one end of the row."""
    for chain, number, icode in ((row.chain_1, row.number_1, row.icode_1), (row.chain_2, row.number_2, row.icode_2)):
        if words.startswith(start := f"{chain}/{number}{icode}:"):
            return AtomPlace(chain, number, icode, words.removeprefix(start))
    raise ValueError(f"{words} is at no end of {row}")


def dash_legend(dashes: Sequence[Dash]) -> list[LegendEntry]:
    """A line for each type that is drawn, with how many there are of each grade."""
    entries = []
    for kind in dashed():
        if grades := Counter(dash.grade for dash in dashes if dash.type == kind.name):
            counts = ", ".join(f"{grade} {count}" for grade, count in sorted(grades.items()))
            entries.append(
                LegendEntry("Bonds across interfaces", kind.plural, COLORS.get(kind.name, OTHER), "dash", f"by grade: {counts}")
            )
    return entries
