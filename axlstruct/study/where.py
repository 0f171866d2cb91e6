"""From a residue as people write it to the answer: which residue, where it is seen, what it touches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from axlstruct.errors import SiteError
from axlstruct.sequence import notation
from axlstruct.sequence.coverage import Placement
from axlstruct.sequence.target import Protein
from axlstruct.sources.names import canonical
from axlstruct.structure import locate
from axlstruct.structure.answer import Also, Answer, Touching
from axlstruct.structure.readings import AuthorNumbers, Reading, other_readings
from axlstruct.study.measured import measured_at, reference
from axlstruct.study.session import Basis, Session, Shown

if TYPE_CHECKING:
    from axlstruct.interface.rows import ContactRow


def look_up(session: Session, query: str) -> Answer:
    """Answer where a residue is; see `axlstruct.study.facade.Study.where`."""
    asked = notation.parse(query)
    protein, position = resolve(session, asked)
    names = [entry.id for entry in session.target.structures] + ([canonical(asked.structure)] if asked.structure else [])
    placements: list[tuple[Shown, list[Placement]]] = []
    notes = list(protein.absent)
    for name in dict.fromkeys(names):
        shown = session.shown(name, of=(protein, (position,)))
        placements.append((shown, shown.placements(protein, position)))
        notes += [note] if (note := shown.note(protein)) else []
    codon = protein.transcript.codon(position) if protein.transcript else None
    found = tuple(placement for _, part in placements for placement in part)
    also = others_meant(session, asked, protein, position)
    measured, concluded = measured_at(session, protein, position)
    touches = _touches(session, placements)
    if any(touching.structure == session.default() for touching in touches or ()):
        notes += [words] if (words := reference(session).lone.get((protein.name, position))) else []
    return Answer(
        query, protein, position, codon, found, (*notes, *concluded), touches, also, _untold(session, placements), measured
    )  # fmt: skip


def also_meant(session: Session, asked: notation.Query, protein: Protein, position: int) -> list[Reading]:
    """Other residues that a plain letter and number mean as author numbers of the target's structures; nothing is downloaded."""
    return other_readings(asked, protein, position, author_numbers(session))


def author_numbers(session: Session) -> tuple[AuthorNumbers, ...]:
    """Author numbers of the target's structures that are at hand, else as read in print; the reference first."""

    def find() -> tuple[AuthorNumbers, ...]:
        found = []
        for entry in sorted(session.target.structures, key=lambda entry: not entry.reference):
            shown = session.shown(entry.id, enough=Basis.NOTHING)
            if shown.held:
                found.append(AuthorNumbers.of_chains(entry.id, shown.held.maps))
            elif shown.basis is Basis.PRINT and shown.entry:
                found.append(AuthorNumbers.of_print(shown.entry, session.target))
        return tuple(found)

    return session.once("author numbers", find)


def others_meant(session: Session, asked: notation.Query, protein: Protein, position: int) -> tuple[Also, ...]:
    """As `also_meant`, each with what it touches in the structure whose author number it is, where that is at hand."""
    found = []
    for reading in also_meant(session, asked, protein, position):
        shown = session.shown(reading.structure, enough=Basis.NOTHING)
        found.append(Also(reading, _touches(session, [(shown, shown.placements(reading.protein, reading.position))])))
    return tuple(found)


def resolve(session: Session, asked: notation.Query) -> tuple[Protein, int]:
    """Which residue is meant; raises SiteError or StructureError where none is, or more than one."""
    target = session.target
    if asked.scheme in ("coding", "genomic"):
        return locate.in_transcript(asked, target)
    if asked.structure:
        if any(asked.structure.upper() in (p.name.upper(), p.accession.upper()) for p in target.proteins):
            raise SiteError(f"{asked.structure!r} is a protein, not a structure", where=asked.text, expected=notation.FORMS)
        printed = asked.scheme == "author"  # what was read in print tells author numbers, no others
        shown = session.shown(asked.structure, enough=Basis.PRINT if printed else Basis.COORDINATES)
        if shown.held is None and shown.error is None and shown.entry is not None:
            return locate.in_known(asked, shown.entry, target)
        held = shown.require()
        return locate.in_structure(asked, held.structure, held.maps)
    try:
        return locate.in_sequence(asked, target, {})
    except SiteError:
        shown_by = {entry.id: session.shown(entry.id, enough=Basis.NOTHING) for entry in target.structures}
        return locate.in_sequence(asked, target, {id: shown.held.maps for id, shown in shown_by.items() if shown.held})


def _untold(session: Session, placements: Sequence[tuple[Shown, Sequence[Placement]]]) -> tuple[str, ...]:
    """Structures that show the residue and a partner by what was read in print, and cannot be asked what it touches."""
    return tuple(
        shown.name
        for shown, part in placements
        if shown.held is None
        and any(placement.coverage.has_atoms for placement in part)
        and sum(shown.prints(protein) for protein in session.target.proteins) > 1
    )


def _contacts(session: Session, shown: Shown) -> Sequence[ContactRow]:
    """Contacts at the usual cutoff; released ones are read as they are, for a look-up takes no time to compute."""
    if shown.basis is Basis.RELEASED and shown.released:
        return shown.released.rows("contacts")
    from axlstruct.study.tables import contact_table

    return contact_table(session, shown.name).rows


def _touches(session: Session, placements: Sequence[tuple[Shown, Sequence[Placement]]]) -> tuple[Touching, ...] | None:
    """Partner residues of the placements, in structures that are at hand and show both receptor and ligand."""
    found: list[Touching] = []
    asked = False
    for shown, part in placements:
        residues = {p.residue for p in part if p.residue and p.coverage.has_atoms}
        if residues and shown.held and len({chain.protein.role for chain in shown.held.maps}) > 1:
            from axlstruct.interface.rows import touching

            asked = True
            found += touching(residues, _contacts(session, shown), {p.role: p.name for p in session.target.proteins})
    return tuple(found) if asked else None
