"""Beta-sheets across chain pairs in words: kind, strands in author numbers, register, hydrogen bonds."""

from __future__ import annotations

from collections.abc import Sequence

from axlstruct.interface.contacts import ChainPair
from axlstruct.structure.atoms import atoms_of
from axlstruct.structure.sheets import ladders
from axlstruct.structure.structure import Structure


def sheet_words(structure: Structure, pairs: Sequence[ChainPair]) -> dict[tuple[str, str], str]:
    """What each chain pair has of sheet, by `ChainPair.chains`; empty words where there is none.

    Bonds are those of Kabsch and Sander, whose hydrogens are placed; hydrogens of the file are not looked at.
    Only residues that are near each other are looked at: pairs must have been searched up to 5 Angstrom or more.

    Returns
    -------
    dict of (chain_1, chain_2) to str
        Such as ``antiparallel C/74-78 with A/312-308, 6 bonds``; more than one ladder joined by ``; ``.
    """
    import numpy as np

    atoms = atoms_of(structure)
    residues = structure.residues
    words = {}
    for pair in pairs:
        found = ladders(atoms, np.unique(pair.residues_1), np.unique(pair.residues_2)) if len(pair.distance) else ()
        described = []
        for ladder in found:
            one, two = ([residues[k].id for k in strand] for strand in (ladder.strand_1, ladder.strand_2))
            if len(ladder.pairs) == 1:
                here, there = f"{one[0].chain}/{one[0].label}", f"{two[0].chain}/{two[0].label}"
                described.append(f"{ladder.kind} bridge {here} with {there}, {len(ladder.bonds)} bonds")
                continue
            described.append(
                f"{ladder.kind} {one[0].chain}/{one[0].label}-{one[1].label} with {two[0].chain}/{two[0].label}-{two[1].label}, "
                f"{len(ladder.bonds)} bonds"
            )
        words[pair.chains] = "; ".join(described)
    return words
