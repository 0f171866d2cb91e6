"""Legend and caption below a figure: lines of samples with their labels, then a paragraph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.figures.paper import layout
from axlstruct.figures.paper.millimetres import BODY, SAFE, SMALL, text_height, text_width, write
from axlstruct.figures.paper.panel import Canvas
from axlstruct.scene import palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Swatch = Callable[[Canvas, float, float], None]
"""Draws a sample, 5 mm wide, from a left edge in millimetres and a middle."""

SAMPLE, LINE = 5.0, 3.6
"""Width of a sample, and height of a line of the legend, in millimetres."""


@dataclass(frozen=True)
class Group:
    """A line of the legend: its name and its samples with their labels."""

    name: str
    items: tuple[tuple[str, Swatch], ...]


def draw_legend(ax: Axes, groups: Sequence[Group], caption: str, *, left: float, width: float, font: str) -> float:
    """Draw legend and caption on an axis that covers the paper's width in millimetres; returns the height."""
    ax.axis("off")
    ax.set_xlim(0, width)
    canvas = Canvas(ax, width, font)
    y, room = LINE / 2, width - left - 2.0
    for group in groups:
        labels = [text_lines(label, room - SAMPLE - 1.3, BODY, font) for label, _ in group.items]
        widths = [SAMPLE + 1.3 + max(text_width(line, BODY, font) for line in lines) for lines in labels]
        write(ax, left - 2.0, y, group.name, font=font, align="right", color=palette.MUTED)
        row, deep = 0, 0
        for lines, (_, swatch), (place, mm) in zip(labels, group.items, layout.flow(widths, room, gap=5.0), strict=True):
            if place != row:
                row, y, deep = place, y + deep * LINE, 0
            swatch(canvas, left + mm, y)
            for index, line in enumerate(lines):
                write(ax, left + mm + SAMPLE + 1.3, y + index * LINE, line, font=font, align="left")
            deep = max(deep, len(lines))
        y += deep * LINE
    y += 0.6
    for line in text_lines(caption, room * SAFE, SMALL, font):
        write(ax, left, y, line, size=SMALL, font=font, align="left", color=palette.MUTED)
        y += text_height(SMALL) * 1.12
    ax.set_ylim(y, 0)
    return y


def text_lines(text: str, room: float, size: float, font: str) -> list[str]:
    """Text in lines that fit the room."""
    words = text.split()
    space = text_width("a b", size, font) - text_width("ab", size, font)
    return layout.wrap(words, [text_width(word, size, font) for word in words], room, space=space)


def marker(shape: str, color: str, size: float, *, edge: float = 0.6) -> Swatch:
    """A sample of a mark: matplotlib's shape, its fill, size and width of its edge in points."""

    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.ax.plot([x + SAMPLE / 2], [y], marker=shape, ms=size, mfc=color, mec=palette.TEXT, mew=edge, clip_on=False)

    return draw
