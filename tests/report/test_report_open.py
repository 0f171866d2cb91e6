"""The report without coordinates in a real browser: everything linked, and a file that the reader opens is checked and shown."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import LEAST_COLOR, chromium, script, share
from driven import Driven, driven
from shared_files import mirror
from test_report_page import ask, choose, selected, stage, text

import axlstruct
from axlstruct.study.report import main_tables, report_text

__all__ = ["chromium", "script"]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def page(script: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of AXL with 3Dmol.js and without any coordinates."""
    folder = tmp_path_factory.mktemp("viewer")
    (folder / "3Dmol-min.js").write_text(script, encoding="utf-8")
    session = axlstruct.load("axl", mirror=[folder], offline=True, cache=folder / "cache").session
    path = folder / "report.html"
    path.write_text(report_text(session, main_tables(session)), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def opened(chromium: str, page: Path, tmp_path: Path) -> Iterator[Driven]:
    with driven(chromium, tmp_path) as browser:
        browser.open(page)
        yield browser


def give(page: Driven, path: Path) -> None:
    """Choose a file in the page's dialog."""
    document = page.do("DOM.getDocument")["root"]["nodeId"]
    node = page.do("DOM.querySelector", nodeId=document, selector="#open-file")["nodeId"]
    page.do("DOM.setFileInputFiles", files=[str(path)], nodeId=node)


def drop(page: Driven, name: str, content: str) -> None:
    """Drop a file on the place of the picture."""
    page.evaluate(
        f"(() => {{ const data = new DataTransfer(); data.items.add(new File([{json.dumps(content)}], {json.dumps(name)}));"
        "document.querySelector('#open').dispatchEvent(new DragEvent('drop', "
        "{ dataTransfer: data, bubbles: true, cancelable: true })); })()"
    )


def state(page: Driven) -> str:
    return str(page.evaluate("document.querySelector('#canvas').dataset.state"))


def test_everything_but_the_picture_is_there(opened: Driven) -> None:
    assert opened.complaints == []
    assert opened.asked[1:] == []
    assert state(opened) == "open 2C5D"
    assert "Open a coordinate file" in text(opened, "#open")
    assert "sent nowhere" in text(opened, "#open")
    assert "2C5D†" in text(opened, "header")
    ask(opened, "E59@2C5D")
    assert selected(opened) == "AXL:66"
    assert "2C5D" in text(opened, "#card")
    assert opened.evaluate("document.querySelectorAll('#tracks svg').length") == 2
    ask(opened, "Y702")
    assert text(opened, "#absent").startswith("AXL Y702 is not in 2C5D: not in this construct")


@pytest.mark.parametrize("name", ["2c5d.cif", "2c5d.pdb", "2c5d.cif.gz"])
def test_a_file_of_the_entry_is_shown(name: str, opened: Driven, tmp_path: Path) -> None:
    path = mirror(name.removesuffix(".gz"))
    if name.endswith(".gz"):
        (tmp_path / name).write_bytes(gzip.compress(path.read_bytes()))
        path = tmp_path / name
    give(opened, path)
    opened.until("document.querySelector('#canvas').dataset.state === 'drawn 2C5D'")
    assert opened.evaluate("document.querySelector('#open').hidden") is True
    assert "1146 of 1146 residues of the tables are in it" in opened.evaluate("document.querySelector('#live').textContent")
    time.sleep(0.5)
    for color in ("#4FA388", "#E69F00"):
        assert share(stage(opened), color) > LEAST_COLOR, "LG1 and IG1 in their colours"
    ask(opened, "E59@2C5D")
    assert opened.evaluate("document.querySelector('#canvas').dataset.marked") == "C/59 D/59"
    assert opened.complaints == []
    assert opened.asked[1:] == []


def test_the_model_is_shown_too_and_both_can_be_chosen(opened: Driven) -> None:
    give(opened, mirror("AF-P30530-F1.pdb"))
    opened.until("document.querySelector('#canvas').dataset.state === 'drawn AF-P30530'")
    give(opened, mirror("4ra0.cif"))
    opened.until("document.querySelector('#canvas').dataset.state === 'drawn 4RA0'")
    opened.evaluate(
        "(n => { n.value = 'AF-P30530'; n.dispatchEvent(new Event('change')); })(document.querySelector('#structure'))"
    )
    opened.until("document.querySelector('#canvas').dataset.state === 'drawn AF-P30530'")
    choose(opened, "#structure", "2C5D")
    opened.until("document.querySelector('#canvas').dataset.state === 'open 2C5D'")


def test_a_dropped_file_is_read_like_a_chosen_one(opened: Driven) -> None:
    drop(opened, "mine.pdb", mirror("2c5d.pdb").read_text())
    opened.until("document.querySelector('#canvas').dataset.state === 'drawn 2C5D'")
    assert "Coordinates from your mine.pdb" in text(opened, "#numbering")


HEAD = f"HEADER    {'X':<52}"
ATOM = "ATOM      1  CA  GLU {chain} {number}      10.000  10.000  10.000  1.00 20.00           C  "


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (f"{HEAD}9XYZ\n" + ATOM.format(chain="C", number=" 59"), "is 9XYZ"),
        (ATOM.format(chain="C", number=" 59"), "does not say which entry it is"),
        ("<html>no</html>", "holds no atoms"),
        ("", "holds no atoms"),
        ("data_2C5D\n_entry.id 2C5D\n", "holds no atoms"),
        (f"{HEAD}2C5D\n" + ATOM.format(chain="C", number=" 60"),
         "C/60 is GLU, not VAL"),
        (f"{HEAD}2C5D\n" + ATOM.format(chain="Z", number=" 60"),
         "no residue is in both"),
    ],
)  # fmt: skip
def test_any_other_file_is_refused_in_words(content: str, words: str, opened: Driven) -> None:
    drop(opened, "file.pdb", content)
    opened.until("document.querySelector('#open-problem').textContent")
    assert words in text(opened, "#open-problem")
    assert state(opened) == "open 2C5D"
    assert opened.complaints == []


def test_what_a_part_of_the_entry_lacks_is_said(opened: Driven) -> None:
    lines = [
        line for line in mirror("2c5d.pdb").read_text().splitlines() if line[:6] not in ("ATOM  ", "HETATM") or line[21] in "AC"
    ]
    drop(opened, "pair.pdb", "\n".join(lines))
    opened.until("document.querySelector('#canvas').dataset.state === 'drawn 2C5D'")
    assert "which holds 573 of 1146 residues" in text(opened, "#numbering")
    ask(opened, "E59@2C5D")
    assert opened.evaluate("document.querySelector('#canvas').dataset.marked") == "C/59"
    assert opened.complaints == []


def test_nothing_may_be_sent(page: Path) -> None:
    policy = page.read_text(encoding="utf-8").partition('content="')[2].partition('"')[0]
    assert "default-src &#39;none&#39;" in policy or "default-src 'none'" in policy
    assert "connect-src" not in policy
    assert "form-action" in policy
