"""numpydoc of everything that ``axlstruct.__all__`` lists: each parameter, attribute, return and error is told."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import pytest

import axlstruct


def section(doc: str, title: str) -> list[str]:
    """Names that a section tells, each with what stands behind it; empty where there is no such section.

    >>> section("Words.\\n\\nParameters\\n----------\\na, b : int\\n    Both.\\nc\\n    One.", "Parameters")
    ['a', 'b', 'c']
    """
    rule = "-" * len(title)
    body = doc.partition(f"{title}\n{rule}\n")[2].split("\n\n")[0]
    heads = [line.partition(" : ")[0] for line in body.splitlines() if line[:1].strip()]
    return [name.strip().lstrip("*") for head in heads for name in head.split(",")]


def members(kind: type) -> Iterator[tuple[str, Any]]:
    """Public functions and properties of a class of the package, with the functions behind them."""
    for name, value in vars(kind).items():
        if not name.startswith("_"):
            inner = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
            if inspect.isfunction(inner):
                yield f"{kind.__name__}.{name}", value


def callables() -> Iterator[tuple[str, Any]]:
    for name in axlstruct.__all__:
        value = getattr(axlstruct, name)
        if inspect.isclass(value):
            yield from members(value)
        else:
            yield name, value


CALLABLES = dict(callables())


def raises(function: Callable[..., Any]) -> bool:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    return any(isinstance(node, ast.Raise) for node in ast.walk(tree))


@pytest.mark.parametrize("name", CALLABLES)
def test_functions_and_properties(name: str) -> None:
    value = CALLABLES[name]
    function = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
    doc = inspect.getdoc(function) or ""
    assert doc
    parameters = [each for each in inspect.signature(function).parameters if each not in ("self", "cls")]
    assert section(doc, "Parameters") == parameters or set(section(doc, "Parameters")) == set(parameters)
    if parameters:
        assert section(doc, "Returns")
    if raises(function):
        assert section(doc, "Raises")


CLASSES = [name for name in axlstruct.__all__ if inspect.isclass(getattr(axlstruct, name))]


@pytest.mark.parametrize("name", CLASSES)
def test_classes_tell_their_attributes(name: str) -> None:
    kind = getattr(axlstruct, name)
    doc = inspect.getdoc(kind) or ""
    assert doc
    if is_dataclass(kind):
        assert section(doc, "Attributes") == [field.name for field in fields(kind)]
    elif issubclass(kind, Enum):
        assert section(doc, "Attributes") == list(kind.__members__)
    elif issubclass(kind, Exception):
        assert section(doc, "Parameters") == [each for each in inspect.signature(kind.__init__).parameters if each != "self"]
    if is_dataclass(kind) and hasattr(kind, "__post_init__") and raises(kind.__post_init__):
        assert section(doc, "Raises")
