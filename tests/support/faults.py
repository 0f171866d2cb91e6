"""Faults at the edges, each made on purpose: odd answers of servers, processes killed, many processes on one cache."""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

from replay import Act, Replay, cut, unannounced

from axlstruct.sources import servers
from axlstruct.sources.cache import Cache
from axlstruct.sources.content import refuse_page, unpacked
from axlstruct.sources.http import RequestLimits
from axlstruct.sources.resources import structure_resource

TEXT = b"data_2C5D\n" + b"ATOM 1 N\n" * 30_000 + b"#\n"
PACKED = gzip.compress(TEXT, mtime=0)
FIRST, SECOND = (url.replace("https:/", "") for url in servers.structure_urls("2C5D")[:2])
LIMITS = RequestLimits(
    connect=5.0, read=1.5, stall=7.5, total=30.0, retries=1, backoff=0.01, retry_after=0.05, max_unpacked=2**21
)


def moved(location: str, status: int = 302, body: bytes = b"") -> Act:
    """A redirect."""
    return Act(body, status, {"Location": location})


STATUSES = (
    201, 202, 203, 206, 300, 400, 401, 402, 403, 404, 405, 406, 407, 408, 410, 418, 421, 422, 423, 425, 451, 500, 501, 502, 503,
    504, 520, 599,
)  # fmt: skip
WAITS = ("0.01", "1e999", "nan", "-5", "soon", "9" * 400)

ANSWERS: dict[str, Act] = {
    **{f"status {status}": Act(b"no", status) for status in STATUSES},
    **{f"429, wait {wait[:9]}": Act(b"no", 429, {"Retry-After": wait}) for wait in WAITS},
    "302 without an address": Act(b"no", 302),
    "302 to nothing": moved("http://[bad"),
    "302 to a file": moved("file:///etc/passwd"),
    "302 to another protocol": moved("ftp://example.org/x"),
    "302 in circles": moved(FIRST),
    "302 with 4 MB": moved("/nowhere", body=bytes(2**22)),
    "302 to a control character": moved("http://\x1b[2J/"),
    "empty": Act(b""),
    "a login page": Act(b"<!DOCTYPE html><html>Please log in</html>"),
    "a login page, packed": Act(gzip.compress(b"<html>Please log in</html>")),
    "JSON": Act(b'{"error": "try later"}'),
    "zeros": Act(bytes(100_000)),
    "noise": Act(random.Random(1).randbytes(100_000)),
    "another entry": Act(gzip.compress(b"data_1ABC\n#\n")),
    "cut, length announced": cut(PACKED),
    "cut, length not announced": unannounced(cut(PACKED)),
    "cut inside": Act(PACKED[:-10]),
    "damaged": Act(PACKED[:-8] + bytes(8)),
    "noise behind the end": Act(PACKED + b"noise"),
    "packed twice": Act(gzip.compress(PACKED)),
    "reset before the body": Act(PACKED, cut=0, reset=True),
    "reset within the body": Act(PACKED, cut=300, reset=True),
    "a bomb": unannounced(Act(gzip.compress(bytes(30_000_000)))),
    "an encoding nobody asked for": Act(PACKED, headers={"Content-Encoding": "br"}),
    "said to be packed": Act(TEXT, headers={"Content-Encoding": "gzip"}),
    "silent before the answer": Act(PACKED, wait=9.0),
    "silent within the body": Act(PACKED, cut=300, hang=9.0),
    "headers without end": Act(PACKED, drip=0.02),
    "a header of 100 kB": Act(PACKED, headers={"X-Long": "x" * 100_000}),
    "200 headers": Act(PACKED, headers={f"X-{n}": "x" for n in range(200)}),
}  # fmt: skip
"""What a first server answers; the second has the file."""


def is_2c5d(path: Path) -> None:
    """Refuse everything but the file."""
    from axlstruct.errors import ContentError

    if b"".join(unpacked(path)) != TEXT:
        raise ContentError("not 2C5D", where=str(path))


def answered(act: Act, folder: Path) -> str:
    """Ask for the file where the first server answers so; what came of it. Raises AssertionError where the cache is not clean."""
    with Replay() as server:
        server.on(FIRST, act)
        server.on(SECOND, Act(TEXT))
        cache = Cache(folder, (), gateway=server.url, limits=LIMITS)
        started = time.monotonic()
        found = cache.get(structure_resource("2C5D", verify=is_2c5d))
        assert time.monotonic() - started < 20
    assert_clean(folder)
    return "file of the first server" if found.provenance.url.startswith("https://files.rcsb.org") else "file of the next server"


def assert_clean(folder: Path) -> None:
    """The cache holds the whole file with its record, and nothing that was begun."""
    assert sorted(path.name for path in folder.iterdir()) == [".incoming", "2c5d.cif.gz", "2c5d.cif.gz.json"]
    assert not [path.name for path in (folder / ".incoming").iterdir() if path.suffix != ".lock"]
    refuse_page(folder / "2c5d.cif.gz")
    is_2c5d(folder / "2c5d.cif.gz")


FETCH = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[3].split(':')
from faults import is_2c5d
from axlstruct.sources.cache import Cache
from axlstruct.sources.resources import structure_resource
found = Cache(Path(sys.argv[1]), (), gateway=sys.argv[2]).get(structure_resource('2C5D', verify=is_2c5d))
print(found.provenance.sha256)
"""

WRITE = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2].split(':')
from axlstruct.writing import write_whole
print('ready', flush=True)
for count in range(10**9):
    write_whole(Path(sys.argv[1]) / 'x.tsv', b'%d\\n' % count * 200_000)
"""
PLACES = os.pathsep.join(map(str, (Path(__file__).parent, Path(__file__).parents[2])))


def fetcher(folder: Path, url: str) -> subprocess.Popen[str]:
    """A process that fetches the file into a cache."""
    command = [sys.executable, "-c", FETCH, str(folder), url, PLACES]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed_fetch(folder: Path, after: float) -> str:
    """Kill a process that fetches, so many seconds after it asked; then another one fetches. What the kill came upon."""
    with Replay() as server:
        server.on(FIRST, Act(PACKED, cut=300, hang=0.15), Act(PACKED))
        job = fetcher(folder, server.url)
        while not server.count and job.poll() is None:
            time.sleep(0.005)
        time.sleep(after)
        job.send_signal(signal.SIGKILL)
        job.communicate()
        left = "part of a file" if list(folder.rglob("*.part")) else "nothing begun"
        again = fetcher(folder, server.url)
        out, said = again.communicate(timeout=60)
        assert again.returncode == 0, said
        assert out.strip() == sha256((folder / "2c5d.cif.gz").read_bytes()).hexdigest()
    assert_clean(folder)
    return left


def killed_write(folder: Path, after: float) -> str:
    """Kill a process that writes a file again and again; what lies there is whole, and the next writer sweeps the rest."""
    folder.mkdir(exist_ok=True)
    job = subprocess.Popen([sys.executable, "-c", WRITE, str(folder), PLACES], stdout=subprocess.PIPE, text=True)
    assert job.stdout
    job.stdout.readline()
    time.sleep(after)
    job.send_signal(signal.SIGKILL)
    job.communicate()
    parts = [path for path in folder.iterdir() if path.suffix == ".part"]
    if (folder / "x.tsv").exists():
        lines = (folder / "x.tsv").read_bytes().split(b"\n")
        assert len(lines) == 200_001
        assert len(set(lines[:-1])) == 1
    from axlstruct import writing

    writing._swept.discard(folder)
    writing.write_whole(folder / "y.tsv", b"next")
    assert not [path for path in folder.iterdir() if path.suffix == ".part"]
    return "half a part" if parts else "a whole file"


def together(folder: Path, processes: int) -> str:
    """So many processes fetch the same file into one cache at once; how often the server was asked."""
    with Replay() as server:
        server.on(FIRST, Act(PACKED, wait=0.05))
        jobs = [fetcher(folder, server.url) for _ in range(processes)]
        answers = [job.communicate(timeout=300) for job in jobs]
        assert [job.returncode for job in jobs] == [0] * processes, answers
        assert len({out for out, _ in answers}) == 1
        asked = server.count
    assert_clean(folder)
    return f"asked {asked} time{'s' * (asked != 1)}"


def moments(count: int, longest: float) -> list[float]:
    """Moments at which to kill, the same in every run."""
    return [random.Random(number).uniform(0, longest) for number in range(count)]
