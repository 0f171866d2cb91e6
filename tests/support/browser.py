"""A headless Chromium: pages opened from a file, and what their canvas shows."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shared_files import ROOT

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
