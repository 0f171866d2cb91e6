"""Chains whose names have eight letters and more, for which gemmi's columns of atoms have no room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from shared_files import mirror

from axlstruct.errors import StructureError
from axlstruct.sources.coordinates import read_structure
from axlstruct.structure.structure import Structure
from axlstruct.study.facade import Study

LONG = {"A": "GAS6_LG1_LG2", "B": "GAS6_LG1_LG2_b", "C": "AXL_IG1_IG2", "D": "AXL_IG1_IG2_b"}


@pytest.fixture(scope="module")
def renamed(written: Callable[..., Path]) -> Path:
    """2C5D with long names for its chains, hetero groups with them."""
    import gemmi

    structure = gemmi.read_structure(str(mirror("2c5d.cif")))
    for chain in structure[0]:
        chain.name = LONG[chain.name]
    return written(structure.make_mmcif_document().as_string(), "2c5d.cif")


def test_long_names_answer_as_short_ones(study: Study, renamed: Path) -> None:
    for table in ("contacts", "interactions", "interfaces"):
        ours, theirs = getattr(study, table)(str(renamed)), getattr(study, table)("2C5D")
        theirs = theirs.replace({"chain_1": LONG, "chain_2": LONG})
        columns = [name for name in theirs.columns if name not in ("structure", "interface", "donor", "acceptor", "sheet")]
        assert len(ours) == len(theirs)
        assert sorted(map(str, ours[columns].values.tolist())) == sorted(map(str, theirs[columns].values.tolist())), table


def test_the_chain_of_each_atom(renamed: Path) -> None:
    structure = read_structure(renamed)
    assert [str(name) for name in structure.chain_of_atom] == [
        chain.name for chain in structure.model for residue in chain for _ in residue
    ]


def test_a_component_too_long_for_the_columns_is_said(renamed: Path) -> None:
    structure = read_structure(renamed)
    copy = structure.gemmi.clone()
    copy[0][0][0].name = "COMPONENT9"
    odd: Structure = replace(structure, gemmi=copy)
    with pytest.raises(StructureError, match="a name too long for the columns of atoms"):
        _ = odd.atoms
