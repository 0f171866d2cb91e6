"""Files with a few bytes, fields or lines changed: each ends in an answer or in one clear line."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from peptides import cif_atoms, pdb_chain, pdb_lines
from tiny import Chain, cif_text

import axlstruct
from axlstruct.errors import AxlstructError
from axlstruct.structure.structure import Structure
from axlstruct.study.facade import Study

Write = Callable[..., Path]
ROWS = [
    *pdb_chain("A", "AGSVLEKDF", names={3: "MSE"}, het={3}),
    ["HETATM    1 CA    CA A 500      12.000   4.500   2.000  1.00 20.00          CA"],
    ["TER"],
    *pdb_chain("B", "FWYPKHCRE", at=(0.0, 4.5, 3.0), segment="PROB"),
]
SEEDS = {
    "pdb": [pdb_lines(ROWS), pdb_lines(ROWS[:6] + pdb_chain("A", "AGS", at=(0.0, 9.0, 0.0)))],
    "cif": [cif_atoms(ROWS, "all"), cif_atoms(ROWS, "few"), cif_text(Chain("A", "AGSVLEKDF"), Chain("B", "FWYPKHCRE"))],
}
COORDINATES = (b"99999.99", b"     nan", b"********", b"        ", b"9999.999", b"   0.000", b"1e300   ", b"  5000.0")
WORDS = (b"?", b".", b"nan", b"99999.999", b"ABCDEFGHIJKL", b"'x y'", b"-1", b"\xc3\xa9", b"\xff", b"1e308", b"5000.5")
LINES = (b"END", b"TER", b"MODEL        2", b"ENDMDL", b"data_y", b"loop_", b"#", b"SEQRES   1 A    3  ALA ALA ALA", b"_x.y")


def changed(rng: random.Random, raw: bytes, kind: str) -> bytes:
    """One to three changes of a file."""
    lines = raw.split(b"\n")
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(len(lines))
        line = bytearray(lines[place])
        what = rng.randrange(8)
        if what == 0 and line:
            line[rng.randrange(len(line))] = rng.randrange(256)
        elif what == 1:
            line = line[: rng.randrange(len(line) + 1)]
        elif what == 2:
            lines.insert(place, lines[rng.randrange(len(lines))])
            continue
        elif what == 3:
            line = bytearray(rng.choice(LINES))
        elif what == 4:
            lines = lines[: place + 1]
            continue
        elif what == 5:
            lines += lines
            continue
        elif kind == "pdb" and len(line) > 54:
            start = rng.choice((30, 38, 46))
            line[start : start + 8] = rng.choice(COORDINATES)
            if what == 6:
                line[17:22] = rng.choice((b"UNK A", b"HOH A", b"NME A", b"\xff\xfe\xfdAA", b"ABCDE", b"     "))
        elif words := line.split():
            words[rng.randrange(len(words))] = bytearray(rng.choice(WORDS))
            line = bytearray(b" ".join(words))
        lines[place] = bytes(line)
    return b"\n".join(lines)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return axlstruct.load("axl", mirror=[], offline=True, cache=tmp_path_factory.mktemp("alone"))


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kind", ["pdb", "cif"])
def test_a_changed_file_ends_in_an_answer_or_one_line(kind: str, seed: int, alone: Study, written: Write) -> None:
    rng = random.Random(f"{kind} {seed}")
    for _ in range(5):
        path = str(written(changed(rng, rng.choice(SEEDS[kind]).encode(), kind), f"mine.{kind}"))
        for ask in (alone.interactions, alone.interfaces, alone.residues):
            said = outcome(ask, path)
            assert "\n" not in said


def outcome(ask: Callable[[str], object], path: str) -> str:
    """What is said where the question has no answer; any other error, and any warning, goes through."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            ask(path)
        except AxlstructError as error:
            return str(error)
    return ""


def test_a_stray_atom_costs_no_memory(alone: Study, written: Write) -> None:
    """The area library lays a grid over everything: 9,000 A away in each direction would be 20 GB."""
    stray = ["HETATM    1 ZN    ZN A 501    9000.000-999.0009000.000  1.00 20.00          ZN"]
    far = pdb_lines([*ROWS, *pdb_chain("C", "AG", at=(9000.0, 9000.0, 9000.0)), stray])
    table = alone.interfaces(str(written(far, "far.pdb")))
    near = alone.interfaces(str(written(pdb_lines(ROWS), "near.pdb")))
    assert len(table) == 3
    pair = table[(table.chain_1 == "A") & (table.chain_2 == "B")]
    assert pair.bsa.tolist() == pytest.approx(near.bsa.tolist(), abs=0.2)


def test_what_a_study_sees_is_one_structure(alone: Study, written: Write) -> None:
    held = alone.session.held(str(written(pdb_lines(ROWS), "whole.pdb")))
    assert isinstance(held.structure, Structure)
    assert [chain.chain for chain in held.structure.chains] == ["A", "B"]
