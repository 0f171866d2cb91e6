"""Typed interactions of a structure as rows: who, with which atoms, by which rule, in how many copies, and how sure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from axlstruct.interface.bond import Bond
from axlstruct.interface.bonds import find_bonds
from axlstruct.interface.classes import NO_CONTACT, InterfaceClass
from axlstruct.interface.contacts import AtomPairs
from axlstruct.interface.grades import grade
from axlstruct.interface.kinds import KINDS
from axlstruct.interface.rules import CANDIDATES
from axlstruct.interface.sides import Side, sides_of
from axlstruct.sequence.residues import ResidueId
from axlstruct.structure.atoms import Atoms, atoms_of
from axlstruct.structure.completeness import gaps
from axlstruct.structure.glycans import Glycan
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.neighbours import near_pairs
from axlstruct.structure.roles import METALS
from axlstruct.structure.structure import ObservedResidue, Structure

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """A typed interaction; the first columns identify the residues as those of contacts do, column names are fixed.

    Attributes
    ----------
    interface
        Class of the chain pair; ``none`` for disulfides and metals within a chain.
    type
        ``hbond``, ``salt-bridge``, ``hydrophobic``, ``pi-stacking``, ``cation-pi``, ``disulfide``, ``metal``, ``glycan``.
    atoms_1, atoms_2
        Joined by ``;``.
    donor, acceptor
        ``CHAIN/NUMBER:ATOM`` of donor and acceptor, cation and anion, cation and ring.
    distance, angle
        Angstrom and degrees; the angle empty where the rule has none.
    grade, reasons
        ``a``, ``b`` or ``c``, and what speaks against an ``a``.
    copies
        In how many chain pairs of the class (for disulfides and metals: chains of the protein) the same residues do the same.
    hbonds
        Hydrogen bonds that it is or, as a salt bridge, holds.
    """

    structure: str
    interface: str
    chain_1: str
    residue_1: str
    number_1: int
    icode_1: str
    position_1: int | None
    chain_2: str
    residue_2: str
    number_2: int
    icode_2: str
    position_2: int | None
    type: str
    atoms_1: str
    atoms_2: str
    donor: str
    acceptor: str
    distance: float
    angle: float | None
    grade: str
    reasons: str
    copies: str
    hbonds: int
    assembly: str


@dataclass(frozen=True)
class _End:
    """One end of a bond: residue, component, the chain it belongs to (of a sugar: the chain that carries it), its position."""

    id: ResidueId
    component: str
    side: Side | None
    position: int | None
    residue: ObservedResidue | None
    key: tuple[object, ...]

    @property
    def rank(self) -> tuple[int, int, str]:
        """Receptor, ligand; of one protein the residue, then the hetero group."""
        role = self.side.rank[0] if self.side else 9
        return (role, 1 if self.residue is None else 0, self.id.chain)


def typed_bonds(
    structure: Structure, near: AtomPairs, glycans: Sequence[Glycan], *, histidine_charged: bool = False
) -> tuple[Atoms, tuple[Bond, ...]]:
    """All typed interactions between chains, and within chains the disulfides and the metals.

    Parameters
    ----------
    structure : Structure
    near : AtomPairs
        From `axlstruct.interface.contacts.near_atoms` up to `CANDIDATES` Angstrom or more.
    glycans : sequence of Glycan
    histidine_charged : bool
        Count as a cation each histidine whose protons the file does not tell.
    """
    import numpy as np

    sugars = {(id.chain, id.number, id.icode) for glycan in glycans for id, _ in glycan.sugars}
    atoms = atoms_of(structure, sugars=sugars)
    use = near.distance <= CANDIDATES
    inner_1, inner_2 = _within_chains(structure, atoms)
    first, second = np.concatenate([near.first[use], inner_1]), np.concatenate([near.second[use], inner_2])
    return atoms, find_bonds(atoms, first, second, histidine_charged=histidine_charged)


def _within_chains(structure: Structure, atoms: Atoms) -> tuple[np.ndarray, np.ndarray]:
    """Pairs that a search between chains leaves out, for the kinds sought within a chain too; 4 Angstrom."""
    import numpy as np

    chains = structure.chain_of_atom
    reach = np.full(len(chains), 2.0)
    found = []
    for ones, others in (kind.within(atoms) for kind in KINDS.values() if kind.within):
        i, j = near_pairs(atoms.xyz, reach, ones, others)
        once = (chains[i] == chains[j]) & ((i < j) | (ones is not others))
        found.append((i[once], j[once]))
    return np.concatenate([i for i, _ in found]), np.concatenate([j for _, j in found])


def interaction_rows(
    structure: Structure,
    maps: Sequence[ChainMap],
    classes: Sequence[InterfaceClass],
    near: AtomPairs,
    glycans: Sequence[Glycan],
) -> list[InteractionRow]:
    """The rows of `placed_rows`."""
    return [row for _, row in placed_rows(structure, maps, classes, near, glycans)]


def placed_rows(
    structure: Structure,
    maps: Sequence[ChainMap],
    classes: Sequence[InterfaceClass],
    near: AtomPairs,
    glycans: Sequence[Glycan],
    *,
    histidine_charged: bool = False,
) -> list[tuple[tuple[str, str], InteractionRow]]:
    """Typed interactions between all protein chains, with their sugars and metals, and their disulfides.

    A sugar counts for the chain that carries it: its contacts with that chain are left out. Grades know resolution, B-factors or
    pLDDT, missing atoms and copies.

    Parameters
    ----------
    structure : Structure
    maps : sequence of ChainMap
    classes : sequence of InterfaceClass
        Of the pairs of its chains.
    near : AtomPairs
        As for `typed_bonds`.
    glycans : sequence of Glycan
    histidine_charged : bool
        As for `typed_bonds`.

    Returns
    -------
    list of ((chain_1, chain_2), InteractionRow)
        By interface class, chains and residues; the chains are those that the residues belong to, of a sugar the chain that
        carries it.
    """
    atoms, bonds = typed_bonds(structure, near, glycans, histidine_charged=histidine_charged)
    asked = {number for bond in bonds for number in (bond.residue_1, bond.residue_2)}
    sides = sides_of(structure, maps)
    ends = _ends(structure, sides, atoms, glycans, asked)
    class_of = {frozenset(pair.chains): cls for cls in classes for pair in cls.pairs}
    kept: list[tuple[Bond, _End, _End, InterfaceClass | None]] = []
    for bond in bonds:
        one, two = ends.get(bond.residue_1), ends.get(bond.residue_2)
        if one and two:  # a metal in a chain of its own belongs to the chain that holds it
            one, two = replace(one, side=one.side or two.side), replace(two, side=two.side or one.side)
        if one is None or two is None or one.side is None or two.side is None:
            continue
        first, second = one.side.chain, two.side.chain
        within = first is second
        if within and KINDS[bond.type].within is None:
            continue
        if two.rank < one.rank:
            bond, one, two = bond.mirrored(), two, one  # noqa: PLW2901
        cls = None if within else class_of.get(frozenset((first.chain, second.chain)))
        kept.append((bond, one, two, cls))
    seen: dict[tuple[object, ...], set[frozenset[str]]] = {}
    for bond, one, two, cls in kept:
        seen.setdefault(_key(bond, one, two, cls), set()).add(_place(one, two))
    chains_of = Counter(side.molecule for side in sides)
    rows = []
    for bond, one, two, cls in kept:
        possible = len(cls.pairs) if cls else chains_of[one.side.molecule] if one.side else 1
        assert one.side
        assert two.side
        chains = one.side.chain.chain, two.side.chain.chain
        rows.append((chains, _row(structure, bond, one, two, cls, (len(seen[_key(bond, one, two, cls)]), possible))))
    order = {cls.name: number for number, cls in enumerate(classes)}

    def place(item: tuple[tuple[str, str], InteractionRow]) -> tuple[object, ...]:
        r = item[1]
        return order.get(r.interface, len(order)), r.chain_1, r.chain_2, r.number_1, r.number_2, r.type, r.atoms_1

    return sorted(rows, key=place)


def _ends(
    structure: Structure, sides: Sequence[Side], atoms: Atoms, glycans: Sequence[Glycan], asked: Collection[int]
) -> Mapping[int, _End]:
    """What each residue number of the bonds is; waters and stray hetero groups are left out."""
    ends: dict[int, _End] = {}
    index = 0
    by_letter: dict[str, Side] = {}
    for side in sides:
        by_letter.setdefault(side.chain.chain, side)
        for residue in side.chain.residues:
            if index in asked:
                place = side.place(residue)
                key = ("position", place) if place else ("number", residue.id.number, residue.id.icode)
                ends[index] = _End(residue.id, residue.name, side, side.position(residue), residue, key)
            index += 1
    metals = set(atoms.residue[atoms.are(METALS) & ~atoms.amino].tolist())
    carrier = {id: (glycan.root, n) for glycan in glycans for n, (id, _) in enumerate(glycan.sugars, 1)}
    for number, (chain_name, seq, icode, component) in enumerate(atoms.others, len(structure.residues)):
        id = ResidueId(structure.id, chain_name, seq, icode)
        root, place = carrier.get(id, (None, 0))
        owner = by_letter.get(root.chain if root else chain_name)
        if number in asked and (owner or number in metals):
            ends[number] = _End(id, component, owner, None, None, ("sugar", component, place) if root else ("hetero", component))
    return ends


def _place(one: _End, two: _End) -> frozenset[str]:
    return frozenset(end.side.chain.chain for end in (one, two) if end.side)


def _key(bond: Bond, one: _End, two: _End, cls: InterfaceClass | None) -> tuple[object, ...]:
    """What makes two rows copies of each other."""
    where = cls.name if cls else one.side.molecule if one.side else ""
    ends: tuple[object, ...] = (one.key, two.key)
    if cls and cls.symmetric:
        ends = tuple(sorted(ends, key=str))
    elif one.side and two.side and one.side.rank[0] == two.side.rank[0] and one.side.molecule > two.side.molecule:
        ends = ends[::-1]
    return (where, bond.type, *ends)


def _row(
    structure: Structure, bond: Bond, one: _End, two: _End, cls: InterfaceClass | None, copies: tuple[int, int]
) -> InteractionRow:
    disorder = [end.residue.b for end in (one, two) if end.residue]
    worst = (min if structure.predicted else max)(disorder, default=None) if structure.plddt or not structure.predicted else None
    mark = grade(
        bond.distance, bond.limits, margin=bond.margin, angle_margin=bond.angle_margin, resolution=structure.resolution,
        b=worst, predicted=structure.predicted, copies=copies, reasons=bond.reasons,
    )  # fmt: skip
    giver, taker = (one, two) if bond.donor_side == 1 else (two, one)
    return InteractionRow(
        structure.id, cls.name if cls else NO_CONTACT,
        one.id.chain, one.component, one.id.number, one.id.icode, one.position,
        two.id.chain, two.component, two.id.number, two.id.icode, two.position,
        bond.type, ";".join(bond.atoms_1), ";".join(bond.atoms_2),
        f"{giver.id.chain}/{giver.id.label}:{bond.donor}" if bond.donor_side else "",
        f"{taker.id.chain}/{taker.id.label}:{bond.acceptor}" if bond.donor_side else "",
        round(bond.distance, 4), None if math.isnan(bond.angle) else round(bond.angle, 1),
        mark.letter, "; ".join(map(str, mark.reasons)), f"{copies[0]}/{copies[1]}", bond.hbonds, structure.assembly,
    )  # fmt: skip


def traces(structure: Structure) -> frozenset[str]:
    """Chains most of whose residues are one atom: traces of CA atoms, of which only contacts can be computed."""
    return frozenset(
        chain.chain
        for chain in structure.chains
        if sum(residue.n_atoms == 1 for residue in chain.residues) > len(chain.residues) / 2
    )


def limits(structure: Structure) -> tuple[str, ...]:
    """What a structure does not allow to compute, or what was used of it: a trace of CA atoms, some hydrogens, `gaps`."""
    residues = structure.residues
    bare = sum(residue.n_atoms == 1 for residue in residues)
    if chains := traces(structure):
        return (
            f"{bare} of {len(residues)} residues are one atom: typed interactions, sheets and areas of "
            f"{', '.join(sorted(chains))} cannot be computed, and contacts and interface classes are those of single atoms",
        )
    import numpy as np

    with_hydrogens = len(np.setdiff1d(structure.residue_of_atom[~structure.heavy], (-1,)))
    if with_hydrogens and with_hydrogens < len(residues):
        partly = f"hydrogens on {with_hydrogens} of {len(residues)} residues: used where they are, heavy atoms elsewhere"
        return (partly, *gaps(structure))
    return gaps(structure)
