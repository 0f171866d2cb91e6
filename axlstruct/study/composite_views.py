"""A composite as a view, and written as a page or as coordinates; each says that it is a hypothesis."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from axlstruct.errors import UsageError
from axlstruct.sequence.target import Target
from axlstruct.study.composite_file import composite_cif
from axlstruct.study.composite_scene import scene_of
from axlstruct.study.composite_shapes import cylinders
from axlstruct.study.composites import Composite, composite
from axlstruct.study.session import Session
from axlstruct.study.views import viewer_text
from axlstruct.tables import write_whole

SUFFIXES = (".html", ".cif")


def show(session: Session, structure: str | None, model: str | None, hinged: bool, width: int, height: int) -> Any:
    """See `axlstruct.study.facade.Study.composite`."""
    script, problem = viewer_text(session)
    made = composite(session, structure, model, hinged)
    return make_composite_view(made, session.target, script=script, problem=problem, width=width, height=height)


def write_composite(session: Session, output: Path, structure: str | None, model: str | None, hinged: bool) -> tuple[str, ...]:
    """Write the page or the coordinates, as the suffix says; returns what must be said of them.

    Raises
    ------
    UsageError
        Another suffix.
    """
    if output.suffix not in SUFFIXES:
        raise UsageError(f"a composite is not drawn as {output.suffix or output.name!r}", expected=" or ".join(SUFFIXES))
    if output.suffix == ".cif":
        made = composite(session, structure, model, hinged)
        write_whole(output, composite_cif(made, session.target).encode())
        return made.told
    script, problem = viewer_text(session)
    made = composite(session, structure, model, hinged)
    view = make_composite_view(made, session.target, script=script, problem=problem, width=900, height=760)
    write_whole(output, view.page().encode())
    return made.told


def make_composite_view(
    made: Composite, target: Target, *, script: str | None, problem: str = "", width: int, height: int
) -> Any:
    """The composite as a py3Dmol view, the slab and the two-fold axis drawn with it."""
    from axlstruct.viewers.browser import make_view

    joined, scene = scene_of(made, target)
    if problem:
        scene = replace(scene, notes=(*scene.notes, f"No copy of 3Dmol.js at hand: {problem}"))
    view = make_view(joined, scene, script=script, width=width, height=height)
    for cylinder in cylinders(made, joined):
        view.addCylinder(cylinder)
    return view
