"""The placed model cut where it is of low confidence, and its pieces set across a membrane: a schematic, no prediction.

The cuts are the model's own: linkers between parts in which it has nothing to say. What stands on the far side of such a linker
is where it is by chance, so it may be set elsewhere. The rule by which it is set here is a drawing's: the membrane helix upright
under the end of the ectodomain, what follows below the membrane with its first residue up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from axlstruct.composite.placement import Alphas, Copy, Motion, moved
from axlstruct.sequence.features import Span
from axlstruct.sequence.parts import parts_of
from axlstruct.sequence.target import Protein
from axlstruct.structure.confidence import CONFIDENT

if TYPE_CHECKING:
    import numpy as np

LEAST_LOW = 10
"""Residues of low confidence that a linker must have to be a hinge; half of it must be such."""

CORE = 30.0
"""Thickness of the membrane as drawn, in Angstrom: about that of its apolar core."""

GAP = 8.0
"""Angstrom left between the faces of the membrane and what stands above and below."""


def hinges(protein: Protein, plddt: Mapping[int, float]) -> tuple[Span, ...]:
    """Linkers between parts where the model is of low confidence.

    Parameters
    ----------
    protein : Protein
    plddt : mapping of int to float
        By UniProt position.
    """
    linkers = []
    for one, two in pairwise(parts_of(protein)):
        between = range(one.span.last + 1, two.span.first)
        low = sum(plddt.get(position, 0.0) <= CONFIDENT for position in between)
        if low >= LEAST_LOW and 2 * low >= len(between):
            linkers.append(Span(between[0], between[-1]))
    return tuple(linkers)


def pieces(protein: Protein, plddt: Mapping[int, float]) -> tuple[Span, ...]:
    """What the hinges leave, from the first residue of the first part to the last of the last."""
    parts, cuts = parts_of(protein), hinges(protein, plddt)
    firsts = [parts[0].span.first, *(cut.last + 1 for cut in cuts)]
    lasts = [*(cut.first - 1 for cut in cuts), parts[-1].span.last]
    return tuple(Span(first, last) for first, last in zip(firsts, lasts, strict=True))


def hinged(
    copies: Sequence[Copy], model: Alphas, plddt: Mapping[int, float], axis: np.ndarray, point: np.ndarray
) -> tuple[Copy, ...]:
    """The same copies with the model in pieces, set across a membrane; as they came where there is nothing to cut.

    Parameters
    ----------
    copies : sequence of Copy
        Related by the axis.
    model : mapping of int to coordinates
        C-alphas of the model as it came.
    plddt : mapping of int to float
    axis, point : ndarray, shape (3,)
        The two-fold axis, up, and a point on it.
    """
    import numpy as np

    protein = copies[0].chain.protein
    found = pieces(protein, plddt)
    if len(found) < 2:
        return tuple(copies)
    above = [np.array(list(moved(model, copy, (p for p in found[0] if p in model)).values())) for copy in copies]
    level = min(float(((xyz - point) @ axis).min()) for xyz in above) - GAP - CORE / 2
    return tuple(_set(copy, model, found, axis, point, level, xyz[-1]) for copy, xyz in zip(copies, above, strict=True))


def _set(
    copy: Copy, model: Alphas, found: Sequence[Span], axis: np.ndarray, point: np.ndarray, level: float, end: np.ndarray
) -> Copy:
    """One copy: its helix at the level of the membrane under ``end``, further pieces one below the other."""
    import numpy as np

    protein = copy.chain.protein
    foot = end - axis * ((end - point) @ axis)
    motions = [Motion(found[0], copy.fit.turn, copy.fit.shift)]
    below = level - CORE / 2 - GAP
    for span in found[1:]:
        xyz = np.array([model[p] for p in span if p in model]) @ copy.fit.turn.T
        center = xyz.mean(axis=0)
        if protein.region(span.first) == "transmembrane":
            turn = _turn(xyz[-3:].mean(axis=0) - xyz[:3].mean(axis=0), -axis)
            height = level
        else:
            turn = _turn(xyz[0] - center, axis)
            depths = (xyz - center) @ turn.T @ axis
            height = below - float(depths.max())
            below = height + float(depths.min()) - GAP
        shift = foot + axis * height - turn @ center
        motions.append(Motion(span, turn @ copy.fit.turn, shift))
    return replace(copy, pieces=tuple(motions))


def _turn(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """The smallest rotation that takes the direction of one vector to that of another (Rodrigues)."""
    import numpy as np

    a, b = one / np.linalg.norm(one), two / np.linalg.norm(two)
    cross, cosine = np.cross(a, b), float(a @ b)
    if cosine < -1 + 1e-9:
        side = np.eye(3)[int(np.argmin(abs(a)))]
        normal = np.cross(a, side) / np.linalg.norm(np.cross(a, side))
        return 2 * np.outer(normal, normal) - np.eye(3)
    k = np.array([[0, -cross[2], cross[1]], [cross[2], 0, -cross[0]], [-cross[1], cross[0], 0]])
    rotation: np.ndarray = np.eye(3) + k + k @ k / (1 + cosine)
    return rotation
