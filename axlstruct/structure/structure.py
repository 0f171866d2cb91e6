"""A structure as axlstruct sees it: gemmi holds the atoms, these values say which residue is which."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from axlstruct.errors import StructureError
from axlstruct.sequence.residues import ResidueId
from axlstruct.structure.chemistry import expected_atoms
from axlstruct.structure.components import ATOM_NAMES, standard_atom

if TYPE_CHECKING:
    import numpy as np
    from gemmi import FlatStructure, Model, Residue
    from gemmi import Structure as GemmiStructure

ASU = "asu"
"""What the coordinates as deposited are called among the assemblies."""


@dataclass(frozen=True, slots=True)
class ObservedResidue:
    """A residue of a protein chain of which at least one atom is there.

    Attributes
    ----------
    id : ResidueId
        Author numbering.
    name : str
        Component id as in the file (``TYR``, ``PTR``).
    letter : str
        One-letter code of the standard parent (``Y`` for both), ``X`` where there is none.
    label_seq : int or None
        1-based index in the declared sequence.
    first_atom, n_atoms : int
        Its slice of the atom columns, hydrogens included.
    gemmi : gemmi.Residue
        Its atoms.
    component : str
        The component id that its name stands for (``HIS`` of ``HSD``); empty where it stands for itself.
    """

    id: ResidueId
    name: str
    letter: str
    label_seq: int | None
    first_atom: int
    n_atoms: int
    gemmi: Residue = field(repr=False, compare=False)
    component: str = ""

    @property
    def standard(self) -> str:
        """The component id that its chemistry is that of."""
        return self.component or self.name

    @property
    def atoms(self) -> tuple[str, ...]:
        """Names of its heavy atoms."""
        return tuple(atom.name for atom in self.gemmi if not atom.is_hydrogen())

    @property
    def missing_atoms(self) -> tuple[str, ...]:
        """Heavy atoms that its kind has and the file does not hold; of an unknown kind only the backbone is expected."""
        component, expected = self.standard, expected_atoms(self.standard)
        names = {atom.name for atom in self.gemmi}
        if names.issuperset(expected):
            return ()
        names = {standard_atom(component, name) for name in names}
        return tuple(name for name in expected if name not in names)

    @property
    def b(self) -> float:
        """Mean B-factor of its atoms in A^2; in a predicted model the pLDDT."""
        return sum(atom.b_iso for atom in self.gemmi) / self.n_atoms


@dataclass(frozen=True, slots=True)
class Reference:
    """A stretch of the declared sequence that the file itself lays on a sequence database.

    ``source`` says by what: ``SIFTS`` (``_pdbx_sifts_unp_segments``) or ``_struct_ref_seq``.
    """

    source: str
    accession: str
    label_first: int
    label_last: int
    db_first: int
    db_last: int


@dataclass(frozen=True, slots=True)
class ProteinChain:
    """A polypeptide chain.

    Attributes
    ----------
    chain, label : str
        ``auth_asym_id`` and ``label_asym_id``.
    entity : str
        Entity id in the file.
    declared : tuple of str
        Component ids of the whole declared sequence (one a place; of a microheterogeneity the first); empty where the file
        declares none.
    declared_letters : str
        The same as one-letter codes of the standard parents.
    residues : tuple of ObservedResidue
        In file order.
    references : tuple of Reference
    description : str
        What the file calls the molecule (``_entity.pdbx_description``, ``COMPND MOLECULE``); empty where it does not.
    """

    chain: str
    label: str
    entity: str
    declared: tuple[str, ...]
    declared_letters: str
    residues: tuple[ObservedResidue, ...]
    references: tuple[Reference, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class Structure:
    """One model of a structure, one conformer a residue.

    Attributes
    ----------
    id : str
        ``2C5D``, ``AF-P30530``, or the stem of a file's name.
    assembly : str
        ``asu`` or the id of the biological assembly.
    method : str
    resolution : float or None
        In Angstrom.
    predicted : bool
        Whether it is a model, not an experiment.
    chains : tuple of ProteinChain
    gemmi : gemmi.Structure
        One model, after the choice of conformers; atom serial numbers are 1..n, so ``atom.serial - 1`` indexes the columns.
    source : str
        Path or address it was read from.
    notes : tuple of str
        What was chosen or left out on reading (models, conformers), and what is odd about the file.
    plddt : bool
        Whether B-factors are pLDDT, 0-100: only where the file says so.
    """

    id: str
    assembly: str
    method: str
    resolution: float | None
    predicted: bool
    chains: tuple[ProteinChain, ...]
    gemmi: GemmiStructure
    source: str = ""
    notes: tuple[str, ...] = ()
    plddt: bool = False

    @property
    def model(self) -> Model:
        """The only model."""
        return self.gemmi[0]

    @cached_property
    def atoms(self) -> FlatStructure:
        """The atom columns as gemmi holds them, but for the names of chains: those are in `chain_of_atom`.

        See `atom_columns`.
        """
        try:
            return atom_columns(self.gemmi)
        except RuntimeError as error:
            raise StructureError(f"a name too long for the columns of atoms ({error})", where=self.id) from None

    @cached_property
    def chain_of_atom(self) -> np.ndarray:
        """Name of each atom's chain (``auth_asym_id``), of any length; shape (n,), dtype object."""
        import numpy as np

        names = np.array([chain.name for chain in self.model], dtype=object)
        return names.repeat([chain.count_atom_sites() for chain in self.model])

    @cached_property
    def xyz(self) -> np.ndarray:
        """Coordinates, shape (n, 3), float64, Angstrom, read-only."""
        xyz: np.ndarray = self.atoms.pos
        xyz.flags.writeable = False
        return xyz

    @cached_property
    def atom_names(self) -> np.ndarray:
        """Atom names as bytes, shape (n,), dtype S8."""
        import numpy as np

        return np.ascontiguousarray(self.atoms.atom_names).view("S8").ravel()

    @cached_property
    def components(self) -> np.ndarray:
        """Component id of each atom's residue as bytes, shape (n,), dtype S8."""
        import numpy as np

        return np.ascontiguousarray(self.atoms.residue_names).view("S8").ravel()

    @cached_property
    def renamed(self) -> dict[int, ObservedResidue]:
        """Residues whose name is a force field's, by their index into `residues`."""
        return {n: residue for n, residue in enumerate(self.residues) if residue.component not in ("", residue.name)}

    @cached_property
    def standard_components(self) -> np.ndarray:
        """As `components`, with the standard id of each residue whose name is a force field's; shape (n,), dtype S8."""
        if not self.renamed:
            return self.components
        column: np.ndarray = self.components.copy()
        for residue in self.renamed.values():
            column[residue.first_atom : residue.first_atom + residue.n_atoms] = residue.standard.encode()
        return column

    @cached_property
    def standard_atom_names(self) -> np.ndarray:
        """As `atom_names`, with the standard name of each atom of an amino acid that has another; shape (n,), dtype S8."""
        import numpy as np

        names, components = self.atom_names, self.standard_components
        old = np.array(sorted({atom for _, atom in ATOM_NAMES}), dtype="S8").view(np.uint64)
        rows = np.flatnonzero(np.isin(np.ascontiguousarray(names).view(np.uint64), old))
        standard = [standard_atom(components[row].decode(), names[row].decode()).encode() for row in rows.tolist()]
        changed = [(row, new) for row, new in zip(rows.tolist(), standard, strict=True) if new != names[row]]
        if not changed:
            return names
        column: np.ndarray = names.copy()
        for row, new in changed:
            column[row] = new
        return column

    @cached_property
    def heavy(self) -> np.ndarray:
        """Mask of all atoms but hydrogen and deuterium, shape (n,)."""
        import numpy as np

        return ~np.isin(np.asarray(self.atoms.element_names), (b"H", b"D"))

    @cached_property
    def residues(self) -> tuple[ObservedResidue, ...]:
        """The residues of all protein chains, chain after chain."""
        return tuple(residue for chain in self.chains for residue in chain.residues)

    @cached_property
    def by_id(self) -> dict[ResidueId, ObservedResidue]:
        """The residues of all protein chains by their ids."""
        return {residue.id: residue for residue in self.residues}

    @cached_property
    def residue_of_atom(self) -> np.ndarray:
        """Index into `residues` of each atom, -1 for atoms of no protein chain; shape (n,), int32."""
        import numpy as np

        owner = np.full(len(self.xyz), -1, dtype=np.int32)
        for index, residue in enumerate(self.residues):
            owner[residue.first_atom : residue.first_atom + residue.n_atoms] = index
        return owner

    def chain(self, name: str) -> ProteinChain:
        """A protein chain by ``auth_asym_id``; raises StructureError naming those there are."""
        for chain in self.chains:
            if chain.chain == name:
                return chain
        raise StructureError(
            f"no protein chain {name!r}",
            where=self.id,
            found=", ".join(c.chain for c in self.chains) or "no protein chain at all",
        )


def atom_columns(structure: GemmiStructure) -> FlatStructure:
    """The atom columns of a structure; raises RuntimeError where the name of a residue or atom has more than seven letters.

    gemmi's columns hold names of up to seven letters. Longer names of chains are no hindrance: a copy with short ones is laid out
    in their place.
    """
    import gemmi

    try:
        return gemmi.FlatStructure(structure)
    except RuntimeError:
        copy = structure.clone()
        for number, name in enumerate(dict.fromkeys(chain.name for model in copy for chain in model)):
            for model in copy:
                for chain in model:
                    if chain.name == name:
                        chain.name = f"{number:x}~"
        for model in copy:
            for chain in model:
                for residue in chain:
                    residue.subchain = ""
        return gemmi.FlatStructure(copy)
