"""A `Scene` in the browser: a py3Dmol view with title, legend and hover texts for notebooks, and a page that stands alone.

What is embedded is data: every ``<`` of it is written as an escape, texts reach the page as text, and the standalone page carries
a Content Security Policy that allows its own scripts by hash and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain as chained
from typing import TYPE_CHECKING, Any

from axlstruct.errors import UsageError
from axlstruct.scene import AtomPlace, Layer, LegendEntry, Place, ResidueInfo, Scene, Selection
from axlstruct.structure import Structure
from axlstruct.view_trace import add_trace

if TYPE_CHECKING:
    import gemmi

_SPARE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_PDB_NUMBERS = range(-999, 10_000)
_BACKBONE = ["N", "C", "O", "OXT"]
_DASH_LOOK = {"radius": 0.1, "dashed": True, "dashLength": 0.35, "gapLength": 0.25, "fromCap": 1, "toCap": 1}
_CARRIED_BY: dict[str, str] = {}
"""Notebook cell whose output carries 3Dmol.js in the running kernel, by the hash of the script."""


def chain_letters(names: Iterable[str]) -> dict[str, str]:
    """One character for each chain, as the PDB format has room for no more; a name of one character stays.

    Examples
    --------
    >>> chain_letters(["A", "A-2", "C"])
    {'A': 'A', 'A-2': 'B', 'C': 'C'}
    """
    names = list(dict.fromkeys(names))
    taken = {name for name in names if len(name) == 1}
    spare = (letter for letter in chained(_SPARE, map(chr, range(0x100, 0xD800))) if letter not in taken)
    return {name: name if len(name) == 1 else next(spare) for name in names}


def model_text(structure: Structure, scene: Scene) -> str:
    """The structure as PDB records for 3Dmol.js: secondary structure first, then all heavy atoms but water.

    3Dmol.js reads insertion codes in the PDB format alone, hence no mmCIF; at an END line it would forget HELIX and SHEET, so
    there is none. Residues whose number does not fit the format are left out.
    """
    letters = chain_letters(chain.name for chain in structure.model)
    lines = []
    for count, (kind, chain, *ends) in enumerate(_elements(scene)):
        letter, serial = letters[chain], f"{count % 999 + 1:3d} {count % 999 + 1:3d}"
        first, last = (f"{number:4d}{icode:1s}" for number, icode in ends)
        if kind == "helix":
            lines.append(f"HELIX  {serial} ALA {letter} {first} ALA {letter} {last} 1")
        else:
            lines.append(f"SHEET  {serial} 1 ALA {letter}{first} ALA {letter}{last} 0")
    for name, residue in _drawn_residues(structure):
        lines += _atom_lines(residue, letters[name])
    return "\n".join(lines) + "\n"


def _drawn_residues(structure: Structure) -> Iterator[tuple[str, gemmi.Residue]]:
    """Residues that 3Dmol.js gets, each with the name of its chain."""
    for chain in structure.model:
        for residue in chain:
            if not residue.is_water() and (residue.seqid.num or 0) in _PDB_NUMBERS:
                yield chain.name, residue


def _elements(scene: Scene) -> Iterator[tuple[str, str, Place, Place]]:
    """Kind, chain and ends of helices and strands, cut to the residues whose numbers fit the format."""
    order: dict[str, list[Place]] = {}
    for row in scene.residues:
        order.setdefault(row.chain, []).append((row.number, row.icode))
    for element in scene.secondary:
        first, last = element.first, element.last
        if not {first[0], last[0]} <= set(_PDB_NUMBERS):
            places = order.get(element.chain, [])
            inside = places[places.index(first) : places.index(last) + 1] if {first, last} <= set(places) else []
            fitting = [place for place in inside if place[0] in _PDB_NUMBERS]
            if not fitting:
                continue
            first, last = fitting[0], fitting[-1]
        yield element.kind, element.chain, first, last


def _centers(structure: Structure, selections: Iterable[Selection]) -> list[dict[str, float] | None]:
    """Mean of the drawn atoms of each selection, all insertion codes with it; None where nothing of it is drawn."""
    sums: dict[tuple[str, Place], list[float]] = {}
    for name, residue in _drawn_residues(structure):
        total = sums.setdefault((name, (residue.seqid.num or 0, residue.seqid.icode.strip())), [0.0] * 4)
        for atom in residue:
            if not atom.is_hydrogen():
                for axis, value in enumerate((*atom.pos.tolist(), 1.0)):
                    total[axis] += value
    centers: list[dict[str, float] | None] = []
    for selection in selections:
        places = ((selection.chain, (n, run.icode)) for run in selection.runs for n in range(run.first, run.last + 1))
        found = [sums[place] for place in places if place in sums]
        count = sum(total[3] for total in found)
        centers.append({axis: round(sum(t[i] for t in found) / count, 3) for i, axis in enumerate("xyz")} if count else None)
    return centers


def _ends(structure: Structure, places: Iterable[AtomPlace]) -> dict[AtomPlace, dict[str, float]]:
    """Where atoms are, by their places; those that are not drawn are left out."""
    wanted = set(places)
    found: dict[AtomPlace, dict[str, float]] = {}
    for name, residue in _drawn_residues(structure) if wanted else ():
        for atom in residue:
            place = AtomPlace(name, residue.seqid.num or 0, residue.seqid.icode.strip(), atom.name)
            if place in wanted and place not in found:
                found[place] = {axis: round(value, 3) for axis, value in zip("xyz", atom.pos.tolist(), strict=True)}
    return found


def _atom_lines(residue: gemmi.Residue, letter: str) -> Iterator[str]:
    place = f"{residue.name[:3]:>3s} {letter}{residue.seqid.num or 0:4d}{residue.seqid.icode:1s}"
    record = "HETATM" if residue.het_flag == "H" else "ATOM  "
    for atom in residue:
        if not atom.is_hydrogen():
            x, y, z = atom.pos.tolist()
            yield (
                f"{record}{atom.serial % 100000:5d} {atom.padded_name()[:4]:<4s} {place}   {x:8.3f}{y:8.3f}{z:8.3f}"
                f"{min(atom.occ, 999.0):6.2f}{min(atom.b_iso, 999.0):6.2f}          {atom.element.name.upper():>2s}"
            )


def selection_spec(selection: Selection, letters: dict[str, str], part: str = "all") -> list[dict[str, Any]]:
    """A selection as 3Dmol.js takes it, one specification for each insertion code.

    Examples
    --------
    >>> selection_spec(Selection.of("H", [(82, ""), (83, ""), (82, "A")]), {"H": "H"})
    [{'chain': 'H', 'resi': ['82-83'], 'icode': ' '}, {'chain': 'H', 'resi': [82], 'icode': 'A'}]
    """
    specs: list[dict[str, Any]] = []
    for icode in dict.fromkeys(run.icode for run in selection.runs):
        runs = [run for run in selection.runs if run.icode == icode]
        resi = [run.first if run.first == run.last else f"{run.first}-{run.last}" for run in runs]
        spec = {"chain": letters[selection.chain], "resi": resi, "icode": icode or " "}
        specs.append(spec if part == "all" else {**spec, "not": {"atom": _BACKBONE}})
    return specs


def make_view(structure: Structure, scene: Scene, *, script: str | None = None, width: int = 680, height: int = 520) -> Any:
    """A scene as a py3Dmol view that shows itself in a notebook and takes further 3Dmol.js commands.

    Parameters
    ----------
    structure : Structure
        The structure of the scene.
    scene : Scene
    script : str, optional
        Text of 3Dmol.js. Embedded once a kernel, so that no view needs the network; without it each view loads 3Dmol.js from the
        address py3Dmol names, and says so.
    width, height : int
        Of the picture, in CSS pixels; the legend stands beside it.

    Returns
    -------
    py3Dmol.view
        With the attributes ``scene`` and ``page()``, which gives the standalone page.
    """
    view = _view_class()(width=width, height=height)
    view.scene, view.script = scene, script
    letters = chain_letters(chain.name for chain in structure.model)
    view.addModel(model_text(structure, scene), "pdb", {"noComputeSecondaryStructure": True})
    view.setStyle({}, {})
    for layer in scene.layers:
        if layer.style.kind == "trace":
            add_trace(view, structure, layer, letters)
            continue
        for selection in layer.selections:
            for spec in selection_spec(selection, letters, layer.part):
                (view.setStyle if layer.style.kind == "cartoon" else view.addStyle)(spec, _style(layer))
    ends = _ends(structure, (end for dash in scene.dashes for end in (dash.donor, dash.acceptor)))
    for dash in scene.dashes:
        if dash.donor in ends and dash.acceptor in ends:
            view.addCylinder({"start": ends[dash.donor], "end": ends[dash.acceptor], "color": dash.color, **_DASH_LOOK})
    for label, center in zip(scene.labels, _centers(structure, (label.selection for label in scene.labels)), strict=True):
        if center is None:
            continue
        single = len(label.selection) == 1
        beside = {"alignment": "centerLeft", "screenOffset": {"x": 9, "y": 0}} if single else {"alignment": "center"}
        look = {
            "fontSize": 13, "fontColor": "black", "bold": True, "inFront": True, "backgroundColor": "white",
            "backgroundOpacity": 0.8, "borderColor": label.color, "borderThickness": 1.5, "padding": 2,
            "position": center, **beside,
        }  # fmt: skip
        view.addLabel(label.text, look)
    view.startjs += f"\taxl.face(viewer_UNIQUEID, {json.dumps(scene.camera.center)}, {json.dumps(scene.camera.rotation)});\n"
    view.hover = _hover(scene, letters)
    return view


def view_html(structure: Structure, scene: Scene, *, script: str | None = None, width: int = 900, height: int = 600) -> str:
    """A scene as a complete page that works from a file without network, if the text of 3Dmol.js is given.

    Parameters and limits are those of `make_view`. Equal input gives equal bytes.
    """
    page: str = make_view(structure, scene, script=script, width=width, height=height).page()
    return page


def _style(layer: Layer) -> dict[str, Any]:
    style = layer.style
    if style.kind == "cartoon":
        return {"cartoon": {"color": style.color, "arrows": True} | ({"opacity": style.opacity} if style.opacity < 1 else {})}
    return {style.kind: {"color": style.color} | ({"radius": style.radius} if style.radius else {})}


def _hover(scene: Scene, letters: dict[str, str]) -> dict[str, str]:
    """Text of each residue by ``letter number icode``, lines joined by newlines; its dashes last."""
    bonds: dict[tuple[str, int, str], list[str]] = {}
    for dash in scene.dashes:
        for end in (dash.donor, dash.acceptor):
            bonds.setdefault((end.chain, end.number, end.icode), []).append(str(dash))
    return {
        f"{letters[row.chain]}{row.number}{row.icode}": "\n".join(
            [*_hover_lines(row), *bonds.get((row.chain, row.number, row.icode), ())]
        )
        for row in scene.residues
    }


def _hover_lines(row: ResidueInfo) -> Iterator[str]:
    yield f"{row.component.capitalize()} {row.number}{row.icode} · chain {row.chain}" + (
        f" · {row.protein}" if row.protein else ""
    )
    if row.position:
        yield f"UniProt {row.letter}{row.position}"
        exons = row.exons.split(";")
        yield (f"split codon, exons {' and '.join(exons)}" if len(exons) > 1 else f"exon {row.exons or 'not known'}") + (
            f" · {row.domain or 'between domains'}"
        )
        yield row.coverage + (f" · {row.note}" if row.note else "")
    elif row.note:
        yield row.note


def _quiet(text: str) -> str:
    """JavaScript literals and data without a ``<``, so that nothing in them can end the script or open a tag."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _legend(entries: Iterable[LegendEntry]) -> Iterator[str]:
    heading = ""
    for entry in entries:
        if entry.heading != heading:
            heading = entry.heading
            yield f"<h4>{html.escape(heading)}</h4>"
        detail = f"<small>{html.escape(entry.detail)}</small>" if entry.detail else ""
        yield f'<p class="axl-key">{_swatch(entry)}<span>{html.escape(entry.label)} {detail}</span></p>'


def _swatch(entry: LegendEntry) -> str:
    color = entry.color if re.fullmatch(r"#[0-9A-Fa-f]{6}", entry.color) else "#000000"
    shape = {
        "stick": '<rect x="0" y="5" width="18" height="4" rx="2"',
        "sphere": '<circle cx="9" cy="7" r="6"',
        "dash": '<path d="M0 6h4v3h-4zM7 6h4v3h-4zM14 6h4v3h-4z"',
    }.get(entry.shape, '<rect x="1" y="1" width="16" height="12" rx="2"')
    return f'<svg width="18" height="14" aria-hidden="true">{shape} fill="{color}" stroke="#5A5A5A" stroke-width="0.6"/></svg>'


def _absent(scene: Scene) -> str:
    if not scene.absent:
        return ""
    reasons: dict[tuple[str, str], list[str]] = {}
    for site in scene.absent:
        reasons.setdefault((site.protein, site.reason), []).append(site.name)
    rows = "".join(
        f"<p><b>{html.escape(protein)} {html.escape(', '.join(names))}</b>: {html.escape(reason)}</p>"
        for (protein, reason), names in reasons.items()
    )
    return f'<section class="axl-absent"><h4>Sites not in this structure, drawn nowhere</h4>{rows}</section>'


def _cautions(scene: Scene) -> str:
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in scene.cautions)
    return f'<section class="axl-absent"><h4>Read this first</h4>{lines}</section>' if lines else ""


def _side(scene: Scene, address: str) -> str:
    """The column beside the picture: cautions, legend, absent sites, notes."""
    facts = [scene.numbering + ".", f"Secondary structure: {scene.secondary_source}.", *scene.notes]
    if address:
        facts.append(f"3Dmol.js is not part of this page: it is loaded from {address}, so the picture needs the network.")
    notes = "".join(f"<p>{html.escape(fact)}</p>" for fact in facts)
    legend = "".join(_legend(scene.legend))
    return f'<div class="axl-side">{_cautions(scene)}{legend}{_absent(scene)}<section class="axl-notes">{notes}</section></div>'


_CSS = """
.axl-view{background:#fff;color:#1a1a1a;color-scheme:light;padding:10px 12px;
font:13px/1.4 system-ui,"Segoe UI","DejaVu Sans",sans-serif}
.axl-view h3{font-size:17px;font-weight:700;line-height:1.3;margin:0 0 8px;color:#1a1a1a}
.axl-view h4{font-size:12px;margin:10px 0 3px;color:#5a5a5a;font-weight:600}
.axl-view p{margin:0 0 3px;color:inherit}
.axl-view small{color:#5a5a5a;font-size:11px}
.axl-row{display:flex;flex-wrap:wrap;gap:14px;align-items:flex-start}
.axl-canvas{position:relative;border:1px solid #d6d6d6;border-radius:4px;overflow:hidden;max-width:100%}
.axl-side{flex:1 1 240px;min-width:220px;max-width:420px}
.axl-side h4:first-child{margin-top:0}
.axl-key{display:flex;gap:7px;align-items:baseline}
.axl-key svg{flex:none;position:relative;top:2px}
.axl-absent{border-left:3px solid #d55e00;padding:0 0 2px 8px;margin-top:12px}
.axl-absent h4{color:#1a1a1a;margin-top:0}
.axl-notes{color:#5a5a5a;font-size:11px;border-top:1px solid #d6d6d6;margin-top:12px;padding-top:6px}
.axl-hover{position:absolute;left:8px;bottom:8px;z-index:9;padding:5px 8px;background:rgba(255,255,255,.92);
border:1px solid #5a5a5a;border-radius:4px;white-space:pre-line;pointer-events:none;font-size:12px;max-width:75%}
.axl-hover:empty{display:none}
.axl-hint{position:absolute;right:8px;bottom:6px;z-index:8;color:#5a5a5a;font-size:11px;pointer-events:none}
.axl-wait{padding:12px;margin:0}
"""

_LOADER = """
/* 3Dmol.js, BSD 3-Clause License, https://3dmol.org */
if (!window.$3Dmol) {
  var axlExports = window.exports, axlModule = window.module, axlDefine = window.define;
  window.exports = undefined; window.module = undefined; window.define = undefined;
  @SCRIPT@
  window.exports = axlExports; window.module = axlModule; window.define = axlDefine;
}
"""

_DRAW = """
(function () {
  var address = @ADDRESS@, patience = @PATIENCE@, data = @DATA@;
  var axl = {
    face: function (viewer, c, q) {
      viewer.setCameraParameters({fov: 20, z: 150});
      viewer.zoomTo();
      var box = viewer.getCanvas(), wide = box.clientWidth / Math.max(1, box.clientHeight);
      var tan = Math.tan(Math.PI / 18), far = 20;
      viewer.selectedAtoms({}).forEach(function (a) {
        var x = a.x - c[0], y = a.y - c[1], z = a.z - c[2];
        var tx = 2 * (q[1] * z - q[2] * y), ty = 2 * (q[2] * x - q[0] * z), tz = 2 * (q[0] * y - q[1] * x);
        var px = x + q[3] * tx + q[1] * tz - q[2] * ty, py = y + q[3] * ty + q[2] * tx - q[0] * tz;
        var pz = z + q[3] * tz + q[0] * ty - q[1] * tx;
        far = Math.max(far, (Math.abs(px) + 3) / tan / wide + pz, (Math.abs(py) + 3) / tan + pz);
      });
      viewer.setView([-c[0], -c[1], -c[2], 150 - far, q[0], q[1], q[2], q[3]]);
    },
    hover: function (viewer, card) {
      viewer.setHoverDuration(60);
      viewer.setHoverable({}, true, function (atom) {
        var key = atom.chain + atom.resi + (atom.icode || '').trim();
        card.textContent = data[key] || (atom.resn + ' ' + atom.resi + ' · chain ' + atom.chain);
      }, function () { card.textContent = ''; });
    }
  };
  function draw(root) {
    root.setAttribute('data-axl-state', 'drawing');
    var box = root.querySelector('.axl-canvas');
    try {
      box.querySelector('.axl-wait').remove();
      var viewer_UNIQUEID = $3Dmol.createViewer(box, {backgroundColor: 'white', antialias: true, disableFog: false});
      window['viewer_UNIQUEID'] = viewer_UNIQUEID;
@COMMANDS@
      var card = document.createElement('div'), hint = document.createElement('div');
      card.className = 'axl-hover'; hint.className = 'axl-hint';
      hint.textContent = 'drag: turn · scroll: zoom · point at a residue: what it is';
      axl.hover(viewer_UNIQUEID, card);
      viewer_UNIQUEID.render();
      box.appendChild(hint); box.appendChild(card);
      root.setAttribute('data-axl-atoms', viewer_UNIQUEID.selectedAtoms({}).length);
      root.axlViewer = viewer_UNIQUEID;
      root.setAttribute('data-axl-state', 'drawn');
    } catch (error) {
      say(root, 'The structure cannot be drawn here: ' + error.message + '. WebGL may be switched off.');
    }
  }
  function say(root, text) {
    root.setAttribute('data-axl-state', 'failed');
    var line = document.createElement('p');
    line.className = 'axl-wait'; line.textContent = text;
    root.querySelector('.axl-canvas').appendChild(line);
  }
  function waiting() { return document.querySelectorAll('[data-axl-id="UNIQUEID"][data-axl-state="waiting"]'); }
  function start() {
    if (window.$3Dmol) { waiting().forEach(draw); return; }
    if (patience > 0) { patience -= 1; setTimeout(start, 100); return; }
    if (!window.axlLoading) {
      window.axlLoading = new Promise(function (done, failed) {
        var tag = document.createElement('script');
        tag.src = address; tag.onload = done; tag.onerror = failed;
        document.head.appendChild(tag);
      });
    }
    window.axlLoading.then(function () { waiting().forEach(draw); }, function () {
      waiting().forEach(function (root) {
        say(root, '3Dmol.js is not in this document and could not be loaded from ' + address +
          '. Run the first cell with a view again, or connect to the network.');
      });
    });
  }
  start();
})();
"""


_TOGETHER_CSS = """
.axl-together{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));background:#fff}
.axl-together .axl-view{min-width:0}
.axl-together .axl-row{flex-direction:column}
.axl-together .axl-side{flex:none;max-width:100%}
"""

_LINK = """
(function () {
  function times(a, b) {
    return [a[3] * b[0] + a[0] * b[3] + a[1] * b[2] - a[2] * b[1], a[3] * b[1] - a[0] * b[2] + a[1] * b[3] + a[2] * b[0],
      a[3] * b[2] + a[0] * b[1] - a[1] * b[0] + a[2] * b[3], a[3] * b[3] - a[0] * b[0] - a[1] * b[1] - a[2] * b[2]];
  }
  function back(q) { return [-q[0], -q[1], -q[2], q[3]]; }
  function follow(from, now, to) {
    var q0 = from.slice(4), own = to.slice(4), apart = times(back(own), q0);
    var step = times(times(apart, [now[0] - from[0], now[1] - from[1], now[2] - from[2], 0]), back(apart));
    var turned = times(times(now.slice(4), back(q0)), own);
    return [to[0] + step[0], to[1] + step[1], to[2] + step[2], to[3] + now[3] - from[3]].concat(turned);
  }
  function link(box, patience) {
    var views = [].map.call(box.querySelectorAll('.axl-view'), function (root) { return root.axlViewer; });
    if (!views.every(Boolean)) {
      if (patience > 0) { setTimeout(function () { link(box, patience - 1); }, 200); }
      return;
    }
    var starts = views.map(function (viewer) { return viewer.getView(); }), busy = false;
    views.forEach(function (viewer, i) {
      viewer.setViewChangeCallback(function (now) {
        if (busy) { return; }
        busy = true;
        views.forEach(function (other, j) { if (j !== i) { other.setView(follow(starts[i], now, starts[j])); } });
        busy = false;
      });
    });
    box.setAttribute('data-axl-linked', 'yes');
  }
  document.querySelectorAll('[data-axl-linked="wanted"]').forEach(function (box) {
    box.setAttribute('data-axl-linked', 'waiting');
    link(box, 300);
  });
})();
"""


def _embed(script: str) -> bool:
    """Whether the view now shown must carry 3Dmol.js.

    The first of a kernel must, and all of the cell that showed the first, as it may run again; outside a kernel every view.
    """
    try:
        from IPython import get_ipython

        parent = get_ipython().get_parent()  # type: ignore[no-untyped-call]
    except (ImportError, AttributeError):
        return True
    cell = str(parent.get("metadata", {}).get("cellId") or "")
    key = hashlib.sha256(script.encode()).hexdigest()
    if key in _CARRIED_BY:
        return cell != "" and _CARRIED_BY[key] == cell
    _CARRIED_BY[key] = cell
    return True


class _Shown:
    """How a view or several show themselves in a notebook and are written as a page."""

    def _make_html(self) -> str:
        raise NotImplementedError

    def page(self) -> str:
        """A complete page."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        return self._make_html()

    def show(self) -> None:
        """Show it in a notebook."""
        from IPython.display import HTML, display

        display(HTML(self._make_html()))  # type: ignore[no-untyped-call]

    def write_html(self, f: Any = None, fullpage: bool = True) -> str | None:
        """Write the standalone page to a path or an open file; without one, return it."""
        page = self.page()
        if f is None:
            return page
        if hasattr(f, "write"):
            f.write(page)
        else:
            from pathlib import Path

            Path(f).write_text(page, encoding="utf-8", newline="\n")
        return None


class SideBySide(_Shown):
    """Views in one cell or page, each with its legend below; what `side_by_side` returns."""

    def __init__(self, views: Sequence[Any], linked: bool) -> None:
        self.views, self.linked = tuple(views), linked
        self.script: str | None = next((view.script for view in views if view.script), None)

    def _parts(self, patience: int) -> tuple[str, list[str]]:
        texts, scripts = zip(*(view._parts(patience=patience) for view in self.views), strict=True)
        styles, bodies = zip(*(text.removeprefix("<style>").split("</style>\n", 1) for text in texts), strict=True)
        css = _CSS + "".join(style.removeprefix(_CSS) for style in dict.fromkeys(styles)) + _TOGETHER_CSS
        mark = "wanted" if self.linked else "no"
        inside = "\n".join(bodies)
        together = f'<div class="axl-together" data-axl-linked="{mark}">\n{inside}\n</div>'
        return f"<style>{css}</style>\n{together}", [*dict.fromkeys(scripts), *([_LINK] if self.linked else [])]

    def _make_html(self) -> str:
        text, scripts = self._parts(patience=50 if self.script else 0)
        loader = [_loader(self.script)] if self.script and _embed(self.script) else []
        return "\n".join([text, *(f"<script>{script}</script>" for script in (*loader, *scripts)), ""])

    def page(self) -> str:
        """The views as a complete page."""
        text, scripts = self._parts(patience=0)
        title = " | ".join(dict.fromkeys(view.scene.title for view in self.views))
        return _page(title, text, [*([_loader(self.script)] if self.script else []), *scripts], not self.script)


def side_by_side(views: Sequence[Any], linked: bool = True) -> SideBySide:
    """Views beside each other in one notebook cell or page.

    Parameters
    ----------
    views : sequence of py3Dmol.view
        Two or more of what `make_view` or `axlstruct.study.Study.view` return.
    linked : bool
        Whether turning, moving and zooming one does the same to the others. Each keeps its own first look, so that structures in
        different frames stay as they were turned to each other.

    Returns
    -------
    SideBySide
        Shows itself in a notebook; ``page()`` gives a page that stands alone, ``write_html(path)`` writes it.

    Raises
    ------
    UsageError
        Fewer than two views, or something else among them.
    """
    if len(views) < 2 or not all(hasattr(view, "scene") and hasattr(view, "_parts") for view in views):
        raise UsageError("side by side stand two views or more", advice="pass a list of what study.view(...) returns")
    return SideBySide(views, linked)


def _page(title: str, text: str, scripts: Sequence[str], loads: bool) -> str:
    """A complete page that runs these scripts alone; ``loads`` lets 3Dmol.js come from its public address."""
    style = text[len("<style>") : text.index("</style>")]
    policy = (
        f"default-src 'none'; script-src {' '.join(map(_hashed, scripts))}{f' {_address()}' if loads else ''}; "
        f"style-src {_hashed(style)}; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    head = (
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>"
    )
    body = "\n".join([text, *(f"<script>{script}</script>" for script in scripts)])
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


@lru_cache(maxsize=1)
def _address() -> str:
    """From where py3Dmol loads 3Dmol.js."""
    import inspect

    import py3Dmol

    return str(inspect.signature(py3Dmol.view).parameters["js"].default)


@lru_cache(maxsize=1)
def _view_class() -> Any:
    """The class of views, made on first use because it needs py3Dmol."""
    import py3Dmol

    default = _address()

    class SceneView(_Shown, py3Dmol.view):  # type: ignore[misc]
        """A py3Dmol view of a scene."""

        scene: Scene
        script: str | None
        hover: dict[str, str]

        def __init__(self, width: int, height: int) -> None:
            super().__init__(width=width, height=height)
            self._prelude, self._size = len(self.startjs), (int(width), int(height))

        def _parts(self, *, patience: int) -> tuple[str, str]:
            """The visible part and its script; the same input gives the same text, and the id with it."""
            draw = _filled(
                _DRAW,
                ADDRESS=json.dumps(default),
                PATIENCE=str(patience),
                DATA=_quiet(json.dumps(self.hover, ensure_ascii=False, separators=(",", ":"))),
                COMMANDS=_quiet(self.startjs[self._prelude :]),
            )
            width, height = self._size
            body = (
                f'<h3>{html.escape(self.scene.title)}</h3><div class="axl-row"><div class="axl-canvas axl-size-UNIQUEID">'
                '<p class="axl-wait">Drawing the structure… This needs JavaScript and WebGL; '
                "in a notebook, run the cell or trust the notebook.</p></div>"
                f"{_side(self.scene, '' if self.script else default)}</div>"
            )
            css = f"{_CSS}.axl-size-UNIQUEID{{width:{width}px;height:{height}px}}\n"
            text = f'<style>{css}</style>\n<div class="axl-view" data-axl-id="UNIQUEID" data-axl-state="waiting">{body}</div>'
            self.uniqueid = hashlib.sha256((text + draw).encode()).hexdigest()[:12]
            self.updatejs = ""
            return text.replace("UNIQUEID", self.uniqueid), draw.replace("UNIQUEID", self.uniqueid)

        def _make_html(self) -> str:
            """The view for a notebook; 3Dmol.js goes with the first view of the kernel and with the cell that holds it."""
            loader = f"<script>{_loader(self.script)}</script>\n" if self.script and _embed(self.script) else ""
            text, draw = self._parts(patience=50 if self.script else 0)
            return f"{text}\n{loader}<script>{draw}</script>\n"

        def page(self) -> str:
            """The view as a complete page."""
            text, draw = self._parts(patience=0)
            return _page(self.scene.title, text, [*([_loader(self.script)] if self.script else []), draw], not self.script)

    return SceneView


def _filled(template: str, **parts: str) -> str:
    """A template with its ``@NAME@`` replaced, all in one pass, so that no part is searched for the names of others."""
    return re.sub(r"@([A-Z]+)@", lambda match: parts[match[1]], template)


def _loader(script: str) -> str:
    return _filled(_LOADER, SCRIPT=re.sub(r"<(?=/script|!--|script)", r"\\x3c", script, flags=re.IGNORECASE))


def _hashed(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
