"""Legend and caption of the close-up of an interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from axlstruct.figures.paper.legend import Group
from axlstruct.figures.stills.changed import changed_words
from axlstruct.figures.stills.dashes import BondLine, counted, dash_color
from axlstruct.figures.stills.page import swatch
from axlstruct.figures.stills.raytrace import ELEMENTS
from axlstruct.interface.contacts import ChainPair
from axlstruct.interface.kinds import dashed
from axlstruct.interface.sides import Side
from axlstruct.scene import palette
from axlstruct.sequence.residues import ResidueId
from axlstruct.structure.structure import Structure

if TYPE_CHECKING:
    from axlstruct.scene.scene import Scene

IDLE = palette.tint(palette.MUTED, 0.22)
"""Ribbons of domains that carry no stick: their colour would say nothing here."""

_ELEMENTS = {"N": "nitrogen", "O": "oxygen", "S": "sulphur", "P": "phosphorus"}


def legend_entries(
    structure: Structure,
    scene: Scene,
    pair: ChainPair,
    sides: tuple[list[ResidueId], list[ResidueId]],
    dashes: Sequence[BondLine],
    colors: Mapping[ResidueId, str],
    *,
    idle: bool = False,
) -> list[Group]:
    """The legend: colours of both chains that carry sticks, grey ribbons that carry none, elements, and kinds of dashes."""
    groups = []
    for side, ids in zip((pair.side_1, pair.side_2), sides, strict=True):
        used = {colors[id] for id in ids if id in colors}
        own = [
            e
            for e in scene.legend
            if e.shape == "cartoon" and e.color in used and (e.heading.startswith(side.protein) or e.heading == "Chains")
        ]
        items = [(entry.label, swatch(entry.color, "stick")) for entry in own]
        groups.append(Group(_name(side, ", chain "), tuple(items)))
    if idle:
        groups.append(Group("ribbons", (("pale grey: no residue in contact, or between domains", swatch(IDLE, "cartoon")),)))
    elements = {a.element.name for side in sides for id in side for a in structure.by_id[id].gemmi} - {"C", "H"}
    atoms = [(name, swatch(ELEMENTS[symbol], "stick")) for symbol, name in _ELEMENTS.items() if symbol in elements]
    groups.append(Group("atoms", tuple(atoms)))
    kinds = {dash.type for dash in dashes}
    groups.append(Group("dashes", tuple((k.words, swatch(dash_color(k.name), "dash")) for k in dashed() if k.name in kinds)))
    return [group for group in groups if group.items]


def _name(side: Side, between: str) -> str:
    """Protein and chain; a chain that is called by its letter alone is that chain."""
    letter = side.chain.chain
    return f"{side.protein}{between}{letter}" if side.protein != letter else f"chain {letter}"


def caption(
    structure: Structure,
    scene: Scene,
    pair: ChainPair,
    interface: str,
    cutoff: float,
    sides: tuple[list[ResidueId], list[ResidueId]],
    dashes: Sequence[BondLine],
    changed: dict[ResidueId, str],
) -> str:
    """What a reader must know of the picture."""
    one, two = pair.side_1, pair.side_2
    parts = [
        f"{interface.capitalize()} interface of {structure.id}: "
        f"{_name(one, ' ')} (below, {len(sides[0])} residues) and "
        f"{_name(two, ' ')} (above, {len(sides[1])} residues).",
        f"Sticks: residues with a heavy atom within {cutoff:g} Å of the other chain; "
        "backbone only where it takes part in a bond.",
    ]
    if dashes:
        parts.append(f"Dashes join donor and acceptor, or cation and anion: {counted(dashes)}, by heavy-atom geometry.")
    else:
        parts.append("No bonds are drawn.")
    own = {id: text for id, text in changed.items() if id.chain in pair.chains}
    if words := changed_words(own, [id for side in sides for id in side]):
        parts.append(words)
    parts.append(f"{scene.numbering}.")
    if structure.resolution and structure.resolution > 3.0:
        parts.append(f"At {structure.resolution:.1f} Å side chains and bonds are less certain than they look.")
    return " ".join(parts)
