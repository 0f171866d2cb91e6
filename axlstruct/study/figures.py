"""A study's figures for papers, by name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypedDict

from axlstruct.errors import StructureError, UsageError
from axlstruct.evidence.positions import WORDS, tie
from axlstruct.interface.groups import Between
from axlstruct.sources.names import canonical
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.study.evidence import evidence_table, evidence_tables
from axlstruct.study.figure_registry import FIGURES
from axlstruct.study.measured import conclusions, reference
from axlstruct.study.pairs import groups_of, named_groups, narrowed
from axlstruct.study.session import CUTOFF, Basis, Session
from axlstruct.study.tables import contact_table, interaction_table, interface_table, residue_table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from axlstruct.figures.stills.subject import Look, Subject
    from axlstruct.study.analysis import Analysed


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """What can be chosen of a figure.

    Attributes
    ----------
    structure : str or None
        What to show; by default the target's reference structure, for ``sites`` and ``kinase`` the AlphaFold model of
        the receptor.
    between : two groups of chains, optional
        Whose interface is shown, such as ``("A,B", "C")``.
    cutoff : float
        Angstrom, for contacts.
    interface : str
        Interface class of a close-up; by default the first that the structure has, its largest.
    print_quality : bool
        Ray-traced stills in print quality (some 20 s) instead of a draft.
    width : float
        Of the figure in millimetres.
    font : str
        A sans-serif font that matplotlib finds.
    colors : mapping of str to str
        Other colours for names of the legend of a still, such as ``IG1``.
    numbering : {'uniprot', 'author'}
        Of labels and axes.
    """

    structure: str | None = None
    between: Between | None = None
    cutoff: float = CUTOFF
    interface: str | None = None
    print_quality: bool = False
    width: float = 180.0
    font: str = "DejaVu Sans"
    colors: Mapping[str, str] = field(default_factory=dict)
    numbering: Literal["uniprot", "author"] = "uniprot"

    def look(self) -> _Look:
        """Options of every figure along sequences."""
        return {"width": self.width, "font": self.font}

    def still(self) -> Look:
        """How every still is made."""
        from axlstruct.figures.stills.subject import Look

        return Look(self.width, font=self.font, print_quality=self.print_quality, colors=self.colors or None)


class _Look(TypedDict):
    width: float
    font: str


def draw(session: Session, name: str, options: FigureOptions) -> Figure:
    """Draw one of `FIGURES`, whatever the user's matplotlibrc says.

    Raises
    ------
    UsageError
        No such figure, an impossible width, or a font that is not there.
    """
    from axlstruct.figures.paper.millimetres import check_font, check_width
    from axlstruct.figures.paper.style import paper_style
    from axlstruct.scene.build import check_numbering

    if name not in FIGURES:
        raise UsageError(f"unknown figure {name!r}", expected=", ".join(FIGURES))
    check_width(options.width)
    check_numbering(options.numbering)
    check_font(options.font)
    _let_notebooks_show_figures()
    with paper_style():
        figure = FIGURES[name].draw(session, options)
        for ax in figure.axes:  # ticks are made when they are first asked for, by the settings of that time
            ax.get_xticklabels(which="both"), ax.get_yticklabels(which="both")
    return figure


def domains(session: Session, options: FigureOptions) -> Figure:
    """See `axlstruct.study.figure_registry`."""
    from axlstruct.figures.domains.figure import draw_domains

    missing = session.missing()
    present = [entry.id for entry in session.target.structures if entry.id not in missing]
    rows = [row for id in present for row in interface_table(session, id, cutoff=options.cutoff, areas=None).rows]
    residues = residue_table(session, cutoff=options.cutoff, areas=None).rows
    shown = {entry.id: session.shown(entry.id, enough=Basis.COORDINATES) for entry in session.target.structures}
    printed = [id for id, each in shown.items() if each.basis is Basis.PRINT and each.source]
    return draw_domains(session.target, residues, rows, cutoff=options.cutoff, printed=printed, **options.look())


def contact_map(session: Session, options: FigureOptions) -> Figure:
    """See `axlstruct.study.figure_registry`."""
    from axlstruct.figures.contact_map.figure import draw_contact_map

    name = options.structure or session.default()
    between = options.between
    contacts = contact_table(session, name, cutoff=options.cutoff, between=between)
    bonds = interaction_table(session, name, between=between)
    shown = session.held(name).structure.id
    target = session.target
    if between is not None:
        target = named_groups(target, session.analysed(name), groups_of(session.analysed(name), between))
    return draw_contact_map(
        target, contacts.rows, bonds.rows, structure=shown, cutoff=options.cutoff, numbering=options.numbering,
        **options.look(),
    )  # fmt: skip


def _subject(
    session: Session, options: FigureOptions, *, default: str | None = None, confidence: bool = False
) -> tuple[Analysed, Subject]:
    """A structure and its scene by domain, or of a model by confidence where that is asked for."""
    from axlstruct.figures.stills.subject import Subject
    from axlstruct.scene.build import build_scene

    analysed = session.analysed(canonical(options.structure or default or session.default()), cutoff=options.cutoff)
    held = analysed.held
    named = held.maps or confidence
    numbering = options.numbering if held.maps else "author"  # chains outside the target have no other
    color = "plddt" if confidence and held.structure.plddt else "domain" if named else "chain"
    scene = build_scene(
        held.structure, held.maps, session.target, analysed.pairs, analysed.classes, analysed.glycans,
        color=color, cutoff=options.cutoff, numbering=numbering,
    )  # fmt: skip
    return analysed, Subject(held.structure, held.maps, session.target, scene, numbering)


def _complex(view: Literal["front", "top"]) -> Callable[[Session, FigureOptions], Figure]:
    def draw_view(session: Session, options: FigureOptions) -> Figure:
        from axlstruct.figures.stills import draw_complex

        return draw_complex(_subject(session, options)[1], options.still(), view=view)

    return draw_view


complex_front, complex_top = _complex("front"), _complex("top")


def overview(session: Session, options: FigureOptions) -> Figure:
    """See `axlstruct.study.figure_registry`."""
    from axlstruct.figures.stills import draw_overview

    return draw_overview(_subject(session, options)[1], options.still())


def closeup(session: Session, options: FigureOptions) -> Figure:
    """See `axlstruct.study.figure_registry`."""
    from axlstruct.figures.stills import draw_closeup, polar_dashes

    analysed, subject = _subject(session, options)
    groups = groups_of(analysed, options.between) if options.between is not None else None
    _, classes = narrowed(analysed, groups)
    there = [cls.name for cls in classes if cls.residue_pairs]
    wanted = options.interface or (there[0] if there else "")
    pairs = [pair for cls in classes if cls.name == wanted for pair in cls.pairs]
    if not pairs:
        found = ", ".join(there) or "no interface"
        raise StructureError(
            f"no {wanted} interface" if wanted else "no interface to show", where=analysed.held.structure.id, found=found
        )
    dashes = polar_dashes(subject.structure, pairs[0])
    return draw_closeup(subject, pairs[0], options.still(), interface=wanted, cutoff=options.cutoff, dashes=dashes)


def sites(session: Session, options: FigureOptions) -> Figure:
    """See `axlstruct.study.figure_registry`."""
    from axlstruct.figures.stills import draw_sites

    _, subject = _subject(session, options, default=f"AF-{session.target.receptor.accession}", confidence=True)
    return draw_sites(subject, options.still(), behind=True)


def mechanisms(session: Session, options: FigureOptions) -> Figure:
    """See `axlstruct.study.figure_registry`."""
    from axlstruct.figures.mechanisms import draw_mechanisms

    cited = [site.source.partition(", its ref.") for site in session.target.receptor.sites]
    review = next((f"the {name}" for name, reference, _ in cited if reference), "a review")
    return draw_mechanisms(session.evidence.rows("mechanisms"), review=review, **options.look())


def footprint(session: Session, options: FigureOptions) -> Figure:
    """See `axlstruct.study.figure_registry`."""
    from axlstruct.figures.footprint.figure import draw_footprint

    name = options.structure or session.default()
    residues = residue_table(session, name, cutoff=options.cutoff, between=options.between).rows
    if residues and not any(row.position for row in residues):
        raise StructureError(
            "a footprint is drawn along UniProt positions", where=name, found="no chain of the target's proteins",
            advice="draw a contact-map, or take the table: axlstruct residues",
        )  # fmt: skip
    if len(chains := session.held(name).structure.chains) == 1:
        raise StructureError(
            "a footprint shows what chains bury of each other", where=name, found=f"a single protein chain ({chains[0].chain})",
            advice="name a structure with more than one protein chain",
        )  # fmt: skip
    shown = session.held(name).structure.id
    return draw_footprint(
        session.target, residues, structure=shown, radii=str(AreaSettings()), cutoff=options.cutoff, numbering=options.numbering,
        **options.look(),
    )  # fmt: skip


def family(session: Session, options: FigureOptions) -> Figure:
    """See `axlstruct.study.figure_registry`."""
    from axlstruct.family.conservation import conservation_rows
    from axlstruct.figures.family.figure import draw_family
    from axlstruct.study.family import relatives_of, touched_if_known

    relatives = relatives_of(session)
    name, touching, _ = touched_if_known(session, options.structure, options.cutoff, AreaSettings())
    shares = [row for relative in relatives for row in conservation_rows(name, relative, touching)]
    return draw_family(relatives, touching, shares, structure=name, cutoff=options.cutoff, **options.look())


def ddg(session: Session, options: FigureOptions) -> Figure:
    """See `axlstruct.study.figure_registry`."""
    from axlstruct.figures.ddg.figure import draw_ddg

    table = evidence_table(session, "affinity")
    notes = (*reference(session).notes, *conclusions(session, table.rows)) if table.rows else ()
    return draw_ddg(session.target, table.rows, notes, **options.look())


def kinase(session: Session, options: FigureOptions) -> Figure:
    """See `axlstruct.study.figure_registry`."""
    from axlstruct.figures.kinase.figure import draw_kinase
    from axlstruct.figures.kinase.picture import Picture
    from axlstruct.kinase.landmarks import find_kinase
    from axlstruct.study.kinase import kinase_table

    kinase = find_kinase(session.target.receptor)
    name = canonical(options.structure or f"AF-{kinase.protein.accession}")
    geometry, tyrosines = (kinase_table(session, name, table=table).rows for table in ("geometry", "tyrosines"))
    chain = max(geometry, key=lambda row: sum(t.number is not None for t in tyrosines if t.chain == row.chain))
    residues = residue_table(session, name).rows
    own = [row for row in residues if (row.protein, row.chain) == (kinase.protein.name, chain.chain)]
    shown = dict.fromkeys([*(row.structure for row in kinase_table(session).rows if row.structure), chain.structure])
    others = residue_table(session, *(id if id != chain.structure else name for id in shown), areas=None).rows
    picture = Picture(
        kinase, [row for row in tyrosines if row.chain == chain.chain], chain, own, others, tuple(shown),
    )  # fmt: skip
    return draw_kinase(picture, **options.look())


def evidence(session: Session, options: FigureOptions) -> Figure:
    """See `axlstruct.study.figure_registry`."""
    from axlstruct.figures.evidence import draw_evidence

    tables, _ = evidence_tables(session)
    if not tables:
        raise UsageError("the target has neither sites nor evidence tables to draw", where=session.target.name)
    tied = [item for name, table in tables.items() if name in WORDS for item in tie(session.target, name, table.rows)]
    return draw_evidence(session.target, tied, **options.look())


def _let_notebooks_show_figures() -> None:
    """IPython shows figures only after pyplot was imported; axlstruct draws without it."""
    if "IPython" in sys.modules:
        from IPython.core.getipython import get_ipython
        from IPython.core.pylabtools import select_figure_formats

        if shell := get_ipython():
            select_figure_formats(shell, {"png"}, bbox_inches=None)  # type: ignore[no-untyped-call]
