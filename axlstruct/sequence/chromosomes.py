"""Names of human chromosomes: ``chr19``, ``Chr19``, ``19`` and RefSeq's ``NC_000019.10`` are one."""

from __future__ import annotations

from axlstruct.errors import OtherAssemblyError

_VERSIONS = dict(
    zip(
        (*map(str, range(1, 23)), "X", "Y"),
        (11, 12, 12, 12, 10, 12, 14, 11, 12, 11, 10, 12, 11, 9, 10, 10, 10, 10, 10, 11, 9, 11, 11, 11),
        strict=True,
    )
)
"""Version of each chromosome's RefSeq record in GRCh38; GRCh37 has the version before."""


def chromosome(name: str) -> str:
    """The plain name of a chromosome; a name that is none of a human chromosome is left as it is.

    Raises
    ------
    OtherAssemblyError
        A RefSeq record of another assembly than GRCh38: its coordinates mean other bases.

    Examples
    --------
    >>> chromosome("Chr19"), chromosome("NC_000019.10"), chromosome("chrx"), chromosome("NC_000019")
    ('19', '19', 'X', '19')
    """
    plain = name[3:] if name[:3].lower() == "chr" else name
    if plain.upper() in _VERSIONS:
        return plain.upper()
    record, _, version = plain.upper().partition(".")
    number = record.removeprefix("NC_")
    if number == record or not (number.isascii() and number.isdecimal()) or len(number) != 6 or not 1 <= int(number) <= 24:
        return plain
    found = {23: "X", 24: "Y"}.get(int(number), str(int(number)))
    if version and version != str(_VERSIONS[found]):
        older = " (GRCh37)" if version == str(_VERSIONS[found] - 1) else ""
        raise OtherAssemblyError(
            "another genome assembly", where=name, expected=f"NC_{number}.{_VERSIONS[found]} (GRCh38)", found=f"{plain}{older}"
        )
    return found
