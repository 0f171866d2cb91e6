"""A structure with everything that is computed once for it: near atoms, chain pairs, interface classes, sugars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from axlstruct.errors import SourceError
from axlstruct.interface.classes import CLASS_CUTOFF, InterfaceClass, classify, position_pairs
from axlstruct.interface.contacts import AtomPairs, ChainPair, chain_pairs, near_atoms
from axlstruct.interface.interactions import InteractionRow, interaction_rows
from axlstruct.sources.library import Held
from axlstruct.structure.glycans import Glycan, find_glycans


@dataclass(frozen=True)
class Analysed:
    """A structure, analysed.

    Attributes
    ----------
    held : Held
    near : AtomPairs
        Heavy atoms of different chains, hetero groups included, up to ``reach``.
    pairs : tuple of ChainPair
    classes : tuple of InterfaceClass
    reach : float
        Angstrom.
    notes : tuple of str
        What a reader must know of the classes.
    """

    held: Held
    near: AtomPairs
    pairs: tuple[ChainPair, ...]
    classes: tuple[InterfaceClass, ...]
    reach: float
    notes: tuple[str, ...] = ()

    @cached_property
    def glycans(self) -> tuple[Glycan, ...]:
        """Sugars bound to its residues."""
        return find_glycans(self.held.structure)

    @cached_property
    def interactions(self) -> list[InteractionRow]:
        """Typed interactions; ``reach`` must be `CANDIDATES` or more."""
        return interaction_rows(self.held.structure, self.held.maps, self.classes, self.near, self.glycans)

    def class_of(self, pair: ChainPair) -> InterfaceClass:
        """The interface class of a chain pair."""
        return next(cls for cls in self.classes if pair.chains in {other.chains for other in cls.pairs})


def analyse(
    held: Held,
    reach: float,
    *,
    names: Sequence[str] = (),
    reference: Callable[[], Sequence[InterfaceClass]] | None = None,
) -> Analysed:
    """Search contacts once and sort chain pairs into interface classes.

    Parameters
    ----------
    held : Held
    reach : float
        Angstrom, at least `CLASS_CUTOFF`.
    names : sequence of str
        Names for the classes, for the target's reference structure itself.
    reference : callable, optional
        Gives the classes of the reference structure, which name these. Where it cannot be had the classes keep numbers, and a
        note says so.
    """
    structure = held.structure
    near = near_atoms(structure, reach)
    pairs = chain_pairs(structure, held.maps, reach, near)
    contacts = [(pair, position_pairs(structure.residues, pair.within(CLASS_CUTOFF))) for pair in pairs]
    known: Sequence[InterfaceClass] = ()
    notes: tuple[str, ...] = ()
    if reference and any(found for _, found in contacts):
        try:
            known = reference()
        except SourceError as error:
            notes = (f"interface classes are numbered, not named, because the reference structure could not be had: {error}",)
    return Analysed(held, near, pairs, classify(contacts, names, known), reach, (*held.notes, *_map_notes(held), *notes))


def _map_notes(held: Held) -> list[str]:
    """What must be known of the chains, once for chains of which the same is true."""
    said: dict[str, list[str]] = {}
    for map in held.maps:
        for note in map.notes:
            said.setdefault(note, []).append(map.chain.chain)
    notes = [f"{held.structure.id} chain {', '.join(chains)}: {note}" for note, chains in said.items()]
    return notes if held.maps else [f"{held.structure.id}: no chain is a protein of the target"]
