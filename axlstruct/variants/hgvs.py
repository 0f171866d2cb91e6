"""A change of a protein as people write it: ``p.Arg103Gln``, ``R103Q``, ``E59R@2C5D``, ``887:Y695F``, deletions, stops."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from axlstruct.errors import NotationError
from axlstruct.sequence.notation import Query, shortened
from axlstruct.sequence.residues import ONE_LETTER, THREE_LETTER

STOP = "*"
FORMS = "p.Arg103Gln, R103Q, AXL:R103Q, 887:Y695F, E59R@2C5D, 2C5D:C/E59R, c.308G>A or 19-41220858-G-A"
_CODES = {**ONE_LETTER, "TER": STOP, "STOP": STOP, "X": STOP, STOP: STOP} | {one: one for one in ONE_LETTER.values()}
_AA = "(?:" + "|".join(re.escape(code) for code in sorted(_CODES, key=len, reverse=True)) + ")"
_CODE = re.compile(_AA, re.IGNORECASE)
_NUMBER = r"\d{1,9}"
_HEAD = re.compile(rf"(?P<first>{_AA})(?P<number>{_NUMBER})(?:_(?P<last>{_AA})(?P<end>{_NUMBER}))?", re.IGNORECASE)
_SHIFT = re.compile(rf"(?P<new>{_AA})?fs(?:(?:Ter|\*|X)(?P<far>{_NUMBER}|\?)?)?", re.IGNORECASE)
_EXTENSION = re.compile(rf"(?P<new>{_AA})?ext(?:Ter|\*|X)?(?P<far>-?{_NUMBER}|\?)?", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?:(?P<structure>[^:@\s]+):(?P<chain>[^/:@\s]+)/|(?:(?P<protein>[\w.-]+)(?:\(\w+\))?(?::|\s+))?)"
    r"(?:p\.)?(?P<open>\()?(?P<change>[^@\s()]+)(?(open)\))(?:@(?P<entry>[^:@]+?)(?::(?P<at>[^/:@]+))?)?"
)


@dataclass(frozen=True, slots=True)
class ProteinChange:
    """A change of one residue or of a stretch.

    Attributes
    ----------
    text : str
        As written.
    kind : str
        ``substitution``, ``synonymous``, ``deletion``, ``duplication``, ``insertion``, ``delins``, ``frameshift``, ``extension``
        (of the stop codon or the start) or ``unknown``.
    first, last : Query
        Residues that are changed, as asked for; of an insertion those beside it.
    new : str
        One-letter codes that stand there instead, ``*`` for a stop; empty where nothing does, or where that is not said.
    rest : str
        How far a frameshift or an extension goes, in HGVS nomenclature: ``fsTer12``, ``extTer5``.
    gone : str
        One-letter codes of the residues that are deleted or duplicated, where the text states them.
    """

    text: str
    kind: str
    first: Query
    last: Query
    new: str = ""
    rest: str = ""
    gone: str = ""


@lru_cache(maxsize=4096)
def read_change(text: str) -> ProteinChange:
    """Read a change of a protein.

    Three-letter or one-letter codes; ``p.`` and brackets may be left out; before it a protein, accession or form (``887:``), or
    behind it the structure in whose author numbers it counts (``E59R@2C5D``). ``X``, ``Ter`` and ``*`` are a stop.

    Raises
    ------
    NotationError
        Not to be read; the message shows the notations.

    Examples
    --------
    >>> read_change("p.(Arg103Gln)").first.letter, read_change("E59R@2C5D").first.structure, read_change("R103*").new
    ('R', '2C5D', '*')
    >>> read_change("p.Arg103_Pro105del").kind, read_change("Gly104fs").kind
    ('deletion', 'frameshift')
    """
    plain = re.sub("%3d", "=", text.strip(), flags=re.IGNORECASE)
    whole = _WHOLE.fullmatch(re.sub(r"(^|:)P\.", r"\1p.", plain))
    found = _grammar(whole["change"]) if whole else None
    if whole and found:
        return _change(text, *found, whole)
    raise NotationError(f"cannot read the variant {shortened(text)!r}", expected=FORMS)


def is_change(text: str) -> bool:
    """Whether a text is a change and nothing else, without name or structure."""
    return _grammar(text.removeprefix("p.")) is not None


def _grammar(change: str) -> tuple[str, dict[str, str]] | None:
    """Kind of a change and its parts, None for any other text.

    What stands in the text is cut once from left to right, so time grows with its length: residue and number, then a keyword,
    then residues one after the other.
    """
    head = _HEAD.match(change)
    if head is None:
        return None
    found, rest = head.groupdict(""), change[head.end() :]
    if rest == "=":
        return "synonymous", found
    if not found["last"]:
        if rest == "?":
            return "unknown", found
        if rest.upper() in _CODES:
            return "substitution", found | {"new": rest}
        if match := _SHIFT.fullmatch(rest):
            return "frameshift", found | match.groupdict("")
        if (match := _EXTENSION.fullmatch(rest)) and found["first"].upper() in ("TER", "*", "X", "MET", "M"):
            return "extension", found | match.groupdict("")
    word, codes = rest[:3].lower(), rest[3:]
    if word == "ins" and codes and _is_run(codes):
        return "delins", found | {"new": codes}
    if word == "dup" and _is_run(codes):
        return "duplication", found | {"gone": codes}
    if word != "del":
        return None
    gone, ins, new = codes.partition("ins" if "ins" in codes or rest[:3] == "del" else "INS")
    if ins and new and _is_run(gone) and _is_run(new):
        return "delins", found | {"gone": gone, "new": new}
    return ("deletion", found | {"gone": codes}) if _is_run(codes) else None


def _is_run(codes: str) -> bool:
    """Whether a text is codes of residues, one after the other."""
    return sum(map(len, _CODE.findall(codes))) == len(codes)


def _change(text: str, kind: str, found: dict[str, str], whole: re.Match[str]) -> ProteinChange:
    structure, chain = whole["structure"] or whole["entry"] or "", whole["chain"] or whole["at"] or ""
    first = Query(
        text, int(found["number"]), letters(found["first"]), "", whole["protein"] or "", structure, chain,
        scheme="author" if structure else "sequence",
    )  # fmt: skip
    last = replace(first, number=int(found["end"]), letter=letters(found["last"])) if found.get("end") else first
    if last.number < first.number:
        raise NotationError("the stretch ends before it begins", where=text)
    single = len(found["first"]) == 1 and kind not in ("substitution", "frameshift")
    new, gone = (letters(codes, single=single and codes.isupper()) for codes in (found.get("new") or "", found.get("gone") or ""))
    if gone and len(gone) != last.number - first.number + 1:
        raise NotationError(f"{len(gone)} residues are named, {last.number - first.number + 1} are counted", where=text)
    if kind == "delins" and "del" not in whole["change"].lower():
        kind = "insertion"
        if last.number != first.number + 1:
            raise NotationError(
                "an insertion stands between two neighbours", where=text, expected="such as p.Arg103_Gly104insSer"
            )
    if kind == "extension" and first.letter != STOP and first.number != 1:
        raise NotationError("only the start and the stop can be extended", where=text, expected="such as p.Ter895GlnextTer17")
    if kind == "delins" and last == first and len(new) == 1:
        kind = "substitution"  # HGVS: one residue for one other is a substitution
    if kind == "substitution" and new == first.letter:
        return ProteinChange(text, "synonymous", first, last, gone=gone)
    far = (found.get("far") or "").upper()
    rest = (
        f"fs{f'Ter{far}' if far else ''}" if kind == "frameshift" else f"ext{'' if first.letter != STOP else 'Ter'}{far or '?'}"
    )
    return ProteinChange(text, kind, first, last, new, rest if kind in ("frameshift", "extension") else "", gone)


def letters(codes: str | None, *, single: bool = False) -> str:
    """One-letter codes of residues written one after the other, in three-letter codes or, with ``single``, in one-letter ones.

    Examples
    --------
    >>> letters("SerTer"), letters("SER"), letters("SER", single=True)
    ('S*', 'S', 'SER')
    """
    written = list(codes or "") if single else _CODE.findall(codes or "")
    try:
        return "".join(_CODES[code.upper()] for code in written)
    except KeyError as error:
        raise NotationError(f"{error} codes no amino acid", where=codes) from None


def named(change: ProteinChange, first: str, position: int, last: str, end: int) -> str:
    """A change in HGVS nomenclature.

    Parameters
    ----------
    change : ProteinChange
    first, last : str
        One-letter codes of the first and last residue changed.
    position, end : int
        Their positions.
    """
    at = f"{three(first)}{position}" + (f"_{three(last)}{end}" if end != position else "")
    words = {
        "synonymous": "=", "deletion": "del", "duplication": "dup", "unknown": "?",
        "frameshift": f"{three(change.new)}{change.rest}", "extension": f"{three(change.new)}{change.rest}",
        "insertion": f"ins{three(change.new)}", "delins": f"delins{three(change.new)}", "substitution": three(change.new),
    }  # fmt: skip
    return f"p.{at}{words[change.kind]}"


def three(codes: str) -> str:
    """Three-letter codes without a blank between them; ``Ter`` for a stop."""
    return "".join("Ter" if code == STOP else THREE_LETTER[code].capitalize() for code in codes)
