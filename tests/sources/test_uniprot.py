"""UniProt answers in our words, against a stored answer and against the smallest one that shows each case."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from shared_files import payload

from axlstruct.errors import ContentError, ObsoleteError, UsageError
from axlstruct.sequence.features import Feature, Span
from axlstruct.sources.cache import Cache
from axlstruct.sources.resources import isoform_fasta, uniprot_json
from axlstruct.sources.uniprot import UniProtEntry, parse_fasta, parse_uniprot, read_record


@pytest.fixture(scope="module")
def app() -> UniProtEntry:
    return parse_uniprot(json.loads(payload("uniprotkb_P05067.trimmed.json").read_text()), release="2026_04")


def names(entry: UniProtEntry, kind: str) -> list[tuple[str, str]]:
    return [(feature.name, str(feature.span)) for feature in entry.features if feature.kind == kind]


def test_an_entry(app: UniProtEntry) -> None:
    assert (app.accession, app.name, app.gene, len(app.sequence)) == ("P05067", "A4_HUMAN", "APP", 770)
    assert (app.version, app.sequence_version, app.changed) == (319, 3, "2026-06-10")
    assert app.source == "UniProt P05067, entry version 319, release 2026_04"
    assert app.skipped == ()


def test_names_are_uniprots(app: UniProtEntry) -> None:
    assert names(app, "domain") == [("E1", "28-189"), ("BPTI/Kunitz inhibitor", "291-341"), ("E2", "374-565")]
    assert names(app, "region") == [("extracellular", "18-701"), ("cytoplasmic", "723-770"), ("transmembrane", "702-722")]
    assert names(app, "signal") == [("signal peptide", "1-17")]
    assert names(app, "binding") == [("heparin", "96-110"), ("Cu(2+)", "147")]
    assert names(app, "isoform")[0] == ("in isoform 11", "1-19")


def test_every_located_feature_is_taken(app: UniProtEntry) -> None:
    counts = Counter(feature.kind for feature in app.features)
    assert (counts["glycosylation"], counts["disulfide"], counts["motif"], counts["cross-link"]) == (10, 9, 4, 1)
    assert counts["phosphorylation"] + counts["modification"] == 11


def test_letters_stand_where_features_say(app: UniProtEntry) -> None:
    letters = {"Phosphotyrosine": "Y", "Phosphoserine": "S", "Phosphothreonine": "T"}
    for feature in app.features:
        if feature.kind == "phosphorylation":
            assert app.sequence[feature.span.first - 1] == letters[feature.name.partition(";")[0]]
        if feature.kind == "disulfide":
            assert app.sequence[feature.span.first - 1] + app.sequence[feature.span.last - 1] == "CC"
            assert feature.name == f"C{feature.span.first}-C{feature.span.last}"


def record(type: str, start: Any, end: Any, description: str = "", modifier: str = "EXACT", **more: Any) -> dict[str, Any]:
    ends = {"start": {"value": start, "modifier": modifier}, "end": {"value": end, "modifier": "EXACT"}}
    return {"type": type, "description": description, "location": {**ends, **more}}


def entry(*features: dict[str, Any]) -> UniProtEntry:
    return parse_uniprot(
        {"primaryAccession": "P30530", "sequence": {"value": "MAWRCPRMGRVPLAWCLALC"}, "features": list(features)}
    )


@pytest.mark.parametrize(
    ("given", "kind", "name"),
    [
        (record("Domain", 1, 9, "Ig-like C2-type 1"), "domain", "Ig-like C2-type 1"),
        (record("Active site", 3, 3, "Proton acceptor"), "active-site", "Proton acceptor"),
        (record("Region", 1, 9, "Interaction with GAS6"), "interaction", "Interaction with GAS6"),
        (record("Region", 1, 9, "Disordered"), "disordered", "Disordered"),
        (record("Topological domain", 1, 9, "Cytoplasmic"), "region", "cytoplasmic"),
        (record("Topological domain", 1, 9, "Lumenal"), "topology", "lumenal"),
        (record("Transmembrane", 1, 9, "Helical"), "region", "transmembrane"),
        (record("Modified residue", 4, 4, "Phosphotyrosine; by SRC"), "phosphorylation", "Phosphotyrosine; by SRC"),
        (record("Modified residue", 4, 4, "4-carboxyglutamate"), "modification", "4-carboxyglutamate"),
        (record("Disulfide bond", 5, 16), "disulfide", "C5-C16"),
        (record("Disulfide bond", 5, 5, "Interchain"), "disulfide", "Interchain"),
    ],
)  # fmt: skip
def test_words(given: dict[str, Any], kind: str, name: str) -> None:
    (feature,) = entry(given).features
    span = Span(given["location"]["start"]["value"], given["location"]["end"]["value"])
    assert feature == Feature(kind, name, span, "UniProt P30530, entry version 0")


@pytest.mark.parametrize(
    "place",
    [
        record("Domain", None, 9, "D", "UNKNOWN"),
        record("Domain", 1, 9, "D", "OUTSIDE"),
        record("Domain", 1, None, "D"),
        record("Domain", 9, 1, "D"),
        record("Domain", 0, 9, "D"),
        record("Domain", 1, 21, "D"),
        record("Domain", 1, 9, "D", sequence="P30530-2"),
        {"type": "Domain", "description": "D"},
    ],
)
def test_a_place_is_never_guessed(place: dict[str, Any]) -> None:
    found = entry(place, record("Domain", 1, 20, "whole"))
    assert [feature.name for feature in found.features] == ["whole"]
    assert found.skipped == ("Domain D",)


def test_what_no_table_asks_for_is_left_out() -> None:
    assert entry(record("Helix", 1, 5), record("Natural variant", 3, 3), record("Chain", 1, 20)).features == ()


def test_an_inactive_entry_names_its_heirs() -> None:
    reason = {"inactiveReasonType": "MERGED", "mergeDemergeTo": ["P30530"]}
    with pytest.raises(ObsoleteError, match="Q00001: the UniProt entry was merged; ask for P30530 instead"):
        parse_uniprot({"primaryAccession": "Q00001", "entryType": "Inactive", "inactiveReason": reason})
    with pytest.raises(ObsoleteError, match=r"was deleted$"):
        parse_uniprot({"primaryAccession": "Q00001", "inactiveReason": {"inactiveReasonType": "DELETED"}})


@pytest.mark.parametrize(
    "answer",
    [[], None, {}, {"messages": ["no"]}, {"primaryAccession": "P1"}, {"primaryAccession": "P1", "sequence": {"value": ""}}],
)
def test_what_is_no_entry(answer: Any) -> None:
    with pytest.raises(ContentError):
        parse_uniprot(answer)


def test_fasta() -> None:
    assert parse_fasta(">sp|P30530-2|UFO_HUMAN Isoform Short\r\nMAWR\r\nCP\r\n") == ("P30530-2", "MAWRCP")
    assert parse_fasta(">P30530\nmawr") == ("P30530", "MAWR")
    for text in ("", ">P30530\n", "MAWR", ">sp|A|B\nMAWR\n>sp|C|D\nMAWR", ">sp|A|B\nMA1R", "<html>"):
        with pytest.raises(ContentError):
            parse_fasta(text)


def test_files_of_a_mirror_are_judged(tmp_path: Path) -> None:
    """The entry asked for is taken, another one under its name is not, nor an isoform under the canonical's."""
    lab, cache = tmp_path / "lab", tmp_path / "cache"
    lab.mkdir()
    body = payload("uniprotkb_P05067.trimmed.json").read_bytes()
    for name in ("P05067.json", "P30530.json"):
        (lab / name).write_bytes(body)
    (lab / "P30530-2.fasta").write_text(">sp|P30530-2|UFO_HUMAN\nMAWR\n")
    (lab / "Q06418.fasta").write_text(">sp|Q06418-2|TYRO3_HUMAN\nMALR\n")
    door = Cache(cache, (lab,), offline=True)
    assert read_record(door.get(uniprot_json("p05067"))).accession == "P05067"
    assert parse_fasta(door.get(isoform_fasta("P30530-2")).path.read_text()) == ("P30530-2", "MAWR")
    with pytest.raises(Exception, match=r"another entry .expected P30530, found P05067"):
        door.get(uniprot_json("P30530"))
    with pytest.raises(Exception, match=r"another sequence .expected Q06418, found Q06418-2"):
        door.get(isoform_fasta("Q06418"))


def test_an_isoform_has_no_json_of_its_own() -> None:
    with pytest.raises(UsageError, match="ask for P30530 instead"):
        uniprot_json("P30530-2")
    with pytest.raises(UsageError, match="no UniProt accession"):
        isoform_fasta("../../etc/passwd")
