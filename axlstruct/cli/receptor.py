"""Questions about the receptor as a whole, and what is published of it."""

from __future__ import annotations

from typing import Annotated

import typer

from axlstruct.cli.options import Cutoff, Format, Output
from axlstruct.cli.output import emit, write
from axlstruct.errors import UsageError


def evidence(
    context: typer.Context,
    table: Annotated[str, typer.Argument(metavar="TABLE")],
    region: Annotated[str | None, typer.Option(help="kinase, IG1, exon 11, Y702, 690-720, GAS6, ...")] = None,
    format: Format = None,
    output: Output = None,
) -> None:
    """Tables of what is published, each row with its place and references.

    sites, gene, affinity, expression, resistance, agents, trials, regulation, partners, mechanisms (-o FILE.graphml: as a graph),
    citations.
    """
    found = context.obj.table("evidence", table, region)
    if output is not None and output.suffix == ".graphml":
        if table != "mechanisms":
            raise UsageError(f"{table} is no graph", expected="mechanisms")
        from axlstruct.evidence.mechanisms import graphml

        write(graphml(found.rows).encode(), output)
    else:
        emit(found, format, output)


def family(
    context: typer.Context,
    table: Annotated[
        str, typer.Option("--table", "--of", help="interface, sites, features, all, domains or conservation")
    ] = "all",
    relative: Annotated[str | None, typer.Option(help="one relative, by name or accession")] = None,
    structure: Annotated[str | None, typer.Option(help="that shows the interfaces; by default the target's reference")] = None,
    cutoff: Cutoff = 4.0,
    format: Format = None,
    output: Output = None,
) -> None:
    """Say what stands in the receptor's relatives at its positions, and how much of it is conserved."""
    found = context.obj.table("family", table, relative=relative, structure=structure, cutoff=cutoff)
    emit(found, format, output)
