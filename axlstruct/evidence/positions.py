"""Where along the proteins published rows are tied: rows of one kind at one place, counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from axlstruct.evidence.rows import place
from axlstruct.sequence.regions import NONE, WHOLE, Stretch
from axlstruct.sequence.target import Target

WORDS = {
    "sites": ("role", "residues"),
    "affinity": ("", "mutations_uniprot"),
    "resistance": ("resistance", "drug"),
    "trials": ("drug_class", "drug"),
    "regulation": ("effect", "regulator"),
    "partners": ("relation", "partner"),
    "mechanisms": ("effect", "source"),
}
"""Columns that say what kind of thing a row is, and what acts."""


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
