"""What speaks against trusting an interaction: a kind and its facts, made a sentence last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum


class Doubt(Enum):
    """Kinds of reasons; the value is the sentence, with places for the facts."""

    NEAR_LIMIT = "{0:.2f} A inside the distance limit"
    SHORT = "{0:.2f} A shorter than the usual {1:.2f} A"
    TOO_SHORT = "shorter than a {0}"
    TOO_LONG = "longer than a {0}"
    NEAR_ANGLE = "{0:.0f} degrees inside the angle limit"
    COPIES = "in {0} of {1} copies"
    PLDDT = "pLDDT {0:.0f}"
    B_FACTOR = "B-factor {0:.0f}"
    NO_OCCUPANCY = "occupancy 0 of {1} of residue {0}"
    LACKS_ANTECEDENT = "{0} lacks an antecedent atom"
    NO_ANGLE = "no angle at the {0}: its antecedent atoms are not there"
    MISPLACED_HYDROGEN = "hydrogens {0:.2f} A from the donor, farther than such a bond is long: judged from heavy atoms"
    LACKS_ATOMS = "residue {0} lacks {1}"
    EITHER_DONOR = "either atom may be the donor"
    ASSUMED_CHARGE = "charge of histidine assumed"
    COVALENT = "covalent link"


_OF_A_SIDE = frozenset({Doubt.NO_OCCUPANCY, Doubt.LACKS_ATOMS})
"""Doubts whose first fact is the side, 1 or 2."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A doubt and its facts: numbers, names of atoms, the side they are on."""

    doubt: Doubt
    facts: tuple[float | int | str, ...] = ()

    def mirrored(self) -> Reason:
        """The same reason seen from the other side: what it says of residue 1 it says of residue 2."""
        return replace(self, facts=((0, 2, 1)[int(self.facts[0])], *self.facts[1:])) if self.doubt in _OF_A_SIDE else self

    def __str__(self) -> str:
        """The sentence, for tables and for people."""
        return self.doubt.value.format(*self.facts)
