"""Published rules for the conformation of a kinase, as pure functions of distances and angles.

Spatial groups and dihedral clusters are those of Modi and Dunbrack 2019 (PNAS 116:6818), in the form in which their program
Kincore applies them; so are the position of helix alphaC (Modi and Dunbrack 2022, Nucleic Acids Res 50:D654) and the state of
the activation loop (Faezov and Dunbrack 2023, bioRxiv 2023.07.21.550125). Where the authors have printed two cut-offs, what lies
between them is ``unclear``. The salt bridge is judged by Barlow and Thornton 1983, J Mol Biol 168:867, as everywhere here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from axlstruct.interface.rules import SALT_BRIDGE

IN_TO_HELIX, IN_FROM_LYSINE, OUT_TO_LYSINE = 11.0, 11.0, 14.0
"""Angstrom: DFG-Phe to alphaC-Glu+4, and to the beta3 lysine."""

CLUSTER_CUTOFF = 0.45
"""Largest mean of 2(1 - cos) between the backbone angles of a structure and the centroid of its cluster."""

HELIX_IN = 10.0
"""Angstrom, CB of the beta3 lysine to CB of the alphaC glutamate."""

ACTIVE_SALT_BRIDGE, LOOP_HYDROGEN_BOND = 3.6, 3.6
LOOP_END = (8.0, 9.0)
"""Angstrom, CA of the ninth residue before the end of the activation loop to O of the HRD arginine, in tyrosine kinases."""

SPINE = (4.5, 5.0)
"""Angstrom between side chains of neighbours in the regulatory spine."""

PHE_TIP = {"F": "CZ", "L": "CG", "M": "CE", "W": "CZ3", "Y": "OH", "I": "CD1", "V": "CB"}
"""The atom that stands for CZ where the middle residue of DFG is another."""

Angles = tuple[float, float, float, float, float, float, float]
"""phi and psi of X, D and F of X-D-F-G, and chi1 of F, degrees."""

CENTROIDS: dict[str, dict[str, Angles]] = {
    "DFGin": {
        "BLAminus": (-128.64, 178.67, 61.15, 81.21, -96.89, 20.53, 289.12),
        "BLAplus": (-119.24, 167.71, 58.94, 34.08, -89.42, -8.54, 55.63),
        "ABAminus": (-111.82, -7.64, -141.55, 148.01, -127.79, 23.32, 296.17),
        "BLBminus": (-134.79, 175.48, 60.44, 65.35, -79.44, 145.34, 287.56),
        "BLBplus": (-125.28, 172.53, 59.98, 32.92, -85.51, 145.28, 49.01),
        "BLBtrans": (-106.16, 157.24, 69.37, 21.33, -61.73, 134.56, 215.23),
    },
    "DFGinter": {"BABtrans": (-80.20, 128.22, -117.47, 23.76, -85.16, 133.21, 181.42)},
    "DFGout": {"BBAminus": (-138.56, -176.12, -144.35, 103.66, -82.59, -9.03, 290.59)},
}
"""Centroids of the clusters by spatial group."""

UNASSIGNED = "unassigned"


def spatial_group(d1: float, d2: float) -> str:
    """Where the phenylalanine of DFG is: ``DFGin``, ``DFGout``, ``DFGinter`` or ``unassigned``.

    Parameters
    ----------
    d1 : float
        CA of the residue four behind the alphaC glutamate to CZ of DFG-Phe, Angstrom.
    d2 : float
        CA of the beta3 lysine to CZ of DFG-Phe, Angstrom.

    Examples
    --------
    >>> spatial_group(6.0, 15.0), spatial_group(15.0, 6.0), spatial_group(9.0, 9.0), spatial_group(15.0, 15.0)
    ('DFGin', 'DFGout', 'DFGinter', 'unassigned')
    """
    if d1 <= IN_TO_HELIX:
        return "DFGinter" if d2 <= IN_FROM_LYSINE else "DFGin"
    return "DFGout" if d2 <= OUT_TO_LYSINE else UNASSIGNED


def rotamer(chi1: float) -> str:
    """Rotamer of chi1 in degrees: ``plus`` (0 to 120), ``trans`` (to 240), ``minus``.

    Examples
    --------
    >>> rotamer(60), rotamer(180), rotamer(-60)
    ('plus', 'trans', 'minus')
    """
    angle = chi1 % 360.0
    return "plus" if 0 < angle <= 120 else "trans" if 120 < angle <= 240 else "minus"


def angular_distance(angles: Sequence[float], others: Sequence[float]) -> float:
    """Mean of 2(1 - cos) of the differences; 0 for the same angles, 4 for opposite ones."""
    return math.fsum(2 * (1 - math.cos(math.radians(a - b))) for a, b in zip(angles, others, strict=True)) / len(angles)


def dihedral_cluster(group: str, angles: Angles) -> tuple[str, float | None]:
    """The cluster of a spatial group that X-D-F and the rotamer of F belong to, and how far its centroid is.

    The rotamer chooses among the centroids, the six backbone angles decide; beyond `CLUSTER_CUTOFF` it is ``unassigned``, with
    the distance to the nearest. The distance is None where the group has no cluster of that rotamer.

    Examples
    --------
    >>> dihedral_cluster("DFGin", CENTROIDS["DFGin"]["BLAminus"])
    ('BLAminus', 0.0)
    >>> dihedral_cluster("DFGout", CENTROIDS["DFGin"]["BLAplus"])
    ('unassigned', None)
    """
    turn = rotamer(angles[6])
    found = [
        (angular_distance(angles[:6], centroid[:6]), name)
        for name, centroid in CENTROIDS.get(group, {}).items()
        if name.endswith(turn)
    ]
    if not found:
        return UNASSIGNED, None
    distance, name = min(found)
    return (name if distance <= CLUSTER_CUTOFF else UNASSIGNED), distance


def bridged(distance: float) -> bool:
    """Whether charged atoms this far apart, in Angstrom, make a salt bridge."""
    return distance <= SALT_BRIDGE.upper


def helix(distance: float) -> str:
    """Helix alphaC ``in`` or ``out``, by the distance of CB of lysine and glutamate in Angstrom."""
    return "in" if distance <= HELIX_IN else "out"


def loop_start(distance: float) -> str:
    """First part of the activation loop ``in`` (bonded to the residue before HRD, as for a substrate) or ``out``."""
    return "in" if distance <= LOOP_HYDROGEN_BOND else "out"


def loop_end(distance: float) -> str:
    """Last part of a tyrosine kinase's activation loop: ``in``, ``out``, or ``unclear`` between the two cut-offs in print."""
    return _between(distance, LOOP_END, "in", "out")


def spine(distances: Sequence[float]) -> str:
    """Regulatory spine ``intact``, ``broken``, or ``unclear`` between the two cut-offs in print, by its longest step."""
    return _between(max(distances), SPINE, "intact", "broken")


def _between(distance: float, cutoffs: tuple[float, float], near: str, far: str) -> str:
    return near if distance <= cutoffs[0] else far if distance > cutoffs[1] else "unclear"


LIKE = "-like"
"""Behind the state of a predicted model: it resembles one, and was seen in none."""


def activity(group: str, cluster: str, salt_bridge: float | None, start: str, end: str, *, predicted: bool = False) -> str:
    """``active``, ``inactive``, or empty where what is known does not tell; of a predicted model with `LIKE` behind it.

    Active is DFGin, BLAminus, a salt bridge of at most 3.6 Angstrom, and both parts of the activation loop ``in``; anything
    else that is known makes it inactive. Empty words stand for what could not be measured.
    """
    checks = [
        group == "DFGin" if group else None,
        cluster == "BLAminus" if cluster else None,
        None if salt_bridge is None else salt_bridge <= ACTIVE_SALT_BRIDGE,
        {"in": True, "out": False}.get(start),
        {"in": True, "out": False}.get(end),
    ]
    state = "inactive" if False in checks else "active" if None not in checks else ""
    return state + LIKE if state and predicted else state
