"""Typed interactions between atoms, from coordinates and names: pairs of atoms in, `Bond` values out.

One neighbour search feeds all rules: candidate pairs up to `axlstruct.interface.rules.CANDIDATES`. The rules are written for one
side and applied to both, so that swapping the sides gives the same bonds mirrored. Heavy atoms suffice; hydrogens are used on
donors that have them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

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


class _Pairs(NamedTuple):
    """Candidate pairs: atoms of side 1 and side 2, distance in Angstrom."""

    i: np.ndarray
    j: np.ndarray
    distance: np.ndarray


def find_bonds(atoms: Atoms, i: np.ndarray, j: np.ndarray, *, histidine_charged: bool = False) -> tuple[Bond, ...]:
    """All interactions among candidate pairs of atoms.

    A salt bridge holds the hydrogen bonds between its charged atoms: they are counted in it and not listed again. Histidine is
    neutral unless told otherwise (its pKa is below the pH of blood). Pairs within a residue are ignored.

    Parameters
    ----------
    atoms : Atoms
    i, j : ndarray, shape (m,), int
        Indices of the atoms of each candidate pair, side 1 and side 2, each pair once; all up to `interface.rules.CANDIDATES`
        Angstrom must be there, farther ones do no harm.
    histidine_charged : bool
        Count histidine as a cation of salt bridges.

    Returns
    -------
    tuple of Bond
        In the order of residue_1, residue_2, type, atoms.
    """
    pairs = _pairs(atoms, i, j)
    hydrogen = list(_hydrogen_bonds(atoms, pairs))
    salt = list(_salt_bridges(atoms, pairs, hydrogen, histidine_charged))
    held = {(b.residue_1, b.residue_2, b.donor_side) for b in salt}
    free = [
        b for b in hydrogen if (b.residue_1, b.residue_2, b.donor_side) not in held or not _ionic(atoms, b, histidine_charged)
    ]
    found = free + salt
    for finder in (_hydrophobic, _disulfides, _metals, _glycans, _rings):
        found += finder(atoms, pairs)
    found = [replace(bond, reasons=(*bond.reasons, *_lacks(atoms, bond))) for bond in found]
    return tuple(sorted((_as_written(atoms, bond) for bond in found), key=_order))


def _as_written(atoms: Atoms, bond: Bond) -> Bond:
    """The bond with the atom names of the file."""
    if atoms.written is None:
        return bond
    giver, taker = (bond.residue_2, bond.residue_1) if bond.donor_side == 2 else (bond.residue_1, bond.residue_2)
    return replace(
        bond, atoms_1=atoms.as_written(bond.residue_1, bond.atoms_1), atoms_2=atoms.as_written(bond.residue_2, bond.atoms_2),
        donor="".join(atoms.as_written(giver, [bond.donor])), acceptor="".join(atoms.as_written(taker, [bond.acceptor])),
    )  # fmt: skip


def hydrogen_bonds(atoms: Atoms, i: np.ndarray, j: np.ndarray) -> tuple[Bond, ...]:
    """All hydrogen bonds among candidate pairs, those within salt bridges included; parameters and order as in `find_bonds`."""
    return tuple(sorted(_hydrogen_bonds(atoms, _pairs(atoms, i, j)), key=_order))


def _order(bond: Bond) -> tuple[int, int, str, tuple[str, ...], tuple[str, ...]]:
    return bond.residue_1, bond.residue_2, bond.type, bond.atoms_1, bond.atoms_2


def _pairs(atoms: Atoms, i: np.ndarray, j: np.ndarray) -> _Pairs:
    """The candidates that can bond: heavy atoms of different residues."""
    import numpy as np

    i, j = np.asarray(i, np.intp), np.asarray(j, np.intp)
    use = (atoms.residue[i] != atoms.residue[j]) & atoms.heavy[i] & atoms.heavy[j]
    i, j = i[use], j[use]
    distance = np.round(np.linalg.norm(atoms.xyz[i] - atoms.xyz[j], axis=1), 9)  # 3.5 is 3.5, whatever doubles make of it
    return _Pairs(i, j, distance)


def _both_ways(pairs: _Pairs, has_1: np.ndarray, has_2: np.ndarray, longest: float) -> Iterator[tuple[int, int, int, int]]:
    """Pairs with the first role on one side and the second on the other: (row, first atom, second atom, side of the first)."""
    import numpy as np

    for side, (first, second) in enumerate(((pairs.i, pairs.j), (pairs.j, pairs.i)), start=1):
        for row in np.flatnonzero((pairs.distance <= longest) & has_1[first] & has_2[second]).tolist():
            yield row, int(first[row]), int(second[row]), side


def _hydrogen_bonds(atoms: Atoms, pairs: _Pairs) -> Iterator[Bond]:
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


def _salt_bridges(atoms: Atoms, pairs: _Pairs, hydrogen: list[Bond], histidine_charged: bool) -> Iterator[Bond]:
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


def _nearest(atoms: Atoms, pairs: _Pairs, near: np.ndarray, kind: str, limits: rules.Limits) -> Iterator[Bond]:
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


def _hydrophobic(atoms: Atoms, pairs: _Pairs) -> Iterator[Bond]:
    both = (atoms.roles[pairs.i] & atoms.roles[pairs.j] & roles.NONPOLAR) != 0
    yield from _nearest(atoms, pairs, both, "hydrophobic", rules.HYDROPHOBIC)


def _disulfides(atoms: Atoms, pairs: _Pairs) -> Iterator[Bond]:
    both = (atoms.roles[pairs.i] & atoms.roles[pairs.j] & roles.THIOL) != 0
    yield from _nearest(atoms, pairs, both & (pairs.distance >= rules.SHORTEST_DISULFIDE), "disulfide", rules.DISULFIDE)


def _metals(atoms: Atoms, pairs: _Pairs) -> Iterator[Bond]:
    """One bond for each protein atom that holds a metal; the metal plays no donor role."""
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


def _glycans(atoms: Atoms, pairs: _Pairs) -> Iterator[Bond]:
    if atoms.glycan is None:
        return
    mixed = (atoms.glycan[pairs.i] & atoms.amino[pairs.j]) | (atoms.amino[pairs.i] & atoms.glycan[pairs.j])
    for bond in _nearest(atoms, pairs, mixed, "glycan", rules.GLYCAN):
        link, limits = bond.distance < 1.8, rules.GLYCOSIDIC
        reasons = (Reason(Doubt.COVALENT),)
        yield replace(bond, limits=limits, margin=limits.upper - bond.distance, reasons=reasons) if link else bond


def _rings(atoms: Atoms, pairs: _Pairs) -> Iterator[Bond]:
    import numpy as np

    present, which = np.unique(atoms.component_of, return_inverse=True)
    names = [name.decode() for name in present.tolist()]
    ring, cation = (np.array([bool(of(name)) for name in names], bool)[which] for of in (rings_of, cations_of))
    one, two = atoms.residue[pairs.i], atoms.residue[pairs.j]
    near = pairs.distance <= rules.CANDIDATES
    near &= (ring[one] & (ring | cation)[two]) | (cation[one] & ring[two])
    for first, second in sorted(set(zip(one[near].tolist(), two[near].tolist(), strict=True))):
        bond = stacking(atoms, first, second)
        if bond is not None:
            yield bond
        bond = cation_pi(atoms, first, second)
        if bond is not None:
            yield bond
        bond = cation_pi(atoms, second, first)
        if bond is not None:
            yield bond.mirrored()


def _lacks(atoms: Atoms, bond: Bond) -> Iterator[Reason]:
    for side, residue in ((1, bond.residue_1), (2, bond.residue_2)):
        missing = atoms.missing(residue)
        if missing:
            yield Reason(Doubt.LACKS_ATOMS, (side, " ".join(missing)))
    if atoms.empty is not None:
        for side, residue, names in ((1, bond.residue_1, bond.atoms_1), (2, bond.residue_2, bond.atoms_2)):
            there = atoms.of_residue(residue)
            if empty := [name for name in names if atoms.empty[there[name]]]:
                yield Reason(Doubt.NO_OCCUPANCY, (side, " ".join(empty)))
