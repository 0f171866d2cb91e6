"""The tables of a session, as plain rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from axlstruct.errors import StructureError, UsageError
from axlstruct.evidence.rows import TABLES
from axlstruct.interface.areas import Surface
from axlstruct.interface.comparison import CompareRow, Side, compare_rows
from axlstruct.interface.consensus import ConsensusRow, consensus_rows
from axlstruct.interface.contacts import ChainPair, require_partners, residue_contacts
from axlstruct.interface.interactions import InteractionRow, limits, traces
from axlstruct.interface.residue_rows import ResidueRow, residue_row, touches_of
from axlstruct.interface.rows import AtomContactRow, ContactRow, InterfaceRow, atom_contact_rows, contact_rows, interface_row
from axlstruct.interface.rules import CANDIDATES
from axlstruct.interface.sheets import sheet_words
from axlstruct.interface.sums import PARTS, SumRow, sum_rows
from axlstruct.sources.coordinates import ASU
from axlstruct.structure.area_settings import AreaSettings
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
    between: tuple[str, str] | None = None,
    assembly: str = ASU,
) -> Table:
    """See `axlstruct.study.facade.Study.contacts`."""
    if level not in _LEVELS:
        raise UsageError(f"unknown level {level!r}", expected=" or ".join(_LEVELS))
    kind, rows_of = _LEVELS[level]
    analysed = session.analysed(structure, assembly, cutoff)
    pairs = _between(analysed, between) if between else _receptor_ligand(session, analysed)
    found = analysed.held.structure
    rows = [row for pair in pairs for row in rows_of(found, analysed.class_of(pair), pair, cutoff)]
    return Table(kind, rows, (*analysed.notes, *limits(found)))


def _receptor_ligand(session: Session, analysed: Analysed) -> list[ChainPair]:
    if session.target.ligand is None:
        raise StructureError("the target has no ligand", where=session.target.name, advice="name two chains with --between")
    held = analysed.held
    require_partners(held.structure, held.maps, [protein.name for protein in session.target.proteins])
    return [pair for pair in analysed.pairs if pair.joins_receptor_and_ligand]


def _between(analysed: Analysed, between: tuple[str, str]) -> list[ChainPair]:
    for name in between:
        analysed.held.structure.chain(name)
    pairs = [pair for pair in analysed.pairs if set(pair.chains) == set(between)]
    if not pairs:
        raise UsageError("two different chains make a pair", found=" ".join(between))
    return pairs


def interaction_table(session: Session, structure: str, *, assembly: str = ASU) -> Table:
    """See `axlstruct.study.facade.Study.interactions`."""
    analysed = session.analysed(structure, assembly, CANDIDATES)
    held = analysed.held
    rows = analysed.interactions
    return Table(InteractionRow, rows, (*analysed.notes, *_absent(session, analysed), *limits(held.structure)))


def _absent(session: Session, analysed: Analysed) -> tuple[str, ...]:
    """A note where a structure shows one of the target's proteins without the other."""
    shown = {map.protein.name for map in analysed.held.maps}
    gone = [protein.name for protein in session.target.proteins if protein.name not in shown]
    return (f"{analysed.held.structure.id}: no chain of {' or '.join(gone)}",) if shown and gone else ()


def interface_table(
    session: Session, structure: str, *, cutoff: float = CUTOFF, assembly: str = ASU, areas: AreaSettings | None = AREAS
) -> Table:
    """See `axlstruct.study.facade.Study.interfaces`; without settings of areas, areas, bonds and sheets stay empty."""
    analysed = session.analysed(structure, assembly, max(cutoff, CANDIDATES) if areas else cutoff)
    found = analysed.held.structure
    if areas is None:
        rows = [interface_row(found, analysed.class_of(pair), pair, cutoff) for pair in analysed.pairs]
        return Table(InterfaceRow, rows, (*analysed.notes, *_absent(session, analysed)))
    surface = Surface(found, analysed.glycans, areas)
    bonds = interaction_table(session, structure, assembly=assembly)
    sheets = sheet_words(found, analysed.pairs)
    bare = traces(found)
    rows = []
    for pair in analysed.pairs:
        if bare & set(pair.chains):
            rows.append(interface_row(found, analysed.class_of(pair), pair, cutoff))
            continue
        between = [row for row in bonds.rows if {row.chain_1, row.chain_2} == set(pair.chains)]
        counts = (
            sum(row.hbonds for row in between if row.type in ("hbond", "salt-bridge")),
            sum(row.type == "salt-bridge" for row in between),
        )
        burial = surface.pair(pair)
        rows.append(
            interface_row(
                found, analysed.class_of(pair), pair, cutoff,
                burial=burial, radii=str(areas), hbonds=counts[0], salt_bridges=counts[1], sheet=sheets[pair.chains],
            )
        )  # fmt: skip
    return Table(InterfaceRow, rows, bonds.notes)


def consensus_table(session: Session, structure: str, *, cutoff: float = CUTOFF, assembly: str = ASU) -> Table:
    """See `axlstruct.study.facade.Study.consensus`."""
    contacts = contact_table(session, structure, cutoff=cutoff, assembly=assembly)
    return Table(
        ConsensusRow, consensus_rows(session.analysed(structure, assembly, cutoff).classes, contacts.rows), contacts.notes
    )


def sum_table(
    session: Session,
    structure: str,
    by: str = "exon",
    *,
    cutoff: float = CUTOFF,
    assembly: str = ASU,
    areas: AreaSettings = AREAS,
) -> Table:
    """See `axlstruct.study.facade.Study.sums`."""
    if by not in PARTS:
        raise UsageError(f"no sums by {by!r}", expected=" or ".join(PARTS))
    bonds = interaction_table(session, structure, assembly=assembly)
    contacts = contact_table(session, structure, cutoff=cutoff, assembly=assembly)
    analysed = session.analysed(structure, assembly, cutoff)
    found = analysed.held.structure
    if traces(found):
        raise StructureError(limits(found)[0], where=found.id)
    surface = Surface(found, analysed.glycans, areas)
    burials = {pair.chains: surface.pair(pair) for pair in analysed.pairs if pair.joins_receptor_and_ligand}
    rows = sum_rows(found, analysed.classes, contacts.rows, bonds.rows, burials, analysed.glycans, by=by, radii=str(areas))
    return Table(SumRow, rows, bonds.notes)


def compare_table(
    session: Session, first: str, second: str, *, cutoff: float = CUTOFF, assembly: str = ASU, areas: AreaSettings = AREAS
) -> Table:
    """See `axlstruct.study.facade.Study.compare`."""
    sides: list[Side] = []
    notes: list[str] = []
    for name in (first, second):
        contacts = contact_table(session, name, cutoff=cutoff, assembly=assembly)
        bonds = interaction_table(session, name, assembly=assembly)
        interfaces = interface_table(session, name, cutoff=cutoff, assembly=assembly, areas=areas)
        held = session.analysed(name, assembly, cutoff).held
        sides.append(Side(held.structure.id, held.maps, contacts.rows, bonds.rows, interfaces.rows))
        notes += bonds.notes
    letters = {(p.name, position): p.letter(position) for p in session.target.proteins for position in range(1, len(p) + 1)}
    names = session.target.proteins[0].name, session.target.proteins[1].name
    return Table(CompareRow, compare_rows(sides[0], sides[1], names, letters), tuple(dict.fromkeys(notes)))


def residue_table(
    session: Session, *structures: str, assembly: str = ASU, cutoff: float = CUTOFF, areas: AreaSettings | None = AREAS
) -> Table:
    """See `axlstruct.study.facade.Study.residues`; without settings of areas those columns stay empty."""
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
        rows += _with_coordinates(analysed, cutoff, areas, measured)
        notes += [*analysed.notes, *(limits(analysed.held.structure) if areas else ())]
    return Table(ResidueRow, rows, tuple(notes))


def _with_coordinates(
    analysed: Analysed, cutoff: float, areas: AreaSettings | None, measured: Mapping[tuple[str, int], str]
) -> list[ResidueRow]:
    held = analysed.held
    residues = held.structure.residues
    touching = [
        (analysed.class_of(pair).name, residues[contact.residue_1].id, residues[contact.residue_2].id)
        for pair in analysed.pairs
        for contact in residue_contacts(pair.within(cutoff))
    ]
    touches, glycans = touches_of(touching), {glycan.root: glycan for glycan in analysed.glycans}
    by_index = (
        Surface(held.structure, analysed.glycans, areas).residues(held.maps) if areas and not traces(held.structure) else {}
    )
    by_id = {residues[index].id: area for index, area in by_index.items()}
    return [
        residue_row(chain.protein, chain.placement(position), touches, glycans, by_id, measured, held.structure.assembly)
        for chain in held.maps
        for position in range(1, len(chain.protein) + 1)
    ]


def _without_coordinates(session: Session, shown: Shown, measured: Mapping[tuple[str, int], str]) -> list[ResidueRow]:
    rows = [
        residue_row(protein, placement, {}, {}, {}, measured)
        for protein in session.target.proteins
        for position in range(1, len(protein) + 1)
        for placement in shown.placements(protein, position)
    ]
    return sorted(rows, key=lambda row: (row.protein, row.chain))


def evidence_table(session: Session, name: str, region: str | None = None) -> Table:
    """See `axlstruct.study.facade.Study.evidence`."""
    rows = session.evidence.rows(name, region)
    where = f"that speak of {region}" if region else f"for the target {session.target.name}"
    return Table(TABLES[name], rows, () if rows else (f"there are no {name} rows {where}",))


def _measured(session: Session) -> dict[tuple[str, int], str]:
    """Measured affinities of single mutants as words, by protein and position; empty for a target without such a table."""
    if not session.evidence.has("affinity"):
        return {}
    words: dict[tuple[str, int], list[str]] = {}
    for row in session.evidence.rows("affinity"):
        if ";" not in row.mutations_uniprot:
            protein, _, mutation = row.mutations_uniprot.partition(":")
            text = f"{mutation} {row.bound}{row.ddg:+.2f} (PubMed {row.pubmed})"
            words.setdefault((protein, int(mutation[1:-1])), []).append(text)
    return {key: ";".join(found) for key, found in words.items()}
