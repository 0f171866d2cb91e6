"""UniProt: an entry's sequence and features in our words, and the sequence of an isoform."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from axlstruct.errors import ContentError, ObsoleteError
from axlstruct.sequence.features import Feature, Span
from axlstruct.sources.cache import Fetched
from axlstruct.sources.content import read_json

_KINDS = {
    "Signal": "signal",
    "Propeptide": "propeptide",
    "Domain": "domain",
    "Glycosylation": "glycosylation",
    "Disulfide bond": "disulfide",
    "Active site": "active-site",
    "Binding site": "binding",
    "Alternative sequence": "isoform",
    "Motif": "motif",
    "Site": "site",
    "Lipidation": "lipidation",
    "Cross-link": "cross-link",
}
_LOCATED = frozenset({*_KINDS, "Topological domain", "Transmembrane", "Modified residue", "Region"})
_UNNAMED = {"signal": "signal peptide", "active-site": "active site"}
_TOPOLOGY = ("extracellular", "cytoplasmic")


@dataclass(frozen=True)
class UniProtEntry:
    """What is taken from a UniProt entry.

    Attributes
    ----------
    accession, name, gene : str
        Primary accession, entry name (``UFO_HUMAN``) and gene symbol.
    sequence : str
        The canonical sequence; all features count in it.
    features : tuple of Feature
        In the order of the entry.
    version, sequence_version : int
    changed : str
        Date of the last change of annotation.
    release : str
        UniProt release, where the server named one.
    skipped : tuple of str
        Features left out because their place is unknown, fuzzy or in another isoform.
    """

    accession: str
    name: str
    gene: str
    sequence: str
    features: tuple[Feature, ...]
    version: int
    sequence_version: int
    changed: str
    release: str = ""
    skipped: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The entry with its version, as features and provenance cite it."""
        return f"UniProt {self.accession}, entry version {self.version}{f', release {self.release}' if self.release else ''}"


def parse_uniprot(answer: Any, *, release: str = "") -> UniProtEntry:
    """Read a UniProt entry as JSON.

    Descriptions become names as they are (``Ig-like C2-type 1``). Topological domains and the membrane become ``region``
    with the names ``extracellular``, ``transmembrane`` and ``cytoplasmic``; other compartments become ``topology``.

    Parameters
    ----------
    answer : dict
    release : str
        From the header ``X-UniProt-Release``.

    Raises
    ------
    ObsoleteError
        Where the entry was merged, split or deleted.
    ContentError
        Where the answer is no entry.
    """
    if not isinstance(answer, dict) or not isinstance(answer.get("primaryAccession"), str):
        raise ContentError("not a UniProt entry", expected="JSON with primaryAccession")
    accession = answer["primaryAccession"]
    if (reason := answer.get("inactiveReason")) is not None:
        raise _inactive(accession, reason)
    sequence = _dict(answer, "sequence").get("value")
    if not isinstance(sequence, str) or not sequence.isalpha():
        raise ContentError("a UniProt entry without sequence", where=accession)
    audit = _dict(answer, "entryAudit")
    source = f"UniProt {accession}, entry version {audit.get('entryVersion', 0)}"
    features: list[Feature] = []
    skipped: list[str] = []
    for record in answer.get("features") or ():
        if record.get("type") not in _LOCATED:
            continue
        span = _span(record.get("location") or {}, len(sequence))
        if span is None:
            skipped.append(f"{record['type']} {record.get('description') or ''}".strip())
        else:
            kind, name = _word(record, span, sequence)
            features.append(Feature(kind, name, span, source))
    gene = next((_dict(gene, "geneName").get("value", "") for gene in answer.get("genes") or ()), "")
    return UniProtEntry(
        accession,
        str(answer.get("uniProtkbId", "")),
        gene,
        sequence,
        tuple(features),
        int(audit.get("entryVersion", 0)),
        int(audit.get("sequenceVersion", 0)),
        str(audit.get("lastAnnotationUpdateDate", "")),
        release,
        tuple(skipped),
    )


def read_record(fetched: Fetched) -> UniProtEntry:
    """:func:`parse_uniprot` of a fetched ``uniprot_json``, with the release that the server named."""
    return parse_uniprot(read_json(fetched.path), release=fetched.provenance.release)


def _inactive(accession: str, reason: Any) -> ObsoleteError:
    reason = reason if isinstance(reason, dict) else {}
    heirs = ", ".join(reason.get("mergeDemergeTo") or ())
    how = str(reason.get("inactiveReasonType", "withdrawn")).lower()
    return ObsoleteError(f"the UniProt entry was {how}", where=accession, advice=f"ask for {heirs} instead" if heirs else None)


def _dict(record: Any, key: str) -> dict[str, Any]:
    value = record.get(key) if isinstance(record, dict) else None
    return value if isinstance(value, dict) else {}


def _span(location: dict[str, Any], length: int) -> Span | None:
    """The place of a feature, None where an end is unknown, fuzzy, or counts in another isoform."""
    ends = [_dict(location, end) for end in ("start", "end")]
    if location.get("sequence") or any(end.get("modifier") != "EXACT" for end in ends):
        return None
    first, last = (end.get("value") for end in ends)
    if not isinstance(first, int) or not isinstance(last, int) or not 1 <= first <= last <= length:
        return None
    return Span(first, last)


def _word(record: dict[str, Any], span: Span, sequence: str) -> tuple[str, str]:
    """Kind and name of a feature."""
    type, description = record["type"], record.get("description") or ""
    if type == "Transmembrane":
        return "region", "transmembrane"
    if type == "Topological domain":
        name = description.partition(";")[0].strip().lower()
        return ("region" if name in _TOPOLOGY else "topology"), name
    if type == "Modified residue":
        return ("phosphorylation" if description.startswith("Phospho") else "modification"), description
    if type == "Region":
        if description == "Disordered":
            return "disordered", description
        return ("interaction" if description.startswith("Interaction with") else "motif"), description
    kind = _KINDS[type]
    if kind == "disulfide" and not description:
        return kind, "-".join(f"{sequence[end - 1]}{end}" for end in (span.first, span.last))
    if kind == "binding":
        ligand = " ".join(filter(None, (_dict(record, "ligand").get("name", ""), description and f"({description})")))
        return kind, ligand or "binding site"
    return kind, description or _UNNAMED.get(kind, kind)


_HEADER = re.compile(r">(?:\w+\|)?([A-Za-z0-9-]+)")


def parse_fasta(text: str) -> tuple[str, str]:
    """Accession and sequence of a FASTA text with exactly one record.

    Raises
    ------
    ContentError
        Where it is none, or holds several records.

    Examples
    --------
    >>> parse_fasta(">sp|P30530-2|UFO_HUMAN Isoform Short\\nMAWR\\nCPRM\\n")
    ('P30530-2', 'MAWRCPRM')
    """
    head, _, rest = text.strip().partition("\n")
    header = _HEADER.match(head)
    sequence = "".join(rest.split()).upper()
    if not header or not sequence.isalpha() or not sequence.isascii():
        raise ContentError("not a FASTA file with one sequence", found=f"{head[:40]!r}")
    return header[1], sequence
