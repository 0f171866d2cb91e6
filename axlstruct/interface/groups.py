"""Two groups of chains, between which an interface is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain as joined

from axlstruct.errors import UsageError
from axlstruct.interface.contacts import ChainPair
from axlstruct.interface.sides import Side
from axlstruct.structure.structure import Structure

Between = Sequence[str | Sequence[str]]
"""Two groups as a user names them: ``("A", "C")``, ``(("A", "B"), ("C",))`` or ``("A,B", "C")``."""


@dataclass(frozen=True)
class Groups:
    """Two groups of protein chains by ``auth_asym_id``; no chain is in both, none is empty."""

    one: tuple[str, ...]
    two: tuple[str, ...]

    @property
    def chains(self) -> tuple[str, ...]:
        """The chains of both."""
        return self.one + self.two

    def __str__(self) -> str:
        return f"{','.join(self.one)} and {','.join(self.two)}"

    def joins(self, chain_1: str, chain_2: str) -> bool:
        """Whether one chain is of the first group and the other of the second, in any order."""
        return (chain_1 in self.one and chain_2 in self.two) or (chain_1 in self.two and chain_2 in self.one)

    def pairs(self, pairs: Iterable[ChainPair]) -> list[ChainPair]:
        """The chain pairs that join the groups, in their order."""
        return [pair for pair in pairs if self.joins(*pair.chains)]


def find_groups(structure: Structure, sides: Sequence[Side], between: Between) -> Groups:
    """The groups that a user names, checked against a structure.

    Parameters
    ----------
    structure : Structure
    sides : sequence of Side
    between : two groups
        Each a chain, a comma list of chains, or a sequence of chains.

    Returns
    -------
    Groups
        The group of the receptor first, whichever was named first; groups that no role tells apart as they are named.

    Raises
    ------
    UsageError
        Not two groups, an empty group, a chain in both.
    StructureError
        No such protein chain.
    """
    if isinstance(between, str) or len(between) != 2:
        raise UsageError(
            "an interface lies between two groups of chains", expected="two groups, such as A,B C", found=str(between)
        )
    known = {chain.chain for chain in structure.chains}
    one, two = (_named(group, known) for group in between)
    for group, written in zip((one, two), between, strict=True):
        if not group:
            raise UsageError("a group of chains is empty", expected="chains by their letters, such as A,B C", found=repr(written))
    for name in joined(one, two):
        structure.chain(name)
    if both := [name for name in one if name in two]:
        raise UsageError(
            f"chain {', '.join(both)} is in both groups: two groups of different chains make an interface",
            found=f"{','.join(one)} and {','.join(two)}",
        )
    ranks = [sorted({side.rank[0] for side in sides if side.chain.chain in group}) for group in (one, two)]
    return Groups(two, one) if ranks[1][-1] < ranks[0][0] else Groups(one, two)


def _named(group: str | Sequence[str], known: set[str]) -> tuple[str, ...]:
    if isinstance(group, str):
        group = [group] if group in known else group.split(",")
    return tuple(dict.fromkeys(name.strip() for name in group if name.strip()))
