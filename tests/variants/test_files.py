"""Files as programs write them: RefSeq contigs, gVCF, VEP's tab output, MAF, BCSQ, Excel's semicolons."""

from __future__ import annotations

import pytest

from axlstruct.errors import ContentError
from axlstruct.sequence.chromosomes import chromosome
from axlstruct.sources.vcf import changed

HEAD = "##fileformat=VCFv4.2\n"
COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"


def rows(study, tmp_path, text, name="a.vcf"):
    (tmp_path / name).write_text(text)
    return study.table("variants", tmp_path / name)


def record(chrom="chr19", base=41221146, old="G", new="A", info="."):
    return f"{chrom}\t{base}\t.\t{old}\t{new}\t.\t.\t{info}\n"


@pytest.mark.parametrize("name", ["NC_000019.10", "nc_000019.10", "NC_000019", "Chr19", "CHR19", "chr19", "19"])
def test_chromosome_19_by_any_name(bare, tmp_path, name):
    assert chromosome(name) == "19"
    table = rows(bare, tmp_path, HEAD + COLUMNS + record(name))
    assert [(row.protein, row.position, row.variant) for row in table.rows] == [("AXL", 103, "19-41221146-G-A")]


def test_a_refseq_contig_of_another_assembly_is_refused(bare, tmp_path):
    for text in (COLUMNS + record("NC_000019.9"), "##contig=<ID=NC_000019.9,length=59128983>\n" + COLUMNS + record()):
        with pytest.raises(ContentError, match=r"another genome assembly .*NC_000019\.9"):
            rows(bare, tmp_path, HEAD + text)


def test_names_of_other_contigs_stay_as_they_are():
    for name in ("chrUn_KI270742v1", "GL000220.1", "HLA-A*01:01", "NC_012920.1", "NC_00001", "AXL"):
        assert chromosome(name) == name.removeprefix("chr")


def test_blocks_of_a_gvcf_are_left_out_by_name(bare, tmp_path):
    text = HEAD + COLUMNS + record(new="A,<NON_REF>") + record(base=41221147, new="<NON_REF>") + record(base=41221148, new=".")
    table = rows(bare, tmp_path, text + record(base=41221149, new="<*>") + record("1", 5))
    assert [row.variant for row in table.rows] == ["19-41221146-G-A"]
    assert table.notes[:3] == (
        "1 records elsewhere in the genome were left out",
        "3 records without another allele (gVCF blocks, <NON_REF>) were left out",
        "1 alleles <NON_REF> (whatever else may be there) were left out",
    )


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("file:///refs/liftover_hg19_to_hg38/GRCh38.fa", False),
        ("file:///refs/GRCh38_not_hg19/genome.fa", False),
        ("file:///refs/hg38/hg19.fa", True),
        ("file:///refs/hg19/genome.fa", True),
        ("file:///refs/genome.fa", False),
    ],
)
def test_the_last_part_of_a_path_says_which_assembly(bare, tmp_path, path, refused):
    text = HEAD + f"##reference={path}\n" + COLUMNS + record()
    if refused:
        with pytest.raises(ContentError, match="hg19"):
            rows(bare, tmp_path, text)
    else:
        assert rows(bare, tmp_path, text).rows[0].position == 103


VEP = "## ENSEMBL VARIANT EFFECT PREDICTOR v110\n#Uploaded_variation\tLocation\tFeature\tHGVSc\tHGVSp\n"


def test_veps_table_is_read_by_the_targets_transcript(bare, tmp_path):
    lines = [
        ".\t19:41221146\tENST00000301178.9\tENST00000301178.9:c.308G>A\tENSP00000301178.4:p.Arg103Gln",
        ".\t19:41221146\tENST00000359092.7\tENST00000359092.7:c.308G>A\tENSP00000351995.2:p.Arg94Gln",
        ".\t19:41220860\tENST00000301178.9\tENST00000301178.9:c.307+2T>A\t-",
    ]
    found = rows(bare, tmp_path, VEP + "\n".join(lines), "vep.txt").rows
    assert [(row.status, row.hgvs) for row in found] == [("ok", "p.Arg103Gln"), ("other-protein", ""), ("not-coding", "")]
    assert "annotated by ENST00000359092.7" in found[1].note


MAF = "Hugo_Symbol\tNCBI_Build\tChromosome\tStart_Position\tReference_Allele\tTumor_Seq_Allele2\tHGVSp_Short\tTranscript_ID\n"


def test_a_maf_is_read_by_the_targets_transcript_and_else_by_its_bases(bare, tmp_path):
    lines = [
        "AXL\tGRCh38\tchr19\t41221146\tG\tA\tp.R103Q\tENST00000301178",
        "AXL\tGRCh38\tchr19\t41221146\tG\tA\tp.R94Q\tENST00000359092",
        "AXL\tGRCh37\t19\t41727051\tG\tA\tp.R103Q\tENST00000301178",
        "AXL\tGRCh37\t19\t41727051\tG\tA\tp.R94Q\tENST00000359092",
        "AXL\tGRCh38\tchr19\t41221146\tG\tA\tp.Y702F\tENST00000301178",
        "AXL\tGRCh38\tchr19\t41221146\t-\tACG\tp.R94dup\tENST00000359092",
        "AXL\tGRCh38\tchr19\t41221146\tGAA\t-\tp.R94del\tENST00000359092",
    ]
    found = rows(bare, tmp_path, MAF + "\n".join(lines), "a.maf").rows
    assert [row.status for row in found] == [
        "ok", "position-only", "ok", "other-protein", "other-place", "position-only", "position-only",
    ]  # fmt: skip
    assert "read by its bases" in found[1].note
    assert [row.position for row in found[:2]] == [103, 103]
    assert [row.consequence for row in found[5:]] == ["inframe_insertion", "inframe_deletion"]


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_tables_by_any_mark(bare, tmp_path, mark):
    text = "\n".join(mark.join(line) for line in [("Protein_Change", "Hugo_Symbol"), ("p.R103Q", "AXL"), ("p.I104V", "AXL")])
    table = rows(bare, tmp_path, text, "a.csv")
    assert [row.hgvs for row in table.rows] == ["p.Arg103Gln", "p.Ile104Val"]
    assert table.beside[0] == {"Hugo_Symbol": "AXL"}


def test_a_list_of_several_changes_is_no_table_of_semicolons(bare, tmp_path):
    found = rows(bare, tmp_path, "R103Q;I104V\nY702F\n", "a.txt").rows
    assert [row.hgvs for row in found] == ["p.Arg103Gln", "p.Ile104Val", "p.Tyr702Phe"]


BCSQ = '##INFO=<ID=BCSQ,Number=.,Type=String,Description="Haplotype-aware consequence annotation from BCFtools/csq">\n'


def test_the_annotation_of_bcftools(bare, tmp_path):
    ours = "missense|AXL|ENST00000301178|protein_coding|+|"
    text = record(info=f"BCSQ={ours}103R>103Q|41221146G>A")
    text += record(base=41221148, old="A", new="T", info=f"BCSQ={ours}104I>104Y|41221148A>T+41221149T>A")
    text += record(base=41221149, old="T", new="A", info="BCSQ=@41221148")
    text += record(base=41221152, old="C", new="T", info="BCSQ=missense|AXL|ENST00000359092|protein_coding|+|1T>1M|41221152C>T")
    text += record(
        base=41221155, old="A", new="AT", info="BCSQ=frameshift|AXL|ENST00000301178|protein_coding|+|106DL..>106DF..|x"
    )
    found = rows(bare, tmp_path, HEAD + BCSQ + COLUMNS + text).rows
    assert [row.hgvs for row in found] == ["p.Arg103Gln", "p.Ile104Tyr", "p.Ile104Tyr", "", ""]
    assert found[1].note == "read together with 41221149T>A by its annotation"
    assert found[2].note == "read together with 41221148A>T by its annotation"
    assert [row.status for row in found[3:]] == ["position-only"] * 2


@pytest.mark.parametrize(
    ("written", "hgvs"),
    [
        ("103R>103Q", "R103Q"), ("103R", "R103="), ("103RI", ""), ("103R>103*", "R103*"), ("103RI>103R", "I104del"),
        ("103RIT>103R", "I104_T105del"), ("103RIT>103RWT", "I104W"), ("103RI>103RSI", "R103_I104insS"), ("103R>103RS", ""),
        ("103RI>103QV", "R103_I104delinsQV"), ("103R>104Q", ""), ("12RAC..>12TA..", ""), ("", ""),
    ],
)  # fmt: skip
def test_changes_as_bcftools_writes_them(written, hgvs):
    assert changed(written) == hgvs


def test_the_ligands_transcript_has_its_own_id(bare, tmp_path):
    """An annotation by ENST00000327773 is GAS6's; its letter is held against the protein like any other."""
    csq = '##INFO=<ID=CSQ,Number=.,Type=String,Description="VEP. Format: Allele|SYMBOL|Feature|HGVSp">\n'
    info = "CSQ=T|GAS6|ENST00000327773.7|ENSP00000331831.6:p.{}296Arg"
    for letters, status in (("Tyr", "ok"), ("Gly", "wrong-letter")):
        text = HEAD + csq + COLUMNS + record("chr13", 113832700, "C", "T", info.format(letters))
        assert rows(bare, tmp_path, text).rows[0].status == status


# what is stated, and what is not


@pytest.mark.parametrize(
    "variant",
    ["p.Ile104delArg", "p.Arg103_Ile104dupLysLys", "p.Arg103_Ile104delLysLys", "p.Arg103_Ile104delLysLysinsGly",
     "p.Ile104delArginsGly", "R103_I104delKK"],
)  # fmt: skip
def test_stated_letters_that_are_not_there_are_refused(bare, variant):
    row = bare.table("variants", [variant]).rows[0]
    assert (row.status, row.hgvs) == ("wrong-letter", "")


@pytest.mark.parametrize("variant", ["p.Ile104delIle", "p.Arg103_Ile104dupArgIle", "R103_I104delRI", "P30530-2:p.Arg103delArg"])
def test_stated_letters_that_are_there_are_read(bare, variant):
    assert bare.table("variants", [variant]).rows[0].status == "ok"


@pytest.mark.parametrize(
    ("variant", "consequence"),
    [
        ("c.1A>G", "start_lost"),
        ("c.2T>C", "start_lost"),
        ("c.3G>A", "start_lost"),
        ("c.1_3delinsATG", "coding_sequence_variant"),
        ("c.1_2insA", "start_retained_variant"),
        ("c.2_3insC", "start_lost"),
        ("c.3_4insCCC", "inframe_insertion"),
        ("c.1_3dup", "inframe_insertion"),
        ("c.1_2dup", "start_retained_variant"),
        ("c.4G>A", "coding_sequence_variant"),
    ],
)
def test_the_start_is_lost_without_the_coding_sequence_too(bare, variant, consequence):
    assert bare.table("variants", [variant]).rows[0].consequence == consequence


@pytest.mark.parametrize(
    ("variant", "consequence"),
    [
        ("p.Met1ext-5", "5_prime_UTR_premature_start_codon_gain_variant"),
        ("p.Met1Valext-12", "start_lost"),
        ("p.Met1delinsValAla", "start_lost"),
        ("p.Ala894_Ter895delinsGlyTer", "stop_retained_variant"),
        ("p.Met1=", "start_retained_variant"),
    ],
)
def test_starts_and_stops(bare, variant, consequence):
    row = bare.table("variants", [variant]).rows[0]
    assert (row.status, row.consequence) == ("ok", consequence)


def test_a_change_of_one_base_is_held_against_its_own_codon(bare, tmp_path):
    """chr19:41221146 is the second base of codon 103: an annotation of residue 104 or 102 is of another place."""
    info = "ANN=A|missense_variant|MODERATE|AXL|G|transcript|ENST00000301178.9|protein_coding|3/20|c.308G>A|p.{}"
    text = HEAD + '##INFO=<ID=ANN,Number=.,Type=String,Description="x">\n' + COLUMNS
    for change, status in (("Arg103Gln", "ok"), ("Ile104Val", "other-place"), (f"{bare.sequence[101]}102A", "other-place")):
        assert rows(bare, tmp_path, text + record(info=info.format(change))).rows[0].status == status


def test_an_insertion_behind_an_exon_says_where_it_lies(bare, tmp_path):
    """chr19:41220858 is c.307, the last base of exon 2: CA behind C is AC before it."""
    row = rows(bare, tmp_path, HEAD + COLUMNS + record(base=41220858, old="C", new="CAC")).rows[0]
    assert (row.consequence, row.position, row.last) == ("frameshift_variant", 102, 103)
    assert row.note.startswith("c.307_307+1 is the same as an insertion in the exon")
    row = rows(bare, tmp_path, HEAD + COLUMNS + record(base=41220858, old="C", new="CAT")).rows[0]
    assert row.consequence == "splice_region_variant"
