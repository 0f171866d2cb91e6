"""Identity of residues: author numbering in a structure, and position in a sequence, as two types that never mix."""

from __future__ import annotations

import re
from dataclasses import dataclass

ONE_LETTER = {
    "ALA": "A", "ARG": "R", "ASN": "N", "ASP": "D", "CYS": "C", "GLN": "Q", "GLU": "E", "GLY": "G", "HIS": "H", "ILE": "I",
    "LEU": "L", "LYS": "K", "MET": "M", "PHE": "F", "PRO": "P", "SER": "S", "THR": "T", "TRP": "W", "TYR": "Y", "VAL": "V",
}  # fmt: skip
THREE_LETTER = {one: three for three, one in ONE_LETTER.items()}

BACKBONE = ("N", "CA", "C", "O")
SIDE_CHAIN = {
    "ALA": "CB", "ARG": "CB CG CD NE CZ NH1 NH2", "ASN": "CB CG OD1 ND2", "ASP": "CB CG OD1 OD2", "CYS": "CB SG",
    "GLN": "CB CG CD OE1 NE2", "GLU": "CB CG CD OE1 OE2", "GLY": "", "HIS": "CB CG ND1 CD2 CE1 NE2", "ILE": "CB CG1 CG2 CD1",
    "LEU": "CB CG CD1 CD2", "LYS": "CB CG CD CE NZ", "MET": "CB CG SD CE", "PHE": "CB CG CD1 CD2 CE1 CE2 CZ", "PRO": "CB CG CD",
    "SER": "CB OG", "THR": "CB OG1 CG2", "TRP": "CB CG CD1 CD2 NE1 CE2 CE3 CZ2 CZ3 CH2", "TYR": "CB CG CD1 CD2 CE1 CE2 CZ OH",
    "VAL": "CB CG1 CG2",
    "MSE": "CB CG SE CE", "SEP": "CB OG P O1P O2P O3P", "TPO": "CB CG2 OG1 P O1P O2P O3P",
    "PTR": "CB CG CD1 CD2 CE1 CE2 CZ OH P O1P O2P O3P",
}  # fmt: skip
_EXPECTED = {name: (*BACKBONE, *atoms.split()) for name, atoms in SIDE_CHAIN.items()}


def heavy_atoms(name: str) -> tuple[str, ...]:
    """Names of the heavy atoms of a residue inside a chain (no OXT); only the backbone for a residue without template.

    Examples
    --------
    >>> heavy_atoms("SER")
    ('N', 'CA', 'C', 'O', 'CB', 'OG')
    """
    return _EXPECTED.get(name, BACKBONE)


_RESIDUE_NUMBER = re.compile(r"(-?\d{1,9})([A-Za-z]?)")


@dataclass(frozen=True, slots=True, order=True)
class ResidueId:
    """A residue of a structure in author numbering: ``auth_asym_id``, ``auth_seq_id`` and insertion code.

    Orders by structure, chain, number, insertion code, as residues follow in most (not in all) chains.

    Attributes
    ----------
    structure : str
        Entry, such as ``2C5D``.
    chain : str
        ``auth_asym_id``.
    number : int
        ``auth_seq_id``, which may be negative.
    icode : str
        Insertion code, empty for most.

    Examples
    --------
    >>> ResidueId.parse("2C5D:C/59")
    ResidueId(structure='2C5D', chain='C', number=59, icode='')
    >>> str(ResidueId("1IGY", "B", 82, "A"))
    '1IGY:B/82A'
    """

    structure: str
    chain: str
    number: int
    icode: str = ""

    @classmethod
    def parse(cls, text: str) -> ResidueId:
        """Read a residue in author numbering.

        Parameters
        ----------
        text : str
            ``STRUCTURE:CHAIN/NUMBER[ICODE]``.

        Returns
        -------
        ResidueId

        Raises
        ------
        ValueError
            Anything else.
        """
        place, slash, number = text.strip().rpartition("/")
        structure, colon, chain = place.rpartition(":")
        match = _RESIDUE_NUMBER.fullmatch(number)
        if not (slash and colon and structure and chain and match):
            raise ValueError(f"not STRUCTURE:CHAIN/NUMBER: {text!r}")
        return cls(structure, chain, int(match[1]), match[2])

    @property
    def label(self) -> str:
        """Number and insertion code as printed, such as ``82A``."""
        return f"{self.number}{self.icode}"

    def __str__(self) -> str:
        return f"{self.structure}:{self.chain}/{self.label}"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A 1-based position in the sequence of a protein, named by its accession.

    Attributes
    ----------
    accession : str
        Of UniProt.
    number : int
        1-based.

    Raises
    ------
    ValueError
        A number below 1.

    Examples
    --------
    >>> str(Position("P30530", 702))
    'P30530:702'
    """

    accession: str
    number: int

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"a position counts from 1, not {self.number}")

    @classmethod
    def parse(cls, text: str) -> Position:
        """Read a position.

        Parameters
        ----------
        text : str
            ``ACCESSION:NUMBER``.

        Returns
        -------
        Position

        Raises
        ------
        ValueError
            Anything else.
        """
        accession, colon, number = text.strip().partition(":")
        if not (accession and colon and number.isdecimal()):
            raise ValueError(f"not ACCESSION:NUMBER: {text!r}")
        return cls(accession, int(number))

    def __str__(self) -> str:
        return f"{self.accession}:{self.number}"
