"""Atom columns with their chemistry: what each atom can do, which residues follow each other, what is missing."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from axlstruct.errors import UsageError
from axlstruct.structure import chemistry
from axlstruct.structure import roles as bits
from axlstruct.structure.components import ComponentForm, form_of
from axlstruct.structure.protonation import protonate

if TYPE_CHECKING:
    import numpy as np

    from axlstruct.structure.structure import Structure

PEPTIDE = 2.0
"""Largest C-N distance in Angstrom between residues that are neighbours in a chain."""


@dataclass(frozen=True)
class Atoms:
    """Atom columns as the rules need them.

    Attributes
    ----------
    xyz : ndarray, shape (n, 3), float64
        Angstrom.
    residue : ndarray, shape (n,), int
        Residue of each atom, 0-based, in file order; atoms of a residue need not be next to each other.
    names, components, elements : ndarray, shape (n,), bytes
        Standard atom names and component ids, element symbols (``CA`` or ``Ca``).
    glycan : ndarray, shape (n,), bool, optional
        Atoms of sugar residues, found by linkage by the caller.
    others : tuple of (chain, number, insertion code, component)
        The residues that are numbered behind those of the protein chains.
    written : ndarray, shape (n,), bytes, optional
        Atom names as the file has them, where it does not use the standard names.
    forms : mapping
        Residue -> the protonation that its name states, where it states one.
    empty : ndarray, shape (n,), bool, optional
        Atoms of occupancy 0, where there are any.
    """

    xyz: np.ndarray
    residue: np.ndarray
    names: np.ndarray
    components: np.ndarray
    elements: np.ndarray
    glycan: np.ndarray | None = None
    others: tuple[tuple[str, int, str, str], ...] = ()
    written: np.ndarray | None = None
    forms: Mapping[int, ComponentForm] = field(default_factory=dict)
    empty: np.ndarray | None = None
    _maps: dict[int, dict[str, int]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        n = len(self.residue)
        columns = [
            c for c in (self.names, self.components, self.elements, self.glycan, self.written, self.empty) if c is not None
        ]
        if self.xyz.shape != (n, 3) or any(len(column) != n for column in columns):
            raise UsageError("atom columns of different length", expected=str(n))

    @cached_property
    def heavy(self) -> np.ndarray:
        """Mask of all atoms but hydrogen and deuterium."""

        return ~self.are(("H", "D"))

    def are(self, elements: Iterable[str]) -> np.ndarray:
        """Mask of the atoms of these elements, given in upper case."""
        return _among(self.elements, [form for symbol in elements for form in (symbol, symbol.title())])

    @cached_property
    def roles(self) -> np.ndarray:
        """Roles of each atom as bits, shape (n,): the template's, corrected for what this structure shows.

        A cysteine in a disulfide gives no hydrogen bond; both oxygens of a C terminus are charged; protons are those of the file.
        """
        import numpy as np

        code = np.zeros(len(self.names), dtype=np.int64)
        for column in (self.components, self.names):
            values, inverse = np.unique(np.ascontiguousarray(column, "S8").view(np.uint64), return_inverse=True)
            code = code * len(values) + inverse
        _, first, inverse = np.unique(code, return_index=True, return_inverse=True)
        table = [chemistry.roles_of(self.components[k].decode(), self.names[k].decode()) for k in first]
        roles = np.array(table, dtype=np.int64)[inverse] if table else np.zeros(0, np.int64)
        sulphurs = np.flatnonzero(roles & bits.THIOL)
        apart = np.linalg.norm(self.xyz[sulphurs][:, None] - self.xyz[sulphurs][None], axis=2) + 9.0 * np.eye(len(sulphurs))
        roles[sulphurs[(apart <= bits.DISULFIDE_LENGTH).any(axis=1)]] &= ~(bits.DONOR | bits.LIGAND)
        ends = self.residue[(self.names == b"OXT") & (roles != 0)]
        roles[(self.names == b"O") & np.isin(self.residue, ends)] |= bits.NEGATIVE
        if self.forms or not self.heavy.all():
            protonate(roles, self, self.forms)
        return roles

    @cached_property
    def _by_residue(self) -> tuple[np.ndarray, np.ndarray]:
        """Atoms in the order of their residues, and where each residue begins in it."""
        import numpy as np

        order = np.argsort(self.residue, kind="stable")
        return order, np.searchsorted(self.residue[order], np.arange(int(self.residue.max(initial=-1)) + 2))

    def of_residue(self, residue: int) -> dict[str, int]:
        """Atom name -> index for one residue; empty for a residue that is not there."""
        if residue not in self._maps:
            order, begin = self._by_residue
            rows = order[begin[residue] : begin[residue + 1]] if 0 <= residue < len(begin) - 1 else order[:0]
            self._maps[residue] = {name.decode(): k for name, k in zip(self.names[rows].tolist(), rows.tolist(), strict=True)}
        return self._maps[residue]

    def as_written(self, residue: int, names: Iterable[str]) -> tuple[str, ...]:
        """Atom names of a residue as the file has them; what is no atom's name stays."""
        if self.written is None:
            return tuple(names)
        there = self.of_residue(residue)
        return tuple(self.written[there[name]].decode() if name in there else name for name in names)

    @cached_property
    def component_of(self) -> np.ndarray:
        """Component id of each residue, shape (residues,), bytes; empty for a residue that is not there."""
        import numpy as np

        components = np.zeros(int(self.residue.max(initial=-1)) + 1, dtype="S8")
        components[self.residue[::-1]] = self.components[::-1]
        return components

    def component(self, residue: int) -> str:
        """Component id of a residue."""
        text: str = self.component_of[residue].decode()
        return text

    @cached_property
    def backbone(self) -> np.ndarray:
        """Indices of N, C and O of each residue, shape (residues, 3), -1 where one is not there or it is no amino acid."""
        import numpy as np

        table = np.full((int(self.residue.max(initial=-1)) + 1, 3), -1)
        for column, name in enumerate((b"N", b"C", b"O")):
            rows = np.flatnonzero((self.names == name) & self.amino)
            table[self.residue[rows], column] = rows
        return table

    @cached_property
    def amino(self) -> np.ndarray:
        """Mask of the atoms of amino acids whose chemistry is known."""
        import numpy as np

        return _among(
            self.components, [name for name in map(bytes.decode, np.unique(self.component_of)) if chemistry.known(name)]
        )

    @cached_property
    def linked(self) -> np.ndarray:
        """Whether a peptide bond joins each residue with the one before it in the list, shape (residues + 1,)."""
        import numpy as np

        n, c = self.backbone[1:, 0], self.backbone[:-1, 1]
        near = np.linalg.norm(self.xyz[n] - self.xyz[c], axis=1) < PEPTIDE
        return np.concatenate([[False], near & (n >= 0) & (c >= 0), [False]])

    def follows(self, residue: int, before: int) -> bool:
        """Whether ``residue`` is the next after ``before`` and a peptide bond joins them."""
        return residue == before + 1 and 0 < residue < len(self.linked) and bool(self.linked[residue])

    def missing(self, residue: int) -> tuple[str, ...]:
        """Heavy atoms that the template has and the structure has not."""
        there = self.of_residue(residue)
        name = self.component(residue)
        return tuple(atom for atom in chemistry.expected_atoms(name) if atom not in there) if chemistry.known(name) else ()


def _among(column: np.ndarray, words: Iterable[str]) -> np.ndarray:
    """Mask of the entries that are one of the words, compared as integers: ten times as fast as bytes."""
    import numpy as np

    wanted = np.array([word.encode() for word in words], dtype="S8")
    mask: np.ndarray = np.isin(np.ascontiguousarray(column, "S8").view(np.uint64), wanted.view(np.uint64))
    return mask


def atoms_of(structure: Structure, *, sugars: Container[tuple[str, int, str]] = ()) -> Atoms:
    """All atoms of a structure as the rules need them.

    Residues of protein chains are numbered as in ``structure.residues``; every other residue (ion, sugar, water) follows with a
    number of its own.

    Parameters
    ----------
    structure : Structure
    sugars : container of (chain, number, insertion code)
        Residues of glycans, in author numbering.
    """
    import numpy as np

    flat = structure.atoms
    chains = structure.chain_of_atom
    residue = structure.residue_of_atom.astype(np.int64)
    glycan = np.zeros(len(residue), dtype=bool)
    others: dict[tuple[str, int, str, str], int] = {}
    icodes, numbers = np.asarray(flat.icodes), np.asarray(flat.resnums)
    for k in np.flatnonzero(residue < 0).tolist():
        icode = chr(int(icodes[k])).strip(" \0")
        place = (chains[k], int(numbers[k]), icode)
        residue[k] = others.setdefault((*place, structure.components[k].decode()), len(structure.residues) + len(others))
        glycan[k] = place in sugars
    elements, names, own = np.asarray(flat.element_names), structure.standard_atom_names, structure.atom_names
    renamed = {n: form_of(residue.name) for n, residue in structure.renamed.items()}
    empty = np.asarray(flat.occ) == 0
    return Atoms(
        structure.xyz, residue, names, structure.standard_components, elements, glycan, tuple(others),
        written=None if names is own else own, forms={n: form for n, form in renamed.items() if form},
        empty=empty if empty.any() else None,
    )  # fmt: skip
