"""A `Scene` for other viewers: PyMOL, ChimeraX, MolViewSpec, and coordinate files painted through their B-factors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from axlstruct.errors import UsageError

if TYPE_CHECKING:
    from axlstruct.scene.scene import Scene
    from axlstruct.structure.structure import Structure


@dataclass(frozen=True, slots=True)
class Exporter:
    """A kind of export. What writes it is imported when it is asked for.

    Attributes
    ----------
    suffixes : tuple of str
        Of its files.
    writer : str
        ``module.function`` within `axlstruct.viewers.export`; it takes the scene and the path of the coordinates and gives
        the text. Where the text is the coordinates it takes the structure, the scene and the suffix.
    coordinates : str
        ``file`` where it loads the structure's own file if it can, ``beside`` where it needs coordinates written beside it, by a
        relative address, ``inside`` where it holds them.
    """

    suffixes: tuple[str, ...]
    writer: str
    coordinates: str = "file"

    @property
    def write(self) -> Callable[..., str]:
        """The function that writes it."""
        module, _, function = self.writer.rpartition(".")
        written: Callable[..., str] = getattr(import_module(f"axlstruct.viewers.export.{module}"), function)
        return written


EXPORTERS = {
    "pymol": Exporter((".pml",), "pymol.to_pymol"),
    "chimerax": Exporter((".cxc",), "chimerax.to_chimerax"),
    "molviewspec": Exporter((".mvsj",), "molviewspec.to_molviewspec", "beside"),
    "bfactor": Exporter((".cif", ".pdb"), "bfactor.paint_scene", "inside"),
}
"""What can be exported, by name."""

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
    exporter = EXPORTERS[kind]
    return exporter.write(structure, scene, suffix) if exporter.coordinates == "inside" else exporter.write(scene, path)


def check_kind(kind: str) -> None:
    """Refuse a kind that is none of `EXPORTERS`."""
    if kind not in EXPORTERS:
        raise UsageError(f"unknown export {kind!r}", expected=" or ".join(EXPORTERS))


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
        One of `EXPORTERS`.
    output : Path
        Its suffix chooses the format of ``bfactor``.

    Raises
    ------
    UsageError
        Unknown kind, a suffix that is not one of it, or an output that is the structure's own file.
    """
    from axlstruct.writing import same_file

    check_kind(kind)
    exporter = EXPORTERS[kind]
    if output.suffix not in exporter.suffixes:
        raise UsageError(
            f"{kind} does not write {output.suffix or 'a file without suffix'}", expected=" or ".join(exporter.suffixes)
        )
    source = Path(structure.source)
    beside = output.with_name(f"{output.stem}-coordinates.cif")
    if any(same_file(path, source) for path in (output, beside)):
        raise UsageError("the output is an input and would be lost", where=str(source), advice="name another file")
    plain = scene.assembly == _AS_DEPOSITED and source.suffix in _READ_BY_ALL and source.is_file()
    if exporter.coordinates == "inside" or (plain and exporter.coordinates == "file"):
        return {output: export(structure, scene, kind, source.absolute(), suffix=output.suffix)}
    from axlstruct.viewers.export.coordinates import coordinates

    path = beside.name if exporter.coordinates == "beside" else beside.absolute()
    return {output: export(structure, scene, kind, path), beside: coordinates(structure, scene)}
