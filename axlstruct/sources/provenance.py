"""The record beside every cached file: where it came from, when, and the hash it had."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a file came from.

    Attributes
    ----------
    name : str
        What was asked for, such as ``2C5D``.
    url : str
        Public address, or for a file of a mirror its path.
    date : str
        UTC time of the download in ISO 8601, for a file of a mirror that of its last change.
    sha256 : str
    bytes : int
        Size of the file.
    etag, last_modified, release : str
        What the server said of the version; empty where it did not.
    gateway : str
        Gateway through which the address was asked, without user and password; empty where there was none.
    final : str
        Address that gave the file after redirects, empty where it is the one that was asked.
    """

    name: str
    url: str
    date: str
    sha256: str
    bytes: int
    etag: str = ""
    last_modified: str = ""
    release: str = ""
    gateway: str = ""
    final: str = ""

    @property
    def cited(self) -> str:
        """Address and day in a phrase."""
        return f"{self.url} ({self.date[:10]})"

    def to_json(self) -> str:
        """The record as it stands in the cache."""
        import json

        return json.dumps(asdict(self), indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Provenance | None:
        """Read a record, None where it is none; fields of later versions are passed over."""
        import json

        try:
            data = json.loads(text)
            record = cls(**{field.name: data[field.name] for field in fields(cls) if field.name in data})
        except (ValueError, TypeError, RecursionError):
            return None
        values = asdict(record)
        size = values.pop("bytes")
        return record if type(size) is int and all(isinstance(value, str) for value in values.values()) else None


def now() -> str:
    """This second in UTC, ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def changed(path: Path) -> str:
    """Time of a file's last change in UTC, ISO 8601."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
