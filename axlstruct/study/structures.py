"""The structures of a target, and what is at hand of each; no server is asked."""

from __future__ import annotations

from dataclasses import dataclass

from axlstruct.study.session import Basis, Session
from axlstruct.tables import Table


@dataclass(frozen=True, slots=True)
class StructureRow:
    """A structure of the target as a row of a table.

    Attributes
    ----------
    id : str
        PDB id or AlphaFold model.
    role : str
        Its part in the target.
    method : str
        As its file says; empty where the file is not at hand.
    resolution : float or None
        Angstrom; None for a model, and where the file is not at hand.
    chains : str
        Proteins of the target with their chains (``auth_asym_id``), as far as they are known: ``AXL C,D; GAS6 A,B``.
    required, reference : bool
        Whether the target cannot do without it, and whether it names the interface classes.
    at_hand : bool
        Whether its coordinates are in the cache or a mirror.
    released : bool
        Whether tables of it ship with the target.
    note : str
        Why the coordinates are not at hand.
    """

    id: str
    role: str
    method: str
    resolution: float | None
    chains: str
    required: bool
    reference: bool
    at_hand: bool
    released: bool
    note: str


def structure_table(session: Session) -> Table:
    """See `axlstruct.study.facade.Study.structures`."""
    rows = []
    for entry in session.target.structures:
        shown = session.shown(entry.id, enough=Basis.NOTHING)
        chains = [(p.name, shown.chains(p)) for p in session.target.proteins]
        words = "; ".join(f"{name} {','.join(found)}" for name, found in chains if found)
        structure = shown.held.structure if shown.held else None
        rows.append(
            StructureRow(
                entry.id, entry.role, structure.method if structure else "", structure.resolution if structure else None, words,
                entry.required, entry.reference, shown.basis is Basis.COORDINATES, shown.released is not None, shown.reason,
            )
        )  # fmt: skip
    return Table(StructureRow, rows)
