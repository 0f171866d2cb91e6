"""The best structure for each residue of a study: what its structures show, ranked by `axlstruct.structure.routing`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from axlstruct.errors import SiteError
from axlstruct.sequence.features import Span
from axlstruct.sequence.notation import parse
from axlstruct.sequence.parts import around
from axlstruct.sequence.regions import Stretch, asked
from axlstruct.sequence.target import Protein, StructureEntry
from axlstruct.sources.library import Held
from axlstruct.structure.answer import Also
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.routing import Candidate, choose
from axlstruct.structure.routing_rows import BestRow, BestRun, Routed, best_row, best_runs
from axlstruct.study.session import Session, Shown
from axlstruct.study.tables import contact_table
from axlstruct.study.where import others_meant, resolve
from axlstruct.tables import Table


def best_table(session: Session, *queries: str, runs: bool | None = None) -> Table:
    """See `axlstruct.study.facade.Study.best`."""
    target = session.target
    meant = [_meant(session, query) for query in queries]
    parts = [(part, ";".join(str(each.reading) for each in also)) for stretches, also in meant for part in stretches]
    parts = parts or [(Stretch(protein.name, Span(1, len(protein))), "") for protein in target.proteins]
    rows: list[BestRow | BestRun] = []
    notes: dict[str, None] = dict.fromkeys(str(each) for _, also in meant for each in also)
    merged = not queries if runs is None else runs
    shown: dict[str, list[_Structure]] = {}
    for name in dict.fromkeys(part.protein for part, _ in parts):
        spans = [part.span for part, _ in parts if part.protein == name]
        shown[name], told = _structures(session, target.protein(name), spans)
        notes |= dict.fromkeys(told)
    for part, also in parts:
        protein = target.protein(part.protein)
        routed = _routed(shown[part.protein], part.span)
        rows += best_runs(protein, routed) if merged else [replace(best_row(protein, each), also=also) for each in routed]
    return Table(BestRun if merged else BestRow, rows, tuple(notes))


def _meant(session: Session, query: str) -> tuple[Sequence[Stretch], tuple[Also, ...]]:
    """Residues asked for, one in any notation, else a region or a range; and other residues that the same notation may mean."""
    try:
        residue = parse(query)
    except SiteError:
        return asked(session.target, query), ()
    protein, position = resolve(session, residue)
    return (Stretch(protein.name, Span(position, position)),), others_meant(session, residue, protein, position)


def _structures(session: Session, protein: Protein, spans: Sequence[Span]) -> tuple[list[_Structure], list[str]]:
    """The target's structures in their order, and what a reader must know of them."""
    found = [_of(session, entry, protein, spans) for entry in session.target.structures]
    return [structure for structure, _ in found], [note for _, note in found if note]


def _routed(shown: Sequence[_Structure], span: Span) -> list[Routed]:
    """The choice for each position of a stretch."""
    routed: list[Routed] = []
    for position in span:
        candidates = [candidate for structure in shown for candidate in structure.candidates(position)]
        routed.append((position, choose(candidates), [candidate.placement for candidate in candidates]))
    return routed


def _of(session: Session, entry: StructureEntry, protein: Protein, spans: Sequence[Span]) -> tuple[_Structure, str]:
    """A structure as far as it can be had; asked of a server only where what ships with the target does not tell."""
    shown = session.shown(entry.id, of=(protein, [position for span in spans for position in span]))
    touching = _touching(session, shown.held) if shown.held else frozenset()
    return _Structure(shown, protein, touching), shown.note(protein)


def _touching(session: Session, held: Held) -> frozenset[tuple[str, int | None]]:
    """Chain and position of the residues that a structure shows in contact with the partner as it is in nature."""
    if len({chain.protein.role for chain in held.maps}) < 2:
        return frozenset()
    changed = {chain.chain.chain for chain in held.maps if chain.differences}
    rows = contact_table(session, held.structure.id).rows
    receptor = {(row.chain_1, row.position_1) for row in rows if row.chain_2 not in changed}
    return frozenset(receptor | {(row.chain_2, row.position_2) for row in rows if row.chain_1 not in changed})


@dataclass(frozen=True)
class _Structure:
    """What a structure shows of a protein, and which of its residues touch the partner."""

    shown: Shown
    protein: Protein
    touching: frozenset[tuple[str, int | None]] = frozenset()

    def candidates(self, position: int) -> list[Candidate]:
        """One for each chain of the protein; those without atoms tell why."""
        if self.shown.held is None:
            return [Candidate(placement, at_hand=False) for placement in self.shown.placements(self.protein, position)]
        return [self._candidate(self.shown.held, chain, position) for chain in self.shown.maps(self.protein)]

    def _candidate(self, held: Held, chain: ChainMap, position: int) -> Candidate:
        slot, near = chain.by_position.get(position), around(chain.protein, position)
        mean, differences = self.facts[chain.chain.label]
        return Candidate(
            chain.placement(position),
            resolution=held.structure.resolution,
            touching=(chain.chain.chain, position) in self.touching,
            engineered=sum(p in near for p in differences),
            relative_b=slot.residue.b / mean if slot and slot.residue and mean and not chain.predicted else None,
        )

    @cached_property
    def facts(self) -> dict[str, tuple[float, tuple[int, ...]]]:
        """Mean B-factor over residues, and positions with another letter, of each chain by ``label_asym_id``."""
        found = {}
        for chain in self.shown.maps(self.protein):
            values = [residue.b for residue in chain.chain.residues]
            found[chain.chain.label] = sum(values) / len(values), chain.differences
        return found
