"""A letter and a number that mean two residues are UniProt's, and the other is told: which, what it touches, how to ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from axlstruct.errors import SiteError
from axlstruct.sequence.notation import parse
from axlstruct.structure.readings import AuthorNumbers, in_uniprot, other_readings

BOTH = ["G39", "G42", "R48", "V60", "I97", "Q101", "L102", "T105", "L135", "E136", "H186", "P188", "T215"]
"""Residues of AXL that 2C5D shows and whose letter stands again seven positions on: UniProt is the author number plus 7."""


def others(study, query):
    return [also.reading for also in study.where(query).also]


def test_the_thirteen_residues_of_two_meanings(study):
    """Counted from the sequence alone: author 27 to 218 are positions 34 to 225."""
    sequence = study.sequence
    counted = [f"{sequence[n - 1]}{n}" for n in range(27, 219) if sequence[n - 1] == sequence[n + 6]]
    assert counted == BOTH
    residues = [f"{letter}{n}" for n, letter in enumerate(sequence, 1)]
    assert [residue for residue in residues if any(r.protein.name == "AXL" for r in others(study, residue))] == BOTH
    assert [str(others(study, residue)[0]) for residue in BOTH] == [
        f"{residue}@2C5D = AXL:{residue[0]}{int(residue[1:]) + 7}" for residue in BOTH
    ]


def test_they_are_told_without_coordinates_too(bare):
    for residue in BOTH:
        assert [str(r) for r in others(bare, residue) if r.protein.name == "AXL"] == [
            f"{residue}@2C5D = AXL:{residue[0]}{int(residue[1:]) + 7}"
        ]
    (also,) = bare.where("R48").also
    assert "touches 2C5D major: GAS6 Thr456" in str(also)  # by the released analysis
    assert "contacts not known" in str(replace(also, touches=None))


@pytest.mark.parametrize("query", ["R48", "r48", " R48 ", "Arg48", "p.Arg48", "ARG48", "AXL:R48", "axl:r48"])
def test_the_first_line_says_it_however_the_residue_is_written(study, query):
    answer = study.where(query)
    assert (answer.protein.name, answer.position) == ("AXL", 48)
    first = str(answer).splitlines()[0]
    assert "R48@2C5D is another residue: AXL Arg55" in first
    assert "2C5D major: GAS6 Thr456" in first
    record = answer.to_dict()["also"][0]
    assert (record["ask"], record["protein"], record["position"], record["structure"]) == ("R48@2C5D", "AXL", 55, "2C5D")
    assert {t["position"] for t in record["touches"]} >= {456, 457, 460}
    assert study.where(record["ask"]).position == 55


@pytest.mark.parametrize("table", ["translate", "best", "evidence"])
def test_tables_say_what_the_other_residue_touches(study, table):
    asked = study.table("evidence", "affinity", region="R48") if table == "evidence" else study.table(table, "R48")
    (note,) = [note for note in asked.notes if "R48@2C5D is another residue: AXL Arg55" in note]
    assert "touches 2C5D major: GAS6 Thr456" in note


@pytest.mark.parametrize(
    "query", ["48", "P30530:R48", "887:R48@2C5D", "R48@2C5D", "2C5D:C/48", "2C5D:C/R48", "887:R41", "c.144", "R103"]
)
def test_nothing_is_said_of_what_means_one_residue(study, query):
    try:
        assert study.where(query).also == ()
    except SiteError:
        assert query == "887:R48@2C5D"


@pytest.mark.parametrize(("query", "touched"), [("R308", "AXL Glu63"), ("I307", "AXL Gln85")])
def test_residues_of_the_ligand_with_the_same_number(study, query, touched):
    first = str(study.where(query)).splitlines()[0]
    assert f"GAS6:{query} is another residue" in first
    assert f"2C5D major: {touched}" in first
    assert str(others(study, query)[0]) == f"GAS6:{query}"
    assert others(study, f"AXL:{query}") == []


def test_the_other_way_an_author_number_offers_the_position(study, bare):
    """Author number 55 of 2C5D is Gly62; Arg55 is the residue of papers that count as UniProt."""
    for each in (study, bare):
        with pytest.raises(SiteError, match=r"another residue has that author number .*G62\); did you mean R55 \(UniProt\)"):
            each.where("R55@2C5D")


def test_a_number_of_two_proteins_is_asked_for_by_its_chain(bare):
    axl, gas6 = bare.target.receptor, bare.target.ligand
    numbering = AuthorNumbers("1AAA", {(48, "R"): [(axl, 55, "C"), (gas6, 60, "A")]})
    found = other_readings(parse("R48"), axl, 48, [numbering])
    assert [reading.ask for reading in found] == ["1AAA:C/R48", "1AAA:A/R48"]


def test_a_target_without_author_numbers_says_nothing(bare, tmp_path):
    import axlstruct

    tyro3 = axlstruct.load("tyro3", mirror=[], offline=True, cache=tmp_path)
    sequence = tyro3.sequence
    assert not any(tyro3.where(f"{sequence[n]}{n + 1}").also for n in range(0, len(sequence), 7))
    assert other_readings(parse("R48"), bare.target.receptor, 48, ()) == []


def test_advice_names_the_protein_that_has_the_letter(bare):
    assert in_uniprot(parse("R308@2C5D"), bare.target.proteins) == "did you mean R308 or GAS6:R308 (UniProt)?"
    assert in_uniprot(parse("W1@2C5D"), bare.target.proteins) == ""
    assert in_uniprot(parse("55@2C5D"), bare.target.proteins) == ""


# tables


def test_tables_have_a_column_also(study):
    assert study.translate("R48", "R103", "R48@2C5D").also.tolist() == ["R48@2C5D = AXL:R55", "", ""]
    assert study.best("R48", "Y702").also.tolist() == ["R48@2C5D = AXL:R55", ""]
    assert "R48@2C5D is another residue: AXL Arg55" in study.table("best", "R48", runs=True).notes[0]
    frame = study.variants(["R48Q", "r48q", "p.Arg48Gln", "AXL:R48Q", "P30530:R48Q", "R48Q@2C5D", "V60A", "R308A", "R48_A49del"])
    wanted = ["R48@2C5D = AXL:R55 (major)"] * 4 + ["", "", "V60@2C5D = AXL:V67 (no contact)", "GAS6:R308 (major)"]
    assert frame.also.tolist()[:8] == wanted


def test_a_stretch_means_another_only_if_both_its_ends_fit(bare):
    """Q101 and L102 stand again at 108 and 109; G39 does at 46, its neighbour does not at 47."""
    sequence = bare.sequence
    assert bare.variants(["Q101_L102del"]).also.tolist() == ["Q101@2C5D = AXL:Q108 (no contact)"]
    assert bare.variants([f"G39_{sequence[39]}40del"]).also.tolist() == [""]


def test_a_list_says_once_which_numbering_its_letters_fit(study, bare):
    """Five mutants of Sasaki et al. 2006 in author numbers: as UniProt's three are refused and two pass as other residues."""
    for each in (study, bare):
        table = each.table("variants", ["R48Q", "E59R", "T77R", "R308A", "K312E"])
        assert [row.status for row in table.rows] == ["ok", "wrong-letter", "wrong-letter", "ok", "wrong-letter"]
        told = [note for note in table.notes if "letters" in note]
        assert told == [
            "the letters of 5 of 5 variants fit author numbers of 2C5D, those of 2 fit UniProt positions, as which all are read"
            " (in the other numbering: R48Q@2C5D)"
        ]
        assert table.notes[0] == told[0]
    written = bare.table("variants", [f"{variant}@2C5D" for variant in ("R48Q", "E59R", "T77R", "R308A", "K312E")])
    assert [row.status for row in written.rows] == ["ok"] * 5
    assert not any("letters" in note for note in written.notes)


@pytest.mark.parametrize(
    "variants",
    [["R103Q", "I104V"], ["E59R"], ["R48Q", "R55Q"], ["c.308G>A", "c.309G>A"], ["GAS6:R308A", "GAS6:K312E"], ["*895Q", "hello"]],
)
def test_a_list_that_fits_uniprot_says_nothing(bare, variants):
    assert not any("letters" in note for note in bare.table("variants", variants).notes)


def test_what_a_transcript_counts_means_one_residue(bare, tmp_path):
    """Annotations by the target's transcript, and bases, count in its sequence."""
    text = "Feature\tHGVSp\nENST00000301178.9\tENSP00000301178.4:p.Arg48Gln\n-\tp.Arg48Gln\n"
    (tmp_path / "vep.tsv").write_text(text)
    assert bare.variants(tmp_path / "vep.tsv").also.tolist() == ["", "R48@2C5D = AXL:R55 (major)"]
    assert bare.variants(["c.143G>A"]).also.tolist() == [""]


def test_a_variant_by_author_number_offers_the_position_too(bare):
    row = bare.table("variants", ["R55Q@2C5D"]).rows[0]
    assert row.status == "wrong-letter"
    assert row.note.endswith("did you mean R55 (UniProt)?")
