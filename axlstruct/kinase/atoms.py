"""Atoms of a chain by sequence position: there, or absent for a reason that is said; never a neighbour's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from typing import TYPE_CHECKING

from axlstruct.sequence.coverage import MEANING, Coverage
from axlstruct.sequence.residues import BACKBONE
from axlstruct.structure.atoms import PEPTIDE
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.structure import ObservedResidue

if TYPE_CHECKING:
    from gemmi import Position

CATION = {"K": ("NZ",), "R": ("NE", "NH1", "NH2"), "H": ("ND1", "NE2")}
"""Side-chain nitrogens of basic residues, by letter."""

ANION = {"E": ("OE1", "OE2"), "D": ("OD1", "OD2")}
PHOSPHATE = ("O1P", "O2P", "O3P")
_CHI1 = {"I": "CG1", "V": "CG1"}


class Absent(Exception):
    """A measurement that cannot be made, with the reason; caught where the measurement is tabulated."""


@dataclass(frozen=True)
class KinaseAtoms:
    """The atoms of one chain of a protein.

    Every method raises `Absent`, naming the residue and the reason, where an atom it needs is not there. Positions are
    those of the protein's sequence, distances Angstrom, angles degrees.
    """

    map: ChainMap

    @cached_property
    def _found(self) -> dict[int, dict[str, Position]]:
        return {}

    def name(self, position: int) -> str:
        """Letter of the sequence and position."""
        return f"{self.map.protein.letter(position)}{position}"

    def residue(self, position: int | None, what: str = "") -> ObservedResidue:
        """The residue at a position, which must have the letter of the sequence."""
        if position is None:
            raise Absent(f"no {what}")
        slot = self.map.by_position.get(position)
        if slot is None or slot.residue is None:
            raise Absent(f"{self.name(position)} {MEANING[self.map.placement(position).coverage]}")
        if slot.residue.letter != self.map.protein.letter(position):
            raise Absent(f"{slot.residue.letter} instead of {self.name(position)}")
        return slot.residue

    def atom(self, position: int | None, name: str, what: str = "") -> Position:
        """Place of an atom."""
        residue = self.residue(position, what)
        assert position is not None
        atoms = self._found.setdefault(position, {atom.name: atom.pos for atom in residue.gemmi})
        if name not in atoms:
            raise Absent(f"{self.name(position)} without {name}")
        return atoms[name]

    def distance(self, one: int | None, atom_1: str, two: int | None, atom_2: str) -> float:
        """Between two atoms."""
        return float(self.atom(one, atom_1).dist(self.atom(two, atom_2)))

    def shortest(self, one: int | None, atoms_1: Iterable[str], two: int | None, atoms_2: Iterable[str]) -> float:
        """Between two groups of atoms, all of which must be there."""
        return min(self.distance(one, a, two, b) for a, b in product(tuple(atoms_1), tuple(atoms_2)))

    def side_chain(self, position: int | None, what: str = "") -> tuple[str, ...]:
        """Names of a residue's side-chain atoms, all of which must be there; CA of a glycine."""
        residue = self.residue(position, what)
        if residue.missing_atoms:
            assert position is not None
            raise Absent(f"{self.name(position)} without {' '.join(residue.missing_atoms)}")
        return tuple(name for name in residue.atoms if name not in (*BACKBONE, "OXT")) or ("CA",)

    def charged(self, position: int | None, kinds: Mapping[str, tuple[str, ...]], what: str) -> tuple[str, ...]:
        """Names of a residue's charged atoms."""
        letter = self.residue(position, what).letter
        if letter not in kinds:
            assert position is not None
            raise Absent(f"{self.name(position)} is not charged as {what} is")
        return kinds[letter]

    def phi(self, position: int) -> float:
        """Backbone angle C-N-CA-C."""
        return self._dihedral(((position - 1, "C"), (position, "N"), (position, "CA"), (position, "C")))

    def psi(self, position: int) -> float:
        """Backbone angle N-CA-C-N."""
        return self._dihedral(((position, "N"), (position, "CA"), (position, "C"), (position + 1, "N")))

    def chi1(self, position: int) -> float:
        """First side-chain angle N-CA-CB-CG."""
        end = _CHI1.get(self.residue(position).letter, "CG")
        return self._dihedral(((position, "N"), (position, "CA"), (position, "CB"), (position, end)))

    def _dihedral(self, atoms: Sequence[tuple[int, str]]) -> float:
        import math

        import gemmi

        for (before, c), (after, n) in pairwise(atoms):
            if after == before + 1 and self.distance(before, c, after, n) > PEPTIDE:
                raise Absent(f"chain broken between {self.name(before)} and {self.name(after)}")
        return math.degrees(gemmi.calculate_dihedral(*(self.atom(position, name) for position, name in atoms)))

    def seen(self, positions: Iterable[int]) -> tuple[list[int], list[int]]:
        """Positions with atoms, of whatever residue, and those without."""
        there: list[int] = []
        gone: list[int] = []
        for position in positions:
            slot = self.map.by_position.get(position)
            (there if slot and slot.residue else gone).append(position)
        return there, gone

    def plddt(self, positions: Iterable[int]) -> list[float]:
        """Confidence of the residues that are there; nothing for coordinates that were observed."""
        if not self.map.plddt:
            return []
        placed = (self.map.placement(position) for position in positions)
        return [p.plddt for p in placed if p.plddt is not None and p.coverage is not Coverage.UNKNOWN]
