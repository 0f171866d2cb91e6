"""Residues of a structure that are not those of the UniProt sequence: engineered, or variants."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from axlstruct.sequence.coverage import Coverage
from axlstruct.sequence.residues import ResidueId

if TYPE_CHECKING:
    from axlstruct.figures.stills.subject import Subject

MARK = "*"
"""Stands behind the label of such a residue."""


def changed_residues(subject: Subject) -> dict[ResidueId, str]:
    """Each such residue as protein and change, in the numbering of the labels: ``AXL D94G``."""
    found = {}
    for map in subject.maps:
        for id, position in map.position_of.items():
            if map.placement(position).coverage is Coverage.DIFFERENT:
                letters = map.protein.letter(position), subject.structure.by_id[id].letter
                found[id] = f"{map.protein.name} {letters[0]}{subject.number(id)}{letters[1]}"
    return found


def changed_words(changed: dict[ResidueId, str], shown: Collection[ResidueId] | None = None) -> str:
    """What a caption says of them; ``shown`` are the residues that are labelled. Empty where there are none."""
    labelled = list(dict.fromkeys(text for id, text in changed.items() if shown is not None and id in shown))
    others = [text for text in dict.fromkeys(changed.values()) if text not in labelled]
    parts = []
    if labelled:
        parts.append(f"Asterisks mark residues that are not those of the UniProt sequence: {', '.join(labelled)}.")
    if others:
        start = "Not labelled, but changed too" if labelled else "Engineered or variant, not the residues of the UniProt sequence"
        parts.append(f"{start}: {', '.join(others)}.")
    return " ".join(parts)
