"""Metrics with 95 % intervals: a seeded percentile bootstrap that resamples whole studies.

Sentences of one article are not independent, so the study is what is drawn. Every metric
here is a function of sums of per-study counts; a resample is then one weighted sum, and
all resamples are one matrix product.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]
RESAMPLES = 1000
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Table:
    """Per-study counts, shape (studies, d), and the metrics computed from their sums.

    Each function maps (..., d) sums to (...) values; NaN where a metric is undefined.
    """

    counts: Counts
    metrics: Mapping[str, Callable[[Counts], Counts]]


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with the bounds of its interval."""

    value: float
    low: float
    high: float

    def to_dict(self) -> dict[str, float]:
        """The wire form."""
        return {"value": self.value, "low": self.low, "high": self.high}


def weights(studies: int, *, seed: int, resamples: int = RESAMPLES) -> Counts:
    """How often each study is drawn in each resample, shape (resamples, studies)."""
    generator = np.random.default_rng(seed)
    return generator.multinomial(studies, np.full(studies, 1 / studies), size=resamples).astype(np.float64)


def intervals(tables: Sequence[Table], *, seed: int, resamples: int = RESAMPLES) -> dict[str, Interval]:
    """Every metric that is defined on the whole sample, with its interval."""
    if not tables:
        return {}
    drawn = weights(len(tables[0].counts), seed=seed, resamples=resamples)
    found: dict[str, Interval] = {}
    for table in tables:
        whole, sums = table.counts.sum(axis=0), drawn @ table.counts
        for name, metric in table.metrics.items():
            value = float(metric(whole))
            if np.isfinite(value):
                found[name] = Interval(value, *_bounds(metric(sums)))
    return found


def differences(a: Sequence[Table], b: Sequence[Table], *, seed: int, resamples: int = RESAMPLES) -> dict[str, Interval]:
    """B minus A for every metric that both have; both are scored on the same drawn studies.

    The rows of both must stand for the same studies in the same order.
    """
    drawn = weights(len(a[0].counts), seed=seed, resamples=resamples)
    others = {name: (table, metric) for table in b for name, metric in table.metrics.items()}
    found: dict[str, Interval] = {}
    for table in a:
        for name, metric in table.metrics.items():
            if name not in others:
                continue
            other, other_metric = others[name]
            value = float(other_metric(other.counts.sum(axis=0)) - metric(table.counts.sum(axis=0)))
            if np.isfinite(value):
                found[name] = Interval(value, *_bounds(other_metric(drawn @ other.counts) - metric(drawn @ table.counts)))
    return found


def _bounds(values: Counts) -> tuple[float, float]:
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.nanpercentile(values, [tail, 100 - tail])
    return float(low), float(high)
