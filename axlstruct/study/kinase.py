"""The kinase tables of a study: landmarks, geometry and tyrosines of the structures that show the receptor's kinase domain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from axlstruct.errors import StructureError, UsageError
from axlstruct.interface.interactions import traces
from axlstruct.kinase.geometry import GeometryRow, geometry_row
from axlstruct.kinase.landmarks import Kinase, find_kinase
from axlstruct.kinase.placement import LandmarkRow, landmark_rows
from axlstruct.kinase.tyrosines import Surroundings, TyrosineRow, tyrosine_row, tyrosines
from axlstruct.sequence.coverage import Placement
from axlstruct.sequence.features import spans_of
from axlstruct.sources.library import Held
from axlstruct.sources.released import Released
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.outline import no_coordinates
from axlstruct.structure.structure import ASU
from axlstruct.study.session import AREAS, Basis, Session, Shown
from axlstruct.tables import Table


@dataclass(frozen=True)
class _Domain:
    """A structure that shows the domain, with the chains that do; none where only print tells."""

    shown: Shown
    maps: tuple[ChainMap, ...] = ()


def kinase_table(
    session: Session,
    structure: str | None = None,
    *,
    table: str = "landmarks",
    assembly: str = ASU,
    areas: AreaSettings = AREAS,
) -> Table:
    """See `axlstruct.study.facade.Study.kinase`."""
    if table not in TABLES:
        raise UsageError(f"unknown table {table!r} of the kinase domain", expected=", ".join(TABLES))
    kinase = find_kinase(session.target.receptor)
    notes: list[str] = list(kinase.notes)
    kind, rows_of = TABLES[table]
    printed = kind is not GeometryRow  # what was read in print tells of residues, not of atoms
    if structure:
        domains = [_one(session, kinase, structure, assembly, printed, notes)]
    else:
        domains = list(_all(session, kinase, assembly, printed, notes))
    rows = [row for one in domains for row in rows_of(kinase, one, assembly, areas)]
    if not rows and kind is LandmarkRow:
        rows = landmark_rows(kinase, assembly=assembly)
        notes.append("no structure of the target shows the kinase domain: landmarks by sequence only")
    if not rows:
        raise StructureError(
            f"no coordinates of the kinase domain of {kinase.protein.name} ({kinase.domain.span})",
            where=structure or session.target.name, found="; ".join(notes) or None,
            advice=f"axlstruct fetch AF-{kinase.protein.accession}, or name a structure that shows it",
        )  # fmt: skip
    return Table(kind, rows, tuple(dict.fromkeys(notes)))


def _one(session: Session, kinase: Kinase, name: str, assembly: str, printed: bool, notes: list[str]) -> _Domain:
    shown = session.shown(name, assembly=assembly, enough=Basis.COORDINATES)
    if shown.held is None and not shown.refused and printed and _tells(kinase, shown):
        notes.append(f"{shown.name} could not be had: given as far as it was read in print ({shown.reason})")
        return _Domain(shown)
    held = shown.require()
    maps = _showing(kinase, held)
    if not maps:
        raise StructureError(
            f"does not show the kinase domain of {kinase.protein.name} ({kinase.domain.span})", where=held.structure.id,
            found=_what(kinase, held), advice=_advice(session, kinase, held.structure.id),
        )  # fmt: skip
    notes.extend(_notes(held, maps))
    return _Domain(shown, maps)


def _all(session: Session, kinase: Kinase, assembly: str, printed: bool, notes: list[str]) -> Iterator[_Domain]:
    """The structures of the target that show the domain; those that do not are passed over."""
    for entry in session.target.structures:
        there = session.shown(entry.id, assembly=assembly, enough=Basis.NOTHING)
        if there.held is None and there.shows(kinase.protein, kinase.domain.span) is False:
            continue
        shown = session.shown(entry.id, assembly=assembly, enough=Basis.COORDINATES)
        if shown.held is None and shown.excused:
            told = printed and _tells(kinase, shown)
            how = ": given as far as it was read in print" if told else ""
            notes.append(f"{entry.id} could not be had{how} ({shown.reason})")
            if told:
                yield _Domain(shown)
            continue
        held = shown.require()
        if maps := _showing(kinase, held):
            notes.extend(_notes(held, maps))
            yield _Domain(shown, maps)


def _tells(kinase: Kinase, shown: Shown) -> bool:
    """Whether a structure without coordinates is known to show part of the domain."""
    return shown.shows(kinase.protein, kinase.domain.span) is True


def _showing(kinase: Kinase, held: Held) -> tuple[ChainMap, ...]:
    """Chains of the protein with an atom in the kinase domain."""
    return tuple(
        m
        for m in held.maps
        if m.protein.accession == kinase.protein.accession and any(p in kinase.domain.span for p in m.position_of.values())
    )


def _what(kinase: Kinase, held: Held) -> str:
    shown = sorted({p for m in held.maps if m.protein.accession == kinase.protein.accession for p in m.position_of.values()})
    if not shown:
        return f"no chain of {kinase.protein.name}"
    return f"{kinase.protein.name} {spans_of(shown)[0].first}-{spans_of(shown)[-1].last}"


def _advice(session: Session, kinase: Kinase, id: str) -> str:
    ids = [entry.id for entry in session.target.structures if entry.id != id]
    shown = [session.shown(other, enough=Basis.NOTHING) for other in ids]
    others = [each.name for each in shown if each.shows(kinase.protein, kinase.domain.span) is not False]
    return f"try {' or '.join(others)}" if others else "name a structure that shows it"


def _notes(held: Held, maps: Sequence[ChainMap]) -> list[str]:
    """What must be known of a structure and its chains."""
    id, bare = held.structure.id, traces(held.structure)
    words = [*held.notes, *(f"{id} chain {m.chain.chain}: {note}" for m in maps for note in m.notes)]
    if gone := [m.chain.chain for m in maps if m.chain.chain in bare]:
        words.append(f"{id} chain {', '.join(gone)}: a trace of single atoms, nothing to measure")
    return words


def _landmarks(kinase: Kinase, domain: _Domain, assembly: str, areas: AreaSettings) -> list[LandmarkRow]:
    shown = domain.shown
    if shown.held:
        id = shown.held.structure.id
        return [row for m in domain.maps for row in landmark_rows(kinase, id, m.chain.chain, m.placement, assembly=assembly)]
    return [
        row
        for chain in shown.chains(kinase.protein)
        for row in landmark_rows(kinase, shown.name, chain, partial(_in_chain, kinase, shown, chain), assembly=assembly)
    ]


def _in_chain(kinase: Kinase, shown: Shown, chain: str, position: int) -> Placement:
    return next(placement for placement in shown.placements(kinase.protein, position) if placement.chain == chain)


def _geometry(kinase: Kinase, domain: _Domain, assembly: str, areas: AreaSettings) -> list[GeometryRow]:
    if stored := _stored(domain, areas):
        return stored.rows("geometry")
    return [geometry_row(kinase, m, assembly=assembly) for m in domain.maps]


def _tyrosines(kinase: Kinase, domain: _Domain, assembly: str, areas: AreaSettings) -> list[TyrosineRow]:
    if stored := _stored(domain, areas):
        return stored.rows("tyrosines")
    if held := domain.shown.held:
        around = Surroundings(held.structure, held.maps, areas)
        return [
            tyrosine_row(kinase, m.placement(p), around, slot.residue if (slot := m.by_position.get(p)) else None,
                         assembly=assembly)
            for m in domain.maps for p in tyrosines(kinase)
        ]  # fmt: skip
    placed = (domain.shown.placements(kinase.protein, p) for p in tyrosines(kinase))
    rows = [tyrosine_row(kinase, placement, assembly=assembly) for found in placed for placement in found]
    return sorted(rows, key=lambda row: row.chain)


def _stored(domain: _Domain, areas: AreaSettings) -> Released | None:
    """The released analysis, where that is all that is at hand; raises CoordinatesError for areas with other settings."""
    released = domain.shown.released
    if domain.shown.basis is not Basis.RELEASED or released is None:
        return None
    if areas != AreaSettings():
        raise no_coordinates(released.id, f"areas with {areas} need coordinates")
    return released


TABLES: dict[str, tuple[type, Callable[[Kinase, _Domain, str, AreaSettings], list[Any]]]] = {
    "landmarks": (LandmarkRow, _landmarks),
    "geometry": (GeometryRow, _geometry),
    "tyrosines": (TyrosineRow, _tyrosines),
}
"""Kinds of rows and how a structure's are made, by the name of the table."""
