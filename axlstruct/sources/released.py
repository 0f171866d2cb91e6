"""The released analysis of a target: this project's own tables of its structures, for when their coordinates cannot be had.

A folder ``released/`` beside ``target.toml`` holds ``released.json`` (of which file each structure was computed, with which
version and settings) and a folder of tables for each structure; ``axlstruct release`` makes it. A table has one header line, its
columns are the fields of the rows' dataclass, an empty cell is an empty text or nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

from axlstruct.errors import TargetError
from axlstruct.sequence.coverage import Placement
from axlstruct.sequence.residues import ResidueId
from axlstruct.sequence.target import Protein
from axlstruct.sources.library import Held
from axlstruct.sources.provenance import Provenance
from axlstruct.structure.mapping import ChainMap, Slot
from axlstruct.structure.outline import NoAtoms, Outline, OutlinedResidue
from axlstruct.structure.structure import ProteinChain, Reference

FOLDER = "released"
RECORD = "released.json"
VIEW = "view.json"
SCHEMA = 1
ORIGIN = "released"
"""`Held.origin` of a structure that is at hand as its released analysis alone."""


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A place of a protein chain: a declared residue, with atoms or without.

    Attributes
    ----------
    chain, label
        ``auth_asym_id`` and ``label_asym_id``.
    declared
        Component id in the declared sequence; empty where the file declares none.
    letter, observed_letter
        One-letter codes of the standard parents, of what is declared and of what has atoms.
    position
        UniProt position in the protein that the chain is; empty for tags and chains of other proteins.
    number, icode, residue, label_seq, atoms
        Author number, component id, ``label_seq_id`` and heavy atoms (joined by ``;``) of the residue; empty where it has none.
    missing_atoms, b
        Heavy atoms that the file does not hold, joined by ``;``; mean B-factor in A^2, of a predicted model the pLDDT.
    exposed_area, buried_area, burial
        As in `axlstruct.interface.residue_rows.ResidueRow`, with the settings of the record.
    """

    chain: str
    label: str
    declared: str
    letter: str
    observed_letter: str
    position: int | None
    number: int | None
    icode: str
    residue: str
    label_seq: int | None
    atoms: str
    missing_atoms: str
    b: float | None
    exposed_area: float | None
    buried_area: float | None
    burial: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two heavy atoms of different protein chains, their distance in Angstrom.

    Of a pair of chains without contact there is one row: the nearest atoms, if the search reached them.
    """

    chain_1: str
    number_1: int
    icode_1: str
    atom_1: str
    chain_2: str
    number_2: int
    icode_2: str
    atom_2: str
    distance: float


@dataclass(frozen=True, slots=True)
class LostRow:
    """Area in square Angstrom that a residue (sugars bound to it included) loses between two chains."""

    chain_1: str
    chain_2: str
    side: int
    number: int
    icode: str
    area: float


@dataclass(frozen=True, slots=True)
class SugarRow:
    """A sugar, and the residue that carries it; the nearest to the protein first."""

    chain: str
    number: int
    icode: str
    sugar_chain: str
    sugar_number: int
    sugar_icode: str
    sugar: str


@dataclass(frozen=True, slots=True)
class FoldRow:
    """CA of the receptor and of a relative after their domains were superposed.

    ``first`` and ``last`` are the domain in the receptor; ``paired`` says whether the two residues stand in the same place, else
    they are aligned by sequence; distance in Angstrom.
    """

    relative: str
    first: int
    last: int
    position: int
    relative_position: int
    distance: float
    paired: bool


@dataclass(frozen=True, slots=True)
class ConfidenceRow:
    """PLDDT of a residue in a relative's model."""

    relative: str
    position: int
    plddt: float


_HERE = __name__
TABLES: Mapping[str, tuple[str, str]] = {
    "residues": (_HERE, "SlotRow"),
    "contacts": ("axlstruct.interface.rows", "ContactRow"),
    "atom_pairs": (_HERE, "PairRow"),
    "interactions": ("axlstruct.interface.interactions", "InteractionRow"),
    "interfaces": ("axlstruct.interface.rows", "InterfaceRow"),
    "lost_areas": (_HERE, "LostRow"),
    "sugars": (_HERE, "SugarRow"),
    "geometry": ("axlstruct.kinase.geometry", "GeometryRow"),
    "tyrosines": ("axlstruct.kinase.tyrosines", "TyrosineRow"),
    "compare": ("axlstruct.interface.comparison", "CompareRow"),
    "folds": (_HERE, "FoldRow"),
    "confidence": (_HERE, "ConfidenceRow"),
    "fits": ("axlstruct.composite.placement", "FitRow"),
    "clashes": ("axlstruct.composite.clashes", "ClashRow"),
    "membrane": ("axlstruct.composite.clashes", "MembraneRow"),
    "arrangement": ("axlstruct.structure.arrangement", "ArrangementRow"),
}
"""Module and class of the rows of each table; imported when a table is read, for a look-up needs the residues alone."""
FAMILY = ("folds", "confidence")
"""Tables of the receptor's relatives, in a folder ``family``."""
COMPOSITE = ("fits", "clashes", "membrane", "arrangement")
"""Tables of the composites."""
COMPOSITES = {False: "composite", True: "composite-hinged"}
"""Their folders, by whether the model is hinged."""


def kind_of(name: str) -> type:
    """The dataclass of a table's rows."""
    module, kind = TABLES[name]
    found: type = getattr(import_module(module), kind)
    return found


def table_text(kind: type, rows: Iterable[Any]) -> str:
    """Rows as text that `read_rows` reads back to the same values."""
    names = [field.name for field in fields(kind)]
    lines = ["\t".join(names)]
    lines += ["\t".join(_text(getattr(row, name)) for name in names) for row in rows]
    return "\n".join(lines) + "\n"


def _text(value: object) -> str:
    if value is None:
        return ""
    text = repr(value) if isinstance(value, float) else str(value)
    if "\t" in text or "\n" in text:
        raise TargetError("a cell with a tab or a line end", found=repr(text))
    return text.removesuffix(".0") if isinstance(value, float) else text


def read_rows(kind: type, text: str, where: str) -> list[Any]:
    """Rows out of their text; raises TargetError where it is not what `table_text` writes."""
    readers = {field.name: _reader(str(field.type)) for field in fields(kind)}
    header, *lines = text.splitlines() or [""]
    if (names := header.split("\t")) != list(readers):
        raise TargetError(
            "the columns are not those of this version", where=where, expected=" ".join(readers), found=" ".join(names),
            advice="axlstruct release makes the released analysis anew",
        )  # fmt: skip
    each = tuple(readers.values())
    rows = []
    for number, line in enumerate(lines, 2):
        try:
            rows.append(kind(*(read(cell) for read, cell in zip(each, line.split("\t"), strict=True))))
        except ValueError as error:
            raise TargetError(f"a row that cannot be read: {error}", where=f"{where}, line {number}") from None
    return rows


def _reader(annotation: str) -> Callable[[str], Any]:
    kind, _, optional = annotation.partition(" | ")
    readers: dict[str, Callable[[str], Any]] = {"int": int, "float": float, "bool": _bool, "str": str}
    read = readers[kind]
    return (lambda cell: read(cell) if cell else None) if optional == "None" else read


def _bool(cell: str) -> bool:
    if cell not in ("True", "False"):
        raise ValueError(f"neither True nor False: {cell!r}")
    return cell == "True"


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()


@dataclass(frozen=True)
class Released:
    """The released analysis of one structure.

    Attributes
    ----------
    id : str
    folder : Path
        Of its tables.
    facts : mapping of str to object
        Its part of the record.
    program : str
        What computed it.
    proteins : tuple of Protein
        Of the target.
    """

    id: str
    folder: Path
    facts: Mapping[str, Any]
    program: str
    proteins: tuple[Protein, ...]

    @property
    def citation(self) -> str:
        """What every table and figure made of it says."""
        return f"released analysis of {self.id}, sha256 {self.facts['sha256']}, computed with {self.program}"

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of its tables."""
        return tuple(self.facts["tables"])

    def view(self) -> dict[str, Any]:
        """How the report draws it once its reader opens a file of it: `axlstruct.report.views.open_view`."""
        found: dict[str, Any] = json.loads((self.folder / VIEW).read_text(encoding="utf-8"))
        return found

    def rows(self, name: str) -> list[Any]:
        """The rows of one of its `tables`; none where it has no such table, for then there was nothing to tell."""
        return read_table(self.folder, name) if name in self.facts["tables"] else []

    @cached_property
    def slots(self) -> list[SlotRow]:
        """Places of all protein chains."""
        return self.rows("residues")

    @cached_property
    def held(self) -> Held:
        """The structure as far as it is known without coordinates, its chains laid on the proteins."""
        facts, atoms = self.facts, NoAtoms(self.id)
        by_chain = {key: list(rows) for key, rows in groupby(self.slots, lambda row: (row.chain, row.label))}
        chains, maps, first = [], [], 0
        by_accession = {protein.accession: protein for protein in self.proteins}
        for told in facts["chains"]:
            slots: list[Slot] = []
            for row in by_chain[told["chain"], told["label"]]:
                residue = None
                if row.number is not None:
                    id = ResidueId(self.id, row.chain, row.number, row.icode)
                    names = _split(row.atoms)
                    residue = OutlinedResidue(
                        id, row.residue, row.observed_letter, row.label_seq, first, len(names), atoms,  # type: ignore[arg-type]
                        names=names, lacking=_split(row.missing_atoms), mean_b=row.b or 0.0,
                    )  # fmt: skip
                    first += residue.n_atoms
                slots.append(Slot(row.letter, residue, row.position))
            declared = tuple(row.declared for row in by_chain[told["chain"], told["label"]] if row.declared)
            letters = "".join(slot.letter for slot in slots) if declared else ""
            chain = ProteinChain(
                told["chain"], told["label"], told["entity"], declared, letters,
                tuple(slot.residue for slot in slots if slot.residue), tuple(Reference(*given) for given in told["references"]),
            )  # fmt: skip
            chains.append(chain)
            if protein := by_accession.get(told["accession"]):
                maps.append(
                    ChainMap(chain, protein, tuple(slots), told["method"], told["declared"], facts["predicted"],
                             tuple(told["notes"]), facts["plddt"])
                )  # fmt: skip
        structure = Outline(
            self.id, "asu", facts["method"], facts["resolution"], facts["predicted"], tuple(chains), atoms,  # type: ignore[arg-type]
            facts["source"], tuple(facts["notes"]), facts["plddt"],
        )  # fmt: skip
        record = Provenance(self.id, facts["source"], "", facts["sha256"], facts["bytes"])
        return Held(structure, tuple(maps), record, ORIGIN, (*facts["notes"], self.citation))

    @property
    def maps(self) -> tuple[ChainMap, ...]:
        """Its chains that are proteins of the target."""
        return self.held.maps

    def chains(self, protein: Protein) -> tuple[str, ...]:
        """Author names of the chains of a protein."""
        return tuple(m.chain.chain for m in self.maps if m.protein.accession == protein.accession)

    def placements(self, protein: Protein, position: int) -> tuple[Placement, ...]:
        """One placement for each chain of the protein."""
        return tuple(m.placement(position) for m in self.maps if m.protein.accession == protein.accession)


def read_table(folder: Path, name: str) -> list[Any]:
    """The rows of one table of a folder."""
    path = folder / f"{name}.tsv"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TargetError(f"cannot be read: {error}", where=str(path)) from None
    return read_rows(kind_of(name), text, str(path))


@dataclass(frozen=True)
class StoredComposite:
    """The tables of a composite, and what must be said of it."""

    folder: Path
    words: tuple[str, ...]
    tables: tuple[str, ...]

    def rows(self, name: str) -> list[Any]:
        """The rows of one of `COMPOSITE`; none where there was nothing to tell."""
        return read_table(self.folder, name) if name in self.tables else []


@dataclass(frozen=True)
class StoredRelative:
    """A relative's model as it was laid on the receptor's: ``facts`` is its part of the record."""

    folder: Path
    facts: Mapping[str, Any]
    program: str

    @property
    def citation(self) -> str:
        """What every table and figure made of it says."""
        return f"released analysis of AF-{self.facts['relative']}, sha256 {self.facts['sha256']}, computed with {self.program}"

    def rows(self, name: str) -> list[Any]:
        """Its rows of one of `FAMILY`."""
        return [row for row in read_table(self.folder, name) if row.relative == self.facts["relative"]]


@dataclass(frozen=True)
class ReleasedFolder:
    """The released analysis of a target; without such a folder there is none of any structure."""

    path: Path
    proteins: tuple[Protein, ...]

    @cached_property
    def record(self) -> Mapping[str, Any]:
        """Of what everything was computed: ``program``, ``settings``, ``structures``, ``family``, ``composite``; empty for none.

        Raises
        ------
        TargetError
            The record cannot be read, or is that of another version.
        """
        path = self.path / RECORD
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise TargetError(f"cannot be read: {error}", where=str(path)) from None
        if not isinstance(found, dict) or found.get("schema") != SCHEMA:
            raise TargetError("not the record of this version", where=str(path), expected=f"schema {SCHEMA}")
        return found

    @property
    def ids(self) -> Sequence[str]:
        """Structures that it tells of."""
        return tuple(self.record.get("structures", ()))

    def composite(self, structure: str, model: str, *, hinged: bool) -> StoredComposite | None:
        """What is released of a model laid on a structure; None where that is not these two."""
        folder = COMPOSITES[hinged]
        told = self.record.get("composite", {}).get(folder)
        if told is None or (told["structure"], told["model"]) != (structure, model):
            return None
        return StoredComposite(self.path / folder, tuple(told["words"]), tuple(told["tables"]))

    def comparison(self, first: str, second: str) -> tuple[list[Any], tuple[str, ...]] | None:
        """Rows and notes of the comparison of two structures; None where it is not released."""
        folder = f"{first}-{second}"
        told = self.record.get("compare", {}).get(folder)
        return (read_table(self.path / folder, "compare"), tuple(told["notes"])) if told else None

    def relative(self, accession: str) -> StoredRelative | None:
        """What is released of a relative's model, by its UniProt accession; None where there is nothing."""
        told = next((each for each in self.record.get("family", ()) if each["relative"] == accession), None)
        return StoredRelative(self.path / "family", told, self.record["program"]) if told else None

    def get(self, id: str) -> Released | None:
        """What is released of a structure, by its id in canonical form; None where there is nothing."""
        facts = self.record.get("structures", {}).get(id)
        return Released(id, self.path / id, facts, self.record["program"], self.proteins) if facts else None
