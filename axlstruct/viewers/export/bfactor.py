"""A coordinate file whose B-factors carry a number for each residue, for viewers that colour by B-factor."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from textwrap import wrap

from axlstruct.errors import UsageError
from axlstruct.scene.scene import Scene
from axlstruct.sequence.residues import ResidueId
from axlstruct.structure.structure import Structure
from axlstruct.viewers.export.coordinates import declare_amino_acids
from axlstruct.viewers.export.selections import one_line

SUFFIXES = (".cif", ".pdb")
OTHER = 0.0
"""B-factor of what has no number: water, hetero groups, other chains."""

_PDB_LARGEST = 999.99
_TITLE_SECTION = ("HEADER", "TITLE", "KEYWDS", "EXPDTA", "NUMMDL", "AUTHOR", "REVDAT", "REMARK")


def paint_scene(structure: Structure, scene: Scene, suffix: str = ".cif") -> str:
    """The structure as a coordinate file with the numbers of a scene; suffix and errors as of `paint_bfactors`."""
    number, meaning = scene_numbers(structure, scene)
    return paint_bfactors(structure, number, suffix=suffix, meaning=meaning)


def paint_bfactors(
    structure: Structure, value: Callable[[ResidueId], float | None], *, suffix: str = ".cif", meaning: Iterable[str] = ()
) -> str:
    """The structure as a coordinate file with a number for each residue in place of its B-factors.

    Parameters
    ----------
    structure : Structure
        Stays as it is: a copy is painted.
    value : callable
        Number of a residue; None becomes `OTHER`.
    suffix : {'.cif', '.pdb'}
        mmCIF or PDB.
    meaning : iterable of str
        What the numbers mean: remarks 999 of a PDB file, the category ``_axlstruct_bfactor`` of an mmCIF file.

    Returns
    -------
    str

    Raises
    ------
    UsageError
        Another suffix; a number that is none or does not fit; a structure that the PDB format has no room for.
    """
    if suffix not in SUFFIXES:
        raise UsageError(f"unknown coordinate format {suffix!r}", expected=" or ".join(SUFFIXES))
    if suffix == ".pdb":
        _check_pdb(structure)
    copy = structure.gemmi.clone()
    for chain in copy[0]:
        for residue in chain:
            id = ResidueId(structure.id, chain.name, residue.seqid.num or 0, residue.seqid.icode.strip())
            number = value(id)
            number = OTHER if number is None else float(number)
            if not math.isfinite(number) or abs(number) > _PDB_LARGEST:
                raise UsageError("no B-factor", where=str(id), expected="a number up to 999.99", found=str(number))
            for atom in residue:
                atom.b_iso = number
                atom.aniso = type(atom.aniso)(0, 0, 0, 0, 0, 0)
    facts = [one_line(fact) for fact in meaning]
    if suffix == ".pdb":
        return _with_remarks(str(copy.make_pdb_string()), facts)
    document = copy.make_mmcif_document()
    declare_amino_acids(document, structure)
    if facts:
        loop = document.sole_block().init_loop("_axlstruct_bfactor.", ["ordinal", "meaning"])
        for count, fact in enumerate(facts, 1):
            loop.add_row([str(count), _cif_text(fact)])
    return str(document.as_string())


def _with_remarks(text: str, facts: Iterable[str]) -> str:
    """Remarks 999 behind the title section of a PDB file, in ASCII and lines of at most 68 characters."""
    ascii = (fact.replace("–", "-").replace("−", "-").encode("ascii", "replace").decode() for fact in facts)
    remarks = [f"REMARK 999 {line}".ljust(80) for fact in ascii for line in wrap(fact, 68)]
    lines = text.splitlines()
    place = next(i for i, line in enumerate(lines) if not line.startswith(_TITLE_SECTION))
    return "\n".join([*lines[:place], *remarks, *lines[place:], ""])


def _cif_text(text: str) -> str:
    import gemmi

    return str(gemmi.cif.quote(text))


def _check_pdb(structure: Structure) -> None:
    """Refuse what would be cut off or changed in columns."""
    advice = "write mmCIF (.cif)"
    if structure.model.count_atom_sites() > 99_999:
        raise UsageError("too many atoms for the PDB format", where=structure.id, advice=advice)
    for chain in structure.model:
        if len(chain.name) != 1:
            raise UsageError(f"the PDB format has no room for chain {chain.name!r}", where=structure.id, advice=advice)
        for residue in chain:
            if not -999 <= (residue.seqid.num or 0) <= 9999 or len(residue.name) > 3:
                where = f"{structure.id}:{chain.name}/{residue.seqid}"
                raise UsageError("the PDB format has no room for this residue", where=where, found=residue.name, advice=advice)


def scene_numbers(structure: Structure, scene: Scene) -> tuple[Callable[[ResidueId], float | None], tuple[str, ...]]:
    """The number of each residue under the colours of a scene, and what the numbers mean.

    Parameters
    ----------
    structure : Structure
        The structure of the scene.
    scene : Scene

    Returns
    -------
    number : callable
        By ``scene.color``: pLDDT itself; of exons the exon number, of a split codon the mean of its two; of all others the
        colours counted from 1 in the order of the legend.
    meaning : tuple of str
    """
    cartoons = [layer for layer in scene.layers if layer.style.kind == "cartoon"]
    numbers: dict[tuple[str, int, str], float] = {}
    if scene.color == "plddt":
        numbers = {(r.id.chain, r.id.number, r.id.icode): r.b for r in structure.residues}
        lines = ["B-factor = pLDDT"]
    elif scene.color == "exon":
        for row in scene.residues:
            if exons := [int(exon) for exon in row.exons.split(";") if exon]:
                numbers[row.chain, row.number, row.icode] = sum(exons) / len(exons)
        lines = ["B-factor = exon number; of a codon split by a junction the mean of its two exons"]
    else:
        for count, layer in enumerate(cartoons, 1):
            for selection in layer.selections:
                for run in selection.runs:
                    numbers |= {(selection.chain, n, run.icode): float(count) for n in range(run.first, run.last + 1)}
        lines = [f"B-factor {count} = {layer.name}" for count, layer in enumerate(cartoons, 1)]
    return _lookup(numbers), (scene.title, *lines, f"B-factor {OTHER:g} = none of these", scene.numbering)


def _lookup(numbers: Mapping[tuple[str, int, str], float]) -> Callable[[ResidueId], float | None]:
    def number(id: ResidueId) -> float | None:
        return numbers.get((id.chain, id.number, id.icode))

    return number
