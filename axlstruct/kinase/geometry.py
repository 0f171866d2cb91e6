"""The conformation of a kinase domain, chain by chain: distances, angles, and the words that published rules give them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from axlstruct.kinase import reference as ref
from axlstruct.kinase import rules
from axlstruct.kinase.atoms import ANION, CATION, PHOSPHATE, Absent, KinaseAtoms
from axlstruct.kinase.landmarks import Kinase
from axlstruct.sequence.features import spans_of
from axlstruct.structure.confidence import CONFIDENT
from axlstruct.structure.mapping import ChainMap


@dataclass(frozen=True, slots=True)
class GeometryRow:
    """The conformation of one chain; distances in Angstrom, angles in degrees, empty where atoms are missing.

    Attributes
    ----------
    structure, chain, protein
        Entry, ``auth_asym_id``, gene.
    lys, glu, phe
        beta3 lysine, alphaC glutamate and the phenylalanine of DFG, UniProt numbers.
    author
        The same residues as ``UniProt=author`` number, joined by ``;``.
    lys_glu, salt_bridge
        Shortest distance of their charged atoms, and whether that is a salt bridge (at most 4.0).
    cb_cb, alphac
        Distance of their CB, and helix alphaC ``in`` (at most 10) or ``out``.
    d1, d2, dfg
        CZ of DFG-Phe to CA of alphaC-Glu+4, and to CA of the lysine; the spatial group.
    x_phi, x_psi, asp_phi, asp_psi, phe_phi, phe_psi, phe_chi1
        Of the residue before DFG, of its D and its F; -180 to 180.
    cluster, cluster_distance
        Dihedral cluster, and how far its centroid is (0 to 4; at most 0.45 in the cluster).
    rs1_rs2, rs2_rs3, rs3_rs4, spine
        Distances between side chains of the regulatory spine; ``intact``, ``broken`` or ``unclear``.
    loop_start, loop_start_state
        Hydrogen bond of the sixth residue of the activation loop with the residue before HRD; ``in`` or ``out``.
    loop_end, loop_end_state
        CA of the ninth residue before the end of the loop to O of the HRD arginine; ``in``, ``out`` or ``unclear``.
    loop_seen, loop_missing
        Residues of the activation loop with atoms, ``28/30``, and the positions without.
    phosphotyrosines, arg_phosphate
        Phosphorylated tyrosines of the loop, and the shortest distance of their phosphate to the HRD arginine.
    state
        ``active``, ``inactive``, or empty where too little is seen to tell; of a predicted model ``active-like`` or
        ``inactive-like``.
    plddt_min, plddt_loop
        Lowest confidence of the residues that these numbers rest on, and mean confidence of the activation loop.
    missing
        For each empty number the reason.
    note
    """

    structure: str
    chain: str
    protein: str
    lys: str
    glu: str
    phe: str
    author: str
    lys_glu: float | None
    salt_bridge: bool | None
    cb_cb: float | None
    alphac: str
    d1: float | None
    d2: float | None
    dfg: str
    x_phi: float | None
    x_psi: float | None
    asp_phi: float | None
    asp_psi: float | None
    phe_phi: float | None
    phe_psi: float | None
    phe_chi1: float | None
    cluster: str
    cluster_distance: float | None
    rs1_rs2: float | None
    rs2_rs3: float | None
    rs3_rs4: float | None
    spine: str
    loop_start: float | None
    loop_start_state: str
    loop_end: float | None
    loop_end_state: str
    loop_seen: str
    loop_missing: str
    phosphotyrosines: str
    arg_phosphate: float | None
    state: str
    plddt_min: float | None
    plddt_loop: float | None
    missing: str
    note: str
    assembly: str


@dataclass
class _Measured:
    """Measurements by name, and why others could not be made."""

    numbers: dict[str, float | None] = field(default_factory=dict)
    reasons: dict[str, list[str]] = field(default_factory=dict)

    def take(self, name: str, measure: Callable[[], float]) -> float | None:
        try:
            self.numbers[name] = measure()
        except Absent as absent:
            self.numbers[name] = None
            self.reasons.setdefault(str(absent), []).append(name)
        return self.numbers[name]

    @property
    def words(self) -> str:
        return "; ".join(f"{', '.join(names)}: {reason}" for reason, names in self.reasons.items())


def geometry_row(kinase: Kinase, map: ChainMap, *, assembly: str = "asu") -> GeometryRow:
    """Measure one chain; a number whose atoms are not all there is empty, with the reason.

    Parameters
    ----------
    kinase : Kinase
    map : ChainMap
        A chain of that protein.
    """
    atoms, found = KinaseAtoms(map), _Measured()
    lys, glu, dfg = (kinase.position(name) for name in (ref.LYSINE, ref.GLUTAMATE, ref.DFG))
    phe = dfg + 1 if dfg else None
    bridge = found.take(
        "lys_glu",
        lambda: atoms.shortest(
            lys, atoms.charged(lys, _AMINE, ref.LYSINE), glu, atoms.charged(glu, ANION, ref.GLUTAMATE)
        ),
    )  # fmt: skip
    helix = found.take("cb_cb", lambda: atoms.distance(lys, "CB", glu, "CB"))
    behind = glu + 4 if glu else None
    d1 = found.take("d1", lambda: atoms.distance(behind, "CA", phe, _tip(atoms, phe)))
    d2 = found.take("d2", lambda: atoms.distance(lys, "CA", phe, _tip(atoms, phe)))
    group = "" if d1 is None or d2 is None else rules.spatial_group(d1, d2)
    cluster, away = _cluster(atoms, dfg, group, found)
    spine = _spine(atoms, kinase, found)
    start, end = _loop(atoms, kinase, found)
    loop = kinase.span(ref.ACTIVATION_LOOP)
    there, gone = atoms.seen(loop or ())
    modified = [p for p in there if kinase.protein.letter(p) == "Y" and atoms.map.by_position[p].residue.name == "PTR"]  # type: ignore[union-attr]
    phosphate = found.take("arg_phosphate", lambda: _phosphate(atoms, kinase, modified)) if modified else None
    judged = _judged(kinase)
    least, mean = atoms.plddt(judged), atoms.plddt(loop or ())
    number = {name: _rounded(value) for name, value in found.numbers.items()}
    return GeometryRow(
        structure=map.chain.residues[0].id.structure, chain=map.chain.chain, protein=kinase.protein.name, assembly=assembly,
        lys=atoms.name(lys) if lys else "", glu=atoms.name(glu) if glu else "", phe=atoms.name(phe) if phe else "",
        author=_author(map, [p for p in (lys, glu, phe) if p]),
        lys_glu=number["lys_glu"], salt_bridge=None if bridge is None else rules.bridged(bridge),
        cb_cb=number["cb_cb"], alphac="" if helix is None else rules.helix(helix),
        d1=number["d1"], d2=number["d2"], dfg=group,
        **{name: number[name] for name in _ANGLES}, cluster=cluster, cluster_distance=_rounded(away),
        **{name: number[name] for name in _SPINE}, spine=spine,
        loop_start=number["loop_start"], loop_start_state=start, loop_end=number["loop_end"], loop_end_state=end,
        loop_seen=f"{len(there)}/{len(loop)}" if loop else "", loop_missing=" ".join(_spans(gone)),
        phosphotyrosines=" ".join(f"pY{p}" for p in modified), arg_phosphate=_rounded(phosphate),
        state=rules.activity(group, cluster, bridge, start, end, predicted=map.predicted),
        plddt_min=min(least) if least else None, plddt_loop=round(sum(mean) / len(mean), 1) if mean else None,
        missing=found.words, note=_note(atoms, judged, mean),
    )  # type: ignore[arg-type]  # fmt: skip


_AMINE = {"K": CATION["K"], "R": CATION["R"]}
_ANGLES = ("x_phi", "x_psi", "asp_phi", "asp_psi", "phe_phi", "phe_psi", "phe_chi1")
_SPINE = ("rs1_rs2", "rs2_rs3", "rs3_rs4")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _spans(positions: list[int]) -> list[str]:
    return [str(span) for span in spans_of(positions)]


def _author(map: ChainMap, positions: list[int]) -> str:
    placed = ((p, map.placement(p).residue) for p in positions)
    return ";".join(f"{p}={id.label}" for p, id in placed if id)


def _tip(atoms: KinaseAtoms, phe: int | None) -> str:
    """The atom that stands for CZ of DFG-Phe."""
    letter = atoms.residue(phe, ref.DFG).letter
    if letter not in rules.PHE_TIP:
        raise Absent(f"no rule for {letter} in the middle of DFG")
    return rules.PHE_TIP[letter]


def _cluster(atoms: KinaseAtoms, dfg: int | None, group: str, found: _Measured) -> tuple[str, float | None]:
    """Take the seven angles of X-D-F, and name their cluster."""
    if dfg is None:
        found.numbers |= dict.fromkeys(_ANGLES)
        found.reasons.setdefault(f"no {ref.DFG}", []).extend(_ANGLES)
        return "", None
    angles = []
    for position, label in ((dfg - 1, "x"), (dfg, "asp"), (dfg + 1, "phe")):
        angles.append(found.take(f"{label}_phi", partial(atoms.phi, position)))
        angles.append(found.take(f"{label}_psi", partial(atoms.psi, position)))
    angles.append(found.take("phe_chi1", lambda: atoms.chi1(dfg + 1)))
    known = [angle for angle in angles if angle is not None]
    if not group or len(known) < len(angles):
        return "", None
    return rules.dihedral_cluster(group, tuple(known))  # type: ignore[arg-type]


def _spine(atoms: KinaseAtoms, kinase: Kinase, found: _Measured) -> str:
    places = [(kinase.position(name), name) for name in (ref.RS1, ref.RS2, ref.RS3, ref.RS4)]
    steps = []
    for name, (one, what), (two, other) in zip(_SPINE, places, places[1:], strict=False):
        steps.append(found.take(name, partial(_step, atoms, one, what, two, other)))
    known = [step for step in steps if step is not None]
    return rules.spine(known) if len(known) == len(steps) else ""


def _step(atoms: KinaseAtoms, one: int | None, what: str, two: int | None, other: str) -> float:
    return atoms.shortest(one, atoms.side_chain(one, what), two, atoms.side_chain(two, other))


def _loop(atoms: KinaseAtoms, kinase: Kinase, found: _Measured) -> tuple[str, str]:
    """Both ends of the activation loop, by their distance to the catalytic loop."""
    sixth, before = kinase.position(ref.DFG, 5), kinase.position(ref.HRD, -1)
    arginine = kinase.position(ref.HRD, 1)
    ninth = kinase.position(ref.APE, -6)
    start = found.take(
        "loop_start", lambda: min(atoms.distance(sixth, "N", before, "O"), atoms.distance(sixth, "O", before, "N"))
    )
    end = found.take("loop_end", lambda: atoms.distance(ninth, "CA", arginine, "O"))
    return ("" if start is None else rules.loop_start(start)), ("" if end is None else rules.loop_end(end))


def _phosphate(atoms: KinaseAtoms, kinase: Kinase, modified: list[int]) -> float:
    arginine = kinase.position(ref.HRD, 1)
    nitrogens = atoms.charged(arginine, {"R": CATION["R"]}, "the arginine of HRD")
    return min(atoms.shortest(arginine, nitrogens, p, PHOSPHATE) for p in modified)


def _judged(kinase: Kinase) -> list[int]:
    """Positions of the residues that the measurements rest on."""
    places = [(ref.LYSINE, 0), (ref.GLUTAMATE, 0), (ref.GLUTAMATE, 4), (ref.RS4, 0), (ref.APE, -6)]
    places += [(ref.HRD, shift) for shift in (-1, 0, 1)] + [(ref.DFG, shift) for shift in (-1, 0, 1, 5)]
    found = (kinase.position(name, shift) for name, shift in places)
    return sorted({position for position in found if position})


def _note(atoms: KinaseAtoms, judged: Iterable[int], loop: Sequence[float]) -> str:
    """What of the activation loop, and which of the residues that the numbers rest on, is of low confidence."""
    low = [value for value in loop if value < CONFIDENT]
    words = []
    if low:
        least = round(min(low) + 1e-6, 1)  # two decimals in the file: 35.55 is 35.6
        words.append(f"activation loop: {len(low)} of {len(loop)} residues below pLDDT {CONFIDENT:.0f}, lowest {least}")
    shaky = [f"{atoms.name(p)} ({value[0]:.0f})" for p in judged if (value := atoms.plddt([p])) and value[0] < CONFIDENT]
    words += [f"rests on residues of low pLDDT: {', '.join(shaky)}"] if shaky else []
    return "; ".join(words)
