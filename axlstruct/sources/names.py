"""How structures are called: PDB ids, AlphaFold models, files."""

from __future__ import annotations

import re
from os.path import isfile
from pathlib import Path

from axlstruct.errors import UsageError
from axlstruct.sequence.notation import shortened

_PDB_ID = re.compile(r"[1-9][A-Za-z0-9]{3}|pdb_[A-Za-z0-9]{8}", re.IGNORECASE)
ALPHAFOLD = re.compile(r"AF-([A-Z0-9]+(?:-\d+)?)(?:-F1)?", re.IGNORECASE)

PAE = re.compile(r"AF-([A-Z0-9]+(?:-\d+)?)(?:-F1)?-PAE", re.IGNORECASE)
"""Predicted aligned errors of an AlphaFold model."""


def canonical(name: str) -> str:
    """The form of a structure's name that tables use: ``2C5D``, ``AF-P30530``; a path stays as it is.

    Raises
    ------
    UsageError
        Neither a PDB id, nor an AlphaFold model, nor a file.

    Examples
    --------
    >>> canonical("pdb_00002c5d"), canonical("af-p30530-f1")
    ('2C5D', 'AF-P30530')
    """
    if _PDB_ID.fullmatch(name):
        return (
            re.sub(r"^PDB_0000", "", name.upper())
            if name.upper().startswith("PDB_0000")
            else name.upper()
            if len(name) == 4
            else name.lower()
        )
    if match := ALPHAFOLD.fullmatch(name):
        return f"AF-{match[1].upper()}"
    if is_path(name):
        return name
    raise UsageError(
        f"{shortened(name)!r} names no structure", expected="a PDB id (2C5D), an AlphaFold model (AF-P30530) or a file"
    )


def is_path(name: str) -> bool:
    """Whether a name is meant as a file: it has a folder or a suffix, or such a file is there."""
    if "\0" in name:
        return False
    return "/" in name or "\\" in name or bool(Path(name).suffix) or isfile(name)  # False for a name too long for the file system
