"""What the guideline's names are called on the page, in a journalist's words."""

from __future__ import annotations

from checker.render import tidy
from checker.types import Judgement

LONGEST = 120
"""Characters that are shown of a text where there is room for a line or two."""

VERDICTS = {
    "supported": "Supported",
    "overstated": "Overstated",
    "contradicted": "Contradicted",
    "not_addressed": "Not in the abstract",
    "no_claim": "Nothing to check",
}
VERDICT_NOTES = {
    "supported": "The abstract says this, at this strength or a stronger one.",
    "overstated": "It is about a finding of the study, but says more than the abstract does.",
    "contradicted": "The abstract says otherwise: another figure, direction, group or kind of study.",
    "not_addressed": "The abstract neither says nor denies this. Check it elsewhere.",
    "no_claim": "This sentence makes no claim about health or the study.",
    "unsure": "The checker is not sure enough to judge this sentence. Compare it with the abstract yourself.",
}

KINDS: dict[str, tuple[str, str]] = {
    "causal": ("cause claimed", "The sentence says or implies that one thing causes another; the study found a link that does not show cause."),
    "certainty": ("too certain", "The sentence states as fact what the abstract says with caution."),
    "population": ("too many people", "The sentence speaks of more people than were studied, or of people where animals or cells were."),
    "magnitude": ("too big", "The sentence makes the effect larger than the abstract does."),
    "readiness": ("too soon", "The sentence tells of something near or ready for use; the study is early evidence."),
    "no_effect": (
        "no effect found",
        "The sentence tells a benefit or harm; the study found no significant difference, or a change in one group only.",
    ),
    "advice": ("advice not given", "The sentence tells people what to do; the abstract makes no such recommendation, or a weaker one."),
    "number": ("different figure", "The abstract gives another count, percentage, size, duration or date."),
    "direction": ("opposite direction", "The abstract reports the opposite: a rise for a fall, or a benefit for a harm."),
    "group": ("different group", "The abstract says this of other people, another treatment, dose or outcome."),
    "design": ("different study type", "The abstract describes another kind of study."),
}
"""For each kind: the few words beside a mark, and one line that explains it."""

CAVEATS = {
    "small_sample": "It was a small study",
    "animal_or_cells": "No people were studied",
    "observational": "It cannot show cause",
    "no_control_group": "There was no comparison group",
    "not_significant": "The main result was not significant",
    "short_follow_up": "People were followed briefly",
    "surrogate_outcome": "It measured a stand-in, not health itself",
    "self_reported": "It rests on what people reported",
    "narrow_population": "Only a restricted group was studied",
    "early_phase": "It is an early-stage study",
    "not_peer_reviewed": "It has not been peer reviewed",
    "funding_or_conflict": "Someone with an interest paid or took part",
    "relative_risk_only": "Absolute numbers are left out",
    "harms": "Side effects were reported",
    "subgroup_or_secondary": "The positive result is not the main one",
}

CAVEAT_NOTES = {
    "small_sample": "Few were studied, or the abstract calls the study small, a pilot or preliminary.",
    "animal_or_cells": "It was done in animals, tissue, cells or a computer model.",
    "observational": "It watched what people do and found a link; something else may be the cause.",
    "no_control_group": "A treatment was tested and compared with nothing.",
    "not_significant": "The difference may be chance, or is a change within one group only.",
    "short_follow_up": "Days or weeks are too brief for what is claimed.",
    "surrogate_outcome": "A marker, score or image was measured, not what patients feel or how long they live.",
    "self_reported": "Questionnaires, diaries or memory are behind the figures.",
    "narrow_population": "One sex, hospital, age band or ancestry: others may differ.",
    "early_phase": "A phase 1 or 2, first-in-human, feasibility or proof-of-concept study.",
    "not_peer_reviewed": "It is a preprint or was told at a conference.",
    "funding_or_conflict": "A company paid, or an author has an interest.",
    "relative_risk_only": "The draft says how much a risk changed, not how large it was; the abstract gives both.",
    "harms": "The abstract tells of side effects or other harms.",
    "subgroup_or_secondary": "Only a subgroup, or an outcome that was not the main one, came out well.",
}
"""For each caveat: one line that explains it."""

DESIGNS = {
    "randomised_trial": "Randomised trial",
    "non_randomised_trial": "Trial without random assignment",
    "cohort": "Cohort study (observational)",
    "case_control": "Case-control study (observational)",
    "cross_sectional": "Cross-sectional study (observational)",
    "case_series": "Case series",
    "systematic_review": "Systematic review",
    "meta_analysis": "Meta-analysis",
    "animal": "Animal study",
    "in_vitro": "Laboratory study of cells or tissue",
    "modelling": "Modelling study",
    "other": "Another design",
}
POPULATIONS = {"humans": "People", "animals": "Animals", "cells": "Cells or tissue", "none": "No subjects (a model)"}
UNREAD = "Could not be read from the abstract"

FACTS = {
    "duration": "Duration",
    "follow_up": "Follow-up",
    "comparator": "Compared with",
    "significance": "Main result",
    "main_result": "Main result",
    "not_significant": "Main result",
    "funding": "Funding",
}
"""Further facts by name; a fact that is not listed is called by its own name."""


EXAMPLE_TITLES = {
    "trial": "Small trial, overstated",
    "cohort": "Cohort study, told with care",
    "mouse": "Mouse study, told as human",
}


def mark_label(judgement: Judgement) -> str:
    """The few words beside a mark: "Overstated: too soon".

    >>> from checker.types import Sentence
    >>> mark_label(Judgement(Sentence("x", 0, 1), "contradicted", 0.9, kinds=("number", "group")))
    'Contradicted: different figure, different group'
    """
    names = [KINDS[kind][0] for kind in judgement.kinds if kind in KINDS]
    label = VERDICTS[judgement.verdict]
    if not names:
        return label
    return f"{label}: {', '.join(names[:2])}" + (f" and {len(names) - 2} more" if len(names) > 2 else "")


def confidence_words(confidence: float) -> str:
    """How sure the checker is, in words."""
    if confidence >= 0.9:
        return "Very sure"
    if confidence >= 0.75:
        return "Fairly sure"
    return "Not very sure: read the quote before you change anything"


def fact_title(name: str) -> str:
    """What a fact read from the abstract is called."""
    return FACTS.get(name) or name.replace("_", " ").capitalize()


def count(number: int, one: str, many: str) -> str:
    """A number with its noun.

    >>> count(1, "sentence", "sentences"), count(1200, "thing", "things")
    ('1 sentence', '1,200 things')
    """
    return f"{number:,} {one if number == 1 else many}"


def cut(text: str, longest: int = LONGEST) -> str:
    """A text on one line, shortened at a word where it is long.

    >>> cut("one two three", 10)
    'one two …'
    """
    line = tidy(text[: 2 * longest + 2])
    if len(line) <= longest:
        return line
    whole = line[: longest - 1]
    return f"{whole.rsplit(' ', 1)[0] if ' ' in whole else whole} …"
