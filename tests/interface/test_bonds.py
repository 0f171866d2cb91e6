"""Interactions: hand-written cases with each role swapped, other programs' hydrogen bonds, and what must not matter."""

import json
import math
from collections import Counter
from dataclasses import replace

import gemmi
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interfaces import candidates, from_text, read, residues_of
from shared_files import REFERENCES

from axlstruct.errors import UsageError
from axlstruct.interface import rules
from axlstruct.interface.bonds import find_bonds, hydrogen_bonds
from axlstruct.interface.grades import grade
from axlstruct.interface.hydrogen_bonds import hydrogen_bond
from axlstruct.interface.metal_distances import Holder, metal_limits
from axlstruct.interface.reasons import Doubt, Reason
from axlstruct.structure import roles
from axlstruct.structure.atoms import Atoms

REFERENCE = json.loads((REFERENCES / "hbonds.json").read_text())

# Written by hand from the formulas of the side chains, not from the tables under test.
GIVERS = {"ALA N", "GLY N", "ARG NE", "ARG NH1", "ARG NH2", "ASN ND2", "GLN NE2", "LYS NZ", "TRP NE1"}
TAKERS = {
    "ALA O",
    "PRO O",
    "ASN OD1",
    "GLN OE1",
    "ASP OD1",
    "ASP OD2",
    "GLU OE1",
    "GLU OE2",
    "PTR O1P",
    "SEP O2P",
    "TPO O3P",
    "ALA OXT",
}
EITHER = {"SER OG", "THR OG1", "TYR OH", "HIS ND1", "HIS NE2"}
NEITHER = {"PRO N", "MET SD", "MSE SE", "PTR OH", "SEP OG", "ALA CA", "PHE CZ", "NAG O3", "HOH O"}
NEXT_TO = {
    "N": ["CA"], "O": ["C"], "OXT": ["C"], "NE": ["CD", "CZ"], "NH1": ["CZ"], "NH2": ["CZ"], "ND2": ["CG"], "LYS NZ": ["CE"],
    "GLN NE2": ["CD"], "HIS NE2": ["CD2", "CE1"], "ND1": ["CG", "CE1"], "NE1": ["CD1", "CE2"], "OD1": ["CG"], "OD2": ["CG"],
    "OE1": ["CD"], "OE2": ["CD"], "O1P": ["P"], "O2P": ["P"], "O3P": ["P"], "OG": ["CB"], "OG1": ["CB"], "PTR OH": ["CZ"],
    "TYR OH": ["CZ"], "SD": ["CG"], "SE": ["CG"], "CZ": ["CE1"], "CA": ["CB"], "O3": ["C3"], "SG": ["CB"],
}  # fmt: skip


def facing(one, two, distance=2.9, angle_1=120.0, angle_2=120.0):
    """Two atoms ``"SER OG"`` on the x axis, each with the atoms bonded to it at an angle to the other, all in one plane."""
    lines = []
    for residue, (text, x, sign, angle) in enumerate(((one, 0.0, 1, angle_1), (two, distance, -1, angle_2))):
        component, atom = text.split()
        lines.append(f"{residue} {component} {atom} {x} 0 0")
        for k, name in enumerate(NEXT_TO.get(text, NEXT_TO.get(atom, []))):
            turn = math.radians(angle) * (1 if k == 0 else -1)
            lines.append(f"{residue} {component} {name} {x + sign * 1.4 * math.cos(turn):.6f} {1.4 * math.sin(turn):.6f} 0")
    return from_text("\n".join(lines))


def found(atoms, kind=None, sides=((0,), (1,)), **choices):
    bonds = find_bonds(atoms, *candidates(atoms, *sides), **choices)
    return [bond for bond in bonds if kind is None or bond.type == kind]


def between(one, two):
    """Hydrogen bonds of the two atoms, those within a salt bridge included."""
    atoms = facing(one, two)
    return [
        b
        for b in hydrogen_bonds(atoms, *candidates(atoms, [0], [1]))
        if (b.atoms_1[0], b.atoms_2[0]) == (one.split()[1], two.split()[1])
    ]


@pytest.mark.parametrize("one", sorted(GIVERS | TAKERS | EITHER | NEITHER))
def test_donor_and_acceptor_of_every_kind(one):
    """A bond where one can give and the other take, whichever side; none between two givers, two takers or with neither."""
    for two in sorted(GIVERS | TAKERS | EITHER | NEITHER):
        gives = one in GIVERS | EITHER and two in TAKERS | EITHER
        takes = one in TAKERS | EITHER and two in GIVERS | EITHER
        bonds = between(one, two)
        assert len(bonds) == (gives or takes), (one, two)
        if gives != takes:
            assert (bonds[0].donor_side, bonds[0].donor) == ((1, one.split()[1]) if gives else (2, two.split()[1]))
        elif gives:
            assert Reason(Doubt.EITHER_DONOR) in bonds[0].reasons


def test_a_thiol_gives_from_farther_and_takes_nothing():
    assert len(found(facing("CYS SG", "ALA O", 3.9), "hbond")) == 1
    assert not found(facing("ALA N", "CYS SG", 3.3), "hbond")


def test_a_cysteine_in_a_disulfide_gives_nothing():
    text = "0 CYS SG 0 0 0\n0 CYS CB -0.7 1.6 0\n1 ALA O 3.4 0 0\n1 ALA C 4.0 1 0\n2 CYS SG -1 -1.79 0\n"
    assert len(found(from_text(text.replace("-1.79", "-9")), "hbond")) == 1
    assert not found(from_text(text), "hbond")
    bond = found(from_text(text), "disulfide", ((0,), (2,)))[0]
    assert (bond.atoms_1, bond.atoms_2, round(bond.distance, 2)) == (("SG",), ("SG",), 2.05)


@pytest.mark.parametrize(("distance", "count"), [(3.5, 1), (3.500001, 0), (3.3, 1)])
def test_distance_limit_is_inclusive(distance, count):
    assert len(found(facing("ASN ND2", "GLN OE1", distance), "hbond")) == count


@pytest.mark.parametrize(("angle_1", "angle_2", "count"), [(91, 91, 1), (89, 120, 0), (120, 89, 0), (170, 170, 1)])
def test_angles_at_both_ends(angle_1, angle_2, count):
    for one, two, angles in (("ASN ND2", "GLN OE1", (angle_1, angle_2)), ("GLN OE1", "ASN ND2", (angle_2, angle_1))):
        assert len(found(facing(one, two, 2.9, *angles), "hbond")) == count


def test_angle_and_margins_are_those_of_the_geometry():
    bond = found(facing("ALA N", "ALA O", 2.9, 115, 130), "hbond")[0]
    assert (bond.distance, bond.margin, bond.angle, bond.angle_margin) == pytest.approx((2.9, 0.6, 115, 25), abs=1e-3)


def test_an_acceptor_above_the_plane_of_an_amide_is_refused():
    text = "0 ALA C -1.2 -0.6 0\n1 ALA N 0 0 0\n1 ALA CA -1.2 0.8 0\n2 ALA O {} 0 {}\n2 ALA C {} 0 {}"
    flat, high = text.format(2.9, 0, 4.1, 0.4), text.format(0.3, 2.88, 0.4, 4.1)
    assert len(found(from_text(flat), "hbond", ((1,), (2,)))) == 1
    assert not found(from_text(high), "hbond", ((1,), (2,)))


def test_a_hydrogen_that_is_there_decides():
    text = "0 SER OG 0 0 0\n0 SER CB -0.7 1.2 0\n0 SER HG {} {} 0\n1 ASN OD1 2.8 0 0\n1 ASN CG 3.4 1 0"
    towards, away = found(from_text(text.format(0.96, 0.1)), "hbond"), found(from_text(text.format(-0.5, -0.8)), "hbond")
    assert not away
    assert towards[0].angle > 165


@pytest.mark.parametrize(("distance", "count"), [(2.8, 1), (3.4, 0)])
def test_a_hydrogen_that_points_aside_must_still_be_near(distance, count):
    """Oxygens 3.4 apart would do without hydrogen; with it, H...A of 2.96 is too far although the angle of 109 is allowed."""
    text = f"0 SER OG 0 0 0\n0 SER CB -0.7 1.2 0\n0 SER HG 0.55 0.8 0\n1 ASN OD1 {distance} 0 0\n1 ASN CG {distance + 0.6} 1 0"
    assert len(found(from_text(text), "hbond")) == count
    bare = "\n".join(line for line in text.splitlines() if "HG" not in line)
    assert len(found(from_text(bare), "hbond")) == 1


@pytest.mark.parametrize(("length", "count"), [(0.82, 0), (1.05, 0), (1.19, 1)])
def test_hydrogens_too_far_from_their_oxygen_are_not_believed(length, count):
    """Pointing away they forbid the bond at the lengths that files have (0.82 to 1.05), and say nothing at 1.19."""
    text = (
        f"0 SER OG 0 0 0\n0 SER CB -0.7 1.2 0\n0 SER HG {-0.53 * length} {-0.85 * length} 0\n1 ASN OD1 2.8 0 0\n1 ASN CG 3.4 1 0"
    )
    bonds = found(from_text(text), "hbond")
    assert len(bonds) == count
    assert sum("1.19 A from the donor" in str(reason) for bond in bonds for reason in bond.reasons) == count


@pytest.mark.parametrize(("reach", "count"), [(2.45, 1), (2.5, 1), (2.55, 0), (2.65, 0)])
def test_the_limit_of_hydrogen_and_acceptor(reach, count):
    """H...A just inside and just outside 2.5 Angstrom, on a straight line; D...A stays below its own limit."""
    text = f"0 SER OG 0 0 0\n0 SER CB -0.7 1.2 0\n0 SER HG 0.8 0 0\n1 ASN OD1 {0.8 + reach} 0 0\n1 ASN CG {1.4 + reach} 1 0"
    assert len(found(from_text(text), "hbond")) == count


@pytest.mark.parametrize(("out", "count"), [(55.0, 1), (59.5, 1), (60.5, 0), (63.0, 0)])
def test_the_limit_out_of_the_plane_of_a_donor(out, count):
    """An acceptor just inside and just outside 60 degrees above the plane of C, N and CA."""
    x, z = 2.9 * math.cos(math.radians(out)), 2.9 * math.sin(math.radians(out))
    text = f"0 ALA C -1.2 -0.6 0\n1 ALA N 0 0 0\n1 ALA CA -1.2 0.8 0\n2 ALA O {x} 0 {z}\n2 ALA C {1.4 * x} 0 {1.4 * z}"
    assert len(found(from_text(text), "hbond", ((1,), (2,)))) == count


def test_a_stub_bonds_without_angle_and_says_so():
    """A last residue of which only N is there: distance fits, the angle at the donor cannot be computed."""
    atoms = from_text("0 VAL N 0 0 0\n1 ALA O 2.9 0 0\n1 ALA C 3.5 1.0 0\n1 ALA CA 4.8 1 0\n1 ALA N 5 2 0\n1 ALA CB 5.5 0 0")
    bond = found(atoms, "hbond")[0]
    assert math.isnan(bond.angle)
    assert bond.reasons == (Reason(Doubt.NO_ANGLE, ("donor",)), Reason(Doubt.LACKS_ATOMS, (1, "CA C O CB CG1 CG2")))
    assert grade(bond.distance, bond.limits, angle_margin=bond.angle_margin, resolution=2.0, reasons=bond.reasons).letter == "c"


def test_peptide_neighbours_do_not_bond_with_each_other():
    text = "0 ALA C 0 0 0\n0 ALA O 0.6 -1.0 0\n1 ALA N {} 0.4 0\n1 ALA CA 1.9 1.6 0"
    assert not found(from_text(text.format(1.27)), "hbond")


@pytest.mark.parametrize("cation", ["ARG NH1", "ARG NE", "LYS NZ"])
@pytest.mark.parametrize("anion", ["ASP OD1", "GLU OE2", "PTR O1P", "SEP O3P", "TPO O2P", "ALA OXT"])
@pytest.mark.parametrize(("distance", "kinds", "hbonds"), [(2.9, ["salt-bridge"], 1), (3.8, ["salt-bridge"], 0), (4.1, [], 0)])
def test_salt_bridges_hold_their_hydrogen_bonds(cation, anion, distance, kinds, hbonds):
    for one, two, side in ((cation, anion, 1), (anion, cation, 2)):
        bonds = found(facing(one, two, distance))
        assert [bond.type for bond in bonds] == kinds
        assert [(b.hbonds, b.also_hbond, b.donor_side, b.donor) for b in bonds] == [
            (hbonds, hbonds > 0, side, cation.split()[1])
        ] * len(kinds)


@pytest.mark.parametrize(("one", "two"), [("LYS NZ", "ARG NH1"), ("ASP OD1", "GLU OE1"), ("PTR O1P", "ASP OD2")])
def test_like_charges_make_nothing(one, two):
    assert not found(facing(one, two))


def test_two_atom_pairs_of_arginine_and_aspartate_are_one_salt_bridge():
    text = """
    0 ARG NH1 0 0 0
    0 ARG NH2 0 2.3 0
    0 ARG CZ -0.7 1.15 0
    1 ASP OD1 2.8 0 0
    1 ASP OD2 2.8 2.2 0
    1 ASP CG 3.4 1.1 0"""
    bond = found(from_text(text), "salt-bridge")
    assert [(b.atoms_1, b.atoms_2, b.distance, b.hbonds) for b in bond] == [(("NH1", "NH2"), ("OD1", "OD2"), 2.8, 2)]
    assert not found(from_text(text), "hbond")


def test_histidine_is_neutral_unless_told():
    atoms = facing("HIS NE2", "ASP OD1")
    assert [b.type for b in found(atoms)] == ["hbond"]
    charged = found(atoms, histidine_charged=True)
    assert [(b.type, b.reasons[0]) for b in charged] == [("salt-bridge", Reason(Doubt.ASSUMED_CHARGE))]


@pytest.mark.parametrize(
    ("one", "two", "distance", "count"),
    [("LEU CD1", "PHE CZ", 4.0, 1), ("LEU CD1", "PHE CZ", 4.01, 0), ("LEU CD1", "SER CB", 3.6, 0), ("LEU CA", "PHE CZ", 3.6, 0)],
)
def test_hydrophobic_contacts(one, two, distance, count):
    for pair in ((one, two), (two, one)):
        assert len(found(facing(*pair, distance), "hydrophobic")) == count


def test_a_hydrophobic_residue_pair_is_one_row_with_its_closest_atoms():
    atoms = from_text("0 LEU CD1 0 0 0\n0 LEU CD2 0 1 0\n1 VAL CG1 3.9 0 0\n1 VAL CG2 3.6 0 0")
    assert [(b.atoms_1, b.atoms_2, b.distance) for b in found(atoms, "hydrophobic")] == [(("CD1",), ("CG2",), 3.6)]


def ring(residue, component="PHE", at=(0, 0, 0), axis="z"):
    """A regular six-ring around a point, its normal along an axis."""
    lines = []
    for k, name in enumerate(("CG", "CD1", "CE1", "CZ", "CE2", "CD2")):
        u, v = 1.39 * math.cos(k * math.pi / 3), 1.39 * math.sin(k * math.pi / 3)
        offset = {"z": (u, v, 0), "x": (0, u, v)}[axis]
        lines.append(f"{residue} {component} {name} " + " ".join(f"{p + q:.5f}" for p, q in zip(at, offset, strict=True)))
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("at", "axis", "shapes"),
    [((0, 1.5, 3.6), "z", ["parallel"]), ((0, 0, 5.0), "x", ["t-shaped"]), ((0, 2.5, 3.6), "z", []), ((0, 0, 5.6), "z", [])],
)
def test_stacked_rings(at, axis, shapes):
    for one, two in ((ring(0), ring(1, "TYR", at, axis)), (ring(0, "TYR", at, axis), ring(1))):
        assert [bond.geometry for bond in found(from_text(one + "\n" + two), "pi-stacking")] == shapes


def test_a_ring_that_lacks_an_atom_is_left_out():
    whole = ring(0) + "\n" + ring(1, at=(0, 1.5, 3.6))
    assert not found(from_text(whole.rsplit("\n", 1)[0]), "pi-stacking")


@pytest.mark.parametrize(("height", "aside", "count"), [(4.0, 0, 1), (6.0, 0, 1), (6.1, 0, 0), (4.0, 2.1, 0)])
@pytest.mark.parametrize("ring_of", ["PHE", "TYR", "PTR"])
def test_cation_above_a_ring(height, aside, count, ring_of):
    charge = f"{{}} LYS NZ {aside} 0 {height}"
    first, second = charge.format(0) + "\n" + ring(1, ring_of), ring(0, ring_of) + "\n" + charge.format(1)
    assert [b.donor_side for b in found(from_text(first), "cation-pi")] == [1] * count
    assert [b.donor_side for b in found(from_text(second), "cation-pi")] == [2] * count
    assert not found(from_text(first.replace("LYS NZ", "ASP OD1")), "cation-pi")


@pytest.mark.parametrize(
    ("atom", "distance", "count"),
    [("ASP OD1", 2.4, 1), ("ALA O", 3.0, 1), ("ALA N", 2.4, 0), ("CYS SG", 3.4, 0), ("CYS SG", 3.1, 1)],
)
def test_metals_are_held_by_atoms_that_can(atom, distance, count):
    for one, two in ((f"0 CA CA 0 0 0\n1 {atom} {distance} 0 0", None), (None, f"0 {atom} 0 0 0\n1 CA CA {distance} 0 0")):
        bonds = found(from_text(one or two))
        assert [bond.type for bond in bonds] == ["metal"] * count


def test_glycans_touch_protein_once_a_residue_pair_and_a_link_is_named():
    text = "0 ASN ND2 0 0 0\n0 ASN CG -1.3 0 0\n1 NAG C1 {} 0 0\n1 NAG O5 {} 1 0\n2 NAG C1 3 3 0"
    far, link = (found(from_text(text.format(x, x + 0.4)), "glycan") for x in (3.5, 1.45))
    assert [(b.residue_2, b.atoms_2, b.reasons[0]) for b in far] == [
        (1, ("C1",), Reason(Doubt.LACKS_ATOMS, (1, "N CA C O CB OD1")))
    ]
    assert link[0].reasons[0] == Reason(Doubt.COVALENT)
    assert not found(from_text(text.format(3.5, 3.9)), "glycan", ((1,), (2,)))


def test_histidine_is_no_ring_of_a_cation_pi():
    """Its ring carries a charge itself at times; the five-membered ring of tryptophan at the same place makes one."""
    corner = [(1.2 * math.cos(math.radians(72 * k)), 1.2 * math.sin(math.radians(72 * k)), 0.0) for k in range(5)]

    def flat(component, atoms):
        rows = zip(atoms.split(), corner, strict=True)
        return "\n".join(["0 LYS NZ 0 0 4.0", *(f"1 {component} {name} {x:.4f} {y:.4f} {z:.4f}" for name, (x, y, z) in rows)])

    assert len(found(from_text(flat("TRP", "CG CD1 NE1 CE2 CD2")), "cation-pi")) == 1
    assert not found(from_text(flat("HIS", "CG ND1 CE1 NE2 CD2")), "cation-pi")


def test_columns_of_different_length_are_refused():
    atoms = facing("SER OG", "THR OG1")
    with pytest.raises(UsageError, match="different length"):
        Atoms(atoms.xyz[:1], atoms.residue, atoms.names, atoms.components, atoms.elements)


# Real structures against other programs


def interface(name):
    """Structure, its heavy atoms only (the other programs set their own hydrogens), the two groups of residues."""
    structure, atoms = read(f"{name}.cif")
    atoms = Atoms(*(getattr(atoms, key)[atoms.heavy] for key in ("xyz", "residue", "names", "components", "elements", "glycan")))
    groups = [residues_of(structure, letters) for letters in REFERENCE[name]["groups"]]
    return structure, atoms, groups


def labelled(structure, atoms, groups):
    """Hydrogen bonds as unordered pairs of (chain, number, component, atom)."""
    bonds = set()
    for bond in hydrogen_bonds(atoms, *candidates(atoms, *groups)):
        ends = ((bond.residue_1, bond.atoms_1[0]), (bond.residue_2, bond.atoms_2[0]))
        bonds.add(
            frozenset(
                (structure.residues[r].id.chain, structure.residues[r].id.label, structure.residues[r].name, a) for r, a in ends
            )
        )
    return bonds


def votes(name):
    """How many programs see a bond; PLIP's own hydrogens and roles make it one voice among six."""
    count = Counter()
    for rows in REFERENCE[name]["bonds"].values():
        count.update({frozenset((tuple(row[:4]), tuple(row[4:]))) for row in rows})
    return count


@pytest.mark.parametrize("name", ["2c5d", "4ra0", "1igy"])
def test_hydrogen_bonds_against_the_vote_of_six_programs(name):
    """False positive: ours, seen by none of them. False negative: not ours, seen by at least three. Measured, not wished."""
    ours, count = labelled(*interface(name)), votes(name)
    alone, missed = [b for b in ours if not count[b]], [b for b, n in count.items() if n >= 3 and b not in ours]
    assert (len(ours), len(alone), len(missed)) == EXPECTED[name], (alone, missed)


EXPECTED = {"2c5d": (36, 0, 0), "4ra0": (20, 0, 0), "1igy": (15, 1, 0)}


@pytest.mark.parametrize("name", ["2c5d", "4ra0", "1igy", "4zxb"])
def test_no_bond_has_a_donor_or_acceptor_that_chemistry_forbids(name):
    """All residues against all others, within chains too; donors and acceptors judged by the sets written by hand above."""
    structure, atoms = read(f"{name}.cif")
    everything = np.arange(len(structure.residues))
    i, j = candidates(atoms, everything, everything)
    bonds = hydrogen_bonds(atoms, *(side[i < j] for side in (i, j)))
    backbone = {"ALA N": "N", "ALA O": "O", "ALA OXT": "OXT"}
    assert len(bonds) > 200
    for bond in bonds:
        pair = (bond.residue_1, bond.residue_2) if bond.donor_side == 1 else (bond.residue_2, bond.residue_1)
        giver, taker = (structure.residues[r].name for r in pair)
        assert f"{giver} {bond.donor}" in GIVERS | EITHER | {"CYS SG"} or (bond.donor == "N" and giver != "PRO")
        assert f"{taker} {bond.acceptor}" in TAKERS | EITHER or bond.acceptor in backbone.values()
        assert bond.distance <= (4.0 if bond.donor == "SG" else 3.5)


def test_types_of_2c5d():
    structure, atoms, _ = interface("2c5d")
    counts = {}
    for one, two in ("CA", "DB", "DA", "CB"):
        pairs = candidates(atoms, residues_of(structure, one), residues_of(structure, two))
        counts[one + two] = dict(Counter(bond.type for bond in find_bonds(atoms, *pairs)))
    major = {"hbond": 12, "salt-bridge": 5, "hydrophobic": 6}
    minor = {"hbond": 3, "salt-bridge": 1, "hydrophobic": 1}
    assert counts == {"CA": major, "DB": major, "DA": minor, "CB": minor}


def test_disulfides_of_2c5d_and_none_across():
    structure, atoms = read("2c5d.cif")
    for chain, expected in (("C", ["49-110", "153-198"]), ("A", ["283-570", "444-470", "643-670"])):
        mine = residues_of(structure, chain)
        i, j = candidates(atoms, mine, mine)
        bonds = [b for b in find_bonds(atoms, i[i < j], j[i < j]) if b.type == "disulfide"]
        ends = [[structure.residues[r].id.number for r in (bond.residue_1, bond.residue_2)] for bond in bonds]
        assert [f"{one}-{two}" for one, two in ends] == expected


def test_sides_swap_everything():
    _, atoms, (one, two) = interface("2c5d")
    i, j = candidates(atoms, one, two)
    here = sorted(map(repr, find_bonds(atoms, i, j)))
    assert sorted(repr(bond.mirrored()) for bond in find_bonds(atoms, j, i)) == here


def test_order_of_candidates_and_atoms_does_not_matter():
    _, atoms, (one, two) = interface("2c5d")
    i, j = candidates(atoms, one, two)
    shuffle = np.random.default_rng(5).permutation(len(i))
    assert find_bonds(atoms, i[shuffle], j[shuffle]) == find_bonds(atoms, i, j)
    order = np.random.default_rng(6).permutation(len(atoms.residue))
    mixed = Atoms(*(getattr(atoms, key)[order] for key in ("xyz", "residue", "names", "components", "elements")))
    assert list(map(repr, find_bonds(mixed, *candidates(mixed, one, two)))) == list(map(repr, find_bonds(atoms, i, j)))


def test_more_candidates_change_nothing_and_fewer_take_away():
    _, atoms, (one, two) = interface("2c5d")
    i, j = candidates(atoms, one, two)
    distance = np.linalg.norm(atoms.xyz[i] - atoms.xyz[j], axis=1)
    last = set()
    for cutoff in (2.5, 3.0, 3.5, 4.0, 6.5):
        near = distance <= cutoff
        now = {(b.residue_1, b.residue_2, b.atoms_1, b.atoms_2) for b in hydrogen_bonds(atoms, i[near], j[near])}
        assert last <= now
        last = now


@settings(max_examples=60, deadline=None)
@given(st.floats(2.5, 4.0), st.floats(60, 180), st.floats(60, 180), st.floats(0.0, 0.5))
def test_a_wider_rule_never_loses_a_bond(distance, angle_1, angle_2, more):
    atoms = facing("ASN ND2", "GLN OE1", distance, angle_1, angle_2)
    limits = replace(rules.HBOND.limits, upper=3.5 + more)
    wider = replace(rules.HBOND, limits=limits, donor_angle=90 - 20 * more, acceptor_angle=90 - 20 * more)
    donor, acceptor = atoms.of_residue(0)["ND2"], atoms.of_residue(1)["OE1"]
    narrow = hydrogen_bond(atoms, donor, acceptor, distance)
    wide = hydrogen_bond(atoms, donor, acceptor, distance, rule=wider)
    assert narrow is None or (wide is not None and wide.margin >= narrow.margin)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.tuples(*[st.floats(-500, 500)] * 3))
def test_turning_and_shifting_changes_nothing(seed, shift):
    atoms = from_text(
        ring(0) + "\n" + ring(1, "TYR", (0, 1.5, 3.6)) + "\n1 TYR OH 0 0.1 6.3\n2 SER OG 1.5 0.3 8.0\n2 SER CB 2.6 1.2 8.4"
    )
    turn = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))[0]
    moved = Atoms(
        atoms.xyz @ turn.T + np.array(shift), atoms.residue, atoms.names, atoms.components, atoms.elements, atoms.glycan
    )
    before, after = (found(columns, sides=((0, 2), (1,))) for columns in (atoms, moved))
    assert {bond.type for bond in before} == {"pi-stacking", "hbond", "hydrophobic"}
    assert [(b.type, b.atoms_1, b.atoms_2, b.reasons) for b in before] == [
        (b.type, b.atoms_1, b.atoms_2, b.reasons) for b in after
    ]
    assert [b.distance for b in before] == pytest.approx([b.distance for b in after], abs=1e-6)


@pytest.mark.parametrize(
    ("facts", "letter"),
    [
        ({}, "a"), ({"distance": 3.25}, "b"), ({"distance": 3.48}, "c"), ({"angle_margin": 5.0}, "b"),
        ({"angle_margin": 1.0}, "c"),
        ({"angle_margin": math.nan}, "a"), ({"copies": (1, 2)}, "c"), ({"copies": (2, 3)}, "b"), ({"b": 120.0}, "b"),
        ({"b": 65.0, "predicted": True}, "b"), ({"b": 40.0, "predicted": True}, "c"), ({"b": 95.0, "predicted": True}, "a"),
        ({"distance": 3.25, "resolution": 1.5}, "a"), ({"reasons": (Reason(Doubt.LACKS_ATOMS, (1, "CG")),)}, "c"),
        ({"reasons": (Reason(Doubt.EITHER_DONOR),)}, "a"), ({"distance": 3.25, "copies": (1, 2)}, "c"),
        ({"reasons": (Reason(Doubt.NO_OCCUPANCY, (1, "CG")),)}, "b"), ({"distance": 2.51}, "b"), ({"distance": 2.54}, "b"),
        ({"distance": 2.6}, "a"), ({"distance": 2.45}, "c"), ({"distance": 2.51, "resolution": 0.8}, "c"),
    ],
)  # fmt: skip
def test_grades(facts, letter):
    given_ = {"distance": 2.9, "angle_margin": 25.0, "resolution": 3.3, "copies": (2, 2)} | facts
    result = grade(given_.pop("distance"), rules.HBOND.limits, **given_)
    assert result.letter == letter
    assert bool(result.reasons) == bool(facts) or letter == "a"


@pytest.mark.parametrize(
    ("metal", "holder", "distance", "letter"),
    [
        ("NI", Holder.NITROGEN, 1.73, "c"), ("NI", Holder.NITROGEN, 2.05, "a"), ("NI", Holder.NITROGEN, 2.87, "c"),
        ("CA", Holder.CARBOXYLATE, 2.36, "a"), ("CA", Holder.CARBOXYLATE, 2.75, "b"), ("CA", Holder.OXYGEN, 2.1, "b"),
        ("ZN", Holder.SULPHUR, 2.31, "a"), ("ZN", Holder.NITROGEN, 2.7, "c"), ("K", Holder.OXYGEN, 2.8, "a"),
        ("K", Holder.CARBOXYLATE, 2.2, "c"), ("MG", Holder.CARBOXYLATE, 2.07, "a"), ("PT", Holder.SULPHUR, 2.4, "a"),
    ],
)  # fmt: skip
def test_a_metal_has_a_distance_of_its_own(metal, holder, distance, letter):
    assert grade(distance, metal_limits(metal, holder), resolution=2.0).letter == letter


def test_every_metal_has_limits_and_metals_are_those_of_gemmi():
    known = {gemmi.Element(number).name.upper() for number in range(1, 104) if gemmi.Element(number).is_metal}
    assert known == roles.METALS
    for metal in roles.METALS:
        for holder in Holder:
            limits = metal_limits(metal, holder)
            assert 1.3 < limits.lower < limits.upper < 4.3


@pytest.mark.parametrize(
    ("distance", "letter"), [(2.03, "a"), (2.05, "a"), (2.15, "a"), (2.2, "b"), (2.28, "c"), (1.92, "b"), (1.82, "c")]
)
def test_a_disulfide_is_judged_by_its_ideal(distance, letter):
    assert grade(distance, rules.DISULFIDE, resolution=3.3).letter == letter


def test_a_reason_is_a_sentence_at_last():
    assert str(Reason(Doubt.NO_ANGLE, ("donor",))) == "no angle at the donor: its antecedent atoms are not there"
    for doubt in Doubt:
        assert "{" not in str(Reason(doubt, (1, 2)))
