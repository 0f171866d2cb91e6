"""What a study's structures show, a line a chain."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from axlstruct.sequence.coverage import Coverage
from axlstruct.sequence.features import spans_of

if TYPE_CHECKING:
    from axlstruct.interface.residue_rows import ResidueRow


def chain_lines(rows: Sequence[ResidueRow], in_print: Collection[str] = ()) -> list[str]:
    """What each structure chain shows of its protein, a line a chain; ``in_print`` are structures known without coordinates."""
    chains: dict[tuple[str, str, str], list[ResidueRow]] = {}
    for row in rows:
        if row.position is None:
            continue  # a chain outside the target
        chains.setdefault((row.structure, row.chain, row.protein), []).append(row)
    lines = []
    for (structure, chain, protein), part in chains.items():
        by_word = {word: spans_of(row.position for row in part if row.position and row.coverage == word) for word in Coverage}
        shown = spans_of(row.position for row in part if row.position and Coverage(row.coverage).has_atoms)
        words = [", ".join(map(str, shown)) or "nothing known"]
        words += [
            f"{word} {', '.join(map(str, by_word[word]))}"
            for word in (Coverage.DIFFERENT, Coverage.UNOBSERVED, Coverage.UNKNOWN)
            if by_word[word]
        ]
        words += ["predicted"] if by_word[Coverage.PREDICTED] else []
        words += ["as read in print, without coordinates"] if structure in in_print else []
        lines.append(f"{structure:<10} {chain:<3} {protein:<6} {'; '.join(words)}")
    return lines
