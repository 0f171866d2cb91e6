"""Landmarks of kinase domains: the numbers of the literature, found in other kinases from sequence alone."""

from __future__ import annotations

import pytest

from axlstruct.errors import StructureError
from axlstruct.kinase import reference as ref
from axlstruct.kinase.landmarks import find_kinase
from axlstruct.sequence.features import Feature, Span
from axlstruct.sequence.target import Protein
from axlstruct.study.facade import Study

EGFR = (
    "FKKIKVLGSGAFGTVYKGLWIPEGEKGKIPVAIKELREATSPKANKEILDEAYVMASVDNPHVCRLLGICLTSTVQLITQLMPFGCLLDYVREHKDNIGSQYLLNW"
    "CVQIAKGMNYLEDRRLVHRDLAARNVLVKTPQHVKITDFGLAKLLGAEEKEYHAEGGKVPIKWMALESILHRIYTHQSDVWSYGVTVWELMTFGSKPYDGIPASEI"
    "SSILEKGERLPQPPICTIDVYMIMVKCWMIDADSRPKFRELIIEFSKMARDPQRYLVIQG"
)  # UniProt P00533 712-
ABL1 = (
    "ITMKHKLGGGQYGEVYEGVWKKYSLTVAVKTLKEDTMEVEEFLKEAAVMKEIKHPNLVQLLGVCTREPPFYIITEFMTYGNLLDYLRECNRQEVNAVVLLYMATQI"
    "SSAMEYLEKKNFIHRDLAARNCLVGENHLVKVADFGLSRLMTGDTYTAHAGAKFPIKWTAPESLAYNKFSIKSDVWAFGVLLWEIATYGMSPYPGIDLSQVYELLE"
    "KDYRMERPEGCPEKVYELMRACWQWNPSDRPSFAEIHQAF"
)  # UniProt P00519 242-

KNOWN = {
    "EGFR": {
        "glycine-rich loop": "718-726", "beta3 Lys": "K745", "alphaC Glu": "E762", "gatekeeper": "T790", "hinge": "791-793",
        "HRD": "835-837", "catalytic Asp": "D837", "DFG": "855-857", "APE": "882-884", "R-spine RS1": "H835",
        "R-spine RS2": "F856", "R-spine RS3": "M766", "R-spine RS4": "L777", "R-spine RS0": "D896",
        "C-spine beta2": "V726", "C-spine beta3": "A743", "C-spine beta7": "843-845", "C-spine alphaF 1": "T903",
        "C-spine alphaF 2": "L907", "C-spine alphaD": "L798",
    },
    "ABL1": {
        "beta3 Lys": "K271", "alphaC Glu": "E286", "gatekeeper": "T315", "hinge": "316-318", "HRD": "361-363",
        "catalytic Asp": "D363", "DFG": "381-383", "R-spine RS1": "H361", "R-spine RS2": "F382", "R-spine RS3": "M290",
        "R-spine RS4": "L301", "R-spine RS0": "D421", "activation loop": "381-409",
    },
}  # fmt: skip


def kinase_of(name: str, letters: str, first: int, *features: Feature) -> Protein:
    domain = Feature("domain", "Protein kinase", Span(first, first + len(letters) - 1))
    return Protein(name, name, "receptor", "X" * (first - 1) + letters, (domain, *features))


def written(protein: Protein) -> dict[str, str]:
    marks = find_kinase(protein).landmarks
    return {m.name: f"{m.letters}{m.span}" if m.span and len(m.span) == 1 else str(m.span) for m in marks}


@pytest.mark.parametrize(("name", "letters", "first"), [("EGFR", EGFR, 712), ("ABL1", ABL1, 242)])
def test_a_kinase_known_by_sequence_alone_has_the_numbers_of_the_literature(name: str, letters: str, first: int) -> None:
    protein = kinase_of(name, letters, first)
    found = written(protein)
    assert {key: found[key] for key in KNOWN[name]} == KNOWN[name]
    assert {m.origin for m in find_kinase(protein).landmarks} == {"derived"}


def test_the_landmarks_of_axl(bare: Study) -> None:
    found = written(bare.target.receptor)
    assert found == {
        "glycine-rich loop": "542-550", "beta3 Lys": "K567", "alphaC Glu": "E585", "gatekeeper": "L620", "hinge": "621-623",
        "HRD": "670-672", "catalytic Asp": "D672", "DFG": "690-692", "activation loop": "690-719", "APE": "717-719",
        "R-spine RS0": "D731", "R-spine RS1": "H670", "R-spine RS2": "F691", "R-spine RS3": "M589", "R-spine RS4": "L600",
        "C-spine beta2": "V550", "C-spine beta3": "A565", "C-spine alphaD": "L628", "C-spine beta7": "678-680",
        "C-spine alphaF 1": "T738", "C-spine alphaF 2": "I742",
    }  # fmt: skip
    marks = find_kinase(bare.target.receptor).landmarks
    assert {m.name for m in marks if m.origin == "data"} == {
        "glycine-rich loop", "beta3 Lys", "catalytic Asp", "HRD", "DFG"
    }  # fmt: skip
    letters = {m.name: m.letters for m in marks}
    assert (letters["HRD"], letters["DFG"], letters["APE"]) == ("HRD", "DFG", "AIE")


def test_what_is_given_as_data_is_also_what_would_be_derived(bare: Study) -> None:
    receptor = bare.target.receptor
    plain = Protein("AXL", "P30530", "receptor", receptor.sequence, receptor.features_of("domain"))
    assert written(plain) == written(receptor)


def test_features_of_uniprot_are_taken_for_what_they_are() -> None:
    atp = [Feature("binding", "ATP", Span(*ends), "UniProt P00533") for ends in ((718, 726), (745, 745), (790, 791), (855, 855))]
    active = Feature("active-site", "Proton acceptor", Span(837, 837), "UniProt P00533")
    protein = kinase_of("EGFR", EGFR, 712, *atp, active)
    assert written(protein) == written(kinase_of("EGFR", EGFR, 712))
    given = {m.name: m.rule for m in find_kinase(protein).landmarks if m.origin == "data"}
    assert given == {
        "glycine-rich loop": "feature binding 'ATP' (UniProt P00533)", "beta3 Lys": "feature binding 'ATP' (UniProt P00533)",
        "catalytic Asp": "feature active-site 'Proton acceptor' (UniProt P00533)",
    }  # fmt: skip


def test_data_wins_over_the_derived_and_the_disagreement_is_said() -> None:
    given = Feature("landmark", ref.GATEKEEPER, Span(791, 791), "a paper")
    marks = {m.name: m for m in find_kinase(kinase_of("EGFR", EGFR, 712, given)).landmarks}
    assert (str(marks["gatekeeper"].span), marks["gatekeeper"].note) == ("791", "derived: 790")
    assert str(marks["hinge"].span) == "792-794"
    region = Feature("motif", "Activation loop", Span(858, 884), "UniProt P00533")
    marks = {m.name: m for m in find_kinase(kinase_of("EGFR", EGFR, 712, region)).landmarks}
    assert (str(marks["activation loop"].span), marks["activation loop"].note) == ("858-884", "derived: 855-884")


def test_a_protein_without_kinase_domain_is_refused_in_one_line() -> None:
    protein = Protein("TOYR", "P99998", "receptor", "MSTVEYTIRV", (Feature("domain", "Strand", Span(1, 9)),))
    with pytest.raises(StructureError, match=r"the target names no kinase domain of TOYR \(found domains: Strand\)"):
        find_kinase(protein)


def test_an_unusual_letter_is_said_and_an_absent_part_has_a_reason() -> None:
    dead = kinase_of("EGFR", EGFR.replace("VAIKELR", "VAIMELR"), 712)
    marks = {m.name: m for m in find_kinase(dead).landmarks}
    assert (marks["beta3 Lys"].letters, marks["beta3 Lys"].note) == ("M", "M here, K in most kinases")
    short = kinase_of("EGFR", EGFR[:130], 712)  # ends behind the catalytic loop
    marks = {m.name: m for m in find_kinase(short).landmarks}
    assert marks["APE"].span is None
    assert marks["APE"].note == "no residue is aligned to SRC A433"
    assert marks["activation loop"].span is None
    assert str(marks["beta3 Lys"].span) == "745"


def test_the_reference_reads_as_it_is_numbered() -> None:
    letters = {anchor.name: ref.SEQUENCE[anchor.position - ref.FIRST] for anchor in ref.ANCHORS}
    assert "".join(letters[name] for name in ("beta3 Lys", "alphaC Glu", "gatekeeper", "HRD", "DFG", "APE")) == "KETHDA"
    assert len(ref.SEQUENCE) == 523 - 270 + 1


def test_where_alignments_disagree_no_residue_is_chosen() -> None:
    doubled = ref.SEQUENCE.replace("FLQEAQ", "FLQEEAQ")
    marks = {m.name: m for m in find_kinase(kinase_of("SRC", doubled, ref.FIRST)).landmarks}
    assert marks["alphaC Glu"].span is None
    assert marks["alphaC Glu"].note == "equally good alignments put it at 313 or 314"
    assert marks["R-spine RS3"].note == "alphaC Glu: equally good alignments put it at 313 or 314"
    assert str(marks["R-spine RS4"].span) == "329"
