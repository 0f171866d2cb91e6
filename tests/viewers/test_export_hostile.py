"""Texts and names that try to become commands: in the script of a viewer they stay one word of one command."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenes import scene_of, small_target, small_text

from axlstruct.errors import UsageError, visible
from axlstruct.scene.scene import Scene
from axlstruct.sources.coordinates import read_structure
from axlstruct.structure.structure import Structure
from axlstruct.viewers.export.bfactor import paint_bfactors, scene_numbers
from axlstruct.viewers.export.chimerax import quoted, quoted_path, to_chimerax
from axlstruct.viewers.export.molviewspec import to_molviewspec
from axlstruct.viewers.export.pymol import to_pymol

HOSTILE = [
    'x" ;runscript evil.py ;#', "x' ;runscript evil.py ;#", "x'\" ;runscript evil.py ;#", 'x\\" ;runscript evil.py', '"',
    "'", "\\", "x\nrunscript evil.py", "x\r\nrunscript evil.py", "x\u2028runscript evil.py", "x\x1b[2J", "x; exit", "#", "",
]  # fmt: skip
WORDS = {"open", "hide", "set", "lighting", "setattr", "name", "color", "show", "style", "size", "pbond", "label", "view"}


def chimerax_words(line: str) -> list[list[str]]:
    """The commands of a line and their words, by the rule of ChimeraX's command parser.

    A word that begins with a quote ends at the first quote of that kind before a blank or the end of the line; backslashes do not
    count. Any other word ends at a blank or a semicolon, and a semicolon ends the command.
    """
    commands: list[list[str]] = [[]]
    while line := line.lstrip():
        if line[0] == ";":
            commands.append([])
            line = line[1:]
            continue
        kind = re.escape(line[0]) if line[0] in "\"'" else ""
        word = re.match(rf"{kind}.*?{kind}(?=\s|$)" if kind else r"[^;\s]*", line)
        assert word, f"a quote that does not end: {line}"
        commands[-1].append(word.group())
        line = line[word.end() :]
    return commands


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Structure, Scene]:
    path = tmp_path_factory.mktemp("small") / "small.pdb"
    path.write_text(small_text())
    structure = read_structure(path)
    return structure, scene_of(structure, small_target(), color="domain")


def with_text(scene: Scene, text: str) -> Scene:
    layers = tuple(replace(layer, name=text + layer.name) for layer in scene.layers)
    labels = tuple(replace(label, text=text) for label in scene.labels)
    return replace(scene, title=text, numbering=text, notes=(text,), layers=layers, labels=labels)


@pytest.mark.parametrize("text", HOSTILE)
def test_chimerax_reads_every_line_as_the_one_command_that_it_is(small: tuple[Structure, Scene], text: str) -> None:
    scene = with_text(small[1], text)
    script = to_chimerax(scene, "small.pdb")
    lines = script.split("\n")
    assert script.splitlines() == lines[:-1], "no other character ends a line"
    for line in lines:
        if line.startswith("#"):
            assert ";" not in line, "a comment may be cut at a semicolon"
        elif line:
            (words,) = chimerax_words(line)
            assert words[0] in WORDS
    shown = [words for line in lines if line.startswith("label") for words in chimerax_words(line)]
    kept = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    kept = kept.replace('"', "'") if {'"', "'"} <= set(kept) else kept
    assert [words[words.index("text") + 1][1:-1] for words in shown] == [kept.replace("\\", "\\\\")] * len(scene.labels)
    assert ("Its double quotes cannot be written here" in script) == ({'"', "'"} <= set(text))


@given(st.text(max_size=40))
def test_any_text_is_one_word_for_chimerax(text: str) -> None:
    assert chimerax_words(f"label {quoted(text)} color") == [["label", quoted(text), "color"]]
    try:
        path = quoted_path(text)
    except UsageError:
        assert {'"', "'"} <= set(text) or not text.isprintable()
    else:
        assert chimerax_words(f"open {path} id 1") == [["open", f"{path}", "id", "1"]]
        assert path[1:-1] == text


@pytest.mark.parametrize("chain", ["A;exit", "A exit", 'A" ;exit', "A\tB", "A\\"])
def test_a_chain_that_would_end_a_command_is_refused(small: tuple[Structure, Scene], chain: str) -> None:
    layers = tuple(
        replace(layer, selections=tuple(replace(s, chain=chain) for s in layer.selections)) for layer in small[1].layers
    )
    with pytest.raises(UsageError, match="ChimeraX cannot specify this chain"):
        to_chimerax(replace(small[1], layers=layers, labels=(), secondary=()), "small.pdb")


@pytest.mark.parametrize("text", HOSTILE)
def test_pymol_reads_every_text_as_a_literal(small: tuple[Structure, Scene], text: str) -> None:
    script = to_pymol(with_text(small[1], text), f"folder {text}/small.pdb")
    lines = script.split("\n")
    assert script.splitlines() == lines[:-1]
    assert script.isascii()
    assert script.isprintable() or {c for c in script if not c.isprintable()} == {"\n"}
    assert [line for line in lines if line.strip() in ("python", "python end")] == ["python", "python end"]
    compile("\n".join(lines[1:-2]), "script", "exec")
    assert "runscript" not in "\n".join(line for line in lines if not re.search(r"['\"#].*runscript", line))


def test_molviewspec_tooltips_hold_no_markup(small: tuple[Structure, Scene]) -> None:
    text = "<img src=x onerror=alert(1)> & 'it'"
    state = json.loads(to_molviewspec(with_text(small[1], text), "small.pdb"))

    def texts(node: dict, kind: str) -> list[str]:
        own = [node["params"]["text"]] if node["kind"] == kind else []
        return own + [found for child in node.get("children", []) for found in texts(child, kind)]

    assert texts(state["root"], "tooltip") == [html.escape(text + layer.name) for layer in small[1].layers]
    assert not [tip for tip in texts(state["root"], "tooltip") if "<" in tip]
    assert set(texts(state["root"], "label")) <= {text}, "labels are letters in the picture, not HTML"


@pytest.mark.parametrize("suffix", [".pdb", ".cif"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_record_of_a_bfactor_file(
    small: tuple[Structure, Scene], tmp_path: Path, text: str, suffix: str
) -> None:
    structure, scene = small
    hostile = with_text(scene, f"{text}\nATOM  99999  CA  ALA Z   1\n;\ndata_evil\nloop_\n_atom_site.id\n")
    number, meaning = scene_numbers(structure, hostile)
    path = tmp_path / f"painted{suffix}"
    path.write_text(paint_bfactors(structure, number, suffix=suffix, meaning=meaning))
    again = read_structure(path)
    assert [(r.id.chain, r.id.number, r.id.icode, r.name) for r in again.residues] == [
        (r.id.chain, r.id.number, r.id.icode, r.name) for r in structure.residues
    ]


@given(st.text())
def test_what_is_shown_acts_on_no_terminal(text: str) -> None:
    shown = visible(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    shown.encode()
