"""Files that somebody else made: what a target may name, how large and how deep a file may be, what is no file at all."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from shared_files import mirror
from targets import TOML, load

import axlstruct
from axlstruct.errors import ContentError, OfflineError, TargetError
from axlstruct.sources import content, mmcif, packing
from axlstruct.sources.cache import Cache
from axlstruct.sources.content import read_bytes, read_json, read_text, tsv_rows
from axlstruct.sources.coordinates import read_structure
from axlstruct.sources.evidence import read_table
from axlstruct.sources.target import load_target
from axlstruct.study.facade import Study

posix = pytest.mark.skipif(os.name != "posix", reason="devices and pipes as files")
DIGITS = "1" * 5000


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file outside the target's folder, which holds a sequence so that reading it would succeed."""
    path = tmp_path / "secret.fasta"
    path.write_text(">secret\nMKTLLVPEWDRHSGNCQIVKFYWERTYNAS\n")
    return path


@pytest.fixture
def folder(tmp_path: Path, secret: Path) -> Path:
    (tmp_path / "target").mkdir()
    return tmp_path / "target"


OUTSIDE = ["../secret.fasta", "x/../../secret.fasta", "{secret}", "/dev/zero", "link.fasta", "linked/secret.fasta"]


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("key", ["sequence", "features", "ligand", "relatives", "structures"])
def test_a_target_names_only_what_lies_in_its_folder(folder: Path, secret: Path, name: str, key: str) -> None:
    (folder / "link.fasta").symlink_to(secret)
    (folder / "linked").symlink_to(secret.parent)
    name = name.format(secret=secret)
    text = {
        "sequence": TOML.replace('sequence = "ligand.fasta"', f'sequence = "{name}"'),
        "features": TOML.replace("features = []", f'features = "{name}"'),
        "ligand": f'ligand = "{name}"\n' + TOML[: TOML.index("[ligand]")] + TOML[TOML.index("[[structures]]") :],
        "relatives": f'{TOML}\n[family]\nrelatives = ["{name}"]\n',
        "structures": TOML.replace('id = "2TOY"', f'id = "{name}"'),
    }[key]
    with pytest.raises(TargetError, match="only what lies in its folder") as caught:
        load(folder, text)
    assert "\n" not in str(caught.value)


def test_what_lies_deeper_may_be_named(folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "ligand.fasta").write_text(">x\nMKTLLVPEWD\n")
    (folder / "alias.fasta").symlink_to("data/ligand.fasta")
    for name in ("data/ligand.fasta", "./data/ligand.fasta", "alias.fasta"):
        assert load(folder, TOML.replace('"ligand.fasta"', f'"{name}"')).ligand.sequence == "MKTLLVPEWD"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = " + "[" * 5000 + "]" * 5000, "nested too deeply"),
        (f"schema = {DIGITS}", "no readable TOML"),
        ("schema = 1\n\0", "TOML"),
        ("a." * 5000 + "b = 1", "TOML|key"),
        (b"\xff\xfe", "cannot be read"),
        (TOML.replace("first = 5", f'first = "{DIGITS}"'), "digits"),
        (TOML.replace("first = 5", "first = [[[[]]]]"), "target.toml"),
    ],
    ids=["deep", "digits", "NUL", "dotted", "no text", "digits in a row", "a list"],
)  # fmt: skip
def test_odd_toml_is_one_clear_line(folder: Path, text: str | bytes, said: str) -> None:
    (folder / "target.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(TargetError, match=said) as caught:
        load_target(folder, Cache(folder / "cache", (), offline=True))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["first\tlast\tname\n1\t" + "2" * 200_000, f"kind\tname\tfirst\tlast\nx\tx\t{DIGITS}\t9"])
def test_an_odd_table_of_a_target_is_one_clear_line(folder: Path, text: str) -> None:
    (folder / "features.tsv").write_text(text)
    with pytest.raises(TargetError, match=r"features\.tsv") as caught:
        load(folder, TOML.replace("features = []", 'features = "features.tsv"'))
    assert "\n" not in str(caught.value)


def test_an_odd_table_of_evidence_is_one_clear_line(folder: Path) -> None:
    target = load(folder)
    for text in ("x" * 200_000, "\0", "a\tb\n" + "\t" * 200_000, f"{DIGITS}\n"):
        (folder / "partners.tsv").write_text(text)
        with pytest.raises(TargetError) as caught:
            read_table(folder / "partners.tsv", target, "partners")
        assert "\n" not in str(caught.value)


def test_cells_of_any_length_up_to_the_reader_s(tmp_path: Path) -> None:
    assert list(tsv_rows('a\t"b\n\n1\t2\n', "x")) == [["a", '"b'], [], ["1", "2"]]
    with pytest.raises(ContentError, match="no readable table"):
        list(tsv_rows("x" * 200_000, "x"))


def test_sizes_are_capped_before_and_after_unpacking(written: Callable[..., Path]) -> None:
    plain, bomb = written(b"x" * 1001), written(gzip.compress(bytes(10_000_000)), "x.gz")
    assert len(read_bytes(plain)) == 1001
    with pytest.raises(ContentError, match=r"larger than allowed .expected at most 1000 bytes, found 1001 bytes"):
        read_bytes(plain, max_bytes=1000)
    with pytest.raises(ContentError, match="larger than allowed when unpacked"):
        read_bytes(bomb, max_text=1_000_000)


@posix
def test_only_regular_files_are_read(tmp_path: Path) -> None:
    """A pipe would be waited for, a device read without end."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    for path in (tmp_path / "pipe", tmp_path / "zero", tmp_path, Path("/dev/zero")):
        for read in (read_bytes, read_text, read_json):
            with pytest.raises(ContentError, match="not a regular file"):
                read(path)


@pytest.mark.parametrize("text", ["[" * 100_000, DIGITS, '{"a":' * 100_000, "", "\0", "{", "NaN x"])
def test_odd_json_is_one_clear_line(written: Callable[..., Path], text: str) -> None:
    with pytest.raises(ContentError, match="not JSON") as caught:
        read_json(written(text, "x.json"))
    assert "\n" not in str(caught.value)


@posix
def test_a_structure_is_read_from_a_regular_file_of_limited_size(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given by path or found in a mirror."""
    os.mkfifo(tmp_path / "pipe.cif")
    (tmp_path / "5u6b.cif").symlink_to("pipe.cif")
    (tmp_path / "bomb.cif.gz").write_bytes(gzip.compress(bytes(10_000_000)))
    monkeypatch.setattr(content, "MAX_TEXT", 1_000_000)
    for name, said in (("pipe.cif", "not a regular file"), ("bomb.cif.gz", "larger than allowed when unpacked")):
        with pytest.raises(ContentError, match=said):
            study.contacts(str(tmp_path / name))
    with pytest.raises(ContentError, match="not a regular file"):
        study.contacts("/dev/zero")
    lab = axlstruct.load("axl", mirror=[tmp_path], offline=True, cache=tmp_path / "cache")
    with pytest.raises(OfflineError, match="not a regular file"):
        lab.contacts("5U6B")
    monkeypatch.setattr(content, "MAX_BYTES", 1000)
    with pytest.raises(ContentError, match="larger than allowed"):
        study.contacts(str(mirror("4ra0.cif")))


@pytest.mark.parametrize("open_packed", [gzip.open, bz2.open, lzma.open], ids=["gzip", "bzip2", "xz"])
def test_a_small_file_that_unpacks_to_much_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_packed: Callable[..., Any]
) -> None:
    """Zeros at their first megabyte; other repetition at 200 times the size of the file; whatever else at the limit."""
    monkeypatch.setattr(packing, "_SMALL", 2**21)
    texts = {
        "one and the same byte": bytes(2**24),
        "over 200 times as large": b"ATOM\n" * 2**22,
        "larger than allowed when unpacked": random.Random(1).randbytes(2**16) * 3 + b"x",
    }
    for said, text in texts.items():
        with open_packed(tmp_path / "x.cif", "wb") as file:
            file.write(text)
        if said.startswith("larger"):
            monkeypatch.setattr(content, "MAX_TEXT", 2**17)
        with pytest.raises(ContentError, match=said) as caught:
            packing.contents(tmp_path / "x.cif")
        assert "\n" not in str(caught.value)


def test_a_file_of_zeros_is_empty(written: Callable[..., Path]) -> None:
    with pytest.raises(ContentError, match="empty file"):
        packing.contents(written(bytes(1000), "x.cif"))


@pytest.mark.parametrize("columns", ["auth_asym_id auth_seq_id", "label_asym_id label_seq_id"])
def test_a_chain_that_takes_hours_to_read_is_refused(
    written: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    """The reader seeks each residue among all of its chain."""
    monkeypatch.setattr(mmcif, "_MOST_RESIDUES", 10)
    tags = f"Cartn_x Cartn_y Cartn_z label_comp_id label_atom_id {columns}".split()
    head = "\n".join(["data_x", "loop_", *(f"_atom_site.{tag}" for tag in tags)])

    def rows(residues: int) -> str:
        return "\n".join([head, *(f"{4 * k} 0 0 ALA CA {chain} {k}" for chain in "AB" for k in range(residues)), ""])

    with pytest.raises(ContentError, match=r"chain A has too many residues \(expected at most 10, found 11\)"):
        read_structure(written(rows(11), "x.cif"))
    assert [len(chain.residues) for chain in read_structure(written(rows(10), "x.cif")).chains] == [10, 10]
