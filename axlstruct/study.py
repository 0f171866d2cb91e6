"""A study joins a target, its sequences and its structures, and answers questions about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from axlstruct import locate, notation
from axlstruct.annotate import ResidueRow, residue_row, touches_of
from axlstruct.answer import Answer, Touching
from axlstruct.contact_rows import (
    AtomContactRow,
    ContactRow,
    InterfaceRow,
    atom_contact_rows,
    contact_rows,
    interface_row,
    touching,
)
from axlstruct.contacts import ChainPair, chain_pairs, check_cutoff, require_partners, residue_contacts
from axlstruct.coverage import Placement
from axlstruct.errors import AxlstructError, OfflineError, SiteError, StructureError, UsageError
from axlstruct.glycans import find_glycans
from axlstruct.interface import CLASS_CUTOFF, InterfaceClass, classify, position_pairs
from axlstruct.sources.cache import Cache, default_mirrors, default_root
from axlstruct.sources.library import Held, Library, canonical
from axlstruct.sources.pdb import ASU
from axlstruct.sources.target import load_target
from axlstruct.tables import Table

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from axlstruct.exons import Exon
    from axlstruct.features import Feature, Site
    from axlstruct.target import Protein, StructureEntry

CUTOFF = 4.0
_LEVELS: dict[str, tuple[type, Callable[..., list[Any]]]] = {
    "residue": (ContactRow, contact_rows),
    "atom": (AtomContactRow, atom_contact_rows),
}


class Analysed(NamedTuple):
    """A structure with its chain pairs (searched to `reach` Angstrom) and interface classes."""

    held: Held
    pairs: tuple[ChainPair, ...]
    classes: tuple[InterfaceClass, ...]
    reach: float

    def class_of(self, pair: ChainPair) -> InterfaceClass:
        """The interface class of a chain pair."""
        return next(cls for cls in self.classes if pair.chains in {other.chains for other in cls.pairs})


def load(
    target: str | Path = "axl",
    *,
    cache: str | Path | None = None,
    mirror: str | Path | Iterable[str | Path] | None = None,
    offline: bool = False,
) -> Study:
    """Load a target.

    Parameters
    ----------
    target : str or Path
        A shipped name, a folder, or a TOML file.
    cache : path, optional
        Folder of the cache; by default ``AXLSTRUCT_CACHE``, else ``cache/`` of a checkout, else the user's cache folder.
    mirror : path or paths, optional
        Folders asked before the servers; by default ``AXLSTRUCT_MIRROR``.
    offline : bool
        Make no call to any server.

    Returns
    -------
    Study

    Raises
    ------
    TargetError
        The description is incomplete or contradicts itself.

    Examples
    --------
    >>> import axlstruct as ax
    >>> ax.load("axl", offline=True).sequence[701]
    'Y'
    """
    mirrors = default_mirrors() if mirror is None else [mirror] if isinstance(mirror, str | Path) else list(mirror)
    return Study(target, Cache(Path(cache) if cache else default_root(), tuple(map(Path, mirrors)), offline=offline))


class Study:
    """What `load` returns: the target's data as attributes, questions about structures as methods."""

    def __init__(self, target: str | Path, cache: Cache) -> None:
        self.cache = cache
        self.target = load_target(target, cache)
        self.library = Library(self.target, cache)
        self._analysed: dict[tuple[str, str], Analysed] = {}

    def __repr__(self) -> str:
        names = ", ".join(f"{p.name} {p.accession} ({len(p)})" for p in self.target.proteins)
        return f"<Study {self.target.name}: {names}; structures {', '.join(e.id for e in self.target.structures)}>"

    @property
    def sequence(self) -> str:
        """Sequence of the receptor."""
        return self.target.receptor.sequence

    @property
    def exons(self) -> tuple[Exon, ...]:
        """Exons of the receptor's transcript."""
        return self.target.receptor.exons

    @property
    def features(self) -> tuple[Feature, ...]:
        """Features of the receptor."""
        return self.target.receptor.features

    @property
    def sites(self) -> tuple[Site, ...]:
        """Curated sites of the receptor."""
        return self.target.receptor.sites

    def where(self, query: str) -> Answer:
        """Where a residue is: every numbering, exon, domain, site, and one placement a structure chain.

        Coordinates come from cache or mirrors; a structure that is in neither is downloaded only if what ships with the target
        does not tell what it shows of this residue.

        Parameters
        ----------
        query : str
            ``Y702``, ``702``, ``P30530:702``, ``GAS6:R308``, ``2C5D:C/59`` or ``E59@2C5D``.

        Raises
        ------
        SiteError
            Not to be read, no such residue, or another letter there.

        Examples
        --------
        >>> import axlstruct as ax
        >>> ax.load("axl", offline=True).where("R103").exons
        (2, 3)
        """
        asked = notation.parse(query)
        if asked.structure and self.target_has_protein(asked.structure):
            raise SiteError(f"{asked.structure!r} is a protein, not a structure", where=query, expected=notation.FORMS)
        protein, position = self._resolve(asked)
        placements: list[Placement] = []
        notes: list[str] = []
        extra = [canonical(asked.structure)] if asked.structure else []
        names = list(dict.fromkeys([entry.id for entry in self.target.structures] + extra))
        for name in names:
            found, note = self._placements(name, protein, position)
            placements += found
            notes += [note] if note else []
        codon = protein.transcript.codon(position) if protein.transcript else None
        return Answer(query, protein, position, codon, tuple(placements), tuple(notes), self._touches(placements))

    def _touches(self, placements: Iterable[Placement]) -> tuple[Touching, ...] | None:
        """Partner residues of the placements, in structures that are at hand and show both receptor and ligand."""
        shown = {p.residue for p in placements if p.residue and p.coverage.has_atoms}
        rows: list[ContactRow] = []
        asked = False
        for name in dict.fromkeys(residue.structure for residue in shown):
            held = self.at_hand(name)
            if held and len({chain.protein.role for chain in held.maps}) > 1:
                asked = True
                rows += self.contact_table(name).rows
        return touching(shown, rows, {p.role: p.name for p in self.target.proteins}) if asked else None

    def target_has_protein(self, name: str) -> bool:
        """Whether a name is that of a protein of the target."""
        return any(name.upper() in (p.name.upper(), p.accession.upper()) for p in self.target.proteins)

    def _resolve(self, asked: notation.Query) -> tuple[Protein, int]:
        if asked.structure:
            entry = self.target.entry(canonical(asked.structure))
            try:
                held = self.at_hand(asked.structure) or (None if entry and entry.known else self.library.get(asked.structure))
            except AxlstructError:
                if entry is None or not entry.known:
                    raise
                held = None
            if held is None and entry is not None:
                return locate.in_known(asked, entry, self.target)
            if held is not None:
                return locate.in_structure(asked, held.structure, held.maps)
        try:
            return locate.in_sequence(asked, self.target, {})
        except SiteError:
            at_hand = {entry.id: self.at_hand(entry.id) for entry in self.target.structures}
            return locate.in_sequence(asked, self.target, {id: held.maps for id, held in at_hand.items() if held})

    def at_hand(self, name: str) -> Held | None:
        """A structure from cache or mirrors, without any call; None where it is in neither."""
        try:
            return self.library.get(name, cache=replace(self.cache, offline=True))
        except OfflineError:
            return None

    def _placements(self, name: str, protein: Protein, position: int) -> tuple[list[Placement], str]:
        """Placements in one structure, and a note where it could not be had."""
        entry = self.target.entry(name)
        if entry and entry.known and protein.accession not in {known.accession for known in entry.known}:
            return [], ""
        known = locate.known_placements(entry, protein, position) if entry else ()
        told = bool(known) and all(placement.coverage != "unknown" for placement in known)
        try:
            held = self.at_hand(name) or (None if told else self.library.get(name))
        except AxlstructError as error:
            return list(known) or self._unknown(name, protein, position), f"{name}: {error}"
        if held is None:
            return list(known), f"{name}: coordinates not at hand (axlstruct fetch {name}); placed by what was read in print"
        return [chain.placement(position) for chain in held.maps if chain.protein is protein], ""

    def _unknown(self, name: str, protein: Protein, position: int) -> list[Placement]:
        """Nothing is known of the structure, unless it is the model of another protein."""
        if name.startswith("AF-") and name != f"AF-{protein.accession}":
            return []
        return [locate.unknown_placement(name, protein, position, "the structure could not be had")]

    def analysed(self, structure: str, assembly: str = ASU, cutoff: float = CUTOFF) -> Analysed:
        """Chain pairs and interface classes of a structure, computed once.

        Parameters
        ----------
        structure : str
            PDB id, AlphaFold model or path.
        assembly : str
            ``asu`` or the id of a biological assembly.
        cutoff : float
            Angstrom that the chain pairs must reach at least.
        """
        check_cutoff(cutoff)
        key = (canonical(structure), assembly)
        reach = max(cutoff, CLASS_CUTOFF)
        if key not in self._analysed or self._analysed[key].reach < reach:
            held = self.library.get(structure, assembly)
            pairs = chain_pairs(held.structure, held.maps, reach)
            near = [(pair, position_pairs(held.structure.residues, pair.within(CLASS_CUTOFF))) for pair in pairs]
            reference = self.target.reference
            if reference is None or key == (reference.id, ASU):
                classes = classify(near, self.target.interface_names if reference else ())
            else:
                classes = classify(near, reference=self._reference_classes(reference, any(contacts for _, contacts in near)))
            self._analysed[key] = Analysed(held, pairs, classes, reach)
        return self._analysed[key]

    def _reference_classes(self, reference: StructureEntry, needed: bool) -> tuple[InterfaceClass, ...]:
        """Classes of the reference structure; needed only if there is something to name."""
        return self.analysed(reference.id).classes if needed else ()

    def contacts(
        self,
        structure: str,
        *,
        cutoff: float = CUTOFF,
        level: str = "residue",
        between: tuple[str, str] | None = None,
        assembly: str = ASU,
    ) -> pd.DataFrame:
        """Heavy-atom contacts between receptor and ligand.

        Parameters
        ----------
        structure : str
            PDB id, AlphaFold model or path.
        cutoff : float
            Angstrom, inclusive.
        level : str
            ``residue`` (one row a residue pair, with the shortest distance) or ``atom``.
        between : (str, str), optional
            Two protein chains, whatever they are, instead of all receptor-ligand pairs.
        assembly : str
            ``asu`` or the id of a biological assembly.

        Returns
        -------
        DataFrame
            Columns as in `ContactRow` or `AtomContactRow`; ``copies`` says in how many chain pairs of the interface class the
            residue pair is seen.

        Raises
        ------
        StructureError
            Receptor or ligand is not in the structure, or no such chain.
        """
        return self.contact_table(structure, cutoff=cutoff, level=level, between=between, assembly=assembly).frame()

    def contact_table(
        self,
        structure: str,
        *,
        cutoff: float = CUTOFF,
        level: str = "residue",
        between: tuple[str, str] | None = None,
        assembly: str = ASU,
    ) -> Table:
        """As `contacts`, as plain rows."""
        if level not in _LEVELS:
            raise UsageError(f"unknown level {level!r}", expected=" or ".join(_LEVELS))
        kind, rows_of = _LEVELS[level]
        analysed = self.analysed(structure, assembly, cutoff)
        pairs = self._between(analysed, between) if between else self._receptor_ligand(analysed)
        found = analysed.held.structure
        return Table(kind, [row for pair in pairs for row in rows_of(found, analysed.class_of(pair), pair, cutoff)])

    def _receptor_ligand(self, analysed: Analysed) -> list[ChainPair]:
        if self.target.ligand is None:
            raise StructureError("the target has no ligand", where=self.target.name, advice="name two chains with --between")
        held = analysed.held
        require_partners(held.structure, held.maps, [protein.name for protein in self.target.proteins])
        return [pair for pair in analysed.pairs if pair.joins_receptor_and_ligand]

    def _between(self, analysed: Analysed, between: tuple[str, str]) -> list[ChainPair]:
        for name in between:
            analysed.held.structure.chain(name)
        pairs = [pair for pair in analysed.pairs if set(pair.chains) == set(between)]
        if not pairs:
            raise UsageError("two different chains make a pair", found=" ".join(between))
        return pairs

    def interfaces(self, structure: str, *, cutoff: float = CUTOFF, assembly: str = ASU) -> pd.DataFrame:
        """One row a pair of protein chains, those without contact included.

        Parameters
        ----------
        structure : str
            PDB id, AlphaFold model or path.
        cutoff : float
            Angstrom, inclusive.
        assembly : str
            ``asu`` or the id of a biological assembly.

        Returns
        -------
        DataFrame
            Columns as in `InterfaceRow`. ``min_distance`` is empty where nothing lies within the search distance.
        """
        return self.interface_table(structure, cutoff=cutoff, assembly=assembly).frame()

    def interface_table(self, structure: str, *, cutoff: float = CUTOFF, assembly: str = ASU) -> Table:
        """As `interfaces`, as plain rows."""
        analysed = self.analysed(structure, assembly, cutoff)
        found = analysed.held.structure
        return Table(InterfaceRow, [interface_row(found, analysed.class_of(pair), pair, cutoff) for pair in analysed.pairs])

    def residues(self, *structures: str, assembly: str = ASU, cutoff: float = CUTOFF) -> pd.DataFrame:
        """One row for each residue of receptor and ligand and each structure chain.

        Parameters
        ----------
        *structures : str
            PDB ids, AlphaFold models or paths; by default all structures of the target. An optional one that cannot be had gives
            what is known of it without coordinates, or rows of ``unknown`` coverage; `missing` says why.
        assembly : str
            ``asu`` or the id of a biological assembly; applies to all of them.
        cutoff : float
            Angstrom, inclusive, for the columns ``interface`` and ``partners``.

        Returns
        -------
        DataFrame
            Columns as in `axlstruct.annotate.ResidueRow`.
        """
        return self.residue_table(*structures, assembly=assembly, cutoff=cutoff).frame()

    def residue_table(self, *structures: str, assembly: str = ASU, cutoff: float = CUTOFF) -> Table:
        """As `residues`, as plain rows."""
        names = structures or tuple(entry.id for entry in self.target.structures)
        return Table(ResidueRow, [row for name in names for row in self._rows_of(name, assembly, cutoff)])

    def missing(self) -> dict[str, str]:
        """Structures of the target that cannot be had, each with the reason; those at hand are not asked for again."""
        reasons = {}
        for entry in self.target.structures:
            try:
                self.library.get(entry.id)
            except AxlstructError as error:
                reasons[entry.id] = str(error)
        return reasons

    def _rows_of(self, name: str, assembly: str, cutoff: float) -> list[ResidueRow]:
        entry = self.target.entry(canonical(name))
        try:
            analysed = self.analysed(name, assembly, cutoff)
        except AxlstructError:
            if entry is None or entry.required:
                raise
            return self._rows_without_coordinates(entry)
        structure = analysed.held.structure
        touching = [
            (analysed.class_of(pair).name, structure.residues[c.residue_1].id, structure.residues[c.residue_2].id)
            for pair in analysed.pairs
            for c in residue_contacts(pair.within(cutoff))
        ]
        touches = touches_of(touching)
        glycans = {glycan.root: glycan for glycan in find_glycans(structure)}
        return [
            residue_row(chain.protein, chain.placement(position), touches, glycans, assembly)
            for chain in analysed.held.maps
            for position in range(1, len(chain.protein) + 1)
        ]

    def _rows_without_coordinates(self, entry: StructureEntry) -> list[ResidueRow]:
        rows = []
        for protein in self.target.proteins:
            told = any(known.accession == protein.accession for known in entry.known)
            for position in range(1, len(protein) + 1) if told or not entry.known else ():
                found = locate.known_placements(entry, protein, position) or self._unknown(entry.id, protein, position)
                rows += [residue_row(protein, placement, {}, {}) for placement in found]
        return sorted(rows, key=lambda row: (row.protein, row.chain))

    def annotate(self, residues: Any) -> pd.DataFrame:
        """The residue columns for residues given by author number.

        Parameters
        ----------
        residues : DataFrame or iterable of Bio.PDB residues
            A DataFrame has the columns ``structure``, ``chain``, ``number`` and, if need be, ``icode``; others are kept.
            The id of a Bio.PDB structure names the structure.

        Returns
        -------
        DataFrame
            One row for each row given, in its order, with the columns of `residues` behind those given. A residue that is none of
            the target's proteins (a hetero group, a tag, a wrong number) keeps its row, with empty columns and a note.

        Raises
        ------
        UsageError
            Columns are missing.
        """
        from axlstruct.annotate_frame import annotate_frame

        return annotate_frame(residues, lambda structure: self.residue_table(structure).frame())

    def figure(self, name: str, *, structure: str | None = None, cutoff: float = CUTOFF) -> Figure:
        """A figure for a paper.

        Parameters
        ----------
        name : str
            ``domains`` (sequence features, exons, sites, coverage and interface along receptor and ligand) or ``contact-map``.
        structure : str, optional
            What the contact map shows; by default the target's reference structure.
        cutoff : float
            Angstrom, inclusive.

        Returns
        -------
        matplotlib.figure.Figure
        """
        from axlstruct.gallery import draw

        return draw(self, name, structure=structure, cutoff=cutoff)

    def view(
        self, structure: str | None = None, *, color: str = "domain", cutoff: float = CUTOFF, assembly: str = ASU, **look: Any
    ) -> Any:
        """An interactive view: a py3Dmol view with legend and hover texts, and the sites it cannot show named beside it.

        Parameters
        ----------
        structure : str, optional
            PDB id, AlphaFold model or path; by default the target's reference structure.
        color : str
            ``exon``, ``domain``, ``chain``, ``interface``, ``coverage`` or ``plddt``.
        cutoff : float
            Angstrom, inclusive, for interface residues.
        assembly : str
            ``asu`` or the id of a biological assembly.
        **look
            ``width``, ``height`` in pixels; ``title``; ``interface=False`` or ``labels=False`` to leave these out.

        Returns
        -------
        py3Dmol.view
            Shows itself in a notebook without network if 3Dmol.js is in the cache or a mirror, or can be fetched; else it names
            the address it needs. ``page()`` gives a page that stands alone.
        """
        from axlstruct.gallery import make

        return make(self, structure, color=color, cutoff=cutoff, assembly=assembly, **look)

    def view_page(self, structure: str | None = None, *, color: str = "domain", assembly: str = ASU) -> str:
        """The view as one HTML page."""
        page: str = self.view(structure, color=color, assembly=assembly).page()
        return page

    def shown(self) -> str:
        """Name of the structure to show where none is asked for."""
        if self.target.reference:
            return self.target.reference.id
        if self.target.structures:
            return self.target.structures[0].id
        raise UsageError("the target names no structure", advice="name one")
