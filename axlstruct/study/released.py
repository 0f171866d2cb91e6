"""What the released analysis of a structure answers: the questions asked of coordinates, as far as the stored numbers reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from axlstruct.interface.areas import ResidueArea
from axlstruct.interface.classes import CLASS_CUTOFF, InterfaceClass
from axlstruct.interface.contacts import EDGE, AtomPairs, ChainPair, chain_pairs
from axlstruct.interface.interactions import InteractionRow
from axlstruct.interface.rules import CANDIDATES
from axlstruct.interface.sides import Side
from axlstruct.interface.sums import Lost
from axlstruct.sequence.residues import ResidueId
from axlstruct.sources.released import Released
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.glycans import Glycan
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.outline import no_coordinates
from axlstruct.study.analysis import Analysed, into_classes

if TYPE_CHECKING:
    from axlstruct.interface.rows import InterfaceRow

REACH = CLASS_CUTOFF
"""Angstrom up to which atom pairs are released."""


class StoredPair(ChainPair):
    """A chain pair whose atom pairs are stored up to `REACH`, beyond which it tells nothing."""

    def within(self, cutoff: float) -> ChainPair:
        """The contacts up to a cutoff in Angstrom; raises CoordinatesError beyond `REACH`."""
        if cutoff > REACH + EDGE:
            raise no_coordinates(self.side_1.chain.residues[0].id.structure, f"a cutoff beyond {REACH:g} A needs coordinates")
        return super().within(cutoff)


@dataclass(frozen=True, slots=True)
class StoredBurial:
    """Area that two chains bury of each other, square Angstrom; see `axlstruct.structure.surface.Burial`."""

    bsa_1: float
    bsa_2: float
    bsa: float


@dataclass(frozen=True)
class StoredSurface:
    """The areas of a released structure, with the settings they were computed with; see `axlstruct.interface.areas.Surface`."""

    released: Released

    @cached_property
    def _interfaces(self) -> Mapping[tuple[str, str], InterfaceRow]:
        return {(row.chain_1, row.chain_2): row for row in self.released.rows("interfaces")}

    def between(self, ones: Sequence[Side], others: Sequence[Side]) -> StoredBurial:
        """What two chains bury of each other; raises CoordinatesError for groups of several."""
        if (len(ones), len(others)) != (1, 1):
            raise no_coordinates(self.released.id, "areas between groups of chains need coordinates")
        row = self._interfaces[ones[0].chain.chain, others[0].chain.chain]
        return StoredBurial(row.bsa_1 or 0.0, row.bsa_2 or 0.0, row.bsa or 0.0)

    def residues(self, maps: Sequence[ChainMap], groups: object = None) -> dict[int, ResidueArea]:
        """Areas of the residues by index into `Structure.residues`; raises CoordinatesError for groups of chains."""
        if groups is not None:
            raise no_coordinates(self.released.id, "areas between groups of chains need coordinates")
        seen = [slot for slot in self.released.slots if slot.number is not None]
        return {
            index: ResidueArea(slot.exposed_area, slot.buried_area, slot.burial)
            for index, slot in enumerate(seen)
            if slot.exposed_area is not None
        }


@dataclass(frozen=True)
class ReleasedAnalysis(Analysed):
    """As `Analysed`, from the released analysis.

    Attributes
    ----------
    released : Released or None
        Always there.
    """

    released: Released | None = None

    @property
    def _stored(self) -> Released:
        assert self.released is not None
        return self.released

    @cached_property
    def glycans(self) -> tuple[Glycan, ...]:
        """Sugars bound to its residues."""
        found: dict[ResidueId, list[tuple[ResidueId, str]]] = {}
        id = self._stored.id
        for row in self._stored.rows("sugars"):
            sugar = ResidueId(id, row.sugar_chain, row.sugar_number, row.sugar_icode)
            found.setdefault(ResidueId(id, row.chain, row.number, row.icode), []).append((sugar, row.sugar))
        return tuple(Glycan(root, tuple(sugars)) for root, sugars in found.items())

    @cached_property
    def bonds(self) -> list[tuple[tuple[str, str], InteractionRow]]:
        """Typed interactions with the chains that they join: of a sugar, the chain that carries it."""
        carrier = {(s.chain, s.number, s.icode): g.root.chain for g in self.glycans for s, _ in g.sugars}
        return [
            (
                (
                    carrier.get((row.chain_1, row.number_1, row.icode_1), row.chain_1),
                    carrier.get((row.chain_2, row.number_2, row.icode_2), row.chain_2),
                ),
                row,
            )
            for row in self._stored.rows("interactions")
        ]

    @property
    def bonds_of_charged_histidine(self) -> list[tuple[tuple[str, str], InteractionRow]]:  # type: ignore[override]
        """Refused: bonds are released for neutral histidines alone."""
        raise no_coordinates(self._stored.id, "bonds of charged histidines need coordinates")

    @cached_property
    def limits(self) -> tuple[str, ...]:
        """What the structure did not allow to compute."""
        return tuple(self._stored.facts["limits"])

    @cached_property
    def sheets(self) -> Mapping[tuple[str, str], str]:
        """Sheets across each chain pair, in words."""
        return {(row.chain_1, row.chain_2): row.sheet for row in self._stored.rows("interfaces")}

    def surface(self, areas: AreaSettings) -> Any:
        """The stored areas; raises CoordinatesError for other settings than those they were computed with."""
        if areas != AreaSettings():
            raise no_coordinates(self._stored.id, f"areas with {areas}, scale {areas.scale}, need coordinates")
        return StoredSurface(self._stored)

    def lost(self, pairs: Sequence[ChainPair], areas: AreaSettings) -> dict[tuple[str, str], Lost]:
        """Area that each residue of both sides of each pair loses, by the names of its chains."""
        self.surface(areas)
        index = {residue.id: number for number, residue in enumerate(self.held.structure.residues)}
        found: dict[tuple[str, str], tuple[dict[int, float], dict[int, float]]] = {pair.chains: ({}, {}) for pair in pairs}
        for row in self._stored.rows("lost_areas"):
            chains = row.chain_1, row.chain_2
            if chains in found:
                id = ResidueId(self._stored.id, chains[row.side - 1], row.number, row.icode)
                found[chains][row.side - 1][index[id]] = row.area
        return dict(found)


def analyse_released(
    released: Released,
    *,
    names: Sequence[str] = (),
    reference: Callable[[], Sequence[InterfaceClass]] | None = None,
    why: str = "",
) -> ReleasedAnalysis:
    """Sort the stored pairs into interface classes, by the same functions as those found in coordinates.

    Parameters
    ----------
    released : Released
    names, reference
        As of `axlstruct.study.analysis.analyse`.
    why : str
        Why there are no coordinates.
    """
    held = released.held
    near = _near(released)
    found = chain_pairs(held.structure, held.maps, CANDIDATES, near)
    pairs = tuple(StoredPair(*(getattr(pair, field.name) for field in fields(pair))) for pair in found)
    classes, notes = into_classes(held, pairs, names, reference)
    told = (f"{released.id}: no coordinates: {why}",) if why else ()
    return ReleasedAnalysis(held, near, pairs, classes, CANDIDATES, (*notes, *told), released)


def _near(released: Released) -> AtomPairs:
    """The stored atom pairs as indices into the atoms of the outline."""
    import numpy as np

    index = {
        (residue.id.chain, residue.id.number, residue.id.icode, name): residue.first_atom + place
        for residue in released.held.structure.residues
        for place, name in enumerate(residue.atoms)
    }
    rows = released.rows("atom_pairs")
    first = np.array([index[r.chain_1, r.number_1, r.icode_1, r.atom_1] for r in rows], dtype=np.intp)
    second = np.array([index[r.chain_2, r.number_2, r.icode_2, r.atom_2] for r in rows], dtype=np.intp)
    return AtomPairs(first, second, np.array([r.distance for r in rows], dtype=np.float64))
