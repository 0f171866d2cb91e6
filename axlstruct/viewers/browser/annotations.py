"""What stands beside the picture: hover texts, legend, absent sites, notes. Every text reaches the page as text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from axlstruct.scene.scene import LegendEntry, ResidueInfo, Scene
from axlstruct.viewers.browser.page import browser_file


def hover_texts(scene: Scene, letters: dict[str, str]) -> dict[str, str]:
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


def body_html(scene: Scene, width: int, height: int, address: str = "") -> str:
    """Title, room for the picture, and what stands beside it, with their style; ``address`` is given where 3Dmol.js is not.

    ``UNIQUEID`` stands for the id of the view.
    """
    css = f"{browser_file('view.css')}.axl-size-UNIQUEID{{width:{width}px;height:{height}px}}\n"
    body = (
        f'<h3>{html.escape(scene.title)}</h3><div class="axl-row"><div class="axl-canvas axl-size-UNIQUEID">'
        '<p class="axl-wait">Drawing the structure… This needs JavaScript and WebGL; '
        f"in a notebook, run the cell or trust the notebook.</p></div>{_side(scene, address)}</div>"
    )
    return f'<style>{css}</style>\n<div class="axl-view" data-axl-id="UNIQUEID" data-axl-state="waiting">{body}</div>'
