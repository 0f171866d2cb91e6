"""Legend of a contact map, and the figure for when there is nothing to map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from axlstruct.figures.contact_map.grid import Grid, Member, cell_shape, distance_bins, starts
from axlstruct.figures.contact_map.marks import EDGE, INK, marker_of
from axlstruct.figures.contact_map.sides import CellStyle, small_pieces
from axlstruct.figures.paper.legend import text_lines
from axlstruct.figures.paper.millimetres import BODY, SAFE, SMALL, text_height, text_width, write
from axlstruct.interface.kinds import marked
from axlstruct.scene import palette
from axlstruct.sequence.target import Target

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def ramp(name: str, cutoff: float) -> list[str]:
    """Colours of the classes of distance, the closest darkest, in the hue of the interface class."""
    color = palette.interface_color(name)
    shades = [palette.shade(color, 0.45), color, palette.tint(color, 0.62), palette.tint(color, 0.32)]
    return shades[-len(distance_bins(cutoff)) :]


def nothing(target: Target, structure: str, cutoff: float) -> str:
    """Why there is no contact map."""
    receptor = target.receptor.name
    pair = f"{receptor} and {target.ligand.name}" if target.ligand else f"{receptor} and a ligand (the target has none)"
    return f"No contacts within {cutoff:g} Å between {pair} in {structure}."


def draw_legend(
    ax: Axes,
    target: Target,
    grids: dict[str, Grid],
    *,
    structure: str,
    cutoff: float,
    width: float,
    style: CellStyle,
    marks: Mapping[str, Mapping[tuple[Member, Member], str]] | None = None,
) -> float:
    """Draw samples of distances, copies and small pieces of bars, then the caption; returns the height in millimetres."""
    from matplotlib.patches import Polygon, Rectangle

    assert target.ligand is not None
    font = style.font
    ax.axis("off")
    ax.set_xlim(0, width)
    left = 4.0 + max(text_width(name or "unnamed", BODY, font) for name in grids) + 2.0
    y = 1.8
    for name, grid in grids.items():
        write(ax, left - 2.0, y, name or "unnamed", font=font, align="right", color=palette.MUTED)
        mm = left
        for (_, label), color in zip(distance_bins(cutoff), ramp(name, cutoff), strict=True):
            ax.add_artist(Rectangle((mm, y - 1.2), 3.4, 2.4, facecolor=color, lw=0))
            write(ax, mm + 4.4, y, f"{label} Å", font=font, align="left")
            mm += 8.4 + text_width(f"{label} Å", BODY, font)
        for index, (one, two) in enumerate(grid.pairs if len(grid.pairs) > 1 else ()):
            ax.add_artist(Rectangle((mm, y - 1.4), 2.8, 2.8, facecolor="#F1F1F1", lw=0))
            corners = [(mm + 2.8 * dx, y - 1.4 + 2.8 * dy) for dx, dy in cell_shape(index, len(grid.pairs))]
            ax.add_artist(Polygon(corners, facecolor=palette.MUTED, lw=0))
            write(ax, mm + 3.8, y, f"{one}–{two}", font=font, align="left")
            mm += 7.8 + text_width(f"{one}–{two}", BODY, font)
        y += 4.0
    unlabelled = dict(
        piece
        for grid in grids.values()
        for protein, members, across in ((target.receptor, grid.rows, False), (target.ligand, grid.columns, True))
        for piece in small_pieces(
            protein, dict(zip(members, starts(members, style.cell), strict=True)), across=across, style=style
        )
    )
    drawn = {kind for found in (marks or {}).values() for kind in found.values()}
    mm = left
    if drawn:
        write(ax, left - 2.0, y, "bonds", font=font, align="right", color=palette.MUTED)
    for kind in marked():
        if kind.name in drawn:
            ax.scatter([mm + 1.5], [y], s=13, marker=marker_of(kind.name), c=INK, edgecolors=EDGE, linewidths=0.4)
            write(ax, mm + 4.0, y, kind.words, font=font, align="left")
            mm += 8.0 + text_width(kind.words, BODY, font)
    y += 4.0 * bool(drawn)
    mm = left
    if unlabelled:
        write(ax, left - 2.0, y, "bars", font=font, align="right", color=palette.MUTED)
    for label, color in unlabelled.items():
        ax.add_artist(Rectangle((mm, y - 1.2), 3.4, 2.4, facecolor=color, lw=0))
        write(ax, mm + 4.4, y, label, font=font, align="left")
        mm += 8.4 + text_width(label, BODY, font)
    y += 4.0 * bool(unlabelled)
    numbers = (
        f"Labels are author numbers of {structure}; grey positions are those of"
        if style.numbering == "author"
        else "Labels: position in"
    )
    known = [protein.uniprot for protein in (target.receptor, target.ligand) if protein.accession]
    text = (
        f"{structure}: residues of {target.receptor.name} (rows) and {target.ligand.name} (columns) with heavy atoms within "
        f"{cutoff:g} Å, coloured by the closest pair of atoms; each part of a cell is one copy, an empty part is "
        f"not seen in it. {'Marks: type of the bond in any copy, the strongest if there are more. ' if drawn else ''}"
        "Gaps in the grid are jumps in the sequence. "
    )
    text = (
        f"{text}Bars: coding exon (inner) and domain (outer). {numbers} UniProt {' and '.join(known)}."
        if known
        else f"{text}Labels: author numbers of {structure}."
    )
    for line in text_lines(text, (width - 8.0) * SAFE, SMALL, font):
        write(ax, 4.0, y, line, size=SMALL, font=font, align="left", color=palette.MUTED)
        y += text_height(SMALL) * 1.12
    ax.set_ylim(y + 1.0, 0)
    return y + 1.0
