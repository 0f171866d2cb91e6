"""The evidence tables that a target has, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axlstruct.errors import AxlstructError
from axlstruct.evidence.rows import TABLES
from axlstruct.tables import Table

if TYPE_CHECKING:
    from axlstruct.study.facade import Study


def evidence_tables(study: Study) -> tuple[dict[str, Table], list[str]]:
    """Evidence tables that have rows, by name, and notes.

    A table that the target does not have is left out; one that breaks its schema too, and that is said in a note.
    """
    found: dict[str, Table] = {}
    notes = []
    for name in TABLES:
        if name != "sites" and not (study.evidence_folder / f"{name}.tsv").is_file():
            continue
        try:
            table = study.evidence_table(name)
        except AxlstructError as error:
            notes.append(f"evidence table {name} is left out: {error}")
        else:
            found |= {name: table} if len(table) else {}
    return found, notes
