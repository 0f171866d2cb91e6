"""What is drawn beside a two-fold complex: the axis, its sign, and arrows to where the receptor goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from axlstruct.figures.paper.millimetres import BODY, family
from axlstruct.figures.stills.panel import StillPanel
from axlstruct.scene import palette
from axlstruct.sequence.parts import membrane_of
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.symmetry import alphas

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ARROW = {"arrowstyle": "-|>", "color": palette.MUTED, "lw": 0.9, "mutation_scale": 6, "shrinkA": 0, "shrinkB": 0}


def ends(ax: Axes, *, maps: Sequence[ChainMap], panel: StillPanel) -> None:
    """Arrows where the receptor's chains go on towards the membrane."""
    import numpy as np

    for m in maps:
        found, after = alphas(m), beyond(m)
        if after:
            (x, y), mm = panel.projection.pixels(np.array([found[max(found)]]))[0], panel.per_mm
            low = panel.projection.height - 4.5 * mm
            below = panel.pixels[:, round(x - mm) : round(x + mm), 3].any(axis=1)
            start = max([y, *np.flatnonzero(below)[-1:]]) + 0.8 * mm
            ax.annotate(
                "", (x, low), (x, min(start, low - 3.0 * mm)), zorder=5, arrowprops=ARROW,
            )  # fmt: skip
            ax.text(
                x, panel.projection.height - 1.2 * mm, f"to {after}", fontsize=BODY, fontfamily=family(panel.font),
                fontstyle="italic", ha="center", va="baseline", color=palette.MUTED, parse_math=False,
            )  # fmt: skip


def beyond(map: ChainMap) -> str:
    """What follows a receptor's last residue on its way to the membrane; empty for any other chain."""
    found = alphas(map)
    membrane = [f.span.first for f in membrane_of(map.protein)]
    if map.protein.role != "receptor" or not found or not membrane or max(found) >= membrane[0]:
        return ""
    after = [f.label for f in map.protein.features_of("domain") if max(found) < f.span.first < membrane[0]]
    return ", ".join([*after[:1], "membrane"])


def axis_line(ax: Axes, *, panel: StillPanel) -> None:
    """The axis behind the molecule, with its symbol on top."""
    x, edge = panel.projection.width / 2, 3.0 * panel.per_mm
    ax.plot(
        [x, x], [edge, panel.projection.height - edge / 2], color=palette.MUTED, lw=0.8, linestyle=(0, (6, 2, 1, 2)), zorder=1
    )
    symbol(ax, x=x, y=edge, panel=panel)


def symbol(ax: Axes, *, x: float | None, y: float | None, panel: StillPanel) -> None:
    """The sign of a two-fold axis: a black projection of two arcs."""
    import numpy as np
    from matplotlib.patches import Polygon

    x = panel.projection.width / 2 if x is None else x
    y = panel.projection.height / 2 if y is None else y
    bow = np.linspace(-1, 1, 41)
    half, thick = 1.9 * panel.per_mm, 0.85 * panel.per_mm
    upper = np.column_stack([x + half * bow, y - thick * (1 - bow**2)])
    lower = np.column_stack([x + half * bow[::-1], y + thick * (1 - bow**2)])
    ax.add_patch(Polygon(np.vstack([upper, lower]), closed=True, facecolor=palette.TEXT, lw=0, zorder=5, gid="two-fold"))
