"""A study's views and exports, put together from its structures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from axlstruct.errors import SourceError, UsageError
from axlstruct.interface.groups import Between
from axlstruct.interface.interactions import traces
from axlstruct.interface.rules import CANDIDATES
from axlstruct.scene.build import build_scene
from axlstruct.sources.names import canonical
from axlstruct.sources.resources import viewer_script
from axlstruct.structure.glycans import find_glycans
from axlstruct.structure.structure import ASU
from axlstruct.study.pairs import groups_of, narrowed
from axlstruct.study.provenance import homeless
from axlstruct.study.session import CUTOFF, Session
from axlstruct.study.tables import interaction_table
from axlstruct.tables import write_whole

if TYPE_CHECKING:
    from axlstruct.scene.scene import Scene
    from axlstruct.structure.structure import Structure


class SceneOptions(TypedDict, total=False):
    """What can be chosen of a scene, whatever shows it.

    Attributes
    ----------
    color : str
        ``exon``, ``domain`` (the default), ``chain``, ``interface``, ``coverage``, ``plddt``, ``burial`` (core, rim and support
        of the interface) or ``ddg`` (measured single mutants).
    cutoff : float
        Angstrom, inclusive, for interface residues; 4.0 by default.
    assembly : str
        ``asu`` (the default) or the id of a biological assembly.
    title : str
        By default what the structure shows and how it is coloured.
    interface : bool
        Whether side chains of interface residues are drawn; they are by default.
    labels : bool
        Whether domains, exons or chains are labelled in the picture; they are by default, and sites always.
    bonds : bool
        Whether hydrogen bonds and salt bridges across interfaces are drawn as dashes, from donor to acceptor; they are by
        default.
    numbering : str
        Of labels, ``author`` (the default) or ``uniprot``; the legend says which.
    between : two groups of chains
        Such as ``("A,B", "C")``: only what joins them counts as interface, bond and burial; by default everything does.
    """

    color: str
    cutoff: float
    assembly: str
    title: str
    interface: bool
    labels: bool
    bonds: bool
    numbering: str
    between: Between | None


class ViewOptions(SceneOptions, total=False):
    """What can be chosen of a view: all of `SceneOptions`, and its size.

    Attributes
    ----------
    width, height : int
        Of the picture in CSS pixels, 680 by 520 by default; the legend stands beside it.
    """

    width: int
    height: int


def make(
    session: Session,
    structure: str | None = None,
    *,
    width: int = 680,
    height: int = 520,
    widget: bool = False,
    **options: Unpack[SceneOptions],
) -> Any:
    """Make a view or a widget; see `axlstruct.study.facade.Study.view` and `axlstruct.study.facade.Study.widget`."""
    from axlstruct.viewers.browser import make_view
    from axlstruct.viewers.browser.widget import make_widget

    shown, built = scene_of(session, structure, **options)
    script, problem = viewer_text(session)
    if problem:
        built = replace(built, notes=(*built.notes, f"No copy of 3Dmol.js at hand: {problem}"))
    return (make_widget if widget else make_view)(shown, built, script=script, width=width, height=height)


def page(session: Session, structure: str | None = None, **options: Unpack[SceneOptions]) -> str:
    """The view as one HTML page that stands alone."""
    text: str = make(session, structure, width=900, height=600, **options).page()
    return text


def scene_of(
    session: Session,
    structure: str | None = None,
    *,
    color: str = "domain",
    cutoff: float = CUTOFF,
    assembly: str = ASU,
    title: str = "",
    interface: bool = True,
    labels: bool = True,
    bonds: bool = True,
    numbering: str = "author",
    between: Between | None = None,
) -> tuple[Structure, Scene]:
    """The structure to show, by default the target's reference, and its scene."""
    name = canonical(structure or session.default())
    analysed = session.analysed(name, assembly, max(cutoff, CANDIDATES) if bonds else cutoff)
    held = analysed.held
    groups = groups_of(analysed, between) if between is not None else None
    pairs, classes = narrowed(analysed, groups)
    dashed = bonds and not traces(held.structure)
    rows = interaction_table(session, name, assembly=assembly, between=between).rows if dashed else ()
    known = color == "ddg" and session.evidence.has("affinity")
    measured = session.evidence.rows("affinity") if known else ()
    scene = build_scene(
        held.structure, held.maps, session.target, pairs, classes, find_glycans(held.structure),
        color=color, cutoff=cutoff, title=title, interface=interface, labels=labels,
        bonds=rows, measured=measured, numbering=numbering, groups=groups,
    )  # fmt: skip
    return held.structure, scene


def write_export(
    session: Session, structure: str | None = None, *, to: str, output: Path, **options: Unpack[SceneOptions]
) -> tuple[Path, ...]:
    """Write a scene for another viewer; the files written, that asked for first (see `axlstruct.viewers.export.export_files`)."""
    from axlstruct.viewers.export import check_kind, export_files

    check_kind(to)
    shown, scene = scene_of(session, structure, **options)
    files = export_files(shown, scene, to, output)
    for path, text in files.items():
        write_whole(path, text.encode())
    return tuple(files)


def export_text(session: Session, structure: str | None = None, *, to: str, **options: Unpack[SceneOptions]) -> str:
    """A scene for another viewer as one text.

    Raises
    ------
    UsageError
        The viewer needs coordinates beside it: MolViewSpec always, scripts for an assembly or a packed file.
    """
    from axlstruct.viewers.export import EXPORTERS, check_kind, export_files

    check_kind(to)
    shown, scene = scene_of(session, structure, **options)
    text, *beside = export_files(shown, scene, to, Path(f"scene{EXPORTERS[to].suffixes[0]}")).values()
    if beside:
        raise UsageError(f"{to} needs coordinates in a file beside it", where=shown.id, advice="name a file with -o")
    return text


def viewer_text(session: Session) -> tuple[str | None, str]:
    """The text of 3Dmol.js, or None and why it cannot be had: then a view names the address it loads it from.

    The reason names no folder of this machine, for it stands in pages.
    """
    try:
        return session.cache.get(viewer_script()).path.read_text(encoding="utf-8"), ""
    except SourceError as error:
        return None, homeless(session, str(error))
