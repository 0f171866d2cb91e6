"""Which chain pairs of a structure a question is about, and their areas, bonds and sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from axlstruct.errors import StructureError
from axlstruct.interface.classes import InterfaceClass
from axlstruct.interface.contacts import ChainPair, require_partners
from axlstruct.interface.groups import Between, Groups, find_groups
from axlstruct.interface.kinds import HBOND, SALT_BRIDGE
from axlstruct.interface.sides import Side
from axlstruct.sequence.target import Protein, Target
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.study.analysis import Analysed
from axlstruct.study.session import Session


def asked_pairs(session: Session, analysed: Analysed, between: Between | None) -> tuple[list[ChainPair], tuple[str, ...]]:
    """The chain pairs that a question is about, and a note where it is about more than receptor and ligand.

    Those that join two groups where groups are named; else those of receptor and ligand where the structure shows both; else all.

    Raises
    ------
    StructureError
        The structure has a single protein chain.
    """
    held, target = analysed.held, session.target
    if between is not None:
        return groups_of(analysed, between).pairs(analysed.pairs), ()
    if {map.protein.role for map in held.maps} >= {"receptor", "ligand"}:
        return [pair for pair in analysed.pairs if pair.joins_receptor_and_ligand], ()
    if len(held.structure.chains) < 2:
        if held.maps:
            require_partners(held.structure, held.maps, [protein.name for protein in target.proteins])
        raise StructureError(
            "a single protein chain, so no contact to compute", where=f"{held.structure.id} ({held.structure.source})",
            advice="name a structure with more than one protein chain",
        )  # fmt: skip
    shown = {map.protein.name for map in held.maps}
    gone = [protein.name for protein in target.proteins if protein.name not in shown]
    why = f"no chain of {' or '.join(gone)}" if gone else "the target has no ligand"
    return list(analysed.pairs), (f"{held.structure.id}: {why}, so every pair of protein chains is looked at",)


def groups_of(analysed: Analysed, between: Between) -> Groups:
    """Two groups of chains as a user names them, checked; see `axlstruct.interface.groups.find_groups`."""
    return find_groups(analysed.held.structure, analysed.sides, between)


def narrowed(analysed: Analysed, groups: Groups | None) -> tuple[list[ChainPair], list[InterfaceClass]]:
    """The chain pairs that join two groups, and the interface classes with these pairs alone; everything without groups."""
    if groups is None:
        return list(analysed.pairs), list(analysed.classes)
    pairs = groups.pairs(analysed.pairs)
    wanted = {pair.chains for pair in pairs}
    classes = [replace(cls, pairs=tuple(pair for pair in cls.pairs if pair.chains in wanted)) for cls in analysed.classes]
    return pairs, [cls for cls in classes if cls.pairs]


def named_groups(target: Target, analysed: Analysed, groups: Groups) -> Target:
    """The target with the two groups in the place of receptor and ligand, for figures along both.

    A group of one protein of the target is that protein; any other is named as in the file, without features.
    """
    sides = []
    for role, names in (("receptor", groups.one), ("ligand", groups.two)):
        own = [side for side in analysed.sides if side.chain.chain in names]
        proteins = {side.map.protein.name: side.map.protein for side in own if side.map}
        if len(proteins) == 1 and all(side.map for side in own):
            sides.append(next(iter(proteins.values())))
        else:
            letters = "".join(residue.letter for side in own for residue in side.chain.residues)
            sides.append(Protein(", ".join(dict.fromkeys(side.protein for side in own)), "", role, letters))
    return replace(target, receptor=sides[0], ligand=sides[1])


class Numbers:
    """Areas, bonds and sheets of chain pairs and of groups; nothing where a chain is a trace of single atoms."""

    def __init__(self, analysed: Analysed, areas: AreaSettings) -> None:
        self.surface, self.radii = analysed.surface(areas), str(areas)
        self.sheets, self.bare = analysed.sheets, analysed.bare
        self.hbonds, self.salt_bridges = Counter[frozenset[str]](), Counter[frozenset[str]]()
        for chains, row in analysed.bonds:
            if row.type in (HBOND, SALT_BRIDGE):
                self.hbonds[frozenset(chains)] += row.hbonds
                self.salt_bridges[frozenset(chains)] += row.type == SALT_BRIDGE

    def of(self, pairs: Sequence[ChainPair], ones: Sequence[Side], others: Sequence[Side]) -> dict[str, Any]:
        """Keywords of `interface_row` and `group_row`."""
        if self.bare & {side.chain.chain for side in (*ones, *others)}:
            return {}
        return {
            "burial": self.surface.between(ones, others), "radii": self.radii,
            "hbonds": sum(self.hbonds[frozenset(pair.chains)] for pair in pairs),
            "salt_bridges": sum(self.salt_bridges[frozenset(pair.chains)] for pair in pairs),
            "sheet": "; ".join(filter(None, (self.sheets.get(pair.chains, "") for pair in pairs))),
        }  # fmt: skip
