"""The contact map: receptor residues against ligand residues, a panel for each interface class, both copies in one cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from axlstruct.figures.contact_map.grid import Grid, Member, blocks, cell_shape, distance_bins, grid_of, places, starts
from axlstruct.figures.contact_map.legend import draw_legend, nothing, ramp
from axlstruct.figures.contact_map.marks import draw_marks, marks_of
from axlstruct.figures.contact_map.sides import CELLS, CellStyle, MapSide, axis_title, margin
from axlstruct.figures.paper import layout
from axlstruct.figures.paper.millimetres import BODY, FONT, LETTER, MM, SMALL, text_width, write
from axlstruct.figures.paper.sheet import draw_message
from axlstruct.scene import palette
from axlstruct.sequence.target import Target

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from axlstruct.interface.interactions import InteractionRow
    from axlstruct.interface.rows import ContactRow

DEFAULT = CellStyle()

TITLE = 7.0
"""Height above the cells of a panel, in millimetres."""


def draw_contact_map(
    target: Target,
    contacts: Sequence[ContactRow],
    interactions: Sequence[InteractionRow] = (),
    *,
    structure: str,
    cutoff: float,
    width: float = 180.0,
    font: str = FONT,
    numbering: str = "uniprot",
) -> Figure:
    """Draw which residues of receptor and ligand meet.

    Parameters
    ----------
    target : Target
    contacts : sequence of ContactRow
        Rows of other structures are left out.
    interactions : sequence of InteractionRow
        Of the same structure, for marks of their types.
    structure : str
        Entry whose contacts are shown.
    cutoff : float
        Distance in Angstrom with which the contacts were computed.
    width : float
        Of the figure, in millimetres; more where a panel needs more.
    font : str
        A sans-serif font that matplotlib finds.
    numbering : {'uniprot', 'author'}
        Of the residue labels; with author numbers, positions that differ stand beside them.

    Returns
    -------
    matplotlib.figure.Figure
        One axis for each interface class, in millimetres, and one for the legend; a figure that says so where there are none.
    """
    from matplotlib.figure import Figure

    own = [row for row in contacts if row.structure.upper() == structure.upper()]
    figure = Figure()
    structure = own[0].structure if own else structure
    if not own or target.ligand is None:
        draw_message(figure, nothing(target, structure, cutoff), width=width, font=font)
        return figure
    if not (target.receptor.accession or target.ligand.accession):
        numbering = "author"  # chains outside the target have no other
    rank = {name: index for index, name in enumerate(target.interface_names)}
    classes = sorted({row.interface for row in own}, key=lambda name: (rank.get(name, len(rank)), name))
    grids = {name: grid_of([row for row in own if row.interface == name]) for name in classes}
    marks = {name: marks_of(interactions, grid, name) for name, grid in grids.items()}
    for style in [CellStyle(cell, font, numbering) for cell in (*CELLS, CELLS[0])]:
        sizes = [_size(name, grid, target, style) for name, grid in grids.items()]
        if layout.fits([across for across, _ in sizes], width - 8.0, gap=6.0):
            break
    width = max([width, *(across + 8.0 for across, _ in sizes)])
    spots = layout.flow([across for across, _ in sizes], width - 8.0, gap=6.0)
    top, tops = 2.0, []
    for line in range(spots[-1][0] + 1):
        tops.append(top)
        top += max(down for (_, down), (other, _) in zip(sizes, spots, strict=True) if other == line) + 5.0
    legend = figure.add_axes((0, 0, 1, 1), label="legend")
    tall = draw_legend(legend, target, grids, structure=structure, cutoff=cutoff, width=width, style=style, marks=marks)
    height = top + tall
    figure.set_size_inches(width / MM, height / MM)
    legend.set_position((0, 0, 1, tall / height))
    for index, ((name, grid), (across, down), (line, left)) in enumerate(zip(grids.items(), sizes, spots, strict=True)):
        at = (4.0 + left) / width, 1 - (tops[line] + down) / height, across / width, down / height
        ax = figure.add_axes(at, label=name)
        letter = chr(ord("a") + index) if len(grids) > 1 else ""
        draw_map(ax, grid, target, name, structure=structure, cutoff=cutoff, letter=letter, style=style, marks=marks[name])
    return figure


def draw_map(
    ax: Axes,
    grid: Grid,
    target: Target,
    name: str,
    *,
    structure: str,
    cutoff: float,
    letter: str = "",
    style: CellStyle = DEFAULT,
    marks: Mapping[tuple[Member, Member], str] | None = None,
) -> None:
    """Draw one interface class on an axis; x and y are set to millimetres, y downwards."""
    from matplotlib.collections import PolyCollection

    assert target.ligand is not None
    ax.axis("off")
    cell = style.cell
    left, below = margin(grid.rows, style), margin(grid.columns, style)
    x_of = dict(zip(grid.columns, starts(grid.columns, cell, left), strict=True))
    y_of = dict(zip(grid.rows, starts(grid.rows, cell, TITLE), strict=True))
    right, bottom = max(x_of.values()) + cell, max(y_of.values()) + cell
    wide, tall = _size(name, grid, target, style)
    ax.set_xlim(0, wide)
    ax.set_ylim(tall, 0)
    _background(ax, grid, left, cell)
    bins, colors = distance_bins(cutoff), ramp(name, cutoff)
    shapes, fills = [], []
    for contact in grid.cells:
        shape = cell_shape(grid.pairs.index(contact.pair), len(grid.pairs))
        shapes.append([(x_of[contact.second] + cell * x, y_of[contact.first] + cell * y) for x, y in shape])
        fills.append(colors[next((i for i, (limit, _) in enumerate(bins) if contact.distance <= limit), len(bins) - 1)])
    ax.add_collection(
        PolyCollection(shapes, facecolors=fills, edgecolors="#FFFFFF", linewidths=0.4, zorder=3, gid=f"contacts-{name}")
    )
    draw_marks(ax, marks or {}, x_of, y_of, cell)
    MapSide(ax, target.receptor, y_of, left, False, style).draw()
    MapSide(ax, target.ligand, x_of, bottom, True, style).draw()
    if letter:
        write(ax, 0.0, 1.8, letter, size=LETTER, font=style.font, align="left", bold=True)
    write(ax, left, 1.8, heading(name, grid), size=8.0, font=style.font, align="left", bold=True)
    pairs = {(contact.first, contact.second) for contact in grid.cells}
    count = f"{len(grid.rows)} × {len(grid.columns)} residues, {len(pairs)} pair{'s' * (len(pairs) != 1)}"
    write(ax, left, 5.0, count, size=SMALL, font=style.font, align="left", color=palette.MUTED)
    titles = axis_title(target.receptor, grid.rows, style), axis_title(target.ligand, grid.columns, style)
    long = [text_width(title, BODY, style.font) for title in titles]
    (middle,) = layout.spread([(TITLE + bottom) / 2], [long[0]], TITLE, max(bottom + below, TITLE + long[0]))
    write(ax, 1.2, middle, titles[0], font=style.font, rotation=90)
    (middle,) = layout.spread([(left + right) / 2], [long[1]], 3.0, max(right, wide))
    write(ax, middle, bottom + below - 1.2, titles[1], font=style.font)


def _size(name: str, grid: Grid, target: Target, style: CellStyle) -> tuple[float, float]:
    across, down = (max(places(members)) + 1 for members in (grid.columns, grid.rows))
    left, below = margin(grid.rows, style), margin(grid.columns, style)
    assert target.ligand is not None
    titles = [
        text_width(axis_title(p, m, style), BODY, style.font)
        for p, m in ((target.receptor, grid.rows), (target.ligand, grid.columns))
    ]
    wide = max(left + across * style.cell, left + text_width(heading(name, grid), 8.0, style.font, bold=True), titles[1] + 3.0)
    return wide, max(TITLE + down * style.cell + below, TITLE + titles[0])


def heading(name: str, grid: Grid) -> str:
    """Name of an interface class and its chain pairs."""
    return f"{name or 'unnamed'} interface: {', '.join(f'{one}–{two}' for one, two in grid.pairs)}"


def _background(ax: Axes, grid: Grid, left: float, cell: float) -> None:
    from matplotlib.collections import LineCollection
    from matplotlib.patches import Rectangle

    for top, bottom in blocks(places(grid.rows)):
        for first, last in blocks(places(grid.columns)):
            corner = left + first * cell, TITLE + top * cell
            ax.add_artist(Rectangle(corner, (last - first) * cell, (bottom - top) * cell, facecolor="#F1F1F1", lw=0, zorder=1))
    wide, tall = (max(places(members)) + 1 for members in (grid.columns, grid.rows))
    lines = [((left, y), (left + wide * cell, y)) for edge in places(grid.rows) for y in _edges(TITLE, edge, cell)]
    lines += [((x, TITLE), (x, TITLE + tall * cell)) for edge in places(grid.columns) for x in _edges(left, edge, cell)]
    ax.add_collection(LineCollection(lines, colors="#FFFFFF", linewidths=0.4, zorder=2))


def _edges(start: float, edge: float, cell: float) -> tuple[float, float]:
    return start + edge * cell, start + (edge + 1) * cell
