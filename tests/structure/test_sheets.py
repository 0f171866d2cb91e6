"""Sheets across an interface: the strands of 2C5D, another program's energies, and an ideal ladder written by hand."""

import json

import numpy as np
import pytest
from interfaces import read, residues_of
from shared_files import REFERENCES

from axlstruct.structure.atoms import Atoms
from axlstruct.structure.sheets import backbone_bonds, ladders

REFERENCE = json.loads((REFERENCES / "sheets.json").read_text())


def numbers(structure, residues):
    return [structure.residues[k].id.number for k in residues]


def sheet(one, two):
    structure, atoms = read("2c5d.cif")
    return structure, ladders(atoms, residues_of(structure, one), residues_of(structure, two))


@pytest.mark.parametrize(("axl", "gas6"), ["CA", "DB"])
def test_major_interface_is_one_antiparallel_ladder_with_six_bonds(axl, gas6):
    structure, (ladder,) = sheet(axl, gas6)
    pairs = [tuple(numbers(structure, pair)) for pair in ladder.pairs]
    assert ladder.kind == "antiparallel"
    assert pairs == [(74, 312), (75, 311), (76, 310), (77, 309), (78, 308)]
    assert len(ladder.bonds) == 6
    assert -16 < ladder.energy < -12


@pytest.mark.parametrize(("axl", "gas6", "pairs", "bonds"), [("D", "A", 2, 3), ("C", "B", 3, 4)])
def test_minor_interface_is_one_parallel_ladder_and_copies_differ(axl, gas6, pairs, bonds):
    structure, (ladder,) = sheet(axl, gas6)
    assert ladder.kind == "parallel"
    assert [tuple(numbers(structure, pair)) for pair in ladder.pairs] == [(206, 401), (207, 402), (208, 403)][:pairs]
    assert len(ladder.bonds) == bonds


@pytest.mark.parametrize("chains", ["CD", "AB"])
def test_no_sheet_where_there_is_no_contact(chains):
    assert sheet(*chains)[1] == ()


@pytest.mark.parametrize("chains", ["CA", "DB", "DA", "CB"])
def test_sides_swap(chains):
    _, found = sheet(*chains)
    assert tuple(ladder.mirrored() for ladder in sheet(*chains[::-1])[1]) == found
    assert found[0].strand_1 == (min(pair[0] for pair in found[0].pairs), max(pair[0] for pair in found[0].pairs))


@pytest.mark.parametrize("name", ["2c5d", "4ra0"])
def test_energies_agree_with_mdtraj(name):
    """All bonds between and within chains: the same bonds, the same energies, but for those within 0.1 kcal/mol of the limit."""
    structure, atoms = read(f"{name}.cif")
    everything = np.arange(len(structure.residues))
    key = lambda k: f"{structure.residues[k].id.chain}{structure.residues[k].id.label}"  # noqa: E731
    ours = {f"{key(b.donor)}-{key(b.acceptor)}": b.energy for b in backbone_bonds(atoms, everything, everything)}
    theirs = REFERENCE["energies"][name]
    assert len(theirs) > 150
    assert {bond for bond, energy in theirs.items() if energy < -0.6} <= set(ours)
    shared = set(ours) & set(theirs)
    assert len(shared) >= 0.98 * len(theirs)
    assert max(abs(ours[bond] - theirs[bond]) for bond in shared) < 0.15


def without(atoms, residue, name):
    """The same columns, one atom left out."""
    keep = np.ones(len(atoms.residue), dtype=bool)
    keep[atoms.of_residue(residue)[name]] = False
    return Atoms(*(getattr(atoms, key)[keep] for key in ("xyz", "residue", "names", "components", "elements")))


def residue_number(structure, residues, number):
    return next(k for k in residues if structure.residues[k].id.number == number)


@pytest.mark.parametrize("atom", ["C", "O"])
def test_no_hydrogen_without_the_carbonyl_before(atom):
    """Dropping C or O of AXL 75 takes away what N-H of 76 gives and what C=O of 75 takes, and nothing else."""
    structure, atoms = read("2c5d.cif")
    one, two = residues_of(structure, "C"), residues_of(structure, "A")
    before = residue_number(structure, one, 75)
    whole = backbone_bonds(atoms, one, two)
    cut = backbone_bonds(without(atoms, before, atom), one, two)
    assert cut == tuple(bond for bond in whole if bond.donor != before + 1 and bond.acceptor != before)
    assert len(cut) == len(whole) - 1


def test_proline_gives_nothing():
    structure, atoms = read("2c5d.cif")
    one, two = residues_of(structure, "C"), residues_of(structure, "A")
    donor = residue_number(structure, one, 76)
    components = atoms.components.copy()
    components[atoms.residue == donor] = b"PRO"
    changed = Atoms(atoms.xyz, atoms.residue, atoms.names, components, atoms.elements)
    whole = backbone_bonds(atoms, one, two)
    assert backbone_bonds(changed, one, two) == tuple(bond for bond in whole if bond.donor != donor) != whole


@pytest.mark.parametrize(
    ("torn", "left"), [(76, {(74, 312), (77, 309), (78, 308)}), (79, {(74, 312), (75, 311), (76, 310), (77, 309)})]
)
def test_a_chain_break_ends_a_ladder(torn, left):
    """With N of a residue torn off, it and the one before are no neighbours any more, and neither is the middle of three."""
    structure, atoms = read("2c5d.cif")
    one, two = residues_of(structure, "C"), residues_of(structure, "A")
    xyz = atoms.xyz.copy()
    xyz[atoms.of_residue(residue_number(structure, one, torn))["N"]] += [0, 0, 30.0]
    changed = Atoms(xyz, atoms.residue, atoms.names, atoms.components, atoms.elements)
    assert {tuple(numbers(structure, pair)) for ladder in ladders(changed, one, two) for pair in ladder.pairs} == left


def test_neighbours_in_the_list_are_not_neighbours_in_the_chain():
    """GAS6 493 and 504 follow each other in the file with nothing between; 492 and 493 are joined."""
    structure, atoms = read("2c5d.cif")
    gas6 = residues_of(structure, "A")
    before, after = (residue_number(structure, gas6, number) for number in (493, 504))
    assert after == before + 1
    assert not atoms.follows(after, before)
    assert atoms.follows(before, before - 1)
    assert not atoms.follows(before - 1, before)


def test_turning_changes_nothing():
    structure, atoms = read("2c5d.cif")
    turn = np.linalg.qr(np.random.default_rng(2).normal(size=(3, 3)))[0]
    moved = Atoms(atoms.xyz @ turn.T - 40.0, atoms.residue, atoms.names, atoms.components, atoms.elements)
    one, two = residues_of(structure, "C"), residues_of(structure, "B")
    before, after = backbone_bonds(atoms, one, two), backbone_bonds(moved, one, two)
    assert [(b.donor, b.acceptor) for b in before] == [(b.donor, b.acceptor) for b in after]
    assert [b.energy for b in before] == pytest.approx([b.energy for b in after], abs=1e-6)
