"""The table of typed interactions: columns, the numbers of 2C5D, grades and copies, sides, sugars, and what cannot be said."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import gemmi
import numpy as np
import pytest
from shared_files import mirror
from tiny import Chain, cif_text, pdb_atom

from axlstruct.errors import StructureError
from axlstruct.interface.interactions import InteractionRow, interaction_rows
from axlstruct.interface.rules import CANDIDATES
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.study.analysis import analyse
from axlstruct.study.facade import Study

Write = Callable[..., Path]
Row = InteractionRow
IDENTITY = ["structure", "interface", "chain_1", "residue_1", "number_1", "icode_1", "position_1"]
IDENTITY += ["chain_2", "residue_2", "number_2", "icode_2", "position_2"]
CONTRACT = [*IDENTITY, "type", "atoms_1", "atoms_2", "donor", "acceptor", "distance", "angle", "grade", "reasons", "copies"]
TYPES = {"hbond", "salt-bridge", "hydrophobic", "pi-stacking", "cation-pi", "disulfide", "metal", "glycan"}
MAJOR = {"hbond": 12, "salt-bridge": 5, "hydrophobic": 6}
MINOR = {"hbond": 3, "salt-bridge": 1, "hydrophobic": 1}
PARTNERS = {"AC": MAJOR, "BD": MAJOR | {"glycan": 1}, "AD": MINOR, "BC": MINOR}
WITHIN = ("disulfide", "metal")


@pytest.fixture(scope="module")
def rows(study: Study) -> list[Row]:
    return list(study.table("interactions", "2C5D").rows)


def between(rows: Iterable[Row], one: str, two: str) -> list[Row]:
    return [row for row in rows if {row.chain_1, row.chain_2} == {one, two} and row.type not in WITHIN]


def counts(rows: Iterable[Row]) -> dict[str, dict[str, int]]:
    """Types of each pair of different chains."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        if row.type not in WITHIN:
            found.setdefault("".join(sorted(row.chain_1 + row.chain_2)), Counter())[row.type] += 1
    return {pair: dict(types) for pair, types in found.items()}


def told(rows: Iterable[Row], names: dict[str, str] | None = None) -> Counter[tuple[object, ...]]:
    """The rows without the name of the structure, chains renamed; distances as good as three decimals of coordinates."""

    def chain(text: str) -> str:
        return (names or {}).get(text, text)

    def atom(text: str) -> str:
        head, slash, rest = text.partition("/")
        return chain(head) + slash + rest

    return Counter(
        (row.interface, chain(row.chain_1), row.residue_1, row.number_1, row.icode_1, row.position_1, chain(row.chain_2),
         row.residue_2, row.number_2, row.icode_2, row.position_2, row.type, row.atoms_1, row.atoms_2, atom(row.donor),
         atom(row.acceptor), round(row.distance, 3), row.angle, row.grade, row.reasons, row.copies, row.hbonds)
        for row in rows
    )  # fmt: skip


# Copies of 2C5D that differ in one thing


def lines_of(name: str = "2c5d.pdb") -> list[str]:
    return [line for line in mirror(name).read_text().splitlines() if line.startswith(("SEQRES", "ATOM", "HETATM", "TER"))]


def chain_at(line: str) -> int:
    return 11 if line.startswith("SEQRES") else 21


def chains(letters: str, lines: Iterable[str] | None = None) -> list[str]:
    return [line for line in lines or lines_of() if line[chain_at(line)] in letters]


def renamed(names: dict[str, str], lines: Iterable[str], *, where: Callable[[str], bool] = lambda line: True) -> list[str]:
    turned = []
    for line in lines:
        at = chain_at(line)
        turned.append(line[:at] + names.get(line[at], line[at]) + line[at + 1 :] if where(line) else line)
    return turned


def is_(line: str, component: str, number: int | None = None, chain: str = "") -> bool:
    """Whether a line is an atom of that component."""
    return (
        line.startswith(("ATOM", "HETATM"))
        and line[17:20].strip() == component
        and (number is None or int(line[22:26]) == number)
        and (not chain or line[21] == chain)
    )


def at(line: str) -> np.ndarray:
    return np.array([float(line[k : k + 8]) for k in (30, 38, 46)])


def moved(line: str, by: Iterable[float]) -> str:
    x, y, z = at(line) + np.array(list(by))
    return f"{line[:30]}{x:8.3f}{y:8.3f}{z:8.3f}{line[54:]}"


def place(chain: str, number: int, atom: str) -> np.ndarray:
    """Coordinates of one atom of 2C5D."""
    return next(
        at(line)
        for line in lines_of()
        if line.startswith("ATOM") and (line[21], int(line[22:26]), line[12:16].strip()) == (chain, number, atom)
    )


@pytest.fixture
def saved(written: Write) -> Callable[..., str]:
    """Write lines as a PDB file."""

    def save(lines: Iterable[str], header: Iterable[str] = ("REMARK   2 RESOLUTION.    3.30 ANGSTROMS.",)) -> str:
        return str(written("\n".join([*header, *lines, "END", ""]), "copy.pdb"))

    return save


# Columns


def test_columns_begin_as_the_contract_says(study: Study) -> None:
    assert study.interactions("2C5D").columns.tolist()[: len(CONTRACT)] == CONTRACT
    assert study.interactions("4RA0").columns.tolist() == study.interactions("2C5D").columns.tolist()


def test_a_table_without_rows_has_all_columns(study: Study, written: Write) -> None:
    """Two chains of single glycines, far apart."""
    frame = study.interactions(str(written(cif_text(Chain("A", "GGGGGGGG"), Chain("B", "GGGGGGGG")))))
    assert len(frame) == 0
    assert frame.columns.tolist()[: len(CONTRACT)] == CONTRACT


def test_words_are_those_of_the_contract(rows: list[Row]) -> None:
    assert {row.type for row in rows} <= TYPES
    assert {row.grade for row in rows} <= {"a", "b", "c"}
    assert {row.structure for row in rows} == {"2C5D"}
    assert {row.assembly for row in rows} == {"asu"}
    assert {row.interface for row in rows} == {"major", "minor", "none"}
    for row in rows:
        assert (row.interface == "none") == (row.type in WITHIN)
        assert all(math.isfinite(value) for value in (row.distance, row.angle or 0.0))
        roles = row.type in ("hbond", "salt-bridge")
        assert bool(row.donor) == bool(row.acceptor) == roles


def test_positions_are_those_of_uniprot(rows: list[Row]) -> None:
    for row in rows:
        assert row.position_1 == row.number_1 + (7 if row.chain_1 in "CD" else 0)
        hetero = row.type == "metal" or row.residue_2 == "NAG"
        assert row.position_2 == (None if hetero else row.number_2 + (7 if row.chain_2 in "CD" else 0))


def test_donor_and_acceptor_name_atoms_of_the_row(rows: list[Row]) -> None:
    for row in (row for row in rows if row.donor):
        ends = {f"{row.chain_1}/{row.number_1}": row.atoms_1, f"{row.chain_2}/{row.number_2}": row.atoms_2}
        told_of = dict(text.split(":") for text in (row.donor, row.acceptor))
        assert told_of.keys() == ends.keys()
        assert all(atom in ends[end].split(";") for end, atom in told_of.items())


# The numbers of 2C5D


@pytest.mark.parametrize("name", ["2C5D", "2c5d.pdb"])
def test_types_between_the_chains(name: str, study: Study) -> None:
    """Zero between A and B and between C and D: those pairs have no key."""
    name = name if "." not in name else str(mirror(name))
    found = counts(study.table("interactions", name).rows)
    assert found == {pair: dict(sorted(types.items())) for pair, types in PARTNERS.items()}


@pytest.mark.parametrize(("pair", "held"), [("AC", 2), ("BD", 2), ("AD", 1), ("BC", 1)])
def test_a_salt_bridge_is_one_row_that_counts_its_hydrogen_bonds(pair: str, held: int, rows: list[Row]) -> None:
    mine = between(rows, *pair)
    assert sum(row.hbonds for row in mine if row.type == "salt-bridge") == held
    assert all(row.hbonds == (row.type == "hbond") for row in mine if row.type != "salt-bridge")
    bridged = {(row.number_1, row.number_2): set(row.atoms_1.split(";")) for row in mine if row.type == "salt-bridge"}
    twice = [
        row
        for row in mine
        if row.type == "hbond"
        and row.atoms_1 in bridged.get((row.number_1, row.number_2), ())
        and {row.atoms_1, row.atoms_2} <= {"OD1", "OD2", "OE1", "OE2", "NZ", "NE", "NH1", "NH2"}
    ]
    assert not twice, "the same atoms as salt bridge and as hydrogen bond"


def test_interfaces_count_what_the_interactions_list(study: Study, rows: list[Row]) -> None:
    for pair in study.table("interfaces", "2C5D").rows:
        mine = between(rows, pair.chain_1, pair.chain_2)
        assert pair.hbonds == sum(row.hbonds for row in mine)
        assert pair.salt_bridges == sum(row.type == "salt-bridge" for row in mine)


def test_glutamate_59_holds_arginine_310_and_lysine_312(rows: list[Row]) -> None:
    """The salt bridges that E59R breaks, in both copies; and nothing else of that residue."""
    for axl, gas6 in ("CA", "DB"):
        mine = [row for row in rows if (row.chain_1, row.number_1) == (axl, 59)]
        assert [(row.type, row.chain_2, row.number_2, row.position_1) for row in mine] == [
            ("salt-bridge", gas6, 310, 66),
            ("salt-bridge", gas6, 312, 66),
        ]
        assert mine[1].donor == f"{gas6}/312:NZ"


def test_one_glycan_contact(rows: list[Row]) -> None:
    (row,) = [row for row in rows if row.type == "glycan"]
    assert (row.interface, row.chain_1, row.residue_1, row.number_1, row.position_1) == ("major", "D", "PRO", 57, 64)
    assert (row.chain_2, row.residue_2, row.number_2, row.position_2) == ("B", "NAG", 1679, None)
    assert (row.distance, row.copies, row.grade, row.hbonds) == (pytest.approx(3.548, abs=1e-3), "1/2", "c", 0)


def test_disulfides_of_both_proteins(rows: list[Row]) -> None:
    found = {(row.chain_1, row.chain_2, row.position_1, row.position_2) for row in rows if row.type == "disulfide"}
    axl, gas6 = [(56, 117), (160, 205)], [(283, 570), (444, 470), (643, 670)]
    assert found == {(c, c, *p) for c in "CD" for p in axl} | {(c, c, *p) for c in "AB" for p in gas6}
    assert {row.copies for row in rows if row.type == "disulfide"} == {"2/2"}


def test_metals(rows: list[Row]) -> None:
    calcium = {(329, "OD1"), (329, "OD2"), (331, "O"), (440, "O"), (656, "OD2")}
    found = {(row.chain_1, row.residue_2, row.number_2, row.number_1, row.atoms_1) for row in rows if row.type == "metal"}
    expected = {(c, "CA", 1677, *atom) for c in "AB" for atom in calcium} | {(c, "NI", 1218, 116, "NE2") for c in "CD"}
    assert found == expected
    assert all(row.chain_1 == row.chain_2 for row in rows if row.type == "metal")


def test_4ra0_has_the_same_bonds_of_the_mutants_paper(study: Study) -> None:
    found = {(r.type, r.position_1, r.position_2) for r in study.table("interactions", "4RA0").rows}
    assert {("salt-bridge", 63, 308), ("salt-bridge", 66, 310), ("salt-bridge", 66, 312), ("hbond", 80, 314)} <= found
    assert {("disulfide", 56, 117), ("disulfide", 160, 205)} <= found


# Copies and grades

SAFE = {
    "hbond": (2.6, 3.17), "salt-bridge": (2.5, 3.67), "hydrophobic": (3.3, 3.9), "disulfide": (1.95, 2.175),
    "glycan": (2.6, 3.75),
}  # fmt: skip
"""Distances of an `a` at 3.3 Angstrom, by hand from ideal and limits: half the way to the limit, or 0.33 within it."""
METAL = {"CA OD1": (2.16, 2.61), "CA OD2": (2.16, 2.61), "CA O": (2.16, 2.56), "NI NE2": (1.94, 2.34)}


def test_copies_are_counted_from_the_rows_themselves(rows: list[Row]) -> None:
    """How many chain pairs of the class (of disulfides and metals: chains) have this type between these residues."""
    seen: dict[tuple[object, ...], set[str]] = {}

    def key(row: Row) -> tuple[object, ...]:
        return row.interface, row.type, row.chain_1 in "CD", row.position_1, row.residue_2, row.position_2

    for row in rows:
        seen.setdefault(key(row), set()).add(row.chain_1 + row.chain_2)
    assert all(row.copies == f"{len(seen[key(row)])}/2" for row in rows)
    assert Counter(row.copies for row in rows) == {"2/2": 76, "1/2": 3}


def test_a_needs_every_margin_and_every_copy(rows: list[Row]) -> None:
    """An `a` lies about its ideal and keeps 10 degrees; it has no reason against it, others name theirs."""
    graded = Counter(row.grade for row in rows)
    assert min(graded["a"], graded["b"], graded["c"]) > 5
    for row in rows:
        low, high = METAL[f"{row.residue_2} {row.atoms_1}"] if row.type == "metal" else SAFE[row.type]
        wide = row.type != "hbond" or row.angle is None or row.angle - 90 >= 10
        if row.grade == "a":
            assert low <= row.distance <= high, row
            assert wide, row
            assert row.copies == "2/2", row
        else:
            assert row.reasons, row
        if row.copies == "1/2":
            assert row.grade == "c"
            assert "in 1 of 2 copies" in row.reasons
        assert ("shorter than" in row.reasons) == (row.distance < low), row
        assert ("inside the distance limit" in row.reasons or "longer than" in row.reasons) == (row.distance > high), row


def test_distances_that_no_referee_would_take(rows: list[Row]) -> None:
    """A Ni-N of 1.73 Angstrom and hydrogen bonds of 2.51 and 2.54 are doubted, disulfides of 2.03 are ideal."""
    grades = {(row.chain_1, row.number_1, row.number_2, row.type, row.atoms_1): (row.grade, row.reasons) for row in rows}
    assert grades["D", 116, 1218, "metal", "NE2"] == ("c", "shorter than a Ni-N bond")
    assert grades["C", 116, 1218, "metal", "NE2"] == ("a", "")
    assert grades["C", 75, 313, "hbond", "OG1"] == ("b", "0.09 A shorter than the usual 2.60 A")
    assert grades["C", 73, 314, "hbond", "OD1"] == ("b", "0.06 A shorter than the usual 2.60 A")
    disulfides = [row for row in rows if row.type == "disulfide"]
    assert {row.grade for row in disulfides if not row.reasons} == {"a"}
    assert {row.reasons.split()[0] for row in disulfides if row.reasons} == {"B-factor"}
    assert len(disulfides) == 10


def test_reasons_of_the_doubtful(rows: list[Row]) -> None:
    doubtful = {(row.chain_1, row.number_1, row.number_2, row.type): row.reasons for row in rows if row.grade == "c"}
    assert doubtful == {
        ("C", 73, 313, "salt-bridge"): "0.02 A inside the distance limit",
        ("D", 73, 313, "salt-bridge"): "0.03 A inside the distance limit",
        ("C", 80, 299, "hbond"): "shorter than a hydrogen bond",
        ("D", 80, 299, "hbond"): "shorter than a hydrogen bond",
        ("C", 85, 304, "hbond"): "0.05 A inside the distance limit; in 1 of 2 copies",
        ("D", 48, 456, "hbond"): "0.03 A inside the distance limit; in 1 of 2 copies",
        ("D", 57, 1679, "glycan"): "in 1 of 2 copies",
        ("D", 116, 1218, "metal"): "shorter than a Ni-N bond",
    }


def test_one_copy_of_one_is_no_doubt(study: Study, saved: Callable[..., str]) -> None:
    """Chains A and C alone: what only A-C shows is no longer half of two."""
    found = {(r.number_1, r.number_2, r.type): r for r in study.table("interactions", saved(chains("AC"))).rows}
    assert {row.copies for row in found.values()} == {"1/1"}
    assert not any("copies" in row.reasons for row in found.values())
    assert found[85, 304, "hbond"].reasons == "0.05 A inside the distance limit"
    assert counts(found.values()).keys() == {"AC"}


def test_missing_atoms_are_a_reason(study: Study, saved: Callable[..., str]) -> None:
    """Serine 74 without its side chain still bonds by its backbone, and says what it lacks; the other copy does not."""
    kept = [line for line in lines_of() if not (is_(line, "SER", 74, "C") and line[12:16].strip() == "OG")]
    found = [r for r in study.table("interactions", saved(kept)).rows if r.type == "hbond" and r.number_1 == 74]
    assert {r.chain_1: r.grade for r in found if r.number_2 == 313} == {"C": "c", "D": "a"}
    assert all(("lacks OG" in row.reasons) == (row.chain_1 == "C") for row in found)


def test_better_resolution_asks_for_less_margin(study: Study, saved: Callable[..., str], rows: list[Row]) -> None:
    """The same coordinates at 1 Angstrom: no grade falls, some rise."""
    sharp = study.table("interactions", saved(lines_of(), ["REMARK   2 RESOLUTION.    1.00 ANGSTROMS."])).rows
    assert len(sharp) == len(rows)
    changes = Counter((before.grade, after.grade) for before, after in zip(rows, sharp, strict=True))
    assert all(after <= before for before, after in changes)
    assert changes["b", "a"] >= 3


# Sides


def test_the_receptor_is_side_1(rows: list[Row]) -> None:
    for row in rows:
        assert row.chain_1 in "CD" or row.type in WITHIN


SWAP = {"A": "C", "C": "A", "B": "D", "D": "B"}
CYCLE = {"A": "Z", "B": "1", "C": "x", "D": "A"}


@pytest.mark.parametrize("names", [SWAP, CYCLE], ids=["swapped", "others"])
@pytest.mark.parametrize("order", ["ABCD", "CDAB", "DBCA"])
def test_neither_chain_letters_nor_their_order_matter(
    names: dict[str, str], order: str, study: Study, saved: Callable[..., str], rows: list[Row]
) -> None:
    lines = [line for letter in order for line in renamed(names, chains(letter))]
    found = study.table("interactions", saved(lines)).rows
    assert told(found) == told(rows, names)


def test_long_chain_names(study: Study, written: Write, rows: list[Row]) -> None:
    structure = gemmi.read_structure(str(mirror("2c5d.cif")))
    names = {"A": "Alpha", "B": "Beta9", "C": "AXLc1", "D": "AXLc2"}
    for chain in structure[0]:
        chain.name = names[chain.name]
    found = study.table("interactions", str(written(structure.make_mmcif_document().as_string(), "long.cif"))).rows
    assert told(found) == told(rows, names)


def test_the_order_of_atoms_does_not_matter(study: Study, saved: Callable[..., str], rows: list[Row]) -> None:
    """Atoms of every residue backwards."""
    lines = [line for line in lines_of() if not line.startswith("TER")]
    turned = sorted(
        enumerate(lines),
        key=lambda item: (0, item[0]) if item[1].startswith("SEQRES") else (1, item[1][21], int(item[1][22:26]), -item[0]),
    )
    assert told(study.table("interactions", saved(line for _, line in turned)).rows) == told(rows)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_turning_and_shifting_changes_nothing(seed: int, study: Study, rows: list[Row]) -> None:
    held = study.session.library.get("2C5D")
    random = np.random.default_rng(seed)
    turn, _ = np.linalg.qr(random.normal(size=(3, 3)))
    turn *= np.sign(np.linalg.det(turn))
    model = held.structure.gemmi.clone()
    model[0].transform_pos_and_adp(gemmi.Transform(gemmi.Mat33(turn.tolist()), gemmi.Vec3(*random.normal(0, 100, 3))))
    structure = replace(held.structure, gemmi=model)
    analysed = analyse(replace(held, structure=structure), CANDIDATES, names=study.target.interface_names)
    found = interaction_rows(structure, held.maps, analysed.classes, analysed.near, analysed.glycans)
    assert len(found) == len(rows)
    for before, after in zip(rows, found, strict=True):
        assert replace(after, distance=before.distance, angle=before.angle) == before
        assert after.distance == pytest.approx(before.distance, abs=2e-4)
        assert after.angle == pytest.approx(before.angle, abs=0.11)


def test_more_reach_changes_nothing(tmp_path: Path, rows: list[Row]) -> None:
    """Rules have their own distances, whatever was asked before."""
    import axlstruct

    study = axlstruct.load("axl", mirror=[mirror("2c5d.cif").parent], offline=True, cache=tmp_path)
    study.table("contacts", "2C5D", cutoff=9.0)
    assert study.table("interactions", "2C5D").rows == rows


# Sugars and metals


def own_chains(lines: Iterable[str]) -> list[str]:
    """NAG of chain A in a chain X, those of B in Y, as the remediated archive has them."""
    return renamed({"A": "X", "B": "Y"}, lines, where=lambda line: is_(line, "NAG"))


def test_a_sugar_in_a_chain_of_its_own_counts_for_its_carrier(study: Study, saved: Callable[..., str], rows: list[Row]) -> None:
    found = study.table("interactions", saved(own_chains(lines_of()))).rows
    (mine,), (there,) = ([row for row in table if row.type == "glycan"] for table in (found, rows))
    assert (mine.chain_2, mine.residue_2, mine.number_2) == ("Y", "NAG", 1679)
    assert replace(mine, chain_2=there.chain_2, structure=there.structure) == there
    assert told(r for r in found if r.type != "glycan") == told(r for r in rows if r.type != "glycan")


@pytest.mark.parametrize("apart", [False, True])
def test_a_sugar_never_touches_its_own_carrier(apart: bool, study: Study, saved: Callable[..., str]) -> None:
    """Asparagine 420 and its neighbours are near the sugars, by bond and by contact."""
    lines = chains("AB")
    found = study.table("interactions", saved(own_chains(lines) if apart else lines)).rows
    assert not [row for row in found if row.type == "glycan" or "NAG" in (row.residue_1, row.residue_2)]
    assert {row.type for row in found} == {"disulfide", "metal"}


def test_a_sugar_of_the_receptor_keeps_the_receptor_on_side_1(study: Study, saved: Callable[..., str]) -> None:
    """A made-up sugar on AXL glutamate 85 that reaches GAS6 threonine 304: side 1 is the receptor's, by the contract."""
    carrier, root = place("C", 85, "OE2"), place("C", 85, "CD")
    touched, behind = place("A", 304, "CG2"), place("A", 304, "CB")
    first = carrier + 1.43 * (carrier - root) / np.linalg.norm(carrier - root)
    second = touched + 3.3 * (touched - behind) / np.linalg.norm(touched - behind)
    sugar = [pdb_atom(n, "NAG", "C", 1300, tuple(xyz), record="HETATM") for n, xyz in (("C1", first), ("C8", second))]
    found = [r for r in study.table("interactions", saved([*lines_of(), *sugar])).rows if r.type == "glycan" and r.chain_2 != "B"]
    assert found
    assert {(row.interface, row.chain_1, row.residue_1, row.chain_2) for row in found} == {("major", "C", "NAG", "A")}
    assert {row.position_1 for row in found} == {None}
    assert (304, 304) in {(row.number_2, row.position_2) for row in found}


def test_a_metal_in_a_chain_of_its_own_is_still_held(study: Study, saved: Callable[..., str], rows: list[Row]) -> None:
    """Refinement programs give ions their own chain: letters of hetero groups say nothing."""
    lines = renamed(dict.fromkeys("AB", "M"), lines_of(), where=lambda line: is_(line, "CA", 1677))
    found = study.table("interactions", saved(lines)).rows
    held = {(row.chain_1, row.number_1, row.atoms_1) for row in found if row.type == "metal"}
    assert held == {(row.chain_1, row.number_1, row.atoms_1) for row in rows if row.type == "metal"}


# What cannot be computed, or was chosen


def altered(line: str, alt: str, occupancy: float, by: Iterable[float]) -> str:
    shifted = moved(line, by)
    return f"{shifted[:16]}{alt}{shifted[17:54]}{occupancy:6.2f}{shifted[60:]}"


def two_conformers(chosen: str) -> list[str]:
    """Two conformers of glutamate 59 and of its partners: in place, and 60 Angstrom away to either side."""
    lines = []
    for line in lines_of():
        axl, gas6 = is_(line, "GLU", 59, "C"), is_(line, "ARG", 310, "A") or is_(line, "LYS", 312, "A")
        if (axl or gas6) and line[12:16].strip() not in ("N", "CA", "C", "O"):
            stays = chosen == "here" or (chosen == "mixed" and axl)
            away = (60, 0, 0) if axl else (-60, 0, 0)
            lines += [altered(line, "A", 0.6 if stays else 0.4, (0, 0, 0)), altered(line, "B", 0.4 if stays else 0.6, away)]
        else:
            lines.append(line)
    return lines


@pytest.mark.parametrize("chosen", ["here", "away", "mixed"])
def test_conformers_on_both_sides(chosen: str, study: Study, saved: Callable[..., str], rows: list[Row]) -> None:
    """The fuller conformer of each residue counts, never the other."""
    table = study.table("interactions", saved(two_conformers(chosen)))
    found, there = ([r for r in t if r.number_1 == 59 and r.chain_1 == "C"] for t in (table.rows, rows))
    assert len(found) == (len(there) if chosen == "here" else 0)
    if chosen == "here":
        assert told(table.rows) == told(rows)


def test_the_choice_among_conformers_is_said(study: Study, saved: Callable[..., str]) -> None:
    notes = study.table("interactions", saved(two_conformers("here"))).notes
    assert any("3 residues with alternative conformers" in note for note in notes), notes


def two_models() -> list[str]:
    atoms = [line for line in lines_of() if not line.startswith("SEQRES")]
    apart = [line if line.startswith("TER") else moved(line, (0, 0, 70 if line[21] in "CD" else 0)) for line in atoms]
    head = [line for line in lines_of() if line.startswith("SEQRES")]
    return [*head, "MODEL        1", *atoms, "ENDMDL", "MODEL        2", *apart, "ENDMDL"]


def test_of_several_models_the_first_is_used(study: Study, saved: Callable[..., str], rows: list[Row]) -> None:
    """The second model has its receptor 70 Angstrom away."""
    assert told(study.table("interactions", saved(two_models())).rows) == told(rows)


@pytest.mark.parametrize("table", ["interactions", "contacts", "interfaces", "residues"])
def test_the_choice_among_models_is_said(table: str, study: Study, saved: Callable[..., str]) -> None:
    notes = study.table(table, saved(two_models())).notes
    assert any("2 models: the first is used" in note for note in notes), notes


def hydrogen(chain: str, number: int, component: str, atom: str, xyz: np.ndarray) -> str:
    return pdb_atom(atom, component, chain, number, tuple(xyz), element="H")


@pytest.mark.parametrize(("sign", "count"), [(1, 2), (-1, 1)])
def test_hydrogens_on_one_residue_are_used_and_said(sign: int, count: int, study: Study, saved: Callable[..., str]) -> None:
    """A hydrogen on N of serine 74 towards O of lysine 312, or away from it; heavy atoms decide everywhere else."""
    nitrogen, oxygen = place("C", 74, "N"), place("A", 312, "O")
    xyz = nitrogen + sign * 1.01 * (oxygen - nitrogen) / np.linalg.norm(oxygen - nitrogen)
    lines = []
    for line in lines_of():
        lines.append(line)
        if is_(line, "SER", 74, "C") and line[12:16].strip() == "N":
            lines.append(hydrogen("C", 74, "SER", "H", xyz))
    table = study.table("interactions", saved(lines))
    assert len([r for r in between(table.rows, "A", "C") if (r.number_1, r.number_2, r.type) == (74, 312, "hbond")]) == count
    assert [note for note in table.notes if "hydrogens on 1 of 1146 residues" in note], table.notes
    assert len(between(table.rows, "B", "D")) == 24


def test_heavy_atoms_alone_need_no_note(study: Study) -> None:
    mirror("2c5d.cif")
    assert study.table("interactions", "2C5D").notes == ()


def trace(letters: str) -> list[str]:
    """Only the CA atoms of these chains."""
    return [
        line
        for line in lines_of()
        if line[chain_at(line)] not in letters or not line.startswith(("ATOM", "HETATM"))
        or (line.startswith("ATOM") and line[12:16] == " CA ")
    ]  # fmt: skip


def test_a_trace_has_no_interactions_and_that_is_said(study: Study, saved: Callable[..., str]) -> None:
    table = study.table("interactions", saved(trace("ABCD")))
    assert len(table) == 0
    assert any("1142 of 1142 residues are one atom" in note and "cannot be computed" in note for note in table.notes)


def test_a_trace_has_no_areas_no_bonds_and_no_sheets(study: Study, saved: Callable[..., str]) -> None:
    """Contacts of CA atoms can be counted; areas of CA atoms are none, and zero bonds would be an invention."""
    table = study.table("interfaces", saved(trace("ABCD")))
    assert len(table) == 6
    for row in table.rows:
        assert (row.bsa, row.bsa_1, row.bsa_2, row.hbonds, row.salt_bridges, row.sheet) == (None, None, None, None, None, "")
    assert any("cannot be computed" in note for note in table.notes)


def test_sums_of_a_trace_are_refused(study: Study, saved: Callable[..., str]) -> None:
    """There is no area, and an area of 0 would be an invention."""
    with pytest.raises(StructureError, match="cannot be computed"):
        study.sums(saved(trace("ABCD")))


def test_residues_of_a_trace_have_no_area_and_that_is_said(study: Study, saved: Callable[..., str]) -> None:
    table = study.table("residues", saved(trace("ABCD")))
    assert {(row.exposed_area, row.buried_area, row.burial) for row in table.rows} == {(None, None, "")}
    assert any("cannot be computed" in note for note in table.notes), table.notes


@pytest.mark.parametrize("letters", ["CD", "AB"])
def test_a_trace_of_one_partner_is_said(letters: str, study: Study, saved: Callable[..., str]) -> None:
    """384 or 758 of 1142 residues: less or more than half of all, and nothing between the partners can be computed either way."""
    path = saved(trace(letters))
    table = study.table("interactions", path)
    assert counts(table.rows) == {}
    assert any("cannot be computed" in note for note in table.notes), table.notes
    assert {row.bsa for row in study.table("interfaces", path).rows if row.protein_1 != row.protein_2} == {None}


@pytest.mark.parametrize(
    ("letters", "disulfides", "metals"), [("A", 3, 5), ("AB", 6, 10), ("C", 2, 1), ("CD", 4, 2)], ids=["A", "AB", "C", "CD"]
)
def test_without_the_partner_only_what_is_within_chains(
    letters: str, disulfides: int, metals: int, study: Study, saved: Callable[..., str]
) -> None:
    found = study.table("interactions", saved(chains(letters))).rows
    assert Counter(row.type for row in found) == {"disulfide": disulfides, "metal": metals}
    assert {row.copies for row in found} == {f"{len(letters)}/{len(letters)}"}
    assert {row.interface for row in found} == {"none"}


def test_a_predicted_model_has_its_disulfides_graded(study: Study) -> None:
    """AXL alone, no resolution; the two that UniProt lists and the one of the fibronectin domains."""
    table = study.table("interactions", "AF-P30530")
    assert [(r.type, r.position_1, r.position_2) for r in table.rows] == [
        ("disulfide", 56, 117), ("disulfide", 160, 205), ("disulfide", 258, 311),
    ]  # fmt: skip
    for row in table.rows:
        assert row.grade in ("a", "b")
        assert (row.copies, row.interface) == ("1/1", "none")
        assert "B-factor" not in row.reasons


@pytest.mark.parametrize(("plddt", "grade", "reason"), [(65.0, "b", "pLDDT 65"), (40.0, "c", "pLDDT 40")])
def test_low_plddt_is_a_reason(plddt: float, grade: str, reason: str, study: Study, written: Write) -> None:
    lines = mirror("AF-P30530-F1.pdb").read_text().splitlines()
    turned = [f"{line[:60]}{plddt:6.2f}{line[66:]}" if is_(line, "CYS", 117) else line for line in lines]
    found = {
        r.position_1: r for r in study.table("interactions", str(written("\n".join([*turned, ""]), "AF-P30530-F1.pdb"))).rows
    }
    assert found[56].grade == grade
    assert reason in found[56].reasons
    assert "pLDDT" not in found[160].reasons


ASSEMBLY = [
    "REMARK   2 RESOLUTION.    3.30 ANGSTROMS.",
    "REMARK 350",
    "REMARK 350 BIOMOLECULE: 1",
    "REMARK 350 APPLY THE FOLLOWING TO CHAINS: A, C",
    *(
        f"REMARK 350   BIOMT{row} {copy:>3}{x:10.6f}{y:10.6f}{z:10.6f}{shift:15.5f}"
        for copy, away in ((1, 0.0), (2, 300.0))
        for row, x, y, z, shift in ((1, 1, 0, 0, away), (2, 0, 1, 0, 0.0), (3, 0, 0, 1, 0.0))
    ),
]


def test_the_assembly_is_stated(study: Study, saved: Callable[..., str]) -> None:
    """One complex in the file, a second one 300 Angstrom away in the assembly: everything in two copies of two."""
    path = saved(chains("AC"), ASSEMBLY)
    unit, twice = study.table("interactions", path).rows, study.table("interactions", path, assembly="1").rows
    assert ({row.assembly for row in unit}, {row.assembly for row in twice}) == ({"asu"}, {"1"})
    assert len(twice) == 2 * len(unit)
    assert ({row.copies for row in unit}, {row.copies for row in twice}) == ({"1/1"}, {"2/2"})
    assert {(row.chain_1, row.chain_2) for row in twice if row.type == "hbond"} == {("C", "A"), ("C-2", "A-2")}
    areas = study.table("interfaces", path, assembly="1", areas=AreaSettings()).rows
    assert {row.assembly for row in areas} == {"1"}


# Names of force fields

ATOMS = {("ILE", "CD1"): "CD", ("SER", "OG"): "OG1", ("ASN", "OD1"): "OD", ("THR", "OG1"): "OG"}


def in_other_names(line: str) -> str:
    """An atom line as Amber and GROMACS would name it."""
    component, atom = line[17:20].strip(), line[12:16].strip()
    new = ATOMS.get((component, atom))
    line = f"{line[:12]} {new:<3s}{line[16:]}" if new else line
    return f"{line[:17]}CYX{line[20:]}" if component == "CYS" else line


def test_names_of_force_fields_change_no_bond_and_no_area(study: Study, saved: Callable[..., str]) -> None:
    """Disulfides, missing atoms, areas and contacts are those of the parent; the tables show the names of the file."""
    protein = [line for line in lines_of() if line.startswith("ATOM")]
    bonds, areas, residues = [], [], []
    for lines in (protein, [in_other_names(line) for line in protein]):
        path = saved(lines)
        bonds.append(list(study.table("interactions", path).rows))
        areas.append([replace(row, structure="") for row in study.table("interfaces", path).rows])
        shown = [
            (r.coverage, r.missing_atoms, r.exposed_area, r.buried_area, r.burial) for r in study.table("residues", path).rows
        ]
        residues.append(shown)
    assert areas[0] == areas[1]
    assert residues[0] == residues[1]
    facts = ["chain_1", "number_1", "chain_2", "number_2", "type", "distance", "angle", "grade", "reasons", "copies", "hbonds"]
    before, after = (Counter(tuple(getattr(row, fact) for fact in facts) for row in rows) for rows in bonds)
    assert before == after
    assert {row.residue_1 for row in bonds[1] if row.type == "disulfide"} == {"CYX"}
    assert {"CD", "OG1"} & {atom for row in bonds[1] for atom in (*row.atoms_1.split(";"), *row.atoms_2.split(";"))}
    assert not any(row.atoms_1 == "CD1" and row.residue_1 == "ILE" for row in bonds[1])
