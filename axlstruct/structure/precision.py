"""How far off an atom's coordinate may be: Cruickshank's DPI where a file gives what it needs, else a share of the resolution."""

from __future__ import annotations

import math
from dataclasses import dataclass

from axlstruct.structure.structure import Structure

SHARE = 0.1
"""Share of the resolution that is taken for the error of a coordinate where nothing better is known."""
ASSUMED_RESOLUTION = 3.0
"""Angstrom, where none is stated (NMR, predicted models)."""


@dataclass(frozen=True, slots=True)
class CoordinateError:
    """Standard uncertainty of one coordinate of an atom of mean B-factor in Angstrom, and how it is known."""

    value: float
    source: str


def coordinate_error(structure: Structure) -> CoordinateError:
    """The coordinate error of a structure.

    Cruickshank 1999 (Acta Cryst D55:583): sigma(x) = (N / n)^1/2 C^-1/3 R_free d, with N refined atoms, n observed reflections,
    completeness C and resolution d. What the file states of it comes first, then the formula from what it states of
    its refinement; a tenth of the resolution where that is not there, as is the resolution of 3 A where none is stated.
    """
    for refinement in structure.gemmi.meta.refinement:
        for stated in (refinement.dpi_cruickshank_rfree, refinement.dpi_cruickshank_r):
            if stated and math.isfinite(stated) and stated > 0:
                return CoordinateError(float(stated), "Cruickshank's DPI as the file states it")
        error = diffraction_precision(
            int(structure.heavy.sum()), refinement.reflection_count, refinement.completeness / 100.0, refinement.r_free,
            refinement.resolution_high or structure.resolution or math.nan,
        )  # fmt: skip
        if math.isfinite(error) and structure.assembly == "asu":
            return CoordinateError(error, "Cruickshank's DPI from the refinement")
    if structure.resolution:
        return CoordinateError(SHARE * structure.resolution, f"a tenth of the resolution of {structure.resolution:g} A")
    return CoordinateError(SHARE * ASSUMED_RESOLUTION, f"a tenth of {ASSUMED_RESOLUTION:g} A, as no resolution is stated")


def diffraction_precision(atoms: int, reflections: int, completeness: float, r_free: float, resolution: float) -> float:
    """Cruickshank's diffraction-component precision index, sigma(x) in Angstrom; NaN where a number is missing.

    Examples
    --------
    >>> round(diffraction_precision(2000, 20000, 0.98, 0.25, 2.0), 3)
    0.159
    """
    numbers = (atoms, reflections, completeness, r_free, resolution)
    if not all(math.isfinite(number) and number > 0 for number in numbers):
        return math.nan
    return float(math.sqrt(atoms / reflections) * completeness ** (-1 / 3) * r_free * resolution)


def error_of_difference(one: CoordinateError, two: CoordinateError) -> float:
    """Standard uncertainty of the difference of one distance in two structures: each distance hangs on two atoms."""
    return math.sqrt(2.0 * (one.value**2 + two.value**2))
