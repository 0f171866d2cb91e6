"""What a coordinate file calls its molecules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gemmi


def of_mmcif(block: gemmi.cif.Block) -> dict[str, str]:
    """``_entity.pdbx_description`` by entity id; entities without one are left out."""
    rows = block.find("_entity.", ["id", "pdbx_description"])
    return {row.str(0): " ".join(row.str(1).split()) for row in rows if row[1] not in (".", "?")}


def molecules_of_chains(head: str) -> dict[str, str]:
    """``COMPND MOLECULE`` by chain letter.

    Examples
    --------
    >>> molecules_of_chains("COMPND    MOL_ID: 1;\\nCOMPND   2 MOLECULE: BARNASE;\\nCOMPND   3 CHAIN: A, B;")
    {'A': 'BARNASE', 'B': 'BARNASE'}
    """
    text = " ".join(line[10:80].strip() for line in head.splitlines() if line.startswith("COMPND"))
    found: dict[str, str] = {}
    for molecule in text.split("MOL_ID:")[1:]:
        parts = dict(part.strip().partition(":")[::2] for part in re.split(r";(?:\s|$)", molecule))
        name = " ".join(parts.get("MOLECULE", "").split())
        found |= {letter.strip(): name for letter in parts.get("CHAIN", "").split(",") if name and letter.strip()}
    return found
