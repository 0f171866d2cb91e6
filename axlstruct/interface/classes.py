"""From chain pairs to interfaces: which pairs are copies of one another, and what the copies share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from axlstruct.interface.contacts import ChainPair
from axlstruct.structure.structure import ObservedResidue

CLASS_CUTOFF = 5.0
"""Angstrom up to which residue pairs count when two chain pairs are compared."""
MIN_JACCARD = 0.5
NO_CONTACT = "none"

ResiduePairs = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class InterfaceClass:
    """Chain pairs of the same two proteins that make the same contact.

    Attributes
    ----------
    name : str
        ``major``, ``minor``, ``class-3``, ..., or ``none`` for pairs without contact.
    proteins : tuple of str
        Names of the two proteins.
    pairs : tuple of ChainPair
        Its copies.
    residue_pairs : frozenset of (position_1, position_2)
        All residue pairs within 5 A in any copy.
    """

    name: str
    proteins: tuple[str, str]
    pairs: tuple[ChainPair, ...]
    residue_pairs: ResiduePairs

    @property
    def symmetric(self) -> bool:
        """Whether both sides are one molecule, so that a contact is the same from either."""
        pair = self.pairs[0]
        return pair.side_1.molecule == pair.side_2.molecule


def position_pairs(residues: Sequence[ObservedResidue], pair: ChainPair) -> ResiduePairs:
    """The residue pairs of a chain pair as `pair_key` names them; residues without a position (tags) are left out.

    ``residues`` are those of the structure, `Structure.residues`.
    """
    keys = {
        pair_key(pair, residues[one], residues[two])
        for one, two in set(zip(pair.residues_1.tolist(), pair.residues_2.tolist(), strict=True))
    }
    return frozenset(key for key in keys if key)


def pair_key(pair: ChainPair, one: ObservedResidue, two: ObservedResidue) -> tuple[int, int] | None:
    """What names a residue pair in every copy: UniProt positions, in chains outside the target places in the declared sequence.

    Pairs within one protein are put in order, so that a symmetric contact is the same from both sides; of two molecules outside
    the target the same one comes first in every copy, whatever the letters of the chains. None where a residue has neither.
    """
    a, b = pair.side_1.place(one), pair.side_2.place(two)
    if a is None or b is None:
        return None
    if pair.side_1.molecule == pair.side_2.molecule:
        return min(a, b), max(a, b)
    return (b, a) if turned(pair) else (a, b)


def turned(pair: ChainPair) -> bool:
    """Whether the sides stand the other way round than in copies whose chains have other letters."""
    one, two = pair.side_1, pair.side_2
    return one.rank[0] == two.rank[0] and one.molecule > two.molecule


def jaccard(one: ResiduePairs, two: ResiduePairs) -> float:
    """Shared part of two sets of residue pairs, 0 to 1; 0 for two empty sets."""
    return len(one & two) / len(one | two) if one | two else 0.0


def classify(
    pairs: Sequence[tuple[ChainPair, ResiduePairs]],
    names: Sequence[str] = (),
    reference: Sequence[InterfaceClass] = (),
    *,
    reserved: int = 0,
) -> tuple[InterfaceClass, ...]:
    """Group chain pairs into interface classes and name them.

    Parameters
    ----------
    pairs : sequence of (ChainPair, residue pairs within `CLASS_CUTOFF`)
    names : sequence of str
        Names for the receptor-ligand classes of a reference structure, largest first.
    reference : sequence of InterfaceClass
        Classes of the target's reference structure; given, they name those of this structure that overlap by at least 0.5.
    reserved : int
        Number of names that no class of this structure can have: those of a target none of whose proteins it shows.

    Returns
    -------
    tuple of InterfaceClass
        Largest first; pairs without contact come last, as ``none``. A class that neither has a name of its own nor is found in
        the reference is called ``class-N``, counted behind those.
    """
    members: list[list[tuple[ChainPair, ResiduePairs]]] = []
    apart: dict[tuple[str, str], list[ChainPair]] = {}
    for pair, contacts in sorted(pairs, key=lambda item: (-len(item[1]), item[0].chains)):
        if not contacts:
            apart.setdefault(_names(pair), []).append(pair)
            continue
        for group in members:
            if _molecules(group[0][0]) == _molecules(pair) and any(jaccard(contacts, other) >= MIN_JACCARD for _, other in group):
                group.append((pair, contacts))
                break
        else:
            members.append([(pair, contacts)])
    members.sort(key=lambda group: (not group[0][0].joins_receptor_and_ligand, -max(len(c) for _, c in group)))
    free = list(names) if not reference else []
    count = len([cls for cls in reference if cls.name != NO_CONTACT]) or len(free) or reserved
    classes = []
    taken: set[str] = set()
    for group in members:
        proteins = _names(group[0][0])
        union = frozenset().union(*(contacts for _, contacts in group))
        name = _overlapping(union, proteins, reference, taken)
        if not name and free and group[0][0].joins_receptor_and_ligand:
            name = free.pop(0)
        if not name:
            count += 1
            name = f"class-{count}"
        taken.add(name)
        classes.append(InterfaceClass(name, proteins, tuple(sorted((p for p, _ in group), key=lambda p: p.chains)), union))
    classes += [InterfaceClass(NO_CONTACT, proteins, tuple(group), frozenset()) for proteins, group in apart.items()]
    return tuple(classes)


def copies(
    classes: Sequence[InterfaceClass], seen: Mapping[tuple[str, str], ResiduePairs]
) -> dict[tuple[str, tuple[int, int]], int]:
    """In how many chain pairs of its class each residue pair is seen.

    Parameters
    ----------
    classes : sequence of InterfaceClass
    seen : mapping of chain names to residue pairs
        The residue pairs at the cutoff of the question, by `ChainPair.chains`.

    Returns
    -------
    dict of (class name, residue pair) to int
    """
    counted: dict[tuple[str, tuple[int, int]], int] = {}
    for cls in classes:
        for pair in cls.pairs:
            for residues in seen.get(pair.chains, frozenset()):
                counted[cls.name, residues] = counted.get((cls.name, residues), 0) + 1
    return counted


def _overlapping(union: ResiduePairs, proteins: tuple[str, str], reference: Sequence[InterfaceClass], taken: set[str]) -> str:
    """Name of the reference class that overlaps most, empty where none overlaps enough."""
    candidates = [
        (jaccard(union, cls.residue_pairs), cls.name) for cls in reference if cls.proteins == proteins and cls.name not in taken
    ]
    best = max(candidates, default=(0.0, ""))
    return best[1] if best[0] >= MIN_JACCARD else ""


def _names(pair: ChainPair) -> tuple[str, str]:
    return pair.side_1.protein, pair.side_2.protein


def _molecules(pair: ChainPair) -> tuple[str, str]:
    one, two = pair.side_1.molecule, pair.side_2.molecule
    return (two, one) if turned(pair) else (one, two)
