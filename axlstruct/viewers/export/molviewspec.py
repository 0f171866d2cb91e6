"""A `Scene` as MolViewSpec (``.mvsj``), which Mol* shows."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from axlstruct.errors import UsageError
from axlstruct.scene.scene import AtomPlace, Layer, Scene, Selection
from axlstruct.sequence.residues import heavy_atoms
from axlstruct.viewers.export.selections import BACKBONE, Exact, atom_selection, axes, dash_groups, heading, object_name

VERSION = "1.8"
_FORMATS = {".cif": "mmcif", ".mmcif": "mmcif", ".bcif": "bcif", ".pdb": "pdb", ".ent": "pdb"}
_SHAPES = {"cartoon": "cartoon", "stick": "ball_and_stick", "sphere": "spacefill"}
_CARBON_RADIUS = 1.7

Node = dict[str, Any]


def to_molviewspec(scene: Scene, path: str | Path) -> str:
    """A MolViewSpec state that loads a structure file and draws a scene of it.

    Parameters
    ----------
    scene : Scene
    path : str or Path
        Address of the structure file, or its path, best relative to the state's own; mmCIF, BinaryCIF or PDB, not compressed.

    Returns
    -------
    str
        JSON; equal scenes give equal text, so its timestamp says nothing. Mol* shows tooltips as HTML, hence they are escaped;
        labels are drawn letter by letter. MolViewSpec has no place for helices and strands: Mol* takes them from the file
        (`axlstruct.viewers.export.coordinates` states them there).

    Raises
    ------
    UsageError
        Of a file format that MolViewSpec does not name.
    """
    address = str(path)
    suffix = PurePosixPath(address).suffix.lower()
    if suffix not in _FORMATS:
        raise UsageError("MolViewSpec cannot load this file", where=address, expected=" or ".join(_FORMATS))
    exact = Exact(scene)
    parts = [
        *(_layer(exact, scene, layer) for layer in scene.layers),
        *_labels(exact, scene),
        *_dashes(exact, scene),
        _focus(scene),
    ]
    structure = _node("structure", {"type": "model"}, parts) | {"ref": object_name(scene)}
    download = _node("download", {"url": _url(address)}, [_node("parse", {"format": _FORMATS[suffix]}, [structure])])
    title, *facts = heading(scene)
    state = {
        "kind": "single",
        "root": _node("root", None, [_node("canvas", {"background_color": "white"}), download]),
        "metadata": {
            "title": title,
            "description": "\n\n".join(facts),
            "description_format": "plaintext",
            "timestamp": "1970-01-01T00:00:00+00:00",
            "version": VERSION,
        },
    }
    return json.dumps(state, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _node(kind: str, params: Node | None = None, children: Iterable[Node] = ()) -> Node:
    node: Node = {"kind": kind}
    if params is not None:
        node["params"] = params
    if held := list(children):
        node["children"] = held
    return node


def _layer(exact: Exact, scene: Scene, layer: Layer) -> Node:
    rows = [row for selection in layer.selections for row in _rows(exact, selection)]
    if layer.part == "side-chain":
        rows = [row for selection in layer.selections for row in _side_chain(scene, selection)]
    look: Node = {"type": _SHAPES[layer.style.kind]}
    if layer.style.kind == "sphere" and layer.style.radius:
        look["size_factor"] = round(layer.style.radius / _CARBON_RADIUS, 2)
    drawn = _node("representation", look, [_node("color", {"color": layer.style.color})])
    return _node("component", {"selector": rows}, [drawn, _node("tooltip", {"text": html.escape(layer.name)})])


def _labels(exact: Exact, scene: Scene) -> Iterator[Node]:
    for label in scene.labels:
        rows = list(_rows(exact, label.selection))
        yield _node("component", {"selector": rows}, [_node("label", {"text": label.text})])


def _dashes(exact: Exact, scene: Scene) -> Iterator[Node]:
    """Dashed tubes between two atoms, a group for each type of bond."""
    for dashes in dash_groups(scene).values():
        tubes = []
        for dash in dashes:
            ends = {"start": _atom(exact, dash.donor), "end": _atom(exact, dash.acceptor)}
            look: Node = {
                "kind": "tube",
                **ends,
                "radius": 0.08,
                "dash_length": 0.3,
                "color": dash.color,
                "tooltip": html.escape(str(dash)),
            }
            tubes.append(_node("primitive", look))
        yield _node("primitives", {"color": dashes[0].color}, tubes)


def _atom(exact: Exact, place: AtomPlace) -> Node:
    (row,) = _rows(exact, atom_selection(place))
    return {**row, "auth_atom_id": place.atom}


def _rows(exact: Exact, selection: Selection) -> Iterator[Node]:
    """One row a run, in author numbers; without an insertion code, its absence is said where it matters."""
    for run in exact.runs(selection):
        row: Node = {"auth_asym_id": selection.chain}
        if run.first != run.last:
            yield row | {"beg_auth_seq_id": run.first, "end_auth_seq_id": run.last}
        elif run.icode or (selection.chain, run.first) in exact.coded:
            yield row | {"auth_seq_id": run.first, "pdbx_PDB_ins_code": run.icode}
        else:
            yield row | {"auth_seq_id": run.first}


def _side_chain(scene: Scene, selection: Selection) -> Iterator[Node]:
    """One row an atom, as a selection can name atoms but not leave any out."""
    for info in scene.residues:
        if info.chain == selection.chain and (info.number, info.icode) in selection:
            for atom in heavy_atoms(info.component):
                if atom not in BACKBONE:
                    yield {
                        "auth_asym_id": info.chain,
                        "auth_seq_id": info.number,
                        "pdbx_PDB_ins_code": info.icode,
                        "auth_atom_id": atom,
                    }


def _focus(scene: Scene) -> Node:
    _, up, out = axes(scene)
    direction = [round(-value, 6) for value in out]
    focus = _node("focus", {"direction": direction, "up": [round(value, 6) for value in up], "radius_factor": 0.9})
    return _node("component", {"selector": "all"}, [focus])


def _url(path: str) -> str:
    if re.match(r"[a-z]+://", path):
        return path
    local = Path(path)
    return local.as_uri() if local.is_absolute() else quote(local.as_posix())
