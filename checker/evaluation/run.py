"""One run: predictions saved as they come, then metrics with intervals, then results.json."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from checker.evaluation import results as saved
from checker.evaluation.answers import chunks
from checker.evaluation.bootstrap import RESAMPLES, intervals
from checker.evaluation.counts import class_totals, f1, ratio
from checker.evaluation.curves import abstention, reliability
from checker.evaluation.measures import Measured, measure
from checker.evaluation.sample import Json, Record, Sample, fingerprint, record
from checker.evaluation.systems import System
from checker.evaluation.tasks import Task

CHUNK = 128
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is run on which samples. `config` is kept in the results as it is."""

    task: Task
    system: System
    samples: Sequence[Sample]
    split: str
    source: str
    limit: int | None = None
    seed: int = 0
    config: Mapping[str, Any] | None = None


def execute(
    plan: Plan, directory: Path, *, now: datetime, baselines: Mapping[str, Sequence[Json | None]] | None = None, progress: Progress = lambda *_: None
) -> Path:  # fmt: skip
    """Run the plan and return the path of its results.json.

    A run of the same model on the same samples that was cut short earlier is taken up
    where it stopped, sample by sample.

    Raises:
        OutputError: when anything cannot be saved.
    """
    chosen = limited(plan.samples, plan.limit)
    folder = saved.new_folder(directory, plan.task.name, now)
    records = _predict(plan, chosen, directory, folder, progress)
    outcome = summarise(plan, records, now=now, baselines=baselines or {})
    path = folder / saved.RESULTS
    saved.write_json(path, outcome)
    return path


def limited(samples: Sequence[Sample], limit: int | None) -> Sequence[Sample]:
    """The first `limit` samples."""
    return samples if limit is None else samples[:limit]


def _predict(plan: Plan, samples: Sequence[Sample], directory: Path, folder: Path, progress: Progress) -> list[Record]:
    identity = {
        "system": {"name": plan.system.name, "revision": plan.system.revision, "kind": plan.system.kind},
        "mode": (plan.config or {}).get("mode", ""),
        "versions": saved.versions(),
        "git": saved.git_revision(),
    }
    earlier = saved.unfinished(directory, plan.task.name, identity) if plan.system.kind == "model" else {}
    saved.write_json(folder / saved.RUN, identity)
    records: list[Record] = []
    for chunk in chunks(samples, CHUNK):
        open_samples = [sample for sample in chunk if sample.hash not in earlier]
        answers = dict(zip([sample.hash for sample in open_samples], plan.system.predict(open_samples) if open_samples else [], strict=True))
        done = [record(sample, {**earlier, **answers}[sample.hash]) for sample in chunk]
        saved.append(folder / saved.SAMPLES, done)
        records += done
        progress(len(records), len(samples))
    return records


def summarise(plan: Plan, records: Sequence[Record], *, now: datetime, baselines: Mapping[str, Sequence[Json | None]]) -> dict[str, Any]:
    """The wire form of a run's results."""
    measured = measure(plan.task, records)
    return {
        "schema_version": saved.SCHEMA_VERSION,
        "task": plan.task.name,
        "split": plan.split,
        "n": len(measured.units),
        "scored": measured.scored,
        "unscored": len(measured.units) - measured.scored,
        "studies": len({item.study for item in records}),
        "partial": len(records) < len(plan.samples),
        "system": {"name": plan.system.name, "revision": plan.system.revision, "kind": plan.system.kind},
        "metrics": _wire(measured, plan.seed),
        "baselines": {name: _wire(measure(plan.task, _answered(records, answers)), plan.seed) for name, answers in baselines.items()},
        "per_class": per_class(measured),
        "confusion": _confusion(measured),
        "curves": {"reliability": reliability(measured.units), "abstention": abstention(measured.units)},
        "config": {**(plan.config or {}), "limit": plan.limit, "resamples": RESAMPLES},
        "data": {"source": plan.source, "fingerprint": fingerprint(plan.samples), "licence": plan.task.licence},
        "versions": saved.versions(),
        "git": saved.git_revision(),
        "seed": plan.seed,
        "date": now.isoformat(timespec="seconds"),
    }


def per_class(measured: Measured) -> dict[str, dict[str, float]]:
    """Precision, recall, F1 and gold count of every class."""
    if measured.matrix is None:
        return {}
    hits, predicted, gold = class_totals(measured.matrix)
    columns = {"precision": ratio(hits, predicted), "recall": ratio(hits, gold), "f1": f1(hits, predicted, gold)}
    return {
        label: {**{name: float(values[row]) for name, values in columns.items()}, "n": int(gold[row])} for row, label in enumerate(measured.labels)
    }


def _wire(measured: Measured, seed: int) -> dict[str, dict[str, float]]:
    return {name: interval.to_dict() for name, interval in intervals(measured.tables, seed=seed).items()}


def _confusion(measured: Measured) -> dict[str, Any]:
    """Rows are gold, columns predictions; the last column counts gold items without one."""
    if measured.matrix is None:
        return {"labels": [], "matrix": []}
    return {"labels": [*measured.labels, "unscored"], "matrix": measured.matrix.astype(int).tolist()}


def _answered(records: Sequence[Record], answers: Sequence[Json | None]) -> list[Record]:
    return [Record(r.id, r.hash, r.study, r.text, r.gold, answer) for r, answer in zip(records, answers, strict=True)]
