"""How results reach the disk: whole or not at all, through devices and pipes, and without leftovers of runs that were killed.

- A regular file is written beside its place and moved over it: whatever happens, it is the old one or the new one. Its folder is
  made.
- A link is followed: it stays, and the file to which it leads is replaced.
- A pipe, a terminal, ``/dev/null`` and the like are written through, never replaced. A disk is refused.
- ``/dev/stdout``, ``/dev/stderr`` and ``/dev/fd/N`` are the streams of this process, at the place where they stand.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import time
import zlib
from functools import cache
from itertools import count
from pathlib import Path

from axlstruct.errors import OutputError

_PART = re.compile(r"\.axlstruct-([0-9a-f]+)-(\d+)-\d+\.part")
_DAY = 86_400.0
_count = count()
_swept: set[Path] = set()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, or write through a device or a pipe.

    Raises
    ------
    OutputError
        It cannot be written; what was there before is there still.
    """
    try:
        if (stream := stream_of(path)) is not None:
            _through_stream(stream, content)
            return
        status = _status(path)
        if not path.name or (status and stat.S_ISDIR(status.st_mode)):
            raise OutputError("cannot write: a folder", where=str(path), advice="name a file")
        if status is None or stat.S_ISREG(status.st_mode):
            _replace(path.resolve(), content, status)
        elif stat.S_ISCHR(status.st_mode) or stat.S_ISFIFO(status.st_mode):
            with path.open("wb") as device:
                device.write(content)
        else:
            raise OutputError("cannot write: a disk or a socket", where=str(path), advice="name a file")
    except (OSError, RuntimeError, ValueError) as error:  # a circle of links is a RuntimeError, a NUL in the name a ValueError
        raise OutputError(f"cannot write: {getattr(error, 'strerror', None) or error}", where=str(path)) from None


def stream_of(path: Path) -> int | None:
    """Number of the open stream that a path names, None for any other path.

    Examples
    --------
    >>> stream_of(Path("/dev/stdout")), stream_of(Path("/dev/fd/3")), stream_of(Path("stdout"))
    (1, 3, None)
    """
    name = path.as_posix()
    if name in ("/dev/stdout", "/dev/stderr"):
        return 1 if name.endswith("out") else 2
    match = re.fullmatch(r"/(?:dev|proc/self)/fd/([1-9]\d{0,5})", name)
    return int(match[1]) if match else None


def same_file(path: Path, other: Path) -> bool:
    """Whether two paths lead to one existing regular file."""
    try:
        return path.is_file() and other.is_file() and path.samefile(other)
    except (OSError, ValueError):
        return False


def _through_stream(number: int, content: bytes) -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    with os.fdopen(os.dup(number), "wb") as out:
        out.write(content)


def _status(path: Path) -> os.stat_result | None:
    """What stands at a path or where its link leads, None for nothing yet."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _replace(path: Path, content: bytes, before: os.stat_result | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep(path.parent)
    part = path.parent / f".axlstruct-{_host()}-{os.getpid()}-{next(_count)}.part"
    try:
        part.write_bytes(content)
        if before:
            part.chmod(stat.S_IMODE(before.st_mode))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove parts of files that killed runs left in a folder; those of runs that still work stay."""
    if folder in _swept:
        return
    _swept.add(folder)
    with os.scandir(folder) as entries:
        parts = [(entry, match) for entry in entries if (match := _PART.fullmatch(entry.name))]
    for entry, match in parts:
        try:
            if (match[1] == _host() and not alive(int(match[2]))) or time.time() - entry.stat().st_mtime > _DAY:
                os.unlink(entry.path)
        except OSError:
            continue


def alive(process: int) -> bool:
    """Whether a process of this machine runs; where that cannot be asked without harm, it is taken to."""
    if os.name != "posix":
        return True  # there os.kill ends a process whatever the signal
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@cache
def _host() -> str:
    import platform

    return f"{zlib.crc32(platform.node().encode()):08x}"
