"""The page of a composite in a real browser: experiment, model and membrane are drawn, and no server is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import HEIGHT, LEAST_DRAWN, WIDTH, canvas, chromium, drawn, script, share, shoot

from axlstruct.scene import palette
from axlstruct.study.composite_views import make_composite_view
from axlstruct.study.composites import composite
from axlstruct.study.facade import Study

LEAST = 0.0008
"""Share of a colour: in this tall picture a domain is small."""

pytestmark = pytest.mark.slow
__all__ = ["chromium", "script"]


def test_the_page_draws_experiment_model_and_membrane(chromium: str, script: str, study: Study, tmp_path: Path) -> None:
    made = composite(study.session, hinged=True)
    view = make_composite_view(made, study.target, script=script, width=WIDTH, height=HEIGHT)
    view.removeAllLabels()
    pixels, requests = shoot(chromium, view.page(), tmp_path)
    inside = canvas(pixels)
    assert requests == []
    assert drawn(inside) > LEAST_DRAWN
    for color in palette.domain_colors(["Ig-like 1", "Ig-like 2", "laminin g 1"]).values():
        assert share(inside, color) > LEAST, f"experiment: {color}"
    assert share(inside, "#D000D0") < LEAST, "a colour that is not there must not be found"
    tall = len(inside)
    for part, first, last in (("FN domains", 0.45, 0.6), ("membrane", 0.66, 0.74), ("kinases", 0.85, 0.97)):
        assert drawn(inside[int(first * tall) : int(last * tall)]) > 0.02, part
