"""Whether there is a network at all: one quick probe, so that nobody waits for server after server."""

from __future__ import annotations

import os
import queue
import socket
import threading
import time
from functools import cache
from urllib.parse import urlsplit

from axlstruct.sources import servers

PATIENCE = 2.0
"""Seconds that all probes together may take."""
PROXIES = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")


def doors(gateway: str | None) -> tuple[tuple[str, int], ...]:
    """Host and port on the way to the structure servers: those of the gateway, else of the proxy, else of the servers.

    Examples
    --------
    >>> doors("http://127.0.0.1:8000")
    (('127.0.0.1', 8000),)
    """
    proxy = next(filter(None, map(os.environ.get, PROXIES)), None)
    named = gateway or proxy
    if named and "://" not in named:
        named = f"http://{named}"
    urls = [named] if named else list(dict.fromkeys((servers.RCSB_FILES, servers.PDBE_FILES, servers.WWPDB, servers.PDBJ)))
    places = []
    for url in urls:
        parts = urlsplit(url)
        if parts.hostname:
            places.append((parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)))
    return tuple(dict.fromkeys(places))


@cache
def reachable(places: tuple[tuple[str, int], ...], patience: float = PATIENCE) -> bool:
    """Whether one of some hosts takes a connection; all are tried at once, and the answer holds for the life of the process."""
    answers: queue.SimpleQueue[bool] = queue.SimpleQueue()

    def knock(place: tuple[str, int]) -> None:
        try:
            socket.create_connection(place, timeout=patience).close()
        except OSError:
            answers.put(False)
        else:
            answers.put(True)

    for place in places:
        threading.Thread(target=knock, args=(place,), daemon=True).start()
    end = time.monotonic() + patience
    for _ in places:
        try:
            if answers.get(timeout=max(0.0, end - time.monotonic())):
                return True
        except queue.Empty:
            break
    return False
