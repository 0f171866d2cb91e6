"""The rules of each kind of interaction on candidate pairs of atoms, written for one side and applied to both.

A rule is a function from `Candidates` to `Bond` values; `axlstruct.interface.kinds` names the rule of each kind.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from axlstruct.interface import rules
from axlstruct.interface.bond import Bond
from axlstruct.interface.hydrogen_bonds import hydrogen_bond
from axlstruct.interface.metal_distances import Holder, metal_limits
from axlstruct.interface.reasons import Doubt, Reason
from axlstruct.interface.rings import cation_pi, stacking
from axlstruct.structure import roles
from axlstruct.structure.atoms import Atoms
from axlstruct.structure.chemistry import cations_of, rings_of

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Candidates:
    """Pairs of heavy atoms of different residues that may bond, and what several rules need of them, computed once.

    Attributes
    ----------
    atoms : Atoms
    i, j : ndarray, shape (m,), int
        Indices of the atoms of side 1 and side 2.
    distance : ndarray, shape (m,), float
        Angstrom.
    histidine_charged : bool
        Whether histidine counts as a cation of salt bridges.
    """

    atoms: Atoms
    i: np.ndarray
    j: np.ndarray
    distance: np.ndarray
    histidine_charged: bool = False

    @cached_property
    def hydrogen_bonds(self) -> tuple[Bond, ...]:
        """All hydrogen bonds, those within salt bridges included."""
        return tuple(_hydrogen_bonds(self.atoms, self))

    @cached_property
    def salt_bridges(self) -> tuple[Bond, ...]:
        """All salt bridges."""
        return tuple(_salt_bridges(self.atoms, self, self.hydrogen_bonds, self.histidine_charged))

    @cached_property
    def ring_pairs(self) -> tuple[tuple[int, int], ...]:
        """Pairs of residues near each other of which one has an aromatic ring, and the other a ring or a charge."""
        return tuple(_ring_pairs(self.atoms, self))


def candidates(atoms: Atoms, i: np.ndarray, j: np.ndarray, *, histidine_charged: bool = False) -> Candidates:
    """The pairs that can bond; parameters as in `axlstruct.interface.bonds.find_bonds`."""
    import numpy as np

    i, j = np.asarray(i, np.intp), np.asarray(j, np.intp)
    use = (atoms.residue[i] != atoms.residue[j]) & atoms.heavy[i] & atoms.heavy[j]
    i, j = i[use], j[use]
    distance = np.round(np.linalg.norm(atoms.xyz[i] - atoms.xyz[j], axis=1), 9)  # 3.5 is 3.5, whatever doubles make of it
    return Candidates(atoms, i, j, distance, histidine_charged)


def free_hydrogen_bonds(pairs: Candidates) -> Iterator[Bond]:
    """Hydrogen bonds but those between the charged atoms of a salt bridge, which holds them."""
    held = {(b.residue_1, b.residue_2, b.donor_side) for b in pairs.salt_bridges}
    for b in pairs.hydrogen_bonds:
        if (b.residue_1, b.residue_2, b.donor_side) not in held or not _ionic(pairs.atoms, b, pairs.histidine_charged):
            yield b


def salt_bridges(pairs: Candidates) -> Iterator[Bond]:
    """One for each pair of a positive and a negative residue."""
    yield from pairs.salt_bridges


def _both_ways(pairs: Candidates, has_1: np.ndarray, has_2: np.ndarray, longest: float) -> Iterator[tuple[int, int, int, int]]:
    """Pairs with the first role on one side and the second on the other: (row, first atom, second atom, side of the first)."""
    import numpy as np

    for side, (first, second) in enumerate(((pairs.i, pairs.j), (pairs.j, pairs.i)), start=1):
        for row in np.flatnonzero((pairs.distance <= longest) & has_1[first] & has_2[second]).tolist():
            yield row, int(first[row]), int(second[row]), side


def _hydrogen_bonds(atoms: Atoms, pairs: Candidates) -> Iterator[Bond]:
    rule = rules.HBOND
    gives, takes = (atoms.roles & roles.DONOR) != 0, (atoms.roles & roles.ACCEPTOR) != 0
    best: dict[int, Bond] = {}
    for row, donor, acceptor, side in _both_ways(pairs, gives, takes, max(rule.limits.upper, rule.thiol_limits.upper)):
        fit = hydrogen_bond(atoms, donor, acceptor, float(pairs.distance[row]))
        if fit is None:
            continue
        names = (atoms.names[donor].decode(),), (atoms.names[acceptor].decode(),)
        one, two = int(atoms.residue[donor]), int(atoms.residue[acceptor])
        bond = Bond(
            "hbond", one, two, *names, float(pairs.distance[row]), fit.margin, fit.limits, fit.angle, fit.angle_margin,
            names[0][0], names[1][0], 1, 1, reasons=fit.reasons,
        )  # fmt: skip
        bond = bond if side == 1 else bond.mirrored()
        other = best.get(row)
        if other is not None:
            keep = bond if _fit(bond) > _fit(other) else other
            bond = replace(keep, reasons=(*keep.reasons, Reason(Doubt.EITHER_DONOR)))
        best[row] = bond
    yield from best.values()


def _fit(bond: Bond) -> tuple[float, int]:
    """Rank of two directions of one bond, the same whichever side comes first."""
    giver = bond.residue_1 if bond.donor_side == 1 else bond.residue_2
    return -1.0 if math.isnan(bond.angle_margin) else bond.angle_margin, -giver


def _positive(histidine_charged: bool) -> int:
    return roles.POSITIVE | (roles.IMIDAZOLE if histidine_charged else 0)


def _ionic(atoms: Atoms, bond: Bond, histidine_charged: bool) -> bool:
    giver, taker = (bond.residue_1, bond.residue_2) if bond.donor_side == 1 else (bond.residue_2, bond.residue_1)
    donor, acceptor = atoms.of_residue(giver)[bond.donor], atoms.of_residue(taker)[bond.acceptor]
    return bool(atoms.roles[donor] & _positive(histidine_charged)) and bool(atoms.roles[acceptor] & roles.NEGATIVE)


def _salt_bridges(atoms: Atoms, pairs: Candidates, hydrogen: Sequence[Bond], histidine_charged: bool) -> Iterator[Bond]:
    positive, negative = (atoms.roles & _positive(histidine_charged)) != 0, (atoms.roles & roles.NEGATIVE) != 0
    groups: dict[tuple[int, int, int], list[tuple[float, str, str]]] = {}
    for row, cation, anion, side in _both_ways(pairs, positive, negative, rules.SALT_BRIDGE.upper):
        key = (int(atoms.residue[cation]), int(atoms.residue[anion]), side)
        groups.setdefault(key, []).append((float(pairs.distance[row]), atoms.names[cation].decode(), atoms.names[anion].decode()))
    for (one, two, side), rows in groups.items():
        nearest = min(rows)
        ends = (one, two) if side == 1 else (two, one)
        held = [b for b in hydrogen if (b.residue_1, b.residue_2) == ends and b.donor_side == side]
        held = [b for b in held if _ionic(atoms, b, histidine_charged)]
        best = max(held, key=lambda b: b.angle_margin, default=None)
        bond = Bond(
            "salt-bridge", one, two, tuple(sorted({r[1] for r in rows})), tuple(sorted({r[2] for r in rows})), nearest[0],
            rules.SALT_BRIDGE.upper - nearest[0], rules.SALT_BRIDGE, best.angle if best else math.nan, math.nan,
            nearest[1], nearest[2], 1, len(held),
            reasons=(Reason(Doubt.ASSUMED_CHARGE),) if _assumed(atoms, one, nearest[1]) else (),
        )  # fmt: skip
        yield bond if side == 1 else bond.mirrored()


def _assumed(atoms: Atoms, residue: int, atom: str) -> bool:
    """Whether nothing in the file says that this nitrogen of histidine is charged."""
    return bool(atoms.roles[atoms.of_residue(residue)[atom]] & roles.IMIDAZOLE)


def _nearest(atoms: Atoms, pairs: Candidates, near: np.ndarray, kind: str, limits: rules.Limits) -> Iterator[Bond]:
    """One bond a residue pair: its closest pair of atoms among those that are near."""
    import numpy as np

    seen: set[tuple[int, int]] = set()
    rows = np.flatnonzero(near & (pairs.distance <= limits.upper))
    names = (atoms.names[pairs.i], atoms.names[pairs.j])
    for row in sorted(rows.tolist(), key=lambda r: (pairs.distance[r], names[0][r], names[1][r])):
        pair = int(atoms.residue[pairs.i[row]]), int(atoms.residue[pairs.j[row]])
        if pair not in seen:
            seen.add(pair)
            gap = float(pairs.distance[row])
            yield Bond(kind, *pair, (names[0][row].decode(),), (names[1][row].decode(),), gap, limits.upper - gap, limits)


def hydrophobic_contacts(pairs: Candidates) -> Iterator[Bond]:
    """One a residue pair, of its closest nonpolar carbons."""
    atoms = pairs.atoms
    both = (atoms.roles[pairs.i] & atoms.roles[pairs.j] & roles.NONPOLAR) != 0
    yield from _nearest(atoms, pairs, both, "hydrophobic", rules.HYDROPHOBIC)


def disulfides(pairs: Candidates) -> Iterator[Bond]:
    """Bonds of two sulphurs."""
    atoms = pairs.atoms
    both = (atoms.roles[pairs.i] & atoms.roles[pairs.j] & roles.THIOL) != 0
    yield from _nearest(atoms, pairs, both & (pairs.distance >= rules.SHORTEST_DISULFIDE), "disulfide", rules.DISULFIDE)


def metals(pairs: Candidates) -> Iterator[Bond]:
    """One bond for each protein atom that holds a metal; the metal plays no donor role."""
    atoms = pairs.atoms
    metal = atoms.are(roles.METALS) & (atoms.roles == 0)
    holds = (atoms.roles & roles.LIGAND) != 0
    for row, ion, atom, side in _both_ways(pairs, metal, holds, rules.CANDIDATES):
        limits = metal_limits(atoms.elements[ion].decode().upper(), _holder(atoms, atom))
        distance = float(pairs.distance[row])
        if distance <= max(rules.METAL_REACH, limits.upper):
            ends = (
                int(atoms.residue[ion]),
                int(atoms.residue[atom]),
                (atoms.names[ion].decode(),),
                (atoms.names[atom].decode(),),
            )
            bond = Bond("metal", *ends, distance, limits.upper - distance, limits)
            yield bond if side == 1 else bond.mirrored()


def _holder(atoms: Atoms, atom: int) -> Holder:
    element = atoms.elements[atom].decode().upper()
    if element == "O":
        return Holder.CARBOXYLATE if atoms.roles[atom] & roles.NEGATIVE else Holder.OXYGEN
    return Holder.NITROGEN if element == "N" else Holder.SULPHUR


def glycans(pairs: Candidates) -> Iterator[Bond]:
    """One a pair of a sugar and an amino acid, of their closest atoms."""
    atoms = pairs.atoms
    if atoms.glycan is None:
        return
    mixed = (atoms.glycan[pairs.i] & atoms.amino[pairs.j]) | (atoms.amino[pairs.i] & atoms.glycan[pairs.j])
    for bond in _nearest(atoms, pairs, mixed, "glycan", rules.GLYCAN):
        link, limits = bond.distance < 1.8, rules.GLYCOSIDIC
        reasons = (Reason(Doubt.COVALENT),)
        yield replace(bond, limits=limits, margin=limits.upper - bond.distance, reasons=reasons) if link else bond


def stacked_rings(pairs: Candidates) -> Iterator[Bond]:
    """Aromatic rings face to face or edge to face."""
    for first, second in pairs.ring_pairs:
        if bond := stacking(pairs.atoms, first, second):
            yield bond


def cations_on_rings(pairs: Candidates) -> Iterator[Bond]:
    """Charges above aromatic rings."""
    for first, second in pairs.ring_pairs:
        if bond := cation_pi(pairs.atoms, first, second):
            yield bond
        if bond := cation_pi(pairs.atoms, second, first):
            yield bond.mirrored()


def _ring_pairs(atoms: Atoms, pairs: Candidates) -> list[tuple[int, int]]:
    import numpy as np

    present, which = np.unique(atoms.component_of, return_inverse=True)
    names = [name.decode() for name in present.tolist()]
    ring, cation = (np.array([bool(of(name)) for name in names], bool)[which] for of in (rings_of, cations_of))
    one, two = atoms.residue[pairs.i], atoms.residue[pairs.j]
    near = pairs.distance <= rules.CANDIDATES
    near &= (ring[one] & (ring | cation)[two]) | (cation[one] & ring[two])
    return sorted(set(zip(one[near].tolist(), two[near].tolist(), strict=True)))


def sulphurs(atoms: Atoms) -> tuple[np.ndarray, np.ndarray]:
    """Atoms to look for disulfides within a chain."""
    import numpy as np

    thiols = np.flatnonzero((atoms.roles & roles.THIOL) != 0)
    return thiols, thiols


def metals_and_protein(atoms: Atoms) -> tuple[np.ndarray, np.ndarray]:
    """Atoms to look for held metals within a chain."""
    import numpy as np

    return np.flatnonzero(atoms.are(roles.METALS) & ~atoms.amino), np.flatnonzero(atoms.amino)
