"""Read the description of a target: a shipped name, a folder or a TOML file (schema: ``axlstruct/targets/README.md``)."""

from __future__ import annotations

import csv
import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from axlstruct.errors import ContentError, SourceError, TargetError, UsageError
from axlstruct.sequence.coverage import Coverage
from axlstruct.sequence.exons import Transcript
from axlstruct.sequence.features import Feature, Site, Span
from axlstruct.sequence.forms import Form
from axlstruct.sequence.residues import ONE_LETTER
from axlstruct.sequence.target import Family, KnownRange, Protein, StructureEntry, Target
from axlstruct.sources.cache import Cache
from axlstruct.sources.content import read_bytes, read_text
from axlstruct.sources.names import canonical, is_path

SHIPPED = Path(__file__).parent.parent / "targets"
SCHEMA = 1
MAX_FILE = 64 * 2**20
"""Most bytes of a file of a target."""
_TOP = {"schema", "name", "title", "release", "interfaces", "receptor", "ligand", "structures", "family"}
_PROTEIN = {
    "name", "accession", "isoform", "sequence", "sequence_record", "features", "fallback_features", "sites",
    "transcript", "forms", "source", "note", "numbering",
}  # fmt: skip
_FORM = {"name", "title", "without", "also", "length", "source"}
_TRANSCRIPT = {"id", "chromosome", "strand", "assembly", "cds_start", "exons", "source", "note"}
_FAMILY = {"relatives", "conserved", "claim", "source"}
_STRUCTURE = {"id", "role", "required", "reference", "known", "known_source"}

Row = dict[str, Any]
Value = TypeVar("Value")


def target_path(where: str | Path) -> Path:
    """The TOML file of a shipped target name, a folder or a TOML path; raises TargetError where there is none."""
    if found := _find_target(where, Path(where)):
        return found
    raise TargetError("no such target", where=str(where), expected=f"{_shipped()}, a folder with target.toml, or a TOML file")


def _find_target(name: str | Path, path: Path) -> Path | None:
    """The TOML file of a shipped name, else of a path; None where there is none."""
    candidates = (SHIPPED / str(name).lower() / "target.toml", path / "target.toml", path)
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def _shipped_file(name: str) -> Path | None:
    """The TOML file of a target that ships, None for any other name."""
    file = SHIPPED / name.lower() / "target.toml"
    return file if re.fullmatch(r"\w+", name) and file.is_file() else None


def _shipped() -> str:
    return ", ".join(sorted(folder.name for folder in SHIPPED.iterdir() if (folder / "target.toml").is_file()))


def load_target(where: str | Path, cache: Cache) -> Target:
    """Read and check a target; what its files do not give is fetched.

    Raises
    ------
    TargetError
        Unknown or missing keys, impossible spans, letters that disagree: the file and the row are named.
    SourceError
        A sequence that is neither given nor to be had. Features and exons that cannot be had are absent and noted.
    """
    path = target_path(where)
    table = _read_toml(path)
    reader = _Reader(path, cache)
    receptor = reader.protein(table["receptor"], "receptor")
    ligand = reader.ligand(table["ligand"]) if "ligand" in table else None
    structures = tuple(reader.structure(row) for row in table.get("structures", []))
    _check_structures(structures, str(path))
    names = table.get("interfaces", [])
    if not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
        raise TargetError("interfaces must be a list of names", where=str(path))
    notes = tuple(note for protein in (receptor, ligand) if protein for note in protein.notes)
    family = _family(table["family"], path, names) if "family" in table else None
    return Target(str(table["name"]), str(table.get("title", "")), receptor, ligand, structures, tuple(names), notes, family)


def load_relative(where: str | Path, cache: Cache) -> Target:
    """The receptor of another target and its AlphaFold model, for a comparison by sequence: nothing else of it is fetched.

    Raises
    ------
    TargetError
        As `load_target`.
    SourceError
        A sequence that is neither given nor to be had.
    """
    path = target_path(where)
    table = _read_toml(path)
    given = table["receptor"]
    bare = {key: value for key, value in given.items() if key != "transcript"} | {"features": given.get("features", [])}
    receptor = _Reader(path, cache).protein(bare, "receptor")
    model = StructureEntry(f"AF-{receptor.accession}", "AlphaFold model of the whole chain")
    return Target(str(table["name"]), str(table.get("title", "")), receptor, None, (model,))


def _read_toml(path: Path) -> Row:
    """The description as it stands, its outermost keys and its version checked."""
    try:
        table = tomllib.loads(_small_text(path))
    except RecursionError:
        raise TargetError("no readable TOML: nested too deeply", where=str(path)) from None
    except ValueError as error:  # also a number of thousands of digits
        raise TargetError(f"no readable TOML: {error}", where=str(path)) from None
    _check_keys(table, _TOP, str(path), required=("schema", "name", "receptor"))
    if table["schema"] != SCHEMA:
        raise TargetError("another schema version", where=str(path), expected=str(SCHEMA), found=str(table["schema"]))
    return table


def _small_text(path: Path) -> str:
    """Text of a file of a target; raises TargetError where it cannot be read, is no regular file or too large."""
    try:
        return read_bytes(path, max_bytes=MAX_FILE, max_text=MAX_FILE).decode("utf-8-sig")
    except SourceError as error:
        raise TargetError(error.what, where=str(path), expected=error.expected, found=error.found) from None
    except (OSError, UnicodeDecodeError) as error:
        raise TargetError(f"cannot be read: {getattr(error, 'strerror', None) or error}", where=str(path)) from None


def inside(folder: Path, name: str, where: str) -> Path:
    """The path of something that a target names, which must lie in the target's folder.

    A target may come from anybody: it names nothing else on the disk, neither by an absolute path, nor by ``..``, nor by a link.

    Raises
    ------
    TargetError
        The name leads out of the folder.
    """
    path = folder / name
    try:
        outside = Path(name).is_absolute() or ".." in Path(name).parts or not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # a circle of links, a NUL
        outside = True
    if outside:
        raise TargetError("a target names only what lies in its folder", where=where, found=name[:200])
    return path


def _family(table: Any, path: Path, interfaces: Sequence[str]) -> Family:
    """Relatives are shipped targets, or folders or files beside this one; each must be there, as must conserved interfaces."""
    where = f"{path}, [family]"
    _check_keys(table, _FAMILY, where, required=("relatives",))
    found: dict[str, list[str]] = {key: table.get(key, []) for key in ("relatives", "conserved")}
    for key, names in found.items():
        if not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
            raise TargetError(f"{key} must be a list of names", where=where, found=repr(names))
    if strange := [name for name in found["conserved"] if name not in interfaces]:
        raise TargetError("no such interface", where=where, expected=", ".join(interfaces), found=", ".join(strange))
    relatives = []
    for name in found["relatives"]:
        place = _shipped_file(name) or _find_target(name, inside(path.parent, name, where))
        if place is None or place.resolve() == path.resolve():
            what = "no such relative" if place is None else "a target is no relative of itself"
            raise TargetError(what, where=where, expected=f"{_shipped()}, or a folder or file beside this one", found=name)
        relatives.append(str(place))
    if len(set(relatives)) < len(relatives):
        raise TargetError("a relative is named twice", where=where, found=", ".join(found["relatives"]))
    words = (str(table.get(key, "")) for key in ("claim", "source"))
    return Family(tuple(relatives), tuple(found["conserved"]), *words)


def _check_structures(structures: Sequence[StructureEntry], where: str) -> None:
    ids = [entry.id.upper() for entry in structures]
    if len(set(ids)) < len(ids):
        raise TargetError("a structure is named twice", where=where, found=", ".join(ids))
    if sum(entry.reference for entry in structures) > 1:
        raise TargetError("more than one reference structure", where=where)


def _check_keys(table: Any, known: set[str], where: str, required: Iterable[str] = ()) -> None:
    if not isinstance(table, dict):
        raise TargetError("a table is expected here", where=where, found=repr(table))
    for key in table:
        if key not in known:
            close = difflib.get_close_matches(key[:80], known, 1)
            raise TargetError(
                f"unknown key {key!r}",
                where=where,
                advice=f"did you mean {close[0]!r}?" if close else f"known: {', '.join(sorted(known))}",
            )
    for key in required:
        if key not in table:
            raise TargetError(f"key {key!r} is missing", where=where)


class _Reader:
    """Reads the parts of one target file; paths in it are relative to its folder."""

    def __init__(self, path: Path, cache: Cache) -> None:
        self.path, self.cache = path, cache

    def protein(self, table: Any, role: str) -> Protein:
        where = f"{self.path}, [{role}]"
        _check_keys(table, _PROTEIN, where, required=("name", "accession"))
        isoform = _whole(table, "isoform", where)
        notes = [str(table["note"])] if table.get("note") else []
        record = self._uniprot(table, notes) if "sequence" not in table or "features" not in table else None
        sequence = self._sequence(table, where, record)
        features = self._rows(table["features"], where, _feature) if "features" in table else record.features if record else ()
        if not features and "fallback_features" in table:
            features = self._rows(table["fallback_features"], where, _feature)
        if isoform > 1 and "features" not in table and features:
            features = ()
            notes.append("features are those of the canonical isoform and were left out: give a features table for this isoform")
        sites = self._rows(table.get("sites", []), where, _site)
        transcript = self._transcript(table, role, len(sequence), notes)
        forms = self._rows(table.get("forms", []), f"{where}, forms", partial(_form, len(sequence)))
        try:
            return Protein(
                str(table["name"]), str(table["accession"]), role, sequence, features, sites, transcript,
                str(table.get("source") or (record.source if record else "")), tuple(notes), forms,
                str(table.get("numbering") or ""),
            )  # fmt: skip
        except TargetError as error:
            raise TargetError(
                error.what, where=f"{self.path}, {error.where}", expected=error.expected, found=error.found, advice=error.advice
            ) from None

    def ligand(self, table: Any) -> Protein:
        """The ligand as it is described here, or, where only a target is named, the ligand of that target."""
        if not isinstance(table, str):
            return self.protein(table, "ligand")
        place = _shipped_file(table) or _find_target(table, inside(self.path.parent, table, f"{self.path}, ligand"))
        other = _read_toml(place) if place else {}
        if place is None or not isinstance(other.get("ligand"), dict):
            what = "no such target" if place is None else "the target named has no ligand of its own"
            raise TargetError(what, where=f"{self.path}, ligand", found=table)
        return _Reader(place, self.cache).protein(other["ligand"], "ligand")

    def _uniprot(self, table: Row, notes: list[str]) -> Any:
        from axlstruct.sources import uniprot
        from axlstruct.sources.resources import uniprot_json

        try:
            return uniprot.read_record(self.cache.get(uniprot_json(str(table["accession"]))))
        except SourceError as error:
            if "sequence" not in table and int(table.get("isoform", 1)) == 1:
                fasta = self._mirrored_fasta(table)
                if fasta is None:
                    raise
            notes.append(f"features of {table['name']} could not be had: {error}")
            return None

    def _mirrored_fasta(self, table: Row) -> str | None:
        from axlstruct.sources.resources import isoform_fasta

        try:
            return read_text(self.cache.get(isoform_fasta(str(table["accession"]))).path)
        except SourceError:
            return None

    def _sequence(self, table: Row, where: str, record: Any) -> str:
        given = table.get("sequence")
        isoform = int(table.get("isoform", 1))
        if given is None and isoform == 1 and record is not None:
            return str(record.sequence)
        if given is None:
            from axlstruct.sources.resources import isoform_fasta

            name = str(table["accession"]) + (f"-{isoform}" if isoform > 1 else "")
            text, place = read_text(self.cache.get(isoform_fasta(name)).path), name
        elif re.fullmatch(r"[A-Z\s]+", str(given)):
            text, place = str(given), where
        else:
            text, place = self._file(str(given), where), str(given)
        sequence = _fasta(text, table.get("sequence_record"), place)
        if wrong := sorted(set(sequence) - set(ONE_LETTER.values()) - set("XU")):
            raise TargetError("letters that code no amino acid", where=place, found=", ".join(wrong))
        return sequence

    def _transcript(self, table: Row, role: str, residues: int, notes: list[str]) -> Transcript | None:
        if "transcript" not in table:
            return None
        rows, where = table["transcript"], f"{self.path}, [{role}.transcript]"
        _check_keys(rows, _TRANSCRIPT, where)
        if "exons" not in rows:
            try:
                return _fetch_transcript(self.cache, str(rows.get("id", "")), str(table["accession"]), residues)
            except SourceError as error:
                notes.append(f"exons of {table['name']} could not be had: {error}")
                return None
        _check_keys(rows, _TRANSCRIPT, where, required=("id", "chromosome", "strand", "assembly", "cds_start"))
        intervals = self._rows(rows["exons"], where, _interval)
        words = ("id", "chromosome", "assembly", "source", "note")
        id, chromosome, assembly, source, note = (str(rows.get(word, "")) for word in words)
        strand, cds_start = _whole(rows, "strand", where), _whole(rows, "cds_start", where)
        transcript = Transcript.build(
            id, chromosome, assembly, strand, intervals, cds_start=cds_start, residues=residues, source=source, note=note
        )
        if transcript.note:
            notes.append(f"exons of {table['name']}: {transcript.note}")
        return transcript

    def structure(self, table: Any) -> StructureEntry:
        where = f"{self.path}, [[structures]]"
        _check_keys(table, _STRUCTURE, where, required=("id",))
        known = self._rows(table.get("known", []), where, _known)
        try:
            id = canonical(str(table["id"]))
        except UsageError as error:
            raise TargetError(error.what, where=where, expected=error.expected) from None
        if is_path(id):
            id = str(inside(self.path.parent, id, where))
        return StructureEntry(
            id, str(table.get("role", "")), bool(table.get("required", False)), bool(table.get("reference", False)),
            known, str(table.get("known_source", "")),
        )  # fmt: skip

    def _file(self, name: str, where: str) -> str:
        path = inside(self.path.parent, name, where)
        try:
            return _small_text(path)
        except TargetError as error:
            raise TargetError(f"cannot read {name}: {error.what}", where=where) from None

    def _rows(self, given: Any, where: str, make: Callable[[Row], Value]) -> tuple[Value, ...]:
        """Rows of a TSV file, or given inline as a list of tables or lists."""
        if isinstance(given, str):
            where = given
            try:
                rows: list[Any] = list(csv.DictReader(self._file(given, where).splitlines(), delimiter="\t"))
            except csv.Error as error:
                raise TargetError(f"no readable table: {error}", where=where) from None
        elif isinstance(given, list):
            rows = [{"start": row[0], "end": row[1]} if isinstance(row, list) and len(row) == 2 else row for row in given]
        else:
            raise TargetError("a file name or a list is expected", where=where, found=repr(given))
        values = []
        for number, row in enumerate(rows, 1):
            try:
                values.append(make(row))
            except KeyError as error:
                raise TargetError(f"column {error} is missing", where=f"{where}, row {number}") from None
            except (ValueError, TypeError) as error:
                raise TargetError(str(error), where=f"{where}, row {number}") from None
        return tuple(values)


def _whole(table: Row, key: str, where: str) -> int:
    try:
        return int(table.get(key, 1))
    except (TypeError, ValueError):
        raise TargetError(f"{key} must be a whole number", where=where, found=repr(table[key])) from None


def _feature(row: Row) -> Feature:
    span = Span(int(row["first"]), int(row.get("last") or row["first"]))
    return Feature(str(row["kind"]), str(row["name"]), span, str(row.get("source") or ""), str(row.get("short") or ""))


def _site(row: Row) -> Site:
    words = (str(row.get(key) or "") for key in ("role", "partners", "unverified", "source", "remark"))
    return Site(int(row["position"]), str(row["residue"]), *words)


def _form(residues: int, row: Row) -> Form:
    _check_keys(row, _FORM, str(row.get("name")), required=("name", "without"))
    without = tuple(Span(int(first), int(last)) for first, last in row["without"])
    also = tuple(map(str, row.get("also", ())))
    form = Form(str(row["name"]), str(row.get("title") or row["name"]), without, also, str(row.get("source") or ""))
    if "length" in row and form.length(residues) != int(row["length"]):
        raise ValueError(f"form {form.name} has {form.length(residues)} residues, not {row['length']}")
    return form


def _interval(row: Row) -> tuple[int, int]:
    return int(row["start"]), int(row["end"])


def _known(row: Row) -> KnownRange:
    span = Span(int(row["first"]), int(row["last"]))
    return KnownRange(str(row["accession"]), str(row["chain"]), span, Coverage(row["coverage"]), int(row.get("offset") or 0))


def _fasta(text: str, record: Any, where: str) -> str:
    """The one record of a FASTA text, or the one whose id is asked for; plain letters are a sequence without header."""
    records: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith(">"):
            name = line[1:].split()[0] if line[1:].strip() else ""
            records[name] = ""
        else:
            records[name] = records.get(name, "") + line.strip().upper().replace(" ", "")
    if record is not None:
        if str(record) not in records:
            raise TargetError(f"no FASTA record {record!r}", where=where, found=", ".join(records))
        return records[str(record)]
    if not records:
        raise TargetError("no sequence: the file is empty", where=where)
    if len(records) != 1:
        raise TargetError(
            "more than one FASTA record", where=where, found=", ".join(records), advice="name one with sequence_record"
        )
    return next(iter(records.values()))


def _fetch_transcript(cache: Cache, transcript: str, accession: str, residues: int) -> Transcript:
    """Exons from Ensembl, else, or where no id is known, from EBI Proteins; one that does not fit the sequence is refused."""
    from axlstruct.sources import ensembl
    from axlstruct.sources.resources import coordinates_resource, transcript_resource

    def by_accession() -> Transcript:
        return ensembl.read_coordinates(cache.get(coordinates_resource(accession)), accession, transcript or None)

    if not transcript:
        found = by_accession()
    else:
        try:
            found = ensembl.read_lookup(cache.get(transcript_resource(transcript)))
        except SourceError as first:
            try:
                found = by_accession()
            except SourceError:
                raise first from None
    if found.residues != residues:
        raise ContentError(
            "transcript and sequence disagree", where=found.id, expected=f"{residues} codons", found=str(found.residues)
        )
    return found
