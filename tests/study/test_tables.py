"""Values become tables at the door: columns, missing values, formats, whole files."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from axlstruct.errors import OutputError, UsageError
from axlstruct.tables import FORMATS, Table, marked, to_json, write_whole


@dataclass(frozen=True)
class Row:
    chain: str
    number: int | None
    plddt: float | None
    count: int = 0


ROWS = [Row("A", 59, 56.25, 2), Row("B", None, None)]
TABLE, NOTHING = Table(Row, ROWS), Table(Row, [])


def test_missing_integers_stay_missing_and_whole() -> None:
    frame = TABLE.frame()
    assert [str(kind) for kind in frame.dtypes[1:]] == ["Int64", "Float64", "Int64"]
    assert frame.number[0] == 59
    assert frame.number[1] is pd.NA
    assert frame.plddt.isna().tolist() == [False, True]
    assert frame["count"].tolist() == [2, 0], "what is 0 is not missing"


def test_an_empty_table_keeps_its_columns_and_kinds() -> None:
    frame = NOTHING.frame()
    assert (frame.columns.tolist(), len(frame)) == (["chain", "number", "plddt", "count"], 0)
    assert str(frame.dtypes["number"]) == "Int64"
    assert NOTHING.render("tsv") == b"chain\tnumber\tplddt\tcount\n"
    assert NOTHING.render("json") == b"[]\n"
    assert NOTHING.render("table").split() == [b"chain", b"number", b"plddt", b"count"]
    assert pd.read_parquet(io.BytesIO(NOTHING.render("parquet"))).columns.tolist() == frame.columns.tolist()


def test_tsv_is_one_header_line_and_no_comments() -> None:
    assert TABLE.render("tsv") == b"chain\tnumber\tplddt\tcount\nA\t59\t56.25\t2\nB\t\t\t0\n"


def test_json_is_a_list_of_records_with_null() -> None:
    assert json.loads(TABLE.render("json")) == [
        {"chain": "A", "number": 59, "plddt": 56.25, "count": 2},
        {"chain": "B", "number": None, "plddt": None, "count": 0},
    ]


def test_a_table_to_read_is_aligned() -> None:
    lines = TABLE.render("table").decode().splitlines()
    assert lines[0].split() == ["chain", "number", "plddt", "count"]
    assert {line.index(word) for line, word in zip(lines, ("number", "59"), strict=False)} == {lines[0].index("number")}
    assert lines[2].split() == ["B", "0"]


def test_parquet_comes_back_as_it_went() -> None:
    frame = pd.read_parquet(io.BytesIO(TABLE.render("parquet")))
    pd.testing.assert_frame_equal(frame, TABLE.frame(), check_dtype=False)
    assert frame.number.isna().tolist() == [False, True]


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=f"unknown format 'xml' .expected {', '.join(FORMATS)}"):
        TABLE.render("xml")


def test_text_with_tabs_and_line_ends_stays_in_its_cell() -> None:
    lines = Table(Row, [Row("A\tB\nC", 1, 2.0)]).render("tsv").decode().splitlines()
    assert len(lines) == 2
    assert len(lines[1].split("\t")) == 4


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.0, "2"), (2.5, "2.5"), (0.0, "0"), (10.0, "10"), (3.99996, "4"), (1e-9, "0"), (-1e-9, "0"), (-2.5, "-2.5")],
)
def test_numbers_are_short_and_zero_has_no_sign(value: float, text: str) -> None:
    assert Table(Row, [Row("A", 1, value)]).render("tsv").decode().splitlines()[1].split("\t")[2] == text


def test_json_has_no_nan() -> None:
    """NaN is no JSON: other programs cannot read it."""
    with pytest.raises(ValueError, match="JSON"):
        to_json(float("nan"))
    assert to_json({"Å": 1}) == '{\n "Å": 1\n}\n'


@given(
    st.lists(
        st.builds(Row, st.text(st.characters(categories=["L", "N"]), min_size=1), st.none() | st.integers(-999, 99999), st.none())
    )
)
def test_all_formats_tell_the_same(rows: list[Row]) -> None:
    table = Table(Row, rows)
    tsv = [line.split("\t") for line in table.render("tsv").decode().split("\n")[1:-1]]
    assert [[r["chain"], "" if r["number"] is None else str(r["number"])] for r in json.loads(table.render("json"))] == [
        line[:2] for line in tsv
    ]
    assert len(table) == len(table.frame()) == len(tsv)


def test_a_file_is_replaced_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "residues.tsv"
    write_whole(path, b"old")
    write_whole(path, b"new")
    assert [found.name for found in tmp_path.iterdir()] == ["residues.tsv"]
    assert path.read_bytes() == b"new"


def test_a_write_that_breaks_off_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "residues.tsv"
    write_whole(path, b"old")

    def broken(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", broken)
    with pytest.raises(OutputError, match=r"residues\.tsv: cannot write: No space left on device"):
        write_whole(path, b"new")
    assert {found.name: found.read_text() for found in tmp_path.iterdir()} == {"residues.tsv": "old"}


@pytest.mark.parametrize("place", ["folder", "file/residues.tsv"])
def test_where_nothing_can_be_written_is_said(place: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write"):
        write_whole(tmp_path / place, b"new")
    assert sorted(found.name for found in tmp_path.iterdir()) == ["file", "folder"]


@dataclass(frozen=True)
class Text:
    text: str
    number: int | None = None
    share: float | None = None
    yes: bool | None = None


HOSTILE = [
    "=1+1", "+1", "-1+1|cmd", "@SUM(A1)", "\t=1", "-", "+", "1-2", "a=b", "\x1b[31mred\x1b[0m", "\u202edcba", "\ud800", "x\x9b2J",
]  # fmt: skip


def test_what_a_spreadsheet_would_run_is_marked_and_counted() -> None:
    table = Table(Text, [Text(text) for text in HOSTILE])
    rows = list(csv.reader(io.StringIO(table.render("csv").decode())))
    assert [row[0] for row in rows[1:9]] == ["'=1+1", "'+1", "'-1+1|cmd", "'@SUM(A1)", "'=1", "-", "+", "1-2"]
    assert marked(table) == 5
    assert marked(Table(Text, [Text("x", -5, -0.5)])) == 0, "numbers are no text"


def test_csv_quotes_what_it_must() -> None:
    rows = [Text('a "b", c', 5, 0.25, True), Text("", None)]
    assert Table(Text, rows).render("csv") == b'text,number,share,yes\n"a ""b"", c",5,0.25,True\n,,,\n'


def cells(workbook: bytes) -> list[list[tuple[str, str]]]:
    """Type and text of each cell of the sheet, as the file says it."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        shared = [
            "".join(t.text or "" for t in item.iter(f"{space}t"))
            for item in ElementTree.fromstring(file.read("xl/sharedStrings.xml")).iter(f"{space}si")
        ]
        sheet = ElementTree.fromstring(file.read("xl/worksheets/sheet1.xml"))
    assert not list(sheet.iter(f"{space}f")), "no formula"
    return [
        [
            ("s", shared[int(cell.findtext(f"{space}v") or 0)]) if cell.get("t") == "s"
            else (cell.get("t") or "n", cell.findtext(f"{space}v") or "")
            for cell in row.iter(f"{space}c")
        ]
        for row in sheet.iter(f"{space}row")
    ]  # fmt: skip


def test_xlsx_holds_numbers_as_numbers_and_runs_nothing() -> None:
    pytest.importorskip("xlsxwriter")
    table = Table(Text, [Text("=1+1", -5, 0.5, True), Text("http://x.org", None, float("nan"))])
    assert cells(table.render("xlsx")) == [
        [("s", "text"), ("s", "number"), ("s", "share"), ("s", "yes")],
        [("s", "=1+1"), ("n", "-5"), ("n", "0.5"), ("b", "1")],
        [("s", "http://x.org"), ("s", "nan")],
    ]
    assert table.render("xlsx") == table.render("xlsx")
    with zipfile.ZipFile(io.BytesIO(table.render("xlsx"))) as file:
        assert b'quotePrefix="1"' in file.read("xl/styles.xml")
    assert cells(NOTHING.render("xlsx")) == [[("s", "chain"), ("s", "number"), ("s", "plddt"), ("s", "count")]]
    with pytest.raises(UsageError, match="too long for a cell"):
        Table(Text, [Text("x" * 40_000)]).render("xlsx")


@pytest.mark.parametrize("format", ["table", "tsv", "csv", "json"])
def test_no_cell_acts_on_a_terminal(format: str) -> None:
    table = Table(Text, [Text(text) for text in HOSTILE])
    shown = table.render(format).decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]", shown)
    if format == "json":
        assert [record["text"] for record in json.loads(shown)] == HOSTILE, "escaped, it means the same"
