"""The whole complex, from the front and from the top; the camera follows from the two-fold axis that is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from axlstruct import palette
from axlstruct.errors import StructureError, UsageError
from axlstruct.figures.ink import BODY, FONT, SMALL, TITLE, family
from axlstruct.figures.lens import Lens, fit, from_above, from_quaternion, upright
from axlstruct.figures.pick import atoms_in, recolored
from axlstruct.figures.plate import Look, Plate, Word, assemble, ink_of, legend_groups, legible
from axlstruct.figures.raytrace import Drawn, Still, raytrace
from axlstruct.figures.symmetry import TwoFold, alphas, two_fold
from axlstruct.mapping import ChainMap
from axlstruct.structure import Structure
from axlstruct.target import Target

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from axlstruct.scene import Scene

View = Literal["front", "top"]
VIEWS = ("front", "top")
ROOMY = 120.0
"""Millimetres of width from which on single ions are labelled too."""

ARROW = {"arrowstyle": "-|>", "color": palette.MUTED, "lw": 0.9, "mutation_scale": 6, "shrinkA": 0, "shrinkB": 0}

OTHER = "other hetero groups"


def draw_complex(
    structure: Structure,
    maps: Sequence[ChainMap],
    target: Target,
    scene: Scene,
    *,
    view: View = "front",
    print_quality: bool = False,
    width: float = 180.0,
    dpi: int = 0,
    font: str = FONT,
    colors: Mapping[str, str] | None = None,
    transparent: bool = False,
) -> Figure:
    """Draw the complex.

    Parameters
    ----------
    structure : Structure
    maps : sequence of ChainMap
    target : Target
    scene : Scene
        Its cartoons, sticks, spheres, labels and legend are drawn.
    view : {'front', 'top'}
        With the two-fold axis upright, the receptor's last residues below; or along the axis, from above.
    print_quality : bool
    width : float
        Of the figure, in millimetres.
    dpi : int
        Pixels of the still in an inch; by default 110 for a draft, 225 for print.
    font : str
    colors : mapping of str to str, optional
        ``#RRGGBB`` by legend line or its short name, such as ``IG1``.
    transparent : bool

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
    look = Look(width, dpi, font, print_quality, transparent)
    scene = recolored(scene, colors)
    plate, axis = complex_plate(structure, maps, target, scene, view, look, width - 8.0)
    text = caption(structure, scene, axis, view)
    return assemble([(plate, 4.0, 2.0)], legend_groups(scene, without=[OTHER]), text, look)


def complex_plate(
    structure: Structure, maps: Sequence[ChainMap], target: Target, scene: Scene, view: View, look: Look, mm: float
) -> tuple[Plate, TwoFold | None]:
    """The still of a view, with its labels, and the axis if there is one."""
    if view not in VIEWS:
        raise UsageError(f"unknown view {view!r}", expected=" or ".join(VIEWS))
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
        plate.marks.append(partial(_axis_line, plate=plate) if view == "front" else partial(_symbol, x=None, y=None, plate=plate))
    words = [word for word in _words(structure, scene, axis, lens) if word.bold or mm >= ROOMY]
    if view == "front" and axis is not None:
        plate.marks.append(partial(_ends, maps=maps, plate=plate))
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


def caption(structure: Structure, scene: Scene, axis: TwoFold | None, view: View) -> str:
    """What a reader must know of the picture."""
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
            hidden = (close & (depth[None] > depth[rows][:, None] + 6.0)).any(axis=1)
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


def _ends(ax: Axes, *, maps: Sequence[ChainMap], plate: Plate) -> None:
    """Arrows where the receptor's chains go on towards the membrane."""
    import numpy as np

    for m in maps:
        found, after = alphas(m), beyond(m)
        if after:
            (x, y), mm = plate.lens.pixels(np.array([found[max(found)]]))[0], plate.per_mm
            low = plate.lens.height - 4.5 * mm
            below = plate.pixels[:, round(x - mm) : round(x + mm), 3].any(axis=1)
            start = max([y, *np.flatnonzero(below)[-1:]]) + 0.8 * mm
            ax.annotate(
                "", (x, low), (x, min(start, low - 3.0 * mm)), zorder=5, arrowprops=ARROW,
            )  # fmt: skip
            ax.text(
                x, plate.lens.height - 1.2 * mm, f"to {after}", fontsize=BODY, fontfamily=family(plate.font), fontstyle="italic",
                ha="center", va="baseline", color=palette.MUTED, parse_math=False,
            )  # fmt: skip


def beyond(map: ChainMap) -> str:
    """What follows a receptor's last residue on its way to the membrane; empty for any other chain."""
    found = alphas(map)
    membrane = [f.span.first for f in map.protein.features if f.kind == "region" and f.name == "transmembrane"]
    if map.protein.role != "receptor" or not found or not membrane or max(found) >= membrane[0]:
        return ""
    after = [f.label for f in map.protein.features_of("domain") if max(found) < f.span.first < membrane[0]]
    return ", ".join([*after[:1], "membrane"])


def _axis_line(ax: Axes, *, plate: Plate) -> None:
    """The axis behind the molecule, with its symbol on top."""
    x, edge = plate.lens.width / 2, 3.0 * plate.per_mm
    ax.plot([x, x], [edge, plate.lens.height - edge / 2], color=palette.MUTED, lw=0.8, linestyle=(0, (6, 2, 1, 2)), zorder=1)
    _symbol(ax, x=x, y=edge, plate=plate)


def _symbol(ax: Axes, *, x: float | None, y: float | None, plate: Plate) -> None:
    """The sign of a two-fold axis: a black lens of two arcs."""
    import numpy as np
    from matplotlib.patches import Polygon

    x = plate.lens.width / 2 if x is None else x
    y = plate.lens.height / 2 if y is None else y
    bow = np.linspace(-1, 1, 41)
    half, thick = 1.9 * plate.per_mm, 0.85 * plate.per_mm
    upper = np.column_stack([x + half * bow, y - thick * (1 - bow**2)])
    lower = np.column_stack([x + half * bow[::-1], y + thick * (1 - bow**2)])
    ax.add_patch(Polygon(np.vstack([upper, lower]), closed=True, facecolor=palette.INK, lw=0, zorder=5, gid="two-fold"))
