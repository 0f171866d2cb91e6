"""Pairs of superposed residues: near enough or none."""

from __future__ import annotations

import numpy as np
import pytest

from axlstruct.structure.superposition import _in_order


@pytest.mark.parametrize(("distance", "pairs"), [(2.9, [(0, 0), (1, 1)]), (3.0, [(0, 0)]), (3.5, [(0, 0)]), (20.0, [(0, 0)])])
def test_residues_are_paired_up_to_three_angstrom(distance: float, pairs: list[tuple[int, int]]) -> None:
    """The first two lie on each other, the second two at the distance; all others are far apart."""
    apart = np.array([[0.5, 20.0], [20.0, distance]])
    assert _in_order(apart) == pairs
