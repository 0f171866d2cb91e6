"""Lay the letters of a chain on a sequence: at one constant shift where that explains them, else by Biopython's aligner."""

from __future__ import annotations

from functools import cache
from typing import Any

UNKNOWN = "X"
_SEED = 8
_MIN_IDENTITY = 0.9
_MAX_RUN = 2
_END_MATCHES = 3


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
    A chain that agrees with the sequence at one shift (at least 90 % of the letters, no more than two differences in a row,
    three agreeing letters at either end) is laid there. All others are aligned globally with free ends by Biopython's
    ``PairwiseAligner`` (match 5, mismatch -4, gap opening -15, extension -0.1: fusion partners and unobserved loops may be long),
    and letters at the ends of the aligned part are taken back until three in a row agree, because tags agree by chance.
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
        if 0 <= shift <= len(sequence) - len(letters) and _explains(letters, sequence[shift : shift + len(letters)]):
            return shift
    return None


def _explains(letters: str, stretch: str) -> bool:
    agree = [a == b for a, b in zip(letters, stretch, strict=True)]
    known = [same for same, letter in zip(agree, letters, strict=True) if letter != UNKNOWN]
    run = longest = 0
    for same, letter in zip(agree, letters, strict=True):
        run = 0 if same or letter == UNKNOWN else run + 1
        longest = max(longest, run)
    return (
        sum(known) >= _MIN_IDENTITY * len(known)
        and longest <= _MAX_RUN
        and all(agree[:_END_MATCHES])
        and all(agree[-_END_MATCHES:])
    )


@cache
def _aligner() -> Any:
    from Bio.Align import PairwiseAligner

    aligner: Any = PairwiseAligner()  # type: ignore[no-untyped-call]
    aligner.mode = "global"
    aligner.wildcard = UNKNOWN
    aligner.match_score = 5
    aligner.mismatch_score = -4
    aligner.open_internal_insertion_score = aligner.open_internal_deletion_score = -15
    aligner.extend_internal_insertion_score = aligner.extend_internal_deletion_score = -0.1
    aligner.open_left_insertion_score = aligner.open_left_deletion_score = 0
    aligner.extend_left_insertion_score = aligner.extend_left_deletion_score = 0
    aligner.open_right_insertion_score = aligner.open_right_deletion_score = 0
    aligner.extend_right_insertion_score = aligner.extend_right_deletion_score = 0
    return aligner


def _align(letters: str, sequence: str) -> list[int | None]:
    positions: list[int | None] = [None] * len(letters)
    alignments = _aligner().align(sequence, letters)
    on_sequence, on_letters = alignments[0].aligned
    for (start, _), (first, last) in zip(on_sequence, on_letters, strict=True):
        for index in range(first, last):
            positions[index] = int(start) + index - int(first) + 1
    return positions


def _trim(positions: list[int | None], letters: str, sequence: str) -> list[int | None]:
    """Take back the ends of the aligned part until three letters in a row agree."""
    agree = [p is not None and letters[i] == sequence[p - 1] for i, p in enumerate(positions)]
    anchors = [i for i in range(len(letters) - _END_MATCHES + 1) if all(agree[i : i + _END_MATCHES])]
    if not anchors:
        return [None] * len(letters)
    first, last = anchors[0], anchors[-1] + _END_MATCHES - 1
    return [p if first <= i <= last else None for i, p in enumerate(positions)]
