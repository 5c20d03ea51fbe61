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

from checker.judge.combiner import Combiner, softmax, standardise
from checker.judge.kinds import choose_kinds
from checker.labels import FLAGGED, VERDICTS
from checker.model.network import KIND_LABELS

FOLDS = 8
KIND_STRENGTH = 0.03
GRID = (0.003, 0.01, 0.03, 0.1)
"""Inverse regularisation strengths tried; the best out-of-fold log loss wins."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A combiner and its out-of-fold probabilities: (sentences, verdicts), and (sentences, kinds) filled for flagged ones."""

    combiner: Combiner
    probabilities: np.ndarray
    kind_probabilities: np.ndarray
    regularisation: float


def fit_combiner(
    names: Sequence[str],
    signals: np.ndarray,
    verdicts: Sequence[str],
    kinds: Sequence[Sequence[str]],
    groups: Sequence[str],
    *,
    precision: float,
) -> Fit:
    """The combiner of labelled sentences.

    `groups` are case ids; `precision` is the target of flags on out-of-fold predictions.
    """
    labels = np.array([VERDICTS.index(verdict) for verdict in verdicts])
    mean, scale = signals.mean(0), signals.std(0)
    scale[scale < 1e-6] = 1.0
    standard = standardise(signals, mean, scale)
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
    kind_weights, kind_bias, kind_probabilities = fit_kinds(standard, kinds, groups)
    combiner = Combiner(
        names=tuple(names),
        mean=_tuple(mean),
        scale=_tuple(scale),
        weights=tuple(_tuple(row) for row in model.coef_),
        bias=_tuple(model.intercept_),
        kind_weights=tuple(_tuple(row) for row in kind_weights),
        kind_bias=_tuple(kind_bias),
        temperature=round(temperature, 4),
        threshold=flag_threshold(probabilities, labels, precision),
    )
    return Fit(combiner, probabilities, kind_probabilities, strength)


def _model(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=2000)


def fit_kinds(standard: np.ndarray, kinds: Sequence[Sequence[str]], groups: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One logistic regression a kind on the flagged sentences: weights, biases, out-of-fold probabilities."""
    rows = np.array([index for index, names in enumerate(kinds) if names])
    held = np.array([groups[row] for row in rows])
    weights, bias = np.zeros((len(KIND_LABELS), standard.shape[1])), np.full(len(KIND_LABELS), -6.0)
    probabilities = np.zeros((len(kinds), len(KIND_LABELS)))
    for column, kind in enumerate(KIND_LABELS):
        labels = np.array([kind in kinds[row] for row in rows])
        if len(set(labels)) < 2:
            continue  # never or always named: nothing to learn
        model = _model(KIND_STRENGTH).fit(standard[rows], labels)
        weights[column], bias[column] = model.coef_[0], model.intercept_[0]
        for train, test in GroupKFold(min(FOLDS, len(set(held)))).split(rows, labels, held):
            if len(set(labels[train])) == 2:
                fold = _model(KIND_STRENGTH).fit(standard[rows[train]], labels[train])
                probabilities[rows[test], column] = fold.predict_proba(standard[rows[test]])[:, 1]
    return weights, bias, probabilities


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


def kinds_f1(fit: Fit, verdicts: Sequence[str], kinds: Sequence[Sequence[str]]) -> float:
    """Micro-F1 of the kinds of sentences that are flagged in truth, given their verdict."""
    hits = told = wanted = 0
    for verdict, gold, row in zip(verdicts, kinds, fit.kind_probabilities, strict=True):
        chosen = set(choose_kinds(verdict, dict(zip(KIND_LABELS, map(float, row), strict=True))))
        hits, told, wanted = hits + len(chosen & set(gold)), told + len(chosen), wanted + len(gold)
    return 2 * hits / max(told + wanted, 1)


def dev_figures(fit: Fit, verdicts: Sequence[str], kinds: Sequence[Sequence[str]], careful: Sequence[bool]) -> dict[str, float]:
    """Out-of-fold figures: verdict macro-F1, flag precision and recall, careful sentences flagged."""
    labels = np.array([VERDICTS.index(verdict) for verdict in verdicts])
    decisions = [fit.combiner.decide(row) for row in fit.probabilities]
    flags = np.array([decision.verdict in FLAGGED and not decision.abstained for decision in decisions])
    gold = np.array([verdict in FLAGGED for verdict in verdicts])
    quiet = np.array(careful)
    return {
        "sentences": float(len(labels)),
        "macro_f1": float(f1_score(labels, fit.probabilities.argmax(1), average="macro")),
        "kinds_f1": kinds_f1(fit, verdicts, kinds),
        "flag_precision": float((flags & gold).sum() / max(flags.sum(), 1)),
        "flag_recall": float((flags & gold).sum() / max(gold.sum(), 1)),
        "careful_flagged": float((flags & quiet).sum() / max(quiet.sum(), 1)),
        "threshold": fit.combiner.threshold,
        "temperature": fit.combiner.temperature,
    }


def _tuple(values: np.ndarray) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in values)
