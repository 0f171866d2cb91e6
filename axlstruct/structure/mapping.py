"""Sequence and structure laid on each other: chains recognised by their letters, every residue checked, every gap named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from axlstruct.errors import MappingError
from axlstruct.sequence.alignment import MAX_RUN, UNKNOWN, lay_at_one_shift, lay_by_alignment, longest_run
from axlstruct.sequence.coverage import Coverage, Placement, held_words
from axlstruct.sequence.residues import THREE_LETTER, ResidueId
from axlstruct.sequence.target import Protein
from axlstruct.structure.structure import ObservedResidue, ProteinChain, Reference, Structure

MIN_IDENTITY = 0.8
MIN_RESIDUES = 8
_HOMOLOGUE = 0.95
_REFERENCE_IDENTITY = 0.9
_SHARE = 0.7
_LONGEST_JUMP = 300


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a chain: a declared residue, its atoms if there are any, its position in the protein if it has one."""

    letter: str
    residue: ObservedResidue | None
    position: int | None


@dataclass(frozen=True)
class ChainMap:
    """A chain laid on a protein.

    Attributes
    ----------
    chain : ProteinChain
    protein : Protein
    slots : tuple of Slot
        In chain order.
    method : str
        ``SIFTS``, ``_struct_ref_seq`` or ``alignment``.
    declared : bool
        Whether the file declares the sequence; if not, what lies outside the observed residues is unknown.
    predicted : bool
        Whether the residues are a model's.
    notes : tuple of str
    plddt : bool
        Whether their B-factors are pLDDT.
    """

    chain: ProteinChain
    protein: Protein
    slots: tuple[Slot, ...]
    method: str
    declared: bool
    predicted: bool
    notes: tuple[str, ...] = ()
    plddt: bool = False

    @cached_property
    def by_position(self) -> dict[int, Slot]:
        """The slot of each mapped position."""
        return {slot.position: slot for slot in self.slots if slot.position is not None}

    @cached_property
    def position_of(self) -> dict[ResidueId, int]:
        """Position of each observed and mapped residue."""
        return {slot.residue.id: position for position, slot in self.by_position.items() if slot.residue}

    @cached_property
    def identity(self) -> float:
        """Share of mapped letters that are the protein's."""
        letters = "".join(slot.letter for slot in self.slots)
        return _agreement(letters, [slot.position for slot in self.slots], self.protein.sequence)[1]

    @cached_property
    def offset(self) -> int | None:
        """Position minus author number where that is the same for every observed residue, else None."""
        offsets = {position - id.number for id, position in self.position_of.items()}
        return offsets.pop() if len(offsets) == 1 else None

    @property
    def unplaced(self) -> tuple[ResidueId, ...]:
        """Observed residues without a position, in chain order: tags, linkers, fusion partners, or letters nobody recognised."""
        return tuple(slot.residue.id for slot in self.slots if slot.residue and slot.position is None)

    def words_on_unplaced(self) -> tuple[str, ...]:
        """A note that names them; nothing where there is none."""
        if not self.unplaced:
            return ()
        shown = ", ".join(id.label for id in self.unplaced[:6]) + (", ..." if len(self.unplaced) > 6 else "")
        return (f"{len(self.unplaced)} residues with atoms have no position in {self.protein.name}: {shown}",)

    @property
    def differences(self) -> tuple[int, ...]:
        """Positions whose declared or observed letter is not the protein's."""
        return tuple(p for p, slot in sorted(self.by_position.items()) if not self._same(p, slot))

    def _same(self, position: int, slot: Slot) -> bool:
        letter = slot.residue.letter if slot.residue else slot.letter
        return letter in (self.protein.sequence[position - 1], UNKNOWN)

    def placement(self, position: int) -> Placement:
        """What this chain shows of a position, with the reason."""
        expected = self.protein.letter(position)
        where = (self.chain.residues[0].id.structure, self.chain.chain, position)
        slot = self.by_position.get(position)
        if slot is None:
            return self._absent(where, expected)
        residue = slot.residue
        if residue is None:
            note = f"declared as {slot.letter}" if not self._same(position, slot) else ""
            return Placement(*where, Coverage.UNOBSERVED, expected, note=note)
        missing = residue.missing_atoms
        notes = []
        if not self._same(position, slot):
            coverage = Coverage.DIFFERENT
            notes.append(f"{residue.letter} here, {expected} in UniProt {self.protein.accession}")
        elif self.predicted:
            coverage = Coverage.PREDICTED
        else:
            coverage = Coverage.PARTIAL if missing else Coverage.OBSERVED
        if residue.letter == UNKNOWN:
            notes.append(f"{residue.name} has no standard parent: letter not checked")
        elif residue.standard != _standard(residue.letter):
            notes.append(f"{residue.name}, a modified {_standard(residue.letter)}")
        if missing:
            notes.append(f"missing {len(missing)} atoms" if len(missing) > 4 else f"missing {' '.join(missing)}")
        return Placement(
            *where, coverage, expected, residue.id, residue.name, missing, residue.label_seq,
            round(residue.b, 2) if self.plddt else None, "; ".join(notes),
        )  # fmt: skip

    @cached_property
    def _holds(self) -> tuple[int, int]:
        """First and last position that the chain has."""
        return min(self.by_position), max(self.by_position)

    @cached_property
    def _outside(self) -> tuple[Coverage, str]:
        """Coverage of every position before the first and behind the last, and the words that say why."""
        coverage = Coverage.NOT_IN_CONSTRUCT if self.declared else Coverage.UNKNOWN
        return coverage, held_words(coverage, self._holds, f"chain {self.chain.chain}")

    def _absent(self, where: tuple[str, str, int], expected: str) -> Placement:
        """The placement of a position that the chain does not have, with the reason."""
        first, last = self._holds
        if first < where[2] < last:
            coverage, note = self._inside(where[2])
            return Placement(*where, coverage, expected, note=note)
        coverage, note = self._outside
        return Placement(*where, coverage, expected, note=note, holds=self._holds)

    def _inside(self, position: int) -> tuple[Coverage, str]:
        """Why a position between those that the chain has is absent."""
        for feature in self.protein.features_of("isoform"):
            if position in feature.span and not any(p in self.by_position for p in feature.span):
                return Coverage.OTHER_ISOFORM, feature.name
        return (Coverage.NOT_IN_CONSTRUCT, "") if self.declared else (Coverage.UNOBSERVED, "the file declares no sequence")


def _standard(letter: str) -> str:
    return THREE_LETTER.get(letter, letter)


def map_structure(structure: Structure, proteins: Sequence[Protein]) -> tuple[ChainMap, ...]:
    """Recognise the chains of a structure by sequence and lay them on their proteins; other chains are left out.

    Parameters
    ----------
    structure : Structure
    proteins : sequence of Protein
        Each chain goes to the protein with which it shares most letters.

    Returns
    -------
    tuple of ChainMap
        In the order of the chains. Empty where the structure shows none of the proteins.
    """
    cache: dict[tuple[object, ...], list[_Laid]] = {}
    maps = []
    for chain in structure.chains:
        best: ChainMap | None = None
        for places in _places(chain):
            letters = "".join(letter for letter, _ in places)
            key = (letters, chain.references if chain.declared else ())
            if key not in cache:
                cache[key] = _lay_on_each(letters, key[1], proteins)
            for laid in cache[key][:1]:
                slots = tuple(Slot(letter, residue, p) for (letter, residue), p in zip(places, laid.positions, strict=True))
                found = ChainMap(
                    chain,
                    laid.protein,
                    slots,
                    laid.method,
                    bool(chain.declared),
                    structure.predicted,
                    laid.notes,
                    structure.plddt,
                )
                if best is None or len(found.position_of) > len(best.position_of):
                    best = found
            if best and not best.unplaced:
                break
        if best:
            maps.append(replace(best, notes=(*best.notes, *best.words_on_unplaced())))
    return tuple(maps)


def require_maps(structure: Structure, proteins: Sequence[Protein]) -> tuple[ChainMap, ...]:
    """As `map_structure`, but a structure that shows none of the proteins raises MappingError."""
    maps = map_structure(structure, proteins)
    if not maps:
        names = " or ".join(f"{p.name} ({p.accession})" for p in proteins)
        raise MappingError(
            f"no chain is {names}",
            where=f"{structure.id} ({structure.source})",
            found=f"{len(structure.chains)} protein chains of other sequence",
            advice="check the id, or name the right target with --target",
        )
    return maps


def _places(chain: ProteinChain) -> Iterator[list[tuple[str, ObservedResidue | None]]]:
    """The places of a chain in order: the declared ones, else the observed residues strung together in two ways.

    First with ``X`` for numbers left out between them, which keeps residues beside a gap on their side of it; then without, for
    numberings that jump where the chain does not.
    """
    if chain.declared:
        observed = {residue.label_seq: residue for residue in chain.residues}
        yield [(letter, observed.get(index)) for index, letter in enumerate(chain.declared_letters, 1)]
        return
    places: list[tuple[str, ObservedResidue | None]] = []
    before: ObservedResidue | None = None
    for residue in chain.residues:
        jump = residue.id.number - before.id.number - 1 if before else 0
        if 0 < jump <= _LONGEST_JUMP:
            places += [(UNKNOWN, None)] * jump
        places.append((residue.letter, residue))
        before = residue
    yield places
    yield [(residue.letter, residue) for residue in chain.residues]


class _Laid(NamedTuple):
    """A row of letters on one protein."""

    protein: Protein
    positions: list[int | None]
    method: str
    notes: tuple[str, ...]


def _agreement(letters: str, positions: Sequence[int | None], sequence: str) -> tuple[int, float]:
    """Number and share of the mapped, known letters that are the sequence's."""
    pairs = [(a, sequence[p - 1]) for a, p in zip(letters, positions, strict=True) if p is not None and a != UNKNOWN]
    same = sum(a == b for a, b in pairs)
    return same, same / len(pairs) if pairs else 0.0


def _lay_on_each(letters: str, references: Sequence[Reference], proteins: Sequence[Protein]) -> list[_Laid]:
    """The proteins that a row of letters is, best first.

    What the file says comes first, and no alignment overrules it: it only adds stretches of which the file says nothing. If no
    protein is found so, one shift is tried, then all of them are aligned.
    """
    laid, notes = [], {}
    for protein in proteins:
        found, notes[protein.accession] = _as_the_file_says(letters, references, protein)
        laid += found
    if laid:
        laid = [_with_the_rest(row, letters) for row in laid]
        stated = {row.protein.accession for row in laid}
        unsaid = max(row.positions.count(None) for row in laid) >= MIN_RESIDUES
        others = [p for p in proteins if p.accession not in stated] if unsaid else []
    else:
        others = list(proteins)
    shifted = [(p, lay_at_one_shift(letters, p.sequence)) for p in others]
    found = [_Laid(p, positions, "alignment", notes[p.accession]) for p, positions in shifted if positions]
    laid += found or [_Laid(p, lay_by_alignment(letters, p.sequence), "alignment", notes[p.accession]) for p in others]
    accepted = []
    for row in laid:
        same, identity = _agreement(letters, row.positions, row.protein.sequence)
        if identity >= MIN_IDENTITY and same >= MIN_RESIDUES:
            name, mapped = row.protein.name, sum(p is not None for p in row.positions)
            words = list(row.notes)
            if identity < _HOMOLOGUE:
                words.append(f"only {identity:.0%} of the letters are those of {name}: a homologue or an engineered chain")
            if mapped < _SHARE * min(len(letters) - letters.count(UNKNOWN), len(row.protein)):
                words.append(
                    f"only {mapped} of {len(letters)} letters lie on {name}: a fusion, or a relative that shares a domain"
                )
            accepted.append((same, row.method == "alignment", row._replace(notes=tuple(words))))
    return [row for _, _, row in sorted(accepted, key=lambda entry: (-entry[0], entry[1]))]


def _with_the_rest(row: _Laid, letters: str) -> _Laid:
    """What the file says, and stretches beside it that an alignment lays on the same protein.

    A stretch counts if it agrees in at least `MIN_RESIDUES` letters, in order with what the file says: a tag shares a letter or
    two with any protein by chance.
    """
    if row.positions.count(None) < MIN_RESIDUES:
        return row
    sequence = row.protein.sequence
    aligned = lay_at_one_shift(letters, sequence) or lay_by_alignment(letters, sequence)
    if any(said is not None and found is not None and said != found for said, found in zip(row.positions, aligned, strict=True)):
        return row  # two numberings: the file's is kept
    positions = list(row.positions)
    silent = [said is None and found is not None for said, found in zip(row.positions, aligned, strict=True)]
    start = 0
    while start < len(silent):
        end = start
        while end < len(silent) and silent[end]:
            end += 1
        same, identity = _agreement(letters[start:end], aligned[start:end], sequence)
        if same >= MIN_RESIDUES and identity >= MIN_IDENTITY:
            positions[start:end] = aligned[start:end]
        start = end + 1
    return row._replace(positions=positions) if _increasing(positions) else row


def _as_the_file_says(letters: str, references: Sequence[Reference], protein: Protein) -> tuple[list[_Laid], tuple[str, ...]]:
    """The file's own cross reference, if all of it puts the letters right; else the reason why it is not used.

    Cross references to other isoforms count in another sequence and are passed over.
    """
    notes: list[str] = []
    own = (protein.accession, f"{protein.accession}-1")
    for source in ("SIFTS", "_struct_ref_seq"):
        positions: list[int | None] = [None] * len(letters)
        wrong = []
        for reference in references:
            if reference.source != source or reference.accession not in own:
                continue
            shift = reference.db_first - reference.label_first
            span = range(reference.label_first, reference.label_last + 1)
            indices = [index for index in span if 1 <= index <= len(letters) and 1 <= index + shift <= len(protein)]
            agree = [letters[index - 1] in (UNKNOWN, protein.sequence[index + shift - 1]) for index in indices]
            if sum(agree) >= _REFERENCE_IDENTITY * len(span) and longest_run(agree) <= MAX_RUN:
                for index in indices:
                    positions[index - 1] = index + shift
            else:
                place = f"{protein.accession} {reference.db_first}-{reference.db_last}"
                wrong.append(f"only {sum(agree)} of {len(span)} letters right at {place}")
        if wrong or not _increasing(positions):
            notes.append(f"{source} puts {', '.join(wrong) or 'segments out of order'}: not used")
        elif any(positions):
            return [_Laid(protein, positions, source, tuple(notes))], ()
    return [], tuple(notes)


def _increasing(positions: Sequence[int | None]) -> bool:
    mapped = [position for position in positions if position is not None]
    return all(a < b for a, b in pairwise(mapped))
