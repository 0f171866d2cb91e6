"""Mechanisms drawn in columns, a panel for each figure of the review: who acts on whom, with colour and arrow by effect."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from axlstruct import palette
from axlstruct.errors import UsageError
from axlstruct.evidence import MechanismRow
from axlstruct.figures.ink import BODY, MM, SMALL, TITLE, text_height, text_width, write
from axlstruct.mechanism_graph import ends, is_waypoint, routed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIGNS = {
    1: ("#0072B2", "arrow", "more (of a drug: resistance)"),
    -1: ("#D55E00", "bar", "less"),
    0: ("#767676", "arrow", "acts on, no direction said"),
}
"""Colour, arrow head and meaning of an edge by its sign."""
KINDS = {
    "gene": "#FFFFFF", "family": "#EDEDED", "complex": "#EDEDED", "RNA": "#F0E6A2", "process": "#DCEBF5", "molecule": "#F0E6A2",
    "cell": "#E3EED9", "drug": "#F6DDD0", "cancer": "#F6DDD0",
}  # fmt: skip
_MARGIN, _GAP, _BETWEEN, _LINE = 4.0, 13.0, 1.6, 17
"""Millimetres around a panel, between columns and between boxes; letters in a line of a label."""


@dataclass(frozen=True)
class Box:
    """A node on paper: lines of its label, middle, width and height in millimetres, y downwards."""

    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float


def place_boxes(columns: Sequence[Sequence[str]], top: float) -> tuple[dict[str, Box], float, float]:
    """Boxes of the nodes, column by column, each column centred; right edge and lower edge of all."""
    boxes: dict[str, Box] = {}
    sized = [[_lines(name) for name in column] for column in columns]
    tall = [sum(_height(lines) + _BETWEEN for lines in column) for column in sized]
    left = _MARGIN
    for names, column, height in zip(columns, sized, tall, strict=True):
        width = max((text_width(line, SMALL) for lines in column for line in lines), default=0.0) + 2.4
        y = top + (max(tall) - height) / 2
        spare = (max(tall) - height) / (len(column) + 1) if len(column) > 1 else 0.0
        y = top + spare if spare else y
        for name, lines in zip(names, column, strict=True):
            boxes[name] = Box(lines, left + width / 2, y + _height(lines) / 2, width, _height(lines))
            y += _height(lines) + _BETWEEN + spare
        left += width + _GAP
    return boxes, left - _GAP, top + max(tall)


def draw_mechanisms(rows: Sequence[MechanismRow], figure: str | None = None) -> Figure:
    """Mechanisms as a layered graph.

    Parameters
    ----------
    rows : sequence of MechanismRow
    figure : str, optional
        Only the panel of one figure of the review, such as ``Fig. 4``.

    Returns
    -------
    matplotlib.figure.Figure
        One axis, in millimetres with y downwards.

    Raises
    ------
    UsageError
        No row of that figure.
    """
    from matplotlib.figure import Figure

    panels = {name: [row for row in rows if row.figure == name] for name in sorted({row.figure for row in rows})}
    if figure is not None:
        if figure not in panels:
            raise UsageError(f"no mechanism of {figure!r}", expected=", ".join(panels))
        panels = {figure: panels[figure]}
    top, right = _MARGIN, 120.0
    placed: list[tuple[str, float, list[MechanismRow], dict[str, Box], dict[tuple[str, str], list[str]]]] = []
    for name, edges in panels.items():
        columns, ways = routed([ends(row) for row in edges])
        boxes, edge, bottom = place_boxes(columns, top + 7)
        placed.append((name, top, edges, boxes, ways))
        top, right = bottom + 6, max(right, edge)
    width, height = right + _MARGIN, top + 12
    fig = Figure(figsize=(width / MM, height / MM))
    ax = fig.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.axis("off")
    for name, y, edges, boxes, ways in placed:
        sections = ", ".join(dict.fromkeys(row.section for row in edges if not row.section.startswith("Fig.")))
        write(ax, _MARGIN, y + 2, name, size=TITLE, align="left", bold=True)
        write(ax, _MARGIN + text_width(name, TITLE, bold=True) + 2.5, y + 2, sections, align="left", color=palette.MUTED)
        _draw_edges(ax, edges, boxes, ways)
        kinds = {end: kind for row in edges for end, kind in zip(ends(row), (row.source_kind, row.target_kind), strict=True)}
        for node, kind in kinds.items():
            _draw_box(ax, node, boxes[node], kind)
    _draw_key(ax, top)
    return fig


def _lines(name: str) -> tuple[str, ...]:
    """A node's label; a waypoint has none."""
    return () if is_waypoint(name) else tuple(textwrap.wrap(name, _LINE, break_long_words=False))


def _height(lines: Sequence[str]) -> float:
    return len(lines) * text_height(SMALL) + 1.6


def _draw_box(ax: Axes, node: str, box: Box, kind: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    style = "round,pad=0,rounding_size=0.9" if kind in {"process", "cell"} else "round,pad=0,rounding_size=0.1"
    left, top = box.x - box.width / 2, box.y - box.height / 2
    ax.add_patch(
        FancyBboxPatch(
            (left, top), box.width, box.height, boxstyle=style, facecolor=KINDS[kind], edgecolor=palette.INK, linewidth=0.5,
            zorder=3, gid=f"node-{node.replace(' ', '_')}",
        )
    )  # fmt: skip
    step = text_height(SMALL)
    for index, line in enumerate(box.lines):
        y = box.y + (index - (len(box.lines) - 1) / 2) * step
        write(ax, box.x, y, line, size=SMALL, italic=kind == "gene").set_zorder(4)


def _draw_edges(
    ax: Axes, rows: Sequence[MechanismRow], boxes: Mapping[str, Box], ways: Mapping[tuple[str, str], list[str]]
) -> None:
    """One line for all edges of a sign between two nodes; dashed where all are read from inhibition."""
    merged: dict[tuple[str, str, int], list[MechanismRow]] = {}
    for row in rows:
        merged.setdefault((*ends(row), row.sign), []).append(row)
    drawn: dict[tuple[str, str], int] = {}
    for (source, target, sign), edges in merged.items():
        shift = 0.9 * drawn.get((source, target), 0)  # a second sign between the same two runs beside the first
        drawn[source, target] = drawn.get((source, target), 0) + 1
        way = [boxes[name] for name in ways.get((source, target), ())]
        points = _along(way, shift) if way else _back(boxes[source], boxes[target])
        _draw_arrow(ax, points, sign, dashed=all(edge.basis != "stated" for edge in edges))


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
    """Control points of an edge that runs back, under the boxes."""
    start, end = (source.x, source.y + source.height / 2), (target.x, target.y + target.height / 2)
    low = max(start[1], end[1]) + 5.0
    return [start, (start[0], low), (end[0], low), end]


def _draw_arrow(ax: Axes, points: Sequence[tuple[float, float]], sign: int, *, dashed: bool) -> None:
    from matplotlib.patches import PathPatch, Polygon
    from matplotlib.path import Path

    color, head, _ = SIGNS[sign]
    codes = [Path.MOVETO] + [Path.CURVE4] * (len(points) - 1)
    (x0, y0), (x, y) = points[-2:]
    length = math.hypot(x - x0, y - y0)
    along, across = ((x - x0) / length, (y - y0) / length), ((y0 - y) / length, (x - x0) / length)

    def at(back: float, aside: float) -> tuple[float, float]:
        return x - back * along[0] + aside * across[0], y - back * along[1] + aside * across[1]

    tip = 0.7 if head == "bar" else 1.2
    line = Path([*points[:-1], at(tip, 0.0)], codes)
    style = (0, (3, 1.5)) if dashed else "-"
    ax.add_patch(PathPatch(line, facecolor="none", edgecolor=color, linewidth=0.7, linestyle=style, capstyle="butt", zorder=2))
    if head == "bar":
        ax.plot(*zip(at(tip, -0.9), at(tip, 0.9), strict=True), color=color, linewidth=1.0, zorder=3.5)
    else:
        shape = [at(0.0, 0.0), at(1.5, 0.55), at(1.5, -0.55)]
        ax.add_patch(Polygon(shape, closed=True, facecolor=color, linewidth=0.0, zorder=3.5))


def _draw_key(ax: Axes, top: float) -> None:
    x = _MARGIN
    for sign, (_, _, words) in SIGNS.items():
        _draw_arrow(ax, ((x, top), (x + 3, top), (x + 5, top), (x + 8, top)), sign, dashed=False)
        write(ax, x + 9.5, top, words, align="left")
        x += 13.5 + text_width(words, BODY)
    write(ax, x, top, "dashed: read from what inhibition does", align="left")
    x, y = _MARGIN, top + 5
    for kind in ("gene", "family", "process", "RNA", "cell", "drug"):
        words = {"family": "family or complex", "RNA": "RNA or molecule"}.get(kind, kind)
        _draw_box(ax, f"key-{kind}", Box((), x + 2, y, 4.0, 2.6), kind)
        write(ax, x + 5, y, words, align="left")
        x += 9.5 + text_width(words, BODY)
