"""Measured mutants beside the interface, and words that do not say more than is known."""

from __future__ import annotations

import csv
import io
import json

import pytest
from rows import row
from shared_files import mirror

import axlstruct
from axlstruct.evidence.affinities import NONE, UNKNOWN, PartnerContact, with_contacts
from axlstruct.evidence.rows import AffinityRow
from axlstruct.kinase.landmarks import find_kinase
from axlstruct.study.facade import Study

# Read off the table of contacts of 2C5D at 4 Angstrom by another reader; all other mutants touch nothing.
MAJOR = {"AXL:E63", "AXL:E66", "AXL:T84", "AXL:V99", "GAS6:T304", "GAS6:R310", "GAS6:K312"}
MINOR = {"AXL:L138", "AXL:K211", "AXL:T215", "GAS6:A404"}
NOTHING = {
    "AXL:G39", "AXL:Q61", "AXL:D94", "AXL:Q129", "AXL:G134", "GAS6:F485", "GAS6:F487", "GAS6:W526", "GAS6:L620", "GAS6:Y660",
}  # fmt: skip


@pytest.fixture(scope="module")
def study() -> Study:
    mirror("2c5d.cif")
    return axlstruct.load("axl", offline=True)


def told(study: Study) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for mutant in study.table("evidence", "affinity").rows:
        for residue, interface in zip(mutant.residues.split(";"), mutant.interface.split(";"), strict=True):
            found.setdefault(interface, set()).add(residue)
    return found


def test_every_mutated_residue_says_what_it_touches(study: Study) -> None:
    assert told(study) == {"major": MAJOR, "minor": MINOR, NONE: NOTHING}


def test_partners_and_copies_of_a_mutated_residue(study: Study) -> None:
    rows = {row.mutations_uniprot: row for row in study.table("evidence", "affinity").rows if ";" not in row.mutations_uniprot}
    assert rows["AXL:E66R"].touches == "GAS6 R310 2/2, GAS6 K312 2/2"
    assert rows["AXL:L138E"].touches == "GAS6 A399 2/2, GAS6 V400 2/2, GAS6 M401 2/2, GAS6 K402 1/2"
    assert rows["GAS6:F485A"].touches == NONE


def test_where_no_coordinates_are_at_hand_nothing_is_said_to_touch_nothing(printed: Study) -> None:
    assert set(told(printed)) == {UNKNOWN}
    assert any("2C5D is unknown: coordinates not at hand" in note for note in printed.table("evidence", "affinity").notes)


def test_the_paper_s_conclusion_and_the_one_contact_of_lg2_stand_with_the_numbers(study: Study, printed: Study) -> None:
    notes = study.table("evidence", "affinity").notes
    assert "what a residue touches: 2C5D, asymmetric unit, 4.0 A" in notes
    assert [note for note in notes if "PubMed 16362042) concludes: both the major and the minor" in note]
    lone = "AXL E90 - GAS6 S663 (2/2) is the one contact of Laminin G-like 2 in the class major"
    lone += "; the other 42 are of Laminin G-like 1"
    assert lone in notes
    assert lone in study.where("E90").notes
    assert lone in study.where("GAS6:S663").notes
    assert not [note for note in study.where("E66").notes if "one contact" in note]
    figure = study.figure("ddg")
    words = " ".join(text.get_text() for ax in figure.axes for text in ax.texts).replace("\n", " ")
    assert "touches in major" in words
    assert "productive transmembrane signalling" in words
    assert "touches in major" not in " ".join(text.get_text() for ax in printed.figure("ddg").axes for text in ax.texts)


def test_marks_of_contacts_stand_at_the_residue_in_the_colour_of_its_class(study: Study) -> None:
    from axlstruct.scene import palette

    marks = {}
    for ax in study.figure("ddg").axes:
        for line in ax.lines:
            gid = str(line.get_gid())
            if "-contact-" in gid:
                position = int(line.get_xdata()[0])
                marks.setdefault(position, set()).add(line.get_markerfacecolor())
                assert line.get_ydata()[0] == 0
    both = {"major": MAJOR, "minor": MINOR}
    for name, residues in both.items():
        for residue in residues:
            assert marks[int(residue.split(":")[1][1:])] == {palette.interface_color(name)}
    assert all(marks[int(residue.split(":")[1][1:])] == {"#FFFFFF"} for residue in NOTHING)


def test_contacts_of_a_made_up_double_mutant() -> None:
    mutants = [row(AffinityRow, residues="REC:A5;REC:A6;REC:A7")]
    contacts = {("REC", 5): [PartnerContact("one", "LIG K9", "1/2"), PartnerContact("two", "LIG K3", "2/2")]}
    (found,) = with_contacts(mutants, contacts, {("REC", 5), ("REC", 6)})
    assert found.interface == "one, two;none;unknown"
    assert found.touches == "LIG K9 1/2, LIG K3 2/2;none;unknown"


def test_where_lists_the_measured_mutants(study: Study) -> None:
    text = str(study.where("E66"))
    assert "measured      AXL:E66R +1.65 kcal/mol (Kd 98 nM, wild type 6 nM, PubMed 16362042)" in text
    assert "measured      AXL:E66R AXL:T84R >= +6.11 kcal/mol (Kd >= 1000 nM" in text
    assert "touches       2C5D major: GAS6 Arg310" in text
    record = study.where("GAS6:R310").to_dict()
    assert [mutant["mutations"] for mutant in record["measured"]] == ["GAS6:R310E", "GAS6:R310E;GAS6:K312E"]
    assert study.where("Y702").measured == ()


# absence is said


def test_what_is_touched_is_unknown_not_left_out_where_coordinates_are_not_at_hand(printed: Study) -> None:
    answer = printed.where("E66")
    assert (answer.touches, answer.untold) == (None, ("2C5D",))
    assert "touches       unknown in 2C5D: its coordinates are not at hand" in str(answer)
    assert printed.where("Y702").untold == (), "no structure with both shows the kinase domain"


def test_the_interface_of_a_residue_without_coordinates_is_unknown(study: Study, bare: Study) -> None:
    table = study.table("residues", "2C5D").rows
    seen = {row.interface for row in table if row.coverage in ("observed", "partial")}
    assert seen == {"", "major", "minor"}
    assert {row.interface for row in table if row.coverage not in ("observed", "partial")} == {"unknown"}
    assert all(row.classes == () for row in table if row.interface == "unknown")
    assert {row.interface for row in bare.table("residues", "5U6B").rows} == {"unknown"}


@pytest.mark.parametrize("query", ["E66", "Y702", "GAS6:R310", "L620", "GAS6:S663"])
def test_a_piped_answer_has_the_facts_of_the_terminal(study: Study, query: str) -> None:
    from axlstruct.study.placements import answer_table

    answer = study.where(query)
    (cells, *_) = csv.DictReader(io.StringIO(answer_table(answer).render("tsv").decode()), delimiter="\t")
    record = answer.to_dict()
    assert cells["mature"] == str(record["numberings"]["mature"])
    assert cells["codon"] == record["numberings"]["cds"]
    assert cells["features"].split(";") == record["features"] or not record["features"]
    assert cells["measured"].count("kcal/mol") == len(record["measured"])
    for touching in record["touches"] or ():
        assert f"{touching['residue'].capitalize()}{touching['position']}" in cells["touches"]
    for line in str(answer).splitlines():
        if line.startswith(("  touches", "  measured", "  partners")):
            assert line[16:] in " ".join(cells.values())
    json.dumps(record)


# whose number it is


@pytest.mark.parametrize("query", ["GAS6:R310", "GAS6:S663"])
def test_a_number_of_gas6_says_its_form(bare: Study, query: str) -> None:
    assert "Q14393" in str(bare.where(query))
    assert "678-residue form" in str(bare.where(query)).splitlines()[0]
    assert "form" not in str(bare.where("E66")).splitlines()[0]


@pytest.mark.parametrize("name", ["domains", "ddg", "evidence"])
def test_figures_that_print_numbers_of_gas6_say_its_form(study: Study, name: str) -> None:
    words = " ".join(text.get_text() for ax in study.figure(name).axes for text in ax.texts).replace("\n", " ")
    assert "GAS6 Q14393, 678-residue form" in words


# landmarks of the kinase domain


@pytest.mark.parametrize("target", ["axl", "tyro3", "mertk"])
def test_landmarks_that_ship_are_those_that_are_derived(target: str, tmp_path) -> None:
    receptor = axlstruct.load(target, mirror=[], offline=True, cache=tmp_path).target.receptor
    shipped = {(f.name, f.span) for f in receptor.features_of("kinase")}
    derived = {(m.name, m.span) for m in find_kinase(receptor).landmarks if m.span and m.origin == "derived"}
    assert shipped == derived
    assert len(shipped) > 15


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("L620", "gatekeeper 620 (aligned to human SRC, UniProt P12931, T341)"),
        ("E585", "alphaC Glu 585 (aligned to human SRC, UniProt P12931, E313)"),
        ("M623", "hinge 621-623"),
        ("F691", "R-spine RS2 691 (DFG +1; Kornev et al. 2006, PNAS 103:17783)"),
        ("Y702", "activation loop 690-719"),
    ],
)
def test_where_names_the_landmarks(bare: Study, query: str, said: str) -> None:
    assert f"kinase        {said}" in str(bare.where(query))


@pytest.mark.parametrize(("target", "domain", "lysine"), [("tyro3", "518-790", "550"), ("mertk", "587-858", "619")])
def test_relatives_have_a_kinase_domain(target: str, domain: str, lysine: str, tmp_path) -> None:
    study = axlstruct.load(target, mirror=[], offline=True, cache=tmp_path)
    kinase = find_kinase(study.target.receptor)
    assert str(kinase.domain.span) == domain
    assert str(kinase.span("beta3 Lys")) == lysine
    assert study.where(lysine).numberings["mature"] is None, "the signal peptide is not known"
    assert "mature        not known" in str(study.where(lysine))


@pytest.mark.parametrize(
    ("target", "accession", "low"),
    [("axl", "P30530", "19 of 30"), ("tyro3", "Q06418", "20 of 30"), ("mertk", "Q12866", "19 of 30")],
)
def test_a_model_is_like_a_state_and_says_what_of_its_loop_is_unsure(target: str, accession: str, low: str) -> None:
    mirror(f"AF-{accession}-F1.pdb")
    (row,) = axlstruct.load(target, offline=True).kinase(f"AF-{accession}", table="geometry").itertuples()
    assert row.state.endswith("active-like")
    assert f"activation loop: {low} residues below pLDDT 70" in row.note
