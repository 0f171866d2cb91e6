"""The domain with its landmarks, its tyrosines and its spines, along the sequence."""

from __future__ import annotations

from collections.abc import Sequence

from axlstruct.figures.kinase.picture import head_of
from axlstruct.figures.paper import layout
from axlstruct.figures.paper.millimetres import SMALL, text_height, text_width, write
from axlstruct.figures.paper.panel import Panel
from axlstruct.kinase import reference as ref
from axlstruct.kinase.landmarks import Kinase, Landmark
from axlstruct.kinase.tyrosines import TyrosineRow
from axlstruct.scene import palette

BOX = 6.0
"""Height of the domain's box in millimetres."""

STRETCHES = {ref.LOOP: "#8E6BB0", ref.HINGE: "#C78F2C", ref.HRD: "#2F7FB5", ref.DFG: "#B3402A", ref.APE: "#5A7A3A"}
"""Colours of the stretches that are marked on the domain."""

SHOWN = (ref.LOOP, ref.LYSINE, ref.GLUTAMATE, ref.GATEKEEPER, ref.HINGE, ref.HRD, ref.DFG, ref.ACTIVATION_LOOP, ref.APE)
GREEK = {ref.LYSINE: "β3", ref.GLUTAMATE: "αC"}
SPINES = ("R-spine", "C-spine")
LOOP_TINT = "#F4D9D2"


def draw_tyrosines(panel: Panel, rows: Sequence[TyrosineRow], y: float) -> float:
    """Heads of the tyrosines with their names, spread until none touch, and stems to the domain; returns its upper edge."""
    labels = [f"{row.residue}{row.position}" for row in rows]
    widths = [text_width(label, SMALL, panel.font, bold=True) for label in labels]
    heads = layout.spread([panel.at(row.position) for row in rows], widths, -2.0, panel.length + 2.0, gap=0.8)
    head = y + text_height(SMALL) + 1.3
    base = head + 5.5
    for row, label, mm in zip(rows, labels, heads, strict=True):
        x, look = panel.x(mm), head_of(row, panel.protein)
        panel.line((row.position, row.position, x, x), (base + BOX / 2, base - 1.0, head + 2.0, head), lw=0.5, zorder=1.4,
                   gid=panel.gid("stem", at=row.position))  # fmt: skip
        panel.ax.plot(
            [x], [head], marker="o", markersize=look.size, markerfacecolor=look.fill, markeredgecolor=look.edge,
            markeredgewidth=0.7, clip_on=False, zorder=3, gid=panel.gid("tyrosine", f"{row.residue}{row.position}"),
        )  # fmt: skip
        write(panel.ax, x, head - 2.2, label, size=SMALL, font=panel.font, bold=bool(row.site))
    return base


def draw_domain(panel: Panel, kinase: Kinase, y: float) -> float:
    """The domain with its landmarks, and their names below on as many lines as they need."""
    middle, (first, last) = y + BOX / 2, (panel.first - 0.5, panel.last + 0.5)
    panel.label(middle, kinase.domain.label)
    panel.line((first, last), (middle, middle), lw=1.8, color="#757575", zorder=1.5)
    color = palette.domain_colors([kinase.domain.name])[kinase.domain.name]
    span = kinase.domain.span
    panel.box(span.first - 0.5, y, span.last + 0.5, y + BOX, facecolor=color, edgecolor=palette.TEXT, linewidth=0.6, zorder=2,
              gid=panel.gid("domain", at=span))  # fmt: skip
    marks = [mark for mark in kinase.landmarks if mark.name in SHOWN and mark.span]
    for mark in marks:
        _mark(panel, mark, y)
    marks.sort(key=_middle)
    centres = [panel.at(_middle(mark)) for mark in marks]
    texts = [_words(mark) for mark in marks]
    widths = [panel.width(text, SMALL) for text in texts]
    tier_of, places = layout.tiers(centres, widths, -2.0, panel.length + 2.0, gap=1.5, near=9.0)
    for mark, at, text, tier, mm in zip(marks, centres, texts, tier_of, places, strict=True):
        low = y + BOX + 1.6 + tier * text_height(SMALL) * 1.15
        panel.line(
            (panel.x(at), panel.x(at), panel.x(mm)), (y + BOX, y + BOX + 0.5, low + 0.3), lw=0.4, color=palette.MUTED, zorder=1
        )
        drawn = write(panel.ax, panel.x(mm), low + text_height(SMALL) / 2, text, size=SMALL, font=panel.font)
        drawn.set(fontstyle="normal" if mark.origin == "data" else "italic", gid=panel.gid("landmark", mark.name))
        drawn.set_bbox({"facecolor": "#FFFFFF", "edgecolor": "none", "pad": 0.2})
    return y + BOX + 2.6 + (max(tier_of, default=0) + 1) * text_height(SMALL) * 1.15


def _mark(panel: Panel, mark: Landmark, y: float) -> None:
    assert mark.span is not None
    left, right = mark.span.first - 0.5, mark.span.last + 0.5
    gid = panel.gid("mark", mark.name, at=mark.span)
    if mark.name == ref.ACTIVATION_LOOP:
        panel.box(left, y + 0.15, right, y + BOX - 0.15, facecolor=LOOP_TINT, zorder=2.1, gid=gid)
    elif mark.name in STRETCHES:
        panel.box(left, y + 0.15, right, y + BOX - 0.15, facecolor=STRETCHES[mark.name], zorder=2.3, gid=gid)
    else:
        panel.line((mark.span.first,) * 2, (y, y + BOX), lw=1.3, zorder=2.4, gid=gid)


def _middle(mark: Landmark) -> float:
    assert mark.span is not None
    return (mark.span.first + mark.span.last) / 2


def _words(mark: Landmark) -> str:
    assert mark.span is not None
    if len(mark.span) == 1:
        name = GREEK.get(mark.name, mark.name)
        return f"{name} {mark.letters}{mark.span}"
    if mark.name in {ref.ACTIVATION_LOOP, ref.LOOP}:
        return f"{mark.name} {mark.span.first}–{mark.span.last}"
    return f"{mark.name} ({mark.letters})" if mark.name == ref.APE and mark.letters != ref.APE else mark.name


def draw_spine(panel: Panel, kinase: Kinase, spine: str, y: float) -> float:
    """One spine: a dot for each of its residues, named below."""
    marks = [mark for mark in kinase.landmarks if mark.name.startswith(spine) and mark.span]
    if not marks:
        return y
    places = sorted((p, kinase.protein.letter(p)) for mark in marks if mark.span for p in mark.span)
    middle = y + 1.2
    panel.label(middle, spine)
    panel.line((places[0][0], places[-1][0]), (middle, middle), lw=0.5, color=palette.MUTED, zorder=1)
    color = "#B3402A" if spine == SPINES[0] else "#0B6475"
    panel.ax.plot(
        [p for p, _ in places], [middle] * len(places), ls="", marker="o", ms=3.4, mfc=color, mec="#FFFFFF", mew=0.3,
        clip_on=False, zorder=2, gid=panel.gid(spine),
    )  # fmt: skip
    groups = _runs(places)
    texts = [f"{run[0][1]}{run[0][0]}" if len(run) == 1 else f"{run[0][0]}–{run[-1][0]}" for run in groups]
    at = layout.spread(
        [panel.at((run[0][0] + run[-1][0]) / 2) for run in groups], [panel.width(t, SMALL) for t in texts], -2.0,
        panel.length + 2.0, gap=0.8,
    )  # fmt: skip
    for text, mm in zip(texts, at, strict=True):
        write(panel.ax, panel.x(mm), middle + 2.4, text, size=SMALL, font=panel.font, color=palette.MUTED)
    return y + 5.2


def _runs(places: Sequence[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    runs: list[list[tuple[int, str]]] = []
    for place in places:
        if runs and place[0] == runs[-1][-1][0] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs
