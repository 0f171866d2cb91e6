"""A study answers: residues, contacts, interfaces as tables, with and without coordinates."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from shared_files import mirror

import axlstruct
from axlstruct.errors import ContentError, OfflineError, StructureError, UsageError
from axlstruct.study.facade import Study
from axlstruct.study.tables import contact_table

Write = Callable[..., Path]
IDENTITY = [
    "chain_1",
    "residue_1",
    "number_1",
    "icode_1",
    "position_1",
    "chain_2",
    "residue_2",
    "number_2",
    "icode_2",
    "position_2",
]
CONTACTS = ["structure", "interface", *IDENTITY, "distance", "atom_pairs", "copies"]
ATOMS = ["structure", "interface", *IDENTITY, "atom_1", "atom_2", "distance"]
INTERFACES = ["structure", "assembly", "interface", "chain_1", "chain_2", "protein_1", "protein_2", "residue_pairs", "atom_pairs"]
INTERFACES += ["min_distance"]
RESIDUES = ["protein", "position", "residue", "region", "domain", "exons", "site", "structure", "chain", "number", "icode"]
RESIDUES += [
    "coverage",
    "observed_residue",
    "missing_atoms",
    "plddt",
    "exposed_area",
    "buried_area",
    "burial",
    "interface",
    "partners",
]
LATER = {"exposed_area", "buried_area", "burial"}


# Columns


def test_columns_begin_as_the_contract_says(study: Study) -> None:
    assert study.contacts("2C5D").columns.tolist()[: len(CONTACTS)] == CONTACTS
    assert study.contacts("2C5D", level="atom").columns.tolist()[: len(ATOMS)] == ATOMS
    assert study.interfaces("2C5D").columns.tolist()[: len(INTERFACES)] == INTERFACES
    columns = study.residues("2C5D").columns.tolist()
    wanted = [name for name in RESIDUES if name in columns or name not in LATER]
    assert columns[: len(wanted)] == wanted


def test_an_empty_table_of_contacts_has_all_columns(study: Study) -> None:
    table = study.contacts("2C5D", between=("A", "B"))
    assert len(table) == 0
    assert table.columns.tolist()[: len(CONTACTS)] == CONTACTS


# Contacts


def test_glutamate_59_touches_gas6_in_both_copies(study: Study) -> None:
    """Side 1 is the receptor by author number, its position is 7 further."""
    table = study.contacts("2C5D")
    rows = table[table.number_1 == 59]
    assert set(rows.chain_1) == {"C", "D"}
    assert set(rows.position_1) == {66}
    assert set(rows.residue_1) == {"GLU"}
    assert (table.position_1 - table.number_1 == 7).all()
    assert (table.position_2 == table.number_2).all()
    assert set(table.chain_1) == {"C", "D"}
    assert (table.assembly == "asu").all()


def test_atoms_add_up_to_residues(study: Study) -> None:
    atoms, residues = study.contacts("2C5D", level="atom"), study.contacts("2C5D")
    key = ["chain_1", "number_1", "chain_2", "number_2"]
    grouped = atoms.groupby(key).distance.agg(["min", "size"])
    assert len(atoms) == 141 + 129 + 44 + 41
    assert grouped["size"].to_dict() == residues.set_index(key).atom_pairs.to_dict()
    assert grouped["min"].to_dict() == residues.set_index(key).distance.to_dict()
    assert atoms.distance.max() <= 4.0


def test_a_wider_question_after_a_narrow_one_is_answered_in_full(study: Study) -> None:
    """Chain pairs are searched to 5 A at first; a cutoff of 6 A must search again, and change nothing below."""
    counts = [len(study.contacts("2C5D", cutoff=cutoff)) for cutoff in (4.0, 6.0, 4.0)]
    assert counts[0] == counts[2] == 43 + 41 + 17 + 18
    assert counts[1] > len(study.contacts("2C5D", cutoff=5.0)) > counts[0]


@pytest.mark.parametrize("between", [("A", "C"), ("C", "A")])
def test_between_two_chains_in_either_order(between: tuple[str, str], study: Study) -> None:
    table = study.contacts("2C5D", between=between)
    assert (len(table), set(table.chain_1), set(table.chain_2)) == (43, {"C"}, {"A"})
    assert len(study.contacts("2C5D", between=between, level="atom")) == 141


def test_between_chains_that_are_none(study: Study) -> None:
    with pytest.raises(StructureError, match=r"no protein chain 'Z' \(found A, B, C, D\)"):
        study.contacts("2C5D", between=("A", "Z"))
    with pytest.raises(UsageError, match="chain A is in both groups"):
        study.contacts("2C5D", between=("A", "A"))


def test_a_level_that_is_none(study: Study) -> None:
    with pytest.raises(UsageError, match=r"unknown level 'chain'.*residue or atom"):
        study.contacts("2C5D", level="chain")


@pytest.mark.parametrize("cutoff", [0, -4.0, 100.0, float("nan")])
def test_a_cutoff_that_is_none(cutoff: float, study: Study) -> None:
    with pytest.raises(UsageError, match="a cutoff is a distance between atoms"):
        study.contacts("2C5D", cutoff=cutoff)


def test_receptor_alone_has_no_contacts_and_that_is_said(study: Study, written: Write) -> None:
    lines = [line for line in mirror("2c5d.pdb").read_text().splitlines() if line.startswith("ATOM") and line[21] in "CD"]
    path = str(written("\n".join([*lines, "END", ""]), "axl_only.pdb"))
    table = study.table("contacts", path)
    assert len(table.rows) == 0
    assert any("no chain of GAS6, so every pair of protein chains is looked at" in note for note in table.notes)
    assert study.interfaces(path).interface.tolist() == ["none"]


def test_a_model_of_one_chain_has_no_pairs(study: Study) -> None:
    assert len(study.interfaces("AF-P30530")) == 0
    with pytest.raises(StructureError, match="no chain of GAS6"):
        study.contacts("AF-P30530")


@pytest.mark.parametrize("name", ["2C5D", "2c5d", "pdb_00002c5d", "PDB_00002C5D"])
def test_all_forms_of_an_id_give_the_same_table(name: str, study: Study) -> None:
    assert study.contacts(name).equals(study.contacts("2C5D"))


def test_pdb_and_mmcif_files_give_the_same_contacts(study: Study) -> None:
    one, two = (study.contacts(str(mirror(name))) for name in ("2c5d.cif", "2c5d.pdb"))
    assert one.equals(two)
    assert set(one.structure) == {"2C5D"}


# Residues


def test_one_row_a_residue_and_chain(study: Study) -> None:
    table = study.residues("2C5D")
    assert len(table) == 2 * 894 + 2 * 678
    assert not table.duplicated(["structure", "chain", "position", "protein"]).any()
    row = table[(table.chain == "C") & (table.position == 66)].iloc[0]
    assert (row.number, row.residue, row.observed_residue, row.coverage, row.exons, row.domain, row.region) == (
        59, "E", "GLU", "observed", "2", "Ig-like C2-type 1", "extracellular",
    )  # fmt: skip
    assert row.interface == "major"
    assert row.partners.startswith("A/")
    assert table[(table.chain == "C") & (table.position == 103)].exons.tolist() == ["2;3"]


def test_coverage_counts_of_2c5d(study: Study) -> None:
    table = study.residues("2C5D")
    for chain in "CD":
        part = table[table.chain == chain]
        assert part.coverage.isin(["observed", "partial"]).sum() == 192
        assert part[part.coverage.isin(["observed", "partial"])].position.tolist() == list(range(34, 226))
        assert part[part.position == 225].coverage.tolist() == ["partial"]
        assert part[part.position == 225].missing_atoms.tolist() == ["CA;C;O;CB;CG;CD"]
        assert part[part.position == 702].number.isna().all()


def test_sites_are_marked_though_nothing_shows_them(study: Study) -> None:
    table = study.residues("2C5D")
    sites = table[(table.site != "") & (table.chain == "C")]
    assert sites.site.tolist() == ["Y698", "Y702", "Y703", "Y779", "Y821", "Y866"]
    assert set(sites.coverage) == {"not-in-construct"}


def test_contacts_and_residues_tell_the_same_partners(study: Study) -> None:
    contacts, table = study.contacts("2C5D"), study.residues("2C5D")
    touched = table[~table.interface.isin(["", "unknown"])]
    said = {(r.chain, r.number, other) for r in touched.itertuples() for other in r.partners.split(";")}
    counted = {(c.chain_1, c.number_1, f"{c.chain_2}/{c.number_2}") for c in contacts.itertuples()}
    counted |= {(c.chain_2, c.number_2, f"{c.chain_1}/{c.number_1}") for c in contacts.itertuples()}
    assert said == counted


def test_residues_of_all_structures_with_one_missing_and_optional(study: Study) -> None:
    """5U6B is in no mirror: its rows come from print, and `missing` says why."""
    table = study.residues()
    assert set(table.structure) == {"2C5D", "4RA0", "5U6B", "AF-P30530"}
    kinase = table[table.structure == "5U6B"]
    assert kinase[(kinase.position == 702)].set_index("chain").coverage.to_dict() == {
        "A": "unobserved", "B": "observed", "C": "unobserved", "D": "observed",
    }  # fmt: skip
    assert set(kinase.protein) == {"AXL"}
    assert kinase.interface.eq("unknown").all()
    assert list(study.session.missing()) == ["5U6B"]


def test_an_optional_structure_of_which_nothing_is_known_is_unknown(tmp_path: Path) -> None:
    shutil.copy(mirror("2c5d.cif"), tmp_path)
    study = axlstruct.load("axl", mirror=[tmp_path], offline=True, cache=tmp_path / "cache")
    study.session.release = None
    table = study.residues()
    assert set(table[table.structure == "4RA0"].coverage) == {"unknown"}
    assert set(table[table.structure == "AF-P30530"].protein) == {"AXL"}
    assert set(study.session.missing()) == {"4RA0", "5U6B", "AF-P30530"}


def test_a_required_structure_that_is_missing_stops(printed: Study) -> None:
    with pytest.raises(OfflineError, match="2C5D is not in the cache"):
        printed.residues()


def test_the_model_brings_its_confidence(study: Study) -> None:
    table = study.residues("AF-P30530").set_index("position")
    sites = {698: 55, 702: 56, 703: 63, 759: 93, 779: 97, 821: 30, 866: 31}
    assert {position: round(table.plddt[position]) for position in sites} == sites
    assert set(table.coverage) == {"predicted"}
    assert study.residues("2C5D").plddt.isna().all()


# Bad input, and what is left behind


def test_a_wrong_file_under_the_right_name_is_refused_and_not_cached(tmp_path: Path) -> None:
    mirrored, cache = tmp_path / "mirror", tmp_path / "cache"
    mirrored.mkdir()
    for name in ("4ra0.cif", "AF-P30530-F1.pdb"):
        shutil.copy(mirror(name), mirrored / "2c5d.cif")
        study = axlstruct.load("axl", mirror=[mirrored], offline=True, cache=cache)
        notes = contact_table(study.session, "2C5D").notes
        assert any("another entry under this name" in note for note in notes), "the released analysis answers, and says why"
        study = axlstruct.load("axl", mirror=[mirrored], offline=True, cache=cache)
        study.session.release = None
        with pytest.raises(OfflineError, match="another entry under this name"):
            study.contacts("2C5D")
        assert not [path for path in cache.rglob("*") if "2c5d" in path.name.lower() and path.suffix != ".lock"]


def test_a_path_to_a_broken_file_is_refused(study: Study, written: Write) -> None:
    with pytest.raises(ContentError, match="HTML"):
        study.contacts(str(written("<html></html>", "2c5d.pdb")))
    with pytest.raises(UsageError, match="no such file"):
        study.contacts("nowhere/2c5d.pdb")
    with pytest.raises(UsageError, match="names no structure"):
        study.contacts("nonsense")


def test_a_study_shows_what_it_is(bare: Study) -> None:
    assert repr(bare) == "<Study axl: AXL P30530 (894), GAS6 Q14393 (678); structures 2C5D, 4RA0, 5U6B, AF-P30530>"
    assert (len(bare.sequence), len(bare.exons), len(bare.sites)) == (894, 20, 6)


def test_importing_loads_no_table_plot_viewer_or_network_library() -> None:
    heavy = ["pandas", "matplotlib", "py3Dmol", "requests", "urllib3", "gemmi", "Bio", "scipy", "typer", "rich", "numpy"]
    code = f"import sys, axlstruct; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_the_assembly_is_stated(study: Study) -> None:
    path = str(mirror("4zxb.cif"))
    unit, dimer = study.interfaces(path), study.interfaces(path, assembly="1")
    assert (set(unit.assembly), set(dimer.assembly)) == ({"asu"}, {"1"})
    assert (len(unit), len(dimer)) == (10, 45)
    across = dimer[(dimer.chain_1 == "E") & (dimer.chain_2 == "E-2")]
    assert across.atom_pairs.tolist()[0] > 0, "the two receptors touch in the assembly only"
