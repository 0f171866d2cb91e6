"""Questions about residues."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from axlstruct.cli.options import Assembly, Between, Cutoff, Format, Output
from axlstruct.cli.output import emit, finish, format_of, say, write
from axlstruct.errors import UsageError, visible


def where(
    context: typer.Context,
    site: Annotated[
        str, typer.Argument(help="Y702, P30530:702, GAS6:R308, 887:Y695, 2C5D:C/59, E59@2C5D, c.2104, chr19:41256520")
    ],
    format: Format = None,
    output: Output = None,
) -> None:
    """Say where a residue is: every numbering, exon, domain, site, and a placement in each structure chain."""
    from axlstruct.tables import to_json

    answer = context.obj.study().where(site)
    format = format_of(format, output)
    if format == "json":
        write(to_json(answer.to_dict()).encode(), output)
    elif format == "table":
        write(visible(str(answer)).encode(), output)
    else:
        from axlstruct.study.placements import answer_table

        emit(answer_table(answer), format, output)


def translate(
    context: typer.Context,
    queries: Annotated[list[str], typer.Argument(metavar="RESIDUE", help="in any numbering; - reads one a line from stdin")],
    structure: Annotated[list[str] | None, typer.Option(help="whose numbers are given; repeatable")] = None,
    format: Format = None,
    output: Output = None,
) -> None:
    """Translate residues between numberings: UniProt, isoform, mature, literature, author, label, codon, genome."""
    given = [line.strip("\ufeff \t\r\n") for line in sys.stdin or ()] if queries == ["-"] else queries
    if not any(given):
        raise UsageError("nothing to translate", where="standard input")
    table = context.obj.table("translate", *(query for query in given if query), structures=structure or ())
    emit(table, format, output)
    finish([f"{row.query}: {row.note}" for row in table.rows if row.status != "ok"], len(table))


def variants(
    context: typer.Context,
    given: Annotated[list[str], typer.Argument(metavar="FILE", help="VCF, table, list, - for stdin, or variants such as R103Q")],
    structure: Annotated[str | None, typer.Option(help="whose burial and contacts are shown; by default the reference")] = None,
    column: Annotated[str | None, typer.Option(help="column of a table that holds the variants")] = None,
    format: Format = None,
    output: Output = None,
) -> None:
    """Annotate variants: numbering, exon, domain, coverage, burial, interface, measured ddG."""
    from axlstruct.variants.rows import FAILED

    table = context.obj.table("variants", given[0] if len(given) == 1 else given, structure=structure, column=column)
    emit(table, format, output)
    finish([f"line {row.line}: {row.note}" for row in table.rows if row.status in FAILED], len(table))


def residues(
    context: typer.Context,
    structures: Annotated[
        list[str] | None, typer.Argument(help="PDB ids, AF-ACCESSION or files; by default all of the target")
    ] = None,
    between: Between = None,
    assembly: Assembly = "asu",
    cutoff: Cutoff = 4.0,
    format: Format = None,
    output: Output = None,
) -> None:
    """One row per residue and structure chain: coverage, areas, burial, interfaces and partners."""
    from axlstruct.study.session import AREAS

    table = context.obj.table("residues", *(structures or ()), between=between, assembly=assembly, cutoff=cutoff)
    if any(row.burial for row in table.rows):
        say(f"note: areas by {AREAS}; core, rim and support by {AREAS.labels}")
    emit(table, format, output)


def best(
    context: typer.Context,
    queries: Annotated[
        list[str] | None, typer.Argument(metavar="[SITE|RANGE|REGION]...", help="Y702, 690-720, kinase; by default everything")
    ] = None,
    runs: Annotated[bool | None, typer.Option("--runs/--each", help="a row a run of residues, or a row each")] = None,
    format: Format = None,
    output: Output = None,
) -> None:
    """Say which structure to look at for a residue, and why."""
    emit(context.obj.table("best", *(queries or ()), runs=runs), format, output)
