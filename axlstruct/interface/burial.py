"""What burial makes of an interface residue: core, rim or support (Levy 2010), on a stated scale of maximal areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from axlstruct.errors import UsageError
from axlstruct.sequence.residues import THREE_LETTER
from axlstruct.structure.area_settings import SCALE

if TYPE_CHECKING:
    import numpy as np

REFERENCE = "Levy 2010, J Mol Biol 403:660 (PubMed 20868694)"
THRESHOLD = 0.25
"""Relative area that divides surface from interior, Levy 2010."""
MINIMAL_LOSS = 1e-6
"""Square Angstrom a residue must lose to be at the interface at all: any loss, as in Levy 2010."""

_ORDER = tuple(THREE_LETTER.values())
"""The twenty, in the alphabetical order of their component ids."""
_PARENT = {"MSE": "MET", "SEP": "SER", "TPO": "THR", "PTR": "TYR"}


@dataclass(frozen=True, slots=True)
class AreaScale:
    """Largest accessible areas of the amino acids, square Angstrom, by component id."""

    name: str
    reference: str
    areas: Mapping[str, float]


def _scale(name: str, reference: str, numbers: str) -> AreaScale:
    areas = dict(zip(_ORDER, map(float, numbers.split()), strict=True))
    areas |= {modified: areas[parent] for modified, parent in _PARENT.items()}
    return AreaScale(name, reference, MappingProxyType(areas))


SCALES: Mapping[str, AreaScale] = MappingProxyType(
    {
        scale.name: scale
        for scale in (
            _scale(
                "miller1987",
                "Gly-X-Gly, extended, Miller et al. 1987, J Mol Biol 196:641",
                "113 241 158 151 140 189 183 85 194 182 180 211 204 218 143 122 146 259 229 160",
            ),
            _scale(
                "rose1985",
                "Gly-X-Gly, mean over conformations, Rose et al. 1985, Science 229:834",
                "118.1 256.0 165.5 158.7 146.1 193.2 186.2 88.1 202.5 181.0 "
                "193.1 225.8 203.4 222.8 146.8 129.8 152.5 266.3 236.8 164.5",
            ),
            _scale(
                "tien2013",
                "Gly-X-Gly, theoretical, Tien et al. 2013, PLoS ONE 8:e80635 (PubMed 24278298)",
                "129 274 195 193 167 225 223 104 224 197 201 236 224 240 159 155 172 285 263 174",
            ),
        )
    }
)
"""The scales to choose from; a modified amino acid has the area of its parent."""


def area_scale(name: str) -> AreaScale:
    """The scale of that name; raises UsageError naming those there are."""
    try:
        return SCALES[name]
    except KeyError:
        raise UsageError(f"no scale of maximal areas {name!r}", expected=" or ".join(SCALES)) from None


def classify(
    names: Sequence[str], alone: np.ndarray, complexed: np.ndarray, *, scale: str = SCALE, threshold: float = THRESHOLD
) -> tuple[str, ...]:
    """Burial class of each residue.

    ``support`` was interior already in the monomer, ``core`` becomes interior in the complex, ``rim`` stays at the surface. The
    monomer is whatever ``alone`` was computed for; in a 2:2 complex it should be the whole partner group.

    Parameters
    ----------
    names : sequence of str
        Component ids.
    alone, complexed : ndarray, shape (n,), float
        Area of each residue without and with the partner, square Angstrom.
    scale : {'miller1987', 'rose1985', 'tien2013'}
    threshold : float
        Relative area, 0 to 1.

    Returns
    -------
    tuple of str
        ``core``, ``rim``, ``support``; empty for a residue that loses no area or is not on the scale.

    Examples
    --------
    >>> import numpy as np
    >>> classify(["ALA"] * 4, np.array([90.0, 90, 20, 90]), np.array([50.0, 10, 10, 90]))
    ('rim', 'core', 'support', '')
    """
    areas = area_scale(scale).areas
    labels = []
    for name, before, after in zip(names, alone.tolist(), complexed.tolist(), strict=True):
        most = areas.get(name)
        if most is None or before - after <= MINIMAL_LOSS:
            labels.append("")
        elif before / most < threshold:
            labels.append("support")
        else:
            labels.append("core" if after / most < threshold else "rim")
    return tuple(labels)
