"""The tables by name: what makes each, its rows and its options; `Study.table`, the command line and the docs read them here."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, fields
from importlib import import_module
from typing import TYPE_CHECKING, Any

from axlstruct.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from axlstruct.study.session import Session
    from axlstruct.tables import Table


@dataclass(frozen=True)
class TableKind:
    """A table that can be asked for. What makes it is imported when it is asked for.

    Attributes
    ----------
    name : str
    says : str
        What it says, in a sentence.
    maker : str
        ``module.function`` within `axlstruct.study`; it takes the session, nouns by position and choices by keyword.
    rows : tuple of str
        ``module.Class`` within `axlstruct` of its rows, or the mapping that holds the classes; several where an option chooses.
    """

    name: str
    says: str
    maker: str
    rows: tuple[str, ...]

    @property
    def make(self) -> Callable[..., Table]:
        """The function that makes it."""
        module, _, function = self.maker.rpartition(".")
        made: Callable[..., Table] = getattr(import_module(f"axlstruct.study.{module}"), function)
        return made

    @property
    def row_classes(self) -> tuple[type, ...]:
        """Dataclasses of its rows; their fields are the columns."""
        parted = (name.rpartition(".") for name in self.rows)
        found = [getattr(import_module(f"axlstruct.{module}"), kind) for module, _, kind in parted]
        return tuple(kind for each in found for kind in (each.values() if isinstance(each, dict) else [each]))

    @property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """Names of the columns, for each class of rows."""
        return tuple(tuple(field.name for field in fields(kind)) for kind in self.row_classes)

    @property
    def options(self) -> tuple[str, ...]:
        """Names of what can be chosen, by keyword."""
        parameters = inspect.signature(self.make).parameters.values()
        return tuple(p.name for p in parameters if p.kind is p.KEYWORD_ONLY)


_KINDS = (
    TableKind("structures", "the target's structures, and what is at hand of each", "structures.structure_table",
              ("study.structures.StructureRow",)),
    TableKind("where", "the placements of a residue in the structures", "placements.placement_table",
              ("study.placements.PlacementRow",)),
    TableKind("residues", "each residue of receptor and ligand in each structure chain", "tables.residue_table",
              ("interface.residue_rows.ResidueRow",)),
    TableKind("contacts", "contacts between polymer residues of receptor and ligand chains", "tables.contact_table",
              ("interface.rows.ContactRow", "interface.rows.AtomContactRow")),
    TableKind("interactions", "typed interactions by their own rules, with sugars, metals and disulfides",
              "tables.interaction_table", ("interface.interactions.InteractionRow",)),
    TableKind("interfaces", "each pair of protein chains, with contacts, areas, bonds and sheets", "tables.interface_table",
              ("interface.rows.InterfaceRow",)),
    TableKind("consensus", "each residue pair of each interface class, with its distance in every copy",
              "tables.consensus_table", ("interface.consensus.ConsensusRow", "interface.consensus.NumberedConsensusRow")),
    TableKind("sums", "area, contacts and bonds of each interface by exon, domain or residue", "tables.sum_table",
              ("interface.sums.SumRow",)),
    TableKind("compare", "contacts and interactions gained, lost and kept between two structures", "tables.compare_table",
              ("interface.comparison.CompareRow",)),
    TableKind("translate", "residues in every numbering", "variants.translation_table",
              ("structure.numbering.TranslationRow",)),
    TableKind("variants", "variants with what is known of their residues", "variants.variant_table",
              ("variants.rows.VariantRow",)),
    TableKind("best", "the structure to look at for each residue, and why", "best.best_table",
              ("structure.routing_rows.BestRow", "structure.routing_rows.BestRun")),
    TableKind("kinase", "landmarks, geometry and tyrosines of the kinase domain", "kinase.kinase_table",
              ("kinase.placement.LandmarkRow", "kinase.geometry.GeometryRow", "kinase.tyrosines.TyrosineRow")),
    TableKind("family", "what stands in the receptor's relatives at its positions", "family.family_table",
              ("family.relatives.FamilyRow", "family.conservation.DomainRow", "family.conservation.ConservationRow")),
    TableKind("composite", "the numbers of a composite, a hypothesis of the whole receptor", "composites.composite_table",
              ("composite.placement.FitRow", "composite.clashes.ClashRow", "composite.clashes.MembraneRow",
               "structure.arrangement.ArrangementRow")),
    TableKind("evidence", "what is published of the target, each row with its reference", "evidence.evidence_table",
              ("evidence.registry.TABLES",)),
)  # fmt: skip
TABLES = {kind.name: kind for kind in _KINDS}


def make_table(session: Session, name: str, /, *nouns: Any, **options: Any) -> Table:
    """One of `TABLES`.

    Parameters
    ----------
    session : Session
    name : str
    *nouns
        What is asked about: structures, residues, variants.
    **options
        Choices of that table, see `TableKind.options`.

    Raises
    ------
    UsageError
        No such table, or the table has no such option.
    """
    if name not in TABLES:
        raise UsageError(f"no table {name!r}", expected=", ".join(TABLES))
    make = TABLES[name].make
    try:
        inspect.signature(make).bind(session, *nouns, **options)
    except TypeError as error:
        raise UsageError(f"table {name!r}: {error}", expected=f"table{inspect.signature(make)}") from None
    return make(session, *nouns, **options)


def tables_page() -> str:
    """The page of the docs that lists every table with its options and columns; ``docs/tables.md`` is this text."""
    lines = ["# Tables", "", "`study.table(name, ...)` gives plain rows, `study.NAME(...)` a DataFrame, `axlstruct NAME` prints."]
    for kind in TABLES.values():
        sentence = f"{kind.says[0].upper()}{kind.says[1:]}."
        options = ", ".join(f"`{option}`" for option in kind.options)
        lines += ["", f"## `{kind.name}`", "", f"{sentence} Options: {options}." if options else sentence, ""]
        for rows, columns in zip(kind.row_classes, kind.columns, strict=True):
            lines.append(f"- `{rows.__name__}`: {', '.join(columns)}")
    return "\n".join([*lines, ""])
