"""Sugars on a protein, found by their bonds: chain letters and numbers of hetero groups say nothing reliable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.sequence.residues import ResidueId
from axlstruct.structure.neighbours import near_pairs
from axlstruct.structure.structure import Structure

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
    import numpy as np

    hetero = np.flatnonzero(structure.residue_of_atom < 0)
    components = structure.components[hetero]
    sugars = hetero[np.isin(components, [name for name in np.unique(components) if _is_sugar(name.decode())])]
    if not len(sugars):
        return ()
    flat = structure.atoms
    chains, icodes, numbers = structure.chain_of_atom, np.asarray(flat.icodes), np.asarray(flat.resnums)

    def residue(atom: int) -> tuple[ResidueId, str]:
        icode = chr(int(icodes[atom])).strip(" \0")
        id = ResidueId(structure.id, chains[atom], int(numbers[atom]), icode)
        return id, structure.components[atom].decode()

    above: dict[ResidueId, tuple[ResidueId | None, str]] = {id: (None, name) for id, name in map(residue, sugars)}
    carbons = sugars[np.isin(structure.atom_names[sugars], (b"C1", b"C2"))]
    holders = np.flatnonzero(np.isin(np.asarray(flat.element_names), (b"N", b"O")))
    for carbon, holder in zip(
        *near_pairs(structure.xyz, np.full(len(structure.xyz), MAX_BOND / 2), carbons, holders), strict=True
    ):
        me, other = residue(carbon), residue(holder)
        if other != me and above[me[0]][0] is None:
            above[me[0]] = other[0], me[1]
    owner = {residue.id: residue.id for residue in structure.residues}
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


def _is_sugar(component: str) -> bool:
    import gemmi

    kind: bool = gemmi.find_tabulated_residue(component).kind == gemmi.ResidueKind.PYR
    return kind


def residue_of_atom(structure: Structure, glycans: Sequence[Glycan]) -> np.ndarray:
    """As `Structure.residue_of_atom`, atoms of sugars counted for the residue that carries them."""
    owner: np.ndarray = structure.residue_of_atom.copy()
    if not glycans:
        return owner
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
