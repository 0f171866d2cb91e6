"""Structures by name: a PDB id, an AlphaFold model or a path becomes a checked Structure with its chains laid on the proteins."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from axlstruct.errors import ContentError, MappingError, OfflineError, SourceError
from axlstruct.sequence.target import Target
from axlstruct.sources.cache import Cache, Resource
from axlstruct.sources.names import ALPHAFOLD, canonical, is_path
from axlstruct.sources.provenance import Provenance, changed
from axlstruct.structure.mapping import ChainMap, map_structure, require_maps
from axlstruct.structure.structure import ASU, Structure


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


class Library:
    """The structures of a target and any other, each read once for each assembly."""

    def __init__(self, target: Target, cache: Cache) -> None:
        self.target, self.cache = target, cache
        self._held: dict[tuple[str, str], Held] = {}
        self._failed: dict[str, SourceError] = {}

    def get(self, name: str, assembly: str = ASU, *, refresh: bool = False) -> Held:
        """A structure by name.

        Parameters
        ----------
        name : str
            PDB id, AlphaFold model or path.
        assembly : str
            ``asu`` or the id of a biological assembly.
        refresh : bool
            Fetch it anew.

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
            if name in self._failed and not refresh:
                raise self._failed[name]
            try:
                self._held[key] = self._read(name, assembly, refresh, self.cache)
            except SourceError as error:
                self._failed[name] = error  # not asked for again in this process
                raise
        return self._held[key]

    def at_hand(self, name: str, assembly: str = ASU) -> Held | None:
        """A structure from cache, mirrors or its path, without any call; None where it is in none of them.

        Parameters
        ----------
        name : str
            PDB id, AlphaFold model or path.
        assembly : str
            ``asu`` or the id of a biological assembly.

        Raises
        ------
        SourceError, StructureError, UsageError
            As `get`.
        """
        name = canonical(name)
        key = (name, assembly)
        if key not in self._held:
            try:
                self._held[key] = self._read(name, assembly, False, replace(self.cache, offline=True))
            except OfflineError:
                return None
        return self._held[key]

    def _read(self, name: str, assembly: str, refresh: bool, cache: Cache) -> Held:
        from axlstruct.sources.coordinates import read_structure

        if is_path(name):
            path = Path(name)
            structure = read_structure(path, assembly=assembly)
            if taken := self._other_name(path, structure.id):
                structure = read_structure(path, name=taken, assembly=assembly)
            raw = path.read_bytes()
            record = Provenance(structure.id, str(path), changed(path), hashlib.sha256(raw).hexdigest(), len(raw))
            return Held(structure, map_structure(structure, self.target.proteins), record, "file", structure.notes)
        entry = self.target.entry(name)
        verified: dict[Path, tuple[Structure, tuple[ChainMap, ...]]] = {}

        def verify(path: Path) -> None:
            structure = read_structure(path, id=name, strict=True)
            verified[path] = structure, self._maps(structure, required=entry is not None)

        fetched = cache.get(resource_of(name, verify), refresh=refresh)
        if assembly == ASU and fetched.path in verified:
            structure, maps = verified[fetched.path]
        else:
            structure = read_structure(fetched.path, id=name, assembly=assembly, strict=True)
            maps = self._maps(structure, required=entry is not None)
        return Held(structure, maps, fetched.provenance, fetched.origin, (*structure.notes, *fetched.notes))

    def _other_name(self, path: Path, id: str) -> str:
        """Another name for a file that would share its name with another file at hand; empty where none does.

        Files of different names that both say that they are one entry are that entry.
        """
        stem = path.name.split(".")[0]
        files = [held.structure for held in self._held.values() if held.origin == "file"]
        others = {s.id: Path(s.source) for s in files if Path(s.source).absolute() != path.absolute()}
        if id not in others or (id != stem and others[id].name != path.name):
            return ""
        name = stem
        for folder in ("", *(part.name for part in path.absolute().parents if part.name)):
            name = f"{folder}/{name}" if folder else name
            if name not in others:
                return name
        return str(path.absolute())

    def _maps(self, structure: Structure, *, required: bool) -> tuple[ChainMap, ...]:
        """Lay the chains on the target's proteins; a file that the target names and that shows none of them is refused."""
        if not required:
            return map_structure(structure, self.target.proteins)
        try:
            return require_maps(structure, self.target.proteins)
        except MappingError as error:
            raise ContentError(
                error.what, where=error.where, expected=error.expected, found=error.found, advice=error.advice
            ) from None


def resource_of(name: str, verify: object) -> Resource:
    """What to ask of the cache for a PDB id or an AlphaFold model in canonical form."""
    from axlstruct.sources.resources import alphafold_resource, structure_resource

    if match := ALPHAFOLD.fullmatch(name):
        return alphafold_resource(match[1], verify=verify)  # type: ignore[arg-type]
    return structure_resource(name, verify=verify)  # type: ignore[arg-type]
