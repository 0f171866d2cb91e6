"""Titles, legend and caption of the figure of affinities."""

from __future__ import annotations

import re
from collections.abc import Sequence

from axlstruct.evidence.affinities import NONE, UNKNOWN, Mutant, Series
from axlstruct.figures.ddg.lollipops import ARROW_STYLE, SEVERAL, foot_color
from axlstruct.figures.paper.legend import SAMPLE, Group, Swatch
from axlstruct.figures.paper.millimetres import BODY, text_width
from axlstruct.figures.paper.panel import Canvas
from axlstruct.scene import palette
from axlstruct.sequence.mutation import WRITTEN


def title(series: Series, room: float, font: str) -> str:
    """Assay, wild-type constants and paper of a panel; the name of the assay is cut where it finds no room."""
    kds = [_kd(kd) for kd in series.wildtype]
    said = [kd for kd in kds if not re.search(rf"(?<![\d.–-]){re.escape(kd)}", series.assay)]
    parts = [f"wild-type Kd {', '.join(kds)}" if said else "", f"PubMed {', '.join(series.pubmed)}" if series.pubmed else ""]
    more = "; ".join(part for part in parts if part)
    more = f" ({more})" if more else ""
    name = series.assay or "assay not named"
    while text_width(name + more, BODY, font) > room and len(name) > 12:
        name = f"{name[:-2].rstrip()}…"
    return name + more


def _kd(nanomolar: float) -> str:
    return f"{nanomolar * 1000:.3g} pM" if nanomolar < 1 else f"{nanomolar:.3g} nM"


def caption(found: Sequence[Series], left_out: Sequence[str], more: Sequence[str] = ()) -> str:
    """What a reader must know: sign, temperature, numbering, bounds, doubts, and what is not drawn."""
    mutants = [mutant for series in found for mutant in (*series.single, *series.several)]
    proteins = {series.protein.name: series.protein for series in found}
    parts = [
        "ΔΔG = RT ln(Kd mutant / Kd wild type) at 298.15 K: above zero the mutant binds more weakly, below it more tightly. "
        "Each assay has a panel and a scale of its own: its values are not to be compared with those of another."
    ]
    numbering = "; ".join(_numbering(name, mutants) for name in proteins)
    accessions = ", ".join(f"{p.name} {p.uniprot}" for p in proteins.values())
    parts.append(f"Mutants are named by UniProt position ({accessions}); {numbering}.")
    if any(series.several for series in found):
        parts.append("Mutants of several residues stand in the list beside the panel, not on the axis of positions.")
    if len(proteins) > 1:
        parts.append("Panels of one protein show the same stretch.")
    doubts: dict[str, list[str]] = {}
    for mutant in mutants:
        if mutant.flag:
            doubts.setdefault(mutant.flag.rstrip("."), []).append(mutant.label.rstrip("†"))
    parts += [f"† {', '.join(labels)}: {flag}." for flag, labels in doubts.items()]
    parts += [f"{text[0].upper()}{text[1:].rstrip('.')}." for text in more]
    if left_out:
        parts.append(f"Not drawn, as they cannot be placed: {', '.join(left_out)}.")
    bare = [p.name for p in proteins.values() if not p.exons]
    if bare:
        parts.append(f"No exons known for {', '.join(bare)}.")
    return " ".join(parts)


def _numbering(name: str, mutants: Sequence[Mutant]) -> str:
    """How author numbers follow from positions, with an example where they differ."""
    pairs = []
    for mutant in mutants:
        for change, word in zip(mutant.changes, mutant.author.split(";"), strict=False):
            match = WRITTEN.fullmatch(word.strip())
            if match and change.protein == name:
                pairs.append((change, match, change.position - int(match["position"])))
    offsets = {offset for *_, offset in pairs}
    if not pairs:
        return f"author numbers of {name} are not known"
    if offsets == {0}:
        return f"author numbers of {name} are the same"
    change, match, offset = next(pair for pair in pairs if pair[2])
    example = f"{change} is {match['before']}{match['position']}{match['after']}"
    if len(offsets) > 1:
        return f"author numbers of {name} differ ({example})"
    return f"author number of {name} = position {'−' if offset > 0 else '+'} {abs(offset)} ({example})"


def legend_entries(found: Sequence[Series]) -> list[Group]:
    """The legend: only what is drawn."""
    mutants = [mutant for series in found for mutant in (*series.single, *series.several)]
    items: list[tuple[str, Swatch]] = []
    if any(series.single for series in found):
        items.append(("one residue, in its domain's colour (white: linker)", _sample("o", "#FFFFFF")))
    if any(series.several for series in found):
        items.append(("several residues", _sample("o", SEVERAL)))
    if any(mutant.bound for mutant in mutants):
        items.append(("at least (lower bound)", _arrow))
    for interface in sorted({word for series in found for m in series.single for word in m.interfaces} - {UNKNOWN, ""}):
        words = "touches no residue of the partner" if interface == NONE else f"touches in {interface}"
        items.append((words, _square(foot_color(interface))))
    if any(mutant.flag for mutant in mutants):
        items.append(("† doubtful, see caption", _sample("D", SEVERAL)))
    return [Group("mutants", tuple(items))]


def _sample(shape: str, color: str) -> Swatch:
    def draw(panel: Canvas, x: float, y: float) -> None:
        panel.line((x, x + SAMPLE * 0.6), (y, y), lw=1.0)
        panel.ax.plot(
            [x + SAMPLE * 0.6], [y], marker=shape, ms=4.6 if shape == "o" else 3.8, mfc=color, mec=palette.TEXT, mew=0.7
        )

    return draw


def _square(color: str) -> Swatch:
    def draw(panel: Canvas, x: float, y: float) -> None:
        panel.ax.plot([x + SAMPLE * 0.6], [y], marker="s", ms=3.0, mfc=color, mec=palette.TEXT, mew=0.5)

    return draw


def _arrow(panel: Canvas, x: float, y: float) -> None:
    panel.ax.annotate("", (x, y), (x + SAMPLE - 0.5, y), arrowprops=ARROW_STYLE)
    panel.ax.plot([x + 1.0], [y], marker="o", ms=4.6, mfc=SEVERAL, mec=palette.TEXT, mew=0.7)
