"""Placement is arithmetic: what is asked for stays where it can, and nothing overlaps that has room not to."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axlstruct.figures.paper import layout

numbers = st.floats(0, 100, allow_nan=False)


def overlaps(centres, widths, gap=0.0):
    edges = [(c - w / 2, c + w / 2) for c, w in zip(centres, widths, strict=True)]
    return [(a, b) for a, b in pairwise(edges) if b[0] < a[1] + gap - 1e-9]


def test_labels_with_room_stay_where_they_are():
    assert layout.spread([10.0, 50.0], [4.0, 4.0], 0, 100, gap=1) == pytest.approx([10.0, 50.0])


def test_three_tyrosines_side_by_side_spread_around_their_middle():
    centres = layout.spread([69.8, 70.2, 70.3], [6.0, 6.0, 6.0], 0, 100, gap=1)
    assert centres == pytest.approx([63.1, 70.1, 77.1])


def test_a_block_that_grows_into_its_neighbour_takes_it_along():
    centres = layout.spread([10.0, 10.0, 14.0], [4.0, 4.0, 4.0], 0, 100)
    assert centres == pytest.approx([22 / 3, 34 / 3, 46 / 3])


def test_limits_hold_at_both_ends():
    assert layout.spread([0.0, 1.0], [4.0, 4.0], 0, 100) == pytest.approx([2.0, 6.0])
    assert layout.spread([99.0, 100.0], [4.0, 4.0], 0, 100) == pytest.approx([94.0, 98.0])


def test_no_label_no_place():
    assert layout.spread([], [], 0, 1) == []


@given(st.lists(st.tuples(numbers, st.floats(0.5, 8)), min_size=1, max_size=12), st.floats(0, 0.4))
def test_spread_keeps_order_limits_and_distance(labels, gap):
    labels.sort()
    centres, widths = [c for c, _ in labels], [w for _, w in labels]
    placed = layout.spread(centres, widths, 0, 110, gap=gap)
    assert layout.fits(widths, 110, gap=gap)
    assert overlaps(placed, widths, gap) == []
    assert placed[0] - widths[0] / 2 >= -1e-6
    assert placed[-1] + widths[-1] / 2 <= 110 + 1e-6


def test_labels_that_cannot_fit_are_squeezed_evenly():
    assert not layout.fits([10.0] * 3, 15, gap=0)
    assert layout.spread([7.0, 7.5, 8.0], [10.0] * 3, 0, 15) == pytest.approx([2.5, 7.5, 12.5])


def test_levels_of_nested_and_crossing_bonds():
    assert layout.levels([(0, 10), (2, 4), (5, 8), (9, 20), (11, 12)]) == [0, 1, 1, 1, 0]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), max_size=20), st.integers(0, 3))
def test_levels_never_overlap(intervals, gap):
    spans = [(first, first + length) for first, length in intervals]
    placed = list(zip(layout.levels(spans, gap=gap), spans, strict=True))
    for (one, a), (two, b) in combinations(placed, 2):
        assert one != two or a[1] + gap <= b[0] or b[1] + gap <= a[0]


def test_labels_stay_near_their_boxes_on_a_second_line():
    centres, widths = [2.0, 20.0, 22.0, 40.0], [4.0, 30.0, 30.0, 4.0]
    tier, places = layout.tiers(centres, widths, -20, 60, gap=1)
    assert tier == [0, 1, 0, 1]
    assert max(abs(p - c) for p, c in zip(places, centres, strict=True)) <= 6
    assert layout.tiers([], [], 0, 1) == ([], [])


def test_one_line_where_one_line_will_do():
    assert layout.tiers([5.0, 20.0], [4.0, 4.0], 0, 40) == ([0, 0], [5.0, 20.0])


def test_items_flow_like_words():
    assert layout.flow([60, 60, 200, 10], 130, gap=5) == [(0, 0.0), (0, 65.0), (1, 0.0), (2, 0.0)]
    assert layout.wrap(["a", "bb", "c"], [1, 2, 1], 4, space=1) == ["a bb", "c"]


@pytest.mark.parametrize(("text", "lines"), [("Kinase", ("Kinase",)), ("a bb ccc", ("a bb", "ccc")), ("", ("",))])
def test_two_lines(text, lines):
    assert layout.two_lines(text) == lines


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (894, [1, 100, 200, 300, 400, 500, 600, 700, 800, 894]),
        (1, [1]),
        (2, [1, 2]),
        (905, [1, 100, 200, 300, 400, 500, 600, 700, 800, 905]),
    ],
)
def test_ticks_are_round_and_never_crowd_the_ends(length, expected):
    assert layout.ticks(length, 145.0, least=10.0) == expected


@given(st.integers(1, 5000), st.floats(20, 200), st.floats(3, 15))
def test_ticks_are_inside_rising_and_apart(length, room, least):
    places = layout.ticks(length, room, least=least)
    assert places[0] == 1
    assert places[-1] == length
    assert all((b - a) * room / (length - 1) >= least * 0.6 - 1e-9 for a, b in pairwise(places)) or len(places) == 2


def test_panels_share_a_scale_unless_one_would_vanish():
    assert layout.panel_lengths([894, 678], 150.0) == pytest.approx([150.0, 150.0 * 678 / 894])
    assert not layout.scales_differ([894, 678])
    assert layout.panel_lengths([1210, 53], 150.0) == pytest.approx([150.0, 132.5])
    assert layout.scales_differ([1210, 53])
    assert not layout.scales_differ([300])
    assert layout.panel_lengths([5], 150.0) == [12.5]
