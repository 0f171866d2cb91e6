"""Aromatic rings of two residues: stacked, edge to face, or facing a charge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axlstruct.interface.bond import Bond
from axlstruct.interface.rules import CATION_PI, PI_STACKING
from axlstruct.structure.chemistry import cations_of, parent_of, rings_of
from axlstruct.structure.roles import POSITIVE

if TYPE_CHECKING:
    import numpy as np

    from axlstruct.structure.atoms import Atoms


def _complete(atoms: Atoms, residue: int, names: tuple[str, ...]) -> np.ndarray | None:
    """Coordinates of these atoms, None unless all are there."""
    there = atoms.of_residue(residue)
    return atoms.xyz[[there[k] for k in names]] if all(k in there for k in names) else None


def _normal(ring: np.ndarray) -> np.ndarray:
    """Unit normal of the plane through a ring's atoms (least squares)."""
    import numpy as np

    axis: np.ndarray = np.linalg.svd(ring - ring.mean(axis=0))[2][2]
    return axis


def _tilt(one: np.ndarray, two: np.ndarray) -> float:
    import numpy as np

    return float(np.degrees(np.arccos(min(1.0, abs(float(one @ two))))))


def _offset(apart: np.ndarray, normal: np.ndarray) -> float:
    """Distance of a point from a ring's axis."""
    import numpy as np

    return float(np.linalg.norm(apart - (apart @ normal) * normal))


def stacking(atoms: Atoms, one: int, two: int) -> Bond | None:
    """The closest pair of stacked rings of two residues, None where no pair fulfils `PI_STACKING`.

    Rings that lack an atom are left out.
    """
    import numpy as np

    rule, best = PI_STACKING, None
    for names_1 in rings_of(atoms.component(one)):
        for names_2 in rings_of(atoms.component(two)):
            ring_1, ring_2 = _complete(atoms, one, names_1), _complete(atoms, two, names_2)
            if ring_1 is None or ring_2 is None:
                continue
            apart = ring_2.mean(axis=0) - ring_1.mean(axis=0)
            distance, normals = round(float(np.linalg.norm(apart)), 9), (_normal(ring_1), _normal(ring_2))
            tilt, offset = _tilt(*normals), min(_offset(apart, normal) for normal in normals)
            margins = {"parallel": rule.parallel - tilt, "t-shaped": tilt - rule.t_shaped}
            shape = max(margins, key=lambda key: margins[key])
            if distance > rule.limits.upper or offset > rule.offset or margins[shape] < 0 or (best and best.distance <= distance):
                continue
            margin = min(rule.limits.upper - distance, rule.offset - offset)
            best = Bond(
                "pi-stacking", one, two, names_1, names_2, distance, margin, rule.limits, tilt, margins[shape], geometry=shape
            )
    return best


def cation_pi(atoms: Atoms, cation: int, ring: int) -> Bond | None:
    """The charge of one residue above the closest ring of another, None where none fulfils `CATION_PI`."""
    import numpy as np

    rule, best = CATION_PI, None
    if parent_of(atoms.component(ring)) == "HIS":
        return None
    for charge_names in cations_of(atoms.component(cation)):
        charge = _complete(atoms, cation, charge_names)
        if charge is None or not _charged(atoms, cation, charge_names):
            continue
        for names in rings_of(atoms.component(ring)):
            if (place := _complete(atoms, ring, names)) is None:
                continue
            apart = charge.mean(axis=0) - place.mean(axis=0)
            distance, offset = round(float(np.linalg.norm(apart)), 9), _offset(apart, _normal(place))
            if distance > rule.limits.upper or offset > rule.offset or (best and best.distance <= distance):
                continue
            margin = min(rule.limits.upper - distance, rule.offset - offset)
            best = Bond(
                "cation-pi", cation, ring, charge_names, names, distance, margin, rule.limits,
                donor=charge_names[0], acceptor="ring", donor_side=1,
            )  # fmt: skip
    return best


def _charged(atoms: Atoms, residue: int, names: tuple[str, ...]) -> bool:
    there = atoms.of_residue(residue)
    return any(atoms.roles[there[name]] & POSITIVE for name in names)
