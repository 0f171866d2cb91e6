"""What each atom of a residue can do: donor, acceptor, charge, nonpolar, ring, ligand of a metal.

Roles are given once, by residue and atom; which side of an interface plays which is for `axlstruct.interface.bonds` to find.
Water and other hetero groups have no role in hydrogen bonds here, for want of a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from axlstruct.sequence.residues import SIDE_CHAIN

DISULFIDE_LENGTH = 2.3
"""Largest S-S distance of a disulfide in Angstrom: 2.05, Engh & Huber 1991, Acta Cryst A47:392, with room for poor resolution."""

AMINO_ACIDS = tuple(SIDE_CHAIN)
"""Components with a template: the twenty, MSE, SEP, TPO, PTR."""

DONOR, ACCEPTOR, POSITIVE, NEGATIVE, NONPOLAR, THIOL, IMIDAZOLE, LIGAND = (1 << bit for bit in range(8))
"""Roles of an atom, as bits: they combine with ``|``.

``IMIDAZOLE`` is the nitrogen of histidine, ``LIGAND`` an atom that can hold a metal.
"""


@dataclass(frozen=True, slots=True)
class PolarAtom:
    """An atom that can take part in a hydrogen bond.

    Attributes
    ----------
    roles : int
        ``DONOR``, ``ACCEPTOR`` or both.
    antecedents : tuple of str
        Heavy atoms of the same residue bonded to it; backbone N also has the C of the residue before it.
    planar : bool
        Whether the hydrogens of a donor lie in the plane of its neighbours, so that bonds out of that plane are poor.
    beyond : tuple of str
        Where there is one antecedent: an atom next to it that fixes the plane.
    """

    roles: int
    antecedents: tuple[str, ...]
    planar: bool = True
    beyond: tuple[str, ...] = ()


_BOTH = DONOR | ACCEPTOR
_BACKBONE = {"N": PolarAtom(DONOR, ("CA",)), "O": PolarAtom(ACCEPTOR, ("C",)), "OXT": PolarAtom(ACCEPTOR, ("C",))}
_PHOSPHATE = {f"O{k}P": PolarAtom(ACCEPTOR, ("P",), planar=False) for k in (1, 2, 3)}
_GUANIDINIUM = PolarAtom(DONOR, ("CZ",), beyond=("NE",))
_SIDE_CHAIN: dict[str, dict[str, PolarAtom]] = {
    "ARG": {"NE": PolarAtom(DONOR, ("CD", "CZ")), "NH1": _GUANIDINIUM, "NH2": _GUANIDINIUM},
    "ASN": {"OD1": PolarAtom(ACCEPTOR, ("CG",)), "ND2": PolarAtom(DONOR, ("CG",), beyond=("OD1",))},
    "ASP": {"OD1": PolarAtom(ACCEPTOR, ("CG",)), "OD2": PolarAtom(ACCEPTOR, ("CG",))},
    "CYS": {"SG": PolarAtom(DONOR, ("CB",), planar=False)},
    "GLN": {"OE1": PolarAtom(ACCEPTOR, ("CD",)), "NE2": PolarAtom(DONOR, ("CD",), beyond=("OE1",))},
    "GLU": {"OE1": PolarAtom(ACCEPTOR, ("CD",)), "OE2": PolarAtom(ACCEPTOR, ("CD",))},
    "HIS": {"ND1": PolarAtom(_BOTH, ("CG", "CE1")), "NE2": PolarAtom(_BOTH, ("CD2", "CE1"))},
    "LYS": {"NZ": PolarAtom(DONOR, ("CE",), planar=False)},
    "SER": {"OG": PolarAtom(_BOTH, ("CB",), planar=False)},
    "THR": {"OG1": PolarAtom(_BOTH, ("CB",), planar=False)},
    "TRP": {"NE1": PolarAtom(DONOR, ("CD1", "CE2"))},
    "TYR": {"OH": PolarAtom(_BOTH, ("CZ",))},
    "SEP": _PHOSPHATE,
    "TPO": _PHOSPHATE,
    "PTR": _PHOSPHATE,
}

POLAR: Mapping[tuple[str, str], PolarAtom] = MappingProxyType(
    {
        (residue, atom): polar
        for residue in AMINO_ACIDS
        for atom, polar in {**_BACKBONE, **_SIDE_CHAIN.get(residue, {})}.items()
        if (residue, atom) != ("PRO", "N")
    }
)
"""(residue, atom) -> its part in hydrogen bonds.

Policies: the nitrogen of proline gives none; either ring nitrogen of histidine may give or take; hydroxyls do both; a free
thiol gives (weakly, its distance limit is longer) and takes nothing; thioethers and the ester oxygens of phosphates do neither.
"""

_POSITIVE = {"LYS": "NZ", "ARG": "NE NH1 NH2"}
_NEGATIVE = {"ASP": "OD1 OD2", "GLU": "OE1 OE2", "SEP": "O1P O2P O3P", "TPO": "O1P O2P O3P", "PTR": "O1P O2P O3P"}
_NONPOLAR = {
    "ALA": "CB", "ARG": "CB CG", "ASN": "CB", "ASP": "CB", "GLN": "CB CG", "GLU": "CB CG", "HIS": "CB",
    "ILE": "CB CG1 CG2 CD1", "LEU": "CB CG CD1 CD2", "LYS": "CB CG CD", "MET": "CB CG CE", "MSE": "CB CG CE",
    "PHE": "CB CG CD1 CD2 CE1 CE2 CZ", "PRO": "CB CG", "THR": "CG2", "TPO": "CG2", "TRP": "CB CG CD2 CE3 CZ2 CZ3 CH2",
    "TYR": "CB CG CD1 CD2 CE1 CE2", "PTR": "CB CG CD1 CD2 CE1 CE2", "VAL": "CB CG1 CG2",
}  # fmt: skip

RINGS: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "PHE": (("CG", "CD1", "CD2", "CE1", "CE2", "CZ"),),
        "TYR": (("CG", "CD1", "CD2", "CE1", "CE2", "CZ"),),
        "PTR": (("CG", "CD1", "CD2", "CE1", "CE2", "CZ"),),
        "TRP": (("CD2", "CE2", "CE3", "CZ2", "CZ3", "CH2"), ("CG", "CD1", "CD2", "NE1", "CE2")),
        "HIS": (("CG", "ND1", "CD2", "CE1", "NE2"),),
    }
)
"""Aromatic rings by residue."""

CATIONS: Mapping[str, tuple[str, ...]] = MappingProxyType({"LYS": ("NZ",), "ARG": ("NE", "CZ", "NH1", "NH2")})
"""Atoms whose centre is the charge of a cation-pi interaction."""

_METALS = (
    "LI BE NA MG AL K CA SC TI V CR MN FE CO NI CU ZN GA GE RB SR Y ZR NB MO TC RU RH PD AG CD IN SN SB CS BA LA CE PR ND PM SM "
    "EU GD TB DY HO ER TM YB LU HF TA W RE OS IR PT AU HG TL PB BI PO FR RA AC TH PA U NP PU AM CM BK CF ES FM MD NO LR"
)
METALS = frozenset(_METALS.split())
"""Elements that count as metals, upper case: all that gemmi calls so, up to lawrencium."""


def _roles() -> dict[tuple[str, str], int]:
    roles = {key: polar.roles for key, polar in POLAR.items()}
    tables = [(_POSITIVE, POSITIVE), (_NEGATIVE, NEGATIVE), (_NONPOLAR, NONPOLAR), ({"CYS": "SG"}, THIOL)]
    tables += [({"HIS": "ND1 NE2"}, IMIDAZOLE), ({"CYS": "SG", "MET": "SD"}, LIGAND)]
    for table, role in tables:
        for residue, atoms in table.items():
            for atom in atoms.split():
                roles[residue, atom] = roles.get((residue, atom), 0) | role
    return {key: role | (LIGAND if role & ACCEPTOR else 0) | (NEGATIVE if key[1] == "OXT" else 0) for key, role in roles.items()}


ROLES: Mapping[tuple[str, str], int] = MappingProxyType(_roles())
"""(residue, atom) -> its roles as bits."""
