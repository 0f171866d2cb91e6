"""Places of residues and shapes of cells on a contact map: only residues that take part, with a gap where the sequence jumps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from axlstruct.residues import ONE_LETTER

if TYPE_CHECKING:
    import pandas as pd

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

    @property
    def label(self) -> str:
        """Letter, author number and insertion code, such as ``E59``."""
        return f"{ONE_LETTER.get(self.residue, self.residue)}{self.number}{self.icode}"


@dataclass(frozen=True, slots=True)
class Cell:
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
    cells: tuple[Cell, ...]


def grid_of(contacts: pd.DataFrame) -> Grid:
    """Collect the contacts of one interface class.

    Parameters
    ----------
    contacts : pandas.DataFrame
        Residue-level columns of ``contacts``.
    """
    sides = [
        [
            _member(*values)
            for values in zip(*(contacts[f"{c}_{side}"] for c in ("position", "number", "icode", "residue")), strict=True)
        ]
        for side in (1, 2)
    ]
    pairs = list(zip(contacts["chain_1"].astype(str), contacts["chain_2"].astype(str), strict=True))
    cells = (Cell(a, b, pair, float(d)) for a, b, pair, d in zip(*sides, pairs, contacts["distance"], strict=True))
    return Grid(tuple(sorted(set(sides[0]))), tuple(sorted(set(sides[1]))), tuple(sorted(set(pairs))), tuple(cells))


def _member(position: object, number: object, icode: object, residue: object) -> Member:
    text = str(position)
    mapped = float("inf") if text in ("", "nan", "None", "<NA>", "NaN") else float(text)
    letter = "" if str(icode) in ("", "nan", "None", "<NA>") else str(icode)
    return Member(mapped, int(str(number)), letter, str(residue))


def places(members: Sequence[Member]) -> list[float]:
    """Left edge of each member in cells, with `BREAK` before one that does not follow its predecessor."""
    result: list[float] = []
    for index, member in enumerate(members):
        follows = index > 0 and member.mapped - members[index - 1].mapped == 1
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
