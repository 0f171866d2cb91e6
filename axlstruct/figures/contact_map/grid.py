"""Places of residues and shapes of cells on a contact map: only residues that take part, with a gap where the sequence jumps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from axlstruct.interface.rows import ContactRow
from axlstruct.sequence.residues import ONE_LETTER

BREAK = 0.4
"""Gap, in cells, between residues that are no neighbours in the sequence."""


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """A residue on an axis; orders by position in the sequence, unmapped residues behind."""

    mapped: float
    number: int
    icode: str
    residue: str

    @property
    def position(self) -> int | None:
        """Position in the sequence, None where the residue is not mapped."""
        return int(self.mapped) if self.mapped != float("inf") else None

    def label(self, numbering: str) -> str:
        """Letter and number, such as ``E59`` by ``author`` number, ``E66`` by ``uniprot`` position.

        A residue without a position has its author number in brackets.
        """
        letter, author = ONE_LETTER.get(self.residue, self.residue), f"{self.number}{self.icode}"
        if numbering == "author":
            return f"{letter}{author}"
        return f"{letter}{self.position}" if self.position else f"({letter}{author})"


@dataclass(frozen=True, slots=True)
class MapCell:
    """A contact of two members in one copy (chain pair) of the interface."""

    first: Member
    second: Member
    pair: tuple[str, str]
    distance: float


@dataclass(frozen=True)
class Grid:
    """A contact map as values: members along both axes, their places in cells, chain pairs, contacts."""

    rows: tuple[Member, ...]
    columns: tuple[Member, ...]
    pairs: tuple[tuple[str, str], ...]
    cells: tuple[MapCell, ...]


def grid_of(contacts: Sequence[ContactRow]) -> Grid:
    """Collect the contacts of one interface class."""
    cells = [
        MapCell(
            _member(row.position_1, row.number_1, row.icode_1, row.residue_1),
            _member(row.position_2, row.number_2, row.icode_2, row.residue_2),
            (row.chain_1, row.chain_2),
            row.distance,
        )
        for row in contacts
    ]
    rows, columns = sorted({cell.first for cell in cells}), sorted({cell.second for cell in cells})
    return Grid(tuple(rows), tuple(columns), tuple(sorted({cell.pair for cell in cells})), tuple(cells))


def _member(position: int | None, number: int, icode: str, residue: str) -> Member:
    return Member(float("inf") if position is None else float(position), number, icode, residue)


def places(members: Sequence[Member]) -> list[float]:
    """Left edge of each member in cells, with `BREAK` before one that does not follow its predecessor."""
    result: list[float] = []
    for index, member in enumerate(members):
        before = members[index - 1]
        one, two = (member.mapped, before.mapped) if member.position or before.position else (member.number, before.number)
        follows = index > 0 and one - two == 1
        result.append(result[-1] + 1 + (0.0 if follows else BREAK) if result else 0.0)
    return result


def starts(members: Sequence[Member], cell: float, start: float = 0.0) -> list[float]:
    """Left edge of each member in millimetres, for cells of this side."""
    return [start + edge * cell for edge in places(members)]


def blocks(edges: Sequence[float]) -> list[tuple[float, float]]:
    """Stretches without a gap, as (first edge, last edge)."""
    result: list[tuple[float, float]] = []
    for edge in edges:
        if result and abs(result[-1][1] - edge) < 1e-9:
            result[-1] = (result[-1][0], edge + 1)
        else:
            result.append((edge, edge + 1))
    return result


def cell_shape(index: int, copies: int) -> list[tuple[float, float]]:
    """Corners of a copy's part of the unit cell (y downwards): the whole, one of two triangles, or one of more upright slices.

    Examples
    --------
    >>> cell_shape(0, 2)
    [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)]
    """
    if copies == 2:
        return [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)] if index == 0 else [(1.0, 1.0), (1.0, 0.0), (0.0, 1.0)]
    left, right = index / copies, (index + 1) / copies
    return [(left, 0.0), (right, 0.0), (right, 1.0), (left, 1.0)]


def distance_bins(cutoff: float) -> list[tuple[float, str]]:
    """Upper limits and labels of up to four classes of distance, the closest first.

    Examples
    --------
    >>> distance_bins(4.0)
    [(2.5, '≤ 2.5'), (3.0, '2.5–3'), (3.5, '3–3.5'), (4.0, '3.5–4')]
    """
    step = 0.5 if cutoff <= 4.5 else 1.0
    limits = [cutoff - k * step for k in (3, 2, 1, 0) if cutoff - k * step > 0]
    labels = [f"≤ {limits[0]:g}", *(f"{low:g}–{high:g}" for low, high in pairwise(limits))]
    return list(zip(limits, labels, strict=True))
