"""Four chains with different gaps and a tag: every tyrosine is where it is seen and nowhere else, and what is absent is named."""

from __future__ import annotations

import numpy as np
import pytest
from kinase_chains import SEEN, TAG, write_kinase
from shared_files import mirror

import axlstruct
from axlstruct.figures.stills import sites
from axlstruct.figures.stills.raytrace import Still
from axlstruct.structure.structure import Structure
from axlstruct.study.facade import Study

EVERYWHERE, LOOP, OUTSIDE = (759, 779), (698, 702, 703), (821, 866)


@pytest.fixture(scope="module")
def kinase(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("kinase")
    write_kinase(folder)
    return axlstruct.load("axl", mirror=[folder, mirror("2c5d.cif").parent], cache=folder / "cache", offline=True)


def seen(study: Study, position: int) -> str:
    """Chains of 5U6B that show a residue, as one word."""
    places = [p for p in study.where(str(position)).placements if p.structure == "5U6B"]
    assert [p.chain for p in places] == ["A", "B", "C", "D"]
    assert all((p.residue is not None) == p.coverage.has_atoms for p in places)
    assert all(p.residue.number == position for p in places if p.residue), "author = UniProt, never a neighbour"
    return "".join(p.chain for p in places if p.residue)


def test_each_tyrosine_is_in_the_chains_that_show_it(kinase: Study) -> None:
    assert {p: seen(kinase, p) for p in (*LOOP, *EVERYWHERE, *OUTSIDE)} == {
        **dict.fromkeys(LOOP, "BD"), **dict.fromkeys(EVERYWHERE, "ABCD"), **dict.fromkeys(OUTSIDE, ""),
    }  # fmt: skip
    words = {str(p.coverage) for n in OUTSIDE for p in kinase.where(str(n)).placements if p.structure == "5U6B"}
    assert words == {"not-in-construct"}
    missing = [p for n in LOOP for p in kinase.where(str(n)).placements if p.structure == "5U6B" and p.chain in "AC"]
    assert {str(p.coverage) for p in missing} == {"unobserved"}


def test_every_residue_is_itself_and_the_tag_has_no_position(kinase: Study) -> None:
    rows = [row for row in kinase.table("residues", "5U6B").rows if row.number is not None]
    assert all(row.number == row.position and row.coverage == "observed" for row in rows)
    for chain, ranges in SEEN.items():
        assert [r.number for r in rows if r.chain == chain] == [n for a, b in ranges for n in range(a, b + 1)]
    tagged = [r for r in kinase.view("5U6B").scene.residues if (r.component, r.number) in TAG]
    assert [(r.chain, r.position) for r in tagged] == [(c, None) for c in "BD" for _ in TAG]


@pytest.mark.parametrize("color", ["domain", "exon", "chain", "coverage"])
def test_the_view_labels_what_is_seen_and_names_what_is_not(kinase: Study, color: str) -> None:
    scene = kinase.view("5U6B", color=color).scene
    labelled = {}
    for label in scene.labels:
        if label.text.startswith("Y"):
            (run,) = label.selection.runs
            assert label.text == f"Y{run.first}"
            labelled.setdefault(run.first, "")
            labelled[run.first] += label.selection.chain
    assert labelled == {**dict.fromkeys(LOOP, "BD"), 779: "ABCD"}
    assert [(site.name, site.reason.partition(",")[0]) for site in scene.absent] == [
        ("Y821", "not in this construct"), ("Y866", "not in this construct"),
    ]  # fmt: skip
    notes = " ".join(scene.notes)
    assert all(f"Y{p} is not drawn in chains A, C: not observed" in notes for p in LOOP)
    assert "UniProt numbers are the same" in scene.numbering


def test_the_still_shows_a_chain_with_all_of_them(kinase: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Still] = []

    def blank(_: Structure, still: Still) -> np.ndarray:
        drawn.append(still)
        return np.zeros((still.projection.height, still.projection.width, 4), np.uint8)

    monkeypatch.setattr(sites, "raytrace", blank)
    figure = kinase.figure("sites", structure="5U6B")
    texts = [text.get_text() for ax in figure.axes for text in ax.texts]
    assert [text for text in texts if text.startswith("Y") and "(" not in text] == ["Y698", "Y702", "Y703", "Y779"]
    (sticks,) = [layer for layer in drawn[0].layers if layer.kind == "stick"]
    structure = kinase.session.library.get("5U6B").structure
    owners = {structure.residues[structure.residue_of_atom[atom]].id for atom in sticks.atoms}
    assert sorted((id.chain, id.number) for id in owners) == [("B", n) for n in (*LOOP, 779)]
    caption = " ".join(texts)
    for said in ("in chain B of 5U6B", "Not observed: Y698, Y702, Y703 in chains A, C.", "Y821, Y866 (not in this construct)"):
        assert said in caption
    assert "confidence" not in caption
