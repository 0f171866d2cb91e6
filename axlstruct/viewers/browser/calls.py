"""A scene as calls of 3Dmol.js, in the order in which a viewer makes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from axlstruct.scene.scene import AtomPlace, Label, Layer, Scene, Selection
from axlstruct.structure.secondary_structure import Place
from axlstruct.structure.structure import Structure
from axlstruct.viewers.browser.label_spacing import nudges, on_screen
from axlstruct.viewers.browser.model import chain_letters, drawn_residues, model_text
from axlstruct.viewers.browser.trace import trace_calls

Call = tuple[str, list[Any]]
"""Name of a method of the viewer and its arguments, all of them plain values."""

FONT = 13
"""Pixels of a label's letters."""

_BACKBONE = ["N", "C", "O", "OXT"]
_DASH_LOOK = {"radius": 0.1, "dashed": True, "dashLength": 0.35, "gapLength": 0.25, "fromCap": 1, "toCap": 1}


def calls_of(structure: Structure, scene: Scene, size: tuple[int, int]) -> Iterator[Call]:
    """Model, cartoons and sticks, dashes, labels; what is not drawn in 3Dmol.js has no label and no dash. Size in pixels."""
    letters = chain_letters(chain.name for chain in structure.model)
    yield "addModel", [model_text(structure, scene), "pdb", {"noComputeSecondaryStructure": True}]
    yield "setStyle", [{}, {}]
    for layer in scene.layers:
        if layer.style.kind == "trace":
            yield from trace_calls(structure, layer, letters)
            continue
        for selection in layer.selections:
            for spec in selection_spec(selection, letters, layer.part):
                yield "setStyle" if layer.style.kind == "cartoon" else "addStyle", [spec, _style(layer)]
    ends = _ends(structure, (end for dash in scene.dashes for end in (dash.donor, dash.acceptor)))
    for dash in scene.dashes:
        if dash.donor in ends and dash.acceptor in ends:
            yield "addCylinder", [{"start": ends[dash.donor], "end": ends[dash.acceptor], "color": dash.color, **_DASH_LOOK}]
    for label, center, up in placed_labels(structure, scene, size, FONT):
        single = len(label.selection) == 1
        beside: dict[str, Any] = {"alignment": "centerLeft" if single else "center"}
        if single or up:
            beside["screenOffset"] = {"x": 9 if single else 0, "y": up or 0}
        look = {
            "fontSize": FONT, "fontColor": "black", "bold": True, "inFront": True, "backgroundColor": "white",
            "backgroundOpacity": 0.8, "borderColor": label.color, "borderThickness": 1.5, "padding": 2,
            "position": center, **beside,
        }  # fmt: skip
        yield "addLabel", [label.text, look]


def placed_labels(
    structure: Structure, scene: Scene, size: tuple[int, int], font: int
) -> list[tuple[Label, dict[str, float], float | None]]:
    """Labels of what is drawn, where each is, and by how many pixels it is moved up to cover no other (None: no room)."""
    import numpy as np

    centers = _centers(structure, (label.selection for label in scene.labels))
    drawn = [(label, center) for label, center in zip(scene.labels, centers, strict=True) if center]
    if not drawn:
        return []
    points = np.array([[center[axis] for axis in "xyz"] for _, center in drawn])
    seen = on_screen(points, np.vstack([structure.xyz, points]), scene.camera, size)
    beside = [9 + 0.3 * font * len(label.text) if len(label.selection) == 1 else 0.0 for label, _ in drawn]
    places = [(float(x) + shift, float(y)) for (x, y), shift in zip(seen, beside, strict=True)]
    moved = nudges(places, [label.text for label, _ in drawn], font)
    return [(label, center, up) for (label, center), up in zip(drawn, moved, strict=True)]


def selection_spec(selection: Selection, letters: dict[str, str], part: str = "all") -> list[dict[str, Any]]:
    """A selection as 3Dmol.js takes it, one specification for each insertion code.

    Examples
    --------
    >>> selection_spec(Selection.of("H", [(82, ""), (83, ""), (82, "A")]), {"H": "H"})
    [{'chain': 'H', 'resi': ['82-83'], 'icode': ' '}, {'chain': 'H', 'resi': [82], 'icode': 'A'}]
    """
    specs: list[dict[str, Any]] = []
    for icode in dict.fromkeys(run.icode for run in selection.runs):
        runs = [run for run in selection.runs if run.icode == icode]
        resi = [run.first if run.first == run.last else f"{run.first}-{run.last}" for run in runs]
        spec = {"chain": letters[selection.chain], "resi": resi, "icode": icode or " "}
        specs.append(spec if part == "all" else {**spec, "not": {"atom": _BACKBONE}})
    return specs


def _style(layer: Layer) -> dict[str, Any]:
    style = layer.style
    if style.kind == "cartoon":
        return {"cartoon": {"color": style.color, "arrows": True} | ({"opacity": style.opacity} if style.opacity < 1 else {})}
    return {style.kind: {"color": style.color} | ({"radius": style.radius} if style.radius else {})}


def _centers(structure: Structure, selections: Iterable[Selection]) -> list[dict[str, float] | None]:
    """Mean of the drawn atoms of each selection, all insertion codes with it; None where nothing of it is drawn."""
    sums: dict[tuple[str, Place], list[float]] = {}
    for name, residue in drawn_residues(structure):
        total = sums.setdefault((name, (residue.seqid.num or 0, residue.seqid.icode.strip())), [0.0] * 4)
        for atom in residue:
            if not atom.is_hydrogen():
                for axis, value in enumerate((*atom.pos.tolist(), 1.0)):
                    total[axis] += value
    centers: list[dict[str, float] | None] = []
    for selection in selections:
        places = ((selection.chain, (n, run.icode)) for run in selection.runs for n in range(run.first, run.last + 1))
        found = [sums[place] for place in places if place in sums]
        count = sum(total[3] for total in found)
        centers.append({axis: round(sum(t[i] for t in found) / count, 3) for i, axis in enumerate("xyz")} if count else None)
    return centers


def _ends(structure: Structure, places: Iterable[AtomPlace]) -> dict[AtomPlace, dict[str, float]]:
    """Where atoms are, by their places; those that are not drawn are left out."""
    wanted = set(places)
    found: dict[AtomPlace, dict[str, float]] = {}
    for name, residue in drawn_residues(structure) if wanted else ():
        for atom in residue:
            place = AtomPlace(name, residue.seqid.num or 0, residue.seqid.icode.strip(), atom.name)
            if place in wanted and place not in found:
                found[place] = {axis: round(value, 3) for axis, value in zip("xyz", atom.pos.tolist(), strict=True)}
    return found
