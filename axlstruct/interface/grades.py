"""How far to trust an interaction: a letter and its reasons, from margins, resolution, disorder, missing atoms and copies."""

from __future__ import annotations

import math
from dataclasses import dataclass

MARGIN = 0.1
"""Share of the resolution that a distance must keep from its limit for grade ``a``: 0.2 Angstrom at 2 Angstrom resolution,
about the error of an atom's place."""
LEAST_MARGIN = 0.05
"""Angstrom from the limit below which a bond is at the margin."""
ANGLE_MARGIN = 10.0
LEAST_ANGLE_MARGIN = 2.5
DEFAULT_RESOLUTION = 3.0
"""Assumed where none is stated (NMR, predicted models)."""
HIGH_B = 100.0
LOW_PLDDT, LEAST_PLDDT = 70.0, 50.0
"""AlphaFold's own classes: confident from 70, very low below 50 (Jumper et al. 2021, Nature 596:583)."""


@dataclass(frozen=True, slots=True)
class Grade:
    """``a`` inside every rule by a margin and in all copies, ``b`` inside, ``c`` doubtful; with the reasons for not being
    ``a``."""

    letter: str
    reasons: tuple[str, ...]


def grade(
    margin: float,
    angle_margin: float = math.nan,
    *,
    resolution: float | None = None,
    b: float | None = None,
    predicted: bool = False,
    copies: tuple[int, int] = (1, 1),
    reasons: tuple[str, ...] = (),
) -> Grade:
    """Grade an interaction.

    Parameters
    ----------
    margin : float
        Angstrom to the rule's distance limit.
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
    reasons : tuple of str
        What the detection had to say: missing atoms, no angle, too short. Any of it that bears on geometry makes a ``c``.

    Examples
    --------
    >>> grade(0.6, 20, resolution=2.0, copies=(2, 2))
    Grade(letter='a', reasons=())
    >>> grade(0.6, 20, resolution=2.0, copies=(1, 2))
    Grade(letter='c', reasons=('in 1 of 2 copies',))
    """
    better = MARGIN * (resolution or DEFAULT_RESOLUTION)
    notes: list[tuple[str, str]] = []
    if margin < better:
        notes.append(("c" if margin < LEAST_MARGIN else "b", f"{margin:.2f} A inside the distance limit"))
    if angle_margin < ANGLE_MARGIN:
        notes.append(("c" if angle_margin < LEAST_ANGLE_MARGIN else "b", f"{angle_margin:.0f} degrees inside the angle limit"))
    seen, possible = copies
    if seen < possible:
        notes.append(("c" if seen == 1 else "b", f"in {seen} of {possible} copies"))
    if b is not None and predicted and b < LOW_PLDDT:
        notes.append(("c" if b < LEAST_PLDDT else "b", f"pLDDT {b:.0f}"))
    if b is not None and not predicted and b > HIGH_B:
        notes.append(("b", f"B-factor {b:.0f}"))
    notes += [(_weight(reason), reason) for reason in reasons]
    return Grade(max((letter for letter, _ in notes), default="a"), tuple(text for _, text in notes))


def _weight(reason: str) -> str:
    if reason in {"either atom may be the donor", "covalent link"}:
        return "a"
    return "b" if reason.startswith("charge of histidine") else "c"
