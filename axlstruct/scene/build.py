"""From a structure, its maps and its interfaces to a `Scene`: the one place that decides what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from axlstruct.errors import UsageError
from axlstruct.evidence.rows import AffinityRow
from axlstruct.interface.classes import InterfaceClass
from axlstruct.interface.contacts import ChainPair
from axlstruct.interface.groups import Groups
from axlstruct.interface.interactions import InteractionRow
from axlstruct.scene import palette
from axlstruct.scene.camera import face_on
from axlstruct.scene.dashes import bond_dashes, dash_legend
from axlstruct.scene.measures import BURIALS, DDG_BANDS, OTHER_ASSAY, burial_painter, ddg_painter
from axlstruct.scene.paint import Painted, class_words, interface_layers, paint_residues, painter_of, touched_residues
from axlstruct.scene.parts import (
    chain_words,
    dashed,
    gap_notes,
    hetero_groups,
    site_legend,
    site_parts,
    unnumbered_notes,
)
from axlstruct.scene.scene import COLORS, NUMBERINGS, Label, Layer, LegendEntry, ResidueInfo, Scene, Selection, Style
from axlstruct.sequence.target import Protein, Target
from axlstruct.structure.glycans import Glycan
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.secondary_structure import secondary_structure
from axlstruct.structure.structure import ProteinChain, Structure

_SCALES = {"burial": [color for color, _ in BURIALS.values()], "ddg": [*(color for _, color, _ in DDG_BANDS), OTHER_ASSAY]}
"""Colours of keys whose legend has an order of its own."""

LABELLED = 12
"""Fewest residues of one colour in one chain that get a label of their own."""


def check_color(color: str, structure: Structure, target: Target) -> None:
    """Refuse a colour key that is none of `COLORS`, and pLDDT where there is none."""
    if color not in COLORS:
        close = get_close_matches(color[:80].lower(), COLORS, n=1)
        raise UsageError(
            f"unknown colour {color!r}", expected=" or ".join(COLORS), advice=f"did you mean {close[0]!r}?" if close else None
        )
    if color == "plddt" and not structure.plddt:
        raise UsageError(
            "only predicted models have a pLDDT", where=structure.id, found=structure.method or "an experimental structure",
            advice="choose another colour, or a model such as AF-" + target.receptor.accession,
        )  # fmt: skip


def check_numbering(numbering: str) -> None:
    """Refuse a numbering that is none of `NUMBERINGS`."""
    if numbering not in NUMBERINGS:
        raise UsageError(f"unknown numbering {numbering!r}", expected=" or ".join(NUMBERINGS))


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
    bonds: Sequence[InteractionRow] = (),
    measured: Sequence[AffinityRow] = (),
    numbering: str = "author",
    groups: Groups | None = None,
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
    color : {'exon', 'domain', 'chain', 'interface', 'coverage', 'plddt', 'burial', 'ddg'}
        What the cartoon is coloured by.
    cutoff : float
        Angstrom, inclusive, between heavy atoms of interface residues.
    title : str
        By default what the structure shows and how it is coloured.
    interface : bool
        Whether side chains of interface residues are drawn as sticks, in the colour of their interface class.
    labels : bool
        Whether domains, exons or chains are labelled in the picture; sites always are.
    bonds : sequence of InteractionRow
        Its hydrogen bonds and salt bridges across interfaces are drawn as dashes.
    measured : sequence of AffinityRow
        For the colour ``ddg``.
    numbering : {'author', 'uniprot'}
        Of labels; the legend says which.
    groups : Groups, optional
        Two groups of chains that ``pairs`` join, for the colour ``burial``.

    Returns
    -------
    Scene

    Raises
    ------
    UsageError
        Unknown colour key or numbering, pLDDT asked of an experimental structure, burial of a trace, or ddG where none is known.
    """
    check_color(color, structure, target)
    check_numbering(numbering)
    special, measures = None, list[str]()
    if color == "burial":
        special = burial_painter(structure, maps, glycans, groups)
    elif color == "ddg":
        special, measures = ddg_painter(maps, measured)
    laid = _laid(structure, maps, target)
    touched = touched_residues(structure, pairs, classes, cutoff)
    headings = {protein.accession: _heading(protein, maps) for protein in target.proteins}
    painted = paint_residues(laid, painter_of(color, laid, touched, classes, headings, cutoff, special), _SCALES.get(color, ()))
    layers = [
        Layer(paint.name, tuple(Selection.of(c, p) for c, p in chains.items()), Style("cartoon", paint.color))
        for paint, chains in painted.items()
    ]
    legend = [LegendEntry(paint.heading, paint.label, paint.color, "cartoon", paint.detail) for paint in painted]
    shown: list[Label] = list(_labels(painted, laid, color)) if labels else []
    if interface:
        sticks = interface_layers(touched, classes)
        layers += sticks
        if color != "interface":
            legend += [
                LegendEntry(f"Interface, side chains within {cutoff:.1f} Å", *class_words(s.name, classes)) for s in sticks
            ]
    dashes = bond_dashes(bonds)
    legend += dash_legend(dashes)
    others, entries, rows, ions = hetero_groups(structure, glycans)
    if labels:
        shown += ions
    site_layers, site_labels, absent, notes = site_parts(structure, maps, target, numbering)
    layers += [*others, *site_layers]
    legend += [*entries, *site_legend(target, site_layers, absent, numbering)]
    notes += [*measures, *(gap_notes(maps) if color == "coverage" else ()), *unnumbered_notes(structure)]
    secondary, source = secondary_structure(structure)
    return Scene(
        structure.id, structure.assembly, title or _title(structure, maps, color), color, tuple(layers), (*shown, *site_labels),
        tuple(legend), _numbering(structure, maps, numbering), tuple(absent), secondary, source, (*_infos(laid), *rows),
        face_on(structure, maps), (*structure.notes, *notes), dashes,
    )  # fmt: skip


def _laid(structure: Structure, maps: Sequence[ChainMap], target: Target) -> list[tuple[ChainMap | None, ProteinChain]]:
    """Protein chains with their maps: receptor first, then the ligand, then what is neither."""
    found = {(m.chain.label, m.chain.chain): m for m in maps}
    chains = [(found.get((chain.label, chain.chain)), chain) for chain in structure.chains]
    order = {protein.accession: index for index, protein in enumerate(target.proteins)}
    return sorted(chains, key=lambda pair: order.get(pair[0].protein.accession, 9) if pair[0] else 10)


def _heading(protein: Protein, maps: Sequence[ChainMap]) -> str:
    chains = [m.chain.chain for m in maps if m.protein.accession == protein.accession]
    return f"{protein.name}, {chain_words(chains)}"


def _title(structure: Structure, maps: Sequence[ChainMap], color: str) -> str:
    names = " with ".join(dict.fromkeys(m.protein.name for m in sorted(maps, key=lambda m: m.protein.role != "receptor")))
    words = {
        "plddt": "confidence (pLDDT)", "interface": "interface class", "burial": "burial at the interface",
        "ddg": "ΔΔG of single mutants",
    }  # fmt: skip
    where = "" if structure.assembly == "asu" else f", assembly {structure.assembly}"
    return f"{structure.id}{where}: {names or 'protein'}, coloured by {words.get(color, color)}"


def _labels(painted: Painted, laid: Sequence[tuple[ChainMap | None, ProteinChain]], color: str) -> Iterator[Label]:
    """Labels of domains or exons, else of chains."""
    if color in ("domain", "exon"):
        for paint, chains in painted.items():
            for chain, places in chains.items():
                if paint.short and len(places) >= LABELLED:
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
                if len(inside) >= LABELLED:
                    yield Label(
                        feature.label,
                        Selection.of(chain_.chain, inside),
                        palette.FAINT,
                        f"{feature.name}, UniProt {dashed(feature.span)}",
                    )
        else:
            yield Label(
                f"{map.protein.name} {chain_.chain}", Selection.of(chain_.chain, places), palette.FAINT, map.protein.accession
            )


def _numbering(structure: Structure, maps: Sequence[ChainMap], numbering: str) -> str:
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
    start = "Author numbering of" if numbering == "author" else "Labels in UniProt numbering, all else in author numbering of"
    return f"{start} {structure.id}" + (f" ({'; '.join(parts)})" if parts else "")


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
