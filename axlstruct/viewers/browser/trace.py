"""Thin tubes along stretches of a chain: curves of their own, for 3Dmol.js draws no chain as cartoon and trace at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, groupby, pairwise
from typing import Any

from axlstruct.scene.scene import Layer, Selection
from axlstruct.structure.structure import ProteinChain, Structure

_BEAD = 1.15
"""Radius of the bead on each C-alpha, at which one can point, over that of the tube."""

_BOND = 4.5
"""Distance in Angstrom up to which C-alphas in a row are neighbours in the chain; farther ones lie on either side of a gap."""


def trace_calls(structure: Structure, layer: Layer, letters: dict[str, str]) -> Iterator[tuple[str, list[Any]]]:
    """The calls that draw the tubes of a layer, with a bead on each C-alpha.

    Parameters
    ----------
    structure : Structure
    layer : Layer
        Of the kind ``trace``.
    letters : dict of str to str
        What 3Dmol.js calls each chain.
    """
    style = layer.style
    radius = style.radius or 0.3
    for selection in layer.selections:
        for chain in (chain for chain in structure.chains if chain.chain == selection.chain):
            for points in stretches(chain, selection):
                curve = {"points": points, "radius": radius, "smooth": 4, "color": style.color, "opacity": style.opacity}
                yield "addCurve", [curve]
            places = [residue.id.number for residue in chain.residues if (residue.id.number, residue.id.icode) in selection]
            bead = {"sphere": {"radius": round(radius * _BEAD, 3), "color": style.color}}
            yield "addStyle", [{"chain": letters[selection.chain], "resi": places, "atom": "CA"}, bead]


def stretches(chain: ProteinChain, selection: Selection) -> Iterator[list[dict[str, float]]]:
    """C-alphas of each unbroken stretch, with its neighbour on either side so that the tube meets what is drawn there."""
    alphas = [next((atom for atom in residue.gemmi if atom.name == "CA"), None) for residue in chain.residues]
    inside = [(residue.id.number, residue.id.icode) in selection for residue in chain.residues]
    linked = [False, *(bool(one and two and one.pos.dist(two.pos) < _BOND) for one, two in pairwise(alphas))]
    pieces = accumulate(not joined for joined in linked)
    blocks = list(zip(pieces, inside, strict=True))
    for (_, chosen), group in groupby(range(len(alphas)), blocks.__getitem__):
        if not chosen:
            continue
        run = list(group)
        first = run[0] - 1 if linked[run[0]] else run[0]
        last = run[-1] + 1 if run[-1] + 1 < len(alphas) and linked[run[-1] + 1] else run[-1]
        points = [atom.pos.tolist() for atom in alphas[first : last + 1] if atom]
        if len(points) > 1:
            yield [{axis: round(value, 2) for axis, value in zip("xyz", point, strict=True)} for point in points]
