"""How many subjects the study had, with the words that say so; no value rather than a wrong one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.study.design import ANIMAL, PEOPLE
from checker.study.quantities import MONTHS, NUMBER, parse_number
from checker.types import Fact, Span

_PLACES = r"(?:hospitals|schools|clinics|practices|sites|villages|wards|centres|centers|homes)"
_TIME = r"(?:years?|months?|weeks?|days?|hours?|mg|ml|points?|per|times|trials|studies|centres?|centers?|hospitals?|sites|schools|clinics)\b"
_UNIT = rf"(?:{PEOPLE}|{ANIMAL}|animals|subjects|samples|organoids|nodules|scans|knees|hips|procedures|operations|admissions|purchases|mammograms|births|deliveries|fetuses|foetuses|cases|enrolle?es|parturients|beneficiaries|seniors|graders|teens|youths?|sleepers|physicians|personnel|examinations|carriers|candidates|relatives)"
_DESCRIPTION = r"(?:(?!(?:and|or|with|of|years?|months?|weeks?|days?|hours?|per|trials?|studies|centres?|centers?|hospitals?|sites|schools|clinics|mg|ml|points?)\b)[^\W\d][\w'’/-]*,?\s+){0,5}?"
_COUNTED = rf"(?P<n>{NUMBER})(?!\s?(?:%|per\s?cent|percent))\s+{_DESCRIPTION}{_UNIT}\b"
COUNT_GIVEN = 80
"""The score of "n = 2004", which is no year."""
RULES: tuple[tuple[int, str], ...] = (
    (95, rf"(?:data from|(?:included|involving|with|comprising|enrolling|of|on|total of|and|\()\s*)(?P<n>{NUMBER})\s+{_DESCRIPTION}{_UNIT}\b(?=[^.]*\b(?:trials|studies|were included)\b)|(?:trials|studies)\s*(?:\(|with|involving|including|comprising|enrolling|of|,)\s*(?:a total of\s+)?(?P<m>{NUMBER})\s+{_DESCRIPTION}{_UNIT}\b"),
    (90, rf"{_COUNTED}[^.;]{{0,130}}?\b(?:were|was|underwent)\s+(?:then\s+)?(?:randomi[sz]\w+|randomly|assigned|allocated|enrolled|recruited|included|analysed|analyzed|studied|treated|followed|assessed|examined|evaluated|interviewed|surveyed)"),
    (94, rf"\b(?:participants|patients|subjects|respondents|sample|population|cohort)\s+(?:were|was|included|comprised|consisted of|numbered)\s+(?:a total of\s+)?{_COUNTED}"),
    (93, rf"\b(?:participants|subjects|patients) (?:were|included|comprised)\s+(?:a total of\s+)?(?P<n>{NUMBER})\s+(?!{_TIME}|percent)[a-z]"),
    (91, rf"\bthere were\s+(?:a total of\s+)?{_COUNTED}\s+(?:who were |were )?(?:randomi[sz]ed|randomly|assigned|enrolled|included|recruited|treated)"),
    (92, rf"\b(?:participants|patients?(?:\(s\))?|subjects|sample|population)\s*:\s*(?:a total of\s+|overall,?\s+)?{_COUNTED}"),
    (90, rf"(?:randomi[sz]ed|randomly assigned|randomly allocated|enrolled|recruited|included|assigned|allocated|followed|surveyed|studied|treated|analysed|analyzed|identified|invited|assessed|examined|evaluated|interviewed)\s+(?:a total of\s+)?{_COUNTED}"),
    (92, rf"\b(?-i:PARTICIPANTS|PATIENTS|SUBJECTS|SAMPLE|POPULATION)\s+{_COUNTED}"),
    (91, rf"\bof (?:the )?{_COUNTED}\s+(?:who were |were )?(?:randomly assigned|randomi[sz]ed|enrolled|included)\b|\bof\s+(?P<k>{NUMBER})\s+(?:randomi[sz]ed|enrolled|included)\s+{_UNIT}\b"),
    (92, rf"\b(?:total of|totall?ing)\s+{_COUNTED}"),
    (90, rf"\b(?:study|trial|cohort|analysis|survey|sample|series|experiment|data|examination|records)\s+(?:\w+\s+){{0,3}}?(?:of|in|among|with|on|from|involving|including)\s+(?:a total of\s+)?{_COUNTED}"),
    (77, rf"\b(?:for|(?<![\d%] )to)\s+(?:a total of\s+)?{_COUNTED}"),
    (91, rf"\b(?:involving|including|of|in|from)\s+{NUMBER}\s+(?:[\w-]+\s+){{0,3}}{_PLACES}\s+and\s+{_COUNTED}"),
    (88, rf"\b(?:RCT|trial|study|cohort)\b[^.;]{{0,60}}?\b(?:including|involving|enrolling|comprising)\s+(?:a total of\s+)?{_COUNTED}"),
    (82, rf"\b(?:in|of|among|from|on)\s+(?:a total of\s+)?{_COUNTED}"),
    (85, rf"\b(?:total|overall|sample) (?:of|size(?: was| of)?)\s+(?P<n>{NUMBER})\b(?![,\d]*\d)(?=\s*[,.;)(]|\s+(?:were|was|in|from|with|who|met|completed)\b)"),
    (85, rf"(?:^|[.;:]\s+)(?:about |approximately |nearly )?(?P<n>{NUMBER}) were (?:evaluated|enrolled|included|randomi[sz]ed|recruited|studied|followed)\b"),
    (COUNT_GIVEN, r"\(?\b[nN]\s*=\s*(?P<n>\d[\d,\u00a0\u2009 ]*\d|\d+)\b"),
    (78, rf"(?:^|[.;:,]\s+){_COUNTED}"),
    (60, _COUNTED),
)  # fmt: skip
_COMPILED = tuple((score, re.compile(pattern, re.IGNORECASE)) for score, pattern in RULES)
_FEW = r"(?:[A-Za-z][\w-]*,?\s+){0,4}?"
_GROUPS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:assigned|allocated|randomi[sz]ed)\s+(?P<a>{NUMBER})\s+{_FEW}(?:to|received)\b[^.;]{{2,90}}?\band\s+(?P<b>{NUMBER})\s+{_FEW}(?:to|received)\b",
        rf"(?P<a>{NUMBER})\s+{_FEW}{_UNIT}\s+(?:were |was )?(?:randomly )?(?:assigned|allocated|randomi[sz]ed)\s+to\b[^.;\d]{{2,60}}?\band\s+(?P<b>{NUMBER})\s+{_FEW}to\b",
        rf"(?P<a>{NUMBER})\s+{_FEW}(?:males?|men|boys)\b[^.;\d]{{0,60}}?\band\s+(?P<b>{NUMBER})\s+{_FEW}(?:females?|women|girls)\b",
        rf"(?P<a>{NUMBER})\s+{_FEW}(?:females?|women|girls)\b[^.;\d]{{0,60}}?\band\s+(?P<b>{NUMBER})\s+{_FEW}(?:males?|men|boys)\b",
        rf"(?P<a>{NUMBER})\s+{_FEW}{_UNIT}\b(?:\([^()]*\)|[^.;()]){{0,90}}?\b(?:and|versus|vs\.?)\s+(?:matched\s+)?(?P<b>{NUMBER})\s+{_FEW}controls?\b",
        rf"(?P<a>{NUMBER})\s+{_FEW}{_UNIT}\s+in\s+\d{{4}}\s+and\s+(?P<b>{NUMBER})\s+{_FEW}{_UNIT}\s+in\s+\d{{4}}\b",
        rf"(?P<a>{NUMBER})\s+{_FEW}{_UNIT}\b[^.;\d]{{0,60}}?\b(?:group|arm|cohort)\b[^.;]{{0,20}}?\band\s+(?P<b>{NUMBER})\s+(?:{_FEW}{_UNIT}\s+)?(?:were |was )?(?:in|to)\b[^.;]{{0,30}}?\b(?:group|arm|cohort)\b",
        rf"(?P<a>{NUMBER})\s+{_FEW}{_UNIT}\s+with\b[^.;\d]{{2,90}}?\band\s+(?P<b>{NUMBER})\s+{_FEW}{_UNIT}\s+without\b",
        rf"(?P<a>{NUMBER})\s+(?:(?!{_TIME})[^\W\d][\w-]*\s+){{1,3}}and\s+(?P<b>{NUMBER})\s+(?:(?!{_TIME})[^\W\d][\w-]*\s+){{1,3}}{_UNIT}\b(?!\s+(?:died|had|developed|experienced|reported))",
        rf"(?P<a>{NUMBER})\s+{_FEW}(?P<unit>{_UNIT})\s+(?!(?:died|had|developed|experienced|reported|at)\b)(?:(?!%|\bafter\b)[^.;]){{2,130}}?\b(?:and|compared with|versus|vs\.?)\s+(?P<b>{NUMBER})\s+{_FEW}(?P=unit)\b",
        rf"\(\s?(?P<a>{NUMBER})\s+{_UNIT}\s?\)[^.;]{{2,90}}?\(\s?(?P<b>{NUMBER})\s+{_UNIT}\s?\)",
    )
)
"""Two groups of one sentence, which are added up."""
_EACH = re.compile(
    r"[^.;]{0,40}?\b(?:(?:in|to|per) each (?:of the )?(?P<k>two|three|four|five)? ?(?:study |treatment )?(?:groups?|arms?)\b|(?:in both|each)\b(?=\s*[);,.]))",
    re.IGNORECASE,
)
_GROUP_COUNT = re.compile(r"\b(?P<k>two|three|four|five|six)[\w -]{0,20}?\b(?:groups|arms)\b", re.IGNORECASE)
_ARMED = re.compile(
    r"\b(?:groups?|arms?|placebo|controls?|random\w+|assigned|allocated|received|receive|intervention|treatment|dose|participants(?=:)|patients(?=:)|subjects(?=:))\b",
    re.IGNORECASE,
)
_SCREENED = re.compile(
    r"\b(?:(?:were )?screened|approached|(?:were )?(?:survey-)?eligible|assessed for eligibility|were sent to|questionnaires were|mailed to|total population|substudy of|planned|potential)\b",
    re.IGNORECASE,
)
_ENROLLED = re.compile(r"^(?=.*\b(?:randomi[sz]ed|assigned|allocated|enrolled|included|treated)\b).*\beligible\b", re.IGNORECASE | re.DOTALL)
"""Eligible people who were then enrolled are the sample."""
_SHARE = re.compile(r"[^.;\d]{0,25}?\(\s?\d+(?:\.\d+)?\s?%(?! (?:wom[ae]n|m[ae]n|(?:fe)?males?|boys|girls)\b)", re.IGNORECASE)
_PART = re.compile(
    rf"\b(?:(?<!total ){NUMBER}|both|most|all|half|many|some) (?:[a-z]+ )?of (?:the |these )?$|%\)? of (?:the |these )?$|\b(?:of|among) (?:the|these) $|\bplanned (?:with |for |to (?:enrol|enroll|recruit|include) )$|\bsub(?:set|sample|group)s? (?:of )?(?:the )?$",
    re.IGNORECASE,
)
_DATE = re.compile(rf"\s*(?:{MONTHS})\b|\s*,?\s*\d{{4}},", re.IGNORECASE)
_YEARS = re.compile(r"[\s-]*(?:years?|days?|months?)\b", re.IGNORECASE)
_PERCENT = re.compile(r"%\s*[(\[]\s*$")
_HAPPENED = re.compile(r"\s+(?:had|experienced|died|developed|reported|withdrew|dropped|(?:with )?(?:incident|newly diagnosed))\b", re.IGNORECASE)
_ONE_GROUP = re.compile(r"\s+(?:in|assigned to|allocated to|randomi[sz]ed to|receiving|from) the (?:[\w-]+ ){1,2}(?:group|arm)\b", re.IGNORECASE)
_RATE = re.compile(r"\bper\s+(?:every\s+)?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"\.\s")
_CLUSTERS = re.compile(rf"\b(?:clusters?|{_PLACES})\b", re.IGNORECASE)
_ARM = re.compile(r"\b[nN]\s*=\s*(\d[\d,]*)")
_BACKGROUND = re.compile(r"\b(?:worldwide|each year|every year|globally|ha(?:s|ve) caused|estimated to be|are estimated)\b", re.IGNORECASE)
CERTAIN, MARGIN = 68.0, 8.0
"""A statement must score this much, and this much more than any other that gives another number."""


def read_size(text: str) -> Fact | None:
    """The total number of subjects, from the earliest of the most telling statements; None where two of them disagree.

    Groups given only apart, as "12 cases and 30 controls" or "(n = 12) … (n = 12)" in one sentence, are added up.
    """
    found = sorted(_candidates(text), key=lambda candidate: -candidate[0])
    if not found or found[0][0] < CERTAIN:
        return None
    score, number, match = found[0]
    if any(score - other < MARGIN and value > number for other, value, _ in found[1:]):
        return None
    stated = next((m for m in _COMPILED[-1][1].finditer(text) if parse_number(m["n"]) == number), None)
    start, end = _trim(text, stated or match)  # the total in the abstract's own words says more than its groups
    return Fact("sample_size", str(number), Span(text[start:end], start, end))


def _candidates(text: str) -> Iterator[tuple[float, int, re.Match[str]]]:
    groups = [(match.span(), _sum(match), match) for pattern in _GROUPS for match in pattern.finditer(text)]
    for _, total, match in groups:
        if total:
            yield 80 - match.start() / max(len(text), 1) * 20, total, match
    for base, pattern in _COMPILED:
        for match in pattern.finditer(text):
            name = next(name for name, value in match.groupdict().items() if value)
            raw, (start, end) = match[name], match.span(name)
            number = parse_number(raw)
            if (
                number is None
                or number != int(number)
                or number < 1
                or (1900 <= number <= 2035 and "," not in raw and base < 90 and base != COUNT_GIVEN)
            ):
                continue
            if number == 1 or _YEARS.match(text, match.end()) or _DATE.match(text, end) or _RATE.search(text, max(0, start - 12), start):
                continue
            sentence = _sentence_around(text, match.start())
            score = base - match.start() / max(len(text), 1) * 20
            score -= 35 * bool(_SCREENED.search(_ENROLLED.sub("", match[0])) or _SCREENED.match(text, match.end() + 1))
            score -= 40 * bool(_BACKGROUND.search(sentence))
            score -= 30 * bool(_PERCENT.search(text, max(0, match.start() - 8), match.start() + 1))
            score -= 30 * bool(_SHARE.match(text, match.end()) or (base != 91 and _PART.search(text, max(0, start - 40), start)))
            score -= 30 * bool(_ONE_GROUP.match(text, match.end()))
            score -= 30 * bool(_HAPPENED.match(text, match.end()))
            score -= 20 * (raw.isalpha() and number < 10)
            total = int(number)
            if match[0].lstrip("(").lower().startswith("n"):
                arms = [int(value.replace(",", "")) for value in _ARM.findall(sentence)]
                if len(arms) > 1 and not _ARMED.search(sentence):
                    continue  # so many were measured of each thing
                score -= 30 * (len(arms) == 1 and match[0].lstrip("(")[0] == "n" and bool(re.search(r"\b(?:compared|than|versus|vs)\b", sentence)))
                if len(arms) > 1:
                    total = max(arms) if max(arms) == sum(arms) - max(arms) and len(arms) > 2 else sum(arms)
                    score -= 30 * bool(_CLUSTERS.search(sentence))
                else:
                    total *= _times(text, end, sentence)
            else:
                total *= _times(text, end, sentence)
                around = next(((whole, group) for (first, last), whole, group in groups if whole and first <= start and end <= last), None)
                total, match = around or (total, match)
            yield score, total, match


def _times(text: str, end: int, sentence: str) -> int:
    """How many groups had that number each; 1 where it is not told of each group."""
    if not (each := _EACH.match(text, end)):
        return 1
    counted = each["k"] or ((groups := _GROUP_COUNT.search(sentence)) and groups["k"])
    return int(parse_number(counted) or 2) if counted else 2


def _sum(match: re.Match[str]) -> int:
    """Both groups together; 0 where one is no whole number."""
    both = [parse_number(match["a"]), parse_number(match["b"])]
    return sum(int(value) for value in both if value) if all(value and value == int(value) for value in both) else 0


def _trim(text: str, match: re.Match[str]) -> tuple[int, int]:
    """The number with its noun, without the words that led to it."""
    name = next(name for name, value in match.groupdict().items() if value)
    start = match.start(name)
    if "b" in match.groupdict():  # both groups
        return start, match.end()
    if lead := re.search(r"\b[nN]\s*=\s*$", text[:start]):
        start = lead.start()  # "n = 16" says more than "16"
    noun = re.compile(rf".{{0,80}}?{_UNIT}\b", re.IGNORECASE | re.DOTALL).match(text, match.end(name))
    end = noun.end() if noun and noun.end() <= match.end() else match.end(name)
    return start, end


def _sentence_around(text: str, position: int) -> str:
    start = max(text.rfind(". ", 0, position), text.rfind("\n", 0, position)) + 1
    end = _SENTENCE_END.search(text, position)
    return text[start : end.start() if end else len(text)]
