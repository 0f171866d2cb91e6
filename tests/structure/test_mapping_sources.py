"""Cross references and numberings that mislead: each was once believed."""

from __future__ import annotations

import pytest
from segments import SEQUENCE, sifts
from shared_files import case
from tiny import Chain, cif_text, pdb_text

from axlstruct.sequence.coverage import Coverage
from axlstruct.sequence.features import Feature, Span
from axlstruct.sequence.target import Protein
from axlstruct.sources.coordinates import read_structure
from axlstruct.structure.mapping import map_structure

PROTEIN = Protein("P", "P00001", "receptor", SEQUENCE, (Feature("isoform", "left out in isoform 2", Span(21, 25)),))


def mapped(path):
    (found,) = map_structure(read_structure(path), [PROTEIN])
    return found


def test_numbers_of_another_isoform_are_not_ours(written):
    """The chain is isoform 2 (21-25 left out); SIFTS counts in it and says 1-45, which is right there and wrong here."""
    letters = SEQUENCE[:20] + SEQUENCE[25:50]
    for accession in ("P00001-2", "P00001"):
        found = mapped(written(cif_text(Chain("A", letters), extra=sifts(f"1 A {accession} 1 1 1 45 1 45 y 1.0"))))
        assert [slot.position for slot in found.slots] == [*range(1, 21), *range(26, 51)]
        assert found.placement(23).coverage == Coverage.OTHER_ISOFORM
        assert found.differences == ()


def test_a_cross_reference_of_a_part_does_not_hide_the_rest(written):
    found = mapped(written(cif_text(Chain("A", SEQUENCE[:45]), extra=sifts("1 A P00001 1 1 1 20 1 20 y 1.0"))))
    assert [slot.position for slot in found.slots] == list(range(1, 46))


def test_one_wrong_segment_does_not_take_its_residues_along(written):
    extra = sifts("1 A P00001 1 1 1 20 1 20 y 1.0", "1 A P00001 2 1 31 55 21 45 y 1.0")
    found = mapped(written(cif_text(Chain("A", SEQUENCE[:45]), extra=extra)))
    assert [slot.position for slot in found.slots] == list(range(1, 46))
    assert any("not used" in note for note in found.notes)


def test_author_numbers_that_jump_without_a_gap(written):
    """Kabat-like numbering skips 11-12 and 24 although no residue is missing; no sequence is declared."""
    numbers = [*range(1, 11), *range(13, 24), *range(25, 44)]
    found = mapped(written(pdb_text(Chain("A", SEQUENCE[:40], numbers=numbers)), "kabat.pdb"))
    assert found.unplaced == ()
    assert sorted(found.position_of.values()) == list(range(1, 41))


def test_observed_residues_without_position_are_named(written):
    found = mapped(written(pdb_text(Chain("A", "HHHHHH" + SEQUENCE[10:40])), "tag.pdb"))
    assert [id.number for id in found.unplaced] == [1, 2, 3, 4, 5, 6]
    assert found.notes == ("6 residues with atoms have no position in P: 1, 2, 3, 4, 5, 6",)


def test_a_word_in_the_title_makes_no_prediction(written):
    text = "TITLE     SOLVED WITH AN ALPHAFOLD SEARCH MODEL\nEXPDTA    X-RAY DIFFRACTION\n" + pdb_text(Chain("A", SEQUENCE[:20]))
    assert not read_structure(written(text, "xray.pdb")).predicted


# The file's own reference is not overruled


@pytest.mark.parametrize("behind", ["HHHHHH", "GSHHHHHHHH"])
@pytest.mark.parametrize("shared", [0, 1, 2])
def test_a_tag_that_shares_letters_by_chance_is_none_of_ours(shared, behind, written):
    """The residues before the construct's first are those of the protein in one or two letters: the file knows better."""
    tag = "GSA"[: 3 - shared] + SEQUENCE[10 - shared : 10]
    extra = sifts("1 A P00001 1 1 11 40 4 33 y 1.0")
    found = mapped(written(cif_text(Chain("A", tag + SEQUENCE[10:40] + behind), extra=extra)))
    assert sorted(found.by_position) == list(range(11, 41))
    assert (found.method, found.placement(10).coverage) == ("SIFTS", Coverage.NOT_IN_CONSTRUCT)


def test_a_reference_in_another_frame_than_the_alignment_is_kept(written):
    """A repeat: the file says the second, the letters fit the first as well and gain one."""
    unit = "MKTAYIAKQRQISFVKSHFSRQ"
    protein = Protein("P", "P00001", "receptor", "W" + unit + unit)
    extra = sifts("1 A P00001 1 1 24 45 2 23 y 1.0")
    (found,) = map_structure(read_structure(written(cif_text(Chain("A", "W" + unit + "HHHHHHHH"), extra=extra))), [protein])
    assert sorted(found.by_position) == list(range(24, 46))


def test_what_the_file_says_nothing_of_is_still_found(written):
    """Two segments in print, a third of the same protein behind a linker: the alignment adds it."""
    letters = SEQUENCE[:20] + "GSGSGSGSGS" + SEQUENCE[30:50]
    found = mapped(written(cif_text(Chain("A", letters), extra=sifts("1 A P00001 1 1 1 20 1 20 y 1.0"))))
    assert sorted(found.by_position) == [*range(1, 21), *range(31, 51)]


@pytest.mark.parametrize(
    "name", ["tag_letter_equal_ref.cif", "tag_letter_other_ref.cif", "struct_ref_seq_without_struct_ref.cif"]
)
def test_a_tag_residue_of_axl_has_no_position(name, bare):
    """AXL 40-75 behind a tag: the file's reference agrees in 36 of 36 letters; author 39 is the tag's."""
    structure = read_structure(case(name))
    (found,) = map_structure(structure, bare.session.target.proteins)
    assert found.placement(46).coverage == Coverage.NOT_IN_CONSTRUCT
    assert [id.label for id in found.unplaced] == ["39"]
    assert sorted(found.by_position) == list(range(47, 83))


def test_a_segment_with_three_wrong_letters_in_a_row_is_refused(written):
    """47 of 50 letters are right, but an insertion tag stands where three of ours are said to be."""
    letters = SEQUENCE[:20] + "WWW" + SEQUENCE[23:50]
    found = mapped(written(cif_text(Chain("A", letters), extra=sifts("1 A P00001 1 1 1 50 1 50 y 1.0"))))
    assert found.method == "alignment"
    assert any("only 47 of 50 letters right at P00001 1-50: not used" in note for note in found.notes)


def test_two_wrong_letters_in_a_row_are_mutations(written):
    letters = SEQUENCE[:20] + "WW" + SEQUENCE[22:50]
    found = mapped(written(cif_text(Chain("A", letters), extra=sifts("1 A P00001 1 1 1 50 1 50 y 1.0"))))
    assert (found.method, found.differences) == ("SIFTS", (21, 22))


# Absence, letter by letter


def test_an_observed_residue_that_is_not_what_was_declared_is_different(written):
    """The sequence in print is ours; the atoms are another residue's."""
    text = cif_text(Chain("A", SEQUENCE[:30]))
    row = next(line for line in text.splitlines() if line.startswith("ATOM") and line.split()[8] == "12")
    other = "TRP" if row.split()[5] != "TRP" else "ALA"
    found = mapped(written(text.replace(row, row.replace(row.split()[5], other))))
    assert found.placement(12).coverage == Coverage.DIFFERENT
    assert found.placement(11).coverage == Coverage.PARTIAL


def test_two_residues_deleted_within_an_isoforms_stretch_make_no_isoform(written):
    """21-25 are left out in isoform 2; a construct that lacks 22-23 only is no isoform 2."""
    letters = SEQUENCE[:21] + SEQUENCE[23:50]
    found = mapped(written(cif_text(Chain("A", letters))))
    assert found.placement(22).coverage == Coverage.NOT_IN_CONSTRUCT
    assert 21 in found.by_position


def test_a_gap_of_an_undeclared_chain_is_not_said_to_be_engineered(written):
    """Numbers run on over a gap of five residues; without a declared sequence nobody knows whether they were there."""
    protein = Protein("P", "P00001", "receptor", SEQUENCE)
    letters = SEQUENCE[:20] + SEQUENCE[25:50]
    (found,) = map_structure(read_structure(written(pdb_text(Chain("A", letters)), "gap.pdb")), [protein])
    assert found.placement(23).coverage == Coverage.UNOBSERVED
    assert found.placement(23).note == "the file declares no sequence"
