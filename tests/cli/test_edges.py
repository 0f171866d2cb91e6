"""The command line at its edges: devices and streams, outputs that are inputs, signals, texts that act on a terminal."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from shared_files import mirror
from targets import LIGAND, RECEPTOR, TOML, load
from tiny import Chain, cif_text

from axlstruct import cli
from axlstruct.cli.output import format_of, is_stream, refuse_inputs
from axlstruct.errors import UsageError

posix = pytest.mark.skipif(os.name != "posix", reason="signals, devices and closed streams as POSIX has them")
COMMAND = [sys.executable, "-m", "axlstruct", "--offline"]


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A folder with the toy target and a structure of it."""
    (tmp_path / "toy").mkdir()
    load(tmp_path / "toy")
    near = [Chain("A", RECEPTOR), Chain("B", LIGAND, atoms=lambda place: [("CA", 3.8 * place, 103.0, 0.0)])]
    (tmp_path / "toy.cif").write_text(cif_text(*near, id="1TOY"))
    return tmp_path


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(toy: Path) -> Run:
    environment = os.environ | {"AXLSTRUCT_CACHE": str(toy / "cache"), "AXLSTRUCT_MIRROR": ""}

    def run(*words: str, **streams: Any) -> subprocess.CompletedProcess[str]:
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
        done = subprocess.run(
            [*COMMAND, "--target", "toy", *words], cwd=toy, env=environment, text=True, timeout=120, check=False, **streams
        )
        assert "Traceback" not in (done.stderr or "")
        assert "Exception ignored" not in (done.stderr or "")
        return done

    return run


def test_the_version_is_told(run: Run) -> None:
    from axlstruct import __version__

    done = run("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"axlstruct {__version__}\n", "")


@pytest.mark.parametrize("ending", ["tsv", "csv", "json", "parquet", "xlsx"])
def test_the_ending_names_the_format_and_what_was_written_is_told(run: Run, toy: Path, ending: str) -> None:
    if ending in ("parquet", "xlsx"):
        pytest.importorskip({"parquet": "pyarrow", "xlsx": "xlsxwriter"}[ending])
    done = run("residues", "toy.cif", "-o", f"made/x.{ending}")
    assert done.returncode == 0
    assert done.stderr.splitlines()[-1] == f"wrote made/x.{ending}: {len(RECEPTOR) + len(LIGAND)} rows"
    begins = {"tsv": b"protein\t", "csv": b"protein,", "json": b"[\n {", "parquet": b"PAR1", "xlsx": b"PK\x03\x04"}
    assert (toy / "made" / f"x.{ending}").read_bytes().startswith(begins[ending])


def test_formats_of_endings() -> None:
    assert [format_of(None, Path(f"x{end}")) for end in (".tsv", ".CSV", ".json")] == ["tsv", "csv", "json"]
    assert format_of("json", Path("x.dat")) == "json", "said is said"
    assert format_of(None, Path("/dev/stdout")) == "tsv"
    for name in ("x.xls", "x.txt", "x"):
        with pytest.raises(UsageError, match="no format of that ending"):
            format_of(None, Path(name))
    assert is_stream(Path("/dev/stdout"))
    assert not is_stream(Path("x.tsv"))


def test_an_unknown_ending_is_refused_before_anything_is_done(run: Run, toy: Path) -> None:
    done = run("residues", "nothing.cif", "-o", "x.foo")
    assert done.returncode == 2
    assert "no format of that ending (expected .tsv, .csv, .json, .parquet, .xlsx, found .foo)" in done.stderr


@posix
@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_a_dash_is_standard_output(run: Run, toy: Path, name: str) -> None:
    done = run("contacts", "toy.cif", "-o", name)
    assert done.stdout.startswith("structure\t")
    assert "wrote" not in done.stderr
    assert sorted(path.name for path in toy.iterdir()) == ["toy", "toy.cif"]


@posix
def test_a_device_stays_one(run: Run) -> None:
    assert run("contacts", "toy.cif", "-o", os.devnull).returncode == 0
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


@pytest.mark.parametrize(
    "words",
    [["export", "toy.cif", "--to", "bfactor", "-o", "toy.cif"], ["residues", "toy.cif", "-o", "./toy.cif", "--format", "tsv"],
     ["residues", "toy.cif", "--output=toy/target.toml", "--format=tsv"], ["residues", "toy.cif", "-otoy/ligand.fasta"]],
)  # fmt: skip
def test_an_output_that_is_an_input_is_refused(run: Run, toy: Path, words: list[str]) -> None:
    before = {path: path.read_bytes() for path in toy.rglob("*") if path.is_file()}
    done = run(*words)
    assert done.returncode == 2
    assert "the output is an input and would be lost" in done.stderr
    assert {path: path.read_bytes() for path in toy.rglob("*") if path.is_file()} == before


def test_only_files_that_are_there_can_be_lost(toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(toy)
    for words in (["residues", "toy.cif", "-o", "x.tsv"], ["run", "-o", "toy"], ["residues", "-o"], ["residues", "-o", "-"], []):
        refuse_inputs(words)


@posix
@pytest.mark.parametrize("words", [["residues", "toy.cif"], ["where", "Y18"], ["--version"], ["--help"]])
def test_a_reader_who_leaves_is_no_failure(run: Run, words: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run(*words, stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, [line for line in done.stderr.splitlines() if not line.startswith("note: ")]) == (0, [])


@posix
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("words", [["residues", "toy.cif"], ["where", "Y18"], ["--version"], ["--help"]])
def test_a_full_standard_output_is_named(run: Run, words: list[str]) -> None:
    with open("/dev/full", "w") as full:
        done = run(*words, stdout=full)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "axlstruct: standard output: cannot write: No space left on device"


@posix
def test_closed_streams(run: Run, toy: Path) -> None:
    closed = run("residues", "toy.cif", stdout=None, preexec_fn=lambda: os.close(1))
    assert (closed.returncode, closed.stderr.splitlines()[-1]) == (1, "axlstruct: standard output: cannot write: closed")
    silent = run("residues", "toy.cif", "-o", "x.tsv", stdout=None, stderr=None, preexec_fn=lambda: (os.close(1), os.close(2)))
    assert silent.returncode == 0
    assert (toy / "x.tsv").read_text().startswith("protein\t")
    deaf = run("residues", "toy.cif", stderr=None, preexec_fn=lambda: os.close(2))
    assert deaf.returncode == 0
    assert deaf.stdout.startswith("protein\t"), "no words in the data"


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("after", [0.08, 0.3, 1.0, 2.5])
def test_a_signal_says_stopped_and_leaves_nothing(tmp_path: Path, number: signal.Signals, after: float) -> None:
    """In the first second too, while everything is still being loaded."""
    environment = os.environ | {"AXLSTRUCT_CACHE": str(tmp_path / "cache"), "AXLSTRUCT_MIRROR": str(mirror("2c5d.cif").parent)}
    job = subprocess.Popen(
        [*COMMAND, "run", "-o", "results"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with job:
        if not wait_for_handlers(job.pid):
            pytest.skip("no /proc here to see when signals are caught")
        time.sleep(after)
        job.send_signal(number)
        _, said = job.communicate(timeout=60)
        assert (job.returncode, said) == (128 + number, "axlstruct: stopped\n")
    assert not list(tmp_path.rglob("*.part"))


def wait_for_handlers(process: int) -> bool:
    """Wait until a process catches SIGTERM: before that the interpreter itself is being loaded."""
    for _ in range(500):
        try:
            status = Path(f"/proc/{process}/status").read_text()
        except OSError:
            return False
        caught = next(line for line in status.splitlines() if line.startswith("SigCgt")).split()[1]
        if int(caught, 16) & (1 << (signal.SIGTERM - 1)):
            return True
        time.sleep(0.01)
    return False


def test_texts_of_files_act_on_no_terminal(run: Run, toy: Path) -> None:
    odd = "\x1b[2J\x1b]0;owned\x07"
    text = TOML.replace('name = "Head"', f'name = "Head {odd}"'.encode("unicode_escape").decode().replace("\\x", "\\u00"))
    (toy / "toy" / "target.toml").write_text(text)
    for words in (["residues", "toy.cif"], ["where", "Y18", "--format", "table"], ["residues", "toy.cif", "--format", "json"]):
        done = run(*words)
        assert done.returncode == 0, done.stderr
        assert not set(done.stdout + done.stderr) & {"\x1b", "\x07"}
        assert "Head " in done.stdout
    done = run("residues", f"no{odd}.cif")
    assert not set(done.stderr) & {"\x1b", "\x07"}


def test_a_word_of_thousands_of_letters_is_cut(run: Run) -> None:
    """So that what is said of it can be read."""
    for words in (["translate", "9" * 5000], ["contacts", "toy.cif", "--assembly", "9" * 5000], ["where", "R" + "9" * 5000]):
        done = run(*words)
        assert done.returncode in (1, 2)
        assert max(map(len, done.stderr.splitlines())) < 500


def test_a_run_that_could_write_nothing_is_a_failure(run: Run, toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "residues.tsv",
        "contacts.tsv",
        "interactions.tsv",
        "interfaces.tsv",
        "view.html",
        "report.html",
        "provenance.json",
    ):
        (toy / "results" / name).mkdir(parents=True)
    for figure in (
        "domains",
        "contact-map",
        "footprint",
        "ddg",
        "evidence",
        "kinase",
        "family",
        "overview",
        "sites",
        "interface-main",
    ):
        for ending in ("png", "svg", "pdf"):
            (toy / "results" / f"{figure}.{ending}").mkdir()
    (toy / "1toy.cif").write_text((toy / "toy.cif").read_text())
    done = run("--mirror", ".", "run", "-o", "results")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("axlstruct: nothing could be written: ")
    assert json.dumps(done.stdout)


@posix
def test_a_signal_that_python_drops_stops_all_the_same(tmp_path: Path) -> None:
    """What is raised in a destructor is told and dropped."""
    code = (
        "import axlstruct.cli, os, signal, time, axlstruct.__main__ as program\n"
        "class Odd:\n    def __del__(self): os.kill(os.getpid(), signal.SIGTERM); time.sleep(0.1)\n"
        "def run():\n    odd = Odd(); del odd\n    time.sleep(30)\n"
        "axlstruct.cli.main = run\nprogram.main()\n"
    )
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (128 + signal.SIGTERM, "axlstruct: stopped")
    assert time.monotonic() - started < 25


def test_a_stop_that_leads_to_an_error_is_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """A compressor that is closed in the middle of its work raises an error of its own."""

    class Stopped(BaseException):
        pass

    def app(*_: object, **__: object) -> int:
        try:
            raise Stopped
        finally:
            raise ValueError("inconsistent stream state")

    monkeypatch.setattr(cli, "_app_for", lambda arguments: app)
    monkeypatch.setattr(sys, "argv", ["axlstruct", "where", "Y702"])
    with pytest.raises(Stopped):
        cli.main()
