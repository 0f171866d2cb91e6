"""Predicted aligned errors: forms of the file, refusals, the way through the cache, and what they say of domains."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from replay import HTML, Act, Replay

import axlstruct
from axlstruct.errors import ContentError, NotFoundError, OfflineError
from axlstruct.sequence.features import Feature, Span
from axlstruct.sequence.target import Protein
from axlstruct.sources.cache import Cache
from axlstruct.sources.content import read_json
from axlstruct.sources.pae import parse_pae
from axlstruct.sources.resources import pae_resource
from axlstruct.structure.arrangement import SUPPORTED_BELOW, arrangement_rows, mean_errors
from axlstruct.study.run import fetch_all

MATRIX = [[0, 7, 9], [1, 0, 8], [2, 3, 0]]
API = "/alphafold.ebi.ac.uk/api/prediction/P30530"
FILE = "/alphafold.ebi.ac.uk/files/AF-P30530-F1-predicted_aligned_error_v6.json"


def pairs(matrix: list[list[int]], order: list[int] | None = None) -> dict[str, Any]:
    """The form of the first release, its pairs in any order."""
    cells = [(i + 1, j + 1, value) for i, row in enumerate(matrix) for j, value in enumerate(row)]
    cells = [cells[k] for k in order] if order else cells
    first, second, errors = zip(*cells, strict=True)
    return {"residue1": first, "residue2": second, "distance": errors, "max_predicted_aligned_error": 31.75}


@pytest.mark.parametrize(
    "answer",
    [
        [{"predicted_aligned_error": MATRIX, "max_predicted_aligned_error": 31.75}],
        {"predicted_aligned_error": MATRIX},
        [pairs(MATRIX)],
        pairs(MATRIX),
        {"pae": MATRIX, "atom_plddts": [1.0]},
    ],
    ids=["list", "plain", "first release", "first release, plain", "colabfold"],
)
def test_every_form_gives_the_same_array(answer: Any) -> None:
    """Row: the residue aligned on; column: the residue whose error it is."""
    pae = parse_pae(answer, 3)
    assert pae.tolist() == MATRIX
    assert pae.dtype == np.float32


@given(st.permutations(range(9)))
def test_the_order_of_pairs_does_not_matter(order: list[int]) -> None:
    assert parse_pae([pairs(MATRIX, order)]).tolist() == MATRIX


TWICE = pairs(MATRIX) | {"residue2": (1, 1, 3, 1, 2, 3, 1, 2, 3)}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([], "expected a record"),
        ("x", "expected a record"),
        ([{"plddt": [1]}], "no predicted aligned errors"),
        ({"predicted_aligned_error": None, "distance": [1]}, "no predicted aligned errors"),
        ({"predicted_aligned_error": [[0, 1], [1]]}, "no predicted aligned errors"),
        ({"predicted_aligned_error": [["a"]]}, "no predicted aligned errors"),
        ({"predicted_aligned_error": [[0, 1, 2], [1, 0, 2]]}, "not square .*2 x 3"),
        ({"predicted_aligned_error": []}, "not square"),
        ({"predicted_aligned_error": [[0, 1], [1, 0]]}, "expected 3 residues, found 2"),
        ({"predicted_aligned_error": [[0, -1, 1], [1, 0, 1], [1, 1, 0]]}, "no errors in Angstrom"),
        ({"predicted_aligned_error": [[0, None, 1], [1, 0, 1], [1, 1, 0]]}, "no errors in Angstrom"),
        (pairs(MATRIX) | {"residue1": (1,) * 8}, "no predicted aligned errors"),
        (pairs(MATRIX) | {"distance": (1,) * 8}, "no predicted aligned errors"),
        (TWICE, "no errors in Angstrom"),
    ],
)
def test_what_is_no_such_file_is_refused(answer: Any, words: str) -> None:
    with pytest.raises(ContentError, match=words):
        parse_pae(answer, 3)


@pytest.fixture
def server() -> Iterator[Replay]:
    with Replay() as replay:
        model = {
            "uniprotAccession": "P30530",
            "modelEntityId": "AF-P30530-F1",
            "cifUrl": "https://alphafold.ebi.ac.uk/files/AF-P30530-F1-model_v6.cif",
            "paeDocUrl": f"https:/{FILE}",
        }
        replay.on(API, Act(json.dumps([model]).encode()))
        yield replay


def door(server: Replay, root: Path) -> Cache:
    return Cache(root, gateway=server.url)


def body(size: int) -> bytes:
    return json.dumps([{"predicted_aligned_error": [[1] * size] * size}]).encode()


def test_the_file_comes_from_the_address_of_the_api_and_stays(server: Replay, tmp_path: Path) -> None:
    server.on(FILE, Act(body(3)))
    got = door(server, tmp_path).get(pae_resource("P30530", 3))
    assert got.provenance.url == f"https:/{FILE}"
    assert got.path.name == "AF-P30530-F1-predicted_aligned_error.json.gz"
    assert parse_pae(read_json(got.path), 3).shape == (3, 3)
    assert door(server, tmp_path).get(pae_resource("P30530", 3)).origin == "cache"
    assert server.counts[FILE] == 1


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (HTML, "web page"),
        (Act(body(4)), "expected 3 residues, found 4"),
        (Act(b"[{}]"), "no predicted aligned"),
        (Act(b"[["), "JSON"),
    ],
)
def test_what_is_wrong_never_enters_the_cache(server: Replay, tmp_path: Path, act: Act, words: str) -> None:
    server.on(FILE, act)
    with pytest.raises(ContentError, match=words):
        door(server, tmp_path).get(pae_resource("P30530", 3))
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


def test_a_model_without_errors(server: Replay, tmp_path: Path) -> None:
    server.on(API, Act(json.dumps([{"entryId": "AF-P30530-F1", "cifUrl": "https://a/x.cif"}]).encode()))
    with pytest.raises(NotFoundError, match="no address of predicted aligned errors"):
        door(server, tmp_path).get(pae_resource("P30530", 3))


@pytest.mark.parametrize(
    "name",
    [
        "AF-P30530-F1-predicted_aligned_error_v4.json",
        "af-p30530-f1-predicted_aligned_error.json",
        "AF-P30530-F1-predicted_aligned_error_v6.json.gz",
    ],
)
def test_a_mirror(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(body(3)) if name.endswith(".gz") else body(3))
    cache = Cache(tmp_path / "cache", [tmp_path], offline=True)
    assert cache.get(pae_resource("P30530", 3)).origin == "mirror"
    with pytest.raises(OfflineError, match="found 3"):
        cache.get(pae_resource("P30530", 4))


def test_fetch_by_name(server: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AXLSTRUCT_GATEWAY", server.url)
    study = axlstruct.load("axl", cache=tmp_path, mirror=[])
    server.on(FILE, Act(body(3)))
    _, _, missing, blocking = fetch_all(study.session, ["AF-P30530-PAE"])
    assert "expected 894 residues, found 3" in missing["AF-P30530-PAE"]
    assert blocking
    server.on(FILE, Act(body(894)))
    table, _, missing, _ = fetch_all(study.session, ["AF-P30530-PAE"])
    assert (len(table), missing) == (1, {})


PARTS = (
    Feature("domain", "One", Span(1, 2)),
    Feature("region", "transmembrane", Span(4, 4)),
    Feature("domain", "Two", Span(6, 8), short="D2"),
)
TOY = Protein("R", "X", "receptor", "A" * 9, PARTS)


def test_mean_errors_in_both_directions() -> None:
    pae = np.full((9, 9), 30.0)
    pae[:2, 5:8] = [[1, 2, 3], [4, 5, 6]]
    pae[5:8, :2] = 4.5
    assert mean_errors(pae, PARTS[0], PARTS[2]) == (3.5, 4.5)
    plddt = dict.fromkeys(range(1, 10), 90.0) | {3: 50.0, 5: 70.0}
    rows = {(row.part_1, row.part_2): row for row in arrangement_rows(TOY, "AF-X", plddt, pae)}
    assert list(rows) == [("One", "TM"), ("One", "D2"), ("TM", "D2")]
    both = rows["One", "D2"]
    assert (both.pae_12, both.pae_21, both.arrangement, both.threshold) == (3.5, 4.5, "supported", SUPPORTED_BELOW)
    assert (both.linker, both.linker_low, both.linker_plddt) == (3, 2, 70.0)
    assert rows["One", "TM"].arrangement == "uncertain"


@pytest.mark.parametrize(("there", "back", "word"), [(4.9, 4.9, "supported"), (5.0, 4.0, "uncertain"), (4.0, 5.0, "uncertain")])
def test_one_bad_direction_suffices(there: float, back: float, word: str) -> None:
    pae = np.zeros((9, 9))
    pae[:2, 5:8], pae[5:8, :2] = there, back
    assert arrangement_rows(TOY, "AF-X", {}, pae)[1].arrangement == word


def test_without_errors_nothing_is_said_however_high_the_plddt() -> None:
    rows = arrangement_rows(TOY, "AF-X", dict.fromkeys(range(1, 10), 99.0), None)
    assert {row.arrangement for row in rows} == {"unknown"}
    assert {row.pae_12 for row in rows} == {None}
