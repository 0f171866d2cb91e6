"""Values become tables at the door: one place that knows pandas and file formats."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axlstruct.errors import OutputError, UsageError

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("table", "tsv", "json", "parquet")

_HEAD = 20
"""Rows that a table shows of itself at a prompt."""


@dataclass(frozen=True)
class Table:
    """Rows of one kind.

    Attributes
    ----------
    kind : type
        A dataclass whose annotated fields are the columns.
    rows : sequence
        Instances of it.
    notes : tuple of str
        What a reader must know of them; never part of the table.
    beside : sequence of mapping of str to str
        Further columns that a user gave and gets back, one mapping a row, before ours; empty for none. A name that is ours too
        gets ``given_`` before it.
    """

    kind: type
    rows: Sequence[Any]
    notes: tuple[str, ...] = ()
    beside: Sequence[Mapping[str, str]] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __str__(self) -> str:
        return self.render("table").decode().rstrip("\n")

    def __repr__(self) -> str:
        head = replace(self, rows=self.rows[:_HEAD], beside=self.beside[:_HEAD])
        return str(head) + (f"\n... {len(self)} rows of {self.kind.__name__}" if len(self) > _HEAD else "")

    def _repr_html_(self) -> str:
        """The table in a notebook."""
        html: str = self.frame()._repr_html_()  # type: ignore[operator]
        return html

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns; they are there even if there is no row."""
        return (*self._given, *self._own)

    @property
    def _own(self) -> tuple[str, ...]:
        return tuple(field.name for field in fields(self.kind))

    @property
    def _given(self) -> dict[str, str]:
        """Names of the further columns in the table, and in what the user gave."""
        names = dict.fromkeys(name for row in self.beside for name in row)
        return {f"given_{name}" if name in self._own else name: name for name in names}

    def _values(self) -> list[tuple[Any, ...]]:
        """The cells, a tuple a row."""
        given, own = tuple(self._given.values()), self._own
        rows = [tuple(getattr(row, name) for name in own) for row in self.rows]
        if not given:
            return rows
        return [tuple(more.get(name, "") for name in given) + row for more, row in zip(self.beside, rows, strict=True)]

    def frame(self) -> pd.DataFrame:
        """The table as a DataFrame: integer columns are nullable (``Int64``), what is not there is missing, never 0."""
        import pandas as pd

        kinds = {field.name: _dtype(str(field.type)) for field in fields(self.kind)}
        columns = zip(*self._values(), strict=True) if self.rows else ([] for _ in self.columns)
        return pd.DataFrame(
            {
                name: pd.array(list(cells), dtype=kinds.get(name, "object"))
                for name, cells in zip(self.columns, columns, strict=True)
            }
        )

    def render(self, format: str) -> bytes:
        """The table in one of the formats.

        ``table`` to read, ``tsv`` (one header line, no comments), ``json`` (a list of records), ``parquet``.

        Raises
        ------
        UsageError
            Unknown format, or parquet without the package that writes it.
        """
        if format == "json":
            return to_json([dict(zip(self.columns, row, strict=True)) for row in self._values()]).encode()
        if format == "parquet":
            return _parquet(self.frame())
        if format not in FORMATS:
            raise UsageError(f"unknown format {format!r}", expected=", ".join(FORMATS))
        cells = [self.columns, *(tuple(map(_cell, row)) for row in self._values())]
        if format == "tsv":
            return "".join("\t".join(line) + "\n" for line in cells).encode()
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        return "".join("  ".join(map(str.ljust, line, widths)).rstrip() + "\n" for line in cells).encode()


def _dtype(annotation: str) -> Any:
    if annotation.startswith("int"):
        return "Int64"
    if annotation.startswith("float"):
        return "Float64"
    return "boolean" if annotation.startswith("bool") else "object"


def _parquet(frame: pd.DataFrame) -> bytes:
    import io

    buffer = io.BytesIO()
    try:
        frame.to_parquet(buffer, index=False)
    except ImportError:
        raise UsageError("parquet needs the package pyarrow", advice="pip install 'axlstruct[parquet]'") from None
    return buffer.getvalue()


def to_json(value: Any) -> str:
    """JSON as axlstruct writes it everywhere."""
    return json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _cell(value: Any) -> str:
    """A value as text; tabs and line ends would break a row."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:z.4f}".rstrip("0").rstrip(".")
    return " ".join(str(value).split()) if isinstance(value, str) else str(value)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all; raises OutputError where it cannot be written."""
    if path.is_dir() or not path.name:
        raise OutputError("cannot write: a folder", where=str(path), advice="name a file")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"cannot write: {error.strerror}", where=str(path)) from None
