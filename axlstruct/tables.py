"""Values become tables at the door: one place that knows pandas and file formats."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from axlstruct.errors import UsageError, visible
from axlstruct.writing import write_whole

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ENDINGS", "FORMATS", "Table", "marked", "to_json", "write_whole"]

FORMATS = ("table", "tsv", "csv", "json", "parquet", "xlsx")
ENDINGS = {".tsv": "tsv", ".csv": "csv", ".json": "json", ".parquet": "parquet", ".xlsx": "xlsx"}
"""Endings of files, and the formats that they name."""
BINARY = ("parquet", "xlsx")

_RUN = ("=", "+", "-", "@", "\t", "\r")
"""With these a text begins that a spreadsheet would take for a formula."""
_XLSX_ROWS, _XLSX_LETTERS = 1_048_576, 32_767

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

        ``table`` to read, ``tsv`` and ``csv`` (one header line, no comments), ``json`` (a list of records), ``parquet``,
        ``xlsx``. Texts that a spreadsheet would run are `marked` in ``csv`` and ``xlsx``: there by an apostrophe before them,
        here by the mark of spreadsheets for "this is text", which changes no letter.

        Raises
        ------
        UsageError
            Unknown format, one whose package is not installed, or more than a spreadsheet has room for.
        """
        if format == "json":
            return to_json([dict(zip(self.columns, row, strict=True)) for row in self._values()]).encode()
        if format == "parquet":
            return _parquet(self.frame())
        if format == "xlsx":
            return _xlsx(self.columns, self._values())
        if format not in FORMATS:
            raise UsageError(f"unknown format {format!r}", expected=", ".join(FORMATS))
        if format == "csv":
            return _csv([self.columns, *self._values()])
        cells = [self.columns, *(tuple(map(_cell, row)) for row in self._values())]
        if format == "tsv":
            return "".join("\t".join(line) + "\n" for line in cells).encode()
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        return "".join("  ".join(map(str.ljust, line, widths)).rstrip() + "\n" for line in cells).encode()


def marked(table: Table) -> int:
    """How many cells hold a text that a spreadsheet would run, and that CSV and XLSX therefore mark."""
    return sum(_runs(cell) for row in [table.columns, *table._values()] for cell in row)


def _runs(cell: Any) -> bool:
    """Whether a spreadsheet would take a cell for a formula: a text that begins like one; a lone sign is none."""
    return isinstance(cell, str) and len(cell) > 1 and cell.startswith(_RUN)


def _csv(rows: Iterable[Sequence[Any]]) -> bytes:
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([f"'{_cell(cell)}" if _runs(cell) else _cell(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode()


def _xlsx(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of one sheet; the same table gives the same bytes."""
    import io
    from datetime import datetime

    try:
        import xlsxwriter
    except ImportError:
        raise UsageError("xlsx needs the package XlsxWriter", advice="pip install 'axlstruct[xlsx]'") from None
    if len(rows) >= _XLSX_ROWS:
        raise UsageError("more rows than a spreadsheet has", expected=f"at most {_XLSX_ROWS - 1}", found=str(len(rows)))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False}) as book:
        book.set_properties({"created": datetime(1980, 1, 1)})
        sheet = book.add_worksheet("axlstruct")
        bold, text = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
        for place, name in enumerate(columns):
            sheet.write_string(0, place, visible(name), bold)
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                if isinstance(cell, bool):
                    sheet.write_boolean(number, place, cell)
                elif isinstance(cell, int | float) and math.isfinite(cell):
                    sheet.write_number(number, place, cell)
                elif cell is not None and (shown := _cell(cell)):
                    if len(shown) > _XLSX_LETTERS:
                        raise UsageError(
                            "a text too long for a cell", where=f"row {number}, {columns[place]}", advice="write TSV"
                        )
                    sheet.write_string(number, place, shown, text if _runs(cell) else None)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


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
    """JSON as axlstruct writes it everywhere; what a terminal would act on is written as an escape, and means the same."""
    text = json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False)
    return _ACTS.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


_ACTS = re.compile("[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]")


def _cell(value: Any) -> str:
    """A value as text; tabs and line ends would break a row, control characters a terminal."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:z.4f}".rstrip("0").rstrip(".")
    return visible(" ".join(value.split())) if isinstance(value, str) else str(value)
