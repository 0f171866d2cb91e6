"""The evidence tables by name, and the words that their columns may hold; none speaks of one receptor."""

from __future__ import annotations

from axlstruct.evidence.clinical import AgentRow, ExpressionRow, ResistanceRow, TrialRow
from axlstruct.evidence.rows import (
    AffinityRow,
    CitationRow,
    GeneRow,
    MechanismRow,
    PartnerRow,
    RegulationRow,
    SiteRow,
)

TABLES: dict[str, type] = {
    "sites": SiteRow,
    "gene": GeneRow,
    "affinity": AffinityRow,
    "expression": ExpressionRow,
    "resistance": ResistanceRow,
    "agents": AgentRow,
    "trials": TrialRow,
    "regulation": RegulationRow,
    "partners": PartnerRow,
    "mechanisms": MechanismRow,
    "citations": CitationRow,
}
"""The tables by name and their kind of row."""

PLACED = tuple(name for name in TABLES if name != "citations")
"""Tables whose rows are tied to a region or to residues."""

NOT_STATED = "not stated"
KINDS = ("gene", "family", "complex", "RNA", "process", "molecule", "cell", "drug", "cancer")
RELATIONS = (
    "ligand", "heterodimer", "complex", "interaction", "receptor association", "kinase of the receptor", "upstream activator",
    "effector",
)  # fmt: skip
LEVELS = ("transcriptional", "post-transcriptional", "post-translational")
CONTROLS = ("raises", "lowers", "activates", "stabilizes", "cleaves", "changes")
MEASURED = ("mRNA", "protein", "mRNA and/or protein", "soluble", NOT_STATED)
OUTCOMES = (
    "survival", "recurrence", "metastasis", "progression", "response", "diagnosis", "marker", "inhibition", NOT_STATED,
)  # fmt: skip
ITEMS = ("location", "exons", "residues", "parts")
ANSWERS = ("yes", "no", NOT_STATED)

RENAMED = {
    "needs_gas6": "needs_ligand", "axl": "effect_on_receptor", "figure": "figure_of_section",
}  # fmt: skip
"""Columns of files written before, and their names now."""
