"""Whatever is given as a structure or as groups of chains, each command ends in an answer or in one clear line."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from targets import LIGAND, RECEPTOR, load
from tiny import Chain, cif_text

from axlstruct.cli import app
from axlstruct.cli.output import explain, global_options_first, refuse_inputs

Place = list[tuple[str, float, float, float]]


def at(x: float | None = None, y: float = 0.0, z: float = 0.0) -> Callable[[int], Place]:
    """Atoms of each residue along x, or the sixth of them there."""
    return lambda place: [("CA", 3.8 * place if x is None or place != 5 else x, y, z)]


def chain(name: str = "A", **more: Any) -> Chain:
    """The receptor along x."""
    return Chain(name, RECEPTOR, **{"atoms": at(), **more})


def pair(one: Chain | None = None, *, other: str = "B") -> str:
    """Receptor and ligand side by side, as an mmCIF file."""
    return cif_text(one or chain(), Chain(other, LIGAND, atoms=at(y=3.5)), id="1TOY")


DNA = cif_text(Chain("A", "ACGT", names=dict(enumerate(("DA", "DC", "DG", "DT")))))
ZEROS = [Chain(name, letters, atoms=lambda place: [("CA", 0.0, 0.0, 0.0)]) for name, letters in (("A", RECEPTOR), ("B", LIGAND))]
FILES: dict[str, tuple[str | bytes, str]] = {
    "names of ten letters": (pair(chain(names={3: "ABCDEFGHIJ", 4: "ABCDEFGHIK"})), ""),
    "chains of ten letters": (pair(chain("ABCDEFGHIJ"), other="ABCDEFGHIK"), ""),
    "no UTF-8 in a chain": (pair(other="Bx").encode().replace(b"Bx", b"B\xff"), ""),
    "no UTF-8 in a residue": (pair(chain(names={3: "QQQ"})).encode().replace(b"QQQ", b"Q\xff\xfe"), ""),
    "an atom at 99999.999": (pair(chain(atoms=at(99999.999))), ""),
    "an atom at 1e30": (pair(chain(atoms=at(1e30))), ""),
    "an atom nowhere": (pair(chain(atoms=at(float("nan")))), ""),
    "numbers of nine digits": (pair(chain(numbers=[str(10**8 + k) for k in range(len(RECEPTOR))])), ""),
    "a number of 5,000 digits": (pair(chain(numbers=["9" * 5000, *map(str, range(2, 1 + len(RECEPTOR)))])), "|no readable mmCIF"),
    "zeros": (cif_text(*ZEROS, id="1TOY"), "no atom has coordinates"),
    "DNA": (DNA.replace("polypeptide(L)", "polydeoxyribonucleotide"), "no protein chain .found 4 residues of nucleic acid"),
    "nothing": ("", "empty file"),
    "NUL": (bytes(5000), "empty file"),
    "noise": (random.Random(1).randbytes(5000), "no coordinate file"),
}
"""What lies in the file, and what is said of it where it is refused."""

QUESTIONS = [["contacts", "{}"], ["interactions", "{}"], ["interfaces", "{}"], ["residues", "{}"]]
COMMANDS = [
    *QUESTIONS, ["where", "1TOY:{chain}/20"], ["view", "{}", "-o", "o.html"], ["export", "{}", "--to", "pymol", "-o", "o.pml"],
    ["figure", "contact-map", "--structure", "{}", "-o", "o.svg"],
]  # fmt: skip
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process: exit code, data, words."""
    load(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AXLSTRUCT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("AXLSTRUCT_MIRROR", "")

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        arguments = global_options_first(["--offline", "--target", ".", *words])
        try:
            refuse_inputs(arguments)
            code = app(arguments, standalone_mode=False) or 0
        except Exception as error:
            code = explain(error)
        return int(code), *capsys.readouterr()

    return run


def ended(run: Run, *words: str) -> tuple[int, str]:
    """Exit code and the last line, of a command that has an answer or one clear line."""
    code, data, said = run(*words)
    lines = [line for line in said.splitlines() if not line.startswith("note: ")]
    assert "error of the program" not in said
    assert max(map(len, said.splitlines()), default=0) < 1200
    if code == 0:
        assert data or lines[-1].startswith("wrote o.")
    else:
        assert code in (1, 2)
        assert (len(lines), data) == (1, "")
        assert lines[0].startswith("axlstruct: ")
    return code, lines[-1] if lines else ""


@pytest.mark.parametrize("kind", FILES)
def test_any_file_is_answered_or_refused(run: Run, kind: str) -> None:
    text, refused = FILES[kind]
    Path("toy.cif").write_bytes(text if isinstance(text, bytes) else text.encode())
    for words in COMMANDS if not refused else QUESTIONS:
        code, line = ended(run, *(word.format("toy.cif", chain="A") for word in words))
        if words[0] != "where":
            assert re.search(refused or "^$|^wrote", line), line
            assert not refused or refused.startswith("|") or code == 1


@pytest.mark.skipif(os.name != "posix", reason="devices and pipes as files")
def test_what_is_no_file_is_refused(run: Run) -> None:
    os.mkfifo("pipe.cif")
    Path("folder.cif").mkdir()
    cases = {
        "pipe.cif": "not a regular file",
        "/dev/zero": "not a regular file",
        "folder.cif": "a folder",
        "no.cif": "no such file",
    }
    for name, said in cases.items():
        for words in COMMANDS:
            if words[0] != "where":
                code, line = ended(run, *(word.format(name) for word in words))
                assert code in (1, 2)
                assert said in line


GROUPS = [("A", "Q", "Q"), ("A", "", "no chain|empty"), (",", "B", "no chain|empty"), ("A", "A", "both"), ("A,B", "B", "both")]


@pytest.mark.parametrize(("one", "two", "said"), GROUPS)
def test_groups_of_chains_that_are_none(run: Run, one: str, two: str, said: str) -> None:
    Path("toy.cif").write_text(pair())
    for words in COMMANDS:
        if words[0] not in ("where", "residues"):
            code, line = ended(run, *(word.format("toy.cif") for word in words), "--between", one, two)
            assert code in (1, 2)
            assert re.search(said, line), line


def test_an_export_goes_to_standard_output(run: Run) -> None:
    Path("toy.cif").write_text(pair())
    for kind, name in {"pymol": "o.pml", "chimerax": "o.cxc", "bfactor": "o.cif"}.items():
        code, data, said = run("export", "toy.cif", "--to", kind, "-o", "-")
        assert run("export", "toy.cif", "--to", kind, "-o", name)[0] == 0
        assert (code, data, said) == (0, Path(name).read_text(), "")
    assert ended(run, "export", "toy.cif", "--to", "molviewspec", "-o", "-")[1].startswith(
        "axlstruct: 1TOY: molviewspec needs coordinates"
    )
    assert not Path("-").exists()


@pytest.mark.parametrize(
    "words", [["composite", "1TOY"], ["residues", "1TOY", "--format", "tsv"], ["export", "1TOY", "--to", "bfactor"]]
)
@pytest.mark.parametrize("name", ["1toy.cif", "sub/1toy.cif", "link.cif"])
def test_a_file_of_a_mirror_or_the_cache_is_no_output(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: list[str], name: str
) -> None:
    for folder in ("mirror", "cache"):
        Path(folder, "sub").mkdir(parents=True)
        for place in ("1toy.cif", "sub/1toy.cif"):
            Path(folder, place).write_text(pair())
        Path(folder, "link.cif").symlink_to("1toy.cif")
    for given, folder in ((["--mirror", "mirror"], "mirror"), (["--cache=cache"], "cache"), ([], "cache")):
        code, line = ended(run, *given, *words, "-o", f"{folder}/{name}")
        assert (
            code,
            f"the output is a file of {'the cache' if folder == 'cache' else 'a mirror'} and would be lost" in line,
        ) == (2, True)
        assert Path(folder, name).read_text() == pair()
    monkeypatch.setenv("AXLSTRUCT_MIRROR", "elsewhere:mirror")
    assert ended(run, *words, "-o", f"mirror/{name}")[0] == 2


def test_results_may_lie_beside_a_mirrored_file(run: Run) -> None:
    Path("1toy.cif").write_text(pair())
    for _ in range(2):
        assert run("--mirror", ".", "residues", "1toy.cif", "-o", "residues.tsv")[0] == 0
