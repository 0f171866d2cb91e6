"""The evidence tables that a target has, all at once."""

from __future__ import annotations

from axlstruct.errors import AxlstructError
from axlstruct.evidence.registry import TABLES
from axlstruct.sequence.notation import parse
from axlstruct.study.measured import measured_rows
from axlstruct.study.session import Session
from axlstruct.study.where import others_meant, resolve
from axlstruct.tables import Table


def evidence_tables(session: Session) -> tuple[dict[str, Table], list[str]]:
    """Evidence tables that have rows, by name, and notes.

    A table that the target does not have is left out; one that breaks its schema too, and that is said in a note.
    """
    found: dict[str, Table] = {}
    notes = []
    for name in TABLES:
        if not session.evidence.has(name):
            continue
        try:
            table = evidence_table(session, name)
        except AxlstructError as error:
            notes.append(f"evidence table {name} is left out: {error}")
        else:
            found |= {name: table} if len(table) else {}
    return found, notes


def evidence_table(session: Session, table: str, region: str | None = None) -> Table:
    """See `axlstruct.study.facade.Study.evidence`."""
    rows = session.evidence.rows(table, region)
    also = _also(session, region)
    if table == "affinity" and rows:
        rows, notes = measured_rows(session, rows)
        return Table(TABLES[table], rows, (*also, *notes))
    where = f"that speak of {region}" if region else f"for the target {session.target.name}"
    return Table(TABLES[table], rows, also if rows else (*also, f"there are no {table} rows {where}"))


def _also(session: Session, region: str | None) -> tuple[str, ...]:
    """Other residues that a region named by one residue may mean, with what they touch."""
    try:
        asked = parse(region or "")
        return tuple(map(str, others_meant(session, asked, *resolve(session, asked))))
    except AxlstructError:
        return ()
