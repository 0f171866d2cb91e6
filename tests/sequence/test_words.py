"""The words: residues, positions, spans, features, sites, errors. Two numberings are two types."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from axlstruct import errors
from axlstruct.errors import AxlstructError, SiteError
from axlstruct.sequence.features import Feature, Site, Span, spans_of
from axlstruct.sequence.residues import ONE_LETTER, THREE_LETTER, Position, ResidueId, heavy_atoms

NUMBERS = st.integers(-9999, 99999)
ICODES = st.sampled_from(["", "A", "B", "Z", "a"])
IDS = st.builds(
    ResidueId,
    st.from_regex(r"[A-Za-z0-9_.-]{1,12}", fullmatch=True),
    st.from_regex(r"[A-Za-z0-9-]{1,5}", fullmatch=True),
    NUMBERS,
    ICODES,
)
SPANS = st.tuples(st.integers(1, 60), st.integers(1, 60)).map(lambda ends: Span(min(ends), max(ends)))


@pytest.mark.parametrize(
    ("text", "residue"),
    [
        ("2C5D:C/59", ResidueId("2C5D", "C", 59)),
        ("1IGY:B/82A", ResidueId("1IGY", "B", 82, "A")),
        ("1IGY:B/82a", ResidueId("1IGY", "B", 82, "a")),
        ("4ZXB:A-2/0", ResidueId("4ZXB", "A-2", 0)),
        ("X:v/-5", ResidueId("X", "v", -5)),
        ("X:AAA/12345", ResidueId("X", "AAA", 12345)),
        ("models/my.cif:A/7", ResidueId("models/my.cif", "A", 7)),
        ("  2C5D:C/59\n", ResidueId("2C5D", "C", 59)),
    ],
)
def test_residue_ids_are_read(text: str, residue: ResidueId) -> None:
    assert ResidueId.parse(text) == residue


@pytest.mark.parametrize(
    "text", ["", "C/59", "2C5D:C", "2C5D:/59", ":C/59", "2C5D:C/", "2C5D:C/A", "2C5D:C/5AB", "2C5D:C/5.0", "P30530:702"]
)
def test_what_is_no_residue_id_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(ValueError, match="not STRUCTURE:CHAIN/NUMBER") as caught:
        ResidueId.parse(text)
    assert repr(text) in str(caught.value)


@given(IDS)
def test_printed_residue_ids_are_read_back(residue: ResidueId) -> None:
    assert ResidueId.parse(str(residue)) == residue


@given(st.lists(st.tuples(NUMBERS, ICODES), max_size=12))
def test_residues_of_a_chain_order_by_number_not_by_text(labels: list[tuple[int, str]]) -> None:
    residues = [ResidueId("1IGY", "B", *label) for label in labels]
    assert [(r.number, r.icode) for r in sorted(residues)] == sorted(labels)


def test_insertion_codes_follow_their_number() -> None:
    right = ["-1", "0", "9", "10", "82", "82A", "82B", "82C", "83", "100", "100A"]
    residues = [ResidueId.parse(f"1IGY:B/{label}") for label in reversed(right)]
    assert [r.label for r in sorted(residues)] == right


def test_the_two_numberings_never_mix() -> None:
    """Taken at face value author 34 of 2C5D and UniProt 34 are the same number and other residues."""
    residue, position = ResidueId("P30530", "", 34), Position("P30530", 34)
    assert residue != position
    assert len({residue, position}) == 2
    with pytest.raises(TypeError):
        sorted([residue, position])  # type: ignore[type-var]


@pytest.mark.parametrize(
    "word", [ResidueId("2C5D", "C", 59), Position("P30530", 66), Span(1, 2), Feature("a", "b", Span(1, 2)), Site(1, "M", "")]
)
def test_words_cannot_be_changed_and_survive_copy_and_pickle(word: object) -> None:
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        word.number = 1  # type: ignore[attr-defined]
    assert pickle.loads(pickle.dumps(word)) == copy.deepcopy(word) == word
    assert hash(copy.deepcopy(word)) == hash(word)


@given(st.from_regex(r"[A-Z0-9-]{1,10}", fullmatch=True), st.integers(1, 40000))
def test_printed_positions_are_read_back(accession: str, number: int) -> None:
    position = Position(accession, number)
    assert Position.parse(str(position)) == position


@pytest.mark.parametrize("text", ["P30530", "P30530:", ":702", "P30530:-1", "P30530:0", "P30530:Y702", "P30530:7.0", ""])
def test_what_is_no_position_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not ACCESSION:NUMBER|counts from 1"):
        Position.parse(text)


@pytest.mark.parametrize(("first", "last"), [(0, 5), (-3, -1), (6, 5), (0, 0)])
def test_impossible_spans_are_not_born(first: int, last: int) -> None:
    with pytest.raises(ValueError, match=f"impossible span {first}-{last}"):
        Span(first, last)


@given(SPANS, SPANS)
def test_spans_behave_as_the_sets_of_their_positions(one: Span, two: Span) -> None:
    shared = set(one) & set(two)
    overlap = one.overlap(two)
    assert (set(overlap) if overlap else set()) == shared
    assert two.overlap(one) == overlap
    assert len(one) == len(set(one))
    assert all((position in one) == (position in set(one)) for position in range(62))


@given(st.lists(st.integers(1, 40)))
def test_runs_hold_every_position_once_and_never_touch(positions: list[int]) -> None:
    spans = spans_of(positions)
    assert [position for span in spans for position in span] == sorted(set(positions))
    assert all(one.last + 1 < two.first for one, two in pairwise(spans))


@pytest.mark.parametrize("number", [np.int64(702), np.int32(702), np.uint16(702)])
def test_a_number_out_of_a_table_is_in_the_span_as_any_other(number: int) -> None:
    """Positions come back from DataFrames as NumPy integers; a silent False would lose exon and domain."""
    assert number in Span(536, 807)
    assert Feature("domain", "Protein kinase", Span(536, 807)).covers(number)
    assert number not in Span(1, 701)


def test_a_bond_covers_its_two_ends_only() -> None:
    bond, domain = Feature("disulfide", "bond", Span(56, 117)), Feature("domain", "Ig-like", Span(56, 117), short="IG1")
    assert [p for p in range(1, 200) if bond.covers(p)] == [56, 117]
    assert [p for p in range(1, 200) if domain.covers(p)] == list(range(56, 118))
    assert (bond.label, domain.label) == ("bond", "IG1")


def test_a_site_is_called_by_letter_and_position() -> None:
    assert Site(702, "Y", "autophosphorylation").name == "Y702"


def test_heavy_atoms_of_the_twenty_by_the_textbook() -> None:
    """Non-hydrogen atoms of a residue inside a chain, without OXT."""
    textbook = "G4 A5 S6 C6 P7 T7 V7 N8 D8 I8 L8 M8 Q9 E9 K9 H10 F11 R11 Y12 W14"
    assert {word[0]: int(word[1:]) for word in textbook.split()} == {
        one: len(heavy_atoms(THREE_LETTER[one])) for one in ONE_LETTER.values()
    }
    assert all(len(set(heavy_atoms(name))) == len(heavy_atoms(name)) for name in ONE_LETTER)
    assert set(heavy_atoms("PTR")) - set(heavy_atoms("TYR")) == {"P", "O1P", "O2P", "O3P"}
    assert set(heavy_atoms("MET")) ^ set(heavy_atoms("MSE")) == {"SD", "SE"}
    assert heavy_atoms("XYZ") == ("N", "CA", "C", "O")


def _kinds(kind: type[AxlstructError] = AxlstructError) -> Iterator[type[AxlstructError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _kinds(child)


KINDS = sorted(set(_kinds()), key=lambda kind: kind.__name__)
FACTS = {"where": "file.cif", "expected": "2C5D", "found": "4RA0", "advice": "fetch it again"}


@pytest.mark.parametrize("kind", KINDS)
def test_errors_keep_kind_and_facts_across_processes(kind: type[AxlstructError]) -> None:
    error = kind("another entry", **FACTS)
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(twin) is kind
        assert (twin.what, twin.where, twin.expected, twin.found, twin.advice) == ("another entry", *FACTS.values())
        assert str(twin) == str(error) == "file.cif: another entry (expected 2C5D, found 4RA0); fetch it again"


def test_an_error_with_a_note_added_crosses_processes_too() -> None:
    error = SiteError("cannot read", where="Y702")
    error.add_note("in row 7")
    twin = pickle.loads(pickle.dumps(error))
    assert (str(twin), twin.__notes__) == (str(error), ["in row 7"])


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({}, "what"),
        ({"where": "here"}, "here: what"),
        ({"expected": "a"}, "what (expected a)"),
        ({"found": ""}, "what (found )"),
        ({"expected": "a", "found": "b"}, "what (expected a, found b)"),
        ({"advice": "do this"}, "what; do this"),
    ],
)
def test_errors_say_only_the_facts_they_have(facts: dict[str, str], text: str) -> None:
    assert str(AxlstructError("what", **facts)) == text


def test_usage_errors_exit_2_and_all_others_1() -> None:
    codes = {kind.__name__: kind.exit_code for kind in KINDS if kind.__module__ == errors.__name__}
    sites = {"SiteError", "NotationError", "LetterError", "OtherProteinError", "OtherAssemblyError"}
    assert {name for name, code in codes.items() if code == 2} == {"UsageError", *sites}
    assert set(codes.values()) == {1, 2}
