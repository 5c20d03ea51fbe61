"""What a system must beat. Simple ones need no model; two are the checker with one half switched off.

    majority     the most frequent label of the very data that is scored
    always-flag  the label that asks for a change, for everything
    cue-words    hedges, boosters and negations alone
    rules-only   figures and kind rules, no model
    model-only   the model's own verdict, no rules and no combiner

On drafts the simple ones are given the gold sentence borders, the other two are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from checker.cues import find_cues
from checker.evaluation.answers import drafts
from checker.evaluation.sample import Json, Sample
from checker.evaluation.tasks import Task

if TYPE_CHECKING:
    from checker.judge.judge import Judge

Baseline = Callable[[Task, Sequence[Sample]], list[Json] | None]


def majority(task: Task, samples: Sequence[Sample]) -> list[Json] | None:
    """The most frequent label; on spans, no cue at all, since most words are none."""
    if task.kind == "cues":
        return [{"spans": []} for _ in samples]
    if task.kind == "drafts":
        common = _commonest(sentence["verdict"] for sample in samples for sentence in sample.gold["sentences"])
        return [_draft(sample, lambda _: (common, [])) for sample in samples]
    common = _commonest(sample.gold["label"] for sample in samples)
    return [{"label": common} for _ in samples]


def always_flag(task: Task, samples: Sequence[Sample]) -> list[Json] | None:
    """A finding everywhere."""
    if task.kind == "drafts":
        return [_draft(sample, lambda _: ("overstated", ["causal"])) for sample in samples]
    label = next((label for label in task.labels if label in task.flagged), None)
    return [{"label": label} for _ in samples] if label else None


def cue_words(task: Task, samples: Sequence[Sample]) -> list[Json] | None:
    """A rule of thumb on cues: a booster overstates, a dropped hedge exaggerates, a negation contradicts."""
    if task.kind == "drafts":
        return [{**_draft(sample, _boosted), "cues": _cues(sample.text)} for sample in samples]
    if task.kind == "exaggeration":
        return [{"label": _dropped_hedge(sample.text, sample.sentences[0])} for sample in samples]
    if task.kind == "strength":
        return [{"label": "2" if _has(sample.text, "hedge") else "0"} for sample in samples]
    if task.kind == "verdict":
        return [{"label": task.answers["contradicted" if _has(sample.text, "negation") else "supported"]} for sample in samples]
    return None


OF_MODEL = frozenset({"model-only"})
"""Baselines that are another one with every model."""
SIMPLE: Mapping[str, Baseline] = {"majority": majority, "always-flag": always_flag, "cue-words": cue_words}


def simple(task: Task, samples: Sequence[Sample]) -> dict[str, list[Json]]:
    """Every simple baseline that the task has a meaning for."""
    answered = {name: baseline(task, samples) for name, baseline in SIMPLE.items()}
    return {name: answers for name, answers in answered.items() if answers is not None}


def halves(task: Task, samples: Sequence[Sample], model: str, revision: str | None = None) -> dict[str, list[Json | None]]:
    """The checker with its rules alone and with its model alone, on drafts.

    Raises:
        ModelError: when the model cannot be loaded.
    """
    if task.kind != "drafts":
        return {}
    from checker.evaluation.ablations import ModelJudge, RulesJudge
    from checker.model.store import load
    from checker.pipeline import Checker

    scorer = load(model, revision=revision)
    judges: dict[str, Judge] = {"rules-only": RulesJudge(), "model-only": ModelJudge(scorer)}
    return {name: drafts(Checker(scorer, judge), samples) for name, judge in judges.items()}


def _draft(sample: Sample, judge: Callable[[str], tuple[str, list[str]]]) -> Json:
    sentences = []
    for gold in sample.gold["sentences"]:
        verdict, kinds = judge(gold["text"])
        sentences.append({"start": gold["start"], "end": gold["end"], "verdict": verdict, "kinds": kinds})
    return {"sentences": sentences}


def _boosted(text: str) -> tuple[str, list[str]]:
    return ("overstated", ["magnitude"]) if _has(text, "booster") else ("supported", [])


def _dropped_hedge(told: str, found: str) -> str:
    hedged = _has(told, "hedge"), _has(found, "hedge")
    return {(False, True): "exaggerates", (True, False): "downplays"}.get(hedged, "same")


def _has(text: str, cue: str) -> bool:
    return any(found.cue == cue for found in find_cues(text))


def _cues(text: str) -> list[Json]:
    return [{"start": cue.start, "end": cue.end, "cue": cue.cue} for cue in find_cues(text)]


def _commonest(labels: Iterable[str]) -> str:
    return Counter(labels).most_common(1)[0][0]
