"""The whole complex, from the front and from the top; the camera follows from the two-fold axis that is computed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from axlstruct.errors import StructureError, UsageError
from axlstruct.figures.paper.labels import drawn_cost
from axlstruct.figures.paper.millimetres import SMALL, TITLE
from axlstruct.figures.stills.axis_marks import axis_line, ends, symbol
from axlstruct.figures.stills.changed import changed_residues, changed_words
from axlstruct.figures.stills.page import assemble, legend_groups
from axlstruct.figures.stills.panel import StillPanel, Word
from axlstruct.figures.stills.raytrace import Drawn, Still, raytrace
from axlstruct.figures.stills.selection import atoms_in, recolored
from axlstruct.figures.stills.subject import DEFAULT, Look, Subject
from axlstruct.scene import palette
from axlstruct.scene.palette import legible
from axlstruct.scene.projection import Projection, fit, from_above, from_quaternion, upright
from axlstruct.structure.structure import Structure
from axlstruct.structure.symmetry import TwoFold, two_fold

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.figure import Figure

    from axlstruct.scene.scene import Scene

View = Literal["front", "top"]
VIEWS = ("front", "top")
ROOMY = 120.0
"""Millimetres of width from which on single ions are labelled too."""

OTHER = "other hetero groups"


def draw_complex(subject: Subject, look: Look = DEFAULT, *, view: View = "front") -> Figure:
    """Draw the complex.

    Parameters
    ----------
    subject : Subject
        Its cartoons, sticks, spheres, labels and legend are drawn.
    look : Look
    view : {'front', 'top'}
        With the two-fold axis upright, the receptor's last residues below; or along the axis, from above.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    UsageError
        Unknown view, colour or legend line.
    StructureError
        The view from the top of a structure without two-fold axis.
    AxlstructError
        PyMOL cannot be loaded.
    """
    subject = recolored(subject, look.colors)
    panel, axis = complex_panel(subject, view, look, look.width - 8.0)
    text = caption(subject, axis, view)
    return assemble([(panel, 4.0, 2.0)], legend_groups(subject.scene, without=[OTHER]), text, look)


def complex_panel(subject: Subject, view: View, look: Look, mm: float) -> tuple[StillPanel, TwoFold | None]:
    """The still of a view, with its labels, and the axis if there is one."""
    if view not in VIEWS:
        raise UsageError(f"unknown view {view!r}", expected=" or ".join(VIEWS))
    structure, maps, scene = subject.structure, subject.maps, subject.scene
    try:
        axis = two_fold(structure, maps)
    except StructureError:
        if view == "top":
            raise
        axis = None
    layers = _layers(structure, scene)
    projection = _projection(structure, scene, axis, view, look.pixels(mm), layers)
    pixels = raytrace(structure, Still(projection, layers, scene.secondary, fine=look.print_quality))
    panel = StillPanel(pixels, projection, mm, look.font)
    if axis is not None:
        panel.marks.append(partial(axis_line, panel=panel) if view == "front" else partial(symbol, x=None, y=None, panel=panel))
    words = [word for word in _words(structure, scene, axis, projection) if word.bold or mm >= ROOMY]
    if view == "front" and axis is not None:
        panel.marks.append(partial(ends, maps=maps, panel=panel))
    ink = drawn_cost(pixels)
    if view == "front" and axis is not None:
        middle, half = projection.width // 2, round(2 * panel.per_mm)
        ink[:, middle - half : middle + half] += 1.0
    elif axis is not None:
        middle, high, half = projection.width // 2, projection.height // 2, round(5 * panel.per_mm)
        ink[high - half : high + half, middle - half : middle + half] += 1.0
    if axis is None:
        panel.place(words, ink)
    else:
        panel.place_copies(words, ink, turned=view == "top")
    return panel, axis


def caption(subject: Subject, axis: TwoFold | None, view: View) -> str:
    """What a reader must know of the picture."""
    structure, scene = subject.structure, subject.scene
    place = f"PDB {structure.id}" if not structure.predicted else structure.id
    where = f", assembly {structure.assembly}" if structure.assembly != "asu" else ""
    fine = (
        f" ({structure.method.capitalize()}, {structure.resolution:.1f} Å)" if structure.resolution and structure.method else ""
    )
    parts = [f"{place}{where}{fine}."]
    if axis is not None:
        seen = "upright in the plane of the picture" if view == "front" else "towards the reader, the membrane behind"
        parts.append(f"Two-fold axis {seen}, computed by laying {axis.words}. Primes mark the second copy.")
    else:
        parts.append("No two-fold axis: the widest face is shown.")
    parts.append(f"{scene.numbering}. Helices and strands {scene.secondary_source}.")
    sticks = [entry.heading.partition(", ")[2] for entry in scene.legend if entry.heading.startswith("Interface,")]
    parts += [f"Sticks: {sticks[0]} of the partner protein."] if sticks else []
    parts += [f"Not drawn: {entry.label} ({entry.detail})." for entry in scene.legend if entry.label == OTHER]
    if words := changed_words(changed_residues(subject)):
        parts.append(words)
    if scene.absent:
        names: dict[str, list[str]] = {}
        for site in scene.absent:
            names.setdefault(site.protein, []).append(site.name)
        listed = "; ".join(f"{protein} {', '.join(found)}" for protein, found in names.items())
        parts.append(f"Outside this structure: {listed}.")
    return " ".join(parts)


def _layers(structure: Structure, scene: Scene) -> tuple[Drawn, ...]:
    drawn = []
    for layer in scene.layers:
        atoms = atoms_in(structure, layer.selections, layer.part)
        if layer.name != OTHER and atoms:
            radius = min(layer.style.radius or 0.2, 1.3)
            drawn.append(Drawn(layer.style.kind, atoms, layer.style.color, radius))
    return tuple(drawn)


def _projection(
    structure: Structure, scene: Scene, axis: TwoFold | None, view: View, width: int, layers: Sequence[Drawn]
) -> Projection:
    import numpy as np

    shown = structure.xyz[sorted({atom for layer in layers for atom in layer.atoms})]
    if axis is None:
        return fit(shown, from_quaternion(scene.camera.rotation), width=width, margin=5.0)
    first = [r.first_atom for r in structure.residues if r.id.chain == axis.first[0]]
    front = upright(axis.axis, shown, structure.xyz[first].mean(axis=0))
    projection = fit(
        shown, front if view == "front" else from_above(front), width=width, margin=5.0, below=6.0 * (view == "front")
    )
    across = projection.turn[0] * ((axis.point - projection.center) @ projection.turn[0])
    up = projection.turn[1] * ((axis.point - projection.center) @ projection.turn[1]) if view == "top" else np.zeros(3)
    return Projection(
        projection.turn,
        projection.center + across + up,
        projection.scale,
        projection.width,
        projection.height,
        projection.near,
        projection.far,
    )


def _words(structure: Structure, scene: Scene, axis: TwoFold | None, projection: Projection) -> list[Word]:
    """The labels of the scene, next to what is seen of their selections."""
    import numpy as np

    tops = {r.id: r.first_atom + next((i for i, a in enumerate(r.gemmi) if a.name == "CA"), 0) for r in structure.residues}
    everything = structure.xyz[list(tops.values())]
    where, depth = projection.pixels(everything), projection.depth(everything)
    words = []
    for label in scene.labels:
        chosen = label.selection
        rows = [i for i, id in enumerate(tops) if id.chain == chosen.chain and (id.number, id.icode) in chosen]
        bold = len(rows) > 1
        if rows:
            near = where[rows]
            close = np.hypot(*(near[:, None] - where[None]).transpose(2, 0, 1)) < 4.0 * projection.scale
            other = np.ones(len(tops), dtype=bool)
            other[rows] = False
            ahead = depth[None] - depth[rows][:, None]
            hidden = (close & (ahead > np.where(other, 2.0, 6.0))).any(axis=1)
            near = near[~hidden] if (~hidden).sum() >= 3 else near
        else:
            atoms = list(atoms_in(structure, [chosen]))
            near = projection.pixels(structure.xyz[atoms]) if atoms else near_nothing()
        if len(near):
            prime = "′" if axis and chosen.chain in axis.second else ""
            color = legible(label.color) if bold else palette.MUTED
            words.append(Word(label.text + prime, color, near, TITLE if bold else SMALL, bold))
    return words


def near_nothing() -> np.ndarray:
    """No point at all."""
    import numpy as np

    return np.zeros((0, 2))
