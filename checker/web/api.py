"""The page's endpoints for programs, REST, `gradio_client` and MCP: `check` and `batch`, on the command line's JSON (docs/WIRE.md)."""

from __future__ import annotations

from typing import Any

import gradio as gr
from gradio.events import api

from checker.batch import judge_items, read_item
from checker.errors import CheckerError
from checker.screen import refuse
from checker.types import Draft, Study
from checker.web.loading import BackgroundChecker

MOST_ITEMS = 200
"""Items of one call; `checker batch` takes any number."""


def add_endpoints(background: BackgroundChecker) -> None:
    """Two public endpoints on the Blocks that are being built; they queue with the page's own checks."""

    def check(draft: str, study: str, headline: str = "") -> dict[str, Any]:
        """Compare a health-news draft with the abstract of the study it reports, sentence by sentence.

        Args:
            draft: The story's text, without its headline.
            study: The abstract of the study.
            headline: The story's headline, where it has one.

        Returns:
            The report: a verdict for every sentence with the abstract's words it rests on, hedges and boosters, and the
            caveats that apply to the study, each told or missing.
        """
        try:
            pair = Draft(draft, headline.strip()), Study(study)
            refuse(*pair)
            with background.turn() as checker:
                return checker.check(*pair).to_dict()
        except CheckerError as error:
            raise gr.Error(str(error), print_exception=False) from None

    def batch(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Check many drafts; each answer is a report or says what is wrong with that item.

        Args:
            items: Objects with `draft` and `study`, each a text or an object with `text`; `id` and further keys come back.

        Returns:
            One object for each item, in order, with its `id` and `report`, or `error` with a code and a message.
        """
        if len(items) > MOST_ITEMS:
            message = f"{len(items):,} items in one call; send at most {MOST_ITEMS}, or use `checker batch`, which takes any number."
            raise gr.Error(message, print_exception=False)
        with background.turn() as checker:
            return judge_items(checker, [read_item(item, number) for number, item in enumerate(items, 1)])

    for endpoint in (check, batch):
        api(endpoint, api_name=endpoint.__name__, concurrency_id="model", concurrency_limit=1)
