"""A session: a target, its structures, and what was computed of them, each once; here alone it is asked what is at hand."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from axlstruct.errors import AxlstructError, SourceError, UsageError
from axlstruct.sequence.coverage import Coverage, Placement
from axlstruct.sources.cache import Cache
from axlstruct.sources.library import Held, Library
from axlstruct.sources.names import canonical
from axlstruct.sources.released import FOLDER as RELEASED
from axlstruct.sources.released import Released, ReleasedFolder
from axlstruct.sources.target import load_target, target_path
from axlstruct.structure import locate
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.structure import ASU

if TYPE_CHECKING:
    from axlstruct.interface.classes import InterfaceClass
    from axlstruct.sequence.target import Protein, StructureEntry, Target
    from axlstruct.structure.mapping import ChainMap
    from axlstruct.study.analysis import Analysed

CUTOFF = 4.0
"""Angstrom between heavy atoms, inclusive, where no other cutoff is asked for."""

AREAS = AreaSettings()
"""Radii, probe and points where no others are asked for."""

_Made = TypeVar("_Made")


class Basis(IntEnum):
    """On which ground something is said of a structure, the firmest last."""

    NOTHING = 0
    """Neither coordinates nor anything that ships with the target."""
    PRINT = 1
    """Ranges of residues that were read in publications and ship with the target."""
    RELEASED = 2
    """Tables that were computed from coordinates and ship with the target."""
    COORDINATES = 3
    """A verified file, read now."""


@dataclass(frozen=True)
class Shown:
    """What can be said of one structure, and on which ground.

    Attributes
    ----------
    name : str
        As the target names it; for other structures in canonical form, or the path.
    entry : StructureEntry or None
        Of the target; None for other structures.
    basis : Basis
    held : Held or None
        Coordinates and chains, with `Basis.RELEASED` the outline that has chains and no coordinates.
    released : Released or None
        The released analysis, wherever there is one.
    error : AxlstructError or None
        Why there are no coordinates, where they were looked for and a server was asked, or the file at hand was refused.
    """

    name: str
    entry: StructureEntry | None
    basis: Basis
    held: Held | None = None
    released: Released | None = None
    error: AxlstructError | None = None

    @property
    def reason(self) -> str:
        """Why there is nothing better; empty with coordinates."""
        if self.basis is Basis.COORDINATES:
            return ""
        return str(self.error) if self.error else f"coordinates not at hand (axlstruct fetch {self.name})"

    @property
    def excused(self) -> bool:
        """Whether an answer may do without the coordinates: of an optional structure of the target, which could not be had."""
        return self.entry is not None and not self.entry.required and not self.refused

    @property
    def refused(self) -> bool:
        """Whether the coordinates were there and cannot be used, or the question of them cannot be answered."""
        return self.error is not None and not isinstance(self.error, SourceError)

    def require(self) -> Held:
        """Coordinates, or the outline of the released analysis; raises the error that says why there is neither."""
        if self.held is None:
            raise self.error or SourceError("coordinates not at hand", where=self.name, advice=f"axlstruct fetch {self.name}")
        return self.held

    def maps(self, protein: Protein) -> tuple[ChainMap, ...]:
        """Chains of a protein; none without coordinates or released analysis."""
        return tuple(chain for chain in self.held.maps if chain.protein.accession == protein.accession) if self.held else ()

    def chains(self, protein: Protein) -> tuple[str, ...]:
        """``auth_asym_id`` of the chains that show a protein, as far as that is known."""
        if self.held:
            return tuple(chain.chain.chain for chain in self.maps(protein))
        ranges = self.entry.known if self.entry else ()
        return tuple(dict.fromkeys(known.chain for known in ranges if known.accession == protein.accession))

    def placements(self, protein: Protein, position: int) -> list[Placement]:
        """One placement for each chain of the protein; of ``unknown`` coverage where nothing tells.

        Parameters
        ----------
        protein : Protein
            Of the target.
        position : int
            1-based, of its sequence.
        """
        if self.held:
            return [chain.placement(position) for chain in self.maps(protein)]
        if self.basis is Basis.PRINT and self.entry:
            return list(locate.known_placements(self.entry, protein, position))
        return locate.nothing_known(self.name, protein, position)

    def shows(self, protein: Protein, positions: Iterable[int]) -> bool | None:
        """Whether there is an atom of one of the positions; None where that is not known."""
        placed = [placement.coverage for position in positions for placement in self.placements(protein, position)]
        if any(coverage.has_atoms for coverage in placed):
            return True
        return None if Coverage.UNKNOWN in placed else False

    @property
    def source(self) -> str:
        """Where what was read in print was read; empty where nothing was."""
        return self.entry.known_source if self.entry else ""

    def lacks(self, protein: Protein) -> bool:
        """Whether what was read in print says that a protein is not in the structure."""
        known = self.entry.known if self.entry else ()
        return bool(known) and all(each.accession != protein.accession for each in known)

    def prints(self, protein: Protein) -> bool:
        """Whether what was read in print tells of a protein."""
        return any(each.accession == protein.accession for each in (self.entry.known if self.entry else ()))

    def tells(self, protein: Protein, positions: Iterable[int]) -> bool:
        """Whether the coverage of every position is known in every chain."""
        if self.basis is Basis.PRINT:
            placed = (placement for position in positions for placement in self.placements(protein, position))
            return all(placement.coverage is not Coverage.UNKNOWN for placement in placed)
        return self.basis > Basis.PRINT

    def note(self, protein: Protein | None = None) -> str:
        """What a reader of placements, of all proteins or of one, must know; empty with coordinates."""
        if self.basis is Basis.COORDINATES or (protein and self.lacks(protein)):
            return ""
        if self.basis is Basis.NOTHING:
            return f"{self.name}: {self.reason}" + ("" if self.error else "; left out")
        ground = "the released analysis" if self.basis is Basis.RELEASED else "what was read in print"
        if self.error:
            return f"{self.name}; placed by {ground}, where that tells: {self.error}"
        return f"{self.name}: {self.reason}; placed by {ground}"


@dataclass(frozen=True)
class EvidenceFolder:
    """The evidence tables of a target.

    Attributes
    ----------
    path : Path
        The folder ``evidence`` beside the target's description; need not exist.
    target : Target
    """

    path: Path
    target: Target

    def has(self, name: str) -> bool:
        """Whether there is such a table; ``sites`` are those of the target itself."""
        return name == "sites" or (self.path / f"{name}.tsv").is_file()

    def mentions(self, name: str, word: str) -> bool:
        """Whether a word stands anywhere in the file of a table that is there; the table itself is not read."""
        from axlstruct.sources.content import read_text

        return word in read_text(self.path / f"{name}.tsv")

    def rows(self, name: str, region: str | None = None) -> list[Any]:
        """Rows of a table, all or those of a region; see `axlstruct.sources.evidence.evidence_rows`."""
        from axlstruct.sources.evidence import evidence_rows

        return evidence_rows(self.path, self.target, name, region)


class Session:
    """A target, its structures, and what was computed of them.

    Attributes
    ----------
    target : Target
    library : Library
        Its structures and any other, each read once.
    evidence : EvidenceFolder
    release : ReleasedFolder or None
        The released analysis of the target.
    used : dict of str to Released
        Structures of which the released analysis answered so far, for figures, which have no notes of their own.
    """

    def __init__(self, target: Target, library: Library, evidence: EvidenceFolder, release: ReleasedFolder | None = None) -> None:
        self.target, self.library, self.evidence, self.release = target, library, evidence, release
        self.used: dict[str, Released] = {}
        self._analysed: dict[tuple[str, str], Analysed] = {}
        self._made: dict[Hashable, Any] = {}

    @property
    def cache(self) -> Cache:
        """Where files come from."""
        return self.library.cache

    def shown(
        self,
        name: str,
        *,
        assembly: str = ASU,
        enough: Basis = Basis.PRINT,
        of: tuple[Protein, Iterable[int]] | None = None,
    ) -> Shown:
        """What is at hand of a structure: coordinates, else the released analysis, else what was read in print.

        Parameters
        ----------
        name : str
            PDB id, AlphaFold model or path.
        assembly : str
            ``asu`` or the id of a biological assembly.
        enough : Basis
            A server is asked only where nothing at hand is as firm: `Basis.NOTHING` asks none, `Basis.COORDINATES` whenever the
            file is in neither cache nor mirror.
        of : (Protein, iterable of int), optional
            The protein and the 1-based positions in question: what was read in print is enough only if it tells of all of them.
            A structure that by print lacks the protein is not read at all.

        Returns
        -------
        Shown
            Also where coordinates cannot be had or used: its ``error`` says why, and `Shown.require` raises it.

        Raises
        ------
        UsageError
            The name names no structure.
        """
        entry = self.target.entry(canonical(name))
        released = self.released(name) if assembly == ASU else None
        basis = Basis.RELEASED if released else Basis.PRINT if entry and entry.known else Basis.NOTHING
        there = Shown(entry.id if entry else canonical(name), entry, basis, released=released)
        if of and there.lacks(of[0]):
            return there  # not read at all
        try:
            held = self.library.at_hand(name, assembly)
            if held is None and (basis < enough or (of and enough and not there.tells(*of))):
                self.check_network()
                held = self.library.get(name, assembly)
        except AxlstructError as error:
            if released:
                self.used[released.id] = released
            return replace(there, error=error, held=released.held if released else None)
        if held:
            return replace(there, basis=Basis.COORDINATES, held=held)
        if released and enough:
            self.used[released.id] = released
        return replace(there, held=released.held) if released else there

    def check_network(self) -> None:
        """Switch the servers off where there is no network: none of them is waited for."""
        from axlstruct.sources.network import doors, reachable
        from axlstruct.sources.servers import gateway_of

        cache = self.library.cache
        if not cache.offline and not reachable(doors(gateway_of(cache.gateway))):
            self.library.cache = replace(cache, offline=True, why_offline="no server can be reached")

    def released(self, name: str) -> Released | None:
        """The released analysis of a structure of the target; None where there is none."""
        return self.release.get(canonical(name)) if self.release else None

    def held(self, name: str, assembly: str = ASU) -> Held:
        """A structure with its chains laid on the target's proteins: coordinates, else the outline of the released analysis.

        Raises as `Library.get` where there is neither.
        """
        return self.shown(name, assembly=assembly, enough=Basis.COORDINATES).require()

    def default(self) -> str:
        """Name of the structure to show where none is asked for; raises UsageError where the target names none."""
        if self.target.reference:
            return self.target.reference.id
        if self.target.structures:
            return self.target.structures[0].id
        raise UsageError("the target names no structure", advice="name one")

    def missing(self) -> dict[str, str]:
        """Structures of the target whose coordinates cannot be had, each with the reason."""
        shown = [self.shown(entry.id, enough=Basis.COORDINATES) for entry in self.target.structures]
        return {each.name: each.reason for each in shown if each.held is None}

    def analysed(self, structure: str, assembly: str = ASU, cutoff: float = CUTOFF) -> Analysed:
        """Chain pairs and interface classes of a structure, computed once, at the widest reach asked for so far.

        Parameters
        ----------
        structure : str
            PDB id, AlphaFold model or path.
        assembly : str
            ``asu`` or the id of a biological assembly.
        cutoff : float
            Angstrom that the chain pairs must reach at least.
        """
        from axlstruct.interface.classes import CLASS_CUTOFF
        from axlstruct.interface.contacts import check_cutoff
        from axlstruct.study.analysis import analyse
        from axlstruct.study.released import analyse_released

        check_cutoff(cutoff)
        key = (canonical(structure), assembly)
        reach = max(cutoff, CLASS_CUTOFF)
        if key not in self._analysed or self._analysed[key].reach < reach:
            shown = self.shown(structure, assembly=assembly, enough=Basis.COORDINATES)
            reference = self.target.reference
            own = reference is None or key == (reference.id, ASU)
            names = self.target.interface_names if reference else ()
            classes = None if own or reference is None else partial(self._classes_of, reference.id)
            if shown.basis is Basis.RELEASED and shown.released:
                self._analysed[key] = analyse_released(shown.released, names=names, reference=classes, why=shown.reason)
            else:
                self._analysed[key] = analyse(shown.require(), reach, names=names, reference=classes)
        return self._analysed[key]

    def _classes_of(self, reference: str) -> tuple[InterfaceClass, ...]:
        return self.analysed(reference).classes

    def once(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """What ``make`` returns, made once for each key in the life of the session."""
        if key not in self._made:
            self._made[key] = make()
        made: _Made = self._made[key]
        return made


def open_session(target: str | Path, cache: Cache) -> Session:
    """A session on a shipped target, a folder or a TOML file; raises TargetError where its description is not right."""
    loaded = load_target(target, cache)
    folder = target_path(target).parent
    release = ReleasedFolder(folder / RELEASED, loaded.proteins)
    return Session(loaded, Library(loaded, cache), EvidenceFolder(folder / "evidence", loaded), release)
