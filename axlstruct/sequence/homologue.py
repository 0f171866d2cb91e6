"""Two homologous sequences laid on each other, and which of their pairs do not hang on the choice of scores."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

MATRIX = "BLOSUM62"
OPEN, EXTEND = -12.0, -2.0
"""What the first and each further residue of a gap cost: the gap costs of FASTA; gaps at the ends of the chains cost nothing."""
OTHERS = ((-12.0, -1.0), (-10.0, -0.5))
"""Gap costs of BLASTP and of EMBOSS needle, for the question which pairs are stable."""

IDENTICAL, SIMILAR, DIFFERENT, GAP = "identical", "similar", "different", "gap"


@dataclass(frozen=True)
class Pairing:
    """A sequence laid on a homologous one.

    Attributes
    ----------
    counterpart : dict of int to int
        1-based position in the other sequence of each position that has one.
    stable : frozenset of int
        Positions whose counterpart (or gap) is the same with every gap cost tried and from either end of the chains.
    score : float
    """

    counterpart: dict[int, int]
    stable: frozenset[int]
    score: float


def pair(sequence: str, other: str) -> Pairing:
    """Align two whole sequences globally (Biopython's ``PairwiseAligner``, BLOSUM62, gaps 12 and 2, end gaps free).

    Of alignments with the same score the aligner's first counts. A pair is stable if the alignments with the gap costs of BLASTP
    and EMBOSS needle have it too, and if all three have it when they are made from the other end of the chains, which takes the
    other choice wherever several alignments have the same score (Landan and Graur 2007, "Heads or tails", Mol Biol Evol 24:1380).

    Examples
    --------
    >>> pair("MKWVTFISLL", "KWVTYISLL").counterpart[6]
    5
    """
    costs = ((OPEN, EXTEND), *OTHERS)
    found = [
        counterparts for cost in costs for counterparts in (_align(sequence, other, *cost), _from_the_end(sequence, other, *cost))
    ]
    best, score = found[0]
    stable = (p for p in range(1, len(sequence) + 1) if len({counterparts.get(p) for counterparts, _ in found}) == 1)
    return Pairing(best, frozenset(stable), score)


def substitution(one: str, two: str) -> int:
    """Score of two residues in BLOSUM62.

    Examples
    --------
    >>> substitution("I", "V"), substitution("I", "D")
    (3, -3)
    """
    return int(_matrix()[_known(one), _known(two)])


def change(one: str, two: str | None) -> str:
    """``identical``, ``similar`` (a positive score in BLOSUM62), ``different``, or ``gap`` where there is no residue.

    Examples
    --------
    >>> change("I", "I"), change("I", "V"), change("I", "D"), change("I", None)
    ('identical', 'similar', 'different', 'gap')
    """
    if two is None:
        return GAP
    return IDENTICAL if one == two else SIMILAR if substitution(one, two) > 0 else DIFFERENT


@cache
def _matrix() -> Any:
    from Bio.Align import substitution_matrices

    return substitution_matrices.load(MATRIX)  # type: ignore[no-untyped-call]


def _align(sequence: str, other: str, gap: float, extension: float) -> tuple[dict[int, int], float]:
    from Bio.Align import PairwiseAligner

    aligner: Any = PairwiseAligner()  # type: ignore[no-untyped-call]
    aligner.mode = "global"
    aligner.substitution_matrix = _matrix()
    aligner.open_gap_score, aligner.extend_gap_score = gap, extension
    aligner.end_gap_score = 0.0
    best = aligner.align(_known(sequence), _known(other))[0]
    pairs = {
        int(start) + n + 1: int(first) + n + 1
        for (start, end), (first, _) in zip(*best.aligned, strict=True)
        for n in range(end - start)
    }
    return pairs, float(best.score)


def _from_the_end(sequence: str, other: str, gap: float, extension: float) -> tuple[dict[int, int], float]:
    pairs, score = _align(sequence[::-1], other[::-1], gap, extension)
    return {len(sequence) + 1 - one: len(other) + 1 - two for one, two in pairs.items()}, score


def _known(sequence: str) -> str:
    """Selenocysteine is no letter of the matrix and counts as the cysteine it stands for."""
    return sequence.replace("U", "C")
