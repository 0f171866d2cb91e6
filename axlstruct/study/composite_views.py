"""A composite as a view, a page and a coordinate file, each of which says that it is a hypothesis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axlstruct.composite.hinges import CORE
from axlstruct.composite.placement import Copy, moved
from axlstruct.composite.structure import HYPOTHESIS, composite_structure
from axlstruct.errors import UsageError
from axlstruct.scene.camera import turned
from axlstruct.scene.composite import AXIS, FADED, SLAB, composite_scene
from axlstruct.scene.projection import upright
from axlstruct.scene.scene import Camera, LegendEntry, Scene
from axlstruct.sequence.target import Target
from axlstruct.structure.glycans import Glycan, find_glycans
from axlstruct.structure.secondary_structure import Element, Place, secondary_structure
from axlstruct.structure.structure import Structure
from axlstruct.structure.symmetry import alphas
from axlstruct.study.composites import Composite, composite
from axlstruct.study.views import viewer_text
from axlstruct.tables import write_whole
from axlstruct.viewers.export.coordinates import declare_amino_acids, state_elements

if TYPE_CHECKING:
    import numpy as np

    from axlstruct.study.session import Session

SHEET = 1.0
"""Thickness of each of its two faces as drawn: what lies between stays in sight."""

BEYOND = 45.0
"""Angstrom by which the faces reach beyond the helices."""

SUFFIXES = (".html", ".cif")

_DASHES = {"radius": 0.3, "dashed": True, "dashLength": 1.5, "gapLength": 1.5}


def show(session: Session, structure: str | None, model: str | None, hinged: bool, width: int, height: int) -> Any:
    """See `axlstruct.study.facade.Study.composite`."""
    script, problem = viewer_text(session)
    made = composite(session, structure, model, hinged)
    return make_composite_view(made, session.target, script=script, problem=problem, width=width, height=height)


def write_composite(session: Session, output: Path, structure: str | None, model: str | None, hinged: bool) -> tuple[str, ...]:
    """Write the page or the coordinates, as the suffix says; returns what must be said of them.

    Raises
    ------
    UsageError
        Another suffix.
    """
    if output.suffix not in SUFFIXES:
        raise UsageError(f"a composite is not drawn as {output.suffix or output.name!r}", expected=" or ".join(SUFFIXES))
    if output.suffix == ".cif":
        made = composite(session, structure, model, hinged)
        write_whole(output, composite_cif(made, session.target).encode())
        return made.told
    script, problem = viewer_text(session)
    made = composite(session, structure, model, hinged)
    view = make_composite_view(made, session.target, script=script, problem=problem, width=900, height=760)
    write_whole(output, view.page().encode())
    return made.told


def scene_of(made: Composite, target: Target) -> tuple[Structure, Scene]:
    """The composite as one structure, and its scene."""
    experiment, model = made.experiment.structure, made.model.structure
    joined, maps = composite_structure(experiment, made.experiment.maps, model, made.model_map, made.copies, title(made))
    elements, source = _elements(made)
    state_elements(joined.gemmi, elements)
    scene = composite_scene(
        joined, maps, target, made.copies, _renamed(find_glycans(experiment), joined.id), title=title(made), cautions=made.words,
        drawn=_drawn(made), elements=elements, source=source, camera=_camera(made, joined),
    )  # fmt: skip
    return joined, scene


def title(made: Composite) -> str:
    """What stands above the picture."""
    fits = ", ".join(dict.fromkeys(f"{copy.fit.rmsd:.2f}" for copy in made.copies))
    atoms = ", ".join(dict.fromkeys(str(len(copy.fit.positions)) for copy in made.copies))
    model, structure = made.model.structure.id, made.experiment.structure.id
    if made.copies[0].pieces:
        return f"{HYPOTHESIS}, SCHEMATIC: pieces of {model} around {structure} (RMSD {fits} Å over {atoms} Cα; the rest is drawn)"
    arranged = {row.arrangement for row in made.arrangement}
    verdict = "unknown" if arranged == {"unknown"} else "supported by PAE" if arranged == {"supported"} else "uncertain by PAE"
    clash = any(row.ca_pairs_confident for row in made.clashes)
    if clash or any(row.wrong_side for row in made.table("membrane").rows):
        verdict += ", as drawn impossible"
    fit = f"RMSD {fits} Å over {atoms} Cα"
    return f"{HYPOTHESIS}: {model} as one rigid body on {structure} ({fit}; arrangement of domains {verdict})"


def make_composite_view(
    made: Composite, target: Target, *, script: str | None, problem: str = "", width: int, height: int
) -> Any:
    """The composite as a py3Dmol view, the slab and the two-fold axis drawn with it."""
    from axlstruct.viewers.browser import make_view

    joined, scene = scene_of(made, target)
    if problem:
        scene = replace(scene, notes=(*scene.notes, f"No copy of 3Dmol.js at hand: {problem}"))
    view = make_view(joined, scene, script=script, width=width, height=height)
    if made.axis is not None:
        half = made.axis.axis * _reach(joined, made)
        middle = made.membrane.center if made.membrane else made.axis.point
        view.addCylinder({**_ends(middle - half, middle + half), "radius": 0.35, "color": AXIS, "dashed": True})
    for start, end in _linkers(made):
        view.addCylinder(
            {**_ends(start, end), "radius": 0.3, "color": FADED, "dashed": True, "dashLength": 1.5, "gapLength": 1.5}
        )
    if made.membrane:
        radius = max(row.from_axis for row in made.membrane.rows) + BEYOND
        for side in (CORE / 2, -CORE / 2):
            face = made.membrane.center + made.membrane.axis * side
            ends = _ends(face - made.membrane.axis * SHEET / 2, face + made.membrane.axis * SHEET / 2)
            view.addCylinder({**ends, "radius": round(radius, 1), "color": SLAB, "opacity": 0.55, "fromCap": 1, "toCap": 1})
    return view


def composite_cif(made: Composite, target: Target) -> str:
    """The composite as mmCIF; its title and a category of its own say what it is."""
    import gemmi

    joined, _ = scene_of(made, target)
    document = joined.gemmi.make_mmcif_document()
    declare_amino_acids(document, joined)
    block = document.sole_block()
    loop = block.init_loop("_axlstruct_composite.", ["ordinal", "remark"])
    remarks = (title(made), *made.words, "B-factors of chains named -AF are pLDDT; their author numbers are UniProt's")
    for count, remark in enumerate(remarks, 1):
        loop.add_row([str(count), gemmi.cif.quote(" ".join(remark.split()))])
    return str(document.as_string())


def _drawn(made: Composite) -> list[LegendEntry]:
    entries = []
    if made.copies[0].pieces:
        detail = "between pieces, of low confidence: length and path are not known"
        entries.append(LegendEntry("Not observed", "linker left out", FADED, "dash", detail))
    if made.membrane:
        detail = f"two faces {CORE:g} Å apart, across the two-fold axis at the centres of the model's helices: a hypothesis"
        entries.append(LegendEntry("Not observed", "membrane", SLAB, "cartoon", detail))
    if made.axis:
        detail = f"computed from {made.experiment.structure.id}, {made.axis.angle:.1f}°"
        entries.append(LegendEntry("Not observed", "two-fold axis", AXIS, "dash", detail))
    return entries


def _linkers(made: Composite) -> list[tuple[np.ndarray, np.ndarray]]:
    """Ends of what is left out between the pieces of the model."""
    import numpy as np

    points, found = alphas(made.model_map), []
    for copy in made.copies:
        for one, two in pairwise(copy.pieces):
            ends = moved(points, copy, (one.span.last, two.span.first))
            found.append((np.array(ends[one.span.last]), np.array(ends[two.span.first])))
    return found


def _elements(made: Composite) -> tuple[list[Element], str]:
    """Helices and strands of experiment and model, assigned in each alone."""
    elements, source = secondary_structure(made.experiment.structure)
    of_model, model_source = secondary_structure(made.model.structure)
    chain = made.model_map.chain.chain
    own = [element for element in of_model if element.chain == chain]
    copied = [replace(e, chain=copy.name) for copy in made.copies for e in own if {e.first, e.last} <= _shown(made, copy)]
    both = source if source == model_source else f"{source} (experiment), {model_source} (model)"
    return [*elements, *copied], both


def _shown(made: Composite, copy: Copy) -> set[Place]:
    """Places of the model's residues that are not left out."""
    return {(id.number, id.icode) for id, position in made.model_map.position_of.items() if copy.motion(position)}


def _renamed(glycans: Sequence[Glycan], id: str) -> list[Glycan]:
    """Glycans of the experiment under the id of the composite."""
    return [
        Glycan(replace(glycan.root, structure=id), tuple((replace(sugar, structure=id), name) for sugar, name in glycan.sugars))
        for glycan in glycans
    ]


def _camera(made: Composite, joined: Structure) -> Camera | None:
    """The two-fold axis upright; None without one."""
    import numpy as np

    if made.axis is None:
        return None
    xyz = np.array([atom.pos.tolist() for r in joined.residues for atom in r.gemmi if atom.name == "CA"])
    first = np.array([atom.pos.tolist() for r in joined.chains[0].residues for atom in r.gemmi])
    return turned(upright(made.axis.axis, xyz, first.mean(axis=0)), xyz)


def _reach(joined: Structure, made: Composite) -> float:
    """Half the length of the drawn axis: a little more than the atoms reach along it."""
    import numpy as np

    assert made.axis is not None
    middle = made.membrane.center if made.membrane else made.axis.point
    xyz = np.array([atom.pos.tolist() for r in joined.residues for atom in r.gemmi if atom.name == "CA"])
    return float(np.abs((xyz - middle) @ made.axis.axis).max()) + 8.0


def _ends(start: np.ndarray, end: np.ndarray) -> dict[str, dict[str, float]]:
    return {
        name: {axis: round(float(value), 3) for axis, value in zip("xyz", place, strict=True)}
        for name, place in (("start", start), ("end", end))
    }
