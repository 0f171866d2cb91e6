"""The widget without a browser: what goes to the front end, and a selection that is checked wherever it comes from."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from scenes import scene_of, small_target, small_text

from axlstruct.errors import UsageError
from axlstruct.sequence.residues import ResidueId
from axlstruct.sources.coordinates import read_structure
from axlstruct.viewers.browser import make_view, widget
from axlstruct.viewers.browser.widget import make_widget

SCRIPT = "window.$3Dmol = {}; // stands for 3Dmol.js </script>"
HERE = {"structure": "", "chain": "R", "number": 11, "icode": "A"}


@pytest.fixture
def made(tmp_path: Path) -> Any:
    pytest.importorskip("anywidget", reason="anywidget is missing: pip install 'axlstruct[widget]'")
    path = tmp_path / "small.pdb"
    path.write_text(small_text())
    structure = read_structure(path)
    return make_widget(structure, scene_of(structure, small_target()), script=SCRIPT), structure


def test_the_front_end_gets_what_the_view_gets(made: Any) -> None:
    shown, structure = made
    view = make_view(structure, shown.scene, script=SCRIPT)
    state = json.loads(json.dumps({name: value for name, value in shown.get_state().items() if name.startswith("_")}))
    assert [method for method, _ in state["_calls"]] == [
        line.partition("(")[0].rpartition(".")[2] for line in view.startjs.splitlines() if "\tviewer_UNIQUEID." in line
    ]
    assert state["_hover"] == view.hover
    assert view._parts(patience=0)[0].partition("<h3>")[2] == state["_body"].partition("<h3>")[2].replace(
        state["_body"].partition("axl-size-")[2][:12], view.uniqueid
    )
    assert (state["_address"], "stands for 3Dmol.js" in state["_script"]) == ("", True)
    assert "UNIQUEID" not in state["_body"]


def test_a_click_is_heard(made: Any) -> None:
    shown, structure = made
    heard = []
    shown.observe(lambda change: heard.append(change["new"]), names="selected")
    click = HERE | {"structure": structure.id}
    shown.set_state({"selected": click})
    assert heard == [click]
    shown.selected = None
    assert heard == [click, None]


def test_python_selects_by_id_or_by_parts(made: Any) -> None:
    shown, structure = made
    shown.selected = ResidueId(structure.id, "R", 11, "A")
    assert shown.selected == HERE | {"structure": structure.id}
    shown.selected = {"chain": "R", "number": 11}
    assert shown.selected == HERE | {"structure": structure.id, "icode": ""}
    assert shown.get_state("selected")["selected"] == shown.selected


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"chain": "R", "number": 702}, "not drawn.*R/702"),
        ({"chain": "R", "number": 11, "icode": "Z"}, "not drawn.*R/11Z"),
        ({"chain": "R", "number": 11, "structure": "9ZZZ"}, "not drawn"),
        ({"chain": "R", "number": "11"}, "no residue to select"),
        ("R/11", "no residue to select"),
    ],
)
def test_a_residue_that_is_not_drawn_is_refused_and_the_last_one_stays(made: Any, value: Any, said: str) -> None:
    shown, _ = made
    shown.selected = HERE | {"structure": ""}
    before = shown.selected
    with pytest.raises(UsageError, match=said):
        shown.selected = value
    assert shown.selected == before


def test_without_anywidget_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)
    widget._widget_class.cache_clear()
    with pytest.raises(UsageError, match=r"axlstruct\[widget\]"):
        widget._widget_class()
    widget._widget_class.cache_clear()
