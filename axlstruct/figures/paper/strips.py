"""Bars of coding exons and of domains along a panel, cut to the stretch it shows."""

from __future__ import annotations

import math
from collections.abc import Sequence

from axlstruct.figures.paper import layout
from axlstruct.figures.paper.millimetres import SMALL, text_height, write
from axlstruct.figures.paper.panel import Panel
from axlstruct.scene import palette
from axlstruct.sequence.features import Span


def draw_strips(panel: Panel, y: float) -> float:
    """Bars of coding exons, at the third of a residue, and of domains, cut to the panel; returns where the next may begin."""
    protein = panel.protein
    exons = [
        ((exon.coding.first - 1) / 3 + 0.5, exon.coding.last / 3 + 0.5, palette.exon_color(exon.number), (str(exon.number),))
        for exon in protein.exons
        if exon.coding
    ]
    features = protein.features_of("domain")
    colors = palette.domain_colors(feature.name for feature in features)
    domains = [(f.span.first - 0.5, f.span.last + 0.5, colors[f.name], tuple(dict.fromkeys((f.name, f.label)))) for f in features]
    for name, kind, pieces in (("coding exons", "exon", exons), ("domains", "domain", domains)):
        if any(left < panel.last + 0.5 and right > panel.first - 0.5 for left, right, *_ in pieces):
            y = _draw_strip(panel, y, name, kind, pieces)
    return y


def _draw_strip(
    panel: Panel, y: float, name: str, kind: str, pieces: Sequence[tuple[float, float, str, tuple[str, ...]]]
) -> float:
    height, below = 3.4, []
    panel.label(y + height / 2, name)
    middle = y + height / 2
    panel.line((panel.x(0), panel.x(panel.length)), (middle, middle), lw=0.6, color=palette.FAINT, zorder=0.9)
    for left, right, color, names in pieces:
        first, last = max(left, panel.first - 0.5), min(right, panel.last + 0.5)
        if first >= last:
            continue
        shown = Span(math.floor(first + 0.5), math.ceil(last - 0.5))
        panel.box(first, y, last, y + height, facecolor=color, zorder=2, gid=panel.gid(kind, names[-1], at=shown))
        if left > panel.first - 0.5:
            panel.line((left, left), (y, y + height), lw=0.7, color="#FFFFFF", zorder=2.1)
        text = next((n for n in names if panel.width(n) + 0.6 <= panel.mm(last - first)), None)
        if text:
            write(panel.ax, (first + last) / 2, middle, text, font=panel.font, color=palette.text_color(color))
        elif (left, right) == (first, last):
            below.append((panel.mm((first + last) / 2 - panel.first + 0.5), names[-1]))
    if not below:
        return y + height + 0.7
    places = layout.spread([at for at, _ in below], [panel.width(t, SMALL) for _, t in below], -2.0, panel.length + 2.0, gap=1.0)
    for (at, text), mm in zip(below, places, strict=True):
        panel.line((panel.x(at), panel.x(mm)), (y + height, y + height + 0.8), lw=0.4, color=palette.MUTED)
        low = y + height + 0.9 + text_height(SMALL) / 2
        write(panel.ax, panel.x(mm), low, text, size=SMALL, font=panel.font, color=palette.MUTED)
    return y + height + 1.3 + text_height(SMALL)
