"""Rows of tables with only the columns that a test speaks of; the others are empty."""

from dataclasses import fields


def row(kind, **given):
    """A row of a kind: text not given is empty, a number that may be missing is, any other is 0."""
    empty = {f.name: "" if f.type == "str" else None if "None" in str(f.type) else 0 for f in fields(kind)}
    assert set(given) <= set(empty), set(given) - set(empty)
    return kind(**(empty | given))
