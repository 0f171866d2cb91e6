"""The command line as users meet it: exit codes, one clear line, data on stdout and words on stderr."""

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256

import pytest
from shared_files import ROOT, have_mirror, mirror

from axlstruct.cli import COMMANDS, _app_for, app, global_options_first


@pytest.fixture
def axlstruct(tmp_path):
    environment = os.environ | {
        "AXLSTRUCT_CACHE": str(tmp_path / "cache"),
        "AXLSTRUCT_MIRROR": str(mirror("2c5d.cif").parent) if have_mirror() else "",
    }

    def run(*words, **variables):
        done = subprocess.run(
            [sys.executable, "-m", "axlstruct", "--offline", *words],
            cwd=tmp_path, env=environment | variables, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        return done

    return run


def record(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_where_gives_the_record_of_the_contract(axlstruct):
    answer = record(axlstruct("where", "Y702", "--format", "json"))
    wanted = "query protein position residue exons codon genomic domain region site numberings placements".split()  # noqa: SIM905
    assert [key for key in answer if key in wanted] == wanted
    assert (answer["position"], answer["residue"], answer["exons"]) == (702, "Y", [18])
    seen = {(p["structure"], p["chain"]): (p["coverage"], p["plddt"]) for p in answer["placements"]}
    assert seen["2C5D", "C"] == seen["2C5D", "D"] == ("not-in-construct", None)
    assert seen["5U6B", "B"] == seen["5U6B", "D"] == ("observed", None)
    assert seen["5U6B", "A"] == seen["5U6B", "C"] == ("unobserved", None)
    assert seen["AF-P30530", "A"][0] == "predicted"
    assert round(seen["AF-P30530", "A"][1]) == 56


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["where", "F702"], 2, "UniProt 702 of AXL is Y, not F"),
        (["where", "E59"], 2, "did you mean E59@2C5D = E66"),
        (["where", "nonsense"], 2, "cannot read the residue"),
        (["where", "Y9999"], 2, "no position 9999"),
        (["where", "2C5D:X/1"], 1, "no chain 'X'"),
        (["where", "2C5D:C/1218"], 2, "hetero groups and tags have no position"),
        (["contacts", "9XYZ"], 1, "network is switched off"),
        (["contacts", "!"], 2, "names no structure"),
        (["contacts", "no/such/file.cif"], 2, "no such file"),
        (["contacts", "2C5D", "--cutoff", "-1"], 2, "a cutoff is a distance"),
        (["contacts", "2C5D", "--level", "chain"], 2, "unknown level"),
        (["contacts", "2C5D", "--format", "xml"], 2, "unknown format"),
        (["contacts", "2C5D", "--between", "A", "Z"], 1, "no protein chain 'Z'"),
        (["contacts", "2C5D", "--assembly", "7"], 1, "no assembly '7'"),
        (["contacts", "AF-P30530"], 1, "no chain of GAS6"),
        (["--target", "nothing", "where", "Y702"], 1, "no such target"),
        (["figure", "nothing", "-o", "x.png"], 2, "unknown figure"),
        (["figure", "domains", "-o", "x.bmp"], 2, ""),
        (["view", "2C5D", "--color", "rainbow", "-o", "x.html"], 2, ""),
        (["view", "2C5D", "-o", "x.txt"], 2, "expected .html or .htm, found .txt"),
        (["report", "-o", "x"], 2, "found no suffix"),
        (["where"], 2, "Missing argument"),
        (["bogus"], 2, "No such command"),
        (["fetch", "9XYZ"], 1, "missing: 9XYZ"),
    ],
)
def test_bad_input_gets_one_clear_line(axlstruct, tmp_path, words, code, said):
    before = sorted(path.name for path in tmp_path.rglob("*"))
    done = axlstruct(*words)
    if "needs coordinates" in done.stderr or "need coordinates" in done.stderr or "is not in the cache" in done.stderr:
        mirror("2c5d.cif")
    assert (done.returncode, len(done.stderr.splitlines())) == (code, 1), done.stderr
    assert said in done.stderr
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_a_figure_says_which_options_it_does_not_use_and_where_it_is_larger_than_a_page(axlstruct):
    done = axlstruct("figure", "ddg", "--structure", "2C5D", "--print", "--cutoff", "4", "--width", "100", "-o", "x.png")
    assert done.stderr.splitlines()[0] == "note: figure ddg does not use --structure, --cutoff, --print"
    assert [line for line in done.stderr.splitlines() if "its parts do not fit 100 mm" in line]
    said = axlstruct("figure", "ddg", "-o", "x.png").stderr.splitlines()
    assert [line for line in said if not line.startswith("note: released analysis of ")] == ["wrote x.png"]


def test_a_file_is_checked_before_it_is_believed(axlstruct, tmp_path):
    for name, text, said in [
        ("page.pdb", "<html><body>503 Service Unavailable</body></html>", "HTML"),
        ("empty.cif", "", "empty file"),
    ]:
        (tmp_path / name).write_text(text)
        done = axlstruct("contacts", name)
        assert (done.returncode, done.stdout) == (1, "")
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_a_file_that_is_cut_is_read_as_far_as_it_goes_and_said_to_be_cut(axlstruct, tmp_path):
    whole = mirror("2c5d.cif").read_text()
    (tmp_path / "cut.cif").write_text(whole[: whole.index("\n", len(whole) // 2) + 1])
    done = axlstruct("residues", "cut.cif")
    assert done.returncode == 0
    assert "declared (_struct_asym) without atoms" in done.stderr


def test_another_entry_under_the_right_name_is_passed_over(axlstruct, tmp_path):
    folder = tmp_path / "wrong"
    folder.mkdir()
    (folder / "2c5d.cif").write_bytes(mirror("4ra0.cif").read_bytes())
    done = axlstruct("contacts", "2C5D", AXLSTRUCT_MIRROR=str(folder))
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 120)
    assert "another entry" in done.stderr, "the released analysis answers, and says why"


def test_only_the_receptor_in_the_file(axlstruct, tmp_path):
    lines = [line for line in mirror("2c5d.pdb").read_text().splitlines() if line.startswith("ATOM") and line[21] in "CD"]
    (tmp_path / "axl.pdb").write_text("\n".join([*lines, "END", ""]))
    done = axlstruct("contacts", "axl.pdb")
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    assert "no chain of GAS6" in done.stderr
    assert "no heavy-atom contact" in done.stderr


def test_zero_contacts_are_said(axlstruct):
    done = axlstruct("contacts", "2C5D", "--between", "A", "B")
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1
    assert "no heavy-atom contact" in done.stderr


def test_extended_ids_mean_the_same(axlstruct):
    assert axlstruct("interfaces", "pdb_00002c5d").stdout == axlstruct("interfaces", "2c5d").stdout


def test_formats_agree(axlstruct, tmp_path):
    pd = pytest.importorskip("pandas")
    tsv = axlstruct("contacts", "2C5D").stdout.splitlines()
    rows = record(axlstruct("contacts", "2C5D", "--format", "json"))
    assert len(tsv) - 1 == len(rows) == 43 + 41 + 17 + 18
    axlstruct("contacts", "2C5D", "-o", "contacts.parquet")
    table = pd.read_parquet(tmp_path / "contacts.parquet")
    assert list(table.columns) == tsv[0].split("\t") == list(rows[0])
    assert len(table) == len(rows)


@pytest.mark.slow
def test_run_writes_everything_and_says_what_is_missing(axlstruct, tmp_path):
    mirror("2c5d.cif")
    done = axlstruct("run", "-o", "results")
    assert done.returncode == 0, done.stderr
    assert "Could not be had: 5U6B" in done.stdout
    assert "14 H-bonds (2 in salt bridges), 5 salt bridges\n" in done.stdout
    assert "4 H-bonds (1 in salt bridges), 1 salt bridge\n" in done.stdout
    names = {path.name for path in (tmp_path / "results").iterdir()}
    assert {
        "residues.tsv",
        "contacts.tsv",
        "interfaces.tsv",
        "domains.svg",
        "contact-map.png",
        "view.html",
        "report.html",
        "provenance.json",
    } <= names
    record = json.loads((tmp_path / "results" / "provenance.json").read_text())
    assert {s["id"] for s in record["structures"]} == {"2C5D", "4RA0", "AF-P30530"}
    assert all(len(s["sha256"]) == 64 for s in record["structures"])
    assert {s["url"] for s in record["structures"]} == {"2c5d.cif", "4ra0.cif", "AF-P30530-F1.pdb"}
    results = tmp_path / "results"
    hashes = {path.name: sha256(path.read_bytes()).hexdigest() for path in results.iterdir() if path.name != "provenance.json"}
    assert record["outputs"] == hashes, "of each file as it lies there"
    chains = {s["id"]: {c["chain"]: (c["protein"], c["offset"]) for c in s["chains"]} for s in record["structures"]}
    assert chains["2C5D"] == {"A": ("GAS6", 0), "B": ("GAS6", 0), "C": ("AXL", 7), "D": ("AXL", 7)}
    assert record["missing"]["5U6B"].startswith("cache: 5U6B is not"), "no folder of a machine"


def test_run_without_the_required_structure_writes_nothing(axlstruct, tmp_path):
    unreleased = shutil.copytree(ROOT / "axlstruct" / "targets" / "axl", tmp_path / "axl", ignore=lambda *_: ["released"])
    done = axlstruct("--target", str(unreleased), "run", "-o", "results", AXLSTRUCT_MIRROR="")
    assert done.returncode == 1
    assert "2C5D" in done.stderr
    assert not (tmp_path / "results").exists()


def test_what_ships_is_enough_for_a_residue(axlstruct):
    answer = record(axlstruct("where", "Y702", "--format", "json", AXLSTRUCT_MIRROR=""))
    seen = {(p["structure"], p["chain"]): p["coverage"] for p in answer["placements"]}
    assert seen["2C5D", "C"] == "not-in-construct"
    assert seen["5U6B", "B"] == "observed"
    assert seen["AF-P30530", "A"] == "predicted"


def test_a_folder_that_cannot_be_written(axlstruct, tmp_path):
    (tmp_path / "file").write_text("")
    done = axlstruct("run", "-o", "file/results")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_global_options_stand_anywhere():
    assert global_options_first(["where", "--target=x", "Y702", "--offline"]) == ["--target=x", "--offline", "where", "Y702"]
    assert global_options_first(["where", "--", "--offline"]) == ["where", "--", "--offline"]


def test_typer_is_shown_the_command_that_is_asked_for_or_all():
    shown = [[info.callback for info in _app_for(words).registered_commands] for words in (["where", "Y702"], ["--help"])]
    assert [command.__name__ for command in shown[0]] == ["where"]
    assert shown[1] == list(COMMANDS)
    assert len(app.registered_commands) == len(COMMANDS), "asking once leaves the next asking as it was"


def test_second_target_from_files_alone(axlstruct):
    folder = ROOT / "notebooks" / "toy"
    answer = record(axlstruct("--target", str(folder), "--mirror", str(folder), "where", "Y6", "--format", "json"))
    assert answer["exons"] == [1, 2]
    assert answer["genomic"]["bases"] == [1001, 1000, 930]
    assert [p["coverage"] for p in answer["placements"]] == ["unobserved"]


@pytest.mark.parametrize("module", ["numpy", "pandas", "requests", "matplotlib", "Bio", "py3Dmol", "typer"])
def test_import_loads_nothing_heavy(module):
    code = f"import sys, axlstruct; assert {module!r} not in sys.modules; assert axlstruct.load"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_look_up_needs_neither_numpy_nor_network():
    code = (
        "import sys, axlstruct; axlstruct.load('axl', offline=True, mirror=[]).where('Y702');"
        "assert not {'numpy', 'pandas', 'requests'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
