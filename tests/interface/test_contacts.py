"""Contacts: exact to the edge, counted as brute force counts them, and nothing that is not there."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import product
from pathlib import Path

import gemmi
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_files import mirror
from tiny import Chain, cif_text, pdb_atom, pdb_text

from axlstruct.errors import StructureError, UsageError
from axlstruct.interface.contacts import ChainPair, chain_pairs, near_atoms, require_partners, residue_contacts
from axlstruct.sources.coordinates import read_structure
from axlstruct.structure.mapping import map_structure
from axlstruct.structure.structure import Structure
from axlstruct.study.facade import Study

Write = Callable[..., Path]
Atom = tuple[str, str, str]
COUNTS = {
    4.0: {"AC": (141, 43), "BD": (129, 41), "AD": (44, 17), "BC": (41, 18), "AB": (0, 0), "CD": (0, 0)},
    4.5: {"AC": (284, 55), "BD": (275, 56), "AD": (105, 21), "BC": (101, 23), "AB": (0, 0), "CD": (0, 0)},
}


def name(structure: Structure, residue: int, atom: int) -> Atom:
    here = structure.residues[residue]
    return here.id.chain, here.id.label, here.gemmi[atom - here.first_atom].name


def atom_pairs(structure: Structure, pairs: Iterable[ChainPair]) -> set[frozenset[Atom]]:
    """Every contact as the two atoms' names, in no order."""
    columns = (
        zip(p.residues_1.tolist(), p.atoms_1.tolist(), p.residues_2.tolist(), p.atoms_2.tolist(), strict=True) for p in pairs
    )
    return {frozenset((name(structure, r1, a1), name(structure, r2, a2))) for column in columns for r1, a1, r2, a2 in column}


def atom_lines(path: Path) -> tuple[list[Atom], np.ndarray]:
    """Protein atoms of a PDB file by its columns, without any library."""
    lines = [line for line in path.read_text().splitlines() if line.startswith("ATOM")]
    xyz = np.array([[float(line[i : i + 8]) for i in (30, 38, 46)] for line in lines])
    return [(line[21], line[22:27].strip(), line[12:16].strip()) for line in lines], xyz


@pytest.fixture(scope="module")
def complex_() -> Structure:
    return read_structure(mirror("2c5d.cif"))


# The numbers that must hold


@pytest.mark.parametrize("cutoff", [4.0, 4.5])
def test_the_counts_of_2c5d(cutoff: float, complex_: Structure) -> None:
    found = {
        "".join(sorted(pair.chains)): (len(pair.distance), len(residue_contacts(pair)))
        for pair in chain_pairs(complex_, (), cutoff)
    }
    assert found == COUNTS[cutoff]


@pytest.fixture(scope="module")
def brute_force() -> dict[frozenset[Atom], float]:
    """All distances between the ATOM lines of two chains of 2C5D, one by one in double precision, up to 4.6 A."""
    names, xyz = atom_lines(mirror("2c5d.pdb"))
    chain = np.array([atom[0] for atom in names])
    found = {}
    for one, two in ("AB", "AC", "AD", "BC", "BD", "CD"):
        i, j = np.flatnonzero(chain == one), np.flatnonzero(chain == two)
        for part in np.array_split(i, 10):
            distance = np.sqrt(((xyz[part, None, :] - xyz[None, j, :]) ** 2).sum(axis=2))
            for a, b in zip(*np.nonzero(distance < 4.6), strict=True):
                found[frozenset((names[part[a]], names[j[b]]))] = float(distance[a, b])
    return found


@pytest.mark.parametrize("cutoff", [4.0, 4.5])
@pytest.mark.parametrize("suffix", ["cif", "pdb"])
def test_brute_force_finds_the_same_atoms(cutoff: float, suffix: str, brute_force: dict[frozenset[Atom], float]) -> None:
    expected = {atoms for atoms, distance in brute_force.items() if distance <= cutoff + 1e-9}
    structure = read_structure(mirror(f"2c5d.{suffix}"))
    assert atom_pairs(structure, chain_pairs(structure, (), cutoff)) == expected
    assert len(expected) == sum(atoms for atoms, _ in COUNTS[cutoff].values())


@pytest.mark.parametrize("entry", ["4ra0", "2c5d"])
def test_a_tree_search_finds_the_same_atoms_and_distances(entry: str) -> None:
    """Truth: scipy's cKDTree, with its own distances."""
    from scipy.spatial import cKDTree

    names, xyz = atom_lines(mirror(f"{entry}.pdb"))
    chain = np.array([atom[0] for atom in names])
    structure = read_structure(mirror(f"{entry}.pdb"))
    for pair in chain_pairs(structure, (), 6.0):
        i, j = (np.flatnonzero(chain == side) for side in pair.chains)
        found = cKDTree(xyz[i]).sparse_distance_matrix(cKDTree(xyz[j]), 6.0 + 1e-9, output_type="coo_matrix")
        assert len(pair.distance) == found.nnz
        assert np.allclose(np.sort(pair.distance), np.sort(found.data), rtol=0, atol=1e-12)


def test_every_pair_of_chains_is_there_receptor_first(study: Study, complex_: Structure) -> None:
    pairs = chain_pairs(complex_, map_structure(complex_, study.target.proteins), 4.0)
    assert [pair.chains for pair in pairs] == [("C", "A"), ("C", "B"), ("D", "A"), ("D", "B"), ("C", "D"), ("A", "B")]
    assert [pair.joins_receptor_and_ligand for pair in pairs] == [True] * 4 + [False] * 2
    for pair in pairs:
        assert {complex_.residues[k].id.chain for k in pair.residues_1.tolist()} <= {pair.chains[0]}
        assert {complex_.residues[k].id.chain for k in pair.residues_2.tolist()} <= {pair.chains[1]}


def test_residue_pairs_hold_the_shortest_distance_and_the_number_of_atoms(complex_: Structure) -> None:
    (pair,) = (pair for pair in chain_pairs(complex_, (), 4.0) if pair.chains == ("A", "C"))
    found = residue_contacts(pair)
    assert sum(contact.atom_pairs for contact in found) == 141
    for contact in found:
        here = (pair.residues_1 == contact.residue_1) & (pair.residues_2 == contact.residue_2)
        assert (contact.atom_pairs, contact.distance) == (here.sum(), pair.distance[here].min())
    assert [(c.residue_1, c.residue_2) for c in found] == sorted({(c.residue_1, c.residue_2) for c in found})


# Small cases, whole on the screen


def two_chains(written: Write, one: tuple[float, float, float], two: tuple[float, float, float]) -> Structure:
    """Chains A and B of three residues, of which only the first of each may meet; the others lie 20 A and more away."""

    def atoms(first: tuple[float, float, float], away: float) -> Callable[[int], list[tuple[str, float, float, float]]]:
        return lambda n: [("CA", first[0] + away * n, first[1] + 20.0 * n, first[2])]

    return read_structure(
        written(cif_text(Chain("A", "AAA", atoms=atoms(one, 20.0)), Chain("B", "GGG", atoms=atoms(two, -20.0))))
    )


@pytest.mark.parametrize(
    ("two", "count"),
    [
        ((4.0, 0.0, 0.0), 1),
        ((4.001, 0.0, 0.0), 0),
        ((3.999, 0.0, 0.0), 1),
        ((0.0, -4.0, 0.0), 1),
        ((2.4, 3.2, 0.0), 1),
        ((2.4, 3.2, 0.001), 0),
        ((2.4, 3.201, 0.0), 0),
        ((0.0, 0.0, 0.0), 1),
    ],
)
@pytest.mark.parametrize("origin", [(0.0, 0.0, 0.0), (97.123, -41.877, 63.421), (-873.019, 612.333, 0.007)])
def test_the_edge_is_inclusive_to_the_third_decimal(
    two: tuple[float, float, float], count: int, origin: tuple[float, float, float], written: Write
) -> None:
    """Exactly 4.000 A is within 4.0 A wherever the atoms lie, though 101.123 - 97.123 is not 4 in binary."""
    moved = tuple(round(a + b, 3) for a, b in zip(origin, two, strict=True))
    (pair,) = chain_pairs(two_chains(written, origin, moved), (), 4.0)  # type: ignore[arg-type]
    assert len(pair.distance) == count
    assert pair.distance.tolist() == pytest.approx([math.dist((0, 0, 0), two)] * count, abs=1e-9)


@pytest.mark.parametrize("cutoff", [0.0, -1.0, 20.1, math.nan, math.inf])
def test_a_cutoff_that_is_no_distance_is_refused(cutoff: float, complex_: Structure) -> None:
    with pytest.raises(UsageError, match="a cutoff is a distance between atoms"):
        chain_pairs(complex_, (), cutoff)


def protein(chain: str, *, element: str = "C", atom: str = "CA", x: float = 0.0, occupancy: float = 1.0) -> list[str]:
    """Three alanines; the first has one atom at x on the x axis, the others are far from everything."""
    first = pdb_atom(atom, "ALA", chain, 1, (x, 0.0, 0.0), element=element, occupancy=occupancy)
    away = 30.0 if chain == "A" else 60.0
    return [first, *(pdb_atom("CA", "ALA", chain, n, (away, 10.0 * n, 0.0)) for n in (2, 3)), "TER"]


def contacts_of(written: Write, *lines: str, cutoff: float = 4.0) -> list[tuple[Atom, Atom]]:
    structure = read_structure(written("\n".join([*lines, "END", ""]), "x.pdb"))
    (pair,) = chain_pairs(structure, (), cutoff)
    return sorted(tuple(sorted(found)) for found in atom_pairs(structure, [pair]))  # type: ignore[misc]


@pytest.mark.parametrize(("atom", "element", "count"), [("CA", "C", 1), ("H", "H", 0), ("D", "D", 0), ("SE", "SE", 1)])
def test_hydrogen_and_deuterium_make_no_contact(atom: str, element: str, count: int, written: Write) -> None:
    found = contacts_of(written, *protein("A"), *protein("B", atom=atom, element=element, x=3.0))
    assert len(found) == count


@pytest.mark.parametrize(
    "cell",
    ["   10.000   10.000   10.000  90.00  90.00  90.00 P 1", "   30.000   30.000   30.000  90.00  90.00  90.00 P 21 21 21"],
)
def test_a_crystal_cell_adds_no_neighbours(cell: str, written: Write) -> None:
    """8 A apart; in a cell of 10 A the image of B would be 2 A from A."""
    body = [*protein("A"), *protein("B", x=8.0)]
    assert contacts_of(written, *body) == []
    assert contacts_of(written, f"CRYST1{cell}", *body) == []
    assert len(contacts_of(written, f"CRYST1{cell}", *body, cutoff=8.0)) == 1


def test_a_contact_met_again_through_the_cell_counts_once(written: Write) -> None:
    """B lies 3 A to the right of A; in a cell of 6 A its image lies 3 A to the left."""
    cell = "CRYST1    6.000   90.000   90.000  90.00  90.00  90.00 P 1"
    structure = read_structure(written("\n".join([cell, *protein("A"), *protein("B", x=3.0), "END", ""]), "x.pdb"))
    assert structure.gemmi.cell.a == 6.0
    (pair,) = chain_pairs(structure, (), 4.0)
    assert pair.distance.tolist() == [3.0]


def test_atoms_of_no_occupancy_are_atoms(written: Write) -> None:
    assert len(contacts_of(written, *protein("A", occupancy=0.0), *protein("B", x=3.0))) == 1


@pytest.mark.parametrize(("a", "b"), list(product([(0.6, 0.4), (0.4, 0.6), (0.5, 0.5)], repeat=2)))
def test_only_the_chosen_conformer_of_each_residue_makes_contacts(
    a: tuple[float, float], b: tuple[float, float], written: Write
) -> None:
    """Both residues have conformers A and B, all four within reach of one another: one contact, between the chosen two.

    The conformer of highest occupancy is chosen residue by residue, ties to the first, so A may meet B.
    """
    lines = []
    for chain, x, share in (("A", 0.0, a), ("B", 3.0, b)):
        for alt, y, occupancy in zip("AB", (0.0, 0.5), share, strict=True):
            lines.append(pdb_atom("CA", "ALA", chain, 1, (x + y, y, 0.0), alt=alt, occupancy=occupancy))
        lines += protein(chain)[1:]
    structure = read_structure(written("\n".join([*lines, "END", ""]), "x.pdb"))
    (pair,) = chain_pairs(structure, (), 4.0)
    at_a, at_b = (0.0 if share[0] >= share[1] else 0.5 for share in (a, b))
    assert pair.distance.tolist() == pytest.approx([math.dist((at_a, at_a), (3.0 + at_b, at_b))])


def test_a_conformer_never_meets_another_of_its_own_residue(written: Write) -> None:
    row = [pdb_atom("CA", "ALA", "A", 1, (0.0, y, 0.0), alt=alt, occupancy=0.5) for alt, y in (("A", 0.0), ("B", 1.0))]
    structure = read_structure(written("\n".join([*row, *protein("A")[1:], *protein("B", x=50.0), "END", ""]), "x.pdb"))
    first, _, _ = near_atoms(structure, 4.0)
    assert len(first) == 0


def test_hetero_groups_of_the_chain_make_no_protein_contact(written: Write) -> None:
    """A water and a nickel of chain A between the proteins touch chain B; the proteins do not."""
    hetero = [
        pdb_atom("O", "HOH", "A", 301, (3.0, 0.0, 0.0), record="HETATM"),
        pdb_atom("NI", "NI", "A", 302, (5.0, 0.0, 0.0), record="HETATM", element="NI"),
    ]
    assert contacts_of(written, *protein("A"), *protein("B", x=6.0), *hetero) == []


def test_a_modified_residue_makes_contacts_as_any_other(written: Write) -> None:
    chains = [
        Chain("A", "AYA", names={1: "PTR"}, atoms=lambda n: [("CA", 8.0 * n, 0.0, 0.0)]),
        Chain("B", "GGG", atoms=lambda n: [("CA", 8.0 * n, 3.0, 0.0)]),
    ]
    structure = read_structure(written(pdb_text(*chains, declare=True), "x.pdb"))
    (pair,) = chain_pairs(structure, (), 4.0)
    assert [structure.residues[k].name for k in pair.residues_1.tolist()] == ["ALA", "PTR", "ALA"]


_STRAY = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
from axlstruct.interface.contacts import chain_pairs
from axlstruct.sources.coordinates import read_structure
(pair,) = chain_pairs(read_structure(Path(sys.argv[1])), (), 4.0)
print(len(pair.distance))
"""


def test_one_stray_atom_far_away_does_not_eat_the_memory(written: Write) -> None:
    """Placeholders at 9999.999 are seen in the wild; cells of 4 A over that volume would be 10^10."""
    pytest.importorskip("resource")
    lines = [
        *protein("A"),
        *protein("B", x=3.0)[:-1],
        pdb_atom("CA", "ALA", "B", 4, (9999.999, 9999.999, 9999.999)),
        "TER",
        "END",
        "",
    ]
    path = written("\n".join(lines), "stray.pdb")
    done = subprocess.run([sys.executable, "-c", _STRAY, str(path)], capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout.strip(), done.stderr.strip().splitlines()[-1:]) == ("1", [])


@pytest.mark.parametrize(("atom", "element", "count"), [("CA", "C", 1), ("H", "H", 0), ("D", "D", 0)])
def test_a_stray_atom_changes_no_contact(atom: str, element: str, count: int, written: Write) -> None:
    stray = pdb_atom("CA", "ALA", "B", 4, (9999.999, -999.999, 9999.999))
    body = [*protein("A"), *protein("B", atom=atom, element=element, x=3.0)[:-1], stray, "TER"]
    assert len(contacts_of(written, *body)) == count


@pytest.mark.parametrize("cutoff", [0.01, 0.3, 1.0])
def test_a_small_cutoff_costs_no_more_memory_or_answers(cutoff: float, complex_: Structure) -> None:
    assert sum(len(pair.distance) for pair in chain_pairs(complex_, (), cutoff)) == 0


# Laws


def shown(structure: Structure, cutoff: float) -> dict[tuple[str, str], set[frozenset[Atom]]]:
    return {pair.chains: atom_pairs(structure, [pair]) for pair in chain_pairs(structure, (), cutoff)}


@settings(max_examples=10, deadline=None)
@given(st.tuples(*[st.floats(-1, 1)] * 3), st.floats(0, 6.3), st.tuples(*[st.floats(-5000, 5000)] * 3))
def test_contacts_do_not_depend_on_where_the_molecule_lies(
    complex_: Structure, axis: tuple[float, float, float], angle: float, shift: tuple[float, float, float]
) -> None:
    length = math.hypot(*axis)
    x, y, z = (value / length for value in axis) if length > 1e-3 else (0.0, 0.0, 1.0)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    turn = np.eye(3) + math.sin(angle) * cross + (1 - math.cos(angle)) * cross @ cross
    moved = complex_.gemmi.clone()
    moved[0].transform_pos_and_adp(gemmi.Transform(gemmi.Mat33(turn.tolist()), gemmi.Vec3(*shift)))
    found = chain_pairs(replace(complex_, gemmi=moved), (), 4.0)
    assert {"".join(pair.chains): (len(pair.distance), len(residue_contacts(pair))) for pair in found} == COUNTS[4.0]


def test_the_order_of_atoms_does_not_matter(written: Write) -> None:
    before = mirror("4ra0.pdb").read_text().splitlines()
    atoms = [line for line in before if line.startswith("ATOM")]
    turned = sorted(atoms, key=lambda line: (line[21], int(line[22:26]), line[12:16]))
    assert turned != atoms
    header = [line for line in before if line.startswith("SEQRES")]
    structure = read_structure(written("\n".join([*header, *turned, "END", ""]), "x.pdb"))
    assert shown(structure, 4.5) == shown(read_structure(mirror("4ra0.pdb")), 4.5)


def test_a_c_is_c_a(written: Write, study: Study) -> None:
    """The complex with chains A and C called each other's names: the same atoms, the receptor still first."""
    swap = {"A": "C", "C": "A"}
    lines = []
    for line in mirror("2c5d.pdb").read_text().splitlines():
        at = 11 if line.startswith("SEQRES") else 21 if line.startswith(("ATOM", "HETATM", "TER")) else None
        lines.append(line if at is None else line[:at] + swap.get(line[at], line[at]) + line[at + 1 :])
    one, two = read_structure(mirror("2c5d.pdb")), read_structure(written("\n".join(lines), "x.pdb"))
    found, turned = ({p.chains: p for p in chain_pairs(s, map_structure(s, study.target.proteins), 4.0)} for s in (one, two))
    for chains, pair in found.items():
        there = tuple(swap.get(chain, chain) for chain in chains)
        twin = turned.get(there) or turned[there[::-1]]  # type: ignore[index]
        renamed = {frozenset((swap.get(c, c), n, a) for c, n, a in atoms) for atoms in atom_pairs(two, [twin])}
        assert renamed == atom_pairs(one, [pair])
        assert twin.chains == there or not pair.joins_receptor_and_ligand


@settings(max_examples=10, deadline=None)
@given(st.floats(2.0, 6.0), st.floats(2.0, 6.0))
def test_more_reach_keeps_every_contact(complex_: Structure, one: float, two: float) -> None:
    small, large = sorted((one, two))
    narrow, wide = chain_pairs(complex_, (), small), chain_pairs(complex_, (), large)
    for few, many in zip(narrow, wide, strict=True):
        assert (many.distance <= large + 1e-9).all()
        assert set(zip(few.atoms_1, few.atoms_2, strict=True)) <= set(zip(many.atoms_1, many.atoms_2, strict=True))
        assert many.within(small).distance.tolist() == few.distance.tolist()


# What cannot be answered


def test_a_structure_without_the_partner_is_refused(study: Study, written: Write) -> None:
    lines = [line for line in mirror("2c5d.pdb").read_text().splitlines() if line[21:22] == "C" and line.startswith("ATOM")]
    structure = read_structure(written("\n".join([*lines, "END", ""]), "x.pdb"))
    maps = map_structure(structure, study.target.proteins)
    with pytest.raises(StructureError, match=r"no chain of GAS6.*found AXL \(C\)"):
        require_partners(structure, maps, ["AXL", "GAS6"])
    assert chain_pairs(structure, maps, 4.0) == ()
