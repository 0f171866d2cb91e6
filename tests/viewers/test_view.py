"""What goes to the browser: data that cannot break out, equal bytes for equal input, author numbers with insertion codes."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import gemmi
import pytest
from scenes import scene_of, small_target, small_text
from shared_files import mirror
from tiny import Chain, cif_text

import axlstruct
from axlstruct.errors import UsageError
from axlstruct.scene.scene import AtomPlace, Dash, Label, Scene, Selection
from axlstruct.sources.coordinates import read_structure
from axlstruct.structure.secondary_structure import Element
from axlstruct.structure.structure import Structure
from axlstruct.study.facade import Study
from axlstruct.study.views import page
from axlstruct.viewers.browser import chain_letters, make_view, model_text, selection_spec, side_by_side, view_html
from axlstruct.viewers.browser import display as shown
from axlstruct.viewers.threedmol import PINNED

SCRIPT = "window.$3Dmol = {}; // stands for 3Dmol.js </script><!-- "
EVIL = "</script><img src=x onerror=alert(1)> & \"quoted\" 'too' \u2028 <!--"


@pytest.fixture
def small(tmp_path: Path) -> Structure:
    path = tmp_path / "small.pdb"
    path.write_text(small_text())
    return read_structure(path)


@pytest.fixture
def scene(small: Structure) -> Scene:
    return scene_of(small, small_target())


def scripts(page: str) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", page, re.DOTALL)


def test_free_text_cannot_break_out(small: Structure, scene: Scene) -> None:
    texts = [replace(label, text=EVIL, hover=EVIL) for label in scene.labels]
    entries = [replace(entry, heading=EVIL, label=EVIL, detail=EVIL, color=EVIL) for entry in scene.legend]
    sites = [replace(site, name=EVIL, reason=EVIL) for site in scene.absent]
    rows = [replace(row, note=EVIL, domain=EVIL, component=EVIL) for row in scene.residues]
    evil = replace(
        scene, title=EVIL, labels=tuple(texts), legend=tuple(entries), absent=tuple(sites), residues=tuple(rows),
        numbering=EVIL, notes=(EVIL,), secondary_source=EVIL,
    )  # fmt: skip
    page = view_html(small, evil, script=SCRIPT)
    assert "<img" not in page
    assert "onerror=alert(1)&gt;" in page
    assert page.count("<script") == page.count("</script") == 2
    assert "<!--" not in page.replace("<!DOCTYPE html>", "")
    assert not [script for script in scripts(page) if "\u2028" in script]
    assert "\\u003c/script>" in scripts(page)[1]


def test_a_command_added_by_the_user_is_drawn_and_escaped(small: Structure, scene: Scene) -> None:
    view = make_view(small, scene, script=SCRIPT)
    assert view.addLabel("</script>", {"fontSize": 9}) is view
    assert 'addLabel("\\u003c/script>"' in view.page()


def test_equal_input_gives_equal_bytes(small: Structure, scene: Scene) -> None:
    assert view_html(small, scene, script=SCRIPT) == view_html(small, scene, script=SCRIPT)
    other = view_html(small, replace(scene, title="another"), script=SCRIPT)
    ids = {re.search(r'data-axl-id="(\w+)"', page)[1] for page in (other, view_html(small, scene, script=SCRIPT))}  # type: ignore[index]
    assert len(ids) == 2


@pytest.mark.parametrize("script", [SCRIPT, None])
def test_the_page_allows_its_own_scripts_and_style_by_hash_and_nothing_else(
    small: Structure, scene: Scene, script: str | None
) -> None:
    page = view_html(small, scene, script=script)
    policy = dict(part.split(" ", 1) for part in re.search(r'Policy" content="([^"]+)"', page)[1].split("; "))  # type: ignore[index]
    allowed = policy["script-src"].split()
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts(page)]
    assert policy["default-src"] == "'none'"
    assert "connect-src" not in policy
    assert "unsafe" not in str(policy)
    assert [word for word in allowed if word.startswith("'sha256")] == hashes
    assert [word for word in allowed if word.startswith("https://")] == ([] if script else [address()])
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]  # type: ignore[index]
    assert policy["style-src"] == f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
    assert " style=" not in page
    assert not re.search(r"\son\w+=", page.split("<script>")[0])


def address() -> str:
    import inspect

    import py3Dmol

    return str(inspect.signature(py3Dmol.view).parameters["js"].default)


def test_without_the_script_the_page_says_that_it_needs_the_network(small: Structure, scene: Scene) -> None:
    without, with_script = (view_html(small, scene, script=script) for script in (None, SCRIPT))
    stated = f"it is loaded from {address()}, so the picture needs the network"
    assert stated in without
    known = base64.b64encode(bytes.fromhex(PINNED[re.search(r"3dmol@([\d.]+)/", address(), re.IGNORECASE)[1]])).decode()  # type: ignore[index]
    assert f'integrity = "sha256-{known}"' in without
    assert "tag.integrity = integrity; tag.crossOrigin = 'anonymous'" in without
    assert stated not in with_script


def test_absent_sites_stand_beside_the_picture(small: Structure, scene: Scene) -> None:
    page = view_html(small, scene, script=SCRIPT)
    visible = page.split("<script>")[0]
    assert "Sites not in this structure, drawn nowhere" in visible
    assert "<b>REC Y21</b>: not known" in visible
    assert "Y21" not in page.split("<script>")[2]


def test_selections_are_author_numbers_with_insertion_code() -> None:
    selection = Selection.of("H", [(-1, ""), (0, ""), (52, ""), (52, "A"), (52, "B"), (53, "")])
    assert selection_spec(selection, {"H": "H"}) == [
        {"chain": "H", "resi": ["-1-0", "52-53"], "icode": " "},
        {"chain": "H", "resi": [52], "icode": "A"},
        {"chain": "H", "resi": [52], "icode": "B"},
    ]
    (side,) = selection_spec(Selection.of("A-2", [(7, "")]), {"A-2": "x"}, "side-chain")
    assert side == {"chain": "x", "resi": [7], "icode": " ", "not": {"atom": ["N", "C", "O", "OXT"]}}


def test_styles_reach_the_view_with_insertion_codes(small: Structure, scene: Scene) -> None:
    commands = make_view(small, scene).startjs
    assert 'setStyle({"chain": "R", "resi": [11], "icode": "A"},{"cartoon": {"color": "#E69F00", "arrows": true}})' in commands
    assert '"noComputeSecondaryStructure": true' in commands


def test_hover_tells_both_numbers_exon_domain_and_coverage(small: Structure, scene: Scene) -> None:
    hover = make_view(small, scene).hover
    assert hover["R11A"].splitlines()[:3] == ["Leu 11A · chain R · REC", "UniProt L5", "exon 1 · Ig-like 1"]
    assert hover["R12"].splitlines()[2] == "split codon, exons 1 and 2 · Ig-like 1"
    assert hover["R12"].splitlines()[3].startswith("partial · missing")
    assert hover["R99"].splitlines() == ["Zn 99 · chain R", "Zn ion"]


def test_model_text_reads_back_as_the_same_residues_and_secondary_structure() -> None:
    structure = read_structure(mirror("1igy.cif"))
    scene = scene_of(structure, small_target())
    text = model_text(structure, scene)
    assert "\nEND" not in text
    back = gemmi.read_pdb_string(text)

    def places(model: gemmi.Model) -> list[tuple[str, str, str, int]]:
        return sorted(
            (c.name, str(r.seqid), r.name, sum(not a.is_hydrogen() for a in r)) for c in model for r in c if not r.is_water()
        )

    assert places(back[0]) == places(structure.model)
    helices = [e for e in scene.secondary if e.kind == "helix"]
    strands = [e for e in scene.secondary if e.kind == "strand"]
    assert [(h.start.chain_name, h.start.res_id.seqid.num, h.end.res_id.seqid.num) for h in back.helices] == [
        (e.chain, e.first[0], e.last[0]) for e in helices
    ]
    assert sum(len(sheet.strands) for sheet in back.sheets) == len(strands)


def test_assembly_copies_get_letters_of_their_own() -> None:
    structure = read_structure(mirror("4zxb.cif"), assembly="1")
    names = [chain.name for chain in structure.model]
    letters = chain_letters(names)
    assert any("-" in name for name in names)
    assert all(len(letter) == 1 for letter in letters.values())
    assert len(set(letters.values())) == len(letters)
    scene = scene_of(structure, small_target())
    assert {element.chain for element in scene.secondary} == {chain.chain for chain in structure.chains}
    chains = {line[21] for line in model_text(structure, scene).splitlines() if line.startswith("ATOM")}
    assert chains <= set(letters.values())


def test_a_hundred_chains_still_have_letters() -> None:
    letters = chain_letters([f"chain{n}" for n in range(100)])
    assert len(set(letters.values())) == 100
    assert all(len(letter) == 1 for letter in letters.values())


@pytest.mark.parametrize(("cells", "carried"), [(["a", "a", "b", "a"], [1, 1, 0, 1]), (["", "", ""], [1, 0, 0])])
def test_the_script_goes_once_into_a_notebook(
    monkeypatch: pytest.MonkeyPatch, small: Structure, scene: Scene, cells: list[str], carried: list[int]
) -> None:
    import IPython

    running = iter(cells)

    class Shell:
        def get_parent(self) -> dict[str, dict[str, str]]:
            return {"metadata": {"cellId": next(running)}}

    monkeypatch.setattr(IPython, "get_ipython", Shell)
    monkeypatch.setattr(shown, "_CARRIED_BY", {})
    view = make_view(small, scene, script=SCRIPT)
    assert [view._repr_html_().count("stands for 3Dmol.js") for _ in cells] == carried


def test_outside_a_kernel_every_view_carries_the_script(small: Structure, scene: Scene) -> None:
    view = make_view(small, scene, script=SCRIPT)
    assert all("stands for 3Dmol.js" in view._repr_html_() for _ in range(2))


def test_the_page_is_written_to_a_path(tmp_path: Path, small: Structure, scene: Scene) -> None:
    view = make_view(small, scene, script=SCRIPT)
    view.write_html(tmp_path / "view.html")
    assert (tmp_path / "view.html").read_text(encoding="utf-8") == view.page() == view.write_html()


def test_a_view_without_3dmol_says_why(tmp_path: Path) -> None:
    (tmp_path / "mirror").mkdir()
    (tmp_path / "mirror" / "2c5d.cif").symlink_to(mirror("2c5d.cif"))
    study = axlstruct.load("axl", mirror=[tmp_path / "mirror"], offline=True, cache=tmp_path / "cache")
    view = study.view("2C5D", title="ours", interface=False, labels=False)
    (note,) = [note for note in view.scene.notes if note.startswith("No copy of 3Dmol.js at hand: ")]
    assert "3Dmol" in note.partition(": ")[2]
    assert note in html.unescape(view.page())
    assert (view.scene.title, view.scene.labels) == ("ours", ())
    assert "width:680px;height:520px" in view.page()
    assert "width:900px;height:600px" in page(study.session, "2C5D")


def test_importing_scene_and_view_loads_no_viewer_plot_or_source() -> None:
    code = "import axlstruct.scene.scene, axlstruct.viewers.browser, sys, json; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    heavy = {"py3Dmol", "matplotlib", "IPython", "pandas", "requests", "axlstruct.sources"}
    assert not heavy & set(loaded)


def labels_of(view: object) -> dict[str, dict[str, float]]:
    """Places of the labels by their texts, as the view tells 3Dmol.js."""
    found = re.findall(r'addLabel\("(.+?)",(\{.+?\})\);', view.startjs)  # type: ignore[attr-defined]
    return {text: json.loads(look)["position"] for text, look in found}


def far_structure(tmp_path: Path) -> Structure:
    """Residues beyond what the PDB format holds, as CA atoms along x, 3.8 Angstrom apart."""
    path = tmp_path / "far.cif"
    path.write_text(cif_text(Chain("R", "GGASLKDVASYLKDVAGKLSY", [*range(-1005, -1002), *range(1, 10), *range(9996, 10005)])))
    return read_structure(path)


def test_a_label_is_at_what_is_drawn_of_its_residues_or_nowhere(tmp_path: Path) -> None:
    structure = far_structure(tmp_path)
    scene = scene_of(structure, small_target())
    there = Label("there", Selection.of("R", [(9999, ""), (10000, "")]), "#000000")
    nowhere = Label("nowhere", Selection.of("R", [(10001, "")]), "#000000")
    places = labels_of(make_view(structure, replace(scene, labels=(there, nowhere))))
    assert places == {"there": {"x": round(3.8 * 15, 3), "y": 100.0, "z": 0.0}}


def test_a_label_is_in_the_middle_of_all_its_insertion_codes(small: Structure, scene: Scene) -> None:
    label = Label("both", Selection.of("R", [(11, ""), (11, "A")]), "#000000")
    places = labels_of(make_view(small, replace(scene, labels=(label,))))
    assert places["both"]["x"] == pytest.approx(3.8 * 1.5, abs=1e-3)


def test_helices_and_strands_are_cut_where_the_format_ends(tmp_path: Path) -> None:
    structure = far_structure(tmp_path)
    elements = (
        Element("helix", "R", (-1004, ""), (3, "")),
        Element("helix", "R", (5, ""), (8, "")),
        Element("strand", "R", (9997, ""), (10002, "")),
        Element("strand", "R", (10001, ""), (10003, "")),
    )
    text = model_text(structure, replace(scene_of(structure, small_target()), secondary=elements))
    assert {len(line) for line in text.splitlines() if line.startswith("HELIX")} == {40}
    back = gemmi.read_pdb_string(text)
    assert [(h.start.res_id.seqid.num, h.end.res_id.seqid.num) for h in back.helices] == [(1, 3), (5, 8)]
    strands = [strand for sheet in back.sheets for strand in sheet.strands]
    assert [(s.start.res_id.seqid.num, s.end.res_id.seqid.num) for s in strands] == [(9997, 9999)]


@pytest.mark.parametrize("kind", ["helix", "strand"])
def test_thousands_of_helices_and_strands_keep_their_columns(small: Structure, scene: Scene, kind: str) -> None:
    text = model_text(small, replace(scene, secondary=(Element(kind, "R", (10, ""), (11, "A")),) * 2500))
    lines = [line for line in text.splitlines() if line.startswith(("HELIX", "SHEET"))]
    assert len(lines) == 2500
    start, end = (slice(21, 26), slice(33, 38)) if kind == "helix" else (slice(22, 27), slice(33, 38))
    assert {(line[start], line[end]) for line in lines} == {("  10 ", "  11A")}
    assert {line[7:10].strip() for line in lines} == {str(number) for number in range(1, 1000)}


def test_dashes_join_the_right_atoms_and_are_told_on_hover(small: Structure, scene: Scene) -> None:
    ends = AtomPlace("R", 11, "A", "CA"), AtomPlace("L", 3, "", "CA")
    lost = replace(Dash("hbond", *ends, "#2B2B2B", 3.0, "a"), donor=AtomPlace("R", 11, "A", "N"))
    dashes = (Dash("salt-bridge", *ends, "#E0007A", 3.94, "b"), lost)
    view = make_view(small, replace(scene, dashes=dashes))
    (cylinder,) = re.findall(r"addCylinder\((\{.+?\})\);", view.startjs)
    line = json.loads(cylinder)
    places = {
        (residue.seqid.num, residue.seqid.icode.strip(), chain.name): residue[0].pos.tolist()
        for chain in small.model
        for residue in chain
    }
    assert list(line["start"].values()) == pytest.approx(places[11, "A", "R"])
    assert list(line["end"].values()) == pytest.approx(places[3, "", "L"])
    assert (line["color"], line["dashed"]) == ("#E0007A", True)
    words = "salt bridge R/11A:CA – L/3:CA, 3.9 Å, grade b"
    assert words in view.hover["R11A"].splitlines()
    assert words in view.hover["L3"].splitlines()
    assert "grade" not in view.hover["R11"]


def test_the_dashes_of_2c5d_are_those_of_the_table(study: Study) -> None:
    view = study.view("2C5D")
    rows = [row for row in study.table("interactions", "2C5D").rows if row.type in ("hbond", "salt-bridge")]
    assert view.startjs.count("addCylinder(") == len(rows)
    assert "addCylinder(" not in study.view("2C5D", bonds=False).startjs
    assert any("grade " in text for text in view.hover.values())


def test_views_side_by_side_carry_the_script_once_and_their_own_policy(small: Structure, scene: Scene) -> None:
    first, second = (make_view(small, replace(scene, title=title), script=SCRIPT) for title in ("one", "two <b>"))
    both = side_by_side([first, second])
    page = both.page()
    assert page == side_by_side([first, second]).page() == both.write_html()
    assert "<title>one | two &lt;b&gt;</title>" in page
    assert len(scripts(page)) == 4
    assert both._repr_html_().count("stands for 3Dmol.js") == 1
    policy = re.search(r"script-src ([^;]+);", page)[1].split()  # type: ignore[index]
    assert policy == [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts(page)]
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]  # type: ignore[index]
    assert f"style-src 'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in page
    assert page.count("<style>") == 1
    assert 'data-axl-linked="wanted"' in page
    assert 'data-axl-linked="no"' in side_by_side([first, second], linked=False).page()
    assert len(scripts(side_by_side([first, second], linked=False).page())) == 3


def test_the_same_view_twice_is_drawn_twice(small: Structure, scene: Scene) -> None:
    view = make_view(small, scene, script=None)
    page = side_by_side([view, view, view]).page()
    assert page.count('class="axl-view"') == 3
    assert address() in page.split("style-src")[0]


@pytest.mark.parametrize("views", [[], ["one"], ["one", "two"]])
def test_side_by_side_takes_two_views_or_more(views: list[object]) -> None:
    with pytest.raises(UsageError, match="two views or more"):
        side_by_side(views)
