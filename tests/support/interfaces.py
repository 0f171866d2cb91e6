"""What tests of interactions need: atom columns from text, and the interface of a real structure."""

from functools import cache

import numpy as np
from shared_files import mirror

from axlstruct.interface.rules import CANDIDATES
from axlstruct.structure.atoms import Atoms, atoms_of
from axlstruct.structure.neighbours import near_pairs


def from_text(text):
    """Columns from lines ``residue component atom x y z``; the element is the first letter of the atom, or the metal."""
    rows = [line.split() for line in text.strip().splitlines()]
    metals = {"CA": "CA", "ZN": "ZN", "NI": "NI"}
    return Atoms(
        np.array([[float(v) for v in row[3:6]] for row in rows]),
        np.array([int(row[0]) for row in rows]),
        np.array([row[2].encode() for row in rows], dtype="S8"),
        np.array([row[1].encode() for row in rows], dtype="S8"),
        np.array([metals.get(row[1], row[2][0]).encode() for row in rows], dtype="S2"),
        np.array([row[1] in {"NAG", "BMA"} for row in rows]),
    )


def candidates(atoms, side_1, side_2):
    """All pairs of atoms of two sets of residues that any rule could ask for."""
    one, two = (np.flatnonzero(np.isin(atoms.residue, list(side))) for side in (side_1, side_2))
    return near_pairs(atoms.xyz, np.full(len(atoms.xyz), CANDIDATES / 2 + 1e-6), one, two)


@cache
def read(name):
    """Structure and columns of a file of the mirror."""
    from axlstruct.sources.coordinates import read_structure

    structure = read_structure(mirror(name))
    return structure, atoms_of(structure)


def residues_of(structure, letters):
    """Indices of the residues of these chains."""
    return np.array([k for k, residue in enumerate(structure.residues) if residue.id.chain in letters])
