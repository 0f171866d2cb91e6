"""Cross references and numberings that mislead: each was once believed."""

from __future__ import annotations

from segments import SEQUENCE, sifts
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
