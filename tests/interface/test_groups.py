"""Two groups of chains: how they are named, that a group counts as a whole, and what bad ones are told."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import gemmi
import numpy as np
import pytest
from shared_files import mirror, skempi_complex

from axlstruct.errors import AxlstructError
from axlstruct.sequence.residues import ONE_LETTER
from axlstruct.structure.radii import atom_radii
from axlstruct.structure.surface import sasa
from axlstruct.study.facade import Study
from axlstruct.study.views import scene_of

Write = Callable[..., Path]
AXL, GAS6 = ("C", "D"), ("A", "B")


@pytest.mark.parametrize("between", [("A,B", "C,D"), (GAS6, AXL), (AXL, GAS6), ("D, C", ["B", "A"]), ["B,A,B", "C,D"]])
def test_however_they_are_named(between: object, study: Study) -> None:
    """Two groups that hold all pairs of receptor and ligand give the table of receptor and ligand."""
    assert study.contacts("2C5D", between=between).equals(study.contacts("2C5D"))  # type: ignore[arg-type]
    (row,) = study.table("interfaces", "2C5D", between=between).rows  # type: ignore[arg-type]
    assert sorted(row.chain_1.split(",")) == ["C", "D"]
    assert (row.protein_1, row.protein_2, row.interface) == ("AXL", "GAS6", "major;minor")


def test_a_pair_of_single_chains_is_the_row_of_the_pair(study: Study) -> None:
    pairs = {(row.chain_1, row.chain_2): row for row in study.table("interfaces", "2C5D").rows}
    assert study.table("interfaces", "2C5D", between=("A", "C")).rows == [pairs["C", "A"]]
    assert study.table("interfaces", "2C5D", between=("A", "B")).rows == [pairs["A", "B"]]


def test_groups_count_what_their_pairs_count(study: Study) -> None:
    one = [row for row in study.table("interfaces", "2C5D").rows if row.protein_1 != row.protein_2 and row.chain_2 == "A"]
    (row,) = study.table("interfaces", "2C5D", between=("A", AXL)).rows
    for name in ("residue_pairs", "atom_pairs", "hbonds", "salt_bridges"):
        assert getattr(row, name) == sum(getattr(part, name) for part in one)
    assert row.min_distance == min(part.min_distance for part in one)
    assert row.sheet == "; ".join(part.sheet for part in one)


def test_a_group_buries_as_a_whole(study: Study) -> None:
    """The area of the plain area function, the groups alone less both together."""
    held = study.session.held("2C5D").structure
    chain = np.array([*(residue.id.chain for residue in held.residues), ""])[held.residue_of_atom]
    elements = np.asarray(held.atoms.element_names)

    def area(letters: str) -> float:
        use = np.flatnonzero(np.isin(chain, list(letters)))
        size = atom_radii(held.components[use], held.atom_names[use], elements[use])
        return float(sasa(held.xyz[use], size).sum())

    (row,) = study.table("interfaces", "2C5D", between=(AXL, "A")).rows
    assert row.bsa == pytest.approx(area("CD") + area("A") - area("ACD"), abs=0.3)


def test_bonds_and_sums_and_consensus_are_those_of_the_groups(study: Study) -> None:
    bonds = study.interactions("2C5D", between=("A", "C"))
    assert {frozenset(pair) for pair in zip(bonds.chain_1, bonds.chain_2, strict=True)} == {frozenset("AC")}
    (row,) = study.table("interfaces", "2C5D", between=("A", "C")).rows
    sums = study.sums("2C5D", "domain", between=("A", "C"))
    assert sums.bsa.sum() == pytest.approx(row.bsa, abs=0.5)
    assert set(sums.copies) == {1}
    assert sums[sums.protein == "AXL"].hbonds.sum() == row.hbonds
    assert set(study.consensus("2C5D", between=("A", "C")).chains) == {"C-A"}


def test_the_monomer_of_a_group_is_the_group(study: Study) -> None:
    """Receptor and ligand are the groups that are taken anyway; of one pair the residues of the minor contact are free."""
    columns = ["chain", "number", "exposed_area", "buried_area", "burial", "partners"]
    whole = study.residues("2C5D")
    assert study.residues("2C5D", between=(AXL, GAS6))[columns].equals(whole[columns])
    one = study.residues("2C5D", between=("A", "C"))
    assert set(one.chain) == {"A", "C"}
    l138 = one[(one.chain == "C") & (one.position == 138)].iloc[0]
    assert (l138.burial, l138.buried_area, l138.partners) == ("", 0.0, "")
    assert set(whole[(whole.protein == "AXL") & (whole.position == 138)].burial) == {"core"}


def labels(name: str, study: Study, written: Write) -> list[bool]:
    """Whether each published location of a complex is the one that its table gives."""
    text = gzip.decompress(skempi_complex(f"{name}.pdb.gz").read_bytes()).decode()
    path = str(written(f"{text}END\n", f"{name}.pdb"))
    with skempi_complex("locations.tsv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["structure"] == name.upper()]
    same = []
    for one, two in {(row["side_1"], row["side_2"]) for row in rows}:
        frame = study.residues(path, between=(list(one), list(two)))
        ours = {(r.chain, str(r.number), r.icode): r.burial for r in frame.itertuples()}
        for row in rows:
            if (row["side_1"], row["side_2"]) == (one, two):
                location = row["location"] if row["location"] in ("core", "rim", "support") else ""
                same.append(ours[row["chain"], row["number"], row["icode"]] == location)
    return same


def test_published_labels_of_groups(study: Study, written: Write) -> None:
    """SKEMPI 2.0's locations at interfaces whose sides have several chains, antibodies and others: nine of ten as published."""
    same = [each for name in ("1vfb", "1ahw", "1yy9", "3hh2") for each in labels(name, study, written)]
    assert len(same) > 50
    assert np.mean(same) > 0.9


@pytest.mark.parametrize(
    ("between", "said"),
    [
        (("", "C"), "a group of chains is empty"),
        ((",", "C"), "a group of chains is empty"),
        (((), ("C",)), "a group of chains is empty"),
        (("A,C", "C"), "chain C is in both groups"),
        (("A", "Z"), "no protein chain 'Z'"),
        (("A", "B", "C"), "two groups"),
        ("AC", "two groups"),
    ],
)
def test_bad_groups_are_told_in_one_line(between: object, said: str, study: Study) -> None:
    for ask in (study.contacts, study.interactions, study.interfaces, study.residues, study.consensus, study.sums):
        with pytest.raises(AxlstructError, match=said) as caught:
            ask("2C5D", between=between)
        assert "\n" not in str(caught.value)


def test_groups_are_those_of_one_structure(study: Study) -> None:
    with pytest.raises(AxlstructError, match="of one structure"):
        study.residues("2C5D", "4RA0", between=("A", "C"))


# A structure that lacks the ligand


@pytest.fixture(scope="module")
def other_ligand(written: Write) -> str:
    """2C5D with chains A and B as a protein of alanines under another name, in the place of GAS6."""
    document = gemmi.cif.read(str(mirror("2c5d.cif")))
    structure = gemmi.make_structure_from_block(document.sole_block())
    for chain in structure[0]:
        for residue in chain if chain.name in "AB" else ():
            if residue.entity_type == gemmi.EntityType.Polymer:
                residue.name = "ALA"
    for entity in structure.entities:
        if entity.polymer_type == gemmi.PolymerType.PeptideL and len(entity.full_sequence) > 300:
            entity.full_sequence = ["ALA"] * len(entity.full_sequence)
            name = entity.name
    block = structure.make_mmcif_block()
    table = block.find("_entity.", ["id", "type"])
    table.loop.add_columns(["_entity.pdbx_description"], "?")
    for row in block.find("_entity.", ["id", "pdbx_description"]):
        if row.str(0) == name:
            row[1] = gemmi.cif.quote("Vitamin K-dependent protein S")
    block.find_mmcif_category("_struct_ref.").erase()
    block.find_mmcif_category("_struct_ref_seq.").erase()
    return str(written(block.as_string(), "pros1.cif"))


def test_another_ligand_is_analysed_like_any(study: Study, other_ligand: str) -> None:
    table = study.table("contacts", other_ligand)
    ours = {(r.chain_1, r.number_1, r.chain_2, r.number_2, r.distance, r.copies) for r in study.table("contacts", "2C5D").rows}
    assert {(r.chain_1, r.number_1, r.chain_2, r.number_2, r.distance, r.copies) for r in table.rows} == ours
    rows = study.table("interfaces", other_ligand).rows
    (first,) = (r for r in rows if (r.chain_1, r.chain_2) == ("C", "A"))
    assert (first.protein_1, first.protein_2) == ("AXL", "Vitamin K-dependent protein S")
    assert first.hbonds
    assert first.bsa


def test_which_residues_the_ligand_uses_too_is_told(study: Study, other_ligand: str) -> None:
    """The same atoms as GAS6's: within 5 A of the same 31 residues of AXL, all in the major contact."""
    notes = [note for note in study.table("contacts", other_ligand).notes if "in the major contact with GAS6 too" in note]
    assert len(notes) == 2
    major = {cls.name: cls for cls in study.session.analysed("2C5D").classes}["major"]
    mine = sorted({position for position, _ in major.residue_pairs})
    words = ", ".join(f"{study.sequence[position - 1]}{position}" for position in mine)
    assert f"of {len(mine)} residues of AXL, of which {len(mine)} are in the major contact with GAS6 too: {words}" in notes[0]
    assert "of which 0 are in the major contact" in notes[1]


# Doors


def test_a_contact_map_of_two_groups(study: Study) -> None:
    """One panel for each class that joins A and C, labels as of receptor and ligand."""
    axes = {ax.get_label() for ax in study.figure("contact-map", between=("A", "C")).axes}
    assert axes == {"major", "legend"}
    assert {ax.get_label() for ax in study.figure("contact-map", between=("A", AXL)).axes} == {"major", "minor", "legend"}


def test_a_contact_map_of_chains_outside_the_target_has_author_numbers(study: Study) -> None:
    """1IGY, light and heavy chain: the labels are the author numbers of the contacts, the axes say so."""
    name = str(mirror("1igy.cif"))
    figure = study.figure("contact-map", structure=name, between=("A", "B"))
    words = [text.get_text() for ax in figure.axes for text in ax.texts]
    contacts = study.table("contacts", name, between=("A", "B")).rows
    assert {f"{ONE_LETTER[row.residue_1]}{row.number_1}{row.icode_1}" for row in contacts} <= set(words)
    assert sum("author number" in word for word in words) >= 2
    assert not any("UniProt" in word for word in words)


def test_a_footprint_of_chains_outside_the_target_is_refused_in_one_line(study: Study) -> None:
    with pytest.raises(AxlstructError, match="drawn along UniProt positions"):
        study.figure("footprint", structure=str(mirror("1igy.cif")), between=("A", "B"))


def test_a_scene_of_two_groups_shows_what_joins_them(study: Study) -> None:
    _, scene = scene_of(study.session, "2C5D", color="burial", cutoff=4.0, assembly="asu", between=("A", "C"))
    sticks = {layer.name for layer in scene.layers if layer.style.kind == "stick" and layer.name in ("major", "minor")}
    assert sticks == {"major"}
    assert {frozenset((dash.donor.chain, dash.acceptor.chain)) for dash in scene.dashes} == {frozenset("AC")}
    core = [layer for layer in scene.layers if layer.name.endswith(" core")]
    assert {selection.chain for layer in core for selection in layer.selections} == {"A", "C"}


def test_burial_of_chains_outside_the_target_is_painted(study: Study) -> None:
    _, scene = scene_of(study.session, str(mirror("1igy.cif")), color="burial", cutoff=4.0, assembly="asu", between=("A", "B"))
    assert {"core", "rim", "support"} <= {layer.name.rpartition(" ")[2] for layer in scene.layers}
