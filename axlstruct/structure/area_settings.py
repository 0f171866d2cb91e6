"""What an area depends on."""

from __future__ import annotations

from dataclasses import dataclass

PROBE = 1.4
"""Radius of the probe in Angstrom: a water molecule."""
POINTS = 1000
"""Points on each atom's sphere."""

SCALE = "rose1985"
"""Scale of maximal areas."""


@dataclass(frozen=True, slots=True)
class AreaSettings:
    """What an area depends on.

    Attributes
    ----------
    radii : str
        ``protor``, ``naccess`` or ``bondi``.
    probe : float
        Angstrom.
    points : int
        On each atom's sphere.
    glycans : bool
        Whether sugars belong to the chain that carries them; else areas are those of the protein alone.
    scale : str
        Maximal areas behind core, rim and support: ``miller1987``, ``rose1985`` or ``tien2013``. Rose's reproduce all published
        labels of this complex, the others all but two and one of 27 residues (``docs/interface-science.md``).
    """

    radii: str = "protor"
    probe: float = PROBE
    points: int = POINTS
    glycans: bool = False
    scale: str = SCALE

    def __str__(self) -> str:
        what = "protein and sugars" if self.glycans else "protein"
        return f"{self.radii}, probe {self.probe:g} A, {self.points} points, {what}"
