"""The tab for many drafts: open a file of them, check them in small chunks, sort them, open one, take everything away.

What a person opens and what was found lives in that person's session, in `gr.State`, and is let go of after a while.
"""

from __future__ import annotations

import logging
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import gradio as gr

from checker.batch import Item, judge_items
from checker.errors import CheckerError
from checker.export.archive import Line, Summary, summary_of, zip_bytes
from checker.types import Report
from checker.web.batch_view import batch_table
from checker.web.drafts_file import INSTEAD, MAX_FILE, READABLE, read_drafts
from checker.web.loading import BackgroundChecker
from checker.web.markup import Html, el
from checker.web.opening import OPENED, opener
from checker.web.parts import PRIVATE, READY, fixed
from checker.web.view import render_report, status_html, status_line
from checker.web.words import count

CHUNK = 4
"""Drafts judged at a time: a batch can stop, and a single check gets its turn, between two chunks."""
KEPT = 2 * 3600
"""Seconds after which an opened file and its reports are let go of."""
LINE = "batch-status-line"

_INTRO = (
    "For editors: check up to 500 drafts at once. Open a .jsonl or .csv file with the columns id, headline, draft and study (the abstract),"
    " or a .zip of such files or of pairs NAME.draft.txt and NAME.study.txt."
)
_GONE = "Open a file of drafts first. What was opened is let go of after two hours."
_WAITING = "The checker is still loading; your drafts are checked as soon as it is ready …"
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Batch:
    """An opened file of one session, and an output line for each item done."""

    items: list[Item]
    lines: list[Line] = field(default_factory=list)
    phase: str = "idle"
    """idle, running, stopping or replaced; a listener of the same session changes it while another one runs."""


def batch_tab(background: BackgroundChecker, tabs: gr.Tabs, boxes: list[Any]) -> None:
    """The tab's contents; opening a draft fills `boxes`, as `check_tab` returned them, and selects that tab."""
    fixed(el("div", el("h2", "Many drafts at once"), el("p", _INTRO), class_="manual"), elem_id="batch-intro")
    open_file = opener("batch", "Open a file of drafts", accept=READABLE, largest=MAX_FILE, instead=INSTEAD, line=LINE)
    with gr.Row(elem_id="batch-actions"):
        check = gr.Button("Check all", variant="primary", elem_id="check-all")
        stop = gr.Button("Stop", elem_id="stop-batch")
        take = gr.Button("Download all", elem_id="download-all")
    status = fixed(_status("No file opened yet.", look="idle"), elem_id="batch-status")
    table = fixed(Html(""), elem_id="batch-result")
    batch = gr.State(None, time_to_live=KEPT)
    name, data, index, packed = (gr.Textbox(visible=False) for _ in range(4))
    row = gr.Button("Open the draft", elem_id="open-row", elem_classes="hidden-button")

    def run(batch: Batch | None) -> Iterator[tuple[Any, Any]]:
        if batch is None:
            yield _status(_GONE, look="problem"), gr.skip()
        elif batch.phase == "idle":
            yield from _run(background, batch)

    open_file.click(_open, [name, data, batch], [batch, status, table], js=OPENED, **PRIVATE)
    check.click(run, batch, [status, table], concurrency_id="batch", concurrency_limit=4, **PRIVATE)
    stop.click(_stop, batch, None, js="(batch) => window.checkerPage.stopping(batch)", queue=False, **PRIVATE)
    shown = row.click(_show, [index, batch], [tabs, *boxes, status], js="(...inputs) => window.checkerPage.row(inputs)", **PRIVATE)
    shown.then(None, js=READY)
    take.click(_pack, batch, [packed, status], **PRIVATE).then(None, packed, packed, js="(zip) => window.checkerPage.saveZip(zip)")


def _open(name: str, data: str, before: Batch | None) -> tuple[Any, Any, Any]:
    """New values of the session's batch, status line and table; a file that cannot be read leaves everything as it was."""
    try:
        batch = Batch(read_drafts(b64decode(data), name))
    except CheckerError as error:
        return gr.skip(), _status(str(error), look="problem"), gr.skip()
    except Exception as error:  # as in `opening`: a file from outside can break a library in ways it does not know
        _log.error("a file of drafts could not be read: %s", type(error).__name__)
        return gr.skip(), _status(f"{name} could not be read.", look="problem"), gr.skip()
    if before is not None:
        before.phase = "replaced"
    broken = sum(item.error is not None for item in batch.items)
    note = f" {broken} of them cannot be checked; the table will say why." if broken else ""
    return batch, _status(f"{name} is read: {count(len(batch.items), 'draft', 'drafts')}.{note} Press Check all.", look="idle"), ""


def _run(background: BackgroundChecker, batch: Batch) -> Iterator[tuple[Any, Any]]:
    """Status lines while the drafts are judged, then the table; goes on after what an earlier, stopped run has done."""
    batch.phase, total = "running", len(batch.items)
    try:
        yield _status(_WAITING if background.loading else "Checking …"), gr.skip()
        while len(batch.lines) < total and batch.phase == "running":
            done = len(batch.lines)
            with background.turn() as checker:
                batch.lines += judge_items(checker, batch.items[done : done + CHUNK])
            if batch.phase == "running":
                yield _status(f"Checked {len(batch.lines)} of {total} …"), gr.skip()
        if batch.phase != "replaced":
            summaries = [summary_of(line) for line in batch.lines]
            yield _status(_told(summaries, total)), batch_table(summaries) if summaries else ""
    except CheckerError as error:
        yield _status(str(error), look="problem"), gr.skip()
    except Exception as error:  # the page's outer edge, as in the Check tab
        _log.error("a batch failed with %s", type(error).__name__)
        yield _status("The batch failed through a fault in the checker; what is done is kept. Press Check all to go on.", look="problem"), gr.skip()
    finally:
        if batch.phase != "replaced":
            batch.phase = "idle"


def _told(summaries: list[Summary], total: int) -> str:
    done = len(summaries)
    found = count(sum(bool(summary.findings) for summary in summaries), "draft has", "drafts have")
    broken = sum(bool(summary.error) for summary in summaries)
    failed = f", {broken} could not be checked" if broken else ""
    if done < total:
        return f"Stopped: {done} of {total} are checked and kept; {found} something to fix{failed}. Check all goes on with the rest."
    return f"Checked {count(total, 'draft', 'drafts')}: {found} something to fix{failed}."


def _stop(batch: Batch | None) -> None:
    if batch is not None and batch.phase == "running":
        batch.phase = "stopping"


def _show(index: str, batch: Batch | None) -> tuple[Any, ...]:
    """The Check tab with one draft of the batch: its texts in the boxes, its report below."""
    place = int(index) if index.isdecimal() else -1
    item = batch.items[place] if batch is not None and 0 <= place < len(batch.lines) else None
    if batch is None or item is None or item.draft is None or item.study is None or "report" not in batch.lines[place]:
        return (*[gr.skip()] * 7, _status(_GONE, look="problem"))
    report = Report.from_dict(batch.lines[place]["report"])
    texts = (item.draft.headline, item.draft.text, item.study.text, item.study)
    return gr.Tabs(selected="check"), *texts, status_html(status_line(report)), render_report(report), gr.skip()


def _pack(batch: Batch | None) -> tuple[Any, Any]:
    """The zip in base64, for the script to save, and the status line."""
    if batch is None or not batch.lines:
        return "", _status("Nothing is checked yet: open a file and press Check all.", look="problem")
    return b64encode(zip_bytes(list(batch.lines))).decode(), gr.skip()


def _status(words: str, *, look: str | None = None) -> Html:
    return status_html(words, look=look, id=LINE)
