"""Sugars on a protein, found by their bonds: chain letters and numbers of hetero groups say nothing reliable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.residues import ResidueId
from axlstruct.structure import Structure

if TYPE_CHECKING:
    import numpy as np

MAX_BOND = 2.0
"""Longest C-O or C-N bond accepted, Angstrom; a glycosidic bond is 1.4, a poorly refined one longer."""


@dataclass(frozen=True, slots=True)
class Glycan:
    """A chain of sugars and the residue that carries it.

    Attributes
    ----------
    root : ResidueId
        The protein residue.
    sugars : tuple of (ResidueId, component id)
        Nearest to the protein first.
    """

    root: ResidueId
    sugars: tuple[tuple[ResidueId, str], ...]


def find_glycans(structure: Structure) -> tuple[Glycan, ...]:
    """The sugars bound to protein residues, each by a bond of its C1 (or C2) to a nitrogen or oxygen.

    Parameters
    ----------
    structure : Structure

    Returns
    -------
    tuple of Glycan
        One a glycosylated residue; sugars that no bond joins to a protein are left out.
    """
    import gemmi

    sugars = [
        (chain, residue)
        for chain in structure.model
        for residue in chain
        if gemmi.find_tabulated_residue(residue.name).kind == gemmi.ResidueKind.PYR
    ]
    if not sugars:
        return ()
    search = gemmi.NeighborSearch(structure.model, gemmi.UnitCell(), MAX_BOND).populate(include_h=False)
    owner = {residue.id: residue.id for residue in structure.residues}

    def name(chain: gemmi.Chain, residue: gemmi.Residue) -> ResidueId:
        return ResidueId(structure.id, chain.name, residue.seqid.num or 0, residue.seqid.icode.strip())

    def parent(chain: gemmi.Chain, residue: gemmi.Residue) -> ResidueId | None:
        me = name(chain, residue)
        for atom in residue:
            if atom.name not in ("C1", "C2"):
                continue
            for mark in search.find_neighbors(atom, min_dist=0.5, max_dist=MAX_BOND):
                there = mark.to_cra(structure.model)
                other = name(there.chain, there.residue)
                if there.atom.element.name in ("N", "O") and (other, there.residue.name) != (me, residue.name):
                    return other
        return None

    above = {name(chain, residue): (parent(chain, residue), residue.name) for chain, residue in sugars}
    grown: dict[ResidueId, list[tuple[int, ResidueId, str]]] = {}
    for sugar, (bound_to, component) in above.items():
        next_up, depth, seen = bound_to, 1, {sugar}
        while next_up in above and next_up not in seen:
            seen.add(next_up)
            next_up, depth = above[next_up][0], depth + 1
        if next_up in owner:
            grown.setdefault(owner[next_up], []).append((depth, sugar, component))
    return tuple(
        Glycan(root, tuple((sugar, component) for _, sugar, component in sorted(found))) for root, found in sorted(grown.items())
    )


def residue_of_atom(structure: Structure, glycans: Sequence[Glycan]) -> np.ndarray:
    """As `Structure.residue_of_atom`, atoms of sugars counted for the residue that carries them."""
    owner: np.ndarray = structure.residue_of_atom.copy()
    number = {residue.id: index for index, residue in enumerate(structure.residues)}
    carrier = {(s.chain, s.number, s.icode): number[glycan.root] for glycan in glycans for s, _ in glycan.sugars}
    first = 0
    for chain in structure.model:
        for residue in chain:
            index = carrier.get((chain.name, residue.seqid.num or 0, residue.seqid.icode.strip()))
            if index is not None and owner[first] < 0:
                owner[first : first + len(residue)] = index
            first += len(residue)
    return owner
