"""A study joins a target, its sequences and its structures, and answers questions about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axlstruct.sources.cache import Cache, default_mirrors, default_root
from axlstruct.sources.coordinates import ASU
from axlstruct.structure.answer import Answer
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.study.session import AREAS, CUTOFF, Session, open_session
from axlstruct.tables import Table

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    from matplotlib.figure import Figure

    from axlstruct.family.relatives import Relative
    from axlstruct.interface.groups import Between
    from axlstruct.sequence.exons import Exon
    from axlstruct.sequence.features import Feature, Site
    from axlstruct.sequence.target import Target
    from axlstruct.sources.http import Progress


def load(
    target: str | Path = "axl",
    *,
    cache: str | Path | None = None,
    mirror: str | Path | Iterable[str | Path] | None = None,
    offline: bool = False,
    progress: Progress | None = None,
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
        Told of the bytes of a download as they arrive: address, bytes so far, and how many are expected.

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
    root = Path(cache) if cache else default_root()
    return Study(open_session(target, Cache(root, tuple(map(Path, mirrors)), offline=offline, progress=progress)))


class Study:
    """What `load` returns: the target's data as attributes, questions about structures as methods."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @property
    def target(self) -> Target:
        """Receptor, ligand, structures and what ships with them."""
        return self.session.target

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
        from axlstruct.study.where import look_up

        return look_up(self.session, query)

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
            Columns as in `axlstruct.interface.rows`; ``copies`` says in how many chain pairs of the interface class the
            residue pair is seen.

        Raises
        ------
        StructureError
            The structure has a single protein chain, or no such chain.
        UsageError
            An empty group, or a chain in both.
        """
        return self.contact_table(structure, cutoff=cutoff, level=level, between=between, assembly=assembly).frame()

    def contact_table(
        self,
        structure: str,
        *,
        cutoff: float = CUTOFF,
        level: str = "residue",
        between: Between | None = None,
        assembly: str = ASU,
    ) -> Table:
        """As `contacts`, as plain rows."""
        from axlstruct.study import tables as study_tables

        return study_tables.contact_table(self.session, structure, cutoff=cutoff, level=level, between=between, assembly=assembly)

    def interactions(self, structure: str, *, between: Between | None = None, assembly: str = ASU) -> pd.DataFrame:
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

        Returns
        -------
        DataFrame
            Columns as in `axlstruct.interface.interactions.InteractionRow`; the rules with their sources are in
            `axlstruct.interface.rules`.
        """
        return self.interaction_table(structure, between=between, assembly=assembly).frame()

    def interaction_table(self, structure: str, *, between: Between | None = None, assembly: str = ASU) -> Table:
        """As `interactions`, as plain rows; its notes say what could not be computed."""
        from axlstruct.study import tables as study_tables

        return study_tables.interaction_table(self.session, structure, between=between, assembly=assembly)

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
        """
        return self.interface_table(
            structure, cutoff=cutoff, between=between, all_pairs=all_pairs, assembly=assembly, areas=areas
        ).frame()

    def interface_table(
        self,
        structure: str,
        *,
        cutoff: float = CUTOFF,
        between: Between | None = None,
        all_pairs: bool = False,
        assembly: str = ASU,
        areas: AreaSettings | None = AREAS,
    ) -> Table:
        """As `interfaces`, as plain rows."""
        from axlstruct.study import tables as study_tables

        return study_tables.interface_table(
            self.session, structure, cutoff=cutoff, between=between, all_pairs=all_pairs, assembly=assembly, areas=areas
        )

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
            what is known of it without coordinates, or rows of ``unknown`` coverage; `missing` says why.
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
        """
        return self.residue_table(*structures, between=between, assembly=assembly, cutoff=cutoff, areas=areas).frame()

    def residue_table(
        self,
        *structures: str,
        between: Between | None = None,
        assembly: str = ASU,
        cutoff: float = CUTOFF,
        areas: AreaSettings | None = AREAS,
    ) -> Table:
        """As `residues`, as plain rows; its notes name structures that could not be had."""
        from axlstruct.study import tables as study_tables

        return study_tables.residue_table(
            self.session, *structures, between=between, assembly=assembly, cutoff=cutoff, areas=areas
        )

    def consensus(
        self, structure: str, *, cutoff: float = CUTOFF, between: Between | None = None, assembly: str = ASU
    ) -> pd.DataFrame:
        """Each residue pair of each interface class once, with its distance in every copy; ``in_all`` marks the consensus.

        Columns as in `axlstruct.interface.consensus.ConsensusRow`, where a chain lies outside the target as in
        `axlstruct.interface.consensus.NumberedConsensusRow`; parameters as in `contacts`.
        """
        from axlstruct.study import tables as study_tables

        return study_tables.consensus_table(self.session, structure, cutoff=cutoff, between=between, assembly=assembly).frame()

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
        """Area, contacts and bonds of each interface class summed by ``exon``, ``domain`` or ``residue``, a copy on average.

        Columns as in `axlstruct.interface.sums.SumRow`; residues outside every domain are in a row ``linker``. Groups of chains
        as in `contacts`.
        """
        from axlstruct.study import tables as study_tables

        return study_tables.sum_table(
            self.session, structure, by, cutoff=cutoff, between=between, assembly=assembly, areas=areas
        ).frame()

    def compare(
        self, first: str, second: str, *, cutoff: float = CUTOFF, assembly: str = ASU, areas: AreaSettings = AREAS
    ) -> pd.DataFrame:
        """Two structures side by side: contacts and interactions gained, lost and kept, engineered residues marked, areas.

        Columns as in `axlstruct.interface.comparison.CompareRow`; copies are matched by interface class, the closest counts.
        """
        from axlstruct.study import tables as study_tables

        return study_tables.compare_table(self.session, first, second, cutoff=cutoff, assembly=assembly, areas=areas).frame()

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
        from axlstruct.study import tables as study_tables

        return study_tables.evidence_table(self.session, name, region)

    def mechanism_graph(self, region: str | None = None) -> nx.MultiDiGraph:
        """The mechanisms as a directed graph of networkx (the extra ``graph``); see `axlstruct.evidence.mechanisms.graph_of`.

        Parameters
        ----------
        region : str, optional
            As in `evidence`.
        """
        from axlstruct.evidence.mechanisms import graph_of

        return graph_of(self.evidence_table("mechanisms", region).rows)

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
        return self.translation_table(queries, structures=tuple(structures)).frame()

    def translation_table(self, queries: Iterable[str], *, structures: Iterable[str] = ()) -> Table:
        """As `translate`, as plain rows."""
        from axlstruct.study import variants as study_variants

        return study_variants.translation_table(self.session, *queries, structures=tuple(structures))

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

        Examples
        --------
        >>> import axlstruct as ax
        >>> rows = ax.load("axl", offline=True, mirror=[]).variants(["R103Q", "R104Q"])
        >>> list(rows.status), list(rows.exons)
        (['ok', 'wrong-letter'], ['2;3', ''])
        """
        return self.variant_table(variants, structure=structure, column=column).frame()

    def variant_table(self, variants: Any, *, structure: str | None = None, column: str | None = None) -> Table:
        """As `variants`, as plain rows."""
        from axlstruct.study import variants as study_variants

        return study_variants.variant_table(self.session, variants, structure=structure, column=column)

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

        return annotate_frame(residues, lambda name: self.residue_table(name).frame(), structure)

    def figure(
        self,
        name: str,
        *,
        structure: str | None = None,
        cutoff: float = CUTOFF,
        interface: str | None = None,
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
            ``mechanisms``, ``kinase`` (landmarks, tyrosines, confidence and exposure of the kinase domain), ``family`` (the
            receptor and its relatives side by side), ``evidence`` (published rows along receptor and ligand).
        structure : str, optional
            What to show; by default the target's reference structure, for ``sites`` and ``kinase`` the AlphaFold model of the
            receptor.
        cutoff : float
            Angstrom, inclusive.
        interface : str
            Interface class of the close-up; by default the first that the structure has, its largest.
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
        from axlstruct.study.figures import FigureOptions, draw

        return draw(self.session, name, FigureOptions(structure, cutoff, interface, print_quality, width, font, colors or {}))

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
        from axlstruct.study.views import make

        return make(
            self.session, structure, color=color, cutoff=cutoff, assembly=assembly, width=width, height=height, title=title,
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
        from axlstruct.study.views import page

        return page(self.session, structure, color=color, assembly=assembly, bonds=bonds, numbering=numbering)

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
        from axlstruct.study.views import write_export

        return write_export(
            self.session, structure, to=to, output=Path(output), color=color, cutoff=cutoff, assembly=assembly,
            bonds=bonds, numbering=numbering,
        )  # fmt: skip

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

        Raises
        ------
        StructureError
            The receptor has no kinase domain, or the structure does not show it.
        """
        return self.kinase_table(structure, table=table, assembly=assembly, areas=areas).frame()

    def kinase_table(
        self, structure: str | None = None, *, table: str = "landmarks", assembly: str = ASU, areas: AreaSettings = AREAS
    ) -> Table:
        """As `kinase`, as plain rows; its notes say what could not be had."""
        from axlstruct.study import kinase as kinase_tables

        return kinase_tables.kinase_table(self.session, structure, table=table, assembly=assembly, areas=areas)

    def family(
        self, of: str = "all", *, relative: str | None = None, structure: str | None = None, cutoff: float = CUTOFF
    ) -> pd.DataFrame:
        """What stands in the receptor's relatives at its positions, by sequence and by place in the AlphaFold models.

        Parameters
        ----------
        of : str
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
            Columns as in `axlstruct.family.relatives.FamilyRow`, `axlstruct.family.conservation.DomainRow` or `ConservationRow`.
            Positions are UniProt's, each in its own protein. `axlstruct.sequence.homologue.pair` says how sequences are aligned,
            `axlstruct.structure.superposition.superpose` how models are superposed.

        Raises
        ------
        TargetError
            The target names no relatives.
        UsageError
            No such table or relative.
        """
        return self.family_table(of, relative=relative, structure=structure, cutoff=cutoff).frame()

    def family_table(
        self, of: str = "all", *, relative: str | None = None, structure: str | None = None, cutoff: float = CUTOFF
    ) -> Table:
        """As `family`, as plain rows; its notes name models that could not be had, and test a published claim."""
        from axlstruct.study import family as relatives

        return relatives.family_table(self.session, of, relative=relative, structure=structure, cutoff=cutoff, areas=AREAS)

    @property
    def relatives(self) -> tuple[Relative, ...]:
        """The relatives that the target names, laid on its receptor; raises TargetError where it names none."""
        from axlstruct.study.family import relatives_of

        return relatives_of(self.session)

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
        return self.best_table(*queries, runs=runs).frame()

    def best_table(self, *queries: str, runs: bool | None = None) -> Table:
        """As `best`, as plain rows; its notes name structures whose coordinates are not at hand."""
        from axlstruct.study.best import best_table

        return best_table(self.session, *queries, runs=runs)

    def composite(
        self,
        structure: str | None = None,
        *,
        model: str | None = None,
        hinged: bool = False,
        width: int = 680,
        height: int = 620,
    ) -> Any:
        """A model of the whole receptor laid on each copy of a structure by its extracellular domains, as a view: a HYPOTHESIS.

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
        """
        from axlstruct.study.composite_views import show

        return show(self.session, structure, model, hinged, width, height)

    def composite_table(
        self, structure: str | None = None, *, model: str | None = None, hinged: bool = False, table: str = "fits"
    ) -> Table:
        """The numbers of a composite: ``fits``, ``clashes``, ``membrane`` or ``arrangement``.

        They are made by `axlstruct.study.composites.TABLES`; other parameters as in `composite`. Its notes say what must be
        known of it.
        """
        from axlstruct.study.composites import check_table, composite

        check_table(table)
        return composite(self.session, structure, model, hinged).table(table)

    def write_composite(
        self, output: str | Path, structure: str | None = None, *, model: str | None = None, hinged: bool = False
    ) -> tuple[str, ...]:
        """Write a composite as a page (``.html``) or as coordinates (``.cif``); returns what must be said of it."""
        from axlstruct.study.composite_views import write_composite

        return write_composite(self.session, Path(output), structure, model, hinged)

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
        from axlstruct.study.views import make

        return make(
            self.session, structure, color=color, cutoff=cutoff, assembly=assembly, width=width, height=height, title=title,
            interface=interface, labels=labels, bonds=bonds, numbering=numbering, widget=True,
        )  # fmt: skip
