"""Fixtures of every room: studies with and without coordinates, a browser, files written anew; and how skipped tests are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from browser import chromium, script  # noqa: F401  (fixtures of every room)
from shared_files import ANSWERS, COORDINATES, have_mirror, mirror

import axlstruct
from axlstruct.errors import CoordinatesError, OfflineError
from axlstruct.study.facade import Study


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """AXL with the real structures of the mirror, without a mirror on its released analysis.

    A test that asks the released analysis for what needs coordinates is then skipped.
    """
    folders = [mirror("2c5d.cif").parent] if have_mirror() else []
    return axlstruct.load("axl", mirror=folders, offline=True, cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """AXL as it ships: no coordinates, no network, its released analysis."""
    return axlstruct.load("axl", mirror=[], offline=True, cache=tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """AXL without coordinates, network and released analysis: what was read in print alone."""
    study = axlstruct.load("axl", mirror=[], offline=True, cache=tmp_path_factory.mktemp("printed"))
    study.session.release = None
    return study


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write text or bytes into a new folder and return the path."""

    def write(content: str | bytes, name: str = "tiny.cif") -> Path:
        path = tmp_path_factory.mktemp("file", numbered=True) / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def _or_skip() -> Generator[None, Any, Any]:
    """Without a mirror, skip what the released analysis cannot answer."""
    try:
        return (yield)
    except (CoordinatesError, OfflineError) as error:
        if have_mirror() or not (isinstance(error, CoordinatesError) or "is not in the cache" in error.what):
            raise
        pytest.skip(f"{COORDINATES}: {error.where}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, Any, Any]:
    """What a test is given."""
    return (yield from _or_skip())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """What a test asks."""
    return (yield from _or_skip())


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Count what was skipped, a line a reason, and say how to get it."""
    counted: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", ()):
        reason = report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else str(report.longrepr)
        counted[next((kind for kind in ADVICE if reason.startswith(kind)), reason)] += 1
    total = sum(len(terminalreporter.stats.get(kind, ())) for kind in ("passed", "failed", "skipped"))
    for kind, count in counted.most_common():
        advice = ADVICE.get(kind, "")
        terminalreporter.write_line(f"skipped {count} of {total} tests: {kind}{f'; {advice}' if advice else ''}")


ADVICE = {
    COORDINATES: "name a folder with 2c5d.cif, 4ra0.cif and AF-P30530-F1.pdb in AXLSTRUCT_MIRROR (axlstruct fetch gets them)",
    ANSWERS: "name their folder in AXLSTRUCT_PAYLOADS",
}
