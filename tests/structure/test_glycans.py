"""Sugars are found by their bonds: by which carbon, and up to which length."""

from __future__ import annotations

import pytest
from tiny import pdb_atom

from axlstruct.sources.coordinates import read_structure
from axlstruct.structure.glycans import find_glycans

HOLDER = (0.0, 0.0, 0.0)


def lines(link=1.45, sialic=True):
    """Asparagine A/1 with NAG C/1 at ``link`` and, on its O4, a sialic acid C/2 that is bonded by its C2."""
    protein = {"N": (-3, 1, 0), "CA": (-2, 2, 0), "C": (-3, 3, 0), "O": (-4, 3, 0), "ND2": HOLDER}
    rows = [pdb_atom(name, "ASN", "A", 1, place) for name, place in protein.items()]
    rows += [pdb_atom("CA", "GLY", "A", 2, (-3, 6, 0)), "TER"]
    rows += [
        pdb_atom("C1", "NAG", "C", 1, (link, 0, 0), record="HETATM"),
        pdb_atom("O4", "NAG", "C", 1, (6, 0, 0), record="HETATM"),
    ]
    if sialic:
        rows += [
            pdb_atom("C1", "SIA", "C", 2, (8, 2, 0), record="HETATM"),
            pdb_atom("C2", "SIA", "C", 2, (7.4, 0, 0), record="HETATM"),
        ]
    return "\n".join([*rows, "END", ""])


@pytest.mark.parametrize(("link", "count"), [(1.45, 1), (1.9, 1), (2.1, 0), (2.3, 0)])
def test_a_glycosidic_bond_has_a_length(link, count, tmp_path):
    path = tmp_path / "one.pdb"
    path.write_text(lines(link, sialic=False))
    assert len(find_glycans(read_structure(path))) == count


def test_a_sialic_acid_bonded_by_its_second_carbon_belongs_to_the_glycan(tmp_path):
    path = tmp_path / "one.pdb"
    path.write_text(lines())
    (glycan,) = find_glycans(read_structure(path))
    assert [component for _, component in glycan.sugars] == ["NAG", "SIA"]
    assert (glycan.root.chain, glycan.root.number) == ("A", 1)
