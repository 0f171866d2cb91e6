"""From a transcript to the protein: which exon codes which residue, and with which bases of the genome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from axlstruct.errors import TargetError
from axlstruct.sequence.features import Span


@dataclass(frozen=True, slots=True)
class Exon:
    """One exon of a transcript.

    Attributes
    ----------
    number : int
        1-based, in the direction of transcription.
    start, end : int
        Genomic coordinates, 1-based, both ends included, ``start <= end`` on either strand.
    coding : Span or None
        1-based nucleotides of the coding sequence that lie in this exon; None for an untranslated exon.
    first_base : int or None
        Genomic coordinate of the first of those nucleotides.
    """

    number: int
    start: int
    end: int
    coding: Span | None = None
    first_base: int | None = None

    @property
    def span(self) -> Span | None:
        """Residues with at least one base in this exon; a split codon belongs to two exons."""
        return Span((self.coding.first + 2) // 3, (self.coding.last + 2) // 3) if self.coding else None

    @property
    def phase(self) -> int | None:
        """Bases of the first codon that lie in an earlier exon: 0, 1 or 2."""
        return (self.coding.first - 1) % 3 if self.coding else None


@dataclass(frozen=True, slots=True)
class Codon:
    """The three bases that code one residue: their place in the coding sequence, in the genome, and their exons."""

    position: int
    cds: Span
    genomic: tuple[int, int, int]
    exons: tuple[int, ...]


@dataclass(frozen=True)
class Transcript:
    """The exons of a transcript with their coding parts.

    Attributes
    ----------
    id : str
        Ensembl id without version where none is known.
    chromosome, assembly : str
    strand : int
        +1 or -1.
    exons : tuple of Exon
        In the direction of transcription.
    source, note : str
    """

    id: str
    chromosome: str
    assembly: str
    strand: int
    exons: tuple[Exon, ...]
    source: str = ""
    note: str = ""

    @classmethod
    def build(
        cls,
        id: str,
        chromosome: str,
        assembly: str,
        strand: int,
        intervals: Sequence[tuple[int, int]],
        *,
        cds_start: int,
        residues: int,
        source: str = "",
        note: str = "",
    ) -> Transcript:
        """Lay the coding sequence of a protein on exons; the stop codon is no part of it.

        Parameters
        ----------
        intervals : sequence of (start, end)
            Genomic, 1-based, closed, in the direction of transcription.
        cds_start : int
            1-based nucleotide of the transcript with which the coding sequence begins.
        residues : int
            Length of the protein.

        Raises
        ------
        TargetError
            On a wrong strand, exons out of order or overlapping, or a coding sequence that does not fit.
        """
        where = f"transcript {id}"
        if strand not in (1, -1):
            raise TargetError("strand must be 1 or -1", where=where, found=str(strand))
        exons: list[Exon] = []
        before, cds_end = 0, cds_start + 3 * residues - 1
        for number, (start, end) in enumerate(intervals, 1):
            if start > end:
                raise TargetError("exon ends before it starts", where=f"{where}, exon {number}", found=f"{start}-{end}")
            if exons and (start <= exons[-1].end if strand == 1 else end >= exons[-1].start):
                raise TargetError("exons overlap or are not in the direction of transcription", where=f"{where}, exon {number}")
            length = end - start + 1
            first, last = max(cds_start, before + 1), min(cds_end, before + length)
            if first <= last:
                inside = first - before - 1
                coding = Span(first - cds_start + 1, last - cds_start + 1)
                exons.append(Exon(number, start, end, coding, start + inside if strand == 1 else end - inside))
            else:
                exons.append(Exon(number, start, end))
            before += length
        if cds_start < 1 or residues < 1 or cds_end > before:
            raise TargetError(
                f"a coding sequence of {residues} residues does not fit the exons",
                where=where,
                expected=f"nucleotides {cds_start}-{cds_end}",
                found=f"{before} transcribed nucleotides",
            )
        return cls(id, chromosome, assembly, strand, tuple(exons), source, note)

    @property
    def residues(self) -> int:
        """Length of the coded protein."""
        return sum(len(exon.coding) for exon in self.exons if exon.coding) // 3

    def codon(self, position: int) -> Codon:
        """Bases and exons of a residue.

        Parameters
        ----------
        position : int
            1-based position in the protein.

        Raises
        ------
        TargetError
            Where the coding sequence has no such codon.
        """
        cds = Span(3 * position - 2, 3 * position)
        first, second, third = (self._base(nucleotide) for nucleotide in cds)
        return Codon(position, cds, (first, second, third), self.exons_of(position))

    def _base(self, nucleotide: int) -> int:
        for exon in self.exons:
            if exon.coding and exon.first_base is not None and nucleotide in exon.coding:
                return exon.first_base + self.strand * (nucleotide - exon.coding.first)
        raise TargetError(f"no coding nucleotide {nucleotide}", where=f"transcript {self.id}")

    def nucleotide(self, base: int) -> int | None:
        """Nucleotide of the coding sequence, 1-based, at a genomic coordinate; None where nothing of the protein is coded."""
        for exon in self.exons:
            if exon.coding and exon.first_base is not None:
                behind = self.strand * (base - exon.first_base)
                if 0 <= behind < len(exon.coding):
                    return exon.coding.first + behind
        return None

    @cached_property
    def _exons(self) -> dict[int, tuple[int, ...]]:
        table: dict[int, tuple[int, ...]] = {}
        for exon in self.exons:
            for position in exon.span or ():
                table[position] = (*table.get(position, ()), exon.number)
        return table

    def exons_of(self, position: int) -> tuple[int, ...]:
        """Numbers of the one or two (in tiny exons three) exons that code a residue; empty outside the coding sequence."""
        return self._exons.get(position, ())

    @property
    def split_codons(self) -> tuple[int, ...]:
        """Positions whose codon lies in more than one exon."""
        return tuple(dict.fromkeys(exon.span.first for exon in self.exons if exon.span and exon.phase))
