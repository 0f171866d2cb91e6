"""What a genomic base is to a transcript: coding, untranslated, stop codon or intron; named as HGVS does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from axlstruct.errors import SiteError
from axlstruct.sequence.exons import Transcript

SPLICE_SITE = 2
"""Bases of an intron, counted from an exon, that make its splice site."""
_NAME = re.compile(r"(?P<side>[-*]?)(?P<number>\d{1,9})(?:(?P<into>[+-])(?P<far>\d{1,9}))?")


@dataclass(frozen=True, slots=True)
class TranscriptPlace:
    """The place of a genomic base in a transcript.

    Attributes
    ----------
    kind : str
        ``coding``, ``stop codon``, ``5' untranslated``, ``3' untranslated``, ``intron`` or ``outside``.
    name : str
        Coordinate after ``c.`` in HGVS nomenclature: ``308``, ``-10``, ``*5``, ``307+1``, ``308-2``; empty outside.
    words : str
        For readers.
    splice : str
        ``donor`` or ``acceptor`` for the two outermost bases of an intron.
    """

    kind: str
    name: str
    words: str
    splice: str = ""

    @property
    def in_reading_frame(self) -> bool:
        """Whether it is a nucleotide of the coding sequence or of its stop codon."""
        return self.kind in ("coding", "stop codon")


def place_of(transcript: Transcript, base: int) -> TranscriptPlace:
    """The place of a genomic coordinate (1-based) in a transcript.

    Examples
    --------
    >>> gene = Transcript.build("T", "1", "GRCh38", 1, [(100, 109), (200, 230)], cds_start=4, residues=10)
    >>> [place_of(gene, base).name for base in (100, 103, 109, 110, 199, 200, 226, 229)]
    ['-3', '1', '7', '7+1', '8-1', '8', '*1', '*4']
    """
    transcribed = 0
    for number, exon in enumerate(transcript.exons, 1):
        before = transcript.strand * (base - (exon.start if transcript.strand == 1 else exon.end))
        if before < 0:
            return _intron(transcript, number - 1, transcribed, -before, base)
        if before <= exon.end - exon.start:
            return _exonic(transcript, number, transcribed + before + 1)
        transcribed += exon.end - exon.start + 1
    return TranscriptPlace("outside", "", f"outside {transcript.id}")


def base_of(transcript: Transcript, name: str) -> int:
    """The genomic coordinate of an HGVS coordinate (``308``, ``-10``, ``*5``, ``307+1``); raises SiteError where there is none.

    Examples
    --------
    >>> gene = Transcript.build("T", "1", "GRCh38", 1, [(100, 109), (200, 230)], cds_start=4, residues=10)
    >>> [base_of(gene, name) for name in ("-3", "1", "7+1", "8-1", "*1")]
    [100, 103, 110, 199, 226]
    """
    match = _NAME.fullmatch(name)
    if match is None:
        raise SiteError(f"c.{name} is no coordinate", expected="such as c.308, c.-10, c.*5 or c.307+1")
    number, coding = int(match["number"]), 3 * transcript.residues + 3
    nucleotide = 1 - number if match["side"] == "-" else coding + number if match["side"] else number
    nucleotide += _before_coding(transcript)
    transcribed = 0
    for exon in transcript.exons:
        length = exon.end - exon.start + 1
        if transcribed < nucleotide <= transcribed + length:
            behind = nucleotide - transcribed - 1
            base = exon.start + behind if transcript.strand == 1 else exon.end - behind
            base += transcript.strand * int(match["far"] or 0) * (-1 if match["into"] == "-" else 1)
            if place_of(transcript, base).name != name:
                break
            return base
        transcribed += length
    raise SiteError(
        f"c.{name} is no place of {transcript.id}",
        found=f"no exon of it begins or ends at c.{match['side']}{number}" if match["into"] else None,
        advice="numbers of another transcript mean other residues",
    )


def splice_sites(transcript: Transcript) -> list[tuple[str, int, int]]:
    """``donor`` or ``acceptor`` with its lowest and highest genomic coordinate, two for each intron."""
    sites = []
    for exon, after in zip(transcript.exons, transcript.exons[1:], strict=False):
        low, high = (exon, after) if transcript.strand == 1 else (after, exon)
        names = ("donor", "acceptor") if transcript.strand == 1 else ("acceptor", "donor")
        sites += [(names[0], low.end + 1, low.end + SPLICE_SITE), (names[1], high.start - SPLICE_SITE, high.start - 1)]
    return sites


def _exonic(transcript: Transcript, exon: int, nucleotide: int) -> TranscriptPlace:
    name = _name(transcript, nucleotide)
    coding = nucleotide - _before_coding(transcript)
    if coding < 1:
        return TranscriptPlace("5' untranslated", name, f"5' untranslated region, exon {exon}")
    if coding <= 3 * transcript.residues:
        return TranscriptPlace("coding", name, f"exon {exon}")
    if coding <= 3 * transcript.residues + 3:
        return TranscriptPlace("stop codon", name, f"stop codon, exon {exon}")
    return TranscriptPlace("3' untranslated", name, f"3' untranslated region, exon {exon}")


def _intron(transcript: Transcript, exon: int, transcribed: int, to_next: int, base: int) -> TranscriptPlace:
    """Between an exon and the next; HGVS counts from the nearer one, from the earlier where both are as near."""
    if exon == 0:
        return TranscriptPlace("outside", "", f"before {transcript.id}")
    earlier = transcript.exons[exon - 1]
    behind = transcript.strand * (base - (earlier.end if transcript.strand == 1 else earlier.start))
    if behind <= to_next:
        name, splice = f"{_name(transcript, transcribed)}+{behind}", "donor" if behind <= SPLICE_SITE else ""
        return TranscriptPlace("intron", name, f"intron {exon}, {behind} bases behind exon {exon}", splice)
    name, splice = f"{_name(transcript, transcribed + 1)}-{to_next}", "acceptor" if to_next <= SPLICE_SITE else ""
    return TranscriptPlace("intron", name, f"intron {exon}, {to_next} bases before exon {exon + 1}", splice)


def _before_coding(transcript: Transcript) -> int:
    """Transcribed nucleotides before the coding sequence."""
    before = 0
    for exon in transcript.exons:
        if exon.coding and exon.first_base is not None:
            return before + abs(exon.first_base - (exon.start if transcript.strand == 1 else exon.end))
        before += exon.end - exon.start + 1
    return before


def _name(transcript: Transcript, nucleotide: int) -> str:
    """HGVS coordinate of a transcribed nucleotide: the stop codon counts on, what lies behind it begins at ``*1``."""
    coding, last = nucleotide - _before_coding(transcript), 3 * transcript.residues + 3
    if coding < 1:
        return str(coding - 1)
    return str(coding) if coding <= last else f"*{coding - last}"
