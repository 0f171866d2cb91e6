"""A still as data, and its pixels: PyMOL in a child process, so that its globals and its crashes stay there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axlstruct.errors import AxlstructError
from axlstruct.scene.projection import Projection
from axlstruct.writing import alive

if TYPE_CHECKING:
    import numpy as np

    from axlstruct.structure.secondary_structure import Element
    from axlstruct.structure.structure import Structure

COMMAND = (sys.executable, "-I")
"""What runs the child: this interpreter, deaf to environment and working directory."""

TIMEOUT = 900.0

ADVICE = "pip install 'axlstruct[stills]' and, on Debian, apt-get install libgl1; all other figures do without"

ELEMENTS = {"N": "#3050C8", "O": "#D03020", "S": "#EBDC00", "P": "#E07000"}
"""Colours of atoms that are not carbon, in sticks."""

MEMORY = {"MALLOC_MMAP_THRESHOLD_": "4294967296", "MALLOC_TRIM_THRESHOLD_": "4294967296"}
"""Lets glibc keep the memory that the child frees: handing it back and asking again costs it seconds."""

_LOOK = {
    "orthoscopic": 1,
    "ray_opaque_background": 0,
    "hash_max": 400,
    "ambient": 0.42,
    "direct": 0.42,
    "reflect": 0.38,
    "specular": 0.12,
    "shininess": 20,
    "light_count": 2,
    "ray_shadow_decay_factor": 0.1,
    "ray_trace_gain": 0.0,
    "ray_trace_color": "grey20",
    "cartoon_fancy_helices": 1,
    "cartoon_highlight_color": -1,
    "cartoon_gap_cutoff": 0,
    "cartoon_side_chain_helper": 0,
    "cartoon_loop_radius": 0.25,
    "depth_cue": 1,
    "fog_start": 0.5,
    "fog": 0.75,
    "auto_zoom": 0,
}
"""Close to the colours of the legend: soft light, little gloss."""


@dataclass(frozen=True)
class Drawn:
    """Atoms (indices into the atom columns) in one style; ``elements`` recolours those that are not carbon."""

    kind: str
    atoms: tuple[int, ...]
    color: str
    radius: float = 0.2
    elements: bool = False


@dataclass(frozen=True)
class Rod:
    """A thin straight piece between two points, in Angstrom."""

    start: tuple[float, float, float]
    end: tuple[float, float, float]
    color: str
    radius: float


@dataclass(frozen=True)
class Still:
    """All that a picture shows, without its letters.

    ``fine`` is print quality: outlines, and three samples for each pixel side instead of two. Shadows would double its time, and
    in the soft light they are hardly seen.
    """

    projection: Projection
    layers: tuple[Drawn, ...]
    secondary: tuple[Element, ...]
    rods: tuple[Rod, ...] = ()
    fine: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)


def raytrace(structure: Structure, still: Still) -> np.ndarray:
    """Draw a still.

    Parameters
    ----------
    structure : Structure
    still : Still

    Returns
    -------
    ndarray, shape (height, width, 4), uint8
        Red, green, blue and opacity; the same each time.

    Raises
    ------
    AxlstructError
        PyMOL cannot be loaded, or does not find what is to be drawn.
    """
    import numpy as np
    from PIL import Image

    _sweep_folders()
    with tempfile.TemporaryDirectory(prefix=f"{_FOLDER}{os.getpid()}-") as folder:
        file = Path(folder) / "still.png"
        job = json.dumps(job_of(structure, still) | {"file": str(file)}, allow_nan=False)
        script = str(Path(__file__).with_name("pymol_child.py"))
        surroundings = os.environ | MEMORY | {"HOME": folder, "OMP_NUM_THREADS": "1"}
        try:
            done = subprocess.run(
                [*COMMAND, script], input=job, env=surroundings, capture_output=True, text=True, timeout=TIMEOUT, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise AxlstructError("PyMOL did not finish", where=structure.id, found=f"{TIMEOUT:g} s passed") from error
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        if done.returncode == 3:
            raise AxlstructError("stills of structures need PyMOL, which cannot be loaded", found=last, advice=ADVICE)
        if done.returncode or not file.is_file():
            raise AxlstructError("PyMOL could not draw the still", where=structure.id, found=f"{last} (exit {done.returncode})")
        with Image.open(file) as image:
            pixels = np.array(image.convert("RGBA"))
    if pixels.shape != (still.projection.height, still.projection.width, 4):
        raise AxlstructError(
            "PyMOL drew a picture of another size", where=structure.id,
            expected=f"{still.projection.width} x {still.projection.height}", found=" x ".join(map(str, pixels.shape)),
        )  # fmt: skip
    return pixels


_FOLDER = "axlstruct-still-"


@lru_cache(maxsize=1)
def _sweep_folders() -> None:
    """Remove, once a process, the working folders that killed runs left."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*-*"):
        process = folder.name.removeprefix(_FOLDER).partition("-")[0]
        if process.isdecimal() and not alive(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def job_of(structure: Structure, still: Still) -> dict[str, Any]:
    """The still as plain values, atoms as serial numbers."""
    settings = _LOOK | {
        "antialias": 2 if still.fine else 1,
        "ray_trace_mode": int(still.fine),
        "ray_shadows": 0,
        "cartoon_sampling": 7 if still.fine else 6,
        "max_threads": 1,  # with more, a few pixels differ from run to run
        **still.settings,
    }
    return {
        "structure": _text(structure),
        "atoms": len(structure.xyz),
        "settings": settings,
        "secondary": [(e.kind, serials) for e in still.secondary if (serials := _serials(_span(structure, e)))],
        "layers": [
            {
                "kind": layer.kind,
                "atoms": _serials(layer.atoms),
                "color": layer.color,
                "radius": layer.radius,
                "elements": ELEMENTS if layer.elements else {},
            }
            for layer in still.layers
        ],
        "rods": [[*rod.start, *rod.end, rod.radius, *_rgb(rod.color), *_rgb(rod.color)] for rod in still.rods],
        "view": still.projection.view,
        "width": still.projection.width,
        "height": still.projection.height,
    }


@lru_cache(maxsize=4)
def _text(structure: Structure) -> str:
    """The atoms as mmCIF, serial numbers counted from 1 as the columns are."""
    import gemmi

    groups = gemmi.MmcifOutputGroups(False)
    groups.atoms = True
    text: str = structure.gemmi.make_mmcif_block(groups).as_string()
    return text


def _serials(atoms: Sequence[int]) -> list[int]:
    return sorted(int(index) + 1 for index in atoms)


def _span(structure: Structure, element: Element) -> list[int]:
    chain = next((c for c in structure.chains if c.chain == element.chain), None)
    places = [(r.id.number, r.id.icode) for r in chain.residues] if chain else []
    if chain is None or element.first not in places or element.last not in places:
        return []
    inside = chain.residues[places.index(element.first) : places.index(element.last) + 1]
    return [atom for r in inside for atom in range(r.first_atom, r.first_atom + r.n_atoms)]


def _rgb(color: str) -> list[float]:
    return [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
