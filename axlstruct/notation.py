"""How people write a residue: ``Y702``, ``702``, ``P30530:702``, ``2C5D:C/59``, ``E59@2C5D``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from axlstruct.errors import SiteError
from axlstruct.residues import ONE_LETTER

_RESIDUE = r"(?P<letter>[A-Za-z]{3}|[A-Za-z])?(?P<number>-?\d+)(?P<icode>[A-Za-z]?)"
_IN_SEQUENCE = re.compile(rf"(?:(?P<protein>[\w-]+):)?{_RESIDUE}")
_IN_CHAIN = re.compile(rf"(?P<structure>[^:@]+):(?P<chain>[^/:@]+)/{_RESIDUE}")
_BY_AUTHORS = re.compile(rf"{_RESIDUE}@(?P<structure>[^:@]+?)(?::(?P<chain>[^/:@]+))?")
FORMS = "Y702, 702, P30530:702, GAS6:R308, 2C5D:C/59 or E59@2C5D"


@dataclass(frozen=True, slots=True)
class Query:
    """A residue as asked for.

    Attributes
    ----------
    text : str
        As written.
    number : int
        UniProt position, or author number where a structure is named.
    letter : str
        One-letter code that the residue must have; empty where none was given.
    icode : str
        Insertion code, only with a structure.
    protein, structure, chain : str
        Where to look; empty where not said.
    """

    text: str
    number: int
    letter: str = ""
    icode: str = ""
    protein: str = ""
    structure: str = ""
    chain: str = ""


def parse(text: str) -> Query:
    """Read any of the notations; raises SiteError naming them.

    Examples
    --------
    >>> parse("Tyr702").letter, parse("E59@2C5D").structure
    ('Y', '2C5D')
    >>> parse("2C5D:C/59").chain
    'C'
    """
    stripped = text.strip()
    for form in (_IN_CHAIN, _BY_AUTHORS, _IN_SEQUENCE):
        match = form.fullmatch(stripped)
        if match:
            found = {key: value or "" for key, value in match.groupdict().items()}
            return _query(text, found)
    raise SiteError(f"cannot read the residue {text!r}", expected=FORMS)


def _query(text: str, found: dict[str, str]) -> Query:
    letter = found["letter"].upper()
    if len(letter) == 3:
        if letter not in ONE_LETTER:
            raise SiteError(f"{found['letter']!r} is no amino acid", where=text, expected="a one-letter or three-letter code")
        letter = ONE_LETTER[letter]
    if letter and letter not in ONE_LETTER.values():
        raise SiteError(f"{letter!r} codes no amino acid", where=text, expected=" ".join(sorted(ONE_LETTER.values())))
    structure = found.get("structure", "")
    if found["icode"] and not structure:
        raise SiteError(f"a position in a sequence has no insertion code {found['icode']!r}", where=text, expected=FORMS)
    return Query(text, int(found["number"]), letter, found["icode"], found.get("protein", ""), structure, found.get("chain", ""))
