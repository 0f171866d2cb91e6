"""What is known of cancers and drugs in print, as rows: expression, resistance, agents, trials."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExpressionRow:
    """A statement on how much of the receptor there is; shared columns as in `axlstruct.evidence.rows.PartnerRow`.

    Attributes
    ----------
    cancer : str
        As the review writes it.
    term, term_id : str
        Name and id in the Disease Ontology; empty where the review names no cancer that could be looked up.
    measured : str
        One of `axlstruct.evidence.registry.MEASURED`.
    subject : str
        ``patients``, ``cells``, ``plasma`` or ``not stated``.
    direction : str
        ``higher``, ``lower`` or ``not stated``.
    compared_with : str
        What it is higher or lower than, or ``not stated``.
    outcome, meaning : str
        Words of `axlstruct.evidence.registry.OUTCOMES` separated by ``;``, and what the review says of it.
    """

    cancer: str
    term: str
    term_id: str
    measured: str
    subject: str
    direction: str
    compared_with: str
    outcome: str
    meaning: str
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
    """The receptor in tumours or cells that resist a drug, one drug, cancer and model.

    Shared columns as in `axlstruct.evidence.rows.PartnerRow`.

    Attributes
    ----------
    source : str
        ``table``, or ``text`` for a statement of the review's text that its table lacks.
    row : int or None
        Row of the review's table; None for a statement of the text.
    drug_acts_on : str
        Molecule that the drug acts on, by pharmacology.
    model : str
        ``human``, ``cell`` or ``mouse``; of the text also ``not stated``.
    measure, effect_on_receptor, finding : str
        What was measured, how the receptor goes with resistance, and what was found.
    """

    source: str
    row: int | None
    resistance: str
    drug: str
    drug_acts_on: str
    cancer: str
    model: str
    measure: str
    effect_on_receptor: str
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
class AgentRow:
    """A drug, antibody, cell or carrier against the receptor or its ligand, alone or combined before any trial.

    Shared columns as in `axlstruct.evidence.rows.PartnerRow`.

    Attributes
    ----------
    agent, also : str
        Name as in the table of trials, and other names separated by ``;``.
    agent_class : str
        As the review calls it, or ``not stated``.
    acts_on, symbol : str
        By pharmacology, whatever the review calls it.
    multitargeted : str
        As in `TrialRow`.
    combined_with : str
        Drugs separated by ``;``; empty for the agent alone.
    context, stage : str
        Cells, cancer or effect; how far it is, as stated.
    trials : int
        Rows of the table of trials with this drug and, of a combination, all drugs it is combined with.
    trial_ids : str
        Their numbers.
    """

    agent: str
    also: str
    agent_class: str
    acts_on: str
    symbol: str
    multitargeted: str
    combined_with: str
    context: str
    stage: str
    trials: int
    trial_ids: str
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
    """A clinical trial; shared columns as in `axlstruct.evidence.rows.PartnerRow`.

    Attributes
    ----------
    row : int or None
        Row of the review's table; None for a trial of the text.
    nct : str
        Number at ClinicalTrials.gov.
    drug_class, acts_on, symbol : str
        By pharmacology, whatever the review calls the drug: that stands in ``wording``.
    multitargeted : str
        Whether the review calls the drug multitargeted (``yes``) or selective (``no``), else ``not stated``.
    phase : str
        ``1``, ``1/2``, ...; empty where the review does not say.
    """

    row: int | None
    nct: str
    drug: str
    also: str
    drug_class: str
    multitargeted: str
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


def trials_of(agent: str, combined_with: str, trials: Iterable[TrialRow]) -> tuple[str, ...]:
    """Numbers of the trials of an agent, joined by name; of a combination, those that give all of its drugs."""
    drugs = _drugs(combined_with)
    found = (row for row in trials if row.drug.casefold() == agent.casefold() and drugs <= _drugs(row.combination))
    return tuple(row.nct for row in found)


def _drugs(text: str) -> set[str]:
    return {name.strip().casefold() for name in text.split(";") if name.strip()}
