"""AXL and GAS6 residue by residue: numbering, exons, domains, sites, coverage and interface contacts of their structures.

>>> import axlstruct as ax
>>> study = ax.load("axl", offline=True)
>>> study.where("R103").exons
(2, 3)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from axlstruct.coverage import Coverage, Placement
    from axlstruct.errors import AxlstructError
    from axlstruct.exons import Exon
    from axlstruct.features import Feature, Site, Span
    from axlstruct.residues import Position, ResidueId
    from axlstruct.study import Study, load

__all__ = ["AxlstructError", "Coverage", "Exon", "Feature", "Placement", "Position", "ResidueId", "Site", "Span", "Study", "load"]
__version__ = "0.1.0"

_HOME = {
    "AxlstructError": "errors",
    "Coverage": "coverage",
    "Exon": "exons",
    "Feature": "features",
    "Placement": "coverage",
    "Position": "residues",
    "ResidueId": "residues",
    "Site": "features",
    "Span": "features",
    "Study": "study",
    "load": "study",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = globals()[name] = getattr(import_module(f"axlstruct.{_HOME[name]}"), name)
        return value
    raise AttributeError(f"module 'axlstruct' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
