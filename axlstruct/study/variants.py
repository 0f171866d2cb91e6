"""Variants and numberings on the structures of a study."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axlstruct.errors import AxlstructError, SourceError, UsageError
from axlstruct.interface.residue_rows import ResidueRow
from axlstruct.sequence.coverage import Placement
from axlstruct.sequence.notation import Query, parse
from axlstruct.sequence.target import Protein
from axlstruct.sources.coding import coding_of
from axlstruct.sources.coordinates import ASU
from axlstruct.sources.evidence import evidence_rows
from axlstruct.sources.names import canonical
from axlstruct.sources.variants import framed, listed, read_variants
from axlstruct.structure import locate
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.numbering import TranslationRow, failed, translation_row
from axlstruct.study.tables import residue_table
from axlstruct.study.where import resolve
from axlstruct.tables import Table
from axlstruct.variants.annotation import Known, measured_by_residue, variant_rows
from axlstruct.variants.rows import Given, VariantRow

if TYPE_CHECKING:
    from axlstruct.study.facade import Study


def variant_table(study: Study, variants: Any, known: Known, *, column: str | None) -> Table:
    """See `axlstruct.study.facade.Study.variants`."""
    given, notes = _given(study, variants, column)
    coding, missing = _coding(study)
    known = replace(known, coding=coding)
    rows, beside = [], []
    for item in given:
        found = variant_rows(item, known)
        rows += found
        beside += [item.beside] * len(found)
    return Table(VariantRow, rows, (*notes, *known.notes, *missing), beside if any(beside) else ())


def _given(study: Study, variants: Any, column: str | None) -> tuple[list[Given], tuple[str, ...]]:
    if isinstance(variants, Path):
        return read_variants(variants, study.target, column)
    if isinstance(variants, str):
        is_file = (
            variants == "-" or Path(variants).suffix in _SUFFIXES or (len(variants) < _LONGEST_PATH and Path(variants).is_file())
        )
        return read_variants(variants, study.target, column) if is_file else (listed([variants]), ())
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


def known_of(study: Study, structure: str | None, cutoff: float, areas: AreaSettings) -> Known:
    """What variants are laid on.

    The structure shown is the target's reference unless another is named; nothing is downloaded for variants but what is named.
    """
    shown, rows, notes = _shown(study, structure, cutoff, areas)
    others = [entry.id for entry in study.target.structures if entry.id != shown]

    @cache
    def resolved(query: Query) -> tuple[Protein, int]:
        return resolve(study, query)

    by_residue: dict[tuple[str, int], list[ResidueRow]] = {}
    for row in rows:
        by_residue.setdefault((row.protein, row.position), []).append(row)
    is_measured = (study.evidence_folder / "affinity.tsv").is_file()
    affinities = evidence_rows(study.evidence_folder, study.target, "affinity", None) if is_measured else []
    measured = measured_by_residue(affinities)
    return Known(study.target, resolved, shown, by_residue, _placements(study, others), measured, notes=notes)


def translation_table(study: Study, queries: Sequence[str], *, structures: Sequence[str]) -> Table:
    """See `axlstruct.study.facade.Study.translate`."""
    names = structures or [entry.id for entry in study.target.structures]
    placements = _placements(study, names)
    notes = [note for protein in study.target.proteins for note in protein.absent]
    for name in names:
        if study.at_hand(name) is None:
            known = study.target.entry(canonical(name))
            how = "placed by what was read in print" if known and known.known else "left out"
            notes.append(f"{name}: coordinates not at hand (axlstruct fetch {name}); {how}")
    rows = []
    for query in queries:
        try:
            protein, position = resolve(study, parse(str(query)))
            rows.append(translation_row(query, protein, position, placements(protein, position)))
        except AxlstructError as error:
            rows.append(failed(query, error))
    return Table(TranslationRow, rows, tuple(notes))


def _placements(study: Study, names: Sequence[str]) -> Callable[[Protein, int], list[Placement]]:
    """Placements in structures that are at hand, or as far as they are known in print; nothing is downloaded."""
    held = {name: study.at_hand(name) for name in names}
    found: dict[tuple[str, int], list[Placement]] = {}

    def placements(protein: Protein, position: int) -> list[Placement]:
        key = (protein.name, position)
        if key not in found:
            found[key] = [placement for name in names for placement in _in(name, protein, position)]
        return found[key]

    def _in(name: str, protein: Protein, position: int) -> Iterable[Placement]:
        if here := held[name]:
            return [chain.placement(position) for chain in here.maps if chain.protein is protein]
        entry = study.target.entry(canonical(name))
        return locate.known_placements(entry, protein, position) if entry else ()

    return placements


def _shown(
    study: Study, structure: str | None, cutoff: float, areas: AreaSettings
) -> tuple[str, Sequence[ResidueRow], tuple[str, ...]]:
    """The structure shown and its residues; of the reference only if it is at hand or can be had."""
    reference = study.target.reference
    name = structure or (reference.id if reference else "")
    if not name:
        return "", (), ("the target names no reference structure: name one with --structure",)
    try:
        table = residue_table(study, (name,), assembly=ASU, cutoff=cutoff, areas=areas)
    except SourceError as error:
        if structure:
            raise
        return "", (), (f"{name} could not be had, so burial and interface stay empty ({error})",)
    return table.rows[0].structure, table.rows, table.notes


def _coding(study: Study) -> tuple[dict[str, str], tuple[str, ...]]:
    found: dict[str, str] = {}
    notes = []
    for protein in study.target.proteins:
        try:
            letters = coding_of(protein, study.cache)
        except AxlstructError as error:
            notes.append(f"coding sequence of {protein.name} not used: {error}")
        else:
            found |= {protein.name: letters} if letters else {}
    return found, tuple(notes)
