"""Geometry of one hydrogen bond, judged at both ends from heavy atoms, or by the donor's hydrogens where they are there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.interface.reasons import Doubt, Reason
from axlstruct.interface.rules import HBOND, HydrogenBondRule, Limits
from axlstruct.structure.chemistry import polar_atom
from axlstruct.structure.protonation import HYDROGEN_REACH

if TYPE_CHECKING:
    import numpy as np

    from axlstruct.structure.atoms import Atoms


@dataclass(frozen=True, slots=True)
class Fit:
    """How a pair of atoms fulfils the rule: margins in Angstrom and degrees, angle in degrees, NaN where it cannot be
    computed."""

    margin: float
    limits: Limits
    angle: float
    angle_margin: float
    reasons: tuple[Reason, ...]


def hydrogen_bond(atoms: Atoms, donor: int, acceptor: int, distance: float, *, rule: HydrogenBondRule = HBOND) -> Fit | None:
    """Judge one donor and one acceptor; None where the rule is broken.

    Parameters
    ----------
    atoms : Atoms
    donor, acceptor : int
        Atoms whose roles fit.
    distance : float
        D...A in Angstrom.

    Notes
    -----
    An end without antecedent (a residue of which only the N is there) has no angle: the bond is reported with that reason.
    Hydrogens farther from their N or O than any such bond is long say that the donor has them, not where they are: the bond is
    then judged from heavy atoms, and says so.
    """
    limits = rule.thiol_limits if atoms.names[donor] == b"SG" else rule.limits
    if distance > limits.upper:
        return None
    before, whole_1 = antecedents(atoms, donor)
    after, whole_2 = antecedents(atoms, acceptor)
    at_acceptor = [_angle(atoms.xyz, donor, acceptor, k) for k in after]
    margins = [angle - rule.acceptor_angle for angle in at_acceptor]
    xyz, hydrogens = atoms.xyz, _hydrogens(atoms, donor)
    length = min((math.dist(xyz[h], xyz[donor]) for h in hydrogens), default=math.nan)
    misplaced = atoms.elements[donor] != b"S" and length > rule.longest_hydrogen
    if hydrogens and not misplaced:
        near = [(_angle(xyz, donor, h, acceptor), math.dist(xyz[h], xyz[acceptor])) for h in hydrogens]
        angle, reach = max(near)
        if reach > rule.hydrogen_distance:
            return None
        margins.append(angle - rule.hydrogen_angle)
    else:
        at_donor = [_angle(atoms.xyz, k, donor, acceptor) for k in before]
        margins += [angle - rule.donor_angle for angle in at_donor]
        angle = min(at_donor, default=math.nan)
        out = _out_of_plane(atoms, donor, acceptor, before)
        if out is not None:
            margins.append(rule.plane - out)
    if margins and min(margins) < 0:
        return None
    ends = (("donor", before, whole_1), ("acceptor", after, whole_2))
    reasons = [Reason(Doubt.LACKS_ANTECEDENT if found else Doubt.NO_ANGLE, (end,)) for end, found, whole in ends if not whole]
    if misplaced:
        reasons.append(Reason(Doubt.MISPLACED_HYDROGEN, (length,)))
    return Fit(limits.upper - distance, limits, angle, min(margins, default=math.nan), tuple(reasons))


def antecedents(atoms: Atoms, index: int) -> tuple[list[int], bool]:
    """Atoms bonded to a polar atom, and whether all of the template are there; N also has C of the residue it is bonded to."""
    residue = int(atoms.residue[index])
    name, there = atoms.names[index].decode(), atoms.of_residue(residue)
    wanted = polar_atom(atoms.components[index].decode(), name).antecedents
    found = [there[k] for k in wanted if k in there]
    whole = len(found) == len(wanted)
    if name == "N" and atoms.follows(residue, residue - 1):
        found.append(atoms.of_residue(residue - 1)["C"])
    return found, whole


def _hydrogens(atoms: Atoms, donor: int) -> list[int]:
    there = atoms.of_residue(int(atoms.residue[donor])).values()
    return [k for k in there if not atoms.heavy[k] and math.dist(atoms.xyz[k], atoms.xyz[donor]) < HYDROGEN_REACH]


def _vector(xyz: np.ndarray, start: int, end: int) -> list[float]:
    """From one atom to another; of plain numbers, which for three of them are faster than arrays."""
    return [q - p for p, q in zip(xyz[start].tolist(), xyz[end].tolist(), strict=True)]


def _angle(xyz: np.ndarray, a: int, b: int, c: int) -> float:
    """Angle a-b-c in degrees."""
    u, v = _vector(xyz, b, a), _vector(xyz, b, c)
    size = math.hypot(*u) * math.hypot(*v)
    return math.degrees(math.acos(max(-1.0, min(1.0, sum(map(float.__mul__, u, v)) / size)))) if size else math.nan


def _out_of_plane(atoms: Atoms, donor: int, acceptor: int, before: list[int]) -> float | None:
    """Angle of D...A with the plane of donor and antecedents, degrees; None for donors that are not planar or lack a plane."""
    residue = int(atoms.residue[donor])
    polar = polar_atom(atoms.components[donor].decode(), atoms.names[donor].decode())
    there = atoms.of_residue(residue)
    plane = before if len(before) == 2 else [*before, *(there[k] for k in polar.beyond if k in there)]
    if not polar.planar or len(plane) < 2:
        return None
    (ux, uy, uz), (vx, vy, vz), line = (_vector(atoms.xyz, donor, k) for k in (*plane[:2], acceptor))
    normal = (uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx)
    size = math.hypot(*normal) * math.hypot(*line)
    sine = abs(sum(map(float.__mul__, normal, line))) / size if size else 0.0
    return math.degrees(math.asin(min(1.0, sine)))
