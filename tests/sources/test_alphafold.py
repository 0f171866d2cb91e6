"""Which model of the AlphaFold DB is the one asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from shared_files import payload

from axlstruct.errors import ContentError, NotFoundError
from axlstruct.sources.alphafold import choose_model


@pytest.fixture
def answer() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(payload("alphafold_api_prediction_P05067.json").read_text())
    return found


def test_the_canonical_model_is_not_the_first(answer: list[dict[str, Any]]) -> None:
    model = choose_model(answer, "P05067")
    assert answer[0]["uniprotAccession"] == "P05067-10"
    assert (model.id, model.version, model.first, model.last, len(model.sequence)) == ("AF-P05067-F1", 6, 1, 770, 770)
    assert model.cif_url == "https://alphafold.ebi.ac.uk/files/AF-P05067-F1-model_v6.cif"
    assert model.plddt == 67.38


def test_an_isoform(answer: list[dict[str, Any]]) -> None:
    assert choose_model(answer, "P05067-4").id == "AF-P05067-4-F1"


def test_whatever_the_order(answer: list[dict[str, Any]]) -> None:
    expected = choose_model(answer, "P05067")
    for turn in range(len(answer)):
        assert choose_model(answer[turn:] + answer[:turn], "P05067") == expected


def test_the_address_is_the_servers(answer: list[dict[str, Any]]) -> None:
    """A file name that nobody could build is used as it stands."""
    answer[2]["cifUrl"] = "https://elsewhere.example.org/x/42.cif"
    assert choose_model(answer, "P05067").cif_url == "https://elsewhere.example.org/x/42.cif"


OLD = {
    "entryId": "AF-P30530-F1",
    "cifUrl": "https://a/AF-P30530-F1-model_v4.cif",
    "uniprotStart": 3,
    "uniprotEnd": 5,
    "uniprotSequence": "MAW",
}
NEW = {
    "modelEntityId": "AF-P30530-F1",
    "uniprotAccession": "P30530",
    "cifUrl": OLD["cifUrl"],
    "sequenceStart": 3,
    "sequenceEnd": 5,
    "sequence": "MAW",
}


@pytest.mark.parametrize("record", [OLD, NEW], ids=["old names", "new names"])
def test_renamed_fields(record: dict[str, Any]) -> None:
    model = choose_model([record], "P30530")
    assert (model.id, model.first, model.last, model.sequence) == ("AF-P30530-F1", 3, 5, "MAW")
    assert (model.version, model.plddt) == (None, None)


def test_first_of_several_fragments_and_no_complex() -> None:
    records = [
        {**NEW, "modelEntityId": "AF-P30530-F2"},
        {**NEW, "isComplex": True, "cifUrl": "https://a/complex.cif"},
        {**NEW, "cifUrl": "https://a/f1.cif"},
    ]
    assert choose_model(records, "P30530").cif_url == "https://a/f1.cif"


@pytest.mark.parametrize("records", [[], [{**NEW, "uniprotAccession": "P30530-2", "modelEntityId": "AF-P30530-2-F1"}]])
def test_no_model(records: list[dict[str, Any]]) -> None:
    with pytest.raises(NotFoundError, match="no model of P30530"):
        choose_model(records, "P30530")


@pytest.mark.parametrize("answer", [{}, None, ["x"], [{**NEW, "cifUrl": None}], [{**NEW, "cifUrl": "file:///etc/passwd"}]])
def test_answers_that_cannot_be_used(answer: Any) -> None:
    with pytest.raises(ContentError):
        choose_model(answer, "P30530")
