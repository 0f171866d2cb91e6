"""Changes of nucleotides: in the reading frame of a transcript, or across its borders."""

from __future__ import annotations

import re
from dataclasses import dataclass

from axlstruct.errors import NotationError
from axlstruct.sequence.chromosomes import chromosome
from axlstruct.sequence.exons import Transcript
from axlstruct.sequence.notation import shortened
from axlstruct.sequence.transcript import TranscriptPlace, base_of, place_of, splice_sites

_BASE = r"\d{1,9}"
_OPERATION = (
    r"(?:(?P<old>[ACGT]+)>(?P<new>[ACGT]+)|(?P<delins>del[ACGT]*ins)(?P<put>[ACGT]+)|(?P<gone>del[ACGT]*)|(?P<dup>dup[ACGT]*)"
    r"|ins(?P<ins>[ACGT]+))"
)
_GENOMIC = re.compile(
    rf"(?P<chromosome>[\w.]+)[-:](?P<base>{_BASE})[-:\s](?P<old>[ACGT]+|-)[-:>](?P<new>[ACGT]+|-)", re.IGNORECASE
)
_HGVS_GENOMIC = re.compile(
    rf"(?P<chromosome>[\w.]+)(?:\(\w+\))?:g\.(?P<first>{_BASE})(?:_(?P<last>{_BASE}))?{_OPERATION}", re.IGNORECASE
)
_NUMBER = r"[-*]?\d{1,9}(?:[+-]\d{1,9})?"
_CODING = re.compile(
    rf"(?:(?P<name>[\w.-]+)(?:\(\w+\))?:)?c\.(?P<first>{_NUMBER})(?:_(?P<last>{_NUMBER}))?{_OPERATION}", re.IGNORECASE
)
_NEIGHBOURS = "an insertion stands between two neighbours"
_PAIR = str.maketrans("ACGT", "TGCA")

CONSEQUENCE = {
    "5' untranslated": "5_prime_UTR_variant", "3' untranslated": "3_prime_UTR_variant", "intron": "intron_variant",
    "outside": "", "coding": "coding_sequence_variant", "stop codon": "coding_sequence_variant",
}  # fmt: skip
"""Sequence Ontology terms by the kind of place, where nothing more is known."""


@dataclass(frozen=True, slots=True)
class Genomic:
    """Bases of the forward strand replaced by others, as in a VCF; 1-based.

    Attributes
    ----------
    chromosome : str
    base : int
        The first that is replaced; of an insertion without ``old`` the one behind it.
    old : str
    new : str or None
        None repeats what is there (a duplication).
    unsaid : int
        Bases that are replaced where their letters are not said.
    """

    chromosome: str
    base: int
    old: str
    new: str | None
    unsaid: int = 0

    @property
    def length(self) -> int:
        """Bases that are replaced."""
        return len(self.old) or self.unsaid


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
    put : str
        Letters of an insertion between an exon and an intron, on the coding strand.
    letter : str
        Letter of the exon's base beside it, where the variant shows it.
    """

    term: str
    name: str
    words: str
    first: int | None = None
    last: int | None = None
    put: str = ""
    letter: str = ""


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
    """Read ``19-41220858-G-A``, ``chr19:41220858:G:A`` or HGVS (``NC_000019.10:g.41220858G>A``, ``del``, ``dup``, ``ins``).

    None for any other text.

    Raises
    ------
    NotationError
        It contradicts itself.
    OtherAssemblyError
        A RefSeq record of another assembly.

    Examples
    --------
    >>> read_genomic("19-41220858-G-A") == read_genomic("NC_000019.10:g.41220858G>A") == Genomic("19", 41220858, "G", "A")
    True
    >>> read_genomic("chr19:g.41220858_41220860del").unsaid
    3
    """
    if match := _GENOMIC.fullmatch(text.strip()):
        old, new = (match[key].upper().strip("-") for key in ("old", "new"))
        return Genomic(chromosome(match["chromosome"]), int(match["base"]), old, new)
    match = _HGVS_GENOMIC.fullmatch(text.strip())
    if match is None:
        return None
    name, first = chromosome(match["chromosome"]), int(match["first"])
    old, new = _letters(match)
    last = int(match["last"]) if match["last"] else first + (len(old) - 1 if match["old"] else 0)
    if match["ins"]:
        if not match["last"] or last != first + 1:
            raise NotationError(_NEIGHBOURS, where=shortened(text), expected="such as g.41220858_41220859insA")
        return Genomic(name, last, "", new)
    if last < first:
        raise NotationError("the stretch ends before it begins", where=shortened(text))
    if old and len(old) != last - first + 1:
        raise NotationError(f"{len(old)} bases are named, {last - first + 1} are counted", where=shortened(text))
    return Genomic(name, first, old, new, 0 if old else last - first + 1)


def _letters(match: re.Match[str]) -> tuple[str, str | None]:
    """Letters before and after, in capitals; those before are empty where they are not said, None after repeats them."""
    deleted = match["delins"] or match["gone"] or match["dup"] or ""
    old = (match["old"] or deleted[3:].removesuffix(deleted[-3:] if match["delins"] else "")).upper()
    return old, None if match["dup"] else (match["new"] or match["put"] or match["ins"] or "").upper()


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
    old, new = _letters(match)
    if inserts and not match["last"]:
        raise NotationError(_NEIGHBOURS, where=shortened(text), expected="such as c.307_308insA")
    if match["old"] and not match["last"] and first.isdecimal():
        last = str(int(first) + len(old) - 1)
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
            raise NotationError(_NEIGHBOURS, where=change.text, expected="such as c.307_308insA")
        if in_frame:
            return Coding(int(change.last), int(change.first), "", change.new)
        return _across(transcript, min(first, last), max(first, last), inserts=True, put=change.new or "")
    if ahead < 0:
        raise NotationError("the stretch ends before it begins", where=change.text)
    if in_frame:
        a, b = int(change.first), int(change.last)
        if change.old and len(change.old) != b - a + 1:
            raise NotationError(f"{len(change.old)} nucleotides are named, {b - a + 1} are counted", where=change.text)
        return Coding(a, b, change.old, change.new)
    return _across(transcript, min(first, last), max(first, last), inserts=change.new is None)


def on_transcript(change: Genomic, transcript: Transcript) -> Coding | Across:
    """A genomic change laid on a transcript, as far towards its end as the alleles allow (HGVS: the 3' rule).

    Raises
    ------
    NotationError
        Both alleles are the same.
    """
    old, new, base = change.old, change.new, change.base
    if old == new and not change.unsaid:
        raise NotationError("no change: both alleles are the same", where=f"{change.chromosome}:{change.base}")
    before = ""
    if new is not None and not change.unsaid:
        ahead, old, new = _trimmed(old, new, from_end=transcript.strand == -1)
        base, before = base + len(ahead), ahead[-1:]
    length = change.unsaid or len(old)
    low, high = (base, base + length - 1) if length else (base - 1, base)
    places = [place_of(transcript, end) for end in (low, high)]
    if transcript.strand == -1:
        old, new, before = _other_strand(old), None if new is None else _other_strand(new), _other_strand(before)
    if not all(place.in_reading_frame for place in places):
        inserts = not length or new is None
        return _across(transcript, low, high, inserts=inserts, put="" if length else new or "", low_letter=before)
    numbers = sorted(int(place.name) for place in places)
    if length and numbers[1] - numbers[0] != length - 1:
        return _across(transcript, low, high, inserts=new is None)
    return Coding(numbers[0], numbers[1], old, new) if length else Coding(numbers[1], numbers[0], "", new)


def _trimmed(old: str, new: str, *, from_end: bool) -> tuple[str, str, str]:
    """What both alleles begin with, and both without what they share at their ends; ``from_end`` trims behind first."""
    behind = shared(old[::-1], new[::-1]) if from_end else 0
    old, new = old[: len(old) - behind], new[: len(new) - behind]
    ahead = shared(old, new)
    start, old, new = old[:ahead], old[ahead:], new[ahead:]
    behind = 0 if from_end else shared(old[::-1], new[::-1])
    return start, old[: len(old) - behind], new[: len(new) - behind]


def shared(one: str, two: str) -> int:
    """Letters with which both texts begin."""
    return next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def _other_strand(letters: str) -> str:
    return letters[::-1].translate(_PAIR)


def into_exon(change: Across, cds: str = "") -> Coding | None:
    """An insertion between an exon and an intron, moved into the exon without changing the sequence; None where it cannot be.

    Parameters
    ----------
    change : Across
    cds : str, optional
        The coding sequence; without it the letter beside the insertion, where the variant shows it, tells.
    """
    ends = change.name.split("_")
    if not change.put or len(ends) != 2:
        return None
    inside = [end.isdecimal() for end in ends]
    if inside[0] == inside[1]:
        return None
    nucleotide = int(ends[0] if inside[0] else ends[1])
    letter = cds[nucleotide - 1 : nucleotide] or change.letter
    if inside[0] and change.put[-1] == letter:
        return Coding(nucleotide, nucleotide - 1, "", letter + change.put[:-1])
    if inside[1] and change.put[0] == letter:
        return Coding(nucleotide + 1, nucleotide, "", change.put[1:] + letter)
    return None


def _across(transcript: Transcript, low: int, high: int, *, inserts: bool, put: str = "", low_letter: str = "") -> Across:
    """A change of genomic bases ``low`` to ``high``, or of an insertion between them, not all of them in the reading frame.

    ``low_letter`` is the letter of the base ``low`` on the coding strand, where it is known.
    """
    ends = [place_of(transcript, end) for end in ((low, high) if transcript.strand == 1 else (high, low))]
    name = "_".join(dict.fromkeys(place.name for place in ends if place.name))
    outer = next((place for place in ends if not place.in_reading_frame), ends[0])
    if inserts:
        letter = low_letter if place_of(transcript, low).in_reading_frame else ""
        return Across(_of_insertion(ends), name, outer.words, put=put, letter=letter)
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


def _of_insertion(ends: list[TranscriptPlace]) -> str:
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
