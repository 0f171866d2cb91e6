"""Every mark of every figure stands where it says: a wrong residue number in a picture is the worst error there is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.spines import Spine
from matplotlib.text import Text

from axlstruct.study.facade import Study

PLACE = re.compile(r":(\d+)(?:-(\d+))?$")
ALONG_A_SEQUENCE = ("domains", "footprint", "ddg", "kinase", "evidence")
LEAST = {"domains": 200, "footprint": 250, "ddg": 60, "kinase": 400, "evidence": 60}
"""Marks that a figure of this target has at least."""


def marked(ax: Axes) -> Iterator[tuple[Artist, int, int]]:
    """Artists that name a position or a stretch, with its first and last residue."""
    for artist in ax.get_children():
        if found := PLACE.search(artist.get_gid() or ""):
            yield artist, int(found[1]), int(found[2] or found[1])


def misplaced(artist: Artist, first: int, last: int) -> str:
    """Why a mark on an axis of positions does not stand for its residues; empty where it does."""
    if isinstance(artist, Text):
        text = artist.get_text()
        digits = re.search(r"\d+", text)
        wrong = digits is None or int(digits[0]) != first
        if "number" in artist.get_gid():
            wrong |= artist.get_position()[0] != first
        return f"text {text!r} at {artist.get_position()[0]}" if wrong else ""
    if isinstance(artist, Line2D):
        xs = [float(x) for x in artist.get_xdata()]
        starts, ends = {first, first - 0.5}, {last, last + 0.5}
        good = xs[0] in starts and (first == last or xs[-1] in ends)
        if "-split-" in str(artist.get_gid()):  # between two bases of its codon
            good = abs(xs[0] - first) < 0.5
        return "" if good else f"line from {xs[0]} to {xs[-1]}"
    if isinstance(artist, Patch):
        box = artist.get_path().get_extents(artist.get_patch_transform())
        middle = (box.x0 + box.x1) / 2
        inside = first - 0.5 - 1e-6 <= box.x0 and box.x1 <= last + 0.5 + 1e-6
        good = inside or abs(middle - (first + last) / 2) < 1e-6 or abs(box.x0 - (first - 0.5)) < 1e-6
        whole = first == last or (box.x0 < first + 0.5 and box.x1 > last - 0.5)
        return "" if good and whole else f"box from {box.x0:.2f} to {box.x1:.2f}"
    return f"unknown mark {type(artist).__name__}"


@pytest.mark.parametrize("name", ALONG_A_SEQUENCE)
def test_every_mark_stands_at_its_residue(study: Study, name: str) -> None:
    figure = study.figure(name)
    marks = [(artist, first, last) for ax in figure.axes for artist, first, last in marked(ax)]
    wrong = [f"{artist.get_gid()}: {why}" for artist, first, last in marks if (why := misplaced(artist, first, last))]
    assert not wrong
    assert len(marks) >= LEAST[name]


@pytest.mark.parametrize("name", ALONG_A_SEQUENCE)
def test_no_coloured_mark_is_without_its_residue(study: Study, name: str) -> None:
    """Boxes and heads on an axis of positions carry an id that says what they are."""
    for ax in study.figure(name).axes:
        if ax.get_label() in ("legend", "empty") or str(ax.get_label()).endswith("-several"):
            continue
        for artist in ax.get_children():
            single = isinstance(artist, Line2D) and artist.get_marker() not in ("None", None, "") and len(artist.get_xdata()) == 1
            if (isinstance(artist, Patch) and artist is not ax.patch and not isinstance(artist, Spine)) or single:
                assert artist.get_gid(), (ax.get_label(), artist)


def test_ticks_of_the_interface_are_the_residues_of_the_table(study: Study) -> None:
    touching: dict[tuple[str, str, str], set[int]] = {}
    for row in study.table("residues", "2C5D", "4RA0", areas=None).rows:
        for name in filter(None, (row.interface or "").split(";")):
            touching.setdefault((row.protein, row.structure, name), set()).add(row.position)
    drawn: dict[tuple[str, str, str], set[float]] = {}
    for ax in study.figure("domains").axes:
        for lines in ax.collections:
            found = re.fullmatch(r"(\w+)-(\w+)-(major|minor)-(every-copy|some-copies)", lines.get_gid() or "")
            if found and isinstance(lines, LineCollection):
                key = found[1], found[2], found[3]
                drawn.setdefault(key, set()).update(float(segment[0][0]) for segment in lines.get_segments())
    assert drawn == {key: places for key, places in touching.items() if key[2] in ("major", "minor")}


def test_printed_ticks_say_where_they_stand(study: Study) -> None:
    for ax in study.figure("domains").axes[:2]:
        for place, label in zip(ax.get_xticks(), ax.get_xticklabels(), strict=True):
            assert int(label.get_text()) == place


def test_columns_of_the_family_figure_hold_their_residue(study: Study) -> None:
    """Letters, bars and printed numbers of one receptor position stand above each other, and the letter is the sequence's."""
    checked = 0
    for ax in study.figure("family").axes:
        columns: dict[int, float] = {}
        for artist, position, _ in marked(ax):
            if isinstance(artist, Text) and str(artist.get_gid()).startswith(f"letter-{study.target.receptor.name}:"):
                assert artist.get_text() == study.sequence[position - 1]
                columns[position] = artist.get_position()[0]
        for artist, position, _ in marked(ax):
            gid = str(artist.get_gid())
            if gid.startswith("number:") and isinstance(artist, Text):
                assert (artist.get_text(), artist.get_position()[0]) == (str(position), columns[position])
                checked += 1
            elif gid.startswith("contacts-") and isinstance(artist, Patch):
                box = artist.get_path().get_extents(artist.get_patch_transform())
                assert (box.x0 + box.x1) / 2 == pytest.approx(columns[position])
                checked += 1
            elif gid.startswith("stem:") and isinstance(artist, Line2D):
                assert artist.get_xdata()[0] == columns[position]
                checked += 1
    assert checked > 40


def test_cells_of_the_contact_map_are_the_pairs_of_the_table(study: Study) -> None:
    """A cell lies where the labels of its two residues meet, and a label names its own residue."""
    figure = study.figure("contact-map")
    pairs = {name: set[tuple[int, int]]() for name in ("major", "minor")}
    for row in study.table("contacts", "2C5D").rows:
        pairs[row.interface].add((row.position_1, row.position_2))
    for name, expected in pairs.items():
        ax = next(ax for ax in figure.axes if ax.get_label() == name)
        sides: dict[str, dict[int, float]] = {"row": {}, "column": {}}
        for artist, position, _ in marked(ax):
            assert isinstance(artist, Text)
            kind = str(artist.get_gid()).partition("-")[0]
            across = kind == "column"
            sides[kind][position] = artist.get_position()[0 if across else 1]
            if artist.get_text().isdigit():
                assert int(artist.get_text()) == position
        (cells,) = [c for c in ax.collections if c.get_gid() == f"contacts-{name}"]
        drawn = set()
        for path in cells.get_paths():
            x, y = path.vertices[:-1].mean(axis=0)
            drawn.add((nearest(sides["row"], y), nearest(sides["column"], x)))
        assert drawn == expected


def nearest(side: dict[int, float], where: float) -> int:
    """The position whose label is nearest to a coordinate."""
    return min(side, key=lambda position: abs(side[position] - where))
