"""The evidence figure: along each protein, how many published rows are tied to which residues and regions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from axlstruct.evidence.positions import Tied
from axlstruct.figures.domains.coverage import draw_axis
from axlstruct.figures.domains.legend import marks
from axlstruct.figures.domains.rows import draw_domains_row, draw_exons, draw_sites, draw_topology
from axlstruct.figures.evidence_lanes import LANES, draw_lane, lanes_of
from axlstruct.figures.paper import layout
from axlstruct.figures.paper.legend import draw_legend
from axlstruct.figures.paper.millimetres import BODY, FONT, MM, SMALL, TITLE, text_width, write
from axlstruct.figures.paper.panel import Panel, add_panel, draw_letter
from axlstruct.figures.paper.sheet import PlacedAxes, arrange
from axlstruct.scene import palette
from axlstruct.sequence.target import Target

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 180.0
"""Of the figure, in millimetres: two columns of a journal."""

MARGIN, AXIS, BETWEEN = 26.0, 5.5, 5.0
"""Room for the counts of the whole receptor and of no region, for an axis, and between proteins."""


def draw_evidence(target: Target, tied: Sequence[Tied], *, width: float = WIDTH, font: str = FONT) -> Figure:
    """Draw what is published of receptor and ligand where it acts.

    Parameters
    ----------
    target : Target
    tied : sequence of Tied
        Of all evidence tables (`axlstruct.evidence.positions.tie`), the tables in the order in which they are drawn.
    width : float
        Of the figure, in millimetres; its height follows from what there is to show.
    font : str
        A sans-serif font that matplotlib finds.

    Returns
    -------
    matplotlib.figure.Figure
        An axis for each protein, x the position in its sequence. Rows on the receptor as a whole, and rows on no part of a
        protein, are counted in the margin.
    """
    from matplotlib.figure import Figure

    left = 4.0 + max(
        *(text_width(f"{LANES[item.table]} (000)", BODY, font) for item in tied),
        *(text_width(p.name, TITLE, font, bold=True) + 6.0 for p in target.proteins),
    )
    room = width - left - MARGIN
    figure = Figure(figsize=(width / MM, 1.0))
    top = 2.0
    placed: list[PlacedAxes] = []
    told = set[str]()
    for protein, length in zip(target.proteins, layout.panel_lengths([len(p) for p in target.proteins], room), strict=True):
        free = room if protein is target.receptor else width - left - 1.0
        panel = add_panel(figure, protein, length=length, room=free, font=font)
        y = draw_topology(panel, 0.0)
        y = draw_domains_row(panel, draw_sites(panel, y))
        y = draw_exons(panel, y + 1.5) + 2.2
        margin = protein is target.receptor and any(item.whole or item.nowhere for item in tied)
        if margin:
            _head(panel, y - 0.4, room)
        for lane in lanes_of(tied, protein.name, margin=margin):
            y = draw_lane(panel, y, lane, room if margin else None, total=lane.table not in told)
            told.add(lane.table)
        y += 1.0
        draw_axis(panel, y)
        if len(target.proteins) > 1:
            letter = chr(ord("a") + len(placed))
            draw_letter(panel, 1.5 - left, letter)
        placed.append(PlacedAxes(panel.ax, left, top, length, y))
        top += y + AXIS + BETWEEN
    ax = figure.add_axes((0, 0, 1, 1), label="legend")
    height = draw_legend(ax, marks(target), _caption(target, tied), left=left, width=width, font=font)
    placed.append(PlacedAxes(ax, 0.0, top - 2.0, width, height))
    arrange(figure, placed, width, top + height)
    return figure


def _head(panel: Panel, y: float, room: float) -> None:
    for middle, lines in ((room + 7.5, ("whole", "receptor")), (room + 19.0, ("no", "region"))):
        for shift, line in zip((-2.9, -0.4), lines, strict=True):
            write(panel.ax, panel.x(middle), y + shift, line, size=SMALL, font=panel.font, color=palette.MUTED)


def _caption(target: Target, tied: Sequence[Tied]) -> str:
    """What a reader must know to count."""
    parts = [
        "Rows of the evidence tables by the residues or the region that they are tied to; numbers are rows.",
        "Bars are regions, the darker the more rows; dots are residues, the larger the more rows.",
        "Positions are those of the UniProt sequences: " + ", ".join(f"{p.name} {p.uniprot}" for p in target.proteins) + ".",
    ]
    if len(target.proteins) > 1:
        parts.append("A number behind a table's name counts all its rows, those of the other protein too, and stands once.")
    if any(item.whole or item.nowhere for item in tied):
        parts.append("Rows on the receptor as a whole, or on no part of a protein, are counted on the right and drawn nowhere.")
    if any(item.by_residue and len(item.stretches) > 1 for item in tied):
        parts.append("A row that names several residues is counted once in a table's total and shown at each of them.")
    return " ".join(parts)
