"""Everything the README shows is run: its commands, its Python, its transcript."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from shared_files import COORDINATES, ROOT, have_mirror, mirror

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ (axlstruct .*)$", README, re.MULTILINE)


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    folders = [
        *([str(mirror("2c5d.cif").parent)] if have_mirror() else []),
        *os.environ.get("AXLSTRUCT_MIRROR", "").split(os.pathsep),
    ]
    return os.environ | {
        "AXLSTRUCT_MIRROR": os.pathsep.join(filter(None, folders)),
        "AXLSTRUCT_CACHE": str(tmp_path_factory.mktemp("cache")),
        "AXLSTRUCT_GATEWAY": "http://127.0.0.1:9",  # nobody listens there: no test reaches the network
        "MPLBACKEND": "agg",
    }


def run(command: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", *shlex.split(command)]
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_there_are_commands():
    assert len(COMMANDS) > 8


@pytest.mark.parametrize("command", COMMANDS)
def test_command(command, tmp_path, environment):
    done = run(command, tmp_path, environment)
    if done.returncode == 1 and not have_mirror():
        assert re.search("axlstruct fetch|AXLSTRUCT_MIRROR", done.stderr), done.stderr
        pytest.skip(f"{COORDINATES}: {command}")
    assert done.returncode == 0, done.stderr
    named = re.search(r"-o (\S+)", command)
    if named:
        assert (tmp_path / named[1]).exists()
    else:
        assert done.stdout


def test_transcript(tmp_path, environment):
    shown = re.search(r"`\$ (axlstruct where R103)` on a terminal:\n\n```text\n(.*?)```", README, re.DOTALL)
    done = run(f"{shown[1]} --format table", tmp_path, environment)
    assert done.stdout.startswith(shown[2])


def test_python(tmp_path, environment):
    mirror("2c5d.cif")
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)[1]
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"^66$", done.stdout, re.MULTILINE)
    assert "pLDDT 56" in done.stdout
    assert (tmp_path / "domains.pdf").stat().st_size > 10_000
