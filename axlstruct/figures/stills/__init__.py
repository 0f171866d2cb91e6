"""Publication stills of structures: PyMOL makes the pixels in a child process, matplotlib writes every letter.

>>> from axlstruct.figures import stills as structure
>>> sorted(structure.__all__)
['draw_closeup', 'draw_complex', 'draw_overview', 'draw_sites', 'polar_dashes', 'two_fold']
"""

from axlstruct.figures.stills.closeup import draw_closeup
from axlstruct.figures.stills.complex import draw_complex
from axlstruct.figures.stills.dashes import polar_dashes
from axlstruct.figures.stills.overview import draw_overview
from axlstruct.figures.stills.sites import draw_sites
from axlstruct.structure.symmetry import two_fold

__all__ = ["draw_closeup", "draw_complex", "draw_overview", "draw_sites", "polar_dashes", "two_fold"]
