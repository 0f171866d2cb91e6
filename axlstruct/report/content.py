"""What the report page knows, as plain values for its script: proteins, tracks, structures, tables, colours, notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from axlstruct.evidence.positions import WORDS, Tied, tie
from axlstruct.interface.residue_rows import ResidueRow
from axlstruct.scene import palette
from axlstruct.scene.measures import BURIALS, DDG_BANDS, OTHER_ASSAY, one_assay
from axlstruct.scene.paint import NEUTRAL
from axlstruct.scene.tracks import CoverageTrack, box_label, boxed, coverage_rows, interface_rows, role_fills
from axlstruct.sequence.coverage import MEANING
from axlstruct.sequence.exons import Transcript
from axlstruct.sequence.features import Feature
from axlstruct.sequence.target import Protein, Target
from axlstruct.tables import Table

BANDS = [bound for bound, _, _ in palette.PLDDT_BANDS]
EVIDENCE_TITLES = {
    "sites": "Sites", "gene": "Gene", "affinity": "Affinity", "expression": "Expression", "resistance": "Drug resistance",
    "agents": "Agents", "trials": "Clinical trials", "regulation": "Regulation", "partners": "Partners",
    "mechanisms": "Mechanisms", "citations": "Citations",
}  # fmt: skip


@dataclass(frozen=True)
class PageTables:
    """The tables of a study that the page shows.

    Attributes
    ----------
    residues, contacts, interactions, interfaces : Table
    evidence : mapping of str to Table
        By name, none of them empty.
    """

    residues: Table
    contacts: Table
    interactions: Table
    interfaces: Table
    evidence: Mapping[str, Table]

    def named(self) -> dict[str, Table]:
        """All but the residues by name; empty ones are left out, for a tab without rows tells nothing."""
        tables = {"contacts": self.contacts, "interactions": self.interactions, "interfaces": self.interfaces, **self.evidence}
        return {name: table for name, table in tables.items() if len(table)}


def content(
    target: Target,
    tables: PageTables,
    *,
    structures: Sequence[Mapping[str, Any]],
    views: Mapping[str, Mapping[str, Any]],
    record: Mapping[str, Any],
    notes: Sequence[str],
    viewer_problem: str = "",
) -> dict[str, Any]:
    """All that the page's script reads, ready for JSON.

    Parameters
    ----------
    target : Target
    tables : PageTables
    structures : sequence of mappings
        One a structure of the target: id, role, what it is, and the reason where it is not at hand.
    views : mapping of str to mapping
        What `axlstruct.report.views.structure_view` gives, by structure; empty without 3Dmol.js.
    record : mapping
        Where the numbers come from.
    notes : sequence of str
        Limits that a reader must know.
    viewer_problem : str
        Why there is no 3D view, where there is none.
    """
    residues: Sequence[ResidueRow] = tables.residues.rows
    order = [entry.id for entry in target.structures]
    tied = [item for name, table in tables.evidence.items() if name in WORDS for item in tie(target, name, table.rows)]
    return {
        "name": target.name,
        "title": target.title or target.name,
        "hint": _hint(target, tables),
        "proteins": [_protein(protein, target, residues, order, tied) for protein in target.proteins],
        "structures": list(structures),
        "views": dict(views),
        "viewer": viewer_problem,
        "tables": {name: {"tsv": table.render("tsv").decode()} for name, table in tables.named().items()},
        "evidence": {name: EVIDENCE_TITLES[name] for name in tables.evidence},
        "measured": _measured(tables),
        "meaning": {str(word): text for word, text in MEANING.items()},
        "colors": _colors(tables),
        "record": dict(record),
        "notes": list(dict.fromkeys(notes)),
    }


def _hint(target: Target, tables: PageTables) -> list[str]:
    """Notations that the search understands, as examples of this target."""
    protein = target.receptor
    position = protein.sites[0].position if protein.sites else 1
    letter = protein.letter(position)
    hints = [f"{letter}{position}"]
    for row in tables.residues.rows:
        if row.protein == protein.name and row.coverage == "observed":
            number = f"{row.number}{row.icode}"
            hints += [f"{row.residue}{number}@{row.structure}", f"{row.structure}:{row.chain}/{number}"]
            break
    hints.append(f"{protein.accession}:{position}")
    if protein.transcript:
        codon = protein.transcript.codon(position)
        hints += [f"c.{codon.cds.first}", f"chr{protein.transcript.chromosome}:{codon.genomic[0]}"]
    return (
        hints + [f.label for f in protein.features_of("domain")[-1:]] + [f"exon {e.number}" for e in protein.exons[:1] if e.span]
    )


def _protein(
    protein: Protein, target: Target, residues: Sequence[ResidueRow], order: Sequence[str], tied: Sequence[Tied]
) -> dict[str, Any]:
    fills = role_fills(protein)
    return {
        "name": protein.name,
        "accession": protein.accession,
        "numbering": protein.numbering,
        "role": protein.role,
        "sequence": protein.sequence,
        "forms": [
            {"name": form.name, "also": list(form.also), "without": [[span.first, span.last] for span in form.without]}
            for form in protein.numberings
        ],
        "share": max(len(protein) / max(len(p) for p in target.proteins), 0.25),
        "boxes": [_box(feature, color) for feature, color in boxed(protein)],
        "regions": [_span(f) | {"name": f.name} for f in protein.features_of("region")],
        "exons": [
            {
                "number": exon.number, "first": exon.span.first, "last": exon.span.last, "left": (exon.coding.first - 1) / 3,
                "right": exon.coding.last / 3, "split": bool(exon.phase), "color": palette.exon_color(exon.number),
                "ink": palette.text_color(palette.exon_color(exon.number)),
            }
            for exon in protein.exons
            if exon.coding and exon.span
        ],
        "transcript": protein.transcript.id if protein.transcript else "",
        "gene": _gene(protein.transcript) if protein.transcript else None,
        "sites": [
            {
                "position": s.position, "name": s.name, "role": s.role, "partners": s.partners, "source": s.source,
                "remark": s.remark, "fill": fills[s.role],
            }
            for s in protein.sites
        ],
        "features": [
            _span(f) | {"kind": f.kind, "name": f.name, "source": f.source}
            for f in protein.features
            if f.kind not in ("domain", "region", "signal")
        ],
        "coverage": [_coverage(row) for row in coverage_rows(residues, protein.name, order, BANDS)],
        "interface": [
            {"structure": row.structure, "interface": row.interface, "copies": row.copies, "seen": [list(s) for s in row.seen]}
            for row in interface_rows(residues, protein.name, order, target.interface_names)
        ],
        "published": _published(protein, tied),
    }  # fmt: skip


def _gene(transcript: Transcript) -> dict[str, Any]:
    """All exons in genomic coordinates, and the nucleotides they code with, the first of them at ``base``."""
    return {
        "chromosome": transcript.chromosome,
        "strand": transcript.strand,
        "exons": [
            {
                "number": exon.number, "start": exon.start, "end": exon.end, "base": exon.first_base,
                "coding": [exon.coding.first, exon.coding.last] if exon.coding else None,
            }
            for exon in transcript.exons
        ],
    }  # fmt: skip


def _published(protein: Protein, tied: Sequence[Tied]) -> list[dict[str, Any]]:
    """How many rows of each table are tied to each stretch of a protein, what speaks of all of the receptor left out."""
    counts: dict[tuple[int, int], dict[str, int]] = {}
    for item in tied:
        for at in item.stretches:
            if at.protein == protein.name and not item.whole:
                by_table = counts.setdefault((at.span.first, at.span.last), {})
                by_table[item.table] = by_table.get(item.table, 0) + item.count
    return [{"first": first, "last": last, "tables": by_table} for (first, last), by_table in sorted(counts.items())]


def _box(feature: Feature, color: str) -> dict[str, Any]:
    return _span(feature) | {
        "kind": feature.kind, "name": feature.name, "label": box_label(feature), "color": color,
        "ink": palette.text_color(color),
    }  # fmt: skip


def _span(feature: Feature) -> dict[str, Any]:
    return {"first": feature.span.first, "last": feature.span.last}


def _coverage(row: CoverageTrack) -> dict[str, Any]:
    runs = []
    for run in row.runs:
        color = palette.coverage_color(run.word)
        if run.plddt is not None:
            color = next(tone for bound, tone, _ in palette.PLDDT_BANDS if bound == run.plddt)
        runs.append([run.span.first, run.span.last, run.word, color])
    return {"structure": row.structure, "chains": list(row.chains), "runs": runs, "differences": list(row.differences)}


def _measured(tables: PageTables) -> dict[str, Any]:
    """Single mutants that share a colour scale, those of one assay for all structures, and residues that only others have."""
    table = tables.evidence.get("affinity")
    scale = one_assay(table.rows) if table else None
    if scale is None:
        return {"assay": "", "others": "", "told": {}, "elsewhere": {}}
    return {
        "assay": f"PubMed {scale.pubmed}, {scale.assay}",
        "others": scale.others,
        "told": {f"{name}:{at}": {"ddg": one.ddg, "text": f"{one} kcal/mol"} for (name, at), one in scale.told.items()},
        "elsewhere": {f"{name}:{at}": list(ids) for (name, at), ids in scale.elsewhere.items()},
    }


def _colors(tables: PageTables) -> dict[str, Any]:
    names = {name for row in tables.residues.rows for name in row.classes}
    names |= {row.interface for row in tables.interfaces.rows}
    return {
        "ink": palette.TEXT,
        "neutral": NEUTRAL,
        "otherAssay": OTHER_ASSAY,
        "coverage": palette.COVERAGE,
        "interface": {name: palette.interface_color(name) for name in sorted(names)},
        "plddt": [[max(bound, -1.0), color, label] for bound, color, label in palette.PLDDT_BANDS],
        "burial": {word: list(look) for word, look in BURIALS.items()},
        "ddg": [[max(bound, -99.0), color, label] for bound, color, label in DDG_BANDS],
    }
