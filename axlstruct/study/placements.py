"""The placements of a residue as rows of a table."""

from __future__ import annotations

from dataclasses import dataclass

from axlstruct.structure.answer import Answer
from axlstruct.study.session import Session
from axlstruct.study.where import look_up
from axlstruct.tables import Table


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
    also: str
    note: str


def answer_table(answer: Answer) -> Table:
    """An answer as a table, one row a placement."""
    protein, position = answer.protein, answer.position
    same = (
        answer.query, protein.name, position, answer.residue, ";".join(map(str, answer.exons)),
        protein.domain(position), protein.region(position), answer.site.name if answer.site else "",
    )  # fmt: skip
    also = ";".join(str(other.reading) for other in answer.also)
    rows = [
        PlacementRow(
            *same, p.structure, p.chain, p.residue.number if p.residue else None, p.residue.icode if p.residue else "",
            str(p.coverage), p.found, p.plddt, also, p.note,
        )
        for p in answer.placements
    ]  # fmt: skip
    return Table(PlacementRow, rows, (*map(str, answer.also), *answer.notes))


def placement_table(session: Session, query: str) -> Table:
    """The placements of a residue, one row each; see `axlstruct.study.facade.Study.where`."""
    return answer_table(look_up(session, query))
