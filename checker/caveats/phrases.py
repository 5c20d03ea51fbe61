"""The short clause to paste for a missing caveat, with the study's own figure where it gives one."""

from __future__ import annotations

import re

from checker.study.quantities import quantities
from checker.types import Span, Study, StudyFacts

SUBJECTS = {"cells": "cells in the laboratory", "none": "a computer model"}
MAX_QUOTE = 110


def clause_values(name: str, study: Study, facts: StudyFacts, trigger: Span) -> dict[str, str]:
    """Values for the placeholders of a clause; every one has a plain fallback."""
    size = facts.get("sample_size")
    follow_up = facts.get("short_follow_up")
    group = facts.get("narrow_population")
    subjects = SUBJECTS.get(facts.population) or (trigger.text.lower() if len(trigger.text) < 30 else "animals")
    return {
        "size": _size(size.span.text if size else "", facts.sample_size),
        "subjects": subjects,
        "duration": follow_up.value if follow_up else "a short time",
        "group": group.value if group else "a restricted group",
        "marker": _marker(trigger.text),
        "phase": _phase(trigger.text),
        "quote": _quote(trigger.text, name),
        "absolute": _shares(trigger.text),
    }


def _size(quoted: str, number: int | None) -> str:
    if number is None:
        return "a small number of people"
    noun = None if " and " in quoted else re.search(r"([A-Za-z-]+)\s*$", quoted)  # two groups added up are people
    name = noun[1] if noun and noun[1].casefold() not in {"n", "and", "hundred"} and not noun[1].casefold().endswith("ty") else "people"
    return f"{number:,} {'people' if name.casefold() in {'participants', 'subjects', 'individuals'} else name}"


def _marker(text: str) -> str:
    from checker.caveats.rules import MARKER

    found = re.search(rf"\b(?:{MARKER})\b", text, re.IGNORECASE)
    return found[0] if found else "a marker"


def _phase(text: str) -> str:
    found = re.search(r"phase[- ]?(?:[1-3](?:/[1-3])?[ab]?|I{1,3}[ab]?(?:/I{1,3})?|one|two)\b", text, re.IGNORECASE)
    if found:
        return f"a {found[0][0].lower()}{found[0][1:]} study, an early stage of testing"
    kind = re.search(r"first[- ]in[- ]human|feasibility|proof[- ]of[- ](?:concept|principle)|pilot", text, re.IGNORECASE)
    return f"a {kind[0].lower()} study, an early stage of testing" if kind else "an early-stage study"


def _quote(text: str, name: str) -> str:
    text = re.sub(
        r"^(?:funding|disclosures?|competing interests?|conflicts? of interest|declarations?)\s*[:.]?\s*",
        "",
        " ".join(text.split()),
        flags=re.IGNORECASE,
    )
    short = text if len(text) <= MAX_QUOTE else text[:MAX_QUOTE].rsplit(" ", 1)[0] + " …"
    if name == "funding_or_conflict" and not re.search(
        r"\b(?:fund\w*|paid|sponsor\w*|employ\w*|fees|patent\w*|shares|consult\w*|advis\w*|inventors?)\b", short, re.IGNORECASE
    ):
        return f"the study was funded by {short}"
    return short


def _shares(text: str) -> str:
    shares = [text[q.start : q.end].strip() for q in quantities(text) if q.unit == "percent"]
    return f"{shares[0]} against {shares[1]}" if len(shares) >= 2 else "the abstract gives the number of people affected"
