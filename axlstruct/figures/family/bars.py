"""Bars of the share of an interface's contacts that relatives keep."""

from __future__ import annotations

from collections.abc import Sequence

from axlstruct.family.conservation import WAYS, ConservationRow
from axlstruct.figures.paper.millimetres import BODY, SMALL, text_width, write
from axlstruct.figures.paper.panel import Canvas
from axlstruct.scene import palette

BAR, STEP, BETWEEN = 2.4, 3.1, 1.6
"""Millimetres: height of a bar, from one bar to the next, and between relatives."""
LEAST = 40.0
"""Millimetres that bars need for their numbers to be written behind them."""
NAMES = {"sequence": "by sequence", "structure": "by place"}


def draw_shares(panel: Canvas, shares: Sequence[ConservationRow], top: float, left: float, dark: str, light: str) -> float:
    """Draw a bar for each relative, interface and way to find the counterpart; returns the height in millimetres.

    Parameters
    ----------
    panel : Canvas
        In millimetres.
    shares : sequence of ConservationRow
    top, left : float
        Where the bars' labels begin, in millimetres.
    dark, light : str
        Colours of identical, and of similar residues.
    """
    shown = [row for row in shares if row.by in WAYS[:2]]
    interfaces = list(dict.fromkeys(row.interface for row in shown))
    labels = [f"{row.interface} {NAMES[row.by]}" for row in shown]
    start = left + 2.0 + max(text_width(label, BODY, panel.font) for label in labels) + 2.0
    length, told = panel.room - start - 44.0, True
    if length < LEAST:
        length, told = panel.room - start - 6.0, False
    y = top
    for name in dict.fromkeys(row.relative for row in shown):
        own = sorted((row for row in shown if row.relative == name), key=lambda row: interfaces.index(row.interface))
        write(panel.ax, left, y + BAR / 2, name, font=panel.font, align="right", bold=True)
        for row in own:
            _draw_bar(panel, row, y, start, length, (dark, light), told=told)
            y += STEP
        y += BETWEEN
    panel.line((start, start), (top - 0.6, y - BETWEEN), lw=0.6)
    panel.line((start, start + length), (y - BETWEEN, y - BETWEEN), lw=0.6)
    for percent in range(0, 101, 20 if told else 50):
        x = start + length * percent / 100
        panel.line((x, x), (y - BETWEEN, y - BETWEEN + 0.8), lw=0.6)
        write(panel.ax, x, y - BETWEEN + 2.3, f"{percent}%", size=SMALL, font=panel.font)
    return y + 3.0


def _draw_bar(
    panel: Canvas, row: ConservationRow, y: float, start: float, length: float, colors: tuple[str, str], *, told: bool
) -> None:
    """A bar with the identity of the domains as a line across; its numbers behind it, where they are to be told."""
    middle, color = y + BAR / 2, palette.interface_color(row.interface)
    same, alike = row.identity_by_contact or 0.0, row.similarity_by_contact or 0.0
    write(panel.ax, start - 2.0, middle, f"{row.interface} {NAMES[row.by]}", font=panel.font, align="right", color=color)
    gid = panel.gid("kept", row.relative, row.interface, row.by)
    panel.box(start, y, start + length * alike, y + BAR, facecolor=colors[1], gid=f"{gid}-similar")
    panel.box(start, y, start + length * same, y + BAR, facecolor=colors[0], gid=gid)
    if row.domain_identity is not None:
        x = start + length * row.domain_identity
        panel.line((x, x), (y - 0.3, y + BAR + 0.3), lw=1.2)
    if not told:
        return
    text = f"{same:.0%} identical, {alike:.0%} with similar"
    write(panel.ax, start + length + 2.0, middle, text, size=SMALL, font=panel.font, align="left", color=palette.MUTED)
