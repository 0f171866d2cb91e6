"""What lies in a file: packed or not, complete or not, a web page, JSON, its hash."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from axlstruct.errors import ContentError

_BLOCK = 1 << 18

MAX_BYTES = 512 * 2**20
"""Most bytes of a file that is read as a whole."""
MAX_TEXT = 2 * 2**30
"""Most bytes of it once unpacked."""


def sha256(path: Path) -> str:
    """SHA-256 of a file as lower-case hex digits."""
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_gzip(path: Path) -> bool:
    """Whether a file begins as gzip does, whatever its name."""
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def unpacked(path: Path, *, limit: int | None = None) -> Iterator[bytes]:
    """Blocks of a file's content, gzip taken off; the gzip trailer is checked at the end.

    Parameters
    ----------
    path : Path
    limit : int, optional
        Most bytes that the content may have.

    Raises
    ------
    ContentError
        Where the gzip stream is truncated or damaged, or the content exceeds the limit.
    """
    import gzip

    done = 0
    packed = is_gzip(path)
    with gzip.open(path) if packed else path.open("rb") as file:
        while True:
            try:
                block = file.read(_BLOCK)
            except EOFError as error:
                raise ContentError("truncated: the gzip stream ends too early", where=str(path)) from error
            except (gzip.BadGzipFile, zlib.error) as error:
                raise ContentError(f"damaged gzip file: {error}", where=str(path)) from error
            if not block:
                return
            done += len(block)
            if limit is not None and done > limit:
                raise ContentError("larger than allowed when unpacked", where=str(path), expected=f"at most {limit} bytes")
            yield block


def check_complete(path: Path, *, limit: int) -> None:
    """Unpack a gzip file to nowhere; raises ContentError where it is truncated, damaged or larger than ``limit`` bytes."""
    for _ in unpacked(path, limit=limit):
        pass


def settle(part: Path, ready: Path, *, limit: int) -> None:
    """Bring a download under its name: packed where the name ends in ``.gz``, else unpacked.

    Raises
    ------
    ContentError
        As :func:`unpacked`.
    """
    import gzip
    import os

    wanted = ready.suffix == ".gz"
    if is_gzip(part) == wanted:
        os.replace(part, ready)
    elif wanted:
        with ready.open("wb") as raw, gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=6, mtime=0) as file:
            for block in unpacked(part, limit=limit):
                file.write(block)
    else:
        with ready.open("wb") as plain:
            for block in unpacked(part, limit=limit):
                plain.write(block)


def refuse_page(path: Path) -> None:
    """Raise ContentError where a file is empty or a web page, such as a login or an error page sent with status 200."""
    head = next(unpacked(path), b"").lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        raise ContentError("empty", where=str(path))
    if head[:512].lower().startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        raise ContentError(
            "a web page instead of data",
            where=str(path),
            advice="a login page, a proxy or a server in maintenance may have answered; open the address in a browser",
        )


def check_source(path: Path) -> None:
    """Refuse a file that is no regular one, or too large as it lies or once unpacked; what else is wrong its reader says.

    Raises
    ------
    ContentError
        As `read_bytes`, before anything of it is held in memory.
    """
    try:
        check_size(path)
        if is_gzip(path):
            check_complete(path, limit=MAX_TEXT)
    except (OSError, ValueError):
        return
    except ContentError as error:
        if error.expected or error.advice:
            raise


def check_size(path: Path, most: int | None = None) -> None:
    """Refuse a file, before it is opened, that is neither a regular one nor a folder, or has more than ``most`` bytes.

    Raises
    ------
    ContentError
    OSError
        It is not there.
    """
    import stat

    most = MAX_BYTES if most is None else most
    status = path.stat()
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        raise ContentError("not a regular file", where=str(path), advice="copy its content into a file")
    if status.st_size > most:
        raise ContentError(
            "larger than allowed", where=str(path), expected=f"at most {most} bytes", found=f"{status.st_size} bytes"
        )


def read_bytes(path: Path, *, max_bytes: int = MAX_BYTES, max_text: int = MAX_TEXT) -> bytes:
    """The whole content of a plain or gzip file.

    Parameters
    ----------
    path : Path
    max_bytes, max_text : int
        Largest size of the file, and of its content.

    Raises
    ------
    ContentError
        Not a regular file (a device, a pipe, a folder), too large, or a gzip stream that is truncated or damaged.
    OSError
        It is not there or cannot be read.
    """
    check_size(path, max_bytes)
    if path.is_dir():
        raise ContentError("not a regular file", where=str(path), advice="name a file in it")
    return b"".join(unpacked(path, limit=max_text))


def read_text(path: Path) -> str:
    """Text of a plain or gzip file; raises ContentError where it is not UTF-8, no regular file or too large."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError("not text", where=str(path)) from error


def tsv_rows(text: str, where: str) -> Iterator[list[str]]:
    """Cells of each line of a table separated by tabs, in which quotes mean nothing.

    Raises
    ------
    ContentError
        A cell longer than the csv reader takes (131,072 characters).
    """
    import csv

    try:
        yield from csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    except csv.Error as error:
        raise ContentError(f"no readable table: {error}", where=where) from None


def read_json(path: Path) -> Any:
    """Content of a JSON file, plain or gzip; raises ContentError where it is none."""
    try:
        return json.loads(read_text(path))
    except RecursionError:
        raise ContentError("not JSON that can be read: nested too deeply", where=str(path)) from None
    except ValueError as error:  # also a number of thousands of digits
        raise ContentError(f"not JSON ({error})", where=str(path)) from error
