"""Measured mutants beside the interface: what each mutated residue touches, and what the papers conclude."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from axlstruct.sequence.target import Protein
from axlstruct.structure.answer import MeasuredMutant
from axlstruct.study.session import Basis, Session

if TYPE_CHECKING:
    from axlstruct.evidence.affinities import PartnerContact, Residue
    from axlstruct.evidence.rows import AffinityRow


@dataclass(frozen=True)
class ReferenceContacts:
    """Contacts of receptor and ligand in the reference structure, by residue.

    Attributes
    ----------
    name : str
        Of the structure; empty where the target has no reference.
    contacts : mapping of (protein, position) to list of PartnerContact
        At 4 Angstrom, in the order of the table of contacts.
    seen : frozenset of (protein, position)
        Residues that any chain shows with atoms.
    notes : tuple of str
        Where the contacts are from, or why there are none.
    lone : mapping of (protein, position) to str
        Words for a residue whose contact is the only one of the ligand's domain in its class.
    """

    name: str = ""
    contacts: Mapping[Residue, Sequence[PartnerContact]] = field(default_factory=dict)
    seen: frozenset[Residue] = frozenset()
    notes: tuple[str, ...] = ()
    lone: Mapping[Residue, str] = field(default_factory=dict)


def reference(session: Session) -> ReferenceContacts:
    """Contacts of the reference structure, found once; without its coordinates none, and a note says so."""
    return session.once("contacts of the reference", lambda: _reference(session))


def _reference(session: Session) -> ReferenceContacts:
    from axlstruct.evidence.affinities import PartnerContact
    from axlstruct.study.tables import contact_table

    entry, ligand = session.target.reference, session.target.ligand
    if entry is None or ligand is None:
        return ReferenceContacts(
            notes=("the target has no reference structure of receptor and ligand: what a residue touches is unknown",)
        )
    shown = session.shown(entry.id, enough=Basis.NOTHING)
    if shown.held is None:
        return ReferenceContacts(entry.id, notes=(f"what a mutated residue touches in {entry.id} is unknown: {shown.reason}",))
    receptor = session.target.receptor
    contacts: dict[Residue, list[PartnerContact]] = {}
    pairs: dict[tuple[str, int, int], str] = {}
    for row in contact_table(session, entry.id).rows:
        if row.position_1 is not None and row.position_2 is not None:
            pairs.setdefault((row.interface, row.position_1, row.position_2), row.copies)
    for (interface, one, two), copies in pairs.items():
        contacts.setdefault((receptor.name, one), []).append(PartnerContact(interface, _named(ligand, two), copies))
        contacts.setdefault((ligand.name, two), []).append(PartnerContact(interface, _named(receptor, one), copies))
    seen = frozenset(
        (chain.protein.name, position)
        for chain in shown.held.maps
        for position in range(1, len(chain.protein) + 1)
        if chain.placement(position).coverage.has_atoms
    )
    lone = _lone(receptor, ligand, pairs)
    return ReferenceContacts(entry.id, contacts, seen, (f"what a residue touches: {entry.id}, asymmetric unit, 4.0 A",), lone)


def _named(protein: Protein, position: int) -> str:
    return f"{protein.name} {protein.letter(position)}{position}"


def _lone(receptor: Protein, ligand: Protein, pairs: Mapping[tuple[str, int, int], str]) -> dict[Residue, str]:
    """The one contact that a domain of the ligand has in a class whose others are all of another domain."""
    found = {}
    for interface in dict.fromkeys(name for name, *_ in pairs):
        own = [(one, two) for name, one, two in pairs if name == interface]
        counts = Counter(ligand.domain(two) for _, two in own)
        for one, two in own:
            others = [domain for domain in counts if domain != ligand.domain(two)]
            if counts[ligand.domain(two)] == 1 and len(others) == 1 and others[0] and ligand.domain(two):
                words = (
                    f"{_named(receptor, one)} - {_named(ligand, two)} ({pairs[interface, one, two]}) is the one contact of "
                    f"{ligand.domain(two)} in the class {interface}; the other {len(own) - 1} are of {others[0]}"
                )
                found[receptor.name, one] = found[ligand.name, two] = words
    return found


def measured_rows(session: Session, rows: Sequence[AffinityRow]) -> tuple[list[AffinityRow], tuple[str, ...]]:
    """Measured mutants with what their residues touch; and notes on the structure, and on what the papers conclude."""
    if not rows:
        return [], ()
    from axlstruct.evidence.affinities import with_contacts

    shown = reference(session)
    return with_contacts(rows, shown.contacts, shown.seen), (
        *shown.notes,
        *dict.fromkeys(shown.lone.values()),
        *conclusions(session, rows),
    )


def conclusions(session: Session, rows: Sequence[AffinityRow]) -> tuple[str, ...]:
    """What the papers of some rows conclude, where the target's citations say it."""
    if not session.evidence.has("citations"):
        return ()
    papers = {str(row.pubmed) for row in rows}
    cited = (row for row in session.evidence.rows("citations") if row.concludes and row.pubmed in papers)
    return tuple(f"{row.key} (PubMed {row.pubmed}) concludes: {row.concludes}" for row in cited)


def measured_at(session: Session, protein: Protein, position: int) -> tuple[tuple[MeasuredMutant, ...], tuple[str, ...]]:
    """Measured mutants of one residue, and notes; nothing is looked up where there is none."""
    word = f"{protein.name}:{protein.letter(position)}{position}"
    if not session.evidence.has("affinity") or not session.evidence.mentions("affinity", word):
        return (), ()
    rows = [row for row in session.evidence.rows("affinity") if word in row.residues.split(";")]
    found = tuple(
        MeasuredMutant(row.mutations_uniprot, row.relation, row.ddg, row.kd, row.kd_wild_type, row.assay, row.pubmed)
        for row in rows
    )
    return found, conclusions(session, rows)
