"""Logic never reads prose: no code compares or searches the sentences that are made for readers."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.test_modules import MODULES

PROSE = frozenset({"note", "notes", "named_notes", "reason", "reasons", "what"})
"""Attributes and names that hold sentences."""
SEARCHES = {
    "startswith", "endswith", "find", "rfind", "index", "partition", "rpartition", "split", "removeprefix", "removesuffix",
    "match", "search", "fullmatch", "count",
}  # fmt: skip
DOOR = {"axlstruct.sequence.target": "own.match(note)"}
"""Where words are made for the reader: a note gets the name of its protein unless it has it."""


def is_prose(node: ast.AST) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name in PROSE


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != ""
    )


def reading(text: str) -> Iterator[str]:
    """Expressions that compare a sentence with a text, look for a text in it, or cut it; whether it is empty may be asked."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(map(is_prose, sides)) and (any(map(is_text, sides)) or is_part(node)):
                yield ast.unparse(node)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in SEARCHES
            and any(map(is_prose, (node.func.value, *node.args)))
        ):
            yield ast.unparse(node)


def is_part(node: ast.Compare) -> bool:
    """Whether a value is looked for in one sentence; in several notes it may be told whether one is among them."""
    last = node.comparators[-1]
    name = last.attr if isinstance(last, ast.Attribute) else last.id if isinstance(last, ast.Name) else ""
    return isinstance(node.ops[0], ast.In | ast.NotIn) and name in ("note", "reason", "what")


def test_no_code_reads_a_sentence() -> None:
    found = {(name, words) for name, path in MODULES.items() for words in reading(path.read_text(encoding="utf-8"))}
    assert found == set(DOOR.items())


@pytest.mark.parametrize(
    "code",
    [
        "x = row.note.startswith('read off')", "x = 'chain' in placement.note", "x = error.what == 'timed out'",
        "x = [n for note in map.notes if note.startswith(words)]", "x = mark.reason.partition(': ')",
        "x = pattern.search(row.note)",
        "x = f'exon {n}' in notes", "x = name in row.reason",
    ],
)  # fmt: skip
def test_reading_is_seen(code: str) -> None:
    assert len(list(reading(code))) == 1


@pytest.mark.parametrize("code", ["x = bool(row.note)", "x = row.note == ''", "x = [*map.notes, note]", "x = note not in told"])
def test_handing_on_is_no_reading(code: str) -> None:
    assert list(reading(code)) == []
