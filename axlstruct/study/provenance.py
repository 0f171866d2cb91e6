"""Where the numbers of a study come from: inputs with hashes, what ships with the target, settings, packages."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axlstruct.sources.released import ORIGIN
from axlstruct.structure.area_settings import AreaSettings

if TYPE_CHECKING:
    from axlstruct.sources.library import Held
    from axlstruct.study.session import Session

PACKAGES = ("biopython", "gemmi", "jinja2", "matplotlib", "numpy", "pandas", "py3dmol", "requests")


def record_of(session: Session, present: Iterable[str], *, cutoff: float) -> dict[str, Any]:
    """The record of a study's inputs, ready for JSON.

    Parameters
    ----------
    session : Session
    present : iterable of str
        Structures at hand.
    cutoff : float
        Angstrom, of the contacts.
    """
    target, areas = session.target, AreaSettings()
    return {
        "program": f"axlstruct {version_of('axlstruct')}",
        "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "target": target.name,
        "settings": {
            "cutoff": cutoff, "assembly": "asu", "atoms": "heavy atoms, conformer of highest occupancy",
            "areas": str(areas), "burial radii": areas.label_radii, "burial scale": areas.scale,
        },
        "structures": [
            {
                "id": id, "origin": held.origin, **asdict(held.provenance), "url": address_of(held.provenance.url),
                "basis": "released analysis" if held.origin == ORIGIN else "coordinates",
                "chains": _chains(held), "notes": [homeless(session, note) for note in held.notes],
            }
            for id in present
            for held in [session.held(id)]
        ],
        "proteins": [
            {
                "name": p.name, "accession": p.accession, "residues": len(p), "source": p.source,
                "transcript": p.transcript.source or p.transcript.id if p.transcript else None, "notes": list(p.notes),
            }
            for p in target.proteins
        ],
        "packages": {name: version_of(name) for name in PACKAGES},
    }  # fmt: skip


def homeless(session: Session, text: str) -> str:
    """A message without the folders of this machine: what is in the cache or a mirror keeps its name there."""
    folders = [(str(session.cache.root), "cache"), *((str(mirror), "mirror") for mirror in session.cache.mirrors)]
    for folder, name in sorted(folders, key=lambda pair: -len(pair[0])):
        text = text.replace(f"{folder}/", "").replace(f"{folder}{os.sep}", "").replace(folder, name)
    return text


def address_of(text: str) -> str:
    """An address as it is; of a path the file's name, for folders tell of a machine and not of where numbers come from.

    Examples
    --------
    >>> address_of("/home/me/mirror/2c5d.cif"), address_of("https://files.rcsb.org/download/2C5D.cif.gz")
    ('2c5d.cif', 'https://files.rcsb.org/download/2C5D.cif.gz')
    """
    return text if "://" in text else Path(text).name


def _chains(held: Held) -> list[dict[str, Any]]:
    return [
        {
            "chain": m.chain.chain, "protein": m.protein.name, "mapped by": m.method, "offset": m.offset,
            "identity": round(m.identity, 4), "notes": list(m.notes),
        }
        for m in held.maps
    ]  # fmt: skip


def version_of(package: str) -> str:
    """Version of an installed package, or that it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
