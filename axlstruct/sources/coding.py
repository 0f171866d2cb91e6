"""The coding sequence of a protein of the target, if it is at hand."""

from __future__ import annotations

from dataclasses import replace

from axlstruct.errors import ContentError, OfflineError, UsageError
from axlstruct.sequence.target import Protein
from axlstruct.sources.cache import Cache
from axlstruct.sources.content import read_text
from axlstruct.sources.resources import coding_sequence
from axlstruct.sources.uniprot import parse_fasta
from axlstruct.variants.consequence import translate


def coding_of(protein: Protein, cache: Cache, *, fetch: bool = False) -> str | None:
    """The coding sequence of a protein's transcript with its stop codon; None where it is not at hand, or no transcript is known.

    Parameters
    ----------
    protein : Protein
    cache : Cache
    fetch : bool
        Ask the server where neither cache nor mirror has it.

    Raises
    ------
    ContentError
        It does not code the protein.
    SourceError
        It was to be fetched and cannot be had.
    """
    if protein.transcript is None:
        return None
    try:
        resource = coding_sequence(protein.transcript.id)
        fetched = (cache if fetch else replace(cache, offline=True)).get(resource)
    except (OfflineError, UsageError):
        if fetch and not cache.offline:
            raise
        return None
    _, letters = parse_fasta(read_text(fetched.path))
    coded = translate(letters)
    if coded != f"{protein.sequence}*":
        at = next((i for i, (a, b) in enumerate(zip(coded, protein.sequence, strict=False), 1) if a != b), len(coded))
        raise ContentError(
            f"the coding sequence of {protein.transcript.id} does not code {protein.name}",
            where=str(fetched.path), found=f"the first difference at residue {at}",
        )  # fmt: skip
    return letters
