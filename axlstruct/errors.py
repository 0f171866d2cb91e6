"""Errors that carry their facts: what went wrong, where, what was expected, what was found, what to do."""

from __future__ import annotations

import unicodedata


def visible(text: str) -> str:
    r"""A text in which everything that a terminal or a log would act on is written out; line ends and tabs stay.

    Control characters, escape sequences, marks that turn the direction of writing and halves of characters become ``\x1b`` and
    the like. Whatever comes from a file or a server goes through here before it is shown.

    Examples
    --------
    >>> print(visible("A\x1b[31mB"), visible("Ig-like 1 µ"))
    A\x1b[31mB Ig-like 1 µ
    """
    if text.isprintable():
        return text
    return "".join(c if c in "\n\t" or not _acts(c) else c.encode("unicode_escape").decode() for c in text)


def _acts(character: str) -> bool:
    """Whether a character is none to look at: control, format, half a pair, private, unassigned, line or paragraph separator."""
    category = unicodedata.category(character)
    return category[0] == "C" or category in ("Zl", "Zp")


class AxlstructError(Exception):
    """Base of every error that axlstruct raises on purpose.

    Parameters
    ----------
    what : str
        What went wrong, a phrase without final full stop.
    where : str, optional
        File, address, structure or row in which it happened.
    expected, found : str, optional
        The two sides of a disagreement.
    advice : str, optional
        What the reader can do about it.
    """

    exit_code = 1

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        expected: str | None = None,
        found: str | None = None,
        advice: str | None = None,
    ) -> None:
        super().__init__(what)
        self.what, self.where, self.expected, self.found, self.advice = what, where, expected, found, advice

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        if self.expected is not None or self.found is not None:
            sides = [f"{word} {side}" for word, side in (("expected", self.expected), ("found", self.found)) if side is not None]
            text += f" ({', '.join(sides)})"
        return visible(f"{text}; {self.advice}" if self.advice else text)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.what), self.__dict__


def _rebuild(kind: type[AxlstructError], what: str) -> AxlstructError:
    return kind(what)


class UsageError(AxlstructError):
    """The request itself cannot be understood or contradicts itself."""

    exit_code = 2


class SiteError(UsageError):
    """A site notation that cannot be read, or whose letter is not the sequence's."""


class NotationError(SiteError):
    """A residue or a variant that is written in no known notation."""


class LetterError(SiteError):
    """Another residue stands at the position than the one that was named."""


class OtherProteinError(SiteError):
    """A protein, form or transcript that the target does not have."""


class OtherAssemblyError(SiteError):
    """A place in another genome assembly than the target's."""


class OutputError(AxlstructError):
    """A result cannot be written."""


class TargetError(AxlstructError):
    """A target description that is incomplete or contradicts itself."""


class StructureError(AxlstructError):
    """A structure that was read but cannot answer the question (no protein, no such chain, no partner)."""


class MappingError(StructureError):
    """Structure and sequence cannot be laid on each other."""


class SourceError(AxlstructError):
    """Something could not be had from cache, mirror or server."""


class OfflineError(SourceError):
    """Needed, not in cache or mirror, and the network was switched off."""


class ConnectError(SourceError):
    """No connection: no network, unknown host, refused, timed out or broken off."""


class TimedOutError(ConnectError):
    """No connection, no answer or no end of it within the time that was given."""


class TLSError(ConnectError):
    """The server's certificate could not be verified."""


class NotFoundError(SourceError):
    """The server does not know the entry (404, 410)."""


class ObsoleteError(NotFoundError):
    """The entry was withdrawn or superseded."""


class RateLimitError(SourceError):
    """The server asks for fewer requests (429) and retries were used up."""


class ServerError(SourceError):
    """The server answered with an error of its own (5xx) or an answer nobody asked for."""


class ContentError(SourceError):
    """What arrived, or what lies in the file, is not what it should be: truncated, another format, another entry."""


class CoordinatesError(SourceError):
    """The question needs coordinates, and only the released analysis of the structure is at hand."""


class CacheError(SourceError):
    """The cache cannot be written, or a cached file no longer has the hash it was stored with."""
