"""Helices and strands of a structure, assigned once and handed to every viewer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from axlstruct.structure.structure import Structure

Place = tuple[int, str]
"""Author number and insertion code."""


@dataclass(frozen=True, slots=True)
class Element:
    """A helix or strand (``kind``) from a first to a last residue of a chain."""

    kind: str
    chain: str
    first: Place
    last: Place


def secondary_structure(structure: Structure) -> tuple[tuple[Element, ...], str]:
    """Helices and strands, and where they come from: the file if it states any, else backbone hydrogen bonds.

    Parameters
    ----------
    structure : Structure

    Returns
    -------
    elements : tuple of Element
        In the order of the chains.
    source : str

    Notes
    -----
    Computed ones follow Kabsch & Sander 1983: a helix is two 4-turns or 5-turns in a row, a strand a ladder of at least two
    bridges (bulges of one residue belong to it), helices before strands. Copies of a chain in an assembly (``A-2``) take what the
    file says of the original.
    """
    stated = tuple(_stated(structure))
    if stated:
        return stated, "as the file states"
    return tuple(_computed(structure)), "computed from backbone hydrogen bonds (Kabsch & Sander 1983)"


def _stated(structure: Structure) -> Iterator[Element]:
    ranges: dict[str, list[tuple[str, Place, Place]]] = {}
    strands = [strand for sheet in structure.gemmi.sheets for strand in sheet.strands]
    for kind, items in (("helix", list(structure.gemmi.helices)), ("strand", strands)):
        for item in items:
            first, last = ((end.res_id.seqid.num or 0, end.res_id.seqid.icode.strip()) for end in (item.start, item.end))
            ranges.setdefault(item.start.chain_name, []).append((kind, first, last))
    for chain in structure.chains:
        there = {(residue.id.number, residue.id.icode) for residue in chain.residues}
        known = ranges.get(chain.chain) or ranges.get(chain.chain.partition("-")[0], [])
        for kind, first, last in sorted(set(known), key=lambda item: item[1]):
            if first in there and last in there:
                yield Element(kind, chain.chain, first, last)


def _computed(structure: Structure) -> Iterator[Element]:
    import numpy as np

    from axlstruct.structure.atoms import atoms_of
    from axlstruct.structure.sheets import backbone_bonds

    atoms = atoms_of(structure)
    count = len(structure.residues)
    every = np.arange(count)
    bonds = {(bond.acceptor, bond.donor) for bond in backbone_bonds(atoms, every, every)}
    strands = _strands(bonds, atoms.follows)
    strands |= {i for i in range(count) if {i - 1, i + 1} <= strands and atoms.follows(i, i - 1) and atoms.follows(i + 1, i)}
    state = ["strand" if index in strands else "" for index in range(count)]
    for start, end in sorted(bonds):
        if end - start in (4, 5) and (start - 1, end - 1) in bonds:
            state[start:end] = ["helix"] * (end - start)
    start = 0
    for index in range(1, count + 1):
        if index < count and state[index] == state[start] and atoms.follows(index, index - 1):
            continue
        if state[start]:
            first, last = structure.residues[start].id, structure.residues[index - 1].id
            yield Element(state[start], first.chain, (first.number, first.icode), (last.number, last.icode))
        start = index


def _strands(bonds: set[tuple[int, int]], follows: Callable[[int, int], bool]) -> set[int]:
    """Residues in ladders of two or more bridges; bonds as (acceptor, donor)."""
    bridges = set()
    for a, d in bonds:
        for kind, i, j, other in ((-1, a, d, (d, a)), (-1, a + 1, d - 1, (d - 2, a + 2)), (1, a + 1, d, (d, a + 2))):
            if other in bonds and abs(i - j) > 2 and all(follows(r, r - 1) and follows(r + 1, r) for r in (i, j)):
                bridges |= {(kind, i, j), (kind, j, i)}
    rows = [(i, j) for kind, i, j in bridges if {(kind, i + 1, j + kind), (kind, i - 1, j - kind)} & bridges]
    return {index for row in rows for index in row}
