"""Accessible and buried surface: areas of atoms alone and in complex, and what burial makes of a residue.

The areas are solvent accessible areas by the rolling probe (Shrake and Rupley 1973, J Mol Biol 79:351) as rust-sasa computes them
on a golden spiral of points. The points stand still while a structure turns, so an atom's area carries a noise of about half
a percent at 1000 points and a sum over an interface one of a tenth of a percent. Coordinates go through single precision there.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.errors import StructureError, UsageError
from axlstruct.structure.area_settings import POINTS, PROBE
from axlstruct.structure.neighbours import near_pairs

if TYPE_CHECKING:
    import numpy as np

_SPAN = 1000.0
"""Angstrom between the farthest atoms along an axis up to which nothing is done about empty space."""
_MOST_CELLS = 2e7
SINGLE = 1e-3
"""Angstrom added to the reach of an atom, for the single precision in which points are covered."""


def sasa(xyz: np.ndarray, radii: np.ndarray, *, probe: float = PROBE, points: int = POINTS, threads: int = -1) -> np.ndarray:
    """Solvent accessible area of each atom among the atoms given.

    Parameters
    ----------
    xyz : ndarray, shape (n, 3), float
        Coordinates in Angstrom.
    radii : ndarray, shape (n,), float
        Angstrom; atoms of radius 0 (hydrogens of a united-atom set) are ignored: they have and cover no area.
    probe : float
        Angstrom.
    points : int
        Points on each sphere.
    threads : int
        -1 for all cores.

    Returns
    -------
    ndarray, shape (n,), float64
        Square Angstrom.

    Raises
    ------
    UsageError
        Radii, coordinates or settings no area can be computed from.
    StructureError
        Atoms strewn so far that the area library's grid does not fit in memory.

    Examples
    --------
    >>> import numpy as np
    >>> round(float(sasa(np.zeros((1, 3)), np.array([1.6]))[0]), 2) == round(4 * np.pi * 3.0**2, 2)
    True
    """
    import numpy as np
    from rust_sasa_python import calculate_sasa_internal

    _check(xyz, radii, probe, points)
    threads = _threads_here(threads)
    area = np.zeros(len(xyz))
    there = np.flatnonzero(radii > 0)
    if len(there):
        near = _without_voids(xyz[there], 2 * (float(radii.max()) + probe) + 1.0)
        rows = list(zip(map(tuple, near.tolist()), radii[there].tolist(), range(len(there)), strict=True))
        try:
            area[there] = calculate_sasa_internal(rows, probe, points, threads)  # type: ignore[call-arg]
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # a panic in Rust is no Exception
                raise
            raise StructureError(f"the area library failed: {error}", advice="look for atoms at odd coordinates") from None
    return area


_started: set[int] = set()
"""The process in which the area library started its threads; a fork copies this record, but not the threads."""


def _threads_here(threads: int) -> int:
    """The threads asked for, or 1 in a child forked from a process that already computed an area.

    The library keeps its threads for the next area. A forked child inherits the pool without its threads and would wait for them
    for ever; one thread is computed in place, without the pool. Children that are spawned, or come from a fork server, start
    afresh and use all cores.
    """
    if threads == 1 or (_started and os.getpid() not in _started):
        return 1
    _started.add(os.getpid())
    return threads


def _without_voids(xyz: np.ndarray, widest: float) -> np.ndarray:
    """Coordinates without empty slabs wider than a distance at which atoms no longer matter to each other.

    The area library lays a grid over everything between the farthest atoms: one stray atom costs gigabytes. Slabs without atoms
    are narrowed along each axis; atoms nearer to each other than ``widest`` stay as they are to each other.
    """
    import numpy as np

    if (np.ptp(xyz, axis=0) < _SPAN).all():
        return xyz
    moved = xyz.copy()
    for axis in range(3):
        order = np.argsort(xyz[:, axis])
        gaps = np.diff(xyz[order, axis])
        shift = np.concatenate([[0.0], np.cumsum(np.where(gaps > widest, gaps - widest, 0.0))])
        moved[order, axis] -= shift - shift[len(shift) // 2]  # the middle atom stays, and with it most of the structure
    cells = np.prod(np.ptp(moved, axis=0) / widest + 1.0)
    if cells > _MOST_CELLS:
        raise StructureError(
            "atoms are too far apart for areas",
            found=f"{np.ptp(xyz, axis=0).max():.0f} A",
            advice="leave stray atoms out of the file",
        )
    return moved


def _check(xyz: np.ndarray, radii: np.ndarray, probe: float, points: int) -> None:
    import numpy as np

    if xyz.shape != (len(radii), 3):
        raise UsageError("coordinates and radii do not fit", expected=f"({len(radii)}, 3)", found=str(xyz.shape))
    if not (np.isfinite(xyz).all() and np.isfinite(radii).all() and (radii >= 0).all()):
        raise UsageError(
            "coordinates or radii that are negative or not finite",
            advice="look up radii with axlstruct.structure.radii.atom_radii",
        )
    if not (probe >= 0 and points >= 1):
        raise UsageError(
            "an area needs a probe of at least 0 Angstrom and at least one point", found=f"probe {probe}, points {points}"
        )


@dataclass(frozen=True, slots=True)
class Burial:
    """What two groups of atoms bury of each other; square Angstrom throughout.

    Attributes
    ----------
    atoms_1, atoms_2 : ndarray, shape (k,), int
        Indices into the atom columns, ascending: the atoms of each group that the other reaches. No other loses area.
    lost_1, lost_2 : ndarray, shape (k,), float64
        Area that each of these atoms loses.
    """

    atoms_1: np.ndarray
    lost_1: np.ndarray
    atoms_2: np.ndarray
    lost_2: np.ndarray

    @property
    def bsa_1(self) -> float:
        """Area that group 1 loses."""
        return float(self.lost_1.sum())

    @property
    def bsa_2(self) -> float:
        """Area that group 2 loses."""
        return float(self.lost_2.sum())

    @property
    def bsa(self) -> float:
        """Two-sided buried area: the sum over both sides (PISA's interface area is half of it)."""
        return self.bsa_1 + self.bsa_2


def buried(
    xyz: np.ndarray,
    radii: np.ndarray,
    group_1: np.ndarray,
    group_2: np.ndarray,
    *,
    probe: float = PROBE,
    points: int = POINTS,
    threads: int = -1,
) -> Burial:
    """Area that two groups of atoms bury of each other, computed near the interface only.

    A point of an atom is buried if an atom of the other group covers it and none of its own group does. Two atoms that cover the
    same point are nearer to each other than both radii and two probes: so of either group only atoms that near to the other
    matter, and they bury as many points as in a calculation of everything.

    Parameters
    ----------
    xyz : ndarray, shape (n, 3), float
        Coordinates in Angstrom.
    radii : ndarray, shape (n,), float
        Angstrom; 0 for atoms to ignore.
    group_1, group_2 : ndarray, int or bool
        Indices into (or masks of) the atom columns; no atom may be in both.
    probe, points, threads
        As in `sasa`.

    Returns
    -------
    Burial

    Raises
    ------
    UsageError
        An atom in both groups, or what `sasa` refuses.
    """
    import numpy as np

    _check(xyz, radii, probe, points)
    sides = [_indices(group, radii) for group in (group_1, group_2)]
    if len(np.intersect1d(sides[0], sides[1], assume_unique=True)):
        raise UsageError("an atom cannot be in both groups between which area is buried")
    near = [np.unique(end) for end in near_pairs(xyz, radii + (probe + SINGLE), sides[0], sides[1])]

    def area(atoms: np.ndarray) -> np.ndarray:
        return sasa(xyz[atoms], radii[atoms], probe=probe, points=points, threads=threads)

    lost = np.concatenate([area(atoms) for atoms in near]) - area(np.concatenate(near))
    return Burial(near[0], lost[: len(near[0])], near[1], lost[len(near[0]) :])


def _indices(group: np.ndarray, radii: np.ndarray) -> np.ndarray:
    import numpy as np

    index = np.flatnonzero(group) if group.dtype == bool else np.unique(group)
    return index[radii[index] > 0]
