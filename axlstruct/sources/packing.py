"""Bytes of a coordinate file: read, unpacked by what they are, and turned into text that keeps its columns."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

from axlstruct.errors import ContentError, UsageError
from axlstruct.sources import content

ADVICE = "fetch it again, or name another file"
_PACKED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\x28\xb5\x2f\xfd": "Zstandard", b"\xfd7zXZ\x00": "xz"}
_BLANK = b"\0 \t\r\n\v\f"
_BLOCK = 1 << 20
_SMALL = 64 * 2**20
"""Bytes up to which any content is unpacked."""
_FOLD = 200
"""Content larger than this times the packed file is none: text of coordinates is packed 3- to 30-fold."""


def contents(path: Path) -> bytes:
    """Content of a file, with gzip, bzip2, xz or Zstandard taken off; known by its first bytes, whatever its name.

    Raises
    ------
    UsageError
        No such file, or a folder.
    ContentError
        It cannot be read, is no regular file, is empty, damaged or too large (as it lies or once unpacked), or is packed in a way
        that this installation cannot unpack.
    """
    try:
        content.check_size(path)
        if path.is_dir():
            raise IsADirectoryError
        with path.open("rb") as file:
            start = file.read(6)
            file.seek(0)
            packed = next((kind for first, kind in _PACKED.items() if start.startswith(first)), None)
            raw = _unpacked(file, packed, path) if packed else file.read()
    except FileNotFoundError:
        raise UsageError("no such file", where=str(path)) from None
    except IsADirectoryError:
        raise UsageError("a folder, not a coordinate file", where=str(path), advice="name one file in it") from None
    except (OSError, ValueError) as error:
        raise ContentError(f"cannot be read: {getattr(error, 'strerror', None) or error}", where=str(path)) from None
    if not raw.strip(_BLANK):
        raise ContentError("empty file", where=str(path), advice=ADVICE)
    return raw


def _unpacked(file: IO[bytes], kind: str, path: Path) -> bytes:
    """The unpacked content, given up as soon as it is larger than coordinates can be: a few bytes may stand for gigabytes."""
    size, done, blocks = path.stat().st_size, 0, []
    opened = _opener(kind, path)
    try:
        with opened(file) as unpacking:
            while block := unpacking.read(_BLOCK):
                done += len(block)
                if done > content.MAX_TEXT:
                    raise ContentError(
                        "larger than allowed when unpacked", where=str(path), expected=f"at most {content.MAX_TEXT} bytes"
                    )
                if done > max(_SMALL, _FOLD * size):
                    raise ContentError(f"no coordinates: over {_FOLD} times as large unpacked", where=str(path), advice=ADVICE)
                if len(block) == _BLOCK == block.count(block[:1]):
                    raise ContentError("no coordinates: a megabyte of one and the same byte", where=str(path), advice=ADVICE)
                blocks.append(block)
    except ContentError:
        raise
    except Exception as error:  # each package has errors of its own, without a common base
        text = f"truncated or damaged {kind} file: {str(error) or type(error).__name__}"
        raise ContentError(text, where=str(path), advice=ADVICE) from None
    return b"".join(blocks)


def _opener(kind: str, path: Path) -> Any:
    """A function that opens a packed stream; for Zstandard that of Python 3.14 or of its backport."""
    from importlib import import_module

    modules = {"gzip": ("gzip",), "bzip2": ("bz2",), "xz": ("lzma",), "Zstandard": ("compression.zstd", "backports.zstd")}
    for module in modules[kind]:
        try:
            return import_module(module).open
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
