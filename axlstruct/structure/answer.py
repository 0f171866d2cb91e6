"""The answer to "where is this residue?": a value that prints itself and becomes a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from axlstruct.sequence.coverage import MEANING, Placement
from axlstruct.sequence.exons import Codon
from axlstruct.sequence.features import Site, spans_of
from axlstruct.sequence.forms import MATURE
from axlstruct.sequence.residues import THREE_LETTER
from axlstruct.sequence.target import Protein
from axlstruct.structure.readings import Reading


@dataclass(frozen=True, slots=True)
class Touching:
    """A residue of the partner within the contact cutoff: closest distance in Angstrom over the copies of the interface class."""

    structure: str
    interface: str
    protein: str
    residue: str
    number: int
    position: int | None
    distance: float
    copies: str


@dataclass(frozen=True, slots=True)
class Also:
    """Another residue that the query may mean, with what it touches; None where no structure could tell."""

    reading: Reading
    touches: tuple[Touching, ...] | None = None

    def __str__(self) -> str:
        """A sentence: which residue, what it touches."""
        other = self.reading
        letter = other.protein.letter(other.position)
        name = f"{other.protein.name} {THREE_LETTER.get(letter, letter).capitalize()}{other.position}"
        how = "" if other.ask == other.name else f"author number of {other.structure}; "
        touching = "; ".join(_touching(self.touches))
        return f"{other.ask} is another residue: {name} ({how}{f'touches {touching}' if touching else 'contacts not known'})"


@dataclass(frozen=True, slots=True)
class MeasuredMutant:
    """A measured mutant of the residue: kcal/mol, constants in nM, ``>=`` as relation where they are lower bounds."""

    mutations: str
    relation: str
    ddg: float
    kd: float
    kd_wild_type: float
    assay: str
    pubmed: int

    def __str__(self) -> str:
        bound = "" if self.relation == "=" else f"{self.relation} "
        return (
            f"{self.mutations.replace(';', ' ')} {bound}{self.ddg:+.2f} kcal/mol "
            f"(Kd {bound}{self.kd:g} nM, wild type {self.kd_wild_type:g} nM, PubMed {self.pubmed})"
        )


@dataclass(frozen=True)
class Answer:
    """All that is known of one position.

    Attributes
    ----------
    query : str
        As asked.
    protein : Protein
    position : int
        1-based in the protein's sequence (UniProt numbering).
    codon : Codon or None
    placements : tuple of Placement
        One a structure chain.
    notes : tuple of str
        What could not be had.
    touches : tuple of Touching or None
        Partner residues within 4 Angstrom, in every structure at hand that shows this residue and a partner; None if none does.
    also : tuple of Also
        Other residues that the same letter and number mean as author numbers.
    untold : tuple of str
        Structures that show this residue and a partner, as far as was read in print, but whose coordinates are not at hand: what
        the residue touches there is unknown.
    measured : tuple of MeasuredMutant
        Mutants of this residue whose affinity was measured, alone or with others.
    """

    query: str
    protein: Protein
    position: int
    codon: Codon | None
    placements: tuple[Placement, ...]
    notes: tuple[str, ...] = field(default=())
    touches: tuple[Touching, ...] | None = None
    also: tuple[Also, ...] = ()
    untold: tuple[str, ...] = ()
    measured: tuple[MeasuredMutant, ...] = ()

    @property
    def residue(self) -> str:
        """One-letter code."""
        return self.protein.letter(self.position)

    @property
    def exons(self) -> tuple[int, ...]:
        """The exon, or the two exons of a split codon."""
        return self.protein.exons_of(self.position)

    @property
    def site(self) -> Site | None:
        """The curated site, if it is one."""
        return self.protein.site(self.position)

    @property
    def numberings(self) -> dict[str, Any]:
        """The same residue in other numberings; author numbers (auth_seq_id) and ``label_seq_id`` by structure and chain.

        Without a signal peptide among the features the start of the mature protein is not known.
        """
        authors: dict[str, list[str]] = {}
        labels: dict[str, list[str]] = {}
        for placement in self.placements:
            if placement.residue:
                authors.setdefault(placement.structure, []).append(f"{placement.chain}/{placement.residue.label}")
            if placement.label_seq is not None:
                labels.setdefault(placement.structure, []).append(f"{placement.chain}/{placement.label_seq}")
        forms = {form.name: form.number(self.position) for form in self.protein.numberings}
        return {
            "uniprot": f"{self.protein.accession}:{self.position}",
            MATURE: forms.pop(MATURE, None),
            "cds": f"c.{self.codon.cds.first}_{self.codon.cds.last}" if self.codon else None,
            "forms": forms,
            "author": authors,
            "label": labels,
        }

    def to_dict(self) -> dict[str, Any]:
        """The record that ``axlstruct where --format json`` prints."""
        protein, transcript = self.protein, self.protein.transcript
        genomic = None
        if self.codon and transcript:
            genomic = {
                "assembly": transcript.assembly, "chromosome": transcript.chromosome,
                "strand": "+" if transcript.strand == 1 else "-", "bases": list(self.codon.genomic),
            }  # fmt: skip
        codon = {"cds": [self.codon.cds.first, self.codon.cds.last], "split": len(self.exons) > 1} if self.codon else None
        site = {key: getattr(self.site, key) for key in ("name", "role", "partners", "source", "remark")} if self.site else None
        return {
            "query": self.query,
            "protein": protein.name,
            "position": self.position,
            "residue": self.residue,
            "exons": list(self.exons),
            "codon": codon,
            "genomic": genomic,
            "domain": protein.domain(self.position),
            "region": protein.region(self.position),
            "site": site,
            "features": [f"{f.kind}: {f.name}" for f in protein.features if _telling(f.kind) and f.covers(self.position)],
            "numberings": self.numberings,
            "placements": [_placement_dict(placement) for placement in self.placements],
            "touches": None if self.touches is None else [asdict(touching) for touching in self.touches],
            "also": [_also_dict(also) for also in self.also],
            "touches_unknown": list(self.untold),
            "measured": [asdict(mutant) for mutant in self.measured],
            "notes": list(self.notes),
        }

    def __str__(self) -> str:
        return _text(self)

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(_text(self))}</pre>"


def _telling(kind: str) -> bool:
    return kind not in ("domain", "region", "signal")


def _also_dict(also: Also) -> dict[str, Any]:
    other = also.reading
    return {
        "ask": other.ask, "protein": other.protein.name, "position": other.position,
        "residue": other.protein.letter(other.position), "structure": other.structure,
        "touches": None if also.touches is None else [asdict(touching) for touching in also.touches],
    }  # fmt: skip


def _placement_dict(placement: Placement) -> dict[str, Any]:
    return {
        "structure": placement.structure,
        "chain": placement.chain,
        "number": placement.residue.number if placement.residue else None,
        "icode": placement.residue.icode if placement.residue else "",
        "coverage": str(placement.coverage),
        "observed_residue": placement.found,
        "missing_atoms": list(placement.missing_atoms),
        "label_seq": placement.label_seq,
        "plddt": placement.plddt,
        "note": placement.note,
    }


def _text(answer: Answer) -> str:
    """The answer for people."""
    protein, codon = answer.protein, answer.codon
    numberings = answer.numberings
    residue = THREE_LETTER.get(answer.residue, answer.residue).capitalize()
    counted = f", {protein.numbering}" if protein.numbering else ""
    lines = [f"{answer.query.strip()} is read as UniProt's; {also}" for also in answer.also]
    lines.append(f"{protein.name} {residue}{answer.position}  (UniProt {numberings['uniprot']}{counted})")

    def add(word: str, text: str) -> None:
        if text:
            lines.append(f"  {word:<14}{text}")

    region = protein.region(answer.position)
    add("domain", protein.domain(answer.position) or (f"none ({region})" if region else "none"))
    add("region", region)
    if codon and protein.transcript:
        split = ", codon split" if len(answer.exons) > 1 else ""
        add("exon", f"{' and '.join(map(str, answer.exons))} of {len(protein.exons)} ({protein.transcript.id}{split})")
        bases = ",".join(map(str, spans_of(codon.genomic)))
        strand = "+" if protein.transcript.strand == 1 else "-"
        add("codon", f"{numberings['cds']}, {protein.transcript.assembly} chr{protein.transcript.chromosome}:{bases} ({strand})")
    add("mature", str(numberings[MATURE] or ("in the signal peptide" if protein.features_of("signal") else "not known")))
    for form in protein.forms:
        add(form.name, f"{form.number(answer.position) or 'left out'} ({form.title})")
    for feature in protein.features:
        if _telling(feature.kind) and feature.covers(answer.position):
            add(feature.kind, f"{feature.name} {feature.span} ({feature.source})")
    if site := answer.site:
        add("site", f"{site.role} [{site.source}]{'; ' + site.remark if site.remark else ''}")
        add("partners", site.partners)
    for line in touching_lines(answer):
        add("touches", line)
    for mutant in answer.measured:
        add("measured", str(mutant))
    lines.append("")
    lines += _placed(answer.placements) or ["  no structure is known"]
    lines += [f"  note: {note}" for note in answer.notes]
    return "\n".join(lines) + "\n"


def touching_lines(answer: Answer) -> list[str]:
    """A line a structure and interface, and one where coordinates are not at hand; nothing where no structure could tell."""
    return _touching(answer.touches) + [f"unknown in {name}: its coordinates are not at hand" for name in answer.untold]


def _touching(touches: tuple[Touching, ...] | None) -> list[str]:
    """A line a structure and interface; nothing where no structure could tell."""
    if touches is None:
        return []
    lines: dict[tuple[str, str], list[str]] = {}
    for t in touches:
        name = f"{t.protein} {t.residue.capitalize()}{t.position or t.number} ({t.distance:.1f} A, {t.copies})"
        lines.setdefault((t.structure, t.interface), []).append(name)
    found = [f"{structure} {interface}: {', '.join(names)}" for (structure, interface), names in lines.items()]
    return found or ["no residue of a partner within 4 A"]


def _placed(placements: Sequence[Placement]) -> list[str]:
    """A line for the chains of a structure that show the same."""
    lines: dict[tuple[str, str], list[str]] = {}
    for placement in placements:
        name = placement.found or THREE_LETTER.get(placement.expected, "")
        number = f"{name} {placement.residue.label}" if placement.residue else ""
        plddt = f"pLDDT {placement.plddt:.0f}" if placement.plddt is not None else ""
        note = placement.held_words("the chain") or placement.note
        words = "; ".join(word for word in (MEANING[placement.coverage], plddt, note) if word)
        lines.setdefault((placement.structure, f"{number:<9} {words}"), []).append(placement.chain)
    return [f"  {structure + ' ' + ', '.join(chains):<13} {rest}" for (structure, rest), chains in lines.items()]
