"""Colours by what was computed or measured of residues: burial at the interface, and binding of single mutants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from axlstruct.errors import UsageError
from axlstruct.evidence.rows import AffinityRow
from axlstruct.interface.areas import Surface
from axlstruct.interface.groups import Groups
from axlstruct.scene import palette
from axlstruct.scene.paint import NEUTRAL, Paint, Special
from axlstruct.sequence.mutation import parse_mutations
from axlstruct.sequence.residues import ResidueId
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.glycans import Glycan
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.structure import Structure

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

OTHER_ASSAY = palette.tint(palette.TEXT, 0.55)
"""Grey of residues whose mutants are measured in another assay than the one that is coloured."""


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


def burial_painter(
    structure: Structure, maps: Sequence[ChainMap], glycans: Sequence[Glycan], groups: Groups | None = None
) -> Special:
    """Core, support and rim of the interface of receptor and ligand; all other residues are neutral.

    Raises
    ------
    UsageError
        Most residues are one atom, so that there are no areas.
    """
    if sum(residue.n_atoms == 1 for residue in structure.residues) > len(structure.residues) / 2:
        raise UsageError("a trace of CA atoms has no areas", where=structure.id, advice="choose another colour")
    areas = Surface(structure, glycans, AreaSettings()).residues(maps, groups)
    words = {structure.residues[index].id: area.burial for index, area in areas.items()}

    def paint(_: ChainMap | None, id: ResidueId) -> Paint:
        word = words.get(id, "")
        if word not in BURIALS:
            return Paint(BURIAL, "other", NEUTRAL, "loses no area to the partner")
        return Paint(BURIAL, word, BURIALS[word][0], BURIALS[word][1])

    return paint


class OneAssay(NamedTuple):
    """Single mutants of one assay, one for each protein and position, and the residues measured in other assays alone."""

    pubmed: int
    assay: str
    told: dict[tuple[str, int], Measured]
    elsewhere: dict[tuple[str, int], tuple[int, ...]]
    """PubMed ids of the assays that have the residue, of those that are not in ``told``."""

    @property
    def others(self) -> str:
        """What a legend says of residues that only other assays have."""
        ids = sorted({pubmed for several in self.elsewhere.values() for pubmed in several})
        return f"measured in another assay (PubMed {', '.join(map(str, ids))})"


def one_assay(rows: Sequence[AffinityRow], shown: Collection[tuple[str, int]] | None = None) -> OneAssay | None:
    """The single mutants that share a scale: those of one assay, for numbers of different assays are not to be compared.

    It is the assay with most single mutants, of equals the later paper's. Of several mutants of a residue the largest
    change counts.

    Parameters
    ----------
    rows : sequence of AffinityRow
        The whole table of the target.
    shown : collection of (protein, position), optional
        Only mutants of these residues decide which assay; without it, and where none is measured, all do.

    Returns
    -------
    OneAssay or None
        None where there is no single mutant.
    """
    found: dict[tuple[str, int], list[Measured]] = {}
    for row in rows:
        mutation, *more = parse_mutations(row.mutations_uniprot)
        if not more:
            one = Measured(f"{mutation.protein} {mutation}", row.ddg, row.bound, row.pubmed, row.assay)
            found.setdefault((mutation.protein, mutation.position), []).append(one)
    if not found:
        return None
    deciding = [key for key in found if shown is None or key in shown] or list(found)
    sizes = Counter((one.pubmed, one.assay) for key in deciding for one in found[key])
    pubmed, assay = max(sizes, key=lambda name: (sizes[name], name))
    own = {key: [one for one in several if (one.pubmed, one.assay) == (pubmed, assay)] for key, several in found.items()}
    told = {key: max(several, key=lambda one: abs(one.ddg)) for key, several in own.items() if several}
    elsewhere = {key: tuple(sorted({one.pubmed for one in several})) for key, several in found.items() if key not in told}
    return OneAssay(pubmed, assay, told, elsewhere)


def ddg_painter(maps: Sequence[ChainMap], rows: Sequence[AffinityRow]) -> tuple[Special, list[str]]:
    """Residues by the change of binding of their single mutants in one assay, and notes on those not in the structure.

    Raises
    ------
    UsageError
        Nothing is measured.
    """
    shown = {(m.protein.name, position) for m in maps for position in m.position_of.values()}
    scale = one_assay(rows, shown)
    if scale is None:
        raise UsageError("no affinity of a single mutant is known of this target", advice="choose another colour")
    details: dict[str, list[str]] = {}
    for key, one in scale.told.items():
        if key in shown:
            details.setdefault(_band(one.ddg)[2], []).append(str(one))
    bounds = ", ≥ marks a lower bound" if any(one.bound for key, one in scale.told.items() if key in shown) else ""
    heading = f"{DDG}, PubMed {scale.pubmed} ({scale.assay})"
    rest = f"mutants in UniProt numbering{bounds}; one assay alone, for different assays do not share a scale"
    others = [f"{name} {position}" for name, position in sorted(scale.elsewhere) if (name, position) in shown]

    def paint(map: ChainMap | None, id: ResidueId) -> Paint:
        key = (map.protein.name, map.position_of.get(id) or 0) if map else ("", 0)
        if one := scale.told.get(key):
            _, color, label = _band(one.ddg)
            return Paint(heading, label, color, ", ".join(details[label]))
        if key in scale.elsewhere:
            return Paint(heading, scale.others, OTHER_ASSAY, ", ".join(others))
        return Paint(heading, "no single mutant measured", NEUTRAL, rest)

    hidden = [str(one) for key, one in scale.told.items() if key not in shown]
    return paint, [f"Measured, but not in this structure: {', '.join(hidden)} kcal/mol (UniProt numbering)"] if hidden else []


def _band(ddg: float) -> tuple[float, str, str]:
    return next(band for band in DDG_BANDS if ddg >= band[0])
