"""How far to trust an interaction: a letter and its reasons, from geometry, resolution, disorder, missing atoms and copies."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from axlstruct.interface.reasons import Doubt, Reason
from axlstruct.interface.rules import Limits
from axlstruct.structure.confidence import CONFIDENT, LOW

MARGIN = 0.1
"""Share of the resolution that a distance must keep from its limit for grade ``a``: 0.2 Angstrom at 2 Angstrom resolution,
about the error of an atom's place. It is never more than half the way from the ideal to the limit."""
LEAST_MARGIN = 0.05
"""Angstrom from the upper limit below which a bond is at the margin."""
ANGLE_MARGIN = 10.0
LEAST_ANGLE_MARGIN = 2.5
DEFAULT_RESOLUTION = 3.0
"""Assumed where none is stated (NMR, predicted models)."""
HIGH_B = 100.0
LOW_PLDDT, LEAST_PLDDT = CONFIDENT, LOW
"""AlphaFold's own classes: confident from 70, very low below 50 (Jumper et al. 2021, Nature 596:583)."""

WEIGHTS: Mapping[Doubt, str] = MappingProxyType(
    {
        Doubt.EITHER_DONOR: "a",
        Doubt.COVALENT: "a",
        Doubt.ASSUMED_CHARGE: "b",
        Doubt.NO_OCCUPANCY: "b",
        Doubt.MISPLACED_HYDROGEN: "b",
        Doubt.LACKS_ANTECEDENT: "c",
        Doubt.NO_ANGLE: "c",
        Doubt.LACKS_ATOMS: "c",
    }
)
"""The best letter that a reason of the detection leaves; those that are measured here depend on their numbers."""


@dataclass(frozen=True, slots=True)
class Grade:
    """``a`` near the ideal of its kind and in all copies, ``b`` inside the limits, ``c`` doubtful; with the reasons for not being
    ``a``."""

    letter: str
    reasons: tuple[Reason, ...]


def grade(
    distance: float,
    limits: Limits,
    *,
    margin: float | None = None,
    angle_margin: float = math.nan,
    resolution: float | None = None,
    b: float | None = None,
    predicted: bool = False,
    copies: tuple[int, int] = (1, 1),
    reasons: tuple[Reason, ...] = (),
) -> Grade:
    """Grade an interaction.

    Parameters
    ----------
    distance : float
        Angstrom.
    limits : Limits
        Of its kind. An ``a`` lies between the lower limit and the upper one less a margin that grows with the resolution; below
        the lower limit by no more than such a margin, or at the upper limit, it is a ``b``.
    margin : float, optional
        Angstrom to the upper limit where another measure is nearer to its own (the offset of rings).
    angle_margin : float
        Degrees to the rule's angle limit; NaN where the rule has none.
    resolution : float, optional
        Angstrom; 3 is assumed where there is none.
    b : float, optional
        The worse of the two residues: highest B-factor, of a predicted model the lowest pLDDT.
    predicted : bool
        Whether ``b`` is a pLDDT.
    copies : (seen, possible)
        In how many copies of the interface the interaction is seen; one copy of one says nothing.
    reasons : tuple of Reason
        What the detection had to say, weighted by `WEIGHTS`.

    Examples
    --------
    >>> from axlstruct.interface.rules import DISULFIDE, HBOND
    >>> grade(2.9, HBOND.limits, angle_margin=20, resolution=2.0, copies=(2, 2))
    Grade(letter='a', reasons=())
    >>> found = grade(2.51, HBOND.limits, resolution=3.3)
    >>> found.letter, str(found.reasons[0])
    ('b', '0.09 A shorter than the usual 2.60 A')
    >>> grade(2.03, DISULFIDE, resolution=3.3).letter, grade(2.2, DISULFIDE, resolution=3.3).letter
    ('a', 'b')
    """
    notes = [
        *_distance(distance, limits, limits.upper - distance if margin is None else margin, resolution or DEFAULT_RESOLUTION),
        *_angle(angle_margin),
        *_copies(*copies),
        *_disorder(b, predicted),
        *((WEIGHTS[reason.doubt], reason) for reason in reasons),
    ]
    return Grade(max((letter for letter, _ in notes), default="a"), tuple(reason for _, reason in notes))


_Note = tuple[str, Reason]


def _distance(distance: float, limits: Limits, margin: float, resolution: float) -> list[_Note]:
    error = MARGIN * resolution
    margin = round(margin, 9)
    if margin < 0:
        return [("c", Reason(Doubt.TOO_LONG, (limits.name,)))]
    if margin < min(error, (limits.upper - limits.ideal) / 2):
        return [("c" if margin < LEAST_MARGIN else "b", Reason(Doubt.NEAR_LIMIT, (margin,)))]
    short = round(limits.lower - distance, 9)
    if short > min(error, (limits.ideal - limits.lower) / 2):
        return [("c", Reason(Doubt.TOO_SHORT, (limits.name,)))]
    if short > 0:
        return [("b", Reason(Doubt.SHORT, (short, limits.lower)))]
    return []


def _angle(margin: float) -> list[_Note]:
    letter = "c" if margin < LEAST_ANGLE_MARGIN else "b"
    return [(letter, Reason(Doubt.NEAR_ANGLE, (margin,)))] if margin < ANGLE_MARGIN else []


def _copies(seen: int, possible: int) -> list[_Note]:
    return [("c" if seen == 1 else "b", Reason(Doubt.COPIES, (seen, possible)))] if seen < possible else []


def _disorder(b: float | None, predicted: bool) -> list[_Note]:
    if b is None or not (b < LOW_PLDDT if predicted else b > HIGH_B):
        return []
    return [("c" if predicted and b < LEAST_PLDDT else "b", Reason(Doubt.PLDDT if predicted else Doubt.B_FACTOR, (b,)))]
