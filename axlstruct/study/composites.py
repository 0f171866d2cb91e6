"""A study's composites: which structure, which model, their fit, and the words that must stand beside every picture of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.composite import statements as words
from axlstruct.composite.clashes import Body, ClashRow, Membrane, MembraneRow, clash_rows, membrane
from axlstruct.composite.hinges import hinged as set_across
from axlstruct.composite.hinges import hinges
from axlstruct.composite.placement import Copy, FitRow, fit_rows, moved, place
from axlstruct.errors import AxlstructError, OfflineError, StructureError, UsageError
from axlstruct.sequence.regions import region_at
from axlstruct.sources.library import Held
from axlstruct.sources.names import ALPHAFOLD
from axlstruct.structure.arrangement import ArrangementRow, arrangement_rows
from axlstruct.structure.confidence import CONFIDENT
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.outline import Outline, no_coordinates
from axlstruct.structure.symmetry import TwoFold, alphas, two_fold
from axlstruct.study.session import Basis, Session
from axlstruct.tables import Table

if TYPE_CHECKING:
    import numpy as np

TABLES = {"fits": FitRow, "clashes": ClashRow, "membrane": MembraneRow, "arrangement": ArrangementRow}


@dataclass(frozen=True)
class Composite:
    """A structure with the model laid on each of its receptor copies.

    Attributes
    ----------
    experiment, model : Held
    model_map : ChainMap
        The model's chain of the receptor.
    copies : tuple of Copy
    axis : TwoFold or None
    membrane : Membrane or None
    fits, clashes, arrangement : tuple
        Rows of the tables.
    words : tuple of str
        What must be said of it, the most important first.
    no_errors : str
        Why the model's errors could not be had, with addresses and advice: for the terminal, not for a page.
    """

    experiment: Held
    model: Held
    model_map: ChainMap
    copies: tuple[Copy, ...]
    axis: TwoFold | None
    membrane: Membrane | None
    fits: tuple[FitRow, ...]
    clashes: tuple[ClashRow, ...]
    arrangement: tuple[ArrangementRow, ...]
    words: tuple[str, ...]
    no_errors: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        """The words, and what only the reader at the terminal can act on."""
        return (*self.words, *([f"Predicted aligned errors: {self.no_errors}"] if self.no_errors else []))

    def table(self, name: str) -> Table:
        """One of `TABLES`; its notes are what is told."""
        rows = {"fits": self.fits, "clashes": self.clashes, "arrangement": self.arrangement}
        return Table(TABLES[name], rows.get(name, self.membrane.rows if self.membrane else ()), self.told)


def check_table(name: str) -> None:
    """Refuse a table that is none of `TABLES`."""
    if name not in TABLES:
        raise UsageError(f"no table {name!r}", expected=", ".join(TABLES))


def composite_table(
    session: Session, structure: str | None = None, *, model: str | None = None, hinged: bool = False, table: str = "fits"
) -> Table:
    """See `axlstruct.study.facade.Study.composite`; of the released analysis where that is all that is at hand."""
    check_table(table)
    names = structure or session.default(), model or f"AF-{session.target.receptor.accession}"
    shown = [session.shown(name, enough=Basis.COORDINATES) for name in names]
    told = session.release.composite(*(each.name for each in shown), hinged=hinged) if session.release else None
    if told and any(each.basis is Basis.RELEASED for each in shown):
        said = [each.released.citation for each in shown if each.released]
        return Table(TABLES[table], told.rows(table), (*told.words, *said))
    return composite(session, structure, model, hinged).table(table)


def composite(
    session: Session, structure: str | None = None, model: str | None = None, hinged: bool = False, *, errors: bool = True
) -> Composite:
    """Lay the model on the structure; see `axlstruct.study.facade.Study.composite`."""
    receptor = session.target.receptor
    held = session.held(structure or session.default())
    laid = session.held(model or f"AF-{receptor.accession}")
    for each in (held, laid):
        if isinstance(each.structure, Outline):
            raise no_coordinates(each.structure.id)
    model_map = next((m for m in laid.maps if m.protein is receptor), None)
    if model_map is None or not model_map.plddt:
        if model_map is None:
            what = f"no chain is {receptor.name} ({receptor.accession})"
        else:
            what = "a model without pLDDT" if model_map.predicted else "no model, but an experiment"
        raise StructureError(what, where=laid.structure.id, advice=f"name a predicted model, such as AF-{receptor.accession}")
    points, plddt = alphas(model_map), {p: slot.residue.b for p, slot in model_map.by_position.items() if slot.residue}
    chains = [m for m in held.maps if m.protein is receptor and not m.predicted]
    copies = tuple(copy for chain in chains if (copy := place(chain, alphas(chain), points)))
    if not copies:
        found = f"{len(chains)} chains of {receptor.name}, of whose extracellular domains less than half is seen"
        raise StructureError(
            f"nothing to lay the model on: no extracellular domain of {receptor.name} is seen", where=held.structure.id,
            found=found if chains else f"no chain of {receptor.name}", advice="name a structure that shows one",
        )  # fmt: skip
    pae, why, no_errors = _errors(session, laid, model_map) if errors else (None, "they are no part of the released analysis", "")
    axis, no_axis = _axis(held)
    cuts = hinges(receptor, plddt) if hinged else ()
    if hinged and (axis is None or len(copies) != 2 or not cuts):
        raise StructureError(
            "cannot be hinged", where=held.structure.id, found=no_axis or ("no linker of low confidence" if not cuts else ""),
            expected="a two-fold axis between two copies, and linkers of low confidence in the model",
        )  # fmt: skip
    if hinged and axis is not None:
        copies = set_across(copies, points, plddt, axis.axis, axis.point)
    plane = membrane(copies, points, plddt, axis.axis, axis.point) if axis and len(copies) == 2 else None
    fits = tuple(row for copy in copies for row in fit_rows(held.structure.id, laid.structure.id, copy, plddt, pae))
    clashes = tuple(clash_rows(_bodies(held, copies, points, plddt)))
    arrangement = tuple(arrangement_rows(receptor, laid.structure.id, plddt, pae, low=CONFIDENT))
    sentences = (
        *words.composed(held.structure, laid.structure, copies), *words.cut_up(cuts, copies, plddt),
        words.arranged(arrangement, why), *words.clashing(clashes), *words.sided(plane, no_axis, len(copies), bool(cuts)),
        *words.confidence(laid.structure, plddt, bool(cuts)),
    )  # fmt: skip
    return Composite(held, laid, model_map, copies, axis, plane, fits, clashes, arrangement, sentences, no_errors)


def _errors(session: Session, laid: Held, model_map: ChainMap) -> tuple[np.ndarray | None, str, str]:
    """Predicted aligned errors of the model, or None and why there are none: for every reader, and at length for the terminal."""
    from axlstruct.sources.content import read_json
    from axlstruct.sources.pae import parse_pae
    from axlstruct.sources.resources import pae_resource

    match = ALPHAFOLD.fullmatch(laid.structure.id) if laid.origin != "file" else None
    residues = len(model_map.chain.residues)
    if not match:
        return None, "the model is a file of its own", ""
    if residues != len(model_map.protein):
        return None, f"the model has {residues} residues, the sequence {len(model_map.protein)}", ""
    try:
        fetched = session.cache.get(pae_resource(match[1], residues))
        return parse_pae(read_json(fetched.path), residues, str(fetched.path)), "", ""
    except OfflineError as error:
        return None, "", f"{error.what}; axlstruct fetch {laid.structure.id}-PAE"
    except AxlstructError as error:
        return None, "", str(error)


def _axis(held: Held) -> tuple[TwoFold | None, str]:
    try:
        return two_fold(held.structure, held.maps), ""
    except StructureError as error:
        return None, str(error)


def _bodies(
    held: Held, copies: Sequence[Copy], points: dict[int, tuple[float, float, float]], plddt: dict[int, float]
) -> list[Body]:
    """The composite as it is to be read: the experiment where it shows a residue, the model elsewhere."""
    import numpy as np

    bodies = []
    for chain in held.maps:
        seen = alphas(chain)
        parts = tuple(region_at(chain.protein, p) for p in seen)
        xyz = np.array(list(seen.values())).reshape(-1, 3)
        name = chain.chain.chain
        bodies.append(Body(name, chain.protein.name, name, False, parts, np.ones(len(seen), dtype=bool), xyz))
    for copy in copies:
        rest = moved(points, copy, [p for p in points if p not in copy.seen])
        protein = copy.chain.protein
        parts = tuple(region_at(protein, p) for p in rest)
        sure, xyz = np.array([plddt[p] > CONFIDENT for p in rest], dtype=bool), np.array(list(rest.values())).reshape(-1, 3)
        bodies.append(Body(copy.name, protein.name, copy.chain.chain.chain, True, parts, sure, xyz))
    return bodies
