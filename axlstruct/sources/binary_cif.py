"""BinaryCIF becomes a gemmi CIF block: msgpack and the seven encodings of Sehnal et al. 2020, PLoS Comput Biol 16:e1008247."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axlstruct.errors import ContentError
from axlstruct.sources.packing import ADVICE

if TYPE_CHECKING:
    import gemmi
    import numpy as np

_TYPES = {1: "<i1", 2: "<i2", 3: "<i4", 4: "<u1", 5: "<u2", 6: "<u4", 32: "<f4", 33: "<f8"}
_LEFT_OUT = ("_atom_site_anisotrop",)


def is_binary(raw: bytes) -> bool:
    """Whether bytes begin as the map that every BinaryCIF file is."""
    return (raw[:1] in (b"\x82", b"\x83", b"\x84", b"\x85", b"\x86") or raw[:1] == b"\xde") and b"dataBlocks" in raw[:4096]


def read_binary_cif(path: Path, raw: bytes) -> gemmi.cif.Document:
    """Decode a BinaryCIF file.

    Raises
    ------
    ContentError
        It is damaged, or the package msgpack is not installed.
    """
    import gemmi

    try:
        import msgpack  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        raise ContentError(
            "BinaryCIF, which needs the package msgpack", where=str(path),
            advice="pip install msgpack (axlstruct[bcif]), or give the mmCIF file",
        ) from None  # fmt: skip
    document = gemmi.cif.Document()
    try:
        for part in msgpack.unpackb(raw, raw=False, strict_map_key=False)["dataBlocks"]:
            block = document.add_new_block(str(part["header"]) or "x")
            for category in part["categories"]:
                if category["name"] not in _LEFT_OUT and category["rowCount"]:
                    names = [column["name"] for column in category["columns"]]
                    loop = block.init_loop(f"{category['name']}.", names)
                    loop.set_all_values([_words(column, category["rowCount"]) for column in category["columns"]])
    except Exception as error:
        raise ContentError(f"damaged BinaryCIF file: {error or type(error).__name__}", where=str(path), advice=ADVICE) from None
    return document


def _words(column: dict[str, Any], rows: int) -> list[str]:
    """The values of a column as CIF text."""
    import gemmi

    values = _decoded(column["data"])
    if len(values) != rows:
        raise ValueError(f"{column['name']} has {len(values)} values in {rows} rows")
    if isinstance(values, list):
        quoted = {value: gemmi.cif.quote(value) for value in set(values)}
        words = [quoted[value] for value in values]
    elif values.dtype.kind == "f":
        digits = next((len(str(e["factor"])) - 1 for e in column["data"]["encoding"] if e["kind"] == "FixedPoint"), None)
        words = [f"{value:.{digits}f}" for value in values.tolist()] if digits is not None else list(map(_short, values))
    else:
        words = list(map(str, values.tolist()))
    if column.get("mask"):
        for row, absent in enumerate(_decoded(column["mask"]).tolist()):
            if absent:
                words[row] = "." if absent == 1 else "?"
    return words


def _short(value: np.floating[Any]) -> str:
    return str(value)


def _decoded(data: dict[str, Any]) -> Any:
    """Numbers as an array, words as a list: the encodings undone, last first."""
    values: Any = data["data"]
    for encoding in reversed(data["encoding"]):
        values = _undo(values, encoding)
    return values


def _undo(values: Any, encoding: dict[str, Any]) -> Any:
    import numpy as np

    kind = encoding["kind"]
    if kind == "ByteArray":
        return np.frombuffer(values, dtype=_TYPES[encoding["type"]])
    if kind == "FixedPoint":
        return values / float(encoding["factor"])
    if kind == "IntervalQuantization":
        step = (encoding["max"] - encoding["min"]) / (encoding["numSteps"] - 1)
        return encoding["min"] + values * step
    if kind == "RunLength":
        return np.repeat(values[::2], values[1::2])
    if kind == "Delta":
        return np.cumsum(values, dtype=np.int64) + encoding["origin"]
    if kind == "IntegerPacking":
        return _unpacked(values, encoding)
    if kind == "StringArray":
        places = _decoded({"data": encoding["offsets"], "encoding": encoding["offsetEncoding"]}).tolist()
        text = encoding["stringData"]
        words = [text[start:end] for start, end in pairwise(places)]
        return ["" if index < 0 else words[index] for index in _decoded({"data": values, "encoding": encoding["dataEncoding"]})]
    raise ValueError(f"unknown encoding {kind!r}")


def _unpacked(values: np.ndarray, encoding: dict[str, Any]) -> np.ndarray:
    """Large integers that were written as sums of small ones: a value at the limit goes on in the next."""
    import numpy as np

    top = (1 << (8 * encoding["byteCount"] - (0 if encoding["isUnsigned"] else 1))) - 1
    low = None if encoding["isUnsigned"] else -top - 1
    open_ = values == top
    if low is not None:
        open_ = open_ | (values == low)
    total = np.concatenate([[0], np.cumsum(values, dtype=np.int64)])
    ends = np.flatnonzero(~open_) + 1
    sums: np.ndarray = np.diff(total[ends], prepend=0)
    return sums
