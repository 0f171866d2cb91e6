"""Bonds across an interface as dashed lines, from the atom that gives to the atom that takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from axlstruct.figures.stills.raytrace import Rod
from axlstruct.interface.contacts import ChainPair, near_atoms
from axlstruct.interface.kinds import HBOND, KINDS, SALT_BRIDGE, dashed
from axlstruct.scene import palette
from axlstruct.structure.structure import Structure

COLORS = {"hbond": palette.TEXT, "salt-bridge": "#C2185B"}
"""Colours of the kinds that are drawn as dashes; others have `OTHER`."""
OTHER = "#7A5C00"


@dataclass(frozen=True)
class BondLine:
    """A bond between two atoms (indices into the atom columns); the type is one that is `dashed`.

    ``hbonds`` counts the hydrogen bonds that it is or, as a salt bridge, holds.
    """

    atom_1: int
    atom_2: int
    type: str = HBOND
    hbonds: int = 0


def dash_color(type: str) -> str:
    """The colour of dashes of a kind."""
    return COLORS.get(type, OTHER)


def polar_dashes(structure: Structure, pair: ChainPair) -> tuple[BondLine, ...]:
    """Hydrogen bonds and salt bridges between the two chains, donor to acceptor and cation to anion."""
    import numpy as np

    from axlstruct.interface.bonds import find_bonds
    from axlstruct.structure.atoms import atoms_of

    atoms = atoms_of(structure)
    first, second, _ = near_atoms(structure, 6.5)
    chain_of = np.array([residue.id.chain for residue in structure.residues] + [""])
    owner = structure.residue_of_atom
    sides = chain_of[owner[first]], chain_of[owner[second]]
    keep = np.array([set(both) == set(pair.chains) for both in zip(*sides, strict=True)], dtype=bool)
    found = []
    for bond in find_bonds(atoms, first[keep], second[keep]):
        if KINDS[bond.type].dashed:
            giver, taker = (bond.residue_1, bond.residue_2) if bond.donor_side == 1 else (bond.residue_2, bond.residue_1)
            ends = atoms.of_residue(giver)[bond.donor], atoms.of_residue(taker)[bond.acceptor]
            found.append(BondLine(*ends, bond.type, bond.hbonds))
    return tuple(found)


def counted(dashes: Sequence[BondLine]) -> str:
    """How many of each kind: ``12 hydrogen bonds and 5 salt bridges (2 of them hydrogen-bonded too)``.

    Examples
    --------
    >>> counted([BondLine(0, 1), BondLine(2, 3, "salt-bridge", 1), BondLine(4, 5, "salt-bridge")])
    '1 hydrogen bond and 2 salt bridges (1 of them hydrogen-bonded too)'
    >>> counted([BondLine(2, 3, "salt-bridge", 2)])
    '1 salt bridge (hydrogen-bonded too, by 2 bonds)'
    """
    parts = [
        f"{n} {kind.plural if n > 1 else kind.words}" for kind in dashed() if (n := sum(d.type == kind.name for d in dashes))
    ]
    bridges = [d.hbonds for d in dashes if d.type == SALT_BRIDGE]
    held = [count for count in bridges if count]
    which = f"{len(held)} of them " if len(bridges) > 1 else ""
    several = f", by {sum(held)} bonds" if sum(held) > len(held) else ""
    return " and ".join(parts) + (f" ({which}hydrogen-bonded too{several})" if held else "")


def rods_of(structure: Structure, dash: BondLine, *, long: float = 0.32, gap: float = 0.2) -> list[Rod]:
    """The pieces of a dashed line between the two atoms; lengths in Angstrom."""
    import numpy as np

    start, end = structure.xyz[dash.atom_1], structure.xyz[dash.atom_2]
    length = float(np.linalg.norm(end - start))
    count = max(2, round((length - 0.5) / (long + gap)))
    along = (end - start) / length
    pitch = (length - 0.5) / count
    rods = []
    for index in range(count):
        a = start + along * (0.25 + pitch * index + gap / 2)
        b = a + along * (pitch - gap)
        rods.append(Rod((a[0], a[1], a[2]), (b[0], b[1], b[2]), dash_color(dash.type), 0.075))
    return rods
