"""Lanes of the evidence figure: for each table regions as bars with words, residues as dots, and counts in the margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from axlstruct.evidence.positions import Tied
from axlstruct.figures.paper import layout
from axlstruct.figures.paper.millimetres import SMALL, Align, text_height, write
from axlstruct.figures.paper.panel import Panel
from axlstruct.scene import palette
from axlstruct.sequence.features import Span

LANES = {
    "gene": "gene and exons", "sites": "curated sites", "affinity": "affinities", "partners": "partners",
    "regulation": "regulation", "mechanisms": "mechanisms", "expression": "expression", "resistance": "drug resistance",
    "agents": "agents", "trials": "clinical trials",
}  # fmt: skip
"""Names of the tables in the figure, in the order of the lanes: from what binds to what is given."""

BAR, PITCH, DOTS, GAP = 3.2, 3.9, 5.2, 1.6
"""Height of a bar, distance of two, height of a row of dots, and distance of two lanes, in millimetres."""

NEAR = 9.0
"""Millimetres that a label may stand aside of its dot."""

TONE = "#3E5573"
"""One hue for all: what differs is said in words, and how many by lightness and number."""


@dataclass(frozen=True)
class Bar:
    """Rows of one kind on one region; ``spans`` are its stretches on this protein."""

    spans: tuple[Span, ...]
    count: int
    texts: tuple[str, ...]
    """What to write, the longest first."""


@dataclass(frozen=True)
class Lane:
    """One evidence table on one protein.

    Attributes
    ----------
    table : str
    total : int
        Rows of the whole table.
    bars : tuple of Bar
    dots : tuple of (int, int)
        Position and rows that name it.
    whole, nowhere : int or None
        Rows on the receptor as a whole and on no part of a protein; None where the margin is not this protein's.
    """

    table: str
    total: int
    bars: tuple[Bar, ...]
    dots: tuple[tuple[int, int], ...]
    whole: int | None
    nowhere: int | None


def lanes_of(tied: Sequence[Tied], protein: str, *, margin: bool) -> list[Lane]:
    """Lanes of one protein; a table without anything for it, or for its margin, has none."""
    lanes = []
    for table in LANES:
        own = [item for item in tied if item.table == table]
        drawn = [item for item in own if not (item.whole or item.nowhere) and any(at.protein == protein for at in item.stretches)]
        whole, nowhere = sum(i.count for i in own if i.whole), sum(i.count for i in own if i.nowhere)
        if not drawn and not (margin and (whole or nowhere)):
            continue
        dots: dict[int, int] = {}
        for item in drawn:
            for at in item.stretches if item.by_residue else ():
                if at.protein == protein:
                    dots[at.span.first] = dots.get(at.span.first, 0) + item.count
        lanes.append(
            Lane(
                table, sum(item.count for item in own), _bars([item for item in drawn if not item.by_residue], protein),
                tuple(sorted(dots.items())), whole if margin else None, nowhere if margin else None,
            )
        )  # fmt: skip
    return lanes


def _bars(items: Sequence[Tied], protein: str) -> tuple[Bar, ...]:
    """A bar for each region and kind, in the order of the regions, the larger before the smaller."""
    bars = []
    for item in items:
        spans = tuple(at.span for at in item.stretches if at.protein == protein)
        start, names = f"{item.count} × {item.kind}", list(item.names)
        texts = [f"{start}: {', '.join(names[:n])}{', …' if n < len(names) else ''}" for n in range(len(names), 0, -1)]
        bars.append(Bar(spans, item.count, (*texts, start, str(item.count))))
    return tuple(sorted(bars, key=lambda bar: (bar.spans[0].first, -bar.count)))


def draw_lane(panel: Panel, y: float, lane: Lane, margin: float | None, *, total: bool = True) -> float:
    """Draw one table at a height in millimetres, its margin counts at a distance; returns the height at which the next begins.

    ``total`` writes the table's rows behind its name: once in a figure, for they are those of all proteins.
    """
    top = y
    y = _draw_bars(panel, y, lane)
    if lane.dots:
        _draw_dots(panel, y + DOTS / 2, lane)
        y += DOTS
    y = max(y, top + PITCH)
    middle = (top + y) / 2
    panel.label(middle, LANES[lane.table] + f" ({lane.total})" * total)
    if margin is not None:
        for at, count in ((margin + 7.5, lane.whole), (margin + 19.0, lane.nowhere)):
            write(
                panel.ax, panel.x(at), middle, str(count) if count else "–", font=panel.font,
                color=palette.TEXT if count else palette.MUTED,
            )  # fmt: skip
    reach = panel.x(margin + 25.0) if margin is not None else len(panel.protein) + 0.5
    panel.line((0.5, reach), (y + GAP / 2, y + GAP / 2), lw=0.4, color=palette.FAINT, zorder=0.5)
    return y + GAP


def _draw_bars(panel: Panel, y: float, lane: Lane) -> float:
    """Bars with their words inside, or beside where they do not fit; none overlap."""
    if not lane.bars:
        return y
    placed = [_place(panel, bar) for bar in lane.bars]
    levels = layout.levels([(left, right) for left, right, *_ in placed], gap=1.0)
    for bar, (_, _, text, at, align), level in zip(lane.bars, placed, levels, strict=True):
        low = y + level * PITCH + (PITCH - BAR) / 2
        color = palette.tint(TONE, min(0.14 + 0.1 * bar.count**0.5, 0.62))
        for span in bar.spans:
            gid = panel.gid(lane.table, bar.texts[-2], at=span)
            panel.box(span.first - 0.5, low, span.last + 0.5, low + BAR, facecolor=color, edgecolor=TONE, linewidth=0.5, gid=gid)
        if len(bar.spans) > 1:
            panel.line((bar.spans[0].last, bar.spans[-1].first), (low + BAR / 2,) * 2, lw=0.6, color=TONE, zorder=0.9)
        inside = align == "center"
        write(
            panel.ax, panel.x(at), low + BAR / 2, text, size=SMALL, font=panel.font, align=align,
            color=palette.text_color(color) if inside else palette.TEXT,
        )  # fmt: skip
    return y + (max(levels) + 1) * PITCH


def _place(panel: Panel, bar: Bar) -> tuple[float, float, str, float, Align]:
    """Left and right end in millimetres of a bar with its words, the words, where they stand, and how they are aligned.

    Words that name what acts stand inside, else beside; where there is no room for a name, the kind does.
    """
    left, right = panel.mm(bar.spans[0].first - 1), panel.mm(bar.spans[-1].last)
    inside = (left, right, (left + right) / 2, right - left - 1.6 if len(bar.spans) == 1 else 0.0)
    *named, kind, count = bar.texts
    for texts in (named[:1], named, [kind, count]):
        for text in texts:
            width = panel.width(text, SMALL)
            if width <= inside[3]:
                return left, right, text, inside[2], "center"
        for text in texts:
            width = panel.width(text, SMALL) + 1.2
            if right + width <= panel.room:
                return left, right + width, text, right + 1.0, "left"
            if left - width >= 0:
                return left - width, right, text, left - 1.0, "right"
    return left, right, count, inside[2], "center"


def _draw_dots(panel: Panel, middle: float, lane: Lane) -> None:
    """A dot for each residue, larger for more rows; labelled where every label finds place near its dot."""
    letters = [f"{panel.protein.letter(position)}{position}" for position, _ in lane.dots]
    names = [name if count == 1 else f"{name} ×{count}" for name, (_, count) in zip(letters, lane.dots, strict=True)]
    widths = [panel.width(name, SMALL) for name in names]
    wanted = [panel.at(position) for position, _ in lane.dots]
    places = layout.spread(wanted, widths, -2.0, panel.mm(len(panel.protein)) + 2.0, gap=1.2)
    labelled = max(abs(at - want) for at, want in zip(places, wanted, strict=True)) < NEAR
    dot = middle + (text_height(SMALL) / 2 if labelled else 0.0)
    most = max(count for _, count in lane.dots)
    for position, count in lane.dots:
        panel.ax.plot(
            [position], [dot], marker="o", markersize=2.2 + 2.6 * ((count - 1) / max(most - 1, 1)) ** 0.5, color=TONE,
            markeredgewidth=0.4, markeredgecolor="#FFFFFF", clip_on=False, zorder=2, gid=panel.gid(lane.table, at=position),
        )  # fmt: skip
    if labelled:
        for (position, _), name, at in zip(lane.dots, names, places, strict=True):
            leader = panel.gid("leader", at=position)
            panel.line((position, panel.x(at)), (dot - 0.8, dot - 1.5), lw=0.4, color=palette.MUTED, zorder=1, gid=leader)
            write(panel.ax, panel.x(at), dot - 2.6, name, size=SMALL, font=panel.font, color=palette.MUTED)
        return
    largest = [name for name, (_, count) in zip(letters, lane.dots, strict=True) if count == most]
    text = f"{len(lane.dots)} residues; most rows ({most}): {', '.join(largest)}"
    after = panel.mm(lane.dots[-1][0]) + 2.0
    if after + panel.width(text, SMALL) <= panel.room:
        write(panel.ax, panel.x(after), dot, text, size=SMALL, font=panel.font, align="left", color=palette.MUTED)
