"""Where the cache and the mirrors are when nobody says."""

from __future__ import annotations

import os
from pathlib import Path

CACHE_VARIABLE = "AXLSTRUCT_CACHE"
MIRROR_VARIABLE = "AXLSTRUCT_MIRROR"


def default_root() -> Path:
    """Folder of the cache: ``AXLSTRUCT_CACHE``, else ``cache/`` of a checkout, else the user's cache folder."""
    if named := os.environ.get(CACHE_VARIABLE):
        return Path(named).expanduser()
    for folder in Path(__file__).resolve().parents[2:]:
        if is_checkout(folder):
            return folder / "cache"
    import platformdirs

    return Path(platformdirs.user_cache_dir("axlstruct", appauthor=False))


def is_checkout(folder: Path) -> bool:
    """Whether a folder is a checkout of axlstruct: its pyproject.toml names axlstruct and it has ``cache/README.md``."""
    import tomllib

    if not (folder / "cache" / "README.md").is_file():
        return False
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8")).get("project", {})
    except (OSError, ValueError):
        return False
    return isinstance(project, dict) and project.get("name") == "axlstruct"


def default_mirrors() -> tuple[Path, ...]:
    """Folders named in ``AXLSTRUCT_MIRROR``, separated as in PATH."""
    return tuple(Path(part).expanduser() for part in os.environ.get(MIRROR_VARIABLE, "").split(os.pathsep) if part)
