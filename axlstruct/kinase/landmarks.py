"""Landmarks of a kinase domain: those the target's features name, and the others derived from the sequence by a stated rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from axlstruct.errors import StructureError
from axlstruct.kinase import reference as ref
from axlstruct.sequence.features import Feature, Span
from axlstruct.sequence.target import Protein

_GAP, _EXTENSION = -11, -1
_ALIGNMENTS = 64
"""Equally good alignments that are asked whether they agree on a landmark."""

NAMES = (*(anchor.name for anchor in ref.ANCHORS), *(name for name, *_ in ref.OFFSETS), ref.ACTIVATION_LOOP)
"""Every landmark by name."""

_LEAST_IDENTITY = 0.25
"""Share of aligned letters below which the derived landmarks need a second look."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A named part of a kinase domain.

    Attributes
    ----------
    name : str
    span : Span or None
        Positions in the protein's sequence; None where there is no such part, with the reason in ``note``.
    letters : str
    origin : str
        ``data`` where a feature of the target names it, else ``derived``.
    rule : str
        Which feature, or how it was derived.
    note : str
        What is unusual of it.
    """

    name: str
    span: Span | None
    letters: str
    origin: str
    rule: str
    note: str = ""


@dataclass(frozen=True)
class Kinase:
    """The kinase domain of a protein with its landmarks, in sequence order."""

    protein: Protein
    domain: Feature
    landmarks: tuple[Landmark, ...]
    notes: tuple[str, ...] = ()

    def span(self, name: str) -> Span | None:
        """Where a landmark is; None where the domain has none of that name."""
        return next((landmark.span for landmark in self.landmarks if landmark.name == name), None)

    def position(self, name: str, offset: int = 0) -> int | None:
        """First position of a landmark, or so many residues behind it."""
        span = self.span(name)
        return span.first + offset if span else None


@lru_cache(maxsize=16)
def find_kinase(protein: Protein) -> Kinase:
    """The kinase domain of a protein and its landmarks.

    A landmark that a feature of the protein names is taken from there: an ``ATP`` binding stretch or lysine, an active-site
    aspartate, and any ``motif`` or ``landmark`` feature that has the landmark's name, whatever the case. All others are derived:
    the domain is aligned to that of SRC (Biopython, BLOSUM62, gap -11, extension -1, free ends); a motif within `reference.NEAR`
    residues of the aligned place wins over it; equally good alignments must agree; and some parts lie at a fixed distance from
    others.

    Parameters
    ----------
    protein : Protein
        With a feature of kind ``domain`` whose name says kinase.

    Raises
    ------
    StructureError
        The features of the target name no kinase domain; that is not to say that the protein has none.

    Examples
    --------
    >>> import axlstruct as ax
    >>> kinase = find_kinase(ax.load("axl", offline=True).target.receptor)
    >>> [(mark.name, mark.letters, str(mark.span), mark.origin) for mark in kinase.landmarks if "Glu" in mark.name]
    [('alphaC Glu', 'E', '585', 'derived')]
    """
    domains = [f for f in protein.features_of("domain") if "kinase" in f.name.lower()]
    if not domains:
        names = ", ".join(f.name for f in protein.features_of("domain")) or "none"
        raise StructureError(
            f"the target names no kinase domain of {protein.name}",
            where=f"UniProt {protein.accession}", found=f"domains: {names}",
            advice="name one among the features of the target (kind domain)",
        )  # fmt: skip
    aligned, identity, domain = max(((*_aligned(protein, f), f) for f in domains), key=lambda found: found[1])
    notes = [f"{len(domains)} kinase domains: landmarks are those of {domain.name} {domain.span}"] if len(domains) > 1 else []
    if identity < _LEAST_IDENTITY:
        notes.append(f"only {identity:.0%} of the letters are those of {ref.NAME}: check the derived landmarks")
    found = _anchors(protein, domain, aligned)
    found = _with_data(protein, domain, found)
    found |= _offsets(protein, domain, found)
    found |= _loop(protein, found)
    found |= _named_by_data(protein, domain, found)
    order = sorted(found.values(), key=lambda mark: (mark.span is None, mark.span or Span(1, 1), mark.name))
    return Kinase(protein, domain, tuple(order), tuple(notes))


def _aligned(protein: Protein, domain: Feature) -> tuple[Mapping[int, frozenset[int]], float]:
    """Positions that each residue of SRC is laid on, over the best alignments, and the identity of the first."""
    letters = protein.sequence[domain.span.first - 1 : domain.span.last]
    places: dict[int, set[int]] = {}
    identity = 0.0
    for index, alignment in enumerate(islice(_aligner().align(ref.SEQUENCE, letters), _ALIGNMENTS)):
        pairs = [
            (ref.FIRST + int(start) + k, domain.span.first + int(there) + k)
            for (start, end), (there, _) in zip(*alignment.aligned, strict=True)
            for k in range(int(end) - int(start))
        ]
        for own, position in pairs:
            places.setdefault(own, set()).add(position)
        if index == 0:
            identity = sum(ref.SEQUENCE[own - ref.FIRST] == protein.letter(p) for own, p in pairs) / len(pairs)
    return {own: frozenset(positions) for own, positions in places.items()}, identity


@lru_cache(maxsize=1)
def _aligner() -> Any:
    from Bio.Align import PairwiseAligner, substitution_matrices

    aligner: Any = PairwiseAligner()  # type: ignore[no-untyped-call]
    aligner.mode = "global"
    aligner.substitution_matrix = substitution_matrices.load("BLOSUM62")  # type: ignore[no-untyped-call]
    aligner.open_gap_score, aligner.extend_gap_score, aligner.end_gap_score = _GAP, _EXTENSION, 0.0
    return aligner


def _anchors(protein: Protein, domain: Feature, aligned: Mapping[int, frozenset[int]]) -> dict[str, Landmark]:
    return {anchor.name: _anchor(protein, domain, anchor, aligned) for anchor in ref.ANCHORS}


def _anchor(protein: Protein, domain: Feature, anchor: ref.Anchor, aligned: Mapping[int, frozenset[int]]) -> Landmark:
    place = f"{ref.NAME} {ref.SEQUENCE[anchor.position - ref.FIRST]}{anchor.position}"
    rule, places = f"aligned to {place}", aligned.get(anchor.position, frozenset())
    if not places:
        return Landmark(anchor.name, None, "", "derived", rule, f"no residue is aligned to {place}")
    length = _length(anchor)
    if length > 1 and (motif := _motif_near(protein, domain, anchor, places)) is not None:
        return _mark(protein, anchor.name, Span(motif, motif + length - 1), f"{rule}, motif {anchor.usual}")
    if len(places) > 1:
        where = " or ".join(map(str, sorted(places)))
        return Landmark(anchor.name, None, "", "derived", rule, f"equally good alignments put it at {where}")
    first = next(iter(places))
    if first + length - 1 > domain.span.last:
        return Landmark(anchor.name, None, "", "derived", rule, f"beyond the domain {domain.span}")
    span = Span(first, first + length - 1)
    mark = _mark(protein, anchor.name, span, rule)
    if not re.fullmatch(anchor.pattern, mark.letters):
        return _mark(protein, anchor.name, span, rule, f"{mark.letters} here, {anchor.usual} in most kinases")
    return mark


def _length(anchor: ref.Anchor) -> int:
    return len(re.sub(r"\[[^]]*\]", ".", anchor.pattern))


def _motif_near(protein: Protein, domain: Feature, anchor: ref.Anchor, places: Iterable[int]) -> int | None:
    """The nearest place that reads like the motif; None where there is none, or two are equally near."""
    starts = [m.start() + 1 for m in re.finditer(f"(?={anchor.pattern})", protein.sequence)]
    found = {s: min(abs(s - p) for p in places) for s in starts if s in domain.span}
    near = sorted((away, s) for s, away in found.items() if away <= ref.NEAR)
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return None
    return near[0][1]


def _mark(protein: Protein, name: str, span: Span, rule: str, note: str = "", origin: str = "derived") -> Landmark:
    return Landmark(name, span, protein.sequence[span.first - 1 : span.last], origin, rule, note)


def _with_data(protein: Protein, domain: Feature, derived: dict[str, Landmark]) -> dict[str, Landmark]:
    """Put what features name in the place of what was derived, and say where the two disagree."""
    found = dict(derived)
    for feature in protein.features:
        if feature.span.overlap(domain.span) is None:
            continue
        name = _feature_names(protein, feature)
        if name in found and found[name].origin == "derived":
            found[name] = _given(protein, name, feature, found[name])
    return found


def _named_by_data(protein: Protein, domain: Feature, found: Mapping[str, Landmark]) -> dict[str, Landmark]:
    """Landmarks at a fixed distance that a feature names all the same, such as an active-site aspartate."""
    given = {}
    for feature in protein.features:
        name = _feature_names(protein, feature)
        inside = feature.span.overlap(domain.span) is not None
        if inside and name and name in found and name not in given and found[name].origin == "derived":
            given[name] = _given(protein, name, feature, found[name])
    return given


def _feature_names(protein: Protein, feature: Feature) -> str:
    """The landmark that a feature names; empty where it is none."""
    letters = protein.sequence[feature.span.first - 1 : feature.span.last]
    if feature.kind in ("motif", "landmark"):
        return next((name for name in NAMES if name.casefold() == feature.name.casefold()), "")
    if feature.kind == "active-site" and letters == "D":
        return ref.ASPARTATE
    if feature.kind == "binding" and re.match(r"ATP\b", feature.name):
        return ref.LYSINE if letters == "K" else ref.LOOP if re.search("G.G", letters) and len(letters) > 5 else ""
    return ""


def _given(protein: Protein, name: str, feature: Feature, derived: Landmark) -> Landmark:
    rule = f"feature {feature.kind} {feature.name!r}" + (f" ({feature.source})" if feature.source else "")
    other = f"derived: {derived.span or derived.note}" if derived.span != feature.span else ""
    return _mark(protein, name, feature.span, rule, other, "data")


def _offsets(protein: Protein, domain: Feature, found: Mapping[str, Landmark]) -> dict[str, Landmark]:
    marks = {}
    for name, anchor, shift, length in ref.OFFSETS:
        start = found[anchor]
        how = f"{anchor} {shift:+d}" if shift else f"first of {anchor}"
        if start.span is None:
            marks[name] = Landmark(name, None, "", "derived", how, f"{anchor}: {start.note}")
            continue
        first = start.span.first + shift
        last = first + length - 1
        if domain.span.first <= first and last <= domain.span.last:
            marks[name] = _mark(protein, name, Span(first, last), how)
        else:
            marks[name] = Landmark(name, None, "", "derived", how, f"beyond the domain {domain.span}")
    return marks


def _loop(protein: Protein, found: Mapping[str, Landmark]) -> dict[str, Landmark]:
    """The activation loop, from the D of DFG to the E of APE."""
    start, end, how = found[ref.DFG], found[ref.APE], "D of DFG to E of APE"
    if start.span is None or end.span is None or end.span.last <= start.span.first:
        reason = start.note or end.note or "APE does not follow DFG"
        return {ref.ACTIVATION_LOOP: Landmark(ref.ACTIVATION_LOOP, None, "", "derived", how, reason)}
    return {ref.ACTIVATION_LOOP: _mark(protein, ref.ACTIVATION_LOOP, Span(start.span.first, end.span.last), how)}
