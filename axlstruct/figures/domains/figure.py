"""The domain figure: a panel for each protein, with all that is known along it and all that structures show of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axlstruct.figures.domains.coverage import draw_axis, draw_coverage, draw_guides, draw_interface
from axlstruct.figures.domains.legend import caption, legend_entries
from axlstruct.figures.domains.rows import draw_domains_row, draw_exons, draw_sites, draw_topology
from axlstruct.figures.paper import layout
from axlstruct.figures.paper.legend import draw_legend
from axlstruct.figures.paper.millimetres import BODY, FONT, MM, SMALL, TITLE, text_width
from axlstruct.figures.paper.panel import Panel, add_panel, draw_letter
from axlstruct.figures.paper.sheet import PlacedAxes, arrange
from axlstruct.scene.tracks import Rows, rows_of
from axlstruct.sequence.target import Target

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from matplotlib.figure import Figure

    from axlstruct.interface.residue_rows import ResidueRow
    from axlstruct.interface.rows import InterfaceRow

WIDTH = 180.0
"""Of the figure, in millimetres: two columns of a journal."""

RIGHT, AXIS, BETWEEN = 5.0, 5.5, 5.0


def draw_domains(
    target: Target,
    residues: Sequence[ResidueRow],
    interfaces: Sequence[InterfaceRow] = (),
    *,
    width: float = WIDTH,
    font: str = FONT,
    cutoff: float = 4.0,
    printed: Collection[str] = (),
) -> Figure:
    """Draw receptor and ligand: topology, sites, domains, exons, coverage by structure, and interface residues.

    Parameters
    ----------
    target : Target
    residues : sequence of ResidueRow
        Structures of the target that are not among them are named as absent.
    interfaces : sequence of InterfaceRow
        For the chain pairs in the legend.
    width : float
        Of the figure, in millimetres; its height follows from what there is to show.
    font : str
        A sans-serif font that matplotlib finds.
    cutoff : float
        Distance in Angstrom below which residues count as interface, as it was used for ``residues``.
    printed : collection of str
        Structures whose residues are placed by what was read in print.

    Returns
    -------
    matplotlib.figure.Figure
        One axis for each protein (x is the position in its sequence, y millimetres downwards) and one for legend and caption.
    """
    from matplotlib.figure import Figure

    shown = rows_of(target, residues)
    left = _left(target, shown, font)
    room = width - left - RIGHT
    figure = Figure(figsize=(width / MM, 1.0))
    top = 2.0
    placed: list[PlacedAxes] = []
    for protein, length in zip(target.proteins, layout.panel_lengths([len(p) for p in target.proteins], room), strict=True):
        panel = add_panel(figure, protein, length=length, room=width - left - 1.0, font=font)
        height = draw_protein(panel, shown[protein.name])
        if len(target.proteins) > 1:
            letter = chr(ord("a") + len(placed))
            draw_letter(panel, 1.5 - left, letter)
        placed.append(PlacedAxes(panel.ax, left, top, length, height))
        top += height + AXIS + BETWEEN
    ax = figure.add_axes((0, 0, 1, 1), label="legend")
    groups, text = legend_entries(target, shown, interfaces), caption(target, residues, shown, cutoff, printed)
    height = draw_legend(ax, groups, text, left=left, width=width, font=font)
    placed.append(PlacedAxes(ax, 0.0, top - 1.0, width, height))
    arrange(figure, placed, width, top + height)
    return figure


def draw_protein(panel: Panel, shown: Rows) -> float:
    """Draw all rows of one protein on its axis; returns the height in millimetres."""
    y = draw_topology(panel, 0.0)
    y = draw_sites(panel, y)
    y = draw_domains_row(panel, y)
    start = y - 0.2
    y = draw_exons(panel, y + 1.5) + 0.6
    for row in shown.coverage:
        y = draw_coverage(panel, y, row)
    y += 0.6
    for group in shown.interface:
        y = draw_interface(panel, y, group)
    y += 1.0
    draw_guides(panel, start, y)
    draw_axis(panel, y)
    return y


def _left(target: Target, shown: Mapping[str, Rows], font: str) -> float:
    widths = [text_width("coding exons", BODY, font)]
    for protein in target.proteins:
        widths += [text_width(protein.name, TITLE, font, bold=True) + 6.0, text_width(protein.accession, SMALL, font)]
        rows = shown[protein.name]
        labels = [row.label for row in rows.coverage] + [row.label for row in rows.interface]
        widths += [text_width(label, BODY, font) for label in labels]
    return max(widths) + 4.0
