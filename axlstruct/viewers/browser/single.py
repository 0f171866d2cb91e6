"""A scene as a py3Dmol view with title, legend and hover texts."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any

from axlstruct.scene.scene import Scene
from axlstruct.structure.structure import Structure
from axlstruct.viewers.browser.annotations import body_html, hover_texts
from axlstruct.viewers.browser.calls import calls_of
from axlstruct.viewers.browser.display import Display, embed
from axlstruct.viewers.browser.model import chain_letters
from axlstruct.viewers.browser.page import browser_file, filled, loader, quiet, whole_page
from axlstruct.viewers.threedmol import address, integrity


def make_view(structure: Structure, scene: Scene, *, script: str | None = None, width: int = 680, height: int = 520) -> Any:
    """A scene as a py3Dmol view that shows itself in a notebook and takes further 3Dmol.js commands.

    Parameters
    ----------
    structure : Structure
        The structure of the scene.
    scene : Scene
    script : str, optional
        Text of 3Dmol.js. Embedded once a kernel, so that no view needs the network; without it each view loads 3Dmol.js from the
        address py3Dmol names, and says so.
    width, height : int
        Of the picture, in CSS pixels; the legend stands beside it.

    Returns
    -------
    py3Dmol.view
        With the attributes ``scene`` and ``page()``, which gives the standalone page.
    """
    view = _view_class()(width=width, height=height)
    view.scene, view.script = scene, script
    for method, arguments in calls_of(structure, scene, (width, height)):
        getattr(view, method)(*arguments)
    view.startjs += f"\taxl.face(viewer_UNIQUEID, {json.dumps(scene.camera.center)}, {json.dumps(scene.camera.rotation)});\n"
    view.hover = hover_texts(scene, chain_letters(chain.name for chain in structure.model))
    return view


def view_html(structure: Structure, scene: Scene, *, script: str | None = None, width: int = 900, height: int = 600) -> str:
    """A scene as a complete page that works from a file without network, if the text of 3Dmol.js is given.

    Parameters and limits are those of `make_view`. Equal input gives equal bytes.
    """
    page: str = make_view(structure, scene, script=script, width=width, height=height).page()
    return page


@lru_cache(maxsize=1)
def _view_class() -> Any:
    """The class of views, made on first use because it needs py3Dmol."""
    import py3Dmol

    default = address()

    class SceneView(Display, py3Dmol.view):  # type: ignore[misc]
        """A py3Dmol view of a scene."""

        scene: Scene
        script: str | None
        hover: dict[str, str]

        def __init__(self, width: int, height: int) -> None:
            super().__init__(width=width, height=height)
            self._prelude, self._size = len(self.startjs), (int(width), int(height))

        def _parts(self, *, patience: int) -> tuple[str, str]:
            """The visible part and its script; the same input gives the same text, and the id with it."""
            draw = filled(
                browser_file("draw.js"),
                LOOK=browser_file("look.js"),
                ADDRESS=json.dumps(default),
                INTEGRITY=json.dumps(integrity(default)),
                PATIENCE=str(patience),
                DATA=quiet(json.dumps(self.hover, ensure_ascii=False, separators=(",", ":"))),
                COMMANDS=quiet(self.startjs[self._prelude :]),
            )
            text = body_html(self.scene, *self._size, "" if self.script else default)
            self.uniqueid = hashlib.sha256((text + draw).encode()).hexdigest()[:12]
            self.updatejs = ""
            return text.replace("UNIQUEID", self.uniqueid), draw.replace("UNIQUEID", self.uniqueid)

        def _make_html(self) -> str:
            """The view for a notebook; 3Dmol.js goes with the first view of the kernel and with the cell that holds it."""
            library = f"<script>{loader(self.script)}</script>\n" if self.script and embed(self.script) else ""
            text, draw = self._parts(patience=50 if self.script else 0)
            return f"{text}\n{library}<script>{draw}</script>\n"

        def page(self) -> str:
            """The view as a complete page."""
            text, draw = self._parts(patience=0)
            library = [loader(self.script)] if self.script else []
            return whole_page(self.scene.title, text, [*library, draw], not self.script)

    return SceneView
