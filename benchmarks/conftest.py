"""Benchmarks read 2C5D from a mirror (AXLSTRUCT_MIRROR, or a folder beside the checkout); nothing here asserts a time."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))


@pytest.fixture(scope="session")
def entry():
    from shared_files import mirror

    return mirror("2c5d.cif")


@pytest.fixture(scope="session")
def study(entry, tmp_path_factory):
    import axlstruct

    return axlstruct.load("axl", mirror=[entry.parent], offline=True, cache=tmp_path_factory.mktemp("cache"))
