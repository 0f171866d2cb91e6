"""Colours stay apart for every eye, and in grey."""

from itertools import combinations, pairwise

import pytest
from eyes import EYES, MACHADO, distance, lab

from axlstruct.scene import palette
from axlstruct.sequence.coverage import Coverage


def test_the_simulation_itself_tells_red_from_green_only_in_normal_vision():
    assert distance("#B3692A", "#7F8B00", "normal") > 2 * distance("#B3692A", "#7F8B00", "deuteranopia")
    assert lab("#FFFFFF")[0] == pytest.approx(100, abs=0.1)
    assert lab("#777777", "protanopia")[1:] == pytest.approx([0, 0], abs=0.5)


@pytest.mark.parametrize("eye", EYES)
def test_neighbouring_exons_are_apart(eye):
    colors = [palette.exon_color(number) for number in range(1, 51)]
    closest = min(range(49), key=lambda i: distance(colors[i], colors[i + 1], eye))
    assert distance(colors[closest], colors[closest + 1], eye) >= 20, (closest + 1, colors[closest : closest + 2])


def test_exons_alternate_dark_and_light():
    lightness = [lab(palette.exon_color(number))[0] for number in range(1, 51)]
    assert all((a < b) == (number % 2 == 0) for number, (a, b) in enumerate(pairwise(lightness)))


def test_no_two_of_the_first_24_exons_share_a_colour():
    assert len({palette.exon_color(number) for number in range(1, 25)}) == 24


@pytest.mark.parametrize("eye", EYES)
def test_major_and_minor_are_apart(eye):
    assert distance(palette.interface_color("major"), palette.interface_color("minor"), eye) >= 10


@pytest.mark.parametrize("eye", ["normal", *MACHADO])
def test_interface_classes_are_apart(eye):
    names = ["major", "minor", "class-3", "class-4", "class-5", "class-6", "none"]
    for one, two in combinations(names, 2):
        assert distance(palette.interface_color(one), palette.interface_color(two), eye) >= 15, (one, two)


def test_interface_colours_for_any_name():
    assert palette.interface_color("class-3") == palette.FURTHER_INTERFACES[0]
    assert palette.interface_color("class-7") == palette.interface_color("class-3")
    assert palette.interface_color("front") == palette.interface_color("front") != palette.interface_color("frons")


def test_every_coverage_word_has_a_colour_and_no_other():
    assert set(palette.COVERAGE) == {word.value for word in Coverage}
    with pytest.raises(KeyError):
        palette.coverage_color("absent")


@pytest.mark.parametrize("eye", EYES)
def test_an_engineered_residue_stands_out_on_its_bar(eye):
    assert distance(palette.coverage_color("different"), palette.coverage_color("observed"), eye) >= 10


@pytest.mark.parametrize(
    ("value", "color"),
    [(100, "#0053D6"), (90.1, "#0053D6"), (90, "#65CBF3"), (70, "#FFDB13"), (50.5, "#FFDB13"), (50, "#FF7D45"), (0, "#FF7D45")],
)
def test_confidence_bands_are_alphafolds(value, color):
    assert palette.plddt_color(value) == color


def test_domains_of_one_protein():
    names = ["Ig-like C2-type 1", "Ig-like C2-type 2", "Fibronectin type-III 1", "Fibronectin type-III 2", "Protein kinase"]
    colors = palette.domain_colors(names)
    assert list(colors) == names
    assert colors["Ig-like C2-type 1"] == "#E69F00"
    assert colors["Ig-like C2-type 2"] == "#56B4E9"
    assert colors["Fibronectin type-III 1"] == colors["Fibronectin type-III 2"] == "#F0E6A2"


def test_domains_of_a_ligand_and_unknown_ones():
    colors = palette.domain_colors(
        ["Gla", "EGF-like 1", "Laminin G-like 1", "Laminin G-like 2", "Furin-like", "SH2", "Furin-like"]
    )
    assert colors["Laminin G-like 1"] == "#4FA388"
    assert len(set(colors.values())) == 6
    assert (colors["Furin-like"], colors["SH2"]) == palette.DOMAIN_CYCLE[:2]


@pytest.mark.parametrize("name", ["signal", "Sigma factor", "Digit-like", "Bigger"])
def test_a_family_is_not_read_from_the_middle_of_a_word(name):
    assert palette.domain_colors([name])[name] not in ("#E69F00", "#56B4E9")


def test_text_is_legible_on_every_background():
    backgrounds = {*palette.EXON_CYCLE, *palette.DOMAIN_CYCLE, *(c for _, shades in palette.DOMAIN_FAMILIES for c in shades)}
    for background in backgrounds:
        light, dark = sorted((palette.luminance(background), palette.luminance(palette.text_color(background))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, background


def test_tint_and_shade_go_to_white_and_black():
    assert palette.tint("#123456", 1) == palette.shade("#123456", 1) == "#123456"
    assert (palette.tint("#123456", 0), palette.shade("#123456", 0)) == ("#FFFFFF", "#000000")


def test_chains_in_order():
    assert palette.chain_colors("ABA") == {"A": palette.CHAIN_CYCLE[0], "B": palette.CHAIN_CYCLE[1]}
