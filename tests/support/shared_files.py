"""Where tests find real server answers and real structures; absent ones are skipped loudly, in CI they fail."""

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


def payload(name: str) -> Path:
    """A stored server answer, from AXLSTRUCT_PAYLOADS or ``../shared/payloads`` beside the checkout."""
    return _found(name, PAYLOADS, "AXLSTRUCT_PAYLOADS")


def mirror(name: str) -> Path:
    """A structure file, from the folders of AXLSTRUCT_MIRROR or from ``../shared/mirror`` beside the checkout."""
    return _found(name, MIRRORS, "AXLSTRUCT_MIRROR")


def skempi_complex(name: str) -> Path:
    """A complex of SKEMPI 2.0 as a gzipped PDB file, from AXLSTRUCT_COMPLEXES or ``../shared/complexes`` beside the checkout."""
    return _found(name, COMPLEXES, "AXLSTRUCT_COMPLEXES")


def case(name: str) -> Path:
    """A small file with something odd about it, from ``../shared/cases`` beside the checkout."""
    return _found(name, CASES, "AXLSTRUCT_CASES")


def complexes() -> list[Path]:
    """Real complexes as found in use, from ``../shared/complexes`` beside the checkout."""
    first = _found("1brs.pdb.gz", COMPLEXES, "AXLSTRUCT_COMPLEXES")
    return sorted(first.parent.glob("*.pdb.gz"))


def _found(name: str, folders: list[str], variable: str) -> Path:
    for folder in filter(None, folders):
        if (path := Path(folder) / name).is_file():
            return path
    reason = f"{name} is in none of {', '.join(filter(None, folders))}; set {variable}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
