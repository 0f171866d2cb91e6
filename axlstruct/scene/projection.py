"""An orthographic camera: the same numbers tell the ray tracer where to look and matplotlib where a residue is seen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

FIELD = 20.0
"""Degrees that PyMOL's camera sees from top to bottom; without perspective this only sets its distance."""


@dataclass(frozen=True)
class Projection:
    """Where to look from, and how large.

    Attributes
    ----------
    turn : ndarray, shape (3, 3)
        Rows are the reader's right, up, and towards the reader.
    center : ndarray, shape (3,)
        Seen in the middle of the picture, in Angstrom.
    scale : float
        Pixels in an Angstrom.
    width, height : int
        Of the picture, in pixels.
    near, far : float
        Angstrom before and behind the centre that are shown.
    """

    turn: np.ndarray
    center: np.ndarray
    scale: float
    width: int
    height: int
    near: float
    far: float

    def pixels(self, xyz: np.ndarray) -> np.ndarray:
        """Where points are seen: x to the right, y downwards, from the upper left corner; shape (n, 2)."""
        import numpy as np

        seen = (np.atleast_2d(xyz) - self.center) @ self.turn.T
        return np.column_stack([self.width / 2 + seen[:, 0] * self.scale, self.height / 2 - seen[:, 1] * self.scale])

    def depth(self, xyz: np.ndarray) -> np.ndarray:
        """Angstrom towards the reader, from the centre; shape (n,)."""
        depths: np.ndarray = (xyz - self.center) @ self.turn[2]
        return depths

    @property
    def view(self) -> list[float]:
        """The camera as PyMOL's 18 numbers."""
        distance = self.height / 2 / self.scale / math.tan(math.radians(FIELD / 2))
        turn = [float(value) for value in self.turn.T.ravel()]
        middle = [float(value) for value in self.center]
        return [*turn, 0.0, 0.0, -distance, *middle, distance - self.near, distance + self.far, FIELD]


def fit(
    xyz: np.ndarray, turn: np.ndarray, *, width: int, margin: float = 4.0, aside: float = 0.0, below: float = 0.0
) -> Projection:
    """A projection that shows all points.

    Parameters
    ----------
    xyz : ndarray, shape (n, 3)
    turn : ndarray, shape (3, 3)
    width : int
        Of the picture, in pixels; the height follows.
    margin : float
        Angstrom around the points.
    aside, below : float
        Angstrom more left and right, and at the bottom.
    """
    import numpy as np

    seen = xyz @ turn.T
    first, last = seen.min(axis=0) - margin, seen.max(axis=0) + margin
    first -= [aside, below, 0.0]
    last += [aside, 0.0, 0.0]
    wide, tall, deep = last - first
    ratio = min(max(tall / wide, 0.25), 1.2)
    height = round(width * ratio / 2) * 2
    scale = min(width / wide, height / tall)
    return Projection(np.asarray(turn), (first + last) / 2 @ turn, float(scale), width, height, float(deep / 2), float(deep / 2))


def upright(axis: np.ndarray, xyz: np.ndarray, left: np.ndarray) -> np.ndarray:
    """The turn that puts an axis upright and spreads points widest to the sides; ``left`` is a point on the left."""
    import numpy as np

    flat = xyz - xyz.mean(axis=0)
    flat = flat - np.outer(flat @ axis, axis)
    across = np.linalg.eigh(flat.T @ flat)[1][:, 2]
    across -= (across @ axis) * axis
    across /= np.linalg.norm(across)
    if (left - xyz.mean(axis=0)) @ across > 0:
        across = -across
    return np.array([across, axis, np.cross(across, axis)])


def from_above(turn: np.ndarray) -> np.ndarray:
    """The view along the upright axis, from its tip: the reader's head is tilted forward by 90 degrees."""
    import numpy as np

    return np.array([turn[0], -turn[2], turn[1]])


def from_quaternion(rotation: tuple[float, float, float, float]) -> np.ndarray:
    """Rotation matrix of a quaternion (x, y, z, w)."""
    import numpy as np

    x, y, z, w = rotation
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
