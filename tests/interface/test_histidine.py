"""Histidine taken for charged on demand, and ions whose component is not called by its element."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from shared_files import mirror
from tiny import pdb_atom

from axlstruct.errors import UsageError
from axlstruct.interface.interactions import InteractionRow
from axlstruct.study.facade import Study

Write = Callable[..., Path]


def test_only_what_a_histidine_takes_part_in_changes(study: Study) -> None:
    neutral, charged = (study.table("interactions", "2C5D", histidine=state).rows for state in ("neutral", "charged"))

    def others(rows: Iterable[InteractionRow]) -> list[InteractionRow]:
        return [row for row in rows if "HIS" not in (row.residue_1, row.residue_2)]

    assert others(charged) == others(neutral)
    with pytest.raises(UsageError, match="neutral or charged"):
        study.table("interactions", "2C5D", histidine="maybe")


def facing(ring: str = "HIS") -> str:
    """A histidine of chain A whose NE2 is 2.8 A from an oxygen of an aspartate of chain B, in the middle of glycines."""
    his = {
        "N": (0, 8, 0), "CA": (0, 7, 1), "C": (1, 7, 2), "O": (2, 7.5, 2), "CB": (0, 5.6, 0.5), "CG": (0.3, 4.6, 0),
        "CD2": (1.2, 3.6, 0), "NE2": (1.0, 2.6, 0), "CE1": (-0.2, 2.9, 0), "ND1": (-0.6, 4.1, 0),
    }  # fmt: skip
    asp = {
        "N": (3, -5, 0), "CA": (2, -4, 0.5), "C": (3, -5, 2), "O": (3.5, -6, 2), "CB": (2, -2.6, 0), "CG": (1.8, -1.3, 0),
        "OD1": (1.5, -0.2, 0), "OD2": (2.9, -1.4, 0.6),
    }  # fmt: skip
    rows = [pdb_atom(name, ring, "A", 1, place) for name, place in his.items()]
    rows += [pdb_atom(name, "GLY", "A", 2, place) for name, place in {"N": (2, 6, 3), "CA": (3, 6, 4)}.items()]
    rows += ["TER", *(pdb_atom(name, "ASP", "B", 1, place) for name, place in asp.items())]
    rows += [pdb_atom(name, "GLY", "B", 2, place) for name, place in {"N": (4, -4.5, 3), "CA": (5, -5, 4)}.items()]
    return "\n".join([*rows, "TER", "END", ""])


@pytest.mark.parametrize(
    ("ring", "histidine", "kind"),
    [
        ("HIS", "neutral", "hbond"),
        ("HIS", "charged", "salt-bridge"),
        ("HIP", "neutral", "salt-bridge"),
        ("HIE", "charged", "hbond"),
    ],
)
def test_the_file_wins_over_the_wish(ring: str, histidine: str, kind: str, study: Study, written: Write) -> None:
    path = str(written(facing(ring), "facing.pdb"))
    (row,) = study.table("interactions", path, histidine=histidine).rows
    assert row.type == kind
    assert ("charge of histidine assumed" in row.reasons) == (ring == "HIS" and histidine == "charged")
    assert ring in (row.residue_1, row.residue_2)


def test_an_ion_is_known_by_its_element_not_by_its_name(study: Study, written: Write) -> None:
    """The nickel of 2C5D called 3NI and put into a chain of its own is still held."""
    lines = [line for line in mirror("2c5d.pdb").read_text().splitlines() if line.startswith(("SEQRES", "ATOM", "HETATM", "TER"))]
    moved = [f"{line[:17]}3NI Z{line[22:]}" if line.startswith("HETATM") and line[17:20] == " NI" else line for line in lines]
    rows = study.table("interactions", str(written("\n".join([*moved, "END", ""]), "copy.pdb"))).rows
    assert {(row.chain_1, row.residue_2) for row in rows if row.type == "metal" and row.residue_2 != "CA"} == {
        ("C", "3NI"),
        ("D", "3NI"),
    }
