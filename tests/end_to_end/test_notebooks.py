"""The notebooks, kept as text, run from top to bottom, and what they show is there."""

import os

import pytest
from shared_files import ROOT, mirror

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
SHOWN = {
    "01_quickstart": ["AXL Tyr702", "AXL Glu66", "major", "image/png", "$3Dmol", "axl.html#AXL:Y702"],
    "02_exons_and_domains": ["codon split", "not-in-construct", "image/png", "$3Dmol"],
    "03_interface": ["antiparallel", "linker", "salt-bridge", "K211E", "lost", "image/png", "$3Dmol"],
    "04_figures": ["image/png", "2c5d.pml", "2c5d.mvsj"],
    "05_your_own_protein": ["TOYR Tyr6", "codon split", "strand", "image/png"],
    "06_variants_and_the_whole_receptor": [
        "P30530:T84",
        "p.Thr84Arg",
        "wrong-letter",
        "5U6B",
        "BLAminus",
        "minor",
        "multikinase",
        "ca_pairs_confident",
        "HYPOTHESIS",
        "image/png",
        "$3Dmol",
    ],
}
FIGURES = {"03_interface": 3}
"""Pictures where there are more than one."""


def test_every_notebook_is_expected_here():
    assert sorted(SHOWN) == [path.stem for path in NOTEBOOKS]


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # the notebook machinery warns of its own future
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook(path, tmp_path, monkeypatch):
    import jupytext
    from nbclient import NotebookClient

    folders = [str(mirror("2c5d.cif").parent), *os.environ.get("AXLSTRUCT_MIRROR", "").split(os.pathsep)]
    monkeypatch.setenv("AXLSTRUCT_MIRROR", os.pathsep.join(filter(None, folders)))
    monkeypatch.setenv("AXLSTRUCT_CACHE", str(tmp_path))
    monkeypatch.setenv("AXLSTRUCT_GATEWAY", "http://127.0.0.1:9")
    monkeypatch.setenv("PYTHONWARNINGS", "error::DeprecationWarning:axlstruct")
    notebook = jupytext.read(path)
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    shown = {kind for output in outputs for kind in output.get("data", {})} | {
        word
        for output in outputs
        for text in [*output.get("data", {}).values(), output.get("text", "")]
        for word in SHOWN[path.stem]
        if word in text
    }
    assert [word for word in SHOWN[path.stem] if word not in shown] == []
    assert sum("image/png" in output.get("data", {}) for output in outputs) >= FIGURES.get(path.stem, 0)
