"""Names of force fields and programs, and elements told by names."""

from __future__ import annotations

import gemmi
import pytest

from axlstruct.sequence.residues import ONE_LETTER, SIDE_CHAIN, heavy_atoms
from axlstruct.sources.coordinates import read_structure
from axlstruct.structure.components import FORMS, element_of, form_of, standard_atom, standard_component
from tests.support.tiny import pdb_atom


@pytest.mark.parametrize(
    ("names", "component"),
    [
        ("HID HIE HIP HSD HSE HSP HISA HISB HISH", "HIS"),
        ("CYX CYM CYS2 CYSH", "CYS"),
        ("ASH ASPH ASPP", "ASP"),
        ("GLH GLUH GLUP", "GLU"),
        ("LYN LSN LYSH", "LYS"),
        ("ARN ARGN", "ARG"),
        ("TYM TYO", "TYR"),
        ("NALA CALA", "ALA"),
        ("NHIE CCYX", ""),
    ],
)
def test_names_of_force_fields(names, component):
    for name in names.split():
        expected = component or {"NHIE": "HIS", "CCYX": "CYS"}[name]
        assert standard_component(name) == expected
        assert standard_component(name, (*heavy_atoms(expected), "OXT", "HA", "1HB")) == expected


@pytest.mark.parametrize("name", [*SIDE_CHAIN, "NAG", "CGU", "NCY", "C2E", "NAP", "CA"])
def test_a_standard_name_stands_for_itself(name):
    assert standard_component(name) == name
    assert form_of(name) is None


@pytest.mark.parametrize(
    ("name", "atoms"),
    [
        ("HSE", "N CA C O CB CG OD"),
        ("HIP", "N CA C O CB CG CD2 NE2 CE1 ND1 P O1P O2P O3P"),
        ("LYN", "N CA C O CB CG CD CE NZ NT"),
    ],
)
def test_a_component_of_the_same_name_is_told_by_its_atoms(name, atoms):
    assert standard_component(name, atoms.split()) == name
    assert standard_component(name) != name


def test_every_form_is_of_an_amino_acid_and_names_its_atoms():
    for form in FORMS.values():
        assert set(form.protonated or ()) <= set(heavy_atoms(form.component))
        assert form.component in SIDE_CHAIN


@pytest.mark.parametrize(
    ("component", "atom", "standard"),
    [
        ("ILE", "CD", "CD1"), ("ARG", "CD", "CD"), ("GLY", "OT1", "O"), ("GLY", "OT2", "OXT"), ("LEU", "OC1", "O"),
        ("LEU", "O2", "OXT"), ("NAG", "O1", "O1"), ("SER", "OG1", "OG"), ("THR", "OG1", "OG1"),
    ],
)  # fmt: skip
def test_atom_names(component, atom, standard):
    assert standard_atom(component, atom) == standard


@pytest.mark.parametrize("component", ONE_LETTER)
def test_elements_of_amino_acids_are_their_first_letter(component):
    for atom in heavy_atoms(component):
        assert element_of(component, atom) == atom[0]
    assert {element_of(component, atom) for atom in ("HG", "1HG1", "HG11", "HE2", "2HO", "HO", "HF", "HD1")} == {"H"}


@pytest.mark.parametrize(
    ("component", "atom", "alone", "element"),
    [
        ("CA", "CA", True, "CA"), ("ZN", "ZN", True, "ZN"), ("HG", "HG", True, "HG"), ("SOD", "SOD", True, "NA"),
        ("NI2", "NI", True, "NI"),
        ("MSE", "SE", False, "SE"), ("HEM", "FE", False, "FE"), ("NAG", "CA", False, "C"), ("LIG", "HG1", False, "H"),
        ("UNX", "UNK", True, "X"), ("HOH", "O", True, "O"), ("HSD", "HG1", False, "H"), ("LIG", "CL1", False, "CL"),
    ],
)  # fmt: skip
def test_elements(component, atom, alone, element):
    assert element_of(component, atom, alone=alone) == element


def lines(component, names, *, element=None, columns=True):
    """One residue, atoms 1.5 A apart on a line; the element column as told or left out."""
    rows = [pdb_atom(name, component, "A", 1, (1.5 * n, 0, 0), element=element or "") for n, name in enumerate(names)]
    rows += [pdb_atom("CA", "GLY", "A", 2, (1.5 * len(names), 5, 0))]
    return "\n".join(row if columns else row[:66] for row in rows) + "\nTER\nEND\n"


@pytest.mark.parametrize(
    ("component", "names", "written"),
    [
        ("LEU", "N CA C O CB CG HG 1HD1", {"element": "Hg"}),
        ("LEU", "N CA C O CB CG HG 1HD1", {"columns": False}),
        ("THR", "N CA C O CB OG1 HG1 HO", {"columns": False}),
        ("HSD", "N CA C O CB HE1 HE2 CD2", {"element": "He"}),
        ("PHE", "N CA C O CB CD1 CE1 HE1", {"element": "Cd"}),
    ],
)
def test_elements_are_repaired_and_told(component, names, written, tmp_path):
    path = tmp_path / "one.pdb"
    path.write_text(lines(component, names.split(), **written))
    structure = read_structure(path)
    assert [atom.element.name for atom in structure.residues[0].gemmi] == [element_of(component, name) for name in names.split()]
    raw = gemmi.read_structure(str(path))
    if any(atom.element.name != element_of(component, atom.name) for atom in raw[0][0][0]):
        assert "taken from the names" in structure.notes[0]
    else:
        assert structure.notes == ()


def test_a_file_keeps_its_names_and_has_the_chemistry_of_the_parent(tmp_path):
    path = tmp_path / "one.pdb"
    path.write_text(lines("ILE", [*heavy_atoms("ILE")[:-1], "CD"]).replace("GLY", "CYX"))
    structure = read_structure(path)
    first, second = structure.residues
    assert (first.name, first.letter, first.missing_atoms) == ("ILE", "I", ())
    assert (second.name, second.standard, second.letter, second.missing_atoms) == ("CYX", "CYS", "C", ("N", "C", "O", "CB", "SG"))
    assert structure.atom_names[7] == b"CD"
    assert structure.standard_atom_names[7] == b"CD1"
    assert structure.components[8] == b"CYX"
    assert structure.standard_components[8] == b"CYS"
