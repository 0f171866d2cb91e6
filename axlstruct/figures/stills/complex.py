"""The whole complex, from the front and from the top; the camera follows from the two-fold axis that is computed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from axlstruct.errors import StructureError, UsageError
from axlstruct.figures.paper.cover import ink_of, legible
from axlstruct.figures.paper.millimetres import SMALL, TITLE
from axlstruct.figures.stills.axis_marks import axis_line, ends, symbol
from axlstruct.figures.stills.changed import changed_residues, changed_words
from axlstruct.figures.stills.page import assemble, legend_groups
from axlstruct.figures.stills.panel import Plate, Word
from axlstruct.figures.stills.raytrace import Drawn, Still, raytrace
from axlstruct.figures.stills.selection import atoms_in, recolored
from axlstruct.figures.stills.subject import DEFAULT, Look, Stage
from axlstruct.scene import palette
from axlstruct.scene.projection import Lens, fit, from_above, from_quaternion, upright
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


def draw_complex(stage: Stage, look: Look = DEFAULT, *, view: View = "front") -> Figure:
    """Draw the complex.

    Parameters
    ----------
    stage : Stage
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
    stage = recolored(stage, look.colors)
    plate, axis = complex_plate(stage, view, look, look.width - 8.0)
    text = caption(stage, axis, view)
    return assemble([(plate, 4.0, 2.0)], legend_groups(stage.scene, without=[OTHER]), text, look)


def complex_plate(stage: Stage, view: View, look: Look, mm: float) -> tuple[Plate, TwoFold | None]:
    """The still of a view, with its labels, and the axis if there is one."""
    if view not in VIEWS:
        raise UsageError(f"unknown view {view!r}", expected=" or ".join(VIEWS))
    structure, maps, scene = stage.structure, stage.maps, stage.scene
    try:
        axis = two_fold(structure, maps)
    except StructureError:
        if view == "top":
            raise
        axis = None
    layers = _layers(structure, scene)
    lens = _lens(structure, scene, axis, view, look.pixels(mm), layers)
    pixels = raytrace(structure, Still(lens, layers, scene.secondary, fine=look.print_quality))
    plate = Plate(pixels, lens, mm, look.font)
    if axis is not None:
        plate.marks.append(partial(axis_line, plate=plate) if view == "front" else partial(symbol, x=None, y=None, plate=plate))
    words = [word for word in _words(structure, scene, axis, lens) if word.bold or mm >= ROOMY]
    if view == "front" and axis is not None:
        plate.marks.append(partial(ends, maps=maps, plate=plate))
    ink = ink_of(pixels)
    if view == "front" and axis is not None:
        middle, half = lens.width // 2, round(2 * plate.per_mm)
        ink[:, middle - half : middle + half] += 1.0
    elif axis is not None:
        middle, high, half = lens.width // 2, lens.height // 2, round(5 * plate.per_mm)
        ink[high - half : high + half, middle - half : middle + half] += 1.0
    if axis is None:
        plate.place(words, ink)
    else:
        plate.place_copies(words, ink, turned=view == "top")
    return plate, axis


def caption(stage: Stage, axis: TwoFold | None, view: View) -> str:
    """What a reader must know of the picture."""
    structure, scene = stage.structure, stage.scene
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
    if words := changed_words(changed_residues(structure, stage.maps)):
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


def _lens(structure: Structure, scene: Scene, axis: TwoFold | None, view: View, width: int, layers: Sequence[Drawn]) -> Lens:
    import numpy as np

    shown = structure.xyz[sorted({atom for layer in layers for atom in layer.atoms})]
    if axis is None:
        return fit(shown, from_quaternion(scene.camera.rotation), width=width, margin=5.0)
    first = [r.first_atom for r in structure.residues if r.id.chain == axis.first[0]]
    front = upright(axis.axis, shown, structure.xyz[first].mean(axis=0))
    lens = fit(shown, front if view == "front" else from_above(front), width=width, margin=5.0, below=6.0 * (view == "front"))
    across = lens.turn[0] * ((axis.point - lens.center) @ lens.turn[0])
    up = lens.turn[1] * ((axis.point - lens.center) @ lens.turn[1]) if view == "top" else np.zeros(3)
    return Lens(lens.turn, lens.center + across + up, lens.scale, lens.width, lens.height, lens.near, lens.far)


def _words(structure: Structure, scene: Scene, axis: TwoFold | None, lens: Lens) -> list[Word]:
    """The labels of the scene, next to what is seen of their selections."""
    import numpy as np

    tops = {r.id: r.first_atom + next((i for i, a in enumerate(r.gemmi) if a.name == "CA"), 0) for r in structure.residues}
    everything = structure.xyz[list(tops.values())]
    where, depth = lens.pixels(everything), lens.depth(everything)
    words = []
    for label in scene.labels:
        chosen = label.selection
        rows = [i for i, id in enumerate(tops) if id.chain == chosen.chain and (id.number, id.icode) in chosen]
        bold = len(rows) > 1
        if rows:
            near = where[rows]
            close = np.hypot(*(near[:, None] - where[None]).transpose(2, 0, 1)) < 4.0 * lens.scale
            other = np.ones(len(tops), dtype=bool)
            other[rows] = False
            ahead = depth[None] - depth[rows][:, None]
            hidden = (close & (ahead > np.where(other, 2.0, 6.0))).any(axis=1)
            near = near[~hidden] if (~hidden).sum() >= 3 else near
        else:
            atoms = list(atoms_in(structure, [chosen]))
            near = lens.pixels(structure.xyz[atoms]) if atoms else near_nothing()
        if len(near):
            prime = "′" if axis and chosen.chain in axis.second else ""
            color = legible(label.color) if bold else palette.MUTED
            words.append(Word(label.text + prime, color, near, TITLE if bold else SMALL, bold))
    return words


def near_nothing() -> np.ndarray:
    """No point at all."""
    import numpy as np

    return np.zeros((0, 2))
