"""Within which limits atoms bond: small declarative values, each with its reference.

What an atom can do is in `axlstruct.structure.roles`; which distance suits which metal in `axlstruct.interface.metal_distances`.
"""

from __future__ import annotations

from dataclasses import dataclass

from axlstruct.structure.roles import DISULFIDE_LENGTH


@dataclass(frozen=True, slots=True)
class Limits:
    """Distances that a kind of bond has, in Angstrom.

    Attributes
    ----------
    ideal : float
        The usual distance.
    lower, upper : float
        Shortest and longest distance that is taken without doubt where coordinates are exact.
    name : str
        What the bond is called in a sentence.
    reference : str
    """

    ideal: float
    lower: float
    upper: float
    name: str
    reference: str

    def __post_init__(self) -> None:
        if not 0 < self.lower < self.ideal < self.upper:
            raise ValueError(f"limits out of order: {self}")


@dataclass(frozen=True, slots=True)
class HydrogenBondRule:
    """Limits of a hydrogen bond, D donor, A acceptor, DD and AA the atoms before them.

    Attributes
    ----------
    limits, thiol_limits : Limits
        Of D...A, the upper one inclusive; the second for the sulphur of a free cysteine.
    donor_angle, acceptor_angle : float
        Smallest DD-D...A and D...A-AA in degrees, over all antecedents, inclusive.
    plane : float
        Largest angle in degrees between D...A and the plane of a planar donor.
    hydrogen_distance, hydrogen_angle : float
        Largest H...A and smallest D-H...A where the donor's hydrogens are there.
    longest_hydrogen : float
        Largest N-H or O-H in Angstrom of hydrogens whose places are believed: files have 0.82 to 1.05 (0.86 and 0.84 where the
        bond ends in the electron cloud, 1.01 and 0.97 at the nucleus).
    """

    limits: Limits
    thiol_limits: Limits
    donor_angle: float = 90.0
    acceptor_angle: float = 90.0
    plane: float = 60.0
    hydrogen_distance: float = 2.5
    hydrogen_angle: float = 90.0
    longest_hydrogen: float = 1.15
    reference: str = (
        "Baker & Hubbard 1984, Prog Biophys Mol Biol 44:97 (PubMed 6385134); "
        "McDonald & Thornton 1994, J Mol Biol 238:777 (PubMed 8182748)"
    )


@dataclass(frozen=True, slots=True)
class RingRule:
    """Limits of an interaction with an aromatic ring: centre distance and offset in Angstrom, tilt of the planes in degrees.

    ``parallel`` is the largest tilt of stacked rings, ``t_shaped`` the smallest of rings edge to face; the offset is that of one
    centre from the other ring's axis.
    """

    limits: Limits
    offset: float
    parallel: float = 30.0
    t_shaped: float = 60.0


_PLIP = "PLIP, Salentin et al. 2015, Nucleic Acids Res 43:W443"
_BAKER = "Baker & Hubbard 1984, Prog Biophys Mol Biol 44:97 (PubMed 6385134): N-H...O 2.9, O-H...O 2.7 Angstrom on average"

HBOND = HydrogenBondRule(
    Limits(
        2.8, 2.6, 3.5, "hydrogen bond", f"{_BAKER}; shorter than 2.6 are the strong bonds of shared protons, rare in proteins"
    ),
    Limits(3.5, 3.1, 4.0, "hydrogen bond", "S-H...O 3.5 Angstrom, Gregoret et al. 1991, Proteins 9:99"),
)
SALT_BRIDGE = Limits(
    2.8,
    2.5,
    4.0,
    "salt bridge",
    "limit of Barlow & Thornton 1983, J Mol Biol 168:867 (PubMed 6887253); N...O as in hydrogen bonds",
)
HYDROPHOBIC = Limits(
    3.8, 3.3, 4.0, "contact of carbons",
    f"side-chain carbons without bond to N or O; two united atoms of Tsai 1999 touch at 3.76, two bare ones of Bondi 1964 at "
    f"3.4 Angstrom; limit of {_PLIP}",
)  # fmt: skip
PI_STACKING = RingRule(
    Limits(5.0, 3.3, 5.5, "stack of rings", f"McGaughey et al. 1998, J Biol Chem 273:15458; limits of {_PLIP}"), 2.0
)
CATION_PI = RingRule(
    Limits(
        4.0, 3.0, 6.0, "cation-pi contact",
        f"Gallivan & Dougherty 1999, PNAS 96:9459 (PubMed 10449714); offset of {_PLIP}",
    ), 2.0,
)  # fmt: skip
DISULFIDE = Limits(
    2.05, 1.95, DISULFIDE_LENGTH, "disulfide", "S-S 2.05 Angstrom, Engh & Huber 1991, Acta Cryst A47:392, with room for poor maps"
)
SHORTEST_DISULFIDE = 1.8
"""Sulphurs nearer than this in Angstrom are no disulfide but an error."""
METAL_REACH = 3.0
"""Atoms that can hold a metal are listed up to here in Angstrom, or to the metal's own upper limit: limit of PLIP."""
GLYCAN = Limits(3.5, 2.6, 4.0, "contact with a sugar", "contact of heavy atoms, the shortest those of hydrogen bonds")
GLYCOSIDIC = Limits(1.45, 1.3, 1.8, "glycosidic link", "C-N and C-O 1.43 to 1.46 Angstrom, Engh & Huber 1991, Acta Cryst A47:392")

CANDIDATES = 6.5
"""Candidate pairs up to this distance in Angstrom are enough for every rule: some ring atom is nearly as near as the centre."""
