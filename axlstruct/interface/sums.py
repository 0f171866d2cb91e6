"""Area, contacts and bonds of an interface summed by exon, domain or residue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.interface.classes import NO_CONTACT, InterfaceClass
from axlstruct.interface.interactions import InteractionRow
from axlstruct.interface.rows import ContactRow
from axlstruct.sequence.target import Protein
from axlstruct.structure.glycans import Glycan, residue_of_atom
from axlstruct.structure.structure import Structure
from axlstruct.structure.surface import Burial

if TYPE_CHECKING:
    import numpy as np

LINKER = "linker"
LEAST_AREA = 0.05
"""Square Angstrom below which a part without contact is not worth a row."""
PARTS = ("exon", "domain", "residue")


@dataclass(frozen=True, slots=True)
class SumRow:
    """What a part of a protein gives to an interface, a copy of the interface class on average.

    ``part`` is an exon number (``2;3`` for residues whose codon is split), a domain name, ``linker`` for residues in none, or a
    residue (``R55``, UniProt position).
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
    contacts: Sequence[ContactRow],
    bonds: Sequence[InteractionRow],
    burials: Mapping[tuple[str, str], Burial],
    glycans: Sequence[Glycan],
    *,
    by: str,
    radii: str,
) -> list[SumRow]:
    """Sum an interface by exon, domain or residue, class by class, averaged over the copies.

    Parameters
    ----------
    structure : Structure
    classes : sequence of InterfaceClass
    contacts : sequence of ContactRow
        Receptor-ligand contacts.
    bonds : sequence of InteractionRow
    burials : mapping of chain names to Burial
        By `ChainPair.chains`, for every pair of the classes.
    glycans : sequence of Glycan
        Area that sugars lose counts for the residue that carries them.
    by : str
        ``exon``, ``domain`` or ``residue``.
    radii : str
        What the areas depend on, for the record.
    """
    name_of, owner = part_of(by), residue_of_atom(structure, glycans)
    rows = []
    for cls in classes:
        if cls.name == NO_CONTACT or not cls.pairs[0].joins_receptor_and_ligand:
            continue
        table: dict[tuple[int, str], Counter[str]] = {}
        order: dict[tuple[int, str], int] = {}
        for pair in cls.pairs:
            for number, side in enumerate((pair.side_1, pair.side_2), 1):
                assert side.map is not None
                protein, positions = side.map.protein, side.map.position_of
                mine = [r for r in contacts if (r.chain_1, r.chain_2) == pair.chains]
                held = [r for r in bonds if (r.chain_1, r.chain_2) == pair.chains]
                counted: list[tuple[int | None, str, float]] = [
                    (position, "residues", 1.0) for position in {getattr(r, f"position_{number}") for r in mine}
                ]
                counted += [(getattr(r, f"position_{number}"), "residue_pairs", 1.0) for r in mine]
                counted += [(getattr(r, f"position_{number}"), "hbonds", float(r.hbonds)) for r in held]
                counted += [(getattr(r, f"position_{number}"), "salt_bridges", 1.0) for r in held if r.type == "salt-bridge"]
                for index, area in _lost(owner, burials[pair.chains], number).items():
                    counted.append((positions.get(structure.residues[index].id), "bsa", area))
                for position, what, value in counted:
                    part = name_of(protein, position) if position else LINKER
                    table.setdefault((number, part), Counter())[what] += value  # type: ignore[assignment]
                    order[number, part] = min(order.get((number, part), 10**6), position or 10**6)
        copies = len(cls.pairs)
        for number, part in sorted(table, key=lambda key: (key[0], order[key])):
            cell = table[number, part]
            values = [cell[what] / copies for what in ("residues", "residue_pairs", "hbonds", "salt_bridges")]
            if not any(values) and cell["bsa"] / copies < LEAST_AREA:
                continue
            rows.append(
                SumRow(
                    structure.id, structure.assembly, cls.name, cls.proteins[number - 1], by, part,
                    values[0], values[1], values[2], values[3], round(cell["bsa"] / copies, 1), copies, radii,
                )
            )  # fmt: skip
    return rows


def _lost(residue_of_atom: np.ndarray, burial: Burial, side: int) -> dict[int, float]:
    """Area lost by each residue of a side, square Angstrom, by index into `Structure.residues`."""
    import numpy as np

    atoms: np.ndarray = burial.atoms_1 if side == 1 else burial.atoms_2
    loss = burial.lost_1 if side == 1 else burial.lost_2
    owner = residue_of_atom[atoms]
    total = np.bincount(owner[owner >= 0], loss[owner >= 0])
    return {int(index): float(total[index]) for index in np.flatnonzero(total)}
