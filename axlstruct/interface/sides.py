"""What a chain is: the protein it shows, what the file calls it, and what names its residues in every copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from axlstruct.sequence.alignment import lay
from axlstruct.sequence.residues import ResidueId
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.structure import ObservedResidue, ProteinChain, Structure

_WORD = 6
_MIN_WORDS = 0.3
"""Share of the words of six letters that two chains must have in common before they are laid on each other."""
_MIN_SHARE, _MIN_IDENTITY = 0.5, 0.9
"""Share of the shorter chain that must fit, and share of the letters that must agree, for two chains to be one molecule."""


@dataclass(frozen=True)
class Side:
    """One chain of a pair.

    Attributes
    ----------
    chain : ProteinChain
    map : ChainMap or None
        Where it lies on a protein of the target; None for any other chain.
    kind : str
        What chains of one molecule share, of a chain outside the target; by default the entity.
    places : mapping of ResidueId to int, optional
        What names a residue in every copy of such a chain; by default its place in the declared sequence, else its number.
    """

    chain: ProteinChain
    map: ChainMap | None
    kind: str = ""
    places: Mapping[ResidueId, int] | None = field(default=None, repr=False, compare=False)

    @property
    def protein(self) -> str:
        """Name of the target's protein; of another chain what the file calls its molecule, else the chain's letter."""
        return self.map.protein.name if self.map else self.chain.description or self.chain.chain

    @property
    def molecule(self) -> str:
        """What tells copies of one molecule from other chains."""
        return self.map.protein.name if self.map else self.kind or f"entity {self.chain.entity}"

    @property
    def rank(self) -> tuple[int, str, str]:
        """Receptor before ligand before other, then by chain name."""
        role = self.map.protein.role if self.map else ""
        return ({"receptor": 0, "ligand": 1}.get(role, 2), self.chain.chain, self.chain.label)

    def position(self, residue: ObservedResidue) -> int | None:
        """UniProt position of a residue; None where it has none, and in every chain outside the target."""
        return self.map.position_of.get(residue.id) if self.map else None

    def place(self, residue: ObservedResidue) -> int | None:
        """What names a residue in every copy: its UniProt position, outside the target its place in the molecule."""
        if self.map:
            return self.map.position_of.get(residue.id)
        if self.places is not None:
            return self.places.get(residue.id)
        return residue.label_seq or residue.id.number


def sides_of(structure: Structure, maps: Sequence[ChainMap]) -> tuple[Side, ...]:
    """The protein chains of a structure, those of the target's proteins with their maps; in the order of the chains.

    Chains outside the target are one molecule where they declare the same sequence. Where the file declares none, they are one
    where at least half of the shorter fits the other with 90 % of the letters equal, by author numbers or by alignment.
    """
    mapped = {(map.chain.chain, map.chain.label): map for map in maps}
    declared: dict[tuple[str, ...], str] = {}
    known: list[_Molecule] = []
    sides = []
    for chain in structure.chains:
        map = mapped.get((chain.chain, chain.label))
        if map:
            sides.append(Side(chain, map))
        elif chain.declared:
            sides.append(Side(chain, None, declared.setdefault(chain.declared, f"entity {chain.entity}")))
        else:
            for molecule in known:
                if (places := molecule.places_of(chain)) is not None:
                    break
            else:
                molecule = _Molecule(f"chain {chain.chain} {chain.label}")
                places = molecule.extend(chain)
                known.append(molecule)
            sides.append(Side(chain, None, molecule.kind, places))
    return tuple(sides)


class _Molecule:
    """Chains without declared sequence that are copies of each other: the residues seen so far, each with its place."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._letters = ""
        self._words: set[str] = set()
        self._by_number: dict[tuple[int, str], tuple[int, str]] = {}

    def extend(self, chain: ProteinChain) -> dict[ResidueId, int]:
        """Places of the first chain, or of one with the same numbering, whose further residues are added."""
        if not self._letters:
            self._letters = _letters(chain)
            self._words = _words(self._letters)
        by_number, places = self._by_number, {}
        for residue in chain.residues:
            id = residue.id
            places[id] = by_number.setdefault((id.number, id.icode), (len(by_number) + 1, residue.letter))[0]
        return places

    def places_of(self, chain: ProteinChain) -> dict[ResidueId, int] | None:
        """Places of another chain's residues; None where it is another molecule."""
        letters = _letters(chain)
        shorter = min(len(letters), len(self._letters))
        seen = [(self._by_number.get((residue.id.number, residue.id.icode)), residue.letter) for residue in chain.residues]
        both = [(known[1], letter) for known, letter in seen if known]
        if _fits(both, shorter):
            return self.extend(chain)
        if len(_words(letters) & self._words) < _MIN_WORDS * shorter:
            return None
        laid = lay(letters, self._letters)
        if not _fits([(self._letters[p - 1], letter) for p, letter in zip(laid, letters, strict=True) if p], shorter):
            return None
        return {residue.id: place for residue, place in zip(chain.residues, laid, strict=True) if place}


def _letters(chain: ProteinChain) -> str:
    return "".join(residue.letter for residue in chain.residues)


def _words(letters: str) -> set[str]:
    return {letters[k : k + _WORD] for k in range(len(letters) - _WORD + 1)}


def _fits(pairs: Sequence[tuple[str, str]], shorter: int) -> bool:
    same = sum(one == two for one, two in pairs)
    return len(pairs) >= _MIN_SHARE * shorter > 0 and same >= _MIN_IDENTITY * len(pairs)
