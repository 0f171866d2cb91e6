"""From rows of residues to the rows of a figure: which chains say the same, in which runs, seen in how many copies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from axlstruct.interface.residue_rows import ResidueRow
from axlstruct.scene import palette
from axlstruct.sequence.features import Feature, Span
from axlstruct.sequence.parts import membrane_of
from axlstruct.sequence.residues import ONE_LETTER
from axlstruct.sequence.target import Protein, Target


@dataclass(frozen=True, slots=True)
class CoverageRun:
    """A stretch of one coverage word; ``plddt`` is its confidence band's colour key for predicted residues."""

    span: Span
    word: str
    plddt: float | None = None


@dataclass(frozen=True, slots=True)
class CoverageTrack:
    """What the chains of a structure, alike in every position, show of a protein.

    Attributes
    ----------
    structure : str
    chains : tuple of str
    runs : tuple of CoverageRun
    differences : tuple of str
        Residues that are not the sequence's, such as ``G39S``.
    """

    structure: str
    chains: tuple[str, ...]
    runs: tuple[CoverageRun, ...]
    differences: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Entry and chains."""
        return f"{self.structure} {', '.join(self.chains)}".strip()

    @property
    def extent(self) -> Span | None:
        """First to last residue with atoms; None where there are none."""
        seen = [run.span for run in self.runs if run.word in ("observed", "partial", "different", "predicted")]
        return Span(seen[0].first, seen[-1].last) if seen else None

    @property
    def drawn(self) -> Span | None:
        """First to last residue with anything to draw."""
        seen = [run.span for run in self.runs if run.word != "not-in-construct"]
        return Span(seen[0].first, seen[-1].last) if seen else None


@dataclass(frozen=True, slots=True)
class InterfaceTrack:
    """Residues of a protein in one interface class of a structure, with the share of copies that show each."""

    interface: str
    structure: str
    seen: tuple[tuple[int, int], ...]
    copies: int

    @property
    def label(self) -> str:
        """Class and entry."""
        return f"{self.structure} {self.interface}"


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of one protein."""

    coverage: tuple[CoverageTrack, ...] = ()
    interface: tuple[InterfaceTrack, ...] = ()


def rows_of(target: Target, residues: Sequence[ResidueRow]) -> dict[str, Rows]:
    """The rows of each protein of a target by its name, structures and interface classes in the target's order."""
    order = [entry.id for entry in target.structures]
    bands = [bound for bound, _, _ in palette.PLDDT_BANDS]
    return {
        p.name: Rows(
            coverage_rows(residues, p.name, order, bands), interface_rows(residues, p.name, order, target.interface_names)
        )
        for p in target.proteins
    }


def coverage_rows(
    residues: Iterable[ResidueRow], protein: str, order: Sequence[str], bands: Sequence[float]
) -> tuple[CoverageTrack, ...]:
    """Rows of one protein, structures in the order given (others behind), chains that are alike in one row.

    Parameters
    ----------
    residues : iterable of ResidueRow
        Rows without a structure are left out.
    protein : str
        Name of the protein.
    order : sequence of str
        Structure ids.
    bands : sequence of float
        Lower bounds of confidence bands, the highest first.
    """
    chains: dict[str, dict[str, dict[int, ResidueRow]]] = {}
    for row in residues:
        if row.protein == protein and row.structure and row.position:
            chains.setdefault(row.structure, {}).setdefault(row.chain, {}).setdefault(row.position, row)
    result: list[CoverageTrack] = []
    for structure in _ordered(list(chains), order):
        alike: dict[tuple[tuple[CoverageRun, ...], tuple[str, ...]], list[str]] = {}
        for chain, rows in chains[structure].items():
            alike.setdefault(_chain_runs([rows[position] for position in sorted(rows)], bands), []).append(chain)
        result += [CoverageTrack(structure, tuple(names), runs, other) for (runs, other), names in alike.items()]
    return tuple(result)


def interface_rows(
    residues: Iterable[ResidueRow], protein: str, order: Sequence[str], names: Sequence[str]
) -> tuple[InterfaceTrack, ...]:
    """Rows of one protein: for each structure its interface classes, named ones in the order given, then others by name."""
    chains: dict[tuple[str, str], dict[int, set[str]]] = {}
    for row in residues:
        if row.classes and row.protein == protein and row.structure and row.position:
            for name in row.classes:
                if name and name != "none":
                    chains.setdefault((row.structure, name), {}).setdefault(row.position, set()).add(row.chain)
    result = []
    for structure in _ordered(sorted({structure for structure, _ in chains}), order):
        for name in _ordered(sorted({name for other, name in chains if other == structure}), names):
            found = chains[structure, name]
            copies = len(set().union(*found.values()))
            result.append(InterfaceTrack(name, structure, tuple((p, len(found[p])) for p in sorted(found)), copies))
    return tuple(result)


def _ordered(found: list[str], order: Sequence[str]) -> list[str]:
    rank = {name.upper(): index for index, name in enumerate(order)}
    return sorted(found, key=lambda name: rank.get(name.upper(), len(rank)))


def _chain_runs(rows: Sequence[ResidueRow], bands: Sequence[float]) -> tuple[tuple[CoverageRun, ...], tuple[str, ...]]:
    def key(item: tuple[int, ResidueRow]) -> tuple[int, str, float | None]:
        index, row = item
        known = row.coverage == "predicted" and row.plddt is not None
        band = next(band for band in bands if (row.plddt or 0.0) > band) if known else None
        return (row.position or 0) - index, row.coverage, band

    runs = []
    for (_, word, band), group in groupby(enumerate(rows), key=key):
        positions = [row.position for _, row in group if row.position]
        runs.append(CoverageRun(Span(positions[0], positions[-1]), word, band))
    other = (
        f"{row.residue}{row.position}{ONE_LETTER.get(row.observed_residue, row.observed_residue)}"
        for row in rows
        if row.coverage == "different"
    )
    return tuple(runs), tuple(other)


def marked_sites(protein: Protein) -> list[tuple[int, str, str]]:
    """Position, label and role of everything on a stem, in order; the role of a glycan is ``glycosylation``."""
    glycans = [
        (f.span.first, f"{protein.letter(f.span.first)}{f.span.first}", f.kind) for f in protein.features_of("glycosylation")
    ]
    return sorted(glycans + [(site.position, site.name, site.role) for site in protein.sites])


def role_fills(protein: Protein) -> dict[str, str]:
    """Fill of a site's head by role: open, filled, grey; all open where there are more than three roles."""
    roles = list(dict.fromkeys(site.role for site in protein.sites))
    fills = (palette.SITE, palette.TEXT, "#A0A0A0")
    return dict(zip(roles, fills, strict=False)) if len(roles) <= len(fills) else dict.fromkeys(roles, palette.SITE)


def boxed(protein: Protein) -> list[tuple[Feature, str]]:
    """Boxes on the backbone and their colours, in order: signal peptide, domains, membrane segments."""
    colors = palette.domain_colors(f.name for f in protein.features_of("domain"))
    boxes = [(f, colors[f.name]) for f in protein.features_of("domain")]
    boxes += [(f, palette.domain_colors([kind])[kind]) for kind, fs in _slim(protein) for f in fs]
    return sorted(boxes, key=lambda box: box[0].span)


def _slim(protein: Protein) -> tuple[tuple[str, list[Feature]], ...]:
    return ("signal", list(protein.features_of("signal"))), ("transmembrane", list(membrane_of(protein)))


def box_label(feature: Feature) -> str:
    """Label of a box: the short name given, SP and TM for what everyone writes so."""
    return feature.short or {"signal": "SP", "region": "TM"}.get(feature.kind, feature.name)
