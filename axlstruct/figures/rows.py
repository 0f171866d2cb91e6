"""From the table of residues to the rows of a figure: which chains say the same, in which runs, seen in how many copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from axlstruct.features import Span
from axlstruct.residues import ONE_LETTER


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one coverage word; ``plddt`` is its confidence band's colour key for predicted residues."""

    span: Span
    word: str
    plddt: float | None = None


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """What the chains of a structure, alike in every position, show of a protein.

    Attributes
    ----------
    structure : str
    chains : tuple of str
    runs : tuple of Run
    differences : tuple of str
        Residues that are not the sequence's, such as ``G39S``.
    """

    structure: str
    chains: tuple[str, ...]
    runs: tuple[Run, ...]
    differences: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Entry and chains."""
        return f"{self.structure} {', '.join(self.chains)}".strip()

    @property
    def extent(self) -> Span | None:
        """First to last residue with atoms; None where there are none."""
        seen = [run.span for run in self.runs if run.word in ("observed", "partial", "different", "predicted")]
        return Span(seen[0].first, seen[-1].last) if seen else None

    @property
    def drawn(self) -> Span | None:
        """First to last residue with anything to draw."""
        seen = [run.span for run in self.runs if run.word != "not-in-construct"]
        return Span(seen[0].first, seen[-1].last) if seen else None


@dataclass(frozen=True, slots=True)
class InterfaceRow:
    """Residues of a protein in one interface class of a structure, with the share of copies that show each."""

    interface: str
    structure: str
    seen: tuple[tuple[int, int], ...]
    copies: int

    @property
    def label(self) -> str:
        """Class and entry."""
        return f"{self.structure} {self.interface}"


def coverage_rows(residues: pd.DataFrame, protein: str, order: Sequence[str], bands: Sequence[float]) -> tuple[CoverageRow, ...]:
    """Rows of one protein, structures in the order given (others behind), chains that are alike in one row.

    Parameters
    ----------
    residues : pandas.DataFrame
        Columns of ``residues``; rows without a position are left out.
    protein : str
        Name in the column ``protein``.
    order : sequence of str
        Structure ids.
    bands : sequence of float
        Lower bounds of confidence bands, the highest first.
    """
    own = _own(residues, protein)
    result: list[CoverageRow] = []
    for structure in _ordered(list(dict.fromkeys(own["structure"])), order):
        part = own[own["structure"] == structure]
        alike: dict[tuple[tuple[Run, ...], tuple[str, ...]], list[str]] = {}
        for chain in dict.fromkeys(part["chain"]):
            alike.setdefault(_chain_runs(part[part["chain"] == chain], bands), []).append(str(chain))
        result += [CoverageRow(structure, tuple(chains), runs, other) for (runs, other), chains in alike.items()]
    return tuple(result)


def interface_rows(residues: pd.DataFrame, protein: str, order: Sequence[str], names: Sequence[str]) -> tuple[InterfaceRow, ...]:
    """Rows of one protein: for each structure its interface classes, named ones in the order given, then others by name."""
    own = _own(residues, protein)
    own = own[own["interface"].fillna("").astype(str).str.len() > 0]
    chains: dict[tuple[str, str], dict[int, set[str]]] = {}
    for structure, chain, position, classes in zip(
        own["structure"], own["chain"], own["position"], own["interface"], strict=True
    ):
        for name in str(classes).split(";"):
            if name and name != "none":
                chains.setdefault((structure, name), {}).setdefault(int(position), set()).add(str(chain))
    result = []
    for structure in _ordered(sorted({structure for structure, _ in chains}), order):
        for name in _ordered(sorted({name for other, name in chains if other == structure}), names):
            found = chains[structure, name]
            copies = len(set().union(*found.values()))
            result.append(InterfaceRow(name, structure, tuple((p, len(found[p])) for p in sorted(found)), copies))
    return tuple(result)


def _own(residues: pd.DataFrame, protein: str) -> pd.DataFrame:
    if residues.empty:
        return residues.reindex(columns=["structure", "chain", "position", "interface"])
    own = residues[(residues["protein"] == protein) & residues["position"].notna() & residues["structure"].notna()]
    return own[own["structure"] != ""]


def _ordered(found: list[str], order: Sequence[str]) -> list[str]:
    rank = {name.upper(): index for index, name in enumerate(order)}
    return sorted(found, key=lambda name: rank.get(str(name).upper(), len(rank)))


def _chain_runs(chain: pd.DataFrame, bands: Sequence[float]) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    rows = chain.drop_duplicates("position").sort_values("position")
    values: list[tuple[int, str, float | None]] = []
    for position, word, plddt in zip(rows["position"], rows["coverage"].astype(str), rows["plddt"], strict=True):
        known = word == "predicted" and plddt != "" and bool(pd.notna(plddt))
        values.append((int(position), word, next(band for band in bands if float(plddt) > band) if known else None))
    runs = []
    for (_, word, band), group in groupby(enumerate(values), key=lambda item: (item[1][0] - item[0], item[1][1], item[1][2])):
        positions = [position for _, (position, _, _) in group]
        runs.append(Run(Span(positions[0], positions[-1]), word, band))
    odd = rows[rows["coverage"] == "different"]
    other = (
        f"{residue}{int(position)}{ONE_LETTER.get(str(found), str(found))}"
        for residue, position, found in zip(odd["residue"], odd["position"], odd["observed_residue"], strict=True)
    )
    return tuple(runs), tuple(other)
