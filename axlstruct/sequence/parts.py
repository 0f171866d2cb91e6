"""A protein cut into parts: domains, membrane helix, regions and the linkers between."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from axlstruct.sequence.features import Feature, Span
from axlstruct.sequence.target import Protein

LINKER, DOMAIN, CHAIN = "linker", "domain", "chain"


def membrane_of(protein: Protein) -> tuple[Feature, ...]:
    """Segments that cross the membrane."""
    return tuple(feature for feature in protein.features_of("region") if feature.name == "transmembrane")


def parts_of(protein: Protein) -> tuple[Feature, ...]:
    """Domains and the membrane helix, in sequence order."""
    return tuple(sorted((*protein.features_of("domain"), *membrane_of(protein)), key=lambda feature: feature.span))


def part_name(feature: Feature) -> str:
    """Short name of a part."""
    return "TM" if feature.name == "transmembrane" else feature.label


def around(protein: Protein, position: int) -> Span:
    """The domain of a residue, or the stretch between domains that it lies in."""
    domains = [feature.span for feature in protein.features_of("domain")]
    inside = next((span for span in domains if position in span), None)
    before = max((span.last for span in domains if span.last < position), default=0)
    behind = min((span.first for span in domains if span.first > position), default=len(protein) + 1)
    return inside or Span(before + 1, behind - 1)


@dataclass(frozen=True)
class Part:
    """A stretch of the receptor: a ``domain``, a ``region`` (such as the transmembrane one) or a ``linker``."""

    kind: str
    name: str
    span: Span


def parts(protein: Protein) -> tuple[Part, ...]:
    """The protein cut at the borders of domains and regions, in order, without gaps."""

    def named(position: int) -> tuple[str, str]:
        if domain := protein.domain(position):
            return DOMAIN, domain
        region = protein.region(position)
        inner = any(f.kind == "domain" for f in protein.features if region and _overlaps(protein, region, f))
        return (LINKER, LINKER) if inner or not region else ("region", region)

    found = []
    for (kind, name), run in groupby(range(1, len(protein) + 1), lambda position: (*named(position),)):
        positions = list(run)
        found.append(Part(kind, name, Span(positions[0], positions[-1])))
    return tuple(found)


def _overlaps(protein: Protein, region: str, feature: Feature) -> bool:
    return any(other.name == region and other.span.overlap(feature.span) for other in protein.features_of("region"))


def wholes(protein: Protein) -> tuple[Part, ...]:
    """What the parts make up: each region that holds a domain, and the whole chain."""
    regions = [f for f in protein.features_of("region") if any(f.span.overlap(d.span) for d in protein.features_of("domain"))]
    return (*(Part("region", f.name, f.span) for f in regions), Part(CHAIN, "whole chain", Span(1, len(protein))))
