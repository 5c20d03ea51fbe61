"""Fitting the combiner on labelled cases: cross-validated by case, calibrated, thresholded for flag precision."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, log_loss
from sklearn.model_selection import GroupKFold

from checker.errors import RecipeError
from checker.judge.combiner import Combiner, blend, draft_features, sharpen, standardise
from checker.judge.kinds import choose_kinds
from checker.judge.ranking import Ranker
from checker.labels import FLAGGED, VERDICTS
from checker.model.network import KIND_LABELS
from checker.train.boosting import as_trees, boosted

FOLDS = 8
FLAGS = [VERDICTS.index(verdict) for verdict in sorted(FLAGGED)]
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
    ranker: Ranker,
    precision: float,
) -> Fit:
    """The combiner of labelled sentences whose signals rest on evidence that `ranker`, held out, chose.

    `groups` are case ids; `precision` is the target of flags on out-of-fold predictions.

    Raises:
        RecipeError: when a verdict has no sentence.
    """
    labels = np.array([VERDICTS.index(verdict) for verdict in verdicts])
    if absent := [verdict for verdict in VERDICTS if verdict not in verdicts]:
        raise RecipeError(f"the labelled cases have no sentence that is {' or '.join(absent)}: the decision needs some of each verdict")
    mean, scale, standard = standardised(signals)
    held_out = predict_held_out(standard, labels, groups)
    strength, temperature, probabilities = held_out.strength, held_out.temperature, held_out.probabilities
    draft, flags = fit_draft(probabilities, labels, groups)
    model = _linear(strength).fit(standard, labels)
    kind_weights, kind_bias, kind_probabilities = fit_kinds(standard, kinds, groups)
    combiner = Combiner(
        ranker=ranker,
        names=tuple(names),
        mean=_tuple(mean),
        scale=_tuple(scale),
        weights=tuple(_tuple(row) for row in model.coef_),
        bias=_tuple(model.intercept_),
        kind_weights=tuple(_tuple(row) for row in kind_weights),
        kind_bias=_tuple(kind_bias),
        trees=as_trees(boosted().fit(standard, labels)),
        temperature=round(temperature, 4),
        draft=draft,
        threshold=flag_threshold(probabilities, flags, labels, precision),
    )
    return Fit(combiner, probabilities, kind_probabilities, strength)


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Calibrated probabilities, (sentences, verdicts), by classifiers that saw no sentence of the case; what was chosen for them."""

    probabilities: np.ndarray
    strength: float
    temperature: float


def predict_held_out(standard: np.ndarray, labels: np.ndarray, groups: Sequence[str]) -> HeldOut:
    """Both classifiers cross-validated by case and averaged, at the best regularisation and temperature."""
    trees = out_of_fold(standard, labels, groups, boosted)
    blends = {c: blend(out_of_fold(standard, labels, groups, partial(_linear, c)), trees) for c in GRID}
    strength = min(blends, key=lambda c: cross_entropy(labels, blends[c]))
    blended = blends[strength]
    temperature = float(minimize_scalar(lambda t: cross_entropy(labels, sharpen(blended, t)), bounds=(0.3, 3.0), method="bounded").x)
    return HeldOut(sharpen(blended, temperature), strength, temperature)


def standardised(signals: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean and scale of each signal, and the signals in those units; a constant one keeps its unit."""
    mean, scale = signals.mean(0), signals.std(0)
    scale[scale < 1e-6] = 1.0
    return mean, scale, standardise(signals, mean, scale)


def cross_entropy(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """Mean negative log probability of the true verdicts."""
    return float(log_loss(labels, probabilities, labels=range(len(VERDICTS))))


def _linear(strength: float) -> LogisticRegression:
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
        model = _linear(KIND_STRENGTH).fit(standard[rows], labels)
        weights[column], bias[column] = model.coef_[0], model.intercept_[0]
        for train, test in GroupKFold(min(FOLDS, len(set(held)))).split(rows, labels, held):
            if len(set(labels[train])) == 2:
                fold = _linear(KIND_STRENGTH).fit(standard[rows[train]], labels[train])
                probabilities[rows[test], column] = fold.predict_proba(standard[rows[test]])[:, 1]
    return weights, bias, probabilities


def out_of_fold(standard: np.ndarray, labels: np.ndarray, groups: Sequence[str], make: Callable[[], Any]) -> np.ndarray:
    """Decision values of every sentence by a classifier that saw no sentence of its case."""
    logits = np.full((len(labels), len(VERDICTS)), -20.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for train, test in GroupKFold(min(FOLDS, len(set(groups)))).split(standard, labels, groups):
            model = make().fit(standard[train], labels[train])
            logits[np.ix_(test, model.classes_)] = model.decision_function(standard[test])
    return logits


def fit_draft(probabilities: np.ndarray, labels: np.ndarray, groups: Sequence[str]) -> tuple[tuple[float, float, float], np.ndarray]:
    """What the draft's other sentences add to a sentence's flag: weights and bias, and the adjusted probabilities."""
    features = draft_features(probabilities, groups)
    model = LogisticRegression(C=10).fit(features, np.isin(labels, FLAGS))
    own, weight = (float(value) for value in model.coef_[0])
    return (round(own, 6), round(weight, 6), round(float(model.intercept_[0]), 6)), model.predict_proba(features)[:, 1]


def flag_threshold(probabilities: np.ndarray, flags: np.ndarray, labels: np.ndarray, precision: float) -> float:
    """The lowest flag probability from which on flags reach the precision; 1.0 when none does.

    A flag is right when the sentence is overstated or contradicted, whichever was said.
    """
    candidate = np.isin(probabilities.argmax(1), FLAGS)
    right = np.isin(labels, FLAGS)
    for percent in range(30, 100):
        taken = candidate & (flags >= percent / 100)
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


def dev_figures(
    fit: Fit, verdicts: Sequence[str], kinds: Sequence[Sequence[str]], groups: Sequence[str], careful: Sequence[bool]
) -> dict[str, float]:
    """Out-of-fold figures: verdict macro-F1, flag precision and recall, careful sentences flagged."""
    labels = np.array([VERDICTS.index(verdict) for verdict in verdicts])
    adjusted = fit.combiner.flags(fit.probabilities, groups)
    decisions = [fit.combiner.decide(row, flag) for row, flag in zip(fit.probabilities, adjusted, strict=True)]
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
