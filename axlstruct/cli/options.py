"""The global options, and those that several commands share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from axlstruct.cli.output import known_ending, known_format, say

if TYPE_CHECKING:
    from axlstruct.study.facade import Study
    from axlstruct.tables import Table


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
        from axlstruct.cli.progress import download_bar
        from axlstruct.study.facade import load

        return load(
            self.target, cache=self.cache, mirror=self.mirror or None, offline=self.offline, progress=download_bar(), waiting=say
        )

    def table(self, name: str, *nouns: Any, **options: Any) -> Table:
        """A table of that study, see `axlstruct.study.registry.TABLES`."""
        return self.study().table(name, *nouns, **options)


Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        is_eager=True,
        callback=known_format,
        help="table, tsv, csv, json, parquet or xlsx; by default as the ending of -o says, table on a terminal, else tsv",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="write here instead of to stdout; - is stdout", callback=known_ending),
]
Assembly = Annotated[str, typer.Option(help="asu, or the id of a biological assembly")]
Between = Annotated[
    tuple[str, str] | None,
    typer.Option(metavar="CHAINS CHAINS", help="two groups of protein chains, each a comma list: A,B C"),
]
Cutoff = Annotated[float, typer.Option(help="Angstrom, inclusive, between heavy atoms")]
Radii = Annotated[str, typer.Option(help="protor, naccess or bondi, for the areas")]
Name = Annotated[str, typer.Argument(metavar="STRUCTURE", help="PDB id, AF-ACCESSION or a file")]
