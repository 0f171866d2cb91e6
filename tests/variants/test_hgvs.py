"""Changes of proteins and nucleotides as people write them, read as another parser reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mavehgvs import Variant

from axlstruct.errors import AxlstructError, LetterError, NotationError
from axlstruct.sequence.exons import Transcript
from axlstruct.sequence.residues import ONE_LETTER, THREE_LETTER
from axlstruct.variants.consequence import change_of_protein
from axlstruct.variants.hgvs import letters, named, read_change
from axlstruct.variants.nucleotides import Across, Coding, Genomic, into_exon, laid, on_transcript, read_coding, read_genomic

CODES = st.sampled_from([code.capitalize() for code in ONE_LETTER])
NUMBERS = st.integers(1, 894)
KINDS = {"sub": "substitution", "equal": "synonymous", "del": "deletion", "dup": "duplication", "ins": "insertion",
         "delins": "delins", "fs": "frameshift"}  # fmt: skip


@st.composite
def changes(draw):
    """A change in HGVS nomenclature, of every kind."""
    first, last, number = draw(CODES), draw(CODES), draw(NUMBERS)
    stretch = draw(st.sampled_from([f"{first}{number}", f"{first}{number}_{last}{number + draw(st.integers(1, 9))}"]))
    new = "".join(draw(st.lists(CODES, min_size=1, max_size=3)))
    other = draw(CODES.filter(lambda code: code != first))
    return "p." + draw(
        st.sampled_from(
            [f"{first}{number}{other}", f"{first}{number}Ter", f"{stretch}=", f"{stretch}del", f"{stretch}dup",
             f"{stretch}delins{new}Ala", f"{first}{number}_{last}{number + 1}ins{new}", f"{first}{number}fs"]
        )
    )  # fmt: skip


@given(changes())
def test_another_parser_reads_the_same(text):
    ours, theirs = read_change(text), Variant(text)
    ends = theirs.positions if isinstance(theirs.positions, tuple) else (theirs.positions, theirs.positions)
    assert ours.kind == KINDS[theirs.variant_type]
    assert [(THREE_LETTER[q.letter].capitalize(), q.number) for q in (ours.first, ours.last)] == [
        (end.amino_acid, end.position) for end in ends
    ]
    new = theirs.sequence[1] if isinstance(theirs.sequence, tuple) else theirs.sequence or ""
    assert ours.new == letters(new)
    assert named(ours, ours.first.letter, ours.first.number, ours.last.letter, ours.last.number) == text


@given(changes(), st.sampled_from(["", "AXL:", "P30530:", "887:", "AXL "]), st.booleans(), st.booleans())
def test_shorter_and_longer_spellings_mean_the_same(text, name, brackets, dotted):
    written = f"{name}{'p.' if dotted else ''}" + (f"({text[2:]})" if brackets else text[2:])
    plain, ours = read_change(text), read_change(written)
    assert (ours.kind, ours.new, ours.first.number, ours.last.letter) == (
        plain.kind, plain.new, plain.first.number, plain.last.letter,
    )  # fmt: skip
    assert ours.first.protein == name.strip(": ")


@pytest.mark.parametrize(
    ("text", "kind", "new"),
    [
        ("R103Q", "substitution", "Q"),
        ("r103q", "substitution", "Q"),
        ("R103R", "synonymous", ""),
        ("R103*", "substitution", "*"),
        ("R103X", "substitution", "*"),
        ("R103Ter", "substitution", "*"),
        ("p.Arg103%3D", "synonymous", ""),
        ("R103_P105del", "deletion", ""),
        ("R103_P105delRTP", "deletion", ""),
        ("R103delinsSER", "delins", "SER"),
        ("R103delinsQ", "substitution", "Q"),
        ("R103delinsR", "synonymous", ""),
        ("P.Arg103Gln", "substitution", "Q"),
        ("AXL:P.Arg103Gln", "substitution", "Q"),
        ("Arg103delinsSER", "substitution", "S"),
        ("p.Arg103GlnfsTer12", "frameshift", "Q"),
        ("R103fs*12", "frameshift", ""),
        ("*895Qext*12", "extension", "Q"),
        ("p.Met1?", "unknown", ""),
        ("D103del", "deletion", ""),
        ("D103I", "substitution", "I"),
    ],
)
def test_other_ways_to_write(text, kind, new):
    change = read_change(text)
    assert (change.kind, change.new) == (kind, new)


@pytest.mark.parametrize(
    ("text", "structure", "chain"), [("E59R@2C5D", "2C5D", ""), ("E59R@2C5D:C", "2C5D", "C"), ("2C5D:C/E59R", "2C5D", "C")]
)
def test_author_numbers_name_their_structure(text, structure, chain):
    query = read_change(text).first
    assert (query.scheme, query.structure, query.chain, query.letter, query.number) == ("author", structure, chain, "E", 59)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "cannot read the variant"),
        ("R103", "cannot read"),
        ("103Q", "cannot read"),
        ("B103Q", "cannot read"),
        ("p.=", "cannot read"),
        ("p.(Arg103Gln", "cannot read"),
        ("Arg105_Arg103del", "ends before it begins"),
        ("R103_G105insS", "two neighbours"),
        ("R103_P105delRT", "2 residues are named, 3 are counted"),
        ("p.R103delinsSTOP", "codes no amino acid"),
        ("p.Met8ext-5", "only the start and the stop"),
    ],
)
def test_what_cannot_be_read_is_refused(text, said):
    with pytest.raises(NotationError, match=said.replace("(", r"\(")):
        read_change(text)


# nucleotides


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("c.308G>A", Coding(308, 308, "G", "A")),
        ("c.308_310del", Coding(308, 310, "", "")),
        ("c.308_310delGCT", Coding(308, 310, "GCT", "")),
        ("c.307_308insACG", Coding(308, 307, "", "ACG")),
        ("c.308dup", Coding(308, 308, "", None)),
        ("c.307_309delinsTT", Coding(307, 309, "", "TT")),
        ("c.307_308GC>TT", Coding(307, 308, "GC", "TT")),
    ],
)
def test_coding_changes(bare, text, change):
    transcript = bare.target.receptor.transcript
    assert laid(read_coding(text), transcript) == change
    assert read_coding(f"ENST00000301178.9(AXL):{text}").owner == "ENST00000301178.9"


@pytest.mark.parametrize(
    ("text", "term", "touched"),
    [
        ("c.307+2T>A", "splice_donor_variant", None),
        ("c.308-1del", "splice_acceptor_variant", None),
        ("c.308-12A>T", "intron_variant", None),
        ("c.-5A>T", "5_prime_UTR_variant", None),
        ("c.*7del", "3_prime_UTR_variant", None),
        ("c.300_307+10del", "splice_donor_variant", (300, 307)),
        ("c.308-10_310del", "splice_acceptor_variant", (308, 310)),
        ("c.308-10_308-1del", "splice_acceptor_variant", None),
        ("c.308-10_408+10del", "splice_acceptor_variant", (308, 408)),
        ("c.-2_3del", "start_lost", (1, 3)),
        ("c.2680_*3del", "stop_lost", (2680, 2685)),
        ("c.307+1_307+2insA", "splice_donor_variant", None),
        ("c.307_307+1insA", "splice_region_variant", None),
    ],
)
def test_changes_across_the_borders_of_the_reading_frame(bare, text, term, touched):
    """Exon 3 codes c.308 to c.408; the stop codon is c.2683_2685."""
    found = laid(read_coding(text), bare.target.receptor.transcript)
    assert isinstance(found, Across)
    assert (found.term, (found.first, found.last) if found.first else None) == (term, touched)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("c.310+1G>A", "no exon of it begins or ends at c.310"),
        ("c.300-1G>A", "no exon of it begins or ends at c.300"),
        ("c.307+900000G>A", "is no place of"),
        ("c.-5000A>G", "is no place of"),
        ("c.310_308del", "ends before it begins"),
        ("c.307_309insA", "two neighbours"),
        ("c.308_310delGC", "2 nucleotides are named, 3 are counted"),
    ],
)
def test_coordinates_that_the_transcript_does_not_have_are_refused(bare, text, said):
    with pytest.raises(AxlstructError, match=said.replace("+", r"\+")):
        laid(read_coding(text), bare.target.receptor.transcript)


@pytest.mark.parametrize("text", ["19-41220858-G-A", "chr19:41220858:G:A", "chr19:g.41220858G>A", "chr19:41220858 g>a"])
def test_genomic_changes(text):
    assert read_genomic(text) == Genomic("19", 41220858, "G", "A")


@pytest.mark.parametrize("text", ["R103Q", "hello", "c.5", "19-x-G-A", "chr19:41220858"])
def test_what_is_no_change_of_nucleotides_is_left_to_others(text):
    assert read_genomic(text) is None
    assert read_coding(text) is None


FORWARD = Transcript.build("T", "1", "GRCh38", 1, [(101, 110), (201, 230)], cds_start=5, residues=7)
REVERSE = Transcript.build("T", "1", "GRCh38", -1, [(891, 900), (771, 800)], cds_start=5, residues=7)


@pytest.mark.parametrize(
    ("base", "old", "new", "coding"),
    [
        (105, "A", "T", Coding(1, 1, "A", "T")),
        (110, "G", "C", Coding(6, 6, "G", "C")),
        (201, "G", "C", Coding(7, 7, "G", "C")),
        (105, "ATG", "A", Coding(2, 3, "TG", "")),  # VCF repeats the base before a deletion
        (105, "A", "ACC", Coding(2, 1, "", "CC")),
        (106, "TG", "CC", Coding(2, 3, "TG", "CC")),
        (216, "T", "A", Coding(22, 22, "T", "A")),  # the first base of the stop codon
    ],
)
def test_bases_of_the_genome_become_nucleotides_on_either_strand(base, old, new, coding):
    assert on_transcript(Genomic("1", base, old, new), FORWARD) == coding
    # The mirror image: what a VCF says of the complementary strand, deletions and insertions without the repeated base.
    pair = str.maketrans("ACGT", "TGCA")
    bare_old, bare_new = coding.old[::-1].translate(pair), coding.new[::-1].translate(pair)
    start = coding.first if coding.old else coding.last
    first = 105 + start - 1 if start <= 6 else 201 + start - 7
    at = 1001 - first - (len(bare_old) - 1 if bare_old else 0)
    assert on_transcript(Genomic("1", at, bare_old, bare_new), REVERSE) == coding


@pytest.mark.parametrize(
    ("base", "old", "term"),
    [
        (111, "G", "splice_donor_variant"),
        (113, "G", "intron_variant"),
        (110, "GGTAAGT", "splice_donor_variant"),
        (104, "C", "5_prime_UTR_variant"),
        (103, "GCATG", "start_lost"),
        (218, "AC", "stop_lost"),
        (90, "A", ""),
    ],
)
def test_bases_outside_or_across_the_reading_frame(base, old, term):
    """The stop codon of the made-up gene, nucleotides 22 to 24, lies at 216 to 218."""
    new = "T" if len(old) == 1 else ""
    found = on_transcript(Genomic("1", base, old, new), FORWARD)
    assert isinstance(found, Across)
    assert found.term == term
    mirrored = on_transcript(Genomic("1", 1001 - base - len(old) + 1, old, new), REVERSE)
    assert (mirrored.term, mirrored.first, mirrored.last) == (found.term, found.first, found.last)


def test_both_alleles_the_same_is_no_change():
    with pytest.raises(NotationError, match="both alleles are the same"):
        on_transcript(Genomic("1", 105, "A", "A"), FORWARD)


SMALL = Transcript.build("T", "1", "GRCh38", 1, [(1, 60)], cds_start=1, residues=5)
CDS, PROTEIN = "ATGGCGTGGCGTTGGTAA", "MAWRW"


@pytest.mark.parametrize(
    ("text", "named_so"),
    [
        ("c.4G>A", "p.Ala2Thr"),
        ("c.6G>A", "p.Ala2="),
        ("c.9G>A", "p.Trp3Ter"),
        ("c.8_9insTAA", "p.Trp3delinsCysLys"),  # TGG becomes TGT AAG
        ("c.4_6del", "p.Ala2del"),
        ("c.4_6dup", "p.Ala2dup"),
        ("c.4_9delinsAAA", "p.Ala2_Trp3delinsLys"),
        ("c.6_7insAAA", "p.Ala2_Trp3insLys"),
        ("c.6_7insAGCTAA", "p.Trp3delinsSerTer"),
        ("c.6_7insTAA", "p.Trp3Ter"),
        ("c.4del", "p.Ala2ArgfsTer?"),  # CG TGG CGT TGG TAA: arginine, glycine, valine, glycine, and no stop
        ("c.5_6insA", "p.Trp3ValfsTer?"),  # GCA GTG GCG TTG GTA A
        ("c.6_7insT", "p.Trp3LeufsTer?"),
        ("c.7_8insAA", "p.Trp3Ter"),
        ("c.1A>G", "p.Met1?"),
        ("c.1del", "p.Met1?"),
        ("c.1_3dup", "p.Met1dup"),
        ("c.3_4insATG", "p.Met1dup"),
        ("c.16T>C", "p.Ter6GlnextTer?"),
        ("c.17A>G", "p.Ter6="),
        ("c.18A>G", "p.Ter6="),
        ("c.13_15dup", "p.Trp5dup"),
        ("c.15_16insAAA", "p.Trp5_Ter6insLys"),
        ("c.13_18del", "p.Trp5_Ter6del"),
    ],
)
def test_what_nucleotides_do_to_a_protein(text, named_so):
    """ATG GCG TGG CGT TGG TAA codes MAWRW; each line by hand."""
    change = change_of_protein([laid(read_coding(text), SMALL)], CDS, PROTEIN, text, "X")
    assert named(change, change.first.letter, change.first.number, change.last.letter, change.last.number) == named_so


def test_other_nucleotides_than_named_are_refused():
    with pytest.raises(LetterError, match=r"expected T, found G"):
        change_of_protein([Coding(4, 4, "T", "A")], CDS, PROTEIN, "c.4T>A", "X")


@given(st.integers(1, 15), st.sampled_from("ACGT"))
def test_every_substitution_translates_as_biopython_does(nucleotide, base):
    """The changed residue is the codon translated by another route: codon by codon, with Biopython's table."""
    from Bio.Data.CodonTable import unambiguous_dna_by_id

    table = unambiguous_dna_by_id[1].forward_table
    mutated = CDS[: nucleotide - 1] + base + CDS[nucleotide:]
    at = (nucleotide - 1) // 3
    wanted = table.get(mutated[3 * at : 3 * at + 3], "*")
    change = change_of_protein([Coding(nucleotide, nucleotide, CDS[nucleotide - 1], base)], CDS, PROTEIN, "", "X")
    if at == 0 and wanted != "M":
        assert change.kind == "unknown"
    else:
        assert (change.kind, change.new, change.first.number) == (
            ("synonymous", "", at + 1) if wanted == PROTEIN[at] else ("substitution", wanted, at + 1)
        )


# genomic HGVS, borders, the start


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("NC_000019.10:g.41220858G>A", Genomic("19", 41220858, "G", "A")),
        ("nc_000019.10:g.41220858g>a", Genomic("19", 41220858, "G", "A")),
        ("NC_000019.10-41220858-G-A", Genomic("19", 41220858, "G", "A")),
        ("Chr19:g.41220858_41220859del", Genomic("19", 41220858, "", "", 2)),
        ("19:g.41220858delG", Genomic("19", 41220858, "G", "")),
        ("chr19:g.41220858dup", Genomic("19", 41220858, "", None, 1)),
        ("chr19:g.41220858_41220860dupGCT", Genomic("19", 41220858, "GCT", None)),
        ("chr19:g.41220858_41220859insACG", Genomic("19", 41220859, "", "ACG")),
        ("chr19:g.41220858_41220859delinsTT", Genomic("19", 41220858, "", "TT", 2)),
        ("chr19:g.41220858_41220859delGCinsTT", Genomic("19", 41220858, "GC", "TT")),
        ("chrX:g.5A>T", Genomic("X", 5, "A", "T")),
    ],
)
def test_genomic_changes_in_hgvs_nomenclature(text, change):
    assert read_genomic(text) == change


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("NC_000019.9:g.41726763G>A", r"another genome assembly.*NC_000019.10 \(GRCh38\).*NC_000019.9 \(GRCh37\)"),
        ("NC_000013.10:g.5G>A", r"GRCh37"),
        ("chr19:g.5_7insA", "two neighbours"),
        ("chr19:g.5insA", "two neighbours"),
        ("chr19:g.7_5del", "ends before it begins"),
        ("chr19:g.5_7delAC", "2 bases are named, 3 are counted"),
    ],
)
def test_genomic_changes_that_contradict_themselves_are_refused(text, said):
    with pytest.raises(AxlstructError, match=said):
        read_genomic(text)


@pytest.mark.parametrize(
    ("genomic", "forward"),
    [
        (Genomic("1", 106, "", "", 2), Coding(2, 3, "", "")),
        (Genomic("1", 106, "TG", None), Coding(2, 3, "TG", None)),
        (Genomic("1", 106, "", None, 2), Coding(2, 3, "", None)),
        (Genomic("1", 106, "", "AC"), Coding(2, 1, "", "AC")),
    ],
)
def test_genomic_changes_without_letters_on_either_strand(genomic, forward):
    """The mirror image of a place lies at 1001 minus it; letters are those of the other strand."""
    assert on_transcript(genomic, FORWARD) == forward
    pair = str.maketrans("ACGT", "TGCA")
    new = genomic.new if genomic.new is None else genomic.new[::-1].translate(pair)
    at = 1001 - genomic.base - (genomic.length - 1 if genomic.length else -1)
    assert on_transcript(Genomic("1", at, genomic.old[::-1].translate(pair), new, genomic.unsaid), REVERSE) == forward


def test_an_insertion_on_the_minus_strand_is_read_on_the_coding_strand():
    """AC between two bases of the forward strand is GT on the other; no palindrome, so neither order nor letters may be lost."""
    assert on_transcript(Genomic("1", 895, "", "AC"), REVERSE) == Coding(3, 2, "", "GT")
    assert on_transcript(Genomic("1", 894, "CAT", "GTA"), REVERSE) == Coding(1, 3, "ATG", "TAC")


def test_padded_alleles_are_trimmed_towards_the_end_of_the_transcript():
    """One A of three: the last in the direction of transcription, which is the lowest base of the minus strand."""
    assert on_transcript(Genomic("1", 106, "AAA", "AA"), FORWARD) == Coding(4, 4, "A", "")
    assert on_transcript(Genomic("1", 893, "TTT", "TT"), REVERSE) == Coding(4, 4, "A", "")
    assert on_transcript(Genomic("1", 106, "AA", "AAA"), FORWARD) == Coding(4, 3, "", "A")
    assert on_transcript(Genomic("1", 894, "TT", "TTT"), REVERSE) == Coding(4, 3, "", "A")


def test_a_deletion_over_a_whole_intron_is_no_deletion_in_frame():
    """From c.6, the last of exon 1, to c.7, the first of exon 2, with the 90 bases between them."""
    for transcript, base in ((FORWARD, 110), (REVERSE, 800)):
        found = on_transcript(Genomic("1", base, "", "", 92), transcript)
        assert isinstance(found, Across)
        assert (found.term, found.first, found.last) == ("splice_acceptor_variant", 6, 7)


def test_equal_bases_behind_a_change_are_no_part_of_it():
    """AGT to CGT at the end of exon 1: c.6 changes, the splice site does not."""
    assert on_transcript(Genomic("1", 110, "AGT", "CGT"), FORWARD) == Coding(6, 6, "A", "C")
    assert on_transcript(Genomic("1", 889, "ACT", "ACG"), REVERSE) == Coding(6, 6, "A", "C")


@pytest.mark.parametrize(
    ("genomic", "transcript", "coding"),
    [
        (Genomic("1", 110, "G", "GAG"), FORWARD, Coding(6, 5, "", "GA")),  # exon ends ...G: GAG as well before as behind it
        (Genomic("1", 890, "A", "ACT"), REVERSE, None),  # the letter of the exon is not shown
        (Genomic("1", 110, "G", "GAT"), FORWARD, None),  # T is not the exon's last base
    ],
)
def test_an_insertion_behind_an_exon_is_moved_into_it_where_letters_allow(genomic, transcript, coding):
    found = on_transcript(genomic, transcript)
    assert isinstance(found, Across)
    assert found.term == "splice_region_variant"
    assert into_exon(found) == coding


def test_the_coding_sequence_tells_where_an_insertion_may_lie_too():
    """c.6 is G: AG behind it is the same as GA before it. c.7 is T: TA before it is the same as AT behind it."""
    cds = "ATGGCGTGGCGTTGGTGGCCATAA"
    for text, coding in [
        ("c.6_6+1insAG", Coding(6, 5, "", "GA")),
        ("c.7-1_7insTA", Coding(8, 7, "", "AT")),
        ("c.6_6+1insAC", None),
    ]:
        assert into_exon(laid(read_coding(text), FORWARD), cds) == coding


def test_a_computed_frameshift_says_how_far_its_frame_reads():
    """ATG GCT GAC CGT AGC TAA with C between 3 and 4: ATG CGC TGA, arginine and then a stop, the second codon changed."""
    change = change_of_protein([Coding(4, 3, "", "C")], "ATGGCTGACCGTAGCTAA", "MADRS", "", "X")
    assert named(change, "A", 2, "A", 2) == "p.Ala2ArgfsTer2"


def test_a_frameshift_whose_first_change_is_the_stop_is_an_extension():
    """TAA with C behind its T: TCA A, serine instead of the stop, no residue before it changed."""
    change = change_of_protein([Coding(17, 16, "", "C")], CDS, PROTEIN, "", "X")
    assert named(change, "*", 6, "*", 6) == "p.Ter6SerextTer?"


def test_an_insertion_before_the_start_leaves_it_as_it_was():
    """c.1_2dup puts AT before ATG: the start is still there, and so is all that follows."""
    change = change_of_protein([Coding(1, 2, "AT", None)], CDS, PROTEIN, "", "X")
    assert named(change, "M", 1, "M", 1) == "p.Met1="


@pytest.mark.parametrize(
    ("changes", "named_so"),
    [
        ([Coding(4, 4, "G", "A"), Coding(5, 5, "C", "A")], "p.Ala2Lys"),  # GCG to AAG
        ([Coding(4, 3, "", "A"), Coding(9, 9, "G", "")], "p.Ala2_Trp3delinsSerVal"),  # A GCG TG. becomes AGC GTG
        ([Coding(4, 4, "G", ""), Coding(10, 9, "", "T")], "p.Ala2_Trp3delinsArgGly"),  # CGT GGT
    ],
)
def test_changes_of_one_copy_are_read_together(changes, named_so):
    for order in (changes, changes[::-1]):
        change = change_of_protein(order, CDS, PROTEIN, "", "X")
        assert named(change, change.first.letter, change.first.number, change.last.letter, change.last.number) == named_so
