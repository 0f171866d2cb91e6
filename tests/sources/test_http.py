"""One download: what arrives, what is tried again, and which error tells what."""

from __future__ import annotations

import gzip
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from replay import FAILED, NOT_FOUND, TOO_MANY, Act, Replay, cut, unannounced

from axlstruct.errors import (
    ConnectError,
    ContentError,
    NotFoundError,
    RateLimitError,
    ServerError,
    SourceError,
    TimedOutError,
    TLSError,
)
from axlstruct.sources.http import Reply, RequestLimits, download, parse_retry_after

BODY = b"data_2C5D\n" + random.Random(2).randbytes(180_000)
PACKED = gzip.compress(BODY, mtime=0)
QUICK = RequestLimits(connect=1.0, read=0.3, retries=2, backoff=0.01, retry_after=0.5)
PATH = "/files.rcsb.org/download/2C5D.cif.gz"


@pytest.fixture(autouse=True)
def _direct(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Replay]:
    with Replay() as replay:
        yield replay


def had(server: Replay, tmp_path: Path, *acts: Act, limits: RequestLimits = QUICK) -> tuple[bytes, Reply]:
    part = tmp_path / "file.part"
    answer = download(server.on(PATH, *acts), part, limits=limits)
    return part.read_bytes(), answer


def test_bytes_and_versions_arrive(server: Replay, tmp_path: Path) -> None:
    versions = {"ETag": '"abc"', "Last-Modified": "Mon, 02 Nov 2026 00:00:00 GMT", "X-UniProt-Release": "2026_04"}
    body, answer = had(server, tmp_path, Act(PACKED, headers=versions))
    assert body == PACKED
    assert answer == Reply(
        server.url + PATH, len(PACKED), etag='"abc"', last_modified="Mon, 02 Nov 2026 00:00:00 GMT", release="2026_04"
    )
    assert server.agents[0].startswith("axlstruct/")
    assert "https://github.com/axlstruct/axlstruct" in server.agents[0]


def test_progress_is_told(server: Replay, tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    url = server.on(PATH, Act(BODY))
    download(url, tmp_path / "part", progress=lambda *facts: told.append(facts), limits=QUICK)
    assert told[-1] == (url, len(BODY), len(BODY))
    assert len(told) > 1


@pytest.mark.parametrize(
    ("first", "what"),
    [
        (TOO_MANY, "429 with a broken number of seconds"),
        (FAILED, "503"),
        (cut(PACKED), "shorter than announced"),
        (replace(cut(PACKED, 5000), reset=True), "reset in the middle"),
        (Act(PACKED, cut=0, reset=True, wait=0.01), "reset before the body"),
        (unannounced(cut(PACKED)), "gzip stream without end, of unknown length"),
        (Act(PACKED, cut=3000, hang=0.6), "no bytes any more"),
        (Act(PACKED, wait=0.6), "no answer in time"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_passing_fault_is_tried_again(server: Replay, tmp_path: Path, first: Act, what: str) -> None:
    body, _ = had(server, tmp_path, first, Act(PACKED))
    assert body == PACKED
    assert server.count == 2, what


@pytest.mark.parametrize(
    ("act", "error", "said"),
    [
        (NOT_FOUND, NotFoundError, ("HTTP 404", 1)),
        (Act(status=410), NotFoundError, ("HTTP 410", 1)),
        (Act(b'{"error": "ID \'ENST0\' not found"}', 400), NotFoundError, ("ID 'ENST0' not found", 1)),
        (Act(b'{"messages": ["invalid format"]}', 400), ServerError, ("invalid format", 1)),
        (Act(status=403), ServerError, ("refused to answer", 1)),
        (Act(BODY, 202), ServerError, ("HTTP 202", 1)),
        (TOO_MANY, RateLimitError, ("wait 0.05 s", 3)),
        (FAILED, ServerError, ("HTTP 503", 3)),
        (cut(PACKED), ConnectError, ("broke off after", 3)),
        (replace(cut(PACKED, 5000), reset=True), ConnectError, ("broke off after", 3)),
        (unannounced(cut(PACKED)), ContentError, ("truncated", 3)),
        (Act(PACKED[:-10]), ContentError, ("truncated", 1)),
        (Act(PACKED[:-8] + bytes(8)), ContentError, ("damaged", 1)),
        (Act(PACKED, headers={"Content-Encoding": "br"}), ContentError, ("found br", 1)),
        (Act(PACKED, wait=0.6), TimedOutError, ("timed out: no answer within 0.3 s", 3)),
        (Act(PACKED, cut=100, hang=0.6), TimedOutError, ("timed out: no bytes for 0.3 s", 3)),
    ],
)
def test_lasting_faults_are_told_apart(
    server: Replay, tmp_path: Path, act: Act, error: type[SourceError], said: tuple[str, int]
) -> None:
    """``said`` holds words of the message and how often the server is asked."""
    words, requests = said
    with pytest.raises(error) as caught:
        had(server, tmp_path, act)
    assert type(caught.value) is error
    assert words in str(caught.value)
    assert server.url + PATH in str(caught.value)
    assert server.count == requests


def test_advice_stands_in_every_connection_error(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/x"
    with pytest.raises(ConnectError, match="connection refused") as caught:
        download(url, tmp_path / "part", limits=QUICK)
    assert caught.value.where == url
    assert "--mirror" in str(caught.value)


def test_unknown_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ConnectError, match="no network, or no such host"):
        download("https://files.example.org/x", tmp_path / "part", limits=QUICK)


@pytest.mark.parametrize("act", [Act(BODY), unannounced(Act(BODY))], ids=["announced", "unannounced"])
def test_size_on_the_wire_is_capped(server: Replay, tmp_path: Path, act: Act) -> None:
    with pytest.raises(ContentError, match=r"larger than allowed .expected at most 1000 bytes"):
        had(server, tmp_path, act, limits=replace(QUICK, max_bytes=1000))
    assert server.count == 1
    assert had(server, tmp_path, act, limits=replace(QUICK, max_bytes=len(BODY)))[0] == BODY


def test_a_gzip_bomb_is_refused(server: Replay, tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(5_000_000))
    assert len(bomb) < 10_000
    with pytest.raises(ContentError, match="larger than allowed when unpacked"):
        had(server, tmp_path, unannounced(Act(bomb)), limits=replace(QUICK, max_unpacked=1_000_000))
    assert server.count == 1


def test_a_dripping_server_is_left_in_the_end(server: Replay, tmp_path: Path) -> None:
    with pytest.raises(ConnectError, match=r"not done after 0\.05 s"):
        had(server, tmp_path, Act(BODY, wait=0.1), limits=replace(QUICK, total=0.05))


def test_retry_after() -> None:
    date = "Wed, 21 Oct 2026 07:28:00 GMT"
    at = 1792567680.0
    assert parse_retry_after("0.25", cap=30) == 0.25
    assert parse_retry_after(" 2 ", cap=30) == 2
    assert parse_retry_after("99999", cap=30) == 30
    assert parse_retry_after("-1", cap=30) == 0
    assert parse_retry_after("nan", cap=30) == 0
    assert parse_retry_after(date, cap=30, now=at - 7) == 7
    assert parse_retry_after(date, cap=30, now=at + 7) == 0


def test_retry_after_is_waited_for(server: Replay, tmp_path: Path) -> None:
    started = time.monotonic()
    had(server, tmp_path, Act(status=429, headers={"Retry-After": "0.2"}), Act(BODY))
    assert time.monotonic() - started >= 0.2


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Certificate of 127.0.0.1, and the same with its key."""
    if not (openssl := shutil.which("openssl")):
        pytest.skip("no openssl to make a certificate with")
    key, certificate, both = (tmp_path_factory.mktemp("tls") / name for name in ("key.pem", "certificate.pem", "both.pem"))
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    keys = ["-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(certificate), "-days", "2"]
    subprocess.run([openssl, "req", "-x509", *keys, *subject], check=True, capture_output=True)
    both.write_bytes(key.read_bytes() + certificate.read_bytes())
    return certificate, both


def test_a_certificate_that_nobody_vouches_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, certificates: tuple[Path, Path]
) -> None:
    certificate, both = certificates
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)
    with Replay(both) as server:
        started = time.monotonic()
        with pytest.raises(TLSError, match="certificate could not be verified") as caught:
            had(server, tmp_path, Act(BODY), limits=replace(QUICK, retries=3, backoff=2, retry_after=9))
        assert server.url in str(caught.value)
        assert time.monotonic() - started < 3, "a bad certificate is not worth another try"
        assert server.count == 0
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        assert had(server, tmp_path, Act(BODY))[0] == BODY


def test_no_hop_over_plain_http_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, certificates: tuple[Path, Path]
) -> None:
    certificate, both = certificates
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with Replay(both) as server, Replay() as plain:
        end = server.on("/end", Act(BODY))
        detour = plain.on("/detour", Act(status=302, headers={"Location": end}))
        with pytest.raises(TLSError, match="without encryption"):
            had(server, tmp_path, Act(status=302, headers={"Location": detour}))
        assert plain.count == 0, "not asked at all"
        assert had(server, tmp_path, Act(status=302, headers={"Location": "/end"}))[0] == BODY


def to(location: str, status: int = 302, body: bytes = b"") -> Act:
    return Act(body, status, {"Location": location})


def test_a_redirect_is_followed_and_its_end_recorded(server: Replay, tmp_path: Path) -> None:
    server.on("/two", to("three%20words", 307))
    server.on("/three%20words", Act(BODY))
    body, answer = had(server, tmp_path, to("/two", 301))
    assert body == BODY
    assert answer.url == f"{server.url}/three%20words"


@pytest.mark.parametrize(
    "location",
    ["http://[bad", "ftp://example.org/x", "file:///etc/passwd", "http://a b/", "http://x:99999/", "javascript:alert(1)",
     "http://\x1b[31m/", "http://..../"],
)  # fmt: skip
def test_a_redirect_to_nowhere_is_told(server: Replay, tmp_path: Path, location: str) -> None:
    with pytest.raises(SourceError) as caught:
        had(server, tmp_path, to(location))
    assert isinstance(caught.value, ServerError | ConnectError)
    assert str(caught.value).isprintable()


def test_circles_end(server: Replay, tmp_path: Path) -> None:
    with pytest.raises(ServerError, match="leads in circles"):
        had(server, tmp_path, to(PATH))
    assert server.count == 6


@pytest.mark.parametrize("status", [302, 404, 429, 500])
def test_bodies_that_are_no_answer_are_not_read(server: Replay, tmp_path: Path, status: int) -> None:
    """3 MB that unpack to 3 GB: read through, they would be sent whole and take the memory."""
    bomb = random.Random(3).randbytes(40 * 2**20)
    act = Act(bomb, status, {"Location": "/end", "Content-Encoding": "gzip"})
    server.on("/end", Act(BODY))
    try:
        assert had(server, tmp_path, act, limits=replace(QUICK, retries=0))[0] == BODY
    except SourceError:
        assert status != 302
    assert server.sent < 16 * 2**20, "what the sockets took before the connection was closed"


def test_no_password_is_looked_up(server: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\nmachine localhost login me password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with Replay() as other:
        elsewhere = other.on("/end", Act(BODY)).replace("127.0.0.1", "localhost")
        had(server, tmp_path, to(elsewhere))
        assert [set(headers) & {"Authorization", "Cookie"} for _, headers in server.asked + other.asked] == [set(), set()]


def test_a_login_in_the_address_goes_to_that_host_alone_and_is_not_shown(server: Replay, tmp_path: Path) -> None:
    part = tmp_path / "part"
    mine = server.on(PATH, Act(status=302, headers={"Location": "/end", "Set-Cookie": "who=me"})).replace("//", "//me:secret@")
    server.on("/end", Act(BODY))
    assert download(mine, part, limits=QUICK).url == f"{server.url}/end"
    assert [headers.get("Authorization") for _, headers in server.asked] == ["Basic bWU6c2VjcmV0", None]
    assert "Cookie" not in server.asked[1][1]
    server.on(PATH, NOT_FOUND)
    with pytest.raises(NotFoundError) as caught:
        download(mine, part, limits=QUICK)
    assert "secret" not in str(caught.value)


def test_a_proxy_of_the_environment_is_used(server: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    server.on("http://files.example.org/x", Act(BODY))
    download("http://files.example.org/x", tmp_path / "part", limits=QUICK)
    assert server.asked[0][0] == "http://files.example.org/x"


def test_a_stall_is_told_and_given_up(server: Replay, tmp_path: Path) -> None:
    told: list[str] = []
    limits = RequestLimits(read=5, tell=0.1, stall=0.4, retries=3, backoff=0.01)
    started = time.monotonic()
    with pytest.raises(ConnectError, match=r"timed out: no bytes for 0\.\d+ s after 100 bytes"):
        download(server.on(PATH, Act(PACKED, cut=100, hang=9)), tmp_path / "part", limits=limits, waiting=told.append)
    assert time.monotonic() - started < 3
    assert len(told) == 1
    assert told[0].startswith(f"waiting for {server.url.removeprefix('http://')}: no bytes for 0 s")


def test_headers_that_drip_for_ever_are_left(server: Replay, tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(ConnectError, match="timed out"):
        had(server, tmp_path, Act(BODY, drip=0.02), limits=replace(QUICK, total=0.5))
    assert time.monotonic() - started < 3


def test_a_thread_that_is_left_behind_writes_no_more(server: Replay, tmp_path: Path) -> None:
    part = tmp_path / "part"
    limits = RequestLimits(read=5, stall=0.2, retries=0)
    with pytest.raises(ConnectError):
        download(server.on(PATH, Act(BODY * 2, cut=len(BODY), hang=0.6)), part, limits=limits)
    part.write_bytes(b"another")
    time.sleep(0.8)
    assert part.read_bytes() == b"another"


def test_importing_loads_no_network_library() -> None:
    code = (
        "import sys; import axlstruct.sources.resources, axlstruct.sources.cache;"
        "print(sorted({'requests', 'urllib3', 'filelock', 'platformdirs', 'gzip', 'py3Dmol', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
