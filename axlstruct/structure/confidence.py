"""Confidence of predicted residues (pLDDT, 0-100): the bands of the AlphaFold database, in one place."""

from __future__ import annotations

VERY_HIGH, CONFIDENT, LOW = 90.0, 70.0, 50.0
"""Bounds of the bands; up to `CONFIDENT` there is no structure to interpret, below `LOW` a residue's place means nothing."""

PLDDT_BANDS = ((VERY_HIGH, "very high"), (CONFIDENT, "confident"), (LOW, "low"), (float("-inf"), "very low"))
"""Lower bound (not included) and name of each band, the highest first."""


def band(plddt: float) -> str:
    """Name of the band of a pLDDT; a value on a bound belongs to the band below it.

    Examples
    --------
    >>> band(90.1), band(90.0), band(56.2), band(31.0)
    ('very high', 'confident', 'low', 'very low')
    """
    return next(name for bound, name in PLDDT_BANDS if plddt > bound)
