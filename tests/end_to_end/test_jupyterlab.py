"""JupyterLab itself shows the view of the quickstart notebook: opened by its address in a real browser, outputs as saved."""

from __future__ import annotations

import base64
import io
import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser import LEAST_COLOR, LEAST_DRAWN, chromium, drawn, script, share
from shared_files import ROOT, mirror

from axlstruct.scene import palette

__all__ = ["chromium", "script"]

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]
PATIENCE = 240.0
"""Seconds for a server or a page to get ready."""

STATE = """(function () {
  var panel = document.querySelector('.jp-Notebook .jp-WindowedPanel-outer') || document.querySelector('.jp-Notebook');
  if (panel) { panel.scrollTop = panel.scrollHeight; }
  var root = document.querySelector('.axl-view');
  return root ? root.getAttribute('data-axl-state') : '';
})()"""
PLACE = """(function () {
  var box = document.querySelector('.axl-canvas');
  box.scrollIntoView({block: 'center'});
  var r = box.getBoundingClientRect();
  return JSON.stringify({x: r.x, y: r.y, width: r.width, height: r.height});
})()"""


def until(ready: Callable[[], Any], what: str) -> Any:
    """What ``ready`` gives once it gives something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := ready():
            return found
        time.sleep(0.5)
    return pytest.fail(f"{what} is not ready after {PATIENCE:.0f} s")


@contextmanager
def running(command: list[str], log: Path, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ended afterwards."""
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=env) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def answer(address: str) -> str:
    """Body of a local page, empty while nobody answers."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=5) as response:
            return str(response.read().decode())
    except OSError:
        return ""


class Page:
    """A page of Chromium, driven through its debugging port."""

    def __init__(self, address: str) -> None:
        import websocket

        self._socket = websocket.create_connection(address, timeout=PATIENCE, suppress_origin=True, http_no_proxy=["127.0.0.1"])
        self._count = 0

    def do(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") == self._count:
                assert "error" not in message, message
                return dict(message["result"])

    def evaluate(self, code: str) -> Any:
        """Value of an expression in the page."""
        return self.do("Runtime.evaluate", expression=code)["result"].get("value")

    def picture(self) -> np.ndarray:
        """What is seen now, as RGB."""
        from PIL import Image

        content = base64.b64decode(self.do("Page.captureScreenshot", format="png")["data"])
        with Image.open(io.BytesIO(content)) as image:
            return np.asarray(image.convert("RGB"), dtype=np.float64)

    def click(self, x: float, y: float) -> None:
        """Click where the page says, slowly enough for a picture that is drawn by software."""
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.do("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
            time.sleep(0.3)

    def close(self) -> None:
        """Let go of the page."""
        self._socket.close()


def executed(folder: Path, env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The quickstart notebook with its outputs, signed as its author would."""
    import jupytext
    import nbformat
    from nbclient import NotebookClient

    for name, value in env.items():
        monkeypatch.setenv(name, value)
    notebook = jupytext.read(ROOT / "notebooks" / "01_quickstart.py")
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    path = folder / "quickstart.ipynb"
    nbformat.write(notebook, path)
    subprocess.run([sys.executable, "-m", "jupyter", "trust", str(path)], check=True, capture_output=True, timeout=120)
    return path


def surroundings(folder: Path, script: str) -> dict[str, str]:
    """Folders of Jupyter and axlstruct that belong to this test, and a mirror with 3Dmol.js."""
    for module in ("jupyterlab", "jupytext", "nbclient", "websocket"):
        pytest.importorskip(module, reason=f"{module} is missing: pip install 'axlstruct[lab]'")
    (folder / "viewer").mkdir()
    (folder / "viewer" / "3Dmol-min.js").write_text(script, encoding="utf-8")
    (folder / "notebooks").mkdir()
    env = {name: str(folder / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    return env | {
        "AXLSTRUCT_MIRROR": os.pathsep.join([str(mirror("2c5d.cif").parent), str(folder / "viewer")]),
        "AXLSTRUCT_CACHE": str(folder / "cache"), "AXLSTRUCT_GATEWAY": "http://127.0.0.1:9",
    }  # fmt: skip


@contextmanager
def opened(notebook: Path, chromium: str, env: dict[str, str]) -> Iterator[Page]:
    """A notebook in JupyterLab in Chromium; a picture of the page is kept at the end."""
    folder = notebook.parent.parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    lab = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={notebook.parent}", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.news_url=None",
    ]  # fmt: skip
    browser = [
        chromium, "--headless=new", "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
        "--force-device-scale-factor=1", "--window-size=1500,1000", f"--user-data-dir={folder / 'profile'}",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--no-proxy-server", "--remote-debugging-port=0",
        "about:blank",
    ]  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    with running(lab, folder / "lab.log", {**os.environ, **env}):
        until(lambda: answer(f"{address}/api/status?token={token}"), "JupyterLab")
        with running(browser, folder / "browser.log"):
            told = folder / "profile" / "DevToolsActivePort"
            debugging = until(lambda: told.is_file() and told.read_text().split("\n")[0], "Chromium")
            pages = until(lambda: answer(f"http://127.0.0.1:{debugging}/json"), "the page")
            page = Page(next(entry["webSocketDebuggerUrl"] for entry in json.loads(pages) if entry["type"] == "page"))
            page.do("Page.navigate", url=f"{address}/lab/tree/{notebook.name}?token={token}&reset")
            try:
                yield page
            finally:
                keep(page.picture(), folder / "lab.png")
                page.close()


def test_jupyterlab_shows_the_saved_view(chromium: str, script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env = surroundings(tmp_path, script)
    path = executed(tmp_path / "notebooks", env, monkeypatch)
    with opened(path, chromium, env) as page:
        until(lambda: page.evaluate(STATE) == "drawn", "the view in JupyterLab")
        page.evaluate(PLACE)
        time.sleep(2)
        box = json.loads(page.evaluate(PLACE))
        pixels = page.picture()
    left, top = max(0, round(box["x"])), max(0, round(box["y"]))
    inside = pixels[top : top + round(box["height"]), left : left + round(box["width"])]
    assert drawn(inside) > LEAST_DRAWN
    shares = {number: share(inside, palette.exon_color(number)) for number in (2, 3)}
    assert min(shares.values()) > LEAST_COLOR, shares
    assert share(inside, "#D000D0") < LEAST_COLOR, "a colour that is not there must not be found"


WIDGET = """
import json, pathlib, axlstruct
widget = axlstruct.load("axl", offline=True).widget("2C5D", color="domain")
log = []
def react(change):
    log.append(change["new"])
    pathlib.Path("clicked.json").write_text(json.dumps(log))
    if change["new"] and change["new"]["chain"] != "A":
        widget.selected = {"chain": "A", "number": 310}
widget.observe(react, names="selected")
widget
"""
EDITOR = """(function () {
  var status = document.querySelector('.jp-Notebook-ExecutionIndicator'), cell = document.querySelector('.jp-Cell .cm-content');
  if (!cell || !status || status.getAttribute('data-status') !== 'idle') { return ''; }
  var r = cell.getBoundingClientRect();
  return JSON.stringify({x: r.x + 20, y: r.y + 20});
})()"""
FRONT = """(function () {
  var root = document.querySelector('.axl-view'), viewer = root.axlViewer, best = null;
  viewer.selectedAtoms({chain: ['C', 'D']}).forEach(function (a) {
    if (!a.style.stick || ['N', 'C', 'O', 'CA'].indexOf(a.atom) >= 0) { return; }
    var depth = viewer.modelToScreen(a), near = viewer.getView(), q = near.slice(4);
    var tx = 2 * (q[1] * a.z - q[2] * a.y), ty = 2 * (q[2] * a.x - q[0] * a.z);
    var z = a.z + q[3] * 2 * (q[0] * a.y - q[1] * a.x) + q[0] * ty - q[1] * tx;
    if (!best || z > best.z) { best = {z: z, x: depth.x, y: depth.y, chain: a.chain, number: a.resi}; }
  });
  return JSON.stringify(best);
})()"""


def test_a_click_in_jupyterlab_reaches_python_and_python_marks_a_residue(chromium: str, script: str, tmp_path: Path) -> None:
    pytest.importorskip("anywidget", reason="anywidget is missing: pip install 'axlstruct[widget]'")
    import nbformat

    env = surroundings(tmp_path, script)
    path = tmp_path / "notebooks" / "widget.ipynb"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(WIDGET)], metadata=kernel), path)
    told = path.with_name("clicked.json")
    with opened(path, chromium, env) as page:
        page.click(**json.loads(until(lambda: page.evaluate(EDITOR), "the notebook with its kernel")))
        for kind in ("rawKeyDown", "keyUp"):
            page.do("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, modifiers=8)
        until(lambda: page.evaluate(STATE) == "drawn", "the widget in JupyterLab")
        page.evaluate(PLACE)
        time.sleep(2)
        front = json.loads(page.evaluate(FRONT))
        page.click(front["x"], front["y"])
        until(lambda: told.is_file() and len(json.loads(told.read_text())) == 2, "the click in Python")
        marked = "document.querySelector('.axl-view').getAttribute('data-axl-marked')"
        until(lambda: page.evaluate(marked) == "11", "the mark on the 11 atoms of an arginine")
        time.sleep(1)
        pixels = page.picture()
    clicked = {"structure": "2C5D", "chain": front["chain"], "number": front["number"], "icode": ""}
    assert json.loads(told.read_text()) == [clicked, {"structure": "2C5D", "chain": "A", "number": 310, "icode": ""}]
    assert share(pixels, "#FF2D95") > 0


def keep(pixels: np.ndarray, path: Path) -> None:
    """Write a picture for whoever looks into a failure."""
    from PIL import Image

    Image.fromarray(pixels.astype(np.uint8)).save(path)
