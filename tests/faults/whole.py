"""All faults, many times: ``make faults`` runs this and writes the table of docs/reliability.md.

Stops at the first outcome that is not clean.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT)]

from faults import ANSWERS, answered, killed_fetch, killed_write, moments, together  # noqa: E402

PAGE = ROOT / "docs" / "reliability.md"
MARK = "<!-- measured by make faults -->\n"


def tried(jobs: Iterable[Callable[[Path], str]], workers: int) -> Counter[str]:
    """Outcomes of jobs, each in a folder of its own."""

    def do(job: Callable[[Path], str]) -> str:
        with tempfile.TemporaryDirectory() as folder:
            return job(Path(folder) / "cache")

    with ThreadPoolExecutor(workers) as pool:
        return Counter(pool.map(do, jobs))


def main(tries: int, kills: int, processes: int) -> None:
    """Run all and put the table into the page."""
    answers = [lambda folder, act=act: answered(act, folder) for act in ANSWERS.values() for _ in range(tries)]
    fetches = [lambda folder, after=after: killed_fetch(folder, after) for after in moments(kills, 0.4)]
    writes = [lambda folder, after=after: killed_write(folder, after) for after in moments(kills, 0.2)]
    many = [lambda folder: together(folder, processes)] * 3
    rows = [
        (f"{len(ANSWERS)} kinds of odd answers of the first server, the second has the file", tried(answers, 4)),
        ("kill -9 while a file is fetched, then another fetch", tried(fetches, 2)),
        ("kill -9 while a result is written, then another write", tried(writes, 2)),
        (
            f"{processes} processes fetch one file into one cache at once",
            tried(many, 1),
        ),
    ]
    lines = ["| case | tries | outcome |", "| --- | --- | --- |"]
    for case, found in rows:
        outcome = ", ".join(f"{what}: {count}" for what, count in sorted(found.items()))
        lines.append(f"| {case} | {sum(found.values())} | clean in all; {outcome} |")
    head, _, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    PAGE.write_text(head + MARK + "\n".join([*lines, ""]), encoding="utf-8")
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
