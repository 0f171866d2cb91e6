"""Coordinate files: downloads whole or refused, of the right entry; one model, one conformer an atom."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_files import mirror
from tiny import Chain, cif_text, pdb_atom, pdb_text

from axlstruct.errors import ContentError, StructureError, UsageError
from axlstruct.sources.coordinates import read_structure

Write = Callable[..., Path]
TWO = (Chain("A", "ESPFVG"), Chain("B", "DILPCV"))
ATOMS = "\n".join(
    [
        pdb_atom("N", "SER", "A", 5, (0.0, 0.0, 0.0)),
        pdb_atom("CA", "SER", "A", 5, (1.5, 0.0, 0.0), alt="A", occupancy=0.4),
        pdb_atom("CA", "SER", "A", 5, (1.5, 1.0, 0.0), alt="B", occupancy=0.6),
        pdb_atom("C", "SER", "A", 5, (2.5, 0.0, 0.0)),
        pdb_atom("CA", "GLY", "A", 6, (5.0, 0.0, 0.0), alt="A", occupancy=0.5),
        pdb_atom("CA", "GLY", "A", 6, (5.0, 1.0, 0.0), alt="B", occupancy=0.5),
        pdb_atom("CA", "ALA", "A", 7, (9.0, 0.0, 0.0)),
    ]
)


# Whole or refused


def rows_of(name: str) -> tuple[list[str], int, int]:
    """Lines of an mmCIF file, and the first and last of its atom table."""
    lines = mirror(name).read_text().splitlines(keepends=True)
    atoms = [i for i, line in enumerate(lines) if line.startswith(("ATOM ", "HETATM"))]
    return lines, atoms[0], atoms[-1]


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.98])
@pytest.mark.parametrize("name", ["2c5d.cif", "4ra0.cif", "1igy.cif"])
def test_an_mmcif_file_cut_at_a_row_boundary_is_refused(name: str, share: float, written: Write) -> None:
    """gemmi reads such a file without complaint: it is the declared chains that have no atoms."""
    lines, first, last = rows_of(name)
    cut = "".join(lines[: first + int(share * (last - first))])
    with pytest.raises(ContentError, match="truncated") as caught:
        read_structure(written(cut, name), strict=True)
    assert name in str(caught.value)


@pytest.mark.parametrize("rows", [1, 10])
def test_an_archive_file_cut_within_its_last_molecule_is_refused(rows: int, written: Write) -> None:
    """Every declared molecule of 1IGY has atoms left, but the ``#`` that ends each table of an archive file is gone."""
    lines, _, last = rows_of("1igy.cif")
    with pytest.raises(ContentError, match="truncated"):
        read_structure(written("".join(lines[: last + 1 - rows]), "1igy.cif"), strict=True)


def test_an_mmcif_file_cut_within_a_row_is_refused(written: Write) -> None:
    lines, first, _ = rows_of("2c5d.cif")
    with pytest.raises(ContentError, match="no readable mmCIF"):
        read_structure(written("".join(lines[: first + 500])[:-40], "2c5d.cif"), strict=True)


@settings(max_examples=12, deadline=None)
@given(st.floats(0.0, 0.999))
def test_a_pdb_file_cut_anywhere_is_refused(written: Write, share: float) -> None:
    text = mirror("4ra0.pdb").read_text()
    path = written(text[: int(share * (len(text) - 10))], "4ra0.pdb")
    with pytest.raises(ContentError):
        read_structure(path, strict=True)


def test_a_pdb_file_without_end_is_refused(written: Write) -> None:
    whole = pdb_text(*TWO)
    assert len(read_structure(written(whole, "tiny.pdb")).residues) == 12
    with pytest.raises(ContentError, match="truncated: no END record"):
        read_structure(written(whole.removesuffix("END\n"), "tiny.pdb"), strict=True)


def test_a_pdb_file_with_a_declared_chain_without_atoms_is_refused(written: Write) -> None:
    whole = pdb_text(*TWO, declare=True)
    cut = "\n".join(line for line in whole.splitlines() if not (line.startswith("ATOM") and line[21] == "B"))
    with pytest.raises(ContentError, match=r"declared chains without atoms \(found B\)"):
        read_structure(written(cut, "tiny.pdb"), strict=True)


@pytest.mark.parametrize("name", ["2c5d.pdb", "2c5d.cif", "2c5d.cif.gz"])
@pytest.mark.parametrize("head", ["<!DOCTYPE html>\n<html>", "<html>", "\n\n  <?xml version='1.0'?>", "\ufeff<!DOCTYPE html>"])
def test_a_web_page_is_no_structure(name: str, head: str, written: Write) -> None:
    page = f"{head}<body><h1>503 Service Unavailable</h1></body></html>\n"
    with pytest.raises(ContentError) as caught:
        read_structure(written(page, name))
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["", " \n\n", gzip.compress(b"", mtime=0)])
def test_an_empty_file_is_refused(content: str | bytes, written: Write) -> None:
    with pytest.raises(ContentError, match="empty file"):
        read_structure(written(content))


@pytest.mark.parametrize("content", ["{}", "data_2C5D\n", "data_2C5D\n_entry.id 2C5D\n", "END\n", "not a structure at all"])
def test_a_file_without_atoms_is_refused(content: str, written: Write) -> None:
    with pytest.raises(ContentError):
        read_structure(written(content))


@pytest.mark.parametrize("keep", [0.5, 0.999])
def test_a_gzip_file_cut_short_is_refused(keep: float, written: Write) -> None:
    packed = mirror("8w77_updated.cif.gz").read_bytes()
    with pytest.raises(ContentError, match="gzip"):
        read_structure(written(packed[: int(keep * len(packed))], "8w77.cif.gz"))


def test_gzip_is_known_by_content_not_by_name(written: Write) -> None:
    plain = cif_text(*TWO)
    for name in ("tiny.cif", "tiny.cif.gz"):
        for content in (plain.encode(), gzip.compress(plain.encode())):
            assert len(read_structure(written(content, name)).residues) == 12


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_structure(tmp_path / "2c5d.cif")
    with pytest.raises(UsageError, match="a folder, not a coordinate file"):
        read_structure(tmp_path)


@pytest.mark.parametrize(
    ("name", "asked"), [("4ra0.cif", "2C5D"), ("4ra0.pdb", "2C5D"), ("AF-P30530-F1.pdb", "AF-Q06418"), ("2c5d.cif", "AF-P30530")]
)
def test_another_entry_under_the_right_name_is_refused(name: str, asked: str) -> None:
    with pytest.raises(ContentError, match="another entry under this name") as caught:
        read_structure(mirror(name), id=asked)
    assert caught.value.expected == asked


@pytest.mark.parametrize("asked", ["2C5D", "2c5d", "pdb_00002c5d"])
def test_all_forms_of_an_id_mean_the_same_entry(asked: str) -> None:
    assert len(read_structure(mirror("2c5d.cif"), id=asked).chains) == 4


@pytest.mark.parametrize("asked", ["AF-P30530", "AF-P30530-F1", "af-p30530"])
def test_all_forms_of_a_model_name_mean_the_same_model(asked: str) -> None:
    structure = read_structure(mirror("AF-P30530-F1.pdb"), id=asked)
    assert (structure.predicted, structure.method, len(structure.residues)) == (True, "prediction", 894)


# What is in it


def test_water_alone_is_no_protein(written: Write) -> None:
    water = "\n".join([pdb_atom("O", "HOH", "A", n, (4.0 * n, 0.0, 0.0), record="HETATM") for n in range(1, 9)] + ["END", ""])
    with pytest.raises(StructureError, match="no protein chain"):
        read_structure(written(water, "water.pdb"))


def test_nucleic_acid_alone_is_no_protein(written: Write) -> None:
    dna = "\n".join([pdb_atom("P", f"D{'ACGT'[n % 4]}", "A", n, (6.0 * n, 0.0, 0.0)) for n in range(1, 9)] + ["END", ""])
    with pytest.raises(StructureError, match="no protein chain"):
        read_structure(written(dna, "dna.pdb"))


def test_the_first_of_several_models_is_read_and_said(written: Write) -> None:
    body = pdb_text(Chain("A", "ESPFVG")).removesuffix("END\n")
    moved = pdb_text(Chain("A", "ESPFVG", atoms=lambda n: [("CA", 3.8 * n, 500.0, 0.0)])).removesuffix("END\n")
    structure = read_structure(written(f"MODEL        1\n{body}ENDMDL\nMODEL        2\n{moved}ENDMDL\nEND\n", "nmr.pdb"))
    assert structure.notes == ("2 models: the first is used",)
    assert len(structure.residues) == 6
    assert structure.xyz[:, 1].tolist() == [100.0] * 6


def test_of_two_conformers_the_fuller_one_is_kept_and_of_equals_the_first(written: Write) -> None:
    structure = read_structure(written(f"{ATOMS}\nEND\n", "alt.pdb"))
    where = {(atom.name, residue.id.number): tuple(atom.pos.tolist()) for residue in structure.residues for atom in residue.gemmi}
    assert where["CA", 5] == (1.5, 1.0, 0.0), "0.6 before 0.4"
    assert where["CA", 6] == (5.0, 0.0, 0.0), "0.5 and 0.5: the first"
    assert len(structure.xyz) == 5
    assert structure.notes == ("2 residues with alternative conformers: that of highest occupancy is used",)


def test_a_lone_conformer_of_low_occupancy_stays(written: Write) -> None:
    """2C5D has 36 such atoms, interface residues among them."""
    text = pdb_atom("CA", "SER", "A", 5, (0.0, 0.0, 0.0), occupancy=0.0) + "\n"
    text += pdb_atom("CA", "GLY", "A", 6, (3.8, 0.0, 0.0), alt="B", occupancy=0.3) + "\nEND\n"
    structure = read_structure(written(text, "low.pdb"))
    assert [residue.name for residue in structure.residues] == ["SER", "GLY"]
    assert structure.notes == ()


@pytest.mark.parametrize(("serine", "kept"), [(0.7, "SER"), (0.3, "THR"), (0.5, "SER")])
def test_of_two_residues_in_one_place_the_fuller_one_is_kept(serine: float, kept: str, written: Write) -> None:
    """Microheterogeneity: one place of the chain, two kinds of residue."""
    lines = [pdb_atom("CA", "ALA", "A", 4, (0.0, 0.0, 0.0))]
    lines += [pdb_atom(name, "SER", "A", 5, (3.8, y, 0.0), alt="A", occupancy=serine) for name, y in (("CA", 0.0), ("OG", 2.0))]
    lines += [
        pdb_atom(name, "THR", "A", 5, (3.8, y, 1.0), alt="B", occupancy=1 - serine) for name, y in (("CA", 0.0), ("OG1", 2.0))
    ]
    lines += [pdb_atom("CA", "GLY", "A", 6, (7.6, 0.0, 0.0)), "END", ""]
    structure = read_structure(written("\n".join(lines), "micro.pdb"))
    assert [(residue.id.number, residue.name) for residue in structure.residues] == [(4, "ALA"), (5, kept), (6, "GLY")]
    assert len(structure.xyz) == 4


def test_the_kind_of_higher_mean_occupancy_is_kept_however_many_atoms_it_has(written: Write) -> None:
    """Three atoms of 0.4 are more in sum than two of 0.55, and less in mean."""
    lines = [pdb_atom("CA", "ALA", "A", 4, (0.0, 1.0, 1.0))]
    for name, y in (("CA", 1.0), ("CB", 2.0), ("OG", 3.0)):
        lines.append(pdb_atom(name, "SER", "A", 5, (3.8, y, 1.0), alt="A", occupancy=0.4))
    for name, y in (("CA", 1.0), ("C", 2.0)):
        lines.append(pdb_atom(name, "GLY", "A", 5, (3.8, y, 2.0), alt="B", occupancy=0.55))
    lines += [pdb_atom("CA", "GLY", "A", 6, (7.6, 1.0, 1.0)), "END", ""]
    structure = read_structure(written("\n".join(lines), "micro.pdb"))
    assert [residue.name for residue in structure.residues] == ["ALA", "GLY", "GLY"]


def test_an_atom_without_the_chosen_letter_keeps_its_own_best(written: Write) -> None:
    """Two independent groups: O is A or B, CB is C or D; every atom is in one place."""
    lines = [pdb_atom("CA", "ALA", "A", 4, (0.0, 1.0, 1.0)), pdb_atom("CA", "ALA", "A", 5, (3.8, 1.0, 1.0))]
    for name, alt, occupancy, y in (("O", "A", 0.7, 2.0), ("O", "B", 0.3, 9.0), ("CB", "C", 0.4, 9.0), ("CB", "D", 0.6, 3.0)):
        lines.append(pdb_atom(name, "ALA", "A", 5, (3.8, y, 1.0), alt=alt, occupancy=occupancy))
    structure = read_structure(written("\n".join([*lines, "END", ""]), "groups.pdb"))
    assert {atom.name: atom.pos.y for atom in structure.residues[1].gemmi} == {"CA": 1.0, "O": 2.0, "CB": 3.0}


def test_microheterogeneity_declared_in_mmcif_counts_one_place(written: Write) -> None:
    text = cif_text(Chain("A", "ASG")).replace("1 2 SER\n", "1 2 SER\n1 2 THR\n")
    row = next(line for line in text.splitlines() if line.startswith("ATOM") and " SER " in line)
    first, second = (
        row.replace("CA . SER", "CA A SER").replace(" 1.00 ", " 0.40 "),
        row.replace("CA . SER", "CA B THR").replace(" 1.00 ", " 0.60 "),
    )
    (chain,) = read_structure(written(text.replace(row, f"{first}\n{second}"))).chains
    assert chain.declared == ("ALA", "SER", "GLY")
    assert [(residue.label_seq, residue.name) for residue in chain.residues] == [(1, "ALA"), (2, "THR"), (3, "GLY")]


def test_insertion_codes_of_an_antibody() -> None:
    """1IGY chain B has 52A, 82A, 82B, 82C and 100A behind 52, 82 and 100 (Kabat numbering)."""
    (heavy,) = (chain for chain in read_structure(mirror("1igy.cif")).chains if chain.chain == "B")
    labels = [residue.id.label for residue in heavy.residues]
    assert len(set(labels)) == len(labels) == 434
    at = labels.index("82")
    assert labels[at : at + 5] == ["82", "82A", "82B", "82C", "83"]
    assert [label for label in labels if label[-1].isalpha()][:1] == ["52A"]
    assert [residue.label_seq for residue in heavy.residues] == list(range(1, 435))


def test_pdb_and_mmcif_hold_the_same_residues() -> None:
    one, two = (read_structure(mirror(name)) for name in ("2c5d.cif", "2c5d.pdb"))
    assert [chain.chain for chain in one.chains] == [chain.chain for chain in two.chains] == ["A", "B", "C", "D"]
    key = [(r.id, r.name, r.letter, sorted(r.atoms)) for r in one.residues]
    assert key == [(r.id, r.name, r.letter, sorted(r.atoms)) for r in two.residues]
    assert (len(one.chain("C").residues), len(one.chain("A").residues)) == (192, 381)
    assert one.resolution == two.resolution == pytest.approx(3.3)
    assert sorted(map(tuple, one.xyz.tolist())) == sorted(map(tuple, two.xyz.tolist()))


def test_hetero_groups_that_share_the_proteins_letter_are_no_residues() -> None:
    """Ca A/B1677, NAG A/B1678-1679, Ni C/D1218 and SO4 C1219 carry protein chain letters."""
    for name in ("2c5d.cif", "2c5d.pdb"):
        structure = read_structure(mirror(name))
        assert max(residue.id.number for residue in structure.residues) == 677
        assert {residue.name for residue in structure.residues}.isdisjoint({"CA", "NAG", "NI", "SO4"})
        assert int((structure.residue_of_atom < 0).sum()) == 2 + 4 * 14 + 2 + 5


def test_columns_are_read_only_and_in_step_with_the_residues() -> None:
    structure = read_structure(mirror("2c5d.cif"))
    assert structure.xyz.dtype == np.float64
    with pytest.raises(ValueError, match="read-only"):
        structure.xyz[0, 0] = 0.0
    for index in (0, 100, 500, -1):
        residue = structure.residues[index]
        here = structure.xyz[residue.first_atom : residue.first_atom + residue.n_atoms]
        assert here.tolist() == [atom.pos.tolist() for atom in residue.gemmi]


def test_the_dimer_is_in_assembly_1_only() -> None:
    """4ZXB: one insulin receptor with two Fabs in the asymmetric unit; the second copy of chain E is E-2."""
    unit, dimer = read_structure(mirror("4zxb.cif")), read_structure(mirror("4zxb.cif"), assembly="1")
    names = [chain.chain for chain in unit.chains]
    assert names == ["A", "B", "C", "D", "E"]
    assert [chain.chain for chain in dimer.chains] == names + [f"{name}-2" for name in names]
    assert (unit.assembly, dimer.assembly) == ("asu", "1")
    assert len(dimer.xyz) == 2 * len(unit.xyz)
    for one, two in zip(dimer.chains[:5], dimer.chains[5:], strict=True):
        assert [r.id.label for r in one.residues] == [r.id.label for r in two.residues]
        assert (one.entity, one.declared) == (two.entity, two.declared)
    assert len({residue.id for residue in dimer.residues}) == len(dimer.residues)
    assert (dimer.residue_of_atom >= 0).sum() == 2 * (unit.residue_of_atom >= 0).sum()


@pytest.mark.parametrize(("name", "there"), [("4zxb.cif", "found 1"), ("2c5d.cif", "none is declared in the file")])
def test_an_assembly_that_is_not_declared_is_refused(name: str, there: str) -> None:
    with pytest.raises(StructureError, match=f"no assembly '7'.*{there}.*--assembly asu"):
        read_structure(mirror(name), assembly="7")


def test_a_chain_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(StructureError, match=r"no protein chain 'Z' \(found A, B, C, D\)"):
        read_structure(mirror("2c5d.cif")).chain("Z")
