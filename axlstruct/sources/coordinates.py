"""Read a coordinate file and make a Structure of it: strictly a download, as far as it can be read a file that the user names."""

from __future__ import annotations

import re
import sys
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axlstruct.errors import ContentError, StructureError
from axlstruct.sequence.residues import ONE_LETTER, ResidueId
from axlstruct.sources.confidence import PlddtScale, scale
from axlstruct.sources.conformers import choose_conformers, drop_atoms, without_place, words_on_dropped
from axlstruct.sources.elements import repair_elements
from axlstruct.sources.mmcif import looks_like_mmcif, read_document, read_mmcif
from axlstruct.sources.packing import ADVICE, contents
from axlstruct.sources.raw import Raw
from axlstruct.sources.tidy import has_conformers, is_tidy
from axlstruct.structure.components import standard_component
from axlstruct.structure.polymers import find_polymers, is_amino_acid, unbroken
from axlstruct.structure.structure import ASU, ObservedResidue, ProteinChain, Structure, atom_columns

if TYPE_CHECKING:
    import gemmi

_LONGEST = 7
"""Letters that gemmi's atom columns have room for."""
_NOT_ASCII = 0x8080808080808080


def read_structure(
    path: Path, *, id: str | None = None, name: str | None = None, assembly: str = ASU, strict: bool = False
) -> Structure:
    """Read a PDB, mmCIF or BinaryCIF file, also packed (gzip, bzip2, xz, Zstandard).

    Parameters
    ----------
    path : Path
    id : str, optional
        The entry that the file must hold (``2C5D``, ``AF-P30530``); by default whatever it says it is.
    name : str, optional
        What to call the structure; by default ``id``, else the entry that the file says it is, else the stem of its name.
    assembly : str
        ``asu`` for the coordinates as deposited, else the id of a biological assembly, built by gemmi.
    strict : bool
        For downloads: refuse what is not whole. Without it a file is read as far as it can be read, and notes say what is odd.

    Returns
    -------
    Structure
        The first model, of each atom one conformer (see `axlstruct.sources.conformers.choose_conformers`); notes say where a
        choice was made.

    Raises
    ------
    ContentError
        No coordinate file, not of that entry, or, with ``strict``, not a whole one.
    StructureError
        No protein in it, or no such assembly.
    UsageError
        No such file, or a folder.
    """
    raw = _raw(path, strict)
    structure, notes = raw.structure, raw.notes
    called = name or id or raw.id or path.name.split(".")[0]
    if id and raw.id and entry_key(raw.id) != entry_key(id):
        raise ContentError("another entry under this name", where=str(path), expected=id, found=raw.id, advice=ADVICE)
    if len(structure) > 1:
        notes.append(f"{len(structure)} models: the first is used")
        while len(structure) > 1:
            del structure[1]
    bare = "numpy" not in sys.modules and raw.ascii  # columns are the faster way, but not worth loading NumPy for
    flat = None if bare and _has_short_names(structure) and is_tidy(structure) else _mended(structure, notes, path)
    if has_conformers(structure[0]) and (
        chosen := choose_conformers(structure, _columns(structure, notes) if flat is None else flat)
    ):
        flat = None
        notes.append(f"{chosen} residues with alternative conformers: that of highest occupancy is used")
    if not raw.declared:
        _declare_polymers(structure, flat, notes)
    if assembly != ASU:
        _build_assembly(structure, assembly, path)
    structure.assign_serial_numbers()
    chains = _protein_chains(structure, called, raw)
    if not chains:
        raise StructureError(
            "no protein chain", where=f"{called} ({path})", found=_what_is_there(structure),
            advice="axlstruct needs a structure with a polypeptide",
        )  # fmt: skip
    plddt = _bring_plddt_to_100(raw, structure)
    method = "prediction" if raw.predicted else dict(structure.info).get("_exptl.method", "")
    return Structure(
        called, assembly, method, structure.resolution or None, raw.predicted, chains, structure, str(path), tuple(notes), plddt
    )


def _raw(path: Path, strict: bool) -> Raw:
    from axlstruct.sources.binary_cif import is_binary, read_binary_cif

    raw = contents(path)
    if is_binary(raw):
        return read_document(path, read_binary_cif(path, raw), [], strict=strict)
    read = _read_text(path, raw, strict=strict)
    read.ascii = raw.isascii()
    return read


def _read_text(path: Path, raw: bytes, *, strict: bool) -> Raw:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raw = raw.decode("utf-16", errors="replace").encode()  # as some editors save
    start = raw[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        raise ContentError(
            "an HTML or XML page, not coordinates", where=str(path), found=repr(start[:40].decode(errors="replace").strip()),
            advice="the server answered with an error page",
        )  # fmt: skip
    if looks_like_mmcif(raw):
        return read_mmcif(path, raw, strict=strict)
    from axlstruct.sources.pdb import read_pdb

    return read_pdb(path, raw, strict=strict)


def entry_key(id: str) -> str:
    """An id in the form in which ids are compared: extended PDB ids and AlphaFold fragments and versions shortened.

    Examples
    --------
    >>> entry_key("pdb_00002c5d"), entry_key("AF-P30530-F1")
    ('2C5D', 'AF-P30530')
    """
    key = re.sub(r"^PDB_0000", "", id.strip().upper())
    return re.sub(r"-F1(-MODEL_V\d+)?$", "", key)


def _has_short_names(structure: gemmi.Structure) -> bool:
    """Whether gemmi's atom columns have room for every name."""
    try:
        atom_columns(structure)
    except RuntimeError:
        return False
    return True


def _mended(structure: gemmi.Structure, notes: list[str], path: Path) -> gemmi.FlatStructure:
    """The atom columns, after names without room were changed, atoms without coordinates left out, elements repaired."""
    flat = _columns(structure, notes)
    dropped = without_place(flat)
    if dropped.all():
        raise ContentError("no atom has coordinates", where=str(path), advice="are they placeholders, or in another column?")
    if changed := bool(dropped.any()):
        notes += words_on_dropped(*drop_atoms(structure, dropped))
    if repaired := repair_elements(structure, flat):
        notes.append(f"{repaired} atoms without an element, or with a wrong one: taken from the names of residue and atom")
    return _columns(structure, notes) if changed else flat


def _columns(structure: gemmi.Structure, notes: list[str]) -> gemmi.FlatStructure:
    """The atom columns; names of residues and atoms for which they have no room, or that are no ASCII, are changed first."""
    try:
        flat = atom_columns(structure)
        columns: tuple[Any, ...] = (flat.atom_names, flat.residue_names)
        if not any((column.view("u8") & _NOT_ASCII).any() for column in columns):
            return flat
    except RuntimeError:
        pass
    renamed: dict[str, str] = {}

    def short(name: str) -> str:
        if len(name) <= _LONGEST and name.isascii():
            return name
        if name not in renamed:
            plain = "".join(letter if letter.isascii() and letter.isprintable() else "?" for letter in name)[:_LONGEST]
            number = 1
            while plain in renamed.values():
                plain = f"{plain[: _LONGEST - 1 - len(str(number))]}~{number}"
                number += 1
            renamed[name] = plain
        return renamed[name]

    for chain in structure[0]:
        for residue in chain:
            residue.name = short(residue.name)
            for atom in residue:
                atom.name = short(atom.name)
    shown = [f"{old!r} as {new}" for old, new in renamed.items()]
    more = f" and {len(shown) - 4} more" if len(shown) > 4 else ""
    words = f"names of more than {_LONGEST} letters or of other than ASCII letters are read as"
    notes.append(f"{words}: {', '.join(shown[:4])}{more}")
    return atom_columns(structure)


def _declare_polymers(structure: gemmi.Structure, flat: gemmi.FlatStructure | None, notes: list[str]) -> None:
    """Make entities of what the residues are, for a file whose tables do not tell or are wrong."""
    import gemmi

    kind = gemmi.EntityType
    parents = {modified.res_id.name: modified.parent_comp_id for modified in structure.mod_residues}
    found = unbroken(structure[0]) if flat is None else None
    if found is None:
        found = find_polymers(structure[0], _columns(structure, notes) if flat is None else flat, parents)
    from_pdb = structure.input_format == gemmi.CoorFormat.Pdb
    labels: set[str] = set()
    if not from_pdb:
        structure.entities.clear()
    for chain, members in zip(structure[0], found, strict=True):
        inside = set(members)
        if not members:
            continue
        label = "" if from_pdb else chain[members[0]].subchain
        mine = {chain[k].subchain for k in members}
        for k, residue in enumerate(chain):
            if k in inside:
                residue.entity_type = kind.Polymer
            else:
                residue.entity_type = kind.Water if residue.is_water() else kind.NonPolymer
                if label and residue.subchain in mine:
                    residue.subchain += "x"
        if label:
            _label_runs(chain, members)
        if members != sorted(members):
            order = [*members, *(k for k in range(len(chain)) if k not in inside)]
            residues = [chain[k].clone() for k in order]
            while len(chain):
                del chain[len(chain) - 1]
            for residue in residues:
                chain.add_residue(residue)
    structure.setup_entities()
    labels = {residue.subchain for chain in structure[0] for residue in chain if residue.entity_type == kind.Polymer}
    amino = {r.subchain for chain, members in zip(structure[0], found, strict=True) if members for r in chain} & labels
    for entity in structure.entities:
        if amino & set(entity.subchains):
            entity.entity_type, entity.polymer_type = kind.Polymer, gemmi.PolymerType.PeptideL
    if from_pdb and any(entity.full_sequence for entity in structure.entities):
        structure.assign_label_seq_id()


def _label_runs(chain: gemmi.Chain, members: list[int]) -> None:
    """One label for residues that a peptide bond joins, whatever labels a writer gave them."""
    label = chain[members[0]].subchain
    for before, k in pairwise(members):
        if chain[k].subchain != label and chain[k].subchain != chain[before].subchain:
            c, n = chain[before].find_atom("C", "*"), chain[k].find_atom("N", "*")
            if not (c and n and c.pos.dist(n.pos) < 2.0):
                label = chain[k].subchain
                continue
        chain[k].subchain = label


def _build_assembly(structure: gemmi.Structure, name: str, path: Path) -> None:
    """Replace the model by an assembly; the second copy of chain A is called A-2."""
    import gemmi

    assembly = next((a for a in structure.assemblies if a.name == name), None)
    if assembly is None:
        there = ", ".join(a.name for a in structure.assemblies) or "none is declared in the file"
        raise StructureError(
            f"no assembly {name!r}", where=str(path), found=there, advice="use --assembly asu for the coordinates as deposited"
        )
    model = gemmi.make_assembly(assembly, structure[0], gemmi.HowToNameCopiedChain.Dup)
    gemmi.merge_atoms_in_expanded_model(model, gemmi.UnitCell())  # an ion on an axis is its own copy: one ion
    copies: dict[str, int] = {}
    for chain in model:
        copies[chain.name] = copies.get(chain.name, 0) + 1
        if copies[chain.name] > 1:
            chain.name = f"{chain.name}-{copies[chain.name]}"
    del structure[0]
    structure.add_model(model)


@lru_cache(maxsize=512)
def _letter(name: str) -> str:
    if name in ONE_LETTER:
        return ONE_LETTER[name]
    import gemmi

    if (parent := standard_component(name)) in ONE_LETTER:
        return ONE_LETTER[parent]
    code: str = gemmi.find_tabulated_residue(name).one_letter_code.upper().strip()
    return code or "X"


def _protein_chains(structure: gemmi.Structure, id: str, raw: Raw) -> tuple[ProteinChain, ...]:
    import gemmi

    peptides = {
        entity.name: entity
        for entity in structure.entities
        if entity.polymer_type in (gemmi.PolymerType.PeptideL, gemmi.PolymerType.PeptideD)
    }
    parents = {modified.res_id.name: modified.parent_comp_id for modified in structure.mod_residues}
    owner = {label: entity for entity in peptides.values() for label in entity.subchains}
    polymer = gemmi.EntityType.Polymer
    first_atom, chains = 0, []
    for chain in structure[0]:
        grouped: dict[str, list[ObservedResidue]] = {}
        chain_name = chain.name
        for residue in chain:
            n_atoms, label = len(residue), residue.subchain
            if n_atoms and label in owner and residue.entity_type == polymer:
                name, seqid = residue.name, residue.seqid
                component = name if name in ONE_LETTER else standard_component(name, [atom.name for atom in residue])
                letter = _letter(component)
                if letter == "X" and name in parents:
                    letter = _letter(parents[name])
                place = ResidueId(id, chain_name, seqid.num or 0, seqid.icode.strip())
                seen = ObservedResidue(place, name, letter, residue.label_seq, first_atom, n_atoms, residue, component)
                grouped.setdefault(label, []).append(seen)
            first_atom += n_atoms
        for label, residues in grouped.items():
            entity = owner[label]
            declared = tuple(gemmi.Entity.first_mon(item) for item in entity.full_sequence)
            numbered = all(r.label_seq is not None and 1 <= r.label_seq <= len(declared) for r in residues)
            chains.append(
                ProteinChain(
                    chain_name,
                    label,
                    entity.name,
                    declared if numbered else (),
                    "".join(map(_letter, declared)) if numbered else "",
                    tuple(residues),
                    tuple(raw.references.get(label, ())),
                    raw.molecules.get(label) or raw.letters.get(chain_name.partition("-")[0], ""),
                )
            )
    return tuple(chains)


def _what_is_there(structure: gemmi.Structure) -> str:
    """What a structure without protein holds, in words."""
    import gemmi

    count: Counter[str] = Counter()
    for chain in structure[0]:
        for residue in chain:
            info = gemmi.find_tabulated_residue(residue.name)
            if info.is_nucleic_acid():
                count["residues of nucleic acid"] += 1
            elif residue.is_water():
                count["waters"] += 1
            elif is_amino_acid(residue.name):
                count["single amino acids"] += 1
            else:
                count["other groups"] += 1
    return ", ".join(f"{number} {words}" for words, number in count.most_common())


def _bring_plddt_to_100(raw: Raw, structure: gemmi.Structure) -> bool:
    """Scale B-factors that are pLDDT to 0-100; whether there are any, with a note on a model that has none."""
    if not raw.predicted:
        return False
    b = [atom.b_iso for chain in structure[0] for residue in chain for atom in residue]
    if not raw.plddt:
        raw.notes.append("a model, but the file does not say that its B-factors are pLDDT: no pLDDT")
    elif not raw.has_b:
        raw.notes.append("the file has no column of B-factors: no pLDDT")
    elif not any(b):
        raw.notes.append("all B-factors are 0: no pLDDT")
    elif not (min(b) >= 0 and max(b) <= 100):
        raw.notes.append("B-factors lie outside 0-100: no pLDDT")
    else:
        factor = scale(b, PlddtScale(raw.predicted, raw.plddt, raw.unit))
        if factor != 1.0:
            for chain in structure[0]:
                for residue in chain:
                    for atom in residue:
                        atom.b_iso *= factor
            raw.notes.append("pLDDT of 0-1 brought to 0-100")
        return True
    return False
