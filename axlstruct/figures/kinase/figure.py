"""The kinase figure: landmarks, tyrosines, confidence, exposure and coverage along the cytoplasmic part of a receptor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axlstruct.figures.kinase.landmarks import SPINES, draw_domain, draw_spine, draw_tyrosines
from axlstruct.figures.kinase.legend import caption, legend_entries
from axlstruct.figures.kinase.picture import Picture
from axlstruct.figures.kinase.tracks import CONFIDENCE, EXPOSURE, draw_confidence, draw_exposure, draw_guides, draw_structure
from axlstruct.figures.paper.legend import draw_legend
from axlstruct.figures.paper.millimetres import BODY, FONT, MM, text_width
from axlstruct.figures.paper.panel import add_panel, draw_heading, draw_positions
from axlstruct.figures.paper.sheet import PlacedAxes, arrange
from axlstruct.scene import palette
from axlstruct.scene.tracks import coverage_rows

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw_kinase(picture: Picture, *, width: float = 180.0, font: str = FONT) -> Figure:
    """Draw landmarks and tyrosines, pLDDT and exposure of one chain, and what each structure shows.

    Parameters
    ----------
    picture : Picture
    width : float
        Of the figure, in millimetres.
    font : str
        A sans-serif font that matplotlib finds.

    Returns
    -------
    matplotlib.figure.Figure
        An axis of the protein's name in millimetres, one for pLDDT (of a model) and one for relative exposure, all along the
        UniProt position, and one for legend and caption.
    """
    from matplotlib.figure import Figure

    protein, span = picture.kinase.protein, picture.span
    bands = [bound for bound, _, _ in palette.PLDDT_BANDS]
    covered = [
        row
        for row in coverage_rows(picture.coverage, protein.name, picture.order, bands)
        if not (picture.predicted and row.structure == picture.geometry.structure)  # its track of pLDDT says it all
    ]
    figure = Figure(figsize=(width / MM, 1.0))
    left = 5.0 + max(text_width(text, BODY, font) for text in ("exposed area (%)", *(row.label for row in covered)))
    room = width - left - 4.0
    panel = add_panel(figure, protein, (span.first, span.last), length=room, room=width - left - 1.0, font=font)
    shown = f"{picture.geometry.structure} {picture.geometry.chain}, {protein.accession} {span.first}–{span.last}"
    draw_heading(panel, "", f"{protein.name} kinase domain", shown, at=(1.5 - left, 0.0))
    top = 2.0
    y = draw_tyrosines(panel, picture.tyrosines, 5.5)
    y = draw_domain(panel, picture.kinase, y)
    for spine in SPINES:
        y = draw_spine(panel, picture.kinase, spine, y)
    placed: list[PlacedAxes] = []
    y += 2.0
    tracks = [("plddt", CONFIDENCE), ("exposure", EXPOSURE)] if picture.predicted else [("exposure", EXPOSURE)]
    for name, tall in tracks:
        ax = figure.add_axes((0, 0, 1, 1), label=f"{protein.name}-{name}-area", sharex=panel.ax)
        (draw_confidence if name == "plddt" else draw_exposure)(ax, panel, picture)
        placed.append(PlacedAxes(ax, left, top + y, room, tall, in_mm=False))
        y += tall + 2.5
    start = y
    for row in covered:
        y = draw_structure(panel, y, row)
    draw_guides(panel, picture.tyrosines, start, y)
    draw_positions(panel, y)
    placed.insert(0, PlacedAxes(panel.ax, left, top, room, y + 6.0))
    ax = figure.add_axes((0, 0, 1, 1), label="legend")
    height = draw_legend(ax, legend_entries(picture, covered), caption(picture), left=left, width=width, font=font)
    placed.append(PlacedAxes(ax, 0.0, top + y + 6.0, width, height))
    arrange(figure, placed, width, top + y + 6.0 + height)
    return figure
