"""Mechanisms drawn in columns, a panel for each figure of the review: who acts on whom, with colour and arrow by effect."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from axlstruct.errors import UsageError
from axlstruct.evidence.mechanisms import ends, is_waypoint, routed
from axlstruct.evidence.rows import MechanismRow
from axlstruct.figures.paper.legend import SAMPLE, Group, Swatch, draw_legend
from axlstruct.figures.paper.millimetres import FONT, LETTER, MM, SMALL, text_height, text_width, write
from axlstruct.figures.paper.panel import Canvas
from axlstruct.scene import palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIGNS = {1: ("#0072B2", "more (of a drug: resistance)"), -1: ("#D55E00", "less"), 0: ("#6B6B6B", "")}
"""Colour and meaning of an edge by its sign."""
HEADS = {
    "acts through": "arrow", "binds": "dot", "is part of": "diamond", "phosphorylates": "P", "ubiquitinates": "U",
    "changes": "open",
}  # fmt: skip
"""Heads of edges for which the review says neither more nor less, by their effect; a letter stands in a circle."""
KINDS = {
    "gene": "#FFFFFF", "family": "#EDEDED", "complex": "#EDEDED", "RNA": "#F0E6A2", "process": "#DCEBF5", "molecule": "#F0E6A2",
    "cell": "#E3EED9", "drug": "#F6DDD0", "cancer": "#F6DDD0",
}  # fmt: skip
_MARGIN, _GAPS, _BETWEEN, _LINES = 4.0, (7.0, 22.0), 1.6, (17, 12)
"""Millimetres around a panel, between columns (least, most) and between boxes; letters in a line of a label, loose and tight."""


@dataclass(frozen=True)
class Box:
    """A node on paper: lines of its label, middle, width and height in millimetres, y downwards."""

    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float


def place_boxes(
    columns: Sequence[Sequence[str]], top: float, width: float = 180.0, font: str = FONT
) -> tuple[dict[str, Box], float, float]:
    """Boxes of the nodes, column by column, each column centred, spread over a width; right edge and lower edge of all.

    Where they do not fit, labels are broken into shorter lines; where that is not enough, the right edge lies beyond the width.
    """
    room = width - 2 * _MARGIN
    for letters in _LINES:
        sized = [[_lines(name, letters) for name in column] for column in columns]
        widths = [max((text_width(li, SMALL, font) for lines in column for li in lines), default=0.0) + 2.4 for column in sized]
        gap = (room - sum(widths)) / max(len(columns) - 1, 1)
        if gap >= _GAPS[0]:
            break
    gap = min(max(gap, _GAPS[0]), _GAPS[1])
    boxes: dict[str, Box] = {}
    tall = [sum(_height(lines) + _BETWEEN for lines in column) for column in sized]
    left = _MARGIN
    for names, column, height, wide in zip(columns, sized, tall, widths, strict=True):
        spare = (max(tall) - height) / (len(column) + 1) if len(column) > 1 else 0.0
        y = top + (spare or (max(tall) - height) / 2)
        for name, lines in zip(names, column, strict=True):
            boxes[name] = Box(lines, left + wide / 2, y + _height(lines) / 2, wide, _height(lines))
            y += _height(lines) + _BETWEEN + spare
        left += wide + gap
    return boxes, left - gap, top + max(tall)


def draw_mechanisms(
    rows: Sequence[MechanismRow], figure: str | None = None, *, review: str = "a review", width: float = 180.0, font: str = FONT
) -> Figure:
    """Mechanisms as a layered graph.

    Parameters
    ----------
    rows : sequence of MechanismRow
    figure : str, optional
        Only the panel of one figure of the review, such as ``Fig. 4``.
    review : str
        What the caption calls the review that the rows are taken from.
    width : float
        Of the figure, in millimetres; it is wider where the columns of a panel do not fit.
    font : str
        A sans-serif font that matplotlib finds.

    Returns
    -------
    matplotlib.figure.Figure
        An axis in millimetres with y downwards, and one for legend and caption.

    Raises
    ------
    UsageError
        No row of that figure.
    """
    from matplotlib.figure import Figure

    names = sorted({row.figure_of_section for row in rows})
    panels = {name: [row for row in rows if row.figure_of_section == name] for name in names}
    if figure is not None:
        if figure not in panels:
            raise UsageError(f"no mechanism of {figure!r}", expected=", ".join(panels))
        panels = {figure: panels[figure]}
    top, right = _MARGIN, width - _MARGIN
    placed: list[tuple[str, float, list[MechanismRow], dict[str, Box], dict[tuple[str, str], list[str]]]] = []
    for name, edges in panels.items():
        columns, ways = routed([ends(row) for row in edges])
        boxes, edge, bottom = place_boxes(columns, top + 7, width, font)
        placed.append((name, top, edges, boxes, ways))
        top, right = bottom + 6, max(right, edge)
    width = right + _MARGIN
    fig = Figure(figsize=(width / MM, 1.0))
    ax = fig.add_axes((0, 0, 1, 1), label="graph")
    ax.axis("off")
    for letter, (_, y, edges, boxes, ways) in zip("abcdefghijklmnopqrstuvwxyz", placed, strict=False):
        sections = ", ".join(dict.fromkeys(row.section for row in edges if not row.section.startswith("Fig.")))
        if len(placed) > 1:
            write(ax, _MARGIN, y + 2, letter, size=LETTER, font=font, align="left", bold=True)
        write(ax, _MARGIN + 4.5 * (len(placed) > 1), y + 2, sections, font=font, align="left", color=palette.MUTED)
        _draw_edges(ax, edges, boxes, ways, font)
        kinds = {end: kind for row in edges for end, kind in zip(ends(row), (row.source_kind, row.target_kind), strict=True)}
        for node, kind in kinds.items():
            _draw_box(ax, node, boxes[node], kind, font)
    ax.set(xlim=(0, width), ylim=(top, 0))
    used = [row for edges in panels.values() for row in edges]
    key = fig.add_axes((0, 0, 1, 1), label="legend")
    tall = draw_legend(key, _legend(used), _caption(list(panels), used, review), left=_MARGIN + 12.0, width=width, font=font)
    key.set_ylim(tall, 0)
    height = top + tall + 2.0
    fig.set_size_inches(width / MM, height / MM)
    ax.set_position((0, 1 - top / height, 1, top / height))
    key.set_position((0, 2.0 / height, 1, tall / height))
    return fig


def _lines(name: str, letters: int) -> tuple[str, ...]:
    """A node's label; a waypoint has none."""
    return () if is_waypoint(name) else tuple(textwrap.wrap(name, letters, break_long_words=False))


def _height(lines: Sequence[str]) -> float:
    return len(lines) * text_height(SMALL) + 1.6


def _draw_box(ax: Axes, node: str, box: Box, kind: str, font: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    style = "round,pad=0,rounding_size=0.9" if kind in {"process", "cell"} else "round,pad=0,rounding_size=0.1"
    left, top = box.x - box.width / 2, box.y - box.height / 2
    ax.add_patch(
        FancyBboxPatch(
            (left, top), box.width, box.height, boxstyle=style, facecolor=KINDS[kind], edgecolor=palette.TEXT, linewidth=0.5,
            zorder=3, gid=f"node-{node.replace(' ', '_')}",
        )
    )  # fmt: skip
    step = text_height(SMALL)
    for index, line in enumerate(box.lines):
        y = box.y + (index - (len(box.lines) - 1) / 2) * step
        write(ax, box.x, y, line, size=SMALL, font=font, italic=kind == "gene").set_zorder(4)


def _draw_edges(
    ax: Axes, rows: Sequence[MechanismRow], boxes: Mapping[str, Box], ways: Mapping[tuple[str, str], list[str]], font: str
) -> None:
    """One line for all edges of a sign and head between two nodes; dashed where all are read from inhibition."""
    merged: dict[tuple[str, str, int, str], list[MechanismRow]] = {}
    for row in rows:
        merged.setdefault((*ends(row), row.sign, _head(row)), []).append(row)
    drawn: dict[tuple[str, str], int] = {}
    for (source, target, sign, head), edges in merged.items():
        shift = 0.9 * drawn.get((source, target), 0)  # a second line between the same two runs beside the first
        drawn[source, target] = drawn.get((source, target), 0) + 1
        way = [boxes[name] for name in ways.get((source, target), ())]
        points = _along(way, shift) if way else _back(boxes[source], boxes[target])
        _draw_arrow(ax, points, SIGNS[sign][0], head, dashed=_indirect(edges), font=font)


def _head(row: MechanismRow) -> str:
    return {1: "arrow", -1: "bar"}.get(row.sign) or HEADS.get(row.effect, "arrow")


def _indirect(edges: Sequence[MechanismRow]) -> bool:
    return all(edge.basis != "stated" for edge in edges)


def _along(way: Sequence[Box], shift: float) -> list[tuple[float, float]]:
    """Control points from box to box, straight through waypoints."""
    points = [(way[0].x + way[0].width / 2, way[0].y + shift)]
    for here, there in pairwise(way):
        left, right = here.x + here.width / 2, there.x - there.width / 2
        middle = (left + right) / 2
        points += [(middle, here.y + shift), (middle, there.y + shift), (right, there.y + shift)]
        if there is not way[-1]:
            end = there.x + there.width / 2
            points += [(there.x, there.y + shift), (there.x, there.y + shift), (end, there.y + shift)]
    return points


def _back(source: Box, target: Box) -> list[tuple[float, float]]:
    """Control points of an edge that runs back: out of the left side of its source, under its target."""
    start, end = (source.x - source.width / 2, source.y), (target.x, target.y + target.height / 2)
    low = max(start[1], end[1]) + 5.0
    return [start, (start[0] - 6.0, low), (end[0], low), end]


def _draw_arrow(ax: Axes, points: Sequence[tuple[float, float]], color: str, head: str, *, dashed: bool, font: str) -> None:
    from matplotlib.patches import Circle, PathPatch, Polygon
    from matplotlib.path import Path

    codes = [Path.MOVETO] + [Path.CURVE4] * (len(points) - 1)
    (x0, y0), (x, y) = points[-2:]
    length = math.hypot(x - x0, y - y0)
    along, across = ((x - x0) / length, (y - y0) / length), ((y0 - y) / length, (x - x0) / length)

    def at(back: float, aside: float) -> tuple[float, float]:
        return x - back * along[0] + aside * across[0], y - back * along[1] + aside * across[1]

    letter = head if len(head) == 1 else ""
    tip = {"bar": 0.7, "dot": 0.8, "diamond": 2.3, "open": 1.5}.get(head, 2.4 if letter else 1.2)
    line = Path([*points[:-1], at(tip, 0.0)], codes)
    style = (0, (3, 1.5)) if dashed else "-"
    ax.add_patch(PathPatch(line, facecolor="none", edgecolor=color, linewidth=0.7, linestyle=style, capstyle="butt", zorder=2))
    if head == "bar":
        ax.plot(*zip(at(tip, -0.9), at(tip, 0.9), strict=True), color=color, linewidth=1.0, zorder=3.5)
    elif head == "dot" or letter:
        size = 1.2 if letter else 0.7
        filled = "#FFFFFF" if letter else color
        ax.add_patch(Circle(at(size, 0.0), size, facecolor=filled, edgecolor=color, linewidth=0.6, zorder=3.5))
        if letter:
            write(ax, *at(size, 0.0), letter, size=5.0, font=font, color=color, bold=True).set_zorder(3.6)
    else:
        arrow = [at(0.0, 0.0), at(1.5, 0.55), at(1.5, -0.55)]
        shape = [at(0.0, 0.0), at(1.2, 0.75), at(2.4, 0.0), at(1.2, -0.75)] if head == "diamond" else arrow
        filled = "#FFFFFF" if head == "open" else color
        ax.add_patch(Polygon(shape, closed=True, facecolor=filled, edgecolor=color, linewidth=0.5, zorder=3.5))


def _legend(rows: Sequence[MechanismRow]) -> list[Group]:
    """What the lines and the boxes that are drawn mean."""
    signs, effects = {row.sign for row in rows}, {row.effect for row in rows if not row.sign}
    lines = [(words, _sample(SIGNS[sign][0], head)) for sign, words, head in _SIGNED if sign in signs]
    if any(row.basis != "stated" for row in rows):
        lines.append(("dashed: read from what inhibition does", _sample(palette.TEXT, "", dashed=True)))
    grey = [(effect, _sample(SIGNS[0][0], head)) for effect, head in HEADS.items() if effect in effects]
    kinds = {kind for row in rows for kind in (row.source_kind, row.target_kind)}
    boxes: dict[str, Swatch] = {}
    for kind in KINDS:
        if kind in kinds:
            boxes.setdefault(_KIND_WORDS.get(kind, kind), _box_sample(kind))
    groups = [Group("effect", tuple(lines)), Group("grey", tuple(grey)), Group("boxes", tuple(boxes.items()))]
    return [group for group in groups if group.items]


_SIGNED = tuple((sign, SIGNS[sign][1], head) for sign, head in ((1, "arrow"), (-1, "bar")))
_KIND_WORDS = {
    "family": "family or complex", "complex": "family or complex", "RNA": "RNA or molecule", "molecule": "RNA or molecule",
    "drug": "drug or cancer", "cancer": "drug or cancer",
}  # fmt: skip


def _sample(color: str, head: str, *, dashed: bool = False) -> Swatch:
    def draw(panel: Canvas, x: float, y: float) -> None:
        if not head:
            panel.line((x, x + SAMPLE), (y, y), color=color, lw=0.7, linestyle=(0, (3, 1.5)))
            return
        points = [(mm, y) for mm in (x, x + 2, x + 3, x + SAMPLE)]
        _draw_arrow(panel.ax, points, color, head, dashed=dashed, font=panel.font)

    return draw


def _box_sample(kind: str) -> Swatch:
    return lambda panel, x, y: _draw_box(panel.ax, f"key-{kind}", Box((), x + 2.5, y, 4.0, 2.6), kind, panel.font)


def _caption(figures: Sequence[str], rows: Sequence[MechanismRow], review: str) -> str:
    """Whose claims these are, and how to read the lines."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    if len(figures) > 1:
        of = "; ".join(f"{letter}, {name}" for letter, name in zip(letters, figures, strict=False))
        subject = f"Panels take the subjects of the review's figures ({of}), under its section titles"
    else:
        subject = f"The subject is that of the review's {figures[0]}"
    parts = [
        f"{len(rows)} mechanisms as {review} states them in its text and captions; its drawings are not copied. {subject}.",
        "A line joins all statements of one effect between two nodes, whatever cancer or cell they are of.",
        "Solid: stated of the source itself.",
    ]
    if any(row.basis != "stated" for row in rows):
        parts.append("Dashed: the review says what inhibiting the source does, and the effect is turned round.")
    if any(row.sign == 0 for row in rows):
        parts.append("Grey: the review says that one acts on the other, but not whether it gives more or less of it.")
    parts.append("Genes by HGNC symbol, in italics.")
    return " ".join(parts)
