"""What the copies of an interface share: each residue pair once, with its distance in every copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from axlstruct.interface.classes import NO_CONTACT, InterfaceClass
from axlstruct.interface.rows import ContactRow


@dataclass(frozen=True, slots=True)
class ConsensusRow:
    """A residue pair of an interface class, in UniProt positions.

    ``distances`` are the shortest distances in Angstrom in the chain pairs of ``chains``, both joined by ``;``, empty where the
    pair is not in contact; ``in_all`` marks the consensus interface.
    """

    structure: str
    interface: str
    protein_1: str
    position_1: int
    residue_1: str
    protein_2: str
    position_2: int
    residue_2: str
    copies: str
    in_all: bool
    chains: str
    distances: str
    assembly: str


def consensus_rows(classes: Sequence[InterfaceClass], contacts: Sequence[ContactRow]) -> list[ConsensusRow]:
    """Residue pairs by interface class, in the order of their positions; residues without a position are left out.

    Parameters
    ----------
    classes : sequence of InterfaceClass
    contacts : sequence of ContactRow
        Receptor-ligand contacts of one structure at one cutoff.
    """
    rows = []
    for cls in classes:
        if cls.name == NO_CONTACT:
            continue
        chains = [pair.chains for pair in cls.pairs]
        found: dict[tuple[int, int], dict[tuple[str, str], ContactRow]] = {}
        for row in contacts:
            if row.interface == cls.name and row.position_1 is not None and row.position_2 is not None:
                found.setdefault((row.position_1, row.position_2), {})[row.chain_1, row.chain_2] = row
        for (one, two), seen in sorted(found.items()):
            first = next(iter(seen.values()))
            rows.append(
                ConsensusRow(
                    first.structure, cls.name, cls.proteins[0], one, first.residue_1, cls.proteins[1], two, first.residue_2,
                    f"{len(seen)}/{len(chains)}", len(seen) == len(chains), ";".join("-".join(pair) for pair in chains),
                    ";".join(f"{seen[pair].distance:.2f}" if pair in seen else "" for pair in chains), first.assembly,
                )
            )  # fmt: skip
    return rows
