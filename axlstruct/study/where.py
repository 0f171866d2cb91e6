"""From a residue as people write it to the answer: which residue, where it is seen, what it touches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from axlstruct.errors import AxlstructError, SiteError
from axlstruct.sequence import notation
from axlstruct.sequence.coverage import Coverage, Placement
from axlstruct.sequence.target import Protein
from axlstruct.sources.names import canonical
from axlstruct.structure import locate
from axlstruct.structure.answer import Answer, Touching

if TYPE_CHECKING:
    from axlstruct.study.facade import Study


def look_up(study: Study, query: str) -> Answer:
    """Answer where a residue is; see `axlstruct.study.facade.Study.where`."""
    asked = notation.parse(query)
    protein, position = resolve(study, asked)
    names = [entry.id for entry in study.target.structures] + ([canonical(asked.structure)] if asked.structure else [])
    placements: dict[str, list[Placement]] = {}
    notes = list(protein.absent)
    for name in dict.fromkeys(names):
        placements[name], note = placements_in(study, name, protein, position)
        notes += [note] if note else []
    codon = protein.transcript.codon(position) if protein.transcript else None
    found = tuple(placement for part in placements.values() for placement in part)
    return Answer(query, protein, position, codon, found, tuple(notes), _touches(study, placements))


def resolve(study: Study, asked: notation.Query) -> tuple[Protein, int]:
    """Which residue is meant; raises SiteError or StructureError where none is, or more than one."""
    target = study.target
    if asked.scheme in ("coding", "genomic"):
        return locate.in_transcript(asked, target)
    if asked.structure:
        if any(asked.structure.upper() in (p.name.upper(), p.accession.upper()) for p in target.proteins):
            raise SiteError(f"{asked.structure!r} is a protein, not a structure", where=asked.text, expected=notation.FORMS)
        entry = target.entry(canonical(asked.structure))
        held = study.at_hand(asked.structure)
        if held is None and not (entry and entry.known and asked.scheme == "author"):
            held = study.library.get(asked.structure)
        if held:
            return locate.in_structure(asked, held.structure, held.maps)
        assert entry is not None
        return locate.in_known(asked, entry, target)
    try:
        return locate.in_sequence(asked, target, {})
    except SiteError:
        at_hand = {entry.id: study.at_hand(entry.id) for entry in target.structures}
        return locate.in_sequence(asked, target, {id: held.maps for id, held in at_hand.items() if held})


def placements_in(study: Study, name: str, protein: Protein, position: int) -> tuple[list[Placement], str]:
    """Placements in one structure, and a note where it could not be had."""
    entry = study.target.entry(name)
    if entry and entry.known and protein.accession not in {known.accession for known in entry.known}:
        return [], ""
    known = list(locate.known_placements(entry, protein, position)) if entry else []
    told = bool(known) and all(placement.coverage is not Coverage.UNKNOWN for placement in known)
    try:
        held = study.at_hand(name) or (None if told else study.library.get(name))
    except AxlstructError as error:
        return known or locate.nothing_known(name, protein, position), f"{name}: {error}"
    if held is None:
        return known, f"{name}: coordinates not at hand (axlstruct fetch {name}); placed by what was read in print"
    return [chain.placement(position) for chain in held.maps if chain.protein is protein], ""


def _touches(study: Study, placements: Mapping[str, Sequence[Placement]]) -> tuple[Touching, ...] | None:
    """Partner residues of the placements, in structures that are at hand and show both receptor and ligand."""
    found: list[Touching] = []
    asked = False
    for name, part in placements.items():
        shown = {p.residue for p in part if p.residue and p.coverage.has_atoms}
        held = study.at_hand(name) if shown else None
        if held and len({chain.protein.role for chain in held.maps}) > 1:
            from axlstruct.interface.rows import touching

            asked = True
            found += touching(shown, study.contact_table(name).rows, {p.role: p.name for p in study.target.proteins})
    return tuple(found) if asked else None
