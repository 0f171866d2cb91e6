"""``axlstruct fetch`` end to end against a local server: real structures, refusals, and what differs from what ships."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from replay import HTML, Act, Replay
from shared_files import mirror

import axlstruct
from axlstruct.errors import ContentError, SourceError
from axlstruct.study.facade import Study
from axlstruct.study.run import compare_all, fetch_all

RCSB = "/files.rcsb.org/download/2C5D.cif.gz"
UNIPROT = "/rest.uniprot.org/uniprotkb/{}.json"
ENSEMBL = "/rest.ensembl.org/lookup/id/ENST00000301178?expand=1;content-type=application/json"
ALPHAFOLD = "/alphafold.ebi.ac.uk/api/prediction/P30530"


@pytest.fixture
def server() -> Iterator[Replay]:
    with Replay() as replay:
        yield replay


@pytest.fixture
def online(server: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """AXL with an empty cache, no mirror, and the replay server for all servers."""
    monkeypatch.setenv("AXLSTRUCT_GATEWAY", server.url)
    return axlstruct.load("axl", cache=tmp_path / "cache", mirror=[])


def files(study: Study) -> list[str]:
    root = Path(study.session.cache.root)
    return sorted(path.name for path in root.iterdir() if path.is_file()) if root.is_dir() else []


def test_a_structure_comes_once_and_then_from_the_cache(online: Study, server: Replay) -> None:
    server.on(RCSB, Act(gzip.compress(mirror("2c5d.cif").read_bytes()), headers={"ETag": '"7"'}))
    table, _, missing, blocking = fetch_all(online.session, ["2C5D"])
    assert (len(table), missing, blocking) == (1, {}, False)
    assert (table.rows[0].origin, table.rows[0].source) == ("server", "https:/" + RCSB)
    assert files(online) == ["2c5d.cif.gz", "2c5d.cif.gz.json"]
    again = axlstruct.load("axl", cache=online.session.cache.root, mirror=[])
    assert len(again.contacts("pdb_00002c5d")) == 119
    assert server.counts[RCSB] == 1
    assert all(agent.startswith("axlstruct/") for agent in server.agents)


def packed(name: str) -> bytes:
    return gzip.compress(mirror(name).read_bytes())


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (lambda: packed("4ra0.cif"), "another entry"),
        (lambda: gzip.compress(mirror("2c5d.cif").read_bytes()[:-300_000].rpartition(b"\n")[0] + b"\n"), "truncated"),
        (lambda: packed("2c5d.cif")[:-20], "gzip"),
        (lambda: HTML.body, "web page"),
        (lambda: gzip.compress(mirror("1igy.cif").read_bytes().replace(b"1IGY", b"2C5D")), "no chain is AXL"),
    ],
    ids=["another-entry", "cut", "cut-gzip", "html", "right-name-wrong-sequence"],
)
def test_what_is_wrong_never_enters_the_cache(online: Study, server: Replay, body: Callable[[], bytes], words: str) -> None:
    server.on(RCSB, Act(body()))
    with pytest.raises(SourceError, match=words):
        online.session.library.get("2C5D")
    assert files(online) == []


def test_a_wrong_file_on_one_server_is_made_good_by_the_next(online: Study, server: Replay) -> None:
    server.on(RCSB, HTML)
    server.on("/www.ebi.ac.uk/pdbe/entry-files/download/2c5d_updated.cif", Act(mirror("2c5d.cif").read_bytes()))
    assert "pdbe" in online.session.library.get("2C5D").provenance.url


def test_alphafold_takes_the_address_that_the_api_names(online: Study, server: Replay) -> None:
    models = [
        {
            "uniprotAccession": "P30530-2",
            "modelEntityId": "AF-P30530-2-F1",
            "cifUrl": "https://alphafold.ebi.ac.uk/files/two.cif",
        },
        {"uniprotAccession": "P30530", "modelEntityId": "AF-P30530-F1", "cifUrl": "https://alphafold.ebi.ac.uk/files/one.cif"},
    ]
    server.on(ALPHAFOLD, Act(json.dumps(models).encode()))
    server.on("/alphafold.ebi.ac.uk/files/one.cif", Act(model_cif().encode()))
    held = online.session.library.get("AF-P30530")
    assert held.structure.predicted
    assert [(m.protein.name, m.offset) for m in held.maps] == [("AXL", 0)]
    assert server.counts["/alphafold.ebi.ac.uk/files/two.cif"] == 0


def model_cif() -> str:
    """The AlphaFold model of the mirror as an mmCIF file, which is what the API names."""
    import gemmi

    structure = gemmi.read_structure(str(mirror("AF-P30530-F1.pdb")))
    structure.setup_entities()
    structure.name = "AF-P30530-F1"
    structure.info["_entry.id"] = "AF-P30530-F1"
    document = structure.make_mmcif_document()
    document.sole_block().set_pair("_ma_qa_metric.id", "1")
    text: str = document.as_string()
    return text


def uniprot(study: Study, **changes: Any) -> dict[str, Any]:
    """What UniProt would say of AXL if nothing had changed, but for the changes."""
    kinds = {"domain": "Domain", "signal": "Signal", "glycosylation": "Glycosylation", "disulfide": "Disulfide bond"}
    features = [
        {
            "type": kinds[f.kind],
            "description": f.name,
            "location": {
                "start": {"value": f.span.first, "modifier": "EXACT"},
                "end": {"value": f.span.last, "modifier": "EXACT"},
            },
        }
        for f in study.features
        if f.kind in kinds
    ]
    entry = {
        "entryType": "UniProtKB reviewed (Swiss-Prot)",
        "primaryAccession": "P30530",
        "uniProtkbId": "UFO_HUMAN",
        "entryAudit": {"entryVersion": 1, "sequenceVersion": 1, "lastAnnotationUpdateDate": "2026-06-10"},
        "genes": [{"geneName": {"value": "AXL"}}],
        "sequence": {"value": study.sequence, "length": len(study.sequence)},
        "features": features,
    }
    return entry | changes


def ensembl(study: Study, shift: int = 0) -> dict[str, Any]:
    """What Ensembl would say of the transcript; ``shift`` moves the start of the coding sequence."""
    transcript = study.target.receptor.transcript
    assert transcript is not None
    first, last = transcript.exons[0], transcript.exons[-1]
    assert first.first_base is not None
    assert last.first_base is not None
    assert last.coding is not None
    return {
        "id": transcript.id, "object_type": "Transcript", "strand": 1, "seq_region_name": "19", "assembly_name": "GRCh38",
        "start": first.start, "end": last.end,
        "Exon": [
            {"id": f"E{e.number}", "start": e.start, "end": e.end, "strand": 1, "assembly_name": "GRCh38"}
            for e in transcript.exons
        ],
        "Translation": {
            "id": "ENSP", "start": first.first_base + shift, "end": last.first_base + len(last.coding) + 2 + shift, "length": 894,
        },
    }  # fmt: skip


def differences(study: Study, server: Replay, entry: dict[str, Any], transcript: dict[str, Any]) -> list[str]:
    server.on(UNIPROT.format("P30530"), Act(json.dumps(entry).encode(), headers={"X-UniProt-Release": "2026_04"}))
    server.on(ENSEMBL, Act(json.dumps(transcript).encode()))
    _, lines, _ = compare_all(study.session)
    return lines


def test_nothing_differs_from_what_ships(online: Study, server: Replay) -> None:
    assert differences(online, server, uniprot(online), ensembl(online)) == []


def test_each_difference_is_named(online: Study, server: Replay) -> None:
    letters = online.sequence[:100] + "W" + online.sequence[101:]
    entry = uniprot(online, sequence={"value": letters, "length": len(letters)})
    entry["features"][1]["location"]["end"]["value"] += 1
    lines = differences(online, server, entry, ensembl(online))
    assert any("Q101W" in line and "2026_04" in line for line in lines)
    assert any("domain 'Ig-like C2-type 1' 27-128 is not in UniProt" in line for line in lines)
    assert any("domain 'Ig-like C2-type 1' 27-129 is new in UniProt" in line for line in lines)


def test_a_moved_exon_is_named(online: Study, server: Replay) -> None:
    moved = ensembl(online)
    moved["Exon"][4]["start"] -= 3
    moved["Exon"][5]["start"] += 3
    lines = differences(online, server, uniprot(online), moved)
    assert any("coding exon 5: residues 196-222" in line for line in lines)


def test_what_cannot_be_asked_is_missing_not_equal(online: Study) -> None:
    _, lines, missing = compare_all(online.session)
    assert lines == []
    assert {"UniProt P30530", "exons of AXL", "UniProt Q14393", "exons of GAS6"} == set(missing)


def test_a_second_target_from_names_alone(server: Replay, tmp_path: Path) -> None:
    """Sequence, features and exons come out of a mirror of two JSON files; the ligand's cannot be had and is the error."""
    letters = "MSTVEYTIRVKNGE"

    def exact(place: int) -> dict[str, object]:
        return {"value": place, "modifier": "EXACT"}

    entry = {
        "entryType": "UniProtKB reviewed (Swiss-Prot)", "primaryAccession": "P99998", "uniProtkbId": "TOYR_HUMAN",
        "entryAudit": {"entryVersion": 1, "sequenceVersion": 1, "lastAnnotationUpdateDate": "2026-06-10"},
        "sequence": {"value": letters, "length": len(letters)},
        "features": [{"type": "Domain", "description": "Strand", "location": {"start": exact(2), "end": exact(12)}}],
    }  # fmt: skip
    transcript = {
        "id": "ENST00000999999", "object_type": "Transcript", "strand": -1, "seq_region_name": "1", "assembly_name": "GRCh38",
        "Exon": [{"start": 1000, "end": 1019, "strand": -1}, {"start": 900, "end": 930, "strand": -1}],
        "Translation": {"start": 903, "end": 1016, "length": 14},
    }  # fmt: skip
    transcript["Translation"] = {"start": 930 - (45 - 17) + 1, "end": 1016, "length": 14}
    folder = tmp_path / "mirror"
    folder.mkdir()
    (folder / "P99998.json").write_text(json.dumps(entry))
    (folder / "ENST00000999999.json").write_text(json.dumps(transcript))
    toml = (
        'schema = 1\nname = "t"\n[receptor]\nname = "TOYR"\naccession = "P99998"\n[receptor.transcript]\nid = "ENST00000999999"\n'
    )
    (tmp_path / "target.toml").write_text(toml)
    study = axlstruct.load(tmp_path, mirror=folder, offline=True, cache=tmp_path / "cache")
    assert study.sequence == letters
    assert study.where("Y6").exons == (1, 2)
    assert study.target.receptor.domain(6) == "Strand"
    (tmp_path / "target.toml").write_text(toml + '[ligand]\nname = "L"\naccession = "P99999"\n')
    with pytest.raises(SourceError, match="P99999 is not in the cache"):
        axlstruct.load(tmp_path, mirror=folder, offline=True, cache=tmp_path / "cache")


def test_a_content_error_is_a_source_error() -> None:
    assert issubclass(ContentError, SourceError)
