"""How far a metal is from the atom that holds it: by element and kind of atom.

Targets of Harding 2006, Acta Cryst D62:678 (doi 10.1107/S0907444906014594), from structures at 1.25 Angstrom and better and from
the Cambridge Structural Database; nickel, which that table lacks, as cobalt, the metal next to it in size. Every other metal: the
sum of covalent radii (Cordero et al. 2008, Dalton Trans 2832, as gemmi holds them), with wider limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from types import MappingProxyType

from axlstruct.interface.rules import Limits

_HARDING = "Harding 2006, Acta Cryst D62:678 (doi 10.1107/S0907444906014594)"
_CORDERO = "sum of covalent radii, Cordero et al. 2008, Dalton Trans 2832"


class Holder(Enum):
    """Kinds of atoms that hold a metal, each with the element that binds."""

    CARBOXYLATE = "carboxylate O"
    OXYGEN = "O"
    NITROGEN = "N"
    SULPHUR = "S"

    @property
    def element(self) -> str:
        """Symbol of the atom that binds."""
        return self.value[-1]


def _targets() -> dict[tuple[str, Holder], float]:
    metals = "NA MG K CA MN FE CO NI CU ZN".split()  # noqa: SIM905
    tables = {
        Holder.CARBOXYLATE: (2.41, 2.07, 2.82, 2.36, 2.15, 2.04, 2.05, 2.05, 1.99, 1.99),
        Holder.OXYGEN: (2.38, 2.26, 2.74, 2.36, 2.19, 2.04, 2.08, 2.08, 2.04, 2.07),
        Holder.NITROGEN: (None, None, None, None, 2.21, 2.16, 2.14, 2.14, 2.02, 2.03),
        Holder.SULPHUR: (None, None, None, None, 2.35, 2.30, 2.25, 2.25, 2.15, 2.31),
    }
    return {(metal, holder): ideal for holder, row in tables.items() for metal, ideal in zip(metals, row, strict=True) if ideal}


TARGETS: Mapping[tuple[str, Holder], float] = MappingProxyType(_targets())
"""(element, holder) -> target distance in Angstrom; ``OXYGEN`` is the main-chain carbonyl, taken for every other oxygen too."""

BELOW, ABOVE, ABOVE_CARBOXYLATE = 0.2, 0.4, 0.5
"""Room below and above the target in Angstrom, a choice. A carboxylate that holds with both oxygens may have one of them farther
away (Harding 2006); for a metal without target there is 0.1 more on both sides."""


@cache
def metal_limits(metal: str, holder: Holder) -> Limits:
    """Distances of a metal and an atom that holds it.

    Parameters
    ----------
    metal : str
        Element, upper case.
    holder : Holder

    Examples
    --------
    >>> limits = metal_limits("NI", Holder.NITROGEN)
    >>> limits.name, limits.ideal, round(limits.lower, 2), round(limits.upper, 2)
    ('Ni-N bond', 2.14, 1.94, 2.54)
    >>> round(metal_limits("HG", Holder.SULPHUR).ideal, 2)
    2.37
    """
    ideal, room, reference = TARGETS.get((metal, holder)), 0.0, _HARDING
    if ideal is None:
        import gemmi

        ideal, room, reference = gemmi.Element(metal).covalent_r + gemmi.Element(holder.element).covalent_r, 0.1, _CORDERO
    above = ABOVE_CARBOXYLATE if holder is Holder.CARBOXYLATE else ABOVE
    name = f"{metal.capitalize()}-{holder.element} bond"
    return Limits(ideal, ideal - BELOW - room, ideal + above + room, name, reference)
