"""Elements of atoms, repaired where a file leaves them out or states what an amino acid has not."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from axlstruct.sequence.residues import ONE_LETTER, SIDE_CHAIN, heavy_atoms
from axlstruct.structure.components import ATOM_NAMES, FORMS, element_of, standard_component

if TYPE_CHECKING:
    import gemmi

MERCURY = ("Hg", "Ho", "He", "Hf", "Hs")
"""Elements that a hydrogen's name can be mistaken for."""
FOUND = frozenset({"C", "N", "O", "S", "H", "D", "Se", "P"})
"""Elements of amino acids."""


@cache
def elements_by_name() -> tuple[frozenset[str], dict[str, str]]:
    """Names of amino acids, and the element of each of their atoms' names that tells one."""
    terminal = [f"{end}{name}" for name in ONE_LETTER for end in "NC"]
    atoms = {atom for name in SIDE_CHAIN for atom in (*heavy_atoms(name), "OXT")} | {atom for _, atom in ATOM_NAMES}
    element = {atom: atom[0] for atom in atoms if atom[0] in "CNO"}
    element |= dict.fromkeys(
        ["H", "HA", "HB", "HB1", "HB2", "HB3", "HG", "HG1", "HG2", "HG3", "HD1", "HD2", "HE1", "HE2", "HE", "HZ", "HH"], "H"
    )
    return frozenset([*SIDE_CHAIN, *FORMS, *terminal]), element


@lru_cache(maxsize=4096)
def _suspect(component: bytes, atom: bytes, element: bytes) -> bool:
    """Whether an atom has no element, that of a metal a hydrogen is mistaken for, or not that of its name."""
    symbol = element.decode().title()
    if symbol == "X" or symbol in MERCURY:
        return True
    names, elements = elements_by_name()
    if component.decode() not in names:
        return False
    expected = elements.get(atom.decode(), symbol)
    return symbol not in FOUND or (symbol != expected and (expected, symbol) != ("H", "D"))


def _any_suspect(flat: gemmi.FlatStructure) -> bool:
    """Whether any atom needs a look: each triple of residue name, atom name and element is judged once."""
    import numpy as np

    columns = [np.ascontiguousarray(column).view("S8").ravel() for column in (flat.residue_names, flat.atom_names)]
    elements = np.asarray(flat.element_names)
    code = columns[0].view(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    code = (code ^ (code >> np.uint64(31)) ^ columns[1].view(np.uint64)) * np.uint64(0xC2B2AE3D27D4EB4F)
    code ^= elements.astype("S2").view(np.uint16)
    _, first = np.unique(code, return_index=True)
    return any(map(_suspect, columns[0][first].tolist(), columns[1][first].tolist(), elements[first].tolist()))


def repair_elements(structure: gemmi.Structure, flat: gemmi.FlatStructure) -> int:
    """Give each atom of the first model the element that its names tell, where the file says none or a wrong one.

    Nothing is looked at atom by atom unless something is wrong: the search for it takes a fraction of a millisecond.

    Parameters
    ----------
    structure : gemmi.Structure
    flat : gemmi.FlatStructure
        Its atom columns.

    Returns
    -------
    int
        How many atoms were repaired.
    """
    import gemmi

    model = structure[0]
    if not _any_suspect(flat):
        return 0
    repaired = 0
    for chain in model:
        for residue in chain:
            amino = len(residue) > 1 and _is_amino_acid(residue)
            for atom in residue:
                if amino or _mistaken(atom, residue):
                    element = gemmi.Element(element_of(residue.name, atom.name, alone=len(residue) == 1))
                    if element != atom.element and element.name != "X" and not (element.is_hydrogen and atom.is_hydrogen()):
                        atom.element = element
                        repaired += 1
    return repaired


def _is_amino_acid(residue: gemmi.Residue) -> bool:
    import gemmi

    known = standard_component(residue.name, [atom.name for atom in residue]) in SIDE_CHAIN
    return known or bool(gemmi.find_tabulated_residue(residue.name).is_amino_acid())


def _mistaken(atom: gemmi.Atom, residue: gemmi.Residue) -> bool:
    if atom.element.name == "X":
        return True
    return (
        atom.element.name in MERCURY
        and len(residue) > 1
        and any(other.element.name == "C" for other in residue)
        and (atom.name.upper() != atom.element.name.upper() or any(other.name == "CG" for other in residue))
    )
