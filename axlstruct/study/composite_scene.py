"""A composite as one structure with its scene: what is drawn, its legend, the words above it, and the camera."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from axlstruct.composite.hinges import CORE
from axlstruct.composite.placement import Copy
from axlstruct.composite.structure import HYPOTHESIS, composite_structure
from axlstruct.scene.camera import turned
from axlstruct.scene.composite import AXIS, FADED, SLAB, composite_scene
from axlstruct.scene.projection import upright
from axlstruct.scene.scene import Camera, LegendEntry, Scene
from axlstruct.sequence.target import Target
from axlstruct.structure.glycans import Glycan, find_glycans
from axlstruct.structure.secondary_structure import Element, Place, secondary_structure
from axlstruct.structure.structure import Structure
from axlstruct.study.composites import Composite
from axlstruct.viewers.export.coordinates import state_elements


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
