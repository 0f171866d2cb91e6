"""The contact map: receptor residues against ligand residues, a panel for each interface class, both copies in one cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from axlstruct import palette
from axlstruct.figures import layout
from axlstruct.figures.contact_grid import Grid, Member, blocks, cell_shape, distance_bins, grid_of, places
from axlstruct.figures.ink import BODY, FONT, LETTER, MM, SMALL, text_height, text_width, write
from axlstruct.target import Protein, Target

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CELL, BARS, TITLE = 3.3, (2.8, 2.8), 7.0
"""Side of a cell, widths of domain and exon bar, and height above a panel, in millimetres."""


def draw_contact_map(
    target: Target, contacts: pd.DataFrame, *, structure: str, cutoff: float, width: float = 180.0, font: str = FONT
) -> Figure:
    """Draw which residues of receptor and ligand meet.

    Parameters
    ----------
    target : Target
    contacts : pandas.DataFrame
        Residue-level columns of ``contacts``; rows of other structures are left out.
    structure : str
        Entry whose contacts are shown.
    cutoff : float
        Distance in Angstrom with which the contacts were computed.
    width : float
        Of the figure, in millimetres; more where a panel needs more.
    font : str
        A sans-serif font that matplotlib finds.

    Returns
    -------
    matplotlib.figure.Figure
        One axis for each interface class, in millimetres, and one for the legend; a figure that says so where there are none.
    """
    from matplotlib.figure import Figure

    own = contacts[contacts["structure"].astype(str).str.upper() == structure.upper()] if len(contacts) else contacts
    figure = Figure()
    if own.empty or target.ligand is None:
        _nothing(figure, target, structure, cutoff, width, font)
        return figure
    rank = {name: index for index, name in enumerate(target.interface_names)}
    classes = sorted({str(name) for name in own["interface"]}, key=lambda name: (rank.get(name, len(rank)), name))
    grids = {name: grid_of(own[own["interface"] == name]) for name in classes}
    sizes = [_size(grid, font) for grid in grids.values()]
    width = max([width, *(across + 8.0 for across, _ in sizes)])
    spots = layout.flow([across for across, _ in sizes], width - 8.0, gap=7.0)
    top, tops = 2.0, []
    for line in range(spots[-1][0] + 1):
        tops.append(top)
        top += max(down for (_, down), (other, _) in zip(sizes, spots, strict=True) if other == line) + 5.0
    legend = figure.add_axes((0, 0, 1, 1), label="key")
    tall = _draw_legend(legend, target, grids, structure, cutoff, width, font)
    height = top + tall
    figure.set_size_inches(width / MM, height / MM)
    legend.set_position((0, 0, 1, tall / height))
    for index, ((name, grid), (across, down), (line, left)) in enumerate(zip(grids.items(), sizes, spots, strict=True)):
        at = (4.0 + left) / width, 1 - (tops[line] + down) / height, across / width, down / height
        ax = figure.add_axes(at, label=name)
        letter = chr(ord("a") + index) if len(grids) > 1 else ""
        draw_map(ax, grid, target, name, structure=structure, cutoff=cutoff, letter=letter, font=font)
    return figure


def draw_map(
    ax: Axes, grid: Grid, target: Target, name: str, *, structure: str, cutoff: float, letter: str = "", font: str = FONT
) -> None:
    """Draw one interface class on an axis; x and y are set to millimetres, y downwards."""
    from matplotlib.collections import PolyCollection

    assert target.ligand is not None
    ax.axis("off")
    left, below = _margin(grid.rows, font), _margin(grid.columns, font)
    x_of = {m: left + edge * CELL for m, edge in zip(grid.columns, places(grid.columns), strict=True)}
    y_of = {m: TITLE + edge * CELL for m, edge in zip(grid.rows, places(grid.rows), strict=True)}
    right, bottom = max(x_of.values()) + CELL, max(y_of.values()) + CELL
    ax.set_xlim(0, right)
    ax.set_ylim(bottom + below, 0)
    _background(ax, grid, left)
    bins, colors = distance_bins(cutoff), ramp(name, cutoff)
    shapes, fills = [], []
    for cell in grid.cells:
        shape = cell_shape(grid.pairs.index(cell.pair), len(grid.pairs))
        shapes.append([(x_of[cell.second] + CELL * x, y_of[cell.first] + CELL * y) for x, y in shape])
        fills.append(colors[next((i for i, (limit, _) in enumerate(bins) if cell.distance <= limit), len(bins) - 1)])
    ax.add_collection(PolyCollection(shapes, facecolors=fills, edgecolors="#FFFFFF", linewidths=0.4, zorder=3, gid=f"contacts-{name}"))
    _side(ax, grid.rows, y_of, target.receptor, left, across=False, font=font)
    _side(ax, grid.columns, x_of, target.ligand, bottom, across=True, font=font)
    heading = f"{name or 'unnamed'} interface: {', '.join(f'{one}–{two}' for one, two in grid.pairs)}"
    if letter:
        write(ax, 0.0, 1.8, letter, size=LETTER, font=font, align="left", bold=True)
    write(ax, left, 1.8, heading, size=8.0, font=font, align="left", bold=True)
    cells = {(cell.first, cell.second) for cell in grid.cells}
    count = f"{len(grid.rows)} × {len(grid.columns)} residues, {len(cells)} pairs"
    write(ax, left, 5.0, count, size=SMALL, font=font, align="left", color=palette.MUTED)
    titles = axis_title(target.receptor, structure, grid.rows), axis_title(target.ligand, structure, grid.columns)
    write(ax, 1.2, (TITLE + bottom) / 2, titles[0], font=font, rotation=90)
    write(ax, (left + right) / 2, bottom + below - 1.2, titles[1], font=font)


def ramp(name: str, cutoff: float) -> list[str]:
    """Colours of the classes of distance, the closest darkest, in the hue of the interface class."""
    color = palette.interface_color(name)
    shades = [palette.shade(color, 0.45), color, palette.tint(color, 0.62), palette.tint(color, 0.32)]
    return shades[-len(distance_bins(cutoff)) :]


def axis_title(protein: Protein, structure: str, members: Sequence[Member]) -> str:
    """Which protein and which numbers stand on an axis."""
    shifts = {m.position - m.number if m.position is not None else None for m in members}
    if shifts == {0}:
        return f"{protein.name} (author = UniProt)"
    return f"{protein.name} (author; UniProt grey)"


def _two_numbers(members: Sequence[Member]) -> bool:
    return any(m.position != m.number for m in members)


def _margin(members: Sequence[Member], font: str) -> float:
    labels = max(text_width(m.label, SMALL, font) for m in members) + 1.0
    numbers = max(text_width(str(m.position or "–"), SMALL, font) for m in members) + 1.2 if _two_numbers(members) else 0.0
    return 3.4 + labels + numbers + sum(BARS) + 1.4


def _size(grid: Grid, font: str) -> tuple[float, float]:
    across, down = (max(places(members)) + 1 for members in (grid.columns, grid.rows))
    return across * CELL + _margin(grid.rows, font), TITLE + down * CELL + _margin(grid.columns, font)


def _background(ax: Axes, grid: Grid, left: float) -> None:
    from matplotlib.patches import Rectangle

    for top, bottom in blocks(places(grid.rows)):
        for first, last in blocks(places(grid.columns)):
            corner = left + first * CELL, TITLE + top * CELL
            ax.add_patch(Rectangle(corner, (last - first) * CELL, (bottom - top) * CELL, facecolor="#F1F1F1", lw=0, zorder=1))
    for places_of, members in ((places(grid.rows), grid.rows), (places(grid.columns), grid.columns)):
        end = max(places(grid.columns if members is grid.rows else grid.rows)) + 1
        for edge in places_of:
            for line in (edge, edge + 1):
                if members is grid.rows:
                    ax.plot((left, left + end * CELL), (TITLE + line * CELL,) * 2, color="#FFFFFF", lw=0.4, zorder=2)
                else:
                    ax.plot((left + line * CELL,) * 2, (TITLE, TITLE + end * CELL), color="#FFFFFF", lw=0.4, zorder=2)


def _side(
    ax: Axes, members: Sequence[Member], edge_of: dict[Member, float], protein: Protein, start: float, *, across: bool, font: str
) -> None:
    """Labels, domain bar and exon bar of one axis; ``start`` is the edge of the cells from which they go outwards."""
    out = 1.0 if across else -1.0
    spot: Callable[[float, float], tuple[float, float]] = (lambda along, off: (along, off)) if across else (lambda along, off: (off, along))
    domains = palette.domain_colors(f.name for f in protein.features_of("domain"))
    shorts = {f.name: f.label for f in protein.features_of("domain")}
    named = [protein.domain(m.position) if m.position else "" for m in members]
    exons = [protein.exons_of(m.position) if m.position else () for m in members]
    near = start + out * 0.6
    bars = [([(name,) if name else () for name in named], domains, shorts)]
    if protein.exons:
        numbers = [tuple(str(n) for n in numbers) for numbers in exons]
        flat = {n for group in numbers for n in group}
        bars.insert(0, (numbers, {n: palette.exon_color(int(n)) for n in flat}, {n: n for n in flat}))
    for (values, colors, texts), size in zip(bars, BARS, strict=False):
        far = near + out * (size - 0.4)
        _bar(ax, members, edge_of, values, colors, texts, (near, far), spot, across, font)
        near += out * size
    second = _two_numbers(members)
    offset = near + out * 0.6
    room = max(text_width(str(m.position or "–"), SMALL, font) for m in members) + 1.2 if second else 0.0
    for member in members:
        along = edge_of[member] + CELL / 2
        for text, off, color in ((str(member.position or "–"), offset, palette.MUTED), (member.label, offset + out * room, palette.INK)):
            if second or color == palette.INK:
                x, y = spot(along, off)
                artist = write(ax, x, y, text, size=SMALL, font=font, align="right", color=color, rotation=90.0 if across else 0.0)
                if across:
                    artist.set(ha="center", va="top")
