"""A study's report page, put together from its tables and structures; the analysis is done once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axlstruct.errors import OutputError
from axlstruct.interface.interactions import InteractionRow
from axlstruct.interface.rows import ContactRow, InterfaceRow
from axlstruct.structure.mapping import ChainMap
from axlstruct.study.evidence import evidence_tables
from axlstruct.study.provenance import homeless, record_of
from axlstruct.study.registry import make_table
from axlstruct.study.session import CUTOFF, Basis, Session
from axlstruct.study.views import scene_of, viewer_text
from axlstruct.tables import Table, write_whole


@dataclass(frozen=True)
class MainTables:
    """The tables of the main job.

    Attributes
    ----------
    present : tuple of str
        Structures at hand.
    missing : dict of str to str
        Structures of the target that could not be had, each with the reason.
    released : dict of str to str
        Of those at hand, structures of which only the released analysis is, each with what it was computed from.
    residues, contacts, interactions, interfaces : Table
        Of all structures at hand; contacts and interactions of those that show both receptor and ligand.
    """

    present: tuple[str, ...]
    missing: dict[str, str]
    released: dict[str, str]
    residues: Table
    contacts: Table
    interactions: Table
    interfaces: Table


def require(session: Session) -> None:
    """Read the structures that the target requires; raises AxlstructError where one cannot be had."""
    for entry in session.target.structures:
        if entry.required:
            session.held(entry.id)


def main_tables(session: Session) -> MainTables:
    """Compute the tables with the usual settings; raises AxlstructError where a required structure cannot be had."""
    require(session)
    missing = session.missing()
    present = [entry.id for entry in session.target.structures if entry.id not in missing]
    both = [id for id in present if len({m.protein.role for m in session.held(id).maps}) == 2]

    def joined(kind: type, tables: list[Table]) -> Table:
        return Table(kind, [r for t in tables for r in t.rows], tuple(dict.fromkeys(n for t in tables for n in t.notes)))

    return MainTables(
        tuple(present), missing, released_of(session, present), make_table(session, "residues"),
        joined(ContactRow, [make_table(session, "contacts", id) for id in both]),
        joined(InteractionRow, [make_table(session, "interactions", id) for id in both]),
        joined(InterfaceRow, [make_table(session, "interfaces", id) for id in present]),
    )  # fmt: skip


def released_of(session: Session, names: Sequence[str]) -> dict[str, str]:
    """Structures of which only the released analysis is at hand, each with what it was computed from."""
    shown = (session.shown(name, enough=Basis.COORDINATES) for name in names)
    return {each.name: each.released.citation for each in shown if each.basis is Basis.RELEASED and each.released}


def write_report(session: Session, output: Path, *, cutoff: float = CUTOFF) -> Path:
    """See `axlstruct.study.facade.Study.report`."""
    if not output.parent.is_dir():
        raise OutputError("the report cannot be written: no such folder", where=str(output.parent), advice="make it first")
    write_whole(output, report_text(session, main_tables(session), cutoff=cutoff).encode())
    return output


def report_text(session: Session, tables: MainTables, *, cutoff: float = CUTOFF) -> str:
    """The page of a study whose tables are computed already, with this cutoff in Angstrom."""
    from axlstruct.report.content import PageTables, content
    from axlstruct.report.page import report_page
    from axlstruct.report.views import packed, structure_view

    evidence, bare = evidence_tables(session)
    shown = PageTables(tables.residues, tables.contacts, tables.interactions, tables.interfaces, evidence)
    script, problem = viewer_text(session)
    views: dict[str, Any] = {}
    for id in tables.present if script else ():
        if id in tables.released:
            released = session.released(id)
            views[id] = released.view() if released else {}
            continue
        views[id] = structure_view(*scene_of(session, id, color="domain", cutoff=cutoff, assembly="asu"))
    record = record_of(session, tables.present, cutoff=cutoff)
    del record["date"]  # days and gateways stand in provenance.json: the same study is the same page on any day
    for source in record["structures"]:
        del source["date"], source["gateway"]
    target = session.target
    told = [note for p in target.proteins for note in p.notes]
    notes = [*(note for note in target.notes if note not in told), *(note for p in target.proteins for note in p.named_notes)]
    notes += [
        note for table in (tables.residues, tables.interfaces, tables.interactions, tables.contacts) for note in table.notes
    ]
    notes += [note for view in views.values() for note in view["notes"]] + bare
    page = content(
        target, shown, structures=_structures(session, tables), views=views, record=record,
        notes=[homeless(session, note) for note in notes], viewer_problem=homeless(session, problem),
    )  # fmt: skip
    return report_page(page, packed(tables.residues.render("tsv").decode()), script)


def _structures(session: Session, tables: MainTables) -> list[dict[str, Any]]:
    rows = []
    for entry in session.target.structures:
        row: dict[str, Any] = {"id": entry.id, "role": entry.role, "reference": entry.reference}
        if entry.id in tables.missing:
            row |= {
                "missing": homeless(session, tables.missing[entry.id]),
                "in_print": session.shown(entry.id, enough=Basis.NOTHING).source,
            }
        else:
            held = session.held(entry.id)
            row |= {
                "method": held.structure.method, "resolution": held.structure.resolution, "predicted": held.structure.predicted,
                "chains": [
                    {"chain": m.chain.chain, "protein": m.protein.name, "offset": m.offset, "labels": _labels(m)}
                    for m in held.maps
                ],
            }  # fmt: skip
            if entry.id in tables.released:
                row["released"] = tables.released[entry.id]
        rows.append(row)
    return rows


def _labels(map: ChainMap) -> list[list[int]]:
    """Stretches of label_seq_id, first and last, and the position of the first; none where the file declares no sequence."""
    runs: list[list[int]] = []
    for label, slot in enumerate(map.slots, 1) if map.declared else ():
        if slot.position is None:
            continue
        if runs and (label - 1, slot.position - label) == (runs[-1][1], runs[-1][2] - runs[-1][0]):
            runs[-1][1] = label
        else:
            runs.append([label, label, slot.position])
    return runs
