"""Exons of a transcript, from Ensembl or, coding parts only, from the EBI Proteins API."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from axlstruct.errors import ContentError, NotFoundError
from axlstruct.sequence.exons import Transcript
from axlstruct.sources.cache import Fetched
from axlstruct.sources.content import read_json
from axlstruct.sources.servers import stable_id

CODING_ONLY = "made of coding intervals only: exon numbers count coding exons, and untranslated parts are missing"


def parse_lookup(
    answer: Any, *, transcript: str | None = None, residues: int | None = None, assembly: str = "GRCh38"
) -> Transcript:
    """Read an answer of ``lookup/id/...?expand=1`` for a transcript, or for a gene of which one transcript is taken.

    Parameters
    ----------
    answer : dict
    transcript : str, optional
        Transcript asked for, with or without version; of a gene without it the canonical one is taken.
    residues : int, optional
        Length that the protein must have.
    assembly : str
        Genome assembly that the coordinates must count in.

    Returns
    -------
    Transcript
        Genomic coordinates 1-based, exons in the direction of transcription, the stop codon left out.

    Raises
    ------
    NotFoundError
        Where the server does not know the id, or the gene has no such transcript.
    ContentError
        Another assembly or length, no protein, or coding bases that do not fit the protein.
    """
    if isinstance(answer, dict) and answer.get("error"):
        raise NotFoundError(f"Ensembl: {answer['error']}", where=transcript)
    if not isinstance(answer, dict) or not isinstance(answer.get("id"), str):
        raise ContentError("not an answer of the Ensembl lookup", where=transcript)
    record, note = _choose(answer, transcript)
    id, where = record["id"], f"transcript {record['id']}"
    if record.get("assembly_name") != assembly:
        raise ContentError("another genome assembly", where=where, expected=assembly, found=str(record.get("assembly_name")))
    translation = record.get("Translation")
    if not isinstance(translation, dict):
        raise ContentError("not coding: it has no translation", where=where)
    try:
        strand, length = int(record["strand"]), int(translation["length"])
        first, last = int(translation["start"]), int(translation["end"])
        exons = sorted(((int(exon["start"]), int(exon["end"])) for exon in record["Exon"]), reverse=strand == -1)
    except (KeyError, TypeError, ValueError) as error:
        raise ContentError(f"incomplete answer ({error!r})", where=where, advice="ask with expand=1") from error
    if residues is not None and residues != length:
        raise ContentError("codes another protein", where=where, expected=f"{residues} residues", found=f"{length}")
    coding = sum(max(0, min(end, last) - max(start, first) + 1) for start, end in exons)
    if coding not in (3 * length + 3, 3 * length):
        raise ContentError(
            "coding bases do not fit the protein",
            where=where,
            expected=f"{3 * length} and a stop codon",
            found=f"{coding} bases",
            advice="the coding sequence may be incomplete at one end; choose another transcript",
        )
    version = record.get("version")
    asked = (transcript or "").partition(".")[2]
    if asked and version is not None and asked != str(version):
        note = f"asked for version {asked}, answered with version {version}"
    return Transcript.build(
        f"{id}.{version}" if version is not None else id,
        str(record.get("seq_region_name", "")),
        assembly,
        strand,
        exons,
        cds_start=_cds_start(exons, strand, first if strand == 1 else last, where),
        residues=length,
        source="Ensembl REST lookup",
        note=note,
    )


def read_lookup(fetched: Fetched, *, residues: int | None = None, assembly: str = "GRCh38") -> Transcript:
    """:func:`parse_lookup` of a fetched ``transcript_resource``, citing where and when it was had."""
    found = parse_lookup(read_json(fetched.path), transcript=fetched.provenance.name, residues=residues, assembly=assembly)
    return replace(found, source=f"{found.source}, {fetched.provenance.cited}")


def _choose(answer: dict[str, Any], transcript: str | None) -> tuple[dict[str, Any], str]:
    wanted = stable_id(transcript) if transcript else None
    if "Transcript" not in answer:
        if wanted not in (None, answer["id"]):
            raise ContentError("another transcript", expected=wanted, found=answer["id"])
        return answer, ""
    inside: list[dict[str, Any]] = answer["Transcript"]
    if wanted:
        for record in inside:
            if record["id"] == wanted:
                return record, ""
        raise NotFoundError(f"no transcript {wanted}", where=answer["id"], found=", ".join(record["id"] for record in inside))
    for record in inside:
        if record.get("is_canonical"):
            return record, f"the canonical transcript of {answer['id']}"
    raise NotFoundError("no canonical transcript", where=answer["id"], advice="name the transcript")


def _cds_start(exons: list[tuple[int, int]], strand: int, base: int, where: str) -> int:
    """1-based nucleotide of the transcript that is a genomic base."""
    before = 0
    for start, end in exons:
        if start <= base <= end:
            return before + (base - start if strand == 1 else end - base) + 1
        before += end - start + 1
    raise ContentError("the translation begins outside the exons", where=where, found=str(base))


def parse_coordinates(answer: Any, accession: str, *, transcript: str | None = None) -> Transcript:
    """Read an answer of the EBI Proteins API ``coordinates``, which knows coding intervals only.

    Parameters
    ----------
    answer : list of dict or dict
    accession : str
        UniProt accession as listed (with isoform where the API lists isoforms).
    transcript : str, optional
        Ensembl id asked for; without it the first transcript whose coding bases fit the sequence is taken.

    Returns
    -------
    Transcript
        Its exons are numbered along the coding sequence, as its note says.

    Raises
    ------
    NotFoundError
        Where accession or transcript are not listed.
    ContentError
        Where no listed transcript fits the sequence.
    """
    listed = [entry for entry in (answer if isinstance(answer, list) else [answer]) if isinstance(entry, dict)]
    entries = [entry for entry in listed if entry.get("accession") == accession]
    if not entries and transcript:
        entries = [entry for entry in listed if str(entry.get("accession")).partition("-")[0] == accession]
    if not entries:
        names = ", ".join(str(entry.get("accession")) for entry in listed) or "nothing"
        raise NotFoundError(f"no genomic coordinates of {accession}", where="EBI Proteins API", found=names)
    wanted = stable_id(transcript) if transcript else None
    misfits: list[str] = []
    for entry in entries:
        residues = len(entry.get("sequence") or "")
        for record in entry.get("gnCoordinate") or ():
            id = str(record.get("ensemblTranscriptId") or accession)
            if wanted and id.partition(".")[0] != wanted:
                continue
            if found := _coded(id, record.get("genomicLocation") or {}, residues):
                return found
            misfits.append(f"{id}, for {residues} residues")
    if wanted and not misfits:
        raise NotFoundError(f"no genomic coordinates of {accession} by transcript {wanted}", where="EBI Proteins API")
    raise ContentError(
        "no transcript whose coding bases fit the sequence",
        where=f"EBI Proteins API, {accession}",
        found="; ".join(misfits) or "no transcript",
    )


def _coded(id: str, location: dict[str, Any], residues: int) -> Transcript | None:
    """A transcript made of coding intervals, None where they do not fit the sequence."""
    strand = -1 if location.get("reverseStrand") else 1
    exons = _intervals(location, strand)
    if not residues or sum(end - start + 1 for start, end in exons) not in (3 * residues, 3 * residues + 3):
        return None
    return Transcript.build(
        id,
        str(location.get("chromosome", "")),
        str(location.get("assemblyName", "")),
        strand,
        exons,
        cds_start=1,
        residues=residues,
        source="EBI Proteins API coordinates",
        note=CODING_ONLY,
    )


def read_coordinates(fetched: Fetched, accession: str, transcript: str | None = None) -> Transcript:
    """:func:`parse_coordinates` of a fetched ``coordinates_resource``, citing where and when it was had."""
    found = parse_coordinates(read_json(fetched.path), accession, transcript=transcript)
    return replace(found, source=f"{found.source}, {fetched.provenance.cited}")


def _intervals(location: dict[str, Any], strand: int) -> list[tuple[int, int]]:
    """Coding intervals in the direction of transcription, each with its lower coordinate first; empty where one has no place."""
    intervals: list[tuple[int, int]] = []
    for exon in location.get("exon") or ():
        place = exon.get("genomeLocation") or {}
        single = (place.get("position") or {}).get("position")
        begin, end = ((place.get(which) or {}).get("position", single) for which in ("begin", "end"))
        if not isinstance(begin, int) or not isinstance(end, int):
            return []
        intervals.append((min(begin, end), max(begin, end)))
    return sorted(intervals, reverse=strand == -1)
