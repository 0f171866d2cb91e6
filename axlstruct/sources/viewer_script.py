"""3Dmol.js: the script that py3Dmol names, refused unless it is byte for byte the one of that release."""

from __future__ import annotations

from pathlib import Path

from axlstruct.errors import ContentError, SourceError
from axlstruct.sources.cache import Resource
from axlstruct.sources.content import sha256
from axlstruct.sources.servers import viewer_urls
from axlstruct.viewers.threedmol import PINNED, version_of


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
    version = version_of(address) or "of unknown version"
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
