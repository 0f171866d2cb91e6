"""The page on the architecture says what is so: its rooms are those of the contract, its files are there."""

from __future__ import annotations

import re
import tomllib

from shared_files import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_every_file_that_answers_a_question_is_there() -> None:
    files = re.findall(r"^\| .*\? \| `([\w/]+\.py)` \|$", PAGE, re.MULTILINE)
    assert len(files) == 20
    assert [name for name in files if not (ROOT / "axlstruct" / name).is_file()] == []


def test_rooms_stand_as_the_contract_says() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    drawn = PAGE.partition("```text\n")[2].partition("```")[0].splitlines()
    assert [re.split(r"\s{2,}", line)[0] for line in drawn] == [layer.replace("axlstruct.", "") for layer in layers]


def test_no_module_stands_outside_a_room() -> None:
    loose = {path.stem for path in (ROOT / "axlstruct").glob("*.py")}
    assert loose == {"__init__", "__main__", "errors", "tables", "writing"}
