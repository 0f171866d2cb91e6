"""The released analysis: what ships answers as coordinates do, is what they give now, and refuses what only they can tell."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_files import mirror

import axlstruct
from axlstruct.errors import AxlstructError, CoordinatesError, TargetError, UsageError
from axlstruct.interface.rows import AtomContactRow, InterfaceRow
from axlstruct.sources.network import doors, reachable
from axlstruct.sources.released import RECORD, TABLES, ConfidenceRow, PairRow, SlotRow, kind_of, read_rows, table_text
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.study import tables
from axlstruct.study.best import best_table
from axlstruct.study.composites import composite_table
from axlstruct.study.facade import Study
from axlstruct.study.family import family_table
from axlstruct.study.kinase import kinase_table
from axlstruct.study.release import release, write_release
from axlstruct.study.run import run_job
from axlstruct.study.session import Basis, Session
from axlstruct.study.verify import verify
from axlstruct.tables import Table

STALE = "made by another state of the program: run `axlstruct release` with the coordinates at hand"

Ask = Callable[[Session], Table]


@pytest.fixture
def full(study: Study) -> Study:
    mirror("2c5d.cif")
    return study


def copy_of(study: Study, folder: Path) -> Study:
    """AXL whose released analysis may be changed."""
    shutil.copytree(Path(axlstruct.__file__).parent / "targets" / "axl", folder / "axl")
    return axlstruct.load(folder / "axl", mirror=study.session.cache.mirrors, offline=True, cache=folder / "cache")


# What ships


@pytest.mark.slow
def test_what_ships_is_what_coordinates_give_now(full: Study) -> None:
    ship = full.session.release
    assert ship is not None
    made = release(full.session).files()
    there = {str(path.relative_to(ship.path)): path.read_bytes() for path in ship.path.rglob("*") if path.is_file()}
    assert sorted(made) == sorted(there), STALE
    assert [name for name in made if made[name] != there[name]] == [], STALE


def test_it_is_small_and_holds_no_coordinates(bare: Study) -> None:
    ship = bare.session.release
    assert ship is not None
    assert ship.ids == ("2C5D", "4RA0", "AF-P30530")
    files = [path for path in ship.path.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 1_500_000
    heads = {column for path in files if path.suffix == ".tsv" for column in path.read_text().partition("\n")[0].split("\t")}
    assert not {column for column in heads if column.lower() in ("x", "y", "z", "xyz") or "coord" in column.lower()}
    for path in ship.path.glob("*/view.json"):
        assert "model" not in json.loads(path.read_text())


def test_each_structure_says_of_which_file_it_was_computed(bare: Study) -> None:
    told = bare.session.release
    assert told is not None
    for id in told.ids:
        facts = told.record["structures"][id]
        assert len(facts["sha256"]) == 64
        assert facts["source"]
    assert told.record["settings"]["atom_pairs"] == 5.0


# It answers as coordinates do

CUTOFFS = (3.3, 4.0, 5.0)


def at_cutoffs(make: Callable[..., Table], id: str) -> Ask:
    """The tables at each cutoff, one under the other."""

    def ask(session: Session) -> Table:
        found = [make(session, id, cutoff=cutoff) for cutoff in CUTOFFS]
        return Table(found[0].kind, [row for table in found for row in table.rows], found[0].notes)

    return ask


SAME: dict[str, Ask] = {
    **{
        f"{name} {id}": at_cutoffs(make, id)
        for id in ("2C5D", "4RA0")
        for name, make in (
            ("contacts", tables.contact_table),
            ("interfaces", tables.interface_table),
            ("residues", tables.residue_table),
            ("consensus", tables.consensus_table),
            ("sums", tables.sum_table),
        )
    },
    "atoms": lambda s: tables.contact_table(s, "2C5D", level="atom", cutoff=4.5),
    "two chains": lambda s: tables.contact_table(s, "2C5D", between=("A", "B")),
    "interactions": lambda s: tables.interaction_table(s, "2C5D"),
    "compare": lambda s: tables.compare_table(s, "2C5D", "4RA0"),
    "all residues": tables.residue_table,
    "best": best_table,
    "landmarks": kinase_table,
    "geometry": lambda s: kinase_table(s, "AF-P30530", table="geometry"),
    "tyrosines": lambda s: kinase_table(s, "AF-P30530", table="tyrosines"),
    "family": lambda s: family_table(s, "all"),
    "conservation": lambda s: family_table(s, "conservation"),
    "fits": composite_table,
    "membrane": lambda s: composite_table(s, hinged=True, table="membrane"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SAME)
def test_the_same_table_as_from_coordinates_and_a_note_says_from_what(name: str, full: Study, bare: Study) -> None:
    there, here = SAME[name](full.session), SAME[name](bare.session)
    assert here.render("tsv") == there.render("tsv")
    if name != "best":
        assert any(note.startswith("released analysis of ") and "sha256" in note for note in here.notes)
    assert not any("released" in note for note in there.notes)


def test_numbers_of_the_complex(bare: Study) -> None:
    """Counts of heavy-atom pairs known from other programs, as in the tests of contacts."""
    rows: list[InterfaceRow] = list(bare.session and tables.interface_table(bare.session, "2C5D").rows)
    assert [(r.chain_1, r.chain_2, r.residue_pairs, r.atom_pairs) for r in rows] == [
        ("C", "A", 43, 141), ("C", "B", 18, 41), ("D", "A", 17, 44), ("D", "B", 41, 129), ("C", "D", 0, 0), ("A", "B", 0, 0),
    ]  # fmt: skip


def test_a_residue_is_found_in_author_numbers_with_its_partners(bare: Study) -> None:
    answer = bare.where("E59@2C5D")
    assert answer.position == 66
    assert {(p.chain, p.residue.number) for p in answer.placements if p.structure == "2C5D" and p.residue} == {
        ("C", 59),
        ("D", 59),
    }
    assert answer.touches
    assert {(t.protein, t.residue) for t in answer.touches} >= {("GAS6", "ARG")}
    assert any("2C5D" in note and "released analysis" in note for note in answer.notes)


# What it refuses


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda s: s.contacts("2C5D", cutoff=5.5), "a cutoff beyond 5 A needs coordinates"),
        (lambda s: s.interfaces("2C5D", areas=AreaSettings(radii="bondi")), "bondi"),
        (lambda s: s.residues("2C5D", areas=AreaSettings(glycans=True)), "protein and sugars"),
        (lambda s: s.kinase("AF-P30530", table="tyrosines", areas=AreaSettings(radii="bondi")), "bondi"),
        (lambda s: s.view("2C5D"), "needs coordinates"),
        (lambda s: s.export("2C5D", to="pymol", output="x.pml"), "needs coordinates"),
        (lambda s: s.figure("overview"), "needs coordinates"),
        (lambda s: s.composite(), "needs coordinates"),
        (lambda s: s.contacts("2C5D", assembly="1"), "2C5D"),
        (lambda s: s.compare("2C5D", "4RA0", cutoff=4.5), "needs coordinates"),
        (lambda s: s.interfaces("2C5D", between=(("A", "B"), ("C",))), "groups of chains"),
    ],
)
def test_what_needs_coordinates_is_refused_in_one_line(ask: Callable[[Study], Any], words: str, bare: Study) -> None:
    with pytest.raises(AxlstructError, match=words) as error:
        ask(bare)
    assert "\n" not in str(error.value)
    assert "axlstruct fetch " in str(error.value)


def test_nothing_is_released_of_other_structures(bare: Study) -> None:
    assert bare.session.released("5U6B") is None
    assert bare.session.shown("5U6B", enough=Basis.NOTHING).basis is Basis.PRINT
    assert bare.session.shown("2c5d", enough=Basis.NOTHING).basis is Basis.RELEASED
    assert axlstruct.load("tyro3", mirror=[], offline=True).session.released("2C5D") is None


# Tables as text

CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=6)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.builds(PairRow, CELLS, st.integers(), CELLS, CELLS, CELLS, st.integers(), CELLS, CELLS, NUMBERS), max_size=4))
def test_rows_are_read_back_as_they_were_written(rows: list[PairRow]) -> None:
    assert read_rows(PairRow, table_text(PairRow, rows), "here") == rows


def test_nothing_is_not_zero() -> None:
    row = SlotRow("A", "A", "GLY", "G", "", 7, None, "", "", None, "", "", None, None, 0.0, "")
    assert read_rows(SlotRow, table_text(SlotRow, [row]), "here") == [row]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "columns"),
        ("relative\tposition\n", "columns are not those of this version.*axlstruct release"),
        ("relative\tposition\tplddt\nQ1\tx\t1\n", "line 2"),
        ("relative\tposition\tplddt\nQ1\t1\n", "line 2"),
    ],
)
def test_a_table_of_another_version_is_refused(text: str, words: str) -> None:
    with pytest.raises(TargetError, match=words):
        read_rows(ConfidenceRow, text, "here")


def test_every_table_has_its_kind() -> None:
    assert all(kind_of(name) for name in TABLES)
    with pytest.raises(TargetError, match="tab"):
        table_text(ConfidenceRow, [ConfidenceRow("a\tb", 1, 2.0)])
    assert AtomContactRow  # atom contacts are computed from the stored pairs, not stored


def test_a_record_of_another_version_is_refused(tmp_path: Path, bare: Study) -> None:
    study = copy_of(bare, tmp_path)
    record = tmp_path / "axl" / "released" / RECORD
    record.write_text(record.read_text().replace('"schema": 1', '"schema": 99'))
    with pytest.raises(TargetError, match="schema 1"):
        study.residues("2C5D")


# Verify


@pytest.mark.slow
def test_verify_finds_everything_equal(full: Study) -> None:
    table, good = verify(full.session)
    assert good
    assert {(row.different, row.not_at_hand) for row in table.rows} == {(0, 0)}
    assert {row.structure for row in table.rows} == {
        "2C5D", "4RA0", "AF-P30530", "family", "composite", "composite-hinged", "2C5D-4RA0", "4RA0-2C5D",
    }  # fmt: skip
    assert table.notes == ()
    assert table.columns == ("structure", "table", "rows", "equal", "different", "not_at_hand")


def test_verify_finds_one_changed_cell_a_lost_row_and_another_revision(full: Study, tmp_path: Path) -> None:
    study = copy_of(full, tmp_path)
    ship = tmp_path / "axl" / "released"
    slots = ship / "4RA0" / "residues.tsv"
    text = slots.read_text()
    line = next(line for line in text.splitlines() if "\tGLU\t" in line)
    slots.write_text(text.replace(line, line.replace("\tGLU\t", "\tGLN\t", 1)))
    pairs = ship / "4RA0" / "atom_pairs.tsv"
    lines = pairs.read_text().splitlines(keepends=True)
    pairs.write_text("".join(lines[:5] + lines[6:]))
    record = json.loads((ship / RECORD).read_text())
    record["structures"]["4RA0"]["sha256"] = "0" * 64
    (ship / RECORD).write_text(json.dumps(record))
    table, good = verify(study.session, ["4ra0"])
    assert not good
    found = {row.table: (row.equal, row.different, row.rows - row.equal) for row in table.rows}
    assert (found["residues"][1], found["atom_pairs"][1], found["contacts"][1]) == (1, 1, 0)
    assert all(different == rest for _, different, rest in found.values())
    assert any("another revision of the file" in note and "0" * 64 in note for note in table.notes)
    assert any(note.startswith("4RA0 residues: ") and "'GLN', computed 'GLU'" in note for note in table.notes)
    assert any(note.startswith("4RA0 atom_pairs: only computed: ") for note in table.notes)


def test_verify_without_coordinates_compares_nothing(bare: Study) -> None:
    table, good = verify(bare.session)
    assert not good
    assert {(row.equal, row.different) for row in table.rows} == {(0, 0)}
    assert all(row.not_at_hand == row.rows for row in table.rows)
    assert any(note.startswith("2C5D is not at hand") for note in table.notes)
    with pytest.raises(UsageError, match="5U6B: not released"):
        verify(bare.session, ["5U6B"])


# Making it


def test_without_coordinates_nothing_is_released(bare: Study, tmp_path: Path) -> None:
    with pytest.raises(AxlstructError, match="2C5D is not in the cache"):
        release(bare.session)
    with pytest.raises(UsageError, match="no structure of the target"):
        release(bare.session, ["1IGY"])


@pytest.mark.slow
def test_a_release_replaces_an_earlier_one(full: Study, tmp_path: Path) -> None:
    (tmp_path / "2C5D").mkdir()
    (tmp_path / "2C5D" / "old.tsv").write_text("x\n")
    (tmp_path / "9ZZZ").mkdir()
    (tmp_path / "9ZZZ" / "old.tsv").write_text("x\n")
    made = release(full.session, ["4ra0"])
    files = write_release(made, tmp_path)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == files
    assert not (tmp_path / "9ZZZ").exists()
    again = release(full.session, ["4RA0"])
    assert again.files() == made.files()


# No network


def test_one_probe_tells_that_there_is_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    monkeypatch.setenv("AXLSTRUCT_GATEWAY", f"http://127.0.0.1:{port}")
    study = axlstruct.load("axl", mirror=[], cache=tmp_path)
    shown = study.session.shown("2C5D", enough=Basis.COORDINATES)
    assert shown.basis is Basis.RELEASED
    assert "no server can be reached" in shown.reason
    assert study.session.cache.offline, "no other server is waited for"


def test_the_probe_knocks_at_the_gateway_the_proxy_or_the_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert ("files.rcsb.org", 443) in doors(None)
    monkeypatch.setenv("HTTPS_PROXY", "proxy.example:3128")
    assert doors(None) == (("proxy.example", 3128),)
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert reachable((("127.0.0.1", 1), server.getsockname()[:2]))


@pytest.mark.slow
def test_the_main_job_needs_no_coordinates(tmp_path: Path, bare: Study) -> None:
    summary = run_job(bare.session, tmp_path / "results")
    assert summary.failed == {}
    names = {path.name for path in summary.outputs}
    figures = ("domains", "contact-map", "footprint", "ddg", "evidence", "kinase", "family")
    assert {f"{name}.{kind}" for name in figures for kind in ("png", "svg", "pdf")} <= names
    assert {"residues.tsv", "contacts.tsv", "interactions.tsv", "interfaces.tsv", "report.html", "provenance.json"} <= names
    assert "Computed from coordinates: nothing" in summary.text
    assert "From the released analysis, because coordinates could not be had: 2C5D, 4RA0, AF-P30530" in summary.text
    record = json.loads((tmp_path / "results" / "provenance.json").read_text())
    assert {each["id"]: each["basis"] for each in record["structures"]} == dict.fromkeys(
        ("2C5D", "4RA0", "AF-P30530"), "released analysis"
    )


def test_an_outline_says_what_it_has_not(bare: Study) -> None:
    structure = bare.session.held("2C5D").structure
    assert len(structure.residues) == 1146
    for ask in (lambda s: s.xyz, lambda s: s.model, lambda s: s.gemmi[0], lambda s: list(s.residues[0].gemmi)):
        with pytest.raises(CoordinatesError, match=r"2C5D: this needs coordinates.*axlstruct fetch 2C5D"):
            ask(structure)
