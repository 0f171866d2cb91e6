"""What can be asked of the cache: a builder for each kind of file, which checks it and knows its names and addresses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from axlstruct.errors import ContentError, NotFoundError, ObsoleteError
from axlstruct.sources import servers
from axlstruct.sources.alphafold import choose_model
from axlstruct.sources.cache import Ask, Resource
from axlstruct.sources.content import read_json, read_text
from axlstruct.sources.ensembl import parse_coordinates, parse_lookup
from axlstruct.sources.pae import parse_pae
from axlstruct.sources.uniprot import parse_fasta, parse_uniprot
from axlstruct.sources.viewer_script import viewer_script

__all__ = [
    "alphafold_resource",
    "coding_sequence",
    "coordinates_resource",
    "isoform_fasta",
    "pae_resource",
    "structure_resource",
    "transcript_resource",
    "uniprot_json",
    "viewer_script",
]

Verify = Callable[[Path], None]
JSON = "application/json"


def structure_resource(id: str, assembly: str = "asu", *, verify: Verify) -> Resource:
    """Coordinates of a PDB entry.

    Parameters
    ----------
    id : str
        PDB id, classic or extended.
    assembly : str
        ``asu``, or the id of a biological assembly as a file of its own.
    verify : callable
        Given a file, raises ContentError where it is not that entry.

    Raises
    ------
    UsageError
        Where id or assembly cannot be one.
    """
    entry, extended = servers.entry_id(id), servers.extended_id(id)
    urls = servers.structure_urls(id, assembly)
    stems = tuple(dict.fromkeys((entry, extended)))
    if assembly == "asu":
        flat = [f"{stem}{end}" for stem in stems for end in _both(".cif", "_updated.cif", ".bcif", ".pdb")]
        classic = f"{servers.divided(entry)}/{entry}.cif.gz"
        layouts = [f"{place}{classic}" for place in ("divided/mmCIF/", "structures/divided/mmCIF/", "")]
        layouts.append(f"{servers.divided(extended)}/{extended}/{extended}.cif.gz")
        name, stem = _shown(entry), entry
    else:
        stem, name = f"{entry}-assembly{assembly}", f"{_shown(entry)} assembly {assembly}"
        flat = [f"{each}-assembly{assembly}{end}" for each in stems for end in _both(".cif")]
        layouts = [f"{place}{servers.divided(entry)}/{stem}.cif.gz" for place in ("divided/mmCIF/", "mmCIF/divided/")]
    return Resource(name, f"{stem}.cif.gz", (*flat, *layouts), urls, verify, explain=lambda ask: superseded(entry, ask))


def superseded(entry: str, ask: Ask) -> ObsoleteError | None:
    """Ask RCSB whether an entry was withdrawn; None where it does not say so."""
    answer = ask(servers.removed_url(entry))
    removed = answer.get("rcsb_repository_holdings_removed") if isinstance(answer, dict) else None
    if not isinstance(removed, dict):
        return None
    heirs = ", ".join(_shown(str(heir)) for heir in removed.get("id_codes_replaced_by") or ())
    when = str(removed.get("remove_date") or "").partition("T")[0]
    return ObsoleteError(
        f"the entry was {f'superseded by {heirs}' if heirs else 'withdrawn without a successor'}{f' on {when}' if when else ''}",
        where=_shown(entry),
        advice=f"ask for {heirs} instead" if heirs else "choose another entry",
    )


def alphafold_resource(accession: str, *, verify: Verify) -> Resource:
    """The AlphaFold DB model of a UniProt accession, or of one isoform of it, at the address that its API names.

    Raises
    ------
    UsageError
        Where the text is no accession.
    """
    name = servers.accession(accession)
    stem = f"AF-{name}-F1"

    def urls(ask: Ask) -> tuple[str]:
        return (choose_model(ask(servers.alphafold_url(name)), name).cif_url,)

    patterns = [f"{stem}{more}{end}" for end in _both(".cif", ".bcif", ".pdb") for more in ("", "-model_v*", "[-_]v*")]
    return Resource(f"AF-{name}", f"{stem}.cif", tuple(patterns), urls, verify)


def pae_resource(accession: str, residues: int | None = None) -> Resource:
    """Predicted aligned errors of the AlphaFold DB model of an accession, at the address that its API names.

    Parameters
    ----------
    accession : str
        UniProt accession, with isoform where one is asked for.
    residues : int, optional
        Length of its sequence; a file of another size is refused.

    Raises
    ------
    UsageError
        Where the text is no accession.
    """
    name = servers.accession(accession)
    stem = f"AF-{name}-F1-predicted_aligned_error"

    def urls(ask: Ask) -> tuple[str]:
        where = servers.alphafold_url(name)
        model = choose_model(ask(where), name)
        if not model.pae_url:
            raise NotFoundError("the model has no address of predicted aligned errors", where=where)
        return (model.pae_url,)

    def verify(path: Path) -> None:
        parse_pae(read_json(path), residues, str(path))

    patterns = tuple(f"{stem}{more}" for more in _both(".json", "_v*.json"))
    return Resource(f"AF-{name}-PAE", f"{stem}.json.gz", patterns, urls, verify, JSON)


def uniprot_json(accession: str) -> Resource:
    """A UniProt entry; raises UsageError for an isoform, whose JSON would be that of the canonical sequence."""
    name = servers.accession(accession, isoform=False)

    def check(answer: Any) -> None:
        entry = parse_uniprot(answer)
        if name not in (entry.accession, *(answer.get("secondaryAccessions") or ())):
            raise ContentError("another entry", expected=name, found=entry.accession)

    file = f"{name}.json"
    return Resource(name, file, (file, f"{file}.gz"), (servers.uniprot_json_url(name),), _json(check), JSON)


def isoform_fasta(accession: str) -> Resource:
    """The sequence of an accession or of one of its isoforms (``P30530-2``)."""
    name = servers.accession(accession)

    def verify(path: Path) -> None:
        found, _ = parse_fasta(read_text(path))
        if found != name:
            raise ContentError("another sequence", where=str(path), expected=name, found=found)

    file = f"{name}.fasta"
    return Resource(name, file, (file, f"{file}.gz"), (servers.uniprot_fasta_url(name),), verify)


def transcript_resource(id: str, *, assembly: str = "GRCh38") -> Resource:
    """A transcript with its exons from Ensembl; the version is no part of the question."""
    name = servers.stable_id(id)
    file = f"{name}.json"
    verify = _json(lambda answer: parse_lookup(answer, transcript=name, assembly=assembly))
    return Resource(name, file, (file, f"{file}.gz"), (servers.ensembl_lookup_url(name),), verify, JSON)


def coding_sequence(id: str) -> Resource:
    """The coding sequence of a transcript from Ensembl, with its stop codon."""
    name = servers.stable_id(id)

    def verify(path: Path) -> None:
        found, letters = parse_fasta(read_text(path))
        if found != name:
            raise ContentError("another sequence", where=str(path), expected=name, found=found)
        if set(letters) - set("ACGT") or len(letters) % 3:
            raise ContentError("not a coding sequence: whole codons of A, C, G and T are expected", where=str(path))

    file = f"{name}.cds.fasta"
    url = servers.coding_sequence_url(name)
    return Resource(f"{name} coding sequence", file, (file, f"{file}.gz"), (url,), verify, "text/x-fasta")


def coordinates_resource(accession: str) -> Resource:
    """Coding intervals of a protein from the EBI Proteins API, for when Ensembl does not answer."""
    name = servers.accession(accession)
    file = f"{name}.coordinates.json"
    verify = _json(lambda answer: parse_coordinates(answer, name))
    return Resource(f"{name} coordinates", file, (file, f"{file}.gz"), (servers.coordinates_url(name),), verify, JSON)


def _json(check: Callable[[Any], object]) -> Verify:
    """A verifier that reads JSON and lets a parser judge it."""

    def verify(path: Path) -> None:
        answer = read_json(path)
        try:
            check(answer)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ContentError(f"not the answer it should be ({error!r})", where=str(path)) from error

    return verify


def _both(*ends: str) -> list[str]:
    """File endings, each plain and packed."""
    return [f"{end}{packed}" for end in ends for packed in ("", ".gz")]


def _shown(entry: str) -> str:
    """A PDB id as people write it: the classic one in capitals."""
    return entry if entry.lower().startswith("pdb_") else entry.upper()
