"""Hold the released analysis against coordinates, cell by cell."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from axlstruct.errors import AxlstructError, UsageError
from axlstruct.sources.names import canonical
from axlstruct.sources.released import COMPOSITES, FAMILY, read_table
from axlstruct.study.release import compare_tables, composite_tables, family_tables, structure_tables
from axlstruct.study.session import Basis
from axlstruct.tables import Table

if TYPE_CHECKING:
    from axlstruct.sources.released import ReleasedFolder
    from axlstruct.study.session import Session

TOLERANCE = 1e-6
"""By which two numbers may differ, absolute or of their size: the last bits of another machine."""
NAMED = 3
"""Differences that are named of each table."""


@dataclass(frozen=True, slots=True)
class VerifyRow:
    """A released table held against the same table computed from coordinates now.

    Attributes
    ----------
    structure, table
        A structure with one of its tables; ``family`` and the composites stand for several.
    rows
        Of both tables laid side by side.
    equal, different, not_at_hand
        Rows of which every cell is equal; rows with a cell that differs, or that one of the tables has not; rows of which nothing
        can be said because coordinates are not at hand. Their sum is ``rows``.
    """

    structure: str
    table: str
    rows: int
    equal: int
    different: int
    not_at_hand: int


def verify(session: Session, names: Sequence[str] = ()) -> tuple[Table, bool]:
    """Compute the released tables anew and compare.

    Parameters
    ----------
    session : Session
    names : sequence of str
        Structures; by default all that are released, the relatives and the composites.

    Returns
    -------
    table : Table of VerifyRow
        Its notes name the first differences, files of another revision, and what is not at hand.
    good : bool
        Whether something was compared, nothing differs, and all that was named is at hand.

    Raises
    ------
    UsageError
        Nothing is released of the target, or not of a structure that is named.
    """
    release = session.release
    if release is None or not release.ids:
        raise UsageError("nothing is released of this target", where=session.target.name, advice="axlstruct release")
    asked = [canonical(name) for name in names]
    if unknown := [id for id in asked if id not in release.ids]:
        raise UsageError("not released", where=", ".join(unknown), expected=", ".join(release.ids))
    rows: list[VerifyRow] = []
    notes: list[str] = []
    gone: list[str] = []
    for id in asked or release.ids:
        _of_structure(session, release, id, rows, notes, gone)
    if not asked:
        _of_comparisons(session, release, rows, notes)
        _of_relatives(session, release, rows, notes)
        _of_composites(session, release, rows, notes)
    compared = sum(row.equal + row.different for row in rows)
    good = bool(compared) and not any(row.different for row in rows) and not (asked and gone)
    return Table(VerifyRow, rows, tuple(notes)), good


def _of_structure(
    session: Session, release: ReleasedFolder, id: str, rows: list[VerifyRow], notes: list[str], gone: list[str]
) -> None:
    stored = release.get(id)
    assert stored is not None
    try:
        record = session.library.get(id).provenance
        computed = structure_tables(session, id)
    except AxlstructError as error:
        rows += [_absent(id, name, stored.rows(name)) for name in stored.tables]
        notes.append(f"{id} is not at hand: {error}")
        gone.append(id)
        return
    if record.sha256 != stored.facts["sha256"]:
        notes.append(
            f"{id}: another revision of the file: released from {stored.facts['source']}, sha256 {stored.facts['sha256']}; "
            f"compared with sha256 {record.sha256}"
        )
    for name in dict.fromkeys((*stored.tables, *computed)):
        rows.append(_compared(id, name, stored.rows(name), computed.get(name, []), notes))


def _of_relatives(session: Session, release: ReleasedFolder, rows: list[VerifyRow], notes: list[str]) -> None:
    told = release.record.get("family", ())
    if not told:
        return
    stored = {name: read_table(release.path / "family", name) for name in FAMILY}
    try:
        now, computed = family_tables(session)
    except AxlstructError as error:
        rows += [_absent("family", name, stored[name]) for name in FAMILY]
        notes.append(f"the models of the relatives are not at hand: {error}")
        return
    for before, after in zip(told, now, strict=False):
        if before["sha256"] != after["sha256"]:
            notes.append(f"AF-{before['relative']}: another revision of the file: sha256 {after['sha256']}")
    rows += [_compared("family", name, stored[name], computed[name], notes) for name in FAMILY]


def _of_comparisons(session: Session, release: ReleasedFolder, rows: list[VerifyRow], notes: list[str]) -> None:
    for folder in release.record.get("compare", ()):
        stored = read_table(release.path / folder, "compare")
        ids = [id for id in release.ids if id in folder]
        if any(session.shown(id, enough=Basis.COORDINATES).basis is not Basis.COORDINATES for id in ids):
            rows.append(_absent(folder, "compare", stored))
            continue
        computed = compare_tables(session, ids)[folder]
        rows.append(_compared(folder, "compare", stored, computed.rows, notes))


def _of_composites(session: Session, release: ReleasedFolder, rows: list[VerifyRow], notes: list[str]) -> None:
    try:
        computed = composite_tables(session, release.ids) if release.record.get("composite") else {}
    except AxlstructError as error:
        computed = {}
        notes.append(f"no composite without coordinates: {error}")
    for folder in COMPOSITES.values():
        for name in release.record.get("composite", {}).get(folder, {}).get("tables", ()):
            stored = read_table(release.path / folder, name)
            if folder in computed:
                rows.append(_compared(folder, name, stored, computed[folder][1].get(name, []), notes))
            else:
                rows.append(_absent(folder, name, stored))


def _absent(structure: str, name: str, stored: Sequence[Any]) -> VerifyRow:
    return VerifyRow(structure, name, len(stored), 0, 0, len(stored))


def _compared(structure: str, name: str, stored: Sequence[Any], computed: Sequence[Any], notes: list[str]) -> VerifyRow:
    equal = 0
    told: list[str] = []
    for before, after in _side_by_side(stored, computed):
        if words := _difference(before, after):
            told.append(words)
        else:
            equal += 1
    notes += [f"{structure} {name}: {words}" for words in told[:NAMED]]
    if len(told) > NAMED:
        notes.append(f"{structure} {name}: and {len(told) - NAMED} more")
    return VerifyRow(structure, name, equal + len(told), equal, len(told), 0)


def _side_by_side(stored: Sequence[Any], computed: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Rows of both tables in pairs; None where one of them has none there."""
    if len(stored) == len(computed):
        yield from zip(stored, computed, strict=True)
        return
    keys = [[repr(_key(row)) for row in rows] for rows in (stored, computed)]
    for _, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        for i in range(max(b - a, d - c)):
            yield (stored[a + i] if a + i < b else None), (computed[c + i] if c + i < d else None)


def _key(row: Any) -> tuple[Any, ...]:
    """What names a row: its cells but the measured ones."""
    return tuple(value for field in fields(row) if not isinstance(value := getattr(row, field.name), float))


def _difference(before: Any, after: Any) -> str:
    """The first cell that differs, in words; empty where none does."""
    if before is None or after is None:
        return f"only {'computed' if before is None else 'released'}: {_named(before if after is None else after)}"
    for field in fields(before):
        one, two = getattr(before, field.name), getattr(after, field.name)
        if not _same(one, two):
            return f"{_named(before)}: {field.name} is {one!r}, computed {two!r}"
    return ""


def _named(row: Any) -> str:
    """The first cells of a row that hold a text or a whole number."""
    cells = [str(value) for value in _key(row) if value not in (None, "") and not isinstance(value, bool)]
    return " ".join(cells[:6])


def _same(one: Any, two: Any) -> bool:
    if isinstance(one, float) and isinstance(two, float):
        return math.isclose(one, two, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return bool(one == two)
