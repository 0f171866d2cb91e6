"""Variants from files: a list, a table with a column of variants, or a VCF with or without annotation."""

from __future__ import annotations

import csv
import io
import re
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from axlstruct.errors import ContentError, UsageError
from axlstruct.sequence.target import Target
from axlstruct.sources.content import read_text
from axlstruct.variants.nucleotides import Genomic
from axlstruct.variants.rows import Given

COLUMNS = (
    "variant", "hgvsp", "hgvs_p", "hgvs.p", "protein_change", "hgvsp_short", "aachange", "aa_change", "amino_acid_change",
    "aa_mutation", "mutation", "hgvs", "hgvsc", "hgvs_c",
)  # fmt: skip
"""Names of a column of variants in the order in which they are looked for, whatever the case, blanks as underscores."""
GENES = ("hugo_symbol", "symbol", "gene_symbol", "gene_name", "gene")
"""Names of a column that says which gene a row is of; Ensembl ids are passed over."""
_OTHER_ASSEMBLY = re.compile(r"GRCh37|NCBI36|hs37d5|chm13|(?<![a-z0-9])(?:hg1[5-9]|b37|v37|t2t)(?![a-z0-9])", re.IGNORECASE)
_LENGTHS = {
    "1": 248956422, "2": 242193529, "3": 198295559, "4": 190214555, "5": 181538259, "6": 170805979, "7": 159345973,
    "8": 145138636, "9": 138394717, "10": 133797422, "11": 135086622, "12": 133275309, "13": 114364328, "14": 107043718,
    "15": 101991189, "16": 90338345, "17": 83257441, "18": 80373285, "19": 58617616, "20": 64444167, "21": 46709983,
    "22": 50818468, "X": 156040895, "Y": 57227415,
}  # fmt: skip
"""Bases of the human chromosomes in GRCh38."""
_ANN = ("Allele", "Annotation", "Impact", "SYMBOL", "Gene", "Feature_type", "Feature", "BioType", "Rank", "HGVSc", "HGVSp")


def read_variants(path: str | Path, target: Target, column: str | None = None) -> tuple[list[Given], tuple[str, ...]]:
    """Read variants of a file, or of the standard input for ``-``.

    Parameters
    ----------
    path : path
        VCF (plain or gzip), a table with a header (tabs or commas), or one variant a line; ``#`` begins a comment.
    target : Target
        Says which annotations of a VCF are of its transcripts.
    column : str, optional
        The column of a table that holds the variants; else the first of `COLUMNS` that is there.

    Returns
    -------
    list of Given
    tuple of str
        What was left out.

    Raises
    ------
    UsageError
        No such file, no such column.
    ContentError
        No text, no VCF, rows of different length, another genome assembly, or no variant at all.
    """
    text = _piped() if str(path) == "-" else _text(Path(path))
    where = "standard input" if str(path) == "-" else str(path)
    if text.startswith("#CHROM\tPOS"):
        text = f"##fileformat=VCFv4.2\n{text}"
    if text.startswith("##fileformat=VCF"):
        given, notes = _vcf(text, target, where)
    else:
        given, notes = _lines(text, where, column), ()
    if not given:
        raise ContentError("no variant of this target", where=where, found="; ".join(notes) or None)
    return given, notes


def _text(path: Path) -> str:
    if not path.is_file():
        raise UsageError("no such file", where=str(path))
    try:
        return read_text(path)
    except OSError as error:
        raise ContentError(f"cannot be read ({error.strerror})", where=str(path)) from None


def _piped() -> str:
    """The standard input as text, plain or gzip."""
    import gzip
    import zlib

    content = sys.stdin.buffer.read()
    try:
        return (gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content).decode("utf-8-sig")
    except (UnicodeDecodeError, EOFError, OSError, zlib.error):
        raise ContentError("not text", where="standard input") from None


def _lines(text: str, where: str, column: str | None) -> list[Given]:
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip() and not _is_comment(line)]
    if not lines:
        return []
    mark = "\t" if "\t" in lines[0][1] else ","
    header = [_plain(name) for name in next(csv.reader([lines[0][1]], delimiter=mark))]
    wanted = [name for name in ((_plain(column),) if column else COLUMNS) if name in header]
    if not wanted and column is None and mark not in lines[0][1]:
        plain = [(number, line.partition(" #")[0].strip()) for number, line in lines]
        return [Given(number, line, line) for number, line in plain]
    if not wanted:
        raise UsageError(
            f"no column {column!r}" if column else "no column of variants", where=where, found=", ".join(header),
            expected=None if column else ", ".join(COLUMNS), advice=None if column else "name it with --column",
        )  # fmt: skip
    return list(_table(text, lines[0][0], mark, wanted, where))


def _is_comment(line: str) -> bool:
    """Whether a line begins with ``#`` and is not the header of a table."""
    return line.startswith("#") and not any(_plain(name) in COLUMNS for name in line.split("\t")[1:])


def _table(text: str, header: int, mark: str, wanted: Sequence[str], where: str) -> Iterator[Given]:
    """Rows of a table whose header is on that line; of several columns of variants the first that is filled counts."""
    rows = csv.reader(io.StringIO("\n".join(text.splitlines()[header - 1 :])), delimiter=mark)
    names = [name.strip().lstrip("#") for name in next(rows)]
    if len(set(names)) < len(names):
        raise ContentError("two columns have the same name", where=where)
    plain = [_plain(name) for name in names]
    places = [plain.index(name) for name in wanted]
    genes = [plain.index(name) for name in GENES if name in plain]
    line = header
    for row in rows:
        number, line = line + 1, header - 1 + rows.line_num
        if not any(cell.strip() for cell in row) or row[0].startswith("#"):
            continue
        if len(row) != len(names):
            raise ContentError(
                "a row of another length than the header", where=f"{where}, line {number}", expected=f"{len(names)}"
            )
        variant = next((row[at].strip() for at in places if row[at].strip() not in ("", ".", "-")), "")
        gene = next((row[at].strip() for at in genes if row[at].strip() and not row[at].startswith("ENS")), "")
        beside = {name: value for index, (name, value) in enumerate(zip(names, row, strict=True)) if index != places[0]}
        yield Given(number, variant, variant, gene, beside=beside)


def _plain(name: str | None) -> str:
    return re.sub(r"\s+", "_", (name or "").strip().lstrip("#").lower())


def listed(variants: Iterable[Any]) -> list[Given]:
    """Variants of a list in Python."""
    return [Given(number, str(text), str(text)) for number, text in enumerate(variants, 1)]


def framed(frame: Any, column: str | None = None) -> list[Given]:
    """Variants of a DataFrame, its other columns kept."""
    if not any(_plain(str(name)) in ((_plain(column),) if column else COLUMNS) for name in frame.columns):
        raise UsageError(
            f"no column {column!r}" if column else "no column of variants", where="the DataFrame",
            found=", ".join(map(str, frame.columns)), advice=None if column else "name it with column=",
        )  # fmt: skip
    return _lines(frame.to_csv(index=False, sep="\t"), "the DataFrame", column)


def _vcf(text: str, target: Target, where: str) -> tuple[list[Given], tuple[str, ...]]:
    import vcfpy

    head = [line for line in text.splitlines() if line.startswith("##")]
    _refuse_other_assembly(head, target, where)
    given: list[Given] = []
    elsewhere = overlapped = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # fields that the header does not declare
        try:
            stream: Any = io.StringIO(text)
            reader = vcfpy.Reader.from_stream(stream)
            for number, record in enumerate(reader, len(head) + 2):
                found = list(_record(record, reader, number, target))
                given += [item for item in found if item.beside["alt"] != "*"]
                overlapped += sum(item.beside["alt"] == "*" for item in found)
                elsewhere += not found
        except (vcfpy.exceptions.VCFPyException, ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
            raise ContentError(f"no readable VCF: {' '.join(str(error).split())}", where=where) from None
    told = [
        (elsewhere, "records elsewhere in the genome were left out"),
        (overlapped, "alleles * (deleted by another record) too"),
    ]
    return given, tuple(f"{count} {words}" for count, words in told if count)


def _refuse_other_assembly(head: Sequence[str], target: Target, where: str) -> None:
    """Compare assembly names and lengths of chromosomes in a header with GRCh38, if that is what the target counts in."""
    if "GRCh38" not in {protein.transcript.assembly for protein in target.proteins if protein.transcript}:
        return
    for line in head:
        if not line.startswith(("##reference", "##contig", "##assembly")):
            continue
        said = re.sub(r"md5=\w+", "", line, flags=re.IGNORECASE)
        named = _OTHER_ASSEMBLY.search(said)
        length = re.search(r"ID=(?:chr)?(\w+),.*?length=(\d+)", said)
        found = named[0].strip("_") if named else ""
        if not found and length and int(length[2]) != _LENGTHS.get(length[1], int(length[2])):
            found = f"chromosome {length[1]} of {length[2]} bases"
        if found:
            raise ContentError("another genome assembly", where=where, expected="GRCh38", found=f"{found} in its header")


def _record(record: Any, reader: Any, line: int, target: Target) -> Iterator[Given]:
    """Variants of a record that lie in a gene of the target, one an alternative allele."""
    chromosome = record.CHROM.removeprefix("chr")
    near = [p for p in target.proteins if p.transcript and p.transcript.chromosome == chromosome]
    reach = [(p, [end for exon in p.exons for end in (exon.start, exon.end)]) for p in near]
    protein = next((p for p, ends in reach if min(ends) <= record.POS <= max(ends)), None)
    annotations = list(_annotations(record, reader))
    written = [alternative.serialize() for alternative in record.ALT]
    names = _allele_names(record.REF, written)
    for new in written:
        told = [(p, row) for p, row in _of_target(annotations, target) if row["Allele"].upper() in ("", names[row["by"]][new])]
        if not (told or protein):
            continue
        plain = re.fullmatch("[ACGT]+", new, re.IGNORECASE) and re.fullmatch("[ACGT]+", record.REF, re.IGNORECASE)
        genomic = Genomic(chromosome, record.POS, record.REF.upper(), new.upper()) if plain else None
        change = next((row["HGVSp"].rpartition(":")[2] for _, row in told if row["HGVSp"]), "")
        owner = told[0][0] if told else protein
        beside = {"chrom": record.CHROM, "pos": str(record.POS), "id": ";".join(record.ID), "ref": record.REF, "alt": new}
        text = f"{chromosome}-{record.POS}-{record.REF}-{new}"
        yield Given(line, text, change or ("" if genomic else text), owner.name if owner else "", genomic, beside)


def _annotations(record: Any, reader: Any) -> Iterator[dict[str, str]]:
    """Annotations of VEP (CSQ, its columns named in the header) and SnpEff (ANN); ``by`` says whose."""
    for key in ("CSQ", "ANN"):
        rows: Any = record.INFO.get(key)
        names: Sequence[str] = _ANN
        if key == "CSQ" and rows:
            described = str(reader.header.get_info_field_info("CSQ").description)
            names = described.partition("Format:")[2].strip().strip('"').split("|")
        for row in rows if isinstance(rows, list) else [rows] if isinstance(rows, str) else []:
            cells = dict(zip((name.strip() for name in names), row.split("|"), strict=False))
            yield {"Allele": "", "Feature": "", "HGVSp": ""} | cells | {"by": key}


def _of_target(annotations: Iterable[dict[str, str]], target: Target) -> Iterator[tuple[Any, dict[str, str]]]:
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
