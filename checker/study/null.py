"""Whether a study's main comparison came out null: by its words, its p value, its confidence interval, or as a change in one group."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.types import Span

NULL = (
    r"\b(?:did not|does not|do not|was not|were not|had not|has not|not)\b[^.;]{0,40}\b(?:differ|reduc\w+|improv\w+|lower\w*|increas\w+|chang\w+|reach|met|meet|significan\w+|affect|prevent|delay|shorten|slow|superior|better)\b"
    r"|\bno (?:statistically )?(?:significant |clear |detectable |evidence of (?:an? )?|measurable |overall )*(?:difference|effect|reduction|improvement|benefit|change|increase|advantage)\b"
    r"|\bnon-?significant\b|\bnot (?:statistically )?significant\b|\bfailed to\b|\b(?:was|were) similar\b|\bno better than\b|\bnot superior\b|\bsimilar (?:in|between|across)\b"
)
PRIMARY = r"\b(?:primary|main|principal|co-primary) (?:outcome|end ?point|measure|result|analysis|comparison)s?\b"
_ONE_OF_SEVERAL = re.compile(r"\bbut not\b", re.IGNORECASE)
"""One dose, group or outcome of several: the others had an effect."""
_ASIDE = re.compile(r"\b(?:baseline|eligible|screened|parallel|for (?:interaction|trend|heterogeneity)|before (?:19|20)\d\d)\b", re.IGNORECASE)
"""Comparisons that are not of the outcome."""

_EFFECT = re.compile(
    r"\b(?:led to|increased|reduced|lowered|improved|lengthened|shortened|raised|slowed|may (?:lower|reduce|improve|help))\b", re.IGNORECASE
)
_UNDERPOWERED = re.compile(r"\bnot powered to (?:assess|detect|find|show|test)|\bnone of (?:the|which)\b[^.]*\bsignifican", re.IGNORECASE)
_COMPARED = re.compile(r"95\s?%|\bp\s?[=<>]|\bversus\b|\bvs?\b\.?\s", re.IGNORECASE)
_INTERVAL = re.compile(
    r"(?:95\s?%\s?(?:CI|confidence interval)s?[,:;]*\s*|\d\s\()(?P<low>[−–-]?\d*\.?\d+)%?\s?(?:to|,|–|-)\s?(?P<high>[−–-]?\d*\.?\d+)", re.IGNORECASE
)
_P_VALUE = re.compile(r"\bp\s?(?P<sign>[=<>])\s?(?P<value>0?\.\d+)", re.IGNORECASE)
ALPHA = 0.05
_RATIO = re.compile(r"\bratios?\b|\b[aI]?(?:OR|HR|RR)\b")
_CHANGE = re.compile(
    r"\bfrom (?:a \w+ of )?\d.*\bto (?:a \w+ of )?\d|\bbefore\b.*\bafter\b|\bmean change\b|\b(?:fell|rose|dropped|improved|increased|decreased) (?:by|from)\b"
    r"|\b(?:baseline|pre-)\b",
    re.IGNORECASE,
)


_PLANNED = re.compile(
    r"\b(?:aim|objective|outcomes?|end ?points?|to describe|to examine|eligible|aged|we (?:compared|included|enrolled|conducted)|methods|stud(?:y|ies) (?:in|of)|(?:was|were) (?:estimated|scored|measured|compared))\b",
    re.IGNORECASE,
)


def main_null(spans: Sequence[Span], conclusion: Span | None, *, one_arm: bool) -> tuple[int, int] | None:
    """Where an abstract reports its main comparison as not significant, or as a change within one group; None when it does not.

    The primary outcome named as null decides, then the conclusion, then the first comparison among the results.
    A conclusion that tells an effect and a null leaves the word to the results. `spans` are the abstract's sentences; with `one_arm` any change that it reports is one within a group.
    """
    for span in spans:
        if re.search(PRIMARY, span.text, re.IGNORECASE) and re.search(NULL, span.text, re.IGNORECASE) and not _non_inferior(span.text):
            return span.start, span.end
    if conclusion is not None:
        first = re.split(r"(?<=[a-z)])\.\s", conclusion.text)[0]
        null = re.search(NULL, first, re.IGNORECASE)
        if null and not _non_inferior(first) and not _EFFECT.search(first[: null.start()]) and not _ONE_OF_SEVERAL.search(first):
            return conclusion.start, conclusion.start + len(first)
    counted = [span for span in spans if re.search(r"\d", span.text)]
    if one_arm:
        return next(((span.start, span.end) for span in counted if _CHANGE.search(span.text) and not _PLANNED.search(span.text)), None)
    compared = (span for span in counted if _COMPARED.search(span.text) and not _ASIDE.search(span.text))
    first_result = None if any(_non_inferior(span.text) for span in spans) else next(compared, None)
    if first_result is not None and _not_significant(first_result.text):
        return first_result.start, first_result.end
    return next(((span.start, span.end) for span in spans if _UNDERPOWERED.search(span.text)), None)


def has_effect(sentence: str) -> bool:
    """Whether a sentence reports a comparison as significant, by a p value below `ALPHA` or an interval that leaves out no effect."""
    if _ASIDE.search(sentence):
        return False
    if any(float(match["value"]) < ALPHA or (match["sign"] == "<" and float(match["value"]) <= ALPHA) for match in _P_VALUE.finditer(sentence)):
        return True
    none = 1 if _RATIO.search(sentence) else 0
    return any(low > none or high < none for low, high in map(_bounds, _INTERVAL.finditer(sentence)))


def _bounds(interval: re.Match[str]) -> tuple[float, float]:
    low, high = (float(re.sub("[−–]", "-", interval[name])) for name in ("low", "high"))
    return low, high


def _non_inferior(sentence: str) -> bool:
    return re.search(r"non-?inferior", sentence, re.IGNORECASE) is not None


def _not_significant(sentence: str) -> bool:
    """By its p values and 95 % intervals where it has any, all of which must allow no difference (0, or 1 for a ratio); else by its words."""
    values = [match["sign"] != "<" and float(match["value"]) >= ALPHA for match in _P_VALUE.finditer(sentence)]
    if intervals := list(_INTERVAL.finditer(sentence)):
        none = 1 if _RATIO.search(sentence[: intervals[0].start()]) else 0
        values += [low <= none <= high for low, high in map(_bounds, intervals)]
    return all(values) if values else re.search(NULL, sentence, re.IGNORECASE) is not None
