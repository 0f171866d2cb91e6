"""One place for each atom: those without coordinates left out, of alternative conformers the fullest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gemmi
    import numpy as np

PLACEHOLDER = 9999.0
"""Coordinates this large in Angstrom stand for none (9999.999, 99999.999)."""
SAME = 999.0
"""Three equal coordinates this large stand for none too (999.999)."""


def without_place(flat: gemmi.FlatStructure) -> np.ndarray:
    """Mask of atoms whose coordinates are none, shape (n,): not finite, placeholders, or several atoms at the origin.

    One atom of a residue at the origin is one there, unless more than two in the file are.
    """
    import numpy as np

    xyz = np.asarray(flat.pos)
    size = np.abs(xyz)
    if size.max(initial=0.0) < SAME and xyz.all(axis=1).all():  # every real file; comparisons with NaN are False
        return np.zeros(len(xyz), dtype=bool)
    none: np.ndarray = np.logical_or(~np.isfinite(xyz).all(axis=1), (size >= PLACEHOLDER).any(axis=1))
    none |= (size[:, 0] >= SAME) & (xyz[:, 0] == xyz[:, 1]) & (xyz[:, 1] == xyz[:, 2])
    origin = ~xyz.any(axis=1)
    at = np.flatnonzero(origin)
    numbers, chains = np.asarray(flat.resnums), np.asarray(flat.chain_ids)
    same = len(at) == 2 and numbers[at[0]] == numbers[at[1]] and (chains[at[0]] == chains[at[1]]).all()
    if len(at) > 2 or same:
        none |= origin
    return none


def drop_atoms(structure: gemmi.Structure, drop: np.ndarray) -> tuple[list[str], list[str]]:
    """Remove atoms of the only model; return the residues that lost all of theirs, and those that lost some.

    Parameters
    ----------
    structure : gemmi.Structure
    drop : ndarray, shape (n,), bool
    """
    gone: list[str] = []
    part: list[str] = []
    first = 0
    flags = drop.tolist()
    for chain in structure[0]:
        empty = []
        for index, residue in enumerate(chain):
            count = len(residue)
            mine = flags[first : first + count]
            first += count
            if not any(mine):
                continue
            where = f"{chain.name}/{str(residue.seqid).strip()}"
            (gone if all(mine) else part).append(where)
            for position in reversed(range(count)):
                if mine[position]:
                    del residue[position]
            if all(mine):
                empty.append(index)
        for index in reversed(empty):
            del chain[index]
    structure.remove_empty_chains()
    return gone, part


def words_on_dropped(gone: list[str], part: list[str]) -> list[str]:
    """Notes that name residues without coordinates."""
    notes = []
    if gone:
        notes.append(f"no coordinates (not finite, or a placeholder) for {_few(gone)}: as if not observed")
    if part:
        notes.append(f"no coordinates for some atoms of {_few(part)}: those are missing")
    return notes


def _few(names: list[str]) -> str:
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")


def choose_conformers(structure: gemmi.Structure, flat: gemmi.FlatStructure) -> int:
    """Keep of each atom one conformer; return how many residues had a choice.

    The letter of highest mean occupancy in its residue (ties: the first) is kept where an atom has it; an atom that has it not
    keeps its own best. Of two kinds of residue in one place (microheterogeneity) the kind of that letter is kept.

    Parameters
    ----------
    structure : gemmi.Structure
    flat : gemmi.FlatStructure
        Its atom columns.
    """
    import numpy as np

    chosen = first = 0
    ends = np.cumsum([len(residue) for chain in structure[0] for residue in chain])
    lettered = np.unique(np.searchsorted(ends, np.flatnonzero(flat.altlocs), side="right"))
    for chain in structure[0]:
        groups: dict[tuple[object, ...], list[int]] = {}
        for index in (lettered[(lettered >= first) & (lettered < first + len(chain))] - first).tolist():
            residue = chain[index]
            groups.setdefault((residue.subchain, str(residue.seqid), residue.label_seq), []).append(index)
        first += len(chain)
        drop = []
        for indices in groups.values():
            occupancy: dict[tuple[int, str], list[float]] = {}
            for index in indices:
                for atom in chain[index]:
                    if atom.altloc != "\0":
                        occupancy.setdefault((index, atom.altloc), []).append(atom.occ)
            if len(occupancy) < 2:
                continue
            chosen += 1
            keep, letter = max(occupancy, key=lambda key: sum(occupancy[key]) / len(occupancy[key]))
            drop += [index for index in indices if index != keep]
            residue = chain[keep]
            wanted = set(_one_place_each(residue, letter))
            for position in reversed(range(len(residue))):
                if position not in wanted:
                    del residue[position]
                else:
                    residue[position].altloc = "\0"  # the chosen atoms of neighbours meet, whatever their letters
        for index in sorted(drop, reverse=True):
            del chain[index]
    return chosen


def _one_place_each(residue: gemmi.Residue, letter: str) -> Iterable[int]:
    """Index of the atom to keep for each atom name."""
    named: dict[str, list[int]] = {}
    for position, atom in enumerate(residue):
        named.setdefault(atom.name, []).append(position)
    for positions in named.values():
        plain = [k for k in positions if residue[k].altloc == "\0"]
        same = [k for k in positions if residue[k].altloc == letter]
        yield from plain + same or [max(positions, key=lambda k: residue[k].occ)]
