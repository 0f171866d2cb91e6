"""The receptor's relatives: aligned as other programs align them, superposed as TM-align does, counted as by hand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import gemmi
import numpy as np
import pytest
from artists import assert_clear
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_files import REFERENCES, mirror
from targets import TOML, load

import axlstruct
from axlstruct.errors import OfflineError, TargetError, UsageError
from axlstruct.family.conservation import ConservationRow, conservation_rows, domain_rows, verdict
from axlstruct.family.relatives import Relative, Touched, feature_note, lay_on, sequon_at
from axlstruct.figures.family.columns import columns, stretches
from axlstruct.sequence.features import Feature, Span
from axlstruct.sequence.homologue import Pairing, change, pair, substitution
from axlstruct.sequence.parts import LINKER, parts
from axlstruct.sequence.target import Family, Protein
from axlstruct.sources.cache import Cache, Resource
from axlstruct.structure.superposition import Trace, superpose
from axlstruct.study.facade import Study
from axlstruct.study.family import relatives_of

REFERENCE = json.loads((REFERENCES / "family.json").read_text())["relatives"]
MODELS = {"tyro3": "AF-Q06418", "mertk": "AF-Q12866"}
KINASE, IG1, IG2 = "Protein kinase", "Ig-like C2-type 1", "Ig-like C2-type 2"
letters = st.text("ACDEFGHIKLMNPQRSTUVWY", min_size=5, max_size=60)


def unrolled(stretches: list[list[int]]) -> dict[int, int]:
    return {a + n: b + n for a, b, length in stretches for n in range(length)}


def pairs_of(relative: Relative, program: str) -> dict[int, int]:
    return unrolled(REFERENCE[relative.protein.accession][program]["pairs"])


@cache
def folder() -> Path:
    return mirror("AF-P30530-F1.pdb").parent


def span_of(study: Study, domain: str) -> Span:
    return next(f.span for f in study.target.receptor.features_of("domain") if f.name == domain)


@pytest.fixture(scope="module", params=["TYRO3", "MERTK"])
def relative(study: Study, request: pytest.FixtureRequest) -> Relative:
    return next(r for r in relatives_of(study.session) if r.protein.name == request.param)


# The targets


@pytest.mark.parametrize("name", MODELS)
def test_a_shipped_sequence_is_that_of_the_model(name: str, tmp_path: Path) -> None:
    study = axlstruct.load(name, mirror=[folder()], offline=True, cache=tmp_path)
    structure = gemmi.read_structure(str(mirror(f"{MODELS[name]}-F1.pdb")))
    structure.setup_entities()
    assert study.sequence == gemmi.one_letter_code([residue.name for residue in structure[0][0]])
    assert study.sequence == gemmi.one_letter_code(structure.entities[0].full_sequence)
    assert {row.coverage for row in study.table("residues", MODELS[name]).rows} == {"predicted"}


@pytest.mark.parametrize("name", MODELS)
def test_the_ligand_is_that_of_axl_and_what_is_not_known_is_said(name: str, bare: Study, tmp_path: Path) -> None:
    study = axlstruct.load(name, mirror=[], offline=True, cache=tmp_path)
    assert study.target.ligand == bare.target.ligand
    answer = study.where("100")
    assert answer.numberings["mature"] is None, "the signal peptide is not known"
    assert "mature        not known" in str(answer)
    notes = answer.notes
    assert [note.partition(":")[0] for note in notes[:2]] == [
        f"features of {study.target.receptor.name} could not be had",
        f"exons of {study.target.receptor.name} could not be had",
    ]
    assert set(notes[:2]) <= set(study.table("residues").notes)
    assert not bare.target.receptor.absent


def test_exons_by_accession_where_no_transcript_is_named(tmp_path: Path) -> None:
    exon = {"genomeLocation": {"begin": {"position": 101}, "end": {"position": 160}}}
    place = {"chromosome": "7", "reverseStrand": False, "exon": [exon]}
    transcript = {"ensemblTranscriptId": "ENST0", "genomicLocation": place}
    known = [{"accession": "P00001", "sequence": "MGRVPLAWKSTDEQHNFYIC", "gnCoordinate": [transcript]}]
    (tmp_path / "P00001.coordinates.json").write_text(json.dumps(known))
    (tmp_path / "target.toml").write_text(
        'schema = 1\nname = "toy"\n[receptor]\nname = "REC"\naccession = "P00001"\nsequence = "MGRVPLAWKSTDEQHNFYIC"\n'
        "features = []\n[receptor.transcript]\n"
    )
    study = axlstruct.load(tmp_path, mirror=[tmp_path], offline=True, cache=tmp_path / "cache")
    assert [(exon.number, exon.start, exon.end) for exon in study.exons] == [(1, 101, 160)]


@pytest.mark.parametrize(
    ("family", "said"),
    [
        ('relatives = ["tyro4"]', r"no such relative .*axl, mertk, tyro3.*found tyro4"),
        ('relatives = ["tyro3", "TYRO3"]', "named twice"),
        ('relatives = ["target.toml"]', "no relative of itself"),
        ('relatives = "tyro3"', "relatives must be a list of names"),
        ('relatives = ["tyro3"]\nconserved = ["minor"]', r"no such interface .*expected main, found minor"),
        ('relative = ["tyro3"]', "did you mean 'relatives'"),
        ("conserved = []", "key 'relatives' is missing"),
    ],
)
def test_a_family_that_cannot_be_is_refused(family: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(TargetError, match=said):
        load(tmp_path, f"{TOML}\n[family]\n{family}\n")


def test_a_family_from_files_alone(tmp_path: Path) -> None:
    """A relative in a folder within the target's; no ligand, no features, no structure."""
    for name, place, sequence, family in (
        ("one", "one", "MGRVPLAWKSTDEQHNFYIC", '[family]\nrelatives = ["relatives/two"]'),
        ("two", "one/relatives/two", "MGRVPLAWRSTEQHNFYIC", ""),
    ):
        (tmp_path / place).mkdir(parents=True)
        receptor = f'[receptor]\nname = "{name}"\naccession = "P_{name}"\nsequence = "{sequence}"\n'
        site = 'sites = [{position = 18, residue = "Y", role = "docking"}]\n' if family else ""
        (tmp_path / place / "target.toml").write_text(f'schema = 1\nname = "{name}"\n{receptor}features = []\n{site}{family}')
    study = axlstruct.load(tmp_path / "one", mirror=[], offline=True, cache=tmp_path / "cache")
    (row,) = study.table("family").rows
    assert (row.residue, row.position, row.relative, row.relative_residue, row.relative_position) == ("Y", 18, "two", "Y", 17)
    linker, whole = study.table("family", "domains").rows
    assert (linker.kind, whole.kind, whole.identical, whole.similar, whole.gap) == ("linker", "chain", 18, 1, 1)
    assert {text.get_text() for text in study.figure("family").axes[0].texts} >= {"Y18", "two"}


@pytest.mark.parametrize(("ligand", "said"), [("nobody", "no such target"), ("tyro3", "no ligand of its own")])
def test_a_ligand_of_no_target_is_refused(ligand: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "target.toml").write_text(
        f'schema = 1\nname = "toy"\nligand = "{ligand}"\n'
        '[receptor]\nname = "R"\naccession = "P1"\nsequence = "MK"\nfeatures = []\n'
    )
    with pytest.raises(TargetError, match=said):
        axlstruct.load(tmp_path, mirror=[], offline=True, cache=tmp_path)


def test_a_model_of_another_protein_is_refused_and_the_rest_is_told(tmp_path: Path) -> None:
    for name in ("AF-P30530-F1.pdb", "AF-Q12866-F1.pdb", "2c5d.cif"):
        shutil.copy(folder() / name, tmp_path)
    lines = (folder() / "AF-Q12866-F1.pdb").read_text().splitlines(keepends=True)
    (tmp_path / "AF-Q06418-F1.pdb").write_text("".join(line for line in lines if line.startswith(("ATOM", "TER", "END"))))
    tyro3 = axlstruct.load("tyro3", mirror=[tmp_path], offline=True, cache=tmp_path / "cache")
    assert {row.coverage for row in tyro3.table("residues").rows} == {"unknown"}
    with pytest.raises(OfflineError, match="no chain is TYRO3"):
        tyro3.session.library.get("AF-Q06418")
    axl = axlstruct.load("axl", mirror=[tmp_path], offline=True, cache=tmp_path / "cache")
    axl.session.release = None
    table = axl.table("family", "interface")
    assert any(note.startswith("TYRO3: not compared in space") and "no chain is TYRO3" in note for note in table.notes)
    assert {row.agreement for row in table.rows if row.relative == "TYRO3"} == {""}
    assert {row.plddt for row in table.rows if row.relative == "TYRO3"} == {None}
    assert all(row.plddt for row in table.rows if row.relative == "MERTK" and row.relative_position)


def test_of_a_relative_nothing_but_its_model_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def get(self: Cache, resource: Resource, **choices: object) -> None:
        asked.append(resource.name)
        raise OfflineError("nothing to be had")

    monkeypatch.setattr(Cache, "get", get)
    axlstruct.load("axl", mirror=[], cache=tmp_path).table("family", "sites")
    assert list(dict.fromkeys(asked)) == ["AF-P30530", "AF-Q06418", "AF-Q12866"]


def test_without_coordinates_there_is_the_alignment_alone(printed: Study, study: Study) -> None:
    table = printed.table("family")
    assert {row.of for row in table.rows} == {"site", "feature"}
    assert {(row.agreement, row.plddt, row.structure_position) for row in table.rows} == {("", None, None)}
    assert sum("not compared in space" in note for note in table.notes) == 3
    assert any(note.startswith("no interface: ") for note in table.notes)
    held = [row for row in study.table("family").rows if row.of != "interface"]
    assert [row.relative_position for row in table.rows] == [row.relative_position for row in held]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["family", "--target", "tyro3"], 1, "the target names no relatives"),
        (["family", "--of", "nothing"], 2, "expected interface, sites, features, all, domains, conservation"),
    ],
)
def test_bad_requests_get_one_line(words: list[str], code: int, said: str, tmp_path: Path) -> None:
    environment = os.environ | {"AXLSTRUCT_CACHE": str(tmp_path), "AXLSTRUCT_MIRROR": ""}
    command = [sys.executable, "-m", "axlstruct", "--offline", *words]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == code
    assert said in done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1


def test_a_target_without_relatives_has_no_family(tmp_path: Path) -> None:
    lonely = axlstruct.load("mertk", mirror=[], offline=True, cache=tmp_path)
    with pytest.raises(TargetError, match="the target names no relatives"):
        lonely.figure("family")
    with pytest.raises(TargetError, match="the target names no relatives"):
        lonely.family("domains")


def test_what_was_asked_for_and_cannot_be_had_stops(printed: Study) -> None:
    for of in ("interface", "conservation"):
        with pytest.raises(OfflineError, match="2C5D is not in the cache"):
            printed.family(of)
    with pytest.raises(OfflineError, match="4RA0 is not in the cache"):
        printed.family("all", structure="4RA0")


def test_a_relative_is_asked_for_by_name_or_accession(study: Study) -> None:
    one, other = (study.family("sites", relative=name) for name in ("mertk", "Q12866"))
    assert one.equals(other)
    assert set(one["relative"]) == {"MERTK"}
    with pytest.raises(UsageError, match=r"'AXL' is no relative of AXL .*TYRO3 \(Q06418\), MERTK \(Q12866\)"):
        study.family("sites", relative="AXL")


# The alignment of sequences


def test_needle_finds_the_same_alignment_and_score(relative: Relative) -> None:
    assert relative.pairing.score == REFERENCE[relative.protein.accession]["needle"]["score"]
    assert relative.pairing.counterpart == pairs_of(relative, "needle")


@pytest.mark.parametrize("program", ["mafft", "clustalo", "muscle"])
def test_alignments_of_all_three_agree_where_the_family_is_close(relative: Relative, study: Study, program: str) -> None:
    theirs, ours = pairs_of(relative, program), relative.pairing.counterpart
    for domain, least in ((KINASE, 0.98), (IG2, 0.95)):
        span = span_of(study, domain)
        assert sum(theirs.get(p) == ours.get(p) for p in span) / len(span) >= least
    asked = {row.position for of in ("sites", "features") for row in study.table("family", of).rows}
    asked -= {p for p in asked if study.target.receptor.letter(p) in "NS"}  # sequons and the serine stand in loops
    asked |= {row.position for row in study.table("family", "interface").rows if row.label == "minor"}
    assert {p: ours[p] for p in asked} == {p: theirs[p] for p in asked}


def test_the_autophosphorylation_sites_of_mer(study: Study) -> None:
    """Ling, Templeton and Kung 1996, J Biol Chem: Tyr-749, Tyr-753 and Tyr-754, in the activation loop."""
    table = study.family("sites", relative="MERTK")
    found = {f"{a}{p}": f"{b}{q}" for a, p, b, q in zip(
        table["residue"], table["position"], table["relative_residue"], table["relative_position"], strict=True)}  # fmt: skip
    assert found == {"Y698": "Y749", "Y702": "Y753", "Y703": "Y754", "Y779": "Y830", "Y821": "Y872", "Y866": "Y929"}


def test_domains_bonds_and_sequons_of_mer_are_where_uniprot_has_them(study: Study) -> None:
    """UniProt Q12866: Ig 81-186 and 197-273, kinase 587-858, disulfides 115-175 and 218-262, N-glycosylation among others at
    114, 170, 207, 215, 234, 294, 316, 329, 336, 354, 389, 395, 442, 454."""
    rows = {row.part: row for row in study.table("family", "domains", relative="MERTK").rows if row.kind == "domain"}
    assert (rows[IG1].relative_first, rows[IG1].relative_last) == (81, 186)
    assert (rows[KINASE].relative_first, rows[KINASE].relative_last) == (587, 858)
    assert rows[IG2].relative_first == 197
    features = study.table("family", "features", relative="MERTK").rows
    bonds = [row.relative_position for row in features if row.label.startswith("disulfide")]
    assert bonds == [115, 175, 218, 262]
    kept = {row.relative_position for row in features if row.note.startswith("sequon")}
    assert kept == {215, 389, 395}


def test_motifs_bonds_and_sequons_are_judged_by_their_letters(study: Study) -> None:
    rows = study.table("family", "features").rows
    assert {row.note.partition(" in ")[0] for row in rows if row.label.startswith("disulfide")} == {"both cysteines"}
    assert {row.note.partition(":")[2] for row in rows if row.label.startswith("motif")} == {" 3 of 3 kept"}
    receptor = Protein("A", "P1", "receptor", "MCAAANGTKKC")
    other = Protein("B", "P2", "receptor", "MCAAANPTKKS")
    laid = Relative(receptor, other, Pairing({n: n for n in range(1, 11)}, frozenset(), 0.0))
    assert feature_note(laid, Feature("disulfide", "bond", Span(2, 11))) == "C- in B: no disulfide"
    assert feature_note(laid, Feature("glycosylation", "N", Span(6, 6))) == "no sequon in B"
    assert feature_note(laid, Feature("motif", "NGT", Span(6, 8))) == "NGT is NPT in B: 2 of 3 kept"
    assert [sequon_at(receptor, p) for p in (5, 6, 10, None)] == ["", "NGT", "", ""]


def test_every_share_of_a_domain_is_what_its_letters_say(relative: Relative) -> None:
    for row in domain_rows(relative):
        found = [(relative.receptor.letter(p), relative.pairing.counterpart.get(p)) for p in range(row.first, row.last + 1)]
        there = [(a, relative.protein.letter(q)) for a, q in found if q]
        same, alike = sum(a == b for a, b in there), sum(a != b and substitution(a, b) > 0 for a, b in there)
        assert (row.aligned, row.identical, row.similar, row.gap) == (len(there), same, alike, len(found) - len(there))
        if there:
            assert row.identity == pytest.approx(same / len(there), abs=1e-4)
            assert row.similarity == pytest.approx((same + alike) / len(there), abs=1e-4)


def test_parts_cover_the_receptor_once(study: Study) -> None:
    cut = parts(study.target.receptor)
    assert [p for part in cut for p in part.span] == list(range(1, len(study.sequence) + 1))
    assert [part.name for part in cut] == [
        "signal", LINKER, IG1, LINKER, IG2, LINKER, "Fibronectin type-III 1", LINKER, "Fibronectin type-III 2", LINKER,
        "transmembrane", LINKER, KINASE, LINKER,
    ]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(letters)
def test_a_sequence_is_its_own_counterpart(sequence: str) -> None:
    found = pair(sequence, sequence)
    assert found.counterpart == {n: n for n in range(1, len(sequence) + 1)}
    assert found.stable == frozenset(found.counterpart)
    assert {change(a, a) for a in sequence} == {"identical"}


@settings(max_examples=40, deadline=None)
@given(letters, letters)
def test_an_alignment_keeps_the_order_and_has_one_score_from_either_side(one: str, two: str) -> None:
    found, back = pair(one, two), pair(two, one)
    assert found.score == back.score
    assert sorted(found.counterpart.values()) == list(found.counterpart.values())
    assert len(set(found.counterpart.values())) == len(found.counterpart)
    assert all(1 <= a <= len(one) and 1 <= b <= len(two) for a, b in found.counterpart.items())


def test_a_gap_that_may_stand_anywhere_is_not_stable() -> None:
    found = pair("MKWVTFAAAAISLLWDYRNC", "MKWVTFAAAISLLWDYRNC")
    assert not found.stable & {7, 8, 9, 10} >= {7, 8, 9, 10}
    assert found.stable >= {1, 2, 3, 4, 5, 17, 18, 19, 20}


def test_the_order_of_relatives_does_not_matter(study: Study, tmp_path: Path) -> None:
    shipped = Path(axlstruct.__file__).parent / "targets"
    shutil.copytree(shipped / "axl", tmp_path / "axl")
    toml = tmp_path / "axl" / "target.toml"
    toml.write_text(toml.read_text().replace('["tyro3", "mertk"]', '["mertk", "tyro3"]'))
    turned = axlstruct.load(tmp_path / "axl", mirror=[folder()], offline=True, cache=tmp_path / "cache")
    for of in ("all", "domains"):
        one, other = study.family(of), turned.family(of)
        assert list(other["relative"].unique()) == ["MERTK", "TYRO3"]
        for name in MODELS:
            left, right = (t[t["relative"] == name.upper()].reset_index(drop=True) for t in (one, other))
            assert left.equals(right)


# The superposition of models


def test_tm_align_pairs_the_same_residues(relative: Relative) -> None:
    for part, fold in relative.folds.items():
        theirs = unrolled(REFERENCE[relative.protein.accession]["tm-align"][part.name]["pairs"])
        both = [p for p in theirs if p in fold.pairs]
        assert len(both) >= 0.9 * len(theirs)
        assert sum(fold.pairs[p] == theirs[p] for p in both) >= len(both) - 4


def test_the_alignment_of_ig1_with_tyro3_is_contradicted_by_place(study: Study) -> None:
    """TM-align puts the strand that touches the ligand two residues further than every alignment of the two sequences."""
    tyro3 = next(r for r in relatives_of(study.session) if r.protein.name == "TYRO3")
    theirs = unrolled(REFERENCE["Q06418"]["tm-align"][IG1]["pairs"])
    rows = {row.position: row for row in study.table("family", "interface", relative="TYRO3").rows if row.label == "major"}
    wrong = {p: row.structure_position for p, row in rows.items() if row.agreement == "contradicted"}
    assert wrong == {81: 88, 82: 89, 83: 90, 84: 91, 85: 92, 86: 93, 87: 94, 96: 96, 99: 99}
    assert {p: theirs[p] for p in wrong} == wrong
    assert {row.agreement for row in study.table("family", "interface").rows if row.label == "minor"} == {"confirmed"}
    assert tyro3.at(84).stable, "which no choice of gap costs tells"


def turned(traces: dict[int, Trace], shift: int) -> dict[int, Trace]:
    """The same chain elsewhere, its positions shifted."""
    turn, _ = np.linalg.qr(np.random.default_rng(7).normal(size=(3, 3)))
    turn *= np.sign(np.linalg.det(turn))
    return {p + shift: Trace(tuple(turn @ np.array(t.xyz) + [5.0, -3.0, 11.0]), t.plddt) for p, t in traces.items()}


def chain(length: int, plddt: float = 90.0) -> dict[int, Trace]:
    """A chain that folds back and forth, so that no shift of it looks like itself."""
    steps = np.random.default_rng(3).normal(size=(length, 3))
    places = np.cumsum(3.8 * steps / np.linalg.norm(steps, axis=1)[:, None], axis=0)
    return {n + 1: Trace(tuple(place), plddt) for n, place in enumerate(places.tolist())}


def test_a_chain_is_found_again_though_the_seed_is_wrong_in_places() -> None:
    fixed = chain(60)
    seed = {p: p + 100 for p in range(1, 41)} | {p: p + 102 for p in range(41, 51)}
    fold = superpose(fixed, turned(fixed, 100), seed, Span(1, 60))
    assert fold is not None
    assert fold.pairs == {p: p + 100 for p in range(1, 61)}
    assert fold.rmsd == pytest.approx(0.0, abs=0.01)
    assert fold.distance[45, 147] > 1.0


def test_what_is_disordered_is_paired_with_nothing_and_too_little_is_not_superposed() -> None:
    fixed = chain(40)
    loose = turned({p: Trace(t.xyz, 40.0 if p > 30 else 90.0) for p, t in fixed.items()}, 0)
    fold = superpose(fixed, loose, {p: p for p in fixed}, Span(1, 40))
    assert fold is not None
    assert set(fold.pairs) == set(range(1, 31))
    assert superpose(fixed, turned(chain(40, plddt=60.0), 0), {p: p for p in fixed}, Span(1, 40)) is None
    assert superpose(fixed, loose, {p: p for p in range(1, 12)}, Span(1, 40)) is None


# What is conserved


def test_shares_are_counted_contact_by_contact() -> None:
    receptor, other = Protein("A", "P1", "receptor", "MKWIVE"), Protein("B", "P2", "receptor", "MKWLVD")
    laid = lay_on(receptor, other)
    touched = [
        Touched("one", 2, 3.0, 10.0),
        Touched("one", 4, 1.5, 50.0),
        Touched("one", 6, 0.5, 40.0),
        Touched("two", 1, 2.0, 5.0),
    ]
    (one, two) = conservation_rows("1AAA", laid, touched)
    assert (one.residues, one.identical, one.similar, one.different, one.gap, one.contacts) == (3, 1, 2, 0, 0, 5.0)
    assert (one.identity_by_residue, one.identity_by_contact, one.identity_by_area) == (0.3333, 0.6, 0.1)
    assert one.similarity_by_contact == 1.0
    assert (two.by, two.identity_by_contact, two.contacts) == ("sequence", 1.0, 2.0)


def test_contacts_of_the_family_are_those_of_the_structure(study: Study) -> None:
    contacts, rows = study.table("contacts", "2C5D").rows, study.table("family", "interface", relative="MERTK").rows
    for interface in ("major", "minor"):
        mine = [row for row in rows if row.label == interface]
        assert sum(row.contacts for row in mine) * 2 == sum(c.interface == interface for c in contacts)
        assert {row.position for row in mine} == {c.position_1 for c in contacts if c.interface == interface}
    whole = {
        row.part: row.bsa
        for row in study.sums("2C5D", "domain").itertuples()
        if row.protein == "AXL" and row.interface == "major"
    }
    assert 0.9 * whole[IG1] < sum(row.buried_area for row in rows if row.label == "major") <= whole[IG1]


def test_identity_per_contact_of_both_interfaces(study: Study) -> None:
    """By hand, from the table of positions: what is identical, by sequence and by place."""
    table = study.family("interface")
    shares = {(r.relative, r.interface, r.by): r for r in study.table("family", "conservation").rows}
    for (name, interface), rows in table.groupby(["relative", "label"]):
        total = rows["contacts"].sum()
        by_sequence = rows.loc[rows["residue"] == rows["relative_residue"], "contacts"].sum() / total
        by_place = rows.loc[rows["residue"] == rows["structure_residue"], "contacts"].sum() / total
        assert shares[name, interface, "sequence"].identity_by_contact == pytest.approx(by_sequence, abs=1e-4)
        assert shares[name, interface, "structure"].identity_by_contact == pytest.approx(by_place, abs=1e-4)
    told = {key: (row.identity_by_contact, row.similarity_by_contact) for key, row in shares.items() if key[2] == "structure"}
    assert told == {
        ("TYRO3", "major", "structure"): (0.1667, 0.2619), ("TYRO3", "minor", "structure"): (0.3429, 0.9429),
        ("MERTK", "major", "structure"): (0.131, 0.1786), ("MERTK", "minor", "structure"): (0.5143, 0.8),
    }  # fmt: skip


def share(interface: str, by: str, identity: float, similarity: float, domain: float = 0.1) -> ConservationRow:
    numbers = identity, identity, identity, similarity, domain
    return ConservationRow("1AAA", interface, "REL", by, 5, 1, 1, 1, 1, 10.0, 100.0, *numbers)


@pytest.mark.parametrize(
    ("minor", "major", "said"),
    [
        ((0.5, 0.8), (0.3, 0.4), "REL: agrees with the claim"),
        ((0.5, 0.8), (0.45, 0.4), "REL: agrees with the claim in part"),
        ((0.3, 0.8), (0.5, 0.4), "REL: does not agree with the claim"),
        ((0.3, 0.4), (0.3, 0.4), "REL: does not agree with the claim"),
    ],
)
def test_a_claim_is_held_against_the_numbers(minor: tuple[float, float], major: tuple[float, float], said: str) -> None:
    family = Family((), ("minor",), "only the minor one", "a paper")
    lines = verdict(family, [share("minor", "sequence", *minor), share("major", "sequence", *major)])
    assert lines[0] == 'claim: "only the minor one" (a paper)'
    assert lines[-1] == said
    assert verdict(Family(()), [share("minor", "sequence", *minor)]) == ()
    assert verdict(family, [share("minor", "sequence", *minor)])[-1] == "REL: nothing to compare"


def test_a_conserved_site_in_a_conserved_domain_is_said_to_be_no_more_than_that() -> None:
    family = Family((), ("minor",), "only the minor one", "a paper")
    lines = verdict(family, [share("minor", "sequence", 0.5, 0.9, domain=0.6), share("major", "sequence", 0.1, 0.2)])
    assert lines[-1].endswith("but no more identical than the domains around it (minor 50%, its domains 60%)")


# The figure


def test_columns_hold_insertions_and_stretches_join() -> None:
    receptor, other = Protein("A", "P1", "receptor", "MKWVTFISLLDEYRW"), Protein("B", "P2", "receptor", "MKWVTGGFISLLDEYRW")
    laid = Relative(receptor, other, Pairing({n: n if n < 6 else n + 2 for n in range(1, 16) if n != 10}, frozenset(), 0.0))
    found = columns([laid], Span(4, 7))
    assert [(c.position, c.letter, c.cells[0].position, c.cells[0].letter, c.cells[0].change) for c in found] == [
        (4, "V", 4, "V", "identical"), (5, "T", 5, "T", "identical"), (None, "", 6, "G", "inserted"),
        (None, "", 7, "G", "inserted"), (6, "F", 8, "F", "identical"), (7, "I", 9, "I", "identical"),
    ]  # fmt: skip
    assert [c.cells[0].change for c in columns([laid], Span(9, 11))] == ["identical", "inserted", "gap", "identical"]
    assert [str(s) for s in stretches(Protein("A", "P1", "receptor", "A" * 90), [2, 16, 60])] == ["1-19", "57-63"]


def test_the_figure_marks_contacts_places_and_sites(study: Study) -> None:
    figure = study.figure("family")
    ids = {artist.get_gid() for ax in figure.axes for artist in (*ax.patches, *ax.texts, *ax.lines)} - {None}
    rows = study.table("family", "interface").rows
    for row in rows:
        assert f"contacts-{row.label}:{row.position}" in ids
        shown = f"{row.relative}-place:{row.position}" in ids
        assert shown == (row.agreement == "contradicted")
        if row.change in ("identical", "similar"):
            assert f"{row.relative}-{row.change}:{row.position}" in ids
    assert {f"site-{site.name}" for site in study.sites} <= ids
    assert min(text.get_fontsize() for ax in figure.axes for text in ax.texts) >= 6
    assert_clear(figure)


def test_a_narrow_figure_is_clear_too(study: Study) -> None:
    assert_clear(study.figure("family", width=88.0))
