"""Changes of nucleotides, and what they do to a protein as far as its exons, or its coding sequence, tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from axlstruct.errors import LetterError, NotationError
from axlstruct.exons import Transcript
from axlstruct.hgvs import STOP, ProteinChange
from axlstruct.notation import Query
from axlstruct.transcript_places import Place, place_of

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
    "outside": "",
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
    """Nucleotides of a coding sequence replaced by others.

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


def read_coding(text: str) -> tuple[str, Coding | Place] | None:
    """Read ``c.308G>A`` and its like: the name before ``c.`` and the change, or the place where that codes nothing; else None.

    Examples
    --------
    >>> read_coding("AXL:c.308G>A")
    ('AXL', Coding(first=308, last=308, old='G', new='A'))
    >>> read_coding("c.307+1G>A")[1].splice
    'donor'
    """
    match = _CODING.fullmatch(text.strip())
    if match is None:
        return None
    first, last = match["first"], match["last"] or match["first"]
    if outside := next((number for number in (first, last) if not number.isdecimal()), None):
        return match["name"] or "", _outside(outside)
    a, b = int(first), int(last)
    if match["ins"]:
        if b != a + 1:
            raise NotationError("an insertion stands between two neighbours", where=text, expected="such as c.307_308insA")
        return match["name"] or "", Coding(b, a, "", match["ins"].upper())
    if b < a:
        raise NotationError("the stretch ends before it begins", where=text)
    old = (match["old"] or re.sub("del|ins|dup", "", match["delins"] or match["gone"] or match["dup"] or "", flags=re.I)).upper()
    b = max(b, a + len(match["old"] or "") - 1)
    if old and len(old) != b - a + 1:
        raise NotationError(f"{len(old)} nucleotides are named, {b - a + 1} are counted", where=text)
    new = None if match["dup"] else (match["new"] or match["put"] or "").upper()
    return match["name"] or "", Coding(a, b, old, new)


def _outside(number: str) -> Place:
    """The place of an HGVS coordinate that is no coding nucleotide."""
    if match := re.fullmatch(r"[-*]?\d+([+-])(\d+)", number):
        near = int(match[2]) <= 2
        splice = ("donor" if match[1] == "+" else "acceptor") if near else ""
        return Place("intron", number, f"intron, c.{number}", splice)
    kind = "3' untranslated" if number.startswith("*") else "5' untranslated"
    return Place(kind, number, f"{kind} region, c.{number}")


def on_transcript(change: Genomic, transcript: Transcript) -> Coding | Place:
    """A genomic change as one of the coding sequence and its stop codon, or the place of its first base outside of them."""
    old, new, base = change.old, change.new, change.base
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    while old and new and old[0] == new[0]:
        old, new, base = old[1:], new[1:], base + 1
    ends = (base, base + len(old) - 1) if old else (base - 1, base)
    places = [place_of(transcript, end) for end in ends]
    for place in places:
        if place.kind not in ("coding", "stop codon"):
            return place
    numbers = sorted(int(place.name) for place in places)
    if transcript.strand == -1:
        old, new = old[::-1].translate(_PAIR), new[::-1].translate(_PAIR)
    if old and numbers[1] - numbers[0] != len(old) - 1:
        return Place("intron", places[0].name, "reaches across an intron", "donor")
    return Coding(numbers[0], numbers[1], old, new) if old else Coding(numbers[1], numbers[0], "", new)


def consequence_of_place(place: Place) -> str:
    """The Sequence Ontology term for a change where no residue is coded."""
    return f"splice_{place.splice}_variant" if place.splice else CONSEQUENCE[place.kind]


def change_of_protein(change: Coding, cds: str, protein: str, text: str, name: str) -> ProteinChange:
    """What a change of the coding sequence does to the protein.

    Parameters
    ----------
    change : Coding
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
    there = cds[change.first - 1 : change.last]
    if change.old and change.old != there:
        raise LetterError("other nucleotides stand there", where=f"{text}, c.{change.first}", expected=change.old, found=there)
    mutated = cds[: change.first - 1] + (there + there if change.new is None else change.new) + cds[change.last :]
    before, after = protein + STOP, translate(mutated)
    if change.shift % 3:
        at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(protein))
        return _change(text, name, "frameshift", before, at, at, "")
    return compared(before, after, change, text, name)


def compared(before: str, after: str, change: Coding, text: str, name: str) -> ProteinChange:
    """Two proteins with their stops as one change; ``after`` may end early."""
    if before == after:
        at = (change.first - 1) // 3
        return _change(text, name, "synonymous", before, at, at, "")
    start = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after)))
    if start == 0:
        return _change(text, name, "unknown", before, 0, 0, "")
    if after.endswith(STOP) and len(after) < len(before) and after[start:] == STOP:
        return _change(text, name, "substitution", before, start, start, STOP)
    if start == len(before) - 1:
        return _change(text, name, "extension", before, start, start, "")
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if not old and new == before[start - len(new) : start]:
        return _change(text, name, "duplication", before, start - len(new), start - 1, "")
    if not old:
        return _change(text, name, "insertion", before, start - 1, start, new)
    kind = "deletion" if not new else "substitution" if len(old) == len(new) == 1 else "delins"
    return _change(text, name, kind, before, start, start + len(old) - 1, new)


def _change(text: str, name: str, kind: str, before: str, first: int, last: int, new: str) -> ProteinChange:
    """A change between two 0-based places of a protein with its stop."""
    one, two = (Query(text, place + 1, before[place], protein=name) for place in (first, last))
    return ProteinChange(text, kind, one, two, new)


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
