"""Files as people have them: read as far as they can be read, and what is odd is said. Each file stands for its kind."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from peptides import cif_atoms, pdb_chain, pdb_lines
from shared_files import case, complexes
from tiny import Chain, cif_text, pdb_atom, pdb_text

import axlstruct
from axlstruct.errors import ContentError, StructureError, UsageError
from axlstruct.interface.contacts import chain_pairs, residue_contacts
from axlstruct.sources.coordinates import read_structure
from axlstruct.structure.mapping import map_structure
from axlstruct.structure.structure import Structure
from axlstruct.study.facade import Study

Write = Callable[..., Path]


def shape(structure: Structure) -> dict[str, str]:
    """Letters of each chain."""
    return {chain.chain: "".join(residue.letter for residue in chain.residues) for chain in structure.chains}


# Whole or not


WHOLE = pdb_text(Chain("A", "ESPFVG"), Chain("B", "DILPCV"))


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (WHOLE.removesuffix("END\n"), "no END record"),
        (WHOLE.removesuffix("END\n") + "# scores\nlabel total\npose -1.0\n", "3 lines behind the atoms that are no PDB records"),
        ("SEQRES   1 Z    2  ALA GLY\n" + WHOLE, "declared (SEQRES) without atoms: chain Z"),
        (WHOLE.replace("\n", "\r\n"), ""),
        ("\ufeff" + WHOLE, ""),
        ("MADE BY HAND\n\n" + WHOLE, ""),
        (WHOLE.replace("TER\n", ""), ""),
    ],
    ids=["no END", "text behind", "selected away", "CRLF", "byte order mark", "unknown header", "no TER"],
)
def test_a_pdb_file_is_read_as_far_as_it_can_be(text: str, note: str, written: Write) -> None:
    structure = read_structure(written(text, "mine.pdb"))
    assert shape(structure) == {"A": "ESPFVG", "B": "DILPCV"}
    assert [note in line for line in structure.notes] == ([True] if note else [])


def test_a_chain_only_in_another_model_is_told(written: Write) -> None:
    one, two = pdb_text(Chain("A", "ESPFVG")), pdb_text(Chain("B", "DILPCV"))
    body = "".join(f"MODEL {n:>8}\n{text.removesuffix(chr(69) + 'ND' + chr(10))}ENDMDL\n" for n, text in enumerate((one, two), 1))
    structure = read_structure(written(f"SEQRES   1 A    1  GLU\nSEQRES   1 B    1  ASP\n{body}END\n", "models.pdb"))
    assert shape(structure) == {"A": "ESPFVG"}
    assert structure.notes == ("chains only in other models are left out: B", "2 models: the first is used")


CIF = cif_text(Chain("A", "ESPFVG"), Chain("B", "DILPCV"))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.rstrip("\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("data_", "DATA_"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "data_empty\n_entry.id NOTHING\n" + text,
        lambda text: text.replace("_struct_asym.entity_id\n", "_struct_asym.entity_id\nZ 1\n"),
        lambda text: text + "ATOM 13 C CA . VAL",
        lambda text: text.replace("data_TINY\n", ""),
    ],
    ids=["no end", "byte order mark", "DATA_", "CRLF", "two blocks", "selected away", "cut in a row", "no data_"],
)
def test_an_mmcif_file_is_read_as_far_as_it_can_be(change: Callable[[str], str], written: Write) -> None:
    assert shape(read_structure(written(change(CIF)))) == {"A": "ESPFVG", "B": "DILPCV"}


def test_what_is_odd_about_an_mmcif_file_is_said(written: Write) -> None:
    def notes(text: str) -> tuple[str, ...]:
        return read_structure(written(text)).notes

    assert notes(CIF + "ATOM 13 C CA . VAL") == ("1 lines of the atom table are not whole and left out",)
    assert notes(CIF.replace("_struct_asym.entity_id\n", "_struct_asym.entity_id\nZ 1\n")) == (
        "declared (_struct_asym) without atoms: Z",
    )
    assert notes(CIF + CIF.replace("data_TINY", "data_OTHER")) == ("2 data blocks with atoms: the first (TINY) is used",)
    assert notes(CIF + CIF) == ("2 data blocks with atoms: the first (TINY) is used",)


def test_a_table_that_cannot_be_read_does_not_take_the_atoms_along(written: Write) -> None:
    extra = "loop_\n_struct_ref_seq.align_id\n_struct_ref_seq.ref_id\n_struct_ref_seq.pdbx_strand_id\n1 1 A"
    assert shape(read_structure(written(cif_text(Chain("A", "ESPFVG"), extra=extra)))) == {"A": "ESPFVG"}


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bzip2", "xz"])
def test_packed_files_are_known_by_their_content(pack: Callable[[bytes], bytes], written: Write) -> None:
    assert shape(read_structure(written(pack(WHOLE.encode()), "mine.pdb"))) == {"A": "ESPFVG", "B": "DILPCV"}
    with pytest.raises(ContentError, match="truncated or damaged"):
        read_structure(written(pack(WHOLE.encode())[:-20], "mine.pdb"))


def test_zstandard_is_read_or_refused_in_one_line(written: Write) -> None:
    try:
        from backports import zstd  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        with pytest.raises(ContentError, match=r"packed by Zstandard.*backports.zstd"):
            read_structure(written(b"\x28\xb5\x2f\xfd" + bytes(20), "mine.pdb.zst"))
    else:
        assert read_structure(written(zstd.compress(WHOLE.encode()), "mine.pdb.zst")).chains


@pytest.mark.parametrize("name", ["mine.pdb", "mine.cif"])
def test_bytes_that_are_no_text_leave_columns_where_they_are(name: str, written: Write) -> None:
    text = (WHOLE if name == "mine.pdb" else CIF).encode()
    odd = text.replace(b"PRO", b"P\xffO").replace(b"data_TINY", b"data_TINY\n# \xfe")
    structure = read_structure(written(odd, name))
    assert {len(chain.residues) for chain in structure.chains} <= {5, 6}
    assert shape(structure)["A"] in ("ESFVG", "ESXFVG")
    assert any("read as ?" in note for note in structure.notes)


def test_long_names_are_shortened_and_said(written: Write) -> None:
    text = cif_text(Chain("A", "ESPFVG", label="ALONGCHAIN"), declare=False).replace(" PRO ", " VERYLONGNAME ")
    structure = read_structure(written(text.replace(" A 1\n", " ALONGCHAIN 1\n")))
    (chain,) = structure.chains
    assert (chain.chain, len(structure.xyz)) == ("ALONGCHAIN", 6)
    assert any("'VERYLONGNAME' as VERYLON" in note for note in structure.notes)


def test_a_folder_and_files_without_protein_get_their_true_reason(tmp_path: Path, written: Write) -> None:
    with pytest.raises(UsageError, match="a folder, not a coordinate file; name one file in it"):
        read_structure(tmp_path)
    dna = "\n".join(pdb_atom("P", f"D{'ACGT'[n % 4]}", "A", n, (6.0 * n, 1.0, 1.0)) for n in range(1, 9))
    with pytest.raises(StructureError, match=r"no protein chain \(found 8 residues of nucleic acid\)"):
        read_structure(written(f"{dna}\nEND\n", "dna.pdb"))


# What is a polymer


def letters_of(text: str, written: Write, name: str = "mine.pdb") -> dict[str, str]:
    return shape(read_structure(written(text, name)))


LIGAND = [pdb_atom(f"C{n}", "LIG", "A", 500, (60.0 + n, 60.0, 60.0), record="HETATM") for n in range(1, 5)]


@pytest.mark.parametrize("record", ["ATOM", "HETATM"])
def test_record_names_decide_nothing(record: str, written: Write) -> None:
    assert letters_of(pdb_lines(pdb_chain("A", "AGSVL", record=record)), written) == {"A": "AGSVL"}


@pytest.mark.parametrize("place", [0, 2, 3, 5])
def test_a_ligand_between_residues_neither_breaks_the_chain_nor_belongs_to_it(place: int, written: Write) -> None:
    rows = pdb_chain("A", "AGSVL")
    rows.insert(place, LIGAND)
    rows.insert(place + 1, [pdb_atom("ZN", "ZN", "A", 501, (70.0, 60.0, 60.0), record="HETATM", element="ZN")])
    assert letters_of(pdb_lines(rows), written) == {"A": "AGSVL"}


@pytest.mark.parametrize(("name", "letter"), [("MSE", "M"), ("PTR", "Y"), ("HIE", "H"), ("CYX", "C"), ("XYZ", "X"), ("UNK", "X")])
def test_a_modified_or_renamed_residue_in_the_chain_belongs_to_it(name: str, letter: str, written: Write) -> None:
    rows = pdb_chain("A", "AGSVL", names={2: name}, het={2})
    assert letters_of(pdb_lines(rows), written) == {"A": f"AG{letter}VL"}


def test_a_residue_written_at_the_end_takes_its_place(written: Write) -> None:
    rows = pdb_chain("A", "AGSVL", names={2: "MSE"}, het={2})
    rows.append(rows.pop(2))
    text = pdb_lines([*rows[:-1], ["TER"], rows[-1]])
    assert letters_of(text, written) == {"A": "AGMVL"}


def test_caps_unknown_ligands_and_free_amino_acids_are_no_residues(written: Write) -> None:
    rows = pdb_chain("A", "AGSVL")
    caps = [[pdb_atom("C", "ACE", "A", 0, (-1.3, 1.0, 1.0))], [pdb_atom("N", "NME", "A", 6, (20.0, 1.0, 1.0))]]
    unknown = [pdb_atom(f"C{n}", "UNK", "A", 90, (40.0 + n, 40.0, 40.0), record="HETATM") for n in range(6)]
    free = pdb_chain("A", "E", start=95, at=(80.0, 80.0, 80.0), record="HETATM")
    assert letters_of(pdb_lines([caps[0], *rows, caps[1], ["TER"], unknown, *free]), written) == {"A": "AGSVL"}


def test_a_residue_alone_between_two_gaps_is_one(written: Write) -> None:
    rows = [
        *pdb_chain("A", "AGS"),
        *pdb_chain("A", "F", start=8, at=(40.0, 0.0, 0.0)),
        *pdb_chain("A", "VL", start=12, at=(70.0, 0.0, 0.0)),
    ]
    assert letters_of(pdb_lines(rows), written) == {"A": "AGSFVL"}


@pytest.mark.parametrize("columns", ["all", "no label", "no auth", "no type_symbol", "few"])
def test_an_atom_table_is_enough(columns: str, written: Write) -> None:
    """As Biopython, biotite, ProDy, mdtraj, OpenMM and PHENIX write it: no entities, and columns left out."""
    text = cif_atoms(
        [*pdb_chain("A", "AGSVL", names={1: "MSE"}, het={1}), LIGAND, *pdb_chain("B", "FW", at=(0.0, 30.0, 0.0))], columns
    )
    assert letters_of(text, written, "mine.cif") == {"A": "AMSVL", "B": "FW"}


def test_tables_that_disagree_with_the_atoms_are_not_believed(written: Write) -> None:
    """A writer that calls everything one polymer: the ligand of the table is still none."""
    rows = [*pdb_chain("A", "AGSVL"), LIGAND]
    tables = "_entity.id 1\n_entity.type polymer\n_entity_poly.entity_id 1\n_entity_poly.type polypeptide(L)\n"
    text = cif_atoms(rows, "all").replace("loop_\n", tables + "loop_\n", 1)
    assert letters_of(text, written, "mine.cif") == {"A": "AGSVL"}


# Chains


HERE, THERE = (0.0, 0.0, 0.0), (0.0, 40.0, 0.0)


def test_segment_ids_stand_for_blank_chain_letters(written: Write) -> None:
    rows = [*pdb_chain(" ", "AGSVL", segment="PROA"), *pdb_chain(" ", "FWYPK", at=THERE, segment="PROB")]
    structure = read_structure(written(pdb_lines(rows), "charmm.pdb"))
    assert shape(structure) == {"PROA": "AGSVL", "PROB": "FWYPK"}
    assert structure.notes == ("no chain letters: molecules are called by segment ids, PROA, PROB",)


def test_without_segment_ids_they_are_called_by_letters(written: Write) -> None:
    rows = [*pdb_chain(" ", "AGSVL"), ["TER"], *pdb_chain(" ", "FWYPK", at=THERE)]
    structure = read_structure(written(pdb_lines(rows), "blank.pdb"))
    assert shape(structure) == {"A": "AGSVL", "B": "FWYPK"}


@pytest.mark.parametrize("ter", [True, False])
@pytest.mark.parametrize(
    ("second", "start"), [("FWYPK", 1), ("AGSVL", 1), ("FWYPK", -7)], ids=["same ids", "same residues", "lower numbers"]
)
def test_one_letter_for_two_molecules_is_split(second: str, start: int, ter: bool, written: Write) -> None:
    rows = [*pdb_chain("A", "AGSVL"), *([["TER"]] if ter else []), *pdb_chain("A", second, start=start, at=THERE)]
    structure = read_structure(written(pdb_lines(rows), "two.pdb"))
    assert shape(structure) == {"A": "AGSVL", "A-2": second}
    assert structure.notes == ("chain A holds 2 molecules: called A, A-2",)
    assert len({residue.id for residue in structure.residues}) == 10


def test_one_letter_for_two_molecules_is_split_in_mmcif_too(written: Write) -> None:
    text = cif_atoms([*pdb_chain("A", "AGSVL"), *pdb_chain("A", "FWYPK", at=THERE)], "all")
    assert shape(read_structure(written(text))) == {"A": "AGSVL", "A-2": "FWYPK"}


def test_a_last_oxygen_ends_a_molecule(written: Write) -> None:
    """As GROMACS writes: no letters, numbers that run on, no TER; the last residue has two oxygens."""
    rows = [*pdb_chain(" ", "AGSVL"), *pdb_chain(" ", "FWYPK", start=6, at=THERE)]
    rows[4].append(rows[4][-1].replace(" O  ", " OC2"))
    rows[4][-1] = f"{rows[4][-1][:46]}{9.0:8.3f}{rows[4][-1][54:]}"
    assert shape(read_structure(written(pdb_lines(rows), "gro.pdb"))) == {"A": "AGSVL", "B": "FWYPK"}


def test_a_chain_that_goes_on_behind_ter_is_told(written: Write) -> None:
    """Programs write TER at gaps as well as behind molecules: numbers that run on leave it open."""
    rows = [*pdb_chain("A", "AGSVL"), ["TER"], *pdb_chain("A", "FWYPK", start=9, at=THERE)]
    structure = read_structure(written(pdb_lines(rows), "gap.pdb"))
    assert shape(structure) == {"A": "AGSVLFWYPK"}
    assert structure.notes == ("chain A goes on behind TER (5): read as one molecule with a gap",)


def test_atoms_without_a_model_number_are_those_of_the_first(written: Write) -> None:
    text = cif_atoms(pdb_chain("A", "AGSVL"), "all").replace(" 1\n", " ?\n")
    assert shape(read_structure(written(text))) == {"A": "AGSVL"}


def test_a_gap_with_lower_numbers_behind_it_is_no_second_molecule(written: Write) -> None:
    """Numbers of real chains fall too (fusions, circular permutations): the peptide bond goes on."""
    rows = pdb_chain("A", "AGSVL", numbers=[101, 102, 5, 6, 7])
    structure = read_structure(written(pdb_lines(rows), "fusion.pdb"))
    assert (shape(structure), structure.notes) == ({"A": "AGSVL"}, ())


def test_molecules_behind_end_are_all_read(written: Write) -> None:
    one, two = pdb_lines(pdb_chain("A", "AGSVL")), pdb_lines(pdb_chain("B", "FWYPK", at=THERE))
    structure = read_structure(written(one + two, "docked.pdb"))
    assert shape(structure) == {"A": "AGSVL", "B": "FWYPK"}
    assert structure.notes == ("2 parts divided by END: all are read",)


def test_of_frames_divided_by_end_the_first_is_read(written: Write) -> None:
    frames = [pdb_lines(pdb_chain("A", "AGSVL", at=(0.2 * n, 0.0, 0.0))) for n in range(3)]
    structure = read_structure(written("".join(frames), "md.pdb"))
    assert (shape(structure), structure.xyz[0, 0]) == ({"A": "AGSVL"}, 1.0)
    assert structure.notes == ("3 frames divided by END: the first is used",)


def test_models_written_as_one_are_told_in_one_line(written: Write) -> None:
    rows = [
        row for n in range(4) for name, y in (("A", 0.0), ("B", 8.0)) for row in pdb_chain(name, "AGSVLFW", at=(0.3 * n, y, 0.0))
    ]
    structure = read_structure(written(pdb_lines(rows), "nmr.pdb"))
    assert shape(structure) == {"A": "AGSVLFW", "B": "AGSVLFW"}
    assert structure.notes == ("every residue 4 times in one place (models written as one): the first is used",)


def test_two_ions_of_one_name_and_number_are_two(written: Write) -> None:
    ions = [[pdb_atom("CA", "CA", "M", 900, (50.0, y, 1.0), record="HETATM", element="CA")] for y in (1.0, 30.0)]
    structure = read_structure(written(pdb_lines([*pdb_chain("A", "AGSVL"), *ions]), "ions.pdb"))
    assert int((structure.residue_of_atom < 0).sum()) == 2


# Numbers that are none


@pytest.mark.parametrize(
    "xyz",
    [
        "     nan     nan     nan",
        "9999.9999999.9999999.999",
        "************************",
        " " * 24,
        "   0.000" * 3,
        " 999.999" * 3,
    ],
)
def test_a_residue_without_coordinates_counts_as_not_observed(xyz: str, written: Write) -> None:
    rows = [
        [line[:30] + xyz + line[54:] if k == 2 else line for line in lines] for k, lines in enumerate(pdb_chain("A", "AGSVL"))
    ]
    structure = read_structure(written(pdb_lines(rows), "nan.pdb"))
    assert shape(structure) == {"A": "AGVL"}
    assert structure.notes == ("no coordinates (not finite, or a placeholder) for A/3: as if not observed",)


def test_an_atom_without_coordinates_is_missing(written: Write) -> None:
    rows = pdb_chain("A", "AGSVL")
    rows[2][3] = rows[2][3][:30] + "99999.99" + rows[2][3][38:]
    structure = read_structure(written(pdb_lines(rows), "far.pdb"))
    assert "O" in structure.residues[2].missing_atoms
    assert structure.notes == ("no coordinates for some atoms of A/3: those are missing",)


def test_one_atom_at_the_origin_is_one(written: Write) -> None:
    structure = read_structure(written(pdb_lines(pdb_chain("A", "AGSVL", at=(-1.0, -1.0, -1.0))), "origin.pdb"))
    assert (len(structure.residues), structure.xyz[0].tolist(), structure.notes) == (5, [0.0, 0.0, 0.0], ())


def test_a_file_without_any_coordinates_is_refused(written: Write) -> None:
    rows = [[line[:30] + "     nan" * 3 + line[54:] for line in lines] for lines in pdb_chain("A", "AGSVL")]
    with pytest.raises(ContentError, match="no atom has coordinates"):
        read_structure(written(pdb_lines(rows), "none.pdb"))


# What the B-factors are


def b_of(text: str, written: Write, name: str = "model.pdb") -> tuple[bool, bool, float]:
    structure = read_structure(written(text, name))
    return structure.predicted, structure.plddt, round(structure.residues[0].b, 2)


@pytest.mark.parametrize(
    ("head", "b", "found"),
    [
        ("TITLE     ALPHAFOLD MONOMER V2.0 PREDICTION FOR SOMETHING", 91.5, (True, True, 91.5)),
        ("TITLE     ESMFOLD V1 PREDICTION FOR INPUT", 0.91, (True, True, 91.0)),
        ("REMARK   1 PREDICTED BY COLABFOLD", 91.5, (True, True, 91.5)),
        ("TITLE     BOLTZ-2 MODEL", 45.0, (True, True, 45.0)),
        ("AUTHOR    CHAI DISCOVERY TEAM", 45.0, (True, True, 45.0)),
        ("EXPDTA    THEORETICAL MODEL (SWISS-MODEL SERVER)", 0.85, (True, False, 0.85)),
        ("EXPDTA    X-RAY DIFFRACTION\nTITLE     SOLVED WITH AN ALPHAFOLD SEARCH MODEL", 45.0, (False, False, 45.0)),
        ("", 45.0, (False, False, 45.0)),
        ("TITLE     ALPHAFOLD PREDICTION", 0.0, (True, False, 0.0)),
        ("TITLE     ALPHAFOLD PREDICTION", 145.0, (True, False, 145.0)),
    ],
)  # fmt: skip
def test_b_factors_are_plddt_where_the_file_says_so(head: str, b: float, found: tuple[bool, bool, float], written: Write) -> None:
    assert b_of(f"{head}\n" + pdb_lines(pdb_chain("A", "AGSVL", b=b)), written) == found


def test_a_model_without_the_column_has_no_plddt(written: Write) -> None:
    rows = [[line[:54] for line in lines] for lines in pdb_chain("A", "AGSVL")]
    structure = read_structure(written("TITLE     ALPHAFOLD PREDICTION\n" + pdb_lines(rows), "cut.pdb"))
    assert (structure.predicted, structure.plddt) == (True, False)
    assert structure.notes == ("the file has no column of B-factors: no pLDDT",)


@pytest.mark.parametrize(
    ("kind", "b", "found"),
    [
        ("pLDDT pLDDT", 91.5, (True, True, 91.5)),
        ("pLDDT 'pLDDT in [0,1]'", 0.5, (True, True, 50.0)),
        ("QMEANDisCo other", 0.85, (True, False, 0.85)),
    ],
)
def test_the_metric_of_a_modelcif_file_decides(kind: str, b: float, found: tuple[bool, bool, float], written: Write) -> None:
    metric = f"loop_\n_ma_qa_metric.id\n_ma_qa_metric.mode\n_ma_qa_metric.name\n_ma_qa_metric.type\n1 local {kind}\n"
    text = cif_atoms(pdb_chain("A", "AGSVL", b=b), "all").replace("loop_\n", metric + "loop_\n", 1)
    assert b_of(text, written, "model.cif") == found


def test_two_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    study = axlstruct.load("axl", mirror=[], offline=True, cache=tmp_path / "cache")
    names = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "model.pdb"
        path.write_text(pdb_lines(pdb_chain("A", "AGSVL")))
        names.append(study.session.held(str(path)).structure.id)
        assert study.session.held(str(path)).structure.id == names[-1]
    assert names == ["model", "two/model"]


# The small cases and real complexes

COMPLEX = [
    "control.pdb", "control_no_ter.pdb", "cif_control.cif", "hydrogens_control.pdb", "atom_site_only.cif", "openmm_like.cif",
    "phenix_like.cif", "no_type_symbol.cif", "bom.cif", "DATA_upper.cif", "rosetta_like.pdb", "gromacs_like.pdb",
    "frames_by_end.pdb", "ligand_in_chain_no_ter.pdb", "segid.pdb", "same_chain.pdb", "cyx.pdb", "charmm_names.pdb",
    "hydrogens_digit_no_element.pdb", "selchain.pdb", "numeric_chains.pdb",
]  # fmt: skip


@pytest.mark.parametrize("name", COMPLEX)
def test_a_file_with_something_odd_has_the_contacts_of_its_control(name: str, study: Study) -> None:
    structure = read_structure(case(name))
    (pair,) = chain_pairs(structure, map_structure(structure, study.target.proteins), 4.0)
    assert (pair.side_1.protein, pair.side_2.protein) == ("AXL", "GAS6")
    assert (len(residue_contacts(pair)), len(pair.distance)) == (30, 114)


@pytest.mark.parametrize("name", COMPLEX)
def test_a_file_with_something_odd_has_the_bonds_of_its_control(name: str, study: Study) -> None:
    path = str(case(name))
    (row,) = study.table("interfaces", path).rows
    assert (row.interface, row.residue_pairs, row.atom_pairs, row.hbonds, row.salt_bridges) == ("major", 30, 114, 12, 4)
    kinds = Counter(bond.type for bond in study.table("interactions", path).rows)
    assert kinds == {"hbond": 11, "salt-bridge": 4, "hydrophobic": 4, "disulfide": 1}  # no metals; the disulfide is there
    assert not any(residue.missing_atoms for residue in read_structure(case(name)).residues)


def test_hydrogens_that_are_nowhere_are_told_bond_by_bond(study: Study) -> None:
    """Of this file they are 1.18 to 1.20 A from N, C and O alike."""
    rows = [row for row in study.table("interactions", str(case("hydrogens_control.pdb"))).rows if row.type == "hbond"]
    assert {row.grade for row in rows} == {"b"}
    assert all("A from the donor, farther than such a bond is long" in row.reasons for row in rows)


@pytest.mark.parametrize(
    ("name", "kinds", "hbonds"),
    [
        ("his_hd1_only.pdb", {}, 0),
        ("his_he2_only.pdb", {"hbond": 1}, 1),
        ("glu_calcium_control.pdb", {"salt-bridge": 3, "metal": 2}, 1),
        ("cgu_calcium.pdb", {"salt-bridge": 3, "metal": 2}, 1),
        ("two_altloc_groups.pdb", {"salt-bridge": 3}, 1),
        ("zero_occupancy.pdb", {"salt-bridge": 3}, 1),
        ("nan.pdb", {"hbond": 11, "salt-bridge": 2, "hydrophobic": 4, "disulfide": 1}, 12),
        ("qmean_like.pdb", {"disulfide": 1}, 0),
    ],
)
def test_the_bonds_of_a_case(name: str, kinds: dict[str, int], hbonds: int, study: Study) -> None:
    rows = study.table("interactions", str(case(name))).rows
    assert (Counter(row.type for row in rows), sum(row.hbonds for row in rows)) == (kinds, hbonds)


def test_atoms_of_occupancy_0_are_told_of_the_residue_that_has_them(study: Study) -> None:
    """The side chain of Glu59 of chain C, residue 1 of its rows; the bridge of Glu56 is as good as ever."""
    table = study.table("interactions", str(case("zero_occupancy.pdb")))
    assert [(row.number_1, row.number_2, row.grade, row.reasons) for row in table.rows] == [
        (56, 308, "a", ""),
        (59, 310, "b", "occupancy 0 of OE1 OE2 of residue 1"),
        (59, 312, "b", "occupancy 0 of OE2 of residue 1"),
    ]
    assert any("occupancy 0 in C/59" in note for note in table.notes)


@pytest.mark.parametrize(
    "name", ["tag_letter_equal_ref.cif", "tag_letter_other_ref.cif", "struct_ref_seq_without_struct_ref.cif"]
)
def test_a_file_s_own_reference_decides_over_a_letter_that_fits(name: str, study: Study) -> None:
    """Position 46 is a glycine, as the tag's last residue is in one of the files."""
    rows = study.table("residues", str(case(name))).rows
    shown = [(row.position, row.number) for row in rows if row.number is not None]
    assert shown == [(number + 7, number) for number in range(40, 76)]
    assert [row.coverage for row in rows if row.position == 46] == ["not-in-construct"]


def test_a_residue_without_coordinates_is_unobserved_in_the_table(study: Study) -> None:
    rows = study.table("residues", str(case("nan.pdb"))).rows
    (row,) = [row for row in rows if (row.protein, row.position) == ("AXL", 66)]
    assert (row.coverage, row.number, row.exposed_area, row.buried_area, row.interface) == (
        "unobserved",
        None,
        None,
        None,
        "unknown",
    )


@pytest.mark.parametrize("name", ["af_no_b_column.pdb", "qmean_like.pdb"])
def test_a_chain_alone_has_no_buried_area_and_no_plddt(name: str, study: Study) -> None:
    table = study.table("residues", str(case(name)))
    assert {(row.plddt, row.buried_area, row.burial) for row in table.rows} == {(None, None, "")}
    assert any(row.exposed_area for row in table.rows)
    assert any("no partner to be buried in" in note for note in table.notes)


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("nan.pdb", "C/59"), ("selchain.pdb", "B, D"), ("frames_by_end.pdb", "2 frames"), ("same_chain.pdb", "2 molecules"),
        ("rosetta_like.pdb", "no PDB records"), ("gromacs_like.pdb", "no END"), ("qmean_like.pdb", "no pLDDT"),
        ("af_no_b_column.pdb", "no column of B-factors"), ("segid.pdb", "segment ids"),
    ],
)  # fmt: skip
def test_what_is_odd_is_told(name: str, note: str) -> None:
    structure = read_structure(case(name))
    assert any(note in line for line in structure.notes)
    assert not structure.plddt


def test_two_groups_of_conformers_lose_nothing(study: Study) -> None:
    structure = read_structure(case("two_altloc_groups.pdb"))
    (pair,) = chain_pairs(structure, map_structure(structure, study.target.proteins), 4.0)
    assert (len(residue_contacts(pair)), len(pair.distance)) == (3, 15)
    assert not any(residue.missing_atoms for residue in structure.residues)
    (row,) = study.table("interfaces", str(case("two_altloc_groups.pdb"))).rows
    assert row.bsa == 226.6


def test_every_real_complex_is_read() -> None:
    odd = {}
    for path in complexes():
        structure = read_structure(path)
        assert len(structure.chains) >= 2
        assert len({residue.id for residue in structure.residues}) == len(structure.residues)
        notes = [note for note in structure.notes if "no END" not in note and "alternative conformers" not in note]
        if notes:
            odd[structure.id] = notes
    assert odd == {"1kbh": ["every residue 20 times in one place (models written as one): the first is used"]}


def test_frames_with_an_atom_at_no_place_are_compared_without_it(written: Write) -> None:
    rows = pdb_chain("A", "AGSVL")
    rows[1][1] = rows[1][1][:30] + "1e300   " + rows[1][1][38:]
    structure = read_structure(written(pdb_lines(rows) * 2, "md.pdb"))
    assert structure.notes[0] == "2 frames divided by END: the first is used"
