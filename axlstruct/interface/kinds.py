"""The kinds of interaction, each one value with its rule; tables, scenes, figures and exports read them from here.

A new kind is one entry of `KINDS` and its rule, a function from `axlstruct.interface.detection.Candidates` to `Bond` values.
Colours and marks have defaults (`axlstruct.scene.dashes`, `axlstruct.figures.contact_map.marks`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.interface import detection

if TYPE_CHECKING:
    import numpy as np

    from axlstruct.interface.bond import Bond
    from axlstruct.structure.atoms import Atoms


@dataclass(frozen=True, slots=True)
class InteractionKind:
    """A kind of interaction.

    Attributes
    ----------
    name : str
        As in the column ``type`` of tables.
    words : str
        Name in a sentence or a legend; with an ``s`` it means several.
    find : callable
        The rule: candidate pairs in, bonds of this kind out.
    mark : int or None
        Rank in a contact map, where of several kinds in one cell the lowest is marked; None of kinds that are not marked.
    dashed : bool
        Whether close-ups and scenes draw it as a dash, from donor to acceptor or from cation to anion.
    centres : bool
        Whether its distance is taken from the centre of a ring or a charge, not from an atom.
    within : callable, optional
        Of kinds that are sought within a chain too: the two groups of atoms (indices) among which; one array twice where they
        are the same.
    """

    name: str
    words: str
    find: Callable[[detection.Candidates], Iterable[Bond]]
    mark: int | None = None
    dashed: bool = False
    centres: bool = False
    within: Callable[[Atoms], tuple[np.ndarray, np.ndarray]] | None = None

    @property
    def plural(self) -> str:
        """Words for several."""
        return f"{self.words}s"


HBOND, SALT_BRIDGE = "hbond", "salt-bridge"
"""Names of the kinds that tables count in columns of their own."""

_KINDS = (
    InteractionKind(HBOND, "hydrogen bond", detection.free_hydrogen_bonds, mark=2, dashed=True),
    InteractionKind(SALT_BRIDGE, "salt bridge", detection.salt_bridges, mark=1, dashed=True),
    InteractionKind("hydrophobic", "hydrophobic", detection.hydrophobic_contacts, mark=5),
    InteractionKind("pi-stacking", "stacked rings", detection.stacked_rings, mark=3, centres=True),
    InteractionKind("cation-pi", "cation-pi", detection.cations_on_rings, mark=4, centres=True),
    InteractionKind("disulfide", "disulfide", detection.disulfides, within=detection.sulphurs),
    InteractionKind("metal", "metal", detection.metals, within=detection.metals_and_protein),
    InteractionKind("glycan", "glycan", detection.glycans),
)
KINDS: dict[str, InteractionKind] = {kind.name: kind for kind in _KINDS}
"""Every kind by its name."""


def dashed() -> tuple[InteractionKind, ...]:
    """Kinds that are drawn as dashes."""
    return tuple(kind for kind in KINDS.values() if kind.dashed)


def marked() -> tuple[InteractionKind, ...]:
    """Kinds that a contact map marks, in the order of their rank."""
    return tuple(sorted((kind for kind in KINDS.values() if kind.mark is not None), key=lambda kind: kind.mark or 0))
