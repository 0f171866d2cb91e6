"""Parts of a scene beside the cartoons: hetero groups, sites, gaps, and the words they share."""

from __future__ import annotations

from collections.abc import Sequence

from axlstruct.scene import palette
from axlstruct.scene.scene import AbsentSite, Label, Layer, LegendEntry, ResidueInfo, Run, Selection, Style
from axlstruct.sequence.coverage import MEANING, Placement
from axlstruct.sequence.residues import ONE_LETTER, ResidueId
from axlstruct.sequence.target import Target
from axlstruct.structure.glycans import Glycan
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.secondary_structure import Place
from axlstruct.structure.structure import Structure

_PDB_NUMBERS = range(-999, 10_000)
"""Author numbers that fit into the four columns of the PDB format, which the interactive view needs."""


def hetero_groups(
    structure: Structure, glycans: Sequence[Glycan]
) -> tuple[list[Layer], list[LegendEntry], list[ResidueInfo], list[Label]]:
    """Sugars found by linkage and other hetero groups as sticks, metals as spheres, with a label on each; water is left out."""
    import gemmi

    protein = {residue.id for residue in structure.residues}
    sugars = {sugar: glycan.root for glycan in glycans for sugar, _ in glycan.sugars}
    groups: dict[tuple[str, str], list[ResidueId]] = {}
    rows = []
    labels: list[Label] = []
    for chain in structure.model:
        for residue in chain:
            id = ResidueId(structure.id, chain.name, residue.seqid.num or 0, residue.seqid.icode.strip())
            if id in protein or residue.is_water() or residue.entity_type == gemmi.EntityType.Polymer or not len(residue):
                continue
            if id in sugars:
                key, note = ("glycan", "glycan, found by its bonds"), f"glycan on {sugars[id].chain}/{sugars[id].label}"
            elif len(residue) == 1 and residue[0].element.is_metal:
                key, note = ("metal", residue[0].element.name), f"{residue[0].element.name} ion"
                at = Selection.of(id.chain, [(id.number, id.icode)])
                labels.append(Label(residue[0].element.name, at, palette.MUTED, residue.name))
            else:
                key, note = ("hetero", "other hetero groups"), "hetero group"
            groups.setdefault(key, []).append(id)
            rows.append(ResidueInfo(id.chain, id.number, id.icode, residue.name, note=note))
    names = {(row.chain, row.number, row.icode): row.component for row in rows}
    looks = {
        "glycan": Style("stick", palette.GLYCAN, 0.35),
        "hetero": Style("stick", palette.MUTED, 0.2),
    }
    layers, legend = [], []
    for (kind, label), ids in sorted(groups.items()):
        style = Style("sphere", palette.metal_color(label), 1.6) if kind == "metal" else looks[kind]
        chains: dict[str, list[Place]] = {}
        for id in ids:
            chains.setdefault(id.chain, []).append((id.number, id.icode))
        layers.append(Layer(label, tuple(Selection.of(c, p) for c, p in chains.items()), style))
        roots = list(dict.fromkeys(f"{sugars[id].chain}/{sugars[id].label}" for id in ids if id in sugars))
        detail = (
            "on " + ", ".join(roots)
            if roots
            else few([f"{names[id.chain, id.number, id.icode]} {id.chain}/{id.label}" for id in ids])
        )
        legend.append(
            LegendEntry("Hetero groups", f"{label} ions" if kind == "metal" else label, style.color, style.kind, detail)
        )
    return layers, legend, rows, labels


def site_parts(
    structure: Structure, maps: Sequence[ChainMap], target: Target, numbering: str = "author"
) -> tuple[list[Layer], list[Label], list[AbsentSite], list[str]]:
    """Sites with atoms are drawn and labelled; of all others the name and the reason are kept, and nothing is drawn.

    Labels carry the letter found there and its author number, or with ``uniprot`` numbering its UniProt number.
    """
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
                number = str(site.position) if numbering == "uniprot" else id.label
                labels.append(Label(f"{letter}{number}", Selection.of(id.chain, [(id.number, id.icode)]), palette.TEXT, hover))
            reasons: dict[str, list[str]] = {}
            for placement in placements:
                if placement not in seen:
                    reasons.setdefault(_reason(placement), []).append(placement.chain)
            if seen:
                subject = f"{protein.name} {site.name}"
                notes += [f"{subject} is not drawn in {chain_words(names)}: {why}" for why, names in reasons.items()]
            elif reasons:
                why = "; ".join(f"{why} ({chain_words(names)})" for why, names in reasons.items())
                absent.append(AbsentSite(protein.name, site.name, site.position, why))
            else:
                absent.append(AbsentSite(protein.name, site.name, site.position, f"no chain of {structure.id} is {protein.name}"))
    if places:
        layers.append(
            Layer("sites", tuple(Selection.of(c, p) for c, p in places.items()), Style("sphere", palette.TEXT, 0.9), "side-chain")
        )
    return layers, labels, absent, notes


def site_legend(
    target: Target, layers: Sequence[Layer], absent: Sequence[AbsentSite], numbering: str = "author"
) -> list[LegendEntry]:
    """The legend line of the sites that are drawn, with the numbering of their labels."""
    gone = {(site.protein, site.name) for site in absent}
    drawn = {p.name: [site.name for site in p.sites if (p.name, site.name) not in gone] for p in target.proteins}
    names = "; ".join(f"{protein} {', '.join(found)}" for protein, found in drawn.items() if found)
    detail = "labels: UniProt numbers" if numbering == "uniprot" else "labels: author numbers"
    return [LegendEntry("Sites", names, layer.style.color, "sphere", detail) for layer in layers]


def _reason(placement: Placement) -> str:
    why = dashed(placement.held_words("which")) or placement.note
    return MEANING[placement.coverage] + (f", {why}" if why else "")


def gap_notes(maps: Sequence[ChainMap]) -> list[str]:
    """What lies inside a chain and is not observed, so that no colour can tell of it."""
    from axlstruct.sequence.features import spans_of

    lines = []
    for m in maps:
        spans = spans_of(p for p, slot in m.by_position.items() if slot.residue is None)
        if spans:
            lines.append(f"{m.protein.name} {m.chain.chain}: UniProt {few([dashed(span) for span in spans], 12)} not observed")
    return lines


def unnumbered_notes(structure: Structure) -> list[str]:
    """Residues whose author number does not fit the format in which the interactive view gets its atoms."""
    lines = []
    for chain in structure.model:
        numbers = [residue.seqid.num or 0 for residue in chain if not residue.is_water()]
        beyond = sorted({number for number in numbers if number not in _PDB_NUMBERS})
        if beyond:
            places = Selection.of(chain.name, [(number, "") for number in beyond]).runs
            lines.append(
                f"Chain {chain.name}, {few([_spoken(run) for run in places])}: not drawn in the interactive view, "
                f"whose format holds author numbers from −{-_PDB_NUMBERS[0]} to {_PDB_NUMBERS[-1]}"
            )
    return lines


def _spoken(run: Run) -> str:
    """A range with true minus signs."""
    return "–".join(str(number).replace("-", "−") for number in dict.fromkeys((run.first, run.last)))


def chain_words(names: Sequence[str]) -> str:
    """``chain A`` or ``chains A, B``, each once."""
    names = list(dict.fromkeys(names))
    return f"chain{'s' if len(names) > 1 else ''} {', '.join(names)}"


def dashed(words: object) -> str:
    """Words with en dashes for hyphens, as ranges are printed."""
    return str(words).replace("-", "–")


def few(words: Sequence[str], most: int = 6) -> str:
    """The first words and how many more there are."""
    return ", ".join(words[:most]) + (f" and {len(words) - most} more" if len(words) > most else "")
