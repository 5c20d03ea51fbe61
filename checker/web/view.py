"""A report as one piece of safe HTML: everything that the page shows after a check.

Each sentence's detail is in the page already; `script.js` shows the one that is
picked, so that reading a finding takes no round trip.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence

from checker.export import export
from checker.types import Caveat, Judgement, Report, Span
from checker.web.controls import copyable, quote_button
from checker.web.detail import detail, opening
from checker.web.margin import concerned
from checker.web.marks import Layer, marked_abstract, marked_draft
from checker.web.markup import Html, el
from checker.web.study_panel import fact_rows, study_panel
from checker.web.words import CAVEATS, VERDICTS, count, cut, mark_label

SHOWN_FINDINGS = 7
"""Findings listed at once; the rest are behind "Show all"."""
MARGIN_QUOTE = 90
"""Characters of the abstract that a note in the margin quotes; a press shows them all."""
MARGIN_START = 40
"""Characters of the sentence that a note in the margin names."""


def status_line(report: Report) -> str:
    """The one line at the top.

    "3 things to fix, 2 caveats missing, 14 sentences supported, 2 not in the abstract, 1 not judged"
    """
    findings, missing = len(report.findings), len(report.missing)
    judged = Counter("unsure" if judgement.abstained else judgement.verdict for judgement in report.judgements)
    return ", ".join(
        (
            count(findings, "thing to fix", "things to fix") if findings else "Nothing found to fix",
            count(missing, "caveat missing", "caveats missing") if missing else "no missing caveat found",
            count(judged["supported"], "sentence supported", "sentences supported"),
            *(f"{judged[name]:,} {words}" for name, words in (("not_addressed", "not in the abstract"), ("unsure", "not judged")) if judged[name]),
        )
    )


def status_html(words: str, *, look: str | None = None, id: str = "status-line") -> Html:
    """The status line itself; `look` is idle, problem or nothing."""
    return el("p", words, id=id, role="status", aria_live="polite", class_=f"status-line {look or ''}".rstrip())


def severity_order(report: Report) -> list[int]:
    """Indexes of the flagged sentences: contradicted first, then the surest, then in draft order."""
    flagged = [index for index, judgement in enumerate(report.judgements) if judgement.flagged]
    return sorted(flagged, key=lambda i: (report.judgements[i].verdict != "contradicted", -report.judgements[i].confidence, i))


def render_report(report: Report) -> Html:
    """The whole result: warnings, the marked draft with caveats in its margin, the detail panel, other caveats, findings, the study."""
    numbers = {index: number for number, index in enumerate(sorted(severity_order(report)), 1)}
    places = concerned(report)
    draft = marked_draft(report, numbers, notes=_notes(report, numbers, places))
    return el(
        "div",
        _warnings(report),
        el(
            "div",
            el("section", _draft_head(report), draft, class_="story", aria_labelledby="draft-title"),
            _panel(report, numbers),
            _caveats(report, places),
            class_="reading",
        ),
        el("div", _finding_list(report, numbers), study_panel(report.study), class_="below"),
        _every_sentence(report, numbers),
        _take_away(report),
        class_="report",
        id="report",
    )


def _warnings(report: Report) -> Html | None:
    if not report.warnings:
        return None
    return el("ul", *(el("li", warning.message) for warning in report.warnings), class_="warnings", aria_label="Notes on this check")


def _draft_head(report: Report) -> Html:
    cued = any(cue.where == "draft" and cue.cue != "negation" for cue in report.cues)
    switch = el(
        "label",
        el("input", type="checkbox", id="cue-switch", checked=True),
        el("span", "Show ", el("span", "cautious words", class_="cue hedge"), " and ", el("span", "strong words", class_="cue booster")),
        class_="switch",
    )
    return el("div", el("h2", "Your draft", id="draft-title", tabindex=-1), switch if cued else None, class_="head")


def _notes(report: Report, numbers: dict[int, int], places: dict[int, int | None]) -> dict[int, list[Html]]:
    """The missing caveats that concern a sentence, by that sentence."""
    notes: dict[int, list[Html]] = {}
    for place, sentence in places.items():
        if sentence is not None:
            at = f"finding {numbers[sentence]}" if sentence in numbers else f"“{cut(report.judgements[sentence].sentence.text, MARGIN_START)}”"
            notes.setdefault(sentence, []).append(_missing_caveat(place, report.caveats[place], MARGIN_QUOTE, f"At {at}"))
    return notes


def _caveats(report: Report, places: dict[int, int | None]) -> Html | None:
    if not report.caveats:
        return None
    told = [caveat for caveat in report.caveats if caveat.status == "present"]
    items = [_missing_caveat(place, report.caveats[place]) for place, sentence in places.items() if sentence is None]
    beside = len(places) - len(items)
    where = f"{count(beside, 'is', 'are')} noted in your draft above, beside the paragraph concerned."
    return el(
        "section",
        el("h2", f"Missing from your draft ({len(places)})" if places else "No missing caveat found", id="caveats-title"),
        el("p", where, class_="note") if beside else None,
        el("ul", *items, class_="caveats", role="list") if items else None,
        el("p", el("strong", "Already told: "), "; ".join(CAVEATS[caveat.name].lower() for caveat in told), ".", class_="told") if told else None,
        class_="caveat-section",
        aria_labelledby="caveats-title",
    )


def _missing_caveat(place: int, caveat: Caveat, longest: int | None = None, at: str = "") -> Html:
    words = caveat.trigger.text
    shown = quote_button(cut(words, longest) if longest else words, f"c{place}")
    return el(
        "li",
        el("h3", CAVEATS[caveat.name]),
        el("p", at, class_="note", dir="auto") if at else None,
        el("p", "The abstract says: ", shown) if words.strip() else None,
        copyable("A clause to paste", caveat.suggestion) if caveat.suggestion else None,
    )


def _panel(report: Report, numbers: dict[int, int]) -> Html:
    order = severity_order(report)
    details = [detail(report, index, numbers) for index in range(len(report.judgements))]
    steps = el(
        "div",
        el("button", "← Previous", type="button", data_step=-1, aria_label="Previous finding") if order else None,
        el("button", "Next →", type="button", data_step=1, aria_label="Next finding") if order else None,
        el("button", "Back to the sentence", type="button", data_back=True),
        class_="steps",
    )
    return el(
        "aside",
        el(
            "div",
            el("h2", "The sentence picked", class_="unseen"),
            steps,
            el("div", opening(report), *details, class_="detail-box", tabindex=0, role="region", aria_label="The sentence picked"),
            class_="detail-pane",
        ),
        el("div", el("h2", "The abstract", id="abstract-title"), marked_abstract(report.study_text, list(_quotes(report))), class_="abstract-pane"),
        class_="panel",
        id="panel",
        aria_label="Finding and abstract",
        data_order=" ".join(f"s{index}" for index in sorted(order)),
        data_first=f"s{order[0]}" if order else None,
    )


def _finding_list(report: Report, numbers: dict[int, int]) -> Html | None:
    order = severity_order(report)
    if not order:
        return None
    items = [_finding_item(report.judgements[index], index, numbers[index]) for index in order]
    shown, rest = items[:SHOWN_FINDINGS], items[SHOWN_FINDINGS:]
    more = el("details", el("summary", f"Show all {len(items)}"), el("ol", *rest, class_="findings", role="list")) if rest else None
    return el(
        "section",
        el("h2", "Findings, the most serious first", id="findings-title"),
        el("ol", *shown, class_="findings", role="list"),
        more,
        aria_labelledby="findings-title",
    )


def _finding_item(judgement: Judgement, index: int, number: int) -> Html:
    return el("li", _pick(judgement, index, number, mark_label(judgement), judgement.verdict), value=number)


def _pick(judgement: Judgement, index: int, number: int | None, label: str, verdict: str | None = None) -> Html:
    """A line of a list that picks its sentence."""
    words = el("span", judgement.sentence.text, class_="words", dir="auto")
    text = el("span", el("span", label, class_="label"), " ", words)
    return el("button", text, type="button", class_=" ".join(filter(None, ("pick", verdict))), data_pick=f"s{index}", data_number=number)


def _every_sentence(report: Report, numbers: dict[int, int]) -> Html:
    items = [
        el("li", _pick(judgement, index, numbers.get(index), "Not judged (unsure)" if judgement.abstained else VERDICTS[judgement.verdict]))
        for index, judgement in enumerate(report.judgements)
    ]
    return el(
        "details",
        el("summary", f"Every sentence ({len(items):,}) and its verdict"),
        el("ol", *items, class_="findings every", role="list"),
        class_="every-sentence",
    )


def _take_away(report: Report) -> Html:
    """The files are in the page already, so that nothing of a draft lies on a server's disk for them."""
    name = f"{report.model.name} {report.model.revision}".strip()
    return el(
        "div",
        el(
            "div",
            el(
                "button",
                "Copy the fixes as text",
                type="button",
                class_="download",
                data_copy=export(report, "fixes").decode(),
                data_again="Copy the fixes as text",
            ),
            *(
                el("button", title, type="button", class_="download", data_download=f"health-claim-report.{format}", data_source=f"report-{format}")
                for format, title in _DOWNLOADS.items()
            ),
            class_="files",
        ),
        el("p", f"Judged by the model {name}. A sentence without a mark is not approved: the checker misses things.", class_="colophon"),
        *(_file(report, format) for format in _DOWNLOADS),
        class_="take-away",
    )


_DOWNLOADS = {"docx": "Download as Word, with comments", "html": "Download as a page (HTML)", "json": "Download the data (JSON)"}


def _file(report: Report, format: str) -> Html:
    data = export(report, format)
    if format == "docx":
        return el("div", b64encode(data).decode(), id=f"report-{format}", data_base64=True, hidden=True)
    return el("div", data.decode(), id=f"report-{format}", hidden=True)


def _quotes(report: Report) -> Iterator[Layer]:
    """What the abstract can light up: evidence (s…), triggers of caveats (c…), facts (f…)."""
    for index, judgement in enumerate(report.judgements):
        if not judgement.abstained:
            yield from _layers(judgement.evidence, f"s{index}")
    for index, caveat in enumerate(report.caveats):
        yield from _layers((caveat.trigger,), f"c{index}")
    for row in fact_rows(report.study):
        if row.fact is not None:
            yield from _layers((row.fact.span,), row.reference)


def _layers(spans: Sequence[Span], name: str) -> Iterator[Layer]:
    return (Layer(span.start, span.end, "quote", name) for span in spans)
