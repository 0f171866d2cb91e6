"""The kinase tables of a study: landmarks, geometry and tyrosines of the structures that show the receptor's kinase domain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from axlstruct.errors import SourceError, StructureError, UsageError
from axlstruct.interface.interactions import traces
from axlstruct.kinase.geometry import GeometryRow, geometry_row
from axlstruct.kinase.landmarks import Kinase, find_kinase
from axlstruct.kinase.placement import LandmarkRow, landmark_rows
from axlstruct.kinase.tyrosines import Surroundings, TyrosineRow, tyrosine_row, tyrosines
from axlstruct.sequence.coverage import Coverage
from axlstruct.sequence.features import spans_of
from axlstruct.sources.names import canonical
from axlstruct.structure import locate
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.mapping import ChainMap
from axlstruct.tables import Table

if TYPE_CHECKING:
    from axlstruct.sequence.target import StructureEntry
    from axlstruct.sources.library import Held
    from axlstruct.study.facade import Study


@dataclass(frozen=True)
class _Shown:
    """A structure that shows the domain: with coordinates, or as far as it was read in print."""

    held: Held | None
    maps: tuple[ChainMap, ...]
    entry: StructureEntry | None


def kinase_table(study: Study, structure: str | None, *, table: str, assembly: str, areas: AreaSettings) -> Table:
    """See `axlstruct.study.facade.Study.kinase`."""
    if table not in TABLES:
        raise UsageError(f"unknown table {table!r} of the kinase domain", expected=", ".join(TABLES))
    kinase = find_kinase(study.target.receptor)
    notes: list[str] = list(kinase.notes)
    kind, rows_of = TABLES[table]
    printed = kind is not GeometryRow  # what was read in print tells of residues, not of atoms
    if structure:
        shown = [_one(study, kinase, structure, assembly, printed, notes)]
    else:
        shown = list(_all(study, kinase, assembly, printed, notes))
    rows = [row for one in shown for row in rows_of(kinase, one, assembly, areas)]
    if not rows and kind is LandmarkRow:
        rows = landmark_rows(kinase, assembly=assembly)
        notes.append("no structure of the target shows the kinase domain: landmarks by sequence only")
    if not rows:
        raise StructureError(
            f"no coordinates of the kinase domain of {kinase.protein.name} ({kinase.domain.span})",
            where=structure or study.target.name, found="; ".join(notes) or None,
            advice=f"axlstruct fetch AF-{kinase.protein.accession}, or name a structure that shows it",
        )  # fmt: skip
    return Table(kind, rows, tuple(dict.fromkeys(notes)))


def _one(study: Study, kinase: Kinase, name: str, assembly: str, printed: bool, notes: list[str]) -> _Shown:
    entry = study.target.entry(canonical(name))
    try:
        held = study.library.get(name, assembly)
    except SourceError as error:
        if entry is None or not (printed and _read_in_print(kinase, entry)):
            raise
        notes.append(f"{entry.id} could not be had: given as far as it was read in print ({error})")
        return _Shown(None, (), entry)
    maps = _showing(kinase, held)
    if not maps:
        raise StructureError(
            f"does not show the kinase domain of {kinase.protein.name} ({kinase.domain.span})", where=held.structure.id,
            found=_what(kinase, held), advice=_advice(study, kinase, held.structure.id),
        )  # fmt: skip
    notes.extend(_notes(held, maps))
    return _Shown(held, maps, entry)


def _all(study: Study, kinase: Kinase, assembly: str, printed: bool, notes: list[str]) -> Iterator[_Shown]:
    """The structures of the target that show the domain; those that do not are passed over."""
    for entry in study.target.structures:
        if _is_model_of_another(study, entry.id) or _known_not_to_show(kinase, entry):
            continue
        try:
            held = study.library.get(entry.id, assembly)
        except SourceError as error:
            if entry.required:
                raise
            told = printed and _read_in_print(kinase, entry)
            if told or _may_show(kinase, entry) or not entry.known:
                notes.append(f"{entry.id} could not be had{': given as far as it was read in print' if told else ''} ({error})")
            if told:
                yield _Shown(None, (), entry)
            continue
        if maps := _showing(kinase, held):
            notes.extend(_notes(held, maps))
            yield _Shown(held, maps, entry)


def _is_model_of_another(study: Study, id: str) -> bool:
    return id.startswith("AF-") and id != f"AF-{study.target.receptor.accession}"


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


def _advice(study: Study, kinase: Kinase, id: str) -> str:
    others = [entry.id for entry in study.target.structures if entry.id != id and _may_show(kinase, entry)]
    return f"try {' or '.join(others)}" if others else "name a structure that shows it"


def _may_show(kinase: Kinase, entry: StructureEntry) -> bool:
    return entry.id == f"AF-{kinase.protein.accession}" or _read_in_print(kinase, entry)


def _read_in_print(kinase: Kinase, entry: StructureEntry) -> bool:
    """Whether what was read of a structure says that it shows part of the domain."""
    return any(
        known.accession == kinase.protein.accession and known.coverage.has_atoms and known.span.overlap(kinase.domain.span)
        for known in entry.known
    )


def _known_not_to_show(kinase: Kinase, entry: StructureEntry) -> bool:
    """Whether what was read of a structure says that all of the domain is absent: then it need not be fetched."""
    here = [k for k in entry.known if k.accession == kinase.protein.accession and k.span.overlap(kinase.domain.span)]
    absent = {p for k in here if k.coverage in (Coverage.NOT_IN_CONSTRUCT, Coverage.UNOBSERVED) for p in k.span}
    return all(p in absent for p in kinase.domain.span) and not _read_in_print(kinase, entry)


def _notes(held: Held, maps: Sequence[ChainMap]) -> list[str]:
    """What must be known of a structure and its chains."""
    id, bare = held.structure.id, traces(held.structure)
    words = [*held.notes, *(f"{id} chain {m.chain.chain}: {note}" for m in maps for note in m.notes)]
    if gone := [m.chain.chain for m in maps if m.chain.chain in bare]:
        words.append(f"{id} chain {', '.join(gone)}: a trace of single atoms, nothing to measure")
    return words


def _landmarks(kinase: Kinase, shown: _Shown, assembly: str, areas: AreaSettings) -> list[LandmarkRow]:
    if shown.held:
        id = shown.held.structure.id
        return [row for m in shown.maps for row in landmark_rows(kinase, id, m.chain.chain, m.placement, assembly=assembly)]
    assert shown.entry is not None
    entry = shown.entry
    chains = dict.fromkeys(known.chain for known in entry.known if known.accession == kinase.protein.accession)
    return [
        row
        for chain in chains
        for row in landmark_rows(kinase, entry.id, chain, partial(_known, kinase, entry, chain), assembly=assembly)
    ]


def _known(kinase: Kinase, entry: StructureEntry, chain: str, position: int) -> Any:
    found = locate.known_placements(entry, kinase.protein, position)
    return next(placement for placement in found if placement.chain == chain)


def _geometry(kinase: Kinase, shown: _Shown, assembly: str, areas: AreaSettings) -> list[GeometryRow]:
    return [geometry_row(kinase, m, assembly=assembly) for m in shown.maps]


def _tyrosines(kinase: Kinase, shown: _Shown, assembly: str, areas: AreaSettings) -> list[TyrosineRow]:
    if shown.held:
        around = Surroundings(shown.held.structure, shown.held.maps, areas)
        return [
            tyrosine_row(kinase, m.placement(p), around, slot.residue if (slot := m.by_position.get(p)) else None,
                         assembly=assembly)
            for m in shown.maps for p in tyrosines(kinase)
        ]  # fmt: skip
    assert shown.entry is not None
    placed = (locate.known_placements(shown.entry, kinase.protein, p) for p in tyrosines(kinase))
    rows = [tyrosine_row(kinase, placement, assembly=assembly) for found in placed for placement in found]
    return sorted(rows, key=lambda row: row.chain)


TABLES: dict[str, tuple[type, Callable[[Kinase, _Shown, str, AreaSettings], list[Any]]]] = {
    "landmarks": (LandmarkRow, _landmarks),
    "geometry": (GeometryRow, _geometry),
    "tyrosines": (TyrosineRow, _tyrosines),
}
"""Kinds of rows and how a structure's are made, by the name of the table."""
