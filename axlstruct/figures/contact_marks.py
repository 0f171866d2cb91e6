"""Marks of typed interactions on the cells of a contact map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from axlstruct.figures.contact_grid import Grid, Member

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MARKERS = {
    "salt-bridge": ("D", "salt bridge"),
    "hbond": ("o", "hydrogen bond"),
    "pi-stacking": ("p", "stacked rings"),
    "cation-pi": ("P", "cation-pi"),
    "hydrophobic": ("s", "hydrophobic"),
}
"""Marker and words of each type; of several in one cell the first counts."""
INK, EDGE = "#111111", "#FFFFFF"


def marks_of(interactions: pd.DataFrame | None, grid: Grid, name: str) -> dict[tuple[Member, Member], str]:
    """The type to mark in each cell of an interface class, seen in any copy; empty where there is none.

    Parameters
    ----------
    interactions : pandas.DataFrame or None
        Columns of ``interactions``.
    grid : Grid
    name : str
        Interface class.
    """
    if interactions is None or interactions.empty:
        return {}
    own = interactions[(interactions["interface"] == name) & interactions["type"].isin(list(MARKERS))]
    sides = [{(m.number, m.icode): m for m in members} for members in (grid.rows, grid.columns)]
    order = list(MARKERS)
    found: dict[tuple[Member, Member], str] = {}
    columns = ("number_1", "icode_1", "number_2", "icode_2", "type")
    for one, icode_1, two, icode_2, kind in zip(*(own[column] for column in columns), strict=True):
        first, second = sides[0].get((int(one), str(icode_1))), sides[1].get((int(two), str(icode_2)))
        if first is None or second is None:
            continue
        key = (first, second)
        if key not in found or order.index(kind) < order.index(found[key]):
            found[key] = str(kind)
    return found


def draw_marks(
    ax: Axes,
    marks: Mapping[tuple[Member, Member], str],
    x_of: Mapping[Member, float],
    y_of: Mapping[Member, float],
    cell: float,
) -> None:
    """Draw the marks in the middle of their cells."""
    for kind, (marker, _) in MARKERS.items():
        places = [(x_of[two] + cell / 2, y_of[one] + cell / 2) for (one, two), found in marks.items() if found == kind]
        if places:
            x, y = zip(*places, strict=True)
            ax.scatter(
                x, y, s=cell**2 * 1.1, marker=marker, c=INK, edgecolors=EDGE, linewidths=0.5, zorder=4, gid=f"marks-{kind}"
            )
