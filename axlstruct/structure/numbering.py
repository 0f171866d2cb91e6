"""One residue in every numbering: sequence, mature protein, other forms, codon, genome, author numbers and label_seq_id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from axlstruct.errors import AxlstructError, LetterError, NotationError, OtherAssemblyError, OtherProteinError, SourceError
from axlstruct.sequence.coverage import Placement
from axlstruct.sequence.features import spans_of
from axlstruct.sequence.forms import MATURE
from axlstruct.sequence.target import Protein
from axlstruct.structure.readings import Reading


@dataclass(frozen=True, slots=True)
class TranslationRow:
    """A residue in every numbering; all but ``genomic`` in the notation in which it can be asked for.

    Attributes
    ----------
    query
        As asked.
    status
        ``ok``, ``unreadable``, ``wrong-letter``, ``other-protein``, ``other-place`` (another genome assembly),
        ``no-such-residue`` or ``unavailable``; ``note`` says why.
    protein, position, residue
        Name, 1-based position in the target's sequence (UniProt), one-letter code.
    uniprot, mature, forms
        ``P30530:Y702``, ``AXL-mature:Y677``; other forms joined by ``;``. A form that lacks the residue is left out and named in
        ``note``.
    exons, codon, genomic
        Exon numbers joined by ``;``, nucleotides of the coding sequence, bases of the genome (1-based, forward strand).
    author, label
        auth_seq_id with insertion code and label_seq_id, for each structure chain that has the residue, joined by ``;``. Label
        numbers are given where residues were read from coordinates.
    also
        Other residues that the same letter and number mean as author numbers, and how to ask for them.
    """

    query: str
    status: str
    protein: str = ""
    position: int | None = None
    residue: str = ""
    uniprot: str = ""
    mature: str = ""
    forms: str = ""
    exons: str = ""
    codon: str = ""
    genomic: str = ""
    author: str = ""
    label: str = ""
    also: str = ""
    note: str = ""


def failed(query: str, error: AxlstructError) -> TranslationRow:
    """The row of a query that names no residue."""
    return TranslationRow(query, status_of(error), note=str(error))


def status_of(error: AxlstructError) -> str:
    """One word for the reason why a residue could not be found."""
    words = {
        NotationError: "unreadable",
        LetterError: "wrong-letter",
        OtherProteinError: "other-protein",
        OtherAssemblyError: "other-place",
        SourceError: "unavailable",
    }
    return next((word for kind, word in words.items() if isinstance(error, kind)), "no-such-residue")


def translation_row(
    query: str, protein: Protein, position: int, placements: Sequence[Placement], also: Sequence[Reading] = ()
) -> TranslationRow:
    """The row of a residue.

    Parameters
    ----------
    query : str
    protein : Protein
    position : int
    placements : sequence of Placement
        In the structures to be named.
    also : sequence of Reading
        Other residues that the query may mean.
    """
    letter = protein.letter(position)
    numbers = {form.name: form.number(position) for form in protein.numberings}
    lacking = [form.title for form in protein.numberings if numbers[form.name] is None]
    mature = numbers.pop(MATURE, None)
    codon = protein.transcript.codon(position) if protein.transcript else None
    genomic = (
        f"chr{protein.transcript.chromosome}:{_joined(spans_of(codon.genomic), ',')}" if codon and protein.transcript else ""
    )
    seen = [placement for placement in placements if placement.residue]
    notes = [f"not in {', '.join(lacking)}"] if lacking else []
    notes += [f"{p.residue}: {p.note}" for p in seen if p.note and p.coverage == "different"]
    return TranslationRow(
        query, "ok", protein.name, position, letter, f"{protein.accession}:{letter}{position}",
        f"{protein.name}-{MATURE}:{letter}{mature}" if mature else "",
        _joined(f"{name}:{letter}{number}" for name, number in numbers.items() if number),
        _joined(protein.exons_of(position)), f"c.{codon.cds.first}_{codon.cds.last}" if codon else "", genomic,
        _joined(p.residue for p in seen),
        _joined(f"{p.structure}:{p.chain}/#{p.label_seq}" for p in seen if p.label_seq is not None),
        _joined(also), "; ".join(notes),
    )  # fmt: skip


def _joined(words: Iterable[object], mark: str = ";") -> str:
    return mark.join(map(str, words))
