"""The page: one tab to check a draft, one for many drafts, one for the figures, one about the checker itself."""

from __future__ import annotations

from collections.abc import Callable

import gradio as gr

from checker.fetch import fetch_study
from checker.types import CheckerLike, Study
from checker.web.about_tab import about_tab
from checker.web.api import add_endpoints
from checker.web.batch_tab import batch_tab
from checker.web.benchmark_tab import benchmark_tab
from checker.web.check_tab import check_tab
from checker.web.loading import BackgroundChecker
from checker.web.markup import Html, el
from checker.web.parts import fixed

_INTRO = "Paste your draft and the abstract of the study. Each sentence is compared with what the abstract says."
_HERE = " Your text stays on this computer."
_SERVER = " Your text goes to this server only and is not kept."
_LIMITS = "It reads the abstract, not the whole paper, and compares meaning sentence by sentence. It can be wrong both ways: silence is not approval."


def build_page(
    checker_factory: Callable[[], CheckerLike], *, local: bool = True, model: str = "compact", fetch: Callable[[str], Study] = fetch_study
) -> gr.Blocks:
    """The page around whatever checker the factory builds, which it starts to build at once.

    `local` says whether only this computer can reach the page, and so what the page promises; `model` names the model whose
    card is shown; `fetch` gets a study by its number.
    """
    background = BackgroundChecker(checker_factory)
    page: gr.Blocks
    with gr.Blocks(title="Health claim checker", analytics_enabled=False, delete_cache=(3600, 3600), fill_width=True) as page:
        fixed(_header(local), elem_id="masthead")
        with gr.Tabs(selected="check", overflow_behavior="wrap", elem_id="tabs") as tabs:
            with gr.Tab("Check", id="check", elem_id="tab-check"):
                boxes = check_tab(page, background, fetch)
            with gr.Tab("Batch", id="batch", elem_id="tab-batch"):
                batch_tab(background, tabs, boxes)
            with gr.Tab("Benchmark", id="benchmark", elem_id="tab-benchmark") as benchmark:
                benchmark_tab(benchmark)
            with gr.Tab("About", id="about", elem_id="tab-about"):
                about_tab(model, local=local)
        fixed(_footer(), elem_id="about")
        add_endpoints(background)
    return page


def _header(local: bool) -> Html:
    return el("header", el("h1", "Health claim checker"), el("p", _INTRO, _HERE if local else _SERVER))


def _footer() -> Html:
    return el("footer", el("p", _LIMITS), el("div", id="announce", role="status", aria_live="polite", class_="unseen"))
