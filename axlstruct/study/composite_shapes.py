"""What a composite draws besides atoms, as cylinders: two-fold axis, linkers left out, faces of the membrane."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from axlstruct.composite.hinges import CORE
from axlstruct.composite.placement import moved
from axlstruct.scene.composite import AXIS, FADED, SLAB
from axlstruct.structure.structure import Structure
from axlstruct.structure.symmetry import alphas
from axlstruct.study.composites import Composite

if TYPE_CHECKING:
    import numpy as np

SHEET = 1.0
"""Thickness of each face of the membrane as drawn: what lies between stays in sight."""

BEYOND = 45.0
"""Angstrom by which the faces reach beyond the helices."""


def cylinders(made: Composite, joined: Structure) -> list[dict[str, Any]]:
    """Cylinders in the order in which they are drawn, as 3Dmol.js takes them.

    Parameters
    ----------
    made : Composite
    joined : Structure
        Experiment and model as one structure, for the length of the axis.
    """
    drawn: list[dict[str, Any]] = []
    if made.axis is not None:
        half = made.axis.axis * _reach(joined, made)
        middle = made.membrane.center if made.membrane else made.axis.point
        drawn.append({**_ends(middle - half, middle + half), "radius": 0.35, "color": AXIS, "dashed": True})
    dash = {"radius": 0.3, "color": FADED, "dashed": True, "dashLength": 1.5, "gapLength": 1.5}
    drawn += [{**_ends(start, end), **dash} for start, end in _linkers(made)]
    if made.membrane:
        radius = round(max(row.from_axis for row in made.membrane.rows) + BEYOND, 1)
        for side in (CORE / 2, -CORE / 2):
            face = made.membrane.center + made.membrane.axis * side
            ends = _ends(face - made.membrane.axis * SHEET / 2, face + made.membrane.axis * SHEET / 2)
            drawn.append({**ends, "radius": radius, "color": SLAB, "opacity": 0.55, "fromCap": 1, "toCap": 1})
    return drawn


def _linkers(made: Composite) -> list[tuple[np.ndarray, np.ndarray]]:
    """Ends of what is left out between the pieces of the model."""
    import numpy as np

    points, found = alphas(made.model_map), []
    for copy in made.copies:
        for one, two in pairwise(copy.pieces):
            ends = moved(points, copy, (one.span.last, two.span.first))
            found.append((np.array(ends[one.span.last]), np.array(ends[two.span.first])))
    return found


def _reach(joined: Structure, made: Composite) -> float:
    """Half the length of the drawn axis: a little more than the atoms reach along it."""
    import numpy as np

    assert made.axis is not None
    middle = made.membrane.center if made.membrane else made.axis.point
    xyz = np.array([atom.pos.tolist() for r in joined.residues for atom in r.gemmi if atom.name == "CA"])
    return float(np.abs((xyz - middle) @ made.axis.axis).max()) + 8.0


def _ends(start: np.ndarray, end: np.ndarray) -> dict[str, dict[str, float]]:
    return {
        name: {axis: round(float(value), 3) for axis, value in zip("xyz", place, strict=True)}
        for name, place in (("start", start), ("end", end))
    }
