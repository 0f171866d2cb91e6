"""Which structure chain to look at for a residue: candidates, the rules that rank them one after the other, and the reasons.

A rule is a value: its name, the rank it gives (smaller is better) and the words in which it speaks. The first rule that tells two
candidates apart decides between them; where none does, they stand in the order of the target's structures and of the chains, and
the tie is named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from axlstruct.sequence.coverage import Coverage, Placement
from axlstruct.structure.confidence import CONFIDENT, PLDDT_BANDS, band

MOBILE = 1.5
"""Mean B-factor of a residue over that of its chain from which on it counts as poorly ordered."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A structure chain that shows a residue, with what the rules need to know of it.

    Attributes
    ----------
    placement : Placement
        With atoms: observed, partial, different or predicted.
    at_hand : bool
        Whether coordinates were read; if not, the placement is what was read in print.
    resolution : float or None
        Of the structure in Angstrom; None where the file does not state one.
    touching : bool
        Whether this chain shows the residue in contact with a partner chain in which nothing is engineered.
    engineered : int
        Residues of the same domain (of the same stretch between domains) that are not the protein's.
    relative_b : float or None
        Mean B-factor of the residue over that of its chain; None for a model or without coordinates.
    """

    placement: Placement
    at_hand: bool = True
    resolution: float | None = None
    touching: bool = False
    engineered: int = 0
    relative_b: float | None = None

    @property
    def name(self) -> str:
        """Structure and chain."""
        return f"{self.placement.structure} {self.placement.chain}".strip()

    @property
    def predicted(self) -> bool:
        """Whether it is a model's."""
        return self.placement.plddt is not None or self.placement.coverage is Coverage.PREDICTED

    @property
    def mobile(self) -> bool:
        """Whether its B-factor stands out of the chain's."""
        return self.relative_b is not None and self.relative_b >= MOBILE


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to tell two candidates apart: a rank (smaller is better) and words for a candidate of that rank."""

    name: str
    rank: Callable[[Candidate], float]
    words: Callable[[Candidate], str]


def _evidence(candidate: Candidate) -> int:
    """Seen, predicted with confidence, a stub of which not even the C-alpha is seen, predicted without confidence."""
    if (plddt := candidate.placement.plddt) is not None:
        return 1 if plddt > CONFIDENT else 3
    if candidate.predicted:
        return 3
    return 2 if "CA" in candidate.placement.missing_atoms else 0


_EVIDENCE = ("observed", "predicted with confidence", "a stub without C-alpha", "predicted without confidence")


def _lacking(candidate: Candidate) -> str:
    missing = candidate.placement.missing_atoms
    return f"lacks {len(missing)} atoms" if missing else "complete" if _complete(candidate) else "incomplete"


def _complete(candidate: Candidate) -> bool:
    return candidate.placement.coverage is not Coverage.PARTIAL and not candidate.placement.missing_atoms


def _band_rank(candidate: Candidate) -> int:
    plddt = candidate.placement.plddt
    return 0 if plddt is None else [name for _, name in PLDDT_BANDS].index(band(plddt))


RULES: tuple[Rule, ...] = (
    Rule("evidence", _evidence, lambda c: _EVIDENCE[_evidence(c)]),
    Rule(
        "wild-type letter",
        lambda c: c.placement.coverage is Coverage.DIFFERENT,
        lambda c: (
            f"{c.placement.found or 'another residue'}, not {c.placement.expected}"
            if c.placement.coverage is Coverage.DIFFERENT
            else f"{c.placement.expected} as in UniProt"
        ),
    ),
    Rule("complete", lambda c: not _complete(c), _lacking),
    Rule(
        "unchanged domain",
        lambda c: c.engineered > 0,
        lambda c: f"{c.engineered} engineered residues around it" if c.engineered else "nothing engineered around it",
    ),
    Rule(
        "contact", lambda c: not c.touching, lambda c: f"{'shows the' if c.touching else 'no'} contact with an unchanged partner"
    ),
    Rule(
        "resolution",
        lambda c: float("inf") if c.resolution is None else c.resolution,
        lambda c: "resolution not stated" if c.resolution is None else f"{c.resolution:g} A",
    ),
    Rule("order", lambda c: c.mobile, lambda c: f"B-factor {c.relative_b or 1:.1f} times its chain's mean"),
    Rule("confidence", _band_rank, lambda c: f"pLDDT {c.placement.plddt or 0:.0f}"),
)
"""In the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The best chain for a residue.

    Attributes
    ----------
    best : Candidate
    equals : tuple of Candidate
        Further ones that no rule tells from the best.
    runner_up : Candidate or None
        The next best, told from the best by ``rule``.
    others : tuple of Candidate
        All that come after the equals, best first; the runner-up is the first of them.
    rule : str
        Name of the rule that decided; empty where there was no choice.
    reasons : tuple of str
        Why, and what a reader must know of the best.
    """

    best: Candidate
    equals: tuple[Candidate, ...] = ()
    runner_up: Candidate | None = None
    others: tuple[Candidate, ...] = ()
    rule: str = ""
    reasons: tuple[str, ...] = ()


def deciding(best: Candidate, other: Candidate) -> Rule | None:
    """The first rule that tells two candidates apart; None where they are equal."""
    return next((rule for rule in RULES if rule.rank(best) != rule.rank(other)), None)


def choose(candidates: Sequence[Candidate]) -> Choice | None:
    """The best of the candidates for one residue, in the order of the target's structures; None where there is none.

    Candidates whose placement has no atoms are passed over: what is not known is not guessed.
    """
    shown = [candidate for candidate in candidates if candidate.placement.coverage.has_atoms]
    if not shown:
        return None
    best, *rest = sorted(shown, key=lambda candidate: [rule.rank(candidate) for rule in RULES])  # stable: ties keep their order
    equals = tuple(candidate for candidate in rest if deciding(best, candidate) is None)
    others = tuple(rest[len(equals) :])
    runner_up = others[0] if others else None
    rule = deciding(best, runner_up) if runner_up else None
    return Choice(best, equals, runner_up, others, rule.name if rule else "", tuple(_reasons(best, equals, runner_up, rule)))


def _reasons(best: Candidate, equals: Sequence[Candidate], runner_up: Candidate | None, rule: Rule | None) -> list[str]:
    words = (
        [f"{rule.words(best)} ({runner_up.name}: {rule.words(runner_up)})"] if runner_up and rule else ["nothing else shows it"]
    )
    if equals:
        words.append(f"no rule tells it from {', '.join(candidate.name for candidate in equals)}")
    placement = best.placement
    if placement.plddt is not None:
        verdict = "" if placement.plddt > CONFIDENT else ", no structure to interpret"
        words.append(f"pLDDT {placement.plddt:.0f}: {band(placement.plddt)}{verdict}")
    if placement.note and (placement.coverage in (Coverage.DIFFERENT, Coverage.PARTIAL) or placement.missing_atoms):
        words.append(placement.note)
    if best.touching and (not rule or rule.name != "contact"):
        words.append("shows its contact with an unchanged partner")
    if best.mobile and (not rule or rule.name != "order"):
        words.append(f"poorly ordered: B-factor {best.relative_b:.1f} times its chain's mean")
    if not best.at_hand:
        words.append(f"read in print, coordinates not at hand: axlstruct fetch {placement.structure}")
    return words
