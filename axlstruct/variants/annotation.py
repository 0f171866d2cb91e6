"""Variants of the proteins, laid on what is known of their residues."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from axlstruct.errors import AxlstructError, LetterError, OtherProteinError, SiteError
from axlstruct.evidence.rows import AffinityRow
from axlstruct.interface.residue_rows import ResidueRow
from axlstruct.sequence.coverage import Coverage, Placement
from axlstruct.sequence.exons import Transcript
from axlstruct.sequence.features import spans_of
from axlstruct.sequence.forms import MATURE
from axlstruct.sequence.mutation import parse_mutations
from axlstruct.sequence.notation import Query, shortened
from axlstruct.sequence.parts import membrane_of
from axlstruct.sequence.target import Protein, Target
from axlstruct.structure.numbering import status_of
from axlstruct.structure.readings import AuthorNumbers, in_uniprot, other_readings
from axlstruct.variants import consequence as translated
from axlstruct.variants import hgvs, nucleotides
from axlstruct.variants.nucleotides import Across, Coding, Genomic
from axlstruct.variants.rows import Given, VariantRow

_LONGEST = 12
_SEVERAL = re.compile(r"[;/+\[\s]")
"""What a text with several changes holds; blanks are no part of a change."""
_LONGEST_NAME = 200
"""Letters of a protein's and a structure's name around changes, at the most: each change repeats them."""
_LONGEST_TEXT = 1000
"""Letters of a text with many changes that its rows repeat whole."""
_PROTEIN_ID = re.compile(r"^ENSP[\d.]{1,20}:", re.IGNORECASE)
SLACK = 30
"""Residues between the bases of an insertion or deletion and the first residue that it changes, at the most."""

CONSEQUENCE = {
    "synonymous": "synonymous_variant", "deletion": "inframe_deletion", "duplication": "inframe_insertion",
    "insertion": "inframe_insertion", "delins": "protein_altering_variant", "frameshift": "frameshift_variant",
    "extension": "stop_lost",
    "substitution": "missense_variant", "unknown": "coding_sequence_variant",
}  # fmt: skip
"""Sequence Ontology terms by the kind of change."""
UPSTREAM_START = "5_prime_UTR_premature_start_codon_gain_variant"
"""Of ``p.Met1ext-5``: a start codon before the protein's own, in its frame; the start itself is not lost."""


@dataclass(frozen=True)
class Known:
    """What variants are laid on.

    Attributes
    ----------
    target : Target
    resolve : callable
        Protein and position of a query; raises SiteError.
    structure : str
        The structure shown; empty where none is.
    rows : mapping of (protein, position) to sequence of ResidueRow
        Its residue table.
    placements : callable
        Placements of a position in the target's other structures.
    measured : mapping of (protein, position) to sequence of (mutations, value)
        See `measured_by_residue`.
    coding : mapping of protein to coding sequence with stop codon
        Those that are at hand.
    notes : tuple of str
        What is not at hand.
    numberings : sequence of AuthorNumbers
        Of the target's structures, for what else a letter and a number may mean.
    """

    target: Target
    resolve: Callable[[Query], tuple[Protein, int]]
    structure: str = ""
    rows: Mapping[tuple[str, int], Sequence[ResidueRow]] = field(default_factory=dict)
    placements: Callable[[Protein, int], Sequence[Placement]] = lambda protein, position: ()
    measured: Mapping[tuple[str, int], Sequence[tuple[str, str]]] = field(default_factory=dict)
    coding: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    numberings: Sequence[AuthorNumbers] = ()


def variant_rows(given: Given, known: Known) -> list[VariantRow]:
    """The rows of a variant, one a change; never empty: what could not be annotated says why."""
    told = [f"read together with {given.joint} by its annotation"] if given.joint else []
    if given.transcript and not (given.gene and not _has(known.target, given.gene)):
        given, note = _by_transcript(given, known.target)
        told += [note] if note else []
    refused = bool(given.transcript) and not given.read and not given.genomic and bool(told)
    rows = [VariantRow(given.line, given.text, "other-protein")] if refused else _rows(given, known)
    return [replace(row, note="; ".join(filter(None, (*told, row.note)))) for row in rows] if told else rows


def _by_transcript(given: Given, target: Target) -> tuple[Given, str]:
    """A row of a table that names the transcript of its annotation, and a word where that is none of the target's."""
    stem = given.transcript.partition(".")[0].upper()
    if any(protein.transcript and protein.transcript.id.partition(".")[0] == stem for protein in target.proteins):
        return replace(given, read=_PROTEIN_ID.sub("", given.read)), ""
    note = f"annotated by {given.transcript}, which is no transcript of this target: its numbers mean other residues"
    return replace(given, read=""), f"{note}; read by its bases" if given.genomic else note


def _rows(given: Given, known: Known) -> list[VariantRow]:
    blank = VariantRow(given.line, given.text, "unreadable")
    if given.gene and not _has(known.target, given.gene):
        return [replace(blank, status="other-gene", note=f"{given.gene} is no protein of this target")]
    try:
        if given.genomic and not given.read:
            return [_of_genome(given.genomic, given, blank, known)]
        if genomic := nucleotides.read_genomic(given.read):
            return [_of_genome(genomic, given, blank, known)]
        if written := nucleotides.read_coding(given.read):
            owner = _owner(written.owner or given.gene, given.read, known)
            _same_gene(owner, given, known)
            return [_of_nucleotides(nucleotides.laid(written, _transcript(owner)), owner, blank, known)]
    except AxlstructError as error:
        return [_failed(blank, error)]
    rows = []
    for part in parts(given.read):
        blank = replace(blank, variant=given.text if len(given.text) <= _LONGEST_TEXT else shortened(part))
        try:
            rows.append(_of_protein(hgvs.read_change(part), given, blank, known))
        except AxlstructError as error:
            rows.append(_failed(blank, error))
    return rows


def parts(text: str) -> list[str]:
    """The changes of a text with several: ``E59R;T77R@2C5D``, ``E56R/E59R``, ``p.[Arg103Gln;Ser104Thr]``.

    Examples
    --------
    >>> parts("AXL:E59R;T77R@2C5D"), parts("p.[Arg103Gln;Ser104Thr]"), parts("R103Q")
    (['AXL:E59R@2C5D', 'AXL:T77R@2C5D'], ['Arg103Gln', 'Ser104Thr'], ['R103Q'])
    """
    if not _SEVERAL.search(text):
        return [text]
    body, at, structure = text.strip().partition("@")
    owner, colon, changes = body.rpartition(":")
    plain = changes.removeprefix("p.")
    inside = plain[1:-1] if plain.startswith("[") and plain.endswith("]") else changes
    several = [part.strip() for part in re.split("[;/+]", inside) if part.strip()]
    around = len(owner) + len(structure)
    if not several or around > _LONGEST_NAME or not all(map(hgvs.is_change, several)):
        return [text.strip()]
    return [f"{owner}{colon}{part}{at}{structure}" for part in several]


def _has(target: Target, gene: str) -> bool:
    return any(gene.upper() in (protein.name.upper(), protein.accession.upper()) for protein in target.proteins)


def _failed(row: VariantRow, error: AxlstructError) -> VariantRow:
    return replace(row, status=status_of(error), note=str(error))


def _same_gene(protein: Protein, given: Given, known: Known) -> None:
    """Refuse a variant of another protein than its row names."""
    if given.gene and known.target.protein(given.gene) is not protein:
        raise OtherProteinError(f"{given.text} is a variant of {protein.name}, and its row names {given.gene}")


def _transcript(protein: Protein) -> Transcript:
    if protein.transcript is None:
        raise SiteError(f"no exons of {protein.name} are known")
    return protein.transcript


def _owner(name: str, text: str, known: Known) -> Protein:
    """The protein in whose coding sequence a variant counts."""
    return known.resolve(Query(text, 1, protein=name, scheme="coding"))[0]


def _of_genome(change: Genomic, given: Given, blank: VariantRow, known: Known) -> VariantRow:
    """A variant by its bases, of the protein whose gene lies there."""
    found = on_genome(change, known.target)
    if found is None:
        raise SiteError(f"{given.text}: outside the genes of the target")
    _same_gene(found[0], given, known)
    return _of_nucleotides(found[1], found[0], blank, known)


def on_genome(change: Genomic, target: Target) -> tuple[Protein, Coding | Across] | None:
    """The protein in whose gene a genomic change lies, and what it is to its transcript; None outside of the genes."""
    for protein in target.proteins:
        transcript = protein.transcript
        if transcript is None or transcript.chromosome.upper() != change.chromosome.upper():
            continue
        found = nucleotides.on_transcript(change, transcript)
        if isinstance(found, Coding) or found.term:
            return protein, found
    return None


def _of_nucleotides(change: Coding | Across, protein: Protein, blank: VariantRow, known: Known) -> VariantRow:
    cds = known.coding.get(protein.name, "")
    if isinstance(change, Across) and (moved := nucleotides.into_exon(change, cds)):
        row = _of_nucleotides(moved, protein, blank, known)
        return replace(row, note="; ".join(filter(None, (f"c.{change.name} is the same as an insertion in the exon", row.note))))
    if isinstance(change, Across):
        row = replace(blank, status="not-coding", protein=protein.name, consequence=change.term, codon=f"c.{change.name}")
        if change.first is None or change.last is None:
            return replace(row, note=f"no residue: {change.words}")
        row = replace(row, status="position-only", note=f"more than residues: {change.words}")
        first, last = (change.first + 2) // 3, (change.last + 2) // 3
        return replace(_annotated(row, protein, first, last, known), codon=f"c.{change.name}")
    return of_coding([change], protein, blank, known)


def of_coding(changes: Sequence[Coding], protein: Protein, blank: VariantRow, known: Known) -> VariantRow:
    """The row of changes of one copy of the coding sequence, read together."""
    if cds := known.coding.get(protein.name):
        read = translated.change_of_protein(changes, cds, protein.sequence, blank.variant, protein.name)
        return replace(_of_protein(read, Given(blank.line, blank.variant, ""), blank, known), also="")
    ends = sorted(end for change in changes for end in (change.first, change.last))
    first, last = ((end + 2) // 3 for end in (ends[0], ends[-1]))
    id = _transcript(protein).id
    advice = f": axlstruct fetch {id}" if id.startswith("ENS") else ""
    note = f"what it codes is not known without the coding sequence{advice}"
    row = replace(blank, status="position-only", consequence=_untranslated(changes, len(protein)), note=note)
    return _annotated(row, protein, first, last, known)


def _untranslated(changes: Sequence[Coding], residues: int) -> str:
    """The consequence of changes of the reading frame as far as their lengths and places tell."""
    if any(_untranslated([change], residues) in ("start_lost", "stop_lost") for change in changes[1:]):
        return next(term for change in changes if (term := _untranslated([change], residues)).endswith("_lost"))
    change, shift = changes[0], sum(change.shift for change in changes)
    if len(changes) > 1 and not shift % 3:
        return "protein_altering_variant" if any(change.shift for change in changes) else "coding_sequence_variant"
    if change.first <= len(translated.START) and (term := _start(change)):
        return term
    if change.removes and not change.new and change.last > 3 * residues:
        return "stop_lost"
    if not shift:
        return "coding_sequence_variant"
    return "frameshift_variant" if shift % 3 else "inframe_insertion" if shift > 0 else "inframe_deletion"


def _start(change: Coding) -> str:
    """The term for a change within the start codon, as far as that codon tells; empty where more than the start is to be said."""
    start = translated.START
    put = start[change.first - 1 : change.last] * 2 if change.new is None else change.new
    begins = start[: change.first - 1] + put + start[change.last :]
    if begins.startswith(start):
        return ""
    return "start_retained_variant" if not change.removes and begins.endswith(start) else "start_lost"


def _of_protein(change: hgvs.ProteinChange, given: Given, blank: VariantRow, known: Known) -> VariantRow:
    first, last = change.first, change.last
    if given.gene and not first.protein and not first.structure:
        first, last = replace(first, protein=given.gene), replace(last, protein=given.gene)
    protein, position = _resolve(first, known)
    end = position if last == first else _resolve(last, known)[1]
    _same_gene(protein, given, known)
    if end - position != last.number - first.number:
        raise SiteError(
            f"{change.text}: residues {first.number} and {last.number} are {end - position + 1} residues of {protein.name}",
            expected=str(last.number - first.number + 1), found=f"{position} to {end}",
            advice="what was numbered leaves residues out between them; write the variant in UniProt positions",
        )  # fmt: skip
    there = (protein.sequence + hgvs.STOP)[position - 1 : end]
    if change.gone and change.gone != there:
        raise LetterError(f"{change.text}: other residues stand there", expected=change.gone, found=there)
    letters = [there[:1], there[-1:]]
    text = hgvs.named(change, letters[0], position, letters[1], end)
    term = _consequence(change, position, letters[1])
    note = _lost(protein, position) if term in ("stop_gained", "frameshift_variant") else ""
    counted = given.genomic or given.transcript  # in the sequence that a transcript codes, and no other
    also = "" if counted else ";".join(_also(change, protein, position, end, known))
    row = replace(blank, status="ok", consequence=term, hgvs=text, new=change.new, also=also, note=note)
    if given.genomic and (wrong := _elsewhere(given.genomic, protein, position, end)):
        row = replace(row, status="other-place", note=wrong)
    return _annotated(row, protein, position, end, known)


def _also(change: hgvs.ProteinChange, protein: Protein, position: int, end: int, known: Known) -> Iterator[str]:
    """Other residues that the letters and numbers of a change mean as author numbers, and whether they touch a partner."""
    for reading in other_readings(change.first, protein, position, known.numberings):
        last = reading.position + end - position
        if last > len(reading.protein) or (end > position and reading.protein.letter(last) != change.last.letter):
            continue
        rows = known.rows.get((reading.protein.name, reading.position), ())
        names = _joined(name for row in rows for name in row.interface.split(";"))
        yield f"{reading}{f' ({names})' if names else ' (no contact)' if rows else ''}"


def _resolve(query: Query, known: Known) -> tuple[Protein, int]:
    """Protein and position of a residue as it is in the unchanged protein; the stop codon counts as the residue behind the last.

    In author numbers of an engineered chain the letter is still that of the unchanged protein.
    """
    if query.letter == hgvs.STOP:
        named = known.target.form(query.protein) if query.protein else None
        protein = named[0] if named else known.target.protein(query.protein) if query.protein else known.target.receptor
        stop = (named[1].length(len(protein)) if named else len(protein)) + 1
        if query.number == stop:
            return protein, len(protein) + 1
        raise LetterError(f"{query.text}: the stop codon of {protein.name} is {stop}, not {query.number}")
    if not query.structure:
        return known.resolve(query)
    try:
        protein, position = known.resolve(replace(query, letter=""))
    except SiteError:
        return known.resolve(query)  # one number in two proteins: the letter tells
    if query.letter and protein.letter(position) != query.letter:
        raise LetterError(
            f"{query.text}: number {query.number} of {query.structure} is {protein.name} {protein.letter(position)}{position}",
            expected=query.letter,
            advice=in_uniprot(query, known.target.proteins) or None,
        )
    return protein, position


def _consequence(change: hgvs.ProteinChange, position: int, last: str) -> str:
    """The Sequence Ontology term; ``last`` is the letter of the last residue that is changed."""
    adds = change.kind in ("insertion", "duplication")
    if last == hgvs.STOP and not adds:
        kept = change.kind == "synonymous" or change.new.endswith(hgvs.STOP)
        return "stop_retained_variant" if kept else "stop_lost"
    if change.kind == "extension" and position == 1 and not change.new:
        return UPSTREAM_START
    if change.kind == "synonymous" and position == 1:
        return "start_retained_variant"
    if position == 1 and not adds and change.kind not in ("synonymous", "frameshift"):
        return "start_lost"
    return "stop_gained" if hgvs.STOP in change.new else CONSEQUENCE[change.kind]


def _lost(protein: Protein, position: int) -> str:
    """What of a protein is not made if its residues from a position on are not."""
    parts = [
        f"{feature.label}{' in part' if feature.span.first < position else ''}"
        for feature in (*protein.features_of("domain"), *membrane_of(protein))
        if feature.span.last >= position
    ]
    return f"not made from residue {position} on: {', '.join(parts) or 'no domain'}"


def _elsewhere(genomic: Genomic, protein: Protein, first: int, last: int) -> str:
    """A word where a VCF record's bases do not code the residue that its annotation names; indels may be laid elsewhere."""
    if protein.transcript is None:
        return ""
    found = [protein.transcript.nucleotide(base) for base in range(genomic.base, genomic.base + len(genomic.old) + 1)]
    codons = [(nucleotide + 2) // 3 for nucleotide in found if nucleotide]
    slack = 0 if len(genomic.old) == len(genomic.new or "") else SLACK
    if any(first - slack <= codon <= last + slack for codon in codons) or last > len(protein):
        return ""
    return f"the annotation names a residue that is not coded at {genomic.chromosome}:{genomic.base}: another genome assembly?"


def _annotated(row: VariantRow, protein: Protein, first: int, last: int, known: Known) -> VariantRow:
    """A row with what is known of the residues from first to last position; the stop codon has none."""
    inside = range(first, min(last, len(protein)) + 1)
    letters = protein.sequence[first - 1 : last] + (hgvs.STOP if last > len(protein) else "")
    shown = [residue for position in inside for residue in known.rows.get((protein.name, position), ())]
    others = [placement for position in inside for placement in known.placements(protein, position)]
    exact, other = _affinities(row, protein, inside, known)
    forms = [(form.name, form.number(first)) for form in protein.numberings] if inside else []
    sites = (protein.site(position) for position in inside)
    return replace(
        row, protein=protein.name, position=first, last=last,
        residue=letters if len(letters) <= _LONGEST else f"{letters[0]}...{letters[-1]}",
        region=_joined(map(protein.region, inside)), domain=_joined(map(protein.domain, inside)),
        exons=_joined(str(exon) for position in inside for exon in protein.exons_of(position)),
        site=_joined(site.name for site in sites if site), codon=_codon(protein, first, last), genomic=_genomic(protein, inside),
        mature=dict(forms).get(MATURE), forms=";".join(f"{name}:{number or '-'}" for name, number in forms if name != MATURE),
        structure=known.structure if shown else "",
        author=_joined(f"{r.chain}/{r.number}{r.icode}" for r in shown if r.number is not None),
        coverage=_joined(r.coverage for r in shown), burial=_joined(r.burial for r in shown), buried_area=_buried(shown),
        interface=_joined(name for r in shown for name in r.classes),
        partners=_joined(name for r in shown for name in r.partners.split(";")),
        seen=_seen(others), plddt=min((p.plddt for p in others if p.plddt is not None), default=None), ddg=exact, ddg_other=other,
    )  # fmt: skip


def _joined(words: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(filter(None, words)))


def _codon(protein: Protein, first: int, last: int) -> str:
    return f"c.{3 * first - 2}_{3 * last}" if protein.transcript else ""


def _genomic(protein: Protein, inside: Iterable[int]) -> str:
    if protein.transcript is None:
        return ""
    spans = spans_of(base for position in inside for base in protein.transcript.codon(position).genomic)
    return f"{protein.transcript.chromosome}:{','.join(map(str, spans))}" if spans else ""


def _buried(rows: Sequence[ResidueRow]) -> float | None:
    """Sum over residues, mean over chains."""
    areas: dict[str, float] = {}
    for row in rows:
        if row.buried_area is not None:
            areas[row.chain] = areas.get(row.chain, 0.0) + row.buried_area
    return sum(areas.values()) / len(areas) if areas else None


def _seen(placements: Sequence[Placement]) -> str:
    """Structures with atoms of the residues, each with its chains and their coverage."""
    found: dict[tuple[str, Coverage], dict[str, None]] = {}
    for placement in placements:
        if placement.coverage.has_atoms:
            found.setdefault((placement.structure, placement.coverage), {})[placement.chain] = None
    return ";".join(f"{structure} {','.join(chains)} {coverage}" for (structure, coverage), chains in found.items())


def measured_by_residue(rows: Iterable[AffinityRow]) -> dict[tuple[str, int], list[tuple[str, str]]]:
    """Measured affinities at each residue that they change: mutations in UniProt positions, and the value in words."""
    found: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for row in rows:
        value = f"{row.bound}{row.ddg:+.2f} (PubMed {row.pubmed}{', flagged' if row.flag else ''})"
        for mutation in parse_mutations(row.mutations_uniprot):
            found.setdefault((mutation.protein, mutation.position), []).append((row.mutations_uniprot, value))
    return found


def _affinities(row: VariantRow, protein: Protein, inside: range, known: Known) -> tuple[str, str]:
    """Measurements of this very mutant, and of others that change one of its residues."""
    exact, other = [], []
    alone = len(inside) == 1 and row.consequence == CONSEQUENCE["substitution"]
    this = f"{protein.name}:{protein.letter(inside[0])}{inside[0]}{row.new}" if alone else ""
    here = (entry for position in inside for entry in known.measured.get((protein.name, position), ()))
    for mutations, value in dict.fromkeys(here):
        if mutations == this:
            exact.append(value)
        else:
            other.append(f"{'+'.join(mutation.partition(':')[2] for mutation in mutations.split(';'))} {value}")
    return "; ".join(exact), "; ".join(other)
