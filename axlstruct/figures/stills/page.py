"""A figure of stills, with one legend and one caption below them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from axlstruct.figures.paper.legend import SAMPLE, Group, Swatch, draw_legend
from axlstruct.figures.paper.millimetres import BODY, MM, text_width
from axlstruct.figures.paper.panel import Canvas
from axlstruct.figures.paper.save import DRAFT
from axlstruct.figures.stills.panel import StillPanel
from axlstruct.figures.stills.subject import Look
from axlstruct.scene import palette

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from axlstruct.scene.scene import Scene


def assemble(
    panels: Sequence[tuple[StillPanel, float, float]],
    groups: list[Group],
    text: str,
    look: Look,
    *,
    letters: str = "",
    head: float = 0.0,
) -> Figure:
    """A figure of panels, a legend and a caption.

    Parameters
    ----------
    panels : sequence of (StillPanel, left, top)
        Places in millimetres from the upper left corner.
    groups : list of Group
    text : str
        The caption.
    look : Look
    letters : str
        One for each panel.
    head : float
        Millimetres on top that are left free.
    """
    from matplotlib.figure import Figure

    figure = Figure(facecolor="none" if look.transparent else "#FFFFFF")
    figure.set_label("" if look.print_quality else DRAFT)
    bottom = max(top + panel.tall for panel, _, top in panels)
    key = figure.add_axes((0, 0, 1, 1), label="legend")
    left = max((text_width(group.name, BODY, look.font) for group in groups), default=0.0) + 6.0
    tall = draw_legend(key, groups, text, left=left, width=look.width, font=look.font) + 1.5
    height = bottom + 2.0 + tall
    figure.set_size_inches(look.width / MM, height / MM)
    key.set_position((0, 0, 1, tall / height))
    key.set_ylim(tall, 0)
    for index, (panel, across, top) in enumerate(panels):
        at = across / look.width, 1 - (top + panel.tall) / height, panel.mm / look.width, panel.tall / height
        panel.draw(figure.add_axes(at, label=f"still-{index}"), letters[index : index + 1])
    return figure


def legend_groups(scene: Scene, *, without: Iterable[str] = ()) -> list[Group]:
    """The scene's legend in lines: protein by protein, then interfaces, then the rest."""
    left_out = set(without)
    groups: dict[str, list[tuple[str, Swatch]]] = {}
    for entry in scene.legend:
        if entry.label not in left_out:
            detail = f", {entry.detail}" if entry.detail and len(entry.detail) < 40 else ""
            groups.setdefault(entry.heading.partition(",")[0], []).append(
                (entry.label + detail, swatch(entry.color, entry.shape))
            )
    return [Group(name, tuple(items)) for name, items in groups.items()]


def swatch(color: str, shape: str) -> Swatch:
    """A sample of a colour: a box for cartoons, a line for sticks, a ball for spheres."""

    def draw(panel: Canvas, x: float, y: float) -> None:
        if shape == "cartoon":
            panel.box(x, y - 1.1, x + SAMPLE, y + 1.1, facecolor=color, edgecolor=palette.TEXT, linewidth=0.4)
        elif shape == "stick":
            panel.line((x, x + SAMPLE), (y, y), color=palette.TEXT, lw=3.4, solid_capstyle="round")
            panel.line((x, x + SAMPLE), (y, y), color=color, lw=2.6, solid_capstyle="round")
        elif shape == "dash":
            panel.line((x, x + SAMPLE), (y, y), color=color, lw=1.2, linestyle=(0, (2, 1.2)))
        else:
            panel.ax.plot([x + SAMPLE / 2], [y], marker="o", ms=5.0, mfc=color, mec=palette.TEXT, mew=0.4, clip_on=False)

    return draw
