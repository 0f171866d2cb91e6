"""The page in a real browser, from a file and without network: drawn, in the right colours; a broken view is noticed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser import HEIGHT, LEAST_COLOR, LEAST_DRAWN, WIDTH, canvas, drawn, share, shoot
from scenes import scene_of
from shared_files import SUPPORT, mirror

from axlstruct.scene import palette
from axlstruct.scene.scene import Camera, Scene
from axlstruct.sources.cache import Cache
from axlstruct.sources.coordinates import read_structure
from axlstruct.sources.target import load_target
from axlstruct.structure.structure import Structure
from axlstruct.viewers.browser import make_view, side_by_side

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def structure() -> Structure:
    return read_structure(mirror("2c5d.cif"), id="2C5D")


@pytest.fixture(scope="module")
def scene(structure: Structure) -> Scene:
    return scene_of(structure, load_target("axl", Cache(Path("unused"), offline=True)), color="domain")


def problems(pixels: np.ndarray, scene: Scene) -> list[str]:
    """What is wrong with a picture of a scene; empty if it is as it should be."""
    found, inside = [], canvas(pixels)
    if (part := drawn(inside)) < LEAST_DRAWN:
        found.append(f"blank canvas: {part:.1%} drawn")
    wanted = [entry for entry in scene.legend if entry.shape == "cartoon" and entry.label != "between domains"]
    shares = {entry.label: share(inside, entry.color) for entry in wanted}
    found += [f"{label} is missing: {part:.2%}" for label, part in shares.items() if part < LEAST_COLOR]
    return found


def test_the_page_draws_every_domain_without_any_request(
    chromium: str, script: str, structure: Structure, scene: Scene, tmp_path: Path
) -> None:
    page = make_view(structure, scene, script=script, width=WIDTH, height=HEIGHT).page()
    pixels, requests = shoot(chromium, page, tmp_path)
    assert problems(pixels, scene) == []
    assert share(canvas(pixels), "#D000D0") < LEAST_COLOR, "a colour that is not there must not be found"
    assert requests == []


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda view: view.setStlye({}, {"cartoon": {}}), id="misspelt call"),
        pytest.param(lambda view: view.removeAllModels(), id="no model"),
        pytest.param(lambda view: view.setStyle({}, {"cartoon": {"color": "#888888"}}), id="one grey"),
    ],
)
def test_a_broken_view_fails_the_same_check(
    chromium: str, script: str, structure: Structure, scene: Scene, tmp_path: Path, spoil: Any
) -> None:
    view = make_view(structure, scene, script=script, width=WIDTH, height=HEIGHT)
    spoil(view)
    pixels, _ = shoot(chromium, view.page(), tmp_path)
    assert problems(pixels, scene)


def test_an_unreachable_script_is_said_in_the_page(chromium: str, structure: Structure, scene: Scene, tmp_path: Path) -> None:
    page = make_view(structure, scene, width=WIDTH, height=HEIGHT).page()
    pixels, requests = shoot(chromium, page, tmp_path)
    assert [request.split("/")[2] for request in requests] == ["cdn.jsdelivr.net"], "the log of requests must show this one"
    assert any("blank" in problem for problem in problems(pixels, scene))


TURN = """<script>
document.querySelector('.axl-view').axlViewer.rotate(70, 'y');
document.querySelectorAll('.axl-hint').forEach(function (hint) { hint.remove(); });
</script>"""


def halves(pixels: np.ndarray) -> list[np.ndarray]:
    """The two pictures of views beside each other, within the margins of page and columns, without titles and legends."""
    wide = (pixels.shape[1] - 16) // 2
    return [pixels[60 : HEIGHT + 20, left + 20 : left + wide - 20] for left in (8, 8 + wide)]


@pytest.mark.parametrize("linked", [True, False])
def test_two_views_side_by_side_are_drawn_and_turn_together_if_linked(
    chromium: str, script: str, structure: Structure, scene: Scene, tmp_path: Path, linked: bool
) -> None:
    views = [make_view(structure, scene, script=script, width=WIDTH, height=HEIGHT) for _ in range(2)]
    cell = side_by_side(views, linked=linked)._repr_html_()
    pixels, _ = shoot(chromium, f"<!DOCTYPE html><meta charset='utf-8'><body>{cell}</body>", tmp_path)
    still = halves(pixels)
    assert min(map(drawn, still)) > LEAST_DRAWN
    orange = palette.domain_colors(["Ig-like"])["Ig-like"]
    assert min(share(half, orange) for half in still) > LEAST_COLOR
    assert alike(*still)
    (tmp_path / "turned").mkdir()
    pixels, _ = shoot(chromium, f"<!DOCTYPE html><meta charset='utf-8'><body>{cell}{TURN}</body>", tmp_path / "turned")
    turned = halves(pixels)
    assert min(map(drawn, turned)) > LEAST_DRAWN
    assert not alike(still[0], turned[0])
    assert alike(*turned) == linked
    assert alike(still[1], turned[1]) != linked


def test_a_structure_in_another_frame_turns_and_moves_along(
    chromium: str, script: str, structure: Structure, scene: Scene, tmp_path: Path
) -> None:
    import gemmi

    moved = replace(structure, gemmi=structure.gemmi.clone())
    turn = gemmi.Transform(gemmi.Mat33([[0, -1, 0], [1, 0, 0], [0, 0, 1]]), gemmi.Vec3(5, -40, 9))
    for chain in moved.model:
        for residue in chain:
            for atom in residue:
                atom.pos = gemmi.Position(turn.apply(atom.pos))
    x, y, z, w = scene.camera.rotation
    s = 0.5**0.5
    back = (
        s * x - s * y,
        s * x + s * y,
        s * z - s * w,
        s * w + s * z,
    )  # the quaternion of the camera times that of the turn back
    center = turn.apply(gemmi.Position(*scene.camera.center)).tolist()
    other = replace(scene, camera=Camera(tuple(center), back), labels=(), dashes=())
    views = [
        make_view(structure, replace(scene, labels=(), dashes=()), script=script, width=WIDTH, height=HEIGHT),
        make_view(moved, other, script=script, width=WIDTH, height=HEIGHT),
    ]
    shift = TURN.replace("rotate(70, 'y')", "rotate(70, 'y').translateScene(40, 25)")
    for more, name in (("", "still"), (shift, "turned")):
        (tmp_path / name).mkdir()
        cell = side_by_side(views)._repr_html_()
        pixels, _ = shoot(chromium, f"<!DOCTYPE html><meta charset='utf-8'><body>{cell}{more}</body>", tmp_path / name)
        assert alike(*halves(pixels)), name


def alike(one: np.ndarray, two: np.ndarray) -> bool:
    """Whether fewer than one pixel in a hundred differ."""
    return float((np.abs(one - two).max(axis=2) > 40).mean()) < 0.01


def test_a_page_of_two_views_of_different_colours_makes_no_request(
    chromium: str, script: str, structure: Structure, scene: Scene, tmp_path: Path
) -> None:
    grey = make_view(structure, scene, script=script, width=WIDTH, height=HEIGHT)
    grey.setStyle({}, {"cartoon": {"color": "#888888"}})
    page = side_by_side([make_view(structure, scene, script=script, width=WIDTH, height=HEIGHT), grey]).page()
    pixels, requests = shoot(chromium, page, tmp_path)
    left, right = halves(pixels)
    orange = palette.domain_colors(["Ig-like"])["Ig-like"]
    assert share(left, orange) > LEAST_COLOR > share(right, orange)
    assert min(drawn(left), drawn(right)) > LEAST_DRAWN
    assert requests == []


def test_two_views_in_a_notebook_survive_nbconvert(chromium: str, script: str, tmp_path: Path) -> None:
    nbconvert = pytest.importorskip("nbconvert")
    nbformat = pytest.importorskip("nbformat")
    path = mirror("2c5d.cif")
    (tmp_path / "3Dmol-min.js").write_text(script, encoding="utf-8")
    setup = f"""
import sys; sys.path.insert(0, {str(SUPPORT)!r})
from pathlib import Path
from scenes import scene_of
from axlstruct.sources.cache import Cache
from axlstruct.sources.coordinates import read_structure
from axlstruct.sources.target import load_target
from axlstruct.viewers.browser import make_view
structure = read_structure(Path({str(path)!r}), id="2C5D")
target = load_target("axl", Cache(Path("unused"), offline=True))
script = Path({str(tmp_path / "3Dmol-min.js")!r}).read_text()
def view(color):
    return make_view(structure, scene_of(structure, target, color=color), script=script, width={WIDTH}, height={HEIGHT})
"""
    cells = [nbformat.v4.new_code_cell(source) for source in (setup, "view('domain')", "view('domain').show()")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    from nbconvert.preprocessors import ExecutePreprocessor

    ExecutePreprocessor(timeout=240).preprocess(notebook, {"metadata": {"path": str(tmp_path)}})
    exporter = nbconvert.HTMLExporter()
    exporter.exclude_input = True
    exporter.exclude_input_prompt = exporter.exclude_output_prompt = True
    page, _ = exporter.from_notebook_node(notebook)
    assert page.count("BSD 3-Clause License, https://3dmol.org") == 1
    pixels, _ = shoot(chromium, page, tmp_path, height=2100)
    orange = [share(half, palette.domain_colors(["Ig-like"])["Ig-like"]) for half in np.array_split(pixels, 2)]
    assert min(orange) > LEAST_COLOR / 2
