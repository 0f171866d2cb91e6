"""The reference that landmarks are derived from: the kinase domain of human SRC, whose parts everyone numbers the same way.

The parts follow the literature on SRC and protein kinase A: the lysine of strand beta3 and the glutamate of helix alphaC, the
gatekeeper and the hinge behind it, the regulatory spine (Kornev et al. 2006, PNAS 103:17783) and the catalytic spine (Kornev
et al. 2008, PNAS 105:14377). Of the spines, residues of protein kinase A are: RS0 D220, RS1 Y164, RS2 F185, RS3 L95, RS4 L106;
V57, A70, M128, L172-I174, L227, M231.
"""

from __future__ import annotations

from dataclasses import dataclass

ACCESSION, NAME, FIRST = "P12931", "SRC", 270
"""UniProt accession, gene, and position of the first letter of `SEQUENCE`."""

SEQUENCE = (
    "LRLEVKLGQGCFGEVWMGTWNGTTRVAIKTLKPGTMSPEAFLQEAQVMKKLRHEKLVQLYAVVSEEPIYIVTEYMSKGSLLDFLKGETGKYLRLPQLVDM"
    "AAQIASGMAYVERMNYVHRDLRAANILVGENLVCKVADFGLARLIEDNEYTARQGAKFPIKWTAPEAALYGRFTIKSDVWSFGILLTELTTKGRVPYPGMV"
    "NREVLDQVERGYRMPCPPECPESLHDLMCQCWRKEPEERPTFEYLQAFLEDYF"
)
"""Kinase domain of human SRC, UniProt P12931 270-523."""

LOOP, LYSINE, GLUTAMATE, GATEKEEPER, HINGE = "glycine-rich loop", "beta3 Lys", "alphaC Glu", "gatekeeper", "hinge"
HRD, ASPARTATE, DFG, ACTIVATION_LOOP, APE = "HRD", "catalytic Asp", "DFG", "activation loop", "APE"
RS0, RS1, RS2, RS3, RS4 = (f"R-spine RS{number}" for number in range(5))


@dataclass(frozen=True, slots=True)
class Anchor:
    """A landmark found on its own: where SRC has it, and how it reads.

    Attributes
    ----------
    name : str
    position : int
        First residue in SRC.
    pattern : str
        Regular expression of its letters. A place that reads so within a few residues of the aligned one wins over it.
    usual : str
        Its letters in words, for the note where another letter stands there.
    """

    name: str
    position: int
    pattern: str
    usual: str


ANCHORS = (
    Anchor(LOOP, 276, r".G.G..[GSA].[VIL]", "GxGxxGxV"),
    Anchor(LYSINE, 298, "K", "K"),
    Anchor(GLUTAMATE, 313, "E", "E"),
    Anchor(RS4, 328, "[LIVMFYC]", "L, I, V, M, F, Y or C"),
    Anchor(GATEKEEPER, 341, ".", ""),
    Anchor("C-spine alphaD", 349, "[LIVMF]", "L, I, V, M or F"),
    Anchor(HRD, 387, "[HY][RL]D", "HRD or YRD"),
    Anchor(DFG, 407, "D[FLWYM]G", "DFG"),
    Anchor(APE, 433, "[AP].E", "APE"),
    Anchor(RS0, 447, "D", "D"),
)
"""Landmarks found by alignment to SRC."""

NEAR = 6
"""Residues on either side of the aligned place within which a motif of two and more letters is looked for."""

OFFSETS: tuple[tuple[str, str, int, int], ...] = (
    ("C-spine beta2", LOOP, 8, 1),
    ("C-spine beta3", LYSINE, -2, 1),
    (RS3, GLUTAMATE, 4, 1),
    (HINGE, GATEKEEPER, 1, 3),
    (RS1, HRD, 0, 1),
    (ASPARTATE, HRD, 2, 1),
    ("C-spine beta7", HRD, 8, 3),
    (RS2, DFG, 1, 1),
    ("C-spine alphaF 1", RS0, 7, 1),
    ("C-spine alphaF 2", RS0, 11, 1),
)
"""Landmarks at a fixed distance from an anchor: name, anchor, residues behind its first one, length."""
