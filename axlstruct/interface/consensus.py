"""What the copies of an interface share: each residue pair once, with its distance in every copy."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from axlstruct.interface.classes import NO_CONTACT, InterfaceClass, pair_key, turned
from axlstruct.interface.contacts import ChainPair, residue_contacts
from axlstruct.structure.structure import ObservedResidue, Structure


@dataclass(frozen=True, slots=True)
class ConsensusRow:
    """A residue pair of an interface class, in UniProt positions.

    ``distances`` are the shortest distances in Angstrom in the chain pairs of ``chains``, both joined by ``;``, empty where the
    pair is not in contact; ``in_all`` marks the consensus interface.
    """

    structure: str
    interface: str
    protein_1: str
    position_1: int | None
    residue_1: str
    protein_2: str
    position_2: int | None
    residue_2: str
    copies: str
    in_all: bool
    chains: str
    distances: str
    assembly: str


@dataclass(frozen=True, slots=True)
class NumberedConsensusRow(ConsensusRow):
    """The same where a chain has no UniProt positions: with the residues of each copy in author numbers, as ``A/59;C/59``."""

    residues_1: str
    residues_2: str


def consensus_rows(
    structure: Structure, classes: Sequence[InterfaceClass], pairs: Collection[ChainPair], cutoff: float
) -> list[ConsensusRow]:
    """Residue pairs by interface class, in the order of their positions; residues of tags have no copies and are left out.

    Parameters
    ----------
    structure : Structure
    classes : sequence of InterfaceClass
    pairs : collection of ChainPair
        The copies asked for; others are left out of their classes.
    cutoff : float
        Angstrom, inclusive.

    Returns
    -------
    list of ConsensusRow
        Of `NumberedConsensusRow` if any of the chains lies outside the target.
    """
    wanted = {pair.chains for pair in pairs}
    numbered = any(side.map is None for pair in pairs if len(pair.distance) for side in (pair.side_1, pair.side_2))
    rows: list[ConsensusRow] = []
    for cls in classes:
        copies = [pair for pair in cls.pairs if pair.chains in wanted]
        if cls.name == NO_CONTACT or not copies:
            continue
        found: dict[tuple[int, int], dict[tuple[str, str], _Seen]] = {}
        for pair in copies:
            for key, seen in _seen(structure, pair, cutoff):
                found.setdefault(key, {})[pair.chains] = seen
        names = cls.proteins[::-1] if turned(cls.pairs[0]) else cls.proteins
        for _, seen_in in sorted(found.items()):
            first = next(iter(seen_in.values()))
            common = (
                structure.id, cls.name, names[0], first.position_1, first.one.name, names[1], first.position_2, first.two.name,
                f"{len(seen_in)}/{len(copies)}", len(seen_in) == len(copies), ";".join("-".join(pair.chains) for pair in copies),
                ";".join(f"{seen_in[pair.chains].distance:.2f}" if pair.chains in seen_in else "" for pair in copies),
                structure.assembly,
            )  # fmt: skip
            if not numbered:
                rows.append(ConsensusRow(*common))
                continue
            here = [seen_in.get(pair.chains) for pair in copies]
            one, two = (";".join(f"{end.id.chain}/{end.id.label}" if end else "" for end in ends) for ends in (
                [seen.one if seen else None for seen in here], [seen.two if seen else None for seen in here],
            ))  # fmt: skip
            rows.append(NumberedConsensusRow(*common, one, two))
    return rows


@dataclass(frozen=True, slots=True)
class _Seen:
    """A residue pair in one copy, its residues in the order that all copies have."""

    one: ObservedResidue
    position_1: int | None
    two: ObservedResidue
    position_2: int | None
    distance: float


def _seen(structure: Structure, pair: ChainPair, cutoff: float) -> list[tuple[tuple[int, int], _Seen]]:
    found = []
    for contact in residue_contacts(pair.within(cutoff)):
        one, two = structure.residues[contact.residue_1], structure.residues[contact.residue_2]
        key = pair_key(pair, one, two)
        if key is None:
            continue
        ends = (one, pair.side_1.position(one)), (two, pair.side_2.position(two))
        same = pair.side_1.molecule == pair.side_2.molecule
        if turned(pair) or (same and key != (pair.side_1.place(one), pair.side_2.place(two))):
            ends = ends[::-1]
        found.append((key, _Seen(*ends[0], *ends[1], round(contact.distance, 4))))
    return found
