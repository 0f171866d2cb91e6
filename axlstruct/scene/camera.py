"""From where to look at a structure: its widest face turned to the reader, the same each time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from axlstruct.scene.scene import Camera
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.structure import Structure


def face_on(structure: Structure, maps: Sequence[ChainMap]) -> Camera:
    """Along the thinnest axis, the widest across; the receptor's last residues are below, the first chain is on the left."""
    import numpy as np

    points = np.array([atom.pos.tolist() for r in structure.residues for atom in r.gemmi if atom.name == "CA"] or structure.xyz)
    _, axes = np.linalg.eigh(np.cov(points.T)) if len(points) > 3 else (None, np.eye(3)[::-1].T)
    across, up = axes[:, 2], axes[:, 1]
    ends = [m.chain.residues[-1].gemmi[0].pos.tolist() for m in maps if m.protein.role == "receptor"]
    down = (np.array(ends) - points.mean(axis=0)).mean(axis=0) if ends else -up
    first = [atom.pos.tolist() for atom in (a for r in structure.chains[0].residues for a in r.gemmi)]
    left = np.array(first).mean(axis=0) - points.mean(axis=0)
    up = up if up @ down <= 0 else -up
    across = across if across @ left <= 0 else -across
    return turned(np.array([across, up, np.cross(across, up)]), points)


def turned(turn: Any, points: Any) -> Camera:
    """The camera under a turn (rows right, up, towards the reader; shape (3, 3)), on the middle of points of shape (n, 3)."""
    seen = points @ turn.T
    center = (seen.min(axis=0) + seen.max(axis=0)) / 2 @ turn
    x, y, z, w = _quaternion(turn)
    return Camera(_rounded(center, 3), (round(x, 6), round(y, 6), round(z, 6), round(w, 6)))


def _rounded(values: Iterable[float], digits: int) -> tuple[float, float, float]:
    a, b, c = (round(float(value), digits) + 0.0 for value in values)
    return a, b, c


def _quaternion(rotation: Any) -> tuple[float, float, float, float]:
    """Quaternion (x, y, z, w), w not negative, of a proper rotation matrix."""
    import numpy as np

    r = rotation
    kernel = np.array(
        [
            [r[0, 0] - r[1, 1] - r[2, 2], r[0, 1] + r[1, 0], r[0, 2] + r[2, 0], r[2, 1] - r[1, 2]],
            [r[0, 1] + r[1, 0], r[1, 1] - r[0, 0] - r[2, 2], r[1, 2] + r[2, 1], r[0, 2] - r[2, 0]],
            [r[0, 2] + r[2, 0], r[1, 2] + r[2, 1], r[2, 2] - r[0, 0] - r[1, 1], r[1, 0] - r[0, 1]],
            [r[2, 1] - r[1, 2], r[0, 2] - r[2, 0], r[1, 0] - r[0, 1], r[0, 0] + r[1, 1] + r[2, 2]],
        ]
    )
    vector = np.linalg.eigh(kernel)[1][:, 3]
    x, y, z, w = (float(value) for value in (vector if vector[3] >= 0 else -vector))
    return x, y, z, w
