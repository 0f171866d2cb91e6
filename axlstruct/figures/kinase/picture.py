"""What the kinase figure shows, as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.figures.domains.legend import role_words
from axlstruct.interface.residue_rows import ResidueRow
from axlstruct.kinase.geometry import GeometryRow
from axlstruct.kinase.landmarks import Kinase
from axlstruct.kinase.tyrosines import TyrosineRow
from axlstruct.scene import palette
from axlstruct.scene.tracks import role_fills
from axlstruct.sequence.features import Span
from axlstruct.sequence.target import Protein

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class Picture:
    """What the figure shows.

    Attributes
    ----------
    kinase : Kinase
    tyrosines : sequence of TyrosineRow
        Of one chain.
    geometry : GeometryRow
        Of the same chain.
    residues : sequence of ResidueRow
        Of that chain, with areas.
    coverage : sequence of ResidueRow
        Of every structure that shows the domain.
    order : sequence of str
        Structure ids, as rows follow each other.
    """

    kinase: Kinase
    tyrosines: Sequence[TyrosineRow]
    geometry: GeometryRow
    residues: Sequence[ResidueRow]
    coverage: Sequence[ResidueRow]
    order: Sequence[str]

    @property
    def predicted(self) -> bool:
        """Whether the chain is a model's."""
        return any(row.plddt is not None for row in self.tyrosines)

    @property
    def span(self) -> Span:
        """The cytoplasmic part; without topology the domain and its tyrosines."""
        regions = [f.span for f in self.kinase.protein.features_of("region") if f.name == "cytoplasmic"]
        if regions:
            return regions[0]
        places = [*self.kinase.domain.span, *(row.position for row in self.tyrosines)]
        return Span(min(places), max(places))


@dataclass(frozen=True)
class Head:
    """The head of a tyrosine: what it stands for, its fill, its edge and its size in points."""

    words: str
    fill: str
    edge: str = palette.TEXT
    size: float = 4.2


def head_of(row: TyrosineRow, protein: Protein) -> Head:
    """Curated sites open or filled by role, as in every figure; other tyrosines are small dots."""
    if row.site:
        return Head(role_words(protein, row.role), role_fills(protein).get(row.role, palette.SITE))
    if row.listed:
        return Head("other phosphotyrosine in UniProt", "#A0A0A0", palette.TEXT, 3.0)
    return Head("other tyrosine", "#A0A0A0", "#A0A0A0", 2.4)
