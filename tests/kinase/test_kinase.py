"""Geometry of kinase domains, exposure of tyrosines: other programs' numbers, rules case by case, every kind of absence."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import gemmi
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kinases import cut, phosphorylate, relative
from matplotlib.figure import Figure
from shared_files import REFERENCES, mirror
from tiny import Chain, cif_text

import axlstruct
from axlstruct.errors import SourceError, StructureError, UsageError
from axlstruct.kinase import rules
from axlstruct.kinase.geometry import geometry_row
from axlstruct.kinase.landmarks import find_kinase
from axlstruct.scene.tracks import role_fills
from axlstruct.sources.coordinates import read_structure
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.mapping import map_structure
from axlstruct.study.facade import Study

REFERENCE = json.loads((REFERENCES / "kinase.json").read_text())
OTHERS = {"Q06418": ("TYRO3", 518, 790), "Q12866": ("MERTK", 587, 858)}
ALL = range(514, 819)
Write = Callable[..., Path]


@pytest.fixture(scope="module")
def relatives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Study]:
    return {
        accession: relative(tmp_path_factory.mktemp(name), name, accession, first, last)
        for accession, (name, first, last) in OTHERS.items()
    }


@pytest.fixture(scope="module")
def crystal(tmp_path_factory: pytest.TempPathFactory, bare: Study) -> Study:
    """AXL with a 5U6B that shows of each chain what the entry is known to show."""
    known = {entry.id: entry.known for entry in bare.target.structures}["5U6B"]
    shown = {chain: [p for k in known if k.chain == chain and k.coverage == "observed" for p in k.span] for chain in "ABCD"}
    folder = tmp_path_factory.mktemp("crystal")
    cut(folder / "5u6b.cif", shown)
    return axlstruct.load("axl", mirror=[folder, mirror("2c5d.cif").parent], offline=True, cache=folder / "cache")


def rows(study: Study, structure: str | Path | None, table: str, **options: object) -> pd.DataFrame:
    name = str(structure) if structure else None
    return pd.DataFrame([asdict(row) for row in study.table("kinase", name, table=table, **options).rows])  # type: ignore[arg-type]


@pytest.mark.parametrize("accession", ["P30530", *OTHERS])
def test_geometry_is_what_biopython_measures(accession: str, study: Study, relatives: dict[str, Study]) -> None:
    (row,) = relatives.get(accession, study).table("kinase", f"AF-{accession}", table="geometry").rows
    wanted = REFERENCE[accession]["geometry"]
    assert {name: getattr(row, name) for name in wanted} == pytest.approx(wanted, abs=2e-3)
    assert row.missing == ""
    assert (row.dfg, row.cluster, row.alphac, row.salt_bridge, row.spine) == ("DFGin", "BLAminus", "in", True, "intact")


@pytest.mark.parametrize("accession", ["P30530", *OTHERS])
def test_exposure_and_neighbours_are_those_of_other_programs(accession: str, study: Study, relatives: dict[str, Study]) -> None:
    table = rows(relatives.get(accession, study), f"AF-{accession}", "tyrosines").set_index("position")
    wanted = REFERENCE[accession]["tyrosines"]
    both = [position for position in map(int, wanted) if position in table.index]
    assert len(both) > 12
    for position in both:
        row, other = table.loc[position], wanted[str(position)]
        assert row.area == pytest.approx(other["area"], rel=0.02, abs=2.5)
        assert row.hydroxyl_area == pytest.approx(other["hydroxyl_area"], rel=0.05, abs=1.5)
        assert row.plddt == pytest.approx(other["plddt"], abs=0.006)
        listed = {int(word.split()[1].partition("/")[2]): float(word.split()[2]) for word in row.basic_near.split(";") if word}
        beyond = {int(n): d for n, d in other["near"].items() if int(n) not in listed}
        assert listed == pytest.approx({int(n): d for n, d in other["near"].items() if int(n) in listed}, abs=0.051)
        assert all(f"A/{n}" in row.note for n in beyond)
        assert not listed or row.basic_distance == pytest.approx(
            min(v for n, v in other["near"].items() if int(n) in listed), abs=2e-3
        )


def test_every_cytoplasmic_tyrosine_has_a_row_and_curated_sites_are_marked(study: Study) -> None:
    table = rows(study, "AF-P30530", "tyrosines")
    assert list(table.position) == [p for p in range(473, 895) if study.sequence[p - 1] == "Y"]
    assert list(table.site[table.site != ""]) == ["Y698", "Y702", "Y703", "Y779", "Y821", "Y866"]
    assert set(table.position[table.listed != ""]) == {703, 779, 821, 866}
    assert list(table.place[table.position.isin([698, 702, 703])]) == ["activation loop"] * 3
    assert not table.phosphorylated.any()


def test_what_low_confidence_makes_meaningless_is_said(study: Study) -> None:
    table = rows(study, "AF-P30530", "tyrosines").set_index("position")
    assert dict(table.confidence[[698, 779, 821, 866, 643]]) == {
        698: "low", 779: "very high", 821: "very low", 866: "very low", 643: "confident",
    }  # fmt: skip
    assert "mean nothing here" in table.note[821]
    assert "mean little here" in table.note[702]
    assert table.note[750] == ""


def test_a_residue_beyond_the_membrane_is_no_neighbour(study: Study) -> None:
    row = rows(study, "AF-P30530", "tyrosines").set_index("position").loc[761]
    assert "R217" not in row.basic_near
    assert "beyond the membrane, near in the model only: R217 A/217 8.7" in row.note


AXL_DOMAIN = range(536, 808)


def by_hand(sequence: str, places: dict[tuple[int, str], tuple[float, float, float]]) -> str:
    """A trace of CA atoms of AXL's kinase domain, far away, but for atoms put by hand."""

    def atoms(place: int) -> list[tuple[str, float, float, float]]:
        position = AXL_DOMAIN[place]
        own = [(name, *xyz) for (p, name), xyz in places.items() if p == position]
        return own or [("CA", 100.0 + 3.8 * place, 500.0, 0.0)]

    letters = sequence[AXL_DOMAIN.start - 1 : AXL_DOMAIN.stop - 1]
    return cif_text(Chain("A", letters, numbers=list(AXL_DOMAIN), atoms=atoms))


@pytest.mark.parametrize(
    ("to_helix", "to_lysine", "group"),
    [
        (6.0, 15.0, "DFGin"),
        (11.0, 11.001, "DFGin"),
        (15.0, 6.0, "DFGout"),
        (11.001, 14.0, "DFGout"),
        (11.001, 14.001, "unassigned"),
        (15.0, 15.0, "unassigned"),
        (9.0, 9.0, "DFGinter"),
        (11.0, 11.0, "DFGinter"),
    ],
)
def test_spatial_group_of_atoms_put_by_hand(to_helix: float, to_lysine: float, group: str, bare: Study, written: Write) -> None:
    places = {(691, "CZ"): (0.0, 0.0, 0.0), (589, "CA"): (0.0, to_helix, 0.0), (567, "CA"): (to_lysine, 0.0, 0.0)}
    (row,) = bare.table("kinase", str(written(by_hand(bare.sequence, places))), table="geometry").rows
    assert (row.d1, row.d2, row.dfg) == (to_helix, to_lysine, group)
    assert (row.cluster, row.state) == ("", "" if group == "DFGin" else "inactive")


@pytest.mark.parametrize(("apart", "bridge"), [(2.8, True), (4.0, True), (4.001, False), (9.0, False)])
def test_salt_bridge_of_atoms_put_by_hand(apart: float, bridge: bool, bare: Study, written: Write) -> None:
    places = {(567, "NZ"): (0.0, 0.0, 0.0), (585, "OE1"): (apart, 0.0, 0.0), (585, "OE2"): (0.0, 20.0, 0.0)}
    (row,) = bare.table("kinase", str(written(by_hand(bare.sequence, places))), table="geometry").rows
    assert (row.lys_glu, row.salt_bridge) == (apart, bridge)


@pytest.mark.parametrize("name", [name for clusters in rules.CENTROIDS.values() for name in clusters])
def test_each_centroid_is_in_its_own_cluster_and_the_rotamer_is_its_name(name: str) -> None:
    group = next(group for group, clusters in rules.CENTROIDS.items() if name in clusters)
    angles = rules.CENTROIDS[group][name]
    assert rules.dihedral_cluster(group, angles) == (name, pytest.approx(0.0))
    turned = tuple(angle - 360.0 for angle in angles)
    assert rules.dihedral_cluster(group, turned) == (name, pytest.approx(0.0, abs=1e-9))  # type: ignore[arg-type]
    other = (*angles[:6], (angles[6] + 120.0) % 360.0)
    assert rules.dihedral_cluster(group, other)[0] != name


def test_the_cluster_cutoff_is_inclusive_and_beyond_it_is_no_cluster() -> None:
    base = rules.CENTROIDS["DFGout"]["BBAminus"]
    for degrees, word in ((39.0, "BBAminus"), (39.5, "unassigned")):  # 2 (1 - cos) = 0.446 and 0.457
        moved = (*(angle + degrees for angle in base[:6]), base[6])
        assert rules.dihedral_cluster("DFGout", moved)[0] == word


@pytest.mark.parametrize(
    ("case", "word"),
    [
        (("DFGin", "BLAminus", 2.9, "in", "in"), "active"),
        (("DFGin", "BLAminus", 3.6, "in", "in"), "active"),
        (("DFGin", "BLAminus", 3.7, "in", "in"), "inactive"),
        (("DFGin", "ABAminus", 2.9, "in", "in"), "inactive"),
        (("DFGout", "BBAminus", 2.9, "in", "in"), "inactive"),
        (("DFGin", "BLAminus", 2.9, "out", "in"), "inactive"),
        (("DFGin", "BLAminus", 2.9, "in", "out"), "inactive"),
        (("DFGin", "BLAminus", 2.9, "in", "unclear"), ""),
        (("DFGin", "BLAminus", None, "in", "in"), ""),
        (("DFGin", "BLAminus", 2.9, "", ""), ""),
        (("", "", None, "", "out"), "inactive"),
    ],
)
def test_state(case: tuple[str, str, float | None, str, str], word: str) -> None:
    assert rules.activity(*case) == word


def test_between_two_cutoffs_in_print_nothing_is_claimed() -> None:
    assert [rules.loop_end(d) for d in (8.0, 8.5, 9.0, 9.01)] == ["in", "unclear", "unclear", "out"]
    assert [rules.spine((3.5, d, 3.5)) for d in (4.5, 4.8, 5.0, 5.1)] == ["intact", "unclear", "unclear", "broken"]
    assert (rules.helix(10.0), rules.helix(10.1)) == ("in", "out")


@given(st.tuples(*[st.floats(-180, 180)] * 3), st.tuples(*[st.floats(-500, 500)] * 3))
@settings(max_examples=8, deadline=None)
def test_geometry_does_not_depend_on_where_the_molecule_lies(turn: tuple[float, ...], shift: tuple[float, ...]) -> None:
    import math

    protein = axlstruct.load("axl", offline=True).target.receptor
    structure = read_structure(mirror("AF-P30530-F1.pdb"), id="AF-P30530")
    kinase = find_kinase(protein)
    before = geometry_row(kinase, map_structure(structure, [protein])[0])
    a, b, c = map(math.radians, turn)
    rotation = gemmi.Mat33([[math.cos(a), -math.sin(a), 0], [math.sin(a), math.cos(a), 0], [0, 0, 1]]).multiply(
        gemmi.Mat33([[math.cos(b), 0, math.sin(b)], [0, 1, 0], [-math.sin(b), 0, math.cos(b)]]).multiply(
            gemmi.Mat33([[1, 0, 0], [0, math.cos(c), -math.sin(c)], [0, math.sin(c), math.cos(c)]])
        )
    )
    structure.gemmi[0].transform_pos_and_adp(gemmi.Transform(rotation, gemmi.Vec3(*shift)))
    after = asdict(geometry_row(kinase, map_structure(structure, [protein])[0]))
    for name, value in asdict(before).items():
        assert after[name] == (pytest.approx(value, abs=2e-3) if isinstance(value, float) else value)


def test_a_chain_without_the_activation_loop_says_so_and_borrows_nothing(crystal: Study) -> None:
    table = rows(crystal, "5U6B", "geometry").set_index("chain")
    assert list(table.index) == ["A", "B", "C", "D"]
    assert dict(table.loop_missing) == {"A": "696-711", "B": "705-707", "C": "696-711", "D": "705-707"}
    assert dict(table.loop_seen) == {"A": "14/30", "B": "27/30", "C": "14/30", "D": "27/30"}
    a, b, c, d = (table.loc[chain] for chain in "ABCD")
    assert pd.isna(a.d2)  # what was not read of chain A is not there
    assert "lys_glu, cb_cb, d2: K567 not observed (disordered)" in a.missing
    assert c.loop_end_state == ""
    assert c.missing == "loop_end: P711 not observed (disordered)" or "loop_end: " in c.missing
    assert (b.dfg, c.dfg, d.dfg) == ("DFGin",) * 3
    assert (c.state, d.state) == ("", "active")
    assert table.plddt_min.isna().all()


def test_landmarks_of_a_chain_with_gaps_name_what_is_seen(crystal: Study) -> None:
    table = rows(crystal, "5U6B", "landmarks")
    loop = table[table.landmark == "activation loop"].set_index("chain")
    assert loop.numbers["A"] == "690-695 712-719"
    assert loop.coverage["A"] == "observed 690-695;unobserved 696-711;observed 712-719"
    assert loop.seen["B"] == "27/30"
    assert list(table.numbers[(table.landmark == "beta3 Lys") & (table.chain == "B")]) == ["567"]


def test_tyrosines_are_given_chain_by_chain_with_the_reason_where_not_seen(crystal: Study) -> None:
    table = rows(crystal, "5U6B", "tyrosines").set_index(["chain", "position"])
    for position in (698, 702, 703):
        assert [table.coverage[chain, position] for chain in "ABCD"] == ["unobserved", "observed", "unobserved", "observed"]
        assert pd.isna(table.area["A", position])
        assert table.note["A", position] == "not observed (disordered)"
        assert table.area["B", position] > 0
        assert table.basic["A", position] == ""
    for chain in "ABCD":
        assert table.coverage[chain, 759] == table.coverage[chain, 779] == "observed"
        assert table.coverage[chain, 821] == table.coverage[chain, 866] == "not-in-construct"
    assert table.plddt.isna().all()
    assert set(table.confidence) == {""}


def test_without_coordinates_what_was_read_in_print_is_given(study: Study) -> None:
    found = study.table("kinase", "5U6B", table="tyrosines")
    row = next(row for row in found.rows if (row.chain, row.position) == ("B", 702))
    assert (row.coverage, row.number, row.area, row.phosphorylated) == ("observed", 702, None, None)
    assert "read off the residue scheme" in row.note
    assert "could not be had" in found.notes[0]
    with pytest.raises(SourceError, match="5U6B"):
        study.table("kinase", "5U6B", table="geometry")


def test_a_phosphotyrosine_is_measured_from_its_phosphate(tmp_path: Path, bare: Study) -> None:
    def change(chain: str, residue: gemmi.Residue) -> None:
        if chain == "B" and residue.seqid.num == 703:
            phosphorylate(residue)

    path = cut(tmp_path / "ptr.cif", {"A": ALL, "B": ALL}, change=change)
    table = rows(bare, path, "tyrosines").set_index(["chain", "position"])
    plain, modified = table.loc["A", 703], table.loc["B", 703]
    assert (plain.phosphorylated, modified.phosphorylated) == (False, True)
    assert (modified.observed_residue, modified.residue, modified.coverage) == ("PTR", "Y", "observed")
    b = gemmi.read_structure(str(path))[0]["B"]
    oxygens = [atom.pos for atom in b["703"][0] if atom.name in ("O1P", "O2P", "O3P")]
    nitrogens = {
        residue.seqid.num: min(
            atom.pos.dist(o) for atom in residue if atom.name in ("NE", "NH1", "NH2", "NZ", "ND1", "NE2") for o in oxygens
        )
        for residue in b
        if residue.name in ("ARG", "LYS", "HIS")
    }
    nearest = min(nitrogens, key=lambda n: nitrogens[n])
    assert modified.basic_place == f"B/{nearest}"
    assert modified.basic_distance == pytest.approx(nitrogens[nearest], abs=2e-3)
    assert modified.area != plain.area
    a, b_row = (row for row in bare.table("kinase", str(path), table="geometry").rows)
    assert (a.phosphotyrosines, a.arg_phosphate) == ("", None)
    assert b_row.phosphotyrosines == "pY703"
    arginine = min(atom.pos.dist(o) for atom in b["671"][0] if atom.name in ("NE", "NH1", "NH2") for o in oxygens)
    assert b_row.arg_phosphate == pytest.approx(arginine, abs=2e-3)


def test_a_lysine_without_its_nitrogen_measures_nothing_and_is_named(tmp_path: Path, bare: Study) -> None:
    def change(chain: str, residue: gemmi.Residue) -> None:
        if residue.seqid.num in (567, 769):
            residue.remove_atom("NZ", "\0")

    path = cut(tmp_path / "stub.cif", {"A": ALL}, change=change)
    (row,) = bare.table("kinase", str(path), table="geometry").rows
    assert (row.lys_glu, row.salt_bridge, row.missing) == (None, None, "lys_glu: K567 without NZ")
    assert (row.dfg, row.alphac, row.state) == ("DFGin", "in", "")
    tyrosine = rows(bare, path, "tyrosines").set_index("position").loc[779]
    assert tyrosine.basic == "R767"
    assert "nitrogens missing near it: K769 A/769" in tyrosine.note


def test_a_tyrosine_without_its_hydroxyl_has_neither_area_nor_neighbour(tmp_path: Path, bare: Study) -> None:
    def change(chain: str, residue: gemmi.Residue) -> None:
        if residue.seqid.num == 779:
            residue.remove_atom("OH", "\0")

    path = cut(tmp_path / "noh.cif", {"A": ALL}, change=change)
    row = rows(bare, path, "tyrosines").set_index("position").loc[779]
    assert pd.isna(row.area)
    assert (row.coverage, row.basic, row.exposure, row.note) == ("partial", "", "", "without OH")


def test_another_residue_in_the_place_of_the_lysine_is_not_measured(tmp_path: Path, bare: Study) -> None:
    def change(chain: str, residue: gemmi.Residue) -> None:
        if residue.seqid.num == 567:
            residue.name = "MET"
            residue.remove_atom("NZ", "\0")

    path = cut(tmp_path / "dead.cif", {"A": ALL}, change=change)
    (row,) = bare.table("kinase", str(path), table="geometry").rows
    assert (row.lys_glu, row.d2, row.dfg) == (None, None, "")
    assert "M instead of K567" in row.missing


def test_a_trace_of_ca_atoms_has_landmarks_and_no_numbers(bare: Study, written: Write) -> None:
    path = written(by_hand(bare.sequence, {}))
    (row,) = bare.table("kinase", str(path), table="geometry").rows
    numbers = [getattr(row, name) for name in REFERENCE["P30530"]["geometry"]]
    assert numbers == [None] * len(numbers)
    assert "d1, d2: F691 without CZ" in row.missing
    table = bare.table("kinase", str(path), table="tyrosines")
    seen = [row for row in table.rows if row.number]
    assert {row.area for row in seen} == {None}
    assert {row.note for row in seen} == {"the chain is a trace of single atoms"}
    assert any("a trace of single atoms" in note for note in table.notes)
    assert {row.seen for row in bare.table("kinase", str(path)).rows} >= {"1/1", "3/3", "30/30"}


def test_a_break_in_the_chain_gives_no_angle(tmp_path: Path, bare: Study) -> None:
    def change(chain: str, residue: gemmi.Residue) -> None:
        if residue.seqid.num >= 691:
            for atom in residue:
                atom.pos += gemmi.Position(0, 0, 8.0)

    (row,) = bare.table("kinase", str(cut(tmp_path / "broken.cif", {"A": ALL}, change=change)), table="geometry").rows
    assert (row.asp_psi, row.phe_phi, row.cluster) == (None, None, "")
    assert "asp_psi, phe_phi: chain broken between D690 and F691" in row.missing
    assert row.x_phi is not None


def test_a_structure_without_the_domain_says_what_it_shows(study: Study) -> None:
    for table in ("landmarks", "geometry", "tyrosines"):
        with pytest.raises(StructureError, match=r"2C5D: does not show .*536-807\) \(found AXL 34-225\); try 5U6B or AF-P30530"):
            study.kinase("2C5D", table=table)
    with pytest.raises(StructureError, match="found no chain of AXL"):
        study.kinase("AF-Q06418")
    with pytest.raises(UsageError, match="landmarks, geometry, tyrosines"):
        study.kinase(table="spine")


def test_by_default_all_structures_that_show_the_domain(crystal: Study, printed: Study) -> None:
    frame = crystal.kinase(table="geometry")
    assert list(zip(frame.structure, frame.chain, strict=True)) == [*(("5U6B", c) for c in "ABCD"), ("AF-P30530", "A")]
    found = printed.table("kinase")
    assert {row.structure for row in found.rows} == {"5U6B"}
    assert any("AF-P30530 could not be had" in note for note in found.notes)
    with pytest.raises(StructureError, match="no coordinates of the kinase domain of AXL"):
        printed.kinase(table="geometry")


def test_areas_follow_the_settings(study: Study) -> None:
    protor = rows(study, "AF-P30530", "tyrosines").set_index("position")
    bondi = rows(study, "AF-P30530", "tyrosines", areas=AreaSettings(radii="bondi", scale="tien2013")).set_index("position")
    assert protor.relative_area[643] == pytest.approx(protor.area[643] / 229, abs=1e-3)
    assert bondi.relative_area[643] == pytest.approx(bondi.area[643] / 263, abs=1e-3)
    assert bondi.radii[643].endswith("tien2013")


def test_the_command(study: Study, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    from axlstruct import cli

    folder = str(mirror("2c5d.cif").parent)
    monkeypatch.setattr(
        "sys.argv",
        ["axlstruct", "kinase", "AF-P30530", "--table", "geometry", "--format", "json", "--offline", "--mirror", folder],
    )
    with pytest.raises(SystemExit) as done:
        cli.main()
    (record,) = json.loads(capsysbinary.readouterr().out)
    assert (done.value.code, record["dfg"], record["lys"], record["glu"]) == (0, "DFGin", "K567", "E585")


def gids(figure: Figure) -> set[str]:
    return {gid for ax in figure.axes for artist in ax.get_children() if (gid := artist.get_gid())}


def test_the_figure_shows_every_tyrosine_landmark_and_chain(crystal: Study) -> None:
    figure = crystal.figure("kinase")
    text = " ".join(words.get_text() for ax in figure.axes for words in ax.texts)
    assert "E585 2.7 Å (salt bridge to 4.0 Å, Barlow and Thornton 1983); regulatory spine intact (residues of Kornev" in text
    heads = {line.get_gid(): line.get_markerfacecolor() for ax in figure.axes for line in ax.lines if line.get_gid()}
    fills = role_fills(crystal.target.receptor)
    for site in crystal.target.receptor.sites:
        assert heads[f"AXL-tyrosine-{site.name}"] == fills[site.role]
    shown = gids(figure)
    assert {f"AXL-tyrosine-Y{p}" for p in (481, 698, 702, 703, 779, 821, 866)} <= shown
    assert {f"AXL-exposure:{p}" for p in (634, 698, 866)} <= shown
    assert {"AXL-mark-beta3_Lys:567", "AXL-mark-activation_loop:690-719", "AXL-R-spine", "AXL-C-spine"} <= shown
    assert "AXL-5U6B-A-unobserved:696-711" in shown
    assert "AXL-5U6B-B-D-observed:610-704" in shown
    words = {text.get_text(): text for ax in figure.axes for text in ax.texts}
    assert words["β3 K567"].get_fontstyle() == "normal"
    assert words["αC E585"].get_fontstyle() == "italic"
    said = " ".join(words)
    assert "DFGin (D1 6.2 Å, D2 13.8 Å), BLAminus (Modi and Dunbrack 2019); αC in (Modi and Dunbrack 2022); K567" in said
    bars = {ax.get_label(): ax for ax in figure.axes}
    drawn = [b for b in bars["AXL-exposure-area"].patches if (b.get_gid() or "").startswith("AXL-exposure:")]
    share = {int(b.get_gid().rpartition(":")[2]): b.get_height() for b in drawn}
    assert share[643] == pytest.approx(100 * 164.65 / 229, abs=1.0)


def test_a_tyrosine_that_is_not_seen_has_a_cross_and_no_bar(crystal: Study) -> None:
    shown = gids(crystal.figure("kinase", structure="5U6B"))
    assert "AXL-unseen:866" in shown
    assert "AXL-exposure:866" not in shown
    assert "AXL-exposure:702" in shown  # the chain that shows most is drawn
    with pytest.raises(StructureError, match="does not show the kinase domain"):
        crystal.figure("kinase", structure="2C5D")
