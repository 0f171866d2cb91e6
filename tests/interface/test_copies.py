"""Copies of typed interactions: by position where chains are numbered differently, in either order in a homodimer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from shared_files import mirror
from tiny import Chain, cif_text

from axlstruct.interface.classes import classify, position_pairs
from axlstruct.interface.contacts import chain_pairs, near_atoms
from axlstruct.interface.interactions import InteractionRow, interaction_rows
from axlstruct.sequence.target import Protein
from axlstruct.sources.coordinates import read_structure
from axlstruct.structure.mapping import map_structure
from axlstruct.study.facade import Study

Write = Callable[..., Path]


def test_copies_go_by_position_not_by_number(study: Study, written: Write) -> None:
    """2C5D with author numbers of chain D 1000 higher: every n/m stays."""
    kept = ("SEQRES", "ATOM", "HETATM", "TER")
    lines = [line for line in mirror("2c5d.pdb").read_text().splitlines() if line.startswith(kept)]

    def higher(line: str) -> str:
        mine = line.startswith(kept[1:]) and len(line) > 26 and line[21] == "D"
        return f"{line[:22]}{int(line[22:26]) + 1000:>4}{line[26:]}" if mine else line

    before, after = (
        study.table("interactions", str(written("\n".join([*some, "END", ""]), "copy.pdb"))).rows
        for some in (lines, map(higher, lines))
    )
    assert any(row.chain_1 == "D" and row.number_1 > 1000 for row in after)

    def told(rows: Iterable[InteractionRow]) -> Counter[tuple[object, ...]]:
        return Counter(
            (r.interface, r.chain_1, r.position_1, r.chain_2, r.position_2, r.type, r.distance, r.copies) for r in rows
        )

    assert told(after) == told(before)
    assert Counter(row.copies for row in after) == {"2/2": 76, "1/2": 3}


def test_a_homodimer_has_copies_in_either_order(written: Write) -> None:
    """Leucine 10 of A on leucine 20 of B, and leucine 20 of C on leucine 10 of D: one contact, seen in two of two pairs."""
    letters = "".join("L" if n in (10, 20) else "G" for n in range(1, 25))
    protein = Protein("PRO", "P1", "receptor", letters)
    near = {("A", 10): 0.0, ("B", 20): 3.8, ("C", 20): 300.0, ("D", 10): 303.8}

    def atoms(name: str, far: float) -> Callable[[int], list[tuple[str, float, float, float]]]:
        return lambda n: [
            ("CD1", near[name, n + 1], 0.0, 0.0) if (name, n + 1) in near else ("CA", far, 8.0 * n + 40, 0.0),
        ]

    far = {"A": 100.0, "B": 150.0, "C": 200.0, "D": 250.0}
    file = written(cif_text(*(Chain(name, letters, atoms=atoms(name, x)) for name, x in far.items())))
    structure = read_structure(file)
    maps = map_structure(structure, [protein])
    pairs = chain_pairs(structure, maps, 5.0)
    classes = classify([(pair, position_pairs(structure.residues, pair.within(5.0))) for pair in pairs])
    rows = interaction_rows(structure, maps, classes, near_atoms(structure, 6.5), ())
    assert [(r.chain_1, r.number_1, r.chain_2, r.number_2, r.type, r.copies) for r in rows] == [
        ("A", 10, "B", 20, "hydrophobic", "2/2"),
        ("C", 20, "D", 10, "hydrophobic", "2/2"),
    ]
