"""Questions about the receptor as a whole, and what is published of it."""

from __future__ import annotations

from typing import Annotated

import typer

from axlstruct.cli_output import emit
from axlstruct.commands.options import Format, Output


def evidence(
    context: typer.Context,
    table: Annotated[str, typer.Argument(metavar="TABLE")],
    region: Annotated[str | None, typer.Option(help="kinase, IG1, exon 11, Y702, 690-720, GAS6, ...")] = None,
    format: Format = None,
    output: Output = None,
) -> None:
    """What is published: sites, affinity, resistance, trials, regulation, partners, mechanisms."""
    emit(context.obj.study().evidence_table(table, region), format, output)
