"""The claim strengths of a statement and of the finding it retells, read together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


def paired_strengths(told: Floats, found: Floats, prior: Floats | None) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The most probable strength levels of each (told, found) pair of sentences.

    `told` and `found` are probabilities of shape (n, levels), each read from its sentence alone. Tellings mostly keep
    their finding's strength, so the two are not independent: `prior`, shape (levels, levels), is how often each pair of
    levels occurs (InSciOut, Sumner et al. 2014), and by Bayes' rule with sentences that are independent given their
    levels p(a, b | x, y) is p(a | x) p(b | y) P(a, b) / (P(a) P(b)). Without a prior each is the most probable alone.
    """
    if prior is None:
        return told.argmax(1), found.argmax(1)
    levels = prior.shape[0]
    weight = prior / (prior.sum(1, keepdims=True) * prior.sum(0, keepdims=True)) * prior.sum()
    joint = told[:, :, None] * found[:, None, :] * weight
    best = joint.reshape(len(joint), levels * levels).argmax(1)
    return best // levels, best % levels
