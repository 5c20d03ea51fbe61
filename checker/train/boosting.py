"""Boosted trees: scikit-learn fits them, `judge.trees` holds them."""

from __future__ import annotations

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from checker.judge.trees import Trees


def boosted() -> HistGradientBoostingClassifier:
    """Trees for the decision: very small ones, for a few thousand sentences."""
    return _regularised(max_iter=220, learning_rate=0.05, max_leaf_nodes=10, min_samples_leaf=20, max_features=0.3)


def ranking_trees() -> HistGradientBoostingClassifier:
    """Trees for the ranking of evidence: larger ones, for ten times as many pairs."""
    return _regularised(max_iter=150, learning_rate=0.06, max_leaf_nodes=15, min_samples_leaf=40, max_features=0.4)


def _regularised(**size: float) -> HistGradientBoostingClassifier:
    """Small trees on few features at a time, every round kept, the same at every fit."""
    return HistGradientBoostingClassifier(l2_regularization=5, early_stopping=False, random_state=0, **size)


def as_trees(model: HistGradientBoostingClassifier) -> Trees:
    """The fitted trees as one table of nodes; scikit-learn keeps them in a private attribute, whose use a test checks."""
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []
    value: list[float] = []
    roots: list[tuple[int, ...]] = []
    depth = 0
    for row in model._predictors:
        places: list[int] = []
        for predictor in row:
            nodes, start = predictor.nodes, len(feature)
            leaf, own = nodes["is_leaf"].astype(bool), np.arange(len(nodes))
            places.append(start)
            depth = max(depth, int(nodes["depth"].max()))
            feature += np.where(leaf, 0, nodes["feature_idx"]).tolist()
            threshold += np.where(leaf, 0.0, nodes["num_threshold"]).tolist()  # a rounded one could pass a row that lies on it
            left += (start + np.where(leaf, own, nodes["left"])).tolist()
            right += (start + np.where(leaf, own, nodes["right"])).tolist()
            value += nodes["value"].round(6).tolist()
        roots.append(tuple(places))
    base = tuple(round(float(value), 6) for value in np.ravel(model._baseline_prediction))
    return Trees(tuple(feature), tuple(threshold), tuple(left), tuple(right), tuple(value), tuple(roots), base, depth)
