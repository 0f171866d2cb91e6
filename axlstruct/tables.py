"""Values become tables at the door: one place that knows pandas and file formats."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axlstruct.errors import OutputError, UsageError

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("table", "tsv", "json", "parquet")


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
    """

    kind: type
    rows: Sequence[Any]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns; they are there even if there is no row."""
        return tuple(field.name for field in fields(self.kind))

    def frame(self) -> pd.DataFrame:
        """The table as a DataFrame: integer columns are nullable (``Int64``), what is not there is missing, never 0."""
        import pandas as pd

        kinds = {field.name: _dtype(str(field.type)) for field in fields(self.kind)}
        return pd.DataFrame(
            {name: pd.array([getattr(row, name) for row in self.rows], dtype=kind) for name, kind in kinds.items()}
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
            return to_json([{name: getattr(row, name) for name in self.columns} for row in self.rows]).encode()
        if format == "parquet":
            return _parquet(self.frame())
        if format not in FORMATS:
            raise UsageError(f"unknown format {format!r}", expected=", ".join(FORMATS))
        columns = self.columns
        cells = [columns, *(tuple(_cell(getattr(row, name)) for name in columns) for row in self.rows)]
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
