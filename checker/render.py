"""A report as text for the terminal: what to fix, why, and both sides quoted."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from checker.types import Judgement, Report

WIDTH = 88
KIND_WORDS = {
    "causal": "a link told as a cause", "certainty": "more certain than the study", "population": "more people than were studied",
    "magnitude": "a bigger effect than reported", "readiness": "nearer to use than it is", "no_effect": "an effect that was not shown",
    "advice": "advice that the study does not give", "number": "a wrong figure", "direction": "the wrong direction", "group": "the wrong group",
    "design": "the wrong kind of study",
}  # fmt: skip
CAVEAT_WORDS = {
    "small_sample": "how small the study was", "animal_or_cells": "that it was not done in people", "observational": "that a link is not a cause",
    "no_control_group": "that there was no comparison group", "not_significant": "that the main result was not significant",
    "short_follow_up": "how briefly people were followed",
    "surrogate_outcome": "what was measured in place of health", "self_reported": "that people reported it themselves",
    "narrow_population": "who exactly was studied", "early_phase": "how early a stage this is", "not_peer_reviewed": "that it is not peer reviewed",
    "funding_or_conflict": "who paid, or has an interest", "relative_risk_only": "the absolute figures", "harms": "the harms",
    "subgroup_or_secondary": "that the result is from a subgroup or secondary outcome",
}  # fmt: skip


def summary(report: Report) -> str:
    """One line: what to fix, what is missing, what stands."""
    findings, missing = len(report.findings), len(report.missing)
    supported = sum(judgement.verdict == "supported" for judgement in report.judgements)
    return f"{_count(findings, 'sentence')} to fix, {_count(missing, 'caveat')} missing, {_count(supported, 'sentence')} supported"


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def render_text(report: Report) -> str:
    """The whole report as plain text, ending in one newline."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield summary(report).capitalize() + "."
    for warning in report.warnings:
        yield from _wrap(f"Note: {warning.message}", "")
    yield from _to_do(report)
    told = [caveat for caveat in report.caveats if caveat.status == "present"]
    if told:
        yield ""
        yield from _wrap("Told: " + "; ".join(CAVEAT_WORDS[caveat.name] for caveat in told) + ".", "  ")
    unsure = sum(judgement.abstained for judgement in report.judgements)
    if unsure:
        yield ""
        yield from _wrap(f"Not sure enough to say about {_count(unsure, 'sentence')}; silence is no approval.", "")


def render_fixes(report: Report) -> str:
    """What to change and what to add, as plain text for a message or a ticket, without the labels' names, ending in one newline."""
    return "\n".join([summary(report).capitalize() + ".", *_to_do(report, names=False)]) + "\n"


def _to_do(report: Report, *, names: bool = True) -> Iterator[str]:
    for number, judgement in enumerate(report.findings, 1):
        yield ""
        yield from _finding(number, judgement, names=names)
    if report.missing:
        yield ""
        yield "Missing caveats:"
        for caveat in report.missing:
            name = f" ({caveat.name})" if names else ""
            yield from _wrap(f"- {CAVEAT_WORDS[caveat.name]}{name}. Add: “{caveat.suggestion}”", "  ")
            yield from _wrap(f"The abstract says: “{tidy(caveat.trigger.text)}”", "  ", "  ")


def _finding(number: int, judgement: Judgement, *, names: bool) -> Iterator[str]:
    kinds = ", ".join(f"{kind}: {KIND_WORDS[kind]}" if names else KIND_WORDS[kind] for kind in judgement.kinds)
    where = "HEADLINE " if judgement.sentence.role == "headline" else ""
    yield f"{number}. {where}{judgement.verdict.upper()} ({kinds})"
    yield from _wrap(f"“{tidy(judgement.sentence.text)}”", "   ", "   ")
    yield from _wrap(judgement.why, "   ", "   ")
    for span in judgement.evidence:
        yield from _wrap(f"The abstract says: “{tidy(span.text)}”", "   ", "   ")
    if judgement.suggestion:
        yield from _wrap(f"Softer: “{tidy(judgement.suggestion)}”", "   ", "   ")


def _wrap(text: str, indent: str, first: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False) or [""]


def tidy(text: str) -> str:
    """On one line, single spaces."""
    return " ".join(text.split())
