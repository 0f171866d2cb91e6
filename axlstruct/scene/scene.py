"""What to show of a structure, as data: selections in author numbers, styles, labels, a legend, and what cannot be shown.

A `Scene` knows no viewer: whatever draws it takes the same selections, colours and secondary structure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from axlstruct.interface.kinds import KINDS
from axlstruct.structure.secondary_structure import Element, Place

COLORS = ("exon", "domain", "chain", "interface", "coverage", "plddt", "burial", "ddg")
"""What a cartoon can be coloured by."""

NUMBERINGS = ("author", "uniprot")
"""What labels can be numbered by."""


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """Residues ``first`` to ``last`` that all carry the same insertion code; each of them is in the chain."""

    first: int
    last: int
    icode: str = ""

    def __str__(self) -> str:
        end = f"-{self.last}{self.icode}" if self.last != self.first else ""
        return f"{self.first}{self.icode}{end}"


@dataclass(frozen=True, slots=True)
class Selection:
    """Residues of one chain, by ``auth_asym_id``, author numbers and insertion codes."""

    chain: str
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, chain: str, places: Iterable[Place]) -> Selection:
        """Select single residues.

        Examples
        --------
        >>> str(Selection.of("B", [(82, ""), (81, ""), (82, "A"), (-1, "")]))
        'B/-1,81-82,82A'
        """
        runs: list[list[Any]] = []
        for icode, number in sorted({(icode, number) for number, icode in places}):
            if runs and runs[-1][2] == icode and runs[-1][1] == number - 1:
                runs[-1][1] = number
            else:
                runs.append([number, number, icode])
        return cls(chain, tuple(Run(*run) for run in runs))

    def __contains__(self, place: object) -> bool:
        return isinstance(place, tuple) and any(run.first <= place[0] <= run.last and run.icode == place[1] for run in self.runs)

    def __len__(self) -> int:
        return sum(run.last - run.first + 1 for run in self.runs)

    def __str__(self) -> str:
        return f"{self.chain}/{','.join(map(str, self.runs))}"


@dataclass(frozen=True, slots=True)
class Style:
    """``cartoon``, ``trace`` (a thin tube along the chain), ``stick`` or ``sphere``, a colour ``#RRGGBB``, a radius in Angstrom
    for all but a cartoon, and the opacity of cartoons and traces, 0 to 1."""

    kind: str
    color: str
    radius: float | None = None
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Layer:
    """Selections in one style, drawn over the layers before; ``part`` is ``all`` or ``side-chain`` (with the C-alpha)."""

    name: str
    selections: tuple[Selection, ...]
    style: Style
    part: str = "all"


@dataclass(frozen=True, slots=True)
class Label:
    """A text at the centre of a selection, and what a reader learns beyond it."""

    text: str
    selection: Selection
    color: str
    hover: str = ""


@dataclass(frozen=True, slots=True)
class AtomPlace:
    """An atom by ``auth_asym_id``, author number, insertion code and name."""

    chain: str
    number: int
    icode: str
    atom: str

    def __str__(self) -> str:
        return f"{self.chain}/{self.number}{self.icode}:{self.atom}"


@dataclass(frozen=True, slots=True)
class Dash:
    """A typed bond from donor to acceptor (of a salt bridge from cation to anion), its length in Angstrom and its grade."""

    type: str
    donor: AtomPlace
    acceptor: AtomPlace
    color: str
    distance: float
    grade: str

    def __str__(self) -> str:
        return f"{KINDS[self.type].words} {self.donor} – {self.acceptor}, {self.distance:.1f} Å, grade {self.grade}"


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A line of the legend under a heading; ``shape`` is the kind of style it explains."""

    heading: str
    label: str
    color: str
    shape: str = "cartoon"
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AbsentSite:
    """A site that the structure does not show, so that it is drawn nowhere, and why."""

    protein: str
    name: str
    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class ResidueInfo:
    """What to say of one residue; position is UniProt's, empty fields do not apply."""

    chain: str
    number: int
    icode: str
    component: str
    protein: str = ""
    position: int | None = None
    letter: str = ""
    exons: str = ""
    domain: str = ""
    coverage: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Camera:
    """A point to look at, in Angstrom, and the rotation (quaternion x, y, z, w) that turns the widest face to the reader."""

    center: tuple[float, float, float]
    rotation: tuple[float, float, float, float]


@dataclass(frozen=True)
class Scene:
    """Everything a viewer needs to draw a structure, and everything a reader needs to understand it.

    Attributes
    ----------
    structure, assembly : str
    title : str
    color : str
        What the cartoon is coloured by, one of `COLORS`.
    layers : tuple of Layer
        In the order in which they are drawn.
    labels : tuple of Label
    legend : tuple of LegendEntry
    numbering : str
        The numbering of labels and selections, and how UniProt's relates to it.
    absent : tuple of AbsentSite
    secondary : tuple of Element
        Helices and strands; what is in none is a loop.
    secondary_source : str
    residues : tuple of ResidueInfo
        For hover labels: polymer residues and what is drawn of hetero groups.
    camera : Camera
    notes : tuple of str
    dashes : tuple of Dash
        Hydrogen bonds and salt bridges across interfaces.
    cautions : tuple of str
        What must be read before the picture is believed; first of all that stands beside it.
    """

    structure: str
    assembly: str
    title: str
    color: str
    layers: tuple[Layer, ...]
    labels: tuple[Label, ...]
    legend: tuple[LegendEntry, ...]
    numbering: str
    absent: tuple[AbsentSite, ...]
    secondary: tuple[Element, ...]
    secondary_source: str
    residues: tuple[ResidueInfo, ...]
    camera: Camera
    notes: tuple[str, ...] = ()
    dashes: tuple[Dash, ...] = ()
    cautions: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain lists and dictionaries, ready for JSON."""
        plain: dict[str, Any] = asdict(self)
        return {"schema": 1, **plain}
