"""The command line: data to stdout, words to stderr, exit codes 0 done, 1 not to be done, 2 usage, 3 done in part."""

from __future__ import annotations

import sys
from copy import copy
from pathlib import Path
from typing import Annotated, Any

import typer

from axlstruct.cli import interfaces, kinase, pictures, receptor, residues
from axlstruct.cli import release as released
from axlstruct.cli import run as job
from axlstruct.cli.options import Settings
from axlstruct.cli.output import explain, global_options_first, refuse_inputs
from axlstruct.cli.streams import ReaderLeftError, guard, let_go

app = typer.Typer(
    name="axlstruct",
    help=__doc__,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def print_version(wanted: bool) -> None:
    """Print the version and leave, whatever else is asked."""
    if wanted:
        from axlstruct import __version__

        typer.echo(f"axlstruct {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    target: Annotated[str, typer.Option(help="a shipped target, a folder or a TOML file")] = "axl",
    cache: Annotated[Path | None, typer.Option(help="folder of the cache (AXLSTRUCT_CACHE)")] = None,
    mirror: Annotated[
        list[Path] | None, typer.Option(help="folder asked before the servers (AXLSTRUCT_MIRROR); repeatable")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="make no call to any server")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="show where an error came from")] = False,
    version: Annotated[
        bool, typer.Option("--version", help="print the version and stop", is_eager=True, callback=print_version)
    ] = False,
) -> None:
    """AXL and GAS6 residue by residue: numbering, exons, domains, sites, coverage and interface contacts."""
    context.obj = Settings(target, cache, tuple(mirror or ()), offline, debug)


COMMANDS = (
    job.run,
    job.fetch,
    residues.where,
    residues.residues,
    residues.translate,
    residues.variants,
    residues.best,
    interfaces.contacts,
    interfaces.interactions,
    interfaces.interfaces,
    interfaces.consensus,
    interfaces.sums,
    interfaces.compare,
    receptor.evidence,
    kinase.kinase,
    receptor.family,
    pictures.figure,
    pictures.view,
    pictures.composite,
    pictures.report,
    pictures.export,
    released.release,
    released.verify,
)
for command in COMMANDS:
    app.command()(command)


def _app_for(arguments: list[str]) -> typer.Typer:
    """The command line with only the command that is asked for: Typer reads the signature of each it has, 20 ms for all."""
    names = {info.name or getattr(info.callback, "__name__", "").replace("_", "-"): info for info in app.registered_commands}
    few = copy(app)
    few.registered_commands = [info for name, info in names.items() if name in arguments] or app.registered_commands
    return few


def _stop_behind(error: BaseException) -> BaseException | None:
    """The signal to stop that an error followed, such as that of a compressor closed in the middle of its work."""
    behind = error.__context__
    while behind is not None and isinstance(behind, Exception):
        behind = behind.__context__
    return behind


def main() -> None:
    """Run the command line and leave with its exit code; no traceback reaches a user without ``--debug``."""
    guard()
    arguments = global_options_first(sys.argv[1:])
    debug = "--debug" in arguments
    try:
        refuse_inputs(arguments)
        code: Any = _app_for(arguments)(arguments, prog_name="axlstruct", standalone_mode=False)
        sys.stdout.flush()
    except ReaderLeftError:
        code = 0
    except Exception as error:
        if stop := _stop_behind(error):
            raise stop from None
        if debug:
            raise
        code = explain(error)
    finally:
        let_go(sys.stdout, 1)
    sys.exit(code if isinstance(code, int) else 0)
