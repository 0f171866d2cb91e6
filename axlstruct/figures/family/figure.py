"""The family figure: receptor and relatives side by side where the ligand touches and where the sites are, and what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.family.conservation import ConservationRow
from axlstruct.family.relatives import Relative, Touched
from axlstruct.figures.family.bars import draw_shares
from axlstruct.figures.family.columns import INSERTED, Column, columns, stretches
from axlstruct.figures.paper import layout
from axlstruct.figures.paper.legend import SAMPLE, Group, Swatch, draw_legend
from axlstruct.figures.paper.millimetres import BODY, FONT, MM, SMALL, text_width, write
from axlstruct.figures.paper.panel import Canvas, add_canvas, draw_heading
from axlstruct.figures.paper.sheet import PlacedAxes, arrange
from axlstruct.scene import palette
from axlstruct.sequence.homologue import DIFFERENT, IDENTICAL, SIMILAR
from axlstruct.sequence.parts import LINKER
from axlstruct.sequence.target import Protein

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILLS = {IDENTICAL: "#41557B", SIMILAR: "#C3D0E6", DIFFERENT: "#FFFFFF"}
PLACE = "#B8480B"
"""Colour of what the models put where the alignment puts something else."""

TINY = 6.0
"""Size of the positions beside and above letters, in points."""

CELL, ROW, UNDER, BARS, HEAD = 2.55, 3.3, 2.5, 6.0, 5.5
"""Millimetres: width and height of a cell, a row of letters by place, the bars of contacts, a panel's title."""
RIGHT, BETWEEN = 3.0, 3.0

TITLES = 1.5, 6.0
"""Where a panel's letter and its title begin, in millimetres."""


@dataclass(frozen=True)
class Block:
    """A panel of the figure: its title and the stretches that it shows, each a list of columns."""

    title: str
    text: str
    parts: tuple[list[Column], ...]
    interface: str = ""


def draw_family(
    relatives: Sequence[Relative],
    touched: Sequence[Touched],
    shares: Sequence[ConservationRow],
    *,
    structure: str = "",
    cutoff: float = 4.0,
    width: float = 180.0,
    font: str = FONT,
) -> Figure:
    """Draw the alignment of receptor and relatives in each interface and around sites and motifs, and the share that is kept.

    Parameters
    ----------
    relatives : sequence of Relative
        At least one.
    touched : sequence of Touched
        Receptor residues that touch the ligand; empty where no interface is known.
    shares : sequence of ConservationRow
        For the bars; empty as above.
    structure : str
        That shows the interfaces, for the caption.
    cutoff : float
        Angstrom, as it was used for ``touched``.
    width : float
        Of the figure, in millimetres.
    font : str
        A sans-serif font that matplotlib finds.

    Returns
    -------
    matplotlib.figure.Figure
        One axis for each panel, in millimetres, y downwards, and one for legend and caption.
    """
    from matplotlib.figure import Figure

    receptor = relatives[0].receptor
    left = 4.0 + max(text_width(name, BODY, font, bold=True) for name in ("by place", receptor.name, *_names(relatives)))
    figure, placed, top = Figure(figsize=(width / MM, 1.0)), list[PlacedAxes](), 2.0
    most = max((t.contacts for t in touched), default=1.0)
    for block in _blocks(relatives, touched):
        panel = add_canvas(figure, block.title, width, font)
        draw_heading(panel, chr(ord("a") + len(placed)), block.title, block.text, at=TITLES)
        contacts = {t.position: t.contacts for t in touched if t.interface == block.interface}
        height = _draw_block(panel, block, relatives, contacts, most, left)
        placed.append(PlacedAxes(panel.ax, 0.0, top, width, height))
        top += height + BETWEEN
    if shares:
        panel = add_canvas(figure, "kept", width, font)
        text = "share of residue contacts whose receptor residue is kept in the relative"
        draw_heading(panel, chr(ord("a") + len(placed)), "Contacts kept", text, at=TITLES)
        height = draw_shares(panel, shares, HEAD, left, FILLS[IDENTICAL], FILLS[SIMILAR])
        placed.append(PlacedAxes(panel.ax, 0.0, top, width, height))
        top += height + BETWEEN
    panel = add_canvas(figure, "legend", width, font)
    groups, text = _groups(relatives, touched, shares), _caption(relatives, structure, cutoff, bool(touched))
    height = draw_legend(
        panel.ax, groups, text, left=max(left, text_width("interface", BODY, font) + 6.0), width=width, font=font
    )
    placed.append(PlacedAxes(panel.ax, 0.0, top, width, height))
    arrange(figure, placed, width, top + height + 1.0)
    return figure


def _names(relatives: Sequence[Relative]) -> list[str]:
    return [relative.protein.name for relative in relatives]


def _blocks(relatives: Sequence[Relative], touched: Sequence[Touched]) -> list[Block]:
    """A panel for each interface class, then one for sites and motifs."""
    receptor = relatives[0].receptor
    blocks = []
    for interface in dict.fromkeys(t.interface for t in touched):
        spans = stretches(receptor, (t.position for t in touched if t.interface == interface))
        domains = dict.fromkeys(receptor.domain(t.position) or LINKER for t in touched if t.interface == interface)
        parts = tuple(columns(relatives, span) for span in spans)
        blocks.append(Block(f"{interface.capitalize()} interface", ", ".join(domains), parts, interface))
    motifs = [position for feature in receptor.features_of("motif") for position in feature.span]
    if marked := [*motifs, *(site.position for site in receptor.sites)]:
        parts = tuple(columns(relatives, span) for span in stretches(receptor, marked))
        blocks.append(Block("Sites and motifs", "", parts))
    return blocks


@dataclass(frozen=True)
class Line:
    """Stretches that stand side by side, each with its left edge, and the rows below them: middle of each, in millimetres."""

    parts: tuple[tuple[list[Column], float], ...]
    top: float
    middles: tuple[float, ...]
    places: tuple[bool, ...]
    """Whether a row of letters by place follows on each relative."""

    @property
    def bottom(self) -> float:
        """Where the next line may begin."""
        return self.middles[-1] + ROW / 2 + (UNDER if self.places[-1] else 0.0) + 1.0


def _lines(panel: Canvas, block: Block, count: int, left: float) -> list[Line]:
    """Set the stretches in lines like words; one that is too long is broken."""
    margin = panel.width("0000", SMALL) + 1.0
    room = panel.room - left - RIGHT
    longest = max(1, int((room - 2 * margin) / CELL))
    parts = [part[n : n + longest] for part in block.parts for n in range(0, len(part), longest)]
    spots = layout.flow([len(part) * CELL + 2 * margin for part in parts], room, gap=1.0)
    lines: list[Line] = []
    top = HEAD
    for number in range(spots[-1][0] + 1):
        mine = [(part, left + mm + margin) for part, (line, mm) in zip(parts, spots, strict=True) if line == number]
        places = tuple(any(column.cells[n].place for part, _ in mine for column in part) for n in range(count))
        middles = [top + BARS + 3.6 + ROW / 2]
        for n in range(count):
            middles.append(middles[-1] + ROW + (UNDER if n and places[n - 1] else 0.0))
        lines.append(Line(tuple(mine), top, tuple(middles), places))
        top = lines[-1].bottom
    return lines


def _draw_block(
    panel: Canvas, block: Block, relatives: Sequence[Relative], contacts: Mapping[int, float], most: float, left: float
) -> float:
    """Draw the stretches of a panel; returns its height in millimetres."""
    lines = _lines(panel, block, len(relatives), left)
    for line in lines:
        for name, middle in zip([relatives[0].receptor.name, *_names(relatives)], line.middles, strict=True):
            write(panel.ax, left, middle, name, font=panel.font, align="right", bold=True)
        for middle, place in zip(line.middles[1:], line.places, strict=True):
            if place:
                below = middle + (ROW + UNDER) / 2
                write(panel.ax, left, below, "by place", size=SMALL, font=panel.font, align="right", color=PLACE)
        for part, start in line.parts:
            _draw_contacts(panel, part, contacts, block.interface, most, start, line.middles[0] - ROW / 2)
            _draw_letters(panel, part, relatives, contacts, block.interface, start, line)
            if not contacts:
                _draw_marks(panel, part, relatives[0].receptor, start, line.middles[0] - ROW / 2)
            _draw_ends(panel, part, start, line.middles)
    return lines[-1].bottom


def _draw_contacts(
    panel: Canvas, part: Sequence[Column], contacts: Mapping[int, float], interface: str, most: float, left: float, y: float
) -> None:
    """Bars of contacts, and every tenth position."""
    for index, column in enumerate(part):
        x, position = left + index * CELL, column.position
        if position and position in contacts:
            tall, gid = BARS * 0.82 * contacts[position] / most, panel.gid("contacts", interface, at=position)
            color = palette.interface_color(interface)
            panel.box(x + 0.4, y - 3.2 - tall, x + CELL - 0.4, y - 3.2, facecolor=color, gid=gid)
        if position and position % 10 == 0:
            gid = panel.gid("number", at=position)
            write(panel.ax, x + CELL / 2, y - 1.6, str(position), size=TINY, font=panel.font, color=palette.MUTED, gid=gid)


def _draw_letters(
    panel: Canvas,
    part: Sequence[Column],
    relatives: Sequence[Relative],
    contacts: Mapping[int, float],
    interface: str,
    left: float,
    line: Line,
) -> None:
    own = palette.tint(palette.interface_color(interface), 0.3)
    for index, column in enumerate(part):
        x = left + index * CELL
        gid = panel.gid(relatives[0].receptor.name, *([] if column.position else [INSERTED]), at=column.position)
        _draw_letter(panel, x, line.middles[0], column.letter, own if column.position in contacts else "#FFFFFF", gid)
        for relative, cell, middle in zip(relatives, column.cells, line.middles[1:], strict=True):
            name = relative.protein.name
            letter = cell.letter.lower() if cell.change == INSERTED else cell.letter
            _draw_letter(
                panel, x, middle, letter, FILLS.get(cell.change, "#FFFFFF"), panel.gid(name, cell.change, at=column.position)
            )
            if cell.place:
                below, gid = middle + (ROW + UNDER) / 2 - 0.1, panel.gid(name, "place", at=column.position)
                write(panel.ax, x + CELL / 2, below, cell.place, size=SMALL, font=panel.font, color=PLACE, gid=gid)


def _draw_ends(panel: Canvas, part: Sequence[Column], left: float, middles: Sequence[float]) -> None:
    """First and last position of each row beside it."""
    rows = [[column.position for column in part]]
    rows += [[column.cells[n].position for column in part] for n in range(len(middles) - 1)]
    for row, middle in zip(rows, middles, strict=True):
        there = [position for position in row if position]
        if there:
            right = left + len(part) * CELL + 0.7
            write(panel.ax, left - 0.7, middle, str(there[0]), size=TINY, font=panel.font, align="right", color=palette.MUTED)
            write(panel.ax, right, middle, str(there[-1]), size=TINY, font=panel.font, align="left", color=palette.MUTED)


def _draw_letter(panel: Canvas, x: float, middle: float, letter: str, fill: str, gid: str) -> None:
    if fill != "#FFFFFF":
        panel.box(x, middle - ROW / 2 + 0.1, x + CELL, middle + ROW / 2 - 0.1, facecolor=fill, gid=gid)
    color = palette.text_color(fill) if letter.isupper() else palette.MUTED
    write(panel.ax, x + CELL / 2, middle, letter or "–", size=BODY, font=panel.font, color=color, gid=f"letter-{gid}")


def _draw_marks(panel: Canvas, part: Sequence[Column], receptor: Protein, left: float, y: float) -> None:
    """Sites as circles with their names, motifs as brackets."""
    places = {column.position: left + index * CELL for index, column in enumerate(part) if column.position}
    sites = [site for site in receptor.sites if site.position in places]
    centres = [places[site.position] + CELL / 2 for site in sites]
    for site, x, at in zip(
        sites, layout.spread(centres, [panel.width(s.name, SMALL) for s in sites], 0.0, panel.room, gap=0.8), centres, strict=True
    ):
        panel.line((at, at, x), (y - 0.2, y - 3.2, y - 4.6), lw=0.5, gid=panel.gid("stem", at=site.position))
        panel.ax.plot([x], [y - 4.6], marker="o", ms=3.6, mfc=palette.SITE, mec=palette.TEXT, mew=0.6, clip_on=False,
                      gid=panel.gid("site", site.name))  # fmt: skip
        write(panel.ax, x, y - 7.0, site.name, size=SMALL, font=panel.font)
    for feature in receptor.features_of("motif"):
        if feature.span.first in places and feature.span.last in places:
            first, last = places[feature.span.first] + 0.3, places[feature.span.last] + CELL - 0.3
            panel.line((first, first, last, last), (y - 3.2, y - 3.8, y - 3.8, y - 3.2), lw=0.7)
            write(panel.ax, (first + last) / 2, y - 5.4, feature.name, size=SMALL, font=panel.font)


def _groups(relatives: Sequence[Relative], touched: Sequence[Touched], shares: Sequence[ConservationRow]) -> list[Group]:
    residue = tuple((name, _fill(FILLS[name])) for name in (IDENTICAL, SIMILAR))
    residue += (("gap", _text("–", palette.MUTED)), ("inserted in the relative", _text("k", palette.MUTED)))
    if any(relative.folds for relative in relatives):
        residue += (("another residue in this place in the models", _text("Q", PLACE)),)
    meets = tuple((name, _fill(palette.interface_color(name))) for name in dict.fromkeys(t.interface for t in touched))
    if touched:
        meets += ((f"contacts, the tallest {max(t.contacts for t in touched):g}", _bars),)
    if shares:
        meets += (("identity of the domains around it", _tick),)
    return [group for group in (Group("relatives", residue), Group("interface", meets)) if group.items]


def _fill(color: str) -> Swatch:
    return lambda panel, x, y: panel.box(x + 1.0, y - 1.3, x + 4.0, y + 1.3, facecolor=color)


def _text(letter: str, color: str) -> Swatch:
    def draw(panel: Canvas, x: float, y: float) -> None:
        write(panel.ax, x + SAMPLE / 2, y, letter, font=panel.font, color=color)

    return draw


def _bars(panel: Canvas, x: float, y: float) -> None:
    for mm, tall in ((0.8, 1.0), (2.0, 2.6), (3.2, 1.6)):
        panel.box(x + mm, y + 1.3 - tall, x + mm + 0.9, y + 1.3, facecolor=palette.MUTED)


def _tick(panel: Canvas, x: float, y: float) -> None:
    panel.line((x + SAMPLE / 2, x + SAMPLE / 2), (y - 1.5, y + 1.5), lw=1.2)


def _caption(relatives: Sequence[Relative], structure: str, cutoff: float, any_contact: bool) -> str:
    receptor = relatives[0].receptor
    names = ", ".join(f"{p.name} {p.accession}" for p in (receptor, *(r.protein for r in relatives)))
    parts = [
        f"Numbers are positions of the UniProt sequences {names}. Each relative is aligned with {receptor.name} by sequence"
        " (BLOSUM62, gaps 12 and 2); similar: another residue with a positive score."
    ]
    if any_contact:
        parts.append(f"Contacts: heavy atoms within {cutoff:g} Å in {structure}, mean over the copies.")
    if any(relative.folds for relative in relatives):
        parts.append("By place: the residue whose CA lies within 3 Å when the domains of the AlphaFold models are superposed.")
    bare = [relative.protein.name for relative in relatives if not relative.folds]
    if bare:
        parts.append(f"Not compared by place, because a model could not be had: {', '.join(bare)}.")
    if not any_contact:
        parts.append("No structure at hand shows the interfaces.")
    return " ".join(parts)
