"""Structures by name and by path, and the record of where each came from."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from shared_files import mirror

from axlstruct.study.facade import Study


def test_the_record_of_a_file_given_by_path_is_that_of_the_whole_file(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "mine.cif"
    path.write_bytes(mirror("2c5d.cif").read_bytes())
    held = study.session.library.get(str(path))
    content = path.read_bytes()
    assert (held.origin, held.provenance.sha256, held.provenance.bytes) == ("file", sha256(content).hexdigest(), len(content))
    assert held.provenance.url == str(path)
