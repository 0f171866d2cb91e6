"""A composite as mmCIF, which says that it is a hypothesis."""

from __future__ import annotations

from axlstruct.sequence.target import Target
from axlstruct.study.composite_scene import scene_of, title
from axlstruct.study.composites import Composite
from axlstruct.viewers.export.coordinates import declare_amino_acids


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
