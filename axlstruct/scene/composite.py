"""The scene of a composite: experiment opaque, model translucent, low confidence thin and grey, the fitted part a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from axlstruct.composite.placement import Copy
from axlstruct.scene import palette
from axlstruct.scene.build import build_scene
from axlstruct.scene.paint import NEUTRAL
from axlstruct.scene.parts import dashed
from axlstruct.scene.scene import AbsentSite, Camera, Label, Layer, LegendEntry, Scene, Selection, Style
from axlstruct.sequence.parts import part_name, parts_of
from axlstruct.sequence.target import Protein, Target
from axlstruct.structure.confidence import CONFIDENT
from axlstruct.structure.glycans import Glycan
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.secondary_structure import Element, Place
from axlstruct.structure.structure import Structure

TRANSLUCENT, FAINT = 0.85, 0.5
DARKER = 0.8
"""Of the model's colours, which shine through."""

LABELLED_TOGETHER = 8
"""Positions between sites up to which they share a label."""
FADED, LAID = "#9A9A9A", "#5A5A5A"
"""Low confidence, and the model where the experiment is seen."""

SLAB, AXIS = "#C98F2B", "#3A3A3A"


class PartLook(NamedTuple):
    """Layer and style of a residue; where it lies in a part that is labelled, its label and its place in the sequence."""

    layer: str
    style: Style
    label: str = ""
    detail: str = ""


def composite_scene(
    structure: Structure,
    maps: Sequence[ChainMap],
    target: Target,
    copies: Sequence[Copy],
    glycans: Sequence[Glycan],
    *,
    title: str,
    cautions: Sequence[str],
    drawn: Sequence[LegendEntry] = (),
    elements: Sequence[Element],
    source: str,
    camera: Camera | None = None,
) -> Scene:
    """What to show of a composite.

    Parameters
    ----------
    structure : Structure
        Of `axlstruct.composite.structure.composite_structure`.
    maps : sequence of ChainMap
        Its chains on the proteins.
    target : Target
    copies : sequence of Copy
    glycans : sequence of Glycan
    title : str
    cautions : sequence of str
    drawn : sequence of LegendEntry
        What is drawn beside the atoms: the slab, the axis.
    elements : sequence of Element
        Helices and strands, each assigned in its own structure: placed on each other they would bond across.
    source : str
        Of the helices and strands.
    camera : Camera, optional
    """
    scene = build_scene(structure, maps, target, (), (), glycans, color="domain", interface=False, labels=False)
    placed = {copy.name: copy for copy in copies}
    looks = {map.chain.chain: _looks(map, placed.get(map.chain.chain)) for map in maps}
    layers: dict[tuple[str, Style], dict[str, list[Place]]] = {}
    for chain, residues in looks.items():
        for place, look in residues.items():
            layers.setdefault((look.layer, look.style), {}).setdefault(chain, []).append(place)
    strange = {chain.chain for chain in structure.chains} - set(looks)
    others = [_only(layer, strange) for layer in scene.layers if layer.style.kind == "cartoon"]
    solid = [layer for layer in scene.layers if layer.style.kind != "cartoon"]
    cartoons = [
        Layer(name, tuple(Selection.of(c, p) for c, p in chains.items()), style) for (name, style), chains in layers.items()
    ]
    legend = [entry for entry in scene.legend if entry.heading == "Hetero groups"]
    return replace(
        scene, title=title, cautions=tuple(cautions),
        layers=(*(layer for layer in others if layer.selections), *sorted(cartoons, key=_opaque_first), *solid),
        labels=(*_part_labels(maps, placed, looks), *_site_labels(maps, placed)),
        legend=(*_legend(maps, placed, looks), *drawn, *legend, *_site_legend(maps, placed)),
        secondary=tuple(elements), secondary_source=source,
        camera=camera or scene.camera, absent=_left_out(maps, placed), notes=structure.notes,
    )  # fmt: skip


def _looks(map: ChainMap, copy: Copy | None) -> dict[Place, PartLook]:
    """How each residue of a chain looks; ``copy`` where the chain is a model's."""
    parts, plain = _parts(map.protein), (f"{map.protein.name} between domains", "", NEUTRAL, "")
    looks = {}
    for residue in map.chain.residues:
        position = map.position_of.get(residue.id)
        name, label, color, detail = parts.get(position or 0, plain)
        if copy is None:
            look = PartLook(f"experiment, {name}", Style("cartoon", color), label, detail)
        elif position in copy.seen:
            look = PartLook("model where the experiment is seen", Style("trace", LAID, 0.15, FAINT))
        elif residue.b <= CONFIDENT:
            look = PartLook("model, low confidence", Style("trace", FADED, 0.3, FAINT))
        else:
            tone = palette.shade(color, DARKER) if label else color
            look = PartLook(f"model, {name}", Style("cartoon", tone, None, TRANSLUCENT), label, detail)
        looks[residue.id.number, residue.id.icode] = look
    return looks


def _parts(protein: Protein) -> dict[int, tuple[str, str, str, str]]:
    """Layer, label, colour and detail of the part at each position that lies in one."""
    colors = palette.domain_colors(feature.name for feature in parts_of(protein))
    return {
        position: (f"{protein.name} {part_name(part)}", part_name(part), colors[part.name], f"UniProt {dashed(part.span)}")
        for part in parts_of(protein)
        for position in part.span
    }


def _opaque_first(layer: Layer) -> tuple[bool, str]:
    return layer.style.opacity < 1, layer.style.kind


def _only(layer: Layer, chains: Iterable[str]) -> Layer:
    wanted = set(chains)
    return replace(layer, selections=tuple(selection for selection in layer.selections if selection.chain in wanted))


def _legend(maps: Sequence[ChainMap], placed: dict[str, Copy], looks: dict[str, dict[Place, PartLook]]) -> list[LegendEntry]:
    """Experiment first, then the model, each with its parts."""
    found: dict[LegendEntry, None] = {}
    for map in sorted(maps, key=lambda map: (map.chain.chain in placed, map.protein.role != "receptor")):
        copy = placed.get(map.chain.chain)
        chains = [m.chain.chain for m in maps if m.protein is map.protein and (m.chain.chain in placed) == bool(copy)]
        heading = f"{_kind(copy) if copy else 'Experiment, opaque'}: {map.protein.name} {', '.join(chains)}"
        for look in looks[map.chain.chain].values():
            if look.label:
                found[LegendEntry(heading, look.label, look.style.color, "cartoon", look.detail)] = None
    thin = f"{_kind(next(iter(placed.values()))).partition(',')[0]}, thin"
    low = "pLDDT 70 or less: no structure to interpret"
    return [
        *found,
        LegendEntry(thin, "low or very low confidence", FADED, "stick", low),
        LegendEntry(thin, "where the experiment is seen", LAID, "stick", "shows how well it lies"),
    ]


def _part_labels(maps: Sequence[ChainMap], placed: dict[str, Copy], looks: dict[str, dict[Place, PartLook]]) -> list[Label]:
    """Domains of the experiment, and of the model those that it does not show; none where labels of sites stand."""
    last = _labelled(maps, placed)
    named = {look.label for site in _sites(last) if (look := looks[last.chain.chain][site[2]]).label}
    labels = []
    for chain, residues in looks.items():
        parts: dict[PartLook, list[Place]] = {}
        for place, look in residues.items():
            if look.label and not (chain == last.chain.chain and look.label in named):
                parts.setdefault(look, []).append(place)
        where = f"chain {chain}, {'model' if chain in placed else 'experiment'}"
        labels += [Label(look.label, Selection.of(chain, places), look.style.color, where) for look, places in parts.items()]
    return labels


def _sites(map: ChainMap) -> list[tuple[str, int, Place, float]]:
    """Name, position, place and pLDDT of the sites that a model shows."""
    slots = ((site, map.by_position.get(site.position)) for site in map.protein.sites)
    return [
        (site.name, site.position, (s.residue.id.number, s.residue.id.icode), s.residue.b) for site, s in slots if s and s.residue
    ]


def _site_labels(maps: Sequence[ChainMap], placed: dict[str, Copy]) -> list[Label]:
    """Sites of one copy with their pLDDT, near ones together; those of the others are drawn alike, without a word."""
    map = _labelled(maps, placed)
    groups: list[list[tuple[str, int, Place, float]]] = []
    for site in sorted(_sites(map), key=lambda site: site[1]):
        if groups and site[1] - groups[-1][-1][1] <= LABELLED_TOGETHER:
            groups[-1].append(site)
        else:
            groups.append([site])
    labels = []
    for group in groups:
        text = " · ".join(f"{name} ({plddt:.0f})" for name, _, _, plddt in group)
        places = Selection.of(map.chain.chain, [place for _, _, place, _ in group])
        labels.append(Label(text, places, palette.TEXT, "site, with its pLDDT"))
    return labels


def _labelled(maps: Sequence[ChainMap], placed: dict[str, Copy]) -> ChainMap:
    """The copy of the model on which sites are labelled: the last."""
    return [map for map in maps if map.chain.chain in placed][-1]


def _kind(copy: Copy) -> str:
    return "Model in pieces, translucent" if copy.pieces else "Rigid model, translucent"


def _left_out(maps: Sequence[ChainMap], placed: dict[str, Copy]) -> tuple[AbsentSite, ...]:
    """Sites that the model does not show, or that lie in what is left out of it."""
    map = _labelled(maps, placed)
    shown = {site[1] for site in _sites(map)}
    why = "left out with a part of low confidence" if placed[map.chain.chain].pieces else "not in the model"
    return tuple(
        AbsentSite(map.protein.name, site.name, site.position, why) for site in map.protein.sites if site.position not in shown
    )


def _site_legend(maps: Sequence[ChainMap], placed: dict[str, Copy]) -> list[LegendEntry]:
    names = ", ".join(f"{name} ({plddt:.0f})" for name, _, _, plddt in _sites(_labelled(maps, placed)))
    detail = "UniProt numbers, pLDDT in brackets; labelled on one copy"
    return [LegendEntry("Sites, on the model", names, palette.TEXT, "sphere", detail)] if names else []
