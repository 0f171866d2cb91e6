"""What to show of a structure, as data: selections in author numbers, styles, labels, a legend, and what cannot be shown.

A `Scene` knows no viewer: whatever draws it takes the same selections, colours and secondary structure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any, NamedTuple

from axlstruct import palette
from axlstruct.contacts import ChainPair, residue_contacts
from axlstruct.coverage import MEANING, Coverage, Placement
from axlstruct.errors import UsageError
from axlstruct.glycans import Glycan
from axlstruct.interface import NO_CONTACT, InterfaceClass
from axlstruct.mapping import ChainMap
from axlstruct.residues import ONE_LETTER, ResidueId
from axlstruct.structure import ObservedResidue, ProteinChain, Structure
from axlstruct.target import Protein, Target

COLORS = ("exon", "domain", "chain", "interface", "coverage", "plddt")
SPLIT_CODON = "split codon (two exons)"
NEUTRAL = palette.tint(palette.MUTED, 0.4)
_LABELLED = 12
"""Fewest residues of one colour in one chain that get a label of their own."""

Place = tuple[int, str]
"""Author number and insertion code."""


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """Residues ``first`` to ``last`` that all carry the same insertion code; each of them is in the chain."""

    first: int
    last: int
    icode: str = ""

    def __str__(self) -> str:
        end = f"-{self.last}{self.icode}" if self.last != self.first else ""
        return f"{self.first}{self.icode}{end}"


@dataclass(frozen=True, slots=True)
class Selection:
    """Residues of one chain, by ``auth_asym_id``, author numbers and insertion codes."""

    chain: str
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, chain: str, places: Iterable[Place]) -> Selection:
        """Select single residues.

        Examples
        --------
        >>> str(Selection.of("B", [(82, ""), (81, ""), (82, "A"), (-1, "")]))
        'B/-1,81-82,82A'
        """
        runs: list[list[Any]] = []
        for icode, number in sorted({(icode, number) for number, icode in places}):
            if runs and runs[-1][2] == icode and runs[-1][1] == number - 1:
                runs[-1][1] = number
            else:
                runs.append([number, number, icode])
        return cls(chain, tuple(Run(*run) for run in runs))

    def __contains__(self, place: object) -> bool:
        return isinstance(place, tuple) and any(run.first <= place[0] <= run.last and run.icode == place[1] for run in self.runs)

    def __len__(self) -> int:
        return sum(run.last - run.first + 1 for run in self.runs)

    def __str__(self) -> str:
        return f"{self.chain}/{','.join(map(str, self.runs))}"


@dataclass(frozen=True, slots=True)
class Style:
    """``cartoon``, ``stick`` or ``sphere``, a colour ``#RRGGBB``, and for the latter two a radius in Angstrom."""

    kind: str
    color: str
    radius: float | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """Selections in one style, drawn over the layers before; ``part`` is ``all`` or ``side-chain`` (with the C-alpha)."""

    name: str
    selections: tuple[Selection, ...]
    style: Style
    part: str = "all"


@dataclass(frozen=True, slots=True)
class Label:
    """A text at the centre of a selection, and what a reader learns beyond it."""

    text: str
    selection: Selection
    color: str
    hover: str = ""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A line of the legend under a heading; ``shape`` is the kind of style it explains."""

    heading: str
    label: str
    color: str
    shape: str = "cartoon"
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AbsentSite:
    """A site that the structure does not show, so that it is drawn nowhere, and why."""

    protein: str
    name: str
    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class Element:
    """A helix or strand (``kind``) from a first to a last residue of a chain."""

    kind: str
    chain: str
    first: Place
    last: Place


@dataclass(frozen=True, slots=True)
class ResidueInfo:
    """What to say of one residue; position is UniProt's, empty fields do not apply."""

    chain: str
    number: int
    icode: str
    component: str
    protein: str = ""
    position: int | None = None
    letter: str = ""
    exons: str = ""
    domain: str = ""
    coverage: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Camera:
    """A point to look at, in Angstrom, and the rotation (quaternion x, y, z, w) that turns the widest face to the reader."""

    center: tuple[float, float, float]
    rotation: tuple[float, float, float, float]


@dataclass(frozen=True)
class Scene:
    """Everything a viewer needs to draw a structure, and everything a reader needs to understand it.

    Attributes
    ----------
    structure, assembly : str
    title : str
    color : str
        What the cartoon is coloured by, one of `COLORS`.
    layers : tuple of Layer
        In the order in which they are drawn.
    labels : tuple of Label
    legend : tuple of LegendEntry
    numbering : str
        The numbering of labels and selections, and how UniProt's relates to it.
    absent : tuple of AbsentSite
    secondary : tuple of Element
        Helices and strands; what is in none is a loop.
    secondary_source : str
    residues : tuple of ResidueInfo
        For hover labels: polymer residues and what is drawn of hetero groups.
    camera : Camera
    notes : tuple of str
    """

    structure: str
    assembly: str
    title: str
    color: str
    layers: tuple[Layer, ...]
    labels: tuple[Label, ...]
    legend: tuple[LegendEntry, ...]
    numbering: str
    absent: tuple[AbsentSite, ...]
    secondary: tuple[Element, ...]
    secondary_source: str
    residues: tuple[ResidueInfo, ...]
    camera: Camera
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain lists and dictionaries, ready for JSON."""
        plain: dict[str, Any] = asdict(self)
        return {"schema": 1, **plain}


class _Paint(NamedTuple):
    """The colour of a residue and the legend line it belongs to; ``short`` is its label in the picture, where it gets one."""

    heading: str
    label: str
    color: str
    detail: str = ""
    short: str = ""


_Painter = Callable[[ChainMap | None, ProteinChain, ObservedResidue], _Paint]


def check_color(color: str) -> None:
    """Refuse a colour key that is none of `COLORS`."""
    if color not in COLORS:
        close = get_close_matches(color.lower(), COLORS, n=1)
        raise UsageError(
            f"unknown colour {color!r}", expected=" or ".join(COLORS), advice=f"did you mean {close[0]!r}?" if close else None
        )


def build_scene(
    structure: Structure,
    maps: Sequence[ChainMap],
    target: Target,
    pairs: Sequence[ChainPair],
    classes: Sequence[InterfaceClass],
    glycans: Sequence[Glycan],
    *,
    color: str = "domain",
    cutoff: float = 4.0,
    title: str = "",
    interface: bool = True,
    labels: bool = True,
) -> Scene:
    """Decide what to show of a structure.

    Parameters
    ----------
    structure : Structure
    maps : sequence of ChainMap
    target : Target
    pairs : sequence of ChainPair
        Searched at least up to the cutoff.
    classes : sequence of InterfaceClass
        Of these pairs.
    glycans : sequence of Glycan
    color : {'exon', 'domain', 'chain', 'interface', 'coverage', 'plddt'}
        What the cartoon is coloured by.
    cutoff : float
        Angstrom, inclusive, between heavy atoms of interface residues.
    title : str
        By default what the structure shows and how it is coloured.
    interface : bool
        Whether side chains of interface residues are drawn as sticks, in the colour of their interface class.
    labels : bool
        Whether domains, exons or chains are labelled in the picture; sites always are.

    Returns
    -------
    Scene

    Raises
    ------
    UsageError
        Unknown colour key, or pLDDT asked of an experimental structure.
    """
    check_color(color)
    if color == "plddt" and not structure.predicted:
        raise UsageError(
            "only predicted models have a pLDDT", where=structure.id, found=structure.method or "an experimental structure",
            advice="choose another colour, or a model such as AF-" + target.receptor.accession,
        )  # fmt: skip
    laid = _laid(structure, maps, target)
    touched = _touched(structure, pairs, classes, cutoff)
    headings = {protein.accession: _heading(protein, maps) for protein in target.proteins}
    painted = _paint(laid, _painter(color, laid, touched, classes, headings, cutoff))
    layers = [
        Layer(_name(paint), tuple(Selection.of(c, p) for c, p in chains.items()), Style("cartoon", paint.color))
        for paint, chains in painted.items()
    ]
    legend = [LegendEntry(paint.heading, paint.label, paint.color, "cartoon", paint.detail) for paint in painted]
    shown: list[Label] = list(_labels(painted, laid, color)) if labels else []
    if interface:
        sticks = _interface_layers(touched, classes)
        layers += sticks
        if color != "interface":
            legend += [
                LegendEntry(f"Interface, side chains within {cutoff:.1f} Å", *_class_words(s.name, classes)) for s in sticks
            ]
    others, entries, rows = _hetero(structure, glycans)
    if labels:
        shown += [
            Label(row.note.removesuffix(_ION), Selection.of(row.chain, [(row.number, row.icode)]), palette.MUTED, row.component)
            for row in rows
            if row.note.endswith(_ION)
        ]
    site_layers, site_labels, absent, notes = _sites(structure, maps, target)
    layers += [*others, *site_layers]
    legend += entries
    gone = {(site.protein, site.name) for site in absent}
    drawn = {p.name: [site.name for site in p.sites if (p.name, site.name) not in gone] for p in target.proteins}
    names = "; ".join(f"{protein} {', '.join(found)}" for protein, found in drawn.items() if found)
    legend += [LegendEntry("Sites", names, layer.style.color, "sphere", "labels: author numbers") for layer in site_layers]
    if color == "coverage":
        notes = [*notes, *_gaps(maps)]
    secondary, source = secondary_structure(structure)
    return Scene(
        structure.id, structure.assembly, title or _title(structure, maps, color), color, tuple(layers), (*shown, *site_labels),
        tuple(legend), _numbering(structure, maps), tuple(absent), secondary, source, (*_infos(laid), *rows),
        _camera(structure, maps), (*structure.notes, *notes),
    )  # fmt: skip


def _laid(structure: Structure, maps: Sequence[ChainMap], target: Target) -> list[tuple[ChainMap | None, ProteinChain]]:
    """Protein chains with their maps: receptor first, then the ligand, then what is neither."""
    found = {(m.chain.label, m.chain.chain): m for m in maps}
    chains = [(found.get((chain.label, chain.chain)), chain) for chain in structure.chains]
    order = {protein.accession: index for index, protein in enumerate(target.proteins)}
    return sorted(chains, key=lambda pair: order.get(pair[0].protein.accession, 9) if pair[0] else 10)


def _heading(protein: Protein, maps: Sequence[ChainMap]) -> str:
    chains = [m.chain.chain for m in maps if m.protein.accession == protein.accession]
    return f"{protein.name}, {_chains(chains)}"


def _chains(names: Sequence[str]) -> str:
    names = list(dict.fromkeys(names))
    return f"chain{'s' if len(names) > 1 else ''} {', '.join(names)}"


def _title(structure: Structure, maps: Sequence[ChainMap], color: str) -> str:
    names = " with ".join(dict.fromkeys(m.protein.name for m in sorted(maps, key=lambda m: m.protein.role != "receptor")))
    words = {"plddt": "confidence (pLDDT)", "interface": "interface class"}
    where = "" if structure.assembly == "asu" else f", assembly {structure.assembly}"
    return f"{structure.id}{where}: {names or 'protein'}, coloured by {words.get(color, color)}"


def _name(paint: _Paint) -> str:
    return f"{paint.heading.partition(',')[0]} {paint.label}"


_Painted = dict[_Paint, dict[str, list[Place]]]


def _paint(laid: Sequence[tuple[ChainMap | None, ProteinChain]], painter: _Painter) -> _Painted:
    """Residues by colour and chain: headings in the order of the chains, what is neutral last."""
    painted: _Painted = {}
    for map, chain in laid:
        for residue in chain.residues:
            places = painted.setdefault(painter(map, chain, residue), {}).setdefault(chain.chain, [])
            places.append((residue.id.number, residue.id.icode))
    headings = sorted(dict.fromkeys(paint.heading for paint in painted), key=lambda heading: heading in _LAST)
    bands = [color for _, color, _ in palette.PLDDT_BANDS]

    def rank(paint: _Paint) -> tuple[int, bool, int]:
        band = bands.index(paint.color) if paint.heading == _CONFIDENCE else 0
        return headings.index(paint.heading), paint.color == NEUTRAL, band

    return dict(sorted(painted.items(), key=lambda item: rank(item[0])))


_CONFIDENCE, _JUNCTIONS, _ELSEWHERE = "Confidence (pLDDT)", "Exon junctions", "Elsewhere"
_OTHER = _Paint("Other protein", "none of the target's", palette.FAINT)
_LAST = (_JUNCTIONS, _ELSEWHERE, _OTHER.heading)


def _painter(
    color: str,
    laid: Sequence[tuple[ChainMap | None, ProteinChain]],
    touched: Mapping[ResidueId, str],
    classes: Sequence[InterfaceClass],
    headings: Mapping[str, str],
    cutoff: float,
) -> _Painter:
    """The function that gives each residue its colour."""
    domains = {m.protein.accession: palette.domain_colors(f.name for f in m.protein.features_of("domain")) for m, _ in laid if m}
    splits = {
        m.protein.name: [p for p in m.protein.transcript.split_codons if p in m.by_position]
        for m, _ in laid
        if m and m.protein.transcript
    }
    split = "UniProt " + "; ".join(f"{name} {', '.join(map(str, places))}" for name, places in splits.items() if places)
    chain_colors = palette.chain_colors(sorted(chain.chain for _, chain in laid))

    def by_domain(map: ChainMap, position: int) -> _Paint:
        heading = headings[map.protein.accession]
        for feature in map.protein.features_of("domain"):
            if feature.covers(position):
                label = f"{feature.name} ({feature.short})" if feature.short else feature.name
                tone = domains[map.protein.accession][feature.name]
                return _Paint(heading, label, tone, f"UniProt {_dashed(feature.span)}", feature.label)
        return _Paint(heading, "between domains", NEUTRAL)

    def by_exon(map: ChainMap, position: int) -> _Paint:
        heading, exons = headings[map.protein.accession], map.protein.exons_of(position)
        if not exons:
            return _Paint(heading, "no exon known", NEUTRAL)
        if len(exons) > 1:
            return _Paint(_JUNCTIONS, SPLIT_CODON, palette.INK, split)
        span = next(exon.span for exon in map.protein.exons if exon.number == exons[0])
        return _Paint(heading, f"exon {exons[0]}", palette.exon_color(exons[0]), f"UniProt {_dashed(span)}", str(exons[0]))

    def paint(map: ChainMap | None, chain: ProteinChain, residue: ObservedResidue) -> _Paint:
        if color == "chain":
            name = map.protein.name if map else "other protein"
            return _Paint("Chains", f"{chain.chain} · {name}", chain_colors[chain.chain])
        if color == "plddt":
            tone, band = next((tone, band) for bound, tone, band in palette.PLDDT_BANDS if residue.b > bound)
            return _Paint(_CONFIDENCE, band, tone)
        if color == "interface":
            name = touched.get(residue.id, "")
            if name:
                label, tone, _, detail = _class_words(name, classes)
                return _Paint(f"Interface residues, within {cutoff:.1f} Å", label, tone, detail)
            if map:
                tone = palette.tint(palette.MUTED, 0.2 if map.protein.role == "receptor" else 0.6)
                return _Paint(_ELSEWHERE, headings[map.protein.accession], tone)
        if map is None:
            return _OTHER
        position = map.position_of.get(residue.id)
        if color == "coverage":
            word = map.placement(position).coverage if position else Coverage.UNKNOWN
            meaning = MEANING[word] if position else "no position in UniProt (tag or insertion)"
            return _Paint("Coverage", str(word), palette.coverage_color(word), meaning if meaning != word else "")
        if position is None:
            return _Paint(headings[map.protein.accession], "no UniProt position", palette.FAINT)
        return by_exon(map, position) if color == "exon" else by_domain(map, position)

    return paint


def _touched(
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


def _class_words(name: str, classes: Sequence[InterfaceClass]) -> tuple[str, str, str, str]:
    """Label, colour, shape and detail of an interface class in the legend."""
    pairs = [pair for cls in classes if cls.name == name for pair in cls.pairs]
    return (
        f"{name} interface",
        palette.interface_color(name),
        "stick",
        "chains " + ", ".join("–".join(pair.chains) for pair in pairs),
    )


def _interface_layers(touched: Mapping[ResidueId, str], classes: Sequence[InterfaceClass]) -> list[Layer]:
    layers = []
    for name in dict.fromkeys(cls.name for cls in classes):
        chains: dict[str, list[Place]] = {}
        for id in sorted(id for id, found in touched.items() if found == name):
            chains.setdefault(id.chain, []).append((id.number, id.icode))
        if chains:
            style = Style("stick", palette.interface_color(name), 0.22)
            layers.append(Layer(name, tuple(Selection.of(c, p) for c, p in chains.items()), style, "side-chain"))
    return layers


def _labels(painted: _Painted, laid: Sequence[tuple[ChainMap | None, ProteinChain]], color: str) -> Iterator[Label]:
    """Labels of domains or exons, else of chains."""
    if color in ("domain", "exon"):
        for paint, chains in painted.items():
            for chain, places in chains.items():
                if paint.short and len(places) >= _LABELLED:
                    yield Label(
                        paint.short, Selection.of(chain, places), paint.color, f"chain {chain}, {paint.label}, {paint.detail}"
                    )
        return
    for map, chain_ in laid:
        if map is None:
            continue
        places = [(residue.id.number, residue.id.icode) for residue in chain_.residues]
        if color == "plddt":
            for feature in map.protein.features_of("domain"):
                inside = [(id.number, id.icode) for id, position in map.position_of.items() if feature.covers(position)]
                if len(inside) >= _LABELLED:
                    yield Label(
                        feature.label,
                        Selection.of(chain_.chain, inside),
                        palette.FAINT,
                        f"{feature.name}, UniProt {_dashed(feature.span)}",
                    )
        else:
            yield Label(
                f"{map.protein.name} {chain_.chain}", Selection.of(chain_.chain, places), palette.FAINT, map.protein.accession
            )


_ION = " ion"


def _hetero(structure: Structure, glycans: Sequence[Glycan]) -> tuple[list[Layer], list[LegendEntry], list[ResidueInfo]]:
    """Sugars found by linkage and other hetero groups as sticks, metals as spheres; water is left out."""
    import gemmi

    protein = {residue.id for residue in structure.residues}
    sugars = {sugar: glycan.root for glycan in glycans for sugar, _ in glycan.sugars}
    groups: dict[tuple[str, str], list[ResidueId]] = {}
    rows = []
    for chain in structure.model:
        for residue in chain:
            id = ResidueId(structure.id, chain.name, residue.seqid.num or 0, residue.seqid.icode.strip())
            if id in protein or residue.is_water() or residue.entity_type == gemmi.EntityType.Polymer or not len(residue):
                continue
            if id in sugars:
                key, note = ("glycan", "glycan, found by its bonds"), f"glycan on {sugars[id].chain}/{sugars[id].label}"
            elif len(residue) == 1 and residue[0].element.is_metal:
                key, note = ("metal", residue[0].element.name), residue[0].element.name + _ION
            else:
                key, note = ("hetero", "other hetero groups"), "hetero group"
            groups.setdefault(key, []).append(id)
            rows.append(ResidueInfo(id.chain, id.number, id.icode, residue.name, note=note))
    names = {(row.chain, row.number, row.icode): row.component for row in rows}
    looks = {
        "glycan": Style("stick", palette.GLYCAN, 0.35),
        "metal": Style("sphere", palette.MUTED, 1.6),
        "hetero": Style("stick", palette.MUTED, 0.2),
    }
    layers, legend = [], []
    for (kind, label), ids in sorted(groups.items()):
        style = looks[kind]
        chains: dict[str, list[Place]] = {}
        for id in ids:
            chains.setdefault(id.chain, []).append((id.number, id.icode))
        layers.append(Layer(label, tuple(Selection.of(c, p) for c, p in chains.items()), style))
        roots = list(dict.fromkeys(f"{sugars[id].chain}/{sugars[id].label}" for id in ids if id in sugars))
        detail = (
            "on " + ", ".join(roots)
            if roots
            else _few([f"{names[id.chain, id.number, id.icode]} {id.chain}/{id.label}" for id in ids])
        )
        legend.append(
            LegendEntry("Hetero groups", f"{label} ions" if kind == "metal" else label, style.color, style.kind, detail)
        )
    return layers, legend, rows


def _dashed(words: object) -> str:
    return str(words).replace("-", "–")


def _few(words: Sequence[str], most: int = 6) -> str:
    return ", ".join(words[:most]) + (f" and {len(words) - most} more" if len(words) > most else "")


def _sites(
    structure: Structure, maps: Sequence[ChainMap], target: Target
) -> tuple[list[Layer], list[Label], list[AbsentSite], list[str]]:
    """Sites with atoms are drawn and labelled; of all others the name and the reason are kept, and nothing is drawn."""
    layers: list[Layer] = []
    labels: list[Label] = []
    absent: list[AbsentSite] = []
    notes: list[str] = []
    places: dict[str, list[Place]] = {}
    for protein in target.proteins:
        chains = [m for m in maps if m.protein.accession == protein.accession]
        for site in protein.sites:
            placements = [m.placement(site.position) for m in chains]
            seen = [p for p in placements if p.residue and p.coverage.has_atoms]
            for placement in seen:
                id = placement.residue
                assert id is not None
                letter = ONE_LETTER.get(placement.found, site.residue)
                places.setdefault(id.chain, []).append((id.number, id.icode))
                hover = f"{protein.name} {site.name} (UniProt {protein.accession}): {site.role}" + (
                    f"; {placement.note}" if placement.note else ""
                )
                labels.append(Label(f"{letter}{id.label}", Selection.of(id.chain, [(id.number, id.icode)]), palette.INK, hover))
            reasons: dict[str, list[str]] = {}
            for placement in placements:
                if placement not in seen:
                    reasons.setdefault(_reason(placement), []).append(placement.chain)
            if seen:
                notes += [f"{protein.name} {site.name} is not drawn in {_chains(names)}: {why}" for why, names in reasons.items()]
            elif reasons:
                why = "; ".join(f"{why} ({_chains(names)})" for why, names in reasons.items())
                absent.append(AbsentSite(protein.name, site.name, site.position, why))
            else:
                absent.append(AbsentSite(protein.name, site.name, site.position, f"no chain of {structure.id} is {protein.name}"))
    if places:
        layers.append(
            Layer("sites", tuple(Selection.of(c, p) for c, p in places.items()), Style("sphere", palette.INK, 0.9), "side-chain")
        )
    return layers, labels, absent, notes


def _reason(placement: Placement) -> str:
    note = placement.note.removeprefix(f"chain {placement.chain} holds ")
    held = note != placement.note
    return MEANING[placement.coverage] + (f", which holds {_dashed(note)}" if held else f", {note}" if note else "")


def _gaps(maps: Sequence[ChainMap]) -> list[str]:
    """What lies inside a chain and is not observed, so that no colour can tell of it."""
    from axlstruct.features import spans_of

    lines = []
    for m in maps:
        spans = spans_of(p for p, slot in m.by_position.items() if slot.residue is None)
        if spans:
            lines.append(f"{m.protein.name} {m.chain.chain}: UniProt {_few([_dashed(span) for span in spans], 12)} not observed")
    return lines


def _numbering(structure: Structure, maps: Sequence[ChainMap]) -> str:
    shifts: dict[tuple[str, int | None], list[str]] = {}
    for m in sorted(maps, key=lambda m: m.protein.role != "receptor"):
        shifts.setdefault((m.protein.name, m.offset), []).append(m.chain.chain)
    parts = []
    for (name, offset), chains in shifts.items():
        if offset is None:
            rule = "UniProt numbers follow no constant shift (hover for them)"
        elif offset == 0:
            rule = "UniProt numbers are the same"
        else:
            rule = f"UniProt = author {'+' if offset > 0 else '−'} {abs(offset)}"
        parts.append(f"{name} {', '.join(chains)}: {rule}")
    return f"Author numbering of {structure.id}" + (f" ({'; '.join(parts)})" if parts else "")


def _infos(laid: Sequence[tuple[ChainMap | None, ProteinChain]]) -> Iterator[ResidueInfo]:
    for map, chain in laid:
        for residue in chain.residues:
            id = residue.id
            position = map.position_of.get(id) if map else None
            if map is None or position is None:
                note = f"chain of {map.protein.name}, no UniProt position" if map else "other protein"
                yield ResidueInfo(id.chain, id.number, id.icode, residue.name, note=note)
                continue
            protein, placement = map.protein, map.placement(position)
            plddt = f"pLDDT {placement.plddt:.0f}" if placement.plddt is not None else ""
            yield ResidueInfo(
                id.chain, id.number, id.icode, residue.name, protein.name, position, protein.letter(position),
                ";".join(map_ for map_ in (str(e) for e in protein.exons_of(position))), protein.domain(position),
                str(placement.coverage), "; ".join(filter(None, (plddt, placement.note))),
            )  # fmt: skip


def secondary_structure(structure: Structure) -> tuple[tuple[Element, ...], str]:
    """Helices and strands, and where they come from: the file if it states any, else backbone hydrogen bonds.

    Parameters
    ----------
    structure : Structure

    Returns
    -------
    elements : tuple of Element
        In the order of the chains.
    source : str

    Notes
    -----
    Computed ones follow Kabsch & Sander 1983: a helix is two 4-turns or 5-turns in a row, a strand a ladder of at least two
    bridges (bulges of one residue belong to it), helices before strands. Copies of a chain in an assembly (``A-2``) take what the
    file says of the original.
    """
    stated = tuple(_stated(structure))
    if stated:
        return stated, "as the file states"
    return tuple(_computed(structure)), "computed from backbone hydrogen bonds (Kabsch & Sander 1983)"


def _stated(structure: Structure) -> Iterator[Element]:
    ranges: dict[str, list[tuple[str, Place, Place]]] = {}
    strands = [strand for sheet in structure.gemmi.sheets for strand in sheet.strands]
    for kind, items in (("helix", list(structure.gemmi.helices)), ("strand", strands)):
        for item in items:
            first, last = ((end.res_id.seqid.num or 0, end.res_id.seqid.icode.strip()) for end in (item.start, item.end))
            ranges.setdefault(item.start.chain_name, []).append((kind, first, last))
    for chain in structure.chains:
        there = {(residue.id.number, residue.id.icode) for residue in chain.residues}
        known = ranges.get(chain.chain) or ranges.get(chain.chain.partition("-")[0], [])
        for kind, first, last in sorted(set(known), key=lambda item: item[1]):
            if first in there and last in there:
                yield Element(kind, chain.chain, first, last)


def _computed(structure: Structure) -> Iterator[Element]:
    import numpy as np

    from axlstruct.bond_atoms import atoms_of
    from axlstruct.sheets import backbone_bonds

    atoms = atoms_of(structure)
    count = len(structure.residues)
    bonds = {(bond.acceptor, bond.donor) for bond in backbone_bonds(atoms, np.arange(count), np.arange(count))}
    strands = _strands(bonds, atoms.follows)
    strands |= {i for i in range(count) if {i - 1, i + 1} <= strands and atoms.follows(i, i - 1) and atoms.follows(i + 1, i)}
    state = ["strand" if index in strands else "" for index in range(count)]
    for start, end in sorted(bonds):
        if end - start in (4, 5) and (start - 1, end - 1) in bonds:
            state[start:end] = ["helix"] * (end - start)
    start = 0
    for index in range(1, count + 1):
        if index < count and state[index] == state[start] and atoms.follows(index, index - 1):
            continue
        if state[start]:
            first, last = structure.residues[start].id, structure.residues[index - 1].id
            yield Element(state[start], first.chain, (first.number, first.icode), (last.number, last.icode))
        start = index


def _strands(bonds: set[tuple[int, int]], follows: Callable[[int, int], bool]) -> set[int]:
    """Residues in ladders of two or more bridges; bonds as (acceptor, donor)."""
    bridges = set()
    for a, d in bonds:
        for kind, i, j, other in ((-1, a, d, (d, a)), (-1, a + 1, d - 1, (d - 2, a + 2)), (1, a + 1, d, (d, a + 2))):
            if other in bonds and abs(i - j) > 2 and all(follows(r, r - 1) and follows(r + 1, r) for r in (i, j)):
                bridges |= {(kind, i, j), (kind, j, i)}
    rows = [(i, j) for kind, i, j in bridges if {(kind, i + 1, j + kind), (kind, i - 1, j - kind)} & bridges]
    return {index for row in rows for index in row}


def _camera(structure: Structure, maps: Sequence[ChainMap]) -> Camera:
    """Along the thinnest axis, the widest across; the receptor's last residues are below, the first chain is on the left."""
    import numpy as np

    points = np.array([atom.pos.tolist() for r in structure.residues for atom in r.gemmi if atom.name == "CA"] or structure.xyz)
    _, axes = np.linalg.eigh(np.cov(points.T)) if len(points) > 3 else (None, np.eye(3)[::-1].T)
    across, up = axes[:, 2], axes[:, 1]
    ends = [m.chain.residues[-1].gemmi[0].pos.tolist() for m in maps if m.protein.role == "receptor"]
    down = (np.array(ends) - points.mean(axis=0)).mean(axis=0) if ends else -up
    first = [atom.pos.tolist() for atom in (a for r in structure.chains[0].residues for a in r.gemmi)]
    left = np.array(first).mean(axis=0) - points.mean(axis=0)
    up = up if up @ down <= 0 else -up
    across = across if across @ left <= 0 else -across
    turn = np.array([across, up, np.cross(across, up)])
    seen = points @ turn.T
    center = (seen.min(axis=0) + seen.max(axis=0)) / 2 @ turn
    x, y, z, w = _quaternion(turn)
    return Camera(_rounded(center, 3), (round(x, 6), round(y, 6), round(z, 6), round(w, 6)))


def _rounded(values: Iterable[float], digits: int) -> tuple[float, float, float]:
    a, b, c = (round(float(value), digits) + 0.0 for value in values)
    return a, b, c


def _quaternion(rotation: Any) -> tuple[float, float, float, float]:
    """Quaternion (x, y, z, w), w not negative, of a proper rotation matrix."""
    import numpy as np

    r = rotation
    kernel = np.array(
        [
            [r[0, 0] - r[1, 1] - r[2, 2], r[0, 1] + r[1, 0], r[0, 2] + r[2, 0], r[2, 1] - r[1, 2]],
            [r[0, 1] + r[1, 0], r[1, 1] - r[0, 0] - r[2, 2], r[1, 2] + r[2, 1], r[0, 2] - r[2, 0]],
            [r[0, 2] + r[2, 0], r[1, 2] + r[2, 1], r[2, 2] - r[0, 0] - r[1, 1], r[1, 0] - r[0, 1]],
            [r[2, 1] - r[1, 2], r[0, 2] - r[2, 0], r[1, 0] - r[0, 1], r[0, 0] + r[1, 1] + r[2, 2]],
        ]
    )
    vector = np.linalg.eigh(kernel)[1][:, 3]
    x, y, z, w = (float(value) for value in (vector if vector[3] >= 0 else -vector))
    return x, y, z, w
