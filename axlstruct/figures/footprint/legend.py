"""Legend and caption of the footprint, and its words for when nothing is buried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from axlstruct.figures.footprint.losses import Loss, gaps
from axlstruct.figures.paper.legend import SAMPLE, Group, Swatch
from axlstruct.figures.paper.panel import Canvas
from axlstruct.interface.residue_rows import ResidueRow
from axlstruct.scene import palette
from axlstruct.sequence.target import Protein, Target

LABELLED = 14
"""Residues of a protein that are labelled, those that bury most."""

NO_CONTACT = "#A6A6A6"
"""Colour of residues that lose area without a contact."""


def caption(
    target: Target,
    found: Mapping[str, tuple[Loss, ...]],
    *,
    structure: str,
    radii: str,
    cutoff: float,
    assembly: str,
    numbering: str,
) -> str:
    """What a reader must know: what is summed, how areas were computed, numbering, and what is absent."""
    how = f" ({radii.replace(' A,', ' Å,')})" if radii else ""
    numbers = f"author numbers of {structure}" if numbering == "author" else "UniProt positions"
    parts = [
        f"{structure}{assembly}: solvent-accessible area that the partner protein, all its chains together, takes from each "
        f"residue{how}, backbone and side chain summed."
    ]
    sums = []
    for protein in target.proteins:
        rows = found[protein.name]
        chains = list(dict.fromkeys(chain for row in rows for chain, _ in row.areas))
        if rows:
            copies = f"mean of chains {listed(chains)}" if len(chains) > 1 else f"chain {chains[0]}"
            sums.append(f"{protein.name} {sum(row.mean for row in rows):.0f} Å² ({copies})")
    scales = "; panels share the scale of area, not that of positions" if len(sums) > 1 else ""
    parts.append(f"The bars add up to {' and '.join(sums)}{scales}.")
    parts.append(
        f"Colour: interface class of the residue's contacts (heavy atoms within {cutoff:g} Å) in any copy. "
        "Core, rim, support: surface that becomes interior, stays surface, was interior (Levy 2010)."
    )
    parts.append(
        f"Labels, on the {LABELLED} residues of each protein that lose most, are {numbers} "
        f"({listed(f'{p.name} {p.uniprot}' for p in target.proteins if found[p.name])})."
    )
    hidden = [protein.name for protein in target.proteins if not found[protein.name]]
    if hidden:
        parts.append(f"Not in {structure}: {', '.join(hidden)}.")
    bare = [p.name for p in target.proteins if found[p.name] and not p.exons]
    if bare:
        parts.append(f"No exons known for {', '.join(bare)}.")
    return " ".join(parts)


def legend_entries(
    found: Mapping[str, tuple[Loss, ...]], classes: Sequence[str], shown: Sequence[Protein], cutoff: float
) -> list[Group]:
    """The legend: only what is drawn."""
    rows = [row for protein in shown for row in found[protein.name]]
    items: list[tuple[str, Swatch]] = [(name, _bar(palette.interface_color(name))) for name in classes]
    if any(row.mean > 0 and not row.interfaces for row in rows):
        items.append((f"no contact within {cutoff:g} Å", _bar(NO_CONTACT)))
    marks: list[tuple[str, Swatch]] = []
    if any(len(row.areas) > 1 for row in rows):
        marks += [("bar: mean of the copies; dot: each copy", _dots)]
    if any(0 < n < len(row.areas) for row in rows for counts in (row.interfaces, row.burial) for n in counts.values()):
        marks.append(("short tick: not in every copy", _ticks))
    if any(gaps(found[protein.name]) for protein in shown):
        marks.append(("not observed", _gap))
    return [group for group in (Group("interface", tuple(items)), Group("marks", tuple(marks))) if group.items]


def _bar(color: str) -> Swatch:
    def draw(panel: Canvas, x: float, y: float) -> None:
        for mm, tall in ((0.6, 1.2), (1.6, 2.4), (2.6, 1.8), (3.6, 0.9)):
            panel.box(x + mm, y + 1.2 - tall, x + mm + 0.8, y + 1.2, facecolor=color)

    return draw


def _dots(panel: Canvas, x: float, y: float) -> None:
    panel.box(x + SAMPLE / 2 - 0.5, y - 0.6, x + SAMPLE / 2 + 0.5, y + 1.2, facecolor=palette.MUTED)
    panel.ax.plot([x + SAMPLE / 2] * 2, [y - 1.0, y - 0.2], ls="", marker="o", ms=1.7, mfc="#FFFFFF", mec=palette.TEXT, mew=0.35)


def _ticks(panel: Canvas, x: float, y: float) -> None:
    for mm, tall in ((1.2, 1.7), (2.2, 1.7), (3.2, 0.85)):
        panel.box(x + mm, y + 0.9 - tall, x + mm + 0.6, y + 0.9, facecolor=palette.MUTED)


def _gap(panel: Canvas, x: float, y: float) -> None:
    panel.box(x, y - 1.2, x + SAMPLE, y + 1.2, facecolor="#F2F2F2", edgecolor="#BDBDBD", hatch="/" * 5)


def nothing(target: Target, structure: str, any_residue: bool) -> str:
    """Why there is no footprint."""
    if target.ligand is None:
        return f"No buried area in {structure}: the target {target.receptor.name} has no ligand."
    if not any_residue:
        return f"No residues of {target.receptor.name} or {target.ligand.name} with buried areas in {structure}."
    return f"No area is buried between {target.receptor.name} and {target.ligand.name} in {structure}."


def assembly(own: Sequence[ResidueRow]) -> str:
    """Which assembly the residues are of, in brackets."""
    names = dict.fromkeys(row.assembly for row in own if row.assembly)
    return f" ({listed('asymmetric unit' if name == 'asu' else f'assembly {name}' for name in names)})" if names else ""


def listed(words: Iterable[str]) -> str:
    """Words with commas and an ``and``."""
    every = list(words)
    return " and ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)
