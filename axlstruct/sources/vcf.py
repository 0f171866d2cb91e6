"""Variants of a VCF that lie in a gene of the target, read by their bases and by annotations of the target's own transcripts."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from axlstruct.errors import ContentError, OtherAssemblyError
from axlstruct.sequence.chromosomes import chromosome
from axlstruct.sequence.target import Protein, Target
from axlstruct.variants.nucleotides import Genomic, shared
from axlstruct.variants.rows import Copies, Given

_OTHER_ASSEMBLY = re.compile(r"GRCh37|NCBI36|hs37d5|chm13|(?<![a-z0-9])(?:hg1[5-9]|b37|v37|t2t)(?![a-z0-9])", re.IGNORECASE)
_THIS_ASSEMBLY = re.compile(r"GRCh38|(?<![a-z0-9])(?:hg38|hs38[a-z]*|b38|v38)(?![a-z0-9])", re.IGNORECASE)
_LENGTHS = {
    "1": 248956422, "2": 242193529, "3": 198295559, "4": 190214555, "5": 181538259, "6": 170805979, "7": 159345973,
    "8": 145138636, "9": 138394717, "10": 133797422, "11": 135086622, "12": 133275309, "13": 114364328, "14": 107043718,
    "15": 101991189, "16": 90338345, "17": 83257441, "18": 80373285, "19": 58617616, "20": 64444167, "21": 46709983,
    "22": 50818468, "X": 156040895, "Y": 57227415,
}  # fmt: skip
"""Bases of the human chromosomes in GRCh38."""
_ANN = ("Allele", "Annotation", "Impact", "SYMBOL", "Gene", "Feature_type", "Feature", "BioType", "Rank", "HGVSc", "HGVSp")
_BCSQ = ("Consequence", "SYMBOL", "Feature", "BioType", "Strand", "Protein", "Bases")
_ANY_OTHER = ("<NON_REF>", "<*>")
"""Alleles of a gVCF that stand for whatever else may be there: no variant."""
_CHANGED = re.compile(r"(?P<number>\d{1,9})(?P<old>[A-Z*]+)(?:>(?P<again>\d{1,9})(?P<new>[A-Z*]+))?")


_ELSEWHERE = "records elsewhere in the genome were left out"
_BLOCKS = "records without another allele (gVCF blocks, <NON_REF>) were left out"
_OVERLAPPED = "alleles * (deleted by another record) were left out"
_UNNAMED = "alleles <NON_REF> (whatever else may be there) were left out"


def read_vcf(text: str, target: Target, where: str) -> tuple[list[Given], tuple[str, ...]]:
    """Read the variants of a VCF.

    Parameters
    ----------
    text : str
    target : Target
        Says where its genes lie, and which annotations are of its transcripts.
    where : str
        Name of the file, for messages.

    Returns
    -------
    list of Given
        One an alternative allele of a record in a gene of the target.
    tuple of str
        What was left out.

    Raises
    ------
    ContentError
        No VCF, or another genome assembly.
    """
    import vcfpy

    head = [line for line in text.splitlines() if line.startswith("##")]
    _refuse_other_assembly(head, target, where)
    given: list[Given] = []
    left = dict.fromkeys((_ELSEWHERE, _BLOCKS, _OVERLAPPED, _UNNAMED), 0)
    joint: dict[str, dict[str, str]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # fields that the header does not declare
        try:
            stream: Any = io.StringIO(text)
            reader = vcfpy.Reader.from_stream(stream)
            for number, record in enumerate(reader, len(head) + 2):
                given += _of_record(record, reader, number, target, joint, left)
        except OtherAssemblyError as error:
            raise ContentError(error.what, where=where, expected=error.expected, found=error.where) from None
        except (
            vcfpy.exceptions.VCFPyException,
            ValueError,
            KeyError,
            IndexError,
            AttributeError,
            TypeError,
            AssertionError,
        ) as error:
            raise ContentError(f"no readable VCF: {' '.join(str(error).split())}", where=where) from None
    return given, tuple(f"{count} {words}" for words, count in left.items() if count)


def _refuse_other_assembly(head: Sequence[str], target: Target, where: str) -> None:
    """Compare assembly names and lengths of chromosomes in a header with GRCh38, if that is what the target counts in."""
    if "GRCh38" not in {protein.transcript.assembly for protein in target.proteins if protein.transcript}:
        return
    for line in head:
        if not line.startswith(("##reference", "##contig", "##assembly")):
            continue
        parts = dict(part.partition("=")[::2] for part in line.partition("=")[2].strip("<>").split(","))
        parts.pop("md5", None)
        parts.pop("M5", None)
        found = _named_assembly(",".join(f"{key}={value}" if value else key for key, value in parts.items()))
        if line.startswith("##contig"):
            found = found or _of_other_length(parts)
        if found:
            raise ContentError("another genome assembly", where=where, expected="GRCh38", found=f"{found} in its header")


def _named_assembly(said: str) -> str:
    """The name of another assembly in a header line; of a path its last part decides, and where that names none the whole."""
    for part in (said.rpartition("/")[2], said):
        other, this = _OTHER_ASSEMBLY.search(part), _THIS_ASSEMBLY.search(part)
        if this:
            return ""  # a path that names both was made from one for the other; lengths of chromosomes still tell
        if other:
            return other[0].strip("_")
    return ""


def _of_other_length(contig: Mapping[str, str]) -> str:
    try:
        name = chromosome(contig.get("ID", ""))
    except OtherAssemblyError as error:
        return f"{error.where}"
    length = contig.get("length", "")
    if name in _LENGTHS and length.isdecimal() and int(length[:12]) != _LENGTHS[name]:
        return f"chromosome {name} of {length} bases"
    return ""


def _of_record(
    record: Any, reader: Any, line: int, target: Target, joint: dict[str, dict[str, str]], left: dict[str, int]
) -> Iterator[Given]:
    """Variants of a record that lie in a gene of the target, one an alternative allele."""
    written = [alternative.serialize() for alternative in record.ALT]
    if not set(written) - {*_ANY_OTHER, "."}:
        left[_BLOCKS] += 1
        return
    name = chromosome(record.CHROM)
    protein = _gene_at(name, record.POS, target)
    annotations = list(_annotations(record, reader, joint))
    names = _allele_names(record.REF, written)
    found = 0
    for index, new in enumerate(written, 1):
        if new in _ANY_OTHER:
            left[_UNNAMED] += 1
            continue
        told = [(p, row) for p, row in _of_target(annotations, target) if _is_of(row, record, new, names)]
        if not (told or protein):
            continue
        found += 1
        if new == "*":
            left[_OVERLAPPED] += 1
            continue
        plain = re.fullmatch("[ACGT]+", new, re.IGNORECASE) and re.fullmatch("[ACGT]+", record.REF, re.IGNORECASE)
        genomic = Genomic(name, record.POS, record.REF.upper(), new.upper()) if plain else None
        row = next((row for _, row in told if row["HGVSp"]), None)
        change = row["HGVSp"].rpartition(":")[2] if row else ""
        owner = told[0][0] if told else protein
        beside = {"chrom": record.CHROM, "pos": str(record.POS), "id": ";".join(record.ID), "ref": record.REF, "alt": new}
        text = f"{name}-{record.POS}-{record.REF}-{new}"
        yield Given(
            line, text, change or ("" if genomic else text), owner.name if owner else "", genomic, beside,
            copies=_copies(record, index), joint=_others(row, record, new) if row else "",
        )  # fmt: skip
    if not found:
        left[_ELSEWHERE] += 1


def _gene_at(name: str, base: int, target: Target) -> Protein | None:
    """The protein whose exons and introns reach over a base."""
    for protein in target.proteins:
        ends = [end for exon in protein.exons for end in (exon.start, exon.end)]
        if protein.transcript and protein.transcript.chromosome == name and min(ends) <= base <= max(ends):
            return protein
    return None


def _copies(record: Any, index: int) -> dict[str, Copies]:
    """On which copies of the gene each sample carries an allele; without number where the genotype is not phased."""
    found = {}
    for call in record.calls:
        genotype = str(call.data.get("GT") or "")
        alleles = re.split("[|/]", genotype)
        carried = frozenset(place for place, allele in enumerate(alleles) if allele == str(index))
        if not carried:
            continue
        if len(carried) == len(alleles):  # on every copy: no phase is needed
            found[call.sample] = Copies("", carried, everywhere=True)
        elif "|" in genotype and "/" not in genotype:
            found[call.sample] = Copies(str(call.data.get("PS") or ""), carried)
        else:
            found[call.sample] = Copies("", frozenset())
    return found


def _annotations(record: Any, reader: Any, joint: dict[str, dict[str, str]]) -> Iterator[dict[str, str]]:
    """Annotations of VEP (CSQ, its columns named in the header), SnpEff (ANN) and bcftools (BCSQ); ``by`` says whose."""
    for key in ("CSQ", "ANN", "BCSQ"):
        rows: Any = record.INFO.get(key)
        names: Sequence[str] = _BCSQ if key == "BCSQ" else _ANN
        if key == "CSQ" and rows:
            described = str(reader.header.get_info_field_info("CSQ").description)
            names = described.partition("Format:")[2].strip().strip('"').split("|")
        for row in rows if isinstance(rows, list) else [rows] if isinstance(rows, str) else []:
            if key == "BCSQ" and row.startswith("@"):
                for new in record.ALT:
                    if told := joint.get(_piece(record, new.serialize())):
                        yield told
                continue
            cells = dict(zip((name.strip() for name in names), row.split("|"), strict=False))
            cells = {"Allele": "", "Feature": "", "HGVSp": ""} | cells | {"by": key}
            if key == "BCSQ":
                cells["HGVSp"] = "" if "frameshift" in cells["Consequence"] else changed(cells.get("Protein", ""))
                joint |= dict.fromkeys(cells.get("Bases", "").split("+"), cells)
            yield cells


def changed(text: str) -> str:
    """A change of a protein as bcftools writes it, in HGVS nomenclature; empty where it is cut short or says too little.

    Examples
    --------
    >>> changed("103R>103Q"), changed("103R"), changed("103RI>103R"), changed("103RIT>103RWST"), changed("12RAC..>12TA..")
    ('R103Q', 'R103=', 'I104del', 'I104delinsWS', '')
    """
    match = _CHANGED.fullmatch(text)
    if match is None or match["again"] not in (None, match["number"]):
        return ""
    number, old, new = int(match["number"]), match["old"], match["new"]
    if new is None or old == new:
        return f"{old}{number}=" if len(old) == 1 else ""
    ahead = shared(old, new)
    behind = shared(old[ahead:][::-1], new[ahead:][::-1])
    first, last = number + ahead, number + len(old) - behind - 1
    gone, put = old[ahead : len(old) - behind], new[ahead : len(new) - behind]
    if not gone:
        return f"{old[ahead - 1]}{last}_{old[ahead]}{first}ins{put}" if ahead and ahead < len(old) else ""
    span = f"{gone[0]}{first}" + (f"_{gone[-1]}{last}" if last > first else "")
    if not put:
        return f"{span}del"
    return f"{gone}{first}{put}" if len(gone) == len(put) == 1 else f"{span}delins{put}"


def _piece(record: Any, new: str) -> str:
    """A variant as bcftools names it among the bases of a haplotype."""
    return f"{record.POS}{record.REF}>{new}"


def _is_of(row: Mapping[str, str], record: Any, new: str, names: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether an annotation is of this allele."""
    if row["by"] == "BCSQ":
        bases = row.get("Bases", "")
        return not bases or _piece(record, new) in bases.split("+")
    return row["Allele"].upper() in ("", names[row["by"]][new])


def _others(row: Mapping[str, str], record: Any, new: str) -> str:
    """Other variants that an annotation reads together with this one."""
    return ", ".join(piece for piece in row.get("Bases", "").split("+") if piece and piece != _piece(record, new))


def _of_target(annotations: Iterable[dict[str, str]], target: Target) -> Iterator[tuple[Protein, dict[str, str]]]:
    """Annotations by the very transcripts of the target; numbers of others mean other residues."""
    for row in annotations:
        for protein in target.proteins:
            if protein.transcript and row["Feature"].partition(".")[0] == protein.transcript.id.partition(".")[0]:
                yield protein, row


def _allele_names(old: str, alternatives: Sequence[str]) -> dict[str, dict[str, str]]:
    """What annotations call each alternative allele: SnpEff (ANN) as the VCF does, VEP (CSQ) in its own way.

    VEP drops the first base of a record with an insertion or deletion if all its alleles share it, and writes ``-`` for nothing.
    """
    plain = [new for new in alternatives if new != "*" and not new.startswith("<")]
    shared = any(len(new) != len(old) for new in plain) and all(new[:1].upper() == old[:1].upper() for new in plain)
    return {
        "ANN": {new: new.upper() for new in alternatives},
        "CSQ": {n: (n[1:] or "-" if shared else n).upper() for n in alternatives},
    }
