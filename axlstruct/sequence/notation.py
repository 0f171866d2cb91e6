"""How people write a residue: ``Y702``, ``887:Y695``, ``2C5D:C/59``, ``E59@2C5D``, ``c.2104``, ``chr19:41256520``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from axlstruct.errors import NotationError, SiteError
from axlstruct.sequence.chromosomes import chromosome
from axlstruct.sequence.residues import ONE_LETTER

_RESIDUE = r"(?:p\.)?(?P<letter>[A-Za-z]{3}|[A-Za-z])?(?P<number>-?\d{1,9})(?P<icode>[A-Za-z]?)"
_GENOMIC = re.compile(r"(?:(?P<chromosome>chr\w+|NC_[\d.]+):(?:g\.)?|g\.)(?P<number>\d{1,9})", re.IGNORECASE)
_CODING = re.compile(r"(?:(?P<protein>[\w.-]+):)?c\.(?P<number>\d{1,9})(?:_(?P<last>\d{1,9}))?")
_LABEL = re.compile(r"(?P<structure>[^:@]+):(?P<chain>[^/:@]+)/#(?P<number>\d{1,9})")
_IN_SEQUENCE = re.compile(rf"(?:(?P<protein>[\w-]+):)?{_RESIDUE}")
_IN_CHAIN = re.compile(rf"(?P<structure>[^:@]+):(?P<chain>[^/:@]+)/{_RESIDUE}")
_BY_AUTHORS = re.compile(rf"{_RESIDUE}@(?P<structure>[^:@]+?)(?::(?P<chain>[^/:@]+))?")
_FORMS = {
    "genomic": _GENOMIC, "coding": _CODING, "label": _LABEL, "author": _IN_CHAIN, "authors": _BY_AUTHORS,
    "sequence": _IN_SEQUENCE,
}  # fmt: skip
FORMS = "Y702, P30530:702, GAS6:R308, mature:R78, 2C5D:C/59, E59@2C5D, 2C5D:C/#26 (label_seq_id), c.308 or chr19:41220858"

SHOWN = 80
"""Letters of a text that a message repeats."""


@dataclass(frozen=True, slots=True)
class Query:
    """A residue as asked for.

    Attributes
    ----------
    text : str
        As written.
    number : int
        Position in the sequence, or what `scheme` says.
    letter : str
        One-letter code that the residue must have; empty where none was given.
    icode : str
        Insertion code, only with a structure.
    protein, structure, chain : str
        Where to look; empty where not said. ``protein`` may name a form of a protein, or a transcript with ``coding``.
    scheme : str
        What the number counts: ``sequence``, ``author`` (auth_seq_id), ``label`` (label_seq_id), ``coding`` (nucleotide of the
        coding sequence) or ``genomic`` (1-based coordinate).
    chromosome : str
        Only with ``genomic``; empty where not said.
    """

    text: str
    number: int
    letter: str = ""
    icode: str = ""
    protein: str = ""
    structure: str = ""
    chain: str = ""
    scheme: str = "sequence"
    chromosome: str = ""


def parse(text: str) -> Query:
    """Read any of the notations; raises NotationError naming them.

    Examples
    --------
    >>> parse("Tyr702").letter, parse("E59@2C5D").structure
    ('Y', '2C5D')
    >>> parse("2C5D:C/59").chain, parse("2C5D:C/#26").scheme, parse("c.308").scheme, parse("chr19:41220858").chromosome
    ('C', 'label', 'coding', '19')
    """
    stripped = text.strip()
    for scheme, form in _FORMS.items():
        match = form.fullmatch(stripped)
        if match:
            found = {key: value or "" for key, value in match.groupdict().items()}
            return _query(text, found, "author" if scheme == "authors" else scheme)
    raise NotationError(f"cannot read the residue {shortened(text)!r}", expected=FORMS)


def shortened(text: str) -> str:
    """The beginning of a long text, for messages."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}... ({len(text)} letters)"


def _query(text: str, found: dict[str, str], scheme: str) -> Query:
    letter = one_letter(found.get("letter", ""), text)
    icode = found.get("icode", "")
    if icode and scheme != "author":
        raise SiteError(f"a position in a sequence has no insertion code {icode!r}", where=text, expected=FORMS)
    number = int(found["number"])
    if found.get("last") and (number % 3 != 1 or int(found["last"]) != number + 2):
        raise SiteError("these nucleotides are not one codon", where=text, expected="c.N, or c.N_N+2 with N = 1, 4, 7, ...")
    return Query(
        text, number, letter, icode, found.get("protein", ""), found.get("structure", ""), found.get("chain", ""),
        scheme, chromosome(found.get("chromosome", "")),
    )  # fmt: skip


def one_letter(code: str, where: str) -> str:
    """One-letter code of a residue written with one letter or three, whatever the case; raises SiteError for any other."""
    letter = code.upper()
    if len(letter) == 3:
        if letter not in ONE_LETTER:
            raise SiteError(f"{code!r} is no amino acid", where=where, expected="a one-letter or three-letter code")
        letter = ONE_LETTER[letter]
    if letter and letter not in ONE_LETTER.values():
        raise SiteError(f"{letter!r} codes no amino acid", where=where, expected=" ".join(sorted(ONE_LETTER.values())))
    return letter
