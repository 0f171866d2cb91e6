"""Stills: the axis is what was measured, a residue is seen where the projection says, and letters keep off each other."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from shared_files import ROOT, mirror

import axlstruct
from axlstruct.errors import AxlstructError, StructureError, UsageError
from axlstruct.figures.paper import labels
from axlstruct.figures.paper.labels import blobs
from axlstruct.figures.paper.save import save_figure
from axlstruct.figures.stills import draw_closeup, draw_complex, draw_overview, draw_sites, polar_dashes, raytrace, two_fold
from axlstruct.figures.stills.changed import changed_residues, changed_words
from axlstruct.figures.stills.closeup import _layers, _ribbons
from axlstruct.figures.stills.closeup_legend import IDLE
from axlstruct.figures.stills.complex import complex_panel
from axlstruct.figures.stills.dashes import counted
from axlstruct.figures.stills.raytrace import Drawn, Still
from axlstruct.figures.stills.selection import cartoon_colors, recolored, residue_atoms
from axlstruct.figures.stills.subject import Look, Subject
from axlstruct.scene import palette
from axlstruct.scene.build import build_scene
from axlstruct.scene.palette import legible
from axlstruct.scene.projection import fit, from_above, upright
from axlstruct.scene.scene import Scene
from axlstruct.sequence.residues import ResidueId
from axlstruct.structure import roles
from axlstruct.structure.atoms import atoms_of
from axlstruct.structure.glycans import find_glycans
from axlstruct.study.analysis import Analysed
from axlstruct.study.facade import Study

SMALL = Look(dpi=50)


@lru_cache(maxsize=1)
def _why_not() -> str:
    done = subprocess.run([sys.executable, "-I", "-c", "import pymol2"], capture_output=True, text=True, check=False)
    return done.stderr.strip().splitlines()[-1] if done.returncode else ""


@pytest.fixture
def pymol() -> None:
    """PyMOL in a child process; without it skipped loudly, in CI failed."""
    if why := _why_not():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no PyMOL for stills: {why}")


@pytest.fixture(scope="module")
def found(study: Study) -> Analysed:
    return study.session.analysed("2C5D")


@pytest.fixture(scope="module")
def scene(study: Study, found: Analysed) -> Scene:
    structure = found.held.structure
    return build_scene(structure, found.held.maps, study.target, found.pairs, found.classes, find_glycans(structure))


@pytest.fixture(scope="module")
def subject(study: Study, found: Analysed, scene: Scene) -> Subject:
    return Subject(found.held.structure, found.held.maps, study.target, scene)


@pytest.fixture(scope="module")
def model(study: Study) -> Subject:
    held = study.session.library.get("AF-P30530")
    scene = build_scene(held.structure, held.maps, study.target, (), (), (), color="plddt")
    return Subject(held.structure, held.maps, study.target, scene)


def image(figure: Figure) -> np.ndarray:
    return np.asarray(next(ax for ax in figure.axes if ax.images).images[0].get_array())


def words(figure: Figure) -> dict[str, Any]:
    """Boxes of the labels on a still, in pixels of the paper."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    texts = [t for ax in figure.axes for t in ax.texts if str(t.get_gid()).startswith("label-")]
    assert len(texts) == len({t.get_text() for t in texts})
    return {t.get_text(): t.get_window_extent(canvas.get_renderer()) for t in texts}


def all_text(figure: Figure) -> str:
    return " ".join(text.get_text() for ax in figure.axes for text in ax.texts)


def check_letters(figure: Figure) -> None:
    boxes = words(figure)
    assert boxes
    for (one, a), (two, b) in combinations(boxes.items(), 2):
        apart = a.x1 <= b.x0 or b.x1 <= a.x0 or a.y1 <= b.y0 or b.y1 <= a.y0
        assert apart, f"{one} covers {two}"
    page = figure.bbox
    for name, box in boxes.items():
        assert page.x0 <= box.x0 <= box.x1 <= page.x1, name
        assert page.y0 <= box.y0 <= box.y1 <= page.y1, name


def share_of(pixels: np.ndarray, color: str) -> float:
    """Share of the drawn pixels whose hue is that of a colour, whatever the light."""
    drawn = pixels[pixels[..., 3] > 200][:, :3].astype(float)
    wanted = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)], float)
    grey, own = drawn.mean(axis=1, keepdims=True), wanted - wanted.mean()
    chroma = drawn - grey
    size = np.linalg.norm(chroma, axis=1)
    alike = (chroma @ own) / (np.maximum(size, 1e-6) * np.linalg.norm(own))
    return float(((alike > 0.97) & (size > 0.3 * np.linalg.norm(own))).mean())


def test_two_fold_axis_of_2c5d(found: Analysed) -> None:
    axis = two_fold(found.held.structure, found.held.maps)
    assert (axis.first, axis.second) == (("A", "C"), ("B", "D"))
    assert axis.angle == pytest.approx(179.67, abs=0.01)
    assert axis.rmsd == pytest.approx(0.20, abs=0.005)
    assert axis.screw == pytest.approx(-0.03, abs=0.005)
    assert np.linalg.norm(axis.axis) == pytest.approx(1.0)
    assert "AC onto BD: 179.67°, rmsd 0.20 Å" in axis.words


def test_the_axis_points_away_from_the_membrane_and_copies_lie_opposite(found: Analysed) -> None:
    structure = found.held.structure
    axis = two_fold(structure, found.held.maps)
    last = {r.id: structure.xyz[r.first_atom] for r in structure.residues if r.id.chain in "CD" and r.id.number == 215}
    one, two = (point - axis.point for point in last.values())
    assert one @ axis.axis < 0
    assert two @ axis.axis == pytest.approx(one @ axis.axis, abs=0.5)
    half = (one + two) / 2
    assert np.linalg.norm(half - (half @ axis.axis) * axis.axis) < 0.5


def test_no_axis_without_two_copies(model: Subject) -> None:
    with pytest.raises(StructureError, match="no two-fold axis") as caught:
        two_fold(model.structure, model.maps)
    assert caught.value.found == "1 of AXL"


def test_top_view_is_the_front_view_turned_by_90_degrees() -> None:
    axis = np.array([0.0, 0.6, 0.8])
    points = np.array([[10.0, 0, 0], [-10.0, 0, 0], [0, 1, 0], [0, 0, 1.5]])
    front = upright(axis, points, points[0])
    assert front[1] == pytest.approx(axis)
    assert front[0] @ points[0] < 0
    top = from_above(front)
    assert top[2] == pytest.approx(axis)
    assert top[0] == pytest.approx(front[0])
    for turn in (front, top):
        assert turn @ turn.T == pytest.approx(np.eye(3), abs=1e-12)
        assert np.linalg.det(turn) == pytest.approx(1.0)


def test_all_points_are_in_the_picture() -> None:
    points = np.random.default_rng(1).normal(size=(50, 3)) * [30, 12, 8]
    projection = fit(points, np.eye(3), width=400, margin=2.0)
    seen = projection.pixels(points)
    assert (seen > 0).all()
    assert (seen < [projection.width, projection.height]).all()
    assert seen[:, 0].min() == pytest.approx(2.0 * projection.scale, rel=0.02)


def test_labels_keep_off_ink_and_off_each_other() -> None:
    ink = np.zeros((200, 300))
    ink[80:120, 100:200] = 1.0
    rng = np.random.default_rng(3)
    wishes = [labels.Wish(40, 12, rng.uniform([110, 85], [190, 115], (3, 2))) for _ in range(12)]
    spots = labels.place(wishes, ink, reach=0.02)
    for one, two in combinations(spots, 2):
        assert abs(one.x - two.x) >= 40 or abs(one.y - two.y) >= 12
    assert spots == labels.place(wishes, ink, reach=0.02)
    for spot in spots:
        left, top, right, bottom = (round(value) for value in spot.box)
        assert ink[top:bottom, left:right].mean() < 0.2


def test_blobs_stay_inside_the_picture() -> None:
    field = blobs((20, 30), np.array([[0.0, 0.0], [29.0, 10.0], [-50.0, 3.0]]), 3.0, 2.0)
    assert field[0, 0] == field[10, 29] == field[0, 3] == 2.0
    assert field[15, 15] == 0.0


def test_letters_on_white_are_dark_enough() -> None:
    for color in ("#E69F00", "#BBDDD0", "#FFFFFF", "#F0E6A2"):
        assert 1.05 / (palette.luminance(legible(color)) + 0.05) >= 4.5
    assert legible("#1A1A1A") == "#1A1A1A"


def test_dashes_join_a_donor_and_an_acceptor(found: Analysed) -> None:
    structure = found.held.structure
    atoms = atoms_of(structure)
    pair = next(cls for cls in found.classes if cls.name == "major").pairs[0]
    dashes = polar_dashes(structure, pair)
    assert len(dashes) > 8
    chains = [r.id.chain for r in structure.residues]
    for dash in dashes:
        one, two = (chains[structure.residue_of_atom[atom]] for atom in (dash.atom_1, dash.atom_2))
        assert {one, two} == set(pair.chains)
        giver, taker = atoms.roles[dash.atom_1], atoms.roles[dash.atom_2]
        if dash.type == "hbond":
            assert giver & roles.DONOR
            assert taker & roles.ACCEPTOR
        else:
            assert giver & roles.POSITIVE
            assert taker & roles.NEGATIVE


def test_the_caption_counts_hydrogen_bonds_as_the_table_of_interfaces_does(found: Analysed, study: Study) -> None:
    pair = next(cls for cls in found.classes if cls.name == "major").pairs[0]
    dashes = polar_dashes(found.held.structure, pair)
    assert counted(dashes) == "12 hydrogen bonds and 5 salt bridges (2 of them hydrogen-bonded too)"
    rows = [row for row in study.table("interactions", "2C5D").rows if (row.chain_1, row.chain_2) == pair.chains]
    assert sum(row.hbonds for row in rows) == sum(dash.hbonds for dash in dashes) == 12 + 2


def test_residues_of_an_engineered_structure_are_named_as_such(subject: Subject, study: Study) -> None:
    held = study.session.library.get("4RA0")
    engineered = Subject(held.structure, held.maps, study.target, subject.scene, "author")
    changed = changed_residues(engineered)
    assert list(changed_residues(replace(engineered, numbering="uniprot")).values()) == [
        "AXL G39S", "AXL D94G", "AXL V99A", "AXL G134R",
    ]  # fmt: skip
    assert list(changed.values()) == ["AXL G32S", "AXL D87G", "AXL V92A", "AXL G127R"]
    assert changed_words(changed, [ResidueId("4RA0", "C", 92)]) == (
        "Asterisks mark residues that are not those of the UniProt sequence: AXL V92A. "
        "Not labelled, but changed too: AXL G32S, AXL D87G, AXL G127R."
    )
    assert changed_words(changed_residues(subject)) == ""


def test_ribbons_that_carry_no_stick_are_grey(found: Analysed, scene: Scene) -> None:
    structure, colors = found.held.structure, cartoon_colors(found.held.structure, scene)
    pair = next(cls for cls in found.classes if cls.name == "minor").pairs[0]
    near = pair.within(4.0)
    sides = tuple([structure.residues[i].id for i in side] for side in (near.residues_1, near.residues_2))
    busy = {(chain, color) for chain, color, _, carries in _ribbons(structure, scene, pair, sides, colors) if carries}
    assert busy == {(id.chain, colors[id]) for side in sides for id in side}
    drawn = {layer.color for layer in _layers(structure, scene, pair, sides, colors, ()) if layer.kind == "cartoon"}
    assert drawn == {IDLE, *(palette.tint(color, 0.5) for _, color in busy)}


def test_a_residue_that_is_not_there_is_refused(found: Analysed) -> None:
    with pytest.raises(UsageError, match="2C5D:C/702: the structure does not show this residue"):
        residue_atoms(found.held.structure, [ResidueId("2C5D", "C", 702)])


def test_colours_of_ones_own(subject: Subject) -> None:
    changed = recolored(subject, {"IG1": "#123456"}).scene
    assert {layer.style.color for layer in changed.layers} >= {"#123456", "#56B4E9"}
    assert "#E69F00" not in {layer.style.color for layer in changed.layers}
    with pytest.raises(UsageError, match="no line 'FN9'"):
        recolored(subject, {"FN9": "#123456"})
    with pytest.raises(UsageError, match="no colour: 'red'"):
        recolored(subject, {"IG1": "red"})


@pytest.mark.parametrize("options", [{"width": 3.0}, {"dpi": 5000}])
def test_impossible_sizes_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="impossible"):
        Look(**options)


def test_what_cannot_be_drawn_is_refused_before_pymol_starts(
    found: Analysed, subject: Subject, model: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raytrace, "COMMAND", ("/nonexistent",))
    with pytest.raises(UsageError, match="unknown view 'side'"):
        draw_complex(subject, view="side")  # type: ignore[arg-type]
    apart = next(pair for pair in found.pairs if not len(pair.distance))
    with pytest.raises(StructureError, match="do not touch within 4 A"):
        draw_closeup(subject, apart)
    with pytest.raises(StructureError, match="no two-fold axis"):
        complex_panel(model, "top", Look(), 100.0)
    with pytest.raises(StructureError, match="none of the sites of AXL can be drawn") as caught:
        draw_sites(subject)
    assert "Y821: not in this construct" in str(caught.value)


def _runner(folder: Path) -> tuple[str, ...]:
    code = f"import runpy, sys; sys.path.insert(0, {str(folder)!r}); runpy.run_path(sys.argv[1], run_name='__main__')"
    return (sys.executable, "-I", "-c", code)


@pytest.mark.parametrize(
    "trouble", ["No module named 'pymol2'", "libGL.so.1: cannot open shared object file: No such file or directory"]
)
def test_without_pymol_one_line_says_what_to_install(
    subject: Subject, trouble: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pymol2.py").write_text(f"raise ImportError({trouble!r})\n")
    monkeypatch.setattr(raytrace, "COMMAND", _runner(tmp_path))
    with pytest.raises(AxlstructError) as caught:
        draw_complex(subject, SMALL)
    text = str(caught.value)
    assert text.count("\n") == 0
    assert trouble in text
    assert "pip install 'axlstruct[stills]'" in text
    assert "libgl1" in text


def test_a_crash_of_the_child_is_told(found: Analysed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mirror("2c5d.cif")
    (tmp_path / "pymol2.py").write_text("import os\nos.abort()\n")
    monkeypatch.setattr(raytrace, "COMMAND", _runner(tmp_path))
    with pytest.raises(AxlstructError, match="PyMOL could not draw the still"):
        raytrace.raytrace(found.held.structure, Still(fit(found.held.structure.xyz, np.eye(3), width=60), (), ()))


@pytest.mark.usefixtures("pymol")
def test_an_empty_selection_is_an_error(found: Analysed) -> None:
    mirror("2c5d.cif")
    structure = found.held.structure
    with pytest.raises(AxlstructError, match="selection layer0 holds 0 atoms"):
        raytrace.raytrace(structure, Still(fit(structure.xyz, np.eye(3), width=60), (Drawn("stick", (), "#FF0000"),), ()))


@pytest.mark.usefixtures("pymol")
@pytest.mark.parametrize("number", [34, 59, 200])
def test_a_sphere_is_seen_where_the_projection_says(found: Analysed, number: int) -> None:
    structure = found.held.structure
    axis = two_fold(structure, found.held.maps)
    turn = upright(axis.axis, structure.xyz, structure.xyz[0])
    projection = fit(structure.xyz, turn if number < 100 else from_above(turn), width=400)
    (atom,) = [i for i in residue_atoms(structure, [ResidueId("2C5D", "C", number)]) if structure.atom_names[i] == b"CA"]
    pixels = raytrace.raytrace(structure, Still(projection, (Drawn("sphere", (atom,), "#FF00FF", 2.0),), ()))
    rows, columns = np.nonzero(pixels[..., 3] > 128)
    assert len(rows) == pytest.approx(np.pi * (2.0 * projection.scale) ** 2, rel=0.25)
    seen = np.array([columns.mean() + 0.5, rows.mean() + 0.5])
    assert np.abs(seen - projection.pixels(structure.xyz[[atom]])[0]).max() < 2.0


@pytest.mark.usefixtures("pymol")
def test_pixels_are_the_same_each_time(found: Analysed, scene: Scene) -> None:
    structure = found.held.structure
    atoms = tuple(i for i, owner in enumerate(structure.residue_of_atom) if owner >= 0)
    still = Still(fit(structure.xyz, np.eye(3), width=160), (Drawn("cartoon", atoms, "#56B4E9"),), scene.secondary)
    one = raytrace.raytrace(structure, still)
    assert one.shape == (still.projection.height, 160, 4)
    assert 0.05 < (one[..., 3] > 0).mean() < 0.95
    assert np.array_equal(one, raytrace.raytrace(structure, still))
    assert not np.array_equal(one, raytrace.raytrace(structure, replace(still, settings={"ambient": 0.9})))


@pytest.mark.usefixtures("pymol")
@pytest.mark.parametrize("view", ["front", "top"])
def test_the_complex_shows_its_domains_in_their_colours(subject: Subject, scene: Scene, view: Any, tmp_path: Path) -> None:
    figure = draw_complex(subject, SMALL, view=view)
    pixels = image(figure)
    for layer in scene.layers:
        if layer.style.kind == "cartoon" and "between" not in layer.name:
            assert share_of(pixels, layer.style.color) > 0.01, layer.name
    assert share_of(pixels, "#FF0000") == 0.0
    check_letters(figure)
    assert set(words(figure)) >= {"IG1", "IG2", "LG1", "LG2", "IG1′", "IG2′", "LG1′", "LG2′"}
    text = all_text(figure)
    assert "AXL C, D: UniProt = author + 7" in text
    assert "179.67°" in text
    assert ("to FN1, membrane" in text) == (view == "front")
    assert any(patch.get_gid() == "two-fold" for ax in figure.axes for patch in ax.patches)
    first, second = (save_figure(figure, tmp_path / name, dpi=60).read_bytes() for name in ("one.png", "two.png"))
    assert first == second


@pytest.mark.usefixtures("pymol")
@pytest.mark.parametrize("name", ["major", "minor"])
def test_the_close_up_names_every_residue_in_contact(found: Analysed, subject: Subject, name: str) -> None:
    structure = found.held.structure
    pair = next(cls for cls in found.classes if cls.name == name).pairs[0]
    dashes = polar_dashes(structure, pair)
    figure = draw_closeup(subject, pair, SMALL, interface=name, dashes=dashes)
    near = pair.within(4.0)
    touching = {structure.residues[i] for i in (*near.residues_1, *near.residues_2)}
    assert set(words(figure)) >= {f"{r.letter}{subject.positions[r.id]}" for r in touching}
    check_letters(figure)
    text = all_text(figure)
    assert f"{name.capitalize()} interface of 2C5D: AXL {pair.chains[0]} (below" in text
    assert "Dashes join donor and acceptor" in text
    assert "hydrogen bond" in text


@pytest.mark.usefixtures("pymol")
def test_a_close_up_shows_the_first_interface_of_any_target(tmp_path: Path) -> None:
    folder = ROOT / "notebooks" / "toy"
    toy = axlstruct.load(folder / "target.toml", mirror=[folder], offline=True, cache=tmp_path)
    assert "Strand interface of 1TOY" in all_text(toy.figure("interface-closeup", width=60.0))
    with pytest.raises(StructureError, match=r"no major interface \(found strand\)"):
        toy.figure("interface-closeup", interface="major")


@pytest.mark.usefixtures("pymol")
def test_sites_on_the_kinase_domain_of_the_model(model: Subject) -> None:
    figure = draw_sites(model, SMALL)
    assert {word.split()[0] for word in words(figure)} == {"Y698", "Y702", "Y703", "Y779"}
    assert "Y702  pLDDT 56" in words(figure)
    check_letters(figure)
    text = all_text(figure)
    assert "Y821 (outside the protein kinase domain" in text
    assert "Y866 (outside the protein kinase domain" in text
    assert share_of(image(figure), "#0053D6") > 0.1


@pytest.mark.usefixtures("pymol")
def test_sites_beyond_the_domain_only_if_asked(model: Subject) -> None:
    figure = draw_sites(model, SMALL, behind=True)
    assert {word.split()[0] for word in words(figure)} == {"Y698", "Y702", "Y703", "Y779", "Y821", "Y866"}
    assert "Y821, Y866: its place relative to the domain means nothing" in all_text(figure)


@pytest.mark.usefixtures("pymol")
def test_the_opening_figure_has_three_panels(subject: Subject) -> None:
    figure = draw_overview(subject, SMALL)
    assert sum(bool(ax.images) for ax in figure.axes) == 2
    letters = [text.get_text() for ax in figure.axes if ax.get_label() == "page" for text in ax.texts]
    assert letters[:3] == ["a", "b", "c"]
    assert {"AXL", "GAS6"} <= {ax.get_label() for ax in figure.axes}


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc here to see processes in")
def test_the_child_dies_with_its_parent() -> None:
    """The picture that nobody waits for is not drawn to its end; the job, from standard input, may still be open."""
    child = Path(raytrace.__file__).with_name("pymol_child.py")
    code = (
        "import subprocess as s, sys; job = s.Popen([sys.executable, '-I', sys.argv[1]]); print(job.pid, flush=True); job.wait()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code, str(child)], stdin=pipe, stdout=pipe, text=True) as parent:
        assert parent.stdout
        process = int(parent.stdout.readline())
        time.sleep(1.0)
        assert works(process)
        parent.kill()
        parent.wait()
        started = time.monotonic()
        while works(process) and time.monotonic() - started < 20:
            time.sleep(0.05)
        assert not works(process)


def works(process: int) -> bool:
    """Whether a process is there and not merely waiting to be buried."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
