"""A study's composites: which structure, which model, their fit, and the words that must stand beside every picture of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.arrangement import SUPPORTED, UNKNOWN, ArrangementRow, arrangement_rows, mean
from axlstruct.composite import Copy, FitRow, fit_rows, moved, place
from axlstruct.composite_checks import LOW, Body, ClashRow, Membrane, MembraneRow, clash_rows, membrane
from axlstruct.composite_hinge import hinged as set_across
from axlstruct.composite_hinge import hinges
from axlstruct.errors import AxlstructError, OfflineError, StructureError, UsageError
from axlstruct.evidence_regions import region_at
from axlstruct.features import Span
from axlstruct.figures.symmetry import TwoFold, alphas, two_fold
from axlstruct.mapping import ChainMap
from axlstruct.sources.library import Held
from axlstruct.sources.names import ALPHAFOLD
from axlstruct.tables import Table

if TYPE_CHECKING:
    import numpy as np

    from axlstruct.study import Study

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

    def table(self, name: str) -> Table:
        """One of `TABLES`; its notes are the words."""
        rows = {"fits": self.fits, "clashes": self.clashes, "arrangement": self.arrangement}
        return Table(TABLES[name], rows.get(name, self.membrane.rows if self.membrane else ()), self.words)


def check_table(name: str) -> None:
    """Refuse a table that is none of `TABLES`."""
    if name not in TABLES:
        raise UsageError(f"no table {name!r}", expected=", ".join(TABLES))


def composite(study: Study, structure: str | None = None, model: str | None = None, hinged: bool = False) -> Composite:
    """Lay the model on the structure; see `axlstruct.study.Study.composite`."""
    receptor = study.target.receptor
    held = study.library.get(structure or study.shown())
    laid = study.library.get(model or f"AF-{receptor.accession}")
    model_map = next((m for m in laid.maps if m.protein is receptor), None)
    if model_map is None or not model_map.predicted:
        what = "no model, but an experiment" if model_map else f"no chain is {receptor.name} ({receptor.accession})"
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
    pae, why = _errors(study, laid, model_map)
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
    arrangement = tuple(arrangement_rows(receptor, laid.structure.id, plddt, pae, low=LOW))
    words = (
        *_what(held, laid, copies), *_hinged(cuts, copies, plddt), _arranged(arrangement, why), *_clashing(clashes),
        *_sided(plane, no_axis, len(copies), bool(cuts)), *_confidence(laid, plddt, bool(cuts)),
    )  # fmt: skip
    return Composite(held, laid, model_map, copies, axis, plane, fits, clashes, arrangement, words)


def _errors(study: Study, laid: Held, model_map: ChainMap) -> tuple[np.ndarray | None, str]:
    """Predicted aligned errors of the model, or None and why there are none."""
    from axlstruct.sources.content import read_json
    from axlstruct.sources.pae import parse_pae
    from axlstruct.sources.resources import pae_resource

    match = ALPHAFOLD.fullmatch(laid.structure.id) if laid.origin != "file" else None
    residues = len(model_map.chain.residues)
    if not match:
        return None, "the model is a file of its own"
    if residues != len(model_map.protein):
        return None, f"the model has {residues} residues, the sequence {len(model_map.protein)}"
    try:
        fetched = study.cache.get(pae_resource(match[1], residues))
        return parse_pae(read_json(fetched.path), residues, str(fetched.path)), ""
    except OfflineError as error:
        return None, f"{error.what}; axlstruct fetch {laid.structure.id}-PAE"
    except AxlstructError as error:
        return None, str(error)


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
        sure, xyz = np.array([plddt[p] > LOW for p in rest], dtype=bool), np.array(list(rest.values())).reshape(-1, 3)
        bodies.append(Body(copy.name, protein.name, copy.chain.chain.chain, True, parts, sure, xyz))
    return bodies


def _what(held: Held, laid: Held, copies: Sequence[Copy]) -> list[str]:
    structure, model = held.structure, laid.structure
    resolution = f", {structure.resolution:g} Å" if structure.resolution else ""
    fits = "; ".join(
        f"chain {copy.chain.chain.chain}: {len(copy.fit.positions)} Cα, RMSD {copy.fit.rmsd:.2f} Å"
        + (f", {len(copy.differences)} letters differ (engineered)" if copy.differences else "")
        for copy in copies
    )
    domains = " and ".join(dict.fromkeys(domain.label for copy in copies for domain in copy.domains))
    chains = ", ".join(chain.chain for chain in structure.chains)
    return [
        f"HYPOTHESIS, not a structure. Experiment: {structure.id} (chains {chains}{resolution}). Everything else is "
        f"{'pieces of' if copies[0].pieces else 'one rigid model,'} {model.id}, laid on by {domains} ({fits})."
    ]


def _hinged(cuts: Sequence[Span], copies: Sequence[Copy], plddt: dict[int, float]) -> list[str]:
    """What a schematic is."""
    if not cuts:
        return []
    low = ", ".join(f"{cut} ({sum(plddt.get(p, 0.0) <= LOW for p in cut)} of {len(cut)} low)".replace("-", "–") for cut in cuts)
    kept = ", ".join(str(piece.span).replace("-", "–") for piece in copies[0].pieces)
    return [
        f"SCHEMATIC: the model is cut at its linkers of low confidence, {low}, and its pieces {kept} are set by a drawing's "
        "rule: helix upright under the end of the ectodomain, what follows below the membrane with its first residue up. Which "
        "way it faces, how far the two copies are apart and how deep they stand is predicted by nothing. What is left out has "
        "no place."
    ]


def _arranged(rows: Sequence[ArrangementRow], why: str) -> str:
    """What the model's errors say of the arrangement of its parts."""
    if all(row.arrangement == UNKNOWN for row in rows):
        return (
            f"How the model's domains stand to each other is unknown: pLDDT says nothing of it, and its predicted aligned errors "
            f"could not be had ({why})."
        )
    threshold = rows[0].threshold
    good = [f"{row.part_1}–{row.part_2}" for row in rows if row.arrangement == SUPPORTED]
    bad = [f"{row.part_1}–{row.part_2}" for row in rows if row.arrangement != SUPPORTED]
    return (
        f"How the model's domains stand to each other, by predicted aligned errors (mean below {threshold:g} Å both ways): "
        f"supported {', '.join(good) or 'for no pair'}; uncertain {', '.join(bad) or 'for no pair'}."
    )


def _clashing(rows: Sequence[ClashRow]) -> list[str]:
    """The clashes in a sentence; none is said too."""
    total = sum(row.ca_pairs for row in rows)
    if not total:
        return ["No Cα of a placed model is within 4 Å of another chain."]
    groups: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row.part_1, f"{row.protein_2} {row.part_2}")
        groups[key] = groups.get(key, 0) + row.ca_pairs
    worst = sorted(groups.items(), key=lambda item: -item[1])[:4]
    named = ", ".join(f"{one}–{two} {count}" for (one, two), count in worst)
    sure = sum(row.ca_pairs_confident for row in rows)
    return [
        f"Physically impossible as it stands: {total} Cα pairs closer than 4 Å ({sure} between confident residues): {named}, ..."
    ]


def _sided(plane: Membrane | None, no_axis: str, copies: int, hinged: bool) -> list[str]:
    """How the membrane helices lie, and what is on the wrong side of them."""
    if plane is None:
        reason = no_axis or (
            "one copy" if copies == 1 else f"{copies} copies" if copies != 2 else "no membrane helix in the model"
        )
        return [f"No membrane is drawn: {reason}."]
    first = plane.rows[0]
    if hinged:
        return [
            f"Membrane: two faces under the ectodomain, across the two-fold axis; the helices, set upright between them, are "
            f"{first.between:.0f} Å apart."
        ]
    tilts = " and ".join(f"{row.tilt:.0f}°" for row in plane.rows)
    runs = (
        "they run down, as they must"
        if all(row.direction == "down" for row in plane.rows)
        else "but run up, back to the ectodomain"
    )
    words = [
        "Membrane: a slab across the two-fold axis at the centres of the two helices, no more. The helices tilt "
        f"{tilts} to the axis, {runs}; their centres are {first.between:.0f} Å apart and cross at {first.crossing:.0f}°."
    ]
    if first.wrong_side:
        words.append(
            f"On the wrong side of that slab (height of the centre in Å): {first.wrong_side.replace('-', '−')}. A receptor in a "
            "membrane cannot stand like this: the arrangement beyond the fitted domains is contradicted, not only unknown. A "
            "schematic that crosses the membrane once: --hinged (hinged=True)."
        )
    return words


def _confidence(laid: Held, plddt: dict[int, float], cut: bool) -> list[str]:
    low = sum(value <= LOW for value in plddt.values())
    average = mean(list(plddt.values())) or 0.0
    name, drawn = laid.structure.id, "left out, or drawn thin and grey" if cut else "drawn thin and grey"
    return [f"{low} of {len(plddt)} residues of {name} have a pLDDT of 70 or less (mean {average:.0f}): {drawn}."]
