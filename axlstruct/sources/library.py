"""Structures by name: a PDB id, an AlphaFold model or a path becomes a checked Structure with its chains laid on the proteins."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from axlstruct.errors import AxlstructError, ContentError, SourceError, UsageError
from axlstruct.mapping import ChainMap, map_structure, require_maps
from axlstruct.sources.cache import Cache, Resource
from axlstruct.sources.pdb import ASU, read_structure
from axlstruct.sources.provenance import Provenance, changed
from axlstruct.structure import Structure
from axlstruct.target import Protein, Target

_PDB_ID = re.compile(r"[1-9][A-Za-z0-9]{3}|pdb_[A-Za-z0-9]{8}", re.IGNORECASE)
_ALPHAFOLD = re.compile(r"AF-([A-Z0-9]+(?:-\d+)?)(?:-F1)?", re.IGNORECASE)


@dataclass(frozen=True)
class Held:
    """A structure at hand.

    Attributes
    ----------
    structure : Structure
    maps : tuple of ChainMap
        Its chains that are proteins of the target; may be empty for a structure outside the target.
    provenance : Provenance
    origin : str
        ``cache``, ``mirror``, ``server`` or ``file``.
    notes : tuple of str
    """

    structure: Structure
    maps: tuple[ChainMap, ...]
    provenance: Provenance
    origin: str
    notes: tuple[str, ...] = ()


def canonical(name: str) -> str:
    """The form of a structure's name that tables use: ``2C5D``, ``AF-P30530``; a path stays as it is.

    Raises
    ------
    UsageError
        Neither a PDB id, nor an AlphaFold model, nor a file.

    Examples
    --------
    >>> canonical("pdb_00002c5d"), canonical("af-p30530-f1")
    ('2C5D', 'AF-P30530')
    """
    if _PDB_ID.fullmatch(name):
        return (
            re.sub(r"^PDB_0000", "", name.upper())
            if name.upper().startswith("PDB_0000")
            else name.upper()
            if len(name) == 4
            else name.lower()
        )
    if match := _ALPHAFOLD.fullmatch(name):
        return f"AF-{match[1].upper()}"
    if is_path(name):
        return name
    raise UsageError(f"{name!r} names no structure", expected="a PDB id (2C5D), an AlphaFold model (AF-P30530) or a file")


def is_path(name: str) -> bool:
    """Whether a name is meant as a file: it has a folder or a suffix, or such a file is there."""
    return "/" in name or "\\" in name or bool(Path(name).suffix) or Path(name).is_file()


class Library:
    """The structures of a target and any other, each read once for each assembly."""

    def __init__(self, target: Target, cache: Cache) -> None:
        self.target, self.cache = target, cache
        self._held: dict[tuple[str, str], Held] = {}
        self._failed: dict[str, SourceError] = {}

    def get(self, name: str, assembly: str = ASU, *, refresh: bool = False, cache: Cache | None = None) -> Held:
        """A structure by name.

        Parameters
        ----------
        name : str
            PDB id, AlphaFold model or path.
        assembly : str
            ``asu`` or the id of a biological assembly.
        refresh : bool
            Fetch it anew.
        cache : Cache, optional
            Another cache than the library's own, such as one that is offline.

        Raises
        ------
        SourceError
            It cannot be had.
        StructureError
            It holds no protein, or, named by the target, none of the target's proteins; or has no such assembly.
        UsageError
            The name names no structure.
        """
        name = canonical(name)
        key = (name, assembly)
        if refresh or key not in self._held:
            if name in self._failed and not (refresh or cache):
                raise self._failed[name]
            try:
                self._held[key] = self._read(name, assembly, refresh, cache or self.cache)
            except SourceError as error:
                if cache is None:
                    self._failed[name] = error  # not asked for again in this process
                raise
        return self._held[key]

    def _read(self, name: str, assembly: str, refresh: bool, cache: Cache) -> Held:
        if is_path(name):
            path = Path(name)
            structure = read_structure(path, assembly=assembly)
            raw = path.read_bytes()
            record = Provenance(structure.id, str(path), changed(path), hashlib.sha256(raw).hexdigest(), len(raw))
            return Held(structure, map_structure(structure, self.target.proteins), record, "file", structure.notes)
        entry = self.target.entry(name)
        expected = self.target.proteins if entry else ()
        verified: dict[Path, Structure] = {}

        def verify(path: Path) -> None:
            verified[path] = structure = read_structure(path, id=name)
            _check_letters(structure, expected)

        fetched = cache.get(resource_of(name, verify), refresh=refresh)
        if assembly == ASU and fetched.path in verified:
            structure = verified[fetched.path]
        else:
            structure = read_structure(fetched.path, id=name, assembly=assembly)
        maps = (require_maps if entry else map_structure)(structure, self.target.proteins)
        return Held(structure, maps, fetched.provenance, fetched.origin, (*structure.notes, *fetched.notes))


def _check_letters(structure: Structure, proteins: Sequence[Protein]) -> None:
    """Refuse a file that shows none of the proteins that the target says it shows; another file of that name may."""
    try:
        if proteins:
            require_maps(structure, proteins)
    except AxlstructError as error:
        raise ContentError(error.what, where=error.where, expected=error.expected, found=error.found) from None


def resource_of(name: str, verify: object) -> Resource:
    """What to ask of the cache for a PDB id or an AlphaFold model in canonical form."""
    from axlstruct.sources.resources import alphafold_resource, structure_resource

    if match := _ALPHAFOLD.fullmatch(name):
        return alphafold_resource(match[1], verify=verify)  # type: ignore[arg-type]
    return structure_resource(name, verify=verify)  # type: ignore[arg-type]
