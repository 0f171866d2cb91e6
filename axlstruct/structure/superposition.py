"""Homologous domains laid on each other in space: which residues stand in the same place, whatever their letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from axlstruct.sequence.features import Span
from axlstruct.structure.confidence import CONFIDENT, LOW

if TYPE_CHECKING:
    import numpy as np

CLOSE = 3.0
"""Angstrom between two CA up to which residues stand in the same place."""
LEAST, MARGIN, ROUNDS = 12, 15, 20


@dataclass(frozen=True, slots=True)
class Trace:
    """CA of a residue: coordinates in Angstrom, and pLDDT where it is a model's."""

    xyz: tuple[float, float, float]
    plddt: float | None = None

    @property
    def sure(self) -> bool:
        """Whether it may help to superpose: of a model, from a pLDDT of 70 on."""
        return self.plddt is None or self.plddt >= CONFIDENT

    @property
    def placed(self) -> bool:
        """Whether its place means something."""
        return self.plddt is None or self.plddt >= LOW


@dataclass(frozen=True)
class Fold:
    """A domain superposed on its homologue.

    Attributes
    ----------
    pairs : dict of int to int
        Residues in the same place: CA within 3 A, in the order of both chains, both of pLDDT 50 or more.
    distance : dict of (int, int) to float
        Angstrom, for each of these pairs and each pair of the seed.
    rmsd : float
        Angstrom, over ``fitted`` pairs that were superposed.
    fitted : int
    """

    pairs: dict[int, int]
    distance: dict[tuple[int, int], float]
    rmsd: float
    fitted: int


def superpose(
    fixed: Mapping[int, Trace], moved: Mapping[int, Trace], seed: Mapping[int, int], span: Span, around: int = 0
) -> Fold | None:
    """Superpose one domain on its homologue and pair residues by place.

    The pairs of the seed are superposed (gemmi, least squares on CA of confident residues); then residues are paired by distance,
    in order and without gap costs, and these pairs are superposed again until they stay the same. So the seed may be wrong in
    places.

    Parameters
    ----------
    fixed, moved : mapping of int to Trace
        By position.
    seed : mapping of int to int
        Positions of ``fixed`` and ``moved`` that are aligned by sequence.
    span : Span
        The domain in ``fixed``.
    around : int
        Residues on either side of it that are paired too, but not superposed.

    Returns
    -------
    Fold or None
        None where fewer than 12 confident pairs are there to begin with.
    """
    import numpy as np

    inside = {one: two for one, two in seed.items() if one in span and one in fixed and two in moved}
    use = _sure(inside, fixed, moved)
    if len(use) < LEAST:
        return None
    wide = range(span.first - around, span.last + around + 1)
    ones = [one for one in wide if one in fixed]
    twos = [two for two in range(min(inside.values()) - MARGIN, max(inside.values()) + MARGIN + 1) if two in moved]
    still, moving = np.array([fixed[one].xyz for one in ones]), np.array([moved[two].xyz for two in twos])
    placed = np.outer([fixed[one].placed for one in ones], [moved[two].placed for two in twos])
    for _ in range(ROUNDS):
        fit, apart = _fit(use, fixed, moved, still, moving)
        pairs = {ones[i]: twos[j] for i, j in _in_order(np.where(placed, apart, np.inf))}
        again = _sure({one: two for one, two in pairs.items() if one in span}, fixed, moved)
        if again == use or len(again) < LEAST:
            break
        use = again
    row, column = {one: i for i, one in enumerate(ones)}, {two: j for j, two in enumerate(twos)}
    asked = {*pairs.items(), *((one, two) for one, two in seed.items() if one in row and two in column)}
    distance = {(one, two): round(float(apart[row[one], column[two]]), 2) for one, two in sorted(asked)}
    return Fold(pairs, distance, round(float(fit.rmsd), 2), len(use))


def _sure(pairs: Mapping[int, int], fixed: Mapping[int, Trace], moved: Mapping[int, Trace]) -> dict[int, int]:
    return {one: two for one, two in pairs.items() if fixed[one].sure and moved[two].sure}


def _fit(
    use: Mapping[int, int],
    fixed: Mapping[int, Trace],
    moved: Mapping[int, Trace],
    still: np.ndarray,
    moving: np.ndarray,
) -> tuple[Any, np.ndarray]:
    """The superposition of some pairs, and the distance of every two residues after it, shape (fixed, moved), Angstrom."""
    import gemmi
    import numpy as np

    fit = gemmi.superpose_positions(
        [gemmi.Position(*fixed[one].xyz) for one in use], [gemmi.Position(*moved[two].xyz) for two in use.values()]
    )
    there = moving @ np.array(fit.transform.mat.tolist()).T + np.array(fit.transform.vec.tolist())
    apart: np.ndarray = np.linalg.norm(still[:, None] - there[None], axis=2)
    return fit, apart


def _in_order(apart: np.ndarray) -> list[tuple[int, int]]:
    """Pairs within `CLOSE`, each residue in one pair, in the order of both chains, close pairs first (dynamic programming)."""
    import numpy as np
    from Bio.Align import PairwiseAligner

    rows, columns = apart.shape
    worth = np.zeros((rows + columns, rows + columns))
    worth[:rows, rows:] = np.maximum(0.0, 1.0 / (1.0 + (apart / CLOSE) ** 2) - 0.5)
    aligner: Any = PairwiseAligner()  # type: ignore[no-untyped-call]
    aligner.mode = "global"
    aligner.substitution_matrix = worth
    aligner.gap_score = 0.0
    best = aligner.align(np.arange(rows, dtype=np.int32), np.arange(rows, rows + columns, dtype=np.int32))[0]
    return [
        (int(start) + n, int(first) + n)
        for (start, end), (first, _) in zip(*best.aligned, strict=True)
        for n in range(end - start)
        if apart[int(start) + n, int(first) + n] <= CLOSE
    ]
