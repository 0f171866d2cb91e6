"""Labels that would cover each other from where the camera starts, moved up or down by as little as it takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from axlstruct.scene.scene import Camera

if TYPE_CHECKING:
    import numpy as np

HALF_VIEW = 10.0
"""Half of the angle of view in degrees, as the browser's camera has it."""

MARGIN = 3.0
"""Angstrom about the atoms that the browser keeps in sight."""

TRIED = (0, 1, -1)
"""Heights of a label by which it may be moved, the least first; farther off it would name something else."""


def on_screen(points: np.ndarray, atoms: np.ndarray, camera: Camera, size: tuple[int, int]) -> np.ndarray:
    """Where points are seen at the start, in pixels right of and above the middle of the picture.

    Parameters
    ----------
    points, atoms : ndarray, shape (n, 3)
        Angstrom; all of the atoms are in sight.
    camera : Camera
    size : tuple of int
        Width and height in pixels.

    Returns
    -------
    ndarray, shape (n, 2)
    """
    import numpy as np

    vector, w = np.array(camera.rotation[:3]), camera.rotation[3]

    def turned(xyz: np.ndarray) -> np.ndarray:
        centred = xyz - np.array(camera.center)
        twice = 2 * np.cross(vector, centred)
        seen: np.ndarray = centred + w * twice + np.cross(vector, twice)
        return seen

    tangent = np.tan(np.radians(HALF_VIEW))
    x, y, z = turned(atoms).T
    reach = np.maximum((abs(x) + MARGIN) * size[1] / size[0], abs(y) + MARGIN)
    away = max(20.0, float(np.max(reach / tangent + z)))
    seen = turned(points)
    found: np.ndarray = seen[:, :2] / (tangent * (away - seen[:, 2:])) * size[1] / 2
    return found


def nudges(places: Sequence[tuple[float, float]], texts: Sequence[str], font: float) -> list[float | None]:
    """Pixels by which each label is to be moved up so that none covers an earlier one; None where there is no room.

    Parameters
    ----------
    places : sequence of (x, y)
        Middles of the labels in pixels, y upwards.
    texts : sequence of str
    font : float
        Size in pixels.

    Examples
    --------
    >>> nudges([(0, 0), (4, 2), (90, 0)], ["LG1", "Ni", "IG1"], font=13)
    [0.0, 23.0, 0.0]
    """
    high, moved = font + 10.0, list[float | None]()
    boxes: list[tuple[float, float, float]] = []
    for (x, y), text in zip(places, texts, strict=True):
        half = (0.6 * font * len(text) + 8) / 2
        free = [n for n in TRIED if not any(abs(x - a) < half + b and abs(y + n * high - c) < high for a, b, c in boxes)]
        moved.append(free[0] * high if free else None)
        if free:
            boxes.append((x, half, y + free[0] * high))
    return moved
