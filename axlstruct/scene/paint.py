"""The colour of each residue, the legend line it belongs to, and the residues of each interface class."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from axlstruct.interface.classes import NO_CONTACT, InterfaceClass
from axlstruct.interface.contacts import ChainPair, residue_contacts
from axlstruct.scene import palette
from axlstruct.scene.parts import dashed
from axlstruct.scene.scene import Layer, Selection, Style
from axlstruct.sequence.coverage import MEANING, Coverage
from axlstruct.sequence.residues import ResidueId
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.secondary_structure import Place
from axlstruct.structure.structure import ObservedResidue, ProteinChain, Structure

SPLIT_CODON = "split codon (two exons)"
NEUTRAL = palette.tint(palette.MUTED, 0.4)


class Paint(NamedTuple):
    """The colour of a residue and the legend line it belongs to; ``short`` is its label in the picture, where it gets one."""

    heading: str
    label: str
    color: str
    detail: str = ""
    short: str = ""

    @property
    def name(self) -> str:
        """What a layer in this colour is called."""
        return f"{self.heading.partition(',')[0]} {self.label}"


Painter = Callable[[ChainMap | None, ProteinChain, ObservedResidue], Paint]
Special = Callable[[ChainMap | None, ResidueId], Paint]
"""Colour of a residue of the target's proteins by something that was computed or measured of it."""

Painted = dict[Paint, dict[str, list[Place]]]


def paint_residues(laid: Sequence[tuple[ChainMap | None, ProteinChain]], painter: Painter, scale: Sequence[str] = ()) -> Painted:
    """Residues by colour and chain: headings in the order of the chains, colours of a scale in its order, neutral ones last."""
    painted: Painted = {}
    for map, chain in laid:
        for residue in chain.residues:
            places = painted.setdefault(painter(map, chain, residue), {}).setdefault(chain.chain, [])
            places.append((residue.id.number, residue.id.icode))
    headings = sorted(dict.fromkeys(paint.heading for paint in painted), key=lambda heading: heading in _LAST)
    bands = [*(color for _, color, _ in palette.PLDDT_BANDS), *scale]

    def rank(paint: Paint) -> tuple[int, bool, int]:
        ordered = scale or paint.heading == _CONFIDENCE
        band = bands.index(paint.color) if ordered and paint.color in bands else len(bands) * bool(scale)
        return headings.index(paint.heading), paint.color == NEUTRAL, band

    return dict(sorted(painted.items(), key=lambda item: rank(item[0])))


_CONFIDENCE, _JUNCTIONS, _ELSEWHERE = "Confidence (pLDDT)", "Exon junctions", "Elsewhere"
_OTHER = Paint("Other protein", "none of the target's", palette.FAINT)
_LAST = (_JUNCTIONS, _ELSEWHERE, _OTHER.heading)


def painter_of(
    color: str,
    laid: Sequence[tuple[ChainMap | None, ProteinChain]],
    touched: Mapping[ResidueId, str],
    classes: Sequence[InterfaceClass],
    headings: Mapping[str, str],
    cutoff: float,
    special: Special | None = None,
) -> Painter:
    """The function that gives each residue its colour; ``special`` gives those of keys that are computed or measured."""
    domains = {m.protein.accession: palette.domain_colors(f.name for f in m.protein.features_of("domain")) for m, _ in laid if m}
    splits = {
        m.protein.name: [p for p in m.protein.transcript.split_codons if p in m.by_position]
        for m, _ in laid
        if m and m.protein.transcript
    }
    split = "UniProt " + "; ".join(f"{name} {', '.join(map(str, places))}" for name, places in splits.items() if places)
    chain_colors = palette.chain_colors(sorted(chain.chain for _, chain in laid))

    def by_domain(map: ChainMap, position: int) -> Paint:
        heading = headings[map.protein.accession]
        for feature in map.protein.features_of("domain"):
            if feature.covers(position):
                label = f"{feature.name} ({feature.short})" if feature.short else feature.name
                tone = domains[map.protein.accession][feature.name]
                return Paint(heading, label, tone, f"UniProt {dashed(feature.span)}", feature.label)
        return Paint(heading, "between domains", NEUTRAL)

    def by_exon(map: ChainMap, position: int) -> Paint:
        heading, exons = headings[map.protein.accession], map.protein.exons_of(position)
        if not exons:
            return Paint(heading, "no exon known", NEUTRAL)
        if len(exons) > 1:
            return Paint(_JUNCTIONS, SPLIT_CODON, palette.TEXT, split)
        span = next(exon.span for exon in map.protein.exons if exon.number == exons[0])
        return Paint(heading, f"exon {exons[0]}", palette.exon_color(exons[0]), f"UniProt {dashed(span)}", str(exons[0]))

    def paint(map: ChainMap | None, chain: ProteinChain, residue: ObservedResidue) -> Paint:
        if color == "chain":
            name = map.protein.name if map else chain.description or "other protein"
            return Paint("Chains", f"{chain.chain} · {name}", chain_colors[chain.chain])
        if color == "plddt":
            tone, band = next((tone, band) for bound, tone, band in palette.PLDDT_BANDS if residue.b > bound)
            return Paint(_CONFIDENCE, band, tone)
        if color == "interface":
            name = touched.get(residue.id, "")
            if name:
                label, tone, _, detail = class_words(name, classes)
                return Paint(f"Interface residues, within {cutoff:.1f} Å", label, tone, detail)
            if map:
                tone = palette.tint(palette.MUTED, 0.2 if map.protein.role == "receptor" else 0.6)
                return Paint(_ELSEWHERE, headings[map.protein.accession], tone)
        if special and (map or color == "burial"):
            return special(map, residue.id)
        if map is None:
            return _OTHER
        position = map.position_of.get(residue.id)
        if color == "coverage":
            word = map.placement(position).coverage if position else Coverage.UNKNOWN
            meaning = MEANING[word] if position else "no position in UniProt (tag or insertion)"
            return Paint("Coverage", str(word), palette.coverage_color(word), meaning if meaning != word else "")
        if position is None:
            return Paint(headings[map.protein.accession], "no UniProt position", palette.FAINT)
        return by_exon(map, position) if color == "exon" else by_domain(map, position)

    return paint


def touched_residues(
    structure: Structure, pairs: Sequence[ChainPair], classes: Sequence[InterfaceClass], cutoff: float
) -> dict[ResidueId, str]:
    """Interface class of each residue in contact; of a residue in several the first class, which is the largest."""
    rank = {other.chains: index for index, cls in enumerate(classes) for other in cls.pairs}
    best: dict[ResidueId, int] = {}
    for pair in pairs:
        for contact in residue_contacts(pair.within(cutoff)):
            for index in (contact.residue_1, contact.residue_2):
                id = structure.residues[index].id
                best[id] = min(best.get(id, len(classes)), rank[pair.chains])
    return {id: classes[index].name for id, index in best.items() if classes[index].name != NO_CONTACT}


def class_words(name: str, classes: Sequence[InterfaceClass]) -> tuple[str, str, str, str]:
    """Label, colour, shape and detail of an interface class in the legend."""
    pairs = [pair for cls in classes if cls.name == name for pair in cls.pairs]
    return (
        f"{name} interface",
        palette.interface_color(name),
        "stick",
        "chains " + ", ".join("–".join(pair.chains) for pair in pairs),
    )


def interface_layers(touched: Mapping[ResidueId, str], classes: Sequence[InterfaceClass]) -> list[Layer]:
    """Side chains of interface residues as sticks, a layer for each interface class."""
    layers = []
    for name in dict.fromkeys(cls.name for cls in classes):
        chains: dict[str, list[Place]] = {}
        for id in sorted(id for id, found in touched.items() if found == name):
            chains.setdefault(id.chain, []).append((id.number, id.icode))
        if chains:
            style = Style("stick", palette.interface_color(name), 0.22)
            layers.append(Layer(name, tuple(Selection.of(c, p) for c, p in chains.items()), style, "side-chain"))
    return layers
