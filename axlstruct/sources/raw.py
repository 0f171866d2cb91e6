"""What a coordinate file says, before axlstruct makes its choices."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from axlstruct.structure.structure import Reference

if TYPE_CHECKING:
    import gemmi


@dataclass
class Raw:
    """A parsed file.

    Attributes
    ----------
    structure : gemmi.Structure
    id : str
        The entry that the file says it is; empty where it says none.
    references : dict of str to list of Reference
        By label_asym_id.
    declared : bool
        Whether its own tables say which residues are a polymer, and agree with its atoms.
    predicted : bool
        Whether it says that it is a model, not an experiment.
    plddt : bool
        Whether it says that the B-factors are pLDDT.
    unit : bool
        Whether it says that they run from 0 to 1.
    has_b : bool
        Whether it has a column of B-factors.
    molecules, letters : dict of str to str
        What it calls its molecules, by label_asym_id and by chain letter.
    notes : list of str
        What is odd about it.
    ascii : bool
        Whether it is text of ASCII letters only.
    """

    structure: gemmi.Structure
    id: str = ""
    references: dict[str, list[Reference]] = field(default_factory=dict)
    declared: bool = False
    predicted: bool = False
    plddt: bool = False
    unit: bool = False
    has_b: bool = True
    molecules: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    ascii: bool = False
