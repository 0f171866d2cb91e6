"""What ships with a target compared with what the servers say today."""

from __future__ import annotations

from axlstruct.errors import SourceError, UsageError
from axlstruct.sequence.exons import Transcript
from axlstruct.sequence.target import Protein
from axlstruct.sources import ensembl, uniprot
from axlstruct.sources.cache import Cache, Fetched
from axlstruct.sources.resources import coordinates_resource, transcript_resource, uniprot_json


def compare_with_servers(protein: Protein, cache: Cache) -> tuple[list[Fetched], list[str], dict[str, str]]:
    """Fetch a protein's UniProt entry and transcript anew and list every difference from what the target gives.

    Returns
    -------
    fetched : list of Fetched
    differences : list of str
        One sentence a difference; empty where there is none.
    missing : dict of str to str
        What could not be asked, with the reason.
    """
    fetched, differences, missing = [], [], {}
    try:
        answer = cache.get(uniprot_json(protein.accession), refresh=True)
        fetched.append(answer)
        differences += _entry_differences(protein, uniprot.read_record(answer))
    except SourceError as error:
        missing[f"UniProt {protein.accession}"] = str(error)
    if protein.transcript:
        try:
            answer, live = _live_transcript(protein, cache)
            fetched.append(answer)
            differences += _exon_differences(protein, live)
        except SourceError as error:
            missing[f"exons of {protein.name}"] = str(error)
    return fetched, differences, missing


def _live_transcript(protein: Protein, cache: Cache) -> tuple[Fetched, Transcript]:
    assert protein.transcript is not None
    try:
        answer = cache.get(transcript_resource(protein.transcript.id), refresh=True)
        return answer, ensembl.read_lookup(answer, assembly=protein.transcript.assembly)
    except UsageError:  # the target names no Ensembl transcript
        answer = cache.get(coordinates_resource(protein.accession), refresh=True)
        return answer, ensembl.read_coordinates(answer, protein.accession)


def _entry_differences(protein: Protein, live: uniprot.UniProtEntry) -> list[str]:
    name, lines = f"{protein.name} ({live.source})", []
    if live.sequence != protein.sequence:
        changed = [
            f"{ours}{position}{theirs}"
            for position, (ours, theirs) in enumerate(zip(protein.sequence, live.sequence, strict=False), 1)
            if ours != theirs
        ]
        if len(live.sequence) == len(protein) and len(changed) <= 20:
            lines.append(f"{name}: sequence differs: {', '.join(changed)}")
        else:
            lines.append(
                f"{name}: another sequence: {len(protein)} residues here, {len(live.sequence)} there; features not compared"
            )
            return lines
    ours = {(f.kind, f.span): f.name for f in protein.features}
    theirs = {(f.kind, f.span): f.name for f in live.features}
    compared = {kind for kind, _ in ours} & {kind for kind, _ in theirs}
    for kind, span in sorted(ours.keys() - theirs.keys()):
        if kind in compared:
            lines.append(f"{name}: {kind} {ours[kind, span]!r} {span} is not in UniProt")
    for kind, span in sorted(theirs.keys() - ours.keys()):
        if kind in compared:
            lines.append(f"{name}: {kind} {theirs[kind, span]!r} {span} is new in UniProt")
    return lines


def _exon_differences(protein: Protein, live: Transcript) -> list[str]:
    mine = protein.transcript
    assert mine is not None
    name = f"{protein.name} ({live.source or live.id})"
    if (mine.chromosome, mine.strand, mine.assembly) != (live.chromosome, live.strand, live.assembly):
        places = [f"{t.assembly} chr{t.chromosome} strand {t.strand:+d}" for t in (mine, live)]
        return [f"{name}: another place in the genome: {places[0]} here, {places[1]} there"]
    coding = [[(e.span, e.first_base) for e in t.exons if e.coding] for t in (mine, live)]
    lines = []
    if len(coding[0]) != len(coding[1]):
        lines.append(f"{name}: {len(coding[0])} coding exons here, {len(coding[1])} there")
    for number, (ours, theirs) in enumerate(zip(*coding, strict=False), 1):
        if ours != theirs:
            lines.append(
                f"{name}: coding exon {number}: residues {ours[0]} from base {ours[1]} here, {theirs[0]} from {theirs[1]} there"
            )
    return lines
