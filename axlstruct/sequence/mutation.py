"""An exchanged residue as tables write it: ``AXL:E66R``, in positions of the protein's sequence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from axlstruct.errors import NotationError

WRITTEN = re.compile(r"(?:(?P<protein>[^:;\s]+):)?(?P<before>[A-Z])(?P<position>\d{1,9})(?P<after>[A-Z])")
"""One of them; without a name it is the receptor's."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One exchanged residue.

    Attributes
    ----------
    protein : str
        Its gene name; empty where none is written.
    before, after : str
        One-letter codes.
    position : int
        1-based in the protein's sequence.
    """

    protein: str
    before: str
    position: int
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.position}{self.after}"


def parse_mutations(text: str) -> tuple[Mutation, ...]:
    """The mutations of a mutant, joined by ``;``; raises NotationError where one cannot be read.

    Examples
    --------
    >>> [(m.protein, str(m)) for m in parse_mutations("AXL:E66R;AXL:T84R")]
    [('AXL', 'E66R'), ('AXL', 'T84R')]
    """
    found = []
    for word in text.split(";"):
        match = WRITTEN.fullmatch(word.strip())
        if match is None:
            raise NotationError(f"cannot read the mutation {word.strip()!r}", expected="as in AXL:E66R")
        found.append(Mutation(match["protein"] or "", match["before"], int(match["position"]), match["after"]))
    return tuple(found)
