"""The decision: its trees are those that were fitted, and its file reads back as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from checker.errors import ModelError, RecipeError
from checker.judge.combiner import FILE, load_combiner, softmax, standardise
from checker.labels import VERDICTS
from checker.train.boosting import boosted
from checker.train.fit import fit_combiner
from tests.helpers import by_cosine

NAMES = [f"signal {number}" for number in range(12)]


def sentences(number: int = 400) -> tuple[np.ndarray, list[str], list[str]]:
    """Signals of which two decide together, verdicts, and the case of each sentence."""
    rng = np.random.default_rng(1)
    signals = rng.normal(size=(number, len(NAMES)))
    verdict = (signals[:, 0] > 0).astype(int) * 2 + (signals[:, 1] * signals[:, 2] > 0)
    verdict[rng.random(number) < 0.1] = 4
    return signals, [VERDICTS[index] for index in verdict], [str(row // 8) for row in range(number)]


def fitted():
    signals, verdicts, cases = sentences()
    kinds = [("causal",) if verdict == "overstated" else ("number",) if verdict == "contradicted" else () for verdict in verdicts]
    return signals, verdicts, fit_combiner(NAMES, signals, verdicts, kinds, cases, ranker=by_cosine(), precision=0.8)


def test_the_trees_decide_as_those_that_were_fitted() -> None:
    signals, verdicts, fit = fitted()
    labels = np.array([VERDICTS.index(verdict) for verdict in verdicts])
    standard = standardise(signals, signals.mean(0), signals.std(0))
    model = boosted().fit(standard, labels)
    assert np.abs(softmax(fit.combiner.trees.logits(standard)) - model.predict_proba(standard)).max() < 1e-3


def test_the_same_sentence_is_flagged_sooner_in_a_draft_that_overstates_elsewhere() -> None:
    _, _, fit = fitted()
    combiner = replace(fit.combiner, draft=(1.0, 3.0, -1.0))
    sure, doubtful, fine = [0.05, 0.9, 0.05, 0, 0], [0.35, 0.6, 0.05, 0, 0], [0.95, 0.05, 0, 0, 0]
    flags = combiner.flags(np.array([sure, sure, doubtful, fine, fine, doubtful, doubtful]), ["a", "a", "a", "b", "b", "b", "alone"])
    assert flags[2] > flags[5] > flags[6]


def test_a_saved_combiner_decides_the_same_and_an_older_one_is_refused(tmp_path: Path) -> None:
    signals, _, fit = fitted()
    fit.combiner.save(tmp_path)
    assert np.array_equal(load_combiner(tmp_path).probabilities(NAMES, signals), fit.combiner.probabilities(NAMES, signals))
    older = tmp_path / "older"
    older.mkdir()
    (older / FILE).write_text(json.dumps({**json.loads((tmp_path / FILE).read_text()), "version": 1}))
    with pytest.raises(ModelError, match="version 1.*checker train"):
        load_combiner(older)


def test_cases_without_one_of_the_verdicts_are_refused() -> None:
    signals, verdicts, cases = sentences()
    verdicts = ["supported" if verdict == "no_claim" else verdict for verdict in verdicts]
    with pytest.raises(RecipeError, match="no_claim"):
        fit_combiner(NAMES, signals, verdicts, [()] * len(verdicts), cases, ranker=by_cosine(), precision=0.8)
