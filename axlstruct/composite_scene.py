"""The scene of a composite: experiment opaque, model translucent, low confidence thin and grey, the fitted part a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from axlstruct import palette
from axlstruct.composite import Copy
from axlstruct.composite_checks import LOW
from axlstruct.glycans import Glycan
from axlstruct.mapping import ChainMap
from axlstruct.scene import AbsentSite, Camera, Element, Label, Layer, LegendEntry, Place, Scene, Selection, Style
from axlstruct.scene_build import build_scene
from axlstruct.scene_paint import NEUTRAL
from axlstruct.scene_parts import dashed
from axlstruct.structure import Structure
from axlstruct.target import Protein, Target

TRANSLUCENT, FAINT = 0.85, 0.5
DARKER = 0.8
"""Of the model's colours, which shine through."""

LABELLED_TOGETHER = 8
"""Positions between sites up to which they share a label."""
FADED, LAID = "#9A9A9A", "#5A5A5A"
"""Low confidence, and the model where the experiment is seen."""

SLAB, AXIS = "#C98F2B", "#3A3A3A"

Painted = dict[tuple[str, Style], dict[str, list[Place]]]


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
        Of `axlstruct.composite_structure.composite_structure`.
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
    layers: Painted = {}
    for map in maps:
        for id, position in map.position_of.items():
            look = _look(map, position, placed.get(map.chain.chain))
            layers.setdefault(look, {}).setdefault(id.chain, []).append((id.number, id.icode))
    known = {map.chain.chain for map in maps}
    others = [
        _only(layer, {chain.chain for chain in structure.chains} - known)
        for layer in scene.layers
        if layer.style.kind == "cartoon"
    ]
    solid = [layer for layer in scene.layers if layer.style.kind != "cartoon"]
    cartoons = [
        Layer(name, tuple(Selection.of(c, p) for c, p in chains.items()), style) for (name, style), chains in layers.items()
    ]
    legend = [entry for entry in scene.legend if entry.heading == "Hetero groups"]
    return replace(
        scene, title=title, cautions=tuple(cautions),
        layers=(*(layer for layer in others if layer.selections), *sorted(cartoons, key=_opaque_first), *solid),
        labels=(*_part_labels(maps, placed), *_site_labels(maps, placed)),
        legend=(*_legend(maps, placed), *drawn, *legend, *_site_legend(maps, placed)),
        secondary=tuple(elements), secondary_source=source,
        camera=camera or scene.camera, absent=_left_out(maps, placed), notes=structure.notes,
    )  # fmt: skip


def _look(map: ChainMap, position: int, copy: Copy | None) -> tuple[str, Style]:
    """Name of the layer and style of a residue."""
    name, color = _part(map.protein, position)
    if copy is None:
        return f"experiment, {name}", Style("cartoon", color)
    slot = map.by_position[position].residue
    if position in copy.seen:
        return "model where the experiment is seen", Style("trace", LAID, 0.15, FAINT)
    if slot and slot.b <= LOW:
        return "model, low confidence", Style("trace", FADED, 0.3, FAINT)
    return f"model, {name}", Style("cartoon", color if color == NEUTRAL else palette.shade(color, DARKER), None, TRANSLUCENT)


def _part(protein: Protein, position: int) -> tuple[str, str]:
    """Name and colour of the part of a protein at a position."""
    domains = palette.domain_colors(feature.name for feature in protein.features_of("domain"))
    for feature in protein.features_of("domain"):
        if feature.covers(position):
            return f"{protein.name} {feature.label}", domains[feature.name]
    if protein.region(position) == "transmembrane":
        return f"{protein.name} TM", palette.domain_colors(["transmembrane"])["transmembrane"]
    return f"{protein.name} between domains", NEUTRAL


def _opaque_first(layer: Layer) -> tuple[bool, str]:
    return layer.style.opacity < 1, layer.style.kind


def _only(layer: Layer, chains: Iterable[str]) -> Layer:
    wanted = set(chains)
    return replace(layer, selections=tuple(selection for selection in layer.selections if selection.chain in wanted))


def _legend(maps: Sequence[ChainMap], placed: dict[str, Copy]) -> list[LegendEntry]:
    """Experiment first, then the model, each with its parts."""
    found: dict[tuple[str, str, str], LegendEntry] = {}
    for map in sorted(maps, key=lambda map: (map.chain.chain in placed, map.protein.role != "receptor")):
        copy = placed.get(map.chain.chain)
        chains = [m.chain.chain for m in maps if m.protein is map.protein and (m.chain.chain in placed) == bool(copy)]
        heading = f"{_kind(copy) if copy else 'Experiment, opaque'}: {map.protein.name} {', '.join(chains)}"
        for position in sorted(map.position_of.values()):
            name, style = _look(map, position, copy)
            if style.kind == "trace" or style.color == NEUTRAL:
                continue
            kinds = map.protein.features_of("domain") + map.protein.features_of("region")
            feature = next((feature for feature in kinds if feature.covers(position)), None)
            span = f"UniProt {dashed(feature.span)}" if feature else ""
            label = name.partition(f"{map.protein.name} ")[2]
            found.setdefault((heading, label, style.color), LegendEntry(heading, label, style.color, "cartoon", span))
    thin = f"{_kind(next(iter(placed.values()))).partition(',')[0]}, thin"
    low = "pLDDT 70 or less: no structure to interpret"
    return [
        *found.values(),
        LegendEntry(thin, "low or very low confidence", FADED, "stick", low),
        LegendEntry(thin, "where the experiment is seen", LAID, "stick", "shows how well it lies"),
    ]


def _part_labels(maps: Sequence[ChainMap], placed: dict[str, Copy]) -> list[Label]:
    """Domains of the experiment, and of the model those that it does not show; none where labels of sites stand."""
    labels = []
    last = _labelled(maps, placed).chain.chain
    for map in maps:
        copy = placed.get(map.chain.chain)
        named = {_part(map.protein, site[1])[0] for site in _sites(map)} if map.chain.chain == last else set()
        parts: dict[tuple[str, str], list[Place]] = {}
        for id, position in map.position_of.items():
            name, style = _look(map, position, copy)
            if style.kind == "cartoon" and style.color != NEUTRAL and not (copy and _part(map.protein, position)[0] in named):
                parts.setdefault((name.partition(f"{map.protein.name} ")[2], style.color), []).append((id.number, id.icode))
        for (name, color), places in parts.items():
            where = "rigid model" if copy else "experiment"
            labels.append(Label(name, Selection.of(map.chain.chain, places), color, f"chain {map.chain.chain}, {where}"))
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
        labels.append(Label(text, places, palette.INK, "site, with its pLDDT"))
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
    return [LegendEntry("Sites, on the model", names, palette.INK, "sphere", detail)] if names else []
