"""Accessible and buried area of a structure's chains and residues, with the settings that every number depends on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.interface.burial import classify
from axlstruct.interface.contacts import ChainPair, Side
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.glycans import Glycan, residue_of_atom
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.radii import atom_radii
from axlstruct.structure.structure import Structure
from axlstruct.structure.surface import Burial, buried, sasa

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class ResidueArea:
    """Area of a residue in square Angstrom: exposed in the structure, buried by the partner proteins; alone it is the sum."""

    exposed: float
    buried: float
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

        self.structure, self.settings = structure, settings
        self._owner = self._chain_of_atom(glycans if settings.glycans else ())
        flat, use = structure.atoms, self._owner >= 0
        self.radii = np.zeros(len(self._owner))
        self.radii[use] = atom_radii(
            structure.standard_components[use], structure.standard_atom_names[use], np.asarray(flat.element_names)[use],
            radii=settings.radii,
        )  # fmt: skip

    def _chain_of_atom(self, glycans: Sequence[Glycan]) -> np.ndarray:
        """Number of the protein chain that each atom belongs to, -1 for none; shape (n,)."""
        import numpy as np

        structure = self.structure
        of_residue = np.array([n for n, chain in enumerate(structure.chains) for _ in chain.residues] + [-1])
        owner: np.ndarray = of_residue[residue_of_atom(structure, glycans)]
        return owner

    def _atoms_of(self, sides: Sequence[Side]) -> np.ndarray:
        import numpy as np

        wanted = {id(side.chain) for side in sides}
        chains = [number for number, chain in enumerate(self.structure.chains) if id(chain) in wanted]
        mask: np.ndarray = np.isin(self._owner, chains)
        return mask

    def pair(self, pair: ChainPair) -> Burial:
        """What two chains bury of each other, whatever other chains do."""
        settings = self.settings
        return buried(
            self.structure.xyz, self.radii, self._atoms_of([pair.side_1]), self._atoms_of([pair.side_2]),
            probe=settings.probe, points=settings.points,
        )  # fmt: skip

    def exposed(self) -> np.ndarray:
        """Area of each atom in the structure as it is, all protein chains together; square Angstrom, shape (n,)."""
        import numpy as np

        use = np.flatnonzero(self.radii > 0)
        exposed = np.zeros(len(self.radii))
        exposed[use] = sasa(self.structure.xyz[use], self.radii[use], probe=self.settings.probe, points=self.settings.points)
        return exposed

    def residues(self, maps: Sequence[ChainMap]) -> dict[int, ResidueArea]:
        """Areas of all residues of the target's chains, by index into `Structure.residues`.

        Exposed is the area in the structure as it is, all protein chains together. Buried is what the other protein of the target
        takes away, all its chains together: the monomer of Levy 2010 (PubMed 20868694) is the whole partner group.
        """
        import numpy as np

        structure, settings, exposed = self.structure, self.settings, self.exposed()
        owner = structure.residue_of_atom
        protein = owner >= 0
        count = len(structure.residues)
        total = np.bincount(owner[protein], exposed[protein], count)
        lost = np.zeros(count)
        roles = sorted({m.protein.role for m in maps}, reverse=True)
        if len(roles) == 2:
            groups = [self._atoms_of([Side(m.chain, m) for m in maps if m.protein.role == role]) for role in roles]
            burial = buried(structure.xyz, self.radii, *groups, probe=settings.probe, points=settings.points)
            for atoms, loss in ((burial.atoms_1, burial.lost_1), (burial.atoms_2, burial.lost_2)):
                mine = owner[atoms] >= 0
                lost += np.bincount(owner[atoms][mine], loss[mine], count)
        labels = classify([residue.standard for residue in structure.residues], total + lost, total, scale=settings.scale)
        mapped = {id(residue) for m in maps for residue in m.chain.residues}
        return {
            index: ResidueArea(round(float(total[index]), 2), round(float(lost[index]), 2), labels[index])
            for index, residue in enumerate(structure.residues)
            if id(residue) in mapped
        }
