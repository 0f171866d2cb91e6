"""The model laid on the complex: fits against another program's, what is impossible about it, and files that cannot be laid."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import gemmi
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from replay import Act, Replay
from shared_files import REFERENCES, mirror

import axlstruct
from axlstruct.composite.clashes import CLASH, Body, clash_rows
from axlstruct.composite.hinges import hinges, pieces
from axlstruct.composite.placement import Alphas, angle_between, moved, superpose
from axlstruct.errors import CoordinatesError, OfflineError, StructureError, UsageError
from axlstruct.sources.coordinates import read_structure
from axlstruct.structure.mapping import map_structure
from axlstruct.structure.symmetry import alphas
from axlstruct.study.composite_file import composite_cif
from axlstruct.study.composite_scene import scene_of, title
from axlstruct.study.composites import Composite, composite
from axlstruct.study.facade import Study

REFERENCES = json.loads((REFERENCES / "superpositions.json").read_text())
POINTS = st.lists(st.tuples(*[st.floats(-50, 50)] * 3), min_size=4, max_size=12, unique=True)
QUATERNIONS = st.tuples(*[st.floats(-1, 1)] * 4).filter(lambda q: sum(x * x for x in q) > 0.01)


@pytest.fixture(scope="module")
def made(study: Study) -> Composite:
    return composite(study.session)


@pytest.fixture(scope="module")
def hinged(study: Study) -> Composite:
    return composite(study.session, hinged=True)


def rotation(quaternion: tuple[float, ...]) -> np.ndarray:
    x, y, z, w = np.array(quaternion) / np.linalg.norm(quaternion)
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )


def turned(points: Alphas, turn: np.ndarray, shift: tuple[float, ...] = (0.0, 0.0, 0.0)) -> Alphas:
    return {p: tuple(turn @ np.array(xyz) + shift) for p, xyz in points.items()}


def numbered(points: list[tuple[float, float, float]]) -> Alphas:
    return dict(enumerate(points, 1))


def on_a_line(points: Alphas) -> bool:
    xyz = np.array(list(points.values()))
    return bool(np.linalg.svd(xyz - xyz.mean(axis=0))[1][1] < 1.0)


def test_fits_are_those_of_another_program(study: Study) -> None:
    """gemmi, residues matched there by author number plus 7; see references/make_superpositions.py."""
    rows = [row for name in ("2C5D", "4RA0") for row in study.table("composite", name).rows]
    assert {f"{row.structure} {row.chain} {row.fitted}" for row in rows} == set(REFERENCES)
    for row in rows:
        wanted = REFERENCES[f"{row.structure} {row.chain} {row.fitted}"]
        assert (row.atoms, row.differences) == (wanted["atoms"], wanted["differences"])
        assert row.rmsd == pytest.approx(wanted["rmsd"], abs=2e-4)
        if "angle" in wanted:
            assert row.angle == pytest.approx(wanted["angle"], abs=0.01)
        else:
            assert row.angle is None


def test_where_it_fits_worst_is_named(made: Composite) -> None:
    """The loop 182-188 of IG2 stands 10 A elsewhere: without it the two domains fit alike."""
    rows = {(row.chain, row.fitted): row for row in made.fits}
    assert (rows["C", "IG2"].farthest, round(rows["C", "IG2"].farthest_distance)) == (184, 10)
    assert (rows["C", "IG1"].farthest, round(rows["C", "IG1"].farthest_distance)) == (93, 5)
    copy = made.copies[0]
    loop = [p for p in copy.alone[1].positions if not 181 <= p <= 188]
    assert superpose(alphas(copy.chain), alphas(made.model_map), loop).rmsd < 1.2


@given(POINTS.map(numbered), QUATERNIONS, st.tuples(*[st.floats(-99, 99)] * 3))
def test_a_turned_copy_fits_without_error(points: Alphas, quaternion: tuple[float, ...], shift: tuple[float, ...]) -> None:
    if on_a_line(points):
        return
    turn = rotation(quaternion)
    fit = superpose(turned(points, turn, shift), points, points)
    assert fit.rmsd < 1e-3
    assert np.allclose(fit.turn, turn, atol=1e-3)
    assert fit.distance < 1e-2


@given(POINTS.map(numbered), st.data(), QUATERNIONS, QUATERNIONS)
def test_turning_either_side_changes_no_rmsd(
    points: Alphas, data: st.DataObject, one: tuple[float, ...], two: tuple[float, ...]
) -> None:
    shifts = data.draw(st.lists(st.tuples(*[st.floats(-5, 5)] * 3), min_size=len(points), max_size=len(points)))
    other = {p: tuple(np.add(xyz, s)) for (p, xyz), s in zip(points.items(), shifts, strict=True)}
    if on_a_line(points) or on_a_line(other):
        return
    still = superpose(points, other, points).rmsd
    assert superpose(turned(points, rotation(one)), turned(other, rotation(two)), points).rmsd == pytest.approx(still, abs=1e-4)


@given(st.floats(0, 180))
def test_the_angle_between_domains(degrees: float) -> None:
    """Two domains, the second turned in the model by a known angle."""
    ones = numbered([(0, 0, 0), (9, 1, 0), (2, 8, 1), (4, 4, 7)])
    twos = {p + 10: (x + 30, y, z) for p, (x, y, z) in ones.items()}
    half = np.radians(degrees) / 2
    model = ones | turned(twos, rotation((np.sin(half), 0.0, 0.0, np.cos(half))))
    fits = [superpose(ones | twos, model, part) for part in (ones, twos)]
    assert angle_between(*fits) == pytest.approx(degrees, abs=0.1)


@pytest.mark.parametrize("positions", [[], [1, 2], [1, 2, 3]])
def test_too_little_to_superpose(positions: list[int]) -> None:
    line = numbered([(0, 0, 0), (3, 0, 0), (6, 0, 0)])
    with pytest.raises(StructureError, match="three C-alphas that are not on a line"):
        superpose(line, line, positions)


def body(chain: str, own: str, predicted: bool, *rows: tuple[str, bool, float]) -> Body:
    parts, confident, along = zip(*rows, strict=True)
    xyz = np.array([[x, 0.0, 0.0] for x in along])
    return Body(chain, "R", own, predicted, tuple(parts), np.array(confident), xyz)


def test_what_counts_as_a_clash() -> None:
    """Nearer than 4 A, never within one receptor copy, never experiment against experiment."""
    model = body("C-AF", "C", True, ("kinase", True, 0.0), ("tail", False, 100.0))
    rows = clash_rows(
        [
            body("C", "C", False, ("IG1", True, 0.0)),
            body("A", "A", False, ("LG1", True, 3.9), ("LG1", True, CLASH), ("LG1", True, 97.0)),
            body("B", "B", False, ("LG1", True, 3.9)),
            model,
            body("D-AF", "D", True, ("kinase", True, 1.0), ("kinase", False, 2.0)),
        ]
    )
    found = {(r.chain_1, r.part_1, r.chain_2): (r.kind_2, r.ca_pairs, r.ca_pairs_confident, r.min_distance) for r in rows}
    assert found == {
        ("C-AF", "kinase", "D-AF"): ("model", 2, 1, 1.0),
        ("C-AF", "kinase", "A"): ("experiment", 1, 1, 3.9),
        ("C-AF", "kinase", "B"): ("experiment", 1, 1, 3.9),
        ("C-AF", "tail", "A"): ("experiment", 1, 0, 3.0),
        ("D-AF", "kinase", "A"): ("experiment", 4, 2, pytest.approx(1.9)),
        ("D-AF", "kinase", "B"): ("experiment", 2, 1, pytest.approx(1.9)),
        ("D-AF", "kinase", "C"): ("experiment", 2, 1, 1.0),
    }


def test_the_rigid_model_is_impossible_and_it_is_said(made: Composite) -> None:
    """Clashes counted here once more, pair by pair, from the coordinates of the joined structure."""
    assert sum(row.ca_pairs for row in made.clashes) == 780
    assert sum(row.ca_pairs_confident for row in made.clashes) == 441
    assert not {row.part_1 for row in made.clashes} & {"FN1", "FN2"}
    assert "Physically impossible as it stands: 780 Cα pairs closer than 4 Å" in made.words[2]
    assert "as drawn impossible" in title(made)
    points, copy = alphas(made.model_map), made.copies[0]
    kinase = np.array(list(moved(points, copy, range(536, 808)).values()))
    ligand = next(m for m in made.experiment.maps if m.chain.chain == "B")
    pairs = sum(float(np.linalg.norm(one - np.array(two))) < CLASH for one in kinase for two in alphas(ligand).values())
    assert pairs == sum(r.ca_pairs for r in made.clashes if (r.chain_1, r.part_1, r.chain_2) == ("C-AF", "kinase", "B"))


def test_the_membrane_helices(made: Composite) -> None:
    """Against the axis of the complex: tilted by 25 degrees, 28 A apart, and running the wrong way."""
    assert made.membrane is not None
    for row in made.membrane.rows:
        assert (row.first, row.last, row.direction) == (452, 472, "up")
        assert row.tilt == pytest.approx(24.7, abs=0.5)
        assert row.between == pytest.approx(27.8, abs=0.1)
        assert row.crossing == pytest.approx(2 * 24.7, abs=0.5), "by symmetry, for helices that lean to each other"
        assert abs(row.step) < 0.1, "by symmetry"
        assert row.between == pytest.approx(2 * row.from_axis, abs=0.1)
        assert row.wrong_side == "FN1 -13, FN2 -54, Kinase +37"
    assert any("contradicted, not only unknown" in word for word in made.words)


def test_without_errors_the_arrangement_is_unknown(made: Composite) -> None:
    assert {row.arrangement for row in made.arrangement} == {"unknown"}
    assert {row.pae for row in made.fits} == {"", "unknown"}
    assert made.words[1].endswith("unknown: pLDDT says nothing of it, and its predicted aligned errors could not be had.")
    assert not any("axlstruct fetch" in word for word in made.words), "advice is for the terminal"
    assert made.told[:-1] == made.words
    assert "axlstruct fetch AF-P30530-PAE" in made.told[-1]
    assert made.table("fits").notes == made.told


@pytest.mark.parametrize("served", ["kinase far", "all near", "wrong size"])
def test_errors_from_the_server_say_which_arrangement_is_supported(
    served: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pae = np.full((894, 894), 2)
    if served == "kinase far":
        pae[535:, :535] = 25
    file = "/alphafold.ebi.ac.uk/files/AF-P30530-F1-predicted_aligned_error_v6.json"
    answer = [{"predicted_aligned_error": (pae if served != "wrong size" else pae[:9, :9]).tolist()}]
    record = {"entryId": "AF-P30530-F1", "cifUrl": "https://a/x.cif", "paeDocUrl": f"https:/{file}"}
    with Replay() as server:
        monkeypatch.setenv("AXLSTRUCT_GATEWAY", server.url)
        server.on("/alphafold.ebi.ac.uk/api/prediction/P30530", Act(json.dumps([record]).encode()))
        server.on(file, Act(json.dumps(answer).encode()))
        here = axlstruct.load("axl", mirror=[mirror("2c5d.cif").parent], cache=tmp_path)
        done = composite(here.session)
    verdicts = {(row.part_1, row.part_2): row.arrangement for row in done.arrangement}
    joint = next(row.pae for row in done.fits if row.fitted == "IG1+IG2")
    if served == "wrong size":
        assert set(verdicts.values()) == {joint} == {"unknown"}
        assert "expected 894 residues, found 9" in done.told[-1]
    else:
        assert (verdicts["IG1", "IG2"], joint) == ("supported", "supported")
        assert verdicts["IG1", "Kinase"] == ("uncertain" if served == "kinase far" else "supported")
        assert ("uncertain IG1–Kinase" in done.words[1]) == (served == "kinase far")
        assert ("supported by PAE" in title(done)) == (served == "all near")


def test_coordinates_say_what_they_are_and_hold_the_fit(made: Composite, study: Study, tmp_path: Path) -> None:
    path = tmp_path / "composite.cif"
    path.write_text(composite_cif(made, study.target))
    block = gemmi.cif.read(str(path)).sole_block()
    assert gemmi.cif.as_string(block.find_value("_struct.title")) == title(made)
    remarks = [gemmi.cif.as_string(value) for value in block.find_values("_axlstruct_composite.remark")]
    assert remarks[0].startswith("HYPOTHESIS")
    assert any("780" in remark for remark in remarks)
    assert block.find_value("_exptl.method") is None, "no experiment made this"
    again = read_structure(path)
    maps = {m.chain.chain: m for m in map_structure(again, study.target.proteins)}
    assert list(maps) == ["A", "B", "C", "D", "C-AF", "D-AF"]
    assert (maps["C"].offset, maps["C-AF"].offset) == (7, 0)
    points = {name: alphas(map) for name, map in maps.items()}
    for copy in made.copies:
        names = copy.chain.chain.chain, copy.name
        sides = [[gemmi.Position(*points[name][p]) for p in copy.fit.positions] for name in names]
        apart = np.sqrt(np.mean([one.dist(two) ** 2 for one, two in zip(*sides, strict=True)]))
        assert apart == pytest.approx(copy.fit.rmsd, abs=2e-3), "laid as it was fitted"
        assert gemmi.superpose_positions(*sides).rmsd == pytest.approx(copy.fit.rmsd, abs=2e-3), "and no fit is better"
    bonds = [np.linalg.norm(np.subtract(points["C-AF"][p], points["C-AF"][p + 1])) for p in range(452, 472)]
    assert all(3.6 < bond < 4.0 for bond in bonds)
    assert {str(e.polymer_type) for e in again.gemmi.entities if e.name == "model"} == {"PolymerType.PeptideL"}


def test_the_scene_says_hypothesis_and_keeps_the_two_apart(made: Composite, study: Study) -> None:
    joined, scene = scene_of(made, study.target)
    assert scene.title.startswith("HYPOTHESIS: AF-P30530 as one rigid body on 2C5D (RMSD 1.94 Å over 179 Cα")
    assert scene.cautions == made.words
    headings = list(dict.fromkeys(entry.heading for entry in scene.legend))
    assert headings[:4] == [
        "Experiment, opaque: AXL C, D", "Experiment, opaque: GAS6 A, B", "Rigid model, translucent: AXL C-AF, D-AF",
        "Rigid model, thin",
    ]  # fmt: skip
    for layer in scene.layers:
        for selection in layer.selections if layer.style.kind in ("cartoon", "trace") else ():
            ours = layer.style.opacity < 1
            assert (selection.chain in ("C-AF", "D-AF")) == ours, layer.name
    low = next(layer for layer in scene.layers if layer.name == "model, low confidence")
    assert (low.style.kind, low.style.opacity) == ("trace", 0.5)
    residues = {r.id.number: r.b for c in joined.chains if c.chain == "C-AF" for r in c.residues}
    faded = {n for s in low.selections if s.chain == "C-AF" for run in s.runs for n in range(run.first, run.last + 1)}
    assert faded == {n for n, b in residues.items() if b <= 70 and n not in made.copies[0].seen}
    texts = [label.text for label in scene.labels]
    assert "Y698 (55) · Y702 (56) · Y703 (63)" in texts
    assert {"Y779 (97)", "Y821 (30)", "Y866 (31)"} <= set(texts)
    drawn = sum(len(s) for layer in scene.layers if layer.style.kind in ("cartoon", "trace") for s in layer.selections)
    assert drawn == sum(len(chain.residues) for chain in joined.chains), "every residue once"
    strands = {element.chain for element in scene.secondary}
    assert strands == {"A", "B", "C", "D", "C-AF", "D-AF"}


def test_every_residue_of_the_joined_structure_finds_its_atoms(hinged: Composite, study: Study) -> None:
    joined, _ = scene_of(hinged, study.target)
    assert {residue.id.structure for residue in joined.residues} == {"2C5D+AF-P30530"}
    for residue in joined.residues:
        columns = joined.xyz[residue.first_atom : residue.first_atom + residue.n_atoms]
        assert np.allclose(columns, [atom.pos.tolist() for atom in residue.gemmi])


def test_words_reach_the_page_as_text(study: Study) -> None:
    view = study.composite(width=300, height=300)
    view.scene = replace(view.scene, cautions=("<b>not</b> a tag",))
    page = view.page()
    assert "&lt;b&gt;not&lt;/b&gt; a tag" in page
    assert page.index("Read this first") < page.index("Experiment, opaque")
    assert len(re.findall(r"addCylinder\(", view.startjs)) == 3, "the axis and two faces"


def test_the_schematic_crosses_the_membrane_once(hinged: Composite, study: Study) -> None:
    protein = study.target.receptor
    plddt = {p: s.residue.b for p, s in hinged.model_map.by_position.items() if s.residue}
    assert [str(cut) for cut in hinges(protein, plddt)] == ["429-451", "473-535"]
    assert [str(piece) for piece in pieces(protein, plddt)] == ["27-428", "452-472", "536-807"]
    assert hinged.membrane is not None
    assert {row.direction for row in hinged.membrane.rows} == {"down"}
    assert {row.wrong_side for row in hinged.membrane.rows} == {""}
    assert max(row.tilt for row in hinged.membrane.rows) < 3
    assert hinged.clashes == ()
    points, center, axis = alphas(hinged.model_map), hinged.membrane.center, hinged.membrane.axis
    for copy in hinged.copies:
        heights = {p: float((np.array(xyz) - center) @ axis) for p, xyz in moved(points, copy, points).items()}
        assert set(heights) == {*range(27, 429), *range(452, 473), *range(536, 808)}
        assert min(heights[p] for p in range(27, 429)) > 20
        assert max(heights[p] for p in range(536, 808)) < -20
        for first, last in ((27, 428), (452, 472), (536, 807)):
            now = moved(points, copy, (first, last))
            kept = np.linalg.norm(np.subtract(points[first], points[last]))
            assert np.linalg.norm(np.subtract(now[first], now[last])) == pytest.approx(kept), "each piece is rigid"


def test_the_schematic_is_called_one(hinged: Composite, study: Study) -> None:
    joined, scene = scene_of(hinged, study.target)
    assert scene.title.startswith("HYPOTHESIS, SCHEMATIC")
    assert hinged.words[1].startswith("SCHEMATIC")
    assert [site.name for site in scene.absent] == ["Y821", "Y866"]
    chain = next(chain for chain in joined.chains if chain.chain == "C-AF")
    assert len(chain.residues) == 402 + 21 + 272
    again = gemmi.cif.read_string(composite_cif(hinged, study.target)).sole_block()
    assert gemmi.cif.as_string(again.find_values("_axlstruct_composite.remark")[2]).startswith("SCHEMATIC")
    assert gemmi.cif.as_string(again.find_value("_struct.title")).startswith("HYPOTHESIS, SCHEMATIC")
    assert {row.arrangement for row in hinged.fits} == {"schematic"}


def test_one_copy_and_an_engineered_chain(study: Study) -> None:
    alone = composite(study.session, "4RA0")
    assert "3 letters differ (engineered)" in alone.words[0], "the fourth, 134, lies between the domains"
    assert (alone.axis, alone.membrane) == (None, None)
    assert any("No membrane is drawn" in word for word in alone.words)
    _, scene = scene_of(alone, study.target)
    assert "RMSD 2.06 Å" in scene.title
    with pytest.raises(StructureError, match="cannot be hinged"):
        composite(study.session, "4RA0", hinged=True)


def traced(path: Path, entry: str, keep: object = None) -> Path:
    """A file of the mirror with C-alphas alone, or with those lines that are to be kept."""
    lines = mirror(entry).read_text().splitlines()
    chosen = [line for line in lines if line.startswith("ATOM") and (keep(line) if callable(keep) else line[12:16] == " CA ")]
    path.write_text("\n".join([*chosen, "END", ""]))
    return path


def test_a_trace_of_alphas_is_enough(study: Study, tmp_path: Path) -> None:
    path = traced(tmp_path / "trace.pdb", "2c5d.pdb")
    done = composite(study.session, str(path))
    assert [round(copy.fit.rmsd, 3) for copy in done.copies] == [1.938, 1.938]
    _, scene = scene_of(done, study.target)
    assert len(scene.layers) > 4
    assert "HYPOTHESIS" in composite_cif(done, study.target)


def test_a_kinase_domain_shows_nothing_to_lay_it_on(study: Study, tmp_path: Path) -> None:
    kinase = traced(tmp_path / "kinase.pdb", "AF-P30530-F1.pdb", lambda line: 514 <= int(line[22:26]) <= 818)
    with pytest.raises(StructureError, match=r"no extracellular domain of AXL is seen.*1 chains of AXL"):
        composite(study.session, str(kinase))
    antibody = str(mirror("1igy.cif"))
    with pytest.raises(StructureError, match=r"no extracellular domain of AXL is seen .found no chain of AXL"):
        composite(study.session, antibody)


def test_half_a_domain_is_not_fitted(study: Study, tmp_path: Path) -> None:
    """Of IG2 (84 residues, author numbers 132 to 215) a third is left: only IG1 is laid on."""
    part = traced(tmp_path / "part.pdb", "2c5d.pdb", lambda line: line[21] in "AB" or int(line[22:26]) < 160)
    done = composite(study.session, str(part))
    assert [row.fitted for row in done.fits] == ["IG1", "IG1"]
    assert {row.atoms for row in done.fits} == {95}


@pytest.mark.parametrize(
    ("model", "words"), [("AF-Q06418", "no chain is AXL"), ("2C5D", "no model, but an experiment")], ids=["TYRO3", "experiment"]
)
def test_what_is_no_model_of_the_receptor(study: Study, model: str, words: str) -> None:
    with pytest.raises(StructureError, match=rf"{model}: {words}.*such as AF-P30530"):
        composite(study.session, model=model)


def test_a_shorter_model(study: Study, tmp_path: Path) -> None:
    """Without kinase and tail: laid on the same; its errors are unknown, and only FN1 and FN2 lie on the wrong side."""
    text = mirror("AF-P30530-F1.pdb").read_text().splitlines()
    kept = [line for line in text if not line.startswith(("ATOM", "TER")) or int(line[22:26]) <= 500]
    short = tmp_path / "short.pdb"
    short.write_text("\n".join([*(line for line in kept if not line.startswith("SEQRES")), ""]))
    done = composite(study.session, model=str(short))
    assert [round(copy.fit.rmsd, 3) for copy in done.copies] == [1.938, 1.938]
    assert "the model is a file of its own" in done.words[1]
    assert done.membrane is not None
    assert done.membrane.rows[0].wrong_side == "FN1 -13, FN2 -54"
    (tmp_path / "mirror").mkdir()
    (tmp_path / "mirror" / "AF-P30530-F1.pdb").write_text(short.read_text())
    (tmp_path / "mirror" / "2c5d.cif").symlink_to(mirror("2c5d.cif"))
    other = axlstruct.load("axl", mirror=[tmp_path / "mirror"], offline=True, cache=tmp_path / "cache")
    assert "the model has 500 residues, the sequence 894" in composite(other.session).words[1]


def test_no_model_at_hand(tmp_path: Path) -> None:
    (tmp_path / "mirror").mkdir()
    (tmp_path / "mirror" / "2c5d.cif").symlink_to(mirror("2c5d.cif"))
    poor = axlstruct.load("axl", mirror=[tmp_path / "mirror"], offline=True, cache=tmp_path / "cache")
    with pytest.raises(CoordinatesError, match=r"AF-P30530: this needs coordinates.*axlstruct fetch AF-P30530"):
        composite(poor.session)
    poor.session.release = None
    with pytest.raises(OfflineError, match="AF-P30530 is not in the cache and the network is switched off"):
        composite(poor.session)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "axlstruct",
        "--offline",
        "--mirror",
        str(mirror("2c5d.cif").parent),
        "composite",
        *arguments,
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command(tmp_path: Path) -> None:
    done = run("--table", "membrane", "--format", "tsv")
    assert done.stdout.splitlines()[0].split("\t")[:5] == ["chain", "first", "last", "plddt", "tilt"]
    assert "note: HYPOTHESIS" in done.stderr
    assert run("-o", str(tmp_path / "c.cif")).returncode == 0
    assert (tmp_path / "c.cif").read_text().startswith("data_")
    wrong = run("-o", str(tmp_path / "c.pdb"))
    assert (wrong.returncode, wrong.stderr) == (2, "axlstruct: a composite is not drawn as '.pdb' (expected .html or .cif)\n")
    assert run("--table", "nothing").returncode == 2


def test_no_such_table(study: Study) -> None:
    with pytest.raises(UsageError, match="fits, clashes, membrane, arrangement"):
        study.table("composite", table="fit")
