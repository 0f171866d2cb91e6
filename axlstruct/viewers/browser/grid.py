"""Views beside each other in one cell or page, turning together if they are linked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from axlstruct.errors import UsageError
from axlstruct.viewers.browser.display import Display, embed
from axlstruct.viewers.browser.page import browser_file, loader, whole_page


class SideBySide(Display):
    """Views in one cell or page, each with its legend below; what `side_by_side` returns."""

    def __init__(self, views: Sequence[Any], linked: bool) -> None:
        self.views, self.linked = tuple(views), linked
        self.script: str | None = next((view.script for view in views if view.script), None)

    def _parts(self, patience: int) -> tuple[str, list[str]]:
        texts, scripts = zip(*(view._parts(patience=patience) for view in self.views), strict=True)
        styles, bodies = zip(*(text.removeprefix("<style>").split("</style>\n", 1) for text in texts), strict=True)
        common = browser_file("view.css")
        css = common + "".join(style.removeprefix(common) for style in dict.fromkeys(styles)) + browser_file("together.css")
        mark = "wanted" if self.linked else "no"
        inside = "\n".join(bodies)
        together = f'<div class="axl-together" data-axl-linked="{mark}">\n{inside}\n</div>'
        return f"<style>{css}</style>\n{together}", [*dict.fromkeys(scripts), *([browser_file("link.js")] if self.linked else [])]

    def _make_html(self) -> str:
        text, scripts = self._parts(patience=50 if self.script else 0)
        library = [loader(self.script)] if self.script and embed(self.script) else []
        return "\n".join([text, *(f"<script>{script}</script>" for script in (*library, *scripts)), ""])

    def page(self) -> str:
        """The views as a complete page."""
        text, scripts = self._parts(patience=0)
        title = " | ".join(dict.fromkeys(view.scene.title for view in self.views))
        return whole_page(title, text, [*([loader(self.script)] if self.script else []), *scripts], not self.script)


def side_by_side(views: Sequence[Any], linked: bool = True) -> SideBySide:
    """Views beside each other in one notebook cell or page.

    Parameters
    ----------
    views : sequence of py3Dmol.view
        Two or more of what `make_view` or `axlstruct.study.facade.Study.view` return.
    linked : bool
        Whether turning, moving and zooming one does the same to the others. Each keeps its own first look, so that structures in
        different frames stay as they were turned to each other.

    Returns
    -------
    SideBySide
        Shows itself in a notebook; ``page()`` gives a page that stands alone, ``write_html(path)`` writes it.

    Raises
    ------
    UsageError
        Fewer than two views, or something else among them.
    """
    if len(views) < 2 or not all(hasattr(view, "scene") and hasattr(view, "_parts") for view in views):
        raise UsageError("side by side stand two views or more", advice="pass a list of what study.view(...) returns")
    return SideBySide(views, linked)
