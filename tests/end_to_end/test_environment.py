"""environment.yml and pyproject.toml name the same packages; that the environment solves is not tried here."""

import re
import tomllib

from shared_files import ROOT

EXTRAS = ("lab", "parquet", "xlsx", "graph", "widget", "bcif")
CONDA_NAMES = {"matplotlib": "matplotlib-base", "msgpack": "msgpack-python"}


def split(requirement: str) -> tuple[str, str]:
    name, bounds = re.fullmatch(r"([A-Za-z0-9_.-]+)\s*([<>=!~].*)?", requirement.strip()).groups()
    return name.lower(), (bounds or "").replace(" ", "")


def test_same_packages_and_bounds():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = dict(split(item) for item in [*project["dependencies"], *(item for name in EXTRAS for item in extras[name])])
    listed = (ROOT / "environment.yml").read_text(encoding="utf-8").partition("dependencies:")[2]
    given = dict(split(item) for item in re.findall(r"^\s+- ([A-Za-z][^:#\n]*?)\s*$", listed, re.MULTILINE))
    python = given.pop("python")
    given.pop("pip")
    assert python == project["requires-python"]
    assert given == {CONDA_NAMES.get(name, name): bounds for name, bounds in wanted.items()}
