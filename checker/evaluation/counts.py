"""The count tables behind every metric. Definitions follow scikit-learn, with 0/0 = 0.

Averages over classes are over those that occur in the gold labels or the predictions.
A gold item without a prediction lowers recall and raises no precision.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

import numpy as np
from numpy.typing import NDArray

from checker.evaluation.bootstrap import Counts, Table

BINS = 15
MAX_THRESHOLDS = 200
CAREFUL_SHARE = 0.9
Indices = NDArray[np.int64]


def ratio(part: Counts, whole: Counts, empty: float = 0.0) -> Counts:
    """part / whole, and `empty` where whole is 0."""
    filled = np.where(whole > 0, whole, 1.0)
    return np.where(whole > 0, part / filled, empty)


def f1(hits: Counts, predicted: Counts, gold: Counts) -> Counts:
    """Harmonic mean of precision and recall from true positives and both totals."""
    return ratio(2 * hits, predicted + gold)


def macro(values: Counts, present: NDArray[np.bool_]) -> Counts:
    """Mean over the last axis of the values that are present."""
    return ratio((values * present).sum(-1), present.sum(-1).astype(np.float64))


def per_study(studies: Indices, n: int, rows: NDArray[np.generic]) -> Counts:
    """Rows of items (items, d) summed by study, shape (n, d)."""
    sums = np.zeros((n, rows.shape[1]))
    np.add.at(sums, studies, rows)
    return sums


def confusion(studies: Indices, n: int, gold: Indices, predicted: Indices, classes: int) -> Counts:
    """Counts (n studies, classes x (classes + 1)); a prediction of `classes` means that there is none."""
    cells = classes * (classes + 1)
    return per_study(studies, n, np.eye(cells)[gold * (classes + 1) + predicted])


def confusion_table(counts: Counts, classes: int, flagged: Sequence[int], prefix: str = "") -> Table:
    """macro_f1, accuracy and, with flagged classes, flag precision, recall and F1."""

    def square(sums: Counts) -> Counts:
        return sums.reshape(*sums.shape[:-1], classes, classes + 1)

    def accuracy(sums: Counts) -> Counts:
        return ratio(np.trace(square(sums)[..., :classes], axis1=-2, axis2=-1), sums.sum(-1))

    def macro_f1(sums: Counts) -> Counts:
        hits, predicted, gold = class_totals(square(sums))
        return macro(f1(hits, predicted, gold), (predicted + gold) > 0)

    metrics: dict[str, Callable[[Counts], Counts]] = {f"{prefix}macro_f1": macro_f1, f"{prefix}accuracy": accuracy}
    if flagged:
        rows = list(flagged)

        def totals(sums: Counts) -> tuple[Counts, Counts, Counts]:
            matrix = square(sums)
            hits = matrix[..., rows, :][..., rows].sum((-2, -1))
            return hits, matrix[..., rows].sum((-2, -1)), matrix[..., rows, :].sum((-2, -1))

        metrics |= flag_metrics(totals)
    return Table(counts, metrics)


def class_totals(matrix: Counts) -> tuple[Counts, Counts, Counts]:
    """(true positives, predicted, gold) of every class of a (..., k, k + 1) confusion matrix."""
    square = matrix[..., :-1]
    return np.diagonal(square, axis1=-2, axis2=-1), square.sum(-2), matrix.sum(-1)


def flag_metrics(totals: Callable[[Counts], tuple[Counts, Counts, Counts]], prefix: str = "flag_") -> dict[str, Callable[[Counts], Counts]]:
    """Precision, recall and F1 from a function that gives (hits, predicted, gold)."""

    def precision(sums: Counts) -> Counts:
        hits, predicted, _ = totals(sums)
        return ratio(hits, predicted)

    def recall(sums: Counts) -> Counts:
        hits, _, gold = totals(sums)
        return ratio(hits, gold)

    def harmonic(sums: Counts) -> Counts:
        return f1(*totals(sums))

    return {f"{prefix}precision": precision, f"{prefix}recall": recall, f"{prefix}f1": harmonic}


def sets_table(
    studies: Indices, n: int, gold: Sequence[AbstractSet[tuple[str, ...]]], predicted: Sequence[AbstractSet[tuple[str, ...]]],
    labels: Sequence[str], prefix: str, *, by_label: bool = False,
) -> Table:  # fmt: skip
    """Micro P/R/F1 and macro F1 of labelled items; the first part of every item is its label."""
    column = {label: index for index, label in enumerate(labels)}
    counts = np.zeros((n, 3, len(labels)))
    for study, wanted, found in zip(studies, gold, predicted, strict=True):
        for row, items in enumerate((wanted & found, found, wanted)):
            for item in items:
                counts[study, row, column[item[0]]] += 1

    def split(sums: Counts) -> tuple[Counts, Counts, Counts]:
        parts = sums.reshape(*sums.shape[:-1], 3, len(labels))
        return parts[..., 0, :], parts[..., 1, :], parts[..., 2, :]

    def totals(sums: Counts) -> tuple[Counts, Counts, Counts]:
        hits, found, wanted = split(sums)
        return hits.sum(-1), found.sum(-1), wanted.sum(-1)

    def macro_f1(sums: Counts) -> Counts:
        hits, found, wanted = split(sums)
        return macro(f1(hits, found, wanted), (found + wanted) > 0)

    def of(index: int) -> Callable[[Counts], Counts]:
        def of_label(sums: Counts) -> Counts:
            hits, found, wanted = (part[..., index] for part in split(sums))
            return ratio(2 * hits, found + wanted, np.nan)

        return of_label

    metrics = flag_metrics(totals, f"{prefix}micro_") | {f"{prefix}macro_f1": macro_f1}
    if by_label:
        metrics |= {f"{prefix}{label}_f1": of(index) for label, index in column.items()}
    return Table(counts.reshape(n, -1), metrics)


def share_table(studies: Indices, n: int, hits: NDArray[np.bool_], name: str) -> Table:
    """The share of items that are hits; undefined without items."""
    counts = per_study(studies, n, np.stack([hits, np.ones_like(hits)], axis=1))
    return Table(counts, {name: lambda sums: ratio(sums[..., 0], sums[..., 1], np.nan)})


def calibration_table(studies: Indices, n: int, confidence: Counts, correct: NDArray[np.bool_]) -> Table:
    """Expected calibration error over 15 equal-width bins (Naeini et al. 2015; Guo et al. 2017)."""
    member = np.eye(BINS)[bin_of(confidence)]
    counts = per_study(studies, n, np.concatenate([member, member * confidence[:, None], member * correct[:, None]], axis=1))

    def error(sums: Counts) -> Counts:
        total, sure, right = np.moveaxis(sums.reshape(*sums.shape[:-1], 3, BINS), -2, 0)
        return ratio(np.abs(sure - right).sum(-1), total.sum(-1), np.nan)

    return Table(counts, {"calibration_error": error})


def bin_of(confidence: Counts) -> Indices:
    """The bin of each confidence, closed on the right; 0 falls into the first."""
    return np.clip(np.ceil(confidence * BINS).astype(np.int64) - 1, 0, BINS - 1)


def thresholds(confidence: Counts) -> Counts:
    """Distinct confidences, descending; at most 200 of them, spread over the quantiles."""
    distinct = np.unique(confidence)[::-1]
    if len(distinct) > MAX_THRESHOLDS:
        distinct = distinct[np.linspace(0, len(distinct) - 1, MAX_THRESHOLDS).round().astype(np.int64)]
    return distinct


def abstention_table(studies: Indices, n: int, confidence: Counts, correct: NDArray[np.bool_]) -> Table:
    """Area under the risk-coverage curve (Geifman & El-Yaniv 2017): 0 is best, the error rate is chance."""
    cuts = thresholds(confidence)
    answered = confidence[:, None] >= cuts
    counts = per_study(studies, n, np.concatenate([answered, answered & ~correct[:, None]], axis=1))

    def area(sums: Counts) -> Counts:
        told, wrong = np.moveaxis(sums.reshape(*sums.shape[:-1], 2, len(cuts)), -2, 0)
        steps = np.diff(told, axis=-1, prepend=0)
        return ratio((ratio(wrong, told) * steps).sum(-1), told[..., -1], np.nan)

    return Table(counts, {"abstention_area": area})


def careful_table(study: Indices, n: int, hits: Counts, flags: Counts, gold: Counts, careful: Counts) -> Table:
    """Flag precision and recall at the loosest threshold that leaves 90 % of the careful drafts untouched.

    One row a draft: hits and flags (drafts, thresholds ascending in strictness, the last
    of which flags nothing), gold flags and whether it is careful (drafts,).
    """
    cuts = hits.shape[1]
    untouched = (flags == 0) * careful[:, None]
    rows = np.concatenate([hits, flags, untouched, gold[:, None], careful[:, None]], axis=1)
    counts = per_study(study, n, rows)

    def at(sums: Counts) -> tuple[Counts, Counts, Counts]:
        enough = sums[..., 2 * cuts : 3 * cuts] >= CAREFUL_SHARE * sums[..., -1:] - 1e-9
        index = enough.argmax(-1)[..., None]
        hit, flag = (np.take_along_axis(sums[..., part * cuts : (part + 1) * cuts], index, -1)[..., 0] for part in (0, 1))
        return hit, flag, sums[..., -1]

    def precision(sums: Counts) -> Counts:
        hit, flag, drafts = at(sums)
        return np.where(drafts > 0, ratio(hit, flag, np.nan), np.nan)

    def recall(sums: Counts) -> Counts:
        hit, _, drafts = at(sums)
        return np.where(drafts > 0, ratio(hit, sums[..., -2]), np.nan)

    return Table(counts, {"flag_precision_at_90_careful": precision, "flag_recall_at_90_careful": recall})
