"""Which figures of a draft sentence the abstract bears out: as written, honestly rounded, or derived.

Derived figures are those a reporter may work out: a share from its counts, the
difference and the ratio of two shares, a percentage from a risk, odds or hazard ratio.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.study.quantities import DAYS, MONTHS, Quantity, parse_number, quantities

FRACTIONS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "sixth": 100 / 6, "seventh": 100 / 7, "eighth": 12.5, "tenth": 10.0}
_FRACTION = re.compile(
    r"\b(?:(?P<n>a|one|two|three|four|five|six|seven|nine)[\s-]+)?(?P<part>half|third|quarter|fifth|sixth|seventh|eighth|tenth)s?\b", re.IGNORECASE
)
_ONE_IN = re.compile(
    r"(?<![\w.·-])(?P<a>\d+|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:(?!(?:minute|hour|day|week|month|year)s?\b)[a-z]+\s+)?(?:in|out of|of(?=\s+every))\s+(?:every\s+|a\s+)?(?P<b>\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|hundred)\b",
    re.IGNORECASE,
)
_FOLD = re.compile(
    r"\b(?:(?P<word>doubl|tripl|trebl|quadrupl|halv)(?:e[ds]?|ing)|twice|(?P<n>two|three|four|five|ten|\d+(?:\.\d+)?)[\s-]?(?:fold|times))\b",
    re.IGNORECASE,
)
OF_MANY = 1000
"""A rate per so many stands in abstracts as it is told."""
_FOLDS = {"doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadrupl": 4.0, "halv": 0.5}
_OF_TIME = re.compile(r"(?:\s+of)?\s+an?\s+(?P<unit>hour|day|week|month|year)\b|[\s-]?(?P<joined>hour|day|year)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(?:the|its|their|every|each)\s+$", re.IGNORECASE)
_POINT_IN_TIME = re.compile(r"\b(?P<unit>day|week|month|year)s?\s+(?P<n>\d+)\b", re.IGNORECASE)
_NO_FIGURE = re.compile(
    rf"\b(?:{MONTHS}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?\s+\d{{1,2}}\b(?![,.]?\d)"
    rf"|\b\d{{1,2}}\s+(?:{MONTHS})\b"
    r"|\b\d{1,2}\s?(?:am|pm|a\.m|p\.m)\b|\b\d{2}s\b|\b(?:19|20)\d\d\b(?!,\d)|\b(?:per|every|each|in a)\s+(?:thousand|hundred|million)\b|\bout of (?:a )?(?:five|seven|ten|10|hundred|100)\b",
    re.IGNORECASE,
)
"""Dates, hours of the clock, decades of life, years, what a rate is out of, and the top of a scale."""
_COUNTS = re.compile(r"(\d[\d,\u00a0\u2009]*)\s?(?:/|of|out of)\s?(\d[\d,\u00a0\u2009]*)")
_RATIO = re.compile(r"\b(?:ratios?|HR|OR|RR|aOR|aHR|IRR|PR)\b[^.;\d]{0,25}(\d+\.\d+)", re.IGNORECASE)
_ARM = re.compile(r"\b[nN]\s?=\s?(\d[\d,]*)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONEY = re.compile(r"[$£€]\s?\d|\d\s?(?:dollars|pounds|euros|million|billion|bn|m)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over the figures of one sentence, and the spans that nothing in the abstract bears out."""

    total: int
    found: int
    derived: int
    unmatched: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class StudyFigures:
    """What the abstract's figures are, and what follows from them.

    `days` are durations in days, `follows` shares and ratios that a reader can work out.
    """

    plain: tuple[float, ...]
    shares: tuple[float, ...]
    days: tuple[float, ...]
    follows: tuple[float, ...]


def study_figures(sentences: Sequence[str]) -> StudyFigures:
    """Every figure of the abstract's sentences, and the figures that follow within one sentence."""
    plain: set[float] = set()
    shares: set[float] = set()
    days: set[float] = set()
    follows: set[float] = set()
    for sentence in sentences:
        own: set[float] = set()
        days |= {float(match["n"]) * DAYS[match["unit"].casefold()] for match in _POINT_IN_TIME.finditer(sentence)}
        for quantity in spoken_quantities(sentence):
            if quantity.unit in DAYS:
                days.add(quantity.value * DAYS[quantity.unit])
                plain.add(quantity.value)
            elif quantity.unit == "percent":
                own.add(quantity.value)
            else:
                plain.add(quantity.value)
        wholes: set[float] = set()
        for part, whole in _COUNTS.findall(sentence):
            a, b = parse_number(part), parse_number(whole)
            wholes |= {b} if b else set()
            if a is not None and b and a <= b:
                own.add(100 * a / b)
        for ratio in (float(value) for value in _RATIO.findall(sentence)):
            follows |= {abs(1 - ratio) * 100, ratio, 1 / ratio if ratio else 0.0}
        plain |= {sum(wholes)} if len(wholes) == 2 else set()
        arms = [float(value.replace(",", "")) for value in _ARM.findall(sentence)]
        plain |= {sum(arms)} if len(arms) == 2 else set()
        follows |= {100 - share for share in own} | _pairs(sorted(own))
        follows |= _pairs(sorted({q.value for q in quantities(sentence) if not q.unit and "." in sentence[q.start : q.end]})[:6])
        shares |= own
    return StudyFigures(*(tuple(sorted(group)) for group in (plain, shares, days, follows)))


def _pairs(values: Sequence[float]) -> set[float]:
    """Differences, ratios and relative changes of two shares or two means reported together."""
    found: set[float] = set()
    for index, a in enumerate(values[:8]):
        for b in values[index + 1 : 8]:
            if a > 0:
                found |= {b - a, b / a, 100 * (b - a) / a, 100 * (b - a) / b}
    return found


def spoken_quantities(text: str) -> list[Quantity]:
    """Numbers, and the fractions, "one in five" and "twofold" that stand for percentages and ratios."""
    found: list[Quantity] = []
    for match in _ONE_IN.finditer(text):
        a, b = parse_number(match["a"]), parse_number(match["b"].replace("hundred", "one hundred") if match["b"] == "hundred" else match["b"])
        if a is not None and b and a <= b < OF_MANY:
            found.append(Quantity(100 * a / b, match.start(), match.end(), "percent"))
    for match in _FRACTION.finditer(text):
        many = parse_number(match["n"]) if match["n"] and match["n"].casefold() not in {"a"} else 1.0
        share = FRACTIONS[match["part"].casefold()] * (many or 1.0)
        if time := _OF_TIME.match(text, match.end()):  # half an hour
            found.append(Quantity(share / 100, match.start(), time.end(), (time["unit"] or time["joined"]).casefold()))
        elif match["n"] or match["part"].casefold() == "half" or not _ORDINAL.search(text, 0, match.start()):
            found.append(Quantity(share, match.start(), match.end(), "percent"))
    for match in _FOLD.finditer(text):
        value = _FOLDS[match["word"].casefold()] if match["word"] else parse_number(match["n"]) if match["n"] else 2.0
        if value is not None:
            found.append(Quantity(value, match.start(), match.end(), "ratio"))
    taken = [(q.start, q.end) for q in found]
    found += [q for q in quantities(text) if not any(a < q.end and q.start < b for a, b in taken)]
    return sorted(found, key=lambda q: q.start)


def match_figures(sentence: str, study: StudyFigures) -> Figures:
    """How many of the sentence's figures are the abstract's, follow from them, or neither."""
    found = derived = total = 0
    unmatched: list[Quantity] = []
    dates = [match.span() for match in _NO_FIGURE.finditer(sentence)]
    for quantity in spoken_quantities(sentence):
        words = sentence[quantity.start : quantity.end]
        if any(start <= quantity.start < end for start, end in dates):
            continue
        if words.casefold() in {"one", "a"} or (quantity.value <= 2 and not quantity.unit and not words[0].isdigit()):
            continue
        total += 1
        loose = not any(character.isdigit() for character in words) or _about(sentence, quantity.start) or bool(_ONE_IN.fullmatch(words))
        if quantity.unit in DAYS:
            matched = any(abs(quantity.value * DAYS[quantity.unit] - other) <= 0.1 * other for other in study.days)
            matched = matched or (len(words.split("-")) > 1 and _any_close(quantity.value, study.plain, loose=False))
        else:
            # "19 per cent, against 14", "seven in every hundred": a bare number may be a percentage.
            known = study.shares if quantity.unit == "percent" else (*study.plain, *study.shares)
            matched = _any_close(quantity.value, known, loose)
        if matched:
            found += 1
        elif quantity.unit not in DAYS and _any_close(quantity.value, study.follows, loose):
            derived += 1
        else:
            unmatched.append(quantity)
    return Figures(total, found, derived, tuple(unmatched))


_ABOUT = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|over|more than|some|under|less than|approximately|just|close to|up to|at least|fewer than)\s+(?:[$£€])?$",
    re.IGNORECASE,
)


def _about(sentence: str, start: int) -> bool:
    return bool(_ABOUT.search(sentence[max(0, start - 16) : start]))


def _any_close(value: float, known: Iterable[float], loose: bool) -> bool:
    return any(_close(value, other, loose) for other in known)


ROUND = 1000
"""From here on the zeros at the end of a told figure are taken for rounding."""


def _close(told: float, known: float, loose: bool) -> bool:
    """Equal, or equal after rounding the abstract's figure to the digits or thousands told; "about" and figures in words allow 8 %."""
    if told == known:
        return True
    decimals = len(f"{told:g}".partition(".")[2])
    if round(known, decimals) == told:
        return True
    zeros = len(str(int(told))) - len(str(int(told)).rstrip("0")) if told == int(told) and told >= ROUND else 0
    if zeros and round(known, -zeros) == told:
        return True
    return loose and abs(told - known) <= 0.08 * abs(known)


def only_dates_or_money(sentence: str) -> bool:
    """Whether the sentence's figures are years or prices, which abstracts rarely hold."""
    return bool(_YEAR.search(sentence) or _MONEY.search(sentence))
