"""Figures become files: the same figure gives the same bytes, and half a file is never left behind."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axlstruct.errors import AxlstructError, OutputError, UsageError
from axlstruct.figures.paper.style import paper_style
from axlstruct.writing import write_whole

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
        Drawn in memory, then written whole or not at all; its folder is made.
    dpi : int
        Resolution of PNG, and of images inside SVG and PDF; 0 takes 300, and 150 for a draft.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    UsageError
        For any other suffix, or an impossible resolution.
    OutputError
        Where the file cannot be written.
    """
    target = Path(path)
    kind = check_path(target, dpi)
    try:
        drawn = figure_bytes(fig, kind, dpi)
    except OSError as error:  # of a font or a picture on the way
        raise OutputError(f"the figure cannot be drawn: {error.strerror or error}", where=str(target)) from None
    write_whole(target, drawn)
    return target


def figure_bytes(fig: Figure, kind: str, dpi: int = 0) -> bytes:
    """A figure as PNG, SVG or PDF; the same figure gives the same bytes. ``dpi`` as in `save_figure`."""
    dpi = dpi or (150 if fig.get_label() == DRAFT else 300)
    packed: dict[str, Any] = {"pil_kwargs": PACKED} if kind == "png" else {}
    stream = io.BytesIO()
    with paper_style():
        fig.savefig(stream, format=kind, dpi=dpi, metadata=METADATA[kind], **packed)
    return stream.getvalue()


def check_path(path: Path, dpi: int = 0) -> str:
    """Format that a path asks for by its suffix; refuses what cannot be written before anything is drawn.

    Raises
    ------
    UsageError
        Another suffix, or a resolution that is neither 0 nor 20 to 1200.
    AxlstructError
        The folder may not be written to.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in METADATA:
        raise UsageError(
            "no picture format of that name", where=str(path), expected=".png, .svg or .pdf", found=path.suffix or "no suffix"
        )
    if dpi and not 20 <= dpi <= 1200:
        raise UsageError("impossible resolution", where=str(path), expected="20 to 1200 dpi", found=f"{dpi}")
    there = next((folder for folder in path.absolute().parents if folder.exists()), path.absolute())
    if not (there.is_dir() and os.access(there, os.W_OK)):
        raise AxlstructError("the figure cannot be written", where=str(path), advice="choose a folder that you may write to")
    return kind
