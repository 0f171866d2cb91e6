"""The placements of a residue as rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from axlstruct.sequence.features import spans_of
from axlstruct.structure.answer import Answer, touching_lines
from axlstruct.study.session import Session
from axlstruct.study.where import look_up
from axlstruct.tables import Table


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A placement as a row of a table; what is the same for all placements stands in each row, as on a terminal."""

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
    uniprot: str
    mature: int | None
    forms: str
    codon: str
    genomic: str
    features: str
    role: str
    partners: str
    touches: str
    measured: str


def answer_table(answer: Answer) -> Table:
    """An answer as a table, one row a placement."""
    protein, position = answer.protein, answer.position
    same = (
        answer.query, protein.name, position, answer.residue, ";".join(map(str, answer.exons)),
        protein.domain(position), protein.region(position), answer.site.name if answer.site else "",
    )  # fmt: skip
    also = ";".join(str(other.reading) for other in answer.also)
    told = answer.to_dict()
    genome, numbers, site = told["genomic"], told["numberings"], told["site"] or {}
    bases = ",".join(map(str, spans_of(genome["bases"]))) if genome else ""
    facts: dict[str, Any] = {
        "uniprot": protein.uniprot,
        "mature": numbers["mature"],
        "forms": ";".join(f"{name}:{number}" for name, number in numbers["forms"].items() if number),
        "codon": numbers["cds"] or "",
        "genomic": f"{genome['assembly']} chr{genome['chromosome']}:{bases} ({genome['strand']})" if genome else "",
        "features": ";".join(told["features"]),
        "role": site.get("role", ""),
        "partners": site.get("partners", ""),
        "touches": "; ".join(touching_lines(answer)),
        "measured": "; ".join(map(str, answer.measured)),
    }
    rows = [
        PlacementRow(
            *same, p.structure, p.chain, p.residue.number if p.residue else None, p.residue.icode if p.residue else "",
            str(p.coverage), p.found, p.plddt, also, p.note, **facts,
        )
        for p in answer.placements
    ]  # fmt: skip
    return Table(PlacementRow, rows, (*map(str, answer.also), *answer.notes))


def placement_table(session: Session, query: str) -> Table:
    """The placements of a residue, one row each; see `axlstruct.study.facade.Study.where`."""
    return answer_table(look_up(session, query))
