"""Values become tables at the door: one place that knows pandas and file formats."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axlstruct.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("table", "tsv", "json", "parquet")


def frame(rows: Sequence[Any], kind: type) -> pd.DataFrame:
    """A DataFrame of dataclass rows; the columns are there even if there is no row.

    Integer columns are nullable (``Int64``), text is text, and what is not there is missing, never 0.

    Parameters
    ----------
    rows : sequence
        Instances of ``kind``.
    kind : type
        A dataclass with annotated fields.
    """
    import pandas as pd

    columns = {}
    for field in fields(kind):
        values = [getattr(row, field.name) for row in rows]
        columns[field.name] = pd.array(values, dtype=_dtype(str(field.type)))
    return pd.DataFrame(columns)


def _dtype(annotation: str) -> Any:
    if annotation.startswith("int"):
        return "Int64"
    if annotation.startswith("float"):
        return "Float64"
    return "boolean" if annotation.startswith("bool") else "object"


def render(table: pd.DataFrame, format: str) -> bytes:
    """A table in one of the formats: ``table`` to read, ``tsv`` (one header line), ``json`` (a list of records), ``parquet``.

    Raises
    ------
    UsageError
        Unknown format, or parquet without the package that writes it.
    """
    if format == "tsv":
        return table.to_csv(sep="\t", index=False, lineterminator="\n", float_format=_short).encode()
    if format == "json":
        return to_json(json.loads(table.to_json(orient="records", double_precision=4))).encode()
    if format == "table":
        text = table.map(_cell).to_string(index=False, justify="left") if len(table) else " ".join(table.columns)
        return (text + "\n").encode()
    if format == "parquet":
        import io

        buffer = io.BytesIO()
        try:
            table.to_parquet(buffer, index=False)
        except ImportError:
            raise UsageError("parquet needs the package pyarrow", advice="pip install 'axlstruct[parquet]'") from None
        return buffer.getvalue()
    raise UsageError(f"unknown format {format!r}", expected=", ".join(FORMATS))


def to_json(value: Any) -> str:
    """JSON as axlstruct writes it everywhere."""
    return json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _short(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _cell(value: Any) -> str:
    import pandas as pd

    if value is None or value is pd.NA or value != value:
        return ""
    return _short(value) if isinstance(value, float) else str(value)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all; raises UsageError where it cannot be written."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"cannot write: {error.strerror}", where=str(path)) from None
