"""Whether a file is as archives write it, told by gemmi alone: then nothing is repaired, and NumPy need not be loaded."""

from __future__ import annotations

from functools import cache
from math import isfinite
from typing import TYPE_CHECKING

from axlstruct.sequence.residues import SIDE_CHAIN
from axlstruct.sources.conformers import SAME
from axlstruct.sources.elements import FOUND, MERCURY, elements_by_name

if TYPE_CHECKING:
    import gemmi

_BIN = 5.0
"""Angstrom; edge of the cells in which an atom at the origin is looked for."""


def is_tidy(structure: gemmi.Structure) -> bool:
    """Whether each atom of the only model has a place and an element that its names do not contradict.

    A structure that is not tidy may still need nothing: `axlstruct.sources.conformers.without_place` and
    `axlstruct.sources.elements.repair_elements` look at it atom by atom.
    """
    return _has_places(structure) and not any(structure[0].count_atom_sites(selection) for selection in _wrong())


def has_conformers(model: gemmi.Model) -> bool:
    """Whether any atom has a letter of an alternative conformer."""
    return bool(model.count_atom_sites(_plain()) < model.count_atom_sites())


def _has_places(structure: gemmi.Structure) -> bool:
    """No coordinate that is not finite or a placeholder, and no atom at the origin."""
    import gemmi

    box, centre = structure.calculate_box(), structure[0].calculate_center_of_mass()
    low, high = box.minimum.tolist(), box.maximum.tolist()
    if not all(map(isfinite, centre.tolist())) or max(map(abs, (*low, *high))) >= SAME:
        return False
    if any(least > 0 or most < 0 for least, most in zip(low, high, strict=True)):
        return True
    found = gemmi.NeighborSearch(structure[0], structure.cell, _BIN).populate().find_atoms(gemmi.Position(0, 0, 0), radius=0.01)
    return not len(found)


@cache
def _plain() -> gemmi.Selection:
    import gemmi

    return gemmi.Selection(":")


@cache
def _wrong() -> tuple[gemmi.Selection, ...]:
    """Selections of atoms whose element `axlstruct.sources.elements.repair_elements` would look at."""
    import gemmi

    names, element = elements_by_name()
    amino = f"//*/({','.join(sorted(names, key=lambda name: (name not in SIDE_CHAIN, name)))})"  # frequent first: found sooner
    wrong = [f"[X,{','.join(MERCURY)}]", f"{amino}/*[!{','.join(sorted(FOUND))}]"]
    for symbol in sorted({*element.values()}):
        atoms = ",".join(sorted((atom for atom, own in element.items() if own == symbol), key=lambda atom: (len(atom), atom)))
        wrong.append(f"{amino}/{atoms}[!{'H,D' if symbol == 'H' else symbol}]")
    return tuple(map(gemmi.Selection, wrong))
