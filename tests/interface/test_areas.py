"""Areas in the tables: those of other programs, sides that add up, settings that are said, burial only where area is lost."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from shared_files import REFERENCES, mirror
from tiny import pdb_atom

from axlstruct.errors import StructureError, UsageError
from axlstruct.interface.areas import Surface
from axlstruct.interface.burial import SCALES
from axlstruct.interface.rows import InterfaceRow
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.radii import SETS, atom_radii
from axlstruct.structure.structure import Structure
from axlstruct.structure.surface import sasa
from axlstruct.study.facade import Study

Write = Callable[..., Path]
REFERENCE = json.loads((REFERENCES / "sasa.json").read_text())["pairs"]
COLUMNS = ["structure", "assembly", "interface", "chain_1", "chain_2", "protein_1", "protein_2", "residue_pairs", "atom_pairs"]
COLUMNS += ["min_distance", "bsa", "bsa_1", "bsa_2", "radii", "hbonds", "salt_bridges", "sheet"]
GROUPS = {"AXL": "CD", "GAS6": "AB"}


def by_chains(rows: Iterable[InterfaceRow]) -> dict[str, InterfaceRow]:
    return {f"{row.chain_1}-{row.chain_2}": row for row in rows}


@pytest.fixture(scope="module")
def pairs(study: Study) -> dict[str, InterfaceRow]:
    return by_chains(study.table("interfaces", "2C5D").rows)


@pytest.fixture(scope="module")
def sugared(study: Study) -> dict[str, InterfaceRow]:
    return by_chains(study.table("interfaces", "2C5D", areas=AreaSettings(glycans=True)).rows)


@pytest.fixture(scope="module")
def residues(study: Study) -> pd.DataFrame:
    """Residues of 2C5D with atoms."""
    frame = study.residues("2C5D")
    return frame[frame.number.notna()]


def alone(structure: Structure, letters: str) -> dict[tuple[str, int, str], float]:
    """Area of each residue of these chains without all others, from the plain area function and nothing else."""
    owner = structure.residue_of_atom
    chain = np.array([residue.id.chain for residue in structure.residues])
    use = np.flatnonzero((owner >= 0) & np.isin(chain[owner], list(letters)))
    components = np.array([structure.residues[k].name.encode() for k in owner[use]], dtype="S8")
    elements = np.asarray(structure.atoms.element_names)[use]
    areas = sasa(structure.xyz[use], atom_radii(components, structure.atom_names[use], elements), points=1000)
    found: defaultdict[tuple[str, int, str], float] = defaultdict(float)
    for index, area in zip(owner[use].tolist(), areas.tolist(), strict=True):
        id = structure.residues[index].id
        found[id.chain, id.number, id.icode] += area
    return dict(found)


# Pairs of chains


def test_columns_are_those_of_the_contract(study: Study) -> None:
    assert study.interfaces("2C5D").columns.tolist()[: len(COLUMNS)] == COLUMNS
    assert study.interfaces("2C5D", areas=None).columns.tolist()[: len(COLUMNS)] == COLUMNS


def test_the_major_interface_of_a_and_c(pairs: dict[str, InterfaceRow]) -> None:
    assert pairs["C-A"].bsa == pytest.approx(2224, rel=0.01)


@pytest.mark.parametrize("radii", sorted(SETS))
def test_each_set_of_radii_agrees_with_freesasa(radii: str, study: Study) -> None:
    """Within the noise of a thousand points; the sets differ from each other by more."""
    rows = by_chains(study.table("interfaces", "2C5D", areas=AreaSettings(radii=radii)).rows)
    for name, expected in REFERENCE[f"freesasa/{radii}"].items():
        if name != "CD-AB":
            assert rows[name].bsa_1 == pytest.approx(expected["bsa_1"], rel=0.008)
            assert rows[name].bsa_2 == pytest.approx(expected["bsa_2"], rel=0.008)
            assert rows[name].bsa == pytest.approx(expected["bsa_1"] + expected["bsa_2"], rel=0.005)
    assert {row.radii for row in rows.values()} == {f"{radii}, probe 1.4 A, 1000 points, protein"}


@pytest.mark.parametrize("engine", ["biotite/protor", "pymol/protor"])
def test_other_programs_agree(engine: str, pairs: dict[str, InterfaceRow]) -> None:
    for name, row in pairs.items():
        if name in REFERENCE[engine]:
            expected = REFERENCE[engine][name]
            assert row.bsa == pytest.approx(expected["bsa_1"] + expected["bsa_2"], rel=0.01)


def test_the_choice_of_radii_moves_the_area_by_less_than_a_tenth(study: Study) -> None:
    """And by more than nothing: so it is part of the number."""
    tables = [by_chains(study.table("interfaces", "2C5D", areas=AreaSettings(radii=radii)).rows) for radii in SETS]
    for name in ("C-A", "C-B"):
        areas = [table[name].bsa or 0.0 for table in tables]
        assert 0.01 < (max(areas) - min(areas)) / min(areas) < 0.10


@pytest.mark.parametrize("name", ["2C5D", "4RA0"])
def test_both_sides_add_up(name: str, study: Study) -> None:
    for row in study.table("interfaces", name).rows:
        assert None not in (row.bsa, row.bsa_1, row.bsa_2)
        assert row.bsa == pytest.approx(row.bsa_1 + row.bsa_2, abs=0.11)  # type: ignore[operator]


def test_pairs_without_contact_are_rows_of_zero(pairs: dict[str, InterfaceRow]) -> None:
    assert list(pairs) == ["C-A", "C-B", "D-A", "D-B", "C-D", "A-B"]
    for name in ("C-D", "A-B"):
        row = pairs[name]
        assert (row.interface, row.residue_pairs, row.atom_pairs, row.min_distance) == ("none", 0, 0, None)
        assert (row.bsa, row.bsa_1, row.bsa_2, row.hbonds, row.salt_bridges, row.sheet) == (0.0, 0.0, 0.0, 0, 0, "")
        assert row.radii


def test_area_does_not_hang_on_the_cutoff_of_contacts(study: Study, pairs: dict[str, InterfaceRow]) -> None:
    for row in study.table("interfaces", "2C5D", cutoff=8.0).rows:
        there = pairs[f"{row.chain_1}-{row.chain_2}"]
        assert (row.bsa, row.bsa_1, row.bsa_2, row.hbonds, row.sheet) == (
            there.bsa, there.bsa_1, there.bsa_2, there.hbonds, there.sheet,
        )  # fmt: skip


def test_copies_of_a_class_bury_alike(pairs: dict[str, InterfaceRow]) -> None:
    assert pairs["C-A"].bsa == pytest.approx(pairs["D-B"].bsa, rel=0.01)
    assert pairs["C-B"].bsa == pytest.approx(pairs["D-A"].bsa, rel=0.01)


def test_settings_are_said_in_full(study: Study) -> None:
    settings = AreaSettings(radii="bondi", probe=1.2, points=300, glycans=True)
    assert str(settings) == "bondi, probe 1.2 A, 300 points, protein and sugars"
    assert {row.radii for row in study.table("interfaces", "4RA0", areas=settings).rows} == {str(settings)}


def test_a_probe_of_another_size_gives_another_area(study: Study, pairs: dict[str, InterfaceRow]) -> None:
    small = by_chains(study.table("interfaces", "2C5D", areas=AreaSettings(probe=1.0)).rows)
    assert abs((small["C-A"].bsa or 0) - (pairs["C-A"].bsa or 0)) > 20


def test_without_settings_nothing_is_computed(study: Study) -> None:
    for row in study.table("interfaces", "2C5D", areas=None).rows:
        assert (row.bsa, row.bsa_1, row.bsa_2, row.radii, row.hbonds, row.salt_bridges, row.sheet) == (
            None, None, None, "", None, None, "",
        )  # fmt: skip


@pytest.mark.parametrize(("name", "register"), [("C-A", "C/74-78 with A/312-308"), ("D-B", "D/74-78 with B/312-308")])
def test_the_sheet_of_the_major_interface_in_words(name: str, register: str, pairs: dict[str, InterfaceRow]) -> None:
    assert pairs[name].sheet == f"antiparallel {register}, 6 bonds"


def test_the_sheets_of_the_minor_interface_in_words(pairs: dict[str, InterfaceRow]) -> None:
    assert pairs["D-A"].sheet == "parallel D/206-207 with A/401-402, 3 bonds"
    assert pairs["C-B"].sheet == "parallel C/206-208 with B/401-403, 4 bonds"


# Sugars


def test_sugars_add_to_the_major_interface_only_and_that_is_said(
    pairs: dict[str, InterfaceRow], sugared: dict[str, InterfaceRow]
) -> None:
    for name in ("C-A", "D-B"):
        assert 80 < (sugared[name].bsa or 0) - (pairs[name].bsa or 0) < 130
    for name in ("C-B", "D-A", "C-D", "A-B"):
        assert sugared[name].bsa == pytest.approx(pairs[name].bsa, abs=0.01)
    assert {row.radii for row in sugared.values()} == {"protor, probe 1.4 A, 1000 points, protein and sugars"}


def test_sugars_belong_to_their_carrier_whatever_their_chain(
    study: Study, written: Write, sugared: dict[str, InterfaceRow]
) -> None:
    lines = mirror("2c5d.pdb").read_text().splitlines()
    other = {"A": "X", "B": "Y"}
    turned = [f"{x[:21]}{other[x[21]]}{x[22:]}" if x.startswith("HETATM") and x[17:20] == "NAG" else x for x in lines]
    path = str(written("\n".join([*turned, ""]), "sugars.pdb"))
    for name, row in by_chains(study.table("interfaces", path, areas=AreaSettings(glycans=True)).rows).items():
        assert (row.bsa_1, row.bsa_2) == (sugared[name].bsa_1, sugared[name].bsa_2)


def test_metals_and_sulfate_bury_nothing(study: Study, written: Write, pairs: dict[str, InterfaceRow]) -> None:
    lines = [line for line in mirror("2c5d.pdb").read_text().splitlines() if not line.startswith("HETATM")]
    bare = by_chains(study.table("interfaces", str(written("\n".join([*lines, ""]), "bare.pdb"))).rows)
    assert {name: row.bsa for name, row in bare.items()} == {name: row.bsa for name, row in pairs.items()}


@pytest.mark.parametrize("words", [[], ["--glycans"], ["--radii", "bondi"], ["--radii", "bondi", "--glycans"]], ids=" ".join)
def test_the_command_line_passes_the_settings_on(words: list[str], study: Study) -> None:
    from typer.testing import CliRunner

    from axlstruct.cli import app

    settings = AreaSettings(radii="bondi" if "bondi" in words else "protor", glycans="--glycans" in words)
    where = ["--offline", "--mirror", str(mirror("2c5d.cif").parent), "--cache", str(study.session.cache.root)]
    done = CliRunner().invoke(app, [*where, "interfaces", "2C5D", *words, "--format", "json"])
    assert done.exit_code == 0
    expected = study.table("interfaces", "2C5D", areas=settings).rows
    assert [(row["radii"], row["bsa"]) for row in json.loads(done.stdout)] == [(str(settings), row.bsa) for row in expected]


# Requests that make no sense


@pytest.mark.parametrize("table", ["interfaces", "residues"])
def test_radii_that_are_none(table: str, study: Study) -> None:
    with pytest.raises(UsageError, match=r"no set of radii 'pdb2pqr'.*protor or naccess or bondi"):
        study.table(table, "2C5D", areas=AreaSettings(radii="pdb2pqr"))


def test_a_scale_that_is_none(study: Study) -> None:
    with pytest.raises(UsageError, match=r"no scale of maximal areas 'mine'.*miller1987"):
        study.table("residues", "2C5D", areas=AreaSettings(scale="mine"))


@pytest.mark.parametrize("settings", [AreaSettings(probe=-1.0), AreaSettings(points=0)])
def test_a_probe_or_points_that_are_none(settings: AreaSettings, study: Study) -> None:
    with pytest.raises(UsageError, match="an area needs a probe"):
        study.table("interfaces", "2C5D", areas=settings)


def test_an_element_without_radius_is_named(study: Study, written: Write) -> None:
    """A made-up atom of xenon in a protein residue."""
    lines = mirror("2c5d.pdb").read_text().splitlines()
    first = next(k for k, line in enumerate(lines) if line.startswith("ATOM") and line[21] == "C")
    atom = pdb_atom("XE", lines[first][17:20], "C", int(lines[first][22:26]), (0.0, 0.0, 0.0), element="XE")
    path = str(written("\n".join([*lines[:first], atom, *lines[first:], ""]), "xenon.pdb"))
    with pytest.raises(StructureError, match=r"no protor radius for element XE"):
        study.table("interfaces", path)


# Residues


def test_every_residue_with_atoms_has_an_area_and_no_other_has(study: Study) -> None:
    frame = study.residues("2C5D")
    seen = frame.number.notna()
    for column in ("exposed_area", "buried_area"):
        assert (frame[column].notna() == seen).all()
        assert (frame[column][seen] > -1e-6).all()


@pytest.mark.parametrize("protein", ["AXL", "GAS6"])
def test_exposed_and_buried_are_the_area_alone(protein: str, study: Study, residues: pd.DataFrame) -> None:
    """Alone: the whole group of that protein's chains by itself, both copies together (Levy's monomer)."""
    structure = study.session.library.get("2C5D").structure
    expected = alone(structure, GROUPS[protein])
    mine = residues[residues.protein == protein]
    found = {
        (r.chain, int(r.number), r.icode): float(r.exposed_area) + float(r.buried_area) for r in mine.itertuples(index=False)
    }
    assert found.keys() == expected.keys()
    assert max(abs(found[key] - expected[key]) for key in expected) < 0.011
    assert sum(found.values()) == pytest.approx(sum(expected.values()), abs=1.0)


def test_exposed_is_the_area_in_the_complex(study: Study, residues: pd.DataFrame) -> None:
    expected = alone(study.session.library.get("2C5D").structure, "ABCD")
    found = {(r.chain, int(r.number), r.icode): float(r.exposed_area) for r in residues.itertuples(index=False)}
    assert found.keys() == expected.keys()
    assert max(abs(found[key] - expected[key]) for key in expected) < 0.006


@pytest.mark.parametrize(("protein", "side"), [("AXL", "bsa_1"), ("GAS6", "bsa_2")])
def test_residues_add_up_to_the_two_groups(protein: str, side: str, residues: pd.DataFrame) -> None:
    """C and D against A and B, as freesasa has it."""
    total = float(residues[residues.protein == protein].buried_area.sum())
    assert total == pytest.approx(REFERENCE["freesasa/protor"]["CD-AB"][side], rel=0.005)


def test_residues_lose_what_their_pairs_lose(residues: pd.DataFrame, pairs: dict[str, InterfaceRow]) -> None:
    """No residue of 2C5D is near two partners at once but a few between the interfaces: chain sums are within a percent."""
    for chain, sides in {"C": ["C-A", "C-B"], "D": ["D-A", "D-B"]}.items():
        total = float(residues[residues.chain == chain].buried_area.sum())
        assert total == pytest.approx(sum(pairs[name].bsa_1 or 0 for name in sides), rel=0.01)


ONE_SET = AreaSettings(label_radii="protor")
"""Areas and words by the same radii, so that one follows from the other."""


def test_burial_words_only_where_area_is_lost(study: Study) -> None:
    frame = study.residues("2C5D", areas=ONE_SET)
    lost = frame.buried_area > 0.0
    labelled = frame.burial != ""
    assert set(frame.burial) == {"", "core", "rim", "support"}
    assert not (labelled & (frame.buried_area <= 0.0) & (frame.exposed_area > 0.01)).any()
    assert (labelled | ~(frame.buried_area >= 0.01)).all(), "lost area without a word"
    assert int(lost.sum()) < 220


def test_words_by_other_radii_leave_the_areas_alone(study: Study, residues: pd.DataFrame) -> None:
    """The same areas; the words differ where a residue is near the threshold or hardly touched."""
    frame = study.residues("2C5D", areas=ONE_SET).loc[residues.index]
    assert frame[["exposed_area", "buried_area"]].equals(residues[["exposed_area", "buried_area"]])
    other = frame.burial != residues.burial
    assert 0 < other.sum() < 20
    gained = (residues.burial == "") != (frame.burial == "")
    assert frame[gained].buried_area.max() < 5.0


def test_words_by_other_radii_are_those_of_a_table_with_these_radii(study: Study, residues: pd.DataFrame) -> None:
    """Computed near the interface alone, they are those of a calculation of everything."""
    frame = study.residues("2C5D", areas=AreaSettings(radii="bondi")).loc[residues.index]
    assert residues.burial.equals(frame.burial)


@pytest.mark.parametrize("scale", sorted(SCALES))
def test_burial_words_follow_from_the_areas(scale: str, study: Study) -> None:
    """Levy's rule written again; cases within rounding of the threshold are left out."""
    largest = SCALES[scale].areas
    frame = study.residues("2C5D", areas=AreaSettings(scale=scale, label_radii="protor"))
    frame = frame[frame.buried_area > 0.02]
    three = {r.id: r.name for r in study.session.library.get("2C5D").structure.residues}
    names = {(id.chain, id.number, id.icode): name for id, name in three.items()}
    checked = 0
    for r in frame.itertuples(index=False):
        most = largest[names[r.chain, int(r.number), r.icode]]
        after, before = float(r.exposed_area) / most, (float(r.exposed_area) + float(r.buried_area)) / most
        if min(abs(after - 0.25), abs(before - 0.25)) > 1e-3:
            checked += 1
            assert r.burial == ("support" if before < 0.25 else "core" if after < 0.25 else "rim")
    assert checked > 150


def test_a_residue_of_each_kind(residues: pd.DataFrame) -> None:
    """L138 is central to the minor interface; R103 lies at the edge of the major one; both copies alike."""
    for position, label in ((138, "core"), (103, "rim"), (46, "support")):
        assert set(residues[(residues.protein == "AXL") & (residues.position == position)].burial) == {label}


def test_most_residues_in_contact_lose_area(residues: pd.DataFrame) -> None:
    """Contact and burial are two things (columns of their own), yet a residue within 4 A that loses nothing is rare."""
    touching = residues[residues.partners != ""]
    assert (touching.buried_area > 0).mean() > 0.95
    assert (residues[residues.buried_area > 0].partners == "").any()


def test_a_predicted_model_is_exposed_and_has_nothing_to_be_buried_in(study: Study) -> None:
    """A number that was not computed is empty, never 0, and the table says why."""
    frame = study.residues("AF-P30530")
    assert len(frame) == 894
    assert (frame.exposed_area >= 0).all()
    assert 40_000 < float(frame.exposed_area.sum()) < 80_000
    assert frame.buried_area.isna().all()
    assert set(frame.burial) == {""}
    assert any("AF-P30530: chain A has no partner" in note for note in study.table("residues", "AF-P30530").notes)


def test_a_receptor_alone_buries_nothing(study: Study, written: Write) -> None:
    lines = [x for x in mirror("2c5d.pdb").read_text().splitlines() if x.startswith(("ATOM", "SEQRES", "TER"))]
    lines = [x for x in lines if x[11 if x.startswith("SEQRES") else 21] in "CD"]
    frame = study.residues(str(written("\n".join([*lines, "END", ""]), "receptor.pdb")))
    frame = frame[frame.number.notna()]
    assert set(frame.buried_area) == {0.0}
    expected = alone(study.session.library.get("2C5D").structure, "CD")
    found = {(r.chain, int(r.number), r.icode): float(r.exposed_area) for r in frame.itertuples(index=False)}
    assert max(abs(found[key] - expected[key]) for key in expected) < 0.006


def test_without_settings_residues_have_no_area(study: Study) -> None:
    frame = study.residues("2C5D", areas=None)
    assert frame.exposed_area.isna().all()
    assert frame.buried_area.isna().all()
    assert set(frame.burial) == {""}


def test_sugars_cover_the_residues_around_them(study: Study, residues: pd.DataFrame) -> None:
    """With sugars N420 is less exposed and AXL loses more; areas listed are those of protein residues still."""
    frame = study.residues("2C5D", areas=AreaSettings(glycans=True))
    frame = frame[frame.number.notna()]
    assert len(frame) == len(residues)
    carrier = (residues.protein == "GAS6") & (residues.position == 420)
    assert (frame[carrier].exposed_area < residues[carrier].exposed_area - 10).all()
    axl = residues.protein == "AXL"
    assert 40 < float(frame[axl].buried_area.sum()) - float(residues[axl].buried_area.sum()) < 120


def test_atoms_of_a_surface_have_radii_only_in_the_protein(study: Study) -> None:
    analysed = study.session.analysed("2C5D")
    structure = analysed.held.structure
    protein = structure.residue_of_atom >= 0
    bare, covered = (Surface(structure, analysed.glycans, AreaSettings(glycans=g)).radii for g in (False, True))
    assert ((bare > 0) == protein).all()
    assert int((covered > 0).sum() - protein.sum()) == 56, "two sugars of 14 atoms on each GAS6; no metal, no sulfate"
    assert math.isclose(float(bare[protein].min()), 1.42)
