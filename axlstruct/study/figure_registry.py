"""The figures by name: what each shows, draws and changes it; `Study.figure`, the command line and the README read them here."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

    from axlstruct.study.session import Session


@dataclass(frozen=True)
class FigureKind:
    """A figure that can be asked for. What draws it is imported when it is asked for.

    Attributes
    ----------
    name : str
    says : str
        What it shows, in a sentence.
    maker : str
        ``module.function`` within `axlstruct.study`; it takes the session and the `FigureOptions`.
    uses : tuple of str
        Which of the options besides width and font change it.
    """

    name: str
    says: str
    maker: str
    uses: tuple[str, ...] = ()

    @property
    def draw(self) -> Callable[[Session, Any], Figure]:
        """The function that draws it."""
        module, _, function = self.maker.rpartition(".")
        drawn: Callable[[Session, Any], Figure] = getattr(import_module(f"axlstruct.study.{module}"), function)
        return drawn


_STILL = ("structure", "print_quality", "colors", "numbering")
_KINDS = (
    FigureKind("domains", "receptor and ligand along their sequences, and what structures show", "figures.domains", ("cutoff",)),
    FigureKind(
        "contact-map", "which residues of receptor and ligand touch, how near, by which bonds", "figures.contact_map",
        ("structure", "between", "cutoff", "numbering"),
    ),
    FigureKind("complex-front", "a still of the complex from the front", "figures.complex_front", (*_STILL, "cutoff")),
    FigureKind("complex-top", "a still of the complex along its axis", "figures.complex_top", (*_STILL, "cutoff")),
    FigureKind("overview", "domains, and the complex from the front and from the top", "figures.overview", (*_STILL, "cutoff")),
    FigureKind(
        "interface-closeup", "a still of one interface with its residues and bonds", "figures.closeup",
        (*_STILL, "between", "cutoff", "interface"),
    ),
    FigureKind("sites", "a still of the receptor's sites", "figures.sites", _STILL),
    FigureKind(
        "footprint", "area that each residue buries, with interface class, burial, exons and domains", "figures.footprint",
        ("structure", "between", "cutoff", "numbering"),
    ),
    FigureKind("ddg", "measured change of the binding free energy of mutants, a panel for each assay", "figures.ddg"),
    FigureKind("kinase", "landmarks and tyrosines of the kinase domain, and what shows them", "figures.kinase", ("structure",)),
    FigureKind("mechanisms", "published mechanisms as a layered graph", "figures.mechanisms"),
    FigureKind(
        "family", "receptor and relatives aligned in each interface and around sites, and what is kept", "figures.family",
        ("structure", "cutoff"),
    ),
    FigureKind("evidence", "what is published of receptor and ligand, where it acts", "figures.evidence"),
)  # fmt: skip
FIGURES = {kind.name: kind for kind in _KINDS}


def readme_tables() -> str:
    """The README's lists of figures and tables, made from both registries."""
    from axlstruct.study.registry import TABLES

    lines = ["| `axlstruct figure NAME` | shows |", "| --- | --- |"]
    lines += [f"| `{kind.name}` | {kind.says} |" for kind in FIGURES.values()]
    lines += ["", "| `study.table(NAME)` | says |", "| --- | --- |"]
    lines += [f"| `{kind.name}` | {kind.says} |" for kind in TABLES.values()]
    return "\n".join([*lines, ""])
