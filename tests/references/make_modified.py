"""Write ``axlstruct/structure/modified.tsv``: what each atom of each modified amino acid can do, from its bonds and charges.

The Chemical Component Dictionary is read as biotite ships it (``pip install biotite==1.6.0``; it holds ``components.bcif``):

    python tests/references/make_modified.py

Every released peptide-linking component with atoms N, CA, C and O that has no template of its own is kept, one line each. The
dictionary draws acids and bases without charge; here carboxylic, phosphoric and sulfur acids are charged, amines and guanidines
too, as at the pH of blood. The same derivation for the components with a template goes to ``templates.tsv``, to test these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

TEMPLATES = set(
    "ALA ARG ASN ASP CYS GLN GLU GLY HIS ILE LEU LYS MET PHE PRO SER THR TRP TYR VAL MSE SEP TPO PTR".split()  # noqa: SIM905
)
BACKBONE = {"N", "CA", "C", "O", "OXT"}


class Component(NamedTuple):
    """Elements, charges, bonds and hydrogens of a component, by atom name."""

    id: str
    parent: str
    element: dict[str, str]
    charge: dict[str, int]
    order: dict[str, dict[str, str]]
    aromatic: set[str]

    def heavy(self, atom: str) -> list[str]:
        return [other for other in self.order[atom] if self.element[other] not in ("H", "D")]

    def hydrogens(self, atom: str) -> int:
        return sum(self.element[other] in ("H", "D") for other in self.order[atom])

    def double(self, atom: str) -> bool:
        return atom in self.aromatic or any(order != "SING" for order in self.order[atom].values())

    def terminal_oxygens(self, atom: str) -> list[str]:
        return [o for o in self.heavy(atom) if self.element[o] == "O" and self.heavy(o) == [atom]]

    def acid(self, atom: str) -> bool:
        """Whether an atom is the centre of an acid that has lost its proton."""
        oxygens = self.terminal_oxygens(atom)
        free = [o for o in oxygens if self.order[atom][o] == "SING" and (self.hydrogens(o) or self.charge[o] < 0)]
        if self.element[atom] == "C":
            return len(oxygens) == 2 and bool(free)
        return self.element[atom] in ("P", "S", "AS", "SE") and bool(free) and any(self.order[atom][o] == "DOUB" for o in oxygens)

    def cation(self, carbon: str) -> list[str]:
        """Nitrogens of a guanidine or an amidine about a carbon, which share a charge."""
        if self.element[carbon] != "C" or carbon in self.aromatic:
            return []
        nitrogens = [n for n in self.heavy(carbon) if self.element[n] == "N"]
        others = [x for x in self.heavy(carbon) if self.element[x] in ("O", "S")]
        plain = all(
            all(self.element[x] in ("C", "N") and (x == carbon or not self._draws(x)) for x in self.heavy(n)) for n in nitrogens
        )
        double = any(self.order[carbon][n] == "DOUB" for n in nitrogens)
        return nitrogens if len(nitrogens) >= 2 and double and not others and plain else []

    def _draws(self, atom: str) -> bool:
        """Whether an atom takes the lone pair of a nitrogen beside it."""
        if atom in self.aromatic or self.element[atom] in ("S", "P", "N", "O", "B"):
            return True
        return self.element[atom] == "C" and any(order != "SING" for order in self.order[atom].values())

    def amine(self, atom: str) -> bool:
        """Whether a nitrogen takes a proton, or has a charge for good."""
        if self.element[atom] != "N" or atom == "N" or atom in self.aromatic:
            return False
        if len(self.heavy(atom)) == 4:
            return True
        single = all(order == "SING" for order in self.order[atom].values())
        return single and not any(self._draws(other) for other in self.heavy(atom))


def read(path: Path) -> Iterator[Component]:
    """The peptide-linking components of the dictionary."""
    import numpy as np
    from biotite.structure.io.pdbx import BinaryCIFFile

    block = BinaryCIFFile.read(path).block
    info, atoms, bonds = (block[name] for name in ("chem_comp", "chem_comp_atom", "chem_comp_bond"))
    kind = np.char.upper(info["type"].as_array(str))
    released = info["pdbx_release_status"].as_array(str) == "REL"
    wanted = set(info["id"].as_array(str)[np.char.find(kind, "PEPTIDE LINKING") >= 0]) & set(info["id"].as_array(str)[released])
    parents = dict(zip(info["id"].as_array(str), info["mon_nstd_parent_comp_id"].as_array(str), strict=True))

    def rows(table: Any, *columns: str) -> dict[str, list[tuple[str, ...]]]:
        found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        ids = table["comp_id"].as_array(str)
        keep = np.isin(ids, list(wanted))
        for row in zip(ids[keep], *(table[column].as_array(str)[keep] for column in columns), strict=True):
            found[row[0]].append(row[1:])
        return found

    atom_rows = rows(atoms, "atom_id", "type_symbol", "charge", "pdbx_aromatic_flag")
    bond_rows = rows(bonds, "atom_id_1", "atom_id_2", "value_order")
    for id in sorted(wanted):
        element = {name: symbol.upper() for name, symbol, _, _ in atom_rows[id]}
        order: dict[str, dict[str, str]] = {name: {} for name in element}
        for one, two, value in bond_rows[id]:
            order[one][two] = order[two][one] = value.upper()
        charge = {name: int(value) if value.lstrip("-").isdecimal() else 0 for name, _, value, _ in atom_rows[id]}
        aromatic = {name for name, _, _, flag in atom_rows[id] if flag == "Y"}
        if set("N CA C O".split()) <= set(element):  # noqa: SIM905
            yield Component(id, parents[id] if parents[id] not in "?." else "", element, charge, order, aromatic)


def rings(c: Component) -> list[list[str]]:
    """Aromatic rings of five and six atoms, each in the order of its bonds."""
    found: dict[frozenset[str], list[str]] = {}

    def walk(path: list[str]) -> None:
        for other in c.heavy(path[-1]):
            if other == path[0] and len(path) in (5, 6):
                found.setdefault(frozenset(path), list(path))
            elif other in c.aromatic and other not in path and len(path) < 6:
                walk([*path, other])

    for atom in c.element:
        if atom in c.aromatic:
            walk([atom])
    return sorted(found.values())


def flags(c: Component, atom: str) -> str:
    """What an atom can do: d donor, a acceptor, + and -, n nonpolar, t thiol, h imidazole, l holds a metal, p planar."""
    element, heavy, hydrogens = c.element[atom], c.heavy(atom), c.hydrogens(atom)
    if atom == "N":
        ring = len(heavy) > 1
        lactam = any(x != "CA" and "O" in {c.element[o] for o, order in c.order[x].items() if order == "DOUB"} for x in heavy)
        return "dp" if hydrogens and (not ring or lactam) else ""
    if atom == "O":
        return "ap"
    if atom == "OXT":
        return "a-p"
    if element == "C":
        others = {c.element[x] for x in heavy}
        thiol = any(c.element[x] == "S" and c.heavy(x) == [atom] for x in heavy)
        return "n" if not others & {"N", "O", "F", "P", "B"} and not thiol and atom not in BACKBONE else ""
    if element == "O":
        if len(heavy) != 1:
            return ""
        centre = heavy[0]
        if c.acid(centre):
            return "a-p" if c.element[centre] == "C" else "a-"
        if hydrogens:
            return "dap" if c.double(centre) else "da"
        return "ap" if c.element[centre] == "C" else "a"
    if element == "S":
        if len(heavy) == 1 and hydrogens:
            return "dtl"
        if len(heavy) == 1:
            return "al" if c.double(atom) or c.charge[atom] < 0 else "l"
        return "l" if len(heavy) == 2 and {c.element[x] for x in heavy} == {"C"} and not c.double(atom) else ""
    if element == "N":
        return _nitrogen(c, atom, heavy, hydrogens)
    return ""


def _nitrogen(c: Component, atom: str, heavy: list[str], hydrogens: int) -> str:
    if c.amine(atom):
        return "d+" if len(heavy) < 4 else "+"
    if any(atom in c.cation(x) for x in heavy):
        return "d+p" if len(heavy) < 3 else "+"
    if atom in c.aromatic:
        ring = next((ring for ring in rings(c) if len(ring) == 5 and atom in ring), None)
        if (
            ring
            and sum(c.element[x] == "N" for x in ring) == 2
            and len(heavy) == 2
            and len({x for r in rings(c) for x in r}) == 5
        ):
            other = next(x for x in ring if c.element[x] == "N" and x != atom)
            if len(c.heavy(other)) == 2:
                return "dahp"
        return "dp" if hydrogens else "ap" if len(heavy) == 2 and c.charge[atom] <= 0 else ""
    if hydrogens:
        return "dp" if any(c.double(x) for x in heavy) or c.double(atom) else "d"
    return "ap" if c.double(atom) and len(heavy) <= 2 else ""


def line(c: Component) -> str:
    """One component: id, parent, its heavy atoms with what they do and what they hang on, rings, charges over rings."""
    atoms = [atom for atom in c.element if c.element[atom] not in ("H", "D") and atom != "OXT"]
    cells = []
    for atom in atoms:
        role = flags(c, atom)
        cell = atom
        if role:
            cell += ":" + role
        if "d" in role or "a" in role:
            heavy = c.heavy(atom)
            cell += ":" + ",".join(heavy)
            if "d" in role and "p" in role and len(heavy) == 1 and c.element[atom] == "N":
                beyond = sorted((x for x in c.heavy(heavy[0]) if x != atom), key=lambda x: (c.element[x] == "C", x))
                cell += ":" + ",".join(beyond[:1])
        cells.append(cell)
    charged = []
    for atom in atoms:
        shared = c.cation(atom)
        if shared:
            charged.append(",".join([*shared, atom]))
        elif c.amine(atom):
            charged.append(atom)
    return "\t".join([c.id, c.parent, " ".join(cells), ";".join(",".join(ring) for ring in rings(c)), ";".join(charged)])


def main() -> None:
    """Write both tables."""
    import biotite.structure.info

    source = Path(biotite.structure.info.__file__).with_name("components.bcif")
    here = Path(__file__).resolve().parent
    head = "component\tparent\tatoms\trings\tcations"
    rows = {c.id: line(c) for c in read(source)}
    others = [row for id, row in rows.items() if id not in TEMPLATES]
    (here.parent.parent / "axlstruct/structure/modified.tsv").write_text("\n".join([head, *others, ""]))
    (here / "templates.tsv").write_text("\n".join([head, *(rows[id] for id in sorted(TEMPLATES)), ""]))


if __name__ == "__main__":
    main()
