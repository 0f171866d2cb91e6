"""Standard output and error at their edges: closed, full, or left by their reader."""

from __future__ import annotations

import os
import sys
from typing import Any

from axlstruct.errors import OutputError


class ReaderLeftError(Exception):
    """Whoever read standard output has enough, as ``head`` does: no failure of ours.

    Deliberately no OSError, which the library that reads the command line would take for its own.
    """


class Guarded:
    """A stream, text or bytes, whose failures are told apart."""

    def __init__(self, stream: Any, name: str = "standard output") -> None:
        self._stream, self._name = stream, name

    def write(self, content: Any) -> int:
        """Write, or raise OutputError naming the stream, or ReaderLeftError."""
        return int(self._do("write", content))

    def flush(self) -> None:
        """Flush, with the errors of `write`."""
        if self._stream is not None:
            self._do("flush")

    def isatty(self) -> bool:
        """Whether the stream is a terminal."""
        return self._stream is not None and bool(self._stream.isatty())

    @property
    def buffer(self) -> Guarded:
        """The stream of bytes."""
        return Guarded(getattr(self._stream, "buffer", None), self._name)

    def _do(self, method: str, *content: Any) -> Any:
        if self._stream is None:
            raise OutputError("cannot write: closed", where=self._name)
        try:
            return getattr(self._stream, method)(*content)
        except BrokenPipeError:
            raise ReaderLeftError from None
        except OSError as error:
            raise OutputError(f"cannot write: {error.strerror or error}", where=self._name) from None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def guard() -> None:
    """Take standard output under guard.

    Streams that are closed are opened to nowhere, so that no file that is opened later takes their place; writing to a closed
    standard output is an error all the same.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = Guarded(sys.stdout)  # type: ignore[assignment]
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def let_go(stream: Any, number: int) -> None:
    """Drop what a stream could not write, so that the interpreter does not stumble over it when it ends."""
    try:
        stream.flush()
    except Exception:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
