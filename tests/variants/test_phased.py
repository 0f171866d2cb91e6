"""What one copy of a gene carries together is read together: two changes of one codon, indels that restore the frame."""

from __future__ import annotations

import pytest
from test_variants import coding

import axlstruct

HEAD = """##fileformat=VCFv4.2
##FORMAT=<ID=GT,Number=1,Type=String,Description="G">
##FORMAT=<ID=PS,Number=1,Type=Integer,Description="P">
"""

# Ile104 is coded by chr19:41221148-41221150, ATC in the sequence made here; Thr105 by ACC, Asp106 GAC, Leu107 CTG.
FIRST, SECOND = "41221148 . A T . . .", "41221149 . T A . . ."
INSERTED, DELETED = "41221150 . C CA . . .", "41221156 . CC C . . ."


@pytest.fixture
def coded(bare, tmp_path):
    """AXL with a coding sequence and no coordinates."""
    (tmp_path / "ENST00000301178.cds.fasta").write_text(f">ENST00000301178.9\n{coding(bare.sequence)}\n")
    return axlstruct.load("axl", mirror=[tmp_path], offline=True, cache=tmp_path / "cache")


def vcf(tmp_path, *records, samples=1):
    columns = ["CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT"] + [f"S{n}" for n in range(1, samples + 1)]
    lines = ["\t".join(f"chr19 {record}".split()) for record in records]
    path = tmp_path / "a.vcf"
    path.write_text(HEAD + "#" + "\t".join(columns) + "\n" + "\n".join(lines) + "\n")
    return path


@pytest.mark.parametrize("genotypes", [("0|1:7", "0|1:7"), ("1|0:.", "1|0:."), ("1/1:.", "1/1:.")])
def test_two_changes_of_one_codon_on_one_copy(coded, tmp_path, genotypes):
    """ATC to TTC is phenylalanine, to AAC asparagine; both make TAC, tyrosine."""
    records = [f"{record} GT:PS {genotype}" for record, genotype in zip((FIRST, SECOND), genotypes, strict=True)]
    rows = coded.table("variants", vcf(tmp_path, *records)).rows
    assert [row.hgvs for row in rows] == ["p.Ile104Tyr"] * 2
    assert rows[0].note == "on one copy of the gene with 19-41221149-T-A: read together (alone p.Ile104Phe)"
    assert rows[1].note == "on one copy of the gene with 19-41221148-A-T: read together (alone p.Ile104Asn)"


@pytest.mark.parametrize("genotypes", [("0|1:7", "1|0:7"), ("0|1:7", "0|0:7")])
def test_two_changes_on_two_copies_are_read_alone(coded, tmp_path, genotypes):
    records = [f"{record} GT:PS {genotype}" for record, genotype in zip((FIRST, SECOND), genotypes, strict=True)]
    rows = coded.table("variants", vcf(tmp_path, *records)).rows
    assert [(row.hgvs, row.note) for row in rows] == [("p.Ile104Phe", ""), ("p.Ile104Asn", "")]


@pytest.mark.parametrize("genotypes", [("0/1:.", "0/1:."), ("0|1:7", "0|1:9")])
def test_without_phase_both_are_told_of_each_other(coded, tmp_path, genotypes):
    records = [f"{record} GT:PS {genotype}" for record, genotype in zip((FIRST, SECOND), genotypes, strict=True)]
    rows = coded.table("variants", vcf(tmp_path, *records)).rows
    assert [row.hgvs for row in rows] == ["p.Ile104Phe", "p.Ile104Asn"]
    assert rows[0].note == (
        "19-41221149-T-A changes the same codon, on one copy of the gene or on two: not phased; together p.Ile104Tyr"
    )


def test_a_second_sample_with_one_of_them_keeps_that_one_apart(coded, tmp_path):
    """S2 carries the first change alone: its row is not the pair's; the second change is never seen alone."""
    rows = coded.table("variants", vcf(tmp_path, f"{FIRST} GT:PS 0|1:7 0|1:7", f"{SECOND} GT:PS 0|1:7 0|0:7", samples=2)).rows
    assert [row.hgvs for row in rows] == ["p.Ile104Phe", "p.Ile104Tyr"]
    assert "in sample S1; together p.Ile104Tyr" in rows[0].note


def test_indels_that_restore_the_frame_leave_what_lies_behind_made(coded, tmp_path):
    rows = coded.table("variants", vcf(tmp_path, f"{INSERTED} GT:PS 0|1:1", f"{DELETED} GT:PS 0|1:1")).rows
    assert {row.consequence for row in rows} == {"protein_altering_variant"}
    assert rows[0].hgvs == rows[1].hgvs
    assert rows[0].hgvs.startswith("p.Thr105_")
    assert not any("not made" in row.note for row in rows)
    assert all("which restores the frame" in row.note and "fsTer" in row.note for row in rows)
    alone = coded.table("variants", vcf(tmp_path, f"{INSERTED} GT:PS 0|1:1", f"{DELETED} GT:PS 1|0:1")).rows
    assert [row.consequence for row in alone] == ["frameshift_variant"] * 2
    assert "not made from residue" in alone[0].note


def test_without_the_coding_sequence_they_are_told_of_each_other(bare, tmp_path):
    rows = bare.table("variants", vcf(tmp_path, f"{FIRST} GT:PS 0|1:1", f"{SECOND} GT:PS 0|1:1")).rows
    assert "with 19-41221149-T-A, in the same codon" in rows[0].note
    rows = bare.table("variants", vcf(tmp_path, f"{INSERTED} GT:PS 0|1:1", f"{DELETED} GT:PS 0|1:1")).rows
    assert [(row.consequence, row.status) for row in rows] == [("protein_altering_variant", "position-only")] * 2
    assert all("restores the frame" in row.note for row in rows)


def test_records_of_the_same_bases_are_not_combined(coded, tmp_path):
    rows = coded.table("variants", vcf(tmp_path, f"{FIRST} GT 1|0", "41221148 . AT GG . . . GT 1|0")).rows
    assert rows[0].hgvs == "p.Ile104Phe"


def test_two_shifts_that_do_not_restore_the_frame_are_read_alone(coded, tmp_path):
    rows = coded.table("variants", vcf(tmp_path, f"{INSERTED} GT 0|1", "41221156 . C CA . . . GT 0|1")).rows
    assert [row.consequence for row in rows] == ["frameshift_variant"] * 2
    assert not any("restores" in row.note for row in rows)
