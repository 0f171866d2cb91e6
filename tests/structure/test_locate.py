"""Where is this residue? Never a neighbour instead; a wrong letter is refused with what may have been meant."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from shared_files import mirror
from tiny import Chain, cif_text

from axlstruct.errors import AxlstructError, OfflineError, SiteError, StructureError, UsageError
from axlstruct.study.facade import Study

Write = Callable[..., Path]
RECORD = [
    "query",
    "protein",
    "position",
    "residue",
    "exons",
    "codon",
    "genomic",
    "domain",
    "region",
    "site",
    "numberings",
    "placements",
]
PLACEMENT = ["structure", "chain", "number", "icode", "coverage", "observed_residue", "plddt", "note"]


def shown(study: Study, query: str) -> dict[str, dict[str, str]]:
    """Coverage by structure and chain."""
    found: dict[str, dict[str, str]] = {}
    for placement in study.where(query).placements:
        found.setdefault(placement.structure, {})[placement.chain] = str(placement.coverage)
    return found


ONE_RESIDUE = ["E66", "Glu66", "66", "P30530:66", "AXL:E66", "axl:66", "2C5D:C/59", "2c5d:D/E59", "pdb_00002c5d:C/59", "E59@2C5D"]
ONE_RESIDUE += ["59@2C5D:C", "E59@2c5d", "E66@AF-P30530", "AF-P30530:A/66"]


@pytest.mark.parametrize("query", ONE_RESIDUE)
def test_every_notation_finds_glutamate_66(query: str, study: Study) -> None:
    answer = study.where(query)
    assert (answer.protein.name, answer.position, answer.residue, answer.exons) == ("AXL", 66, "E", (2,))
    assert answer.numberings["author"]["2C5D"] == ["C/59", "D/59"]
    assert answer.numberings["uniprot"] == "P30530:66"
    assert answer.numberings["mature"] == 41


@pytest.mark.parametrize("query", ["GAS6:R308", "Q14393:308", "2C5D:A/308", "R308@2C5D"])
def test_the_ligand_is_asked_for_by_name_or_place(query: str, study: Study) -> None:
    answer = study.where(query)
    assert (answer.protein.name, answer.position, answer.residue) == ("GAS6", 308, "R")
    assert answer.numberings["author"]["2C5D"] == ["A/308", "B/308"]


def test_tyrosine_702_is_seen_in_two_chains_of_5u6b_and_predicted(study: Study) -> None:
    found = shown(study, "Y702")
    assert found["2C5D"] == {"C": "not-in-construct", "D": "not-in-construct"}
    assert found["5U6B"] == {"A": "unobserved", "B": "observed", "C": "unobserved", "D": "observed"}
    assert found["AF-P30530"] == {"A": "predicted"}
    (model,) = (p for p in study.where("Y702").placements if p.structure == "AF-P30530")
    assert round(model.plddt or 0) == 56


@pytest.mark.parametrize("position", [821, 866])
def test_the_tail_is_outside_the_kinase_construct(position: int, study: Study) -> None:
    assert set(shown(study, str(position))["5U6B"].values()) == {"not-in-construct"}


def test_arginine_103_has_two_exons_and_three_bases(study: Study) -> None:
    record = study.where("R103").to_dict()
    assert record["exons"] == [2, 3]
    assert record["codon"] == {"cds": [307, 309], "split": True}
    assert record["genomic"] == {"assembly": "GRCh38", "chromosome": "19", "strand": "+", "bases": [41220858, 41221146, 41221147]}
    assert record["numberings"]["cds"] == "c.307_309"


def test_the_record_has_the_keys_that_scripts_rely_on(study: Study) -> None:
    record = json.loads(json.dumps(study.where("E59@2C5D").to_dict()))
    assert [key for key in record if key in RECORD] == RECORD
    for placement in record["placements"]:
        assert [key for key in placement if key in PLACEMENT] == PLACEMENT
    first = next(p for p in record["placements"] if p["structure"] == "2C5D" and p["chain"] == "C")
    assert {key: first[key] for key in PLACEMENT} == {
        "structure": "2C5D", "chain": "C", "number": 59, "icode": "", "coverage": "observed", "observed_residue": "GLU",
        "plddt": None, "note": "",
    }  # fmt: skip
    assert (record["query"], record["domain"], record["region"], record["site"]) == (
        "E59@2C5D",
        "Ig-like C2-type 1",
        "extracellular",
        None,
    )


def test_a_site_brings_its_role_and_source(bare: Study) -> None:
    site = bare.where("Y779").to_dict()["site"]
    assert (site["name"], "docking" in site["role"], bool(site["source"])) == ("Y779", True, True)
    assert "unverified" not in site


@pytest.mark.parametrize("study_name", ["study", "bare"])
@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("E59", "UniProt 59 of AXL is Q, not E; did you mean E59@2C5D = E66"),
        ("F702", "UniProt 702 of AXL is Y, not F"),
        ("E56", "UniProt 56 of AXL is C, not E; did you mean E56@2C5D = E63"),
        ("T77", "did you mean T77@2C5D = T84"),
        ("GAS6:E308", "UniProt 308 of GAS6 is R, not E"),
    ],
)
def test_a_wrong_letter_is_refused_with_advice(query: str, advice: str, study_name: str, request: pytest.FixtureRequest) -> None:
    """Mutants in the paper (E56R, E59R, T77R) are in author numbers; the advice needs no coordinates."""
    with pytest.raises(SiteError) as caught:
        request.getfixturevalue(study_name).where(query)
    assert advice in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("query", ["895", "0", "-5", "GAS6:679", "Y9999"])
def test_positions_outside_the_sequence_are_refused(query: str, bare: Study) -> None:
    with pytest.raises(SiteError, match="has no position"):
        bare.where(query)


@pytest.mark.parametrize("query", ["EGFR:790", "P00533:790", "2C5D:59"])
def test_a_protein_that_is_not_the_targets_is_refused(query: str, bare: Study) -> None:
    with pytest.raises(SiteError, match=r"is no protein of this target \(expected AXL \(P30530\) or GAS6 \(Q14393\)\)"):
        bare.where(query)


def test_a_protein_in_the_place_of_a_structure_is_refused(bare: Study) -> None:
    for query in ("Y702@P30530", "AXL:A/702"):
        with pytest.raises(SiteError, match="is a protein, not a structure"):
            bare.where(query)


def test_an_unknown_chain_is_refused_with_those_there_are(study: Study) -> None:
    with pytest.raises(StructureError, match=r"no chain 'Z' \(found A, B, C, D") as caught:
        study.where("2C5D:Z/59")
    assert "2C5D" in str(caught.value)


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("2C5D:A/1677", "hetero groups and tags have no position"),
        ("1218@2C5D", "hetero groups and tags have no position"),
        ("2C5D:B/1678", "hetero groups and tags have no position"),
        ("2C5D:C/702", "no residue 702 with atoms"),
        ("2C5D:A/500", "no residue 500 with atoms"),
        ("2C5D:C/59A", "no residue 59A with atoms"),
    ],
)
def test_what_is_no_residue_of_the_proteins_is_refused(query: str, what: str, study: Study) -> None:
    mirror("2c5d.cif")
    with pytest.raises(SiteError, match=what):
        study.where(query)


def test_another_letter_at_an_author_number_is_refused(study: Study) -> None:
    with pytest.raises(SiteError) as caught:
        study.where("F59@2C5D")
    assert "C/59 GLU" in str(caught.value)


def test_an_engineered_residue_answers_to_the_letter_it_has(study: Study) -> None:
    """4RA0 carries D87G: author 87 is a glycine there, aspartate 94 of AXL."""
    answer = study.where("G87@4RA0")
    assert (answer.residue, answer.position) == ("D", 94)
    with pytest.raises(SiteError):
        study.where("D87@4RA0")


def test_one_number_in_two_proteins_asks_for_the_chain(written: Write, bare: Study) -> None:
    axl, gas6 = (protein.sequence for protein in bare.target.proteins)
    path = str(written(cif_text(Chain("A", axl[30:60]), Chain("B", gas6[300:330])), "two.cif"))
    with pytest.raises(SiteError, match=r"more than one residue \(found AXL:\w35 or GAS6:\w305\); name the chain"):
        bare.where(f"5@{path}")
    assert bare.where(f"{path}:B/5").position == 305


@pytest.mark.parametrize(
    "query", ["Y702", "702", "P30530:702", "R103", "GAS6:R308", "E59@2C5D", "2C5D:C/59", "Y702@5U6B", "5U6B:B/702"]
)
def test_what_ships_answers_without_coordinates_or_network(query: str, bare: Study) -> None:
    answer = bare.where(query)
    record = answer.to_dict()
    assert record["residue"] == answer.protein.sequence[answer.position - 1]
    assert record["genomic"]["bases"]
    assert {"2C5D", "5U6B"} & {p["structure"] for p in record["placements"]}
    assert any("2C5D" in note for note in answer.notes), "that coordinates are not at hand is said"


@pytest.mark.parametrize("query", ["2C5D:C/500", "2C5D:C/500A", "2C5D:Z/59", "2C5D:A/500", "2C5D:A/1677", "5U6B:A/702"])
def test_without_coordinates_only_what_was_read_is_told(query: str, printed: Study) -> None:
    """Author 500 of chain C would be 507 by the offset, but no atom of it is there."""
    with pytest.raises(SiteError, match=r"not at hand.*axlstruct fetch (2C5D|5U6B)"):
        printed.where(query)


def test_a_wrong_letter_is_told_without_coordinates(printed: Study) -> None:
    """What was read in print knows that author 59 of 2C5D is E66."""
    with pytest.raises(SiteError, match=r"another residue has that author number \(expected D, found AXL E66\)"):
        printed.where("D59@2C5D")


def test_the_ranges_read_in_print_agree_with_the_coordinates(study: Study, printed: Study) -> None:
    """Without coordinates 2C5D is placed as with them, wherever print tells."""
    for query in ("E66", "P225", "Y702", "GAS6:R308", "GAS6:500", "GAS6:545", "GAS6:677"):
        real = {p.chain: p for p in study.where(query).placements if p.structure == "2C5D"}
        print_ = {p.chain: p for p in printed.where(query).placements if p.structure == "2C5D"}
        assert {c: (str(p.coverage), p.residue) for c, p in real.items()} == {
            c: (str(p.coverage), p.residue) for c, p in print_.items()
        }


def test_parts_of_5u6b_that_were_not_read_are_unknown(bare: Study) -> None:
    """Chain A was read from 592 on."""
    found = bare.where("550").placements
    assert [str(p.coverage) for p in found if (p.structure, p.chain) == ("5U6B", "A")] == ["unknown"]
    assert [p.residue for p in found if (p.structure, p.chain) == ("5U6B", "A")] == [None]


def test_a_structure_that_cannot_be_had_is_named_with_advice(printed: Study) -> None:
    with pytest.raises(OfflineError, match=r"4RA0.*fetch"):
        printed.where("G87@4RA0")


@pytest.mark.parametrize("query", ["59@nonsense", "nonsense:C/59"])
def test_a_structure_that_is_none_is_refused(query: str, bare: Study) -> None:
    with pytest.raises(UsageError, match="names no structure"):
        bare.where(query)


def test_insertion_codes_are_asked_for_as_written(written: Write, bare: Study) -> None:
    sequence = bare.target.receptor.sequence
    path = str(written(cif_text(Chain("B", sequence[30:60], [*range(1, 11), "10A", "10B", *range(11, 29)])), "kabat.cif"))
    assert [bare.where(f"{path}:B/{label}").position for label in ("10", "10A", "10B", "11")] == [40, 41, 42, 43]
    with pytest.raises(AxlstructError):
        bare.where(f"{path}:B/10C")


def test_a_file_of_the_mirror_is_as_good_as_a_name(study: Study) -> None:
    path = str(mirror("2c5d.pdb"))
    answer = study.where(f"E59@{path}")
    assert answer.position == 66
    assert path in {p.structure for p in answer.placements} or "2C5D" in {p.structure for p in answer.placements}
