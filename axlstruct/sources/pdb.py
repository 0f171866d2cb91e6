"""PDB files, strictly as archives write them or as far as they can be read."""

from __future__ import annotations

import re
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from axlstruct.errors import ContentError
from axlstruct.sources.confidence import in_header
from axlstruct.sources.descriptions import molecules_of_chains
from axlstruct.sources.molecules import Row, goes_back, repeated, sort_molecules
from axlstruct.sources.packing import ADVICE, plain_text
from axlstruct.sources.raw import Raw
from axlstruct.structure.structure import atom_columns

if TYPE_CHECKING:
    import gemmi

_ATOM = re.compile(r"^(?:ATOM  |HETATM)", re.MULTILINE)
_END = re.compile(r"\nEND[ \t\r]*(?=\n|$)")
_RECORDS = (
    "ANISOU", "ATOM", "CONECT", "CRYST1", "END", "ENDMDL", "HETATM", "LINK", "MASTER", "MODEL", "REMARK", "SIGATM", "SIGUIJ",
    "SSBOND", "TER",
)  # fmt: skip
_BY_LETTER = ("END", "TER", "ANISOU", "SEQRES", "MODEL", "DBREF", "MODRES", "HELIX", "SHEET", "LINK", "SSBOND")
"""Records that name chains by letters that are no longer theirs, or that divide."""
_MOST_LEFT_OUT = 50
_NAMES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def read_pdb(path: Path, raw: bytes, *, strict: bool) -> Raw:
    """Read a PDB file.

    Parameters
    ----------
    path : Path
        For errors.
    raw : bytes
    strict : bool
        Refuse what a file of an archive has not: no END, a declared chain without atoms.

    Raises
    ------
    ContentError
        No PDB file, or, with ``strict``, not a whole one.
    """
    text, odd = plain_text(raw)
    notes = [f"{odd} bytes that are no ASCII letters are read as ?"] if odd else []
    first = _ATOM.search(text)
    if first is None:
        raise ContentError(
            "no coordinate file: neither mmCIF nor PDB records", where=str(path), found=repr(text.strip()[:40]), advice=ADVICE
        )
    if "\n" not in text.strip() and "\r" in text:
        text = text.replace("\r", "\n")
        first = _ATOM.search(text) or first
    ended = text.rstrip().rpartition("\n")[2].strip() == "END"
    if not ended:
        if strict:
            raise ContentError("truncated: no END record", where=str(path), advice=ADVICE)
        notes += _words_on_end(text)
    structure = _parsed(path, text, None if strict else notes)
    head = text[: first.start()]
    sequences = set(re.findall(r"^SEQRES .{3} (.)", head, re.MULTILINE)) - {" "}
    if not strict:
        structure = _sorted(path, text, structure, sequences, notes)
    missing = sorted(sequences - {chain.name for chain in structure[0]})
    if missing:
        _tell_missing(path, structure, missing, notes, strict=strict)
    said = in_header(head)
    header = re.match(r"HEADER.{56}(\w{4})", head)
    model = re.search(r"^DBREF  XXXX . .* UNP +(\w+)", head, re.MULTILINE)
    found_id = header[1] if header else f"AF-{model[1]}-F1" if said.predicted and model else ""
    line = text[first.start() : text.find("\n", first.start())]
    has_b = bool(line[60:66].strip())
    return Raw(
        structure, found_id, {}, False, said.predicted, said.plddt, said.unit, has_b,
        letters=molecules_of_chains(head), notes=notes,
    )  # fmt: skip


def _parsed(path: Path, text: str, notes: list[str] | None = None) -> gemmi.Structure:
    """What gemmi reads; lines that it cannot read are left out and told where there are notes to tell it in."""
    import gemmi

    left_out = 0
    while True:
        try:
            structure = gemmi.read_pdb_string(text)
            break
        except Exception as error:
            problem = re.match(r"Problem in line (\d+)", str(error))
            if notes is None or problem is None or left_out == _MOST_LEFT_OUT:
                raise ContentError(f"no readable PDB file: {_line(error)}", where=str(path), advice=ADVICE) from None
            lines = text.split("\n")
            lines[int(problem[1]) - 1] = "REMARK"
            text = "\n".join(lines)
            left_out += 1
    if left_out and notes is not None:
        notes.append(f"{left_out} lines that cannot be read are left out")
    if not len(structure) or not structure[0].count_atom_sites():
        raise ContentError("no atoms", where=str(path), expected="ATOM records", advice=ADVICE)
    return structure


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _words_on_end(text: str) -> list[str]:
    """What stands behind the last atom instead of END."""
    last = max(text.rfind("\nATOM  "), text.rfind("\nHETATM"), 0)
    behind = [line for line in text[last + 1 :].splitlines()[1:] if line.strip()]
    strange = [line for line in behind if not line.startswith(_RECORDS)]
    if strange:
        return [f"{len(strange)} lines behind the atoms that are no PDB records are left out"]
    return [] if any(line.split()[0] == "END" for line in behind) else ["no END record: whether the file is whole cannot be told"]


def _tell_missing(path: Path, structure: gemmi.Structure, missing: list[str], notes: list[str], *, strict: bool) -> None:
    """Declared chains that have no atoms in the first model."""
    elsewhere = {chain.name for model in list(structure)[1:] for chain in model}
    if strict:
        raise ContentError("truncated: declared chains without atoms", where=str(path), found=", ".join(missing), advice=ADVICE)
    later = [name for name in missing if name in elsewhere]
    gone = [name for name in missing if name not in elsewhere]
    if later:
        notes.append(f"chains only in other models are left out: {', '.join(later)}")
    if gone:
        notes.append(f"declared (SEQRES) without atoms: chain {', '.join(gone)}")


# Molecules that chain letters do not tell apart


def _sorted(path: Path, text: str, structure: gemmi.Structure, sequences: set[str], notes: list[str]) -> gemmi.Structure:
    """The structure with a chain name for each molecule; as it is where chain letters tell molecules apart."""

    last = max(text.rfind("\nATOM  "), text.rfind("\nHETATM"))
    end = next((m for m in _END.finditer(text) if m.end() <= last), None)
    models = len(structure) > 1
    one = structure
    if models:
        one = structure.clone()
        while len(one) > 1:
            del one[1]
    if end is None:
        try:
            flat = atom_columns(one)
        except RuntimeError:
            return structure
        blank = any(not chain.name.strip() for chain in one[0])
        zeros = not flat.pos.all() and _unreadable(text)
        if not (blank or zeros or _ends_within(text) or repeated(flat) or goes_back(flat)):
            return structure
    if end is not None and "\nMODEL " in text:
        structure = _parsed(path, _END.sub("", text))
        models = len(structure) > 1
    body = text
    if models:
        closed = text.find("\nENDMDL")
        body = text[:closed] if closed >= 0 and _ATOM.search(text[:closed]) else text
        if _ATOM.search(body) is None:
            return structure
    lines = body.splitlines()
    rows, places = _rows(lines)
    names, found = sort_molecules(rows, declared=sequences)
    notes += found
    aliases: dict[str, str] = {}
    called: list[str] = list(dict.fromkeys(name for name in names if name is not None))
    for number, name in enumerate(called):
        aliases[name] = _NAMES[number // len(_NAMES) % len(_NAMES)] + _NAMES[number % len(_NAMES)]
    kept: list[str] = []
    by_line = dict(zip(places, zip(rows, names, strict=True), strict=True))
    for index, line in enumerate(lines):
        if index in by_line:
            row, alias = by_line[index]
            if alias is not None:
                kept.append(_renamed(line.ljust(54), row, aliases[alias]))
        elif not line.startswith(_BY_LETTER):
            kept.append(line)
        elif _same_letters(names, rows) and line.startswith(("SEQRES", "MODRES")):
            kept.append(_relettered(line, aliases))
    made = _parsed(path, "\n".join([*kept, "END", ""]))
    back = {alias: name for name, alias in aliases.items()}
    for chain in made[0]:
        chain.name = back.get(chain.name, chain.name)
    for model in list(structure)[1:] if models else ():
        made.add_model(model)
    return made


def _renamed(line: str, row: Row, alias: str) -> str:
    """The line of an atom under the name that its chain has while it is read; placeholders for coordinates that are none."""
    xyz = "".join(f"{value:8.3f}" if isfinite(value) and abs(value) < 9999 else "9999.999" for value in row.xyz)
    return f"{line[:20]}{alias}{line[22:30]}{xyz}{line[54:]}"


def _same_letters(names: list[str | None], rows: list[Row]) -> bool:
    return any(name == row.chain for name, row in zip(names, rows, strict=True) if name)


def _relettered(line: str, aliases: dict[str, str]) -> str:
    """A SEQRES or MODRES record under the name that its chain has while it is read."""
    place = 10 if line.startswith("SEQRES") else 15
    alias = aliases.get(line[place + 1 : place + 2])
    return f"{line[:place]}{alias}{line[place + 2 :]}" if alias else line


def _ends_within(text: str) -> bool:
    """Whether a chain letter goes on behind a TER record."""
    place = text.find("\nTER")
    while place >= 0:
        before = text[text.rfind("\n", 0, place) + 1 : place]
        start = text.find("\n", place + 1) + 1
        behind = text[start : start + 30]
        if start and behind.startswith("ATOM") and behind[20:22] == before[20:22]:
            return True
        place = text.find("\nTER", place + 1)
    return False


def _unreadable(text: str) -> bool:
    """Whether a coordinate is no number: gemmi reads it as 0."""
    import numpy as np

    letters = np.frombuffer(text.encode(), np.uint8)
    starts = np.concatenate([[0], np.flatnonzero(letters == ord("\n")) + 1])
    starts = starts[starts + 54 <= len(letters)]
    first, second, third = (letters[starts + k] for k in range(3))
    atoms = ((first == ord("A")) & (second == ord("T")) & (third == ord("O"))) | ((first == ord("H")) & (third == ord("T")))
    fields = letters[starts[atoms][:, None] + np.arange(30, 54)].reshape(-1, 3, 8)
    digits = (fields >= ord("0")) & (fields <= ord("9"))
    fit = digits | np.isin(fields, np.frombuffer(b" .+-", np.uint8))
    return not (fit.all() and digits.any(axis=2).all())


def _is_atom(line: str) -> bool:
    return line.startswith(("ATOM  ", "HETATM"))


def _coordinates(line: str) -> tuple[float, float, float]:
    """Three coordinates of a line; infinite for one that is no number."""
    values = []
    for start in (30, 38, 46):
        try:
            values.append(float(line[start : start + 8]))
        except ValueError:
            values.append(float("inf"))
    return values[0], values[1], values[2]


def _rows(lines: list[str]) -> tuple[list[Row], list[int]]:
    """The atoms of the lines, and the line of each."""
    rows, places = [], []
    part = ter = 0
    for index, line in enumerate(lines):
        if _is_atom(line):
            rows.append(
                Row(
                    line[20:22].strip(), line[72:76].strip(), line[22:27].strip(), line[17:20].strip(), line[12:16].strip(),
                    line[16:17].strip(), _coordinates(line), line[0] == "H", part, ter,
                )
            )  # fmt: skip
            places.append(index)
        elif line.startswith("TER"):
            ter += 1
        elif line.startswith("END") and line[:6].strip() == "END":
            part += 1
    return rows, places
