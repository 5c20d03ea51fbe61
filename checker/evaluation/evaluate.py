"""From settings to a saved run: the one entry that the command line and the gate share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from checker.errors import InputError, ModelError
from checker.evaluation import baselines
from checker.evaluation.load import load_samples
from checker.evaluation.run import Plan, Progress, execute, limited
from checker.evaluation.sample import Json, Sample
from checker.evaluation.systems import System, baseline_system, model_system, predictions_system
from checker.evaluation.tasks import SPLITS, Task, find_task


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What to score on what. Predictions or a baseline, when given, take the model's place."""

    task: str
    model: str = "compact"
    revision: str | None = None
    predictions: Path | None = None
    baseline: str | None = None
    split: str = "test"
    mode: str = ""
    limit: int | None = None
    data: Path | None = None
    out: Path = Path("results")
    seed: int = 0
    baselines: bool = True


def evaluate(settings: Settings, *, now: datetime, progress: Progress = lambda *_: None) -> Path:
    """Run one task and return the path of its results.json.

    Raises:
        InputError: for a wrong task, split, mode, data set or predictions file.
        ModelError: when the model cannot be loaded.
        OutputError: when the results cannot be saved.
    """
    task = find_task(settings.task)
    mode = _checked(settings, task)
    samples, source = load_samples(task, settings.split, settings.data)
    system = _system(settings, task, mode, samples)
    chosen = limited(samples, settings.limit)
    config = {name: str(value) if isinstance(value, Path) else value for name, value in asdict(settings).items()} | {"mode": mode}
    beside, skipped = _baselines(settings, task, chosen) if settings.baselines else ({}, "")
    if skipped:
        config["baselines_skipped"] = skipped
    plan = Plan(task, system, samples, settings.split, source, settings.limit, settings.seed, config)
    return execute(plan, settings.out, now=now, baselines=beside, progress=progress)


def _checked(settings: Settings, task: Task) -> str:
    if settings.split not in SPLITS:
        raise InputError(f"no split {settings.split!r}; one of {', '.join(SPLITS)}")
    if settings.baseline and settings.baseline not in baselines.SIMPLE:
        raise InputError(f"no baseline {settings.baseline!r}; one of {', '.join(baselines.SIMPLE)}")
    if settings.mode and settings.mode not in task.modes:
        told = f"has the modes {', '.join(task.modes)}" if len(task.modes) > 1 else "has no modes"
        raise InputError(f"no mode {settings.mode!r}: {task.name} {told}")
    is_model = not settings.predictions and not settings.baseline
    return (settings.mode or task.modes[0]) if is_model else ""


def _system(settings: Settings, task: Task, mode: str, samples: Sequence[Sample]) -> System:
    if settings.predictions:
        return predictions_system(task, settings.predictions, samples)
    if settings.baseline:
        return baseline_system(task, settings.baseline, limited(samples, settings.limit))
    return model_system(task, settings.model, revision=settings.revision, mode=mode)


def _baselines(settings: Settings, task: Task, samples: Sequence[Sample]) -> tuple[dict[str, Sequence[Json | None]], str]:
    """Baseline answers, and why some were left out: only a run of the model itself needs the model to be there."""
    simple: dict[str, Sequence[Json | None]] = dict(baselines.simple(task, samples))
    try:
        return simple | baselines.halves(task, samples, settings.model, settings.revision), ""
    except ModelError as error:
        return simple, str(error)
