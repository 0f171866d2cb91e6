"""Make the released analysis of a target: tables of its structures that ship with it, for when coordinates cannot be had."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axlstruct.errors import StructureError, TargetError, UsageError
from axlstruct.interface.areas import Surface
from axlstruct.interface.classes import CLASS_CUTOFF
from axlstruct.interface.interactions import limits, traces
from axlstruct.interface.rules import CANDIDATES
from axlstruct.interface.sums import lost_by_residue
from axlstruct.report.views import open_view
from axlstruct.sources.names import canonical
from axlstruct.sources.released import (
    COMPOSITE,
    COMPOSITES,
    RECORD,
    SCHEMA,
    VIEW,
    ConfidenceRow,
    FoldRow,
    LostRow,
    PairRow,
    SlotRow,
    SugarRow,
    kind_of,
    table_text,
)
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.structure import ASU
from axlstruct.study import tables as study_tables
from axlstruct.study.composites import composite
from axlstruct.study.family import model_record, relatives_of
from axlstruct.study.kinase import kinase_table
from axlstruct.study.provenance import address_of, version_of
from axlstruct.study.session import AREAS, CUTOFF
from axlstruct.study.views import scene_of
from axlstruct.tables import Table, to_json, write_whole

if TYPE_CHECKING:
    from axlstruct.family.relatives import Relative
    from axlstruct.interface.areas import ResidueArea
    from axlstruct.interface.contacts import ChainPair
    from axlstruct.sources.library import Held
    from axlstruct.study.analysis import Analysed
    from axlstruct.study.session import Session

REACH = CLASS_CUTOFF
"""Angstrom up to which atom pairs are released."""
DIGITS = 8
"""Decimals of a distance: enough to tell a pair at a cutoff from one just behind it, coordinates having three."""

Rows = Mapping[str, list[Any]]


@dataclass(frozen=True)
class Release:
    """A released analysis before it is written: its record, its tables by folder and name, and what the report draws."""

    record: Mapping[str, Any]
    tables: Mapping[str, Rows]
    views: Mapping[str, Mapping[str, Any]]

    def files(self) -> dict[str, bytes]:
        """Every file by its path below the folder; equal input gives equal bytes."""
        found = {
            f"{folder}/{name}.tsv": table_text(kind_of(name), rows).encode()
            for folder, tables in self.tables.items()
            for name, rows in tables.items()
        }
        views = {f"{id}/{VIEW}": f"{json.dumps(view, ensure_ascii=False, separators=(',', ':'))}\n".encode()
                 for id, view in self.views.items()}  # fmt: skip
        return {RECORD: to_json(self.record).encode(), **found, **views}


def release(session: Session, names: Sequence[str] = ()) -> Release:
    """Compute the released analysis.

    Parameters
    ----------
    session : Session
        With coordinates at hand.
    names : sequence of str
        Structures; by default those that are released already, for a new target all of its that are at hand.

    Raises
    ------
    SourceError
        Coordinates of a structure cannot be had: a part of a release is none.
    UsageError
        A structure that is none of the target's.
    """
    ids = [canonical(name) for name in names] or list(session.release.ids if session.release else ())
    ids = ids or [entry.id for entry in session.target.structures if session.library.at_hand(entry.id)]
    if unknown := [id for id in ids if session.target.entry(id) is None]:
        raise UsageError(f"no structure of the target {session.target.name}", where=", ".join(unknown),
                         expected=", ".join(entry.id for entry in session.target.structures))  # fmt: skip
    if not ids:
        raise UsageError("no coordinates at hand to compute anything of", where=session.target.name, advice="axlstruct fetch")
    facts: dict[str, Any] = {}
    tables: dict[str, Rows] = {}
    for id in [entry.id for entry in session.target.structures if entry.id in ids]:
        tables[id] = structure_tables(session, id)
        facts[id] = {**_facts(session.library.get(id)), "tables": list(tables[id])}
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "program": f"axlstruct {version_of('axlstruct')}",
        "settings": {
            "assembly": "asu", "atom_pairs": REACH, "cutoff": CUTOFF, "areas": str(AREAS), "burial": AREAS.scale,
        },
        "structures": facts,
    }  # fmt: skip
    if session.target.family:
        record["family"], tables["family"] = family_tables(session)
    composites = composite_tables(session, ids)
    record["composite"] = {folder: told for folder, (told, _) in composites.items()}
    tables |= {folder: rows for folder, (_, rows) in composites.items()}
    compared = compare_tables(session, [id for id in tables if "contacts" in tables[id]])
    record["compare"] = {folder: {"notes": list(table.notes)} for folder, table in compared.items()}
    tables |= {folder: {"compare": list(table.rows)} for folder, table in compared.items()}
    views = {id: open_view(*scene_of(session, id, color="domain", cutoff=CUTOFF, assembly=ASU)) for id in facts}
    return Release(record, tables, views)


def write_release(release: Release, folder: Path) -> list[Path]:
    """Write every file of a release; files of an earlier one that it does not have are removed."""
    files = release.files()
    kept = {folder / name for name in files}
    for path in sorted([*folder.glob("*/*.tsv"), *folder.glob("*/*.json")]) if folder.is_dir() else ():
        if path not in kept:
            path.unlink()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, content)
    for path in folder.iterdir():
        if path.is_dir() and not any(path.iterdir()):
            shutil.rmtree(path)
    return sorted(kept)


def _facts(held: Held) -> dict[str, Any]:
    """Of which file a structure was computed, and what is known of it beside its residues."""
    structure, record = held.structure, held.provenance
    maps = {(m.chain.chain, m.chain.label): m for m in held.maps}
    return {
        "source": address_of(record.url), "sha256": record.sha256, "bytes": record.bytes,
        "method": structure.method, "resolution": structure.resolution, "predicted": structure.predicted,
        "plddt": structure.plddt,
        "notes": list(structure.notes), "limits": list(limits(structure)), "traces": sorted(traces(structure)),
        "chains": [
            {
                "chain": chain.chain, "label": chain.label, "entity": chain.entity,
                "accession": m.protein.accession if m else "", "method": m.method if m else "",
                "declared": bool(chain.declared), "notes": list(m.notes) if m else [],
                "references": [list(asdict(reference).values()) for reference in chain.references],
            }
            for chain in structure.chains
            for m in [maps.get((chain.chain, chain.label))]
        ],
    }  # fmt: skip


def structure_tables(session: Session, id: str) -> dict[str, list[Any]]:
    """The tables of one structure, computed from coordinates; those without rows are left out.

    Raises
    ------
    SourceError
        Its coordinates cannot be had.
    """
    held = session.library.get(id)
    analysed, areas = session.analysed(id, cutoff=CANDIDATES), AREAS
    structure = held.structure
    found: dict[str, list[Any]] = {}
    bare = traces(structure)
    surface = None if bare else Surface(structure, analysed.glycans, areas)
    found["residues"] = list(_slots(held, surface.residues(held.maps) if surface else {}))
    roles = {m.protein.role for m in held.maps}
    if len(roles) == 2:
        found["contacts"] = list(study_tables.contact_table(session, id, cutoff=CUTOFF).rows)
    found["atom_pairs"] = [row for pair in analysed.pairs for row in _pairs(analysed, pair)]
    found["interactions"] = list(study_tables.interaction_table(session, id).rows)
    found["interfaces"] = list(study_tables.interface_table(session, id, cutoff=CUTOFF, areas=areas).rows)
    if surface:
        found["lost_areas"] = [
            row for pair in analysed.pairs if not bare & set(pair.chains) for row in _lost(analysed, surface, pair)
        ]
    found["sugars"] = [
        SugarRow(g.root.chain, g.root.number, g.root.icode, sugar.chain, sugar.number, sugar.icode, name)
        for g in analysed.glycans
        for sugar, name in g.sugars
    ]
    return {name: rows for name, rows in (found | _kinase(session, id, areas)).items() if rows}


def _kinase(session: Session, id: str, areas: AreaSettings) -> dict[str, list[Any]]:
    """Of a structure that shows the kinase domain, what only coordinates tell of it."""
    try:
        return {table: list(kinase_table(session, id, table=table, areas=areas).rows) for table in ("geometry", "tyrosines")}
    except StructureError:
        return {}


def _slots(held: Held, areas: Mapping[int, ResidueArea]) -> Iterator[SlotRow]:
    maps = {(m.chain.chain, m.chain.label): m for m in held.maps}
    by_id = {held.structure.residues[index].id: area for index, area in areas.items()}
    for chain in held.structure.chains:
        m = maps.get((chain.chain, chain.label))
        slots = [(s.letter, s.residue, s.position) for s in m.slots] if m else [(r.letter, r, None) for r in chain.residues]
        for place, (letter, residue, position) in enumerate(slots):
            declared = chain.declared[place] if m and chain.declared else ""
            if residue is None:
                yield SlotRow(
                    chain.chain, chain.label, declared, letter, "", position, None, "", "", None, "", "", None, None, None, ""
                )
                continue
            area = by_id.get(residue.id)
            yield SlotRow(
                chain.chain, chain.label, declared, letter, residue.letter, position, residue.id.number, residue.id.icode,
                residue.name, residue.label_seq, ";".join(residue.atoms), ";".join(residue.missing_atoms), round(residue.b, 4),
                area.exposed if area else None, area.buried if area else None, area.burial if area else "",
            )  # fmt: skip


def _pairs(analysed: Analysed, pair: ChainPair) -> Iterator[PairRow]:
    structure = analysed.held.structure
    names, residues = structure.atom_names, structure.residues
    near = pair.within(REACH)
    columns = (near.residues_1, near.residues_2, near.atoms_1, near.atoms_2, near.distance)
    if not len(near.distance) and len(pair.distance):
        least = slice(int(pair.distance.argmin()), int(pair.distance.argmin()) + 1)
        columns = tuple(  # type: ignore[assignment]
            column[least] for column in (pair.residues_1, pair.residues_2, pair.atoms_1, pair.atoms_2, pair.distance)
        )
    for r1, r2, a1, a2, distance in zip(*(column.tolist() for column in columns), strict=True):
        one, two = residues[r1].id, residues[r2].id
        yield PairRow(
            one.chain, one.number, one.icode, names[a1].decode(), two.chain, two.number, two.icode, names[a2].decode(),
            round(distance, DIGITS),
        )  # fmt: skip


def _lost(analysed: Analysed, surface: Surface, pair: ChainPair) -> Iterator[LostRow]:
    residues = analysed.held.structure.residues
    for side, areas in enumerate(lost_by_residue(analysed.held.structure, analysed.glycans, surface.pair(pair)), 1):
        for index, area in areas.items():
            id = residues[index].id
            yield LostRow(*pair.chains, side, id.number, id.icode, round(area, 4))


def family_tables(session: Session) -> tuple[list[dict[str, Any]], Rows]:
    """The relatives: superposed domains and confidence of their models, and of which files those are."""
    told, folds, confidence = [], [], []
    for relative in relatives_of(session):
        if not relative.folds:
            raise TargetError(
                "the models of the relatives are not at hand", where=relative.protein.name, found="; ".join(relative.notes)
            )
        told.append(_relative(session, relative))
        name = relative.protein.accession
        for part, fold in relative.folds.items():
            folds += [
                FoldRow(name, part.span.first, part.span.last, one, two, distance, fold.pairs.get(one) == two)
                for (one, two), distance in sorted(fold.distance.items())
            ]
        confidence += [ConfidenceRow(name, position, plddt) for position, plddt in sorted(relative.plddt.items())]
    return told, {"folds": folds, "confidence": confidence}


def _relative(session: Session, relative: Relative) -> dict[str, Any]:
    record = model_record(session, relative.protein)
    return {
        "relative": relative.protein.accession, "source": address_of(record.url), "sha256": record.sha256, "bytes": record.bytes,
        "notes": list(relative.notes),
        "folds": [
            {"first": part.span.first, "last": part.span.last, "rmsd": fold.rmsd, "fitted": fold.fitted}
            for part, fold in relative.folds.items()
        ],
    }  # fmt: skip


def compare_tables(session: Session, ids: Sequence[str]) -> dict[str, Table]:
    """Every two structures with an interface side by side, in both orders."""
    return {f"{one}-{two}": study_tables.compare_table(session, one, two) for one, two in permutations(ids, 2)}


def composite_tables(session: Session, ids: Sequence[str]) -> dict[str, tuple[dict[str, Any], Rows]]:
    """The model laid on the reference structure, as one rigid body and hinged; nothing where one of them is not released."""
    reference, model = session.target.reference, f"AF-{session.target.receptor.accession}"
    if reference is None or not {reference.id, model} <= set(ids):
        return {}
    found: dict[str, tuple[dict[str, Any], Rows]] = {}
    for hinged, folder in COMPOSITES.items():
        made = composite(session, hinged=hinged, errors=False)
        rows = {name: list(made.table(name).rows) for name in COMPOSITE}
        kept = {name: each for name, each in rows.items() if each}
        found[folder] = ({"structure": reference.id, "model": model, "words": list(made.words), "tables": list(kept)}, kept)
    return found
