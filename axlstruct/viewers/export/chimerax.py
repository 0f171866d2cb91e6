"""A `Scene` as a ChimeraX command script (``.cxc``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from axlstruct.errors import UsageError
from axlstruct.scene.scene import AtomPlace, Layer, Run, Scene, Selection
from axlstruct.structure.secondary_structure import Place
from axlstruct.viewers.export.selections import (
    BACKBONE,
    Exact,
    atom_selection,
    axes,
    dash_groups,
    element_selections,
    heading,
    layer_names,
    one_line,
)

_MODEL = "#1"
_DISTANCE = 200.0


def to_chimerax(scene: Scene, path: str | Path) -> str:
    """A ChimeraX script that opens a structure file as model 1 and draws a scene of it.

    Parameters
    ----------
    scene : Scene
    path : str or Path
        The structure file, as ChimeraX is to find it.

    Returns
    -------
    str
        One command a line. Each layer becomes a named selector; a label of many residues stands at the middle one.

    Raises
    ------
    UsageError
        The name of a chain cannot be written in ChimeraX's specifications (it holds a double quote or a control character).
    """
    exact, names = Exact(scene), layer_names(scene.layers)
    lines = [f"# {line}" for line in heading(scene)]
    lines += [f"open {quoted(str(path))} id {_MODEL[1:]}", f"hide {_MODEL} atoms", f"hide {_MODEL} cartoons"]
    lines += ["set bgColor white", "lighting soft", f"setattr {_MODEL} residues ss_type 0"]
    lines += [
        f"setattr {_spec(exact, [selection])} residues ss_type {1 if kind == 'helix' else 2}"
        for kind, selection in element_selections(scene)
    ]
    for name, layer in zip(names, scene.layers, strict=True):
        lines += _layer(exact, name, layer)
    order: dict[str, list[Place]] = {}
    for row in scene.residues:
        order.setdefault(row.chain, []).append((row.number, row.icode))
    for label in scene.labels:
        places = [place for place in order[label.selection.chain] if place in label.selection]
        middle = Selection.of(label.selection.chain, [places[len(places) // 2]])
        lines.append(f"label {_spec(exact, [middle])} residues text {quoted(label.text)} color #1A1A1A size 32 height fixed")
    for name, dashes in dash_groups(scene).items():
        for dash in dashes:
            ends = f"{_atom(exact, dash.donor)} {_atom(exact, dash.acceptor)}"
            lines.append(
                f"pbond {ends} reveal false color {dash.color} radius 0.1 dashes 5 name {quoted(name.replace('_', ' '))}"
            )
    lines += [f"view matrix camera {','.join(_camera(scene))}", f"view {_MODEL}", ""]
    return "\n".join(lines)


def _layer(exact: Exact, name: str, layer: Layer) -> Iterator[str]:
    style = layer.style
    yield f"name frozen {name} {_spec(exact, layer.selections)}"
    if style.kind == "cartoon":
        yield f"color {name} {style.color} target ac"
        yield f"show {name} cartoons"
        return
    atoms = f"{name} & ~@{','.join(BACKBONE)}" if layer.part == "side-chain" else name
    yield f"color {atoms} {style.color} target a"
    yield f"show {atoms} atoms"
    yield f"style {atoms} {style.kind}"
    if style.radius:
        yield f"size {atoms} {'stickRadius' if style.kind == 'stick' else 'atomRadius'} {style.radius}"


def _spec(exact: Exact, selections: Iterable[Selection]) -> str:
    return " | ".join(_chain_spec(selection.chain, exact.runs(selection)) for selection in selections)


def _chain_spec(chain: str, runs: Iterable[Run]) -> str:
    """Residues of a chain; a name that is not plain goes through the residues' attribute, which takes any text in quotes."""
    numbers = ",".join(_run(run) for run in runs)
    if re.fullmatch(r"[A-Za-z0-9_]+", chain):
        return f"{_MODEL}/{chain}:{numbers}"
    if '"' in chain or not chain.isprintable():
        raise UsageError("ChimeraX cannot specify this chain", where=f"chain {chain!r}", advice="rename it in the file")
    return f'{_MODEL}:{numbers}::chain_id=="{chain}"'


def _atom(exact: Exact, place: AtomPlace) -> str:
    if re.search(r"[^A-Za-z0-9'*]", place.atom):
        raise UsageError("ChimeraX cannot specify this atom", where=str(place))
    return f"{_spec(exact, [atom_selection(place)])}@{place.atom}"


def _run(run: Run) -> str:
    return f"{run.first}{run.icode}" if run.first == run.last else f"{run.first}-{run.last}"


def quoted(text: str) -> str:
    r"""A text as ChimeraX takes it: in double quotes, quotes and backslashes escaped, on one line.

    Examples
    --------
    >>> print(quoted('the "odd" one; exit'))
    "the \"odd\" one; exit"
    """
    return '"' + re.sub(r'(["\\])', r"\\\1", one_line(text)) + '"'


def _camera(scene: Scene) -> Iterator[str]:
    """Rows of the camera's placement: its axes as columns, and where it stands."""
    turn, center = axes(scene), scene.camera.center
    for row in range(3):
        yield from (f"{turn[column][row]:.6f}" for column in range(3))
        yield f"{center[row] + _DISTANCE * turn[2][row]:.3f}"
