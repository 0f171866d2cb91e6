"""One registry of tables: names, makers, classes of rows and options in it are true; facade and command line use it."""

from __future__ import annotations

import ast
import inspect
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from axlstruct import cli
from axlstruct.errors import UsageError
from axlstruct.study import facade, registry
from axlstruct.study.facade import Study
from axlstruct.study.registry import TABLES, TableKind
from axlstruct.study.structures import StructureRow
from axlstruct.tables import Table
from tests.support.shared_files import mirror

NOUNS: dict[str, tuple[str, ...]] = {
    "where": ("Y702",), "residues": ("2C5D",), "contacts": ("2C5D",), "interactions": ("2C5D",), "interfaces": ("2C5D",),
    "consensus": ("2C5D",), "sums": ("2C5D",), "compare": ("2C5D", "4RA0"), "translate": ("Y702",), "variants": ("R103Q",),
    "best": ("Y702",), "evidence": ("sites",),
}  # fmt: skip


@pytest.mark.parametrize("kind", TABLES.values(), ids=lambda kind: kind.name)
def test_each_entry_is_true(kind: TableKind, study: Study) -> None:
    mirror("2c5d.cif"), mirror("4ra0.cif"), mirror("AF-P30530-F1.pdb")
    assert kind.row_classes
    assert all(is_dataclass(rows) for rows in kind.row_classes)
    table = study.table(kind.name, *NOUNS.get(kind.name, ()))
    assert len(table)
    assert table.kind in kind.row_classes
    assert {type(row) for row in table} == {table.kind}


@pytest.mark.parametrize("name", [name for name in TABLES if name not in ("structures", "where", "composite")])
def test_the_method_of_the_name_gives_the_same_rows_as_a_frame(name: str, study: Study) -> None:
    mirror("2c5d.cif"), mirror("4ra0.cif"), mirror("AF-P30530-F1.pdb")
    nouns = NOUNS.get(name, ())
    assert getattr(study, name)(*nouns).equals(study.table(name, *nouns).frame())


@pytest.mark.parametrize("name", [name for name in TABLES if name not in ("structures", "where", "composite")])
def test_a_method_takes_the_options_of_its_table(name: str) -> None:
    """Names, kinds and defaults; areas of the family are fixed."""
    theirs = {p.name: p for p in inspect.signature(TABLES[name].make).parameters.values() if p.name not in ("session", "areas")}
    ours = {p.name: p for p in inspect.signature(getattr(Study, name)).parameters.values() if p.name not in ("self", "areas")}
    assert {key: (p.kind, p.default) for key, p in ours.items()} == {key: (p.kind, p.default) for key, p in theirs.items()}


def test_the_command_line_asks_the_registry() -> None:
    """Every table of a command comes from it by a name that is there; only answers in several forms are made otherwise."""
    named = set()
    for path in Path(str(cli.__file__)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "table":
                named |= {each.value for each in node.args[:1] if isinstance(each, ast.Constant)}
    assert named == set(TABLES) - {"where", "structures"}


@pytest.mark.slow
def test_the_page_of_the_docs_is_made_from_it() -> None:
    """Make it anew with ``python -c "from axlstruct.study.registry import tables_page; print(tables_page(), end='')"``."""
    page = Path(__file__).parents[2] / "docs" / "tables.md"
    assert page.read_text(encoding="utf-8") == registry.tables_page()


def test_a_made_up_table_is_one_entry(bare: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True)
    class LengthRow:
        protein: str
        residues: int

    def length_table(session: Any, *, least: int = 0) -> Table:
        return Table(LengthRow, [LengthRow(p.name, len(p)) for p in session.target.proteins if len(p) >= least])

    monkeypatch.setattr(registry, "length_table", length_table, raising=False)
    entry = TableKind("lengths", "how long the proteins are", "registry.length_table", ())
    monkeypatch.setitem(TABLES, "lengths", entry)
    assert [(row.protein, row.residues) for row in bare.table("lengths", least=700)] == [("AXL", 894)]
    assert entry.options == ("least",)


@pytest.mark.parametrize(("name", "options"), [("contact", {}), ("contacts", {}), ("structures", {"cutof": 4})])
def test_no_such_table_noun_or_option(bare: Study, name: str, options: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="expected"):
        bare.table(name, **options)


def test_structures_say_what_is_at_hand_and_print_as_a_table(bare: Study, study: Study) -> None:
    rows = {row.id: row for row in bare.structures}
    assert list(rows) == [entry.id for entry in bare.target.structures]
    assert rows["2C5D"] == StructureRow(
        "2C5D", bare.target.structures[0].role, "X-RAY DIFFRACTION", 3.3, rows["2C5D"].chains, True, True, False, True,
        "coordinates not at hand (axlstruct fetch 2C5D)",
    )  # fmt: skip
    assert rows["2C5D"].chains == "AXL C,D; GAS6 A,B"
    assert str(bare.structures).splitlines()[0].split()[:4] == ["id", "role", "method", "resolution"]
    mirror("2c5d.cif")
    (here,) = [row for row in study.structures if row.id == "2C5D"]
    assert (here.chains, here.resolution, here.at_hand, here.note) == ("AXL C,D; GAS6 A,B", 3.3, True, "")


def test_the_facade_is_thin() -> None:
    """At most 200 lines beside docstrings, and about thirty names."""
    text = Path(facade.__file__).read_text(encoding="utf-8")
    tree = ast.parse(text)
    (study,) = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    told = {
        line
        for node in ast.walk(study)
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
        for line in range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)
    }
    lines = text.splitlines()
    code = [n for n in range(study.lineno, (study.end_lineno or 0) + 1) if n not in told and lines[n - 1].strip()]
    names = [node.name for node in study.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    assert len(code) <= 200
    assert len(names) <= 30


def public(kind: type) -> list[Any]:
    return [
        value.fget if isinstance(value, property) else value for name, value in vars(kind).items() if not name.startswith("_")
    ]


@pytest.mark.parametrize("function", [*public(Study), facade.load], ids=lambda function: function.__name__)
def test_every_parameter_return_and_error_is_documented(function: Any) -> None:
    """numpydoc: a section for parameters that names each, returns and raises; an attribute needs its sentence."""
    doc = inspect.getdoc(function) or ""
    assert doc
    parameters = [p for p in inspect.signature(function).parameters if p != "self"]
    if parameters:
        section = doc.partition("Parameters\n----------")[2].partition("\n\n")[0]
        heads = [line.split(" : ")[0] for line in section.splitlines() if line[:1].strip()]
        told = {name.strip().lstrip("*") for head in heads for name in head.split(",")}
        assert told == set(parameters)
        assert "Returns\n-------" in doc
        assert "Raises\n------" in doc or function.__name__ in ("translate",)
