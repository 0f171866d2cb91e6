"""Variants and numberings on the structures of a study."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from axlstruct.errors import AxlstructError, UsageError
from axlstruct.interface.residue_rows import ResidueRow
from axlstruct.sequence.coverage import Placement
from axlstruct.sequence.notation import Query, parse
from axlstruct.sequence.target import Protein
from axlstruct.sources.coding import coding_of
from axlstruct.sources.variants import framed, listed, read_variants
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.numbering import TranslationRow, failed, translation_row
from axlstruct.study.session import AREAS, CUTOFF, Basis, Session, Shown
from axlstruct.study.tables import residue_table
from axlstruct.study.where import author_numbers, others_meant, resolve
from axlstruct.tables import Table
from axlstruct.variants.agreement import better_reading
from axlstruct.variants.annotation import Known, measured_by_residue
from axlstruct.variants.phased import rows_of
from axlstruct.variants.rows import Given, VariantRow


def variant_table(session: Session, variants: Any, *, structure: str | None = None, column: str | None = None) -> Table:
    """See `axlstruct.study.facade.Study.variants`."""
    known = session.once(("variants", structure), lambda: known_of(session, structure, CUTOFF, AREAS))
    given, notes = _given(session, variants, column)
    coding, missing = _coding(session)
    known = replace(known, coding=coding)
    rows, beside = [], []
    for item, found in zip(given, rows_of(given, known), strict=True):
        rows += found
        beside += [item.beside] * len(found)
    told = better_reading(given, known)
    return Table(VariantRow, rows, (*told, *notes, *known.notes, *missing), beside if any(beside) else ())


def _given(session: Session, variants: Any, column: str | None) -> tuple[list[Given], tuple[str, ...]]:
    if isinstance(variants, Path):
        return read_variants(variants, session.target, column)
    if isinstance(variants, str):
        is_file = (
            variants == "-" or Path(variants).suffix in _SUFFIXES or (len(variants) < _LONGEST_PATH and Path(variants).is_file())
        )
        return read_variants(variants, session.target, column) if is_file else (listed([variants]), ())
    if hasattr(variants, "columns"):
        return framed(variants, column), ()
    if variants is None:
        raise UsageError("no variants", expected="a file, a DataFrame, or the variants themselves")
    given = [str(variant) for variant in variants]
    if files := [text for text in given if len(text) < _LONGEST_PATH and Path(text).is_file()]:
        raise UsageError("one file at a time", found=", ".join(files))
    return listed(given), ()


_LONGEST_PATH = 200
_SUFFIXES = (".txt", ".tsv", ".csv", ".maf", ".vcf", ".gz")


def known_of(session: Session, structure: str | None, cutoff: float, areas: AreaSettings) -> Known:
    """What variants are laid on.

    The structure shown is the target's reference unless another is named; nothing is downloaded for variants but what is named.
    """
    shown, rows, notes = _reference(session, structure, cutoff, areas)
    others = [entry.id for entry in session.target.structures if entry.id != shown]

    @cache
    def resolved(query: Query) -> tuple[Protein, int]:
        return resolve(session, query)

    by_residue: dict[tuple[str, int], list[ResidueRow]] = {}
    for row in rows:
        if row.position is not None:
            by_residue.setdefault((row.protein, row.position), []).append(row)
    affinities = session.evidence.rows("affinity") if session.evidence.has("affinity") else []
    measured = measured_by_residue(affinities)
    elsewhere = _placements([session.shown(name, enough=Basis.NOTHING) for name in others])
    return Known(
        session.target, resolved, shown, by_residue, elsewhere, measured, notes=notes, numberings=author_numbers(session)
    )


def translation_table(session: Session, *queries: str, structures: Sequence[str] = ()) -> Table:
    """See `axlstruct.study.facade.Study.translate`."""
    names = structures or [entry.id for entry in session.target.structures]
    shown = [session.shown(name, enough=Basis.NOTHING) for name in names]
    placements = _placements(shown)
    notes = [note for protein in session.target.proteins for note in protein.absent]
    notes += [note for each in shown if (note := each.note())]
    rows = []
    others: dict[str, None] = {}
    for query in queries:
        try:
            asked = parse(str(query))
            protein, position = resolve(session, asked)
            also = others_meant(session, asked, protein, position)
            others |= dict.fromkeys(map(str, also))
            rows.append(translation_row(query, protein, position, placements(protein, position), [each.reading for each in also]))
        except AxlstructError as error:
            rows.append(failed(query, error))
    return Table(TranslationRow, rows, (*others, *notes))


def _placements(structures: Sequence[Shown]) -> Callable[[Protein, int], list[Placement]]:
    """Placements in structures, where anything is known of them."""
    known = [shown for shown in structures if shown.basis is not Basis.NOTHING]

    found: dict[tuple[str, int], list[Placement]] = {}

    def placements(protein: Protein, position: int) -> list[Placement]:
        key = (protein.name, position)  # a protein's own hash goes over all its features
        if key not in found:
            found[key] = [placement for shown in known for placement in shown.placements(protein, position)]
        return found[key]

    return placements


def _reference(
    session: Session, structure: str | None, cutoff: float, areas: AreaSettings
) -> tuple[str, Sequence[ResidueRow], tuple[str, ...]]:
    """The structure shown and its residues; of the reference only if it is at hand or can be had."""
    reference = session.target.reference
    name = structure or (reference.id if reference else "")
    if not name:
        return "", (), ("the target names no reference structure: name one with --structure",)
    shown = session.shown(name, enough=Basis.COORDINATES)
    if shown.held is None and not (structure or shown.excused or shown.refused):
        return "", (), (f"{name} could not be had, so burial and interface stay empty ({shown.reason})",)
    table = residue_table(session, name, cutoff=cutoff, areas=areas)
    return table.rows[0].structure, table.rows, table.notes


def _coding(session: Session) -> tuple[dict[str, str], tuple[str, ...]]:
    found: dict[str, str] = {}
    notes = []
    for protein in session.target.proteins:
        try:
            letters = coding_of(protein, session.cache)
        except AxlstructError as error:
            notes.append(f"coding sequence of {protein.name} not used: {error}")
        else:
            found |= {protein.name: letters} if letters else {}
    return found, tuple(notes)
