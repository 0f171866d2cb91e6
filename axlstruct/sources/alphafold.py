"""AlphaFold DB: which of the models that its API lists is the one asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from axlstruct.errors import ContentError, NotFoundError
from axlstruct.sources.servers import alphafold_url


@dataclass(frozen=True, slots=True)
class Model:
    """A predicted model as its API describes it.

    Attributes
    ----------
    accession, id : str
        UniProt accession (with isoform) and model id, such as ``AF-P30530-F1``.
    cif_url, pae_url : str
        Addresses of coordinates and predicted aligned errors as the server names them; versioned names are never built.
    version : int or None
        None where the answer names none.
    created : str
    first, last : int
        Stretch of the UniProt sequence, 1-based.
    sequence : str
    plddt : float or None
        Mean confidence, 0-100.
    """

    accession: str
    id: str
    cif_url: str
    pae_url: str
    version: int | None
    created: str
    first: int
    last: int
    sequence: str
    plddt: float | None


def choose_model(answer: Any, accession: str) -> Model:
    """Choose the model of an accession from an answer of ``api/prediction``, which lists isoforms too.

    Parameters
    ----------
    answer : list of dict
    accession : str
        UniProt accession, with isoform where one is asked for.

    Raises
    ------
    NotFoundError
        Where no model of that very accession is listed.
    ContentError
        Where the answer is none of the API, or the model has no coordinates to fetch.
    """
    where = alphafold_url(accession)
    if not isinstance(answer, list) or not all(isinstance(record, dict) for record in answer):
        raise ContentError("not an answer of the AlphaFold DB", where=where, expected="a list of models")
    wanted = f"AF-{accession}-F1"
    single = [record for record in answer if not record.get("isComplex")]
    named = [record for record in single if _model_id(record) == wanted]
    whose = [record for record in single if _read(record, "uniprotAccession", "accession", default="") == accession]
    if not named and not whose:
        listed = ", ".join(sorted(_model_id(record) for record in answer)) or "no model"
        raise NotFoundError(f"AlphaFold DB has no model of {accession}", where=where, expected=wanted, found=listed)
    record = next((record for record in whose if _model_id(record) == wanted), (whose or named)[0])
    cif_url = _read(record, "cifUrl", default="")
    if not isinstance(cif_url, str) or not cif_url.startswith("https://"):
        raise ContentError("the model has no https address of coordinates", where=where, found=str(cif_url) or None)
    sequence = str(_read(record, "sequence", "uniprotSequence", default=""))
    version, plddt = _read(record, "latestVersion"), _read(record, "globalMetricValue", "meanPlddt")
    return Model(
        accession=accession,
        id=_model_id(record) or wanted,
        cif_url=cif_url,
        pae_url=str(_read(record, "paeDocUrl", default="")),
        version=version if isinstance(version, int) else None,
        created=str(_read(record, "modelCreatedDate", default="")),
        first=int(_read(record, "sequenceStart", "uniprotStart", default=1)),
        last=int(_read(record, "sequenceEnd", "uniprotEnd", default=len(sequence))),
        sequence=sequence,
        plddt=float(plddt) if isinstance(plddt, int | float) else None,
    )


def _model_id(record: dict[str, Any]) -> str:
    return str(_read(record, "modelEntityId", "entryId", default=""))


def _read(record: dict[str, Any], *keys: str, default: Any = None) -> Any:
    """The first of several names under which a field goes, some being renamed by the server."""
    return next((record[key] for key in keys if record.get(key) is not None), default)
