"""Lay the letters of a chain on a sequence: at one constant shift where that explains them, else by Biopython's aligner."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

UNKNOWN = "X"
_MATCH, _MISMATCH, _GAP, _EXTENSION = 5, -4, -15, -0.1
_WORTH = 10
_SEED = 8
_MIN_IDENTITY = 0.9
MAX_RUN = 2
"""Differences in a row beyond which letters lie in the wrong place rather than being mutated."""


def lay(letters: str, sequence: str) -> list[int | None]:
    """Position in a sequence of each letter of a chain.

    Parameters
    ----------
    letters : str
        One-letter codes of a chain in order; ``X`` for what is not known, which fits everything and counts for nothing.
    sequence : str
        One-letter codes of the protein.

    Returns
    -------
    list of int or None
        1-based positions, strictly increasing; None for letters outside the protein (tags, fusion partners, linkers).
        Letters at a position need not agree: engineered mutations are aligned, and for the caller to report.

    Notes
    -----
    A chain that agrees with the sequence at one shift (at least 90 % of the letters, no more than two differences in a row) is
    laid there. All others are aligned locally by Biopython's ``PairwiseAligner`` (match 5, mismatch -4, gap opening -15,
    extension -0.1: fusion partners and unobserved loops may be long). Letters near either end that lie beyond a difference or a
    gap are taken back if together they score less than 10, three matches and one mismatch.
    """
    return lay_at_one_shift(letters, sequence) or lay_by_alignment(letters, sequence)


def lay_at_one_shift(letters: str, sequence: str) -> list[int | None] | None:
    """As `lay`, for a chain that one shift explains; None for any other."""
    shift = constant_shift(letters, sequence)
    return None if shift is None else [index + shift + 1 for index in range(len(letters))]


def lay_by_alignment(letters: str, sequence: str) -> list[int | None]:
    """As `lay`, by the aligner."""
    return _trim(_align(letters, sequence), letters, sequence)


def constant_shift(letters: str, sequence: str) -> int | None:
    """The number of residues before the chain in the sequence, where one shift explains all its letters; else None."""
    last = len(letters) - _SEED
    for start in (0, last // 2, last):
        if start < 0:
            return None
        found = sequence.find(letters[start : start + _SEED])
        if found < 0:
            continue
        shift = found - start
        if 0 <= shift <= len(sequence) - len(letters) and _explains(letters, sequence, shift):
            return shift
    return None


def longest_run(agree: Sequence[bool]) -> int:
    """Most differences in a row.

    Examples
    --------
    >>> longest_run([True, False, False, True, False])
    2
    """
    run = longest = 0
    for same in agree:
        run = 0 if same else run + 1
        longest = max(longest, run)
    return longest


def _explains(letters: str, sequence: str, shift: int) -> bool:
    agree = [letter in (UNKNOWN, there) for letter, there in zip(letters, sequence[shift:], strict=False)]
    known = [index for index, letter in enumerate(letters) if letter != UNKNOWN]
    positions: list[int | None] = [index + shift + 1 for index in range(len(letters))]
    return (
        sum(agree[index] for index in known) >= _MIN_IDENTITY * len(known)
        and longest_run(agree) <= MAX_RUN
        and _trim(positions, letters, sequence) == positions
    )


@cache
def _aligner() -> Any:
    from Bio.Align import PairwiseAligner

    aligner: Any = PairwiseAligner()  # type: ignore[no-untyped-call]
    aligner.mode = "local"
    aligner.wildcard = UNKNOWN
    aligner.match_score, aligner.mismatch_score = _MATCH, _MISMATCH
    aligner.open_gap_score, aligner.extend_gap_score = _GAP, _EXTENSION
    return aligner


def _align(letters: str, sequence: str) -> list[int | None]:
    positions: list[int | None] = [None] * len(letters)
    alignments = _aligner().align(sequence, letters)
    if not alignments:
        return positions
    on_sequence, on_letters = alignments[0].aligned
    for (start, _), (first, last) in zip(on_sequence, on_letters, strict=True):
        for index in range(first, last):
            positions[index] = int(start) + index - int(first) + 1
    return positions


def _trim(positions: list[int | None], letters: str, sequence: str) -> list[int | None]:
    """Take back what lies beyond a difference or gap near either end and earns too little: tags agree by chance."""
    forward = _first_kept(positions, letters, sequence)
    backward = len(letters) - 1 - _first_kept(positions[::-1], letters[::-1], sequence)
    return [position if forward <= index <= backward else None for index, position in enumerate(positions)]


def _first_kept(positions: Sequence[int | None], letters: str, sequence: str) -> int:
    """Index of the first letter to keep, seen from one end."""
    first, earned, before = 0, 0.0, None
    for index, position in enumerate(positions):
        gap = position is None or (before is not None and abs(position - before) != 1)
        if gap and earned < _WORTH:
            first, earned = index, 0.0
        if position is None:
            first = index + 1 if earned == 0 else first
            continue
        before = position
        same = letters[index] == sequence[position - 1]
        earned += _MATCH if same else 0 if letters[index] == UNKNOWN else _MISMATCH
        if not same and letters[index] != UNKNOWN and earned < _WORTH:
            first, earned = index + 1, 0.0
    return first if earned >= _WORTH else len(letters)
