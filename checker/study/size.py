"""How many subjects the study had, with the words that say so; no value rather than a wrong one."""

from __future__ import annotations

import re

from checker.study.design import ANIMAL, PEOPLE
from checker.study.quantities import NUMBER, parse_number
from checker.types import Fact, Span

_UNIT = rf"(?:{PEOPLE}|{ANIMAL}|animals|subjects|samples|organoids|nodules|scans|knees|hips|procedures|operations|admissions)"
_DESCRIPTION = r"(?:(?!(?:and|or|with|of|years?|months?|weeks?|days?|hours?|per|trials?|studies|centres?|centers?|hospitals?|sites|schools|clinics|mg|ml|points?)\b)[\w'’/-]+,?\s+){0,5}?"
_COUNTED = rf"(?P<n>{NUMBER})(?!\s?(?:%|per\s?cent|percent))\s+{_DESCRIPTION}{_UNIT}\b"
RULES: tuple[tuple[int, str], ...] = (
    (95, rf"(?:data from|(?:included|involving|with|comprising|enrolling|of|on|total of|and|\()\s*)(?P<n>{NUMBER})\s+{_DESCRIPTION}{_UNIT}\b(?=[^.]*\b(?:trials|studies|were included)\b)|(?:trials|studies)\s*(?:\(|with|involving|including|comprising|enrolling|of|,)\s*(?:a total of\s+)?(?P<m>{NUMBER})\s+{_DESCRIPTION}{_UNIT}\b"),
    (90, rf"{_COUNTED}[^.;]{{0,60}}?\b(?:were|was)\s+(?:then\s+)?(?:randomi[sz]ed|randomly|assigned|allocated|enrolled|recruited|included|analysed|analyzed|studied|treated|followed)"),
    (90, rf"(?:randomi[sz]ed|randomly assigned|randomly allocated|enrolled|recruited|included|assigned|allocated|followed|surveyed|studied|treated|analysed|analyzed|identified|invited|in|of|among|from|on)\s+(?:a total of\s+)?{_COUNTED}"),
    (85, rf"\b(?:total|overall|sample) (?:of|size(?: was| of)?)\s+(?P<n>{NUMBER})\b"),
    (80, r"\(?\b[nN]\s*=\s*(?P<n>\d[\d,\u00a0\u2009 ]*\d|\d+)\b"),
    (75, rf"(?:^|[.;:,]\s+){_COUNTED}"),
    (60, _COUNTED),
)  # fmt: skip
_COMPILED = tuple((score, re.compile(pattern, re.IGNORECASE)) for score, pattern in RULES)
_SCREENED = re.compile(r"\b(?:(?:were )?screened|approached|eligible|assessed for eligibility|were sent to|questionnaires were)\b", re.IGNORECASE)
_SHARE = re.compile(r"[^.;\d]{0,25}?\(\s?\d+(?:\.\d+)?\s?%")
_PART = re.compile(r"\b(?:of|among) (?:the |these )?$|\bof \d+\s*$", re.IGNORECASE)
_ARM = re.compile(r"\b[nN]\s*=\s*(\d[\d,]*)")
_BACKGROUND = re.compile(r"\b(?:worldwide|each year|every year|annually|globally)\b", re.IGNORECASE)


def read_size(text: str) -> Fact | None:
    """The total number of subjects, from the earliest of the most telling statements.

    Arms given only as "(n = 12) … (n = 12)" in one sentence are added up.
    """
    best: tuple[float, re.Match[str], float] | None = None
    for score, pattern in _COMPILED:
        for match in pattern.finditer(text):
            raw = next(value for value in match.groupdict().values() if value)
            number = parse_number(raw)
            if number is None or number != int(number) or number < 1 or (1900 <= number <= 2035 and "," not in raw and score < 80):
                continue
            sentence = _sentence_around(text, match.start())
            adjusted = score - match.start() / max(len(text), 1) * 20
            adjusted -= 35 * bool(_SCREENED.search(match[0]) or _SCREENED.match(text, match.end() + 1)) + 40 * bool(_BACKGROUND.search(sentence))
            adjusted -= 30 * bool(_SHARE.match(text, match.end()) or _PART.search(text, max(0, match.start() - 12), match.end()))
            if best is None or adjusted > best[0]:
                best = adjusted, match, number
    if best is None or best[0] < 45:
        return None
    _, match, number = best
    if match[0].lstrip("(").lower().startswith("n"):
        arms = [int(value.replace(",", "")) for value in _ARM.findall(_sentence_around(text, match.start()))]
        if len(arms) > 1:
            number = float(max(arms)) if max(arms) == sum(arms) - max(arms) and len(arms) > 2 else float(sum(arms))
        if len(arms) > 1:
            stated = next((m for m in _COMPILED[-1][1].finditer(text) if parse_number(m["n"]) == number), None)
            if stated is not None:  # the total in the abstract's own words says more than one arm
                match = stated
    start, end = _trim(text, match)
    return Fact("sample_size", str(int(number)), Span(text[start:end], start, end))


def _trim(text: str, match: re.Match[str]) -> tuple[int, int]:
    """The number with its noun, without the words that led to it."""
    name = next(name for name, value in match.groupdict().items() if value)
    start = match.start(name)
    if lead := re.search(r"\b[nN]\s*=\s*$", text[:start]):
        start = lead.start()  # "n = 16" says more than "16"
    noun = re.compile(rf".{{0,80}}?{_UNIT}\b", re.IGNORECASE | re.DOTALL).match(text, match.end(name))
    end = noun.end() if noun and noun.end() <= match.end() else match.end(name)
    return start, end


def _sentence_around(text: str, position: int) -> str:
    start = max(text.rfind(". ", 0, position), text.rfind("\n", 0, position)) + 1
    end = text.find(". ", position)
    return text[start : end if end >= 0 else len(text)]
