"""Applying the caveat rules: one gate a caveat decides on the study, one search on the draft."""

from __future__ import annotations

from collections.abc import Sequence

from checker.caveats.gates import GATES, harm_sentences
from checker.caveats.matching import search
from checker.caveats.phrases import clause_values
from checker.caveats.rules import HARMS, RULES, CaveatRule
from checker.caveats.told import OWN_ONLY, TOLD, tells_relative
from checker.segment import plain
from checker.types import Caveat, Judgement, Sentence, Span, Study, StudyFacts

TELLING = frozenset({"supported", "contradicted"})
MATCHED = frozenset({HARMS, "funding_or_conflict"})
"""Caveats told in too many lay words for patterns: a sentence that tells what their trigger says tells them."""
RELATIVE = "relative_risk_only"
"""A draft that tells no risk at all leaves no absolute figure out."""
NARROW = "narrow_population"
"""A sentence that widens the studied group does not name it."""


def find_caveats(study: Study, facts: StudyFacts, sentences: Sequence[Sentence], judgements: Sequence[Judgement] = ()) -> tuple[Caveat, ...]:
    """The caveats that apply to the study, each present or missing in the draft, in the guideline's order.

    `judgements` of the sentences, where there are any, say which sentence tells what the abstract's trigger says.
    """
    found: list[Caveat] = []
    widening = {judged.sentence.start for judged in judgements if "population" in judged.kinds}
    narrow = [sentence for sentence in sentences if sentence.start not in widening]
    for rule in RULES:
        if rule.designs is not None and facts.design not in rule.designs:
            continue
        if rule.populations is not None and facts.population not in rule.populations:
            continue
        trigger = GATES[rule.gate](rule, study, facts)
        if trigger is None:
            continue
        told = _told(rule, trigger, study, facts, narrow if rule.name == NARROW else sentences) or _matched(rule, trigger, study, facts, judgements)
        if rule.name == RELATIVE and not told and not any(tells_relative(plain(sentence.text)) for sentence in sentences):
            continue
        clause = rule.clause.format_map(clause_values(rule.name, study, facts, trigger))
        found.append(Caveat(rule.name, "present" if told else "missing", trigger, told, clause))
    return tuple(found)


def _told(rule: CaveatRule, trigger: Span, study: Study, facts: StudyFacts, sentences: Sequence[Sentence]) -> Span | None:
    special = TOLD.get(rule.name)
    general = () if rule.name in OWN_ONLY else rule.told
    for sentence in sentences:
        text = plain(sentence.text)
        hit = special(text, trigger, study, facts) if special else None
        hit = hit or search(general, text)
        if hit:
            return Span(sentence.text, sentence.start, sentence.end)
    return None


def _matched(rule: CaveatRule, trigger: Span, study: Study, facts: StudyFacts, judgements: Sequence[Judgement]) -> Span | None:
    """The first sentence that is about the trigger's words (any harm of the study) and tells them, rightly or with a wrong figure."""
    if rule.name not in MATCHED:
        return None
    about = harm_sentences(study, facts) if rule.name == HARMS else [trigger]
    for judged in judgements:
        if judged.verdict in TELLING and any(span.start < part.end and part.start < span.end for span in judged.evidence for part in about):
            return Span(judged.sentence.text, judged.sentence.start, judged.sentence.end)
    return None
