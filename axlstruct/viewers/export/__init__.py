"""A `Scene` for other viewers: PyMOL, ChimeraX, MolViewSpec, and coordinate files painted through their B-factors."""

from __future__ import annotations

from pathlib import Path

from axlstruct.errors import UsageError
from axlstruct.scene.scene import Scene
from axlstruct.structure.structure import Structure
from axlstruct.writing import same_file

KINDS = {"pymol": (".pml",), "chimerax": (".cxc",), "molviewspec": (".mvsj",), "bfactor": (".cif", ".pdb")}
"""What can be exported, and the suffixes of its files."""

_AS_DEPOSITED = "asu"
_READ_BY_ALL = (".cif", ".pdb", ".ent", ".mmcif")


def export(structure: Structure, scene: Scene, kind: str, path: str | Path, *, suffix: str = ".cif") -> str:
    """A scene as text for another viewer.

    Parameters
    ----------
    structure : Structure
        The structure of the scene.
    scene : Scene
    kind : {'pymol', 'chimerax', 'molviewspec', 'bfactor'}
    path : str or Path
        The structure file that the text is to load; without meaning for ``bfactor``, which holds the coordinates.
    suffix : {'.cif', '.pdb'}
        Format of ``bfactor``.

    Returns
    -------
    str

    Raises
    ------
    UsageError
        Unknown kind, or something that the format cannot say.
    """
    check_kind(kind)
    if kind == "bfactor":
        from axlstruct.viewers.export.bfactor import paint_bfactors, scene_numbers

        number, meaning = scene_numbers(structure, scene)
        return paint_bfactors(structure, number, suffix=suffix, meaning=meaning)
    if kind == "molviewspec":
        from axlstruct.viewers.export.molviewspec import to_molviewspec

        return to_molviewspec(scene, path)
    if kind == "chimerax":
        from axlstruct.viewers.export.chimerax import to_chimerax

        return to_chimerax(scene, path)
    from axlstruct.viewers.export.pymol import to_pymol

    return to_pymol(scene, path)


def check_kind(kind: str) -> None:
    """Refuse a kind that is none of `KINDS`."""
    if kind not in KINDS:
        raise UsageError(f"unknown export {kind!r}", expected=" or ".join(KINDS))


def export_files(structure: Structure, scene: Scene, kind: str, output: Path) -> dict[Path, str]:
    """The files of an export by their paths: the text, and where it needs them the coordinates beside it.

    Coordinates are written for MolViewSpec (it loads them by a relative address, and takes helices and strands from them alone),
    for an assembly (its copies are in no file), and where the structure's own file is packed or binary; else the PyMOL and
    ChimeraX scripts load that file where it lies.

    Parameters
    ----------
    structure : Structure
    scene : Scene
    kind : str
        One of `KINDS`.
    output : Path
        Its suffix chooses the format of ``bfactor``.

    Raises
    ------
    UsageError
        Unknown kind, a suffix that is not one of it, or an output that is the structure's own file.
    """
    check_kind(kind)
    if output.suffix not in KINDS[kind]:
        raise UsageError(f"{kind} does not write {output.suffix or 'a file without suffix'}", expected=" or ".join(KINDS[kind]))
    source = Path(structure.source)
    beside = output.with_name(f"{output.stem}-coordinates.cif")
    if any(same_file(path, source) for path in (output, beside)):
        raise UsageError("the output is an input and would be lost", where=str(source), advice="name another file")
    plain = scene.assembly == _AS_DEPOSITED and source.suffix in _READ_BY_ALL and source.is_file()
    if kind == "bfactor" or (plain and kind != "molviewspec"):
        return {output: export(structure, scene, kind, source.absolute(), suffix=output.suffix)}
    from axlstruct.viewers.export.coordinates import coordinates

    path = beside.name if kind == "molviewspec" else beside.absolute()
    return {output: export(structure, scene, kind, path), beside: coordinates(structure, scene)}
