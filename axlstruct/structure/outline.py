"""A structure without coordinates: who is in it, residue by residue, and not where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

from axlstruct.errors import CoordinatesError
from axlstruct.structure.structure import ObservedResidue, Structure

if TYPE_CHECKING:
    import numpy as np
    from gemmi import FlatStructure, Model


def no_coordinates(id: str, what: str = "this needs coordinates") -> CoordinatesError:
    """What to say where a question needs the atoms of a structure of which only the released analysis is at hand."""
    return CoordinatesError(
        f"{what}, and only the released analysis is at hand", where=id, advice=f"axlstruct fetch {id}, or name a --mirror"
    )


class NoAtoms:
    """Stands where gemmi's residue or structure would: whoever asks it for atoms is told that there are none."""

    def __init__(self, id: str) -> None:
        self._id = id

    def _refuse(self) -> NoReturn:
        raise no_coordinates(self._id)

    def __iter__(self) -> Iterator[Any]:
        self._refuse()

    def __getitem__(self, index: object) -> Any:
        self._refuse()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        self._refuse()


@dataclass(frozen=True, slots=True)
class OutlinedResidue(ObservedResidue):
    """A residue with atoms, of which only names and numbers are known.

    Attributes
    ----------
    names : tuple of str
        Of its heavy atoms.
    lacking : tuple of str
        Heavy atoms that its kind has and the file did not hold.
    mean_b : float
        Mean B-factor of its atoms in A^2; of a predicted model the pLDDT.
    """

    names: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    mean_b: float = 0.0

    @property
    def atoms(self) -> tuple[str, ...]:
        """Names of its heavy atoms."""
        return self.names

    @property
    def missing_atoms(self) -> tuple[str, ...]:
        """Heavy atoms that its kind has and the file did not hold."""
        return self.lacking

    @property
    def b(self) -> float:
        """Mean B-factor of its atoms in A^2; of a predicted model the pLDDT."""
        return self.mean_b


@dataclass(frozen=True)
class Outline(Structure):
    """A structure of which chains, residues and names of atoms are known and coordinates are not; whoever needs those is told.

    Indices of atoms count the heavy atoms of the protein chains.
    """

    @property
    def model(self) -> Model:
        """Refused."""
        raise no_coordinates(self.id)

    @property
    def atoms(self) -> FlatStructure:  # type: ignore[override]
        """Refused."""
        raise no_coordinates(self.id)

    @property
    def xyz(self) -> np.ndarray:  # type: ignore[override]
        """Refused."""
        raise no_coordinates(self.id)

    @cached_property
    def atom_names(self) -> np.ndarray:
        """Atom names as bytes, shape (n,), dtype S8."""
        import numpy as np

        return np.array([name for residue in self.residues for name in residue.atoms], dtype="S8")

    @cached_property
    def heavy(self) -> np.ndarray:
        """All of them, shape (n,)."""
        import numpy as np

        return np.ones(len(self.atom_names), dtype=bool)

    @cached_property
    def residue_of_atom(self) -> np.ndarray:
        """Index into `residues` of each atom; shape (n,), int32."""
        import numpy as np

        return np.repeat(np.arange(len(self.residues), dtype=np.int32), [residue.n_atoms for residue in self.residues])
