"""AXL and GAS6 residue by residue: numbering, exons, domains, sites, coverage and interface contacts of their structures.

>>> import axlstruct as ax
>>> study = ax.load("axl", offline=True)
>>> study.where("R103").exons
(2, 3)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from axlstruct.errors import AxlstructError
    from axlstruct.sequence.coverage import Coverage, Placement
    from axlstruct.sequence.exons import Exon
    from axlstruct.sequence.features import Feature, Site, Span
    from axlstruct.sequence.residues import Position, ResidueId
    from axlstruct.study.facade import Study, load

__all__ = ["AxlstructError", "Coverage", "Exon", "Feature", "Placement", "Position", "ResidueId", "Site", "Span", "Study", "load"]
__version__ = "0.2.0"

_HOME = {
    "AxlstructError": "errors",
    "Coverage": "sequence.coverage",
    "Exon": "sequence.exons",
    "Feature": "sequence.features",
    "Placement": "sequence.coverage",
    "Position": "sequence.residues",
    "ResidueId": "sequence.residues",
    "Site": "sequence.features",
    "Span": "sequence.features",
    "Study": "study.facade",
    "load": "study.facade",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = globals()[name] = getattr(import_module(f"axlstruct.{_HOME[name]}"), name)
        return value
    raise AttributeError(f"module 'axlstruct' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
