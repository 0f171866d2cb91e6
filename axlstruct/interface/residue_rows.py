"""Features laid on structures: one row for every residue of a protein and every chain that could show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from axlstruct.interface.areas import ResidueArea
from axlstruct.sequence.coverage import Coverage, Placement
from axlstruct.sequence.residues import ResidueId
from axlstruct.sequence.target import Protein
from axlstruct.structure.glycans import Glycan
from axlstruct.structure.structure import ObservedResidue

UNKNOWN = "unknown"
"""Interface class of a residue without coordinates: what it touches cannot be said."""


@dataclass(frozen=True, slots=True)
class ResidueRow:
    """A row of the residue table; column names and words are fixed.

    Attributes
    ----------
    protein, position, residue
        Name, 1-based UniProt position, one-letter code. A chain outside the target has the name that the file gives it, no
        position, and a row for each residue with atoms.
    region, domain, exons, site
        Topology, domain (empty in a linker), exon numbers joined by ``;``, name of the curated site.
    structure, chain, number, icode
        Author numbering; number and icode empty where nothing is observed.
    coverage, observed_residue, missing_atoms, plddt
        What the chain shows; missing atoms joined by ``;``.
    exposed_area, buried_area, burial
        Area in the structure and area that the partner takes away, square Angstrom; ``core``, ``rim`` or ``support``. Where two
        groups of chains are named, all three are those of the groups alone. The last two are empty of a chain that is alone in
        its structure, and all three of a trace of CA atoms.
    interface, partners
        Interface classes in which the residue has a contact, and the residues it touches, as ``CHAIN/NUMBER``, joined by ``;``.
        `UNKNOWN` as class of a residue without coordinates; empty for one that has them and touches nothing.
    ddg
        Measured change of the binding free energy of single mutants here, kcal/mol, with the PubMed id of its assay; ``>=`` marks
        a lower bound. Assays are not to be compared with each other.
    glycan
        Sugars bound to the residue, nearest first.
    note
        A word of explanation.
    assembly
        ``asu`` or the id of the biological assembly.
    """

    protein: str
    position: int | None
    residue: str
    region: str
    domain: str
    exons: str
    site: str
    structure: str
    chain: str
    number: int | None
    icode: str
    coverage: str
    observed_residue: str
    missing_atoms: str
    plddt: float | None
    exposed_area: float | None
    buried_area: float | None
    burial: str
    interface: str
    partners: str
    ddg: str
    glycan: str
    note: str
    assembly: str

    @property
    def classes(self) -> tuple[str, ...]:
        """Interface classes in which the residue has a contact; none where that is not known."""
        return tuple(name for name in self.interface.split(";") if name and name != UNKNOWN)


@dataclass(frozen=True)
class Touch:
    """What one residue touches: interface classes and partners, in the order of the chain pairs."""

    interfaces: tuple[str, ...] = ()
    partners: tuple[ResidueId, ...] = ()


def residue_row(
    protein: Protein,
    placement: Placement,
    touches: Mapping[ResidueId, Touch] | None,
    glycans: Mapping[ResidueId, Glycan],
    areas: Mapping[ResidueId, ResidueArea],
    measured: Mapping[tuple[str, int], str],
    assembly: str = "asu",
) -> ResidueRow:
    """One row of the residue table.

    Parameters
    ----------
    protein : Protein
    placement : Placement
        From a chain map, or from what is known without coordinates.
    touches : mapping of ResidueId to Touch
        Contacts of the structure's residues; None where its coordinates are not at hand.
    glycans : mapping of ResidueId to Glycan
    areas : mapping of ResidueId to ResidueArea
    measured : mapping of (protein, position) to str
        For the column ``ddg``.
    """
    position, id = placement.position, placement.residue
    touch = touches.get(id, _NOTHING) if touches and id else _NOTHING
    unknown = touches is None or not placement.coverage.has_atoms
    glycan = glycans.get(id) if id else None
    area = areas.get(id) if id else None
    site = protein.site(position)
    return ResidueRow(
        protein.name, position, protein.letter(position), protein.region(position), protein.domain(position),
        ";".join(map(str, protein.exons_of(position))), site.name if site else "",
        placement.structure, placement.chain, id.number if id else None, id.icode if id else "",
        str(placement.coverage), placement.found, ";".join(placement.missing_atoms), placement.plddt,
        area.exposed if area else None, area.buried if area else None, area.burial if area else "",
        UNKNOWN if unknown else ";".join(touch.interfaces), ";".join(f"{other.chain}/{other.label}" for other in touch.partners),
        measured.get((protein.name, position), ""),
        ";".join(f"{name} {sugar.chain}/{sugar.label}" for sugar, name in glycan.sugars) if glycan else "",
        placement.note, assembly,
    )  # fmt: skip


def other_row(
    name: str,
    residue: ObservedResidue,
    touches: Mapping[ResidueId, Touch],
    glycans: Mapping[ResidueId, Glycan],
    areas: Mapping[ResidueId, ResidueArea],
    predicted: bool,
    plddt: bool,
    assembly: str = "asu",
) -> ResidueRow:
    """The row of a residue with atoms of a chain outside the target; parameters as in `residue_row`."""
    id, missing = residue.id, residue.missing_atoms
    touch, glycan, area = touches.get(id, _NOTHING), glycans.get(id), areas.get(id)
    coverage = Coverage.PREDICTED if predicted else Coverage.PARTIAL if missing else Coverage.OBSERVED
    return ResidueRow(
        name, None, residue.letter, "", "", "", "", id.structure, id.chain, id.number, id.icode,
        str(coverage), residue.name, ";".join(missing), round(residue.b, 2) if plddt else None,
        area.exposed if area else None, area.buried if area else None, area.burial if area else "",
        ";".join(touch.interfaces), ";".join(f"{other.chain}/{other.label}" for other in touch.partners), "",
        ";".join(f"{sugar_name} {sugar.chain}/{sugar.label}" for sugar, sugar_name in glycan.sugars) if glycan else "",
        "", assembly,
    )  # fmt: skip


_NOTHING = Touch()


def touches_of(contacts: Sequence[tuple[str, ResidueId, ResidueId]]) -> dict[ResidueId, Touch]:
    """What each residue touches.

    Parameters
    ----------
    contacts : sequence of (interface class, residue of side 1, residue of side 2)
    """
    interfaces: dict[ResidueId, dict[str, None]] = {}
    partners: dict[ResidueId, dict[ResidueId, None]] = {}
    for name, one, two in contacts:
        for me, other in ((one, two), (two, one)):
            interfaces.setdefault(me, {})[name] = None
            partners.setdefault(me, {})[other] = None
    return {id: Touch(tuple(names), tuple(partners[id])) for id, names in interfaces.items()}
