"""Variants that one copy of a gene carries together: of one codon, or insertions and deletions that restore the frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from axlstruct.errors import AxlstructError
from axlstruct.sequence.target import Protein
from axlstruct.variants.annotation import Known, of_coding, on_genome, variant_rows
from axlstruct.variants.nucleotides import Coding
from axlstruct.variants.rows import Copies, Given, VariantRow


@dataclass(slots=True)
class _Laid:
    """A variant of a file with its place in the coding sequence, and those that are read with it."""

    index: int
    given: Given
    protein: Protein
    coding: Coding
    always: dict[int, _Laid] = field(default_factory=dict)
    """On every copy that carries this one."""
    sometimes: dict[int, tuple[_Laid, str]] = field(default_factory=dict)
    """On some copy, with the sample that shows it; or with no sample where the phase is not known."""

    @property
    def ends(self) -> tuple[int, int]:
        return min(self.coding.first, self.coding.last), max(self.coding.first, self.coding.last)

    @property
    def codons(self) -> tuple[int, int]:
        return (self.coding.first + 2) // 3, (max(self.coding.last, self.coding.first) + 2) // 3


def rows_of(variants: Sequence[Given], known: Known) -> list[list[VariantRow]]:
    """The rows of each variant; what one copy of a gene carries together in a codon, or until the frame is restored, is combined.

    Parameters
    ----------
    variants : sequence of Given
        Of one file: genotypes say what is carried together.
    known : Known

    Returns
    -------
    list of list of VariantRow
        As long as ``variants``.
    """
    together = _together(variants, known)
    rows = []
    for index, given in enumerate(variants):
        alone = variant_rows(given, known)
        laid = together.get(index)
        rows.append([_combined(laid, alone[0], known)] if laid and len(alone) == 1 else alone)
    return rows


def _together(variants: Sequence[Given], known: Known) -> dict[int, _Laid]:
    """Those that share a copy of the gene with others, by their places among the variants."""
    found: list[_Laid] = []
    for index, given in enumerate(variants):
        if given.copies and given.genomic and not given.joint:
            try:
                place = on_genome(given.genomic, known.target)
            except AxlstructError:
                continue
            if place and isinstance(place[1], Coding):
                found.append(_Laid(index, given, place[0], place[1]))
    found.sort(key=lambda laid: (laid.protein.name, laid.ends))
    for at, one in enumerate(found):
        for two in found[at + 1 :]:
            if two.protein is not one.protein or two.codons[0] > one.codons[1]:
                break
            _link(one, two)
    _restore_frames(found)
    return {laid.index: laid for laid in found if laid.always or laid.sometimes}


def _link(one: _Laid, two: _Laid) -> None:
    """Note what two variants of a codon share; the same bases cannot be changed twice on one copy."""
    if _overlap(one, two):
        return
    for this, other in ((one, two), (two, one)):
        if _always(this.given, other.given):
            this.always[other.index] = other
        elif (sample := _shared_sample(this.given, other.given)) is not None:
            this.sometimes[other.index] = (other, sample)


def _overlap(one: _Laid, two: _Laid) -> bool:
    inserted = [laid for laid in (one, two) if laid.coding.last < laid.coding.first]
    if len(inserted) == 2:
        return one.coding.first == two.coding.first
    if inserted:
        other = two if inserted[0] is one else one
        return other.coding.first < inserted[0].coding.first <= other.coding.last
    return one.coding.first <= two.coding.last and two.coding.first <= one.coding.last


def _always(this: Given, other: Given) -> bool:
    """Whether every copy with ``this`` carries ``other`` too."""
    return all(sample in other.copies and _within(mine, other.copies[sample]) for sample, mine in this.copies.items())


def _within(mine: Copies, theirs: Copies) -> bool:
    if theirs.everywhere:
        return True
    return bool(mine.numbers) and not mine.everywhere and mine.block == theirs.block and mine.numbers <= theirs.numbers


def _shared_sample(this: Given, other: Given) -> str | None:
    """A sample that carries both on one copy; empty where samples carry both and their phase is not known; None if none does."""
    both = [(name, mine, other.copies[name]) for name, mine in this.copies.items() if name in other.copies]
    for name, mine, theirs in both:
        if mine.everywhere or theirs.everywhere or (mine.block == theirs.block and mine.numbers & theirs.numbers):
            return name
    unknown = any(not (mine.numbers and theirs.numbers) or mine.block != theirs.block for _, mine, theirs in both)
    return "" if unknown else None


def _restore_frames(found: Sequence[_Laid]) -> None:
    """Link what lies between a shift of the frame and the one that restores it, if each copy carries all of it or nothing."""
    used: set[int] = set()
    for at, one in enumerate(found):
        if not one.coding.shift % 3 or one.index in used:
            continue
        group, shift = [one], one.coding.shift
        for two in found[at + 1 :]:
            if two.protein is not one.protein:
                break
            if not (_always(one.given, two.given) and _always(two.given, one.given)) or any(_overlap(two, g) for g in group):
                continue
            group.append(two)
            shift += two.coding.shift
            if not shift % 3:
                used |= {laid.index for laid in group}
                for laid in group:
                    laid.always |= {other.index: other for other in group if other is not laid}
                break


def _combined(laid: _Laid, alone: VariantRow, known: Known) -> VariantRow:
    """The row of a variant read together with what its copy carries too."""
    row = alone
    if laid.always:
        changes = sorted((laid, *laid.always.values()), key=lambda each: each.ends)
        names = ", ".join(each.given.text for each in laid.always.values())
        try:
            blank = VariantRow(alone.line, alone.variant, "unreadable")
            both = of_coding([each.coding for each in changes], laid.protein, blank, known)
        except AxlstructError as error:
            return replace(
                alone, note=_joined(f"on one copy of the gene with {names}, and not to be read together: {error}", alone.note)
            )
        said = f" (alone {alone.hgvs})" if alone.hgvs and alone.hgvs != both.hgvs else ""
        restored = any(each.coding.shift % 3 for each in changes) and not sum(each.coding.shift for each in changes) % 3
        if both.hgvs or restored:
            words = f"on one copy of the gene with {names}{', which restores the frame' if restored else ''}: read together{said}"
            row = replace(both, note=_joined(words, both.note))
        else:
            row = replace(alone, note=_joined(f"on one copy of the gene with {names}, in the same codon{said}", alone.note))
    for other, sample in laid.sometimes.values():
        where = f"on one copy of the gene in sample {sample}" if sample else "on one copy of the gene or on two: not phased"
        row = replace(
            row,
            note=_joined(f"{other.given.text} changes the same codon, {where}{_together_named(laid, other, known)}", row.note),
        )
    return row


def _together_named(laid: _Laid, other: _Laid, known: Known) -> str:
    """What two changes make together, where the coding sequence tells."""
    if laid.protein.name not in known.coding:
        return ""
    blank = VariantRow(laid.given.line, laid.given.text, "unreadable")
    try:
        return f"; together {of_coding([laid.coding, other.coding], laid.protein, blank, known).hgvs}"
    except AxlstructError:
        return ""


def _joined(*words: str) -> str:
    return "; ".join(filter(None, words))
