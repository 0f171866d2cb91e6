"""No text from outside can hang a reader: twice the length takes twice the time, not four times."""

from __future__ import annotations

import re
import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from axlstruct.errors import AxlstructError, ContentError, NotationError, UsageError
from axlstruct.sequence import notation, regions
from axlstruct.sequence.residues import ResidueId
from axlstruct.sequence.transcript import base_of
from axlstruct.sources import names, servers, uniprot, variants, vcf
from axlstruct.variants import hgvs, nucleotides
from axlstruct.variants.annotation import parts

READERS = {
    "change": lambda text, target: hgvs.read_change(text),
    "changes": lambda text, target: parts(text),
    "genomic": lambda text, target: nucleotides.read_genomic(text),
    "coding": lambda text, target: nucleotides.read_coding(text),
    "residue": lambda text, target: notation.parse(text),
    "region": lambda text, target: regions.asked(target, text),
    "residue id": lambda text, target: ResidueId.parse(text),
    "coordinate": lambda text, target: base_of(target.receptor.transcript, text),
    "bcftools": lambda text, target: vcf.changed(text),
    "vcf header": lambda text, target: vcf.read_vcf(f"##fileformat=VCFv4.2\n##contig=<{text}>\n##reference={text}\n", target, ""),
    "table": lambda text, target: variants._lines(f"variant\n{text}\n", "", None),
    "fasta": lambda text, target: uniprot.parse_fasta(f">{text}\nMKV\n"),
    "name": lambda text, target: names.canonical(text),
    "stable id": lambda text, target: servers.stable_id(text),
}
"""A door, and how a text comes to it."""

TEXTS = [
    ("p.R48_R49ins", "Ala", "!"), ("p.R48_R49del", "Ala", "ins!"), ("p.R48_R49delins", "SER", "u"),
    ("p.R1_R9delRins", "INS", "!"), ("p.R48dup", "Leu", "?"), ("p.[", "R103Q;", "R103Q]"), ("p.[", "R103Q;", "!"),
    ("", "R103Q/", "x"), ("", "A", ""), ("", "1", ""), ("R", "1", "Q"), ("c.", "1", ">"), ("c.1del", "ACGT", "inx"),
    ("c.1_2ins", "ACGT", "!"), ("chr19:", "1", "x"), ("19-1-", "ACGT", ""), ("", ":", ""), ("", "@", ""), ("", "A.", "("),
    ("A", " ", "x"), ("", "a:", "1"), ("x:", "y/", "1"), ("Y1@", "a:", ":"), ("", "ID=x,", ""), ("ID=", "w", ""),
    ("", "md5=", ""), ("103", "RI", ".."), ("103R>103", "Q", "!"), ("", "exon 1 ", ""), ("-", "9", "+"), ("", "p.", ""),
    ("", "(", ""), ("", "hg", ""), ("AF-", "A0", "-"), ("ENST", "0", "."),
]  # fmt: skip
"""Beginning, what is repeated, end."""


def seconds(read, text, target):
    """Processor time of one reading, the least of three."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        with suppress(AxlstructError, ValueError):
            read(text, target)
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("door", READERS)
def test_twice_the_length_takes_twice_the_time(bare, door):
    for begin, repeated, end in TEXTS:
        short, long = (begin + repeated * (size // len(repeated)) + end for size in (12_000, 24_000))
        once, twice = (seconds(READERS[door], text, bare.target) for text in (short, long))
        assert twice < max(3 * once, 0.03), f"{begin}{repeated}...{end}: {once:.3f} s, then {twice:.3f} s"


@pytest.mark.parametrize("begin", ["p.R48_R49ins", "p.R48_R49del", "p.R48_R49delins", "p.R48_R49delAlains"])
def test_residues_written_one_after_the_other_end_at_once(begin):
    with pytest.raises(NotationError, match=r"cannot read the variant .*letters\)") as caught:
        hgvs.read_change(begin + "Ala" * 40 + "!")
    assert len(str(caught.value)) < 400


def test_many_changes_of_one_text_repeat_its_beginning_only(bare):
    rows = bare.table("variants", [f"p.[{'R103Q;' * 17_000}I104V]"]).rows
    assert len(rows) == 17_001
    assert (rows[0].variant, rows[-1].variant, rows[-1].hgvs) == ("R103Q", "I104V", "p.Ile104Val")


def test_numbers_of_any_length_are_answered():
    for read in (hgvs.read_change, notation.parse):
        with pytest.raises(NotationError):
            read(f"R{'9' * 5000}Q")
    assert nucleotides.read_genomic(f"19-{'9' * 5000}-G-A") is None
    assert nucleotides.read_coding(f"c.{'9' * 5000}G>A") is None


def test_numbers_of_thousands_of_digits_in_files(bare, tmp_path):
    digits = "9" * 5000
    (tmp_path / "a.tsv").write_text(f"variant\tdepth\nR{digits}Q\t1\nc.{digits}G>A\t2\n19-{digits}-G-A\t3\nR103Q\t{digits}\n")
    rows = bare.table("variants", tmp_path / "a.tsv").rows
    assert [row.position for row in rows] == [None, None, None, 103]
    (tmp_path / "a.vcf").write_text(
        f"##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nchr19\t{digits}\t.\tG\tA\t.\t.\t.\n"
    )
    with pytest.raises(ContentError, match="no readable VCF"):
        bare.table("variants", tmp_path / "a.vcf")
    with pytest.raises(UsageError, match="found inf"):
        bare.contacts("2C5D", cutoff=float(digits))


@pytest.mark.parametrize("text", ["variant\tx\nR103Q\t{long}\n", "{long}\tvariant\n1\tR103Q\n", "variant\n{long}\n"])
def test_a_cell_longer_than_the_csv_reader_takes_is_one_clear_line(bare, tmp_path, text):
    (tmp_path / "a.tsv").write_text(text.format(long="x" * 200_000))
    with pytest.raises(ContentError, match=r"a\.tsv: no readable table: field larger than field limit") as caught:
        bare.table("variants", tmp_path / "a.tsv")
    assert len(str(caught.value)) < 300


def test_a_run_of_residues_is_read_from_left_to_right():
    """The longest code first; what is left over is refused, not dropped."""
    assert hgvs.read_change("p.Arg103_Ile104insAlaLeuTer").new == "AL*"
    with pytest.raises(NotationError, match=re.escape("cannot read the variant 'p.Arg103_Ile104insARGlu'")):
        hgvs.read_change("p.Arg103_Ile104insARGlu")


PIECES = [
    "p.", "R103", "Arg103", "Q", "_", "del", "ins", "dup", "fs", "Ter", "*", "=", "?", "(", ")", "[", "]", ";", "/", "@",
    ":", ">", "1",
    "2C5D", "2C5D:C/", "AXL:", "887:", "c.", "308", "+1", "-2", "G>A", "chr19:g.", "41221146", "NC_000019.10:", "19-", "-", "ext",
    "Met1", "X", "\0", " ", "A" * 30, "9" * 12, "\N{ARABIC-INDIC DIGIT THREE}", "\N{MICRO SIGN}", "GAS6:", "mature:", "%3D",
]  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).map("".join), min_size=1, max_size=20))
@settings(max_examples=100, deadline=None)
def test_any_text_is_answered_or_refused(bare, texts):
    """A table has a row for each text or more; a question is answered or refused with a reason."""
    assert len(bare.table("variants", texts).rows) >= len(texts)
    for text in texts:
        with suppress(AxlstructError):
            bare.where(text)


@given(st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_vcf_is_read_or_refused(bare, tmp_path, data):
    lines = [
        "##fileformat=VCFv4.2", '##INFO=<ID=BCSQ,Number=.,Type=String,Description="x">',
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1",
        "chr19\t41221146\t.\tG\tA,<NON_REF>\t50\tPASS\t"
        "BCSQ=missense|AXL|ENST00000301178|protein_coding|+|103R>103Q|41221146G>A\tGT:PS\t0|1:1",
        "chr19\t41221149\t.\tTC\tA\t50\tPASS\tBCSQ=@41221148\tGT:PS\t0|1:1",
    ]  # fmt: skip
    text = list("\n".join(lines))
    for _ in range(data.draw(st.integers(1, 4))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.sampled_from(["", *"\t\n|:./0A<>1,=;*@"]))
    (tmp_path / "a.vcf").write_text("".join(text))
    with suppress(AxlstructError):
        bare.table("variants", tmp_path / "a.vcf")
