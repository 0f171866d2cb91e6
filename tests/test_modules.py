"""The modules as a graph: no circle, type-checking imports and those within functions counted."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import axlstruct

ROOT = Path(axlstruct.__file__).parent


def module_name(path: Path) -> str:
    """The dotted name of a file.

    >>> module_name(ROOT / "study" / "__init__.py"), module_name(ROOT / "errors.py")
    ('axlstruct.study', 'axlstruct.errors')
    """
    return ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for path in sorted(ROOT.rglob("*.py"))}


def imported(tree: ast.AST, known: frozenset[str]) -> Iterator[str]:
    """Modules of the package that a source imports, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in known else node.module for name in inner if name in known or node.module in known)


def circle(sources: dict[str, str]) -> list[str]:
    """A circle of modules, first and last the same; empty where there is none."""
    graph = {name: set(imported(ast.parse(text), frozenset(sources))) - {name} for name, text in sources.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_circle() -> None:
    assert circle({name: path.read_text(encoding="utf-8") for name, path in MODULES.items()}) == []


@pytest.mark.parametrize(
    "back",
    ["from a import x", "import a", "def f():\n    from a import x", "if TYPE_CHECKING:\n    from a import x"],
)
def test_a_circle_is_seen_wherever_the_import_stands(back: str) -> None:
    assert set(circle({"a": "import b", "b": back, "c": "import a"})) == {"a", "b"}


def test_collaborators_do_not_know_the_facade() -> None:
    """Only the command line and the package itself name `axlstruct.study.facade`."""
    known = frozenset(MODULES)
    above = [
        name
        for name, path in MODULES.items()
        if "axlstruct.study.facade" in imported(ast.parse(path.read_text(encoding="utf-8")), known)
    ]
    assert [name for name in above if name.split(".")[1:2] not in ([], ["cli"])] == []
