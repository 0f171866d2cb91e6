"""What the command line does with tables, words, errors and the order of its options."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from axlstruct.errors import AxlstructError, UsageError, visible

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


_ENDLESS = re.compile(r"\S{1025,}")
STDOUT = Path("/dev/stdout")
"""What ``-o -`` stands for."""


def output_path(path: Path | None) -> Path | None:
    """The path of an option ``-o``: ``-`` is standard output."""
    return STDOUT if path is not None and str(path) == "-" else path


def known_ending(context: typer.Context, path: Path | None) -> Path | None:
    """Refuse, before anything is computed, a table into a file whose ending names no format where none is asked for."""
    path = output_path(path)
    if path is not None and context.params.get("format") is None and context.info_name != "evidence":
        format_of(None, path)
    return path


def format_of(format: str | None, output: Path | None) -> str:
    """The format asked for, else that of the file's ending, else ``table`` on a terminal and ``tsv`` elsewhere.

    Raises
    ------
    UsageError
        The ending of a file names no format.
    """
    from axlstruct.tables import ENDINGS

    if format is None and output is not None:
        format = ENDINGS.get(output.suffix.lower())
        if format is None and not is_stream(output):
            raise UsageError(
                "no format of that ending", where=str(output), expected=", ".join(ENDINGS), found=output.suffix or "no ending",
                advice="or say --format",
            )  # fmt: skip
    return format or ("table" if output is None and sys.stdout.isatty() else "tsv")


def is_stream(path: Path) -> bool:
    """Whether a path is a stream, device or pipe that is written through."""
    from axlstruct.writing import stream_of

    return stream_of(path) is not None or (path.exists() and not path.is_file() and not path.is_dir())


def emit(table: Table, format: str | None, output: Path | None) -> None:
    """Data to stdout or a file; to stderr its notes, what was marked, and what was written."""
    from axlstruct.tables import BINARY, marked

    format = format_of(format, output)
    if format in BINARY and output is None and sys.stdout.isatty():
        raise UsageError(f"{format} is nothing to look at", advice="name a file with -o")
    write(table.render(format), output)
    for note in table.notes:
        say(f"note: {note}")
    if format in ("csv", "xlsx") and (count := marked(table)):
        how = "by an apostrophe" if format == "csv" else "as text"
        say(f"note: {count:,} cells begin with = + - or @, which a spreadsheet would run: they are marked {how}")
    if output is not None and not is_stream(output):
        say(f"wrote {output}: {len(table):,} row{'s' * (len(table) != 1)}")


def write(content: bytes, output: Path | None) -> None:
    """Bytes to stdout or, whole or not at all, to a file."""
    from axlstruct.writing import write_whole

    if output is not None and output != STDOUT:
        write_whole(output, content)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def refuse_inputs(arguments: Sequence[str]) -> None:
    """Refuse a file to write that another argument, the target it names, a mirror or the cache has or may be read from.

    Raises
    ------
    UsageError
        The output is an input.
    """
    words = list(arguments)
    outputs = [words.pop(i + 1) for i in reversed(range(len(words) - 1)) if words[i] in ("-o", "--output")]
    outputs += [word.removeprefix("--output=").removeprefix("-o") for word in words if word.startswith(("--output=", "-o"))]
    existing = [Path(name) for name in outputs if name not in ("", "-") and os.path.isfile(name)]
    if not existing:
        return
    from axlstruct.writing import same_file

    inputs = [Path(word.partition("=")[2] if word.startswith("--") else word) for word in words if not word.startswith("-o")]
    for output in existing:
        for path in [*inputs, *(file for place in inputs for file in _target_files(place))]:
            if same_file(path, output):
                raise UsageError("the output is an input and would be lost", where=str(output), advice="name another file")
        if folder := _source_folder(output, words):
            raise UsageError(f"the output is a file of {folder} and would be lost", where=str(output), advice="name another file")


_MIRRORED = re.compile(
    r"((pdb_0000)?[0-9][a-z0-9]{3}([-_](updated|assembly\w{1,8}))?|AF-.*|ENST\d+.*|[A-Z][0-9][A-Z0-9]{4,8}(-\d+)?)"
    r"\.(cif|bcif|pdb|ent|json|fasta|txt)(\.gz)?", re.IGNORECASE,
)  # fmt: skip
"""Names that files of a mirror or the cache have; results may lie in their folders under others."""


def _source_folder(output: Path, words: Sequence[str]) -> str:
    """Whether a file is one of the cache or of a mirror, and which."""
    from axlstruct.sources.folders import default_mirrors, default_root

    def given(option: str) -> list[Path]:
        after = [Path(words[i + 1]) for i in range(len(words) - 1) if words[i] == option]
        return after + [Path(word.partition("=")[2]) for word in words if word.startswith(f"{option}=")]

    place = output.resolve()
    if _MIRRORED.fullmatch(place.name) is None:
        return ""
    places = {"the cache": given("--cache") or [default_root()], "a mirror": given("--mirror") or default_mirrors()}
    return next((name for name, folders in places.items() for each in folders if place.is_relative_to(each.resolve())), "")


def _target_files(place: Path) -> list[Path]:
    """The files of a target's folder or TOML file: the description, and those that it names."""
    file = place / "target.toml" if place.is_dir() else place
    if file.suffix != ".toml" or not file.is_file():
        return []
    named = re.findall(r"""["']([^"'\n]+)["']""", file.read_text(encoding="utf-8", errors="replace"))
    return [file, *(file.parent / name for name in named)]


def say(line: str) -> None:
    """A line of words to stderr, in which nothing acts on a terminal; where stderr is closed or full, nobody hears it.

    A word of more letters than any path has is cut: a number of thousands of digits hides what is said of it.
    """
    if sys.stderr is None:
        return
    with suppress(OSError):
        line = _ENDLESS.sub(lambda word: f"{word[0][:80]}... ({len(word[0]):,} letters)", visible(line))
        print(line, file=sys.stderr, flush=True)  # noqa: T201


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
    if hasattr(error, "exit_code") and hasattr(error, "format_message"):
        say(f"axlstruct: {error.format_message()} (see axlstruct --help)")
        return int(error.exit_code)
    if isinstance(error, RecursionError) or "integer string conversion" in str(error):
        what = "nested too deeply to be read" if isinstance(error, RecursionError) else "a number of thousands of digits"
        say(f"axlstruct: {what}")
        return 2
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
