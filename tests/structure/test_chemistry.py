"""Templates against the Chemical Component Dictionary, modified amino acids, and protons as a file shows them."""

from __future__ import annotations

import math
from dataclasses import replace

import gemmi
import numpy as np
import pytest
from interfaces import candidates, from_text
from shared_files import REFERENCES
from tiny import pdb_atom

from axlstruct.interface.bonds import find_bonds
from axlstruct.interface.interactions import limits
from axlstruct.sequence.residues import SIDE_CHAIN, heavy_atoms
from axlstruct.sources.coordinates import read_structure
from axlstruct.structure import roles
from axlstruct.structure.chemistry import cations_of, expected_atoms, known, modified, parent_of, polar_atom, rings_of, roles_of
from axlstruct.structure.components import form_of

BITS = {
    "d": roles.DONOR, "a": roles.ACCEPTOR | roles.LIGAND, "+": roles.POSITIVE, "-": roles.NEGATIVE, "n": roles.NONPOLAR,
    "t": roles.THIOL, "h": roles.IMIDAZOLE, "l": roles.LIGAND,
}  # fmt: skip
TEMPLATES = [line.split("\t") for line in (REFERENCES / "templates.tsv").read_text().splitlines()[1:]]


@pytest.mark.parametrize("row", TEMPLATES, ids=[row[0] for row in TEMPLATES])
def test_templates_are_what_bonds_and_charges_of_the_dictionary_say(row):
    """Donors, acceptors, charges, nonpolar carbons (CD of proline is bonded to N, SD is no carbon), antecedents, rings."""
    component, _, cells, rings, cations = row
    assert set(heavy_atoms(component)) == {cell.split(":")[0] for cell in cells.split()}
    for cell in cells.split():
        atom, flags, before = (*cell.split(":"), "", "")[:3]
        wanted = 0
        for letter in flags.replace("p", ""):
            wanted |= BITS[letter]
        assert roles_of(component, atom) == wanted, cell
        if before:
            polar = polar_atom(component, atom)
            assert set(polar.antecedents) == set(before.split(",")), cell
            assert polar.planar == ("p" in flags), cell
    assert sorted(sorted(ring) for ring in rings_of(component)) == sorted(sorted(r.split(",")) for r in rings.split(";") if r)
    assert sorted(map(sorted, cations_of(component))) == sorted(sorted(c.split(",")) for c in cations.split(";") if c)


@pytest.mark.parametrize(
    ("component", "atom", "bits"),
    [
        ("CGU", "OE11", "a-"), ("CGU", "OE22", "a-"), ("MLY", "NZ", "d+"), ("M3L", "NZ", "+"), ("MLZ", "NZ", "d+"),
        ("ALY", "NZ", "d"), ("ALY", "OH", "a"), ("CSO", "OD", "da"), ("OCS", "OD2", "a-"), ("HYP", "OD1", "da"), ("HYP", "N", ""),
        ("TYS", "O2", "a-"), ("TYS", "CE1", "n"), ("KCX", "OQ1", "a-"), ("CIR", "O7", "a"), ("CIR", "N8", "d"),
        ("HIC", "ND1", "a"), ("HIC", "NE2", ""),
        ("DCY", "SG", "dtl"), ("PCA", "N", "d"), ("NEP", "O1P", "a-"), ("M3L", "N", "d"), ("MLE", "N", ""), ("CGU", "OXT", "a-"),
    ],
)  # fmt: skip
def test_modified_amino_acids_do_what_they_are(component, atom, bits):
    wanted = 0
    for letter in bits:
        wanted |= BITS[letter]
    assert roles_of(component, atom) == wanted


def test_the_table_holds_amino_acids_that_gemmi_knows_and_no_template():
    assert known("CGU")
    assert not known("NAG")
    assert not known("HOH")
    assert parent_of("CGU") == "GLU"
    assert parent_of("HIS") == "HIS"
    for component in SIDE_CHAIN:
        assert modified(component) is None
    missing = [info for info in ("CGU", "MLY", "M3L", "CSO", "HYP", "KCX", "PCA", "CME", "CSD", "OCS") if not known(info)]
    assert missing == []
    assert {"CG", "CD1", "CD2", "OE11"} <= set(expected_atoms("CGU"))
    for component in ("CGU", "MLY", "HYP", "TYS"):
        assert (
            gemmi.find_tabulated_residue(component).one_letter_code.lower()
            == gemmi.find_tabulated_residue(parent_of(component)).one_letter_code.lower()
        )


# Protons

RING = """{r} {name} CG 1.2 0.7 0\n{r} {name} CD2 2.2 -0.2 0\n{r} {name} NE2 3.3 0.4 0\n{r} {name} CE1 3.0 1.7 0
{r} {name} ND1 1.7 1.9 0"""
TAKER = "1 ASP OD1 6.1 0.0 0\n1 ASP CG 6.8 1.0 0\n1 ASP OD2 8.0 1.0 0"
GIVER = "1 LYS NZ 6.1 0.0 0\n1 LYS CE 6.8 1.2 0"
HD1, HE2 = "\n0 HIS HD1 1.2 2.8 0", "\n0 HIS HE2 4.27 0.18 0"


def types(text, **choices):
    atoms = from_text(text)
    return [bond.type for bond in find_bonds(atoms, *candidates(atoms, (0,), (1,)), **choices)]


@pytest.mark.parametrize(
    ("hydrogens", "with_acid", "with_lysine"),
    [("", ["hbond"], ["hbond"]), (HE2, ["hbond"], []), (HD1, [], ["hbond"]), (HD1 + HE2, ["salt-bridge"], [])],
    ids=["none", "HE2", "HD1", "both"],
)
def test_histidine_gives_where_it_has_a_hydrogen_and_takes_where_it_has_none(hydrogens, with_acid, with_lysine):
    ring = RING.format(r=0, name="HIS") + hydrogens
    assert types(f"{ring}\n{TAKER}") == with_acid
    assert types(f"{ring}\n{GIVER}") == with_lysine


def test_hydrogens_win_over_the_assumption_that_histidine_is_charged():
    ring = RING.format(r=0, name="HIS")
    assert types(f"{ring}\n{TAKER}", histidine_charged=True) == ["salt-bridge"]
    assert types(f"{ring}{HE2}\n{TAKER}", histidine_charged=True) == ["hbond"]
    assert types(f"{ring}{HD1}\n{TAKER}", histidine_charged=True) == []


@pytest.mark.parametrize(
    ("name", "with_acid", "with_lysine"),
    [("HIE", ["hbond"], []), ("HID", [], ["hbond"]), ("HIP", ["salt-bridge"], []), ("HSD", [], ["hbond"])],
)
def test_without_hydrogens_the_name_tells(name, with_acid, with_lysine):
    for other, wanted in ((TAKER, with_acid), (GIVER, with_lysine)):
        atoms = replace(from_text(RING.format(r=0, name="HIS") + "\n" + other), forms={0: form_of(name)})
        assert [bond.type for bond in find_bonds(atoms, *candidates(atoms, (0,), (1,)))] == wanted


ACID = "0 ASP OD1 0 0 0\n0 ASP CG -0.7 1.1 0\n0 ASP OD2 0.0 2.1 0"
AMINE = "1 LYS NZ 2.9 0 0\n1 LYS CE 3.6 1.2 0\n1 LYS CD 5.0 1.2 0"
H3 = "\n1 LYS HZ1 1.9 0 0\n1 LYS HZ2 3.2 -0.5 0.85\n1 LYS HZ3 3.2 -0.5 -0.85\n1 LYS HE2 3.3 1.8 0.9"


def test_a_protonated_acid_and_a_neutral_lysine_have_no_charge():
    assert types(f"{ACID}\n{AMINE}") == ["salt-bridge"]
    assert types(f"{ACID}\n{AMINE}{H3}") == ["salt-bridge"]
    assert types(f"{ACID}\n0 ASP HD2 0.97 2.1 0\n{AMINE}") == ["hbond"]
    two = "\n".join(line for line in H3.splitlines() if "HZ2" not in line)
    assert types(f"{ACID}\n{AMINE}{two}") == ["hbond"]
    for residue, name in ((0, "ASH"), (1, "LYN")):
        atoms = replace(from_text(f"{ACID}\n{AMINE}"), forms={residue: form_of(name)})
        assert [bond.type for bond in find_bonds(atoms, *candidates(atoms, (0,), (1,)))] == ["hbond"]


def test_the_hydrogen_of_an_acid_gives_a_bond():
    acids = f"{ACID}\n1 GLU OE1 2.7 0 0\n1 GLU CD 3.4 1.1 0\n1 GLU OE2 4.6 1.1 0"
    assert types(acids) == []
    assert types(f"{acids}\n0 ASP HD1 0.97 0 0") == ["hbond"]


def test_a_nitrogen_without_hydrogen_gives_nothing_where_carbons_have_theirs():
    text = "0 ALA N 0 0 0\n0 ALA CA -1.2 0.8 0{}\n1 ALA O 2.9 0 0\n1 ALA C 4.1 0.4 0"
    assert types(text.format("")) == ["hbond"]
    assert types(text.format("\n0 ALA HA -1.2 1.8 0.2")) == []
    assert types(text.format("\n0 ALA HA -1.2 1.8 0.2\n0 ALA H 1.0 0 0")) == ["hbond"]


def test_the_best_of_several_hydrogens_is_judged():
    """Of the three hydrogens of a lysine one points at the oxygen; the others do not count against it."""
    bond = find_bonds(from_text(f"{ACID}\n{AMINE}{H3}"), np.array([0]), np.array([3]))[0]
    assert bond.hbonds == 1
    assert bond.angle > 175


# Notes


def protein(side_chains=True, name="ALA", occupancy=1.0):
    lines = []
    for number in (1, 2, 3):
        x = 3.8 * number
        atoms = {"N": (x, 0, 0), "CA": (x + 1.4, 0.5, 0), "C": (x + 2.4, -0.5, 0), "O": (x + 2.4, -1.7, 0)}
        atoms |= {"CB": (x + 1.4, 1.4, 1.2)} if side_chains else {}
        for atom, place in atoms.items():
            empty = atom == "CB" and number == 2
            lines.append(
                pdb_atom(atom, name if number == 2 else "ALA", "A", number, place, occupancy=occupancy if empty else 1.0)
            )
    return "\n".join([*lines, "TER", "END", ""])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (protein(), ()),
        (protein(side_chains=False), ("chain A: no atom of a side chain",)),
        (protein(name="CGU"), ()),
        (protein(name="QQQ"), ("no bond was looked for at A/2 QQQ",)),
        (protein(occupancy=0.0), ("atoms of occupancy 0 in A/2",)),
    ],
)
def test_what_is_missing_is_said(text, words, tmp_path):
    path = tmp_path / "one.pdb"
    path.write_text(text)
    notes = limits(read_structure(path))
    assert len(notes) == len(words)
    assert all(note.startswith(word) for note, word in zip(notes, words, strict=True))


def test_an_ion_on_an_axis_is_one_ion_in_an_assembly(tmp_path):
    """A two-fold axis along y: the zinc on it stays one, at full occupancy; a water beside it becomes two."""
    operators = [(1, "1 0 0 0 1 0 0 0 1"), (2, "-1 0 0 0 1 0 0 0 -1")]
    remark = ["REMARK 350 BIOMOLECULE: 1", "REMARK 350 APPLY THE FOLLOWING TO CHAINS: A"]
    for number, text in operators:
        for row in range(3):
            x, y, z = map(float, text.split()[3 * row : 3 * row + 3])
            remark.append(f"REMARK 350   BIOMT{row + 1}{number:>4}{x:10.6f}{y:10.6f}{z:10.6f}{0.0:15.5f}")
    ions = [
        pdb_atom("ZN", "ZN", "A", 101, (0, 5, 0.01), element="ZN", occupancy=0.5, record="HETATM", serial=90),
        pdb_atom("O", "HOH", "A", 102, (0.8, 5, 0.9), record="HETATM", serial=91),
    ]
    atoms = [line[:6] + f"{n:>5}" + line[11:] for n, line in enumerate(protein().splitlines()[:-2], 1) if line.startswith("ATOM")]
    path = tmp_path / "axis.pdb"
    path.write_text("\n".join([*remark, *atoms, "TER", *ions, "END", ""]))
    structure = read_structure(path, assembly="1")
    names = [residue.name for chain in structure.model for residue in chain]
    assert (names.count("ZN"), names.count("HOH"), len(structure.chains)) == (1, 2, 2)
    zinc = next(atom for chain in structure.model for residue in chain if residue.name == "ZN" for atom in residue)
    assert math.isclose(zinc.occ, 1.0)
