"""Which kind of overstatement or contradiction a flagged sentence is.

Rules speak where the guideline is explicit. A rule reads the study's facts and the
sentence; it never flags by itself: its firing is one signal among those from which
the combiner learns the kinds. Rules are data: `KIND_RULES`; what each rests on and
the rows that it is held to are in `rules/catalogue.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from checker.labels import KINDS
from checker.model.network import KIND_LABELS
from checker.types import Fact, StudyFacts

THRESHOLD = 0.35
"""A second kind is named from this probability on; set on out-of-fold training cases."""


@dataclass(frozen=True, slots=True)
class KindRule:
    """Fires when the study is so and the sentence says so."""

    id: str
    kind: str
    study: Callable[[StudyFacts], bool]
    sentence: str


def _early(facts: StudyFacts) -> bool:
    small = facts.sample_size is not None and facts.sample_size < 60
    return small or facts.population in {"animals", "cells"} or facts.get("phase") is not None or facts.get("uncontrolled") is not None


def _any(facts: StudyFacts) -> bool:
    return True


def _has(name: str) -> Callable[[StudyFacts], bool]:
    return lambda facts: facts.get(name) is not None


def _no_experiment(facts: StudyFacts) -> bool:
    return facts.design in {"cohort", "case_control", "cross_sectional", "case_series"} or facts.get("uncontrolled") is not None


PEOPLE = r"\b(?:people|patients|women|men|children|adults|humans?|anyone|everyone|you|your|sufferers|families|us|we)\b"
CAUSE = r"\b(?:caus\w+|prevent\w*|protect\w*|cuts?|cutting|boosts?|boosted|lowers?|lowered|rais(?:es|ed|ing)|reduc\w+|makes?|made|leads? to|drives?|driving|stops?|triggers?|improv\w+|keeps?|helps?|eas(?:es|ed|ing)|because of|thanks to)\b"

KIND_RULES: tuple[KindRule, ...] = (
    KindRule("population.animal-told-as-people", "population", lambda f: f.population in {"animals", "cells"}, PEOPLE),
    KindRule(
        "readiness.early-told-as-near",
        "readiness",
        _early,
        r"\b(?:soon|available|access|within (?:a |the |\w+ )?(?:months?|years?|weeks?)|ready|on the (?:way|horizon)|step closer|new hope|replace|first-choice|routine\w*|launch|roll(?:ed)?[- ]out|in clinics|on shelves|to market|by 20\d\d|future|prescri\w+|offer(?:ed|ing)?|standard)\b",
    ),
    KindRule("no_effect.null-told-as-effect", "no_effect", _has("not_significant"), CAUSE),
    KindRule("causal.observation-told-as-cause", "causal", _no_experiment, CAUSE),
    KindRule(
        "advice.tells-what-to-do",
        "advice",
        _any,
        r"(?:\b(?:should|must|ought to|need to|ask your|talk to your|make sure|it's time to|it is time to|worth \w+ing|urged to|had better|be sure to)\b|^[\"“]?(?:So |Still, |Then )?(?:Try|Swap|Skip|Take|Eat|Drink|Ask|Stop|Start|Switch|Avoid|Choose|Get|Add|Pack|Put|Leave|Cut|Keep|Go|Book|Buy)\b)",
    ),
    KindRule("certainty.stated-as-proof", "certainty", _any, r"\b(?:prov(?:es?|ed|en|ing)|proof|beyond (?:doubt|question)|conclusive\w*|definitive\w*|certain(?:ly|ty)?|undoubtedly|no doubt|settles?|confirms?|guarantee\w*)\b"),
    KindRule(
        "magnitude.hype",
        "magnitude",
        _any,
        r"\b(?:breakthrough|cure[sd]?|miracle|dramatic\w*|game[- ]chang\w*|revolution\w*|transform\w*|spectacular\w*|huge\w*|massive\w*|slash\w*|wonder|astonishing\w*|stunning\w*|remarkabl\w+|staggering|soar\w*|plummet\w*|vastly|life-changing|extraordinar\w+)\b",
    ),
    KindRule("number.figure-not-in-abstract", "number", _any, r"\d|\b(?:half|third|quarter|fifth|tenth|one|two|three|four|five|six|seven|eight|nine|ten|twice|double[sd]?|twenty|thirty|forty|fifty|sixty|hundred|year|month|week)\b"),
    KindRule("design.stated-outright", "design", _any, r"\b(?:random\w*|placebo|blind\w*|followed|trial|controlled|survey\w*|crossover|nobody knew|control group|dummy|prospective\w*|in people|single dose|experiment)\b"),
    KindRule("direction.reversed", "direction", _any, r"\b(?:more|less|fewer|higher|lower|better|worse|rose|fell|increas\w+|decreas\w+|drop\w*|climb\w*|longer|shorter|rarer|commoner|often|weaker|stronger)\b"),
    KindRule("group.wrong-group", "group", _any, r"\b(?:men|women|boys|girls|older|younger|group|arm|placebo|dose|daily|weekly|outcome|those|whereas|while|compared|versus|of them|patients)\b"),
)  # fmt: skip
_COMPILED = {rule.id: re.compile(rule.sentence, re.IGNORECASE) for rule in KIND_RULES}


def fires(rule: KindRule, sentence: str, facts: StudyFacts) -> bool:
    """Whether this rule speaks of this sentence and study."""
    return rule.study(facts) and _COMPILED[rule.id].search(sentence) is not None


def fired(sentence: str, facts: StudyFacts) -> frozenset[str]:
    """Kinds that a rule names for this sentence and study."""
    return frozenset(rule.kind for rule in KIND_RULES if fires(rule, sentence, facts))


def choose_kinds(verdict: str, probabilities: Mapping[str, float]) -> tuple[str, ...]:
    """The likeliest kind of a flagged verdict and every other likely one, in the guideline's order; none for other verdicts."""
    allowed = [kind for kind in KIND_LABELS if kind in KINDS.get(verdict, ())]
    if not allowed:
        return ()
    best = max(allowed, key=lambda kind: probabilities[kind])
    return tuple(kind for kind in allowed if kind == best or probabilities[kind] >= THRESHOLD)


def fact_for(kind: str, facts: StudyFacts) -> Fact | None:
    """The study fact that a finding of this kind rests on, where one does."""
    names = {
        "population": ("population", "narrow_population"),
        "readiness": ("phase", "uncontrolled", "sample_size", "population"),
        "no_effect": ("not_significant", "uncontrolled"),
        "causal": ("uncontrolled", "design", "association"),
        "design": ("design",),
        "certainty": ("conclusion",),
        "advice": ("conclusion",),
    }.get(kind, ())
    return next((fact for name in names if (fact := facts.get(name))), None)
