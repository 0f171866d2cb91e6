"""mmCIF files, strictly as archives write them or as far as they can be read."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from axlstruct.errors import ContentError
from axlstruct.sources.confidence import in_tables
from axlstruct.sources.descriptions import of_mmcif
from axlstruct.sources.packing import ADVICE, unicode_text
from axlstruct.sources.raw import Raw
from axlstruct.structure.structure import Reference, atom_columns

if TYPE_CHECKING:
    import gemmi

_NEEDED = {
    "group_PDB": ("", "ATOM"),
    "id": ("", ""),
    "type_symbol": ("", "X"),
    "label_atom_id": ("auth_atom_id", "?"),
    "label_alt_id": ("", "."),
    "label_comp_id": ("auth_comp_id", "UNK"),
    "label_asym_id": ("auth_asym_id", "A"),
    "auth_seq_id": ("label_seq_id", "?"),
    "auth_asym_id": ("label_asym_id", "A"),
    "occupancy": ("", "1.00"),
    "pdbx_PDB_model_num": ("", "1"),
}
"""Columns of ``_atom_site`` that the reader needs: another column that says the same, and a value where there is none."""
_MOST_RESIDUES = 100_000
"""Residues of one chain name that are read: gemmi seeks each among all before it, 10 s or more for these, hours for a million."""
_TABLES = "entry entity entity_poly entity_poly_seq struct_asym atom_site exptl refine cell"
_ESSENTIAL = tuple(f"_{name}." for name in _TABLES.split())


_WORD = re.compile(r"""'(?:[^']|'(?=\S))*'(?=\s|$)|"(?:[^"]|"(?=\S))*"(?=\s|$)|['"].*|\S+""")
"""A value in a line of a CIF table; a quote that is not closed takes the rest of the line, so that no line is read twice."""


def looks_like_mmcif(raw: bytes) -> bool:
    """Whether a file has a data block or an atom table of CIF."""
    head = b"\n" + raw[:20_000].removeprefix(b"\xef\xbb\xbf").lower()
    return b"\ndata_" in head or b"\rdata_" in head or b"\n_atom_site." in raw


def read_mmcif(path: Path, raw: bytes, *, strict: bool) -> Raw:
    """Read an mmCIF file.

    Parameters
    ----------
    path : Path
        For errors.
    raw : bytes
    strict : bool
        Refuse what a file of an archive has not: tables without their end, declared chains without atoms.

    Raises
    ------
    ContentError
        No mmCIF file, or, with ``strict``, not a whole one.
    """
    text, odd = unicode_text(raw)
    notes = [f"{odd} bytes that are no UTF-8 are read as ?"] if odd else []
    if re.search(r"^data_", text, re.MULTILINE | re.IGNORECASE) is None:
        text = f"data_x\n{text}"
    document = _document(path, text, notes, strict=strict)
    if text.rstrip().rpartition("\n")[2].strip() != "#" and sum(map(text.count, ("\n#\n", "\n# \n", "\n#\r\n"))) > 1:
        if strict:
            raise ContentError("truncated: the # that ends a table is missing", where=str(path), advice=ADVICE)
        notes.append("the # that ends a table is missing: whether the file is whole cannot be told")
    return read_document(path, document, notes, strict=strict)


def _document(path: Path, text: str, notes: list[str], *, strict: bool) -> gemmi.cif.Document:
    """The parsed text; without ``strict`` again without atoms whose line is not whole."""
    import gemmi

    try:
        return gemmi.cif.read_string(text, 1 if strict else 0)
    except Exception as error:
        reason = _line(error)
    if not strict:
        mended, left_out = _whole_lines(text)
        try:
            document = gemmi.cif.read_string(mended, 0)
            notes.append(f"{left_out} lines of the atom table are not whole and left out")
            return document
        except Exception:
            pass
    raise ContentError(f"no readable mmCIF: {reason}", where=str(path), advice=ADVICE)


def _whole_lines(text: str) -> tuple[str, int]:
    """The text without lines of the atom table that have not a word for each column; and how many they are."""
    kept, columns, inside, left_out = [], 0, False, 0
    for line in text.splitlines():
        word = line.strip().lower()
        if word.startswith("_atom_site."):
            columns, inside = columns + 1 if inside else 1, True
        elif word.startswith(("loop_", "data_", "_", "#")):
            inside = False
        elif inside and len(_WORD.findall(line)) != columns:
            left_out += 1
            continue
        kept.append(line)
    return "\n".join([*kept, ""]), left_out


def read_document(path: Path, document: gemmi.cif.Document, notes: list[str], *, strict: bool) -> Raw:
    """Read the tables of an mmCIF or BinaryCIF file."""
    import gemmi

    block = _block(document, notes)
    if block is None:
        raise ContentError("no atoms", where=str(path), expected="an _atom_site table", advice=ADVICE)
    has_b = any(value not in ("?", ".") for value in block.find_values("_atom_site.B_iso_or_equiv"))
    _check_lengths(path, block)
    if not strict:
        _fill(block)
    structure = _structure(path, block, notes, strict=strict)
    if not len(structure) or not structure[0].count_atom_sites():
        raise ContentError("no atoms", where=str(path), expected="an _atom_site table", advice=ADVICE)
    structure.merge_chain_parts()
    declared = _has_peptide(structure) if strict else _tables_agree(structure)
    if not (strict or declared):
        structure = _sorted(path, block, structure, notes)
    _check_complete(path, block, structure, notes, strict=strict)
    said = in_tables(block)
    found_id = gemmi.cif.as_string(block.find_value("_entry.id") or "")
    references = _references(block, structure)
    described = of_mmcif(block)
    molecules = {label: described[e.name] for e in structure.entities if e.name in described for label in e.subchains}
    return Raw(
        structure, found_id, references, declared, said.predicted, said.plddt, said.unit, has_b,
        molecules=molecules, notes=notes,
    )  # fmt: skip


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _block(document: gemmi.cif.Document, notes: list[str]) -> gemmi.cif.Block | None:
    """The first data block with atoms."""
    blocks = [block for block in document if len(block.find_values("_atom_site.Cartn_x"))]
    if not blocks:
        return None
    if len(blocks) > 1:
        notes.append(f"{len(blocks)} data blocks with atoms: the first ({blocks[0].name}) is used")
    return blocks[0]


def _check_lengths(path: Path, block: gemmi.cif.Block) -> None:
    """Refuse a chain name with more residues than can be read in a time that anybody waits."""
    chains, numbers = (
        block.find_values(f"_atom_site.auth_{name}") or block.find_values(f"_atom_site.label_{name}")
        for name in ("asym_id", "seq_id")
    )
    if len(numbers) <= _MOST_RESIDUES:
        return
    count: Counter[str] = Counter(chain for chain, _ in set(zip(chains, numbers, strict=False)))
    for chain, residues in sorted(count.items()):
        if residues > _MOST_RESIDUES:
            raise ContentError(
                f"chain {chain} has too many residues", where=str(path), expected=f"at most {_MOST_RESIDUES:,}",
                found=f"{residues:,}", advice="give each molecule a chain of its own, or leave the solvent out",
            )  # fmt: skip


def _fill(block: gemmi.cif.Block) -> None:
    """Give the atom table the columns that every reader expects, from others that say the same."""
    loop = block.find_loop("_atom_site.Cartn_x").get_loop()
    if loop is None:
        return
    for name, (other, value) in _NEEDED.items():
        tag, same = f"_atom_site.{name}", list(block.find_values(f"_atom_site.{other}")) if other else []
        have = list(block.find_values(tag))
        if not have:
            loop.add_columns([tag], value or "?")
            have = ["?"] * loop.length()
        elif not (same or name == "pdbx_PDB_model_num") or not {"?", "."} & set(have):
            continue
        if name == "id":
            have = [str(row) for row in range(1, loop.length() + 1)]
        elif name == "pdbx_PDB_model_num":
            have = [number if number not in ("?", ".") else value for number in have]
        elif same:
            have = [mine if mine not in ("?", ".") else theirs for mine, theirs in zip(have, same, strict=True)]
        else:
            continue
        column = block.find_values(tag)
        for row, word in enumerate(have):
            column[row] = word


def _structure(path: Path, block: gemmi.cif.Block, notes: list[str], *, strict: bool) -> gemmi.Structure:
    """What gemmi makes of the block; of fewer tables where it stumbles over one."""
    import gemmi

    try:
        return gemmi.make_structure_from_block(block)
    except Exception as error:
        reason = _line(error)
    if len(block.find_values("_struct_ref_seq.align_id")) and not len(block.find_values("_struct_ref.id")):
        bare = _copied(block, [item for item in block.get_mmcif_category_names() if item != "_struct_ref_seq."])
        try:
            return gemmi.make_structure_from_block(bare)
        except Exception as error:
            reason = _line(error)
    if not strict:
        _drop_unnumbered(block, notes)
        for tables in (_ESSENTIAL, ("_atom_site.",)):
            try:
                structure = gemmi.make_structure_from_block(_copied(block, tables))
            except Exception as error:
                reason = _line(error)
                continue
            notes.append(f"some tables cannot be read and are left out: {reason}")
            return structure
    raise ContentError(f"no readable mmCIF: {reason}", where=str(path), advice=ADVICE)


def _drop_unnumbered(block: gemmi.cif.Block, notes: list[str]) -> None:
    """Leave out atoms whose residue has no number or whose model has none."""
    table = block.find("_atom_site.", ["auth_seq_id", "?pdbx_PDB_model_num"])
    wanted = re.compile(r"[-+]?\d{1,9}")
    drop = [
        place for place, row in enumerate(table)
        if not wanted.fullmatch(row.str(0)) or (row.has(1) and not wanted.fullmatch(row.str(1)))
    ]  # fmt: skip
    for place in reversed(drop):
        table.remove_row(place)
    if drop:
        notes.append(f"{len(drop)} atoms without a residue number are left out")


def _copied(block: gemmi.cif.Block, tables: object) -> gemmi.cif.Block:
    """A block of some of the tables only."""
    import gemmi

    copy = gemmi.cif.Block(block.name)
    for name in tables:  # type: ignore[attr-defined]
        try:
            table = block.find_mmcif_category(name)
        except RuntimeError:  # a column of another table stands in it
            continue
        if len(table):
            loop = copy.init_loop(name, [tag.removeprefix(name) for tag in table.tags])
            loop.set_all_values([list(table.column(k)) for k in range(table.width())])
    return copy


def _has_peptide(structure: gemmi.Structure) -> bool:
    import gemmi

    peptides = (gemmi.PolymerType.PeptideL, gemmi.PolymerType.PeptideD)
    return any(entity.polymer_type in peptides and entity.full_sequence for entity in structure.entities)


def _tables_agree(structure: gemmi.Structure) -> bool:
    """Whether the file's tables declare a polypeptide, and the atoms are residues of it."""
    import gemmi

    owner = {
        label: entity.full_sequence
        for entity in structure.entities
        if entity.polymer_type in (gemmi.PolymerType.PeptideL, gemmi.PolymerType.PeptideD)
        for label in entity.subchains
    }
    good = bad = 0
    for chain in structure[0]:
        for residue in chain:
            if residue.entity_type == gemmi.EntityType.Polymer and (sequence := owner.get(residue.subchain)) is not None:
                place = residue.label_seq
                right = place is not None and 1 <= place <= len(sequence) and residue.name in sequence[place - 1].split(",")
                good, bad = good + right, bad + (not right)
    return good > 0 and bad <= 0.05 * good


def _check_complete(path: Path, block: gemmi.cif.Block, structure: gemmi.Structure, notes: list[str], *, strict: bool) -> None:
    """A file cut at a row boundary reads without error: what it declares must have atoms."""
    seen = {residue.subchain for chain in structure[0] for residue in chain}
    missing = [row.str(0) for row in block.find("_struct_asym.", ["id"]) if row.str(0) not in seen]
    if not len(block.find_values("_struct_asym.id")):
        missing = [f"entity {e.name}" for e in structure.entities if e.full_sequence and not e.subchains]
    if not missing:
        return
    if strict:
        raise ContentError("truncated: declared chains without atoms", where=str(path), found=", ".join(missing), advice=ADVICE)
    elsewhere = {residue.subchain for model in list(structure)[1:] for chain in model for residue in chain}
    later = [name for name in missing if name in elsewhere]
    gone = [name for name in missing if name not in elsewhere]
    if later:
        notes.append(f"chains only in other models are left out: {', '.join(later)}")
    if gone:
        notes.append(f"declared (_struct_asym) without atoms: {', '.join(gone)}")


def _sorted(path: Path, block: gemmi.cif.Block, structure: gemmi.Structure, notes: list[str]) -> gemmi.Structure:
    """The structure with a chain name for each molecule, where an atom occurs twice."""
    import gemmi

    from axlstruct.sources.molecules import Row, goes_back, repeated, sort_molecules

    try:
        flat = atom_columns(structure)
    except RuntimeError:
        return structure
    if not (repeated(flat) or goes_back(flat)):
        return structure
    tags = [
        "auth_asym_id",
        "label_asym_id",
        "auth_seq_id",
        "?pdbx_PDB_ins_code",
        "label_comp_id",
        "label_atom_id",
        "label_alt_id",
    ]
    tags += ["Cartn_x", "Cartn_y", "Cartn_z", "group_PDB", "?pdbx_PDB_model_num"]
    table = block.find("_atom_site.", tags)
    rows, places = [], []
    model = None
    for place, row in enumerate(table):
        number = row[11] if row.has(11) else "1"
        model = number if model is None else model
        if number != model:
            continue
        icode = row.str(3) if row.has(3) else ""
        xyz = tuple(gemmi.cif.as_number(row[k]) for k in (7, 8, 9))
        chain, label = row.str(0), row.str(1)
        rows.append(
            Row(chain, label, row.str(2) + icode, row.str(4), row.str(5), row.str(6), xyz, row[10] == "HETATM", 0, 0)  # type: ignore[arg-type]
        )
        places.append(place)
    names, found = sort_molecules(rows)
    notes += found
    called = dict(zip(places, names, strict=True))
    drop = []
    for place, row in enumerate(table):
        name = called.get(place)
        if name is None:
            drop.append(place)
        elif name != row.str(0):
            row[0] = gemmi.cif.quote(name)
            row[1] = gemmi.cif.quote(name)
    for place in reversed(drop):
        table.remove_row(place)
    made = _structure(path, block, notes, strict=False)
    made.merge_chain_parts()
    return made


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
