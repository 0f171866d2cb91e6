"""Where tests find real server answers and real structures.

With them at hand nothing is skipped: in CI a file that is missing from a folder that is there fails its test. Without them the
tests that need them are skipped, and one line at the end counts them (`tests/conftest.py`).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SUPPORT = Path(__file__).resolve().parent
ROOT = SUPPORT.parent.parent
REFERENCES = SUPPORT.parent / "references"
SHARED = ROOT.parent / "shared"
PAYLOADS = [os.environ.get("AXLSTRUCT_PAYLOADS", ""), str(SHARED / "payloads")]
MIRRORS = [*os.environ.get("AXLSTRUCT_MIRROR", "").split(os.pathsep), str(SHARED / "mirror")]

CASES = [os.environ.get("AXLSTRUCT_CASES", ""), str(SHARED / "cases")]
COMPLEXES = [os.environ.get("AXLSTRUCT_COMPLEXES", ""), str(SHARED / "complexes")]

COORDINATES = "needs real coordinates"
ANSWERS = "needs stored answers of servers"
"""How the reason of a skipped test begins."""


def payload(name: str) -> Path:
    """A stored server answer, from AXLSTRUCT_PAYLOADS or ``../shared/payloads`` beside the checkout."""
    return find(name, PAYLOADS) or skipped(
        f"{ANSWERS}: {name}", there=any(Path(folder).is_dir() for folder in PAYLOADS if folder)
    )


def mirror(name: str) -> Path:
    """A structure file, from the folders of AXLSTRUCT_MIRROR or from ``../shared/mirror`` beside the checkout."""
    return find(name, MIRRORS) or skipped(f"{COORDINATES}: {name}", there=have_mirror())


def skempi_complex(name: str) -> Path:
    """A complex of SKEMPI 2.0 as a gzipped PDB file, from AXLSTRUCT_COMPLEXES or ``../shared/complexes`` beside the checkout."""
    return _of(name, COMPLEXES)


def case(name: str) -> Path:
    """A small file with something odd about it, from ``../shared/cases`` beside the checkout."""
    return _of(name, CASES)


def complexes() -> list[Path]:
    """Real complexes as found in use, from ``../shared/complexes`` beside the checkout."""
    return sorted(_of("1brs.pdb.gz", COMPLEXES).parent.glob("*.pdb.gz"))


def _of(name: str, folders: list[str]) -> Path:
    return find(name, folders) or skipped(f"{COORDINATES}: {name}", there=any(Path(f).is_dir() for f in folders if f))


def have_mirror() -> bool:
    """Whether real structures are at hand."""
    return find("2c5d.cif", MIRRORS) is not None


def find(name: str, folders: list[str]) -> Path | None:
    """The first file of that name, None where no folder holds it."""
    return next((path for folder in folders if folder and (path := Path(folder) / name).is_file()), None)


def skipped(reason: str, *, there: bool) -> Path:
    """Skip the test; in CI fail it where the files are there otherwise, so that nothing is missed for want of one."""
    if there and os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
