"""A study joins a target, its sequences and its structures, and answers questions about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axlstruct.answer import Answer
from axlstruct.area_settings import AreaSettings
from axlstruct.contacts import check_cutoff
from axlstruct.errors import AxlstructError, OfflineError, UsageError
from axlstruct.interface import CLASS_CUTOFF, InterfaceClass
from axlstruct.sources.cache import Cache, default_mirrors, default_root
from axlstruct.sources.library import Held, Library
from axlstruct.sources.names import canonical
from axlstruct.sources.pdb import ASU
from axlstruct.sources.target import load_target, target_path
from axlstruct.tables import Table

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from axlstruct.analysis import Analysed
    from axlstruct.exons import Exon
    from axlstruct.features import Feature, Site

CUTOFF = 4.0
AREAS = AreaSettings()


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
        self.evidence_folder = target_path(target).parent / "evidence"
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
        from axlstruct.lookup import look_up

        return look_up(self, query)

    def at_hand(self, name: str) -> Held | None:
        """A structure from cache or mirrors, without any call; None where it is in neither."""
        try:
            return self.library.get(name, cache=replace(self.cache, offline=True))
        except OfflineError:
            return None

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
        from axlstruct.analysis import analyse

        check_cutoff(cutoff)
        key = (canonical(structure), assembly)
        reach = max(cutoff, CLASS_CUTOFF)
        if key not in self._analysed or self._analysed[key].reach < reach:
            held = self.library.get(structure, assembly)
            reference = self.target.reference
            if reference is None or key == (reference.id, ASU):
                self._analysed[key] = analyse(held, reach, names=self.target.interface_names if reference else ())
            else:
                self._analysed[key] = analyse(held, reach, reference=partial(self._classes_of, reference.id))
        return self._analysed[key]

    def _classes_of(self, reference: str) -> tuple[InterfaceClass, ...]:
        return self.analysed(reference).classes

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
            Columns as in `axlstruct.contact_rows`; ``copies`` says in how many chain pairs of the interface class the
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
        from axlstruct import study_tables

        return study_tables.contact_table(self, structure, cutoff=cutoff, level=level, between=between, assembly=assembly)

    def interactions(self, structure: str, *, assembly: str = ASU) -> pd.DataFrame:
        """Typed interactions by their own rules, whatever the contact cutoff.

        Between chains of the target's proteins: hydrogen bonds, salt bridges, hydrophobic contacts, stacked rings, cation-pi, and
        contacts with sugars (which belong to the chain that carries them); within chains disulfides and metals. Heavy atoms
        suffice, hydrogens are used where they are. At low resolution a hydrogen bond is an inference: see ``grade``.

        Parameters
        ----------
        structure : str
            PDB id, AlphaFold model or path.
        assembly : str
            ``asu`` or the id of a biological assembly.

        Returns
        -------
        DataFrame
            Columns as in `axlstruct.interactions.InteractionRow`; the rules with their sources are in `axlstruct.bond_rules`.
        """
        return self.interaction_table(structure, assembly=assembly).frame()

    def interaction_table(self, structure: str, *, assembly: str = ASU) -> Table:
        """As `interactions`, as plain rows; its notes say what could not be computed."""
        from axlstruct import study_tables

        return study_tables.interaction_table(self, structure, assembly=assembly)

    def interfaces(
        self, structure: str, *, cutoff: float = CUTOFF, assembly: str = ASU, areas: AreaSettings | None = AREAS
    ) -> pd.DataFrame:
        """One row a pair of protein chains, those without contact included.

        Parameters
        ----------
        structure : str
            PDB id, AlphaFold model or path.
        cutoff : float
            Angstrom, inclusive, for the numbers of contacts.
        assembly : str
            ``asu`` or the id of a biological assembly.
        areas : AreaSettings or None
            Radii, probe, points, and whether sugars count; None leaves areas, bonds and sheets out.

        Returns
        -------
        DataFrame
            Columns as in `axlstruct.contact_rows.InterfaceRow`.
        """
        return self.interface_table(structure, cutoff=cutoff, assembly=assembly, areas=areas).frame()

    def interface_table(
        self, structure: str, *, cutoff: float = CUTOFF, assembly: str = ASU, areas: AreaSettings | None = AREAS
    ) -> Table:
        """As `interfaces`, as plain rows."""
        from axlstruct import study_tables

        return study_tables.interface_table(self, structure, cutoff=cutoff, assembly=assembly, areas=areas)

    def residues(
        self, *structures: str, assembly: str = ASU, cutoff: float = CUTOFF, areas: AreaSettings | None = AREAS
    ) -> pd.DataFrame:
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
        areas : AreaSettings or None
            For the columns ``exposed_area``, ``buried_area`` and ``burial``; None leaves them empty.

        Returns
        -------
        DataFrame
            Columns as in `axlstruct.annotate.ResidueRow`.
        """
        return self.residue_table(*structures, assembly=assembly, cutoff=cutoff, areas=areas).frame()

    def residue_table(
        self, *structures: str, assembly: str = ASU, cutoff: float = CUTOFF, areas: AreaSettings | None = AREAS
    ) -> Table:
        """As `residues`, as plain rows; its notes name structures that could not be had."""
        from axlstruct import study_tables

        return study_tables.residue_table(self, structures, assembly=assembly, cutoff=cutoff, areas=areas)

    def consensus(self, structure: str, *, cutoff: float = CUTOFF, assembly: str = ASU) -> pd.DataFrame:
        """Each residue pair of each interface class once, with its distance in every copy; ``in_all`` marks the consensus.

        Columns as in `axlstruct.consensus.ConsensusRow`; parameters as in `contacts`.
        """
        from axlstruct import study_tables

        return study_tables.consensus_table(self, structure, cutoff=cutoff, assembly=assembly).frame()

    def sums(
        self, structure: str, by: str = "exon", *, cutoff: float = CUTOFF, assembly: str = ASU, areas: AreaSettings = AREAS
    ) -> pd.DataFrame:
        """Area, contacts and bonds of each interface class summed by ``exon`` or ``domain``, a copy on average.

        Columns as in `axlstruct.sums.SumRow`; residues outside every domain are in a row ``linker``.
        """
        from axlstruct import study_tables

        return study_tables.sum_table(self, structure, by=by, cutoff=cutoff, assembly=assembly, areas=areas).frame()

    def compare(
        self, first: str, second: str, *, cutoff: float = CUTOFF, assembly: str = ASU, areas: AreaSettings = AREAS
    ) -> pd.DataFrame:
        """Two structures side by side: contacts and interactions gained, lost and kept, engineered residues marked, areas.

        Columns as in `axlstruct.compare.CompareRow`; copies are matched by interface class, the closest counts.
        """
        from axlstruct import study_tables

        return study_tables.compare_table(self, first, second, cutoff=cutoff, assembly=assembly, areas=areas).frame()

    def evidence(self, name: str, region: str | None = None) -> pd.DataFrame:
        """What is published of the target, each row with its reference and its place in the review it was taken from.

        Parameters
        ----------
        name : str
            ``sites``, ``affinity``, ``resistance``, ``trials``, ``regulation``, ``partners`` or ``mechanisms``.
        region : str, optional
            A region or domain (``kinase``, ``IG1``), ``exon 11``, a residue (``Y702``), a stretch (``690-720``) or a protein.
            Rows that speak of the whole receptor are given only to who asks for ``whole receptor``.
        """
        return self.evidence_table(name, region).frame()

    def evidence_table(self, name: str, region: str | None = None) -> Table:
        """As `evidence`, as plain rows."""
        from axlstruct import study_tables

        return study_tables.evidence_table(self, name, region)

    def missing(self) -> dict[str, str]:
        """Structures of the target that cannot be had, each with the reason; those at hand are not asked for again."""
        reasons = {}
        for entry in self.target.structures:
            try:
                self.library.get(entry.id)
            except AxlstructError as error:
                reasons[entry.id] = str(error)
        return reasons

    def annotate(self, residues: Any, *, structure: str | None = None) -> pd.DataFrame:
        """The residue columns for residues given by author number.

        Parameters
        ----------
        residues : DataFrame or iterable of Bio.PDB residues
            A DataFrame has the columns ``structure``, ``chain``, ``number`` and, if need be, ``icode``; others are kept.
            The id of a Bio.PDB structure names the structure, unless ``structure`` does.
        structure : str, optional
            PDB id, AlphaFold model or path of the structure that the residues are of.

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

        return annotate_frame(residues, lambda name: self.residue_table(name).frame(), structure)

    def figure(
        self,
        name: str,
        *,
        structure: str | None = None,
        cutoff: float = CUTOFF,
        interface: str = "major",
        print_quality: bool = False,
        width: float = 180.0,
        font: str = "DejaVu Sans",
        colors: Mapping[str, str] | None = None,
    ) -> Figure:
        """A figure for a paper.

        Parameters
        ----------
        name : str
            ``domains`` (sequence features, exons, sites, coverage and interface along receptor and ligand), ``contact-map``,
            ``complex-front``, ``complex-top``, ``overview``, ``interface-closeup``, ``sites``, ``footprint``, ``ddg``,
            ``mechanisms``.
        structure : str, optional
            What to show; by default the target's reference structure, for ``sites`` the AlphaFold model of the receptor.
        cutoff : float
            Angstrom, inclusive.
        interface : str
            Interface class of the close-up.
        print_quality : bool
            Ray-trace stills in print quality instead of as a draft.
        width : float
            Of the figure in millimetres.
        font : str
            A sans-serif font that matplotlib finds.
        colors : mapping of str to str, optional
            Other colours for names of the legend of a still, such as ``{"IG1": "#D55E00"}``.

        Returns
        -------
        matplotlib.figure.Figure

        Raises
        ------
        AxlstructError
            A still without PyMOL or libGL on the machine: the message says how to install them.
        """
        from axlstruct.figure_gallery import FigureOptions, draw

        return draw(self, name, FigureOptions(structure, cutoff, interface, print_quality, width, font, colors or {}))

    def view(
        self,
        structure: str | None = None,
        *,
        color: str = "domain",
        cutoff: float = CUTOFF,
        assembly: str = ASU,
        width: int = 680,
        height: int = 520,
        title: str = "",
        interface: bool = True,
        labels: bool = True,
        bonds: bool = True,
        numbering: str = "author",
    ) -> Any:
        """An interactive view: a py3Dmol view with legend and hover texts, and the sites it cannot show named beside it.

        Parameters
        ----------
        structure : str, optional
            PDB id, AlphaFold model or path; by default the target's reference structure.
        color : str
            ``exon``, ``domain``, ``chain``, ``interface``, ``coverage``, ``plddt``, ``burial`` (core, rim and support of the
            interface) or ``ddg`` (measured single mutants).
        cutoff : float
            Angstrom, inclusive, for interface residues.
        assembly : str
            ``asu`` or the id of a biological assembly.
        width, height : int
            Of the picture, in CSS pixels; the legend stands beside it.
        title : str
            By default what the structure shows and how it is coloured.
        interface : bool
            Whether side chains of interface residues are drawn.
        labels : bool
            Whether domains, exons or chains are labelled in the picture; sites always are.
        bonds : bool
            Whether hydrogen bonds and salt bridges across interfaces are drawn as dashes, from donor to acceptor.
        numbering : str
            Of labels, ``author`` or ``uniprot``; the legend says which.

        Returns
        -------
        py3Dmol.view
            Shows itself in a notebook without network if 3Dmol.js is in the cache or a mirror, or can be fetched; else it names
            the address it needs. ``page()`` gives a page that stands alone.
        """
        from axlstruct.gallery import make

        return make(
            self, structure, color=color, cutoff=cutoff, assembly=assembly, width=width, height=height, title=title,
            interface=interface, labels=labels, bonds=bonds, numbering=numbering,
        )  # fmt: skip

    def view_page(
        self,
        structure: str | None = None,
        *,
        color: str = "domain",
        assembly: str = ASU,
        bonds: bool = True,
        numbering: str = "author",
    ) -> str:
        """The view as one HTML page; parameters as in `view`."""
        page: str = self.view(
            structure, color=color, assembly=assembly, width=900, height=600, bonds=bonds, numbering=numbering
        ).page()
        return page

    def export(
        self,
        structure: str | None = None,
        *,
        to: str,
        output: str | Path,
        color: str = "domain",
        cutoff: float = CUTOFF,
        assembly: str = ASU,
        bonds: bool = True,
        numbering: str = "author",
    ) -> tuple[Path, ...]:
        """Write the scene of a structure for another viewer, with author numbers.

        Parameters
        ----------
        structure : str, optional
            PDB id, AlphaFold model or path; by default the target's reference structure.
        to : str
            ``pymol``, ``chimerax``, ``molviewspec``, or ``bfactor`` for coordinates with the colour's numbers as B-factors.
        output : path
            ``.pml``, ``.cxc``, ``.mvsj``, ``.cif`` or ``.pdb``.
        color, cutoff, assembly, bonds, numbering
            As in `view`.

        Returns
        -------
        tuple of Path
            The files written: a script may need coordinates beside it.
        """
        from axlstruct.gallery import write_export

        return write_export(
            self, structure, to=to, output=Path(output), color=color, cutoff=cutoff, assembly=assembly,
            bonds=bonds, numbering=numbering,
        )  # fmt: skip

    def shown(self) -> str:
        """Name of the structure to show where none is asked for."""
        if self.target.reference:
            return self.target.reference.id
        if self.target.structures:
            return self.target.structures[0].id
        raise UsageError("the target names no structure", advice="name one")

    def widget(
        self,
        structure: str | None = None,
        *,
        color: str = "domain",
        cutoff: float = CUTOFF,
        assembly: str = ASU,
        width: int = 680,
        height: int = 520,
        title: str = "",
        interface: bool = True,
        labels: bool = True,
        bonds: bool = True,
        numbering: str = "author",
    ) -> Any:
        """The view of `view` as a Jupyter widget: a click reaches Python, and Python marks a residue in the picture.

        Its trait ``selected`` is None, or the residue clicked last as a dict of ``structure``, ``chain``, ``number`` (author) and
        ``icode``; ``widget.observe(react, names="selected")`` calls ``react`` at each click. Set ``selected``, to such a dict or
        a `ResidueId`, to mark a residue. Needs the extra ``widget`` and a notebook with a running kernel: in a page of its own,
        in HTML made from a notebook, or without kernel nobody hears a click, and `view` is what to take. Parameters as in `view`.

        Returns
        -------
        anywidget.AnyWidget

        Raises
        ------
        UsageError
            anywidget is not installed; later, where ``selected`` is set to a residue that is not drawn.
        """
        from axlstruct.gallery import make

        return make(
            self, structure, color=color, cutoff=cutoff, assembly=assembly, width=width, height=height, title=title,
            interface=interface, labels=labels, bonds=bonds, numbering=numbering, widget=True,
        )  # fmt: skip
