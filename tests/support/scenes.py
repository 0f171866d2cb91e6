"""Scenes of a structure of two short chains."""

from __future__ import annotations

from axlstruct.interface.classes import classify, position_pairs
from axlstruct.interface.contacts import chain_pairs
from axlstruct.scene.build import build_scene
from axlstruct.scene.scene import Scene
from axlstruct.sequence.exons import Transcript
from axlstruct.sequence.features import Feature, Site, Span
from axlstruct.sequence.target import Protein, Target
from axlstruct.structure.glycans import find_glycans
from axlstruct.structure.mapping import map_structure
from axlstruct.structure.structure import Structure

NAMES = {"A": "ALA", "S": "SER", "Y": "TYR", "G": "GLY", "L": "LEU", "K": "LYS", "D": "ASP", "V": "VAL"}


RECEPTOR = "GGASLKDVASYLKDVAGKLSY"


LIGAND = "KDVLASGKDV"


NUMBERS = ["10", "11", "11A", "12", "13", "14", "15", "16", "20", "21", "22", "23", "24", "25"]
"""Author numbers of receptor positions 3 to 10 and 14 to 19: an insertion code, then a gap."""


def atoms(chain: str, letters: str, numbers: list[str], y: float) -> list[str]:
    """A backbone of one CA a residue along x, 3.8 Angstrom apart."""
    lines = []
    for index, (letter, number) in enumerate(zip(letters, numbers, strict=True)):
        digits, icode = number.rstrip("A"), "A" if number.endswith("A") else " "
        serial = index + 1 + (100 if chain == "L" else 0)
        lines.append(
            f"ATOM  {serial:5d}  CA  {NAMES[letter]} {chain}{int(digits):4d}{icode}   "
            f"{3.8 * index:8.3f}{y:8.3f}{0.1 * index:8.3f}  1.00 50.00           C"
        )
    return lines


def small_text() -> str:
    receptor = atoms("R", RECEPTOR[2:10] + RECEPTOR[13:19], NUMBERS, 0.0)
    ligand = atoms("L", LIGAND, [str(n) for n in range(1, 11)], 3.9)
    zinc = "HETATM  300 ZN    ZN R  99      10.000 -20.000   0.000  1.00 50.00          ZN"
    water = "HETATM  301  O   HOH R 100      10.000 -30.000   0.000  1.00 50.00           O"
    return "\n".join([*receptor, "TER", *ligand, "TER", zinc, water, "END"]) + "\n"


def small_target() -> Target:
    receptor = Protein(
        "REC", "P00001", "receptor", RECEPTOR,
        features=(Feature("domain", "Ig-like 1", Span(3, 7), short="IG1"), Feature("domain", "Kinase", Span(9, 21))),
        sites=(Site(14, "D", "is there"), Site(11, "Y", "lies in the gap"), Site(21, "Y", "lies beyond the end")),
        transcript=Transcript.build("T1", "1", "none", 1, [(1, 16), (101, 147)], cds_start=1, residues=21),
    )  # fmt: skip
    return Target("small", "small", receptor, Protein("LIG", "P00002", "ligand", LIGAND, sites=(Site(1, "K", "first"),)))


def scene_of(structure: Structure, target: Target, **options: object) -> Scene:
    maps = map_structure(structure, target.proteins)
    pairs = chain_pairs(structure, maps, 5.0)
    classes = classify([(pair, position_pairs(structure.residues, pair)) for pair in pairs], ("major", "minor"))
    return build_scene(structure, maps, target, pairs, classes, find_glycans(structure), **options)  # type: ignore[arg-type]
