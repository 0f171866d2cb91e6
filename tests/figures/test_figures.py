"""Values in, artists out: every box, tick and cell stands where the table says, and no label covers another."""

import re
import subprocess
import sys
from dataclasses import replace

import pytest
from artists import BARE, RECEPTOR, TARGET, assert_clear, axis, by_gid, extents, features, sequence, words
from rows import row

from axlstruct.errors import AxlstructError, UsageError
from axlstruct.figures.contact_map import grid as contact_grid
from axlstruct.interface.rows import ContactRow, InterfaceRow
from axlstruct.scene import palette
from axlstruct.scene.tracks import coverage_rows, interface_rows
from axlstruct.sequence.features import Site, Span
from axlstruct.sequence.target import Protein, StructureEntry, Target


def contact(chains, residue_1, number_1, residue_2, number_2, distance, interface="major", structure="1AAA", shift=7, icode=""):
    return row(
        ContactRow,
        structure=structure,
        interface=interface,
        chain_1=chains[0],
        residue_1=residue_1,
        number_1=number_1,
        icode_1=icode,
        position_1=number_1 + shift,
        chain_2=chains[1],
        residue_2=residue_2,
        number_2=number_2,
        position_2=number_2,
        distance=distance,
        atom_pairs=1,
        copies="2/2",
    )


CONTACTS = [
    contact("CA", "GLU", 59, "ARG", 310, 2.4),
    contact("DB", "GLU", 59, "ARG", 310, 2.6),
    contact("CA", "VAL", 60, "ARG", 310, 3.6),
    contact("CA", "THR", 77, "LYS", 312, 3.2),
    contact("DA", "LYS", 204, "ASP", 398, 3.0, interface="minor"),
    contact("CA", "TRP", 1, "TRP", 1, 3.0, structure="2BBB"),
]


# rows: from the table to what is drawn


def test_chains_that_say_the_same_share_a_row(residues):
    rows = coverage_rows(residues, "RECA", ["AF-P00001", "1AAA"], [90, 70, 50, float("-inf")])
    assert [row.label for row in rows] == ["AF-P00001 A", "1AAA C, D", "1AAA E"]
    assert [(str(run.span), run.word) for run in rows[1].runs] == [
        ("1-25", "not-in-construct"),
        ("26-33", "unobserved"),
        ("34-224", "observed"),
        ("225", "partial"),
        ("226-894", "not-in-construct"),
    ]
    assert rows[1].extent == Span(34, 225)
    assert rows[1].drawn == Span(26, 225)


def test_predicted_residues_run_by_confidence_band(residues):
    rows = coverage_rows(residues, "RECA", ["AF-P00001"], [90, 70, 50, float("-inf")])
    assert [(str(run.span), run.plddt) for run in rows[0].runs] == [
        ("1-400", 90),
        ("401-600", 70),
        ("601-700", 50),
        ("701-894", float("-inf")),
    ]


def test_differences_are_named_by_both_letters(residues):
    (found,) = [found for found in coverage_rows(residues, "RECA", [], [0]) if found.chains == ("E",)]
    assert found.differences == ("A600G", "A601S")


def test_interface_rows_count_copies(residues):
    major, minor = interface_rows(residues, "RECA", ["1AAA"], ["major", "minor"])
    assert (major.label, major.copies, major.seen) == ("1AAA major", 2, ((80, 2), (81, 2), (90, 1), (213, 2)))
    assert (minor.label, minor.seen) == ("1AAA minor", ((213, 2),))
    (single,) = interface_rows(residues, "LIGB", ["1AAA"], ["major", "minor"])
    assert (single.copies, single.seen) == (1, ((300, 1),))


def test_a_residue_without_structure_has_no_row(residues):
    bare = [replace(residues[79], structure="")]
    assert coverage_rows(bare, "RECA", [], [0]) == interface_rows(bare, "RECA", [], []) == ()
    assert coverage_rows([], "RECA", [], [0]) == interface_rows([], "RECA", [], []) == ()


# the domain figure


def test_one_box_for_each_domain_signal_and_membrane_segment(figure):
    boxes = by_gid(axis(figure, "RECA"), "RECA-domain:.*")
    assert sorted(boxes) == sorted(
        f"RECA-domain:{s}" for s in ("1-25", "27-128", "139-222", "227-331", "336-428", "452-472", "536-807")
    )
    kinase = boxes["RECA-domain:536-807"].get_bbox()
    assert (kinase.x0, kinase.x1) == (535.5, 807.5)
    assert len(by_gid(axis(figure, "LIGB"), "LIGB-domain:.*")) == 8


def test_exons_end_at_thirds_of_residues_and_split_codons_are_marked(figure):
    bars = by_gid(axis(figure, "RECA"), "RECA-exon-.*")
    edges = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars.values()]
    assert edges == [pytest.approx(e) for e in ((0.5, 250 / 3 + 0.5), (250 / 3 + 0.5, 400.5), (400.5, 894.5))]
    assert set(by_gid(axis(figure, "RECA"), "RECA-split-.*")) == {"RECA-split-2:84"}, "exon 3 begins with a whole codon"


def test_interface_ticks_stand_on_residues_and_are_short_where_a_copy_lacks_them(figure):
    ticks = by_gid(axis(figure, "RECA"), "RECA-1AAA-.*-cop(y|ies)")
    heights = {gid: [(x, round(abs(y1 - y0), 6)) for (x, y0), (_, y1) in lines.get_segments()] for gid, lines in ticks.items()}
    assert heights == {
        "RECA-1AAA-major-every-copy": [(80, 2.0), (81, 2.0), (213, 2.0)],
        "RECA-1AAA-major-some-copies": [(90, 1.0)],
        "RECA-1AAA-minor-every-copy": [(213, 2.0)],
    }


def test_coverage_words_look_different(figure):
    ax = axis(figure, "RECA")
    (dotted,) = by_gid(ax, "RECA-1AAA-C-D-unobserved:.*").values()
    assert list(dotted.get_xdata()) == [25.5, 33.5]
    assert dotted.is_dashed()
    (unknown,) = by_gid(ax, "RECA-1AAA-E-unknown:514-591").values()
    assert unknown.get_hatch()
    (observed,) = by_gid(ax, "RECA-1AAA-C-D-observed:34-224").values()
    (partial,) = by_gid(ax, "RECA-1AAA-C-D-partial:225").values()
    assert (observed.get_x(), observed.get_width()) == (33.5, 191)
    assert partial.get_height() < observed.get_height()
    assert len(by_gid(ax, "RECA-1AAA-E-different:.*")) == 1


def test_predicted_runs_wear_alphafolds_colours(figure):
    from matplotlib.colors import to_hex

    bars = by_gid(axis(figure, "RECA"), "RECA-AF-P00001-A-predicted:.*").values()
    assert [to_hex(bar.get_facecolor()).upper() for bar in bars] == ["#0053D6", "#65CBF3", "#FFDB13", "#FF7D45"]


def test_site_stems_begin_on_their_residue_though_heads_are_apart(figure):
    ax = axis(figure, "RECA")
    heads = {gid: float(head.get_xdata()[0]) for gid, head in by_gid(ax, "RECA-site-.*").items()}
    assert len(heads) == 12
    assert heads["RECA-site-Y703"] - heads["RECA-site-Y702"] > 20
    assert heads["RECA-site-Y866"] == pytest.approx(866)
    stems = [line.get_xdata() for line in ax.lines if len(line.get_xdata()) == 4 and line.get_xdata()[0] == 702]
    assert [list(stem)[-1] for stem in stems] == [pytest.approx(heads["RECA-site-Y702"])]


def test_axis_ticks_and_scale(figure):
    receptor, ligand = axis(figure, "RECA"), axis(figure, "LIGB")
    assert [t.get_text() for t in receptor.get_xticklabels()] == [str(t) for t in (1, *range(100, 900, 100), 894)]
    assert receptor.get_position().width / 894 == pytest.approx(ligand.get_position().width / 678)
    assert receptor.get_position().x0 == ligand.get_position().x0


def test_no_label_covers_another_or_leaves_the_paper(figure):
    assert_clear(figure)


def test_text_is_readable_in_print(figure):
    assert min(text.get_fontsize() for ax in figure.axes for text in ax.texts) >= 6
    assert figure.get_figwidth() * 25.4 == pytest.approx(180)


def test_legend_and_caption_say_what_is_shown_and_what_is_not(figure):
    text = " ".join(words(figure))
    for said in (
        "P00001 (894 residues)",
        "within 4 Å",
        "Not available: 9ZZZ.",
        "No exons known for LIGB.",
        "not known",
        "activation",
    ):
        assert said in text
    assert "left out in this isoform" not in text


def test_a_note_that_names_its_protein_is_not_given_the_name_again(bare):
    assert bare.target.ligand.named_notes[0].startswith("GAS6: the 678-residue form")
    assert bare.target.ligand.named_notes[1].startswith("exons of GAS6: start of the coding sequence")


def test_chain_pairs_come_from_the_table_of_interfaces(residues):
    from axlstruct.figures.domains.figure import draw_domains

    pairs = [("1AAA", "major", "C", "A"), ("1AAA", "major", "D", "B"), ("1AAA", "none", "C", "D")]
    table = [row(InterfaceRow, structure=s, interface=name, chain_1=one, chain_2=two) for s, name, one, two in pairs]
    shown = words(draw_domains(TARGET, residues, table, cutoff=4.5))
    assert "major (1AAA C–A, D–B)" in shown
    assert "within 4.5 Å" in " ".join(shown)


def test_coverage_that_is_not_from_coordinates_is_said(residues):
    from axlstruct.figures.domains.figure import draw_domains

    told = replace(TARGET, structures=(StructureEntry("1AAA", known_source="read off a drawing"),))
    assert "1AAA: read off a drawing, not from coordinates." in " ".join(words(draw_domains(told, residues, printed=["1AAA"])))
    assert "read off" not in " ".join(words(draw_domains(told, residues)))


def test_a_long_line_of_the_legend_wraps_on_a_narrow_paper(residues):
    from axlstruct.figures.domains.figure import draw_domains

    role = "docking and signal transduction of adaptor proteins"
    roles = tuple(replace(site, role=role) for site in RECEPTOR.sites)
    figure = draw_domains(replace(TARGET, receptor=replace(RECEPTOR, sites=roles)), residues, width=89.0)
    assert role in " ".join(t.get_text() for t in axis(figure, "legend").texts), "whole, in two lines"
    assert max(box.x1 for _, box in extents(figure)) <= figure.bbox.x1


def test_a_target_with_nothing_but_a_sequence():
    from axlstruct.figures.domains.figure import draw_domains

    figure = draw_domains(BARE, [])
    assert [ax.get_label() for ax in figure.axes] == ["SOLO", "legend"]
    assert not by_gid(figure.axes[0], "SOLO-(domain|exon|site)-.*")
    assert "The target has no ligand." in " ".join(words(figure))
    assert_clear(figure)


def test_many_sites_are_written_upright_and_a_small_ligand_has_a_scale_of_its_own():
    from axlstruct.figures.domains.figure import draw_domains

    places = tuple(range(600, 1200, 20))
    receptor = Protein(
        "BIG",
        "P1",
        "receptor",
        sequence(1210, Y=places),
        features(("domain", "Receptor L domain 1", 57, 168, ""), ("domain", "a domain of a long name", 200, 230, "")),
        tuple(Site(p, "Y", f"role {p % 7}") for p in places),
    )
    ligand = Protein("PEP", "P2", "ligand", "ACDEFGHIKL")
    figure = draw_domains(Target("x", "X", receptor, ligand), [])
    assert {t.get_rotation() for t in axis(figure, "BIG").texts if t.get_text() in {f"Y{p}" for p in places}} == {90.0}
    text = " ".join(words(figure))
    assert "Panels have scales of their own." in text
    assert "curated site" in text
    assert_clear(figure)


def test_nothing_global_is_changed(residues):
    import matplotlib

    from axlstruct.figures.domains.figure import draw_domains

    before = dict(matplotlib.rcParams)
    draw_domains(TARGET, residues)
    assert dict(matplotlib.rcParams) == before


def test_importing_palette_and_layout_loads_no_plotting_and_no_tables():
    loaded = "bool({'matplotlib', 'pandas'} & set(sys.modules))"
    code = f"import sys, axlstruct.scene.palette, axlstruct.figures.paper.layout; sys.exit({loaded})"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# the contact map


@pytest.fixture(scope="module")
def contact_map():
    from axlstruct.figures.contact_map.figure import draw_contact_map

    return draw_contact_map(TARGET, CONTACTS, structure="1aaa", cutoff=4.0)


def test_a_panel_for_each_interface_class_and_a_shape_for_each_copy(contact_map):
    assert [ax.get_label() for ax in contact_map.axes] == ["legend", "major", "minor"]
    (major,) = by_gid(axis(contact_map, "major"), "contacts-major").values()
    (minor,) = by_gid(axis(contact_map, "minor"), "contacts-minor").values()
    assert [len(path.vertices) for path in major.get_paths()] == [4, 4, 4, 4], "closed triangles"
    assert [len(path.vertices) for path in minor.get_paths()] == [5], "a closed square: one copy only"


def test_copies_of_a_pair_share_a_cell(contact_map):
    (major,) = by_gid(axis(contact_map, "major"), "contacts-major").values()
    one, two, other, _ = (path.get_extents() for path in major.get_paths())
    assert one.bounds == pytest.approx(two.bounds)
    assert other.y0 == pytest.approx(one.y1), "the next residue follows without a gap"


def test_cells_are_coloured_by_distance(contact_map):
    from matplotlib.colors import to_hex

    (major,) = by_gid(axis(contact_map, "major"), "contacts-major").values()
    color = palette.interface_color("major")
    expected = [palette.shade(color, 0.45), color, palette.tint(color, 0.32), palette.tint(color, 0.62)]
    assert [to_hex(c).upper() for c in major.get_facecolors()] == expected


def test_labels_are_in_one_numbering_and_say_which(contact_map):
    from axlstruct.figures.contact_map.figure import draw_contact_map

    texts = [t.get_text() for t in axis(contact_map, "major").texts]
    assert {"E66", "R310", "RECA: UniProt position", "LIGB: UniProt position"} <= set(texts)
    assert not {"E59", "66"} & set(texts)
    texts = words(draw_contact_map(TARGET, CONTACTS, structure="1AAA", cutoff=4.0, numbering="author"))
    assert {"E59", "66", "R310", "RECA: author number, UniProt in grey", "LIGB: author number = UniProt"} <= set(texts)


def test_no_label_of_the_map_covers_another(contact_map):
    assert_clear(contact_map)


def test_no_contacts_are_said():
    from axlstruct.figures.contact_map.figure import draw_contact_map

    assert words(draw_contact_map(TARGET, [], structure="1AAA", cutoff=4.0)) == [
        "No contacts within 4 Å between RECA and LIGB in 1AAA."
    ]
    assert "none" in words(draw_contact_map(BARE, CONTACTS, structure="1AAA", cutoff=5.0))[0]


def test_members_order_by_position_and_unmapped_ones_stand_behind():
    contacts = [
        contact("CA", "TYR", 82, "GLY", 9, 3.0, icode="A"),
        contact("CA", "MSE", 81, "GLY", 10, 3.0),
        replace(contact("CA", "GLY", 5, "GLY", 12, 3.0), position_1=None),
    ]
    grid = contact_grid.grid_of(contacts)
    assert [m.label("author") for m in grid.rows] == ["MSE81", "Y82A", "G5"]
    assert [m.label("uniprot") for m in grid.rows] == ["MSE88", "Y89", "(G5)"]
    assert grid.rows[2].position is None
    assert contact_grid.places(grid.rows) == [0, 1, 2.4]
    assert contact_grid.places(grid.columns) == [0, 1, 2.4]
    assert contact_grid.blocks(contact_grid.places(grid.columns)) == [(0, 2), (2.4, 3.4)]


@pytest.mark.parametrize(("copies", "area"), [(1, 1.0), (2, 0.5), (3, 1 / 3), (4, 0.25)])
def test_parts_of_a_cell_are_equal_and_fill_it(copies, area):
    for index in range(copies):
        shape = contact_grid.cell_shape(index, copies)
        doubled = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(shape, shape[1:] + shape[:1], strict=True))
        assert abs(doubled) / 2 == pytest.approx(area)


# files


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_the_same_figure_is_the_same_bytes(tmp_path, residues, suffix):
    from axlstruct.figures.contact_map.figure import draw_contact_map
    from axlstruct.figures.domains.figure import draw_domains
    from axlstruct.figures.paper.save import save_figure

    for draw in (
        lambda: draw_domains(TARGET, residues),
        lambda: draw_contact_map(TARGET, CONTACTS, structure="1AAA", cutoff=4.0),
    ):
        one, two = (save_figure(draw(), tmp_path / f"{name}.{suffix}", dpi=80).read_bytes() for name in "ab")
        assert one == two
        assert b"/CreationDate" not in one
        assert b"<dc:date>" not in one
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"a.{suffix}", f"b.{suffix}"]


def test_text_of_a_vector_figure_is_text(tmp_path, figure):
    from axlstruct.figures.paper.save import save_figure

    svg = save_figure(figure, tmp_path / "f.SVG").read_text(encoding="utf-8")
    assert re.search(r"<text [^>]*>Y702</text>", svg)
    assert 'id="RECA-domain:536-807"' in svg


@pytest.mark.parametrize(("label", "dpi", "pixels"), [("", 0, 300), ("draft", 0, 150), ("draft", 50, 50)])
def test_a_draft_is_written_with_half_the_resolution_unless_one_is_asked_for(tmp_path, label, dpi, pixels):
    from matplotlib.figure import Figure
    from PIL import Image

    from axlstruct.figures.paper.save import save_figure

    with Image.open(save_figure(Figure(figsize=(1, 1), label=label), tmp_path / "f.png", dpi=dpi)) as image:
        assert image.size == (pixels, pixels)


@pytest.mark.parametrize("name", ["figure.gif", "figure"])
def test_an_unknown_format_is_a_usage_error(tmp_path, figure, name):
    from axlstruct.figures.paper.save import save_figure

    with pytest.raises(UsageError, match=r"\.png, \.svg or \.pdf"):
        save_figure(figure, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_made_and_one_that_cannot_be_is_one_clear_line(tmp_path, figure):
    from axlstruct.figures.paper.save import save_figure

    assert save_figure(figure, tmp_path / "made" / "figure.png").is_file()
    (tmp_path / "no").write_text("a file")
    with pytest.raises(AxlstructError, match="cannot be written") as caught:
        save_figure(figure, tmp_path / "no" / "figure.png")
    assert "\n" not in str(caught.value)
    assert "figure.png" in str(caught.value)


@pytest.mark.parametrize("dpi", [-5, 5, 100_000])
def test_an_impossible_resolution_is_refused(tmp_path, figure, dpi):
    from axlstruct.figures.paper.save import save_figure

    with pytest.raises(UsageError, match="20 to 1200 dpi"):
        save_figure(figure, tmp_path / "f.png", dpi=dpi)


@pytest.mark.parametrize(
    ("options", "said"),
    [({"width": -20.0}, "30 to 1000 mm"), ({"width": float("nan")}, "30 to 1000"), ({"font": "No Such"}, "No Such")],
)
def test_a_paper_that_cannot_be_is_refused_before_anything_is_read(bare, options, said):
    with pytest.raises(UsageError, match=said):
        bare.figure("ddg", **options)


def test_a_failed_figure_leaves_the_old_file_and_no_half_one(tmp_path, figure, monkeypatch):
    from axlstruct.figures.paper.save import save_figure

    path = tmp_path / "figure.png"
    path.write_bytes(b"old")

    def broken(stream, **_):
        stream.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(figure, "savefig", broken)
    with pytest.raises(AxlstructError, match="No space left"):
        save_figure(figure, path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"figure.png": b"old"}
