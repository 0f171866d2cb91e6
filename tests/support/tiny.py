"""Tiny coordinate files whose every atom is on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count

from axlstruct.sequence.residues import THREE_LETTER


@dataclass(frozen=True)
class Chain:
    """A chain of a tiny file, one CA a residue unless `atoms` says more.

    ``letters`` is the declared sequence; ``numbers`` the author number of each place (``"82A"`` with insertion code), 1, 2, 3...
    where not given; ``names`` puts another component at a place (0-based); places in ``missing`` have no atoms.
    """

    name: str
    letters: str
    numbers: Iterable[str | int] | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    missing: Iterable[int] = ()
    atoms: Callable[[int], Iterable[tuple[str, float, float, float]]] | None = None
    label: str = ""

    def rows(self, shift: float) -> Iterable[tuple[int, str, str, str, str, float, float, float]]:
        """Place, component, number, insertion code, atom and coordinates."""
        numbers = [str(n) for n in (self.numbers or range(1, len(self.letters) + 1))]
        for place in range(len(self.letters)):
            if place in set(self.missing):
                continue
            label = numbers[place]
            number, icode = (label[:-1], label[-1]) if label[-1].isalpha() else (label, "")
            for atom, x, y, z in self.atoms(place) if self.atoms else [("CA", 3.8 * place, shift, 0.0)]:
                yield place, self.component(place), number, icode, atom, x, y, z

    def component(self, place: int) -> str:
        """Component id at a place."""
        return self.names.get(place, THREE_LETTER.get(self.letters[place], "UNK"))


def cif_text(*chains: Chain, id: str = "TINY", declare: bool = True, extra: str = "") -> str:
    """An mmCIF file of peptides; every chain is an entity of its own."""
    lines = [f"data_{id}", f"_entry.id {id}", "loop_", "_entity.id", "_entity.type"]
    lines += [f"{n} polymer" for n in range(1, len(chains) + 1)]
    lines += ["loop_", "_entity_poly.entity_id", "_entity_poly.type"]
    lines += [f"{n} polypeptide(L)" for n in range(1, len(chains) + 1)]
    if declare:
        lines += ["loop_", "_entity_poly_seq.entity_id", "_entity_poly_seq.num", "_entity_poly_seq.mon_id"]
        lines += [f"{n} {i + 1} {chain.component(i)}" for n, chain in enumerate(chains, 1) for i in range(len(chain.letters))]
    lines += ["loop_", "_struct_asym.id", "_struct_asym.entity_id"]
    lines += [f"{chain.label or chain.name} {n}" for n, chain in enumerate(chains, 1)]
    lines += [extra] if extra else []
    names = "group_PDB id type_symbol label_atom_id label_alt_id label_comp_id label_asym_id label_entity_id label_seq_id"
    names += " pdbx_PDB_ins_code Cartn_x Cartn_y Cartn_z occupancy B_iso_or_equiv auth_seq_id auth_asym_id pdbx_PDB_model_num"
    lines += ["loop_", *(f"_atom_site.{name}" for name in names.split())]
    serial = count(1)
    for n, chain in enumerate(chains, 1):
        for place, component, number, icode, atom, x, y, z in chain.rows(100.0 * n):
            label = f"{chain.label or chain.name} {n} {place + 1 if declare else '.'}"
            lines.append(
                f"ATOM {next(serial)} {atom[0]} {atom} . {component} {label} "
                f"{icode or '?'} {x:.3f} {y:.3f} {z:.3f} 1.00 20.00 {number} {chain.name} 1"
            )
    return "\n".join([*lines, ""])


def pdb_atom(
    name: str,
    component: str,
    chain: str,
    number: int | str,
    xyz: tuple[float, float, float],
    *,
    alt: str = " ",
    occupancy: float = 1.0,
    b: float = 20.0,
    element: str = "",
    record: str = "ATOM",
    serial: int = 1,
) -> str:
    """One line of a PDB file; ``number`` may end in an insertion code."""
    label = str(number) if str(number)[-1].isalpha() else f"{number} "
    x, y, z = xyz
    element = element or name[0]
    padded = name if len(name) == 4 or len(element) == 2 else f" {name}"
    return (
        f"{record:<6}{serial:>5} {padded:<4}{alt}{component:>3} {chain}{label:>5}   "
        f"{x:8.3f}{y:8.3f}{z:8.3f}{occupancy:6.2f}{b:6.2f}          {element:>2}"
    )


def pdb_text(*chains: Chain, declare: bool = False) -> str:
    """A PDB file of peptides, with SEQRES only if asked for."""
    lines = []
    for chain in chains if declare else ():
        names = [chain.component(place) for place in range(len(chain.letters))]
        for row, start in enumerate(range(0, len(names), 13), 1):
            lines.append(f"SEQRES {row:>3} {chain.name} {len(names):>4}  {' '.join(names[start : start + 13])}")
    for n, chain in enumerate(chains, 1):
        for _, component, number, icode, atom, x, y, z in chain.rows(100.0 * n):
            lines.append(pdb_atom(atom, component, chain.name, number + icode, (x, y, z)))
        lines.append("TER")
    return "\n".join([*lines, "END", ""])
