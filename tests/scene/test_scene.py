"""Scenes compared as data: on a structure of two short chains written here, and on the real complex."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from eyes import EYES, distance, lab
from rows import row as made
from scenes import LIGAND, RECEPTOR, atoms, scene_of, small_target, small_text
from shared_files import mirror
from tiny import Chain, cif_text

from axlstruct.errors import UsageError
from axlstruct.evidence.rows import AffinityRow
from axlstruct.interface.kinds import KINDS
from axlstruct.scene import palette
from axlstruct.scene.dashes import bond_dashes
from axlstruct.scene.measures import BURIAL, BURIALS, DDG, DDG_BANDS, OTHER_ASSAY, one_assay
from axlstruct.scene.paint import NEUTRAL, SPLIT_CODON
from axlstruct.scene.scene import COLORS, AbsentSite, Run, Scene, Selection
from axlstruct.sequence.target import Target
from axlstruct.sources.cache import Cache
from axlstruct.sources.coordinates import read_structure
from axlstruct.sources.target import load_target
from axlstruct.structure.secondary_structure import Element, secondary_structure
from axlstruct.structure.structure import Structure
from axlstruct.study import views as gallery
from axlstruct.study.facade import Study


@pytest.fixture
def small(tmp_path: Path) -> Structure:
    path = tmp_path / "small.pdb"
    path.write_text(small_text())
    return read_structure(path)


@pytest.fixture(scope="module")
def axl() -> Target:
    return load_target("axl", Cache(Path("unused"), offline=True))


@pytest.fixture(scope="module")
def complex_2c5d() -> Structure:
    return read_structure(mirror("2c5d.cif"), id="2C5D")


def cartoons(scene: Scene) -> dict[str, list[str]]:
    return {layer.name: [str(s) for s in layer.selections] for layer in scene.layers if layer.style.kind == "cartoon"}


def test_selection_keeps_insertion_codes_and_negative_numbers_apart() -> None:
    selection = Selection.of("H", [(100, "A"), (-2, ""), (100, ""), (-1, ""), (0, ""), (100, "B"), (101, "")])
    assert selection.runs == (Run(-2, 0), Run(100, 101), Run(100, 100, "A"), Run(100, 100, "B"))
    assert str(selection) == "H/-2-0,100-101,100A,100B"
    assert len(selection) == 7
    assert (100, "B") in selection
    assert (100, "C") not in selection
    assert (-3, "") not in selection


def test_domains_of_the_small_structure(small: Structure) -> None:
    scene = scene_of(small, small_target())
    assert cartoons(scene) == {
        "REC Ig-like 1 (IG1)": ["R/10-13,11A"],
        "REC Kinase": ["R/15-16,20-25"],
        "REC between domains": ["R/14"],
        "LIG between domains": ["L/1-10"],
    }
    colors = {layer.name: layer.style.color for layer in scene.layers}
    assert colors["REC Kinase"] == palette.domain_colors(["Ig-like 1", "Kinase"])["Kinase"]
    assert scene.title == "small: REC with LIG, coloured by domain"
    assert scene.numbering == (
        "Author numbering of small (REC R: UniProt numbers follow no constant shift (hover for them); "
        "LIG L: UniProt numbers are the same)"
    )


def test_a_split_codon_has_a_colour_and_a_legend_line_of_its_own(small: Structure) -> None:
    scene = scene_of(small, small_target(), color="exon")
    assert cartoons(scene) == {
        "REC exon 1": ["R/10-11,11A"],
        "REC exon 2": ["R/13-16,20-25"],
        f"Exon junctions {SPLIT_CODON}": ["R/12"],
        "LIG no exon known": ["L/1-10"],
    }
    entry = next(entry for entry in scene.legend if entry.label == SPLIT_CODON)
    assert (entry.color, entry.detail) == (palette.TEXT, "UniProt REC 6")
    assert entry.color not in {other.color for other in scene.legend if "exon " in other.label}


def test_sites_are_drawn_where_they_are_and_named_where_they_are_not(small: Structure) -> None:
    scene = scene_of(small, small_target())
    site_layer = next(layer for layer in scene.layers if layer.name == "sites")
    assert [str(selection) for selection in site_layer.selections] == ["R/20", "L/1"]
    labels = {label.text: label for label in scene.labels}
    assert labels["D20"].selection == Selection("R", (Run(20, 20),))
    assert labels["D20"].hover.startswith("REC D14 (UniProt P00001): is there; missing")
    assert [(site.protein, site.name, site.position) for site in scene.absent] == [("REC", "Y11", 11), ("REC", "Y21", 21)]
    assert all("(chain R)" in site.reason for site in scene.absent)


def test_a_structure_without_the_receptor_shows_no_site_of_it(tmp_path: Path) -> None:
    path = tmp_path / "alone.pdb"
    path.write_text("\n".join([*atoms("L", LIGAND, [str(n) for n in range(1, 11)], 0.0), "TER", "END"]) + "\n")
    scene = scene_of(read_structure(path), small_target())
    assert AbsentSite("REC", "Y11", 11, "no chain of alone is REC") in scene.absent
    assert [label.text for label in scene.labels] == ["K1"]


def test_metals_are_spheres_and_water_is_left_out(small: Structure) -> None:
    scene = scene_of(small, small_target())
    spheres = {layer.name: [str(s) for s in layer.selections] for layer in scene.layers if layer.style.kind == "sphere"}
    assert spheres == {"Zn": ["R/99"], "sites": ["R/20", "L/1"]}
    assert not any((100, "") in selection for layer in scene.layers for selection in layer.selections)


def test_ions_of_different_metals_are_told_apart(complex_2c5d: Structure, axl: Target) -> None:
    legend = {entry.label: entry.color for entry in scene_of(complex_2c5d, axl).legend if entry.label.endswith(" ions")}
    assert legend == {"Ca ions": palette.METALS["Ca"], "Ni ions": palette.METALS["Ni"]}


@pytest.mark.parametrize("eye", EYES)
def test_calcium_and_nickel_are_apart_for_every_eye(eye: str) -> None:
    assert distance(palette.metal_color("Ca"), palette.metal_color("NI"), eye) >= 40


@pytest.mark.parametrize("eye", EYES)
def test_what_is_observed_in_part_is_lighter_than_the_whole(eye: str) -> None:
    observed, partial = palette.coverage_color("observed"), palette.coverage_color("partial")
    assert lab(partial, eye)[0] - lab(observed, eye)[0] >= 15


def test_residues_that_the_interactive_view_has_no_room_for_are_named(small: Structure, tmp_path: Path) -> None:
    path = tmp_path / "far.cif"
    path.write_text(cif_text(Chain("R", RECEPTOR, [*range(-1005, -1002), *range(1, 10), *range(9996, 10005)])))
    far = scene_of(read_structure(path), small_target())
    assert far.notes == (
        "Chain R, −1005–−1003, 10000–10004: not drawn in the interactive view, "
        "whose format holds author numbers from −999 to 9999",
    )
    assert scene_of(small, small_target()).notes == ()


def test_interface_residues_are_sticks_in_the_colour_of_their_class(small: Structure) -> None:
    near, far = scene_of(small, small_target(), cutoff=4.0), scene_of(small, small_target(), cutoff=3.0)
    (sticks,) = [layer for layer in near.layers if layer.style.kind == "stick"]
    assert (sticks.name, sticks.style.color, sticks.part) == ("major", palette.interface_color("major"), "side-chain")
    assert [str(s) for s in sticks.selections] == ["L/1-10", "R/10-16,20-21,11A"]
    assert not [layer for layer in far.layers if layer.style.kind == "stick"]
    assert not [layer for layer in scene_of(small, small_target(), interface=False).layers if layer.style.kind == "stick"]


@pytest.mark.parametrize(("asked", "meant"), [("domian", "domain"), ("Exon", "exon"), ("pLDDT", "plddt"), ("rainbow", None)])
def test_an_unknown_colour_is_refused_with_the_keys(small: Structure, asked: str, meant: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        scene_of(small, small_target(), color=asked)
    assert all(key in str(caught.value) for key in COLORS)
    assert caught.value.advice == (f"did you mean {meant!r}?" if meant else None)


def test_plddt_is_refused_for_what_is_no_prediction(small: Structure) -> None:
    with pytest.raises(UsageError, match="only predicted models have a pLDDT"):
        scene_of(small, small_target(), color="plddt")


def test_a_scene_is_json_and_the_same_each_time(small: Structure) -> None:
    one, two = (json.dumps(scene_of(small, small_target()).to_dict(), allow_nan=False) for _ in range(2))
    assert one == two
    back = json.loads(one)
    assert back["layers"][0]["selections"][0] == {
        "chain": "R",
        "runs": [{"first": 10, "last": 13, "icode": ""}, {"first": 11, "last": 11, "icode": "A"}],
    }
    assert set(back) >= {"structure", "assembly", "title", "layers", "labels", "legend", "absent", "notes", "secondary", "camera"}


@pytest.mark.parametrize("color", [color for color in COLORS if color != "plddt"])
def test_each_residue_of_2c5d_has_exactly_one_colour(study: Study, complex_2c5d: Structure, axl: Target, color: str) -> None:
    scene = scene_of(complex_2c5d, axl, color=color, measured=study.table("evidence", "affinity").rows)
    selections = [selection for layer in scene.layers if layer.style.kind == "cartoon" for selection in layer.selections]
    assert sum(map(len, selections)) == len(complex_2c5d.residues)
    for residue in complex_2c5d.residues:
        hits = [s for s in selections if s.chain == residue.id.chain and (residue.id.number, residue.id.icode) in s]
        assert len(hits) == 1, residue.id


def test_2c5d_by_domain_and_exon_in_author_numbers(complex_2c5d: Structure, axl: Target) -> None:
    domains = cartoons(scene_of(complex_2c5d, axl))
    assert domains["AXL Ig-like C2-type 1 (IG1)"] == ["C/27-121", "D/27-121"]
    assert domains["AXL Ig-like C2-type 2 (IG2)"] == ["C/132-215", "D/132-215"]
    exons = cartoons(scene_of(complex_2c5d, axl, color="exon"))
    assert exons["AXL exon 2"] == ["C/27-95", "D/27-95"]
    assert exons[f"Exon junctions {SPLIT_CODON}"][:2] == ["C/96", "D/96"]


def test_2c5d_shows_no_tyrosine_and_says_so(complex_2c5d: Structure, axl: Target) -> None:
    scene = scene_of(complex_2c5d, axl)
    assert [site.name for site in scene.absent] == ["Y698", "Y702", "Y703", "Y779", "Y821", "Y866"]
    assert not [layer for layer in scene.layers if layer.name == "sites"]
    assert "AXL C, D: UniProt = author + 7" in scene.numbering


def test_2c5d_glycans_metals_and_interfaces(complex_2c5d: Structure, axl: Target) -> None:
    scene = scene_of(complex_2c5d, axl)
    by_name = {layer.name: layer for layer in scene.layers}
    assert [str(s) for s in by_name["glycan, found by its bonds"].selections] == ["A/1678-1679", "B/1678-1679"]
    assert [str(s) for s in by_name["Ca"].selections] == ["A/1677", "B/1677"]
    assert [str(s) for s in by_name["Ni"].selections] == ["C/1218", "D/1218"]
    assert {s.chain for s in by_name["major"].selections} == set("ABCD")
    assert any(s.chain == "C" and (59, "") in s for s in by_name["major"].selections)
    assert not any((59, "") in s for s in by_name["minor"].selections)


def test_secondary_structure_of_2c5d_is_computed_and_beta(complex_2c5d: Structure) -> None:
    elements, source = secondary_structure(complex_2c5d)
    assert source.startswith("computed")
    length = {kind: sum(e.last[0] - e.first[0] + 1 for e in elements if e.kind == kind) for kind in ("helix", "strand")}
    total = len(complex_2c5d.residues)
    assert 0.35 < length["strand"] / total < 0.65
    assert 0.01 < length["helix"] / total < 0.10


def test_stated_secondary_structure_is_preferred_and_the_computed_one_is_like_it() -> None:
    from axlstruct.structure import secondary_structure as module

    structure = read_structure(mirror("4zxb.cif"))
    stated, source = secondary_structure(structure)
    assert source == "as the file states"
    index = {(r.id.chain, r.id.number, r.id.icode): i for i, r in enumerate(structure.residues)}

    def string(elements: tuple[Element, ...]) -> list[str]:
        state = ["-"] * len(index)
        for e in elements:
            first, last = index[(e.chain, *e.first)], index[(e.chain, *e.last)]
            state[first : last + 1] = [e.kind] * (last - first + 1)
        return state

    ours = string(tuple(module._computed(structure)))
    assert sum(a == b for a, b in zip(ours, string(stated), strict=True)) / len(ours) > 0.85


def test_alphafold_model_in_confidence_bands_with_all_sites(axl: Target) -> None:
    structure = read_structure(mirror("AF-P30530-F1.pdb"))
    scene = scene_of(structure, axl, color="plddt")
    bands = [(entry.color, entry.label) for entry in scene.legend if entry.heading == "Confidence (pLDDT)"]
    assert bands == [(color, label) for _, color, label in palette.PLDDT_BANDS]
    assert scene.absent == ()
    assert [label.text for label in scene.labels if label.color == palette.TEXT] == [
        "Y698",
        "Y702",
        "Y703",
        "Y779",
        "Y821",
        "Y866",
    ]
    assert "predicted" in {row.coverage for row in scene.residues}


def test_a_structure_of_other_proteins_is_shown_as_such(axl: Target) -> None:
    scene = scene_of(read_structure(mirror("1igy.cif")), axl)
    assert [entry.heading for entry in scene.legend][:1] == ["Other protein"]
    assert any(run.icode for layer in scene.layers for selection in layer.selections for run in selection.runs)


def test_camera_is_a_rotation_and_the_same_each_time(complex_2c5d: Structure, axl: Target) -> None:
    camera = scene_of(complex_2c5d, axl).camera
    assert sum(value**2 for value in camera.rotation) == pytest.approx(1.0, abs=1e-5)
    assert camera == scene_of(complex_2c5d, axl).camera


ASKED = {"cutoff": 4.0, "assembly": "asu"}


def drawn(study: Study, structure: str | None = "2C5D", **options: object) -> Scene:
    return gallery.scene_of(study.session, structure, **{"color": "domain", **ASKED, **options})[1]  # type: ignore[arg-type]


def test_dashes_are_the_hydrogen_bonds_and_salt_bridges_between_chains(study: Study) -> None:
    rows = [row for row in study.table("interactions", "2C5D") if row.type in ("hbond", "salt-bridge")]
    scene = drawn(study)
    assert [(dash.type, str(dash.donor), str(dash.acceptor), dash.grade) for dash in scene.dashes] == [
        (row.type, row.donor, row.acceptor, row.grade) for row in rows
    ]
    assert "salt-bridge A/310:NH2 C/59:OE2" in {f"{dash.type} {dash.donor} {dash.acceptor}" for dash in scene.dashes}
    assert {(dash.type, dash.color) for dash in scene.dashes} == {("hbond", "#2B2B2B"), ("salt-bridge", "#E0007A")}
    entries = [entry for entry in scene.legend if entry.shape == "dash"]
    assert [(entry.label, entry.color) for entry in entries] == [
        ("hydrogen bonds", "#2B2B2B"),
        ("salt bridges", "#E0007A"),
    ]
    grades = [sum(row.type == "hbond" and row.grade == grade for row in rows) for grade in "abc"]
    assert entries[0].detail == "by grade: " + ", ".join(f"{g} {n}" for g, n in zip("abc", grades, strict=True))


def test_dashes_join_atoms_that_are_there_and_as_far_apart_as_the_row_says(study: Study) -> None:
    where = {
        (chain.name, residue.seqid.num, residue.seqid.icode.strip(), atom.name): atom.pos
        for chain in study.session.analysed("2C5D").held.structure.model
        for residue in chain
        for atom in residue
    }
    for dash in drawn(study).dashes:
        one, two = (where[end.chain, end.number, end.icode, end.atom] for end in (dash.donor, dash.acceptor))
        assert one.dist(two) == pytest.approx(dash.distance, abs=1e-3)
        assert dash.donor.chain != dash.acceptor.chain


def test_a_dash_finds_the_end_with_the_insertion_code(study: Study) -> None:
    row = next(row for row in study.table("interactions", "2C5D") if row.type == "hbond" and row.donor.startswith(row.chain_1))
    coded = replace(row, icode_1="A", donor=f"{row.chain_1}/{row.number_1}A:N")
    (dash,) = bond_dashes([coded])
    assert (dash.donor.number, dash.donor.icode, dash.donor.atom) == (row.number_1, "A", "N")
    with pytest.raises(ValueError, match="at no end"):
        bond_dashes([replace(row, donor="Z/1:N")])


def test_bonds_within_a_chain_and_other_types_are_no_dashes(study: Study) -> None:
    rows = study.table("interactions", "2C5D").rows
    assert bond_dashes(row for row in rows if not KINDS[row.type].dashed or row.interface == "none") == ()


def test_without_bonds_there_is_no_dash_and_no_legend_of_them(study: Study) -> None:
    scene = drawn(study, bonds=False)
    assert scene.dashes == ()
    assert not [entry for entry in scene.legend if entry.shape == "dash"]
    assert drawn(study, "AF-P30530-F1", color="plddt").dashes == ()


def test_burial_colours_are_those_of_the_residue_table(study: Study) -> None:
    found = cartoons(drawn(study, color="burial"))
    assert list(found) == [f"{BURIAL} {word}" for word in (*BURIALS, "other")]
    rows = study.table("residues", "2C5D").rows
    for word in BURIALS:
        places: dict[str, list[tuple[int, str]]] = {}
        for row in rows:
            if row.burial == word:
                places.setdefault(row.chain, []).append((row.number, row.icode or ""))
        assert set(found[f"{BURIAL} {word}"]) == {str(Selection.of(chain, them)) for chain, them in places.items()}
        assert places


def test_burial_of_a_trace_is_refused(small: Structure) -> None:
    with pytest.raises(UsageError, match="no areas"):
        scene_of(small, small_target(), color="burial")


def affinity(mutation: str, ddg: float, pubmed: int = 1, bound: str = "", protein: str = "REC") -> AffinityRow:
    return made(
        AffinityRow,
        mutations_uniprot=f"{protein}:{mutation}",
        relation=bound or "=",
        ddg=ddg,
        assay=f"assay {pubmed}",
        pubmed=pubmed,
    )


def test_ddg_colours_the_single_mutants_of_one_assay_alone(small: Structure) -> None:
    rows = [
        affinity("L5A", 2.5, bound=">="), affinity("D7K", 0.1, pubmed=2), affinity("D7A", 0.5), affinity("D7R", 1.4),
        affinity("S4A;REC:L5K", 9.0), affinity("Y11A", 3.0), affinity("K1A", -0.9, protein="LIG"),
        affinity("G6A", 5.0, pubmed=2), *(affinity(f"{a};REC:Y11A", 1.0, pubmed=2) for a in ("L5A", "L5D", "L5E", "L5F", "L5G")),
    ]  # fmt: skip
    scale = one_assay(rows)
    assert scale is not None
    assert (scale.pubmed, scale.elsewhere) == (1, {("REC", 6): (2,)})
    assert {key: str(one) for key, one in scale.told.items()} == {
        ("REC", 5): "REC L5A ≥ +2.50", ("REC", 7): "REC D7R +1.40", ("REC", 11): "REC Y11A +3.00", ("LIG", 1): "LIG K1A −0.90",
    }  # fmt: skip
    assert one_assay([affinity("S4A;REC:L5K", 9.0)]) is None
    scene = scene_of(small, small_target(), color="ddg", measured=rows)
    name = DDG.partition(",")[0]
    found = cartoons(scene)
    assert list(found) == [
        f"{name} 2.0 or more", f"{name} 1.0 to 2.0", f"{name} below −0.25", f"{name} measured in another assay (PubMed 2)",
        f"{name} no single mutant measured",
    ]  # fmt: skip
    assert [found[f"{name} {label}"] for label in ("2.0 or more", "1.0 to 2.0", "below −0.25")] == [["R/11A"], ["R/13"], ["L/1"]]
    entries = {entry.label: entry for entry in scene.legend if entry.heading == f"{DDG}, PubMed 1 (assay 1)"}
    assert entries["2.0 or more"].detail == "REC L5A ≥ +2.50"
    other = entries["measured in another assay (PubMed 2)"]
    assert (other.color, other.detail) == (OTHER_ASSAY, "REC 6")
    assert "one assay alone" in entries["no single mutant measured"].detail
    assert ", ≥ marks a lower bound" in entries["no single mutant measured"].detail
    assert "Measured, but not in this structure: REC Y11A +3.00 kcal/mol (UniProt numbering)" in scene.notes


def test_only_what_a_structure_shows_decides_which_assay_colours_it() -> None:
    rows = [affinity("L5A", 1.0), affinity("D7A", 1.0), affinity("K1A", 2.0, pubmed=2, protein="LIG")]
    everywhere, ligand = one_assay(rows), one_assay(rows, {("LIG", 1)})
    assert everywhere is not None
    assert ligand is not None
    assert (everywhere.pubmed, ligand.pubmed) == (1, 2)


def test_ddg_of_2c5d_and_where_nothing_is_measured(study: Study, small: Structure) -> None:
    layers = cartoons(drawn(study, color="ddg"))
    strong = next(where for name, where in layers.items() if name.endswith("2.0 or more"))
    assert [place for place in strong if place.startswith(("C", "D"))] == ["C/77", "D/77"]
    with pytest.raises(UsageError, match="no affinity of a single mutant"):
        scene_of(small, small_target(), color="ddg")


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("scale", [[c for c, _ in BURIALS.values()], [c for _, c, _ in DDG_BANDS]])
def test_scales_are_apart_for_every_eye(scale: list[str], eye: str) -> None:
    pairs = combinations([*scale, NEUTRAL], 2) if eye != "grey" else pairwise(scale)
    closest = min(pairs, key=lambda pair: distance(*pair, eye))
    assert distance(*closest, eye) >= 12, closest


def test_labels_in_uniprot_numbers_on_request(small: Structure, study: Study) -> None:
    scene = scene_of(small, small_target(), numbering="uniprot")
    labels = {label.text: str(label.selection) for label in scene.labels if label.color == palette.TEXT}
    assert labels == {"D14": "R/20", "K1": "L/1"}
    assert next(entry.detail for entry in scene.legend if entry.heading == "Sites") == "labels: UniProt numbers"
    assert scene.numbering.startswith("Labels in UniProt numbering, all else in author numbering of small (")
    plain = scene_of(small, small_target())
    assert next(entry.detail for entry in plain.legend if entry.heading == "Sites") == "labels: author numbers"
    assert replace(scene, labels=plain.labels, legend=plain.legend, numbering=plain.numbering) == plain
    with pytest.raises(UsageError, match=r"unknown numbering 'pdb' \(expected author or uniprot\)"):
        drawn(study, numbering="pdb")
