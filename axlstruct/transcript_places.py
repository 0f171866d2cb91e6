"""What a genomic base is to a transcript: coding, untranslated, stop codon or intron; named as HGVS does."""

from __future__ import annotations

from dataclasses import dataclass

from axlstruct.exons import Transcript

SPLICE_SITE = 2
"""Bases of an intron, counted from an exon, that make its splice site."""


@dataclass(frozen=True, slots=True)
class Place:
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


def place_of(transcript: Transcript, base: int) -> Place:
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
    return Place("outside", "", f"outside {transcript.id}")


def _exonic(transcript: Transcript, exon: int, nucleotide: int) -> Place:
    name = _name(transcript, nucleotide)
    coding = nucleotide - _before_coding(transcript)
    if coding < 1:
        return Place("5' untranslated", name, f"5' untranslated region, exon {exon}")
    if coding <= 3 * transcript.residues:
        return Place("coding", name, f"exon {exon}")
    if coding <= 3 * transcript.residues + 3:
        return Place("stop codon", name, f"stop codon, exon {exon}")
    return Place("3' untranslated", name, f"3' untranslated region, exon {exon}")


def _intron(transcript: Transcript, exon: int, transcribed: int, to_next: int, base: int) -> Place:
    """Between an exon and the next; HGVS counts from the nearer one, from the earlier where both are as near."""
    if exon == 0:
        return Place("outside", "", f"before {transcript.id}")
    earlier = transcript.exons[exon - 1]
    behind = transcript.strand * (base - (earlier.end if transcript.strand == 1 else earlier.start))
    if behind <= to_next:
        name, splice = f"{_name(transcript, transcribed)}+{behind}", "donor" if behind <= SPLICE_SITE else ""
        return Place("intron", name, f"intron {exon}, {behind} bases behind exon {exon}", splice)
    name, splice = f"{_name(transcript, transcribed + 1)}-{to_next}", "acceptor" if to_next <= SPLICE_SITE else ""
    return Place("intron", name, f"intron {exon}, {to_next} bases before exon {exon + 1}", splice)


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
