"""The main job: fetch, map, annotate, contacts, tables, figures, view, report, provenance, and a summary in words."""

from __future__ import annotations

import hashlib
import importlib.util
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axlstruct.errors import AxlstructError, OutputError, SourceError, UsageError
from axlstruct.interface.kinds import SALT_BRIDGE
from axlstruct.sources.cache import Fetched
from axlstruct.sources.names import PAE, is_path
from axlstruct.study.evidence import evidence_tables
from axlstruct.study.figures import FigureOptions, draw
from axlstruct.study.provenance import homeless, record_of
from axlstruct.study.report import MainTables, main_tables, report_text, require
from axlstruct.study.session import CUTOFF, Session
from axlstruct.study.summary import chain_lines
from axlstruct.study.views import page
from axlstruct.tables import Table, to_json, write_whole

FIGURE_FORMATS = ("png", "svg", "pdf")


@dataclass
class Summary:
    """What a run made and what it could not make."""

    text: str = ""
    outputs: list[Path] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def run_job(
    session: Session,
    folder: Path,
    *,
    refresh: bool = False,
    print_quality: bool = False,
    told: Callable[[str], None] = lambda step: None,
) -> Summary:
    """Write tables, figures, view, report and provenance of a target into a folder.

    Parameters
    ----------
    session : Session
    folder : Path
        Made if need be; files of an earlier run are replaced one by one, each whole.
    refresh : bool
        Also ask UniProt and Ensembl, and report what differs from what ships with the target.
    print_quality : bool
        Ray-trace stills in print quality instead of as drafts.
    told : callable
        Told of each step before it begins.

    Returns
    -------
    Summary
        ``missing`` names optional structures that could not be had, ``failed`` the parts of the job that were not done.

    Raises
    ------
    AxlstructError
        A required structure cannot be had, or the folder cannot be written.
    """
    summary = Summary()
    told("structures")
    require(session)
    _make_folder(folder)
    told("tables")
    done = main_tables(session)
    summary.missing = dict(done.missing)

    def write(name: str, make: Callable[[], bytes]) -> None:
        try:
            write_whole(folder / name, make())
            summary.outputs.append(folder / name)
        except AxlstructError as error:
            summary.failed[name] = str(error)

    for name in ("residues", "contacts", "interactions", "interfaces"):
        table = getattr(done, name)
        write(f"{name}.tsv", lambda table=table: table.render("tsv"))  # type: ignore[misc]
    told("figures")
    _draw(session, folder, summary, _figures(session, contacts=bool(done.contacts.rows)))
    shown = session.target.reference.id if session.target.reference else next(iter(done.present), None)
    if shown in done.released:
        summary.missing["stills and view.html"] = f"they need coordinates: axlstruct fetch {' '.join(done.released)}"
    else:
        told("stills")
        _draw_stills(session, folder, summary, print_quality=print_quality)
    told("view")
    if shown in done.present and shown not in done.released and shown is not None:
        write("view.html", lambda: page(session, shown).encode())
    told("report")
    write("report.html", lambda: report_text(session, done, cutoff=CUTOFF).encode())
    differences: list[str] = []
    if refresh:
        _, differences, unasked = compare_all(session)
        summary.failed |= unasked
    write("provenance.json", lambda: to_json(provenance(session, done.present, summary, differences)).encode())
    summary.text = _words(session, folder, done, summary, differences)
    return summary


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"the folder cannot be made ({error.strerror})", where=str(folder)) from None


def _figures(session: Session, *, contacts: bool) -> list[str]:
    """Figures that need no coordinates and that the target has something for."""
    kinase = any("kinase" in feature.name.lower() for feature in session.target.receptor.features_of("domain"))
    wanted = {
        "domains": True, "contact-map": contacts, "footprint": contacts, "ddg": session.evidence.has("affinity"),
        "evidence": bool(evidence_tables(session)[0]), "kinase": kinase, "family": bool(session.target.family),
    }  # fmt: skip
    return [name for name, there in wanted.items() if there]


def _draw(session: Session, folder: Path, summary: Summary, names: Sequence[str]) -> None:
    from axlstruct.figures.paper.save import save_figure

    for name in names:
        try:
            figure = draw(session, name, FigureOptions())
        except SourceError as error:
            summary.missing[f"figure {name}"] = str(error)
            continue
        except AxlstructError as error:
            summary.failed[name] = str(error)
            continue
        for format in FIGURE_FORMATS:
            try:
                summary.outputs.append(save_figure(figure, folder / f"{name}.{format}"))
            except AxlstructError as error:
                summary.failed[f"{name}.{format}"] = str(error)


def _draw_stills(session: Session, folder: Path, summary: Summary, *, print_quality: bool) -> None:
    """Stills need PyMOL, an extra: without it they are left out, and that is said."""
    from axlstruct.figures.paper.save import save_figure

    if importlib.util.find_spec("pymol2") is None:
        summary.missing["stills"] = "they need PyMOL, which is not installed; pip install 'axlstruct[stills]'"
        return
    closeups = session.target.interface_names if session.target.reference else ()
    stills: list[tuple[str, str, str | None]] = [("overview", "overview", None), ("sites", "sites", None)]
    stills += [(f"interface-{name}", "interface-closeup", name) for name in closeups]
    for file, name, interface in stills:
        try:
            drawn = draw(session, name, FigureOptions(interface=interface, print_quality=print_quality))
            summary.outputs.append(save_figure(drawn, folder / f"{file}.png"))
        except AxlstructError as error:
            summary.missing[f"still {file}"] = str(error)


def provenance(session: Session, present: Sequence[str], summary: Summary, differences: list[str]) -> dict[str, Any]:
    """Where every number of a run comes from, what could not be had or done, and the outputs with their hashes."""
    return {
        **record_of(session, present, cutoff=CUTOFF),
        "missing": {name: homeless(session, why) for name, why in summary.missing.items()},
        "failed": {name: homeless(session, why) for name, why in summary.failed.items()},
        "differences": differences,
        "outputs": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in summary.outputs},
    }


def _words(session: Session, folder: Path, done: MainTables, summary: Summary, differences: list[str]) -> str:
    target, residues, interfaces = session.target, done.residues, done.interfaces
    held = Counter[tuple[str, str, str]]()
    for bond in done.interactions.rows:
        held[bond.structure, bond.chain_1, bond.chain_2] += bond.hbonds * (bond.type == SALT_BRIDGE)
    lines = [
        f"{target.title or target.name}: " + ", ".join(f"{p.name} {p.accession}, {len(p)} residues" for p in target.proteins),
        "",
    ]
    lines += ["Residues seen (UniProt positions)"]
    lines += [f"  {line}" for line in chain_lines(residues.rows, summary.missing)]
    lines += ["", f"Interfaces (heavy atoms within {CUTOFF:g} A; asymmetric unit)"]
    for row in interfaces.rows:
        pair = f"{row.protein_1} {row.chain_1} - {row.protein_2} {row.chain_2}"
        counts = f"{row.residue_pairs:>3} residue pairs {row.atom_pairs:>4} atom pairs"
        within = held[row.structure, row.chain_1, row.chain_2]
        hbonds = f"{row.hbonds} H-bond{'s' * (row.hbonds != 1)}" + (f" ({within} in salt bridges)" if within else "")
        bridges = f"{row.salt_bridges} salt bridge{'s' * (row.salt_bridges != 1)}"
        bonds = f"{row.bsa:>7.0f} A^2 buried, {hbonds}, {bridges}" if row.bsa else ""
        lines.append(f"  {row.structure:<10} {pair:<18} {row.interface:<8} {counts} {bonds}".rstrip())
    if sites := target.receptor.sites:
        lines += ["", "Sites"]
        for site in sites:
            seen = [
                f"{r.structure} {r.chain}" + (f" (pLDDT {r.plddt:.0f})" if r.plddt is not None else "")
                for r in residues.rows
                if (r.protein, r.position) == (target.receptor.name, site.position)
                and r.coverage in ("observed", "partial", "different", "predicted")
            ]
            lines.append(f"  {site.name:<6} {', '.join(seen) or 'in no structure at hand'}")
    lines += [""]
    if done.released:
        computed = [id for id in done.present if id not in done.released]
        lines += [f"Computed from coordinates: {', '.join(computed) or 'nothing'}"]
        lines += [
            f"From the released analysis, because coordinates could not be had: {', '.join(done.released)} "
            f"(axlstruct fetch {' '.join(done.released)})"
        ]
    lines += [f"Could not be had: {name}: {why}" for name, why in summary.missing.items()]
    lines += [f"Not done: {name}: {why}" for name, why in summary.failed.items()]
    lines += [f"Differs from the servers: {line}" for line in differences]
    lines += [f"Wrote {len(summary.outputs)} files to {folder}/: {', '.join(path.name for path in summary.outputs)}"]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class FetchRow:
    """A fetched file and where it came from."""

    name: str
    origin: str
    source: str
    date: str
    release: str
    bytes: int | None
    sha256: str
    path: str


def fetch_all(session: Session, names: list[str], *, refresh: bool = False) -> tuple[Table, list[str], dict[str, str], bool]:
    """Fill the cache.

    Parameters
    ----------
    names : list of str
        PDB ids, ``AF-`` models, their errors (``AF-P30530-PAE``), UniProt accessions, Ensembl transcripts (coding sequence);
        empty for all of the target.
    refresh : bool
        Fetch anew; for all of the target also compare what ships with it with UniProt and Ensembl.

    Returns
    -------
    table : Table of FetchRow
    differences : list of str
    missing : dict of str to str
    blocking : bool
        Whether something missing was asked for by name or is required.
    """
    rows: list[FetchRow] = []
    differences: list[str] = []
    missing: dict[str, str] = {}
    for name in names or [entry.id for entry in session.target.structures]:
        try:
            rows.append(_fetch_one(session, name, refresh))
        except SourceError as error:
            missing[name] = str(error)
    optional = {entry.id for entry in session.target.structures if not entry.required} if not names else set()
    blocking = bool(missing.keys() - optional)
    if refresh and not names:
        fetched, differences, unasked = compare_all(session)
        rows += [_row(item) for item in fetched]
        missing |= unasked
        blocking = blocking or bool(unasked)
    return Table(FetchRow, rows), differences, missing, blocking


def _fetch_one(session: Session, name: str, refresh: bool) -> FetchRow:
    from axlstruct.sources.resources import coding_sequence, isoform_fasta, pae_resource, uniprot_json

    if is_path(name):
        raise UsageError("a file need not be fetched", where=name)
    if name.upper().startswith("ENS"):
        return _row(session.cache.get(coding_sequence(name.upper()), refresh=refresh))
    if match := PAE.fullmatch(name):
        residues = next((len(p) for p in session.target.proteins if p.accession == match[1].upper()), None)
        return _row(session.cache.get(pae_resource(match[1], residues), refresh=refresh))
    try:
        held = session.library.get(name, refresh=refresh)
    except UsageError:
        resource = isoform_fasta(name) if "-" in name else uniprot_json(name)
        return _row(session.cache.get(resource, refresh=refresh))
    record = held.provenance
    return FetchRow(
        record.name, held.origin, record.url, record.date, record.release, record.bytes, record.sha256, held.structure.source
    )


def _row(fetched: Fetched) -> FetchRow:
    record = fetched.provenance
    return FetchRow(
        record.name, fetched.origin, record.url, record.date, record.release, record.bytes, record.sha256, str(fetched.path)
    )


def compare_all(session: Session) -> tuple[list[Fetched], list[str], dict[str, str]]:
    """Compare what ships with the target with UniProt and Ensembl, protein by protein."""
    from axlstruct.sources.refresh import compare_with_servers

    fetched: list[Fetched] = []
    differences: list[str] = []
    missing: dict[str, str] = {}
    for protein in session.target.proteins:
        files, lines, unasked = compare_with_servers(protein, session.cache)
        fetched, differences, missing = fetched + files, differences + lines, missing | unasked
    return fetched, differences, missing
