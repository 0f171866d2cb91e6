"""What it costs to write on a picture, pixel by pixel, and letters that are dark enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axlstruct.scene import palette

if TYPE_CHECKING:
    import numpy as np


def legible(color: str) -> str:
    """A colour dark enough for letters on white: contrast at least 4.5 as WCAG 2 asks."""
    share = 1.0
    while palette.luminance(palette.shade(color, share)) > 0.18 and share > 0.1:
        share -= 0.05
    return palette.shade(color, share)


def ink_of(pixels: np.ndarray, share: float = 1.0) -> np.ndarray:
    """What it costs to cover the pixels of a still: ``share`` where something is drawn."""
    ink: np.ndarray = (pixels[..., 3] > 40) * share
    return ink


def blobs(shape: tuple[int, ...], points: np.ndarray, radius: float, cost: float) -> np.ndarray:
    """A field that costs something within a radius of points, in pixels."""
    import numpy as np

    field_ = np.zeros(shape[:2])
    size = int(np.ceil(radius))
    grid = np.mgrid[-size : size + 1, -size : size + 1]
    disc = cost * ((grid**2).sum(axis=0) <= radius**2)
    for x, y in np.round(points).astype(int):
        top, left = y - size, x - size
        rows, columns = slice(max(top, 0), max(y + size + 1, 0)), slice(max(left, 0), max(x + size + 1, 0))
        view = field_[rows, columns]
        part = disc[
            rows.start - top : rows.start - top + view.shape[0], columns.start - left : columns.start - left + view.shape[1]
        ]
        np.maximum(view, part, out=view)
    return field_
