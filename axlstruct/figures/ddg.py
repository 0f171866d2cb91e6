"""The figure of measured affinities: change of the binding free energy of each mutant, a panel for each assay and protein."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from axlstruct import palette
from axlstruct.figures.footprint import Window, draw_positions, draw_strips, heading, say, settle, window
from axlstruct.figures.ink import BODY, FONT, MM, SMALL, family, text_width, write
from axlstruct.figures.key import draw_key
from axlstruct.target import Protein, Target

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEADER, TALL, LINE, AXIS, BETWEEN = 5.4, 22.0, 2.9, 9.0, 3.6
"""Heights of a panel's title, its plot (at least), a line of the list, its axis, and the space to the next, in millimetres."""

BLOCK = 26.0
"""Length of the axis beside the list of mutants with several changes, in millimetres."""

_MUTATION = re.compile(r"(?:(?P<protein>[^:;\s]+):)?(?P<before>[A-Z])(?P<position>\d+)(?P<after>[A-Z])")


@dataclass(frozen=True, slots=True)
class Change:
    """One exchanged residue: protein, letters and UniProt position."""

    protein: str
    before: str
    position: int
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.position}{self.after}"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A measured mutant.

    Attributes
    ----------
    changes : tuple of Change
    author : str
        As written in author numbering.
    value : float
        kcal/mol, positive is weaker binding.
    bound : bool
        Whether the value is a lower bound.
    flag : str
        What is doubtful about it.
    """

    changes: tuple[Change, ...]
    author: str
    value: float
    bound: bool
    flag: str

    @property
    def label(self) -> str:
        """All changes, and a dagger where something is doubtful."""
        several = len({change.protein for change in self.changes}) > 1
        return " ".join(f"{c.protein} {c}" if several else str(c) for c in self.changes) + ("†" if self.flag else "")


@dataclass(frozen=True, slots=True)
class Series:
    """What one assay measured of one protein: mutants of one residue in sequence order, and those of several."""

    assay: str
    protein: Protein
    wildtype: tuple[float, ...]
    pubmed: tuple[str, ...]
    single: tuple[Mutant, ...]
    several: tuple[Mutant, ...]


def draw_ddg(target: Target, affinity: pd.DataFrame, *, width: float = 180.0, font: str = FONT) -> Figure:
    """Draw measured changes of the binding free energy along the sequence.

    Parameters
    ----------
    target : Target
    affinity : pandas.DataFrame
        Columns of the ``affinity`` table. Assays are never put on one axis.
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
        say(figure, f"No measured affinities of mutants of {' or '.join(p.name for p in target.proteins)}.{refused}", width=width, font=font)
        return figure
    left, right = 4.0 + text_width("coding exons", BODY, font), 5.0
    words = [text_width(m.label, SMALL, font) for series in found for m in series.several]
    beside = max(words) + BLOCK + 9.0 if words else 0.0
    length = max(width - left - right - beside, 40.0)
    width = max(width, left + length + beside + right)
    windows = extents(found)
    top = 2.0
    placed: list[tuple[Axes, float, float, float, float]] = []
    for index, series in enumerate(found):
        first, last = windows[series.protein.name]
        panel = window(figure, series.protein, first, last, length=length, room=length + beside, font=font)
        name = f"{series.protein.name}: {series.assay}"
        panel.ax.set_label(name)
        heading(panel, chr(ord("a") + index) if 1 < len(found) <= 26 else "", series.protein.name, title(series), left=left)
        labels, base = _label_places(panel, series)
        tall = max(TALL, LINE * len(series.several) + HEADER - base)
        scale = Scale.of([m.value for m in series.single], tall, 6.0)
        _draw_labels(panel, series, labels, base, tall, scale)
        y = draw_strips(panel, base + tall + 1.0)
        draw_positions(panel, y)
        height = max(y + AXIS, HEADER + LINE * len(series.several) + AXIS)
        placed.append((panel.ax, left, top, length, height))
        ax = figure.add_axes((0, 0, 1, 1), label=f"{name}-ddg", sharex=panel.ax)
        draw_lollipops(ax, panel, series, scale)
        placed.append((ax, left, top + base, length, tall))
        if series.several:
            ax = figure.add_axes((0, 0, 1, 1), label=f"{name}-several")
            draw_several(ax, panel, series.several)
            rows = LINE * len(series.several)
            placed.append((ax, width - right - BLOCK, top + HEADER, BLOCK, rows))
        top += height + BETWEEN
    ax = figure.add_axes((0, 0, 1, 1), label="key")
    height = draw_key(ax, _legend(found), caption(found, left_out), left=left, width=width, font=font)
    placed.append((ax, 0.0, top - 1.0, width, height))
    settle(figure, placed, width, top + height)
    return figure


def series_of(target: Target, affinity: pd.DataFrame) -> tuple[tuple[Series, ...], tuple[str, ...]]:
    """Group the table by assay, in its order, and protein; and name the rows that cannot be read or placed.

    Mutants with changes in both proteins go to the protein of their first change.
    """
    groups: dict[tuple[str, str], list[tuple[Mutant, float | None, str]]] = {}
    left_out: list[str] = []
    for record in affinity.to_dict("records") if len(affinity) else ():
        mutant = _mutant(target, record)
        if mutant is None:
            left_out.append(_text(record.get("mutations_uniprot")) or _text(record.get("mutations")) or "a row without mutation")
        else:
            key = _text(record.get("assay")), mutant.changes[0].protein
            groups.setdefault(key, []).append((mutant, _float(record.get("kd_wildtype_nM")), _text(record.get("pubmed"))))
    assays = list(dict.fromkeys(assay for assay, _ in groups))
    result = []
    for assay in assays:
        for protein in target.proteins:
            rows = groups.get((assay, protein.name), [])
            if rows:
                mutants = [mutant for mutant, _, _ in rows]
                single = sorted((m for m in mutants if len(m.changes) == 1), key=lambda m: (m.changes[0].position, m.label))
                result.append(
                    Series(
                        assay,
                        protein,
                        tuple(dict.fromkeys(kd for _, kd, _ in rows if kd is not None)),
                        tuple(dict.fromkeys(number for _, _, number in rows if number)),
                        tuple(single),
                        tuple(m for m in mutants if len(m.changes) > 1),
                    )
                )
    return tuple(result), tuple(left_out)


def _mutant(target: Target, record: Mapping[Any, Any]) -> Mutant | None:
    value = _float(record.get("ddg"))
    names = {name.upper(): p for p in target.proteins for name in (p.name, p.accession)}
    changes = []
    for word in _text(record.get("mutations_uniprot")).split(";"):
        match = _MUTATION.fullmatch(word.strip())
        protein = names.get((match["protein"] or target.receptor.name).upper()) if match else None
        if match is None or protein is None or not 1 <= int(match["position"]) <= len(protein):
            return None
        changes.append(Change(protein.name, match["before"], int(match["position"]), match["after"]))
    if value is None:
        return None
    bound = _text(record.get("bound")) in (">=", "≥", ">")
    return Mutant(tuple(changes), _text(record.get("mutations")), value, bound, _text(record.get("flag")))


def extents(found: Sequence[Series]) -> dict[str, tuple[int, int]]:
    """First and last position to show of each protein, the same in all its panels: its mutated residues and a little more."""
    result = {}
    for protein in dict.fromkeys(series.protein for series in found):
        places = [
            change.position
            for series in found
            for mutant in (*series.single, *series.several)
            for change in mutant.changes
            if change.protein == protein.name
        ]
        margin = max(5, round((max(places) - min(places)) * 0.06))
        result[protein.name] = max(1, min(places) - margin), min(len(protein), max(places) + margin)
    return result


def title(series: Series) -> str:
    """Assay, wild-type constants and paper of a panel."""
    kds = f"wild-type Kd {', '.join(map(_kd, series.wildtype))}" if series.wildtype else ""
    papers = f"PubMed {', '.join(series.pubmed)}" if series.pubmed else ""
    more = "; ".join(part for part in (kds, papers) if part)
    return f"{series.assay or 'assay not named'}{f' ({more})' if more else ''}"


def _kd(nanomolar: float) -> str:
    return f"{nanomolar * 1000:.3g} pM" if nanomolar < 1 else f"{nanomolar:.3g} nM"


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


def draw_lollipops(ax: Axes, panel: Window, series: Series, scale: Scale) -> None:
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
        (stem,) = ax.plot([change.position] * 2, [0.0, mutant.value], lw=1.0, color=palette.INK, zorder=2, clip_on=False)
        stem.set_gid(panel.gid("stem", mutant.label))
        _head(ax, change.position, mutant.value, mutant, color, up=True, gid=panel.gid("head", mutant.label))


def draw_several(ax: Axes, panel: Window, mutants: Sequence[Mutant]) -> None:
    """List mutants of several residues, a line each, with their value along x."""
    scale = Scale.of([m.value for m in mutants], BLOCK, 6.0)
    _value_axis(ax, scale, panel.font, upright=False)
    ax.set_ylim(len(mutants) - 0.5, -0.5)
    for line, mutant in enumerate(mutants):
        (stem,) = ax.plot([0.0, mutant.value], [line] * 2, lw=1.0, color=palette.INK, zorder=2, clip_on=False)
        stem.set_gid(panel.gid("stem", mutant.label))
        _head(ax, mutant.value, line, mutant, "#BDBDBD", up=False, gid=panel.gid("head", mutant.label))
        place = scale.low - (scale.high - scale.low) * 2.2 / BLOCK
        text = write(ax, place, line, mutant.label, size=SMALL, font=panel.font, align="right")
        text.set(va="center_baseline", y=line)


def _value_axis(ax: Axes, scale: Scale, font: str, *, upright: bool) -> None:
    ax.patch.set_visible(False)
    for name, spine in ax.spines.items():
        spine.set_visible(name == ("left" if upright else "bottom"))
        spine.set_linewidth(0.6)
    style = {"fontfamily": family(font), "fontsize": BODY}
    texts = [f"{tick:g}".replace("-", "−") for tick in scale.ticks]
    axis, other = (ax.yaxis, "x") if upright else (ax.xaxis, "y")
    (ax.set_ylim if upright else ax.set_xlim)(scale.low, scale.high)
    axis.set_ticks(scale.ticks, texts, **style)  # type: ignore[arg-type]
    axis.set_tick_params(length=2.2, width=0.6, pad=1.5, color=palette.INK, labelcolor=palette.INK)
    axis.set_label_text("ΔΔG (kcal/mol)", color=palette.INK, **style)
    axis.labelpad = 2.0
    ax.tick_params(axis=other, bottom=False, left=False, labelbottom=False, labelleft=False)  # type: ignore[arg-type]
    guide, zero = (ax.axhline, ax.axvline)[:: 1 if upright else -1]
    for tick in scale.ticks:
        guide(tick, color=palette.INK if tick == 0 else "#EDEDED", lw=0.7 if tick == 0 else 0.4, zorder=1 if tick == 0 else 0.4)
    del zero


def _head(ax: Axes, x: float, y: float, mutant: Mutant, color: str, *, up: bool, gid: str) -> None:
    size = 4.4 if mutant.flag else 4.6
    (head,) = ax.plot(
        [x], [y], marker="D" if mutant.flag else "o", ms=size * (0.86 if mutant.flag else 1), mfc=color, mec=palette.INK, mew=0.7,
        zorder=3, clip_on=False,
    )  # fmt: skip
    head.set_gid(gid)
    if mutant.bound:
        arrow = ax.annotate(
            "", (0, 11) if up else (11, 0), (x, y), textcoords="offset points", xycoords="offset points", zorder=2.5,
            arrowprops={"arrowstyle": "-|>", "color": palette.INK, "lw": 0.9, "mutation_scale": 5, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip
        arrow.set_gid(f"{gid}-bound")
