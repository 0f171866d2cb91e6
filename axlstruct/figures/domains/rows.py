"""Rows of what is known along a sequence: topology, sites, domains, disulfides, exons.

Each function draws at a height, in millimetres from the top, and returns the height at which the next may begin.
"""

from __future__ import annotations

from itertools import pairwise

from axlstruct.figures.paper import layout
from axlstruct.figures.paper.millimetres import BODY, SMALL, TITLE, text_height, write
from axlstruct.figures.paper.panel import Panel
from axlstruct.scene import palette
from axlstruct.scene.tracks import box_label, boxed, marked_sites, role_fills
from axlstruct.sequence.features import Span
from axlstruct.sequence.target import Protein

BOX, SLIM = 6.6, 4.6
"""Heights in millimetres of a domain's box, and of the box of a signal peptide or a membrane segment."""


def draw_topology(panel: Panel, y: float) -> float:
    """Brackets over extracellular and cytoplasmic parts; a part that is too short for its name has none."""
    shown = [f for f in panel.protein.features_of("region") if panel.width(f.name) + 4 < panel.mm(len(f.span))]
    for feature in shown:
        left, right = feature.span.first - 0.5, feature.span.last + 0.5
        middle, half = (left + right) / 2, (panel.width(feature.name) / 2 + 1) * panel.per_mm
        for xs in ((left, middle - half), (middle + half, right)):
            panel.line(xs, (y + 1.5, y + 1.5), lw=0.5, color=palette.MUTED)
        for x in (left, right):
            panel.line((x, x), (y + 0.9, y + 2.1), lw=0.5, color=palette.MUTED)
        write(panel.ax, middle, y + 1.5, feature.name, font=panel.font, italic=True, color=palette.MUTED)
    return y + 4.4 if shown else y


def draw_sites(panel: Panel, y: float) -> float:
    """Heads of sites and glycans, spread until no labels touch, and their bent stems down to the backbone."""
    marks = marked_sites(panel.protein)
    if not marks:
        return y
    end, labels = panel.mm(len(panel.protein)), [label for _, label, _ in marks]
    widths, upright, shown = [panel.width(label, SMALL) for label in labels], 0.0, True
    low, high = -1.0, max(end + 1.0, min(panel.room, 12.0))
    if not layout.fits(widths, high - low, gap=1.0):
        upright, widths = max(widths), [text_height(SMALL)] * len(marks)
        shown = layout.fits(widths, high - low, gap=0.1)
        if not shown:
            upright, widths = 0.0, [1.5] * len(marks)
    heads = layout.spread([panel.at(p) for p, _, _ in marks], widths, low, high, gap=0.1 if upright or not shown else 1.0)
    head = y + (upright or text_height(SMALL)) * shown + 1.3
    fills, base = role_fills(panel.protein), head + 5.4
    for (position, label, role), mm in zip(marks, heads, strict=True):
        x, glycan = panel.x(mm), role == "glycosylation"
        top = base + BOX / 2 - _half_height(panel.protein, position)
        stem = panel.gid("stem", at=position)
        panel.line((position, position, x, x), (top, base - 1.2, head + 2.0, head), lw=0.5, zorder=1.4, gid=stem)
        panel.ax.plot(
            [x],
            [head],
            marker="s" if glycan else "o",
            markersize=3.4 if glycan else 4.2,
            markerfacecolor=palette.GLYCAN if glycan else fills[role],
            markeredgecolor=palette.TEXT,
            markeredgewidth=0.5 if glycan else 0.7,
            clip_on=False,
            zorder=3,
            gid=panel.gid("site", label),
        )
        if shown:
            above = (upright / 2 if upright else text_height(SMALL) / 2) + 0.95
            write(panel.ax, x, head - above, label, size=SMALL, font=panel.font, rotation=90.0 if upright else 0.0)
    return base


def _half_height(protein: Protein, position: int) -> float:
    box = next((f for f, _ in boxed(protein) if position in f.span), None)
    return 0.0 if box is None else (BOX if box.kind == "domain" else SLIM) / 2


def draw_domains_row(panel: Panel, y: float) -> float:
    """Boxes on the backbone, and under them a bracket for each disulfide; a label that does not fit inside stands below."""
    from matplotlib.patches import FancyBboxPatch

    protein, middle, bottom = panel.protein, y + BOX / 2, y + BOX
    panel.label(middle - 1.3, protein.name, size=TITLE, bold=True)
    panel.label(middle + 1.9, protein.accession, size=SMALL, color=palette.MUTED)
    panel.line((0.5, len(protein) + 0.5), (middle, middle), lw=1.8, color="#757575", zorder=1.5)
    below: list[tuple[float, str]] = []
    for feature, color in boxed(protein):
        left, width = feature.span.first - 0.5, float(len(feature.span))
        height = BOX if feature.kind == "domain" else SLIM
        style = f"round,pad=0,rounding_size={min(0.7 * panel.per_mm, width / 2.01)}"
        panel.ax.add_artist(
            FancyBboxPatch(
                (left, middle - height / 2),
                width,
                height,
                boxstyle=style,
                mutation_aspect=1 / panel.per_mm,
                facecolor=color,
                edgecolor=palette.TEXT,
                linewidth=0.6,
                clip_on=False,
                zorder=2,
                gid=panel.gid("domain", at=feature.span),
            )
        )
        label, room = box_label(feature), panel.mm(width)
        size = next((s for s in (8.0, BODY, SMALL) if panel.width(label, s) + s / 8 <= room), None)
        lines = layout.two_lines(label)
        if size is None and max(panel.width(line, SMALL) for line in lines) + 0.8 <= room and len(lines) == 2 and height >= BOX:
            for line, shift in zip(lines, (-1.3, 1.3), strict=True):
                write(
                    panel.ax, left + width / 2, middle + shift, line, size=SMALL, font=panel.font, color=palette.text_color(color)
                )
        elif size is None:
            below.append((panel.at(feature.span.first + (width - 1) / 2), label))
        else:
            write(panel.ax, left + width / 2, middle, label, size=size, font=panel.font, color=palette.text_color(color))
    under = _draw_disulfides(panel, bottom)
    bonds = [(panel.at(f.span.first), panel.at(f.span.last)) for f in protein.features_of("disulfide")]
    halves = [(at - panel.width(label, SMALL) / 2 - 1, at + panel.width(label, SMALL) / 2 + 1) for at, label in below]
    meet = any(first < right and left < last for first, last in bonds for left, right in halves)
    crowded = any(a[1] > b[0] for a, b in pairwise(halves))
    return max(under, _labels_below(panel, under if meet or crowded else bottom, below))


def _labels_below(panel: Panel, y: float, labels: list[tuple[float, str]]) -> float:
    if not labels:
        return y
    widths = [panel.width(label, SMALL) for _, label in labels]
    end = max(panel.mm(len(panel.protein)) + 2.0, min(panel.room, widths[0] + 2))
    tier_of, places = layout.tiers([at for at, _ in labels], widths, -2.0, end, gap=1.5)
    for (at, label), tier, mm in zip(labels, tier_of, places, strict=True):
        top = y + 1.0 + tier * text_height(SMALL)
        if tier or abs(mm - at) > 0.3:
            panel.line((panel.x(at), panel.x(mm)), (y, top + 0.2), lw=0.4, color=palette.MUTED, zorder=1)
        text = write(panel.ax, panel.x(mm), top + text_height(SMALL) / 2, label, size=SMALL, font=panel.font, color=palette.MUTED)
        text.set_bbox({"facecolor": "#FFFFFF", "edgecolor": "none", "pad": 0.3})
    return y + 1.0 + (max(tier_of) + 1) * text_height(SMALL)


def _draw_disulfides(panel: Panel, y: float) -> float:
    bonds = panel.protein.features_of("disulfide")
    if not bonds:
        return y
    stack = layout.levels([(f.span.first, f.span.last) for f in bonds], gap=0.6 * panel.per_mm)
    pitch = 0.9
    for bond, level in zip(bonds, stack, strict=True):
        left, right, low = bond.span.first, bond.span.last, y + 1.5 + level * pitch
        panel.line(
            (left, left, right, right),
            (y + 0.5, low, low, y + 0.5),
            lw=0.7,
            color=palette.DISULFIDE,
            gid=panel.gid("bond", at=bond.span),
        )
    return y + 2.2 + max(stack) * pitch


def _residues(coding: Span) -> Span:
    """Residues that coding nucleotides reach, split codons included."""
    return Span((coding.first + 2) // 3, (coding.last + 2) // 3)


def draw_exons(panel: Panel, y: float) -> float:
    """Coding exons at the third of a residue; where an exon junction splits a codon, a notch in both."""
    exons = [(exon, exon.coding) for exon in panel.protein.exons if exon.coding]
    if not exons:
        return y
    height, below = 3.8, []
    panel.label(y + height / 2, "coding exons")
    for exon, coding in exons:
        left, right = (coding.first - 1) / 3 + 0.5, coding.last / 3 + 0.5
        color, label = palette.exon_color(exon.number), str(exon.number)
        panel.box(left, y, right, y + height, facecolor=color, gid=panel.gid("exon", exon.number, at=_residues(coding)), zorder=2)
        if coding.first > 1:
            panel.line((left, left), (y, y + height), lw=0.7, color="#FFFFFF", zorder=2.1)
            if exon.phase:
                panel.ax.plot(
                    [left],
                    [y - 0.55],
                    marker="v",
                    markersize=2.3,
                    color=palette.TEXT,
                    mew=0,
                    clip_on=False,
                    gid=panel.gid("split", exon.number, at=(coding.first + 2) // 3),
                )
        if panel.width(label, BODY) + 0.5 <= panel.mm(right - left):
            write(panel.ax, (left + right) / 2, y + height / 2, label, font=panel.font, color=palette.text_color(color))
        else:
            below.append((panel.at((left + right) / 2), label))
    return _labels_below(panel, y + height - 0.4, below)
