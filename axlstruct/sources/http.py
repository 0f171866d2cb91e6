"""One download over HTTP: patient with servers, strict about what arrives, exact about what went wrong.

Nothing is sent that was not asked for: no password of ``~/.netrc``, no cookie, nothing over plain http once an address was https.
Proxies and certificates named by the environment are used.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from axlstruct.errors import ConnectError, ContentError, RateLimitError, ServerError, SourceError, TimedOutError, TLSError
from axlstruct.sources.content import check_complete, is_gzip
from axlstruct.sources.http_errors import OTHERWISE, Passing, check_status, no_answer
from axlstruct.sources.servers import credentials, without_credentials

if TYPE_CHECKING:
    import requests

Progress = Callable[[str, int, int | None], None]
"""Called with the address, the bytes had so far and the bytes expected (None where the server does not say)."""

Waiting = Callable[[str], None]
"""Called with a sentence where a server lets one wait."""

_BLOCK = 1 << 16
_RETRIED = frozenset({429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_HOPS = 5


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """How long and how often to try, and how much to take.

    Attributes
    ----------
    connect, read : float
        Seconds to wait for a connection and for the next bytes.
    tell : float
        Seconds of silence after which it is said that a server is being waited for.
    stall : float
        Seconds of silence, over all tries of a file, after which it is given up.
    total : float
        Seconds for one download with all its retries, headers included.
    retries : int
        Tries after the first; of a failed connection at most two.
    backoff : float
        Seconds before the second retry, doubled for each further one.
    retry_after : float
        Most seconds to wait where the server says how long.
    max_bytes, max_unpacked : int
        Largest size on the wire, and after decompression.
    """

    connect: float = 10.0
    read: float = 30.0
    tell: float = 10.0
    stall: float = 60.0
    total: float = 1800.0
    retries: int = 3
    backoff: float = 0.5
    retry_after: float = 30.0
    max_bytes: int = 512 * 2**20
    max_unpacked: int = 2 * 2**30


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server said of the file: address after redirects, bytes on the wire, version headers (empty where absent)."""

    url: str
    bytes: int
    etag: str = ""
    last_modified: str = ""
    release: str = ""


class _AgainError(Exception):
    """What may pass: a body that ended too early, a server that is busy or silent; worth another try after a while."""

    def __init__(self, error: SourceError, wait: float | None = None, *, stalled: bool = False) -> None:
        super().__init__(str(error))
        self.error, self.wait, self.stalled, self.silent = error, wait, stalled, 0.0


def user_agent() -> str:
    """How axlstruct introduces itself to servers."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("axlstruct")
    except PackageNotFoundError:
        number = "0"
    return f"axlstruct/{number} (+https://github.com/axlstruct/axlstruct)"


def download(
    url: str,
    part_path: Path,
    *,
    progress: Progress | None = None,
    waiting: Waiting | None = None,
    limits: RequestLimits | None = None,
    accept: str = "*/*",
) -> Reply:
    """Fetch an address into a file, which is complete when this returns and of no use when it raises.

    The bytes are those of the wire: a body that the server packed for transport stays gzip.

    Parameters
    ----------
    url : str
        A user and password in it are sent to that host alone and named in no message.
    part_path : Path
        File to write; overwritten.
    progress, waiting : callable, optional
    limits : RequestLimits, optional
    accept : str
        Media types asked for.

    Returns
    -------
    Reply

    Raises
    ------
    ConnectError, TLSError
        No network, unknown host, refused, timed out, broken off; certificate not verified, or led away to plain http.
    NotFoundError, RateLimitError, ServerError
        404 or 410; 429; any other answer than the file.
    ContentError
        Too large, truncated or damaged gzip, or an encoding nobody asked for.
    """
    limits = limits or RequestLimits()
    job = _Job(without_credentials(url), credentials(url), part_path, progress, waiting, limits, accept)
    deadline, silent, pause = time.monotonic() + limits.total, 0.0, 0.0
    for attempt in range(limits.retries + 1):
        if attempt:
            time.sleep(min(pause, max(0.0, deadline - time.monotonic())))
        try:
            return _watched(job, deadline, limits.stall - silent)
        except _AgainError as again:
            last, silent = again, silent + again.silent
            pause = min(limits.backoff * 2**attempt if again.wait is None else again.wait, limits.retry_after)
        if silent >= limits.stall or time.monotonic() >= deadline:
            break
    raise last.error from last


@dataclass(frozen=True, slots=True)
class _Job:
    url: str
    login: tuple[str, str] | None
    part: Path
    progress: Progress | None
    waiting: Waiting | None
    limits: RequestLimits
    accept: str


@dataclass
class _Watch:
    """What the thread that downloads and the one that waits for it tell each other."""

    heard: float = field(default_factory=time.monotonic)
    had: int = 0
    left: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def hear(self, done: int) -> None:
        """Note that bytes came."""
        self.heard, self.had = time.monotonic(), done


def _watched(job: _Job, deadline: float, patience: float) -> Reply:
    """One try in a thread of its own, so that no server, however slowly it drips its headers, holds the caller."""
    import queue

    watch, outcome = _Watch(), queue.SimpleQueue[Reply | BaseException]()

    def work() -> None:
        try:
            outcome.put(_attempt(job, watch))
        except BaseException as error:  # handed to the thread that waits
            outcome.put(error)

    threading.Thread(target=work, name="axlstruct download", daemon=True).start()
    limits, told = job.limits, job.waiting is None
    try:
        while True:
            until = min(watch.heard + (patience if told else min(limits.tell, patience)), deadline)
            try:
                found = outcome.get(timeout=max(0.001, until - time.monotonic()))
            except queue.Empty:
                silent = time.monotonic() - watch.heard
                if time.monotonic() >= deadline:
                    what = f"timed out: not done after {limits.total:g} s"
                    raise TimedOutError(what, where=job.url, advice=OTHERWISE) from None
                if silent >= patience:
                    raise _silence(job, watch, silent) from None
                if job.waiting and not told and silent >= limits.tell:
                    told = True
                    job.waiting(f"waiting for {_host(job.url)}: no bytes for {silent:.0f} s, left after {limits.stall:.0f} s")
                continue
            if isinstance(found, Reply):
                return found
            if isinstance(found, _AgainError) and found.stalled:
                found.silent = time.monotonic() - watch.heard
            raise found
    finally:
        with watch.lock:
            watch.left = True  # a thread that is left behind writes no more


def _silence(job: _Job, watch: _Watch, silent: float) -> _AgainError:
    what = f"no bytes for {silent:.3g} s after {watch.had} bytes" if watch.had else f"no answer within {silent:.3g} s"
    again = _AgainError(TimedOutError(f"timed out: {what}", where=job.url, advice=OTHERWISE), stalled=True)
    again.silent = silent
    return again


def _host(url: str) -> str:
    from urllib.parse import urlsplit

    return urlsplit(url).netloc


def _attempt(job: _Job, watch: _Watch) -> Reply:
    with _session(job) as session:
        response = _follow(job, session)
        with response:
            if response.status_code in _RETRIED:
                raise _busy(job, response)
            check_status(job.url, response)
            if (packed := response.headers.get("Content-Encoding", "identity").lower()) not in ("identity", "gzip", "x-gzip"):
                raise ContentError("an encoding nobody asked for", where=job.url, found=packed)
            watch.hear(0)
            size = _take_body(job, response, watch)
            said = response.headers
    if is_gzip(job.part):
        _check_gzip(job, whole="Content-Length" in said)
    release = " ".join(filter(None, (said.get("X-UniProt-Release", ""), said.get("X-UniProt-Release-Date", ""))))
    return Reply(response.url, size, said.get("ETag", ""), said.get("Last-Modified", ""), release)


def _follow(job: _Job, session: requests.Session) -> requests.Response:
    """Ask, and go where redirects lead, each hop looked at before it is taken; their bodies are not read."""
    import requests
    import urllib3

    url, login, limits = job.url, job.login, job.limits
    for _ in range(_HOPS + 1):
        encoding = "identity" if url.partition("?")[0].endswith(".gz") else "gzip"
        headers = {"User-Agent": user_agent(), "Accept": job.accept, "Accept-Encoding": encoding}
        try:
            response = session.get(
                url,
                stream=True,
                timeout=(limits.connect, limits.read),
                headers=headers,
                allow_redirects=False,
                auth=_Login(login),
            )
        except (requests.RequestException, urllib3.exceptions.HTTPError, UnicodeError) as error:
            failure, passing = no_answer(job.url, error, connect=limits.connect, read=limits.read)
            if passing is Passing.NEVER:
                raise failure from error
            raise _AgainError(failure, stalled=passing is Passing.SILENT) from error
        if response.status_code not in _MOVED or "Location" not in response.headers:
            return response
        with response:
            url, login = _next_hop(job.url, url, response.headers["Location"]), None
    raise ServerError("the server leads in circles", where=job.url)


def _next_hop(asked: str, url: str, location: str) -> str:
    """The address a redirect leads to; refused where it is none, or leaves encryption."""
    from urllib.parse import urljoin, urlsplit

    shown = location.encode("latin-1", "replace").decode("utf-8", "replace")[:200]
    try:
        target = without_credentials(urljoin(url, location))
        parts = urlsplit(target)
        whole = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        whole = False
    if not whole or parts.scheme not in ("http", "https") or not target.isprintable() or " " in target:
        raise ServerError("the server leads to an address that is none", where=asked, found=shown)
    if parts.scheme == "http" and url.startswith("https:"):
        raise TLSError("led away to an address without encryption", where=asked, found=target[:200])
    return target


def _busy(job: _Job, response: requests.Response) -> _AgainError:
    """An answer that may be another one soon, with the seconds to wait where the server says them."""
    header = response.headers.get("Retry-After")
    wait = None if header is None else parse_retry_after(header, cap=job.limits.retry_after)
    try:
        check_status(job.url, response)
    except (RateLimitError, ServerError) as error:
        return _AgainError(error, wait)
    raise AssertionError(f"{response.status_code} is an answer")


def _take_body(job: _Job, response: requests.Response, watch: _Watch) -> int:
    """Write the body block by block; returns its bytes on the wire."""
    import urllib3

    url, limits = job.url, job.limits
    length = response.headers.get("Content-Length", "")
    total = int(length) if length.isascii() and length.isdecimal() and len(length) < 20 else None
    too_large = ContentError("larger than allowed", where=url, expected=f"at most {limits.max_bytes} bytes")
    if total is not None and total > limits.max_bytes:
        raise too_large
    done = 0
    with watch.lock:
        if watch.left:
            raise ConnectError("left behind", where=url)
        file = job.part.open("wb")
    with file:
        while True:
            try:
                block = response.raw.read1(_BLOCK, decode_content=False)  # what is there, so that slow is told from silent
            except urllib3.exceptions.HTTPError as error:
                slow = isinstance(error, urllib3.exceptions.ReadTimeoutError)
                what = f"timed out: no bytes for {limits.read:g} s" if slow else "the transfer broke off"
                of = f" of {total}" if total is not None else ""
                broken = (TimedOutError if slow else ConnectError)(f"{what} after {done}{of} bytes", where=url, advice=OTHERWISE)
                raise _AgainError(broken, stalled=slow) from error
            if not block:
                return done
            done += len(block)
            if done > limits.max_bytes:
                raise too_large
            with watch.lock:
                if watch.left:
                    raise ConnectError("left behind", where=url)
                file.write(block)
            watch.hear(done)
            if job.progress:
                job.progress(url, done, total)


def _check_gzip(job: _Job, *, whole: bool) -> None:
    """Refuse a body whose gzip stream is not whole; worth another try unless the server itself vouched for the length."""
    try:
        check_complete(job.part, limit=job.limits.max_unpacked)
    except ContentError as error:
        named = ContentError(error.what, where=job.url, expected=error.expected, found=error.found)
        if whole or error.expected:
            raise named from error
        raise _AgainError(named) from error


class _Login:
    """What a request says of the user: the login of its own address, else nothing; requests then leaves ``~/.netrc`` alone."""

    def __init__(self, login: tuple[str, str] | None) -> None:
        self.login = login

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        from requests.auth import HTTPBasicAuth

        return HTTPBasicAuth(*self.login)(request) if self.login else request


def _session(job: _Job) -> requests.Session:
    from http.cookiejar import DefaultCookiePolicy

    import requests
    from requests.adapters import HTTPAdapter
    from urllib3 import Retry

    class Session(requests.Session):
        """Follows no redirect by itself: requests would read the bodies of redirects, unpacked and of any size."""

        def get_redirect_target(self, resp: requests.Response) -> None:
            return None

    session = Session()
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    limits = job.limits
    connections = Retry(
        total=limits.retries, connect=min(2, limits.retries), read=0, status=0, other=0, redirect=0,
        backoff_factor=limits.backoff, backoff_max=limits.retry_after, respect_retry_after_header=False, raise_on_status=False,
    )  # fmt: skip
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=connections))
    return session


def parse_retry_after(text: str, *, cap: float, now: float | None = None) -> float:
    """Seconds to wait according to a ``Retry-After`` header: number or date, at least 0, at most ``cap``, 0 where unreadable.

    Examples
    --------
    >>> parse_retry_after("1.5", cap=30), parse_retry_after("3600", cap=30), parse_retry_after("soon", cap=30)
    (1.5, 30.0, 0.0)
    """
    from email.utils import parsedate_to_datetime

    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(text).timestamp() - (time.time() if now is None else now)
        except (ValueError, OverflowError):
            return 0.0
    return 0.0 if math.isnan(seconds) else min(max(seconds, 0.0), float(cap))
