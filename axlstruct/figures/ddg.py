"""The figure of measured affinities: change of the binding free energy of each mutant, a panel for each assay and protein."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from axlstruct import palette
from axlstruct.figures import layout
from axlstruct.figures.footprint import Window, draw_positions, draw_strips, heading, say, settle, window
from axlstruct.figures.ink import BODY, FONT, MM, POINT, SMALL, Panel, family, text_height, text_width, write
from axlstruct.figures.key import SAMPLE, Group, Swatch, draw_key
from axlstruct.target import Protein, Target

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEADER, TALL, LINE, AXIS, BETWEEN = 5.0, 18.0, 2.9, 4.2, 4.0
"""Heights of a panel's title, its plot (at least), a line of the list, its axis, and the space to the next, in millimetres."""

BLOCK = 24.0
"""Length of the axis beside the list of mutants with several changes, in millimetres."""

ARROW = 11.0
"""Length of the arrow of a lower bound, in points."""

ARROW_STYLE = {"arrowstyle": "<|-", "color": palette.INK, "lw": 0.9, "mutation_scale": 5, "shrinkA": 0, "shrinkB": 0}

SEVERAL = "#BDBDBD"
"""Colour of mutants of several residues."""

NEAR = 7.0
"""Millimetres that a label may stand beside its residue before all are written upright."""

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
        names = " or ".join(p.name for p in target.proteins)
        say(figure, f"No measured affinities of mutants of {names}.{refused}", width=width, font=font)
        return figure
    left, right = 4.0 + text_width("coding exons", BODY, font), 5.0
    words = [text_width(m.label, SMALL, font) for series in found for m in series.several]
    number = text_width("≥ −0.00", SMALL, font) + 3.0
    beside = max(words) + number + BLOCK + 9.0 if words else 0.0
    length = max(width - left - right - beside, 40.0)
    width = max(width, left + length + beside + right)
    windows = extents(found)
    top, notes = 2.0, []
    placed: list[tuple[Axes, float, float, float, float]] = []
    for index, series in enumerate(found):
        first, last = windows[series.protein.name]
        panel = window(figure, series.protein, first, last, length=length, room=length + beside, font=font)
        name = f"{series.protein.name}: {series.assay}"
        panel.ax.set_label(name)
        text = title(series, width - left - right - text_width(series.protein.name, 8.0, font, bold=True) - 2.0, font)
        notes += [f"Assay of panel {chr(ord('a') + index)}: {series.assay}."] if "…" in text and "…" not in series.assay else []
        heading(panel, chr(ord("a") + index) if 1 < len(found) <= 26 else "", series.protein.name, text, left=left)
        labelled = _labelled(panel, series)
        if len(labelled) < len(series.single):
            notes.append(f"Labelled in panel {chr(ord('a') + index)}: the {len(labelled)} mutants that change most.")
        labels, base = _label_places(panel, labelled)
        tall = max(TALL, LINE * len(series.several) + HEADER - base)
        scale = Scale.of([m.value for m in series.single], tall, 6.0)
        _draw_labels(panel, labelled, labels, base, tall, scale)
        y = draw_strips(panel, base + tall + 1.0)
        draw_positions(panel, y)
        height = max(y + AXIS, HEADER + LINE * len(series.several) + 7.5 * bool(series.several))
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
    height = draw_key(ax, _legend(found), " ".join([caption(found, left_out), *notes]), left=left, width=width, font=font)
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
                        tuple(sorted((m for m in mutants if len(m.changes) > 1), key=lambda m: (m.bound, m.value))),
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


def title(series: Series, room: float, font: str) -> str:
    """Assay, wild-type constants and paper of a panel; the name of the assay is cut where it finds no room."""
    kds = [_kd(kd) for kd in series.wildtype]
    said = [kd for kd in kds if not re.search(rf"(?<![\d.–-]){re.escape(kd)}", series.assay)]
    parts = [f"wild-type Kd {', '.join(kds)}" if said else "", f"PubMed {', '.join(series.pubmed)}" if series.pubmed else ""]
    more = "; ".join(part for part in parts if part)
    more = f" ({more})" if more else ""
    name = series.assay or "assay not named"
    while text_width(name + more, BODY, font) > room and len(name) > 12:
        name = f"{name[:-2].rstrip()}…"
    return name + more


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
    scale = Scale.of([m.value for m in mutants], BLOCK, 5.0)
    _value_axis(ax, scale, panel.font, upright=False)
    ax.set_ylim(len(mutants) - 0.5, -0.5)
    for line, mutant in enumerate(mutants):
        (stem,) = ax.plot([0.0, mutant.value], [line] * 2, lw=1.0, color=palette.INK, zorder=2, clip_on=False)
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
    axis.set_tick_params(length=2.2, width=0.6, pad=1.5, color=palette.INK, labelcolor=palette.INK)
    axis.set_label_text("ΔΔG (kcal/mol)", color=palette.INK, **style)
    axis.labelpad = 2.0
    ax.tick_params(axis=other, bottom=False, left=False, labelbottom=False, labelleft=False)  # type: ignore[arg-type]
    guide = ax.axhline if upright else ax.axvline
    for tick in scale.ticks:
        color, lw, zorder = (palette.INK, 0.7, 1.0) if tick == 0 else ("#EDEDED", 0.4, 0.4)
        guide(tick, color=color, lw=lw, zorder=zorder)


def _head(ax: Axes, x: float, y: float, mutant: Mutant, color: str, *, up: bool, gid: str) -> None:
    (head,) = ax.plot(
        [x], [y], marker="D" if mutant.flag else "o", ms=3.8 if mutant.flag else 4.6, mfc=color, mec=palette.INK, mew=0.7,
        zorder=3, clip_on=False,
    )  # fmt: skip
    head.set_gid(gid)
    if mutant.bound:
        arrow = ax.annotate(
            "", (x, y), (0, ARROW) if up else (ARROW, 0), textcoords="offset points", zorder=2.5, annotation_clip=False,
            arrowprops=ARROW_STYLE,
        )  # fmt: skip
        arrow.set_gid(f"{gid}-bound")


def _labelled(panel: Window, series: Series) -> list[Mutant]:
    """Mutants of one residue that are labelled: all, or as many as find room, those that change most."""
    most = sorted(series.single, key=lambda mutant: -abs(mutant.value))[: int(panel.length / (text_height(SMALL) + 0.1))]
    return [mutant for mutant in series.single if mutant in most]


def _label_places(panel: Window, shown: Sequence[Mutant]) -> tuple[tuple[list[float], bool], float]:
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
    panel: Window, shown: Sequence[Mutant], labels: tuple[list[float], bool], base: float, tall: float, scale: Scale
) -> None:
    places, upright = labels
    foot = base - 3.2
    for mutant, mm in zip(shown, places, strict=True):
        position = mutant.changes[0].position
        head = base + scale.share(max(mutant.value, 0.0)) * tall
        start = head - (1.2 if mutant.value > 0 else 0.2) - ARROW * POINT * mutant.bound
        panel.line(
            (position, position, panel.x(mm), panel.x(mm)), (start, min(foot + 2.6, start), foot + 0.6, foot), lw=0.4,
            color="#9A9A9A", zorder=1.2,
        )  # fmt: skip
        gid = panel.gid("label", mutant.label)
        at = foot - 0.4 if upright else foot - text_height(SMALL) / 2
        text = write(panel.ax, panel.x(mm), at, mutant.label, size=SMALL, font=panel.font, rotation=90.0 * upright, gid=gid)
        if upright:
            text.set(va="bottom")


def caption(found: Sequence[Series], left_out: Sequence[str]) -> str:
    """What a reader must know: sign, temperature, numbering, bounds, doubts, and what is not drawn."""
    mutants = [mutant for series in found for mutant in (*series.single, *series.several)]
    proteins = {series.protein.name: series.protein for series in found}
    parts = [
        "ΔΔG = RT ln(Kd mutant / Kd wild type) at 298.15 K: above zero the mutant binds more weakly, below it more tightly. "
        "Each assay has a panel and a scale of its own: its values are not to be compared with those of another."
    ]
    numbering = "; ".join(_numbering(name, mutants) for name in proteins)
    accessions = ", ".join(f"{p.name} {p.accession}" for p in proteins.values())
    parts.append(f"Mutants are named by UniProt position ({accessions}); {numbering}.")
    if any(series.several for series in found):
        parts.append("Mutants of several residues stand in the list beside the panel, not on the axis of positions.")
    if len(proteins) > 1:
        parts.append("Panels of one protein show the same stretch.")
    doubts: dict[str, list[str]] = {}
    for mutant in mutants:
        if mutant.flag:
            doubts.setdefault(mutant.flag.rstrip("."), []).append(mutant.label.rstrip("†"))
    parts += [f"† {', '.join(labels)}: {flag}." for flag, labels in doubts.items()]
    if left_out:
        parts.append(f"Not drawn, as they cannot be placed or have no value: {', '.join(left_out)}.")
    bare = [p.name for p in proteins.values() if not p.exons]
    if bare:
        parts.append(f"No exons known for {', '.join(bare)}.")
    return " ".join(parts)


def _numbering(name: str, mutants: Sequence[Mutant]) -> str:
    """How author numbers follow from positions, with an example where they differ."""
    pairs = []
    for mutant in mutants:
        for change, word in zip(mutant.changes, mutant.author.split(";"), strict=False):
            match = _MUTATION.fullmatch(word.strip())
            if match and change.protein == name:
                pairs.append((change, match, change.position - int(match["position"])))
    offsets = {offset for *_, offset in pairs}
    if not pairs:
        return f"author numbers of {name} are not known"
    if offsets == {0}:
        return f"author numbers of {name} are the same"
    change, match, offset = next(pair for pair in pairs if pair[2])
    example = f"{change} is {match['before']}{match['position']}{match['after']}"
    if len(offsets) > 1:
        return f"author numbers of {name} differ ({example})"
    return f"author number of {name} = position {'−' if offset > 0 else '+'} {abs(offset)} ({example})"


def _legend(found: Sequence[Series]) -> list[Group]:
    mutants = [mutant for series in found for mutant in (*series.single, *series.several)]
    items: list[tuple[str, Swatch]] = []
    if any(series.single for series in found):
        items.append(("one residue, in its domain's colour (white: linker)", _sample("o", "#FFFFFF")))
    if any(series.several for series in found):
        items.append(("several residues", _sample("o", SEVERAL)))
    if any(mutant.bound for mutant in mutants):
        items.append(("at least (lower bound)", _arrow))
    if any(mutant.flag for mutant in mutants):
        items.append(("† doubtful, see caption", _sample("D", SEVERAL)))
    return [Group("mutants", tuple(items))]


def _sample(shape: str, color: str) -> Swatch:
    def draw(panel: Panel, x: float, y: float) -> None:
        panel.line((x, x + SAMPLE * 0.6), (y, y), lw=1.0)
        panel.ax.plot([x + SAMPLE * 0.6], [y], marker=shape, ms=4.6 if shape == "o" else 3.8, mfc=color, mec=palette.INK, mew=0.7)

    return draw


def _arrow(panel: Panel, x: float, y: float) -> None:
    panel.ax.annotate("", (x, y), (x + SAMPLE - 0.5, y), arrowprops=ARROW_STYLE)
    panel.ax.plot([x + 1.0], [y], marker="o", ms=4.6, mfc=SEVERAL, mec=palette.INK, mew=0.7)


def _float(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _text(value: Any) -> str:
    """Text of a cell; empty where nothing stands in it."""
    if isinstance(value, str):
        return value
    number = _float(value)
    return "" if number is None else f"{number:g}" if number % 1 else str(int(number))
