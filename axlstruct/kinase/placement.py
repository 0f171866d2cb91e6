"""Landmarks laid on structure chains: which author numbers they have there, and how much of them is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from axlstruct.kinase.landmarks import Kinase, Landmark
from axlstruct.sequence.coverage import Placement
from axlstruct.sequence.features import Span, spans_of


@dataclass(frozen=True, slots=True)
class LandmarkRow:
    """A landmark of the kinase domain in one structure chain.

    Attributes
    ----------
    protein, landmark
        Gene and name.
    first, last, letters
        UniProt positions and one-letter codes; empty where the domain has no such part, with the reason in ``note``.
    origin, rule
        ``data`` where a feature of the target names it, else ``derived``; which feature, or how.
    structure, chain
        Empty where no structure is at hand.
    numbers
        Author numbers of the residues with atoms, runs as ``690-695``, joined by blanks.
    seen
        Residues with atoms, ``6/30``.
    coverage
        Word of coverage; where it changes along the landmark each with its UniProt positions, joined by ``;``.
    plddt
        Mean confidence of a model's residues.
    note
    assembly
    """

    protein: str
    landmark: str
    first: int | None
    last: int | None
    letters: str
    origin: str
    rule: str
    structure: str
    chain: str
    numbers: str
    seen: str
    coverage: str
    plddt: float | None
    note: str
    assembly: str


def landmark_rows(
    kinase: Kinase,
    structure: str = "",
    chain: str = "",
    placement: Callable[[int], Placement] | None = None,
    *,
    assembly: str = "asu",
) -> list[LandmarkRow]:
    """One row for each landmark in a chain, or without any structure.

    Parameters
    ----------
    kinase : Kinase
    structure, chain : str
    placement : callable, optional
        What the chain shows of a position.
    """
    return [_row(kinase, mark, structure, chain, placement, assembly) for mark in kinase.landmarks]


def _row(
    kinase: Kinase, mark: Landmark, structure: str, chain: str, placement: Callable[[int], Placement] | None, assembly: str
) -> LandmarkRow:
    placed = [placement(position) for position in mark.span] if placement and mark.span else []
    there = [p for p in placed if p.coverage.has_atoms and p.residue]
    known = [p.plddt for p in placed if p.plddt is not None]
    span = mark.span
    notes = [mark.note, *dict.fromkeys(p.note for p in placed if p.note and p.residue)]
    return LandmarkRow(
        kinase.protein.name, mark.name, span.first if span else None, span.last if span else None, mark.letters,
        mark.origin, mark.rule, structure, chain, _numbers(there), f"{len(there)}/{len(placed)}" if placed else "",
        _words(placed), round(sum(known) / len(known), 1) if known else None, "; ".join(filter(None, notes)), assembly,
    )  # fmt: skip


def _numbers(placed: Sequence[Placement]) -> str:
    """Author numbers as runs; a residue with an insertion code stands alone."""
    plain = [p.residue.number for p in placed if p.residue and not p.residue.icode and p.residue.number > 0]
    other = [p.residue.label for p in placed if p.residue and (p.residue.icode or p.residue.number <= 0)]
    return " ".join([*map(str, spans_of(plain)), *other])


def _words(placed: Sequence[Placement]) -> str:
    runs = [(word, [p.position for p in run]) for word, run in groupby(placed, lambda p: str(p.coverage))]
    if len(runs) < 2:
        return runs[0][0] if runs else ""
    return ";".join(f"{word} {Span(positions[0], positions[-1])}" for word, positions in runs)
