"""Which stretches of an alignment to show, and its columns: numbers and letters, no axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from axlstruct.family.relatives import CONTRADICTED, Relative
from axlstruct.sequence.features import Span, spans_of
from axlstruct.sequence.target import Protein

BESIDE, JOINED = 3, 8
"""Residues shown on either side of those of interest, and between two of them without a break."""

INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class AlignedCell:
    """What a relative has in a column: ``change`` as in `Counterpart`, or ``inserted``; ``place`` is what the models put there
    if that is another residue."""

    position: int | None
    letter: str
    change: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a position of the receptor, or None where a relative has more residues."""

    position: int | None
    letter: str
    cells: tuple[AlignedCell, ...]


def stretches(protein: Protein, positions: Iterable[int]) -> tuple[Span, ...]:
    """Stretches that show some positions with their neighbours; near ones are joined."""
    wanted = sorted(set(positions))
    shown = set(wanted)
    for one, two in pairwise(wanted):
        if two - one <= JOINED + 2 * BESIDE:
            shown.update(range(one, two))
    for position in wanted:
        shown.update(range(max(1, position - BESIDE), min(len(protein), position + BESIDE) + 1))
    return spans_of(shown)


def columns(relatives: Sequence[Relative], span: Span) -> list[Column]:
    """The columns of a stretch; residues that a relative has in addition stand behind the one they follow, left-aligned."""
    receptor = relatives[0].receptor
    found = []
    for position in span:
        found.append(Column(position, receptor.letter(position), tuple(_cell(relative, position) for relative in relatives)))
        extra = [_inserted(relative, position) if position < span.last else range(0) for relative in relatives]
        for n in range(max(map(len, extra))):
            cells = (_insertion(r, more[n] if n < len(more) else None) for r, more in zip(relatives, extra, strict=True))
            found.append(Column(None, "", tuple(cells)))
    return found


def _cell(relative: Relative, position: int) -> AlignedCell:
    at = relative.at(position)
    return AlignedCell(at.position, at.residue, at.change, at.structure_residue if at.agreement == CONTRADICTED else "")


def _inserted(relative: Relative, position: int) -> range:
    """Positions of the relative that follow on the counterpart of a position and are aligned with nothing."""
    counterpart = relative.pairing.counterpart
    here = counterpart.get(position)
    if here is None:
        return range(0)
    after = next((counterpart[p] for p in range(position + 1, len(relative.receptor) + 1) if p in counterpart), here + 1)
    return range(here + 1, after)


def _insertion(relative: Relative, position: int | None) -> AlignedCell:
    return AlignedCell(position, relative.protein.letter(position) if position else "", INSERTED)
