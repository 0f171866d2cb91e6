"""Area, contacts and bonds of an interface summed by exon, domain or residue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.interface.classes import NO_CONTACT, InterfaceClass, turned
from axlstruct.interface.contacts import ChainPair
from axlstruct.interface.interactions import InteractionRow
from axlstruct.interface.kinds import SALT_BRIDGE
from axlstruct.interface.rows import ContactRow
from axlstruct.interface.sides import Side
from axlstruct.sequence.parts import LINKER
from axlstruct.sequence.residues import ResidueId
from axlstruct.sequence.target import Protein
from axlstruct.structure.glycans import Glycan, residue_of_atom
from axlstruct.structure.structure import ObservedResidue, Structure
from axlstruct.structure.surface import Burial

if TYPE_CHECKING:
    import numpy as np

WHOLE = "whole chain"
LEAST_AREA = 0.05
"""Square Angstrom below which a part without contact is not worth a row."""
PARTS = ("exon", "domain", "residue")

Lost = tuple[Mapping[int, float], Mapping[int, float]]
"""Area in square Angstrom that each residue of the two sides loses, by index into `Structure.residues`."""


@dataclass(frozen=True, slots=True)
class SumRow:
    """What a part of a protein gives to an interface, a copy of the interface class on average.

    ``part`` is an exon number (``2;3`` for residues whose codon is split), a domain name, ``linker`` for residues in none, or a
    residue (``R55``, UniProt position). A chain outside the target is one part, ``whole chain``; its residues are named by the
    author number of the first copy, as ``K27@1BRS``.
    ``bsa`` is the area in square Angstrom that these residues lose; over both proteins the parts add up to the two-sided area.
    ``residues`` counts residues with a contact; ``residue_pairs``, ``hbonds`` and ``salt_bridges`` are counted for each of the
    two parts that they join.
    """

    structure: str
    assembly: str
    interface: str
    protein: str
    by: str
    part: str
    residues: float
    residue_pairs: float
    hbonds: float
    salt_bridges: float
    bsa: float
    copies: int
    radii: str


def part_of(by: str) -> Callable[[Protein, int], str]:
    """The function that names the part of a position: by ``exon``, by ``domain`` or by ``residue``."""
    if by == "residue":
        return lambda protein, position: f"{protein.letter(position)}{position}"
    if by == "exon":
        return lambda protein, position: ";".join(map(str, protein.exons_of(position))) or LINKER
    return lambda protein, position: protein.domain(position) or LINKER


def sum_rows(
    structure: Structure,
    classes: Sequence[InterfaceClass],
    pairs: Collection[ChainPair],
    contacts: Sequence[ContactRow],
    bonds: Sequence[InteractionRow],
    lost: Mapping[tuple[str, str], Lost],
    *,
    by: str,
    radii: str,
) -> list[SumRow]:
    """Sum an interface by exon, domain or residue, class by class, averaged over the copies.

    Parameters
    ----------
    structure : Structure
    classes : sequence of InterfaceClass
    pairs : collection of ChainPair
        The copies asked for.
    contacts : sequence of ContactRow
        Of these pairs.
    bonds : sequence of InteractionRow
    lost : mapping of chain names to Lost
        From `lost_by_residue`, by `ChainPair.chains`, for every pair.
    by : str
        ``exon``, ``domain`` or ``residue``.
    radii : str
        What the areas depend on, for the record.
    """
    wanted = {pair.chains for pair in pairs}
    rows = []
    for cls in classes:
        copies = [pair for pair in cls.pairs if pair.chains in wanted]
        if cls.name == NO_CONTACT or not copies:
            continue
        table: dict[tuple[int, str], Counter[str]] = {}
        order: dict[tuple[int, str], int] = {}
        names = _Parts(structure, by)
        for pair in copies:
            flip = turned(pair)
            for number, side in enumerate((pair.side_1, pair.side_2), 1):
                column = 1 if cls.symmetric else 3 - number if flip else number
                mine = [r for r in contacts if (r.chain_1, r.chain_2) == pair.chains]
                held = [r for r in bonds if (r.chain_1, r.chain_2) == pair.chains]
                ends = [_end(structure, r, number) for r in mine]
                counted: list[tuple[ObservedResidue | None, str, float]] = [
                    (residue, "residues", 1.0) for residue in {id(residue): residue for residue in ends}.values()
                ]
                counted += [(residue, "residue_pairs", 1.0) for residue in ends]
                counted += [(_end(structure, r, number), "hbonds", float(r.hbonds)) for r in held]
                counted += [(_end(structure, r, number), "salt_bridges", 1.0) for r in held if r.type == SALT_BRIDGE]
                counted += [(structure.residues[index], "bsa", area) for index, area in lost[pair.chains][number - 1].items()]
                for residue, what, value in counted:
                    part, place = names.of(side, residue)
                    table.setdefault((column, part), Counter())[what] += value  # type: ignore[assignment]
                    order[column, part] = min(order.get((column, part), 10**6), place or 10**6)
        proteins = cls.proteins[::-1] if turned(cls.pairs[0]) else cls.proteins
        for number, part in sorted(table, key=lambda key: (key[0], order[key])):
            cell = table[number, part]
            values = [cell[what] / len(copies) for what in ("residues", "residue_pairs", "hbonds", "salt_bridges")]
            if not any(values) and cell["bsa"] / len(copies) < LEAST_AREA:
                continue
            rows.append(
                SumRow(
                    structure.id, structure.assembly, cls.name, proteins[number - 1], by, part,
                    values[0], values[1], values[2], values[3], round(cell["bsa"] / len(copies), 1), len(copies), radii,
                )
            )  # fmt: skip
    return rows


class _Parts:
    """Names of the parts of an interface class; of a residue outside the target that of the first copy."""

    def __init__(self, structure: Structure, by: str) -> None:
        self.structure, self.by, self.name_of = structure, by, part_of(by)
        self._named: dict[tuple[str, int], str] = {}

    def of(self, side: Side, residue: ObservedResidue | None) -> tuple[str, int | None]:
        """The part of a residue, and its place for the order of the parts."""
        place = side.place(residue) if residue else None
        if side.map:
            return (self.name_of(side.map.protein, place) if place else LINKER), place
        if self.by != "residue":
            return WHOLE, place
        if residue is None or place is None:
            return LINKER, None
        return self._named.setdefault((side.molecule, place), f"{residue.letter}{residue.id.label}@{self.structure.id}"), place


def _end(structure: Structure, row: ContactRow | InteractionRow, side: int) -> ObservedResidue | None:
    """The residue at one end of a row; None for a sugar."""
    one = side == 1
    chain, number, icode = (row.chain_1, row.number_1, row.icode_1) if one else (row.chain_2, row.number_2, row.icode_2)
    residue = structure.by_id.get(ResidueId(structure.id, chain, number, icode))
    return residue if residue and residue.name == (row.residue_1 if one else row.residue_2) else None


def lost_by_residue(structure: Structure, glycans: Sequence[Glycan], burial: Burial) -> Lost:
    """Area lost by each residue of both sides, square Angstrom, by index into `Structure.residues`.

    Area that sugars lose counts for the residue that carries them.
    """
    import numpy as np

    owners = residue_of_atom(structure, glycans)

    def of_side(atoms: np.ndarray, loss: np.ndarray) -> dict[int, float]:
        owner = owners[atoms]
        total = np.bincount(owner[owner >= 0], loss[owner >= 0])
        return {int(index): float(total[index]) for index in np.flatnonzero(total)}

    return of_side(burial.atoms_1, burial.lost_1), of_side(burial.atoms_2, burial.lost_2)
