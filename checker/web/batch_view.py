"""The drafts of a batch as one table; `script.js` sorts it, and its buttons open a draft in the Check tab."""

from __future__ import annotations

from collections.abc import Sequence

from checker.export.archive import Summary
from checker.web.markup import Html, el, join
from checker.web.parts import wide
from checker.web.words import LONGEST, cut, mark_label

_TITLE = "Drafts checked"


def batch_table(summaries: Sequence[Summary]) -> Html:
    """One row a draft, most findings first, those that could not be checked last."""
    rows = sorted(((summary, index) for index, summary in enumerate(summaries)), key=lambda row: -_value(row[0].findings))
    heads = (
        _head("Draft", "text", "none"),
        _head("Findings", "number", "descending"),
        _head("Missing caveats", "number", "none"),
        el("th", "Worst sentence", scope="col"),
    )
    body = (_row(summary, index) for summary, index in rows)
    table = el("table", el("caption", _TITLE, class_="unseen"), el("thead", el("tr", *heads)), el("tbody", *body), id="batch-table")
    return wide(table, _TITLE)


def _head(words: str, kind: str, order: str) -> Html:
    return el("th", el("button", words, type="button", data_sort=kind), scope="col", aria_sort=order)


def _row(summary: Summary, index: int) -> Html:
    name = cut(summary.title or summary.id)
    opens = el("button", name, type="button", class_="open", data_open=index, aria_label=f"Open in the Check tab: {name}", dir="auto")
    note = el("span", cut(summary.id, LONGEST // 2), class_="note", dir="auto") if summary.title else None
    return el(
        "tr",
        el("th", opens if not summary.error else el("span", name, dir="auto"), note, scope="row", data_value=f"{name} {summary.id}".lower()),
        _number(summary.findings),
        _number(summary.missing),
        el("td", _worst(summary)),
    )


def _worst(summary: Summary) -> Html | None:
    if summary.error:
        return el("span", "Could not be checked: ", cut(summary.error, 2 * LONGEST), class_="problem")
    if summary.worst is None:
        return el("span", "Nothing found to fix", class_="note")
    words = el("span", f"“{cut(summary.worst.sentence.text)}”", class_="words", dir="auto")
    return join(el("span", mark_label(summary.worst), class_=f"label {summary.worst.verdict}"), words)


def _number(value: int | None) -> Html:
    return el("td", "–" if value is None else f"{value:,}", class_="number", data_value=_value(value))


def _value(value: int | None) -> int:
    return -1 if value is None else value
