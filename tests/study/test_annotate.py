"""Our columns for somebody else's residues, by author number."""

import pandas as pd
import pytest
from shared_files import mirror

from axlstruct.errors import UsageError


def test_a_frame_keeps_its_rows_and_columns(study):
    given = pd.DataFrame({"structure": "2C5D", "chain": ["C", "C", "A"], "number": [59, 1218, 308], "mine": [1, 2, 3]})
    found = study.annotate(given)
    assert found["mine"].tolist() == [1, 2, 3]
    assert found["position"].astype(object).where(found["position"].notna(), None).tolist() == [66, None, 308]
    assert found["note"].iloc[1] == "no residue of the target's proteins in this structure"


def test_residues_of_biopython_under_any_structure_id(study):
    from Bio.PDB import PDBParser

    chain = PDBParser(QUIET=True).get_structure("x", str(mirror("2c5d.pdb")))[0]["C"]
    found = study.annotate(list(chain)[:3], structure="2C5D")
    assert found["position"].tolist() == [34, 35, 36]
    with pytest.raises(UsageError):
        study.annotate(list(chain)[:3])


def test_a_water_under_the_number_of_a_residue_is_no_residue(study):
    from Bio.PDB.Chain import Chain
    from Bio.PDB.Model import Model
    from Bio.PDB.Residue import Residue
    from Bio.PDB.Structure import Structure

    structure, model, chain = Structure("2C5D"), Model(0), Chain("C")
    structure.add(model)
    model.add(chain)
    chain.add(Residue((" ", 59, " "), "GLU", ""))
    chain.add(Residue(("W", 59, " "), "HOH", ""))
    found = study.annotate(list(chain))
    assert found["position"].iloc[0] == 66
    assert found["position"].isna().iloc[1]
    assert found["domain"].isna().iloc[1]
    assert "no residue" in found["note"].iloc[1]


def test_columns_that_are_missing_are_named(study):
    with pytest.raises(UsageError, match="columns are missing: number"):
        study.annotate(pd.DataFrame({"structure": ["2C5D"], "chain": ["C"]}))


@pytest.mark.parametrize("backend", ["numpy_nullable", None])
def test_nullable_and_numeric_columns_as_a_reader_of_tables_gives_them(study, tmp_path, backend):
    from io import StringIO

    text = "structure,chain,number,icode\n2C5D,C,59,\n2C5D,C,60,\n"
    given = pd.read_csv(StringIO(text), **({"dtype_backend": backend} if backend else {}))
    found = study.annotate(given)
    assert found["position"].tolist() == [66, 67]
    assert found["number"].dtype == given["number"].dtype


def test_chains_named_by_numbers(study, written):
    """A reader of tables takes chain 1 for a number, and for 1.0 where a cell is empty."""
    lines = [
        line for line in mirror("2c5d.pdb").read_text().splitlines(keepends=True) if line.startswith("ATOM") and line[21] == "C"
    ]
    path = str(written("".join(f"{line[:21]}1{line[22:]}" for line in lines) + "TER\nEND\n", "numbers.pdb"))
    for chains in ([1, 1], [1.0, 1.0], ["1", "1"], pd.array([1, 1], dtype="Int64"), pd.Categorical([1, 1])):
        given = pd.DataFrame({"structure": [path, path], "chain": chains, "number": [59.0, None]})
        found = study.annotate(given)
        assert found["position"].iloc[0] == 66
        assert found["position"].isna().iloc[1]
        assert found["chain"].tolist() == list(chains)


def test_numbers_that_are_none_are_refused(study):
    for number in ("59A", 59.5):
        with pytest.raises(UsageError, match="whole numbers"):
            study.annotate(pd.DataFrame({"structure": ["2C5D"], "chain": ["C"], "number": [number]}))


def test_a_frame_of_another_library_is_converted(study):
    class Other:
        def to_pandas(self):
            return pd.DataFrame({"structure": ["2C5D"], "chain": ["C"], "number": [59]})

    assert study.annotate(Other())["position"].tolist() == [66]
