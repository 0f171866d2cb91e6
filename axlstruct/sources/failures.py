"""What to say when a file could not be had: one error out of what cache, mirrors and servers said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from axlstruct.errors import AxlstructError, ConnectError, NotFoundError, OfflineError, SourceError


def placed(error: AxlstructError, where: str) -> AxlstructError:
    """The same error, naming an address or a file that the reader can look at."""
    return type(error)(error.what, where=where, expected=error.expected, found=error.found, advice=error.advice)


def offline_error(
    name: str,
    mirror_names: Sequence[str],
    root: Path,
    refused: Sequence[AxlstructError],
    why: str = "the network is switched off",
) -> OfflineError:
    """Needed, but not there, and no server may be asked."""
    files = " or ".join(mirror_names[:2])
    fetch = "do the same once" if " " in name else f"run: axlstruct fetch {name}"
    return OfflineError(
        f"{name} is not in the cache and {why}{_also(refused)}",
        where=str(root),
        advice=f"{fetch} while online, or name a folder that holds {files} with --mirror (AXLSTRUCT_MIRROR)",
    )


def all_unknown(attempts: Sequence[AxlstructError]) -> bool:
    """Whether every server that answered said that it does not know the entry."""
    answered = _answered(attempts)
    return bool(answered) and all(isinstance(error, NotFoundError) for error in answered)


def summed_up(name: str, refused: Sequence[AxlstructError], attempts: Sequence[AxlstructError]) -> AxlstructError:
    """One error of the kind that says most, with everything that was tried.

    Parameters
    ----------
    name : str
        What was asked for.
    refused : sequence of AxlstructError
        What was wrong with mirrors and their files.
    attempts : sequence of AxlstructError
        What went wrong with each server, in the order asked.
    """
    if not attempts:
        return SourceError(f"no server is known for {name}{_also(refused)}", advice="name a --mirror that holds it")
    answered = _answered(attempts)
    if all_unknown(attempts):
        first = answered[0]
    else:
        first = next((error for error in answered if not isinstance(error, NotFoundError)), attempts[0])
    if len(attempts) == 1 and not refused:
        return first
    said = _also([*refused, *attempts]).removeprefix("; ")
    return type(first)(f"{name} could not be had: {said}", advice=first.advice)


def _answered(attempts: Sequence[AxlstructError]) -> list[AxlstructError]:
    return [error for error in attempts if not isinstance(error, ConnectError)]


def _also(errors: Sequence[AxlstructError]) -> str:
    """What went wrong, once for all servers with which it did; servers that could not be reached by their names alone."""
    said: dict[tuple[str, str | None, str | None], list[str]] = {}
    for error in errors:
        place = error.where or ""
        host = urlsplit(place).hostname if isinstance(error, ConnectError) and place.startswith("https:") else None
        said.setdefault((error.what, error.expected, error.found), []).append(host or place)
    return "".join(
        f"; {AxlstructError(what, where=', '.join(places), expected=expected, found=found)}"
        for (what, expected, found), places in said.items()
    )
