"""What of a structure is drawn, and in which colours: atoms of selections and residues, scenes with colours of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from axlstruct.errors import UsageError
from axlstruct.sequence.residues import ResidueId

if TYPE_CHECKING:
    from axlstruct.figures.stills.subject import Subject
    from axlstruct.scene.scene import Layer, Scene, Selection
    from axlstruct.structure.structure import Structure


def atoms_in(structure: Structure, selections: Iterable[Selection], part: str = "all") -> tuple[int, ...]:
    """Indices of the atoms of selections; ``side-chain`` leaves out N, C and O."""
    found: list[int] = []
    for selection in selections:
        for chain in structure.model:
            if chain.name == selection.chain:
                for residue in chain:
                    if (residue.seqid.num or 0, residue.seqid.icode.strip()) in selection and not residue.is_water():
                        bare = part == "side-chain" and any(atom.name == "CA" for atom in residue)
                        found += [a.serial - 1 for a in residue if not (bare and a.name in ("N", "C", "O", "OXT"))]
    return tuple(found)


def residue_atoms(structure: Structure, ids: Iterable[ResidueId], *, side_chain: bool = False) -> tuple[int, ...]:
    """Indices of the atoms of protein residues; raises UsageError for a residue that is not there."""
    there = structure.by_id
    found: list[int] = []
    for id in ids:
        if id not in there:
            raise UsageError("the structure does not show this residue, so it cannot be drawn", where=str(id))
        residue = there[id]
        drop = ("N", "C", "O", "OXT") if side_chain else ()
        found += [a.serial - 1 for a in residue.gemmi if a.name not in drop and not a.is_hydrogen()]
    return tuple(found)


def recolored(subject: Subject, colors: Mapping[str, str] | None) -> Subject:
    """The subject with colours of its own for labels of the legend; raises UsageError for a label that is not there."""
    if not colors:
        return subject
    scene = subject.scene
    by_label = {name: entry for entry in scene.legend for name in _names(entry.label)}
    swap: dict[str, str] = {}
    for name, color in colors.items():
        if name not in by_label:
            raise UsageError(f"the legend has no line {name!r}", expected=" or ".join(sorted(by_label)))
        swap[by_label[name].color] = color_of(color)
    layers = tuple(_recolored(layer, swap) for layer in scene.layers)
    legend = tuple(replace(entry, color=swap.get(entry.color, entry.color)) for entry in scene.legend)
    words = tuple(replace(label, color=swap.get(label.color, label.color)) for label in scene.labels)
    return replace(subject, scene=replace(scene, layers=layers, legend=legend, labels=words))


def _recolored(layer: Layer, swap: Mapping[str, str]) -> Layer:
    return replace(layer, style=replace(layer.style, color=swap.get(layer.style.color, layer.style.color)))


def _names(label: str) -> set[str]:
    return {label, label.rpartition("(")[2].rstrip(")")} if label.endswith(")") else {label}


def color_of(text: str) -> str:
    """A colour ``#RRGGBB`` as given; raises UsageError for any other text."""
    if not re.fullmatch("#[0-9a-fA-F]{6}", text):
        raise UsageError(f"no colour: {text!r}", expected="#RRGGBB")
    return text.upper()


def cartoon_colors(structure: Structure, scene: Scene) -> dict[ResidueId, str]:
    """The colour of each residue's cartoon."""
    cartoons = [layer for layer in scene.layers if layer.style.kind == "cartoon"]
    found = {}
    for residue in structure.residues:
        place = residue.id.number, residue.id.icode
        for layer in cartoons:
            if any(s.chain == residue.id.chain and place in s for s in layer.selections):
                found[residue.id] = layer.style.color
    return found
