"""Write burial_labels.tsv: how many published locations each set of radii and each scale of maximal areas reproduces.

Run as ``python make_burial_labels.py COMPLEXES`` with a folder of the complexes of SKEMPI 2.0 (gzipped PDB files, protein atoms
only) and ``locations.tsv``: one row for each mutated residue and pair of sides, with the location that SKEMPI publishes by the
definition of Levy 2010 (``core``, ``rim``, ``support``, ``interior``, ``surface``; the monomer is a whole side). The areas are
computed by axlstruct with 1000 points and a probe of 1.4 A, of the atoms of the two sides alone and together.
"""

import csv
import gzip
import sys
from collections import Counter, defaultdict
from pathlib import Path

import gemmi
import numpy as np

from axlstruct.interface.burial import SCALES, THRESHOLD, classify
from axlstruct.sequence.residues import THREE_LETTER
from axlstruct.structure.radii import SETS, atom_radii
from axlstruct.structure.surface import sasa

OUT = Path(__file__).with_name("burial_labels.tsv")


def columns(path, chains):
    """Coordinates, residue, chain, and the names of the heavy atoms of some chains; of conformers the first."""
    rows, number = {}, {}
    for chain in gemmi.read_pdb_string(gzip.decompress(path.read_bytes()))[0]:
        for residue in chain if chain.name in chains else ():
            id = (chain.name, residue.seqid.num, residue.seqid.icode.strip())
            for atom in residue:
                if not atom.is_hydrogen() and residue.name != "HOH":
                    where = number.setdefault(id, len(number))
                    rows.setdefault(
                        (where, atom.name), (atom.pos.tolist(), chain.name, residue.name, atom.name, atom.element.name.upper())
                    )
    xyz, chain, *names = zip(*rows.values(), strict=True)
    owner = np.array([where for where, _ in rows])
    return np.array(xyz), owner, np.array(chain), [np.array(column, dtype="S8") for column in names], number


def location(name, alone, together, scale):
    (word,) = classify([name], np.array([alone]), np.array([together]), scale=scale)
    return word or ("interior" if alone / SCALES[scale].areas[name] < THRESHOLD else "surface")


def main(folder):
    asked = defaultdict(list)
    with open(folder / "locations.tsv", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            asked[row["structure"], row["side_1"], row["side_2"]].append(row)
    same, labels = Counter(), sum(map(len, asked.values()))
    for (structure, *sides), rows in asked.items():
        xyz, owner, chain, names, number = columns(folder / f"{structure.lower()}.pdb.gz", "".join(sides))
        for radii in SETS:
            size = atom_radii(*names, radii=radii)

            def area(letters):
                atoms = np.flatnonzero(np.isin(chain, list(letters)))  # noqa: B023
                return np.bincount(owner[atoms], sasa(xyz[atoms], size[atoms]), len(number))  # noqa: B023

            alone, together = [area(side) for side in sides], area("".join(sides))
            for row in rows:
                index = number[row["chain"], int(row["number"]), row["icode"]]
                before = alone[row["chain"] in sides[1]][index]
                for scale in SCALES:
                    same[radii, scale] += (
                        location(THREE_LETTER[row["residue"]], before, together[index], scale) == row["location"]
                    )
    complexes = len({structure for structure, _, _ in asked})
    lines = ["# Published locations of SKEMPI 2.0 reproduced by radii and scale; written by make_burial_labels.py."]
    lines += ["radii\tscale\tcomplexes\tlabels\tsame"]
    lines += [f"{radii}\t{scale}\t{complexes}\t{labels}\t{same[radii, scale]}" for radii in SETS for scale in SCALES]
    OUT.write_text("\n".join([*lines, ""]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
