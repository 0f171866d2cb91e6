"""Whether a model tells how its domains stand to each other: by its predicted aligned errors, and by nothing else.

pLDDT speaks of the surroundings of a residue. Of two confident domains it does not say how one stands to the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from axlstruct.sequence.features import Feature
from axlstruct.sequence.parts import part_name, parts_of
from axlstruct.sequence.target import Protein
from axlstruct.structure.confidence import CONFIDENT

if TYPE_CHECKING:
    import numpy as np

SUPPORTED_BELOW = 5.0
"""Mean error in Angstrom between two domains, in both directions, below which their arrangement counts as predicted.

The bound that ChimeraX gives for pairs of residues of two domains whose relative position is confidently predicted (T. Goddard,
AlphaFold error estimates, 2022). For single residue pairs 10 is in use too; a mean hides more, so the stricter one is taken.
"""

SUPPORTED, UNCERTAIN, UNKNOWN = "supported", "uncertain", "unknown"


@dataclass(frozen=True, slots=True)
class ArrangementRow:
    """Two parts of a model and whether it tells how they stand to each other."""

    protein: str
    model: str
    part_1: str
    part_2: str
    pae_12: float | None
    """Mean error of the second when the model is laid on the truth by the first, in Angstrom."""
    pae_21: float | None
    threshold: float
    arrangement: str
    """``supported``, ``uncertain``, or ``unknown`` where no errors could be had."""
    linker: int
    """Residues between the two, other parts included."""
    linker_low: int
    """Of these, residues with a pLDDT of 70 or less."""
    linker_plddt: float | None
    """Mean over them."""


def mean_errors(pae: np.ndarray, one: Feature, two: Feature) -> tuple[float, float]:
    """Mean error between two parts in both directions, in Angstrom."""
    first, second = slice(one.span.first - 1, one.span.last), slice(two.span.first - 1, two.span.last)
    return float(pae[first, second].mean()), float(pae[second, first].mean())


def verdict(pae: np.ndarray | None, one: Feature, two: Feature, threshold: float = SUPPORTED_BELOW) -> str:
    """``supported`` where both means lie below the threshold, else ``uncertain``; ``unknown`` without errors."""
    if pae is None:
        return UNKNOWN
    return SUPPORTED if max(mean_errors(pae, one, two)) < threshold else UNCERTAIN


def arrangement_rows(
    protein: Protein,
    model: str,
    plddt: Mapping[int, float],
    pae: np.ndarray | None,
    *,
    low: float = CONFIDENT,
    threshold: float = SUPPORTED_BELOW,
) -> list[ArrangementRow]:
    """One row a pair of parts.

    Parameters
    ----------
    protein : Protein
    model : str
    plddt : mapping of int to float
        By UniProt position.
    pae : ndarray, shape (n, n), or None
        ``pae[i, j]`` as in `axlstruct.sources.pae.parse_pae`; None where none could be had.
    low : float
        pLDDT up to which a residue counts as low.
    threshold : float
        Angstrom.
    """
    rows = []
    for one, two in combinations(parts_of(protein), 2):
        there, back = mean_errors(pae, one, two) if pae is not None else (None, None)
        between = [plddt[p] for p in range(one.span.last + 1, two.span.first) if p in plddt]
        rows.append(
            ArrangementRow(
                protein.name, model, part_name(one), part_name(two), there, back, threshold, verdict(pae, one, two, threshold),
                two.span.first - one.span.last - 1, sum(value <= low for value in between), mean(between),
            )
        )  # fmt: skip
    return rows


def mean(values: Sequence[float]) -> float | None:
    """The mean, None of nothing."""
    return sum(values) / len(values) if values else None
