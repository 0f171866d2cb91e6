"""The review whole: expression, agents, the gene, and resistance told in the text, counted and tied to sentences."""

import csv
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from rows import row as made
from shared_files import SHARED

import axlstruct
from axlstruct.errors import TargetError
from axlstruct.evidence import registry
from axlstruct.evidence.clinical import TrialRow, trials_of
from axlstruct.evidence.gene import compare_gene
from axlstruct.sequence.regions import WHOLE
from axlstruct.sources.evidence import columns_of, evidence_rows, read_table

FOLDER = Path(axlstruct.__file__).parent / "targets" / "axl" / "evidence"

# Read in the review, sentence by sentence: section, sentence, cancer as written, references. Nineteen speak of a named cancer,
# a fluid or a function; the first says that several cancers have much of it.
EXPRESSION = [
    ("Expression of AXL in cancers", 1, "several major types of cancers", "48"),
    ("Expression of AXL in cancers", 2, "ccRCC", "12"),
    ("Expression of AXL in cancers", 3, "CCA", "14"),
    ("Expression of AXL in cancers", 4, "HCC", "13"),
    ("Expression of AXL in cancers", 5, "HPV-negative tumors", "49"),
    ("Expression of AXL in cancers", 5, "lung adenocarcinoma", "50"),
    ("Expression of AXL in cancers", 6, "papillary thyroid carcinoma", "51"),
    ("Expression of AXL in cancers", 6, "pancreatic ductal adenocarcinoma (PDAC)", "52"),
    ("Expression of AXL in cancers", 7, "HCC", "52;53;54;55"),
    ("Expression of AXL in cancers", 7, "PDAC", "52;53;54;55"),
    ("Expression of AXL in cancers", 9, "NSCLC", "9"),
    ("Expression of AXL in cancers", 9, "cancer cell lines", "56;57"),
    ("Expression of AXL in cancers", 10, "ovarian cancer", "58;59"),
    ("Expression of AXL in cancers", 10, "endometrial cancer", "58;59"),
    ("Expression of AXL in cancers", 10, "ccRCC", "60"),
    ("Expression of AXL in cancers", 11, "colorectal cancer", "61"),
    ("Expression of AXL in cancers", 12, "breast cancer", "62;63"),
    ("Expression of AXL in cancers", 12, "small-cell lung cancer (SCLC)", "62;63"),
    ("EMT", 3, "esophageal squamous cell carcinoma (ESCC)", "67"),
    ("Regulation of AXL", 17, "cancer", "47"),
]
# Agents alone, and what each combination that is no trial joins.
ALONE = [
    "bemcentinib", "dubermatinib", "DS-1205c", "BA3011", "batiraxcept", "ONO-7475", "merestinib", "sitravatinib", "YW327.6S2",
    "20G7-D9", "Mab173", "DAXL-88", "anti-AXL CAR-T cells", "nucleic acid aptamers", "GL21.T", "nanocarriers with AXL inhibitors",
]  # fmt: skip
COMBINED = {
    ("batiraxcept", "carboplatin", 9),
    ("bemcentinib", "ATR inhibitor", 10),
    ("batiraxcept", "PARP inhibitor", 11),
    ("AXL inhibitor, not named", "ATR inhibitor", 21),
    ("batiraxcept", "carboplatin; paclitaxel", 4),
    ("bemcentinib", "nivolumab", 5),
    ("dubermatinib", "WEE1 inhibitor", 5),
}
# Statements of the text for which Table 1 has no row of the same drug, cancer and reference.
RESISTANCE = [
    ("osimertinib", "9"), ("not stated", "10"), ("PLK1 inhibitor", "11"), ("5-FU", "34"), ("PI3Kα inhibitor", "35"),
    ("EGFR TKI", "9"), ("doxorubicin", "69"), ("gefitinib", "73"), ("immunotherapy", "75"), ("carboplatin", "59"),
    ("cisplatin", "85"), ("ATR inhibitor", ""), ("WEE1 inhibitor", "63"), ("not stated", "88"), ("nivolumab", "23"),
    ("chemotherapy", "89"), ("pembrolizumab", "94"), ("not stated", "96"), ("osimertinib", "9;56;98;99;100"),
    ("cisplatin", "101"), ("epirubicin", "102"), ("cetuximab", "103"), ("cetuximab", "104"),
]  # fmt: skip


@pytest.fixture(scope="module")
def rows(bare):
    tables = {name: evidence_rows(FOLDER, bare.target, name) for name in registry.TABLES}
    return tables.__getitem__


# counts, against what was read by hand


def test_statements_on_expression(rows):
    told = [(row.section, row.sentence, row.cancer, row.refs) for row in rows("expression")]
    assert Counter(told) == Counter(EXPRESSION)
    assert len(told) == 20
    assert sum(bool(row.term) for row in rows("expression")) == 17


def test_what_was_measured_in_whom_and_what_it_means(rows):
    table = rows("expression")
    assert Counter(row.subject for row in table) == {"patients": 10, "not stated": 5, "cells": 3, "plasma": 2}
    assert Counter(row.measured for row in table) == {"not stated": 14, "soluble": 3, "mRNA and/or protein": 2, "mRNA": 1}
    assert {row.cancer for row in table if row.measured == "mRNA"} == {"ccRCC"}
    assert {row.direction for row in table} == {"higher", "not stated"}
    survival = {row.cancer for row in table if "survival" in row.outcome}
    assert survival == {"ccRCC", "CCA", "HCC", "HPV-negative tumors", "lung adenocarcinoma", "colorectal cancer"}
    soluble = [row for row in table if row.measured == "soluble"]
    assert {row.region for row in soluble} == {"extracellular"}
    assert [row.outcome for row in soluble if row.subject == "not stated"] == ["inhibition;progression"]


def test_a_term_is_one_of_the_disease_ontology(rows):
    terms = {row.term: row.term_id for row in rows("expression") if row.term}
    assert all(re.fullmatch(r"DOID:\d+", id) for id in terms.values())
    assert len(set(terms.values())) == len(terms) == 13
    assert terms["clear cell renal cell carcinoma"] == "DOID:4467"
    assert terms["thyroid gland papillary carcinoma"] == "DOID:3969"


def test_agents_alone_and_combined(rows):
    table = rows("agents")
    assert [row.agent for row in table if not row.combined_with] == ALONE
    assert {(row.agent, row.combined_with, row.sentence) for row in table if row.combined_with} == COMBINED
    assert len(table) == len(ALONE) + len(COMBINED) == 23


def test_agents_are_joined_to_their_trials_by_name(rows):
    alone = {row.agent: row for row in rows("agents") if not row.combined_with}
    trials = rows("trials")
    assert {trial.drug for trial in trials} <= set(alone), "no drug on trial is missing"
    for name, row in alone.items():
        assert row.trial_ids.split(";") == ([t.nct for t in trials if t.drug == name] or [""])
        assert row.trials == sum(t.drug == name for t in trials)
    assert sum(row.trials for row in alone.values()) == 43
    for trial in trials:
        assert set(filter(None, trial.also.split("; "))) <= set(alone[trial.drug].also.split("; "))
    assert {row.trials for row in rows("agents") if row.combined_with} == {0}


def test_a_combination_takes_only_trials_of_all_its_drugs():
    trials = [
        made(TrialRow, nct="NCT1", drug="Trap", combination="paclitaxel"),
        made(TrialRow, nct="NCT2", drug="trap", combination="Carboplatin; paclitaxel"),
        made(TrialRow, nct="NCT3", drug="other", combination="carboplatin; paclitaxel"),
    ]
    assert trials_of("trap", "carboplatin; paclitaxel", trials) == ("NCT2",)
    assert trials_of("trap", "", trials) == ("NCT1", "NCT2")


def test_resistance_told_in_the_text(rows):
    text = [row for row in rows("resistance") if row.source == "text"]
    assert Counter((row.drug, row.refs) for row in text) == Counter(RESISTANCE)
    assert len(text) == 23
    listed = {(row.drug, row.cancer, row.refs) for row in rows("resistance") if row.source == "table"}
    assert not listed & {(row.drug, row.cancer, row.refs) for row in text}, "Table 1 has it already"
    assert all(row.row is None and row.sentence for row in text)


def test_a_drug_with_an_edge_of_resistance_is_in_the_table(rows):
    """The mechanisms and the table of resistance were read one after the other: neither knows a drug of the receptor alone."""
    edges = {
        (row.section, row.sentence)
        for row in rows("mechanisms")
        if row.effect == "resistance to" and row.source == "AXL" and row.refs not in ("58", "62")
    }
    assert edges <= {(row.section, row.sentence) for row in rows("resistance")}


def test_multitargeted_is_what_the_review_says(rows):
    called = Counter((row.drug, row.multitargeted) for row in rows("trials") if row.multitargeted == "yes")
    assert called == {("sitravatinib", "yes"): 19, ("merestinib", "yes"): 5, ("ONO-7475", "yes"): 1}
    assert sum(called.values()) == 25
    assert {row.drug for row in rows("trials") if row.multitargeted == "no"} == {"bemcentinib", "dubermatinib"}
    for agent in rows("agents"):
        assert all(t.multitargeted == agent.multitargeted for t in rows("trials") if t.drug == agent.agent)


# the gene beside our own numbers


def test_the_gene_as_stated_and_as_the_target_has_it(rows):
    found = {(row.item, row.region): (row.stated, row.ours, row.agrees) for row in rows("gene")}
    assert len(found) == len(rows("gene")) == 6
    assert found["exons", WHOLE] == ("20", "20", "yes")
    assert found["residues", WHOLE] == ("894", "894", "yes")
    stated, ours, agrees = found["location", WHOLE]
    assert (stated, agrees) == ("19q13.2", "partly")
    assert ours.startswith("chromosome 19, ")
    # 1-437 by hand: exon 11 begins at codon 438; the extracellular part ends at 451.
    assert found["parts", "exons 1-10"][1:] == (
        "residues 1-437: IG1 27-128, IG2 139-222, FN1 227-331, FN2 336-428, extracellular 26-437 of 26-451",
        "partly",
    )
    assert found["parts", "exon 11"][1:] == ("residues 438-482: transmembrane 452-472", "yes")
    assert found["parts", "exons 12-20"][1:] == ("residues 482-894: cytoplasmic 482-894 of 473-894, kinase 536-807", "partly")


@pytest.mark.parametrize(
    ("item", "region", "stated", "parts", "agrees"),
    [
        ("exons", "", "19", "", "no"),
        ("residues", "", "895", "", "no"),
        ("location", "", "1q13.2", "", "no"),
        ("parts", "exon 11", "", "kinase", "no"),
        ("parts", "exon 11", "", "kinase;transmembrane", "partly"),
        ("parts", "exon 11", "", "", "not comparable"),
    ],
)
def test_what_does_not_agree_says_so(bare, item, region, stated, parts, agrees):
    assert compare_gene(bare.target, item, region, stated, parts)[1] == agrees


# citations


def test_the_review_is_cited_once_and_what_was_not_checked_is_said(rows):
    papers = {row.key: row for row in rows("citations")}
    assert (papers["review"].doi, papers["review"].year) == ("10.1186/s13046-023-02726-w", "2023")
    assert "both the major and the minor" in papers["Sasaki 2006"].concludes
    assert {row.pubmed for row in papers.values() if row.pubmed} == {str(row.pubmed) for row in rows("affinity")}
    assert all(row.checked and (row.flag or row.checked.startswith("all")) for row in papers.values())


# the schema speaks of no receptor


@pytest.mark.parametrize("name", registry.TABLES)
def test_no_column_and_no_word_of_the_schema_names_a_protein(name, bare):
    names = {protein.name.lower() for protein in bare.target.proteins}
    words = [*columns_of(name), *registry.RELATIONS, *registry.KINDS, *registry.LEVELS, *registry.CONTROLS, *registry.OUTCOMES]
    assert not [word for word in words if names & set(re.split(r"[^a-z0-9]+", word.lower()))]


@pytest.mark.parametrize(("old", "name"), [("needs_gas6", "partners"), ("axl", "resistance"), ("figure", "mechanisms")])
def test_an_old_column_is_refused_and_the_new_one_named(tmp_path, bare, old, name):
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    path = tmp_path / f"{name}.tsv"
    path.write_text("\t".join(old if c == registry.RENAMED[old] else c for c in lines[0].split("\t")) + "\n", encoding="utf-8")
    with pytest.raises(TargetError, match=f"{old} is {registry.RENAMED[old]} now"):
        read_table(path, bare.target, name)


# the command line


@pytest.mark.parametrize(("name", "count"), [("expression", 20), ("agents", 23), ("gene", 6), ("citations", 6)])
def test_from_the_command_line_and_from_python(bare, name, count):
    command = [sys.executable, "-m", "axlstruct", "--offline", "evidence", name, "--format", "json"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    records = json.loads(done.stdout)
    assert len(records) == len(bare.evidence(name)) == count
    assert list(records[0]) == list(bare.evidence(name).columns)


# the review's own text, where it is at hand


def plain(text):
    """Letters and digits only: line ends, hyphens of typesetting and blanks differ."""
    return re.sub(r"[\s\-–—]", "", text).lower()


@pytest.fixture(scope="module")
def review():
    """The review's own text, which the project does not hold: its counts can be tested against it only where somebody has it."""
    given = os.environ.get("AXLSTRUCT_REVIEW")
    files = [Path(given)] if given else sorted((SHARED / "seed").glob("*.txt"))
    if not files or not files[0].is_file():
        pytest.skip("the review's text is not at hand; set AXLSTRUCT_REVIEW")
    return re.sub(r"[^\S\n]", " ", files[0].read_text(encoding="utf-8")).replace("\N{NON-BREAKING HYPHEN}", "-")


SECTIONS = (
    "Background", "Structure and activation of AXL", "Regulation of AXL", "Expression of AXL in cancers",
    "Functions of AXL in drug-resistant cancer", "EMT", "DNA damage and DNA damage response (DDR)", "Immunosuppression",
    "Activation of oncogenic bypass pathway", "Other functions", "Targeting AXL to surmount drug resistance in cancer therapy",
    "Discussion and future perspectives",
)  # fmt: skip


def running(review):
    """The text without captions and tables, which page breaks put into the middle of sentences."""
    text = re.sub(r"\nTable 1  The expression.*?\[60\]\n", "\n", review, flags=re.DOTALL)
    text = re.sub(r" Table 2  AXL-targeted.*?NCT02954991 Phase 2\n", "\n", text, flags=re.DOTALL)
    text = re.sub(r"\nTable 2  \(continued\).*?NCT03941873 Phase 1/2\n", "\n", text, flags=re.DOTALL)
    text = re.sub(r"\nFig\. \d  .*?\n (?=[^\n])", "\n", text, flags=re.DOTALL)
    return text.replace("Targeting AXL to surmount drug resistance \nin cancer therapy", SECTIONS[10])


def sentences(review):
    """Sentences by section, as the tables count them."""
    found, place = {}, None
    for line in running(review).splitlines():
        title = line.strip()
        if title in SECTIONS:
            place = title
            found[place] = []
        elif place:
            found[place].append(line)
    split = re.compile(r"(?<=[.\]])\s+(?=[A-Z\"])")
    flat = {name: " ".join(" ".join(lines).split()) for name, lines in found.items()}
    return {name: split.split(re.sub(r"\(Fig\. +(\d)", r"(Fig.\1", body)) for name, body in flat.items()}


def test_every_wording_stands_in_the_review(review, rows):
    texts = plain(review), plain(running(review))
    for name in registry.TABLES:
        for row in rows(name):
            wording = plain(getattr(row, "wording", ""))
            assert any(wording in text for text in texts), (name, row.wording)


def test_every_row_stands_in_the_sentence_that_it_names(review, rows):
    by_section = sentences(review)
    checked = 0
    for name in registry.TABLES:
        for row in rows(name):
            if getattr(row, "sentence", None) is None:
                continue
            told = by_section[row.section][row.sentence - 1]
            assert plain(row.wording) in plain(told), (name, row.section, row.sentence, row.wording, told)
            checked += 1
    assert checked > 230


def test_references_are_those_of_the_sentence(review, rows):
    by_section = sentences(review)
    elsewhere = {("agents", 9), ("trials", 9)}  # CAR-T cells: flagged, the references are those of the next sentence
    for name in registry.TABLES:
        for row in rows(name):
            if getattr(row, "sentence", None) is None or (name, row.sentence) in elsewhere or "that of sentence" in row.flag:
                continue
            told = by_section[row.section][row.sentence - 1]
            cited = set()
            for group in re.findall(r"\[([\d,– ]+)\]", told):
                for part in group.split(","):
                    first, _, last = part.strip().partition("–")
                    cited |= set(range(int(first), int(last or first) + 1))
            assert {int(ref) for ref in row.refs.split(";") if ref} <= cited, (name, row.section, row.sentence, row.refs, told)


def test_no_sentence_of_the_section_on_expression_is_left_out(review, rows):
    """Every sentence there is in the table but two: one that sends the reader to Table 1, and the summary at the end."""
    count = len(sentences(review)["Expression of AXL in cancers"])
    told = {row.sentence for row in rows("expression") if row.section == "Expression of AXL in cancers"}
    assert set(range(1, count + 1)) - told == {8, 13}


def test_files_have_no_stray_cells():
    for path in FOLDER.glob("*.tsv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        table = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        assert len({len(line) for line in table}) == 1, path.name
        assert not [cell for line in table for cell in line if cell != cell.strip()], path.name
