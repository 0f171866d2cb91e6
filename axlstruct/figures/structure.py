"""Publication stills of structures: PyMOL makes the pixels in a child process, matplotlib writes every letter.

>>> from axlstruct.figures import structure
>>> sorted(structure.__all__)
['draw_closeup', 'draw_complex', 'draw_overview', 'draw_sites', 'polar_dashes', 'two_fold']
"""

from axlstruct.figures.closeup import draw_closeup
from axlstruct.figures.complex import draw_complex
from axlstruct.figures.dashes import polar_dashes
from axlstruct.figures.overview import draw_overview
from axlstruct.figures.sites import draw_sites
from axlstruct.figures.symmetry import two_fold

__all__ = ["draw_closeup", "draw_complex", "draw_overview", "draw_sites", "polar_dashes", "two_fold"]
