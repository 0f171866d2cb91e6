"""One door to the outside world: a name goes in, a verified file comes out, of the cache, a mirror or a server."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from axlstruct.errors import AxlstructError, CacheError, ConnectError, ContentError, SourceError, TimedOutError
from axlstruct.sources.content import check_source, read_json, refuse_page, settle, sha256
from axlstruct.sources.failures import all_unknown, offline_error, placed, summed_up
from axlstruct.sources.folders import default_mirrors, default_root
from axlstruct.sources.http import Progress, RequestLimits, Waiting, download
from axlstruct.sources.mirrors import candidates
from axlstruct.sources.provenance import Provenance, changed, now
from axlstruct.sources.servers import gateway_of, through, without_credentials

__all__ = ["Ask", "Cache", "Fetched", "Provenance", "Resource", "default_mirrors", "default_root"]

_ODD = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a parser runs into where an answer holds values of another kind than it should."""

Ask = Callable[[str], Any]
"""Given an address, the JSON that the server answers; raises SourceError."""


@dataclass(frozen=True)
class Resource:
    """Something that can be fetched.

    Attributes
    ----------
    name : str
        As users say it: ``2C5D``, ``AF-P30530``, ``P30530``.
    filename : str
        Its file in the cache; stored packed where this ends in ``.gz``.
    mirror_names : tuple of str
        Files of a mirror that may be it, best first (see :func:`axlstruct.sources.mirrors.candidates`).
    urls : tuple of str, or callable
        Public addresses in the order in which they are asked; a callable finds them out through the given ``Ask``.
    verify : callable
        Given a file, raises ContentError where it is not what it should be.
    accept : str
        Media types to ask for.
    explain : callable, optional
        Given an ``Ask``, the error to raise instead where no server knows the entry, or None.
    """

    name: str
    filename: str
    mirror_names: tuple[str, ...]
    urls: tuple[str, ...] | Callable[[Ask], Sequence[str]]
    verify: Callable[[Path], None]
    accept: str = "*/*"
    explain: Callable[[Ask], SourceError | None] | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A verified file.

    Attributes
    ----------
    path : Path
    provenance : Provenance
        The record of its origin.
    origin : str
        Whether ``cache``, ``mirror`` or ``server`` gave it this time.
    notes : tuple of str
        Mirror files that were refused on the way.
    """

    path: Path
    provenance: Provenance
    origin: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cache:
    """Files by name: from the cache, else from mirrors, else from servers.

    Parameters
    ----------
    root : Path
        Folder of the cache; made when something is stored.
    mirrors : sequence of Path
        Folders asked before the servers. Their files are used where they are and verified each time.
    offline : bool
        Whether no server may be asked.
    why_offline : str
        Why not.
    gateway : str, optional
        Address through which all servers are asked; by default that of ``AXLSTRUCT_GATEWAY``.
    limits : RequestLimits
        Timeouts, retries, sizes.
    progress : callable, optional
        Told of bytes as they arrive.
    waiting : callable, optional
        Told, in a sentence, where a server lets one wait.
    """

    root: Path
    mirrors: Sequence[Path] = ()
    offline: bool = False
    why_offline: str = "the network is switched off"
    gateway: str | None = None
    limits: RequestLimits = field(default_factory=RequestLimits)
    progress: Progress | None = None
    waiting: Waiting | None = None

    def get(self, resource: Resource, refresh: bool = False) -> Fetched:
        """Have a resource as a verified file.

        Parameters
        ----------
        resource : Resource
        refresh : bool
            Pass over what is cached; it is replaced once something new is there.

        Raises
        ------
        OfflineError
            Not in cache or mirrors, and the network switched off.
        CacheError
            The cached file changed since it was stored, or the cache cannot be written.
        SourceError
            Of the kind that fits what mirrors and servers said.
        """
        if not refresh and (cached := self._cached(resource)):
            return cached
        refused: list[AxlstructError] = []
        for path in self._mirrored(resource, refused):
            try:
                found = _from_mirror(resource, path)
            except AxlstructError as error:
                refused.append(placed(error, str(path)))
            except OSError as error:
                refused.append(SourceError(f"cannot be read ({error.strerror})", where=str(path)))
            else:
                if refresh:
                    self._forget(resource)
                return replace(found, notes=tuple(map(str, refused)))
        if self.offline:
            raise offline_error(resource.name, resource.mirror_names, Path(self.root), refused, self.why_offline)
        return self._under_lock(resource, refresh, refused)

    def _paths(self, resource: Resource) -> tuple[Path, Path]:
        root = Path(self.root)
        return root / resource.filename, root / f"{resource.filename}.json"

    def _cached(self, resource: Resource) -> Fetched | None:
        """The cached file, None where there is no file or no record; reads only, so the cache may be read-only."""
        file, record_path = self._paths(resource)
        record = _read_record(record_path)
        while record:
            try:
                found = sha256(file)
            except FileNotFoundError:
                return None
            except OSError as error:
                raise CacheError(f"cannot be read ({error.strerror})", where=str(file)) from error
            if found == record.sha256:
                return Fetched(file, record, "cache")
            before, record = record, _read_record(record_path)  # another process may just be storing it anew
            if record == before:
                raise CacheError(
                    "changed since it was stored",
                    where=str(file),
                    expected=f"sha256 {before.sha256}",
                    found=found,
                    advice=f"fetch it again with: axlstruct fetch {resource.name} --refresh",
                )
        return None

    def _mirrored(self, resource: Resource, refused: list[AxlstructError]) -> list[Path]:
        paths: list[Path] = []
        for mirror in map(Path, self.mirrors):
            if mirror.is_dir():
                paths += candidates(mirror, resource.mirror_names)
            else:
                refused.append(SourceError("no such mirror folder", where=str(mirror)))
        return paths

    def _forget(self, resource: Resource) -> None:
        """Drop a cached file that a refresh found better in a mirror, so that it does not stand before it."""
        for path in reversed(self._paths(resource)):
            try:
                path.unlink(missing_ok=True)
            except OSError:
                return

    def _under_lock(self, resource: Resource, refresh: bool, refused: list[AxlstructError]) -> Fetched:
        import filelock

        incoming = Path(self.root) / ".incoming"
        lock = incoming / f"{resource.filename}.lock"
        try:
            incoming.mkdir(parents=True, exist_ok=True)
            with filelock.FileLock(str(lock), timeout=self.limits.total):
                sweep(incoming)
                if not refresh and (cached := self._cached(resource)):
                    return cached
                return self._fill(resource, incoming, refused)
        except filelock.Timeout as error:
            raise CacheError(
                f"another process has been fetching {resource.name} for {self.limits.total:g} s",
                where=str(lock),
                advice="end that process, or remove the lock file",
            ) from error
        except OSError as error:
            raise CacheError(
                f"the cache cannot be written ({error.strerror or error})",
                where=str(self.root),
                advice="free some space there or choose another folder with --cache (AXLSTRUCT_CACHE)",
            ) from error

    def _fill(self, resource: Resource, incoming: Path, refused: list[AxlstructError]) -> Fetched:
        """Ask the servers in turn; called under the lock, so the temporary names are fixed and leftovers overwritten."""
        gateway = gateway_of(self.gateway)
        ready = incoming / resource.filename
        part, note = (incoming / f"{resource.filename}.{kind}" for kind in ("part", "json"))

        def ask(url: str) -> Any:
            address = through(url, gateway)
            download(address, part, limits=self.limits, accept="application/json", waiting=self.waiting)
            try:
                return read_json(part)
            except SourceError as error:
                raise placed(error, without_credentials(address)) from error

        attempts: list[AxlstructError] = []
        try:
            try:
                urls = resource.urls(ask) if callable(resource.urls) else resource.urls
            except SourceError as error:
                urls, attempts = (), [error]
            except _ODD as error:
                urls, attempts = (), [ContentError(f"not the answer it should be ({error!r})", where=resource.name)]
            silent = 0.0
            for count, url in enumerate(urls):
                started = time.monotonic()
                try:
                    address = through(url, gateway)
                    limits = self._limits_after(attempts, silent, len(urls) - count)
                    answer = download(
                        address, part, progress=self.progress, waiting=self.waiting, limits=limits, accept=resource.accept
                    )
                    settle(part, ready, limit=self.limits.max_unpacked)
                    _check(resource, ready, without_credentials(address))
                except AxlstructError as error:
                    if isinstance(error, TimedOutError):
                        silent += time.monotonic() - started
                    attempts.append(error)
                    continue
                size = ready.stat().st_size
                versions = (answer.etag, answer.last_modified, answer.release)
                final = "" if answer.url in (url, without_credentials(address)) else answer.url
                through_it = without_credentials(gateway or "")
                record = Provenance(resource.name, url, now(), sha256(ready), size, *versions, through_it, final)
                return replace(self._keep(resource, ready, note, record), notes=tuple(map(str, refused)))
            if all_unknown(attempts) and resource.explain and (explained := _explained(resource.explain, ask)):
                raise explained
            raise summed_up(resource.name, refused, attempts)
        finally:
            for path in (part, ready, note):
                path.unlink(missing_ok=True)

    def _limits_after(self, attempts: Sequence[AxlstructError], silent: float, left: int) -> RequestLimits:
        """The limits for the next server.

        Once one could not be reached for all its retries, the others are tried once: most likely there is no network. Those that
        are left share the time for which silence is borne.
        """
        no_network = any(isinstance(error, ConnectError) for error in attempts)
        stall = max(self.limits.stall - silent, 0.1) / left
        return replace(self.limits, stall=stall, retries=0 if no_network else self.limits.retries)

    def _keep(self, resource: Resource, ready: Path, note: Path, record: Provenance) -> Fetched:
        """Move file and record into the cache; in between the file has no record and counts as not cached."""
        file, record_path = self._paths(resource)
        note.write_text(record.to_json(), encoding="utf-8")
        record_path.unlink(missing_ok=True)
        os.replace(ready, file)
        os.replace(note, record_path)
        return Fetched(file, record, "server")


_swept: set[Path] = set()


def sweep(incoming: Path) -> None:
    """Remove what killed downloads left, once a process: files of a name whose lock nobody holds."""
    import filelock

    if incoming in _swept:
        return
    _swept.add(incoming)
    for path in incoming.iterdir():
        owners = [path.name, *(path.name.removesuffix(end) for end in (".part", ".json") if path.name.endswith(end))]
        lock = next((found for name in owners if (found := incoming / f"{name}.lock").exists()), None)
        if path.suffix == ".lock" or lock is None:
            continue
        try:
            with filelock.FileLock(str(lock), timeout=0):
                path.unlink(missing_ok=True)
        except (filelock.Timeout, OSError):
            continue


def _read_record(path: Path) -> Provenance | None:
    try:
        return Provenance.from_json(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return None
    except OSError as error:
        raise CacheError(f"cannot be read ({error.strerror})", where=str(path)) from error


def _from_mirror(resource: Resource, path: Path) -> Fetched:
    check_source(path)
    _check(resource, path, str(path))
    record = Provenance(resource.name, str(path), changed(path), sha256(path), path.stat().st_size)
    return Fetched(path, record, "mirror")


def _check(resource: Resource, path: Path, where: str) -> None:
    try:
        refuse_page(path)
        resource.verify(path)
    except AxlstructError as error:
        raise placed(error, where) from error
    except _ODD as error:
        raise ContentError(f"not the file it should be ({error!r})", where=where) from error


def _explained(explain: Callable[[Ask], SourceError | None], ask: Ask) -> SourceError | None:
    try:
        return explain(ask)
    except (SourceError, *_ODD):
        return None
