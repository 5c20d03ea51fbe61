"""Boosted regression trees as one table of nodes: plain JSON in a model folder, no pickle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted regression trees (Friedman 2001); `roots` has a row for each round and a column for each output.

    A row goes left where its feature is at most the threshold; a leaf is its own child.
    """

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]
    roots: tuple[tuple[int, ...], ...]
    base: tuple[float, ...]
    depth: int

    def logits(self, rows: np.ndarray) -> np.ndarray:
        """Shape (rows, outputs), for rows of shape (rows, features): the sum of the leaves that each row reaches."""
        feature, threshold, left, right = (np.array(part) for part in (self.feature, self.threshold, self.left, self.right))
        place = np.tile(np.array(self.roots).reshape(1, -1), (len(rows), 1))
        each = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            place = np.where(rows[each, feature[place]] <= threshold[place], left[place], right[place])
        leaves = np.array(self.value)[place].reshape(len(rows), -1, len(self.base))
        result: np.ndarray = leaves.sum(1) + np.array(self.base)
        return result
