"""The page: two boxes, one button, one status line, the report."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import gradio as gr

from checker.errors import CheckerError, InputError
from checker.examples import EXAMPLES, Example, load_example
from checker.fetch import fetch_study
from checker.types import CheckerLike, Draft, Study
from checker.web.api import add_endpoints
from checker.web.loading import BackgroundChecker
from checker.web.markup import Html, el
from checker.web.opening import OPENED, opener, read_draft, read_study_text
from checker.web.view import render_report, status_html, status_line
from checker.web.words import EXAMPLE_TITLES

MAX_CHARACTERS = 2_000_000
"""Longest draft or abstract taken from a box; about 300,000 words."""

LONG_DRAFT = 50_000
"""Characters above which the old report is cleared first: the browser draws a long one faster than it mends it."""

_INTRO = "Paste your draft and the abstract of the study. Each sentence is compared with what the abstract says."
_HERE = " Your text stays on this computer."
_SERVER = " Your text goes to this server only and is not kept."
_ASKS = "Asks Europe PMC, on the internet, for that number. Nothing of your draft is sent."
_LIMITS = "It reads the abstract, not the whole paper, and compares meaning sentence by sentence. It can be wrong both ways: silence is not approval."
_WAITING = "The checker is still loading; your draft is checked as soon as it is ready."
_START = "Nothing checked yet."
_LOADING = el("p", "Loading the checker … you can paste already.")
"""Also what the page says until its own script runs."""
_READY = "() => window.checkerPage && window.checkerPage.ready()"
_log = logging.getLogger(__name__)

Update = tuple[Any, Any]
"""New values of the status line and of the report."""


def build_page(checker_factory: Callable[[], CheckerLike], *, local: bool = True, fetch: Callable[[str], Study] = fetch_study) -> gr.Blocks:
    """The page around whatever checker the factory builds, which it starts to build at once.

    `local` says whether only this computer can reach the page, and so what the page promises; `fetch` gets a study by its number.
    """
    background = BackgroundChecker(checker_factory)
    page: gr.Blocks
    with gr.Blocks(title="Health claim checker", analytics_enabled=False, delete_cache=(3600, 3600), fill_width=True) as page:
        _fixed(_header(local), elem_id="masthead")
        with gr.Row(elem_id="examples"):
            _fixed(el("p", "Try an example:"), elem_id="examples-label")
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
                _fixed(el("p", _ASKS), elem_id="asks")
        with gr.Row(elem_id="actions"):
            check = gr.Button("Check", variant="primary", elem_id="check")
            clear = gr.Button("Clear", elem_id="clear")
            state = _fixed(_LOADING, elem_id="model-state")
        status = gr.HTML(status_html(_START, look="idle"), elem_id="status", apply_default_css=False)
        report = gr.HTML("", elem_id="result", apply_default_css=False)
        _fixed(_about(), elem_id="about")

        texts, shown = [headline, body, abstract], [status, report]
        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}

        fetched = gr.State(None)

        def run(headline_text: str | None, body_text: str | None, study_text: str | None, known: Study | None) -> Iterator[Update]:
            same = known is not None and known.text == (study_text or "")
            yield from _check(background, headline_text or "", body_text or "", known if known is not None and same else Study(study_text or ""))

        def get_study(reference: str | None) -> tuple[Any, ...]:
            try:
                study = fetch(reference or "")
            except CheckerError as error:
                return gr.skip(), gr.skip(), status_html(str(error), look="problem"), ""
            return study.text, study, status_html(f"Got the abstract of “{study.title}”.", look="idle"), ""

        async def warm() -> AsyncIterator[Html]:
            yield _state(background)
            while background.loading:
                await asyncio.sleep(0.3)
            yield _state(background)

        gr.on([check.click, headline.submit], run, [*texts, fetched], shown, concurrency_id="model", concurrency_limit=1, **private).then(
            None, js=_READY
        )
        name, data = gr.Textbox(visible=False), gr.Textbox(visible=False)
        open_draft.click(read_draft, [name, data], [headline, body, *shown], js=OPENED, **private)
        open_study.click(read_study_text, [name, data], [abstract, *shown], js=OPENED, **private)
        gr.on([get.click, number.submit], get_study, number, [abstract, fetched, *shown], **private)
        clear.click(lambda: ("", "", "", status_html(_START, look="idle"), ""), None, [*texts, *shown], queue=False, **private)
        for example, button in examples:
            button.click(_filler(example), None, [*texts, *shown], queue=False, **private)
        add_endpoints(background)
        page.load(warm, None, state, concurrency_limit=None, **private)
    return page


def _check(background: BackgroundChecker, headline: str, body: str, study: Study) -> Iterator[Update]:
    """Status lines while the check runs, then the report or what to do instead."""
    try:
        _refuse(headline, body, study.text)
        yield status_html(_WAITING if background.loading else "Checking …"), "" if len(body) > LONG_DRAFT else gr.skip()
        report = background.get().check(Draft(body, headline.strip()), study)
        rendered = render_report(report)
    except CheckerError as error:
        yield status_html(str(error), look="problem"), ""
    except Exception as error:  # the page's outer edge: plain words for people, and no draft text in a log
        _log.error("a check failed with %s", type(error).__name__)
        words = "The check failed through a fault in the checker. Your text is still in the boxes; try once more, or check a shorter part."
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


def _header(local: bool) -> Html:
    return el("header", el("h1", "Health claim checker"), el("p", _INTRO, _HERE if local else _SERVER))


def _about() -> Html:
    return el(
        "footer",
        el("p", _LIMITS),
        el("div", id="announce", role="status", aria_live="polite", class_="unseen"),
    )


def _fixed(value: Html, *, elem_id: str) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False)
