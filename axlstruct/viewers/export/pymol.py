"""A `Scene` as a PyMOL script (``.pml``): every text in it is a Python literal, so that none can become a command."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from axlstruct.errors import UsageError
from axlstruct.scene.scene import AtomPlace, Layer, Run, Scene, Selection
from axlstruct.viewers.export.selections import (
    BACKBONE,
    Exact,
    atom_selection,
    axes,
    dash_groups,
    element_selections,
    heading,
    layer_names,
    object_name,
)

_RUNS_A_WORD = 40
"""PyMOL cuts off words of a selection after a thousand characters."""

_LABEL_LOOK: dict[str, object] = {
    "label_color": "black",
    "label_outline_color": "white",
    "label_size": 18,
    "label_font_id": 7,
    "label_position": (0, 0, 40),
}
"""Bold, and 40 Angstrom nearer to the reader than what is labelled, as ray-traced labels are hidden by what is before them."""

_BEFORE = """\
    cmd.delete(model)
    cmd.set('cif_use_auth', 1)
    cmd.set('assembly', '')
    cmd.set('ignore_case_chain', 0)
    cmd.load(path, model)
    cmd.hide('everything', model)
    cmd.bg_color('white')
    cmd.alter(model, "ss='L'")
"""

_AFTER = """\
    cmd.set_view({view})
    cmd.zoom(model)
    view = list(cmd.get_view())
    view[12:15] = {center}
    cmd.set_view(view)
    cmd.deselect()

    wrong = []
    for name, residues in expected.items():
        found = set()
        cmd.iterate(name, 'found.add((chain, resi))', space={{'found': found}})
        if len(found) != residues:
            wrong.append('%s has %d residues where the scene has %d' % (name, len(found), residues))
    wrong.extend('a bond ends at no atom or at several: ' + end for end in astray)
    if wrong:
        raise Exception('this is not the structure of the scene: ' + '; '.join(wrong))
"""


def to_pymol(scene: Scene, path: str | Path) -> str:
    """A PyMOL script that loads a structure file and draws a scene of it.

    Parameters
    ----------
    scene : Scene
    path : str or Path
        The structure file, as PyMOL is to find it.

    Returns
    -------
    str
        ASCII text. Each layer becomes a named selection; at the end the script counts the residues of every selection and stops
        with an error where they are not those of the scene, as a selection that finds nothing is silent in PyMOL.

    Raises
    ------
    UsageError
        The name of a chain cannot be written in PyMOL's selections (it holds both kinds of quotes, or a control character).
    """
    exact, names = Exact(scene), layer_names(scene.layers)
    lines = [*(f"# {_ascii(line)}" for line in heading(scene)), "def axlstruct_scene():"]
    lines += [f"    path, model = {str(path)!a}, {object_name(scene)!a}", _BEFORE.rstrip()]
    lines += [
        f"    cmd.alter('%' + model + {' and ' + _selection(exact, [selection])!a}, {_state(kind)!a})"
        for kind, selection in element_selections(scene)
    ]
    lines += ["    expected = {}"]
    for name, layer in zip(names, scene.layers, strict=True):
        lines += [f"    {line}" for line in _layer(exact, name, layer)]
    lines += [f"    {line}" for line in _labels(exact, scene)]
    lines += [f"    {line}" for line in _dashes(exact, scene)]
    turn = axes(scene)
    view = [round(turn[row][column], 6) for column in range(3) for row in range(3)]
    center = list(scene.camera.center)
    lines.append(_AFTER.format(view=[*view, 0.0, 0.0, -150.0, *center, 50.0, 250.0, -20.0], center=center).rstrip())
    return "\n".join(["python", *lines, "", "axlstruct_scene()", "python end", ""])


def _state(kind: str) -> str:
    return f"ss='{'H' if kind == 'helix' else 'S'}'"


def _layer(exact: Exact, name: str, layer: Layer) -> Iterator[str]:
    """Select, colour, show; a side chain keeps the colour of its C-alpha, which is that of the cartoon."""
    style, color = layer.style, f"0x{layer.style.color.removeprefix('#')}"
    yield f"cmd.select({name!a}, '%' + model + {' and ' + _selection(exact, layer.selections)!a})"
    yield f"expected[{name!a}] = {sum(map(len, layer.selections))}"
    if style.kind == "cartoon":
        yield f"cmd.color({color!a}, {name!a})"
        yield f"cmd.show('cartoon', {name!a})"
        return
    atoms, kind = name, style.kind
    if layer.part == "side-chain":
        atoms = f"{name} and not name {'+'.join(BACKBONE)}"
        yield f"cmd.set('{kind}_color', {color!a}, {f'{name} and name CA'!a})"
        yield f"cmd.color({color!a}, {f'{atoms} and not name CA'!a})"
    else:
        yield f"cmd.color({color!a}, {name!a})"
    if kind == "stick" and style.radius:
        yield f"cmd.set_bond('stick_radius', {style.radius}, {atoms!a})"
    if kind == "sphere" and style.radius:
        yield f"cmd.alter({atoms!a}, 'vdw={style.radius}')"
    yield f"cmd.show('{kind}s', {atoms!a})"


def _labels(exact: Exact, scene: Scene) -> Iterator[str]:
    if not scene.labels:
        return
    yield "labels = model + '_labels'"
    yield "cmd.delete(labels)"
    for count, label in enumerate(scene.labels, 1):
        where = " and " + _selection(exact, [label.selection])
        yield f"cmd.pseudoatom(labels, '%' + model + {where!a}, resi='{count}', chain='', label={label.text!a})"
    yield "cmd.hide('everything', labels)"
    yield "cmd.show('labels', labels)"
    yield "cmd.set('float_labels', 1)"
    for setting, value in _LABEL_LOOK.items():
        yield f"cmd.set({setting!a}, {value!a}, labels)"


def _dashes(exact: Exact, scene: Scene) -> Iterator[str]:
    """A distance object for each type of bond, without its numbers."""
    yield "astray = []"
    for name, dashes in dash_groups(scene).items():
        yield f"cmd.delete({name!a})"
        yield f"for ends in {[(_atom(exact, dash.donor), _atom(exact, dash.acceptor)) for dash in dashes]!a}:"
        yield "    ends = ['%' + model + end for end in ends]"
        yield "    lost = [end for end in ends if cmd.count_atoms(end) != 1]"
        yield "    astray.extend(lost)"
        yield f"    lost or cmd.distance({name!a}, ends[0], ends[1])"
        yield f"if {name!a} in cmd.get_names('all'):"
        yield f"    cmd.hide('labels', {name!a})"
        yield f"    cmd.set('dash_color', {'0x' + dashes[0].color.removeprefix('#')!a}, {name!a})"
        yield f"    cmd.set('dash_width', 3.0, {name!a})"


def _atom(exact: Exact, place: AtomPlace) -> str:
    return f" and {_selection(exact, [atom_selection(place)])} and name {chain_word(place.atom)}"


def _selection(exact: Exact, selections: Iterable[Selection]) -> str:
    parts = []
    for selection in selections:
        runs = [_run(run) for run in exact.runs(selection)]
        words = ["+".join(runs[i : i + _RUNS_A_WORD]) for i in range(0, len(runs), _RUNS_A_WORD)]
        numbers = " or ".join(f"resi {word}" for word in words)
        parts.append(f"(chain {chain_word(selection.chain)} and ({numbers or 'none'}))")
    return f"({' or '.join(parts) or 'none'})"


def _run(run: Run) -> str:
    first, last = (f"{number}{run.icode}".replace("-", "\\-") for number in (run.first, run.last))
    return first if run.first == run.last else f"{first}-{last}"


def chain_word(name: str) -> str:
    """The name of a chain as PyMOL's selections take it: quoted, with what is special in a list escaped.

    Examples
    --------
    >>> print(chain_word("A-2"), chain_word("A+B"), chain_word('5"'))
    "A-2" "A\\+B" '5"'
    """
    quote = "'" if '"' in name else '"'
    if quote in name or not name.isprintable():
        raise UsageError("PyMOL cannot select this chain", where=f"chain {name!r}", advice="rename it in the file")
    return quote + re.sub(r"([\\+,*])", r"\\\1", name) + quote


def _ascii(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode()
