"""Fitting the combiner on labelled cases: cross-validated by case, calibrated, thresholded for flag precision."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, log_loss
from sklearn.model_selection import GroupKFold

from checker.judge.combiner import Combiner, softmax
from checker.labels import FLAGGED, VERDICTS

FOLDS = 8
GRID = (0.003, 0.01, 0.03, 0.1)
"""Inverse regularisation strengths tried; the best out-of-fold log loss wins."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A combiner and its out-of-fold probabilities, shape (sentences, verdicts)."""

    combiner: Combiner
    probabilities: np.ndarray
    regularisation: float


def fit_combiner(names: Sequence[str], signals: np.ndarray, verdicts: Sequence[str], groups: Sequence[str], *, precision: float) -> Fit:
    """The combiner of labelled sentences; `groups` are case ids, `precision` the target of flags on out-of-fold predictions."""
    labels = np.array([VERDICTS.index(verdict) for verdict in verdicts])
    mean, scale = signals.mean(0), signals.std(0)
    scale[scale < 1e-6] = 1.0
    standard = np.clip((signals - mean) / scale, -8, 8)
    best: tuple[float, float, np.ndarray] | None = None
    for strength in GRID:
        logits = out_of_fold(standard, labels, groups, strength)
        score = log_loss(labels, softmax(logits), labels=range(len(VERDICTS)))
        if best is None or score < best[0]:
            best = score, strength, logits
    if best is None:
        raise ValueError("no regularisation strength to try")
    _, strength, logits = best
    temperature = float(
        minimize_scalar(lambda t: log_loss(labels, softmax(logits / t), labels=range(len(VERDICTS))), bounds=(0.3, 3.0), method="bounded").x
    )
    probabilities = softmax(logits / temperature)
    model = _model(strength).fit(standard, labels)
    combiner = Combiner(
        names=tuple(names),
        mean=_tuple(mean),
        scale=_tuple(scale),
        weights=tuple(_tuple(row) for row in model.coef_),
        bias=_tuple(model.intercept_),
        temperature=round(temperature, 4),
        threshold=flag_threshold(probabilities, labels, precision),
    )
    return Fit(combiner, probabilities, strength)


def _model(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=2000)


def out_of_fold(standard: np.ndarray, labels: np.ndarray, groups: Sequence[str], strength: float) -> np.ndarray:
    """Decision values of every sentence by a model that saw no sentence of its case."""
    logits = np.zeros((len(labels), len(VERDICTS)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for train, test in GroupKFold(min(FOLDS, len(set(groups)))).split(standard, labels, groups):
            model = _model(strength).fit(standard[train], labels[train])
            logits[np.ix_(test, model.classes_)] = model.decision_function(standard[test])
    return logits


def flag_threshold(probabilities: np.ndarray, labels: np.ndarray, precision: float) -> float:
    """The lowest flag probability from which on flags reach the precision; 1.0 when none does.

    A flag is right when the sentence is overstated or contradicted, whichever was said.
    """
    flagged = [VERDICTS.index(verdict) for verdict in sorted(FLAGGED)]
    score = probabilities[:, flagged].sum(1)
    candidate = np.isin(probabilities.argmax(1), flagged)
    right = np.isin(labels, flagged)
    for percent in range(30, 100):
        taken = candidate & (score >= percent / 100)
        if taken.sum() and right[taken].mean() >= precision:
            return percent / 100
    return 1.0


def dev_figures(fit: Fit, verdicts: Sequence[str], careful: Sequence[bool]) -> dict[str, float]:
    """Out-of-fold figures: verdict macro-F1, flag precision and recall, careful sentences flagged."""
    labels = np.array([VERDICTS.index(verdict) for verdict in verdicts])
    decisions = [fit.combiner.decide(row) for row in fit.probabilities]
    flags = np.array([decision.verdict in FLAGGED and not decision.abstained for decision in decisions])
    gold = np.array([verdict in FLAGGED for verdict in verdicts])
    quiet = np.array(careful)
    return {
        "sentences": float(len(labels)),
        "macro_f1": float(f1_score(labels, fit.probabilities.argmax(1), average="macro")),
        "flag_precision": float((flags & gold).sum() / max(flags.sum(), 1)),
        "flag_recall": float((flags & gold).sum() / max(gold.sum(), 1)),
        "careful_flagged": float((flags & quiet).sum() / max(quiet.sum(), 1)),
        "threshold": fit.combiner.threshold,
        "temperature": fit.combiner.temperature,
    }


def _tuple(values: np.ndarray) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in values)
