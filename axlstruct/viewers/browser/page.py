"""Texts that go to the browser: stylesheets and scripts from `browser/`, filled in so that no data can break out."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from axlstruct.viewers.threedmol import address


@cache
def browser_file(name: str) -> str:
    """Text of a file of the folder ``browser``."""
    return (files(__package__) / "assets" / name).read_text(encoding="utf-8")


def filled(template: str, **parts: str) -> str:
    """A template with its ``@NAME@`` replaced, all in one pass, so that no part is searched for the names of others."""
    return re.sub(r"@([A-Z]+)@", lambda match: parts[match[1]], template)


def quiet(text: str) -> str:
    """JavaScript literals and data without a ``<``, so that nothing in them can end the script or open a tag."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def loader(script: str) -> str:
    """What puts 3Dmol.js, given as text, into the page once."""
    safe = re.sub(r"<(?=/script|!--|script)", r"\\x3c", script, flags=re.IGNORECASE)
    return filled(browser_file("loader.js"), SCRIPT=safe)


def whole_page(title: str, text: str, scripts: Sequence[str], loads: bool) -> str:
    """A complete page that runs these scripts alone; ``loads`` lets 3Dmol.js come from its public address."""
    style = text[len("<style>") : text.index("</style>")]
    policy = (
        f"default-src 'none'; script-src {' '.join(map(_hashed, scripts))}{f' {address()}' if loads else ''}; "
        f"style-src {_hashed(style)}; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    head = (
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>"
    )
    body = "\n".join([text, *(f"<script>{script}</script>" for script in scripts)])
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


def _hashed(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
