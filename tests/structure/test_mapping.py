"""Sequence on structure, letter by letter: offsets, gaps, tags, mutations, and the reason for every absence."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gemmi
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from segments import SEQUENCE, sifts
from shared_files import mirror
from tiny import Chain, cif_text, pdb_atom, pdb_text

from axlstruct.errors import MappingError
from axlstruct.sequence.alignment import lay, lay_at_one_shift, lay_by_alignment
from axlstruct.sequence.coverage import Coverage
from axlstruct.sequence.features import Feature, Span
from axlstruct.sequence.residues import ONE_LETTER, heavy_atoms
from axlstruct.sequence.target import Protein
from axlstruct.sources.coordinates import read_structure
from axlstruct.structure.glycans import find_glycans
from axlstruct.structure.mapping import ChainMap, map_structure, require_maps
from axlstruct.structure.structure import Structure
from axlstruct.study.facade import Study

Write = Callable[..., Path]
LETTERS = "ACDEFGHIKLMNPQRSTVWY"
PROTEIN = Protein("PRO", "P00001", "receptor", SEQUENCE)
C, P, U = Coverage.NOT_IN_CONSTRUCT, Coverage.PARTIAL, Coverage.UNOBSERVED


def mapped(structure: Structure, *proteins: Protein) -> ChainMap:
    (found,) = require_maps(structure, proteins or (PROTEIN,))
    return found


def positions(found: ChainMap) -> dict[str, int]:
    """Author label of each observed residue -> position."""
    return {id.label: position for id, position in found.position_of.items()}


# The real entries


@pytest.fixture(scope="module")
def real(study: Study) -> Callable[[str], dict[str, ChainMap]]:
    def maps(name: str) -> dict[str, ChainMap]:
        return {found.chain.chain: found for found in map_structure(read_structure(mirror(name)), study.target.proteins)}

    return maps


@pytest.mark.parametrize("name", ["2c5d.cif", "2c5d.pdb"])
def test_every_axl_residue_of_2c5d_is_seven_before_uniprot(name: str, real: Callable[[str], dict[str, ChainMap]]) -> None:
    maps = real(name)
    assert {chain: found.protein.name for chain, found in maps.items()} == {"A": "GAS6", "B": "GAS6", "C": "AXL", "D": "AXL"}
    for chain in "CD":
        found = maps[chain]
        assert [(id.number, position) for id, position in found.position_of.items()] == [(n, n + 7) for n in range(27, 219)]
        assert (found.offset, found.identity, found.differences, found.declared) == (7, 1.0, (), True)
        assert (
            sum(slot.residue.letter == found.protein.sequence[p - 1] for p, slot in found.by_position.items() if slot.residue)
            == 192
        )
    for chain in "AB":
        assert (maps[chain].offset, maps[chain].identity, len(maps[chain].position_of)) == (0, 1.0, 381)


def test_at_face_value_thirteen_of_192_letters_would_agree(real: Callable[[str], dict[str, ChainMap]]) -> None:
    """The published trap: author numbers taken for UniProt positions are not obviously wrong everywhere."""
    found = real("2c5d.cif")["C"]
    sequence = found.protein.sequence
    letters = {id.number: found.by_position[position].letter for id, position in found.position_of.items()}
    assert sum(sequence[number - 1] == letter for number, letter in letters.items()) == 13


@pytest.mark.parametrize("chain", ["C", "D"])
def test_the_last_residue_of_axl_in_2c5d_is_one_nitrogen(chain: str, real: Callable[[str], dict[str, ChainMap]]) -> None:
    found = real("2c5d.cif")[chain].placement(225)
    assert (found.coverage, found.found, str(found.residue)) == (P, "PRO", f"2C5D:{chain}/218")
    assert found.missing_atoms == ("CA", "C", "O", "CB", "CG", "CD")
    assert found.expected == "P"


@pytest.mark.parametrize("chain", ["A", "B"])
def test_the_loops_of_gas6_that_are_not_seen(chain: str, real: Callable[[str], dict[str, ChainMap]]) -> None:
    found = real("2c5d.cif")[chain]
    inside = range(279, 678)
    assert [p for p in inside if found.placement(p).coverage == U] == [*range(494, 504), *range(542, 550)]
    assert [p for p in inside if found.placement(p).coverage == P][-1] == 677
    assert all(found.placement(p).residue is None for p in range(494, 504))


@pytest.mark.parametrize("position", [1, 25, 452, 698, 702, 703, 779, 821, 866, 894])
def test_no_neighbour_stands_in_for_a_site_outside_the_construct(
    position: int, real: Callable[[str], dict[str, ChainMap]]
) -> None:
    found = real("2c5d.cif")["C"].placement(position)
    assert (found.coverage, found.residue, found.found) == (C, None, "")
    assert found.note == "chain C holds 34-225"


@pytest.mark.parametrize("name", ["2c5d.cif", "2c5d.pdb"])
def test_hetero_groups_are_never_mapped(name: str, real: Callable[[str], dict[str, ChainMap]]) -> None:
    """Calcium, nickel, sulphate and sugars share letters and numbers with the proteins; no offset touches them."""
    for found in real(name).values():
        assert {slot.residue.name for slot in found.slots if slot.residue} <= set(ONE_LETTER)
        assert max(id.number for id in found.position_of) < 1000


@pytest.mark.parametrize("name", ["4ra0.cif", "4ra0.pdb"])
def test_the_four_engineered_differences_of_4ra0(name: str, real: Callable[[str], dict[str, ChainMap]]) -> None:
    """MYD1: author G32S, D87G, V92A, G127R; reported, and nothing re-aligned around them."""
    axl = next(found for found in real(name).values() if found.protein.name == "AXL")
    assert axl.offset == 7
    wrong = {p: (axl.placement(p).expected, axl.placement(p).found, axl.placement(p).residue) for p in axl.differences}
    assert {p: (a, b, id.number if id else None) for p, (a, b, id) in wrong.items()} == {
        39: ("G", "SER", 32), 94: ("D", "GLY", 87), 99: ("V", "ALA", 92), 134: ("G", "ARG", 127),
    }  # fmt: skip
    assert all(axl.placement(p).coverage == Coverage.DIFFERENT for p in axl.differences)
    assert axl.placement(39).note == "S here, G in UniProt P30530"
    assert sum(axl.placement(p).coverage == Coverage.DIFFERENT for p in range(1, 895)) == 4


def test_a_model_is_predicted_with_its_confidence(real: Callable[[str], dict[str, ChainMap]]) -> None:
    found = real("AF-P30530-F1.pdb")["A"]
    placements = {p: found.placement(p) for p in range(1, 895)}
    assert {placement.coverage for placement in placements.values()} == {Coverage.PREDICTED}
    sites = {698: 55, 702: 56, 703: 63, 759: 93, 779: 97, 821: 30, 866: 31}
    assert {p: round(placements[p].plddt or 0) for p in sites} == sites
    assert found.offset == 0


def test_a_whole_model_has_every_heavy_atom_and_no_other(real: Callable[[str], dict[str, ChainMap]]) -> None:
    """The table of heavy atoms against 894 residues that another program built."""
    found = real("AF-P30530-F1.pdb")["A"]
    for slot in found.slots[:-1]:
        assert slot.residue is not None
        assert set(slot.residue.atoms) == set(heavy_atoms(slot.residue.name)), slot.residue.id
        assert slot.residue.missing_atoms == ()


@pytest.mark.parametrize("name", ["AF-Q06418-F1.pdb", "AF-Q12866-F1.pdb", "1igy.cif"])
def test_a_relative_is_not_taken_for_the_protein(name: str, study: Study) -> None:
    """TYRO3 and MERTK share domains and a third of the letters with AXL."""
    structure = read_structure(mirror(name))
    assert map_structure(structure, study.target.proteins) == ()
    with pytest.raises(MappingError, match=r"no chain is AXL \(P30530\) or GAS6 \(Q14393\)"):
        require_maps(structure, study.target.proteins)


def test_chains_are_recognised_by_letters_not_by_name_or_number(study: Study, written: Write) -> None:
    """2C5D with C as A, A as C, and 3000 added to every number of a protein atom."""
    swap = {"A": "C", "C": "A"}
    lines = []
    for line in mirror("2c5d.pdb").read_text().splitlines():
        if line.startswith("SEQRES"):
            lines.append(line[:11] + swap.get(line[11], line[11]) + line[12:])
        elif line.startswith(("ATOM", "HETATM", "TER")):
            lines.append(f"{line[:21]}{swap.get(line[21], line[21])}{int(line[22:26]) + 3000:4d}{line[26:]}")
        else:
            lines.append(line)
    before = {m.chain.chain: m for m in map_structure(read_structure(mirror("2c5d.pdb")), study.target.proteins)}
    after = {m.chain.chain: m for m in map_structure(read_structure(written("\n".join(lines), "x.pdb")), study.target.proteins)}
    for old in "ABCD":
        new = swap.get(old, old)
        assert after[new].protein.name == before[old].protein.name
        assert [(id.number - 3000, p) for id, p in after[new].position_of.items()] == [
            (id.number, p) for id, p in before[old].position_of.items()
        ]


def test_two_segments_with_a_fusion_partner() -> None:
    """8W77, an olfactory receptor with BRIL (P0ABE7) inside: the protein's letters are those that the file's SIFTS rows give.

    Of its two SIFTS segments 4-13 is a stretch of the receptor with 8 conflicts in 10; 23-127 is the partner with 2 in 105.
    """
    path = mirror("8w77_updated.cif.gz")
    letters, conflicts = ["X"] * 128, []
    for row in gemmi.cif.read(str(path))[0].find("_pdbx_sifts_xref_db.", ["unp_acc", "unp_num", "unp_res", "res_type"]):
        if row.str(0) == "P0ABE7":
            letters[int(row.str(1)) - 1] = row.str(2)
            conflicts += [int(row.str(1))] if row.str(3) == "Conflict" else []
    found = mapped(read_structure(path), Protein("BRIL", "P0ABE7", "receptor", "".join(letters)))
    at = {index: slot.position for index, slot in enumerate(found.slots, 1)}
    assert [at[i] for i in range(242, 347)] == list(range(23, 128))
    assert {at[i] for i in [*range(1, 242), *range(347, 441)]} == {None}
    assert found.differences == tuple(p for p in conflicts if p >= 23) == (29, 124)
    assert any("SIFTS" in note for note in found.notes)


def test_sifts_of_a_peptide_far_into_its_protein() -> None:
    """1AMB is residues 672-699 of the amyloid precursor; nine isoform rows that are not the best mapping stay out."""
    (chain,) = read_structure(mirror("1amb_updated.cif.gz")).chains
    letters = chain.declared_letters
    found = mapped(
        read_structure(mirror("1amb_updated.cif.gz")), Protein("APP", "P05067", "receptor", "G" * 671 + letters + "G" * 71)
    )
    assert (found.method, found.offset, sorted(found.by_position)) == ("SIFTS", 671, list(range(672, 700)))


def test_glycans_are_where_the_file_bonds_them() -> None:
    """Truth: the covalent rows of ``_struct_conn`` of 4ZXB that join asparagine and sugar."""
    path = mirror("4zxb.cif")
    names = ["conn_type_id"]
    for side in ("ptnr1", "ptnr2"):
        names += [f"{side}_auth_comp_id", f"{side}_auth_asym_id", f"{side}_auth_seq_id"]
    bonded = set()
    for row in gemmi.cif.read(str(path))[0].find("_struct_conn.", names):
        ends = [tuple(row.str(i) for i in range(k, k + 3)) for k in (1, 4)]
        if row.str(0) == "covale" and {end[0] for end in ends} == {"ASN", "NAG"}:
            bonded.add(next(f"{chain}/{number}" for name, chain, number in ends if name == "ASN"))
    assert len(bonded) > 3
    assert {f"{g.root.chain}/{g.root.label}" for g in find_glycans(read_structure(path))} == bonded


@pytest.mark.parametrize("name", ["2c5d.cif", "2c5d.pdb"])
def test_both_gas6_carry_two_sugars_on_asparagine_420(name: str) -> None:
    found = {str(g.root): [(sugar.label, comp) for sugar, comp in g.sugars] for g in find_glycans(read_structure(mirror(name)))}
    assert found == {f"2C5D:{chain}/420": [("1678", "NAG"), ("1679", "NAG")] for chain in "AB"}


# Small cases, whole on the screen


def test_a_gap_is_unobserved_where_the_sequence_is_declared(written: Write) -> None:
    found = mapped(read_structure(written(cif_text(Chain("A", SEQUENCE[10:40], range(3, 33), missing=range(12, 16))))))
    assert {p: found.placement(p).coverage for p in (10, 11, 22, 23, 26, 27, 40, 41)} == {
        10: C, 11: P, 22: P, 23: U, 26: U, 27: P, 40: P, 41: C,
    }  # fmt: skip
    assert (found.offset, found.method) == (8, "alignment")


def test_without_declared_sequence_the_ends_are_unknown_and_gaps_unobserved(written: Write) -> None:
    found = mapped(read_structure(written(pdb_text(Chain("A", SEQUENCE[10:40], range(3, 33), missing=range(12, 16))), "x.pdb")))
    assert not found.declared
    assert {p: found.placement(p).coverage for p in (10, 11, 22, 23, 26, 27, 40, 41)} == {
        10: Coverage.UNKNOWN, 11: P, 22: P, 23: U, 26: U, 27: P, 40: P, 41: Coverage.UNKNOWN,
    }  # fmt: skip


def test_a_gap_with_equal_letters_at_its_ends_lies_where_the_numbers_say(written: Write) -> None:
    """No SEQRES, and ``SGSG`` missing out of ``SGSGSGSG``: letters alone would fit in five ways."""
    sequence = "MKTLLVPEWDRHSGSGSGSGWERTYNCQIVKF"
    found = mapped(
        read_structure(written(pdb_text(Chain("A", sequence, range(101, 133), missing=range(14, 18))), "x.pdb")),
        Protein("P", "P", "receptor", sequence),
    )
    assert positions(found) == {str(p + 100): p for p in range(1, 33) if p not in range(15, 19)}
    assert [p for p in range(1, 33) if found.placement(p).coverage == U] == [15, 16, 17, 18]


@pytest.mark.parametrize("declare", [True, False])
@pytest.mark.parametrize(
    "numbers",
    [
        [*range(1, 16), *range(101, 116)],
        [*range(-15, 0), *range(1, 16)],
        [*range(1, 16), *(f"15{code}" for code in "ABC"), *range(16, 28)],
        [*range(500, 515), *range(1, 16)],
        [*range(1, 16), *range(1001, 1016)],
        [*range(-20, 10)],
    ],
    ids=["jump without gap", "no zero", "insertion codes", "not monotonic", "far jump", "negative"],
)
def test_author_numbers_are_names_not_places(numbers: list[Any], declare: bool, written: Write) -> None:
    chain = Chain("A", SEQUENCE[10:40], numbers)
    found = mapped(read_structure(written(pdb_text(chain, declare=declare), "x.pdb")))
    assert positions(found) == {str(number): 11 + n for n, number in enumerate(numbers)}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("GA", ""),
        ("MHHHHHHSSG", ""),
        ("HHHHHH" + SEQUENCE[7:9] + "H", ""),
        ("HHHHHH" + SEQUENCE[8:9] + "H", "H" + SEQUENCE[41:43] + "HHHHHH"),
        ("", "LEHHHHHH"),
        ("HHHHHH" + SEQUENCE[1:4] + "HH", ""),
        ("", "HH" + SEQUENCE[56:59] + "HHHHHH"),
        ("GPLGA", "AAALEHHHHHH"),
    ],
)
def test_a_tag_has_no_position_though_letters_agree_by_chance(left: str, right: str, written: Write) -> None:
    """The fragment is 11-40; one to three letters of the tags stand as the protein has them before 11 or behind 40."""
    letters = left + SEQUENCE[10:40] + right
    found = mapped(read_structure(written(cif_text(Chain("A", letters)))))
    assert [slot.position for slot in found.slots] == [None] * len(left) + list(range(11, 41)) + [None] * len(right)


def test_a_mutation_is_a_difference_not_a_gap(written: Write) -> None:
    letters = SEQUENCE[10:20] + "W" + SEQUENCE[21:40]
    found = mapped(read_structure(written(cif_text(Chain("A", letters, missing=[])))))
    assert found.differences == (21,)
    assert found.placement(21).coverage == Coverage.DIFFERENT
    assert found.placement(21).note.startswith("W here, R in UniProt P00001")
    assert [slot.position for slot in found.slots] == list(range(11, 41))


def test_a_mutation_that_is_not_seen_is_unobserved_and_says_its_letter(written: Write) -> None:
    letters = SEQUENCE[10:20] + "W" + SEQUENCE[21:40]
    found = mapped(read_structure(written(cif_text(Chain("A", letters, missing=[10])))))
    assert (found.placement(21).coverage, found.placement(21).note) == (U, "declared as W")


@pytest.mark.parametrize(
    ("name", "letter", "parent"), [("PTR", "Y", "TYR"), ("MSE", "M", "MET"), ("SEP", "S", "SER"), ("TPO", "T", "THR")]
)
@pytest.mark.parametrize("form", ["cif", "pdb"])
def test_a_modified_residue_is_its_parent(name: str, letter: str, parent: str, form: str, written: Write) -> None:
    place = SEQUENCE.index(letter, 12) - 10
    chain = Chain("A", SEQUENCE[10:45], names={place: name})
    text = cif_text(chain) if form == "cif" else pdb_text(chain, declare=True)
    found = mapped(read_structure(written(text, f"x.{form}")))
    placement = found.placement(place + 11)
    assert (placement.coverage, placement.found, placement.expected) == (P, name, letter)
    assert f"{name}, a modified {parent}" in placement.note
    assert found.differences == ()
    assert len(found.position_of) == 35


def test_phosphotyrosine_lacks_its_phosphate_only_if_it_does(written: Write) -> None:
    whole = {"PTR": heavy_atoms("PTR"), "TYR": heavy_atoms("TYR")}
    for present, missing in ((whole["PTR"], ()), (whole["TYR"], ("P", "O1P", "O2P", "O3P"))):

        def atoms(n: int, present: tuple[str, ...] = present) -> list[tuple[str, float, float, float]]:
            return [(atom, 3.8 * n, 9.0, k) for k, atom in enumerate(present if n == 7 else ["CA"])]

        chain = Chain("A", SEQUENCE[10:45], names={7: "PTR"}, atoms=atoms)
        found = mapped(read_structure(written(cif_text(chain)))).placement(18)
        assert (found.missing_atoms, found.coverage) == (missing, P if missing else Coverage.OBSERVED)


def test_a_residue_of_unknown_kind_is_mapped_and_its_letter_not_judged(written: Write) -> None:
    found = mapped(read_structure(written(cif_text(Chain("A", SEQUENCE[10:40], names={9: "QZX"})))))
    assert found.placement(20).found == "QZX"
    assert found.differences == ()
    assert "letter not checked" in found.placement(20).note


def ref_seq(*rows: str) -> str:
    names = ["align_id", "pdbx_strand_id", "pdbx_db_accession", "seq_align_beg", "seq_align_end", "db_align_beg", "db_align_end"]
    return "\n".join(["loop_", *(f"_struct_ref_seq.{name}" for name in names), *rows])


@pytest.mark.parametrize(
    ("extra", "method", "refused"),
    [
        ("", "alignment", ""),
        (sifts("1 A P00001 1 1 11 40 1 30 y 1.0"), "SIFTS", ""),
        (ref_seq("1 A P00001 1 30 11 40"), "_struct_ref_seq", ""),
        (sifts("1 A P00001 1 1 11 40 1 30 y 1.0") + "\n" + ref_seq("1 A P00001 1 30 12 41"), "SIFTS", ""),
        (sifts("1 A P00001 1 1 12 41 1 30 y 1.0"), "alignment", "SIFTS"),
        (ref_seq("1 A P00001 1 30 1 30"), "alignment", "_struct_ref_seq"),
        (sifts("1 A P00001 1 1 12 41 1 30 y 1.0") + "\n" + ref_seq("1 A P00001 1 30 11 40"), "_struct_ref_seq", "SIFTS"),
        (sifts("1 A Q99999 1 1 12 41 1 30 y 1.0"), "alignment", ""),
        (sifts("1 A P00001 1 1 12 41 1 30 n 1.0"), "alignment", ""),
        (sifts("1 A P00001 1 1 ? ? 1 30 y 1.0"), "alignment", ""),
        (sifts("1 A P00001 1 1 900 929 1 30 y 1.0"), "alignment", "SIFTS"),
        (sifts("1 A P00001 1 1 26 40 1 15 y 1.0", "1 A P00001 2 1 11 25 16 30 y 1.0"), "alignment", "SIFTS"),
    ],
)  # fmt: skip
def test_what_the_file_says_counts_if_the_letters_agree(extra: str, method: str, refused: str, written: Write) -> None:
    """Chain A is 11-40, whatever the file says of it; a cross reference that puts letters wrong is not used, and that is said."""
    found = mapped(read_structure(written(cif_text(Chain("A", SEQUENCE[10:40]), extra=extra))))
    assert [slot.position for slot in found.slots] == list(range(11, 41))
    assert found.method == method
    assert [note.split()[0] for note in found.notes] == ([refused] if refused else [])
    assert all("not used" in note for note in found.notes)


def test_several_segments_of_the_file_are_used_with_the_linker_left_out(written: Write) -> None:
    letters = SEQUENCE[:15] + "GSGSGS" + SEQUENCE[30:50]
    extra = sifts("1 A P00001 1 1 1 15 1 15 y 1.0", "1 A P00001 2 1 31 50 22 41 y 1.0")
    found = mapped(read_structure(written(cif_text(Chain("A", letters), extra=extra))))
    assert [slot.position for slot in found.slots] == [*range(1, 16), *[None] * 6, *range(31, 51)]
    assert found.method == "SIFTS"
    assert found.placement(20).coverage == C


def test_a_chain_of_isoform_2_says_so(bare: Study, written: Write) -> None:
    """P30530-2 lacks 429-437: in such a chain these are another isoform's, not disordered and not cut off."""
    axl = bare.target.receptor
    found = mapped(read_structure(written(cif_text(Chain("A", axl.sequence[400:428] + axl.sequence[437:470])))), axl)
    assert [p for p in range(401, 471) if found.placement(p).coverage == Coverage.OTHER_ISOFORM] == list(range(429, 438))
    assert "isoform 2" in found.placement(430).note
    assert [slot.position for slot in found.slots] == [*range(401, 429), *range(438, 471)]
    assert found.differences == ()


def test_a_deletion_that_is_no_isoform_is_not_in_the_construct(written: Write) -> None:
    protein = Protein("PRO", "P00001", "receptor", SEQUENCE, (Feature("isoform", "isoform 2", Span(21, 26)),))
    for cut, word in ((range(20, 26), Coverage.OTHER_ISOFORM), (range(35, 42), C)):
        letters = "".join(letter for n, letter in enumerate(SEQUENCE) if n not in cut)
        found = mapped(read_structure(written(cif_text(Chain("A", letters)))), protein)
        assert {found.placement(n + 1).coverage for n in cut} == {word}


def test_each_chain_goes_to_the_protein_it_is(written: Write) -> None:
    other = Protein("TWO", "P00002", "ligand", SEQUENCE[::-1])
    text = cif_text(Chain("v", SEQUENCE[::-1][5:40]), Chain("X", SEQUENCE[:30]), Chain("AAA", "WWWWHHHHWWWWHHHHWWWW"))
    found = map_structure(read_structure(written(text)), (PROTEIN, other))
    assert [(m.chain.chain, m.protein.name) for m in found] == [("v", "TWO"), ("X", "PRO")]


def test_a_homologue_is_mapped_with_a_warning_and_a_stranger_not_at_all(written: Write) -> None:
    """Every eighth letter another: 88 %, a homologue or an engineered chain; every third: not the protein."""
    for step, count in ((8, 1), (3, 0)):
        letters = "".join("G" if n % step == 4 % step and letter != "G" else letter for n, letter in enumerate(SEQUENCE))
        found = map_structure(read_structure(written(cif_text(Chain("A", letters)))), (PROTEIN,))
        assert len(found) == count
        assert all("a homologue or an engineered chain" in note for m in found for note in m.notes)


def test_a_peptide_too_short_to_be_told_is_left_out(written: Write) -> None:
    assert map_structure(read_structure(written(cif_text(Chain("A", SEQUENCE[10:17])))), (PROTEIN,)) == ()


def test_a_stub_without_ca_is_partial_and_shifts_nothing(written: Write) -> None:
    lines = [pdb_atom("CA", "ALA", "A", 1, (0.0, 0.0, 0.0))]
    names = [name for letter in SEQUENCE[6:26] for name, one in ONE_LETTER.items() if one == letter]
    lines = [pdb_atom("N" if n == 5 else "CA", name, "A", n + 7, (3.8 * n, 0.0, 0.0)) for n, name in enumerate(names)]
    found = mapped(read_structure(written("\n".join([*lines, "END", ""]), "x.pdb")))
    assert found.offset == 0
    assert "CA" in found.placement(12).missing_atoms
    assert "CA" not in found.placement(13).missing_atoms


# Laws


@st.composite
def engineered(draw: st.DrawFn) -> tuple[str, str, int]:
    """Letters of a chain, the sequence, and the shift: point mutations and unknown letters at least four apart."""
    dice = random.Random(draw(st.integers(0, 2**32)))
    sequence = "".join(dice.choices(LETTERS, k=draw(st.integers(40, 160))))
    first = draw(st.integers(0, len(sequence) - 30))
    letters = list(sequence[first : first + draw(st.integers(30, len(sequence) - first))])
    for place in range(3, len(letters) - 3, draw(st.integers(11, 40))):
        letters[place] = draw(st.sampled_from(LETTERS + "XXXX"))
    return "".join(letters), sequence, first


@settings(max_examples=60, deadline=None)
@given(engineered())
def test_the_short_way_and_the_aligner_agree(case: tuple[str, str, int]) -> None:
    letters, sequence, shift = case
    right = [shift + n + 1 for n in range(len(letters))]
    short = lay_at_one_shift(letters, sequence)
    assert short in (right, None)
    if short:
        assert lay_by_alignment(letters, sequence) == short
    assert lay(letters, sequence) == right


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 12), st.integers(0, 12), st.integers(0, 15))
def test_positions_rise_and_tags_stay_out(seed: int, left: int, right: int, gap: int) -> None:
    """A random protein, a fragment of it with a stretch deleted, tags of a letter that the protein does not have."""
    dice = random.Random(seed)
    sequence = "".join(dice.choices(LETTERS.replace("H", ""), k=120))
    body = [*range(20, 50), *range(50 + gap, 100)]
    letters = "H" * left + "".join(sequence[p] for p in body) + "H" * right
    found = lay(letters, sequence)
    known = [p for p in found if p is not None]
    assert known == sorted(set(known))
    assert found[:left] == [None] * left
    assert found[len(found) - right :] == [None] * right
    assert sum(p is not None and sequence[p - 1] == letter for p, letter in zip(found, letters, strict=True)) >= len(body) - 2


@settings(max_examples=25, deadline=None)
@given(
    st.from_regex(r"[A-Za-z0-9]{1,4}", fullmatch=True),
    st.lists(st.integers(-99, 9999), min_size=30, max_size=30, unique=True),
    st.sets(st.integers(3, 26), max_size=20),
)
def test_mapping_survives_other_names_and_numbers(written: Write, name: str, numbers: list[int], missing: set[int]) -> None:
    """The sequence is declared, so author numbers may be anything, even out of order."""
    chain = Chain(name, SEQUENCE[10:40], numbers, missing=missing)
    found = mapped(read_structure(written(cif_text(chain))))
    assert positions(found) == {str(numbers[n]): n + 11 for n in range(30) if n not in missing}
    assert [p for p in range(1, 61) if found.placement(p).coverage == U] == sorted(n + 11 for n in missing)
