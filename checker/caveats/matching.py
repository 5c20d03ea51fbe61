"""Searching with the rule tables' patterns: placeholders filled, hits trimmed to a span."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from checker.caveats.rules import HARM, MARKER
from checker.study.quantities import NUMBER
from checker.types import Span


@lru_cache(maxsize=512)
def pattern(raw: str) -> re.Pattern[str]:
    """A compiled pattern; {marker}, {harm} and {number} stand for their word lists."""
    filled = raw.replace("{marker}", MARKER).replace("{harm}", HARM).replace("{number}", NUMBER).replace("{{", "{").replace("}}", "}")
    return re.compile(filled, re.IGNORECASE)


def search(patterns: Sequence[str], text: str) -> Span | None:
    """The first hit of the first pattern that hits, trimmed of white space and section headings."""
    for raw in patterns:
        if match := pattern(raw).search(text):
            return trimmed(text, match.start(), match.end())
    return None


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the white space and punctuation around it."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" \t\r\n.;:,"))
    end = start + len(text[start:end].rstrip())
    return Span(text[start:end], start, end)


@lru_cache(maxsize=256)
def _inside(raw: str) -> re.Pattern[str]:
    """The pattern for use inside one sentence, where a full stop is a decimal point and no border."""
    return pattern(raw.replace("[^.]*", "").replace("[^.;]*", "").replace("[^.]{", ".{"))


def sentence_with(patterns: Sequence[str], sentences: Sequence[Span]) -> Span | None:
    """The first sentence that the earliest matching pattern is found in, without its section heading."""
    for raw in patterns:
        for span in sentences:
            if _inside(raw).search(span.text):
                return without_heading(span)
    return None


def without_heading(span: Span) -> Span:
    """A sentence without "Results:" before it."""
    heading = re.match(r"[A-Z][A-Za-z ]{2,30}:\s+", span.text)
    skip = heading.end() if heading else 0
    return Span(span.text[skip:], span.start + skip, span.end)
