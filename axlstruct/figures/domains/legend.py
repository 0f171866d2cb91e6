"""Legend and caption of the domain figure: only what was drawn is explained, and what could not be had is said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from axlstruct.figures.domains.coverage import BAR, draw_word, guided
from axlstruct.figures.paper import layout
from axlstruct.figures.paper.legend import SAMPLE, Group, Swatch, marker
from axlstruct.figures.paper.panel import Canvas
from axlstruct.scene import palette
from axlstruct.scene.tracks import Rows, marked_sites, role_fills
from axlstruct.sequence.target import Protein, Target
from axlstruct.structure.locate import print_words

if TYPE_CHECKING:
    from axlstruct.interface.residue_rows import ResidueRow
    from axlstruct.interface.rows import InterfaceRow

WORDS = {
    "observed": "observed",
    "partial": "observed in part",
    "unobserved": "not observed (disordered)",
    "different": "another residue (engineered)",
    "other-isoform": "left out in this isoform",
    "unknown": "not known",
    "not-in-construct": "not in the construct",
}


def legend_entries(target: Target, shown: Mapping[str, Rows], interfaces: Sequence[InterfaceRow] = ()) -> list[Group]:
    """The legend for what this target and these rows, by protein, show."""
    marks: dict[str, Swatch] = {}
    for protein in target.proteins:
        fills = role_fills(protein)
        for _, _, role in marked_sites(protein):
            if role == "glycosylation":
                marks.setdefault("N-glycosylation" if _only_asn(protein) else role, marker("s", palette.GLYCAN, 3.4))
            else:
                marks.setdefault(role_words(protein, role), marker("o", fills[role], 4.2))
        if protein.features_of("disulfide"):
            marks["disulfide"] = _bracket
        if protein.transcript and protein.transcript.split_codons:
            marks["junction splits a codon"] = marker("v", palette.TEXT, 2.6, edge=0.0)
    runs = [run for rows in shown.values() for row in rows.coverage for run in row.runs]
    words = {run.word for run in runs}
    bands = {run.plddt for run in runs if run.word == "predicted"}
    coverage = tuple((text, _word(word)) for word, text in WORDS.items() if word in words)
    predicted = tuple((f"pLDDT {label}", _word("predicted", bound)) for bound, _, label in palette.PLDDT_BANDS if bound in bands)
    classes = [row for rows in shown.values() for row in rows.interface]
    names = sorted(
        {row.interface for row in classes},
        key=lambda n: (target.interface_names.index(n) if n in target.interface_names else len(target.interface_names), n),
    )
    meets = tuple((name + _pairs(interfaces, name), _tick(palette.interface_color(name), 1.0)) for name in names)
    if any(copies < row.copies for row in classes for _, copies in row.seen):
        meets += (("short: not in every copy", _tick(palette.MUTED, 0.5)),)
    groups = [
        Group("marks", tuple(marks.items())),
        Group("coverage", coverage),
        Group("predicted", predicted),
        Group("interface", meets),
    ]
    return [group for group in groups if group.items]


def role_words(protein: Protein, role: str) -> str:
    """What a site's head stands for: its role, or just a curated site where the roles share one fill."""
    fills = role_fills(protein)
    return "curated site" if len(set(fills.values())) < len(fills) or not role else _short(role)


def marks(target: Target) -> list[Group]:
    """What the signs along the sequences mean."""
    return [group for group in legend_entries(target, {}) if group.name == "marks"]


def caption(
    target: Target, residues: Sequence[ResidueRow], shown: Mapping[str, Rows], cutoff: float, printed: Collection[str] = ()
) -> str:
    """What a reader must know: numbering, cutoff, structures (``printed`` are placed by print), and what is absent."""
    numbering = ", ".join(f"{p.name} {p.uniprot} ({len(p)} residues)" for p in target.proteins)
    parts = [f"Positions are those of the UniProt sequences: {numbering}."]
    if len(target.proteins) > 1 and layout.scales_differ([len(p) for p in target.proteins]):
        parts.append("Panels have scales of their own.")
    present = {row.structure.upper() for row in residues} - {""}
    if any(rows.interface for rows in shown.values()):
        parts.append(f"Interface: residues with a heavy atom within {cutoff:g} Å of the partner protein.")
    if present and any(guided(p) for p in target.proteins):
        parts.append("Dotted verticals follow the sites through the structures.")
    read = [entry for entry in target.structures if entry.id in printed and entry.id.upper() in present]
    parts += [f"{entry.id}: {print_words(entry)}." for entry in read]
    missing = [entry.id for entry in target.structures if entry.id.upper() not in present]
    if missing:
        parts.append(f"Not available: {', '.join(missing)}.")
    bare = [p.name for p in target.proteins if not p.exons]
    if bare:
        parts.append(f"No exons known for {', '.join(bare)}.")
    if target.ligand is None:
        parts.append("The target has no ligand.")
    return " ".join([*parts, *(f"{note[:1].upper()}{note[1:].rstrip('.')}." for p in target.proteins for note in p.named_notes)])


def _only_asn(protein: Protein) -> bool:
    return all(protein.letter(f.span.first) == "N" for f in protein.features_of("glycosylation"))


def _short(text: str, limit: int = 56) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _pairs(interfaces: Sequence[InterfaceRow], name: str) -> str:
    by_entry: dict[str, list[str]] = {}
    for row in interfaces:
        if row.interface == name:
            by_entry.setdefault(row.structure, []).append(f"{row.chain_1}–{row.chain_2}")
    texts = [f"{entry} {', '.join(pairs)}" for entry, pairs in by_entry.items()]
    return f" ({'; '.join(texts)})" if texts else ""


def _bracket(panel: Canvas, x: float, y: float) -> None:
    panel.line((x + 0.5, x + 0.5, x + 4.5, x + 4.5), (y - 0.7, y + 0.5, y + 0.5, y - 0.7), lw=0.7, color=palette.DISULFIDE)


def _word(word: str, plddt: float | None = None) -> Swatch:
    return lambda panel, x, y: draw_word(panel, y, x, x + SAMPLE, word, plddt=plddt)


def _tick(color: str, share: float) -> Swatch:
    def draw(panel: Canvas, x: float, y: float) -> None:
        for mm in (0.0, 1.0, 1.4, 2.6, 3.0, 3.4, 4.4):
            panel.box(x + mm, y + BAR / 2 - BAR * share, x + mm + 0.3, y + BAR / 2, facecolor=color)

    return draw
