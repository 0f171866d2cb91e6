"""Typed interactions between atoms, from coordinates and names: pairs of atoms in, `Bond` values out.

One neighbour search feeds all rules: candidate pairs up to `axlstruct.bond_rules.CANDIDATES`. The rules are written for one side and
applied to both, so that swapping the sides gives the same bonds mirrored. Heavy atoms suffice; hydrogens are used on donors that have them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from axlstruct import bond_rules as rules
from axlstruct.errors import UsageError
from axlstruct.hydrogen_bonds import hydrogen_bond
from axlstruct.residues import heavy_atoms
from axlstruct.rings import cation_pi, stacking

if TYPE_CHECKING:
    import numpy as np

PEPTIDE = 2.0
"""Largest C-N distance in Angstrom between residues that are neighbours in a chain."""


@dataclass(frozen=True)
class Atoms:
    """Atom columns as the rules need them.

    Attributes
    ----------
    xyz : ndarray, shape (n, 3), float64
        Angstrom.
    residue : ndarray, shape (n,), int
        Residue of each atom, 0-based, in file order; atoms of a residue need not be next to each other.
    names, components, elements : ndarray, shape (n,), bytes
        Atom names, component ids, element symbols.
    glycan : ndarray, shape (n,), bool, optional
        Atoms of sugar residues, found by linkage by the caller.
    """

    xyz: np.ndarray
    residue: np.ndarray
    names: np.ndarray
    components: np.ndarray
    elements: np.ndarray
    glycan: np.ndarray | None = None
    _maps: dict[int, dict[str, int]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        n = len(self.residue)
        columns = (self.names, self.components, self.elements, *(() if self.glycan is None else (self.glycan,)))
        if self.xyz.shape != (n, 3) or any(len(column) != n for column in columns):
            raise UsageError("atom columns of different length", expected=str(n))

    @cached_property
    def heavy(self) -> np.ndarray:
        """Mask of all atoms but hydrogen and deuterium."""
        import numpy as np

        return ~np.isin(np.char.upper(self.elements), [b"H", b"D"])

    @cached_property
    def roles(self) -> np.ndarray:
        """Roles of each atom as bits, shape (n,): the template's, corrected for what this structure shows.

        A cysteine in a disulfide gives no hydrogen bond; both oxygens of a C terminus are charged.
        """
        import numpy as np

        codes = [np.unique(np.ascontiguousarray(c, "S8").view(np.uint64), return_inverse=True) for c in (self.components, self.names)]
        _, first, inverse = np.unique(codes[0][1] * len(codes[1][0]) + codes[1][1], return_index=True, return_inverse=True)
        table = [rules.ROLES.get((self.components[k].decode(), self.names[k].decode()), 0) for k in first]
        roles = np.array(table, dtype=np.int64)[inverse] if len(table) else np.zeros(0, np.int64)
        sulphurs = np.flatnonzero(roles & rules.THIOL)
        apart = np.linalg.norm(self.xyz[sulphurs][:, None] - self.xyz[sulphurs][None], axis=2) + 9.0 * np.eye(len(sulphurs))
        roles[sulphurs[(apart <= rules.DISULFIDE.longest).any(axis=1)]] &= ~(rules.DONOR | rules.LIGAND)
        ends = self.residue[(self.names == b"OXT") & (roles != 0)]
        roles[(self.names == b"O") & np.isin(self.residue, ends)] |= rules.NEGATIVE
        return roles

    @cached_property
    def _by_residue(self) -> tuple[np.ndarray, np.ndarray]:
        import numpy as np

        order = np.argsort(self.residue, kind="stable")
        return order, self.residue[order]

    def of_residue(self, residue: int) -> dict[str, int]:
        """Atom name -> index for one residue; empty for a residue that is not there."""
        import numpy as np

        if residue not in self._maps:
            order, sorted_ = self._by_residue
            rows = order[np.searchsorted(sorted_, residue) : np.searchsorted(sorted_, residue, side="right")]
            self._maps[residue] = {self.names[k].decode(): int(k) for k in rows}
        return self._maps[residue]

    def component(self, residue: int) -> str:
        """Component id of a residue."""
        text: str = self.components[next(iter(self.of_residue(residue).values()))].decode()
        return text

    def follows(self, residue: int, before: int) -> bool:
        """Whether a peptide bond joins C of residue ``before`` with N of ``residue``."""
        c, n = self.of_residue(before).get("C"), self.of_residue(residue).get("N")
        return c is not None and n is not None and math.dist(self.xyz[c], self.xyz[n]) < PEPTIDE

    def missing(self, residue: int) -> tuple[str, ...]:
        """Heavy atoms that the template has and the structure has not."""
        there = self.of_residue(residue)
        name = self.component(residue)
        return tuple(atom for atom in heavy_atoms(name) if atom not in there) if name in rules.AMINO_ACIDS else ()


@dataclass(frozen=True, slots=True)
class Bond:
    """An interaction of two residues.

    Attributes
    ----------
    type : str
        ``hbond``, ``salt-bridge``, ``hydrophobic``, ``pi-stacking``, ``cation-pi``, ``disulfide``, ``metal``, ``glycan``.
    residue_1, residue_2 : int
        As in `Atoms.residue`.
    atoms_1, atoms_2 : tuple of str
        Atoms that take part; of a closest-atom type the two closest.
    distance : float
        Angstrom: between the atoms (the closest two), or between ring centre and ring centre or charge.
    margin : float
        Angstrom to the rule's distance limit.
    angle : float
        Degrees; of hydrogen bonds D-H...A where hydrogens are there, else the smallest DD-D...A; of stacked rings the tilt of
        their planes; NaN where there is none.
    angle_margin : float
        Degrees to the nearest angle limit; NaN where there is none.
    donor, acceptor : str
        Atom names: giver and taker of a hydrogen bond, cation and anion of a salt bridge, cation and ring of a cation-pi interaction.
    donor_side : int
        1 or 2; 0 for types without roles.
    hbonds : int
        Hydrogen bonds this interaction is or holds: 1 of an ``hbond``, 0 or more of a ``salt-bridge``.
    geometry : str
        ``parallel`` or ``t-shaped`` of stacked rings.
    reasons : tuple of str
        What to know before trusting it.
    """

    type: str
    residue_1: int
    residue_2: int
    atoms_1: tuple[str, ...]
    atoms_2: tuple[str, ...]
    distance: float
    margin: float
    angle: float = math.nan
    angle_margin: float = math.nan
    donor: str = ""
    acceptor: str = ""
    donor_side: int = 0
    hbonds: int = 0
    geometry: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def also_hbond(self) -> bool:
        """Whether a salt bridge also fulfils the rule of a hydrogen bond."""
        return self.type == "salt-bridge" and self.hbonds > 0

    def mirrored(self) -> Bond:
        """The same bond seen from the other side."""
        return replace(
            self, residue_1=self.residue_2, residue_2=self.residue_1, atoms_1=self.atoms_2, atoms_2=self.atoms_1,
            donor_side=(0, 2, 1)[self.donor_side],
        )  # fmt: skip


Finder = Callable[[Atoms, "np.ndarray", "np.ndarray", "np.ndarray"], Iterator[Bond]]


def find_bonds(atoms: Atoms, i: np.ndarray, j: np.ndarray, *, histidine_charged: bool = False) -> tuple[Bond, ...]:
    """All interactions among candidate pairs of atoms.

    A salt bridge holds the hydrogen bonds between its charged atoms: they are counted in it and not listed again. Histidine is
    neutral unless told otherwise (its pKa is below the pH of blood). Pairs within a residue are ignored.

    Parameters
    ----------
    atoms : Atoms
    i, j : ndarray, shape (m,), int
        Indices of the atoms of each candidate pair, side 1 and side 2, each pair once; all pairs up to `bond_rules.CANDIDATES`
        Angstrom must be there, farther ones do no harm.
    histidine_charged : bool
        Count histidine as a cation of salt bridges.

    Returns
    -------
    tuple of Bond
        In the order of residue_1, residue_2, type, atoms.
    """
    import numpy as np

    i, j = np.asarray(i, np.intp), np.asarray(j, np.intp)
    use = (atoms.residue[i] != atoms.residue[j]) & atoms.heavy[i] & atoms.heavy[j]
    i, j = i[use], j[use]
    distance = np.linalg.norm(atoms.xyz[i] - atoms.xyz[j], axis=1)
    hydrogen = list(_hydrogen_bonds(atoms, i, j, distance))
    salt = list(_salt_bridges(atoms, i, j, distance, hydrogen, histidine_charged))
    held = {(b.residue_1, b.residue_2, b.donor_side) for b in salt}
    found = [b for b in hydrogen if not (_ionic(atoms, b, histidine_charged) and (b.residue_1, b.residue_2, b.donor_side) in held)] + salt
    for finder in (_hydrophobic, _disulfides, _metals, _glycans, _rings):
        found += finder(atoms, i, j, distance)
    found = [replace(bond, reasons=(*bond.reasons, *_lacks(atoms, bond))) for bond in found]
    return tuple(sorted(found, key=lambda b: (b.residue_1, b.residue_2, b.type, b.atoms_1, b.atoms_2)))


def _both_ways(
    i: np.ndarray, j: np.ndarray, has_1: np.ndarray, has_2: np.ndarray, near: np.ndarray
) -> Iterator[tuple[int, int, int, int]]:
    """Pairs with the first role on one side and the second on the other: (row, first atom, second atom, side of the first)."""
    import numpy as np

    for side, (first, second) in enumerate(((i, j), (j, i)), start=1):
        for row in np.flatnonzero(near & has_1[first] & has_2[second]).tolist():
            yield row, int(first[row]), int(second[row]), side


def _hydrogen_bonds(atoms: Atoms, i: np.ndarray, j: np.ndarray, distance: np.ndarray) -> Iterator[Bond]:
    rule = rules.HBOND
    gives, takes = (atoms.roles & rules.DONOR) != 0, (atoms.roles & rules.ACCEPTOR) != 0
    best: dict[int, Bond] = {}
    for row, donor, acceptor, side in _both_ways(i, j, gives, takes, distance <= max(rule.distance, rule.thiol_distance)):
        fit = hydrogen_bond(atoms, donor, acceptor, float(distance[row]))
        if fit is None:
            continue
        names = (atoms.names[donor].decode(),), (atoms.names[acceptor].decode(),)
        one, two = int(atoms.residue[donor]), int(atoms.residue[acceptor])
        bond = Bond(
            "hbond", one, two, *names, float(distance[row]), fit.margin, fit.angle, fit.angle_margin, names[0][0], names[1][0], 1, 1,
            reasons=fit.reasons,
        )  # fmt: skip
        bond = bond if side == 1 else bond.mirrored()
        other = best.get(row)
        if other is not None:
            keep = bond if _fit(bond) > _fit(other) else other
            bond = replace(keep, reasons=(*keep.reasons, "either atom may be the donor"))
        best[row] = bond
    yield from best.values()


def _fit(bond: Bond) -> tuple[float, int]:
    """Rank of two directions of one bond, the same whichever side comes first."""
    return (bond.angle_margin if bond.angle_margin == bond.angle_margin else -1.0, -(bond.residue_1 if bond.donor_side == 1 else bond.residue_2))


def _positive(histidine_charged: bool) -> int:
    return rules.POSITIVE | (rules.IMIDAZOLE if histidine_charged else 0)


def _ionic(atoms: Atoms, bond: Bond, histidine_charged: bool) -> bool:
    giver, taker = (bond.residue_1, bond.residue_2) if bond.donor_side == 1 else (bond.residue_2, bond.residue_1)
    donor, acceptor = atoms.of_residue(giver)[bond.donor], atoms.of_residue(taker)[bond.acceptor]
    return bool(atoms.roles[donor] & _positive(histidine_charged)) and bool(atoms.roles[acceptor] & rules.NEGATIVE)


def _salt_bridges(
    atoms: Atoms, i: np.ndarray, j: np.ndarray, distance: np.ndarray, hydrogen: list[Bond], histidine_charged: bool
) -> Iterator[Bond]:
    positive, negative = (atoms.roles & _positive(histidine_charged)) != 0, (atoms.roles & rules.NEGATIVE) != 0
    groups: dict[tuple[int, int, int], list[tuple[float, str, str]]] = {}
    for row, cation, anion, side in _both_ways(i, j, positive, negative, distance <= rules.SALT_BRIDGE.longest):
        key = (int(atoms.residue[cation]), int(atoms.residue[anion]), side)
        groups.setdefault(key, []).append((float(distance[row]), atoms.names[cation].decode(), atoms.names[anion].decode()))
    for (one, two, side), rows in groups.items():
        nearest = min(rows)
        held = [b for b in hydrogen if b.donor_side == side and _ionic(atoms, b, histidine_charged)]
        held = [b for b in held if (b.residue_1, b.residue_2) == ((one, two) if side == 1 else (two, one))]
        best = max(held, key=lambda b: b.angle_margin, default=None)
        bond = Bond(
            "salt-bridge", one, two, tuple(sorted({r[1] for r in rows})), tuple(sorted({r[2] for r in rows})), nearest[0],
            rules.SALT_BRIDGE.longest - nearest[0], best.angle if best else math.nan, math.nan, nearest[1], nearest[2], 1, len(held),
            reasons=("charge of histidine assumed",) if atoms.component(one) == "HIS" else (),
        )  # fmt: skip
        yield bond if side == 1 else bond.mirrored()


def _nearest(
    atoms: Atoms, i: np.ndarray, j: np.ndarray, distance: np.ndarray, near: np.ndarray, kind: str, longest: float
) -> Iterator[Bond]:
    """One bond a residue pair: its closest pair of atoms among those that are near."""
    import numpy as np

    seen: set[tuple[int, int]] = set()
    rows = np.flatnonzero(near)
    names = (atoms.names[i], atoms.names[j])
    for row in sorted(rows.tolist(), key=lambda r: (distance[r], names[0][r], names[1][r])):
        pair = int(atoms.residue[i[row]]), int(atoms.residue[j[row]])
        if pair not in seen:
            seen.add(pair)
            gap = float(distance[row])
            yield Bond(kind, *pair, (names[0][row].decode(),), (names[1][row].decode(),), gap, longest - gap)


def _hydrophobic(atoms: Atoms, i: np.ndarray, j: np.ndarray, distance: np.ndarray) -> Iterator[Bond]:
    both = (atoms.roles[i] & atoms.roles[j] & rules.NONPOLAR) != 0
    yield from _nearest(atoms, i, j, distance, both & (distance <= rules.HYDROPHOBIC.longest), "hydrophobic", rules.HYDROPHOBIC.longest)


def _disulfides(atoms: Atoms, i: np.ndarray, j: np.ndarray, distance: np.ndarray) -> Iterator[Bond]:
    rule = rules.DISULFIDE
    near = ((atoms.roles[i] & atoms.roles[j] & rules.THIOL) != 0) & (distance >= rule.shortest) & (distance <= rule.longest)
    yield from _nearest(atoms, i, j, distance, near, "disulfide", rule.longest)


def _metals(atoms: Atoms, i: np.ndarray, j: np.ndarray, distance: np.ndarray) -> Iterator[Bond]:
    """One bond for each protein atom that holds a metal; the metal plays no donor role."""
    import numpy as np

    metal = np.isin(np.char.upper(atoms.elements), [m.encode() for m in rules.METALS]) & (atoms.roles == 0)
    holds = (atoms.roles & rules.LIGAND) != 0
    for row, ion, atom, side in _both_ways(i, j, metal, holds, distance <= rules.METAL.longest):
        ends = (int(atoms.residue[ion]), int(atoms.residue[atom]), (atoms.names[ion].decode(),), (atoms.names[atom].decode(),))
        bond = Bond("metal", *ends, float(distance[row]), rules.METAL.longest - float(distance[row]))
        yield bond if side == 1 else bond.mirrored()


def _glycans(atoms: Atoms, i: np.ndarray, j: np.ndarray, distance: np.ndarray) -> Iterator[Bond]:
    if atoms.glycan is None:
        return
    protein = atoms.roles != 0
    protein |= _in_amino_acid(atoms)
    mixed = (atoms.glycan[i] & protein[j]) | (protein[i] & atoms.glycan[j])
    for bond in _nearest(atoms, i, j, distance, mixed & (distance <= rules.GLYCAN.longest), "glycan", rules.GLYCAN.longest):
        yield replace(bond, reasons=("covalent link",)) if bond.distance < 1.8 else bond


def _in_amino_acid(atoms: Atoms) -> np.ndarray:
    import numpy as np

    return np.isin(atoms.components, [name.encode() for name in rules.AMINO_ACIDS])


def _rings(atoms: Atoms, i: np.ndarray, j: np.ndarray, distance: np.ndarray) -> Iterator[Bond]:
    near = distance <= rules.CANDIDATES
    pairs = sorted(set(zip(atoms.residue[i[near]].tolist(), atoms.residue[j[near]].tolist(), strict=True)))
    for one, two in pairs:
        bond = stacking(atoms, one, two)
        if bond is not None:
            yield bond
        bond = cation_pi(atoms, one, two)
        if bond is not None:
            yield bond
        bond = cation_pi(atoms, two, one)
        if bond is not None:
            yield bond.mirrored()


def _lacks(atoms: Atoms, bond: Bond) -> Iterator[str]:
    for side, residue in ((1, bond.residue_1), (2, bond.residue_2)):
        missing = atoms.missing(residue)
        if missing:
            yield f"residue {side} lacks {' '.join(missing)}"
