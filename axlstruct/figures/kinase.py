"""The kinase figure: landmarks, tyrosines, confidence, exposure and coverage along the cytoplasmic part of a receptor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.figures.domains.coverage import PITCH, draw_word
from axlstruct.figures.domains.legend import WORDS, role_words
from axlstruct.figures.paper import layout
from axlstruct.figures.paper.legend import SAMPLE, Group, Swatch, draw_legend
from axlstruct.figures.paper.millimetres import BODY, FONT, MM, SMALL, family, text_height, text_width, write
from axlstruct.figures.paper.panel import Canvas, Panel, add_panel, draw_heading, draw_positions
from axlstruct.figures.paper.sheet import PlacedAxes, arrange
from axlstruct.interface.burial import THRESHOLD, area_scale
from axlstruct.interface.residue_rows import ResidueRow
from axlstruct.interface.rules import SALT_BRIDGE
from axlstruct.kinase import reference as ref
from axlstruct.kinase.geometry import GeometryRow
from axlstruct.kinase.landmarks import Kinase, Landmark
from axlstruct.kinase.tyrosines import TyrosineRow
from axlstruct.scene import palette
from axlstruct.scene.tracks import CoverageTrack, coverage_rows, role_fills
from axlstruct.sequence.features import Span
from axlstruct.sequence.target import Protein
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.confidence import CONFIDENT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BOX, CONFIDENCE, EXPOSURE = 6.0, 13.0, 22.0
"""Heights of the domain's box, of the track of pLDDT and of the track of exposure, in millimetres."""

STRETCHES = {ref.LOOP: "#8E6BB0", ref.HINGE: "#C78F2C", ref.HRD: "#2F7FB5", ref.DFG: "#B3402A", ref.APE: "#5A7A3A"}
"""Colours of the stretches that are marked on the domain."""

SHOWN = (ref.LOOP, ref.LYSINE, ref.GLUTAMATE, ref.GATEKEEPER, ref.HINGE, ref.HRD, ref.DFG, ref.ACTIVATION_LOOP, ref.APE)
GREEK = {ref.LYSINE: "β3", ref.GLUTAMATE: "αC"}
SPINES = ("R-spine", "C-spine")
LOOP_TINT = "#F4D9D2"


@dataclass(frozen=True)
class Picture:
    """What the figure shows.

    Attributes
    ----------
    kinase : Kinase
    tyrosines : sequence of TyrosineRow
        Of one chain.
    geometry : GeometryRow
        Of the same chain.
    residues : sequence of ResidueRow
        Of that chain, with areas.
    coverage : sequence of ResidueRow
        Of every structure that shows the domain.
    order : sequence of str
        Structure ids, as rows follow each other.
    """

    kinase: Kinase
    tyrosines: Sequence[TyrosineRow]
    geometry: GeometryRow
    residues: Sequence[ResidueRow]
    coverage: Sequence[ResidueRow]
    order: Sequence[str]

    @property
    def predicted(self) -> bool:
        """Whether the chain is a model's."""
        return any(row.plddt is not None for row in self.tyrosines)

    @property
    def span(self) -> Span:
        """The cytoplasmic part; without topology the domain and its tyrosines."""
        regions = [f.span for f in self.kinase.protein.features_of("region") if f.name == "cytoplasmic"]
        if regions:
            return regions[0]
        places = [*self.kinase.domain.span, *(row.position for row in self.tyrosines)]
        return Span(min(places), max(places))


def draw_kinase(picture: Picture, *, width: float = 180.0, font: str = FONT) -> Figure:
    """Draw landmarks and tyrosines, pLDDT and exposure of one chain, and what each structure shows.

    Parameters
    ----------
    picture : Picture
    width : float
        Of the figure, in millimetres.
    font : str
        A sans-serif font that matplotlib finds.

    Returns
    -------
    matplotlib.figure.Figure
        An axis of the protein's name in millimetres, one for pLDDT (of a model) and one for relative exposure, all along the
        UniProt position, and one for legend and caption.
    """
    from matplotlib.figure import Figure

    protein, span = picture.kinase.protein, picture.span
    bands = [bound for bound, _, _ in palette.PLDDT_BANDS]
    covered = [
        row
        for row in coverage_rows(picture.coverage, protein.name, picture.order, bands)
        if not (picture.predicted and row.structure == picture.geometry.structure)  # its track of pLDDT says it all
    ]
    figure = Figure(figsize=(width / MM, 1.0))
    left = 5.0 + max(text_width(text, BODY, font) for text in ("exposed area (%)", *(row.label for row in covered)))
    room = width - left - 4.0
    panel = add_panel(figure, protein, (span.first, span.last), length=room, room=width - left - 1.0, font=font)
    shown = f"{picture.geometry.structure} {picture.geometry.chain}, {protein.accession} {span.first}–{span.last}"
    draw_heading(panel, "", f"{protein.name} kinase domain", shown, at=(1.5 - left, 0.0))
    top = 2.0
    y = _tyrosines(panel, picture.tyrosines, 5.5)
    y = _domain(panel, picture.kinase, y)
    for spine in SPINES:
        y = _spine(panel, picture.kinase, spine, y)
    placed: list[PlacedAxes] = []
    y += 2.0
    tracks = [("plddt", CONFIDENCE), ("exposure", EXPOSURE)] if picture.predicted else [("exposure", EXPOSURE)]
    for name, tall in tracks:
        ax = figure.add_axes((0, 0, 1, 1), label=f"{protein.name}-{name}-area", sharex=panel.ax)
        (_confidence if name == "plddt" else _exposure)(ax, panel, picture)
        placed.append(PlacedAxes(ax, left, top + y, room, tall, in_mm=False))
        y += tall + 2.5
    start = y
    for row in covered:
        y = _coverage(panel, y, row)
    _guides(panel, picture.tyrosines, start, y)
    draw_positions(panel, y)
    placed.insert(0, PlacedAxes(panel.ax, left, top, room, y + 6.0))
    ax = figure.add_axes((0, 0, 1, 1), label="legend")
    height = draw_legend(ax, _legend(picture, covered), caption(picture), left=left, width=width, font=font)
    placed.append(PlacedAxes(ax, 0.0, top + y + 6.0, width, height))
    arrange(figure, placed, width, top + y + 6.0 + height)
    return figure


@dataclass(frozen=True)
class _Head:
    """The head of a tyrosine: what it stands for, its fill, its edge and its size in points."""

    words: str
    fill: str
    edge: str = palette.TEXT
    size: float = 4.2


def _head_of(row: TyrosineRow, protein: Protein) -> _Head:
    """Curated sites open or filled by role, as in every figure; other tyrosines are small dots."""
    if row.site:
        return _Head(role_words(protein, row.role), role_fills(protein).get(row.role, palette.SITE))
    if row.listed:
        return _Head("other phosphotyrosine in UniProt", "#A0A0A0", palette.TEXT, 3.0)
    return _Head("other tyrosine", "#A0A0A0", "#A0A0A0", 2.4)


def _tyrosines(panel: Panel, rows: Sequence[TyrosineRow], y: float) -> float:
    """Heads of the tyrosines with their names, spread until none touch, and stems to the domain; returns its upper edge."""
    labels = [f"{row.residue}{row.position}" for row in rows]
    widths = [text_width(label, SMALL, panel.font, bold=True) for label in labels]
    heads = layout.spread([panel.at(row.position) for row in rows], widths, -2.0, panel.length + 2.0, gap=0.8)
    head = y + text_height(SMALL) + 1.3
    base = head + 5.5
    for row, label, mm in zip(rows, labels, heads, strict=True):
        x, look = panel.x(mm), _head_of(row, panel.protein)
        panel.line((row.position, row.position, x, x), (base + BOX / 2, base - 1.0, head + 2.0, head), lw=0.5, zorder=1.4,
                   gid=panel.gid("stem", at=row.position))  # fmt: skip
        panel.ax.plot(
            [x], [head], marker="o", markersize=look.size, markerfacecolor=look.fill, markeredgecolor=look.edge,
            markeredgewidth=0.7, clip_on=False, zorder=3, gid=panel.gid("tyrosine", f"{row.residue}{row.position}"),
        )  # fmt: skip
        write(panel.ax, x, head - 2.2, label, size=SMALL, font=panel.font, bold=bool(row.site))
    return base


def _domain(panel: Panel, kinase: Kinase, y: float) -> float:
    """The domain with its landmarks, and their names below on as many lines as they need."""
    middle, (first, last) = y + BOX / 2, (panel.first - 0.5, panel.last + 0.5)
    panel.label(middle, kinase.domain.label)
    panel.line((first, last), (middle, middle), lw=1.8, color="#757575", zorder=1.5)
    color = palette.domain_colors([kinase.domain.name])[kinase.domain.name]
    span = kinase.domain.span
    panel.box(span.first - 0.5, y, span.last + 0.5, y + BOX, facecolor=color, edgecolor=palette.TEXT, linewidth=0.6, zorder=2,
              gid=panel.gid("domain", at=span))  # fmt: skip
    marks = [mark for mark in kinase.landmarks if mark.name in SHOWN and mark.span]
    for mark in marks:
        _mark(panel, mark, y)
    marks.sort(key=_middle)
    centres = [panel.at(_middle(mark)) for mark in marks]
    texts = [_words(mark) for mark in marks]
    widths = [panel.width(text, SMALL) for text in texts]
    tier_of, places = layout.tiers(centres, widths, -2.0, panel.length + 2.0, gap=1.5, near=9.0)
    for mark, at, text, tier, mm in zip(marks, centres, texts, tier_of, places, strict=True):
        low = y + BOX + 1.6 + tier * text_height(SMALL) * 1.15
        panel.line(
            (panel.x(at), panel.x(at), panel.x(mm)), (y + BOX, y + BOX + 0.5, low + 0.3), lw=0.4, color=palette.MUTED, zorder=1
        )
        drawn = write(panel.ax, panel.x(mm), low + text_height(SMALL) / 2, text, size=SMALL, font=panel.font)
        drawn.set(fontstyle="normal" if mark.origin == "data" else "italic", gid=panel.gid("landmark", mark.name))
        drawn.set_bbox({"facecolor": "#FFFFFF", "edgecolor": "none", "pad": 0.2})
    return y + BOX + 2.6 + (max(tier_of, default=0) + 1) * text_height(SMALL) * 1.15


def _mark(panel: Panel, mark: Landmark, y: float) -> None:
    assert mark.span is not None
    left, right = mark.span.first - 0.5, mark.span.last + 0.5
    gid = panel.gid("mark", mark.name, at=mark.span)
    if mark.name == ref.ACTIVATION_LOOP:
        panel.box(left, y + 0.15, right, y + BOX - 0.15, facecolor=LOOP_TINT, zorder=2.1, gid=gid)
    elif mark.name in STRETCHES:
        panel.box(left, y + 0.15, right, y + BOX - 0.15, facecolor=STRETCHES[mark.name], zorder=2.3, gid=gid)
    else:
        panel.line((mark.span.first,) * 2, (y, y + BOX), lw=1.3, zorder=2.4, gid=gid)


def _middle(mark: Landmark) -> float:
    assert mark.span is not None
    return (mark.span.first + mark.span.last) / 2


def _words(mark: Landmark) -> str:
    assert mark.span is not None
    if len(mark.span) == 1:
        name = GREEK.get(mark.name, mark.name)
        return f"{name} {mark.letters}{mark.span}"
    if mark.name in {ref.ACTIVATION_LOOP, ref.LOOP}:
        return f"{mark.name} {mark.span.first}–{mark.span.last}"
    return f"{mark.name} ({mark.letters})" if mark.name == ref.APE and mark.letters != ref.APE else mark.name


def _spine(panel: Panel, kinase: Kinase, spine: str, y: float) -> float:
    """One spine: a dot for each of its residues, named below."""
    marks = [mark for mark in kinase.landmarks if mark.name.startswith(spine) and mark.span]
    if not marks:
        return y
    places = sorted((p, kinase.protein.letter(p)) for mark in marks if mark.span for p in mark.span)
    middle = y + 1.2
    panel.label(middle, spine)
    panel.line((places[0][0], places[-1][0]), (middle, middle), lw=0.5, color=palette.MUTED, zorder=1)
    color = "#B3402A" if spine == SPINES[0] else "#0B6475"
    panel.ax.plot(
        [p for p, _ in places], [middle] * len(places), ls="", marker="o", ms=3.4, mfc=color, mec="#FFFFFF", mew=0.3,
        clip_on=False, zorder=2, gid=panel.gid(spine),
    )  # fmt: skip
    groups = _runs(places)
    texts = [f"{run[0][1]}{run[0][0]}" if len(run) == 1 else f"{run[0][0]}–{run[-1][0]}" for run in groups]
    at = layout.spread(
        [panel.at((run[0][0] + run[-1][0]) / 2) for run in groups], [panel.width(t, SMALL) for t in texts], -2.0,
        panel.length + 2.0, gap=0.8,
    )  # fmt: skip
    for text, mm in zip(texts, at, strict=True):
        write(panel.ax, panel.x(mm), middle + 2.4, text, size=SMALL, font=panel.font, color=palette.MUTED)
    return y + 5.2


def _runs(places: Sequence[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    runs: list[list[tuple[int, str]]] = []
    for place in places:
        if runs and place[0] == runs[-1][-1][0] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _axis(ax: Axes, panel: Panel, top: float, ticks: Sequence[float], label: str) -> None:
    ax.patch.set_visible(False)
    ax.set_ylim(0, top)
    for name, spine in ax.spines.items():
        spine.set_visible(name in ("left", "bottom"))
        spine.set_linewidth(0.6)
    ax.tick_params(axis="x", bottom=False, labelbottom=False)
    ax.set_yticks(list(ticks), [f"{tick:g}" for tick in ticks], fontfamily=family(panel.font), fontsize=SMALL)
    ax.tick_params(axis="y", length=1.8, width=0.6, pad=1.2, color=palette.TEXT, labelcolor=palette.TEXT)
    ax.set_ylabel(label, fontsize=BODY, fontfamily=family(panel.font), color=palette.TEXT, labelpad=2.5)


def _confidence(ax: Axes, panel: Panel, picture: Picture) -> None:
    """pLDDT of each residue, in the colours of its band."""
    _axis(ax, panel, 100.0, (0, 50, 70, 90), "pLDDT")
    told = [(row.position, row.plddt) for row in picture.residues if row.position and row.plddt is not None]
    inside = [(position, value) for position, value in told if panel.first <= position <= panel.last]
    places, values = [position for position, _ in inside], [value for _, value in inside]
    bars = ax.bar(places, values, width=1.0, color=[palette.plddt_color(value) for value in values], lw=0, zorder=2)
    for place, bar in zip(places, bars, strict=True):
        bar.set_gid(panel.gid("plddt", at=place))
    for bound in (50, 70, 90):
        ax.axhline(bound, color="#FFFFFF", lw=0.4, zorder=2.5)


def _exposure(ax: Axes, panel: Panel, picture: Picture) -> None:
    """Share of each residue's largest area that is exposed; tyrosines in black, pale where the model is not to be trusted."""
    _axis(ax, panel, 110.0, (0, 25, 50, 75, 100), "exposed area (%)")
    scale = area_scale(AreaSettings().scale).areas
    shares = {
        row.position: 100.0 * row.exposed_area / scale[row.observed_residue]
        for row in picture.residues
        if row.position
        and row.exposed_area is not None
        and row.observed_residue in scale
        and panel.first <= row.position <= panel.last
    }
    bars = ax.bar(list(shares), [min(value, 110.0) for value in shares.values()], width=1.0, color="#D5D9DE", lw=0, zorder=1)
    for place, bar in zip(shares, bars, strict=True):
        bar.set_gid(panel.gid("area", at=place))
    ax.axhline(100.0 * THRESHOLD, color=palette.MUTED, lw=0.5, ls=(0, (3, 2)), zorder=3)
    half = 0.45 * panel.per_mm
    for row in picture.tyrosines:
        if row.relative_area is None:
            ax.plot([row.position], [4.0], marker="x", ms=3.0, mew=0.7, color=palette.MUTED, clip_on=False, zorder=3,
                    gid=panel.gid("unseen", at=row.position))  # fmt: skip
            continue
        sure = row.plddt is None or row.plddt >= CONFIDENT
        ax.bar(
            [row.position], [min(100.0 * row.relative_area, 110.0)], width=2 * half, lw=0.6, zorder=2.5,
            facecolor=palette.TEXT if sure else "#FFFFFF", edgecolor=palette.TEXT if sure else palette.MUTED,
            ls="-" if sure else (0, (1.5, 1)), gid=panel.gid("exposure", at=row.position),
        )  # fmt: skip


def _coverage(panel: Panel, y: float, row: CoverageTrack) -> float:
    middle = y + PITCH / 2
    panel.label(middle, row.label)
    panel.line(
        (panel.x(0), panel.x(panel.length)), (middle, middle), lw=0.5, color=palette.COVERAGE["not-in-construct"], zorder=0.8
    )
    for run in row.runs:
        shared = run.span.overlap(Span(panel.first, panel.last))
        if shared and run.word != "not-in-construct":
            gid = panel.gid(row.structure, *row.chains, run.word, at=shared)
            draw_word(panel, middle, shared.first - 0.5, shared.last + 0.5, run.word, plddt=run.plddt, gid=gid)
    return y + PITCH


def _guides(panel: Panel, rows: Sequence[TyrosineRow], top: float, bottom: float) -> None:
    """Dotted lines that take the curated tyrosines through the structures."""
    for row in rows:
        if row.site and top < bottom:
            panel.line((row.position,) * 2, (top - 0.8, bottom), lw=0.5, ls=(0, (1, 1.4)), color=palette.TEXT, zorder=3,
                       gid=panel.gid("guide", at=row.position))  # fmt: skip


def _legend(picture: Picture, covered: Sequence[CoverageTrack]) -> list[Group]:
    kinds = dict.fromkeys(_head_of(row, picture.kinase.protein) for row in picture.tyrosines)
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


def _head(look: _Head) -> Swatch:
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
