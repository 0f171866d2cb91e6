"""Interfaces: which chain pairs are copies of one another, what they are called, and what the copies share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_files import mirror
from tiny import Chain, cif_text

from axlstruct.interface.classes import NO_CONTACT, InterfaceClass, classify, copies, jaccard, position_pairs
from axlstruct.interface.contacts import ChainPair, chain_pairs
from axlstruct.interface.sides import Side
from axlstruct.sequence.target import Protein
from axlstruct.sources.coordinates import read_structure
from axlstruct.structure.mapping import ChainMap, map_structure
from axlstruct.structure.structure import ProteinChain
from axlstruct.study.facade import Study

Write = Callable[..., Path]
Pairs = frozenset[tuple[int, int]]
AXL = Protein("AXL", "P30530", "receptor", "A")
GAS6 = Protein("GAS6", "Q14393", "ligand", "A")
EMPTY = np.zeros(0, dtype=int)


def side(name: str, protein: Protein | None, entity: str = "1") -> Side:
    chain = ProteinChain(name, name, entity, (), "", ())
    return Side(chain, ChainMap(chain, protein, (), "alignment", True, False) if protein else None)


def pair(one: str, two: str, proteins: tuple[Protein | None, Protein | None] = (AXL, GAS6), entities: str = "12") -> ChainPair:
    return ChainPair(
        side(one, proteins[0], entities[0]), side(two, proteins[1], entities[1]), EMPTY, EMPTY, EMPTY, EMPTY, EMPTY.astype(float)
    )


def contacts(first: int, count: int) -> Pairs:
    """Residue pairs (first, 1), (first + 1, 2), ..."""
    return frozenset((first + n, n + 1) for n in range(count))


def named(classes: Iterable[InterfaceClass]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for cls in classes:
        found.setdefault(cls.name, []).extend(p.chains for p in cls.pairs)
    return found


# The numbers that must hold


def test_the_classes_of_2c5d(study: Study) -> None:
    """Two of each protein: the major contact is A-C and B-D, the minor A-D and B-C; AXL-AXL and GAS6-GAS6 do not touch."""
    table = study.interfaces("2C5D")
    rows = {frozenset((row.chain_1, row.chain_2)): row for row in table.itertuples()}
    assert {"".join(sorted(chains)): row.interface for chains, row in rows.items()} == {
        "AC": "major", "BD": "major", "AD": "minor", "BC": "minor", "AB": "none", "CD": "none",
    }  # fmt: skip
    assert {"".join(sorted(c)): (row.atom_pairs, row.residue_pairs) for c, row in rows.items()} == {
        "AC": (141, 43), "BD": (129, 41), "AD": (44, 17), "BC": (41, 18), "AB": (0, 0), "CD": (0, 0),
    }  # fmt: skip
    assert all((row.protein_1, row.protein_2) == ("AXL", "GAS6") for chains, row in rows.items() if len(chains & {"A", "B"}) == 1)
    assert table[table.interface == "none"]["min_distance"].isna().all()


@pytest.mark.parametrize(("cutoff", "major", "minor"), [(4.0, 41, 16), (4.5, 54, 21)])
def test_residue_pairs_seen_in_both_copies(cutoff: float, major: int, minor: int, study: Study) -> None:
    table = study.contacts("2C5D", cutoff=cutoff)
    assert set(table.copies) == {"1/2", "2/2"}
    both = table[table.copies == "2/2"]
    counted = {name: len(part[["position_1", "position_2"]].drop_duplicates()) for name, part in both.groupby("interface")}
    assert counted == {"major": major, "minor": minor}
    assert len(both) == 2 * (major + minor)


def test_the_one_pair_of_4ra0_is_the_major_one(study: Study) -> None:
    assert study.interfaces("4RA0").interface.tolist() == ["major"]
    assert set(study.contacts("4RA0").copies) == {"1/1"}


def test_copies_agree_and_the_two_interfaces_share_nothing(study: Study) -> None:
    structure = study.session.library.get("2C5D").structure
    pairs = chain_pairs(structure, study.session.library.get("2C5D").maps, 5.0)
    found = {p.chains: position_pairs(structure.residues, p) for p in pairs}
    assert jaccard(found["C", "A"], found["D", "B"]) > 0.8
    assert jaccard(found["D", "A"], found["C", "B"]) > 0.8
    assert jaccard(found["C", "A"], found["D", "A"]) == 0.0


def test_the_order_in_which_structures_are_asked_for_does_not_matter(tmp_path: Path) -> None:
    import axlstruct

    fresh = axlstruct.load("axl", mirror=[mirror("2c5d.cif").parent], offline=True, cache=tmp_path)
    assert fresh.interfaces("4RA0").interface.tolist() == ["major"]
    assert sorted(fresh.interfaces("2C5D").interface) == ["major", "major", "minor", "minor", "none", "none"]


# Names


def test_the_reference_names_its_classes_largest_first() -> None:
    small, large = (pair("C", "B"), contacts(200, 5)), (pair("C", "A"), contacts(60, 9))
    assert named(classify([small, large], ["major", "minor"])) == {"major": [("C", "A")], "minor": [("C", "B")]}


def test_further_classes_are_numbered_behind_the_named_ones() -> None:
    items = [(pair("C", name), contacts(100 * n, 20 - n)) for n, name in enumerate("ABEF")]
    assert list(named(classify(items, ["major", "minor"]))) == ["major", "minor", "class-3", "class-4"]


def test_only_receptor_ligand_classes_take_the_names() -> None:
    """The largest contact is between two receptors: it is not the major interface of receptor and ligand."""
    items = [(pair("C", "D", (AXL, AXL)), contacts(1, 30)), (pair("C", "A"), contacts(60, 9))]
    assert named(classify(items, ["major", "minor"])) == {"major": [("C", "A")], "class-3": [("C", "D")]}


@pytest.mark.parametrize(("shared", "names"), [(10, ["major"]), (7, ["major"]), (6, ["class-3"]), (0, ["class-3"])])
def test_the_reference_names_what_overlaps_by_half(shared: int, names: list[str]) -> None:
    """Ten residue pairs on either side: 7 in common are 7 of 13, 6 are 6 of 14."""
    reference = classify([(pair("C", "A"), contacts(60, 10)), (pair("C", "B"), contacts(200, 8))], ["major", "minor"])
    here = frozenset([*sorted(contacts(60, 10))[:shared], *contacts(500, 10 - shared)])
    assert [cls.name for cls in classify([(pair("X", "Y"), here)], reference=reference)] == names


def test_exactly_half_is_enough() -> None:
    assert jaccard(contacts(1, 2), contacts(1, 1)) == 0.5
    assert len(classify([(pair("C", "A"), contacts(1, 2)), (pair("D", "B"), contacts(1, 1))])) == 1


def test_a_name_is_given_once() -> None:
    """Two classes overlap with the reference's major one by 8 of 12, and with each other by 4 of 12: the first gets the name."""
    whole = sorted(contacts(1, 12))
    reference = classify([(pair("C", "A"), frozenset(whole))], ["major", "minor"])
    one, two = frozenset(whole[:8]), frozenset(whole[4:])
    assert jaccard(one, two) < 0.5 < jaccard(one, frozenset(whole)) == jaccard(two, frozenset(whole))
    assert named(classify([(pair("C", "A"), one), (pair("D", "B"), two)], reference=reference)) == {
        "major": [("C", "A")], "class-2": [("D", "B")],
    }  # fmt: skip


def test_without_reference_classes_are_numbered_from_one() -> None:
    items = [(pair("C", "A"), contacts(60, 9)), (pair("C", "B"), contacts(200, 5)), (pair("C", "D", (AXL, AXL)), frozenset())]
    assert named(classify(items)) == {"class-1": [("C", "A")], "class-2": [("C", "B")], NO_CONTACT: [("C", "D")]}


def test_pairs_of_other_proteins_are_never_one_class() -> None:
    """The same numbers of chains outside the target mean nothing unless the entities are the same."""
    same = contacts(1, 10)
    items = [
        (pair("H", "L", (None, None), "34"), same),
        (pair("M", "N", (None, None), "34"), same),
        (pair("X", "Y", (None, None), "56"), same),
        (pair("C", "A"), same),
    ]
    assert sorted(len(cls.pairs) for cls in classify(items)) == [1, 1, 2]


def test_no_pairs_no_classes() -> None:
    assert classify([]) == ()
    assert [cls.name for cls in classify([(pair("C", "A"), frozenset())], ["major"])] == [NO_CONTACT]


def test_the_order_of_pairs_does_not_matter() -> None:
    items = [(pair("C", name), contacts(100 * n, 20 - n)) for n, name in enumerate("ABEF")]
    assert named(classify(items, ["major"])) == named(classify(items[::-1], ["major"]))


# Copies


def test_copies_are_counted_within_the_class() -> None:
    one, two, three = pair("C", "A"), pair("D", "B"), pair("C", "B")
    classes = classify([(one, contacts(1, 9)), (two, contacts(1, 8)), (three, contacts(100, 9))], ["major", "minor"])
    seen = {one.chains: contacts(1, 2), two.chains: contacts(1, 1), three.chains: contacts(100, 1)}
    assert copies(classes, seen) == {("major", (1, 1)): 2, ("major", (2, 2)): 1, ("minor", (100, 1)): 1}


def test_a_symmetric_contact_of_a_homodimer_is_one_pair_of_positions(written: Write) -> None:
    """A/3-B/7 and A/7-B/3 are the same contact seen from both sides."""
    letters = "MKTLLVPEWDRH"
    protein = Protein("PRO", "P1", "receptor", letters)
    near = {("A", 2): 0.0, ("B", 6): 3.0, ("A", 6): 50.0, ("B", 2): 53.0}

    def atoms(name: str, far: float) -> Callable[[int], list[tuple[str, float, float, float]]]:
        return lambda n: [("CA", near[name, n], 0.0, 0.0) if (name, n) in near else ("CA", far, 8.0 * n, 0.0)]

    chains = Chain("A", letters, atoms=atoms("A", 100.0)), Chain("B", letters, atoms=atoms("B", 150.0))
    structure = read_structure(written(cif_text(*chains)))
    (found,) = chain_pairs(structure, map_structure(structure, [protein]), 4.0)
    assert len(found.distance) == 2
    assert position_pairs(structure.residues, found) == {(3, 7)}


def test_copies_between_chains_outside_the_target_are_counted_too(study: Study) -> None:
    """1IGY, an antibody: light and heavy chain twice, A-B and C-D; most of their contacts are in both copies."""
    table = study.contacts(str(mirror("1igy.cif")), between=("A", "B"))
    assert set(table.copies) <= {"1/2", "2/2"}
    assert (table.copies == "2/2").sum() > len(table) / 2


PAIRS = st.frozensets(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=20)


@given(PAIRS, PAIRS)
def test_jaccard_is_a_symmetric_share(one: Pairs, two: Pairs) -> None:
    assert 0.0 <= jaccard(one, two) == jaccard(two, one) <= 1.0
    assert (jaccard(one, two) == 1.0) == (one == two and bool(one))
    assert (jaccard(one, two) == 0.0) == (not one & two)


@given(st.lists(PAIRS, max_size=6))
def test_every_pair_is_in_exactly_one_class(sets: list[Pairs]) -> None:
    items = [(pair("C", f"X{n}"), found) for n, found in enumerate(sets)]
    classes = classify(items, ["major", "minor"])
    assert sorted(p.chains for cls in classes for p in cls.pairs) == sorted(p.chains for p, _ in items)
    names = [cls.name for cls in classes]
    assert len(set(names)) == len(names)
    for cls in classes:
        assert cls.residue_pairs == frozenset().union(*(found for p, found in items if p in cls.pairs))
