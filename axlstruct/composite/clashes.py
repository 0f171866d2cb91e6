"""Whether a composite can be: clashes of its parts, and how its membrane helices lie to the two-fold axis of the complex."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from axlstruct.composite.placement import Alphas, Copy, moved
from axlstruct.sequence.parts import membrane_of, part_name, parts_of
from axlstruct.structure.arrangement import mean

if TYPE_CHECKING:
    import numpy as np

CLASH = 4.0
"""Distance of two C-alphas in Angstrom below which they clash; neighbours in a chain are 3.8 apart, others seldom below 4."""


@dataclass(frozen=True)
class Body:
    """C-alphas of one chain of the composite, each with the part of the protein that it belongs to.

    ``own`` is the receptor copy that the chain belongs to (its chain in the structure), so that nothing is held against itself.
    """

    chain: str
    protein: str
    own: str
    predicted: bool
    parts: tuple[str, ...]
    confident: np.ndarray
    xyz: np.ndarray


@dataclass(frozen=True, slots=True)
class ClashRow:
    """C-alphas of a placed model closer than 4 A to another chain, by parts."""

    chain_1: str
    part_1: str
    chain_2: str
    protein_2: str
    part_2: str
    kind_2: str
    """``experiment`` or ``model``."""
    ca_pairs: int
    ca_pairs_confident: int
    """Of these, pairs without a model residue of pLDDT 70 or less."""
    min_distance: float


def clash_rows(bodies: Sequence[Body]) -> list[ClashRow]:
    """Clashes between chains of which at least one is a model's and that do not belong to the same receptor copy."""
    import numpy as np

    rows = []
    for one, two in combinations(sorted(bodies, key=lambda body: not body.predicted), 2):
        if not one.predicted or one.own == two.own or not len(one.xyz) or not len(two.xyz):
            continue
        distance = np.linalg.norm(one.xyz[:, None] - two.xyz[None], axis=2)
        found: dict[tuple[str, str], list[tuple[float, bool]]] = {}
        for i, j in np.argwhere(distance < CLASH):
            sure = bool(one.confident[i] and two.confident[j])
            found.setdefault((one.parts[i], two.parts[j]), []).append((float(distance[i, j]), sure))
        kind = "model" if two.predicted else "experiment"
        rows += [
            ClashRow(
                one.chain, first, two.chain, two.protein, second, kind, len(pairs), sum(sure for _, sure in pairs),
                min(length for length, _ in pairs),
            )
            for (first, second), pairs in found.items()
        ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.ca_pairs, row.chain_1, row.part_1, row.chain_2, row.part_2))


@dataclass(frozen=True, slots=True)
class MembraneRow:
    """The membrane helix of one placed model, against the two-fold axis of the complex (up: away from the receptor's end)."""

    chain: str
    first: int
    last: int
    plddt: float | None
    tilt: float
    """Degrees between helix and axis, whatever its direction, 0 to 90."""
    direction: str
    """``down`` if the chain runs away from the fitted domains as in a membrane it must, ``up`` if it runs back."""
    from_axis: float
    """Distance of the helix's centre from the axis in Angstrom."""
    step: float
    """Height of the centre over that of the first copy, along the axis; 0 by symmetry."""
    between: float | None
    """Distance of the centres of the two helices."""
    crossing: float | None
    """Degrees between the two helices as lines, 0 to 90."""
    wrong_side: str
    """Parts whose centres lie on the wrong side of the plane through the helices' centres across the axis, with their heights."""


@dataclass(frozen=True)
class Membrane:
    """The plane that the helices' centres suggest, across the two-fold axis.

    ``center`` lies on the axis; ``axis`` is a unit vector up.
    """

    center: np.ndarray
    axis: np.ndarray
    rows: tuple[MembraneRow, ...]


def membrane(
    copies: Sequence[Copy], model: Alphas, plddt: Mapping[int, float], axis: np.ndarray, point: np.ndarray
) -> Membrane | None:
    """The membrane that the placed models suggest; None where the protein has no membrane helix or the model does not show it.

    Parameters
    ----------
    copies : sequence of Copy
        Two, related by the axis.
    model : mapping of int to coordinates
        C-alphas of the model as it came.
    plddt : mapping of int to float
    axis, point : ndarray, shape (3,)
        The two-fold axis, up, and a point on it.
    """
    import numpy as np

    protein = copies[0].chain.protein
    helix = next(iter(membrane_of(protein)), None)
    positions = [p for p in helix.span if p in model] if helix else []
    if helix is None or len(positions) < len(helix.span) / 2 or len(positions) < 5:
        return None
    turns = [_helix(_points(model, copy, positions)) for copy in copies]
    centers = [center for center, _ in turns]
    heights = [float((center - point) @ axis) for center in centers]
    level = sum(heights) / len(heights)
    pair = len(copies) == 2
    between = float(np.linalg.norm(centers[0] - centers[1])) if pair else None
    crossing = _line_angle(turns[0][1], turns[1][1]) if pair else None
    rows = []
    for copy, (center, run), height in zip(copies, turns, heights, strict=True):
        off = center - point - axis * height
        rows.append(
            MembraneRow(
                copy.name, positions[0], positions[-1], mean([plddt[p] for p in positions if p in plddt]), _line_angle(run, axis),
                "down" if run @ axis < 0 else "up", float(np.linalg.norm(off)), height - heights[0], between, crossing,
                _wrong_side(copy, model, lambda xyz: float((xyz.mean(axis=0) - point) @ axis) - level),
            )
        )  # fmt: skip
    return Membrane(point + axis * level, axis, tuple(rows))


def _points(model: Alphas, copy: Copy, positions: Sequence[int]) -> np.ndarray:
    """C-alphas of the placed model, shape (n, 3)."""
    import numpy as np

    return np.array(list(moved(model, copy, positions).values())).reshape(-1, 3)


def _helix(xyz: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Centre and direction, from first to last residue, of a helix: the longest principal axis of its C-alphas."""
    import numpy as np

    center = xyz.mean(axis=0)
    run = np.linalg.svd(xyz - center)[2][0]
    return center, run if run @ (xyz[-1] - xyz[0]) > 0 else -run


def _line_angle(one: np.ndarray, two: np.ndarray) -> float:
    import numpy as np

    return float(np.degrees(np.arccos(min(1.0, abs(float(one @ two))))))


def _wrong_side(copy: Copy, model: Alphas, height: Callable[[np.ndarray], float]) -> str:
    """Extracellular parts below the plane and cytoplasmic ones above it, with the heights of their centres."""
    protein, words = copy.chain.protein, []
    for part in parts_of(protein):
        should = {"extracellular": 1, "cytoplasmic": -1}.get(protein.region(part.span.first), 0)
        shown = [p for p in part.span if p in model]
        if should and shown and (found := height(_points(model, copy, shown))) * should < 0:
            words.append(f"{part_name(part)} {found:+.0f}")
    return ", ".join(words)
