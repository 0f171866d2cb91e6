"""One door: cache, mirrors, servers in turn; what enters is whole, what changed is refused, what broke leaves nothing."""

from __future__ import annotations

import errno
import gzip
import json
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from replay import FAILED, HTML, NOT_FOUND, TOO_MANY, Act, Replay, cut
from shared_files import mirror, payload

from axlstruct.errors import (
    AxlstructError,
    CacheError,
    ConnectError,
    ContentError,
    NotFoundError,
    ObsoleteError,
    OfflineError,
    RateLimitError,
    ServerError,
    SourceError,
    UsageError,
)
from axlstruct.sources import folders as places
from axlstruct.sources import servers
from axlstruct.sources import viewer_script as viewer
from axlstruct.sources.cache import Cache, Resource, default_mirrors, default_root
from axlstruct.sources.content import unpacked
from axlstruct.sources.http import RequestLimits
from axlstruct.sources.mirrors import candidates
from axlstruct.sources.resources import alphafold_resource, structure_resource, uniprot_json, viewer_script

TEXT = b"data_2C5D\n" + b"ATOM 1 N\n" * 3000 + b"#\n"
PACKED = gzip.compress(TEXT, mtime=0)
QUICK = RequestLimits(connect=1.0, read=1.0, retries=1, backoff=0.01, retry_after=0.5)
URLS = servers.structure_urls("2C5D")
RCSB, PDBE, WWPDB, NEW, PDBJ = (url.replace("https:/", "") for url in URLS)
REMOVED = "/data.rcsb.org/rest/v1/holdings/removed/2C5D"


@pytest.fixture(autouse=True)
def _direct(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "axlstruct_gateway", "axlstruct_cache", "axlstruct_mirror"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Replay]:
    with Replay() as replay:
        yield replay


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    (tmp_path / "lab").mkdir()
    return tmp_path / "lab"


@pytest.fixture
def door(server: Replay, tmp_path: Path, lab: Path) -> Cache:
    return Cache(tmp_path / "cache", (lab,), gateway=server.url, limits=QUICK)


def is_2c5d(path: Path) -> None:
    if (content := b"".join(unpacked(path))) != TEXT:
        raise ContentError("not 2C5D", where=str(path), expected="data_2C5D", found=repr(content[:9]))


AXL = structure_resource("2C5D", verify=is_2c5d)


def stored(cache: Cache) -> list[str]:
    """Files of a cache apart from locks."""
    return sorted(
        str(path.relative_to(cache.root)) for path in cache.root.rglob("*") if path.is_file() and path.suffix != ".lock"
    )


def test_from_the_server_once_then_from_the_cache(server: Replay, door: Cache) -> None:
    server.on(RCSB, Act(PACKED, headers={"ETag": '"1"', "Last-Modified": "then", "X-UniProt-Release": "2026_04"}))
    first = door.get(AXL)
    assert (first.origin, first.path.name, first.path.read_bytes()) == ("server", "2c5d.cif.gz", PACKED)
    record = first.provenance
    assert (record.name, record.url, record.gateway) == ("2C5D", URLS[0], server.url)
    assert (record.sha256, record.bytes) == (sha256(PACKED).hexdigest(), len(PACKED))
    assert (record.etag, record.last_modified, record.release) == ('"1"', "then", "2026_04")
    assert abs(datetime.now(UTC) - datetime.fromisoformat(record.date)).total_seconds() < 60
    assert json.loads((door.root / "2c5d.cif.gz.json").read_text())["sha256"] == record.sha256
    again = door.get(structure_resource("pdb_00002c5d", verify=is_2c5d))
    assert (again.origin, again.path, again.provenance) == ("cache", first.path, record)
    assert server.count == 1
    assert stored(door) == ["2c5d.cif.gz", "2c5d.cif.gz.json"]


def test_servers_are_asked_in_turn(server: Replay, door: Cache) -> None:
    """A missing file, a login page, a broken body and another entry, then at last the file."""
    server.on(PDBE, HTML)
    server.on(WWPDB, Act(gzip.compress(b"data_1ABC\n#\n")))
    server.on(NEW, cut(PACKED))
    server.on(PDBJ, Act(PACKED))
    assert door.get(AXL).provenance.url == URLS[-1]
    assert dict(server.counts) == {RCSB: 1, PDBE: 1, WWPDB: 1, NEW: 2, PDBJ: 1}


@pytest.mark.parametrize(
    ("act", "filename", "kept"),
    [
        (Act(PACKED), "x.cif.gz", PACKED),
        (Act(TEXT), "x.cif.gz", None),
        (Act(PACKED, headers={"Content-Encoding": "gzip"}), "x.cif", TEXT),
        (Act(TEXT), "x.cif", TEXT),
    ],
    ids=["packed", "to be packed", "to be unpacked", "plain"],
)
def test_files_are_as_their_name_says(server: Replay, door: Cache, act: Act, filename: str, kept: bytes | None) -> None:
    server.on(PDBE, act)
    got = door.get(replace(AXL, filename=filename, urls=(URLS[1],))).path.read_bytes()
    assert got == kept if kept is not None else gzip.decompress(got) == TEXT


@pytest.mark.parametrize(
    ("acts", "error", "words"),
    [
        ({}, NotFoundError, "the server does not know this entry"),
        ({RCSB: HTML}, ContentError, "a web page instead of data"),
        ({RCSB: Act(b"")}, ContentError, "empty"),
        ({RCSB: Act(b"data_1ABC\n#\n")}, ContentError, "not 2C5D (expected data_2C5D, found b'data_1ABC'"),
        ({RCSB: TOO_MANY}, RateLimitError, "HTTP 429"),
        ({RCSB: FAILED}, ServerError, "HTTP 503"),
        ({PDBE: FAILED}, ServerError, "HTTP 503"),
        ({RCSB: Act(PACKED, cut=0, reset=True)}, NotFoundError, "the transfer broke off"),
    ],
)
def test_nothing_wrong_enters(server: Replay, door: Cache, acts: dict[str, Act], error: type[AxlstructError], words: str) -> None:
    for path, act in acts.items():
        server.on(path, act)
    with pytest.raises(error) as caught:
        door.get(AXL)
    assert type(caught.value) is error
    assert words in str(caught.value)
    for path in (RCSB, PDBE, WWPDB, NEW, PDBJ):
        assert server.url + path in str(caught.value)
    assert ".incoming" not in str(caught.value)
    assert stored(door) == []


def test_no_server_at_all(tmp_path: Path) -> None:
    away = Cache(tmp_path / "cache", gateway="http://127.0.0.1:9", limits=replace(QUICK, retries=0))
    with pytest.raises(ConnectError, match=r"2C5D could not be had: .*files.rcsb.org.*pdbj.*; check the network"):
        away.get(AXL)


def test_a_superseded_entry_names_its_successor(server: Replay, door: Cache) -> None:
    removed = {"remove_date": "2026-01-07T00:00:00+0000", "id_codes_replaced_by": ["9xyz"]}
    server.on(REMOVED, Act(json.dumps({"rcsb_repository_holdings_removed": removed}).encode()))
    with pytest.raises(ObsoleteError, match="2C5D: the entry was superseded by 9XYZ on 2026-01-07; ask for 9XYZ instead"):
        door.get(AXL)
    server.on(REMOVED, Act(b'{"rcsb_repository_holdings_removed": {"status_code": "OBS"}}'))
    with pytest.raises(ObsoleteError, match="withdrawn without a successor"):
        door.get(AXL)
    for unclear in (Act(b"[]"), Act(b"{}"), HTML, FAILED, NOT_FOUND):
        server.on(REMOVED, unclear)
        with pytest.raises(NotFoundError) as caught:
            door.get(AXL)
        assert type(caught.value) is NotFoundError
    assert stored(door) == []


def test_offline_makes_no_call(server: Replay, door: Cache) -> None:
    server.on(RCSB, Act(PACKED))
    offline = replace(door, offline=True)
    with pytest.raises(OfflineError) as caught:
        offline.get(AXL)
    for word in ("2C5D is not in the cache", "axlstruct fetch 2C5D", "2c5d.cif", "--mirror", str(door.root)):
        assert word in str(caught.value)
    assert server.count == 0
    assert not door.root.exists()
    door.get(AXL)
    assert offline.get(AXL).origin == "cache"
    with pytest.raises(OfflineError):
        offline.get(AXL, refresh=True)
    assert server.count == 1
    assert stored(door) == ["2c5d.cif.gz", "2c5d.cif.gz.json"]


def test_refresh_replaces_only_by_something_better(server: Replay, door: Cache) -> None:
    server.on(RCSB, Act(PACKED), FAILED)
    old = door.get(AXL)
    with pytest.raises(ServerError):
        door.get(AXL, refresh=True)
    assert door.get(AXL) == replace(old, origin="cache")
    server.on(RCSB, Act(TEXT, headers={"ETag": '"2"'}))
    assert door.get(AXL, refresh=True).provenance.etag == '"2"'
    assert door.get(AXL).provenance.etag == '"2"'


def test_a_changed_file_is_refused(server: Replay, door: Cache) -> None:
    server.on(RCSB, Act(PACKED))
    path = door.get(AXL).path
    path.write_bytes(PACKED[:-1] + b"\x01")
    for cache in (door, replace(door, offline=True)):
        with pytest.raises(CacheError, match="axlstruct fetch 2C5D --refresh") as caught:
            cache.get(AXL)
        assert caught.value.expected == f"sha256 {sha256(PACKED).hexdigest()}"
        assert caught.value.where == str(path)
    assert server.count == 1
    door.get(AXL, refresh=True)
    assert door.get(AXL).path.read_bytes() == PACKED


@pytest.mark.parametrize("record", [None, "", "{}", '{"sha256": 5}', "[]", "\x00"])
def test_a_file_without_record_is_not_cached(server: Replay, door: Cache, record: str | None) -> None:
    server.on(RCSB, Act(PACKED))
    door.root.mkdir()
    (door.root / "2c5d.cif.gz").write_bytes(PACKED)
    if record is not None:
        (door.root / "2c5d.cif.gz.json").write_text(record)
    with pytest.raises(OfflineError):
        replace(door, offline=True).get(AXL)
    assert door.get(AXL).origin == "server"


def test_a_record_without_file_is_not_cached(server: Replay, door: Cache) -> None:
    server.on(RCSB, Act(PACKED))
    door.get(AXL).path.unlink()
    assert door.get(AXL).origin == "server"
    assert server.count == 2


def test_a_file_that_is_just_being_stored_anew_is_not_refused(
    server: Replay, door: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record read first is the old one, the file already the new one."""
    server.on(RCSB, Act(PACKED), Act(TEXT, headers={"ETag": '"2"'}))
    door.get(AXL)
    from axlstruct.sources import cache

    read = cache._read_record
    seen: list[Any] = []

    def slowly(path: Path) -> Any:
        record = read(path)
        if not seen:
            seen.append(record)
            door.get(AXL, refresh=True)
        return record

    monkeypatch.setattr(cache, "_read_record", slowly)
    assert door.get(AXL).provenance.etag == '"2"'
    assert len(seen) == 1


def child(server: Replay, root: Path, body: str = "", refresh: bool = False) -> subprocess.Popen[str]:
    """Another process that fetches 2C5D into the same cache."""
    code = f"""
        from pathlib import Path
        from axlstruct.sources.cache import Cache
        from axlstruct.sources.resources import structure_resource
        {body}
        axl = structure_resource("2C5D", verify=lambda path: None)
        print(Cache(Path({str(root)!r}), gateway={server.url!r}).get(axl, {refresh}).origin)
    """
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True)


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_killed_download_leaves_nothing_that_counts(server: Replay, door: Cache) -> None:
    server.on(RCSB, Act(PACKED, cut=100, hang=30), Act(PACKED))
    part = door.root / ".incoming" / "2c5d.cif.gz.part"
    with child(server, door.root) as process:
        until(lambda: part.is_file() and server.count == 1)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert stored(door) == [".incoming/2c5d.cif.gz.part"]
    with pytest.raises(OfflineError):
        replace(door, offline=True).get(AXL)
    assert door.get(AXL).path.read_bytes() == PACKED
    assert stored(door) == ["2c5d.cif.gz", "2c5d.cif.gz.json"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
@pytest.mark.parametrize("moved", [0, 1], ids=["before the file", "between file and record"])
@pytest.mark.parametrize("refresh", [False, True], ids=["first", "refresh"])
def test_killed_while_storing(server: Replay, door: Cache, moved: int, refresh: bool) -> None:
    """Whatever is left, the next run neither takes it for the file nor refuses it."""
    server.on(RCSB, Act(PACKED))
    if refresh:
        door.get(AXL)
        server.on(RCSB, Act(TEXT, headers={"Last-Modified": "later"}), Act(PACKED))
    body = f"import os, signal; move = os.replace; left = [{moved + 1}]\n        def once(*paths):\n"
    body += "            left[0] -= 0 if str(paths[0]).endswith('.part') else 1\n"
    body += "            move(*paths) if left[0] else os.kill(os.getpid(), signal.SIGKILL)\n        os.replace = once"
    with child(server, door.root, body, refresh) as process:
        pass
    assert process.returncode == -signal.SIGKILL
    assert (door.root / "2c5d.cif.gz").exists() == (refresh or bool(moved))
    with pytest.raises(OfflineError):
        replace(door, offline=True).get(AXL)
    assert door.get(AXL).origin == "server"
    assert stored(door) == ["2c5d.cif.gz", "2c5d.cif.gz.json"]


def test_two_processes_download_once(server: Replay, door: Cache) -> None:
    server.on(RCSB, Act(PACKED, wait=0.7))
    with child(server, door.root) as one, child(server, door.root) as two:
        said = sorted(str(process.communicate(timeout=20)[0]).strip() for process in (one, two))
    assert said == ["cache", "server"]
    assert server.count == 1


def test_many_threads_download_once(server: Replay, door: Cache) -> None:
    server.on(RCSB, Act(PACKED, wait=0.1))
    got: list[str] = []
    threads = [threading.Thread(target=lambda: got.append(door.get(AXL).origin)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == ["cache"] * 5 + ["server"]
    assert server.count == 1


def test_a_lock_that_is_never_let_go(server: Replay, door: Cache) -> None:
    import filelock

    (door.root / ".incoming").mkdir(parents=True)
    with (
        filelock.FileLock(str(door.root / ".incoming" / "2c5d.cif.gz.lock")),
        pytest.raises(CacheError, match=r"another process has been fetching 2C5D for 0\.1 s"),
    ):
        replace(door, limits=replace(QUICK, total=0.1)).get(AXL)
    assert server.count == 0


def test_reading_writes_nothing_and_takes_no_lock(server: Replay, door: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a cache that belongs to somebody else: every call that would write fails."""
    server.on(RCSB, Act(PACKED))
    door.get(AXL)

    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    import filelock

    for owner, name in (
        (os, "replace"),
        (os, "mkdir"),
        (os, "unlink"),
        (filelock, "FileLock"),
        (Path, "mkdir"),
        (Path, "unlink"),
    ):
        monkeypatch.setattr(owner, name, refused)
    assert door.get(AXL).origin == "cache"
    with pytest.raises(CacheError, match=r"the cache cannot be written .Read-only file system.*--cache"):
        door.get(AXL, refresh=True)


def test_a_cache_that_cannot_be(server: Replay, door: Cache) -> None:
    door.root.write_text("a file, no folder")
    with pytest.raises(CacheError, match=str(door.root)):
        door.get(AXL)
    assert server.count == 0


@pytest.mark.parametrize("step", ["download", "packing", "record"])
def test_a_full_disk(server: Replay, door: Cache, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    server.on(RCSB, Act(TEXT))
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    write_text, opened = Path.write_text, Path.open

    class Full:
        def __init__(self, file: Any) -> None:
            self.file = file

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def write(self, _: bytes) -> int:
            self.file.write(b"some")
            raise full

    def open(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        file = opened(path, mode, *rest, **more)
        ends = {"download": ".part", "packing": ".gz"}.get(step, "nothing")
        return Full(file) if "w" in mode and path.suffix == ends else file

    def write(path: Path, *rest: Any, **more: Any) -> int:
        if step == "record":
            write_text(path, "{", encoding="utf-8")
            raise full
        return write_text(path, *rest, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", open)
        patched.setattr(Path, "write_text", write)
        with pytest.raises(CacheError, match=r"No space left on device.*free some space"):
            door.get(AXL)
    assert stored(door) == []
    assert server.count == 1
    assert door.get(AXL).origin == "server"


@pytest.mark.parametrize(
    "name",
    [
        "2c5d.cif", "2C5D.cif", "2c5d.cif.gz", "2c5d_updated.cif.gz", "2c5d.bcif", "2c5d.pdb", "2c5d.pdb.gz",
        "pdb_00002c5d.cif.gz", "divided/mmCIF/c5/2c5d.cif.gz", "structures/divided/mmCIF/c5/2c5d.cif.gz", "c5/2c5d.cif.gz",
        "c5/pdb_00002c5d/pdb_00002c5d.cif.gz",
    ],
)  # fmt: skip
def test_layouts_of_a_mirror(server: Replay, door: Cache, lab: Path, name: str) -> None:
    path = lab / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PACKED if name.endswith(".gz") else TEXT)
    got = replace(door, offline=True).get(AXL)
    assert (got.path, got.origin, got.provenance.url) == (path, "mirror", str(path))
    assert got.provenance.sha256 == sha256(path.read_bytes()).hexdigest()
    assert server.count == 0
    assert not door.root.exists()


def test_a_bad_mirror_file_is_passed_over_and_named(server: Replay, door: Cache, lab: Path, tmp_path: Path) -> None:
    for name, content in (("2c5d.cif", b"<html>"), ("2c5d.cif.gz", PACKED[:-9]), ("2c5d.pdb", b"")):
        (lab / name).write_bytes(content)
    with pytest.raises(OfflineError) as offline:
        replace(door, offline=True).get(AXL)
    with pytest.raises(NotFoundError) as missing:
        door.get(AXL)
    for message in (str(offline.value), str(missing.value)):
        for fact in (f"{lab}/2c5d.cif: a web page", f"{lab}/2c5d.cif.gz: truncated", f"{lab}/2c5d.pdb: empty"):
            assert fact in message
    server.on(RCSB, Act(PACKED))
    got = replace(door, mirrors=(tmp_path / "none", lab)).get(AXL)
    assert got.origin == "server"
    assert [note.partition(":")[0] for note in got.notes] == [
        str(path) for path in (tmp_path / "none", lab / "2c5d.cif", lab / "2c5d.cif.gz", lab / "2c5d.pdb")
    ]


def test_a_mirror_file_is_judged_each_time(door: Cache, lab: Path) -> None:
    offline = replace(door, offline=True)
    (lab / "2c5d.cif").write_bytes(TEXT)
    assert offline.get(AXL).origin == "mirror"
    (lab / "2c5d.cif").write_bytes(TEXT[:-1])
    with pytest.raises(OfflineError, match="not 2C5D"):
        offline.get(AXL)


def test_a_refresh_from_a_mirror_is_not_hidden_by_the_cache(server: Replay, door: Cache, lab: Path) -> None:
    server.on(RCSB, Act(PACKED))
    door.get(AXL)
    (lab / "2c5d.cif").write_bytes(TEXT)
    assert door.get(AXL).origin == "cache"
    assert door.get(AXL, refresh=True).origin == "mirror"
    assert door.get(AXL).origin == "mirror"
    assert stored(door) == []


def test_real_mirror_files_serve() -> None:
    path = mirror("8w77_updated.cif.gz")
    got = Cache(path.parent / "nowhere", (path.parent,), offline=True).get(structure_resource("8W77", verify=lambda path: None))
    assert got.path == path
    model = mirror("AF-P30530-F1.pdb")
    got = Cache(path.parent / "nowhere", (model.parent,), offline=True).get(
        alphafold_resource("P30530", verify=lambda path: None)
    )
    assert got.path == model


@pytest.mark.parametrize(
    ("files", "best"),
    [
        (["AF-P30530-F1.pdb"], "AF-P30530-F1.pdb"),
        (["AF-P30530-F1-model_v6.cif", "AF-P30530-F1-model_v10.cif", "AF-P30530-F1-model_v9.cif"], "AF-P30530-F1-model_v10.cif"),
        (["AF-P30530-F1-model_v6.pdb", "af-p30530-f1-model_v4.CIF"], "af-p30530-f1-model_v4.CIF"),
        (["AF-P30530-F1-model_v6.cif.gz"], "AF-P30530-F1-model_v6.cif.gz"),
        (["AF-P30530-F10.pdb", "AF-P30530-2-F1.cif", "AF-P30530-F1-predicted_aligned_error_v6.json"], None),
        (["AF-P30530-F1-confidence_v6.cif"], None),
    ],
)  # fmt: skip
def test_models_of_a_mirror(lab: Path, files: list[str], best: str | None) -> None:
    for name in files:
        (lab / name).touch()
    found = list(candidates(lab, alphafold_resource("p30530", verify=lambda path: None).mirror_names))
    assert (found[0].name if found else None) == best


def test_a_model_is_had_where_the_api_says(server: Replay, door: Cache) -> None:
    server.on("/alphafold.ebi.ac.uk/api/prediction/P05067", Act(payload("alphafold_api_prediction_P05067.json").read_bytes()))
    server.on("/alphafold.ebi.ac.uk/files/AF-P05067-F1-model_v6.cif", Act(TEXT))
    got = door.get(alphafold_resource("P05067", verify=is_2c5d))
    assert got.provenance.url == "https://alphafold.ebi.ac.uk/files/AF-P05067-F1-model_v6.cif"
    assert stored(door) == ["AF-P05067-F1.cif", "AF-P05067-F1.cif.json"]
    server.on("/alphafold.ebi.ac.uk/api/prediction/P30530", Act(b"[]"))
    with pytest.raises(NotFoundError, match="AlphaFold DB has no model of P30530"):
        door.get(alphafold_resource("P30530", verify=is_2c5d))
    server.on("/alphafold.ebi.ac.uk/api/prediction/P30530", HTML)
    with pytest.raises(ContentError, match="api/prediction/P30530: not JSON"):
        door.get(alphafold_resource("P30530", verify=is_2c5d))


def test_uniprot_through_the_gateway_of_the_environment(server: Replay, door: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    body = payload("uniprotkb_P05067.trimmed.json").read_bytes()
    server.on("/rest.uniprot.org/uniprotkb/P05067.json", Act(body, headers={"X-UniProt-Release": "2026_04"}))
    monkeypatch.setenv("AXLSTRUCT_GATEWAY", server.url + "/")
    got = replace(door, gateway=None).get(uniprot_json("P05067"))
    assert (got.path.read_bytes(), got.provenance.release) == (body, "2026_04")


def test_the_viewer_script_is_pinned(server: Replay, door: Cache, lab: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = b"/* 3Dmol */ function () {}"
    monkeypatch.setitem(viewer.PINNED, "9.9.9", sha256(script).hexdigest())
    resource = viewer_script("https://cdn.jsdelivr.net/npm/3dmol@9.9.9/build/3Dmol-min.js")
    server.on("/cdn.jsdelivr.net/npm/3dmol@9.9.9/build/3Dmol-min.js", Act(script + b" "))
    with pytest.raises(ContentError, match=r"not 3Dmol\.js 9\.9\.9"):
        door.get(resource)
    server.on("/unpkg.com/3dmol@9.9.9/build/3Dmol-min.js", Act(script))
    assert door.get(resource).path.read_bytes() == script
    (lab / "3Dmol-min.js").write_bytes(script)
    assert door.get(resource, refresh=True).origin == "mirror"
    with pytest.raises(SourceError, match=r"3Dmol.js 0.0.1 is not trusted.*expected 2.5.2"):
        viewer_script("https://cdn.jsdelivr.net/npm/3dmol@0.0.1/build/3Dmol-min.js")


def test_the_viewer_script_of_the_installed_py3dmol_is_known() -> None:
    pytest.importorskip("py3Dmol")
    urls = viewer_script().urls
    assert not callable(urls)
    assert urls[0] == viewer.viewer_address()


@pytest.mark.parametrize("id", ["", "2C5", "2C5DX", "../2c5d", "pdb_2c5d", "*c5d", "2c5d.cif"])
def test_what_is_no_entry_is_not_asked(id: str) -> None:
    with pytest.raises(UsageError):
        structure_resource(id, verify=is_2c5d)


def test_addresses() -> None:
    assert URLS == (
        "https://files.rcsb.org/download/2C5D.cif.gz",
        "https://www.ebi.ac.uk/pdbe/entry-files/download/2c5d_updated.cif",
        "https://files.wwpdb.org/pub/pdb/data/structures/divided/mmCIF/c5/2c5d.cif.gz",
        "https://files-beta.wwpdb.org/pub/wwpdb/pdb/data/entries/c5/pdb_00002c5d/pdb_00002c5d.cif.gz",
        "https://data.pdbj.org/pub/pdb/data/structures/divided/mmCIF/c5/2c5d.cif.gz",
    )
    assert servers.structure_urls("PDB_00002C5D") == URLS
    extended = servers.structure_urls("pdb_12345abc")
    assert extended[-1] == "https://files-beta.wwpdb.org/pub/wwpdb/pdb/data/entries/ab/pdb_12345abc/pdb_12345abc.cif.gz"
    assert not any("divided" in url for url in extended)
    assert servers.structure_urls("2c5d", "1")[0] == "https://files.rcsb.org/download/2c5d-assembly1.cif.gz"
    with pytest.raises(UsageError):
        servers.structure_urls("2c5d", "../1")
    with pytest.raises(ContentError, match="not an https address"):
        servers.through("http://example.org/x", "http://127.0.0.1:1")


def test_default_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AXLSTRUCT_CACHE", str(tmp_path / "mine"))
    monkeypatch.setenv("AXLSTRUCT_MIRROR", os.pathsep.join(["/a", "", "/b"]))
    assert default_root() == tmp_path / "mine"
    assert default_mirrors() == (Path("/a"), Path("/b"))
    monkeypatch.delenv("AXLSTRUCT_CACHE")
    monkeypatch.setattr(places, "__file__", str(tmp_path / "axlstruct" / "sources" / "places.py"))
    assert default_root() not in (tmp_path / "cache", tmp_path / "mine")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "README.md").touch()
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "another"\n')
    assert default_root() != tmp_path / "cache"
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "axlstruct"\n')
    assert default_root() == tmp_path / "cache"


def test_a_cache_travels_to_workers(door: Cache) -> None:
    assert pickle.loads(pickle.dumps(door)) == door


def test_no_resource_without_address(door: Cache) -> None:
    with pytest.raises(SourceError, match="no server is known for X"):
        door.get(Resource("X", "x.cif", ("x.cif",), (), is_2c5d))


def test_the_address_after_redirects_is_recorded(server: Replay, door: Cache) -> None:
    server.on(RCSB, Act(status=302, headers={"Location": "/elsewhere/2C5D.cif.gz"}))
    server.on("/elsewhere/2C5D.cif.gz", Act(PACKED))
    record = door.get(AXL).provenance
    assert (record.url, record.final) == (URLS[0], f"{server.url}/elsewhere/2C5D.cif.gz")
    assert door.get(AXL).provenance == record


def test_a_password_of_the_gateway_is_recorded_nowhere(server: Replay, door: Cache) -> None:
    server.on(RCSB, Act(PACKED))
    secret = replace(door, gateway=server.url.replace("//", "//me:secret@"))
    secret.get(AXL)
    assert "Authorization" in server.asked[0][1]
    assert "secret" not in (door.root / "2c5d.cif.gz.json").read_text()
    server.on(PDBE, NOT_FOUND)
    with pytest.raises(SourceError) as caught:
        secret.get(structure_resource("9XYZ", verify=is_2c5d))
    assert "secret" not in str(caught.value)


DEEP = b"[" * 200_000
ODD_ANSWERS = [
    b"{}", b"[]", b"null", b"17", b'"text"', b"[null]", b"[17]", b"[[]]", b'[{"uniprotAccession": 17}]', DEEP, b"1" * 5000,
    b'[{"uniprotAccession": "P30530", "cifUrl": 17}]', b'[{"uniprotAccession": "P30530", "cifUrl": "https://[bad/x.cif"}]',
    b'[{"uniprotAccession": "P30530", "cifUrl": "https://x.org/x.cif", "sequenceStart": "one"}]',
    b'[{"uniprotAccession": "P30530", "cifUrl": "https://x.org/x.cif", "sequenceStart": {"a": [1]}}]',
    b'[{"uniprotAccession": ["P30530"], "modelEntityId": {"a": 1}, "cifUrl": "file:///etc/passwd"}]', b"\x00\xff", b"NaN",
]  # fmt: skip


@pytest.mark.parametrize("answer", ODD_ANSWERS, ids=lambda answer: repr(answer[:40]))
def test_an_odd_answer_is_a_source_error(server: Replay, door: Cache, answer: bytes) -> None:
    """One that a study passes over, entry by entry."""
    server.on("/alphafold.ebi.ac.uk/api/prediction/P30530", Act(answer))
    with pytest.raises(SourceError):
        door.get(alphafold_resource("P30530", verify=is_2c5d))
    server.on("/rest.uniprot.org/uniprotkb/P30530.json", Act(answer))
    with pytest.raises(SourceError):
        door.get(uniprot_json("P30530"))
    server.on(REMOVED, Act(answer))
    with pytest.raises(NotFoundError):
        door.get(AXL)
    assert stored(door) == []


@pytest.mark.parametrize("odd", [ValueError("x"), TypeError("x"), KeyError("x"), AttributeError("x"), RecursionError("x")])
def test_after_an_answer_that_a_parser_trips_over_the_next_server_is_asked(server: Replay, door: Cache, odd: Exception) -> None:
    seen: list[bytes] = []

    def verify(path: Path) -> None:
        seen.append(path.read_bytes())
        if len(seen) == 1:
            raise odd

    server.on(RCSB, Act(gzip.compress(b"data_1")))
    server.on(PDBE, Act(PACKED))
    assert door.get(structure_resource("2C5D", verify=verify)).provenance.url == URLS[1]


@pytest.mark.parametrize(
    "record",
    ["{", "[]", "17", "null", '{"sha256": 17}', "[" * 100_000, '{"bytes": ' + "1" * 5000 + "}", "\x00",
     '{"name": ["2C5D"], "url": {}, "date": 5, "sha256": "x", "bytes": 3}',
     '{"name": "2C5D", "url": "u", "date": "d", "sha256": "x", "bytes": true}'],
    ids=lambda text: text[:20],
)  # fmt: skip
def test_a_record_of_another_type_is_none(server: Replay, door: Cache, record: str) -> None:
    server.on(RCSB, Act(PACKED))
    door.get(AXL)
    (door.root / "2c5d.cif.gz.json").write_text(record)
    assert door.get(AXL).origin == "server"


def test_silence_of_all_servers_is_borne_once(server: Replay, door: Cache) -> None:
    told: list[str] = []
    patient = replace(door, limits=RequestLimits(read=9, tell=0.1, stall=1.0, retries=3, backoff=0.01), waiting=told.append)
    for path in (RCSB, PDBE, WWPDB, NEW, PDBJ):
        server.on(path, Act(PACKED, wait=9))
    started = time.monotonic()
    with pytest.raises(ConnectError, match="timed out: no answer within"):
        patient.get(AXL)
    assert time.monotonic() - started < 3
    assert len(told) == 5
    server.on(PDBJ, Act(PACKED))
    assert patient.get(AXL).provenance.url == URLS[-1]


def test_what_killed_downloads_left_is_swept_by_the_next(server: Replay, door: Cache) -> None:
    incoming = door.root / ".incoming"
    incoming.mkdir(parents=True)
    dead = ["1abc.cif.gz", "1abc.cif.gz.part", "P00001.json", "P00001.json.part", "P00001.json.json"]
    for name in (*dead, "1abc.cif.gz.lock", "P00001.json.lock", "9xyz.cif.gz.part", "9xyz.cif.gz.lock"):
        (incoming / name).write_text("half")
    server.on(RCSB, Act(PACKED))
    with FileLock(str(incoming / "9xyz.cif.gz.lock")):
        door.get(AXL)
    assert {path.name for path in incoming.iterdir() if path.suffix != ".lock"} == {"9xyz.cif.gz.part"}, (
        "one that is at work stays"
    )
