"""A panel over a stretch of a sequence, as footprint and affinities are drawn on it, and the paper around such panels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.figures.paper.millimetres import LETTER, MM, SMALL, Panel, text_width, write
from axlstruct.scene import palette
from axlstruct.sequence.target import Protein

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Window(Panel):
    """A panel that begins at residue ``first`` and ends with ``last``."""

    first: int = 1
    last: int = 1

    def at(self, position: float) -> float:
        """Millimetres from the left edge of the first residue to the middle of a residue."""
        return (position - self.first + 0.5) / self.per_mm

    def x(self, mm: float) -> float:
        """Data coordinate of so many millimetres from the left edge of the first residue."""
        return mm * self.per_mm + self.first - 0.5

    @property
    def length(self) -> float:
        """Millimetres of the axis."""
        return (self.last - self.first + 1) / self.per_mm


def window(figure: Figure, protein: Protein, first: int, last: int, *, length: float, room: float, font: str) -> Window:
    """A panel, with an axis of its own, for a stretch of a protein; `settle` puts it in place."""
    ax = figure.add_axes((0, 0, 1, 1), label=protein.name)
    ax.patch.set_visible(False)
    ax.set_xlim(first - 0.5, last + 0.5)
    return Window(ax, protein, (last - first + 1) / length, room, font, first, last)


def heading(panel: Window, letter: str, title: str, text: str, *, left: float) -> None:
    """Write letter, title and what is shown along the top of a panel."""
    if letter:
        write(panel.ax, panel.x(1.5 - left), 1.8, letter, size=LETTER, font=panel.font, align="left", bold=True)
    write(panel.ax, panel.x(0), 1.8, title, size=8.0, font=panel.font, align="left", bold=True)
    after = text_width(title, 8.0, panel.font, bold=True) + 2.0
    write(panel.ax, panel.x(after), 1.8, text, font=panel.font, align="left", color=palette.MUTED)


def draw_positions(panel: Window, y: float, note: str = "") -> None:
    """The axis of UniProt positions at a height of the panel, with its title: below where it has a note, else on the left."""
    ax = panel.ax
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_xticks([])
    ax.set_yticks([])
    y += 0.6
    panel.line((panel.x(0), panel.x(panel.length)), (y, y), gid=panel.gid("axis"))
    for place in positions(panel.first, panel.last, panel.length, least=panel.width(str(panel.last)) * 2.2):
        panel.line((place, place), (y, y + 0.8))
        write(ax, place, y + 2.2, str(place), font=panel.font)
    if note:
        write(ax, panel.x(panel.length / 2), y + 5.4, f"UniProt position ({note})", font=panel.font)
    else:
        panel.label(y + 2.2, "UniProt position", size=SMALL, color=palette.MUTED)


def positions(first: int, last: int, room: float, *, least: float) -> list[int]:
    """Round positions to print on an axis from one position to another, at least ``least`` apart on a length of ``room``.

    Examples
    --------
    >>> positions(34, 225, 150.0, least=12.0)
    [40, 60, 80, 100, 120, 140, 160, 180, 200, 220]
    """
    if first == last:
        return [first]
    step = max(1, int(round_step(least * (last - first + 1) / room)))
    return [place for place in range(first, last + 1) if place % step == 0] or [first]


def round_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, 50... that is not below ``least``."""
    return next(s * 10.0**power for power in range(-6, 12) for s in (1, 2, 5) if s * 10.0**power >= least)


def say(figure: Figure, text: str, *, width: float, font: str) -> None:
    """Make a figure that says that there is nothing to show."""
    figure.set_size_inches(width / MM, 30.0 / MM)
    ax = figure.add_axes((0, 0, 1, 1), label="empty")
    ax.axis("off")
    ax.set_xlim(0, width)
    ax.set_ylim(30.0, 0)
    write(ax, width / 2, 15.0, text, size=8.0, font=font, color=palette.MUTED)


def settle(figure: Figure, placed: Sequence[tuple[Axes, float, float, float, float]], width: float, height: float) -> None:
    """Set the size of the paper and put each axis (left, top, length, height in millimetres) in its place."""
    figure.set_size_inches(width / MM, height / MM)
    for ax, left, top, length, tall in placed:
        if ax.get_label() != "key" and not str(ax.get_label()).endswith(("-area", "-ddg", "-several")):
            ax.set_ylim(tall, 0)
        ax.set_position((left / width, 1 - (top + tall) / height, length / width, tall / height))
