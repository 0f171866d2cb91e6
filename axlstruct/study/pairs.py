"""Which chain pairs of a structure a question is about, and their areas, bonds and sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from axlstruct.errors import StructureError
from axlstruct.interface.areas import Surface
from axlstruct.interface.contacts import ChainPair, require_partners
from axlstruct.interface.groups import Between, Groups, find_groups
from axlstruct.interface.interactions import traces
from axlstruct.interface.sheets import sheet_words
from axlstruct.interface.sides import Side
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


class Numbers:
    """Areas, bonds and sheets of chain pairs and of groups; nothing where a chain is a trace of single atoms."""

    def __init__(self, analysed: Analysed, areas: AreaSettings) -> None:
        found = analysed.held.structure
        self.surface, self.radii = Surface(found, analysed.glycans, areas), str(areas)
        self.sheets, self.bare = sheet_words(found, [pair for pair in analysed.pairs if len(pair.distance)]), traces(found)
        self.hbonds, self.salt_bridges = Counter[frozenset[str]](), Counter[frozenset[str]]()
        for chains, row in analysed.bonds:
            if row.type in ("hbond", "salt-bridge"):
                self.hbonds[frozenset(chains)] += row.hbonds
                self.salt_bridges[frozenset(chains)] += row.type == "salt-bridge"

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
