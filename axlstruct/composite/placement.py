"""A model of the whole receptor laid on each copy that a structure shows, by the domains seen there: a hypothesis, in numbers.

Residues are matched by UniProt position, never by author number. Everything beyond the fitted domains follows as one rigid body,
for which there is no evidence but the model's own; whether that can be is counted, not assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from axlstruct.errors import StructureError
from axlstruct.sequence.features import Feature, Span
from axlstruct.sequence.parts import part_name
from axlstruct.structure.arrangement import mean, verdict
from axlstruct.structure.mapping import ChainMap

if TYPE_CHECKING:
    import numpy as np

Alphas = Mapping[int, tuple[float, float, float]]
"""C-alpha coordinates in Angstrom by UniProt position."""

LEAST_SEEN = 0.5
"""Share of a domain whose C-alphas must be seen for it to be fitted."""

SUFFIX = "-AF"
"""Behind the name of the receptor chain: the name of the model laid on it."""


@dataclass(frozen=True)
class CopyFit:
    """The rigid motion that lays moved C-alphas on fixed ones with the least RMSD (Kabsch 1976).

    Attributes
    ----------
    positions : tuple of int
        UniProt positions fitted.
    turn, shift : ndarray, shape (3, 3) and (3,)
        ``turn @ moved + shift``.
    rmsd : float
        Angstrom.
    farthest : int
        Position of the largest distance that remains.
    distance : float
        That distance in Angstrom.
    """

    positions: tuple[int, ...]
    turn: np.ndarray
    shift: np.ndarray
    rmsd: float
    farthest: int
    distance: float


@dataclass(frozen=True)
class Motion:
    """A rigid motion of some positions of the model: ``turn @ moved + shift``."""

    span: Span
    turn: np.ndarray
    shift: np.ndarray


@dataclass(frozen=True)
class Copy:
    """The model on one copy of the receptor.

    Attributes
    ----------
    chain : ChainMap
        The copy in the structure.
    name : str
        Of the model's chain in the composite.
    domains : tuple of Feature
        The fitted domains, in sequence order.
    fit : CopyFit
        By all of them.
    alone : tuple of CopyFit
        By each of them alone.
    seen : frozenset of int
        Positions of which the structure shows the C-alpha.
    pieces : tuple of Motion
        Where the model is cut: how each piece moves, all else being left out. Empty for a model that moves as one by ``fit``.
    """

    chain: ChainMap
    name: str
    domains: tuple[Feature, ...]
    fit: CopyFit
    alone: tuple[CopyFit, ...]
    seen: frozenset[int]
    pieces: tuple[Motion, ...] = ()

    def motion(self, position: int) -> CopyFit | Motion | None:
        """How the model moves at a position; None where it is left out."""
        return next((piece for piece in self.pieces if position in piece.span), None) if self.pieces else self.fit

    @property
    def differences(self) -> tuple[int, ...]:
        """Fitted positions at which the structure has another letter (engineered)."""
        return tuple(sorted(set(self.chain.differences) & set(self.fit.positions)))


@dataclass(frozen=True, slots=True)
class FitRow:
    """The model fitted by one domain, or by all that the copy shows."""

    structure: str
    chain: str
    model: str
    arrangement: str
    """Of what is not fitted: ``rigid``, as in the model, or ``schematic``, set by a drawing's rule. Both are hypotheses."""
    fitted: str
    atoms: int
    """C-alpha pairs."""
    rmsd: float
    farthest: int
    """UniProt position with the largest remaining distance."""
    farthest_distance: float
    differences: int
    """Fitted positions with another letter in the structure."""
    plddt: float | None
    """Mean over the fitted residues."""
    angle: float | None
    """Degrees between the relative orientations of neighbouring domains in structure and model; the largest."""
    linker_plddt: float | None
    """Mean over the residues between the fitted domains."""
    pae: str
    """Whether the model's errors support the arrangement of the fitted domains: supported, uncertain, unknown; empty for one."""


def superpose(fixed: Alphas, moved: Alphas, positions: Iterable[int]) -> CopyFit:
    """Lay moved on fixed by the C-alphas of some positions.

    By singular values, as Biopython does it: gemmi's quaternions miss the best turn for few points near a line, and the RMSD that
    they return does not tell.

    Raises
    ------
    StructureError
        Fewer than three positions, or all of them on a line.
    """
    import numpy as np
    from Bio.SVDSuperimposer import SVDSuperimposer

    chosen = tuple(positions)
    here, there = (np.array([side[p] for p in chosen], dtype=float).reshape(-1, 3) for side in (fixed, moved))
    spread = np.linalg.svd(here - here.mean(axis=0))[1] if len(chosen) > 2 else np.zeros(3)
    if spread[1] < 1e-3:
        raise StructureError("no superposition", expected="three C-alphas that are not on a line", found=f"{len(chosen)} pairs")
    untyped: Any = SVDSuperimposer
    fit = untyped()
    fit.set(here, there)
    fit.run()
    turn, shift = fit.get_rotran()
    left = np.linalg.norm(there @ turn + shift - here, axis=1)
    rmsd = float(np.sqrt((left**2).mean()))
    return CopyFit(chosen, turn.T, shift, rmsd, chosen[int(left.argmax())], float(left.max()))


def angle_between(one: CopyFit, two: CopyFit) -> float:
    """Degrees by which two domains stand otherwise to each other in the moved than in the fixed structure."""
    import numpy as np

    trace = float(np.trace(one.turn @ two.turn.T))
    return float(np.degrees(np.arccos(np.clip((trace - 1) / 2, -1, 1))))


def seen_domains(chain: ChainMap, alphas: Alphas) -> tuple[Feature, ...]:
    """Extracellular domains of which enough is seen to be fitted."""
    protein = chain.protein
    return tuple(
        domain
        for domain in protein.features_of("domain")
        if protein.region(domain.span.first) == "extracellular"
        and sum(p in alphas for p in domain.span) >= LEAST_SEEN * len(domain.span)
    )


def place(chain: ChainMap, alphas: Alphas, model: Alphas) -> Copy | None:
    """Lay the model on a copy by the extracellular domains that it shows; None where it shows none."""
    domains = seen_domains(chain, alphas)
    shared = [[p for p in domain.span if p in alphas and p in model] for domain in domains]
    if not domains or not all(shared):
        return None
    return Copy(
        chain, f"{chain.chain.chain}{SUFFIX}", domains, superpose(alphas, model, [p for part in shared for p in part]),
        tuple(superpose(alphas, model, part) for part in shared), frozenset(alphas),
    )  # fmt: skip


def fit_rows(structure: str, model: str, copy: Copy, plddt: Mapping[int, float], pae: np.ndarray | None) -> list[FitRow]:
    """A row for each fitted domain alone and one for all of them, for one copy."""
    rows = []
    for domain, fit in zip(copy.domains, copy.alone, strict=True):
        rows.append(_row(structure, model, copy, part_name(domain), fit, plddt, (None, None), ""))
    if len(copy.domains) > 1:
        angle = max(angle_between(one, two) for one, two in pairwise(copy.alone))
        gaps = [p for one, two in pairwise(copy.domains) for p in range(one.span.last + 1, two.span.first)]
        verdicts = [verdict(pae, one, two) for one, two in pairwise(copy.domains)]
        names = "+".join(map(part_name, copy.domains))
        linker = mean([plddt[p] for p in gaps if p in plddt])
        rows.append(
            _row(structure, model, copy, names, copy.fit, plddt, (angle, linker), max(verdicts))
        )  # the worst word is last
    return rows


def _row(
    structure: str, model: str, copy: Copy, name: str, fit: CopyFit, plddt: Mapping[int, float],
    between: tuple[float | None, float | None], pae: str,
) -> FitRow:  # fmt: skip
    differences = sum(p in copy.differences for p in fit.positions)
    confidence = mean([plddt[p] for p in fit.positions if p in plddt])
    return FitRow(
        structure, copy.chain.chain.chain, model, "schematic" if copy.pieces else "rigid", name, len(fit.positions), fit.rmsd,
        fit.farthest, fit.distance, differences, confidence, *between, pae,
    )  # fmt: skip


def moved(model: Alphas, copy: Copy, positions: Iterable[int]) -> dict[int, tuple[float, float, float]]:
    """C-alphas of the placed model at those of the positions that are not left out."""
    found = {}
    for position in positions:
        if motion := copy.motion(position):
            x, y, z = motion.turn @ model[position] + motion.shift
            found[position] = (float(x), float(y), float(z))
    return found
