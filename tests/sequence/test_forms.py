"""Forms of a protein number its residues otherwise, and every number leads back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axlstruct.errors import SiteError
from axlstruct.sequence.features import Span
from axlstruct.sequence.forms import Form


@st.composite
def forms(draw):
    """A form and the length of the full sequence, longer than what it lacks."""
    spans, last = [], draw(st.integers(-1, 9))
    for gap, length in draw(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=4)):
        spans.append(Span(last + gap + 1, last + gap + length))
        last = spans[-1].last
    return Form("f", "f", tuple(spans)), last + 20


@given(forms())
def test_numbers_lead_there_and_back(drawn):
    form, full = drawn
    there = {position: form.number(position) for position in range(1, full + 1)}
    kept = [position for position, number in there.items() if number is not None]
    assert [there[position] for position in kept] == list(range(1, form.length(full) + 1)), "it counts without a gap"
    assert [form.position(number) for number in range(1, form.length(full) + 1)] == kept
    assert {p for p in there if there[p] is None} == {p for span in form.without for p in span}


@pytest.mark.parametrize("without", [(Span(5, 9), Span(1, 2)), (Span(1, 4), Span(5, 9))])
def test_stretches_out_of_order_or_touching_are_refused(without):
    with pytest.raises(ValueError, match="not in order"):
        Form("f", "f", without)


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("P30530-2:428", 428),  # isoform 2 lacks exon 10, residues 429-437 (UniProt P30530)
        ("P30530-2:429", 438),
        ("P30530-2:Y693", 702),
        ("isoform-2:885", 894),
        ("P30530-1:Y702", 702),
        ("887:Y695", 702),
        ("literature:M1", 8),
        ("mature:1", 26),  # signal peptide 1-25
        ("axl-mature:1", 26),
    ],
)
def test_forms_of_the_receptor(bare, query, position):
    assert bare.where(query).position == position


def test_numberings_of_the_ligand_are_its_own(bare):
    answer = bare.where("GAS6-mature:1")  # signal peptide 1-30
    assert (answer.protein.name, answer.position) == ("GAS6", 31)


def test_the_answer_names_every_form(bare):
    assert bare.where("R103").numberings["forms"] == {"P30530-2": 103, "887": 96}
    gone = bare.where("430")
    assert gone.numberings["forms"] == {"P30530-2": None, "887": 423}
    assert "left out (isoform 2" in str(gone)
    assert bare.where("1").numberings["mature"] is None


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("887:Y702", "887 702 (UniProt 709) of AXL is A, not Y; did you mean Y702?"),
        ("Y695", "UniProt 695 of AXL is K, not Y; did you mean 887:Y695 = Y702?"),
        ("P30530-2:886", "P30530-2 has no residue 886 (expected 1-885)"),
        ("P30530-2:0", "P30530-2 has no residue 0"),
        ("P30530-3:5", "'P30530-3' is no protein of this target"),
    ],
)
def test_a_number_beyond_a_form_or_a_wrong_letter_is_refused(bare, query, said):
    with pytest.raises(SiteError) as caught:
        bare.where(query)
    assert said in str(caught.value)


def test_label_numbers_need_the_chain(study):
    assert study.where("2C5D:C/#1").position == 34
    assert study.where("2C5D:C/#26").position == 59
    assert study.where("2C5D:A/#1").protein.name == "GAS6"
    assert study.where("E59@2C5D").numberings["label"]["2C5D"] == ["C/33", "D/33"]
    with pytest.raises(SiteError, match="label_seq_id 900"):
        study.where("2C5D:C/#900")
