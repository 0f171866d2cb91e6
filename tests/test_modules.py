"""The modules as a graph: no circle, type-checking imports and those within functions counted."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
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
    """Only the command line and the doors of the package and of the room name `axlstruct.study.facade`."""
    known = frozenset(MODULES)
    above = [
        name
        for name, path in MODULES.items()
        if "axlstruct.study.facade" in imported(ast.parse(path.read_text(encoding="utf-8")), known)
    ]
    assert [name for name in above if name.split(".")[1:] not in ([], ["study"]) and name.split(".")[1] != "cli"] == []


def public_classes() -> dict[str, list[str]]:
    """Modules of each public class, by its name."""
    found: dict[str, list[str]] = {}
    for name, path in MODULES.items():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(name)
    return found


def test_no_two_public_classes_share_a_name() -> None:
    assert {name: where for name, where in public_classes().items() if len(where) > 1} == {}


def named_in_docstrings() -> Iterator[tuple[str, str]]:
    """Module and each dotted name of the package between single backticks in its docstrings and strings below names."""
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
                for match in re.finditer(r"(?<!`)`(axlstruct(?:\.\w+)+)(?:\(\))?`(?!`)", node.value.value):
                    yield name, match[1]


def exists(dotted: str) -> bool:
    """Whether a module, or something in one, has that name.

    >>> exists("axlstruct.study.facade.Study.where"), exists("axlstruct.study.facade.Study.nowhere"), exists("axlstruct.nothing")
    (True, False, False)
    """
    parts = dotted.split(".")
    cut = next(n for n in range(len(parts), 0, -1) if ".".join(parts[:n]) in MODULES)
    found: object = import_module(".".join(parts[:cut]))
    for part in parts[cut:]:
        annotated = getattr(found, "__annotations__", {})
        if not hasattr(found, part) and part not in annotated:
            return False
        found = getattr(found, part, None)
    return True


def test_every_name_of_the_package_in_a_docstring_exists() -> None:
    named = list(named_in_docstrings())
    assert len(named) > 50
    assert [(where, dotted) for where, dotted in named if not exists(dotted)] == []


METAPHORS = frozenset(["shelf", "plate", "stage", "lens", "ink", "apart", "beside", "together", "card", "said"])
"""Words of `docs/architecture.md` and its plan that no public name has: what they stood for has a term of the field."""


def test_public_names_are_terms() -> None:
    """Whole words of names of public classes and functions, ``say`` of the command line apart."""
    found = set()
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
                words = re.findall(r"[A-Z]?[a-z]+", node.name)
                if METAPHORS & {word.lower() for word in words}:
                    found.add(f"{name}.{node.name}")
    assert found == set()
