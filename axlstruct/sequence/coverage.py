"""What a structure chain shows of a sequence position: absence is an answer with a name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from axlstruct.sequence.residues import ResidueId


class Coverage(StrEnum):
    """How a chain covers a position; the words are those of every table.

    Attributes
    ----------
    OBSERVED
        ``observed``: all heavy atoms are there.
    PARTIAL
        ``partial``: some heavy atoms are missing.
    UNOBSERVED
        ``unobserved``: in the declared sequence of the chain, or where none is declared between seen residues, without atoms.
    NOT_IN_CONSTRUCT
        ``not-in-construct``: not in the declared sequence.
    DIFFERENT
        ``different``: another residue stands here.
    OTHER_ISOFORM
        ``other-isoform``: left out in the isoform of this chain.
    PREDICTED
        ``predicted``: from a model, not from an experiment.
    UNKNOWN
        ``unknown``: nothing tells.
    """

    OBSERVED = "observed"
    PARTIAL = "partial"
    UNOBSERVED = "unobserved"
    NOT_IN_CONSTRUCT = "not-in-construct"
    DIFFERENT = "different"
    OTHER_ISOFORM = "other-isoform"
    PREDICTED = "predicted"
    UNKNOWN = "unknown"

    @property
    def has_atoms(self) -> bool:
        """Whether the chain holds at least one atom of the residue."""
        return self in _WITH_ATOMS


_WITH_ATOMS = frozenset({Coverage.OBSERVED, Coverage.PARTIAL, Coverage.DIFFERENT, Coverage.PREDICTED})

MEANING = {
    Coverage.OBSERVED: "observed",
    Coverage.PARTIAL: "observed in part",
    Coverage.UNOBSERVED: "not observed (disordered)",
    Coverage.NOT_IN_CONSTRUCT: "not in this construct",
    Coverage.DIFFERENT: "another residue stands here",
    Coverage.OTHER_ISOFORM: "left out in the isoform of this chain",
    Coverage.PREDICTED: "predicted, not observed",
    Coverage.UNKNOWN: "not known",
}


@dataclass(frozen=True, slots=True)
class Placement:
    """One sequence position in one structure chain.

    Attributes
    ----------
    structure, chain : str
        Entry and ``auth_asym_id``.
    position : int
        1-based position in the protein's sequence.
    coverage : Coverage
        What the chain shows of it.
    expected : str
        One-letter code of the sequence.
    residue : ResidueId or None
        Author numbering; None where the chain has no such residue number to offer.
    found : str
        Component name read from the file (``TYR``, ``PTR``), empty where nothing is observed.
    missing_atoms : tuple of str
        Heavy atoms that the residue should have and the file does not hold.
    label_seq : int or None
        ``label_seq_id``: 1-based index in the declared sequence of the entity.
    plddt : float or None
        Confidence of a predicted residue, 0-100.
    note : str
        A sentence for the reader.
    holds : (int, int) or None
        First and last position that the chain holds, where this one lies outside.
    """

    structure: str
    chain: str
    position: int
    coverage: Coverage
    expected: str
    residue: ResidueId | None = None
    found: str = ""
    missing_atoms: tuple[str, ...] = ()
    label_seq: int | None = None
    plddt: float | None = None
    note: str = ""
    holds: tuple[int, int] | None = None

    def held_words(self, subject: str) -> str:
        """What the chain holds; empty where that is not why a residue is absent.

        Parameters
        ----------
        subject : str
            What is spoken of, such as ``chain C``.

        Returns
        -------
        str
            With positions of the protein's sequence: ``chain C holds 34-225``.
        """
        return held_words(self.coverage, self.holds, subject) if self.holds else ""


def held_words(coverage: Coverage, holds: tuple[int, int], subject: str) -> str:
    """What a chain holds, as the reason for the coverage of a position outside."""
    undeclared = "" if coverage is Coverage.NOT_IN_CONSTRUCT else "; the file declares no sequence"
    return f"{subject} holds {holds[0]}-{holds[1]}{undeclared}"
