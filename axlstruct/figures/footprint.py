"""The footprint figure: area that the partner buries of each residue, along the stretch of sequence that a structure shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Any

from axlstruct import palette
from axlstruct.features import Span, spans_of
from axlstruct.figures import layout
from axlstruct.figures.ink import BODY, FONT, LETTER, MM, POINT, SMALL, Panel, family, text_height, text_width, write
from axlstruct.figures.key import SAMPLE, Group, Swatch, draw_key
from axlstruct.residues import ONE_LETTER
from axlstruct.target import Protein, Target

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LABELLED = 14
"""Residues of a protein that are labelled, those that bury most."""

HEADER, TALL, LANE, AXIS, BETWEEN = 5.0, 26.0, 2.5, 9.0, 4.0
"""Heights of a panel's title, its bars, a row of ticks, its axis, and the space to the next panel, in millimetres."""

NO_CONTACT = "#A6A6A6"
"""Colour of residues that lose area without a contact."""

BURIALS = ("core", "rim", "support")


@dataclass(frozen=True)
class Window(Panel):
    """A panel that begins at residue ``first`` and ends with ``last``."""

    first: int = 1
    last: int = 1

    def at(self, position: float) -> float:
        """Millimetres from the left edge of the first residue to the middle of a residue."""
        return (position - self.first + 0.5) / self.per_mm

    def x(self, mm: float) -> float:
        """Data coordinate of so many millimetres from the left edge of the first residue."""
        return mm * self.per_mm + self.first - 0.5

    @property
    def length(self) -> float:
        """Millimetres of the axis."""
        return (self.last - self.first + 1) / self.per_mm


@dataclass(frozen=True, slots=True)
class Loss:
    """What one residue of a protein loses to its partner.

    Attributes
    ----------
    position : int
    label : str
        Letter and author number; more than one number where the copies disagree.
    number : int or None
        Author number; None where the copies disagree.
    areas : tuple of (str, float)
        Chain and buried area in square Angstrom, of each copy that shows the residue.
    interfaces, burial : dict of str to int
        Copies in which the residue is of that interface class, and core, rim or support.
    """

    position: int
    label: str
    number: int | None
    areas: tuple[tuple[str, float], ...]
    interfaces: dict[str, int]
    burial: dict[str, int]

    @property
    def mean(self) -> float:
        """Mean over the copies."""
        return fmean(area for _, area in self.areas)


def draw_footprint(
    target: Target,
    residues: pd.DataFrame,
    *,
    structure: str,
    radii: str = "",
    cutoff: float = 4.0,
    width: float = 180.0,
    font: str = FONT,
) -> Figure:
    """Draw the buried area of each residue of receptor and ligand as bars, with interface class, burial, exons and domains.

    Parameters
    ----------
    target : Target
    residues : pandas.DataFrame
        Columns of the ``residues`` table; rows of other structures are left out.
    structure : str
        Entry that is shown.
    radii : str
        How the areas were computed, for the caption: the text of the column ``radii`` of the ``interfaces`` table.
    cutoff : float
        Distance in Angstrom of a contact, as it was used for ``residues``.
    width : float
        Of the figure, in millimetres.
    font : str
        A sans-serif font that matplotlib finds.

    Returns
    -------
    matplotlib.figure.Figure
        For each protein an axis of its name in millimetres, and one named ``NAME-area`` in square Angstrom, both along the
        UniProt position; one for legend and caption. A figure that says so where nothing is buried.
    """
    from matplotlib.figure import Figure

    own = residues[residues["structure"].astype(str).str.upper() == structure.upper()] if len(residues) else residues
    structure = str(own["structure"].iloc[0]) if len(own) else structure
    found = {protein.name: losses(own, protein) for protein in target.proteins}
    shown = [protein for protein in target.proteins if found[protein.name]]
    highest = max((area for rows in found.values() for row in rows for _, area in row.areas), default=0.0)
    figure = Figure(figsize=(width / MM, 1.0))
    if highest <= 0:
        say(figure, _nothing(target, structure, bool(shown)), width=width, font=font)
        return figure
    classes = class_order(target, (name for rows in found.values() for row in rows for name in row.interfaces))
    left = 4.0 + max(text_width(text, BODY, font) for text in ("coding exons", *classes))
    step = _step(highest / TALL * 5.0)
    area = Area(classes, step, highest * 1.06)
    room, top = width - left - 4.0, 2.0
    placed: list[tuple[Axes, float, float, float, float]] = []
    for index, protein in enumerate(shown):
        rows = found[protein.name]
        first, last = rows[0].position, rows[-1].position
        panel = window(figure, protein, first, last, length=room, room=width - left - 1.0, font=font)
        letter = chr(ord("a") + index) if len(shown) > 1 else ""
        chains = _list(dict.fromkeys(chain for row in rows for chain, _ in row.areas))
        heading(panel, letter, protein.name, f"{structure} {chains}, {protein.accession} {first}–{last}", left=left)
        base, height = _draw_panel(panel, rows, area)
        placed.append((panel.ax, left, top, room, height))
        bars = figure.add_axes((0, 0, 1, 1), label=f"{protein.name}-area", sharex=panel.ax)
        draw_bars(bars, panel, rows, area)
        placed.append((bars, left, top + base - TALL, room, TALL))
        top += height + BETWEEN
    ax = figure.add_axes((0, 0, 1, 1), label="key")
    text = caption(target, found, structure=structure, radii=radii, cutoff=cutoff, assembly=_assembly(own))
    height = draw_key(ax, _legend(found, classes, shown, cutoff), text, left=left, width=width, font=font)
    placed.append((ax, 0.0, top - 1.0, width, height))
    settle(figure, placed, width, top + height)
    return figure


@dataclass(frozen=True, slots=True)
class Area:
    """Interface classes in order, and the area axis: distance of its ticks and its upper end, in square Angstrom."""

    classes: tuple[str, ...]
    step: float
    top: float


def losses(residues: pd.DataFrame, protein: Protein) -> tuple[Loss, ...]:
    """What each residue with atoms loses, in sequence order; positions that no copy shows are left out.

    Parameters
    ----------
    residues : pandas.DataFrame
        Rows of one structure.
    protein : Protein
    """
    if residues.empty or "buried_area" not in residues:
        return ()
    own = residues[(residues["protein"] == protein.name) & residues["buried_area"].notna() & residues["position"].notna()]
    by_position: dict[int, list[tuple[str, float, str, str, str, int | None]]] = {}
    columns = ("position", "chain", "buried_area", "interface", "burial", "residue", "observed_residue", "number", "icode")
    for position, chain, area, interface, burial, letter, other, number, icode in zip(*(own[c] for c in columns), strict=True):
        own_number = _number(number)
        label = f"{_letter(letter, other)}{'' if own_number is None else own_number}{_text(icode)}"
        by_position.setdefault(int(position), []).append(
            (str(chain), float(area), _text(interface), _text(burial), label, own_number)
        )
    rows = []
    for position, copies in sorted(by_position.items()):
        interfaces = Counter(name for _, _, text, *_ in copies for name in text.split(";") if name)
        burials = Counter(word for _, _, _, word, *_ in copies if word)
        label = "/".join(dict.fromkeys(copy[4] for copy in copies))
        numbers = {copy[5] for copy in copies}
        areas = tuple((chain, area) for chain, area, *_ in copies)
        number = numbers.pop() if len(numbers) == 1 else None
        rows.append(Loss(position, label, number, areas, dict(interfaces), dict(burials)))
    return tuple(rows)


def class_order(target: Target, names: Iterable[str]) -> tuple[str, ...]:
    """Interface classes as the target orders them, further ones behind."""
    rank = {name: index for index, name in enumerate(target.interface_names)}
    return tuple(sorted(set(names), key=lambda name: (rank.get(name, len(rank)), name)))


def draw_bars(ax: Axes, panel: Window, rows: Sequence[Loss], area: Area) -> None:
    """Draw the bars, the copies, and stretches without atoms, on an axis in square Angstrom."""
    from matplotlib.patches import Rectangle

    ax.patch.set_visible(False)
    ax.set_ylim(0, area.top)
    for name, spine in ax.spines.items():
        spine.set_visible(name in ("left", "bottom"))
        spine.set_linewidth(0.6)
    ax.tick_params(axis="x", bottom=False, labelbottom=False)
    ticks = [area.step * n for n in range(int(area.top / area.step) + 1)]
    ax.set_yticks(ticks, [f"{tick:g}" for tick in ticks], fontfamily=family(panel.font), fontsize=BODY)
    ax.tick_params(axis="y", length=2.2, width=0.6, pad=1.5, color=palette.INK, labelcolor=palette.INK)
    ax.set_ylabel("buried area (Å²)", fontsize=BODY, fontfamily=family(panel.font), color=palette.INK, labelpad=3.0)
    for tick in ticks[1:]:
        ax.axhline(tick, color="#EDEDED", lw=0.4, zorder=0.4)
    for span in gaps(rows):
        ax.axvspan(
            span.first - 0.5, span.last + 0.5, facecolor="#F2F2F2", edgecolor="#BDBDBD", hatch="/" * 5, lw=0.0, zorder=0.6,
            gid=panel.gid("gap", span),
        )  # fmt: skip
    for row in rows:
        if row.mean <= 0:
            continue
        names = [name for name in area.classes if name in row.interfaces]
        colors = [palette.interface_color(name) for name in names] or [NO_CONTACT]
        for index, color in enumerate(colors):
            part = 0.84 / len(colors)
            gid = panel.gid("buried", row.position, *([names[index]] if len(colors) > 1 else []))
            corner = row.position - 0.42 + index * part, 0.0
            ax.add_patch(Rectangle(corner, part, row.mean, facecolor=color, lw=0, zorder=2, gid=gid))
    copies = [(row.position, value) for row in rows if len(row.areas) > 1 and row.mean > 0 for _, value in row.areas]
    if copies:
        size = min(1.7, max(1.1, panel.mm(1) / POINT * 0.8))
        (dots,) = ax.plot(
            *zip(*copies, strict=True),
            ls="",
            marker="o",
            ms=size,
            mfc="#FFFFFF",
            mec=palette.INK,
            mew=0.35,
            zorder=3,
            clip_on=False,
        )
        dots.set_gid(panel.gid("copies"))


def gaps(rows: Sequence[Loss]) -> tuple[Span, ...]:
    """Stretches inside the structure that no copy shows."""
    seen = {row.position for row in rows}
    return spans_of(p for p in range(rows[0].position, rows[-1].position) if p not in seen)


def _draw_panel(panel: Window, rows: Sequence[Loss], area: Area) -> tuple[float, float]:
    """Labels, rows of ticks and strips; returns the height of the zero line and of the whole, in millimetres."""
    base = _draw_labels(panel, rows, area, HEADER)
    y = base + 1.0
    for kind, names in (("interfaces", area.classes), ("burial", BURIALS)):
        for name in names:
            panel.label(y + LANE / 2, name, size=SMALL, color=palette.MUTED)
            panel.line((panel.x(0), panel.x(panel.length)), (y + LANE - 0.3,) * 2, lw=0.3, color=palette.FAINT, zorder=0.8)
            for row in rows:
                count = (row.interfaces if kind == "interfaces" else row.burial).get(name, 0)
                if count:
                    colors = [palette.interface_color(n) for n in area.classes if n in row.interfaces] or [NO_CONTACT]
                    color = palette.interface_color(name) if kind == "interfaces" else colors[0]
                    tall = (LANE - 0.8) * (1.0 if count == len(row.areas) else 0.5)
                    low = y + LANE - 0.3
                    at, half = row.position, max(0.42, 0.16 * panel.per_mm)
                    panel.box(at - half, low - tall, at + half, low, facecolor=color, zorder=2, gid=panel.gid(name, row.position))
            y += LANE
        y += 0.7
    y = draw_strips(panel, y + 0.4)
    draw_positions(panel, y, _numbering(rows))
    return base, y + AXIS


def _draw_labels(panel: Window, rows: Sequence[Loss], area: Area, y: float) -> float:
    """Labels of the residues that lose most, upright over the bars; returns the height of the zero line."""
    most = sorted((row for row in rows if row.mean > 0), key=lambda r: (-r.mean, r.position))[:LABELLED]
    chosen = sorted(most, key=lambda r: r.position)
    longest = max((panel.width(row.label, SMALL) for row in chosen), default=0.0)
    centres = layout.spread(
        [panel.at(row.position) for row in chosen], [text_height(SMALL)] * len(chosen), 0.0, panel.length, gap=0.1
    )
    foot = y + longest + 0.8
    base = foot + 3.4 + TALL
    for row, mm in zip(chosen, centres, strict=True):
        highest = max(value for _, value in row.areas) / area.top * TALL
        xs = (row.position, row.position, panel.x(mm), panel.x(mm))
        ys = (base - highest - 0.7, min(foot + 3.0, base - highest - 0.7), foot + 0.6, foot)
        panel.line(xs, ys, lw=0.4, color="#9A9A9A", zorder=1.2)
        text = write(panel.ax, panel.x(mm), foot - 0.4, row.label, size=SMALL, font=panel.font, rotation=90.0)
        text.set(va="bottom", gid=panel.gid("label", row.position))
    return base


def _numbering(rows: Sequence[Loss]) -> str:
    offsets = {None if row.number is None else row.position - row.number for row in rows}
    if offsets == {0}:
        return "author numbers are the same"
    offset = offsets.pop() if len(offsets) == 1 else None
    if offset is not None:
        return f"labels: author number = position {'−' if offset > 0 else '+'} {abs(offset)}"
    return "labels: author numbers"


def caption(
    target: Target, found: dict[str, tuple[Loss, ...]], *, structure: str, radii: str, cutoff: float, assembly: str
) -> str:
    """What a reader must know: what is summed, how areas were computed, numbering, and what is absent."""
    how = f" ({radii.replace(' A,', ' Å,')})" if radii else ""
    parts = [
        f"{structure}{assembly}: solvent-accessible area that the partner protein, all its chains together, takes from each "
        f"residue{how}, backbone and side chain summed."
    ]
    sums = []
    for protein in target.proteins:
        rows = found[protein.name]
        chains = list(dict.fromkeys(chain for row in rows for chain, _ in row.areas))
        if rows:
            copies = f"mean of chains {_list(chains)}" if len(chains) > 1 else f"chain {chains[0]}"
            sums.append(f"{protein.name} {sum(row.mean for row in rows):.0f} Å² ({copies})")
    scales = "; panels share the scale of area, not that of positions" if len(sums) > 1 else ""
    parts.append(f"The bars add up to {' and '.join(sums)}{scales}.")
    parts.append(
        f"Colour: interface class of the residue's contacts (heavy atoms within {cutoff:g} Å) in any copy. "
        "Core, rim, support: surface that becomes interior, stays surface, was interior (Levy 2010)."
    )
    parts.append(
        f"Labels, on the {LABELLED} residues of each protein that lose most, are author numbers of {structure}; "
        f"the axis counts UniProt positions of {_list(f'{p.name} {p.accession}' for p in target.proteins if found[p.name])}."
    )
    hidden = [protein.name for protein in target.proteins if not found[protein.name]]
    if hidden:
        parts.append(f"Not in {structure}: {', '.join(hidden)}.")
    bare = [p.name for p in target.proteins if found[p.name] and not p.exons]
    if bare:
        parts.append(f"No exons known for {', '.join(bare)}.")
    return " ".join(parts)


def _legend(found: dict[str, tuple[Loss, ...]], classes: Sequence[str], shown: Sequence[Protein], cutoff: float) -> list[Group]:
    rows = [row for protein in shown for row in found[protein.name]]
    items: list[tuple[str, Swatch]] = [(name, _bar(palette.interface_color(name))) for name in classes]
    if any(row.mean > 0 and not row.interfaces for row in rows):
        items.append((f"no contact within {cutoff:g} Å", _bar(NO_CONTACT)))
    marks: list[tuple[str, Swatch]] = []
    if any(len(row.areas) > 1 for row in rows):
        marks += [("bar: mean of the copies; dot: each copy", _dots)]
    if any(0 < n < len(row.areas) for row in rows for counts in (row.interfaces, row.burial) for n in counts.values()):
        marks.append(("short tick: not in every copy", _ticks))
    if any(gaps(found[protein.name]) for protein in shown):
        marks.append(("not observed", _gap))
    return [group for group in (Group("interface", tuple(items)), Group("marks", tuple(marks))) if group.items]


def _bar(color: str) -> Swatch:
    def draw(panel: Panel, x: float, y: float) -> None:
        for mm, tall in ((0.6, 1.2), (1.6, 2.4), (2.6, 1.8), (3.6, 0.9)):
            panel.box(x + mm, y + 1.2 - tall, x + mm + 0.8, y + 1.2, facecolor=color)

    return draw


def _dots(panel: Panel, x: float, y: float) -> None:
    panel.box(x + SAMPLE / 2 - 0.5, y - 0.6, x + SAMPLE / 2 + 0.5, y + 1.2, facecolor=palette.MUTED)
    panel.ax.plot([x + SAMPLE / 2] * 2, [y - 1.0, y - 0.2], ls="", marker="o", ms=1.7, mfc="#FFFFFF", mec=palette.INK, mew=0.35)


def _ticks(panel: Panel, x: float, y: float) -> None:
    for mm, tall in ((1.2, 1.7), (2.2, 1.7), (3.2, 0.85)):
        panel.box(x + mm, y + 0.9 - tall, x + mm + 0.6, y + 0.9, facecolor=palette.MUTED)


def _gap(panel: Panel, x: float, y: float) -> None:
    panel.box(x, y - 1.2, x + SAMPLE, y + 1.2, facecolor="#F2F2F2", edgecolor="#BDBDBD", hatch="/" * 5)


def _nothing(target: Target, structure: str, any_residue: bool) -> str:
    if target.ligand is None:
        return f"No buried area in {structure}: the target {target.receptor.name} has no ligand."
    if not any_residue:
        return f"No residues of {target.receptor.name} or {target.ligand.name} with areas in {structure}."
    return f"No area is buried between {target.receptor.name} and {target.ligand.name} in {structure}."


def _assembly(own: pd.DataFrame) -> str:
    names = [str(name) for name in dict.fromkeys(own["assembly"])] if "assembly" in own else []
    return f" ({_list('asymmetric unit' if name == 'asu' else f'assembly {name}' for name in names)})" if names else ""


def _letter(letter: object, other: object) -> str:
    name = _text(other)
    return ONE_LETTER.get(name, name) if name else str(letter)


def _number(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(words: Iterable[str]) -> str:
    every = list(words)
    return " and ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)


# What any panel over a stretch of a sequence needs


def window(figure: Figure, protein: Protein, first: int, last: int, *, length: float, room: float, font: str) -> Window:
    """A panel, with an axis of its own, for a stretch of a protein; `settle` puts it in place."""
    ax = figure.add_axes((0, 0, 1, 1), label=protein.name)
    ax.patch.set_visible(False)
    ax.set_xlim(first - 0.5, last + 0.5)
    return Window(ax, protein, (last - first + 1) / length, room, font, first, last)


def heading(panel: Window, letter: str, title: str, text: str, *, left: float) -> None:
    """Write letter, title and what is shown along the top of a panel."""
    if letter:
        write(panel.ax, panel.x(1.5 - left), 1.8, letter, size=LETTER, font=panel.font, align="left", bold=True)
    write(panel.ax, panel.x(0), 1.8, title, size=8.0, font=panel.font, align="left", bold=True)
    after = text_width(title, 8.0, panel.font, bold=True) + 2.0
    write(panel.ax, panel.x(after), 1.8, text, font=panel.font, align="left", color=palette.MUTED)


def draw_strips(panel: Window, y: float) -> float:
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
    panel: Window, y: float, name: str, kind: str, pieces: Sequence[tuple[float, float, str, tuple[str, ...]]]
) -> float:
    height, below = 3.4, []
    panel.label(y + height / 2, name)
    middle = y + height / 2
    panel.line((panel.x(0), panel.x(panel.length)), (middle, middle), lw=0.6, color=palette.FAINT, zorder=0.9)
    for left, right, color, names in pieces:
        first, last = max(left, panel.first - 0.5), min(right, panel.last + 0.5)
        if first >= last:
            continue
        panel.box(first, y, last, y + height, facecolor=color, zorder=2, gid=panel.gid(kind, names[-1]))
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


def draw_positions(panel: Window, y: float, note: str = "") -> None:
    """The axis of UniProt positions at a height of the panel, with its title: below where it has a note, else on the left."""
    ax = panel.ax
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_xticks([])
    ax.set_yticks([])
    y += 0.6
    panel.line((panel.x(0), panel.x(panel.length)), (y, y), gid=panel.gid("axis"))
    for place in positions(panel.first, panel.last, panel.length, least=panel.width(str(panel.last)) * 2.2):
        panel.line((place, place), (y, y + 0.8))
        write(ax, place, y + 2.2, str(place), font=panel.font)
    if note:
        write(ax, panel.x(panel.length / 2), y + 5.4, f"UniProt position ({note})", font=panel.font)
    else:
        panel.label(y + 2.2, "UniProt position", size=SMALL, color=palette.MUTED)


def positions(first: int, last: int, room: float, *, least: float) -> list[int]:
    """Round positions to print on an axis from one position to another, at least ``least`` apart on a length of ``room``.

    Examples
    --------
    >>> positions(34, 225, 150.0, least=12.0)
    [40, 60, 80, 100, 120, 140, 160, 180, 200, 220]
    """
    if first == last:
        return [first]
    step = max(1, int(_step(least * (last - first + 1) / room)))
    return [place for place in range(first, last + 1) if place % step == 0] or [first]


def _step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, 50... that is not below ``least``."""
    return next(s * 10.0**power for power in range(-6, 12) for s in (1, 2, 5) if s * 10.0**power >= least)


def say(figure: Figure, text: str, *, width: float, font: str) -> None:
    """Make a figure that says that there is nothing to show."""
    figure.set_size_inches(width / MM, 30.0 / MM)
    ax = figure.add_axes((0, 0, 1, 1), label="empty")
    ax.axis("off")
    ax.set_xlim(0, width)
    ax.set_ylim(30.0, 0)
    write(ax, width / 2, 15.0, text, size=8.0, font=font, color=palette.MUTED)


def settle(figure: Figure, placed: Sequence[tuple[Axes, float, float, float, float]], width: float, height: float) -> None:
    """Set the size of the paper and put each axis (left, top, length, height in millimetres) in its place."""
    figure.set_size_inches(width / MM, height / MM)
    for ax, left, top, length, tall in placed:
        if ax.get_label() != "key" and not str(ax.get_label()).endswith(("-area", "-ddg", "-several")):
            ax.set_ylim(tall, 0)
        ax.set_position((left / width, 1 - (top + tall) / height, length / width, tall / height))
