"""Figures become files: the same figure gives the same bytes, and half a file is never left behind."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from axlstruct.errors import AxlstructError, UsageError
from axlstruct.figures.paper.style import paper_style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

METADATA: dict[str, dict[str, None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
}
"""Formats that can be written, and the entries left out of each (times and program versions)."""

DRAFT = "draft"
"""Label of a figure whose stills are drafts: they have no more to show than half the resolution does."""

PACKED = {"compress_level": 3}
"""Of PNG: half the time of the default, for flat colours no larger."""


def save_figure(fig: Figure, path: str | os.PathLike[str], dpi: int = 0) -> Path:
    """Write a figure as PNG, SVG or PDF, by the suffix of the path.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
    path : path-like
        Written to a temporary file in the same folder, then moved over.
    dpi : int
        Resolution of PNG, and of images inside SVG and PDF; 0 takes 300, and 150 for a draft.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    UsageError
        For any other suffix, or an impossible resolution.
    AxlstructError
        Where the file cannot be written.
    """
    target = Path(path)
    kind = check_path(target, dpi)
    dpi = dpi or (150 if fig.get_label() == DRAFT else 300)
    temporary = target.with_name(f".{target.stem}-{uuid4().hex}{target.suffix}")
    try:
        with temporary.open("xb") as stream, paper_style():
            packed: dict[str, Any] = {"pil_kwargs": PACKED} if kind == "png" else {}
            fig.savefig(stream, format=kind, dpi=dpi, metadata=METADATA[kind], **packed)
        os.replace(temporary, target)
    except OSError as error:
        raise _unwritable(target, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return target


def check_path(path: Path, dpi: int = 0) -> str:
    """Format that a path asks for by its suffix; refuses what cannot be written before anything is drawn.

    Raises
    ------
    UsageError
        Another suffix, or a resolution that is neither 0 nor 20 to 1200.
    AxlstructError
        There is no such folder, or it may not be written to.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in METADATA:
        raise UsageError(
            "no picture format of that name", where=str(path), expected=".png, .svg or .pdf", found=path.suffix or "no suffix"
        )
    if dpi and not 20 <= dpi <= 1200:
        raise UsageError("impossible resolution", where=str(path), expected="20 to 1200 dpi", found=f"{dpi}")
    if not path.parent.is_dir():
        raise _unwritable(path, "no such folder")
    if not os.access(path.parent, os.W_OK):
        raise _unwritable(path, "the folder may not be written to")
    return kind


def _unwritable(path: Path, why: str) -> AxlstructError:
    return AxlstructError(
        f"the figure cannot be written: {why}", where=str(path), advice="choose a folder that exists and that you may write to"
    )
