"""Gates: does a caveat apply to a study, and which words of the abstract say so?"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from checker.caveats.matching import pattern, search, sentence_with, without_heading
from checker.caveats.rules import HARMS, RULES, CaveatRule
from checker.types import Span, Study, StudyFacts

SMALL_TRIAL, SMALL_COHORT = 50, 200
"""Guideline: trials under about 50 people in total, cohorts under about 200."""

Gate = Callable[[CaveatRule, Study, StudyFacts], Span | None]


_CALLED_SMALL = (
    r"\bsmall (?:sample|study|trial|number|group|pilot|cohort|single)\w*\b|\bsample (?:size )?(?:was|is) (?:small|limited)\b|\b(?:pilot|proof[- ]of[- ](?:concept|principle))\b(?! (?:data|work) (?:from|suggest))|\bpreliminary\b",
)


def _small(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    if facts.design in {"systematic_review", "meta_analysis", "modelling"}:
        return None
    size = facts.get("sample_size")
    if size is not None and facts.sample_size is not None:
        limit = SMALL_TRIAL if facts.design in {"randomised_trial", "non_randomised_trial", "case_series", "unknown"} else SMALL_COHORT
        if facts.get("comparison_before_after"):
            limit = SMALL_COHORT // 2
        if facts.sample_size < limit:
            return size.span
        if facts.sample_size > 4 * limit:
            return None
    return search(_CALLED_SMALL, f"{study.text}")


def _not_people(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    fact = facts.get("population")
    return fact.span if fact else None


_CONTROLLED_POLICY = re.compile(
    r"mendelian randomi[sz]ation|controlled interrupted|difference-in-differences|synthetic control|diagnostic accuracy|\bsensitivity\b[^.]{0,80}\bspecificity|placebo"
    r"|randomi[sz]ed (?:controlled )?trials?\b(?![^.]{0,80}\b(?:needed|warranted|required|clarify|should|planned|awaited)\b)",
    re.IGNORECASE,
)
_NULL_ASSOCIATION = re.compile(
    r"\b(?:was|were|is|are) not (?:significantly |independently )?(?:associated|linked|related)|no (?:clear |significant |evidence of (?:an? )?)?(?:association|relationship|link|difference)|did not differ|not (?:show|find) (?:any |an )?association",
    re.IGNORECASE,
)


def _observational(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    if _CONTROLLED_POLICY.search(f"{study.title} {study.text}") or facts.get("uncontrolled"):
        return None
    ending = facts.get("conclusion")
    if ending and _NULL_ASSOCIATION.search(ending.value) and not re.search(r"\b(?:is|was|were|are) associated|linked", ending.value):
        return None
    claimed = [span for span in facts.sentences if not _NULL_ASSOCIATION.search(span.text)]
    trigger = sentence_with(rule.trigger, claimed)
    design = facts.get("design")
    return design.span if trigger and design else trigger


_TESTED = re.compile(
    r"\b(?:treat\w*|therap\w+|programme|program|intervention|training|drug|dose|received|injection|surgery|device|exercise|diet|supplement|scheme|policy|introduc\w+|baths?|vaccin\w+|capsules?|gel)\b",
    re.IGNORECASE,
)


def _uncontrolled(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    fact = facts.get("uncontrolled")
    tested = facts.design == "non_randomised_trial" or _TESTED.search(study.text)
    return fact.span if fact and tested else None


def _narrow(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    """One place, sex or ancestry, or ages within `NARROW_YEARS` of each other; a wide band of adults is nobody left out."""
    fact = facts.get("narrow_population")
    if fact is None or (re.search(r"\bmen\b", fact.value) and re.search(r"\bwomen\b", fact.value)):
        return None
    ages = [int(number) for number in re.findall(r"\d+", fact.value)] if fact.value.casefold().startswith("age") else []
    if (len(ages) == 2 and ages[1] - ages[0] > NARROW_YEARS) or (len(ages) == 1 and ages[0] <= ADULT):
        return None
    return fact.span


NARROW_YEARS, ADULT = 25, 18


def _fact_gate(name: str) -> Gate:
    def gate(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
        fact = facts.get(name)
        return fact.span if fact else None

    return gate


def _surrogate(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    if facts.design not in {"randomised_trial", "non_randomised_trial", "case_series", "meta_analysis"}:
        return None
    primary = sentence_with(rule.trigger[:2], facts.sentences)
    return primary or (None if _PRIMARY.search(study.text) else sentence_with(rule.trigger[2:], facts.sentences))


_PRIMARY = re.compile(r"\b(?:primary|main|principal|co-primary) (?:outcome|end ?point|measure|objective)", re.IGNORECASE)


def _early(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    """A stage that only the title names is quoted as the sentence that says how the study was done."""
    if facts.design in {"systematic_review", "meta_analysis", "modelling"}:
        return None
    if facts.design not in {"randomised_trial", "non_randomised_trial", "case_series", "unknown"} and not _EXPLORES.search(
        f"{study.title} {study.text}"
    ):
        return None
    told = sentence_with(rule.trigger, facts.sentences)
    if told or not search(rule.trigger, study.title):
        return told
    return next((span for span in facts.sentences if re.search(r"\d", span.text)), None)


_EXPLORES = re.compile(r"\b(?:this|a|in our) (?:\w+ )?(?:pilot|proof[- ]of[- ](?:concept|principle)|feasibility)\b", re.IGNORECASE)

_ABSOLUTE = re.compile(
    r"\d[\d,\u2009\u00a0 ]*\s?(?:/|of|out of)\s?\d[\d,\u2009\u00a0 ]*|\d+(?:\.\d+)?\s?%\s?(?:\)|versus|v\.?s?\.?|compared|and|of|in|among|with)|per (?:1|10|100)[, \u2009\u00a0]?0*\b|\d+ \(\d+(?:\.\d+)?\s?%\)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:odds|hazard|risk|rate|prevalence|incidence)[- ]?(?:rate )?ratio|\b(?:OR|HR|RR|aOR|aHR|IRR|aRR)\b\s?[,=(:]?\s?\d|relative risk|\d+(?:\.\d+)?\s?% (?:lower|higher|reduction|increase|fewer|more|greater)",
    re.IGNORECASE,
)


def _absolute(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    if facts.population not in {"humans", "none"}:
        return None
    for sentence in facts.sentences:
        comparison = re.search(r"\b(?:versus|vs?\.?|compared with|and \d+|than|against|respectively)\b", sentence.text)
        shares = len(re.findall(r"\d\s?%|\bper \d", sentence.text))
        if shares >= 2 and comparison and (_RELATIVE.search(sentence.text) or _EVENT.search(sentence.text)):
            return sentence
    return None


_EVENT = re.compile(
    r"\b(?:occurred|developed|died|reported|had|achieved|responded|diagnosed|relapsed|admitted|remained|were in|underwent|experienced|took|taken|stopped|completed|respon\w+|remission|prevalence|incidence|seen in|present in)\b",
    re.IGNORECASE,
)


_ARRANGEMENT = re.compile(
    r"\b(?:randomi[sz]ed|(?:was|were|randomly) assigned|recruited|were eligible|were included|we searched|primary (?:outcome|end ?point)|follow-up ended|withdrew prescriptions|aim|objective|to assess)\b|^(?:background|objective|aims?|methods|setting|eligibility)",
    re.IGNORECASE,
)
"""Sentences that say what was planned, where a harm is not yet a finding."""


_OUTCOME = re.compile(r"\b(?:outcomes?|end ?points?)\b", re.IGNORECASE)
_NAMED_HARM = re.compile(r"\b(?:adverse|side[- ]effects?|harms?|safety|tolerab\w+|complications?|toxicit\w+)\b", re.IGNORECASE)


@lru_cache(maxsize=64)
def harm_sentences(study: Study, facts: StudyFacts) -> tuple[Span, ...]:
    """The sentences that report a harm, those that the earliest pattern finds first.

    An event that the study set out to count (in its title or as an outcome) is its result, not a harm; one that was
    as frequent without the treatment is none either.
    """
    if facts.population not in {"humans", "animals"}:
        return ()
    counted = " ".join([study.title, *(span.text for span in facts.sentences if _OUTCOME.search(span.text))]).casefold()
    tested = facts.design in {"randomised_trial", "non_randomised_trial", "case_series", "animal", "meta_analysis", "systematic_review", "unknown"}
    found: list[Span] = []
    for raw in _HARMS.trigger if tested else _HARMS.trigger[:1]:
        for span in facts.sentences:
            none = _NO_HARM.search(span.text) and not _A_HARM.search(span.text)
            if span in found or none or _ARRANGEMENT.search(span.text) or not sentence_with((raw,), [span]):
                continue
            words = {word[0].casefold() for word in pattern(r"\b(?:{harm})\b").finditer(span.text)}
            named = _NAMED_HARM.search(span.text)
            if named or not words or (not _AS_FREQUENT.search(span.text) and any(word.rstrip("s")[:8] not in counted for word in words)):
                found.append(span)
    return tuple(found)


def _harms(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    return next(map(without_heading, harm_sentences(study, facts)), None)


_HARMS = next(rule for rule in RULES if rule.name == HARMS)
_AS_FREQUENT = re.compile(
    r"\b(?:did not|does not) (?:significantly )?(?:differ|change)|\bp ?= ?0?\.[1-9]|\b(?:was|were) (?:similar|as frequent|as common)\b|\bno (?:significant )?difference",
    re.IGNORECASE,
)
_NO_HARM = re.compile(
    r"^(?:\w+:\s+)?(?:there were )?(?:no|none)\b|\bno (?:serious |related |dose-limiting |severe |\w+-related )*(?:adverse|side|toxicit|complications?|harms?)",
    re.IGNORECASE,
)
"""A study that says that nothing bad happened has no harm for a draft to leave out."""
_A_HARM = re.compile(r"\b(?:[1-9]\d*|one|two|three|four|five|six|seven|eight|nine|ten|most|mild|common\w*|frequent\w*)\b", re.IGNORECASE)
_MEASURED_BY_REPORT = re.compile(r"self[- ]|questionnaire|diar(?:y|ies)|inventory|survey|recall", re.IGNORECASE)


_ASKED_OTHERWISE = re.compile(r"\b(?:we|study|trial|review) asked\b|\b(?:is|are) (?:\w+ )?asked to\b", re.IGNORECASE)
_NO_DIFFERENCE = re.compile(
    r"\bdid not (?:significantly )?(?:differ|change|improve)|\b(?:neither|no (?:significant )?(?:difference|change))\b|\bp ?= ?0?\.[1-9]",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\breported by (?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)", re.IGNORECASE)


def _self_reported(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    """What people report counts where the study rests on it: not a harm that some mentioned, nor a side result without a difference."""
    for span in facts.sentences:
        if _ASKED_OTHERWISE.search(span.text) or not sentence_with(rule.trigger, [span]):
            continue
        secondary = re.search(r"\bsecondary\b", span.text, re.IGNORECASE) and _PRIMARY.search(study.text)
        side_result = secondary or _NO_DIFFERENCE.search(span.text) or _COUNTED.search(span.text)
        if side_result and not _PRIMARY.search(span.text):
            continue
        if _MEASURED_BY_REPORT.search(span.text) or not pattern(r"\b(?:{harm}|adverse|interview|serious)\b").search(span.text):
            return without_heading(span)
    return None


GATES: dict[str, Gate] = {
    "small": _small,
    "not_people": _not_people,
    "observational": _observational,
    "uncontrolled": _uncontrolled,
    "null": _fact_gate("not_significant"),
    "short": _fact_gate("short_follow_up"),
    "surrogate": _surrogate,
    "self_reported": _self_reported,
    "narrow": _narrow,
    "early": _early,
    "unreviewed": _fact_gate("not_peer_reviewed"),
    "conflict": _fact_gate("conflict"),
    "absolute": _absolute,
    "harms": _harms,
    "secondary": _fact_gate("secondary"),
}
