"""Paper measured in millimetres: text with its width, and a panel whose x axis is the sequence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from axlstruct.errors import UsageError
from axlstruct.scene import palette
from axlstruct.sequence.target import Protein

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

HALF_CAPITAL = 0.365
"""Half the height of a capital letter, by the size of the font."""

MM = 25.4
POINT = MM / 72
"""Millimetres in an inch, and in a typographic point."""

FONT = "DejaVu Sans"
BODY, SMALL, TITLE, LETTER = 7.0, 6.0, 8.5, 10.0
"""Sizes of text in points."""

SAFE = 0.97
"""Share of a line that is filled: on a screen, hinting may draw text a little wider than it is."""

Align = Literal["left", "center", "right"]


def family(font: str) -> list[str]:
    """The font and what stands in where a reader does not have it."""
    return [font, "sans-serif"] if font != "sans-serif" else [font]


def check_width(width: float) -> None:
    """Refuse a width that is none of a page: 30 to 1000 mm."""
    if not 30 <= width <= 1000:
        raise UsageError("impossible width of a figure", expected="30 to 1000 mm", found=f"{width:g}")


def check_font(font: str) -> None:
    """Refuse a font that matplotlib does not find, rather than another in its place."""
    from matplotlib.font_manager import FontProperties, findfont

    try:
        findfont(FontProperties(family=[font]), fallback_to_default=False)
    except ValueError:
        raise UsageError(f"matplotlib finds no font {font!r}", expected="an installed sans-serif font") from None


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = BODY, font: str = FONT, *, bold: bool = False) -> float:
    """Width of a line of text in millimetres."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    prop = FontProperties(family=family(font), size=size, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(text, prop, ismath=False)
    return float(width) * POINT


def text_height(size: float) -> float:
    """Height of a line of text in millimetres, ascenders and descenders included."""
    return size * 1.17 * POINT


def write(
    ax: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float = BODY,
    font: str = FONT,
    align: Align = "center",
    color: str = palette.INK,
    bold: bool = False,
    italic: bool = False,
    rotation: float = 0.0,
    gid: str | None = None,
) -> Text:
    """Write on an axis whose y axis is in millimetres downwards: plain text (no ``$`` mathematics), capitals centred on ``y``."""
    return ax.text(
        x,
        y if rotation else y + HALF_CAPITAL * size * POINT,
        text,
        fontsize=size,
        fontfamily=family(font),
        ha=align,
        va="center" if rotation else "baseline",
        color=color,
        fontweight="bold" if bold else "normal",
        fontstyle="italic" if italic else "normal",
        rotation=rotation,
        parse_math=False,
        gid=gid,
    )


@dataclass(frozen=True)
class Panel:
    """An axis with the sequence of one protein on x and millimetres, downwards, on y.

    Attributes
    ----------
    ax : matplotlib.axes.Axes
    protein : Protein
    per_mm : float
        Residues in a millimetre.
    room : float
        Millimetres from the first residue to the right edge of the paper.
    font : str
    """

    ax: Axes
    protein: Protein
    per_mm: float
    room: float
    font: str = FONT

    def mm(self, residues: float) -> float:
        """Length of so many residues on paper."""
        return residues / self.per_mm

    def at(self, position: float) -> float:
        """Millimetres from the left edge of residue 1 to the middle of a residue."""
        return (position - 0.5) / self.per_mm

    def x(self, mm: float) -> float:
        """Data coordinate of so many millimetres from the left edge of residue 1."""
        return mm * self.per_mm + 0.5

    def gid(self, *parts: object) -> str:
        """Element id for SVG, made of protein and parts."""
        return "-".join(str(part) for part in (self.protein.name, *parts)).replace(" ", "_")

    def label(self, y: float, text: str, *, size: float = BODY, color: str = palette.INK, bold: bool = False) -> None:
        """Write a row's name left of the sequence."""
        write(self.ax, self.x(-2.0), y, text, size=size, font=self.font, align="right", color=color, bold=bold)

    def width(self, text: str, size: float = BODY) -> float:
        """Width of text in millimetres in the panel's font."""
        return text_width(text, size, self.font)

    def line(self, xs: Sequence[float], ys: Sequence[float], *, gid: str | None = None, **style: Any) -> None:
        """Draw a polyline that may leave the axis."""
        from matplotlib.lines import Line2D

        shown: dict[str, Any] = {"color": palette.INK, "lw": 0.6, "solid_capstyle": "butt", "clip_on": False} | style
        self.ax.add_artist(Line2D(xs, ys, gid=gid, **shown))  # not plot or add_patch: they adapt limits, which are set here

    def box(self, left: float, top: float, right: float, bottom: float, *, gid: str | None = None, **style: Any) -> None:
        """Draw a rectangle in data coordinates."""
        from matplotlib.patches import Rectangle

        shown: dict[str, Any] = {"facecolor": palette.INK, "linewidth": 0.0, "clip_on": False} | style
        self.ax.add_artist(Rectangle((left, top), right - left, bottom - top, gid=gid, **shown))
