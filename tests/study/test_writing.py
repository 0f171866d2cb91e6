"""Files whole or not at all; devices, pipes, links and streams; what killed runs left behind."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from axlstruct import writing
from axlstruct.errors import OutputError
from axlstruct.writing import alive, same_file, stream_of, sweep, write_whole

posix = pytest.mark.skipif(os.name != "posix", reason="devices and pipes as files")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_and_its_folder_are_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "x.tsv", b"new")
    assert (tmp_path / "a" / "b" / "x.tsv").read_bytes() == b"new"
    assert names(tmp_path / "a" / "b") == ["x.tsv"]


def test_a_link_stays_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x.tsv").write_text("old")
    for link, target in (("link.tsv", "real/x.tsv"), ("chain.tsv", "link.tsv"), ("new.tsv", "real/made.tsv")):
        (tmp_path / link).symlink_to(target)
        write_whole(tmp_path / link, link.encode())
        assert (tmp_path / link).is_symlink()
        assert (tmp_path / target).read_bytes() == link.encode()
    assert names(tmp_path / "real") == ["made.tsv", "x.tsv"]


def test_the_rights_of_a_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("old")
    path.chmod(0o600)
    write_whole(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@posix
def test_a_device_is_written_through(tmp_path: Path) -> None:
    before = os.stat(os.devnull)
    write_whole(Path(os.devnull), b"gone")
    (tmp_path / "null").symlink_to(os.devnull)
    write_whole(tmp_path / "null", b"gone")
    after = os.stat(os.devnull)
    assert (after.st_mode, after.st_rdev, after.st_ino) == (before.st_mode, before.st_rdev, before.st_ino)
    assert (tmp_path / "null").is_symlink()


@posix
def test_a_full_device_is_named() -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    with pytest.raises(OutputError, match=r"^/dev/full: cannot write: No space left"):
        write_whole(Path("/dev/full"), b"x")


@posix
def test_a_pipe_is_written_through(tmp_path: Path) -> None:
    pipe, got = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"through")
    reader.join(10)
    assert got == [b"through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@posix
def test_standard_output_is_a_stream_also_where_it_is_a_file(tmp_path: Path) -> None:
    """Replaced, the file would lose what stood in it, and whatever follows would go to no file at all."""
    out = tmp_path / "out"
    code = (
        "from pathlib import Path; from axlstruct.writing import write_whole;"
        "print('before'); write_whole(Path('/dev/stdout'), b'data\\n'); print('after')"
    )
    with out.open("a") as file:
        file.write("first\n")
        file.flush()
        subprocess.run([sys.executable, "-c", code], stdout=file, check=True, timeout=60)
    assert out.read_text() == "first\nbefore\ndata\nafter\n"


@pytest.mark.parametrize("name", ["folder", "loop", "x\0y", "file/x", "n" * 300])
def test_what_cannot_be_written_is_one_line_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept")
    (tmp_path / "loop").symlink_to("loop")
    before = names(tmp_path)
    with pytest.raises(OutputError, match="cannot write") as caught:
        write_whole(tmp_path / name, b"x")
    assert "\n" not in str(caught.value)
    assert names(tmp_path) == before
    assert (tmp_path / "file").read_text() == "kept"


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("old")

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:1])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_whole(path, b"new")
    assert (path.read_text(), names(tmp_path)) == ("old", ["x.tsv"])


def test_parts_of_killed_runs_are_swept_and_those_of_living_ones_stay(tmp_path: Path) -> None:
    dead = 2**30  # more than any process has
    host = writing._host()
    killed, mine, elsewhere, old = (
        tmp_path / f".axlstruct-{where}-{process}-0.part"
        for where, process in ((host, dead), (host, os.getpid()), ("00000000", dead), ("00000000", 1))
    )
    for part in (killed, mine, elsewhere, old, tmp_path / "results.part", tmp_path / ".axlstruct-x.part"):
        part.write_text("half")
    os.utime(old, (0, 0))
    write_whole(tmp_path / "x.tsv", b"new")
    assert {path.name for path in tmp_path.iterdir()} == {
        mine.name, elsewhere.name, "x.tsv", "results.part", ".axlstruct-x.part",
    }  # fmt: skip
    killed.write_text("half")
    sweep(tmp_path)
    assert killed.exists(), "once a process is enough"
    assert alive(os.getpid())
    assert not alive(dead)


def test_names_of_streams() -> None:
    paths = ["/dev/stdout", "/dev/stderr", "/dev/fd/7", "/proc/self/fd/1", "/dev/fd/0", "/dev/null", "stdout", "/dev/fd/../x"]
    assert [stream_of(Path(path)) for path in paths] == [1, 2, 7, 1, None, None, None, None]


def test_the_same_file_by_another_name(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    (tmp_path / "y").write_text("")
    (tmp_path / "link").symlink_to("x")
    os.link(tmp_path / "x", tmp_path / "hard")
    assert same_file(tmp_path / "x", tmp_path / "link")
    assert same_file(tmp_path / "x", tmp_path / "hard")
    assert not same_file(tmp_path / "x", tmp_path / "y")
    assert not same_file(tmp_path / "x", tmp_path / "none")
    assert not same_file(tmp_path, tmp_path)
