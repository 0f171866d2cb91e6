"""A `Scene` as a ChimeraX command script (``.cxc``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PureWindowsPath

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
        The name of a chain or of the file cannot be written so that ChimeraX reads it as one word.
    """
    exact, names = Exact(scene), layer_names(scene.layers)
    changed = sorted({_replaced(label.text) for label in scene.labels if _both(label.text)})
    comments = [*heading(scene), *(f"Its double quotes cannot be written here and are single ones: {text}" for text in changed)]
    lines = [f"# {line.replace(';', ',')}" for line in comments]
    lines += [f"open {quoted_path(path)} id {_MODEL[1:]}", f"hide {_MODEL} atoms", f"hide {_MODEL} cartoons"]
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
    """Residues of a chain; a name that is not plain goes through the residues' attribute, which takes text in quotes.

    Outside a quoted word ChimeraX ends a command at a semicolon and a word at a blank, whatever quotes stand around them in a
    specification.
    """
    numbers = ",".join(_run(run) for run in runs)
    if re.fullmatch(r"[A-Za-z0-9_]+", chain):
        return f"{_MODEL}/{chain}:{numbers}"
    if re.search(r'[\s;"\\]', chain) or not chain.isprintable():
        raise UsageError("ChimeraX cannot specify this chain", where=f"chain {chain!r}", advice="rename it in the file")
    return f'{_MODEL}:{numbers}::chain_id=="{chain}"'


def _atom(exact: Exact, place: AtomPlace) -> str:
    if re.search(r"[^A-Za-z0-9'*]", place.atom):
        raise UsageError("ChimeraX cannot specify this atom", where=str(place))
    return f"{_spec(exact, [atom_selection(place)])}@{place.atom}"


def _run(run: Run) -> str:
    return f"{run.first}{run.icode}" if run.first == run.last else f"{run.first}-{run.last}"


def quoted(text: str) -> str:
    r"""A text as ChimeraX takes it, on one line: in double quotes, or in single ones where it has double ones.

    ChimeraX ends a quoted word at the first quote of its kind that stands before a blank or the end of the line, escaped or not:
    so the text must not have that quote at all. Where it has both kinds, its double quotes become single ones. Backslashes are
    doubled, as ChimeraX reads escapes in texts.

    Examples
    --------
    >>> print(quoted("an odd one; exit"), quoted('the "odd" one; exit'), quoted("5'-\"odd\" ;exit"))
    "an odd one; exit" 'the "odd" one; exit' "5'-'odd' ;exit"
    """
    text = _replaced(text) if _both(text) else one_line(text)
    return _in_quotes(text.replace("\\", "\\\\"))


def quoted_path(path: str | Path) -> str:
    """The path of a file as ChimeraX takes it: in quotes, character by character, for in paths it reads no escapes.

    Raises
    ------
    UsageError
        The path has both kinds of quotes, or characters that cannot stand in a line.
    """
    text = path.as_posix() if isinstance(path, PureWindowsPath) else str(path)
    if _both(text) or not text.isprintable():
        raise UsageError("ChimeraX cannot open a file of this name", where=text, advice="rename the file or its folder")
    return _in_quotes(text)


def _in_quotes(text: str) -> str:
    quote = "'" if '"' in text else '"'
    return f"{quote}{text}{quote}"


def _both(text: str) -> bool:
    """Whether a text has both kinds of quotes, so that neither can stand around it."""
    return "'" in text and '"' in text


def _replaced(text: str) -> str:
    return one_line(text).replace('"', "'")


def _camera(scene: Scene) -> Iterator[str]:
    """Rows of the camera's placement: its axes as columns, and where it stands."""
    turn, center = axes(scene), scene.camera.center
    for row in range(3):
        yield from (f"{turn[column][row]:.6f}" for column in range(3))
        yield f"{center[row] + _DISTANCE * turn[2][row]:.3f}"
