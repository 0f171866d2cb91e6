"""3Dmol.js: from where py3Dmol loads it, and the hash by which each known version is recognised."""

from __future__ import annotations

import re
from functools import lru_cache

PINNED = {
    "2.5.2": "7b26bfd8170372ea78ea06df4a45e4a55fa5f538c2dfd716166fedf31ebfce9a",
    "2.5.3": "bcf422137a34b4e206413a8a83a67c24a1ace84e282bf3b164f6bda6aeb42a20",
    "2.5.4": "1297081865a4d6c0b2ac22d3e909724da8c03ba0caf7bfc78c8a3d9d8b143f4e",
    "2.5.5": "f7cc78921ae72e7623e89cdd111434f58c2efddd2ffda1cd212644b406fb8016",
}
"""SHA-256 of ``build/3Dmol-min.js`` in the npm package of each version."""

_VERSION = re.compile(r"3dmol[@/](\d+\.\d+\.\d+)/", re.IGNORECASE)


@lru_cache(maxsize=1)
def address() -> str:
    """From where py3Dmol loads 3Dmol.js."""
    import inspect

    import py3Dmol

    return str(inspect.signature(py3Dmol.view).parameters["js"].default)


def version_of(address: str) -> str:
    """The version that an address names, empty where it names none."""
    match = _VERSION.search(address)
    return match[1] if match else ""


def integrity(address: str) -> str:
    """The hash that a browser is to find in the script of an address, empty where the version is not known.

    Examples
    --------
    >>> integrity("https://cdn.jsdelivr.net/npm/3dmol@2.5.5/build/3Dmol-min.js")
    'sha256-98x4khrnLnYj6JzdERQ09Ywu/d0v/aHNISZEtAb7gBY='
    """
    import base64

    digest = PINNED.get(version_of(address), "")
    return f"sha256-{base64.b64encode(bytes.fromhex(digest)).decode()}" if digest else ""
