"""Variants from files: a list, a table with a column of variants, or a VCF with or without annotation."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from axlstruct.errors import ContentError, UsageError
from axlstruct.sequence.chromosomes import chromosome
from axlstruct.sequence.target import Target
from axlstruct.sources import content
from axlstruct.sources.content import read_text
from axlstruct.sources.vcf import read_vcf
from axlstruct.variants.nucleotides import Genomic
from axlstruct.variants.rows import Given

COLUMNS = (
    "variant", "hgvsp", "hgvs_p", "hgvs.p", "protein_change", "hgvsp_short", "aachange", "aa_change", "amino_acid_change",
    "aa_mutation", "mutation", "hgvs", "hgvsc", "hgvs_c",
)  # fmt: skip
"""Names of a column of variants in the order in which they are looked for, whatever the case, blanks as underscores."""
GENES = ("hugo_symbol", "symbol", "gene_symbol", "gene_name", "gene")
"""Names of a column that says which gene a row is of; Ensembl ids are passed over."""
TRANSCRIPTS = ("feature", "transcript_id", "transcript")
"""Names of a column that says by which Ensembl transcript a row is annotated: numbers of another mean other residues."""
_BASES = ("chromosome", "start_position", "reference_allele", "tumor_seq_allele2", "ncbi_build")
"""Columns of a mutation annotation file (MAF) that give the change by its bases."""


def read_variants(path: str | Path, target: Target, column: str | None = None) -> tuple[list[Given], tuple[str, ...]]:
    """Read variants of a file, or of the standard input for ``-``.

    Parameters
    ----------
    path : path
        VCF (plain or gzip), a table with a header (tabs, commas or semicolons), or one variant a line; ``#`` begins a comment.
    target : Target
        Says which annotations of a VCF or a table are of its transcripts.
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
        given, notes = read_vcf(text, target, where)
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

    piped = sys.stdin.buffer.read(content.MAX_BYTES + 1)
    packed = piped.startswith(b"\x1f\x8b")
    try:
        text = gzip.GzipFile(fileobj=io.BytesIO(piped)).read(content.MAX_TEXT + 1) if packed else piped
        if len(piped) > content.MAX_BYTES or len(text) > content.MAX_TEXT:
            raise ContentError("larger than allowed", where="standard input", expected=f"at most {content.MAX_TEXT} bytes")
        return text.decode("utf-8-sig")
    except (UnicodeDecodeError, EOFError, OSError, zlib.error):
        raise ContentError("not text", where="standard input") from None


def _lines(text: str, where: str, column: str | None) -> list[Given]:
    """Variants of a list or a table; raises ContentError where a cell is longer than the csv reader takes (131,072 letters)."""
    try:
        return _listed_or_tabled(text, where, column)
    except csv.Error as error:
        raise ContentError(f"no readable table: {error}", where=where) from None


def _listed_or_tabled(text: str, where: str, column: str | None) -> list[Given]:
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip() and not _is_comment(line)]
    if not lines:
        return []
    first = lines[0][1]
    marks = [mark for mark in "\t,;" if mark in first] or [","]
    headers = {mark: [_plain(name) for name in next(csv.reader([first], delimiter=mark))] for mark in marks}
    named = (_plain(column),) if column else COLUMNS
    mark = next((mark for mark, header in headers.items() if any(name in header for name in named)), marks[0])
    wanted = [name for name in named if name in headers[mark]]
    if not wanted and column is None and mark not in first.replace(";", ""):
        plain = [(number, line.partition(" #")[0].strip()) for number, line in lines]
        return [Given(number, line, line) for number, line in plain]
    if not wanted:
        raise UsageError(
            f"no column {column!r}" if column else "no column of variants", where=where, found=", ".join(headers[mark]),
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
        cells = dict(zip(plain, (cell.strip() for cell in row), strict=True))
        beside = {name: value for index, (name, value) in enumerate(zip(names, row, strict=True)) if index != places[0]}
        transcript = next((cells[name] for name in TRANSCRIPTS if cells.get(name, "").upper().startswith("ENST")), "")
        genomic = _of_bases(cells) if transcript else None
        yield Given(number, variant, variant, gene, genomic, beside, transcript=transcript)


def _of_bases(cells: Mapping[str, str]) -> Genomic | None:
    """The change by its bases, as a mutation annotation file gives it in GRCh38; None where it does not."""
    name, start, old, new, build = (cells.get(column, "") for column in _BASES)
    if build.lower() not in ("grch38", "hg38", "38") or not re.fullmatch(r"\d{1,9}", start) or old == new:
        return None
    if not all(re.fullmatch("[ACGT]+|-", allele, re.IGNORECASE) for allele in (old, new)):
        return None
    old, new = (allele.upper().strip("-") for allele in (old, new))
    return Genomic(chromosome(name), int(start) + (not old), old, new)  # an insertion stands behind its start


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
