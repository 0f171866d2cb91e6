"""What is known of residues and regions in print: sites, partners, regulation, resistance, trials, mechanisms, affinities."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from axlstruct.sequence.regions import NONE, WHOLE, Stretch, asked, region_at, residue_stretches, stretches
from axlstruct.sequence.target import Protein, Target

GAS_CONSTANT = 1.987204e-3
"""kcal/(mol K)."""
TEMPERATURE = 298.15
"""K."""


class Placed(Protocol):
    """A row that is tied to a region, or to residues in it."""

    @property
    def region(self) -> str:
        """Words of `axlstruct.sequence.regions`, separated by ``;``."""

    @property
    def residues(self) -> str:
        """Letters and UniProt positions, separated by ``;``; empty where the row speaks of the region."""


Row = TypeVar("Row", bound=Placed)


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
        As the review names it; HGNC symbol where it is one gene; one of `KINDS`.
    relation : str
        One of `RELATIONS`.
    needs_gas6 : str
        ``yes``, ``no`` or ``not said``.
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
    needs_gas6: str
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
        One of `LEVELS`.
    acts_at : str
        Promoter, an end of the transcript, the transcript, or the protein.
    effect, detail : str
        One of `CONTROLS`, and how.
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
class ResistanceRow:
    """The receptor in tumours or cells that resist a drug, one drug, cancer and model; shared columns as in `PartnerRow`.

    Attributes
    ----------
    row : int
        Row of the review's table.
    drug_acts_on : str
        Molecule that the drug acts on, by pharmacology.
    model : str
        ``human``, ``cell`` or ``mouse``.
    measure, axl, finding : str
        What was measured, and how it goes with resistance.
    """

    row: int
    resistance: str
    drug: str
    drug_acts_on: str
    cancer: str
    model: str
    measure: str
    axl: str
    finding: str
    sensitive_lines: str
    resistant_lines: str
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
class TrialRow:
    """A clinical trial; shared columns as in `PartnerRow`.

    Attributes
    ----------
    row : int or None
        Row of the review's table; None for a trial of the text.
    nct : str
        Number at ClinicalTrials.gov.
    drug_class, acts_on, symbol : str
        By pharmacology, whatever the review calls the drug: that stands in ``wording``.
    phase : str
        ``1``, ``1/2``, ...; empty where the review does not say.
    """

    row: int | None
    nct: str
    drug: str
    also: str
    drug_class: str
    acts_on: str
    symbol: str
    cancer: str
    combination: str
    phase: str
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
    figure : str
        Figure of the review whose subject this is.
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
    figure: str
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
    kd_mutant_nM, kd_wildtype_nM : float
    bound : str
        ``>=`` where mutant constant and ``ddg`` are lower bounds, else empty.
    ddg : float
        kcal/mol at 298.15 K; positive is weaker binding.
    assay : str
        Rows of different assays are not to be pooled.
    pubmed : int
    """

    mutations: str
    mutations_uniprot: str
    kd_mutant_nM: float
    kd_wildtype_nM: float
    bound: str
    ddg: float
    assay: str
    pubmed: int
    collected_in: str
    region: str
    residues: str
    span: str
    flag: str


TABLES: dict[str, type] = {
    "sites": SiteRow,
    "affinity": AffinityRow,
    "resistance": ResistanceRow,
    "trials": TrialRow,
    "regulation": RegulationRow,
    "partners": PartnerRow,
    "mechanisms": MechanismRow,
}
"""The tables by name and their kind of row."""

KINDS = ("gene", "family", "complex", "RNA", "process", "molecule", "cell", "drug", "cancer")
RELATIONS = (
    "ligand", "heterodimer", "complex", "interaction", "receptor association", "kinase of AXL", "upstream activator",
)  # fmt: skip
LEVELS = ("transcriptional", "post-transcriptional", "post-translational")
CONTROLS = ("raises", "lowers", "activates", "stabilizes", "cleaves", "changes")
EFFECTS = {
    "activates": 1, "raises": 1, "promotes": 1, "causes": 1, "secretes": 1, "phosphorylates": 0, "ubiquitinates": 0,
    "binds": 0, "is part of": 0, "acts through": 0, "changes": 0, "inhibits": -1, "lowers": -1,
    "resistance to": 1, "sensitivity to": -1,
}  # fmt: skip
"""Effect of an edge and its sign; of a drug, more or less resistance."""


def place(target: Target, region: str, residues: str) -> tuple[Stretch, ...]:
    """Residues of a row: those it names, else those of its region."""
    return residue_stretches(target, residues) or stretches(target, region)


def span_text(target: Target, places: Iterable[Stretch]) -> str:
    """Stretches as text: ``536-807``, or ``GAS6:1-678`` for another protein than the receptor."""
    return ";".join(f"{'' if at.protein == target.receptor.name else f'{at.protein}:'}{at.span}" for at in places)


def in_region(rows: Iterable[Row], target: Target, query: str) -> list[Row]:
    """Rows whose residues or region share a residue with what is asked.

    Rows that speak of the whole receptor, or of no region, are given only to who asks for ``whole receptor`` or ``none``.

    Parameters
    ----------
    rows : iterable of rows
    target : Target
    query : str
        As in `axlstruct.sequence.regions.asked`.

    Raises
    ------
    SiteError
        No such region or position, or another letter there.
    """
    word = " ".join(query.lower().split())
    if word in (WHOLE, NONE):
        return [row for row in rows if row.region == word and not row.residues]
    wanted = asked(target, query)
    narrow = (row for row in rows if row.residues or row.region not in (WHOLE, NONE))
    return [row for row in narrow if any(at.overlaps(want) for at in place(target, row.region, row.residues) for want in wanted)]


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


def site_rows(protein: Protein, target: Target) -> list[SiteRow]:
    """Curated sites of a protein as rows; claims that are still to be checked are left out."""
    rows = []
    for site in protein.sites:
        exons = ";".join(map(str, protein.exons_of(site.position)))
        residues = site.name if protein is target.receptor else f"{protein.name}:{site.name}"
        region = region_at(protein, site.position)
        span = span_text(target, residue_stretches(target, residues))
        rows.append(
            SiteRow(
                site.position, site.residue, site.role, site.partners, region, exons, residues, span, site.source, site.remark
            )
        )
    return rows
