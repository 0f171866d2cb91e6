"""The one place that says how matplotlib draws: its own defaults and the project's, whatever the user's matplotlibrc says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

STYLE: dict[str, Any] = {
    "svg.hashsalt": "axlstruct", "svg.fonttype": "none", "pdf.fonttype": 42, "text.hinting": "none",
}  # fmt: skip
"""Fixed element ids, text that stays text, and letters as wide as the layout took them to be."""

_LEFT_ALONE = ("backend", "backend_fallback", "interactive", "toolbar", "timezone", "figure.raise_window")
"""What is the user's own: how windows are opened, not how figures look."""


@contextmanager
def paper_style() -> Iterator[None]:
    """Draw and save by matplotlib's defaults and `STYLE`; afterwards the user's settings are as they were.

    Examples
    --------
    >>> import matplotlib
    >>> with matplotlib.rc_context({"text.usetex": True}), paper_style():
    ...     matplotlib.rcParams["text.usetex"]
    False
    """
    from matplotlib import rc_context, rcParamsDefault

    own: Any = {key: value for key, value in rcParamsDefault.items() if key not in _LEFT_ALONE and not key.startswith("webagg.")}
    with rc_context(own | STYLE):
        yield
