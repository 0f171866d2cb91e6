"""Files in a mirror: a lab's shared folder, flat or laid out as the wwPDB archive, whose names match whatever their case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fnmatch import translate
from functools import cache
from pathlib import Path, PurePosixPath


def candidates(root: Path, patterns: Sequence[str]) -> Iterator[Path]:
    """Files of a mirror that may hold a resource, best first.

    Parameters
    ----------
    root : Path
        Folder of the mirror.
    patterns : sequence of str
        Paths below it, ``/`` between folders, in order of preference. The last part may be a glob and is compared without
        regard to case; of several matches the one with the highest numbers comes first (``model_v10`` before ``model_v6``).
    """
    names: dict[Path, list[str]] = {}
    for pattern in patterns:
        place = PurePosixPath(pattern)
        folder = root / place.parent
        if folder not in names:
            try:
                names[folder] = [path.name for path in folder.iterdir()]
            except OSError:
                names[folder] = []
        fits = _matcher(place.name.lower())
        yield from (folder / name for name in sorted((name for name in names[folder] if fits(name.lower())), key=_natural))


@cache
def _matcher(glob: str) -> Callable[[str], object]:
    """Whether a name is that of a glob; plain names need no regular expression, which takes longer than the look-up."""
    return re.compile(translate(glob)).match if set(glob) & set("*?[") else glob.__eq__


def _natural(name: str) -> tuple[tuple[int, str], ...]:
    """Sort key: numbers by value, highest first, text by letter."""
    return tuple((-int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", name))
