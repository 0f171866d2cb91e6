"""Values in, artists out: bars as high as the table says, a panel for each assay, and no label on another."""

from dataclasses import replace
from itertools import pairwise

import pytest
from artists import BARE, LIGAND, RECEPTOR, TARGET, assert_clear, axis, by_gid, words
from rows import row

from axlstruct.evidence.affinities import series_of
from axlstruct.evidence.rows import AffinityRow
from axlstruct.figures.ddg.figure import draw_ddg
from axlstruct.figures.footprint.figure import draw_footprint
from axlstruct.figures.footprint.losses import gaps, losses
from axlstruct.figures.paper.layout import positions
from axlstruct.interface.residue_rows import ResidueRow
from axlstruct.scene import palette
from axlstruct.sequence.target import Target

RADII = "protor, probe 1.4 A, 1000 points, protein"


def rows(protein, chain, areas, *, first, last, shift=0, hidden=(), classes=None, burial=None, structure="1AAA"):
    """Rows of one chain that shows ``first`` to ``last`` except ``hidden``."""
    classes, burial = classes or {}, burial or {}
    seen = [p for p in range(first, last + 1) if p not in hidden]
    return [
        row(
            ResidueRow,
            protein=protein.name,
            position=p,
            residue=protein.letter(p),
            structure=structure,
            chain=chain,
            number=p - shift if p in seen else None,
            coverage="observed" if p in seen else "unobserved",
            buried_area=areas.get(p, 0.0) if p in seen else None,
            burial=burial.get(p, ""),
            interface=classes.get(p, ""),
            assembly="asu",
        )
        for p in range(1, len(protein) + 1)
    ]


GAP = range(50, 56)
FIRST = {"first": 30, "last": 120, "shift": 7, "hidden": GAP}


@pytest.fixture(scope="module")
def table():
    classes, burial = {80: "major", 81: "major;minor", 90: "minor"}, {80: "core", 81: "rim", 90: "support", 100: "rim"}
    made = rows(RECEPTOR, "C", {80: 60.0, 81: 30.0, 90: 20.0, 100: 4.0}, **FIRST, classes=classes, burial=burial)
    made += rows(RECEPTOR, "D", {80: 64.0, 81: 34.0, 90: 10.0, 100: 2.0}, **FIRST, classes={80: "major"}, burial={80: "core"})
    made += rows(LIGAND, "A", {300: 110.5}, first=290, last=340, classes={300: "major"}, burial={300: "core"})
    made += rows(RECEPTOR, "X", {80: 999.0}, **FIRST, structure="2BBB")
    return made


@pytest.fixture(scope="module")
def footprint(table):
    return draw_footprint(TARGET, table, structure="1aaa", radii=RADII)


def mutant(name, ddg, assay="one", *, author="", bound="", flag="", wildtype=6.0):
    return row(
        AffinityRow,
        mutations=author or name,
        mutations_uniprot=name,
        kd=1.0,
        kd_wild_type=wildtype,
        relation=bound or "=",
        ddg=ddg,
        assay=assay,
        pubmed=123,
        flag=flag,
    )


AFFINITY = [
    mutant("RECA:A84R", 2.5, author="RECA:A77R"),
    mutant("RECA:A66R", 1.5, author="RECA:A59R", flag="perhaps a slip"),
    mutant("RECA:A66R;RECA:A84R", 6.0, author="RECA:A59R;RECA:A77R", bound=">="),
    mutant("LIGB:A310E", 1.0, wildtype=5.0),
    mutant("RECA:A66R", -0.5, "two", author="RECA:A59R", wildtype=0.033),
    mutant("RECA:A90K", 3.0, "two", author="RECA:A83K", bound=">=", wildtype=0.033),
    mutant("OTHER:A66R", 1.0),
    mutant("RECA:A9999R", 1.0),
]


# footprint: from the table to what is drawn


def of(table, structure):
    return [row for row in table if row.structure == structure]


def test_losses_are_of_one_structure_and_name_each_copy(table):
    found = {row.position: row for row in losses(of(table, "1AAA"), RECEPTOR)}
    assert (min(found), max(found)) == (30, 120)
    assert found[80].areas == (("C", 60.0), ("D", 64.0))
    assert found[80].mean == 62.0
    assert (found[80].label, found[80].number) == ("A73", 73)
    assert found[81].interfaces == {"major": 1, "minor": 1}
    assert found[80].burial == {"core": 2}
    assert [str(span) for span in gaps(list(found.values()))] == ["50-55"]


def test_copies_with_different_numbers_show_both(table):
    own = [replace(r, number=r.number + 100) if r.chain == "D" and r.number else r for r in of(table, "1AAA")]
    loss = next(loss for loss in losses(own, RECEPTOR) if loss.position == 80)
    assert (loss.label, loss.number) == ("A73/A173", None)


def test_a_modified_residue_keeps_its_name_and_insertion_code(table):
    own = [replace(r, observed_residue="MSE", icode="B") if r.position == 80 else r for r in of(table, "1AAA")]
    assert next(loss for loss in losses(own, RECEPTOR) if loss.position == 80).label == "MSE73B"


def test_bars_are_as_high_as_the_mean_and_dots_are_the_copies(footprint):
    ax = axis(footprint, "RECA-area")
    bars = by_gid(ax, r"RECA-buried:\d+")
    assert {int(gid.rpartition(":")[2]): bar.get_height() for gid, bar in bars.items()} == {80: 62.0, 90: 15.0, 100: 3.0}
    halves = by_gid(ax, r"RECA-buried-.*:81")
    assert {gid.split("-")[2].partition(":")[0]: bar.get_height() for gid, bar in halves.items()} == {
        "major": 32.0,
        "minor": 32.0,
    }
    (dots,) = by_gid(ax, "RECA-copies").values()
    assert list(zip(dots.get_xdata(), dots.get_ydata(), strict=True))[:2] == [(80, 60.0), (80, 64.0)]
    assert len(dots.get_xdata()) == 8
    assert not by_gid(axis(footprint, "LIGB-area"), "LIGB-copies")


def test_bars_wear_the_colour_of_their_class_and_grey_without_contact(footprint):
    from matplotlib.colors import to_hex

    bars = by_gid(axis(footprint, "RECA-area"), r"RECA-buried.*")
    colors = {gid.removeprefix("RECA-buried"): to_hex(bar.get_facecolor()).upper() for gid, bar in bars.items()}
    assert colors[":80"] == colors["-major:81"] == palette.interface_color("major")
    assert colors[":90"] == colors["-minor:81"] == palette.interface_color("minor")
    assert len({colors[":80"], colors[":90"], colors[":100"]}) == 3


def test_class_and_burial_have_rows_of_their_own_short_where_a_copy_disagrees(footprint):
    ax = axis(footprint, "RECA")
    ticks = by_gid(ax, r"RECA-(major|minor|core|rim|support):\d+")
    assert sorted(ticks) == [
        "RECA-core:80", "RECA-major:80", "RECA-major:81", "RECA-minor:81", "RECA-minor:90", "RECA-rim:100", "RECA-rim:81",
        "RECA-support:90",
    ]  # fmt: skip
    assert ticks["RECA-core:80"].get_height() == pytest.approx(2 * ticks["RECA-rim:81"].get_height())
    rows_of = {gid.split("-")[1].partition(":")[0]: tick.get_y() + tick.get_height() for gid, tick in ticks.items()}
    assert sorted(rows_of, key=rows_of.get) == ["major", "minor", "core", "rim", "support"]


def test_the_axis_is_cut_to_what_the_structure_shows_and_gaps_are_marked(footprint):
    assert axis(footprint, "RECA").get_xlim() == axis(footprint, "RECA-area").get_xlim() == (29.5, 120.5)
    assert axis(footprint, "LIGB").get_xlim() == (289.5, 340.5)
    (gap,) = by_gid(axis(footprint, "RECA-area"), "RECA-gap:.*").values()
    assert (gap.get_x(), gap.get_x() + gap.get_width()) == (49.5, 55.5)
    assert gap.get_hatch()


def test_both_axes_of_a_panel_stand_over_each_other_and_areas_share_a_scale(footprint):
    boxes = [axis(footprint, name).get_position() for name in ("RECA", "RECA-area", "LIGB-area")]
    assert len({round(box.x0, 9) for box in boxes}) == len({round(box.width, 9) for box in boxes}) == 1
    assert boxes[0].y0 < boxes[1].y0 < boxes[1].y1 < boxes[0].y1
    assert axis(footprint, "RECA-area").get_ylim() == axis(footprint, "LIGB-area").get_ylim()


def test_exons_and_domains_are_cut_to_the_panel(footprint):
    strips = by_gid(axis(footprint, "RECA"), "RECA-(exon|domain)-.*")
    edges = {gid: (s.get_x(), s.get_x() + s.get_width()) for gid, s in strips.items()}
    assert edges == {
        "RECA-exon-1:30-84": (29.5, pytest.approx(250 / 3 + 0.5)),
        "RECA-exon-2:84-120": (pytest.approx(250 / 3 + 0.5), 120.5),
        "RECA-domain-IG1:30-120": (29.5, 120.5),
    }


def numbers(figure, name, kind):
    texts = axis(figure, name).texts
    return {int(t.get_gid().rpartition(":")[2]): t.get_text() for t in texts if f"-{kind}:" in (t.get_gid() or "")}


def test_labels_and_axis_are_in_one_numbering_and_say_which(table):
    figure = draw_footprint(TARGET, table, structure="1AAA")
    assert numbers(figure, "RECA", "label") == {p: f"A{p}" for p in (80, 81, 90, 100)}
    assert all(text == str(place) for place, text in numbers(figure, "RECA", "number").items())
    assert words(figure).count("UniProt position") == 2
    assert "are UniProt positions (" in " ".join(words(figure))
    figure = draw_footprint(TARGET, table, structure="1AAA", numbering="author")
    assert numbers(figure, "RECA", "label") == {p: f"A{p - 7}" for p in (80, 81, 90, 100)}
    printed = numbers(figure, "RECA", "number")
    assert printed
    assert all(int(text) == place - 7 and int(text) % 5 == 0 for place, text in printed.items())
    assert {"author number (UniProt position − 7)", "author number = UniProt position"} <= set(words(figure))
    assert "are author numbers of 1AAA (" in " ".join(words(figure))


def test_the_caption_says_what_is_summed_and_how(footprint):
    said = " ".join(words(footprint))
    for text in (
        "1AAA (asymmetric unit)", "protor, probe 1.4 Å, 1000 points", "RECA 112 Å² (mean of chains C and D)",
        "LIGB 110 Å² (chain A)", "within 4 Å", "P00001", "No exons known for LIGB.", "not observed", "short tick",
    ):  # fmt: skip
        assert text in said


def test_a_cutoff_is_told(table):
    assert "within 4.5 Å" in " ".join(words(draw_footprint(TARGET, table, structure="1AAA", cutoff=4.5)))


def test_no_label_of_a_footprint_covers_another(footprint):
    assert_clear(footprint)
    assert min(text.get_fontsize() for ax in footprint.axes for text in ax.texts) >= 6


def test_many_labels_side_by_side_find_room():
    protein = LIGAND
    made = rows(protein, "A", {p: 100.0 - p % 7 for p in range(600, 640)}, first=300, last=670)
    figure = draw_footprint(TARGET, made, structure="1AAA")
    assert len([t for t in axis(figure, "LIGB").texts if "-label:" in (t.get_gid() or "")]) == 14
    assert "Not in 1AAA: RECA." in " ".join(words(figure))
    assert_clear(figure)


@pytest.mark.parametrize(
    ("target", "frame", "said"),
    [
        (TARGET, [], "No residues of RECA or LIGB with buried areas in 9XYZ."),
        (BARE, [], "No buried area in 9XYZ: the target SOLO has no ligand."),
        (
            TARGET,
            rows(RECEPTOR, "A", {}, first=1, last=9, structure="9XYZ"),
            "No area is buried between RECA and LIGB",
        ),
    ],
)
def test_nothing_buried_is_said(target, frame, said):
    (text,) = words(draw_footprint(target, frame, structure="9XYZ"))
    assert said in text


@pytest.mark.parametrize(
    ("first", "last", "room"), [(1, 1, 10.0), (41, 44, 3.0), (5, 6, 1.0), (1, 2000, 100.0), (997, 1003, 50.0)]
)
def test_positions_on_an_axis_lie_inside_it_and_apart(first, last, room):
    places = positions(first, last, room, least=10.0)
    assert places
    assert first <= places[0] <= places[-1] <= last
    assert all((b - a) * room / (last - first + 1) >= 10.0 for a, b in pairwise(places))


# affinities


def test_a_series_for_each_assay_and_protein_and_what_cannot_be_placed_is_named():
    found, left_out = series_of(TARGET, AFFINITY)
    assert [(s.assay, s.protein.name, len(s.single), len(s.several)) for s in found] == [
        ("one", "RECA", 2, 1),
        ("one", "LIGB", 1, 0),
        ("two", "RECA", 2, 0),
    ]
    assert left_out == ("OTHER:A66R", "RECA:A9999R")
    assert [m.label for m in found[0].single] == ["A66R†", "A84R"], "in sequence order"


@pytest.fixture(scope="module")
def lollipops():
    return draw_ddg(TARGET, AFFINITY)


def heads(figure, label):
    return {
        gid.partition("-head-")[2].partition(":")[0]: (float(h.get_xdata()[0]), float(h.get_ydata()[0]))
        for gid, h in by_gid(axis(figure, label), ".*-head-[^-]*").items()
    }


def test_heads_stand_at_position_and_value_in_the_panel_of_their_assay(lollipops):
    assert heads(lollipops, "RECA: one-ddg") == {"A66R†": (66, 1.5), "A84R": (84, 2.5)}
    assert heads(lollipops, "RECA: two-ddg") == {"A66R": (66, -0.5), "A90K": (90, 3.0)}
    assert heads(lollipops, "LIGB: one-ddg") == {"A310E": (310, 1.0)}


def test_mutants_of_several_residues_stand_beside_never_on_the_axis_of_positions(lollipops):
    assert heads(lollipops, "RECA: one-several") == {"A66R_A84R": (6.0, 0)}
    assert not [ax for ax in lollipops.axes if ax.get_label() == "RECA: two-several"]
    assert "≥ 6.00" in words(lollipops)


def test_a_lower_bound_has_an_arrow_and_a_doubt_its_mark(lollipops):
    assert set(by_gid(axis(lollipops, "RECA: two-ddg"), ".*-bound")) == {"RECA-head-A90K:90-bound"}
    assert set(by_gid(axis(lollipops, "RECA: one-several"), ".*-bound")) == {"RECA-head-A66R_A84R-bound"}
    marks = by_gid(axis(lollipops, "RECA: one-ddg"), ".*-head-.*")
    assert {gid: head.get_marker() for gid, head in marks.items()} == {"RECA-head-A66R†:66": "D", "RECA-head-A84R:84": "o"}
    assert "† A66R: perhaps a slip." in " ".join(words(lollipops))


def test_every_value_axis_holds_zero_and_draws_it(lollipops):
    for ax in lollipops.axes:
        if ax.get_label().endswith("-ddg"):
            low, high = ax.get_ylim()
            assert low < 0 < high
            assert any(list(line.get_ydata()) == [0, 0] and line.get_linewidth() >= 0.7 for line in ax.lines)


def test_panels_of_one_protein_show_the_same_stretch(lollipops):
    assert axis(lollipops, "RECA: one").get_xlim() == axis(lollipops, "RECA: two").get_xlim() == (60.5, 95.5)
    assert axis(lollipops, "RECA: one-ddg").get_position().x0 == axis(lollipops, "RECA: one").get_position().x0


def test_titles_and_caption_name_assay_constants_and_numbering(lollipops):
    said = " ".join(words(lollipops))
    for text in (
        "one (wild-type Kd 6 nM; PubMed 123)", "two (wild-type Kd 33 pM; PubMed 123)", "author number of RECA = position − 7",
        "(A66R is A59R)", "author numbers of LIGB are the same", "cannot be placed: OTHER:A66R, RECA:A9999R.", "298.15 K",
    ):  # fmt: skip
        assert text in said


def test_a_constant_that_the_assay_names_is_not_said_twice():
    figure = draw_ddg(TARGET, [mutant("RECA:A66R", 1.0, "SPR, wild type 6 nM")])
    assert "SPR, wild type 6 nM (PubMed 123)" in words(figure)
    figure = draw_ddg(TARGET, [mutant("RECA:A66R", 1.0, "SPR, wild type 5-6 nM")])
    assert "SPR, wild type 5-6 nM (wild-type Kd 6 nM; PubMed 123)" in words(figure)


def test_a_long_assay_is_cut_above_its_panel_and_whole_in_the_caption():
    assay = "an assay " * 30 + "end"
    figure = draw_ddg(TARGET, [mutant("RECA:A66R", 1.0, assay)])
    assert any("… (wild-type Kd 6 nM" in text for text in words(figure))
    assert f"Assay of panel a: {assay}." in " ".join(words(figure))
    assert_clear(figure)


def test_only_mutants_of_several_residues_is_a_panel_that_says_so():
    figure = draw_ddg(TARGET, [mutant("RECA:A66R;RECA:A84R", 1.0)])
    assert "no mutants of a single residue" in words(figure)
    assert_clear(figure)


def test_author_numbers_that_follow_no_rule_are_said_to_differ():
    frame = [mutant("RECA:A66R", 1.0, author="RECA:A59R"), mutant("RECA:A84R", 1.0, author="RECA:A80R")]
    assert "author numbers of RECA differ (A66R is A59R)" in " ".join(words(draw_ddg(TARGET, frame)))


def test_changes_in_both_proteins_are_named_with_them():
    figure = draw_ddg(TARGET, [mutant("LIGB:A310E;RECA:A66R", 1.0)])
    assert "LIGB A310E RECA A66R" in words(figure)


def test_no_label_of_the_affinities_covers_another(lollipops):
    assert_clear(lollipops)
    crowd = [mutant(f"RECA:A{p}R", 0.1 * (p - 60)) for p in (*range(58, 80), 400)]
    assert_clear(draw_ddg(TARGET, crowd))


def test_of_more_mutants_than_find_room_those_that_change_most_are_labelled():
    scan = [mutant(f"RECA:A{p}R", 0.01 * p) for p in range(200, 300)]
    figure = draw_ddg(TARGET, scan)
    labels = [t.get_text() for t in axis(figure, "RECA: one").texts if "-label-" in (t.get_gid() or "")]
    assert len(heads(figure, "RECA: one-ddg")) == 100
    assert labels == [f"A{p}R" for p in range(300 - len(labels), 300)]
    assert f"Labelled in panel a: the {len(labels)} mutants that change most." in " ".join(words(figure))
    assert_clear(figure)


@pytest.mark.parametrize("target", [BARE, TARGET, Target("r", "R", RECEPTOR, None)])
@pytest.mark.parametrize("frame", [[], AFFINITY[6:7]])
def test_no_affinity_is_said(target, frame):
    (text,) = words(draw_ddg(target, frame))
    assert f"No measured affinities of mutants of {target.receptor.name}" in text
    assert ("OTHER:A66R" in text) == bool(len(frame))


def test_a_target_without_exons_ligand_or_domains():
    figure = draw_ddg(BARE, [mutant("SOLO:K2A", 1.0), mutant("SOLO:M1A", 0.0)])
    assert heads(figure, "SOLO: one-ddg") == {"M1A": (1, 0.0), "K2A": (2, 1.0)}
    assert "No exons known for SOLO." in " ".join(words(figure))
    assert_clear(figure)


# both


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_the_same_figure_is_the_same_bytes(tmp_path, table, suffix):
    from axlstruct.figures.paper.save import save_figure

    for draw in (lambda: draw_footprint(TARGET, table, structure="1AAA"), lambda: draw_ddg(TARGET, AFFINITY)):
        one, two = (save_figure(draw(), tmp_path / f"{name}.{suffix}", dpi=60).read_bytes() for name in "ab")
        assert one == two


def test_nothing_global_is_changed(table):
    import matplotlib

    before = dict(matplotlib.rcParams)
    draw_footprint(TARGET, table, structure="1AAA")
    draw_ddg(TARGET, AFFINITY)
    assert dict(matplotlib.rcParams) == before


def test_the_crystal_structure(study):
    table = study.table("residues", "2C5D")
    residues = table.frame()
    (radii,) = set(study.interfaces("2C5D")["radii"])
    figure = draw_footprint(study.target, table.rows, structure="2C5D", radii=radii)
    for name in ("AXL", "GAS6"):
        own = residues[(residues["protein"] == name) & residues["buried_area"].notna()]
        means = own.groupby("position")["buried_area"].mean()
        bars = by_gid(axis(figure, f"{name}-area"), rf"{name}-buried:\d+")
        drawn = {int(gid.rpartition(":")[2]): bar.get_height() for gid, bar in bars.items()}
        assert drawn == pytest.approx({int(p): float(v) for p, v in means[means > 0].items()})
    labels = {t.get_gid(): t.get_text() for t in axis(figure, "AXL").texts if t.get_gid()}
    assert labels["AXL-label:66"] == "E66"
    assert figure.get_figwidth() * 25.4 == pytest.approx(180)
    assert_clear(figure)


def test_the_measured_affinities(bare):
    table = bare.table("evidence", "affinity").rows
    figure = draw_ddg(bare.target, table)
    panels = [ax.get_label() for ax in figure.axes if ax.get_label().endswith("-ddg")]
    assert len(panels) == 4
    drawn = sum(len(by_gid(ax, ".*-head-[^-]*")) for ax in figure.axes)
    assert drawn == len(table)
    values = heads(figure, next(p for p in panels if p.startswith("AXL: 2006")))
    assert values["E66R"] == (66, pytest.approx(1.654933))
    assert figure.get_figheight() * 25.4 < 240, "a page"
    assert_clear(figure)
