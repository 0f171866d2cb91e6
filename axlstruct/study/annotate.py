"""Our columns for somebody else's residues: a DataFrame or Bio.PDB residues in, the same with annotation out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from axlstruct.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

KEY = ["structure", "chain", "number", "icode"]


def annotate_frame(residues: Any, table_of: Callable[[str], pd.DataFrame], structure: str | None = None) -> pd.DataFrame:
    """Join residues, given by author number, with the residue tables of their structures.

    Parameters
    ----------
    residues : DataFrame or iterable of Bio.PDB residues
        See `axlstruct.study.facade.Study.annotate`.
    table_of : callable
        The residue table of a structure by name.
    structure : str, optional
        Name of the structure of all of them.
    """
    import pandas as pd

    given = _frame(residues)
    if structure is not None:
        given["structure"] = structure
    if missing := [name for name in KEY[:3] if name not in given]:
        raise UsageError(f"columns are missing: {', '.join(missing)}", expected="structure, chain, number and, if need be, icode")
    if "icode" not in given:
        given["icode"] = ""
    own = given.copy()
    for name in ("structure", "chain", "icode"):
        given[name] = [_text(value) for value in given[name].astype(object)]
    given["number"] = _numbers(given["number"])
    tables = []
    for name in given["structure"].drop_duplicates():
        table = table_of(str(name))
        tables.append(table[table["number"].notna()].assign(structure=name))
    if not tables:
        return own
    annotation = pd.concat(tables, ignore_index=True)
    new = [column for column in annotation.columns if column not in given or column in KEY]
    joined = given.merge(annotation[new], on=KEY, how="left", validate="many_to_one")
    if "component" in joined and "observed_residue" in joined:
        other = joined["observed_residue"].notna() & (joined["component"] != joined["observed_residue"])
        joined.loc[other, [name for name in new if name not in KEY]] = pd.NA  # a water or ligand under the residue's number
    outside = joined["position"].isna() if "position" in joined else pd.Series(False, index=joined.index)
    if "note" in joined:
        joined.loc[outside, "note"] = "no residue of the target's proteins in this structure"
    for name in ("structure", "chain", "number"):
        joined[name] = own[name].to_numpy() if own[name].dtype == object else own[name].array
    return joined


def _frame(residues: Any) -> pd.DataFrame:
    """A copy as a DataFrame of pandas; frames of other libraries are converted, Bio.PDB residues read."""
    import pandas as pd

    if isinstance(residues, pd.DataFrame):
        return residues.reset_index(drop=True)
    if hasattr(residues, "to_pandas"):
        converted: pd.DataFrame = residues.to_pandas()
        return converted
    return _from_biopython(residues)


def _text(value: Any) -> str:
    """A name as text: a chain that a reader of tables took for a number is ``1``, not ``1.0``; nothing is empty."""
    import pandas as pd

    if pd.isna(value):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _numbers(column: pd.Series) -> pd.Series:
    """Author numbers as whole numbers that may be missing; raises UsageError for any others."""
    import pandas as pd

    try:
        return pd.to_numeric(column).astype("Int64")
    except (ValueError, TypeError) as error:
        raise UsageError("author numbers are whole numbers", where="column number", found=str(error)) from None


def _from_biopython(residues: Iterable[Any]) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for residue in residues:
        try:
            structure, _, chain, (hetero, number, icode) = residue.get_full_id()
        except (AttributeError, ValueError) as error:
            raise UsageError("neither a DataFrame nor Bio.PDB residues of a structure", found=type(residue).__name__) from error
        rows.append((structure, chain, number, icode.strip(), residue.get_resname(), hetero.strip()))
    return pd.DataFrame(rows, columns=[*KEY, "component", "hetero"])
