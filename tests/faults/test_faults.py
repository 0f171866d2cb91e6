"""The faults in small; all of them, many times, by ``make faults``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from faults import ANSWERS, answered, killed_fetch, killed_write, moments, together

posix = pytest.mark.skipif(os.name != "posix", reason="kills as POSIX has them")


@pytest.fixture(autouse=True)
def _direct(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "axlstruct_gateway", "axlstruct_mirror"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize("name", ANSWERS)
def test_whatever_a_server_answers_the_cache_is_clean_and_the_file_comes(tmp_path: Path, name: str) -> None:
    own = {"noise behind the end", "said to be packed"}
    assert answered(ANSWERS[name], tmp_path / "cache") == "file of the next server" or name in own


def test_there_are_sixty_kinds_of_answers() -> None:
    assert len(ANSWERS) >= 60


@posix
@pytest.mark.parametrize("after", moments(10, 0.3))
def test_a_killed_fetch_leaves_nothing_that_counts(tmp_path: Path, after: float) -> None:
    killed_fetch(tmp_path / "cache", after)


@posix
@pytest.mark.parametrize("after", moments(10, 0.1))
def test_a_killed_writer_leaves_whole_files(tmp_path: Path, after: float) -> None:
    killed_write(tmp_path / "results", after)


@posix
def test_sixteen_processes_on_one_cache_ask_once(tmp_path: Path) -> None:
    assert together(tmp_path / "cache", 16) == "asked 1 time"
