"""What must be said of a composite, in sentences: what is experiment, what is drawn, what contradicts it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from axlstruct.composite.clashes import ClashRow, Membrane
from axlstruct.composite.placement import Copy
from axlstruct.sequence.features import Span
from axlstruct.structure.arrangement import SUPPORTED, UNKNOWN, ArrangementRow, mean
from axlstruct.structure.confidence import CONFIDENT
from axlstruct.structure.structure import Structure


def composed(structure: Structure, model: Structure, copies: Sequence[Copy]) -> list[str]:
    """What is experiment and what is not."""
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


def cut_up(cuts: Sequence[Span], copies: Sequence[Copy], plddt: Mapping[int, float]) -> list[str]:
    """What a schematic is."""
    if not cuts:
        return []
    low = ", ".join(
        f"{cut} ({sum(plddt.get(p, 0.0) <= CONFIDENT for p in cut)} of {len(cut)} low)".replace("-", "–") for cut in cuts
    )
    kept = ", ".join(str(piece.span).replace("-", "–") for piece in copies[0].pieces)
    return [
        f"SCHEMATIC: the model is cut at its linkers of low confidence, {low}, and its pieces {kept} are set by a drawing's "
        "rule: helix upright under the end of the ectodomain, what follows below the membrane with its first residue up. Which "
        "way it faces, how far the two copies are apart and how deep they stand is predicted by nothing. What is left out has "
        "no place."
    ]


def arranged(rows: Sequence[ArrangementRow], why: str) -> str:
    """What the model's errors say of the arrangement of its parts."""
    if all(row.arrangement == UNKNOWN for row in rows):
        return (
            f"How the model's domains stand to each other is unknown: pLDDT says nothing of it, and its predicted aligned errors "
            f"could not be had{f' ({why})' if why else ''}."
        )
    threshold = rows[0].threshold
    good = [f"{row.part_1}–{row.part_2}" for row in rows if row.arrangement == SUPPORTED]
    bad = [f"{row.part_1}–{row.part_2}" for row in rows if row.arrangement != SUPPORTED]
    return (
        f"How the model's domains stand to each other, by predicted aligned errors (mean below {threshold:g} Å both ways): "
        f"supported {', '.join(good) or 'for no pair'}; uncertain {', '.join(bad) or 'for no pair'}."
    )


def clashing(rows: Sequence[ClashRow]) -> list[str]:
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


def sided(plane: Membrane | None, no_axis: str, copies: int, hinged: bool) -> list[str]:
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


def confidence(model: Structure, plddt: Mapping[int, float], cut: bool) -> list[str]:
    """How much of the model is of low confidence, and how that is drawn."""
    low = sum(value <= CONFIDENT for value in plddt.values())
    average = mean(list(plddt.values())) or 0.0
    name, drawn = model.id, "left out, or drawn thin and grey" if cut else "drawn thin and grey"
    return [f"{low} of {len(plddt)} residues of {name} have a pLDDT of 70 or less (mean {average:.0f}): {drawn}."]
