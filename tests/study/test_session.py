"""What is at hand of a structure is asked in one place, answered on the firmest ground, and of a server only where need be."""

from __future__ import annotations

import ast
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import axlstruct.study
from axlstruct.errors import OfflineError, SourceError, StructureError, UsageError
from axlstruct.sequence.coverage import Coverage, Placement
from axlstruct.study.facade import Study
from axlstruct.study.session import Basis, EvidenceFolder, Session

HELD = SimpleNamespace(maps=())


class FakeLibrary:
    """A library that holds one thing or nothing, and tells whether it was asked to call a server."""

    cache = SimpleNamespace(offline=True)

    def __init__(self, at_hand: Any = None, served: Any = None) -> None:
        self.held, self.served, self.asked = at_hand, served, False

    def at_hand(self, name: str, assembly: str = "asu") -> Any:
        if isinstance(self.held, Exception):
            raise self.held
        return self.held

    def get(self, name: str, assembly: str = "asu") -> Any:
        self.asked = True
        if isinstance(self.served, Exception):
            raise self.served
        return self.served


class Tables:
    """A released analysis in which every residue is observed in a chain Z."""

    id = "2C5D"

    def __init__(self, study: Study) -> None:
        def placement(position: int) -> Placement:
            return Placement("2C5D", "Z", position, Coverage.OBSERVED, study.target.receptor.letter(position))

        chain = SimpleNamespace(protein=study.target.receptor, chain=SimpleNamespace(chain="Z"), placement=placement)
        self.held = SimpleNamespace(maps=(chain,))


def session_of(bare: Study, library: FakeLibrary, released: Any = None) -> Session:
    made = Session(bare.target, library, EvidenceFolder(Path("unused"), bare.target))  # type: ignore[arg-type]
    made.released = lambda name: released  # type: ignore[method-assign]
    return made


@pytest.mark.parametrize(
    ("name", "released", "enough", "asks"),
    [
        # 2C5D was read in print, nothing was read of the model
        ("2C5D", False, Basis.NOTHING, False),
        ("2C5D", False, Basis.PRINT, False),
        ("2C5D", False, Basis.RELEASED, True),
        ("2C5D", False, Basis.COORDINATES, True),
        ("2C5D", True, Basis.RELEASED, False),
        ("2C5D", True, Basis.COORDINATES, True),
        ("AF-P30530", False, Basis.NOTHING, False),
        ("AF-P30530", False, Basis.PRINT, True),
        ("AF-P30530", True, Basis.PRINT, False),
    ],
)
def test_a_server_is_asked_only_where_nothing_is_as_firm(
    bare: Study, name: str, released: bool, enough: Basis, asks: bool
) -> None:
    library = FakeLibrary(served=HELD)
    shown = session_of(bare, library, Tables(bare) if released else None).shown(name, enough=enough)
    printed = Basis.PRINT if name == "2C5D" else Basis.NOTHING
    without = Basis.RELEASED if released else printed
    assert (library.asked, shown.basis) == (asks, Basis.COORDINATES if asks else without)


@pytest.mark.parametrize("enough", Basis)
def test_coordinates_at_hand_come_first(bare: Study, enough: Basis) -> None:
    library = FakeLibrary(at_hand=HELD)
    shown = session_of(bare, library, Tables(bare)).shown("2C5D", enough=enough)
    assert (shown.basis, shown.held, shown.reason, shown.note(), library.asked) == (Basis.COORDINATES, HELD, "", "", False)


@pytest.mark.parametrize("failure", [SourceError("no such entry", where="2C5D"), StructureError("no protein", where="2C5D")])
@pytest.mark.parametrize("there", ["at_hand", "served"])
def test_a_failure_is_kept_with_what_is_known_without_coordinates(bare: Study, failure: Exception, there: str) -> None:
    shown = session_of(bare, FakeLibrary(**{there: failure})).shown("2C5D", enough=Basis.COORDINATES)
    assert (shown.basis, shown.error, shown.reason) == (Basis.PRINT, failure, str(failure))
    assert shown.refused == isinstance(failure, StructureError)
    assert not shown.excused  # 2C5D is required
    assert shown.placements(bare.target.receptor, 66)
    with pytest.raises(type(failure), match=str(failure)):
        shown.require()


def test_an_optional_structure_is_excused_unless_it_is_refused(bare: Study) -> None:
    gone, bad = SourceError("gone"), StructureError("no protein")
    optional = next(entry.id for entry in bare.target.structures if not entry.required)
    assert session_of(bare, FakeLibrary(served=gone)).shown(optional, enough=Basis.COORDINATES).excused
    assert not session_of(bare, FakeLibrary(served=bad)).shown(optional, enough=Basis.COORDINATES).excused
    assert not session_of(bare, FakeLibrary(served=gone)).shown("1ABC", enough=Basis.COORDINATES).excused


def test_a_structure_that_lacks_the_protein_is_not_read(bare: Study) -> None:
    """5U6B is the kinase domain of the receptor: what was read in print says that no ligand is in it."""
    assert bare.target.ligand is not None
    library = FakeLibrary(at_hand=AssertionError("read"))
    shown = session_of(bare, library).shown("5U6B", of=(bare.target.ligand, (100,)))
    assert (shown.placements(bare.target.ligand, 100), shown.note(bare.target.ligand)) == ([], "")


def test_print_is_enough_only_where_it_tells(bare: Study) -> None:
    axl = bare.target.receptor
    for position, expected in ((66, False), (702, False)):
        library = FakeLibrary(served=HELD)
        session_of(bare, library).shown("2C5D", of=(axl, (position,)))
        told = session_of(bare, FakeLibrary()).shown("2C5D", enough=Basis.NOTHING).tells(axl, (position,))
        assert library.asked is not told
        assert library.asked is expected


def test_the_released_analysis_places_before_print(bare: Study) -> None:
    axl = bare.target.receptor
    shown = session_of(bare, FakeLibrary(), Tables(bare)).shown("2C5D", of=(axl, (66,)))
    assert [placement.chain for placement in shown.placements(axl, 66)] == ["Z"] == list(shown.chains(axl))
    assert shown.note(axl) == "2C5D: coordinates not at hand (axlstruct fetch 2C5D); placed by the released analysis"
    assert session_of(bare, FakeLibrary(), Tables(bare)).shown("2C5D", assembly="1", enough=Basis.NOTHING).basis is Basis.PRINT


def test_nothing_is_made_twice(bare: Study) -> None:
    made: list[int] = []
    session = session_of(bare, FakeLibrary())
    assert [session.once("key", lambda: made.append(1) or len(made)) for _ in range(3)] == [1, 1, 1]  # type: ignore[func-returns-value]


def test_no_such_name(bare: Study) -> None:
    with pytest.raises(UsageError):
        bare.session.shown("no structure at all")


def test_offline_says_so(bare: Study) -> None:
    shown = bare.session.shown("2C5D", enough=Basis.COORDINATES)
    assert isinstance(shown.error, OfflineError)
    assert list(bare.session.missing()) == ["5U6B"], "of the others the released analysis is there"


@pytest.mark.parametrize("module", ["where", "best", "variants", "tables", "kinase", "report", "structures"])
def test_none_asks_for_itself(module: str) -> None:
    """No collaborator catches the error of a source, reads what was read in print, or makes a cache of its own."""
    path = Path(str(axlstruct.study.__file__)).parent / f"{module}.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    caught = {node.id for each in ast.walk(tree) if isinstance(each, ast.ExceptHandler) and each.type
              for node in ast.walk(each.type) if isinstance(node, ast.Name)}  # fmt: skip
    read = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not caught & {"SourceError", "OfflineError"}
    assert not read & {"known", "known_source", "offline", "at_hand", "library"}
