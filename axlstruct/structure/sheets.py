"""Beta-sheets that run across an interface: backbone hydrogen bonds, the bridges they make, the ladders the bridges make.

Energies, bridges and ladders as Kabsch & Sander 1983, Biopolymers 22:2577 (PubMed 6667333). Neighbours in a chain are
residues joined by a peptide bond, not neighbours in a list. Ladders are not joined over bulges.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from axlstruct.structure.atoms import Atoms

REFERENCE = "Kabsch & Sander 1983, Biopolymers 22:2577 (PubMed 6667333)"
COULOMB = 0.42 * 0.20 * 332.0
"""Partial charges of C=O and N-H in units of e, times e^2 in Angstrom kcal/mol."""
BOND_ENERGY = -0.5
"""A bond is an energy below this, kcal/mol."""
LOWEST_ENERGY = -9.9
REACH = 7.0
"""Largest N...O distance in Angstrom that is looked at: beyond it no energy comes near that of a bond."""


@dataclass(frozen=True, slots=True)
class BackboneBond:
    """N-H of one residue bonded to C=O of another; energy in kcal/mol. Residues as in `Atoms.residue`."""

    donor: int
    acceptor: int
    energy: float


@dataclass(frozen=True, slots=True)
class Ladder:
    """Bridges in a row between a strand on side 1 and one on side 2.

    Attributes
    ----------
    kind : str
        ``parallel`` or ``antiparallel``.
    pairs : tuple of (int, int)
        Bridged residues of side 1 and side 2, ascending on side 1: the register.
    bonds : tuple of BackboneBond
        Hydrogen bonds between the two strands: those of its bridges and those one residue beyond.
    """

    kind: str
    pairs: tuple[tuple[int, int], ...]
    bonds: tuple[BackboneBond, ...]

    @property
    def strand_1(self) -> tuple[int, int]:
        """First and last bridged residue of side 1."""
        return self.pairs[0][0], self.pairs[-1][0]

    @property
    def strand_2(self) -> tuple[int, int]:
        """Bridged residues of side 2 that face the first and last of side 1."""
        return self.pairs[0][1], self.pairs[-1][1]

    @property
    def energy(self) -> float:
        """Sum of the bond energies, kcal/mol."""
        return sum(bond.energy for bond in self.bonds)

    def mirrored(self) -> Ladder:
        """The same ladder seen from the other side."""
        return Ladder(self.kind, tuple(sorted((b, a) for a, b in self.pairs)), self.bonds)


def backbone_bonds(atoms: Atoms, residues_1: np.ndarray, residues_2: np.ndarray) -> tuple[BackboneBond, ...]:
    """Backbone hydrogen bonds between two sets of residues, either way.

    The hydrogen is placed 1 Angstrom from N, opposite to the C=O of the residue before. Residues without it give no bond (the
    first of a chain, the first after a gap, proline), residues that lack C or O take none.

    Parameters
    ----------
    atoms : Atoms
    residues_1, residues_2 : ndarray, int
        Residues of either side, as in `Atoms.residue`.

    Returns
    -------
    tuple of BackboneBond
        In the order of donor, acceptor.
    """
    found = set(_bonds(atoms, residues_1, residues_2))
    if residues_1 is not residues_2:
        found |= set(_bonds(atoms, residues_2, residues_1))
    return tuple(sorted(found, key=lambda bond: (bond.donor, bond.acceptor)))


def _bonds(atoms: Atoms, donors: np.ndarray, acceptors: np.ndarray) -> list[BackboneBond]:
    import numpy as np

    xyz, table = atoms.xyz, atoms.backbone
    taking = acceptors[(table[acceptors, 1] >= 0) & (table[acceptors, 2] >= 0)]
    giving = donors[atoms.linked[donors]]
    giving = giving[(table[giving - 1, 2] >= 0) & (atoms.components[table[giving, 0]] != b"PRO")]
    if not (len(giving) and len(taking)):
        return []
    c, o = xyz[table[taking, 1]], xyz[table[taking, 2]]
    n, direction = xyz[table[giving, 0]], xyz[table[giving - 1, 1]] - xyz[table[giving - 1, 2]]
    h = n + direction / np.linalg.norm(direction, axis=1, keepdims=True)
    squares = sum((n[:, None, axis] - o[None, :, axis]) ** 2 for axis in range(3))
    give, take = np.nonzero(squares < REACH**2)
    inverse = [
        1.0 / np.maximum(np.linalg.norm(a - b, axis=1), 1e-6)
        for a, b in ((o[take], n[give]), (c[take], h[give]), (o[take], h[give]), (c[take], n[give]))
    ]
    energy = np.maximum(COULOMB * (inverse[0] + inverse[1] - inverse[2] - inverse[3]), LOWEST_ENERGY)
    bonds = []
    for k in np.flatnonzero(energy < BOND_ENERGY):
        donor, acceptor = int(giving[give[k]]), int(taking[take[k]])
        if donor not in (acceptor, acceptor + 1) and not atoms.follows(acceptor, donor):
            bonds.append(BackboneBond(donor, acceptor, float(energy[k])))
    return bonds


def ladders(atoms: Atoms, residues_1: np.ndarray, residues_2: np.ndarray) -> tuple[Ladder, ...]:
    """Ladders between two sets of residues, usually one chain each.

    Parameters
    ----------
    atoms : Atoms
    residues_1, residues_2 : ndarray, int
        Residues of either side.

    Returns
    -------
    tuple of Ladder
        In the order of their first pair.
    """
    bonds = backbone_bonds(atoms, residues_1, residues_2)
    takes_from = {(bond.acceptor, bond.donor) for bond in bonds}
    side_1, side_2 = set(map(int, residues_1)), set(map(int, residues_2))
    bonded = {pair for bond in bonds for pair in ((bond.donor, bond.acceptor), (bond.acceptor, bond.donor))}
    near = {(i + a, j + b) for i, j in bonded if i in side_1 and j in side_2 for a in (-1, 0, 1) for b in (-1, 0, 1)}
    found: list[Ladder] = []
    for kind, step in (("parallel", 1), ("antiparallel", -1)):
        bridged = {(i, j) for i, j in near if i in side_1 and j in side_2 and _bridge(atoms, kind, i, j, takes_from)}
        for start in sorted(bridged):
            if not _joined(atoms, (start[0] - 1, start[1] - step), start, bridged):
                pairs = [start]
                while _joined(atoms, pairs[-1], (pairs[-1][0] + 1, pairs[-1][1] + step), bridged):
                    pairs.append((pairs[-1][0] + 1, pairs[-1][1] + step))
                found.append(Ladder(kind, tuple(pairs), _of_ladder(pairs, bonds)))
    return tuple(sorted(found, key=lambda ladder: ladder.pairs))


def _bridge(atoms: Atoms, kind: str, i: int, j: int, takes_from: set[tuple[int, int]]) -> bool:
    """Whether i and j are bridged: the pattern of Kabsch and Sander, both residues in the middle of an unbroken stretch of
    three."""
    if not all(atoms.follows(r, r - 1) and atoms.follows(r + 1, r) for r in (i, j)):
        return False
    if kind == "parallel":
        patterns = (((i - 1, j), (j, i + 1)), ((j - 1, i), (i, j + 1)))
    else:
        patterns = (((i, j), (j, i)), ((i - 1, j + 1), (j - 1, i + 1)))
    return any(one in takes_from and two in takes_from for one, two in patterns)


def _joined(atoms: Atoms, pair: tuple[int, int], after: tuple[int, int], bridged: set[tuple[int, int]]) -> bool:
    return (
        pair in bridged
        and after in bridged
        and atoms.follows(after[0], pair[0])
        and (atoms.follows(after[1], pair[1]) or atoms.follows(pair[1], after[1]))
    )


def _of_ladder(pairs: list[tuple[int, int]], bonds: tuple[BackboneBond, ...]) -> tuple[BackboneBond, ...]:
    (low_1, high_1), (low_2, high_2) = ((min(side) - 1, max(side) + 1) for side in zip(*pairs, strict=True))
    return tuple(
        bond
        for bond in bonds
        if any(
            low_1 <= a <= high_1 and low_2 <= b <= high_2 for a, b in ((bond.donor, bond.acceptor), (bond.acceptor, bond.donor))
        )
    )
