"""The figure that opens a paper: both proteins as bars, and the complex from the front and from the top."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from axlstruct.figures.domains.coverage import draw_axis
from axlstruct.figures.domains.legend import marks
from axlstruct.figures.domains.rows import draw_domains_row, draw_exons, draw_sites
from axlstruct.figures.paper import layout
from axlstruct.figures.paper.millimetres import BODY, LETTER, MM, TITLE, text_width, write
from axlstruct.figures.paper.panel import add_panel
from axlstruct.figures.stills.complex import caption as complex_caption
from axlstruct.figures.stills.complex import complex_panel
from axlstruct.figures.stills.page import assemble, legend_groups
from axlstruct.figures.stills.selection import recolored
from axlstruct.figures.stills.subject import DEFAULT, PRINT, Look, Subject
from axlstruct.scene import palette
from axlstruct.sequence.features import spans_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

AXIS = 7.5
"""Height of a position axis and the gap below it, in millimetres."""


def draw_overview(subject: Subject, look: Look = DEFAULT) -> Figure:
    """Draw domain architecture (a), complex from the front (b) and from the top (c).

    Parameters
    ----------
    subject : Subject
        With a two-fold axis.
    look : Look

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    StructureError
        No two-fold axis.
    AxlstructError
        PyMOL cannot be loaded.
    """
    from matplotlib.figure import Figure

    subject = recolored(subject, look.colors)
    target, scene, width, font = subject.target, subject.scene, look.width, look.font
    half = (width - 10.0) / 2
    if look.print_quality and not look.dpi:
        look = replace(look, dpi=round(1.4 * PRINT))
    front, axis = complex_panel(subject, "front", look, half)
    top, _ = complex_panel(subject, "top", look, half)
    bars = _bars(Figure(), subject, look, 297.0)
    down = max(0.0, (front.tall - top.tall) / 2)
    text = "(a) Domains and coding exons on the UniProt sequences; below each bar what the structure shows. (b, c) "
    text += complex_caption(subject, axis, "front") + " (c) is (b) turned by 90°, seen from above, the membrane behind."
    stills = [(front, 3.0, bars + 3.0), (top, 7.0 + half, bars + 3.0 + down)]
    figure = assemble(stills, marks(target) + legend_groups(scene, without=["other hetero groups"]), text, look)
    tall = figure.get_size_inches()[1] * MM
    _bars(figure, subject, look, tall)
    page = figure.add_axes((0, 0, 1, 1), label="page")
    page.axis("off")
    page.patch.set_visible(False)
    page.set_xlim(0, width)
    page.set_ylim(tall, 0)
    for letter, x, y in (("a", 1.5, 3.0), ("b", 1.5, bars + 4.0), ("c", 5.5 + half, bars + 4.0)):
        write(page, x, y, letter, size=LETTER, font=font, align="left", bold=True)
    _quarter(page, 5.0 + half, bars + 3.0 + front.tall / 2, font)
    return figure


def _bars(figure: Figure, subject: Subject, look: Look, tall: float) -> float:
    """Both proteins to scale: sites, domains, exons, the stretches that the structure shows; returns the height."""
    target = subject.target
    left = max(text_width(p.name, TITLE, look.font, bold=True) for p in target.proteins) + 9.0
    left = max(left, text_width("coding exons", BODY, look.font) + 6.0)
    lengths = layout.panel_lengths([len(p) for p in target.proteins], look.width - left - 6.0)
    top = 1.5
    for protein, length in zip(target.proteins, lengths, strict=True):
        panel = add_panel(figure, protein, length=length, room=look.width - left - 1.0, font=look.font)
        y = draw_exons(panel, draw_domains_row(panel, draw_sites(panel, 0.0)) + 0.6) + 1.0
        seen = {p for m in subject.maps if m.protein.accession == protein.accession for p in m.position_of.values()}
        if seen:
            panel.label(y + 0.7, subject.structure.id)
            for span in spans_of(seen):
                panel.box(span.first - 0.5, y, span.last + 0.5, y + 1.4, facecolor=palette.COVERAGE["observed"])
            y += 2.4
        draw_axis(panel, y)
        panel.ax.set_position((left / look.width, 1 - (top + y) / tall, length / look.width, y / tall))
        top += y + AXIS
    return top


def _quarter(ax: Axes, x: float, y: float, font: str) -> None:
    """The sign of a turn by 90 degrees about the horizontal."""
    import numpy as np

    ax.plot([x - 3.4, x + 3.4], [y, y], color=palette.MUTED, lw=0.7)
    turn = np.radians(np.linspace(-150, 120, 40))
    xs, ys = x + 0.9 * np.cos(turn), y + 2.1 * np.sin(turn)
    ax.plot(xs, ys, color=palette.TEXT, lw=0.9)
    ax.annotate(
        "", (xs[-1] - 0.25, ys[-1] - 0.45), (xs[-1], ys[-1]),
        arrowprops={"arrowstyle": "-|>", "color": palette.TEXT, "lw": 0.9, "mutation_scale": 6, "shrinkA": 0, "shrinkB": 0},
    )  # fmt: skip
    write(ax, x, y - 4.6, "90°", font=font)
