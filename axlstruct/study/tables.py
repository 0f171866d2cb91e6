"""The tables of a session, as plain rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from axlstruct.errors import StructureError, UsageError
from axlstruct.interface.comparison import ComparedSide, CompareRow, compare_rows, compare_words
from axlstruct.interface.consensus import ConsensusRow, consensus_rows
from axlstruct.interface.contacts import chain_pairs, require_partners, residue_contacts
from axlstruct.interface.groups import Between
from axlstruct.interface.interactions import InteractionRow
from axlstruct.interface.residue_rows import ResidueRow, other_row, residue_row, touches_of
from axlstruct.interface.rows import (
    AtomContactRow,
    ContactRow,
    InterfaceRow,
    atom_contact_rows,
    contact_rows,
    group_row,
    interface_row,
)
from axlstruct.interface.rules import CANDIDATES
from axlstruct.interface.sums import PARTS, SumRow, sum_rows
from axlstruct.sequence.mutation import parse_mutations
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.outline import no_coordinates
from axlstruct.structure.structure import ASU
from axlstruct.study.analysis import MANY_CHAINS
from axlstruct.study.pairs import Numbers, asked_pairs, groups_of
from axlstruct.study.session import AREAS, CUTOFF, Basis, Session, Shown
from axlstruct.tables import Table

if TYPE_CHECKING:
    from axlstruct.study.analysis import Analysed

_LEVELS: dict[str, tuple[type, Callable[..., list[Any]]]] = {
    "residue": (ContactRow, contact_rows),
    "atom": (AtomContactRow, atom_contact_rows),
}


def contact_table(
    session: Session,
    structure: str,
    *,
    cutoff: float = CUTOFF,
    level: str = "residue",
    between: Between | None = None,
    assembly: str = ASU,
) -> Table:
    """See `axlstruct.study.facade.Study.contacts`."""
    if level not in _LEVELS:
        raise UsageError(f"unknown level {level!r}", expected=" or ".join(_LEVELS))
    kind, rows_of = _LEVELS[level]
    analysed = session.analysed(structure, assembly, cutoff)
    pairs, notes = asked_pairs(session, analysed, between)
    found = analysed.held.structure
    rows = [row for pair in pairs for row in rows_of(found, analysed.class_of(pair), pair, cutoff)]
    return Table(kind, rows, (*analysed.notes, *notes, *analysed.limits))


def interaction_table(
    session: Session, structure: str, *, assembly: str = ASU, between: Between | None = None, histidine: str = "neutral"
) -> Table:
    """See `axlstruct.study.facade.Study.interactions`."""
    if histidine not in ("neutral", "charged"):
        raise UsageError("a histidine is neutral or charged", found=repr(histidine), expected="neutral or charged")
    analysed = session.analysed(structure, assembly, CANDIDATES)
    groups = groups_of(analysed, between) if between is not None else None
    bonds = analysed.bonds if histidine == "neutral" else analysed.bonds_of_charged_histidine
    rows = [row for chains, row in bonds if groups is None or groups.joins(*chains)]
    return Table(InteractionRow, rows, (*analysed.notes, *_absent(session, analysed), *analysed.limits))


def _absent(session: Session, analysed: Analysed) -> tuple[str, ...]:
    """A note where a structure shows one of the target's proteins without the other."""
    shown = {map.protein.name for map in analysed.held.maps}
    gone = [protein.name for protein in session.target.proteins if protein.name not in shown]
    return (f"{analysed.held.structure.id}: no chain of {' or '.join(gone)}",) if shown and gone else ()


def interface_table(
    session: Session,
    structure: str,
    *,
    cutoff: float = CUTOFF,
    assembly: str = ASU,
    areas: AreaSettings | None = AREAS,
    between: Between | None = None,
    all_pairs: bool = False,
) -> Table:
    """See `axlstruct.study.facade.Study.interfaces`; without settings of areas, areas, bonds and sheets stay empty."""
    analysed = session.analysed(structure, assembly, max(cutoff, CANDIDATES) if areas else cutoff)
    found = analysed.held.structure
    notes = (*analysed.notes, *_absent(session, analysed))
    numbers = Numbers(analysed, areas) if areas else None
    if between is not None:
        groups = groups_of(analysed, between)
        sides = tuple([side for side in analysed.sides if side.chain.chain in names] for names in (groups.one, groups.two))
        pairs = groups.pairs(analysed.pairs)
        told = numbers.of(pairs, sides[0], sides[1]) if numbers else {}
        row = group_row(found, groups, (sides[0], sides[1]), [(p, analysed.class_of(p)) for p in pairs], cutoff, **told)
        return Table(InterfaceRow, [row], (*notes, *(analysed.limits if areas else ())))
    listed = analysed.pairs
    count = len(analysed.sides)
    if count < 2:
        notes += (f"{found.id}: a single protein chain, so no interface to compute",)
    if count > MANY_CHAINS and all_pairs:
        listed = chain_pairs(found, analysed.held.maps, analysed.reach, analysed.near)
    elif count > MANY_CHAINS:
        listed = tuple(pair for pair in listed if len(pair.within(cutoff).distance))
        every = count * (count - 1) // 2
        notes += (
            f"{found.id}: {len(listed)} of {every} pairs of chains are in contact within {cutoff:g} A and listed; "
            "--all-pairs lists the others too",
        )
    rows = [
        interface_row(
            found, analysed.class_of(pair), pair, cutoff,
            **(numbers.of([pair], [pair.side_1], [pair.side_2]) if numbers else {}),
        )
        for pair in listed
    ]  # fmt: skip
    return Table(InterfaceRow, rows, (*notes, *(analysed.limits if areas else ())))


def consensus_table(
    session: Session, structure: str, *, cutoff: float = CUTOFF, assembly: str = ASU, between: Between | None = None
) -> Table:
    """See `axlstruct.study.facade.Study.consensus`."""
    analysed = session.analysed(structure, assembly, cutoff)
    found = analysed.held.structure
    pairs, notes = asked_pairs(session, analysed, between)
    rows = consensus_rows(found, analysed.classes, pairs, cutoff)
    return Table(type(rows[0]) if rows else ConsensusRow, rows, (*analysed.notes, *notes, *analysed.limits))


def sum_table(
    session: Session,
    structure: str,
    by: str = "exon",
    *,
    cutoff: float = CUTOFF,
    assembly: str = ASU,
    areas: AreaSettings = AREAS,
    between: Between | None = None,
) -> Table:
    """See `axlstruct.study.facade.Study.sums`."""
    if by not in PARTS:
        raise UsageError(f"no sums by {by!r}", expected=" or ".join(PARTS))
    bonds = interaction_table(session, structure, assembly=assembly, between=between)
    contacts = contact_table(session, structure, cutoff=cutoff, between=between, assembly=assembly)
    analysed = session.analysed(structure, assembly, cutoff)
    found = analysed.held.structure
    if analysed.bare:
        raise StructureError(analysed.limits[0], where=found.id)
    pairs, notes = asked_pairs(session, analysed, between)
    lost = analysed.lost(pairs, areas)
    rows = sum_rows(found, analysed.classes, pairs, contacts.rows, bonds.rows, lost, by=by, radii=str(areas))
    outside = dict.fromkeys(side.protein for pair in pairs for side in (pair.side_1, pair.side_2) if not side.map)
    if outside and by != "residue":
        notes += (f"{found.id}: {', '.join(outside)} outside the target: no {by}s are known, so each chain is one part",)
    return Table(SumRow, rows, (*bonds.notes, *notes))


def compare_table(
    session: Session, first: str, second: str, *, cutoff: float = CUTOFF, assembly: str = ASU, areas: AreaSettings = AREAS
) -> Table:
    """See `axlstruct.study.facade.Study.compare`."""
    if stored := _compared(session, first, second, cutoff, assembly, areas):
        return stored
    sides: list[ComparedSide] = []
    notes: list[str] = []
    for name in (first, second):
        held = session.analysed(name, assembly, cutoff).held
        require_partners(held.structure, held.maps, [protein.name for protein in session.target.proteins])
        contacts = contact_table(session, name, cutoff=cutoff, assembly=assembly)
        bonds = interaction_table(session, name, assembly=assembly)
        interfaces = interface_table(session, name, cutoff=cutoff, assembly=assembly, areas=areas)
        classes = session.analysed(name, assembly, cutoff).classes
        sides.append(ComparedSide(held.structure, held.maps, classes, contacts.rows, bonds.rows, interfaces.rows))
        notes += bonds.notes
    letters = {(p.name, position): p.letter(position) for p in session.target.proteins for position in range(1, len(p) + 1)}
    names = session.target.proteins[0].name, session.target.proteins[1].name
    rows = compare_rows(sides[0], sides[1], names, letters)
    return Table(CompareRow, rows, (*dict.fromkeys(notes), *compare_words(sides[0], sides[1], rows)))


def _compared(session: Session, first: str, second: str, cutoff: float, assembly: str, areas: AreaSettings) -> Table | None:
    """The released comparison, where the released analysis of either structure is all that is at hand.

    Raises
    ------
    CoordinatesError
        At another cutoff, with other areas, or of two structures whose comparison is not released.
    """
    shown = [session.shown(name, assembly=assembly, enough=Basis.COORDINATES) for name in (first, second)]
    if not any(each.basis is Basis.RELEASED for each in shown) or session.release is None:
        return None
    told = session.release.comparison(shown[0].name, shown[1].name)
    if told is None or cutoff != CUTOFF or areas != AREAS:
        raise no_coordinates(shown[0].name if shown[0].basis is Basis.RELEASED else shown[1].name)
    said = [each.released.citation for each in shown if each.released]
    return Table(CompareRow, told[0], (*told[1], *said))


def residue_table(
    session: Session,
    *structures: str,
    assembly: str = ASU,
    cutoff: float = CUTOFF,
    areas: AreaSettings | None = AREAS,
    between: Between | None = None,
) -> Table:
    """See `axlstruct.study.facade.Study.residues`; without settings of areas those columns stay empty."""
    if between is not None and len(structures) != 1:
        raise UsageError("two groups of chains are those of one structure", found=", ".join(structures) or "no structure named")
    names = structures or tuple(entry.id for entry in session.target.structures)
    rows: list[ResidueRow] = []
    notes = [note for protein in session.target.proteins for note in protein.absent]
    measured = _measured(session)
    for name in names:
        shown = session.shown(name, assembly=assembly, enough=Basis.COORDINATES)
        if shown.held is None and shown.excused:
            rows += _without_coordinates(session, shown, measured)
            notes.append(f"{name} could not be had and is given as far as it is known without coordinates ({shown.reason})")
            continue
        shown.require()
        analysed = session.analysed(name, assembly, cutoff)
        rows += _with_coordinates(analysed, cutoff, areas, measured, between)
        notes += [*analysed.notes, *(analysed.limits if areas else ())]
        found = analysed.held.structure
        if areas and len(found.chains) == 1:
            alone = f"{found.id}: chain {found.chains[0].chain} has no partner to be buried in"
            notes.append(f"{alone}: buried_area and burial stay empty")
    return Table(ResidueRow, rows, tuple(notes))


def _with_coordinates(
    analysed: Analysed,
    cutoff: float,
    areas: AreaSettings | None,
    measured: Mapping[tuple[str, int], str],
    between: Between | None,
) -> list[ResidueRow]:
    held = analysed.held
    residues = held.structure.residues
    groups = groups_of(analysed, between) if between is not None else None
    touching = [
        (analysed.class_of(pair).name, residues[contact.residue_1].id, residues[contact.residue_2].id)
        for pair in (groups.pairs(analysed.pairs) if groups else analysed.pairs)
        for contact in residue_contacts(pair.within(cutoff))
    ]
    touches, glycans = touches_of(touching), {glycan.root: glycan for glycan in analysed.glycans}
    by_index = analysed.surface(areas).residues(held.maps, groups) if areas and not analysed.bare else {}
    by_id = {residues[index].id: area for index, area in by_index.items()}
    structure = held.structure
    shown = [side for side in analysed.sides if groups is None or side.chain.chain in groups.chains]
    return [
        residue_row(side.map.protein, side.map.placement(position), touches, glycans, by_id, measured, structure.assembly)
        for side in shown
        if side.map
        for position in range(1, len(side.map.protein) + 1)
    ] + [
        other_row(side.protein, residue, touches, glycans, by_id, structure.predicted, structure.plddt, structure.assembly)
        for side in shown
        if not side.map
        for residue in side.chain.residues
    ]


def _without_coordinates(session: Session, shown: Shown, measured: Mapping[tuple[str, int], str]) -> list[ResidueRow]:
    rows = [
        residue_row(protein, placement, None, {}, {}, measured)
        for protein in session.target.proteins
        for position in range(1, len(protein) + 1)
        for placement in shown.placements(protein, position)
    ]
    return sorted(rows, key=lambda row: (row.protein, row.chain))


def _measured(session: Session) -> dict[tuple[str, int], str]:
    """Measured affinities of single mutants as words, by protein and position; empty for a target without such a table."""
    if not session.evidence.has("affinity"):
        return {}
    words: dict[tuple[str, int], list[str]] = {}
    for row in session.evidence.rows("affinity"):
        mutation, *more = parse_mutations(row.mutations_uniprot)
        if not more:
            text = f"{mutation} {row.bound}{row.ddg:+.2f} (PubMed {row.pubmed})"
            words.setdefault((mutation.protein, mutation.position), []).append(text)
    return {key: ";".join(found) for key, found in words.items()}
