"""Legend and caption of the kinase figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from axlstruct.figures.domains.coverage import draw_word
from axlstruct.figures.domains.legend import WORDS
from axlstruct.figures.kinase.picture import Head, Picture, head_of
from axlstruct.figures.paper.legend import SAMPLE, Group, Swatch
from axlstruct.figures.paper.panel import Canvas
from axlstruct.interface.burial import THRESHOLD
from axlstruct.interface.rules import SALT_BRIDGE
from axlstruct.kinase import reference as ref
from axlstruct.kinase.geometry import GeometryRow
from axlstruct.scene import palette
from axlstruct.scene.tracks import CoverageTrack
from axlstruct.structure.confidence import CONFIDENT

if TYPE_CHECKING:
    pass


def legend_entries(picture: Picture, covered: Sequence[CoverageTrack]) -> list[Group]:
    """The legend: only what is drawn."""
    kinds = dict.fromkeys(head_of(row, picture.kinase.protein) for row in picture.tyrosines)
    heads = tuple((look.words, _head(look)) for look in sorted(kinds, key=lambda look: -look.size))
    bars: list[tuple[str, Swatch]] = [
        ("tyrosine", _bar(palette.TEXT, palette.TEXT)),
        ("other residue", _bar("#D5D9DE", "#D5D9DE")),
    ]
    if any(row.plddt is not None and row.plddt < CONFIDENT for row in picture.tyrosines):
        bars.insert(1, (f"tyrosine of pLDDT below {CONFIDENT:.0f}", _bar("#FFFFFF", palette.MUTED)))
    if any(row.relative_area is None for row in picture.tyrosines):
        bars.append(("tyrosine not seen", _cross))
    bars.append((f"{THRESHOLD:.0%}: exposed above", _dashes))
    runs = [run for row in covered for run in row.runs if run.span.overlap(picture.span)]
    words = {run.word for run in runs}
    shown = tuple((text, _word(word)) for word, text in WORDS.items() if word in words and word != "not-in-construct")
    values = [row.plddt for row in picture.residues if row.plddt is not None] if picture.predicted else []
    bands = {run.plddt for run in runs if run.word == "predicted"}
    bands |= {next(bound for bound, _, _ in palette.PLDDT_BANDS if value > bound) for value in values}
    confidence = tuple((f"pLDDT {label}", _word("predicted", bound)) for bound, _, label in palette.PLDDT_BANDS if bound in bands)
    groups = [Group("tyrosines", heads), Group("exposure", tuple(bars)), Group("predicted", confidence), Group("coverage", shown)]
    return [group for group in groups if group.items]


def _head(look: Head) -> Swatch:
    def draw(panel: Canvas, x: float, y: float) -> None:
        panel.ax.plot(
            [x + SAMPLE / 2], [y], marker="o", ms=look.size, mfc=look.fill, mec=look.edge, mew=0.7, clip_on=False,
        )  # fmt: skip

    return draw


def _bar(fill: str, edge: str) -> Swatch:
    def draw(panel: Canvas, x: float, y: float) -> None:
        panel.box(x + 1.9, y - 1.2, x + 3.1, y + 1.2, facecolor=fill, edgecolor=edge, linewidth=0.6,
                  ls="-" if fill == edge else (0, (1.5, 1)))  # fmt: skip

    return draw


def _cross(panel: Canvas, x: float, y: float) -> None:
    panel.ax.plot([x + SAMPLE / 2], [y], marker="x", ms=3.0, mew=0.7, color=palette.MUTED)


def _dashes(panel: Canvas, x: float, y: float) -> None:
    panel.line((x, x + SAMPLE), (y, y), lw=0.5, ls=(0, (3, 2)), color=palette.MUTED)


def _word(word: str, plddt: float | None = None) -> Swatch:
    return lambda panel, x, y: draw_word(panel, y, x, x + SAMPLE, word, plddt=plddt)


def _dfg(row: GeometryRow) -> str:
    """DFG state with its distances, and the cluster of its angles."""
    if not row.dfg or row.d1 is None or row.d2 is None:
        return ""
    cluster = f", {row.cluster}" if row.cluster not in ("", "unassigned") else ""
    return f"{row.dfg} (D1 {row.d1:.1f} Å, D2 {row.d2:.1f} Å){cluster}"


def caption(picture: Picture) -> str:
    """What a reader must know: where landmarks come from, the conformation, how areas were computed, what not to believe."""
    row, protein = picture.geometry, picture.kinase.protein
    parts = [
        f"Landmarks upright are named by features of {protein.accession}, those in italics are derived by alignment to "
        f"{ref.NAME} {ref.ACCESSION} and sequence motifs."
    ]
    facts = [
        f"{_dfg(row)} (Modi and Dunbrack 2019)" if _dfg(row) else "",
        f"αC {row.alphac} (Modi and Dunbrack 2022)" if row.alphac else "",
        f"{row.lys}–{row.glu} {row.lys_glu:.1f} Å (salt bridge to {SALT_BRIDGE.upper:.1f} Å, Barlow and Thornton 1983)"
        if row.lys_glu is not None
        else "",
        f"regulatory spine {row.spine} (residues of Kornev et al. 2006, distances as in Kincore)" if row.spine else "",
        f"activation loop {row.loop_seen} residues seen" if row.loop_missing else "",
    ]
    if any(facts):
        known = "; ".join(fact for fact in facts if fact)
        parts.append(f"Conformation of {row.structure} {row.chain}: {known}.")
    radii = next((tyrosine.radii for tyrosine in picture.tyrosines if tyrosine.radii), "")
    if radii:
        parts.append(
            f"Exposure: accessible area in percent of the largest ({radii.replace(' A,', ' Å,')}).",
        )
    if picture.predicted:
        parts.append(
            f"Below a pLDDT of {CONFIDENT:.0f} neither exposure nor contacts of the model should be believed, and such residues "
            "may hide others."
        )
    if any(tyrosine.site for tyrosine in picture.tyrosines):
        parts.append("Dotted verticals take curated sites through the structures.")
    return " ".join(parts)
