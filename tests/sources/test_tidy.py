"""A structure is tidy where nothing has to be repaired: whatever the repair would change is seen without NumPy too."""

import subprocess
import sys
from math import nan

import gemmi
import pytest
from shared_files import mirror

from axlstruct.sources.conformers import without_place
from axlstruct.sources.elements import repair_elements
from axlstruct.sources.tidy import has_conformers, is_tidy
from axlstruct.structure.polymers import find_polymers, unbroken


def made() -> gemmi.Structure:
    """Two residues bound to each other, a calcium ion, a water."""
    structure, model, chain = gemmi.Structure(), gemmi.Model(1), gemmi.Chain("A")
    atoms = {
        "ALA": "N:N:1 CA:C:2.4 C:C:3.8 O:O:4.5 CB:C:3",
        "SER": "N:N:5 CA:C:6.4 C:C:7.8 O:O:8.5 HG:H:9",
        "CA": "CA:Ca:20",
        "HOH": "O:O:25",
    }
    for number, (name, written) in enumerate(atoms.items(), 1):
        residue = gemmi.Residue()
        residue.name, residue.seqid = name, gemmi.SeqId(str(number))
        for entry in written.split():
            atom = gemmi.Atom()
            atom.name, symbol, x = entry.split(":")
            atom.element, atom.pos = gemmi.Element(symbol), gemmi.Position(float(x), 3, 4)
            residue.add_atom(atom)
        chain.add_residue(residue)
    model.add_chain(chain)
    structure.add_model(model)
    return structure


def test_what_needs_no_repair_is_tidy() -> None:
    structure = made()
    assert is_tidy(structure)
    assert not repair_elements(structure, gemmi.FlatStructure(structure))
    assert not has_conformers(structure[0])


@pytest.mark.parametrize(
    ("residue", "atom", "symbol"),
    [(0, "CA", "Ca"), (0, "N", "Na"), (1, "HG", "Hg"), (1, "O", "X"), (2, "CA", "X"), (1, "C", "N"), (0, "CB", "Cd")],
)
def test_each_element_that_would_be_repaired_is_seen(residue: int, atom: str, symbol: str) -> None:
    structure = made()
    structure[0][0][residue].find_atom(atom, "*").element = gemmi.Element(symbol)
    assert not is_tidy(structure)
    assert repair_elements(structure, gemmi.FlatStructure(structure)) == 1


@pytest.mark.parametrize("place", [(nan, 1, 1), (9999.999, 1, 1), (1, -99999, 1), (0, 0, 0)])
def test_each_atom_without_a_place_is_seen(place: tuple[float, float, float]) -> None:
    structure = made()
    for atom in (*structure[0][0][0], structure[0][0][1][0]):
        atom.pos = gemmi.Position(*place)
    assert not is_tidy(structure)
    assert without_place(gemmi.FlatStructure(structure)).sum() == 6


def test_a_conformer_is_seen() -> None:
    structure = made()
    structure[0][0][1][3].altloc = "B"
    assert has_conformers(structure[0])


def test_a_chain_without_a_gap_is_the_same_polymer_by_either_way() -> None:
    structure = made()
    assert unbroken(structure[0]) is None
    for _ in range(2):
        del structure[0][0][2]
    assert unbroken(structure[0]) == find_polymers(structure[0], gemmi.FlatStructure(structure)) == [[0, 1]]
    structure[0][0][1][0].pos = gemmi.Position(5.9, 3, 4)
    assert unbroken(structure[0]) is None


@pytest.mark.parametrize("name", ["2c5d.cif", "AF-P30530-F1.pdb"])
def test_a_file_of_an_archive_is_read_without_numpy(name: str) -> None:
    code = "import sys, pathlib; from axlstruct.sources.coordinates import read_structure as read; "
    code += "assert read(pathlib.Path(sys.argv[1]), strict=True).chains; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code, str(mirror(name))], check=False).returncode == 0
