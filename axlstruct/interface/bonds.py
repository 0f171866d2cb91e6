"""Typed interactions between atoms, from coordinates and names: pairs of atoms in, `Bond` values out.

One neighbour search feeds the rules of all `axlstruct.interface.kinds.KINDS`: candidate pairs up to
`axlstruct.interface.rules.CANDIDATES`. Swapping the sides gives the same bonds mirrored. Heavy atoms suffice; hydrogens are used
on donors that have them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from axlstruct.interface.bond import Bond
from axlstruct.interface.detection import candidates
from axlstruct.interface.kinds import KINDS
from axlstruct.interface.reasons import Doubt, Reason
from axlstruct.structure.atoms import Atoms

if TYPE_CHECKING:
    import numpy as np


def find_bonds(atoms: Atoms, i: np.ndarray, j: np.ndarray, *, histidine_charged: bool = False) -> tuple[Bond, ...]:
    """All interactions among candidate pairs of atoms.

    A salt bridge holds the hydrogen bonds between its charged atoms: they are counted in it and not listed again. Histidine is
    neutral unless told otherwise (its pKa is below the pH of blood). Pairs within a residue are ignored.

    Parameters
    ----------
    atoms : Atoms
    i, j : ndarray, shape (m,), int
        Indices of the atoms of each candidate pair, side 1 and side 2, each pair once; all up to `interface.rules.CANDIDATES`
        Angstrom must be there, farther ones do no harm.
    histidine_charged : bool
        Count histidine as a cation of salt bridges.

    Returns
    -------
    tuple of Bond
        In the order of residue_1, residue_2, type, atoms.
    """
    pairs = candidates(atoms, i, j, histidine_charged=histidine_charged)
    found = [bond for kind in KINDS.values() for bond in kind.find(pairs)]
    found = [replace(bond, reasons=(*bond.reasons, *_lacks(atoms, bond))) for bond in found]
    return tuple(sorted((_as_written(atoms, bond) for bond in found), key=_order))


def _as_written(atoms: Atoms, bond: Bond) -> Bond:
    """The bond with the atom names of the file."""
    if atoms.written is None:
        return bond
    giver, taker = (bond.residue_2, bond.residue_1) if bond.donor_side == 2 else (bond.residue_1, bond.residue_2)
    return replace(
        bond, atoms_1=atoms.as_written(bond.residue_1, bond.atoms_1), atoms_2=atoms.as_written(bond.residue_2, bond.atoms_2),
        donor="".join(atoms.as_written(giver, [bond.donor])), acceptor="".join(atoms.as_written(taker, [bond.acceptor])),
    )  # fmt: skip


def hydrogen_bonds(atoms: Atoms, i: np.ndarray, j: np.ndarray) -> tuple[Bond, ...]:
    """All hydrogen bonds among candidate pairs, those within salt bridges included; parameters and order as in `find_bonds`."""
    return tuple(sorted(candidates(atoms, i, j).hydrogen_bonds, key=_order))


def _order(bond: Bond) -> tuple[int, int, str, tuple[str, ...], tuple[str, ...]]:
    return bond.residue_1, bond.residue_2, bond.type, bond.atoms_1, bond.atoms_2


def _lacks(atoms: Atoms, bond: Bond) -> Iterator[Reason]:
    for side, residue in ((1, bond.residue_1), (2, bond.residue_2)):
        missing = atoms.missing(residue)
        if missing:
            yield Reason(Doubt.LACKS_ATOMS, (side, " ".join(missing)))
    if atoms.empty is not None:
        for side, residue, names in ((1, bond.residue_1, bond.atoms_1), (2, bond.residue_2, bond.atoms_2)):
            there = atoms.of_residue(residue)
            if empty := [name for name in names if atoms.empty[there[name]]]:
                yield Reason(Doubt.NO_OCCUPANCY, (side, " ".join(empty)))
