"""Every address axlstruct may ask, in one place, so that a server's change is one line."""

from __future__ import annotations

import os
import re
from urllib.parse import unquote, urlsplit

from axlstruct.errors import ContentError, UsageError

RCSB_FILES = "https://files.rcsb.org/download"
RCSB_REMOVED = "https://data.rcsb.org/rest/v1/holdings/removed"
PDBE_FILES = "https://www.ebi.ac.uk/pdbe/entry-files/download"
WWPDB = "https://files.wwpdb.org/pub/pdb/data"
WWPDB_ENTRIES = "https://files-beta.wwpdb.org/pub/wwpdb/pdb/data/entries"
PDBJ = "https://data.pdbj.org/pub/pdb/data"
UNIPROT = "https://rest.uniprot.org/uniprotkb"
ENSEMBL = "https://rest.ensembl.org"
PROTEINS = "https://www.ebi.ac.uk/proteins/api"
ALPHAFOLD = "https://alphafold.ebi.ac.uk/api"

GATEWAY_VARIABLE = "AXLSTRUCT_GATEWAY"

_SHORT = re.compile(r"[0-9][a-z0-9]{3}")
_EXTENDED = re.compile(r"pdb_[a-z0-9]{8}")
_ACCESSION = re.compile(r"([OPQ][0-9][A-Z0-9]{3}[0-9]|[A-NR-Z][0-9]([A-Z][A-Z0-9]{2}[0-9]){1,2})(-[1-9][0-9]*)?")
_STABLE = re.compile(r"([A-Za-z][A-Za-z0-9_]*)(\.[0-9]+)?")
_ASSEMBLY = re.compile(r"[A-Za-z0-9]{1,8}")


def entry_id(text: str) -> str:
    """The id under which servers keep a PDB entry, in lower case.

    Extended ids that merely pad a classic one become the classic one; true extended ids stay.

    Raises
    ------
    UsageError
        Where the text is no PDB id.

    Examples
    --------
    >>> entry_id("2C5D"), entry_id("PDB_00002c5d"), entry_id("pdb_10002c5d")
    ('2c5d', '2c5d', 'pdb_10002c5d')
    """
    id = text.strip().lower()
    if _SHORT.fullmatch(id):
        return id
    if _EXTENDED.fullmatch(id):
        return id[8:] if id.startswith("pdb_0000") and _SHORT.fullmatch(id[8:]) else id
    raise UsageError(f"{text!r} is no PDB id", expected="an id such as 2C5D or pdb_00002c5d")


def extended_id(text: str) -> str:
    """The extended form of a PDB id; raises UsageError where the text is none.

    Examples
    --------
    >>> extended_id("2C5D")
    'pdb_00002c5d'
    """
    id = entry_id(text)
    return id if id.startswith("pdb_") else f"pdb_0000{id}"


def accession(text: str, *, isoform: bool = True) -> str:
    """A UniProt accession in upper case, with its isoform where that is allowed; raises UsageError for any other text.

    Examples
    --------
    >>> accession("p30530"), accession("P30530-2")
    ('P30530', 'P30530-2')
    """
    name = text.strip().upper()
    match = _ACCESSION.fullmatch(name)
    if not match:
        raise UsageError(f"{text!r} is no UniProt accession", expected="an accession such as P30530")
    if match[3] and not isoform:
        raise UsageError(
            f"{name} names an isoform, for which only a sequence can be had", advice=f"ask for {name.partition('-')[0]} instead"
        )
    return name


def stable_id(text: str) -> str:
    """An Ensembl stable id without its version; raises UsageError for any other text.

    Examples
    --------
    >>> stable_id("ENST00000301178.9")
    'ENST00000301178'
    """
    match = _STABLE.fullmatch(text.strip())
    if not match:
        raise UsageError(f"{text!r} is no Ensembl id", expected="an id such as ENST00000301178")
    return match[1]


def divided(id: str) -> str:
    """Folder of an entry in the divided archive: the third and second character from the end.

    Examples
    --------
    >>> divided("2c5d"), divided("pdb_00002c5d")
    ('c5', 'c5')
    """
    return id[-3:-1]


def structure_urls(id: str, assembly: str = "asu") -> tuple[str, ...]:
    """Addresses of the coordinates of a PDB entry in the order in which they are asked.

    Parameters
    ----------
    id : str
        PDB id in any accepted form.
    assembly : str
        ``asu`` for the asymmetric unit, else the id of a biological assembly.

    Raises
    ------
    UsageError
        Where id or assembly cannot be one.
    """
    entry, extended = entry_id(id), extended_id(id)
    if not _ASSEMBLY.fullmatch(assembly):
        raise UsageError(f"{assembly!r} is no assembly id", expected="asu or an id such as 1")
    classic = entry != extended
    if assembly != "asu":
        file = f"{entry}-assembly{assembly}.cif.gz"
        archives = [f"{archive}/assemblies/mmCIF/divided/{divided(entry)}/{file}" for archive in (WWPDB, PDBJ) if classic]
        return (f"{RCSB_FILES}/{file}", *archives)
    rcsb, pdbe = f"{RCSB_FILES}/{entry.upper() if classic else entry}.cif.gz", f"{PDBE_FILES}/{entry}_updated.cif"
    new_layout = f"{WWPDB_ENTRIES}/{divided(extended)}/{extended}/{extended}.cif.gz"
    if not classic:
        return rcsb, pdbe, new_layout
    wwpdb, pdbj = (f"{archive}/structures/divided/mmCIF/{divided(entry)}/{entry}.cif.gz" for archive in (WWPDB, PDBJ))
    return rcsb, pdbe, wwpdb, new_layout, pdbj


def removed_url(id: str) -> str:
    """Where RCSB says whether an entry was withdrawn or superseded."""
    entry = entry_id(id)
    return f"{RCSB_REMOVED}/{entry if entry.startswith('pdb_') else entry.upper()}"


def uniprot_json_url(name: str) -> str:
    """The UniProt entry as JSON; always that of the canonical sequence."""
    return f"{UNIPROT}/{accession(name, isoform=False)}.json"


def uniprot_fasta_url(name: str) -> str:
    """The sequence of an accession or of one of its isoforms as FASTA."""
    return f"{UNIPROT}/{accession(name)}.fasta"


def ensembl_lookup_url(id: str) -> str:
    """A transcript or gene with its exons."""
    return f"{ENSEMBL}/lookup/id/{stable_id(id)}?expand=1;content-type=application/json"


def coding_sequence_url(id: str) -> str:
    """The coding sequence of a transcript as FASTA, stop codon included."""
    return f"{ENSEMBL}/sequence/id/{stable_id(id)}?type=cds;content-type=text/x-fasta"


def coordinates_url(name: str) -> str:
    """Genomic coordinates of the coding exons of a protein, from the EBI Proteins API."""
    return f"{PROTEINS}/coordinates/{accession(name)}"


def alphafold_url(name: str) -> str:
    """The list of AlphaFold DB models of an accession, isoforms included."""
    return f"{ALPHAFOLD}/prediction/{accession(name).partition('-')[0]}"


def viewer_urls(address: str, version: str) -> tuple[str, ...]:
    """3Dmol.js of a version: the address its Python package names, then another host of the same npm file."""
    return address, f"https://unpkg.com/3dmol@{version}/build/3Dmol-min.js"


def gateway_of(gateway: str | None) -> str | None:
    """The gateway to use: the argument, else the environment variable ``AXLSTRUCT_GATEWAY``, else none."""
    return (gateway or os.environ.get(GATEWAY_VARIABLE) or "").rstrip("/") or None


def through(url: str, gateway: str | None) -> str:
    """Lead an address through a gateway.

    Raises
    ------
    ContentError
        Where the address, perhaps named by a server's answer, is not an https one.

    Examples
    --------
    >>> through("https://rest.uniprot.org/uniprotkb/P30530.json", "http://127.0.0.1:8000")
    'http://127.0.0.1:8000/rest.uniprot.org/uniprotkb/P30530.json'
    """
    scheme, separator, rest = url.partition("://")
    if scheme.lower() != "https" or not separator or not _has_host(url):
        raise ContentError("not an https address, so it is not asked", where=url)
    return f"{gateway.rstrip('/')}/{rest}" if gateway else url


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0) and url.isprintable() and " " not in url
    except ValueError:
        return False


def credentials(url: str) -> tuple[str, str] | None:
    """User and password that an address carries, None where it carries none.

    Examples
    --------
    >>> credentials("https://me:a%40b@gateway.example.org/x"), credentials("https://gateway.example.org/x")
    (('me', 'a@b'), None)
    """
    parts = urlsplit(url)
    return (unquote(parts.username), unquote(parts.password or "")) if parts.username is not None else None


def without_credentials(url: str) -> str:
    """The same address without user and password, to be shown, recorded and asked.

    Examples
    --------
    >>> without_credentials("https://me:secret@gateway.example.org/x?y=a@b")
    'https://gateway.example.org/x?y=a@b'
    """
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl() if "@" in parts.netloc else url
