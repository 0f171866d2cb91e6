"""Areas against other programs, against the whole calculation, and against what a sphere must have."""

import json
import os
import signal
from types import SimpleNamespace

import numpy as np
import pytest
from shared_files import REFERENCES, mirror

from axlstruct.errors import StructureError, UsageError
from axlstruct.interface.burial import SCALES, classify
from axlstruct.sequence.residues import SIDE_CHAIN, heavy_atoms
from axlstruct.structure.neighbours import near_pairs
from axlstruct.structure.radii import ATOM_TYPES, SETS, atom_radii, radius
from axlstruct.structure.surface import buried, sasa

REFERENCE = json.loads((REFERENCES / "sasa.json").read_text())
PAIRS = ["C-A", "D-B", "D-A", "C-B"]


@pytest.fixture(scope="module")
def complex_2c5d():
    """Columns of the heavy polymer atoms of 2C5D."""
    import gemmi

    structure = gemmi.read_structure(str(mirror("2c5d.cif")))
    structure.setup_entities()
    structure.remove_ligands_and_waters()
    flat = gemmi.FlatStructure(structure)
    text = {key: getattr(flat, key).view("S8").ravel().copy() for key in ("atom_names", "residue_names", "chain_ids")}
    number = flat.resnums.copy()
    start = (number[1:] != number[:-1]) | (text["chain_ids"][1:] != text["chain_ids"][:-1])
    return SimpleNamespace(
        xyz=flat.pos.copy(), names=text["atom_names"], components=text["residue_names"], chain=text["chain_ids"],
        elements=flat.element_names.copy(), residue=np.concatenate([[0], np.cumsum(start)]), number=number,
    )  # fmt: skip


def radii_of(atoms, name="protor"):
    return atom_radii(atoms.components, atoms.names, atoms.elements, radii=name)


def of_chains(atoms, letters):
    return np.isin(atoms.chain, [letter.encode() for letter in letters])


def test_every_template_atom_has_a_type_and_a_radius_in_every_set():
    wanted = {(name, atom) for name in SIDE_CHAIN for atom in (*heavy_atoms(name), "OXT")}
    assert wanted <= set(ATOM_TYPES)
    assert all(
        1.3 < radius(*key, key[1].lstrip("0123456789")[:1] if key[1] != "SE" else "SE", radii=s) < 2.0
        for key in wanted
        for s in SETS
    )


@pytest.mark.parametrize("name", ["protor", "naccess"])
def test_radii_are_those_of_freesasa(name):
    """Every atom kind of 2C5D; the second oxygen of carboxylates is the one stated difference."""
    for key, expected in REFERENCE["radii"][name].items():
        residue, atom = key.split()
        second_oxygen = name == "protor" and (residue, atom) in {("ASP", "OD2"), ("GLU", "OE2")}
        assert radius(residue, atom, atom[0], radii=name) == (1.42 if second_oxygen else expected), key


def test_an_atom_without_template_takes_the_radius_of_its_element():
    assert radius("NAG", "C1", "C") == 1.88
    assert radius("CA", "CA", "CA") == 2.31  # the ion, not an alpha carbon
    assert radius("TYR", "HB2", "H") == radius("TYR", "D", "D") == 0.0


def test_an_unknown_element_is_an_error_that_names_it():
    with pytest.raises(StructureError, match=r"no protor radius for element XE.*leave this component out"):
        radius("XE", "XE", "XE")
    with pytest.raises(UsageError, match="protor or naccess or bondi"):
        radius("ALA", "CA", "C", radii="dssp")


def test_two_spheres_cover_caps_of_each_other():
    """Two radii of 1.6 and the probe make 3; at distance 3 each loses a cap of height 1.5: a quarter."""
    area = sasa(np.array([[0.0, 0, 0], [3, 0, 0]]), np.array([1.6, 1.6]), points=20_000)
    assert area == pytest.approx([0.75 * 4 * np.pi * 9] * 2, rel=1e-3)


def test_hydrogens_neither_have_nor_cover_area():
    xyz, radii = np.array([[0.0, 0, 0], [2.5, 0, 0]]), np.array([1.6, 0.0])
    assert sasa(xyz, radii).tolist() == [pytest.approx(4 * np.pi * 9, rel=1e-6), 0.0]
    assert sasa(np.zeros((0, 3)), np.zeros(0)).shape == (0,)


@pytest.mark.parametrize(
    ("xyz", "radii"),
    [(np.zeros((2, 3)), np.array([1.6, -1])), (np.full((1, 3), np.nan), np.ones(1)), (np.zeros((1, 3)), np.ones(2))],
)
def test_nonsense_is_refused(xyz, radii):
    with pytest.raises(UsageError):
        sasa(xyz, radii)


@pytest.mark.parametrize("radii", ["protor", "naccess", "bondi"])
@pytest.mark.parametrize("pair", PAIRS)
def test_buried_area_agrees_with_freesasa(complex_2c5d, pair, radii):
    """Lee and Richards with 200 slices; at 1000 points ours is within half a percent, side by side."""
    two, one = (of_chains(complex_2c5d, side) for side in pair.split("-")[::-1])
    truth = REFERENCE["pairs"][f"freesasa/{radii}"][pair]
    found = buried(complex_2c5d.xyz, radii_of(complex_2c5d, radii), one, two)
    assert (found.bsa_1, found.bsa_2) == pytest.approx((truth["bsa_1"], truth["bsa_2"]), rel=0.01)
    assert found.bsa == pytest.approx(truth["bsa_1"] + truth["bsa_2"], rel=0.005)


def test_major_interface_reference(complex_2c5d):
    found = buried(
        complex_2c5d.xyz, radii_of(complex_2c5d), of_chains(complex_2c5d, "C"), of_chains(complex_2c5d, "A"), points=10_000
    )
    assert found.bsa == pytest.approx(2224, rel=0.01)


@pytest.mark.parametrize("engine", ["freesasa/protor", "biotite/protor", "pymol/protor"])
def test_chains_alone_agree_with_other_programs(complex_2c5d, engine):
    mask = of_chains(complex_2c5d, "C")
    area = sasa(complex_2c5d.xyz[mask], radii_of(complex_2c5d)[mask]).sum()
    assert area == pytest.approx(REFERENCE["pairs"][engine]["C-A"]["alone_1"], rel=0.003)


def test_residues_agree_with_freesasa(complex_2c5d):
    mask = of_chains(complex_2c5d, "C")
    area = sasa(complex_2c5d.xyz[mask], radii_of(complex_2c5d, "naccess")[mask])
    truth = REFERENCE["residues_alone_C"]["naccess"]
    for number, expected in truth.items():
        assert area[complex_2c5d.number[mask] == int(number)].sum() == pytest.approx(expected, abs=2.0), number


@pytest.mark.parametrize("probe", [0.0, 1.4, 3.0])
@pytest.mark.parametrize("sides", ["C-A", "D-A", "A-B", "CD-AB"])
def test_near_the_interface_is_exactly_the_whole(complex_2c5d, sides, probe):
    """Every atom loses as many points as in the whole, and no atom left out loses one."""
    atoms, radii, settings = complex_2c5d, radii_of(complex_2c5d), {"probe": probe, "points": 200}
    masks = [of_chains(atoms, side) for side in sides.split("-")]
    found = buried(atoms.xyz, radii, *masks, **settings)
    alone, together = np.zeros(len(radii)), np.zeros(len(radii))
    for mask in masks:
        alone[mask] = sasa(atoms.xyz[mask], radii[mask], **settings)
    both = masks[0] | masks[1]
    together[both] = sasa(atoms.xyz[both], radii[both], **settings)
    lost = np.zeros(len(radii))
    lost[found.atoms_1], lost[found.atoms_2] = found.lost_1, found.lost_2
    point = 4 * np.pi * (radii + probe) ** 2 / 200
    share = np.divide([lost, alone - together], point, where=radii > 0, out=np.zeros((2, len(radii))))
    np.testing.assert_array_equal(*share.round(3))


def test_sides_swap(complex_2c5d):
    one, two, radii = of_chains(complex_2c5d, "D"), of_chains(complex_2c5d, "A"), radii_of(complex_2c5d)
    here, there = buried(complex_2c5d.xyz, radii, one, two), buried(complex_2c5d.xyz, radii, two, one)
    assert (here.bsa_1, here.bsa_2, here.bsa) == (there.bsa_2, there.bsa_1, there.bsa)


def test_groups_that_share_an_atom_are_refused_and_empty_ones_bury_nothing(complex_2c5d):
    radii, mask = radii_of(complex_2c5d), of_chains(complex_2c5d, "C")
    with pytest.raises(UsageError, match="both groups"):
        buried(complex_2c5d.xyz, radii, mask, mask)
    assert buried(complex_2c5d.xyz, radii, mask, mask & False).bsa == 0.0


def test_turning_the_structure_moves_the_area_by_less_than_the_noise(complex_2c5d):
    turn = np.linalg.qr(np.random.default_rng(7).normal(size=(3, 3)))[0]
    one, two, radii = of_chains(complex_2c5d, "C"), of_chains(complex_2c5d, "A"), radii_of(complex_2c5d)
    here = buried(complex_2c5d.xyz, radii, one, two).bsa
    assert buried(complex_2c5d.xyz @ turn.T + 50.0, radii, one, two).bsa == pytest.approx(here, rel=0.005)


@pytest.mark.parametrize("block", [1, 50, 1 << 21])
def test_near_pairs_are_all_pairs_below_the_sum_of_reaches(block, monkeypatch):
    """However many candidates are looked at in one go."""
    monkeypatch.setattr("axlstruct.structure.neighbours._BLOCK", block)
    random = np.random.default_rng(3)
    xyz, reach = random.uniform(-9, 9, (300, 3)), random.uniform(1, 3, 300)
    from_, to = np.arange(0, 200), np.arange(100, 300)
    apart = np.linalg.norm(xyz[from_][:, None] - xyz[to][None], axis=2)
    expected = {(int(from_[a]), int(to[b])) for a, b in np.argwhere(apart < reach[from_][:, None] + reach[to][None])}
    i, j = near_pairs(xyz, reach, from_, to)
    assert len(i) == len(set(zip(i.tolist(), j.tolist(), strict=True)))
    assert set(zip(i.tolist(), j.tolist(), strict=True)) == {(a, b) for a, b in expected if a != b}


@pytest.mark.parametrize(
    ("alone", "complexed", "label"),
    [
        (0.24, 0.10, "support"),
        (0.26, 0.24, "core"),
        (0.60, 0.25, "rim"),
        (0.25, 0.20, "core"),
        (0.90, 0.90, ""),
        (0.10, 0.10, ""),
    ],
)
@pytest.mark.parametrize("scale", sorted(SCALES))
def test_burial_truth_table(alone, complexed, label, scale):
    most = SCALES[scale].areas["TRP"]
    assert classify(["TRP"], np.array([alone * most]), np.array([complexed * most]), scale=scale) == (label,)


def test_scales_are_as_published():
    """First, second, last and sum of twenty: Miller 1987 table 2, Rose 1985 table 1, Tien 2013 table 1 (theoretical)."""
    twenty = sorted(set(SIDE_CHAIN) - {"MSE", "SEP", "TPO", "PTR"})
    for name, first, second, last, total in (
        ("miller1987", 113, 241, 160, 3508),
        ("rose1985", 118.1, 256, 164.5, 3637.2),
        ("tien2013", 129, 274, 174, 4040),
    ):
        areas = SCALES[name].areas
        assert [areas["ALA"], areas["ARG"], areas["VAL"]] == [first, second, last]
        assert sum(areas[residue] for residue in twenty) == pytest.approx(total), name


def test_burial_of_modified_and_unknown_residues():
    area, less = np.array([100.0, 100.0]), np.array([90.0, 90.0])
    assert classify(["MSE", "UNK"], area, less) == ("rim", "")
    with pytest.raises(UsageError, match="miller1987"):
        classify(["ALA"], area[:1], less[:1], scale="nobody")


def test_scale_moves_a_tenth_of_the_labels(complex_2c5d):
    """AXL pair against GAS6 pair, as Levy's monomer is the whole partner group: Tien's scale against Miller's."""
    atoms, radii = complex_2c5d, radii_of(complex_2c5d)
    alone, together = np.zeros(len(radii)), np.zeros(len(radii))
    groups = [of_chains(atoms, letters) for letters in ("CD", "AB")]
    for group in groups:
        alone[group] = sasa(atoms.xyz[group], radii[group])
    both = groups[0] | groups[1]
    together[both] = sasa(atoms.xyz[both], radii[both])
    rows = np.unique(atoms.residue[both])
    names = [name.decode() for name in atoms.components[np.searchsorted(atoms.residue, rows)]]
    alone, complexed = (np.bincount(atoms.residue[both], area[both])[rows] for area in (alone, together))
    miller, tien = (classify(names, alone, complexed, scale=scale) for scale in ("miller1987", "tien2013"))
    labelled = sum(map(bool, miller))
    moved = sum(a != b for a, b in zip(miller, tien, strict=True))
    assert labelled == pytest.approx(191, abs=3)
    assert 0.07 < moved / labelled < 0.12


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this platform")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_computes_the_same_and_does_not_hang():
    """The area library keeps a pool of threads, which a fork does not copy."""
    xyz, radii = np.random.default_rng(3).uniform(0, 30, (500, 3)), np.full(500, 1.7)
    before = sasa(xyz, radii)
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        os._exit(0 if np.array_equal(sasa(xyz, radii), before) else 1)
    assert os.waitpid(child, 0)[1] == 0
