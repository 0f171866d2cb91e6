"""Relatives of the receptor: what stands in them at each of its positions, by sequence and by place in space."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from axlstruct.sequence.features import Feature
from axlstruct.sequence.homologue import Pairing, change, pair, substitution
from axlstruct.sequence.parts import DOMAIN, Part, parts
from axlstruct.sequence.target import Protein
from axlstruct.structure.mapping import ChainMap
from axlstruct.structure.superposition import Fold, Trace, superpose

AROUND = 10
"""Residues of a linker beside a domain that are compared with it in space."""

CONFIRMED, CONTRADICTED, UNCONFIRMED = "confirmed", "contradicted", "unconfirmed"
"""Whether the models put the same residue there; another; or none within reach. Empty where no model could tell."""

MARKS = ("binding", "active-site", "motif", "disulfide", "glycosylation", "phosphorylation")
"""Kinds of feature that are looked up in the relatives residue by residue."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What stands in a relative at a position of the receptor.

    Attributes
    ----------
    position, residue : int or None, str
        By the alignment of the sequences; None and empty in a gap.
    change, score : str, int or None
        ``identical``, ``similar``, ``different`` or ``gap``, and the BLOSUM62 score of the two letters.
    stable : bool
        Whether the alignment does not hang on the choice of gap costs here.
    structure_position, structure_residue : int or None, str
        The residue whose CA stands in the same place (3 A) when the models' domains are superposed.
    distance : float or None
        Angstrom between the receptor's CA and that of ``structure_position``, else that of ``position``.
    agreement : str
        ``confirmed``: the model puts the same residue there; ``contradicted``: it puts another there; ``unconfirmed``: none.
        Empty where there is no model, or none of a domain here.
    plddt : float or None
        Confidence of ``position`` in the relative's model.
    """

    position: int | None
    residue: str
    change: str
    score: int | None
    stable: bool
    structure_position: int | None
    structure_residue: str
    distance: float | None
    agreement: str
    plddt: float | None


@dataclass(frozen=True)
class Relative:
    """A relative laid on the receptor.

    Attributes
    ----------
    receptor, protein : Protein
        The receptor of the target, and the relative.
    pairing : Pairing
        By sequence.
    folds : mapping of Part to Fold
        By place, for each domain that could be superposed; empty without models.
    plddt : mapping of int to float
        Of the relative's model.
    notes : tuple of str
    """

    receptor: Protein
    protein: Protein
    pairing: Pairing
    folds: Mapping[Part, Fold] = field(default_factory=dict)
    plddt: Mapping[int, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def fold_at(self, position: int) -> Fold | None:
        """The superposed domain that a position belongs to, or the nearest within 10 residues."""
        near = [(max(p.span.first - position, position - p.span.last, 0), p.span, f) for p, f in self.folds.items()]
        gap, _, fold = min(near, key=lambda entry: entry[:2], default=(AROUND + 1, None, None))
        return fold if gap <= AROUND else None

    def at(self, position: int) -> Counterpart:
        """What stands at a position of the receptor."""
        letter = self.receptor.letter(position)
        one = self.pairing.counterpart.get(position)
        other = self.protein.letter(one) if one else None
        fold = self.fold_at(position)
        two = fold.pairs.get(position) if fold else None
        distance = fold.distance.get((position, two or one or 0)) if fold else None
        agreement = "" if fold is None else UNCONFIRMED if two is None else CONFIRMED if one == two else CONTRADICTED
        return Counterpart(
            one, other or "", change(letter, other), substitution(letter, other) if other else None,
            position in self.pairing.stable, two, self.protein.letter(two) if two else "", distance, agreement,
            self.plddt.get(one) if one else None,
        )  # fmt: skip

    def by_place(self, position: int) -> str:
        """How the residue that stands in the same place is changed; ``gap`` where none does or no model tells."""
        found = self.at(position)
        return change(self.receptor.letter(position), found.structure_residue or None)


def lay_on(
    receptor: Protein,
    protein: Protein,
    traces: Mapping[int, Trace] | None = None,
    others: Mapping[int, Trace] | None = None,
    notes: tuple[str, ...] = (),
) -> Relative:
    """Lay a relative on the receptor, by sequence and, where both have a model, by place.

    Parameters
    ----------
    receptor, protein : Protein
    traces, others : mapping of int to Trace, optional
        CA of their models, by position.
    notes : tuple of str
        What could not be had.
    """
    pairing = pair(receptor.sequence, protein.sequence)
    folds = {}
    for part in parts(receptor) if traces and others else ():
        if part.kind == DOMAIN and (fold := superpose(traces or {}, others or {}, pairing.counterpart, part.span, AROUND)):
            folds[part] = fold
    plddt = {position: trace.plddt for position, trace in (others or {}).items() if trace.plddt is not None}
    return Relative(receptor, protein, pairing, folds, plddt, notes)


def traces_of(maps: Iterable[ChainMap], protein: Protein) -> dict[int, Trace]:
    """CA of the first chain that is a protein, by position; residues without CA are left out."""
    chain = next((map for map in maps if map.protein is protein), None)
    found = {}
    for position, slot in chain.by_position.items() if chain else ():
        atoms = slot.residue.gemmi if slot.residue else ()
        for atom in atoms:
            if atom.name == "CA" and chain and slot.residue:
                sure = round(slot.residue.b, 2) if chain.plddt else None
                found[position] = Trace((atom.pos.x, atom.pos.y, atom.pos.z), sure)
    return found


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A position of the receptor and what stands there in one relative.

    Attributes
    ----------
    protein, position, residue, domain
        Of the receptor; UniProt position, one-letter code.
    of, label
        ``interface``, ``site`` or ``feature``, and which: the interface class, the site's role, the feature.
    contacts, buried_area
        Residue pairs with the ligand, and area in square Angstrom, that the receptor's residue has in the interface class: means
        over the copies. Empty for other rows.
    relative, relative_position, relative_residue, change, score, stable
        By sequence; see `Counterpart`.
    structure_position, structure_residue, ca_distance, agreement, plddt
        By place in the AlphaFold models; see `Counterpart`.
    note
        A word of explanation.
    """

    protein: str
    position: int
    residue: str
    domain: str
    of: str
    label: str
    contacts: float | None
    buried_area: float | None
    relative: str
    relative_position: int | None
    relative_residue: str
    change: str
    score: int | None
    stable: bool
    structure_position: int | None
    structure_residue: str
    ca_distance: float | None
    agreement: str
    plddt: float | None
    note: str


@dataclass(frozen=True, slots=True)
class Touched:
    """A receptor residue in an interface class: residue pairs and area in square Angstrom, means over the copies."""

    interface: str
    position: int
    contacts: float
    buried_area: float


def family_row(
    relative: Relative,
    position: int,
    of: str,
    label: str,
    note: str = "",
    contacts: float | None = None,
    buried_area: float | None = None,
) -> FamilyRow:
    """One row of the table of positions."""
    receptor, found = relative.receptor, relative.at(position)
    return FamilyRow(
        receptor.name, position, receptor.letter(position), receptor.domain(position), of, label, contacts, buried_area,
        relative.protein.name, found.position, found.residue, found.change, found.score, found.stable,
        found.structure_position, found.structure_residue, found.distance, found.agreement, found.plddt, note,
    )  # fmt: skip


def interface_rows(relative: Relative, touched: Iterable[Touched]) -> Iterator[FamilyRow]:
    """The receptor's residues that touch the ligand."""
    for t in touched:
        yield family_row(relative, t.position, "interface", t.interface, "", t.contacts, t.buried_area)


def site_rows(relative: Relative) -> Iterator[FamilyRow]:
    """The receptor's curated sites."""
    for site in relative.receptor.sites:
        yield family_row(relative, site.position, "site", site.role, site.remark)


def feature_rows(relative: Relative) -> Iterator[FamilyRow]:
    """The receptor's features that are told residue by residue; a note says what is kept of a motif, a bond or a sequon."""
    for kind in MARKS:
        for feature in relative.receptor.features_of(kind):
            note = feature_note(relative, feature)
            for position in feature.span:
                if feature.covers(position):
                    yield family_row(relative, position, "feature", f"{kind}: {feature.name} {feature.span}", note)


def feature_note(relative: Relative, feature: Feature) -> str:
    """Whether the relative has the feature too, judged by its letters alone."""
    covered = [position for position in feature.span if feature.covers(position)]
    there = [relative.pairing.counterpart.get(position) for position in covered]
    letters = "".join(relative.protein.letter(two) if two else "-" for two in there)
    name = relative.protein.name
    if feature.kind == "disulfide":
        return f"both cysteines in {name}" if letters == "CC" else f"{letters} in {name}: no disulfide"
    if feature.kind == "glycosylation":
        sequon = sequon_at(relative.protein, there[0])
        return f"sequon {sequon} in {name}" if sequon else f"no sequon in {name}"
    own = "".join(relative.receptor.letter(position) for position in covered)
    same = sum(a == b for a, b in zip(own, letters, strict=True))
    return f"{own} is {letters} in {name}: {same} of {len(own)} kept" if len(own) > 1 else ""


def sequon_at(protein: Protein, position: int | None) -> str:
    """The sequon N-X-S/T (X no proline) that begins at a position; empty where there is none."""
    letters = protein.sequence[position - 1 : position + 2] if position else ""
    return letters if len(letters) == 3 and letters[0] == "N" and letters[1] != "P" and letters[2] in "ST" else ""
