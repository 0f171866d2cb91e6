"""Colours by what was computed or measured of residues: burial at the interface, and binding of single mutants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from axlstruct.area_settings import AreaSettings
from axlstruct.areas import Surface
from axlstruct.errors import UsageError
from axlstruct.evidence import AffinityRow
from axlstruct.glycans import Glycan
from axlstruct.mapping import ChainMap
from axlstruct.residues import ResidueId
from axlstruct.scene_paint import NEUTRAL, Paint, Special
from axlstruct.structure import Structure

BURIAL = "Burial by the partner protein (Levy 2010)"
BURIALS = {
    "core": ("#4B1264", "exposed alone, buried in the complex"),
    "support": ("#B0479A", "largely buried already alone"),
    "rim": ("#F29F6B", "exposed in the complex too"),
}
"""Classes with their colours, the most buried darkest, and what they mean."""

DDG = "ΔΔG of single mutants, kcal/mol (positive: weaker binding)"
DDG_BANDS: tuple[tuple[float, str, str], ...] = (
    (2.0, "#7A1130", "2.0 or more"),
    (1.0, "#D3561D", "1.0 to 2.0"),
    (0.25, "#F5B14C", "0.25 to 1.0"),
    (-0.25, "#FBF3BF", "−0.25 to 0.25"),
    (float("-inf"), "#2F62AE", "below −0.25"),
)
"""Lower bound, colour and label of each band, the weakest binding first."""


class Measured(NamedTuple):
    """What is told of one residue: its mutant, the number, whether that is a lower bound, and where it is from."""

    mutation: str
    ddg: float
    bound: str
    pubmed: int
    assay: str

    def __str__(self) -> str:
        number = f"{self.ddg:+.2f}".replace("-", "−")
        return f"{self.mutation} {'≥ ' if self.bound else ''}{number}"


def burial_painter(structure: Structure, maps: Sequence[ChainMap], glycans: Sequence[Glycan]) -> Special:
    """Core, support and rim of the interface of receptor and ligand; all other residues are neutral.

    Raises
    ------
    UsageError
        Most residues are one atom, so that there are no areas.
    """
    if sum(residue.n_atoms == 1 for residue in structure.residues) > len(structure.residues) / 2:
        raise UsageError("a trace of CA atoms has no areas", where=structure.id, advice="choose another colour")
    areas = Surface(structure, glycans, AreaSettings()).residues(maps)
    words = {structure.residues[index].id: area.burial for index, area in areas.items()}

    def paint(_: ChainMap, id: ResidueId) -> Paint:
        word = words.get(id, "")
        if word not in BURIALS:
            return Paint(BURIAL, "other", NEUTRAL, "loses no area to the partner")
        return Paint(BURIAL, word, BURIALS[word][0], BURIALS[word][1])

    return paint


def chosen(rows: Sequence[AffinityRow]) -> dict[tuple[str, int], Measured]:
    """One single mutant for each protein and position.

    Of several measurements that from the assay with most rows in the table counts, there the largest change.

    Parameters
    ----------
    rows : sequence of AffinityRow
        The whole table of the target.
    """
    sizes = Counter((row.pubmed, row.assay) for row in rows)
    found: dict[tuple[str, int], list[Measured]] = {}
    for row in rows:
        if ";" not in row.mutations_uniprot:
            protein, _, mutation = row.mutations_uniprot.partition(":")
            one = Measured(f"{protein} {mutation}", row.ddg, row.bound, row.pubmed, row.assay)
            found.setdefault((protein, int(mutation[1:-1])), []).append(one)
    return {
        key: max(several, key=lambda one: (sizes[one.pubmed, one.assay], -one.pubmed, abs(one.ddg)))
        for key, several in found.items()
    }


def ddg_painter(maps: Sequence[ChainMap], rows: Sequence[AffinityRow]) -> tuple[Special, list[str]]:
    """Residues with a measured single mutant by its change of binding, and notes on mutants that the structure does not show.

    Raises
    ------
    UsageError
        Nothing is measured.
    """
    told = chosen(rows)
    if not told:
        raise UsageError("no affinity of a single mutant is known of this target", advice="choose another colour")
    shown = {(m.protein.name, position) for m in maps for position in m.position_of.values()}
    details: dict[str, list[str]] = {}
    for key, one in told.items():
        if key in shown:
            details.setdefault(_band(one.ddg)[2], []).append(str(one))
    counted = Counter((row.pubmed, row.assay) for row in rows)
    used = dict.fromkeys((one.pubmed, one.assay) for key, one in told.items() if key in shown)
    sources = "; ".join(f"PubMed {pubmed} ({assay}; {counted[pubmed, assay]} rows)" for pubmed, assay in used)
    bounds = ", ≥ marks a lower bound" if any(told[key].bound for key in told if key in shown) else ""
    rest = f"mutants in UniProt numbering{bounds}; of several the assay with most rows; from {sources}"

    def paint(map: ChainMap, id: ResidueId) -> Paint:
        position = map.position_of.get(id)
        one = told.get((map.protein.name, position)) if position else None
        if one is None:
            return Paint(DDG, "no single mutant measured", NEUTRAL, rest)
        _, color, label = _band(one.ddg)
        return Paint(DDG, label, color, ", ".join(details[label]))

    hidden = [str(one) for key, one in told.items() if key not in shown]
    return paint, [f"Measured, but not in this structure: {', '.join(hidden)} kcal/mol (UniProt numbering)"] if hidden else []


def _band(ddg: float) -> tuple[float, str, str]:
    return next(band for band in DDG_BANDS if ddg >= band[0])
