"""Predicted aligned errors of a model: the file in each of its forms becomes one square array."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axlstruct.errors import ContentError

if TYPE_CHECKING:
    import numpy as np

_MATRIX = ("predicted_aligned_error", "pae")
_LARGEST = 100.0


def parse_pae(answer: Any, residues: int | None = None, where: str | None = None) -> np.ndarray:
    """The errors as an array, whatever the form of the file.

    Known forms are ``[{"predicted_aligned_error": [[...], ...], ...}]`` (AlphaFold DB since its second release), the same without
    the list around it, ``pae`` as its name (ColabFold, AlphaFold 3), and ``residue1``, ``residue2``, ``distance`` (the first).

    Parameters
    ----------
    answer : list or dict
        Content of the JSON file.
    residues : int, optional
        Number of residues that the model must have.
    where : str, optional
        File or address, for errors.

    Returns
    -------
    ndarray, shape (n, n), float32, Angstrom
        ``pae[i, j]``: expected error of residue ``j + 1`` when model and truth are laid on each other by residue ``i + 1``. It is
        not symmetric.

    Raises
    ------
    ContentError
        Another form, not square, of another size, or numbers that are no errors.

    Examples
    --------
    >>> parse_pae([{"predicted_aligned_error": [[0, 4], [5, 0]]}]).tolist()
    [[0.0, 4.0], [5.0, 0.0]]
    >>> parse_pae([{"residue1": [1, 1, 2, 2], "residue2": [1, 2, 1, 2], "distance": [0, 4, 5, 0]}]).tolist()
    [[0.0, 4.0], [5.0, 0.0]]
    """
    import numpy as np

    record = answer[0] if isinstance(answer, list) and len(answer) == 1 else answer
    if not isinstance(record, dict):
        raise ContentError("no predicted aligned errors", where=where, expected="a record, or a list of one")
    try:
        matrix = next((record[name] for name in _MATRIX if name in record), None)
        pae = np.array(matrix, dtype=np.float32) if matrix is not None else _from_pairs(record)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ContentError(f"no predicted aligned errors ({type(error).__name__}: {error})", where=where) from None
    if pae.ndim != 2 or pae.shape[0] != pae.shape[1] or not len(pae):
        raise ContentError("predicted aligned errors that are not square", where=where, found=" x ".join(map(str, pae.shape)))
    if residues is not None and len(pae) != residues:
        raise ContentError(
            "predicted aligned errors of another sequence", where=where, expected=f"{residues} residues", found=str(len(pae))
        )
    if not (np.isfinite(pae).all() and pae.min() >= 0 and pae.max() <= _LARGEST):
        raise ContentError("numbers that are no errors in Angstrom", where=where, expected=f"0 to {_LARGEST:g}")
    return pae


def _from_pairs(record: dict[str, Any]) -> np.ndarray:
    """The form of the first release: ``residue1`` is the one aligned on, ``residue2`` the one whose error it is."""
    import numpy as np

    first, second = (np.array(record[name], dtype=np.int64) - 1 for name in ("residue1", "residue2"))
    size = int(max(first.max(), second.max())) + 1
    if len(first) != size * size or min(first.min(), second.min()) < 0:
        raise ValueError(f"{len(first)} pairs of {size} residues")
    pae = np.full((size, size), np.nan, dtype=np.float32)
    pae[first, second] = np.array(record["distance"], dtype=np.float32)
    return pae
