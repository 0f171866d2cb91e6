"""What an area depends on."""

from __future__ import annotations

from dataclasses import dataclass

PROBE = 1.4
"""Radius of the probe in Angstrom: a water molecule."""
POINTS = 1000
"""Points on each atom's sphere."""

RADII = "protor"
"""Set of radii behind every area."""
LABEL_RADII = "bondi"
"""Set of radii behind core, rim and support."""
SCALE = "miller1987"
"""Scale of maximal areas behind core, rim and support."""


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
        Maximal areas behind core, rim and support: ``miller1987``, ``rose1985`` or ``tien2013``.
    label_radii : str
        Radii behind core, rim and support. Of the sets and scales there are, ``bondi`` with ``miller1987`` reproduces most of
        the published labels of 118 complexes (``docs/interface-science.md``).
    """

    radii: str = RADII
    probe: float = PROBE
    points: int = POINTS
    glycans: bool = False
    scale: str = SCALE
    label_radii: str = LABEL_RADII

    def __str__(self) -> str:
        what = "protein and sugars" if self.glycans else "protein"
        return f"{self.radii}, probe {self.probe:g} A, {self.points} points, {what}"

    @property
    def labels(self) -> str:
        """What core, rim and support depend on, for the record."""
        return f"{self.label_radii} radii, {self.scale} scale"
