"""What went wrong with a request, told apart: no network, unknown host, refused, timed out, certificate, status."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from axlstruct.errors import ConnectError, NotFoundError, RateLimitError, ServerError, SourceError, TimedOutError, TLSError

if TYPE_CHECKING:
    import requests

OTHERWISE = "check the network, or name a folder that holds the file with --mirror (AXLSTRUCT_MIRROR)"


def check_status(url: str, response: requests.Response) -> None:
    """Pass an answer with status 200.

    Raises
    ------
    NotFoundError, RateLimitError, ServerError
        404 or 410 (of Ensembl also a 400 that says so); 429; any other answer.
    """
    status = response.status_code
    if status == 200:
        return
    said = _reason_given(response)
    found = f"HTTP {status}{f': {said}' if said else ''}"
    if status in (404, 410) or (status == 400 and "not found" in said.lower()):
        raise NotFoundError("the server does not know this entry", where=url, found=found, advice="check the name")
    if status == 429:
        wait = response.headers.get("Retry-After")
        advice = f"wait {wait} s and try again" if wait else "wait a few minutes and try again"
        raise RateLimitError("the server asks for fewer requests", where=url, found=found, advice=advice)
    if status >= 500:
        raise ServerError("the server failed", where=url, found=found, advice="try again later, or name a --mirror")
    raise ServerError("the server refused to answer", where=url, found=found, advice="open the address in a browser to see why")


def _reason_given(response: requests.Response) -> str:
    """The sentence in which a JSON error body gives its reason, empty where there is none."""
    import json

    import urllib3

    try:
        body = json.loads(response.raw.read(4096, decode_content=True))
    except (urllib3.exceptions.HTTPError, ValueError, RecursionError):
        return ""
    if not isinstance(body, dict):
        return ""
    reason = next((body[key] for key in ("error", "messages", "errorMessage", "message", "detail") if body.get(key)), "")
    return " ".join(map(str, reason))[:200] if isinstance(reason, list) else str(reason)[:200]


class Passing(Enum):
    """Whether a failure may pass: not by itself, when a silent server speaks again, with another connection."""

    NEVER = auto()
    SILENT = auto()
    BROKEN = auto()


def no_answer(url: str, error: Exception, *, connect: float, read: float) -> tuple[SourceError, Passing]:
    """Which of our errors a failure without answer is, connection or encryption, and whether it may pass."""
    import requests
    from urllib3 import exceptions

    cause = error.args[0] if error.args else error
    reason = getattr(cause, "reason", None) or cause
    if isinstance(error, requests.exceptions.SSLError) or isinstance(reason, exceptions.SSLError):
        if "CERTIFICATE_VERIFY_FAILED" in str(reason):
            advice = "check the clock; behind a proxy that opens connections, name its certificate with REQUESTS_CA_BUNDLE"
            return TLSError("the server's certificate could not be verified", where=url, advice=advice), Passing.NEVER
        return TLSError(f"no encrypted connection ({reason})", where=url, advice=OTHERWISE), Passing.NEVER
    if isinstance(error, ValueError | UnicodeError | exceptions.LocationParseError):  # of requests: InvalidURL and its like
        return ServerError("an address that is none", where=url, found=str(reason)[:200]), Passing.NEVER
    if isinstance(error, requests.exceptions.ProxyError):
        return ConnectError("the proxy could not be used", where=url, advice="check HTTPS_PROXY and NO_PROXY"), Passing.NEVER
    if isinstance(reason, exceptions.NameResolutionError):
        what = "the server's name is unknown: no network, or no such host"
    elif isinstance(reason, exceptions.NewConnectionError):
        refused = isinstance(reason.__cause__, ConnectionRefusedError) or "refused" in str(reason)
        what = "connection refused" if refused else f"no connection ({str(reason).rpartition(': ')[2]})"
    elif isinstance(reason, exceptions.ConnectTimeoutError):
        what = f"timed out: no connection within {connect:g} s"
        return TimedOutError(what, where=url, advice=OTHERWISE), Passing.NEVER
    elif isinstance(reason, exceptions.ReadTimeoutError):
        what = f"timed out: no answer within {read:g} s"
        return TimedOutError(what, where=url, advice=OTHERWISE), Passing.SILENT
    elif isinstance(reason, exceptions.ProtocolError):
        what = "the connection broke off before an answer"
        return ConnectError(what, where=url, advice=OTHERWISE), Passing.BROKEN
    else:
        what = f"no answer ({reason})"
    return ConnectError(what, where=url, advice=OTHERWISE), Passing.NEVER
