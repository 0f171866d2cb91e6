"""Measured mutants as values: what was changed, by how much it binds differently, in which assay."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from axlstruct.errors import NotationError
from axlstruct.evidence.rows import AffinityRow
from axlstruct.sequence.mutation import Mutation, parse_mutations
from axlstruct.sequence.target import Protein, Target

GAS_CONSTANT = 1.987204e-3
"""kcal/(mol K)."""
TEMPERATURE = 298.15
"""K."""

UNKNOWN = "unknown"
"""What stands for the contacts of a mutant until a structure is asked, and where none shows the residue."""

NONE = "none"
"""What stands for them where the structure shows the residue, and it touches no residue of the partner."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A measured mutant.

    Attributes
    ----------
    changes : tuple of Mutation
    author : str
        As written in author numbering.
    value : float
        kcal/mol, positive is weaker binding.
    bound : bool
        Whether the value is a lower bound.
    flag : str
        What is doubtful about it.
    interfaces : tuple of str
        For each change, interface classes in which the residue touches the partner, joined by a comma, `NONE` or `UNKNOWN`.
    """

    changes: tuple[Mutation, ...]
    author: str
    value: float
    bound: bool
    flag: str
    interfaces: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """All changes, and a dagger where something is doubtful."""
        several = len({change.protein for change in self.changes}) > 1
        return " ".join(f"{c.protein} {c}" if several else str(c) for c in self.changes) + ("†" if self.flag else "")


@dataclass(frozen=True, slots=True)
class Series:
    """What one assay measured of one protein: mutants of one residue in sequence order, and those of several."""

    assay: str
    protein: Protein
    wildtype: tuple[float, ...]
    pubmed: tuple[str, ...]
    single: tuple[Mutant, ...]
    several: tuple[Mutant, ...]


def ddg(kd_mutant: float, kd_wildtype: float) -> float:
    """Change of the free energy of binding, RT ln(Kd mutant / Kd wild type), in kcal/mol at 298.15 K.

    Parameters
    ----------
    kd_mutant, kd_wildtype : float
        Dissociation constants of the same assay in the same unit.

    Raises
    ------
    ValueError
        A constant that is not positive and finite.

    Examples
    --------
    >>> round(ddg(311, 6), 2)
    2.34
    """
    for constant in (kd_mutant, kd_wildtype):
        if not (math.isfinite(constant) and constant > 0):
            raise ValueError(f"{constant} is no dissociation constant: positive and finite is expected")
    return GAS_CONSTANT * TEMPERATURE * math.log(kd_mutant / kd_wildtype)


@dataclass(frozen=True, slots=True)
class PartnerContact:
    """A residue pair of receptor and ligand: interface class, partner as ``GAS6 R310``, and copies that have it, as ``2/2``."""

    interface: str
    partner: str
    copies: str

    def __str__(self) -> str:
        return f"{self.partner} {self.copies}"


Residue = tuple[str, int]
"""Name of a protein and UniProt position."""


def with_contacts(
    rows: Iterable[AffinityRow], contacts: Mapping[Residue, Sequence[PartnerContact]], seen: Collection[Residue]
) -> list[AffinityRow]:
    """The rows with what each mutated residue touches.

    Parameters
    ----------
    rows : iterable of AffinityRow
    contacts : mapping of residue to sequence of PartnerContact
        Of one structure, at one cutoff.
    seen : collection of residues
        Those that the structure shows with atoms: any other is `UNKNOWN`, never `NONE`.
    """
    found = []
    for row in rows:
        residues = [_residue(word) for word in row.residues.split(";")]
        touched = [contacts.get(residue, ()) for residue in residues]
        classes = [
            ", ".join(dict.fromkeys(c.interface for c in part)) or (NONE if residue in seen else UNKNOWN)
            for residue, part in zip(residues, touched, strict=True)
        ]
        texts = [", ".join(map(str, part)) or word for part, word in zip(touched, classes, strict=True)]
        found.append(replace(row, interface=";".join(classes), touches=";".join(texts)))
    return found


def _residue(word: str) -> Residue:
    name, _, letter = word.partition(":")
    return name, int(letter[1:])


def series_of(target: Target, affinity: Iterable[AffinityRow]) -> tuple[tuple[Series, ...], tuple[str, ...]]:
    """Group the table by assay, in its order, and protein; and name the rows that cannot be read or placed.

    Mutants with changes in both proteins go to the protein of their first change.
    """
    groups: dict[tuple[str, str], list[tuple[Mutant, AffinityRow]]] = {}
    left_out: list[str] = []
    for row in affinity:
        mutant = _mutant(target, row)
        if mutant is None:
            left_out.append(row.mutations_uniprot or row.mutations or "a row without mutation")
        else:
            groups.setdefault((row.assay, mutant.changes[0].protein), []).append((mutant, row))
    assays = dict.fromkeys(assay for assay, _ in groups)
    wanted = [(assay, protein) for assay in assays for protein in target.proteins if (assay, protein.name) in groups]
    return tuple(_series(assay, protein, groups[assay, protein.name]) for assay, protein in wanted), tuple(left_out)


def _series(assay: str, protein: Protein, rows: Sequence[tuple[Mutant, AffinityRow]]) -> Series:
    mutants = [mutant for mutant, _ in rows]
    return Series(
        assay,
        protein,
        tuple(dict.fromkeys(row.kd_wild_type for _, row in rows)),
        tuple(dict.fromkeys(str(row.pubmed) for _, row in rows)),
        tuple(sorted((m for m in mutants if len(m.changes) == 1), key=lambda m: (m.changes[0].position, m.label))),
        tuple(sorted((m for m in mutants if len(m.changes) > 1), key=lambda m: (m.bound, m.value))),
    )


def _mutant(target: Target, row: AffinityRow) -> Mutant | None:
    names = {name.upper(): p for p in target.proteins for name in (p.name, p.accession)}
    changes = []
    try:
        written = parse_mutations(row.mutations_uniprot)
    except NotationError:
        return None
    for change in written:
        protein = names.get((change.protein or target.receptor.name).upper())
        if protein is None or not 1 <= change.position <= len(protein):
            return None
        changes.append(replace(change, protein=protein.name))
    interfaces = tuple(row.interface.split(";"))
    return Mutant(tuple(changes), row.mutations, row.ddg, bool(row.bound), row.flag, interfaces)


def extents(found: Sequence[Series]) -> dict[str, tuple[int, int]]:
    """First and last position to show of each protein, the same in all its panels: its mutated residues and a little more."""
    result = {}
    for protein in dict.fromkeys(series.protein for series in found):
        places = [
            change.position
            for series in found
            for mutant in (*series.single, *series.several)
            for change in mutant.changes
            if change.protein == protein.name
        ]
        margin = max(5, round((max(places) - min(places)) * 0.06))
        result[protein.name] = max(1, min(places) - margin), min(len(protein), max(places) + margin)
    return result
