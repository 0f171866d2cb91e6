"""How a view shows itself in a notebook and is written as a page."""

from __future__ import annotations

import hashlib
from typing import Any

_CARRIED_BY: dict[str, str] = {}
"""Notebook cell whose output carries 3Dmol.js in the running kernel, by the hash of the script."""


def embed(script: str) -> bool:
    """Whether the view now shown must carry 3Dmol.js.

    The first of a kernel must, and all of the cell that showed the first, as it may run again; outside a kernel every view.
    """
    try:
        from IPython import get_ipython

        parent = get_ipython().get_parent()  # type: ignore[no-untyped-call]
    except (ImportError, AttributeError):
        return True
    cell = str(parent.get("metadata", {}).get("cellId") or "")
    key = hashlib.sha256(script.encode()).hexdigest()
    if key in _CARRIED_BY:
        return cell != "" and _CARRIED_BY[key] == cell
    _CARRIED_BY[key] = cell
    return True


class Display:
    """How a view or several show themselves in a notebook and are written as a page."""

    def _make_html(self) -> str:
        raise NotImplementedError

    def page(self) -> str:
        """A complete page."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        return self._make_html()

    def show(self) -> None:
        """Show it in a notebook."""
        from IPython.display import HTML, display

        display(HTML(self._make_html()))  # type: ignore[no-untyped-call]

    def write_html(self, f: Any = None, fullpage: bool = True) -> str | None:
        """Write the standalone page to a path or an open file; without one, return it."""
        page = self.page()
        if f is None:
            return page
        if hasattr(f, "write"):
            f.write(page)
        else:
            from pathlib import Path

            Path(f).write_text(page, encoding="utf-8", newline="\n")
        return None
