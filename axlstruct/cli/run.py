"""The main job and the cache."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from axlstruct.cli.options import Format, Output
from axlstruct.cli.output import emit, say, write
from axlstruct.errors import visible


def run(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", help="folder for the results")] = Path("results"),
    refresh: Annotated[bool, typer.Option("--refresh", help="also ask UniProt and Ensembl and report what differs")] = False,
    fine: Annotated[bool, typer.Option("--print", help="ray-trace stills in print quality, not as drafts")] = False,
) -> None:
    """Do the main job: fetch, map, annotate, contacts, tables, figures, view, report, provenance."""
    from axlstruct.cli.progress import steps
    from axlstruct.study.run import run_job

    with steps() as told:
        summary = run_job(context.obj.study().session, output, refresh=refresh, print_quality=fine, told=told)
    write(f"{visible(summary.text)}\n".encode(), None)
    if not summary.outputs:
        say(f"axlstruct: nothing could be written: {next(iter(summary.failed.values()), output)}")
    raise typer.Exit(1 if not summary.outputs else 3 if summary.failed else 0)


def fetch(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="structures or accessions; by default all of the target")] = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="fetch anew, and compare what ships with the live answers")] = False,
    format: Format = None,
    output: Output = None,
) -> None:
    """Fill the cache; prints a table of what came from where."""
    from axlstruct.study.run import fetch_all

    table, differences, missing, blocking = fetch_all(context.obj.study().session, names or [], refresh=refresh)
    emit(table, format, output)
    for line in [f"differs: {line}" for line in differences] + [f"missing: {name}: {why}" for name, why in missing.items()]:
        say(line)
    raise typer.Exit(0 if not blocking else 3 if len(table) else 1)
