"""Where the numbers of a study come from: inputs with hashes, what ships with the target, settings, packages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from axlstruct.area_settings import AreaSettings

if TYPE_CHECKING:
    from axlstruct.sources.library import Held
    from axlstruct.study import Study

PACKAGES = ("biopython", "gemmi", "jinja2", "matplotlib", "numpy", "pandas", "py3dmol", "requests")


def record_of(study: Study, present: Iterable[str], *, cutoff: float) -> dict[str, Any]:
    """The record of a study's inputs, ready for JSON.

    Parameters
    ----------
    study : Study
    present : iterable of str
        Structures at hand.
    cutoff : float
        Angstrom, of the contacts.
    """
    target, areas = study.target, AreaSettings()
    return {
        "program": f"axlstruct {_version('axlstruct')}",
        "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "target": target.name,
        "settings": {
            "cutoff": cutoff, "assembly": "asu", "atoms": "heavy atoms, conformer of highest occupancy",
            "areas": str(areas), "burial scale": areas.scale,
        },
        "structures": [
            {"id": id, "origin": held.origin, **asdict(held.provenance), "chains": _chains(held), "notes": list(held.notes)}
            for id in present
            for held in [study.library.get(id)]
        ],
        "proteins": [
            {
                "name": p.name, "accession": p.accession, "residues": len(p), "source": p.source,
                "transcript": p.transcript.source or p.transcript.id if p.transcript else None, "notes": list(p.notes),
            }
            for p in target.proteins
        ],
        "packages": {name: _version(name) for name in PACKAGES},
    }  # fmt: skip


def _chains(held: Held) -> list[dict[str, Any]]:
    return [
        {
            "chain": m.chain.chain, "protein": m.protein.name, "mapped by": m.method, "offset": m.offset,
            "identity": round(m.identity, 4), "notes": list(m.notes),
        }
        for m in held.maps
    ]  # fmt: skip


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
