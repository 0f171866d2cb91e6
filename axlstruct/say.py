"""Answers in words, for people on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from axlstruct.annotate import ResidueRow
from axlstruct.coverage import MEANING, Coverage, Placement
from axlstruct.features import spans_of
from axlstruct.locate import Answer
from axlstruct.residues import THREE_LETTER
from axlstruct.tables import Table


def answer_text(answer: Answer) -> str:
    """What `axlstruct where` prints on a terminal."""
    protein, codon = answer.protein, answer.codon
    numberings = answer.numberings
    residue = THREE_LETTER.get(answer.residue, answer.residue).capitalize()
    lines = [f"{protein.name} {residue}{answer.position}  (UniProt {numberings['uniprot']})"]

    def add(word: str, text: str) -> None:
        if text:
            lines.append(f"  {word:<11}{text}")

    region = protein.region(answer.position)
    add("domain", protein.domain(answer.position) or (f"none ({region})" if region else "none"))
    add("region", region)
    if codon and protein.transcript:
        split = ", codon split" if len(answer.exons) > 1 else ""
        add("exon", f"{' and '.join(map(str, answer.exons))} of {len(protein.exons)} ({protein.transcript.id}{split})")
        bases = ",".join(map(str, spans_of(codon.genomic)))
        strand = "+" if protein.transcript.strand == 1 else "-"
        add("codon", f"{numberings['cds']}, {protein.transcript.assembly} chr{protein.transcript.chromosome}:{bases} ({strand})")
    add("mature", str(numberings["mature"] or "in the signal peptide"))
    for feature in protein.features:
        if feature.kind not in ("domain", "region", "signal") and feature.covers(answer.position):
            add(feature.kind[:10], f"{feature.name} {feature.span} ({feature.source})")
    if site := answer.site:
        add("site", f"{site.role} [{site.source}]{'; ' + site.remark if site.remark else ''}")
        add("partners", site.partners)
    lines.append("")
    lines += _placed(answer.placements) or ["  no structure is known"]
    lines += [f"  note: {note}" for note in answer.notes]
    return "\n".join(lines) + "\n"


def _placed(placements: Sequence[Placement]) -> list[str]:
    """A line for the chains of a structure that show the same."""
    lines: dict[tuple[str, str], list[str]] = {}
    for placement in placements:
        name = placement.found or THREE_LETTER.get(placement.expected, "")
        number = f"{name} {placement.residue.label}" if placement.residue else ""
        plddt = f"pLDDT {placement.plddt:.0f}" if placement.plddt is not None else ""
        note = placement.note.replace(f"chain {placement.chain} holds", "the chain holds")
        words = "; ".join(word for word in (MEANING[placement.coverage], plddt, note) if word)
        lines.setdefault((placement.structure, f"{number:<9} {words}"), []).append(placement.chain)
    return [f"  {structure + ' ' + ', '.join(chains):<13} {rest}" for (structure, rest), chains in lines.items()]


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
    return Table(PlacementRow, rows)


def chain_lines(rows: Sequence[ResidueRow]) -> list[str]:
    """What each structure chain shows of its protein, a line a chain."""
    chains: dict[tuple[str, str, str], list[ResidueRow]] = {}
    for row in rows:
        chains.setdefault((row.structure, row.chain, row.protein), []).append(row)
    lines = []
    for (structure, chain, protein), part in chains.items():
        by_word = {word: spans_of(row.position for row in part if row.coverage == word) for word in Coverage}
        shown = spans_of(row.position for row in part if Coverage(row.coverage).has_atoms)
        words = [", ".join(map(str, shown)) or "nothing known"]
        words += [
            f"{word} {', '.join(map(str, by_word[word]))}" for word in (Coverage.DIFFERENT, Coverage.UNOBSERVED) if by_word[word]
        ]
        words += ["predicted"] if by_word[Coverage.PREDICTED] else []
        lines.append(f"{structure:<10} {chain:<3} {protein:<6} {'; '.join(words)}")
    return lines
