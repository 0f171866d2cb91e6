"""The report page and the evidence figure as text and values: what they hold, what they refuse, what cannot break them."""

from __future__ import annotations

import base64
import csv
import gzip
import hashlib
import json
import os
import re
import shutil
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from shared_files import ROOT, mirror
from typer.testing import CliRunner

import axlstruct
from axlstruct.errors import OutputError, UsageError
from axlstruct.evidence.positions import WORDS, tie
from axlstruct.figures.evidence_lanes import LANES
from axlstruct.sources.target import target_path
from axlstruct.study.evidence import evidence_tables
from axlstruct.study.facade import Study
from axlstruct.study.provenance import homeless
from axlstruct.study.report import MainTables, main_tables, report_text

TOY = ROOT / "notebooks" / "toy"


class Parts(HTMLParser):
    """Scripts, policy and ids of a page, as a browser's parser sees them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.ids: set[str] = set()
        self.tags: Counter[str] = Counter()
        self.loads: list[str] = []
        self.policy, self.style, self._open = "", "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags[tag] += 1
        self._open = tag
        self.ids |= {found["id"] or ""} if "id" in found else set()
        self.loads += [str(found[name]) for name in ("src", "href") if found.get(name)]
        if tag == "script":
            self.scripts.append((found, ""))
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"] or ""

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open == "script":
            self.scripts[-1] = self.scripts[-1][0], self.scripts[-1][1] + data
        elif self._open == "style":
            self.style += data

    @property
    def data(self) -> dict[str, object]:
        return dict(json.loads(next(text for found, text in self.scripts if found.get("id") == "data")))

    @property
    def residues(self) -> bytes:
        return gzip.decompress(base64.b64decode(next(text for found, text in self.scripts if found.get("id") == "residues")))


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.fixture(scope="module")
def tables(study: Study) -> MainTables:
    return main_tables(study.session)


@pytest.fixture(scope="module")
def page(study: Study, tables: MainTables) -> str:
    return report_text(study.session, tables, cutoff=4.0)


def toy(folder: Path, change: dict[str, str] | None = None) -> Study:
    """The made-up target, changed; its coordinates lie beside it."""
    shutil.copytree(TOY, folder / "toy")
    path = folder / "toy" / "target.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in (change or {}).items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return axlstruct.load(path, mirror=[folder / "toy"], offline=True, cache=folder / "cache")


def test_the_page_allows_its_own_scripts_by_hash_and_loads_nothing(page: str) -> None:
    parts = Parts(page)
    running = [text for found, text in parts.scripts if "type" not in found]
    assert [hashed(text) for text in running] == re.findall(r"'sha256-[^']+'", parts.policy.split("style-src")[0])
    assert hashed(parts.style) in parts.policy
    assert "unsafe" not in parts.policy
    assert parts.policy.startswith("default-src 'none'")
    assert parts.loads == []


def test_every_table_in_the_page_is_the_one_that_is_written(page: str, study: Study, tables: MainTables) -> None:
    parts = Parts(page)
    assert parts.residues == tables.residues.render("tsv")
    held: dict[str, dict[str, str]] = parts.data["tables"]  # type: ignore[assignment]
    for name in ("contacts", "interactions", "interfaces"):
        assert held[name]["tsv"].encode() == getattr(tables, name).render("tsv")
    for name in ("sites", "affinity", "resistance", "trials", "regulation", "partners", "mechanisms"):
        assert held[name]["tsv"].encode() == study.table("evidence", name).render("tsv")
        assert f"table-{name}" in parts.ids


def test_every_note_and_limit_of_the_study_is_told(page: str, study: Study, tables: MainTables) -> None:
    told = Parts(page).data["notes"]
    wanted = [*study.target.notes, *tables.residues.notes, *tables.interfaces.notes, *tables.interactions.notes]
    assert wanted
    assert all(any(homeless(study.session, line) in note for note in told) for line in wanted)  # type: ignore[attr-defined, call-overload]
    missing = {s["id"]: s["missing"] for s in Parts(page).data["structures"] if "missing" in s}  # type: ignore[attr-defined]
    assert missing == {name: homeless(study.session, why) for name, why in tables.missing.items()}


def test_the_same_study_gives_the_same_page(tmp_path: Path) -> None:
    pages = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        study = toy(tmp_path / name)
        text = report_text(study.session, main_tables(study.session), cutoff=4.0)
        pages.append(text.replace(str(tmp_path / name), ""))
    assert len(set(pages)) == 1


EVIL = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> & 'q'"


def test_free_text_cannot_end_a_script_or_open_a_tag(tmp_path: Path) -> None:
    plain_folder, evil_folder = tmp_path / "plain", tmp_path / "evil"
    plain_folder.mkdir()
    evil_folder.mkdir()
    changes = {'"A made-up receptor and its ligand"': f'"{EVIL}"', '"the tyrosine that is not seen"': f'"{EVIL}"'}
    changes['role = "ideal coordinates of two strands"'] = f'role = "{EVIL}"'
    plain, evil = (
        Parts(report_text(study.session, main_tables(study.session), cutoff=4.0))
        for study in (toy(plain_folder), toy(evil_folder, changes))
    )
    assert evil.tags == plain.tags
    assert evil.data["title"] == EVIL
    assert evil.data["proteins"][0]["sites"][0]["role"] == EVIL  # type: ignore[index]
    assert evil.data["structures"][0]["role"] == EVIL  # type: ignore[index]


def test_without_3dmol_the_page_is_made_and_says_what_it_needs(tmp_path: Path) -> None:
    study = toy(tmp_path)
    written = study.report(tmp_path / "report.html")
    text = written.read_text(encoding="utf-8")
    assert re.search(r"The 3D view needs 3Dmol\.js, which could not be had \([^<]*network is switched off[^<]*\)\.</p>", text)
    parts = Parts(text)
    assert parts.data["views"] == {}
    assert {"table-contacts", "table-residues"} <= parts.ids


def test_no_tab_is_empty(tmp_path: Path) -> None:
    text = (TOY / "target.toml").read_text(encoding="utf-8")
    ligand = text[text.index("[ligand]") : text.index("[[structures]]")]
    sites = next(line for line in text.splitlines() if line.startswith("sites"))
    alone = toy(tmp_path, {ligand: "", sites: "", 'interfaces = ["strand"]': ""})
    parts = Parts(report_text(alone.session, main_tables(alone.session), cutoff=4.0))
    assert {"tab-overview", "tab-residues", "tab-provenance"} <= parts.ids
    assert not {"tab-contacts", "tab-interactions", "tab-evidence"} & parts.ids
    assert parts.data["evidence"] == {}
    with pytest.raises(UsageError, match="neither sites nor evidence"):
        alone.figure("evidence")


def test_an_output_that_cannot_be_written_is_one_line_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = toy(tmp_path)
    with pytest.raises(OutputError, match="no such folder"):
        study.report(tmp_path / "nowhere" / "report.html")

    def full(self: Path, content: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    (tmp_path / "out").mkdir()
    with pytest.raises(OutputError, match="No space left"):
        study.report(tmp_path / "out" / "report.html")
    assert list((tmp_path / "out").iterdir()) == []


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    from axlstruct.cli import app

    toy(tmp_path)
    arguments = [
        "--offline",
        "--target",
        str(tmp_path / "toy"),
        "--mirror",
        str(tmp_path / "toy"),
        "--cache",
        str(tmp_path / "c"),
    ]
    done = CliRunner().invoke(app, [*arguments, "report", "-o", str(tmp_path / "page.html")])
    assert done.exit_code == 0, done.output
    assert Parts((tmp_path / "page.html").read_text(encoding="utf-8")).data["name"] == "toy"


def read(name: str) -> list[dict[str, str]]:
    """A table as it ships, read by another reader."""
    with (target_path("axl").parent / "evidence" / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("name", ["expression", "agents", "gene", "resistance", "trials", "regulation", "partners", "mechanisms"])
def test_every_row_is_counted_once_where_it_is_tied(bare: Study, name: str) -> None:
    tied = tie(bare.target, name, bare.table("evidence", name).rows)
    kind = WORDS[name][0]
    shipped = Counter((row["region"], row["residues"], row[kind]) for row in read(name))
    assert sum(item.count for item in tied) == len(read(name))
    assert sorted(item.count for item in tied) == sorted(shipped.values())
    assert sum(item.count for item in tied if item.whole) == sum(
        count for (region, residues, _), count in shipped.items() if (region, residues) == ("whole receptor", "")
    )
    assert not any(item.stretches for item in tied if item.nowhere)


def test_the_figure_draws_drugs_where_they_act_and_the_whole_receptor_nowhere(bare: Study) -> None:
    figure = bare.figure("evidence")
    axes = {ax.get_label(): ax for ax in figure.axes}
    texts = [text.get_text() for text in axes["AXL"].texts]
    kinase = next(f for f in bare.features if f.name == "Protein kinase").span
    bars = [p for p in axes["AXL"].patches if str(p.get_gid()).startswith("AXL-trials-")]
    spans = Counter((p.get_x() + 0.5, p.get_x() + p.get_width() - 0.5) for p in bars)
    assert set(spans) == {(kinase.first, kinase.last), (26, 451)}
    classes = Counter(row["drug_class"] for row in read("trials") if row["region"] == "kinase")
    assert all(any(text.startswith(f"{n} × {name}") for text in texts) for name, n in classes.items())
    assert any(text.startswith("6 × ligand trap") for text in (t.get_text() for t in axes["GAS6"].texts))
    assert not [p for p in axes["AXL"].patches if str(p.get_gid()).startswith("AXL-resistance")]
    exons = [p for p in axes["AXL"].patches if str(p.get_gid()).startswith("AXL-gene-")]
    assert sorted((p.get_x() + 0.5, p.get_x() + p.get_width() - 0.5) for p in exons) == [(1, 437), (438, 482), (482, 894)]
    assert any(text.startswith("4 × Fc fusion protein") for text in (t.get_text() for t in axes["GAS6"].texts))
    for name, table in evidence_tables(bare.session)[0].items():
        assert name == "citations" or f"{LANES[name]} ({len(table)})" in texts or name == "affinity"
    margin = [t.get_text() for t in axes["AXL"].texts if t.get_position()[0] > len(bare.sequence) + 20 and t.get_text().isdigit()]
    counted = [name for name in WORDS if name not in ("sites", "affinity", "trials")]
    whole = [sum(row["region"] == "whole receptor" for row in read(name)) for name in counted]
    assert Counter(map(int, margin)) == Counter(
        [*whole, *(sum(r["region"] == "none" for r in read(n)) for n in ("regulation", "mechanisms"))]
    )


def test_the_evidence_figure_explains_its_marks_and_says_each_total_once(bare: Study) -> None:
    words = [text.get_text() for ax in bare.figure("evidence").axes for text in ax.texts]
    assert {site.role for site in bare.target.receptor.sites} | {"disulfide", "N-glycosylation"} <= set(words)
    assert words.count("affinities (36)") == 1
    assert words.count("affinities") == 1


def test_words_of_the_evidence_figure_do_not_overlap(bare: Study) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = bare.figure("evidence")
    canvas = FigureCanvasAgg(figure)
    boxes = [(t.get_text(), t.get_window_extent(canvas.get_renderer())) for ax in figure.axes for t in ax.texts if t.get_text()]
    clashes = [
        (one, two)
        for n, (one, a) in enumerate(boxes)
        for two, b in boxes[n + 1 :]
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]
    assert clashes == []
    assert all(box.x0 >= 0 and box.x1 <= canvas.get_width_height()[0] for _, box in boxes)


def test_the_report_names_the_structures_files(page: str) -> None:
    record: dict[str, list[dict[str, str]]] = Parts(page).data["record"]  # type: ignore[assignment]
    named = {s["id"]: s["sha256"] for s in record["structures"]}
    assert named["2C5D"] == hashlib.sha256(mirror("2c5d.cif").read_bytes()).hexdigest()
    assert {s["id"]: (s["origin"], s["url"]) for s in record["structures"]}["2C5D"] == ("mirror", "2c5d.cif")


def test_the_report_tells_nothing_of_the_machine(page: str, study: Study) -> None:
    missing = [s["missing"] for s in Parts(page).data["structures"] if "missing" in s]  # type: ignore[attr-defined,index]
    assert all("cache: " in why for why in missing)
    assert missing
    for folder in (study.session.cache.root, *study.session.cache.mirrors):
        assert str(folder) not in page


def test_pages_hold_no_folder_and_no_day(tmp_path: Path) -> None:
    """Two people with the same files get the same bytes, wherever the files lie and however old they are."""
    pages = []
    for name, time in (("one", 0), ("another place", 1_700_000_000)):
        lab = tmp_path / name
        lab.mkdir()
        (lab / "2c5d.cif").write_bytes(mirror("2c5d.cif").read_bytes())
        os.utime(lab / "2c5d.cif", (time, time))
        study = axlstruct.load("axl", mirror=[lab], offline=True, cache=lab / "cache")
        study.report(lab / "report.html")
        pages.append((study.view("2C5D").page(), (lab / "report.html").read_text(encoding="utf-8")))
    assert pages[0] == pages[1]
    assert not [page for page in pages[0] if str(tmp_path) in page]
    assert "3Dmol.js" in pages[0][0], "also where it says why there is no script"
