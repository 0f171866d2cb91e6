"""The colour of every kind, once: kept apart in normal vision, under the three colour blindnesses, and in grey.

Domains start from the palette of Okabe and Ito; exons alternate light and dark, so that neighbours stay apart without any hue;
confidence bands are those of the AlphaFold database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import count

from axlstruct.structure.confidence import CONFIDENT, LOW, VERY_HIGH

DOMAIN_FAMILIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\big\b|\big[- ]?like|immunoglobulin|^ig\d", ("#E69F00", "#56B4E9", "#C8702D", "#2F7FB5")),
    (r"fibronectin|\bfn", ("#F0E6A2",)),
    (r"kinase", ("#B8A3D0",)),
    (r"laminin g|\blg\d?\b", ("#4FA388", "#BBDDD0")),
    (r"\begf", ("#AEC2D9",)),
    (r"\bgla\b|carboxyglutamate", ("#C9AE9A",)),
    (r"signal", ("#BDBDBD",)),
    (r"transmembrane|\btm\b", ("#333333",)),
)
"""Pattern of a domain's name (whatever the case) and the colours of its first, second, ... member."""

DOMAIN_CYCLE = ("#8DB7D2", "#E7B07A", "#A9C68F", "#CFA0C0", "#D9CE7A", "#93A3C9", "#C9948A", "#7FBFB3")
"""For domains of no known family, in order of appearance."""

EXON_CYCLE = (
    "#737373", "#E69F00", "#A84B12", "#56B4E9", "#0B6475", "#E8DB94", "#77659A", "#B4D3AE",
    "#4B7565", "#E6C3D0", "#85546A", "#C2CBE6", "#68684F", "#DEC9A3", "#8A6650", "#B3D6DE",
    "#4A707D", "#EAE1BA", "#72618A", "#C8DEB6", "#56704F", "#ECCABD", "#85504F", "#CFCBE6",
)  # fmt: skip
"""Odd exons dark, even exons light; an even count, so that the wrap alternates too."""

INTERFACES = {"major": "#006B50", "minor": "#AE5AA0", "none": "#CFCFCF"}
FURTHER_INTERFACES = ("#8A4B00", "#7FA8E0", "#3B3486", "#E0B040")

COVERAGE = {
    "observed": "#646464",
    "partial": "#9C9C9C",
    "unobserved": "#8A8A8A",
    "not-in-construct": "#E4E4E4",
    "different": "#D55E00",
    "other-isoform": "#B79F7A",
    "predicted": "#65CBF3",
    "unknown": "#C4C4C4",
}

PLDDT_BANDS: tuple[tuple[float, str, str], ...] = (
    (VERY_HIGH, "#0053D6", "> 90"),
    (CONFIDENT, "#65CBF3", "70–90"),
    (LOW, "#FFDB13", "50–70"),
    (float("-inf"), "#FF7D45", "< 50"),
)
"""Lower bound, colour and label of the confidence bands, the highest first."""

METALS = {"Ca": "#6A1B9A", "Ni": "#B5D400", "Zn": "#2E7D8C", "Mg": "#F4A3C0"}
"""Ions by element; further ones are drawn in `MUTED`."""

CHAIN_CYCLE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C7A00", "#6F6F6F")

TEXT, MUTED, FAINT = "#1A1A1A", "#5A5A5A", "#D6D6D6"
"""Text and outlines, secondary text, and lines that only guide the eye."""

GLYCAN, DISULFIDE, SITE = "#0072BC", "#8C7A00", "#FFFFFF"
"""N-acetylglucosamine's blue of the glycan symbol nomenclature (SNFG), disulfide brackets, and the head of a site."""


def domain_colors(names: Iterable[str]) -> dict[str, str]:
    """Colours of the domains of one protein.

    Parameters
    ----------
    names : iterable of str
        Domain names in sequence order; the second member of a family gets its second colour.

    Returns
    -------
    dict of str to str
        ``#RRGGBB`` for each name.

    Examples
    --------
    >>> domain_colors(["Ig-like C2-type 1", "Ig-like C2-type 2", "protein kinase"])
    {'Ig-like C2-type 1': '#E69F00', 'Ig-like C2-type 2': '#56B4E9', 'protein kinase': '#B8A3D0'}
    """
    colors: dict[str, str] = {}
    members = {pattern: count() for pattern, _ in DOMAIN_FAMILIES}
    others = count()
    for name in dict.fromkeys(names):
        for pattern, shades in DOMAIN_FAMILIES:
            if re.search(pattern, name.lower()):
                colors[name] = _turn(shades, next(members[pattern]))
                break
        else:
            colors[name] = _turn(DOMAIN_CYCLE, next(others))
    return colors


def exon_color(number: int) -> str:
    """Colour of an exon by its 1-based number; neighbours differ in lightness as well as in hue."""
    return _turn(EXON_CYCLE, number - 1)


def interface_color(name: str) -> str:
    """Colour of an interface class: ``major``, ``minor``, ``class-3``..., ``none``; any other name gets one by its letters."""
    if name in INTERFACES:
        return INTERFACES[name]
    match = re.fullmatch(r"class-(\d+)", name)
    return _turn(FURTHER_INTERFACES, int(match[1]) - 3 if match else sum(map(ord, name)))


def coverage_color(word: str) -> str:
    """Colour of a coverage word; raises KeyError for a word that is none."""
    return COVERAGE[word]


def chain_colors(chains: Iterable[str]) -> dict[str, str]:
    """Colours of chains in the order given."""
    return {chain: _turn(CHAIN_CYCLE, index) for index, chain in enumerate(dict.fromkeys(chains))}


def metal_color(element: str) -> str:
    """Colour of a metal ion by its element symbol, whatever the case.

    Examples
    --------
    >>> metal_color("CA") == metal_color("Ca") != metal_color("Ni")
    True
    """
    return METALS.get(element.capitalize(), MUTED)


def plddt_color(value: float) -> str:
    """Colour of AlphaFold's confidence band of a residue.

    Examples
    --------
    >>> plddt_color(56.2)
    '#FFDB13'
    """
    return next(color for bound, color, _ in PLDDT_BANDS if value > bound)


def luminance(color: str) -> float:
    """Relative luminance of ``#RRGGBB``, 0 (black) to 1 (white), as WCAG 2 defines it."""
    red, green, blue = (_linear(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def text_color(background: str) -> str:
    """Black or white, whichever stands out more on the background."""
    lightness = luminance(background)
    return "#FFFFFF" if 1.05 / (lightness + 0.05) > (lightness + 0.05) / 0.05 else "#000000"


def tint(color: str, share: float) -> str:
    """Mix a colour with white; ``share`` 1 is the colour itself, 0 is white."""
    return "#" + "".join(f"{round(255 + (int(color[i : i + 2], 16) - 255) * share):02X}" for i in (1, 3, 5))


def shade(color: str, share: float) -> str:
    """Mix a colour with black; ``share`` 1 is the colour itself, 0 is black."""
    return "#" + "".join(f"{round(int(color[i : i + 2], 16) * share):02X}" for i in (1, 3, 5))


def _turn(colors: Sequence[str], index: int) -> str:
    return colors[index % len(colors)]


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def legible(color: str) -> str:
    """A colour dark enough for letters on white: contrast at least 4.5 as WCAG 2 asks."""
    share = 1.0
    while luminance(shade(color, share)) > 0.18 and share > 0.1:
        share -= 0.05
    return shade(color, share)
