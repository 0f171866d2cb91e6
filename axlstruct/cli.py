"""The command line: data to stdout, words to stderr, exit codes 0 done, 1 not to be done, 2 usage, 3 done in part."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from axlstruct.cli_output import colors_of, emit, explain, format_of, global_options_first, known_format, say, write

if TYPE_CHECKING:
    from axlstruct.study import Study

app = typer.Typer(
    name="axlstruct",
    help=__doc__,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@dataclass(frozen=True)
class Settings:
    """The global options."""

    target: str = "axl"
    cache: Path | None = None
    mirror: tuple[Path, ...] = ()
    offline: bool = False
    debug: bool = False

    def study(self) -> Study:
        """The study that the options describe, with a progress bar for downloads on a terminal."""
        from axlstruct.progress import download_bar
        from axlstruct.study import load

        study = load(self.target, cache=self.cache, mirror=self.mirror or None, offline=self.offline)
        study.library.cache = study.cache = replace(study.cache, progress=download_bar())
        return study


Format = Annotated[
    str | None,
    typer.Option("--format", help="table, tsv, json or parquet; table on a terminal, else tsv", callback=known_format),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="write here instead of to stdout")]
Assembly = Annotated[str, typer.Option(help="asu, or the id of a biological assembly")]
Cutoff = Annotated[float, typer.Option(help="Angstrom, inclusive, between heavy atoms")]
Radii = Annotated[str, typer.Option(help="protor, naccess or bondi, for the areas")]
Name = Annotated[str, typer.Argument(metavar="STRUCTURE", help="PDB id, AF-ACCESSION or a file")]


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
    version: Annotated[bool, typer.Option("--version", help="print the version and stop", is_eager=True)] = False,
) -> None:
    """AXL and GAS6 residue by residue: numbering, exons, domains, sites, coverage and interface contacts."""
    if version:
        from axlstruct import __version__

        typer.echo(__version__)
        raise typer.Exit
    context.obj = Settings(target, cache, tuple(mirror or ()), offline, debug)


@app.command()
def run(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", help="folder for the results")] = Path("results"),
    refresh: Annotated[bool, typer.Option("--refresh", help="also ask UniProt and Ensembl and report what differs")] = False,
    fine: Annotated[bool, typer.Option("--print", help="ray-trace stills in print quality, not as drafts")] = False,
) -> None:
    """Do the main job: fetch, map, annotate, contacts, tables, figures, view, provenance."""
    from axlstruct.job import run_job
    from axlstruct.progress import steps

    with steps() as told:
        summary = run_job(context.obj.study(), output, refresh=refresh, print_quality=fine, told=told)
    typer.echo(summary.text)
    raise typer.Exit(3 if summary.failed else 0)


@app.command()
def fetch(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="structures or accessions; by default all of the target")] = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="fetch anew, and compare what ships with the live answers")] = False,
    format: Format = None,
    output: Output = None,
) -> None:
    """Fill the cache; prints a table of what came from where."""
    from axlstruct.job import fetch_all

    table, differences, missing, blocking = fetch_all(context.obj.study(), names or [], refresh=refresh)
    emit(table, format, output)
    for line in [f"differs: {line}" for line in differences] + [f"missing: {name}: {why}" for name, why in missing.items()]:
        say(line)
    raise typer.Exit(0 if not blocking else 3 if len(table) else 1)


@app.command()
def where(
    context: typer.Context,
    site: Annotated[str, typer.Argument(help="Y702, 702, P30530:702, GAS6:R308, 2C5D:C/59 or E59@2C5D")],
    format: Format = None,
    output: Output = None,
) -> None:
    """Say where a residue is: every numbering, exon, domain, site, and a placement in each structure chain."""
    from axlstruct.say import answer_table
    from axlstruct.tables import to_json

    answer = context.obj.study().where(site)
    format = format_of(format, output)
    if format == "json":
        write(to_json(answer.to_dict()).encode(), output)
    elif format == "table":
        write(str(answer).encode(), output)
    else:
        emit(answer_table(answer), format, output)


@app.command()
def residues(
    context: typer.Context,
    structures: Annotated[
        list[str] | None, typer.Argument(help="PDB ids, AF-ACCESSION or files; by default all of the target")
    ] = None,
    assembly: Assembly = "asu",
    cutoff: Cutoff = 4.0,
    format: Format = None,
    output: Output = None,
) -> None:
    """One row per residue of receptor and ligand and structure chain."""
    emit(context.obj.study().residue_table(*(structures or ()), assembly=assembly, cutoff=cutoff), format, output)


@app.command()
def contacts(
    context: typer.Context,
    structure: Name,
    cutoff: Cutoff = 4.0,
    level: Annotated[str, typer.Option(help="residue or atom")] = "residue",
    between: Annotated[tuple[str, str] | None, typer.Option(metavar="CHAIN CHAIN", help="two protein chains")] = None,
    assembly: Assembly = "asu",
    format: Format = None,
    output: Output = None,
) -> None:
    """Contacts between the polymer residues of receptor and ligand chains."""
    table = context.obj.study().contact_table(structure, cutoff=cutoff, level=level, between=between, assembly=assembly)
    if not len(table):
        say(f"note: no heavy-atom contact within {cutoff:g} A {'between ' + ' and '.join(between) if between else ''}".rstrip())
    emit(table, format, output)


@app.command()
def interactions(
    context: typer.Context, structure: Name, assembly: Assembly = "asu", format: Format = None, output: Output = None
) -> None:
    """Typed interactions by their own rules, whatever the contact cutoff; with sugars, metals and disulfides."""
    emit(context.obj.study().interaction_table(structure, assembly=assembly), format, output)


@app.command()
def interfaces(
    context: typer.Context,
    structure: Name,
    cutoff: Cutoff = 4.0,
    assembly: Assembly = "asu",
    radii: Radii = "protor",
    glycans: Annotated[bool, typer.Option("--glycans", help="count sugars as part of the chain that carries them")] = False,
    format: Format = None,
    output: Output = None,
) -> None:
    """One row per pair of protein chains, pairs without contact included."""
    from axlstruct.area_settings import AreaSettings

    settings = AreaSettings(radii=radii, glycans=glycans)
    table = context.obj.study().interface_table(structure, cutoff=cutoff, assembly=assembly, areas=settings)
    if not len(table):
        say(f"note: {structure} has a single protein chain, so there is no pair")
    emit(table, format, output)


@app.command()
def consensus(
    context: typer.Context,
    structure: Name,
    cutoff: Cutoff = 4.0,
    assembly: Assembly = "asu",
    format: Format = None,
    output: Output = None,
) -> None:
    """Each residue pair of each interface class once, with its distance in every copy."""
    from axlstruct.study_tables import consensus_table

    emit(consensus_table(context.obj.study(), structure, cutoff=cutoff, assembly=assembly), format, output)


@app.command()
def sums(
    context: typer.Context,
    structure: Name,
    by: Annotated[str, typer.Option(help="exon or domain")] = "exon",
    cutoff: Cutoff = 4.0,
    assembly: Assembly = "asu",
    radii: Radii = "protor",
    format: Format = None,
    output: Output = None,
) -> None:
    """Area, contacts and bonds of each interface summed by exon or domain."""
    from axlstruct.area_settings import AreaSettings
    from axlstruct.study_tables import sum_table

    settings = AreaSettings(radii=radii)
    emit(sum_table(context.obj.study(), structure, by=by, cutoff=cutoff, assembly=assembly, areas=settings), format, output)


@app.command()
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
    from axlstruct.area_settings import AreaSettings
    from axlstruct.study_tables import compare_table

    settings = AreaSettings(radii=radii)
    emit(compare_table(context.obj.study(), first, second, cutoff=cutoff, assembly=assembly, areas=settings), format, output)


@app.command()
def evidence(
    context: typer.Context,
    table: Annotated[str, typer.Argument(metavar="TABLE")],
    region: Annotated[str | None, typer.Option(help="kinase, IG1, exon 11, Y702, 690-720, GAS6, ...")] = None,
    format: Format = None,
    output: Output = None,
) -> None:
    """What is published: sites, affinity, resistance, trials, regulation, partners, mechanisms."""
    emit(context.obj.study().evidence_table(table, region), format, output)


@app.command()
def figure(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="domains, contact-map, complex-front, complex-top, overview, sites, ...")],
    output: Annotated[Path, typer.Option("--output", "-o", help="FILE.png, FILE.svg or FILE.pdf")],
    structure: Annotated[str | None, typer.Option(help="structure to show; by default the target's reference")] = None,
    interface: Annotated[str, typer.Option(help="interface class of a close-up")] = "major",
    cutoff: Cutoff = 4.0,
    fine: Annotated[bool, typer.Option("--print", help="ray-trace in print quality, not as a draft")] = False,
    dpi: Annotated[int, typer.Option(help="resolution of a PNG")] = 300,
    width: Annotated[float, typer.Option(help="millimetres")] = 180.0,
    font: Annotated[str, typer.Option(help="a sans-serif font")] = "DejaVu Sans",
    color: Annotated[list[str] | None, typer.Option(metavar="NAME=#RRGGBB", help="another colour in a still; repeatable")] = None,
) -> None:
    """Draw a figure for a paper."""
    from axlstruct.figures.save import check_path, save_figure

    check_path(output)
    colors = colors_of(color or [])
    drawn = context.obj.study().figure(
        name, structure=structure, cutoff=cutoff, interface=interface, print_quality=fine, width=width, font=font, colors=colors
    )
    save_figure(drawn, output, dpi=dpi)
    say(f"wrote {output}")


@app.command()
def view(
    context: typer.Context,
    structure: Name,
    output: Annotated[Path, typer.Option("--output", "-o", help="FILE.html")],
    color: Annotated[str, typer.Option(help="exon, domain, chain, interface, coverage, burial, ddg or plddt")] = "domain",
    numbering: Annotated[str, typer.Option(help="of the labels: author or uniprot")] = "author",
    bonds: Annotated[bool, typer.Option(help="dashes for hydrogen bonds and salt bridges")] = True,
    assembly: Assembly = "asu",
) -> None:
    """Write an interactive view of a structure as one HTML page that works without network."""
    from axlstruct.tables import write_whole

    study = context.obj.study()
    page = study.view_page(structure, color=color, assembly=assembly, numbering=numbering, bonds=bonds)
    write_whole(output, page.encode())
    say(f"wrote {output}")


@app.command()
def export(
    context: typer.Context,
    structure: Name,
    to: Annotated[str, typer.Option(help="pymol, chimerax, molviewspec or bfactor")],
    output: Annotated[Path, typer.Option("--output", "-o", help="FILE.pml, .cxc, .mvsj, .cif or .pdb")],
    color: Annotated[str, typer.Option(help="exon, domain, chain, interface, coverage, burial, ddg or plddt")] = "domain",
    assembly: Assembly = "asu",
) -> None:
    """Write the scene of a structure for another viewer."""
    for path in context.obj.study().export(structure, to=to, output=output, color=color, assembly=assembly):
        say(f"wrote {path}")


def main() -> None:
    """Run the command line and leave with its exit code; no traceback reaches a user without ``--debug``."""
    arguments = global_options_first(sys.argv[1:])
    debug = "--debug" in arguments
    try:
        code: Any = app(arguments, prog_name="axlstruct", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except Exception as error:
        if debug:
            raise
        sys.exit(explain(error))
    except KeyboardInterrupt:
        say("axlstruct: stopped")
        sys.exit(130)


if __name__ == "__main__":
    main()
