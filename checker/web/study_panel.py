"""The study panel: what kind of study the abstract describes, each fact beside the words that say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.types import Fact, StudyFacts
from checker.web.controls import quote_button
from checker.web.markup import Html, el, join
from checker.web.words import DESIGNS, POPULATIONS, UNREAD, fact_title

_MAIN = ("design", "population", "sample_size")


@dataclass(frozen=True, slots=True)
class FactRow:
    """One line of the panel; `value` is None when the abstract did not say."""

    title: str
    value: str | None
    fact: Fact | None
    reference: str


def fact_rows(study: StudyFacts) -> Iterator[FactRow]:
    """Design, subjects and their number always; then whatever else was read."""
    size = f"{study.sample_size:,}" if study.sample_size is not None else None
    yield FactRow("Design", DESIGNS.get(study.design), study.get("design"), "f-design")
    yield FactRow("Studied in", POPULATIONS.get(study.population), study.get("population"), "f-population")
    yield FactRow("Number of subjects", size, study.get("sample_size"), "f-sample_size")
    for index, fact in enumerate(study.facts):
        if fact.name not in _MAIN:
            yield FactRow(fact_title(fact.name), _sentence_case(fact.value.replace("_", " ")), fact, f"f{index}")


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]


def study_panel(study: StudyFacts) -> Html:
    """The rows as a list of terms; a fact's words are a button that shows them in the abstract."""
    return el(
        "section",
        el("h2", "The study, as the abstract tells it", id="study-title"),
        el("dl", *(_row(row) for row in fact_rows(study)), class_="facts"),
        aria_labelledby="study-title",
    )


def _row(row: FactRow) -> Html:
    value = el("span", row.value) if row.value else el("span", UNREAD, class_="unread")
    shown = None
    if row.fact is not None and row.value and row.fact.span.text.strip():
        shown = quote_button(row.fact.span.text, row.reference)
    return join(el("dt", row.title), el("dd", value, " " if shown else None, shown))
