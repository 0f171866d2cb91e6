"""The report page in a real browser, from a file and without network: one load, and everything a reader does with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser import LEAST_COLOR, chromium, script, share
from driven import Driven, driven
from shared_files import mirror

import axlstruct
from axlstruct.errors import AxlstructError
from axlstruct.report.page import report_page
from axlstruct.scene import palette
from axlstruct.study.facade import Study
from axlstruct.study.report import MainTables, main_tables, report_text
from axlstruct.study.views import scene_of
from axlstruct.viewers.browser.calls import placed_labels
from axlstruct.viewers.browser.label_spacing import on_screen

__all__ = ["chromium", "script"]

pytestmark = pytest.mark.slow

DRAWN = ("IG1", "IG2", "LG1", "LG2")
MARKED = 0.01
"""Least share of the 3D view that the labels of a selected residue take."""


@pytest.fixture(scope="module")
def told(script: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, MainTables, str]:
    """A study that has 3Dmol.js at hand, its tables and its page."""
    folder = tmp_path_factory.mktemp("viewer")
    (folder / "3Dmol-min.js").write_text(script, encoding="utf-8")
    study = axlstruct.load("axl", mirror=[mirror("2c5d.cif").parent, folder], offline=True, cache=folder / "cache")
    tables = main_tables(study.session)
    return study, tables, report_text(study.session, tables, cutoff=4.0)


@pytest.fixture(scope="module")
def browser(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driven]:
    """For pages that are not as they should be."""
    with driven(chromium, tmp_path_factory.mktemp("browser")) as page:
        yield page


@pytest.fixture(scope="module")
def good(chromium: str, told: tuple[Study, MainTables, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driven]:
    """The page of the study, opened once."""
    folder = tmp_path_factory.mktemp("good")
    with driven(chromium, folder) as page:
        page.open(write(folder, told[2]))
        yield page


def write(folder: Path, page: str) -> Path:
    path = folder / "report.html"
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def stage(page: Driven) -> np.ndarray:
    """The pixels of the 3D view."""
    place = json.loads(page.evaluate("JSON.stringify(document.querySelector('#canvas').getBoundingClientRect())"))
    left, top, wide, high = (int(place[name]) for name in ("x", "y", "width", "height"))
    return page.picture()[top + 2 : top + high - 2, left + 2 : left + wide - 2]


def black(inside: np.ndarray) -> float:
    """Share that is as dark as the mark of what is selected."""
    return float((inside.max(axis=2) < 45).mean())


def click(page: Driven, selector: str, words: str = "") -> None:
    """Click the first element that holds some words."""
    found = page.evaluate(
        f"(() => {{ const n = [...document.querySelectorAll({json.dumps(selector)})].find((e) => e.textContent.includes("
        f"{json.dumps(words)})); n && n.dispatchEvent(new MouseEvent('click', {{bubbles: true}})); return Boolean(n); }})()"
    )
    assert found, (selector, words)


def choose(page: Driven, selector: str, value: str, event: str = "change") -> None:
    """Choose from a list, or type into a field."""
    page.evaluate(
        f"(n => {{ n.value = {json.dumps(value)}; n.dispatchEvent(new Event('{event}')); }})"
        f"(document.querySelector({json.dumps(selector)}))"
    )


def clear_filters(page: Driven, table: str) -> None:
    page.evaluate(
        f"document.querySelectorAll('#table-{table} .bar select, #table-{table} .bar input[type=search]').forEach("
        "(n) => { n.value = ''; n.dispatchEvent(new Event(n.tagName === 'SELECT' ? 'change' : 'input')); })"
    )


def ask(page: Driven, text: str) -> None:
    page.evaluate(
        f"document.querySelector('#find').value = {json.dumps(text)}; document.querySelector('#find-form').requestSubmit()"
    )


def text(page: Driven, selector: str) -> str:
    return str(page.evaluate(f"document.querySelector({json.dumps(selector)}).innerText"))


def selected(page: Driven) -> str:
    return str(page.evaluate("document.body.dataset.selected"))


def problems(page: Driven, study: Study) -> list[str]:
    """What is wrong with a page just opened; empty if it is as it should be."""
    found = [*page.complaints, *(f"asked for {address}" for address in page.asked[1:])]
    if (state := page.evaluate("document.body.dataset.state || 'never ready'")) != "ready":
        return [*found, str(state)]
    inside = stage(page)
    for protein in study.target.proteins:
        colors = palette.domain_colors(f.name for f in protein.features_of("domain"))
        wanted = [feature for feature in protein.features_of("domain") if feature.label in DRAWN]
        found += [f"{f.label} is missing in the 3D view" for f in wanted if share(inside, colors[f.name]) < LEAST_COLOR]
    ask(page, "2C5D:C/59")
    if selected(page) != "AXL:66" or "C/59" not in page.evaluate("document.querySelector('#canvas').dataset.marked || ''"):
        found.append(f"E66 is not selected everywhere: {selected(page)}")
    elif black(marked := stage(page)) < MARKED:
        found.append(f"E66 is not marked in the 3D view: {black(marked):.2%}, before {black(inside):.2%}")
    return found


@pytest.fixture
def opened(good: Driven) -> Driven:
    """The page as when just opened: nothing selected, the first structure, no filter."""
    good.complaints = []
    good.key("Escape")
    if good.evaluate("document.querySelector('#structure').value") != "2C5D":
        choose(good, "#structure", "2C5D")
        good.until("document.querySelector('#canvas').dataset.state === 'drawn 2C5D'")
    assert selected(good) == ""
    return good


def test_it_is_drawn_without_complaint_or_request(opened: Driven, told: tuple[Study, MainTables, str]) -> None:
    assert problems(opened, told[0]) == []
    assert "C/59, D/59" in text(opened, "#card")
    assert opened.evaluate("document.querySelector('#letters .one').dataset.n") == "66"


def test_an_absent_residue_says_why_and_is_drawn_nowhere(opened: Driven) -> None:
    click(opened, "#tracks .pick", "Y702")
    assert selected(opened) == "AXL:702"
    assert opened.evaluate("document.querySelector('#canvas').dataset.marked") == ""
    assert text(opened, "#absent").startswith("AXL Y702 is not in 2C5D: not in this construct")
    assert black(stage(opened)) < MARKED / 2
    click(opened, "#absent button", "AF-P30530")
    opened.until("document.querySelector('#canvas').dataset.state === 'drawn AF-P30530'")
    assert opened.evaluate("document.querySelector('#canvas').dataset.marked") == "A/702"
    assert "Predicted, not observed" in text(opened, "#numbering")
    assert text(opened, "#absent") == ""


def test_a_contact_selects_both_residues_everywhere(opened: Driven, told: tuple[Study, MainTables, str]) -> None:
    contacts = told[1].contacts.rows
    click(opened, "#tab-contacts")
    clear_filters(opened, "contacts")
    row = contacts[4]
    click(opened, "#table-contacts tbody tr:nth-child(5)")
    assert selected(opened) == f"AXL:{row.position_1}"
    assert opened.evaluate("document.querySelectorAll('#tracks .cursor path').length") == 2
    marked = opened.evaluate("document.querySelector('#canvas').dataset.marked").split()
    assert {f"{row.chain_1}/{row.number_1}", f"{row.chain_2}/{row.number_2}"} <= set(marked)
    here = [c for c in contacts if row.position_1 == c.position_1 or row.position_2 == c.position_2]
    assert opened.evaluate("document.querySelectorAll('#table-contacts tr.tied').length") == len(here)
    assert black(stage(opened)) > MARKED


def at_the_start(page: Driven) -> None:
    """2C5D as the page first shows it, nothing selected: other tests turn, close in and choose."""
    opened = "document.querySelector('#canvas').dataset.state === 'drawn 2C5D'"
    choose(page, "#structure", "2C5D")
    page.until(opened)
    page.key("Escape")
    click(page, "#whole")
    page.evaluate("window.scrollTo(0, 0)")
    page.until(f"{opened} && !document.body.dataset.selected")


def test_a_click_on_an_atom_selects_its_residue(opened: Driven) -> None:
    at_the_start(opened)
    place = opened.evaluate(
        "(() => { const v = axlReport.viewer(), a = v.selectedAtoms({chain: 'C', resi: 59, atom: 'CA'})[0];"
        " const p = v.modelToScreen(a); return [p.x - window.scrollX, p.y - window.scrollY]; })()"
    )
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        opened.do("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)
    assert (residue := opened.until("document.body.dataset.selected"))
    marked = opened.evaluate("document.querySelector('#canvas').dataset.marked").split()
    near = opened.evaluate(
        "(() => { const v = axlReport.viewer(), near = {}; for (const a of v.selectedAtoms({})) { const p = v.modelToScreen(a);"
        f" if (Math.hypot(p.x - window.scrollX - {place[0]}, p.y - window.scrollY - {place[1]}) < 12)"
        " { near[`${a.chain}/${a.resi}`] = 1; } } return Object.keys(near); })()"
    )
    assert set(marked) & set(near), (residue, marked, near)


def test_filters_keep_what_they_say(opened: Driven, told: tuple[Study, MainTables, str]) -> None:
    contacts, residues = told[1].contacts.rows, told[1].residues
    click(opened, "#tab-contacts")
    clear_filters(opened, "contacts")
    choose(opened, "#table-contacts input", "GAS6 R310", "input")
    kept = [c for c in contacts if c.position_2 == 310]
    assert text(opened, "#table-contacts .count") == f"{len(kept)} of {len(contacts)} contacts"
    assert opened.evaluate("document.querySelectorAll('#table-contacts tbody tr').length") == len(kept)
    click(opened, "#tab-residues")
    clear_filters(opened, "residues")
    assert text(opened, "#table-residues .count") == f"{len(residues)} rows"
    assert opened.evaluate("document.querySelectorAll('#table-residues tbody tr').length") < 80, "only rows in sight are there"
    choose(opened, "#table-residues select[aria-label='any exon']", "11")
    kept = [r for r in residues.rows if "11" in r.exons.split(";")]
    assert text(opened, "#table-residues .count") == f"{len(kept)} of {len(residues)} rows"


def test_evidence_selects_the_region_it_is_tied_to(opened: Driven) -> None:
    click(opened, "#tab-evidence")
    click(opened, "#tab-trials")
    click(opened, "#table-trials tbody tr", "sitravatinib")
    assert selected(opened) == "AXL:536-807"
    assert opened.evaluate("document.querySelectorAll('#tracks .lit').length") == 1
    assert "Clinical trials: 33" in text(opened, "#card")
    click(opened, "#table-trials tbody tr", "batiraxcept")
    assert selected(opened) == "GAS6:298-470"
    ig1 = palette.domain_colors(["Ig-like"])["Ig-like"]
    assert share(stage(opened), ig1) < LEAST_COLOR, "all but the selected region steps back"
    click(opened, "#tab-regulation")
    click(opened, "#table-regulation tbody tr", "ADAM17")
    assert selected(opened) == "AXL:438-451"
    click(opened, "#table-regulation tbody tr", "TEAD")
    assert selected(opened) == ""
    assert "tied to no residue" in text(opened, "#card")
    choose(opened, "#table-regulation select[aria-label=region]", "*")
    assert text(opened, "#table-regulation .count") == "3 of 18 rows"
    clear_filters(opened, "regulation")


def test_keys_move_through_tables_and_letters(opened: Driven, told: tuple[Study, MainTables, str]) -> None:
    click(opened, "#tab-residues")
    clear_filters(opened, "residues")
    opened.evaluate("document.querySelector('#table-residues .scroll').focus()")
    opened.key("ArrowDown")
    opened.key("Enter")
    second = told[1].residues.rows[1]
    assert selected(opened) == f"{second.protein}:{second.position}"
    opened.evaluate("document.querySelector('#letters').focus()")
    opened.key("ArrowRight")
    assert selected(opened) == f"{second.protein}:{second.position + 1}"
    opened.key("Escape")
    assert selected(opened) == ""


@pytest.mark.parametrize("width", [1440, 1280])
def test_no_head_and_no_column_is_cut(opened: Driven, told: tuple[Study, MainTables, str], width: int) -> None:
    opened.size(width, 900)
    try:
        for name in ("residues", *(n for n in parts_of(told[2])[0]["tables"])):
            if opened.evaluate(f"Boolean(document.querySelector('#evidence-tabs #tab-{name}'))"):
                click(opened, "#tab-evidence")
            click(opened, f"#tab-{name}")
            over = opened.evaluate(
                f"(() => {{ const s = document.querySelector('#table-{name} .scroll');"
                " s.style.marginRight = '15px';"  # a scroll bar
                " const cut = [...s.querySelectorAll('th button')].filter((b) => b.scrollWidth > b.clientWidth);"
                " return [...cut.map((b) => b.textContent), ...(s.scrollWidth > s.clientWidth ? ['last column'] : [])]; })()"
            )
            assert over == [], name
    finally:
        opened.size(1440, 900)


def test_labels_are_where_the_browser_sees_them_and_apart(opened: Driven, told: tuple[Study, MainTables, str]) -> None:
    at_the_start(opened)
    structure, scene = scene_of(told[0].session, "2C5D", color="domain", cutoff=4.0, assembly="asu")
    box = opened.evaluate("(r => [r.width, r.height, r.x, r.y])(document.querySelector('#canvas').getBoundingClientRect())")
    labels = placed_labels(structure, scene, (box[0], box[1]), 12)
    points = [[at[axis] for axis in "xyz"] for _, at, _ in labels]
    seen = on_screen(np.array(points), structure.xyz, scene.camera, (box[0], box[1]))
    places = opened.evaluate(
        f"{json.dumps([at for _, at, _ in labels])}.map((p) => axlReport.viewer().modelToScreen(p)).map((s) => [s.x, s.y])"
    )
    theirs = (np.array(places) - [box[2] + box[0] / 2, box[3] + box[1] / 2]) * [1, -1]
    assert np.abs(seen - theirs).max() < 1
    ups = {(label.text, up) for label, _, up in labels if up}
    assert ups, "Ni lies behind LG1"
    at = [(x, y + up, len(label.text)) for (x, y), (label, _, up) in zip(seen, labels, strict=True) if up is not None]
    assert not [1 for i, a in enumerate(at) for b in at[:i] if abs(a[0] - b[0]) < 4 * (a[2] + b[2]) - 2 and abs(a[1] - b[1]) < 18]


def test_heads_of_sites_and_spheres_are_explained(opened: Driven) -> None:
    key = text(opened, "#track-key")
    assert "site: autophosphorylation" in key
    assert "site: docking" in key
    fills = opened.evaluate("[...document.querySelectorAll('#tracks .site')].map((n) => getComputedStyle(n).fill)")
    assert len(fills) == 6
    assert len(set(fills[:3])) == len(set(fills[3:])) == 1
    assert fills[0] != fills[3]
    assert "curated sites" not in text(opened, "#legend")
    choose(opened, "#structure", "AF-P30530")
    opened.until("document.querySelector('#canvas').dataset.state === 'drawn AF-P30530'")
    assert "curated sites, side chains" in text(opened, "#legend")


def test_a_download_is_the_table_that_is_written(opened: Driven, told: tuple[Study, MainTables, str]) -> None:
    click(opened, "#tab-interfaces")
    clear_filters(opened, "interfaces")
    saved = opened.evaluate(
        "(async () => { let blob; const make = URL.createObjectURL, go = HTMLAnchorElement.prototype.click;"
        " URL.createObjectURL = (b) => { blob = b; return make(b); }; HTMLAnchorElement.prototype.click = () => {};"
        " document.querySelector('#table-interfaces .bar button').click();"
        " URL.createObjectURL = make; HTMLAnchorElement.prototype.click = go; return blob.text(); })()"
    )
    assert saved.encode() == told[1].interfaces.render("tsv")


def test_the_search_finds_what_where_finds(opened: Driven, told: tuple[Study, MainTables, str]) -> None:
    check_search(opened, told[0])
    for query, words in (
        ("E59", "did you mean"),
        ("9999", "no position"),
        ("2C5D:C/900", "shows no"),
        ("nonsense!", "cannot read"),
        ("2C5D:C/#900", "label_seq_id 900 is no residue"),
        ("chr19:41220859", "codes no residue: axl: intron 2"),
        ("chr13:113864068", "codes no residue: gas6: outside"),
        ("chr7:5", "known are chr19 (axl)"),
    ):
        ask(opened, query)
        assert words in text(opened, "#find-problem").lower()
        assert selected(opened) == ""
    ask(opened, "exon 3")
    assert selected(opened) == "AXL:103-136"
    assert opened.complaints == []


def test_the_search_says_that_a_number_means_another_residue_too(opened: Driven, told: tuple[Study, MainTables, str]) -> None:
    """The page says of each residue what ``where`` says, and leads to the other."""
    sequence = told[0].sequence
    for query in ["R48", "r48", " R48 ", "p.Arg48", "AXL:R48", "R308", "P30530:R48", "48", "R103", f"{sequence[0]}1"]:
        ask(opened, query)
        wanted = [also.reading.ask for also in told[0].where(query).also]
        assert opened.evaluate("[...document.querySelectorAll('#card .reading button')].map((b) => b.textContent)") == wanted, (
            query
        )
    ask(opened, "R48")
    assert "is another residue: AXL R55, in the major contact of 2C5D. It touches GAS6 T456" in text(opened, "#card .reading")
    opened.evaluate("document.querySelector('#card .reading button').click()")
    assert selected(opened) == "AXL:55"
    ask(opened, "R55@2C5D")
    assert "Did you mean R55 (UniProt)?" in text(opened, "#find-problem")


def check_search(page: Driven, study: Study) -> None:
    """The search of the page finds the residue that `Study.where` finds, and refuses what it refuses."""
    rows = study.table("residues", "2C5D", "AF-P30530", areas=None).rows[::37]
    queries = [
        "Y702",
        "702",
        "Tyr702",
        "P30530:702",
        "GAS6:R308",
        "2C5D:C/59",
        "E59@2C5D",
        "887:Y695",
        "P30530-2:430",
        "GAS6-mature:1",
        "mature:R78",
        "c.308",
        "p.Tyr702",
        "887:Y702",
        "e59@2c5d:D",
        "2C5D:C/E59",
        "E59",
        "K312",
    ]
    queries += [
        "Y701",
        "GAS6:702",
        "2C5D:C/66",
        "2C5D:A/494",
        "2C5D:E/1",
        "9ZZZ:A/1",
        "0",
        "895",
        "X702",
        "",
        "Y702A",
        "AXL:Y702",
    ]
    queries += ["2C5D:C/#33", "2C5D:C/#900", "2C5D:C/#0", "2c5d:A/#3", "AF-P30530:A/#702", "pdb_00002C5D:D/#33", "9ZZZ:A/#1"]
    queries += ["c.307_309", "c.307_308", "c.2682", "c.2683", "GAS6:c.308", "887:c.308", "ENST00000301178.9:c.308", "c.0"]
    queries += ["chr19:41256520", "g.41220858", "chr19:g.41220859", "CHR19:41220858", "chr13:41220858", "chr7:1", "g.5"]
    for protein in study.target.proteins:
        gene = protein.transcript
        assert gene is not None
        bases = [base + by for exon in gene.exons for base in (exon.start, exon.end) for by in (-1, 0, 1)]
        queries += [f"chr{gene.chromosome}:{base}" for base in bases]
        queries += [f"g.{gene.codon(position).genomic[position % 3]}" for position in range(1, len(protein), 97)]
    queries += [f"{r.structure}:{r.chain}/{r.number}{r.icode}" for r in rows if r.number]
    queries += [f"{r.protein}:{r.residue}{r.position}" for r in rows]
    found = page.evaluate(
        f"{json.dumps(queries)}.map((q) => {{ try {{ const f = axlReport.find(q); return f.kind === 'residue' ? "
        "`${f.protein}:${f.position}` : 'region'; } catch (e) { return ''; } })"
    )
    wanted = [_where(study, query) for query in queries]
    assert dict(zip(queries, found, strict=True)) == dict(zip(queries, wanted, strict=True))


def _where(study: Study, query: str) -> str:
    try:
        answer = study.where(query)
    except AxlstructError:
        return ""
    return f"{answer.protein.name}:{answer.position}"


def parts_of(page: str) -> tuple[dict[str, Any], str]:
    """Data of a page, and its packed table of residues."""
    data, residues = (page.partition(f'id="{name}">')[2].partition("</script>")[0] for name in ("data", "residues"))
    return json.loads(data), residues


def test_a_view_that_draws_nothing_fails_the_same_check(
    browser: Driven, script: str, told: tuple[Study, MainTables, str], tmp_path: Path
) -> None:
    study, _, page = told
    data, residues = parts_of(page)
    for view in data["views"].values():
        view["cartoon"], view["layers"] = [], []
    browser.open(write(tmp_path, report_page(data, residues, script)))
    assert any("is missing" in problem for problem in problems(browser, study))


def test_a_changed_script_does_not_run(browser: Driven, told: tuple[Study, MainTables, str], tmp_path: Path) -> None:
    study, _, page = told
    path = write(tmp_path, page.replace("dataset.marked", "dataset.spoilt"))
    browser.complaints = []
    browser.do("Page.navigate", url=path.as_uri())
    browser.until("document.readyState === 'complete' && document.querySelector('#right') && 'yes'")
    assert any("Content Security Policy" in problem for problem in problems(browser, study))


def test_without_3dmol_all_tables_work(browser: Driven, told: tuple[Study, MainTables, str], tmp_path: Path) -> None:
    _, tables, page = told
    data, residues = parts_of(page)
    data |= {"views": {}, "viewer": "it is <not> at hand"}
    browser.open(write(tmp_path, report_page(data, residues, None)))
    assert text(browser, "#no-viewer") == "The 3D view needs 3Dmol.js, which could not be had (it is <not> at hand)."
    ask(browser, "Y702")
    assert selected(browser) == "AXL:702"
    assert "not in this construct" in text(browser, "#card")
    click(browser, "#tab-interactions")
    assert text(browser, "#table-interactions .count") == f"{len(tables.interactions)} interactions"
    assert browser.complaints == []
