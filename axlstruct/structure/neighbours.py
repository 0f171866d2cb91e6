"""Pairs of atoms that lie near each other, found by cells: the one search behind contacts, bonds, sugars and areas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

_BLOCK = 1 << 21
"""Candidate pairs looked at in one go: about 100 MB."""


_FEW = 0.5
"""Share of the atoms below which they are taken out of the columns before the search."""


def near_pairs(xyz: np.ndarray, reach: np.ndarray, from_: np.ndarray, to: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of atoms whose distance is below the sum of their reaches, an atom with itself left out.

    Parameters
    ----------
    xyz : ndarray, shape (n, 3), float
    reach : ndarray, shape (n,), float
        Angstrom.
    from_, to : ndarray, int
        Indices of the atoms on either side.

    Returns
    -------
    (i, j) : tuple of ndarray, shape (m,), int

    Examples
    --------
    >>> import numpy as np
    >>> xyz = np.array([[0.0, 0, 0], [3, 0, 0], [9, 0, 0]])
    >>> [end.tolist() for end in near_pairs(xyz, np.full(3, 2.0), np.array([0]), np.array([1, 2]))]
    [[0], [1]]
    """
    import numpy as np

    found = [(np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp))]
    if len(from_) + len(to) < _FEW * len(xyz):  # of a large structure only what is asked about is looked at
        used = np.concatenate([from_, to])
        rows = np.arange(len(used))
        i, j = near_pairs(xyz[used], reach[used], rows[: len(from_)], rows[len(from_) :])
        i, j = used[i], used[j]
        return i[i != j], j[i != j]
    axes = np.ascontiguousarray(xyz.T)
    if len(from_) and len(to):
        size = float(reach[from_].max() + reach[to].max())
        to = _inside(axes, to, from_, size)
    if len(from_) and len(to):
        for i, j in _in_neighbouring_cells(axes, _inside(axes, from_, to, size), to, size):
            square = sum((axis[i] - axis[j]) ** 2 for axis in axes)
            near = np.flatnonzero((square < (reach[i] + reach[j]) ** 2) & (i != j))
            found.append((i[near], j[near]))
    return np.concatenate([i for i, _ in found]), np.concatenate([j for _, j in found])


def near_boxes(xyz: np.ndarray, groups: Sequence[np.ndarray], distance: float) -> list[tuple[int, int]]:
    """Pairs of groups of atoms whose boxes lie within a distance of each other, ``i < j`` in order: no others can touch.

    Parameters
    ----------
    xyz : ndarray, shape (n, 3), float
    groups : sequence of ndarray, int
        Indices of the atoms of each group; an empty group is near nothing.
    distance : float
        Angstrom.

    Examples
    --------
    >>> import numpy as np
    >>> xyz = np.array([[0.0, 0, 0], [3, 0, 0], [9, 0, 0]])
    >>> near_boxes(xyz, [np.array([0]), np.array([2]), np.array([1])], 4.0)
    [(0, 2)]
    """
    import numpy as np

    low = np.array([xyz[group].min(axis=0) if len(group) else np.full(3, np.inf) for group in groups]).reshape(-1, 3)
    high = np.array([xyz[group].max(axis=0) if len(group) else np.full(3, -np.inf) for group in groups]).reshape(-1, 3)
    found: list[tuple[int, int]] = []
    for i in range(len(groups) - 1):
        near = ((low[i + 1 :] <= high[i] + distance) & (high[i + 1 :] >= low[i] - distance)).all(axis=1)
        found += [(i, i + 1 + int(j)) for j in np.flatnonzero(near)]
    return found


def _inside(axes: np.ndarray, atoms: np.ndarray, others: np.ndarray, size: float) -> np.ndarray:
    """Those atoms that lie in the box around the others, widened by ``size``; ``axes`` are the coordinates, shape (3, n)."""
    for axis in axes:
        place, around = axis[atoms], axis[others]
        atoms = atoms[(place >= around.min() - size) & (place <= around.max() + size)]
    return atoms


def _in_neighbouring_cells(
    axes: np.ndarray, from_: np.ndarray, to: np.ndarray, size: float
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs of atoms in the same or touching cells of edge ``size``, block by block."""
    import numpy as np

    low = axes[:, to].min(axis=1, keepdims=True) - size
    x, y, z = np.floor((axes[:, to] - low) / size).astype(np.int64)
    wide, deep = y.max() + 3, z.max() + 3
    key = (x * wide + y) * deep + z
    order = np.argsort(key, kind="stable")
    key, to = key[order], to[order]
    x, y, z = np.floor((axes[:, from_] - low) / size).astype(np.int64)
    home = ((x * wide + y) * deep + z)[:, None] + np.array([(a * wide + b) * deep for a in (-1, 0, 1) for b in (-1, 0, 1)])
    start = np.searchsorted(key, home.ravel() - 1, side="left")
    count = np.searchsorted(key, home.ravel() + 1, side="right") - start
    there = np.flatnonzero(count)
    start, count, owner = start[there], count[there], from_[there // home.shape[1]]
    total = np.cumsum(count)
    first = 0
    while first < len(count):
        before = total[first] - count[first]
        last = max(first + 1, int(np.searchsorted(total, before + _BLOCK)))
        part = slice(first, last)
        i = np.repeat(owner[part], count[part])
        yield i, to[np.arange(len(i)) + np.repeat(start[part] - (total[part] - count[part] - before), count[part])]
        first = last
