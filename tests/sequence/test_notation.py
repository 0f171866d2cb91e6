"""How people write a residue."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axlstruct.errors import SiteError
from axlstruct.sequence.notation import parse
from axlstruct.sequence.residues import ONE_LETTER

LETTERS = st.sampled_from(sorted(ONE_LETTER.values()))
ENTRIES = st.from_regex(r"[1-9][A-Z0-9]{3}|AF-[A-Z0-9]{6}|pdb_[a-z0-9]{8}", fullmatch=True)
CHAINS = st.from_regex(r"[A-Za-z0-9]{1,4}(-[2-9])?", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Y702", {"letter": "Y", "number": 702}),
        ("y702", {"letter": "Y", "number": 702}),
        ("Tyr702", {"letter": "Y", "number": 702}),
        ("TYR702", {"letter": "Y", "number": 702}),
        ("702", {"number": 702}),
        (" 702 ", {"number": 702}),
        ("P30530:702", {"protein": "P30530", "number": 702}),
        ("P30530:Y702", {"protein": "P30530", "letter": "Y", "number": 702}),
        ("GAS6:R308", {"protein": "GAS6", "letter": "R", "number": 308}),
        ("P30530-2:702", {"protein": "P30530-2", "number": 702}),
        ("2C5D:C/59", {"structure": "2C5D", "chain": "C", "number": 59}),
        ("2C5D:C/E59", {"structure": "2C5D", "chain": "C", "letter": "E", "number": 59}),
        ("2c5d:C/59", {"structure": "2c5d", "chain": "C", "number": 59}),
        ("1IGY:B/82A", {"structure": "1IGY", "chain": "B", "number": 82, "icode": "A"}),
        ("8W77:A/-9", {"structure": "8W77", "chain": "A", "number": -9}),
        ("4ZXB:E-2/100", {"structure": "4ZXB", "chain": "E-2", "number": 100}),
        ("AF-P30530:A/702", {"structure": "AF-P30530", "chain": "A", "number": 702}),
        ("pdb_00002c5d:C/59", {"structure": "pdb_00002c5d", "chain": "C", "number": 59}),
        ("models/mine.cif:A/7", {"structure": "models/mine.cif", "chain": "A", "number": 7}),
        ("E59@2C5D", {"structure": "2C5D", "letter": "E", "number": 59}),
        ("59@2C5D", {"structure": "2C5D", "number": 59}),
        ("Glu59@2C5D:C", {"structure": "2C5D", "chain": "C", "letter": "E", "number": 59}),
        ("82A@1IGY:B", {"structure": "1IGY", "chain": "B", "number": 82, "icode": "A"}),
    ],
)
def test_every_notation_is_read(text: str, facts: dict[str, object]) -> None:
    query = parse(text)
    found = {key: getattr(query, key) for key in ("number", "letter", "icode", "protein", "structure", "chain")}
    assert {key: value for key, value in found.items() if value != ""} == facts
    assert query.text == text


@pytest.mark.parametrize(
    "text", ["", "Y", "Y702F@", "@2C5D", "702@", "2C5D:C", "2C5D:/59", "C/59", "p.", "Y 702", "7.02", "2C5D:C/59/60"]
)
def test_what_cannot_be_read_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(SiteError, match=r"expected Y702, P30530:702, GAS6:R308, mature:R78, 2C5D:C/59, E59@2C5D") as caught:
        parse(text)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("text", ["B702", "J702", "X702", "Z59@2C5D", "O1", "U1"])
def test_a_letter_that_codes_no_amino_acid_is_refused(text: str) -> None:
    with pytest.raises(SiteError, match="codes no amino acid"):
        parse(text)


@pytest.mark.parametrize("text", ["Foo702", "PTR702", "xyz59@2C5D"])
def test_a_word_that_is_no_amino_acid_is_refused(text: str) -> None:
    with pytest.raises(SiteError, match="is no amino acid"):
        parse(text)


@pytest.mark.parametrize("text", ["702A", "Y702F", "P30530:82A"])
def test_a_position_in_a_sequence_has_no_insertion_code(text: str) -> None:
    with pytest.raises(SiteError, match="no insertion code"):
        parse(text)


@given(ENTRIES, CHAINS, st.integers(-999, 9999), LETTERS | st.just(""), st.sampled_from(["", "A", "Z"]))
def test_author_numbers_say_the_same_in_both_forms(entry: str, chain: str, number: int, letter: str, icode: str) -> None:
    one, two = parse(f"{entry}:{chain}/{letter}{number}{icode}"), parse(f"{letter}{number}{icode}@{entry}:{chain}")
    facts = [(q.structure, q.chain, q.letter, q.number, q.icode, q.protein) for q in (one, two)]
    assert facts == [(entry, chain, letter, number, icode, "")] * 2


@given(st.sampled_from(sorted(ONE_LETTER)), st.integers(1, 9999))
def test_one_letter_and_three_letters_mean_the_same(name: str, number: int) -> None:
    facts = {
        (q.letter, q.number) for q in map(parse, (f"{name}{number}", f"{name.title()}{number}", f"{ONE_LETTER[name]}{number}"))
    }
    assert facts == {(ONE_LETTER[name], number)}


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_politely(text: str) -> None:
    """No other exception than SiteError gets out."""
    with contextlib.suppress(SiteError):
        assert str(abs(parse(text).number)) in text or not text.isascii() or "0" in text
