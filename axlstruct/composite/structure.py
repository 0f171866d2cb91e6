"""A structure and the models laid on its copies as one structure, each model a chain of its own in UniProt numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from axlstruct.composite.placement import Copy
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.structure import ObservedResidue, ProteinChain, Structure

if TYPE_CHECKING:
    import gemmi

HYPOTHESIS = "HYPOTHESIS"


def composite_structure(
    structure: Structure, maps: Sequence[ChainMap], model: Structure, model_map: ChainMap, copies: Sequence[Copy], title: str
) -> tuple[Structure, tuple[ChainMap, ...]]:
    """The structure as it is, and behind its chains one placed model for each copy.

    Parameters
    ----------
    structure : Structure
        Stays as it is.
    maps : sequence of ChainMap
        Of its chains.
    model : Structure
    model_map : ChainMap
        The model's chain of the receptor; its other chains, if any, are left out.
    copies : sequence of Copy
    title : str
        Of the structure; it must say that this is a hypothesis.

    Returns
    -------
    structure : Structure
        Its id is that of both. B-factors of the model's chains are pLDDT.
    maps : tuple of ChainMap
    """
    import gemmi

    id = f"{structure.id}+{model.id}"
    whole = gemmi.Structure()
    whole.name = id
    whole.info["_struct.title"] = title
    whole.info["_struct_keywords.text"] = "hypothesis, composite of experiment and prediction"
    for entity in structure.gemmi.entities:
        whole.entities.append(entity)
    whole.add_model(structure.gemmi[0])
    chains = [
        _chain(chain, id, chain.chain, chain.label, [residue.gemmi for residue in chain.residues], 0)
        for chain in structure.chains
    ]
    laid = [_map(map, next(c for c in chains if (c.label, c.chain) == (map.chain.label, map.chain.chain))) for map in maps]
    for copy in copies:
        label = _label(copy.name, {r.subchain for chain in whole[0] for r in chain})
        offset = whole[0].count_atom_sites()
        shown = _cut(model_map, copy)
        whole[0].add_chain(_placed(shown, copy, label))
        chain = _chain(shown.chain, id, copy.name, label, list(whole[0][-1]), offset)
        chains.append(chain)
        laid.append(_map(shown, chain))
    _declare(whole, model, model_map, [chain.label for chain in chains[len(structure.chains) :]])
    whole.assign_serial_numbers()
    notes = (*structure.notes, *model.notes)
    joined = Structure(id, structure.assembly, HYPOTHESIS.lower(), None, False, tuple(chains), whole, "", notes)
    return joined, tuple(laid)


def _cut(map: ChainMap, copy: Copy) -> ChainMap:
    """The model's chain without what is left out."""
    slots = tuple(
        slot if slot.position is None or copy.motion(slot.position) else replace(slot, residue=None) for slot in map.slots
    )
    kept = {slot.residue.id for slot in slots if slot.residue and slot.position is not None}
    return replace(map, chain=replace(map.chain, residues=tuple(r for r in map.chain.residues if r.id in kept)), slots=slots)


def _placed(map: ChainMap, copy: Copy, label: str) -> gemmi.Chain:
    """A copy of the model's chain, moved and renamed."""
    import gemmi

    placed = gemmi.Chain(copy.name)
    for residue in map.chain.residues:
        motion = copy.motion(map.position_of[residue.id])
        assert motion is not None
        added = placed.add_residue(residue.gemmi)
        added.subchain = label
        for atom in added:
            x, y, z = motion.turn @ atom.pos.tolist() + motion.shift
            atom.pos = gemmi.Position(float(x), float(y), float(z))
    return placed


def _label(name: str, taken: set[str]) -> str:
    """A label_asym_id out of letters and digits that no other chain has."""
    label = "".join(letter for letter in name if letter.isalnum())
    while label in taken:
        label += "m"
    return label


def _chain(chain: ProteinChain, id: str, name: str, label: str, residues: Iterable[gemmi.Residue], offset: int) -> ProteinChain:
    """The chain under another name, its residues those given, its atoms counted on from an offset (0: where they were)."""
    seen: list[ObservedResidue] = []
    first = offset
    for old, residue in zip(chain.residues, residues, strict=True):
        place = replace(old.id, structure=id, chain=name)
        seen.append(replace(old, id=place, gemmi=residue, first_atom=first if offset else old.first_atom))
        first += old.n_atoms
    return replace(chain, chain=name, label=label, entity=chain.entity if not offset else "model", residues=tuple(seen))


def _map(map: ChainMap, chain: ProteinChain) -> ChainMap:
    """The same map of a chain whose residues are others."""
    now = {old.id: new for old, new in zip(map.chain.residues, chain.residues, strict=True)}
    slots = tuple(replace(slot, residue=now[slot.residue.id]) if slot.residue else slot for slot in map.slots)
    return replace(map, chain=chain, slots=slots)


def _declare(whole: gemmi.Structure, model: Structure, model_map: ChainMap, labels: Sequence[str]) -> None:
    """The entity of the placed models."""
    import gemmi

    entity = gemmi.Entity("model")
    entity.entity_type, entity.polymer_type = gemmi.EntityType.Polymer, gemmi.PolymerType.PeptideL
    entity.full_sequence = list(model_map.chain.declared) or [residue.name for residue in model_map.chain.residues]
    entity.subchains = list(labels)
    whole.entities.append(entity)
    for chain in whole[0]:
        for residue in chain:
            if residue.subchain in labels:
                residue.entity_type, residue.entity_id = gemmi.EntityType.Polymer, "model"
