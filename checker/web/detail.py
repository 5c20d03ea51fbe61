"""What is shown of the sentence picked: the sentence, what the abstract says, why, and softer words."""

from __future__ import annotations

from collections.abc import Iterator

from checker.types import Judgement, Report
from checker.web.controls import copyable, quote_button
from checker.web.markup import Html, el, join
from checker.web.words import KINDS, VERDICT_NOTES, VERDICTS, confidence_words


def opening(report: Report) -> Html:
    """What the panel says before anything is picked."""
    if report.findings:
        words = "Pick a marked sentence to see what the abstract says."
    else:
        words = "No sentence was found to go beyond the abstract. That is not approval: the checker misses things, and reads the abstract only."
    return el("p", words, " Any sentence can be picked.", class_="opening", id="opening")


def detail(report: Report, index: int, numbers: dict[int, int]) -> Html:
    """The detail of one sentence, hidden until it is picked; a finding's tells why and what to write instead."""
    judgement = report.judgements[index]
    return el(
        "section",
        el("h3", _detail_title(judgement, numbers.get(index)), tabindex=-1, class_=judgement.verdict if judgement.flagged else None),
        el("h4", "Your sentence"),
        el("blockquote", judgement.sentence.text, dir="auto"),
        *_says(judgement, index),
        *([*_reasons(judgement), _dismissal(index)] if judgement.flagged else [el("p", _quiet_note(judgement))]),
        class_="detail",
        id=f"detail-s{index}",
        hidden=True,
    )


def _detail_title(judgement: Judgement, number: int | None) -> str:
    if number is not None:
        return f"Finding {number}: {VERDICTS[judgement.verdict].lower()}"
    return "Not judged" if judgement.abstained else VERDICTS[judgement.verdict]


def _quiet_note(judgement: Judgement) -> str:
    return VERDICT_NOTES["unsure" if judgement.abstained else judgement.verdict]


def _says(judgement: Judgement, index: int) -> Iterator[Html]:
    if judgement.abstained or not judgement.evidence:
        return
    yield el("h4", "The abstract says")
    for span in judgement.evidence:
        yield el("blockquote", quote_button(span.text, f"s{index}"), dir="auto")


def _reasons(judgement: Judgement) -> Iterator[Html]:
    yield el("p", el("strong", "How sure: "), confidence_words(judgement.confidence), ".", class_="sure")
    if judgement.why:
        yield el("h4", "Why")
        yield el("p", judgement.why, class_="why")
    if judgement.suggestion:
        yield copyable("Softer wording" if judgement.verdict == "overstated" else "Corrected wording", judgement.suggestion)
    kinds = [KINDS[kind] for kind in judgement.kinds if kind in KINDS]
    if kinds:
        yield el("h4", "What kind of problem")
        yield el("dl", *(join(el("dt", short.capitalize()), el("dd", line)) for short, line in kinds), class_="kinds")


def _dismissal(index: int) -> Html:
    """ "Not a problem" takes a finding off the page until the next check; whoever likes saves a report of the false alarm as a file."""
    return el(
        "div",
        el("button", "Not a problem", type="button", data_dismiss=f"s{index}"),
        el(
            "div",
            el("p", "Taken off this page until the next check; copies and downloads still hold it."),
            el("button", "Undo", type="button", data_restore=f"s{index}"),
            el("button", "Save a false-alarm report", type="button", data_false_alarm=index),
            class_="dismissed-note",
            hidden=True,
        ),
        class_="dismissal",
    )
