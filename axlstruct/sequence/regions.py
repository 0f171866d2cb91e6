"""Words for parts of the receptor and its ligand, and the residues that they stand for."""

from __future__ import annotations

import difflib
import re
from typing import NamedTuple

from axlstruct.errors import SiteError
from axlstruct.sequence.features import Span
from axlstruct.sequence.notation import SHOWN, shortened
from axlstruct.sequence.parts import membrane_of
from axlstruct.sequence.residues import ONE_LETTER
from axlstruct.sequence.target import REGIONS, Protein, Target

NONE, WHOLE, LIGAND = "none", "whole receptor", "ligand"
JUXTAMEMBRANE, TAIL = "juxtamembrane", "tail"
_EXON = re.compile(rf"exons? (\d{{1,9}})(?:\s*[-–]\s*(\d{{1,9}}))?(?: ({'|'.join(REGIONS)}))?")
_LETTER = "|".join((*ONE_LETTER, *ONE_LETTER.values()))
_RESIDUES = re.compile(rf"({_LETTER})?(\d{{1,9}})(?:\s*[-–]\s*({_LETTER})?(\d{{1,9}}))?", re.IGNORECASE)


class Stretch(NamedTuple):
    """Residues of one protein of the target."""

    protein: str
    """Gene symbol."""
    span: Span

    def overlaps(self, other: Stretch) -> bool:
        """Whether any residue is shared."""
        return self.protein == other.protein and self.span.overlap(other.span) is not None


def stretches(target: Target, words: str) -> tuple[Stretch, ...]:
    """Residues that words for regions stand for.

    Parameters
    ----------
    target : Target
    words : str
        One or more, separated by ``;``: ``none``, ``whole receptor``, ``ligand``; ``signal``, ``extracellular``,
        ``transmembrane``, ``cytoplasmic``; ``juxtamembrane`` (between membrane and the next domain), ``tail`` (behind the last
        domain); a domain by its name or short name, whatever the case; ``exon 11``, ``exons 1-10``, ``exon 11 extracellular``.
        ``GAS6:`` before a word speaks of that protein; without it, of the receptor if it has such a part, else of the ligand.

    Raises
    ------
    SiteError
        No such region; the known ones are named.
    """
    return tuple(stretch for word in words.split(";") for stretch in _stretches(target, word))


def asked(target: Target, query: str) -> tuple[Stretch, ...]:
    """Residues that a user asks for: words as in `stretches`, a position, a residue or a range.

    Parameters
    ----------
    target : Target
    query : str
        ``kinase``, ``exon 11``, ``702``, ``Y702``, ``690-720``, ``GAS6:304``...; UniProt positions of the receptor where no
        protein is named.

    Raises
    ------
    SiteError
        No such region or position, or another letter there.
    """
    protein, text = _protein_of(target, query)
    match = _RESIDUES.fullmatch(text)
    if match is None:
        return stretches(target, query)
    first = _position(protein or target.receptor, match[1], match[2])
    last = _position(protein or target.receptor, match[3], match[4]) if match[4] else first
    if last < first:
        raise SiteError("a range runs from its first to its last position", where=query)
    return (Stretch((protein or target.receptor).name, Span(first, last)),)


def residue_stretches(target: Target, residues: str) -> tuple[Stretch, ...]:
    """Residues written as ``Y779;GAS6:R310``, letters checked against the sequence."""
    return tuple(stretch for residue in filter(None, residues.split(";")) for stretch in asked(target, residue.strip()))


def region_at(protein: Protein, position: int) -> str:
    """The finest word for the place of a residue: a domain's short name, else tail or juxtamembrane, else its topology.

    A short name that is a word is written small, as regions are: ``kinase``, ``IG1``.
    """
    for feature in protein.features_of("domain"):
        if feature.covers(position):
            return feature.label.lower() if feature.label.isalpha() and feature.label.istitle() else feature.label
    parts = {word: _part(protein, word) for word in (JUXTAMEMBRANE, TAIL)}
    return next((word for word, span in parts.items() if span and position in span), protein.region(position))


def known_regions(target: Target) -> list[str]:
    """Words that `stretches` knows for this target, exons left out."""
    words = [NONE, WHOLE] + ([LIGAND, target.ligand.name] if target.ligand else [])
    parts = (*REGIONS, JUXTAMEMBRANE, TAIL)
    words += [word for word in parts if _part(target.receptor, word)]
    return words + [feature.label for protein in target.proteins for feature in protein.features_of("domain")]


def _stretches(target: Target, word: str) -> list[Stretch]:
    protein, text = _protein_of(target, word)
    receptor, ligand = target.receptor, target.ligand
    text = text.lower()
    if text == NONE:
        return []
    if text in (WHOLE, receptor.name.lower()):
        return [Stretch(receptor.name, Span(1, len(receptor)))]
    if ligand and text in (LIGAND, ligand.name.lower(), f"{LIGAND} {ligand.name.lower()}"):
        return [Stretch(ligand.name, Span(1, len(ligand)))]
    for candidate in [protein] if protein else target.proteins:
        span = _part(candidate, text)
        if span:
            return [Stretch(candidate.name, span)]
    known = known_regions(target)
    close = difflib.get_close_matches(text[:SHOWN], [name.lower() for name in known], 1)
    raise SiteError(
        f"no region {shortened(word.strip())!r}",
        expected=", ".join(known) + ", exon N, a position or a range",
        advice=f"did you mean {close[0]!r}?" if close else None,
    )


def _protein_of(target: Target, word: str) -> tuple[Protein | None, str]:
    """The protein that a word names before its colon, and the rest with single blanks."""
    name, colon, rest = word.partition(":")
    return (target.protein(name.strip()) if colon else None), " ".join((rest if colon else name).split())


def _part(protein: Protein, text: str) -> Span | None:
    """A part of one protein by a word in small letters; None where it has none."""
    if match := _EXON.fullmatch(text):
        first, last = int(match[1]), int(match[2] or match[1])
        coded = [exon.span for exon in protein.exons if exon.span and first <= exon.number <= last]
        span = Span(coded[0].first, coded[-1].last) if coded and last <= len(protein.exons) else None
        side = _part(protein, match[3]) if match[3] else span
        return span.overlap(side) if span and side else None
    domains = protein.features_of("domain")
    for feature in (*domains, *protein.features_of("region"), *protein.features_of("signal")):
        if text in (feature.name.lower(), feature.label.lower()) or _bare(text) == _bare(feature.label):
            return feature.span
    if text == "signal":
        return next((feature.span for feature in protein.features_of("signal")), None)
    membrane = next((f.span.last for f in membrane_of(protein)), None)
    if membrane is None or not domains:
        return None
    behind = [feature.span.first for feature in domains if feature.span.first > membrane]
    last = domains[-1].span.last
    if text == JUXTAMEMBRANE and behind and behind[0] > membrane + 1:
        return Span(membrane + 1, behind[0] - 1)
    return Span(last + 1, len(protein)) if text == TAIL and membrane < last < len(protein) else None


def _bare(text: str) -> str:
    """Letters and digits only; ``FNIII-1`` is ``FN1``."""
    return re.sub(r"[^a-z0-9]", "", text.lower()).replace("fniii", "fn")


def _position(protein: Protein, letter: str | None, number: str) -> int:
    position = int(number)
    found = protein.letter(position)
    code = (letter or "").upper()
    if code and ONE_LETTER.get(code, code) != found:
        raise SiteError(
            f"{protein.name} {position} is another residue",
            where=f"{letter}{number}",
            expected=ONE_LETTER.get(code, code),
            found=found,
            advice="positions count as in UniProt",
        )
    return position
