"""A structure for the page's 3D view: coordinates packed, and what is drawn beside the cartoon."""

from __future__ import annotations

import base64
import gzip
from typing import Any

from axlstruct.scene.scene import AtomPlace, Scene
from axlstruct.structure.structure import Structure
from axlstruct.viewers.browser.calls import placed_labels, selection_spec
from axlstruct.viewers.browser.model import chain_letters, element_lines, model_text

STAGE = (380, 280)
"""Pixels of the 3D view in a window of 1440 x 900: in a larger one labels are only farther apart."""


def packed(text: str) -> str:
    """A text compressed and in base64, the same for the same text; the browser unpacks it by itself.

    Examples
    --------
    >>> gzip.decompress(base64.b64decode(packed("ATOM"))).decode()
    'ATOM'
    """
    return base64.b64encode(gzip.compress(text.encode(), compresslevel=6, mtime=0)).decode()


def open_view(structure: Structure, scene: Scene) -> dict[str, Any]:
    """As `structure_view` for a page that has no coordinates and reads them from a file that its reader opens.

    Instead of the model it holds helices and strands as PDB records; where atoms are is not in it.
    """
    view = structure_view(structure, scene)
    del view["model"]
    return {**view, "elements": element_lines(scene, view["letters"])}


def structure_view(structure: Structure, scene: Scene) -> dict[str, Any]:
    """What the page needs to draw a structure; the cartoon is painted there, from the table of residues.

    Parameters
    ----------
    structure : Structure
    scene : Scene
        Of the structure, coloured by domain.

    Returns
    -------
    dict
        Chain letters of 3Dmol.js by chain, layers and labels as its selections, dashes by their atoms, the camera.
    """
    letters = chain_letters(chain.name for chain in structure.model)

    def atom(place: AtomPlace) -> list[Any]:
        return [letters[place.chain], place.number, place.icode, place.atom]

    return {
        "model": packed(model_text(structure, scene)),
        "letters": letters,
        "cartoon": [
            spec
            for layer in scene.layers
            if layer.style.kind == "cartoon"
            for s in layer.selections
            for spec in selection_spec(s, letters)
        ],
        "layers": [
            {
                "name": layer.name, "kind": layer.style.kind, "color": layer.style.color, "radius": layer.style.radius,
                "specs": [spec for s in layer.selections for spec in selection_spec(s, letters, layer.part)],
            }
            for layer in scene.layers
            if layer.style.kind != "cartoon"
        ],
        "labels": [
            {"text": label.text, "color": label.color, "spec": selection_spec(label.selection, letters), "up": up}
            for label, _, up in placed_labels(structure, scene, STAGE, 12)
            if up is not None
        ],
        "dashes": [
            {"ends": [atom(dash.donor), atom(dash.acceptor)], "color": dash.color, "text": str(dash)} for dash in scene.dashes
        ],
        "center": scene.camera.center,
        "rotation": scene.camera.rotation,
        "numbering": scene.numbering,
        "secondary": scene.secondary_source,
        "notes": list(scene.notes),
    }  # fmt: skip
