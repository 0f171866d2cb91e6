"""What is known of the receptor in print, as rows: sites, partners, regulation, mechanisms, affinities, the gene, citations."""

from __future__ import annotations

from dataclasses import dataclass

EFFECTS = {
    "activates": 1, "raises": 1, "promotes": 1, "causes": 1, "secretes": 1, "phosphorylates": 0, "ubiquitinates": 0,
    "binds": 0, "is part of": 0, "acts through": 0, "changes": 0, "inhibits": -1, "lowers": -1,
    "resistance to": 1, "sensitivity to": -1,
}  # fmt: skip
"""Effect of an edge and its sign; of a drug, more or less resistance."""


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A curated site of the receptor."""

    position: int
    residue: str
    role: str
    partners: str
    region: str
    exons: str
    residues: str
    span: str
    source: str
    remark: str


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A protein that binds or activates the receptor.

    Attributes
    ----------
    partner, symbol, kind : str
        As the review names it; HGNC symbol where it is one gene; one of `axlstruct.evidence.registry.KINDS`.
    relation : str
        One of `axlstruct.evidence.registry.RELATIONS`.
    needs_ligand : str
        Whether the ligand must be bound: ``yes``, ``no`` or ``not stated``.
    effect, context : str
        What follows, and the cells or the cancer.
    region, residues, span, region_by : str
        Where on the receptor; the span in UniProt positions is computed; who says so.
    section, sentence, refs : str, int or None, str
        Place in the review, and its reference numbers.
    wording, flag : str
        A few words of the review, and what is wrong or uncertain there.
    """

    partner: str
    symbol: str
    kind: str
    relation: str
    needs_ligand: str
    effect: str
    context: str
    region: str
    residues: str
    span: str
    region_by: str
    section: str
    sentence: int | None
    refs: str
    wording: str
    flag: str


@dataclass(frozen=True, slots=True)
class RegulationRow:
    """What sets the amount, stability or activity of the receptor; shared columns as in `PartnerRow`.

    Attributes
    ----------
    level : str
        One of `axlstruct.evidence.registry.LEVELS`.
    acts_at : str
        Promoter, an end of the transcript, the transcript, or the protein.
    effect, detail : str
        One of `axlstruct.evidence.registry.CONTROLS`, and how.
    """

    level: str
    regulator: str
    symbol: str
    kind: str
    acts_at: str
    effect: str
    detail: str
    context: str
    region: str
    residues: str
    span: str
    region_by: str
    section: str
    sentence: int | None
    refs: str
    wording: str
    flag: str


@dataclass(frozen=True, slots=True)
class MechanismRow:
    """A directed edge of the mechanisms; shared columns as in `PartnerRow`.

    Attributes
    ----------
    edge : str
        Its id.
    effect : str
        One of `EFFECTS`.
    basis : str
        ``stated``, or ``from inhibition`` where the review reports what inhibiting the source does.
    figure_of_section : str
        Figure of the review that its section refers to; what the drawing itself shows was not read.
    """

    edge: str
    source: str
    source_symbol: str
    source_kind: str
    effect: str
    target: str
    target_symbol: str
    target_kind: str
    basis: str
    context: str
    region: str
    residues: str
    span: str
    region_by: str
    section: str
    sentence: int | None
    figure_of_section: str
    refs: str
    wording: str
    flag: str

    @property
    def sign(self) -> int:
        """1 where the effect is more of the target, -1 where less, 0 where the review does not say."""
        return EFFECTS[self.effect]


@dataclass(frozen=True, slots=True)
class AffinityRow:
    """Measured dissociation constants of mutants and wild type in one assay.

    Attributes
    ----------
    mutations, mutations_uniprot : str
        Author numbering of the reference structure, and UniProt positions.
    relation : str
        ``=``, or ``>=`` where ``kd`` and ``ddg`` are lower bounds.
    kd, kd_wild_type : float
        Dissociation constants of the mutant and of the wild type, nM.
    ddg : float
        kcal/mol at 298.15 K; positive is weaker binding.
    interface, touches : str
        For each mutated residue, in the order of the mutations and separated by ``;``: the interface class in which it touches
        the partner within 4 Angstrom, else ``none``, or ``unknown`` where no structure at hand shows it; and the residues it
        touches there with copies. From the reference structure, never from the paper.
    assay : str
        Rows of different assays are not to be pooled.
    pubmed : int
    """

    mutations: str
    mutations_uniprot: str
    relation: str
    kd: float
    kd_wild_type: float
    ddg: float
    interface: str
    touches: str
    assay: str
    pubmed: int
    collected_in: str
    region: str
    residues: str
    span: str
    flag: str

    @property
    def bound(self) -> str:
        """``>=`` where the numbers are lower bounds, else empty."""
        return "" if self.relation == "=" else self.relation


@dataclass(frozen=True, slots=True)
class GeneRow:
    """What the review says of the gene and its parts, beside the numbers of the target; shared columns as in `PartnerRow`.

    Attributes
    ----------
    item : str
        One of `axlstruct.evidence.registry.ITEMS`.
    stated : str
        As the review has it.
    ours : str
        The same of the target's own tables; empty where they do not tell.
    agrees : str
        ``yes``, ``partly``, ``no``, or ``not comparable``.
    parts : str
        Words for regions that a statement of parts names, separated by ``;``; its exons are the ``region``.
    """

    item: str
    stated: str
    ours: str
    agrees: str
    parts: str
    region: str
    residues: str
    span: str
    region_by: str
    section: str
    sentence: int | None
    refs: str
    wording: str
    flag: str


@dataclass(frozen=True, slots=True)
class CitationRow:
    """A paper that the tables rest on, once.

    Attributes
    ----------
    key, cited_for : str
        Name in the tables, and what it is cited for.
    authors, title, journal, year, volume, pages, doi, pubmed : str
        Empty where they could not be had.
    concludes : str
        A conclusion that belongs beside the numbers taken from it.
    checked : str
        What of these was looked up.
    flag : str
        What could not be checked.
    """

    key: str
    cited_for: str
    authors: str
    title: str
    journal: str
    year: str
    volume: str
    pages: str
    doi: str
    pubmed: str
    concludes: str
    checked: str
    flag: str
