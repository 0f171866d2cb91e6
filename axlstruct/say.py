"""Answers and summaries as rows and lines."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.answer import Answer
from axlstruct.coverage import Coverage
from axlstruct.features import spans_of
from axlstruct.tables import Table

if TYPE_CHECKING:
    from axlstruct.annotate import ResidueRow


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A placement as a row of a table."""

    query: str
    protein: str
    position: int
    residue: str
    exons: str
    domain: str
    region: str
    site: str
    structure: str
    chain: str
    number: int | None
    icode: str
    coverage: str
    observed_residue: str
    plddt: float | None
    note: str


def answer_table(answer: Answer) -> Table:
    """An answer as a table, one row a placement."""
    protein, position = answer.protein, answer.position
    same = (
        answer.query, protein.name, position, answer.residue, ";".join(map(str, answer.exons)),
        protein.domain(position), protein.region(position), answer.site.name if answer.site else "",
    )  # fmt: skip
    rows = [
        PlacementRow(
            *same, p.structure, p.chain, p.residue.number if p.residue else None, p.residue.icode if p.residue else "",
            str(p.coverage), p.found, p.plddt, p.note,
        )
        for p in answer.placements
    ]  # fmt: skip
    return Table(PlacementRow, rows, answer.notes)


def chain_lines(rows: Sequence[ResidueRow], in_print: Collection[str] = ()) -> list[str]:
    """What each structure chain shows of its protein, a line a chain; ``in_print`` are structures known without coordinates."""
    chains: dict[tuple[str, str, str], list[ResidueRow]] = {}
    for row in rows:
        chains.setdefault((row.structure, row.chain, row.protein), []).append(row)
    lines = []
    for (structure, chain, protein), part in chains.items():
        by_word = {word: spans_of(row.position for row in part if row.coverage == word) for word in Coverage}
        shown = spans_of(row.position for row in part if Coverage(row.coverage).has_atoms)
        words = [", ".join(map(str, shown)) or "nothing known"]
        words += [
            f"{word} {', '.join(map(str, by_word[word]))}"
            for word in (Coverage.DIFFERENT, Coverage.UNOBSERVED, Coverage.UNKNOWN)
            if by_word[word]
        ]
        words += ["predicted"] if by_word[Coverage.PREDICTED] else []
        words += ["as read in print, without coordinates"] if structure in in_print else []
        lines.append(f"{structure:<10} {chain:<3} {protein:<6} {'; '.join(words)}")
    return lines
