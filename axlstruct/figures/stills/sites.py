"""The sites of a protein on the domain that holds them, with the confidence of a model or the coverage of an experiment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from axlstruct.errors import StructureError, UsageError
from axlstruct.figures.paper.labels import blobs, drawn_cost
from axlstruct.figures.paper.millimetres import BODY
from axlstruct.figures.stills.page import assemble
from axlstruct.figures.stills.panel import StillPanel, Word
from axlstruct.figures.stills.raytrace import Drawn, Still, raytrace
from axlstruct.figures.stills.selection import residue_atoms
from axlstruct.figures.stills.sites_legend import OBSERVED, STICK, ShownSites, caption, legend_entries, name_of, tones_of
from axlstruct.figures.stills.subject import DEFAULT, Look, Subject
from axlstruct.scene import palette
from axlstruct.scene.projection import Projection
from axlstruct.scene.projection import fit as fit_lens
from axlstruct.sequence.coverage import MEANING
from axlstruct.sequence.features import Site
from axlstruct.sequence.residues import ResidueId
from axlstruct.sequence.target import Protein
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.structure import Structure

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.figure import Figure

    from axlstruct.scene.scene import Scene


def draw_sites(subject: Subject, look: Look = DEFAULT, *, behind: bool = False) -> Figure:
    """Draw the receptor's sites.

    Parameters
    ----------
    subject : Subject
        A predicted model is coloured by confidence (pLDDT).
    look : Look
    behind : bool
        Draw the chain beyond the domain as well, thin, with the sites on it; else they are named in the caption only.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    StructureError
        The structure does not show the receptor, or none of its sites.
    UsageError
        The receptor has no sites, or there is no such colour.
    AxlstructError
        PyMOL cannot be loaded.
    """
    structure, scene = subject.structure, subject.scene
    tones = tones_of(look.colors)
    shown = choose(structure, subject.maps, subject.target.receptor, behind=behind)
    panel, used = sites_panel(structure, scene, shown, look, look.width - 8.0, tones)
    return assemble([(panel, 4.0, 3.0)], legend_entries(structure, shown, tones, used), caption(structure, scene, shown), look)


def choose(structure: Structure, maps: Sequence[ChainMap], protein: Protein, *, behind: bool) -> ShownSites:
    """Decide what is drawn: the chain that shows most sites, the domain that holds most of them."""
    if not protein.sites:
        raise UsageError(f"{protein.name} has no sites to draw", advice="name them in the target")
    chains = [m for m in maps if m.protein.accession == protein.accession]
    if not chains:
        raise StructureError(f"no chain is {protein.name}", where=structure.id)

    def seen(m: ChainMap) -> int:
        return sum(m.placement(site.position).coverage.has_atoms for site in protein.sites)

    m = max(chains, key=seen)
    domains = protein.features_of("domain")
    domain = max(domains, key=lambda f: sum(f.covers(site.position) for site in protein.sites), default=None)
    if domain is not None and not any(domain.covers(site.position) for site in protein.sites):
        domain = None
    ids = {position: id for id, position in m.position_of.items()}
    body = tuple(id for position, id in sorted(ids.items()) if domain is None or domain.covers(position))
    last = max((site.position for site in protein.sites), default=0)
    first = min((site.position for site in protein.sites), default=0)
    rest: tuple[ResidueId, ...] = ()
    if behind and domain is not None:
        rest = tuple(
            id
            for position, id in sorted(ids.items())
            if not domain.covers(position) and min(first, domain.span.first) <= position <= max(last, domain.span.last)
        )
    allowed, drawn, absent = {*body, *rest}, [], []
    for site in protein.sites:
        placement = m.placement(site.position)
        here = placement.residue if placement.coverage.has_atoms else None
        if here is None:
            absent.append((site, MEANING[placement.coverage]))
        elif here not in allowed:
            absent.append(
                (site, f"outside the {name_of(domain)}" + (f", pLDDT {placement.plddt:.0f}" if placement.plddt else ""))
            )
        else:
            drawn.append((site, here))
    if not drawn:
        reasons = "; ".join(f"{site.name}: {why}" for site, why in absent)
        raise StructureError(f"none of the sites of {protein.name} can be drawn", where=structure.id, found=reasons)
    return ShownSites(m, domain, body, rest, tuple(drawn), tuple(absent), _elsewhere(chains, [site for site, _ in drawn]))


def _elsewhere(chains: Sequence[ChainMap], drawn: Sequence[Site]) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Chains without some of the drawn sites, those without the same together."""
    lacking: dict[tuple[str, ...], list[str]] = {}
    for m in chains:
        names = tuple(site.name for site in drawn if not m.placement(site.position).coverage.has_atoms)
        if names:
            lacking.setdefault(names, []).append(m.chain.chain)
    return tuple((tuple(found), names) for names, found in lacking.items())


def sites_panel(
    structure: Structure, scene: Scene, shown: ShownSites, look: Look, mm: float, tones: Mapping[str, str]
) -> tuple[StillPanel, set[str]]:
    """The still with its labels, and the confidence bands that are seen."""
    there = structure.by_id
    groups: dict[str, list[int]] = {}
    for id in (*shown.body, *shown.behind):
        tone = tones[palette.plddt_color(there[id].b)] if structure.plddt else tones[OBSERVED]
        groups.setdefault(tone, []).extend(range(there[id].first_atom, there[id].first_atom + there[id].n_atoms))
    sites = [id for _, id in shown.drawn]
    bare = [id for id in sites if len(residue_atoms(structure, [id], side_chain=True)) < 2]
    sticks = residue_atoms(structure, [id for id in sites if id not in bare], side_chain=True) + residue_atoms(structure, bare)
    layers = (
        *(Drawn("cartoon", tuple(atoms), tone) for tone, atoms in groups.items()),
        Drawn("stick", sticks, tones[STICK], 0.32, elements=True),
    )
    xyz = structure.xyz[list(residue_atoms(structure, (*shown.body, *shown.behind)))]
    marks = middles(structure, sites)
    projection = _projection(structure, xyz, marks, look.pixels(mm))
    pixels = raytrace(structure, Still(projection, layers, scene.secondary, fine=look.print_quality))
    panel = StillPanel(pixels, projection, mm, look.font)
    ink = drawn_cost(pixels, 0.6) + blobs(
        pixels.shape, projection.pixels(structure.xyz[list(sticks)]), 0.9 * projection.scale, 2.0
    )
    words = []
    for site, id in shown.drawn:
        letter = there[id].letter
        text = f"{letter}{id.label}" + (f"  pLDDT {there[id].b:.0f}" if structure.plddt else "")
        own = residue_atoms(structure, [id], side_chain=id not in bare)
        words.append(Word(text, palette.TEXT, projection.pixels(structure.xyz[list(own)[-3:]]), BODY + 1, True))
        assert site.residue
    panel.place(words, ink, reach=0.25)
    return panel, set(groups)


def middles(structure: Structure, ids: Sequence[ResidueId]) -> np.ndarray:
    """The middle of the side chain of each residue, shape (n, 3)."""
    import numpy as np

    return np.array([structure.xyz[list(residue_atoms(structure, [id], side_chain=True))].mean(axis=0) for id in ids])


def _projection(structure: Structure, xyz: np.ndarray, marks: np.ndarray, width: int) -> Projection:
    """From the side where the sites lie in front and apart: the best of directions spread evenly over a sphere."""
    import numpy as np

    middle = xyz.mean(axis=0)
    count = 240
    index = np.arange(count) + 0.5
    polar, around = np.arccos(1 - 2 * index / count), np.pi * (1 + 5**0.5) * index
    sight = np.column_stack([np.cos(around) * np.sin(polar), np.sin(around) * np.sin(polar), np.cos(polar)])
    best: tuple[float, np.ndarray] | None = None
    for toward in sight:
        depth = (xyz - middle) @ toward
        flat = xyz - middle - np.outer(depth, toward)
        hidden = 0.0
        for mark in marks:
            ahead = (xyz - mark) @ toward
            aside = np.linalg.norm(xyz - mark - np.outer(ahead, toward), axis=1)
            hidden += ((ahead > 3.0) & (aside < 4.0)).sum()
        own = marks - np.outer(marks @ toward, toward)
        apart = np.linalg.norm(own[:, None] - own[None], axis=2) + 99.0 * np.eye(len(own))
        crowded = np.maximum(9.0 - apart, 0).sum()
        cost = hidden + 2.0 * crowded
        if best is None or cost < best[0]:
            up = np.linalg.eigh(flat.T @ flat)[1][:, 1]
            across = np.linalg.eigh(flat.T @ flat)[1][:, 2]
            best = float(cost), np.array([across, up if np.cross(across, up) @ toward > 0 else -up, toward])
    assert best is not None
    turn = best[1]
    if (marks.mean(axis=0) - middle) @ turn[1] > 0:
        turn = np.array([-turn[0], -turn[1], turn[2]])
    return fit_lens(xyz, turn, width=width, margin=3.0, aside=7.0)
