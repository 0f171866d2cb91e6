"""Bytes of a coordinate file: read, unpacked by what they are, and turned into text that keeps its columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axlstruct.errors import ContentError, UsageError

ADVICE = "fetch it again, or name another file"
_PACKED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\x28\xb5\x2f\xfd": "Zstandard", b"\xfd7zXZ\x00": "xz"}


def contents(path: Path) -> bytes:
    """Content of a file, with gzip, bzip2, xz or Zstandard taken off; known by its first bytes, whatever its name.

    Raises
    ------
    UsageError
        No such file, or a folder.
    ContentError
        It cannot be read, is empty or damaged, or is packed in a way that this installation cannot unpack.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise UsageError("no such file", where=str(path)) from None
    except IsADirectoryError:
        raise UsageError("a folder, not a coordinate file", where=str(path), advice="name one file in it") from None
    except (OSError, ValueError) as error:
        raise ContentError(f"cannot be read: {getattr(error, 'strerror', None) or error}", where=str(path)) from None
    packed = next((kind for start, kind in _PACKED.items() if raw.startswith(start)), None)
    if packed:
        unpack = _unpacker(packed, path)
        try:
            raw = unpack(raw)
        except Exception as error:  # each package has errors of its own, without a common base
            text = f"truncated or damaged {packed} file: {str(error) or type(error).__name__}"
            raise ContentError(text, where=str(path), advice=ADVICE) from None
    if not raw.strip():
        raise ContentError("empty file", where=str(path), advice=ADVICE)
    return raw


def _unpacker(kind: str, path: Path) -> Any:
    """A function that unpacks; for Zstandard that of Python 3.14 or of its backport."""
    from importlib import import_module

    modules = {"gzip": ("gzip",), "bzip2": ("bz2",), "xz": ("lzma",), "Zstandard": ("compression.zstd", "backports.zstd")}
    for module in modules[kind]:
        try:
            return import_module(module).decompress
        except ImportError:
            continue
    raise ContentError(
        f"packed by {kind}, which this Python cannot unpack", where=str(path),
        advice="unpack it first, or, for Zstandard, install backports.zstd",
    )  # fmt: skip


def plain_text(raw: bytes) -> tuple[str, int]:
    """ASCII text with one ``?`` for each other byte, so that columns stay where they are; and how many such bytes there were.

    A byte order mark is taken off; NUL bytes become blanks.

    Examples
    --------
    >>> plain_text(b"CA\\xff ALA")
    ('CA? ALA', 1)
    """
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    odd = 0
    if not raw.isascii():
        text = raw.decode("ascii", errors="replace")
        odd = text.count("\ufffd")
        text = text.replace("\ufffd", "?")
    else:
        text = raw.decode("ascii")
    return text.replace("\0", " "), odd


def unicode_text(raw: bytes) -> tuple[str, int]:
    """UTF-8 text with ``?`` for each byte that is none, and how many such bytes there were; no byte order mark."""
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        return raw.decode("utf-8").replace("\0", " "), 0
    except UnicodeDecodeError:
        text = raw.decode("utf-8", errors="replace")
        return text.replace("\ufffd", "?").replace("\0", " "), text.count("\ufffd")
