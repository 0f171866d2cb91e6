"""One interface from near: every residue in contact as sticks, named in author numbers, bonds as dashes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct import palette
from axlstruct.contacts import ChainPair, near_atoms, residue_contacts
from axlstruct.errors import StructureError, UsageError
from axlstruct.figures.ink import FONT, SMALL
from axlstruct.figures.key import Group
from axlstruct.figures.lens import Lens
from axlstruct.figures.plate import (
    Look,
    Plate,
    Word,
    assemble,
    atoms_in,
    blobs,
    ink_of,
    legible,
    recolored,
    residue_atoms,
    swatch,
)
from axlstruct.figures.raytrace import ELEMENTS, Drawn, Rod, Still, raytrace
from axlstruct.mapping import ChainMap
from axlstruct.residues import ResidueId
from axlstruct.structure import Structure
from axlstruct.target import Target

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.figure import Figure

    from axlstruct.scene import Scene

DASH = {"hbond": palette.INK, "salt-bridge": "#C2185B"}
"""Colours of the bonds that are drawn as dashes."""

THIN = {
    "cartoon_transparency": 0.3,
    "cartoon_rect_length": 1.1,
    "cartoon_rect_width": 0.3,
    "cartoon_oval_length": 1.1,
    "cartoon_loop_radius": 0.2,
    "ray_interior_color": "grey80",
    "fog_start": 0.55,
    "ray_shadows": 0,
    "antialias": 1,
}
"""Ribbons that let sticks be seen behind them, which costs so much that shadows and a third sample are left out."""

NAMES = {"hbond": "hydrogen bond", "salt-bridge": "salt bridge"}


@dataclass(frozen=True)
class Dash:
    """A bond between two atoms (indices into the atom columns); the type is one of `DASH`."""

    atom_1: int
    atom_2: int
    type: str = "hbond"


def draw_closeup(
    structure: Structure,
    maps: Sequence[ChainMap],
    target: Target,
    scene: Scene,
    pair: ChainPair,
    *,
    interface: str = "major",
    cutoff: float = 4.0,
    dashes: Sequence[Dash] = (),
    print_quality: bool = False,
    width: float = 180.0,
    dpi: int = 0,
    font: str = FONT,
    colors: Mapping[str, str] | None = None,
    transparent: bool = False,
) -> Figure:
    """Draw one copy of an interface.

    Parameters
    ----------
    structure : Structure
    maps : sequence of ChainMap
    target : Target
    scene : Scene
        Its cartoons, in pale, and its colours.
    pair : ChainPair
        The copy to show, searched at least up to the cutoff.
    interface : str
        Name of its class.
    cutoff : float
        Angstrom, inclusive, between heavy atoms.
    dashes : sequence of Dash
        Bonds to draw, as `polar_dashes` finds them.
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
    StructureError
        The two chains do not touch.
    UsageError
        A dash of unknown type or between atoms that are not there.
    AxlstructError
        PyMOL cannot be loaded.
    """
    look = Look(width, dpi, font, print_quality, transparent)
    scene = recolored(scene, colors)
    plate, touching = closeup_plate(structure, scene, pair, cutoff, dashes, look, width - 8.0)
    groups = _groups(structure, scene, pair, touching, dashes)
    return assemble([(plate, 4.0, 3.0)], groups, caption(structure, scene, pair, interface, cutoff, touching, dashes), look)


def polar_dashes(structure: Structure, pair: ChainPair) -> tuple[Dash, ...]:
    """Hydrogen bonds and salt bridges between the two chains, donor to acceptor and cation to anion."""
    import numpy as np

    from axlstruct.bond_atoms import atoms_of
    from axlstruct.bonds import find_bonds

    atoms = atoms_of(structure)
    first, second, _ = near_atoms(structure, 6.5)
    chain_of = np.array([residue.id.chain for residue in structure.residues] + [""])
    owner = structure.residue_of_atom
    ends = chain_of[owner[first]], chain_of[owner[second]]
    keep = np.array([set(both) == set(pair.chains) for both in zip(*ends, strict=True)], dtype=bool)
    found = []
    for bond in find_bonds(atoms, first[keep], second[keep]):
        if bond.type in DASH:
            giver, taker = (bond.residue_1, bond.residue_2) if bond.donor_side == 1 else (bond.residue_2, bond.residue_1)
            found.append(Dash(atoms.of_residue(giver)[bond.donor], atoms.of_residue(taker)[bond.acceptor], bond.type))
    return tuple(found)


def closeup_plate(
    structure: Structure, scene: Scene, pair: ChainPair, cutoff: float, dashes: Sequence[Dash], look: Look, mm: float
) -> tuple[Plate, tuple[list[ResidueId], list[ResidueId]]]:
    """The still of an interface with its labels, and the residues of both sides."""
    contacts = residue_contacts(pair.within(cutoff))
    if not contacts:
        raise StructureError(f"chains {' and '.join(pair.chains)} do not touch within {cutoff:g} A", where=structure.id)
    for dash in dashes:
        if dash.type not in DASH or not (0 <= dash.atom_1 < len(structure.xyz) and 0 <= dash.atom_2 < len(structure.xyz)):
            raise UsageError("no dash can be drawn", found=str(dash), expected=f"atoms of {structure.id}, {' or '.join(DASH)}")
    sides: tuple[list[ResidueId], list[ResidueId]] = (
        sorted({structure.residues[c.residue_1].id for c in contacts}),
        sorted({structure.residues[c.residue_2].id for c in contacts}),
    )
    for index in {int(structure.residue_of_atom[a]) for d in dashes for a in (d.atom_1, d.atom_2)} - {-1}:
        id = structure.residues[index].id
        if id.chain in pair.chains and id not in (side := sides[pair.chains.index(id.chain)]):
            side.append(id)
    one, two = (structure.xyz[list(residue_atoms(structure, side))] for side in sides)
    lens = _lens(structure, one, two, look.pixels(mm))
    colors = _colors(structure, scene)
    layers = _layers(structure, scene, pair, sides, colors, dashes)
    rods = tuple(rod for dash in dashes for rod in _dashed(structure, dash))
    pixels = raytrace(structure, Still(lens, layers, scene.secondary, rods, look.print_quality, THIN))
    plate = Plate(pixels, lens, mm, look.font)
    sticks = [atom for layer in layers if layer.kind == "stick" for atom in layer.atoms]
    ink = ink_of(pixels, 0.12) + blobs(pixels.shape, lens.pixels(structure.xyz[sticks]), 0.55 * lens.scale, 1.0)
    ends = [point for rod in rods for point in (rod.start, rod.end)]
    if ends:
        import numpy as np

        ink += blobs(pixels.shape, lens.pixels(np.array(ends)), 0.3 * lens.scale, 1.0)
    plate.place([word for side in sides for word in _words(structure, side, colors, lens)], ink, reach=0.9)
    return plate, sides


def _lens(structure: Structure, one: np.ndarray, two: np.ndarray, width: int) -> Lens:
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
    return Lens(turn, (low + high) / 2 @ turn, width / wide, width, height, deep + 3.0, deep + 14.0)


def _colors(structure: Structure, scene: Scene) -> dict[ResidueId, str]:
    cartoons = [layer for layer in scene.layers if layer.style.kind == "cartoon"]
    found = {}
    for residue in structure.residues:
        place = residue.id.number, residue.id.icode
        for layer in cartoons:
            if any(s.chain == residue.id.chain and place in s for s in layer.selections):
                found[residue.id] = layer.style.color
    return found


def _layers(
    structure: Structure,
    scene: Scene,
    pair: ChainPair,
    sides: tuple[list[ResidueId], list[ResidueId]],
    colors: Mapping[ResidueId, str],
    dashes: Sequence[Dash],
) -> tuple[Drawn, ...]:
    """Cartoons of the two chains in pale, sticks in full colour; backbone only where a bond needs it."""
    drawn = []
    for layer in scene.layers:
        if layer.style.kind == "cartoon":
            own = [s for s in layer.selections if s.chain in pair.chains]
            if atoms := atoms_in(structure, own):
                drawn.append(Drawn("cartoon", atoms, palette.tint(layer.style.color, 0.5)))
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


def _dashed(structure: Structure, dash: Dash, *, long: float = 0.32, gap: float = 0.2) -> list[Rod]:
    import numpy as np

    start, end = structure.xyz[dash.atom_1], structure.xyz[dash.atom_2]
    length = float(np.linalg.norm(end - start))
    count = max(2, round((length - 0.5) / (long + gap)))
    along = (end - start) / length
    pitch = (length - 0.5) / count
    rods = []
    for index in range(count):
        a = start + along * (0.25 + pitch * index + gap / 2)
        b = a + along * (pitch - gap)
        rods.append(Rod((a[0], a[1], a[2]), (b[0], b[1], b[2]), DASH[dash.type], 0.075))
    return rods


def _words(structure: Structure, side: Sequence[ResidueId], colors: Mapping[ResidueId, str], lens: Lens) -> list[Word]:
    there = {residue.id: residue for residue in structure.residues}
    words = []
    for id in side:
        atoms = residue_atoms(structure, [id], side_chain=True)
        points = lens.pixels(structure.xyz[list(atoms)])
        inside = (points[:, 0] > 0) & (points[:, 0] < lens.width) & (points[:, 1] > 0) & (points[:, 1] < lens.height)
        if inside.any():
            words.append(
                Word(f"{there[id].letter}{id.label}", legible(colors.get(id, palette.MUTED)), points[inside], SMALL + 0.5)
            )
    return words


def _groups(
    structure: Structure,
    scene: Scene,
    pair: ChainPair,
    sides: tuple[list[ResidueId], list[ResidueId]],
    dashes: Sequence[Dash],
) -> list[Group]:
    colors = _colors(structure, scene)
    groups = []
    for side, ids in zip((pair.side_1, pair.side_2), sides, strict=True):
        used = {colors[id] for id in ids if id in colors}
        own = [e for e in scene.legend if e.shape == "cartoon" and e.color in used and e.heading.startswith(side.protein)]
        items = [(entry.label, swatch(entry.color, "stick")) for entry in own]
        groups.append(Group(f"{side.protein}, chain {side.chain.chain}", tuple(items)))
    elements = {a.element.name for r in structure.residues if r.id in {*sides[0], *sides[1]} for a in r.gemmi} - {"C", "H"}
    atoms = [(name, swatch(ELEMENTS[symbol], "stick")) for symbol, name in _ELEMENTS.items() if symbol in elements]
    groups.append(Group("atoms", tuple(atoms)))
    kinds = {dash.type for dash in dashes}
    groups.append(Group("dashes", tuple((NAMES[kind], swatch(color, "dash")) for kind, color in DASH.items() if kind in kinds)))
    return [group for group in groups if group.items]


_ELEMENTS = {"N": "nitrogen", "O": "oxygen", "S": "sulphur", "P": "phosphorus"}


def caption(
    structure: Structure,
    scene: Scene,
    pair: ChainPair,
    interface: str,
    cutoff: float,
    sides: tuple[list[ResidueId], list[ResidueId]],
    dashes: Sequence[Dash],
) -> str:
    """What a reader must know of the picture."""
    one, two = pair.side_1, pair.side_2
    parts = [
        f"{interface.capitalize()} interface of {structure.id}: {one.protein} {one.chain.chain} (below, {len(sides[0])} residues) "
        f"and {two.protein} {two.chain.chain} (above, {len(sides[1])} residues).",
        f"Sticks: residues with a heavy atom within {cutoff:g} Å of the other chain; backbone only where it takes part in a bond.",
    ]
    if dashes:
        counted = [f"{n} {NAMES[kind]}{'s' * (n > 1)}" for kind in DASH if (n := sum(d.type == kind for d in dashes))]
        parts.append(f"Dashes join donor and acceptor, or cation and anion: {', '.join(counted)} by heavy-atom geometry.")
    else:
        parts.append("No bonds are drawn.")
    parts.append(f"{scene.numbering}.")
    if structure.resolution and structure.resolution > 3.0:
        parts.append(f"At {structure.resolution:.1f} Å side chains and bonds are less certain than they look.")
    return " ".join(parts)
