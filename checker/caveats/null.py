"""Whether a study's main comparison came out null: by its words, its p value, its confidence interval, or as a change in one group.

The fact `not_significant` of `study/findings.py` is narrower: the committed weights were trained on it, and the two become one
when the model is next trained.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.caveats.matching import trimmed
from checker.study.findings import NULL, PRIMARY
from checker.types import Fact, Span, Study, StudyFacts

_EFFECT = re.compile(
    r"\b(?:led to|increased|reduced|lowered|improved|lengthened|shortened|raised|slowed|may (?:lower|reduce|improve|help))\b", re.IGNORECASE
)
_UNDERPOWERED = re.compile(r"\bnot powered to (?:assess|detect|find|show|test)|\bnone of (?:the|which)\b[^.]*\bsignifican", re.IGNORECASE)
_COMPARED = re.compile(r"95\s?%|\bp\s?[=<>]|\bversus\b|\bvs?\b\.?\s", re.IGNORECASE)
_INTERVAL = re.compile(
    r"(?:95\s?%\s?(?:CI|confidence interval)s?[,:;]*\s*|\d\s\()(?P<low>[−–-]?\d*\.?\d+)%?\s?(?:to|,|–|-)\s?(?P<high>[−–-]?\d*\.?\d+)", re.IGNORECASE
)
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


def main_null(study: Study, facts: StudyFacts) -> Span | None:
    """The sentence that reports the main comparison as not significant, or as a change within one group.

    The primary outcome named as null decides, then the conclusion, then the first comparison among the results.
    A conclusion that tells an effect and a null leaves the word to the results.
    """
    where = _main_null(
        facts.sentences, facts.get("conclusion"), uncontrolled=facts.get("uncontrolled") is not None, non_inferior=_non_inferior(study.text)
    )
    return trimmed(study.text, *where) if where else None


def _main_null(spans: Sequence[Span], conclusion: Fact | None, *, uncontrolled: bool, non_inferior: bool) -> tuple[int, int] | None:
    for span in spans:
        if re.search(PRIMARY, span.text, re.IGNORECASE) and re.search(NULL, span.text, re.IGNORECASE) and not _non_inferior(span.text):
            return span.start, span.end
    if conclusion is not None:
        first = re.split(r"(?<=[a-z)])\.\s", conclusion.span.text)[0]
        null = re.search(NULL, first, re.IGNORECASE)
        if null and not _non_inferior(first) and not _EFFECT.search(first[: null.start()]):
            return conclusion.span.start, conclusion.span.start + len(first)
    counted = [span for span in spans if re.search(r"\d", span.text)]
    if uncontrolled:
        return next(((span.start, span.end) for span in counted if _CHANGE.search(span.text) and not _PLANNED.search(span.text)), None)
    compared = (span for span in counted if _COMPARED.search(span.text) and not re.search(r"baseline|eligible|screened", span.text))
    first_result = None if non_inferior else next(compared, None)
    if first_result is not None and _not_significant(first_result.text):
        return first_result.start, first_result.end
    return next(((span.start, span.end) for span in spans if _UNDERPOWERED.search(span.text)), None)


def _non_inferior(sentence: str) -> bool:
    return re.search(r"non-?inferior", sentence, re.IGNORECASE) is not None


def _not_significant(sentence: str) -> bool:
    """By its first p value, else by whether every 95 % interval takes in no difference (0, or 1 for a ratio), else by its words."""
    if p_value := re.search(r"\bp\s?(?P<sign>[=<>])\s?(?P<value>0?\.\d+)", sentence, re.IGNORECASE):
        return p_value["sign"] != "<" and float(p_value["value"]) >= 0.05
    if intervals := list(_INTERVAL.finditer(sentence)):
        none = 1 if _RATIO.search(sentence[: intervals[0].start()]) else 0
        bounds = [[float(re.sub("[−–]", "-", interval[name])) for name in ("low", "high")] for interval in intervals]
        return all(low <= none <= high for low, high in bounds)
    return re.search(NULL, sentence, re.IGNORECASE) is not None
