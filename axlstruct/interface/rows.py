"""Contacts and interfaces as rows of tables; column names are fixed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from axlstruct.interface.classes import NO_CONTACT, InterfaceClass, copies, pair_key, position_pairs
from axlstruct.interface.contacts import ChainPair, residue_contacts
from axlstruct.interface.groups import Groups
from axlstruct.interface.sides import Side
from axlstruct.sequence.residues import ResidueId
from axlstruct.structure.answer import Touching
from axlstruct.structure.structure import ObservedResidue, Structure
from axlstruct.structure.surface import Burial


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A residue pair in contact: author numbers and UniProt positions, the receptor first; distance in Angstrom."""

    structure: str
    interface: str
    chain_1: str
    residue_1: str
    number_1: int
    icode_1: str
    position_1: int | None
    chain_2: str
    residue_2: str
    number_2: int
    icode_2: str
    position_2: int | None
    distance: float
    atom_pairs: int
    copies: str
    assembly: str


@dataclass(frozen=True, slots=True)
class AtomContactRow:
    """An atom pair in contact, with the identity columns of `ContactRow`."""

    structure: str
    interface: str
    chain_1: str
    residue_1: str
    number_1: int
    icode_1: str
    position_1: int | None
    chain_2: str
    residue_2: str
    number_2: int
    icode_2: str
    position_2: int | None
    atom_1: str
    atom_2: str
    distance: float
    assembly: str


@dataclass(frozen=True, slots=True)
class InterfaceRow:
    """A pair of protein chains, with or without contact.

    Distances in Angstrom, areas in square Angstrom: ``bsa`` is two-sided, the sum of what each side loses (``bsa_1``, ``bsa_2``);
    ``radii`` says with which radii, probe, points and atoms. ``hbonds`` includes those within salt bridges. Columns that were
    not asked for are empty.
    """

    structure: str
    assembly: str
    interface: str
    chain_1: str
    chain_2: str
    protein_1: str
    protein_2: str
    residue_pairs: int
    atom_pairs: int
    min_distance: float | None
    bsa: float | None
    bsa_1: float | None
    bsa_2: float | None
    radii: str
    hbonds: int | None
    salt_bridges: int | None
    sheet: str
    cutoff: float


def contact_rows(structure: Structure, cls: InterfaceClass, pair: ChainPair, cutoff: float) -> list[ContactRow]:
    """The residue pairs of a chain pair within a cutoff in Angstrom, each with its copies in the interface class."""
    residues = structure.residues
    counted = copies([cls], {other.chains: position_pairs(residues, other.within(cutoff)) for other in cls.pairs})
    rows = []
    for contact in residue_contacts(pair.within(cutoff)):
        one, two = residues[contact.residue_1], residues[contact.residue_2]
        position_1, position_2 = _position(pair, 1, one), _position(pair, 2, two)
        key = pair_key(pair, one, two)
        count = counted.get((cls.name, key), 1) if key else 1
        rows.append(
            ContactRow(
                one.id.structure, cls.name, one.id.chain, one.name, one.id.number, one.id.icode, position_1,
                two.id.chain, two.name, two.id.number, two.id.icode, position_2,
                round(contact.distance, 4), contact.atom_pairs, f"{count}/{len(cls.pairs)}", structure.assembly,
            )
        )  # fmt: skip
    return rows


def atom_contact_rows(structure: Structure, cls: InterfaceClass, pair: ChainPair, cutoff: float) -> list[AtomContactRow]:
    """The atom pairs of a chain pair within a cutoff in Angstrom."""
    names = structure.atom_names
    near = pair.within(cutoff)
    columns = (near.residues_1, near.residues_2, near.atoms_1, near.atoms_2, near.distance)
    rows = []
    for r1, r2, a1, a2, distance in zip(*(column.tolist() for column in columns), strict=True):
        one, two = structure.residues[r1], structure.residues[r2]
        rows.append(
            AtomContactRow(
                one.id.structure, cls.name, one.id.chain, one.name, one.id.number, one.id.icode, _position(pair, 1, one),
                two.id.chain, two.name, two.id.number, two.id.icode, _position(pair, 2, two),
                names[a1].decode(), names[a2].decode(), round(distance, 4), structure.assembly,
            )
        )  # fmt: skip
    return rows


def interface_row(
    structure: Structure,
    cls: InterfaceClass,
    pair: ChainPair,
    cutoff: float,
    *,
    burial: Burial | None = None,
    radii: str = "",
    hbonds: int | None = None,
    salt_bridges: int | None = None,
    sheet: str = "",
) -> InterfaceRow:
    """A chain pair with its counts within a cutoff in Angstrom and what else was computed of it."""
    near = pair.within(cutoff)
    closest = round(float(pair.distance.min()), 4) if len(pair.distance) else None
    bsa, bsa_1, bsa_2 = (round(burial.bsa, 1), round(burial.bsa_1, 1), round(burial.bsa_2, 1)) if burial else (None, None, None)
    return InterfaceRow(
        structure.id, structure.assembly, cls.name, pair.chains[0], pair.chains[1], pair.side_1.protein, pair.side_2.protein,
        len(residue_contacts(near)), len(near.distance), closest, bsa, bsa_1, bsa_2, radii, hbonds, salt_bridges, sheet, cutoff,
    )  # fmt: skip


def group_row(
    structure: Structure,
    groups: Groups,
    sides: tuple[Sequence[Side], Sequence[Side]],
    pairs: Sequence[tuple[ChainPair, InterfaceClass]],
    cutoff: float,
    *,
    burial: Burial | None = None,
    radii: str = "",
    hbonds: int | None = None,
    salt_bridges: int | None = None,
    sheet: str = "",
) -> InterfaceRow:
    """Two groups of chains as one interface: chains joined by commas, names of classes and proteins by ``;``.

    Parameters
    ----------
    structure : Structure
    groups : Groups
    sides : (sides of the first group, sides of the second)
    pairs : sequence of (ChainPair, InterfaceClass)
        The chain pairs that join the groups.
    cutoff : float
        Angstrom.
    burial, radii, hbonds, salt_bridges, sheet
        As in `interface_row`, for the groups as a whole.
    """
    near = [pair.within(cutoff) for pair, _ in pairs]
    closest = min((float(pair.distance.min()) for pair, _ in pairs if len(pair.distance)), default=None)
    names = list(dict.fromkeys(cls.name for _, cls in pairs if cls.name != NO_CONTACT)) or [NO_CONTACT]
    one, two = (";".join(dict.fromkeys(side.protein for side in group)) for group in sides)
    bsa, bsa_1, bsa_2 = (round(burial.bsa, 1), round(burial.bsa_1, 1), round(burial.bsa_2, 1)) if burial else (None, None, None)
    return InterfaceRow(
        structure.id, structure.assembly, ";".join(names), ",".join(groups.one), ",".join(groups.two), one, two,
        sum(len(residue_contacts(pair)) for pair in near), sum(len(pair.distance) for pair in near),
        None if closest is None else round(closest, 4), bsa, bsa_1, bsa_2, radii, hbonds, salt_bridges, sheet, cutoff,
    )  # fmt: skip


def touching(residues: Collection[ResidueId], rows: Iterable[ContactRow], names: Mapping[str, str]) -> tuple[Touching, ...]:
    """The partners of some residues, each once a structure and interface, with the closest distance over the copies.

    Parameters
    ----------
    residues : collection of ResidueId
        Copies of one residue.
    rows : iterable of ContactRow
        Receptor-ligand contacts.
    names : mapping of role to protein name
    """
    found: dict[tuple[object, ...], Touching] = {}
    for r in rows:
        one, two = (
            ResidueId(r.structure, r.chain_1, r.number_1, r.icode_1),
            ResidueId(r.structure, r.chain_2, r.number_2, r.icode_2),
        )
        if one in residues:
            partner = (names["ligand"], r.residue_2, r.number_2, r.position_2)
        elif two in residues:
            partner = (names["receptor"], r.residue_1, r.number_1, r.position_1)
        else:
            continue
        key = (r.structure, r.interface, partner)
        if key not in found or r.distance < found[key].distance:
            found[key] = Touching(r.structure, r.interface, *partner, r.distance, r.copies)
    return tuple(found.values())


def _position(pair: ChainPair, side: int, residue: ObservedResidue) -> int | None:
    return (pair.side_1 if side == 1 else pair.side_2).position(residue)
