"""Stretches of a sequence and what is known of them: spans, features, sites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from numbers import Integral


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A closed range of 1-based positions.

    Attributes
    ----------
    first, last : int
        Both ends belong to it.

    Raises
    ------
    ValueError
        A first position below 1 or behind the last.

    Examples
    --------
    >>> Span(27, 128).overlap(Span(100, 200))
    Span(first=100, last=128)
    >>> 129 in Span(27, 128)
    False
    """

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.first < 1 or self.first > self.last:
            raise ValueError(f"impossible span {self.first}-{self.last}: positions count from 1 and first may not be behind last")

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __contains__(self, position: object) -> bool:
        return isinstance(position, (int, Integral)) and self.first <= int(position) <= self.last

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last + 1))

    def overlap(self, other: Span) -> Span | None:
        """The part shared with another span.

        Parameters
        ----------
        other : Span
            In the same numbering.

        Returns
        -------
        Span or None
            None where no position is shared.
        """
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Span(first, last) if first <= last else None

    def __str__(self) -> str:
        return f"{self.first}-{self.last}" if self.first != self.last else str(self.first)


def spans_of(positions: Iterable[int]) -> tuple[Span, ...]:
    """Group positions into maximal runs.

    Examples
    --------
    >>> [str(span) for span in spans_of([5, 1, 2, 3, 9])]
    ['1-3', '5', '9']
    """
    runs: list[list[int]] = []
    for position in sorted(set(positions)):
        if runs and position == runs[-1][1] + 1:
            runs[-1][1] = position
        else:
            runs.append([position, position])
    return tuple(Span(first, last) for first, last in runs)


PAIRED = frozenset({"disulfide"})


@dataclass(frozen=True, slots=True)
class Feature:
    """Something known of a stretch of a protein.

    Attributes
    ----------
    kind : str
        ``signal``, ``region`` (topology), ``domain``, ``glycosylation``, ``disulfide``, ``binding``, ``active-site``,
        ``motif``, ``landmark`` (of a kinase domain), ``interaction``, ``phosphorylation``, ``isoform``, ...
    name : str
        As shown to readers, unique within its kind where that matters (``Ig-like C2-type 1``).
    span : Span
        For a disulfide the two cysteines are the ends.
    source : str
        Where it is from.
    short : str
        Label for figures; the name where empty.
    """

    kind: str
    name: str
    span: Span
    source: str = ""
    short: str = ""

    def covers(self, position: int) -> bool:
        """Whether a position belongs to the feature; of a bond only the two ends do.

        Parameters
        ----------
        position : int
            1-based, in the protein's sequence.

        Returns
        -------
        bool
        """
        if self.kind in PAIRED:
            return position in (self.span.first, self.span.last)
        return position in self.span

    @property
    def label(self) -> str:
        """Short name for figures."""
        return self.short or self.name


@dataclass(frozen=True, slots=True)
class Site:
    """A residue that people ask for, with its role and where that is written.

    Attributes
    ----------
    position : int
        1-based, in the protein's sequence.
    residue : str
        One-letter code.
    role : str
        What it is for.
    partners : str
        Those that the source names.
    unverified : str
        Claims still to be checked, never to be shown as fact.
    source : str
        Where the role is written.
    remark : str
        What a reader must know.
    """

    position: int
    residue: str
    role: str
    partners: str = ""
    unverified: str = ""
    source: str = ""
    remark: str = ""

    @property
    def name(self) -> str:
        """Letter and position, such as ``Y702``."""
        return f"{self.residue}{self.position}"
