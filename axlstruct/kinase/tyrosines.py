"""Tyrosines as a kinase or a phosphatase meets them: how exposed each is, and which basic residues are near its hydroxyl."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from axlstruct.interface.areas import Surface
from axlstruct.interface.burial import THRESHOLD, area_scale
from axlstruct.interface.interactions import traces
from axlstruct.kinase import reference as ref
from axlstruct.kinase.atoms import CATION, PHOSPHATE
from axlstruct.kinase.landmarks import Kinase
from axlstruct.sequence.coverage import MEANING, Coverage, Placement
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.confidence import CONFIDENT, LOW, band
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.structure import ObservedResidue, Structure

if TYPE_CHECKING:
    import numpy as np

NEAR = 10.0
"""Angstrom within which basic residues are listed."""

WORTH_SAYING = 10.0
"""Square Angstrom that residues of very low confidence may hide unsaid."""

OUTSIDE = ("extracellular", "signal")
"""Topology from which no residue of the same chain meets a cytoplasmic one, whatever a model shows."""


@dataclass(frozen=True, slots=True)
class TyrosineRow:
    """A tyrosine of the cytoplasmic part in one chain; numbers are empty where atoms are missing.

    Attributes
    ----------
    protein, position, residue
        Gene, UniProt position, letter.
    site, role, listed
        Name and role where it is a curated site of the target; the phosphorylation feature that lists it.
    place
        ``activation loop``, ``glycine-rich loop``, ``kinase domain``, or before or behind it.
    structure, chain, number, icode, coverage, observed_residue
        As in the residue table; ``PTR`` is a phosphotyrosine.
    phosphorylated
        Whether this chain carries the phosphate; empty where the residue is not seen.
    plddt, confidence
        Of a model, with the band's word in AlphaFold DB: ``very high``, ``confident``, ``low``, ``very low``.
    area, relative_area, exposure
        Accessible area of the residue in the structure, square Angstrom; its share of the largest possible; ``exposed`` from
        a share of 0.25 on, else ``buried``.
    hydroxyl_area
        Of that, the part of the hydroxyl oxygen, or of the phosphate's three free oxygens.
    basic, basic_residue, basic_place, basic_distance
        Nearest Arg, Lys or His within 10 Angstrom: UniProt name, component, ``CHAIN/NUMBER``, distance of its side-chain nitrogen
        from the hydroxyl oxygen or from the phosphate's free oxygens. Of a model, residues on the other side of the membrane
        do not count; the note names them.
    basic_near
        All of them, nearest first, as ``NAME CHAIN/NUMBER DISTANCE``, joined by ``;``; low pLDDT is added.
    radii
        How areas were computed, and the scale behind the share.
    note
        Why a number is empty or should not be trusted.
    assembly
    """

    protein: str
    position: int
    residue: str
    site: str
    role: str
    listed: str
    place: str
    structure: str
    chain: str
    number: int | None
    icode: str
    coverage: str
    observed_residue: str
    phosphorylated: bool | None
    plddt: float | None
    confidence: str
    area: float | None
    relative_area: float | None
    exposure: str
    hydroxyl_area: float | None
    basic: str
    basic_residue: str
    basic_place: str
    basic_distance: float | None
    basic_near: str
    radii: str
    note: str
    assembly: str


@dataclass(frozen=True, slots=True)
class Basic:
    """A basic residue near a tyrosine: UniProt name (empty outside the target), place, nearest nitrogen, confidence."""

    name: str
    residue: ObservedResidue
    atom: str
    distance: float
    plddt: float | None

    @property
    def place(self) -> str:
        """Chain and author number."""
        return f"{self.residue.id.chain}/{self.residue.id.label}"

    def __str__(self) -> str:
        doubt = f" (pLDDT {self.plddt:.0f})" if self.plddt is not None and self.plddt < CONFIDENT else ""
        return f"{self.name or self.residue.name} {self.place} {self.distance:.1f}{doubt}"


def tyrosines(kinase: Kinase) -> tuple[int, ...]:
    """Positions of the tyrosines of the cytoplasmic part; of the whole protein where its topology is not known."""
    protein = kinase.protein
    topology = bool(protein.features_of("region"))
    return tuple(
        position
        for position, letter in enumerate(protein.sequence, 1)
        if letter == "Y" and (not topology or protein.region(position) == "cytoplasmic")
    )


class Surroundings:
    """Areas and basic residues of a structure, computed once for all its tyrosines.

    Parameters
    ----------
    structure : Structure
    maps : sequence of ChainMap
        Its chains that are proteins of the target, for the UniProt numbers of neighbours.
    settings : AreaSettings
    """

    def __init__(self, structure: Structure, maps: Sequence[ChainMap], settings: AreaSettings) -> None:
        self.structure, self.settings = structure, settings
        self.bare = traces(structure)
        self.names = {id: f"{m.protein.letter(p)}{p}" for m in maps for id, p in m.position_of.items()}
        self.outside = {id for m in maps if m.predicted for id, p in m.position_of.items() if m.protein.region(p) in OUTSIDE}

    @cached_property
    def exposed(self) -> np.ndarray:
        """Area of each atom, square Angstrom."""
        return Surface(self.structure, (), self.settings).exposed()

    @cached_property
    def trusted(self) -> np.ndarray | None:
        """As `exposed`, without residues of very low confidence or beyond the membrane; None for what was observed."""
        import numpy as np

        if not self.structure.predicted:
            return None
        sure = self.structure.plddt
        drop = np.array([(sure and r.b < LOW) or r.id in self.outside for r in self.structure.residues])
        owner = self.structure.residue_of_atom
        return Surface(self.structure, (), self.settings).exposed(without=(owner >= 0) & drop[owner])

    @cached_property
    def nitrogens(self) -> tuple[np.ndarray, list[tuple[ObservedResidue, str]]]:
        """Places of all side-chain nitrogens of basic residues, shape (n, 3), and which they are."""
        import numpy as np

        found = [
            (residue, atom)
            for residue in self.structure.residues
            for atom in residue.gemmi
            if atom.name in CATION.get(residue.letter, ())
        ]
        places = np.array([atom.pos.tolist() for _, atom in found]).reshape(-1, 3)
        return places, [(residue, atom.name) for residue, atom in found]

    def hidden(self, residue: ObservedResidue) -> float:
        """Area that residues of very low confidence, or beyond the membrane, take from a residue; square Angstrom."""
        if self.trusted is None or (self.structure.plddt and residue.b < LOW):
            return 0.0
        atoms = slice(residue.first_atom, residue.first_atom + residue.n_atoms)
        return float((self.trusted[atoms] - self.exposed[atoms]).sum())

    def area(self, residue: ObservedResidue, atoms: Sequence[str] | None = None) -> float:
        """Area of a residue or of some of its atoms, by name."""
        area = self.exposed[residue.first_atom : residue.first_atom + residue.n_atoms]
        names = self.structure.atom_names[residue.first_atom : residue.first_atom + residue.n_atoms]
        wanted = None if atoms is None else {name.encode() for name in atoms}
        return float(sum(a for a, name in zip(area, names, strict=True) if wanted is None or name in wanted))

    def basics(self, residue: ObservedResidue, ends: Sequence[str]) -> list[Basic]:
        """Basic residues within `NEAR` of some of a residue's atoms, nearest first, each with its nearest nitrogen."""
        import numpy as np

        from_ = np.array([atom.pos.tolist() for atom in residue.gemmi if atom.name in ends])
        places, whose = self.nitrogens
        if not len(places):
            return []
        distance = np.sqrt(((places[:, None] - from_[None]) ** 2).sum(axis=2)).min(axis=1)
        nearest: dict[int, Basic] = {}
        for index in np.argsort(distance, kind="stable").tolist():
            other, atom = whose[index]
            if distance[index] > NEAR:
                break
            confidence = other.b if self.structure.plddt else None
            name = self.names.get(other.id, "")
            nearest.setdefault(other.first_atom, Basic(name, other, atom, float(distance[index]), confidence))
        return list(nearest.values())

    @cached_property
    def stubs(self) -> list[ObservedResidue]:
        """Basic residues whose side-chain nitrogens are not all there."""
        basic = (residue for residue in self.structure.residues if residue.letter in CATION)
        return [residue for residue in basic if set(CATION[residue.letter]) - set(residue.atoms)]

    def cut_short(self, residue: ObservedResidue, ends: Sequence[str]) -> list[str]:
        """Those of `stubs` with an atom within `NEAR`, by name."""
        from_ = [atom.pos for atom in residue.gemmi if atom.name in ends]
        return [
            f"{self.names.get(other.id) or other.name} {other.id.chain}/{other.id.label}"
            for other in self.stubs
            if any(atom.pos.dist(here) <= NEAR for atom in other.gemmi for here in from_)
        ]


def tyrosine_row(
    kinase: Kinase,
    placement: Placement,
    around: Surroundings | None = None,
    residue: ObservedResidue | None = None,
    *,
    assembly: str = "asu",
) -> TyrosineRow:
    """One tyrosine in one chain; a number whose atoms are not all there is empty, and the note says why.

    Parameters
    ----------
    kinase : Kinase
    placement : Placement
        From a chain map, or from what is known without coordinates.
    around : Surroundings, optional
        Of the structure, where there are coordinates.
    residue : ObservedResidue, optional
        The residue that stands there.
    """
    protein, position = kinase.protein, placement.position
    site, listed = protein.site(position), protein.named("phosphorylation", position)
    measured, notes = _measure(around, placement, residue) if around and residue else (_Measured(), _unseen(placement))
    plddt, id = placement.plddt, placement.residue
    if plddt is not None and plddt < CONFIDENT:
        notes.append(
            f"pLDDT {plddt:.0f}: exposure and neighbours of the model mean {'little' if plddt > LOW else 'nothing'} here"
        )
    if residue and residue.letter == "Y" and residue.name not in ("TYR", "PTR"):
        notes.append(f"{residue.name}, a modified tyrosine")
    return TyrosineRow(
        protein.name, position, protein.letter(position), site.name if site else "", site.role if site else "", listed,
        place(kinase, position), placement.structure, placement.chain, id.number if id else None, id.icode if id else "",
        str(placement.coverage), placement.found, placement.found == "PTR" if placement.found else None,
        plddt, band(plddt) if plddt is not None else "",
        measured.area, measured.relative, measured.exposure, measured.hydroxyl, *_nearest(measured.basics),
        f"{around.settings}, {around.settings.scale}" if around and measured.area is not None else "", "; ".join(notes), assembly,
    )  # fmt: skip


def place(kinase: Kinase, position: int) -> str:
    """Where a position is with respect to the kinase domain."""
    for name in (ref.ACTIVATION_LOOP, ref.LOOP, ref.HINGE):
        span = kinase.span(name)
        if span and position in span:
            return name
    if position in kinase.domain.span:
        return "kinase domain"
    return "before the kinase domain" if position < kinase.domain.span.first else "behind the kinase domain"


def _unseen(placement: Placement) -> list[str]:
    if placement.coverage.has_atoms:
        return [placement.note] if placement.note else []
    return [": ".join(filter(None, (MEANING[placement.coverage], placement.note)))]


@dataclass
class _Measured:
    area: float | None = None
    relative: float | None = None
    hydroxyl: float | None = None
    basics: Sequence[Basic] = ()

    @property
    def exposure(self) -> str:
        return "" if self.relative is None else "exposed" if self.relative >= THRESHOLD else "buried"


def _measure(around: Surroundings, placement: Placement, residue: ObservedResidue) -> tuple[_Measured, list[str]]:
    if placement.coverage is Coverage.DIFFERENT:
        return _Measured(), [placement.note]
    if placement.chain in around.bare:
        return _Measured(), ["the chain is a trace of single atoms"]
    measured = _Measured()
    notes = [f"without {' '.join(residue.missing_atoms)}"] if residue.missing_atoms else []
    ends = PHOSPHATE if residue.name == "PTR" else ("OH",)
    scale = area_scale(around.settings.scale).areas
    if not residue.missing_atoms:
        measured.area = round(around.area(residue), 2)
        measured.hydroxyl = round(around.area(residue, ends), 2)
        if residue.standard in scale:
            measured.relative = round(around.area(residue) / scale[residue.standard], 3)
        if (hidden := around.hidden(residue)) >= WORTH_SAYING:
            notes.append(f"{hidden:.0f} A^2 are hidden by residues of pLDDT below {LOW:g} or beyond the membrane")
    if set(ends) <= set(residue.atoms):
        every = around.basics(residue, ends)
        basics = measured.basics = [basic for basic in every if basic.residue.id not in around.outside]
        if beyond := [str(basic) for basic in every if basic.residue.id in around.outside]:
            notes.append(f"beyond the membrane, near in the model only: {', '.join(beyond)}")
        notes += [] if basics else [f"no side-chain nitrogen of Arg, Lys or His within {NEAR:g} A"]
        if cut := around.cut_short(residue, ends):
            notes.append(f"nitrogens missing near it: {', '.join(cut)}")
    return measured, notes


def _nearest(basics: Sequence[Basic]) -> tuple[str, str, str, float | None, str]:
    if not basics:
        return "", "", "", None, ""
    first, near = basics[0], ";".join(map(str, basics))
    return first.name, first.residue.name, first.place, round(first.distance, 3), near
