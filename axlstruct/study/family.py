"""A study and the relatives of its receptor: models looked up, tables made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from axlstruct.errors import SourceError, StructureError, TargetError, UsageError
from axlstruct.family.conservation import ConservationRow, DomainRow, conservation_rows, domain_rows, verdict
from axlstruct.family.relatives import (
    FamilyRow,
    Relative,
    Touched,
    feature_rows,
    interface_rows,
    lay_on,
    site_rows,
    traces_of,
)
from axlstruct.interface.contacts import check_cutoff
from axlstruct.sequence.features import Span
from axlstruct.sequence.homologue import pair
from axlstruct.sequence.parts import parts
from axlstruct.sources.library import Library
from axlstruct.sources.target import load_relative
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.superposition import Fold, Trace
from axlstruct.study.session import AREAS, CUTOFF, Session
from axlstruct.study.tables import sum_table
from axlstruct.tables import Table

if TYPE_CHECKING:
    from axlstruct.sequence.target import Protein
    from axlstruct.sources.provenance import Provenance
    from axlstruct.sources.released import StoredRelative

TABLES = ("interface", "sites", "features", "all", "domains", "conservation")


def relatives_of(session: Session) -> tuple[Relative, ...]:
    """The relatives that the target names, laid on its receptor once; raises TargetError where it names none."""
    return session.once("relatives", lambda: load_relatives(session))


def load_relatives(session: Session) -> tuple[Relative, ...]:
    """The relatives that the target names, laid on its receptor.

    Raises
    ------
    TargetError
        The target names none.
    """
    if session.target.family is None or not session.target.family.relatives:
        raise TargetError(
            "the target names no relatives",
            where=session.target.name,
            advice="give it [family] with relatives, see targets/README.md",
        )
    receptor = session.target.receptor
    own, own_why = _model(session, session.library, receptor)
    found = []
    for name in session.target.family.relatives:
        target = load_relative(name, session.cache)
        traces, why = _model(session, Library(target, session.cache), target.receptor)
        gone = {receptor.name: own_why, target.receptor.name: why}
        stored = session.release.relative(target.receptor.accession) if session.release and not (own and traces) else None
        if stored:
            told = tuple(f"{name}: no coordinates of its model: {error}" for name, error in gone.items() if error)
            found.append(laid_on(stored, receptor, target.receptor, told))
        else:
            told = tuple(f"{name}: not compared in space, no pLDDT, without its model: {e}" for name, e in gone.items() if e)
            found.append(lay_on(receptor, target.receptor, own, traces, told))
    return tuple(found)


def laid_on(stored: StoredRelative, receptor: Protein, protein: Protein, why: Sequence[str] = ()) -> Relative:
    """A relative on the receptor as released: superposed domains and confidence are read, sequences are aligned now."""
    by_span = {part.span: part for part in parts(receptor)}
    folds = {}
    for told in stored.facts["folds"]:
        span = Span(told["first"], told["last"])
        rows = [row for row in stored.rows("folds") if (row.first, row.last) == (span.first, span.last)]
        folds[by_span[span]] = Fold(
            {row.position: row.relative_position for row in rows if row.paired},
            {(row.position, row.relative_position): row.distance for row in rows}, told["rmsd"], told["fitted"],
        )  # fmt: skip
    plddt = {row.position: row.plddt for row in stored.rows("confidence")}
    notes = (*stored.facts["notes"], stored.citation, *why)
    return Relative(receptor, protein, pair(receptor.sequence, protein.sequence), folds, plddt, notes)


def model_record(session: Session, protein: Protein) -> Provenance:
    """Of which file the model of a relative is; raises SourceError where it cannot be had."""
    assert session.target.family is not None
    for name in session.target.family.relatives:
        target = load_relative(name, session.cache)
        if target.receptor.accession == protein.accession:
            return Library(target, session.cache).get(f"AF-{protein.accession}").provenance
    raise TargetError("no relative of the target", where=protein.name)


def _model(session: Session, library: Library, protein: Protein) -> tuple[Mapping[int, Trace], str]:
    """CA of a protein's AlphaFold model; none where it cannot be had, and why."""
    name = f"AF-{protein.accession}"
    try:
        held = library.at_hand(name)
        if held is None:
            session.check_network()
            library.cache = session.cache
            held = library.get(name)
        return traces_of(held.maps, protein), ""
    except (SourceError, StructureError, UsageError) as error:
        return {}, str(error)


def chosen(session: Session, relative: str | None) -> tuple[Relative, ...]:
    """The relatives, or the one of a name or accession; raises UsageError for any other."""
    every = relatives_of(session)
    if relative is None:
        return every
    asked = relative.upper()
    found = tuple(r for r in every if asked in (r.protein.name.upper(), r.protein.accession.upper()))
    if not found:
        names = ", ".join(f"{r.protein.name} ({r.protein.accession})" for r in every)
        raise UsageError(f"{relative!r} is no relative of {session.target.receptor.name}", expected=names)
    return found


def touched(session: Session, structure: str, cutoff: float, areas: AreaSettings) -> list[Touched]:
    """Residues of the receptor that touch the ligand, class by class in the order of the sequence."""
    rows = sum_table(session, structure, by="residue", cutoff=cutoff, assembly="asu", areas=areas).rows
    mine = [r for r in rows if r.protein == session.target.receptor.name and r.residue_pairs and r.part[1:].isdigit()]
    return [Touched(r.interface, int(r.part[1:]), r.residue_pairs, r.bsa) for r in mine]


def touched_if_known(
    session: Session, structure: str | None, cutoff: float, areas: AreaSettings
) -> tuple[str, list[Touched], tuple[str, ...]]:
    """The structure that shows the interface and the residues in it; a note where the target's own cannot be had."""
    check_cutoff(cutoff)
    try:
        name = structure or session.default()
        return session.held(name).structure.id, touched(session, name, cutoff, areas), ()
    except (SourceError, StructureError, UsageError) as error:
        if structure:
            raise
        return "", [], (f"no interface: {error}",)


def family_table(
    session: Session,
    table: str = "all",
    *,
    relative: str | None = None,
    structure: str | None = None,
    cutoff: float = CUTOFF,
    areas: AreaSettings = AREAS,
) -> Table:
    """See `axlstruct.study.facade.Study.family`."""
    if table not in TABLES:
        raise UsageError(f"no table {table!r} of the family", expected=", ".join(TABLES))
    relatives = chosen(session, relative)
    notes = tuple(dict.fromkeys(note for r in relatives for note in r.notes))
    if table == "domains":
        return Table(DomainRow, [row for r in relatives for row in domain_rows(r)], notes)
    touching: list[Touched] = []
    name = structure or ""
    if table in ("interface", "conservation"):
        name = structure or session.default()
        touching = touched(session, name, cutoff, areas)
    elif table == "all":
        name, touching, gone = touched_if_known(session, structure, cutoff, areas)
        notes += gone
    if table == "conservation":
        shown = session.held(name).structure.id
        rows = [row for r in relatives for row in conservation_rows(shown, r, touching)]
        assert session.target.family is not None
        return Table(ConservationRow, rows, (*notes, *verdict(session.target.family, rows)))
    makers = {"interface": lambda r: interface_rows(r, touching), "sites": site_rows, "features": feature_rows}
    wanted = makers if table == "all" else (table,)
    rows_of = (zip(*(makers[what](r) for r in relatives), strict=True) for what in wanted)
    return Table(FamilyRow, [row for part in rows_of for at_position in part for row in at_position], notes)
