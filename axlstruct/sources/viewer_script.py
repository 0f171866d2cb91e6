"""3Dmol.js: the script that py3Dmol names, refused unless it is byte for byte the one of that release."""

from __future__ import annotations

import re
from pathlib import Path

from axlstruct.errors import ContentError, SourceError
from axlstruct.sources.cache import Resource
from axlstruct.sources.content import sha256
from axlstruct.sources.servers import viewer_urls

PINNED = {
    "2.5.2": "7b26bfd8170372ea78ea06df4a45e4a55fa5f538c2dfd716166fedf31ebfce9a",
    "2.5.3": "bcf422137a34b4e206413a8a83a67c24a1ace84e282bf3b164f6bda6aeb42a20",
    "2.5.4": "1297081865a4d6c0b2ac22d3e909724da8c03ba0caf7bfc78c8a3d9d8b143f4e",
    "2.5.5": "f7cc78921ae72e7623e89cdd111434f58c2efddd2ffda1cd212644b406fb8016",
}
"""SHA-256 of ``build/3Dmol-min.js`` in the npm package of each version."""

_VERSION = re.compile(r"3dmol[@/](\d+\.\d+\.\d+)/", re.IGNORECASE)


def viewer_address() -> str:
    """Address of 3Dmol.js that the installed py3Dmol loads; raises SourceError where there is none."""
    import inspect

    try:
        import py3Dmol
    except ImportError as error:
        raise SourceError("py3Dmol is not installed", advice="run: pip install py3dmol") from error
    js = inspect.signature(py3Dmol.view).parameters.get("js")
    if js is None or not isinstance(js.default, str):
        raise SourceError("py3Dmol names no address of 3Dmol.js", advice="install a py3dmol of version 2.5.2 or later")
    return js.default


def viewer_script(address: str | None = None) -> Resource:
    """The script 3Dmol.js of the version that the installed py3Dmol loads.

    Parameters
    ----------
    address : str, optional
        Address that names the version; by default py3Dmol's own.

    Raises
    ------
    SourceError
        Where the version is not one whose script is known.
    """
    address = address or viewer_address()
    match = _VERSION.search(address)
    version = match[1] if match else "of unknown version"
    if version not in PINNED:
        raise SourceError(
            f"3Dmol.js {version} is not trusted, for its contents are not known",
            where=address,
            expected=", ".join(PINNED),
            advice=f"install py3dmol {max(PINNED)}",
        )

    def verify(path: Path) -> None:
        if (found := sha256(path)) != PINNED[version]:
            raise ContentError(f"not 3Dmol.js {version}", where=str(path), expected=f"sha256 {PINNED[version]}", found=found)

    name = f"3Dmol-{version}-min.js"
    return Resource("3Dmol.js", name, (name, "3Dmol-min.js"), viewer_urls(address, version), verify)
