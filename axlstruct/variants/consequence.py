"""What a change of the coding sequence does to the protein."""

from __future__ import annotations

from collections.abc import Sequence

from axlstruct.errors import LetterError
from axlstruct.sequence.notation import Query
from axlstruct.variants.hgvs import STOP, ProteinChange
from axlstruct.variants.nucleotides import Coding

START = "ATG"


def change_of_protein(changes: Sequence[Coding], cds: str, protein: str, text: str, name: str) -> ProteinChange:
    """What changes of one copy of the coding sequence do to the protein.

    Parameters
    ----------
    changes : sequence of Coding
        One or more that do not overlap.
    cds : str
        Coding sequence with its stop codon, of the standard genetic code.
    protein : str
        Its translation without the stop.
    text, name : str
        The variant as written, and the protein's name, for the answer.

    Raises
    ------
    LetterError
        Other nucleotides stand there than the variant says.
    """
    mutated = cds
    for change in sorted(changes, key=lambda change: change.first, reverse=True):
        there = cds[change.first - 1 : change.last]
        if change.old and change.old != there:
            raise LetterError(
                "other nucleotides stand there", where=f"{text}, c.{change.first}", expected=change.old, found=there
            )
        mutated = mutated[: change.first - 1] + (there + there if change.new is None else change.new) + mutated[change.last :]
    shift = sum(change.shift for change in changes)
    before, after = protein + STOP, translate(mutated)
    if not mutated.startswith(START):
        if mutated.endswith(cds):  # put before the start, which is as it was
            return _change(text, name, "synonymous", before, 0, 0)
        return _change(text, name, "unknown", before, 0, 0)
    if after == before:
        at = min((min(change.first for change in changes) - 1) // 3, len(protein))
        return _change(text, name, "synonymous", before, at, at)
    if shift % 3:
        return _shifted(before, after, text, name)
    early = len(after) < len(before) + shift // 3 and after.endswith(STOP)
    return _compared(before, after, text, name, early=early)


def _shifted(before: str, after: str, text: str, name: str) -> ProteinChange:
    """A frameshift: the first residue that changes, what it becomes, and how far the new frame reads."""
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after)))
    new = after[at : at + 1]
    if at >= len(before) - 1:
        return _change(text, name, "extension", before, len(before) - 1, len(before) - 1, new, "extTer?")
    if new == STOP:
        return _change(text, name, "substitution", before, at, at, STOP)
    ends = after.endswith(STOP)
    return _change(text, name, "frameshift", before, at, at, new, f"fsTer{len(after) - at}" if ends else "fsTer?")


def _compared(before: str, after: str, text: str, name: str, *, early: bool) -> ProteinChange:
    """Two proteins with their stops, in the same frame, as one change as far towards the end as it can be named.

    ``early`` says that a new stop cuts the second short: what stands behind it is not made, and is no part of the change.
    """
    start = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after)))
    if early:
        new = after[start:]
        return _change(text, name, "substitution" if new == STOP else "delins", before, start, start, new)
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if old == STOP:
        return _change(text, name, "extension", before, start, start, new[:1], "extTer?")
    if not old and new == before[start - len(new) : start]:
        return _change(text, name, "duplication", before, start - len(new), start - 1)
    if not old:
        return _change(text, name, "insertion", before, start - 1, start, new)
    kind = "deletion" if not new else "substitution" if len(old) == len(new) == 1 else "delins"
    return _change(text, name, kind, before, start, start + len(old) - 1, new)


def _change(text: str, name: str, kind: str, before: str, first: int, last: int, new: str = "", rest: str = "") -> ProteinChange:
    """A change between two 0-based places of a protein with its stop."""
    one, two = (Query(text, place + 1, before[place], protein=name) for place in (first, last))
    return ProteinChange(text, kind, one, two, new, rest if kind in ("frameshift", "extension") else "")


def translate(cds: str) -> str:
    """Translation up to and with the first stop, by the standard genetic code; an unfinished codon at the end is left out.

    Examples
    --------
    >>> translate("ATGGCGTAAGGG")
    'MA*'
    """
    from Bio.Seq import translate as by_biopython

    protein: str = by_biopython(cds[: len(cds) // 3 * 3])  # type: ignore[no-untyped-call]
    return protein[: protein.index(STOP) + 1] if STOP in protein else protein
