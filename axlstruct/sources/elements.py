"""Elements of atoms, repaired where a file leaves them out or states what an amino acid has not."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from axlstruct.sequence.residues import ONE_LETTER, SIDE_CHAIN, heavy_atoms
from axlstruct.structure.components import ATOM_NAMES, FORMS, element_of, standard_component

if TYPE_CHECKING:
    import gemmi

_MERCURY = ("Hg", "Ho", "He", "Hf", "Hs")
"""Elements that a hydrogen's name can be mistaken for."""


@cache
def _suspects() -> tuple[gemmi.Selection, ...]:
    """Atoms of amino acids whose element is not that of their name, atoms without element, hydrogens read as metals."""
    import gemmi

    terminal = [f"{end}{name}" for name in ONE_LETTER for end in "NC"]
    residues = ",".join([*SIDE_CHAIN, *FORMS, *terminal])
    atoms = {atom for name in SIDE_CHAIN for atom in (*heavy_atoms(name), "OXT")} | {
        atom for _, atom in ATOM_NAMES if "'" not in atom
    }
    named = {letter: ",".join(sorted(atom for atom in atoms if atom[0] == letter)) for letter in "CNO"}
    named["H"] = "H,HA,HB,HB1,HB2,HB3,HG,HG1,HG2,HG3,HD1,HD2,HE1,HE2,HE,HZ,HH"
    selections = [f"//*/({residues})/{names}[!{letter}{',D' if letter == 'H' else ''}]" for letter, names in named.items()]
    selections += [f"//*/({residues})/[!C,N,O,S,H,D,SE,P]", "//*//[X]", f"//*//[{','.join(_MERCURY)}]"]
    return tuple(map(gemmi.Selection, selections))


def repair_elements(structure: gemmi.Structure) -> int:
    """Give each atom of the first model the element that its names tell, where the file says none or a wrong one.

    Nothing is looked at atom by atom unless something is wrong: the search for it takes a fraction of a millisecond.

    Returns
    -------
    int
        How many atoms were repaired.
    """
    import gemmi

    model = structure[0]
    if not any(model.count_atom_sites(selection) for selection in _suspects()):
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
        atom.element.name in _MERCURY
        and len(residue) > 1
        and any(other.element.name == "C" for other in residue)
        and (atom.name.upper() != atom.element.name.upper() or any(other.name == "CG" for other in residue))
    )
