"""BinaryCIF: what it holds is what the mmCIF file of the same entry holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from shared_files import mirror

from axlstruct.errors import ContentError
from axlstruct.sources import binary_cif
from axlstruct.sources.coordinates import read_structure

msgpack = pytest.importorskip("msgpack", reason="the package msgpack is not installed")
Write = Callable[..., Path]


@pytest.mark.parametrize("strict", [True, False])
def test_1igy_is_the_same_in_both_forms(strict: bool) -> None:
    """The text form is read by gemmi alone, so it is the truth for the decoder."""
    binary, text = (read_structure(mirror(name), strict=strict) for name in ("1igy.bcif", "1igy.cif"))
    assert (binary.id, binary.method, binary.resolution) == (text.id, text.method, text.resolution)
    assert binary.xyz.tolist() == text.xyz.tolist()
    assert binary.atom_names.tolist() == text.atom_names.tolist()
    assert [(c.chain, c.label, c.entity, c.declared, c.references) for c in binary.chains] == [
        (c.chain, c.label, c.entity, c.declared, c.references) for c in text.chains
    ]
    assert [(r.id, r.name, r.label_seq, round(r.b, 2)) for r in binary.residues] == [
        (r.id, r.name, r.label_seq, round(r.b, 2)) for r in text.residues
    ]


def test_a_damaged_file_is_refused_in_one_line(written: Write) -> None:
    whole = mirror("1igy.bcif").read_bytes()
    for content in (whole[: len(whole) // 2], whole[:3000], whole[:5000] + whole[9000:]):
        with pytest.raises(ContentError, match="BinaryCIF") as caught:
            read_structure(written(content, "1igy.bcif"))
        assert "\n" not in str(caught.value)


def test_without_msgpack_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch, written: Write) -> None:
    monkeypatch.setitem(__import__("sys").modules, "msgpack", None)
    with pytest.raises(ContentError, match=r"needs the package msgpack; pip install msgpack"):
        read_structure(written(b"\x83\xaadataBlocks", "mine.bcif"))


@pytest.mark.parametrize(
    ("data", "encoding", "expected"),
    [
        (np.array([1, -2, 300], "<i4"), [{"kind": "ByteArray", "type": 3}], [1, -2, 300]),
        (np.array([1.5, -2.25], "<f8"), [{"kind": "ByteArray", "type": 33}], [1.5, -2.25]),
        (np.array([1500, -250], "<i4"), [{"kind": "FixedPoint", "factor": 1000}, {"kind": "ByteArray", "type": 3}], [1.5, -0.25]),
        (np.array([7, 3, 9, 2], "<i4"), [{"kind": "RunLength"}, {"kind": "ByteArray", "type": 3}], [7, 7, 7, 9, 9]),
        (np.array([0, 1, 1, 5], "<i4"), [{"kind": "Delta", "origin": 10}, {"kind": "ByteArray", "type": 3}], [10, 11, 12, 17]),
        (
            np.array([0, 2, 4], "<i4"),
            [{"kind": "IntervalQuantization", "min": 1.0, "max": 2.0, "numSteps": 5}, {"kind": "ByteArray", "type": 3}],
            [1.0, 1.5, 2.0],
        ),
        (
            np.array([1, 127, 3, -128, -2, 127, 127, 0], "i1"),
            [{"kind": "IntegerPacking", "byteCount": 1, "isUnsigned": False, "srcSize": 4}, {"kind": "ByteArray", "type": 1}],
            [1, 130, -130, 254],
        ),
        (
            np.array([255, 1, 7], "u1"),
            [{"kind": "IntegerPacking", "byteCount": 1, "isUnsigned": True, "srcSize": 2}, {"kind": "ByteArray", "type": 4}],
            [256, 7],
        ),
    ],
    ids=["int", "float", "fixed point", "run length", "delta", "quantization", "packed", "packed unsigned"],
)
def test_each_encoding(data: np.ndarray, encoding: list[dict[str, object]], expected: list[float]) -> None:
    """By hand from the definitions of Sehnal et al. 2020, PLoS Comput Biol 16:e1008247."""
    assert binary_cif._decoded({"data": data.tobytes(), "encoding": encoding}).tolist() == expected


def test_words_are_read_by_their_offsets_and_absent_ones_are_marked() -> None:
    places = {"kind": "ByteArray", "type": 3}
    column = {
        "name": "x",
        "data": {
            "data": np.array([1, 0, 1, -1], "<i4").tobytes(),
            "encoding": [
                {
                    "kind": "StringArray", "dataEncoding": [places], "stringData": "CAO5'",
                    "offsetEncoding": [places], "offsets": np.array([0, 2, 5], "<i4").tobytes(),
                }
            ],
        },
        "mask": {"data": np.array([0, 0, 1, 2], "u1").tobytes(), "encoding": [{"kind": "ByteArray", "type": 4}]},
    }  # fmt: skip
    assert binary_cif._words(column, 4) == ['"O5\'"', "CA", ".", "?"], "quoted as CIF wants it"
