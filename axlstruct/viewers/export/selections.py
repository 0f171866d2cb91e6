"""What all exports need of a scene: ranges that are exact beside insertion codes, names for selections, texts on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from axlstruct.interface.kinds import KINDS
from axlstruct.scene.scene import AtomPlace, Dash, Layer, Run, Scene, Selection
from axlstruct.structure.secondary_structure import Place

BACKBONE = ("N", "C", "O", "OXT")
"""Atoms that the side chain of a layer leaves out; the C-alpha belongs to it."""


class Exact:
    """Selections of a scene as runs that mean the same in viewers whose ranges reach across insertion codes.

    In PyMOL, ChimeraX and Mol* the range 82-83 holds 82A too, while 82 alone does not (in Mol* it does, unless the code is said
    to be empty). So a number that also occurs with an insertion code stands alone.

    Parameters
    ----------
    scene : Scene
    """

    def __init__(self, scene: Scene) -> None:
        self.coded = {(row.chain, row.number) for row in scene.residues if row.icode}

    def runs(self, selection: Selection) -> tuple[Run, ...]:
        """Runs of a selection: single residues, or ranges without a single insertion code in them."""
        return tuple(exact for run in selection.runs for exact in self._split(selection.chain, run))

    def _split(self, chain: str, run: Run) -> Iterator[Run]:
        numbers = range(run.first, run.last + 1)
        for single, group in groupby(numbers, lambda number: bool(run.icode) or (chain, number) in self.coded):
            members = list(group)
            if single:
                yield from (Run(number, number, run.icode) for number in members)
            else:
                yield Run(members[0], members[-1])


def element_selections(scene: Scene) -> Iterator[tuple[str, Selection]]:
    """Helices and strands as selections of the residues that are there, in the order of the chain."""
    order: dict[str, list[Place]] = {}
    for row in scene.residues:
        order.setdefault(row.chain, []).append((row.number, row.icode))
    for element in scene.secondary:
        places = order[element.chain]
        first, last = places.index(element.first), places.index(element.last)
        yield element.kind, Selection.of(element.chain, places[first : last + 1])


def layer_names(layers: Sequence[Layer]) -> list[str]:
    """A name for each layer that every viewer takes: ASCII letters, digits and underscores, each once.

    Examples
    --------
    >>> from axlstruct.scene.scene import Layer, Style
    >>> blue = Style("cartoon", "#0072BC")
    >>> layer_names([Layer("AXL exon 2", (), blue), Layer("glycan; delete all", (), blue)])
    ['s01_AXL_exon_2', 's02_glycan_delete_all']
    """
    return [f"s{count:02d}_{re.sub(r'[^A-Za-z0-9]+', '_', layer.name).strip('_')[:40]}" for count, layer in enumerate(layers, 1)]


def object_name(scene: Scene) -> str:
    """Name of the loaded structure; never a word of a viewer's own, as it ends in what the scene is coloured by."""
    return re.sub(r"[^A-Za-z0-9_]+", "_", f"{scene.structure}_{scene.color}")


def one_line(text: str) -> str:
    """A text without line breaks or control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def heading(scene: Scene) -> Iterator[str]:
    """What stands above every export: title, numbering, what is not shown, notes; one line each."""
    yield one_line(scene.title)
    yield one_line(scene.numbering)
    reasons: dict[tuple[str, str], list[str]] = {}
    for site in scene.absent:
        reasons.setdefault((site.protein, site.reason), []).append(site.name)
    for (protein, reason), names in reasons.items():
        yield one_line(f"Not in this structure, drawn nowhere: {protein} {', '.join(names)} ({reason})")
    yield from map(one_line, scene.notes)


def dash_groups(scene: Scene) -> dict[str, list[Dash]]:
    """Dashes by a name for all of one type: ``hydrogen_bonds``, ``salt_bridges``."""
    groups: dict[str, list[Dash]] = {}
    for dash in scene.dashes:
        groups.setdefault(KINDS[dash.type].plural.replace(" ", "_"), []).append(dash)
    return groups


def atom_selection(place: AtomPlace) -> Selection:
    """The residue of an atom."""
    return Selection.of(place.chain, [(place.number, place.icode)])


def axes(scene: Scene) -> tuple[tuple[float, float, float], ...]:
    """Rows of the scene's rotation matrix: what points to the right, up, and towards the reader."""
    x, y, z, w = scene.camera.rotation
    return (
        (1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)),
        (2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)),
        (2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)),
    )
