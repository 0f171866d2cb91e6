"""The atoms of a scene as a file of their own, with the scene's helices and strands stated in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from axlstruct.scene.scene import Scene
from axlstruct.structure.secondary_structure import Element, Place
from axlstruct.structure.structure import Structure

if TYPE_CHECKING:
    import gemmi
    from gemmi import cif


def coordinates(structure: Structure, scene: Scene) -> str:
    """The structure as mmCIF: the model, conformers, assembly and secondary structure that the scene shows.

    Parameters
    ----------
    structure : Structure
        The structure of the scene; stays as it is.
    scene : Scene

    Returns
    -------
    str
        A viewer that reads helices and strands from the file draws those of the scene.
    """
    copy = structure.gemmi.clone()
    state_elements(copy, scene.secondary)
    document = copy.make_mmcif_document()
    declare_amino_acids(document, structure)
    return str(document.as_string())


def state_elements(structure: gemmi.Structure, elements: Iterable[Element]) -> None:
    """State helices and strands in a structure, in place of those it states."""
    import gemmi

    structure.helices.clear()
    structure.sheets.clear()
    names = {(chain.name, r.seqid.num or 0, r.seqid.icode.strip()): r.name for chain in structure[0] for r in chain}

    def address(chain: str, place: Place) -> gemmi.AtomAddress:
        number, icode = place
        return gemmi.AtomAddress(chain, gemmi.SeqId(number, icode or " "), names[chain, number, icode], "")

    for element in elements:
        first, last = address(element.chain, element.first), address(element.chain, element.last)
        if element.kind == "helix":
            helix = gemmi.Helix()
            helix.start, helix.end = first, last
            helix.pdb_helix_class = gemmi.Helix.HelixClass.RAlpha
            structure.helices.append(helix)
        else:
            strand = gemmi.Sheet.Strand()
            strand.start, strand.end = first, last
            strand.name = "1"
            sheet = gemmi.Sheet(str(len(structure.sheets) + 1))
            sheet.strands.append(strand)
            structure.sheets.append(sheet)


def declare_amino_acids(document: cif.Document, structure: Structure) -> None:
    """Say of the components of protein chains that they are amino acids: Mol* draws no cartoon of what is left open."""
    linking = {residue.name for residue in structure.residues}
    for row in document.sole_block().find("_chem_comp.", ["id", "type"]):
        if row.str(0) in linking:
            row[1] = "'peptide linking'" if row.str(0) == "GLY" else "'L-peptide linking'"
