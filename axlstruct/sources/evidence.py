"""Read the evidence tables of a target: TSV files, checked cell by cell; their schema is in `axlstruct.evidence.registry`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from axlstruct.errors import AxlstructError, ContentError, TargetError, UsageError
from axlstruct.evidence.affinities import UNKNOWN, ddg
from axlstruct.evidence.clinical import TrialRow, trials_of
from axlstruct.evidence.gene import compare_gene
from axlstruct.evidence.positions import in_region, place, site_rows, span_text
from axlstruct.evidence.registry import (
    ANSWERS,
    CONTROLS,
    ITEMS,
    KINDS,
    LEVELS,
    MEASURED,
    NOT_STATED,
    OUTCOMES,
    PLACED,
    RELATIONS,
    RENAMED,
    TABLES,
)
from axlstruct.evidence.rows import EFFECTS, AffinityRow
from axlstruct.sequence.regions import region_at, residue_stretches, stretches
from axlstruct.sequence.target import Target
from axlstruct.sources.content import read_text, tsv_rows

FOLDER = "evidence"
_COMPUTED = {"gene": ("span", "ours", "agrees"), "agents": ("span", "trials", "trial_ids")}
"""Columns that stand in no file."""
_AFFINITY = (
    "mutations_author", "mutations_uniprot", "kd_mutant_M", "kd_wildtype_M", "qualifier", "assay", "pubmed", "collected_in",
    "flag",
)  # fmt: skip
_BOUNDS = {"": "=", "lower bound": ">="}
_MUTATION = re.compile(r"([\w-]+):([A-Z])(\d{1,9})([A-Z])")
_PHASES = ("", "1", "1/2", "2", "2/3", "3", "4")
_WORDS: dict[str, dict[str, Collection[str]]] = {
    "partners": {"kind": KINDS, "relation": RELATIONS, "needs_ligand": ANSWERS},
    "regulation": {"kind": KINDS, "level": LEVELS, "effect": CONTROLS},
    "gene": {"item": ITEMS},
    "expression": {
        "measured": MEASURED,
        "subject": ("patients", "cells", "plasma", NOT_STATED),
        "direction": ("higher", "lower", NOT_STATED),
    },
    "resistance": {"source": ("table", "text"), "model": ("human", "cell", "mouse", NOT_STATED)},
    "agents": {"multitargeted": ANSWERS},
    "trials": {"phase": _PHASES, "multitargeted": ANSWERS},
    "mechanisms": {"source_kind": KINDS, "target_kind": KINDS, "effect": EFFECTS, "basis": ("stated", "from inhibition")},
}
"""Columns that hold one of a few words."""
_SYMBOLS = {"kind": "symbol", "source_kind": "source_symbol", "target_kind": "target_symbol"}
_KEYS = {"trials": "nct", "resistance": "row", "mechanisms": "edge", "affinity": "mutations_uniprot", "citations": "key"}
"""Column that names a row; of affinities, a mutant may be measured in several assays."""

Cells = dict[str, str]


def evidence_rows(folder: Path, target: Target, name: str, region: str | None = None) -> list[Any]:
    """Rows of one evidence table, all or those of a region.

    Parameters
    ----------
    folder : Path
        Folder of the tables, ``evidence`` beside ``target.toml``; ``sites`` are those of the target itself.
    target : Target
    name : str
        One of `axlstruct.evidence.registry.TABLES`.
    region : str, optional
        As in `axlstruct.evidence.positions.in_region`.

    Raises
    ------
    UsageError
        No such table, this target has none, or its rows have no region.
    SiteError
        No such region.
    TargetError
        The file breaks its schema; file and row are named.
    """
    if name not in TABLES:
        close = difflib.get_close_matches(name[:80], TABLES, 1)
        raise UsageError(
            f"no evidence table {name!r}", expected=", ".join(TABLES), advice=f"did you mean {close[0]!r}?" if close else None
        )
    if region is not None and name not in PLACED:
        raise UsageError(f"{name} are tied to no region", found=region, advice="leave --region out")
    rows: list[Any]
    if name == "sites":
        rows = [row for protein in target.proteins for row in site_rows(protein, target)]
    else:
        rows = read_table(folder / f"{name}.tsv", target, name)
    return rows if region is None else in_region(rows, target, region)


def read_table(path: Path, target: Target, name: str) -> list[Any]:
    """Read and check one file."""
    make = _affinity if name == "affinity" else _maker(name, target, path.parent)
    columns = _AFFINITY if name == "affinity" else columns_of(name)
    rows = []
    seen: dict[str, int] = {}
    for number, cells in _cells(path, columns, target):
        try:
            _check(cells, name, target)
            rows.append(make(cells, target))
        except AxlstructError as error:
            raise TargetError(
                error.what, where=f"{path.name}, row {number}", expected=error.expected, found=error.found, advice=error.advice
            ) from None
        except ValueError as error:
            raise TargetError(str(error), where=f"{path.name}, row {number}") from None
        key = cells[_KEYS[name]] + cells.get("assay", "") if name in _KEYS else ""
        if key and key in seen:
            raise TargetError(f"{_KEYS[name]} {key!r} stands in row {seen[key]} already", where=f"{path.name}, row {number}")
        seen[key] = number
    return rows


def columns_of(name: str) -> tuple[str, ...]:
    """Columns of the file of a table, in their order; what is computed is none."""
    return tuple(field.name for field in fields(TABLES[name]) if field.name not in _COMPUTED.get(name, ("span",)))


def _cells(path: Path, columns: tuple[str, ...], target: Target) -> Iterator[tuple[int, Cells]]:
    """Number and cells of each row; header and number of cells are checked."""
    if not path.is_file():
        raise UsageError(f"target {target.name} has no evidence table {path.stem!r}", where=str(path))
    try:
        rows = iter(list(tsv_rows(read_text(path), str(path))))
    except (OSError, ContentError) as error:
        raise TargetError(f"cannot be read: {error}", where=str(path)) from None
    header = next(rows, [])
    if wrong := sorted(set(header) ^ set(columns)) or len(header) != len(columns):
        missing = "" if wrong is True else f"; missing or unknown: {', '.join(wrong)}"
        old = [f"{name} is {RENAMED[name]} now" for name in header if name in RENAMED and RENAMED[name] in columns]
        raise TargetError(
            f"the columns are not those of the schema{missing}", where=path.name, expected=" ".join(columns),
            advice="; ".join(old) or None,
        )  # fmt: skip
    for number, row in enumerate(rows, 1):
        if len(row) != len(header):
            raise TargetError("a row of another length", where=f"{path.name}, row {number}", expected=f"{len(header)} cells",
                              found=str(len(row)))  # fmt: skip
        yield number, dict(zip(header, row, strict=True))


def _check(cells: Cells, name: str, target: Target) -> None:
    for column, known in _WORDS.get(name, {}).items():
        if cells[column] not in known:
            raise ValueError(f"{column} {cells[column]!r} is none of: {', '.join(repr(word) for word in known)}")
    for kind, symbol in _SYMBOLS.items():
        if cells.get(kind) == "gene" and not cells[symbol]:
            raise ValueError(f"a gene has a {symbol}")
    if not re.fullmatch(r"(\d+(;\d+)*)?", cells.get("refs", "")):
        raise ValueError(f"refs are numbers separated by ';', not {cells['refs']!r}")
    if name == "expression":
        for word in cells["outcome"].split(";"):
            if word not in OUTCOMES:
                raise ValueError(f"outcome {word!r} is none of: {', '.join(map(repr, OUTCOMES))}")
        if bool(cells["term"]) != bool(cells["term_id"]):
            raise ValueError("a term has an id, and an id a term")
    if name == "resistance" and (cells["source"] == "table") != bool(cells["row"]):
        raise ValueError("a row of the review's table has its number, a statement of the text has none")
    if name == "trials" and not re.fullmatch(r"NCT\d{8}", cells["nct"]):
        raise ValueError(f"{cells['nct']!r} is no trial number: NCT and eight digits are expected")
    if "region" in cells:
        parts = stretches(target, cells["region"])
        for residue in residue_stretches(target, cells["residues"]):
            if not any(residue.overlaps(part) for part in parts):
                raise ValueError(f"residue {residue.span} lies outside its region {cells['region']!r}")


def _maker(name: str, target: Target, folder: Path) -> Callable[[Cells, Target], Any]:
    kinds = {field.name: str(field.type) for field in fields(TABLES[name])}
    trials: list[TrialRow] = []
    if name == "agents" and (folder / "trials.tsv").is_file():
        trials = read_table(folder / "trials.tsv", target, "trials")

    def make(cells: Cells, target: Target) -> Any:
        computed = {}
        if "region" in cells:
            computed["span"] = span_text(target, place(target, cells["region"], cells["residues"]))
        if name == "agents":
            found = trials_of(cells["agent"], cells["combined_with"], trials)
            computed |= {"trials": str(len(found)), "trial_ids": ";".join(found)}
        if name == "gene":
            ours, agrees = compare_gene(target, cells["item"], cells["region"], cells["stated"], cells["parts"])
            computed |= {"ours": ours, "agrees": agrees}
        return TABLES[name](**{column: _value(column, text, kinds[column]) for column, text in (cells | computed).items()})

    return make


def _value(column: str, text: str, kind: str) -> Any:
    if not kind.startswith("int"):
        return text
    if not text and kind.endswith("None"):
        return None
    if not re.fullmatch(r"\d+", text):
        raise ValueError(f"{column} is a number, not {text!r}")
    return int(text)


def _affinity(cells: Cells, target: Target) -> AffinityRow:
    """Both numberings are checked: letters against the sequence, and author + offset = UniProt."""
    if cells["qualifier"] not in _BOUNDS:
        raise ValueError(f"qualifier {cells['qualifier']!r} is none of: {', '.join(map(repr, _BOUNDS))}")
    mutant, wildtype = (_nanomolar(cells[column], column) for column in ("kd_mutant_M", "kd_wildtype_M"))
    residues = _residues(cells, target)
    places = residue_stretches(target, ";".join(residues))
    regions = dict.fromkeys(region_at(target.protein(at.protein), at.span.first) for at in places)
    return AffinityRow(
        cells["mutations_author"], cells["mutations_uniprot"], _BOUNDS[cells["qualifier"]], mutant, wildtype,
        ddg(mutant, wildtype), UNKNOWN, UNKNOWN, cells["assay"], _value("pubmed", cells["pubmed"], "int"), cells["collected_in"],
        ";".join(regions), ";".join(residues), span_text(target, places), cells["flag"],
    )  # fmt: skip


def _residues(cells: Cells, target: Target) -> list[str]:
    offsets = _offsets(target)
    columns = [cells[column].split(";") for column in ("mutations_author", "mutations_uniprot")]
    if len(columns[0]) != len(columns[1]):
        raise ValueError("the two numberings name different numbers of mutations")
    residues = []
    for author, uniprot in zip(*columns, strict=True):
        pair = [_MUTATION.fullmatch(text) for text in (author, uniprot)]
        if pair[0] is None or pair[1] is None:
            raise ValueError(f"cannot read the mutation {author!r} or {uniprot!r}: expected as in AXL:E59R")
        (name, old, number, new), found = pair[0].groups(), pair[1].groups()
        protein = target.protein(name)
        if found != (name, old, str(int(number) + offsets.get(protein.accession, 0)), new):
            raise ValueError(f"{author} is not {uniprot}: UniProt is author + {offsets.get(protein.accession, 0)}")
        residues.append(f"{name}:{found[1]}{found[2]}")
    return residues


def _offsets(target: Target) -> Mapping[str, int]:
    """UniProt position minus author number in the reference structure, by accession."""
    return {known.accession: known.offset for known in target.reference.known} if target.reference else {}


def _nanomolar(text: str, column: str) -> float:
    if not re.fullmatch(r"\d+(\.\d+)?(E-?\d+)?", text):
        raise ValueError(f"{column} is a constant in mol/l, not {text!r}")
    return float(Decimal(text) * 10**9)
