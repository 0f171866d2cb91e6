"""Fixtures of every room: studies with and without coordinates, a browser, files written anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser import chromium, script  # noqa: F401  (fixtures of every room)
from shared_files import mirror

import axlstruct
from axlstruct.study.facade import Study


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """AXL with the real structures of the mirror."""
    return axlstruct.load("axl", mirror=[mirror("2c5d.cif").parent], offline=True, cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """AXL as it ships: no coordinates, no network."""
    return axlstruct.load("axl", mirror=[], offline=True, cache=tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write text or bytes into a new folder and return the path."""

    def write(content: str | bytes, name: str = "tiny.cif") -> Path:
        path = tmp_path_factory.mktemp("file", numbered=True) / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
