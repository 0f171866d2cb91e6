"""A `Scene` in the browser: a py3Dmol view with title, legend and hover texts for notebooks, and a page that stands alone.

What is embedded is data: every ``<`` of it is written as an escape, texts reach the page as text, and the standalone page carries
a Content Security Policy that allows its own scripts by hash and nothing else.
"""

from axlstruct.viewers.browser.calls import selection_spec
from axlstruct.viewers.browser.grid import SideBySide, side_by_side
from axlstruct.viewers.browser.model import chain_letters, model_text
from axlstruct.viewers.browser.single import make_view, view_html

__all__ = ["SideBySide", "chain_letters", "make_view", "model_text", "selection_spec", "side_by_side", "view_html"]
