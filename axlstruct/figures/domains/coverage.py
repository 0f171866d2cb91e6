"""Rows of what structures show of a sequence: coverage by word, and residues that meet the partner."""

from __future__ import annotations

from axlstruct.figures.paper.millimetres import BODY, POINT, SMALL, write
from axlstruct.figures.paper.panel import Canvas, Panel
from axlstruct.scene import palette
from axlstruct.scene.tracks import CoverageTrack, InterfaceTrack
from axlstruct.sequence.target import Protein

PITCH, BAR = 3.5, 2.0
"""Distance of two rows, and height of a coverage bar, in millimetres."""


def draw_coverage(panel: Panel, y: float, row: CoverageTrack) -> float:
    """One structure: solid where observed, dotted where missing, named where the residue is another."""
    middle = y + PITCH / 2
    panel.label(middle, row.label)
    panel.line((0.5, len(panel.protein) + 0.5), (middle, middle), lw=0.5, color=palette.COVERAGE["not-in-construct"], zorder=0.8)
    for run in row.runs:
        gid = panel.gid(row.structure, *row.chains, run.word, at=run.span)
        draw_word(panel, middle, run.span.first - 0.5, run.span.last + 0.5, run.word, plddt=run.plddt, gid=gid)
    _note(panel, middle, row)
    return y + PITCH


def draw_word(
    panel: Canvas, middle: float, left: float, right: float, word: str, *, plddt: float | None = None, gid: str | None = None
) -> None:
    """Draw a stretch of one coverage word between two data coordinates."""
    color = palette.coverage_color(word)
    top, bottom = middle - BAR / 2, middle + BAR / 2
    match word:
        case "observed":
            panel.box(left, top, right, bottom, facecolor=color, gid=gid, zorder=2)
        case "predicted":
            shown = color if plddt is None else next(c for bound, c, _ in palette.PLDDT_BANDS if bound == plddt)
            panel.box(left, top, right, bottom, facecolor=shown, gid=gid, zorder=2)
        case "partial":
            panel.box(
                left,
                middle - BAR / 4,
                max(right, left + 0.5 * panel.per_mm),
                middle + BAR / 4,
                facecolor=color,
                gid=gid,
                zorder=2,
            )
        case "different":
            under = f"under-{gid}" if gid else None
            panel.box(left, top, right, bottom, facecolor=palette.coverage_color("observed"), zorder=2, gid=under)
            half = 0.2 * panel.per_mm
            centre = (left + right) / 2
            panel.box(centre - half, top - 0.5, centre + half, bottom + 0.5, facecolor=color, gid=gid, zorder=2.2)
        case "unobserved":
            panel.line((left, right), (middle, middle), lw=1.1, ls=(0, (0.9, 0.9)), color=color, zorder=1.9, gid=gid)
        case "unknown":
            panel.box(left, top, right, bottom, facecolor="#FFFFFF", edgecolor=color, lw=0.5, hatch="/" * 7, gid=gid, zorder=2)
        case "not-in-construct" if gid is None:
            panel.line((left, right), (middle, middle), lw=0.5, color=color)
        case "other-isoform":
            panel.box(left, top, right, bottom, facecolor="#FFFFFF", edgecolor=color, lw=0.7, gid=gid, zorder=2)


def _note(panel: Panel, middle: float, row: CoverageTrack) -> None:
    extent, drawn = row.extent, row.drawn
    if extent is None or drawn is None or len(extent) == len(panel.protein):
        return
    extent_text = str(extent).replace("-", "–")
    texts = [extent_text]
    if row.differences:
        texts.insert(0, f"{extent_text}, {len(row.differences)} differ")
        texts.insert(0, f"{extent_text}; {' '.join(row.differences)}")
    for text in texts:
        width = panel.width(text, SMALL) + 1.6
        after, before = panel.mm(drawn.last), panel.mm(drawn.first - 1)
        if after + width <= panel.room:
            write(panel.ax, panel.x(after + 1.2), middle, text, size=SMALL, font=panel.font, align="left", color=palette.MUTED)
            return
        if width <= before:
            write(panel.ax, panel.x(before - 1.2), middle, text, size=SMALL, font=panel.font, align="right", color=palette.MUTED)
            return


def draw_interface(panel: Panel, y: float, row: InterfaceTrack) -> float:
    """One tick for each residue that meets the partner, half as high where not every copy shows it."""
    base, full = y + PITCH / 2 + BAR / 2, BAR
    panel.label(y + PITCH / 2, row.label)
    panel.line((0.5, len(panel.protein) + 0.5), (base, base), lw=0.4, color=palette.FAINT, zorder=0.8)
    width = max(panel.mm(1) / POINT, 0.35)
    for every in (True, False):
        positions = [p for p, copies in row.seen if (copies == row.copies) == every]
        if positions:
            lines = panel.ax.vlines(
                positions,
                base - full * (1.0 if every else 0.5),
                base,
                color=palette.interface_color(row.interface),
                lw=width,
                clip_on=False,
                zorder=2,
            )
            lines.set_gid(panel.gid(row.structure, row.interface, "every-copy" if every else "some-copies"))
    return y + PITCH


def guided(protein: Protein) -> bool:
    """Whether sites are few enough for lines through all rows."""
    return 0 < len(protein.sites) <= 12


def draw_guides(panel: Panel, top: float, bottom: float) -> None:
    """Dotted lines from the sites through all rows: does any structure show them? None where `guided` says no."""
    for site in panel.protein.sites if guided(panel.protein) else ():
        gid = panel.gid("guide", at=site.position)
        panel.line((site.position, site.position), (top, bottom), lw=0.4, ls=(0, (1, 1.6)), color="#9A9A9A", zorder=0.5, gid=gid)


def draw_axis(panel: Panel, bottom: float) -> None:
    """The position axis along the lower edge of the panel."""
    from axlstruct.figures.paper import layout
    from axlstruct.figures.paper.millimetres import family

    ax, length = panel.ax, len(panel.protein)
    ax.set_ylim(bottom, 0)
    for name, spine in ax.spines.items():
        spine.set_visible(name == "bottom")
    ax.spines["bottom"].set_linewidth(0.6)
    ax.set_yticks([])
    places = layout.ticks(length, panel.mm(length), least=panel.width(str(length), BODY) * 2.2)
    ax.set_xticks(places, [str(place) for place in places], fontfamily=family(panel.font), fontsize=BODY)
    panel.label(bottom + 3.7 * POINT + BODY * POINT / 2, "position", color=palette.MUTED)
    ax.tick_params(axis="x", length=2.2, width=0.6, pad=1.5, color=palette.TEXT, labelcolor=palette.TEXT)
