"""What every still is given: a structure with its scene, and how it is to be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from axlstruct.errors import UsageError
from axlstruct.figures.paper.millimetres import FONT, MM, check_width

if TYPE_CHECKING:
    from axlstruct.scene.scene import Scene
    from axlstruct.sequence.residues import ResidueId
    from axlstruct.sequence.target import Target
    from axlstruct.structure.mapping import ChainMap
    from axlstruct.structure.structure import Structure

DRAFT, PRINT = 110, 225
"""Pixels in an inch; 1600 across two columns of a journal at print quality."""


@dataclass(frozen=True)
class Subject:
    """A structure, the proteins laid on its chains, and the scene of it: colours, labels, legend, secondary structure.

    ``numbering`` of the labels is ``uniprot`` or ``author``.
    """

    structure: Structure
    maps: Sequence[ChainMap]
    target: Target
    scene: Scene
    numbering: str = "uniprot"

    @cached_property
    def positions(self) -> Mapping[ResidueId, int]:
        """UniProt position of each residue that has one."""
        return {id: position for map in self.maps for id, position in map.position_of.items()}

    def number(self, id: ResidueId) -> str:
        """Number of a residue on labels; one without a position has its author number in brackets."""
        if self.numbering == "author":
            return id.label
        position = self.positions.get(id)
        return f"({id.label})" if position is None else str(position)


@dataclass(frozen=True)
class Look:
    """How a still is made.

    Attributes
    ----------
    width : float
        Of the figure, in millimetres.
    dpi : int
        Pixels of the still in an inch of paper; 0 takes `DRAFT` or `PRINT`.
    font : str
        A sans-serif font that matplotlib finds.
    print_quality : bool
        Outlines and smooth edges; about ten times as slow.
    transparent : bool
        Whether the paper is left out.
    colors : mapping of str to str, optional
        ``#RRGGBB`` by legend line or its short name, such as ``IG1``; for `draw_sites` by ``site``, ``cartoon`` or a confidence
        band such as ``> 90``.
    """

    width: float = 180.0
    dpi: int = 0
    font: str = FONT
    print_quality: bool = False
    transparent: bool = False
    colors: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        check_width(self.width)
        if self.dpi and not 20 <= self.dpi <= 1200:
            raise UsageError("impossible resolution", expected="20 to 1200 dpi", found=f"{self.dpi}")

    def pixels(self, mm: float) -> int:
        """Pixels across so many millimetres; an even number."""
        return round(mm / MM * (self.dpi or (PRINT if self.print_quality else DRAFT)) / 2) * 2


DEFAULT = Look()
