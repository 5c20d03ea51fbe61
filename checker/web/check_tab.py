"""The tab for one draft: two boxes, one button, one status line, the report."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import gradio as gr

from checker.errors import CheckerError, InputError
from checker.examples import EXAMPLES, Example, load_example
from checker.types import Draft, Study
from checker.web.loading import BackgroundChecker
from checker.web.markup import Html, el
from checker.web.opening import OPENED, opener, read_draft, read_study_text
from checker.web.parts import PRIVATE, READY, fixed
from checker.web.view import render_report, status_html, status_line
from checker.web.words import EXAMPLE_TITLES

MAX_CHARACTERS = 2_000_000
"""Longest draft or abstract taken from a box; about 300,000 words."""

LONG_DRAFT = 50_000
"""Characters above which the old report is cleared first: the browser draws a long one faster than it mends it."""

_ASKS = "Asks Europe PMC, on the internet, for that number. Nothing of your draft is sent."
_WAITING = "The checker is still loading; your draft is checked as soon as it is ready."
_FAULT = "The check failed through a fault in the checker. Your text is still in the boxes; try once more, or check a shorter part."
_UNLOADED = "The checker could not be loaded: its files may be damaged or missing. Your text is still in the boxes; restore the models and try again."
_START = "Nothing checked yet."
_LOADING = el("p", "Loading the checker … you can paste already.")
"""Also what the page says until its own script runs."""
_log = logging.getLogger(__name__)

Update = tuple[Any, Any]
"""New values of the status line and of the report."""


def check_tab(page: gr.Blocks, background: BackgroundChecker, fetch: Callable[[str], Study]) -> list[Any]:
    """The tab's contents; returns what holds headline, draft, abstract, the study as its record tells it, status line and report."""
    with gr.Row(elem_id="examples"):
        fixed(el("p", "Try an example:"), elem_id="examples-label")
        examples = [(load_example(name), gr.Button(EXAMPLE_TITLES[name], size="sm", elem_id=f"example-{name}")) for name in EXAMPLES]
    with gr.Row(elem_id="inputs"):
        with gr.Column(min_width=280):
            headline = gr.Textbox(label="Headline (optional)", lines=1, max_lines=1, elem_id="headline")
            body = gr.Textbox(label="Draft", lines=10, max_lines=14, placeholder="Paste your story", elem_id="draft-text")
            open_draft = opener("draft", "Or open the draft as a file")
        with gr.Column(min_width=280):
            abstract = gr.Textbox(label="Abstract of the study", lines=13, max_lines=17, placeholder="Paste the abstract", elem_id="study-text")
            open_study = opener("study", "Or open the abstract as a file")
            with gr.Row(elem_id="by-number"):
                number = gr.Textbox(label="Or its PMID, DOI or PubMed link", lines=1, max_lines=1, elem_id="study-number")
                get = gr.Button("Get the abstract", elem_id="get-study", size="sm")
            fixed(el("p", _ASKS), elem_id="asks")
    with gr.Row(elem_id="actions"):
        check = gr.Button("Check", variant="primary", elem_id="check")
        clear = gr.Button("Clear", elem_id="clear")
        state = fixed(_LOADING, elem_id="model-state")
    status = fixed(status_html(_START, look="idle"), elem_id="status")
    report = fixed(Html(""), elem_id="result")
    fetched = gr.State(None)
    texts, shown = [headline, body, abstract], [status, report]

    def run(headline_text: str | None, body_text: str | None, study_text: str | None, known: Study | None) -> Iterator[Update]:
        same = known is not None and known.text == (study_text or "")
        yield from _check(background, headline_text or "", body_text or "", known if known is not None and same else Study(study_text or ""))

    def get_study(reference: str | None) -> Iterator[tuple[Any, ...]]:
        yield gr.skip(), gr.skip(), status_html("Asking Europe PMC …"), gr.skip()
        try:
            study = fetch(reference or "")
        except CheckerError as error:
            yield gr.skip(), gr.skip(), status_html(str(error), look="problem"), gr.skip()
        else:
            yield study.text, study, status_html(f"Got the abstract of “{study.title}”.", look="idle"), ""

    async def warm() -> AsyncIterator[Html]:
        yield _state(background)
        while background.loading:
            await asyncio.sleep(0.3)
        yield _state(background)

    checked = gr.on([check.click, headline.submit], run, [*texts, fetched], shown, concurrency_id="model", concurrency_limit=1, **PRIVATE)
    checked.then(None, js=READY)
    checked.then(lambda: _state(background), None, state, **PRIVATE)
    name, data = gr.Textbox(visible=False), gr.Textbox(visible=False)
    open_draft.click(read_draft, [name, data], [headline, body, *shown], js=OPENED, **PRIVATE)
    open_study.click(read_study_text, [name, data], [abstract, *shown], js=OPENED, **PRIVATE)
    gr.on([get.click, number.submit], get_study, number, [abstract, fetched, *shown], **PRIVATE)
    emptied = ("", "", "", "", None, status_html(_START, look="idle"), "")
    clear.click(lambda: emptied, None, [*texts, number, fetched, *shown], queue=False, cancels=[checked], **PRIVATE)
    for example, button in examples:
        button.click(_filler(example), None, [*texts, *shown], queue=False, cancels=[checked], **PRIVATE)
    page.load(warm, None, state, concurrency_limit=None, **PRIVATE)
    return [*texts, fetched, *shown]


def _check(background: BackgroundChecker, headline: str, body: str, study: Study) -> Iterator[Update]:
    """Status lines while the check runs, then the report or what to do instead."""
    try:
        _refuse(headline, body, study.text)
        yield status_html(_WAITING if background.loading or background.error else "Checking …"), "" if len(body) > LONG_DRAFT else gr.skip()
        with background.turn() as checker:
            report = checker.check(Draft(body, headline.strip()), study)
        rendered = render_report(report)
    except CheckerError as error:
        yield status_html(str(error), look="problem"), ""
    except Exception as error:  # the page's outer edge: plain words for people, and no draft text in a log
        _log.error("a check failed with %s", type(error).__name__)
        words = _UNLOADED if background.error else _FAULT
        yield status_html(words, look="problem"), ""
    else:
        yield status_html(status_line(report)), rendered


def _refuse(headline: str, body: str, study: str) -> None:
    """Raises an InputError for what cannot be checked at all."""
    if not body.strip() and not headline.strip():
        raise InputError("Paste your draft first, then press Check.")
    if not study.strip():
        raise InputError("Paste the abstract of the study first: without it there is nothing to compare the draft with.")
    if max(len(body) + len(headline), len(study)) > MAX_CHARACTERS:
        raise InputError(f"This text is longer than {MAX_CHARACTERS:,} characters. Check it in parts, or use the command line.")


def _filler(example: Example) -> Callable[[], tuple[str, str, str, Html, str]]:
    filled = (example.draft.headline, example.draft.text, example.study.text, status_html("Example loaded. Press Check.", look="idle"), "")
    return lambda: filled


def _state(background: BackgroundChecker) -> Html:
    if background.loading:
        return _LOADING
    if background.error is not None:
        return el("p", "The checker could not be loaded. Press Check to try again and see why.")
    return el("p", "Ready. ", el("kbd", "Ctrl"), " + ", el("kbd", "Enter"), " checks, too.")
