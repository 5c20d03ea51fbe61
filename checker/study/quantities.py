"""Numbers as people write them in abstracts and news: digits, words, separators, percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from text_to_num import text2num

_UNITS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORD = f"(?:{_UNITS}|{_TENS}|hundred|thousand|million)"
WORDS = rf"(?:\ba\s+(?=hundred|thousand|million))?\b{_WORD}(?:(?:[\s-]+|\s+and\s+){_WORD})*\b"
DIGITS = r"(?<![\w.,·/])\d{1,3}(?:[,\u00a0\u2009\u202f ]\d{3})+(?![\d])|(?<![\w.·])\d+(?:[.·]\d+)?"
NUMBER = rf"(?:{DIGITS}|{WORDS})"
_PATTERN = re.compile(NUMBER, re.IGNORECASE)
_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|percent\b)", re.IGNORECASE)
_TIME = re.compile(r"[\s-]*(?:(?P<unit>minute|hour|day|week|fortnight|month|year)s?|(?P<short>mins?|h|hrs?|d|wks?|yrs?))\b", re.IGNORECASE)
SHORT = {"min": "minute", "h": "hour", "hr": "hour", "d": "day", "wk": "week", "yr": "year"}
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.44, "year": 365.25}
_POINTS = re.compile(r"[\s-]*(?:percentage[\s-]points?|points?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text; `unit` is percent, points, a unit of time (a key of `DAYS`) or empty."""

    value: float
    start: int
    end: int
    unit: str = ""


def parse_number(text: str) -> float | None:
    """The value of digits or number words, None when it is neither.

    >>> parse_number("1,204"), parse_number("forty-six"), parse_number("0.8")
    (1204.0, 46.0, 0.8)
    """
    squeezed = re.sub(r"[\s,\u00a0\u2009\u202f]", "", text).replace("·", ".")
    try:
        return float(squeezed)
    except ValueError:
        words = re.sub(r"^a\s+", "one ", text.casefold()).replace("-", " ")
    try:
        return float(text2num(" ".join(words.split()), "en"))
    except ValueError:
        return None


def quantities(text: str) -> Iterator[Quantity]:
    """Every number of a text with its unit, in order."""
    for match in _PATTERN.finditer(text):
        value = parse_number(match[0])
        if value is None:
            continue
        end, unit = match.end(), ""
        for name, pattern in (("percent", _PERCENT), ("points", _POINTS)):
            if after := pattern.match(text, end):
                end, unit = after.end(), name
                break
        else:
            if after := _TIME.match(text, end):
                end, unit = after.end(), (after["unit"] or SHORT[after["short"].casefold().rstrip("s")]).casefold()
        yield Quantity(value, match.start(), end, unit)
