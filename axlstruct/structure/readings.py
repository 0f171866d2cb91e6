"""A letter and a number may mean two residues: of a UniProt position, and of an author number in a structure of the target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from axlstruct.sequence.notation import Query
from axlstruct.sequence.target import Protein, StructureEntry, Target
from axlstruct.structure.mapping import ChainMap

Numbered = tuple[Protein, int, str]
"""Protein, position in its sequence, and a chain that shows it."""


@dataclass(frozen=True)
class AuthorNumbers:
    """Residues of a structure by author number (auth_seq_id, without insertion code) and letter.

    Attributes
    ----------
    structure : str
    residues : mapping of (number, letter) to residues
        Each residue once, whatever the number of its copies.
    """

    structure: str
    residues: Mapping[tuple[int, str], Sequence[Numbered]]

    @classmethod
    def of_chains(cls, structure: str, chains: Iterable[ChainMap]) -> AuthorNumbers:
        """Those of coordinates."""
        found: dict[tuple[int, str], dict[tuple[str, int], Numbered]] = {}
        for chain in chains:
            sequence, name = chain.protein.sequence, chain.protein.name
            for id, position in chain.position_of.items():
                if not id.icode:
                    here = found.setdefault((id.number, sequence[position - 1]), {})
                    here.setdefault((name, position), (chain.protein, position, id.chain))
        return cls(structure, {key: tuple(here.values()) for key, here in found.items()})

    @classmethod
    def of_print(cls, entry: StructureEntry, target: Target) -> AuthorNumbers:
        """Those of the ranges that were read in print and ship with the target."""
        found: dict[tuple[int, str], dict[tuple[str, int], Numbered]] = {}
        for known in entry.known:
            protein = target.protein(known.accession)
            for position in known.span if known.coverage.has_atoms else ():
                here = found.setdefault((position - known.offset, protein.letter(position)), {})
                here.setdefault((protein.name, position), (protein, position, known.chain))
        return cls(entry.id, {key: tuple(here.values()) for key, here in found.items()})


@dataclass(frozen=True, slots=True)
class Reading:
    """Another residue that a letter and a number may mean.

    Attributes
    ----------
    ask : str
        How to ask for it: ``R48@2C5D``, ``GAS6:R308``.
    protein : Protein
    position : int
        1-based, in the protein's sequence.
    structure : str
        Whose author number it is.
    """

    ask: str
    protein: Protein
    position: int
    structure: str

    @property
    def name(self) -> str:
        """Protein, letter and position, such as ``AXL:R55``."""
        return f"{self.protein.name}:{self.protein.letter(self.position)}{self.position}"

    def __str__(self) -> str:
        return self.ask if self.ask == self.name else f"{self.ask} = {self.name}"


def other_readings(query: Query, protein: Protein, position: int, numberings: Sequence[AuthorNumbers]) -> list[Reading]:
    """Other residues that a plain letter and number mean as author numbers of the target's structures.

    Parameters
    ----------
    query : Query
        Nothing is said of one that names a structure, a form or an accession, counts nucleotides, or gives no letter. One that
        names a gene may still count as a paper on its structure does.
    protein, position : Protein, int
        What it was answered as.
    numberings : sequence of AuthorNumbers

    Returns
    -------
    list of Reading
        Each residue once, by the first structure that shows it.
    """
    named = query.protein.upper()
    if query.scheme != "sequence" or query.structure or not query.letter or named not in ("", protein.name.upper()):
        return []
    found: dict[tuple[str, int], Reading] = {}
    for numbering in numberings:
        here = numbering.residues.get((query.number, query.letter), ())
        for other, place, chain in here:
            if (other is protein and place == position) or (named and other is not protein) or (other.name, place) in found:
                continue
            label = f"{query.letter}{query.number}"
            if place == query.number:
                ask = f"{other.name}:{label}"
            else:
                ask = f"{label}@{numbering.structure}" if len(here) == 1 else f"{numbering.structure}:{chain}/{label}"
            found[other.name, place] = Reading(ask, other, place, numbering.structure)
    return list(found.values())


def in_uniprot(query: Query, proteins: Iterable[Protein]) -> str:
    """Advice for an author number with another residue's letter: the UniProt positions that have that letter; or empty."""
    fitting = [p for p in proteins if query.letter and 1 <= query.number <= len(p) and p.letter(query.number) == query.letter]
    label = f"{query.letter}{query.number}"
    names = dict.fromkeys(label if p.role == "receptor" else f"{p.name}:{label}" for p in fitting)
    return f"did you mean {' or '.join(names)} (UniProt)?" if names else ""
