"""Which structure to look at: each rule decides once and alone, ties are named, and what the rules say of the real structures."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axlstruct.errors import SiteError
from axlstruct.scene import palette
from axlstruct.sequence.coverage import Coverage, Placement
from axlstruct.sequence.features import Feature, Span
from axlstruct.sequence.residues import ResidueId
from axlstruct.sequence.target import Protein
from axlstruct.structure.confidence import PLDDT_BANDS
from axlstruct.structure.routing import MOBILE, RULES, Candidate, choose, deciding
from axlstruct.structure.routing_rows import best_row, best_runs
from axlstruct.study.facade import Study


def seen(structure: str = "1AAA", chain: str = "A", coverage: Coverage = Coverage.OBSERVED, **more: Any) -> Candidate:
    """A residue seen in an experiment; keywords of Placement and of Candidate."""
    ours = {key: more.pop(key) for key in tuple(more) if key in ("missing_atoms", "plddt", "note", "found")}
    return Candidate(Placement(structure, chain, 5, coverage, "A", ResidueId(structure, chain, 5), **ours), **more)


def model(plddt: float, structure: str = "AF-X", chain: str = "A") -> Candidate:
    return seen(structure, chain, Coverage.PREDICTED, plddt=plddt)


STUB = {"coverage": Coverage.PARTIAL, "missing_atoms": ("CA", "C", "O", "CB"), "note": "missing CA C O CB"}


@pytest.mark.parametrize(
    ("rule", "better", "worse", "words"),
    [
        ("evidence", seen(), model(99), "observed (AF-X A: predicted with confidence)"),
        ("evidence", seen(), model(20), "observed (AF-X A: predicted without confidence)"),
        ("evidence", model(70.1), model(70.0, "AF-Y"), "predicted with confidence (AF-Y A: predicted without confidence)"),
        ("evidence", model(71), seen(**STUB), "predicted with confidence (1AAA A: a stub without C-alpha)"),
        ("evidence", seen(**STUB), model(70), "a stub without C-alpha (AF-X A: predicted without confidence)"),
        ("wild-type letter", seen(), seen("2BBB", coverage=Coverage.DIFFERENT, found="SER"), "A as in UniProt (2BBB A: SER,"),
        ("complete", seen(), seen("2BBB", coverage=Coverage.PARTIAL, missing_atoms=("CB",)), "complete (2BBB A: lacks 1 atoms)"),
        ("unchanged domain", seen(), seen("2BBB", engineered=3), "nothing engineered around it"),
        ("contact", seen(touching=True), seen("2BBB"), "shows the contact with an unchanged partner (2BBB A: no contact"),
        ("resolution", seen(resolution=1.9), seen("2BBB", resolution=2.0), "1.9 A (2BBB A: 2 A)"),
        ("resolution", seen(resolution=3.9), seen("2BBB"), "3.9 A (2BBB A: resolution not stated)"),
        ("order", seen(relative_b=MOBILE - 0.1), seen("2BBB", relative_b=MOBILE), "(2BBB A: B-factor 1.5 times"),
        ("confidence", model(91), model(80, "AF-Y"), "pLDDT 91 (AF-Y A: pLDDT 80)"),
    ],
)  # fmt: skip
def test_each_rule_decides_alone(rule: str, better: Candidate, worse: Candidate, words: str) -> None:
    for candidates in ([better, worse], [worse, better]):
        choice = choose(candidates)
        assert choice is not None
        assert (choice.best, choice.runner_up, choice.rule, choice.equals) == (better, worse, rule, ())
        assert words in choice.reasons[0]
    assert next(r.name for r in RULES if r.rank(better) != r.rank(worse)) == rule


def test_an_earlier_rule_outweighs_all_later_ones() -> None:
    """From the last rule to the first, the other candidate gets one thing better: each time it takes the lead."""
    steps = [{"relative_b": 1.0}, {"resolution": 1.0}, {"touching": True}, {"engineered": 0}, {"placement": "complete"}]
    worst = seen(coverage=Coverage.PARTIAL, missing_atoms=("CB",), resolution=3.0, engineered=2, relative_b=2.0)
    sides = [worst, replace(worst, placement=replace(worst.placement, structure="2BBB"))]
    for turn, step in enumerate(steps):
        side = sides[turn % 2]
        whole = {"placement": replace(side.placement, coverage=Coverage.OBSERVED, missing_atoms=())}
        sides[turn % 2] = replace(side, **(whole if "placement" in step else step))
        choice = choose(sides)
        assert choice is not None
        assert choice.best is sides[turn % 2]


def test_a_tie_keeps_the_order_given_and_is_named() -> None:
    choice = choose([seen(chain="B"), seen("2BBB"), seen(chain="D"), model(95)])
    assert choice is not None
    assert choice.best.name == "1AAA B"
    assert [c.name for c in choice.equals] == ["2BBB A", "1AAA D"]
    assert choice.runner_up is not None
    assert choice.runner_up.name == "AF-X A"
    assert "no rule tells it from 2BBB A, 1AAA D" in choice.reasons


@pytest.mark.parametrize("coverage", [c for c in Coverage if not c.has_atoms])
def test_what_has_no_atoms_is_never_chosen(coverage: Coverage) -> None:
    assert choose([seen(coverage=coverage)]) is None
    choice = choose([seen(coverage=coverage), model(10)])
    assert choice is not None
    assert choice.best.predicted


@given(
    st.permutations([seen(resolution=2.0), seen("B"), seen("C", engineered=1), model(95), model(60), seen("D", touching=True)])
)
def test_the_order_of_candidates_changes_nothing_but_ties(candidates: list[Candidate]) -> None:
    choice = choose(candidates)
    assert choice is not None
    assert [c.name for c in (choice.best, *choice.others)] == ["D A", "1AAA A", "B A", "C A", "AF-X A", "AF-X A"]


def test_the_bands_are_the_databases_and_the_palettes() -> None:
    assert [bound for bound, _ in PLDDT_BANDS] == [bound for bound, _, _ in palette.PLDDT_BANDS]
    assert deciding(model(95), model(95)) is None


LETTERS = "AAAAAAAAAA"
TOY = Protein("R", "X", "receptor", LETTERS, (Feature("domain", "Kinase", Span(3, 6), short="Kinase"),))


def test_runs_merge_one_structure_and_name_chains_that_differ() -> None:
    def routed(position: int, *candidates: Candidate) -> Any:
        return position, choose(candidates), [c.placement for c in candidates]

    unread = seen("1AAA", "C", Coverage.UNKNOWN)
    rows = best_runs(
        TOY,
        [
            routed(1, model(95)),
            routed(2, model(30)),
            routed(3, seen(), seen(chain="B"), unread),
            routed(4, seen(), seen(chain="B")),
            routed(5, seen(chain="B"), model(80)),
            routed(6),
            routed(9, seen()),
            routed(10, seen(at_hand=False)),
        ],
    )
    shown = [(row.first, row.last, row.residues, row.structure, row.chain) for row in rows]
    assert shown == [(1, 2, 2, "AF-X", "A"), (3, 5, 3, "1AAA", "B"), (6, 6, 1, "", ""), (9, 10, 2, "1AAA", "A")]
    assert "low or very low, no structure to interpret: 2" in rows[0].reason
    assert "1AAA C unknown at 3" in rows[1].reason
    assert "before AF-X by evidence (1)" in rows[1].reason
    assert rows[2].reason == "no structure of the target shows it"
    assert "axlstruct fetch 1AAA" in rows[3].reason
    assert best_row(TOY, routed(6)).structure == ""


def test_the_sites_of_the_kinase(study: Study) -> None:
    rows = {row.position: row for row in study.table("best", "Y698", "702", "Tyr703", "779", "821", "866").rows}
    for position in (698, 702, 703):
        row = rows[position]
        assert (row.structure, row.chain, row.number, row.coverage) == ("5U6B", "B", position, "observed")
        assert row.equals == "5U6B D", "chains A and C lack it"
        assert row.runner_up == "AF-P30530 A"
        assert "coordinates not at hand: axlstruct fetch 5U6B" in row.reasons
    assert rows[779].structure == "5U6B"
    for position in (821, 866):
        assert (rows[position].structure, rows[position].coverage, rows[position].confidence) == (
            "AF-P30530",
            "predicted",
            "very low",
        )
        assert "no structure to interpret" in rows[position].reasons


def test_the_engineered_chain_stands_behind_the_natural_one(study: Study) -> None:
    """E66, author number 59: 4RA0 has three engineered residues in the same domain, whatever its resolution."""
    row = study.table("best", "E59@2C5D").rows[0]
    assert (row.position, row.structure, row.chain, row.number, row.equals) == (66, "2C5D", "C", 59, "2C5D D")
    assert (row.runner_up, row.rule) == ("4RA0 C", "unchanged domain")
    assert "shows its contact with an unchanged partner" in row.reasons
    for row in study.table("best", "39", "94", "99", "134").rows:
        assert (row.structure, row.runner_up, row.rule) == ("2C5D", "4RA0 C", "wild-type letter")


def test_the_membrane_helix_and_a_stub(study: Study) -> None:
    assert {row.structure for row in study.table("best", "transmembrane").rows} == {"AF-P30530"}
    stub = study.table("best", "225").rows[0]
    assert (stub.structure, stub.runner_up) == ("AF-P30530", "2C5D C"), "one nitrogen is no structure beside pLDDT 95"


def test_a_receptor_in_ten_lines(study: Study) -> None:
    table = study.table("best")
    rows = [row for row in table.rows if row.protein == "AXL"]
    assert [(row.first, row.last, row.structure) for row in rows] == [
        (1, 33, "AF-P30530"), (34, 224, "2C5D"), (225, 513, "AF-P30530"), (514, 606, "5U6B"), (607, 609, "AF-P30530"),
        (610, 704, "5U6B"), (705, 707, "AF-P30530"), (708, 813, "5U6B"), (814, 894, "AF-P30530"),
    ]  # fmt: skip
    assert sum(row.residues for row in table.rows) == 894 + 678
    assert "chain C at 558-559" in rows[3].reason, "B and D have a gap there"
    assert "5U6B A unknown at 514-591" in rows[3].reason
    assert "5U6B D unknown at 814-818" in rows[-1].reason
    assert any(note.startswith("5U6B; placed by what was read in print") for note in table.notes)
    ligand = [row for row in table.rows if row.protein == "GAS6"]
    assert (ligand[0].last, ligand[0].structure) == (278, "")


def test_without_coordinates_what_was_read_in_print_is_the_best(printed: Study) -> None:
    row = printed.table("best", "E66").rows[0]
    assert (row.structure, row.chain, row.number) == ("2C5D", "C", 59)
    assert "axlstruct fetch 2C5D" in row.reasons
    assert "4RA0 unknown" in row.reasons
    gone = printed.table("best", "300").rows[0]
    assert (gone.structure, gone.rule) == ("", "")
    assert "2C5D C unknown" in gone.reasons


def test_words_that_are_no_residue(study: Study) -> None:
    with pytest.raises(SiteError, match="did you mean 'kinase'"):
        study.table("best", "kinnase")
    with pytest.raises(SiteError):
        study.table("best", "E59")


def test_the_frame_and_the_command(study: Study) -> None:
    frame = study.best("690-692", runs=True)
    assert list(frame.columns) == ["protein", "first", "last", "residues", "regions", "structure", "chain", "reason"]
    assert len(study.best("690-692")) == 3
    command = [sys.executable, "-m", "axlstruct", "--offline", "best", "Y702", "--format", "tsv"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    head, row = (line.split("\t") for line in done.stdout.splitlines())
    assert dict(zip(head, row, strict=True))["structure"] == "5U6B"
