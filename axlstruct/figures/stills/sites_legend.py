"""Colours, legend and caption of the picture of sites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.errors import UsageError
from axlstruct.figures.paper.legend import Group
from axlstruct.figures.stills.page import swatch
from axlstruct.figures.stills.raytrace import ELEMENTS
from axlstruct.figures.stills.selection import color_of
from axlstruct.scene import palette
from axlstruct.sequence.features import Feature, Site
from axlstruct.sequence.residues import ResidueId
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.structure import Structure

if TYPE_CHECKING:
    from axlstruct.scene.scene import Scene

STICK = "#E04FA0"
"""Carbon of a site; no colour of a confidence band, an element or a domain."""

OBSERVED = "#A9B8C6"
"""Cartoon of an experimental structure."""


@dataclass(frozen=True)
class ShownSites:
    """What is drawn: the domain, its chain, sites with their residues, and sites that are left out with the reason.

    ``elsewhere`` are other chains of the protein, with the names of drawn sites that these do not show.
    """

    map: ChainMap
    domain: Feature | None
    body: tuple[ResidueId, ...]
    behind: tuple[ResidueId, ...]
    drawn: tuple[tuple[Site, ResidueId], ...]
    absent: tuple[tuple[Site, str], ...]
    elsewhere: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()


def tones_of(colors: Mapping[str, str] | None) -> dict[str, str]:
    """The colour that stands for each default colour."""
    names = {"site": STICK, "cartoon": OBSERVED} | {label: tone for _, tone, label in palette.PLDDT_BANDS}
    tones = {tone: tone for tone in names.values()}
    for name, color in (colors or {}).items():
        if name not in names:
            raise UsageError(f"nothing here is called {name!r}", expected=" or ".join(names))
        tones[names[name]] = color_of(color)
    return tones


def legend_entries(structure: Structure, shown: ShownSites, tones: Mapping[str, str], used: set[str]) -> list[Group]:
    """The legend: confidence bands that are seen, and the colours of sites."""
    groups = []
    if structure.plddt:
        bands = [(label, tones[tone]) for _, tone, label in palette.PLDDT_BANDS if tones[tone] in used]
        groups.append(Group("pLDDT", tuple((label, swatch(tone, "cartoon")) for label, tone in bands)))
    else:
        groups.append(Group(shown.map.protein.name, ((f"chain {shown.map.chain.chain}", swatch(tones[OBSERVED], "cartoon")),)))
    residues = structure.by_id
    elements = {a.element.name for _, id in shown.drawn for a in residues[id].gemmi}
    items = [("side chain", swatch(tones[STICK], "stick"))]
    items += [(name, swatch(ELEMENTS[e], "stick")) for e, name in (("O", "oxygen"), ("P", "phosphorus")) if e in elements]
    groups.append(Group("sites", tuple(items)))
    return groups


def name_of(domain: Feature | None) -> str:
    """A domain in words, lower case; ``chain`` where there is none."""
    return f"{domain.name[0].lower()}{domain.name[1:]} domain".replace("domain domain", "domain") if domain else "chain"


def caption(structure: Structure, scene: Scene, shown: ShownSites) -> str:
    """What a reader must know of the picture."""
    protein, domain = shown.map.protein, shown.domain
    what = f"{name_of(domain)[0].upper()}{name_of(domain)[1:]} of {protein.name}"
    span = f" (UniProt {protein.accession} {domain.span})".replace("-", "–") if domain else ""
    if structure.predicted:
        means = "colours and numbers are its confidence (pLDDT), no observation" if structure.plddt else "no observation"
        parts = [f"{what}{span} in {structure.id}, a predicted model: {means}."]
    else:
        fine = f", {structure.method.capitalize()}, {structure.resolution:.1f} Å" if structure.resolution else ""
        parts = [f"{what}{span} in chain {shown.map.chain.chain} of {structure.id}{fine}."]
    parts.append(f"{scene.numbering}. Sites are labelled in author numbers.")
    if shown.behind:
        outside = [site.name for site, id in shown.drawn if id in shown.behind]
        doubt = ": its place relative to the domain means nothing where confidence is low" if structure.predicted else ""
        parts.append(f"The chain outside the domain is drawn too{', with ' + ', '.join(outside) if outside else ''}{doubt}.")
    if shown.elsewhere:
        said = (f"{', '.join(names)} in chain{'s' * (len(chains) > 1)} {', '.join(chains)}" for chains, names in shown.elsewhere)
        parts.append(f"Not observed: {'; '.join(said)}.")
    reasons: dict[str, list[str]] = {}
    for site, why in shown.absent:
        reasons.setdefault(why, []).append(site.name)
    if reasons:
        parts.append("Not drawn: " + "; ".join(f"{', '.join(names)} ({why})" for why, names in reasons.items()) + ".")
    return " ".join(parts)
