"""Within which limits atoms bond: small declarative values, each with its reference.

What an atom can do is in `axlstruct.structure.roles`.
"""

from __future__ import annotations

from dataclasses import dataclass

from axlstruct.structure.roles import DISULFIDE_LENGTH


@dataclass(frozen=True, slots=True)
class HydrogenBondRule:
    """Limits of a hydrogen bond, D donor, A acceptor, DD and AA the atoms before them.

    Attributes
    ----------
    distance, thiol_distance : float
        Largest D...A in Angstrom, inclusive; the second for the sulphur of a free cysteine.
    donor_angle, acceptor_angle : float
        Smallest DD-D...A and D...A-AA in degrees, over all antecedents, inclusive.
    plane : float
        Largest angle in degrees between D...A and the plane of a planar donor.
    hydrogen_distance, hydrogen_angle : float
        Largest H...A and smallest D-H...A where the donor's hydrogens are there.
    clash : float
        Distances below are reported with a reason: no hydrogen bond is that short.
    """

    distance: float = 3.5
    thiol_distance: float = 4.0
    donor_angle: float = 90.0
    acceptor_angle: float = 90.0
    plane: float = 60.0
    hydrogen_distance: float = 2.5
    hydrogen_angle: float = 90.0
    clash: float = 2.4
    reference: str = (
        "Baker & Hubbard 1984, Prog Biophys Mol Biol 44:97 (PubMed 6385134); "
        "McDonald & Thornton 1994, J Mol Biol 238:777 (PubMed 8182748)"
    )


@dataclass(frozen=True, slots=True)
class DistanceRule:
    """A bond by distance alone: between ``shortest`` and ``longest`` Angstrom, both inclusive."""

    longest: float
    reference: str
    shortest: float = 0.0


@dataclass(frozen=True, slots=True)
class RingRule:
    """Limits of an interaction with an aromatic ring: centre distance and offset in Angstrom, tilt of the planes in degrees.

    ``parallel`` is the largest tilt of stacked rings, ``t_shaped`` the smallest of rings edge to face; the offset is that of one
    centre from the other ring's axis.
    """

    distance: float
    offset: float
    reference: str
    parallel: float = 30.0
    t_shaped: float = 60.0


_PLIP = "PLIP, Salentin et al. 2015, Nucleic Acids Res 43:W443"
HBOND = HydrogenBondRule()
SALT_BRIDGE = DistanceRule(4.0, "Barlow & Thornton 1983, J Mol Biol 168:867 (PubMed 6887253)")
HYDROPHOBIC = DistanceRule(4.0, f"side-chain carbons without bond to N or O; limit of {_PLIP}")
PI_STACKING = RingRule(5.5, 2.0, f"McGaughey et al. 1998, J Biol Chem 273:15458; limits of {_PLIP}")
CATION_PI = RingRule(6.0, 2.0, f"Gallivan & Dougherty 1999, PNAS 96:9459 (PubMed 10449714); offset of {_PLIP}")
DISULFIDE = DistanceRule(
    DISULFIDE_LENGTH, "S-S 2.05 Angstrom, Engh & Huber 1991, Acta Cryst A47:392, with room for poor resolution", 1.8
)
METAL = DistanceRule(3.0, f"Harding 2006, Acta Cryst D62:678; limit of {_PLIP}")
GLYCAN = DistanceRule(4.0, "contact of heavy atoms")

CANDIDATES = 6.5
"""Candidate pairs up to this distance in Angstrom are enough for every rule: some ring atom is nearly as near as the centre."""
