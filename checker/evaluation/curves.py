"""The points of the reliability and the abstention plot."""

from __future__ import annotations

from collections.abc import Sequence

from checker.evaluation.counts import BINS, bin_of, thresholds
from checker.evaluation.measures import Unit, confidences


def reliability(units: Sequence[Unit]) -> list[dict[str, float]]:
    """Mean confidence and accuracy of each filled bin of 15; empty when confidences are missing."""
    confidence, correct = confidences(units)
    bins = bin_of(confidence)
    return [
        {"confidence": float(confidence[bins == index].mean()), "accuracy": float(correct[bins == index].mean()), "n": int((bins == index).sum())}
        for index in range(BINS)
        if (bins == index).any()
    ]


def abstention(units: Sequence[Unit]) -> list[dict[str, float]]:
    """Share answered and share wrong among them, as the least confident answers are withheld."""
    confidence, correct = confidences(units)
    points = []
    for cut in thresholds(confidence):
        told = confidence >= cut
        points.append({"coverage": float(told.mean()), "risk": float(1 - correct[told].mean())})
    return points
