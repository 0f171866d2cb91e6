"""The structure as the text that 3Dmol.js reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain as chained
from typing import TYPE_CHECKING

from axlstruct.scene.scene import Scene
from axlstruct.structure.secondary_structure import Place
from axlstruct.structure.structure import Structure

if TYPE_CHECKING:
    import gemmi

_SPARE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_PDB_NUMBERS = range(-999, 10_000)


def chain_letters(names: Iterable[str]) -> dict[str, str]:
    """One character for each chain, as the PDB format has room for no more; a name of one character stays.

    Examples
    --------
    >>> chain_letters(["A", "A-2", "C"])
    {'A': 'A', 'A-2': 'B', 'C': 'C'}
    """
    names = list(dict.fromkeys(names))
    taken = {name for name in names if len(name) == 1}
    spare = (letter for letter in chained(_SPARE, map(chr, range(0x100, 0xD800))) if letter not in taken)
    return {name: name if len(name) == 1 else next(spare) for name in names}


def model_text(structure: Structure, scene: Scene) -> str:
    """The structure as PDB records for 3Dmol.js: secondary structure first, then all heavy atoms but water.

    3Dmol.js reads insertion codes in the PDB format alone, hence no mmCIF; at an END line it would forget HELIX and SHEET, so
    there is none. Residues whose number does not fit the format are left out.
    """
    letters = chain_letters(chain.name for chain in structure.model)
    lines = element_lines(scene, letters)
    for name, residue in drawn_residues(structure):
        lines += _atom_lines(residue, letters[name])
    return "\n".join(lines) + "\n"


def element_lines(scene: Scene, letters: Mapping[str, str]) -> list[str]:
    """Helices and strands as PDB records, chains by their letters."""
    lines = []
    for count, (kind, chain, *ends) in enumerate(_elements(scene)):
        letter, serial = letters[chain], f"{count % 999 + 1:3d} {count % 999 + 1:3d}"
        first, last = (f"{number:4d}{icode:1s}" for number, icode in ends)
        if kind == "helix":
            lines.append(f"HELIX  {serial} ALA {letter} {first} ALA {letter} {last} 1")
        else:
            lines.append(f"SHEET  {serial} 1 ALA {letter}{first} ALA {letter}{last} 0")
    return lines


def drawn_residues(structure: Structure) -> Iterator[tuple[str, gemmi.Residue]]:
    """Residues that 3Dmol.js gets, each with the name of its chain."""
    for chain in structure.model:
        for residue in chain:
            if not residue.is_water() and (residue.seqid.num or 0) in _PDB_NUMBERS:
                yield chain.name, residue


def _elements(scene: Scene) -> Iterator[tuple[str, str, Place, Place]]:
    """Kind, chain and ends of helices and strands, cut to the residues whose numbers fit the format."""
    order: dict[str, list[Place]] = {}
    for row in scene.residues:
        order.setdefault(row.chain, []).append((row.number, row.icode))
    for element in scene.secondary:
        first, last = element.first, element.last
        if not {first[0], last[0]} <= set(_PDB_NUMBERS):
            places = order.get(element.chain, [])
            inside = places[places.index(first) : places.index(last) + 1] if {first, last} <= set(places) else []
            fitting = [place for place in inside if place[0] in _PDB_NUMBERS]
            if not fitting:
                continue
            first, last = fitting[0], fitting[-1]
        yield element.kind, element.chain, first, last


def _atom_lines(residue: gemmi.Residue, letter: str) -> Iterator[str]:
    place = f"{residue.name[:3]:>3s} {letter}{residue.seqid.num or 0:4d}{residue.seqid.icode:1s}"
    record = "HETATM" if residue.het_flag == "H" else "ATOM  "
    for atom in residue:
        if not atom.is_hydrogen():
            x, y, z = atom.pos.tolist()
            yield (
                f"{record}{atom.serial % 100000:5d} {atom.padded_name()[:4]:<4s} {place}   {x:8.3f}{y:8.3f}{z:8.3f}"
                f"{min(atom.occ, 999.0):6.2f}{min(atom.b_iso, 999.0):6.2f}          {atom.element.name.upper():>2s}"
            )
