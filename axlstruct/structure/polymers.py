"""Which residues are a polypeptide, told by the residues themselves: what they are and what they are bound to.

Record names (ATOM, HETATM), TER records and tables of entities are written in many ways by many programs, and often not at all.
An amino acid that a peptide bond joins to another is part of a chain, whatever it is called; a ligand or ion between them is not
and does not break the chain. An amino acid that is bound to none is part of the chain where it stands among its residues, as one
does between two stretches without density; behind the chain, after TER or other groups, it is a ligand. Caps are no residues.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from axlstruct.sequence.residues import ONE_LETTER
from axlstruct.structure.components import standard_component

if TYPE_CHECKING:
    import gemmi
    import numpy as np

PEPTIDE = 2.0
"""Largest C-N distance of a peptide bond in Angstrom."""
TRACE = 4.3
"""Largest distance of CA atoms of neighbouring residues in Angstrom."""
_BOND = 1.9
CAPS = frozenset({"ACE", "NME", "NMA", "NH2", "FOR", "ACT", "CH3", "NHE", "NH3"})
"""Groups that close an end of a chain."""


@lru_cache(maxsize=1024)
def is_amino_acid(name: str) -> bool:
    """Whether a component is an amino acid by its name, as far as the name is known.

    Examples
    --------
    >>> is_amino_acid("TYR"), is_amino_acid("MSE"), is_amino_acid("NAG"), is_amino_acid("ACE")
    (True, True, False, False)
    """
    if name in ONE_LETTER or standard_component(name) in ONE_LETTER:
        return True
    import gemmi

    return name not in CAPS and name != "UNK" and gemmi.find_tabulated_residue(name).is_amino_acid()


@lru_cache(maxsize=1024)
def is_other(name: str) -> bool:
    """Whether a component is known to be something else: water, a base, a cap, a common ion, sugar or buffer."""
    import gemmi

    if name in CAPS or name == "UNL":
        return True
    info = gemmi.find_tabulated_residue(name)
    return info.found() and not info.is_amino_acid() and name != "UNK"


@dataclass(frozen=True)
class _Backbone:
    """Atoms N, CA and C of each residue as indices into the atom columns, -1 where one is not there; shape (residues,)."""

    n: np.ndarray
    alpha: np.ndarray
    c: np.ndarray
    xyz: np.ndarray


def find_polymers(model: gemmi.Model, flat: gemmi.FlatStructure, parents: Mapping[str, str] | None = None) -> list[list[int]]:
    """The polypeptide of each chain of a model.

    Parameters
    ----------
    model : gemmi.Model
    flat : gemmi.FlatStructure
        The atom columns of that model.
    parents : mapping of str to str, optional
        Parents of modified residues that the file names.

    Returns
    -------
    list of list of int
        For each chain the indices of its residues that are a polypeptide, in the order of the peptide bonds.
    """
    backbone = _backbone(model, flat)
    polymers, first = [], 0
    for chain in model:
        polymers.append(_members(chain, first, backbone, parents or {}))
        first += len(chain)
    return polymers


def unbroken(model: gemmi.Model) -> list[list[int]] | None:
    """As `find_polymers`, of a model that is nothing but polypeptides without a gap, as predicted ones are; else None.

    It is answered without NumPy, residue by residue up to the first that is not bound to the one before.
    """
    for chain in model:
        before = None
        for residue in chain:
            nitrogen, carbon = residue.find_atom("N", "*"), residue.find_atom("C", "*")
            if residue.name not in ONE_LETTER or not nitrogen or not carbon:
                return None
            if before is not None and not before.pos.dist(nitrogen.pos) < PEPTIDE:
                return None
            before = carbon
        if len(chain) < 2:
            return None
    return [list(range(len(chain))) for chain in model]


def _backbone(model: gemmi.Model, flat: gemmi.FlatStructure) -> _Backbone:
    import numpy as np

    sizes = np.array([len(residue) for chain in model for residue in chain], dtype=np.intp)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    names = np.ascontiguousarray(flat.atom_names).view(np.uint64).ravel()
    columns = []
    for name in (b"N", b"CA", b"C"):
        rows = np.flatnonzero(names == np.frombuffer(name.ljust(8, b"\0"), np.uint64)[0])[::-1]
        column = np.full(len(sizes), -1, dtype=np.intp)
        column[owner[rows]] = rows
        columns.append(column)
    n, alpha, c = columns
    return _Backbone(n, alpha, c, np.asarray(flat.pos))


def _near(backbone: _Backbone, one: np.ndarray, two: np.ndarray, limit: float) -> np.ndarray:
    """Whether atoms (columns of indices) lie within a distance; False where one is not there."""
    import numpy as np

    gap = np.linalg.norm(backbone.xyz[one] - backbone.xyz[two], axis=1)
    near: np.ndarray = (one >= 0) & (two >= 0) & (gap < limit)
    return near


def _members(chain: gemmi.Chain, first: int, backbone: _Backbone, parents: Mapping[str, str]) -> list[int]:
    """Indices of the residues of a chain that are its polypeptide, in chain order."""
    import numpy as np

    names = [residue.name for residue in chain]
    places = [k for k, name in enumerate(names) if is_amino_acid(name) or not is_other(name)]
    if not places:
        return []
    rows = np.array(places) + first
    n, alpha, c = backbone.n[rows], backbone.alpha[rows], backbone.c[rows]
    known = np.array([is_amino_acid(names[k]) or is_amino_acid(parents.get(names[k], "")) for k in places])
    whole = _near(backbone, n, alpha, _BOND) & _near(backbone, alpha, c, _BOND)
    keep = known | whole
    places = [k for k, good in zip(places, keep.tolist(), strict=True) if good]
    rows, known = rows[keep], known[keep]
    if not places:
        return []
    n, alpha, c = n[keep], alpha[keep], c[keep]
    count = len(places)
    bound = _near(backbone, c[:-1], n[1:], PEPTIDE)
    trace = known[:-1] & known[1:] & ((c[:-1] < 0) | (n[1:] < 0)) & _near(backbone, alpha[:-1], alpha[1:], TRACE)
    joined = bound | trace
    linked = np.zeros(count, dtype=bool)
    linked[:-1] |= joined
    linked[1:] |= joined
    order = list(range(count))
    if not joined.all():
        order = _chain_order(backbone, n, c, joined, linked)
    het = [chain[k].het_flag == "H" for k in places]
    member = _with_islands(places, linked, known, het)
    return [places[k] for k in order if member[k]]


def _chain_order(backbone: _Backbone, n: np.ndarray, c: np.ndarray, joined: np.ndarray, linked: np.ndarray) -> list[int]:
    """The order of residues along peptide bonds, for files that write some elsewhere; marks those that are bound so."""
    import numpy as np

    from axlstruct.structure.neighbours import near_pairs

    count = len(n)
    follower: dict[int, int] = {k: k + 1 for k in np.flatnonzero(joined).tolist()}
    carbon, nitrogen = np.flatnonzero(c >= 0), np.flatnonzero(n >= 0)
    free_c = carbon[[k not in follower for k in carbon.tolist()]]
    has_before = set(follower.values())
    free_n = nitrogen[[k not in has_before for k in nitrogen.tolist()]]
    moved = False
    if len(free_c) and len(free_n):
        reach = np.full(len(backbone.xyz), PEPTIDE / 2)
        atoms_c, atoms_n = near_pairs(backbone.xyz, reach, c[free_c], n[free_n])
        of_c, of_n = {int(c[k]): int(k) for k in free_c}, {int(n[k]): int(k) for k in free_n}
        for one, two in zip(atoms_c.tolist(), atoms_n.tolist(), strict=True):
            a, b = of_c[one], of_n[two]
            if a != b and a not in follower and b not in has_before:
                follower[a] = b
                has_before.add(b)
                linked[[a, b]] = True
                moved = True
    if not moved:
        return list(range(count))
    runs, seen = [], set()
    for start in [k for k in range(count) if k not in has_before] + list(range(count)):
        run = []
        place: int | None = start
        while place is not None and place not in seen:
            seen.add(place)
            run.append(place)
            place = follower.get(place)
        if run:
            runs.append(run)
    return [place for run in sorted(runs, key=min) for place in run]


def _with_islands(places: list[int], linked: np.ndarray, known: np.ndarray, het: list[bool]) -> list[bool]:
    """The bound residues, and amino acids that stand alone among them or next to them."""
    import numpy as np

    member: list[bool] = linked.tolist()
    bound = np.flatnonzero(linked)
    if not len(bound):  # no bond at all: a trace with gaps, a broken model, or ligands
        return [bool(amino) and not hetero for amino, hetero in zip(known.tolist(), het, strict=True)]
    first, last = int(bound[0]), int(bound[-1])
    for k in range(first, last):
        member[k] = member[k] or bool(known[k])
    for step, edge in ((-1, first), (1, last)):
        k = edge + step
        while 0 <= k < len(places) and known[k] and not het[k] and abs(places[k] - places[k - step]) == 1:
            member[k] = True
            k += step
    return member
