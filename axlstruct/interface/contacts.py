"""Atoms of different protein chains that lie near each other: one search, exact distances, every chain pair a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from axlstruct.errors import StructureError, UsageError
from axlstruct.interface.sides import Side, sides_of
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.neighbours import near_boxes, near_pairs
from axlstruct.structure.structure import Structure

if TYPE_CHECKING:
    import numpy as np

EDGE = 1e-9
"""Angstrom by which a distance may exceed a cutoff and still count: coordinates have three decimals, doubles round them."""
MAX_CUTOFF = 20.0


@dataclass(frozen=True)
class ChainPair:
    """Two protein chains with all their heavy-atom pairs up to a search distance.

    Attributes
    ----------
    side_1, side_2 : Side
        Receptor first, then the ligand; of one kind alphabetical.
    atoms_1, atoms_2 : ndarray of int, shape (n,)
        Indices into the atom columns of the structure.
    residues_1, residues_2 : ndarray of int, shape (n,)
        Indices into `Structure.residues`.
    distance : ndarray of float64, shape (n,)
        Angstrom.
    """

    side_1: Side
    side_2: Side
    atoms_1: np.ndarray
    atoms_2: np.ndarray
    residues_1: np.ndarray
    residues_2: np.ndarray
    distance: np.ndarray

    @property
    def joins_receptor_and_ligand(self) -> bool:
        """Whether one side is the receptor and the other the ligand."""
        return (self.side_1.rank[0], self.side_2.rank[0]) == (0, 1)

    @property
    def chains(self) -> tuple[str, str]:
        """``auth_asym_id`` of both sides."""
        return self.side_1.chain.chain, self.side_2.chain.chain

    def within(self, cutoff: float) -> ChainPair:
        """The same pair with the contacts up to a smaller, inclusive cutoff in Angstrom."""
        keep = self.distance <= cutoff + EDGE
        return ChainPair(
            self.side_1, self.side_2, self.atoms_1[keep], self.atoms_2[keep],
            self.residues_1[keep], self.residues_2[keep], self.distance[keep],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ResidueContact:
    """Two residues in contact: indices into `Structure.residues`, shortest distance in Angstrom, number of atom pairs."""

    residue_1: int
    residue_2: int
    distance: float
    atom_pairs: int


class AtomPairs(NamedTuple):
    """Pairs of atoms: indices into the atom columns, distance in Angstrom; shape (n,) each."""

    first: np.ndarray
    second: np.ndarray
    distance: np.ndarray


def near_atoms(structure: Structure, cutoff: float) -> AtomPairs:
    """All pairs of heavy atoms of different chains within a cutoff, hetero groups included.

    Parameters
    ----------
    structure : Structure
    cutoff : float
        Angstrom, inclusive.

    Returns
    -------
    AtomPairs
        With ``first < second``, sorted.

    Notes
    -----
    Crystal symmetry is left out, because a structure here is what it says it is: the asymmetric unit or an assembly.
    """
    import numpy as np

    check_cutoff(cutoff)
    xyz = structure.xyz
    reach = np.full(len(xyz), (cutoff + 0.001) / 2)
    ends = np.cumsum([chain.count_atom_sites() for chain in structure.model])
    heavy = np.flatnonzero(structure.heavy)
    chains = np.split(heavy, np.searchsorted(heavy, ends[:-1]))
    none = np.zeros(0, dtype=np.intp)
    found = [(none, none), *(near_pairs(xyz, reach, chains[i], chains[j]) for i, j in near_boxes(xyz, chains, cutoff + 0.001))]
    first, second = (np.concatenate(side) for side in zip(*found, strict=True))
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    distance = np.sqrt(((xyz[first] - xyz[second]) ** 2).sum(axis=1))
    keep = distance <= cutoff + EDGE
    return AtomPairs(first[keep], second[keep], distance[keep])


def check_cutoff(cutoff: float) -> None:
    """Refuse a cutoff that is no distance between atoms."""
    if not 0 < cutoff <= MAX_CUTOFF:
        raise UsageError(
            "a cutoff is a distance between atoms", expected=f"more than 0 and at most {MAX_CUTOFF:g} A", found=f"{cutoff:g}"
        )


def chain_pairs(
    structure: Structure, maps: Sequence[ChainMap], cutoff: float, near: AtomPairs | None = None, *, apart: bool = True
) -> tuple[ChainPair, ...]:
    """Every pair of protein chains with its heavy-atom contacts; a pair without contact is there, and empty.

    Parameters
    ----------
    structure : Structure
    maps : sequence of ChainMap
        As from `axlstruct.structure.mapping.map_structure`; other protein chains take part as what they are.
    cutoff : float
        Angstrom, inclusive.
    near : AtomPairs, optional
        What `near_atoms` found at this cutoff or a larger one, if it was asked already.
    apart : bool
        Whether pairs without contact are given too: their number grows with the square of the chains.

    Returns
    -------
    tuple of ChainPair
        Receptor-ligand pairs first, then by chain names.
    """
    import numpy as np

    first, second, distance = near or near_atoms(structure, cutoff)
    if near:
        keep = distance <= cutoff + EDGE
        first, second, distance = first[keep], second[keep], distance[keep]
    owner = structure.residue_of_atom
    chain_of_residue = np.repeat(np.arange(len(structure.chains)), [len(chain.residues) for chain in structure.chains])
    protein = (owner[first] >= 0) & (owner[second] >= 0)
    first, second, distance = first[protein], second[protein], distance[protein]
    chain_1, chain_2 = chain_of_residue[owner[first]], chain_of_residue[owner[second]]
    sides = sides_of(structure, maps)
    key = np.minimum(chain_1, chain_2) * len(sides) + np.maximum(chain_1, chain_2)
    order = np.argsort(key, kind="stable")
    touching, start = np.unique(key[order], return_index=True)
    rows_of = dict(zip(touching.tolist(), np.split(order, start[1:]), strict=True)) if len(key) else {}
    none = np.zeros(0, dtype=np.intp)
    nothing = (none, none, owner[none], owner[none], distance[none])
    pairs = []
    wanted = combinations(range(len(sides)), 2) if apart else (divmod(code, len(sides)) for code in rows_of)
    for i, j in wanted:
        side_1, side_2 = sides[i], sides[j]
        turned = side_2.rank < side_1.rank
        if turned:
            side_1, side_2 = side_2, side_1
        rows = rows_of.get(i * len(sides) + j)
        if rows is None:
            pairs.append(ChainPair(side_1, side_2, *nothing))
            continue
        swap = (chain_1[rows] != i) != turned
        a, b = np.where(swap, second[rows], first[rows]), np.where(swap, first[rows], second[rows])
        order = np.lexsort((b, a))
        a, b = a[order], b[order]
        pairs.append(ChainPair(side_1, side_2, a, b, owner[a], owner[b], distance[rows][order]))
    return tuple(sorted(pairs, key=lambda pair: (not pair.joins_receptor_and_ligand, pair.side_1.rank, pair.side_2.rank)))


def residue_contacts(pair: ChainPair) -> tuple[ResidueContact, ...]:
    """The residue pairs of a chain pair, with shortest distance and number of atom pairs, in chain order."""
    found: dict[tuple[int, int], tuple[float, int]] = {}
    for one, two, distance in zip(pair.residues_1.tolist(), pair.residues_2.tolist(), pair.distance.tolist(), strict=True):
        shortest, count = found.get((one, two), (distance, 0))
        found[one, two] = (min(shortest, distance), count + 1)
    return tuple(ResidueContact(one, two, *facts) for (one, two), facts in sorted(found.items()))


def require_partners(structure: Structure, maps: Sequence[ChainMap], names: Sequence[str]) -> None:
    """Raise StructureError unless the structure shows every protein of the names."""
    shown = {map.protein.name: map.chain.chain for map in maps}
    if missing := [name for name in names if name not in shown]:
        chains = ", ".join(f"{map.protein.name} ({map.chain.chain})" for map in maps) or "none of the target's proteins"
        raise StructureError(
            f"no chain of {' or '.join(missing)}, so no contact to compute", where=f"{structure.id} ({structure.source})",
            found=chains, advice="name a structure that holds both receptor and ligand",
        )  # fmt: skip
