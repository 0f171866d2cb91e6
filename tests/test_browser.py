"""The page in a real browser, from a file and without network: drawn, in the right colours; a broken view is noticed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shared_files import mirror
from test_scene import scene_of

from axlstruct import palette
from axlstruct.scene import Scene
from axlstruct.sources.cache import Cache
from axlstruct.sources.pdb import read_structure
from axlstruct.sources.target import load_target
from axlstruct.structure import Structure
from axlstruct.view import make_view

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT = 620, 420
LEAST_DRAWN, LEAST_COLOR = 0.06, 0.004
"""Shares of the picture: of all that is not white, and of each colour of the legend."""


def missing(reason: str) -> Any:
    """Skip loudly; in CI fail."""
    return pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


@pytest.fixture(scope="module")
def chromium() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    return found or missing("no Chromium on this machine; on Debian: apt-get install chromium")


@pytest.fixture(scope="module")
def script() -> str:
    folders = [*filter(None, os.environ.get("AXLSTRUCT_MIRROR", "").split(os.pathsep)), str(ROOT / "build" / "mirror")]
    for folder in folders:
        if (path := Path(folder) / "3Dmol-min.js").is_file():
            return path.read_text(encoding="utf-8")
    return missing(f"3Dmol-min.js is in none of {', '.join(folders)}; it comes from `npm pack 3dmol`")


@pytest.fixture(scope="module")
def structure() -> Structure:
    return read_structure(mirror("2c5d.cif"), id="2C5D")


@pytest.fixture(scope="module")
def scene(structure: Structure) -> Scene:
    return scene_of(structure, load_target("axl", Cache(Path("unused"), offline=True)), color="domain")


def shoot(chromium: str, page: str, folder: Path, height: int = HEIGHT + 120) -> tuple[np.ndarray, list[str]]:
    """Screenshot of a page opened from a file, as RGB, and the addresses the page asked for (the browser asks for its own)."""
    from PIL import Image

    path, picture, log = folder / "page.html", folder / "page.png", folder / "net.json"
    path.write_text(page, encoding="utf-8", newline="\n")
    command = [
        chromium, "--headless=new", "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
        "--disable-extensions", "--hide-scrollbars", "--force-device-scale-factor=1", f"--user-data-dir={folder / 'profile'}",
        "--host-resolver-rules=MAP * ~NOTFOUND", f"--window-size={WIDTH + 320},{height}", f"--log-net-log={log}",
        f"--screenshot={picture}", path.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert picture.is_file(), done.stderr[-2000:]
    with Image.open(picture) as image:
        pixels = np.asarray(image.convert("RGB"), dtype=np.float64)
    return pixels, sorted(set(_addresses(log.read_text(encoding="utf-8"))))


def _addresses(text: str) -> list[str]:
    try:
        log = json.loads(text)
    except ValueError:
        log = json.loads(text.rstrip().rstrip(",") + "]}")
    asked = [event.get("params", {}) for event in log["events"]]
    urls = [str(request.get("url", "")) for request in asked if request.get("initiator", "not an origin") != "not an origin"]
    return [url for url in urls if url.startswith(("http:", "https:", "ws:", "wss:"))]


def canvas(pixels: np.ndarray) -> np.ndarray:
    """The picture without the page around it."""
    return pixels[60 : HEIGHT + 20, 30 : WIDTH - 10]


def drawn(inside: np.ndarray) -> float:
    """Share that is not white."""
    return float((inside.min(axis=2) < 245).mean())


def share(inside: np.ndarray, color: str) -> float:
    """Share in a colour, whatever its shading."""
    wanted = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float64)
    bright = inside.max(axis=2)
    tone = inside / np.maximum(bright, 1.0)[..., None]
    near = np.abs(tone - wanted / wanted.max()).max(axis=2) < 0.07
    return float((near & (bright > 70) & (inside.min(axis=2) < 235)).mean())


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


def test_two_views_in_a_notebook_survive_nbconvert(chromium: str, script: str, tmp_path: Path) -> None:
    nbconvert = pytest.importorskip("nbconvert")
    nbformat = pytest.importorskip("nbformat")
    path = mirror("2c5d.cif")
    (tmp_path / "3Dmol-min.js").write_text(script, encoding="utf-8")
    setup = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from test_scene import scene_of
from axlstruct.sources.cache import Cache
from axlstruct.sources.pdb import read_structure
from axlstruct.sources.target import load_target
from axlstruct.view import make_view
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
