"""Accessible and buried area of a structure's chains and residues, with the settings that every number depends on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from axlstruct.interface.burial import classify
from axlstruct.interface.contacts import ChainPair
from axlstruct.interface.groups import Groups
from axlstruct.interface.sides import Side, sides_of
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.glycans import Glycan, residue_of_atom
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.neighbours import near_pairs
from axlstruct.structure.radii import atom_radii
from axlstruct.structure.structure import Structure
from axlstruct.structure.surface import SINGLE, Burial, buried, sasa

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class ResidueArea:
    """Area of a residue in square Angstrom: exposed in the structure, buried by the partner proteins; alone it is the sum.

    ``buried`` is None, and ``burial`` empty, of a chain that is alone in its structure: there is nothing to be buried in.
    ``burial`` has radii of its own (`AreaSettings.label_radii`): a residue that loses an Angstrom or two by one set may lose
    nothing by the other.
    """

    exposed: float
    buried: float | None
    burial: str


class Surface:
    """The radii of a structure's atoms and the atoms of each chain, looked up once for any number of areas.

    Parameters
    ----------
    structure : Structure
    glycans : sequence of Glycan
    settings : AreaSettings

    Raises
    ------
    StructureError
        An element without a radius in the chosen set.
    """

    def __init__(self, structure: Structure, glycans: Sequence[Glycan], settings: AreaSettings) -> None:
        import numpy as np

        self.structure, self.glycans, self.settings = structure, glycans, settings
        owner = self._chain_of_atom(glycans if settings.glycans else ())
        flat, use = structure.atoms, owner >= 0
        self.radii = np.zeros(len(owner))
        self.radii[use] = atom_radii(
            structure.standard_components[use], structure.standard_atom_names[use], np.asarray(flat.element_names)[use],
            radii=settings.radii,
        )  # fmt: skip
        order = np.argsort(owner, kind="stable")
        self._atoms = np.split(order, np.searchsorted(owner[order], np.arange(len(structure.chains) + 1)))[1:-1]

    def _chain_of_atom(self, glycans: Sequence[Glycan]) -> np.ndarray:
        """Number of the protein chain that each atom belongs to, -1 for none; shape (n,)."""
        import numpy as np

        structure = self.structure
        of_residue = np.array([n for n, chain in enumerate(structure.chains) for _ in chain.residues] + [-1])
        owner: np.ndarray = of_residue[residue_of_atom(structure, glycans)]
        return owner

    @cached_property
    def _number(self) -> dict[int, int]:
        return {id(chain): number for number, chain in enumerate(self.structure.chains)}

    @cached_property
    def _boxes(self) -> tuple[np.ndarray, np.ndarray]:
        """Lowest and highest coordinates of each chain's atoms, widened by radius and probe, each of shape (chains, 3)."""
        import numpy as np

        low = np.full((len(self._atoms), 3), np.inf)
        high = -low
        for number, atoms in enumerate(self._atoms):
            atoms = atoms[self.radii[atoms] > 0]  # noqa: PLW2901
            if len(atoms):
                xyz, reach = self.structure.xyz[atoms], float(self.radii[atoms].max()) + self.settings.probe
                low[number], high[number] = xyz.min(axis=0) - reach, xyz.max(axis=0) + reach
        return low, high

    def _atoms_of(self, sides: Sequence[Side]) -> np.ndarray:
        import numpy as np

        found = [self._atoms[self._number[id(side.chain)]] for side in sides]
        return np.sort(np.concatenate(found)) if found else np.zeros(0, dtype=np.intp)

    def pair(self, pair: ChainPair) -> Burial:
        """What two chains bury of each other, whatever other chains do."""
        return self.between([pair.side_1], [pair.side_2])

    def between(self, ones: Sequence[Side], others: Sequence[Side]) -> Burial:
        """What two groups of chains bury of each other, whatever further chains do."""
        import numpy as np

        places = [[self._number[id(side.chain)] for side in sides] for sides in (ones, others)]
        (low, high), (other_low, other_high) = ([edge[where] for edge in self._boxes] for where in places)
        meet = (low[:, None] <= other_high).all(axis=2) & (high[:, None] >= other_low).all(axis=2)
        if not meet.any():
            nothing, zero = np.zeros(0, dtype=np.intp), np.zeros(0)
            return Burial(nothing, zero, nothing, zero)
        settings = self.settings
        return buried(
            self.structure.xyz, self.radii, self._atoms_of(ones), self._atoms_of(others),
            probe=settings.probe, points=settings.points,
        )  # fmt: skip

    def exposed(self, sides: Sequence[Side] | None = None, *, without: np.ndarray | None = None) -> np.ndarray:
        """Area of each atom among all protein chains, or among those given; square Angstrom, shape (n,).

        Parameters
        ----------
        sides : sequence of Side, optional
            Chains that are there; by default all protein chains.
        without : array of bool, shape (n,), optional
            Atoms that are taken for absent.
        """
        import numpy as np

        use = np.flatnonzero(self.radii > 0 if without is None else (self.radii > 0) & ~without)
        if sides is not None:
            use = np.intersect1d(use, self._atoms_of(sides), assume_unique=True)
        exposed = np.zeros(len(self.radii))
        exposed[use] = sasa(self.structure.xyz[use], self.radii[use], probe=self.settings.probe, points=self.settings.points)
        return exposed

    def residues(self, maps: Sequence[ChainMap], groups: Groups | None = None) -> dict[int, ResidueArea]:
        """Areas of all residues, by index into `Structure.residues`.

        Exposed is the area in the structure as it is, all protein chains together. Buried is what the other molecules take away:
        the monomer of Levy 2010 (PubMed 20868694) is a whole group of chains. Those of receptor and ligand are the groups of the
        target's chains; any other molecule stands against all other chains, and where there is one molecule only each chain does.

        Parameters
        ----------
        maps : sequence of ChainMap
        groups : Groups, optional
            Two groups instead: areas and labels are those of their chains alone, each group the monomer of the other.
        """
        import numpy as np

        structure, settings = self.structure, self.settings
        sides = sides_of(structure, maps)
        divisions = _divisions(sides, groups)
        shown = [side for side in sides if groups is None or side.chain.chain in groups.chains]
        count = len(structure.residues)
        total = self._by_residue(self.exposed(None if groups is None else shown))
        lost = self._lost(divisions)
        labelled = self if settings.label_radii == settings.radii else Surface(
            structure, self.glycans, replace(settings, radii=settings.label_radii)
        )  # fmt: skip
        loss = lost if labelled is self else labelled._lost(divisions)
        left = total if labelled is self else labelled._exposed_of(np.flatnonzero(loss), shown)
        labels = classify([residue.standard for residue in structure.residues], left + loss, left, scale=settings.scale)
        inside = {id(side.chain) for side in shown}
        owners = (chain for chain in structure.chains for _ in chain.residues)
        use = [index for index, chain in zip(range(count), owners, strict=True) if id(chain) in inside]
        alone = not divisions
        return {k: ResidueArea(round(float(total[k]), 2), None if alone else round(float(lost[k]), 2), labels[k]) for k in use}

    def _by_residue(self, area: np.ndarray) -> np.ndarray:
        import numpy as np

        owner = self.structure.residue_of_atom
        summed: np.ndarray = np.bincount(owner[owner >= 0], area[owner >= 0], len(self.structure.residues))
        return summed

    def _lost(self, divisions: Sequence[tuple[Sequence[Side], Sequence[Side], bool]]) -> np.ndarray:
        """Area that each residue loses to the other side of its division, shape (residues,)."""
        import numpy as np

        area = np.zeros(len(self.radii))
        for ones, others, both in divisions:
            burial = self.between(ones, others)
            area[burial.atoms_1] += burial.lost_1
            if both:
                area[burial.atoms_2] += burial.lost_2
        return self._by_residue(area)

    def _exposed_of(self, residues: np.ndarray, sides: Sequence[Side]) -> np.ndarray:
        """Exposed area of some residues among the chains given, 0 for the others; only atoms near them are looked at."""
        import numpy as np

        xyz, settings = self.structure.xyz, self.settings
        around = self._atoms_of(sides)
        around = around[self.radii[around] > 0]
        asked = around[np.isin(self.structure.residue_of_atom[around], residues)]
        _, near = near_pairs(xyz, self.radii + (settings.probe + SINGLE), asked, around)
        use = np.union1d(asked, near)
        area = np.zeros(len(self.radii))
        area[use] = sasa(xyz[use], self.radii[use], probe=settings.probe, points=settings.points)
        total = self._by_residue(area)
        return np.where(np.isin(np.arange(len(total)), residues), total, 0.0)


def _divisions(sides: Sequence[Side], groups: Groups | None) -> list[tuple[list[Side], list[Side], bool]]:
    """Which chains lose area to which, and whether the others' loss counts too."""
    if groups is not None:
        one, two = ([side for side in sides if side.chain.chain in group] for group in (groups.one, groups.two))
        return [(one, two, True)]
    receptor, ligand = ([side for side in sides if side.rank[0] == rank] for rank in (0, 1))
    divisions = [(receptor, ligand, True)] if receptor and ligand else []
    settled = {id(side) for side in (*receptor, *ligand)} if divisions else set()
    open_ = [side for side in sides if id(side) not in settled]
    molecules = {side.molecule for side in sides}
    together: dict[object, list[Side]] = {}
    for side in open_:
        together.setdefault(side.molecule if len(molecules) > 1 else id(side), []).append(side)
    for mine in together.values():
        own = {id(side) for side in mine}
        others = [side for side in sides if id(side) not in own]
        if others:
            divisions.append((mine, others, False))
    return divisions
