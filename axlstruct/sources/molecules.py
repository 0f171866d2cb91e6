"""Which atoms are which molecule, in files whose chain letters do not tell: none, one for two molecules, or every atom again.

Only files that look odd come here (`repeated`, `goes_back`); in all others a chain letter is a molecule.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import dist
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, NamedTuple

from axlstruct.sources.conformers import PLACEHOLDER
from axlstruct.structure.neighbours import near_pairs
from axlstruct.structure.polymers import is_amino_acid

if TYPE_CHECKING:
    import gemmi
    import numpy as np

_BOND, _TRACE = 2.5, 4.5
_SAME_PLACE = 2.5
_TWIN = 0.5
_OVERLAID = 0.1
_ENDS = frozenset({"OXT", "OT1", "OT2", "OC1", "OC2"})


class Row(NamedTuple):
    """One atom of a file, as far as it tells molecules apart.

    ``number`` holds the insertion code; ``part`` counts the END records before it, ``ter`` the TER records.
    """

    chain: str
    segment: str
    number: str
    residue: str
    atom: str
    alt: str
    xyz: tuple[float, float, float]
    het: bool
    part: int = 0
    ter: int = 0


@dataclass
class _Molecule:
    """Atoms of one chain letter that belong together."""

    rows: list[int] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    residue: tuple[str, str] = ("", "")
    segment: str = ""
    ter: int = 0
    last: int | None = None
    c: tuple[float, float, float] | None = None
    alpha: tuple[float, float, float] | None = None
    ended: bool = False
    ends_within: list[str] = field(default_factory=list)


def repeated(flat: gemmi.FlatStructure) -> bool:
    """Whether an atom (chain, residue, name, conformer) occurs twice."""
    import numpy as np

    code = _codes(flat)
    ordered = np.sort(code)
    return bool((ordered[1:] == ordered[:-1]).any())


def goes_back(flat: gemmi.FlatStructure) -> bool:
    """Whether numbers of neighbouring amino acids of a chain fall anywhere."""
    import numpy as np

    chains, numbers = _words(flat.chain_ids), np.asarray(flat.resnums)
    falls = np.flatnonzero((numbers[1:] < numbers[:-1]) & (chains[1:] == chains[:-1]))
    names = np.ascontiguousarray(flat.residue_names).view("S8").ravel()
    return any(is_amino_acid(names[k].decode()) and is_amino_acid(names[k + 1].decode()) for k in falls.tolist())


def _words(column: Any) -> np.ndarray:
    import numpy as np

    words: np.ndarray = np.ascontiguousarray(column).view(np.uint64).ravel()
    return words


def _codes(flat: gemmi.FlatStructure) -> np.ndarray:
    """One number for each atom's identity; different atoms have the same with a chance of 1 in 10^12."""
    import numpy as np

    code = _words(flat.chain_ids).copy()
    columns = [
        _words(flat.residue_names),
        _words(flat.atom_names),
        np.asarray(flat.resnums).astype(np.int64).view(np.uint64),
        np.asarray(flat.icodes).astype(np.uint64) << np.uint64(8) | np.asarray(flat.altlocs).astype(np.uint64),
        np.asarray(flat.model_num).astype(np.uint64),
    ]
    with np.errstate(over="ignore"):
        for column in columns:
            code *= np.uint64(0x9E3779B97F4A7C15)
            code ^= code >> np.uint64(29)
            code += column
    return code


def sort_molecules(rows: Sequence[Row], *, declared: Iterable[str] = ()) -> tuple[list[str | None], list[str]]:
    """A chain name for each atom, None for one to leave out, and notes on what was done.

    A molecule ends where an amino acid has a number that another has already; where numbers fall and no peptide bond goes on;
    behind TER where numbers fall or a chain's last oxygen was seen; and where the segment id changes behind the last residue. The
    same residues in the same place are models or frames written as one: the first is kept. Others are molecules.

    Parameters
    ----------
    rows : sequence of Row
    declared : iterable of str
        Chain letters whose whole sequence the file declares: their numbers may fall.
    """
    notes: list[str] = []
    kept = _first_frame(rows, notes)
    molecules = _split(rows, kept, frozenset(declared))
    names: list[str | None] = [None] * len(rows)
    taken = {chain for chain in molecules if chain}
    models = 0
    for chain, found in molecules.items():
        copies, more = _without_models(rows, found)
        models = max(models, more)
        segments = _segments(copies)
        if chain:
            called = [chain, *_numbered(chain, len(copies) - 1, taken)]
            if segments and len(copies) > 1:
                called = segments
        elif segments:
            called = segments
        else:
            called = _letters(len(copies), taken)
        if len(copies) > 1 and chain:
            notes.append(f"chain {chain} holds {len(copies)} molecules: called {', '.join(called)}")
        elif not chain:
            where = "segment ids" if segments else "letters in order"
            notes.append(f"no chain letters: molecules are called by {where}, {', '.join(called)}")
        taken.update(called)
        for name, molecule in zip(called, copies, strict=True):
            for index in molecule.rows:
                names[index] = name
    if models:
        notes.append(f"every residue {models + 1} times in one place (models written as one): the first is used")
    twice = _drop_twins(rows, names, everywhere=models > 0)
    if twice:
        notes.append(f"{twice} atoms are given twice: the first is used")
    for chain, molecule in ((chain, molecule) for chain, found in molecules.items() for molecule in found):
        if molecule.ends_within and chain:
            notes.append(f"chain {chain} goes on behind TER ({', '.join(molecule.ends_within)}): read as one molecule with a gap")
    return names, notes


def _first_frame(rows: Sequence[Row], notes: list[str]) -> list[int]:
    """Rows of the first frame where END divides frames; all rows where it divides molecules."""
    parts: dict[int, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        parts[row.part].append(index)
    if len(parts) < 2:
        return list(range(len(rows)))
    keys = {part: [(*rows[i][:2], *rows[i][2:6]) for i in indices] for part, indices in parts.items()}
    first, *others = keys
    frames = [part for part in others if keys[part] == keys[first]]
    if frames and _median_shift(rows, parts[first], parts[frames[0]]) is not None:
        notes.append(f"{len(frames) + 1} frames divided by END: the first is used")
        kept = [part for part in keys if part not in frames]
    else:
        kept = list(keys)
    if len(kept) > 1:
        notes.append(f"{len(kept)} parts divided by END: all are read")
    return [index for part in kept for index in parts[part]]


def _median_shift(rows: Sequence[Row], one: list[int], two: list[int]) -> float | None:
    """How many Angstrom atoms of the second part lie from those of the first; None where it is another copy, elsewhere."""
    import numpy as np

    here, there = (np.array([rows[i].xyz for i in part]) for part in (one, two))
    if not (_placed(here).all() and _placed(there).all()):
        return 0.0
    return float(np.median(np.linalg.norm(here - there, axis=1))) if _overlaid(here, there) or len(here) < 20 else None


def _placed(xyz: np.ndarray) -> np.ndarray:
    """Mask of coordinates that are some; infinite ones and placeholders are none."""
    import numpy as np

    placed: np.ndarray = (np.abs(xyz) < PLACEHOLDER).all(axis=1)
    return placed


def _overlaid(here: np.ndarray, there: np.ndarray) -> bool:
    """Whether two sets of atoms fill the same space, as models do and molecules cannot."""
    import numpy as np

    here, there = here[_placed(here)], there[_placed(there)]
    if not len(here) or not len(there):
        return True
    both = np.concatenate([here, there])
    reach = np.full(len(both), _SAME_PLACE / 2)
    _, found = near_pairs(both, reach, np.arange(len(here)), np.arange(len(here), len(both)))
    return len(np.unique(found)) >= _OVERLAID * len(there)


def _split(rows: Sequence[Row], kept: Iterable[int], declared: frozenset[str]) -> dict[str, list[_Molecule]]:
    """The molecules of each chain letter, in file order."""
    found: dict[str, list[_Molecule]] = {}
    for index in kept:
        row = rows[index]
        group = found.setdefault(row.chain, [])
        if not group:
            group.append(_Molecule(segment=row.segment))
        molecule = group[-1]
        if not row.chain and row.segment != molecule.segment:  # no letter: the segment id is one
            molecule = next((m for m in reversed(group) if m.segment == row.segment), None) or _Molecule(segment=row.segment)
            if molecule not in group:
                group.append(molecule)
        key = (row.number, row.residue)
        if is_amino_acid(row.residue):
            if key != molecule.residue:
                if _begins(row, key, molecule, row.chain in declared):
                    molecule = _Molecule(segment=row.segment)
                    group.append(molecule)
                elif molecule.last is not None and row.ter != molecule.ter and not (row.het or _bonded(row, molecule)):
                    molecule.ends_within.append(molecule.residue[0])
                molecule.residue, molecule.last, molecule.segment = key, _integer(row.number), row.segment
                molecule.seen.add(key)
                molecule.numbers.add(row.number)
                molecule.ter = row.ter
            if row.atom == "C":
                molecule.c = row.xyz
            elif row.atom == "CA":
                molecule.alpha = row.xyz
            elif row.atom in _ENDS:
                molecule.ended = True
        molecule.rows.append(index)
    return found


def _begins(row: Row, key: tuple[str, str], molecule: _Molecule, declared: bool) -> bool:
    """Whether the residue that a row begins is the first of another molecule."""
    if molecule.last is None:
        return False
    number = _integer(row.number)
    if row.number == molecule.residue[0]:  # another kind of residue in the same place
        return key in molecule.seen and not row.alt
    if row.number in molecule.numbers:
        return not row.alt
    if row.het and row.ter != molecule.ter:
        return False
    falls = number is not None and number < molecule.last
    if row.ter != molecule.ter or row.segment != molecule.segment or molecule.ended:
        return not _bonded(row, molecule) and (falls or molecule.ended or row.segment != molecule.segment)
    return falls and not declared and _is_separate(row, molecule)


def _bonded(row: Row, molecule: _Molecule) -> bool:
    return row.atom == "N" and molecule.c is not None and _distance(row.xyz, molecule.c) < _BOND


def _is_separate(row: Row, molecule: _Molecule) -> bool:
    """Whether a residue surely does not follow the one before: judged by its first atom, N or CA."""
    if row.atom == "N" and molecule.c is not None:
        return _distance(row.xyz, molecule.c) > 4 * _BOND
    if row.atom == "CA" and molecule.alpha is not None:
        return _distance(row.xyz, molecule.alpha) > 3 * _TRACE
    return False


def _distance(one: Sequence[float], two: Sequence[float]) -> float:
    return dist(one, two)  # infinite coordinates are far from everything


def _integer(number: str) -> int | None:
    digits = number if number[-1:].isdigit() else number[:-1]
    try:
        return int(digits)
    except ValueError:
        return None


def _without_models(rows: Sequence[Row], molecules: list[_Molecule]) -> tuple[list[_Molecule], int]:
    """Molecules without those that stand in the place of an earlier one, and how often the most repeated does so."""
    import numpy as np

    if len(molecules) < 2:
        return molecules, 0
    kept: list[tuple[_Molecule, np.ndarray]] = []
    again: Counter[int] = Counter()
    for molecule in molecules:
        xyz = np.array([rows[i].xyz for i in molecule.rows if not rows[i].atom.lstrip("0123456789").startswith("H")])
        place = next((k for k, (other, there) in enumerate(kept) if other.seen & molecule.seen and _overlaid(there, xyz)), None)
        if place is None:
            kept.append((molecule, xyz))
        else:
            again[place] += 1
    return [molecule for molecule, _ in kept], max(again.values(), default=0)


def _segments(molecules: Sequence[_Molecule]) -> list[str]:
    """Their segment ids, if each has one of its own that can be a name."""
    names = [molecule.segment for molecule in molecules]
    fit = all(names) and len(set(names)) == len(names) and all(name.isalnum() for name in names)
    return names if fit else []


def _numbered(chain: str, count: int, taken: Iterable[str]) -> list[str]:
    names: list[str] = []
    number = 2
    while len(names) < count:
        if f"{chain}-{number}" not in taken:
            names.append(f"{chain}-{number}")
        number += 1
    return names


def _letters(count: int, taken: Iterable[str]) -> list[str]:
    free = [letter for letter in ascii_uppercase if letter not in set(taken)]
    free += [f"{letter}{number}" for number in range(1, 1 + count // 26 + 1) for letter in ascii_uppercase]
    return [name for name in free if name not in set(taken)][:count]


def _drop_twins(rows: Sequence[Row], names: list[str | None], *, everywhere: bool) -> int:
    """Leave out atoms of amino acids that are there already; other groups may share a number, if not their place."""
    seen: dict[tuple[str, ...], int] = {}
    twice = 0
    for index, (row, name) in enumerate(zip(rows, names, strict=True)):
        if name is None:
            continue
        first = seen.setdefault((name, row.number, row.residue, row.atom, row.alt), index)
        if first != index and (everywhere or is_amino_acid(row.residue) or _distance(row.xyz, rows[first].xyz) < _TWIN):
            names[index] = None
            twice += 1
    return twice
