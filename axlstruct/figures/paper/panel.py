"""Axes to draw on: a canvas in millimetres, and a panel whose x axis is a stretch of a sequence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from axlstruct.figures.paper import layout
from axlstruct.figures.paper.millimetres import BODY, FONT, LETTER, SMALL, text_width, write
from axlstruct.scene import palette
from axlstruct.sequence.features import Span
from axlstruct.sequence.target import Protein

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Canvas:
    """An axis with millimetres, downwards, on y, and a length in millimetres on x.

    Attributes
    ----------
    ax : matplotlib.axes.Axes
    room : float
        Millimetres from the left end of the x axis to the right edge of the paper.
    font : str
    per_mm : float
        Units of the x axis in a millimetre.
    """

    ax: Axes
    room: float
    font: str = FONT
    per_mm: float = 1.0

    def width(self, text: str, size: float = BODY) -> float:
        """Width of text in millimetres in the canvas's font."""
        return text_width(text, size, self.font)

    def x(self, mm: float) -> float:
        """Data coordinate of so many millimetres from the left end of the axis."""
        return mm * self.per_mm

    def gid(self, *parts: object, at: int | Span | None = None) -> str:
        """Element id for SVG, made of parts; behind a colon the position or stretch of the sequence that a mark stands for."""
        name = "-".join(map(str, parts)).replace(" ", "_")
        return name if at is None else f"{name}:{at}"

    def line(self, xs: Sequence[float], ys: Sequence[float], *, gid: str | None = None, **style: Any) -> None:
        """Draw a polyline that may leave the axis."""
        from matplotlib.lines import Line2D

        shown: dict[str, Any] = {"color": palette.TEXT, "lw": 0.6, "solid_capstyle": "butt", "clip_on": False} | style
        self.ax.add_artist(Line2D(xs, ys, gid=gid, **shown))  # not plot or add_patch: they adapt limits, which are set here

    def box(self, left: float, top: float, right: float, bottom: float, *, gid: str | None = None, **style: Any) -> None:
        """Draw a rectangle in data coordinates."""
        from matplotlib.patches import Rectangle

        shown: dict[str, Any] = {"facecolor": palette.TEXT, "linewidth": 0.0, "clip_on": False} | style
        self.ax.add_artist(Rectangle((left, top), right - left, bottom - top, gid=gid, **shown))


@dataclass(frozen=True, kw_only=True)
class Panel(Canvas):
    """A canvas whose x axis is the sequence of a protein from residue ``first`` to residue ``last``."""

    protein: Protein
    first: int = 1
    last: int = 1

    @property
    def length(self) -> float:
        """Millimetres of the axis."""
        return (self.last - self.first + 1) / self.per_mm

    def mm(self, residues: float) -> float:
        """Length of so many residues on paper."""
        return residues / self.per_mm

    def at(self, position: float) -> float:
        """Millimetres from the left edge of the first residue to the middle of a residue."""
        return (position - self.first + 0.5) / self.per_mm

    def x(self, mm: float) -> float:
        """Data coordinate of so many millimetres from the left edge of the first residue."""
        return mm * self.per_mm + self.first - 0.5

    def gid(self, *parts: object, at: int | Span | None = None) -> str:
        """Element id for SVG, made of protein and parts, and of the position or stretch that a mark stands for."""
        return super().gid(self.protein.name, *parts, at=at)

    def label(self, y: float, text: str, *, size: float = BODY, color: str = palette.TEXT, bold: bool = False) -> None:
        """Write a row's name left of the sequence."""
        write(self.ax, self.x(-2.0), y, text, size=size, font=self.font, align="right", color=color, bold=bold)


def add_canvas(figure: Figure, label: str, width: float, font: str) -> Canvas:
    """A canvas as wide as the paper, with an axis of its own."""
    ax = figure.add_axes((0, 0, 1, 1), label=label)
    ax.axis("off")
    ax.set_xlim(0, width)
    return Canvas(ax, width, font)


def add_panel(
    figure: Figure, protein: Protein, span: tuple[int, int] | None = None, *, length: float, room: float, font: str
) -> Panel:
    """A panel, with an axis of its own, for a protein or a stretch of it.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    protein : Protein
    span : (int, int), optional
        First and last position; by default the whole protein.
    length, room : float
        Millimetres of the axis, and from its left end to the right edge of the paper.
    font : str
    """
    first, last = span or (1, len(protein))
    ax = figure.add_axes((0, 0, 1, 1), label=protein.name)
    ax.patch.set_visible(False)
    ax.set_xlim(first - 0.5, last + 0.5)
    return Panel(ax, room, font, (last - first + 1) / length, protein=protein, first=first, last=last)


def draw_letter(canvas: Canvas, mm: float, letter: str) -> None:
    """Write the letter of a panel along its top, so many millimetres from the left end of the axis."""
    write(canvas.ax, canvas.x(mm), 1.8, letter, size=LETTER, font=canvas.font, align="left", bold=True)


def draw_heading(canvas: Canvas, letter: str, title: str, text: str, *, at: tuple[float, float]) -> None:
    """Write letter and title of a panel along its top, and what it shows, where that does not leave the paper.

    ``at`` are the millimetres from the left end of the axis to letter and title.
    """
    if letter:
        draw_letter(canvas, at[0], letter)
    write(canvas.ax, canvas.x(at[1]), 1.8, title, size=8.0, font=canvas.font, align="left", bold=True)
    behind = at[1] + text_width(title, 8.0, canvas.font, bold=True) + 2.0
    if text and behind + canvas.width(text) < canvas.room:
        write(canvas.ax, canvas.x(behind), 1.8, text, font=canvas.font, align="left", color=palette.MUTED)


def draw_positions(panel: Panel, y: float, title: str = "", *, shift: int = 0) -> None:
    """The axis of positions at a height of the panel; a title stands below it, without one it says so on the left.

    ``shift`` is taken from each position to print its number.
    """
    ax = panel.ax
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_xticks([])
    ax.set_yticks([])
    y += 0.6
    panel.line((panel.x(0), panel.x(panel.length)), (y, y), gid=panel.gid("axis"))
    for number in layout.positions(
        panel.first - shift, panel.last - shift, panel.length, least=panel.width(str(panel.last)) * 2.2
    ):
        place = number + shift
        panel.line((place, place), (y, y + 0.8))
        write(ax, place, y + 2.2, str(number), font=panel.font, gid=panel.gid("number", at=place))
    if title:
        write(ax, panel.x(panel.length / 2), y + 5.4, title, font=panel.font)
    else:
        panel.label(y + 2.2, "UniProt position", size=SMALL, color=palette.MUTED)
