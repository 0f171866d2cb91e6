"""One interface from near: every residue in contact as sticks, named by position, bonds as dashes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from axlstruct.errors import StructureError, UsageError
from axlstruct.figures.paper.labels import blobs, drawn_cost
from axlstruct.figures.paper.millimetres import SMALL
from axlstruct.figures.stills.changed import MARK, changed_residues
from axlstruct.figures.stills.closeup_legend import IDLE, caption, legend_entries
from axlstruct.figures.stills.dashes import BondLine, rods_of
from axlstruct.figures.stills.page import assemble
from axlstruct.figures.stills.panel import StillPanel, Word
from axlstruct.figures.stills.raytrace import Drawn, Still, raytrace
from axlstruct.figures.stills.selection import atoms_in, cartoon_colors, recolored, residue_atoms
from axlstruct.figures.stills.subject import DEFAULT, Look, Subject
from axlstruct.interface.contacts import ChainPair, residue_contacts
from axlstruct.interface.kinds import dashed
from axlstruct.scene import palette
from axlstruct.scene.palette import legible
from axlstruct.scene.projection import Projection
from axlstruct.sequence.residues import ResidueId
from axlstruct.structure.structure import Structure

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.figure import Figure

    from axlstruct.scene.scene import Scene

THIN = {
    "cartoon_transparency": 0.3,
    "cartoon_rect_length": 1.1,
    "cartoon_rect_width": 0.3,
    "cartoon_oval_length": 1.1,
    "cartoon_loop_radius": 0.2,
    "ray_interior_color": "grey80",
    "fog_start": 0.55,
}
"""Ribbons that let sticks be seen behind them: this costs so much that one sample less is taken for each pixel side."""


def draw_closeup(
    subject: Subject,
    pair: ChainPair,
    look: Look = DEFAULT,
    *,
    interface: str = "major",
    cutoff: float = 4.0,
    dashes: Sequence[BondLine] = (),
) -> Figure:
    """Draw one copy of an interface.

    Parameters
    ----------
    subject : Subject
        Its cartoons, in pale, and its colours.
    pair : ChainPair
        The copy to show, searched at least up to the cutoff.
    look : Look
    interface : str
        Name of its class.
    cutoff : float
        Angstrom, inclusive, between heavy atoms.
    dashes : sequence of BondLine
        Bonds to draw, as `axlstruct.figures.stills.dashes.polar_dashes` finds them.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    StructureError
        The two chains do not touch.
    UsageError
        A dash of unknown type or between atoms that are not there.
    AxlstructError
        PyMOL cannot be loaded.
    """
    subject = recolored(subject, look.colors)
    structure, scene = subject.structure, subject.scene
    changed = changed_residues(subject)
    panel, touching = closeup_panel(subject, pair, cutoff, dashes, look, look.width - 8.0, changed)
    colors = cartoon_colors(structure, scene)
    grey = [atom for _, _, atoms, busy in _ribbons(structure, scene, pair, touching, colors) if not busy for atom in atoms]
    groups = legend_entries(structure, scene, pair, touching, dashes, colors, idle=_seen(structure, grey, panel.projection))
    text = caption(structure, scene, pair, interface, cutoff, touching, dashes, changed)
    return assemble([(panel, 4.0, 3.0)], groups, text, look)


def closeup_panel(
    subject: Subject, pair: ChainPair, cutoff: float, dashes: Sequence[BondLine], look: Look, mm: float,
    changed: Collection[ResidueId] = (),
) -> tuple[StillPanel, tuple[list[ResidueId], list[ResidueId]]]:  # fmt: skip
    """The still of an interface with its labels, those of changed residues marked, and the residues of both sides."""
    structure, scene = subject.structure, subject.scene
    contacts = residue_contacts(pair.within(cutoff))
    if not contacts:
        raise StructureError(f"chains {' and '.join(pair.chains)} do not touch within {cutoff:g} A", where=structure.id)
    drawn = [kind.name for kind in dashed()]
    for dash in dashes:
        if dash.type not in drawn or not (0 <= dash.atom_1 < len(structure.xyz) and 0 <= dash.atom_2 < len(structure.xyz)):
            raise UsageError("no dash can be drawn", found=str(dash), expected=f"atoms of {structure.id}, {' or '.join(drawn)}")
    sides: tuple[list[ResidueId], list[ResidueId]] = (
        sorted({structure.residues[c.residue_1].id for c in contacts}),
        sorted({structure.residues[c.residue_2].id for c in contacts}),
    )
    for index in {int(structure.residue_of_atom[a]) for d in dashes for a in (d.atom_1, d.atom_2)} - {-1}:
        id = structure.residues[index].id
        if id.chain in pair.chains and id not in (side := sides[pair.chains.index(id.chain)]):
            side.append(id)
    one, two = (structure.xyz[list(residue_atoms(structure, side))] for side in sides)
    projection = _projection(structure, one, two, look.pixels(mm))
    colors = cartoon_colors(structure, scene)
    layers = _layers(structure, scene, pair, sides, colors, dashes)
    rods = tuple(rod for dash in dashes for rod in rods_of(structure, dash))
    pixels = raytrace(
        structure,
        Still(projection, layers, scene.secondary, rods, look.print_quality, THIN | {"antialias": int(look.print_quality)}),
    )
    panel = StillPanel(pixels, projection, mm, look.font)
    sticks = [atom for layer in layers if layer.kind == "stick" for atom in layer.atoms]
    ink = drawn_cost(pixels, 0.12) + blobs(pixels.shape, projection.pixels(structure.xyz[sticks]), 0.55 * projection.scale, 1.0)
    ends = [point for rod in rods for point in (rod.start, rod.end)]
    if ends:
        import numpy as np

        ink += blobs(pixels.shape, projection.pixels(np.array(ends)), 0.3 * projection.scale, 1.0)
    panel.place([word for side in sides for word in _words(subject, side, colors, projection, changed)], ink, reach=0.9)
    return panel, sides


def _projection(structure: Structure, one: np.ndarray, two: np.ndarray, width: int) -> Projection:
    """The first side below, the second above, the interface's long side across; turned to where least lies in front."""
    import numpy as np

    both = np.vstack([one, two])
    middle = both.mean(axis=0)
    up = two.mean(axis=0) - one.mean(axis=0)
    up /= np.linalg.norm(up)
    flat = both - middle
    flat = flat - np.outer(flat @ up, up)
    across = np.linalg.eigh(flat.T @ flat)[1][:, 2]
    across -= (across @ up) * up
    across /= np.linalg.norm(across)
    everything = structure.xyz - middle
    reach = np.abs(flat @ across).max()
    best: tuple[float, np.ndarray] | None = None
    for degrees in (-30.0, -15.0, 0.0, 15.0, 30.0, 150.0, 165.0, 180.0, 195.0, 210.0):
        angle = np.radians(degrees)
        right = np.cos(angle) * across + np.sin(angle) * np.cross(up, across)
        turn = np.array([right, up, np.cross(right, up)])
        seen, mine = everything @ turn.T, (both - middle) @ turn.T
        front = (seen[:, 2] > np.percentile(mine[:, 2], 75)) & (abs(seen[:, 0]) < reach) & (abs(seen[:, 1]) < 10.0)
        cost = front.sum() - 25.0 * np.ptp(mine[:, 0])
        if best is None or cost < best[0]:
            best = float(cost), turn
    assert best is not None
    turn = best[1]
    seen = both @ turn.T
    low, high = seen.min(axis=0), seen.max(axis=0)
    wide = max(high[0] - low[0] + 7.0, 32.0)
    tall = min(max(high[1] - low[1] + 6.0, 0.5 * wide), 0.75 * wide)
    height = round(width * tall / wide / 2) * 2
    deep = (high[2] - low[2]) / 2
    return Projection(turn, (low + high) / 2 @ turn, width / wide, width, height, deep + 3.0, deep + 14.0)


def _layers(
    structure: Structure,
    scene: Scene,
    pair: ChainPair,
    sides: tuple[list[ResidueId], list[ResidueId]],
    colors: Mapping[ResidueId, str],
    dashes: Sequence[BondLine],
) -> tuple[Drawn, ...]:
    """Cartoons of both chains in pale, grey without sticks; sticks in full colour, with backbone only where a bond needs it."""
    drawn = []
    for _, color, atoms, busy in _ribbons(structure, scene, pair, sides, colors):
        drawn.append(Drawn("cartoon", atoms, palette.tint(color, 0.5) if busy else IDLE))
    bonded = {int(structure.residue_of_atom[atom]) for dash in dashes for atom in (dash.atom_1, dash.atom_2)}
    backbone = {
        structure.residues[index].id
        for index in bonded
        if index >= 0
        and any(
            structure.residue_of_atom[a] == index and structure.atom_names[a] in (b"N", b"O")
            for d in dashes
            for a in (d.atom_1, d.atom_2)
        )
    }
    sticks: dict[str, list[int]] = {}
    for id in [id for side in sides for id in side]:
        glycine = len(residue_atoms(structure, [id], side_chain=True)) < 2
        atoms = residue_atoms(structure, [id], side_chain=id not in backbone and not glycine)
        sticks.setdefault(colors.get(id, palette.MUTED), []).extend(atoms)
    drawn += [Drawn("stick", tuple(atoms), color, 0.2, elements=True) for color, atoms in sticks.items()]
    return tuple(drawn)


def _ribbons(
    structure: Structure,
    scene: Scene,
    pair: ChainPair,
    sides: tuple[list[ResidueId], list[ResidueId]],
    colors: Mapping[ResidueId, str],
) -> list[tuple[str, str, tuple[int, ...], bool]]:
    """Cartoons of the two chains, chain by chain: chain, colour, atoms, and whether a residue of it is in contact."""
    carrying = {(id.chain, colors.get(id)) for side in sides for id in side}
    found = []
    for layer in scene.layers:
        for chain in pair.chains if layer.style.kind == "cartoon" else ():
            atoms = atoms_in(structure, [s for s in layer.selections if s.chain == chain])
            found += [(chain, layer.style.color, atoms, (chain, layer.style.color) in carrying)] if atoms else []
    return found


def _seen(structure: Structure, atoms: Sequence[int], projection: Projection) -> bool:
    """Whether any of the atoms lies in the picture."""
    if not atoms:
        return False
    points, depth = projection.pixels(structure.xyz[list(atoms)]), projection.depth(structure.xyz[list(atoms)])
    inside = (points > 0).all(axis=1) & (points < (projection.width, projection.height)).all(axis=1)
    return bool((inside & (depth < projection.near) & (depth > -projection.far)).any())


def _words(
    subject: Subject,
    side: Sequence[ResidueId],
    colors: Mapping[ResidueId, str],
    projection: Projection,
    changed: Collection[ResidueId] = (),
) -> list[Word]:
    structure = subject.structure
    there = structure.by_id
    words = []
    for id in side:
        atoms = residue_atoms(structure, [id], side_chain=True)
        points = projection.pixels(structure.xyz[list(atoms)])
        inside = (points[:, 0] > 0) & (points[:, 0] < projection.width) & (points[:, 1] > 0) & (points[:, 1] < projection.height)
        if inside.any():
            color, name = (
                legible(colors.get(id, palette.MUTED)),
                f"{there[id].letter}{subject.number(id)}{MARK * (id in changed)}",
            )
            words.append(Word(name, color, points[inside], SMALL + 0.5))
    return words
