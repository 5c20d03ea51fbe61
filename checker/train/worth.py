"""What each group of signals is worth to the decision: the combiner without it, out of fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from checker.cases import LabelledCase
from checker.judge.signals import GROUPS, matrix
from checker.labels import FLAGGED, VERDICTS
from checker.train.decide import contexts_of
from checker.train.fit import FLAGS, cross_entropy, fit_draft, predict_held_out, standardised
from checker.train.readings import Reading

PRECISION = 0.9
"""Of the flags at which recall is compared."""


@dataclass(frozen=True, slots=True)
class Worth:
    """Held-out figures of the combiner without one group of signals ("" for none left out)."""

    group: str
    signals: int
    cross_entropy: float
    macro_f1: float
    recall: float


def leave_one_out(labelled: Sequence[LabelledCase], readings: Mapping[str, Reading]) -> list[Worth]:
    """The whole combiner, then without each group: some minutes.

    Raises:
        RecipeError: when no case has a reading.
    """
    known, seen, _ = contexts_of(labelled, readings)
    names, values = matrix(seen)
    labels = np.array([VERDICTS.index(sentence.verdict) for case in known for sentence in case.sentences])
    cases = [case.id for case in known for _ in case.sentences]
    members = {function.__name__.removesuffix("_signals"): set(function(seen[0])) for function in GROUPS}
    rows = []
    for group, left_out in {"": set[str](), **members}.items():
        kept = [column for column, name in enumerate(names) if not left_out.intersection(name.split("*"))]
        rows.append(_worth(group, values[:, kept], labels, cases))
    return rows


def _worth(group: str, values: np.ndarray, labels: np.ndarray, cases: Sequence[str]) -> Worth:
    probabilities = predict_held_out(standardised(values)[2], labels, cases).probabilities
    _, flags = fit_draft(probabilities, labels, cases)
    return Worth(
        group,
        values.shape[1],
        cross_entropy(labels, probabilities),
        float(f1_score(labels, probabilities.argmax(1), average="macro")),
        recall_at(PRECISION, np.where(np.isin(probabilities.argmax(1), FLAGS), flags, 0.0), np.isin(labels, FLAGS)),
    )


def recall_at(precision: float, scores: np.ndarray, right: np.ndarray) -> float:
    """The highest recall at which flags, taken from the surest on, still have the precision."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(right[order])
    reached = hits / np.arange(1, len(hits) + 1) >= precision
    return float(hits[reached].max() / max(right.sum(), 1)) if reached.any() else 0.0


def write_table(path: Path, model: str, rows: Sequence[Worth]) -> None:
    """A Markdown table, the group that is missed most first."""
    whole, *without = rows
    lines = [
        f"# What each group of signals is worth: {model}",
        "",
        "Written by `checker refit RECIPE --table FILE`. The combiner is fitted without one group of signals and its products; figures on the",
        f"project's training cases, out of fold ({', '.join(sorted(FLAGGED))} count as flags).",
        "",
        f"| left out | signals left | cross-entropy | verdict macro-F1 | flag recall at precision {PRECISION} |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {row.group or 'nothing'} | {row.signals} | {row.cross_entropy:.4f} | {row.macro_f1:.3f} | {row.recall:.3f} |"
            for row in (whole, *sorted(without, key=lambda row: -row.cross_entropy))
        ),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
