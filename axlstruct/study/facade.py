"""A study: every question about a target and its structures, by name. It documents and delegates; the work is done below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from axlstruct.sources.cache import Cache, default_mirrors, default_root
from axlstruct.structure.structure import ASU
from axlstruct.study.session import AREAS, CUTOFF, Session, open_session

if TYPE_CHECKING:
    from typing import Unpack

    import pandas as pd
    from matplotlib.figure import Figure

    from axlstruct.interface.groups import Between
    from axlstruct.sequence.exons import Exon
    from axlstruct.sequence.features import Feature, Site
    from axlstruct.sequence.target import Target
    from axlstruct.sources.http import Progress, Waiting
    from axlstruct.structure.answer import Answer
    from axlstruct.structure.area_settings import AreaSettings
    from axlstruct.study.views import SceneOptions, ViewOptions
    from axlstruct.tables import Table


def load(
    target: str | Path = "axl",
    *,
    cache: str | Path | None = None,
    mirror: str | Path | Iterable[str | Path] | None = None,
    offline: bool = False,
    progress: Progress | None = None,
    waiting: Waiting | None = None,
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
    progress : callable, optional
        Told of a download as it arrives: address, bytes so far, bytes expected.
    waiting : callable, optional
        Told in a sentence where a server lets one wait.

    Returns
    -------
    Study

    Raises
    ------
    TargetError
        The description is incomplete or contradicts itself.
    SourceError
        A sequence that the description does not give cannot be had.

    Examples
    --------
    >>> import axlstruct as ax
    >>> ax.load("axl", offline=True).sequence[701]
    'Y'
    """
    mirrors = default_mirrors() if mirror is None else [mirror] if isinstance(mirror, str | Path) else list(mirror)
    root = Path(cache) if cache else default_root()
    return Study(
        open_session(target, Cache(root, tuple(map(Path, mirrors)), offline=offline, progress=progress, waiting=waiting))
    )


class Study:
    """What `load` returns: the target's data as attributes, questions about its structures as methods.

    Three things hold of all of them. A structure is named by PDB id, by AlphaFold model (``AF-P30530``) or by a path. A position
    is 1-based in the UniProt sequence, a number is the author's (``auth_seq_id``) of one structure. Distances are in Angstrom
    between heavy atoms, cutoffs inclusive, areas in square Angstrom.

    Parameters
    ----------
    session : Session
        Target, library and analyses; `load` opens one.
    """

    def __init__(self, session: Session) -> None:
        self.session = session

    def __repr__(self) -> str:
        names = ", ".join(f"{p.name} {p.accession} ({len(p)})" for p in self.target.proteins)
        return f"<Study {self.target.name}: {names}; structures {', '.join(e.id for e in self.target.structures)}>"

    @property
    def target(self) -> Target:
        """Receptor, ligand and structures, as the target's description gives them."""
        return self.session.target

    @property
    def sequence(self) -> str:
        """UniProt sequence of the receptor, in one-letter code; position 1 is ``sequence[0]``."""
        return self.target.receptor.sequence

    @property
    def exons(self) -> tuple[Exon, ...]:
        """Exons of the receptor's transcript, in its order."""
        return self.target.receptor.exons

    @property
    def features(self) -> tuple[Feature, ...]:
        """Features of the receptor: domains, regions, motifs, bonds, modified residues."""
        return self.target.receptor.features

    @property
    def sites(self) -> tuple[Site, ...]:
        """Curated sites of the receptor."""
        return self.target.receptor.sites

    @property
    def structures(self) -> Table:
        """The target's structures, and what is at hand of each; no server is asked.

        Returns
        -------
        Table
            Columns as in `axlstruct.study.structures.StructureRow`; prints as a table, ``frame()`` makes a DataFrame.
        """
        return self.table("structures")

    def table(self, name: str, /, *nouns: Any, **options: Any) -> Table:
        """Any table as plain rows.

        Parameters
        ----------
        name : str
            ``structures``, ``where``, ``residues``, ``contacts``, ``interactions``, ``interfaces``, ``consensus``, ``sums``,
            ``compare``, ``translate``, ``variants``, ``best``, ``kinase``, ``family``, ``composite`` or ``evidence``: all that
            `axlstruct.study.registry.TABLES` lists, and each as the method of its name takes it.
        *nouns
            What is asked about: structures, residues, variants.
        **options
            Choices of that table.

        Returns
        -------
        Table
            Iterates over its rows, frozen dataclasses; ``notes`` says what a reader must know of them, ``frame()`` makes a
            DataFrame, ``render("tsv")`` text.

        Raises
        ------
        UsageError
            No such table or option.

        Examples
        --------
        >>> import axlstruct as ax
        >>> [(row.structure, row.chain) for row in ax.load("axl", offline=True, mirror=[]).table("where", "Y702")][:2]
        [('2C5D', 'C'), ('2C5D', 'D')]
        """
        from axlstruct.study.registry import make_table

        return make_table(self.session, name, *nouns, **options)

    def where(self, query: str) -> Answer:
        """Where a residue is: every numbering, exon, domain, site, and one placement a structure chain.

        Coordinates come from cache or mirrors; a structure that is in neither is downloaded only if what ships with the target
        does not tell what it shows of this residue.

        Parameters
        ----------
        query : str
            ``Y702``, ``702``, ``P30530:702``, ``GAS6:R308``, ``2C5D:C/59`` or ``E59@2C5D``.

        Returns
        -------
        Answer
            Prints as a text; ``to_dict()`` makes a record for JSON.

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
        from axlstruct.study.where import look_up

        return look_up(self.session, query)

    def translate(self, *queries: str, structures: Iterable[str] = ()) -> pd.DataFrame:
        """Residues in every numbering: one row a query, whichever numbering it is written in.

        Parameters
        ----------
        *queries : str
            As in `where`: ``Y702``, ``887:Y695``, ``P30530-2:693``, ``mature:677``, ``2C5D:C/59``, ``2C5D:C/#26`` (label_seq_id),
            ``E59@2C5D``, ``c.2104``, ``chr19:41256520``.
        structures : iterable of str
            Whose author numbers and label_seq_id are given; by default those of the target that are at hand.

        Returns
        -------
        DataFrame
            Columns as in `axlstruct.structure.numbering.TranslationRow`. A query that names no residue keeps its row and says
            why.

        Examples
        --------
        >>> import axlstruct as ax
        >>> ax.load("axl", offline=True, mirror=[]).translate("887:Y695", "chr19:41256520").position.tolist()
        [702, 702]
        """
        return self.table("translate", *queries, structures=tuple(structures)).frame()

    def best(self, *queries: str, runs: bool | None = None) -> pd.DataFrame:
        """The best structure chain to look at for each residue, the runner-up, and why.

        The rules are `axlstruct.structure.routing.RULES`.

        Parameters
        ----------
        *queries : str
            A residue (``Y702``, ``GAS6:R308``, ``E59@2C5D``), a range (``690-720``) or a region (``kinase``, ``IG1``); by default
            all of receptor and ligand.
        runs : bool, optional
            Whether consecutive residues with the same best structure share a row; by default if nothing is asked for.

        Returns
        -------
        DataFrame
            Columns as in `axlstruct.structure.routing_rows.BestRow`, of runs as in `axlstruct.structure.routing_rows.BestRun`.

        Raises
        ------
        SiteError
            No such region or position, or another letter there.
        """
        return self.table("best", *queries, runs=runs).frame()

    def residues(
        self,
        *structures: str,
        between: Between | None = None,
        assembly: str = ASU,
        cutoff: float = CUTOFF,
        areas: AreaSettings | None = AREAS,
    ) -> pd.DataFrame:
        """One row for each residue of receptor and ligand and each structure chain, and for the residues of other chains.

        Parameters
        ----------
        *structures : str
            PDB ids, AlphaFold models or paths; by default all structures of the target. An optional one that cannot be had gives
            what is known of it without coordinates, or rows of ``unknown`` coverage; the notes of the table say why.
        between : two groups of chains, optional
            As in `contacts`, of one structure: areas, burial and partners of these chains alone, each group the monomer of the
            other.
        assembly : str
            ``asu`` or the id of a biological assembly; applies to all of them.
        cutoff : float
            Angstrom, inclusive, for the columns ``interface`` and ``partners``.
        areas : AreaSettings or None
            For the columns ``exposed_area``, ``buried_area`` and ``burial``; None leaves them empty. Burial has radii of its own,
            ``areas.label_radii``.

        Returns
        -------
        DataFrame
            Columns as in `axlstruct.interface.residue_rows.ResidueRow`.

        Raises
        ------
        SourceError
            A structure that is required, or not of the target, cannot be had.
        """
        return self.table("residues", *structures, between=between, assembly=assembly, cutoff=cutoff, areas=areas).frame()

    def contacts(
        self,
        structure: str,
        *,
        cutoff: float = CUTOFF,
        level: str = "residue",
        between: Between | None = None,
        assembly: str = ASU,
    ) -> pd.DataFrame:
        """Heavy-atom contacts between receptor and ligand, or between any two groups of chains.

        A structure that lacks receptor or ligand is asked for every pair of its protein chains, and a note says so.

        Parameters
        ----------
        structure : str
            PDB id, AlphaFold model or path.
        cutoff : float
            Angstrom, inclusive.
        level : str
            ``residue`` (one row a residue pair, with the shortest distance) or ``atom``.
        between : two groups of chains, optional
            Instead of all receptor-ligand pairs: ``("A", "C")``, ``(("A", "B"), ("C",))`` or ``("A,B", "C")``.
        assembly : str
            ``asu`` or the id of a biological assembly.

        Returns
        -------
        DataFrame
            Columns as in `axlstruct.interface.rows.ContactRow` or `axlstruct.interface.rows.AtomContactRow`; ``copies`` says in
            how many chain pairs of the interface class the residue pair is seen.

        Raises
        ------
        StructureError
            The structure has a single protein chain, or no such chain.
        UsageError
            An empty group, or a chain in both.
        SourceError
            The structure cannot be had.
        """
        return self.table("contacts", structure, cutoff=cutoff, level=level, between=between, assembly=assembly).frame()

    def interactions(
        self, structure: str, *, between: Between | None = None, assembly: str = ASU, histidine: str = "neutral"
    ) -> pd.DataFrame:
        """Typed interactions by their own rules, whatever the contact cutoff.

        Between all protein chains: hydrogen bonds, salt bridges, hydrophobic contacts, stacked rings, cation-pi, and
        contacts with sugars (which belong to the chain that carries them); within chains disulfides and metals. Heavy atoms
        suffice, hydrogens are used where they are. At low resolution a hydrogen bond is an inference: see ``grade``.

        Parameters
        ----------
        structure : str
            PDB id, AlphaFold model or path.
        between : two groups of chains, optional
            Those that join the groups alone; as in `contacts`.
        assembly : str
            ``asu`` or the id of a biological assembly.
        histidine : {'neutral', 'charged'}
            What to take a histidine for whose protons the file shows neither by hydrogens nor by its name.

        Returns
        -------
        DataFrame
            Columns as in `axlstruct.interface.interactions.InteractionRow`; the rules with their sources are in
            `axlstruct.interface.rules`.

        Raises
        ------
        SourceError
            The structure cannot be had.
        """
        return self.table("interactions", structure, between=between, assembly=assembly, histidine=histidine).frame()

    def interfaces(
        self,
        structure: str,
        *,
        cutoff: float = CUTOFF,
        between: Between | None = None,
        all_pairs: bool = False,
        assembly: str = ASU,
        areas: AreaSettings | None = AREAS,
    ) -> pd.DataFrame:
        """One row a pair of protein chains, those without contact included, or one row for two groups of chains.

        Parameters
        ----------
        structure : str
            PDB id, AlphaFold model or path.
        cutoff : float
            Angstrom, inclusive, for the numbers of contacts.
        between : two groups of chains, optional
            As in `contacts`: one row, with the area that the groups bury of each other as wholes.
        all_pairs : bool
            Of a structure of more than 20 protein chains list the pairs without contact too.
        assembly : str
            ``asu`` or the id of a biological assembly.
        areas : AreaSettings or None
            Radii, probe, points, and whether sugars count; None leaves areas, bonds and sheets out.

        Returns
        -------
        DataFrame
            Columns as in `axlstruct.interface.rows.InterfaceRow`.

        Raises
        ------
        SourceError
            The structure cannot be had.
        """
        options = {"cutoff": cutoff, "between": between, "all_pairs": all_pairs, "assembly": assembly, "areas": areas}
        return self.table("interfaces", structure, **options).frame()

    def consensus(
        self, structure: str, *, cutoff: float = CUTOFF, between: Between | None = None, assembly: str = ASU
    ) -> pd.DataFrame:
        """Each residue pair of each interface class once, with its distance in every copy.

        Parameters
        ----------
        structure : str
            PDB id, AlphaFold model or path.
        cutoff : float
            Angstrom, inclusive.
        between : two groups of chains, optional
            As in `contacts`.
        assembly : str
            ``asu`` or the id of a biological assembly.

        Returns
        -------
        DataFrame
            Columns as in `axlstruct.interface.consensus.ConsensusRow`; ``in_all`` marks the consensus.
            Where a chain lies outside the target, as in `axlstruct.interface.consensus.NumberedConsensusRow`.

        Raises
        ------
        StructureError
            Receptor or ligand is not in the structure.
        SourceError
            The structure cannot be had.
        """
        return self.table("consensus", structure, cutoff=cutoff, between=between, assembly=assembly).frame()

    def sums(
        self,
        structure: str,
        by: str = "exon",
        *,
        cutoff: float = CUTOFF,
        between: Between | None = None,
        assembly: str = ASU,
        areas: AreaSettings = AREAS,
    ) -> pd.DataFrame:
        """Area, contacts and bonds of each interface class, summed over parts of the proteins, a copy on average.

        Parameters
        ----------
        structure : str
            PDB id, AlphaFold model or path.
        by : str
            ``exon``, ``domain`` or ``residue``.
        cutoff : float
            Angstrom, inclusive, for the numbers of contacts.
        between : two groups of chains, optional
            As in `contacts`.
        assembly : str
            ``asu`` or the id of a biological assembly.
        areas : AreaSettings
            Radii, probe and points.

        Returns
        -------
        DataFrame
            Columns as in `axlstruct.interface.sums.SumRow`; residues outside every domain are in a row ``linker``.

        Raises
        ------
        StructureError
            Receptor or ligand is not in the structure, or it is a trace of single atoms.
        SourceError
            The structure cannot be had.
        """
        return self.table("sums", structure, by, cutoff=cutoff, between=between, assembly=assembly, areas=areas).frame()

    def compare(
        self, first: str, second: str, *, cutoff: float = CUTOFF, assembly: str = ASU, areas: AreaSettings = AREAS
    ) -> pd.DataFrame:
        """Two structures side by side: contacts and interactions gained, lost and kept, engineered residues marked, areas.

        Parameters
        ----------
        first, second : str
            PDB ids, AlphaFold models or paths.
        cutoff : float
            Angstrom, inclusive.
        assembly : str
            ``asu`` or the id of a biological assembly, of both.
        areas : AreaSettings
            Radii, probe and points.

        Returns
        -------
        DataFrame
            Columns as in `axlstruct.interface.comparison.CompareRow`; copies are matched by interface class, the closest counts.

        Raises
        ------
        StructureError
            Receptor or ligand is not in one of them.
        SourceError
            One of them cannot be had.
        """
        return self.table("compare", first, second, cutoff=cutoff, assembly=assembly, areas=areas).frame()

    def variants(self, variants: Any, *, structure: str | None = None, column: str | None = None) -> pd.DataFrame:
        """Variants with what is known of their residues.

        Parameters
        ----------
        variants : path, str, DataFrame, or iterable of str
            A file (VCF, a table with a column of variants, or one a line), or the variants themselves: HGVS of the protein or the
            coding sequence, ``R103Q``, ``887:Y695F``, ``E59R@2C5D`` (author numbering of that entry), ``19-41220858-G-A``.
        structure : str, optional
            Structure whose coverage, burial and contacts are shown; by default the target's reference.
        column : str, optional
            Column of a table that holds the variants.

        Returns
        -------
        DataFrame
            One row a change, in the order given, other columns of a table kept before ours; columns as in
            `axlstruct.variants.rows.VariantRow`. A variant that could not be annotated keeps its row; ``status`` and ``note`` say
            why.

        Raises
        ------
        UsageError
            No variants, several files, or no such column.

        Examples
        --------
        >>> import axlstruct as ax
        >>> rows = ax.load("axl", offline=True, mirror=[]).variants(["R103Q", "R104Q"])
        >>> list(rows.status), list(rows.exons)
        (['ok', 'wrong-letter'], ['2;3', ''])
        """
        return self.table("variants", variants, structure=structure, column=column).frame()

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
        from axlstruct.study.annotate import annotate_frame

        return annotate_frame(residues, self.residues, structure)

    def evidence(self, table: str, region: str | None = None) -> pd.DataFrame:
        """What is published of the target, each row with its reference and its place in the review it was taken from.

        Parameters
        ----------
        table : str
            ``sites``, ``gene``, ``affinity``, ``expression``, ``resistance``, ``agents``, ``trials``, ``regulation``,
            ``partners``, ``mechanisms`` or ``citations``. Of the mechanisms
            `axlstruct.evidence.mechanisms.graph_of` makes a graph.
        region : str, optional
            A region or domain (``kinase``, ``IG1``), ``exon 11``, a residue (``Y702``), a stretch (``690-720``) or a protein.
            Rows that speak of the whole receptor are given only to who asks for ``whole receptor``.

        Returns
        -------
        DataFrame
            Columns as in the classes of `axlstruct.evidence.rows`.

        Raises
        ------
        UsageError
            No such table, or the target has none.
        SiteError
            No such region.
        """
        return self.table("evidence", table, region).frame()

    def kinase(
        self, structure: str | None = None, *, table: str = "landmarks", assembly: str = ASU, areas: AreaSettings = AREAS
    ) -> pd.DataFrame:
        """The receptor's kinase domain: its landmarks, the conformation of each chain, or each tyrosine of the cytoplasmic part.

        Parameters
        ----------
        structure : str, optional
            PDB id, AlphaFold model or path; by default all structures of the target that show the domain.
        table : str
            ``landmarks`` (columns as in `axlstruct.kinase.placement.LandmarkRow`), ``geometry``
            (`axlstruct.kinase.geometry.GeometryRow`) or ``tyrosines`` (`axlstruct.kinase.tyrosines.TyrosineRow`).
        assembly : str
            ``asu`` or the id of a biological assembly.
        areas : AreaSettings
            Radii, probe, points and scale of the exposure of tyrosines.

        Returns
        -------
        DataFrame
            Distances in Angstrom, angles in degrees, areas in square Angstrom.

        Raises
        ------
        StructureError
            The receptor has no kinase domain, or the structure does not show it.
        UsageError
            No such table.
        """
        return self.table("kinase", structure, table=table, assembly=assembly, areas=areas).frame()

    def family(
        self, table: str = "all", *, relative: str | None = None, structure: str | None = None, cutoff: float = CUTOFF
    ) -> pd.DataFrame:
        """What stands in the receptor's relatives at its positions, by sequence and by place in the AlphaFold models.

        Parameters
        ----------
        table : str
            ``interface`` (residues that touch the ligand), ``sites``, ``features`` (motifs, disulfides, sequons, phosphosites) or
            ``all`` of these; ``domains`` for identities stretch by stretch, ``conservation`` for those of the interfaces.
        relative : str, optional
            Name or accession of one of them; by default all.
        structure : str, optional
            That shows the interfaces; by default the target's reference structure.
        cutoff : float
            Angstrom, inclusive, for contacts.

        Returns
        -------
        DataFrame
            Columns as in `axlstruct.family.relatives.FamilyRow`, `axlstruct.family.conservation.DomainRow` or
            `axlstruct.family.conservation.ConservationRow`. Positions are UniProt's, each in its own protein.
            `axlstruct.sequence.homologue.pair` says how sequences are aligned, `axlstruct.structure.superposition.superpose` how
            models are superposed.

        Raises
        ------
        TargetError
            The target names no relatives.
        UsageError
            No such table or relative.
        """
        return self.table("family", table, relative=relative, structure=structure, cutoff=cutoff).frame()

    def composite(
        self,
        structure: str | None = None,
        *,
        model: str | None = None,
        hinged: bool = False,
        width: int = 680,
        height: int = 620,
        output: str | Path | None = None,
    ) -> Any:
        """A model of the whole receptor laid on each copy of a structure by its extracellular domains, as a view: a HYPOTHESIS.

        Its numbers are ``study.table("composite", structure, table="clashes")``, or ``fits``, ``membrane``, ``arrangement``.

        Parameters
        ----------
        structure : str, optional
            PDB id or path; by default the target's reference structure.
        model : str, optional
            AlphaFold model or path; by default that of the receptor.
        hinged : bool
            Cut the model at its linkers of low confidence and set the pieces across a membrane: a SCHEMATIC.
        width, height : int
            Of the picture, in CSS pixels.
        output : path, optional
            Write it there too: ``.html`` for a page, ``.cif`` for coordinates.

        Returns
        -------
        py3Dmol.view
            As of `view`. What contradicts the arrangement (clashes, parts on the wrong side of the membrane) stands beside it.

        Raises
        ------
        StructureError
            No extracellular domain of the receptor is seen, or the model is of another protein.
        SourceError
            Structure or model cannot be had.
        UsageError
            Another ending of the file.
        """
        from axlstruct.study.composite_views import show, write_composite

        if output is not None:
            write_composite(self.session, Path(output), structure, model, hinged)
        return show(self.session, structure, model, hinged, width, height)

    def figure(
        self,
        name: str,
        *,
        structure: str | None = None,
        between: Between | None = None,
        cutoff: float = CUTOFF,
        interface: str | None = None,
        print_quality: bool = False,
        width: float = 180.0,
        font: str = "DejaVu Sans",
        colors: Mapping[str, str] | None = None,
        numbering: Literal["uniprot", "author"] = "uniprot",
    ) -> Figure:
        """A figure for a paper.

        Parameters
        ----------
        name : str
            ``domains`` (sequence features, exons, sites, coverage and interface along receptor and ligand), ``contact-map``,
            ``complex-front``, ``complex-top``, ``overview``, ``interface-closeup``, ``sites``, ``footprint``, ``ddg``,
            ``mechanisms``, ``kinase`` (landmarks, tyrosines, confidence and exposure of the kinase domain), ``family`` (the
            receptor and its relatives side by side), ``evidence`` (published rows along receptor and ligand).
        structure : str, optional
            What to show; by default the target's reference structure, for ``sites`` and ``kinase`` the AlphaFold model of the
            receptor.
        between : two groups of chains, optional
            Whose interface is shown by ``contact-map``, ``footprint`` and ``interface-closeup``; as in `contacts`.
        cutoff : float
            Angstrom, inclusive.
        interface : str, optional
            Interface class of the close-up; by default the first that the structure has, its largest.
        print_quality : bool
            Ray-trace stills in print quality instead of as a draft.
        width : float
            Of the figure in millimetres.
        font : str
            A sans-serif font that matplotlib finds.
        colors : mapping of str to str, optional
            Other colours for names of the legend of a still, such as ``{"IG1": "#D55E00"}``.
        numbering : {'uniprot', 'author'}
            Of labels and axes.

        Returns
        -------
        matplotlib.figure.Figure

        Raises
        ------
        UsageError
            No such figure, an impossible width, or a font that is not there.
        AxlstructError
            A still without PyMOL or libGL on the machine: the message says how to install them.
        """
        from axlstruct.study.figures import FigureOptions, draw

        options = FigureOptions(structure, between, cutoff, interface, print_quality, width, font, colors or {}, numbering)
        return draw(self.session, name, options)

    def view(self, structure: str | None = None, **options: Unpack[ViewOptions]) -> Any:
        """An interactive view with legend and hover texts, and the sites it cannot show named beside it.

        Parameters
        ----------
        structure : str, optional
            PDB id, AlphaFold model or path; by default the target's reference structure.
        **options
            Colours, labels, size and more, see `axlstruct.study.views.ViewOptions`.

        Returns
        -------
        py3Dmol.view
            Shows itself in a notebook without network if 3Dmol.js is in the cache or a mirror, or can be fetched; else it names
            the address it needs. ``page()`` gives a page that stands alone.

        Raises
        ------
        UsageError
            No such colour or numbering.
        SourceError
            The structure cannot be had.
        """
        from axlstruct.study.views import make

        return make(self.session, structure, **options)

    def widget(self, structure: str | None = None, **options: Unpack[ViewOptions]) -> Any:
        """The view of `view` as a Jupyter widget: a click reaches Python, and Python marks a residue in the picture.

        Its trait ``selected`` is None, or the residue clicked last as a dict of ``structure``, ``chain``, ``number`` (author) and
        ``icode``; ``widget.observe(react, names="selected")`` calls ``react`` at each click. Set ``selected``, to such a dict or
        a `ResidueId`, to mark a residue. Needs the extra ``widget`` and a notebook with a running kernel: in a page of its own,
        in HTML made from a notebook, or without kernel nobody hears a click, and `view` is what to take.

        Parameters
        ----------
        structure : str, optional
            As of `view`.
        **options
            As of `view`.

        Returns
        -------
        anywidget.AnyWidget

        Raises
        ------
        UsageError
            anywidget is not installed; later, where ``selected`` is set to a residue that is not drawn.
        """
        from axlstruct.study.views import make

        return make(self.session, structure, widget=True, **options)

    def export(
        self, structure: str | None = None, *, to: str, output: str | Path, **options: Unpack[SceneOptions]
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
        **options
            What is shown and how it is coloured, see `axlstruct.study.views.SceneOptions`.

        Returns
        -------
        tuple of Path
            The files written: a script may need coordinates beside it.

        Raises
        ------
        UsageError
            No such viewer or colour, or another ending of the file.
        SourceError
            The structure cannot be had.
        OutputError
            The file cannot be written.
        """
        from axlstruct.study.views import write_export

        return write_export(self.session, structure, to=to, output=Path(output), **options)

    def report(self, output: str | Path) -> Path:
        """Write the study as one HTML page that needs no network: tracks, structures, tables and evidence linked by residue.

        Parameters
        ----------
        output : str or Path
            ``.html``; written whole or not at all.

        Returns
        -------
        Path

        Raises
        ------
        AxlstructError
            A required structure cannot be had, or the file cannot be written. Without 3Dmol.js the page is made without its 3D
            view, and says so.
        """
        from axlstruct.study.report import write_report

        return write_report(self.session, Path(output))
