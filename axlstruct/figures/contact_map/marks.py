"""Marks of typed interactions on the cells of a contact map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from axlstruct.figures.contact_map.grid import Grid, Member
from axlstruct.interface.kinds import marked

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from axlstruct.interface.interactions import InteractionRow

MARKERS = {"salt-bridge": "D", "hbond": "o", "pi-stacking": "p", "cation-pi": "P", "hydrophobic": "s"}
"""Marker of each kind; others have `OTHER`."""
OTHER = "*"
INK, EDGE = "#111111", "#FFFFFF"


def marker_of(kind: str) -> str:
    """The marker of a kind of interaction."""
    return MARKERS.get(kind, OTHER)


def marks_of(interactions: Iterable[InteractionRow], grid: Grid, name: str) -> dict[tuple[Member, Member], str]:
    """The type to mark in each cell of an interface class (``name``), seen in any copy."""
    sides = [{(m.number, m.icode): m for m in members} for members in (grid.rows, grid.columns)]
    order = [kind.name for kind in marked()]
    found: dict[tuple[Member, Member], str] = {}
    for row in interactions:
        first, second = sides[0].get((row.number_1, row.icode_1)), sides[1].get((row.number_2, row.icode_2))
        if row.interface != name or row.type not in order or first is None or second is None:
            continue
        key = (first, second)
        if key not in found or order.index(row.type) < order.index(found[key]):
            found[key] = row.type
    return found


def draw_marks(
    ax: Axes,
    marks: Mapping[tuple[Member, Member], str],
    x_of: Mapping[Member, float],
    y_of: Mapping[Member, float],
    cell: float,
) -> None:
    """Draw the marks in the middle of their cells."""
    for kind in (each.name for each in marked()):
        places = [(x_of[two] + cell / 2, y_of[one] + cell / 2) for (one, two), found in marks.items() if found == kind]
        if places:
            x, y = zip(*places, strict=True)
            ax.scatter(
                x, y, s=cell**2 * 1.1, marker=marker_of(kind), c=INK, edgecolors=EDGE, linewidths=0.5, zorder=4,
                gid=f"marks-{kind}",
            )  # fmt: skip
