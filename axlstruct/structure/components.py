"""Names of residues and atoms as force fields and programs write them, and the standard name that each stands for.

Amber, CHARMM, GROMACS, Rosetta, Schroedinger and PDB2PQR call a residue by its protonation (``HID``, ``HSP``, ``CYX``), by its
place (``NALA``, ``CALA``) or an atom by an older name (``CD`` of isoleucine, ``OT1``). Chemistry asks for the standard name;
tables show the file's own. The names are those of these programs; those of atoms agree with OpenMM's table of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from axlstruct.sequence.residues import ONE_LETTER, SIDE_CHAIN, heavy_atoms


@dataclass(frozen=True, slots=True)
class ComponentForm:
    """The protonation that a residue's name states.

    Attributes
    ----------
    component : str
        Standard component id.
    protonated : tuple of str or None
        Which of the atoms that can gain or lose a proton have one (``ND1`` and ``NE2`` of histidine, the oxygens of an acid,
        ``SG``, ``OH``); None where the name says nothing of it.
    neutral : bool
        Whether the name states a neutral base (lysine, arginine).
    """

    component: str
    protonated: tuple[str, ...] | None = None
    neutral: bool = False


def _forms() -> dict[str, ComponentForm]:
    stated = {
        ComponentForm("HIS", ("ND1",)): "HID HSD HISD HISA",
        ComponentForm("HIS", ("NE2",)): "HIE HSE HISE HISB",
        ComponentForm("HIS", ("ND1", "NE2")): "HIP HSP HISP HISH HIH",
        ComponentForm("HIS"): "HIS1 HIS2 HSC HSH",
        ComponentForm("CYS", ()): "CYX CYM CYS2 CYD CYZ CYT CYSD",
        ComponentForm("CYS", ("SG",)): "CYSH CYH CYN",
        ComponentForm("CYS"): "CYS1 CYSS",
        ComponentForm("ASP", ("OD2",)): "ASH ASPH ASPP",
        ComponentForm("GLU", ("OE2",)): "GLH GLUH GLUP",
        ComponentForm("LYS", None, neutral=True): "LYN LSN",
        ComponentForm("LYS"): "LYSH LYP",
        ComponentForm("ARG", None, neutral=True): "ARN AR0 ARGN",
        ComponentForm("TYR", ()): "TYM TYO",
        ComponentForm("SEP"): "S1P SP1 SP2",
        ComponentForm("TPO"): "T1P THP1 THP2",
        ComponentForm("PTR"): "Y1P TP1 TP2",
    }
    return {name: form for form, names in stated.items() for name in names.split()}


FORMS: Mapping[str, ComponentForm] = MappingProxyType(_forms())
"""Names of residues that are no standard component ids (or are those of another component) -> what they state."""

_IONS = {
    "SOD": "NA",
    "CLA": "CL",
    "CAL": "CA",
    "POT": "K",
    "CES": "CS",
    "LIT": "LI",
    "RUB": "RB",
    "BAR": "BA",
    "CIP": "NA",
    "CIM": "CL",
}
"""Ions as CHARMM and Amber call them -> element."""

_TERMINAL = {
    **dict.fromkeys(("O1", "OT1", "OC1", "OCT1", "O'"), "O"),
    **dict.fromkeys(("O2", "OT2", "OC2", "OCT2", "OT", "O''"), "OXT"),
}
_ATOMS = {
    "ILE": {"CD": "CD1"}, "SER": {"OG1": "OG"}, "CYS": {"SG1": "SG"}, "THR": {"OG": "OG1", "CG": "CG2"},
    "ASN": {"OD": "OD1", "ND": "ND2"}, "GLN": {"OE": "OE1", "NE": "NE2"},
}  # fmt: skip

ATOM_NAMES: Mapping[tuple[str, str], str] = MappingProxyType(
    {(residue, old): new for residue in SIDE_CHAIN for old, new in {**_TERMINAL, **_ATOMS.get(residue, {})}.items()}
)
"""(standard component, atom name as written) -> standard atom name, where the two differ."""


def form_of(name: str, atoms: Iterable[str] = ()) -> ComponentForm | None:
    """What the name of a residue states, None for a name that is no force field's.

    Some names are component ids as well: ``HSE`` is homoserine, ``HIP`` phosphohistidine. A residue with a heavy atom that the
    amino acid has not is the other component.

    Parameters
    ----------
    name : str
        As the file has it; a first letter ``N`` or ``C`` of four tells the terminus.
    atoms : iterable of str
        Names of its atoms; none are needed where only the name is known.

    Examples
    --------
    >>> form_of("HSE")
    ComponentForm(component='HIS', protonated=('NE2',), neutral=False)
    >>> form_of("HSE", ["N", "CA", "C", "O", "CB", "CG", "OD"]) is None
    True
    >>> form_of("CCYX").component, form_of("NALA").component, form_of("ALA")
    ('CYS', 'ALA', None)
    """
    form = FORMS.get(name)
    if form is None and len(name) == 4 and name[0] in "NC":
        rest = name[1:]
        form = FORMS.get(rest) or (ComponentForm(rest) if rest in ONE_LETTER else None)
    if form is None:
        return None
    known = {*heavy_atoms(form.component), "OXT"}
    others = {ATOM_NAMES.get((form.component, atom), atom) for atom in atoms} - known
    return None if any(_element_letter(atom) not in ("H", "D") for atom in others) else form


def standard_component(name: str, atoms: Iterable[str] = ()) -> str:
    """The component id that a residue's name stands for; the name itself where it stands for itself.

    Examples
    --------
    >>> standard_component("CYX"), standard_component("NHID"), standard_component("MSE")
    ('CYS', 'HIS', 'MSE')
    """
    if name in ONE_LETTER:
        return name
    form = form_of(name, atoms)
    return form.component if form else name


def standard_atom(component: str, atom: str) -> str:
    """The standard name of an atom of a standard component.

    Examples
    --------
    >>> standard_atom("ILE", "CD"), standard_atom("LYS", "CD"), standard_atom("ALA", "OT2")
    ('CD1', 'CD', 'OXT')
    """
    return ATOM_NAMES.get((component, atom), atom)


_LIGAND_ELEMENTS = ("CL", "BR", "SE", "SI", "FE", "ZN", "MG", "MN", "RU", "PT")
"""Two letters that an atom of a ligand is rather read as than as their first letter."""


def _element_letter(atom: str) -> str:
    """The first letter of a name, behind the digits that older files put first (``1HB``)."""
    letters = atom.lstrip("0123456789 '\"*")
    return letters[:1].upper()


def element_of(component: str, atom: str, *, alone: bool = False) -> str:
    """Element of an atom by the names of residue and atom, ``X`` where they do not tell.

    In an amino acid the first letter decides (``CA`` is carbon, ``HG`` hydrogen), but for the selenium of ``MSE``. An atom alone
    in its residue is an ion, and its residue's name tells the element.

    Parameters
    ----------
    component, atom : str
        As in the file.
    alone : bool
        Whether it is the only atom of its residue.

    Examples
    --------
    >>> element_of("VAL", "HG11"), element_of("ALA", "CA"), element_of("CA", "CA", alone=True), element_of("MSE", "SE")
    ('H', 'C', 'CA', 'SE')
    """
    import gemmi

    name = re.sub(r"[^A-Z]", "", atom.upper())
    ion = _IONS.get(component) or re.sub(r"[^A-Z]", "", component.upper())
    if (alone or component == atom) and gemmi.Element(ion).name.upper() == ion:
        return ion
    first = _element_letter(atom)
    parent = standard_component(component)
    if parent in SIDE_CHAIN:
        if (parent, name) == ("MSE", "SE"):
            return "SE"
        return first if first in {"C", "N", "O", "S", "P", "H", "D"} else "X"
    if name[:2] in _LIGAND_ELEMENTS:
        return name[:2]
    if first in {"H", "D", "B", "C", "N", "O", "F", "P", "S", "I"}:
        return first
    return name[:2] if gemmi.Element(name[:2]).atomic_number else "X"
