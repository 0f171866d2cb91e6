"""Questions about interfaces."""

from __future__ import annotations

from typing import Annotated

import typer

from axlstruct.cli.options import Assembly, Between, Cutoff, Format, Name, Output, Radii
from axlstruct.cli.output import emit, say


def contacts(
    context: typer.Context,
    structure: Name,
    cutoff: Cutoff = 4.0,
    level: Annotated[str, typer.Option(help="residue or atom")] = "residue",
    between: Between = None,
    assembly: Assembly = "asu",
    format: Format = None,
    output: Output = None,
) -> None:
    """Contacts between the polymer residues of receptor and ligand chains, or of two groups of chains."""
    table = context.obj.table("contacts", structure, cutoff=cutoff, level=level, between=between, assembly=assembly)
    if not len(table):
        say(f"note: no heavy-atom contact within {cutoff:g} A {'between ' + ' and '.join(between) if between else ''}".rstrip())
    emit(table, format, output)


def interactions(
    context: typer.Context,
    structure: Name,
    between: Between = None,
    histidine: Annotated[str, typer.Option(help="neutral or charged, where the file shows no protons on it")] = "neutral",
    assembly: Assembly = "asu",
    format: Format = None,
    output: Output = None,
) -> None:
    """Typed interactions by their own rules, whatever the contact cutoff; with sugars, metals and disulfides."""
    table = context.obj.table("interactions", structure, between=between, assembly=assembly, histidine=histidine)
    emit(table, format, output)


def interfaces(
    context: typer.Context,
    structure: Name,
    cutoff: Cutoff = 4.0,
    between: Between = None,
    all_pairs: Annotated[bool, typer.Option("--all-pairs", help="of more than 20 chains, the pairs without contact too")] = False,
    assembly: Assembly = "asu",
    radii: Radii = "protor",
    glycans: Annotated[bool, typer.Option("--glycans", help="count sugars as part of the chain that carries them")] = False,
    format: Format = None,
    output: Output = None,
) -> None:
    """One row per pair of protein chains, pairs without contact included, or one row for two groups of chains."""
    from axlstruct.structure.area_settings import AreaSettings

    settings = AreaSettings(radii=radii, glycans=glycans)
    table = context.obj.table(
        "interfaces", structure, cutoff=cutoff, between=between, all_pairs=all_pairs, assembly=assembly, areas=settings
    )
    if not len(table):
        say(f"note: {structure} has a single protein chain, so there is no pair")
    emit(table, format, output)


def consensus(
    context: typer.Context,
    structure: Name,
    cutoff: Cutoff = 4.0,
    between: Between = None,
    assembly: Assembly = "asu",
    format: Format = None,
    output: Output = None,
) -> None:
    """Each residue pair of each interface class once, with its distance in every copy."""
    table = context.obj.table("consensus", structure, cutoff=cutoff, between=between, assembly=assembly)
    emit(table, format, output)


def sums(
    context: typer.Context,
    structure: Name,
    by: Annotated[str, typer.Option(help="exon, domain or residue")] = "exon",
    cutoff: Cutoff = 4.0,
    between: Between = None,
    assembly: Assembly = "asu",
    radii: Radii = "protor",
    format: Format = None,
    output: Output = None,
) -> None:
    """Area, contacts and bonds of each interface summed by exon, domain or residue."""
    from axlstruct.structure.area_settings import AreaSettings

    settings = AreaSettings(radii=radii)
    table = context.obj.table("sums", structure, by, cutoff=cutoff, between=between, assembly=assembly, areas=settings)
    emit(table, format, output)


def compare(
    context: typer.Context,
    first: Name,
    second: Name,
    cutoff: Cutoff = 4.0,
    assembly: Assembly = "asu",
    radii: Radii = "protor",
    format: Format = None,
    output: Output = None,
) -> None:
    """Contacts and interactions gained, lost and kept between two structures, areas side by side."""
    from axlstruct.structure.area_settings import AreaSettings

    settings = AreaSettings(radii=radii)
    emit(
        context.obj.table("compare", first, second, cutoff=cutoff, assembly=assembly, areas=settings),
        format,
        output,
    )
