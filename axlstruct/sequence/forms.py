"""Forms of a protein that lack stretches of it and so number residues otherwise: isoforms, mature chain, other starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from axlstruct.sequence.features import Span

MATURE = "mature"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a protein.

    Attributes
    ----------
    name : str
        As in ``P30530-2:Y693``; no blank, no colon.
    title : str
        For readers.
    without : tuple of Span
        Stretches of the full sequence that it lacks, in order, apart from each other.
    also : tuple of str
        Other names that people write.
    source : str

    Examples
    --------
    >>> form = Form("P30530-2", "isoform 2", (Span(429, 437),))
    >>> form.number(428), form.number(429), form.number(438), form.position(429)
    (428, None, 429, 438)
    """

    name: str
    title: str
    without: tuple[Span, ...]
    also: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        if not self.name or any(mark.isspace() or mark == ":" for mark in self.name):
            raise ValueError(f"{self.name!r} cannot name a form: no blank and no colon is allowed")
        if any(a.last + 1 >= b.first for a, b in zip(self.without, self.without[1:], strict=False)):
            raise ValueError(f"the stretches that {self.name} lacks are not in order or touch each other")

    def number(self, position: int) -> int | None:
        """Number in this form of a position in the full sequence; None where the form lacks it."""
        lacking = 0
        for span in self.without:
            if position in span:
                return None
            lacking += len(span) if span.last < position else 0
        return position - lacking

    def position(self, number: int) -> int:
        """Position in the full sequence of a number in this form."""
        position = number
        for span in self.without:
            position += len(span) if span.first <= position else 0
        return position

    def length(self, full: int) -> int:
        """Number of its residues, where the full sequence has so many."""
        return full - sum(map(len, self.without))

    def is_called(self, name: str) -> bool:
        """Whether this is one of its names, whatever the case."""
        return name.lower() in {self.name.lower(), *(other.lower() for other in self.also)}


def mature_form(signal: Sequence[Span]) -> tuple[Form, ...]:
    """The form without its signal peptide, where there is one."""
    return (Form(MATURE, "mature protein", (signal[0],)),) if signal else ()
