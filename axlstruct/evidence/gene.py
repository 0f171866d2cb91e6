"""What a review says of the gene, beside the target's own exons and features."""

from __future__ import annotations

from axlstruct.sequence.regions import stretches
from axlstruct.sequence.target import Protein, Target


def compare_gene(target: Target, item: str, region: str, stated: str, parts: str) -> tuple[str, str]:
    """The target's own numbers for a statement on the receptor's gene, and whether they agree with it.

    Parameters
    ----------
    target : Target
    item : str
        One of `axlstruct.evidence.registry.ITEMS`.
    region : str
        Exons of a statement of parts: ``exon 11`` or ``exons 1-10``.
    stated : str
        What the review says; a number for ``exons`` and ``residues``, a cytogenetic band for ``location``.
    parts : str
        Words for regions, separated by ``;``, that should lie in those exons.

    Returns
    -------
    ours : str
        Empty where the target's tables do not tell.
    agrees : str
        ``yes``, ``partly``, ``no`` or ``not comparable``.

    Raises
    ------
    SiteError
        A word that stands for no region of the target.
    """
    protein = target.receptor
    if item == "residues":
        return str(len(protein)), _same(stated, len(protein))
    if protein.transcript is None:
        return "", "not comparable"
    if item == "exons":
        return str(len(protein.exons)), _same(stated, len(protein.exons))
    if item == "location":
        return _location(protein, stated)
    return _parts(target, region, parts)


def _same(stated: str, ours: int) -> str:
    return "yes" if stated == str(ours) else "no"


def _location(protein: Protein, stated: str) -> tuple[str, str]:
    """The chromosome alone can be compared: no table of a target holds bands."""
    transcript = protein.transcript
    assert transcript is not None
    first, last = min(exon.start for exon in transcript.exons), max(exon.end for exon in transcript.exons)
    strand = "+" if transcript.strand == 1 else "-"
    place = f"chromosome {transcript.chromosome}, {first}-{last} ({strand}, {transcript.assembly})"
    chromosome = stated.replace("q", " ").replace("p", " ").split()[0]
    return f"{place}; bands are in none of our tables", "partly" if chromosome == transcript.chromosome else "no"


def _parts(target: Target, region: str, parts: str) -> tuple[str, str]:
    """How much of each part lies in the exons; ``partly`` where one reaches beyond them."""
    (coded,) = stretches(target, region)
    told, whole = [], []
    for word in filter(None, parts.split(";")):
        (part,) = stretches(target, word)
        inside = part.span.overlap(coded.span) if part.protein == coded.protein else None
        whole.append(inside == part.span)
        beyond = "" if inside == part.span else f" of {part.span}"
        told.append(f"{word} {inside}{beyond}" if inside else f"{word} {part.span} not there")
    ours = f"residues {coded.span}" + (f": {', '.join(told)}" if told else "")
    if not whole:
        return ours, "not comparable"
    return ours, "yes" if all(whole) else "partly" if any(" not there" not in text for text in told) else "no"
