"""No coordinate file can hang its reader: four times the length takes four times the time, not sixteen times."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from axlstruct.errors import AxlstructError
from axlstruct.sources import confidence, descriptions, mmcif, pdb

PLACE = Path("x")
ATOM = "ATOM      1  CA  ALA A   1      11.000  12.000  13.000  1.00 20.00           C  \n"
TAGS = ["Cartn_x", "Cartn_y", "Cartn_z", "label_comp_id", "label_atom_id", "auth_asym_id", "auth_seq_id"]
TABLE = "\n".join(["data_x", "loop_", *(f"_atom_site.{tag}" for tag in TAGS), "1 2 3 ALA CA A 1\n"])

DOORS: dict[str, Callable[[str], Any]] = {
    "before the atoms of PDB": lambda text: pdb.read_pdb(PLACE, f"{text}\n{ATOM}END\n".encode(), strict=False),
    "behind the atoms of PDB": lambda text: pdb.read_pdb(PLACE, f"{ATOM}{text}".encode(), strict=False),
    "END records": lambda text: pdb._END.sub("", text),
    "before the atoms of mmCIF": lambda text: mmcif.read_mmcif(PLACE, f"{text}\n{TABLE}".encode(), strict=False),
    "in the atoms of mmCIF": lambda text: mmcif.read_mmcif(PLACE, f"{TABLE}{text}\n".encode(), strict=False),
    "words of mmCIF": lambda text: mmcif._whole_lines(f"loop_\n_atom_site.x\n{text}"),
    "which format": lambda text: mmcif.looks_like_mmcif(text.encode()),
    "header": confidence.in_header,
    "program": confidence._PROGRAMS.search,
    "COMPND": descriptions.molecules_of_chains,
}
"""A door, and how a text comes to it."""

TEXTS = [
    ("", "'", ""), ("", '"', ""), ("", "' ", ""), ("", "'a", ""), ("", "\"' ", ""), ("'", "a'b", ""), ("", "\nEND", ""),
    ("\nEND", " ", "x"), ("\n", "END \t\n", ""), ("", "\n", ""), ("", "\r", ""), ("", "EXPDTA  ", ""), ("EXPDTA", " ", ""),
    ("EXPDTA  a", " ", ""), ("", "EXPDTA   \n", ""), ("REMARK pLDDT", "pLDDT", ""), ("", "REMARK pLDDT 0-\n", ""),
    ("", "CHAI", ""), ("", "CHAI DISCOVER", ""), ("", "COMPND    MOL_ID:1;\n", ""), ("COMPND    MOL_ID:", ";", ""),
    ("", "COMPND    MOL_ID: 1; CHAIN: A, B;\n", ""), ("", "SEQRES   1 A\n", ""), ("HEADER", " ", ""),
    ("", "DBREF  XXXX A   UNP ", ""), ("DBREF  XXXX A 1  2 UNP", " ", ""), ("", "data_", ""), ("", "#\n", ""),
    ("", ";\n", ""), ("", "loop_\n", ""), ("", "_atom_site.x\n", ""), ("", "1 2 3 ALA CA A 1\n", ""),
    ("", "1 2 3 ALA CA 'A 1\n", ""), ("", "TER\n", ""), ("", "ENDMDL\n", ""), ("", f"{ATOM}TER\n", ""),
    ("", f"{ATOM}END\n", ""), ("", ATOM, ""),
]  # fmt: skip
"""Beginning, what is repeated, end."""


def seconds(read: Callable[[str], Any], text: str) -> float:
    """Processor time of one reading."""
    start = time.process_time()
    with suppress(AxlstructError):
        read(text)
    return time.process_time() - start


@pytest.mark.parametrize("door", DOORS)
def test_four_times_the_length_takes_four_times_the_time(door: str) -> None:
    for begin, repeated, end in TEXTS:
        short, long = (begin + repeated * (size // len(repeated)) + end for size in (6_000, 24_000))
        once, more = (seconds(DOORS[door], text) for text in (short, long))
        if more > max(7 * once, 0.1):  # once more, for another program may have had the processor
            once, more = (min(seconds(DOORS[door], text) for _ in range(3)) for text in (short, long))
        assert more < max(7 * once, 0.1), f"{begin}{repeated}...{end}: {once:.3f} s, then {more:.3f} s"
