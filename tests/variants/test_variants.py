"""Variants in, an annotated table out: nothing lost, nothing guessed, every refusal with its reason."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from replay import Act, Replay
from shared_files import mirror

import axlstruct
from axlstruct.errors import AxlstructError, ContentError, UsageError
from axlstruct.sequence.residues import ONE_LETTER, THREE_LETTER
from axlstruct.sources.cache import Cache
from axlstruct.sources.coding import coding_of
from axlstruct.variants.annotation import parts
from axlstruct.variants.rows import FAILED, VariantRow

# Any codon of each residue: what AXL's own codons are is not known here.
CODON = {
    "A": "GCG", "R": "CGG", "N": "AAC", "D": "GAC", "C": "TGC", "Q": "CAG", "E": "GAG", "G": "GGC", "H": "CAC", "I": "ATC",
    "L": "CTG", "K": "AAG", "M": "ATG", "F": "TTC", "P": "CCC", "S": "AGC", "T": "ACC", "W": "TGG", "Y": "TAC", "V": "GTG",
}  # fmt: skip


def coding(sequence: str) -> str:
    return "".join(map(CODON.__getitem__, sequence)) + "TAA"


@pytest.fixture
def with_cds(tmp_path, study):
    """AXL with a coding sequence that codes it, beside the real structures."""
    (tmp_path / "ENST00000301178.cds.fasta").write_text(f">ENST00000301178.9\n{coding(study.sequence)}\n")
    return axlstruct.load("axl", mirror=[mirror("2c5d.cif").parent, tmp_path], offline=True, cache=tmp_path / "cache")


def one(study, variant):
    rows = study.table("variants", [variant]).rows
    assert len(rows) == 1
    return rows[0]


@pytest.mark.parametrize(
    "variant", ["R103Q", "p.Arg103Gln", "p.(Arg103Gln)", "AXL:R103Q", "887:R96Q", "R96Q@2C5D", "mature:R78Q"]
)
def test_one_variant_however_it_is_written(study, variant):
    """Arg103 is coded by exons 2 and 3, author number 96 in 2C5D, and touches Arg313 of GAS6 in both copies."""
    row = one(study, variant)
    assert (row.status, row.consequence, row.hgvs, row.position) == ("ok", "missense_variant", "p.Arg103Gln", 103)
    assert (row.exons, row.codon, row.genomic) == ("2;3", "c.307_309", "19:41220858,41221146-41221147")
    assert (row.author, row.interface, row.partners, row.coverage) == ("C/96;D/96", "major", "A/313;B/313", "observed")
    assert (row.mature, row.forms) == (78, "P30530-2:103;887:96")


def test_columns_agree_with_the_residue_table(study):
    residues = study.residues("2C5D")
    for variant, protein, position in [("T84R", "AXL", 84), ("GAS6:R310E", "GAS6", 310), ("L138A", "AXL", 138)]:
        row = one(study, variant)
        here = residues[(residues.protein == protein) & (residues.position == position)]
        assert row.buried_area == pytest.approx(here.buried_area.mean())
        assert set(row.burial.split(";")) == set(here.burial) - {""}
        assert set(row.interface.split(";")) == {name for names in here.interface for name in names.split(";")} - {""}
        assert row.domain == here.domain.iloc[0]
        assert row.exons == here.exons.iloc[0]


def test_a_measured_mutant_brings_its_own_value_and_those_of_its_neighbours(study):
    row = one(study, "T77R@2C5D")  # Sasaki 2006: 311 nM against 6 nM, RT ln of it is 2.34 kcal/mol
    assert (row.hgvs, row.ddg) == ("p.Thr84Arg", "+2.34 (PubMed 16362042)")
    assert row.ddg_other == "E66R+T84R >=+6.11 (PubMed 25242553)"
    assert one(study, "T84A").ddg == ""
    assert "+2.34" in one(study, "T84A").ddg_other
    assert "flagged" in one(study, "V99R").ddg_other


def test_a_residue_that_the_structure_does_not_show(study):
    row = one(study, "Y702F")
    assert (row.site, row.coverage, row.author, row.burial, row.buried_area) == ("Y702", "not-in-construct", "", "", None)
    assert "5U6B B,D observed" in row.seen
    assert row.plddt == pytest.approx(56.3, abs=0.1)


@pytest.mark.parametrize(
    ("variant", "consequence", "new"),
    [
        ("R103=", "synonymous_variant", ""),
        ("R103R", "synonymous_variant", ""),
        ("R103*", "stop_gained", "*"),
        ("R103_T105del", "inframe_deletion", ""),
        ("R103dup", "inframe_insertion", ""),
        ("R103_I104insSG", "inframe_insertion", "SG"),
        ("R103_I104insTer", "stop_gained", "*"),
        ("R103delinsSG", "protein_altering_variant", "SG"),
        ("R103fs", "frameshift_variant", ""),
        ("p.Met1?", "start_lost", ""),
        ("M1V", "start_lost", "V"),
        ("*895Q", "stop_lost", "Q"),
        ("p.Ter895GlnextTer12", "stop_lost", "Q"),
    ],
)
def test_consequences(bare, variant, consequence, new):
    row = one(bare, variant)
    assert (row.status, row.consequence, row.new) == ("ok", consequence, new)


def test_a_stretch_has_the_words_of_all_its_residues(study):
    row = one(study, "V127_Q129del")
    assert (row.position, row.last, row.residue) == (127, 129, study.sequence[126:129])
    assert row.domain == "Ig-like C2-type 1"
    assert row.author == "C/120;D/120;C/121;D/121;C/122;D/122"


def test_what_a_stop_takes_away_is_named(bare):
    assert one(bare, "R103*").note == "not made from residue 103 on: IG1 in part, IG2, FN1, FN2, Kinase, TM"
    assert one(bare, "Y866*").note == "not made from residue 866 on: no domain"


def test_exon_10_is_missing_in_the_short_isoform(bare):
    letter = bare.sequence[429]
    assert one(bare, f"{letter}430A").forms == "P30530-2:-;887:423"


@pytest.mark.parametrize(
    ("variant", "status", "said"),
    [
        ("F702Y", "wrong-letter", "UniProt 702 of AXL is Y, not F"),
        ("E59R", "wrong-letter", "did you mean E59@2C5D = E66"),
        ("R103_P105del", "wrong-letter", "UniProt 105 of AXL is T, not P"),
        ("F59R@2C5D", "wrong-letter", "number 59 of 2C5D is AXL E66"),
        ("*800Q", "wrong-letter", "the stop codon of AXL is 895"),
        ("Y1702F", "no-such-residue", "no position 1702"),
        ("C1218A@2C5D", "no-such-residue", "hetero groups"),
        ("EGFR:L858R", "other-protein", "'EGFR' is no protein"),
        ("P30530-3:Y5F", "other-protein", "no protein of this target"),
        ("ENSP00000301178.4:p.Tyr702Phe", "other-protein", "no protein"),
        ("NM_021913.4:c.308G>A", "other-protein", "another transcript"),
        ("c.9999A>G", "no-such-residue", "c.9999 is no place of ENST00000301178"),
        ("19-5-G-A", "no-such-residue", "outside the genes"),
        ("Y702F@9XYZ", "unavailable", "9XYZ"),
        ("hello", "unreadable", "cannot read the variant"),
    ],
)
def test_what_cannot_be_annotated_says_why(study, variant, status, said):
    if said == "hetero groups":
        mirror("2c5d.cif")
    row = one(study, variant)
    assert row.status == status
    assert status in FAILED
    assert said in row.note
    assert (row.position, row.hgvs, row.interface) == (None, "", "")


def test_the_letter_of_an_engineered_chain_is_that_of_the_unchanged_protein(study):
    """4RA0 carries D87G: the literature writes the mutation, and the chain shows the glycine."""
    row = one(study, "D87G@4RA0")
    assert (row.hgvs, row.ddg) == ("p.Asp94Gly", "-0.50 (PubMed 25242553)")
    assert "4RA0 C different" in row.seen
    assert one(study, "G87D@4RA0").status == "wrong-letter"


def test_several_changes_in_one_text_make_several_rows(study):
    rows = study.table("variants", ["E59R;T77R@2C5D", "p.[Arg103Gln;Ile104Val]", "AXL:R103Q/hello"]).rows
    assert [row.hgvs for row in rows] == ["p.Glu66Arg", "p.Thr84Arg", "p.Arg103Gln", "p.Ile104Val", ""]
    assert [row.line for row in rows] == [1, 1, 2, 2, 3]


def test_parts_leave_chains_and_stretches_alone():
    for text in ("2C5D:C/E59R", "R103_P105del", "chr19:g.5A>G", "hello;there"):
        assert parts(text) == [text]


@given(st.data())
def test_any_substitution_leads_to_its_own_residue(bare, data):
    protein = data.draw(st.sampled_from(bare.target.proteins))
    position = data.draw(st.integers(2, len(protein)))
    letter, new = protein.letter(position), data.draw(st.sampled_from(sorted(ONE_LETTER.values())))
    text = data.draw(st.sampled_from([f"{letter}{position}{new}", f"p.{THREE_LETTER[letter]}{position}{THREE_LETTER[new]}"]))
    row = one(bare, f"{protein.name}:{text}")
    assert (row.protein, row.position, row.residue, row.status) == (protein.name, position, letter, "ok")
    assert row.consequence == ("synonymous_variant" if new == letter else "missense_variant")
    form = protein.forms[0] if protein.forms else None
    if form and form.number(position):
        assert one(bare, f"{form.name}:{letter}{form.number(position)}{new}").position == position


# nucleotides


@pytest.mark.parametrize(
    ("variant", "status", "consequence", "position"),
    [
        ("c.308G>A", "position-only", "coding_sequence_variant", 103),
        ("19-41220858-G-A", "position-only", "coding_sequence_variant", 103),
        ("c.307_309del", "position-only", "inframe_deletion", 103),
        ("c.308del", "position-only", "frameshift_variant", 103),
        ("c.309_310insACG", "position-only", "inframe_insertion", 103),
        ("c.307+1G>A", "not-coding", "splice_donor_variant", None),
        ("chr19:41220860:G:T", "not-coding", "splice_donor_variant", None),
        ("chr19:41221000:G:T", "not-coding", "intron_variant", None),
        ("19-41219203-A-T", "not-coding", "5_prime_UTR_variant", None),
    ],
)
def test_without_the_coding_sequence_the_position_is_all_that_is_said(bare, variant, status, consequence, position):
    row = one(bare, variant)
    assert (row.status, row.consequence, row.position, row.hgvs, row.new) == (status, consequence, position, "", "")
    if status == "position-only":
        assert "axlstruct fetch ENST00000301178" in row.note


def test_with_the_coding_sequence_nucleotides_become_residues(with_cds):
    """CGG codes arginine in the made sequence, CAG glutamine: c.308G>A is R103Q; its first base is the last of exon 2."""
    for variant in ("c.308G>A", "ENST00000301178.9:c.308G>A", "19-41221146-G-A"):
        row = one(with_cds, variant)
        assert (row.status, row.hgvs, row.consequence) == ("ok", "p.Arg103Gln", "missense_variant")
    assert one(with_cds, "c.309G>A").consequence == "synonymous_variant"
    assert one(with_cds, "c.307_309del").hgvs == "p.Arg103del"
    assert one(with_cds, "c.308C>A").status == "wrong-letter"
    assert "expected C, found G" in one(with_cds, "c.308C>A").note


def test_a_coding_sequence_of_another_protein_is_not_used(tmp_path, study):
    other = study.sequence[:50] + ("A" if study.sequence[50] != "A" else "G") + study.sequence[51:]
    (tmp_path / "ENST00000301178.cds.fasta").write_text(f">ENST00000301178.9\n{coding(other)}\n")
    wrong = axlstruct.load("axl", mirror=[tmp_path], offline=True, cache=tmp_path / "cache")
    table = wrong.table("variants", ["c.308G>A"])
    assert table.rows[0].status == "position-only"
    assert any("does not code AXL" in note and "residue 51" in note for note in table.notes)


def test_the_coding_sequence_comes_through_the_one_door(tmp_path, monkeypatch, bare):
    from axlstruct.study.run import fetch_all

    path = "/rest.ensembl.org/sequence/id/ENST00000301178?type=cds;content-type=text/x-fasta"
    with Replay() as server:
        monkeypatch.setenv("AXLSTRUCT_GATEWAY", server.url)
        online = axlstruct.load("axl", mirror=[], cache=tmp_path / "cache")
        server.on(path, Act(b">ENST00000301178.9\nATGGCGTA\n"))
        _, _, missing, blocking = fetch_all(online.session, ["ENST00000301178"])
        assert blocking
        assert "whole codons" in missing["ENST00000301178"]
        server.on(path, Act(f">ENST00000301178.9\n{coding(bare.sequence)}\n".encode()))
        table, _, missing, _ = fetch_all(online.session, ["ENST00000301178"])
        assert (missing, table.rows[0].origin) == ({}, "server")
    assert one(online, "c.308G>A").hgvs == "p.Arg103Gln"


def test_no_server_is_asked_for_what_was_not_asked(tmp_path, monkeypatch, bare):
    """The coding sequence is used where it is at hand; nucleotides alone do not fetch it."""
    with Replay() as server:
        monkeypatch.setenv("AXLSTRUCT_GATEWAY", server.url)
        online = Cache(tmp_path / "cache")
        for protein in bare.target.proteins:
            assert coding_of(protein, online) is None
        assert server.count == 0
        with pytest.raises(AxlstructError):
            coding_of(bare.target.receptor, online, fetch=True)
        assert server.count > 0


# files

HEAD = (
    "##fileformat=VCFv4.2\n##reference=GRCh38\n"
    '##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. '
    'Format: Allele|Consequence|SYMBOL|Feature|HGVSc|HGVSp">\n'
    '##INFO=<ID=ANN,Number=.,Type=String,Description="Functional annotations">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
)


def vcf(*records: str, head: str = HEAD) -> str:
    return head + "".join("\t".join(record.split()) + "\n" for record in records)


OURS = "A|missense_variant|AXL|ENST00000301178.9|ENST00000301178.9:c.308G>A|ENSP00000301178.4:p.Arg103Gln"
OTHER = "A|missense_variant|AXL|ENST00000359092.7|ENST00000359092.7:c.308G>A|ENSP00000351995.2:p.Arg999Gln"
ANN = "A|missense_variant|MODERATE|AXL|G|transcript|ENST00000301178.9|protein_coding|3/20|c.308G>A|p.Arg103Gln"


def test_a_vcf_is_read_by_the_annotation_of_the_targets_own_transcript(study, tmp_path):
    text = vcf(
        f"chr19 41221146 rs1 G A . PASS CSQ={OTHER},{OURS};AF=0.1",
        f"19 41221146 . G A . PASS ANN={ANN}",
        f"19 41221146 . G A . PASS CSQ={OTHER}",
        "19 41220860 . G T . PASS .",
        "1 100 . G T . PASS .",
        "19 41221146 . G <DEL> . PASS .",
    )
    for name, content in (("a.vcf", text.encode()), ("b.vcf.gz", gzip.compress(text.encode()))):
        (tmp_path / name).write_bytes(content)
        table = study.table("variants", tmp_path / name)
        rows = table.rows
        assert [(row.line, row.status, row.hgvs) for row in rows] == [
            (6, "ok", "p.Arg103Gln"),
            (7, "ok", "p.Arg103Gln"),
            (8, "position-only", ""),
            (9, "not-coding", ""),
            (11, "unreadable", ""),
        ]
        assert rows[0].variant == "19-41221146-G-A"
        assert table.notes[0] == "1 records elsewhere in the genome were left out"
        assert table.beside[0] == {"chrom": "chr19", "pos": "41221146", "id": "rs1", "ref": "G", "alt": "A"}


def test_an_annotation_that_its_bases_do_not_code_is_refused(study, tmp_path):
    """The same record in GRCh37 coordinates lies elsewhere: the residue would be wrong, or right by accident."""
    (tmp_path / "a.vcf").write_text(vcf(f"19 41250000 . G A . PASS CSQ={OURS}"))
    row = study.table("variants", tmp_path / "a.vcf").rows[0]
    assert row.status == "other-place"
    assert "another genome assembly?" in row.note
    (tmp_path / "b.vcf").write_text(vcf(f"19 41221146 . G A . . CSQ={OURS}", head=HEAD.replace("GRCh38", "GRCh37")))
    with pytest.raises(ContentError, match="another genome assembly"):
        study.table("variants", tmp_path / "b.vcf")


def test_a_record_of_several_alleles_is_a_row_each(with_cds, tmp_path):
    (tmp_path / "a.vcf").write_text(vcf(f"19 41221146 . G A,C . PASS CSQ={OURS},{OURS.replace('A|', 'T|', 1)}"))
    rows = with_cds.table("variants", tmp_path / "a.vcf").rows
    assert [(row.variant, row.hgvs) for row in rows] == [("19-41221146-G-A", "p.Arg103Gln"), ("19-41221146-G-C", "p.Arg103Pro")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tsv", "sample\tVariant\nS1\tR103Q\nS2\tEGFR:L858R\n"),
        ("a.csv", "sample,HGVSp\nS1,p.Arg103Gln\nS2,EGFR:p.Leu858Arg\n"),
    ],
)
def test_a_table_keeps_its_columns(study, tmp_path, name, text):
    (tmp_path / name).write_text(text)
    frame = study.variants(tmp_path / name)
    assert list(frame.columns[:2]) == ["sample", "line"]
    assert frame[["sample", "line", "status"]].to_numpy().tolist() == [["S1", 2, "ok"], ["S2", 3, "other-protein"]]


def test_a_mutation_file_of_many_genes(study, tmp_path):
    text = "#version 2.4\nHugo_Symbol\tHGVSp_Short\tTumor\nAXL\tp.R103Q\tT1\nKRAS\tp.G12D\tT1\nGAS6\tp.R310E\tT2\n"
    (tmp_path / "a.maf").write_text(text)
    frame = study.variants(str(tmp_path / "a.maf"))
    assert frame.status.tolist() == ["ok", "other-gene", "ok"]
    assert frame.protein.tolist() == ["AXL", "", "GAS6"]
    assert list(frame.columns[:2]) == ["Hugo_Symbol", "Tumor"]


def test_a_data_frame_in_and_the_same_with_columns_out(study):
    given = pd.DataFrame({"who": ["x", "y"], "mutation": ["R103Q", "Y702F"], "domain": ["mine", "mine"]})
    frame = study.variants(given)
    assert frame.who.tolist() == ["x", "y"]
    assert frame.given_domain.tolist() == ["mine", "mine"]
    assert frame.domain.tolist() == ["Ig-like C2-type 1", "Protein kinase"]


@pytest.mark.parametrize(
    ("name", "text", "error", "said"),
    [
        ("a.tsv", "sample\tresidue\nS1\tR103Q\n", UsageError, "no column of variants"),
        ("a.tsv", "sample\tvariant\nS1\n", ContentError, "another length than the header"),
        ("a.tsv", "x\tx\tvariant\n1\t2\tR103Q\n", ContentError, "two columns have the same name"),
        ("a.txt", "# nothing\n\n", ContentError, "no variant"),
        ("a.vcf", vcf(), ContentError, "no variant"),
        ("a.vcf", HEAD + "19\tx\n", ContentError, "no readable VCF"),
        ("a.vcf", "##fileformat=VCFv4.2\n", ContentError, "no readable VCF"),
    ],
)
def test_files_that_cannot_be_read_are_refused(bare, tmp_path, name, text, error, said):
    (tmp_path / name).write_text(text)
    with pytest.raises(error, match=said):
        bare.table("variants", tmp_path / name)


def test_other_bad_files(bare, tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        bare.table("variants", tmp_path / "missing.txt")
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00R")
    with pytest.raises(AxlstructError, match="not text"):
        bare.table("variants", tmp_path / "binary.txt")
    (tmp_path / "a.tsv").write_text("sample\tmut\nS1\tR103Q\n")
    with pytest.raises(UsageError, match="no column 'change'"):
        bare.variants(tmp_path / "a.tsv", column="change")
    assert bare.variants(tmp_path / "a.tsv", column="mut").status.tolist() == ["ok"]


# numberings side by side


def test_each_numbering_leads_to_each_other(study):
    """What the translation prints can be asked for again, and is the same residue."""
    queries = ["R103", "E59@2C5D", "Y702", "430", "1", "GAS6:R308", "GAS6:678", "D94"]
    for row in study.table("translate", *queries).rows:
        cells = [row.uniprot, row.mature, *row.forms.split(";"), *row.author.split(";"), *row.label.split(";")]
        cells += [f"{row.protein}:{row.codon}", row.genomic.partition("-")[0].partition(",")[0]]
        for cell in filter(None, cells):
            if "4RA0:C/87" not in cell and "5U6B" not in cell:
                answer = study.where(cell)
                assert (answer.protein.name, answer.position) == (row.protein, row.position), cell


def test_translation_says_what_lacks_a_residue_and_what_is_engineered(study):
    rows = {row.query: row for row in study.table("translate", "430", "94", "1").rows}
    assert rows["430"].note == "not in isoform 2, without exon 10"
    assert "4RA0:C/87: G here, D in UniProt P30530" in rows["94"].note
    assert "mature protein" in rows["1"].note
    assert rows["1"].mature == ""


def test_translation_goes_on_after_a_query_without_answer(study):
    frame = study.translate("Y702", "Y695", "chr19:1", "nonsense", "EGFR:5", "2C5D:C/#999")
    assert frame.status.tolist() == ["ok", "wrong-letter", "no-such-residue", "unreadable", "other-protein", "no-such-residue"]
    assert "887:Y695 = Y702" in frame.note[1]


def test_translation_for_one_structure_only(study):
    row = study.table("translate", "E66", structures=["4RA0"]).rows[0]
    assert (row.author, row.label) == ("4RA0:C/59", "4RA0:C/#33")


# the command line


@pytest.fixture
def command(tmp_path):
    environment = os.environ | {
        "AXLSTRUCT_MIRROR": str(mirror("2c5d.cif").parent),
        "AXLSTRUCT_CACHE": str(tmp_path / "cache"),
        "AXLSTRUCT_GATEWAY": "http://127.0.0.1:9",
    }

    def run(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "axlstruct", "--offline", *words]
        return subprocess.run(
            line, cwd=tmp_path, env=environment, input=given, capture_output=True, text=True, timeout=120, check=False
        )

    return run


def test_the_commands(command, tmp_path):
    (tmp_path / "list.txt").write_text("R103Q\nF702Y\n")
    done = command("variants", "list.txt", "--format", "json")
    assert done.returncode == 3
    assert done.stderr.splitlines() == ["line 2: F702Y: UniProt 702 of AXL is Y, not F; did you mean Y702?"]
    rows = json.loads(done.stdout)
    assert [row["status"] for row in rows] == ["ok", "wrong-letter"]
    assert list(rows[0]) == list(VariantRow.__dataclass_fields__)
    assert command("variants", "-", given="R103Q\n").returncode == 0
    assert command("variants", "R103Q", "Y702F", "-o", "out.tsv").returncode == 0
    assert Path(tmp_path / "out.tsv").read_text().count("\n") == 3
    done = command("variants", "missing.vcf")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert command("variants", "hello").returncode == 1
    done = command("translate", "887:Y695", "c.2104", "Y695")
    assert done.returncode == 3
    assert done.stdout.splitlines()[1].split("\t")[:4] == ["887:Y695", "ok", "AXL", "702"]


# hard cases


def test_an_annotation_belongs_to_one_allele(study, tmp_path):
    """VEP drops a base only if all alleles of the record share it; SnpEff writes alleles as the VCF does."""
    insertion = OURS.replace("A|missense_variant", "CT|frameshift_variant", 1).replace("p.Arg103Gln", "p.Arg103LeufsTer9")
    change = OURS.replace("A|", "T|", 1).replace("p.Arg103Gln", "p.Arg103Cys")
    both = [f"19 41220858 . C T,CT . . CSQ={change},{insertion}"]
    ann = ANN.replace("A|", "T|", 1).replace("p.Arg103Gln", "p.Arg103Cys")
    both.append(f"19 41220858 . C T,CT . . ANN={ann},{ann.replace('T|', 'CT|', 1).replace('Cys', 'LeufsTer9')}")
    (tmp_path / "a.vcf").write_text(vcf(*both))
    rows = study.table("variants", tmp_path / "a.vcf").rows
    assert [row.hgvs for row in rows] == ["p.Arg103Cys", "p.Arg103LeufsTer9"] * 2
    assert [row.consequence for row in rows] == ["missense_variant", "frameshift_variant"] * 2
    shared = f"19 41221145 . CA C,CT . . CSQ={OURS.replace('A|', '-|', 1).replace('Gln', 'fs')},{OURS.replace('A|', 'T|', 1)}"
    (tmp_path / "b.vcf").write_text(vcf(shared))
    assert [row.hgvs for row in study.table("variants", tmp_path / "b.vcf").rows] == ["p.Arg103fs", "p.Arg103Gln"]


def test_a_stretch_in_a_form_may_not_span_what_the_form_lacks(bare):
    for variant in ("P30530-2:p.Pro428_Val429del", "P30530-2:p.Pro428_Val429insAla"):
        row = one(bare, variant)
        assert row.status == "no-such-residue"
        assert "are 11 residues of AXL" in row.note
    first, last = (THREE_LETTER[bare.sequence[position - 1]].capitalize() for position in (438, 439))
    assert one(bare, f"P30530-2:p.{first}429_{last}430del").hgvs == f"p.{first}438_{last}439del"


def test_mature_is_the_receptors_or_nobodys(tmp_path):
    tyro3 = axlstruct.load("tyro3", mirror=[], offline=True, cache=tmp_path)
    assert tyro3.translate("mature:1").status.tolist() == ["other-protein"]
    assert tyro3.translate("GAS6-mature:1").position.tolist() == [31]


@pytest.mark.parametrize(
    ("variant", "consequence", "hgvs"),
    [
        ("p.Glu66ArgfsTer5", "frameshift_variant", "p.Glu66ArgfsTer5"),
        ("p.Ter895=", "stop_retained_variant", "p.Ter895="),
        ("p.Ala894_Ter895insLys", "inframe_insertion", "p.Ala894_Ter895insLys"),
        ("p.Arg103_Ile104insSerTer", "stop_gained", "p.Arg103_Ile104insSerTer"),
        ("p.Met1_Ala2insGly", "inframe_insertion", "p.Met1_Ala2insGly"),
        ("p.Arg103_Ter895del", "stop_lost", "p.Arg103_Ter895del"),
        ("p.Arg103delinsGln", "missense_variant", "p.Arg103Gln"),
        ("p.Ter895Glnext*17", "stop_lost", "p.Ter895GlnextTer17"),
        ("P30530-2:*886Q", "stop_lost", "p.Ter895Gln"),
        ("887:*888Q", "stop_lost", "p.Ter895Gln"),
    ],
)
def test_consequences_and_names_at_the_edges(bare, variant, consequence, hgvs):
    row = one(bare, variant)
    assert (row.status, row.consequence, row.hgvs, row.ddg) == ("ok", consequence, hgvs, "")


@pytest.mark.parametrize(
    ("variant", "status", "consequence", "position"),
    [
        ("c.300_307+10del", "position-only", "splice_donor_variant", 100),
        ("c.-2_3del", "position-only", "start_lost", 1),
        ("c.1_3del", "position-only", "start_lost", 1),
        ("c.2683_2685del", "position-only", "stop_lost", 895),
        ("13-113832630-CCCCA-C", "position-only", "splice_donor_variant", 318),
        ("c.310+1G>A", "no-such-residue", "", None),
    ],
)
def test_indels_at_borders(bare, variant, status, consequence, position):
    row = one(bare, variant)
    assert (row.status, row.consequence, row.position) == (status, consequence, position)


def test_an_indel_is_held_against_its_bases_too(study, tmp_path):
    (tmp_path / "a.vcf").write_text(
        vcf(f"19 41221146 . GA G . . CSQ={OURS.replace('A|', '-|', 1).replace('Arg103Gln', 'Tyr702del')}")
    )
    assert study.table("variants", tmp_path / "a.vcf").rows[0].status == "other-place"


def test_the_gene_of_a_row_is_heeded(study, tmp_path):
    rows = ["Gene\tSYMBOL\tHGVSp", "ENSG00000167601\tAXL\tp.Arg103Gln", "ENSG0\tGAS6\tE59R@2C5D"]
    rows += ["ENSG0\tAXL\tGAS6:R310E", "ENSG0\tKRAS\tG12D", ""]
    (tmp_path / "a.tsv").write_text("\n".join(rows))
    rows = study.table("variants", tmp_path / "a.tsv").rows
    assert [row.status for row in rows] == ["ok", "other-protein", "other-protein", "other-gene"]
    assert "a variant of AXL, and its row names GAS6" in rows[1].note


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("##reference=file:///x/human_g1k_v37.fasta", True),
        ("##contig=<ID=19,length=59128983>", True),
        ("##contig=<ID=chr19,length=58617616,assembly=GRCh38,md5=85b37d29a>", False),
        ("##reference=hg18.fa", True),
        ("##reference=hg38.fa", False),
    ],
)
def test_other_assemblies_are_told_by_name_and_by_length(bare, tmp_path, line, refused):
    (tmp_path / "a.vcf").write_text(vcf("19 41221146 . G A . . .", head=HEAD.replace("##reference=GRCh38", line)))
    if refused:
        with pytest.raises(ContentError, match="another genome assembly"):
            bare.table("variants", tmp_path / "a.vcf")
    else:
        assert bare.table("variants", tmp_path / "a.vcf").rows[0].position == 103


def test_odd_records_lose_nothing(bare, tmp_path):
    records = ["19 41221146 . G G]chr13:113832664] . . .", "19 41221146 . G * . . .", "19 41221146 . G A . . CSQ"]
    (tmp_path / "a.vcf").write_text(vcf(*records))
    table = bare.table("variants", tmp_path / "a.vcf")
    assert [row.status for row in table.rows] == ["unreadable", "position-only"]
    assert "1 alleles *" in table.notes[0]


def test_odd_tables_lose_nothing(bare, tmp_path):
    (tmp_path / "a.csv").write_text('who,HGVSp,HGVSc\n"two\nlines",p.Arg103Gln,\nx,,c.308G>A\n,.,\ny,p.R103delinsSTOP,\n')
    frame = bare.variants(tmp_path / "a.csv")
    assert frame.status.tolist() == ["ok", "position-only", "unreadable", "unreadable"]
    assert frame.line.tolist() == [2, 4, 5, 6]
    (tmp_path / "vep.tsv").write_text("## VEP\n#Uploaded_variation\tHGVSp\nrs1\tp.Arg103Gln\n")
    assert bare.variants(tmp_path / "vep.tsv").status.tolist() == ["ok"]
    (tmp_path / "list.txt").write_text("R103Q # mine\n")
    assert bare.variants(tmp_path / "list.txt").status.tolist() == ["ok"]


def test_python_values_of_every_kind(bare, tmp_path):
    assert bare.variants(pd.Series(["R103Q", "Y702F"])).status.tolist() == ["ok", "ok"]
    assert bare.variants("2C5D:C/E59R").variant.tolist() == ["2C5D:C/E59R"]
    assert bare.variants("c.308_309ins" + "A" * 300).status.tolist() == ["position-only"]
    with pytest.raises(UsageError, match="no column of variants"):
        bare.variants(pd.DataFrame({"x": ["R103Q"]}))
    with pytest.raises(UsageError, match="no variants"):
        bare.variants(None)
    (tmp_path / "a.txt").write_text("R103Q\n")
    with pytest.raises(UsageError, match="one file at a time"):
        bare.variants([str(tmp_path / "a.txt"), "Y702F"])


def test_piped_variants_may_be_packed_or_marked(command):
    line = [sys.executable, "-m", "axlstruct", "--offline", "variants", "-"]
    for content in (gzip.compress(b"R103Q\n"), "\ufeffR103Q\n".encode()):
        done = subprocess.run(line, input=content, capture_output=True, timeout=120, check=False)
        assert (done.returncode, done.stdout.count(b"\n")) == (0, 2), done.stderr
    done = subprocess.run(line, input=b"\xff\xfeR", capture_output=True, timeout=120, check=False)
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)


def test_regions_come_before_residues_that_look_like_them(bare):
    for query in ("GAS6", "EGF1", "GAS6:EGF1"):
        assert len(bare.table("best", query, runs=True).rows) >= 1


def test_what_is_not_at_hand_is_said(printed):
    notes = printed.table("translate", "R103").notes
    assert any("4RA0: coordinates not at hand" in note and "left out" in note for note in notes)
    assert any("2C5D" in note and "read in print" in note for note in notes)
