"""Fits the study-type classifier (`models/study-type`) on StudyTypeTeller, with what Motte's flags teach of the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_fscore_support
from sklearn.model_selection import StratifiedKFold

from checker.cases import LabelledCase
from checker.evaluation.forms import STUDY_TYPES
from checker.evaluation.rows import read_rows
from checker.linear import Linear
from checker.study.study_type import features
from checker.train.linear_fit import published, short_indices, write_linear_card
from checker.types import Study

TELLER, MOTTE = Path("study-type-teller") / "6-2-2_all_classes" / "train.csv", Path("study-type-motte") / "full_labeled.tsv"
WHAT = """Says which of seven kinds of study an abstract reports, among them texts that report no study of their own: logistic regression
over words and pairs of words of title and abstract, over what the rules of `checker/study/design.py` read, and over what regressions on
Motte's flags (trial, randomised, rodent, human, review, protocol) make of the same words, folded into one row of weights a word."""
SOURCES = (
    "`study-type-teller`: StudyTypeTeller, train split, 14 types folded into 7 (Doneva et al. 2025), licence not stated",
    "`study-type-motte`: abstracts with flags of design and population, licence not stated",
)
LIMITS = "In-vitro studies are its weakest class, from 32 examples. It points at no span, so the page shows the rules' reading, not this one."
FLAGS = ("systematic_review", "meta_analysis", "rodent", "human", "trial", "randomized_trial", "protocol")
FOLDS, SEED = 5, 0
FLAG_WEIGHT = 1 / 3
REGULARISATION, FLAG_REGULARISATION = 1.0, 3.0
LEAST_WEIGHT = 0.1

Row = Mapping[str, str]


def run(cases: Sequence[LabelledCase], data: Path, folder: Path) -> dict[str, dict[str, float]]:
    """Fit, write the folder and its card, and return the out-of-fold figures; this project's cases have no study types.

    Raises:
        RecipeError: when a set is not in `data`.
    """
    teller, motte = _rows(data / TELLER, "StudyTypeTeller"), _rows(data / MOTTE, "Motte")
    own = {row["pmid"] for row in teller}
    named = [features(_study(row)) for row in teller]
    flags = Flags([features(_study(row)) for row in motte if row["pmid"] not in own], [row for row in motte if row["pmid"] not in own], named)
    labels = np.array([STUDY_TYPES[row["accepted_label"]] for row in teller])
    model = fit(named, labels, flags)
    model.save(folder)
    told = labels.copy()
    for train, held in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(named, labels):
        part = fit([named[i] for i in train], labels[train], flags)
        told[held] = [part.labels[int(np.argmax(part.probabilities(named[i])))] for i in held]
    found = figures(labels, told)
    write_linear_card(folder, WHAT, SOURCES, found, len(model.weights), LIMITS)
    return found


class Flags:
    """Regressions on Motte's flags; `weights` is what a feature adds to each flag's score, shape (features, flags)."""

    def __init__(self, motte: Sequence[Mapping[str, float]], rows: Sequence[Row], teller: Sequence[Mapping[str, float]]) -> None:
        """Features that occur in one abstract only are left out."""
        counts = Counter(name for row in (*motte, *teller) for name in row)
        self.names = {name for name, count in counts.items() if count > 1}
        self.vectoriser = DictVectorizer()
        matrix = short_indices(self.vectoriser.fit_transform([self._kept(row) for row in (*motte, *teller)]))[: len(motte)]
        fits = [
            LogisticRegression(C=FLAG_REGULARISATION, class_weight="balanced", solver="liblinear").fit(matrix, [row[flag] == "1" for row in rows])
            for flag in FLAGS
        ]
        self.weights = FLAG_WEIGHT * np.array([fitted.coef_[0] for fitted in fits]).T
        self.bias = FLAG_WEIGHT * np.array([fitted.intercept_[0] for fitted in fits])

    def matrix(self, rows: Sequence[Mapping[str, float]]) -> tuple[csr_matrix, NDArray[np.float64]]:
        """The features of examples, and their scores by flag."""
        matrix = short_indices(self.vectoriser.transform([self._kept(row) for row in rows]))
        return matrix, matrix @ self.weights + self.bias

    def _kept(self, row: Mapping[str, float]) -> dict[str, float]:
        return {name: value for name, value in row.items() if name in self.names}


def fit(rows: Sequence[Mapping[str, float]], labels: NDArray[np.str_], flags: Flags) -> Linear:
    """Multinomial regression with balanced classes on features and flag scores, folded into one linear classifier."""
    matrix, scores = flags.matrix(rows)
    regression = LogisticRegression(C=REGULARISATION, class_weight="balanced", max_iter=3000).fit(short_indices(hstack([matrix, scores])), labels)
    direct, through = regression.coef_[:, : matrix.shape[1]], regression.coef_[:, matrix.shape[1] :]
    weights = direct.T + flags.weights @ through.T
    bias = regression.intercept_ + through @ flags.bias
    names = flags.vectoriser.get_feature_names_out()
    kept = {str(name): tuple(map(float, row)) for name, row in zip(names, weights, strict=True) if np.abs(row).max() >= LEAST_WEIGHT}
    return Linear(tuple(map(str, regression.classes_)), tuple(map(float, bias)), kept, {})


def figures(gold: NDArray[np.str_], told: NDArray[np.str_]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of each kind, and their unweighted means."""
    names, measures = sorted(set(gold)), ("precision", "recall", "f1", "items")
    table = np.array(precision_recall_fscore_support(gold, told, labels=names, zero_division=0))
    rows = {name: dict(zip(measures, map(float, column), strict=True)) for name, column in zip(names, table.T, strict=True)}
    means = [*map(float, table[:3].mean(1)), float(len(gold))]
    return rows | {"mean of the kinds (macro)": dict(zip(measures, means, strict=True))}


def _study(row: Row) -> Study:
    return Study(row["abstract"] or "", title=row["title"] or "")


def _rows(path: Path, name: str) -> list[Row]:
    return [row for _, row in read_rows(published(path, name))]
