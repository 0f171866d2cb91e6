"""Exons: which bases code a residue, on either strand; a codon may be split between two exons."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axlstruct.errors import TargetError
from axlstruct.sequence.exons import Transcript
from axlstruct.sequence.features import Span
from axlstruct.study.facade import Study

AXL_SPLIT = (103, 261, 378, 482, 642, 679, 732, 778)
GAS6_SPLIT = (30, 94, 115, 156, 197, 238, 318, 493, 628)


def build(intervals: list[tuple[int, int]], *, strand: int = 1, cds_start: int = 1, residues: int = 3) -> Transcript:
    return Transcript.build("T", "1", "GRCh38", strand, intervals, cds_start=cds_start, residues=residues)


def test_axl_has_twenty_exons_and_894_codons(bare: Study) -> None:
    transcript = bare.target.receptor.transcript
    assert transcript is not None
    assert [exon.number for exon in transcript.exons] == list(range(1, 21))
    assert (transcript.residues, transcript.strand, transcript.chromosome) == (894, 1, "19")
    assert sum(len(exon.coding or ()) for exon in transcript.exons) == 3 * 894
    assert len(transcript.exons[0].coding or ()) == 84


def test_the_split_codons_of_axl(bare: Study) -> None:
    transcript = bare.target.receptor.transcript
    assert transcript is not None
    assert transcript.split_codons == AXL_SPLIT
    assert tuple(p for p in range(1, 895) if len(transcript.exons_of(p)) == 2) == AXL_SPLIT
    assert sum(bool(exon.phase) for exon in transcript.exons) == 8


def test_exon_10_is_what_isoform_2_lacks(bare: Study) -> None:
    exon = bare.exons[9]
    assert (exon.number, exon.span, exon.phase, exon.end - exon.start + 1) == (10, Span(429, 437), 0, 27)
    (isoform,) = bare.target.receptor.features_of("isoform")
    assert isoform.span == exon.span


def test_arginine_103_lies_across_the_intron_between_exons_2_and_3(bare: Study) -> None:
    """84 coding bases in exon 1 and 223 in exon 2 make 307: the first base of codon 103 ends exon 2."""
    transcript = bare.target.receptor.transcript
    assert transcript is not None
    codon = transcript.codon(103)
    assert codon.exons == (2, 3)
    assert codon.genomic == (41220858, 41221146, 41221147)
    assert codon.cds == Span(307, 309)
    assert transcript.codon(1).genomic == (41219394, 41219395, 41219396)


def test_gas6_runs_down_the_minus_strand(bare: Study) -> None:
    ligand = bare.target.ligand
    assert ligand is not None
    assert ligand.transcript is not None
    transcript = ligand.transcript
    assert (transcript.strand, transcript.chromosome, transcript.residues, len(transcript.exons)) == (-1, "13", 678, 15)
    assert transcript.codon(1).genomic == (113863920, 113863919, 113863918)
    assert transcript.split_codons == GAS6_SPLIT
    first, second, third = transcript.codon(30).genomic
    assert first == 113863833, "the last coding base of exon 1 is its lowest coordinate"
    assert (second, third) == (113863741, 113863740)
    assert any("inferred" in note for note in ligand.notes)


def test_a_codon_by_hand_on_either_strand() -> None:
    """Exons of 4 and 5 bases, three residues: codon 2 is base 4 of exon 1 and bases 1-2 of exon 2."""
    plus = build([(101, 104), (201, 205)])
    minus = build([(201, 204), (101, 105)], strand=-1)
    assert [plus.codon(p).genomic for p in (1, 2, 3)] == [(101, 102, 103), (104, 201, 202), (203, 204, 205)]
    assert [minus.codon(p).genomic for p in (1, 2, 3)] == [(204, 203, 202), (201, 105, 104), (103, 102, 101)]
    assert plus.split_codons == minus.split_codons == (2,)
    assert [exon.phase for exon in plus.exons] == [0, 1]
    assert [exon.span for exon in minus.exons] == [Span(1, 2), Span(2, 3)]


def test_untranslated_exons_code_nothing() -> None:
    """Five bases before the start, in exon 1 and the head of exon 2; the stop codon and exon 3 are not coding."""
    transcript = build([(11, 14), (21, 30), (41, 50)], cds_start=6, residues=2)
    assert [exon.coding for exon in transcript.exons] == [None, Span(1, 6), None]
    assert [(exon.span, exon.phase, exon.first_base) for exon in transcript.exons] == [
        (None, None, None),
        (Span(1, 2), 0, 22),
        (None, None, None),
    ]
    assert transcript.exons_of(3) == ()


def test_a_codon_of_three_exons_is_named_once() -> None:
    """One base an exon: residue 1 belongs to three exons, and is one split codon, not two."""
    transcript = build([(1, 1), (3, 3), (5, 5)], residues=1)
    assert transcript.exons_of(1) == (1, 2, 3)
    assert transcript.codon(1).genomic == (1, 3, 5)
    assert transcript.split_codons == (1,)


@st.composite
def genes(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]], int, int]:
    """Strand, exons in the direction of transcription, start of the coding sequence, residues."""
    lengths = draw(st.lists(st.integers(1, 25), min_size=1, max_size=7).filter(lambda found: sum(found) >= 3))
    introns = draw(st.lists(st.integers(1, 30), min_size=len(lengths), max_size=len(lengths)))
    strand, at = draw(st.sampled_from([1, -1])), draw(st.integers(1, 1000))
    intervals = []
    for length, intron in zip(lengths, introns, strict=True):
        intervals.append((at, at + length - 1))
        at += length + intron
    if strand == -1:
        intervals = [(at + 1 - end, at + 1 - start) for start, end in intervals]
    cds_start = draw(st.integers(1, sum(lengths) - 2))
    return strand, intervals, cds_start, draw(st.integers(1, (sum(lengths) - cds_start + 1) // 3))


@given(genes())
def test_every_coding_base_is_used_exactly_once(gene: tuple[int, list[tuple[int, int]], int, int]) -> None:
    """Truth: all transcribed bases written out one by one, the coding ones cut in threes."""
    strand, intervals, cds_start, residues = gene
    bases = [(base, n) for n, (start, end) in enumerate(intervals, 1) for base in range(start, end + 1)[::strand]]
    coding = bases[cds_start - 1 : cds_start - 1 + 3 * residues]
    transcript = build(intervals, strand=strand, cds_start=cds_start, residues=residues)
    codons = [transcript.codon(position) for position in range(1, residues + 1)]
    used = [base for codon in codons for base in codon.genomic]
    assert used == [base for base, _ in coding]
    assert len(set(used)) == 3 * residues == sum(len(exon.coding or ()) for exon in transcript.exons)
    assert all((b - a) * strand > 0 for a, b in pairwise(used))
    exons = [tuple(dict.fromkeys(n for _, n in coding[3 * k : 3 * k + 3])) for k in range(residues)]
    assert [codon.exons for codon in codons] == exons
    assert set(transcript.split_codons) == {position for position, found in enumerate(exons, 1) if len(found) > 1}
    assert transcript.residues == residues


@given(genes())
def test_a_gene_turned_round_codes_the_same(gene: tuple[int, list[tuple[int, int]], int, int]) -> None:
    strand, intervals, cds_start, residues = gene
    turned = [(10_000 - end, 10_000 - start) for start, end in intervals]
    here = build(intervals, strand=strand, cds_start=cds_start, residues=residues)
    there = build(turned, strand=-strand, cds_start=cds_start, residues=residues)
    for position in range(1, residues + 1):
        assert [10_000 - base for base in there.codon(position).genomic] == list(here.codon(position).genomic)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"intervals": [(1, 6), (6, 12)]}, "overlap"),
        ({"intervals": [(20, 30), (1, 9)]}, "direction of transcription"),
        ({"intervals": [(1, 9), (20, 30)], "strand": -1}, "direction of transcription"),
        ({"intervals": [(6, 12), (1, 6)], "strand": -1}, "overlap"),
        ({"intervals": [(9, 1)]}, "ends before it starts"),
        ({"intervals": [(1, 9)], "strand": 0}, "strand must be 1 or -1"),
        ({"intervals": [(1, 9)], "strand": 2}, "strand must be 1 or -1"),
        ({"intervals": [(1, 8)]}, "does not fit the exons"),
        ({"intervals": [(1, 9)], "cds_start": 2}, "does not fit the exons"),
        ({"intervals": [(1, 90)], "cds_start": 0}, "does not fit the exons"),
        ({"intervals": [(1, 9)], "residues": 0}, "does not fit the exons"),
        ({"intervals": []}, "does not fit the exons"),
    ],
)
def test_exons_that_cannot_be_are_refused(given: dict[str, object], what: str) -> None:
    with pytest.raises(TargetError, match=what) as caught:
        build(**given)  # type: ignore[arg-type]
    assert "transcript T" in str(caught.value)


@pytest.mark.parametrize("position", [0, 4, -1])
def test_there_is_no_codon_outside_the_coding_sequence(position: int) -> None:
    with pytest.raises((TargetError, ValueError), match=r"no coding nucleotide|impossible span"):
        build([(1, 9)]).codon(position)
