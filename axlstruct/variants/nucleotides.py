"""Changes of nucleotides: in the reading frame of a transcript, or across its borders."""

from __future__ import annotations

import re
from dataclasses import dataclass

from axlstruct.errors import NotationError
from axlstruct.sequence.exons import Transcript
from axlstruct.sequence.transcript import Place, base_of, place_of, splice_sites

_GENOMIC = re.compile(
    r"(?:chr)?(?P<chromosome>\w+)[-:](?P<base>\d+)[-:\s](?P<old>[ACGT]+|-)[-:>](?P<new>[ACGT]+|-)", re.IGNORECASE
)
_HGVS_GENOMIC = re.compile(r"chr(?P<chromosome>\w+):g\.(?P<base>\d+)(?P<old>[ACGT]+)>(?P<new>[ACGT]+)", re.IGNORECASE)
_NUMBER = r"[-*]?\d+(?:[+-]\d+)?"
_CODING = re.compile(
    rf"(?:(?P<name>[\w.-]+)(?:\(\w+\))?:)?c\.(?P<first>{_NUMBER})(?:_(?P<last>{_NUMBER}))?"
    r"(?:(?P<old>[ACGT]+)>(?P<new>[ACGT]+)|(?P<delins>del[ACGT]*ins)(?P<put>[ACGT]+)|(?P<gone>del[ACGT]*)|(?P<dup>dup[ACGT]*)"
    r"|ins(?P<ins>[ACGT]+))",
    re.IGNORECASE,
)
_PAIR = str.maketrans("ACGT", "TGCA")

CONSEQUENCE = {
    "5' untranslated": "5_prime_UTR_variant", "3' untranslated": "3_prime_UTR_variant", "intron": "intron_variant",
    "outside": "", "coding": "coding_sequence_variant", "stop codon": "coding_sequence_variant",
}  # fmt: skip
"""Sequence Ontology terms by the kind of place, where nothing more is known."""


@dataclass(frozen=True, slots=True)
class Genomic:
    """Bases of the forward strand replaced by others, as in a VCF; 1-based."""

    chromosome: str
    base: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Coding:
    """Nucleotides of a coding sequence, its stop codon included, replaced by others.

    Attributes
    ----------
    first, last : int
        1-based nucleotides that are replaced; of an insertion ``first`` is the one behind it, and ``last`` the one before.
    old, new : str
        Letters of the coding strand; ``old`` is empty where it is not said.
    """

    first: int
    last: int
    old: str
    new: str | None
    """None repeats what is there (a duplication)."""

    @property
    def shift(self) -> int:
        """Nucleotides more than before."""
        there = self.last - self.first + 1
        return there if self.new is None else len(self.new) - there

    @property
    def removes(self) -> bool:
        """Whether what stands there is replaced or gone: true of all but insertions and duplications."""
        return self.new is not None and self.last >= self.first


@dataclass(frozen=True, slots=True)
class Across:
    """A change that is not all in the reading frame.

    Attributes
    ----------
    term : str
        Sequence Ontology term, the most severe of those that are certain; empty outside of the transcript.
    name : str
        Place in HGVS nomenclature, without ``c.``.
    words : str
        For readers.
    first, last : int or None
        First and last nucleotide of the reading frame that it touches, where it touches any.
    """

    term: str
    name: str
    words: str
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A change in HGVS nomenclature of a coding sequence, not yet laid on a transcript; coordinates are those after ``c.``."""

    text: str
    owner: str
    first: str
    last: str
    old: str
    new: str | None
    inserts: bool


def read_genomic(text: str) -> Genomic | None:
    """Read ``19-41220858-G-A``, ``chr19:41220858:G:A`` or ``chr19:g.41220858G>A``; None for any other text.

    Examples
    --------
    >>> read_genomic("19-41220858-G-A")
    Genomic(chromosome='19', base=41220858, old='G', new='A')
    """
    match = _GENOMIC.fullmatch(text.strip()) or _HGVS_GENOMIC.fullmatch(text.strip())
    if match is None:
        return None
    return Genomic(match["chromosome"], int(match["base"]), match["old"].upper().strip("-"), match["new"].upper().strip("-"))


def read_coding(text: str) -> Written | None:
    """Read ``c.308G>A`` and its like; None for any other text, NotationError where it contradicts itself.

    Examples
    --------
    >>> read_coding("AXL:c.308G>A")
    Written(text='AXL:c.308G>A', owner='AXL', first='308', last='308', old='G', new='A', inserts=False)
    """
    match = _CODING.fullmatch(text.strip())
    if match is None:
        return None
    first, last = match["first"], match["last"] or match["first"]
    owner, inserts = match["name"] or "", match["ins"] is not None
    old = (match["old"] or re.sub("del|ins|dup", "", match["delins"] or match["gone"] or match["dup"] or "", flags=re.I)).upper()
    if inserts and not match["last"]:
        raise NotationError("an insertion stands between two neighbours", where=text, expected="such as c.307_308insA")
    if match["old"] and not match["last"] and first.isdecimal():
        last = str(int(first) + len(old) - 1)
    new = None if match["dup"] else (match["new"] or match["put"] or match["ins"] or "").upper()
    return Written(text, owner, first, last, old, new, inserts)


def laid(change: Written, transcript: Transcript) -> Coding | Across:
    """A change in HGVS nomenclature laid on a transcript.

    Raises
    ------
    SiteError
        A coordinate that the transcript does not have, such as an intron where it has none.
    NotationError
        Ends in the wrong order, an insertion between bases that are no neighbours, letters that do not fit the numbers.
    """
    first, last = (base_of(transcript, name) for name in (change.first, change.last))
    ahead = transcript.strand * (last - first)
    in_frame = change.first.isdecimal() and change.last.isdecimal()
    if change.inserts:
        if (int(change.last) - int(change.first) if in_frame else ahead) != 1:
            raise NotationError("an insertion stands between two neighbours", where=change.text, expected="such as c.307_308insA")
        if in_frame:
            return Coding(int(change.last), int(change.first), "", change.new)
        return _across(transcript, min(first, last), max(first, last), inserts=True)
    if ahead < 0:
        raise NotationError("the stretch ends before it begins", where=change.text)
    if in_frame:
        a, b = int(change.first), int(change.last)
        if change.old and len(change.old) != b - a + 1:
            raise NotationError(f"{len(change.old)} nucleotides are named, {b - a + 1} are counted", where=change.text)
        return Coding(a, b, change.old, change.new)
    return _across(transcript, min(first, last), max(first, last), inserts=change.new is None)


def on_transcript(change: Genomic, transcript: Transcript) -> Coding | Across:
    """A genomic change laid on a transcript; raises NotationError where both alleles are the same."""
    old, new, base = change.old, change.new, change.base
    if old == new:
        raise NotationError("no change: both alleles are the same", where=f"{change.chromosome}:{change.base}")
    while old and new and old[0] == new[0]:  # the base before an insertion or deletion first, as a VCF means it
        old, new, base = old[1:], new[1:], base + 1
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    low, high = (base, base + len(old) - 1) if old else (base - 1, base)
    places = [place_of(transcript, end) for end in (low, high)]
    if not all(place.in_reading_frame for place in places):
        return _across(transcript, low, high, inserts=not old)
    numbers = sorted(int(place.name) for place in places)
    if old and numbers[1] - numbers[0] != len(old) - 1:
        return _across(transcript, low, high, inserts=False)
    if transcript.strand == -1:
        old, new = old[::-1].translate(_PAIR), new[::-1].translate(_PAIR)
    return Coding(numbers[0], numbers[1], old, new) if old else Coding(numbers[1], numbers[0], "", new)


def _across(transcript: Transcript, low: int, high: int, *, inserts: bool) -> Across:
    """A change of genomic bases ``low`` to ``high``, or of an insertion between them, not all of them in the reading frame."""
    ends = [place_of(transcript, end) for end in ((low, high) if transcript.strand == 1 else (high, low))]
    name = "_".join(dict.fromkeys(place.name for place in ends if place.name))
    outer = next((place for place in ends if not place.in_reading_frame), ends[0])
    if inserts:
        return Across(_of_insertion(ends), name, outer.words)
    touched = _frame(transcript, low, high)
    words = outer.words if low == high else " to ".join(dict.fromkeys(place.words for place in ends))
    broken = {kind for kind, start, end in splice_sites(transcript) if start <= high and low <= end}
    if broken:
        term = "splice_acceptor_variant" if "acceptor" in broken else "splice_donor_variant"
        words += f"; the splice {' and '.join(sorted(broken))} site is changed"
    elif touched and touched[0] <= 3:
        term = "start_lost"
    elif touched and touched[1] > 3 * transcript.residues:
        term = "stop_lost"
    else:
        term = "coding_sequence_variant" if touched else CONSEQUENCE[outer.kind]
    return Across(term, name, words, *(touched or (None, None)))


def _of_insertion(ends: list[Place]) -> str:
    """The term for an insertion between two neighbours that are not both in the reading frame."""
    if all(place.splice for place in ends):
        return f"splice_{ends[0].splice}_variant"
    if any(place.in_reading_frame for place in ends) and any(place.kind == "intron" for place in ends):
        return "splice_region_variant"
    return CONSEQUENCE[next(place.kind for place in ends if not place.in_reading_frame)]


def _frame(transcript: Transcript, low: int, high: int) -> tuple[int, int] | None:
    """First and last nucleotide of the reading frame, stop codon included, between two genomic coordinates."""
    stop = [base_of(transcript, str(3 * transcript.residues + more)) for more in (1, 2, 3)] if _has_stop(transcript) else []
    numbers = [3 * transcript.residues + more for more, base in enumerate(stop, 1) if low <= base <= high]
    for exon in transcript.exons:
        if exon.coding is None or exon.first_base is None:
            continue
        other = exon.first_base + transcript.strand * (len(exon.coding) - 1)
        start, end = max(low, min(exon.first_base, other)), min(high, max(exon.first_base, other))
        if start <= end:
            numbers += [exon.coding.first + abs(base - exon.first_base) for base in (start, end)]
    return (min(numbers), max(numbers)) if numbers else None


def _has_stop(transcript: Transcript) -> bool:
    """Whether its exons hold the stop codon; of coding intervals alone they may not."""
    transcribed = sum(exon.end - exon.start + 1 for exon in transcript.exons)
    coding = next(exon for exon in transcript.exons if exon.coding)
    before = sum(exon.end - exon.start + 1 for exon in transcript.exons if exon.number < coding.number)
    return transcribed - before >= 3 * transcript.residues + 3
