"""Stems and heads in kcal/mol: mutants of one residue along the sequence, those of several in a list."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from axlstruct.evidence.affinities import NONE, UNKNOWN, Mutant, Series
from axlstruct.figures.paper.millimetres import BODY, SMALL, family, text_width, write
from axlstruct.figures.paper.panel import Panel
from axlstruct.scene import palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BLOCK = 24.0
"""Length of the axis beside the list of mutants with several changes, in millimetres."""

ARROW = 11.0
"""Length of the arrow of a lower bound, in points."""

ARROW_STYLE = {"arrowstyle": "<|-", "color": palette.TEXT, "lw": 0.9, "mutation_scale": 5, "shrinkA": 0, "shrinkB": 0}

SEVERAL = "#BDBDBD"
"""Colour of mutants of several residues."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis in kcal/mol that holds zero: its ends and its ticks."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @classmethod
    def of(cls, values: Sequence[float], room: float, least: float) -> Scale:
        """The scale for values on a length of ``room``, ticks at least ``least`` apart."""
        low, high = min([0.0, *values]), max([0.0, *values])
        span = max(high - low, 0.5)
        low, high = low - 0.1 * span * (low < 0), high + 0.1 * span
        if low == 0:
            low = -0.06 * span
        steps = (s * 10.0**power for power in range(-3, 9) for s in (1, 2, 5))
        step = next(s for s in steps if s / (high - low) * room >= least)
        numbers = range(math.ceil(low / step), math.floor(high / step) + 1)
        return cls(low, high, tuple(round(step * n, 6) + 0.0 for n in numbers))

    def share(self, value: float) -> float:
        """Where a value lies between the upper end, 0, and the lower, 1."""
        return (self.high - value) / (self.high - self.low)


def draw_lollipops(ax: Axes, panel: Panel, series: Series, scale: Scale) -> None:
    """Draw stem and head of each mutant of one residue, on an axis in kcal/mol."""
    _value_axis(ax, scale, panel.font, upright=True)
    if not series.single:
        ax.text(
            0.5, 0.5, "no mutants of a single residue", transform=ax.transAxes, ha="center", va="center", fontsize=BODY,
            fontfamily=family(panel.font), color=palette.MUTED, fontstyle="italic",
        )  # fmt: skip
    colors = palette.domain_colors(feature.name for feature in series.protein.features_of("domain"))
    for mutant in series.single:
        (change,) = mutant.changes
        color = colors.get(series.protein.domain(change.position), "#FFFFFF")
        (stem,) = ax.plot([change.position] * 2, [0.0, mutant.value], lw=1.0, color=palette.TEXT, zorder=2, clip_on=False)
        stem.set_gid(panel.gid("stem", mutant.label, at=change.position))
        _head(ax, change.position, mutant.value, mutant, color, up=True, gid=panel.gid("head", mutant.label, at=change.position))
        for interface in mutant.interfaces:
            _foot(ax, change.position, interface, gid=panel.gid("contact", mutant.label, interface, at=change.position))


def draw_several(ax: Axes, panel: Panel, mutants: Sequence[Mutant]) -> None:
    """List mutants of several residues, a line each, with their value along x."""
    scale = Scale.of([m.value for m in mutants], BLOCK, 5.0)
    _value_axis(ax, scale, panel.font, upright=False)
    ax.set_ylim(len(mutants) - 0.5, -0.5)
    for line, mutant in enumerate(mutants):
        (stem,) = ax.plot([0.0, mutant.value], [line] * 2, lw=1.0, color=palette.TEXT, zorder=2, clip_on=False)
        stem.set_gid(panel.gid("stem", mutant.label))
        _head(ax, mutant.value, line, mutant, SEVERAL, up=False, gid=panel.gid("head", mutant.label))
        value = f"{'≥ ' if mutant.bound else ''}{mutant.value:.2f}".replace("-", "−")
        for words, beside in ((value, 2.2), (mutant.label, 4.6 + text_width("≥ −0.00", SMALL, panel.font))):
            place = scale.low - (scale.high - scale.low) * beside / BLOCK
            write(ax, place, line, words, size=SMALL, font=panel.font, align="right").set(va="center_baseline", y=line)


def _value_axis(ax: Axes, scale: Scale, font: str, *, upright: bool) -> None:
    ax.patch.set_visible(False)
    for name, spine in ax.spines.items():
        spine.set_visible(name == ("left" if upright else "bottom"))
        spine.set_linewidth(0.6)
    style: dict[str, Any] = {"fontfamily": family(font), "fontsize": BODY}
    texts = [f"{tick:g}".replace("-", "−") for tick in scale.ticks]
    axis, other = (ax.yaxis, "x") if upright else (ax.xaxis, "y")
    (ax.set_ylim if upright else ax.set_xlim)(scale.low, scale.high)
    axis.set_ticks(scale.ticks, texts, **style)
    axis.set_tick_params(length=2.2, width=0.6, pad=1.5, color=palette.TEXT, labelcolor=palette.TEXT)
    axis.set_label_text("ΔΔG (kcal/mol)", color=palette.TEXT, **style)
    axis.labelpad = 2.0
    ax.tick_params(axis=other, bottom=False, left=False, labelbottom=False, labelleft=False)  # type: ignore[arg-type]
    guide = ax.axhline if upright else ax.axvline
    for tick in scale.ticks:
        color, lw, zorder = (palette.TEXT, 0.7, 1.0) if tick == 0 else ("#EDEDED", 0.4, 0.4)
        guide(tick, color=color, lw=lw, zorder=zorder)


def foot_color(interface: str) -> str:
    """Colour of the mark on the axis: of the first interface class, white where the residue touches nothing."""
    return "#FFFFFF" if interface == NONE else palette.interface_color(interface.split(", ", maxsplit=1)[0])


def _foot(ax: Axes, x: float, interface: str, *, gid: str) -> None:
    """Mark on the zero line what the residue touches; nothing where that is not known."""
    if interface in (UNKNOWN, ""):
        return
    (foot,) = ax.plot(
        [x], [0.0], marker="s", ms=3.0, mfc=foot_color(interface), mec=palette.TEXT, mew=0.5, zorder=2.8, clip_on=False
    )
    foot.set_gid(gid)


def _head(ax: Axes, x: float, y: float, mutant: Mutant, color: str, *, up: bool, gid: str) -> None:
    (head,) = ax.plot(
        [x], [y], marker="D" if mutant.flag else "o", ms=3.8 if mutant.flag else 4.6, mfc=color, mec=palette.TEXT, mew=0.7,
        zorder=3, clip_on=False,
    )  # fmt: skip
    head.set_gid(gid)
    if mutant.bound:
        arrow = ax.annotate(
            "", (x, y), (0, ARROW) if up else (ARROW, 0), textcoords="offset points", zorder=2.5, annotation_clip=False,
            arrowprops=ARROW_STYLE,
        )  # fmt: skip
        arrow.set_gid(f"{gid}-bound")
