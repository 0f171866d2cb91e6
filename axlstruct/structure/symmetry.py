"""The two-fold axis of a complex with two copies of everything: computed, so that no camera is tuned by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axlstruct.errors import StructureError
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.structure import Structure

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class TwoFold:
    """The rotation that lays the first copy on the second.

    Attributes
    ----------
    first, second : tuple of str
        Chains of the two copies, protein by protein.
    axis : ndarray, shape (3,)
        Unit vector; it points away from the receptor's last residues.
    point : ndarray, shape (3,)
        The point of the axis next to the middle of both copies, in Angstrom.
    angle : float
        Degrees, 0 to 180.
    screw : float
        Shift along the axis, in Angstrom; positive with a right-handed turn.
    rmsd : float
        Of C-alpha atoms after superposition, in Angstrom.
    atoms : int
        C-alpha pairs that were superposed.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    axis: np.ndarray
    point: np.ndarray
    angle: float
    screw: float
    rmsd: float
    atoms: int

    @property
    def words(self) -> str:
        """The numbers, for a caption."""
        return (
            f"{''.join(self.first)} onto {''.join(self.second)}: {self.angle:.2f}°, "
            f"rmsd {self.rmsd:.2f} Å over {self.atoms} Cα, shift along the axis {self.screw:.2f} Å".replace("-", "−")
        )


def two_fold(structure: Structure, maps: Sequence[ChainMap], *, tolerance: float = 15.0) -> TwoFold:
    """Compute the axis from the C-alpha atoms that both copies show.

    Parameters
    ----------
    structure : Structure
        With two chains of each protein.
    maps : sequence of ChainMap
        Of its chains.
    tolerance : float
        Degrees by which the rotation may miss 180.

    Returns
    -------
    TwoFold

    Raises
    ------
    StructureError
        Not two chains of each protein, or no two-fold relates them.
    """
    import gemmi
    import numpy as np

    chains: dict[str, list[ChainMap]] = {}
    for m in sorted(maps, key=lambda m: (m.protein.role == "receptor", m.chain.chain)):
        chains.setdefault(m.protein.name, []).append(m)
    if not chains or any(len(copies) != 2 for copies in chains.values()):
        found = ", ".join(f"{len(copies)} of {name}" for name, copies in chains.items()) or "none of the target's proteins"
        raise StructureError("no two-fold axis", where=structure.id, expected="two chains of each protein", found=found)
    moved, fixed, ends = [], [], []
    for one, two in chains.values():
        here, there = alphas(one), alphas(two)
        shared = [position for position in here if position in there]
        moved += [here[p] for p in shared]
        fixed += [there[p] for p in shared]
        if one.protein.role == "receptor":
            ends += [here[max(here)], there[max(there)]]
    fit = gemmi.superpose_positions([gemmi.Position(*p) for p in fixed], [gemmi.Position(*p) for p in moved])
    turn, shift = np.array(fit.transform.mat.tolist()), np.array(fit.transform.vec.tolist())
    angle = float(np.degrees(np.arccos(np.clip((np.trace(turn) - 1) / 2, -1, 1))))
    if abs(angle - 180) > tolerance:
        raise StructureError("the copies are not related by a two-fold axis", where=structure.id, found=f"{angle:.1f} degrees")
    values, vectors = np.linalg.eig(turn)
    axis = np.real(vectors[:, np.argmin(abs(values - 1))])
    axis /= np.linalg.norm(axis)
    if axis @ [turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]] < 0:
        axis = -axis
    screw = float(shift @ axis)
    point = np.linalg.lstsq(np.eye(3) - turn, shift - screw * axis, rcond=None)[0]
    middle = np.array(fixed + moved).mean(axis=0)
    point += axis * ((middle - point) @ axis)
    if (np.array(ends or [middle]).mean(axis=0) - middle) @ axis > 0:
        axis = -axis
    pairs = list(chains.values())
    return TwoFold(
        tuple(one.chain.chain for one, _ in pairs), tuple(two.chain.chain for _, two in pairs),
        axis, point, angle, screw, float(fit.rmsd), len(fixed),
    )  # fmt: skip


def alphas(map: ChainMap) -> dict[int, tuple[float, float, float]]:
    """C-alpha coordinates by position."""
    found = {}
    for position, slot in map.by_position.items():
        for atom in slot.residue.gemmi if slot.residue else ():
            if atom.name == "CA":
                found[position] = (atom.pos.x, atom.pos.y, atom.pos.z)
    return found
