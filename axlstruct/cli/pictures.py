"""Figures, views, the report page and scenes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from axlstruct.cli.options import Assembly, Between, Cutoff, Format, Name
from axlstruct.cli.output import STDOUT, colors_of, emit, output_path, say, write
from axlstruct.study.figure_registry import FIGURES
from axlstruct.tables import ENDINGS
from axlstruct.viewers.export import EXPORTERS

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def figure(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=", ".join(FIGURES))],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="FILE.png, FILE.svg or FILE.pdf; - is PNG to stdout", callback=output_path)
    ],
    structure: Annotated[str | None, typer.Option(help="structure to show; by default the target's reference")] = None,
    between: Between = None,
    interface: Annotated[str | None, typer.Option(help="interface class of a close-up; by default the largest")] = None,
    cutoff: Cutoff = 4.0,
    fine: Annotated[bool, typer.Option("--print", help="ray-trace in print quality, not as a draft")] = False,
    dpi: Annotated[int, typer.Option(help="resolution of a PNG; by default 300, 150 for the draft of a still")] = 0,
    width: Annotated[float, typer.Option(help="millimetres")] = 180.0,
    font: Annotated[str, typer.Option(help="a sans-serif font")] = "DejaVu Sans",
    color: Annotated[list[str] | None, typer.Option(metavar="NAME=#RRGGBB", help="another colour in a still; repeatable")] = None,
    numbering: Annotated[str, typer.Option(help="of labels and axes: uniprot or author")] = "uniprot",
) -> None:
    """Draw a figure for a paper."""
    from axlstruct.figures.paper.save import check_path, figure_bytes, save_figure

    check_path(output if output != STDOUT else Path("stdout.png"), dpi)
    colors = colors_of(color or [])
    study = context.obj.study()
    drawn = study.figure(
        name, structure=structure, between=between, cutoff=cutoff, interface=interface, print_quality=fine, width=width,
        font=font, colors=colors, numbering=numbering,  # type: ignore[arg-type]
    )  # fmt: skip
    if output == STDOUT:
        write(figure_bytes(drawn, "png", dpi), output)
    else:
        save_figure(drawn, output, dpi=dpi)
    for note in _notes(context, name, drawn, width):
        say(f"note: {note}")
    for released in study.session.used.values():
        say(f"note: {released.citation}")
    say(f"wrote {output}")


_OPTIONS = {
    "structure": "structure", "between": "between", "interface": "interface", "cutoff": "cutoff", "fine": "print_quality",
    "color": "colors", "numbering": "numbering",
}  # fmt: skip
"""Parameters of the command that not every figure uses, and what they are called in `FigureOptions`."""
TALL = 240.0
"""Millimetres of a journal's page."""


def _notes(context: typer.Context, name: str, drawn: Figure, width: float) -> Iterator[str]:
    """What a figure did not use of what was asked for, and where it is larger than a page."""
    idle = [p for p, option in _OPTIONS.items() if option not in FIGURES[name].uses and _given(context, p)]
    if idle:
        flags = {"fine": "print"}
        yield f"figure {name} does not use {', '.join(f'--{flags.get(p, p)}' for p in idle)}"
    wide, tall = (inches * 25.4 for inches in drawn.get_size_inches())
    if wide > width + 0.5:
        yield f"{wide:.0f} mm wide: its parts do not fit {width:g} mm"
    if tall > TALL + 0.5:
        yield f"{tall:.0f} mm high: more than a page of {TALL:g} mm"


def _given(context: typer.Context, parameter: str) -> bool:
    source = context.get_parameter_source(parameter)
    return source is not None and source.name == "COMMANDLINE"


def _page_file(output: Path) -> None:
    """Refuse, before anything is computed, to write a page into a file of another name."""
    from axlstruct.errors import UsageError

    if output != STDOUT and output.suffix.lower() not in (".html", ".htm"):
        raise UsageError("a page is HTML", where=str(output), expected=".html or .htm", found=output.suffix or "no suffix")


def view(
    context: typer.Context,
    structure: Name,
    output: Annotated[Path, typer.Option("--output", "-o", help="FILE.html; - is stdout", callback=output_path)],
    color: Annotated[str, typer.Option(help="exon, domain, chain, interface, coverage, burial, ddg or plddt")] = "domain",
    numbering: Annotated[str, typer.Option(help="of the labels: author or uniprot")] = "author",
    bonds: Annotated[bool, typer.Option(help="dashes for hydrogen bonds and salt bridges")] = True,
    between: Between = None,
    assembly: Assembly = "asu",
) -> None:
    """Write an interactive view of a structure as one HTML page that works without network."""
    from axlstruct.study.views import page

    _page_file(output)
    session = context.obj.study().session
    text = page(session, structure, color=color, between=between, assembly=assembly, numbering=numbering, bonds=bonds)
    write(text.encode(), output)
    say(f"wrote {output}")


def report(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", help="FILE.html; - is stdout", callback=output_path)] = Path(
        "report.html"
    ),
) -> None:
    """Write the study as one linked HTML page that works without network."""
    _page_file(output)
    say(f"wrote {context.obj.study().report(output)}")


def export(
    context: typer.Context,
    structure: Name,
    to: Annotated[str, typer.Option(help=" or ".join(EXPORTERS))],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help=f"FILE{', '.join(suffix for each in EXPORTERS.values() for suffix in each.suffixes)}; - is stdout",
            callback=output_path,
        ),
    ],
    color: Annotated[str, typer.Option(help="exon, domain, chain, interface, coverage, burial, ddg or plddt")] = "domain",
    between: Between = None,
    assembly: Assembly = "asu",
) -> None:
    """Write the scene of a structure for another viewer."""
    study = context.obj.study()
    if output == STDOUT:
        from axlstruct.study.views import export_text

        text = export_text(study.session, structure, to=to, color=color, between=between, assembly=assembly)
        write(text.encode(), output)
        return
    for path in study.export(structure, to=to, output=output, color=color, between=between, assembly=assembly):
        say(f"wrote {path}")


def composite(
    context: typer.Context,
    structure: Annotated[str | None, typer.Argument(help="by default the target's reference")] = None,
    model: Annotated[str | None, typer.Option(help="AF-ACCESSION or a file; by default the receptor's")] = None,
    hinged: Annotated[bool, typer.Option("--hinged", help="a SCHEMATIC: in pieces, set across a membrane")] = False,
    table: Annotated[str, typer.Option(help="fits, clashes, membrane or arrangement")] = "fits",
    format: Format = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="FILE.html, FILE.cif, or a table", callback=output_path)
    ] = None,
) -> None:
    """Lay the whole-chain model on the complex, as a HYPOTHESIS: picture, coordinates, or the numbers that judge it."""
    from axlstruct.study.composite_views import write_composite

    if output is None or output.suffix in ENDINGS or output == STDOUT:
        emit(context.obj.table("composite", structure, model=model, hinged=hinged, table=table), format, output)
        return
    for line in write_composite(context.obj.study().session, output, structure, model, hinged):
        say(f"note: {line}")
    say(f"wrote {output}")
