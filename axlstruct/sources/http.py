"""One download over HTTP: patient with servers, strict about what arrives, exact about what went wrong."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from axlstruct.errors import ConnectError, ContentError, SourceError, TLSError
from axlstruct.sources.content import check_complete, is_gzip
from axlstruct.sources.http_errors import OTHERWISE, check_status, no_answer

if TYPE_CHECKING:
    import requests
    import urllib3

Progress = Callable[[str, int, int | None], None]
"""Called with the address, the bytes had so far and the bytes expected (None where the server does not say)."""

_BLOCK = 1 << 16
_RETRIED = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """How long and how often to try, and how much to take.

    Attributes
    ----------
    connect, read : float
        Seconds to wait for a connection and for the next bytes.
    total : float
        Seconds for one download with all its retries.
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
    read: float = 60.0
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


class _BrokenOffError(Exception):
    """A body that ended too early; worth another try."""

    def __init__(self, error: SourceError) -> None:
        super().__init__(str(error))
        self.error = error


def user_agent() -> str:
    """How axlstruct introduces itself to servers."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("axlstruct")
    except PackageNotFoundError:
        number = "0"
    return f"axlstruct/{number} (+https://github.com/axlstruct/axlstruct)"


def download(
    url: str, part_path: Path, *, progress: Progress | None = None, limits: RequestLimits | None = None, accept: str = "*/*"
) -> Reply:
    """Fetch an address into a file, which is complete when this returns and of no use when it raises.

    The bytes are those of the wire: a body that the server packed for transport stays gzip.

    Parameters
    ----------
    url : str
    part_path : Path
        File to write; overwritten.
    progress : callable, optional
    limits : RequestLimits, optional
    accept : str
        Media types asked for.

    Returns
    -------
    Reply

    Raises
    ------
    ConnectError, TLSError
        No network, unknown host, refused, timed out, broken off; certificate not verified.
    NotFoundError, RateLimitError, ServerError
        404 or 410; 429; any other answer than the file.
    ContentError
        Too large, truncated or damaged gzip, or an encoding nobody asked for.
    """
    limits = limits or RequestLimits()
    job = _Job(url, part_path, progress, limits, accept, time.monotonic() + limits.total)
    for attempt in range(limits.retries + 1):
        if attempt:
            time.sleep(min(limits.backoff * 2 ** (attempt - 1), limits.retry_after))
        try:
            return _attempt(job)
        except _BrokenOffError as broken:
            last = broken
    raise last.error from last


@dataclass(frozen=True, slots=True)
class _Job:
    url: str
    part: Path
    progress: Progress | None
    limits: RequestLimits
    accept: str
    deadline: float


def _attempt(job: _Job) -> Reply:
    import requests
    import urllib3

    url, limits = job.url, job.limits
    encoding = "identity" if url.partition("?")[0].endswith(".gz") else "gzip"
    headers = {"User-Agent": user_agent(), "Accept": job.accept, "Accept-Encoding": encoding}
    with _session(limits) as session:
        try:
            response = session.get(url, stream=True, timeout=(limits.connect, limits.read), headers=headers)
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise no_answer(url, error, connect=limits.connect, read=limits.read) from error
        with response:
            if url.startswith("https:") and not response.url.startswith("https:"):
                raise TLSError("led away to an address without encryption", where=url, found=response.url)
            check_status(url, response)
            if (packed := response.headers.get("Content-Encoding", "identity").lower()) not in ("identity", "gzip", "x-gzip"):
                raise ContentError("an encoding nobody asked for", where=url, found=packed)
            size = _take_body(job, response)
            said = response.headers
    if is_gzip(job.part):
        _check_gzip(job, whole="Content-Length" in said)
    release = " ".join(filter(None, (said.get("X-UniProt-Release", ""), said.get("X-UniProt-Release-Date", ""))))
    return Reply(response.url, size, said.get("ETag", ""), said.get("Last-Modified", ""), release)


def _take_body(job: _Job, response: requests.Response) -> int:
    """Write the body block by block; returns its bytes on the wire."""
    import urllib3

    url, limits = job.url, job.limits
    length = response.headers.get("Content-Length", "")
    total = int(length) if length.isdecimal() else None
    too_large = ContentError("larger than allowed", where=url, expected=f"at most {limits.max_bytes} bytes")
    if total is not None and total > limits.max_bytes:
        raise too_large
    done = 0
    with job.part.open("wb") as file:
        blocks = response.raw.stream(_BLOCK, decode_content=False)
        while True:
            try:
                block = next(blocks, b"")
            except urllib3.exceptions.HTTPError as error:
                slow = isinstance(error, urllib3.exceptions.ReadTimeoutError)
                what = f"timed out: no bytes for {limits.read:g} s" if slow else "the transfer broke off"
                of = f" of {total}" if total is not None else ""
                raise _BrokenOffError(ConnectError(f"{what} after {done}{of} bytes", where=url, advice=OTHERWISE)) from error
            if not block:
                return done
            done += len(block)
            if done > limits.max_bytes:
                raise too_large
            if time.monotonic() > job.deadline:
                raise ConnectError(f"timed out: not done after {limits.total:g} s", where=url, advice=OTHERWISE)
            file.write(block)
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
        raise _BrokenOffError(named) from error


def _session(limits: RequestLimits) -> requests.Session:
    import requests
    from requests.adapters import HTTPAdapter

    session = requests.Session()
    session.max_redirects = 5
    retry = _retry(limits)
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


def _retry(limits: RequestLimits) -> urllib3.Retry:
    from urllib3 import Retry

    class PatientRetry(Retry):
        """Takes ``Retry-After`` as date, whole or (as Ensembl sends it) broken number of seconds, up to a cap."""

        def parse_retry_after(self, retry_after: str) -> float:
            return parse_retry_after(retry_after, cap=limits.retry_after)

    return PatientRetry(
        total=limits.retries,
        connect=min(2, limits.retries),
        other=0,
        status_forcelist=_RETRIED,
        allowed_methods=frozenset({"GET"}),
        backoff_factor=limits.backoff,
        backoff_max=limits.retry_after,
        raise_on_status=False,
    )


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
        except ValueError:
            return 0.0
    return 0.0 if math.isnan(seconds) else min(max(seconds, 0.0), float(cap))
