"""Progress on a terminal: a bar for downloads, a line for the steps of a job."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from axlstruct.sources.http import Progress as Told


def download_bar() -> Told | None:
    """A function to tell of bytes as they arrive; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        return None
    state: dict[str, tuple[Progress, TaskID]] = {}

    def told(url: str, had: int, expected: int | None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

        if url not in state:
            columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
            bar = Progress(*columns, console=Console(stderr=True), transient=True)
            bar.start()
            atexit.register(bar.stop)  # a download that fails must not leave the cursor hidden
            state[url] = bar, bar.add_task(url.rpartition("/")[2], total=expected)
        bar, task = state[url]
        bar.update(task, completed=had, total=expected)
        if expected is not None and had >= expected:
            bar.stop()
            del state[url]

    return told


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """A function to tell of the steps of a job; it shows them where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield status.update
