"""The domain figure: a panel for each protein, with all that is known along it and all that structures show of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axlstruct.figures.domains import coverage as track_coverage
from axlstruct.figures.domains import legend as key
from axlstruct.figures.domains import rows as track_rows
from axlstruct.figures.paper import layout
from axlstruct.figures.paper.millimetres import BODY, FONT, LETTER, MM, SMALL, TITLE, Panel, text_width, write
from axlstruct.scene.tracks import Rows, rows_of
from axlstruct.sequence.target import Target

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
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
    placed: list[tuple[Axes, float, float, float, float]] = []
    for protein, length in zip(target.proteins, layout.panel_lengths([len(p) for p in target.proteins], room), strict=True):
        ax = figure.add_axes((0, 0, 1, 1), label=protein.name)
        ax.patch.set_visible(False)
        ax.set_xlim(0.5, len(protein) + 0.5)
        panel = Panel(ax, protein, len(protein) / length, width - left - 1.0, font)
        height = draw_protein(panel, shown[protein.name])
        if len(target.proteins) > 1:
            letter = chr(ord("a") + len(placed))
            write(ax, panel.x(1.5 - left), LETTER * 0.18, letter, size=LETTER, font=font, align="left", bold=True)
        placed.append((ax, left, top, length, height))
        top += height + AXIS + BETWEEN
    ax = figure.add_axes((0, 0, 1, 1), label="key")
    groups, text = key.key_groups(target, shown, interfaces), key.caption(target, residues, shown, cutoff)
    height = key.draw_key(ax, groups, text, left=left, width=width, font=font)
    placed.append((ax, 0.0, top - 1.0, width, height))
    _settle(figure, placed, width, top + height)
    return figure


def draw_protein(panel: Panel, shown: Rows) -> float:
    """Draw all rows of one protein on its axis; returns the height in millimetres."""
    y = track_rows.draw_topology(panel, 0.0)
    y = track_rows.draw_sites(panel, y)
    y = track_rows.draw_domains_row(panel, y)
    start = y - 0.2
    y = track_rows.draw_exons(panel, y + 1.5) + 0.6
    for row in shown.coverage:
        y = track_coverage.draw_coverage(panel, y, row)
    y += 0.6
    for group in shown.interface:
        y = track_coverage.draw_interface(panel, y, group)
    y += 1.0
    track_coverage.draw_guides(panel, start, y)
    track_coverage.draw_axis(panel, y)
    return y


def _left(target: Target, shown: Mapping[str, Rows], font: str) -> float:
    widths = [text_width("coding exons", BODY, font)]
    for protein in target.proteins:
        widths += [text_width(protein.name, TITLE, font, bold=True) + 6.0, text_width(protein.accession, SMALL, font)]
        rows = shown[protein.name]
        labels = [row.label for row in rows.coverage] + [row.label for row in rows.interface]
        widths += [text_width(label, BODY, font) for label in labels]
    return max(widths) + 4.0


def _settle(figure: Figure, placed: list[tuple[Axes, float, float, float, float]], width: float, height: float) -> None:
    figure.set_size_inches(width / MM, height / MM)
    for ax, left, top, length, tall in placed:
        ax.set_position((left / width, 1 - (top + tall) / height, length / width, tall / height))
