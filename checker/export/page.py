"""A report as one HTML page that stands alone: no script, no request, made to be forwarded and printed."""

from __future__ import annotations

from checker.render import summary
from checker.types import Judgement, Report
from checker.web.marks import marked_abstract, marked_draft
from checker.web.markup import Html, el, join
from checker.web.study_panel import fact_rows
from checker.web.words import CAVEATS, UNREAD, VERDICTS, confidence_words, mark_label

_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.55 Georgia, serif; overflow-wrap: anywhere; }
h1, h2, h3, dt, .label, footer { font-family: system-ui, sans-serif; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.1rem; margin-top: 2.2rem; border-top: 1px solid #8888; padding-top: 1rem; }
.para { white-space: pre-wrap; } .headline { font-size: 1.35rem; }
mark { color: inherit; background: none; text-decoration: underline 2px; text-underline-offset: 3px; }
mark.overstated { text-decoration-color: #b45309; } mark.contradicted { text-decoration-color: #b91c1c; text-decoration-style: double; }
mark[data-number]::before { content: "[" attr(data-number) "] "; font: bold .8em system-ui, sans-serif; }
mark[data-label]::after { content: " (" attr(data-label) ")"; font: .75em system-ui, sans-serif; }
li { margin-bottom: 1.1rem; break-inside: avoid; } li p { margin: .25rem 0; } .label { font-weight: 600; font-size: .95em; }
dl { display: grid; grid-template-columns: minmax(8rem, auto) 1fr; gap: .3rem 1rem; } dd { margin: 0; } dt { font-size: .9em; font-weight: 600; }
footer { margin-top: 2rem; font-size: .85rem; opacity: .8; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } }
"""


def html_page(report: Report) -> str:
    """The whole page: the marked draft, the findings with both sides quoted, the missing caveats, the study, the abstract."""
    order = [index for index, judgement in enumerate(report.judgements) if judgement.flagged]
    numbers = {index: number for number, index in enumerate(order, 1)}
    caveats = [
        el("li", _line("", CAVEATS[c.name] + "."), _line("To add: ", f"“{c.suggestion}”"), _line("The abstract says: ", f"“{c.trigger.text}”"))
        for c in report.missing
    ]
    facts = [join(el("dt", row.title), el("dd", row.value or UNREAD)) for row in fact_rows(report.study)]
    body = el(
        "main",
        el("h1", f"Health claim check: {summary(report)}"),
        el("ul", *(el("li", warning.message) for warning in report.warnings)) if report.warnings else None,
        marked_draft(report, numbers, live=False),
        el("h2", "To fix" if order else "Nothing was found to fix"),
        el("ol", *(_finding(report.judgements[index]) for index in order)) if order else None,
        el("h2", "Missing from the draft" if caveats else "No missing caveat found"),
        el("ul", *caveats) if caveats else None,
        el("h2", "The study, as the abstract tells it"),
        el("dl", *facts),
        el("h2", "The abstract"),
        marked_abstract(report.study_text, ()),
        el(
            "footer",
            f"Judged by the model {report.model.name} {report.model.revision}".rstrip(),
            ". A sentence without a mark is not approved: the checker reads the abstract only, and misses things.",
        ),
    )
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", "Health claim check"),
        Html(f"<style>{_STYLE}</style>"),
    )
    return f"<!doctype html>\n{el('html', head, body, lang='en')}\n"


def _finding(judgement: Judgement) -> Html:
    instead = "Softer wording: " if judgement.verdict == "overstated" else "Corrected wording: "
    return el(
        "li",
        _line("", mark_label(judgement) if judgement.kinds else VERDICTS[judgement.verdict]),
        _line("The draft says: ", f"“{judgement.sentence.text}”"),
        *(_line("The abstract says: ", f"“{span.text}”") for span in judgement.evidence),
        _line("Why: ", judgement.why) if judgement.why else None,
        _line(instead, f"“{judgement.suggestion}”") if judgement.suggestion else None,
        _line("How sure: ", confidence_words(judgement.confidence) + "."),
    )


def _line(label: str, words: str) -> Html:
    return el("p", el("span", label, class_="label"), el("span", words, dir="auto")) if label else el("p", words, class_="label")
