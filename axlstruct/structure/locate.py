"""Which residue is meant, and what is known of it where coordinates are not at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from axlstruct.errors import LetterError, OtherProteinError, SiteError, StructureError
from axlstruct.sequence.coverage import Coverage, Placement
from axlstruct.sequence.exons import Transcript
from axlstruct.sequence.forms import Form
from axlstruct.sequence.notation import Query
from axlstruct.sequence.residues import ResidueId
from axlstruct.sequence.target import KnownRange, Protein, StructureEntry, Target
from axlstruct.sequence.transcript import place_of
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.outline import Outline
from axlstruct.structure.readings import in_uniprot


def known_placements(entry: StructureEntry, protein: Protein, position: int) -> tuple[Placement, ...]:
    """Placements in a structure whose coordinates are not at hand, from the ranges that were read in print.

    A chain without a range for the position is ``unknown``; no chain at all is known where the tuple is empty.
    """
    ranges = [known for known in entry.known if known.accession == protein.accession]
    return tuple(
        _known_placement(
            entry, protein, position, chain, next((k for k in ranges if k.chain == chain and position in k.span), None)
        )
        for chain in dict.fromkeys(known.chain for known in ranges)
    )


def print_words(entry: StructureEntry) -> str:
    """Where placements come from that were read in print."""
    return f"{entry.known_source}, not from coordinates"


def _known_placement(entry: StructureEntry, protein: Protein, position: int, chain: str, known: KnownRange | None) -> Placement:
    expected = protein.letter(position)
    if known is None or known.coverage is Coverage.UNKNOWN:
        return Placement(
            entry.id, chain, position, Coverage.UNKNOWN, expected, note="not read, and the coordinates are not at hand"
        )
    note = print_words(entry)
    residue = ResidueId(entry.id, chain, position - known.offset) if known.coverage.has_atoms else None
    return Placement(entry.id, chain, position, known.coverage, expected, residue, note=note)


def nothing_known(structure: str, protein: Protein, position: int) -> list[Placement]:
    """The placement in a structure of which nothing is known; none in the model of another protein."""
    if structure.startswith("AF-") and structure != f"AF-{protein.accession}":
        return []
    note = "the structure could not be had"
    return [Placement(structure, "", position, Coverage.UNKNOWN, protein.letter(position), note=note)]


def in_sequence(query: Query, target: Target, maps: Mapping[str, Sequence[ChainMap]]) -> tuple[Protein, int]:
    """The residue of a query that names a position of a protein.

    Parameters
    ----------
    query : Query
        Without structure.
    target : Target
    maps : mapping of structure id to chain maps
        Where to look for what may have been meant if the letter is wrong.

    Raises
    ------
    SiteError
        No such protein or position, or another letter there.
    """
    protein, position, form = _numbered(query, target)
    letter = protein.letter(position)
    if query.letter and query.letter != letter:
        where = f"UniProt {position}" if form is None else f"{form.name} {query.number} (UniProt {position})"
        raise LetterError(
            f"{query.text}: {where} of {protein.name} is {letter}, not {query.letter}",
            advice=_suggestion(query, target, maps) or f"did you mean {letter}{query.number}?",
        )
    return protein, position


def _numbered(query: Query, target: Target) -> tuple[Protein, int, Form | None]:
    """Protein and position of a query, and the form of the protein in which it counts, if it names one."""
    named = target.form(query.protein) if query.protein else None
    if named is None:
        name = query.protein.removesuffix("-1")
        return (target.protein(name) if name else target.receptor), query.number, None
    protein, form = named
    length = form.length(len(protein))
    if not 1 <= query.number <= length:
        raise SiteError(
            f"{form.name} has no residue {query.number}", expected=f"1-{length}", where=f"{protein.name}, {form.title}"
        )
    return protein, form.position(query.number), form


def in_transcript(query: Query, target: Target) -> tuple[Protein, int]:
    """The residue that a nucleotide of a coding sequence, or a genomic coordinate, helps to code.

    Parameters
    ----------
    query : Query
        ``coding`` (of the receptor, or of the protein or transcript that it names) or ``genomic``.
    target : Target

    Raises
    ------
    SiteError
        No transcript to count in, or a place that codes no residue: intron, untranslated region, stop codon, outside.
    """
    if query.scheme == "coding":
        protein, transcript = _transcribed(query, target)
        if 1 <= query.number <= 3 * transcript.residues:
            return protein, (query.number + 2) // 3
        raise SiteError(
            f"{query.text}: no residue is coded there", where=transcript.id, expected=f"c.1 to c.{3 * transcript.residues}"
        )
    chromosome = query.chromosome.upper()
    places = []
    for protein in target.proteins:
        if protein.transcript and chromosome in ("", protein.transcript.chromosome.upper()):
            nucleotide = protein.transcript.nucleotide(query.number)
            if nucleotide is not None:
                return protein, (nucleotide + 2) // 3
            places.append(f"{protein.name}: {place_of(protein.transcript, query.number).words}")
    known = ", ".join(f"chr{p.transcript.chromosome} ({p.name})" for p in target.proteins if p.transcript)
    raise SiteError(
        f"{query.text}: no residue is coded there",
        found="; ".join(places) or None,
        expected=None if places else known or "a target with exons",
    )


def _transcribed(query: Query, target: Target) -> tuple[Protein, Transcript]:
    """The protein in whose coding sequence a query counts."""
    stem = query.protein.partition(".")[0].upper()
    for protein in target.proteins:
        names = {protein.name.upper(), protein.accession.upper()} | (
            {protein.transcript.id.partition(".")[0].upper()} if protein.transcript else set()
        )
        if stem in names or (not stem and protein is target.receptor):
            if protein.transcript is None:
                raise SiteError(f"{query.text}: no exons of {protein.name} are known", where=target.name)
            return protein, protein.transcript
    known = ", ".join(p.transcript.id for p in target.proteins if p.transcript)
    raise OtherProteinError(
        f"{query.text}: {query.protein} is another transcript",
        expected=known or "a target with exons",
        advice="numbers of another transcript mean other residues",
    )


def _suggestion(query: Query, target: Target, maps: Mapping[str, Sequence[ChainMap]]) -> str:
    """What a letter and a number may have meant: the sequence itself, author numbering of a structure, a form of the receptor."""
    options: dict[tuple[str, int], str] = {}

    def offer(protein: Protein, position: int, written: str) -> None:
        inside = 1 <= position <= len(protein)
        if inside and protein.letter(position) == query.letter and (protein.name, position) not in options:
            residue = f"{query.letter}{position}" if protein is target.receptor else f"{protein.name}:{query.letter}{position}"
            options[protein.name, position] = f"{written} = {residue}" if written else residue

    for protein in target.proteins:
        offer(protein, query.number, "")
    for structure, chains in maps.items():
        for protein, position in _by_author(query, chains):
            offer(protein, position, f"{query.letter}{query.number}@{structure}")
    for entry in target.structures:
        for known in entry.known:
            position = query.number + known.offset
            if entry.id not in maps and known.offset and position in known.span and known.coverage.has_atoms:
                offer(target.protein(known.accession), position, f"{query.letter}{query.number}@{entry.id}")
    for form in target.receptor.numberings if query.number > 0 else ():
        offer(target.receptor, form.position(query.number), f"{form.name}:{query.letter}{query.number}")
    return f"did you mean {' or '.join(options.values())}?" if options else ""


def _by_author(query: Query, chains: Iterable[ChainMap]) -> list[tuple[Protein, int]]:
    if query.scheme == "label":
        slots = [(chain, chain.slots[query.number - 1]) for chain in chains if 1 <= query.number <= len(chain.slots)]
        wanted = [(chain.protein, slot.position) for chain, slot in slots if chain.declared and query.chain == chain.chain.chain]
        return [(protein, position) for protein, position in wanted if position is not None]
    found = []
    for chain in chains:
        for id, position in chain.position_of.items():
            here = (id.number, id.icode) == (query.number, query.icode) and query.chain in ("", chain.chain.chain)
            if here and (not query.letter or chain.by_position[position].residue.letter == query.letter):  # type: ignore[union-attr]
                found.append((chain.protein, position))
    return list(dict.fromkeys(found))


def in_structure(query: Query, structure: Any, chains: Sequence[ChainMap]) -> tuple[Protein, int]:
    """The residue of a query in author numbering of a structure.

    Parameters
    ----------
    query : Query
        With structure.
    structure : Structure
    chains : sequence of ChainMap

    Raises
    ------
    StructureError
        No such chain.
    LetterError
        Another letter.
    SiteError
        No such residue, a hetero group, a residue outside the target, or more than one residue of that name.
    """
    if query.chain:
        _require_chain(query, structure)
    found = _by_author(query, chains)
    where = f"{structure.id} {'chain ' + query.chain if query.chain else ''}".strip()
    if len(found) > 1:
        names = " or ".join(f"{protein.name}:{protein.letter(position)}{position}" for protein, position in found)
        raise SiteError(
            f"{query.text} is more than one residue",
            where=where,
            found=names,
            advice=f"name the chain: {structure.id}:CHAIN/{query.number}",
        )
    if found:
        return found[0]
    if other := _by_author(replace(query, letter=""), chains) if query.letter else []:
        names = " or ".join(f"{protein.name} {protein.letter(position)}{position}" for protein, position in other)
        raise LetterError(
            f"{query.text}: another residue has that author number", where=where, expected=query.letter,
            found=f"{', '.join(_with_number(query, structure))}, which is {names}",
            advice=in_uniprot(query, dict.fromkeys(chain.protein for chain in chains)) or None,
        )  # fmt: skip
    if query.scheme == "label":
        raise SiteError(
            f"{query.text}: label_seq_id {query.number} is no residue of the target's proteins, or none is declared", where=where
        )
    here = _with_number(query, structure)
    if not here and isinstance(structure, Outline):
        raise SiteError(
            f"{query.text}: no residue {query.number}{query.icode} of a protein chain", where=where,
            advice=f"hetero groups need coordinates: axlstruct fetch {structure.id}",
        )  # fmt: skip
    if not here:
        raise SiteError(f"{query.text}: no residue {query.number}{query.icode} with atoms", where=where)
    raise SiteError(
        f"{query.text}: no such residue of the target's proteins", where=where, found=", ".join(here),
        advice="hetero groups and tags have no position in a sequence",
    )  # fmt: skip


def _with_number(query: Query, structure: Any) -> list[str]:
    """Residues and hetero groups of a structure that have the author number of a query."""
    return [
        f"{chain}/{number}{icode} {name}"
        for chain, number, icode, name in _listed(structure)
        if (number, icode) == (query.number, query.icode) and query.chain in ("", chain)
    ]


def _listed(structure: Any) -> Iterator[tuple[str, int, str, str]]:
    """Chain, author number, insertion code and component of every residue and hetero group; an outline has residues alone."""
    if isinstance(structure, Outline):
        yield from ((r.id.chain, r.id.number, r.id.icode, r.name) for r in structure.residues)
        return
    for chain in structure.model:
        for residue in chain:
            yield chain.name, residue.seqid.num, residue.seqid.icode.strip(), residue.name


def _require_chain(query: Query, structure: Any) -> None:
    names = list(dict.fromkeys(chain for chain, *_ in _listed(structure)))
    if query.chain not in names:
        raise StructureError(f"no chain {query.chain!r}", where=structure.id, found=", ".join(names))


def in_known(query: Query, entry: StructureEntry, target: Target) -> tuple[Protein, int]:
    """As `in_structure`, from the ranges read in print; raises SiteError where they do not tell."""
    there = []
    for known in entry.known:
        protein, position = target.protein(known.accession), query.number + known.offset
        if known.coverage.has_atoms and position in known.span and query.chain in ("", known.chain) and not query.icode:
            there.append((protein, position))
    there = list(dict.fromkeys(there))
    found = [(protein, position) for protein, position in there if query.letter in ("", protein.letter(position))]
    if there and not found:
        raise LetterError(
            f"{query.text}: another residue has that author number", where=entry.id, expected=query.letter,
            found=" or ".join(f"{protein.name} {protein.letter(position)}{position}" for protein, position in there),
            advice=in_uniprot(query, target.proteins) or None,
        )  # fmt: skip
    if len(found) != 1:
        raise SiteError(
            f"{query.text}: the coordinates of {entry.id} are not at hand and what was read in print does not tell",
            advice=f"axlstruct fetch {entry.id}",
        )
    return found[0]
