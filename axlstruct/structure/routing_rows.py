"""Choices of structures as rows: one a residue, or one a run of residues with the same best structure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from axlstruct.sequence.coverage import Coverage, Placement
from axlstruct.sequence.features import spans_of
from axlstruct.sequence.regions import region_at
from axlstruct.sequence.target import Protein
from axlstruct.structure.confidence import CONFIDENT, PLDDT_BANDS, band
from axlstruct.structure.routing import Choice, deciding

NO_STRUCTURE = "no structure of the target shows it"


@dataclass(frozen=True, slots=True)
class BestRow:
    """The best structure chain of a residue; empty fields where no structure shows it."""

    protein: str
    position: int
    """UniProt position."""
    residue: str
    region: str
    structure: str
    chain: str
    number: int | None
    """Author number in that chain."""
    icode: str
    coverage: str
    plddt: float | None
    confidence: str
    """Band of the pLDDT: very high, confident, low, very low."""
    equals: str
    """Chains that no rule tells from the best."""
    runner_up: str
    rule: str
    """The rule that decided between the two."""
    reasons: str
    also: str = ""
    """Other residues that the letter and number asked for mean as author numbers, and how to ask for them."""


@dataclass(frozen=True, slots=True)
class BestRun:
    """Consecutive positions with the same best structure."""

    protein: str
    first: int
    last: int
    residues: int
    regions: str
    structure: str
    chain: str
    """Chains that are best, or as good as the best, at most positions of the run."""
    reason: str


Routed = tuple[int, Choice | None, Sequence[Placement]]
"""A position, the choice made for it, and all its placements."""


def best_row(protein: Protein, routed: Routed) -> BestRow:
    """The row of one residue."""
    position, choice, placements = routed
    where = (protein.name, position, protein.letter(position), region_at(protein, position))
    if choice is None:
        reasons = "; ".join([NO_STRUCTURE, *_unknown([routed])])
        return BestRow(*where, "", "", None, "", _absence(placements), None, "", "", "", "", reasons)
    shown, runner_up = choice.best.placement, choice.runner_up
    return BestRow(
        *where, shown.structure, shown.chain, shown.residue.number if shown.residue else None,
        shown.residue.icode if shown.residue else "", str(shown.coverage), shown.plddt,
        band(shown.plddt) if shown.plddt is not None else "", ", ".join(c.name for c in choice.equals),
        runner_up.name if runner_up else "", choice.rule, "; ".join([*choice.reasons, *_unknown([routed])]),
    )  # fmt: skip


def best_runs(protein: Protein, routed: Sequence[Routed]) -> list[BestRun]:
    """Runs of consecutive positions, in the order given."""

    def key(item: tuple[int, Routed]) -> tuple[int, str]:
        index, (position, choice, _) = item
        return position - index, choice.best.placement.structure if choice else ""

    return [_run(protein, [each for _, each in group]) for _, group in groupby(enumerate(routed), key)]


def _run(protein: Protein, routed: Sequence[Routed]) -> BestRun:
    positions = [position for position, _, _ in routed]
    choices = {position: choice for position, choice, _ in routed if choice}
    regions = ", ".join(dict.fromkeys(filter(None, (region_at(protein, position) for position in positions))))
    where = (protein.name, positions[0], positions[-1], len(positions), regions)
    if not choices:
        return BestRun(*where, "", "", "; ".join([NO_STRUCTURE, *_unknown(routed)]))
    structure = choices[positions[0]].best.placement.structure
    good = {position: _chains(choice) for position, choice in choices.items()}
    count = Counter(chain for chains in good.values() for chain in chains)
    most = max(count.values())
    usual = [chain for chain in count if count[chain] == most]
    words = [*_why(structure, choices), *_exceptions(good, usual), *_unknown(routed)]
    if not all(choice.best.at_hand for choice in choices.values()):
        words.append(f"read in print, coordinates not at hand: axlstruct fetch {structure}")
    return BestRun(*where, structure, ", ".join(usual), "; ".join(words))


def _chains(choice: Choice) -> tuple[str, ...]:
    """Chains of the best structure that are as good as the best."""
    structure = choice.best.placement.structure
    return tuple(c.placement.chain for c in (choice.best, *choice.equals) if c.placement.structure == structure)


def _why(structure: str, choices: dict[int, Choice]) -> list[str]:
    """What the run is, and by which rules it comes before the next best structure."""
    words = []
    bands = Counter(band(c.best.placement.plddt) for c in choices.values() if c.best.placement.plddt is not None)
    if bands:
        words.append("predicted, pLDDT " + ", ".join(f"{name} {bands[name]}" for _, name in PLDDT_BANDS if bands[name]))
        low = spans_of(p for p, c in choices.items() if (c.best.placement.plddt or 0) <= CONFIDENT)
        if low:
            words.append(f"low or very low, no structure to interpret: {_few(low)}")
    else:
        kinds = Counter(str(c.best.placement.coverage) for c in choices.values())
        words.append(", ".join(f"{kind} {number}" for kind, number in kinds.most_common()))
    before: dict[str, Counter[str]] = {}
    for choice in choices.values():
        other = next((c for c in (*choice.equals, *choice.others) if c.placement.structure != structure), None)
        if other:
            rule = deciding(choice.best, other)
            before.setdefault(other.placement.structure, Counter())[rule.name if rule else "order of the target"] += 1
    words += [f"before {name} by {', '.join(f'{r} ({n})' for r, n in rules.most_common())}" for name, rules in before.items()]
    return words if before else [*words, "nothing else shows it"]


def _exceptions(good: dict[int, tuple[str, ...]], usual: Sequence[str]) -> list[str]:
    """Stretches in which another chain is the best."""
    apart: dict[tuple[str, ...], list[int]] = {}
    for position, chains in good.items():
        if not set(chains) & set(usual):
            apart.setdefault(chains, []).append(position)
    return [f"chain {' or '.join(chains)} at {_few(spans_of(positions))}" for chains, positions in apart.items()]


def _unknown(routed: Sequence[Routed]) -> list[str]:
    """Chains of which it is not known whether they show some of the residues; never guessed."""
    unread: dict[str, list[int]] = {}
    for position, _, placements in routed:
        for placement in placements:
            if placement.coverage is Coverage.UNKNOWN:
                unread.setdefault(f"{placement.structure} {placement.chain}".strip(), []).append(position)
    whole = len(routed)
    return [
        f"{name} unknown" + ("" if len(positions) == whole else f" at {_few(spans_of(positions))}")
        for name, positions in unread.items()
    ]


def _absence(placements: Sequence[Placement]) -> str:
    """The one word that all chains have for a residue that none shows; empty where they differ."""
    words = {str(placement.coverage) for placement in placements}
    return words.pop() if len(words) == 1 else ""


def _few(spans: Sequence[object], most: int = 8) -> str:
    return ", ".join(map(str, spans[:most])) + (f" and {len(spans) - most} more" if len(spans) > most else "")
