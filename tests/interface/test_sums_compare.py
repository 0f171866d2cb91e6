"""Sums by exon and domain, the consensus of copies, and two structures side by side: nothing lost that was never seen."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd
import pytest
from shared_files import mirror
from tiny import Chain, cif_text

from axlstruct.errors import StructureError, UsageError
from axlstruct.interface.comparison import CompareRow
from axlstruct.interface.sums import SumRow
from axlstruct.sources.coordinates import read_structure
from axlstruct.structure.area_settings import AreaSettings
from axlstruct.structure.precision import CoordinateError, coordinate_error
from axlstruct.study.facade import Study
from axlstruct.study.tables import compare_table, consensus_table, sum_table

Write = Callable[..., Path]
AREAS = AreaSettings()
AXL_DIFFERENCES = {39: "4RA0 G39S", 94: "4RA0 D94G", 99: "4RA0 V99A", 134: "4RA0 G134R"}


def sums(study: Study, by: str, structure: str = "2C5D", areas: AreaSettings = AREAS) -> list[SumRow]:
    return list(sum_table(study.session, structure, by=by, cutoff=4.0, assembly="asu", areas=areas).rows)


def compared(study: Study, one: str, two: str, cutoff: float = 4.0) -> list[CompareRow]:
    return list(compare_table(study.session, one, two, cutoff=cutoff, assembly="asu", areas=AREAS).rows)


def part(rows: Iterable[SumRow], interface: str, protein: str, name: str) -> SumRow:
    (row,) = [row for row in rows if (row.interface, row.protein, row.part) == (interface, protein, name)]
    return row


@pytest.fixture(scope="module")
def exons(study: Study) -> list[SumRow]:
    return sums(study, "exon")


@pytest.fixture(scope="module")
def domains(study: Study) -> list[SumRow]:
    return sums(study, "domain")


@pytest.fixture(scope="module")
def decoy(study: Study) -> list[CompareRow]:
    """The complex against the decoy receptor."""
    return compared(study, "2C5D", "4RA0")


@pytest.fixture
def saved(written: Write) -> Callable[..., str]:
    """2C5D without some residues, (chain, author number)."""

    def save(without: Iterable[tuple[str, int]]) -> str:
        gone = set(without)
        lines = mirror("2c5d.pdb").read_text().splitlines()
        kept = [x for x in lines if not (x.startswith(("ATOM", "HETATM")) and (x[21], int(x[22:26])) in gone)]
        assert len(kept) < len(lines)
        return str(written("\n".join([*kept, ""]), "torn.pdb"))

    return save


# Sums


@pytest.mark.parametrize("by", ["exon", "domain"])
@pytest.mark.parametrize("glycans", [False, True])
def test_parts_add_up_to_the_area_of_the_class(by: str, glycans: bool, study: Study) -> None:
    """Over both proteins, a copy on average; with sugars too, which belong to the residue that carries them."""
    settings = AreaSettings(glycans=glycans)
    rows = sums(study, by, areas=settings)
    pairs = study.table("interfaces", "2C5D", areas=settings).rows
    for name in ("major", "minor"):
        areas = [row.bsa or 0.0 for row in pairs if row.interface == name]
        assert sum(row.bsa for row in rows if row.interface == name) == pytest.approx(sum(areas) / len(areas), abs=1.0)
        for protein, side in (("AXL", "bsa_1"), ("GAS6", "bsa_2")):
            sides = [getattr(row, side) for row in pairs if row.interface == name]
            mine = sum(row.bsa for row in rows if (row.interface, row.protein) == (name, protein))
            assert mine == pytest.approx(sum(sides) / len(sides), abs=0.6)
    assert {row.radii for row in rows} == {str(settings)}


@pytest.mark.parametrize("by", ["exon", "domain"])
@pytest.mark.parametrize("protein", ["AXL", "GAS6"])
def test_parts_add_up_to_contacts_and_bonds(by: str, protein: str, study: Study) -> None:
    rows, contacts, pairs = sums(study, by), study.table("contacts", "2C5D").rows, study.table("interfaces", "2C5D").rows
    for name in ("major", "minor"):
        mine = [row for row in rows if (row.interface, row.protein) == (name, protein)]
        copies = [pair for pair in pairs if pair.interface == name]
        assert {row.copies for row in mine} == {len(copies)} == {2}
        seen = {(r.chain_1, r.number_1) if protein == "AXL" else (r.chain_2, r.number_2, r.chain_1)
                for r in contacts if r.interface == name}  # fmt: skip
        assert sum(row.residues for row in mine) == pytest.approx(len(seen) / 2)
        assert sum(row.residue_pairs for row in mine) == pytest.approx(sum(p.residue_pairs for p in copies) / 2)
        assert sum(row.hbonds for row in mine) == pytest.approx(sum(p.hbonds or 0 for p in copies) / 2)
        assert sum(row.salt_bridges for row in mine) == pytest.approx(sum(p.salt_bridges or 0 for p in copies) / 2)


def test_the_receptor_of_the_major_interface_is_exon_2(exons: list[SumRow]) -> None:
    row = part(exons, "major", "AXL", "2")
    assert (row.residues, row.residue_pairs, row.hbonds, row.salt_bridges) == (21.0, 41.0, 14.0, 5.0)
    assert row.bsa == pytest.approx(1076.5, rel=0.01)


def test_a_split_codon_is_a_part_of_its_own(exons: list[SumRow], study: Study) -> None:
    """R103, coded by exons 2 and 3, touches GAS6 R313 in both copies."""
    row = part(exons, "major", "AXL", "2;3")
    assert (row.residues, row.residue_pairs, row.hbonds, row.salt_bridges) == (1.0, 1.0, 0.0, 0.0)
    frame = study.residues("2C5D")
    buried = frame[(frame.protein == "AXL") & (frame.position == 103) & frame.number.notna()].buried_area
    assert row.bsa == pytest.approx(float(buried.mean()), rel=0.03)
    others = {name for row in exons for name in row.part.split(";") if row.protein == "AXL"}
    assert others == {"2", "3", "4", "5"}


def test_the_linker_of_the_minor_interface_is_leucine_138(domains: list[SumRow], study: Study) -> None:
    row = part(domains, "minor", "AXL", "linker")
    contacts = [r for r in study.table("contacts", "2C5D").rows if r.interface == "minor" and r.position_1 == 138]
    assert (row.residues, row.residue_pairs) == (1.0, len(contacts) / 2)
    frame = study.residues("2C5D")
    mine = frame[(frame.protein == "AXL") & frame.position.between(129, 138) & frame.number.notna()]
    assert set(mine.domain) == {""}
    assert row.bsa == pytest.approx(float(mine.buried_area.sum()) / 2, rel=0.03)
    assert float(mine[mine.position == 138].buried_area.mean()) > 0.8 * row.bsa


def test_domains_of_both_interfaces(domains: list[SumRow]) -> None:
    """Major: Ig1 with LG1; minor: Ig2 (and the linker before it) with LG1."""
    most = {}
    for row in sorted(domains, key=lambda row: row.bsa):
        most[row.interface, row.protein] = row.part
    assert most == {
        ("major", "AXL"): "Ig-like C2-type 1", ("major", "GAS6"): "Laminin G-like 1",
        ("minor", "AXL"): "Ig-like C2-type 2", ("minor", "GAS6"): "Laminin G-like 1",
    }  # fmt: skip


def test_words_of_sums(exons: list[SumRow], domains: list[SumRow]) -> None:
    for by, rows in (("exon", exons), ("domain", domains)):
        assert {(row.structure, row.assembly, row.by) for row in rows} == {("2C5D", "asu", by)}
        assert {row.interface for row in rows} == {"major", "minor"}
        assert len({(row.interface, row.protein, row.part) for row in rows}) == len(rows)


def test_sums_of_one_copy(study: Study) -> None:
    rows = sums(study, "domain", "4RA0")
    (pair,) = study.table("interfaces", "4RA0").rows
    assert {(row.interface, row.copies) for row in rows} == {("major", 1)}
    assert sum(row.bsa for row in rows) == pytest.approx(pair.bsa, abs=0.6)


def test_sums_that_cannot_be(study: Study) -> None:
    with pytest.raises(UsageError, match=r"no sums by 'chain'.*exon or domain"):
        study.sums("2C5D", "chain")
    with pytest.raises(StructureError, match="no chain of GAS6"):
        study.sums("AF-P30530")


# Consensus


@pytest.mark.parametrize(("cutoff", "major", "minor"), [(4.0, 41, 16), (4.5, 54, 21)])
def test_consensus_of_the_copies(cutoff: float, major: int, minor: int, study: Study) -> None:
    frame = study.consensus("2C5D", cutoff=cutoff)
    assert {name: int(n) for name, n in frame.groupby("interface").in_all.sum().items()} == {"major": major, "minor": minor}
    assert (frame.in_all == (frame.copies == "2/2")).all()
    assert not frame.duplicated(["interface", "position_1", "position_2"]).any()


@pytest.mark.parametrize("cutoff", [4.0, 4.5])
def test_distances_of_every_copy_are_those_of_the_contacts(cutoff: float, study: Study) -> None:
    contacts = {
        (r.interface, r.position_1, r.position_2, f"{r.chain_1}-{r.chain_2}"): (r.distance, r.copies)
        for r in study.table("contacts", "2C5D", cutoff=cutoff).rows
    }
    seen = 0
    for row in consensus_table(study.session, "2C5D", cutoff=cutoff, assembly="asu").rows:
        chains, distances = row.chains.split(";"), row.distances.split(";")
        assert chains == {"major": ["C-A", "D-B"], "minor": ["C-B", "D-A"]}[row.interface]
        for chain, distance in zip(chains, distances, strict=True):
            there = contacts.get((row.interface, row.position_1, row.position_2, chain))
            assert (there is None) == (distance == "")
            if there:
                seen += 1
                assert abs(float(distance) - there[0]) <= 0.0051
                assert there[1] == row.copies
    assert seen == len(contacts)


def test_consensus_of_one_copy_is_all_of_it(study: Study) -> None:
    frame = study.consensus("4RA0")
    assert len(frame) == 47
    assert frame.in_all.all()
    assert set(frame.copies) == {"1/1"}
    assert set(frame.assembly) == {"asu"}


def test_consensus_of_a_copy_that_lost_a_residue(study: Study, saved: Callable[..., str]) -> None:
    """Glutamate 59 missing in C: its pairs are in one copy of two, with the empty place first."""
    frame = study.consensus(saved([("C", 59)]))
    mine = frame[frame.position_1 == 66]
    assert set(mine.copies) == {"1/2"}
    assert not mine.in_all.any()
    assert all(text.startswith(";") for text in mine.distances)


# Two structures


def rows_by(rows: Iterable[CompareRow]) -> dict[tuple[object, ...], CompareRow]:
    return {(row.kind, row.interface, row.position_1, row.position_2): row for row in rows}


@pytest.mark.parametrize("name", ["2C5D", "4RA0"])
def test_a_structure_beside_itself_keeps_everything(name: str, study: Study) -> None:
    rows = compared(study, name, name)
    assert {row.change for row in rows} == {"kept"}
    assert all((row.value_1, row.copies_1) == (row.value_2, row.copies_2) for row in rows)
    assert len([row for row in rows if row.kind == "contact"]) == len(study.consensus(name))
    assert all(row.engineered.count("V99A") == (row.position_1 == 99 and name == "4RA0") for row in rows)


def test_every_contact_of_either_structure_is_a_row(study: Study, decoy: list[CompareRow]) -> None:
    """Values: the shortest distance over the copies of each; where it is no contact, the distance is there all the same."""
    tables = []
    for name in ("2C5D", "4RA0"):
        frame = study.contacts(name)
        tables.append(frame.groupby(["interface", "position_1", "position_2"]).distance.min().to_dict())
    found = {(r.interface, r.position_1, r.position_2): r for r in decoy if r.kind == "contact"}
    assert found.keys() == tables[0].keys() | tables[1].keys()
    for key, row in found.items():
        for value, table in ((row.value_1, tables[0]), (row.value_2, tables[1])):
            if key in table:
                assert value == table[key]
            elif row.change in ("no-such-interface", "not-observed"):
                assert value is None
            else:
                assert value is not None
                assert value > 4.0


def test_every_typed_interaction_between_positions_is_a_row(study: Study, decoy: list[CompareRow]) -> None:
    expected = {
        (r.type, r.interface, r.position_1, r.position_2)
        for name in ("2C5D", "4RA0")
        for r in study.table("interactions", name).rows
        if r.interface != "none" and r.position_1 and r.position_2
    }
    assert {key for key in rows_by(decoy) if key[0] not in ("contact", "area")} == expected


def test_what_the_decoy_gains_and_loses(decoy: list[CompareRow]) -> None:
    found = {key: row.change for key, row in rows_by(decoy).items()}
    assert found["salt-bridge", "major", 66, 310] == found["salt-bridge", "major", 63, 308] == "kept"
    assert found["salt-bridge", "major", 92, 308] == "gained"
    assert found["contact", "major", 103, 313] == "lost"


def test_what_is_at_the_edge(study: Study, decoy: list[CompareRow]) -> None:
    """A79-L416 is 3.89 A in one copy of 2C5D and 4.03 in 4RA0: neither lost nor gained at 3.3 and 3 A resolution."""
    found = rows_by(decoy)
    row = found["contact", "major", 79, 416]
    assert (row.change, row.value_1, row.copies_1, row.value_2, row.copies_2) == ("at-the-edge", 3.8906, "1/2", 4.0306, "0/1")
    assert row.note == "2C5D C-A 3.89, D-B 4.08"
    bridge = found["salt-bridge", "major", 80, 313]
    assert (bridge.change, bridge.value_1, bridge.value_2) == ("at-the-edge", 3.9696, 4.225)
    edge = math.sqrt(2 * (0.33**2 + 0.30**2))
    for row in decoy:
        if row.kind != "area" and row.value_1 is not None and row.value_2 is not None and row.change != "kept":
            assert (row.change == "at-the-edge") == (abs(row.value_1 - row.value_2) < edge)
            assert "0" in (row.copies_1[0], row.copies_2[0])


def test_a_summary_counts_what_changed_and_says_what_the_error_is(study: Study, decoy: list[CompareRow]) -> None:
    notes = compare_table(study.session, "2C5D", "4RA0").notes
    (counts,) = [note for note in notes if note.startswith("contact: ")]
    (edge,) = [note for note in notes if note.startswith("at-the-edge: ")]
    contacts = Counter(row.change for row in decoy if row.kind == "contact")
    assert counts.startswith(f"contact: {contacts['kept']} kept, {contacts['gained']} gained, {contacts['lost']} lost, ")
    assert f"{contacts['at-the-edge']} at-the-edge" in counts
    assert "less than 0.63 A" in edge
    assert "2C5D 0.33 A (a tenth of the resolution of 3.3 A)" in edge


@pytest.mark.parametrize("numbering", ["OD1 OD2", "OD2 OD1"])
def test_atoms_that_are_alike_are_not_told_apart(numbering: str, study: Study, written: Write) -> None:
    """E63 and D80 of AXL with the names of their carboxylate oxygens swapped: every bond is kept."""
    swap = dict(zip(["OD1", "OD2"], numbering.split(), strict=True))
    lines = [
        f"{line[:13]}{swap[line[13:16]]}{line[16:]}" if line[13:16] in swap and line[17:20] == "ASP" else line
        for line in mirror("2c5d.pdb").read_text().splitlines()
    ]
    rows = compared(study, "2C5D", str(written("\n".join([*lines, ""]), "turned.pdb")))
    assert {row.change for row in rows} == {"kept"}


def error_of(written: Write, *refinement: str) -> CoordinateError:
    """Of a file of eight atoms with some items of ``_refine``."""
    extra = "\n".join(["_refine.entry_id TINY", "_refine.pdbx_refine_id X", *(f"_refine.{item}" for item in refinement)])
    return coordinate_error(read_structure(written(cif_text(Chain("A", "GGGGGGGG"), extra=extra))))


def test_the_coordinate_error_is_cruickshanks_where_the_file_has_what_it_needs(written: Write) -> None:
    """8 atoms, 200 reflections, 50 % complete, R free 0.25, 2 A: (8 / 200)^1/2 * 2^1/3 * 0.25 * 2 A."""
    items = ["ls_d_res_high 2.0", "ls_R_factor_R_free 0.25", "ls_number_reflns_obs 200", "ls_percent_reflns_obs 50.0"]
    found = error_of(written, *items)
    assert found.value == pytest.approx(0.2 * 2 ** (1 / 3) * 0.5, abs=1e-6)
    assert "Cruickshank" in found.source
    for k in (1, 2, 3):
        assert error_of(written, *items[:k], *items[k + 1 :]).value == pytest.approx(0.2)
    assert error_of(written).value == pytest.approx(0.3)


def test_a_class_that_the_other_lacks_is_no_loss(decoy: list[CompareRow]) -> None:
    """4RA0 has no minor interface at all."""
    assert {row.change for row in decoy if row.interface == "minor"} == {"no-such-interface"}
    assert all(row.value_2 is None for row in decoy if row.interface == "minor")
    assert "no-such-interface" not in {row.change for row in decoy if row.interface == "major"}
    assert len([row for row in decoy if row.interface == "minor" and row.kind == "contact"]) == 19


def test_areas_side_by_side(study: Study, decoy: list[CompareRow]) -> None:
    areas = {row.interface: row for row in decoy if row.kind == "area"}
    means = pd.DataFrame([(r.interface, r.bsa) for r in study.table("interfaces", "2C5D").rows]).groupby(0)[1].mean()
    assert areas.keys() == {"major", "minor"}
    assert areas["major"].value_1 == pytest.approx(means["major"], abs=0.11)
    assert areas["minor"].value_1 == pytest.approx(means["minor"], abs=0.11)
    assert areas["major"].value_2 == pytest.approx(study.table("interfaces", "4RA0").rows[0].bsa, abs=0.06)
    assert (areas["major"].copies_1, areas["major"].copies_2) == ("2", "1")


@pytest.mark.parametrize("cutoff", [2.0, 2.8])
def test_a_class_does_not_vanish_with_a_narrow_cutoff(cutoff: float, study: Study, decoy: list[CompareRow]) -> None:
    """At 2.8 A no residue pair of the minor interface is in contact; its area and its bonds are what they were."""
    rows = [row for row in compared(study, "2C5D", "4RA0", cutoff) if row.kind != "contact"]
    assert rows == [row for row in decoy if row.kind != "contact"]


@pytest.mark.parametrize("cutoff", [4.0, 8.0])
def test_engineered_residues_are_marked_wherever_they_occur(cutoff: float, study: Study) -> None:
    rows = compared(study, "2C5D", "4RA0", cutoff)
    assert all(row.engineered == AXL_DIFFERENCES.get(row.position_1 or 0, "") for row in rows)
    marked = {row.engineered for row in rows} - {""}
    assert marked == ({"4RA0 V99A"} if cutoff == 4.0 else set(AXL_DIFFERENCES.values()) & marked)
    assert len(marked) >= (1 if cutoff == 4.0 else 2)


def test_swapping_the_structures_swaps_gained_and_lost(study: Study, decoy: list[CompareRow]) -> None:
    turned = rows_by(compared(study, "4RA0", "2C5D"))
    swap = {"gained": "lost", "lost": "gained"}
    assert turned.keys() == rows_by(decoy).keys()
    for key, row in rows_by(decoy).items():
        other = turned[key]
        assert other.change == swap.get(row.change, row.change)
        assert (other.structure_1, other.value_1, other.copies_1) == (row.structure_2, row.value_2, row.copies_2)
        assert (other.structure_2, other.value_2, other.copies_2) == (row.structure_1, row.value_1, row.copies_1)
        assert (other.engineered, other.residue_1, other.residue_2) == (row.engineered, row.residue_1, row.residue_2)
    assert Counter(row.change for row in decoy)["gained"] > 5


@pytest.mark.parametrize("first", [True, False])
def test_a_residue_that_is_not_there_is_no_loss(first: bool, study: Study, saved: Callable[..., str]) -> None:
    """Glutamate 59 (UniProt 66) of AXL and lysine 402 of GAS6 cut out of both copies."""
    torn = saved([("C", 59), ("D", 59), ("A", 402), ("B", 402)])
    rows = compared(study, torn, "2C5D") if first else compared(study, "2C5D", torn)
    cut = [row for row in rows if row.kind != "area" and (row.position_1 == 66 or row.position_2 == 402)]
    assert len(cut) >= 10
    assert {row.change for row in cut} == {"not-observed"}
    assert {row.change for row in rows if row.kind == "contact" and row not in cut} == {"kept"}
    assert {row.change for row in rows if row.kind == "area"} == {"kept"}


def test_a_residue_that_one_copy_still_shows_is_kept(study: Study, saved: Callable[..., str]) -> None:
    rows = compared(study, "2C5D", saved([("C", 59)]))
    assert all("C-A not observed" in row.note for row in rows if row.position_1 == 66 and row.interface == "major")
    mine = [row for row in rows if row.position_1 == 66]
    assert {row.change for row in mine} == {"kept"}
    assert {(row.copies_1, row.copies_2) for row in mine} == {("2/2", "1/2")}


def test_a_structure_without_the_partner_cannot_be_compared(study: Study) -> None:
    with pytest.raises(StructureError, match="no chain of GAS6"):
        study.compare("2C5D", "AF-P30530")


def test_the_command_line_gives_the_same_tables(study: Study, exons: list[SumRow], decoy: list[CompareRow]) -> None:
    from typer.testing import CliRunner

    from axlstruct.cli import app

    where = ["--offline", "--mirror", str(mirror("2c5d.cif").parent), "--cache", str(study.session.cache.root)]
    for words, rows in (
        (["sums", "2C5D"], exons),
        (["compare", "2C5D", "4RA0"], decoy),
        (["consensus", "4RA0"], consensus_table(study.session, "4RA0", cutoff=4.0, assembly="asu").rows),
    ):
        done = CliRunner().invoke(app, [*where, *words, "--format", "json"])
        assert done.exit_code == 0
        assert [tuple(record.values()) for record in json.loads(done.stdout)] == [
            tuple(getattr(row, name) for name in row.__dataclass_fields__) for row in rows
        ]
