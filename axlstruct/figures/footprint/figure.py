"""The footprint figure: area that the partner buries of each residue, along the stretch of sequence that a structure shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.figures.footprint.legend import LABELLED, NO_CONTACT, assembly, caption, legend_entries, listed, nothing
from axlstruct.figures.footprint.losses import Loss, class_order, gaps, losses
from axlstruct.figures.paper import layout
from axlstruct.figures.paper.legend import draw_legend
from axlstruct.figures.paper.millimetres import BODY, FONT, MM, POINT, SMALL, family, text_height, text_width, write
from axlstruct.figures.paper.panel import Panel, add_panel, draw_heading, draw_positions
from axlstruct.figures.paper.sheet import PlacedAxes, arrange, draw_message
from axlstruct.figures.paper.strips import draw_strips
from axlstruct.scene import palette
from axlstruct.sequence.target import Target

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from axlstruct.interface.residue_rows import ResidueRow

HEADER, TALL, LANE, AXIS, BETWEEN = 5.0, 26.0, 2.5, 9.0, 4.0
"""Heights of a panel's title, its bars, a row of ticks, its axis, and the space to the next panel, in millimetres."""

BURIALS = ("core", "rim", "support")


@dataclass(frozen=True, slots=True)
class Area:
    """Interface classes in order; the area axis, its ticks and upper end in square Angstrom; the numbering of labels."""

    classes: tuple[str, ...]
    step: float
    top: float
    numbering: str = "uniprot"


def draw_footprint(
    target: Target,
    residues: Sequence[ResidueRow],
    *,
    structure: str,
    radii: str = "",
    cutoff: float = 4.0,
    width: float = 180.0,
    font: str = FONT,
    numbering: str = "uniprot",
) -> Figure:
    """Draw the buried area of each residue of receptor and ligand as bars, with interface class, burial, exons and domains.

    Parameters
    ----------
    target : Target
    residues : sequence of ResidueRow
        Rows of other structures are left out.
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
    numbering : {'uniprot', 'author'}
        Of labels and axis. Author numbers stand on the axis where one shift leads from positions to them.

    Returns
    -------
    matplotlib.figure.Figure
        For each protein an axis of its name in millimetres, and one named ``NAME-area`` in square Angstrom, both along the
        UniProt position; one for legend and caption. A figure that says so where nothing is buried.
    """
    from matplotlib.figure import Figure

    own = [row for row in residues if row.structure.upper() == structure.upper()]
    structure = own[0].structure if own else structure
    found = {protein.name: losses(own, protein) for protein in target.proteins}
    shown = [protein for protein in target.proteins if found[protein.name]]
    highest = max((area for rows in found.values() for row in rows for _, area in row.areas), default=0.0)
    figure = Figure(figsize=(width / MM, 1.0))
    if highest <= 0:
        draw_message(figure, nothing(target, structure, bool(shown)), width=width, font=font)
        return figure
    classes = class_order(target, (name for rows in found.values() for row in rows for name in row.interfaces))
    left = 4.0 + max(text_width(text, BODY, font) for text in ("coding exons", *classes))
    step = layout.round_step(highest / TALL * 5.0)
    area = Area(classes, step, highest * 1.06, numbering)
    room, top = width - left - 4.0, 2.0
    placed: list[PlacedAxes] = []
    for index, protein in enumerate(shown):
        rows = found[protein.name]
        first, last = rows[0].position, rows[-1].position
        panel = add_panel(figure, protein, (first, last), length=room, room=width - left - 1.0, font=font)
        letter = chr(ord("a") + index) if len(shown) > 1 else ""
        chains = listed(dict.fromkeys(chain for row in rows for chain, _ in row.areas))
        shows = f"{structure} {chains}, {protein.accession} {first}–{last}"
        draw_heading(panel, letter, protein.name, shows, at=(1.5 - left, 0.0))
        base, height = _draw_panel(panel, rows, area)
        placed.append(PlacedAxes(panel.ax, left, top, room, height))
        bars = figure.add_axes((0, 0, 1, 1), label=f"{protein.name}-area", sharex=panel.ax)
        draw_bars(bars, panel, rows, area)
        placed.append(PlacedAxes(bars, left, top + base - TALL, room, TALL, in_mm=False))
        top += height + BETWEEN
    ax = figure.add_axes((0, 0, 1, 1), label="legend")
    text = caption(target, found, structure=structure, radii=radii, cutoff=cutoff, assembly=assembly(own), numbering=numbering)
    height = draw_legend(ax, legend_entries(found, classes, shown, cutoff), text, left=left, width=width, font=font)
    placed.append(PlacedAxes(ax, 0.0, top - 1.0, width, height))
    arrange(figure, placed, width, top + height)
    return figure


def draw_bars(ax: Axes, panel: Panel, rows: Sequence[Loss], area: Area) -> None:
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
    ax.tick_params(axis="y", length=2.2, width=0.6, pad=1.5, color=palette.TEXT, labelcolor=palette.TEXT)
    ax.set_ylabel("buried area (Å²)", fontsize=BODY, fontfamily=family(panel.font), color=palette.TEXT, labelpad=3.0)
    for tick in ticks[1:]:
        ax.axhline(tick, color="#EDEDED", lw=0.4, zorder=0.4)
    for span in gaps(rows):
        ax.axvspan(
            span.first - 0.5, span.last + 0.5, facecolor="#F2F2F2", edgecolor="#BDBDBD", hatch="/" * 5, lw=0.0, zorder=0.6,
            gid=panel.gid("gap", at=span),
        )  # fmt: skip
    for row in rows:
        if row.mean <= 0:
            continue
        names = [name for name in area.classes if name in row.interfaces]
        colors = [palette.interface_color(name) for name in names] or [NO_CONTACT]
        for index, color in enumerate(colors):
            part = 0.84 / len(colors)
            gid = panel.gid("buried", *([names[index]] if len(colors) > 1 else []), at=row.position)
            corner = row.position - 0.42 + index * part, 0.0
            ax.add_artist(Rectangle(corner, part, row.mean, facecolor=color, lw=0, zorder=2, gid=gid))
    copies = [(row.position, value) for row in rows if len(row.areas) > 1 and row.mean > 0 for _, value in row.areas]
    if copies:
        size = min(1.7, max(1.1, panel.mm(1) / POINT * 0.8))
        (dots,) = ax.plot(
            *zip(*copies, strict=True),
            ls="",
            marker="o",
            ms=size,
            mfc="#FFFFFF",
            mec=palette.TEXT,
            mew=0.35,
            zorder=3,
            clip_on=False,
        )
        dots.set_gid(panel.gid("copies"))


def _draw_panel(panel: Panel, rows: Sequence[Loss], area: Area) -> tuple[float, float]:
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
                    panel.box(
                        at - half, low - tall, at + half, low, facecolor=color, zorder=2, gid=panel.gid(name, at=row.position)
                    )
            y += LANE
        y += 0.7
    y = draw_strips(panel, y + 0.4)
    title, shift = _axis(rows, area.numbering)
    draw_positions(panel, y, title, shift=shift)
    return base, y + AXIS


def _draw_labels(panel: Panel, rows: Sequence[Loss], area: Area, y: float) -> float:
    """Labels of the residues that lose most, upright over the bars; returns the height of the zero line."""
    most = sorted((row for row in rows if row.mean > 0), key=lambda r: (-r.mean, r.position))[:LABELLED]
    chosen = sorted(most, key=lambda r: r.position)
    labels = [row.label if area.numbering == "author" else row.name for row in chosen]
    longest = max((panel.width(label, SMALL) for label in labels), default=0.0)
    centres = layout.spread(
        [panel.at(row.position) for row in chosen], [text_height(SMALL)] * len(chosen), 0.0, panel.length, gap=0.1
    )
    foot = y + longest + 0.8
    base = foot + 3.4 + TALL
    for row, label, mm in zip(chosen, labels, centres, strict=True):
        highest = max(value for _, value in row.areas) / area.top * TALL
        xs = (row.position, row.position, panel.x(mm), panel.x(mm))
        ys = (base - highest - 0.7, min(foot + 3.0, base - highest - 0.7), foot + 0.6, foot)
        panel.line(xs, ys, lw=0.4, color="#9A9A9A", zorder=1.2, gid=panel.gid("leader", at=row.position))
        text = write(panel.ax, panel.x(mm), foot - 0.4, label, size=SMALL, font=panel.font, rotation=90.0)
        text.set(va="bottom", gid=panel.gid("label", at=row.position))
    return base


def _axis(rows: Sequence[Loss], numbering: str) -> tuple[str, int]:
    """Title of the axis, and what is taken from positions to print its numbers."""
    if numbering != "author":
        return "UniProt position", 0
    offsets = {None if row.number is None else row.position - row.number for row in rows}
    offset = offsets.pop() if len(offsets) == 1 else None
    if offset is None:
        return "UniProt position (labels: author numbers, which no single shift explains)", 0
    if offset == 0:
        return "author number = UniProt position", 0
    return f"author number (UniProt position {'−' if offset > 0 else '+'} {abs(offset)})", offset
