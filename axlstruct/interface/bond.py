"""One typed interaction as a value."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from axlstruct.interface.reasons import Reason
from axlstruct.interface.rules import Limits


@dataclass(frozen=True, slots=True)
class Bond:
    """An interaction of two residues.

    Attributes
    ----------
    type : str
        Name of one of `axlstruct.interface.kinds.KINDS`.
    residue_1, residue_2 : int
        As in `Atoms.residue`.
    atoms_1, atoms_2 : tuple of str
        Atoms that take part; of a closest-atom type the two closest.
    distance : float
        Angstrom: between the atoms (the closest two), or between ring centre and ring centre or charge.
    margin : float
        Angstrom to the rule's distance limit; below 0 for a metal farther away than usual.
    limits : Limits
        Ideal, lower and upper distance of its kind.
    angle : float
        Degrees; of hydrogen bonds D-H...A where hydrogens are there, else the smallest DD-D...A; of stacked rings the tilt of
        their planes; NaN where there is none.
    angle_margin : float
        Degrees to the nearest angle limit; NaN where there is none.
    donor, acceptor : str
        Atom names: giver and taker of a hydrogen bond, cation and anion of a salt bridge, cation and ring of a cation-pi
        interaction.
    donor_side : int
        1 or 2; 0 for types without roles.
    hbonds : int
        Hydrogen bonds this interaction is or holds: 1 of an ``hbond``, 0 or more of a ``salt-bridge``.
    geometry : str
        ``parallel`` or ``t-shaped`` of stacked rings.
    reasons : tuple of Reason
        What to know before trusting it.
    """

    type: str
    residue_1: int
    residue_2: int
    atoms_1: tuple[str, ...]
    atoms_2: tuple[str, ...]
    distance: float
    margin: float
    limits: Limits
    angle: float = math.nan
    angle_margin: float = math.nan
    donor: str = ""
    acceptor: str = ""
    donor_side: int = 0
    hbonds: int = 0
    geometry: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def also_hbond(self) -> bool:
        """Whether a salt bridge also fulfils the rule of a hydrogen bond."""
        return self.type == "salt-bridge" and self.hbonds > 0

    def mirrored(self) -> Bond:
        """The same bond seen from the other side."""
        return replace(
            self, residue_1=self.residue_2, residue_2=self.residue_1, atoms_1=self.atoms_2, atoms_2=self.atoms_1,
            donor_side=(0, 2, 1)[self.donor_side], reasons=tuple(reason.mirrored() for reason in self.reasons),
        )  # fmt: skip
