"""Where the labels of a picture go: off what is drawn, off each other, near what they name, leaders short and uncrossed.

Pure numbers: boxes in pixels, a cost for each pixel that a label would cover.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

ANGLES, RINGS = 24, (0.0, 0.6, 1.2, 2.0, 3.0, 4.2, 5.6, 7.4)
"""Directions that are tried around a place, and distances in heights of a label."""

OVERLAP, CROSSING, THROUGH = 60.0, 12.0, 9.0
"""What it costs to cover another label, to cross another leader, to run a leader through another label."""


COVER = 25.0
"""What it costs to cover a label's own size of what is drawn."""

PULL = 0.35
"""Weight of the distance to the middle of what a label names, by that to its nearest point."""


@dataclass(frozen=True)
class Wish:
    """A label to place: its size in pixels, and the points it may belong to, shape (n, 2)."""

    width: float
    height: float
    near: np.ndarray


@dataclass(frozen=True)
class Spot:
    """Where a label went: its middle, and the point its leader ends at."""

    x: float
    y: float
    to: tuple[float, float]
    width: float
    height: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.x - self.width / 2, self.y - self.height / 2, self.x + self.width / 2, self.y + self.height / 2

    @property
    def start(self) -> tuple[float, float]:
        """The point of the box that is nearest to what it names."""
        left, top, right, bottom = self.box
        return min(max(self.to[0], left), right), min(max(self.to[1], top), bottom)

    @property
    def gap(self) -> float:
        """Pixels from the box to what it names."""
        x, y = self.start
        return float(((x - self.to[0]) ** 2 + (y - self.to[1]) ** 2) ** 0.5)


def place(wishes: Sequence[Wish], taken: np.ndarray, *, pad: float = 3.0, reach: float = 0.05, sweeps: int = 6) -> list[Spot]:
    """Place labels.

    Parameters
    ----------
    wishes : sequence of Wish
    taken : ndarray, shape (height, width)
        What it costs to cover a pixel.
    pad : float
        Pixels between labels at least.
    reach : float
        Cost of a pixel of distance.
    sweeps : int
        Times that each label is offered a better place.

    Returns
    -------
    list of Spot
        In the order of the wishes.
    """
    import numpy as np

    sums = np.zeros((taken.shape[0] + 1, taken.shape[1] + 1))
    sums[1:, 1:] = taken.cumsum(axis=0).cumsum(axis=1)
    offers = [_offers(wish, sums, reach, pad) for wish in wishes]
    spots: list[Spot | None] = [None] * len(wishes)
    order = sorted(range(len(wishes)), key=lambda i: (-float(offers[i][1].min()), i))
    for _ in range(sweeps):
        moved = False
        for index in order:
            found, base = offers[index]
            others = [spot for i, spot in enumerate(spots) if spot is not None and i != index]
            best = found[int(np.argmin(base + _conflicts(found, others, wishes[index], pad)))]
            spot = Spot(best[0], best[1], (best[2], best[3]), wishes[index].width, wishes[index].height)
            moved |= spot != spots[index]
            spots[index] = spot
        if not moved:
            break
    return [spot for spot in spots if spot is not None]


def _offers(wish: Wish, sums: np.ndarray, reach: float, pad: float) -> tuple[np.ndarray, np.ndarray]:
    """Places inside the picture as rows (x, y, leader x, leader y), and what each costs by itself."""
    import numpy as np

    height, width = sums.shape[0] - 1, sums.shape[1] - 1
    w, h = wish.width, wish.height
    anchors = wish.near if len(wish.near) <= 24 else wish.near[np.linspace(0, len(wish.near) - 1, 24).astype(int)]
    turns = np.arange(ANGLES) * 2 * np.pi / ANGLES
    rings = np.array(RINGS) * h
    dx = np.cos(turns)[:, None] * (rings + w / 2 + pad)
    dy = np.sin(turns)[:, None] * (rings + h / 2 + pad)
    xs = (anchors[:, 0, None] + dx.ravel()).ravel()
    ys = (anchors[:, 1, None] + dy.ravel()).ravel()
    inside = (xs > w / 2 + pad) & (xs < width - w / 2 - pad) & (ys > h / 2 + pad) & (ys < height - h / 2 - pad)
    if not inside.any():
        xs, ys = np.clip(xs, w / 2 + pad, width - w / 2 - pad), np.clip(ys, h / 2 + pad, height - h / 2 - pad)
    else:
        xs, ys = xs[inside], ys[inside]
    apart = np.hypot(
        np.maximum(abs(xs[:, None] - wish.near[:, 0]) - w / 2, 0), np.maximum(abs(ys[:, None] - wish.near[:, 1]) - h / 2, 0)
    )
    nearest = apart.argmin(axis=1)
    gap = apart[np.arange(len(xs)), nearest]
    left, right = (np.clip(xs + s * (w / 2 + pad / 2), 0, width).astype(int) for s in (-1, 1))
    top, bottom = (np.clip(ys + s * (h / 2 + pad / 2), 0, height).astype(int) for s in (-1, 1))
    covered = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    middle = np.median(wish.near, axis=0)
    far = np.hypot(xs - middle[0], ys - middle[1])
    cost = COVER * covered / (w * h) + reach * (gap + PULL * far) + 1e-4 * (ys / height)
    return np.column_stack([xs, ys, wish.near[nearest]]), cost


def _conflicts(found: np.ndarray, others: Sequence[Spot], wish: Wish, pad: float) -> np.ndarray:
    """What each place costs because of labels that are already there."""
    import numpy as np

    cost = np.zeros(len(found))
    if not others:
        return cost
    boxes = np.array([(o.x, o.y, o.width, o.height, *o.start, *o.to) for o in others])
    x, y = found[:, 0, None], found[:, 1, None]
    deep = np.minimum((wish.width + boxes[:, 2]) / 2 + pad - abs(x - boxes[:, 0]), 0.5 * (wish.width + boxes[:, 2]))
    tall = (wish.height + boxes[:, 3]) / 2 + pad - abs(y - boxes[:, 1])
    hits = (deep > 0) & (tall > 0)
    cost += OVERLAP * (hits * (1 + np.maximum(tall, 0) / wish.height)).sum(axis=1)
    starts = np.column_stack(
        [
            np.clip(found[:, 2], found[:, 0] - wish.width / 2, found[:, 0] + wish.width / 2),
            np.clip(found[:, 3], found[:, 1] - wish.height / 2, found[:, 1] + wish.height / 2),
        ]
    )
    ends = found[:, 2:]
    cost += CROSSING * _cross(starts[:, None], ends[:, None], boxes[None, :, 4:6], boxes[None, :, 6:8]).sum(axis=1)
    for share in (0.2, 0.5, 0.8):
        mine = starts + share * (ends - starts)
        inside = (abs(mine[:, 0, None] - boxes[:, 0]) < boxes[:, 2] / 2) & (abs(mine[:, 1, None] - boxes[:, 1]) < boxes[:, 3] / 2)
        theirs = boxes[:, 4:6] + share * (boxes[:, 6:8] - boxes[:, 4:6])
        under = (abs(x - theirs[:, 0]) < wish.width / 2) & (abs(y - theirs[:, 1]) < wish.height / 2)
        cost += THROUGH * (inside.sum(axis=1) + under.sum(axis=1))
    return cost


def _cross(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray) -> np.ndarray:
    """Whether lines a-b and c-d cross."""

    def side(p: np.ndarray, q: np.ndarray, r: np.ndarray) -> np.ndarray:
        turned: np.ndarray = (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])
        return turned

    crossed: np.ndarray = (side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)
    return crossed


def reflected(spot: Spot, near: np.ndarray, across: float, down: float | None = None) -> Spot:
    """The spot of a copy on the other side of ``x = across`` (and of ``y = down``), its leader to its own nearest point."""
    import numpy as np

    x, y = 2 * across - spot.x, spot.y if down is None else 2 * down - spot.y
    apart = np.hypot(np.maximum(abs(x - near[:, 0]) - spot.width / 2, 0), np.maximum(abs(y - near[:, 1]) - spot.height / 2, 0))
    to = near[int(apart.argmin())]
    return Spot(x, y, (float(to[0]), float(to[1])), spot.width, spot.height)


def drawn_cost(pixels: np.ndarray, share: float = 1.0) -> np.ndarray:
    """What it costs to cover the pixels of a still: ``share`` where something is drawn."""
    cost: np.ndarray = (pixels[..., 3] > 40) * share
    return cost


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
