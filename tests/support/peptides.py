"""Peptides with a whole backbone, residue by residue, as PDB lines or an mmCIF atom table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from tiny import pdb_atom

from axlstruct.sequence.residues import THREE_LETTER

_BACKBONE = {"N": (1.0, 1.0, 1.0), "CA": (2.4, 1.2, 1.0), "C": (3.2, 2.4, 1.0), "O": (2.8, 3.5, 1.2)}
"""One residue; the next begins 3.3 A further along x, 1.6 A from the last C, with y turned over."""


def pdb_chain(
    name: str,
    letters: str,
    *,
    start: int = 1,
    numbers: Sequence[int] | None = None,
    at: tuple[float, float, float] = (0.0, 0.0, 0.0),
    names: Mapping[int, str] | None = None,
    het: Collection[int] = (),
    record: str = "ATOM",
    segment: str = "",
    b: float = 20.0,
) -> list[list[str]]:
    """Lines of each residue of a chain: N, CA, C, O, C and N of neighbours bound.

    ``names`` puts other components at places (0-based), ``het`` names those written as HETATM.
    """
    residues = []
    for place, letter in enumerate(letters):
        number = numbers[place] if numbers else start + place
        lines = []
        for atom, (x, y, z) in _BACKBONE.items():
            spot = (round(at[0] + x + 3.3 * place, 3), round(at[1] + (y if place % 2 == 0 else 3.6 - y), 3), at[2] + z)
            component = (names or {}).get(place, THREE_LETTER.get(letter, "UNK"))
            line = pdb_atom(atom, component, name, number, spot, b=b, record="HETATM" if place in het else record)
            lines.append(f"{line[:72]}{segment:<4}{line[76:]}" if segment else line)
        residues.append(lines)
    return residues


def pdb_lines(residues: Iterable[Iterable[str]], end: str = "END") -> str:
    """A PDB file of residues and single records."""
    return "\n".join([*(line for lines in residues for line in lines), end, ""])


_COLUMNS = [
    "group_PDB", "id", "type_symbol", "label_atom_id", "label_alt_id", "label_comp_id", "label_asym_id", "label_seq_id",
    "pdbx_PDB_ins_code", "Cartn_x", "Cartn_y", "Cartn_z", "occupancy", "B_iso_or_equiv", "auth_seq_id", "auth_comp_id",
    "auth_asym_id", "auth_atom_id", "pdbx_PDB_model_num",
]  # fmt: skip
_LEFT_OUT = {
    "all": "",
    "no label": "label_asym_id label_seq_id",
    "no auth": "auth_seq_id auth_comp_id auth_asym_id auth_atom_id",
    "no type_symbol": "type_symbol",
    "few": "group_PDB id label_alt_id pdbx_PDB_ins_code occupancy auth_comp_id auth_atom_id pdbx_PDB_model_num",
}


def cif_atoms(residues: Iterable[Iterable[str]], columns: str) -> str:
    """An mmCIF file with an atom table only; ``columns``: all, no label, no auth, no type_symbol, few."""
    keep = [name for name in _COLUMNS if name not in _LEFT_OUT[columns].split()]
    lines = ["data_x", "loop_", *(f"_atom_site.{name}" for name in keep)]
    atoms = [line for residue in residues for line in residue if line.startswith(("ATOM", "HETATM"))]
    for serial, line in enumerate(atoms, 1):
        atom, component, chain, number = line[12:16].strip(), line[17:20].strip(), line[21], line[22:26].strip()
        x, y, z = line[30:38].strip(), line[38:46].strip(), line[46:54].strip()
        values = [line[:6].strip(), str(serial), line[76:78].strip(), atom, ".", component, chain, number, "?", x, y, z, "1.00"]
        values += [line[60:66].strip(), number, component, chain, atom, "1"]
        lines.append(" ".join(value for name, value in zip(_COLUMNS, values, strict=True) if name in keep))
    return "\n".join([*lines, ""])
