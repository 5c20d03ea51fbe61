"""Named signals of one draft sentence, the only thing that the combiner sees.

Each group is one function from a `Context` to a few numbers; `signal_names` and
`signals` keep their order. Probabilities enter as log-odds, counts as they are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from checker.cues import find_cues
from checker.judge.designs import tellings
from checker.judge.evidence import content
from checker.judge.figures import StudyFigures, match_figures, only_dates_or_money
from checker.judge.kinds import fired
from checker.model.network import KIND_LABELS, PAIR_LABELS
from checker.types import Sentence, StudyFacts


@dataclass(frozen=True, slots=True)
class Context:
    """One draft sentence with everything that was computed about it and its study.

    `relevance` has one score for each abstract sentence; `chosen` are the indices of
    the premise's sentences; `verdict` and `kinds` are the model's probabilities for
    the pair, `strength` and `claim` for the sentence, `study_strength` (sentences, 4)
    for the abstract's own sentences.
    """

    sentence: Sentence
    index: int
    count: int
    facts: StudyFacts
    figures: StudyFigures
    abstract_words: frozenset[str]
    relevance: np.ndarray
    cosine: np.ndarray
    chosen: tuple[int, ...]
    verdict: np.ndarray
    kinds: np.ndarray
    strength: np.ndarray
    claim: float
    study_strength: np.ndarray


Signals = dict[str, float]


def log_odds(probability: float) -> float:
    """Log-odds, clipped to plus or minus 6."""
    clipped = min(max(float(probability), 0.0025), 0.9975)
    return math.log(clipped / (1 - clipped))


def model_signals(context: Context) -> Signals:
    """The model's verdict and kinds given the premise, its claim head."""
    found = {f"verdict_{name}": log_odds(p) for name, p in zip(PAIR_LABELS, context.verdict, strict=True)}
    found |= {f"kind_{name}": log_odds(p) for name, p in zip(KIND_LABELS, context.kinds, strict=True)}
    return found | {"claim": log_odds(context.claim)}


def strength_signals(context: Context) -> Signals:
    """Claim strength of the sentence, of its matched finding, and the shift between the two."""
    levels = np.arange(4)
    told = float(context.strength @ levels)
    matched = context.study_strength[list(context.chosen)] @ levels if context.chosen else np.zeros(1)
    nearest = float(context.study_strength[int(np.argmax(context.relevance))] @ levels) if context.relevance.size else 0.0
    found = {f"strength_{level}": log_odds(context.strength[level]) for level in range(4)}
    return found | {"strength": told, "strength_shift": told - nearest, "strength_shift_best": told - float(matched.max())}


def match_signals(context: Context) -> Signals:
    """How near the abstract comes to the sentence."""
    ordered = np.sort(context.relevance)[::-1] if context.relevance.size else np.zeros(1)
    cosine = np.sort(context.cosine)[::-1] if context.cosine.size else np.zeros(1)
    words = content(context.sentence.text)
    return {
        "relevance": float(ordered[0]),
        "relevance_mean": float(ordered[:3].mean()),
        "cosine": float(cosine[0]),
        "cosine_gap": float(cosine[0] - cosine[1]) if len(cosine) > 1 else 0.0,
        "cosine_mean": float(cosine.mean()),
        "new_words": len(words - context.abstract_words) / max(len(words), 1),
        "position_in_abstract": float(np.argmax(context.relevance)) / max(len(context.relevance), 1),
    }


def figure_signals(context: Context) -> Signals:
    """Figures found in the abstract, derivable from it, or neither."""
    figures = match_figures(context.sentence.text, context.figures)
    unmatched = len(figures.unmatched)
    return {
        "figures": float(min(figures.total, 4)),
        "figures_found": float(min(figures.found, 4)),
        "figures_derived": float(min(figures.derived, 3)),
        "figures_unmatched": float(min(unmatched, 3)),
        "all_found": float(figures.total > 0 and unmatched == 0),
        "dates_or_money": float(only_dates_or_money(context.sentence.text)),
    }


def fact_signals(context: Context) -> Signals:
    """What kind of study it is."""
    facts = context.facts
    return {
        "randomised": float(facts.design == "randomised_trial"),
        "observational": float(facts.design in {"cohort", "case_control", "cross_sectional"}),
        "pooled": float(facts.design in {"meta_analysis", "systematic_review"}),
        "not_people": float(facts.population in {"animals", "cells", "none"}),
        "uncontrolled": float(facts.get("uncontrolled") is not None),
        "null_result": float(facts.get("not_significant") is not None),
        "early_phase": float(facts.get("phase") is not None),
        "small": float(facts.sample_size is not None and facts.sample_size < 60),
        "hedged_conclusion": float(bool((end := facts.get("conclusion")) and _HEDGED.search(end.value))),
        "association": float(facts.get("association") is not None),
    }


_HEDGED = re.compile(r"\b(?:may|might|could|suggest\w*|appear\w*|preliminary|warrant\w*|needed|unclear|cannot|whether)\b", re.IGNORECASE)

WORDS: dict[str, str] = {
    "causal_verb": r"\b(?:cut|cuts|cutting|boosts?|boosted|prevent\w*|protect\w*|causes?|caused|causing|reduc\w+|lower(?:s|ed|ing)|rais(?:es|ed|ing)|improv\w+|eas(?:es|ed|ing)|stops?|stopped|makes?|made|keeps?|kept|slash\w*|leads? to|drives?|driving|triggers?|fights?|beats?|wards? off|saves?|helps?|works?|worked|heals?|clears?|shields?|spares?|brings?|gives?)\b",
    "comparison": r"\b(?:more|less|fewer|higher|lower|than|compared|against|versus|twice|half)\b",
    "future": r"\b(?:will|soon|could|would|next|years away|future|within (?:months|a year|years)|by 20\d\d|step closer|on the way|hope|hopes|promis\w+|poised|path|door|launch|available|roll(?:ed)? out|replace)\b",
    "treatment": r"\b(?:treatment|therapy|drug|pill|jab|vaccine|test|medicine|cure|gel|device|app|spray|implant|clinics?|pharmac\w+|prescri\w+|patients|doctors)\b",
    "advice": r"\b(?:should|ought|must|need to|ask your|talk to|try|avoid|stop|start|switch|make sure|consider|time to|best to|recommend\w*|urge\w*|advis\w+|skip|swap|pencil|worth)\b",
    "second_person": r"\b(?:you|your|yours|yourself|we|our|us)\b",
    "everyone": r"\b(?:people|anyone|everyone|everybody|anybody|humans?|men|women|children|patients|adults|all|any|whoever|families|us|sufferers)\b",
    "study_word": r"\b(?:study|trial|research\w*|team|scientists|participants|volunteers|analysis|survey|data|results?|findings?|authors?|investigators|compared|randomly|enrolled|followed|recruited|mice|rats|animals|cells)\b",
    "said": r"\b(?:said|says|told|added|explains?|explained|according|notes?|noted|argues?|joked|asked|wrote)\b",
    "background": r"\b(?:approved|approval|regulator\w*|FDA|NHS|NICE|market|sales|shares|price|costs?|worldwide|each year|every year|million|billion|country|government|ministers?|experts?|common|affects?|estimated|charity|guidelines?|hospital trust|company|rival|previous|earlier (?:stud|trial|work)|other stud)\w*",
    "first_person": r"\b(?:I|my|me|I'm|I’m|I'd|I’d|we're|we’re)\b",
    "courtesy": r"\b(?:grateful|gratitude|thank(?:s|ed|ful)?|delighted|proud|pleased|thrilled|honou?red|privileged?|indebted|congratulat\w+|waited|generous\w*|hats off|in (?:his|her|their) debt)\b",
    "we": r"\b(?:we|our|ours|us|I)\b",
    "invitation": r"\b(?:read|click|subscribe|tune|listen|watch|turn to|sign up|newsletter|coming up|after the (?:break|news)|stay with us|welcome|hello|page|interviews?|contact|press office|write to|share|comment|podcast|episode|follow us|guide)\b",
    "certainty_word": r"\b(?:prove[sdn]?|shows?|confirm\w*|demonstrat\w+|means|certain\w*|clear(?:ly)?|no doubt|definit\w+|will|always|never|guarantee\w*|doubt|settle[sd]?)\b",
    "null_word": r"\b(?:no (?:difference|effect|change|benefit|link|better|more|sign)|not|n't|n’t|similar|same|neither|nor|failed|chance|unchanged|barely)\b",
    "limit_word": r"\b(?:only|small|limit\w*|caution\w*|caveat|cannot|can't|can’t|warn\w*|early|preliminary|pilot|link|associat\w+|self-report\w*|questionnaire|not (?:been )?(?:peer|published)|funded|paid|larger)\b",
    "harm_word": r"\b(?:side[- ]effects?|adverse|harms?|nausea|dropped out|withdrew|died|deaths?|bleeding|reactions?)\b",
}  # fmt: skip
_WORDS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in WORDS.items()}


def wording_signals(context: Context) -> Signals:
    """Cues and word families in the sentence."""
    text = context.sentence.text
    cues = find_cues(text)
    nearest = context.facts.sentences[int(np.argmax(context.relevance))].text if context.relevance.size else ""
    found = {name: float(min(len(pattern.findall(text)), 3)) for name, pattern in _WORDS.items()}
    for cue in ("hedge", "booster", "negation"):
        found[f"cue_{cue}"] = float(min(sum(c.cue == cue for c in cues), 2))
    found["hedge_lost"] = float(found["cue_hedge"] == 0 and bool(_HEDGED.search(nearest)))
    found["negation_differs"] = float(bool(found["null_word"]) != bool(_WORDS["null_word"].search(nearest)))
    return found


def form_signals(context: Context) -> Signals:
    """Where and how the sentence stands."""
    text = context.sentence.text
    words = text.split()
    return {
        "headline": float(context.sentence.role == "headline"),
        "position": context.index / max(context.count - 1, 1),
        "length": math.log(1 + len(words)),
        "quote": float(bool(re.search(r"[\"“”]", text))),
        "question": float(text.rstrip('"”’ ').endswith("?")),
        "pronoun_start": float(bool(re.match(r"[\"“‘']?(?:It|They|He|She|That|This|These|Those|Their|Its|Half|Most|Both|Neither)\b", text))),
        "capitals": sum(word[:1].isupper() for word in words[1:]) / max(len(words) - 1, 1),
    }


def design_signals(context: Context) -> Signals:
    """What the sentence says of the study's design, and how much of it the abstract does not bear out."""
    found = {f"design_{name}": value for name, value in tellings(context.sentence.text, context.facts).items()}
    return found | {"design_unborne": float(sum(value > 0 for value in found.values()))}


def product_signals(found: Signals) -> Signals:
    """Products that a linear combiner could not make itself."""
    pairs = (
        ("causal_verb", "observational"), ("causal_verb", "association"), ("causal_verb", "null_result"), ("causal_verb", "uncontrolled"),
        ("causal_verb", "randomised"), ("everyone", "not_people"), ("second_person", "not_people"), ("future", "treatment"), ("future", "early_phase"),
        ("future", "small"), ("advice", "second_person"), ("comparison", "null_result"), ("strength", "null_result"), ("strength", "observational"),
        ("strength", "not_people"), ("strength", "hedged_conclusion"), ("figures_unmatched", "relevance"), ("figures_unmatched", "study_word"),
        ("figures_unmatched", "dates_or_money"), ("cosine", "new_words"), ("verdict_overstated", "strength"), ("verdict_contradicted", "figures_unmatched"),
        ("cue_negation", "null_result"), ("negation_differs", "cosine"), ("relevance", "background"), ("certainty_word", "hedged_conclusion"),
    )  # fmt: skip
    return {f"{a}*{b}": found[a] * found[b] for a, b in pairs}


def rule_signals(context: Context) -> Signals:
    """Which kinds of error a rule names for this study and this sentence."""
    named = fired(context.sentence.text, context.facts)
    return {f"rule_{kind}": float(kind in named) for kind in KIND_LABELS}


GROUPS: tuple[Callable[[Context], Signals], ...] = (
    model_signals, strength_signals, match_signals, figure_signals, fact_signals, wording_signals, form_signals, rule_signals, design_signals,
)  # fmt: skip


def signals(context: Context) -> Signals:
    """All signals of one sentence, in a fixed order."""
    found: Signals = {}
    for group in GROUPS:
        found |= group(context)
    return found | product_signals(found)


def matrix(contexts: Sequence[Context]) -> tuple[list[str], np.ndarray]:
    """Signal names and the (sentences, signals) array of many contexts."""
    rows = [signals(context) for context in contexts]
    names = list(rows[0]) if rows else []
    return names, np.array([[row[name] for name in names] for row in rows], dtype=np.float64)
