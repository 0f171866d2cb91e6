"""What stands beside a contact map: residue labels in both numberings, and bars of exons and domains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.figures.contact_map.grid import Member
from axlstruct.figures.paper.millimetres import FONT, SMALL, text_height, text_width, write
from axlstruct.scene import palette
from axlstruct.sequence.target import Protein

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CELLS, BAR, HEADING = (3.3, 3.1, 2.9, 2.7), 2.8, 3.6
"""Sides a cell may have, width of a bar, and room for the title of an axis, in millimetres."""

Strip = list[tuple[float, float, str, str]]
"""Pieces of a bar: first and last coordinate along the axis, colour, text."""


@dataclass(frozen=True, slots=True)
class CellStyle:
    """MapSide of a cell in millimetres, and the font."""

    cell: float = CELLS[0]
    font: str = FONT
    numbering: str = "uniprot"


@dataclass(frozen=True)
class MapSide:
    """One side of a contact map.

    Attributes
    ----------
    ax : matplotlib.axes.Axes
        In millimetres, y downwards.
    protein : Protein
    edges : dict of Member to float
        First edge of each residue's cell.
    start : float
        Edge of the cells from which bars and labels go outwards: leftwards, or downwards where ``across``.
    across : bool
        True below the map, False left of it.
    font : str
    """

    ax: Axes
    protein: Protein
    edges: dict[Member, float]
    start: float
    across: bool
    style: CellStyle

    def draw(self) -> None:
        """Bars, then labels, from the cells outwards."""
        out, near = (1.0 if self.across else -1.0), 0.6
        for strip in (
            exon_strip(self.protein, self.edges, self.style.cell),
            domain_strip(self.protein, self.edges, self.style.cell),
        ):
            if strip:
                self._strip(strip, self.start + out * near, self.start + out * (near + BAR - 0.4))
                near += BAR
        near += 0.4
        members = list(self.edges)
        if two_numbers(members, self.style):
            for member, edge in self.edges.items():
                self._label(member, str(member.position or "–"), edge, self.start + out * near, palette.MUTED)
            near += _widest([str(member.position or "–") for member in members], self.style.font) + 1.0
        for member, edge in self.edges.items():
            self._label(member, member.label(self.style.numbering), edge, self.start + out * near, palette.TEXT)

    def _spot(self, along: float, off: float) -> tuple[float, float]:
        return (along, off) if self.across else (off, along)

    def _label(self, member: Member, text: str, edge: float, off: float, color: str) -> None:
        x, y = self._spot(edge + self.style.cell / 2, off)
        side = "column" if self.across else "row"
        gid = f"{side}-{self.protein.name}:{member.position or ''}"
        artist = write(
            self.ax,
            x,
            y,
            text,
            size=SMALL,
            font=self.style.font,
            align="right",
            color=color,
            rotation=90.0 * self.across,
            gid=gid,
        )
        if self.across:
            artist.set(ha="center", va="top")

    def _strip(self, strip: Strip, near: float, far: float) -> None:
        from matplotlib.patches import Rectangle

        for first, last, color, text in strip:
            (x0, y0), (x1, y1) = self._spot(first, near), self._spot(last, far)
            self.ax.add_artist(Rectangle((min(x0, x1), min(y0, y1)), abs(x1 - x0), abs(y1 - y0), facecolor=color, lw=0, zorder=2))
            upright = not self.across and text_width(text, SMALL, self.style.font) + 0.6 > abs(far - near)
            if _fits(text, last - first, self.across, self.style.font):
                middle, ink = ((x0 + x1) / 2, (y0 + y1) / 2), palette.text_color(color)
                write(self.ax, *middle, text, size=SMALL, font=self.style.font, color=ink, rotation=90.0 * upright)


def _fits(text: str, room: float, across: bool, font: str) -> bool:
    long = text_width(text, SMALL, font) + 0.6
    return (long if across or long > BAR - 0.4 else text_height(SMALL)) <= room


def exon_strip(protein: Protein, edges: dict[Member, float], cell: float) -> Strip:
    """The bar of coding exons; a residue of a split codon is shared by its exons."""
    strip: Strip = []
    for member, edge in edges.items():
        numbers = protein.exons_of(member.position) if member.position else ()
        for index, number in enumerate(numbers):
            part = cell / len(numbers)
            strip.append((edge + index * part, edge + (index + 1) * part, palette.exon_color(number), str(number)))
    return merged(strip)


def domain_strip(protein: Protein, edges: dict[Member, float], cell: float) -> Strip:
    """The bar of domains; residues of linkers have none."""
    features = protein.features_of("domain")
    colors, shorts = palette.domain_colors(f.name for f in features), {f.name: f.label for f in features}
    named = ((protein.domain(member.position) if member.position else "", edge) for member, edge in edges.items())
    return merged([(edge, edge + cell, colors[name], shorts[name]) for name, edge in named if name])


def small_pieces(protein: Protein, edges: dict[Member, float], *, across: bool, style: CellStyle) -> list[tuple[str, str]]:
    """Label and colour of pieces of the bars that are too small to be labelled in place."""
    exons = [
        (f"{protein.name} exon {text}", color, last - first, text)
        for first, last, color, text in exon_strip(protein, edges, style.cell)
    ]
    domains = [
        (f"{protein.name} {text}", color, last - first, text)
        for first, last, color, text in domain_strip(protein, edges, style.cell)
    ]
    return [(label, color) for label, color, room, text in (*exons, *domains) if not _fits(text, room, across, style.font)]


def merged(strip: Strip) -> Strip:
    """Join neighbouring pieces of the same text, over gaps of the axis too.

    Examples
    --------
    >>> merged([(0.0, 3.0, "#AAAAAA", "2"), (4.0, 7.0, "#AAAAAA", "2"), (7.0, 10.0, "#BBBBBB", "3")])
    [(0.0, 7.0, '#AAAAAA', '2'), (7.0, 10.0, '#BBBBBB', '3')]
    """
    result: Strip = []
    for first, last, color, text in strip:
        if result and result[-1][3] == text:
            result[-1] = (result[-1][0], last, color, text)
        else:
            result.append((first, last, color, text))
    return result


def axis_title(protein: Protein, members: Sequence[Member], style: CellStyle) -> str:
    """Which protein and which numbers stand on an axis; a chain outside the target has author numbers alone."""
    if not protein.accession:
        return f"{protein.name}: author number"
    if style.numbering == "author":
        return f"{protein.name}: author number" + (", UniProt in grey" if two_numbers(members, style) else " = UniProt")
    unmapped = any(member.position is None for member in members)
    return f"{protein.name}: UniProt position" + (", author number in brackets where there is none" if unmapped else "")


def two_numbers(members: Sequence[Member], style: CellStyle) -> bool:
    """Whether a second number stands beside the author numbers, as they differ from the positions."""
    known = any(member.position for member in members)
    return known and style.numbering == "author" and any(member.position != member.number for member in members)


def margin(members: Sequence[Member], style: CellStyle) -> float:
    """Room that labels, bars and title need, in millimetres."""
    numbers = _widest([str(m.position or "–") for m in members], style.font) + 1.0 if two_numbers(members, style) else 0.0
    return 1.4 + BAR * 2 + numbers + _widest([m.label(style.numbering) for m in members], style.font) + HEADING


def _widest(texts: Sequence[str], font: str) -> float:
    return max(text_width(text, SMALL, font) for text in texts)
