"""Whether a file says that it is a predicted model, and that its B-factors are pLDDT."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import gemmi

_PROGRAMS = re.compile(
    r"ALPHAFOLD|COLABFOLD|ESMFOLD|BOLTZ|CHAI-?\d|CHAI DISCOVERY|OPENFOLD|OMEGAFOLD|PROTENIX|HELIXFOLD", re.IGNORECASE
)
"""Programs that write pLDDT in the column of B-factors."""
_LINES = re.compile(r"^(?:HEADER|TITLE|COMPND|EXPDTA|AUTHOR|REMARK|PARENT|SOURCE|CAVEAT).*$", re.MULTILINE)


class PlddtScale(NamedTuple):
    """What a file says: a model and no experiment; B-factors are pLDDT; they run from 0 to 1."""

    predicted: bool
    plddt: bool
    unit: bool


def in_header(head: str) -> PlddtScale:
    """What the records before the atoms of a PDB file say.

    A program named in the title of an experiment is a search model: EXPDTA decides.

    Examples
    --------
    >>> in_header("TITLE     ESMFOLD V1 PREDICTION FOR INPUT")
    PlddtScale(predicted=True, plddt=True, unit=False)
    >>> in_header("EXPDTA    THEORETICAL MODEL (SWISS-MODEL SERVER)")
    PlddtScale(predicted=True, plddt=False, unit=False)
    """
    words = "\n".join(_LINES.findall(head))
    method = next((line for line in words.splitlines() if line.startswith("EXPDTA ") and line[6:].strip()), "")
    named = bool(_PROGRAMS.search(words))
    predicted = "THEORETICAL MODEL" in method.upper() if method else named
    return PlddtScale(predicted, predicted and named, bool(re.search(r"pLDDT.{0,20}(0 ?(-|to) ?1\b|\[0, ?1\])", words)))


def in_tables(block: gemmi.cif.Block) -> PlddtScale:
    """What the tables of an mmCIF file say: ``_ma_qa_metric``, else the program and that there is no experiment.

    ``_ma_qa_metric.type`` of the ModelCIF dictionary tells pLDDT from other scores and its range.
    """
    import gemmi

    def values(tag: str) -> list[str]:
        return [gemmi.cif.as_string(value) for value in block.find_values(tag)]

    model = bool(values("_ma_qa_metric.id") or values("_ma_model_list.ordinal_id"))
    methods = [value.upper() for value in values("_exptl.method") if value]
    theory = any("THEORETICAL" in method for method in methods)
    texts = [text for tag in ("_struct.title", "_software.name", "_entry.id", "_struct.entry_id") for text in values(tag)]
    named = any(map(_PROGRAMS.search, texts))
    names = values("_ma_qa_metric.name")
    kinds = [f"{kind} {name}" for kind, name in zip_longest(values("_ma_qa_metric.type"), names, fillvalue="")]
    predicted = model or theory or (named and not methods)
    plddt = any("plddt" in kind.lower() for kind in kinds) or (not kinds and predicted and named)
    unit = any("[0,1]" in kind.replace(" ", "") for kind in kinds)
    return PlddtScale(predicted, plddt, unit)


def scale(b: list[float], said: PlddtScale) -> float:
    """Factor that brings pLDDT to 0-100.

    A file that says nothing of its range and holds nothing above 1 runs from 0 to 1, as ESMFold's do.

    Examples
    --------
    >>> scale([0.91, 0.35], PlddtScale(True, True, False)), scale([91.0, 35.0], PlddtScale(True, True, False))
    (100.0, 1.0)
    """
    return 100.0 if said.unit or max(b, default=0.0) <= 1.0 else 1.0
