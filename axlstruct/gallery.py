"""A study's pictures: figures and views put together from its tables and structures."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axlstruct.contact_rows import InterfaceRow
from axlstruct.errors import SourceError, UsageError
from axlstruct.glycans import find_glycans
from axlstruct.scene_build import build_scene
from axlstruct.sources.names import canonical
from axlstruct.sources.resources import viewer_script
from axlstruct.tables import Table, write_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from axlstruct.scene import Scene
    from axlstruct.structure import Structure
    from axlstruct.study import Study

FIGURES = ("domains", "contact-map")


def draw(study: Study, name: str, *, structure: str | None, cutoff: float) -> Figure:
    """Draw one of `FIGURES`; raises UsageError for any other."""
    _let_notebooks_show_figures()
    if name == "domains":
        from axlstruct.figures.tracks import draw_domains

        missing = study.missing()
        present = [entry.id for entry in study.target.structures if entry.id not in missing]
        rows = [row for id in present for row in study.interface_table(id, cutoff=cutoff).rows]
        return draw_domains(study.target, study.residues(cutoff=cutoff), Table(InterfaceRow, rows).frame(), cutoff=cutoff)
    if name == "contact-map":
        from axlstruct.figures.contact_map import draw_contact_map

        shown = study.library.get(structure or study.shown()).structure.id
        return draw_contact_map(study.target, study.contacts(structure or shown, cutoff=cutoff), structure=shown, cutoff=cutoff)
    raise UsageError(f"unknown figure {name!r}", expected=" or ".join(FIGURES))


def _let_notebooks_show_figures() -> None:
    """IPython shows figures only after pyplot was imported; axlstruct draws without it."""
    if "IPython" in sys.modules:
        from IPython.core.getipython import get_ipython
        from IPython.core.pylabtools import select_figure_formats

        if shell := get_ipython():
            select_figure_formats(shell, {"png"}, bbox_inches=None)  # type: ignore[no-untyped-call]


def make(
    study: Study,
    structure: str | None,
    *,
    color: str,
    cutoff: float,
    assembly: str,
    width: int = 680,
    height: int = 520,
    title: str = "",
    interface: bool = True,
    labels: bool = True,
) -> Any:
    """Make a view; see `axlstruct.study.Study.view`."""
    from axlstruct.view import make_view

    shown, built = scene_of(
        study, structure, color=color, cutoff=cutoff, assembly=assembly, title=title, interface=interface, labels=labels
    )
    script, problem = _script(study)
    if problem:
        built = replace(built, notes=(*built.notes, f"No copy of 3Dmol.js at hand: {problem}"))
    return make_view(shown, built, script=script, width=width, height=height)


def scene_of(
    study: Study,
    structure: str | None,
    *,
    color: str,
    cutoff: float,
    assembly: str,
    title: str = "",
    interface: bool = True,
    labels: bool = True,
) -> tuple[Structure, Scene]:
    """The structure to show, by default the target's reference, and its scene."""
    analysed = study.analysed(canonical(structure or study.shown()), assembly, cutoff)
    held = analysed.held
    scene = build_scene(
        held.structure, held.maps, study.target, analysed.pairs, analysed.classes, find_glycans(held.structure),
        color=color, cutoff=cutoff, title=title, interface=interface, labels=labels,
    )  # fmt: skip
    return held.structure, scene


def write_export(
    study: Study, structure: str | None, *, to: str, output: Path, color: str, cutoff: float, assembly: str
) -> tuple[Path, ...]:
    """Write a scene for another viewer; the files written, that asked for first (see `axlstruct.export.export_files`)."""
    from axlstruct.export import check_kind, export_files

    check_kind(to)
    shown, scene = scene_of(study, structure, color=color, cutoff=cutoff, assembly=assembly)
    files = export_files(shown, scene, to, output)
    for path, text in files.items():
        write_whole(path, text.encode())
    return tuple(files)


def _script(study: Study) -> tuple[str | None, str]:
    """The text of 3Dmol.js, or None and why it cannot be had: then a view names the address it loads it from."""
    try:
        return study.cache.get(viewer_script()).path.read_text(encoding="utf-8"), ""
    except SourceError as error:
        return None, str(error)
