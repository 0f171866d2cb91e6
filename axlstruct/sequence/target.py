"""What is studied, as data: a receptor, a ligand, and the structures that show them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from axlstruct.errors import OtherProteinError, SiteError, TargetError
from axlstruct.sequence.coverage import Coverage
from axlstruct.sequence.exons import Exon, Transcript
from axlstruct.sequence.features import PAIRED, Feature, Site, Span
from axlstruct.sequence.forms import MATURE, Form, mature_form

REGIONS = ("signal", "extracellular", "transmembrane", "cytoplasmic")


@dataclass(frozen=True)
class Protein:
    """A protein of the target: its sequence and what is known along it.

    Attributes
    ----------
    name, accession : str
        Gene symbol and UniProt accession.
    role : str
        ``receptor`` or ``ligand``.
    sequence : str
        One-letter codes; position ``n`` is ``sequence[n - 1]``.
    features : tuple of Feature
    sites : tuple of Site
    transcript : Transcript or None
    source : str
        Where sequence and features come from.
    notes : tuple of str
        What could not be had, or is inferred.
    forms : tuple of Form
        Other forms of the protein, which number its residues otherwise; the mature chain need not be among them.
    numbering : str
        Which form of the accession the sequence is, where that is not plain: ``678-residue form``.
    """

    name: str
    accession: str
    role: str
    sequence: str
    features: tuple[Feature, ...] = ()
    sites: tuple[Site, ...] = ()
    transcript: Transcript | None = None
    source: str = ""
    notes: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()
    numbering: str = ""

    def __post_init__(self) -> None:
        where = f"{self.name} ({self.accession})"
        length = len(self.sequence)
        if not length:
            raise TargetError("no sequence", where=where)
        for feature in self.features:
            if feature.span.last > length:
                raise TargetError(
                    f"{feature.kind} {feature.name!r} reaches beyond the sequence",
                    where=where,
                    expected=f"at most {length}",
                    found=str(feature.span),
                )
        for site in self.sites:
            inside = 1 <= site.position <= length
            if not inside or self.sequence[site.position - 1] != site.residue:
                found = self.sequence[site.position - 1] if inside else f"{length} residues"
                raise TargetError("site and sequence disagree", where=where, expected=site.name, found=found)
        for form in self.forms:
            if form.without and form.without[-1].last > length:
                raise TargetError(
                    f"form {form.name!r} lacks residues beyond the sequence", where=where, found=str(form.without[-1])
                )
        if self.transcript and self.transcript.residues != length:
            raise TargetError(
                "transcript and sequence disagree",
                where=f"{where}, {self.transcript.id}",
                expected=f"{length} codons",
                found=str(self.transcript.residues),
            )

    def __len__(self) -> int:
        return len(self.sequence)

    @property
    def uniprot(self) -> str:
        """Accession, with the form whose numbers are meant where there is more than one: ``Q14393, 678-residue form``."""
        return f"{self.accession}, {self.numbering}" if self.numbering else self.accession

    def letter(self, position: int) -> str:
        """One-letter code at a 1-based position; raises SiteError outside the sequence."""
        if not 1 <= position <= len(self.sequence):
            raise SiteError(
                f"{self.name} has no position {position}", expected=f"1-{len(self.sequence)}", where=f"UniProt {self.accession}"
            )
        return self.sequence[position - 1]

    @property
    def exons(self) -> tuple[Exon, ...]:
        """Exons of the transcript, empty where none is known."""
        return self.transcript.exons if self.transcript else ()

    def exons_of(self, position: int) -> tuple[int, ...]:
        """Numbers of the exons that code a residue."""
        return self.transcript.exons_of(position) if self.transcript else ()

    def features_of(self, kind: str) -> tuple[Feature, ...]:
        """Features of one kind, in sequence order."""
        return tuple(sorted((f for f in self.features if f.kind == kind), key=lambda f: f.span))

    def named(self, kind: str, position: int) -> str:
        """Name of the feature of a kind at a position; empty where there is none."""
        return self._names.get(kind, {}).get(position, "")

    @cached_property
    def _names(self) -> dict[str, dict[int, str]]:
        """Name of the first feature of each kind at each position: a table asks for thousands."""
        names: dict[str, dict[int, str]] = {}
        for feature in self.features:
            ends = (feature.span.first, feature.span.last)
            for position in ends if feature.kind in PAIRED else feature.span:
                names.setdefault(feature.kind, {}).setdefault(position, feature.name)
        return names

    def domain(self, position: int) -> str:
        """Domain at a position, empty in a linker."""
        return self.named("domain", position)

    def region(self, position: int) -> str:
        """``signal``, ``extracellular``, ``transmembrane``, ``cytoplasmic``, or empty where not known."""
        return "signal" if self.named("signal", position) else self.named("region", position)

    def site(self, position: int) -> Site | None:
        """The curated site at a position."""
        return self._sites.get(position)

    @cached_property
    def _sites(self) -> dict[int, Site]:
        """The first site of each position."""
        return {site.position: site for site in reversed(self.sites)}

    @property
    def numberings(self) -> tuple[Form, ...]:
        """Every form that numbers residues otherwise than the sequence: the mature chain first."""
        return (*mature_form([feature.span for feature in self.features_of("signal")]), *self.forms)

    @property
    def named_notes(self) -> tuple[str, ...]:
        """The notes, each with the protein's name before it where it does not begin ``exons of NAME`` by itself."""
        own = re.compile(rf"\w+ of {re.escape(self.name)}\b")
        return tuple(note if own.match(note) else f"{self.name}: {note}" for note in self.notes)

    @property
    def absent(self) -> tuple[str, ...]:
        """What is not known of it, features or exons, each with the reason; nothing where both are there."""
        if self.features and self.exons:
            return ()
        gone = [word for word, there in (("features", self.features), ("exons", self.exons)) if not there]
        return self.notes or (f"{self.name}: no {' and no '.join(gone)} known",)


@dataclass(frozen=True, slots=True)
class KnownRange:
    """Coverage of a structure chain as read in print, for when its coordinates cannot be had."""

    accession: str
    chain: str
    span: Span
    coverage: Coverage
    offset: int = 0
    """UniProt position minus author number."""


@dataclass(frozen=True)
class StructureEntry:
    """A structure of the target and its part in it."""

    id: str
    role: str = ""
    required: bool = False
    reference: bool = False
    known: tuple[KnownRange, ...] = ()
    known_source: str = ""


@dataclass(frozen=True)
class Family:
    """Relatives of the receptor, and what is published of the conservation of its interfaces.

    Attributes
    ----------
    relatives : tuple of str
        Their targets, as paths.
    conserved : tuple of str
        Interface classes that ``claim`` says are conserved in the relatives, the others being not.
    claim, source : str
    """

    relatives: tuple[str, ...]
    conserved: tuple[str, ...] = ()
    claim: str = ""
    source: str = ""


@dataclass(frozen=True)
class Target:
    """A receptor and its ligand with the structures that show them.

    Attributes
    ----------
    name, title : str
    receptor : Protein
    ligand : Protein or None
    structures : tuple of StructureEntry
    interface_names : tuple of str
        Names for the interface classes of the reference structure, largest first.
    family : Family or None
    """

    name: str
    title: str
    receptor: Protein
    ligand: Protein | None
    structures: tuple[StructureEntry, ...] = ()
    interface_names: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    family: Family | None = None

    @property
    def proteins(self) -> tuple[Protein, ...]:
        """Receptor first, then the ligand."""
        return (self.receptor, self.ligand) if self.ligand else (self.receptor,)

    def protein(self, name: str) -> Protein:
        """A protein by gene name or accession, whatever the case; raises OtherProteinError for any other."""
        for protein in self.proteins:
            if name.upper() in (protein.name.upper(), protein.accession.upper()):
                return protein
        raise OtherProteinError(
            f"{name!r} is no protein of this target", expected=_list(f"{p.name} ({p.accession})" for p in self.proteins)
        )

    def form(self, name: str) -> tuple[Protein, Form] | None:
        """A form by its name; ``mature`` is the receptor's, ``GAS6-mature`` that of GAS6."""
        own, dash, rest = name.partition("-")
        for protein in self.proteins:
            for form in protein.numberings:
                plain = form.is_called(name) and (protein is self.receptor or form.name != MATURE)
                if plain or (dash and own.upper() == protein.name.upper() and form.is_called(rest)):
                    return protein, form
        return None

    def entry(self, id: str) -> StructureEntry | None:
        """The structure entry of that id, None where the target does not name it."""
        return next((entry for entry in self.structures if entry.id.upper() == id.upper()), None)

    @property
    def reference(self) -> StructureEntry | None:
        """The structure that names the interface classes."""
        return next((entry for entry in self.structures if entry.reference), None)


def _list(words: Iterable[str]) -> str:
    return " or ".join(words)
