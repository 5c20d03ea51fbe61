"""The Markdown of the project's own files as HTML."""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt

from checker.web.markup import Html, inert

_ASIDE = re.compile(r"\A---\n.*?\n---\n|<!--.*?-->", re.DOTALL)
"""Front matter and comments, which are for programs."""


def html_of(text: str, *, level: int = 2) -> Html:
    """The document as HTML, raw HTML escaped; its largest heading becomes one of that level, tables scroll in boxes of their own."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("table_open", _open_table)
    reader.add_render_rule("table_close", _close_table)
    tokens = reader.parse(_ASIDE.sub("", text))
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    largest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(6, int(token.tag[1]) - largest + level)}"
    return inert(reader.renderer.render(tokens, reader.options, {}))


def _open_table(*_: Any) -> str:
    return '<div class="wide" role="region" aria-label="Table" tabindex="0"><table>'


def _close_table(*_: Any) -> str:
    return "</table></div>"
