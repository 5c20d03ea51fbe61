"""The claim strengths of a statement and of the finding it retells, read together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


def joint_strengths(told: Floats, found: Floats, prior: Floats | None) -> Floats:
    """Probabilities of every pair of strength levels of each (told, found) pair of sentences, shape (n, levels, levels).

    `told` and `found` are probabilities of shape (n, levels), each read from its sentence alone. Tellings mostly keep
    their finding's strength, so the two are not independent: `prior`, shape (levels, levels), is how often each pair of
    levels occurs (InSciOut, Sumner et al. 2014), and by Bayes' rule with sentences that are independent given their
    levels p(a, b | x, y) is p(a | x) p(b | y) P(a, b) / (P(a) P(b)), summing to 1. Without a prior they are independent.
    """
    joint = told[:, :, None] * found[:, None, :]
    if prior is not None:
        joint = joint * prior / (prior.sum(1, keepdims=True) * prior.sum(0, keepdims=True))
    whole: Floats = joint / joint.sum((1, 2), keepdims=True)
    return whole


def most_probable(joint: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The levels (told, found) of each row's most probable pair."""
    told, found = np.unravel_index(joint.reshape(len(joint), -1).argmax(1), joint.shape[1:])
    return told, found
