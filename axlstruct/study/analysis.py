"""A structure with everything that is computed once for it: near atoms, chain pairs, interface classes, sugars."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from axlstruct.errors import SourceError
from axlstruct.interface.areas import Surface
from axlstruct.interface.classes import CLASS_CUTOFF, InterfaceClass, classify, position_pairs
from axlstruct.interface.contacts import AtomPairs, ChainPair, chain_pairs, near_atoms
from axlstruct.interface.interactions import InteractionRow, limits, placed_rows, traces
from axlstruct.interface.sheets import sheet_words
from axlstruct.interface.sides import Side, sides_of
from axlstruct.interface.sums import Lost, lost_by_residue
from axlstruct.sources.library import Held
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.glycans import Glycan, find_glycans

MANY_CHAINS = 20
"""Chains beyond which pairs without contact are given only where they are asked for."""


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
    def sides(self) -> tuple[Side, ...]:
        """Its protein chains, with their maps."""
        return sides_of(self.held.structure, self.held.maps)

    @cached_property
    def bonds(self) -> list[tuple[tuple[str, str], InteractionRow]]:
        """Typed interactions with the chains that they join; ``reach`` must be `CANDIDATES` or more."""
        return placed_rows(self.held.structure, self.held.maps, self.classes, self.near, self.glycans)

    @cached_property
    def bonds_of_charged_histidine(self) -> list[tuple[tuple[str, str], InteractionRow]]:
        """As `bonds`, with each histidine a cation whose protons the file does not tell."""
        held = self.held
        return placed_rows(held.structure, held.maps, self.classes, self.near, self.glycans, histidine_charged=True)

    @cached_property
    def interactions(self) -> list[InteractionRow]:
        """Typed interactions; ``reach`` must be `CANDIDATES` or more."""
        return [row for _, row in self.bonds]

    @cached_property
    def _class_of(self) -> dict[tuple[str, str], InterfaceClass]:
        return {pair.chains: cls for cls in reversed(self.classes) for pair in cls.pairs}

    @cached_property
    def limits(self) -> tuple[str, ...]:
        """What the structure does not allow to compute."""
        return limits(self.held.structure)

    @cached_property
    def bare(self) -> frozenset[str]:
        """Chains that are traces of single atoms."""
        return traces(self.held.structure)

    @cached_property
    def sheets(self) -> Mapping[tuple[str, str], str]:
        """Sheets across each chain pair, in words."""
        return sheet_words(self.held.structure, [pair for pair in self.pairs if len(pair.distance)])

    def surface(self, areas: AreaSettings) -> Surface:
        """Areas of its chains and residues."""
        return Surface(self.held.structure, self.glycans, areas)

    def lost(self, pairs: Sequence[ChainPair], areas: AreaSettings) -> dict[tuple[str, str], Lost]:
        """Area that each residue of both sides of each pair loses, by the names of its chains."""
        surface = self.surface(areas)
        return {pair.chains: lost_by_residue(self.held.structure, self.glycans, surface.pair(pair)) for pair in pairs}

    def class_of(self, pair: ChainPair) -> InterfaceClass:
        """The interface class of a chain pair."""
        return self._class_of[pair.chains]


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
        Names for the classes, for the target's reference structure itself; with ``reference`` those that it gives.
    reference : callable, optional
        Gives the classes of the reference structure, which name these. Where it cannot be had the classes keep numbers, and a
        note says so.
    """
    structure = held.structure
    near = near_atoms(structure, reach)
    many = len(structure.chains) > MANY_CHAINS
    pairs = chain_pairs(structure, held.maps, reach, near, apart=not many)
    classes, notes = into_classes(held, pairs, names, reference)
    return Analysed(held, near, pairs, classes, reach, notes)


def into_classes(
    held: Held,
    pairs: Sequence[ChainPair],
    names: Sequence[str],
    reference: Callable[[], Sequence[InterfaceClass]] | None,
) -> tuple[tuple[InterfaceClass, ...], tuple[str, ...]]:
    """Interface classes of chain pairs, and what a reader must know of them; parameters as of `analyse`."""
    structure = held.structure
    contacts = [(pair, position_pairs(structure.residues, pair.within(CLASS_CUTOFF))) for pair in pairs]
    known: Sequence[InterfaceClass] = ()
    notes: tuple[str, ...] = ()
    if reference and any(found and pair.side_1.map for pair, found in contacts):
        try:
            known = reference()
        except SourceError as error:
            notes = (f"interface classes are numbered, not named, because the reference structure could not be had: {error}",)
    foreign = reference is not None and not any(pair.side_1.map for pair in pairs)
    classes = classify(contacts, () if reference else names, known, reserved=len(names) if foreign else 0)
    return classes, (*held.notes, *_map_notes(held), *notes, *_shared(structure.id, classes, known))


def _shared(structure: str, classes: Sequence[InterfaceClass], known: Sequence[InterfaceClass]) -> list[str]:
    """Which residues of the receptor another partner touches that the target's ligand touches in the reference structure."""
    notes = []
    for cls in classes:
        one, two = cls.pairs[0].side_1, cls.pairs[0].side_2
        if one.map is None or one.rank[0] != 0 or two.map is not None or not cls.residue_pairs:
            continue
        protein = one.map.protein
        mine = {position for position, _ in cls.residue_pairs}
        for other in known:
            if other.proteins[0] == protein.name and other.residue_pairs and other.pairs[0].joins_receptor_and_ligand:
                both = sorted(mine & {position for position, _ in other.residue_pairs})
                words = ", ".join(f"{protein.letter(position)}{position}" for position in both)
                notes.append(
                    f"{structure} {cls.name}: {two.protein} lies within {CLASS_CUTOFF:g} A of {len(mine)} residues of "
                    f"{protein.name}, of which {len(both)} are in the {other.name} contact with {other.proteins[1]} too"
                    + (f": {words}" if words else "")
                )
    return notes


def _map_notes(held: Held) -> list[str]:
    """What must be known of the chains, once for chains of which the same is true."""
    said: dict[str, list[str]] = {}
    for map in held.maps:
        for note in map.notes:
            said.setdefault(note, []).append(map.chain.chain)
    notes = [f"{held.structure.id} chain {', '.join(chains)}: {note}" for note, chains in said.items()]
    return notes if held.maps else [f"{held.structure.id}: no chain is a protein of the target"]
