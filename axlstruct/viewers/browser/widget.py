"""A scene as a Jupyter widget: a click in the picture reaches Python, and Python marks a residue in the picture."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from axlstruct.errors import UsageError
from axlstruct.scene.scene import Scene
from axlstruct.sequence.residues import ResidueId
from axlstruct.structure.structure import Structure
from axlstruct.viewers.browser.annotations import body_html, hover_texts
from axlstruct.viewers.browser.calls import calls_of
from axlstruct.viewers.browser.model import chain_letters, drawn_residues
from axlstruct.viewers.browser.page import browser_file, loader
from axlstruct.viewers.threedmol import address, integrity


def make_widget(structure: Structure, scene: Scene, *, script: str | None = None, width: int = 680, height: int = 520) -> Any:
    """A scene as an anywidget, with the picture, legend and hover texts of `axlstruct.viewers.browser.make_view`.

    Parameters and limits are those of `axlstruct.viewers.browser.make_view`.

    Returns
    -------
    anywidget.AnyWidget
        Its trait ``selected`` is None, or the residue that was clicked last: a dict of ``structure``, ``chain``, ``number``
        (author) and ``icode``. Set it, to such a dict or a `ResidueId`, and the residue is marked in the picture.

    Raises
    ------
    UsageError
        anywidget is not installed; later, where ``selected`` is set to a residue that is not drawn.
    """
    letters = chain_letters(chain.name for chain in structure.model)
    where = "" if script else address()
    body = body_html(scene, int(width), int(height), where)
    return _widget_class()(
        drawn={(name, r.seqid.num or 0, r.seqid.icode.strip()) for name, r in drawn_residues(structure)},
        scene=scene,
        _structure=structure.id,
        _body=body.replace("UNIQUEID", hashlib.sha256(body.encode()).hexdigest()[:12]),
        _calls=[[method, arguments] for method, arguments in calls_of(structure, scene, (int(width), int(height)))],
        _camera={"center": list(scene.camera.center), "rotation": list(scene.camera.rotation)},
        _hover=hover_texts(scene, letters),
        _chains={letter: name for name, letter in letters.items()},
        _script=loader(script) if script else "",
        _address=where,
        _integrity=integrity(where),
    )


@lru_cache(maxsize=1)
def _widget_class() -> Any:
    """The class of widgets, made on first use because it needs anywidget."""
    try:
        import anywidget
        import traitlets
    except ImportError:
        raise UsageError(
            "a widget needs the package anywidget", advice="pip install 'axlstruct[widget]'; study.view(...) does without"
        ) from None

    class SceneWidget(anywidget.AnyWidget):  # type: ignore[misc]
        """A scene that tells what is clicked."""

        _esm = browser_file("look.js") + browser_file("widget.js")
        _structure = traitlets.Unicode().tag(sync=True)
        _body = traitlets.Unicode().tag(sync=True)
        _calls: Any = traitlets.List().tag(sync=True)
        _camera = traitlets.Dict().tag(sync=True)
        _hover = traitlets.Dict().tag(sync=True)
        _chains = traitlets.Dict().tag(sync=True)
        _script = traitlets.Unicode().tag(sync=True)
        _address = traitlets.Unicode().tag(sync=True)
        _integrity = traitlets.Unicode().tag(sync=True)
        selected = traitlets.Any(None, allow_none=True).tag(sync=True)

        def __init__(self, drawn: set[tuple[str, int, str]], scene: Scene, **traits: Any) -> None:
            self.drawn, self.scene = drawn, scene
            super().__init__(**traits)

        @traitlets.validate("selected")  # type: ignore[untyped-decorator]
        def _check(self, proposal: Any) -> dict[str, Any] | None:
            return _residue(proposal["value"], self._structure, self.drawn)

    return SceneWidget


def _residue(value: Any, structure: str, drawn: set[tuple[str, int, str]]) -> dict[str, Any] | None:
    """A residue as the trait holds it; raises UsageError for one that is not drawn."""
    if value is None:
        return None
    if isinstance(value, ResidueId):
        value = {"structure": value.structure, "chain": value.chain, "number": value.number, "icode": value.icode}
    if not isinstance(value, Mapping) or "chain" not in value or not isinstance(value.get("number"), int):
        raise UsageError("no residue to select", expected="a ResidueId, or a dict of chain, number and icode", found=repr(value))
    place = str(value["chain"]), value["number"], str(value.get("icode") or "").strip()
    if place not in drawn or str(value.get("structure") or structure).upper() != structure.upper():
        raise UsageError("this residue is not drawn", where=structure, found=f"{place[0]}/{place[1]}{place[2]}")
    return {"structure": structure, "chain": place[0], "number": place[1], "icode": place[2]}
