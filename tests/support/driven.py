"""A page in Chromium, driven through its debugging port: what it asked for, what it complained of, what it shows."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

PATIENCE = 120.0
"""Seconds for a page to get ready."""

FLAGS = (
    "--headless=new", "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
    "--disable-extensions", "--hide-scrollbars", "--force-device-scale-factor=1", "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-port=0", "--remote-allow-origins=*",
)  # fmt: skip


class Driven:
    """A page under the test's hands."""

    def __init__(self, address: str) -> None:
        import websocket

        self._socket = websocket.create_connection(address, timeout=PATIENCE, suppress_origin=True, http_no_proxy=["127.0.0.1"])
        self._count = 0
        self.asked: list[str] = []
        self.complaints: list[str] = []

    def do(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its answer; what the page tells meanwhile is kept."""
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") == self._count:
                assert "error" not in message, message
                return dict(message["result"])
            self._hear(message)

    def _hear(self, message: dict[str, Any]) -> None:
        params = message.get("params", {})
        if message.get("method") == "Network.requestWillBeSent":
            self.asked.append(params["request"]["url"])
        elif message.get("method") == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.complaints.append(str(details.get("exception", {}).get("description", details["text"])))
        elif message.get("method") == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            self.complaints.append(params["entry"]["text"])
        elif message.get("method") == "Runtime.consoleAPICalled" and params["type"] in ("error", "assert"):
            self.complaints.append(json.dumps(params["args"]))

    def evaluate(self, code: str) -> Any:
        """Value of an expression in the page, awaited."""
        result = self.do("Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in result, (code, result["exceptionDetails"])
        return result["result"].get("value")

    def until(self, code: str) -> Any:
        """Value of an expression once it is true."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := self.evaluate(code):
                return found
            time.sleep(0.2)
        raise AssertionError(f"never true: {code}; {self.complaints}")

    def size(self, width: int, height: int) -> None:
        """Resize the window."""
        self.do("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        time.sleep(0.4)

    def open(self, path: Path, address: str = "") -> None:
        """Open a page from a file and wait until its script is done."""
        self.asked, self.complaints = [], []
        self.do("Page.navigate", url=path.as_uri() + address)
        self.until("document.readyState === 'complete' && (document.body.dataset.state || '')")

    def key(self, name: str) -> None:
        """Press a key on what has the focus."""
        for kind in ("rawKeyDown", "keyUp"):
            self.do("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=_CODES.get(name, 0))

    def picture(self, path: Path | None = None) -> np.ndarray:
        """What is seen now, as RGB."""
        from PIL import Image

        content = base64.b64decode(self.do("Page.captureScreenshot", format="png")["data"])
        if path:
            path.write_bytes(content)
        with Image.open(io.BytesIO(content)) as image:
            return np.asarray(image.convert("RGB"), dtype=np.float64)


_CODES = {"Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}


@contextmanager
def driven(chromium: str, folder: Path, width: int = 1440, height: int = 900) -> Iterator[Driven]:
    """A browser of its own, ended afterwards."""
    import urllib.request

    log = folder / "chromium.log"
    command = [chromium, *FLAGS, f"--window-size={width},{height}", f"--user-data-dir={folder / 'profile'}", "about:blank"]
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT) as process:
        try:
            port = _port(folder / "profile" / "DevToolsActivePort", process)
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"http://127.0.0.1:{port}/json", timeout=20) as answer:
                page = next(item for item in json.load(answer) if item["type"] == "page")
            under = Driven(page["webSocketDebuggerUrl"])
            for domain in ("Page", "Network", "Runtime", "Log"):
                under.do(f"{domain}.enable")
            under.size(width, height)
            yield under
            under._socket.close()
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _port(path: Path, process: subprocess.Popen[bytes]) -> int:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if path.is_file() and (lines := path.read_text().split()):
            return int(lines[0])
        assert process.poll() is None, "Chromium ended at once"
        time.sleep(0.1)
    raise AssertionError("Chromium opened no debugging port")
