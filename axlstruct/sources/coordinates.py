"""Read a coordinate file, check that it is whole and the one asked for, and make a Structure of it."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from axlstruct.errors import ContentError, StructureError, UsageError
from axlstruct.sequence.residues import ONE_LETTER, ResidueId
from axlstruct.sources.descriptions import of_mmcif, of_pdb
from axlstruct.sources.elements import repair_elements
from axlstruct.structure.components import standard_component
from axlstruct.structure.structure import ObservedResidue, ProteinChain, Reference, Structure

if TYPE_CHECKING:
    import gemmi

ASU = "asu"
_ADVICE = "fetch it again, or name another file"


def read_structure(path: Path, *, id: str | None = None, assembly: str = ASU) -> Structure:
    """Read a PDB or mmCIF file (also gzipped) and refuse what is truncated, of another format, or another entry.

    Parameters
    ----------
    path : Path
    id : str, optional
        The entry that the file must hold (``2C5D``, ``AF-P30530``); by default whatever it says it is.
    assembly : str
        ``asu`` for the coordinates as deposited, else the id of a biological assembly, built by gemmi.

    Returns
    -------
    Structure
        The first model, of each residue the conformer of highest occupancy (ties: the first); notes say where a choice was made.

    Raises
    ------
    ContentError
        Not a whole coordinate file of that entry.
    StructureError
        No protein in it, or no such assembly.
    """
    text = _text(path)
    raw = _read_mmcif(path, text) if _is_mmcif(text) else _read_pdb(path, text)
    structure, found_id = raw.structure, raw.id
    name = id or found_id or path.name.split(".")[0]
    _check_id(path, found_id, id)
    notes = []
    if len(structure) > 1:
        notes.append(f"{len(structure)} models: the first is used")
        while len(structure) > 1:
            del structure[1]
    if assembly != ASU:
        _build_assembly(structure, assembly, path)
    if repaired := repair_elements(structure):
        notes.append(f"{repaired} atoms without an element, or with a wrong one: taken from the names of residue and atom")
    if raw.has_altlocs and (chosen := _choose_conformers(structure)):
        notes.append(f"{chosen} residues with alternative conformers: that of highest occupancy is used")
    structure.assign_serial_numbers()
    chains = _protein_chains(structure, name, raw.references, raw.molecules)
    if not chains:
        raise StructureError(
            "no protein chain", where=f"{name} ({path})", advice="axlstruct needs a structure with a polypeptide"
        )
    resolution = structure.resolution or None
    method = "prediction" if raw.predicted else dict(structure.info).get("_exptl.method", "")
    return Structure(name, assembly, method, resolution, raw.predicted, chains, structure, str(path), tuple(notes))


class _Raw(NamedTuple):
    """What a file says, before axlstruct makes its choices."""

    structure: gemmi.Structure
    references: dict[str, list[Reference]]
    id: str
    predicted: bool
    has_altlocs: bool
    molecules: dict[str, str]


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise UsageError("no such file", where=str(path)) from None
    except OSError as error:
        raise ContentError(f"cannot be read: {error.strerror}", where=str(path)) from None
    if raw[:2] == b"\x1f\x8b":
        try:
            raw = gzip.decompress(raw)
        except (EOFError, OSError, ValueError) as error:
            raise ContentError(f"truncated or damaged gzip file: {error}", where=str(path), advice=_ADVICE) from None
    if not raw.strip():
        raise ContentError("empty file", where=str(path), advice=_ADVICE)
    if raw[:1] in (b"\x83", b"\x84", b"\x85", b"\x86"):
        raise ContentError(
            "BinaryCIF", where=str(path), expected="mmCIF or PDB text", advice="convert it, or give the mmCIF file"
        )
    text = raw.decode("utf-8", errors="replace")
    if text.lstrip()[:1] == "<":
        raise ContentError(
            "an HTML or XML page, not coordinates",
            where=str(path),
            found=repr(text.strip()[:40]),
            advice="the server answered with an error page",
        )
    return text


def _is_mmcif(text: str) -> bool:
    return re.search(r"^data_", text[:20000], re.MULTILINE) is not None


def _read_mmcif(path: Path, text: str) -> _Raw:
    import gemmi

    try:
        block = gemmi.cif.read_string(text)[0]
        structure = gemmi.make_structure_from_block(block)
    except (ValueError, RuntimeError) as error:
        raise ContentError(f"no readable mmCIF: {error}", where=str(path), advice=_ADVICE) from None
    if not len(structure) or not structure[0].count_atom_sites():
        raise ContentError("no atoms", where=str(path), expected="an _atom_site table", advice=_ADVICE)
    structure.merge_chain_parts()
    _check_mmcif_complete(path, text, block, structure)
    predicted = bool(block.find_mmcif_category("_ma_qa_metric.") or block.find_mmcif_category("_ma_model_list."))
    found_id = gemmi.cif.as_string(block.find_value("_entry.id") or "")
    has_altlocs = bool(set(block.find_values("_atom_site.label_alt_id")) - {".", "?"})
    return _Raw(structure, _references(block, structure), found_id, predicted, has_altlocs, of_mmcif(block))


def _check_mmcif_complete(path: Path, text: str, block: gemmi.cif.Block, structure: gemmi.Structure) -> None:
    """A file cut at a row boundary reads without error: what it declares must have atoms, its last table its end."""
    if text.rstrip().rpartition("\n")[2].strip() != "#" and sum(map(text.count, ("\n#\n", "\n# \n", "\n#\r\n"))) > 1:
        raise ContentError("truncated: the # that ends a table is missing", where=str(path), advice=_ADVICE)
    seen = {part.subchain_id() for chain in structure[0] for part in chain.subchains()}
    missing = [row[0] for row in block.find("_struct_asym.", ["id"]) if row.str(0) not in seen]
    if missing:
        raise ContentError("truncated: declared chains without atoms", where=str(path), found=", ".join(missing), advice=_ADVICE)
    if not block.find_mmcif_category("_struct_asym."):
        for entity in structure.entities:
            if entity.full_sequence and not entity.subchains:
                raise ContentError(f"truncated: no atoms of entity {entity.name}", where=str(path), advice=_ADVICE)


def _references(block: gemmi.cif.Block, structure: gemmi.Structure) -> dict[str, list[Reference]]:
    """What the file says of its declared sequences, by label_asym_id; SIFTS before ``_struct_ref_seq``."""
    found: dict[str, list[Reference]] = {}

    def add(label: str, source: str, accession: str, numbers: list[str]) -> None:
        if all(re.fullmatch(r"-?\d+", number) for number in numbers):
            first, last, db_first, db_last = map(int, numbers)
            if last - first == db_last - db_first:
                found.setdefault(label, []).append(Reference(source, accession, first, last, db_first, db_last))

    columns = ["asym_id", "unp_acc", "seq_id_start", "seq_id_end", "unp_start", "unp_end", "best_mapping"]
    for row in block.find("_pdbx_sifts_unp_segments.", columns):
        if row.str(6) == "y":
            add(row.str(0), "SIFTS", row.str(1), [row.str(k) for k in range(2, 6)])
    labels = {chain.name: [sub.subchain_id() for sub in chain.subchains()] for chain in structure[0]}
    columns = ["pdbx_strand_id", "pdbx_db_accession", "seq_align_beg", "seq_align_end", "db_align_beg", "db_align_end"]
    for row in block.find("_struct_ref_seq.", columns):
        for label in labels.get(row.str(0), []):
            add(label, "_struct_ref_seq", row.str(1), [row.str(k) for k in range(2, 6)])
    return found


def _read_pdb(path: Path, text: str) -> _Raw:
    import gemmi

    first = re.search(r"^(?:ATOM  |HETATM)", text, re.MULTILINE)
    if first is None:
        raise ContentError(
            "no coordinate file: neither mmCIF nor PDB records", where=str(path), found=repr(text.strip()[:40]), advice=_ADVICE
        )
    if text.rstrip().rpartition("\n")[2].strip() != "END":
        raise ContentError("truncated: no END record", where=str(path), advice=_ADVICE)
    try:
        structure = gemmi.read_pdb_string(text)
    except (ValueError, RuntimeError) as error:
        raise ContentError(f"no readable PDB file: {error}", where=str(path), advice=_ADVICE) from None
    structure.setup_entities()
    structure.assign_label_seq_id()
    head = text[: first.start()]
    missing = sorted(set(re.findall(r"^SEQRES .{3} (.)", head, re.MULTILINE)) - {chain.name for chain in structure[0]} - {" "})
    if missing:
        raise ContentError("truncated: declared chains without atoms", where=str(path), found=", ".join(missing), advice=_ADVICE)
    header = re.match(r"HEADER.{56}(\w{4})", head)
    model = re.search(r"^DBREF  XXXX . .* UNP +(\w+)", head, re.MULTILINE)
    method = re.search(r"^EXPDTA +(\S.*)", head, re.MULTILINE)
    predicted = "THEORETICAL MODEL" in method[1] if method else bool(model and "ALPHAFOLD" in head)
    found_id = header[1] if header else f"AF-{model[1]}-F1" if predicted and model else ""
    has_altlocs = bool(re.search(r"^(?:ATOM  |HETATM).{10}\S", text, re.MULTILINE))
    return _Raw(structure, {}, found_id, predicted, has_altlocs, of_pdb(head, structure))


def entry_key(id: str) -> str:
    """An id in the form in which ids are compared: extended PDB ids and AlphaFold fragments and versions shortened.

    Examples
    --------
    >>> entry_key("pdb_00002c5d"), entry_key("AF-P30530-F1")
    ('2C5D', 'AF-P30530')
    """
    key = re.sub(r"^PDB_0000", "", id.strip().upper())
    return re.sub(r"-F1(-MODEL_V\d+)?$", "", key)


def _check_id(path: Path, found: str, wanted: str | None) -> None:
    if wanted and found and entry_key(found) != entry_key(wanted):
        raise ContentError("another entry under this name", where=str(path), expected=wanted, found=found, advice=_ADVICE)


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


def _choose_conformers(structure: gemmi.Structure) -> int:
    """Keep of each residue the conformer of highest mean occupancy, ties to the first; return how many had a choice."""
    chosen = 0
    for chain in structure[0]:
        groups: dict[tuple[object, ...], list[int]] = {}
        for index, residue in enumerate(chain):
            if any(atom.altloc != "\0" for atom in residue):
                groups.setdefault((residue.subchain, str(residue.seqid), residue.label_seq), []).append(index)
        drop = []
        for indices in groups.values():
            occupancy: dict[tuple[int, str], list[float]] = {}
            for index in indices:
                for atom in chain[index]:
                    if atom.altloc != "\0":
                        occupancy.setdefault((index, atom.altloc), []).append(atom.occ)
            if len(occupancy) < 2:
                continue
            chosen += 1
            keep, letter = max(occupancy, key=lambda key: sum(occupancy[key]) / len(occupancy[key]))
            drop += [index for index in indices if index != keep]
            residue = chain[keep]
            for position in reversed(range(len(residue))):
                if residue[position].altloc not in ("\0", letter):
                    del residue[position]
                else:
                    residue[position].altloc = "\0"  # the chosen atoms of neighbours meet, whatever their letters
        for index in sorted(drop, reverse=True):
            del chain[index]
    return chosen


@lru_cache(maxsize=512)
def _letter(name: str) -> str:
    if name in ONE_LETTER:
        return ONE_LETTER[name]
    import gemmi

    if (parent := standard_component(name)) in ONE_LETTER:
        return ONE_LETTER[parent]
    code: str = gemmi.find_tabulated_residue(name).one_letter_code.upper().strip()
    return code or "X"


def _protein_chains(
    structure: gemmi.Structure, id: str, references: dict[str, list[Reference]], molecules: dict[str, str]
) -> tuple[ProteinChain, ...]:
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
        for residue in chain:
            n_atoms = len(residue)
            if residue.subchain in owner and residue.entity_type == polymer and n_atoms:
                component = standard_component(residue.name, (atom.name for atom in residue))
                letter = _letter(component)
                if letter == "X" and residue.name in parents:
                    letter = _letter(parents[residue.name])
                grouped.setdefault(residue.subchain, []).append(
                    ObservedResidue(
                        ResidueId(id, chain.name, residue.seqid.num or 0, residue.seqid.icode.strip()),
                        residue.name,
                        letter,
                        residue.label_seq,
                        first_atom,
                        n_atoms,
                        residue,
                        component,
                    )
                )
            first_atom += n_atoms
        for label, residues in grouped.items():
            entity = owner[label]
            declared = tuple(gemmi.Entity.first_mon(item) for item in entity.full_sequence)
            numbered = all(r.label_seq is not None and 1 <= r.label_seq <= len(declared) for r in residues)
            chains.append(
                ProteinChain(
                    chain.name,
                    label,
                    entity.name,
                    declared if numbered else (),
                    "".join(map(_letter, declared)) if numbered else "",
                    tuple(residues),
                    tuple(references.get(label, ())),
                    molecules.get(entity.name, ""),
                )
            )
    return tuple(chains)
