"""The figure of measured affinities: change of the binding free energy of each mutant, a panel for each assay and protein."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from axlstruct.evidence.affinities import Mutant, Series, extents, series_of
from axlstruct.figures.ddg.legend import caption, legend_entries, title
from axlstruct.figures.ddg.lollipops import ARROW, BLOCK, Scale, draw_lollipops, draw_several
from axlstruct.figures.paper import layout
from axlstruct.figures.paper.legend import draw_legend
from axlstruct.figures.paper.millimetres import BODY, FONT, MM, POINT, SMALL, text_height, text_width, write
from axlstruct.figures.paper.panel import Panel, add_panel, draw_heading, draw_positions
from axlstruct.figures.paper.sheet import PlacedAxes, arrange, draw_message
from axlstruct.figures.paper.strips import draw_strips
from axlstruct.sequence.target import Target

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from axlstruct.evidence.rows import AffinityRow

HEADER, TALL, LINE, AXIS, BETWEEN = 5.0, 18.0, 2.9, 4.2, 4.0
"""Heights of a panel's title, its plot (at least), a line of the list, its axis, and the space to the next, in millimetres."""

NEAR = 7.0
"""Millimetres that a label may stand from its residue before all are written upright."""


def draw_ddg(
    target: Target, affinity: Sequence[AffinityRow], notes: Sequence[str] = (), *, width: float = 180.0, font: str = FONT
) -> Figure:
    """Draw measured changes of the binding free energy along the sequence.

    Parameters
    ----------
    target : Target
    affinity : sequence of AffinityRow
        Assays are never put on one axis.
    notes : sequence of str
        Sentences for the caption: which structure tells what a residue touches, what the papers conclude.
    width : float
        Of the figure, in millimetres.
    font : str
        A sans-serif font that matplotlib finds.

    Returns
    -------
    matplotlib.figure.Figure
        For each assay and protein an axis ``NAME: ASSAY`` in millimetres, ``...-ddg`` in kcal/mol along the UniProt position and,
        where mutants have several changes, ``...-several`` in kcal/mol along x; one for legend and caption. A figure that says so
        where there is nothing.
    """
    from matplotlib.figure import Figure

    found, left_out = series_of(target, affinity)
    figure = Figure(figsize=(width / MM, 1.0))
    if not found:
        refused = f" Not readable: {', '.join(left_out)}." if left_out else ""
        names = " or ".join(p.name for p in target.proteins)
        draw_message(figure, f"No measured affinities of mutants of {names}.{refused}", width=width, font=font)
        return figure
    left, right = 4.0 + text_width("coding exons", BODY, font), 5.0
    words = [text_width(m.label, SMALL, font) for series in found for m in series.several]
    number = text_width("≥ −0.00", SMALL, font) + 3.0
    listed = max(words) + number + BLOCK + 9.0 if words else 0.0
    length = max(width - left - right - listed, 40.0)
    width = max(width, left + length + listed + right)
    shown = extents(found)
    top, own = 2.0, list[str]()
    placed: list[PlacedAxes] = []
    for index, series in enumerate(found):
        panel = add_panel(figure, series.protein, shown[series.protein.name], length=length, room=length + listed, font=font)
        name = f"{series.protein.name}: {series.assay}"
        panel.ax.set_label(name)
        text = title(series, width - left - right - text_width(series.protein.name, 8.0, font, bold=True) - 2.0, font)
        own += [f"Assay of panel {chr(ord('a') + index)}: {series.assay}."] if "…" in text and "…" not in series.assay else []
        letter = chr(ord("a") + index) if 1 < len(found) <= 26 else ""
        draw_heading(panel, letter, series.protein.name, text, at=(1.5 - left, 0.0))
        labelled = _labelled(panel, series)
        if len(labelled) < len(series.single):
            own.append(f"Labelled in panel {chr(ord('a') + index)}: the {len(labelled)} mutants that change most.")
        labels, base = _label_places(panel, labelled)
        tall = max(TALL, LINE * len(series.several) + HEADER - base)
        scale = Scale.of([m.value for m in series.single], tall, 6.0)
        _draw_labels(panel, labelled, labels, base, tall, scale)
        y = draw_strips(panel, base + tall + 1.0)
        draw_positions(panel, y)
        height = max(y + AXIS, HEADER + LINE * len(series.several) + 7.5 * bool(series.several))
        placed.append(PlacedAxes(panel.ax, left, top, length, height))
        ax = figure.add_axes((0, 0, 1, 1), label=f"{name}-ddg", sharex=panel.ax)
        draw_lollipops(ax, panel, series, scale)
        placed.append(PlacedAxes(ax, left, top + base, length, tall, in_mm=False))
        if series.several:
            ax = figure.add_axes((0, 0, 1, 1), label=f"{name}-several")
            draw_several(ax, panel, series.several)
            rows = LINE * len(series.several)
            placed.append(PlacedAxes(ax, width - right - BLOCK, top + HEADER, BLOCK, rows, in_mm=False))
        top += height + BETWEEN
    ax = figure.add_axes((0, 0, 1, 1), label="legend")
    height = draw_legend(
        ax, legend_entries(found), " ".join([caption(found, left_out, notes), *own]), left=left, width=width, font=font
    )
    placed.append(PlacedAxes(ax, 0.0, top - 1.0, width, height))
    arrange(figure, placed, width, top + height)
    return figure


def _labelled(panel: Panel, series: Series) -> list[Mutant]:
    """Mutants of one residue that are labelled: all, or as many as find room, those that change most."""
    most = sorted(series.single, key=lambda mutant: -abs(mutant.value))[: int(panel.length / (text_height(SMALL) + 0.1))]
    return [mutant for mutant in series.single if mutant in most]


def _label_places(panel: Panel, shown: Sequence[Mutant]) -> tuple[tuple[list[float], bool], float]:
    """Where labels stand, in millimetres, and whether upright; then the upper end of the plot."""
    labels = [mutant.label for mutant in shown]
    centres = [panel.at(mutant.changes[0].position) for mutant in shown]
    widths = [panel.width(label, SMALL) for label in labels]
    low, high = -2.0, panel.length + 2.0
    places = layout.spread(centres, widths, low, high, gap=1.2)
    far = max((abs(place - centre) for place, centre in zip(places, centres, strict=True)), default=0.0)
    if far <= NEAR and layout.fits(widths, high - low, gap=1.2):
        return (places, False), HEADER + text_height(SMALL) + 4.0
    places = layout.spread(centres, [text_height(SMALL)] * len(labels), low, high, gap=0.1)
    return (places, True), HEADER + max(widths, default=0.0) + 4.0


def _draw_labels(
    panel: Panel, shown: Sequence[Mutant], labels: tuple[list[float], bool], base: float, tall: float, scale: Scale
) -> None:
    places, upright = labels
    foot = base - 3.2
    for mutant, mm in zip(shown, places, strict=True):
        position = mutant.changes[0].position
        head = base + scale.share(max(mutant.value, 0.0)) * tall
        start = head - (1.2 if mutant.value > 0 else 0.2) - ARROW * POINT * mutant.bound
        panel.line(
            (position, position, panel.x(mm), panel.x(mm)), (start, min(foot + 2.6, start), foot + 0.6, foot), lw=0.4,
            color="#9A9A9A", zorder=1.2, gid=panel.gid("leader", mutant.label, at=position),
        )  # fmt: skip
        gid = panel.gid("label", mutant.label, at=position)
        at = foot - 0.4 if upright else foot - text_height(SMALL) / 2
        text = write(panel.ax, panel.x(mm), at, mutant.label, size=SMALL, font=panel.font, rotation=90.0 * upright, gid=gid)
        if upright:
            text.set(va="bottom")
