"""The page itself: template, style and script put together with the data, allowed by hash and nothing else.

Data reaches the script as JSON in which every ``<`` is an escape, and texts reach the page as text, so that no title and no
word of a table can end a script or open a tag.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from axlstruct.errors import AxlstructError

SCRIPTS = (
    "data.js", "find.js", "tracks.js", "letters.js", "viewer.js", "open.js", "absent.js", "columns.js", "tables.js", "card.js",
    "overview.js", "main.js",
)  # fmt: skip
"""In the order in which they stand in the page, as one script."""


def report_page(content: Mapping[str, Any], residues: str, script: str | None) -> str:
    """The complete page; equal input gives equal bytes.

    Parameters
    ----------
    content : mapping
        As `axlstruct.report.content.content` gives it.
    residues : str
        The table of residues, packed (`axlstruct.report.views.packed`).
    script : str or None
        Text of 3Dmol.js; without it there is no 3D view, and ``content["viewer"]`` says why.
    """
    parts = {name: _text(name) for name in ("page.css", *SCRIPTS)}
    program = "(() => {\n'use strict';\n" + "".join(parts[name] for name in SCRIPTS) + "})();\n"
    library = _inline(f"/* 3Dmol.js, BSD 3-Clause License, https://3dmol.org */\n{script}\n") if script else ""
    style = parts["page.css"]
    policy = "; ".join(
        [
            "default-src 'none'", f"script-src {' '.join(_hash(part) for part in (library, program) if part)}",
            f"style-src {_hash(style)}", "img-src data: blob:", "base-uri 'none'", "form-action 'none'",
        ]
    )  # fmt: skip
    page: str = _template().render(
        content=content, tabs=_tabs(content), hint=_hint(content["hint"]), policy=policy, style=style, library=library,
        program=program, data=quiet(content), residues=residues,
    )  # fmt: skip
    return page


def _tabs(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Names and titles of the tabs that have something to show."""
    own = [name for name in ("contacts", "interactions", "interfaces") if name in content["tables"]]
    names = ["overview", "residues", *own, *(["evidence"] if content["evidence"] else []), "provenance"]
    return [(name, name.capitalize()) for name in names]


def _hint(forms: list[str]) -> str:
    """As many of the notations as the box of the search has room for."""
    return ", ".join(form for i, form in enumerate(forms) if len(", ".join(forms[: i + 1])) < 34)


def quiet(value: Any) -> str:
    """JSON without a ``<``, so that nothing in it can end the script or open a comment.

    Examples
    --------
    >>> quiet({"title": "</script>"})
    '{"title":"\\\\u003c/script>"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _template() -> Any:
    try:
        from jinja2 import Environment, StrictUndefined
    except ImportError:
        raise AxlstructError("the report needs the package jinja2", advice="pip install jinja2") from None
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_text("page.html"))


def _text(name: str) -> str:
    return files("axlstruct.report").joinpath(name).read_text(encoding="utf-8")


def _inline(script: str) -> str:
    """A script that cannot end its own element."""
    return re.sub(r"<(?=/script|!--|script)", r"\\x3c", script, flags=re.IGNORECASE)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
