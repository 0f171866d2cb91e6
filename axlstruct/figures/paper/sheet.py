"""The paper of a figure: its size, where each axis goes, and the figure that says that there is nothing to show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.figures.paper.millimetres import MM, write
from axlstruct.scene import palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class PlacedAxes:
    """An axis and its place on paper in millimetres, from the upper left corner; ``in_mm`` where its y axis is in millimetres."""

    ax: Axes
    left: float
    top: float
    length: float
    height: float
    in_mm: bool = True


def arrange(figure: Figure, placed: Iterable[PlacedAxes], width: float, height: float) -> None:
    """Set the size of the paper and put each axis in its place."""
    figure.set_size_inches(width / MM, height / MM)
    for item in placed:
        if item.in_mm:
            item.ax.set_ylim(item.height, 0)
        item.ax.set_position(
            (item.left / width, 1 - (item.top + item.height) / height, item.length / width, item.height / height)
        )


def draw_message(figure: Figure, text: str, *, width: float, font: str) -> None:
    """Make a figure that says that there is nothing to show."""
    figure.set_size_inches(width / MM, 30.0 / MM)
    ax = figure.add_axes((0, 0, 1, 1), label="empty")
    ax.axis("off")
    ax.set_xlim(0, width)
    ax.set_ylim(30.0, 0)
    write(ax, width / 2, 15.0, text, size=8.0, font=font, color=palette.MUTED)
