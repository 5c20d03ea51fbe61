"""Opening a file on the page. The browser reads it and hands its bytes over with the call, so that no server stores an upload."""

from __future__ import annotations

import logging
from base64 import b64decode
from collections.abc import Callable
from typing import Any

import gradio as gr

from checker.documents import text_of
from checker.errors import CheckerError, InputError
from checker.segment import headline_and_body
from checker.web.markup import el
from checker.web.view import status_html

MAX_FILE = 5_000_000
"""Bytes of the largest file that is read; the chooser tells the script, which refuses a larger one unread."""
OPENED = "(...inputs) => window.checkerPage.opened(inputs)"
"""Puts the name and the bytes of the chosen file before whatever further inputs a listener has."""
_READABLE = ".txt,.md,.html,.htm,.docx,.pdf"
_log = logging.getLogger(__name__)


def opener(
    what: str, title: str, *, accept: str = _READABLE, largest: int = MAX_FILE, instead: str = "paste its text instead", line: str = "status-line"
) -> gr.Button:
    """A file chooser; the script hands what was chosen to the button, which nobody sees, so that no file is stored on the way.

    Of a file above `largest` bytes the script says, in the status line with the id `line`, what to do `instead`.
    """
    told: dict[str, str | int] = {"data_opens": f"open-{what}", "data_largest": largest, "data_instead": instead, "data_line": line}
    chooser = el("input", type="file", id=f"{what}-file", accept=accept, **told)
    gr.HTML(el("label", el("span", f"{title}: "), chooser, class_="opener"), elem_id=f"{what}-opener", apply_default_css=False)
    return gr.Button("Open", elem_id=f"open-{what}", elem_classes="hidden-button")


def read_draft(name: str, data: str) -> tuple[Any, ...]:
    """New values of headline, draft, status line and report from a file's name and its bytes in base64."""
    return _opened(name, data, headline_and_body, 2)


def read_study_text(name: str, data: str) -> tuple[Any, ...]:
    """New values of abstract, status line and report."""
    return _opened(name, data, lambda text: (text.strip(),), 1)


def _opened(name: str, data: str, fill: Callable[[str], tuple[str, ...]], boxes: int) -> tuple[Any, ...]:
    """New values of the boxes and of what is shown; the boxes stay as they are where the file cannot be read."""
    try:
        if len(data) > MAX_FILE * 4 / 3 + 4:
            raise InputError(f"{name} is larger than {MAX_FILE // 1_000_000} MB: paste its text instead.", code="too_long")
        filled = fill(text_of(b64decode(data), name))
        if not any(filled):
            raise InputError(f"{name} holds no text: paste it instead.", code="empty_file")
    except CheckerError as error:
        return (*[gr.skip()] * boxes, status_html(str(error), look="problem"), gr.skip())
    except Exception as error:  # as in `_check`: a file from outside can break a library in ways it does not know
        _log.error("a file could not be read: %s", type(error).__name__)
        return (*[gr.skip()] * boxes, status_html(f"{name} could not be read: paste its text instead.", look="problem"), gr.skip())
    return (*filled, status_html(f"{name} is read. Look it over, then press Check.", look="idle"), "")
