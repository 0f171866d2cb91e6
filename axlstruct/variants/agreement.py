"""Which numbering a list of variants is written in: the one in which most of its letters are right."""

from __future__ import annotations

from collections.abc import Iterable

from axlstruct.errors import AxlstructError
from axlstruct.sequence.notation import Query
from axlstruct.sequence.target import Protein
from axlstruct.variants import hgvs
from axlstruct.variants.annotation import Known, parts
from axlstruct.variants.rows import Given

_FEWEST = 2
"""Variants from which on a list is one: of a single one its row says what else it may mean."""


def better_reading(variants: Iterable[Given], known: Known) -> tuple[str, ...]:
    """A sentence where the letters of a list agree better with another numbering than with UniProt's; nothing else.

    Parameters
    ----------
    variants : iterable of Given
    known : Known
        With the author numbers of the target's structures.

    Returns
    -------
    tuple of str
        None or one, with counts.
    """
    plain = [query for given in variants if _counts_plainly(given) for query in _plain(given, known)]
    if len(plain) < _FEWEST or not (known.numberings or known.target.receptor.numberings):
        return ()
    fitting = sum(_fits(query, known) for query in plain)
    counts: dict[str, tuple[int, str]] = {}
    for numbering in known.numberings:
        count = sum(any(_of(query, p, known) for p, _, _ in numbering.residues.get(_key(query), ())) for query in plain)
        counts[f"author numbers of {numbering.structure}"] = count, f"{{}}@{numbering.structure}"
    receptor = known.target.receptor
    for form in receptor.numberings:
        count = sum(_letter(receptor, form.position(query.number)) == query.letter for query in plain if query.number > 0)
        counts[f"numbers of {form.name}"] = count, f"{form.name}:{{}}"
    words, (best, written) = max(counts.items(), key=lambda item: item[1][0])
    if best <= fitting:
        return ()
    first = plain[0].text.strip()
    return (
        f"the letters of {best} of {len(plain)} variants fit {words}, those of {fitting} fit UniProt positions,"
        f" as which all are read (in the other numbering: {written.format(first)})",
    )


def _counts_plainly(given: Given) -> bool:
    """Whether no transcript and no bases say in which sequence a variant counts."""
    return bool(given.read) and not given.genomic and not given.transcript


def _plain(given: Given, known: Known) -> list[Query]:
    """Residues of a variant that are given by letter and number alone, or with a gene that the target has."""
    found = []
    for part in parts(given.read):
        try:
            query = hgvs.read_change(part).first
        except AxlstructError:
            continue
        owner = query.protein or given.gene
        genes = {protein.name.upper() for protein in known.target.proteins}
        if not query.structure and query.letter != hgvs.STOP and (not owner or owner.upper() in genes):
            found.append(Query(query.text, query.number, query.letter, protein=owner))
    return found


def _key(query: Query) -> tuple[int, str]:
    return query.number, query.letter


def _of(query: Query, protein: Protein, known: Known) -> bool:
    return not query.protein or known.target.protein(query.protein) is protein


def _fits(query: Query, known: Known) -> bool:
    protein = known.target.protein(query.protein) if query.protein else known.target.receptor
    return _letter(protein, query.number) == query.letter


def _letter(protein: Protein, position: int) -> str:
    return protein.sequence[position - 1] if 1 <= position <= len(protein) else ""
