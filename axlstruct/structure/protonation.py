"""Protons as the file shows them: by the hydrogens that are there, else by the names that residues have.

A file without hydrogens and with standard names says nothing; then the templates hold: acids and bases are charged, histidine is
neutral and may give or take.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from axlstruct.structure import chemistry
from axlstruct.structure.components import ComponentForm
from axlstruct.structure.neighbours import near_pairs
from axlstruct.structure.roles import ACCEPTOR, DONOR, IMIDAZOLE, LIGAND, NEGATIVE, POSITIVE

if TYPE_CHECKING:
    import numpy as np

HYDROGEN_REACH = 1.35
"""Largest distance in Angstrom of a hydrogen from its donor (S-H is the longest)."""


class Columns(Protocol):
    """What is needed of `axlstruct.structure.atoms.Atoms`, which asks this module."""

    @property
    def xyz(self) -> np.ndarray:
        """Angstrom, shape (n, 3)."""

    @property
    def residue(self) -> np.ndarray:
        """Residue of each atom."""

    @property
    def components(self) -> np.ndarray:
        """Standard component id of each atom's residue."""

    @property
    def elements(self) -> np.ndarray:
        """Element symbols."""

    @property
    def heavy(self) -> np.ndarray:
        """Mask of all atoms but hydrogen."""

    def of_residue(self, residue: int) -> dict[str, int]:
        """Atom name -> index for one residue."""


def protonate(roles: np.ndarray, atoms: Columns, forms: Mapping[int, ComponentForm]) -> None:
    """Correct the roles of atoms, in place, for the protons that the file shows or names.

    Parameters
    ----------
    roles : ndarray, shape (n,), int
        Bits of `axlstruct.structure.roles`.
    atoms : Columns
    forms : mapping
        Residue number -> what its name states.
    """
    import numpy as np

    shown: set[int] = set()
    if not atoms.heavy.all():
        held = hydrogens_held(atoms)
        shown = set(np.unique(atoms.residue[~atoms.heavy]).tolist())
        for residue in sorted(shown):
            there = {name: k for name, k in atoms.of_residue(residue).items() if atoms.heavy[k]}
            if any(roles[k] for k in there.values()):
                _by_hydrogens(roles, atoms, there, held, forms.get(residue))
    for residue, form in forms.items():
        if residue not in shown:
            _by_name(roles, atoms.of_residue(residue), form)


def hydrogens_held(atoms: Columns) -> np.ndarray:
    """How many hydrogens of its own residue each heavy atom holds, shape (n,)."""
    import numpy as np

    light, heavy = np.flatnonzero(~atoms.heavy), np.flatnonzero(atoms.heavy)
    i, j = near_pairs(atoms.xyz, np.full(len(atoms.heavy), HYDROGEN_REACH / 2), light, heavy)
    own = atoms.residue[i] == atoms.residue[j]
    count: np.ndarray = np.bincount(j[own], minlength=len(atoms.heavy))
    return count


def _by_hydrogens(roles: np.ndarray, atoms: Columns, there: dict[str, int], held: np.ndarray, form: ComponentForm | None) -> None:
    full = any(held[k] for k in there.values() if atoms.elements[k] == b"C")  # hydrogens on carbon: none were left out
    rings = [k for k in there.values() if roles[k] & IMIDAZOLE]
    if any(held[k] for k in rings):
        _imidazole(roles, rings, [k for k in rings if held[k]])
    elif form:
        _by_name(roles, there, form)
    for acid in _acids(roles, atoms, there):
        if protonated := [k for k in acid if held[k]]:
            _acid(roles, acid, protonated)
    if full:
        _bases(roles, atoms, there, held)
        for k in there.values():
            if atoms.elements[k] == b"N" and roles[k] & DONOR and not roles[k] & IMIDAZOLE and not held[k]:
                roles[k] &= ~DONOR


def _by_name(roles: np.ndarray, there: Mapping[str, int], form: ComponentForm) -> None:
    if form.neutral:
        for k in there.values():
            if roles[k] & POSITIVE:
                roles[k] &= ~POSITIVE
        if form.component == "LYS" and "NZ" in there:
            roles[there["NZ"]] |= ACCEPTOR | LIGAND
    if form.protonated is None:
        return
    protonated = [there[name] for name in form.protonated if name in there]
    rings = [k for k in there.values() if roles[k] & IMIDAZOLE]
    if rings:
        _imidazole(roles, rings, protonated)
    elif form.component in ("ASP", "GLU"):
        ends = ("OD1", "OD2") if form.component == "ASP" else ("OE1", "OE2")
        _acid(roles, [there[name] for name in ends if name in there], protonated)
    elif not form.protonated:
        for name in ("SG", "OH"):
            if name in there:
                roles[there[name]] &= ~DONOR


def _imidazole(roles: np.ndarray, rings: Iterable[int], protonated: Iterable[int]) -> None:
    """A protonated nitrogen gives and takes nothing, a bare one takes; two protonated ones share a charge."""
    rings, protonated = list(rings), set(protonated)
    for k in rings:
        roles[k] &= ~(IMIDAZOLE | (ACCEPTOR | LIGAND if k in protonated else DONOR))
        if len(protonated) > 1:
            roles[k] |= POSITIVE


def _acids(roles: np.ndarray, atoms: Columns, there: Mapping[str, int]) -> list[list[int]]:
    """Charged oxygens, together where they hang on one carbon."""
    groups: dict[str, list[int]] = {}
    for name, k in there.items():
        if roles[k] & NEGATIVE and roles[k] & ACCEPTOR:
            before = chemistry.polar_atom(atoms.components[k].decode(), name).antecedents
            carbon = before[0] if before and before[0].startswith("C") else name
            groups.setdefault(carbon, []).append(k)
    return list(groups.values())


def _acid(roles: np.ndarray, acid: Iterable[int], protonated: Iterable[int]) -> None:
    for k in acid:
        roles[k] &= ~NEGATIVE
    for k in protonated:
        roles[k] |= DONOR


def _bases(roles: np.ndarray, atoms: Columns, there: Mapping[str, int], held: np.ndarray) -> None:
    """A base that lacks a proton has no charge: an amine with three bonds, a guanidine with four hydrogens."""
    for group in chemistry.cations_of(atoms.components[next(iter(there.values()))].decode()):
        nitrogens = [there[name] for name in group if name in there and atoms.elements[there[name]] == b"N"]
        if not nitrogens:
            continue
        if len(group) == 1:
            name, k = group[0], nitrogens[0]
            bonds = len(chemistry.polar_atom(atoms.components[k].decode(), name).antecedents) if roles[k] & DONOR else 4
            neutral = bonds + held[k] == 3
        else:
            neutral = len(group) == 4 and 0 < sum(held[k] for k in nitrogens) < 5
        if neutral:
            for k in nitrogens:
                roles[k] &= ~POSITIVE
                if len(group) == 1:
                    roles[k] |= ACCEPTOR | LIGAND
