"""What can be scored: a model, a file of predictions, a baseline. All give one answer, or None, for each sample."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.evaluation import baselines
from checker.evaluation.answers import ANSWERS, drafts
from checker.evaluation.predictions import read_predictions
from checker.evaluation.sample import Json, Sample
from checker.evaluation.tasks import Task

Predict = Callable[[Sequence[Sample]], list[Json | None]]


@dataclass(frozen=True, slots=True)
class System:
    """A named system; `kind` is model, predictions or baseline.

    `revision` identifies what answered: the first 12 hex digits of the sha256 of the
    weights or of the predictions file.
    """

    name: str
    revision: str
    kind: str
    predict: Predict


def model_system(task: Task, model: str, *, revision: str | None = None, mode: str = "") -> System:
    """This project's model, or any NLI sequence classifier, on a task.

    Raises:
        ModelError: when the model cannot be loaded.
    """
    if task.kind == "drafts":
        from checker.pipeline import Checker

        checker = Checker.load(model, revision=revision)
        return System(checker.scorer.name, checker.scorer.revision, "model", lambda samples: drafts(checker, samples))
    from checker.model.store import load

    scorer = load(model, revision=revision)
    answer = ANSWERS[task.kind]
    return System(scorer.name, scorer.revision, "model", lambda samples: list(answer(task, scorer, samples, mode)))


def predictions_system(task: Task, path: Path, samples: Sequence[Sample]) -> System:
    """A predictions file, checked against all samples of the split.

    Raises:
        InputError: with the line of every problem.
    """
    found: Mapping[str, Json] = read_predictions(path, task, samples)
    revision = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return System(path.stem, revision, "predictions", lambda chosen: [found.get(sample.id) for sample in chosen])


def baseline_system(task: Task, name: str, samples: Sequence[Sample]) -> System:
    """One of the simple baselines, fitted (majority) on the samples that it is scored on."""
    answer = baselines.SIMPLE[name]
    answers = {sample.id: answered for sample, answered in zip(samples, answer(task, samples) or (), strict=False)}
    return System(name, "", "baseline", lambda chosen: [answers.get(sample.id) for sample in chosen])
