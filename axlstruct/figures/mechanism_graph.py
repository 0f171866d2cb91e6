"""Mechanisms drawn in columns, a panel for each figure of the review: who acts on whom, with colour and arrow by effect."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from axlstruct import palette
from axlstruct.errors import UsageError
from axlstruct.evidence import MechanismRow
from axlstruct.figures.ink import BODY, MM, SMALL, TITLE, text_height, text_width, write
from axlstruct.mechanism_graph import ends, layers

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIGNS = {
    1: ("#0072B2", "-|>", "more (of a drug: resistance)"),
    -1: ("#D55E00", "-[", "less"),
    0: ("#767676", "-|>", "acts on, no direction said"),
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
        width = max(text_width(line, SMALL) for lines in column for line in lines) + 2.4
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
    placed: list[tuple[str, float, list[MechanismRow], dict[str, Box]]] = []
    for name, edges in panels.items():
        boxes, edge, bottom = place_boxes(layers([ends(row) for row in edges]), top + 7)
        placed.append((name, top, edges, boxes))
        top, right = bottom + 6, max(right, edge)
    width, height = right + _MARGIN, top + 12
    fig = Figure(figsize=(width / MM, height / MM))
    ax = fig.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.axis("off")
    for name, y, edges, boxes in placed:
        sections = ", ".join(dict.fromkeys(row.section for row in edges if not row.section.startswith("Fig.")))
        write(ax, _MARGIN, y + 2, name, size=TITLE, align="left", bold=True)
        write(ax, _MARGIN + text_width(name, TITLE, bold=True) + 2.5, y + 2, sections, align="left", color=palette.MUTED)
        _draw_edges(ax, edges, boxes)
        kinds = {end: kind for row in edges for end, kind in zip(ends(row), (row.source_kind, row.target_kind), strict=True)}
        for node, box in boxes.items():
            _draw_box(ax, node, box, kinds[node])
    _draw_key(ax, top)
    return fig


def _lines(name: str) -> tuple[str, ...]:
    return tuple(textwrap.wrap(name, _LINE, break_long_words=False))


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


def _draw_edges(ax: Axes, rows: Sequence[MechanismRow], boxes: dict[str, Box]) -> None:
    """One line for all edges of a sign between two nodes; dashed where all are read from inhibition."""
    merged: dict[tuple[str, str, int], list[MechanismRow]] = {}
    for row in rows:
        merged.setdefault((*ends(row), row.sign), []).append(row)
    for (source, target, sign), edges in merged.items():
        tail, head = boxes[source], boxes[target]
        forward, level = head.x - tail.x > 1, abs(head.x - tail.x) <= 1
        start = (tail.x + (tail.width if forward or level else -tail.width) / 2, tail.y)
        end = (head.x + (-head.width if forward else head.width) / 2, head.y)
        bend = 0.5 * max(abs(end[0] - start[0]), 6.0)
        inner = (start[0] + (bend if forward or level else -bend), start[1]), (end[0] + (-bend if forward else bend), end[1])
        _draw_arrow(ax, (start, *inner, end), sign, dashed=all(edge.basis != "stated" for edge in edges))


def _draw_arrow(ax: Axes, points: Sequence[tuple[float, float]], sign: int, *, dashed: bool) -> None:
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path

    color, head, _ = SIGNS[sign]
    shape: dict[str, Any] = {"arrowstyle": f"{head},widthB=2.0,lengthB=0" if head == "-[" else head, "mutation_scale": 5.0}
    if head == "-[":
        shape["mutation_scale"] = 1.4
    codes = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
    ax.add_patch(
        FancyArrowPatch(
            path=Path(list(points), codes), color=color, linewidth=0.7, linestyle=(0, (3, 1.5)) if dashed else "-",
            shrinkA=0, shrinkB=0, zorder=2 + 0.1 * sign, **shape,
        )
    )  # fmt: skip


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
