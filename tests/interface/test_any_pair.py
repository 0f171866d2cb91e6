"""Chains outside the target: what they are called, which are copies of each other, and that their bonds are computed."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import gemmi
import pytest
from shared_files import mirror, skempi_complex
from tiny import Chain, cif_text, pdb_text

from axlstruct.errors import StructureError
from axlstruct.interface.classes import NO_CONTACT
from axlstruct.interface.sides import sides_of
from axlstruct.sources.coordinates import read_structure
from axlstruct.study.facade import Study

Write = Callable[..., Path]
Atom = tuple[str, float, float, float]
LETTERS = "MKTLLVPEWDRHGSTAYKND"
HOMO = "MKTLLVPEWDRHGSTAYKNQ"
FAR = 200.0


@pytest.fixture(scope="module")
def barnase(written: Write) -> str:
    """Barnase A and barstar D (1BRS), protein atoms only, no header."""
    text = gzip.decompress(skempi_complex("1brs.pdb.gz").read_bytes()).decode()
    return str(written(f"{text}END\n", "1brs.pdb"))


def test_barnase_and_barstar_have_their_bonds(study: Study, barnase: str) -> None:
    """The salt bridges and, among the hydrogen bonds, those of K27, E60, R83 and H102 that Buckle et al. 1994 (Biochemistry
    33:8878) describe; a salt bridge holds its hydrogen bonds."""
    frame = study.interactions(barnase)
    found = set(zip(frame.type, frame.residue_1 + frame.number_1.astype(str), frame.residue_2 + frame.number_2.astype(str)))  # noqa: B905
    salt = {("ARG83", "ASP39"), ("ARG87", "ASP39"), ("ARG59", "GLU76")}
    assert {(one, two) for kind, one, two in found if kind == "salt-bridge"} == salt
    bonds = {("LYS27", "THR42"), ("GLU60", "LEU34"), ("ARG83", "TYR29"), ("HIS102", "GLY31"), ("HIS102", "ASP39")}
    assert bonds <= {(one, two) for kind, one, two in found if kind == "hbond"}
    (row,) = study.table("interfaces", barnase).rows
    assert (row.residue_pairs, row.salt_bridges) == (36, 3)
    assert (row.hbonds or 0) >= 12
    assert (row.protein_1, row.protein_2) == ("A", "D")


def test_every_pair_of_an_antibody_is_typed(study: Study) -> None:
    """1IGY: two light and two heavy chains, none of the target's."""
    frame = study.interactions(str(mirror("1igy.cif")))
    between = Counter(zip(frame.chain_1, frame.chain_2, strict=True))
    assert {("A", "B"), ("C", "D"), ("B", "D")} <= set(between)
    assert set(frame[(frame.chain_1 == frame.chain_2)].type) == {"disulfide"}
    rows = study.table("interfaces", str(mirror("1igy.cif"))).rows
    held = {(r.chain_1, r.chain_2): r.hbonds for r in rows}
    assert held["B", "D"] == sum(frame[(frame.chain_1 == "B") & (frame.chain_2 == "D")].hbonds)
    assert {r.protein_1 for r in rows} == {"IGG1 INTACT ANTIBODY MAB61.1.3"}


# What a chain is called


def names(path: Path) -> list[str]:
    structure = read_structure(path)
    return [side.protein for side in sides_of(structure, ())]


def test_a_chain_is_called_what_its_entity_is_called(written: Write) -> None:
    extra = "_entity_src_gen.entity_id 1"
    text = cif_text(Chain("A", LETTERS), Chain("B", LETTERS[::-1]), extra=extra)
    text = text.replace("_entity.type\n", "_entity.type\n_entity.pdbx_description\n")
    text = text.replace("1 polymer\n", "1 polymer 'Vitamin K-dependent protein S'\n").replace("2 polymer\n", "2 polymer ?\n")
    assert names(written(text)) == ["Vitamin K-dependent protein S", "B"]


def test_a_chain_of_a_pdb_file_is_called_what_compnd_says(written: Write) -> None:
    head = """\
COMPND    MOL_ID: 1;
COMPND   2 MOLECULE: VITAMIN K-DEPENDENT PROTEIN S, LAMININ G-LIKE
COMPND   3 DOMAINS;
COMPND   4 CHAIN: A, C;
COMPND   5 MOL_ID: 2;
COMPND   6 MOLECULE: BARSTAR;
COMPND   7 CHAIN: B;
"""
    text = pdb_text(Chain("A", LETTERS), Chain("B", LETTERS[::-1]), Chain("D", LETTERS[3:] + "WWWW"))
    long = "VITAMIN K-DEPENDENT PROTEIN S, LAMININ G-LIKE DOMAINS"
    assert names(written(head + text, "tiny.pdb")) == [long, "BARSTAR", "D"]


# Which chains are copies of each other


def shifted(numbers: Iterable[int], by: int) -> list[int]:
    return [number + by for number in numbers]


@pytest.mark.parametrize("by", [0, 1000, -7])
def test_chains_without_declared_sequence_are_one_molecule_by_their_letters(by: int, written: Write) -> None:
    """The second copy lacks the first three residues and is numbered otherwise; the third is another protein."""
    places = range(1, len(LETTERS) + 1)
    chains = (
        Chain("A", LETTERS), Chain("B", LETTERS, numbers=shifted(places, by), missing=(0, 1, 2)),
        Chain("C", "WWHHWWHHYYFFYYFFWWHH"),
    )  # fmt: skip
    structure = read_structure(written(pdb_text(*chains), "tiny.pdb"))
    a, b, c = sides_of(structure, ())
    assert a.molecule == b.molecule != c.molecule
    there = {residue.id.number: a.place(residue) for residue in a.chain.residues}
    assert {r.id.number - by: b.place(r) for r in b.chain.residues} == {k: v for k, v in there.items() if k > 3}


def chain(name: str, letters: str, where: dict[int, tuple[Atom, ...]]) -> Chain:
    """A chain with the atoms of the residues named by number; every other residue is a CA far away."""
    away = FAR * "ABCD".index(name)
    return Chain(name, letters, atoms=lambda place: list(where.get(place + 1, (("CA", FAR, 8.0 * place, FAR + away),))))


def lysine(y: float) -> tuple[Atom, ...]:
    return ("CE", -1.5, y, 0.0), ("NZ", 0.0, y, 0.0)


def aspartate(y: float) -> tuple[Atom, ...]:
    """Its oxygen 2.9 Angstrom from the nitrogen of `lysine`."""
    return ("OD1", 2.9, y, 0.0), ("CG", 4.15, y, 0.0)


def test_a_bond_of_a_homodimer_is_the_same_from_either_side(study: Study, written: Write) -> None:
    """K2 of A with D10 of B, and K2 of D with D10 of C: one bond in two of two copies."""
    text = cif_text(
        chain("A", HOMO, {2: lysine(0.0)}), chain("B", HOMO, {10: aspartate(0.0)}),
        chain("C", HOMO, {10: aspartate(60.0)}), chain("D", HOMO, {2: lysine(60.0)}),
    )  # fmt: skip
    rows = [row for row in study.table("interactions", str(written(text))).rows if row.type == "salt-bridge"]
    assert {(row.chain_1, row.number_1, row.chain_2, row.number_2) for row in rows} == {("A", 2, "B", 10), ("C", 10, "D", 2)}
    assert [row.copies for row in rows] == ["2/2", "2/2"]


def test_two_molecules_are_matched_whatever_the_letters_of_their_chains(study: Study, written: Write) -> None:
    """A is to B as D is to C: the lysine's molecule comes first in one pair and last in the other."""
    text = cif_text(
        chain("A", HOMO, {2: lysine(0.0)}), chain("B", LETTERS, {20: aspartate(0.0)}),
        chain("C", LETTERS, {20: aspartate(60.0)}), chain("D", HOMO, {2: lysine(60.0)}),
    )  # fmt: skip
    name = str(written(text))
    assert [row.copies for row in study.table("interactions", name).rows if row.type == "salt-bridge"] == ["2/2", "2/2"]
    classes = {frozenset((r.chain_1, r.chain_2)): r.interface for r in study.table("interfaces", name, areas=None).rows}
    assert classes[frozenset("AB")] == classes[frozenset("CD")] != NO_CONTACT


def test_copies_of_bonds_do_not_hang_on_numbers(study: Study, written: Write) -> None:
    """2C5D with chains B and D numbered 1000 higher: positions match the copies, numbers do not."""
    structure = gemmi.read_structure(str(mirror("2c5d.cif")))
    for chain in structure[0]:
        if chain.name in "BD":
            for residue in chain:
                residue.seqid.num += 1000
    moved = str(written(structure.make_mmcif_document().as_string(), "moved.cif"))
    keys = ["interface", "position_1", "position_2", "type", "distance", "copies"]
    ours, theirs = (
        frame[frame.position_1.notna() & frame.position_2.notna()][keys].reset_index(drop=True)
        for frame in (study.interactions("2C5D"), study.interactions(moved))
    )
    assert "2/2" in set(ours.copies)
    assert ours.sort_values(keys).values.tolist() == theirs.sort_values(keys).values.tolist()


def test_classes_count_up_to_five_angstrom(study: Study, written: Write) -> None:
    """Two copies share two contacts of 4.5 A and each has another of 3.5: one class at 5 A, two at 4."""
    other = LETTERS[::-1]

    def met(x: float, y: float) -> tuple[Atom, ...]:
        return (("CA", x, y, 0.0),)

    chains = (
        chain("A", HOMO, {2: met(0, 0), 3: met(0, 20), 4: met(0, 40)}),
        chain("B", other, {2: met(3.5, 0), 3: met(4.5, 20), 4: met(4.5, 40)}),
        chain("C", HOMO, {5: met(0, 100), 3: met(0, 120), 4: met(0, 140)}),
        chain("D", other, {5: met(3.5, 100), 3: met(4.5, 120), 4: met(4.5, 140)}),
    )
    rows = study.table("interfaces", str(written(cif_text(*chains))), areas=None).rows
    found = {(r.chain_1, r.chain_2): r for r in rows if r.residue_pairs}
    assert set(found) == {("A", "B"), ("C", "D")}
    assert [r.residue_pairs for r in found.values()] == [1, 1]
    assert found["A", "B"].interface == found["C", "D"].interface


def test_what_a_chain_alone_and_chains_outside_the_target_do_not_have_is_said(study: Study, written: Write) -> None:
    lines = [x for x in gzip.decompress(skempi_complex("1brs.pdb.gz").read_bytes()).decode().splitlines() if x[21:22] == "A"]
    alone = str(written("\n".join([*lines, "END", ""]), "alone.pdb"))
    for table in ("contacts", "consensus", "sums"):
        with pytest.raises(StructureError, match="a single protein chain, so no contact to compute"):
            study.table(table, alone)
    assert "alone: a single protein chain, so no interface to compute" in study.table("interfaces", alone).notes
    residues = study.table("residues", alone)
    assert {row.buried_area for row in residues.rows} == {None}
    assert any("has no partner to be buried in" in note for note in residues.notes)
    complexed = str(skempi_complex("1brs.pdb.gz"))
    for by in ("exon", "domain"):
        sums = study.table("sums", complexed, by)
        assert any(f"outside the target: no {by}s are known, so each chain is one part" in note for note in sums.notes)
    assert not any("outside the target" in note for note in study.table("sums", complexed, "residue").notes)
    with pytest.raises(StructureError, match=r"a footprint shows what chains bury of each other.*a single protein chain \(A\)"):
        study.figure("footprint", structure="AF-P30530")
