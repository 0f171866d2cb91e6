"""Scales of maximal areas against those another program ships."""

import pytest

from axlstruct.burial import SCALES


@pytest.mark.parametrize(("ours", "theirs"), [("miller1987", "Miller"), ("tien2013", "Wilke")])
def test_scales_are_biopythons(ours, theirs):
    from Bio.PDB.DSSP import residue_max_acc

    table = residue_max_acc[theirs]
    assert len(table) == 20
    assert {name: SCALES[ours].areas[name] for name in table} == table
