"""What the page's tabs share."""

from __future__ import annotations

from typing import Any

import gradio as gr

from checker.web.markup import Html, el

PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
"""For every listener: no endpoint for programs, and no overlay over the page while it works."""

READY = "() => window.checkerPage && window.checkerPage.ready()"
"""The script's turn after a check: it shows the first finding."""


def fixed(value: Html, *, elem_id: str) -> gr.HTML:
    """Markup that stands on the page as it is."""
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False)


def wide(table: Html, title: str) -> Html:
    """A table in a box of its own that scrolls, by keyboard too, where the page is too narrow for it."""
    return el("div", table, class_="wide", role="region", aria_label=title, tabindex=0)
