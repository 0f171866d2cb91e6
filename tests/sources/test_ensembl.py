"""Exons from both servers, on both strands, against bases that the literature names."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from shared_files import payload

from axlstruct.errors import ContentError, NotFoundError, SourceError
from axlstruct.sources.cache import Cache
from axlstruct.sources.ensembl import CODING_ONLY, parse_coordinates, parse_lookup, read_coordinates, read_lookup
from axlstruct.sources.resources import coordinates_resource, transcript_resource

BRAF, BRCA2 = "ENST00000646891", "ENST00000380152"


def answer(name: str) -> Any:
    return json.loads(payload(name).read_text())


@pytest.fixture
def braf() -> dict[str, Any]:
    gene: dict[str, Any] = answer("ensembl_lookup_BRAF_canonical_only.trimmed.json")
    return gene


@pytest.fixture
def brca2() -> dict[str, Any]:
    gene: dict[str, Any] = answer("ensembl_lookup_BRCA2_expand.json")
    return gene


def coding(transcript: Any) -> int:
    return sum(len(exon.coding) for exon in transcript.exons if exon.coding)


def test_minus_strand(braf: dict[str, Any]) -> None:
    """V600E is 7:g.140753336A>T, the second base of codon 600, in exon 15 of 18 (GRCh38); the stop codon is left out."""
    found = parse_lookup(braf, transcript=BRAF, residues=766)
    assert (found.id, found.chromosome, found.assembly, found.strand) == (f"{BRAF}.1", "7", "GRCh38", -1)
    assert found.codon(600).genomic == (140753337, 140753336, 140753335)
    assert found.codon(600).exons == (15,)
    assert (found.residues, coding(found), len(found.exons)) == (766, 3 * 766, 18)
    assert found.codon(1).genomic == (140924703, 140924702, 140924701)
    stop = braf["Transcript"][0]["Translation"]["start"]
    assert found.codon(766).genomic == (stop + 5, stop + 4, stop + 3)


def test_plus_strand(brca2: dict[str, Any]) -> None:
    """BRCA2: exon 1 is untranslated, 27 exons; c.5946delT (6174delT) is 13:g.32340301 (GRCh38), in exon 11."""
    found = parse_lookup(brca2, transcript=f"{BRCA2}.7")
    assert (found.strand, found.residues, coding(found), len(found.exons)) == (1, 3418, 3 * 3418, 27)
    assert found.exons[0].coding is None
    assert found.codon(1982).genomic[2] == 32340301
    assert found.codon(1982).exons == (11,)
    assert found.codon(3418).genomic[2] == 32398770 - 3
    assert found.note == ""


def test_order_of_the_answer_does_not_matter(braf: dict[str, Any]) -> None:
    turned = copy.deepcopy(braf)
    turned["Transcript"][0]["Exon"].reverse()
    assert parse_lookup(turned) == parse_lookup(braf)


def test_a_transcript_answer_is_the_transcript_itself(braf: dict[str, Any]) -> None:
    alone = braf["Transcript"][0]
    assert parse_lookup(alone, transcript=BRAF) == parse_lookup(braf, transcript=BRAF)
    with pytest.raises(ContentError, match=f"another transcript .expected {BRCA2}, found {BRAF}"):
        parse_lookup(alone, transcript=BRCA2)


def test_other_versions_and_the_canonical_choice_are_said(brca2: dict[str, Any]) -> None:
    assert parse_lookup(brca2, transcript=f"{BRCA2}.6").note == "asked for version 6, answered with version 7"
    assert parse_lookup(brca2).note == "the canonical transcript of ENSG00000139618"
    with pytest.raises(NotFoundError, match="no transcript ENST00000000001"):
        parse_lookup(brca2, transcript="ENST00000000001")


@pytest.mark.parametrize(
    ("transcript", "words"),
    [("ENST00000530893", "no translation"), ("ENST00000470094", "expected 558 and a stop codon, found 560 bases")],
)
def test_transcripts_without_a_whole_protein(brca2: dict[str, Any], transcript: str, words: str) -> None:
    with pytest.raises(ContentError, match=words):
        parse_lookup(brca2, transcript=transcript)


def test_refusals(braf: dict[str, Any]) -> None:
    with pytest.raises(NotFoundError, match="ID 'X' not found"):
        parse_lookup({"error": "ID 'X' not found"})
    with pytest.raises(ContentError, match="expected 765 residues, found 766"):
        parse_lookup(braf, residues=765)
    with pytest.raises(ContentError, match="expected GRCh37, found GRCh38"):
        parse_lookup(braf, assembly="GRCh37")
    alone = braf["Transcript"][0]
    with pytest.raises(ContentError, match="incomplete answer"):
        parse_lookup({key: value for key, value in alone.items() if key != "Exon"})
    with pytest.raises(ContentError, match="do not fit"):
        parse_lookup({**alone, "Exon": alone["Exon"][:-1]})


@pytest.mark.parametrize("nothing", [[], None, {}, "no"])
def test_what_is_no_answer(nothing: Any) -> None:
    with pytest.raises(ContentError):
        parse_lookup(nothing)


def test_a_stop_codon_that_is_not_there(braf: dict[str, Any]) -> None:
    """Some coding sequences end without one; the protein is the same."""
    alone = copy.deepcopy(braf["Transcript"][0])
    alone["Translation"]["start"] += 3
    assert parse_lookup(alone).exons == parse_lookup(braf).exons


def test_coding_intervals_forward() -> None:
    listed = answer("proteins_api_coordinates_O00560.trimmed.json")
    found = parse_coordinates(listed, "O00560")
    places = [exon["proteinLocation"] for exon in listed[0]["gnCoordinate"][0]["genomicLocation"]["exon"]]
    spans = [(exon.span.first, exon.span.last) for exon in found.exons if exon.span]
    assert spans == [(place["begin"]["position"], place["end"]["position"]) for place in places]
    assert (found.id, found.assembly, found.strand, found.residues) == ("ENST00000413219", "GRCh38", 1, 298)
    assert found.note == CODING_ONLY
    assert found.split_codons == (44, 193, 281)


def test_coding_intervals_reverse_agree_with_every_listed_place() -> None:
    listed = answer("proteins_api_coordinates_P42283_family.json")
    seen = 0
    for entry in listed:
        for gene in entry["gnCoordinate"]:
            found = parse_coordinates(listed, entry["accession"], transcript=gene["ensemblTranscriptId"])
            location = gene["genomicLocation"]
            assert found.strand == (-1 if location["reverseStrand"] else 1)
            for exon, given in zip(found.exons, location["exon"], strict=True):
                place = given["proteinLocation"]
                assert exon.span
                assert (exon.span.first, exon.span.last) == (place["begin"]["position"], place["end"]["position"])
            seen += found.strand == -1
    assert seen > 10


def test_one_residue_and_one_base() -> None:
    """Three residues in two exons, the second with a single residue, whose place is one ``position``."""

    def at(begin: int, end: int) -> dict[str, Any]:
        return {"begin": {"position": begin}, "end": {"position": end}}

    exons = [
        {"proteinLocation": at(1, 2), "genomeLocation": at(109, 104)},
        {"proteinLocation": {"position": {"position": 3}}, "genomeLocation": at(53, 52)},
        {"proteinLocation": {"position": {"position": 3}}, "genomeLocation": {"position": {"position": 20}}},
    ]
    location = {"exon": exons, "chromosome": "1", "reverseStrand": True, "assemblyName": "GRCh38"}
    entry = {
        "accession": "P1",
        "sequence": "MAW",
        "gnCoordinate": [{"genomicLocation": location, "ensemblTranscriptId": "ENST1.2"}],
    }
    found = parse_coordinates(entry, "P1", transcript="ENST1")
    assert [(exon.start, exon.end, str(exon.span)) for exon in found.exons] == [(104, 109, "1-2"), (52, 53, "3"), (20, 20, "3")]
    assert found.codon(3).genomic == (53, 52, 20)
    with pytest.raises(ContentError, match="no transcript whose coding bases fit"):
        parse_coordinates({**entry, "sequence": "MAWW"}, "P1")
    with pytest.raises(NotFoundError, match="by transcript ENST2"):
        parse_coordinates(entry, "P1", transcript="ENST2")
    with pytest.raises(NotFoundError, match="found P1"):
        parse_coordinates(entry, "P2")
    isoform = {**entry, "accession": "P1-2"}
    assert parse_coordinates([isoform], "P1", transcript="ENST1").exons == found.exons
    with pytest.raises(NotFoundError):
        parse_coordinates([isoform], "P1")


def test_files_of_a_mirror_are_judged(tmp_path: Path) -> None:
    lab = tmp_path / "lab"
    lab.mkdir()
    gene = answer("ensembl_lookup_BRCA2_expand.json")
    (lab / f"{BRCA2}.json").write_text(json.dumps(gene["Transcript"][0]))
    (lab / f"{BRAF}.json").write_text(json.dumps(gene["Transcript"][0]))
    (lab / "ENST00000000001.json").write_text('{"error": "ID \'ENST00000000001\' not found"}')
    (lab / "ENST00000000002.json").write_text('[{"id": 1}]')
    (lab / "O00560.coordinates.json").write_bytes(payload("proteins_api_coordinates_O00560.trimmed.json").read_bytes())
    door = Cache(tmp_path / "cache", (lab,), offline=True)
    found = read_lookup(door.get(transcript_resource(f"{BRCA2}.7")))
    assert found.residues == 3418
    assert found.source.startswith(f"Ensembl REST lookup, {lab}")
    assert read_coordinates(door.get(coordinates_resource("O00560")), "O00560").residues == 298
    for name in (BRAF, "ENST00000000001", "ENST00000000002"):
        with pytest.raises(SourceError, match=name):
            door.get(transcript_resource(name))
