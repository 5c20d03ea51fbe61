"""The metrics are scikit-learn's; the intervals cover; careful drafts and confidences count as documented."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as sk

from checker.evaluation import counts as c
from checker.evaluation.bootstrap import Table, intervals

pairs = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=60)
items = st.frozensets(st.sampled_from([("x",), ("y",), ("z",)]))


def value(table: Table, name: str) -> float:
    return float(table.metrics[name](table.counts.sum(axis=0)))


@given(pairs)
@settings(max_examples=60, deadline=None)
def test_label_metrics_agree_with_scikit_learn(rows: list[tuple[int, int, int]]) -> None:
    """Prediction 3 stands for no prediction: wrong, and no class of its own."""
    gold, told, study = (np.array(column) for column in zip(*rows, strict=True))
    table = c.confusion_table(c.confusion(study, 5, gold, told, 3), 3, [1, 2])
    present = sorted({*gold, *told} - {3})
    assert value(table, "macro_f1") == pytest.approx(sk.f1_score(gold, told, labels=present, average="macro", zero_division=0), abs=1e-9)
    assert value(table, "accuracy") == pytest.approx(sk.accuracy_score(gold, told), abs=1e-9)
    flags = np.isin(gold, [1, 2]), np.isin(told, [1, 2])
    for name, score in (("precision", sk.precision_score), ("recall", sk.recall_score), ("f1", sk.f1_score)):
        assert value(table, f"flag_{name}") == pytest.approx(score(*flags, zero_division=0), abs=1e-9)
    matrix = c.confusion(study, 5, gold, told, 3).sum(axis=0).reshape(3, 4)
    hits, predicted, wanted = c.class_totals(matrix)
    expected = sk.precision_recall_fscore_support(gold, told, labels=[0, 1, 2], zero_division=0)
    for mine, theirs in zip((c.ratio(hits, predicted), c.ratio(hits, wanted), c.f1(hits, predicted, wanted), wanted), expected, strict=True):
        assert mine == pytest.approx(theirs, abs=1e-9)


@given(st.lists(st.tuples(items, items, st.integers(0, 4)), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_set_metrics_agree_with_scikit_learn(rows: list[tuple[frozenset[tuple[str]], frozenset[tuple[str]], int]]) -> None:
    gold, told, study = zip(*rows, strict=True)
    table = c.sets_table(np.array(study), 5, gold, told, ("x", "y", "z"), "kinds_")
    wide = [np.array([[(label,) in found for label in "xyz"] for found in side]) for side in (gold, told)]
    assert value(table, "kinds_micro_f1") == pytest.approx(sk.f1_score(*wide, average="micro", zero_division=0), abs=1e-9)
    assert value(table, "kinds_micro_precision") == pytest.approx(sk.precision_score(*wide, average="micro", zero_division=0), abs=1e-9)
    seen = [column for column in range(3) if wide[0][:, column].any() or wide[1][:, column].any()]
    expected = sk.f1_score(*wide, labels=seen, average="macro", zero_division=0) if seen else 0.0
    assert value(table, "kinds_macro_f1") == pytest.approx(expected, abs=1e-9)


def test_the_interval_covers_the_truth_when_sentences_of_a_study_agree() -> None:
    """80 studies of 1 to 6 sentences, all right or all wrong together, accuracy 0.7: 95 % intervals hold it about 95 % of the time."""
    generator = np.random.default_rng(11)
    covered, naive = [], []
    for trial in range(300):
        sizes = generator.integers(1, 7, 80)
        study = np.repeat(np.arange(80), sizes)
        right = np.repeat(generator.random(80) < 0.7, sizes)
        for outcome, rows, n in ((covered, study, 80), (naive, np.arange(len(study)), len(study))):
            table = c.share_table(rows, n, right, "accuracy")
            found = intervals([table], seed=trial, resamples=400)["accuracy"]
            outcome.append(found.low <= 0.7 <= found.high)
    assert 0.91 <= np.mean(covered) <= 0.98
    assert np.mean(naive) < 0.85  # what resampling sentences would have claimed


def test_intervals_are_seeded_and_fast() -> None:
    generator = np.random.default_rng(0)
    study, gold, told = generator.integers(0, 600, 6000), generator.integers(0, 5, 6000), generator.integers(0, 5, 6000)
    confidence = generator.random(6000)
    started = time.perf_counter()
    tables = [
        c.confusion_table(c.confusion(study, 600, gold, told, 5), 5, [1, 2]),
        c.calibration_table(study, 600, confidence, gold == told),
        c.abstention_table(study, 600, confidence, gold == told),
    ]
    first = intervals(tables, seed=3)
    assert time.perf_counter() - started < 5
    assert first == intervals(tables, seed=3)
    assert first["macro_f1"].low < first["macro_f1"].value < first["macro_f1"].high
    assert intervals(tables, seed=4)["macro_f1"].low != first["macro_f1"].low


def test_calibration_error_by_hand() -> None:
    """Two answers at 0.9, one right: gap 0.4 over two of three; one at 0.2, wrong: gap 0.2 over one of three."""
    table = c.calibration_table(np.zeros(3, dtype=int), 1, np.array([0.9, 0.9, 0.2]), np.array([True, False, False]))
    assert value(table, "calibration_error") == pytest.approx((2 * 0.4 + 0.2) / 3)


def test_abstention_area_rewards_confidence_that_knows() -> None:
    right = np.array([True, True, False, False])
    knows, inverted = np.array([0.9, 0.8, 0.3, 0.2]), np.array([0.2, 0.3, 0.8, 0.9])
    areas = [value(c.abstention_table(np.arange(4), 4, confidence, right), "abstention_area") for confidence in (knows, inverted)]
    assert areas[0] == pytest.approx((0 + 0 + 1 / 3 + 1 / 2) / 4)
    assert areas[0] < areas[1]


def test_an_undefined_metric_is_left_out_and_not_told_as_zero() -> None:
    nothing = np.array([], dtype=int)
    assert intervals([c.share_table(nothing, 3, np.array([], dtype=bool), "evidence_hit")], seed=0) == {}


def test_precision_when_nine_of_ten_careful_drafts_are_left_alone() -> None:
    """Ten careful drafts with one false flag each at 0.05 to 0.95, and one bold draft with a true flag at 0.88.

    Cut at 0.85 two careful drafts would be touched; the loosest cut that touches one is 0.88: precision 1 of 2.
    """
    cuts = np.append(np.sort([0.05 + 0.1 * n for n in range(10)] + [0.88]), np.inf)
    false = np.array([0.05 + 0.1 * n for n in range(10)] + [-1.0])
    hits = np.zeros((11, len(cuts)))
    hits[10] = cuts <= 0.88
    flags = (false[:, None] >= cuts).astype(float) + hits
    gold, careful = np.array([0.0] * 10 + [1.0]), np.array([1.0] * 10 + [0.0])
    table = c.careful_table(np.arange(11), 11, hits, flags, gold, careful)
    assert value(table, "flag_precision_at_90_careful") == pytest.approx(1 / 2)
    assert value(table, "flag_recall_at_90_careful") == 1
