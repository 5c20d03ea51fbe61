"""Plain words for a journalist: why a sentence was judged so, and a softer wording where one is safe."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.cues import find_cues
from checker.judge.figures import StudyFigures, match_figures
from checker.types import Part, Sentence, Span, StudyFacts

DESIGN_WORDS = {
    "randomised_trial": "a randomised trial", "non_randomised_trial": "a trial without a randomised comparison", "cohort": "an observational cohort",
    "case_control": "a case-control study", "cross_sectional": "a one-off survey", "case_series": "a case series",
    "systematic_review": "a systematic review", "meta_analysis": "a meta-analysis", "animal": "an animal study", "in_vitro": "a laboratory study in cells",
    "modelling": "a computer model", "other": "this kind of study", "unknown": "this study",
}  # fmt: skip
PEOPLE_WORDS = {"animals": "animals", "cells": "cells in the laboratory", "none": "a computer model"}

WHY = {
    "causal": "It says that one thing caused the other; {design} like this one shows a link, or no more than a change.",
    "certainty": "It states as settled what the abstract puts more cautiously{hedge}.",
    "population": "It speaks of more people than were studied: the abstract is about {studied}.",
    "magnitude": "It makes the effect sound larger than the figures in the abstract.",
    "readiness": "It sounds near to use, but this is early evidence{size}.",
    "no_effect": "It tells an effect that the abstract does not establish: {null}.",
    "advice": "It tells readers what to do; the abstract makes no such recommendation.",
    "number": "A figure differs from the abstract{figures}.",
    "direction": "It says the opposite of what the abstract reports.",
    "group": "It gives a result to the wrong group, treatment or outcome.",
    "design": "It describes the study differently from the abstract, which reports {design}.",
}
SUPPORTED = "The abstract says this, at this strength or more strongly."
NOT_ADDRESSED = "The abstract says nothing about this: check it against another source."
NO_CLAIM = "There is nothing here to check."

SOFTENED: tuple[tuple[str, str, str], ...] = (
    ("certainty", r"\bproves that\b", "suggests that"),
    ("certainty", r"\bprove that\b", "suggest that"),
    ("certainty", r"\bproved that\b", "suggested that"),
    ("certainty", r"\bshows that\b", "suggests that"),
    ("certainty", r"\bconfirms\b", "suggests"),
    ("certainty", r"\bwill\b", "might"),
    ("causal", r"\b(?:cuts|lowers|reduces)\b(?! the (?:need|odds))", "is linked to lower"),
    ("causal", r"\b(?:raises|increases|boosts)\b", "is linked to higher"),
    ("causal", r"\b(?:causes|triggers|leads to|drives)\b", "is linked to"),
    ("causal", r"\bprevents\b", "is linked to less"),
    ("causal", r"\bprotects against\b", "is linked to less"),
    ("magnitude", r"\b(?:dramatically|massively|hugely|drastically|vastly|spectacularly) ", ""),
    ("magnitude", r"\bslash(?:es|ed)\b", "lowered"),
    ("magnitude", r"\ba (?:breakthrough|game[- ]changer|miracle)\b", "an early result"),
)


def why(verdict: str, kinds: Sequence[str], sentence: Sentence, facts: StudyFacts, figures: StudyFigures, quoted: Sequence[Span] = ()) -> str:
    """One plain sentence for a journalist; `quoted` are the abstract's sentences that the verdict rests on."""
    if not kinds:
        return {"supported": SUPPORTED, "not_addressed": NOT_ADDRESSED}.get(verdict, NO_CLAIM)
    unmatched = match_figures(sentence.text, figures).unmatched
    told = ", ".join(f"“{sentence.text[q.start : q.end].strip()}”" for q in unmatched[:2])
    size = f" in {facts.sample_size:,} {_noun(facts)}" if facts.sample_size and facts.population != "none" else ""
    values = {
        "design": DESIGN_WORDS[facts.design],
        "studied": PEOPLE_WORDS.get(facts.population) or _studied(facts),
        "size": size,
        "hedge": _lost_hedge(sentence.text, quoted) if "certainty" in kinds else "",
        "null": "there was no comparison group"
        if facts.get("uncontrolled")
        else "the comparison was not statistically significant or was not tested",
        "figures": f": {told} is not in it" if told else "",
    }
    return " ".join(WHY[kind].format_map(values) for kind in kinds[:2])


def _lost_hedge(sentence: str, quoted: Sequence[Span]) -> str:
    """The words with which the abstract hedges, where the draft's sentence has no hedge of its own."""
    if any(cue.cue == "hedge" for cue in find_cues(sentence)):
        return ""
    lost = dict.fromkeys(cue.text.lower() for span in quoted for cue in find_cues(span.text, "study", "bioscope") if cue.cue == "hedge")
    return ": its " + " and ".join(f"“{words}”" for words in list(lost)[:2]) + (" is" if len(lost) == 1 else " are") + " gone here" if lost else ""


def _noun(facts: StudyFacts) -> str:
    return "animals" if facts.population == "animals" else "samples" if facts.population == "cells" else "people"


def _studied(facts: StudyFacts) -> str:
    group = facts.get("narrow_population") or facts.get("sample_size")
    return group.span.text if group else "a narrower group"


def suggestion(verdict: str, kinds: Sequence[str], sentence: str) -> str | None:
    """The sentence with its strongest words exchanged, None where no safe exchange is known."""
    if verdict != "overstated":
        return None
    softer = sentence
    for kind, pattern, replacement in SOFTENED:
        if kind in kinds:
            softer = re.sub(pattern, replacement, softer, flags=re.IGNORECASE)
    return softer if softer != sentence else None


PARTS: dict[str, str] = {
    "causal": r"\b(?:caus\w+|prevent\w*|protect\w*|cuts?|cutting|boosts?|boosted|lowers?|lowered|rais(?:es|ed|ing)|reduc\w+|leads? to|drives?|driving|triggers?|improv\w+)\b",
    "certainty": r"\b(?:prov(?:es?|ed|en|ing)|proof|beyond (?:doubt|question)|conclusive\w*|definitive\w*|certain(?:ly)?|no doubt|will|shows?|confirms?)\b",
    "magnitude": r"\b(?:breakthrough|cure[sd]?|miracle|dramatic\w*|game[- ]chang\w*|revolution\w*|transform\w*|spectacular\w*|huge\w*|massive\w*|slash\w*|wonder)\b",
    "readiness": r"\b(?:(?:may |could |will )?soon|available|access|within (?:a |the )?(?:months?|years?)|step closer|new hope|replace|roll(?:ed)?[- ]out)\b",
    "advice": r"\b(?:should|must|ought to|need to|ask your (?:doctor|GP)|make sure)\b",
    "population": r"\b(?:people|everyone|anyone|humans|you|your|women|men|patients|children)\b",
}  # fmt: skip


def parts(kinds: Sequence[str], sentence: Sentence, figures: StudyFigures) -> tuple[Part, ...]:
    """The words that each kind is about, where a pattern or a figure points at them; offsets index the draft."""
    found: list[Part] = []
    for kind in kinds:
        if kind == "number":
            found += [Part(sentence.start + q.start, sentence.start + q.end, kind) for q in match_figures(sentence.text, figures).unmatched]
        elif kind in PARTS and (match := re.search(PARTS[kind], sentence.text, re.IGNORECASE)):
            found.append(Part(sentence.start + match.start(), sentence.start + match.end(), kind))
    return tuple(found)
