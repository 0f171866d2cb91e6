"""Where along the proteins published rows are tied: rows of one kind at one place, counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from axlstruct.evidence.rows import SiteRow
from axlstruct.sequence.regions import NONE, WHOLE, Stretch, asked, region_at, residue_stretches, stretches
from axlstruct.sequence.target import Protein, Target

WORDS = {
    "sites": ("role", "residues"),
    "affinity": ("", "mutations_uniprot"),
    "gene": ("region", "stated"),
    "expression": ("direction", "cancer"),
    "resistance": ("resistance", "drug"),
    "agents": ("agent_class", "agent"),
    "trials": ("drug_class", "drug"),
    "regulation": ("effect", "regulator"),
    "partners": ("relation", "partner"),
    "mechanisms": ("effect", "source"),
}
"""Columns that say what kind of thing a row is, and what acts."""


class Placed(Protocol):
    """A row that is tied to a region, or to residues in it."""

    @property
    def region(self) -> str:
        """Words of `axlstruct.sequence.regions`, separated by ``;``."""

    @property
    def residues(self) -> str:
        """Letters and UniProt positions, separated by ``;``; empty where the row speaks of the region."""


Row = TypeVar("Row", bound=Placed)


def place(target: Target, region: str, residues: str) -> tuple[Stretch, ...]:
    """Residues of a row: those it names, else those of its region."""
    return residue_stretches(target, residues) or stretches(target, region)


def span_text(target: Target, places: Iterable[Stretch]) -> str:
    """Stretches as text: ``536-807``, or ``GAS6:1-678`` for another protein than the receptor."""
    return ";".join(f"{'' if at.protein == target.receptor.name else f'{at.protein}:'}{at.span}" for at in places)


def in_region(rows: Iterable[Row], target: Target, query: str) -> list[Row]:
    """Rows whose residues or region share a residue with what is asked.

    Rows that speak of the whole receptor, or of no region, are given only to who asks for ``whole receptor`` or ``none``.

    Parameters
    ----------
    rows : iterable of rows
    target : Target
    query : str
        As in `axlstruct.sequence.regions.asked`.

    Raises
    ------
    SiteError
        No such region or position, or another letter there.
    """
    word = " ".join(query.lower().split())
    if word in (WHOLE, NONE):
        return [row for row in rows if row.region == word and not row.residues]
    wanted = asked(target, query)
    narrow = (row for row in rows if row.residues or row.region not in (WHOLE, NONE))
    return [row for row in narrow if any(at.overlaps(want) for at in place(target, row.region, row.residues) for want in wanted)]


def site_rows(protein: Protein, target: Target) -> list[SiteRow]:
    """Curated sites of a protein as rows; claims that are still to be checked are left out."""
    rows = []
    for site in protein.sites:
        exons = ";".join(map(str, protein.exons_of(site.position)))
        residues = site.name if protein is target.receptor else f"{protein.name}:{site.name}"
        region = region_at(protein, site.position)
        span = span_text(target, residue_stretches(target, residues))
        rows.append(
            SiteRow(
                site.position, site.residue, site.role, site.partners, region, exons, residues, span, site.source, site.remark
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class Tied:
    """Rows of one evidence table that are tied to the same place and are of one kind.

    Attributes
    ----------
    table : str
    region : str
        Words of `axlstruct.sequence.regions`, separated by ``;``.
    stretches : tuple of Stretch
        The residues that the rows name, else those of the region; empty where they speak of no region.
    by_residue : bool
        Whether the rows name residues.
    kind : str
        What they are, in the words of the table.
    names : tuple of str
        What acts, each once.
    count : int
        Rows.
    """

    table: str
    region: str
    stretches: tuple[Stretch, ...]
    by_residue: bool
    kind: str
    names: tuple[str, ...]
    count: int

    @property
    def whole(self) -> bool:
        """Whether the rows speak of the receptor as a whole."""
        return self.region == WHOLE and not self.by_residue

    @property
    def nowhere(self) -> bool:
        """Whether the rows speak of no part of a protein."""
        return self.region == NONE and not self.by_residue


def tie(target: Target, table: str, rows: Iterable[Any]) -> list[Tied]:
    """Group the rows of an evidence table by place and kind, in the order of their first row.

    Every row is counted in exactly one group, also where it is tied to several stretches.

    Parameters
    ----------
    target : Target
    table : str
        One of `WORDS`.
    rows : iterable of rows
        Of that table.
    """
    kind, name = WORDS[table]
    groups: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        groups.setdefault((row.region, row.residues, getattr(row, kind) if kind else ""), []).append(getattr(row, name))
    return [
        Tied(table, region, place(target, region, residues), bool(residues), what, tuple(dict.fromkeys(names)), len(names))
        for (region, residues, what), names in groups.items()
    ]
