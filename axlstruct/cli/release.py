"""The released analysis: made anew, and held against coordinates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from axlstruct.cli.options import Format, Output
from axlstruct.cli.output import emit, say

Structures = Annotated[
    list[str] | None, typer.Argument(metavar="[STRUCTURE]...", help="structures of the target; by default those released")
]


def release(
    context: typer.Context,
    structures: Structures = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="folder; by default that of the target")] = None,
) -> None:
    """Make the released analysis anew: tables that ship with the target and answer where coordinates cannot be had."""
    from axlstruct.study.release import release as compute
    from axlstruct.study.release import write_release

    session = context.obj.study().session
    folder = output or session.release.path
    files = write_release(compute(session, structures or ()), folder)
    say(f"wrote {len(files)} files, {sum(path.stat().st_size for path in files) / 1000:.0f} kB, to {folder}")


def verify(
    context: typer.Context,
    structures: Structures = None,
    format: Format = None,
    output: Output = None,
) -> None:
    """Compute the released analysis anew from coordinates and compare it cell by cell; leaves with 1 where anything differs."""
    from axlstruct.study.verify import verify as compare

    table, good = compare(context.obj.study().session, structures or ())
    emit(table, format, output)
    raise typer.Exit(0 if good else 1)
