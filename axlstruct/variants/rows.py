"""A variant as given, and as a row of the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from axlstruct.variants.nucleotides import Genomic

FAILED = ("unreadable", "wrong-letter", "no-such-residue", "other-protein", "other-place", "unavailable")
"""Words of `VariantRow.status` for variants that could not be annotated."""


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of a gene (haplotypes) on which one sample carries an allele.

    Attributes
    ----------
    block : str
        Phase set within which the numbers mean the same copies.
    numbers : frozenset of int
        Places in the genotype; empty where it is not phased.
    everywhere : bool
        On every copy, whatever the phase.
    """

    block: str
    numbers: frozenset[int]
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A variant as given.

    Attributes
    ----------
    line : int
        Of the file, 1-based; of a list in Python, its place.
    text : str
        As written.
    read : str
        What of it is to be read; of a VCF the annotation of the protein change, empty where there is none.
    gene : str
        Gene that the row names; empty where it names none.
    genomic : Genomic or None
        Bases of a VCF record.
    beside : mapping of str to str
        Other columns of the row.
    transcript : str
        Ensembl transcript by which a table annotates the row; of another than the target's the annotation is not read.
    copies : mapping of str to Copies
        By sample, for a VCF with genotypes.
    joint : str
        Other variants that the annotation reads together with this one.
    """

    line: int
    text: str
    read: str
    gene: str = ""
    genomic: Genomic | None = None
    beside: Mapping[str, str] = field(default_factory=dict)
    transcript: str = ""
    copies: Mapping[str, Copies] = field(default_factory=dict)
    joint: str = ""


@dataclass(frozen=True, slots=True)
class VariantRow:
    """A variant with what is known of its residues.

    Attributes
    ----------
    line, variant
        Line of the file, and the text there; a text with several changes makes several rows.
    status
        ``ok``; ``position-only`` where what the nucleotides code is not known; ``not-coding``; ``other-gene`` (by the table's own
        gene column); or why there is no answer: one of `FAILED`.
    consequence
        Term of the Sequence Ontology; empty where unknown.
    hgvs
        The change in UniProt positions.
    protein, position, last, residue, new
        Name, first and last 1-based position, letters there and letters of the variant (``*`` a stop).
    region, domain, exons, site
        As in the residue table.
    codon, genomic
        Nucleotides of the coding sequence, and bases of the genome (forward strand, 1-based) that code the residues.
    mature, forms
        Number in the mature protein, and in other forms.
    structure, author, coverage, burial, buried_area, interface, partners
        In the structure shown: author numbers by chain, and what the residue table says of them; areas in square Angstrom, the
        sum over the residues and mean of the chains.
    seen
        What the target's other structures show.
    plddt
        Lowest confidence of the residues in the predicted model.
    ddg, ddg_other
        Measured change of the binding free energy of this very mutant, kcal/mol; and of other mutants that change its residue;
        of rows that are flagged the evidence table says why.
    also
        Other residues that the same letter and number mean as author numbers of a structure, how to ask for them, and the
        interface in which the structure shown has them.
    note
        A word of explanation.
    """

    line: int
    variant: str
    status: str
    consequence: str = ""
    hgvs: str = ""
    protein: str = ""
    position: int | None = None
    last: int | None = None
    residue: str = ""
    new: str = ""
    region: str = ""
    domain: str = ""
    exons: str = ""
    site: str = ""
    codon: str = ""
    genomic: str = ""
    mature: int | None = None
    forms: str = ""
    structure: str = ""
    author: str = ""
    coverage: str = ""
    burial: str = ""
    buried_area: float | None = None
    interface: str = ""
    partners: str = ""
    seen: str = ""
    plddt: float | None = None
    ddg: str = ""
    ddg_other: str = ""
    also: str = ""
    note: str = ""
