"""How much of the receptor is kept in its relatives: by domain, and by interface, contact by contact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from axlstruct.family.relatives import CONFIRMED, CONTRADICTED, Relative, Touched
from axlstruct.sequence.homologue import DIFFERENT, GAP, IDENTICAL, SIMILAR
from axlstruct.sequence.parts import Part, parts, wholes
from axlstruct.sequence.target import Family
from axlstruct.structure.superposition import CLOSE

WAYS = ("sequence", "structure", "agreed")
"""Counterparts by the alignment, by place in the models, and only those on which both agree."""


@dataclass(frozen=True, slots=True)
class DomainRow:
    """A stretch of the receptor and how much of it a relative keeps.

    Attributes
    ----------
    protein, kind, part, first, last
        ``domain``, ``linker``, ``region`` or ``chain`` of the receptor, UniProt positions.
    relative, relative_first, relative_last
        Its counterpart: first and last aligned position.
    aligned, identical, similar, gap
        Positions with a counterpart; those with the same residue; those with another of positive BLOSUM62 score; those without.
    identity, similarity
        Shares of the aligned pairs: identical; identical or similar.
    stable
        Share of the stretch whose alignment does not hang on the gap costs.
    fitted, rmsd
        Pairs of CA superposed, and their root mean square distance in Angstrom; empty where nothing was superposed.
    close
        Share of the aligned pairs whose CA then lie within 3 A.
    confirmed, contradicted
        Positions at which the models put the same residue as the alignment, or another.
    """

    protein: str
    kind: str
    part: str
    first: int
    last: int
    relative: str
    relative_first: int | None
    relative_last: int | None
    aligned: int
    identical: int
    similar: int
    gap: int
    identity: float | None
    similarity: float | None
    stable: float
    fitted: int | None
    rmsd: float | None
    close: float | None
    confirmed: int | None
    contradicted: int | None


def domain_rows(relative: Relative) -> Iterator[DomainRow]:
    """A row for each part of the receptor, then for regions and the whole chain."""
    for part in (*parts(relative.receptor), *wholes(relative.receptor)):
        yield _domain_row(relative, part)


def _domain_row(relative: Relative, part: Part) -> DomainRow:
    found = {position: relative.at(position) for position in part.span}
    there = [c.position for c in found.values() if c.position]
    words = [c.change for c in found.values()]
    identical, similar = words.count(IDENTICAL), words.count(SIMILAR)
    fold = relative.folds.get(part)
    near = [fold.distance.get((p, c.position), 99.0) <= CLOSE for p, c in found.items() if c.position] if fold else []
    agreed = [c.agreement for c in found.values()]
    return DomainRow(
        relative.receptor.name, part.kind, part.name, part.span.first, part.span.last, relative.protein.name,
        min(there, default=None), max(there, default=None), len(there), identical, similar, words.count(GAP),
        _share(identical, len(there)), _share(identical + similar, len(there)),
        round(sum(c.stable for c in found.values()) / len(part.span), 4),
        fold.fitted if fold else None, fold.rmsd if fold else None, _share(sum(near), len(near)),
        agreed.count(CONFIRMED) if fold else None, agreed.count(CONTRADICTED) if fold else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConservationRow:
    """An interface class and how much of it a relative keeps.

    Attributes
    ----------
    structure, interface, relative
    by
        Which counterparts: by ``sequence``, by ``structure`` (place in the models), or ``agreed``, where both give the same.
    residues, identical, similar, different, gap
        Receptor residues with a contact, and what stands there in the relative.
    contacts, buried_area
        Their residue pairs with the ligand, and the area in square Angstrom they lose: means over the copies.
    identity_by_residue, identity_by_contact, identity_by_area
        Shares of residues, of contacts and of area whose receptor residue is the same in the relative.
    similarity_by_contact
        As ``identity_by_contact``, identical or of positive BLOSUM62 score.
    domain_identity
        Identity, by sequence, of the domains in which these residues lie, for comparison.
    """

    structure: str
    interface: str
    relative: str
    by: str
    residues: int
    identical: int
    similar: int
    different: int
    gap: int
    contacts: float
    buried_area: float
    identity_by_residue: float | None
    identity_by_contact: float | None
    identity_by_area: float | None
    similarity_by_contact: float | None
    domain_identity: float | None


def conservation_rows(structure: str, relative: Relative, touched: Sequence[Touched]) -> Iterator[ConservationRow]:
    """A row for each interface class and way to find the counterpart; without models only by sequence."""
    for interface in dict.fromkeys(t.interface for t in touched):
        own = [t for t in touched if t.interface == interface]
        for by in WAYS if relative.folds else WAYS[:1]:
            kept = own if by != "agreed" else [t for t in own if relative.at(t.position).agreement == CONFIRMED]
            place: Callable[[int], str] = relative.by_place if by == "structure" else lambda p: relative.at(p).change
            yield _conservation_row(structure, interface, relative, by, [(t, place(t.position)) for t in kept])


def _conservation_row(
    structure: str, interface: str, relative: Relative, by: str, found: Sequence[tuple[Touched, str]]
) -> ConservationRow:
    words = [word for _, word in found]
    contacts, area = sum(t.contacts for t, _ in found), sum(t.buried_area for t, _ in found)
    same = [t for t, word in found if word == IDENTICAL]
    alike = [t for t, word in found if word in (IDENTICAL, SIMILAR)]
    return ConservationRow(
        structure, interface, relative.protein.name, by, len(found),
        words.count(IDENTICAL), words.count(SIMILAR), words.count(DIFFERENT), words.count(GAP), contacts, round(area, 1),
        _share(len(same), len(found)), _share(sum(t.contacts for t in same), contacts),
        _share(sum(t.buried_area for t in same), area), _share(sum(t.contacts for t in alike), contacts),
        _identity(relative, {t.position for t, _ in found}),
    )  # fmt: skip


def _identity(relative: Relative, positions: set[int]) -> float | None:
    """Identity of the domains that hold some positions, over their aligned pairs."""
    spans = [part.span for part in parts(relative.receptor) if any(p in part.span for p in positions)]
    words = [relative.at(p).change for span in spans for p in span]
    return _share(words.count(IDENTICAL), len(words) - words.count(GAP))


MORE, LESS, LEVEL = "more", "less", "as much"


def verdict(family: Family, rows: Iterable[ConservationRow]) -> tuple[str, ...]:
    """The published sentence on the conservation of the interfaces, confronted with the numbers.

    A relative ``agrees`` if, by sequence and by structure, each class said to be conserved keeps more of its contacts than every
    other, counted as identical residues and as identical or similar ones; more is a difference of one contact at least. It agrees
    ``in part`` if some of these hold and none is the other way round.

    Returns
    -------
    tuple of str
        The sentence, then a line for each relative and way; empty where the target has no such sentence.
    """
    rows = [row for row in rows if row.by in WAYS[:2]]
    if not family.claim or not rows:
        return ()
    lines = [f'claim: "{family.claim}" ({family.source})']
    for name in dict.fromkeys(row.relative for row in rows):
        own = [row for row in rows if row.relative == name]
        ways = [[row for row in own if row.by == by] for by in dict.fromkeys(row.by for row in own)]
        found = [
            _measured(family, way, attribute) for way in ways for attribute in ("identity_by_contact", "similarity_by_contact")
        ]
        lines += [_line(name, way, found[2 * n : 2 * n + 2]) for n, way in enumerate(ways)]
        lines.append(f"{name}: {_judged(found)}{_no_more_identical(family, ways[0])}")
    return tuple(lines)


def _measured(family: Family, rows: Sequence[ConservationRow], attribute: str) -> str:
    """Whether the classes said to be conserved keep more than the others; empty where there is nothing to compare."""
    words = set()
    for one in (row for row in rows if row.interface in family.conserved):
        for two in (row for row in rows if row.interface not in family.conserved):
            a, b = getattr(one, attribute), getattr(two, attribute)
            if a is not None and b is not None:
                least = 1 / min(one.contacts, two.contacts)
                words.add(MORE if a - b >= least else LESS if b - a >= least else LEVEL)
    return LESS if LESS in words else LEVEL if LEVEL in words else MORE if words else ""


def _line(name: str, rows: Sequence[ConservationRow], found: Sequence[str]) -> str:
    same = ", ".join(f"{row.interface} {_percent(row.identity_by_contact)}" for row in rows)
    alike = ", ".join(f"{row.interface} {_percent(row.similarity_by_contact)}" for row in rows)
    words = [f" ({word})" if word else "" for word in found]
    return f"{name} by {rows[0].by}: contacts with an identical residue {same}{words[0]}; identical or similar {alike}{words[1]}"


def _judged(found: Sequence[str]) -> str:
    if not any(found):
        return "nothing to compare"
    if LESS in found or MORE not in found:
        return "does not agree with the claim"
    return "agrees with the claim" if set(found) == {MORE} else "agrees with the claim in part"


def _no_more_identical(family: Family, rows: Sequence[ConservationRow]) -> str:
    """What to bear in mind: a conserved site that is no more identical than the domains it lies in."""
    low = [r for r in rows if r.interface in family.conserved and (r.identity_by_contact or 0) <= (r.domain_identity or 0)]
    words = (f"{r.interface} {_percent(r.identity_by_contact)}, its domains {_percent(r.domain_identity)}" for r in low)
    return f"; but no more identical than the domains around it ({', '.join(words)})" if low else ""


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{share:.0%}"


def _share(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None
