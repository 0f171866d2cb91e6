"""What each residue loses to its partner, copy by copy: the rows of the footprint figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from axlstruct.interface.residue_rows import ResidueRow
from axlstruct.sequence.features import Span, spans_of
from axlstruct.sequence.residues import ONE_LETTER
from axlstruct.sequence.target import Protein, Target


@dataclass(frozen=True, slots=True)
class Loss:
    """What one residue of a protein loses to its partner.

    Attributes
    ----------
    position : int
    name : str
        Letter and position; more than one letter where the copies disagree.
    label : str
        Letter and author number; more than one number where the copies disagree.
    number : int or None
        Author number; None where the copies disagree.
    areas : tuple of (str, float)
        Chain and buried area in square Angstrom, of each copy that shows the residue.
    interfaces, burial : dict of str to int
        Copies in which the residue is of that interface class, and core, rim or support.
    """

    position: int
    name: str
    label: str
    number: int | None
    areas: tuple[tuple[str, float], ...]
    interfaces: dict[str, int]
    burial: dict[str, int]

    @property
    def mean(self) -> float:
        """Mean over the copies."""
        return fmean(area for _, area in self.areas)


def losses(residues: Iterable[ResidueRow], protein: Protein) -> tuple[Loss, ...]:
    """What each residue with atoms loses, in sequence order; positions that no copy shows are left out.

    Parameters
    ----------
    residues : iterable of ResidueRow
        Rows of one structure.
    protein : Protein
    """
    by_position: dict[int, list[tuple[ResidueRow, float]]] = {}
    for row in residues:
        if row.protein == protein.name and row.position and row.buried_area is not None:
            by_position.setdefault(row.position, []).append((row, row.buried_area))
    return tuple(_loss(position, copies) for position, copies in sorted(by_position.items()))


def _loss(position: int, copies: Sequence[tuple[ResidueRow, float]]) -> Loss:
    interfaces = Counter(name for row, _ in copies for name in row.classes)
    numbers = {row.number for row, _ in copies}
    return Loss(
        position,
        "/".join(dict.fromkeys(f"{_letter(row)}{position}" for row, _ in copies)),
        "/".join(dict.fromkeys(_label(row) for row, _ in copies)),
        numbers.pop() if len(numbers) == 1 else None,
        tuple((row.chain, area) for row, area in copies),
        dict(interfaces),
        dict(Counter(row.burial for row, _ in copies if row.burial)),
    )


def _letter(row: ResidueRow) -> str:
    return ONE_LETTER.get(row.observed_residue, row.observed_residue) or row.residue


def _label(row: ResidueRow) -> str:
    return f"{_letter(row)}{'' if row.number is None else row.number}{row.icode}"


def gaps(rows: Sequence[Loss]) -> tuple[Span, ...]:
    """Stretches inside the structure that no copy shows."""
    seen = {row.position for row in rows}
    return spans_of(p for p in range(rows[0].position, rows[-1].position) if p not in seen)


def class_order(target: Target, names: Iterable[str]) -> tuple[str, ...]:
    """Interface classes as the target orders them, further ones behind."""
    rank = {name: index for index, name in enumerate(target.interface_names)}
    return tuple(sorted(set(names), key=lambda name: (rank.get(name, len(rank)), name)))
