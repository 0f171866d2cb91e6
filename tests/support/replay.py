"""A local server that replays files and misbehaves on demand; counts what it is asked.

Paths are ``/host/path``, as a gateway produces them from ``https://host/path``.
"""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import struct
import threading
from collections import Counter
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass(frozen=True)
class Act:
    """One answer: what is said, and how it goes wrong.

    ``cut`` ends the body after so many bytes, ``reset`` does so with a TCP reset, ``hang`` waits so many seconds there;
    ``length`` says whether Content-Length (of the whole body) is sent; ``wait`` delays the answer; ``drip`` sends one header line
    after the other for ever, with so many seconds between them.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    reset: bool = False
    hang: float = 0.0
    wait: float = 0.0
    length: bool = True
    drip: float = 0.0


NOT_FOUND = Act(b"no such entry", 404)
HTML = Act(b"<!DOCTYPE html><html><body>Please log in</body></html>", 200, {"Content-Type": "text/html"})
FAILED = Act(b"<html>503</html>", 503)
TOO_MANY = Act(b'{"error": "too many requests"}', 429, {"Retry-After": "0.05"})


class Replay:
    """A server in a thread of its own: ``on(path, *acts)`` says what comes in turn, the last act stays."""

    def __init__(self, certificate: Path | None = None) -> None:
        self.acts: dict[str, list[Act]] = {}
        self.counts: Counter[str] = Counter()
        self.agents: list[str] = []
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.sent = 0
        self.over = threading.Event()
        self._mutex = threading.Lock()
        replay = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with contextlib.suppress(OSError):
                    replay.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            scheme = "https"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> Replay:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def count(self) -> int:
        """Requests so far."""
        return sum(self.counts.values())

    def on(self, path: str, *acts: Act) -> str:
        """Say what a path answers; returns its full address."""
        self.acts[path] = list(acts)
        return self.url + path

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path
        with self._mutex:
            self.counts[path] += 1
            self.agents.append(handler.headers.get("User-Agent", ""))
            self.asked.append((path, dict(handler.headers.items())))
            acts = self.acts.get(path, [NOT_FOUND])
            act = acts.pop(0) if len(acts) > 1 else acts[0]
        self.over.wait(act.wait)
        handler.send_response(act.status)
        for name, value in act.headers.items():
            handler.send_header(name, value)
        if act.length:
            handler.send_header("Content-Length", str(len(act.body)))
        while act.drip and not self.over.wait(act.drip):
            handler.send_header("X-Drip", "1")
            handler.flush_headers()
        handler.end_headers()
        body = act.body[: act.cut]
        for start in range(0, len(body), 1 << 14):
            handler.wfile.write(body[start : start + (1 << 14)])
            self.sent += len(body[start : start + (1 << 14)])
        self.over.wait(act.hang)
        if act.reset:
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(handler.connection.detach())


def cut(body: bytes, at: int = -10) -> Act:
    """A body that ends too early although its length was announced."""
    return Act(body, cut=at)


def unannounced(act: Act) -> Act:
    """The same without Content-Length: the end of the connection ends the body."""
    return replace(act, length=False)
