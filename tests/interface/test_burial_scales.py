"""Scales of maximal areas against those another program ships."""

import pytest

from axlstruct.interface.burial import SCALES
from axlstruct.sequence.residues import THREE_LETTER


@pytest.mark.parametrize(("ours", "theirs"), [("miller1987", "Miller"), ("tien2013", "Wilke")])
def test_scales_are_biopythons(ours, theirs):
    from Bio.PDB.DSSP import residue_max_acc

    table = residue_max_acc[theirs]
    assert len(table) == 20
    assert {name: SCALES[ours].areas[name] for name in table} == table


def test_the_scale_of_rose_as_other_programs_list_it():
    """By one-letter code, glutamate before glutamine; as two programs of other authors (in R and in Perl) write it."""
    numbers = (
        "118.1 256.0 165.5 158.7 146.1 186.2 193.2 88.1 202.5 181.0 193.1 225.8 203.4 222.8 146.8 129.8 152.5 266.3 236.8 164.5"
    )
    table = dict(zip("ARNDCEQGHILKMFPSTWYV", map(float, numbers.split()), strict=True))
    assert {letter: SCALES["rose1985"].areas[THREE_LETTER[letter]] for letter in table} == table
