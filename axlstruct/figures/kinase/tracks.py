"""Confidence, exposure and coverage below the domain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from axlstruct.figures.domains.coverage import PITCH, draw_word
from axlstruct.figures.kinase.picture import Picture
from axlstruct.figures.paper.millimetres import BODY, SMALL, family
from axlstruct.figures.paper.panel import Panel
from axlstruct.interface.burial import THRESHOLD, area_scale
from axlstruct.kinase.tyrosines import TyrosineRow
from axlstruct.scene import palette
from axlstruct.scene.tracks import CoverageTrack
from axlstruct.sequence.features import Span
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.confidence import CONFIDENT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CONFIDENCE, EXPOSURE = 13.0, 22.0
"""Heights of the track of pLDDT and of the track of exposure, in millimetres."""


def _axis(ax: Axes, panel: Panel, top: float, ticks: Sequence[float], label: str) -> None:
    ax.patch.set_visible(False)
    ax.set_ylim(0, top)
    for name, spine in ax.spines.items():
        spine.set_visible(name in ("left", "bottom"))
        spine.set_linewidth(0.6)
    ax.tick_params(axis="x", bottom=False, labelbottom=False)
    ax.set_yticks(list(ticks), [f"{tick:g}" for tick in ticks], fontfamily=family(panel.font), fontsize=SMALL)
    ax.tick_params(axis="y", length=1.8, width=0.6, pad=1.2, color=palette.TEXT, labelcolor=palette.TEXT)
    ax.set_ylabel(label, fontsize=BODY, fontfamily=family(panel.font), color=palette.TEXT, labelpad=2.5)


def draw_confidence(ax: Axes, panel: Panel, picture: Picture) -> None:
    """pLDDT of each residue, in the colours of its band."""
    _axis(ax, panel, 100.0, (0, 50, 70, 90), "pLDDT")
    told = [(row.position, row.plddt) for row in picture.residues if row.position and row.plddt is not None]
    inside = [(position, value) for position, value in told if panel.first <= position <= panel.last]
    places, values = [position for position, _ in inside], [value for _, value in inside]
    bars = ax.bar(places, values, width=1.0, color=[palette.plddt_color(value) for value in values], lw=0, zorder=2)
    for place, bar in zip(places, bars, strict=True):
        bar.set_gid(panel.gid("plddt", at=place))
    for bound in (50, 70, 90):
        ax.axhline(bound, color="#FFFFFF", lw=0.4, zorder=2.5)


def draw_exposure(ax: Axes, panel: Panel, picture: Picture) -> None:
    """Share of each residue's largest area that is exposed; tyrosines in black, pale where the model is not to be trusted."""
    _axis(ax, panel, 110.0, (0, 25, 50, 75, 100), "exposed area (%)")
    scale = area_scale(AreaSettings().scale).areas
    shares = {
        row.position: 100.0 * row.exposed_area / scale[row.observed_residue]
        for row in picture.residues
        if row.position
        and row.exposed_area is not None
        and row.observed_residue in scale
        and panel.first <= row.position <= panel.last
    }
    bars = ax.bar(list(shares), [min(value, 110.0) for value in shares.values()], width=1.0, color="#D5D9DE", lw=0, zorder=1)
    for place, bar in zip(shares, bars, strict=True):
        bar.set_gid(panel.gid("area", at=place))
    ax.axhline(100.0 * THRESHOLD, color=palette.MUTED, lw=0.5, ls=(0, (3, 2)), zorder=3)
    half = 0.45 * panel.per_mm
    for row in picture.tyrosines:
        if row.relative_area is None:
            ax.plot([row.position], [4.0], marker="x", ms=3.0, mew=0.7, color=palette.MUTED, clip_on=False, zorder=3,
                    gid=panel.gid("unseen", at=row.position))  # fmt: skip
            continue
        sure = row.plddt is None or row.plddt >= CONFIDENT
        ax.bar(
            [row.position], [min(100.0 * row.relative_area, 110.0)], width=2 * half, lw=0.6, zorder=2.5,
            facecolor=palette.TEXT if sure else "#FFFFFF", edgecolor=palette.TEXT if sure else palette.MUTED,
            ls="-" if sure else (0, (1.5, 1)), gid=panel.gid("exposure", at=row.position),
        )  # fmt: skip


def draw_structure(panel: Panel, y: float, row: CoverageTrack) -> float:
    """Draw what the chains of one structure show of the stretch; returns where the next may begin."""
    middle = y + PITCH / 2
    panel.label(middle, row.label)
    panel.line(
        (panel.x(0), panel.x(panel.length)), (middle, middle), lw=0.5, color=palette.COVERAGE["not-in-construct"], zorder=0.8
    )
    for run in row.runs:
        shared = run.span.overlap(Span(panel.first, panel.last))
        if shared and run.word != "not-in-construct":
            gid = panel.gid(row.structure, *row.chains, run.word, at=shared)
            draw_word(panel, middle, shared.first - 0.5, shared.last + 0.5, run.word, plddt=run.plddt, gid=gid)
    return y + PITCH


def draw_guides(panel: Panel, rows: Sequence[TyrosineRow], top: float, bottom: float) -> None:
    """Dotted lines that take the curated tyrosines through the structures."""
    for row in rows:
        if row.site and top < bottom:
            panel.line((row.position,) * 2, (top - 0.8, bottom), lw=0.5, ls=(0, (1, 1.4)), color=palette.TEXT, zorder=3,
                       gid=panel.gid("guide", at=row.position))  # fmt: skip
