"""Figures do not depend on the user's matplotlibrc: drawn and saved by matplotlib's defaults and the project's own."""

from __future__ import annotations

import os
import subprocess
import sys

import matplotlib
import pytest

from axlstruct.figures.paper.save import save_figure
from axlstruct.figures.paper.style import STYLE, paper_style

HOSTILE = {
    "text.usetex": True, "font.family": ["serif"], "font.size": 20, "axes.grid": True, "lines.linewidth": 5,
    "axes.facecolor": "red",
    "savefig.bbox": "tight", "savefig.facecolor": "blue", "xtick.labelsize": 30, "figure.constrained_layout.use": True,
    "path.sketch": (2, 100, 2), "axes.unicode_minus": False, "svg.fonttype": "path",
}  # fmt: skip


@pytest.mark.parametrize("name", ["ddg", "evidence", "mechanisms"])
def test_the_users_settings_change_no_byte(bare, tmp_path, name):
    plain = save_figure(bare.figure(name), tmp_path / "plain.svg").read_bytes()
    with matplotlib.rc_context(HOSTILE):
        figure = bare.figure(name)
        assert matplotlib.rcParams["text.usetex"] is True
        assert save_figure(figure, tmp_path / "hostile.svg").read_bytes() == plain
    assert save_figure(figure, tmp_path / "later.svg").read_bytes() == plain


def test_the_command_line_too(tmp_path):
    (tmp_path / "matplotlibrc").write_text("text.usetex: True\nbackend: TkAgg\nfont.size: 20\n")
    figures = []
    for settings in ({}, {"MATPLOTLIBRC": str(tmp_path / "matplotlibrc")}):
        line = [sys.executable, "-m", "axlstruct", "--offline", "figure", "ddg", "-o", str(tmp_path / "a.svg")]
        done = subprocess.run(line, env=os.environ | settings, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        figures.append((tmp_path / "a.svg").read_bytes())
    assert figures[0] == figures[1]


def test_the_users_settings_are_as_they_were():
    with matplotlib.rc_context(HOSTILE):
        with paper_style():
            assert {key: matplotlib.rcParams[key] for key in STYLE} == STYLE
            assert matplotlib.rcParams["font.size"] == matplotlib.rcParamsDefault["font.size"]
        assert matplotlib.rcParams["font.size"] == 20
