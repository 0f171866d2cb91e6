"""Questions about the receptor's kinase domain."""

from __future__ import annotations

from typing import Annotated

import typer

from axlstruct.cli.options import Assembly, Format, Output, Radii
from axlstruct.cli.output import emit


def kinase(
    context: typer.Context,
    structure: Annotated[
        str | None, typer.Argument(help="PDB id, AF-ACCESSION or a file; by default all of the target that show the domain")
    ] = None,
    table: Annotated[str, typer.Option(help="landmarks, geometry or tyrosines")] = "landmarks",
    assembly: Assembly = "asu",
    radii: Radii = "protor",
    format: Format = None,
    output: Output = None,
) -> None:
    """Kinase domain: landmarks, alphaC and DFG geometry of each chain, exposure and neighbours of each tyrosine."""
    from axlstruct.structure.area_settings import AreaSettings

    areas = AreaSettings(radii=radii)
    emit(context.obj.table("kinase", structure, table=table, assembly=assembly, areas=areas), format, output)
