"""What the command line does with tables, words, errors and the order of its options."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from axlstruct.errors import AxlstructError, UsageError

if TYPE_CHECKING:
    from axlstruct.tables import Table


def colors_of(given: list[str]) -> dict[str, str]:
    """Colours by name out of ``NAME=#RRGGBB``; raises UsageError for anything else."""
    for item in given:
        if not re.fullmatch(r"[^=]+=#[0-9A-Fa-f]{6}", item):
            raise UsageError(f"no colour {item!r}", expected="NAME=#RRGGBB, such as IG1=#D55E00")
    return {item.rpartition("=")[0]: item.rpartition("=")[2] for item in given}


def known_format(format: str | None) -> str | None:
    """Refuse an unknown format before anything is computed."""
    from axlstruct.tables import FORMATS

    if format is not None and format not in FORMATS:
        raise UsageError(f"unknown format {format!r}", expected=", ".join(FORMATS))
    return format


def format_of(format: str | None, output: Path | None) -> str:
    """The format asked for, else that of the file's suffix, else ``table`` on a terminal and ``tsv`` elsewhere."""
    if format is None and output is not None:
        format = {".json": "json", ".parquet": "parquet"}.get(output.suffix, "tsv")
    return format or ("table" if sys.stdout.isatty() else "tsv")


def emit(table: Table, format: str | None, output: Path | None) -> None:
    """Data to stdout or a file, its notes to stderr."""
    write(table.render(format_of(format, output)), output)
    for note in table.notes:
        say(f"note: {note}")


def write(content: bytes, output: Path | None) -> None:
    """Bytes to stdout or, whole or not at all, to a file."""
    from axlstruct.tables import write_whole

    if output is not None:
        write_whole(output, content)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def say(line: str) -> None:
    """A line of words to stderr."""
    print(line, file=sys.stderr)  # noqa: T201


def finish(failed: Sequence[str], rows: int) -> None:
    """Name the rows that could not be answered, and leave: with 3 where that is a part of them, with 1 where it is all."""
    for line in failed:
        say(line)
    if failed:
        raise typer.Exit(3 if len(failed) < rows else 1)


def explain(error: Exception) -> int:
    """Print one clear line for an error and return its exit code."""
    if isinstance(error, AxlstructError):
        say(f"axlstruct: {error}")
        return error.exit_code
    if isinstance(error, BrokenPipeError):
        sys.stderr.close()
        return 0
    if hasattr(error, "exit_code") and hasattr(error, "format_message"):
        say(f"axlstruct: {error.format_message()} (see axlstruct --help)")
        return int(error.exit_code)
    if isinstance(error, MemoryError | OSError):
        say(f"axlstruct: {error}")
        return 1
    say(f"axlstruct: an error of the program itself: {type(error).__name__}: {error}; run again with --debug and report it")
    return 1


_GLOBAL_FLAGS = ("--offline", "--debug")
_GLOBAL_VALUES = ("--target", "--cache", "--mirror")


def global_options_first(arguments: list[str]) -> list[str]:
    """Let global options stand anywhere: ``axlstruct where Y702 --offline`` means ``axlstruct --offline where Y702``.

    Examples
    --------
    >>> global_options_first(["where", "Y702", "--offline", "--mirror", "here"])
    ['--offline', '--mirror', 'here', 'where', 'Y702']
    """
    first: list[str] = []
    rest: list[str] = []
    items = iter(arguments)
    for item in items:
        if item == "--":
            rest += [item, *items]
        elif item in _GLOBAL_FLAGS or item.startswith(tuple(f"{name}=" for name in _GLOBAL_VALUES)):
            first.append(item)
        elif item in _GLOBAL_VALUES:
            first += [item, *(value for value in [next(items, None)] if value is not None)]
        else:
            rest.append(item)
    return first + rest
