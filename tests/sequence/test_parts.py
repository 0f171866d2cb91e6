"""A protein cut into parts: without gaps, in order, and the same membrane for all who ask."""

from __future__ import annotations

from itertools import pairwise

import pytest

from axlstruct.sequence.features import Span
from axlstruct.sequence.parts import around, membrane_of, part_name, parts, parts_of
from axlstruct.sequence.target import Protein
from axlstruct.study.facade import Study


@pytest.fixture(params=["receptor", "ligand"])
def protein(request: pytest.FixtureRequest, bare: Study) -> Protein:
    found = getattr(bare.target, request.param)
    assert isinstance(found, Protein)
    return found


def test_parts_have_no_gap_and_no_overlap(protein: Protein) -> None:
    spans = [part.span for part in parts(protein)]
    assert (spans[0].first, spans[-1].last) == (1, len(protein))
    assert all(two.first == one.last + 1 for one, two in pairwise(spans))


def test_every_residue_lies_in_the_part_around_it(protein: Protein) -> None:
    domains = [feature.span for feature in protein.features_of("domain")]
    for position in range(1, len(protein) + 1):
        span = around(protein, position)
        assert position in span
        assert span in domains or not any(span.overlap(domain) for domain in domains)


def test_parts_of_the_receptor(bare: Study) -> None:
    assert [feature.span for feature in membrane_of(bare.target.receptor)] == [Span(452, 472)]
    assert [part_name(part) for part in parts_of(bare.target.receptor)] == ["IG1", "IG2", "FN1", "FN2", "TM", "Kinase"]
    assert bare.target.ligand is not None
    assert membrane_of(bare.target.ligand) == ()
