"""A target is data: complete and consistent, or refused with file and row."""

from __future__ import annotations

from pathlib import Path

import pytest
from targets import LIGAND, RECEPTOR, TOML, load
from tiny import Chain, cif_text

import axlstruct
from axlstruct.errors import SourceError, TargetError
from axlstruct.sequence.coverage import Coverage
from axlstruct.sequence.features import Span
from axlstruct.sources.cache import Cache
from axlstruct.sources.target import load_target
from axlstruct.study.facade import Study


def test_a_second_target_from_files_alone(tmp_path: Path) -> None:
    target = load(tmp_path)
    assert [(p.name, p.accession, p.role, p.sequence) for p in target.proteins] == [
        ("REC", "P00001", "receptor", RECEPTOR), ("LIG", "P00002", "ligand", LIGAND),
    ]  # fmt: skip
    assert target.receptor.domain(5) == target.receptor.domain(20) == "Head"
    assert target.receptor.domain(21) == target.receptor.domain(4) == ""
    assert target.receptor.numberings[0].position(1) == 5
    assert target.receptor.sites[0].name == "Y18"
    assert [(entry.id, entry.required, entry.reference) for entry in target.structures] == [
        ("1TOY", True, True),
        ("2TOY", False, False),
    ]
    assert target.interface_names == ("main",)
    assert target.notes == ()


def test_its_exons_run_down_the_minus_strand(tmp_path: Path) -> None:
    """Exon 1 has 43 bases, 3 of them untranslated: 40 coding bases end within codon 14, whose last two bases are in exon 2."""
    receptor = load(tmp_path).receptor
    assert receptor.transcript is not None
    assert receptor.transcript.codon(1).genomic == (1039, 1038, 1037)
    assert receptor.transcript.codon(14).genomic == (1000, 950, 949)
    assert receptor.transcript.split_codons == (14,)
    assert [exon.span for exon in receptor.exons] == [Span(1, 14), Span(14, 30), Span(31, 40)]


@pytest.mark.parametrize("form", ["folder", "file", "text"])
def test_a_target_is_a_folder_or_a_file(form: str, tmp_path: Path) -> None:
    load(tmp_path)
    where = {"folder": tmp_path, "file": tmp_path / "target.toml", "text": str(tmp_path)}[form]
    study = axlstruct.load(where, mirror=[], offline=True, cache=tmp_path / "cache")
    assert study.sequence == RECEPTOR


def atoms(shift: float, offset: int) -> object:
    return lambda n: [("CA", 5.0 * (n + offset), shift, 0.0)]


def toy(tmp_path: Path, text: str = TOML) -> Study:
    """A study of the toy target with 1TOY in a mirror: chain X is the ligand, Y is 6-35 of the receptor, 3.5 A apart."""
    load(tmp_path, text)
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    chains = Chain("X", LIGAND, atoms=atoms(0.0, 0)), Chain("Y", RECEPTOR[5:35], range(101, 131), atoms=atoms(3.5, 0))  # type: ignore[arg-type]
    for name in ("1TOY", "2TOY"):
        (mirror / f"{name.lower()}.cif").write_text(cif_text(*chains, id=name))
    return axlstruct.load(tmp_path, mirror=[mirror], offline=True, cache=tmp_path / "cache")


def test_the_whole_journey_of_a_second_target(tmp_path: Path) -> None:
    study = toy(tmp_path)
    assert study.interfaces("1TOY")[["interface", "chain_1", "chain_2", "residue_pairs"]].values.tolist() == [
        ["main", "Y", "X", 30]
    ]
    assert study.interfaces("2TOY").interface.tolist() == ["main"]
    first = study.contacts("1TOY").iloc[0]
    assert (first.chain_1, first.number_1, first.position_1, first.chain_2, first.position_2, first.distance) == (
        "Y",
        101,
        6,
        "X",
        1,
        3.5,
    )
    answer = study.where("Y18")
    assert answer.exons == (2,)
    assert [(p.structure, p.chain, p.residue.number if p.residue else None) for p in answer.placements] == [
        ("1TOY", "Y", 113),
        ("2TOY", "Y", 113),
    ]
    assert {p.coverage for p in study.where("38").placements} == {Coverage.NOT_IN_CONSTRUCT}
    table = study.residues()
    assert len(table) == 2 * (len(RECEPTOR) + len(LIGAND))


@pytest.mark.parametrize("id", ["1toy", "pdb_00001toy", "1TOY"])
def test_a_structure_may_be_named_in_any_form_of_its_id(id: str, tmp_path: Path) -> None:
    """The reference names its own interfaces, however its id is written."""
    study = toy(tmp_path, TOML.replace('id = "1TOY"', f'id = "{id}"'))
    assert study.interfaces("1TOY").interface.tolist() == ["main"]
    assert study.interfaces("2TOY").interface.tolist() == ["main"]


def test_a_target_without_ligand_has_the_contacts_of_every_pair(tmp_path: Path) -> None:
    """The chain of the missing ligand lies outside the target: its residues have author numbers and no position."""
    start, end = TOML.index("[ligand]"), TOML.index("[[structures]]")
    study = toy(tmp_path, TOML[:start] + TOML[end:])
    table = study.table("contacts", "1TOY")
    assert "the target has no ligand, so every pair of protein chains is looked at" in table.notes[0]
    first = table.frame().iloc[0]
    assert (first.chain_1, first.number_1, first.position_1, first.chain_2, first.number_2, first.distance) == (
        "Y", 101, 6, "X", 1, 3.5,
    )  # fmt: skip
    assert first.isna().position_2
    residues = study.residues("1TOY")
    assert residues.groupby("chain").size().to_dict() == {"X": len(LIGAND), "Y": len(RECEPTOR)}
    assert residues[residues.chain == "X"].position.isna().all()


def changed(old: str, new: str) -> str:
    assert TOML.count(old) >= 1
    return TOML.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (changed("name = ", "nmae = "), ["unknown key 'nmae'", "did you mean 'name'?"]),
        (changed("accession", "acession"), ["[receptor]", "unknown key 'acession'", "did you mean 'accession'?"]),
        (changed("cds_start", "cds_begin"), ["[receptor.transcript]", "unknown key 'cds_begin'"]),
        (changed("required", "requierd"), ["[[structures]]", "did you mean 'required'?"]),
        (changed('name = "toy"', ""), ["key 'name' is missing"]),
        (changed("schema = 1", "schema = 2"), ["another schema version", "expected 1", "found 2"]),
        (changed("schema = 1", ""), ["key 'schema' is missing"]),
        (changed('accession = "P00001"', ""), ["[receptor]", "key 'accession' is missing"]),
        (changed("first = 5, last = 20", "first = 20, last = 5"), ["row 1", "impossible span 20-5"]),
        (changed("first = 5, last = 20", "first = 0, last = 5"), ["row 1", "impossible span 0-5"]),
        (changed("first = 5, last = 20", "first = 5, last = 41"), ["'Head' reaches beyond the sequence", "at most 40", "5-41"]),
        (changed("first = 5, last = 20", 'first = "five"'), ["row 1", "five"]),
        (changed("first = 5, ", ""), ["column 'first' is missing", "row 1"]),
        (changed('residue = "Y"', 'residue = "F"'), ["site and sequence disagree", "expected F18", "found Y"]),
        (changed("position = 18", "position = 99"), ["site and sequence disagree", "found 40 residues"]),
        (changed('position = 18, residue = "Y"', 'position = 0, residue = "T"'), ["site"]),
        (changed('position = 18, residue = "Y"', 'position = -1, residue = "Y"'), ["site"]),
        (changed("[901, 950]", "[990, 1010]"), ["exon 2", "overlap"]),
        (changed("[1000, 1042], [901, 950]", "[901, 950], [1000, 1042]"), ["direction of transcription"]),
        (changed("strand = -1", "strand = 0"), ["strand must be 1 or -1", "found 0"]),
        (changed("strand = -1", 'strand = "minus"'), ["strand"]),
        (changed("cds_start = 4", 'cds_start = "ATG"'), ["cds_start"]),
        (changed('sequence = "M', 'isoform = "two"\nsequence = "M'), ["isoform"]),
        (changed("[700, 760]", "[755, 760]"), ["does not fit the exons"]),
        (changed("[700, 760]", "[700]"), ["row 3"]),
        (changed(", [700, 760]", ""), ["does not fit the exons"]),
        (changed('id = "2TOY"', 'id = "1toy"'), ["a structure is named twice"]),
        (changed('id = "2TOY"', 'id = "pdb_00001toy"'), ["a structure is named twice"]),
        (changed('id = "2TOY"', 'id = "2TOY"\nreference = true'), ["more than one reference structure"]),
        (changed('id = "2TOY"', ""), ["key 'id' is missing"]),
        (changed('interfaces = ["main"]', 'interfaces = "main"'), ["interfaces must be a list of names"]),
        (changed("ligand.fasta", "nowhere.fasta"), ["[ligand]", "cannot read nowhere.fasta"]),
        (changed(RECEPTOR, RECEPTOR[:-1] + "B"), ["letters that code no amino acid", "found B"]),
        (changed(f'"{RECEPTOR}"', '"ligand.fasta"\nsequence_record = "Q9"'), ["no FASTA record 'Q9'", "found P00002"]),
        (changed("[receptor]", "[receptor"), ["no readable TOML"]),
        (changed("[ligand]", "[[ligand]]"), ["a table is expected here"]),
    ],
)  # fmt: skip
def test_a_target_that_cannot_be_is_refused_in_one_line(text: str, words: list[str], tmp_path: Path) -> None:
    with pytest.raises(TargetError) as caught:
        load(tmp_path, text)
    message = str(caught.value)
    assert [word for word in words if word not in message] == []
    assert "\n" not in message
    assert caught.value.exit_code == 1


def test_an_empty_sequence_file_is_said_to_be_empty(tmp_path: Path) -> None:
    load(tmp_path)
    (tmp_path / "ligand.fasta").write_text("")
    with pytest.raises(TargetError, match=r"no sequence|no FASTA record|empty"):
        load_target(tmp_path, Cache(tmp_path / "cache", (), offline=True))


def test_rows_of_a_file_are_named_in_errors(tmp_path: Path) -> None:
    (tmp_path / "features.tsv").write_text("kind\tname\tfirst\tlast\ndomain\tHead\t5\t20\ndomain\tTail\t30\t25\n")
    with pytest.raises(TargetError, match=r"features\.tsv, row 2: impossible span 30-25"):
        load(tmp_path, changed("features = []", 'features = "features.tsv"'))


def test_a_word_that_is_no_coverage_is_refused(tmp_path: Path) -> None:
    row = 'known = [{accession = "P00001", chain = "A", first = 1, last = 5, coverage = "seen"}]'
    with pytest.raises(TargetError, match="'seen' is not a valid Coverage"):
        load(tmp_path, changed('id = "2TOY"', f'id = "2TOY"\n{row}'))


@pytest.mark.parametrize("where", ["nonsense", "no/such/folder", "target.toml"])
def test_a_target_that_is_not_there_is_refused_with_the_shipped_ones(where: str, tmp_path: Path) -> None:
    with pytest.raises(TargetError, match=r"no such target .*axl"):
        load_target(tmp_path / where, Cache(tmp_path / "cache", (), offline=True))


def test_a_sequence_that_cannot_be_had_stops_and_exons_that_cannot_do_not(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="P00002"):
        load(tmp_path, changed('sequence = "ligand.fasta"\n', ""))
    start, end = TOML.index("exons ="), TOML.index("[ligand]")
    target = load(tmp_path, TOML[:start] + TOML[end:])
    assert target.receptor.transcript is None
    assert target.receptor.exons_of(5) == ()
    assert [note for note in target.notes if note.startswith("exons of REC could not be had")] == list(target.notes)


def test_the_shipped_target_is_whole(bare: Study) -> None:
    axl, gas6 = bare.target.proteins
    assert (len(axl), len(gas6)) == (894, 678)
    assert [site.name for site in axl.sites] == ["Y698", "Y702", "Y703", "Y779", "Y821", "Y866"]
    assert all(site.source and site.role for site in axl.sites)
    assert [axl.region(p) for p in (1, 25, 26, 451, 452, 472, 473, 894)] == [
        "signal", "signal", "extracellular", "extracellular", "transmembrane", "transmembrane", "cytoplasmic", "cytoplasmic",
    ]  # fmt: skip
    assert {f.span.first: axl.letter(f.span.first) for f in axl.features_of("glycosylation")} == dict.fromkeys(
        [43, 157, 198, 339, 345, 401], "N"
    )
    assert {axl.letter(p) for f in axl.features_of("disulfide") for p in (f.span.first, f.span.last)} == {"C"}
    assert [(e.id, e.required, e.reference) for e in bare.target.structures] == [
        ("2C5D", True, True), ("4RA0", False, False), ("5U6B", False, False), ("AF-P30530", False, False),
    ]  # fmt: skip
    assert axl.sequence[669:672] == "HRD"
    assert axl.sequence[689:692] == "DFG"


@pytest.mark.parametrize("name", ["AXL", "axl", "P30530", "p30530"])
def test_a_protein_by_name_or_accession(name: str, bare: Study) -> None:
    assert bare.target.protein(name) is bare.target.receptor
