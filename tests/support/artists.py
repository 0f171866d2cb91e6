"""A made-up target for figures, and what is drawn on an axis."""

import re
from itertools import combinations

import pytest
from rows import row

from axlstruct.interface.residue_rows import ResidueRow
from axlstruct.sequence.exons import Transcript
from axlstruct.sequence.features import Feature, Site, Span
from axlstruct.sequence.target import Protein, StructureEntry, Target


def sequence(length, **letters):
    result = ["A"] * length
    for letter, positions in letters.items():
        for position in positions:
            result[position - 1] = letter
    return "".join(result)


def features(*rows):
    return tuple(Feature(kind, name, Span(first, last), short=short) for kind, name, first, last, short in rows)


TYROSINES, ASPARAGINES = (698, 702, 703, 779, 821, 866), (43, 157, 198, 339, 345, 401)


# Three exons: 250 coding nucleotides (83 codons and a third), 950, and the rest; both junctions split a codon.
EXONS = Transcript.build("T1", "1", "X", 1, [(1, 250), (301, 1250), (2001, 3482)], cds_start=1, residues=894)


RECEPTOR = Protein(
    "RECA",
    "P00001",
    "receptor",
    sequence(894, Y=TYROSINES, N=ASPARAGINES, C=(56, 117, 160, 205)),
    features(
        ("signal", "signal peptide", 1, 25, ""),
        ("region", "extracellular", 26, 451, ""),
        ("region", "transmembrane", 452, 472, ""),
        ("region", "cytoplasmic", 473, 894, ""),
        ("domain", "Ig-like C2-type 1", 27, 128, "IG1"),
        ("domain", "Ig-like C2-type 2", 139, 222, "IG2"),
        ("domain", "fibronectin type III 1", 227, 331, "FN1"),
        ("domain", "fibronectin type III 2", 336, 428, "FN2"),
        ("domain", "protein kinase", 536, 807, "Kinase"),
        ("disulfide", "disulfide", 56, 117, ""),
        ("disulfide", "disulfide", 160, 205, ""),
        *(("glycosylation", "N-linked", p, p, "") for p in ASPARAGINES),
    ),
    tuple(Site(p, "Y", "activation" if p < 710 else "docking") for p in TYROSINES),
    EXONS,
)


LIGAND = Protein(
    "LIGB",
    "Q00002",
    "ligand",
    sequence(678, N=(420,)),
    features(
        ("signal", "signal peptide", 1, 30, ""),
        ("domain", "Gla", 53, 94, ""),
        *(("domain", f"EGF-like {i}", first, first + 38, "") for i, first in enumerate((116, 156, 197, 238), 1)),
        ("domain", "laminin G-like 1", 298, 470, "LG1"),
        ("domain", "laminin G-like 2", 477, 670, "LG2"),
        ("glycosylation", "N-linked", 420, 420, ""),
    ),
)


TARGET = Target("t", "T", RECEPTOR, LIGAND, tuple(StructureEntry(i) for i in ("1AAA", "AF-P00001", "9ZZZ")), ("major", "minor"))


BARE = Target("b", "B", Protein("SOLO", "P00003", "receptor", "MKT" * 20), None)


def chain(protein, structure, name, words, *, interface=(), different=(), plddt=()):
    """Rows of one chain; words are (first, last, coverage)."""
    word_of = {p: word for first, last, word in words for p in range(first, last + 1)}
    faces, others, trust = dict(interface), dict(different), dict(plddt)
    return [
        row(
            ResidueRow,
            protein=protein.name,
            position=p,
            residue=protein.letter(p),
            structure=structure,
            chain=name,
            coverage="different" if p in others else word_of.get(p, "not-in-construct"),
            observed_residue=others.get(p, ""),
            plddt=trust.get(p),
            interface=faces.get(p, ""),
        )
        for p in range(1, len(protein) + 1)
    ]


@pytest.fixture(scope="module")
def residues():
    seen = [(26, 33, "unobserved"), (34, 224, "observed"), (225, 225, "partial")]
    both = [(80, "major"), (81, "major"), (213, "major;minor")]
    rows = chain(RECEPTOR, "1AAA", "C", seen, interface=[*both, (90, "major")])
    rows += chain(RECEPTOR, "1AAA", "D", seen, interface=both)
    rows += chain(RECEPTOR, "1AAA", "E", [(514, 591, "unknown"), (592, 700, "observed")], different=[(600, "GLY"), (601, "SER")])
    values = [(p, 95.0 if p <= 400 else 80.0 if p <= 600 else 55.0 if p <= 700 else 30.0) for p in range(1, 895)]
    rows += chain(RECEPTOR, "AF-P00001", "A", [(1, 894, "predicted")], plddt=values)
    rows += chain(
        LIGAND,
        "1AAA",
        "A",
        [(279, 493, "observed"), (494, 503, "unobserved"), (504, 677, "observed")],
        interface=[(300, "major")],
    )
    return rows


@pytest.fixture(scope="module")
def figure(residues):
    from axlstruct.figures.domains.figure import draw_domains

    return draw_domains(TARGET, residues)


def by_gid(ax, pattern):
    return {a.get_gid(): a for a in ax.get_children() if a.get_gid() and re.fullmatch(pattern, a.get_gid())}


def axis(figure, label):
    return next(ax for ax in figure.axes if ax.get_label() == label)


def words(figure):
    return [text.get_text() for ax in figure.axes for text in ax.texts]


def extents(figure):
    """Boxes of all texts, in pixels, tick labels included, as Agg draws them in a file."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from axlstruct.figures.paper.style import paper_style

    with paper_style():
        figure.set_dpi(200)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        texts = [t for ax in figure.axes for t in (*ax.texts, *(ax.get_xticklabels() if ax.axison else ())) if t.get_text()]
        return [(t.get_text(), t.get_window_extent(canvas.get_renderer())) for t in texts]


def assert_clear(figure):
    """No two texts overlap by more than half a pixel, and none leaves the paper."""
    boxes = extents(figure)
    for (one, a), (two, b) in combinations(boxes, 2):
        wide, tall = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide < 0.5 or tall < 0.5, (one, two)
    for text, box in boxes:
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= figure.bbox.x1, text
        assert box.y1 <= figure.bbox.y1, text
