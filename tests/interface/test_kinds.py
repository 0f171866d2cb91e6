"""The registry of interaction kinds: its entries are true, and a made-up one reaches tables, scenes, figures and exports."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import replace

import pytest

from axlstruct.figures.contact_map.marks import marker_of
from axlstruct.interface.bond import Bond
from axlstruct.interface.detection import Candidates
from axlstruct.interface.interactions import InteractionRow, interaction_rows
from axlstruct.interface.kinds import KINDS, InteractionKind, dashed, marked
from axlstruct.interface.rules import CANDIDATES
from axlstruct.scene.dashes import OTHER, bond_dashes, dash_legend
from axlstruct.study.analysis import analyse
from axlstruct.study.facade import Study
from tests.support.shared_files import mirror


def rows_of(study: Study) -> list[InteractionRow]:
    """Interactions of 2C5D, found anew."""
    held = study.session.held("2C5D", "asu")
    done = analyse(held, CANDIDATES)
    return interaction_rows(held.structure, held.maps, done.classes, done.near, done.glycans)


def test_each_rule_gives_bonds_of_its_own_kind(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    mirror("2c5d.cif")
    found: dict[str, set[str]] = {}

    def noted(kind: InteractionKind) -> InteractionKind:
        def find(pairs: Candidates) -> list[Bond]:
            bonds = list(kind.find(pairs))
            found[kind.name] = {bond.type for bond in bonds}
            return bonds

        return replace(kind, find=find)

    for name, kind in list(KINDS.items()):
        monkeypatch.setitem(KINDS, name, noted(kind))
    rows_of(study)
    assert set(found) == set(KINDS)
    assert all(types <= {name} for name, types in found.items())
    assert {name for name, types in found.items() if types} >= {"hbond", "salt-bridge", "hydrophobic", "disulfide"}


def test_the_order_of_marks_and_what_is_drawn_as_a_dash() -> None:
    assert [kind.name for kind in marked()] == ["salt-bridge", "hbond", "pi-stacking", "cation-pi", "hydrophobic"]
    assert [kind.plural for kind in dashed()] == ["hydrogen bonds", "salt bridges"]


def test_the_column_of_the_table_names_every_kind() -> None:
    words = (inspect.getdoc(InteractionRow) or "").partition("type\n")[2].partition("\natoms_1")[0]
    assert [word.strip(" `.\n") for word in words.split(",")] == list(KINDS)


def test_a_made_up_kind_is_one_entry(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hydrogen bonds under another name: rows with grades, dashes, a legend and a mark, and no other file knows of it."""
    mirror("2c5d.cif")

    def find(pairs: Candidates) -> Iterator[Bond]:
        for bond in pairs.hydrogen_bonds:
            yield replace(bond, type="made-up")

    monkeypatch.setitem(KINDS, "made-up", InteractionKind("made-up", "made-up bond", find, mark=0, dashed=True))
    rows = [row for row in rows_of(study) if row.type == "made-up"]
    assert rows
    assert {row.grade for row in rows} <= set("abc")
    dashes = bond_dashes(rows)
    assert len(dashes) == len(rows)
    assert str(dashes[0]).startswith("made-up bond C/")
    (line,) = dash_legend(dashes)
    assert (line.label, line.color) == ("made-up bonds", OTHER)
    assert marked()[0].name == "made-up"
    assert marker_of("made-up") == "*"
