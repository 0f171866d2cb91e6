"""Every base of a gene has a place in its transcript, on either strand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axlstruct.errors import SiteError
from axlstruct.sequence.exons import Transcript
from axlstruct.sequence.transcript import place_of

FORWARD = Transcript.build("T", "1", "GRCh38", 1, [(101, 110), (201, 212), (301, 330)], cds_start=5, residues=9)
REVERSE = Transcript.build("T", "1", "GRCh38", -1, [(890, 899), (788, 799), (670, 699)], cds_start=5, residues=9)
MIRROR = 1000
"""A base of one transcript and 1000 minus it in the other have the same place."""


# 4 untranslated bases, 6 coding in exon 1, 12 in exon 2, 9 in exon 3, the stop codon, 18 untranslated
@pytest.mark.parametrize(
    ("base", "kind", "name", "splice"),
    [
        (100, "outside", "", ""),
        (101, "5' untranslated", "-4", ""),
        (104, "5' untranslated", "-1", ""),
        (105, "coding", "1", ""),
        (110, "coding", "6", ""),
        (111, "intron", "6+1", "donor"),
        (112, "intron", "6+2", "donor"),
        (113, "intron", "6+3", ""),
        (155, "intron", "6+45", ""),
        (156, "intron", "7-45", ""),
        (198, "intron", "7-3", ""),
        (200, "intron", "7-1", "acceptor"),
        (201, "coding", "7", ""),
        (309, "coding", "27", ""),
        (310, "stop codon", "28", ""),
        (312, "stop codon", "30", ""),
        (313, "3' untranslated", "*1", ""),
        (330, "3' untranslated", "*18", ""),
        (331, "outside", "", ""),
    ],
)
def test_places_on_both_strands(base, kind, name, splice):
    for transcript, at in ((FORWARD, base), (REVERSE, MIRROR - base)):
        place = place_of(transcript, at)
        assert (place.kind, place.name, place.splice) == (kind, name, splice)


@given(st.integers(90, 340))
def test_a_coding_place_is_a_nucleotide_and_nothing_else_is(base):
    for transcript, at in ((FORWARD, base), (REVERSE, MIRROR - base)):
        nucleotide = transcript.nucleotide(at)
        assert (nucleotide is not None) == (place_of(transcript, at).kind == "coding")
        if nucleotide is not None:
            assert place_of(transcript, at).name == str(nucleotide)
            assert transcript.codon((nucleotide + 2) // 3).genomic[(nucleotide - 1) % 3] == at


def test_every_codon_leads_back_to_its_residue(bare):
    for protein in bare.target.proteins:
        chromosome = protein.transcript.chromosome
        for position in (1, 2, 30, 103, 261, 430, len(protein)):
            codon = protein.transcript.codon(position)
            for base in codon.genomic:
                answer = bare.where(f"chr{chromosome}:{base}")
                assert (answer.protein, answer.position) == (protein, position)
            for nucleotide in codon.cds:
                assert bare.where(f"{protein.name}:c.{nucleotide}").position == position


def test_exon_10_is_what_the_short_isoform_lacks(bare):
    """Exon 10 of ENST00000301178 is chr19:41239694-41239720, 27 bases: residues 429-437."""
    assert [bare.where(f"chr19:{base}").position for base in (41239694, 41239720)] == [429, 437]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("chr19:41220900", "AXL: intron 2, 42 bases behind exon 2"),
        ("chr19:41219203", "AXL: 5' untranslated region, exon 1"),
        ("chr19:41261766", "AXL: 3' untranslated region, exon 20"),
        ("chr19:5", "AXL: before ENST00000301178"),
        ("chr1:41220858", "expected chr19 (AXL), chr13 (GAS6)"),
        ("c.2683", "expected c.1 to c.2682"),
        ("c.308_310", "these nucleotides are not one codon"),
        ("NM_000000.1:c.308", "another transcript"),
    ],
)
def test_what_codes_no_residue_says_what_it_is(bare, query, said):
    with pytest.raises(SiteError) as caught:
        bare.where(query)
    assert said in str(caught.value)


@pytest.mark.parametrize("query", ["c.307_309", "ENST00000301178.9:c.308", "AXL:c.309", "P30530:c.309", "g.41220858"])
def test_coding_and_genomic_notations(bare, query):
    assert bare.where(query).position == 103


def test_the_middle_base_of_an_intron_is_named_from_the_exon_before_it():
    """HGVS: of an intron of three bases the second is as near to either exon, and counts from the earlier."""
    for strand, exons, base in ((1, [(101, 110), (114, 130)], 112), (-1, [(890, 899), (870, 886)], 888)):
        transcript = Transcript.build("T", "1", "GRCh38", strand, exons, cds_start=5, residues=5)
        assert place_of(transcript, base).name == "6+2"
