"""Elements of atoms, repaired where a file leaves them out or states what an amino acid has not."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from axlstruct.sequence.residues import SIDE_CHAIN
from axlstruct.structure.components import element_of, standard_component

if TYPE_CHECKING:
    import gemmi

_MERCURY = ("Hg", "Ho", "He", "Hf", "Hs")
"""Elements that a hydrogen's name can be mistaken for."""


_BACKBONE = ("C,CA,CB[!C]", "N[!N]", "O[!O]", "H,HA,HB2[!H,D]")


@cache
def _suspects(names: frozenset[str]) -> tuple[gemmi.Selection, ...]:
    """Atoms of amino acids whose element is none of theirs, those of the backbone, atoms without element, hydrogens as metals."""
    import gemmi

    amino = ",".join(name for name in sorted(names) if "'" not in name)
    selections = ["//*//[X]", f"//*//[{','.join(_MERCURY)}]"]
    if amino:
        selections += [f"//*/({amino})/[!C,N,O,S,H,D,SE,P]", *(f"//*/({amino})/{atoms}" for atoms in _BACKBONE)]
    return tuple(map(gemmi.Selection, selections))


def _amino_acids(model: gemmi.Model) -> frozenset[str]:
    """Names of residues of the model that are amino acids with a template."""
    return frozenset(name for name in model.get_all_residue_names() if standard_component(name) in SIDE_CHAIN)


def repair_elements(structure: gemmi.Structure) -> int:
    """Give each atom of the first model the element that its names tell, where the file says none or a wrong one.

    Nothing is looked at atom by atom unless something is wrong: the search for it takes about a millisecond.

    Returns
    -------
    int
        How many atoms were repaired.
    """
    import gemmi

    model = structure[0]
    if not any(model.count_atom_sites(selection) for selection in _suspects(_amino_acids(model))):
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
