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
from axlstruct.nucleotides import Genomic
from axlstruct.sources.content import read_text
from axlstruct.target import Target
from axlstruct.variants import Given

COLUMNS = (
    "variant", "hgvsp", "hgvs_p", "hgvs.p", "protein_change", "hgvsp_short", "aachange", "aa_change", "amino_acid_change",
    "aa_mutation", "mutation", "hgvs", "hgvsc", "hgvs_c",
)  # fmt: skip
"""Names of a column of variants in the order in which they are looked for, whatever the case, blanks as underscores."""
GENES = ("hugo_symbol", "gene", "symbol", "gene_symbol", "gene_name")
"""Names of a column that says which gene a row is of."""
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
    text = sys.stdin.read() if str(path) == "-" else _text(Path(path))
    where = "standard input" if str(path) == "-" else str(path)
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


def _lines(text: str, where: str, column: str | None) -> list[Given]:
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        return []
    mark = "\t" if "\t" in lines[0][1] else ","
    header = [_plain(name) for name in next(csv.reader([lines[0][1]], delimiter=mark))]
    wanted = next((name for name in ((_plain(column),) if column else COLUMNS) if name in header), None)
    if wanted is None and column is None and mark not in lines[0][1]:
        return [Given(number, line.strip(), line.strip()) for number, line in lines]
    if wanted is None:
        raise UsageError(
            f"no column {column!r}" if column else "no column of variants", where=where, found=", ".join(header),
            expected=None if column else ", ".join(COLUMNS), advice=None if column else "name it with --column",
        )  # fmt: skip
    return list(_table(lines, mark, wanted, where))


def _table(lines: Sequence[tuple[int, str]], mark: str, wanted: str, where: str) -> Iterator[Given]:
    rows = csv.reader((line for _, line in lines), delimiter=mark)
    names = [name.strip() for name in next(rows)]
    if len(set(names)) < len(names):
        raise ContentError("two columns have the same name", where=where)
    plain = [_plain(name) for name in names]
    at = plain.index(wanted)
    gene = next((plain.index(name) for name in GENES if name in plain), None)
    for (number, _), row in zip(lines[1:], rows, strict=True):
        if len(row) != len(names):
            raise ContentError(
                "a row of another length than the header", where=f"{where}, line {number}", expected=f"{len(names)}"
            )
        beside = {name: value for index, (name, value) in enumerate(zip(names, row, strict=True)) if index != at}
        yield Given(number, row[at].strip(), row[at].strip(), row[gene].strip() if gene is not None else "", beside=beside)


def _plain(name: str | None) -> str:
    return re.sub(r"\s+", "_", (name or "").strip().lower())


def listed(variants: Iterable[Any]) -> list[Given]:
    """Variants of a list in Python."""
    return [Given(number, str(text), str(text)) for number, text in enumerate(variants, 1)]


def framed(frame: Any, column: str | None = None) -> list[Given]:
    """Variants of a DataFrame, its other columns kept."""
    return _lines(frame.to_csv(index=False, sep="\t"), "the DataFrame", column)


def _vcf(text: str, target: Target, where: str) -> tuple[list[Given], tuple[str, ...]]:
    import vcfpy

    head = [line for line in text.splitlines() if line.startswith("##")]
    _refuse_other_assembly(head, target, where)
    given: list[Given] = []
    elsewhere = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # fields that the header does not declare
        try:
            stream: Any = io.StringIO(text)
            reader = vcfpy.Reader.from_stream(stream)
            for number, record in enumerate(reader, len(head) + 2):
                found = list(_record(record, reader, number, target))
                given += found
                elsewhere += not found
        except (vcfpy.exceptions.VCFPyException, ValueError, KeyError, IndexError) as error:
            raise ContentError(f"no readable VCF: {' '.join(str(error).split())}", where=where) from None
    return given, ((f"{elsewhere} records elsewhere in the genome were left out",) if elsewhere else ())


def _refuse_other_assembly(head: Sequence[str], target: Target, where: str) -> None:
    wanted = {protein.transcript.assembly for protein in target.proteins if protein.transcript}
    said = " ".join(line for line in head if line.startswith(("##reference", "##contig", "##assembly")))
    if "GRCh38" in wanted and re.search(r"GRCh37|hg19|b37|hs37", said, re.IGNORECASE):
        raise ContentError("another genome assembly", where=where, expected="GRCh38", found="GRCh37 in its header")


def _record(record: Any, reader: Any, line: int, target: Target) -> Iterator[Given]:
    """Variants of a record that lie in a gene of the target, one an alternative allele."""
    chromosome = record.CHROM.removeprefix("chr")
    near = [p for p in target.proteins if p.transcript and p.transcript.chromosome == chromosome]
    reach = [(p, [end for exon in p.exons for end in (exon.start, exon.end)]) for p in near]
    protein = next((p for p, ends in reach if min(ends) <= record.POS <= max(ends)), None)
    annotations = list(_annotations(record, reader))
    for alternative in record.ALT:
        new = alternative.value if alternative.type != "SYMBOLIC" else ""
        told = [(p, row["HGVSp"]) for p, row in _of_target(annotations, target) if _same_allele(row["Allele"], record.REF, new)]
        if not (told or protein):
            continue
        plain = re.fullmatch("[ACGT]+", new, re.IGNORECASE) and re.fullmatch("[ACGT]+", record.REF, re.IGNORECASE)
        genomic = Genomic(chromosome, record.POS, record.REF.upper(), new.upper()) if plain else None
        change = next((text.rpartition(":")[2] for _, text in told if text), "")
        owner = told[0][0] if told else protein
        beside = {"chrom": record.CHROM, "pos": str(record.POS), "id": ";".join(record.ID), "ref": record.REF, "alt": new}
        text = f"{chromosome}-{record.POS}-{record.REF}-{new or alternative.value}"
        yield Given(line, text, change or ("" if genomic else text), owner.name if owner else "", genomic, beside)


def _annotations(record: Any, reader: Any) -> Iterator[dict[str, str]]:
    """Annotations of VEP (CSQ, its columns named in the header) and SnpEff (ANN)."""
    for key in ("CSQ", "ANN"):
        rows: Any = record.INFO.get(key) or []
        if rows and key == "CSQ":
            described = str(reader.header.get_info_field_info("CSQ").description)
            names: Sequence[str] = described.partition("Format:")[2].strip().strip('"').split("|")
        else:
            names = _ANN
        for row in rows if isinstance(rows, list) else [rows]:
            yield {"Allele": "", "Feature": "", "HGVSp": ""} | dict(
                zip((name.strip() for name in names), row.split("|"), strict=False)
            )


def _of_target(annotations: Iterable[dict[str, str]], target: Target) -> Iterator[tuple[Any, dict[str, str]]]:
    """Annotations by the very transcripts of the target; numbers of others mean other residues."""
    for row in annotations:
        for protein in target.proteins:
            if protein.transcript and row["Feature"].partition(".")[0] == protein.transcript.id.partition(".")[0]:
                yield protein, row


def _same_allele(allele: str, old: str, new: str) -> bool:
    """Whether an annotation speaks of an allele: VEP leaves out a shared first base and writes ``-`` for nothing."""
    shared = bool(old and new and old[0] == new[0] and len(old) != len(new))
    return allele.upper() in ("", new.upper(), (new[1:] or "-").upper() if shared else new.upper())
