"""Evidence tables: nothing of the review missing, every row tied to residues, every number by hand."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import axlstruct
from axlstruct.errors import SiteError, TargetError, UsageError
from axlstruct.evidence.affinities import ddg
from axlstruct.evidence.mechanisms import ends, graph_of, graphml, layers, routed
from axlstruct.evidence.positions import WORDS, in_region, place, site_rows, span_text
from axlstruct.evidence.registry import PLACED, TABLES
from axlstruct.evidence.rows import EFFECTS
from axlstruct.figures.mechanisms import HEADS, draw_mechanisms, place_boxes
from axlstruct.sequence.features import Site
from axlstruct.sequence.regions import asked, known_regions, region_at, stretches
from axlstruct.sources.evidence import evidence_rows, read_table
from axlstruct.tables import Table
from axlstruct.variants.annotation import measured_by_residue

FOLDER = Path(axlstruct.__file__).parent / "targets" / "axl" / "evidence"

# Counted by eye in the review: the rows of Table 1, and the trials of Table 2 drug by drug.
TABLE_1 = [
    ("paclitaxel, carboplatin", "human"),
    ("paclitaxel", "human"),
    ("osimertinib", "human"),
    ("osimertinib", "cell"),
    ("erlotinib", "human"),
    ("erlotinib", "cell"),
    ("cetuximab/panitumumab", "human"),
    ("trastuzumab", "cell"),
    ("trastuzumab", "mouse"),
    ("trastuzumab", "human"),
    ("AZD1775", "cell"),
    ("nivolumab", "human"),
]
TABLE_2 = {
    "bemcentinib": 5,
    "dubermatinib": 1,
    "DS-1205c": 2,
    "BA3011": 2,
    "batiraxcept": 6,
    "ONO-7475": 1,
    "merestinib": 5,
    "sitravatinib": 19,
}
CAR_T = {"NCT05128786", "NCT03393936"}


@pytest.fixture(scope="module")
def rows(bare):
    tables = {name: evidence_rows(FOLDER, bare.target, name) for name in TABLES}
    return tables.__getitem__


@pytest.fixture(scope="module")
def region(bare):
    return lambda words: span_text(bare.target, stretches(bare.target, words))


@pytest.fixture
def copied(tmp_path, bare):
    """Read a shipped table with one cell changed."""

    def read(name, row, column, text):
        lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
        cells = lines[row].split("\t")
        cells[lines[0].split("\t").index(column)] = text
        lines[row] = "\t".join(cells)
        path = tmp_path / f"{name}.tsv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return read_table(path, bare.target, name)

    return read


# what the review holds


def test_every_row_of_table_1_is_there(rows):
    table = [row for row in rows("resistance") if row.source == "table"]
    assert [(row.drug, row.model) for row in table] == TABLE_1
    assert [row.row for row in table] == list(range(1, 13))
    assert {row.section for row in table} == {"Table 1"}


def test_every_trial_of_table_2_is_there_and_the_two_of_the_text(rows):
    table = rows("trials")
    listed = [row for row in table if row.section == "Table 2"]
    assert Counter(row.drug for row in listed) == TABLE_2
    assert [row.row for row in listed] == list(range(1, 42))
    assert {row.nct for row in table if row.row is None} == CAR_T
    assert len({row.nct for row in table}) == len(table) == 43
    assert all(row.phase and row.combination for row in listed)


def test_counts_of_the_other_tables(rows):
    names = ("sites", "affinity", "partners", "regulation", "mechanisms")
    assert {name: len(rows(name)) for name in names} == {
        "sites": 6,
        "affinity": 36,
        "partners": 17,
        "regulation": 18,
        "mechanisms": 151,
    }


@pytest.mark.parametrize("name", [name for name in PLACED if name not in ("sites", "affinity")])
def test_every_row_has_a_place_and_its_references_or_says_why_not(rows, name):
    for row in rows(name):
        numbers = [int(ref) for ref in row.refs.split(";") if ref]
        assert all(1 <= number <= 113 for number in numbers), row
        assert row.section
        assert numbers or "no reference" in row.flag or name == "trials", row
        assert (row.sentence is not None) or row.section in ("Table 1", "Table 2", "Fig. 4 caption"), row
        assert len(row.wording.split()) <= 15, "facts retyped, not sentences copied"


@pytest.mark.parametrize(
    ("table", "column", "value", "said"),
    [
        ("trials", "drug", "batiraxcept", "GAS6 trap made of AXL's own Ig domains"),
        ("trials", "drug", "dubermatinib", "further kinases"),
        ("trials", "nct", "NCT03606174", "drug is not named again"),
        ("resistance", "row", 3, "the text cites 9"),
        ("resistance", "row", 6, "slip for HCC827 ER"),
        ("resistance", "row", 9, "shared with the row above"),
        ("resistance", "row", 10, "shared with the row above"),
        ("partners", "symbol", "PROS1", "without kinase domain"),
        ("partners", "symbol", "PROS1", "contested: Lew 2014 and Tsou 2014"),
        ("partners", "symbol", "ABL1", "lies behind it"),
        ("expression", "cancer", "HPV-negative tumors", "site of the tumours is not said"),
        ("agents", "agent", "batiraxcept", "a trap that binds GAS6"),
        ("regulation", "regulator", "HIF-1α", "cites 32-34 together"),
        ("mechanisms", "source", "NRG1", "neuregulin 1"),
        ("mechanisms", "target", "CDC2", "CDK1"),
        ("mechanisms", "target", "TBK1", "cannot be read for sure"),
        ("mechanisms", "target", "nivolumab", "Navurizumab"),
        ("mechanisms", "target", "pembrolizumab", "pabolizumab"),
        ("mechanisms", "target", "RAD18", "tyrosine kinase"),
    ],
)
def test_slips_of_the_review_are_flagged(rows, table, column, value, said):
    found = [row for row in rows(table) if getattr(row, column) == value]
    assert found
    assert all(said in row.flag for row in found)


def test_the_trap_acts_on_the_ligand_whatever_the_review_calls_it(rows):
    trap = [row for row in rows("trials") if row.drug == "batiraxcept"]
    assert {(row.acts_on, row.symbol, row.region, row.span) for row in trap} == {("GAS6", "GAS6", "LG1", "GAS6:298-470")}
    assert {row.wording for row in trap} == {"anti-AXL Fc fusion protein AVB-S6-500"}


def test_genes_carry_hgnc_symbols(rows):
    symbols = {row.source: row.source_symbol for row in rows("mechanisms")} | {
        row.target: row.target_symbol for row in rows("mechanisms")
    }
    expected = {"HER2": "ERBB2", "c-ABL": "ABL1", "14-3-3ζ": "YWHAZ", "β-catenin": "CTNNB1", "PD-L1": "CD274", "ERBB family": ""}
    assert {name: symbols[name] for name in expected} == expected
    regulators = {row.regulator: row.symbol for row in rows("regulation")}
    assert (regulators["CHIP"], regulators["CBL-b"], regulators["HSP90"]) == ("STUB1", "CBLB", "")


# regions


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("signal", "1-25"),
        ("extracellular", "26-451"),
        ("Ig1", "27-128"),
        ("Ig-like C2-type 2", "139-222"),
        ("FNIII-1", "227-331"),
        ("fn2", "336-428"),
        ("exon 11", "438-482"),
        ("exons 1-10", "1-437"),
        ("Exons 12–20", "482-894"),
        ("exons 10-11 extracellular", "429-451"),
        ("exon 11 extracellular", "438-451"),
        ("transmembrane", "452-472"),
        ("juxtamembrane", "473-535"),
        ("kinase", "536-807"),
        ("Kinase", "536-807"),
        ("tail", "808-894"),
        ("whole receptor", "1-894"),
        ("ligand", "GAS6:1-678"),
        ("ligand GAS6", "GAS6:1-678"),
        ("LG1", "GAS6:298-470"),
        ("GAS6:signal", "GAS6:1-30"),
        ("IG1;IG2", "27-128;139-222"),
        ("none", ""),
    ],
)
def test_words_stand_for_residues(region, words, span):
    assert region(words) == span


@pytest.mark.parametrize(
    ("query", "span"),
    [
        ("702", "702"),
        ("Y702", "702"),
        ("Tyr702", "702"),
        ("690-720", "690-720"),
        ("GAS6:R310", "GAS6:310"),
        ("exon 10", "429-437"),
    ],
)
def test_positions_and_ranges_can_be_asked_for(bare, query, span):
    assert span_text(bare.target, asked(bare.target, query)) == span


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kinas", "did you mean 'kinase'"),
        ("exon 21", "no region 'exon 21'"),
        ("exons 12-21", "no region 'exons 12-21'"),
        ("exons 3-2", "no region 'exons 3-2'"),
        ("E59", "found Q"),
        ("900", "no position 900"),
        ("720-690", "from its first to its last"),
        ("EGFR:Y702", "no protein of this target"),
        ("", "no region ''"),
    ],
)
def test_what_is_no_region_is_refused(bare, query, said):
    with pytest.raises(SiteError, match=said):
        asked(bare.target, query)


def test_every_known_region_and_every_row_maps_to_residues(bare, rows):
    assert {"none", "IG1", "Kinase", "tail", "GAS6", "LG2"} <= set(known_regions(bare.target))
    assert all(stretches(bare.target, word) for word in known_regions(bare.target) if word != "none")
    for name in PLACED:
        for row in rows(name):
            assert row.span == span_text(bare.target, place(bare.target, row.region, row.residues))
            assert row.span or row.region == "none"


def test_the_finest_word_for_a_place(bare):
    positions = (10, 66, 134, 440, 460, 500, 702, 821)
    words = ["signal", "IG1", "extracellular", "extracellular", "transmembrane", "juxtamembrane", "kinase", "tail"]
    assert [region_at(bare.target.receptor, position) for position in positions] == words


def test_filter_kinase(bare, rows):
    trials = in_region(rows("trials"), bare.target, "kinase")
    assert Counter(row.drug for row in trials) == {
        drug: count for drug, count in TABLE_2.items() if drug not in ("BA3011", "batiraxcept")
    }
    assert [row.residues for row in in_region(rows("sites"), bare.target, "kinase")] == ["Y698", "Y702", "Y703", "Y779"]
    assert [row.partner for row in in_region(rows("partners"), bare.target, "kinase")] == ["EGFR"]
    assert [row.partner for row in in_region(rows("partners"), bare.target, "Y821")] == ["c-ABL"]


def test_other_filters(bare, rows):
    def found(name, query):
        return in_region(rows(name), bare.target, query)

    assert {row.residues for row in found("sites", "tail")} == {"Y821", "Y866"}
    assert [row.target_symbol for row in found("mechanisms", "Y821")] == ["ABL1"]
    assert {"ADAM10", "ADAM17"} <= {row.symbol for row in found("regulation", "exon 11")}
    assert "ADAM10" not in {row.symbol for row in found("regulation", "452-472")}
    assert {row.drug for row in found("trials", "GAS6")} == {"batiraxcept"}
    assert len(found("resistance", "whole receptor")) == 12 + 22
    assert found("resistance", "kinase") == [], "the whole receptor is no evidence for a part"
    assert all(row.region == "none" for row in found("regulation", "none"))


# affinities


@pytest.mark.parametrize(
    ("mutation", "kcal"),
    [
        # 1.987204e-3 * 298.15 = 0.592485 kcal/mol; ln(311/6) = 3.94805, ln(98/6) = 2.79321, ln(10/6) = 0.510826
        ("AXL:T77R", 2.3392),
        ("AXL:E59R", 1.6549),
        ("AXL:E56R", 0.3027),
        ("GAS6:L620A", 2.0346),  # ln(124/4) = 3.43399
        ("AXL:V92A", -0.5994),  # ln(12/33) = -1.01160
    ],
)
def test_ddg_by_hand(rows, mutation, kcal):
    (row,) = (row for row in rows("affinity") if row.mutations == mutation)
    assert row.ddg == pytest.approx(kcal, abs=1e-4)
    assert row.bound == ""


def test_a_bound_stays_a_bound(rows):
    (row,) = (row for row in rows("affinity") if row.bound)
    assert (row.mutations, row.relation, row.kd) == ("AXL:E59R;AXL:T77R", ">=", 1000)
    assert {other.relation for other in rows("affinity") if other is not row} == {"="}
    assert row.ddg == pytest.approx(6.1139, abs=1e-4)


def test_assays_are_not_pooled(rows):
    wildtypes = {}
    for row in rows("affinity"):
        wildtypes.setdefault(row.assay, set()).add(row.kd_wild_type)
    assert sorted(wildtypes.values(), key=min) == [{0.033}, {4}, {5, 6}]
    assert [row.assay[:4] for row in rows("affinity") if row.mutations == "GAS6:F485A"] == ["2006", "2002"]


def test_rows_that_read_v92r_are_flagged_and_no_other(rows):
    flagged = [row.mutations for row in rows("affinity") if row.flag]
    assert flagged == ["AXL:G32S;AXL:D87G;AXL:V92R", "AXL:G32S;AXL:D87G;AXL:V92R;AXL:G127R"]


def test_both_numberings(bare, rows):
    (row,) = (row for row in rows("affinity") if row.mutations == "AXL:E56R;AXL:E59R")
    assert (row.mutations_uniprot, row.region, row.span) == ("AXL:E63R;AXL:E66R", "IG1", "63;66")
    assert bare.sequence[66 - 1] == "E"
    here = measured_by_residue(rows("affinity"))
    assert len(here["AXL", 66]) == 3
    assert [mutations for mutations, _ in here["AXL", 66] if ";" not in mutations] == ["AXL:E66R"]
    assert ("GAS6", 66) not in here


@pytest.mark.parametrize("constants", [(0, 1), (1, 0), (-1, 1), (float("nan"), 1), (1, float("inf"))])
def test_no_free_energy_of_an_impossible_constant(constants):
    with pytest.raises(ValueError, match="no dissociation constant"):
        ddg(*constants)


# reading


@pytest.mark.parametrize(
    ("name", "row", "column", "text", "said"),
    [
        ("trials", 4, "nct", "NCT123", r"trials\.tsv, row 4: 'NCT123' is no trial number"),
        ("trials", 2, "nct", "NCT03184571", r"row 2: nct 'NCT03184571' stands in row 1 already"),
        ("trials", 7, "phase", "Phase 1", "row 7: phase 'Phase 1' is none of"),
        ("trials", 7, "region", "kinas", "row 7: no region 'kinas'.*did you mean 'kinase'"),
        ("partners", 8, "residues", "F779", r"partners\.tsv, row 8: AXL 779 is another residue"),
        ("partners", 8, "residues", "Y821", "residue 821 lies outside its region 'kinase'"),
        ("partners", 1, "symbol", "", "row 1: a gene has a symbol"),
        ("partners", 1, "needs_ligand", "perhaps", "needs_ligand 'perhaps' is none of"),
        ("expression", 2, "outcome", "survival;luck", "expression.tsv, row 2: outcome 'luck' is none of"),
        ("expression", 2, "term_id", "", "row 2: a term has an id"),
        ("expression", 2, "measured", "RNA", "row 2: measured 'RNA' is none of"),
        ("resistance", 13, "row", "13", "row 13: a row of the review's table has its number"),
        ("resistance", 12, "row", "", "row 12: a row of the review's table has its number"),
        ("agents", 1, "multitargeted", "maybe", "multitargeted 'maybe' is none of"),
        ("gene", 1, "item", "weight", "item 'weight' is none of"),
        ("regulation", 1, "refs", "34, 35", "row 1: refs are numbers"),
        ("regulation", 1, "kind", "protein", "row 1: kind 'protein' is none of"),
        ("mechanisms", 5, "effect", "likes", "row 5: effect 'likes' is none of"),
        ("mechanisms", 5, "sentence", "five", "row 5: sentence is a number"),
        ("mechanisms", 5, "edge", "E001", "row 5: edge 'E001' stands in row 1"),
        ("affinity", 1, "pubmed", "PMC25242553", r"affinity\.tsv, row 1: pubmed is a number"),
        ("affinity", 1, "mutations_uniprot", "AXL:G32S", "AXL:G32S is not AXL:G32S: UniProt is author \\+ 7"),
        ("affinity", 1, "kd_mutant_M", "33 pM", "row 1: kd_mutant_M is a constant"),
        ("affinity", 1, "kd_mutant_M", "0", "no dissociation constant"),
        ("affinity", 1, "qualifier", "about", "qualifier 'about' is none of"),
    ],
)
def test_a_broken_cell_is_named_with_file_and_row(copied, name, row, column, text, said):
    with pytest.raises(TargetError, match=said):
        copied(name, row, column, text)


def test_a_letter_that_is_not_in_the_sequence_is_refused(tmp_path, bare):
    header = (FOLDER / "affinity.tsv").read_text(encoding="utf-8").splitlines()[0]
    row = "\t".join(["AXL:Q59R", "AXL:Q66R", "1E-8", "1E-9", "", "assay", "1", "", ""])
    path = tmp_path / "affinity.tsv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    with pytest.raises(TargetError, match=r"affinity\.tsv, row 1: AXL 66 is another residue \(expected Q, found E\)"):
        read_table(path, bare.target, "affinity")


def test_a_table_of_other_columns_or_ragged_rows_is_refused(tmp_path, bare):
    lines = (FOLDER / "partners.tsv").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "partners.tsv"
    path.write_text(lines[0].replace("symbol", "gene") + "\n", encoding="utf-8")
    with pytest.raises(TargetError, match="missing or unknown: gene, symbol"):
        read_table(path, bare.target, "partners")
    path.write_text(lines[0] + "\n" + lines[1] + "\textra\n", encoding="utf-8")
    with pytest.raises(TargetError, match="row 1: a row of another length"):
        read_table(path, bare.target, "partners")


def test_no_such_table(tmp_path, bare):
    with pytest.raises(UsageError, match="did you mean 'trials'"):
        evidence_rows(FOLDER, bare.target, "trial")
    with pytest.raises(UsageError, match="citations are tied to no region"):
        evidence_rows(FOLDER, bare.target, "citations", "kinase")
    with pytest.raises(UsageError, match="has no evidence table 'trials'"):
        evidence_rows(tmp_path, bare.target, "trials")
    assert len(evidence_rows(tmp_path, bare.target, "sites")) == 6, "sites are the target's own"


@pytest.mark.parametrize("name", TABLES)
def test_every_table_can_be_printed_and_framed(rows, name):
    table = Table(TABLES[name], rows(name))
    assert list(table.frame().columns) == list(table.columns)
    assert table.render("tsv").count(b"\n") == len(table) + 1
    assert ({"region", "span"} <= set(table.columns)) == (name in PLACED) == (name in WORDS)


def test_claims_still_to_be_checked_are_not_shown(bare):
    site = Site(779, "Y", "docking", partners="EGFR", unverified="NOBODY1", source="review")
    shown = site_rows(replace(bare.target.receptor, sites=(site,)), bare.target)
    assert "EGFR" in str(shown)
    assert "NOBODY1" not in str(shown)


def test_partners_of_the_docking_sites_name_their_paper(rows):
    """Abstract of PubMed 9178760: Tyr821 binds PLCg, p85a, p85b, GRB2, SRC, LCK; Tyr779 p85 weakly; Tyr866 PLCg."""
    partners = {row.position: (row.partners, row.source) for row in rows("sites")}
    for position, symbols in {779: "PIK3R1 PIK3R2", 821: "PLCG1 PIK3R1 PIK3R2 GRB2 SRC LCK", 866: "PLCG1"}.items():
        assert all(symbol in partners[position][0] for symbol in symbols.split())
        assert "9178760" in partners[position][1]


# the graph


def test_every_edge_names_its_place(rows):
    graph = graph_of(rows("mechanisms"))
    assert graph.is_directed()
    assert graph.number_of_edges() == len(rows("mechanisms"))
    edges = [values for *_, values in graph.edges(data=True)]
    assert all(edge["section"] and edge["figure_of_section"] and edge["effect"] in EFFECTS for edge in edges)
    assert graph.nodes["ABL1"] == {"kind": "gene", "name": "c-ABL"}


def test_what_two_studies_say_of_one_pair_stands_side_by_side(rows):
    between = graph_of(rows("mechanisms")).get_edge_data("AXL", "ABL1").values()
    assert {(edge["effect"], edge["context"]) for edge in between} == {
        ("activates", "head and neck cancer"),
        ("inhibits", "esophageal cancer"),
    }


def test_graphml_comes_back(rows):
    import networkx as nx

    text = graphml(rows("mechanisms"))
    back = nx.parse_graphml(text, force_multigraph=True)
    graph = graph_of(rows("mechanisms"))
    assert text == graphml(rows("mechanisms"))
    assert set(back) == set(graph)
    assert {key for *_, key in back.edges(keys=True)} == {row.edge for row in rows("mechanisms")}


def test_layers_break_cycles_and_are_the_same_each_time():
    edges = [("A", "B"), ("B", "C"), ("C", "A"), ("A", "A")]
    assert layers(edges) == [["A"], ["B"], ["C"]]
    assert set(routed(edges)[1]) == {("A", "B"), ("B", "C")}, "what runs back has no way forward"
    assert layers([]) == []


def test_boxes_of_the_picture_do_not_touch(rows):
    for figure in ("Fig. 3", "Fig. 4", "Fig. 5", "Fig. 6"):
        edges = [ends(row) for row in rows("mechanisms") if row.figure_of_section == figure]
        columns, _ = routed(edges)
        boxes, right, bottom = place_boxes(columns, 0.0)
        assert {node for edge in edges for node in edge} <= set(boxes)
        placed = list(boxes.values())
        for index, one in enumerate(placed):
            assert one.x - one.width / 2 >= 0
            assert one.x + one.width / 2 <= right + 1e-9
            assert one.y + one.height / 2 <= bottom + 1e-9
            for other in placed[index + 1 :]:
                apart = (
                    abs(one.x - other.x) >= (one.width + other.width) / 2,
                    abs(one.y - other.y) >= (one.height + other.height) / 2,
                )
                assert any(apart), (one, other)


def test_the_picture_names_every_node(rows):
    figure = draw_mechanisms(rows("mechanisms"), "Fig. 4")
    words = " ".join(text.get_text() for ax in figure.axes for text in ax.texts)
    assert all(name in words for name in ("SMAD3", "SNAI1", "TWIST1", "hypoxia", "Fig. 4", "dashed"))
    assert "binds" not in words
    assert round(figure.get_figwidth() * 25.4) == 180
    with pytest.raises(UsageError, match=r"Fig\. 3, Fig\. 4"):
        draw_mechanisms(rows("mechanisms"), "Fig. 7")


def test_the_whole_picture_fits_two_columns_and_says_whose_it_is_and_what_a_grey_line_means(bare):
    figure = bare.figure("mechanisms")
    words = " ".join(text.get_text() for ax in figure.axes for text in ax.texts)
    assert round(figure.get_figwidth() * 25.4) == 180
    cited = {site.source.partition(",")[0] for site in bare.target.receptor.sites}
    assert any(f"151 mechanisms as the {name} states them" in words for name in cited)
    effects = {row.effect for row in bare.table("evidence", "mechanisms").rows if row.sign == 0}
    assert effects <= set(HEADS)
    assert all(effect in words for effect in effects)


def test_reading_evidence_loads_no_graph_plot_or_table_library():
    code = (
        "import sys, axlstruct.sources.evidence, axlstruct.evidence.mechanisms; "
        "sys.exit(bool({'networkx', 'matplotlib', 'pandas'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_graph_from_the_study_and_the_command_line(bare, tmp_path, monkeypatch):
    import networkx as nx

    assert graph_of(bare.table("evidence", "mechanisms").rows).number_of_edges() == 151
    assert 0 < graph_of(bare.table("evidence", "mechanisms", "kinase").rows).number_of_edges() < 151
    command = [sys.executable, "-m", "axlstruct", "--offline", "evidence"]
    file = tmp_path / "m.graphml"
    subprocess.run([*command, "mechanisms", "-o", str(file)], check=True, timeout=60)
    assert nx.read_graphml(file, force_multigraph=True).number_of_edges() == 151
    done = subprocess.run([*command, "trials", "-o", str(tmp_path / "t.graphml")], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert not (tmp_path / "t.graphml").exists()
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(UsageError, match="networkx"):
        graph_of(bare.table("evidence", "mechanisms").rows)
