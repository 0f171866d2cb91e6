"""Paper measured in millimetres: text with its width, written on an axis in millimetres."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from axlstruct.errors import UsageError
from axlstruct.scene import palette

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
    color: str = palette.TEXT,
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
